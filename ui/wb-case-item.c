/* SPDX-License-Identifier: EUPL-1.2 */

/* What the list shows of one case. The item keeps its place and changes its content. */
#include "wb-case-item.h"

#include "wb-closures.h"
#include "wb-format.h"

enum {
  PROP_REFERENCE = 1,
  PROP_TITLE,
  PROP_RECEIVED,
  PROP_STATUS,
  PROP_URGENCY,
  PROP_URGENCY_CODE,
  PROP_SITE,
  PROP_ALLEGATIONS,
  PROP_LAW,
  PROP_TARGET,
  PROP_LAW_WORDS,
  PROP_TARGET_WORDS,
  PROP_SPOKEN,
  PROP_LAW_KIND,
  PROP_TARGET_KIND,
  PROP_LAW_LATE,
  PROP_TARGET_LATE,
  N_PROPS
};
#define N_TEXTS PROP_LAW_KIND
static GParamSpec *props[N_PROPS];

/* What binds by law and what the body set itself stand apart: neither hides the other. */
enum { LAW, TARGET, N_ENDS };

struct _WbCaseItem {
  GObject parent_instance;

  char *id;
  char *texts[N_TEXTS]; /* by property */
  int kinds[N_ENDS];    /* -1: none */
  gboolean late[N_ENDS];
};

G_DEFINE_FINAL_TYPE (WbCaseItem, wb_case_item, G_TYPE_OBJECT)

static void
wb_case_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbCaseItem *self = WB_CASE_ITEM (object);

  if (id == PROP_LAW_KIND || id == PROP_TARGET_KIND)
    g_value_set_int (value, self->kinds[id - PROP_LAW_KIND]);
  else if (id == PROP_LAW_LATE || id == PROP_TARGET_LATE)
    g_value_set_boolean (value, self->late[id - PROP_LAW_LATE]);
  else if (id < N_TEXTS)
    g_value_set_string (value, self->texts[id] != NULL ? self->texts[id] : "");
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
clear (WbCaseItem *self)
{
  g_clear_pointer (&self->id, g_free);
  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], g_free);
  self->kinds[LAW] = self->kinds[TARGET] = -1;
  self->late[LAW] = self->late[TARGET] = FALSE;
}

static void
wb_case_item_finalize (GObject *object)
{
  clear (WB_CASE_ITEM (object));
  G_OBJECT_CLASS (wb_case_item_parent_class)->finalize (object);
}

static void
wb_case_item_class_init (WbCaseItemClass *klass)
{
  static const char *const names[] = { NULL,           "reference", "title",        "received",
                                       "status",       "urgency",   "urgency-code", "site",
                                       "allegations",  "law",       "target",       "law-words",
                                       "target-words", "spoken" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_case_item_get_property;
  object_class->finalize = wb_case_item_finalize;
  for (guint i = PROP_REFERENCE; i < N_TEXTS; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
  props[PROP_LAW_KIND] = g_param_spec_int ("law-kind", NULL, NULL, -1, WB_KIND_OPEN, -1, flags);
  props[PROP_TARGET_KIND] =
      g_param_spec_int ("target-kind", NULL, NULL, -1, WB_KIND_OPEN, -1, flags);
  props[PROP_LAW_LATE] = g_param_spec_boolean ("law-late", NULL, NULL, FALSE, flags);
  props[PROP_TARGET_LATE] = g_param_spec_boolean ("target-late", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_case_item_init (WbCaseItem *self)
{
  self->kinds[LAW] = self->kinds[TARGET] = -1;
}

WbCaseItem *
wb_case_item_new (void)
{
  return g_object_new (WB_TYPE_CASE_ITEM, NULL);
}

static char *
words_received (const WbCaseRow *row, WbLanguage language)
{
  WbDate date;

  if (row->received == NULL || !wb_date_parse (row->received, &date, NULL))
    return NULL;
  return g_strdup_printf ("%d %s %d", date.day, wb_format_month (date.month, language), date.year);
}

static void
show_end (WbCaseItem *self,
          guint which,
          WbInstant end,
          const char *rule_code,
          const WbZone *zone,
          WbInstant now,
          WbLanguage language)
{
  const WbRules *rules = wb_rules_get_default (NULL);
  const WbRule *rule = rules != NULL && rule_code != NULL ? wb_rules_find (rules, rule_code) : NULL;
  g_autofree char *day = NULL;
  g_autofree char *left = NULL;
  WbKind kind = rule != NULL ? rule->kind : WB_KIND_POLICY;

  if (end == WB_INSTANT_NONE)
    return;
  self->kinds[which] = (int) kind;
  self->late[which] = end <= now && wb_kind_can_be_late (kind);
  day = wb_words_last_day (end, zone, language);
  left = wb_words_until (kind, end, now, zone);
  self->texts[PROP_LAW + which] = wb_words_end_brief (kind, end, now, zone, language);
  self->texts[PROP_LAW_WORDS + which] =
      g_strdup_printf ("%s: %s · %s", wb_words_kind (kind), day, left);
}

/* What a row is called by who does not see it. */
static char *
words_spoken (WbCaseItem *self)
{
  static const int spoken[] = { PROP_REFERENCE, PROP_TITLE, PROP_STATUS, PROP_URGENCY };
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spoken); i++)
    if (self->texts[spoken[i]] != NULL && *self->texts[spoken[i]] != '\0')
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", self->texts[spoken[i]]);
  for (guint i = 0; i < N_ENDS; i++)
    if (self->kinds[i] >= 0)
      g_string_append_printf (words, ", %s", self->texts[PROP_LAW_WORDS + i]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_row (WbCaseItem *self,
          const WbCaseRow *row,
          const WbZone *zone,
          WbInstant now,
          WbLanguage language)
{
  self->id = g_strdup (row->id);
  self->texts[PROP_REFERENCE] = g_strdup (row->reference);
  self->texts[PROP_TITLE] = g_strdup (row->title);
  self->texts[PROP_RECEIVED] = words_received (row, language);
  self->texts[PROP_STATUS] = wb_words_code (row->status, language);
  self->texts[PROP_URGENCY] = wb_words_code (row->urgency, language);
  self->texts[PROP_URGENCY_CODE] = g_strdup (row->urgency);
  self->texts[PROP_SITE] = wb_words_code (row->site, language);
  self->texts[PROP_ALLEGATIONS] = g_strdup_printf ("%u", row->n_allegations);
  show_end (self, LAW, row->law_end, row->law_rule, zone, now, language);
  show_end (self, TARGET, row->target_end, row->target_rule, zone, now, language);
  self->texts[PROP_SPOKEN] = words_spoken (self);
}

void
wb_case_item_show (WbCaseItem *self,
                   const WbCaseRow *row,
                   const WbZone *zone,
                   WbInstant now,
                   WbLanguage language)
{
  clear (self);
  if (row != NULL)
    show_row (self, row, zone, now, language);
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_REFERENCE; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

const char *
wb_case_item_get_id (WbCaseItem *self)
{
  return self->id;
}

const char *
wb_case_item_get_reference (WbCaseItem *self)
{
  return self->texts[PROP_REFERENCE];
}
