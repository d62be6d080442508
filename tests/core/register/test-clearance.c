/* SPDX-License-Identifier: EUPL-1.2 */

/* Levels of documents, clearances of users and recipients, need to know (OB-11). */
#include "wb-test-workflow.h"

#include <string.h>

#include "wb-error.h"

#define CASE "NL-TEST-2026-0001"
#define E CASE "/E-1"
#define GIVEN                                                                                      \
  "{\"kind\": \"decisionkind.clearance\", \"about\": [\"NL-TEST-CL-1\"], \"choice\": "             \
  "\"decisionchoice.do\", \"ground\": \"Screening.\"}"

static int
setup (void **state)
{
  wb_test_workflow_setup (state);
  wb_test_add_user (*state, "bea");
  g_free (wb_test_record (*state, "case", NULL, "{\"title\": \"Fictief\"}"));
  return 0;
}

#define with_case(f) cmocka_unit_test_setup_teardown (f, setup, wb_test_register_teardown)

static void
record_document (WbTestRegister *self, const char *level)
{
  g_autofree char *json =
      g_strdup_printf ("{\"title\": \"KanarieStuk\", \"confidentiality\": \"%s\"}", level);
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data ("Geheim.", 7, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_attach (self->reg, CASE, "stuk.txt", stream, 7, fields, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
}

static void
refer (WbTestRegister *self, const char *target, gboolean allowed)
{
  g_autofree char *json = g_strdup_printf ("{\"target\": \"%s\", \"form\": \"form.signal\","
                                           " \"target_name\": \"Fictief\","
                                           " \"documents\": [\"" E "\"]}",
                                           target);

  if (allowed)
    g_free (wb_test_record (self, "referral", CASE, json));
  else
    wb_test_refused_new (self, "recipient-cleared", "referral", CASE, json);
}

static char *
export_to (WbTestRegister *self, const char *name, const char *target, const char *const *keys)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  const WbExportOptions options = { .profile = "full",
                                    .plain = keys == NULL,
                                    .recipients = keys,
                                    .recipient = target };
  g_autoptr (GError) error = NULL;

  wb_register_export (self->reg, CASE, path, &options, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  return g_steal_pointer (&path);
}

static void
assert_bundle (WbTestRegister *self, const char *name, const char *target, gboolean holds)
{
  g_autofree char *path = export_to (self, name, target, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  assert_int_equal (memmem (bytes, size, "KanarieStuk", 11) != NULL, holds);
  assert_int_equal (memmem (bytes, size, "stuk.txt", 8) != NULL, holds);
}

static gboolean
was_refused (WbTestRegister *self, guint64 since)
{
  g_autoptr (GPtrArray) log = wb_register_list_log (self->reg, NULL, since, 100, NULL);

  for (guint i = 0; i < log->len; i++) {
    if (g_str_equal (((const WbLogRow *) g_ptr_array_index (log, i))->event, "refused"))
      return TRUE;
  }
  return FALSE;
}

static void
a_document_goes_only_to_who_is_cleared_for_its_level (void **state)
{
  WbTestRegister *self = *state;
  guint64 before;

  record_document (self, "conf.confidential");
  refer (self, "target.om", TRUE);     /* bound to secrecy by law */
  refer (self, "target.other", FALSE); /* unknown: the lowest */
  refer (self, "target.comensha", FALSE);
  assert_bundle (self, "a.zip", "target.om", TRUE);
  before = wb_register_get_size (self->reg);
  assert_bundle (self, "b.zip", "target.other", FALSE);
  assert_true (was_refused (self, before));
  assert_bundle (self, "c.zip", NULL, FALSE);
  wb_test_sound (self);
}

static void
a_document_without_a_level_counts_as_confidential (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self, "evidence", CASE, "{\"title\": \"Stuk\"}"));
  refer (self, "target.comensha", FALSE);
  g_free (wb_test_change (self, E, "{\"confidentiality\": \"conf.internal\"}"));
  refer (self, "target.comensha", TRUE);
}

static void
a_clearance_counts_once_two_persons_gave_it_and_while_it_lasts (void **state)
{
  static const char CLEARED[] = "{\"recipient\": \"target.comensha\", \"level\": "
                                "\"conf.confidential\", \"basis\": \"Convenant\","
                                " \"until\": \"2026-12-31\"}";
  WbTestRegister *self = *state;

  record_document (self, "conf.confidential");
  g_free (wb_test_record (self, "clearance", NULL, CLEARED));
  refer (self, "target.comensha", FALSE);
  g_free (wb_test_decided (self, NULL, GIVEN));
  refer (self, "target.comensha", TRUE);
  wb_test_now ("2027-01-01T09:00:00Z");
  refer (self, "target.comensha", FALSE);
  g_free (wb_test_change (self, "NL-TEST-CL-1", "{\"until\": \"2027-12-31\"}"));
  refer (self, "target.comensha", FALSE); /* a change takes a new decision */
  g_free (wb_test_decided (self, NULL, GIVEN));
  refer (self, "target.comensha", TRUE);
}

static void
privileged_takes_two_persons_whatever_the_clearance (void **state)
{
  WbTestRegister *self = *state;

  record_document (self, "conf.privileged");
  g_free (wb_test_record (self,
                          "clearance",
                          NULL,
                          "{\"recipient\": \"target.om\", \"level\": \"conf.sealed\", \"basis\": "
                          "\"Convenant\"}"));
  g_free (wb_test_decided (self, NULL, GIVEN));
  wb_test_refused_new (self,
                       "privileged-decided",
                       "referral",
                       CASE,
                       "{\"target\": \"target.om\", \"form\": \"form.signal\", \"documents\": [\"" E
                       "\"]}");
  assert_bundle (self, "a.zip", "target.om", FALSE);
}

/* bea is cleared up to internal. */
static void
limit_bea (WbTestRegister *self)
{
  g_free (
      wb_test_record (self,
                      "clearance",
                      NULL,
                      "{\"user\": \"bea\", \"level\": \"conf.internal\", \"basis\": \"Stage\"}"));
  g_free (wb_test_decided (self, NULL, GIVEN));
}

static void
assert_no_contents (WbTestRegister *self, const char *rule)
{
  g_autoptr (WbRecord) seen = wb_register_read (self->reg, E, FALSE, NULL, NULL);
  g_autoptr (GPtrArray) hits = wb_register_search (self->reg, "KanarieStuk", 10, NULL);
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) file = wb_register_open_evidence (self->reg, E, &error);
  g_autoptr (WbRecord) asked = NULL;

  assert_false (json_object_has_member (seen->fields, "title"));
  assert_false (json_object_has_member (seen->fields, "name"));
  assert_true (g_strv_contains ((const char *const *) seen->hidden, "title"));
  assert_int_equal (hits->len, 0);
  assert_null (file);
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  assert_non_null (strstr (error->message, rule));
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
  assert_true (was_refused (self, before));
  asked = wb_register_read (self->reg, E, TRUE, NULL, NULL);
  assert_null (asked);
  wb_test_refused_change (self, "user-admitted", E, "{\"confidentiality\": \"conf.open\"}");
  assert_bundle (self, "mine.zip", "target.om", FALSE);
}

