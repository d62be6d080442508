/* SPDX-License-Identifier: EUPL-1.2 */

/* Bundles of other registers: taken in once, in any order, side by side until a person decides. */
#include "wb-test-register.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-erasure.h"
#include "wb-import.h"
#include "wb-source-private.h"

#define PIECE "inhoud van een stuk"

typedef struct {
  char *folder;
  WbRegister *a, *b, *c; /* an inspectorate, an ombudsperson, a colleague of a */
  guint n_files;
} Bodies;

static WbRegister *
make (Bodies *self, const char *name, const char *code)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  WbRegisterSetup setup = { .body = name,
                            .code = code,
                            .user = "anna",
                            .passphrase = passphrase,
                            .independent = TRUE };
  g_autoptr (GError) error = NULL;
  WbRegister *reg = wb_register_create (path, &setup, &error);

  wb_assert_no_error (error);
  return reg;
}

static int
setup (void **state)
{
  Bodies *self = g_new0 (Bodies, 1);

  wb_key_file_set_work_factor (8);
  wb_test_now (WB_TEST_NOW);
  wb_test_folder_setup ((void **) &self->folder);
  self->a = make (self, "a.waarborg", "NL-INSP");
  self->b = make (self, "b.waarborg", "NL-OMB");
  self->c = make (self, "c.waarborg", "NL-INSP");
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Bodies *self = *state;
  gpointer folder = self->folder;

  wb_register_close (self->a);
  wb_register_close (self->b);
  wb_register_close (self->c);
  wb_test_folder_teardown (&folder);
  g_free (self);
  return 0;
}

static char *
record (WbRegister *reg, const char *type, const char *case_ref, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) made = wb_register_record (reg, type, NULL, case_ref, fields, NULL, &error);

  wb_assert_no_error (error);
  return g_strdup (made->reference);
}

static void
change (WbRegister *reg, const char *reference, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) made = wb_register_change (reg, reference, fields, NULL, &error);

  wb_assert_no_error (error);
}

/* A bundle of a case, without encryption, with all that the profile gives. */
static char *export(Bodies *self, WbRegister *reg, const char *case_ref, const char *profile)
{
  char *path = g_strdup_printf ("%s/%u.zip", self->folder, self->n_files++);
  WbExportOptions options = { .profile = profile,
                              .plain = TRUE,
                              .purpose = "proef",
                              .recipient = "target.ombudsman" };
  g_autoptr (GError) error = NULL;

  wb_register_export (reg, case_ref, path, &options, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  return path;
}

static WbImport *
import (WbRegister *reg, const char *path)
{
  g_autoptr (GError) error = NULL;
  WbImport *result = wb_register_import (reg, path, NULL, FALSE, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  assert_true (wb_verification_is_good (result->verification));
  return result;
}

static void
assert_sound (WbRegister *reg)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = wb_verification_to_text (result);
  if (!wb_verification_is_good (result))
    fail_msg ("%s", text);
}

static char *
value_of (WbRegister *reg, const char *reference, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) found = wb_register_read (reg, reference, FALSE, NULL, &error);

  wb_assert_no_error (error);
  return g_strdup (json_object_get_string_member_with_default (found->fields, field, "-"));
}

static void
assert_value (WbRegister *reg, const char *reference, const char *field, const char *expected)
{
  g_autofree char *value = value_of (reg, reference, field);

  assert_string_equal (value, expected);
}

static guint
count_conflicts (const WbImport *import)
{
  guint n = 0;

  for (guint i = 0; i < import->items->len; i++)
    n += g_strv_length (((const WbImportItem *) g_ptr_array_index (import->items, i))->conflicts);
  return n;
}

#define ALLEGATION "{\"account\": \"Geduwd in de gang.\", \"received\": \"2026-11-20\"}"

static void
a_case_comes_in_once_with_its_own_dates (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *bundle = NULL;
  g_autoptr (WbImport) first = NULL;
  g_autoptr (WbImport) second = NULL;
  guint64 size;

  bundle = export(self, self->a, allegation, "full");
  wb_test_now ("2026-12-01T09:00:00Z");
  first = import (self->b, bundle);
  size = wb_register_get_size (self->b);
  second = import (self->b, bundle);

  assert_int_equal (first->items->len, 2);
  assert_int_equal (second->entries, 0);
  assert_int_equal (wb_register_get_size (self->b), size);
  assert_value (self->b, allegation, "account", "Geduwd in de gang.");
  assert_value (self->b, allegation, "received", "2026-11-20");
  assert_sound (self->b);
}

static void
what_another_body_must_do_is_no_time_limit_of_ours (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *bundle = export(self, self->a, allegation, "full");
  g_autoptr (WbImport) at_b = import (self->b, bundle);
  g_autoptr (WbImport) at_c = import (self->c, bundle);
  WbInstant now = wb_clock_now ();
  g_autoptr (GPtrArray) of_a = wb_register_list_deadlines (self->a, NULL, now, FALSE, NULL);
  g_autoptr (GPtrArray) of_b = wb_register_list_deadlines (self->b, NULL, now, FALSE, NULL);
  g_autoptr (GPtrArray) of_c = wb_register_list_deadlines (self->c, NULL, now, FALSE, NULL);

  assert_true (of_a->len > 0);
  assert_int_equal (of_b->len, 0);
  assert_int_equal (of_c->len, of_a->len);
}

