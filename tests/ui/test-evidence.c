/* SPDX-License-Identifier: EUPL-1.2 */

/* Evidence on the screen: each kind shows, each look is an entry, and what is hostile harms
 * nothing. */
#include "wb-test-ui.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wb-evidence-page.h"
#include "wb-picture-viewer.h"
#include "wb-sound-viewer.h"
#include "wb-test-evidence.h"
#include "wb-text-viewer.h"
#include "wb-view-child.h"
#include "wb-view-feed.h"

static char *folder;
static WbSession *session;
static char *case_id;

static int
setup (void **state)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("WAARBORG_BUILD"), "view", "waarborg-view", NULL);
  g_autoptr (GPtrArray) made = NULL;

  wb_view_child_set_program (program);
  folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  session = wb_test_session (folder);
  made = wb_test_record (session, "[{\"type\":\"case\",\"fields\":{\"title\":\"Fictief\"}}]");
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
  wb_view_child_set_program (NULL);
  return wb_test_folder_teardown (&path);
}

/* Attaching, on the register's thread. */
typedef struct {
  const char *name;
  GBytes *bytes;
  char *id;
  gsize size;
  gboolean done;
} Job;

static gpointer
attach_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (job->bytes);
  g_autoptr (WbRecord) record =
      wb_register_attach (reg, case_id, job->name, stream, 0, NULL, NULL, NULL, NULL, error);

  job->id = record != NULL ? g_strdup (record->id) : NULL;
  return job;
}

static gpointer
size_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  ((Job *) data)->size = (gsize) wb_register_get_size (reg);
  return data;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Job *) user_data)->done = TRUE;
  (void) wb_session_call_finish (WB_SESSION (source), result, NULL);
}

static gboolean
is_done (gpointer job)
{
  return ((Job *) job)->done;
}

static void
run (Job *job, WbSessionCall function)
{
  wb_session_call_async (session, function, job, NULL, NULL, NULL, done_cb, job);
  wb_test_wait (is_done, job, "the register");
}

static char *
attach (const char *name, GBytes *bytes)
{
  Job job = { .name = name, .bytes = bytes };

  run (&job, attach_call);
  assert_non_null (job.id);
  return job.id;
}

static gsize
log_size (void)
{
  Job job = { 0 };

  run (&job, size_call);
  return job.size;
}

static gboolean
is_settled (gpointer page)
{
  const char *state = wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page));
  GtkWidget *viewer = wb_evidence_page_get_viewer (WB_EVIDENCE_PAGE (page));

  if (!g_str_equal (state, "viewer"))
    return g_str_equal (state, "failed");
  if (WB_IS_PICTURE_VIEWER (viewer))
    return wb_picture_viewer_is_shown (WB_PICTURE_VIEWER (viewer));
  return !WB_IS_SOUND_VIEWER (viewer) ||
         wb_sound_viewer_get_duration (WB_SOUND_VIEWER (viewer)) > 0;
}

static GtkWidget *
show (const char *name, GBytes *bytes, GtkWidget **ret_window)
{
  g_autofree char *id = attach (name, bytes);
  GtkWidget *page = wb_evidence_page_new (session, id);

  *ret_window = wb_test_show (page);
  wb_test_wait (is_settled, page, name);
  wb_test_spin (50);
  return page;
}

/* The program beside this one; 0: there is none. */
static pid_t
find_child (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc", name, "status", NULL);
    g_autofree char *text = NULL;
    g_autofree char *parent = g_strdup_printf ("\nPPid:\t%d\n", getpid ());

    if (g_ascii_isdigit (*name) && g_file_get_contents (path, &text, NULL, NULL) &&
        g_str_has_prefix (text, "Name:\twaarborg-view\n") && strstr (text, parent) != NULL &&
        strstr (text, "State:\tZ") == NULL)
      return (pid_t) g_ascii_strtoll (name, NULL, 10);
  }
  return 0;
}

