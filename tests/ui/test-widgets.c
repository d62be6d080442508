/* SPDX-License-Identifier: EUPL-1.2 */

/* Small widgets that know nothing of a register. */
#include "wb-test-ui.h"

#include "wb-choice.h"
#include "wb-columns.h"
#include "wb-deadline-badge.h"
#include "wb-meter.h"
#include "wb-picker.h"
#include "wb-preferences.h"
#include "wb-tag.h"
#include "wb-ui.h"
#include "wb-wrap.h"

static void
a_badge_wears_the_style_of_its_kind_only (void **state)
{
  GtkWidget *badge = wb_deadline_badge_new ();
  GtkWidget *window = wb_test_show (badge);
  gpointer watched = badge;

  g_object_add_weak_pointer (G_OBJECT (badge), &watched);
  wb_deadline_badge_show (WB_DEADLINE_BADGE (badge), WB_KIND_BAR, "3 days left", FALSE);
  assert_true (gtk_widget_has_css_class (badge, "bar"));
  wb_deadline_badge_show (WB_DEADLINE_BADGE (badge), WB_KIND_LAW, "2 days late", TRUE);
  assert_false (gtk_widget_has_css_class (badge, "bar"));
  assert_true (gtk_widget_has_css_class (badge, "law"));
  assert_true (gtk_widget_has_css_class (badge, "late"));
  gtk_test_accessible_assert_property (badge,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Legal time limit: 2 days late");
  gtk_window_destroy (GTK_WINDOW (window));
  assert_null (watched);
}

static void
a_tag_without_words_is_not_there (void **state)
{
  GtkWidget *tag = g_object_ref_sink (wb_tag_new ("urgency.critical", "Critical"));

  assert_true (gtk_widget_get_visible (tag));
  assert_true (gtk_widget_has_css_class (tag, "critical"));
  g_object_set (tag, "code", NULL, "label", "", NULL);
  assert_false (gtk_widget_get_visible (tag));
  assert_false (gtk_widget_has_css_class (tag, "critical"));
  g_object_unref (tag);
}

static void
tags_go_on_to_the_next_line_where_there_is_no_room (void **state)
{
  GtkWidget *wrap = g_object_ref_sink (g_object_new (WB_TYPE_WRAP, NULL));
  int one = 0, two = 0;

  for (guint i = 0; i < 4; i++) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

    gtk_widget_set_size_request (box, 100, 20);
    wb_wrap_append (WB_WRAP (wrap), box);
  }
  gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, 1000, &one, NULL, NULL, NULL);
  gtk_widget_measure (wrap, GTK_ORIENTATION_VERTICAL, 220, &two, NULL, NULL, NULL);

  assert_int_equal (one, 20);
  assert_int_equal (two, 46);
  wb_wrap_clear (WB_WRAP (wrap));
  assert_null (gtk_widget_get_first_child (wrap));
  g_object_unref (wrap);
}

static GtkWidget *
build_columns (void)
{
  static const char ui[] = "<interface><object class='WbColumns' id='columns'>"
                           "<child><object class='GtkBox'>"
                           "<property name='height-request'>100</property></object></child>"
                           "<child><object class='GtkBox'>"
                           "<property name='height-request'>60</property></object></child>"
                           "</object></interface>";
  g_autoptr (GtkBuilder) builder = NULL;

  g_type_ensure (WB_TYPE_COLUMNS);
  builder = gtk_builder_new_from_string (ui, -1);
  return g_object_ref (GTK_WIDGET (gtk_builder_get_object (builder, "columns")));
}

