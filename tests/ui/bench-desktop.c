/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What a person waits for at the desktop, with a register that "./dev bench" made. The real window
 * is driven; each figure ends with the drawing that shows the result. Keys are put into their
 * entry, so what the X server takes for one is not in it, nor is the passphrase's own scrypt.
 */
#include "wb-test-window.h"

#include <stdlib.h>

#include "wb-cases-page.h"

#define ROUNDS 5
#define KEYS 60
#define STEPS 50
#define PATIENCE 15000                            /* ms */
#define PASSPHRASE "correct horse battery staple" /* of the registers that are measured */

static guint drawn; /* frames */
static guint loaded;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000.;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  drawn++;
}

static void
loaded_cb (WbCaseList *list, gpointer user_data)
{
  loaded++;
}

static gboolean
is_more (gpointer data)
{
  return *(guint *) data > 0;
}

/* Whatever is shown now is on the screen. */
static void
wait_for_frame (void)
{
  gtk_widget_queue_draw (GTK_WIDGET (wb_test_window.window));
  drawn = 0;
  while (!is_more (&drawn))
    (void) g_main_context_iteration (NULL, TRUE);
}

/* Without the pauses in which tests look. */
static void
wait_for (WbTestCondition condition, gpointer data, const char *what)
{
  double end = now_ms () + PATIENCE;

  while (!condition (data) && now_ms () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
  if (!condition (data)) {
    g_printerr ("Waited in vain: %s.\n", what);
    exit (EXIT_FAILURE);
  }
  wait_for_frame ();
}

static int
compare (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
tell (const char *what, double *times, guint n)
{
  qsort (times, n, sizeof times[0], compare);
  g_print ("%-42s %8.1f %8.1f %8.1f\n",
           what,
           times[n / 2],
           times[(n * 95 - 1) / 100],
           times[n - 1]);
}

static WbCaseList *
get_list (void)
{
  return wb_cases_page_get_list (WB_CASES_PAGE (wb_test_window_top ()));
}

static void
open_and_lock (void)
{
  double opened[ROUNDS], listed[ROUNDS], locked[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++) {
    double start;

    wait_for (wb_test_window_is_locked, NULL, "lock");
    wb_test_spin (300);
    start = now_ms ();
    wb_test_window_unlock (PASSPHRASE);
    wait_for (wb_test_window_is_open, NULL, "open");
    opened[i] = now_ms () - start;
    wb_test_spin (300);
    start = now_ms ();
    wb_test_window_act ("win.show-cases");
    wait_for (wb_test_window_is_list, NULL, "list");
    listed[i] = now_ms () - start;
    if (i + 1 == ROUNDS)
      break;
    wb_test_spin (300);
    start = now_ms ();
    wb_window_lock (wb_test_window.window);
    wait_for_frame ();
    locked[i] = now_ms () - start;
  }
  tell ("passphrase accepted to first page drawn", opened, ROUNDS);
  tell ("from there to the list of cases drawn", listed, ROUNDS);
  tell ("lock to blank page", locked, ROUNDS - 1);
}

/* A step is an eighth of a page; every tenth goes far. */
static void
scroll (void)
{
  GtkWidget *view = wb_test_find (wb_test_window_top (), GTK_TYPE_COLUMN_VIEW, NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));
  double frames[STEPS];

  for (guint i = 0; i < STEPS; i++) {
    double page = gtk_adjustment_get_page_size (adjustment), start = now_ms ();
    double upper = gtk_adjustment_get_upper (adjustment) - page;

    gtk_adjustment_set_value (adjustment,
                              i % 10 == 9 ? upper * (i * 37 % STEPS) / STEPS
                                          : gtk_adjustment_get_value (adjustment) + page / 8);
    wait_for_frame ();
    frames[i] = now_ms () - start;
  }
  gtk_adjustment_set_value (adjustment, 0);
  tell ("a frame while scrolling the list", frames, STEPS);
}

static void
type (void)
{
  GtkWidget *entry = wb_test_find (wb_test_window_top (), GTK_TYPE_SEARCH_ENTRY, NULL);
  double echoed[KEYS];

  for (guint i = 0; i < KEYS; i++) {
    double start = now_ms ();
    int at = -1;

    gtk_editable_insert_text (GTK_EDITABLE (entry), i % 6 == 5 ? " " : "woord" + i % 6, 1, &at);
    wait_for_frame ();
    echoed[i] = now_ms () - start;
  }
  tell ("key to its echo", echoed, KEYS);
}

static void
search (const char *what, const char *words)
{
  GtkWidget *entry = wb_test_find (wb_test_window_top (), GTK_TYPE_SEARCH_ENTRY, NULL);
  gulong handler = g_signal_connect (get_list (), "loaded", G_CALLBACK (loaded_cb), NULL);
  double found[ROUNDS];

  for (guint i = 0; i < 2 * ROUNDS; i++) {
    double start = now_ms ();

    loaded = 0;
    gtk_editable_set_text (GTK_EDITABLE (entry), i % 2 == 0 ? words : "");
    wait_for (is_more, &loaded, "found");
    if (i % 2 == 0)
      found[i / 2] = now_ms () - start;
    wb_test_spin (300);
  }
  g_signal_handler_disconnect (get_list (), handler);
  tell (what, found, ROUNDS);
}

static void
open_cases (void)
{
  double opened[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++) {
    GtkWidget *view = wb_test_find (wb_test_window_top (), GTK_TYPE_COLUMN_VIEW, NULL);
    double start = now_ms ();

    g_signal_emit_by_name (view, "activate", i);
    wait_for (wb_test_window_is_case, NULL, "case");
    opened[i] = now_ms () - start;
    wb_test_spin (300);
    wb_test_window_go_to_list ();
    wb_test_spin (200);
  }
  tell ("opening a case", opened, ROUNDS);
}

/* REGISTER: a copy that may be written to */
int
main (int argc, char **argv)
{
  GdkFrameClock *clock;
  WbInstant now = 0;

  if (argc != 2 || !wb_test_ui_init ()) {
    g_printerr ("bench-desktop REGISTER, with a display\n");
    return EXIT_FAILURE;
  }
  (void) wb_instant_parse ("2026-12-15T09:00:00Z", &now, NULL);
  wb_clock_set (now); /* after all that the registers hold */
  wb_test_window_start ();
  gtk_window_set_default_size (GTK_WINDOW (wb_test_window.window), 1280, 800);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (wb_test_window.window));
  (void) g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), NULL);
  wb_window_open_register (wb_test_window.window, argv[1]);
  g_print ("%-42s %8s %8s %8s\n", "at the desktop, ms", "median", "95th", "worst");
  open_and_lock ();
  wb_test_spin (500);
  scroll ();
  wb_test_spin (500);
  search ("search to a rare word's cases drawn", "woord77");
  search ("search to a common word's cases drawn", "geduwd");
  open_cases ();
  type ();
  wb_test_spin (500);
  wb_window_lock (wb_test_window.window);
  return wb_test_window_teardown (NULL) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