static gboolean
is_childless (gpointer data)
{
  return find_child () == 0;
}

static void
a_picture_shows_and_the_look_is_one_entry (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_png (640, 480);
  g_autofree char *id = attach ("foto.png", bytes);
  gsize before = log_size ();
  GtkWidget *page = wb_evidence_page_new (session, id);
  GtkWidget *window = wb_test_show (page);
  gpointer watched = page;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  wb_test_wait (is_settled, page, "picture");
  wb_test_spin (100);
  assert_string_equal (wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page)), "viewer");
  assert_int_equal (log_size (), before + 1);
  assert_non_null (wb_test_find_text (page, "foto.png"));
  assert_non_null (wb_test_find_text (page, "Taken in"));
  assert_non_null (wb_test_find_text (page, "Looked at"));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_wait (is_childless, NULL, "the end of the child");
  wb_test_spin (50);
  assert_null (watched);
}

static void
a_picture_is_made_larger_and_turned (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_png (64, 48);
  GtkWidget *window;
  GtkWidget *page = show ("klein.png", bytes, &window);
  WbPictureViewer *viewer =
      WB_PICTURE_VIEWER (wb_evidence_page_get_viewer (WB_EVIDENCE_PAGE (page)));

  assert_float_equal (wb_picture_viewer_get_scale (viewer), 1, 0.001);
  gtk_widget_activate_action (GTK_WIDGET (viewer), "view.zoom-in", NULL);
  gtk_widget_activate_action (GTK_WIDGET (viewer), "view.zoom-in", NULL);
  assert_float_equal (wb_picture_viewer_get_scale (viewer), 1.5625, 0.001);
  assert_non_null (wb_test_find_text (page, "156%"));
  gtk_widget_activate_action (GTK_WIDGET (viewer), "view.turn", NULL);
  gtk_widget_activate_action (GTK_WIDGET (viewer), "view.fit", NULL);
  wb_test_spin (100);
  assert_float_equal (wb_picture_viewer_get_scale (viewer), 1, 0.001);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_second_page (gpointer viewer)
{
  return wb_picture_viewer_get_page (viewer) == 1;
}

static void
a_document_is_read_page_by_page (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_pdf (3);
  GtkWidget *window;
  GtkWidget *page = show ("verbaal.pdf", bytes, &window);
  GtkWidget *viewer = wb_evidence_page_get_viewer (WB_EVIDENCE_PAGE (page));

  assert_non_null (wb_test_find_text (page, "1 of 3"));
  gtk_widget_activate_action (viewer, "view.next-page", NULL);
  wb_test_wait (is_second_page, viewer, "second page");
  gtk_widget_activate_action (viewer, "view.last-page", NULL);
  gtk_widget_activate_action (viewer, "view.next-page", NULL);
  assert_non_null (wb_test_find_text (page, "3 of 3"));
  gtk_widget_activate_action (viewer, "view.first-page", NULL);
  assert_non_null (wb_test_find_text (page, "1 of 3"));
  wb_test_spin (200);
  assert_string_equal (wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page)), "viewer");
  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
