/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Locking. First everything that shows the register leaves the screen and is destroyed; then what
 * was being written goes into the register; then the keys go. Where the user was is kept inside
 * the register too, for what they searched for may be a secret itself.
 */
#include "wb-window-parts.h"

#include <malloc.h>

#include "wb-file-chooser.h"
#include "wb-i18n.h"

#define PLACE_KEY "place"

typedef struct {
  JsonObject *place;
  GPtrArray *keys;    /* (element-type utf8) */
  GPtrArray *drafts;  /* (element-type JsonObject) */
  GPtrArray *unsaved; /* (element-type WbUnsaved): what the disk had no room for */
} Kept;

static void
kept_free (Kept *kept)
{
  json_object_unref (kept->place);
  g_ptr_array_unref (kept->keys);
  g_ptr_array_unref (kept->drafts);
  g_ptr_array_unref (kept->unsaved);
  g_free (kept);
}

/*
 * A draft whose record is in the register has served: recording won over locking. The user finds
 * the case then, rather than an empty form.
 */
static gboolean
is_recorded (WbRegister *reg, Kept *kept, JsonObject *draft)
{
  const char *id = json_object_get_string_member_with_default (draft, "id", NULL);
  g_autoptr (WbRecord) record = id != NULL ? wb_register_read (reg, id, FALSE, NULL, NULL) : NULL;
  JsonObject *page;
  JsonArray *pages;

  if (record == NULL)
    return FALSE;
  page = json_object_new ();
  pages = json_array_new ();
  json_object_set_string_member (page, "case", record->case_id);
  json_array_add_object_element (pages, page);
  json_object_set_array_member (kept->place, "pages", pages);
  return TRUE;
}

/* At the lock. Whatever fails, everything is tried: each draft stands by itself. */
static gpointer
keep_for_lock_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  Kept *kept = data;
  gboolean whole = TRUE;

  for (guint i = 0; i < kept->keys->len; i++) {
    JsonObject *draft = g_ptr_array_index (kept->drafts, i);

    if (!is_recorded (reg, kept, draft))
      whole = wb_unsaved_keep (reg,
                               g_ptr_array_index (kept->keys, i),
                               draft,
                               kept->unsaved,
                               whole ? error : NULL) &&
              whole;
  }
  (void) wb_unsaved_keep (reg, PLACE_KEY, kept->place, kept->unsaved, NULL);
  return whole ? g_ptr_array_ref (kept->unsaved) : NULL;
}

/* On the register's thread. */
static gpointer
keep_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  Kept *kept = data;

  for (guint i = 0; i < kept->keys->len; i++) {
    JsonObject *draft = g_ptr_array_index (kept->drafts, i);

    if (!is_recorded (reg, kept, draft) &&
        !wb_register_save_draft (reg, g_ptr_array_index (kept->keys, i), draft, error))
      return NULL;
  }
  return GINT_TO_POINTER (wb_register_save_draft (reg, PLACE_KEY, kept->place, error));
}

static void
add_page (JsonArray *pages, GtkWidget *page)
{
  JsonObject *object = json_object_new ();

  if (WB_IS_CASE_PAGE (page)) {
    json_object_set_string_member (object, "case", wb_case_page_get_id (WB_CASE_PAGE (page)));
  } else if (WB_IS_VISIT_PAGE (page)) {
    json_object_set_string_member (object, "visit", wb_visit_page_get_id (WB_VISIT_PAGE (page)));
  } else if (WB_IS_ALLEGATION_PAGE (page)) {
    WbAllegationPage *form = WB_ALLEGATION_PAGE (page);
    const char *case_id = wb_allegation_page_get_case_id (form);
    const char *corrected = wb_allegation_page_get_corrected (form);
    JsonObject *prefill = wb_allegation_page_get_prefill (form);

    json_object_set_string_member (object, "form", wb_allegation_page_get_record_type (form));
    if (case_id != NULL)
      json_object_set_string_member (object, "of", case_id);
    if (corrected != NULL)
      json_object_set_string_member (object, "change", corrected);
    if (prefill != NULL)
      json_object_set_object_member (object, "prefill", json_object_ref (prefill));
  }
  json_array_add_object_element (pages, object);
}

