/* SPDX-License-Identifier: EUPL-1.2 */

/* Destroying a case: when it may, by whom, and that nothing of it is left anywhere. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-case-table.h"
#include "wb-register-backup.h"
#include "wb-register-private.h"
#include "wb-test-erase.h"

#define CANARY "KanariePieternella"
#define BASIS "Selectielijst 2026, 3.2"
#define PASSPHRASE_B "een heel andere zin van bob"
#define CASE "NL-TEST-2026-0001"

static const char LIST[] =
    "{\"rule\": \"pol.retention\", \"category\": \"retention.signal\", \"length\": 5, \"unit\": "
    "\"y\", \"start\": \"retentionstart.closed\", \"action\": \"retentionaction.destroy\", "
    "\"basis\": \"Selectielijst 2026, 3.2\"}";

static JsonNode *
canary_value (const WbField *field)
{
  switch (field->type) {
  case WB_FIELD_TEXT:
  case WB_FIELD_LONGTEXT:
    return wb_json_string (CANARY " en meer");
  case WB_FIELD_MOMENT:
    return json_from_string ("{\"at\": \"2026-07-18\", \"words\": \"" CANARY "\"}", NULL);
  case WB_FIELD_BOOLEAN:
    return json_node_init_boolean (json_node_alloc (), TRUE);
  case WB_FIELD_CODE:
  case WB_FIELD_CODES:
  case WB_FIELD_DATE:
  case WB_FIELD_INTEGER:
  case WB_FIELD_RECORD:
  case WB_FIELD_RECORDS:
  case WB_FIELD_LANGUAGE:
  case WB_FIELD_LANGUAGES:
  case WB_FIELD_COUNTRY:
  case WB_FIELD_TERMS:
  default:
    return NULL;
  }
}

/* Required codes and references are filled with the first that fits. */
static JsonNode *
needed_value (WbTestRegister *self, const WbField *field)
{
  const WbModel *model = wb_register_get_model (self->reg);
  g_autoptr (GPtrArray) terms = NULL;

  if (field->need != WB_NEED_REQUIRED || field->vocabulary == NULL)
    return NULL;
  terms = wb_model_list_terms (model, field->vocabulary);
  if (field->type != WB_FIELD_CODE || terms->len == 0)
    return NULL;
  return wb_json_string (((const WbTerm *) g_ptr_array_index (terms, 0))->code);
}

/* Fields that only take the name of a user. */
static gboolean
is_name_of_user (const char *field)
{
  static const char *const NAMES[] = { "holder", "second_reader", "user", NULL };

  return g_strv_contains (NAMES, field);
}

static JsonObject *
canary_fields (WbTestRegister *self, const WbRecordType *type)
{
  const WbModel *model = wb_register_get_model (self->reg);
  JsonObject *fields = json_object_new ();

  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = field->system ? NULL : canary_value (field);
    g_autoptr (JsonObject) alone = json_object_new ();

    if (value == NULL && !field->system)
      value = needed_value (self, field);
    if (value == NULL)
      continue;
    if (is_name_of_user (field->name)) {
      json_node_unref (value);
      continue;
    }
    json_object_set_member (alone, field->name, json_node_copy (value));
    if (wb_model_check (model, type->name, alone, FALSE, wb_register_get_zone (self->reg), NULL))
      json_object_set_member (fields, field->name, value);
    else
      json_node_unref (value);
  }
  return fields;
}

/* One record of every type that can belong to the case, a canary in every field that takes words.
 */
static guint
record_everything (WbTestRegister *self)
{
  GPtrArray *types = wb_model_get_types (wb_register_get_model (self->reg));
  guint n = 0;

  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);
    g_autoptr (JsonObject) fields = NULL;
    g_autoptr (WbRecord) record = NULL;

    if (type->prefix == NULL || type->scope == WB_SCOPE_REGISTER || type->system)
      continue;
    fields = canary_fields (self, type);
    if (g_str_equal (type->name, "dsr"))
      json_object_set_string_member (fields, "kind", "dsrkind.access");
    if (g_str_equal (type->name, "finding"))
      json_object_set_string_member (fields, "comment_due", "2026-12-01");
    if (g_str_equal (type->name, "custody")) {
      json_object_set_string_member (fields, "document", CASE "/E-1");
      json_object_set_string_member (fields, "when", "2026-11-23");
    }
    record = wb_register_record (self->reg, type->name, NULL, CASE, fields, CANARY, NULL);
    n += record != NULL;
  }
  return n;
}

