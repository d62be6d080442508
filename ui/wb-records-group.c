/* SPDX-License-Identifier: EUPL-1.2 */

/* Days off, own terms, sites and targets. Nothing is taken away: it ends on a day, by its form. */
#include "wb-records-group.h"

#include "wb-button-row.h"
#include "wb-i18n.h"
#include "wb-record-dialog.h"
#include "wb-ui.h"

#define RECORDS_MAX 500 /* a row each; a body has dozens */

struct _WbRecordsGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (element-type GtkWidget): borrowed */
  WbSession *session;
  char *type;
  const WbModel *model; /* (nullable) until listed: the register's */
};

G_DEFINE_FINAL_TYPE (WbRecordsGroup, wb_records_group, ADW_TYPE_PREFERENCES_GROUP)

typedef struct {
  WbRecord *record;
  char *title;
  char *words;
  gboolean ended;
} Item;

typedef struct {
  const WbModel *model;
  GPtrArray *items; /* (element-type Item) */
} Listing;

static void load (WbRecordsGroup *self);

static void
item_free (Item *item)
{
  wb_record_free (item->record);
  g_free (item->title);
  g_free (item->words);
  g_free (item);
}

static void
listing_free (Listing *listing)
{
  g_clear_pointer (&listing->items, g_ptr_array_unref);
  g_free (listing);
}

static char *
get_title (WbRegister *reg, const WbRecord *record)
{
  static const char
      *const labels[] = { [WB_LANGUAGE_EN] = "label_en", [WB_LANGUAGE_NL] = "label_nl" };
  const char *rule = json_object_get_string_member_with_default (record->fields, "rule", NULL);
  const WbRule *known = rule != NULL ? wb_rules_find (wb_register_get_rules (reg), rule) : NULL;

  if (known != NULL)
    return g_strdup (known->label[wb_language_current ()]);
  return g_strdup (
      json_object_get_string_member_with_default (record->fields,
                                                  labels[wb_language_current ()],
                                                  rule != NULL ? rule : record->reference));
}

/* "5 years": a target's length and unit are one thing to a reader. (nullable) */
static char *
get_length (const WbRecord *record, const char *field)
{
  const char *text = json_object_get_string_member_with_default (record->fields, "unit", NULL);
  const char *rule = json_object_get_string_member_with_default (record->fields, "rule", NULL);
  WbUnit unit = g_strcmp0 (rule, "pol.retention") == 0 ? WB_UNIT_YEAR : WB_UNIT_WORKING_DAY;

  if (!g_str_equal (record->type, "target") || !g_str_equal (field, "length"))
    return NULL;
  if (text != NULL && !wb_unit_parse (text, &unit, NULL))
    return NULL;
  return wb_unit_to_words (
      unit,
      (int) json_object_get_int_member_with_default (record->fields, "length", 0),
      wb_language_current ());
}

static gboolean
is_told_apart (const char *field, const WbRecord *record)
{
  return g_str_has_prefix (field, "label_") || g_str_equal (field, "rule") ||
         (g_str_equal (field, "unit") && g_str_equal (record->type, "target"));
}

static gboolean
is_day (const WbField *field)
{
  return g_str_equal (field->name, "from") || g_str_equal (field->name, "until") ||
         g_str_equal (field->name, "withdrawn");
}

/* The rest of it, in the order of the model; days with their label, for they say from and until. */
static char *
get_words (WbRegister *reg, const WbRecord *record)
{
  WbLanguage language = wb_language_current ();
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), record->type);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (record->fields, field->name);
    g_autofree char *text = NULL;

    if (value == NULL || is_told_apart (field->name, record))
      continue;
    text = get_length (record, field->name);
    if (text == NULL)
      text = wb_register_format_value (reg, field, value, language);
    if (words->len > 0)
      g_string_append (words, " · ");
    if (is_day (field))
      g_string_append_printf (words, "%s ", field->label[language]);
    g_string_append (words, text);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* It has its last day already, be it one to come. */
static gboolean
is_ended (WbRegister *reg, const WbRecord *record)
{
  const char *field = wb_record_dialog_get_end_field (wb_register_get_model (reg), record->type);

  return field == NULL || json_object_has_member (record->fields, field);
}

