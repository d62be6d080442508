/* SPDX-License-Identifier: EUPL-1.2 */

/* Verifying: whatever was changed in a bundle is found and named; a sound one raises no alarm. */
#include "wb-test.h"

#include "wb-age.h"
#include "wb-bundle-private.h"
#include "wb-ed25519.h"
#include "wb-test-bundle.h"
#include "wb-zip-private.h"

typedef struct {
  char *folder;
  WbTestBundle *test;
  char *path;
  GPtrArray *files; /* of the sound bundle */
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  self->test = wb_test_bundle_new (TRUE);
  self->path = g_build_filename (self->folder, "z.zip", NULL);
  wb_test_bundle_write (self->test, self->path, NULL);
  self->files = wb_test_files_read (self->path);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;
  void *folder = self->folder;

  wb_test_bundle_free (self->test);
  g_ptr_array_unref (self->files);
  g_free (self->path);
  g_free (self);
  return wb_test_folder_teardown (&folder);
}

static WbVerification *
verify_file (const char *path, const char *signer)
{
  WbBundleCheckOptions options = { signer, NULL, NULL };
  g_autoptr (GError) error = NULL;
  WbVerification *result = wb_bundle_verify (path, &options, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  return result;
}

static WbVerification *
verify_files (Fixture *self, GPtrArray *files)
{
  wb_test_files_save (files, self->path);
  return verify_file (self->path, self->test->fingerprint);
}

static gboolean
names_part (WbVerification *result, const char *part)
{
  GPtrArray *findings = wb_verification_get_findings (result);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((const WbFinding *) g_ptr_array_index (findings, i))->part, part))
      return TRUE;
  return FALSE;
}

static void
assert_names (WbVerification *result, const char *part)
{
  if (!names_part (result, part)) {
    g_autofree char *text = wb_verification_to_text (result);
    fail_msg ("%s is not named: %s", part, text);
  }
}

static void
a_sound_bundle_raises_no_alarm (void **state)
{
  Fixture *self = *state;
  g_autoptr (WbVerification) result = verify_file (self->path, self->test->fingerprint);
  g_autoptr (WbVerification) without = verify_file (self->path, NULL);
  g_auto (GStrv) limits = wb_verification_dup_limits (without);

  assert_true (wb_verification_is_good (result));
  assert_true (wb_verification_is_good (without));
  assert_string_equal (wb_verification_get_fact (without, "signer"), self->test->fingerprint);
  assert_int_equal (g_strv_length (limits), 5);
}

static void
another_signer_than_asked_for_is_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (WbVerification) result =
      verify_file (self->path, "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

  assert_names (result, WB_BUNDLE_SIGNATURE);
}

/* In the ZIP itself: names, sums, sizes, times, flags, data; which file the byte belongs to. */
static void
every_flipped_byte_of_the_file_is_found (void **state)
{
  Fixture *self = *state;
  gsize size = 0;
  g_autofree char *bytes = wb_test_read (self->path, &size);

  for (gsize i = 0; i < size; i++) {
    g_autoptr (WbVerification) result = wb_verification_new ("test", "full");
    g_autoptr (GInputStream) stream =
        g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
    g_autoptr (WbBundleFiles) files = NULL;

    bytes[i] ^= (char) (1 << (i % 8));
    files = wb_bundle_files_read (stream, result, NULL, NULL, 0, NULL, NULL);
    bytes[i] ^= (char) (1 << (i % 8));
    if (wb_verification_is_good (result))
      fail_msg ("byte %zu went unseen", i);
  }
  wb_test_count ("bundle-byte-flips", (guint) size);
}

/* The same through the whole verification, at places all over the file. */
static void
flipped_bytes_end_in_a_verdict (void **state)
{
  Fixture *self = *state;
  gsize size = 0;
  g_autofree char *bytes = wb_test_read (self->path, &size);
  guint count = 0;

  for (gsize i = 0; i < size; i += i < 64 ? 1 : 257, count++) {
    g_autoptr (WbVerification) result = NULL;

    bytes[i] ^= 0x10;
    assert_true (g_file_set_contents (self->path, bytes, (gssize) size, NULL));
    bytes[i] ^= 0x10;
    result = verify_file (self->path, self->test->fingerprint);
    if (wb_verification_is_good (result))
      fail_msg ("byte %zu went unseen", i);
    assert_true (wb_bundle_looks_like_one (self->path));
  }
  wb_test_count ("bundle-whole-flips", count);
}

/* A ZIP made anew around a changed file: its own sums are right, so the bag must find it. */
static void
flip_in_file (Fixture *self, const WbBagFile *file, gsize at)
{
  g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
  g_autoptr (WbVerification) result = NULL;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file->bytes, &size);
  g_autofree guint8 *bytes = g_memdup2 (data, size);

  bytes[at] ^= 0x01;
  wb_test_files_set (files, file->path, bytes, size);
  result = verify_files (self, files);
  if (wb_verification_is_good (result))
    fail_msg ("%s: byte %zu went unseen", file->path, at);
  if (!g_str_has_prefix (file->path, "manifest") && !g_str_has_prefix (file->path, "tagmanifest"))
    assert_names (result, file->path);
}

