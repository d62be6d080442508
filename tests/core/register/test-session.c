/* SPDX-License-Identifier: EUPL-1.2 */

/* The session: calls in order on one thread, locking at any moment, nothing left behind. */
#include "wb-test-register.h"

#include "wb-session.h"

typedef struct {
  GMainLoop *loop;
  GError *error;
  gpointer result;
  guint finished;
} Wait;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  g_clear_error (&wait->error);
  (void) wb_session_open_finish (WB_SESSION (source), result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  g_clear_error (&wait->error);
  wait->result = wb_session_call_finish (WB_SESSION (source), result, &wait->error);
  wait->finished++;
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  assert_true (wb_session_lock_finish (WB_SESSION (source), result, NULL));
  g_main_loop_quit (wait->loop);
}

static gpointer
count_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return GUINT_TO_POINTER ((guint) wb_register_get_size (reg));
}

static gpointer
slow_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  while (!g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  return NULL;
}

static WbSession *
open_session (WbTestRegister *self, Wait *wait, const char *text)
{
  WbSession *session = wb_session_new (self->path);
  g_autoptr (WbSecret) passphrase = wb_test_secret (text);

  wb_session_open_async (session, "anna", passphrase, NULL, opened_cb, wait);
  g_main_loop_run (wait->loop);
  return session;
}

static int
setup (void **state)
{
  if (wb_test_register_setup (state) != 0)
    return -1;
  g_clear_pointer (&((WbTestRegister *) *state)->reg, wb_register_close);
  return 0;
}

static void
it_opens_answers_and_locks (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL, NULL, 0 };
  g_autoptr (WbSession) session = open_session (self, &wait, WB_TEST_PASSPHRASE);

  wb_assert_no_error (wait.error);
  assert_true (wb_session_is_open (session));
  assert_string_equal (wb_session_get_code (session), "NL-TEST");
  wb_session_call_async (session, count_call, NULL, NULL, NULL, NULL, called_cb, &wait);
  while (wait.finished == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (GPOINTER_TO_UINT (wait.result), 3);
  wb_session_lock_async (session, locked_cb, &wait);
  assert_false (wb_session_is_open (session));
  assert_null (wb_session_get_body (session));
  g_main_loop_run (loop);
}

static void
locking_stops_what_runs_and_drops_what_waits (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL, NULL, 0 };
  g_autoptr (WbSession) session = open_session (self, &wait, WB_TEST_PASSPHRASE);
  gint64 began;

  wb_session_call_async (session, slow_call, NULL, NULL, NULL, NULL, called_cb, &wait);
  wb_session_call_async (session, count_call, NULL, NULL, NULL, NULL, called_cb, &wait);
  g_usleep (20000);
  began = g_get_monotonic_time ();
  wb_session_lock_async (session, locked_cb, &wait);
  g_main_loop_run (loop);
  assert_true (g_get_monotonic_time () - began <
               2 * G_USEC_PER_SEC); /* far more than the 200 ms, for the sanitizers */
  while (wait.finished < 2)
    g_main_context_iteration (NULL, TRUE);
  assert_true (g_error_matches (wait.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_clear_error (&wait.error);
  /* Nothing holds the register any more. */
  wb_test_register_reopen (self);
}

static void
a_wrong_passphrase_leaves_it_locked (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL, NULL, 0 };
  g_autoptr (WbSession) session = open_session (self, &wait, "not it");

  wb_assert_error (wait.error, WB_ERROR, WB_ERROR_WRONG_KEY);
  g_clear_error (&wait.error);
  assert_false (wb_session_is_open (session));
  wb_session_call_async (session, count_call, NULL, NULL, NULL, NULL, called_cb, &wait);
  while (wait.finished == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_true (g_error_matches (wait.error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_clear_error (&wait.error);
}

static void
a_session_that_goes_away_closes_its_register (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL, NULL, 0 };
  WbSession *session = open_session (self, &wait, WB_TEST_PASSPHRASE);

  g_object_unref (session); /* its worker holds nothing of it any more and ends within the call */
  wb_test_register_reopen (self);
}

#define with_closed(f) cmocka_unit_test_setup_teardown (f, setup, wb_test_register_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_closed (it_opens_answers_and_locks),
    with_closed (locking_stops_what_runs_and_drops_what_waits),
    with_closed (a_wrong_passphrase_leaves_it_locked),
    with_closed (a_session_that_goes_away_closes_its_register),
  };

  return cmocka_run_group_tests_name ("session", tests, NULL, NULL);
}
