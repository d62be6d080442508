/* SPDX-License-Identifier: EUPL-1.2 */

/* What tests of widgets share: waiting, finding, and a real register to show. */
#include "wb-test-ui.h"

#include "wb-passphrase-row.h"

#include "wb-record-file.h"
#include "wb-secret.h"
#include "wb-ui.h"

#define PATIENCE_MS 30000 /* key derivation under sanitizers takes its time */

void
wb_test_wait (WbTestCondition condition, gpointer data, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_GINT64_CONSTANT (1000);

  while (!condition (data)) {
    if (g_get_monotonic_time () > end)
      fail_msg ("waited in vain: %s", what);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

void
wb_test_spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

gboolean
wb_test_ui_init (void)
{
  if (!gtk_init_check ())
    return FALSE;
  wb_ui_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  return TRUE;
}

GtkWidget *
wb_test_find (GtkWidget *root, GType type, const char *name)
{
  if (root == NULL)
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) &&
      (name == NULL || g_strcmp0 (gtk_widget_get_name (root), name) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = wb_test_find (child, type, name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

GtkWidget *
wb_test_find_text (GtkWidget *root, const char *text)
{
  if (root == NULL)
    return NULL;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = wb_test_find_text (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

AdwMessageDialog *
wb_test_find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

GtkWidget *
wb_test_show (GtkWidget *child)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

typedef struct {
  gboolean done;
  gpointer result;
  GError *error;
} Finished;

static gboolean
is_done (gpointer data)
{
  return ((Finished *) data)->done;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Finished *finished = user_data;

  (void) wb_session_open_finish (WB_SESSION (source), result, &finished->error);
  finished->done = TRUE;
}

WbSession *
wb_test_session (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) passphrase =
      wb_secret_new_copy (WB_TEST_PASSPHRASE, strlen (WB_TEST_PASSPHRASE), &error);
  g_autofree char *path = g_build_filename (folder, "NL-TEST.waarborg", NULL);
  WbSession *session = wb_session_new (path);
  const WbRegisterSetup setup = { .body = "Testinspectie",
                                  .code = "NL-TEST",
                                  .user = "anna",
                                  .passphrase = passphrase,
                                  .independent = TRUE };
  Finished finished = { 0 };

  wb_assert_no_error (error);
  wb_session_create_async (session, &setup, NULL, opened_cb, &finished);
  wb_test_wait (is_done, &finished, "create a register");
  wb_assert_no_error (finished.error);
  return session;
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Finished *finished = user_data;

  (void) wb_session_lock_finish (WB_SESSION (source), result, &finished->error);
  finished->done = TRUE;
}

void
wb_test_lock (WbSession *session)
{
  Finished finished = { 0 };

  wb_session_lock_async (session, locked_cb, &finished);
  wb_test_wait (is_done, &finished, "lock");
}

static gpointer
record_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) json = g_bytes_new (data, strlen (data));
  g_autoptr (GPtrArray) items = wb_record_file_parse (json, error);

  return items != NULL ? wb_register_record_items (reg, items, ".", error) : NULL;
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Finished *finished = user_data;

  finished->result = wb_session_call_finish (WB_SESSION (source), result, &finished->error);
  finished->done = TRUE;
}

GPtrArray *
wb_test_record (WbSession *session, const char *json)
{
  Finished finished = { 0 };

  wb_session_call_async (session,
                         record_call,
                         g_strdup (json),
                         g_free,
                         (GDestroyNotify) g_ptr_array_unref,
                         NULL,
                         recorded_cb,
                         &finished);
  wb_test_wait (is_done, &finished, "record");
  wb_assert_no_error (finished.error);
  return finished.result;
}

GtkEditable *
wb_test_find_passphrase (GtkWidget *root)
{
  GtkWidget *row = wb_test_find (root, WB_TYPE_PASSPHRASE_ROW, NULL);

  assert_non_null (row);
  return GTK_EDITABLE (wb_passphrase_row_get_text (WB_PASSPHRASE_ROW (row)));
}

GtkEditable *
wb_test_entry_of (GtkWidget *label)
{
  GtkWidget *row = gtk_widget_get_ancestor (label, WB_TYPE_PASSPHRASE_ROW);

  if (row != NULL)
    return GTK_EDITABLE (wb_passphrase_row_get_text (WB_PASSPHRASE_ROW (row)));
  return GTK_EDITABLE (gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW));
}
