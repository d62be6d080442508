/* SPDX-License-Identifier: EUPL-1.2 */

/* The export of one case: asked here, done on the register's thread, and logged by it. */
#include "wb-export-dialog.h"

#include "wb-case-rows.h"
#include "wb-file-chooser.h"
#include "wb-json.h"
#include "wb-kept-dialog.h"
#include "wb-meter.h"
#include "wb-ui.h"

#define METER_MS 100

struct _WbExportDialog {
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *cancel;
  GtkInfoBar *bar;
  GtkLabel *message;
  GtkStack *stack;
  GtkCheckButton *full;
  GtkCheckButton *pseudonymised;
  GtkCheckButton *statistical;
  AdwComboRow *given_to; /* first the question, then a term of the vocabulary each */
  GtkEditable *recipients;
  GtkSwitch *plain;
  GtkEditable *purpose;
  GtkProgressBar *progress;
  AdwPreferencesGroup *results;
  WbSession *session;
  GCancellable *cancellable; /* (nullable): while it runs */
  WbMeter *meter;
  guint timer;
  char *case_id;
  char *reference;
  char *sha256;
  GPtrArray *targets; /* (element-type utf8): codes of given_to, from its second row on */
};

G_DEFINE_FINAL_TYPE (WbExportDialog, wb_export_dialog, ADW_TYPE_WINDOW)

enum { EXPORTED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *case_id;
  char *path;
  char *profile;
  char *given_to; /* (nullable) */
  char **recipients;
  gboolean plain;
  char *purpose;
  WbLanguage language;
  WbMeter *meter;
} Job;

typedef struct {
  char *path;
  char *sha256;
  char *fingerprint;
} Result;

static void
job_free (Job *job)
{
  g_free (job->case_id);
  g_free (job->path);
  g_free (job->profile);
  g_free (job->given_to);
  g_strfreev (job->recipients);
  g_free (job->purpose);
  wb_meter_unref (job->meter);
  g_free (job);
}

static void
result_free (Result *result)
{
  g_free (result->path);
  g_free (result->sha256);
  g_free (result->fingerprint);
  g_free (result);
}

/* On the register's thread. */
static gpointer
export_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  const WbExportOptions options = { .profile = job->profile,
                                    .recipients =
                                        job->plain ? NULL : (const char *const *) job->recipients,
                                    .plain = job->plain,
                                    .recipient = job->given_to,
                                    .purpose = job->purpose,
                                    .language = job->language };
  g_autofree char *sha256 = NULL;
  Result *result;

  if (!wb_register_export (reg,
                           job->case_id,
                           job->path,
                           &options,
                           wb_meter_report,
                           job->meter,
                           cancellable,
                           &sha256,
                           error))
    return NULL;
  result = g_new0 (Result, 1);
  result->path = g_strdup (job->path);
  result->sha256 = g_steal_pointer (&sha256);
  result->fingerprint = g_strdup (wb_register_get_fingerprint (reg));
  return result;
}

/* Whom the names are for; NULL where none go along, or it is not said yet. */
static const char *
get_given_to (WbExportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->given_to);

  if (!gtk_check_button_get_active (self->full) || selected == 0 || selected > self->targets->len)
    return NULL;
  return g_ptr_array_index (self->targets, selected - 1);
}

static gboolean
is_complete (WbExportDialog *self)
{
  g_auto (GStrv) recipients = wb_ui_split_recipients (gtk_editable_get_text (self->recipients));

  return (gtk_switch_get_active (self->plain) || recipients[0] != NULL) &&
         (!gtk_check_button_get_active (self->full) || get_given_to (self) != NULL);
}

static void
update (WbExportDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->recipients), !gtk_switch_get_active (self->plain));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "export.export",
                                 self->cancellable == NULL && self->sha256 == NULL &&
                                     is_complete (self));
}

static void
update_cb (WbExportDialog *self)
{
  gtk_info_bar_set_revealed (self->bar, FALSE);
  update (self);
}

