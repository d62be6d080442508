/* SPDX-License-Identifier: EUPL-1.2 */

/* Erasing a person or a field: no byte of it is left, and everything else still holds. */
#include "wb-test-erase.h"
#include "wb-test-vfs.h"

#include <string.h>

#define CANARY "KanariePieternella"
#define BASIS "AVG 17(1)(a)"

static void
add_person (WbTestRegister *self, const char *case_ref)
{
  g_autofree char *reference = wb_test_record (
      self,
      "person",
      case_ref,
      "{\"pseudonym\": \"" CANARY "-5\", \"role\": \"role.concerned\", \"name\": \"Piet " CANARY
      "\", \"contact\": \"" CANARY "\", \"whistleblower_identity\": \"" CANARY
      "\", \"safe_contact\": \"" CANARY "\", \"detention_started\": {\"at\": \"2026-07-18\", "
      "\"words\": \"" CANARY "\"}, \"nationality\": \"SYR\"}");
  g_autofree char *changed = wb_test_change (self, reference, "{\"name\": \"Pieter " CANARY "\"}");
  g_autoptr (JsonObject) draft = wb_test_object ("{\"name\": \"Piet " CANARY "\"}");
  g_autoptr (WbRecord) read = wb_register_read (self->reg, reference, TRUE, "voor " CANARY, NULL);

  assert_non_null (read);
  assert_true (wb_register_save_draft (self->reg, "new", draft, NULL));
}

static char *
record_case (WbTestRegister *self)
{
  char *reference = wb_test_record (self, "case", NULL, "{\"title\": \"Duin\"}");

  add_person (self, reference);
  return reference;
}