static void
attach_canary (WbTestRegister *self)
{
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data (CANARY " als bestand", -1, NULL);
  g_autoptr (WbRecord) evidence =
      wb_register_attach (self->reg, CASE, CANARY ".txt", stream, 0, NULL, NULL, NULL, NULL, NULL);

  assert_non_null (evidence);
}

static void
export_plain (WbTestRegister *self, const char *name, const char *purpose)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  WbExportOptions options = { "full", NULL, TRUE, purpose, WB_LANGUAGE_NL };
  g_autoptr (GError) error = NULL;
  gboolean done =
      wb_register_export (self->reg, CASE, path, &options, NULL, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  assert_true (done);
}

/* As the workflow would leave it after years, without going its whole way. */
static void
set_case (WbTestRegister *self, const char *json)
{
  g_autofree char *id = wb_register_resolve (self->reg, CASE, NULL);
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("case", id, id, "changed");
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    wb_act_draft_add (draft, name, value);
  assert_true (wb_register_append_alone (self->reg, draft, &error));
}

static void
add_bob (WbTestRegister *self)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (PASSPHRASE_B);
  g_autoptr (GError) error = NULL;

  assert_true (wb_register_add_user (self->reg, "bob", passphrase, &error));
}

static void
reopen_as_bob (WbTestRegister *self)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (PASSPHRASE_B);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reg, wb_register_close);
  self->reg = wb_register_open (self->path, "bob", passphrase, &error);
  wb_assert_no_error (error);
}

static char *
propose (WbTestRegister *self)
{
  return wb_test_record (self,
                         "decision",
                         NULL,
                         "{\"kind\": \"decisionkind.destroy\", \"about\": [\"" CASE
                         "\"], \"choice\": \"decisionchoice.do\", \"ground\": \"Lijst 3.2\"}");
}

static void
decide (WbTestRegister *self, const char *reference, const char *state)
{
  g_autofree char *id = wb_register_resolve (self->reg, reference, NULL);
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("decision", id, NULL, "decided");
  g_autoptr (GError) error = NULL;

  wb_act_draft_add_text (draft, "state", state);
  wb_act_draft_add_text (draft, "decided_by", wb_register_get_user (self->reg));
  assert_true (wb_register_append_alone (self->reg, draft, &error));
}

static void
record_case (WbTestRegister *self)
{
  g_autofree char *list = wb_test_record (self, "target", NULL, LIST);
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"" CANARY "\"}");

  assert_true (record_everything (self) > 10);
  attach_canary (self);
  export_plain (self, "before.zip", "aan " CANARY);
  add_bob (self);
  set_case (self,
            "{\"status\": \"status.archived\", \"closed\": \"2027-01-15\", "
            "\"retention_category\": \"retention.signal\"}");
}

/* Requests that record_everything() made are answered. */
static void
answer_requests (WbTestRegister *self)
{
  g_autoptr (GPtrArray) records = wb_register_read_case (self->reg, CASE, NULL);

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    g_autofree char *changed = NULL;

    if (g_str_equal (record->type, "dsr"))
      changed = wb_test_change (self, record->reference, "{\"decided\": \"2027-02-01\"}");
  }
}

