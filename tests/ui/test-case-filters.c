/* SPDX-License-Identifier: EUPL-1.2 */

/* The list of cases narrowed by chips, over a real register. */
#include "wb-test-ui.h"

#include "wb-case-item.h"
#include "wb-cases-page.h"
#include "wb-choice.h"
#include "wb-filter-bar.h"
#include "wb-picker.h"

#define JSON                                                                                       \
  "[{\"type\":\"allegation\",\"fields\":{\"account\":\"een\",\"rights\":[\"right.charter.4\"],"    \
  "\"stages\":[\"stage.data\"]}},"                                                                 \
  "{\"type\":\"allegation\",\"fields\":{\"account\":\"twee\",\"rights\":[\"right.charter.8\"]}},"  \
  "{\"type\":\"allegation\",\"fields\":{\"account\":\"drie\"}}]"

static char *folder;
static WbSession *session;

typedef struct {
  GtkWidget *page, *window;
  WbFilterBar *chips;
  GtkWidget *picker;
  WbCaseList *list;
} Fixture;

static int
group_setup (void **state)
{
  folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (folder);
  g_ptr_array_unref (wb_test_record (session, JSON));
  return 0;
}

static int
group_teardown (void **state)
{
  void *path = folder;

  wb_test_lock (session);
  g_clear_object (&session);
  return wb_test_folder_teardown (&path);
}

static gboolean
is_loaded (gpointer list)
{
  return !wb_case_list_is_loading (list);
}

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->page = wb_cases_page_new (session);
  self->window = wb_test_show (self->page);
  self->list = wb_cases_page_get_list (WB_CASES_PAGE (self->page));
  self->chips = WB_FILTER_BAR (wb_test_find (self->page, WB_TYPE_FILTER_BAR, NULL));
  wb_test_spin (100); /* names of users come */
  wb_test_wait (is_loaded, self->list, "list");
  wb_cases_page_open_filters (WB_CASES_PAGE (self->page));
  self->picker = wb_test_find (self->page, WB_TYPE_PICKER, NULL);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  gtk_window_destroy (GTK_WINDOW (self->window));
  wb_test_spin (50);
  g_free (self);
  return 0;
}

/* As picking it in the list does; by its label or its code. */
static void
pick (Fixture *self, const char *name)
{
  GListModel *choices = wb_filter_bar_get_choices (self->chips);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (choices, i);

    if (!g_str_equal (wb_choice_get_label (choice), name) &&
        !g_str_has_suffix (wb_choice_get_code (choice), name))
      continue;
    g_signal_emit_by_name (self->picker, "picked", choice);
    wb_test_wait (is_loaded, self->list, "filtered");
    return;
  }
  fail_msg ("%s is not offered", name);
}

static guint
count_chips (Fixture *self)
{
  guint n = 0;

  for (GtkWidget *chip =
           gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self->chips)));
       chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    n++;
  return n;
}

static void
a_filter_becomes_a_chip_and_a_click_takes_it_away (void **state)
{
  Fixture *self = *state;
  GtkWidget *chip;

  assert_int_equal (wb_case_list_get_n_cases (self->list), 3);
  assert_false (gtk_widget_get_visible (GTK_WIDGET (self->chips)));
  pick (self, "right.charter.4");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 1);
  assert_int_equal (count_chips (self), 1);
  chip = wb_test_find (GTK_WIDGET (self->chips), GTK_TYPE_BUTTON, NULL);
  assert_true (g_str_has_prefix (gtk_widget_get_tooltip_text (chip), "Remove filter: "));
  gtk_test_accessible_assert_property (chip,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       gtk_widget_get_tooltip_text (chip));
  g_signal_emit_by_name (chip, "clicked");
  wb_test_wait (is_loaded, self->list, "all");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 3);
  assert_false (gtk_widget_get_visible (GTK_WIDGET (self->chips)));
}

static void
values_of_one_filter_widen_and_another_filter_narrows (void **state)
{
  Fixture *self = *state;

  pick (self, "right.charter.4");
  pick (self, "right.charter.8");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 2);
  pick (self, "stage.data");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 1);
  assert_int_equal (count_chips (self), 3);
  pick (self, "right.charter.4"); /* again: no more */
  assert_int_equal (wb_case_list_get_n_cases (self->list), 0);
  assert_non_null (wb_test_find_text (self->page, "Nothing Found"));
}

static void
ones_own_cases_and_those_of_nobody_can_be_picked (void **state)
{
  Fixture *self = *state;

  pick (self, "Assigned to me");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 0);
  pick (self, "Assigned to nobody");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 3);
}

static void
show_all_takes_every_chip_away (void **state)
{
  Fixture *self = *state;

  pick (self, "Assigned to me");
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (wb_test_find_text (self->page, "Show All Cases"), GTK_TYPE_BUTTON),
      "clicked");
  wb_test_wait (is_loaded, self->list, "all");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 3);
  assert_int_equal (count_chips (self), 0);
}

static gboolean
is_column_shown (Fixture *self, guint position)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (wb_test_find (self->page, GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (view), position);

  return gtk_column_view_column_get_visible (column);
}

static void
columns_are_of_choice_and_stay_so (void **state)
{
  enum { SITE = 6, ALLEGATIONS = 7 };
  Fixture *self = *state;
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_auto (GStrv) hidden = NULL;

  wb_cases_page_follow_settings (WB_CASES_PAGE (self->page), settings);
  assert_true (is_column_shown (self, SITE));
  assert_false (is_column_shown (self, ALLEGATIONS));
  assert_true (gtk_widget_activate_action (self->page, "columns.site", NULL));
  assert_true (gtk_widget_activate_action (self->page, "columns.allegations", NULL));
  assert_false (is_column_shown (self, SITE));
  assert_true (is_column_shown (self, ALLEGATIONS));
  hidden = wb_settings_dup_hidden_columns (settings);
  assert_int_equal (g_strv_length (hidden), 1);
  assert_string_equal (hidden[0], "site");
}

#define with_page(f) cmocka_unit_test_setup_teardown (f, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_page (a_filter_becomes_a_chip_and_a_click_takes_it_away),
    with_page (values_of_one_filter_widen_and_another_filter_narrows),
    with_page (ones_own_cases_and_those_of_nobody_can_be_picked),
    with_page (show_all_takes_every_chip_away),
    with_page (columns_are_of_choice_and_stay_so),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("case-filters", tests, group_setup, group_teardown);
}
