/* SPDX-License-Identifier: EUPL-1.2 */

/* What is done with a case from its page: the next step, who holds it, the second word on a
 * decision. The core judges; its sentence is what the user sees. */
#include "wb-case-page-parts.h"

#include "wb-closures.h"
#include "wb-decision.h"
#include "wb-reason-dialog.h"

/* Questions, by which they are asked again after a lock. */
#define STEP "step"
#define GIVE "give"
#define CONFIRM "confirm"
#define REJECT "reject"

typedef struct {
  char *reference;
  JsonObject *fields; /* (nullable): of a change */
  gboolean approve;   /* else, of a decision */
  char *reason;       /* (nullable) */
  char *done;         /* sentence */
} Work;

typedef struct {
  WbCasePage *page;
  char *done;
} Waiting;

static void
work_free (Work *work)
{
  g_free (work->reference);
  g_clear_pointer (&work->fields, json_object_unref);
  g_free (work->reason);
  g_free (work->done);
  g_free (work);
}

static void
waiting_free (Waiting *waiting)
{
  g_object_unref (waiting->page);
  g_free (waiting->done);
  g_free (waiting);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

/* On the register's thread. */
static gpointer
work_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;

  return work->fields != NULL
             ? wb_register_change (reg, work->reference, work->fields, work->reason, error)
             : wb_register_decide (reg, work->reference, work->approve, work->reason, error);
}

/* A refused try is an act in the history too. */
static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (waiting->page->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  wb_case_page_say (waiting->page, record != NULL ? waiting->done : error->message);
  wb_case_page_changed (waiting->page);
}

static void
start (WbCasePage *self, Work *work)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->page = g_object_ref (self);
  waiting->done = g_strdup (work->done);
  wb_session_call_async (self->session,
                         work_call,
                         work,
                         (GDestroyNotify) work_free,
                         (GDestroyNotify) wb_record_free,
                         NULL,
                         worked_cb,
                         waiting);
}

static void
set_on_case (WbCasePage *self,
             const char *field,
             const char *value,
             const char *reason,
             const char *done)
{
  Work *work = g_new0 (Work, 1);

  work->reference = g_strdup (self->id);
  work->fields = json_object_new ();
  json_object_set_string_member (work->fields, field, value);
  work->reason = g_strdup (reason);
  work->done = g_strdup (done);
  start (self, work);
}

static void
take_step (GtkWidget *page, const char *status, const char *reason)
{
  g_autofree char *words = wb_words_code (status, wb_language_current ());
  /* Translators: %s is a status of a case. */
  g_autofree char *done = g_strdup_printf (_ ("The case now stands at “%s”"), words);

  set_on_case (WB_CASE_PAGE (page), "status", status, reason, done);
}

void
wb_case_page_take_step (WbCasePage *self, const char *status, gboolean needs_reason)
{
  g_autofree char *words = wb_words_code (status, wb_language_current ());
  g_autofree char *heading = g_strdup_printf (_ ("To “%s”?"), words);

  if (needs_reason)
    wb_reason_dialog_ask (
        GTK_WIDGET (self),
        &(WbReasonWords){ .heading = heading,
                          .body = _ ("Why does the case take this step? The reason is recorded."),
                          .button = _ ("_Take This Step"),
                          .needed = TRUE,
                          .question = STEP },
        status,
        take_step);
  else
    take_step (GTK_WIDGET (self), status, NULL);
}

static void
give_to (GtkWidget *page, const char *user, const char *reason)
{
  /* Translators: %s is the name of a user. */
  g_autofree char *done = g_strdup_printf (_ ("%s holds the case now"), user);

  set_on_case (WB_CASE_PAGE (page), "holder", user, reason, done);
}

void
wb_case_page_give_to (WbCasePage *self, const char *user)
{
  const char *holder = wb_record_get_text (wb_case_data_get_case (self->data), "holder");
  /* Translators: %s is the name of a user. */
  g_autofree char *heading = g_strdup_printf (_ ("Hand Over to %s?"), user);

  if (holder != NULL)
    wb_reason_dialog_ask (
        GTK_WIDGET (self),
        &(WbReasonWords){ .heading = heading,
                          .body = _ ("Why does the case change hands? The reason is recorded."),
                          .button = _ ("_Hand Over"),
                          .needed = TRUE,
                          .question = GIVE },
        user,
        give_to);
  else
    give_to (GTK_WIDGET (self), user, NULL);
}

static void
decide (GtkWidget *page, const char *id, gboolean approve, const char *reason)
{
  Work *work = g_new0 (Work, 1);

  work->reference = g_strdup (id);
  work->approve = approve;
  work->reason = g_strdup (reason);
  work->done =
      g_strdup (approve ? _ ("The decision is confirmed") : _ ("The decision is rejected"));
  start (WB_CASE_PAGE (page), work);
}

static void
confirm (GtkWidget *page, const char *id, const char *reason)
{
  decide (page, id, TRUE, reason);
}

static void
reject (GtkWidget *page, const char *id, const char *reason)
{
  decide (page, id, FALSE, reason);
}

void
wb_case_page_decide (WbCasePage *self, const char *id, gboolean approve)
{
  const WbReasonWords yes = {
    .heading = _ ("Confirm This Decision?"),
    .body = _ ("You decide as the second person, under your own key. It cannot be taken back."),
    .button = _ ("_Confirm"),
    .needed = TRUE,
    .question = CONFIRM
  };
  const WbReasonWords no = {
    .heading = _ ("Reject This Decision?"),
    .body = _ ("You decide as the second person, under your own key. It cannot be taken back."),
    .button = _ ("_Reject"),
    .needed = TRUE,
    .refuses = TRUE,
    .question = REJECT
  };

  wb_reason_dialog_ask (GTK_WIDGET (self), approve ? &yes : &no, id, approve ? confirm : reject);
}

gboolean
wb_case_page_ask_again (WbCasePage *self, const char *question, const char *subject)
{
  if (subject == NULL)
    return FALSE;
  if (g_strcmp0 (question, STEP) == 0)
    wb_case_page_take_step (self, subject, TRUE);
  else if (g_strcmp0 (question, GIVE) == 0)
    wb_case_page_give_to (self, subject);
  else
    wb_case_page_decide (self, subject, g_strcmp0 (question, CONFIRM) == 0);
  return TRUE;
}
