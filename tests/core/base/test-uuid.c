/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-uuid.h"

#include <string.h>

#include "wb-test.h"

static void
identifiers_carry_their_time (void **state)
{
  g_autofree char *text = wb_uuid_new (G_GINT64_CONSTANT (0x0198f6b2abcd));

  assert_true (wb_uuid_is_valid (text));
  assert_int_equal (strncmp (text, "0198f6b2-abcd-7", 15), 0);
}

static void
identifiers_of_one_millisecond_increase (void **state)
{
  g_autofree char *last = wb_uuid_new (1795471800123);

  for (guint i = 0; i < 20000; i++) {
    g_autofree char *next = wb_uuid_new (1795471800123);

    assert_true (wb_uuid_is_valid (next));
    assert_true (strcmp (last, next) < 0);
    g_free (last);
    last = g_steal_pointer (&next);
  }
}

static gpointer
make_many (gpointer data)
{
  GPtrArray *made = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 5000; i++)
    g_ptr_array_add (made, wb_uuid_new (1795471800124));
  return made;
}

static void
threads_never_make_the_same (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("make", make_many, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (GPtrArray) made = g_thread_join (threads[i]);

    for (guint j = 0; j < made->len; j++)
      assert_true (g_hash_table_add (seen, g_strdup (made->pdata[j])));
  }
}

static void
other_identifiers_are_not_valid (void **state)
{
  static const char *const wrong[] = {
    "",
    "0198f6b2-abcd-7000-8000-00000000000",
    "0198f6b2-abcd-7000-8000-0000000000000",
    "0198F6B2-abcd-7000-8000-000000000000",
    "0198f6b2-abcd-4000-8000-000000000000",
    "0198f6b2-abcd-7000-c000-000000000000",
    "0198f6b2-abcd-7000-7000-000000000000",
    "0198f6b2xabcd-7000-8000-000000000000",
    "0198f6b2-abcd-7000-8000-00000000000g",
    "{198f6b2-abcd-7000-8000-000000000000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_false (wb_uuid_is_valid (wrong[i]));
  assert_false (wb_uuid_is_valid (NULL));
  assert_true (wb_uuid_is_valid ("0198f6b2-abcd-7000-bfff-000000000000"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (identifiers_carry_their_time),
    cmocka_unit_test (identifiers_of_one_millisecond_increase),
    cmocka_unit_test (threads_never_make_the_same),
    cmocka_unit_test (other_identifiers_are_not_valid),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
