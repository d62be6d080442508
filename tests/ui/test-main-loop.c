/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * How long the window ever keeps its main loop: from the return of one poll to the next, without
 * the time that the system gave the processor to others. The bound is the product's own, 0.2 s;
 * under sanitizers, which make everything several times slower, it is a multiple of that.
 */
#include "wb-test-ui.h"

#include <glib/gstdio.h>

#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-export-dialog.h"
#include "wb-record-form.h"
#include "wb-unlock-page.h"

#define BOUND 200 /* ms */
#ifdef __SANITIZE_ADDRESS__
#define FACTOR 8
#else
#define FACTOR 1
#endif
#define CASES 250
#define FILE_SIZE (32 * 1024 * 1024)

typedef struct {
  char *folder, *path;
  GtkApplication *application;
  WbSettings *settings;
  WbWindow *window;
} Fixture;

static Fixture fixture;

static struct {
  GPollFunc poll;
  gint64 since; /* µs; 0: not measuring */
  gint64 waited;
  gint64 longest;
  guint rounds;
} measure;

/* What the thread was ready to run and did not, in µs: others had the processor. */
static gint64
time_waited (void)
{
  g_autofree char *text = NULL;
  guint64 run = 0, wait = 0;

  if (g_file_get_contents ("/proc/thread-self/schedstat", &text, NULL, NULL))
    (void) sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &run, &wait);
  return (gint64) (wait / 1000);
}

static gint
measuring_poll (GPollFD *fds, guint n, gint timeout)
{
  gint result;

  if (measure.since != 0) {
    gint64 busy = g_get_monotonic_time () - measure.since - (time_waited () - measure.waited);

    measure.longest = MAX (measure.longest, busy);
    measure.rounds++;
  }
  result = measure.poll (fds, n, timeout);
  measure.waited = time_waited ();
  measure.since = g_get_monotonic_time ();
  return result;
}

static void
begin (void)
{
  measure.longest = 0;
  measure.rounds = 0;
  measure.waited = time_waited ();
  measure.since = g_get_monotonic_time ();
}

static void
end (const char *what)
{
  print_message ("main-loop %-28s longest %4d ms in %u rounds\n",
                 what,
                 (int) (measure.longest / 1000),
                 measure.rounds);
  if (measure.longest > BOUND * FACTOR * 1000)
    fail_msg ("%s kept the main loop for %d ms", what, (int) (measure.longest / 1000));
  measure.since = 0;
}

static GtkWidget *
top (void)
{
  return wb_shell_get_top (wb_window_get_shell (fixture.window));
}

static gboolean
is_list (gpointer data)
{
  return wb_window_get_shell (fixture.window) != NULL && WB_IS_CASES_PAGE (top ()) &&
         !wb_case_list_is_loading (wb_cases_page_get_list (WB_CASES_PAGE (top ())));
}

static gboolean
is_case (gpointer data)
{
  return wb_window_get_shell (fixture.window) != NULL && WB_IS_CASE_PAGE (top ()) &&
         wb_case_page_get_reference (WB_CASE_PAGE (top ())) != NULL;
}

static gboolean
is_form (gpointer data)
{
  return wb_window_get_shell (fixture.window) != NULL && WB_IS_ALLEGATION_PAGE (top ()) &&
         wb_allegation_page_is_ready (WB_ALLEGATION_PAGE (top ()));
}

static gboolean
is_attached (gpointer data)
{
  return wb_test_find_text (top (), "groot.bin") != NULL;
}

static gboolean
is_exported (gpointer dialog)
{
  return wb_export_dialog_get_sha256 (dialog) != NULL;
}

static gboolean
is_locked (gpointer data)
{
  GtkWidget *page = wb_window_get_page (fixture.window);

  return WB_IS_UNLOCK_PAGE (page) && wb_unlock_page_get_user (WB_UNLOCK_PAGE (page)) != NULL &&
         !wb_session_is_open (wb_window_get_session (fixture.window));
}

static void
fill (WbSession *session)
{
  g_autoptr (GString) json = g_string_new ("[");
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < CASES; i++)
    g_string_append_printf (json,
                            "%s{\"type\":\"allegation\",\"fields\":{\"account\":\"Verhaal %u over "
                            "de nacht op de afdeling, met wat er is gezegd.\",\"received\":"
                            "\"2026-%02u-%02u\",\"site\":\"site.schiphol.jcs\"}}",
                            i > 0 ? "," : "",
                            i,
                            1 + i % 10,
                            1 + i % 28);
  g_string_append_c (json, ']');
  records = wb_test_record (session, json->str);
  assert_int_equal (records->len, CASES);
}

static int
setup (void **state)
{
  WbSession *session;

  fixture.folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (fixture.folder);
  fill (session);
  fixture.path = g_strdup (wb_session_get_path (session));
  wb_test_lock (session);
  g_object_unref (session);
  fixture.settings = wb_settings_new ();
  fixture.application =
      GTK_APPLICATION (adw_application_new ("org.waarborg.Test", G_APPLICATION_NON_UNIQUE));
  (void) g_application_register (G_APPLICATION (fixture.application), NULL, NULL);
  measure.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, measuring_poll);
  return 0;
}

