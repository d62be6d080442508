/* SPDX-License-Identifier: EUPL-1.2 */

/* The list of cases narrowed: values of one filter are "or", several filters "and". */
#include "wb-test-register.h"

#include "wb-case-filter.h"

#define A_BODY "right.charter.4"
#define A_DATA "right.charter.8"

static void
add (WbTestRegister *self, const char *title, const char *holder, const char *allegation)
{
  g_autofree char *fields = g_strdup_printf ("{\"title\": \"%s\", \"holder\": %s}", title, holder);
  g_autofree char *of = wb_test_record (self, "case", NULL, fields);

  g_free (wb_test_record (self, "allegation", of, allegation));
}

static void
fill (WbTestRegister *self)
{
  add (self,
       "een",
       "\"anna\"",
       "{\"account\": \"x\", \"rights\": [\"" A_BODY "\"], \"stages\": [\"stage.data\"]}");
  add (self,
       "twee",
       "null",
       "{\"account\": \"x\", \"rights\": [\"" A_DATA "\"], \"stages\": [\"stage.data\"]}");
  add (self, "drie", "null", "{\"account\": \"x\", \"rights\": [\"" A_BODY "\", \"" A_DATA "\"]}");
}

/* Titles of what is found, in the order of their references: "een drie". */
static char *
found_with (WbTestRegister *self, const char *words, const char *const *filters)
{
  const WbCaseQuery query = { .words = words, .filters = filters, .sort = WB_CASE_SORT_REFERENCE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_register_list_cases (self->reg, &query, 0, 10, &error);
  g_autoptr (GString) titles = g_string_new (NULL);
  guint n = 0;

  wb_assert_no_error (error);
  assert_true (wb_register_count_cases (self->reg, &query, &n, &error));
  assert_int_equal (n, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (titles,
                            "%s%s",
                            i > 0 ? " " : "",
                            ((const WbCaseRow *) g_ptr_array_index (rows, i))->title);
  return g_string_free (g_steal_pointer (&titles), FALSE);
}

#define assert_found(self, expected, words, ...)                                                   \
  do {                                                                                             \
    const char *const all[] = { __VA_ARGS__ };                                                     \
    g_autofree char *titles = found_with (self, words, all);                                       \
    assert_string_equal (titles, expected);                                                        \
  } while (0)

static void
values_of_one_filter_are_or_and_filters_are_and (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  assert_found (self, "een twee drie", NULL, NULL);
  assert_found (self, "een drie", NULL, "rights=" A_BODY, NULL);
  assert_found (self, "een twee drie", NULL, "rights=" A_BODY, "rights=" A_DATA, NULL);
  assert_found (self,
                "een twee",
                NULL,
                "rights=" A_BODY,
                "stages=stage.data",
                "rights=" A_DATA,
                NULL);
  assert_found (self, "een", NULL, "rights=" A_BODY, "stages=stage.data", NULL);
  assert_found (self, "", NULL, "rights=" A_BODY, "stages=stage.removal", NULL);
}

static void
a_holder_is_found_by_name_and_nobody_by_none (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  assert_found (self, "een", NULL, "holder=anna", NULL);
  assert_found (self, "twee drie", NULL, "holder=", NULL);
  assert_found (self, "een twee drie", NULL, "holder=", "holder=anna", NULL);
  assert_found (self, "", NULL, "holder=ann", NULL);
}

static void
words_and_filters_go_together (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  assert_found (self, "drie", "drie", "rights=" A_BODY, NULL);
  assert_found (self, "", "twee", "rights=" A_BODY, NULL);
  assert_found (self, "een twee drie", NULL, "status=status.registered", NULL);
}

/* What changed is found by what it is now, and making it again from the log gives the same. */
static void
a_filter_follows_the_record (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result = NULL;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"een\"}");
  g_autofree char *of_case =
      wb_test_record (self, "allegation", of, "{\"account\": \"x\", \"rights\": [\"" A_BODY "\"]}");

  assert_found (self, "een", NULL, "rights=" A_BODY, NULL);
  g_free (wb_test_change (self, of_case, "{\"rights\": [\"" A_DATA "\"]}"));
  g_free (wb_test_change (self, of, "{\"holder\": \"anna\"}"));
  assert_found (self, "", NULL, "rights=" A_BODY, NULL);
  assert_found (self, "een", NULL, "rights=" A_DATA, "holder=anna", NULL);
  assert_found (self, "", NULL, "holder=", NULL);
  result = wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_true (wb_verification_is_good (result));
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, &error));
  assert_found (self, "een", NULL, "rights=" A_DATA, NULL);
}

static void
what_is_no_filter_is_refused (void **state)
{
  static const char *const WRONG[] = { "", "rights", "title=x", "right=x", "=x", "rights=\xff" };
  WbTestRegister *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++) {
    const char *const filters[] = { WRONG[i], NULL };
    const WbCaseQuery query = { .filters = filters };
    g_autoptr (GError) error = NULL;

    assert_null (wb_register_list_cases (self->reg, &query, 0, 10, &error));
    assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_INVALID));
  }
}

static void
every_field_has_a_name_and_a_vocabulary (void **state)
{
  const WbModel *model = wb_model_get_default (NULL);
  guint n = 0;
  const WbCaseFilterField *fields = wb_case_filter_fields (&n);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GPtrArray) terms =
        fields[i].vocabulary != NULL ? wb_model_list_terms (model, fields[i].vocabulary) : NULL;

    assert_string_not_equal (wb_case_filter_field_label (model, fields[i].field, WB_LANGUAGE_NL),
                             fields[i].field);
    assert_true (fields[i].vocabulary == NULL || (terms != NULL && terms->len > 0));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (values_of_one_filter_are_or_and_filters_are_and),
    with_register (a_holder_is_found_by_name_and_nobody_by_none),
    with_register (words_and_filters_go_together),
    with_register (a_filter_follows_the_record),
    with_register (what_is_no_filter_is_refused),
    cmocka_unit_test (every_field_has_a_name_and_a_vocabulary),
  };

  return cmocka_run_group_tests_name ("case-filter", tests, NULL, NULL);
}
