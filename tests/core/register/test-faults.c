/* SPDX-License-Identifier: EUPL-1.2 */

/* Failing disks and sudden death: no acknowledged act is lost, and what is left verifies. */
#include "wb-test-register.h"
#include "wb-test-vfs.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALLEGATION "{\"account\": \"Geduwd tijdens de afname van vingerafdrukken.\"}"

static void
assert_sound (WbTestRegister *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = wb_verification_to_text (result);
  if (!wb_verification_is_good (result))
    fail_msg ("%s", text);
}

/* One act with a fault at the n-th call: it fails as a whole or succeeds as a whole. */
static gboolean
act_with_fault (WbTestRegister *self, WbTestFault fault, guint at)
{
  g_autoptr (JsonObject) fields = wb_test_object (ALLEGATION);
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  guint64 before = wb_register_get_size (self->reg);

  wb_test_vfs_fail (fault, at);
  record = wb_register_record (self->reg, "allegation", NULL, NULL, fields, NULL, &error);
  wb_test_vfs_fail (WB_TEST_FAULT_NONE, 0);
  assert_true ((record == NULL) == (error != NULL));
  wb_test_register_reopen (self);
  assert_int_equal (wb_register_get_size (self->reg), record != NULL ? before + 2 : before);
  return record != NULL;
}

static void
every_failing_call_fails_whole (void **state)
{
  static const WbTestFault FAULTS[] = { WB_TEST_FAULT_IO, WB_TEST_FAULT_FULL };
  WbTestRegister *self = NULL;
  guint failed = 0;

  wb_test_vfs_install ();
  wb_test_register_setup ((void **) &self);
  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++) {
    for (guint at = 1; at < 400; at++) {
      if (act_with_fault (self, FAULTS[i], at))
        break;
      failed++;
    }
  }
  assert_sound (self);
  assert_true (failed > 10);
  wb_test_count ("register-io-faults", failed);
  wb_test_register_teardown ((void **) &self);
}

/* Writes acts until it is killed; each acknowledged one is told on the pipe. */
static void
write_until_killed (const char *path, int pipe)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  WbRegister *reg = wb_register_open (path, "anna", passphrase, NULL);

  while (reg != NULL) {
    g_autoptr (JsonObject) fields = wb_test_object (ALLEGATION);
    g_autoptr (WbRecord) record =
        wb_register_record (reg, "allegation", NULL, NULL, fields, NULL, NULL);

    if (record == NULL || write (pipe, "x", 1) != 1)
      break;
  }
  _exit (1);
}

static guint
count_acknowledged (int pipe)
{
  char bytes[4096];
  guint n = 0;
  gssize got;

  while ((got = read (pipe, bytes, sizeof bytes)) > 0)
    n += (guint) got;
  return n;
}

static void
wait_for_an_act (int end)
{
  GPollFD fd = { end, G_IO_IN, 0 };

  assert_int_equal (g_poll (&fd, 1, 60000), 1);
}

static void
no_acknowledged_act_is_lost_by_kill (void **state)
{
  WbTestRegister *self = *state;
  const char *asked = g_getenv ("WAARBORG_KILLS");
  guint kills = asked != NULL ? (guint) atoi (asked) : 25;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint acts = 0;

  g_clear_pointer (&self->reg, wb_register_close);
  for (guint i = 0; i < kills; i++) {
    guint64 before, acknowledged;
    int ends[2];
    pid_t child;

    wb_test_register_reopen (self);
    before = wb_register_get_size (self->reg);
    g_clear_pointer (&self->reg, wb_register_close);
    assert_int_equal (pipe (ends), 0);
    child = fork ();
    if (child == 0) {
      close (ends[0]);
      write_until_killed (self->path, ends[1]);
    }
    close (ends[1]);
    if (i == 0) /* on a busy machine the moments below may all come before the first act */
      wait_for_an_act (ends[0]);
    g_usleep ((gulong) g_rand_int_range (rand, 20000, 180000));
    kill (child, SIGKILL);
    waitpid (child, NULL, 0);
    acknowledged = count_acknowledged (ends[0]);
    close (ends[0]);
    wb_test_register_reopen (self);
    assert_true (wb_register_get_size (self->reg) >= before + 2 * acknowledged);
    acts += (guint) acknowledged;
  }
  assert_sound (self);
  assert_true (acts > 0);
  print_message ("%u kills, %u acknowledged acts\n", kills, acts);
  wb_test_count ("register-kills", kills);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (no_acknowledged_act_is_lost_by_kill),
    cmocka_unit_test (every_failing_call_fails_whole),
  };

  return cmocka_run_group_tests_name ("faults", tests, NULL, NULL);
}
