/* SPDX-License-Identifier: EUPL-1.2 */

/* Changing one's own passphrase; the one that holds now proves who asks. */
#include "wb-passphrase-dialog.h"

#include "wb-new-passphrase.h"
#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-ui.h"

struct _WbPassphraseDialog {
  WbWorkDialog parent_instance;

  GtkEditable *current;
  WbNewPassphrase *passphrase;
  WbSession *session;
};

G_DEFINE_FINAL_TYPE (WbPassphraseDialog, wb_passphrase_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  WbSecret *current;
  WbSecret *fresh;
} Job;

static void
job_free (Job *job)
{
  wb_secret_unref (job->current);
  wb_secret_unref (job->fresh);
  g_free (job);
}

/* On the register's thread. */
static gpointer
change_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return GINT_TO_POINTER (wb_register_change_passphrase (reg, job->current, job->fresh, error));
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  WbPassphraseDialog *self = WB_PASSPHRASE_DIALOG (dialog);

  return !wb_passphrase_is_empty (self->current) &&
         wb_new_passphrase_is_complete (self->passphrase);
}

static void
start (WbWorkDialog *dialog)
{
  WbPassphraseDialog *self = WB_PASSPHRASE_DIALOG (dialog);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) fresh = wb_new_passphrase_take (self->passphrase, &error);
  g_autoptr (WbSecret) current = fresh != NULL ? wb_passphrase_take (self->current, &error) : NULL;
  Job *job;

  if (current == NULL) {
    wb_work_dialog_say (dialog, error->message);
    return;
  }
  job = g_new0 (Job, 1);
  job->current = g_steal_pointer (&current);
  job->fresh = g_steal_pointer (&fresh);
  wb_work_dialog_call (dialog, self->session, change_call, job, (GDestroyNotify) job_free, NULL);
}

static void
wb_passphrase_dialog_dispose (GObject *object)
{
  g_clear_object (&WB_PASSPHRASE_DIALOG (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_PASSPHRASE_DIALOG);
  G_OBJECT_CLASS (wb_passphrase_dialog_parent_class)->dispose (object);
}

static void
wb_passphrase_dialog_class_init (WbPassphraseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_passphrase_dialog_dispose;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  g_type_ensure (WB_TYPE_NEW_PASSPHRASE);
  g_type_ensure (WB_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-passphrase-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPassphraseDialog, current);
  gtk_widget_class_bind_template_child (widget_class, WbPassphraseDialog, passphrase);
  gtk_widget_class_bind_template_callback (widget_class, wb_work_dialog_update);
}

static void
wb_passphrase_dialog_init (WbPassphraseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_passphrase_dialog_new (WbSession *session)
{
  WbPassphraseDialog *self = g_object_new (WB_TYPE_PASSPHRASE_DIALOG, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