static void
add_draft (Kept *kept, GtkWidget *page)
{
  JsonObject *draft;

  if (!WB_IS_ALLEGATION_PAGE (page))
    return;
  draft = wb_allegation_page_dup_draft (WB_ALLEGATION_PAGE (page));
  if (draft == NULL)
    return;
  g_ptr_array_add (kept->keys,
                   g_strdup (wb_allegation_page_get_draft_key (WB_ALLEGATION_PAGE (page))));
  g_ptr_array_add (kept->drafts, draft);
}

static Kept *
gather (WbWindow *self)
{
  Kept *kept = g_new0 (Kept, 1);
  JsonArray *pages = json_array_new ();

  kept->place = json_object_new ();
  kept->keys = g_ptr_array_new_with_free_func (g_free);
  kept->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  kept->unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_unsaved_free);
  json_object_set_string_member (kept->place, "words", wb_cases_page_get_words (self->cases));
  json_object_set_string_member (kept->place, "view", wb_home_get_name (self->home));
  for (guint i = 1; i < wb_shell_get_depth (self->shell); i++) {
    add_page (pages, wb_shell_get_page (self->shell, i));
    add_draft (kept, wb_shell_get_page (self->shell, i));
  }
  json_object_set_array_member (kept->place, "pages", pages);
  return kept;
}

/* Only at the lock: meanwhile the dialog itself holds it. */
static void
add_dialog (Kept *kept, WbWindow *self)
{
  JsonObject *dialog = wb_window_dup_dialog (self);

  if (dialog == NULL)
    dialog = g_steal_pointer (&self->waiting_dialog);
  if (dialog == NULL)
    return; /* an earlier one was dropped when it was closed */
  g_ptr_array_add (kept->keys, g_strdup (WB_WINDOW_DIALOG_KEY));
  g_ptr_array_add (kept->drafts, dialog);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  (void) wb_session_call_finish (WB_SESSION (source), result, &error);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_window_say (self, error->message);
}

void
wb_window_save_place (WbWindow *self)
{
  if (self->shell != NULL)
    wb_session_call_async (self->session,
                           keep_call,
                           gather (self),
                           (GDestroyNotify) kept_free,
                           NULL,
                           NULL,
                           kept_cb,
                           g_object_ref (self));
}

static gpointer
load_place_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  JsonObject *place = wb_register_load_draft (reg, PLACE_KEY, NULL);
  JsonObject *dialog = wb_register_load_draft (reg, WB_WINDOW_DIALOG_KEY, NULL);

  if (place == NULL)
    place = json_object_new ();
  if (dialog != NULL) /* stays in the store until it was saved or discarded */
    json_object_set_object_member (place, WB_WINDOW_DIALOG_KEY, dialog);
  return place;
}

static void
restore_page (WbWindow *self, JsonObject *page)
{
  const char *case_id = json_object_get_string_member_with_default (page, "case", NULL);
  const char *form = json_object_get_string_member_with_default (page, "form", NULL);
  const char *of = json_object_get_string_member_with_default (page, "of", NULL);
  const char *change = json_object_get_string_member_with_default (page, "change", NULL);
  const char *visit = json_object_get_string_member_with_default (page, "visit", NULL);
  JsonNode *prefill = json_object_get_member (page, "prefill");

  if (case_id != NULL)
    wb_window_go_to_case (self, case_id);
  else if (visit != NULL)
    wb_window_go_to_visit (self, visit);
  else if (form != NULL)
    wb_window_go_to_form (self,
                          form,
                          of,
                          change,
                          prefill != NULL && JSON_NODE_HOLDS_OBJECT (prefill)
                              ? json_node_get_object (prefill)
                              : NULL);
}

static void
restore_pages (WbWindow *self, JsonNode *pages)
{
  if (pages == NULL || !JSON_NODE_HOLDS_ARRAY (pages))
    return;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (pages)); i++) {
    JsonNode *page = json_array_get_element (json_node_get_array (pages), i);

    if (JSON_NODE_HOLDS_OBJECT (page))
      restore_page (self, json_node_get_object (page));
  }
}

