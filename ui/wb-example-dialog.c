/* SPDX-License-Identifier: EUPL-1.2 */

/* Where the example register goes, and what opens it. */
#include "wb-example-dialog.h"

#include "wb-example.h"
#include "wb-file-chooser.h"
#include "wb-i18n.h"
#include "wb-place.h"
#include "wb-ui.h"

struct _WbExampleDialog {
  WbWorkDialog parent_instance;

  AdwActionRow *place;
  AdwActionRow *passphrase;
  char *folder;
};

G_DEFINE_FINAL_TYPE (WbExampleDialog, wb_example_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *folder;
  WbMeter *meter;
} Job;

static void
job_free (Job *job)
{
  g_free (job->folder);
  wb_meter_unref (job->meter);
  g_free (job);
}

/* On a thread of its own. One that is there already is as good. */
static gpointer
make_call (WbRegister *none, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autofree char *parent = g_path_get_dirname (job->folder);

  if (g_file_test (job->folder, G_FILE_TEST_IS_DIR))
    return GINT_TO_POINTER (TRUE);
  (void) g_mkdir_with_parents (parent, 0700);
  return GINT_TO_POINTER (wb_example_make (job->folder,
                                           wb_language_current (),
                                           wb_meter_report,
                                           job->meter,
                                           cancellable,
                                           error));
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  return WB_EXAMPLE_DIALOG (dialog)->folder != NULL;
}

static void
start (WbWorkDialog *dialog)
{
  Job *job = g_new0 (Job, 1);

  job->folder = g_strdup (WB_EXAMPLE_DIALOG (dialog)->folder);
  job->meter = wb_work_dialog_make_meter (dialog);
  wb_work_dialog_call (dialog, NULL, make_call, job, (GDestroyNotify) job_free, NULL);
}

void
wb_example_dialog_set_parent (WbExampleDialog *self, const char *folder)
{
  g_autofree char *words = NULL;

  g_free (self->folder);
  self->folder = g_build_filename (folder, WB_EXAMPLE_CODE ".waarborg", NULL);
  words = wb_place_folder (self->folder);
  adw_action_row_set_subtitle (self->place, words);
  wb_work_dialog_update (WB_WORK_DIALOG (self));
}

const char *
wb_example_dialog_get_folder (WbExampleDialog *self)
{
  return self->folder;
}

static void
folder_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_example_dialog_set_parent (WB_EXAMPLE_DIALOG (user_data), path);
}

static void
choose_folder_cb (WbExampleDialog *self)
{
  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Folder for the Example"),
                       GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                       FALSE,
                       NULL,
                       folder_chosen,
                       self);
}

static void
wb_example_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_EXAMPLE_DIALOG);
  G_OBJECT_CLASS (wb_example_dialog_parent_class)->dispose (object);
}

static void
wb_example_dialog_finalize (GObject *object)
{
  g_free (WB_EXAMPLE_DIALOG (object)->folder);
  G_OBJECT_CLASS (wb_example_dialog_parent_class)->finalize (object);
}

static void
wb_example_dialog_class_init (WbExampleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_example_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_example_dialog_finalize;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-example-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbExampleDialog, place);
  gtk_widget_class_bind_template_child (widget_class, WbExampleDialog, passphrase);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
}

static void
wb_example_dialog_init (WbExampleDialog *self)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "waarborg", NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_action_row_set_subtitle (self->passphrase, WB_EXAMPLE_PASSPHRASE);
  wb_example_dialog_set_parent (self, own);
}

GtkWidget *
wb_example_dialog_new (void)
{
  return g_object_new (WB_TYPE_EXAMPLE_DIALOG, NULL);
}
