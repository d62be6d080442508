/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Files go both ways between us and the programs `age` and `age-keygen`, with keys and, over a
 * terminal of our own, with passphrases.
 */
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test.h"

#define CHUNK 65536
#define PASSPHRASE "korenbloem trein zeven ijsje"
#define TRANSCRIPT_MAX 4096 /* of what age says on the terminal */

static const gsize sizes[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200000 };

static gboolean
have_age (void)
{
  g_autofree char *age = g_find_program_in_path ("age");
  g_autofree char *keygen = g_find_program_in_path ("age-keygen");

  return age != NULL && keygen != NULL;
}

static void
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL,
                (char **) arguments,
                NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  wb_assert_no_error (error);
  assert_true (g_spawn_check_wait_status (status, NULL));
}

/* Runs a program on a terminal and answers each of its questions with @answer and Enter. */
static void
run_on_terminal (const char *const *arguments, const char *answer, guint n_questions)
{
  char said[TRANSCRIPT_MAX] = { 0 };
  gsize size = 0;
  gsize heard = 0;
  int terminal;
  int status;
  gssize got;
  pid_t child = forkpty (&terminal, NULL, NULL, NULL);

  if (child == 0) {
    execvp (arguments[0], (char **) arguments);
    _exit (127);
  }
  assert_true (child > 0);
  /* Reading fails when the program has gone and its terminal with it. */
  while (size < sizeof said - 1 &&
         (got = read (terminal, said + size, sizeof said - 1 - size)) > 0) {
    size += (gsize) got;
    if (n_questions > 0 && strstr (said + heard, "passphrase") != NULL &&
        strchr (strstr (said + heard, "passphrase"), ':') != NULL) {
      heard = size;
      n_questions--;
      assert_int_equal (write (terminal, answer, strlen (answer)), strlen (answer));
      assert_int_equal (write (terminal, "\n", 1), 1);
    }
  }
  assert_int_equal (waitpid (child, &status, 0), child);
  close (terminal);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    fail_msg ("%s: %s", arguments[0], said);
  assert_int_equal (n_questions, 0);
}

static char *
in_folder (void **state, const char *name)
{
  return g_build_filename (*state, name, NULL);
}

static guint8 *
make_plain (gsize size)
{
  guint8 *plain = g_malloc (size + 1);

  wb_random_bytes (plain, size);
  return plain;
}

static void
save (const char *path, gconstpointer bytes, gsize size)
{
  assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

static void
assert_holds (const char *path, const guint8 *plain, gsize size)
{
  gsize back_size;
  g_autofree char *back = wb_test_read (path, &back_size);

  assert_int_equal (back_size, size);
  assert_memory_equal (back, plain, size);
}

static WbSecret *
secret (const char *text)
{
  return wb_secret_new_copy (text, strlen (text), NULL);
}

/* Writes an age file on disk as the program would do it. */
static void
encrypt_file (const char *path,
              const guint8 *plain,
              gsize size,
              const char *recipient,
              const WbSecret *passphrase)
{
  const char *recipients[] = { recipient, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GOutputStream) base =
      G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_autoptr (GOutputStream) stream = wb_age_encrypt (base, recipients, passphrase, 12, &error);

  wb_assert_no_error (error);
  assert_true (g_output_stream_write_all (stream, plain, size, NULL, NULL, NULL));
  assert_true (g_output_stream_close (stream, NULL, NULL));
}

static void
assert_decrypts (const char *path,
                 GPtrArray *identities,
                 const WbSecret *passphrase,
                 const guint8 *plain,
                 gsize size)
{
  gsize file_size;
  g_autofree char *file = wb_test_read (path, &file_size);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) back =
      wb_age_decrypt_bytes (file, file_size, identities, passphrase, size, &error);

  wb_assert_no_error (error);
  assert_int_equal (wb_secret_get_size (back), size);
  assert_memory_equal (wb_secret_peek (back, NULL), plain, size);
}

/* Our identity as the file that age reads. */
static char *
save_identity (void **state, const WbSecret *identity)
{
  char *path = in_folder (state, "identity.txt");

  save (path, wb_secret_peek (identity, NULL), wb_secret_get_size (identity));
  return path;
}

