/* SPDX-License-Identifier: EUPL-1.2 */

/* Adding a user. The passphrase is the colleague's; the declaration is who adds' own. */
#include "wb-colleague-dialog.h"

#include "wb-colleague.h"
#include "wb-kept-dialog.h"
#include "wb-new-passphrase.h"
#include "wb-ui.h"

struct _WbColleagueDialog {
  WbWorkDialog parent_instance;

  GtkEditable *name;
  WbNewPassphrase *passphrase;
  GtkCheckButton *independent;
  WbSession *session;
};

G_DEFINE_FINAL_TYPE (WbColleagueDialog, wb_colleague_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *name;
  WbSecret *passphrase;
  gboolean independent;
} Job;

static void
job_free (Job *job)
{
  g_free (job->name);
  wb_secret_unref (job->passphrase);
  g_free (job);
}

/* On the register's thread. */
static gpointer
add_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return GINT_TO_POINTER (
      wb_register_add_colleague (reg, job->name, job->passphrase, job->independent, error));
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  WbColleagueDialog *self = WB_COLLEAGUE_DIALOG (dialog);

  return *gtk_editable_get_text (self->name) != '\0' &&
         wb_new_passphrase_is_complete (self->passphrase) &&
         gtk_check_button_get_active (self->independent);
}

static void
start (WbWorkDialog *dialog)
{
  WbColleagueDialog *self = WB_COLLEAGUE_DIALOG (dialog);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autoptr (GError) error = NULL;
  WbSecret *secret = wb_new_passphrase_take (self->passphrase, &error);
  Job *job;

  if (secret == NULL) {
    wb_work_dialog_say (dialog, error->message);
    return;
  }
  job = g_new0 (Job, 1);
  job->name = g_steal_pointer (&name);
  job->passphrase = secret;
  job->independent = gtk_check_button_get_active (self->independent);
  wb_work_dialog_call (dialog, self->session, add_call, job, (GDestroyNotify) job_free, NULL);
}

static void
wb_colleague_dialog_dispose (GObject *object)
{
  g_clear_object (&WB_COLLEAGUE_DIALOG (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_COLLEAGUE_DIALOG);
  G_OBJECT_CLASS (wb_colleague_dialog_parent_class)->dispose (object);
}

static void
wb_colleague_dialog_class_init (WbColleagueDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_colleague_dialog_dispose;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  g_type_ensure (WB_TYPE_NEW_PASSPHRASE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-colleague-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbColleagueDialog, name);
  gtk_widget_class_bind_template_child (widget_class, WbColleagueDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WbColleagueDialog, independent);
  gtk_widget_class_bind_template_callback (widget_class, wb_work_dialog_update);
}

static void
wb_colleague_dialog_init (WbColleagueDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The name alone: a passphrase is typed anew. */
static JsonObject *
describe (GtkWidget *dialog)
{
  JsonObject *kept = json_object_new ();

  json_object_set_string_member (kept, "dialog", "colleague");
  json_object_set_string_member (kept,
                                 "name",
                                 gtk_editable_get_text (WB_COLLEAGUE_DIALOG (dialog)->name));
  return kept;
}

void
wb_colleague_dialog_set_name (WbColleagueDialog *self, const char *name)
{
  gtk_editable_set_text (self->name, name != NULL ? name : "");
}

GtkWidget *
wb_colleague_dialog_new (WbSession *session)
{
  WbColleagueDialog *self = g_object_new (WB_TYPE_COLLEAGUE_DIALOG, NULL);

  self->session = g_object_ref (session);
  wb_kept_dialog_set (GTK_WIDGET (self), describe);
  return GTK_WIDGET (self);
}
