/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Nothing that takes over 0.2 s runs on the main loop. The real window is driven through a day's
 * work, and every round of the loop is timed: from the return of one poll to the call of the next.
 * What counts is the loop's own time, its work and its waiting for disks and locks. The time in
 * which it was ready to run and other programs had the processor is told apart by the kernel.
 */
#include "wb-test-window.h"

#include <fcntl.h>
#include <unistd.h>

#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-create-page.h"
#include "wb-export-dialog.h"
#include "wb-field-row.h"
#include "wb-picker.h"
#include "wb-preferences.h"

#define LONGEST 200.0 /* ms */

#if defined(__SANITIZE_ADDRESS__)
#define FACTOR 4 /* sanitizers, and the allocator that they bring */
#define N_CASES 40
#define N_RECORDS 20
#define FILE_MB 4
#else
#define FACTOR 1
#define N_CASES 400
#define N_RECORDS 200
#define FILE_MB 48
#endif
#define N_RECORDED 20 /* a call: each call is one wait */

/* The rounds since begin(); times in ms. */
static struct {
  const char *what;
  int schedstat;
  guint rounds;
  double last, last_wait; /* when the poll returned */
  double longest, longest_wall;
  GString *over; /* what held the loop for too long */
} loop = { .schedstat = -1 };

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.;
}

/* How long this thread was ready to run and did not; 0 where the kernel does not tell. */
static double
waited_ms (void)
{
  char text[96];
  guint64 ran = 0, waited = 0;
  gssize n = loop.schedstat >= 0 ? pread (loop.schedstat, text, sizeof text - 1, 0) : -1;

  if (n <= 0)
    return 0;
  text[n] = '\0';
  return sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran, &waited) == 2
             ? (double) waited / 1e6
             : 0;
}

static void
end_round (void)
{
  double wall = now_ms () - loop.last;
  double own = wall - (waited_ms () - loop.last_wait);

  loop.rounds++;
  loop.longest = MAX (loop.longest, own);
  loop.longest_wall = MAX (loop.longest_wall, wall);
}

static void
start_round (void)
{
  loop.last_wait = waited_ms ();
  loop.last = now_ms ();
}

static int
timed_poll (GPollFD *fds, guint n, int timeout)
{
  int result;

  end_round ();
  result = g_poll (fds, n, timeout);
  start_round ();
  return result;
}

static void
begin (const char *what)
{
  loop.what = what;
  loop.rounds = 0;
  loop.longest = loop.longest_wall = 0;
  start_round ();
}

static void
tell (void)
{
  end_round ();
  print_message ("longest round %6.1f ms (%6.1f on the clock) of %6u: %s\n",
                 loop.longest,
                 loop.longest_wall,
                 loop.rounds,
                 loop.what);
}

/* Judged at the very end, so that one run tells all. */
static void
end (void)
{
  tell ();
  if (loop.longest >= LONGEST * FACTOR)
    g_string_append_printf (loop.over, "%s: %.1f ms; ", loop.what, loop.longest);
  start_round ();
}

static void
expand_all (GtkWidget *root)
{
  if (ADW_IS_EXPANDER_ROW (root))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expand_all (child);
}

/* Records of one case or many, a few a call. */
static char *
records_json (guint from, guint to, const char *case_id)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = from; i < to; i++) {
    g_string_append_printf (json, "%s{\"type\":\"allegation\",", i > from ? "," : "");
    if (case_id != NULL)
      g_string_append_printf (json, "\"case\":\"%s\",", case_id);
    g_string_append_printf (json,
                            "\"fields\":{\"account\":\"Verklaring %u: geduwd bij de balie, en "
                            "daarna urenlang in de kou gewacht.\",\"received\":\"2026-11-%02u\","
                            "\"urgency\":\"urgency.%s\"}}",
                            i,
                            i % 20 + 1,
                            i % 3 == 0 ? "urgent" : "standard");
  }
  g_string_append (json, "]");
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static char *
record_many (guint n, const char *case_id)
{
  WbSession *session = wb_window_get_session (wb_test_window.window);
  char *first = NULL;

  for (guint i = 0; i < n; i += N_RECORDED) {
    g_autofree char *json = records_json (i, MIN (i + N_RECORDED, n), case_id);
    g_autoptr (GPtrArray) made = wb_test_record (session, json);

    if (first == NULL)
      first = g_strdup (((WbRecord *) g_ptr_array_index (made, 0))->case_id);
  }
  return first;
}

static void
making_a_register (void **state)
{
  begin ("the first window, in which GTK itself loads");
  wb_test_window_start ();
  wb_test_spin (500);
  tell ();
  begin ("a new register");
  wb_test_window_create ("NL-TEST");
  wb_test_spin (500);
  end ();
}

static void
recording_hundreds_of_cases (void **state)
{
  g_autofree char *first = NULL;

  begin ("recording, called for by the test");
  first = record_many (N_CASES, NULL);
  g_free (record_many (N_RECORDS, first));
  end ();
}