static void
assert_refused (WbTestRegister *self, const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *named = g_strdup_printf ("rule %s", rule);

  assert_null (wb_register_erase (self->reg, CASE, NULL, BASIS, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  if (strstr (error->message, named) == NULL)
    fail_msg ("not by %s: %s", rule, error->message);
}

static WbErasure *
destroy (WbTestRegister *self)
{
  g_autofree char *decision = propose (self);
  g_autoptr (GError) error = NULL;
  WbErasure *erasure;

  reopen_as_bob (self);
  decide (self, decision, "decisionstate.confirmed");
  erasure = wb_register_erase (self->reg, CASE, NULL, BASIS, NULL, NULL, &error);
  wb_assert_no_error (error);
  return erasure;
}

static gboolean
file_holds (const char *path, const char *canary)
{
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return memmem (bytes, size, canary, strlen (canary)) != NULL;
}

static void
of_a_destroyed_case_no_byte_is_left_and_all_verifies (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (WbRecord) left = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *after = g_build_filename (self->folder, "after.zip", NULL);
  guint fields;

  record_case (self);
  answer_requests (self);
  fields = wb_test_count_in_store (self, CANARY);
  wb_test_now ("2032-04-02T09:00:00Z");
  erasure = destroy (self);
  print_message ("canary %u times before, %u values erased\n", fields, (guint) erasure->n_lines);
  assert_true (fields > 200);
  assert_true (erasure->scrubbed);
  assert_int_equal (erasure->n_files, 2);
  assert_int_equal (erasure->copies->len, 2); /* the bundle and the letter */
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  left = wb_register_read (self->reg, CASE, TRUE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (left->fields, "status"), "status.destroyed");
  assert_string_equal (json_object_get_string_member (left->fields, "closed"), "2027-01-15");
  hits = wb_register_search (self->reg, "kanarie", 10, NULL);
  assert_int_equal (hits->len, 0);
  wb_test_assert_sound (self, erasure->n_lines, 1);
  export_plain (self, "after.zip", "archief");
  wb_test_assert_sound (self, erasure->n_lines, 1);
  assert_false (file_holds (after, CANARY));
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  wb_test_register_reopen (self);
  wb_test_assert_sound (self, erasure->n_lines, 1);
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
}

/* SQLite 3.46 damages an index of words that was emptied row by row in a change that was dropped.
 */
static void
the_index_of_words_outlives_verifying_and_rebuilding (void **state)
{
  static const char *const FIELDS[] = { "account", NULL };
  WbTestRegister *self = *state;
  g_autofree char *reference =
      wb_test_record (self, "allegation", NULL, "{\"account\": \"Geduwd in de gang.\"}");
  g_autoptr (WbErasure) erasure =
      wb_register_erase (self->reg, reference, FIELDS, BASIS, NULL, NULL, NULL);

  assert_non_null (erasure);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *note = wb_test_record (self, "note", CASE, "{\"text\": \"Gang A.\"}");

    wb_test_assert_sound (self, erasure->n_lines, 1);
    assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
    wb_test_register_reopen (self);
  }
  wb_test_assert_sound (self, erasure->n_lines, 1);
}

static void
the_declaration_says_what_the_law_asks (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (WbSheet) sheet = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint64 before;

  record_case (self);
  answer_requests (self);
  wb_test_now ("2032-04-02T09:00:00Z");
  erasure = destroy (self);
  assert_string_equal (erasure->certificate, "NL-TEST-DX-1");
  before = wb_register_get_size (self->reg);
  sheet =
      wb_register_make_certificate (self->reg, erasure->certificate, WB_LANGUAGE_NL, FALSE, NULL);
  assert_int_equal (wb_register_get_size (self->reg), before);
  text = wb_sheet_to_text (sheet);
  assert_non_null (strstr (text, CASE));
  assert_non_null (strstr (text, "Individueel signaal"));
  assert_non_null (strstr (text, "NL-TEST-D-1"));
  assert_non_null (strstr (text, "Selectielijst 2026, 3.2"));
  assert_non_null (strstr (text, "2032"));
  assert_null (strstr (text, CANARY));
  pdf = wb_sheet_draw (sheet, WB_LANGUAGE_NL, NULL);
  assert_memory_equal (g_bytes_get_data (pdf, NULL), "%PDF", 4);
  g_clear_pointer (&sheet, wb_sheet_free);
  sheet =
      wb_register_make_certificate (self->reg, erasure->certificate, WB_LANGUAGE_NL, TRUE, NULL);
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
}

static void
each_rule_stops_it_by_name (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"Duin\"}");
  g_autofree char *person = wb_test_record (self, "person", CASE, "{\"pseudonym\": \"Duin-22\"}");
  g_autofree char *list = NULL;
  g_autofree char *request = NULL;
  g_autofree char *answered = NULL;

  assert_refused (self, "archived");
  set_case (self, "{\"status\": \"status.archived\", \"closed\": \"2027-01-15\"}");
  assert_refused (self, "category");
  set_case (self, "{\"retention_category\": \"retention.signal\"}");
  assert_refused (self, "selection-list");
  list = wb_test_record (self, "target", NULL, LIST);
  wb_test_now ("2032-01-14T22:30:00Z"); /* 23:30 in the body's zone */
  assert_refused (self, "retention-expired");
  wb_test_now ("2032-01-14T23:30:00Z");
  set_case (self, "{\"legal_hold\": true}");
  assert_refused (self, "no-legal-hold");
  set_case (self, "{\"legal_hold\": null}");
  request = wb_test_record (
      self,
      "dsr",
      NULL,
      "{\"kind\": \"dsrkind.access\", \"person\": \"NL-TEST-2026-0001/P-1\", \"received\": "
      "\"2032-01-10\"}");
  assert_refused (self, "no-open-request");
  answered = wb_test_change (self, request, "{\"decided\": \"2032-01-12\", \"answer\": \"x\"}");
  assert_refused (self, "two-persons");
  set_case (self, "{\"retention_category\": \"retention.keep\"}");
  assert_refused (self, "not-kept");
}

