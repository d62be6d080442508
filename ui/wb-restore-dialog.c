/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Putting a register back. Two secrets are asked for: what opens the backup, and the passphrase of
 * a user in it, for nothing is put back that was not opened and verified.
 */
#include "wb-restore-dialog.h"

#include <string.h>

#include "wb-file-chooser.h"
#include "wb-i18n.h"
#include "wb-identity-file.h"
#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-register-backup.h"
#include "wb-ui.h"

#define SUFFIX ".waarborg"

struct _WbRestoreDialog {
  WbWorkDialog parent_instance;

  AdwActionRow *file_row;
  AdwActionRow *folder_row;
  GtkEditable *opener;
  GtkEditable *name;
  GtkEditable *user;
  GtkEditable *passphrase;
  char *file;   /* (nullable) */
  char *parent; /* (nullable) */
  char *folder; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbRestoreDialog, wb_restore_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *file;
  char *folder;
  char *user;
  WbSecret *opener;
  WbSecret *passphrase;
  WbMeter *meter;
} Job;

static void
job_free (Job *job)
{
  g_free (job->file);
  g_free (job->folder);
  g_free (job->user);
  g_clear_pointer (&job->opener, wb_secret_unref);
  g_clear_pointer (&job->passphrase, wb_secret_unref);
  g_clear_pointer (&job->meter, wb_meter_unref);
  g_free (job);
}

/* On a thread of its own. */
static gpointer
restore_call (WbRegister *none, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autoptr (GPtrArray) identities = wb_identity_take_text (job->opener);

  return GINT_TO_POINTER (wb_register_restore (job->file,
                                               identities,
                                               identities == NULL ? job->opener : NULL,
                                               job->folder,
                                               job->user,
                                               job->passphrase,
                                               wb_meter_report,
                                               job->meter,
                                               cancellable,
                                               NULL,
                                               error));
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  WbRestoreDialog *self = WB_RESTORE_DIALOG (dialog);

  return self->file != NULL && self->folder != NULL && !wb_passphrase_is_empty (self->opener) &&
         *gtk_editable_get_text (self->user) != '\0' && !wb_passphrase_is_empty (self->passphrase);
}

static void
start (WbWorkDialog *dialog)
{
  WbRestoreDialog *self = WB_RESTORE_DIALOG (dialog);
  g_autoptr (GError) error = NULL;
  Job *job = g_new0 (Job, 1);

  job->opener = wb_passphrase_take (self->opener, &error);
  if (job->opener != NULL)
    job->passphrase = wb_passphrase_take (self->passphrase, &error);
  if (job->passphrase == NULL) {
    wb_work_dialog_say (dialog, error != NULL ? error->message : _ ("Type a passphrase"));
    job_free (job);
    return;
  }
  job->file = g_strdup (self->file);
  job->folder = g_strdup (self->folder);
  job->user = g_strstrip (g_strdup (gtk_editable_get_text (self->user)));
  job->meter = wb_work_dialog_make_meter (dialog);
  wb_work_dialog_call (dialog, NULL, restore_call, job, (GDestroyNotify) job_free, NULL);
}

static void
update_cb (WbRestoreDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *with_suffix =
      g_str_has_suffix (name, SUFFIX) ? g_strdup (name) : g_strconcat (name, SUFFIX, NULL);
  gboolean named = *name != '\0' && strchr (name, G_DIR_SEPARATOR) == NULL;

  g_free (self->folder);
  self->folder =
      named && self->parent != NULL ? g_build_filename (self->parent, with_suffix, NULL) : NULL;
  adw_action_row_set_subtitle (self->folder_row,
                               self->folder != NULL ? self->folder : self->parent);
  wb_work_dialog_update (WB_WORK_DIALOG (self));
}

void
wb_restore_dialog_set_file (WbRestoreDialog *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  g_free (self->file);
  self->file = g_strdup (path);
  adw_action_row_set_subtitle (self->file_row, name);
  update_cb (self);
}

void
wb_restore_dialog_set_parent (WbRestoreDialog *self, const char *folder)
{
  g_free (self->parent);
  self->parent = g_strdup (folder);
  update_cb (self);
}

const char *
wb_restore_dialog_get_folder (WbRestoreDialog *self)
{
  return self->folder;
}

static void
file_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_restore_dialog_set_file (WB_RESTORE_DIALOG (user_data), path);
}

static void
choose_file_cb (WbRestoreDialog *self)
{
  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Backup to Restore From"),
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       FALSE,
                       NULL,
                       file_chosen,
                       self);
}

static void
folder_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_restore_dialog_set_parent (WB_RESTORE_DIALOG (user_data), path);
}

static void
choose_folder_cb (WbRestoreDialog *self)
{
  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Folder for the Register"),
                       GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                       FALSE,
                       NULL,
                       folder_chosen,
                       self);
}

static void
wb_restore_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_RESTORE_DIALOG);
  G_OBJECT_CLASS (wb_restore_dialog_parent_class)->dispose (object);
}

static void
wb_restore_dialog_finalize (GObject *object)
{
  WbRestoreDialog *self = WB_RESTORE_DIALOG (object);

  g_free (self->file);
  g_free (self->parent);
  g_free (self->folder);
  G_OBJECT_CLASS (wb_restore_dialog_parent_class)->finalize (object);
}

static void
wb_restore_dialog_class_init (WbRestoreDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_restore_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_restore_dialog_finalize;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  g_type_ensure (WB_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRestoreDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, WbRestoreDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, WbRestoreDialog, opener);
  gtk_widget_class_bind_template_child (widget_class, WbRestoreDialog, name);
  gtk_widget_class_bind_template_child (widget_class, WbRestoreDialog, user);
  gtk_widget_class_bind_template_child (widget_class, WbRestoreDialog, passphrase);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
}

static void
wb_restore_dialog_init (WbRestoreDialog *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  gtk_widget_init_template (GTK_WIDGET (self));
  wb_restore_dialog_set_parent (self, documents != NULL ? documents : g_get_home_dir ());
}

GtkWidget *
wb_restore_dialog_new (void)
{
  return g_object_new (WB_TYPE_RESTORE_DIALOG, NULL);
}
