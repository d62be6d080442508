/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-ui.h"

#include "wb-case-item.h"
#include "wb-cases-page.h"
#include "wb-row-name.h"

#define N_CASES 450 /* more than two pages of rows */

static char *folder;
static WbSession *session;

static void
add_cases (guint n)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (json,
                            "%s{\"type\":\"case\",\"fields\":{\"title\":\"%s %u\"}}",
                            i > 0 ? "," : "",
                            i % 9 == 0 ? "Vlinder" : "Populier",
                            i);
  g_string_append_c (json, ']');
  g_ptr_array_unref (wb_test_record (session, json->str));
}

static int
setup (void **state)
{
  folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (folder);
  add_cases (N_CASES);
  return 0;
}

static int
teardown (void **state)
{
  void *path = folder;

  wb_test_lock (session);
  g_clear_object (&session);
  return wb_test_folder_teardown (&path);
}

static gboolean
is_loaded (gpointer data)
{
  return !wb_case_list_is_loading (data);
}

static WbCaseList *
load (void)
{
  WbCaseList *list = wb_case_list_new (session);

  wb_case_list_set_sort (list, WB_CASE_SORT_REFERENCE, FALSE);
  wb_test_wait (is_loaded, list, "first page");
  return list;
}

static const char *
reference_at (WbCaseList *list, guint position)
{
  g_autoptr (WbCaseItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);

  wb_test_spin (200); /* its page comes */
  return wb_case_item_get_reference (item);
}

static void
pages_come_when_they_are_looked_at (void **state)
{
  g_autoptr (WbCaseList) list = load ();
  g_autoptr (WbCaseItem) far = g_list_model_get_item (G_LIST_MODEL (list), 449);
  g_autoptr (WbCaseItem) beyond = g_list_model_get_item (G_LIST_MODEL (list), 450);

  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (list)), N_CASES);
  assert_null (beyond);
  assert_null (wb_case_item_get_id (far));
  wb_test_spin (300);
  assert_non_null (strstr (wb_case_item_get_reference (far), "-0450"));
}

static void
a_search_counts_what_it_finds_and_an_empty_one_finds_all (void **state)
{
  g_autoptr (WbCaseList) list = load ();

  wb_case_list_set_words (list, "vlin");
  assert_true (wb_case_list_is_filtered (list));
  wb_test_wait (is_loaded, list, "search");
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (list)), N_CASES / 9);
  wb_case_list_set_words (list, "");
  wb_test_wait (is_loaded, list, "no search");
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (list)), N_CASES);
}

static void
of_several_searches_only_the_last_one_counts (void **state)
{
  g_autoptr (WbCaseList) list = load ();

  wb_case_list_set_words (list, "pop");
  wb_case_list_set_words (list, "vlinder");
  wb_case_list_set_words (list, "nietsdaarvan");
  wb_test_wait (is_loaded, list, "last search");
  wb_test_spin (200);
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (list)), 0);
}

static void
the_register_sorts (void **state)
{
  g_autoptr (WbCaseList) list = load ();

  assert_non_null (strstr (reference_at (list, 0), "-0001"));
  wb_case_list_set_sort (list, WB_CASE_SORT_REFERENCE, TRUE);
  wb_test_wait (is_loaded, list, "sorted");
  assert_non_null (strstr (reference_at (list, 0), "-0450"));
}

static void
count_changes_cb (GListModel *model, guint at, guint removed, guint added, guint *changes)
{
  (*changes)++;
  assert_int_equal (at, N_CASES);
  assert_int_equal (removed, 0);
  assert_int_equal (added, 1);
}

static void
a_new_case_is_added_without_throwing_the_view_about (void **state)
{
  g_autoptr (WbCaseList) list = load ();
  g_autoptr (WbCaseItem) first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_autoptr (WbCaseItem) again = NULL;
  guint changes = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (count_changes_cb), &changes);
  add_cases (1);
  wb_case_list_refresh (list);
  wb_test_wait (is_loaded, list, "refresh");
  again = g_list_model_get_item (G_LIST_MODEL (list), 0);
  assert_int_equal (changes, 1);
  assert_ptr_equal (first, again);
}

static void
activated_cb (WbCasesPage *page, const char *id, char **activated)
{
  g_free (*activated);
  *activated = g_strdup (id);
}

static gboolean
is_page_loaded (gpointer page)
{
  return !wb_case_list_is_loading (wb_cases_page_get_list (page));
}

/* What a row is called comes from its first cell, two widgets below it. */
static void
assert_row_is_named (GtkWidget *page)
{
  GtkWidget *cell = wb_test_find (page, WB_TYPE_ROW_NAME, NULL);
  GtkWidget *row = gtk_widget_get_parent (gtk_widget_get_parent (cell));
  g_autofree char *name = NULL;

  g_object_get (cell, "row-name", &name, NULL);
  assert_true (g_str_has_prefix (name, "NL-TEST-"));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
the_page_lists_searches_and_opens (void **state)
{
  GtkWidget *page = wb_cases_page_new (session);
  GtkWidget *window = wb_test_show (page);
  gpointer watched = page;
  g_autofree char *activated = NULL;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  g_signal_connect (page, "case-activated", G_CALLBACK (activated_cb), &activated);
  wb_test_wait (is_page_loaded, page, "list");
  assert_non_null (wb_test_find_text (page, "451 cases"));
  assert_row_is_named (page);
  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (page, GTK_TYPE_SEARCH_ENTRY, NULL)), "vlind");
  wb_test_spin (600); /* typing pauses, then one search */
  wb_test_wait (is_page_loaded, page, "search");
  assert_non_null (wb_test_find_text (page, "51 cases found"));
  g_signal_emit_by_name (wb_test_find (page, GTK_TYPE_COLUMN_VIEW, NULL), "activate", 0);
  assert_non_null (activated);
  wb_cases_page_set_words (WB_CASES_PAGE (page), "zzz");
  wb_test_wait (is_page_loaded, page, "nothing");
  assert_non_null (wb_test_find_text (page, "Nothing Found"));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_spin (50);
  assert_null (watched);
}