static const char *
get_profile (WbExportDialog *self)
{
  if (gtk_check_button_get_active (self->full))
    return "full";
  if (gtk_check_button_get_active (self->statistical))
    return "statistical";
  return "pseudonymised";
}

static void
show_result (WbExportDialog *self, const Result *result)
{
  g_autofree char *name = g_path_get_basename (result->path);

  self->sha256 = g_strdup (result->sha256);
  adw_preferences_group_add (self->results, wb_property_row_new (_ ("File"), name));
  adw_preferences_group_add (self->results, wb_property_row_new ("SHA-256", result->sha256));
  adw_preferences_group_add (self->results,
                             wb_property_row_new (_ ("Key of the signer"), result->fingerprint));
  gtk_button_set_label (self->cancel, _ ("_Close"));
  gtk_stack_set_visible_child_name (self->stack, "done");
  g_signal_emit (self, signals[EXPORTED], 0);
}

static void
stop (WbExportDialog *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->meter, wb_meter_unref);
  g_clear_object (&self->cancellable);
}

static void
exported_cb (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (WbExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Result *result = wb_session_call_finish (WB_SESSION (source), async, &error);

  if (self->session != NULL) {
    stop (self);
    if (result != NULL) {
      show_result (self, result);
    } else {
      gtk_stack_set_visible_child_name (self->stack, "form");
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        gtk_label_set_label (self->message, error->message);
        gtk_info_bar_set_revealed (self->bar, TRUE);
      }
    }
    update (self);
  }
  g_clear_pointer (&result, result_free);
}

static gboolean
meter_cb (gpointer user_data)
{
  WbExportDialog *self = user_data;
  double fraction = wb_meter_get_fraction (self->meter);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
  return G_SOURCE_CONTINUE;
}

void
wb_export_dialog_export_to (WbExportDialog *self, const char *path)
{
  Job *job = g_new0 (Job, 1);
  const char *purpose = gtk_editable_get_text (self->purpose);

  job->case_id = g_strdup (self->case_id);
  job->path = g_strdup (path);
  job->profile = g_strdup (get_profile (self));
  job->given_to = g_strdup (get_given_to (self));
  job->recipients = wb_ui_split_recipients (gtk_editable_get_text (self->recipients));
  job->plain = gtk_switch_get_active (self->plain);
  job->purpose = *purpose != '\0' ? g_strdup (purpose) : NULL;
  job->language = wb_language_current ();
  self->meter = wb_meter_new ();
  job->meter = wb_meter_ref (self->meter);
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (METER_MS, meter_cb, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  update (self);
  wb_session_call_async (self->session,
                         export_call,
                         job,
                         (GDestroyNotify) job_free,
                         (GDestroyNotify) result_free,
                         self->cancellable,
                         exported_cb,
                         g_object_ref (self));
}

static void
file_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_export_dialog_export_to (WB_EXPORT_DIALOG (user_data), path);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbExportDialog *self = WB_EXPORT_DIALOG (widget);
  g_autofree char *name = g_strconcat (self->reference,
                                       gtk_switch_get_active (self->plain) ? ".zip" : ".zip.age",
                                       NULL);

  wb_file_chooser_ask (widget,
                       _ ("Export Case"),
                       GTK_FILE_CHOOSER_ACTION_SAVE,
                       FALSE,
                       name,
                       file_chosen,
                       widget);
}

static JsonObject *
describe (GtkWidget *dialog)
{
  WbExportDialog *self = WB_EXPORT_DIALOG (dialog);
  JsonObject *kept;

  if (self->sha256 != NULL) /* done */
    return NULL;
  kept = json_object_new ();
  json_object_set_string_member (kept, "dialog", "export");
  json_object_set_string_member (kept, "case", self->case_id);
  json_object_set_string_member (kept, "reference", self->reference);
  json_object_set_string_member (kept, "profile", get_profile (self));
  json_object_set_int_member (kept, "given_to", adw_combo_row_get_selected (self->given_to));
  json_object_set_string_member (kept, "recipients", gtk_editable_get_text (self->recipients));
  json_object_set_boolean_member (kept, "plain", gtk_switch_get_active (self->plain));
  json_object_set_string_member (kept, "purpose", gtk_editable_get_text (self->purpose));
  return kept;
}

