/* SPDX-License-Identifier: EUPL-1.2 */

/* Duties as somebody at a terminal meets them. */
#include "wb-test-ctl.h"

#include <string.h>

#define CASE "NL-TEST-2026-0001"
#define NOW "2026-11-24T09:00:00Z"

static int
record (WbTestCtl *self, const char *json, gboolean as_json)
{
  g_autofree char *file = wb_test_ctl_write (self, "records.json", json, -1);

  return wb_test_ctl_run (self,
                          "record",
                          self->path,
                          file,
                          "--now",
                          NOW,
                          as_json ? "--json" : NULL,
                          NULL);
}

static void
a_name_typed_in_a_story_is_warned_of_at_once (void **state)
{
  static const char STORY[] =
      "[{\"type\": \"case\", \"handle\": \"@c\", \"fields\": {\"title\": \"Kiezel\"}},"
      " {\"type\": \"person\", \"case\": \"@c\", \"fields\": {\"pseudonym\": \"Kiezel-5\","
      "  \"name\": \"Jansen\"}},"
      " {\"type\": \"allegation\", \"case\": \"@c\", \"fields\": {\"account\":"
      "  \"Jansen werd geduwd.\"}}]";
  WbTestCtl *self = *state;

  assert_int_equal (record (self, STORY, TRUE), 0);
  assert_non_null (strstr (self->err, CASE "/A-1"));
  assert_non_null (strstr (self->err, CASE "/P-1"));
  assert_null (strstr (self->err, "Jansen"));
  assert_null (strstr (self->out, "Jansen"));
  assert_non_null (strstr (self->out, "\"known-name\""));
  assert_int_equal (wb_test_ctl_run (self,
                                     "change",
                                     self->path,
                                     CASE "/A-1",
                                     "account=Kiezel-5 werd geduwd door mevrouw Visser.",
                                     "--now",
                                     NOW,
                                     NULL),
                    0);
  assert_non_null (strstr (self->err, CASE "/A-1"));
  assert_null (strstr (self->err, "Visser"));
  assert_int_equal (wb_test_ctl_run (self,
                                     "change",
                                     self->path,
                                     CASE "/A-1",
                                     "account=Kiezel-5 werd geduwd.",
                                     "--now",
                                     NOW,
                                     NULL),
                    0);
  assert_string_equal (self->err, "");
}

static void
a_newcomer_reads_where_a_field_is_for_need_alone (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self, "model", "person", NULL), 0);
  assert_non_null (strstr (self->out, "only where needed"));
  assert_int_equal (wb_test_ctl_run (self, "model", "person", "--json", NULL), 0);
  assert_non_null (strstr (self->out, "\"sparing\""));
}

static void
the_inventory_of_what_was_withheld_comes_as_text_json_and_csv (void **state)
{
  static const char WITHHELD[] =
      "[{\"type\": \"case\", \"handle\": \"@c\", \"fields\": {\"title\": \"Kiezel\"}},"
      " {\"type\": \"woo\", \"handle\": \"@w\", \"fields\": {\"received\": \"2026-11-20\"}},"
      " {\"type\": \"evidence\", \"case\": \"@c\", \"handle\": \"@e\","
      "  \"fields\": {\"title\": \"Logboek\"}},"
      " {\"type\": \"evidence\", \"case\": \"@c\", \"handle\": \"@k\","
      "  \"fields\": {\"title\": \"Werkkopie\"}},"
      " {\"type\": \"withheld\", \"case\": \"@c\", \"fields\": {\"request\": \"@w\","
      "  \"document\": \"@e\", \"copy\": \"@k\", \"part\": \"blz. 2\","
      "  \"grounds\": [\"wooground.5_1_2_e\"]}}]";
  WbTestCtl *self = *state;

  if (record (self, WITHHELD, FALSE) != 0)
    fail_msg ("%s", self->err);
  assert_int_equal (wb_test_ctl_run (self, "withheld", self->path, "NL-TEST-W-1", NULL), 0);
  assert_non_null (strstr (self->out, "Woo 5.1(2)(e)"));
  assert_int_equal (wb_test_ctl_run (self, "withheld", self->path, "NL-TEST-W-1", "--json", NULL),
                    0);
  assert_non_null (strstr (self->out, "\"wooground.5_1_2_e\""));
  assert_int_equal (wb_test_ctl_run (self, "withheld", self->path, "NL-TEST-W-1", "--csv", NULL),
                    0);
  assert_non_null (strstr (self->out, CASE "/E-1," CASE "/E-2,blz. 2,"));
  assert_int_equal (wb_test_ctl_run (self, "withheld", self->path, CASE "/E-1", NULL), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (a_name_typed_in_a_story_is_warned_of_at_once),
    with_ctl (a_newcomer_reads_where_a_field_is_for_need_alone),
    with_ctl (the_inventory_of_what_was_withheld_comes_as_text_json_and_csv),
  };

  return cmocka_run_group_tests_name ("duties-ctl", tests, NULL, NULL);
}