static void
a_changed_file_is_named_though_the_zip_is_right (void **state)
{
  Fixture *self = *state;
  guint count = 0;

  for (guint i = 0; i < self->files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (self->files, i);
    gboolean each = file->size < 400; /* signature, signers, bagit, checkpoint, key … */

    for (gsize at = 0; at < file->size; at += each ? 1 : MAX (1, file->size / 7), count++)
      flip_in_file (self, file, at);
  }
  wb_test_count ("bundle-file-flips", count);
}

static void
files_added_left_out_and_renamed_are_named (void **state)
{
  Fixture *self = *state;

  for (guint i = 0; i < self->files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (self->files, i);
    g_autofree char *other = g_strconcat (file->path, ".bak", NULL);
    g_autoptr (GPtrArray) removed = wb_test_files_copy (self->files);
    g_autoptr (GPtrArray) added = wb_test_files_copy (self->files);
    g_autoptr (GPtrArray) renamed = wb_test_files_copy (self->files);
    g_autoptr (WbVerification) less = NULL;
    g_autoptr (WbVerification) more = NULL;
    g_autoptr (WbVerification) elsewhere = NULL;

    wb_test_files_set (removed, file->path, NULL, 0);
    wb_test_files_set (added, other, "x", 1);
    wb_test_files_set (renamed, file->path, NULL, 0);
    wb_test_files_set (renamed, other, g_bytes_get_data (file->bytes, NULL), file->size);
    less = verify_files (self, removed);
    more = verify_files (self, added);
    elsewhere = verify_files (self, renamed);
    assert_names (less, file->path);
    assert_names (more, other);
    assert_names (elsewhere, file->path);
    /* Without the tag manifest nobody can say what was added to it. */
    if (!g_str_equal (file->path, WB_BUNDLE_TAG_MANIFEST))
      assert_names (elsewhere, other);
  }
  wb_test_count ("bundle-file-moves", 3 * self->files->len);
}

/* Text in place of text, then everything signed anew: what only the contents can tell. */
static void
replace (GPtrArray *files, const char *path, const char *from, const char *to)
{
  GBytes *bytes = wb_test_files_get (files, path);
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));

  if (g_string_replace (text, from, to, 0) == 0)
    fail_msg ("%s does not hold %s", path, from);
  wb_test_files_set (files, path, text->str, text->len);
}

static void
what_the_key_holder_changed_is_named (void **state)
{
  static const struct {
    const char *path, *from, *to, *part;
  } cases[] = {
    { "data/case.json", "Proef\",", "Proof\",", "data/case.json" },
    { "data/case.json", "\"entry\" : 0", "\"entry\" : 1", "data/case.json" },
    { "data/case.json", "\"entry\" : 0", "\"entry\" : -1", "data/case.json" },
    { "data/case.json", "\"size\" : 4,", "\"size\" : 5,", "data/index.csv" },
    { "data/case.json", "\"size\" : 3,", "\"size\" : 4,", "data/case.json" },
    { "data/case.json", "waarborg-case v1", "waarborg-case v2", "data/case.json" },
    { "data/case.json",
      "\"reference\" : \"NL-TEST-2026-0001\"",
      "\"reference\" : \"NL-TEST-2026-0002\"",
      "data/case.json" },
    { "data/case.json", "pseudonymised", "full", "data/case.json" },
    { "data/case.json",
      "\"fingerprint\" : \"SHA256:e",
      "\"fingerprint\" : \"SHA256:f",
      "data/case.json" },
    { "data/case.json", "\"name\" : \"title\"", "\"name\" : \"kind\"", "data/case.json" },
    { "data/case.json", "\"type\" : \"case\"", "\"type\" : \"note\"", "data/case.json" },
    { "data/case.json", "000000000001\"", "000000000009\"", "data/case.json" },
    { "data/case.json", "      0,\n      2\n", "      0\n", "data/case.json" },
    { "data/case.json", "      0,\n      2\n", "      0,\n      2,\n      7\n", "data/case.json" },
    { "data/case.json", "  ", "  [", "data/case.json" },
    { "data/index.csv", "a.txt", "b.txt", "data/index.csv" },
    { "data/index.csv", "\r\n", "\n", "data/index.csv" },
    { "data/log/entries/000000.txt", "created", "changed", "data/log/proofs/000000.tlog-proof" },
    { "data/log/entries/000000.txt", "number 0", "number 2", "data/log/entries/000000.txt" },
    { "data/log/entries/000000.txt",
      "waarborg-entry v1",
      "waarborg-entry v2",
      "data/log/entries/000000.txt" },
    { "data/log/disclosed/000000.txt", "Proef", "Proof", "data/log/disclosed/000000.txt" },
    { "data/log/proofs/000000.tlog-proof",
      "index 0",
      "index 2",
      "data/log/proofs/000000.tlog-proof" },
    { "data/log/proofs/000000.tlog-proof", "@v1", "@v2", "data/log/proofs/000000.tlog-proof" },
    { "data/log/checkpoint", "\n3\n", "\n4\n", "data/log/checkpoint" },
    { "data/log/log.vkey", "NL-TEST/", "NL-TEST/0", "data/log/log.vkey" },
    { "bag-info.txt", "External-Identifier: NL", "External-Identifier: DE", "bag-info.txt" },
    { "bag-info.txt", "waarborg-bundle v1", "waarborg-bundle v2", "bag-info.txt" },
    { "bagit.txt", "1.0", "0.97", "bagit.txt" },
    { "allowed_signers", "NL-TEST ", "* ", "allowed_signers" },
    { "allowed_signers", "AAAAC3", "AAAAC4", "allowed_signers" },
    { "allowed_signers", "case-bundle", "*", "allowed_signers" },
  };
  Fixture *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
    g_autoptr (WbVerification) result = NULL;

    replace (files, cases[i].path, cases[i].from, cases[i].to);
    wb_test_files_reseal (files, self->test->seed);
    result = verify_files (self, files);
    assert_names (result, cases[i].part);
  }
  wb_test_count ("bundle-resealed", G_N_ELEMENTS (cases));
}

