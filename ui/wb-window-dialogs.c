/* SPDX-License-Identifier: EUPL-1.2 */

/* The small dialog in which somebody was typing when the register was locked, brought back. */
#include "wb-window-parts.h"

#include "wb-backup-dialog.h"
#include "wb-colleague-dialog.h"
#include "wb-export-dialog.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-kept-dialog.h"
#include "wb-reason-dialog.h"
#include "wb-record-dialog.h"
#include "wb-record-form.h"
#include "wb-rehearse-dialog.h"

#define WAIT_MS 50
#define TRIES_MAX 600 /* half a minute: a page that has not come by then will not */

/* The one over the window that would come back. */
static GtkWidget *
find_dialog (WbWindow *self, JsonObject **ret_kept)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next) {
    JsonObject *kept =
        gtk_widget_get_mapped (l->data) && l->data != self ? wb_kept_dialog_dup (l->data) : NULL;

    if (kept == NULL)
      continue;
    *ret_kept = kept;
    return l->data;
  }
  return NULL;
}

JsonObject *
wb_window_dup_dialog (WbWindow *self)
{
  JsonObject *kept = NULL;

  (void) find_dialog (self, &kept);
  return kept;
}

/* On the register's thread. */
static gpointer
drop_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (wb_register_save_draft (reg, WB_WINDOW_DIALOG_KEY, NULL, error));
}

