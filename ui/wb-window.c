/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The window: which of the four faces it shows (welcome, new register, door, register), and the
 * door itself. Pages are in wb-window-pages.c, the lock in wb-window-lock.c.
 */
#include "wb-window-parts.h"

#include "wb-error.h"
#include "wb-file-chooser.h"
#include "wb-i18n.h"
#include "wb-restore-dialog.h"
#include "wb-ui.h"

G_DEFINE_FINAL_TYPE (WbWindow, wb_window, ADW_TYPE_APPLICATION_WINDOW)

void
wb_window_say (WbWindow *self, const char *message)
{
  AdwToast *toast;

  if (self->toasts == NULL)
    return;
  toast = adw_toast_new ("");
  g_object_set (toast, "title", message, NULL);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
wb_window_update_actions (WbWindow *self)
{
  static const char *const open_only[] = { "win.lock",       "win.search",     "win.new-allegation",
                                           "win.show-today", "win.show-cases", "win.show-visits" };
  gboolean open = self->shell != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (open_only); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), open_only[i], open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-register", self->session != NULL);
}

/* Those of earlier, to choose from. */
static void
show_registers (WbWindow *self)
{
  g_auto (GStrv) registers = NULL;

  if (self->settings == NULL)
    return; /* not yet */
  registers = wb_settings_dup_registers (self->settings);
  wb_welcome_page_set_registers (self->welcome, (const char *const *) registers);
}

static void
register_chosen_cb (WbWelcomePage *page, const char *path, WbWindow *self)
{
  wb_window_open_register (self, path);
}

static void
register_forgotten_cb (WbWelcomePage *page, const char *path, WbWindow *self)
{
  wb_settings_forget_register (self->settings, path);
  show_registers (self);
}

void
wb_window_show_page (WbWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  wb_window_update_actions (self);
  if (g_str_equal (name, "welcome"))
    show_registers (self);
  if (!g_str_equal (name, "register"))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

void
wb_window_watch (WbWindow *self)
{
  if (self->shell != NULL)
    wb_lock_watch_start (self->watch, wb_settings_get_lock_after_seconds (self->settings));
}

/* Names of key files; a slow disk must not hold the window. */
static void
list_users_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char **users = wb_register_list_user_names (data, &error);

  if (users == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, users, (GDestroyNotify) g_strfreev);
}

static void
users_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow *self = WB_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) users = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->session == NULL || self->stack == NULL ||
      g_strcmp0 (g_task_get_task_data (G_TASK (result)), wb_session_get_path (self->session)) != 0)
    return;
  if (users != NULL)
    wb_unlock_page_set_users (self->unlock, users, self->user);
  else
    wb_unlock_page_say (self->unlock, error->message);
  if (g_str_equal (wb_window_get_page_name (self), "unlock"))
    gtk_widget_grab_focus (GTK_WIDGET (self->unlock));
}

static void
list_users (WbWindow *self)
{
  GTask *task = g_task_new (self, NULL, users_listed_cb, NULL);

  g_task_set_task_data (task, g_strdup (wb_session_get_path (self->session)), g_free);
  g_task_run_in_thread (task, list_users_thread);
  g_object_unref (task);
}

/* Thousands of names of languages and countries, read once: before a page asks for the first. */
static void
read_names_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *language = wb_model_language_name ("nld", wb_language_current ());
  g_autofree char *country = wb_model_country_name ("NLD", wb_language_current ());

  g_task_return_boolean (task, language != NULL && country != NULL);
}

static void
read_names (WbWindow *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_run_in_thread (task, read_names_thread);
}

