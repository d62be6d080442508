/* SPDX-License-Identifier: EUPL-1.2 */

/* Deadlines as bars on one axis: what the axis shows, and what is said without seeing it. */
#include "wb-case-page.h"
#include "wb-deadline-row.h"
#include "wb-test-ui.h"
#include "wb-time-bar.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static const char records[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Vlinder-07\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{"
    "\"account\":\"Geduwd bij de balie.\",\"received\":\"2026-07-21\","
    "\"urgency\":\"urgency.urgent\",\"when\":\"2026-07-18T20:15\"}}]";

static char *folder;
static WbSession *session;
static char *case_id;

static WbInstant
at (const char *text)
{
  WbInstant instant;

  assert_true (wb_instant_parse (text, &instant, NULL));
  return instant;
}

static int
setup (void **state)
{
  g_autoptr (GPtrArray) made = NULL;

  wb_clock_set (at ("2026-07-24T10:00:00Z"));
  folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (folder);
  made = wb_test_record (session, records);
  case_id = g_strdup (((WbRecord *) g_ptr_array_index (made, 0))->id);
  return 0;
}

static int
teardown (void **state)
{
  void *path = folder;

  wb_test_lock (session);
  g_clear_object (&session);
  g_free (case_id);
  wb_clock_set (WB_INSTANT_NONE);
  return wb_test_folder_teardown (&path);
}

static WbTimeAxis *
make_axis (WbClockSpan *spans, guint n, const char *now)
{
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, &spans[i]);
  return wb_time_axis_new (all, at (now), zone, WB_LANGUAGE_NL);
}

static WbClockSpan
span (const char *from, const char *end)
{
  return (WbClockSpan){ .from = at (from),
                        .from_latest = at (from),
                        .end = at (end),
                        .latest_end = at (end),
                        .met = WB_INSTANT_NONE,
                        .over_from = WB_INSTANT_NONE,
                        .over_until = WB_INSTANT_NONE };
}

static void
an_end_years_off_does_not_squeeze_what_is_near (void **state)
{
  WbClockSpan spans[] = { span ("2026-11-01T23:00:00Z", "2026-12-01T23:00:00Z"),
                          span ("2026-11-01T23:00:00Z", "2031-11-01T23:00:00Z") };
  g_autoptr (WbTimeAxis) axis = make_axis (spans, 2, "2026-11-24T10:00:00Z");

  assert_true (wb_time_axis_place (axis, spans[0].from) < 0.1);
  assert_true (wb_time_axis_place (axis, spans[0].end) > 0.9);
  assert_true (wb_time_axis_place (axis, spans[1].end) > 1);
}

static void
what_is_long_over_is_shown_and_today_is_not (void **state)
{
  WbClockSpan spans[] = { span ("2024-03-01T23:00:00Z", "2024-03-20T23:00:00Z") };
  g_autoptr (WbTimeAxis) axis = make_axis (spans, 1, "2026-11-24T10:00:00Z");

  assert_true (wb_time_axis_place (axis, spans[0].from) > 0);
  assert_true (wb_time_axis_place (axis, spans[0].end) < 1);
  assert_true (wb_time_axis_place (axis, wb_time_axis_get_now (axis)) > 1);
}

static void
dates_stand_at_whole_steps_and_never_too_many (void **state)
{
  WbClockSpan spans[] = { span ("2026-08-10T22:00:00Z", "2027-02-10T23:00:00Z") };
  g_autoptr (WbTimeAxis) axis = make_axis (spans, 1, "2026-11-24T10:00:00Z");
  g_autoptr (GPtrArray) months = wb_time_axis_list_ticks (axis, 8);
  g_autoptr (GPtrArray) quarters = wb_time_axis_list_ticks (axis, 4);

  assert_int_equal (months->len, 6);
  assert_string_equal (((WbTimeTick *) months->pdata[0])->label, "sep\u00a02026");
  assert_string_equal (((WbTimeTick *) months->pdata[1])->label, "okt");
  assert_string_equal (((WbTimeTick *) months->pdata[4])->label, "jan\u00a02027");
  assert_int_equal (((WbTimeTick *) months->pdata[3])->at, at ("2026-11-30T23:00:00Z"));
  assert_int_equal (quarters->len, 2);
}

static WbTimeBar *
first_bar (GtkWidget *page)
{
  GtkWidget *row = wb_test_find (page, WB_TYPE_DEADLINE_ROW, NULL);

  return WB_TIME_BAR (wb_test_find (row, WB_TYPE_TIME_BAR, NULL));
}

static gboolean
is_shown (gpointer page)
{
  return wb_case_page_get_reference (page) != NULL &&
         wb_test_find (page, WB_TYPE_DEADLINE_ROW, NULL) != NULL &&
         gtk_widget_get_width (GTK_WIDGET (first_bar (page))) > 0;
}

static GtkWidget *
show_page (int width, GtkWidget **ret_window)
{
  GtkWidget *page = wb_case_page_new (session, case_id);

  *ret_window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*ret_window), width, 700);
  adw_window_set_content (ADW_WINDOW (*ret_window), page);
  gtk_window_present (GTK_WINDOW (*ret_window));
  wb_test_wait (is_shown, page, "case");
  wb_test_spin (200);
  return page;
}

static void
a_wide_page_draws_bars_and_a_narrow_one_is_left_to_words (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (1280, &window);

  assert_true (wb_time_bar_is_drawn (first_bar (page)));
  assert_true (gtk_widget_get_height (GTK_WIDGET (first_bar (page))) > 0);
  gtk_window_destroy (GTK_WINDOW (window));

  page = show_page (360, &window);
  assert_false (wb_time_bar_is_drawn (first_bar (page)));
  assert_int_equal (gtk_widget_get_height (GTK_WIDGET (first_bar (page))), 0);
  assert_non_null (wb_test_find_text (page, "Own target"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
check_words (GtkWidget *widget, const char *words)
{
  g_autofree char *problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                 GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                                 words);

  if (problem != NULL)
    fail_msg ("%s", problem);
}

/* Row and bar say the same, in one sentence. */
static void
a_bar_is_told_in_words (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (1280, &window);
  GtkWidget *row = wb_test_find (page, WB_TYPE_DEADLINE_ROW, NULL);
  const char *words = "Triage: urgent: from Tue 21 Jul 2026 or Tue 21 Jul 2026 23:59 to "
                      "Tue 21 Jul 2026; other reading Wed 22 Jul 2026 23:59, 3 days late";

  check_words (row, words);
  check_words (GTK_WIDGET (first_bar (page)), words);
  assert_true (gtk_widget_get_focusable (row));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
enter_on_a_row_opens_its_sum (void **state)
{
  GtkWidget *window;
  GtkWidget *page = show_page (1280, &window);
  GtkWidget *row = wb_test_find (page, WB_TYPE_DEADLINE_ROW, NULL);

  assert_null (wb_test_find_text (row, "The sum"));
  assert_true (gtk_widget_activate (row));
  wb_test_spin (50);
  assert_non_null (wb_test_find_text (row, "The sum"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_end_years_off_does_not_squeeze_what_is_near),
    cmocka_unit_test (what_is_long_over_is_shown_and_today_is_not),
    cmocka_unit_test (dates_stand_at_whole_steps_and_never_too_many),
    cmocka_unit_test (a_wide_page_draws_bars_and_a_narrow_one_is_left_to_words),
    cmocka_unit_test (a_bar_is_told_in_words),
    cmocka_unit_test (enter_on_a_row_opens_its_sum),
  };

  if (!wb_test_ui_init ())
    return 77;
  return cmocka_run_group_tests (tests, setup, teardown);
}