static const char *
get_kept (JsonObject *kept, const char *name)
{
  const char *text = wb_json_get_text (kept, name);

  return text != NULL ? text : "";
}

GtkWidget *
wb_export_dialog_new_kept (WbSession *session, JsonObject *kept)
{
  GtkWidget *dialog =
      wb_export_dialog_new (session, get_kept (kept, "case"), get_kept (kept, "reference"));
  WbExportDialog *self = WB_EXPORT_DIALOG (dialog);
  const char *profile = get_kept (kept, "profile");
  GtkCheckButton *choice = g_str_equal (profile, "full")          ? self->full
                           : g_str_equal (profile, "statistical") ? self->statistical
                                                                  : self->pseudonymised;

  gtk_check_button_set_active (choice, TRUE);
  adw_combo_row_set_selected (
      self->given_to,
      (guint) json_object_get_int_member_with_default (kept, "given_to", 0));
  gtk_editable_set_text (self->recipients, get_kept (kept, "recipients"));
  gtk_switch_set_active (self->plain,
                         json_object_get_boolean_member_with_default (kept, "plain", FALSE));
  gtk_editable_set_text (self->purpose, get_kept (kept, "purpose"));
  return dialog;
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbExportDialog *self = WB_EXPORT_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
wb_export_dialog_dispose (GObject *object)
{
  WbExportDialog *self = WB_EXPORT_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  stop (self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_EXPORT_DIALOG);
  G_OBJECT_CLASS (wb_export_dialog_parent_class)->dispose (object);
}

static void
wb_export_dialog_finalize (GObject *object)
{
  WbExportDialog *self = WB_EXPORT_DIALOG (object);

  g_free (self->case_id);
  g_free (self->reference);
  g_free (self->sha256);
  g_ptr_array_unref (self->targets);
  G_OBJECT_CLASS (wb_export_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, message);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, full);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, pseudonymised);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, statistical);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, given_to);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, recipients);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, plain);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, purpose);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, WbExportDialog, results);
}

static void
wb_export_dialog_class_init (WbExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_export_dialog_finalize;

  /**
   * WbExportDialog::exported:
   * @self: the dialog
   *
   * The bundle is there, and the log has one entry more.
   */
  signals[EXPORTED] = g_signal_new ("exported",
                                    WB_TYPE_EXPORT_DIALOG,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-export-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_install_action (widget_class, "export.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_cb);
}

static void
fill_targets (WbExportDialog *self)
{
  const WbModel *model = wb_model_get_default (NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) terms = model != NULL ? wb_model_list_terms (model, "target") : NULL;

  gtk_string_list_append (labels, _ ("Choose"));
  for (guint i = 0; terms != NULL && i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    g_ptr_array_add (self->targets, g_strdup (term->code));
    gtk_string_list_append (labels, term->label[wb_language_current ()]);
  }
  adw_combo_row_set_model (self->given_to, G_LIST_MODEL (labels));
}

static void
wb_export_dialog_init (WbExportDialog *self)
{
  self->targets = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_kept_dialog_set (GTK_WIDGET (self), describe);
  fill_targets (self);
  update (self);
}

GtkWidget *
wb_export_dialog_new (WbSession *session, const char *case_id, const char *reference)
{
  WbExportDialog *self = g_object_new (WB_TYPE_EXPORT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->case_id = g_strdup (case_id);
  self->reference = g_strdup (reference);
  adw_window_title_set_subtitle (self->title, reference);
  return GTK_WIDGET (self);
}

const char *
wb_export_dialog_get_sha256 (WbExportDialog *self)
{
  return self->sha256;
}
