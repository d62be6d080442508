/* SPDX-License-Identifier: EUPL-1.2 */

/* Recording, changing, reading, searching and deadlines: each act is one entry. */
#include "wb-test-register.h"

#include <string.h>

#define ALLEGATION                                                                                 \
  "{\"account\": \"Geduwd tijdens afname van vingerafdrukken.\", \"site\": \"site.schiphol.jcs\"," \
  " \"urgency\": \"urgency.standard\", \"received\": \"2026-11-20T10:00\"}"

static guint64
entries_made_by (WbTestRegister *self, guint64 before)
{
  return wb_register_get_size (self->reg) - before;
}

static void
a_new_register_has_body_user_and_declaration (void **state)
{
  WbTestRegister *self = *state;

  assert_int_equal (wb_register_get_size (self->reg), 3);
  assert_true (g_str_has_prefix (wb_register_get_origin (self->reg), "waarborg/NL-TEST/"));
}

static void
an_allegation_opens_a_case_of_its_own (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);

  assert_string_equal (reference, "NL-TEST-2026-0001/A-1");
  assert_int_equal (wb_register_get_size (self->reg), 5);
}

static void
every_act_is_one_entry (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  guint64 before = wb_register_get_size (self->reg);
  g_autofree char *person = wb_test_record (self,
                                            "person",
                                            "NL-TEST-2026-0001",
                                            "{\"pseudonym\": \"Kiezel-5\", \"name\": \"Jansen\"}");
  g_autoptr (WbRecord) read = NULL;

  assert_int_equal (entries_made_by (self, before), 1);
  before = wb_register_get_size (self->reg);
  g_free (wb_test_change (self, reference, "{\"place\": \"gang B\"}"));
  assert_int_equal (entries_made_by (self, before), 1);
  before = wb_register_get_size (self->reg);
  read = wb_register_read (self->reg, person, FALSE, NULL, NULL);
  assert_int_equal (entries_made_by (self, before), 0);
  g_clear_pointer (&read, wb_record_free);
  read = wb_register_read (self->reg, person, TRUE, "contact opnemen", NULL);
  assert_int_equal (entries_made_by (self, before), 1);
  assert_string_equal (json_object_get_string_member (read->fields, "name"), "Jansen");
}

static void
a_name_is_hidden_until_asked_for (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autofree char *person = wb_test_record (self,
                                            "person",
                                            reference,
                                            "{\"pseudonym\": \"Kiezel-5\", \"name\": \"Jansen\"}");
  g_autoptr (WbRecord) read = wb_register_read (self->reg, person, FALSE, NULL, NULL);
  g_autoptr (GPtrArray) hits = wb_register_search (self->reg, "Jansen", 10, NULL);

  assert_false (json_object_has_member (read->fields, "name"));
  assert_string_equal (read->hidden[0], "name");
  assert_int_equal (hits->len, 0);
}

static void
nobody_enters_what_the_program_computes (void **state)
{
  static const char *const forged[] = { "{\"kind\": \"doc.photo\", \"sha256\": \"00\"}",
                                        "{\"kind\": \"doc.photo\", \"file\": true}" };
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autofree char *paper = wb_test_record (self, "evidence", reference, "{\"title\": \"Brief\"}");
  guint64 before = wb_register_get_size (self->reg);

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++) {
    g_autoptr (JsonNode) node = json_from_string (forged[i], NULL);
    JsonObject *fields = json_node_get_object (node);
    g_autoptr (GError) error = NULL;

    assert_null (wb_register_record (self->reg, "evidence", NULL, reference, fields, NULL, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_null (wb_register_change (self->reg, paper, fields, NULL, NULL));
  }
  assert_int_equal (entries_made_by (self, before), 0);
}

static void
search_finds_beginnings_of_words_and_labels (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autoptr (GPtrArray) by_text = wb_register_search (self->reg, "vingeraf", 10, NULL);
  g_autoptr (GPtrArray) by_label = wb_register_search (self->reg, "justitieel complex", 10, NULL);
  g_autoptr (GPtrArray) by_operator = wb_register_search (self->reg, "\" OR NOT * (", 10, NULL);
  WbCaseQuery query = { .words = "geduwd schiphol" };
  guint n;

  assert_int_equal (by_text->len, 1);
  assert_int_equal (by_label->len, 1);
  assert_non_null (by_operator);
  assert_true (wb_register_count_cases (self->reg, &query, &n, NULL));
  assert_int_equal (n, 1);
  query.words = "geduwd amsterdamcentraal";
  assert_true (wb_register_count_cases (self->reg, &query, &n, NULL));
  assert_int_equal (n, 0);
}

static void
deadlines_start_move_and_are_met (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_deadlines (self->reg, "NL-TEST-2026-0001", wb_clock_now (), FALSE, NULL);
  gboolean acknowledged = FALSE;

  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (g_str_equal (deadline->clock->rule, "pol.ack")) {
      assert_string_equal (deadline->clock->due, "2026-11-24");
      assert_int_equal (deadline->state, WB_CLOCK_RUNNING);
      acknowledged = TRUE;
    }
  }
  assert_true (acknowledged);
  g_free (wb_test_change (self, reference, "{\"ack_sent\": \"2026-11-23\"}"));
  g_clear_pointer (&deadlines, g_ptr_array_unref);
  deadlines =
      wb_register_list_deadlines (self->reg, "NL-TEST-2026-0001", wb_clock_now (), FALSE, NULL);
  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (g_str_equal (deadline->clock->rule, "pol.ack"))
      assert_int_equal (deadline->state, WB_CLOCK_MET);
  }
}

