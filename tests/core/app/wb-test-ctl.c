/* SPDX-License-Identifier: EUPL-1.2 */

/* The terminal program as its users run it: a process with arguments, output and an exit code. */
#include "wb-test-ctl.h"

#include <string.h>
#include <sys/wait.h>

int
wb_test_ctl_setup (void **state)
{
  WbTestCtl *self = g_new0 (WbTestCtl, 1);
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  WbRegisterSetup setup = { "Inspectie Fictief", "NL-TEST", NULL, NULL, "anna",
                            passphrase,          NULL,      TRUE };
  g_autoptr (GError) error = NULL;

  wb_key_file_set_work_factor (8);
  wb_test_now ("2026-06-01T08:00:00Z");
  wb_test_folder_setup ((void **) &self->folder);
  self->path = g_build_filename (self->folder, "test.waarborg", NULL);
  wb_register_close (wb_register_create (self->path, &setup, &error));
  wb_assert_no_error (error);
  self->passphrase = wb_test_ctl_write (self, "passphrase.txt", WB_TEST_PASSPHRASE "\n", -1);
  *state = self;
  return 0;
}

int
wb_test_ctl_teardown (void **state)
{
  WbTestCtl *self = *state;
  gpointer folder = self->folder;

  wb_test_folder_teardown (&folder);
  g_free (self->path);
  g_free (self->passphrase);
  g_free (self->out);
  g_free (self->err);
  g_free (self);
  return 0;
}

char *
wb_test_ctl_write (WbTestCtl *self, const char *name, gconstpointer bytes, gssize size)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  assert_true (g_file_set_contents (path, bytes, size, NULL));
  return g_steal_pointer (&path);
}

void
wb_test_ctl_add_user (WbTestCtl *self, const char *name)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = wb_register_open (self->path, "anna", passphrase, &error);

  wb_assert_no_error (error);
  wb_register_add_user (reg, name, passphrase, &error);
  wb_assert_no_error (error);
}

/* A crash or an abort is never an exit code. */
int
wb_test_ctl_run_with (WbTestCtl *self, const char *const *environment, char **words)
{
  g_auto (GStrv) env = g_get_environ ();
  g_autoptr (GError) error = NULL;
  int status;

  for (guint i = 0; environment != NULL && environment[i] != NULL; i += 2)
    env = g_environ_setenv (env, environment[i], environment[i + 1], TRUE);
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  g_spawn_sync (self->folder, words, env, 0, NULL, NULL, &self->out, &self->err, &status, &error);
  wb_assert_no_error (error);
  if (!WIFEXITED (status))
    fail_msg ("%s %s ended by signal %d: %s", words[0], words[1], WTERMSIG (status), self->err);
  self->status = WEXITSTATUS (status);
  if (self->status > 3)
    fail_msg ("%s %s left with %d: %s", words[0], words[1], self->status, self->err);
  return self->status;
}

int
wb_test_ctl_run (WbTestCtl *self, const char *command, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  va_list arguments;

  g_ptr_array_add (words,
                   g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL));
  g_ptr_array_add (words, g_strdup (command));
  va_start (arguments, command);
  for (const char *word = va_arg (arguments, const char *); word != NULL;
       word = va_arg (arguments, const char *))
    g_ptr_array_add (words, g_strdup (word));
  va_end (arguments);
  if (!g_str_equal (command, "due")) {
    g_ptr_array_add (words, g_strdup ("--passphrase-file"));
    g_ptr_array_add (words, g_strdup (self->passphrase));
  }
  g_ptr_array_add (words, NULL);
  return wb_test_ctl_run_with (self, NULL, (char **) words->pdata);
}