static void
nobody_approves_their_own_proposal (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;

  record_case (self);
  answer_requests (self);
  wb_test_now ("2032-04-02T09:00:00Z");
  decision = propose (self);
  decide (self, decision, "decisionstate.confirmed");
  assert_refused (self, "two-persons");
  reopen_as_bob (self);
  decide (self, decision, "decisionstate.rejected");
  assert_refused (self, "two-persons");
}

static void
an_approval_from_before_the_case_was_reopened_is_none (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;

  record_case (self);
  answer_requests (self);
  wb_test_now ("2032-04-02T09:00:00Z");
  decision = propose (self);
  reopen_as_bob (self);
  decide (self, decision, "decisionstate.confirmed");
  set_case (self, "{\"status\": \"status.assessment\"}");
  set_case (self, "{\"status\": \"status.archived\"}");
  assert_refused (self, "two-persons");
}

static void
nothing_is_added_to_a_destroyed_case (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (JsonObject) fields = wb_test_object ("{\"text\": \"Nog iets.\"}");
  g_autoptr (GError) error = NULL;
  g_autofree char *fresh = NULL;

  record_case (self);
  answer_requests (self);
  wb_test_now ("2032-04-02T09:00:00Z");
  erasure = destroy (self);
  assert_null (wb_register_record (self->reg, "note", NULL, CASE, fields, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_null (wb_register_erase (self->reg, CASE, NULL, BASIS, NULL, NULL, NULL));
  wb_test_now ("2026-12-01T09:00:00Z");
  fresh = wb_test_record (self, "case", NULL, "{\"title\": \"Nieuw\"}");
  assert_string_not_equal (fresh, CASE); /* numbers are not given twice */
}

static void
retention_lists_what_is_due_and_what_stops_it (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) list = NULL;
  const WbRetention *retention;

  record_case (self);
  answer_requests (self);
  wb_test_now ("2031-12-01T09:00:00Z");
  list = wb_register_list_retention (self->reg, wb_clock_now (), FALSE, NULL);
  assert_int_equal (list->len, 0);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = wb_register_list_retention (self->reg, wb_clock_now (), TRUE, NULL);
  assert_int_equal (list->len, 1);
  retention = g_ptr_array_index (list, 0);
  assert_string_equal (retention->due, "2032-01-15");
  assert_int_equal (retention->state, WB_RETENTION_RUNNING);
  g_clear_pointer (&list, g_ptr_array_unref);
  wb_test_now ("2032-01-15T09:00:00Z");
  set_case (self, "{\"legal_hold\": true}");
  list = wb_register_list_retention (self->reg, wb_clock_now (), FALSE, NULL);
  retention = g_ptr_array_index (list, 0);
  assert_int_equal (retention->state, WB_RETENTION_BLOCKED);
  assert_string_equal (((const WbErasureBlock *) g_ptr_array_index (retention->blocks, 0))->rule,
                       "no-legal-hold");
  g_clear_pointer (&list, g_ptr_array_unref);
  set_case (self, "{\"legal_hold\": false}");
  list = wb_register_list_retention (self->reg, wb_clock_now (), FALSE, NULL);
  assert_int_equal (((const WbRetention *) g_ptr_array_index (list, 0))->state,
                    WB_RETENTION_REVIEW);
  g_clear_pointer (&list, g_ptr_array_unref);
  set_case (self, "{\"retention_reviewed\": \"2032-01-16\"}");
  list = wb_register_list_retention (self->reg, wb_clock_now (), FALSE, NULL);
  assert_int_equal (((const WbRetention *) g_ptr_array_index (list, 0))->state, WB_RETENTION_DUE);
}

static void
recipients_come_from_the_log (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"Duin\"}");
  g_autofree char *person = wb_test_record (self, "person", CASE, "{\"pseudonym\": \"Duin-22\"}");
  g_autofree char *referral = wb_test_record (
      self,
      "referral",
      CASE,
      "{\"target\": \"target.om\", \"form\": \"form.signal\", \"sent\": \"2026-11-20\", "
      "\"target_name\": \"Parket Noord\"}");
  g_autofree char *waiting =
      wb_test_record (self,
                      "referral",
                      CASE,
                      "{\"target\": \"target.lawyer\", \"form\": \"form.signal\"}");
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GError) error = NULL;

  export_plain (self, "een.zip", NULL);
  copies = wb_register_list_recipients (self->reg, "NL-TEST-2026-0001/P-1", &error);
  wb_assert_no_error (error);
  assert_int_equal (copies->len, 2);
  assert_string_equal (((const WbCopy *) g_ptr_array_index (copies, 0))->name, "Parket Noord");
  assert_string_equal (((const WbCopy *) g_ptr_array_index (copies, 1))->kind, "bundle");
  assert_string_equal (((const WbCopy *) g_ptr_array_index (copies, 1))->what, "full");
}

