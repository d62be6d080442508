/* SPDX-License-Identifier: EUPL-1.2 */

/* Sealed values: for several users named, each with a real key of their own (OB-11, OB-33). */
#include "wb-test-erase.h"
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-erasure.h"
#include "wb-error.h"
#include "wb-register-backup.h"
#include "wb-sealed-private.h"

#define CASE "NL-TEST-2026-0001"
#define P CASE "/P-1"
#define FIELD "whistleblower_identity"
#define IDENTITY "Fictieve Baken"
#define FOR_TWO "{\"" FIELD "\": {\"value\": \"" IDENTITY "\", \"for\": [\"anna\", \"bea\"]}}"

/* Users "anna", "lezer", "bea" and "carla"; one case with a person sealed for anna and bea. */
static int
setup (void **state)
{
  wb_test_workflow_setup (state);
  wb_test_add_user (*state, "bea");
  wb_test_add_user (*state, "carla");
  g_free (wb_test_record (*state, "case", NULL, "{\"title\": \"Fictief\"}"));
  g_free (wb_test_record (*state, "person", CASE, FOR_TWO));
  return 0;
}

#define with_compartment(f) cmocka_unit_test_setup_teardown (f, setup, wb_test_register_teardown)

/* (nullable): as the user who is at the register reads it. */
static char *
read_field (WbTestRegister *self, const char *field)
{
  g_autoptr (WbRecord) record = wb_register_read (self->reg, P, TRUE, "test", NULL);

  return json_object_has_member (record->fields, field)
             ? g_strdup (json_object_get_string_member (record->fields, field))
             : NULL;
}

static void
assert_reads (WbTestRegister *self, const char *user, gboolean can)
{
  g_autofree char *value = NULL;

  wb_test_open_as (self, user);
  value = read_field (self, FIELD);
  if (can)
    assert_string_equal (value, IDENTITY);
  else
    assert_null (value);
}

static void
assert_sealed (WbTestRegister *self, const char *by, const char *readers, const char *earlier)
{
  g_autoptr (GPtrArray) list = wb_register_list_sealed (self->reg, P, NULL);
  const WbSealed *sealed = g_ptr_array_index (list, 0);
  g_autofree char *now = g_strjoinv (",", sealed->readers);
  g_autofree char *once = g_strjoinv (",", sealed->earlier);

  assert_int_equal (list->len, 1);
  assert_string_equal (sealed->by, by);
  assert_string_equal (now, readers);
  assert_string_equal (once, earlier);
}

