/* SPDX-License-Identifier: EUPL-1.2 */

/* What the desktop leaves behind: in the list of recent files, in memory after the lock. */
#include "wb-test-ui.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include "wb-allegation-page.h"
#include "wb-file-chooser.h"
#include "wb-record-form.h"
#include "wb-unlock-page.h"

#define FREED_BYTE 0x5a       /* as app/waarborg.c sets it */
#define CANARY_HALF "kanarie" /* never whole in the program itself */

#if defined(__SANITIZE_ADDRESS__)
#define KEEPS_FREED_MEMORY TRUE /* the sanitizer holds freed memory back, as it was */
#else
#define KEEPS_FREED_MEMORY FALSE
#endif

static void
chosen_cb (GPtrArray *files, gpointer user_data)
{
  *(char **) user_data = g_file_get_path (g_ptr_array_index (files, 0));
}

static GtkWidget *
find_chooser (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (GTK_IS_FILE_CHOOSER_DIALOG (l->data))
      return l->data;
  return NULL;
}

static gboolean
has_chooser (gpointer data)
{
  return find_chooser () != NULL;
}

static char *
read_recent_list (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
a_chosen_file_is_not_in_the_recent_list (void **state)
{
  g_autofree char *list = NULL;
  g_autofree char *folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "letsel van Semhar.txt", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *chosen = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *owner = gtk_label_new ("owner");
  GtkWidget *window = wb_test_show (owner);
  void *removed = g_strdup (folder);

  assert_true (g_file_set_contents (path, "x", 1, NULL));
  wb_file_chooser_ask (owner,
                       "Attach",
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       FALSE,
                       NULL,
                       chosen_cb,
                       &chosen);
  wb_test_wait (has_chooser, NULL, "chooser");
  assert_true (gtk_file_chooser_set_file (GTK_FILE_CHOOSER (find_chooser ()), file, NULL));
  wb_test_spin (1500); /* it reads the folder */
  gtk_dialog_response (GTK_DIALOG (find_chooser ()), GTK_RESPONSE_ACCEPT);
  wb_test_spin (1500); /* the list is written now and then */

  assert_string_equal (chosen, path);
  list = read_recent_list ();
  assert_null (strstr (list, "Semhar"));
  wb_file_chooser_close_all (); /* as the lock does */
  assert_false (gtk_recent_manager_has_item (gtk_recent_manager_get_default (), uri));
  wb_test_spin (1000);
  g_free (list);
  list = read_recent_list ();
  assert_null (strstr (list, "Semhar"));
  gtk_window_destroy (GTK_WINDOW (window));
  (void) wb_test_folder_teardown (&removed);
}

static void
closing_all_file_dialogs_leaves_none (void **state)
{
  GtkWidget *owner = gtk_label_new ("owner");
  GtkWidget *window = wb_test_show (owner);
  g_autofree char *chosen = NULL;

  wb_file_chooser_ask (owner,
                       "Attach",
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       FALSE,
                       NULL,
                       chosen_cb,
                       &chosen);
  wb_test_wait (has_chooser, NULL, "chooser");
  wb_file_chooser_close_all ();
  wb_test_spin (200);

  assert_null (find_chooser ());
  assert_null (chosen);
  gtk_window_destroy (GTK_WINDOW (window));
}

static WbWindow *window;

static gboolean
is_locked (gpointer data)
{
  return !wb_session_is_open (wb_window_get_session (window)) &&
         wb_window_get_shell (window) == NULL;
}

static gboolean
has_users (gpointer data)
{
  GtkWidget *page = wb_window_get_page (window);

  return WB_IS_UNLOCK_PAGE (page) && wb_unlock_page_get_user (WB_UNLOCK_PAGE (page)) != NULL;
}

static gboolean
is_form (gpointer data)
{
  WbShell *shell = wb_window_get_shell (window);

  return shell != NULL && WB_IS_ALLEGATION_PAGE (wb_shell_get_top (shell)) &&
         wb_allegation_page_is_ready (WB_ALLEGATION_PAGE (wb_shell_get_top (shell)));
}

static gboolean
is_open (gpointer data)
{
  return wb_window_get_shell (window) != NULL;
}

/* How often @needle stands in this process's writable memory, but for itself. */
static guint
count_in_memory (const char *needle)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize size = strlen (needle);
  guint found = 0;
  int memory = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);

  assert_true (memory >= 0);
  assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    guint64 from, to;
    char rights[5] = "";
    g_autofree char *bytes = NULL;
    gssize got;

    if (sscanf (lines[i],
                "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s",
                &from,
                &to,
                rights) != 3 ||
        strncmp (rights, "rw", 2) != 0)
      continue;
    bytes = g_try_malloc (to - from);
    got = bytes != NULL ? pread (memory, bytes, to - from, (off_t) from) : 0;
    for (const char *at = bytes; got > 0 && at != NULL;) {
      at = memmem (at, (gsize) (bytes + got - at), needle, size);
      if (at == NULL)
        break;
      if ((guint64) (gsize) needle != from + (guint64) (at - bytes))
        found++;
      at += size;
    }
    if (bytes != NULL)
      explicit_bzero (bytes, to - from);
  }
  close (memory);
  return found;
}