static void
export_list (WbTestRegister *self)
{
  const WbCaseQuery query = { 0 };
  const WbCaseTable table = { .query = &query, .fields = WB_CASE_FIELDS_ALL };
  g_autofree char *path = g_build_filename (self->folder, "list.csv", NULL);
  g_autoptr (GError) error = NULL;

  (void) wb_register_export_case_table (self->reg, &table, path, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
}

static void
a_list_that_was_exported_since_the_case_was_there_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *of = NULL;

  export_list (self); /* which cannot hold it */
  wb_test_now ("2026-11-25T09:00:00Z");
  of = wb_test_record (self, "case", NULL, "{\"title\": \"Duin\"}");
  wb_test_now ("2026-11-26T09:00:00Z");
  export_list (self);
  copies = wb_register_list_recipients (self->reg, CASE, &error);
  wb_assert_no_error (error);
  assert_int_equal (copies->len, 1);
  assert_string_equal (((const WbCopy *) g_ptr_array_index (copies, 0))->kind, "list");
  assert_int_equal (((const WbCopy *) g_ptr_array_index (copies, 0))->number,
                    wb_register_get_size (self->reg) - 1);
}

static void
a_later_backup_holds_nothing_and_an_earlier_one_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *before = g_build_filename (self->folder, "before.backup", NULL);
  g_autofree char *after = g_build_filename (self->folder, "after.backup", NULL);
  g_autofree char *restored = g_build_filename (self->folder, "restored.waarborg", NULL);
  g_autoptr (WbSecret) phrase = wb_test_secret ("een zin voor de back-up");
  g_autoptr (WbSecret) own = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbVerification) result = NULL;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = self->path;
  gboolean told = FALSE;

  record_case (self);
  answer_requests (self);
  wb_register_backup (self->reg, before, NULL, phrase, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  wb_test_now ("2032-04-02T09:00:00Z");
  erasure = destroy (self);
  for (guint i = 0; i < erasure->copies->len; i++)
    told |= g_str_equal (((const WbCopy *) g_ptr_array_index (erasure->copies, i))->kind, "backup");
  assert_true (told);
  wb_register_backup (self->reg, after, NULL, phrase, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  g_clear_pointer (&self->reg, wb_register_close);
  wb_register_restore (after,
                       NULL,
                       phrase,
                       restored,
                       "anna",
                       own,
                       NULL,
                       NULL,
                       NULL,
                       &result,
                       &error);
  wb_assert_no_error (error);
  self->path = restored;
  wb_test_register_reopen (self);
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  g_clear_pointer (&self->reg, wb_register_close);
  self->path = g_steal_pointer (&path);
}

static void
destroy_until_killed (const char *path)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (PASSPHRASE_B);
  WbRegister *reg = wb_register_open (path, "bob", passphrase, NULL);
  WbErasure *erasure =
      reg != NULL ? wb_register_erase (reg, CASE, NULL, BASIS, NULL, NULL, NULL) : NULL;

  wb_erasure_free (erasure);
  _exit (0);
}

