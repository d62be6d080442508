/* SPDX-License-Identifier: EUPL-1.2 */

/* The page of the day in the real window: what is on it, the way to the case, and acts. */
#include "wb-test-window.h"

#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-clock-act-dialog.h"
#include "wb-deadline-badge.h"
#include "wb-editor.h"
#include "wb-today-page.h"
#include "wb-today-row.h"

#define NOW G_GINT64_CONSTANT (1795500000000) /* Tuesday 24 November 2026 */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

static const char records[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Vlinder-07\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{"
    "\"account\":\"Geduwd bij de balie.\",\"received\":\"2026-11-24\","
    "\"urgency\":\"urgency.urgent\",\"when\":\"2026-11-23T20:15\"}}]";

static gboolean
is_today (gpointer data)
{
  GtkWidget *top = wb_test_window_is_open (NULL) ? wb_test_window_top () : NULL;

  return WB_IS_TODAY_PAGE (top) && !wb_today_page_is_loading (WB_TODAY_PAGE (top));
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_CLOCK_ACT_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return find_dialog () == NULL && is_today (NULL);
}

static gboolean
is_refused (gpointer data)
{
  GtkWidget *bar = wb_test_find (find_dialog (), GTK_TYPE_INFO_BAR, NULL);

  return gtk_info_bar_get_revealed (GTK_INFO_BAR (bar));
}

static guint
count_rows (GtkWidget *root)
{
  guint n = WB_IS_TODAY_ROW (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static WbTodayPage *
show_today (void)
{
  wb_test_window_act ("win.show-today");
  wb_test_wait (is_today, NULL, "today");
  wb_test_spin (100);
  return WB_TODAY_PAGE (wb_test_window_top ());
}

static void
go_to_day (gint64 days)
{
  wb_clock_set (NOW + days * DAY_MS);
  wb_today_page_reload (show_today ());
  wb_test_wait (is_today, NULL, "read again");
  wb_test_spin (100);
}

static WbTodayRow *
first_row (void)
{
  GtkWidget *row = wb_test_find (wb_test_window_top (), WB_TYPE_TODAY_ROW, NULL);

  assert_non_null (row);
  return WB_TODAY_ROW (row);
}

static GtkWidget *
ask (const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (first_row ()), "deadline.act", "s", action);
  wb_test_wait (is_dialog, NULL, "dialog");
  return find_dialog ();
}

static void
write_reason (GtkWidget *dialog, const char *reason)
{
  GtkWidget *editor = wb_test_find (dialog, WB_TYPE_LONGTEXT_EDITOR, NULL);

  gtk_text_buffer_set_text (wb_longtext_editor_get_buffer (WB_LONGTEXT_EDITOR (editor)),
                            reason,
                            -1);
}

static void
an_empty_register_asks_for_nothing (void **state)
{
  WbTodayPage *page;

  wb_test_window_go_to_list ();
  page = show_today ();
  assert_int_equal (wb_today_page_get_n (page), 0);
  assert_non_null (wb_test_find_text (GTK_WIDGET (page), "Nothing to Do Today"));
}

static void
a_new_case_brings_its_time_limits (void **state)
{
  g_autoptr (GPtrArray) made =
      wb_test_record (wb_window_get_session (wb_test_window.window), records);
  WbTodayRow *row;

  go_to_day (0);
  row = first_row ();
  assert_non_null (wb_test_find_text (GTK_WIDGET (row), "NL-TEST-2026-0001"));
  assert_non_null (wb_test_find_text (GTK_WIDGET (row), "Vlinder-07"));
  assert_true (wb_today_page_get_n (WB_TODAY_PAGE (wb_test_window_top ())) > 0);
}

static void
an_own_target_never_looks_like_law (void **state)
{
  const WbTodayDeadline *deadline = wb_today_row_get_deadline (first_row ());
  GtkWidget *badge = wb_test_find (GTK_WIDGET (first_row ()), WB_TYPE_DEADLINE_BADGE, NULL);

  assert_true (g_str_has_prefix (deadline->rule, "pol."));
  assert_int_equal (wb_deadline_item_get_kind (deadline->item), WB_KIND_POLICY);
  assert_true (gtk_widget_has_css_class (badge, "policy"));
  assert_false (gtk_widget_has_css_class (badge, "law"));
}

static void
an_opened_row_shows_the_sum (void **state)
{
  assert_null (wb_test_find_text (GTK_WIDGET (first_row ()), "The sum"));
  wb_today_row_set_opened (first_row (), TRUE);
  assert_non_null (wb_test_find_text (GTK_WIDGET (first_row ()), "The sum"));
  go_to_day (0);
  assert_true (wb_today_row_is_opened (first_row ()));
}

static void
the_reference_opens_the_case (void **state)
{
  GtkWidget *label = wb_test_find_text (GTK_WIDGET (first_row ()), "NL-TEST-2026-0001");

  g_signal_emit_by_name (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON), "clicked");
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  wb_test_window_act ("win.back");
  wb_test_wait (is_today, NULL, "back at the day");
  wb_test_spin (100);
}

static void
another_day_is_noticed (void **state)
{
  WbTodayPage *page = show_today ();

  assert_null (wb_test_find_text (GTK_WIDGET (page), "days late"));
  wb_clock_set (NOW + 10 * DAY_MS);
  wb_today_page_check_day (page);
  assert_true (wb_today_page_is_loading (page));
  wb_test_wait (is_today, NULL, "the other day");
  wb_test_spin (100);
  assert_non_null (wb_test_find_text (GTK_WIDGET (page), "days late"));
  wb_today_page_check_day (page);
  assert_false (wb_today_page_is_loading (page));
  go_to_day (0);
}

static void
a_refusal_is_told_in_the_registers_own_words (void **state)
{
  GtkWidget *dialog = ask ("clockact.extend");

  write_reason (dialog, "Nog niet klaar");
  gtk_widget_activate_action (dialog, "act.record", NULL);
  wb_test_wait (is_refused, NULL, "refused");
  assert_non_null (wb_test_find_text (dialog, "This time limit cannot be extended by hand"));
  gtk_widget_activate_action (dialog, "act.cancel", NULL);
  wb_test_wait (is_gone, NULL, "cancelled");
}

static void
an_act_without_a_reason_is_refused (void **state)
{
  GtkWidget *dialog = ask ("clockact.waive");

  gtk_widget_activate_action (dialog, "act.record", NULL);
  wb_test_wait (is_refused, NULL, "refused");
  gtk_widget_activate_action (dialog, "act.cancel", NULL);
  wb_test_wait (is_gone, NULL, "cancelled");
}

static void
who_begins_begins_with_the_day_and_who_was_busy_goes_on (void **state)
{
  wb_test_window_go_to_list ();
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_today, NULL, "begins with the day");
  wb_test_spin (100);
  g_signal_emit_by_name (first_row (),
                         "case-activated",
                         wb_today_row_get_deadline (first_row ())->case_id);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_case, NULL, "case after the lock");
  wb_test_window_act ("win.back");
  wb_test_wait (is_today, NULL, "the day below it");
  wb_test_spin (100);
}

