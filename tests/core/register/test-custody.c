/* SPDX-License-Identifier: EUPL-1.2 */

/* Who put a file in, who looked, who got it; and the copy that leaves the register. */
#include "wb-test-register.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-custody.h"
#include "wb-error.h"
#include "wb-letter-take.h"

#define CASE "NL-TEST-2026-0001"
#define E CASE "/E-1"
#define WORDS "Geduwd bij de balie.\n"

static int
setup (void **state)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (WORDS, (gssize) strlen (WORDS), NULL);
  g_autoptr (WbRecord) record = NULL;
  WbTestRegister *self;

  wb_test_register_setup (state);
  self = *state;
  g_free (wb_test_record (self, "case", NULL, "{\"title\": \"Fictief\"}"));
  record =
      wb_register_attach (self->reg, CASE, "stuk.txt", stream, 0, NULL, NULL, NULL, NULL, NULL);
  return record != NULL ? 0 : -1;
}

#define with_file(f) cmocka_unit_test_setup_teardown (f, setup, wb_test_register_teardown)

static void
assert_acts (WbTestRegister *self, const WbCustodyAct *acts, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = wb_register_list_custody (self->reg, E, &error);

  wb_assert_no_error (error);
  assert_int_equal (lines->len, n);
  for (guint i = 0; i < n; i++) {
    const WbCustodyLine *line = g_ptr_array_index (lines, i);

    assert_int_equal (line->act, acts[i]);
    assert_string_equal (line->author, wb_register_get_user (self->reg));
  }
}

static void
asking_who_had_it_is_no_entry_and_looking_is_one (void **state)
{
  WbTestRegister *self = *state;
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (GInputStream) stream = NULL;

  assert_acts (self, (const WbCustodyAct[]){ WB_CUSTODY_TAKEN_IN }, 1);
  assert_int_equal (wb_register_get_size (self->reg), before);
  stream = wb_register_open_evidence (self->reg, E, NULL);
  assert_non_null (stream);
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
  assert_acts (self, (const WbCustodyAct[]){ WB_CUSTODY_TAKEN_IN, WB_CUSTODY_LOOKED }, 2);
}

static void
a_saved_copy_is_the_file_byte_for_byte_and_told_as_a_copy (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "kopie.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  wb_test_now ("2026-11-25T09:00:00Z");
  assert_true (wb_register_save_evidence (self->reg, E, path, NULL, NULL, NULL, &error));
  wb_assert_no_error (error);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, WORDS);
  assert_int_equal (g_stat (path, &info), 0);
  assert_int_equal (info.st_mode & 0777, 0600);
  assert_acts (self, (const WbCustodyAct[]){ WB_CUSTODY_TAKEN_IN, WB_CUSTODY_COPIED }, 2);
}

static void
nothing_is_overwritten_and_a_refused_copy_is_no_entry (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "er-is-al.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint64 before = wb_register_get_size (self->reg);

  assert_true (g_file_set_contents (path, "van een ander", -1, NULL));
  assert_false (wb_register_save_evidence (self->reg, E, path, NULL, NULL, NULL, &error));
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_EXISTS));
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, "van een ander");
  assert_int_equal (wb_register_get_size (self->reg), before);
}

static void
a_copy_that_is_stopped_leaves_no_file (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "half.txt", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  assert_false (wb_register_save_evidence (self->reg, E, path, NULL, NULL, cancellable, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
a_bundle_of_the_case_tells_whom_it_was_for (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "bundel.zip", NULL);
  const WbExportOptions options = { .plain = TRUE, .recipient = "target.om" };
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  const WbCustodyLine *last;

  wb_test_now ("2026-11-25T09:00:00Z");
  assert_true (
      wb_register_export (self->reg, CASE, path, &options, NULL, NULL, NULL, NULL, &error));
  wb_assert_no_error (error);
  lines = wb_register_list_custody (self->reg, E, &error);
  last = g_ptr_array_index (lines, lines->len - 1);
  assert_int_equal (last->act, WB_CUSTODY_EXPORTED);
  assert_string_equal (last->to, "target.om");
}

static void
a_letter_is_kept_whole_and_its_files_point_back_at_it (void **state)
{
  static const char text[] =
      "From: a@b.example\nSubject: Stukken\nContent-Type: multipart/mixed; boundary=X\n\n"
      "--X\nContent-Type: text/plain\n\nZie bijlage.\n"
      "--X\nContent-Type: text/csv; name=telling.csv\n\n1;2\n--X--\n";
  WbTestRegister *self = *state;
  g_autoptr (GBytes) file = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records =
      wb_register_attach_letter (self->reg, CASE, "brief.eml", file, NULL, &error);
  const WbRecord *whole, *part;
  g_autoptr (GInputStream) stream = NULL;
  char kept[sizeof text] = { 0 };

  wb_assert_no_error (error);
  assert_int_equal (records->len, 2);
  whole = g_ptr_array_index (records, 0);
  part = g_ptr_array_index (records, 1);
  assert_string_equal (json_object_get_string_member (part->fields, "derived_from"), whole->id);
  assert_string_equal (json_object_get_string_member (part->fields, "name"), "telling.csv");
  stream = wb_register_open_evidence (self->reg, whole->id, &error);
  assert_true (g_input_stream_read_all (stream, kept, sizeof kept, NULL, NULL, &error));
  assert_string_equal (kept, text);
}

static void
what_only_has_the_name_of_a_letter_is_taken_in_as_it_is (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GBytes) file = g_bytes_new_static ("\000\001", 2);
  g_autoptr (GPtrArray) records =
      wb_register_attach_letter (self->reg, CASE, "brief.eml", file, NULL, NULL);

  assert_non_null (records);
  assert_int_equal (records->len, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_file (asking_who_had_it_is_no_entry_and_looking_is_one),
    with_file (a_saved_copy_is_the_file_byte_for_byte_and_told_as_a_copy),
    with_file (nothing_is_overwritten_and_a_refused_copy_is_no_entry),
    with_file (a_copy_that_is_stopped_leaves_no_file),
    with_file (a_bundle_of_the_case_tells_whom_it_was_for),
    with_file (a_letter_is_kept_whole_and_its_files_point_back_at_it),
    with_file (what_only_has_the_name_of_a_letter_is_taken_in_as_it_is),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
