/* SPDX-License-Identifier: EUPL-1.2 */

/* Follows README.txt and LEESMIJ.txt to the letter, with stock age and sqlcipher, at a terminal. */
#include "wb-test.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <pty.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-db-private.h"
#include "wb-folder.h"
#include "wb-test-keys.h"

#define PATIENCE 20000 /* milliseconds, for one answer */
#define COMMAND_INDENT "       "
#define PASSPHRASE "vier woorden zonder zin"
#define STORE_HEX "0101010101010101010101010101010101010101010101010101010101010101"

/* A terminal with a shell in it. */
typedef struct {
  int fd;
  pid_t shell;
  GString *seen; /* since the last line that was typed */
} Terminal;

static void
start_shell (Terminal *terminal, const char *folder)
{
  terminal->seen = g_string_new (NULL);
  terminal->shell = forkpty (&terminal->fd, NULL, NULL, NULL);
  assert_true (terminal->shell >= 0);
  if (terminal->shell == 0) {
    g_setenv ("HOME", folder, TRUE);
    g_setenv ("PS1", "ready> ", TRUE);
    g_setenv ("TERM", "dumb", TRUE);
    if (chdir (folder) == 0)
      execlp ("sh", "sh", "-i", NULL);
    _exit (127);
  }
}

static void
stop_shell (Terminal *terminal)
{
  kill (terminal->shell, SIGKILL);
  waitpid (terminal->shell, NULL, 0);
  close (terminal->fd);
  g_string_free (terminal->seen, TRUE);
}

static void
wait_for (Terminal *terminal, const char *words)
{
  while (strstr (terminal->seen->str, words) == NULL) {
    struct pollfd ready = { .fd = terminal->fd, .events = POLLIN };
    char bytes[4096];
    gssize got = poll (&ready, 1, PATIENCE) == 1 ? read (terminal->fd, bytes, sizeof bytes) : -1;

    if (got <= 0)
      fail_msg ("waited in vain for “%s”, saw: %s", words, terminal->seen->str);
    g_string_append_len (terminal->seen, bytes, got);
  }
}

static void
type (Terminal *terminal, const char *line, const char *expected)
{
  g_autofree char *typed = g_strconcat (line, "\n", NULL);

  g_string_truncate (terminal->seen, 0);
  assert_int_equal (write (terminal->fd, typed, strlen (typed)), strlen (typed));
  wait_for (terminal, expected);
}

static char *
replace (const char *text, const char *what, const char *with)
{
  GString *result = g_string_new (text);

  g_string_replace (result, what, with, 0);
  return g_string_free (result, FALSE);
}

/* A register with a row in each table that the texts speak of, and one recovery key. */
static void
make_register (const char *folder, const char *recipient)
{
  static const char *const rows[] = {
    "INSERT INTO meta (key, value) VALUES ('proef', 'meta-waarde')",
    "INSERT INTO entry (number, text, leaf) VALUES (0, 'waarborg-entry v1', zeroblob (32))",
    "INSERT INTO disclosure (number, position, line) VALUES (0, 0, 'zout place \"Ter Apel\"')",
    "INSERT INTO checkpoint (size, note) VALUES (1, 'de-notitie')",
  };
  g_autofree char *path = g_build_filename (folder, "proef.waarborg", NULL);
  const char *recipients[] = { recipient, NULL };
  g_autoptr (WbKeyFile) keys = wb_test_keys ("anna");
  g_autoptr (WbSecret) passphrase = wb_test_secret (PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbFolder) register_folder = wb_folder_create (path, &error);
  g_autofree char *store = NULL;
  g_autoptr (WbDb) db = NULL;

  wb_assert_no_error (error);
  wb_key_file_set_work_factor (10);
  assert_true (wb_key_file_save (keys, path, passphrase, NULL));
  assert_true (wb_key_file_save_recovery (path, keys->store_key, recipients, NULL));
  store = wb_folder_dup_store_path (register_folder);
  db = wb_db_open (store, keys->store_key, TRUE, &error);
  wb_assert_no_error (error);
  assert_true (wb_db_migrate (db, wb_db_latest_version (), &error));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    wb_db_run_script (db, rows[i], &error);
    wb_assert_no_error (error);
  }
}

/* The lines to be typed, in order, with the names of this register filled in. */
static char **
read_commands (const char *folder, const char *name)
{
  static const char *const names[][2] = {
    { "NAME.waarborg", "proef.waarborg" },
    { "NAAM.waarborg", "proef.waarborg" },
    { "USER.age", "anna.age" },
    { "NAAM.age", "anna.age" },
    { "x'KEY'", "x'" STORE_HEX "'" },
    { "x'SLEUTEL'", "x'" STORE_HEX "'" },
    { "RECOVERY-KEY-FILE", "../id.txt" },
    { "HERSTELSLEUTELBESTAND", "../id.txt" },
  };
  g_autofree char *path = g_build_filename (folder, "proef.waarborg", name, NULL);
  char *text = wb_test_read (path, NULL);
  g_autoptr (GPtrArray) commands = g_ptr_array_new ();
  g_auto (GStrv) lines = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    char *next = replace (text, names[i][0], names[i][1]);

    g_free (text);
    text = next;
  }
  lines = g_strsplit (text, "\n", -1);
  g_free (text);
  for (char **line = lines; *line != NULL; line++) {
    if (g_str_has_prefix (*line, COMMAND_INDENT) && (*line)[strlen (COMMAND_INDENT)] != ' ')
      g_ptr_array_add (commands, g_strdup (*line + strlen (COMMAND_INDENT)));
  }
  g_ptr_array_add (commands, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&commands), FALSE);
}

