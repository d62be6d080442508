/* SPDX-License-Identifier: EUPL-1.2 */

/* The eight fictional scenarios, recorded by waarborgctl on their own dates, and their due dates.
 */
#include "wb-test-ctl.h"

#include <string.h>

static char **
read_lines (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("WAARBORG_SOURCE"), "tests", "scenarios", name, NULL);
  g_autofree char *text = wb_test_read (path, NULL);

  return g_strsplit (text, "\n", -1);
}

static guint
record_all (WbTestCtl *self)
{
  g_auto (GStrv) lines = read_lines ("steps.tsv");
  guint n = 0;

  wb_test_ctl_add_user (self, "lezer");
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 4);
    g_autofree char *file =
        g_build_filename (g_getenv ("WAARBORG_SOURCE"), "tests", "scenarios", cells[2], NULL);

    if (wb_test_ctl_run (self,
                         "record",
                         self->path,
                         file,
                         "--now",
                         cells[0],
                         "--user",
                         cells[3],
                         NULL) != 0)
      fail_msg ("%s: %s", cells[2], self->err);
    n++;
  }
  return n;
}

static gboolean
matches (JsonObject *deadline, char **cells)
{
  const char *due = json_object_get_string_member_with_default (
      deadline,
      g_str_equal (cells[3], "lenient") ? "latest" : "due",
      NULL);
  const char *start = json_object_get_string_member_with_default (deadline, "start", "");

  /* Where both readings give one date there is no second one to show. */
  if (due == NULL && g_str_equal (cells[3], "lenient"))
    due = json_object_get_string_member_with_default (deadline, "due", NULL);
  return g_strcmp0 (json_object_get_string_member_with_default (deadline, "rule", NULL),
                    cells[1]) == 0 &&
         g_strcmp0 (due, cells[4]) == 0 && strncmp (start, cells[2], 10) == 0;
}

static gboolean
is_found (JsonArray *deadlines, char **cells)
{
  for (guint i = 0; i < json_array_get_length (deadlines); i++) {
    if (matches (json_array_get_object_element (deadlines, i), cells))
      return TRUE;
  }
  return FALSE;
}

static JsonObject *
find_part (JsonObject *report, const char *name)
{
  JsonArray *parts = json_object_get_array_member (report, "parts");

  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);

    if (g_str_equal (json_object_get_string_member (part, "name"), name))
      return part;
  }
  return NULL;
}

static gint64
find_total (JsonObject *report, const char *code)
{
  JsonArray *rows = json_object_get_array_member (find_part (report, "totals"), "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_str_equal (json_object_get_string_member (row, "code"), code))
      return json_object_get_int_member (row, "n");
  }
  return -1;
}

static JsonObject *
count_2026 (WbTestCtl *self, const char *version)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (wb_test_ctl_run (self,
                       "stats",
                       self->path,
                       "--year",
                       "2026",
                       "--as-of",
                       "2026-12-31",
                       "--json",
                       "--user",
                       "anna",
                       version,
                       NULL) != 0)
    fail_msg ("%s", self->err);
  node = json_from_string (self->out, &error);
  wb_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

/* Everything recorded until 2032 is in the register by now; a case is destroyed, others changed. */
static void
assert_year_2026 (WbTestCtl *self)
{
  g_autoptr (JsonObject) report = count_2026 (self, NULL);
  g_autoptr (JsonObject) published = count_2026 (self, "--public");
  JsonArray *parts = json_object_get_array_member (published, "parts");
  guint cells = 0;

  assert_int_equal (find_total (report, "case"), 8);
  assert_int_equal (find_total (report, "source"), 9);
  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);
    JsonArray *rows = json_object_get_array_member (part, "rows");

    for (guint j = 0; j < json_array_get_length (rows); j++, cells++) {
      gint64 total =
          json_object_get_int_member_with_default (json_array_get_object_element (rows, j),
                                                   "total",
                                                   0);

      if (total > 0 && total < 5)
        fail_msg ("%s tells %d", json_object_get_string_member (part, "name"), (int) total);
    }
  }
  wb_test_count ("scenario-figures", cells);
}

static void
every_due_date_comes_out_and_all_verifies (void **state)
{
  WbTestCtl *self = *state;
  guint steps = record_all (self), dates = 0, waiting = 0;
  g_auto (GStrv) lines = read_lines ("expected.tsv");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  assert_int_equal (wb_test_ctl_run (self,
                                     "deadlines",
                                     self->path,
                                     "--all",
                                     "--json",
                                     "--now",
                                     "2032-04-02T10:00:00Z",
                                     "--user",
                                     "anna",
                                     NULL),
                    0);
  node = json_from_string (self->out, &error);
  wb_assert_no_error (error);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

    if (g_str_has_prefix (lines[i], "# S"))
      waiting++;
    if (lines[i][0] != 'S')
      continue;
    if (!is_found (json_node_get_array (node), cells))
      fail_msg ("not found: %s", lines[i]);
    dates++;
  }
  wb_test_count ("scenario-steps", steps);
  wb_test_count ("scenario-deadlines", dates);
  print_message ("suite scenario-deadlines-waiting: %u cases (each says why)\n", waiting);
  assert_year_2026 (self);
  assert_int_equal (
      wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", "--user", "anna", NULL),
      0);
  assert_int_equal (steps, 73);
  assert_int_equal (dates, 52);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (every_due_date_comes_out_and_all_verifies),
  };

  return cmocka_run_group_tests_name ("scenarios", tests, NULL, NULL);
}