static void
what_is_typed_in_the_dialog_survives_the_lock_to_the_last_letter (void **state)
{
  g_autofree char *text = NULL;
  GtkWidget *dialog = ask ("clockact.waive");
  GtkWidget *editor;

  write_reason (dialog, "Midden in een zi");
  wb_test_window_lock ();
  assert_null (find_dialog ());
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_dialog, NULL, "dialog after the lock");
  editor = wb_test_find (find_dialog (), WB_TYPE_LONGTEXT_EDITOR, NULL);
  g_object_get (wb_longtext_editor_get_buffer (WB_LONGTEXT_EDITOR (editor)), "text", &text, NULL);
  assert_string_equal (text, "Midden in een zi");
  assert_non_null (wb_test_find_text (find_dialog (), "Waive"));
  gtk_widget_activate_action (find_dialog (), "act.cancel", NULL);
  wb_test_wait (is_gone, NULL, "cancelled");
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (is_today, NULL, "begins with the day");
  wb_test_spin (200);
  assert_null (find_dialog ()); /* it comes back once */
}

static WbTodayRow *
find_suspended (GtkWidget *root)
{
  if (WB_IS_TODAY_ROW (root) &&
      wb_deadline_item_get_state (wb_today_row_get_deadline (WB_TODAY_ROW (root))->item) ==
          WB_CLOCK_SUSPENDED)
    return WB_TODAY_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    WbTodayRow *found = find_suspended (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
what_stands_still_is_listed_and_runs_on_from_its_row (void **state)
{
  guint before = wb_today_page_get_n (show_today ());
  GtkWidget *dialog = ask ("clockact.suspend");
  WbTodayRow *row;

  write_reason (dialog, "Wacht op stukken");
  gtk_widget_activate_action (dialog, "act.record", NULL);
  wb_test_wait (is_gone, NULL, "suspended");
  wb_test_spin (100);
  row = find_suspended (wb_test_window_top ());
  assert_non_null (row);
  assert_int_equal (wb_today_page_get_n (show_today ()), before - 1);
  wb_today_row_set_opened (row, TRUE);
  assert_non_null (wb_test_find_text (GTK_WIDGET (row), "Resume…"));
  assert_false (gtk_widget_get_child_visible (wb_test_find_text (GTK_WIDGET (row), "Suspend…")) &&
                gtk_widget_get_mapped (wb_test_find_text (GTK_WIDGET (row), "Suspend…")));
  gtk_widget_activate_action (GTK_WIDGET (row), "deadline.act", "s", "clockact.resume");
  wb_test_wait (is_dialog, NULL, "dialog");
  write_reason (find_dialog (), "De stukken zijn er");
  gtk_widget_activate_action (find_dialog (), "act.record", NULL);
  wb_test_wait (is_gone, NULL, "resumed");
  wb_test_spin (100);
  assert_null (find_suspended (wb_test_window_top ()));
  assert_int_equal (wb_today_page_get_n (show_today ()), before);
}

static void
what_is_done_leaves_the_day (void **state)
{
  guint before = count_rows (wb_test_window_top ());
  GtkWidget *dialog = ask ("clockact.meet");

  write_reason (dialog, "Getriageerd");
  gtk_widget_activate_action (dialog, "act.record", NULL);
  wb_test_wait (is_gone, NULL, "recorded");
  wb_test_spin (100);
  assert_int_equal (count_rows (wb_test_window_top ()), before - 1);
}

static void
a_case_in_which_nothing_is_done_is_pointed_out (void **state)
{
  go_to_day (45);
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Nothing was done for 45 days"));
  assert_non_null (
      wb_test_find_text (wb_test_window_top (), "nothing was done for 30 days or more"));
  go_to_day (0);
}

static void
how_long_is_too_long_is_the_bodys_own (void **state)
{
  g_autoptr (GPtrArray) made = wb_test_record (wb_window_get_session (wb_test_window.window),
                                               "[{\"type\":\"target\",\"fields\":{\"rule\":\"open."
                                               "undue_delay\",\"length\":10,\"unit\":\"d\"}}]");

  go_to_day (12);
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Nothing was done for 12 days"));
  assert_non_null (
      wb_test_find_text (wb_test_window_top (), "nothing was done for 10 days or more"));
  go_to_day (0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_empty_register_asks_for_nothing),
    cmocka_unit_test (a_new_case_brings_its_time_limits),
    cmocka_unit_test (an_own_target_never_looks_like_law),
    cmocka_unit_test (an_opened_row_shows_the_sum),
    cmocka_unit_test (the_reference_opens_the_case),
    cmocka_unit_test (another_day_is_noticed),
    cmocka_unit_test (a_refusal_is_told_in_the_registers_own_words),
    cmocka_unit_test (an_act_without_a_reason_is_refused),
    cmocka_unit_test (who_begins_begins_with_the_day_and_who_was_busy_goes_on),
    cmocka_unit_test (what_is_typed_in_the_dialog_survives_the_lock_to_the_last_letter),
    cmocka_unit_test (what_stands_still_is_listed_and_runs_on_from_its_row),
    cmocka_unit_test (what_is_done_leaves_the_day),
    cmocka_unit_test (a_case_in_which_nothing_is_done_is_pointed_out),
    cmocka_unit_test (how_long_is_too_long_is_the_bodys_own),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  wb_clock_set (NOW);
  return cmocka_run_group_tests_name ("today",
                                      tests,
                                      wb_test_window_setup,
                                      wb_test_window_teardown);
}
