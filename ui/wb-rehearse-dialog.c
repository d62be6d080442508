/* SPDX-License-Identifier: EUPL-1.2 */

/* The fire drill: which backup, and what opens it. The work is done on the register's thread. */
#include "wb-rehearse-dialog.h"

#include "wb-case-rows.h"
#include "wb-file-chooser.h"
#include "wb-i18n.h"
#include "wb-identity-file.h"
#include "wb-json.h"
#include "wb-kept-dialog.h"
#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-rehearsal.h"
#include "wb-ui.h"

struct _WbRehearseDialog {
  WbWorkDialog parent_instance;

  AdwActionRow *file_row;
  AdwActionRow *key_row;
  GtkEditable *opener;
  char *file;     /* (nullable) */
  char *key_file; /* (nullable) */
  WbSession *session;
};

G_DEFINE_FINAL_TYPE (WbRehearseDialog, wb_rehearse_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *file;
  char *key_file;   /* (nullable) */
  WbSecret *opener; /* (nullable) */
  WbMeter *meter;
} Job;

static void
job_free (Job *job)
{
  g_free (job->file);
  g_free (job->key_file);
  g_clear_pointer (&job->opener, wb_secret_unref);
  g_clear_pointer (&job->meter, wb_meter_unref);
  g_free (job);
}

/* On the register's thread. */
static gpointer
rehearse_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autoptr (GPtrArray) identities = job->opener != NULL
                                         ? wb_identity_take_text (job->opener)
                                         : wb_identity_file_load (job->key_file, error);

  if (identities == NULL && job->opener == NULL)
    return NULL;
  return wb_register_rehearse (reg,
                               job->file,
                               identities,
                               identities == NULL ? job->opener : NULL,
                               wb_meter_report,
                               job->meter,
                               cancellable,
                               error);
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  WbRehearseDialog *self = WB_REHEARSE_DIALOG (dialog);

  return self->file != NULL && (self->key_file != NULL || !wb_passphrase_is_empty (self->opener));
}

/* What was typed goes before a file that was chosen earlier. */
static void
start (WbWorkDialog *dialog)
{
  WbRehearseDialog *self = WB_REHEARSE_DIALOG (dialog);
  g_autoptr (GError) error = NULL;
  Job *job = g_new0 (Job, 1);

  if (!wb_passphrase_is_empty (self->opener))
    job->opener = wb_passphrase_take (self->opener, &error);
  if (error != NULL) {
    wb_work_dialog_say (dialog, error->message);
    job_free (job);
    return;
  }
  job->file = g_strdup (self->file);
  job->key_file = g_strdup (self->key_file);
  job->meter = wb_work_dialog_make_meter (dialog);
  wb_work_dialog_call (dialog,
                       self->session,
                       rehearse_call,
                       job,
                       (GDestroyNotify) job_free,
                       (GDestroyNotify) wb_rehearsal_free);
}

static void
finished (WbWorkDialog *dialog, gpointer data)
{
  const WbRehearsal *result = data;
  WbRehearseDialog *self = WB_REHEARSE_DIALOG (dialog);
  g_autofree char *words = wb_rehearsal_to_words (result);
  g_autofree char *name = g_path_get_basename (self->file);

  wb_work_dialog_add_result (dialog, wb_property_row_new (_ ("The recovery works"), words));
  wb_work_dialog_add_result (dialog, wb_property_row_new (_ ("File"), name));
  wb_work_dialog_add_result (dialog, wb_property_row_new ("SHA-256", result->sha256));
}

static void
set_path (WbRehearseDialog *self, char **place, AdwActionRow *row, const char *path)
{
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;

  if (path == NULL)
    return;
  g_free (*place);
  *place = g_strdup (path);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, name);
  wb_work_dialog_update (WB_WORK_DIALOG (self));
}

void
wb_rehearse_dialog_set_backup (WbRehearseDialog *self, const char *path)
{
  set_path (self, &self->file, self->file_row, path);
}

void
wb_rehearse_dialog_set_key_file (WbRehearseDialog *self, const char *path)
{
  set_path (self, &self->key_file, self->key_row, path);
}

static void
file_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  wb_rehearse_dialog_set_backup (WB_REHEARSE_DIALOG (user_data), path);
}

static void
choose_file_cb (WbRehearseDialog *self)
{
  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Backup to Rehearse With"),
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       FALSE,
                       NULL,
                       file_chosen,
                       self);
}

static void
key_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  wb_rehearse_dialog_set_key_file (WB_REHEARSE_DIALOG (user_data), path);
}

static void
choose_key_cb (WbRehearseDialog *self)
{
  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("File With the Recovery Key"),
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       FALSE,
                       NULL,
                       key_chosen,
                       self);
}

/* For the lock: the names of files only. */
static JsonObject *
describe (GtkWidget *dialog)
{
  WbRehearseDialog *self = WB_REHEARSE_DIALOG (dialog);
  JsonObject *kept;

  if (wb_work_dialog_is_done (WB_WORK_DIALOG (dialog)))
    return NULL;
  kept = json_object_new ();
  json_object_set_string_member (kept, "dialog", "rehearse");
  if (self->file != NULL)
    json_object_set_string_member (kept, "file", self->file);
  if (self->key_file != NULL)
    json_object_set_string_member (kept, "key_file", self->key_file);
  return kept;
}

static void
wb_rehearse_dialog_dispose (GObject *object)
{
  g_clear_object (&WB_REHEARSE_DIALOG (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_REHEARSE_DIALOG);
  G_OBJECT_CLASS (wb_rehearse_dialog_parent_class)->dispose (object);
}

static void
wb_rehearse_dialog_finalize (GObject *object)
{
  g_free (WB_REHEARSE_DIALOG (object)->file);
  g_free (WB_REHEARSE_DIALOG (object)->key_file);
  G_OBJECT_CLASS (wb_rehearse_dialog_parent_class)->finalize (object);
}

static void
wb_rehearse_dialog_class_init (WbRehearseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_rehearse_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_rehearse_dialog_finalize;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  WB_WORK_DIALOG_CLASS (klass)->finished = finished;
  g_type_ensure (WB_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-rehearse-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRehearseDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, WbRehearseDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, WbRehearseDialog, opener);
  gtk_widget_class_bind_template_callback (widget_class, wb_work_dialog_update);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_key_cb);
}

static void
wb_rehearse_dialog_init (WbRehearseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_kept_dialog_set (GTK_WIDGET (self), describe);
}

GtkWidget *
wb_rehearse_dialog_new (WbSession *session)
{
  WbRehearseDialog *self = g_object_new (WB_TYPE_REHEARSE_DIALOG, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
