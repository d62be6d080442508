/* SPDX-License-Identifier: EUPL-1.2 */
/* Records that belong to no case: their references, how they are read, listed and found, what is
 * refused, and that the log alone gives them again. */
#include "wb-test-register.h"

#include <string.h>

#include "wb-entry.h"
#include "wb-register-private.h"
#include "wb-sample.h"

static WbRecord *
record (WbTestRegister *self, const char *type, const char *case_ref, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  WbRecord *made = wb_register_record (self->reg, type, NULL, case_ref, fields, NULL, &error);

  if (made == NULL)
    fail_msg ("%s: %s", type, error->message);
  return made;
}

static void
refuses (WbTestRegister *self, const char *type, const char *case_ref, const char *json, int code)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  guint64 size = wb_register_get_size (self->reg);

  assert_null (wb_register_record (self->reg, type, NULL, case_ref, fields, NULL, &error));
  wb_assert_error (error, WB_ERROR, code);
  assert_true (wb_register_get_size (self->reg) == size);
}

static void
record_of_the_register_has_a_reference_without_a_case (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) first = record (self, "visit", NULL, "{\"title\": \"Nachtbezoek\"}");
  g_autoptr (WbRecord) second = record (self, "visit", NULL, "{\"announced\": false}");
  g_autoptr (WbRecord) other = record (self, "recommendation", NULL, "{\"title\": \"Tolken\"}");

  assert_string_equal (first->reference, "NL-TEST-V-1");
  assert_string_equal (second->reference, "NL-TEST-V-2");
  assert_string_equal (other->reference, "NL-TEST-RC-1");
  assert_null (first->case_id);
}

static void
record_of_either_scope_goes_where_it_is_said_to (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{}");
  g_autofree char *expected = g_strconcat (of, "/T-1", NULL);
  g_autoptr (WbRecord) alone = record (self, "task", NULL, "{\"title\": \"Jaarplan\"}");
  g_autoptr (WbRecord) within = record (self, "task", of, "{\"title\": \"Bellen\"}");
  g_autoptr (GPtrArray) records = NULL;

  assert_string_equal (alone->reference, "NL-TEST-T-1");
  assert_string_equal (within->reference, expected);
  assert_null (alone->case_id);
  assert_non_null (within->case_id);
  records = wb_register_read_case (self->reg, of, NULL);
  assert_int_equal (records->len, 2);
}

static void
records_that_stand_by_themselves_are_listed_shown_and_found (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{}");
  g_autoptr (WbRecord) visit = record (self, "visit", NULL, "{\"title\": \"Schouw Populier\"}");
  g_autoptr (WbRecord) within = record (self, "task", of, "{\"title\": \"Populier bellen\"}");
  g_autoptr (GPtrArray) visits = wb_register_list_records (self->reg, "visit", 0, 10, NULL);
  g_autoptr (GPtrArray) tasks = wb_register_list_records (self->reg, "task", 0, 10, NULL);
  g_autoptr (GPtrArray) alone = wb_register_read_case (self->reg, "NL-TEST-V-1", NULL);
  g_autoptr (GPtrArray) hits = wb_register_search (self->reg, "populier", 10, NULL);
  g_autoptr (WbRecord) shown = wb_register_read (self->reg, "nl-test-v-1", FALSE, NULL, NULL);
  WbCaseQuery query = { 0 };
  guint n = 0;

  assert_int_equal (visits->len, 1);
  assert_int_equal (tasks->len, 0);
  assert_int_equal (alone->len, 1);
  assert_string_equal (shown->id, visit->id);
  assert_int_equal (hits->len, 2);
  assert_string_equal (((WbHit *) g_ptr_array_index (hits, 0))->case_reference, of);
  assert_null (((WbHit *) g_ptr_array_index (hits, 1))->case_reference);
  assert_true (wb_register_count_cases (self->reg, &query, &n, NULL));
  assert_int_equal (n, 1);
}

static void
what_belongs_elsewhere_is_refused (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{}");
  g_autoptr (WbRecord) visit = record (self, "visit", NULL, "{}");
  g_autofree char *person = wb_test_record (self, "person", of, "{\"pseudonym\": \"P\"}");
  g_autofree char *wrong = g_strdup_printf ("{\"visit\": \"%s\"}", person);

  refuses (self, "visit", of, "{}", WB_ERROR_INVALID);
  refuses (self, "person", NULL, "{\"pseudonym\": \"P\"}", WB_ERROR_INVALID);
  refuses (self, "person", visit->reference, "{\"pseudonym\": \"P\"}", WB_ERROR_INVALID);
  refuses (self, "task", visit->reference, "{\"title\": \"T\"}", WB_ERROR_INVALID);
  refuses (self, "yearbook", NULL, "{}", WB_ERROR_INVALID);
  refuses (self, "destruction", NULL, "{}", WB_ERROR_INVALID);
  refuses (self,
           "sample",
           NULL,
           "{\"population\": 9, \"size\": 3, \"seed\": \"0\"}",
           WB_ERROR_INVALID);
  refuses (self, "observation", NULL, wrong, WB_ERROR_INVALID);
}

