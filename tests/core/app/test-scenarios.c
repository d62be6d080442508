/* SPDX-License-Identifier: EUPL-1.2 */

/* The fictional scenarios, recorded by waarborgctl on their own dates, and their due dates. */
#include "wb-test-story.h"

#include <string.h>

#define END "2032-04-02T12:00:00+02:00" /* after the last step */

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
count_2026 (WbTestStory *self, const char *version)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  g_autofree char *command =
      g_strdup_printf ("stats REG --year 2026 --as-of 2026-12-31 --json %s", version);

  if (wb_test_story_run (self, "demo", END, "anna", command) != 0)
    fail_msg ("%s", self->ctl->err);
  node = json_from_string (self->ctl->out, &error);
  wb_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

/* Everything recorded until 2032 is in the register by now; a case is destroyed, others changed. */
static void
assert_year_2026 (WbTestStory *self)
{
  g_autoptr (JsonObject) report = count_2026 (self, "");
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

/* What a rule would give, had the story gone otherwise. */
static gboolean
would_be (WbTestStory *self, char **cells)
{
  g_autofree char *command =
      g_strdup_printf ("due --rule %s --start %s --json", cells[1], cells[2]);
  g_autoptr (JsonNode) node = NULL;

  assert_int_equal (wb_test_story_run (self, "demo", END, "anna", command), 0);
  node = json_from_string (self->ctl->out, NULL);
  return g_str_equal (json_object_get_string_member (json_node_get_object (node), "due"), cells[4]);
}

/* A scenario's clocks run where its cases are: any of the registers. */
static GPtrArray *
list_deadlines (WbTestStory *self)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->paths);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    assert_int_equal (wb_test_story_run (self, name, END, "anna", "deadlines REG --all --json"), 0);
    g_ptr_array_add (lists, json_from_string (self->ctl->out, NULL));
  }
  return lists;
}

static gboolean
is_found_anywhere (GPtrArray *lists, char **cells)
{
  for (guint i = 0; i < lists->len; i++) {
    if (is_found (json_node_get_array (g_ptr_array_index (lists, i)), cells))
      return TRUE;
  }
  return FALSE;
}

static void
assert_every_log_verifies (WbTestStory *self)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->paths);
  while (g_hash_table_iter_next (&iter, &name, NULL)) {
    if (wb_test_story_run (self, name, END, "anna", "verify REG --depth deep") != 0)
      fail_msg ("%s: %s", (char *) name, self->ctl->out);
  }
}

static void
every_due_date_comes_out_and_all_verifies (void **state)
{
  WbTestStory *self = *state;
  guint steps = wb_test_story_record_until (self, G_MAXINT64), dates = 0, more = 0;
  g_auto (GStrv) lines = wb_test_story_lines ("expected.tsv");
  g_autoptr (GPtrArray) lists = list_deadlines (self);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);

    if (lines[i][0] != 'S')
      continue;
    if (g_str_equal (cells[3], "what-if") ? !would_be (self, cells)
                                          : !is_found_anywhere (lists, cells))
      fail_msg ("not found: %s", lines[i]);
    if (g_str_equal (cells[0], "S9") || g_str_equal (cells[0], "S10"))
      more++;
    else
      dates++;
  }
  wb_test_count ("scenario-steps", steps);
  wb_test_count ("scenario-deadlines", dates);
  wb_test_count ("scenario-deadlines-more", more);
  assert_year_2026 (self);
  assert_every_log_verifies (self);
  assert_int_equal (dates, 54);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_story (every_due_date_comes_out_and_all_verifies),
  };

  return cmocka_run_group_tests_name ("scenarios", tests, NULL, NULL);
}