static void
enter (WbWindow *self)
{
  g_free (self->user);
  self->user = g_strdup (wb_session_get_user (self->session));
  wb_settings_remember_register (self->settings, wb_session_get_path (self->session));
  wb_unlock_page_accept (self->unlock);
  wb_unlock_page_set_register (self->unlock, wb_session_get_path (self->session));
  list_users (self); /* for the next time the door is shut */
  read_names (self);
  wb_window_build_register (self);
  wb_window_show_page (self, "register");
  wb_window_watch (self);
  wb_window_restore_place (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean open = wb_session_open_finish (WB_SESSION (source), result, &error);

  if (self->session != WB_SESSION (source))
    return;
  wb_unlock_page_set_busy (self->unlock, FALSE);
  if (open)
    enter (self);
  else if (g_error_matches (error, WB_ERROR, WB_ERROR_WRONG_KEY))
    wb_unlock_page_refuse (self->unlock, error->message);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_unlock_page_say (self->unlock, error->message);
}

void
wb_window_open (WbWindow *self, const char *user, WbSecret *passphrase)
{
  wb_unlock_page_set_busy (self->unlock, TRUE);
  wb_session_open_async (self->session, user, passphrase, NULL, opened_cb, g_object_ref (self));
}

static void
unlock_cb (WbUnlockPage *page, const char *user, WbSecret *secret, WbWindow *self)
{
  wb_window_open (self, user, secret);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean created = wb_session_open_finish (WB_SESSION (source), result, &error);

  if (self->session != WB_SESSION (source))
    return;
  wb_create_page_set_busy (self->create, FALSE);
  if (created) {
    wb_create_page_clear (self->create);
    enter (self);
    return;
  }
  g_clear_object (&self->session);
  wb_window_update_actions (self);
  wb_create_page_say (self->create, error->message);
}

static void
create_cb (WbWindow *self)
{
  WbRegisterSetup setup;

  wb_create_page_get_setup (self->create, &setup);
  g_clear_object (&self->session);
  self->session = wb_session_new (wb_create_page_get_folder (self->create));
  wb_session_create_async (self->session, &setup, NULL, created_cb, g_object_ref (self));
}

void
wb_window_show_door (WbWindow *self, const char *path)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->user, g_free);
  self->session = wb_session_new (path);
  wb_unlock_page_accept (self->unlock);
  wb_unlock_page_set_locked (self->unlock, FALSE);
  wb_unlock_page_set_register (self->unlock, path);
  wb_window_show_page (self, "unlock");
  list_users (self);
}

/* What comes once the open register is locked: another one, or with no @path a new one. */
static void
set_next (WbWindow *self, const char *path)
{
  g_free (self->open_after_lock);
  self->open_after_lock = g_strdup (path);
  self->create_after_lock = path == NULL;
}

static void
leave_response_cb (AdwMessageDialog *dialog, const char *response, WbWindow *self)
{
  if (!g_str_equal (response, "lock") || self->shell == NULL)
    return;
  set_next (self, g_object_get_data (G_OBJECT (dialog), "path"));
  wb_window_lock (self);
}

static void
ask_to_leave (WbWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (wb_session_get_path (self->session));
  /* Translators: %s is the folder of a register, such as NL-INSP.waarborg. */
  g_autofree char *words =
      g_strdup_printf (_ ("One register is open at a time: %s is locked first. What you were "
                          "writing is kept inside it."),
                       name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Lock This Register?"), words);

  if (self->leave_dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->leave_dialog));
  g_set_weak_pointer (&self->leave_dialog, dialog);
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "lock",
                                    _ ("_Lock and Go On"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "lock",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "lock");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
is_open_already (WbWindow *self, const char *path)
{
  g_autoptr (GFile) wanted = g_file_new_for_path (path);
  g_autoptr (GFile) open = g_file_new_for_path (wb_session_get_path (self->session));

  return g_file_equal (wanted, open);
}

void
wb_window_open_register (WbWindow *self, const char *path)
{
  if (self->locking)
    set_next (self, path);
  else if (self->shell == NULL)
    wb_window_show_door (self, path);
  else if (!is_open_already (self, path))
    ask_to_leave (self, path);
}

static void
folder_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_window_open_register (WB_WINDOW (user_data), path);
}

static void
open_register_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_file_chooser_ask (widget,
                       _ ("Open Register: Choose Its Folder (NAME.waarborg)"),
                       GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                       FALSE,
                       NULL,
                       folder_chosen,
                       widget);
}

static void
create_register_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->locking)
    set_next (self, NULL);
  else if (self->shell == NULL)
    wb_window_show_page (self, "create");
  else
    ask_to_leave (self, NULL);
}

static void
restored_cb (WbRestoreDialog *dialog, WbWindow *self)
{
  wb_window_open_register (self, wb_restore_dialog_get_folder (dialog));
}

