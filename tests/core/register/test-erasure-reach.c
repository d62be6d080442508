/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * How far the destruction of a case reaches: its own rows where nothing hangs together with it,
 * everything anew where something does; and in both the figures stay, of a frozen year and of the
 * one that is open. Deep verification makes all of it from the log again, and finds the same.
 */
#include "wb-figures-private.h"
#include "wb-test-erase.h"
#include "wb-test-workflow.h"

#include <string.h>

#define BASIS "Selectielijst 2026, 3.2"
#define CANARY "KanariePieternella"
#define OTHER "NL-TEST-2026-0001"
#define CASE "NL-TEST-2026-0002"

static void
allegation (WbTestRegister *self,
            const char *case_ref,
            const char *now,
            const char *received,
            const char *account)
{
  g_autofree char *json = g_strdup_printf (
      "{\"account\": \"%s\", \"acts\": [\"act.force.excessive\"], \"stages\": "
      "[\"stage.border.detention\"], \"received\": \"%s\", \"urgency\": \"urgency.urgent\"}",
      account,
      received);

  wb_test_now (now);
  g_free (wb_test_record (self, "allegation", case_ref, json));
}

/* Two cases; the second has a person, a note and a second allegation too. */
static void
record_cases (WbTestRegister *self)
{
  g_free (wb_test_record (self,
                          "target",
                          NULL,
                          "{\"rule\": \"pol.retention\", \"category\": \"retention.signal\", "
                          "\"length\": 1, \"unit\": \"d\", \"action\": "
                          "\"retentionaction.destroy\", \"basis\": \"" BASIS "\"}"));
  allegation (self, NULL, "2026-11-25T09:00:00Z", "2026-11-20", "Geduwd.");
  allegation (self, NULL, "2026-11-26T09:00:00Z", "2026-11-21", CANARY);
  g_free (wb_test_record (self, "person", CASE, "{\"name\": \"" CANARY "\"}"));
  g_free (wb_test_record (self, "note", CASE, "{\"text\": \"" CANARY "\"}"));
  allegation (self, CASE, "2026-11-27T09:00:00Z", "2026-11-22", CANARY);
  g_free (wb_test_change (self, CASE "/A-1", "{\"acts\": [\"act.medical.denied\"]}"));
}

/* As the workflow would leave it, without going its whole way. */
static void
archive (WbTestRegister *self, const char *of)
{
  g_autofree char *id = wb_register_resolve (self->reg, of, NULL);
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("case", id, id, "changed");

  wb_test_now ("2027-02-20T09:00:00Z");
  wb_act_draft_add_text (draft, "status", "status.archived");
  wb_act_draft_add_text (draft, "closed", "2027-02-15");
  wb_act_draft_add_text (draft, "retention_category", "retention.signal");
  assert_true (wb_register_append_alone (self->reg, draft, NULL));
}

static void
count_calls (guint64 done, guint64 total, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* Returns whether everything was computed anew. */
static gboolean
destroy (WbTestRegister *self, const char *of)
{
  g_autofree char *json =
      g_strdup_printf ("{\"kind\": \"decisionkind.destroy\", \"about\": [\"%s\"], "
                       "\"choice\": \"decisionchoice.do\", \"ground\": \"Lijst 3.2\"}",
                       of);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbErasure) erasure = NULL;
  guint calls = 0;

  archive (self, of);
  wb_test_now ("2027-04-02T09:00:00Z");
  g_free (wb_test_decided (self, NULL, json));
  erasure = wb_register_erase (self->reg, of, NULL, BASIS, count_calls, &calls, &error);
  wb_assert_no_error (error);
  assert_true (erasure->scrubbed);
  return calls > 0;
}

typedef struct {
  const WbCounter *counter;
  const char *dimension;
  GPtrArray *lines;
} Snapshot;