static void
two_values_stand_side_by_side_until_somebody_decides (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *out = export(self, self->a, allegation, "full");
  g_autoptr (WbImport) taken = import (self->b, out);
  g_autofree char *mine = NULL;
  g_autofree char *yours = NULL;
  g_autofree char *decided = NULL;
  g_autoptr (WbImport) at_b = NULL;
  g_autoptr (WbImport) at_a = NULL;
  g_autoptr (WbImport) settled = NULL;

  wb_test_now ("2026-11-24T10:00:00Z");
  change (self->a, allegation, "{\"account\": \"In de hal.\"}");
  wb_test_now ("2026-11-24T11:00:00Z");
  change (self->b, allegation, "{\"account\": \"Buiten.\"}");
  mine = export(self, self->a, allegation, "full");
  yours = export(self, self->b, allegation, "full");
  at_b = import (self->b, mine);
  at_a = import (self->a, yours);

  assert_int_equal (count_conflicts (at_a), 1);
  assert_int_equal (count_conflicts (at_b), 1);
  assert_value (self->a, allegation, "account", "Buiten.");
  assert_value (self->b, allegation, "account", "Buiten.");
  wb_test_now ("2026-11-24T12:00:00Z");
  change (self->b, allegation, "{\"account\": \"Samen: de hal.\"}");
  decided = export(self, self->b, allegation, "full");
  settled = import (self->a, decided);
  assert_int_equal (count_conflicts (settled), 0);
  assert_value (self->a, allegation, "account", "Samen: de hal.");
  assert_sound (self->a);
  assert_sound (self->b);
}

static void
an_old_file_after_a_new_one_changes_nothing (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *old = export(self, self->a, allegation, "full");
  g_autofree char *fresh = NULL;
  g_autoptr (WbImport) first = NULL;
  g_autoptr (WbImport) second = NULL;

  change (self->a, allegation, "{\"account\": \"In de hal.\"}");
  fresh = export(self, self->a, allegation, "full");
  first = import (self->b, fresh);
  second = import (self->b, old);

  assert_value (self->b, allegation, "account", "In de hal.");
  assert_int_equal (second->entries, 0);
  assert_int_equal (count_conflicts (second), 0);
}

static void
a_fuller_bundle_adds_what_was_withheld (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *little = export(self, self->a, allegation, "statistical");
  g_autofree char *all = export(self, self->a, allegation, "full");
  g_autoptr (WbImport) first = import (self->b, little);
  g_autoptr (WbImport) second = NULL;

  assert_true (first->entries > 0);
  second = import (self->b, all);
  assert_true (second->lines > 0);
  assert_value (self->b, allegation, "account", "Geduwd in de gang.");
  assert_sound (self->b);
}

static void
the_contents_of_evidence_come_along (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (PIECE, -1, NULL);
  g_autoptr (JsonObject) fields = wb_test_object ("{\"confidentiality\": \"conf.open\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) evidence = wb_register_attach (self->a,
                                                      allegation,
                                                      "stuk.txt",
                                                      stream,
                                                      0,
                                                      fields,
                                                      NULL,
                                                      NULL,
                                                      NULL,
                                                      &error);
  g_autofree char *bundle = NULL;
  g_autoptr (WbImport) taken = NULL;
  g_autoptr (GInputStream) again = NULL;
  char text[64] = { 0 };
  gsize got;

  wb_assert_no_error (error);
  bundle = export(self, self->a, allegation, "full");
  taken = import (self->b, bundle);
  again = wb_register_open_evidence (self->b, evidence->reference, &error);
  wb_assert_no_error (error);
  g_input_stream_read_all (again, text, sizeof text - 1, &got, NULL, &error);
  wb_assert_no_error (error);

  assert_int_equal (taken->files, 1);
  assert_string_equal (text, PIECE);
  assert_sound (self->b);
}

static void
colleagues_give_the_same_number_and_both_are_kept (void **state)
{
  Bodies *self = *state;
  g_autofree char *mine = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *yours = record (self->c,
                                   "allegation",
                                   NULL,
                                   "{\"account\": \"Elders.\", \"received\": "
                                   "\"2026-11-21\"}");
  g_autofree char *bundle = export(self, self->c, yours, "full");
  g_autoptr (WbImport) taken = import (self->a, bundle);
  const WbImportItem *item = g_ptr_array_index (taken->items, 0);

  assert_string_equal (mine, yours);
  assert_string_not_equal (item->reference, "NL-INSP-2026-0001");
  assert_true (g_str_has_prefix (item->reference, "NL-INSP-2026-0001."));
  assert_value (self->a, mine, "account", "Geduwd in de gang.");
  assert_sound (self->a);
}

