/* SPDX-License-Identifier: EUPL-1.2 */

/* The file dialog, without the traces it leaves and without a way round the lock. */
#include "wb-file-chooser.h"

typedef struct {
  GtkFileChooserNative *native;
  GtkWidget *owner; /* weak: NULL when gone */
  WbFilesChosen chosen;
  gpointer user_data;
} Question;

static GPtrArray *open_questions; /* (element-type Question) */

static void
question_free (Question *question)
{
  g_clear_weak_pointer (&question->owner);
  g_object_unref (question->native);
  g_free (question);
}

static GPtrArray *
get_files (Question *question)
{
  g_autoptr (GListModel) model = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (question->native));
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (files, g_list_model_get_item (model, i));
  return files;
}

static void
change_nothing (GtkRecentManager *manager)
{
}

/*
 * The dialog adds what was chosen to the desktop's list of recent files, later and by itself, so
 * that taking it out again would come after it was on disk. In this program the list is never
 * written, nor read again.
 */
static void
keep_off_recent_list (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    GtkRecentManagerClass *klass = g_type_class_ref (GTK_TYPE_RECENT_MANAGER);

    klass->changed = change_nothing;
    g_once_init_leave (&once, 1);
  }
}

static void
response_cb (GtkNativeDialog *native, int response, Question *question)
{
  g_autoptr (GPtrArray) files = get_files (question);

  gtk_native_dialog_hide (native);
  if (response == GTK_RESPONSE_ACCEPT && question->owner != NULL && files->len > 0)
    question->chosen (files, question->user_data);
  g_ptr_array_remove_fast (open_questions, question);
}

void
wb_file_chooser_ask (GtkWidget *owner,
                     const char *title,
                     GtkFileChooserAction action,
                     gboolean multiple,
                     const char *name,
                     WbFilesChosen chosen,
                     gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  Question *question = g_new0 (Question, 1);

  keep_off_recent_list ();
  if (open_questions == NULL)
    open_questions = g_ptr_array_new_with_free_func ((GDestroyNotify) question_free);
  question->native = gtk_file_chooser_native_new (title,
                                                  GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                  action,
                                                  NULL,
                                                  NULL);
  g_set_weak_pointer (&question->owner, owner);
  question->chosen = chosen;
  question->user_data = user_data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (question->native), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (question->native), multiple);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (question->native), name);
  g_signal_connect (question->native, "response", G_CALLBACK (response_cb), question);
  g_ptr_array_add (open_questions, question);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->native));
}

void
wb_file_chooser_close_all (void)
{
  if (open_questions == NULL)
    return;
  /* What was chosen is still in memory; nothing of this reaches the list on disk. */
  (void) gtk_recent_manager_purge_items (gtk_recent_manager_get_default (), NULL);
  for (guint i = 0; i < open_questions->len; i++) {
    Question *question = g_ptr_array_index (open_questions, i);

    g_signal_handlers_disconnect_by_data (question->native, question);
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (question->native));
  }
  g_ptr_array_set_size (open_questions, 0);
}
