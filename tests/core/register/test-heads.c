/* SPDX-License-Identifier: EUPL-1.2 */

/* Random histories of two to five logs on one field: every order gives the same. */
#include "wb-test-register.h"

#include <string.h>

#include "wb-source-private.h"

#define N_HISTORIES 4000
#define LOGS_MAX 5
#define WRITES_MAX 12
#define ORDERS 4

typedef struct {
  WbSource source;
  JsonNode *value;
  JsonArray *over; /* (nullable) */
} Write;

static void
write_clear (gpointer data)
{
  Write *write = data;

  g_free (write->source.log);
  g_free (write->source.leaf);
  json_node_unref (write->value);
  g_clear_pointer (&write->over, json_array_unref);
}

static void
apply (WbRegister *reg, JsonObject *doc, const Write *write, guint64 number)
{
  WbEntry entry = { .number = number, .time = write->source.time, .record_id = (char *) "none" };

  wb_heads_write (reg, doc, "account", write->value, &entry, &write->source, write->over);
}

static JsonArray *
see (JsonObject *doc)
{
  char *names[] = { (char *) "account", NULL };
  g_autoptr (JsonObject) none = json_object_new ();
  g_autoptr (JsonNode) over = wb_heads_replaced (doc, none, names);

  return over != NULL ? json_array_ref (
                            json_object_get_array_member (json_node_get_object (over), "account"))
                      : NULL;
}

/*
 * Each log writes into its own register, and now and then takes in all that another has written so
 * far; a write replaces what its register showed then.
 */
static GArray *
make_history (WbRegister *reg, GRand *rand)
{
  guint n_logs = (guint) g_rand_int_range (rand, 2, LOGS_MAX + 1);
  GArray *writes = g_array_new (FALSE, FALSE, sizeof (Write));
  JsonObject *docs[LOGS_MAX];
  guint n = (guint) g_rand_int_range (rand, 1, WRITES_MAX + 1);
  guint taken[LOGS_MAX] = { 0 };

  g_array_set_clear_func (writes, write_clear);
  for (guint i = 0; i < n_logs; i++)
    docs[i] = json_object_new ();
  for (guint i = 0; i < n; i++) {
    guint by = (guint) g_rand_int_range (rand, 0, (int) n_logs);
    Write write = { { 0 }, NULL, NULL };

    for (; g_rand_boolean (rand) && taken[by] < i; taken[by]++)
      apply (reg, docs[by], &g_array_index (writes, Write, taken[by]), i);
    write.over = see (docs[by]);
    write.source.log = g_strdup_printf ("waarborg/NL-%u/%04u", by, by);
    write.source.number = i;
    write.source.leaf = g_strdup_printf ("%064u", i);
    write.source.time = g_rand_int_range (rand, 0, 3);
    write.value = json_node_new (JSON_NODE_VALUE);
    json_node_set_int (write.value, g_rand_int_range (rand, 0, 4));
    if (g_rand_int_range (rand, 0, 5) == 0)
      json_node_init_null (write.value);
    g_array_append_val (writes, write);
    apply (reg, docs[by], &write, i);
  }
  for (guint i = 0; i < n_logs; i++)
    json_object_unref (docs[i]);
  return writes;
}

/* What stands in the end, without our own numbers. */
static char *
settle (WbRegister *reg, const GArray *writes, const guint *order, guint n)
{
  g_autoptr (JsonObject) doc = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonObject *member;
  JsonArray *heads;

  for (guint i = 0; i < n; i++)
    apply (reg, doc, &g_array_index (writes, Write, order[i]), 100 + i);
  member = json_object_get_object_member (doc, "account");
  heads = json_object_get_array_member (member, "heads");
  for (guint i = 0; i < json_array_get_length (heads); i++)
    json_object_remove_member (json_array_get_object_element (heads, i), "entry");
  json_object_remove_member (member, "entry");
  json_object_remove_member (member, "seen"); /* members stand in the order they came */
  node = json_node_init_object (json_node_alloc (), doc);
  return json_to_string (node, FALSE);
}

static void
shuffle (GRand *rand, guint *order, guint n)
{
  for (guint i = n; i > 1; i--) {
    guint j = (guint) g_rand_int_range (rand, 0, (int) i);
    guint swap = order[i - 1];

    order[i - 1] = order[j];
    order[j] = swap;
  }
}

static void
every_order_and_every_repetition_gives_the_same (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261124);
  guint n_conflicts = 0;

  for (guint i = 0; i < N_HISTORIES; i++) {
    g_autoptr (GArray) writes = make_history (self->reg, rand);
    guint order[2 * WRITES_MAX];
    g_autofree char *first = NULL;

    for (guint j = 0; j < 2 * writes->len; j++)
      order[j] = j % writes->len;
    first = settle (self->reg, writes, order, writes->len);
    n_conflicts += strstr (first, "},{") != NULL;
    for (guint j = 0; j < ORDERS; j++) {
      guint n = j % 2 == 0 ? writes->len : 2 * writes->len; /* each once, or twice */
      g_autofree char *again = NULL;

      for (guint k = 0; k < n; k++)
        order[k] = k % writes->len;
      shuffle (rand, order, n);
      again = settle (self->reg, writes, order, n);
      if (!g_str_equal (first, again))
        fail_msg ("history %u: %s, in another order %s", i, first, again);
    }
  }
  assert_true (n_conflicts > N_HISTORIES / 10);
  wb_test_count ("merge-histories", N_HISTORIES);
}

static void
the_last_write_of_all_is_never_lost (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < N_HISTORIES; i++) {
    g_autoptr (GArray) writes = make_history (self->reg, rand);
    const Write *last = &g_array_index (writes, Write, writes->len - 1);
    guint order[WRITES_MAX];
    g_autofree char *result = NULL;
    g_autofree char *wanted = g_strdup_printf ("\"leaf\":\"%s\",\"time\"", last->source.leaf);

    for (guint j = 0; j < writes->len; j++)
      order[j] = j;
    shuffle (rand, order, writes->len);
    result = settle (self->reg, writes, order, writes->len);
    if (strstr (result, wanted) == NULL)
      fail_msg ("history %u: nobody replaced %s, and it is gone from %s", i, wanted, result);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (every_order_and_every_repetition_gives_the_same),
    with_register (the_last_write_of_all_is_never_lost),
  };

  return cmocka_run_group_tests_name ("heads", tests, NULL, NULL);
}
