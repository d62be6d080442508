/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-register.h"

#include "wb-case-table.h"
#include "wb-erase-store.h"
#include "wb-work-list.h"

static const char *const FILTERS[] = { "status=status.registered", "holder=", NULL };

static void
save (WbTestRegister *self, const char *name, const char *words)
{
  const WbCaseQuery query = { .words = words,
                              .filters = FILTERS,
                              .sort = WB_CASE_SORT_LAW,
                              .descending = TRUE };
  g_autoptr (WbWorkList) list =
      wb_work_list_new (name, &query, 1u << WB_CASE_FIELD_REFERENCE | 1u << WB_CASE_FIELD_LAW);
  g_autoptr (GError) error = NULL;

  (void) wb_register_save_work_list (self->reg, list, &error);
  wb_assert_no_error (error);
}

static void
a_work_list_comes_back_whole_after_reopening_and_is_no_act (void **state)
{
  WbTestRegister *self = *state;
  guint64 before = wb_register_get_size (self->reg);
  g_autoptr (WbWorkList) list = NULL;
  g_autoptr (GError) error = NULL;

  save (self, "  Mijn beroepen ", "Vlinder haven");
  assert_int_equal (wb_register_get_size (self->reg), before);
  wb_test_register_reopen (self);
  list = wb_register_find_work_list (self->reg, "Mijn beroepen", &error);
  wb_assert_no_error (error);
  assert_string_equal (list->name, "Mijn beroepen");
  assert_string_equal (list->words, "Vlinder haven");
  assert_true (g_strv_equal ((const char *const *) list->filters, FILTERS));
  assert_int_equal (list->sort, WB_CASE_SORT_LAW);
  assert_true (list->descending);
  assert_int_equal (list->fields, 1u << WB_CASE_FIELD_REFERENCE | 1u << WB_CASE_FIELD_LAW);
}

static void
lists_are_by_name_and_saving_again_replaces (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (JsonObject) draft = wb_test_object ("{\"x\":\"y\"}");

  assert_true (wb_register_save_draft (self->reg, "another form", draft, NULL));
  save (self, "b", "one");
  save (self, "a", NULL);
  save (self, "b", "two");
  lists = wb_register_list_work_lists (self->reg, NULL);
  assert_int_equal (lists->len, 2);
  assert_string_equal (((WbWorkList *) g_ptr_array_index (lists, 0))->name, "a");
  assert_null (((WbWorkList *) g_ptr_array_index (lists, 0))->words);
  assert_string_equal (((WbWorkList *) g_ptr_array_index (lists, 1))->words, "two");
}

static void
a_list_is_renamed_and_dropped_but_takes_no_place_of_another (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (GError) error = NULL;

  save (self, "a", "one");
  save (self, "b", "two");
  assert_false (wb_register_rename_work_list (self->reg, "a", "b", &error));
  assert_int_equal (error->code, WB_ERROR_EXISTS);
  g_clear_error (&error);
  assert_false (wb_register_rename_work_list (self->reg, "c", "d", &error));
  assert_int_equal (error->code, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  assert_true (wb_register_rename_work_list (self->reg, "a", "c", NULL));
  assert_true (wb_register_drop_work_list (self->reg, "b", NULL));
  assert_false (wb_register_drop_work_list (self->reg, "b", NULL));
  lists = wb_register_list_work_lists (self->reg, NULL);
  assert_int_equal (lists->len, 1);
  assert_string_equal (((WbWorkList *) g_ptr_array_index (lists, 0))->name, "c");
  assert_string_equal (((WbWorkList *) g_ptr_array_index (lists, 0))->words, "one");
}

static void
names_filters_and_numbers_have_limits (void **state)
{
  static const char *const wrong[] = { "colour=red", NULL };
  static const char *const names[] = { "", "   ", "two\nlines" };
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  WbCaseQuery query = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (WbWorkList) list = wb_work_list_new (names[i], &query, WB_CASE_FIELDS_ALL);

    assert_false (wb_register_save_work_list (self->reg, list, &error));
    assert_int_equal (error->code, WB_ERROR_INVALID);
    g_clear_error (&error);
  }
  query.filters = wrong;
  {
    g_autoptr (WbWorkList) list = wb_work_list_new ("a", &query, WB_CASE_FIELDS_ALL);

    assert_false (wb_register_save_work_list (self->reg, list, &error));
    assert_int_equal (error->code, WB_ERROR_INVALID);
    g_clear_error (&error);
  }
  for (guint i = 0; i < WB_WORK_LISTS_MAX; i++) {
    g_autofree char *name = g_strdup_printf ("list %u", i);

    save (self, name, NULL);
  }
  query.filters = NULL;
  {
    g_autoptr (WbWorkList) list = wb_work_list_new ("one more", &query, WB_CASE_FIELDS_ALL);

    assert_false (wb_register_save_work_list (self->reg, list, &error));
    assert_int_equal (error->code, WB_ERROR_TOO_LARGE);
  }
  save (self, "list 7", "replaced"); /* which needs no room */
}

static void
an_erasure_takes_the_list_that_searches_for_what_is_erased (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) lists = NULL;
  guint n = 0;

  save (self, "kept", "haven");
  save (self, "goes", "Vlinderman");
  assert_true (wb_erase_store_drop_drafts (self->reg->db, "Vlinderman", &n, NULL));
  assert_int_equal (n, 1);
  lists = wb_register_list_work_lists (self->reg, NULL);
  assert_int_equal (lists->len, 1);
  assert_string_equal (((WbWorkList *) g_ptr_array_index (lists, 0))->name, "kept");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_work_list_comes_back_whole_after_reopening_and_is_no_act),
    with_register (lists_are_by_name_and_saving_again_replaces),
    with_register (a_list_is_renamed_and_dropped_but_takes_no_place_of_another),
    with_register (names_filters_and_numbers_have_limits),
    with_register (an_erasure_takes_the_list_that_searches_for_what_is_erased),
  };

  return cmocka_run_group_tests_name ("work-list", tests, NULL, NULL);
}