static int
teardown (void **state)
{
  void *path = fixture.folder;

  measure.since = 0;
  g_main_context_set_poll_func (NULL, measure.poll);
  gtk_window_destroy (GTK_WINDOW (fixture.window));
  wb_test_spin (500);
  g_clear_object (&fixture.application);
  g_clear_object (&fixture.settings);
  g_free (fixture.path);
  return wb_test_folder_teardown (&path);
}

static void
unlock (void)
{
  GtkWidget *page = wb_window_get_page (fixture.window);

  gtk_editable_set_text (GTK_EDITABLE (wb_test_find (page, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL)),
                         WB_TEST_PASSPHRASE);
  gtk_widget_activate_action (page, "unlock.unlock", NULL);
}

static void
open_window (void)
{
  begin (); /* GTK itself starts here: its first window is measured and not judged */
  fixture.window = WB_WINDOW (wb_window_new (fixture.application, fixture.settings));
  gtk_window_present (GTK_WINDOW (fixture.window));
  wb_test_spin (1000);
  print_message ("main-loop %-28s longest %4d ms\n",
                 "first window",
                 (int) (measure.longest / 1000));
  begin ();
  wb_window_open_register (fixture.window, fixture.path);
  wb_test_wait (is_locked, NULL, "door");
  wb_test_spin (300);
  end ("door");
}

static void
attach_large (void)
{
  g_autofree char *path = g_build_filename (fixture.folder, "groot.bin", NULL);
  g_autofree char *bytes = g_malloc0 (FILE_SIZE);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  measure.since = 0;
  assert_true (g_file_set_contents (path, bytes, FILE_SIZE, NULL));
  g_ptr_array_add (files, g_file_new_for_path (path));
  begin ();
  wb_case_page_attach (WB_CASE_PAGE (top ()), files);
  wb_test_wait (is_attached, NULL, "attach");
  wb_test_spin (500);
  end ("attach 32 MiB");
}

static GtkWidget *
find_export_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next) {
    if (WB_IS_EXPORT_DIALOG (l->data))
      return l->data;
  }
  return NULL;
}

static void
export_case (void)
{
  g_autofree char *path = g_build_filename (fixture.folder, "bundel.zip", NULL);
  GtkWidget *dialog, *plain;

  begin ();
  gtk_widget_activate_action (top (), "case.export", NULL);
  wb_test_spin (500);
  dialog = find_export_dialog ();
  assert_non_null (dialog);
  plain = wb_test_find (dialog, GTK_TYPE_SWITCH, NULL);
  if (plain != NULL)
    gtk_switch_set_active (GTK_SWITCH (plain), !gtk_switch_get_active (GTK_SWITCH (plain)));
  wb_export_dialog_export_to (WB_EXPORT_DIALOG (dialog), path);
  wb_test_wait (is_exported, dialog, "export");
  wb_test_spin (300);
  end ("export 32 MiB");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
write_and_lock (void)
{
  GtkWidget *row;

  begin ();
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.new-allegation", NULL);
  wb_test_wait (is_form, NULL, "form");
  wb_test_spin (500);
  end ("new allegation");
  begin ();
  row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (top ()))),
      "account");
  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (wb_test_find (row, GTK_TYPE_TEXT_VIEW, NULL))),
      "Een begin",
      -1);
  wb_test_spin (2500);
  end ("typing and saving a draft");
  begin ();
  wb_window_lock (fixture.window);
  wb_test_wait (is_locked, NULL, "lock");
  wb_test_spin (300);
  end ("lock");
}

static void
nothing_keeps_the_main_loop_for_long (void **state)
{
  open_window ();
  begin ();
  unlock ();
  wb_test_wait (is_list, NULL, "list");
  wb_test_spin (500);
  end ("unlock and list");
  begin ();
  wb_cases_page_set_words (WB_CASES_PAGE (top ()), "verhaal 77");
  wb_test_spin (800);
  wb_cases_page_set_words (WB_CASES_PAGE (top ()), "");
  wb_test_spin (800);
  wb_test_wait (is_list, NULL, "search");
  end ("search");
  begin ();
  g_signal_emit_by_name (wb_test_find (top (), GTK_TYPE_COLUMN_VIEW, NULL), "activate", 0);
  wb_test_wait (is_case, NULL, "case");
  wb_test_spin (500);
  end ("open a case");
  attach_large ();
  export_case ();
  write_and_lock ();
  begin ();
  unlock ();
  wb_test_wait (is_form, NULL, "form again");
  wb_test_spin (500);
  end ("unlock where one was");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (nothing_keeps_the_main_loop_for_long),
  };

  if (!wb_test_ui_init ())
    return 77;
  return cmocka_run_group_tests_name ("main-loop", tests, setup, teardown);
}
