/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-sshsig.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-cursor.h"
#include "wb-encoding.h"
#include "wb-openssh.h"
#include "wb-test.h"

#define NAMESPACE "case-bundle@waarborg"
#define MESSAGE "0123456789abcdef  data/case.json\n"
#define BEGIN_LINE "-----BEGIN SSH SIGNATURE-----\n"
#define END_LINE "-----END SSH SIGNATURE-----\n"

typedef struct {
  char *folder;
  WbSecret *seed;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  char *armored;
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  void *folder = NULL;

  wb_test_folder_setup (&folder);
  self->folder = folder;
  self->seed = wb_ed25519_generate (NULL);
  wb_ed25519_get_public (self->seed, self->public, NULL);
  self->armored = wb_sshsig_sign (self->seed, NAMESPACE, MESSAGE, strlen (MESSAGE), NULL);
  *state = self;
  return self->armored != NULL ? 0 : -1;
}

static int
teardown (void **state)
{
  Fixture *self = *state;
  void *folder = self->folder;

  wb_test_folder_teardown (&folder);
  wb_secret_unref (self->seed);
  g_free (self->armored);
  g_free (self);
  return 0;
}

static gboolean
verify (const char *armored, const char *sig_namespace, const char *message, GError **error)
{
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  return wb_sshsig_verify (armored,
                           strlen (armored),
                           sig_namespace,
                           message,
                           strlen (message),
                           public,
                           error);
}

static void
what_was_signed_verifies_and_names_its_key (void **state)
{
  Fixture *self = *state;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  assert_true (wb_sshsig_verify (self->armored,
                                 strlen (self->armored),
                                 NAMESPACE,
                                 MESSAGE,
                                 strlen (MESSAGE),
                                 public,
                                 NULL));
  assert_memory_equal (public, self->public, sizeof public);
}

static void
another_purpose_or_message_is_refused (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) purpose = NULL;
  g_autoptr (GError) message = NULL;

  assert_false (verify (self->armored, "backup@waarborg", MESSAGE, &purpose));
  wb_assert_error (purpose, WB_ERROR, WB_ERROR_VERIFY);
  assert_false (verify (self->armored, NAMESPACE, MESSAGE "x", &message));
  wb_assert_error (message, WB_ERROR, WB_ERROR_VERIFY);
}

/* Also in the armor: no two files are the same signature. */
static void
every_flipped_bit_is_refused (void **state)
{
  Fixture *self = *state;
  gsize size = strlen (self->armored);
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  for (gsize bit = 0; bit < 8 * size; bit++) {
    self->armored[bit / 8] ^= (char) (1 << bit % 8);
    if (wb_sshsig_verify (self->armored, size, NAMESPACE, MESSAGE, strlen (MESSAGE), public, NULL))
      fail_msg ("bit %u", (guint) bit);
    self->armored[bit / 8] ^= (char) (1 << bit % 8);
  }
  wb_test_count ("sshsig-flipped-bits", (guint) (8 * size));
}

static void
every_cut_is_refused (void **state)
{
  Fixture *self = *state;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  for (gsize size = 0; size < strlen (self->armored); size++) {
    /* A copy of that size: reading past it is seen. */
    g_autofree char *copy = g_memdup2 (self->armored, size);

    assert_false (
        wb_sshsig_verify (copy, size, NAMESPACE, MESSAGE, strlen (MESSAGE), public, NULL));
  }
}

static char *
rearm (const char *armored, gsize width, const char *line_end)
{
  const char *inside = armored + strlen (BEGIN_LINE);
  g_autofree char *body = g_strndup (inside, (gsize) (strstr (inside, END_LINE) - inside));
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
  g_autofree char *base64 = g_strjoinv ("", lines);
  GString *text = g_string_new ("-----BEGIN SSH SIGNATURE-----");

  g_string_append (text, line_end);
  for (gsize at = 0; at < strlen (base64); at += width) {
    g_string_append_len (text, base64 + at, (gssize) MIN (width, strlen (base64) - at));
    g_string_append (text, line_end);
  }
  g_string_append (text, "-----END SSH SIGNATURE-----");
  g_string_append (text, line_end);
  return g_string_free (text, FALSE);
}

static void
both_usual_widths_are_read (void **state)
{
  Fixture *self = *state;
  g_autofree char *narrow = rearm (self->armored, 70, "\n");
  g_autofree char *wide = rearm (self->armored, 76, "\n");

  assert_string_equal (narrow, self->armored);
  assert_true (verify (wide, NAMESPACE, MESSAGE, NULL));
}

