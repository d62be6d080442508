/* SPDX-License-Identifier: EUPL-1.2 */

/* Days off, own terms, sites and targets. Nothing is taken away: it ends on a day, by its form. */
#include "wb-records-group.h"

#include "wb-button-row.h"
#include "wb-i18n.h"
#include "wb-record-dialog.h"

#define RECORDS_MAX 500 /* a row each; a body has dozens */

struct _WbRecordsGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (element-type GtkWidget): borrowed */
  WbSession *session;
  char *type;
};

G_DEFINE_FINAL_TYPE (WbRecordsGroup, wb_records_group, ADW_TYPE_PREFERENCES_GROUP)

typedef struct {
  WbRecord *record;
  char *title;
  char *words;
} Item;

static void load (WbRecordsGroup *self);

static void
item_free (Item *item)
{
  wb_record_free (item->record);
  g_free (item->title);
  g_free (item->words);
  g_free (item);
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

    if (value == NULL || g_str_has_prefix (field->name, "label_") ||
        g_str_equal (field->name, "rule"))
      continue;
    text = wb_register_format_value (reg, field, value, language);
    if (words->len > 0)
      g_string_append (words, " · ");
    if (g_str_equal (field->name, "from") || g_str_equal (field->name, "until"))
      g_string_append_printf (words, "%s ", field->label[language]);
    g_string_append (words, text);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* On the register's thread. */
static gpointer
list_call (WbRegister *reg, gpointer type, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) records = wb_register_list_records (reg, type, 0, RECORDS_MAX, error);
  GPtrArray *items;

  if (records == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    Item *item = g_new0 (Item, 1);

    item->record = wb_record_copy (record);
    item->title = get_title (reg, record);
    item->words = get_words (reg, record);
    g_ptr_array_add (items, item);
  }
  return items;
}

static void
show_dialog (WbRecordsGroup *self, const WbRecord *record)
{
  GtkWidget *dialog = wb_record_dialog_new (self->session, self->type, record);

  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
add_cb (WbRecordsGroup *self)
{
  show_dialog (self, NULL);
}

static void
change_cb (WbRecordsGroup *self, GtkWidget *row)
{
  show_dialog (self, g_object_get_data (G_OBJECT (row), "record"));
}

static void
add_row (WbRecordsGroup *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
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
    add_row (self, row);
  }
  add_row (self, wb_button_row_new (_ ("Add…"), NULL, G_CALLBACK (add_cb), self));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbRecordsGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL)
    return;
  if (items != NULL)
    fill (self, items);
  else if (error != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
}

static void
load (WbRecordsGroup *self)
{
  wb_session_call_async (self->session,
                         list_call,
                         g_strdup (self->type),
                         g_free,
                         (GDestroyNotify) g_ptr_array_unref,
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
