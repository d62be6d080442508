/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-ui.h"

#include "wb-choice.h"
#include "wb-field-row.h"
#include "wb-picker.h"
#include "wb-record-form.h"

typedef struct {
  WbEditorContext context;
  WbZone *zone;
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->zone = wb_zone_new ("Europe/Amsterdam", NULL);
  fixture->context.model = wb_model_get_default (NULL);
  fixture->context.zone = fixture->zone;
  fixture->context.language = WB_LANGUAGE_EN;
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;

  wb_zone_unref (fixture->zone);
  g_free (fixture);
  return 0;
}

static const WbField *
field_of (Fixture *fixture, const char *type, const char *name)
{
  const WbField *field =
      wb_record_type_find_field (wb_model_find_type (fixture->context.model, type), name);

  assert_non_null (field);
  return field;
}

static char *
value_of (WbFieldRow *row)
{
  g_autoptr (JsonNode) node = wb_field_row_dup_value (row);

  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("nothing");
}

static void
assert_value (WbFieldRow *row, const char *expected)
{
  g_autofree char *value = value_of (row);

  assert_string_equal (value, expected);
}

static WbFieldRow *
show_row (Fixture *fixture, const char *type, const char *name, GtkWidget **ret_window)
{
  GtkWidget *row = wb_field_row_new (field_of (fixture, type, name), &fixture->context);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  *ret_window = wb_test_show (list);
  return WB_FIELD_ROW (row);
}

static void
count_cb (gpointer source, guint *count)
{
  (*count)++;
}

static void
set_json (WbFieldRow *row, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  wb_field_row_set_value (row, node);
}

static void
a_moment_is_understood_as_people_write_it (void **state)
{
  static const struct {
    const char *typed;
    const char *value;
  } cases[] = {
    { "2026", "\"2026\"" },
    { "2026-07", "\"2026-07\"" },
    { "7-2026", "\"2026-07\"" },
    { "21-7-2026", "\"2026-07-21\"" },
    { "21/07/2026 14:30", "\"2026-07-21T14:30\"" },
    { "21.7.2026 9.05", "\"2026-07-21T09:05\"" },
    { "2026-07-21 14:30", "\"2026-07-21T14:30\"" },
    { "unknown", "\"unknown\"" },
    { "31-2-2026", "nothing" },
    { "flauwekul", "nothing" },
    { "", "nothing" },
  };
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "when", &window);
  GtkWidget *text = wb_test_find (GTK_WIDGET (row), GTK_TYPE_TEXT, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    gtk_editable_set_text (GTK_EDITABLE (text), cases[i].typed);
    assert_value (row, cases[i].value);
    assert_int_equal (wb_field_row_is_wrong (row),
                      *cases[i].typed != '\0' && g_str_equal (cases[i].value, "nothing"));
  }
  wb_test_count ("moments-typed", G_N_ELEMENTS (cases));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_moment_shows_how_it_is_understood_while_one_types (void **state)
{
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "when", &window);
  GtkWidget *text = wb_test_find (GTK_WIDGET (row), GTK_TYPE_TEXT, NULL);

  gtk_editable_set_text (GTK_EDITABLE (text), "21-7-2026 14:30");

  assert_non_null (wb_test_find_text (GTK_WIDGET (row), "Tue 21 Jul 2026 14:30"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
an_imprecise_moment_from_elsewhere_survives_being_shown (void **state)
{
  static const char json[] = "{\"at\":\"2026-10-25T02:30\",\"precision\":\"hour\",\"about\":true,"
                             "\"fold\":\"unknown\",\"words\":\"half drie\"}";
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "when", &window);
  g_autoptr (JsonNode) value = NULL;

  set_json (row, json);
  value = wb_field_row_dup_value (row);

  assert_string_equal (json_object_get_string_member (json_node_get_object (value), "words"),
                       "half drie");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
half_a_date_is_kept_in_the_draft_and_not_in_the_value (void **state)
{
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "when", &window);
  GtkWidget *text = wb_test_find (GTK_WIDGET (row), GTK_TYPE_TEXT, NULL);
  g_autoptr (JsonNode) draft = NULL;

  gtk_editable_set_text (GTK_EDITABLE (text), "half ac");
  draft = wb_field_row_dup_draft (row);

  assert_value (row, "nothing");
  assert_string_equal (json_node_get_string (draft), "half ac");
  wb_field_row_set_value (row, NULL);
  wb_field_row_set_value (row, draft);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (text)), "half ac");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