static void
locking_and_opening_the_list (void **state)
{
  begin ("lock");
  wb_test_window_lock ();
  end ();
  begin ("unlock, and the day with its time limits");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_open, NULL, "open");
  wb_test_spin (1000);
  end ();
  begin ("the list of cases");
  wb_test_window_go_to_list ();
  wb_test_spin (500);
  end ();
}

static void
scrolling_through_the_list (void **state)
{
  GtkWidget *scroller = wb_test_find (wb_test_window_top (), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (scroller));

  begin ("scrolling through the list");
  for (double at = 0; at <= 1; at += 0.1) {
    gtk_adjustment_set_value (adjustment, at * gtk_adjustment_get_upper (adjustment));
    wb_test_spin (50);
  }
  gtk_adjustment_set_value (adjustment, 0);
  wb_test_spin (50);
  end ();
}

static void
searching (void **state)
{
  static const char *const typed[] = {
    "v", "ve", "ver", "verk", "verklaring", "verklaring 17", ""
  };
  GtkWidget *entry = wb_test_find (wb_test_window_top (), GTK_TYPE_SEARCH_ENTRY, NULL);

  begin ("search");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    gtk_editable_set_text (GTK_EDITABLE (entry), typed[i]);
    wb_test_spin (300);
    wb_test_wait (wb_test_window_is_list, NULL, "found");
  }
  end ();
}

static void
find (const char *words)
{
  GtkWidget *entry = wb_test_find (wb_test_window_top (), GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  wb_test_spin (500);
  wb_test_wait (wb_test_window_is_list, NULL, "found");
}

static GtkWidget *
open_first_case (void)
{
  GtkWidget *columns = wb_test_find (wb_test_window_top (), GTK_TYPE_COLUMN_VIEW, NULL);

  g_signal_emit_by_name (columns, "activate", 0);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  return wb_test_window_top ();
}

static void
opening_a_case (void **state)
{
  find ("NL-TEST-2026-0002");
  begin ("a case of one allegation");
  (void) open_first_case ();
  wb_test_spin (300);
  end ();
  begin ("all rows of it expanded");
  expand_all (wb_test_window_top ());
  wb_test_spin (300);
  end ();
  begin ("back to the list");
  wb_test_window_go_to_list ();
  wb_test_spin (300);
  end ();
}

static void
opening_a_large_case (void **state)
{
  find ("NL-TEST-2026-0001");
  begin ("a case of many allegations");
  (void) open_first_case ();
  wb_test_spin (1500);
  end ();
  assert_string_equal (wb_case_page_get_reference (WB_CASE_PAGE (wb_test_window_top ())),
                       "NL-TEST-2026-0001");
  begin ("lock at that case");
  wb_test_window_lock ();
  end ();
  begin ("unlock, back to that case");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  wb_test_spin (1500);
  end ();
  begin ("back from it");
  wb_test_window_go_to_list ();
  wb_test_spin (500);
  end ();
  find ("");
}

static void
writing_an_allegation (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, "Zin %u van een lange verklaring, zoals die wordt verteld.\n", i);
  begin ("the form of an allegation");
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_spin (300);
  end ();
  begin ("a long account, and its draft");
  wb_test_window_type (text->str);
  wb_test_spin (2000);
  end ();
  begin ("all groups of the form expanded");
  expand_all (wb_test_window_top ());
  wb_test_spin (500);
  end ();
}

static void
locking_while_writing (void **state)
{
  begin ("lock with a form open");
  wb_test_window_lock ();
  end ();
  begin ("unlock, back to the form");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_spin (500);
  end ();
  begin ("recording");
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  wb_test_wait (wb_test_window_is_case, NULL, "the new case");
  wb_test_spin (500);
  end ();
  begin ("the long account in its case");
  expand_all (wb_test_window_top ());
  wb_test_spin (500);
  end ();
}

static gboolean
find_row (GtkWidget *root, const char *field, GtkWidget **ret_row)
{
  if (WB_IS_FIELD_ROW (root) &&
      g_str_equal (wb_field_row_get_field (WB_FIELD_ROW (root))->name, field)) {
    *ret_row = root;
    return TRUE;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_row (child, field, ret_row))
      return TRUE;
  return FALSE;
}

static void
pick (const char *field, const char *what, const char *words)
{
  GtkWidget *row = NULL, *picker, *entry;

  assert_true (find_row (wb_test_window_top (), field, &row));
  gtk_widget_grab_focus (row); /* scrolled to, as by a person */
  wb_test_spin (300);
  begin (what);
  wb_choice_editor_popup (WB_CHOICE_EDITOR (wb_field_row_get_editor (WB_FIELD_ROW (row))));
  wb_test_spin (1000);
  end ();
  picker = wb_test_find (row, WB_TYPE_PICKER, NULL);
  assert_non_null (picker);
  begin ("searching in it");
  entry = wb_test_find (picker, GTK_TYPE_SEARCH_ENTRY, NULL);
  for (guint i = 1; i <= strlen (words); i++) {
    g_autofree char *typed = g_strndup (words, i);

    gtk_editable_set_text (GTK_EDITABLE (entry), typed);
    wb_test_spin (300);
  }
  gtk_popover_popdown (GTK_POPOVER (picker));
  wb_test_spin (300);
  end ();
}