static void
a_line_given_twice_is_named (void **state)
{
  Fixture *self = *state;
  g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
  const char *path = "data/log/disclosed/000000.txt";
  GBytes *bytes = wb_test_files_get (files, path);
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_autoptr (WbVerification) result = NULL;

  g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  wb_test_files_set (files, path, text->str, text->len);
  wb_test_files_reseal (files, self->test->seed);
  result = verify_files (self, files);
  assert_names (result, path);
}

static void
nothing_but_resealing_stays_good (void **state)
{
  Fixture *self = *state;
  g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
  g_autoptr (WbVerification) result = NULL;

  wb_test_files_reseal (files, self->test->seed);
  result = verify_files (self, files);
  assert_true (wb_verification_is_good (result));
}

static void
log_files_that_are_missing_or_strange_are_named (void **state)
{
  static const char *const gone[] = { "data/log/log.vkey",
                                      "data/log/checkpoint",
                                      "data/log/proofs/000000.tlog-proof",
                                      "data/case.json",
                                      "data/index.csv",
                                      "data/report.pdf",
                                      "metadata/case.mdto.xml",
                                      "verify.sh" };
  static const char *const strange[] = { "data/log/entries/x.txt",
                                         "data/log/entries/0.txt",
                                         "data/log/proofs/000009.tlog-proof",
                                         "data/log/disclosed/000001.txt" };
  Fixture *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++) {
    g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
    g_autoptr (WbVerification) result = NULL;

    wb_test_files_set (files, gone[i], NULL, 0);
    wb_test_files_reseal (files, self->test->seed);
    result = verify_files (self, files);
    assert_names (result, gone[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++) {
    g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
    g_autoptr (WbVerification) result = NULL;

    wb_test_files_set (files, strange[i], "x\n", 2);
    wb_test_files_reseal (files, self->test->seed);
    result = verify_files (self, files);
    assert_names (result, strange[i]);
  }
}

/* Signed by a stranger in the same form: good in itself, wrong for who asks for the body's key. */
static void
a_bundle_signed_by_another_is_not_taken_for_ours (void **state)
{
  Fixture *self = *state;
  g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
  g_autoptr (WbSecret) stranger = wb_ed25519_generate (NULL);
  g_autoptr (WbVerification) result = NULL;

  wb_test_files_reseal (files, stranger);
  result = verify_files (self, files);
  assert_names (result, WB_BUNDLE_SIGNATURE);
  assert_names (result, "allowed_signers");
}

static void
a_missing_file_and_a_missing_key_are_errors (void **state)
{
  Fixture *self = *state;
  g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (identity, NULL);
  const char *recipients[] = { recipient, NULL };
  g_autofree char *sealed = g_build_filename (self->folder, "y.zip.age", NULL);
  g_autofree char *missing = g_build_filename (self->folder, "x.zip", NULL);
  g_autoptr (GError) error = NULL;

  wb_test_bundle_write (self->test, sealed, recipients);
  assert_null (wb_bundle_verify (missing, NULL, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_null (wb_bundle_verify (sealed, NULL, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  assert_null (wb_bundle_verify (self->folder, NULL, NULL, NULL, NULL, &error));
  assert_non_null (error);
}

#define UNIT(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    UNIT (a_sound_bundle_raises_no_alarm),
    UNIT (another_signer_than_asked_for_is_named),
    UNIT (every_flipped_byte_of_the_file_is_found),
    UNIT (flipped_bytes_end_in_a_verdict),
    UNIT (a_changed_file_is_named_though_the_zip_is_right),
    UNIT (files_added_left_out_and_renamed_are_named),
    UNIT (a_line_given_twice_is_named),
    UNIT (nothing_but_resealing_stays_good),
    UNIT (what_the_key_holder_changed_is_named),
    UNIT (log_files_that_are_missing_or_strange_are_named),
    UNIT (a_bundle_signed_by_another_is_not_taken_for_ours),
    UNIT (a_missing_file_and_a_missing_key_are_errors),
  };

  return cmocka_run_group_tests_name ("bundle-verify", tests, NULL, NULL);
}