static void
of_an_erased_person_no_byte_is_left (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autofree char *person = g_strconcat (of, "/P-1", NULL);
  g_autofree char *note = wb_test_record (self, "note", of, "{\"text\": \"Over P-1.\"}");
  g_autofree char *consent = wb_test_record (
      self,
      "consent",
      of,
      "{\"person\": \"NL-TEST-2026-0001/P-1\", \"purpose\": \"consent.record\", \"state\": "
      "\"consentstate.given\"}");
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (WbRecord) left = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (wb_test_count_in_store (self, CANARY) > 8);
  erasure = wb_register_erase (self->reg, person, NULL, BASIS, NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_true (erasure->scrubbed);
  assert_int_equal (erasure->n_drafts, 1);
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  assert_int_equal (erasure->mentions->len, 1);
  assert_string_equal (g_ptr_array_index (erasure->mentions, 0), consent);
  left = wb_register_read (self->reg, person, TRUE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (left->fields, "role"), "role.concerned");
  assert_int_equal (json_object_get_size (left->fields), 1);
  hits = wb_register_search (self->reg, "kanarie", 10, NULL);
  assert_int_equal (hits->len, 0);
  wb_test_assert_sound (self, erasure->n_lines, 1);
  wb_test_register_reopen (self);
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  wb_test_assert_sound (self, erasure->n_lines, 1);
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
}

static void
a_single_field_goes_with_its_history (void **state)
{
  static const char *const FIELDS[] = { "account", NULL };
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (
      self,
      "allegation",
      NULL,
      "{\"account\": \"Geduwd, zegt " CANARY ".\", \"site\": \"site.schiphol.jcs\", \"received\": "
      "\"2026-11-20\"}");
  g_autofree char *changed =
      wb_test_change (self, reference, "{\"account\": \"Geslagen, zegt " CANARY ".\"}");
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (WbRecord) left = NULL;
  g_autoptr (GError) error = NULL;

  erasure = wb_register_erase (self->reg, reference, FIELDS, BASIS, NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_int_equal (erasure->n_lines, 2);
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  left = wb_register_read (self->reg, reference, FALSE, NULL, NULL);
  assert_false (json_object_has_member (left->fields, "account"));
  assert_true (json_object_has_member (left->fields, "received"));
  wb_test_assert_sound (self, 2, 1);
}

static void
evidence_goes_with_its_bytes (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autofree char *reference = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (WbRecord) evidence = NULL;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  while (bytes->len < 3 * 1024 * 1024)
    g_string_append (bytes, "BewijsstukKanarie ");
  stream = g_memory_input_stream_new_from_data (bytes->str, (gssize) bytes->len, NULL);
  evidence =
      wb_register_attach (self->reg, of, "stuk.txt", stream, 0, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_true (wb_test_count_in_store (self, "BewijsstukKanarie") > 0);
  erasure = wb_register_erase (self->reg, evidence->reference, NULL, BASIS, NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_int_equal (erasure->n_files, 1);
  assert_int_equal (wb_test_count_in_store (self, "BewijsstukKanarie"), 0);
  assert_true (wb_test_count_in_store (self, CANARY) > 0); /* the person stays */
  wb_test_assert_sound (self, erasure->n_lines, 1);
  assert_null (wb_register_open_evidence (self->reg, evidence->reference, NULL));
}

static void
of_many_persons_only_the_erased_ones_go (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"Duin\"}");
  guint before, lengths[] = { 30, 400, 90, 1500, 700, 60, 3000 };

  for (guint i = 0; i < 70; i++) {
    g_autofree char *filler = g_strnfill (lengths[i % G_N_ELEMENTS (lengths)], 'x');
    g_autofree char *json =
        g_strdup_printf ("{\"pseudonym\": \"P\", \"contact\": \"%s " CANARY "\", \"safe_contact\": "
                         "\"%s\"}",
                         filler,
                         filler);
    g_autofree char *person = wb_test_record (self, "person", of, json);
    g_autofree char *changed = wb_test_change (self, person, json);
  }
  before = wb_test_count_in_store (self, CANARY);
  for (guint i = 1; i <= 70; i++) {
    static const char *const FIELDS[] = { "contact", NULL };
    g_autofree char *person = g_strdup_printf ("%s/P-%u", of, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (WbErasure) erasure = NULL;

    if (i % 10 != 0)
      continue;
    erasure = wb_register_erase (self->reg, person, FIELDS, BASIS, NULL, NULL, &error);
    wb_assert_no_error (error);
  }
  assert_true (before >= 3 * 70); /* two lines and the document; a divided page keeps copies */
  assert_int_equal (wb_test_count_in_store (self, CANARY), 3 * 63);
  wb_test_assert_sound (self, 14, 7);
}

static void
a_hold_stops_it_and_the_refusal_is_logged (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autofree char *person = g_strconcat (of, "/P-1", NULL);
  g_autofree char *held = wb_test_change (self, of, "{\"legal_hold\": true}");
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_erase (self->reg, person, NULL, BASIS, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, "no-legal-hold"));
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
  wb_test_assert_sound (self, 0, 0);
}

static void
without_a_basis_nothing_is_erased (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autofree char *person = g_strconcat (of, "/P-1", NULL);
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_erase (self->reg, person, NULL, "", NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
a_case_needs_two_persons (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_erase (self->reg, of, NULL, BASIS, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

static void
a_line_that_is_missing_without_an_act_is_an_alarm (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);

  wb_test_run_sql (self, "UPDATE disclosure SET line = NULL WHERE number = 4 AND position = 2");
  wb_test_assert_found (self, WB_DEPTH_FULL, "entry");
}

static void
a_second_missing_line_beside_an_erased_one_is_an_alarm (void **state)
{
  static const char *const FIELDS[] = { "name", NULL };
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autofree char *person = g_strconcat (of, "/P-1", NULL);
  g_autoptr (WbErasure) erasure =
      wb_register_erase (self->reg, person, FIELDS, BASIS, NULL, NULL, NULL);

  assert_int_equal (erasure->n_lines, 2);
  wb_test_assert_sound (self, 2, 1);
  wb_test_run_sql (
      self,
      "UPDATE disclosure SET line = NULL WHERE number = 4 AND position = (SELECT position + 1 "
      "FROM disclosure WHERE number = 4 AND line IS NULL)");
  wb_test_assert_found (self, WB_DEPTH_FULL, "entry");
}

static void
an_act_that_says_more_than_is_gone_is_an_alarm (void **state)
{
  static const char *const FIELDS[] = { "name", NULL };
  WbTestRegister *self = *state;
  g_autofree char *of = record_case (self);
  g_autofree char *person = g_strconcat (of, "/P-1", NULL);
  g_autoptr (WbErasure) erasure = NULL;

  wb_test_run_sql (self, "CREATE TABLE kept AS SELECT * FROM disclosure WHERE number = 4;");
  wb_test_register_reopen (self);
  erasure = wb_register_erase (self->reg, person, FIELDS, BASIS, NULL, NULL, NULL);
  assert_non_null (erasure);
  wb_test_run_sql (
      self,
      "DELETE FROM disclosure WHERE number = 4; INSERT INTO disclosure SELECT * FROM kept; "
      "DROP TABLE kept;");
  wb_test_assert_found (self, WB_DEPTH_FULL, "erased");
}

static void
what_a_power_cut_left_is_finished_at_the_next_opening (void **state)
{
  WbTestRegister *self = NULL;
  guint cuts = 0, whole = 0;

  wb_test_vfs_install ();
  for (guint at = 1; at < 500; at += 23) {
    g_autofree char *of = NULL;
    g_autofree char *person = NULL;
    g_autoptr (WbErasure) erasure = NULL;
    guint left;

    wb_test_vfs_seed (at);
    wb_test_register_setup ((void **) &self);
    of = record_case (self);
    person = g_strconcat (of, "/P-1", NULL);
    g_clear_pointer (&self->reg, wb_register_close);
    wb_test_vfs_fail (WB_TEST_FAULT_CUT, G_MAXUINT);
    wb_test_register_reopen (self);
    wb_test_vfs_fail (WB_TEST_FAULT_CUT, at);
    erasure = wb_register_erase (self->reg, person, NULL, BASIS, NULL, NULL, NULL);
    cuts += wb_test_vfs_has_failed ();
    whole += !wb_test_vfs_has_failed ();
    g_clear_pointer (&self->reg, wb_register_close);
    wb_test_vfs_fail (WB_TEST_FAULT_NONE, 0);
    wb_test_register_reopen (self);
    left = wb_test_count_in_store (self, CANARY);
    assert_true (left == 0 || (left > 8 && erasure == NULL));
    if (left == 0)
      assert_true (wb_register_get_size (self->reg) == 8);
    g_clear_pointer (&self->reg, wb_register_close);
    wb_test_register_reopen (self);
    {
      g_autoptr (WbVerification) result =
          wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, NULL);

      assert_true (wb_verification_is_good (result));
    }
    wb_test_register_teardown ((void **) &self);
    if (whole > 0)
      break;
  }
  assert_true (cuts > 8);
  assert_true (whole > 0);
  wb_test_count ("erasure-power-cuts", cuts);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (of_an_erased_person_no_byte_is_left),
    with_register (a_single_field_goes_with_its_history),
    with_register (evidence_goes_with_its_bytes),
    with_register (of_many_persons_only_the_erased_ones_go),
    with_register (a_hold_stops_it_and_the_refusal_is_logged),
    with_register (without_a_basis_nothing_is_erased),
    with_register (a_case_needs_two_persons),
    with_register (a_line_that_is_missing_without_an_act_is_an_alarm),
    with_register (a_second_missing_line_beside_an_erased_one_is_an_alarm),
    with_register (an_act_that_says_more_than_is_gone_is_an_alarm),
    cmocka_unit_test (what_a_power_cut_left_is_finished_at_the_next_opening),
  };

  return cmocka_run_group_tests_name ("erasure", tests, NULL, NULL);
}