/* Types one line and checks what it shows; @ret_seen counts the lines that must have been there. */
static void
follow (Terminal *terminal, const char *line, guint *ret_seen)
{
  static const char *const answers[][2] = {
    { "age -d -i", "\"store\":\"" STORE_HEX "\"" },
    { "PRAGMA key", "ok" },
    { ".tables", "disclosure" },
    { "SELECT key, value", "proef|meta-waarde" },
    { "SELECT number, text", "0|waarborg-entry v1" },
    { "SELECT number, line", "0|zout place \"Ter Apel\"" },
    { "SELECT note", "de-notitie" },
  };

  if (g_str_has_prefix (line, "age -d keys")) {
    type (terminal, line, "passphrase");
    type (terminal, PASSPHRASE, "\"store\":\"" STORE_HEX "\"");
    wait_for (terminal, "ready> ");
    (*ret_seen)++;
    return;
  }
  type (terminal, line, strstr (line, "sqlcipher") != NULL ? "sqlite> " : "> ");
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    if (g_str_has_prefix (line, answers[i][0])) {
      wait_for (terminal, answers[i][1]);
      (*ret_seen)++;
    }
  }
  if (strstr (terminal->seen->str, "rror") != NULL)
    fail_msg ("“%s” failed: %s", line, terminal->seen->str);
}

static void
assert_key_is_nowhere (const char *folder)
{
  const char *argv[] = { "grep", "-r", "-l", STORE_HEX, folder, NULL };
  g_autofree char *output = NULL;

  assert_true (g_spawn_sync (NULL,
                             (char **) argv,
                             NULL,
                             G_SPAWN_SEARCH_PATH,
                             NULL,
                             NULL,
                             &output,
                             NULL,
                             NULL,
                             NULL));
  assert_string_equal (output, "");
}

/* sqlcipher's history is in the home that the account has, whatever HOME says. */
static void
assert_not_in_history (const char *words)
{
  const struct passwd *account = getpwuid (getuid ());
  g_autofree char *path = g_build_filename (account->pw_dir, ".sqlite_history", NULL);
  g_autofree char *history = NULL;

  if (g_file_get_contents (path, &history, NULL, NULL))
    assert_null (strstr (history, words));
}

static void
follow_text (void **state, const char *name)
{
  g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (identity, NULL);
  g_autofree char *identity_path = g_build_filename (*state, "id.txt", NULL);
  g_auto (GStrv) commands = NULL;
  g_autofree char *mark = g_strdup_printf ("SELECT 'typed-%08x';", g_random_int ());
  Terminal terminal;
  guint seen = 0;
  gsize size;
  const char *bytes = (const char *) wb_secret_peek (identity, &size);

  make_register (*state, recipient);
  assert_true (g_file_set_contents (identity_path, bytes, (gssize) size, NULL));
  commands = read_commands (*state, name);
  assert_true (g_strv_length (commands) >= 13);
  start_shell (&terminal, *state);
  wait_for (&terminal, "ready> ");
  for (char **line = commands; *line != NULL; line++) {
    if (g_str_equal (*line, ".quit"))
      follow (&terminal, mark, &seen);
    follow (&terminal, *line, &seen);
  }
  stop_shell (&terminal);
  assert_int_equal (seen, 8);
  assert_not_in_history (mark);
  assert_key_is_nowhere (*state);
}

static int
need_programs (void **state)
{
  g_autofree char *age = g_find_program_in_path ("age");
  g_autofree char *sqlcipher = g_find_program_in_path ("sqlcipher");

  if (age == NULL || sqlcipher == NULL) {
    print_message ("age or sqlcipher is not installed\n");
    exit (77);
  }
  return 0;
}

static void
readme_opens_the_register_without_waarborg (void **state)
{
  follow_text (state, "README.txt");
}

static void
leesmij_opens_the_register_without_waarborg (void **state)
{
  follow_text (state, "LEESMIJ.txt");
}

int
main (void)
{
#define FILE_TEST(name)                                                                            \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)
  const struct CMUnitTest tests[] = {
    FILE_TEST (readme_opens_the_register_without_waarborg),
    FILE_TEST (leesmij_opens_the_register_without_waarborg),
  };

  return cmocka_run_group_tests_name ("readme", tests, need_programs, NULL);
}