static void
a_click_on_a_header_sorts_in_the_register (void **state)
{
  GtkWidget *page = wb_cases_page_new (session);
  GtkWidget *window = wb_test_show (page);
  WbCaseList *list = wb_cases_page_get_list (WB_CASES_PAGE (page));
  GtkColumnView *view = GTK_COLUMN_VIEW (wb_test_find (page, GTK_TYPE_COLUMN_VIEW, NULL));
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (view), 1); /* after the ticks */

  wb_test_wait (is_page_loaded, page, "list");
  gtk_column_view_sort_by_column (view, column, GTK_SORT_DESCENDING);
  wb_test_wait (is_page_loaded, page, "sorted");
  assert_non_null (strstr (reference_at (list, 0), "-0451"));
  gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
  wb_test_wait (is_page_loaded, page, "sorted");
  assert_non_null (strstr (reference_at (list, 0), "-0001"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
shows_columns_at (GtkWidget *page, GtkWidget *window, int width)
{
  GtkWidget *view = wb_test_find (page, GTK_TYPE_COLUMN_VIEW, NULL);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  wb_test_spin (300);
  return gtk_widget_get_mapped (view);
}

/* What the columns take together, where they are seen. */
static int
sum_of_widths (GtkWidget *page)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (wb_test_find (page, GTK_TYPE_COLUMN_VIEW, NULL));
  GListModel *columns = gtk_column_view_get_columns (view);
  int sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

    if (gtk_column_view_column_get_visible (column))
      sum += gtk_column_view_column_get_fixed_width (column);
  }
  return sum;
}

static void
all_columns_fit_where_there_is_room_for_a_table (void **state)
{
  static const int widths[] = { 1280, 1366, 1000 };
  GtkWidget *page = wb_cases_page_new (session);
  GtkWidget *window = wb_test_show (page);

  wb_test_wait (is_page_loaded, page, "list");
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    assert_true (shows_columns_at (page, window, widths[i]));
    assert_in_range (sum_of_widths (page), widths[i] / 2, widths[i]);
  }
  assert_false (shows_columns_at (page, window, 800));
  assert_true (shows_columns_at (page, window, 1280));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* GTK keeps the arrow beside the title, and shows it in the header that sorts. */
static gboolean
is_sorted (GtkColumnView *view, const char *title)
{
  GtkWidget *label = wb_test_find_text (GTK_WIDGET (view), title);
  GtkWidget *arrow = gtk_widget_get_next_sibling (label);

  return arrow != NULL && gtk_widget_get_visible (arrow) && gtk_widget_get_width (arrow) > 0;
}

static void
the_order_is_shown_in_words_or_by_an_arrow (void **state)
{
  GtkWidget *page = wb_cases_page_new (session);
  GtkWidget *window = wb_test_show (page);
  WbCaseList *list = wb_cases_page_get_list (WB_CASES_PAGE (page));
  GtkColumnView *view = GTK_COLUMN_VIEW (wb_test_find (page, GTK_TYPE_COLUMN_VIEW, NULL));

  assert_true (shows_columns_at (page, window, 1366));
  wb_test_wait (is_page_loaded, page, "list");
  assert_non_null (wb_test_find_text (page, "451 cases, by next deadline"));
  g_object_set (page, "order", "reference", "descending", TRUE, NULL);
  wb_test_wait (is_page_loaded, page, "sorted");
  assert_true (is_sorted (view, "Reference"));
  assert_non_null (strstr (reference_at (list, 0), "-0451"));
  g_object_set (page, "descending", FALSE, NULL);
  wb_test_wait (is_page_loaded, page, "sorted");
  assert_non_null (strstr (reference_at (list, 0), "-0001"));
  assert_null (wb_test_find_text (page, "by reference")); /* the arrow tells */
  assert_false (shows_columns_at (page, window, 600));
  assert_non_null (wb_test_find_text (page, "451 cases, by reference"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (pages_come_when_they_are_looked_at),
    cmocka_unit_test (a_search_counts_what_it_finds_and_an_empty_one_finds_all),
    cmocka_unit_test (of_several_searches_only_the_last_one_counts),
    cmocka_unit_test (the_register_sorts),
    cmocka_unit_test (a_new_case_is_added_without_throwing_the_view_about),
    cmocka_unit_test (the_page_lists_searches_and_opens),
    cmocka_unit_test (a_click_on_a_header_sorts_in_the_register),
    cmocka_unit_test (all_columns_fit_where_there_is_room_for_a_table),
    cmocka_unit_test (the_order_is_shown_in_words_or_by_an_arrow),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("case-list", tests, setup, teardown);
}
