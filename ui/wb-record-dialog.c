/* SPDX-License-Identifier: EUPL-1.2 */

/* The form of one record of the register itself. Only what was changed is an act. */
#include "wb-record-dialog.h"

#include "wb-i18n.h"
#include "wb-kept-dialog.h"
#include "wb-record-form.h"

#define WIDTH 560

struct _WbRecordDialog {
  WbWorkDialog parent_instance;

  WbRecordForm *form;
  WbSession *session;
  WbRecord *record; /* (nullable) */
  char *type;
  JsonObject *given; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbRecordDialog, wb_record_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *type;
  char *id; /* (nullable): a new one */
  JsonObject *fields;
} Job;

static void
job_free (Job *job)
{
  g_free (job->type);
  g_free (job->id);
  json_object_unref (job->fields);
  g_free (job);
}

/* On the register's thread. */
static gpointer
record_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  if (job->id == NULL)
    return wb_register_record (reg, job->type, NULL, NULL, job->fields, NULL, error);
  if (json_object_get_size (job->fields) == 0)
    return wb_register_read (reg, job->id, FALSE, NULL, error);
  return wb_register_change (reg, job->id, job->fields, NULL, error);
}

/* What differs from the record; what was emptied is a null. */
static JsonObject *
find_changes (WbRecordDialog *self, JsonObject *values)
{
  JsonObject *old = self->record->fields;
  JsonObject *changes = json_object_new ();
  g_autoptr (GList) before = json_object_get_members (old);
  g_autoptr (GList) after = json_object_get_members (values);

  for (GList *l = after; l != NULL; l = l->next) {
    JsonNode *node = json_object_get_member (values, l->data);
    JsonNode *was = json_object_get_member (old, l->data);

    if (was == NULL || !json_node_equal (node, was))
      json_object_set_member (changes, l->data, json_node_copy (node));
  }
  for (GList *l = before; l != NULL; l = l->next)
    if (!json_object_has_member (values, l->data) &&
        wb_record_form_find_row (self->form, l->data) != NULL)
      json_object_set_null_member (changes, l->data);
  return changes;
}

static void
copy_member (JsonObject *from, const char *name, JsonNode *value, gpointer to)
{
  json_object_set_member (to, name, json_node_copy (value));
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  WbRecordDialog *self = WB_RECORD_DIALOG (dialog);

  return self->form != NULL && wb_record_form_is_ready (self->form);
}

static void
start (WbWorkDialog *dialog)
{
  WbRecordDialog *self = WB_RECORD_DIALOG (dialog);
  g_autoptr (JsonObject) values = NULL;
  Job *job;

  if (!wb_record_form_check (self->form)) {
    wb_work_dialog_say (dialog, _ ("Correct or empty the field that is marked first"));
    return;
  }
  values = wb_record_form_dup_values (self->form);
  if (self->given != NULL)
    json_object_foreach_member (self->given, copy_member, values);
  job = g_new0 (Job, 1);
  job->type = g_strdup (self->type);
  job->id = self->record != NULL ? g_strdup (self->record->id) : NULL;
  job->fields = self->record != NULL ? find_changes (self, values) : json_object_ref (values);
  wb_work_dialog_call (dialog,
                       self->session,
                       record_call,
                       job,
                       (GDestroyNotify) job_free,
                       (GDestroyNotify) wb_record_free);
}

static void
wb_record_dialog_dispose (GObject *object)
{
  WbRecordDialog *self = WB_RECORD_DIALOG (object);

  self->form = NULL;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wb_record_dialog_parent_class)->dispose (object);
}

static void
wb_record_dialog_finalize (GObject *object)
{
  WbRecordDialog *self = WB_RECORD_DIALOG (object);

  g_clear_pointer (&self->record, wb_record_free);
  g_free (self->type);
  g_clear_pointer (&self->given, json_object_unref);
  G_OBJECT_CLASS (wb_record_dialog_parent_class)->finalize (object);
}

static void
wb_record_dialog_class_init (WbRecordDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_record_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_record_dialog_finalize;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
}

static void
wb_record_dialog_init (WbRecordDialog *self)
{
}

static GtkWidget *
wrap_form (GtkWidget *form)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (form, "wb-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), form);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static void
show_title (WbRecordDialog *self)
{
  const WbRecordType *type = wb_model_find_type (wb_model_get_default (NULL), self->type);
  const char *label = type != NULL ? type->label[wb_language_current ()] : self->type;
  /* Translators: %s is a type of record, such as Person or Note. */
  g_autofree char *title =
      self->record == NULL ? g_strdup_printf (_ ("New: %s"), label) : g_strdup (label);

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static JsonObject *
describe (GtkWidget *dialog)
{
  WbRecordDialog *self = WB_RECORD_DIALOG (dialog);
  JsonObject *kept = json_object_new ();

  json_object_set_string_member (kept, "dialog", "record");
  json_object_set_string_member (kept, "type", self->type);
  if (self->record != NULL) {
    json_object_set_string_member (kept, "record", self->record->id);
    json_object_set_object_member (kept, "before", json_object_ref (self->record->fields));
  }
  json_object_set_object_member (kept, "values", wb_record_form_dup_draft (self->form));
  return kept;
}

GtkWidget *
wb_record_dialog_new (WbSession *session,
                      const WbModel *model,
                      const char *type,
                      const WbRecord *record)
{
  WbRecordDialog *self = g_object_new (WB_TYPE_RECORD_DIALOG, NULL);
  const WbEditorContext context = { .model = model,
                                    .zone = wb_session_get_zone (session),
                                    .language = wb_language_current (),
                                    .session = session };

  self->session = g_object_ref (session);
  self->type = g_strdup (type);
  self->record = record != NULL ? wb_record_copy (record) : NULL;
  self->form = WB_RECORD_FORM (wb_record_form_new (type, &context));
  if (record != NULL)
    wb_record_form_set_values (self->form, record->fields);
  g_signal_connect_object (self->form,
                           "changed",
                           G_CALLBACK (wb_work_dialog_update),
                           self,
                           G_CONNECT_SWAPPED);
  g_object_set (self,
                "form",
                wrap_form (GTK_WIDGET (self->form)),
                "action",
                record == NULL ? _ ("_Record") : _ ("_Change"),
                NULL);
  show_title (self);
  wb_kept_dialog_set (GTK_WIDGET (self), describe);
  return GTK_WIDGET (self);
}

GtkWidget *
wb_record_dialog_get_form (WbRecordDialog *self)
{
  return GTK_WIDGET (self->form);
}

const char *
wb_record_dialog_get_end_field (const WbModel *model, const char *type)
{
  static const char *const names[] = { "until", "withdrawn" };
  const WbRecordType *of = wb_model_find_type (model, type);

  for (guint i = 0; of != NULL && i < G_N_ELEMENTS (names); i++)
    if (wb_record_type_find_field (of, names[i]) != NULL)
      return names[i];
  return NULL;
}

void
wb_record_dialog_propose_end (WbRecordDialog *self)
{
  const char *name = wb_record_dialog_get_end_field (wb_model_get_default (NULL), self->type);
  g_autofree char *today =
      wb_date_format (wb_zone_to_local (wb_session_get_zone (self->session), wb_clock_now ()).date);
  g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), today);

  if (name != NULL)
    wb_record_form_propose (self->form, name, value);
  wb_work_dialog_update (WB_WORK_DIALOG (self));
}

void
wb_record_dialog_set_given (WbRecordDialog *self, JsonObject *given)
{
  g_clear_pointer (&self->given, json_object_unref);
  self->given = json_object_ref (given);
}