static void
body_has_one_record_of_settings (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) body = record (self, "body", NULL, "{\"whistle_mode\": \"whistle.none\"}");
  g_autoptr (JsonObject) fields = wb_test_object ("{\"whistle_ack_days\": 7}");
  g_autoptr (WbRecord) changed = NULL;

  assert_string_equal (body->reference, "NL-TEST-BO-1");
  refuses (self, "body", NULL, "{}", WB_ERROR_EXISTS);
  changed = wb_register_change (self->reg, "NL-TEST-BO-1", fields, NULL, NULL);
  assert_int_equal (json_object_get_int_member (changed->fields, "whistle_ack_days"), 7);
}

static void
file_of_a_visit_points_at_it (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) visit = record (self, "visit", NULL, "{}");
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("plattegrond", -1, NULL);
  g_autoptr (GInputStream) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) file = wb_register_attach (self->reg,
                                                  visit->reference,
                                                  "plan.txt",
                                                  stream,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  &error);
  JsonArray *about;

  wb_assert_no_error (error);
  assert_string_equal (file->reference, "NL-TEST-E-1");
  assert_null (file->case_id);
  about = json_object_get_array_member (file->fields, "about");
  assert_string_equal (json_array_get_string_element (about, 0), visit->id);
  opened = wb_register_open_evidence (self->reg, file->reference, &error);
  wb_assert_no_error (error);
}

static void
only_cases_are_exported (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) visit = record (self, "visit", NULL, "{}");
  g_autofree char *path = g_build_filename (self->folder, "v.zip", NULL);
  g_autoptr (GError) error = NULL;
  const WbExportOptions options = { .plain = TRUE, .profile = "full" };

  assert_false (wb_register_export (self->reg,
                                    visit->reference,
                                    path,
                                    &options,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL,
                                    &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
log_gives_them_again (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{}");
  g_autoptr (WbRecord) visit = record (self, "visit", NULL, "{\"title\": \"Schouw\"}");
  g_autoptr (WbRecord) body = record (self, "body", NULL, "{\"whistle_mode\": \"whistle.none\"}");
  g_autofree char *json = g_strdup_printf ("{\"account\": \"a\", \"visit\": \"%s\"}", visit->id);
  g_autoptr (WbRecord) allegation = record (self, "allegation", of, json);
  g_autoptr (JsonObject) fields = wb_test_object ("{\"announced\": true}");
  g_autoptr (WbRecord) changed =
      wb_register_change (self->reg, visit->reference, fields, NULL, NULL);
  g_autoptr (WbVerification) deep =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, NULL);
  g_autoptr (WbRecord) again = NULL;
  g_autoptr (GPtrArray) aside = NULL;

  assert_true (wb_verification_is_good (deep));
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  again = wb_register_read (self->reg, visit->reference, FALSE, NULL, NULL);
  assert_string_equal (again->reference, "NL-TEST-V-1");
  assert_true (json_object_get_boolean_member (again->fields, "announced"));
  aside = wb_register_list_set_aside (self->reg, NULL);
  assert_int_equal (aside->len, 0);
}

static void
the_seed_is_under_a_checkpoint_before_a_list_is_drawn_from (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbRecord) visit = record (self, "visit", NULL, "{\"title\": \"Nachtbezoek\"}");
  g_autoptr (GBytes) list = g_bytes_new_static ("een\ntwee\ndrie\n", 14);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) made =
      wb_register_new_sample (self->reg, visit->reference, NULL, 3, 2, &error);
  guint64 seeded = wb_register_get_size (self->reg), vouched = 0;
  g_autoptr (WbSample) sample = wb_register_draw_sample (self->reg, made->reference, list, &error);
  g_autofree char *note = wb_log_store_get_checkpoint (self->reg->db, &vouched, NULL);

  assert_non_null (sample);
  assert_non_null (note);
  assert_true (vouched == seeded); /* and not over what was drawn */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (record_of_the_register_has_a_reference_without_a_case),
    with_register (record_of_either_scope_goes_where_it_is_said_to),
    with_register (records_that_stand_by_themselves_are_listed_shown_and_found),
    with_register (what_belongs_elsewhere_is_refused),
    with_register (body_has_one_record_of_settings),
    with_register (file_of_a_visit_points_at_it),
    with_register (only_cases_are_exported),
    with_register (log_gives_them_again),
    with_register (the_seed_is_under_a_checkpoint_before_a_list_is_drawn_from),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