static int
height_of (GtkWidget *widget, int width)
{
  int height = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
columns_stand_side_by_side_only_where_there_is_room (void **state)
{
  g_autoptr (GtkWidget) columns = build_columns ();
  int least = (int) (WB_COLUMNS_WIDE * wb_ui_text_scale (columns));

  assert_int_equal (height_of (columns, least), 100);
  assert_true (height_of (columns, least - 1) > 160);
}

static void
large_text_asks_for_more_room_before_columns_stand_side_by_side (void **state)
{
  g_autoptr (GtkWidget) columns = build_columns ();
  GtkWidget *window = wb_test_show (columns);
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;
  int usual, large;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  usual = height_of (columns, (int) (WB_COLUMNS_WIDE * 1.3));
  g_object_set (settings, "gtk-xft-dpi", dpi * 2, NULL);
  wb_test_spin (100);
  large = height_of (columns, (int) (WB_COLUMNS_WIDE * 1.3));
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);

  assert_int_equal (usual, 100);
  assert_true (large > 160);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
an_expander_row_and_its_header_have_a_name (void **state)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *header;

  g_object_ref_sink (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Harbour-12");
  wb_ui_name_expander (ADW_EXPANDER_ROW (row), "P-1", "Person concerned");
  header = wb_test_find (gtk_widget_get_first_child (row), ADW_TYPE_ACTION_ROW, NULL);

  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "P-1, Harbour-12");
  gtk_test_accessible_assert_property (header, GTK_ACCESSIBLE_PROPERTY_LABEL, "P-1, Harbour-12");
  gtk_test_accessible_assert_property (header,
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Person concerned");
  g_object_unref (row);
}

static void
picked_cb (WbPicker *picker, WbChoice *choice, GString *picked)
{
  g_string_append (picked, wb_choice_get_code (choice));
}

static void
a_picker_finds_by_part_of_a_word_and_picks_with_enter (void **state)
{
  g_autoptr (GListStore) choices = g_list_store_new (WB_TYPE_CHOICE);
  g_autoptr (WbChoice) a = wb_choice_new ("a", "Privéleven", NULL);
  g_autoptr (WbChoice) b = wb_choice_new ("b", "Rechten van het kind", NULL);
  g_autoptr (GString) picked = g_string_new (NULL);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *picker, *window, *search;

  g_list_store_append (choices, a);
  g_list_store_append (choices, b);
  picker = wb_picker_new (G_LIST_MODEL (choices), FALSE);
  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), picked);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  window = wb_test_show (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wb_test_spin (100);
  gtk_test_accessible_assert_property (
      wb_test_find (picker, g_type_from_name ("GtkListItemWidget"), NULL),
      GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Privéleven");
  search = wb_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "kind");
  wb_test_spin (100);
  g_signal_emit_by_name (search, "activate");

  assert_string_equal (picked->str, "b");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_picker_puts_what_bears_the_words_before_a_code_with_them (void **state)
{
  g_autoptr (GListStore) choices = g_list_store_new (WB_TYPE_CHOICE);
  g_autoptr (WbChoice) critical = wb_choice_new ("urgency.critical", "Critical", NULL);
  g_autoptr (WbChoice) urgent = wb_choice_new ("urgency.high", "Urgent", NULL);
  g_autoptr (GString) picked = g_string_new (NULL);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *picker, *window, *search;

  g_list_store_append (choices, critical);
  g_list_store_append (choices, urgent);
  picker = wb_picker_new (G_LIST_MODEL (choices), TRUE);
  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), picked);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), picker);
  window = wb_test_show (button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  wb_test_spin (100);
  search = wb_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_signal_emit_by_name (search, "activate");
  gtk_editable_set_text (GTK_EDITABLE (search), "urg");
  wb_test_spin (100);
  g_signal_emit_by_name (search, "activate");
  assert_string_equal (picked->str, "urgency.criticalurgency.high");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_meter_tells_a_share_and_admits_that_it_does_not_know (void **state)
{
  g_autoptr (WbMeter) meter = wb_meter_new ();

  assert_true (wb_meter_get_fraction (meter) < 0);
  wb_meter_report (1, 4, meter);
  assert_float_equal (wb_meter_get_fraction (meter), 0.25, 1e-9);
  wb_meter_report (9, 4, meter);
  assert_float_equal (wb_meter_get_fraction (meter), 1.0, 1e-9);
}

static void
shell_pages_go_and_are_freed (void **state)
{
  GtkWidget *root = gtk_label_new ("root");
  GtkWidget *shell = wb_shell_new (root);
  GtkWidget *page = gtk_label_new ("page");
  GtkWidget *window = wb_test_show (shell);
  gpointer watched = page;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  wb_shell_push (WB_SHELL (shell), page);
  wb_test_spin (50);
  assert_int_equal (wb_shell_get_depth (WB_SHELL (shell)), 2);
  assert_ptr_equal (wb_shell_get_top (WB_SHELL (shell)), page);
  assert_true (wb_shell_pop (WB_SHELL (shell)));
  assert_ptr_equal (wb_shell_get_top (WB_SHELL (shell)), root);
  assert_false (wb_shell_pop (WB_SHELL (shell)));
  wb_test_spin (600);
  assert_null (watched);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
minutes_on_the_screen_are_seconds_in_the_settings (void **state)
{
  g_autoptr (WbSettings) settings = wb_settings_new ();
  GtkWidget *preferences = wb_preferences_new (settings, NULL);
  GtkWidget *label = wb_test_find_text (preferences, "Lock Without Use After");
  GtkWidget *row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);
  GtkWidget *spin = wb_test_find (row, GTK_TYPE_SPIN_BUTTON, NULL);
  guint before = wb_settings_get_lock_after_seconds (settings);

  assert_int_equal (before, 300);
  assert_int_equal (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), 5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 10);
  assert_int_equal (wb_settings_get_lock_after_seconds (settings), 600);
  wb_settings_set_lock_after_seconds (settings, before);
  gtk_window_destroy (GTK_WINDOW (preferences));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_badge_wears_the_style_of_its_kind_only),
    cmocka_unit_test (a_tag_without_words_is_not_there),
    cmocka_unit_test (tags_go_on_to_the_next_line_where_there_is_no_room),
    cmocka_unit_test (columns_stand_side_by_side_only_where_there_is_room),
    cmocka_unit_test (large_text_asks_for_more_room_before_columns_stand_side_by_side),
    cmocka_unit_test (an_expander_row_and_its_header_have_a_name),
    cmocka_unit_test (a_picker_finds_by_part_of_a_word_and_picks_with_enter),
    cmocka_unit_test (a_picker_puts_what_bears_the_words_before_a_code_with_them),
    cmocka_unit_test (a_meter_tells_a_share_and_admits_that_it_does_not_know),
    cmocka_unit_test (shell_pages_go_and_are_freed),
    cmocka_unit_test (minutes_on_the_screen_are_seconds_in_the_settings),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("widgets", tests, NULL, NULL);
}
