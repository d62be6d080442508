/* SPDX-License-Identifier: EUPL-1.2 */

/* Asks the register for cases while one types. What was asked for earlier is called off. */
#include "wb-case-search.h"

#include "wb-choice.h"
#include "wb-closures.h"
#include "wb-record-name.h"

#define SHOWN_MAX 50 /* nobody reads further: another word narrows it down */

struct _WbCaseSearch {
  GObject parent_instance;

  WbSession *session;
  char *except; /* (nullable) */
  GListStore *choices;
  GCancellable *cancellable; /* (nullable): of what was asked last */
};

G_DEFINE_FINAL_TYPE (WbCaseSearch, wb_case_search, G_TYPE_OBJECT)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *words;
  char *except;
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->words);
  g_free (ask->except);
  g_free (ask);
}

/* On the register's thread. */
static gpointer
find_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask *ask = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return wb_register_find_cases (reg, ask->words, ask->except, SHOWN_MAX, error);
}

static void
show_found (WbCaseSearch *self, GPtrArray *found)
{
  g_list_store_remove_all (self->choices);
  for (guint i = 0; i < found->len; i++) {
    const WbRecordName *name = g_ptr_array_index (found, i);
    g_autofree char *label = wb_record_name_to_words (name);
    g_autofree char *status = wb_words_code (name->status, wb_language_current ());
    g_autoptr (WbChoice) choice = wb_choice_new (name->id, label, status);

    g_list_store_append (self->choices, choice);
  }
}

/* What cannot be asked, such as a lone quote, finds nothing. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCaseSearch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found != NULL)
    show_found (self, found);
  else
    g_list_store_remove_all (self->choices);
  g_signal_emit (self, signals[ANSWERED], 0);
}

static void
wb_case_search_dispose (GObject *object)
{
  WbCaseSearch *self = WB_CASE_SEARCH (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wb_case_search_parent_class)->dispose (object);
}

static void
wb_case_search_finalize (GObject *object)
{
  WbCaseSearch *self = WB_CASE_SEARCH (object);

  g_clear_object (&self->choices);
  g_free (self->except);
  G_OBJECT_CLASS (wb_case_search_parent_class)->finalize (object);
}

static void
wb_case_search_class_init (WbCaseSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_case_search_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_case_search_finalize;

  /**
   * WbCaseSearch::answered:
   * @self: the search
   */
  signals[ANSWERED] = g_signal_new ("answered",
                                    WB_TYPE_CASE_SEARCH,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
}

static void
wb_case_search_init (WbCaseSearch *self)
{
  self->choices = g_list_store_new (WB_TYPE_CHOICE);
}

WbCaseSearch *
wb_case_search_new (WbSession *session, const char *except)
{
  WbCaseSearch *self = g_object_new (WB_TYPE_CASE_SEARCH, NULL);

  self->session = g_object_ref (session);
  self->except = g_strdup (except);
  return self;
}

GListModel *
wb_case_search_get_choices (WbCaseSearch *self)
{
  return G_LIST_MODEL (self->choices);
}

void
wb_case_search_ask (WbCaseSearch *self, const char *words)
{
  Ask *ask = g_new0 (Ask, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ask->words = g_strdup (words);
  ask->except = g_strdup (self->except);
  wb_session_call_async (self->session,
                         find_call,
                         ask,
                         (GDestroyNotify) ask_free,
                         (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable,
                         found_cb,
                         g_object_ref (self));
}