static gboolean
has_rule (GPtrArray *deadlines, const char *code)
{
  for (guint i = 0; i < deadlines->len; i++) {
    if (g_str_equal (((const WbDeadline *) g_ptr_array_index (deadlines, i))->clock->rule, code))
      return TRUE;
  }
  return FALSE;
}

static void
a_transferred_case_has_no_next_target_that_nobody_can_keep (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autofree char *of_case = g_strndup (reference, strlen (reference) - strlen ("/A-1"));
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) all = NULL;

  wb_test_move (self, of_case, "status.triage");
  due = wb_register_list_deadlines (self->reg, of_case, wb_clock_now (), TRUE, NULL);
  assert_true (has_rule (due, "pol.ack"));
  g_clear_pointer (&due, g_ptr_array_unref);
  g_free (wb_test_record (self,
                          "consent",
                          of_case,
                          "{\"purpose\": \"consent.transfer\", \"state\": \"consentstate.given\", "
                          "\"recipient\": \"target.ijenv\"}"));
  g_free (wb_test_record (self,
                          "referral",
                          of_case,
                          "{\"target\": \"target.ijenv\", \"form\": \"form.transfer\"}"));
  g_free (wb_test_change (self, of_case, "{\"transferred_to\": \"target.ijenv\"}"));
  wb_test_move (self, of_case, "status.transferred");
  due = wb_register_list_deadlines (self->reg, of_case, wb_clock_now (), TRUE, NULL);
  all = wb_register_list_deadlines (self->reg, of_case, wb_clock_now (), FALSE, NULL);
  assert_false (has_rule (due, "pol.ack"));
  assert_true (has_rule (all, "pol.ack"));
  g_clear_pointer (&due, g_ptr_array_unref);
  wb_test_move (self, of_case, "status.assessment");
  due = wb_register_list_deadlines (self->reg, of_case, wb_clock_now (), TRUE, NULL);
  assert_true (has_rule (due, "pol.ack"));
}

static void
reasons_of_urgency_raise_it (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference =
      wb_test_record (self,
                      "allegation",
                      NULL,
                      "{\"account\": \"x\", \"urgency\": \"urgency.standard\","
                      " \"urgency_reasons\": [\"urgreason.child_detained\"]}");
  g_autoptr (WbRecord) record = wb_register_read (self->reg, reference, FALSE, NULL, NULL);

  assert_string_equal (json_object_get_string_member (record->fields, "urgency"), "urgency.urgent");
}

static void
cases_sort_by_status_as_a_case_goes (void **state)
{
  static const char *const expected[] = { "status.registered",
                                          "status.triage",
                                          "status.assessment" };
  WbTestRegister *self = *state;
  const WbCaseQuery query = { .sort = WB_CASE_SORT_STATUS };
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = G_N_ELEMENTS (expected); i > 0; i--) {
    g_autofree char *reference = wb_test_record (self, "case", NULL, "{}");

    if (i > 1)
      wb_test_move (self, reference, "status.triage");
    if (i > 2)
      wb_test_move (self, reference, "status.assessment");
  }
  rows = wb_register_list_cases (self->reg, &query, 0, 10, NULL);

  assert_int_equal (rows->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    assert_string_equal (((const WbCaseRow *) g_ptr_array_index (rows, i))->status, expected[i]);
}

