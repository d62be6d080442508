/* SPDX-License-Identifier: EUPL-1.2 */

/* The list of cases by the keyboard alone: keys are pressed at the display, as a person does. */
#include "wb-test-ui.h"

#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <gdk/x11/gdkx.h>

#include "wb-cases-page.h"
#include "wb-list-export-dialog.h"
#include "wb-work-lists.h"

#define N_CASES 5

typedef struct {
  GtkWidget *page;
  GtkWidget *window;
  WbCaseList *list;
  GtkEditable *search;
  char *activated; /* (nullable) */
} Fixture;

static char *folder;
static WbSession *session;

static int
group_setup (void **state)
{
  folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (folder);
  for (guint i = 0; i < N_CASES; i++) {
    g_autofree char *json =
        g_strdup_printf ("[{\"type\":\"case\",\"fields\":{\"title\":\"%s %u\"}}]",
                         i == 0 ? "Vlinder" : "Populier",
                         i);

    g_ptr_array_unref (wb_test_record (session, json));
  }
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

static Display *
display (void)
{
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
}

static void
press_with (KeySym modifier, KeySym key)
{
  KeyCode held = modifier != NoSymbol ? XKeysymToKeycode (display (), modifier) : 0;
  KeyCode code = XKeysymToKeycode (display (), key);

  assert_int_not_equal (code, 0);
  if (held != 0)
    XTestFakeKeyEvent (display (), held, True, CurrentTime);
  XTestFakeKeyEvent (display (), code, True, CurrentTime);
  XTestFakeKeyEvent (display (), code, False, CurrentTime);
  if (held != 0)
    XTestFakeKeyEvent (display (), held, False, CurrentTime);
  XFlush (display ());
  wb_test_spin (120);
}

static void
press (KeySym key)
{
  press_with (NoSymbol, key);
}

static gboolean
is_loaded (gpointer list)
{
  return !wb_case_list_is_loading (list);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
activated_cb (WbCasesPage *page, const char *id, Fixture *self)
{
  g_free (self->activated);
  self->activated = g_strdup (id);
}

/* Nobody manages windows here: the keyboard is given to ours by hand. */
static void
take_keyboard (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  XSetInputFocus (display (), gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XSync (display (), False);
  wb_test_wait (is_active, window, "keyboard");
}

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->page = wb_cases_page_new (session);
  self->window = wb_test_show (self->page);
  self->list = wb_cases_page_get_list (WB_CASES_PAGE (self->page));
  self->search = GTK_EDITABLE (wb_test_find (self->page, GTK_TYPE_SEARCH_ENTRY, NULL));
  g_signal_connect (self->page, "case-activated", G_CALLBACK (activated_cb), self);
  wb_test_wait (is_loaded, self->list, "list");
  wb_test_spin (200);
  take_keyboard (self->window);
  wb_cases_page_focus_list (WB_CASES_PAGE (self->page));
  wb_test_spin (50);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  gtk_window_destroy (GTK_WINDOW (self->window));
  wb_test_spin (50);
  g_free (self->activated);
  g_free (self);
  return 0;
}

static gboolean
is_selecting (Fixture *self)
{
  gboolean selecting = FALSE;

  g_object_get (self->page, "selecting", &selecting, NULL);
  return selecting;
}

static void
what_is_typed_in_the_list_is_searched_for_and_escape_clears_it (void **state)
{
  Fixture *self = *state;

  press (XK_v);
  press (XK_l);
  press (XK_i);
  assert_string_equal (gtk_editable_get_text (self->search), "vli");
  wb_test_spin (400);
  wb_test_wait (is_loaded, self->list, "search");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 1);
  press (XK_Escape);
  wb_test_spin (400);
  wb_test_wait (is_loaded, self->list, "all");
  assert_string_equal (gtk_editable_get_text (self->search), "");
  assert_int_equal (wb_case_list_get_n_cases (self->list), N_CASES);
}

static void
down_goes_from_the_search_to_the_list_and_enter_opens (void **state)
{
  Fixture *self = *state;

  wb_cases_page_focus_search (WB_CASES_PAGE (self->page));
  press (XK_Down);
  press (XK_Return);
  assert_non_null (self->activated);
}

static void
ctrl_a_selects_all_and_escape_leaves_it (void **state)
{
  Fixture *self = *state;

  assert_false (is_selecting (self));
  press_with (XK_Control_L, XK_a);
  assert_true (is_selecting (self));
  assert_non_null (wb_test_find_text (self->page, "5 selected"));
  press (XK_Escape);
  assert_false (is_selecting (self));
}

static void
shift_with_an_arrow_selects_two (void **state)
{
  Fixture *self = *state;

  press (XK_space);
  press_with (XK_Shift_L, XK_Down);
  assert_true (is_selecting (self));
  assert_non_null (wb_test_find_text (self->page, "2 selected"));
}

static void
delete_deletes_nothing (void **state)
{
  Fixture *self = *state;

  press_with (XK_Control_L, XK_a);
  press (XK_Delete);
  press (XK_BackSpace);
  wb_case_list_refresh (self->list);
  wb_test_wait (is_loaded, self->list, "list");
  assert_int_equal (wb_case_list_get_n_cases (self->list), N_CASES);
  assert_null (wb_test_find_dialog ());
}

static WbListExportDialog *
find_export (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_LIST_EXPORT_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_written (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
the_selected_cases_are_exported_and_a_folder_that_is_gone_is_told (void **state)
{
  Fixture *self = *state;
  g_autofree char *gone = g_build_filename (folder, "gone", "x.csv", NULL);
  g_autofree char *path = g_build_filename (folder, "x.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  WbListExportDialog *dialog;

  press (XK_space);
  press_with (XK_Shift_L, XK_Down);
  gtk_widget_activate_action (self->page, "cases.export", NULL);
  wb_test_spin (100);
  dialog = find_export ();
  assert_non_null (dialog);
  assert_non_null (wb_test_find_text (GTK_WIDGET (dialog), "The 2 Selected Cases"));
  wb_list_export_dialog_export_to (dialog, gone);
  wb_test_spin (300);
  assert_non_null (wb_test_find_text (GTK_WIDGET (dialog), "does not exist"));
  wb_list_export_dialog_export_to (dialog, path);
  wb_test_wait (is_written, path, "table");
  wb_test_spin (100);
  assert_non_null (wb_test_find_text (GTK_WIDGET (dialog), "2 cases are in"));
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  assert_int_equal (g_strv_length (lines), 4); /* heads, two cases, and nothing after the last */
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
ctrl_shift_e_exports_the_list (void **state)
{
  KeyCode control = XKeysymToKeycode (display (), XK_Control_L);
  WbListExportDialog *dialog;

  XTestFakeKeyEvent (display (), control, True, CurrentTime);
  press_with (XK_Shift_L, XK_e);
  XTestFakeKeyEvent (display (), control, False, CurrentTime);
  XFlush (display ());
  wb_test_spin (200);
  dialog = find_export ();
  assert_non_null (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static GtkSelectionModel *
rows_of (Fixture *self)
{
  GtkWidget *view = wb_test_find (self->page, GTK_TYPE_COLUMN_VIEW, NULL);
  GtkSelectionModel *rows = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));

  assert_non_null (rows);
  return rows;
}

/* The list of cases, as another act or another order makes it anew. */
static void
what_is_selected_stays_selected_where_the_case_went (void **state)
{
  Fixture *self = *state;

  g_object_set (self->page, "order", "reference", "descending", FALSE, NULL);
  wb_test_wait (is_loaded, self->list, "order");
  wb_cases_page_focus_list (WB_CASES_PAGE (self->page));
  press (XK_Home);
  press (XK_space);
  press_with (XK_Shift_L, XK_Down);
  wb_case_list_refresh (self->list);
  wb_test_wait (is_loaded, self->list, "again");
  wb_test_spin (200);
  assert_non_null (wb_test_find_text (self->page, "2 selected"));
  g_object_set (self->page, "descending", TRUE, NULL);
  wb_test_wait (is_loaded, self->list, "another order");
  wb_test_spin (200);
  assert_non_null (wb_test_find_text (self->page, "2 selected"));
  assert_true (gtk_selection_model_is_selected (rows_of (self), N_CASES - 1));
  assert_true (gtk_selection_model_is_selected (rows_of (self), N_CASES - 2));
  wb_cases_page_set_words (WB_CASES_PAGE (self->page), "populier");
  wb_test_wait (is_loaded, self->list, "other words");
  wb_test_spin (200);
  assert_false (is_selecting (self));
}

static void
type_word (const char *word)
{
  for (; *word != '\0'; word++)
    press ((KeySym) *word);
}

static GtkWidget *
open_lists (Fixture *self)
{
  GtkWidget *lists = wb_test_find (self->page, WB_TYPE_WORK_LISTS, NULL);

  press_with (XK_Control_L, XK_d);
  wb_test_spin (300);
  assert_true (gtk_widget_get_mapped (lists));
  return lists;
}

static void
a_work_list_is_saved_opened_renamed_and_deleted (void **state)
{
  Fixture *self = *state;
  GtkWidget *lists, *row;

  wb_cases_page_set_words (WB_CASES_PAGE (self->page), "vlinder");
  g_object_set (self->page, "order", "received", NULL);
  wb_test_wait (is_loaded, self->list, "search");
  lists = open_lists (self);
  gtk_widget_grab_focus (wb_test_find (lists, GTK_TYPE_ENTRY, NULL));
  type_word ("haven");
  press (XK_Return);
  wb_test_spin (300);
  row = wb_test_find (lists, GTK_TYPE_LIST_BOX_ROW, NULL);
  assert_non_null (row);
  assert_non_null (wb_test_find_text (row, "haven"));
  assert_non_null (wb_test_find_text (row, "1"));
  press (XK_Escape);
  wb_cases_page_set_words (WB_CASES_PAGE (self->page), "");
  g_object_set (self->page, "order", "deadline", NULL);
  wb_test_wait (is_loaded, self->list, "all");

  lists = open_lists (self);
  gtk_widget_grab_focus (wb_test_find (lists, GTK_TYPE_LIST_BOX_ROW, NULL));
  press (XK_Return);
  wb_test_wait (is_loaded, self->list, "opened");
  assert_string_equal (wb_cases_page_get_words (WB_CASES_PAGE (self->page)), "vlinder");
  assert_int_equal (wb_case_list_get_n_cases (self->list), 1);

  lists = open_lists (self);
  gtk_widget_grab_focus (wb_test_find (lists, GTK_TYPE_LIST_BOX_ROW, NULL));
  press (XK_F2);
  type_word ("duin");
  press (XK_Return);
  wb_test_spin (300);
  assert_non_null (wb_test_find_text (lists, "duin"));
  assert_null (wb_test_find_text (lists, "haven"));
  gtk_widget_grab_focus (wb_test_find (lists, GTK_TYPE_LIST_BOX_ROW, NULL));
  press (XK_Delete);
  wb_test_spin (300);
  assert_null (wb_test_find (lists, GTK_TYPE_LIST_BOX_ROW, NULL));
  press (XK_Escape);
}

#define with_page(f) cmocka_unit_test_setup_teardown (f, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_page (what_is_typed_in_the_list_is_searched_for_and_escape_clears_it),
    with_page (down_goes_from_the_search_to_the_list_and_enter_opens),
    with_page (ctrl_a_selects_all_and_escape_leaves_it),
    with_page (shift_with_an_arrow_selects_two),
    with_page (delete_deletes_nothing),
    with_page (the_selected_cases_are_exported_and_a_folder_that_is_gone_is_told),
    with_page (ctrl_shift_e_exports_the_list),
    with_page (what_is_selected_stays_selected_where_the_case_went),
    with_page (a_work_list_is_saved_opened_renamed_and_deleted),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("case-keys", tests, group_setup, group_teardown);
}