static void
type_account (const char *text)
{
  GtkWidget *page = wb_shell_get_top (wb_window_get_shell (window));
  GtkWidget *row = wb_record_form_find_row (
      WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (page))),
      "account");
  GtkWidget *view = wb_test_find (row, GTK_TYPE_TEXT_VIEW, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
unlock (void)
{
  GtkWidget *page = wb_window_get_page (window);

  wb_test_wait (has_users, NULL, "users");
  gtk_editable_set_text (wb_test_find_passphrase (page), WB_TEST_PASSPHRASE);
  gtk_widget_activate_action (page, "unlock.unlock", NULL);
  wb_test_wait (is_open, NULL, "open");
}

static void
what_was_written_is_not_in_memory_after_the_lock (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  g_autofree char *canary = g_strconcat (CANARY_HALF, "vogel-", "7391", NULL);
  g_autofree char *account = NULL;
  g_autofree char *path = NULL;
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_autoptr (GtkApplication) application = NULL;
  WbSession *session;
  void *removed = g_strdup (folder);
  guint before, after;

  if (KEEPS_FREED_MEMORY)
    skip ();
  (void) mallopt (M_PERTURB, FREED_BYTE);
  session = wb_test_session (folder);
  path = g_strdup (wb_session_get_path (session));
  wb_test_lock (session);
  g_object_unref (session);
  application =
      GTK_APPLICATION (adw_application_new ("org.waarborg.Traces", G_APPLICATION_NON_UNIQUE));
  (void) g_application_register (G_APPLICATION (application), NULL, NULL);
  window = WB_WINDOW (wb_window_new (application, settings));
  gtk_window_present (GTK_WINDOW (window));
  wb_window_open_register (window, path);
  unlock ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new-allegation", NULL);
  wb_test_wait (is_form, NULL, "form");
  account = g_strdup_printf ("Zegt %s te heten.", canary);
  type_account (account);
  explicit_bzero (account, strlen (account));
  wb_test_spin (2500); /* drawn, and kept as a draft */
  before = count_in_memory (canary);
  wb_window_lock (window);
  wb_test_wait (is_locked, NULL, "lock");
  wb_test_spin (1000);
  after = count_in_memory (canary);

  print_message ("in memory while open: %u, after the lock: %u\n", before, after);
  assert_true (before > 0);
  assert_int_equal (after, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  wb_test_spin (300);
  (void) wb_test_folder_teardown (&removed);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_chosen_file_is_not_in_the_recent_list),
    cmocka_unit_test (closing_all_file_dialogs_leaves_none),
    cmocka_unit_test (what_was_written_is_not_in_memory_after_the_lock),
  };
  g_autofree char *home = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  void *removed = g_strdup (home);
  int failed;

  g_set_application_name ("Waarborg");    /* the dialog asks for one before it adds to the list */
  g_setenv ("XDG_DATA_HOME", home, TRUE); /* the list of recent files lies here */
  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  failed = cmocka_run_group_tests_name ("traces", tests, NULL, NULL);
  (void) wb_test_folder_teardown (&removed);
  return failed;
}