static void
choosing_a_language (void **state)
{
  begin ("the form of a person");
  gtk_widget_activate_action (wb_test_window_top (), "case.new-record", "s", "person");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  expand_all (wb_test_window_top ());
  wb_test_spin (500);
  end ();
  pick ("language", "the list of languages", "tig");
  pick ("nationality", "the list of countries", "erit");
  wb_test_window_act ("win.back");
  wb_test_wait (wb_test_window_is_case, NULL, "case");
}

static gboolean
has_file (gpointer data)
{
  return wb_test_window_is_case (NULL) &&
         wb_test_find_text (wb_test_window_top (), "SHA-256") != NULL &&
         wb_test_find (wb_test_window_top (), GTK_TYPE_PROGRESS_BAR, NULL) == NULL;
}

static char *
make_file (const char *name)
{
  char *path = g_build_filename (wb_test_window.folder, name, NULL);
  g_autofree char *block = g_malloc (1 << 20);
  int fd = open (path, O_CREAT | O_WRONLY | O_TRUNC, 0600);

  for (guint i = 0; i < FILE_MB; i++) {
    for (guint k = 0; k < 1 << 20; k++)
      block[k] = (char) g_random_int ();
    assert_int_equal (write (fd, block, 1 << 20), 1 << 20);
  }
  (void) close (fd);
  return path;
}

static void
attach (const char *path)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_file_new_for_path (path));
  wb_case_page_attach (WB_CASE_PAGE (wb_test_window_top ()), files);
}

static void
attaching_a_large_file (void **state)
{
  g_autofree char *path = make_file ("opname.bin");

  begin ("attaching a large file");
  attach (path);
  wb_test_wait (has_file, NULL, "the file in the case");
  wb_test_spin (300);
  end ();
}

static WbExportDialog *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_EXPORT_DIALOG (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_exported (gpointer dialog)
{
  return wb_export_dialog_get_sha256 (dialog) != NULL;
}

static void
exporting_a_bundle (void **state)
{
  g_autofree char *path = g_build_filename (wb_test_window.folder, "bundle.zip", NULL);
  WbExportDialog *dialog;

  begin ("the export dialog");
  gtk_widget_activate_action (wb_test_window_top (), "case.export", NULL);
  dialog = find_dialog ();
  assert_non_null (dialog);
  wb_test_spin (300);
  end ();
  gtk_switch_set_active (GTK_SWITCH (wb_test_find (GTK_WIDGET (dialog), GTK_TYPE_SWITCH, NULL)),
                         TRUE);
  begin ("exporting a bundle");
  wb_export_dialog_export_to (dialog, path);
  wb_test_wait (is_exported, dialog, "bundle");
  gtk_window_destroy (GTK_WINDOW (dialog));
  wb_test_spin (300);
  end ();
}

static void
locking_while_a_file_is_taken_in (void **state)
{
  g_autofree char *path = make_file ("tweede.bin");

  begin ("lock while a large file is taken in");
  attach (path);
  wb_test_spin (100);
  wb_test_window_lock ();
  end ();
  begin ("unlock, back to the case");
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_case, NULL, "case");
  wb_test_spin (500);
  end ();
}

static void
asking_for_preferences (void **state)
{
  GtkWidget *preferences;

  begin ("preferences");
  preferences = wb_preferences_new (wb_test_window.settings, NULL);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (wb_test_window.window));
  gtk_window_present (GTK_WINDOW (preferences));
  wb_test_spin (300);
  gtk_window_destroy (GTK_WINDOW (preferences));
  end ();
}

static void
nothing_held_the_main_loop_for_a_fifth_of_a_second (void **state)
{
  if (loop.over->len > 0)
    fail_msg ("too long: %s", loop.over->str);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (making_a_register),
    cmocka_unit_test (recording_hundreds_of_cases),
    cmocka_unit_test (locking_and_opening_the_list),
    cmocka_unit_test (scrolling_through_the_list),
    cmocka_unit_test (searching),
    cmocka_unit_test (opening_a_case),
    cmocka_unit_test (opening_a_large_case),
    cmocka_unit_test (writing_an_allegation),
    cmocka_unit_test (locking_while_writing),
    cmocka_unit_test (choosing_a_language),
    cmocka_unit_test (attaching_a_large_file),
    cmocka_unit_test (exporting_a_bundle),
    cmocka_unit_test (locking_while_a_file_is_taken_in),
    cmocka_unit_test (asking_for_preferences),
    cmocka_unit_test (nothing_held_the_main_loop_for_a_fifth_of_a_second),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  loop.schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  loop.over = g_string_new (NULL);
  g_main_context_set_poll_func (NULL, timed_poll);
  wb_clock_set (G_GINT64_CONSTANT (1795500000000)); /* a day of November 2026 */
  return cmocka_run_group_tests_name ("main-loop", tests, NULL, wb_test_window_teardown);
}