static void
a_forbidden_move_is_refused_and_logged (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "case", NULL, "{}");
  g_autoptr (JsonObject) fields = wb_test_object ("{\"status\": \"status.destroyed\"}");
  g_autoptr (GError) error = NULL;
  guint64 before = wb_register_get_size (self->reg);

  assert_null (wb_register_change (self->reg, reference, fields, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_int_equal (entries_made_by (self, before), 1);
}

static void
bad_input_changes_nothing (void **state)
{
  static const char *const BAD[] = {
    "{\"account\": \"x\", \"colour\": \"red\"}",
    "{\"account\": 7}",
    "{\"account\": \"x\", \"when\": \"2026-02-30\"}",
    "{\"account\": \"x\", \"site\": \"site.mars\"}",
    "{}",
  };
  WbTestRegister *self = *state;
  guint64 before = wb_register_get_size (self->reg);

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_autoptr (JsonObject) fields = wb_test_object (BAD[i]);
    g_autoptr (GError) error = NULL;

    assert_null (wb_register_record (self->reg, "allegation", NULL, NULL, fields, NULL, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_int_equal (wb_register_get_size (self->reg), before);
  }
}

static void
it_opens_again_as_it_was (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autofree char *origin = g_strdup (wb_register_get_origin (self->reg));
  guint64 size = wb_register_get_size (self->reg);
  g_autoptr (WbRecord) record = NULL;

  wb_test_register_reopen (self);
  assert_int_equal (wb_register_get_size (self->reg), size);
  assert_string_equal (wb_register_get_origin (self->reg), origin);
  record = wb_register_read (self->reg, reference, FALSE, NULL, NULL);
  assert_non_null (record);
  g_free (wb_test_change (self, reference, "{\"place\": \"gang B\"}"));
}

static void
a_second_user_signs_with_a_key_of_their_own (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) passphrase = wb_test_secret ("another passphrase");
  g_autofree char *first = g_strdup (wb_register_get_fingerprint (self->reg));
  g_autoptr (GError) error = NULL;

  assert_true (wb_register_add_user (self->reg, "bram", passphrase, &error));
  g_clear_pointer (&self->reg, wb_register_close);
  self->reg = wb_register_open (self->path, "bram", passphrase, &error);
  wb_assert_no_error (error);
  assert_string_not_equal (wb_register_get_fingerprint (self->reg), first);
  g_free (wb_test_record (self, "allegation", NULL, ALLEGATION));
}

static void
the_passphrase_can_be_changed (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) current = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbSecret) fresh = wb_test_secret ("a fresh one");
  g_autoptr (GError) error = NULL;

  assert_true (wb_register_change_passphrase (self->reg, current, fresh, &error));
  g_clear_pointer (&self->reg, wb_register_close);
  assert_null (wb_register_open (self->path, "anna", current, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_WRONG_KEY);
  g_clear_error (&error);
  self->reg = wb_register_open (self->path, "anna", fresh, &error);
  wb_assert_no_error (error);
}

static void
sealed_values_open_for_their_author_only (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *allegation = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autofree char *person = wb_test_record (self,
                                            "person",
                                            allegation,
                                            "{\"whistleblower_identity\": \"Baken is Jansen\"}");
  g_autoptr (WbSecret) passphrase = wb_test_secret ("another passphrase");
  g_autoptr (WbRecord) mine = wb_register_read (self->reg, person, TRUE, NULL, NULL);
  g_autoptr (WbRecord) theirs = NULL;

  assert_string_equal (json_object_get_string_member (mine->fields, "whistleblower_identity"),
                       "Baken is Jansen");
  assert_true (wb_register_add_user (self->reg, "bram", passphrase, NULL));
  g_clear_pointer (&self->reg, wb_register_close);
  self->reg = wb_register_open (self->path, "bram", passphrase, NULL);
  theirs = wb_register_read (self->reg, person, TRUE, NULL, NULL);
  assert_false (json_object_has_member (theirs->fields, "whistleblower_identity"));
  assert_string_equal (theirs->hidden[0], "whistleblower_identity");
}

static void
drafts_are_kept_and_dropped (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) draft = wb_test_object ("{\"account\": \"half een zin\"}");
  g_autoptr (JsonObject) loaded = NULL;
  g_auto (GStrv) keys = NULL;
  guint64 before = wb_register_get_size (self->reg);

  assert_true (wb_register_save_draft (self->reg, "new-allegation", draft, NULL));
  wb_test_register_reopen (self);
  loaded = wb_register_load_draft (self->reg, "new-allegation", NULL);
  assert_string_equal (json_object_get_string_member (loaded, "account"), "half een zin");
  assert_true (wb_register_save_draft (self->reg, "new-allegation", NULL, NULL));
  keys = wb_register_list_drafts (self->reg, NULL);
  assert_null (keys[0]);
  assert_int_equal (wb_register_get_size (self->reg), before);
}

