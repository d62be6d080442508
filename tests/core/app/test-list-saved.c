/* SPDX-License-Identifier: EUPL-1.2 */

/* Lists of cases at a terminal: as CSV, and those that their user saved. */
#include "wb-test-ctl.h"

#include <string.h>

#include "wb-case-table.h"
#include "wb-work-list.h"

#define NOW "2026-11-24T09:00:00Z"

static void
record_cases (WbTestCtl *self)
{
  static const char CASES[] =
      "[{\"type\": \"case\", \"fields\": {\"title\": \"Vlinder, \\\"haven\\\"\"}},"
      " {\"type\": \"case\", \"fields\": {\"title\": \"Populier\"}}]";
  g_autofree char *file = wb_test_ctl_write (self, "cases.json", CASES, -1);

  assert_int_equal (wb_test_ctl_run (self, "record", self->path, file, "--now", NOW, NULL), 0);
}

static void
save_list (WbTestCtl *self)
{
  static const char *const filters[] = { "status=status.registered", NULL };
  const WbCaseQuery query = { .words = "vlin", .filters = filters, .sort = WB_CASE_SORT_CHANGED };
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = wb_register_open (self->path, "anna", passphrase, &error);
  g_autoptr (WbWorkList) list = wb_work_list_new ("Haven", &query, 1u << WB_CASE_FIELD_TITLE);

  wb_assert_no_error (error);
  (void) wb_register_save_work_list (reg, list, &error);
  wb_assert_no_error (error);
}

static void
a_list_as_csv_has_a_head_a_line_a_case_and_an_entry (void **state)
{
  WbTestCtl *self = *state;

  record_cases (self);
  assert_int_equal (wb_test_ctl_run (self,
                                     "list",
                                     self->path,
                                     "--csv",
                                     "--columns",
                                     "reference,title",
                                     "--sort",
                                     "reference",
                                     "--words",
                                     "vlinder",
                                     "--purpose",
                                     "Overleg",
                                     NULL),
                    0);
  assert_string_equal (self->out,
                       "reference,title\r\n"
                       "NL-TEST-2026-0001,\"Vlinder, \"\"haven\"\"\"\r\n");
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, "--json", NULL), 0);
  assert_non_null (strstr (self->out, "list-exported"));
  assert_null (strstr (self->out, "vlinder"));
}

static void
for_a_spreadsheet_there_are_words_and_a_mark (void **state)
{
  WbTestCtl *self = *state;

  record_cases (self);
  assert_int_equal (wb_test_ctl_run (self,
                                     "list",
                                     self->path,
                                     "--csv",
                                     "--spreadsheet",
                                     "--columns",
                                     "title,status",
                                     "--words",
                                     "populier",
                                     NULL),
                    0);
  assert_true (g_str_has_prefix (self->out, "\xef\xbb\xbf"));
  assert_non_null (strstr (self->out, "Populier;"));
  assert_null (strstr (self->out, "status."));
}

static void
a_saved_list_is_opened_by_name_and_counted (void **state)
{
  WbTestCtl *self = *state;

  record_cases (self);
  save_list (self);
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--saved", "Haven", NULL), 0);
  assert_non_null (strstr (self->out, "Vlinder"));
  assert_null (strstr (self->out, "Populier"));
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--saved", "Haven", "--csv", NULL),
                    0);
  assert_string_equal (self->out, "title\r\n\"Vlinder, \"\"haven\"\"\"\r\n");
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--saves", NULL), 0);
  assert_non_null (strstr (self->out, "Haven"));
  assert_non_null (strstr (self->out, "1 case\n"));
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--saves", "--json", NULL), 0);
  assert_non_null (strstr (self->out, "\"cases\""));
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, "--json", NULL), 0);
  assert_null (strstr (self->out, "Haven"));
}

static void
a_list_that_is_not_there_and_choices_that_contradict_it_are_refused (void **state)
{
  WbTestCtl *self = *state;

  save_list (self);
  assert_int_not_equal (wb_test_ctl_run (self, "list", self->path, "--saved", "Bos", NULL), 0);
  assert_non_null (strstr (self->err, "no work list of that name"));
  assert_int_not_equal (
      wb_test_ctl_run (self, "list", self->path, "--saved", "Haven", "--words", "x", NULL),
      0);
  assert_int_not_equal (wb_test_ctl_run (self, "list", self->path, "--saves", "--csv", NULL), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (a_list_as_csv_has_a_head_a_line_a_case_and_an_entry),
    with_ctl (for_a_spreadsheet_there_are_words_and_a_mark),
    with_ctl (a_saved_list_is_opened_by_name_and_counted),
    with_ctl (a_list_that_is_not_there_and_choices_that_contradict_it_are_refused),
  };

  return cmocka_run_group_tests_name ("list-saved", tests, NULL, NULL);
}