/* On the register's thread. */
static gpointer
list_call (WbRegister *reg, gpointer type, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) records = wb_register_list_records (reg, type, 0, RECORDS_MAX, error);
  Listing *listing;

  if (records == NULL)
    return NULL;
  listing = g_new0 (Listing, 1);
  listing->model = wb_register_get_model (reg);
  listing->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    Item *item = g_new0 (Item, 1);

    item->record = wb_record_copy (record);
    item->title = get_title (reg, record);
    item->words = get_words (reg, record);
    item->ended = is_ended (reg, record);
    g_ptr_array_add (listing->items, item);
  }
  return listing;
}

static void
show_dialog (WbRecordsGroup *self, const WbRecord *record, gboolean end)
{
  GtkWidget *dialog = wb_record_dialog_new (self->session, self->model, self->type, record);

  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
  if (end)
    wb_record_dialog_propose_end (WB_RECORD_DIALOG (dialog));
}

static void
add_cb (WbRecordsGroup *self)
{
  show_dialog (self, NULL, FALSE);
}

static void
change_cb (WbRecordsGroup *self, GtkWidget *row)
{
  show_dialog (self, g_object_get_data (G_OBJECT (row), "record"), FALSE);
}

static void
end_cb (GtkButton *button, GtkWidget *row)
{
  WbRecordsGroup *self = WB_RECORDS_GROUP (gtk_widget_get_ancestor (row, WB_TYPE_RECORDS_GROUP));

  show_dialog (self, g_object_get_data (G_OBJECT (row), "record"), TRUE);
}

static void
add_end_button (GtkWidget *row, const char *title)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_End…"));
  /* Translators: ends an own term, site, day off or target; %s is its name. */
  g_autofree char *name = g_strdup_printf (_ ("End “%s”"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  wb_ui_set_name (button, name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (end_cb), row, 0);
  wb_button_row_add (row, button);
}

static void
add_row (WbRecordsGroup *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

/* Four groups stand on one page: each says what it adds. */
static const char *
words_add (const char *type)
{
  if (g_str_equal (type, "holiday"))
    return _ ("Add a Day…");
  if (g_str_equal (type, "target"))
    return _ ("Add a Target…");
  return g_str_equal (type, "term") ? _ ("Add a Term…") : _ ("Add a Site…");
}

static void
fill (WbRecordsGroup *self, GPtrArray *items)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < items->len; i++) {
    const Item *item = g_ptr_array_index (items, i);
    GtkWidget *row = wb_button_row_new (item->title, item->words, G_CALLBACK (change_cb), self);

    g_object_set_data_full (G_OBJECT (row),
                            "record",
                            wb_record_copy (item->record),
                            (GDestroyNotify) wb_record_free);
    if (item->ended)
      gtk_widget_add_css_class (row, "dim-label");
    else
      add_end_button (row, item->title);
    add_row (self, row);
  }
  add_row (self, wb_button_row_new (words_add (self->type), NULL, G_CALLBACK (add_cb), self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbRecordsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  Listing *listing = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session != NULL && listing != NULL) {
    self->model = listing->model;
    fill (self, listing->items);
  } else if (self->session != NULL && error != NULL) {
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
  }
  g_clear_pointer (&listing, listing_free);
}

static void
load (WbRecordsGroup *self)
{
  wb_session_call_async (self->session,
                         list_call,
                         g_strdup (self->type),
                         g_free,
                         (GDestroyNotify) listing_free,
                         NULL,
                         listed_cb,
                         g_object_ref (self));
}

static void
wb_records_group_dispose (GObject *object)
{
  g_clear_object (&WB_RECORDS_GROUP (object)->session);
  G_OBJECT_CLASS (wb_records_group_parent_class)->dispose (object);
}

static void
wb_records_group_finalize (GObject *object)
{
  g_ptr_array_unref (WB_RECORDS_GROUP (object)->rows);
  g_free (WB_RECORDS_GROUP (object)->type);
  G_OBJECT_CLASS (wb_records_group_parent_class)->finalize (object);
}

static void
wb_records_group_class_init (WbRecordsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_records_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_records_group_finalize;
}

static void
wb_records_group_init (WbRecordsGroup *self)
{
  self->rows = g_ptr_array_new ();
}

void
wb_records_group_show (WbRecordsGroup *self, WbSession *session, const char *type)
{
  g_set_object (&self->session, session);
  g_free (self->type);
  self->type = g_strdup (type);
  load (self);
}