static void
a_damaged_bundle_brings_nothing_in (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *bundle = export(self, self->a, allegation, "full");
  guint64 size = wb_register_get_size (self->b);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  guint n = 0;

  g_file_get_contents (bundle, &bytes, &length, &error);
  wb_assert_no_error (error);
  for (gsize at = 0; at < length; at += 997) {
    g_autoptr (WbImport) result = NULL;

    bytes[at] ^= 1;
    g_file_set_contents (bundle, bytes, (gssize) length, &error);
    bytes[at] ^= 1;
    wb_assert_no_error (error);
    result = wb_register_import (self->b, bundle, NULL, FALSE, NULL, NULL, NULL, &error);
    assert_true (result == NULL || !wb_verification_is_good (result->verification));
    g_clear_error (&error);
    n++;
  }
  assert_int_equal (wb_register_get_size (self->b), size);
  assert_sound (self->b);
  wb_test_count ("import-damaged", n);
}

static void
what_was_erased_here_does_not_come_back (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *bundle = export(self, self->a, allegation, "full");
  g_autoptr (WbImport) first = import (self->b, bundle);
  const char *const fields[] = { "account", NULL };
  g_autoptr (WbErasure) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbImport) again = NULL;
  g_autofree char *fresh = NULL;

  report = wb_register_erase (self->b, allegation, fields, "AVG 17", NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_value (self->b, allegation, "account", "-");
  assert_sound (self->b);
  again = import (self->b, bundle);
  change (self->a, allegation, "{\"account\": \"Opnieuw geduwd.\"}");
  fresh = export(self, self->a, allegation, "full");
  g_clear_pointer (&again, wb_import_free);
  again = import (self->b, fresh);

  assert_int_equal (again->erased, 1);
  assert_value (self->b, allegation, "account", "-");
  assert_sound (self->b);
}

static void
our_own_entries_that_come_back_must_be_the_ones_we_have (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *bundle = export(self, self->a, allegation, "full");
  g_autoptr (WbImport) back = import (self->a, bundle);

  assert_true (back->own > 0);
  assert_int_equal (back->entries, 0);
  assert_sound (self->a);
}

/* A log that was rewritten: the same key, another entry of the same number. */
static void
a_log_that_tells_two_stories_is_found_out (void **state)
{
  Bodies *self = *state;
  g_autofree char *allegation = record (self->a, "allegation", NULL, ALLEGATION);
  g_autofree char *copy = g_build_filename (self->folder, "copy.waarborg", NULL);
  g_autofree char *path = g_strdup (wb_register_get_path (self->a));
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autoptr (WbRegister) twin = NULL;
  g_autoptr (WbImport) taken = NULL;
  g_autoptr (WbImport) refused = NULL;

  g_clear_pointer (&self->a, wb_register_close);
  command = g_strdup_printf ("cp -r '%s' '%s'", path, copy);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  self->a = wb_register_open (path, "anna", passphrase, &error);
  wb_assert_no_error (error);
  twin = wb_register_open (copy, "anna", passphrase, &error);
  wb_assert_no_error (error);
  change (self->a, allegation, "{\"account\": \"In de hal.\"}");
  change (twin, allegation, "{\"account\": \"Er is niets gebeurd.\"}");
  one = export(self, self->a, allegation, "full");
  other = export(self, twin, allegation, "full");
  taken = import (self->b, one);
  refused = wb_register_import (self->b, other, NULL, FALSE, NULL, NULL, NULL, &error);

  assert_null (refused);
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_VERIFY));
  assert_value (self->b, allegation, "account", "In de hal.");
  assert_sound (self->b);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (a_case_comes_in_once_with_its_own_dates, setup, teardown),
    cmocka_unit_test_setup_teardown (what_another_body_must_do_is_no_time_limit_of_ours,
                                     setup,
                                     teardown),
    cmocka_unit_test_setup_teardown (two_values_stand_side_by_side_until_somebody_decides,
                                     setup,
                                     teardown),
    cmocka_unit_test_setup_teardown (an_old_file_after_a_new_one_changes_nothing, setup, teardown),
    cmocka_unit_test_setup_teardown (a_fuller_bundle_adds_what_was_withheld, setup, teardown),
    cmocka_unit_test_setup_teardown (the_contents_of_evidence_come_along, setup, teardown),
    cmocka_unit_test_setup_teardown (colleagues_give_the_same_number_and_both_are_kept,
                                     setup,
                                     teardown),
    cmocka_unit_test_setup_teardown (a_damaged_bundle_brings_nothing_in, setup, teardown),
    cmocka_unit_test_setup_teardown (what_was_erased_here_does_not_come_back, setup, teardown),
    cmocka_unit_test_setup_teardown (our_own_entries_that_come_back_must_be_the_ones_we_have,
                                     setup,
                                     teardown),
    cmocka_unit_test_setup_teardown (a_log_that_tells_two_stories_is_found_out, setup, teardown),
  };

  return cmocka_run_group_tests_name ("import", tests, NULL, NULL);
}
