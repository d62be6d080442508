/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-register.h"

#include "wb-record-name.h"

static char *
find (WbTestRegister *self, const char *words, const char *except)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = wb_register_find_cases (self->reg, words, except, 2, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  wb_assert_no_error (error);
  for (guint i = 0; i < found->len; i++) {
    g_autofree char *name = wb_record_name_to_words (g_ptr_array_index (found, i));

    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", name);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_found (WbTestRegister *self, const char *words, const char *except, const char *expected)
{
  g_autofree char *found = find (self, words, except);

  assert_string_equal (found, expected);
}

static char *
record (WbTestRegister *self, const char *title)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\"}", title);

  return wb_test_record (self, "case", NULL, json);
}

static void
cases_are_found_by_reference_and_by_title_but_not_the_one_that_asks (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *id = NULL;

  g_free (record (self, "Matras"));
  wb_test_now ("2026-11-24T10:00:00Z");
  g_free (record (self, "Tolk"));
  wb_test_now ("2026-11-24T11:00:00Z");
  g_free (record (self, "Matrassen"));
  id = wb_register_resolve (self->reg, "NL-TEST-2026-0001", NULL);
  assert_found (self, "2026-0002", NULL, "NL-TEST-2026-0002 – Tolk");
  assert_found (self, " nl-test-2026-0002 ", NULL, "NL-TEST-2026-0002 – Tolk");
  assert_found (self, "matr", NULL, "NL-TEST-2026-0003 – Matrassen; NL-TEST-2026-0001 – Matras");
  assert_found (self, "matr", id, "NL-TEST-2026-0003 – Matrassen");
  assert_found (self, "2026-0001", id, "");
  assert_found (self, "", NULL, "NL-TEST-2026-0003 – Matrassen; NL-TEST-2026-0002 – Tolk");
}

static void
what_a_case_points_at_has_a_name_and_no_entry_tells_of_it (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GHashTable) names = wb_record_names_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) of = NULL;
  g_autofree char *id = NULL;
  g_autofree char *words = NULL;
  guint64 size;

  g_free (record (self, "Matras"));
  g_free (record (self, "Tolk"));
  g_free (wb_test_change (self, "NL-TEST-2026-0002", "{\"related\": [\"NL-TEST-2026-0001\"]}"));
  id = wb_register_resolve (self->reg, "NL-TEST-2026-0001", NULL);
  of = wb_register_read (self->reg, "NL-TEST-2026-0002", FALSE, NULL, &error);
  size = wb_register_get_size (self->reg);
  assert_true (wb_register_add_names (self->reg, "case", of->fields, NULL, names, &error));
  assert_int_equal (g_hash_table_size (names), 1);
  words = wb_record_name_to_words (g_hash_table_lookup (names, id));
  assert_string_equal (words, "NL-TEST-2026-0001 – Matras");
  assert_int_equal (wb_register_get_size (self->reg), size);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (cases_are_found_by_reference_and_by_title_but_not_the_one_that_asks),
    with_register (what_a_case_points_at_has_a_name_and_no_entry_tells_of_it),
  };

  return cmocka_run_group_tests_name ("record-name", tests, NULL, NULL);
}