static void
changed_line_ends_are_named (void **state)
{
  Fixture *self = *state;
  g_autofree char *text = rearm (self->armored, 70, "\r\n");
  g_autofree char *wide = rearm (self->armored, 77, "\n");
  g_autoptr (GError) error = NULL;

  assert_false (verify (text, NAMESPACE, MESSAGE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  assert_non_null (strstr (error->message, "line ends"));
  assert_false (verify (wide, NAMESPACE, MESSAGE, NULL));
}

static void
what_is_too_large_is_refused (void **state)
{
  g_autofree char *large = g_strnfill (65537, 'A');
  g_autoptr (GError) error = NULL;

  assert_false (verify (large, NAMESPACE, MESSAGE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

/* The bytes within a signature file. */
static guint8 *
dearm (const char *armored, gsize *ret_size)
{
  const char *inside = armored + strlen (BEGIN_LINE);
  g_autofree char *body = g_strndup (inside, (gsize) (strstr (inside, END_LINE) - inside));
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
  g_autofree char *base64 = g_strjoinv ("", lines);

  return wb_base64_decode (base64, -1, WB_BASE64_PADDED, ret_size, NULL);
}

static char *
arm (const guint8 *blob, gsize size)
{
  g_autofree char *base64 = wb_base64_encode (blob, size, WB_BASE64_PADDED);
  g_autofree char *text = g_strconcat (BEGIN_LINE, base64, "\n", END_LINE, NULL);

  return rearm (text, 70, "\n");
}

/* The signature with the bytes at @at replaced, and zeros behind it. */
static char *
patch (const Fixture *self, gsize at, const char *bytes, gsize count, gsize extra)
{
  gsize size;
  g_autofree guint8 *blob = dearm (self->armored, &size);
  g_autofree guint8 *longer = g_malloc0 (size + extra);

  memcpy (longer, blob, size);
  memcpy (longer + at, bytes, count);
  return arm (longer, size + extra);
}

/* The reserved part is in no signature, so that anything could be written there. */
static void
a_reserved_part_is_refused (void **state)
{
  Fixture *self = *state;
  gsize size;
  g_autofree guint8 *blob = dearm (self->armored, &size);
  /* After magic, version, key and namespace comes its length. */
  gsize at = 6 + 4 + 4 + 51 + 4 + strlen (NAMESPACE);
  g_autofree guint8 *longer = g_malloc0 (size + 1);
  g_autofree char *armored = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (longer, blob, at + 4);
  assert_int_equal (longer[at + 3], 0);
  longer[at + 3] = 1;
  longer[at + 4] = 'x';
  memcpy (longer + at + 5, blob + at + 4, size - at - 4);
  armored = arm (longer, size + 1);
  assert_false (verify (armored, NAMESPACE, MESSAGE, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

static void
lines_of_different_width_are_refused (void **state)
{
  Fixture *self = *state;
  char *first = self->armored + strlen (BEGIN_LINE);
  g_autofree char *ragged = g_strdup (self->armored);
  char *line = ragged + (first - self->armored);

  /* Moves the first LF: 69 and 71 characters. */
  line[70] = line[69];
  line[69] = '\n';
  assert_false (verify (ragged, NAMESPACE, MESSAGE, NULL));
  assert_true (verify (self->armored, NAMESPACE, MESSAGE, NULL));
}

static void
wrong_inner_parts_are_told_apart (void **state)
{
  Fixture *self = *state;
  g_autofree char *newer = patch (self, 9, "\x02", 1, 0);
  g_autofree char *older = patch (self, 9, "\x00", 1, 0);
  g_autofree char *trailing = patch (self, 0, "", 0, 1);
  /* The key: the neutral point, on which libgcrypt ends the process. */
  g_autofree char *neutral =
      patch (self, 33, "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32, 0);
  const struct {
    const char *armored;
    int code;
  } cases[] = { { newer, WB_ERROR_NEWER },
                { older, WB_ERROR_DAMAGED },
                { trailing, WB_ERROR_DAMAGED },
                { neutral, WB_ERROR_INVALID } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (verify (cases[i].armored, NAMESPACE, MESSAGE, &error));
    wb_assert_error (error, WB_ERROR, cases[i].code);
  }
}

static void
a_wrong_purpose_cannot_be_signed (void **state)
{
  Fixture *self = *state;
  static const char *const wrong[] = { "", "a b", "x\n", "q\"", "$(x)", "gr\xc3\xbc" };
  g_autofree char *large = g_strnfill (129, 'x');
  g_autoptr (GError) too_large = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (wb_sshsig_sign (self->seed, wrong[i], MESSAGE, strlen (MESSAGE), &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
  assert_null (wb_sshsig_sign (self->seed, large, MESSAGE, strlen (MESSAGE), &too_large));
}

static char *
read_vector (const char *folder, const char *name, gsize *ret_size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return wb_test_read (path, ret_size);
}

static void
openssh_s_own_signatures_verify (void **state)
{
  g_autofree char *folder = wb_test_vectors ("sshsig");
  g_autofree char *data = NULL;
  g_autofree char *armored = NULL;
  g_autofree char *line = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 expected[WB_ED25519_PUBLIC_SIZE];
  gsize size, armored_size;

  if (folder == NULL)
    skip ();
  data = read_vector (folder, "signed-data", &size);
  armored = read_vector (folder, "ed25519.sig", &armored_size);
  line = read_vector (folder, "ed25519.pub", NULL);
  assert_true (wb_openssh_parse_public (line, expected, NULL));
  assert_true (wb_sshsig_verify (armored, armored_size, "unittest", data, size, public, NULL));
  assert_memory_equal (public, expected, sizeof public);
  assert_false (wb_sshsig_verify (armored, armored_size, "unittest", data, size - 1, public, NULL));
}

static void
other_types_of_key_are_refused (void **state)
{
  static const char *const files[] = { "rsa.sig",
                                       "ecdsa.sig",
                                       "ed25519_sk.sig",
                                       "ecdsa_sk.sig",
                                       "ecdsa_sk_webauthn.sig",
                                       "mldsa44-ed25519.sig" };
  g_autofree char *folder = wb_test_vectors ("sshsig");

  if (folder == NULL)
    skip ();
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    gsize size;
    g_autofree char *armored = read_vector (folder, files[i], &size);
    g_autoptr (GError) error = NULL;
    guint8 public[WB_ED25519_PUBLIC_SIZE];

    assert_false (wb_sshsig_verify (armored, size, "unittest", "", 0, public, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_non_null (strstr (error->message, "ssh-ed25519"));
  }
  wb_test_count ("sshsig", G_N_ELEMENTS (files) + 1);
}

/* The seed out of an unencrypted private key file of OpenSSH: PROTOCOL.key. */
static WbSecret *
read_private (const char *folder)
{
  g_autofree char *text = read_vector (folder, "ed25519", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) base64 = g_string_new (NULL);
  g_autofree guint8 *blob = NULL;
  const guint8 *at;
  guint32 count;
  gsize size;
  WbCursor cursor;

  for (char **line = lines; *line != NULL; line++)
    g_string_append (base64, **line == '-' ? "" : *line);
  blob = wb_base64_decode (base64->str, -1, WB_BASE64_PADDED, &size, NULL);
  assert_non_null (blob);
  cursor = wb_cursor_new (blob, size);
  assert_true (wb_cursor_bytes (&cursor, strlen ("openssh-key-v1") + 1, &at));
  for (guint i = 0; i < 3; i++)
    assert_true (wb_cursor_string (&cursor, &at, &size));
  assert_true (wb_cursor_uint32 (&cursor, &count));
  assert_true (wb_cursor_string (&cursor, &at, &size));
  assert_true (wb_cursor_string (&cursor, &at, &size));
  cursor = wb_cursor_new (at, size);
  assert_true (wb_cursor_bytes (&cursor, 8, &at));
  for (guint i = 0; i < 3; i++)
    assert_true (wb_cursor_string (&cursor, &at, &size));
  assert_int_equal (size, 64);
  return wb_secret_new_copy (at, 32, NULL);
}

static void
our_signature_is_byte_for_byte_openssh_s (void **state)
{
  g_autofree char *folder = wb_test_vectors ("sshsig");
  g_autoptr (WbSecret) seed = NULL;
  g_autofree char *data = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *armored = NULL;
  gsize size;

  if (folder == NULL)
    skip ();
  seed = read_private (folder);
  data = read_vector (folder, "signed-data", &size);
  expected = read_vector (folder, "ed25519.sig", NULL);
  armored = wb_sshsig_sign (seed, "unittest", data, size, NULL);
  assert_string_equal (armored, expected);
}

/* Runs ssh-keygen in @folder with @input on standard input; returns its exit status. */
static int
run_keygen (const char *folder, const char *const *argv, const char *input, char **ret_output)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  wb_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, ret_output, NULL, &error);
  wb_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
ssh_keygen_accepts_what_we_sign (void **state)
{
  Fixture *self = *state;
  static const char *const argv[] = {
    "ssh-keygen", "-Y", "verify",  "-f", "allowed_signers", "-I",
    "inspecteur", "-n", NAMESPACE, "-s", "x.sig",           NULL
  };
  g_autofree char *program = g_find_program_in_path ("ssh-keygen");
  g_autofree char *key = wb_openssh_format_public (self->public, NULL);
  g_autofree char *signers = g_strconcat ("inspecteur ", key, "\n", NULL);
  g_autofree char *good = NULL;
  g_autofree char *bad = NULL;

  if (program == NULL)
    skip ();
  write_file (self->folder, "allowed_signers", signers);
  write_file (self->folder, "x.sig", self->armored);
  assert_int_equal (run_keygen (self->folder, argv, MESSAGE, &good), 0);
  assert_true (g_str_has_prefix (good, "Good \"" NAMESPACE "\" signature for inspecteur"));
  assert_int_not_equal (run_keygen (self->folder, argv, MESSAGE "x", &bad), 0);
  wb_test_count ("ssh-keygen-verify", 2);
}

static void
sign_by_keygen (const char *folder, const char *hash)
{
  const char *sign[] = { "ssh-keygen", "-q",  "-Y", "sign",    "-O",      hash,
                         "-f",         "key", "-n", NAMESPACE, "message", NULL };
  g_autofree char *output = NULL;
  g_autofree char *path = g_build_filename (folder, "message.sig", NULL);

  (void) g_unlink (path);
  assert_int_equal (run_keygen (folder, sign, NULL, &output), 0);
}

static void
we_accept_what_ssh_keygen_signs (void **state)
{
  Fixture *self = *state;
  static const char *const make[] = { "ssh-keygen", "-q", "-t",  "ed25519", "-N",
                                      "",           "-f", "key", NULL };
  static const char *const hashes[] = { "hashalg=sha512", "hashalg=sha256" };
  g_autofree char *program = g_find_program_in_path ("ssh-keygen");
  g_autofree char *output = NULL;
  g_autofree char *line = NULL;
  guint8 expected[WB_ED25519_PUBLIC_SIZE];

  if (program == NULL)
    skip ();
  assert_int_equal (run_keygen (self->folder, make, NULL, &output), 0);
  line = read_vector (self->folder, "key.pub", NULL);
  assert_true (wb_openssh_parse_public (line, expected, NULL));
  write_file (self->folder, "message", MESSAGE);
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++) {
    g_autofree char *armored = NULL;
    guint8 public[WB_ED25519_PUBLIC_SIZE];
    gsize size;

    sign_by_keygen (self->folder, hashes[i]);
    armored = read_vector (self->folder, "message.sig", &size);
    assert_true (
        wb_sshsig_verify (armored, size, NAMESPACE, MESSAGE, strlen (MESSAGE), public, NULL));
    assert_memory_equal (public, expected, sizeof public);
  }
  wb_test_count ("ssh-keygen-sign", G_N_ELEMENTS (hashes));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_was_signed_verifies_and_names_its_key),
    cmocka_unit_test (another_purpose_or_message_is_refused),
    cmocka_unit_test (every_flipped_bit_is_refused),
    cmocka_unit_test (every_cut_is_refused),
    cmocka_unit_test (both_usual_widths_are_read),
    cmocka_unit_test (changed_line_ends_are_named),
    cmocka_unit_test (what_is_too_large_is_refused),
    cmocka_unit_test (a_reserved_part_is_refused),
    cmocka_unit_test (lines_of_different_width_are_refused),
    cmocka_unit_test (wrong_inner_parts_are_told_apart),
    cmocka_unit_test (a_wrong_purpose_cannot_be_signed),
    cmocka_unit_test (openssh_s_own_signatures_verify),
    cmocka_unit_test (other_types_of_key_are_refused),
    cmocka_unit_test (our_signature_is_byte_for_byte_openssh_s),
    cmocka_unit_test (ssh_keygen_accepts_what_we_sign),
    cmocka_unit_test (we_accept_what_ssh_keygen_signs),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
