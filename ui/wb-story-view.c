/* SPDX-License-Identifier: EUPL-1.2 */

/* The story of a case as a list by day. The core makes and orders it; this shows it. */
#include "wb-story-view.h"

#include "wb-i18n.h"
#include "wb-row-name.h"
#include "wb-story-item.h"
#include "wb-ui.h"
#include "wb-wrap.h"

typedef enum { PART_ALL, PART_HAPPENED, PART_DONE } Part;

struct _WbStoryView {
  AdwBin parent_instance;

  GtkDropDown *clock;
  GtkDropDown *part;
  GtkLabel *empty;
  GtkListView *list;
  GListStore *items;
  GPtrArray *rows; /* (nullable) (element-type WbStoryRow) */
  WbStoryClock by; /* that orders @rows */
  WbSession *session;
  GCancellable *cancellable;
  char *id;
};

G_DEFINE_FINAL_TYPE (WbStoryView, wb_story_view, ADW_TYPE_BIN)

typedef struct {
  char *id;
  WbStoryClock clock;
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->id);
  g_free (ask);
}

static gboolean
is_wanted (WbStoryView *self, const WbStoryRow *row)
{
  Part part = gtk_drop_down_get_selected (self->part);

  return part == PART_ALL || row->done == (part == PART_DONE);
}

static void
say (WbStoryView *self, const char *words)
{
  gtk_label_set_label (self->empty, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->empty), words != NULL);
}

static void
show_rows (WbStoryView *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const char *day = NULL;

  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++) {
    const WbStoryRow *row = g_ptr_array_index (self->rows, i);
    gboolean first = g_strcmp0 (day, row->days[self->by]) != 0;

    if (!is_wanted (self, row))
      continue;
    day = row->days[self->by];
    g_ptr_array_add (items, wb_story_item_new (row, first ? day : NULL));
  }
  g_list_store_splice (self->items,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       items->pdata,
                       items->len);
  say (self, items->len == 0 ? _ ("Nothing is recorded of that yet") : NULL);
}

/* On the register's thread. */
static gpointer
list_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask *ask = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return wb_register_list_story (reg, ask->id, ask->clock, wb_language_current (), error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbStoryView) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_clear_pointer (&rows, g_ptr_array_unref);
    return;
  }
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = rows;
  self->by = gtk_drop_down_get_selected (self->clock) == 0 ? WB_STORY_HAPPENED : WB_STORY_RECORDED;
  show_rows (self);
  if (rows == NULL)
    say (self, error->message);
}

static void
ask (WbStoryView *self)
{
  Ask *data;

  if (self->session == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  data = g_new0 (Ask, 1);
  data->id = g_strdup (self->id);
  data->clock =
      gtk_drop_down_get_selected (self->clock) == 0 ? WB_STORY_HAPPENED : WB_STORY_RECORDED;
  wb_session_call_async (self->session,
                         list_call,
                         data,
                         (GDestroyNotify) ask_free,
                         (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable,
                         listed_cb,
                         g_object_ref (self));
}

static void
clock_cb (GtkDropDown *down, GParamSpec *pspec, WbStoryView *self)
{
  ask (self);
}

static void
part_cb (GtkDropDown *down, GParamSpec *pspec, WbStoryView *self)
{
  if (self->rows != NULL)
    show_rows (self);
}

static void
wb_story_view_dispose (GObject *object)
{
  WbStoryView *self = WB_STORY_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_STORY_VIEW);
  G_OBJECT_CLASS (wb_story_view_parent_class)->dispose (object);
}

static void
wb_story_view_finalize (GObject *object)
{
  WbStoryView *self = WB_STORY_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->items);
  g_free (self->id);
  G_OBJECT_CLASS (wb_story_view_parent_class)->finalize (object);
}

static void
wb_story_view_class_init (WbStoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_story_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_story_view_finalize;
  g_type_ensure (WB_TYPE_ROW_NAME);
  g_type_ensure (WB_TYPE_STORY_ITEM);
  g_type_ensure (WB_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-story-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WbStoryView, clock);
  gtk_widget_class_bind_template_child (widget_class, WbStoryView, part);
  gtk_widget_class_bind_template_child (widget_class, WbStoryView, empty);
  gtk_widget_class_bind_template_child (widget_class, WbStoryView, list);
  gtk_widget_class_bind_template_callback (widget_class, clock_cb);
  gtk_widget_class_bind_template_callback (widget_class, part_cb);
}

static void
wb_story_view_init (WbStoryView *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->items = g_list_store_new (WB_TYPE_STORY_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

void
wb_story_view_tell (WbStoryView *self, WbSession *session, const char *id)
{
  g_set_object (&self->session, session);
  g_free (self->id);
  self->id = g_strdup (id);
  ask (self);
}