/* From the welcome page: nothing is open that could be meant. */
static void
restore_register_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  GtkWidget *dialog;

  if (self->shell != NULL || self->locking)
    return;
  dialog = wb_restore_dialog_new ();
  g_signal_connect_object (dialog, "done", G_CALLBACK (restored_cb), self, 0);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), widget);
}

static void
lock_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_window_lock (WB_WINDOW (widget));
}

static void
close_register_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->shell != NULL) {
    self->forget_after_lock = TRUE;
    wb_window_lock (self);
  } else if (!self->locking) {
    g_clear_object (&self->session);
    wb_window_show_page (self, "welcome");
  }
}

static void
lock_requested_cb (WbLockWatch *watch, const char *reason, WbWindow *self)
{
  wb_window_lock (self);
}

/* The register is locked before the window goes: the last words are written down. */
static gboolean
wb_window_close_request (GtkWindow *window)
{
  WbWindow *self = WB_WINDOW (window);

  if (self->shell == NULL && !self->locking)
    return GTK_WINDOW_CLASS (wb_window_parent_class)->close_request (window);
  self->close_after_lock = TRUE;
  wb_window_lock (self);
  return TRUE;
}

static void
wb_window_dispose (GObject *object)
{
  WbWindow *self = WB_WINDOW (object);

  if (self->watch != NULL)
    wb_lock_watch_stop (self->watch);
  g_clear_weak_pointer (&self->leave_dialog);
  self->shell = NULL;
  self->toasts = NULL;
  self->home = NULL;
  self->today = NULL;
  self->cases = NULL;
  self->visits = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_WINDOW);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
  /* The keys go with the window, whoever else still holds the session. */
  if (self->session != NULL && wb_session_is_open (self->session))
    wb_session_lock_async (self->session, NULL, NULL);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wb_window_parent_class)->dispose (object);
}

static void
wb_window_finalize (GObject *object)
{
  g_free (WB_WINDOW (object)->user);
  g_clear_pointer (&WB_WINDOW (object)->waiting_dialog, json_object_unref);
  g_free (WB_WINDOW (object)->open_after_lock);
  G_OBJECT_CLASS (wb_window_parent_class)->finalize (object);
}

static void
wb_window_class_init (WbWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wb_window_close_request;
  g_type_ensure (WB_TYPE_WELCOME_PAGE);
  g_type_ensure (WB_TYPE_CREATE_PAGE);
  g_type_ensure (WB_TYPE_UNLOCK_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, register_place);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, create);
  gtk_widget_class_bind_template_child (widget_class, WbWindow, unlock);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, register_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, register_forgotten_cb);
  gtk_widget_class_install_action (widget_class, "win.open-register", NULL, open_register_cb);
  gtk_widget_class_install_action (widget_class, "win.create-register", NULL, create_register_cb);
  gtk_widget_class_install_action (widget_class, "win.restore-register", NULL, restore_register_cb);
  gtk_widget_class_install_action (widget_class, "win.close-register", NULL, close_register_cb);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_cb);
  wb_window_install_page_actions (widget_class);
  wb_window_install_example_actions (widget_class);
}

/* Dialogs count as use, and lock by key like the window itself. */
static void
toplevels_changed_cb (GListModel *toplevels,
                      guint position,
                      guint removed,
                      guint added,
                      WbWindow *self)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

    wb_lock_watch_add_window (self->watch, window);
  }
}

static void
wb_window_init (WbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = wb_lock_watch_new ();
  g_signal_connect_object (self->watch, "lock-requested", G_CALLBACK (lock_requested_cb), self, 0);
  wb_lock_watch_add_window (self->watch, GTK_WINDOW (self));
  g_signal_connect_object (gtk_window_get_toplevels (),
                           "items-changed",
                           G_CALLBACK (toplevels_changed_cb),
                           self,
                           0);
  wb_window_show_page (self, "welcome");
}

GtkWidget *
wb_window_new (GtkApplication *application, WbSettings *settings)
{
  WbWindow *self = g_object_new (WB_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  show_registers (self);
  return GTK_WIDGET (self);
}

WbSession *
wb_window_get_session (WbWindow *self)
{
  return self->session;
}

WbShell *
wb_window_get_shell (WbWindow *self)
{
  return self->shell;
}

const char *
wb_window_get_page_name (WbWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

GtkWidget *
wb_window_get_page (WbWindow *self)
{
  return gtk_stack_get_visible_child (self->stack);
}