/* Either not begun, or finished at the next opening. */
static void
kill_9_leaves_all_or_nothing (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;
  guint kills = 0;
  guint64 before;

  record_case (self);
  answer_requests (self);
  wb_test_now ("2032-04-02T09:00:00Z");
  decision = propose (self);
  reopen_as_bob (self);
  decide (self, decision, "decisionstate.confirmed");
  before = wb_register_get_size (self->reg);
  for (gulong wait = 1000; kills < 60; wait += 5000 + wait / 6, kills++) {
    pid_t child;
    guint left;

    g_clear_pointer (&self->reg, wb_register_close);
    child = fork ();
    if (child == 0)
      destroy_until_killed (self->path);
    g_usleep (wait);
    kill (child, SIGKILL);
    waitpid (child, NULL, 0);
    wb_test_register_reopen (self);
    left = wb_test_count_in_store (self, CANARY);
    assert_true ((left == 0) == (wb_register_get_size (self->reg) > before));
    if (left == 0)
      break;
  }
  assert_true (wb_register_get_size (self->reg) > before); /* the last one came to its end */
  wb_test_count ("destruction-kills", kills);
  {
    g_autoptr (WbVerification) result =
        wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, NULL);

    assert_true (wb_verification_is_good (result));
  }
}

/* Somebody with the key who destroys alone, with a forged act: verification tells. */
static void
a_destruction_without_two_persons_is_an_alarm (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"Duin\"}");
  g_autofree char *id = wb_register_resolve (self->reg, CASE, NULL);
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("case", id, id, "erased");
  g_autoptr (JsonNode) erased =
      json_from_string ("{\"scope\": \"case\", \"lines\": [[3, 0, 0]]}", NULL);

  wb_act_draft_add (draft, "act_erased", erased);
  assert_true (wb_register_append_alone (self->reg, draft, NULL));
  wb_test_run_sql (self,
                   "UPDATE disclosure SET line = NULL WHERE number = 3 AND position = 0; UPDATE "
                   "record SET doc = json_remove (doc, '$.title');");
  wb_test_assert_found (self, WB_DEPTH_FULL, "erased");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (of_a_destroyed_case_no_byte_is_left_and_all_verifies),
    with_register (the_index_of_words_outlives_verifying_and_rebuilding),
    with_register (the_declaration_says_what_the_law_asks),
    with_register (each_rule_stops_it_by_name),
    with_register (nobody_approves_their_own_proposal),
    with_register (an_approval_from_before_the_case_was_reopened_is_none),
    with_register (nothing_is_added_to_a_destroyed_case),
    with_register (retention_lists_what_is_due_and_what_stops_it),
    with_register (recipients_come_from_the_log),
    with_register (a_list_that_was_exported_since_the_case_was_there_is_told),
    with_register (a_later_backup_holds_nothing_and_an_earlier_one_is_told),
    with_register (kill_9_leaves_all_or_nothing),
    with_register (a_destruction_without_two_persons_is_an_alarm),
  };

  return cmocka_run_group_tests_name ("destruction", tests, NULL, NULL);
}