static gboolean
reseal (WbTestRegister *self, const char *users, const char *reason, const char *rule)
{
  g_auto (GStrv) names = g_strsplit (users, ",", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_reseal (self->reg, P, FIELD, (const char *const *) names, reason, &error);

  if (record == NULL && (rule == NULL || strstr (error->message, rule) == NULL))
    fail_msg ("%s", error->message);
  return record != NULL;
}

static const char *
last_event (WbTestRegister *self)
{
  static char event[40];
  guint64 size = wb_register_get_size (self->reg);
  g_autoptr (GPtrArray) log = wb_register_list_log (self->reg, NULL, size - 1, 1, NULL);

  g_strlcpy (event, ((const WbLogRow *) g_ptr_array_index (log, 0))->event, sizeof event);
  return event;
}

static char *
decide (WbTestRegister *self)
{
  return wb_test_decided (self,
                          CASE,
                          "{\"kind\": \"decisionkind.sealed\", \"about\": [\"" P "\"],"
                          " \"choice\": \"decisionchoice.do\", \"ground\": \"Vervanging.\"}");
}

static void
a_sealed_value_opens_for_each_user_named_and_for_no_other (void **state)
{
  WbTestRegister *self = *state;

  assert_reads (self, "anna", TRUE);
  assert_string_equal (last_event (self), "consulted");
  assert_reads (self, "bea", TRUE);
  assert_string_equal (last_event (self), "consulted");
  assert_reads (self, "carla", FALSE);
  assert_string_equal (last_event (self), "refused");
  assert_sealed (self, "anna", "anna,bea", "");
  wb_test_sound (self);
}

/* The author need not be one of them. */
static void
who_seals_for_others_cannot_open_it_either (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *person =
      wb_test_record (self,
                      "person",
                      CASE,
                      "{\"name\": {\"value\": \"Jansen\", \"for\": [\"bea\"]}}");
  g_autoptr (WbRecord) author = wb_register_read (self->reg, person, TRUE, NULL, NULL);
  g_autoptr (WbRecord) reader = NULL;

  assert_string_equal (author->hidden[0], "name");
  wb_test_open_as (self, "bea");
  reader = wb_register_read (self->reg, person, TRUE, NULL, NULL);
  assert_string_equal (json_object_get_string_member (reader->fields, "name"), "Jansen");
}

static void
a_value_is_sealed_for_users_of_the_register_only (void **state)
{
  static const char *const WRONG[] = {
    "{\"" FIELD "\": {\"value\": \"x\", \"for\": [\"dora\"]}}",
    "{\"" FIELD "\": {\"value\": \"x\", \"for\": []}}",
    "{\"" FIELD "\": {\"value\": \"x\", \"for\": [1]}}",
    "{\"name\": {\"value\": \"x\", \"for\": [1]}}",
    "{\"name\": {\"value\": 5, \"for\": [\"anna\"]}}",
    "{\"name\": {\"sealed\": \"AAAA\", \"for\": [\"anna\"]}}",
    "{\"pseudonym\": {\"value\": \"x\", \"for\": [\"anna\"]}}",
  };
  WbTestRegister *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    g_autoptr (JsonObject) fields = wb_test_object (WRONG[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (WbRecord) record =
        wb_register_record (self->reg, "person", NULL, CASE, fields, NULL, &error);

    if (record != NULL)
      fail_msg ("taken: %s", WRONG[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
the_list_grows_only_by_who_can_open_it_and_by_two_persons (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *decision = NULL;

  wb_test_open_as (self, "carla");
  assert_false (reseal (self, "anna,bea,carla", "Vervanging.", "rule sealed-reader"));
  assert_string_equal (last_event (self), "refused");
  wb_test_open_as (self, "anna");
  assert_false (reseal (self, "anna,bea,carla", NULL, "rule widen-sealed"));
  assert_false (reseal (self, "anna,bea,carla", "Vervanging.", "rule sealed-decided"));
  decision = decide (self);
  assert_true (reseal (self, "anna,bea,carla", "Vervanging.", NULL));
  assert_reads (self, "carla", TRUE);
  /* One decision widens once. */
  assert_false (reseal (self, "anna,bea,carla,lezer", "Nog een.", "rule sealed-decided"));
  wb_test_sound (self);
}

static void
who_is_left_out_stays_on_record (void **state)
{
  WbTestRegister *self = *state;

  assert_true (reseal (self, "anna", "Bea heeft een andere taak.", NULL));
  assert_sealed (self, "anna", "anna", "bea");
  assert_reads (self, "bea", FALSE);
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  assert_sealed (self, "anna", "anna", "bea");
}

static void
who_cannot_open_it_neither_replaces_nor_clears_it (void **state)
{
  WbTestRegister *self = *state;

  wb_test_open_as (self, "carla");
  wb_test_refused_change (self, "sealed-reader", P, "{\"" FIELD "\": \"Iemand anders\"}");
  wb_test_refused_change (self, "sealed-reader", P, "{\"" FIELD "\": null}");
  wb_test_open_as (self, "bea");
  g_free (wb_test_change (self, P, "{\"" FIELD "\": \"" IDENTITY "\"}"));
  assert_sealed (self, "bea", "anna,bea", ""); /* stays sealed for the same */
  assert_reads (self, "anna", TRUE);
}

static void
a_name_that_was_sealed_does_not_become_open_by_the_way (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_change (self, P, "{\"name\": {\"value\": \"Jansen\", \"for\": [\"anna\"]}}"));
  g_free (wb_test_change (self, P, "{\"name\": \"Janssen\"}"));
  wb_test_open_as (self, "carla");
  assert_null (read_field (self, "name"));
  wb_test_open_as (self, "anna");
  wb_test_refused (self,
                   "widen-sealed",
                   NULL,
                   P,
                   "{\"name\": {\"value\": \"Jansen\", \"for\": []}}",
                   NULL);
}

static void
a_whistleblower_is_not_named_in_the_clear (void **state)
{
  WbTestRegister *self = *state;

  wb_test_refused_new (self,
                       "whistleblower-sealed",
                       "person",
                       CASE,
                       "{\"role\": \"role.whistleblower\", \"name\": \"Jansen\"}");
  g_free (wb_test_change (self, P, "{\"role\": \"role.whistleblower\"}"));
  wb_test_refused_change (self, "whistleblower-sealed", P, "{\"contact\": \"Fictiefstraat 1\"}");
  g_free (wb_test_change (
      self,
      P,
      "{\"contact\": {\"value\": \"Fictiefstraat 1\", \"for\": [\"anna\", \"bea\"]}}"));
}

static void
the_person_behind_a_whistleblowers_report_is_sealed_first (void **state)
{
  static const char REPORT[] = "{\"account\": \"x\", \"source\": \"source.whistleblower\","
                               " \"source_person\": \"" P "\"}";
  WbTestRegister *self = *state;

  g_free (wb_test_change (self, P, "{\"name\": \"Jansen\"}"));
  wb_test_refused_new (self, "source-person-sealed", "allegation", CASE, REPORT);
  g_free (wb_test_change (self, P, "{\"name\": null}"));
  g_free (wb_test_record (self, "allegation", CASE, REPORT));
  wb_test_refused_change (self, "source-sealed", P, "{\"name\": \"Jansen\"}");
}

static void
a_body_without_a_channel_has_no_whistleblowers (void **state)
{
  static const char NAMED[] = "{\"role\": \"role.whistleblower\", \"name\": \"Jansen\"}";
  WbTestRegister *self = *state;
  g_autofree char *body =
      wb_test_record (self, "body", NULL, "{\"whistle_mode\": \"whistle.own_term\"}");

  wb_test_refused_new (self, "whistleblower-sealed", "person", CASE, NAMED);
  g_free (wb_test_change (self, body, "{\"whistle_mode\": \"whistle.designated\"}"));
  wb_test_refused_new (self, "whistleblower-sealed", "person", CASE, NAMED);
  g_free (wb_test_change (self, body, "{\"whistle_mode\": \"whistle.none\"}"));
  g_free (wb_test_record (self, "person", CASE, NAMED));
}

/* The value stays, who can open it does not: a colleague leaves after the case was closed too. */
static void
in_a_closed_case_it_can_still_be_resealed (void **state)
{
  static const char *const STATUSES[] = { "status.closed", "status.archived" };
  WbTestRegister *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (STATUSES); i++) {
    g_autofree char *id = wb_register_resolve (self->reg, CASE, NULL);
    g_autoptr (WbActDraft) draft = wb_act_draft_new ("case", id, id, "changed");

    wb_act_draft_add_text (draft, "status", STATUSES[i]);
    assert_true (wb_register_append_alone (self->reg, draft, NULL));
    wb_test_refused_change (self,
                            i == 0 ? "reopened" : "read-only",
                            P,
                            "{\"" FIELD "\": \"Iemand anders\"}");
    assert_true (reseal (self,
                         i == 0 ? "anna" : "anna,bea",
                         "Bea heeft een andere taak.",
                         i == 0 ? NULL : "rule sealed-decided") == (i == 0));
  }
  assert_sealed (self, "anna", "anna", "bea");
  assert_true (reseal (self, "anna", "Zoals het was.", NULL));
  wb_test_sound (self);
}

#define SLICE 40  /* characters of a ciphertext: whoever finds these has found it */
#define SLICES 12 /* enough that some lie whole in a page */

/* (transfer full): parts of what the value is encrypted to now, and the value itself. */
static void
add_traces (WbTestRegister *self, GPtrArray *traces)
{
  g_autofree char *id = wb_register_resolve (self->reg, P, NULL);
  g_autoptr (JsonObject) apart = wb_sealed_load_apart (self->reg, id, NULL);
  JsonObject *value = json_object_get_object_member (apart, FIELD);
  const char *sealed = json_object_get_string_member (value, "sealed");
  gsize step = (strlen (sealed) - SLICE) / SLICES;

  assert_true (step > 0);
  for (guint i = 0; i < SLICES; i++)
    g_ptr_array_add (traces, g_strndup (sealed + i * step, SLICE));
}

static guint
count_traces (WbTestRegister *self, GPtrArray *traces)
{
  guint n = 0;

  for (guint i = 0; i < traces->len; i++)
    n += wb_test_count_in_store (self, g_ptr_array_index (traces, i));
  return n;
}

/* Backs up, and looks into the store that comes out of it. */
static guint
count_traces_in_backup (WbTestRegister *self, GPtrArray *traces)
{
  g_autofree char *file = g_build_filename (self->folder, "all.backup", NULL);
  g_autofree char *back = g_build_filename (self->folder, "back.waarborg", NULL);
  g_autoptr (WbSecret) phrase = wb_test_secret ("zin van de reservekopie");
  g_autoptr (WbSecret) own = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbVerification) result = NULL;
  g_autoptr (GError) error = NULL;
  WbTestRegister restored = *self;

  wb_register_backup (self->reg, file, NULL, phrase, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  wb_register_restore (file, NULL, phrase, back, "anna", own, NULL, NULL, NULL, &result, &error);
  wb_assert_no_error (error);
  assert_true (wb_verification_is_good (result));
  restored.path = back;
  return count_traces (&restored, traces);
}

/* Sealed for two, replaced by the one of them, sealed for a third: three times encrypted. */
static void
of_an_erased_value_that_was_sealed_for_several_no_byte_is_left (void **state)
{
  static const char *const FIELDS[] = { FIELD, NULL };
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GPtrArray) sealed = NULL;
  g_autoptr (GError) error = NULL;

  add_traces (self, traces);
  wb_test_open_as (self, "bea");
  g_free (wb_test_change (self, P, "{\"" FIELD "\": \"Iemand anders\"}"));
  add_traces (self, traces);
  wb_test_open_as (self, "anna");
  g_free (decide (self));
  assert_true (reseal (self, "anna,bea,carla", "Vervanging.", NULL));
  add_traces (self, traces);
  assert_true (count_traces (self, traces) > 3 * SLICES);
  erasure = wb_register_erase (self->reg, P, FIELDS, "AVG 17(1)(a)", NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_true (erasure->scrubbed);
  assert_int_equal (erasure->n_lines, 3);
  assert_int_equal (count_traces (self, traces), 0);
  wb_test_assert_sound (self, 3, 1);
  sealed = wb_register_list_sealed (self->reg, P, &error);
  wb_assert_no_error (error);
  assert_int_equal (sealed->len, 0);
  assert_int_equal (count_traces_in_backup (self, traces), 0);
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  assert_int_equal (count_traces (self, traces), 0);
  wb_test_assert_sound (self, 3, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_compartment (a_sealed_value_opens_for_each_user_named_and_for_no_other),
    with_compartment (who_seals_for_others_cannot_open_it_either),
    with_compartment (a_value_is_sealed_for_users_of_the_register_only),
    with_compartment (the_list_grows_only_by_who_can_open_it_and_by_two_persons),
    with_compartment (who_is_left_out_stays_on_record),
    with_compartment (who_cannot_open_it_neither_replaces_nor_clears_it),
    with_compartment (a_name_that_was_sealed_does_not_become_open_by_the_way),
    with_compartment (a_whistleblower_is_not_named_in_the_clear),
    with_compartment (the_person_behind_a_whistleblowers_report_is_sealed_first),
    with_compartment (a_body_without_a_channel_has_no_whistleblowers),
    with_compartment (in_a_closed_case_it_can_still_be_resealed),
    with_compartment (of_an_erased_value_that_was_sealed_for_several_no_byte_is_left),
  };

  return cmocka_run_group_tests_name ("compartments", tests, NULL, NULL);
}