static void
drop (WbWindow *self)
{
  wb_session_call_async (self->session, drop_call, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* Saved or discarded by its user; at the lock it stays in the store. */
static void
gone_cb (GtkWidget *dialog, WbWindow *self)
{
  if (self->shell != NULL && !self->locking)
    drop (self);
}

/* A crash between the unlocking and the end of the dialog must not lose the words. */
static void
drop_when_gone (WbWindow *self)
{
  g_autoptr (JsonObject) kept = NULL;
  GtkWidget *dialog = find_dialog (self, &kept);

  if (dialog != NULL)
    g_signal_connect_object (dialog, "destroy", G_CALLBACK (gone_cb), self, 0);
  else
    drop (self);
}

static void
done_cb (GtkWidget *dialog, WbWindow *self)
{
  wb_window_say (self, _ ("It is recorded"));
}

/* What cannot be shown at once; a lock meanwhile keeps it again. */
typedef struct {
  WbWindow *window;
  JsonObject *kept;
  guint tries;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_object_unref (waiting->window);
  json_object_unref (waiting->kept);
  g_free (waiting);
}

static Waiting *
waiting_new (WbWindow *self, JsonObject *kept)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->window = g_object_ref (self);
  waiting->kept = json_object_ref (kept);
  g_clear_pointer (&self->waiting_dialog, json_object_unref);
  self->waiting_dialog = json_object_ref (kept);
  return waiting;
}

static void
show_record (WbWindow *self, const WbModel *model, JsonObject *kept)
{
  JsonObject *before = json_object_has_member (kept, "before")
                           ? json_object_get_object_member (kept, "before")
                           : NULL;
  WbRecord record = { .id = (char *) wb_json_get_text (kept, "record"),
                      .type = (char *) wb_json_get_text (kept, "type"),
                      .fields = before };
  GtkWidget *dialog = wb_record_dialog_new (self->session,
                                            model,
                                            record.type,
                                            before != NULL && record.id != NULL ? &record : NULL);

  wb_record_form_set_values (WB_RECORD_FORM (wb_record_dialog_get_form (WB_RECORD_DIALOG (dialog))),
                             json_object_get_object_member (kept, "values"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, 0);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

/* On the register's thread: with the body's own terms. */
static gpointer
get_model_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return (gpointer) wb_register_get_model (reg);
}

static void
got_model_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  WbWindow *self = waiting->window;
  const WbModel *model = wb_session_call_finish (WB_SESSION (source), result, NULL);

  if (model != NULL && self->shell != NULL) {
    show_record (self, model, waiting->kept);
    drop_when_gone (self);
    g_clear_pointer (&self->waiting_dialog, json_object_unref);
  }
  waiting_free (waiting);
}

static void
show_colleague (WbWindow *self, JsonObject *kept)
{
  GtkWidget *dialog = wb_colleague_dialog_new (self->session);

  wb_colleague_dialog_set_name (WB_COLLEAGUE_DIALOG (dialog), wb_json_get_text (kept, "name"));
  g_signal_connect_object (dialog, "done", G_CALLBACK (done_cb), self, 0);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
show_work (WbWindow *self, GtkWidget *dialog)
{
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
show_backup (WbWindow *self, JsonObject *kept)
{
  GtkWidget *dialog = wb_backup_dialog_new (self->session);

  wb_backup_dialog_put_back (WB_BACKUP_DIALOG (dialog), kept);
  show_work (self, dialog);
}

static void
show_rehearsal (WbWindow *self, JsonObject *kept)
{
  GtkWidget *dialog = wb_rehearse_dialog_new (self->session);

  wb_rehearse_dialog_set_backup (WB_REHEARSE_DIALOG (dialog), wb_json_get_text (kept, "file"));
  wb_rehearse_dialog_set_key_file (WB_REHEARSE_DIALOG (dialog),
                                   wb_json_get_text (kept, "key_file"));
  show_work (self, dialog);
}

static void
show_export (WbWindow *self, JsonObject *kept)
{
  GtkWidget *dialog = wb_export_dialog_new_kept (self->session, kept);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
ask_again (GtkWidget *page, JsonObject *kept)
{
  const char *question = wb_json_get_text (kept, "question");
  const char *subject = wb_json_get_text (kept, "subject");

  if (WB_IS_CASE_PAGE (page) && wb_case_page_get_reference (WB_CASE_PAGE (page)) != NULL)
    return wb_case_page_ask_again (WB_CASE_PAGE (page), question, subject);
  if (WB_IS_ALLEGATION_PAGE (page) && wb_allegation_page_is_ready (WB_ALLEGATION_PAGE (page)))
    return gtk_widget_activate_action (page, "record.save", NULL);
  return FALSE;
}

static gboolean
wait_cb (gpointer data)
{
  Waiting *waiting = data;
  WbWindow *self = waiting->window;
  const char *text = wb_json_get_text (waiting->kept, "text");

  if (self->shell == NULL)
    return G_SOURCE_REMOVE; /* locked again, which kept what was still waiting */
  wb_reason_dialog_begin_with (text);
  if (!ask_again (wb_shell_get_top (self->shell), waiting->kept) && ++waiting->tries < TRIES_MAX) {
    wb_reason_dialog_begin_with (NULL);
    return G_SOURCE_CONTINUE;
  }
  if (waiting->tries >= TRIES_MAX && text != NULL)
    wb_window_say (self, text); /* the question is gone; the words are not */
  drop_when_gone (self);
  wb_reason_dialog_begin_with (NULL);
  g_clear_pointer (&self->waiting_dialog, json_object_unref);
  return G_SOURCE_REMOVE;
}

/* A question is asked again by the page that asked it, once that page is there. */
static void
wait_for_page (WbWindow *self, JsonObject *kept)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT, WAIT_MS, wait_cb, waiting_new (self, kept), waiting_free);
}

static gboolean
show_at_once (WbWindow *self, const char *which, JsonObject *kept)
{
  if (g_strcmp0 (which, "clockact") == 0)
    wb_today_page_ask_again (self->today, kept);
  else if (g_strcmp0 (which, "colleague") == 0)
    show_colleague (self, kept);
  else if (g_strcmp0 (which, "backup") == 0)
    show_backup (self, kept);
  else if (g_strcmp0 (which, "rehearse") == 0)
    show_rehearsal (self, kept);
  else if (g_strcmp0 (which, "export") == 0)
    show_export (self, kept);
  else
    return FALSE;
  return TRUE;
}

void
wb_window_reopen_dialog (WbWindow *self, JsonObject *kept)
{
  const char *which = wb_json_get_text (kept, "dialog");

  if (show_at_once (self, which, kept))
    drop_when_gone (self);
  else if (g_strcmp0 (which, "record") == 0)
    wb_session_call_async (self->session,
                           get_model_call,
                           NULL,
                           NULL,
                           NULL,
                           NULL,
                           got_model_cb,
                           waiting_new (self, kept));
  else if (g_strcmp0 (which, "reason") == 0)
    wait_for_page (self, kept);
  else
    drop (self); /* by another version of the program */
}
