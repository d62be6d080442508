/* SPDX-License-Identifier: EUPL-1.2 */

/* What a list shows of one thing that happened or was done. */
#include "wb-story-item.h"

#include "wb-i18n.h"

struct _WbStoryItem {
  GObject parent_instance;

  char *day; /* (nullable) */
  char *words;
  char *detail;
  char *icon;
  char *kind; /* what the icon says */
  char *name; /* all of it, by who does not see it */
};

G_DEFINE_FINAL_TYPE (WbStoryItem, wb_story_item, G_TYPE_OBJECT)

enum {
  PROP_DAY = 1,
  PROP_HAS_DAY,
  PROP_WORDS,
  PROP_DETAIL,
  PROP_ICON,
  PROP_KIND,
  PROP_NAME,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
wb_story_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbStoryItem *self = WB_STORY_ITEM (object);
  const char *const texts[N_PROPS] = {
    [PROP_DAY] = self->day,   [PROP_WORDS] = self->words, [PROP_DETAIL] = self->detail,
    [PROP_ICON] = self->icon, [PROP_KIND] = self->kind,   [PROP_NAME] = self->name
  };

  if (id == PROP_HAS_DAY)
    g_value_set_boolean (value, self->day != NULL);
  else if (id < N_PROPS)
    g_value_set_string (value, texts[id]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_story_item_finalize (GObject *object)
{
  WbStoryItem *self = WB_STORY_ITEM (object);

  g_free (self->day);
  g_free (self->words);
  g_free (self->detail);
  g_free (self->icon);
  g_free (self->kind);
  g_free (self->name);
  G_OBJECT_CLASS (wb_story_item_parent_class)->finalize (object);
}

static void
wb_story_item_class_init (WbStoryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_story_item_get_property;
  object_class->finalize = wb_story_item_finalize;
  props[PROP_DAY] = g_param_spec_string ("day", NULL, NULL, NULL, flags);
  props[PROP_HAS_DAY] = g_param_spec_boolean ("has-day", NULL, NULL, FALSE, flags);
  props[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  props[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_story_item_init (WbStoryItem *self)
{
}

WbStoryItem *
wb_story_item_new (const WbStoryRow *row, const char *day)
{
  WbStoryItem *self = g_object_new (WB_TYPE_STORY_ITEM, NULL);
  g_autoptr (GString) detail = g_string_new (row->when);

  if (row->author != NULL)
    g_string_append_printf (detail, " · %s", row->author);
  if (row->fields != NULL)
    g_string_append_printf (detail, " · %s", row->fields);
  self->day = g_strdup (day);
  self->words = g_strdup (row->words);
  self->icon = g_strdup (row->done ? "wb-done-symbolic" : "mark-location-symbolic");
  self->kind = g_strdup (row->done ? _ ("Done in this case") : _ ("Happened"));
  self->detail = g_string_free (g_steal_pointer (&detail), FALSE);
  self->name = g_strjoin (". ",
                          day != NULL ? day : self->kind,
                          day != NULL ? self->kind : self->words,
                          day != NULL ? self->words : self->detail,
                          day != NULL ? self->detail : NULL,
                          NULL);
  return self;
}
