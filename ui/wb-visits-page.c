/* SPDX-License-Identifier: EUPL-1.2 */

/* The list of visits. It shows what was read on the register's thread, and reads again after each
 * act. */
#include "wb-visits-page.h"

#include "wb-button-row.h"
#include "wb-i18n.h"
#include "wb-record-dialog.h"

#define VISITS_MAX 500 /* a row each; a body makes dozens a year */

struct _WbVisitsPage {
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GPtrArray *rows; /* (element-type GtkWidget): borrowed */
  WbSession *session;
  const WbModel *model; /* (nullable) until read */
};

G_DEFINE_FINAL_TYPE (WbVisitsPage, wb_visits_page, ADW_TYPE_BIN)

enum { VISIT_ACTIVATED, MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *id, *title, *words;
} Item;

typedef struct {
  const WbModel *model;
  GPtrArray *items; /* (element-type Item) */
} Listing;

static void
item_free (Item *item)
{
  g_free (item->id);
  g_free (item->title);
  g_free (item->words);
  g_free (item);
}

static void
listing_free (Listing *listing)
{
  g_ptr_array_unref (listing->items);
  g_free (listing);
}

/* "Schiphol, 24 Nov 2026 09:00" */
static char *
describe (WbRegister *reg, const WbRecord *record)
{
  static const char *const names[] = { "site", "started", "ended" };
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), record->type);
  g_autoptr (GString) words = g_string_new (record->reference);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const WbField *field = wb_record_type_find_field (type, names[i]);
    JsonNode *value = json_object_get_member (record->fields, names[i]);
    g_autofree char *text =
        value != NULL ? wb_register_format_value (reg, field, value, wb_language_current ()) : NULL;

    if (text != NULL)
      g_string_append_printf (words, " · %s", text);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* On the register's thread. */
static gpointer
list_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) records = wb_register_list_records (reg, "visit", 0, VISITS_MAX, error);
  Listing *listing;

  if (records == NULL)
    return NULL;
  listing = g_new0 (Listing, 1);
  listing->model = wb_register_get_model (reg);
  listing->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  for (guint i = records->len; i > 0; i--) {
    const WbRecord *record = g_ptr_array_index (records, i - 1);
    Item *item = g_new0 (Item, 1);

    item->id = g_strdup (record->id);
    item->title = g_strdup (
        json_object_get_string_member_with_default (record->fields, "title", record->reference));
    item->words = describe (reg, record);
    g_ptr_array_add (listing->items, item);
  }
  return listing;
}

static void
activated_cb (WbVisitsPage *self, GtkWidget *row)
{
  g_signal_emit (self, signals[VISIT_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "visit"));
}

static void
add_cb (WbVisitsPage *self)
{
  GtkWidget *dialog;

  if (self->session == NULL || self->model == NULL)
    return;
  dialog = wb_record_dialog_new (self->session, self->model, "visit", NULL);
  g_signal_connect_object (dialog,
                           "done",
                           G_CALLBACK (wb_visits_page_reload),
                           self,
                           G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
add_row (WbVisitsPage *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->group, row);
}

static void
show (WbVisitsPage *self, const Listing *listing)
{
  self->model = listing->model;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  add_row (self, wb_button_row_new (_ ("New Visit…"), NULL, G_CALLBACK (add_cb), self));
  for (guint i = 0; i < listing->items->len; i++) {
    const Item *item = g_ptr_array_index (listing->items, i);
    GtkWidget *row = wb_button_row_new (item->title, item->words, G_CALLBACK (activated_cb), self);

    g_object_set_data_full (G_OBJECT (row), "visit", g_strdup (item->id), g_free);
    add_row (self, row);
  }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbVisitsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Listing *listing = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session != NULL && listing != NULL)
    show (self, listing);
  else if (self->session != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[MESSAGE], 0, error->message);
  g_clear_pointer (&listing, listing_free);
}

static void
wb_visits_page_dispose (GObject *object)
{
  g_clear_object (&WB_VISITS_PAGE (object)->session);
  G_OBJECT_CLASS (wb_visits_page_parent_class)->dispose (object);
}

static void
wb_visits_page_finalize (GObject *object)
{
  g_ptr_array_unref (WB_VISITS_PAGE (object)->rows);
  G_OBJECT_CLASS (wb_visits_page_parent_class)->finalize (object);
}

static void
wb_visits_page_class_init (WbVisitsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_visits_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_visits_page_finalize;

  /**
   * WbVisitsPage::visit-activated:
   * @self: the page
   * @id: the visit's UUID
   */
  signals[VISIT_ACTIVATED] = g_signal_new ("visit-activated",
                                           WB_TYPE_VISITS_PAGE,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           1,
                                           G_TYPE_STRING);
  /**
   * WbVisitsPage::message:
   * @self: the page
   * @message: one sentence for the user
   */
  signals[MESSAGE] = g_signal_new ("message",
                                   WB_TYPE_VISITS_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
wb_visits_page_init (WbVisitsPage *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _ ("Visits"));
  gtk_widget_add_css_class (GTK_WIDGET (self->group), "wb-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->group));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
wb_visits_page_new (WbSession *session)
{
  WbVisitsPage *self = g_object_new (WB_TYPE_VISITS_PAGE, NULL);

  self->session = g_object_ref (session);
  wb_visits_page_reload (self);
  return GTK_WIDGET (self);
}

void
wb_visits_page_reload (WbVisitsPage *self)
{
  if (self->session != NULL)
    wb_session_call_async (self->session,
                           list_call,
                           NULL,
                           NULL,
                           (GDestroyNotify) listing_free,
                           NULL,
                           listed_cb,
                           g_object_ref (self));
}

void
wb_visits_page_focus (WbVisitsPage *self)
{
  if (self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, self->rows->len > 1 ? 1 : 0));
}
