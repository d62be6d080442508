/* SPDX-License-Identifier: EUPL-1.2 */

/* Sums that are kept and the facts that they are of are two ways to the same numbers, whenever the
 * question is about. */
#include "wb-figures-private.h"
#include "wb-test-register.h"

#define PUSHED                                                                                     \
  "\"account\": \"Geduwd.\", \"acts\": [\"act.force.excessive\"], "                                \
  "\"themes\": [\"theme.detention\"], \"stages\": [\"stage.border.detention\"]"

/* code -> how many */
static GHashTable *
new_counts (void)
{
  return g_hash_table_new (g_direct_hash, g_direct_equal);
}

static void
add (GHashTable *counts, gint64 code, gint64 n)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) code);
  gint64 before = (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (counts, key));

  if (before + n != 0)
    g_hash_table_insert (counts, key, GSIZE_TO_POINTER ((gsize) (before + n)));
  else
    g_hash_table_remove (counts, key);
}

static void
add_sum (gint64 code, gint64 month, gint64 n, gpointer user_data)
{
  assert_true (n >= 0);
  add (user_data, code, n);
}

static void
add_fact (const WbFactRow *row, gpointer user_data)
{
  add (user_data, row->code, 1);
}

static void
assert_same (const WbDimension *dimension, GHashTable *sums, GHashTable *facts)
{
  GHashTableIter iter;
  gpointer code, n;

  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &code, &n))
    if (g_hash_table_lookup (sums, code) != n)
      fail_msg ("%s: %u by facts, %u by sums",
                dimension->name,
                GPOINTER_TO_UINT (n),
                GPOINTER_TO_UINT (g_hash_table_lookup (sums, code)));
  if (g_hash_table_size (sums) != g_hash_table_size (facts))
    fail_msg ("%s: sums of what no fact tells", dimension->name);
}

/* Returns how many facts held at that moment. */
static guint
compare (WbTestRegister *self, WbInstant as_of)
{
  GPtrArray *dimensions = wb_figure_model_get_dimensions (wb_figure_model_get_default (NULL));
  WbFigureScope scope = { { 2026, 1, 1 }, { 2026, 12, 31 }, as_of, FALSE, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCounter) counter = wb_counter_new (self->reg, &scope, &error);
  guint n = 0;

  wb_assert_no_error (error);
  for (guint i = 0; i < dimensions->len; i++) {
    const WbDimension *dimension = g_ptr_array_index (dimensions, i);
    g_autoptr (GHashTable) sums = new_counts ();
    g_autoptr (GHashTable) facts = new_counts ();
    gint64 key = 0;

    assert_true (wb_counter_find (counter, dimension->name, &key, NULL));
    assert_true (wb_counter_each (counter, dimension, add_sum, sums, NULL));
    assert_true (key == 0 || wb_fact_store_each (self->reg->db,
                                                 key,
                                                 counter->from,
                                                 counter->to,
                                                 counter->size,
                                                 add_fact,
                                                 facts,
                                                 NULL));
    assert_same (dimension, sums, facts);
    n += g_hash_table_size (facts);
  }
  return n;
}

static char *
allegation (WbTestRegister *self, const char *now, const char *received)
{
  g_autofree char *json = g_strdup_printf ("{" PUSHED ", \"received\": \"%s\", \"urgency\": "
                                           "\"urgency.standard\"}",
                                           received);

  wb_test_now (now);
  return wb_test_record (self, "allegation", NULL, json);
}

static void
change (WbTestRegister *self, const char *now, const char *reference, const char *json)
{
  wb_test_now (now);
  g_free (wb_test_change (self, reference, json));
}

/* Acts of three days; on the second one things come, go, and come and go again. */
static void
work_three_days (WbTestRegister *self)
{
  g_autofree char *first = allegation (self, "2026-11-27T09:00:00Z", "2026-10-27");
  g_autofree char *second = allegation (self, "2026-11-28T09:00:00Z", "2026-10-29");

  change (self, "2026-11-28T10:00:00Z", second, "{\"urgency\": \"urgency.urgent\"}");
  change (self, "2026-11-28T11:00:00Z", first, "{\"acts\": [\"act.medical.denied\"]}");
  change (self,
          "2026-11-28T12:00:00Z",
          "NL-TEST-2026-0002",
          "{\"merged_into\": \"NL-TEST-2026-0001\"}");
  change (self, "2026-11-28T13:00:00Z", "NL-TEST-2026-0002", "{\"merged_into\": null}");
  g_free (allegation (self, "2026-11-29T09:00:00Z", "2026-11-29"));
}

static void
sums_and_facts_agree_now (void **state)
{
  WbTestRegister *self = *state;

  work_three_days (self);
  assert_true (compare (self, WB_INSTANT_NONE) > 10);
}

static void
sums_and_facts_agree_at_any_moment_of_any_day (void **state)
{
  WbTestRegister *self = *state;
  WbInstant from, to;
  guint least = G_MAXUINT, most = 0;

  work_three_days (self);
  assert_true (wb_instant_parse ("2026-11-26T20:30:00Z", &from, NULL));
  assert_true (wb_instant_parse ("2026-11-30T06:30:00Z", &to, NULL));
  for (WbInstant at = from; at <= to; at += 3600000) {
    guint n = compare (self, at);

    least = MIN (least, n);
    most = MAX (most, n);
  }
  assert_int_equal (least, 0);
  assert_true (most > 10);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (sums_and_facts_agree_now),
    with_register (sums_and_facts_agree_at_any_moment_of_any_day),
  };

  return cmocka_run_group_tests_name ("figures-day", tests, NULL, NULL);
}