/* Who was in the middle of something goes on with it; who was not begins with the day. */
static void
place_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (JsonObject) place = wb_session_call_finish (WB_SESSION (source), result, NULL);
  const char *words, *view;

  if (place == NULL || self->shell == NULL || wb_shell_get_depth (self->shell) > 1)
    return;
  words = json_object_get_string_member_with_default (place, "words", NULL);
  view = json_object_get_string_member_with_default (place, "view", NULL);
  wb_cases_page_set_words (self->cases, words);
  restore_pages (self, json_object_get_member (place, "pages"));
  if (wb_shell_get_depth (self->shell) == 1 && (words == NULL || *words == '\0'))
    wb_window_begin (self);
  else if (g_strcmp0 (view, "today") == 0 || g_strcmp0 (view, "visits") == 0)
    wb_home_show (self->home, view);
  if (json_object_has_member (place, WB_WINDOW_DIALOG_KEY))
    wb_window_reopen_dialog (self, json_object_get_object_member (place, WB_WINDOW_DIALOG_KEY));
}

static void
restore_place (WbWindow *self)
{
  wb_session_call_async (self->session,
                         load_place_call,
                         NULL,
                         NULL,
                         (GDestroyNotify) json_object_unref,
                         NULL,
                         place_loaded_cb,
                         g_object_ref (self));
}

static void ask_for_room (WbWindow *self);

static gpointer
put_back_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (wb_unsaved_put_back (reg, data, error));
}

static void
put_back_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (wb_session_call_finish (WB_SESSION (source), result, &error) != NULL)
    restore_place (self);
  else if (self->shell != NULL)
    ask_for_room (self);
}

static void
put_back (WbWindow *self)
{
  wb_session_call_async (self->session,
                         put_back_call,
                         g_ptr_array_ref (self->unsaved),
                         (GDestroyNotify) g_ptr_array_unref,
                         NULL,
                         NULL,
                         put_back_cb,
                         g_object_ref (self));
}

static void
room_asked_cb (AdwMessageDialog *dialog, const char *response, WbWindow *self)
{
  if (self->shell != NULL) /* closed by the lock otherwise */
    put_back (self);
}