shown_text (GtkWidget *page)
{
  GtkWidget *view = wb_test_find (page, GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
assert_reads (const char *file, gsize size, const char *wanted)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file, size);
  GtkWidget *window;
  GtkWidget *page = show ("brief.txt", bytes, &window);
  g_autofree char *text = shown_text (page);

  assert_string_equal (text, wanted);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_text_is_read_whatever_its_letters (void **state)
{
  assert_reads ("دفعوني إلى الحائط", strlen ("دفعوني إلى الحائط"), "دفعوني إلى الحائط");
  assert_reads ("caf\351 \200", 6, "café €");
  assert_reads ("\377\376G\000e\000", 6, "Ge");
}

static void
a_letter_shows_what_it_says_and_loads_nothing (void **state)
{
  static const char file[] = "From: =?utf-8?q?Zo=C3=AB?= <z@b.example>\nSubject: Klacht\n"
                             "Date: Sat, 18 Jul 2026 20:15:00 +0300\nContent-Type: text/html\n\n"
                             "<p>Er is geduwd.</p><img src=\"http://b.example/x.png\">\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, strlen (file));
  GtkWidget *window;
  GtkWidget *page = show ("brief.eml", bytes, &window);
  g_autofree char *text = shown_text (page);

  assert_non_null (strstr (text, "From: Zoë <z@b.example>\n"));
  assert_non_null (strstr (text, "Date, as the letter says: 2026-07-18T20:15+03:00\n"));
  assert_non_null (strstr (text, "\nEr is geduwd.\n"));
  assert_null (strstr (text, "http"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
get_place (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_mark (buffer, &place, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_offset (&place);
}

static void
a_text_is_searched_and_cannot_be_copied_out (void **state)
{
  static const char words[] = "Een deur. Nog een deur.";
  g_autoptr (GBytes) bytes = g_bytes_new_static (words, strlen (words));
  GtkWidget *window;
  GtkWidget *page = show ("brief.txt", bytes, &window);
  GtkWidget *view = wb_test_find (page, GTK_TYPE_TEXT_VIEW, NULL);
  GtkWidget *search = wb_test_find (page, GTK_TYPE_SEARCH_ENTRY, NULL);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (view);

  gdk_clipboard_set_content (clipboard, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "DEUR");
  wb_test_spin (400);
  assert_non_null (wb_test_find_text (page, "2 places"));
  assert_int_equal (get_place (view), 4);
  g_signal_emit_by_name (search, "next-match");
  assert_int_equal (get_place (view), 18);
  g_signal_emit_by_name (search, "next-match");
  assert_int_equal (get_place (view), 4);
  g_signal_emit_by_name (view, "select-all", TRUE);
  g_signal_emit_by_name (view, "copy-clipboard");
  wb_test_spin (50);
  assert_null (gdk_clipboard_get_content (clipboard));
  assert_null (gdk_clipboard_get_content (gtk_widget_get_primary_clipboard (view)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_moved (gpointer viewer)
{
  return wb_sound_viewer_get_position (viewer) > 200;
}

static gboolean
is_far (gpointer viewer)
{
  return wb_sound_viewer_get_position (viewer) >= 5000 && !wb_sound_viewer_is_playing (viewer);
}

static void
a_recording_plays_pauses_and_is_searched (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_wav (8000);
  GtkWidget *window;
  GtkWidget *page = show ("gesprek.wav", bytes, &window);
  GtkWidget *viewer = wb_evidence_page_get_viewer (WB_EVIDENCE_PAGE (page));

  assert_true (WB_IS_SOUND_VIEWER (viewer));
  assert_int_equal (wb_sound_viewer_get_duration (WB_SOUND_VIEWER (viewer)), 8000);
  gtk_widget_activate_action (viewer, "sound.toggle", NULL);
  wb_test_wait (has_moved, viewer, "sound");
  gtk_widget_activate_action (viewer, "sound.toggle", NULL);
  gtk_widget_activate_action (viewer, "sound.forward", NULL);
  wb_test_wait (is_far, viewer, "a place further on");
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_wait (is_childless, NULL, "the end of the child");
}

static void
assert_unshown (const char *name, const char *file, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (file, size);
  GtkWidget *window;
  GtkWidget *page = show (name, bytes, &window);

  assert_string_equal (wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page)), "failed");
  assert_non_null (wb_test_find_text (page, "This File Cannot Be Shown"));
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_wait (is_childless, NULL, "the end of the child");
}

static void
what_cannot_be_decoded_is_one_sentence (void **state)
{
  assert_unshown ("stuk.png", "\211PNG\r\n\032\n\000\000\000\rIHDRxxxxyyyyzzzz", 28);
  assert_unshown ("stuk.pdf", "%PDF-1.7\nniets", 14);
  assert_unshown ("stuk.wav", "RIFFxxxxWAVEfmt niets", 21);
  assert_unshown ("stuk.bin", "\000\001\002\003", 4);
}

static gboolean
has_failed (gpointer page)
{
  return g_str_equal (wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page)), "failed");
}

static void
a_decoder_that_dies_does_not_take_the_register_along (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_pdf (2);
  GtkWidget *window;
  GtkWidget *page = show ("valstrik.pdf", bytes, &window);

  assert_int_equal (kill (find_child (), SIGKILL), 0);
  wb_test_wait (has_failed, page, "failure");
  assert_non_null (wb_test_find_text (page, "This File Cannot Be Shown"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
the_decoder_has_no_way_out (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_png (8, 8);
  GtkWidget *window;
  GtkWidget *page = show ("stip.png", bytes, &window);
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", find_child ());
  g_autofree char *text = NULL;

  assert_string_equal (wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page)), "viewer");
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_non_null (strstr (text, "NoNewPrivs:\t1\n"));
  assert_non_null (strstr (text, "Seccomp:\t2\n"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
keep_texture_cb (WbViewChild *child, gpointer answer, GdkTexture *texture, GdkTexture **kept)
{
  g_set_object (kept, texture);
}

static gboolean
is_kept (gpointer kept)
{
  return *(GdkTexture **) kept != NULL;
}

static gboolean
is_black (GdkTexture *texture)
{
  guint32 pixels[16 * 16];

  gdk_texture_download (texture, (guchar *) pixels, 16 * sizeof *pixels);
  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    if (pixels[i] != 0)
      return FALSE;
  return TRUE;
}

static void
pixels_are_overwritten_whoever_still_holds_them (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_png (16, 16);
  WbViewChild *child = wb_view_child_new ("image");
  g_autoptr (GdkTexture) texture = NULL;
  int input;

  assert_non_null (child);
  input = wb_view_child_take_input (child);
  assert_int_equal (write (input, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)),
                    (int) g_bytes_get_size (bytes));
  (void) close (input);
  g_signal_connect (child, "answered", G_CALLBACK (keep_texture_cb), &texture);
  wb_view_child_ask (child, &(WbViewRequest){ .verb = WB_VIEW_SHOW, .scale = WB_VIEW_SCALE_ONE });
  wb_test_wait (is_kept, &texture, "picture");
  assert_false (is_black (texture));
  g_object_unref (child);
  assert_true (is_black (texture));
}

static void
a_saved_copy_is_told_of (void **state)
{
  g_autoptr (GBytes) bytes = wb_test_png (8, 8);
  g_autofree char *path = g_build_filename (folder, "kopie.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *window;
  GtkWidget *page = show ("stip.png", bytes, &window);

  wb_evidence_page_save (WB_EVIDENCE_PAGE (page), file);
  wb_test_spin (300);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_non_null (wb_test_find_text (page, "Copy saved outside the register"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_picture_shows_and_the_look_is_one_entry),
    cmocka_unit_test (a_picture_is_made_larger_and_turned),
    cmocka_unit_test (a_document_is_read_page_by_page),
    cmocka_unit_test (a_text_is_read_whatever_its_letters),
    cmocka_unit_test (a_letter_shows_what_it_says_and_loads_nothing),
    cmocka_unit_test (a_text_is_searched_and_cannot_be_copied_out),
    cmocka_unit_test (a_recording_plays_pauses_and_is_searched),
    cmocka_unit_test (what_cannot_be_decoded_is_one_sentence),
    cmocka_unit_test (a_decoder_that_dies_does_not_take_the_register_along),
    cmocka_unit_test (the_decoder_has_no_way_out),
    cmocka_unit_test (pixels_are_overwritten_whoever_still_holds_them),
    cmocka_unit_test (a_saved_copy_is_told_of),
  };

  if (!wb_test_ui_init ())
    return 77;
  return cmocka_run_group_tests (tests, setup, teardown);
}
