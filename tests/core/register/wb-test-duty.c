/* SPDX-License-Identifier: EUPL-1.2 */

/* What tests of duties ask of a register: its figures, its clocks, what a step lacks. */
#include "wb-test-duty.h"

#include "wb-deadline.h"
#include "wb-figures.h"
#include "wb-moves.h"

JsonObject *
wb_test_part (JsonObject *report, const char *name)
{
  JsonArray *parts = json_object_get_array_member (report, "parts");

  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);

    if (g_str_equal (json_object_get_string_member (part, "name"), name))
      return part;
  }
  fail_msg ("there is no part %s", name);
  return NULL;
}

static JsonObject *
find_row (JsonObject *part, const char *member, const char *value)
{
  JsonArray *rows = json_object_get_array_member (part, "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (row, member, NULL), value) == 0)
      return row;
  }
  return NULL;
}

JsonObject *
wb_test_row (JsonObject *part, const char *member, const char *value)
{
  JsonObject *row = find_row (part, member, value);

  if (row == NULL)
    fail_msg ("there is no row %s", value);
  return row;
}

gint64
wb_test_count_of (WbTestRegister *self, const char *by, const char *code)
{
  const WbFigureScope scope = { { 2026, 1, 1 }, { 2026, 12, 31 }, WB_INSTANT_NONE, FALSE, 0 };
  const char *const names[] = { by, NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report =
      wb_register_count_figures (self->reg, &scope, names, WB_FIGURES_WHOLE, &error);
  JsonObject *table;
  JsonObject *row;

  wb_assert_no_error (error);
  table = json_array_get_object_element (json_object_get_array_member (report, "parts"), 0);
  if (*code == '\0')
    return json_object_get_int_member (table, "total");
  row = find_row (table, "code", code);
  return row != NULL ? json_object_get_int_member (row, "total") : 0;
}

void
wb_test_assert_clock (WbTestRegister *self,
                      const char *reference,
                      const char *rule,
                      const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_deadlines (self->reg, reference, wb_clock_now (), FALSE, &error);

  wb_assert_no_error (error);
  for (guint i = 0; i < deadlines->len; i++) {
    const WbDeadline *deadline = g_ptr_array_index (deadlines, i);

    if (g_str_equal (deadline->clock->rule, rule))
      g_string_append_printf (text,
                              "%s %s\n",
                              deadline->clock->due != NULL ? deadline->clock->due : "-",
                              wb_clock_state_to_text (deadline->state));
  }
  assert_string_equal (text->str, expected);
}

gboolean
wb_test_lacks (WbTestRegister *self, const char *case_ref, const char *to, const char *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) options = wb_register_list_moves (self->reg, case_ref, &error);

  wb_assert_no_error (error);
  for (guint i = 0; i < options->len; i++) {
    const WbMoveOption *option = g_ptr_array_index (options, i);

    for (guint k = 0; g_str_equal (option->to, to) && k < option->missing->len; k++) {
      if (g_str_equal (((const WbMissing *) g_ptr_array_index (option->missing, k))->rule, rule))
        return TRUE;
    }
  }
  return FALSE;
}

const char *
wb_test_words (JsonObject *row, const char *member)
{
  assert_true (json_object_has_member (row, member));
  return json_object_get_string_member (json_object_get_object_member (row, member), "en");
}
