/* SPDX-License-Identifier: EUPL-1.2 */

/* Puts a record and what belongs to it together, and tells the clocks that it has. */
#include "wb-test-clock.h"

#include <string.h>

WbInstant
test_at (const char *text)
{
  WbInstant instant = WB_INSTANT_NONE;

  assert_true (wb_instant_parse (text, &instant, NULL));
  return instant;
}

JsonObject *
test_object (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  wb_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
free_object (gpointer data)
{
  json_object_unref (data);
}

int
test_clock_setup (void **state)
{
  TestClock *self = g_new0 (TestClock, 1);

  self->zone = wb_zone_new ("Europe/Amsterdam", NULL);
  self->context =
      (WbClockContext){ .rules = wb_rules_get_default (NULL),
                        .calendar = wb_calendar_get_default (NULL),
                        .zone = self->zone,
                        .profile = "inspectorate",
                        .targets =
                            g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  self->of_case = test_object ("{}");
  self->subject.of_case = self->of_case;
  self->subject.id = "0198f6b2-0000-7000-8000-000000000001";
  self->subject.linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_object);
  self->subject.neighbours = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_neighbour_free);
  *state = self;
  return self->zone != NULL && self->context.rules != NULL ? 0 : -1;
}

int
test_clock_teardown (void **state)
{
  TestClock *self = *state;

  g_hash_table_unref (self->context.targets);
  g_hash_table_unref (self->subject.linked);
  g_ptr_array_unref (self->subject.neighbours);
  g_clear_pointer (&self->record, json_object_unref);
  g_clear_pointer (&self->of_case, json_object_unref);
  g_clear_pointer (&self->body, json_object_unref);
  wb_zone_unref (self->zone);
  g_free (self);
  return 0;
}

void
test_record (TestClock *self, const char *type, const char *json)
{
  g_clear_pointer (&self->record, json_object_unref);
  self->record = test_object (json);
  self->subject.type = type;
  self->subject.record = self->record;
}

void
test_case (TestClock *self, const char *json)
{
  json_object_unref (self->of_case);
  self->of_case = test_object (json);
  self->subject.of_case = self->of_case;
}

void
test_body (TestClock *self, const char *json)
{
  g_clear_pointer (&self->body, json_object_unref);
  self->body = test_object (json);
  self->context.body = self->body;
}

void
test_link (TestClock *self, const char *field, const char *json)
{
  g_hash_table_insert (self->subject.linked, g_strdup (field), test_object (json));
}

void
test_neighbour (TestClock *self,
                const char *type,
                const char *field,
                const char *created,
                const char *json)
{
  g_autoptr (JsonObject) record = test_object (json);

  g_ptr_array_add (self->subject.neighbours,
                   wb_neighbour_new (type, field, test_at (created), record));
}

void
test_act (TestClock *self, const char *created, const char *json)
{
  test_neighbour (self, "clockact", "record", created, json);
}

void
test_target (TestClock *self, const char *rule, int length, WbUnit unit)
{
  const WbPeriod period = { .length = length, .unit = unit, .regime = WB_REGIME_POLICY };

  g_hash_table_insert (self->context.targets, g_strdup (rule), g_memdup2 (&period, sizeof period));
}

static GPtrArray *
start_all (TestClock *self, const char *now)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *clocks;

  if (self->subject.created == 0)
    self->subject.created = test_at (now);
  clocks = wb_rules_start (&self->context, &self->subject, NULL, test_at (now), &error);
  wb_assert_no_error (error);
  return clocks;
}

static const char *
get_due (const WbClock *clock)
{
  if (clock->awaits_date)
    return "awaits";
  if (clock->is_paused)
    return "stands";
  return clock->is_open ? "open" : clock->due;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
test_list (TestClock *self, const char *now)
{
  g_autoptr (GPtrArray) clocks = start_all (self, now);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < clocks->len; i++) {
    const WbClock *clock = g_ptr_array_index (clocks, i);

    g_ptr_array_add (lines,
                     g_strconcat (clock->rule,
                                  " ",
                                  get_due (clock),
                                  clock->latest != NULL ? " " : "",
                                  clock->latest,
                                  NULL));
  }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

void
test_assert_clocks (TestClock *self, const char *now, const char *expected)
{
  g_autofree char *lines = test_list (self, now);

  assert_string_equal (lines, expected);
}

WbClock *
test_start (TestClock *self, const char *rule, const char *now)
{
  g_autoptr (GPtrArray) clocks = start_all (self, now);

  for (guint i = 0; i < clocks->len; i++)
    if (strcmp (((WbClock *) g_ptr_array_index (clocks, i))->rule, rule) == 0)
      return g_ptr_array_steal_index (clocks, i);
  return NULL;
}

const char *
test_judge (TestClock *self, const char *rule, const char *now)
{
  g_autoptr (WbClock) clock = test_start (self, rule, now);

  assert_non_null (clock);
  return wb_clock_state_to_text (
      wb_rules_judge (&self->context, clock, &self->subject, test_at (now), NULL));
}

char *
test_notes (TestClock *self, const char *rule, const char *now)
{
  g_autoptr (WbClock) clock = test_start (self, rule, now);
  g_autoptr (GPtrArray) notes = NULL;

  assert_non_null (clock);
  notes =
      wb_rules_list_notes (&self->context, clock, &self->subject, test_at (now), WB_LANGUAGE_EN);
  g_ptr_array_add (notes, NULL);
  return g_strjoinv ("\n", (char **) notes->pdata);
}