/* The words are in memory only: nothing else is offered until they are safe. */
static void
ask_for_room (WbWindow *self)
{
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (self),
                              _ ("What You Wrote Is Not Saved Yet"),
                              _ ("There was no room on the disk when the register was locked. Make "
                                 "room on the disk and try again; do not quit before that."));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "again", _ ("_Try Again"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "again");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "again");
  g_signal_connect_object (dialog, "response", G_CALLBACK (room_asked_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
wb_window_restore_place (WbWindow *self)
{
  if (self->unsaved != NULL && self->unsaved->len > 0)
    put_back (self);
  else
    restore_place (self);
}

/* GTK keeps the last tooltip's words in a window of its own below ours. */
static void
clear_tooltip (GtkWidget *widget, gboolean inside)
{
  inside = inside || g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow");
  if (inside && GTK_IS_LABEL (widget))
    gtk_label_set_label (GTK_LABEL (widget), "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    clear_tooltip (child, inside);
}

static gboolean
is_over (GtkWindow *window, WbWindow *self)
{
  while (window != NULL && window != GTK_WINDOW (self))
    window = gtk_window_get_transient_for (window);
  return window != NULL;
}

/* Every dialog over the window; none of them may be a way round the lock. */
static void
close_dialogs (WbWindow *self)
{
  g_autolist (GtkWindow) windows = NULL;
  GtkWidget *help =
      GTK_WIDGET (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (self)));

  if (help != NULL)
    gtk_widget_set_visible (help, FALSE); /* it holds nothing, but would take the passphrase */
  wb_file_chooser_close_all ();
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data); /* one may take another with it */
  for (GList *l = windows; l != NULL; l = l->next) {
    if (l->data == self || l->data == help || !is_over (l->data, self))
      continue;
    gtk_window_destroy (l->data);
    /* A call to the register may still hold it; that call ends now too. */
    g_object_run_dispose (G_OBJECT (l->data));
  }
}

static void
clear_clipboard (GdkClipboard *clipboard)
{
  if (gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_content (clipboard, NULL);
}

/* What was copied here would outlive the lock. */
static void
clear_clipboards (WbWindow *self)
{
  clear_clipboard (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  clear_clipboard (gtk_widget_get_primary_clipboard (GTK_WIDGET (self)));
}

/* A draft, not merely the place where the user was. */
static gboolean
holds_words (WbWindow *self)
{
  for (guint i = 0; self->unsaved != NULL && i < self->unsaved->len; i++) {
    const WbUnsaved *one = g_ptr_array_index (self->unsaved, i);

    if (!g_str_equal (one->key, PLACE_KEY))
      return TRUE;
  }
  return FALSE;
}

/* Where the user wanted to be after the lock, if anywhere but here. */
static void
go_on (WbWindow *self)
{
  g_autofree char *path = g_steal_pointer (&self->open_after_lock);
  gboolean create = self->create_after_lock;
  gboolean forget = self->forget_after_lock;
  gboolean removed = self->remove_after_lock;

  self->create_after_lock = self->forget_after_lock = self->remove_after_lock = FALSE;
  if (removed) {
    g_autofree char *example = g_strdup (wb_session_get_path (self->session));

    g_clear_object (&self->session); /* lets go of the folder */
    wb_window_remove_example (self, example);
  } else if (holds_words (self)) {
    wb_unlock_page_say (self->unlock,
                        _ ("There was no room to save what you were writing. It is kept here, "
                           "encrypted, until you unlock: make room on the disk and do not quit."));
  } else if (path != NULL) {
    wb_window_show_door (self, path);
  } else if (create || forget) {
    g_clear_object (&self->session);
    wb_window_show_page (self, create ? "create" : "welcome");
  } else {
    gtk_widget_grab_focus (GTK_WIDGET (self->unlock));
  }
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) self = user_data;

  (void) wb_session_lock_finish (WB_SESSION (source), result, NULL);
  self->locking = FALSE;
  if (self->watch != NULL)
    wb_lock_watch_stop (self->watch);
  (void) malloc_trim (0);
  if (self->close_after_lock && !holds_words (self)) {
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  self->close_after_lock = FALSE;
  if (self->unlock == NULL)
    return;
  wb_unlock_page_set_busy (self->unlock, FALSE);
  go_on (self);
}

static void
kept_for_lock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbWindow *self = user_data;
  g_autoptr (GPtrArray) unsaved = wb_session_call_finish (WB_SESSION (source), result, NULL);

  if (unsaved != NULL && self->unsaved == NULL)
    self->unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_unsaved_free);
  if (unsaved != NULL)
    g_ptr_array_extend_and_steal (self->unsaved, g_steal_pointer (&unsaved));
  wb_session_lock_async (WB_SESSION (source), locked_cb, self);
}

void
wb_window_lock (WbWindow *self)
{
  Kept *kept;

  if (self->shell == NULL || self->locking)
    return;
  self->locking = TRUE;
  kept = gather (self);
  add_dialog (kept, self);
  close_dialogs (self);
  self->shell = NULL;
  self->home = NULL;
  self->today = NULL;
  self->cases = NULL;
  self->visits = NULL;
  self->toasts = NULL;
  wb_unlock_page_set_locked (self->unlock, TRUE);
  wb_unlock_page_set_busy (self->unlock, TRUE);
  wb_window_show_page (self, "unlock");
  adw_bin_set_child (self->register_place, NULL);
  clear_clipboards (self);
  clear_tooltip (GTK_WIDGET (self), FALSE);
  wb_session_interrupt (self->session); /* an intake of a big file must not hold the keys */
  wb_session_call_async (self->session,
                         keep_for_lock_call,
                         kept,
                         (GDestroyNotify) kept_free,
                         (GDestroyNotify) g_ptr_array_unref,
                         NULL,
                         kept_for_lock_cb,
                         g_object_ref (self));
}