static void
a_user_below_the_level_gets_no_contents (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GInputStream) file = NULL;

  record_document (self, "conf.confidential");
  limit_bea (self);
  file = wb_register_open_evidence (self->reg, E, NULL);
  assert_non_null (file);
  g_clear_object (&file);
  wb_test_open_as (self, "bea");
  assert_no_contents (self, "user-cleared");
}

static void
who_need_not_know_gets_no_contents (void **state)
{
  WbTestRegister *self = *state;

  record_document (self, "conf.internal");
  g_free (wb_test_change (self, E, "{\"need_to_know\": \"anna, lezer\"}"));
  wb_test_refused (self, "change-group", NULL, E, "{\"need_to_know\": \"anna, lezer, bea\"}", NULL);
  wb_test_open_as (self, "bea");
  assert_no_contents (self, "need-to-know");
}

static void
the_body_says_what_others_see_and_two_persons_change_it (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *body =
      wb_test_record (self, "body", NULL, "{\"user_clearance\": \"conf.internal\"}");

  record_document (self, "conf.confidential");
  assert_no_contents (self, "user-cleared");
  wb_test_refused_change (self, "clearance-decided", body, "{\"user_clearance\": \"conf.sealed\"}");
}

static void
what_is_encrypted_for_a_colleague_keeps_to_the_colleagues_level (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) users = wb_register_list_users (self->reg, NULL);
  guint64 before;

  record_document (self, "conf.confidential");
  limit_bea (self);
  for (guint i = 0; i < users->len; i++) {
    const WbUser *user = g_ptr_array_index (users, i);
    const char *const keys[] = { user->recipient, NULL };

    before = wb_register_get_size (self->reg);
    g_free (export_to (self, user->name, NULL, keys));
    assert_int_equal (was_refused (self, before), g_str_equal (user->name, "bea"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_case (a_document_goes_only_to_who_is_cleared_for_its_level),
    with_case (a_document_without_a_level_counts_as_confidential),
    with_case (a_clearance_counts_once_two_persons_gave_it_and_while_it_lasts),
    with_case (privileged_takes_two_persons_whatever_the_clearance),
    with_case (a_user_below_the_level_gets_no_contents),
    with_case (who_need_not_know_gets_no_contents),
    with_case (the_body_says_what_others_see_and_two_persons_change_it),
    with_case (what_is_encrypted_for_a_colleague_keeps_to_the_colleagues_level),
  };

  return cmocka_run_group_tests_name ("clearance", tests, NULL, NULL);
}