static void
add_line (gint64 code, gint64 month, gint64 n, gpointer user_data)
{
  const Snapshot *self = user_data;
  gboolean days = g_str_has_prefix (self->dimension, "span.");
  g_autofree char *number = g_strdup_printf ("%d days", (int) code);

  if (n != 0)
    g_ptr_array_add (self->lines,
                     g_strdup_printf ("%s %s %d: %d",
                                      self->dimension,
                                      days ? number : wb_counter_name (self->counter, code),
                                      (int) month,
                                      (int) n));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All that is counted in a year, but for the state of cases, which does move, and for decisions,
 * which destroying asks for. */
static char *
count_year (WbTestRegister *self, int year)
{
  GPtrArray *dimensions = wb_figure_model_get_dimensions (wb_figure_model_get_default (NULL));
  WbFigureScope scope = { { year, 1, 1 }, { year, 12, 31 }, WB_INSTANT_NONE, FALSE, 0 };
  g_autoptr (WbCounter) counter = wb_counter_new (self->reg, &scope, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  Snapshot snapshot = { counter, NULL, lines };

  for (guint i = 0; i < dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (dimensions, i);

    snapshot.dimension = dimension->name;
    if (!g_str_equal (dimension->name, "case.status") &&
        !g_str_equal (dimension->unit->name, "decision"))
      assert_true (wb_counter_each (counter, dimension, add_line, &snapshot, NULL));
  }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Names the first line that is not in the other. */
static void
assert_same_lines (const char *one, const char *other)
{
  g_auto (GStrv) lines = g_strsplit (one, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (other, lines[i]) == NULL)
      fail_msg ("%s", lines[i]);
}

static char *
frozen_report (WbTestRegister *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) year = wb_register_get_frozen_year (self->reg, 2026, FALSE, &error);
  g_autoptr (JsonNode) node = NULL;

  wb_assert_no_error (error);
  node = json_node_init_object (json_node_alloc (), json_object_get_object_member (year, "report"));
  return wb_json_compact (node);
}

static void
a_case_that_stands_alone_takes_no_other_row_along (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) left = NULL;

  record_cases (self);
  assert_true (wb_test_count_in_store (self, CANARY) > 4);
  assert_false (destroy (self, CASE));
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  left = wb_register_search (self->reg, "geduwd", 10, NULL);
  assert_int_equal (left->len, 1);
  wb_test_sound (self);
}

/* The other case looked at this one once: what is made anew from the log is not what it was. */
static void
what_was_once_counted_together_is_computed_anew (void **state)
{
  WbTestRegister *self = *state;

  record_cases (self);
  g_free (wb_test_change (self, OTHER "/A-1", "{\"same_as\": [\"" CASE "/A-1\"]}"));
  g_free (wb_test_change (self, OTHER "/A-1", "{\"same_as\": null}"));
  assert_true (destroy (self, CASE));
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  wb_test_sound (self);
}

/* As above, though nothing of this case was counted otherwise by that. */
static void
a_tie_that_left_no_trace_in_its_figures_is_minded (void **state)
{
  WbTestRegister *self = *state;

  record_cases (self);
  allegation (self, NULL, "2026-12-02T09:00:00Z", "2026-12-01", "Geduwd.");
  g_free (wb_test_change (self, "NL-TEST-2026-0003/A-1", "{\"same_as\": [\"" CASE "/A-2\"]}"));
  g_free (wb_test_change (self, "NL-TEST-2026-0003/A-1", "{\"same_as\": null}"));
  assert_true (destroy (self, CASE));
  wb_test_sound (self);
}

static void
a_merged_case_is_computed_anew_with_the_one_it_went_into (void **state)
{
  WbTestRegister *self = *state;

  record_cases (self);
  g_free (wb_test_change (self, CASE, "{\"merged_into\": \"" OTHER "\"}"));
  assert_true (destroy (self, CASE));
  assert_int_equal (wb_test_count_in_store (self, CANARY), 0);
  wb_test_sound (self);
}

static void
a_frozen_and_an_open_year_count_what_was_destroyed (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of_2026 = NULL;
  g_autofree char *of_2027 = NULL;
  g_autofree char *frozen = NULL;

  record_cases (self);
  allegation (self, NULL, "2027-01-12T09:00:00Z", "2027-01-11", CANARY); /* NL-TEST-2027-0001 */
  wb_test_now ("2027-02-01T09:00:00Z");
  wb_record_free (wb_register_freeze_year (self->reg, 2026, NULL));
  archive (self, CASE);
  archive (self, "NL-TEST-2027-0001");
  frozen = frozen_report (self);
  of_2026 = count_year (self, 2026);
  of_2027 = count_year (self, 2027);
  assert_non_null (strstr (of_2027, "allegation.acts act.force.excessive"));
  assert_false (destroy (self, CASE));
  assert_false (destroy (self, "NL-TEST-2027-0001"));
  for (guint i = 0; i < 2; i++) {
    g_autofree char *frozen_now = frozen_report (self);
    g_autofree char *now_2026 = count_year (self, 2026);
    g_autofree char *now_2027 = count_year (self, 2027);

    assert_same_lines (now_2026, of_2026);
    assert_same_lines (of_2026, now_2026);
    assert_same_lines (now_2027, of_2027);
    assert_same_lines (of_2027, now_2027);
    assert_string_equal (frozen_now, frozen);
    assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  }
  wb_test_sound (self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_workflow (a_case_that_stands_alone_takes_no_other_row_along),
    with_workflow (what_was_once_counted_together_is_computed_anew),
    with_workflow (a_tie_that_left_no_trace_in_its_figures_is_minded),
    with_workflow (a_merged_case_is_computed_anew_with_the_one_it_went_into),
    with_workflow (a_frozen_and_an_open_year_count_what_was_destroyed),
  };

  return cmocka_run_group_tests_name ("erasure-reach", tests, NULL, NULL);
}