static void
age_opens_our_files_with_our_key (void **state)
{
  g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (identity, NULL);
  g_autofree char *key_path = save_identity (state, identity);
  g_autofree char *sealed_path = in_folder (state, "ours.age");
  g_autofree char *plain_path = in_folder (state, "ours");

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree guint8 *plain = make_plain (sizes[i]);
    const char *arguments[] = { "age", "-d", "-i", key_path, "-o", plain_path, sealed_path, NULL };

    save (plain_path, "", 0); /* age makes no file where there is nothing to write */
    encrypt_file (sealed_path, plain, sizes[i], recipient, NULL);
    run (arguments);
    assert_holds (plain_path, plain, sizes[i]);
  }
}

/* The key is age-keygen's, the file age's, once in armor. */
static void
we_open_the_files_of_age_with_its_key (void **state)
{
  g_autofree char *key_path = in_folder (state, "keygen.txt");
  g_autofree char *plain_path = in_folder (state, "theirs");
  g_autofree char *sealed_path = in_folder (state, "theirs.age");
  g_autofree char *key_text = NULL;
  g_autofree char *recipient = NULL;
  g_autoptr (GPtrArray) identities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  const char *keygen[] = { "age-keygen", "-o", key_path, NULL };

  run (keygen);
  key_text = wb_test_read (key_path, NULL);
  g_strchomp (key_text);
  g_ptr_array_add (identities, secret (strstr (key_text, "AGE-SECRET-KEY-")));
  recipient = wb_age_identity_to_recipient (g_ptr_array_index (identities, 0), NULL);
  assert_non_null (strstr (key_text, recipient));
  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++) {
    gsize size = sizes[i / 2];
    g_autofree guint8 *plain = make_plain (size);
    const char *armored[] = { "age", "-a", "-r", recipient, "-o", sealed_path, plain_path, NULL };
    const char *binary[] = { "age", "-r", recipient, "-o", sealed_path, plain_path, NULL };

    save (plain_path, plain, size);
    run (i % 2 == 0 ? binary : armored);
    assert_decrypts (sealed_path, identities, NULL, plain, size);
  }
}

static void
age_opens_our_files_for_many (void **state)
{
  enum { MANY = 20 };
  g_autofree guint8 *plain = make_plain (1000);
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sealed_path = in_folder (state, "many.age");
  g_autofree char *plain_path = in_folder (state, "many");
  g_autofree char *key_path = NULL;
  g_autoptr (GBytes) file = NULL;

  for (guint i = 0; i < MANY; i++) {
    g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);

    g_ptr_array_add (recipients, wb_age_identity_to_recipient (identity, NULL));
    if (i == MANY - 1)
      key_path = save_identity (state, identity);
  }
  g_ptr_array_add (recipients, NULL);
  file = wb_age_encrypt_bytes (plain, 1000, (const char *const *) recipients->pdata, NULL, 0, NULL);
  save (sealed_path, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  {
    const char *arguments[] = { "age", "-d", "-i", key_path, "-o", plain_path, sealed_path, NULL };

    run (arguments);
  }
  assert_holds (plain_path, plain, 1000);
}

static void
age_opens_our_file_with_the_passphrase (void **state)
{
  g_autoptr (WbSecret) passphrase = secret (PASSPHRASE);
  g_autofree guint8 *plain = make_plain (70000);
  g_autofree char *sealed_path = in_folder (state, "ours.age");
  g_autofree char *plain_path = in_folder (state, "ours");
  const char *arguments[] = { "age", "-d", "-o", plain_path, sealed_path, NULL };

  encrypt_file (sealed_path, plain, 70000, NULL, passphrase);
  run_on_terminal (arguments, PASSPHRASE, 1);
  assert_holds (plain_path, plain, 70000);
}

static void
we_open_the_file_of_age_with_the_passphrase (void **state)
{
  g_autoptr (WbSecret) passphrase = secret (PASSPHRASE);
  g_autofree guint8 *plain = make_plain (70000);
  g_autofree char *sealed_path = in_folder (state, "theirs.age");
  g_autofree char *plain_path = in_folder (state, "theirs");
  const char *arguments[] = { "age", "-p", "-o", sealed_path, plain_path, NULL };

  save (plain_path, plain, 70000);
  run_on_terminal (arguments, PASSPHRASE, 2);
  assert_decrypts (sealed_path, NULL, passphrase, plain, 70000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (age_opens_our_files_with_our_key,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (we_open_the_files_of_age_with_its_key,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (age_opens_our_files_for_many,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (age_opens_our_file_with_the_passphrase,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
    cmocka_unit_test_setup_teardown (we_open_the_file_of_age_with_the_passphrase,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  if (!have_age ())
    return 77; /* skipped: the programs are not installed */
  return cmocka_run_group_tests (tests, NULL, NULL);
}