static void
a_clock_that_jumps_back_is_noted (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autoptr (GPtrArray) log = NULL;
  const WbLogRow *last;

  wb_test_now ("2026-11-24T08:00:00Z");
  g_free (wb_test_change (self, reference, "{\"place\": \"gang B\"}"));
  log = wb_register_list_log (self->reg, NULL, wb_register_get_size (self->reg) - 1, 10, NULL);
  last = g_ptr_array_index (log, 0);
  assert_true (g_strv_contains ((const char *const *) last->fields, "act_clock"));
}

static void
items_of_one_file_are_all_or_nothing (void **state)
{
  static const char JSON[] =
      "{\"records\": [{\"type\": \"case\", \"handle\": \"@zaak\", \"fields\": {\"title\": "
      "\"Proef\"}},"
      "{\"type\": \"allegation\", \"case\": \"@zaak\", \"fields\": {\"account\": \"x\", \"site\": "
      "\"site.mars\"}}]}";
  WbTestRegister *self = *state;
  g_autoptr (GBytes) bytes = g_bytes_new_static (JSON, sizeof JSON - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, &error);
  guint64 before = wb_register_get_size (self->reg);

  wb_assert_no_error (error);
  assert_null (wb_register_record_items (self->reg, items, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_int_equal (wb_register_get_size (self->reg), before);
  /* The head in memory went back too: the next act fits. */
  g_free (wb_test_record (self, "allegation", NULL, ALLEGATION));
}

static void
a_refused_move_in_a_file_is_logged_too (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autofree char *json = g_strdup_printf (
      "{\"records\": [{\"change\": \"%.17s\", \"fields\": {\"status\": \"status.destroyed\"}}]}",
      reference);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, NULL);
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;
  guint64 size = wb_register_get_size (self->reg);

  assert_null (wb_register_record_items (self->reg, items, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_int_equal (wb_register_get_size (self->reg), size + 1);
  log = wb_register_list_log (self->reg, NULL, size, 1, NULL);
  assert_string_equal (((const WbLogRow *) g_ptr_array_index (log, 0))->event, "refused");
}

static void
an_export_that_cannot_be_is_refused_before_it_is_logged (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  const char *const wrong[] = { "age1qqqqqqqqqqq", NULL };
  g_autofree char *good = g_build_filename (self->folder, "bundle.zip", NULL);
  g_autofree char *nowhere = g_build_filename (self->folder, "absent", "bundle.zip", NULL);
  const struct {
    const char *path;
    WbExportOptions options;
  } cases[] = {
    { good, { .recipients = wrong } }, { good, { .plain = TRUE, .recipients = wrong } },
    { good, { .plain = FALSE } },      { good, { .plain = TRUE, .profile = "everything" } },
    { nowhere, { .plain = TRUE } },    { self->path, { .plain = TRUE } }
  };
  guint64 size = wb_register_get_size (self->reg);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (wb_register_export (self->reg,
                                      reference,
                                      cases[i].path,
                                      &cases[i].options,
                                      NULL,
                                      NULL,
                                      NULL,
                                      NULL,
                                      &error));
    assert_non_null (error);
    assert_int_equal (wb_register_get_size (self->reg), size);
    assert_false (g_file_test (good, G_FILE_TEST_EXISTS));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_new_register_has_body_user_and_declaration),
    with_register (an_allegation_opens_a_case_of_its_own),
    with_register (every_act_is_one_entry),
    with_register (a_name_is_hidden_until_asked_for),
    with_register (nobody_enters_what_the_program_computes),
    with_register (search_finds_beginnings_of_words_and_labels),
    with_register (deadlines_start_move_and_are_met),
    with_register (a_transferred_case_has_no_next_target_that_nobody_can_keep),
    with_register (reasons_of_urgency_raise_it),
    with_register (cases_sort_by_status_as_a_case_goes),
    with_register (a_forbidden_move_is_refused_and_logged),
    with_register (bad_input_changes_nothing),
    with_register (it_opens_again_as_it_was),
    with_register (a_second_user_signs_with_a_key_of_their_own),
    with_register (the_passphrase_can_be_changed),
    with_register (sealed_values_open_for_their_author_only),
    with_register (drafts_are_kept_and_dropped),
    with_register (a_clock_that_jumps_back_is_noted),
    with_register (items_of_one_file_are_all_or_nothing),
    with_register (a_refused_move_in_a_file_is_logged_too),
    with_register (an_export_that_cannot_be_is_refused_before_it_is_logged),
  };

  return cmocka_run_group_tests_name ("register", tests, NULL, NULL);
}
