/* SPDX-License-Identifier: EUPL-1.2 */

/* Making a backup: written, read back and compared on the register's thread. */
#include "wb-backup-dialog.h"

#include "wb-case-rows.h"
#include "wb-file-chooser.h"
#include "wb-format.h"
#include "wb-json.h"
#include "wb-kept-dialog.h"
#include "wb-new-passphrase.h"
#include "wb-register-backup.h"
#include "wb-ui.h"

struct _WbBackupDialog {
  WbWorkDialog parent_instance;

  GtkCheckButton *by_passphrase;
  WbNewPassphrase *passphrase;
  GtkCheckButton *by_key;
  GtkEditable *recipients;
  WbSession *session;
};

G_DEFINE_FINAL_TYPE (WbBackupDialog, wb_backup_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *path;
  WbSecret *passphrase; /* (nullable) */
  char **recipients;    /* (nullable) */
  WbMeter *meter;
} Job;

typedef struct {
  char *path;
  char *sha256;
} Result;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_clear_pointer (&job->passphrase, wb_secret_unref);
  g_strfreev (job->recipients);
  g_clear_pointer (&job->meter, wb_meter_unref);
  g_free (job);
}

static void
result_free (Result *result)
{
  g_free (result->path);
  g_free (result->sha256);
  g_free (result);
}

/* On the register's thread. */
static gpointer
backup_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autofree char *sha256 = NULL;
  Result *result;

  if (!wb_register_backup (reg,
                           job->path,
                           (const char *const *) job->recipients,
                           job->passphrase,
                           wb_meter_report,
                           job->meter,
                           cancellable,
                           &sha256,
                           error))
    return NULL;
  result = g_new0 (Result, 1);
  result->path = g_strdup (job->path);
  result->sha256 = g_steal_pointer (&sha256);
  return result;
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  WbBackupDialog *self = WB_BACKUP_DIALOG (dialog);

  if (gtk_check_button_get_active (self->by_passphrase))
    return wb_new_passphrase_is_complete (self->passphrase);
  return *gtk_editable_get_text (self->recipients) != '\0';
}

static void
kind_cb (WbBackupDialog *self)
{
  wb_work_dialog_update (WB_WORK_DIALOG (self));
}

void
wb_backup_dialog_back_up_to (WbBackupDialog *self, const char *path)
{
  WbWorkDialog *dialog = WB_WORK_DIALOG (self);
  g_autoptr (GError) error = NULL;
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  if (gtk_check_button_get_active (self->by_passphrase))
    job->passphrase = wb_new_passphrase_take (self->passphrase, &error);
  else
    job->recipients = wb_ui_split_recipients (gtk_editable_get_text (self->recipients));
  if (error != NULL) {
    wb_work_dialog_say (dialog, error->message);
    job_free (job);
    return;
  }
  job->meter = wb_work_dialog_make_meter (dialog);
  wb_work_dialog_call (dialog,
                       self->session,
                       backup_call,
                       job,
                       (GDestroyNotify) job_free,
                       (GDestroyNotify) result_free);
}

static void
file_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_backup_dialog_back_up_to (WB_BACKUP_DIALOG (user_data), path);
}

/* NL-INSP-2026-11-13.backup.age: the folder shows at a glance which one is the latest. */
static void
start (WbWorkDialog *dialog)
{
  WbBackupDialog *self = WB_BACKUP_DIALOG (dialog);
  const WbZone *zone = wb_session_get_zone (self->session);
  g_autofree char *day =
      zone != NULL ? wb_date_format (wb_zone_to_local (zone, wb_clock_now ()).date) : g_strdup ("");
  g_autofree char *name =
      g_strdup_printf ("%s-%s.backup.age", wb_session_get_code (self->session), day);

  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Place for the Backup"),
                       GTK_FILE_CHOOSER_ACTION_SAVE,
                       FALSE,
                       name,
                       file_chosen,
                       self);
}

static void
finished (WbWorkDialog *dialog, gpointer data)
{
  const Result *result = data;
  g_autofree char *name = g_path_get_basename (result->path);

  wb_work_dialog_add_result (
      dialog,
      wb_property_row_new (_ ("The backup was made, read back and found right"), name));
  wb_work_dialog_add_result (dialog, wb_property_row_new ("SHA-256", result->sha256));
}

/* For the lock; a passphrase is typed again. */
static JsonObject *
describe (GtkWidget *dialog)
{
  WbBackupDialog *self = WB_BACKUP_DIALOG (dialog);
  JsonObject *kept;

  if (wb_work_dialog_is_done (WB_WORK_DIALOG (dialog)))
    return NULL;
  kept = json_object_new ();
  json_object_set_string_member (kept, "dialog", "backup");
  json_object_set_boolean_member (kept, "by_key", gtk_check_button_get_active (self->by_key));
  json_object_set_string_member (kept, "recipients", gtk_editable_get_text (self->recipients));
  return kept;
}

void
wb_backup_dialog_put_back (WbBackupDialog *self, JsonObject *kept)
{
  const char *recipients = wb_json_get_text (kept, "recipients");

  gtk_check_button_set_active (self->by_key,
                               json_object_get_boolean_member_with_default (kept, "by_key", FALSE));
  gtk_editable_set_text (self->recipients, recipients != NULL ? recipients : "");
}

static void
wb_backup_dialog_dispose (GObject *object)
{
  g_clear_object (&WB_BACKUP_DIALOG (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_BACKUP_DIALOG);
  G_OBJECT_CLASS (wb_backup_dialog_parent_class)->dispose (object);
}

static void
wb_backup_dialog_class_init (WbBackupDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_backup_dialog_dispose;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  WB_WORK_DIALOG_CLASS (klass)->finished = finished;
  g_type_ensure (WB_TYPE_NEW_PASSPHRASE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-backup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBackupDialog, by_passphrase);
  gtk_widget_class_bind_template_child (widget_class, WbBackupDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WbBackupDialog, by_key);
  gtk_widget_class_bind_template_child (widget_class, WbBackupDialog, recipients);
  gtk_widget_class_bind_template_callback (widget_class, wb_work_dialog_update);
  gtk_widget_class_bind_template_callback (widget_class, kind_cb);
}

static void
wb_backup_dialog_init (WbBackupDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_kept_dialog_set (GTK_WIDGET (self), describe);
}

GtkWidget *
wb_backup_dialog_new (WbSession *session)
{
  WbBackupDialog *self = g_object_new (WB_TYPE_BACKUP_DIALOG, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
