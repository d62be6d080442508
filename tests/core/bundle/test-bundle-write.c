/* SPDX-License-Identifier: EUPL-1.2 */

/* Writing: a whole, verified bundle or nothing. */
#include "wb-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test-bundle.h"

static char *
path_in (void **state, const char *name)
{
  return g_build_filename (*state, name, NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static WbVerification *
verify (const char *path, const WbBundleCheckOptions *options)
{
  g_autoptr (GError) error = NULL;
  WbVerification *result = wb_bundle_verify (path, options, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  return result;
}

static void
assert_good (WbVerification *result)
{
  if (!wb_verification_is_good (result)) {
    g_autofree char *text = wb_verification_to_text (result);
    fail_msg ("%s", text);
  }
}

static void
a_bundle_that_was_written_verifies (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip");
  g_autoptr (WbVerification) result = NULL;
  WbBundleCheckOptions options = { test->fingerprint, NULL, NULL };
  struct stat info;

  wb_test_bundle_write (test, path, NULL);
  result = verify (path, &options);

  assert_good (result);
  assert_int_equal (wb_verification_get_count (result, "entries"), 8);
  assert_int_equal (wb_verification_get_count (result, "proofs"), 8);
  assert_int_equal (wb_verification_get_count (result, "evidence"), 3);
  assert_int_equal (wb_verification_get_count (result, "disclosures"), 27);
  assert_string_equal (wb_verification_get_fact (result, "signer"), test->fingerprint);
  assert_string_equal (wb_verification_get_fact (result, "reference"), "NL-TEST-2026-0001");
  assert_string_equal (wb_verification_get_fact (result, "profile"), "pseudonymised");
  assert_int_equal (stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_int_equal (count_files (*state), 1);
}

static gboolean
try_write (WbTestBundle *test,
           const char *path,
           const char *const *recipients,
           GCancellable *cancellable,
           WbProgress progress,
           GError **error)
{
  return wb_bundle_write (test->content,
                          test->seed,
                          path,
                          recipients,
                          progress,
                          cancellable,
                          cancellable,
                          NULL,
                          error);
}

static void
the_same_content_gives_the_same_bytes_and_sum (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (TRUE);
  g_autofree char *first = path_in (state, "a.zip");
  g_autofree char *second = path_in (state, "b.zip");
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *found = NULL;
  gsize size = 0, other = 0;

  wb_bundle_write (test->content, test->seed, first, NULL, NULL, NULL, NULL, &sum, &error);
  wb_assert_no_error (error);
  wb_test_bundle_write (test, second, NULL);
  one = wb_test_read (first, &size);
  two = wb_test_read (second, &other);
  found = wb_sha256_hex (one, size);

  assert_int_equal (size, other);
  assert_memory_equal (one, two, size);
  assert_string_equal (sum, found);
}

static const char *
first_message (WbVerification *result)
{
  GPtrArray *findings = wb_verification_get_findings (result);

  return ((const WbFinding *) g_ptr_array_index (findings, 0))->message;
}

static void
an_encrypted_bundle_opens_for_each_recipient_and_nobody_else (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip.age");
  g_autoptr (WbSecret) first = wb_age_identity_generate (NULL);
  g_autoptr (WbSecret) second = wb_age_identity_generate (NULL);
  g_autoptr (WbSecret) stranger = wb_age_identity_generate (NULL);
  g_autofree char *to_first = wb_age_identity_to_recipient (first, NULL);
  g_autofree char *to_second = wb_age_identity_to_recipient (second, NULL);
  const char *recipients[] = { to_first, to_second, NULL };
  WbSecret *all[] = { first, second, stranger };

  wb_test_bundle_write (test, path, recipients);
  assert_int_equal (count_files (*state), 1);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autoptr (GPtrArray) identities = g_ptr_array_new ();
    WbBundleCheckOptions options = { test->fingerprint, identities, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (WbVerification) result = NULL;

    g_ptr_array_add (identities, all[i]);
    result = wb_bundle_verify (path, &options, NULL, NULL, NULL, &error);
    if (all[i] == stranger) {
      assert_false (wb_verification_is_good (result));
      assert_non_null (strstr (first_message (result), "not encrypted for this key, or its start"));
      continue;
    }
    wb_assert_no_error (error);
    assert_good (result);
  }
}

/* Looks at the half-written file each time the writer tells how far it is. */
static guint seen_half_written;

static void
look_for_clear_text (guint64 done, guint64 total, gpointer user_data)
{
  const char *folder = user_data;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    gsize size = 0;
    g_autofree char *bytes = wb_test_read (path, &size);

    assert_null (memmem (bytes, size, "PK\003\004", 4));
    assert_null (memmem (bytes, size, "NL-TEST", 7));
    seen_half_written += size > 0;
  }
}

static void
no_clear_text_is_on_disk_while_an_encrypted_bundle_is_written (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip.age");
  g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
  g_autofree char *to = wb_age_identity_to_recipient (identity, NULL);
  const char *recipients[] = { to, NULL };
  g_autoptr (GError) error = NULL;

  wb_test_bundle_add_large (test, 3 * 1024 * 1024);
  wb_bundle_write (test->content,
                   test->seed,
                   path,
                   recipients,
                   look_for_clear_text,
                   *state,
                   NULL,
                   NULL,
                   &error);
  wb_assert_no_error (error);
  assert_true (seen_half_written > 2);
}

static void
a_file_that_is_there_is_never_overwritten (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (TRUE);
  g_autofree char *path = path_in (state, "zaak.zip");
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  assert_true (g_file_set_contents (path, "mine", 4, NULL));
  assert_false (try_write (test, path, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  kept = wb_test_read (path, NULL);
  assert_string_equal (kept, "mine");
  assert_int_equal (count_files (*state), 1);
}

static void
a_link_that_leads_nowhere_is_not_followed (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (TRUE);
  g_autofree char *path = path_in (state, "zaak.zip");
  g_autofree char *target = path_in (state, "elders.zip");
  g_autoptr (GError) error = NULL;

  assert_int_equal (symlink (target, path), 0);
  assert_false (try_write (test, path, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static const char *const *
no_recipients_or_one (void)
{
  static const char *recipients[] = { NULL, NULL };

  if (recipients[0] == NULL) {
    g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
    recipients[0] = wb_age_identity_to_recipient (identity, NULL);
  }
  return recipients;
}

/* Plain and encrypted; the folder is empty afterwards. */
static void
assert_fails_leaving_nothing (WbTestBundle *test, void **state, WbError code)
{
  for (int sealed = 0; sealed < 2; sealed++) {
    g_autofree char *path = path_in (state, "zaak.zip");
    g_autoptr (GError) error = NULL;

    assert_false (
        try_write (test, path, sealed ? no_recipients_or_one () : NULL, NULL, NULL, &error));
    assert_true (error->domain == WB_ERROR);
    assert_int_equal (error->code, code);
    assert_int_equal (count_files (*state), 0);
  }
}

static void
changed_evidence_stops_the_export (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  GBytes *shorter = g_bytes_new ("xxx", 3);

  g_bytes_unref (g_ptr_array_index (test->evidence, 0));
  g_ptr_array_index (test->evidence, 0) = shorter;
  assert_fails_leaving_nothing (test, state, WB_ERROR_VERIFY);
}

static void
evidence_of_the_right_size_but_another_sum_stops_the_export (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *other = g_strnfill (200000, 'y');

  g_bytes_unref (g_ptr_array_index (test->evidence, 0));
  g_ptr_array_index (test->evidence, 0) = g_bytes_new (other, 200000);
  assert_fails_leaving_nothing (test, state, WB_ERROR_VERIFY);
}

static GInputStream *
open_nothing (const WbBundleEvidence *evidence, gpointer user_data, GError **error)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_NOT_FOUND, "gone");
  return NULL;
}

static void
evidence_that_cannot_be_opened_stops_the_export (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);

  test->content->open_evidence = open_nothing;
  assert_fails_leaving_nothing (test, state, WB_ERROR_NOT_FOUND);
}

/* What the register got wrong is found when the bundle is read back, before it has its name. */
static void
a_case_that_says_what_was_not_logged_is_not_written (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  JsonArray *records = json_object_get_array_member (test->content->case_document, "records");
  JsonObject *record = json_array_get_object_element (records, 0);
  JsonArray *fields = json_object_get_array_member (record, "fields");

  json_object_set_string_member (json_array_get_object_element (fields, 0), "value", "anders");
  assert_fails_leaving_nothing (test, state, WB_ERROR_VERIFY);
}

/* Every proof and signature holds, but the register is wrong in itself. */
static void
a_log_that_is_wrong_in_itself_is_not_exported (void **state)
{
  static const WbTestBreak how[] = { WB_TEST_BROKEN_CHAIN,  WB_TEST_BROKEN_TIME,
                                     WB_TEST_BROKEN_ORIGIN, WB_TEST_BROKEN_LOG,
                                     WB_TEST_BROKEN_PROOFS, WB_TEST_BROKEN_SUM };

  for (guint i = 0; i < G_N_ELEMENTS (how); i++) {
    g_autoptr (WbTestBundle) test = wb_test_bundle_new_broken (how[i]);

    assert_fails_leaving_nothing (test, state, WB_ERROR_VERIFY);
  }
}

static gboolean spoilt;

/* A disk that keeps something else than it was given: one byte, long since written. */
static void
spoil_cb (guint64 done, guint64 total, gpointer user_data)
{
  const char *folder = user_data;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = g_dir_read_name (dir);
  g_autofree char *path = name != NULL ? g_build_filename (folder, name, NULL) : NULL;
  int fd = done > 1024 * 1024 && path != NULL ? open (path, O_RDWR) : -1;
  char byte;

  if (fd < 0)
    return;
  assert_int_equal (pread (fd, &byte, 1, 300000), 1);
  if (!spoilt)
    byte = (char) ~byte;
  spoilt = TRUE;
  assert_int_equal (pwrite (fd, &byte, 1, 300000), 1);
  (void) close (fd);
}

static void
a_disk_that_keeps_other_bytes_is_found_out (void **state)
{
  for (int sealed = 0; sealed < 2; sealed++) {
    g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
    g_autofree char *path = path_in (state, "zaak.zip");
    g_autoptr (GError) error = NULL;

    spoilt = FALSE;
    wb_test_bundle_add_large (test, 2 * 1024 * 1024);
    assert_false (wb_bundle_write (test->content,
                                   test->seed,
                                   path,
                                   sealed ? no_recipients_or_one () : NULL,
                                   spoil_cb,
                                   *state,
                                   NULL,
                                   NULL,
                                   &error));
    assert_true (spoilt);
    wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
    assert_int_equal (count_files (*state), 0);
  }
}

static void
unsafe_names_and_wrong_recipients_are_refused (void **state)
{
  static const char *const names[] = { "", "..", "a/b", "a b", "-x", "a*", "zaak\n", "a." };
  const char *wrong[] = { "age1qqq", NULL };
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (TRUE);
  g_autofree char *path = path_in (state, "zaak.zip.age");
  g_autoptr (GError) error = NULL;

  assert_false (try_write (test, path, wrong, NULL, NULL, &error));
  assert_non_null (error);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_free (test->content->principal);
    test->content->principal = g_strdup (names[i]);
    assert_fails_leaving_nothing (test, state, WB_ERROR_INVALID);
  }
}

static guint64 cancel_at;

static void
cancel_cb (guint64 done, guint64 total, gpointer user_data)
{
  if (done >= cancel_at)
    g_cancellable_cancel (user_data);
}

static void
cancelling_at_any_moment_leaves_nothing (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip");
  guint64 total;

  wb_test_bundle_add_large (test, 2 * 1024 * 1024);
  total = 2 * (2 * 1024 * 1024 + 400000);
  for (int i = 0; i < 20; i++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    cancel_at = total * (guint64) i / 22;
    assert_false (try_write (test,
                             path,
                             i % 2 ? no_recipients_or_one () : NULL,
                             cancellable,
                             cancel_cb,
                             &error) &&
                  i < 10);
    if (error != NULL)
      assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
    (void) g_unlink (path);
    assert_int_equal (count_files (*state), 0);
  }
}

/* A file may not grow past a limit, at every size up to the whole: as a full disk. */
static void
a_disk_that_fills_up_leaves_nothing (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip");
  struct rlimit before, limit;

  (void) signal (SIGXFSZ, SIG_IGN);
  assert_int_equal (getrlimit (RLIMIT_FSIZE, &before), 0);
  for (int i = 0; i < 12; i++) {
    g_autoptr (GError) error = NULL;
    gboolean written;

    limit = before;
    limit.rlim_cur = (rlim_t) i * 30000;
    assert_int_equal (setrlimit (RLIMIT_FSIZE, &limit), 0);
    written = try_write (test, path, i % 2 ? no_recipients_or_one () : NULL, NULL, NULL, &error);
    assert_int_equal (setrlimit (RLIMIT_FSIZE, &before), 0);
    assert_false (written);
    wb_assert_error (error, WB_ERROR, WB_ERROR_NO_SPACE);
    assert_int_equal (count_files (*state), 0);
  }
}

/* A real small disk, where we may mount one. */
static void
a_disk_that_is_too_small_is_refused_before_writing (void **state)
{
  g_autoptr (WbTestBundle) test = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (mount ("none", *state, "tmpfs", 0, "size=256k") != 0)
    skip ();
  test = wb_test_bundle_new (FALSE);
  path = path_in (state, "zaak.zip");
  (void) try_write (test, path, NULL, NULL, NULL, &error);
  assert_int_equal (count_files (*state), 0);
  assert_int_equal (umount (*state), 0);
  wb_assert_error (error, WB_ERROR, WB_ERROR_NO_SPACE);
}

static void
a_folder_that_is_not_there_is_said_so (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (TRUE);
  g_autofree char *path = path_in (state, "nergens/zaak.zip");
  g_autoptr (GError) error = NULL;

  assert_false (try_write (test, path, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_IO);
}

static guint64 highest;

static void
watch_progress (guint64 done, guint64 total, gpointer user_data)
{
  assert_true (done >= highest);
  assert_true (done <= total);
  highest = done;
}

static void
progress_only_grows (void **state)
{
  g_autoptr (WbTestBundle) test = wb_test_bundle_new (FALSE);
  g_autofree char *path = path_in (state, "zaak.zip");
  g_autoptr (GError) error = NULL;

  assert_true (try_write (test, path, NULL, NULL, watch_progress, &error));
  assert_true (highest > 300000);
}

#define UNIT(name)                                                                                 \
  cmocka_unit_test_setup_teardown (name, wb_test_folder_setup, wb_test_folder_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    UNIT (a_bundle_that_was_written_verifies),
    UNIT (the_same_content_gives_the_same_bytes_and_sum),
    UNIT (an_encrypted_bundle_opens_for_each_recipient_and_nobody_else),
    UNIT (no_clear_text_is_on_disk_while_an_encrypted_bundle_is_written),
    UNIT (a_file_that_is_there_is_never_overwritten),
    UNIT (a_link_that_leads_nowhere_is_not_followed),
    UNIT (changed_evidence_stops_the_export),
    UNIT (evidence_of_the_right_size_but_another_sum_stops_the_export),
    UNIT (evidence_that_cannot_be_opened_stops_the_export),
    UNIT (a_case_that_says_what_was_not_logged_is_not_written),
    UNIT (a_log_that_is_wrong_in_itself_is_not_exported),
    UNIT (a_disk_that_keeps_other_bytes_is_found_out),
    UNIT (unsafe_names_and_wrong_recipients_are_refused),
    UNIT (cancelling_at_any_moment_leaves_nothing),
    UNIT (a_disk_that_fills_up_leaves_nothing),
    UNIT (a_disk_that_is_too_small_is_refused_before_writing),
    UNIT (a_folder_that_is_not_there_is_said_so),
    UNIT (progress_only_grows),
  };

  return cmocka_run_group_tests_name ("bundle-write", tests, NULL, NULL);
}