not_asked_is_not_no (void **state)
{
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "anonymous", &window);
  guint changed = 0;
  GtkWidget *yes, *no;

  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &changed);
  assert_value (row, "nothing");
  yes = gtk_widget_get_ancestor (wb_test_find_text (GTK_WIDGET (row), "Yes"), GTK_TYPE_BUTTON);
  no = gtk_widget_get_ancestor (wb_test_find_text (GTK_WIDGET (row), "No"), GTK_TYPE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (yes), TRUE);
  assert_value (row, "true");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (no), TRUE);
  assert_value (row, "false");
  assert_int_equal (changed, 2);
  set_json (row, "null");
  assert_value (row, "nothing");
  assert_int_equal (changed, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_whole_number_is_asked_for_and_nothing_else (void **state)
{
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "person", "age_stated", &window);
  GtkWidget *text = wb_test_find (GTK_WIDGET (row), GTK_TYPE_TEXT, NULL);

  gtk_editable_set_text (GTK_EDITABLE (text), "15");
  assert_value (row, "15");
  gtk_editable_set_text (GTK_EDITABLE (text), "vijftien");
  assert_value (row, "nothing");
  assert_true (wb_field_row_is_wrong (row));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
pick (WbFieldRow *row, const char *code)
{
  GtkWidget *button = wb_test_find (GTK_WIDGET (row), GTK_TYPE_MENU_BUTTON, NULL);
  g_autoptr (WbChoice) choice = wb_choice_new (code, NULL, NULL);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wb_test_spin (50);
  g_signal_emit_by_name (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), "picked", choice);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
one_term_replaces_another_where_there_can_be_one (void **state)
{
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "urgency", &window);

  pick (row, "urgency.urgent");
  assert_value (row, "\"urgency.urgent\"");
  pick (row, "urgency.critical");
  assert_value (row, "\"urgency.critical\"");
  pick (row, "urgency.critical");
  assert_value (row, "nothing");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
several_terms_stand_one_below_the_other_and_can_be_removed (void **state)
{
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "rights", &window);
  GtkWidget *label;

  pick (row, "right.charter.4");
  pick (row, "right.charter.24");
  assert_value (row, "[\"right.charter.4\",\"right.charter.24\"]");
  label = wb_test_find_text (GTK_WIDGET (row), "Rights of the child");
  assert_non_null (label);
  g_signal_emit_by_name (
      wb_test_find (gtk_widget_get_parent (gtk_widget_get_parent (label)), GTK_TYPE_BUTTON, NULL),
      "clicked");
  assert_value (row, "[\"right.charter.4\"]");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
weighed_terms_keep_their_notes_and_results (void **state)
{
  static const char json[] = "{\"crit.consistent\":\"klopt\",\"crit.corroborated\":{"
                             "\"result\":\"critresult.partly\",\"note\":\"twee getuigen\"}}";
  GtkWidget *window;
  WbFieldRow *row = show_row (*state, "allegation", "criteria", &window);

  set_json (row, json);

  assert_value (row, json);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_closed_group_tells_what_in_it_is_not_understood (void **state)
{
  Fixture *fixture = *state;
  g_autoptr (JsonNode) wrong = json_from_string ("{\"until\":\"31-2-2026\"}", NULL);
  g_autoptr (JsonNode) right = json_from_string ("{\"until\":\"2026-07-18\"}", NULL);
  GtkWidget *form = wb_record_form_new ("allegation", &fixture->context);
  GtkWidget *window = wb_test_show (form);

  wb_record_form_set_values (WB_RECORD_FORM (form), json_node_get_object (wrong));
  assert_non_null (wb_test_find_text (form, "Not understood: "));
  wb_record_form_set_values (WB_RECORD_FORM (form), json_node_get_object (right));
  assert_null (wb_test_find_text (form, "Not understood: "));
  assert_non_null (wb_test_find_text (form, "Filled in: "));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define STEPS 12

static void
shift_tab_goes_back_the_way_that_tab_came (void **state)
{
  Fixture *fixture = *state;
  static const char *const TYPES[] = { "allegation", "referral", "person" };

  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    GtkWidget *form = wb_record_form_new (TYPES[i], &fixture->context);
    GtkWidget *window = wb_test_show (form);
    GtkWidget *way[STEPS + 1];
    guint n = 0;

    gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
    way[0] = gtk_root_get_focus (GTK_ROOT (window));
    while (n < STEPS && gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD))
      way[++n] = gtk_root_get_focus (GTK_ROOT (window));
    assert_true (n > 0);
    for (guint j = n; j > 0; j--) {
      if (way[j] != gtk_root_get_focus (GTK_ROOT (window)))
        gtk_root_set_focus (GTK_ROOT (window), way[j]);
      gtk_widget_child_focus (form, GTK_DIR_TAB_BACKWARD);
      assert_ptr_not_equal (gtk_root_get_focus (GTK_ROOT (window)), way[j]);
      assert_ptr_equal (gtk_root_get_focus (GTK_ROOT (window)), way[j - 1]);
    }
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

static void
every_field_of_every_type_can_be_shown_and_is_freed (void **state)
{
  Fixture *fixture = *state;
  GPtrArray *types = wb_model_get_types (fixture->context.model);
  guint n = 0;

  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);
    GtkWidget *form = wb_record_form_new (type->name, &fixture->context);
    GtkWidget *window = wb_test_show (form);
    gpointer watched = form;
    g_autoptr (JsonObject) values = wb_record_form_dup_values (WB_RECORD_FORM (form));

    n += type->fields->len;
    g_object_add_weak_pointer (G_OBJECT (form), &watched);
    assert_int_equal (json_object_get_size (values), 0);
    gtk_window_destroy (GTK_WINDOW (window));
    wb_test_spin (20);
    assert_null (watched);
  }
  wb_test_count ("fields-shown", n);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_moment_is_understood_as_people_write_it),
    cmocka_unit_test (a_moment_shows_how_it_is_understood_while_one_types),
    cmocka_unit_test (an_imprecise_moment_from_elsewhere_survives_being_shown),
    cmocka_unit_test (half_a_date_is_kept_in_the_draft_and_not_in_the_value),
    cmocka_unit_test (not_asked_is_not_no),
    cmocka_unit_test (a_whole_number_is_asked_for_and_nothing_else),
    cmocka_unit_test (one_term_replaces_another_where_there_can_be_one),
    cmocka_unit_test (several_terms_stand_one_below_the_other_and_can_be_removed),
    cmocka_unit_test (weighed_terms_keep_their_notes_and_results),
    cmocka_unit_test (a_closed_group_tells_what_in_it_is_not_understood),
    cmocka_unit_test (shift_tab_goes_back_the_way_that_tab_came),
    cmocka_unit_test (every_field_of_every_type_can_be_shown_and_is_freed),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("field-row", tests, setup, teardown);
}
