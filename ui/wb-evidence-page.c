/* SPDX-License-Identifier: EUPL-1.2 */

/* Shows one piece of evidence by the viewer that fits its kind, and lets go of it at once. */
#include "wb-evidence-page.h"

#include <string.h>

#include "wb-case-data.h"
#include "wb-custody.h"
#include "wb-evidence-facts.h"
#include "wb-file-chooser.h"
#include "wb-picture-viewer.h"
#include "wb-sound-viewer.h"
#include "wb-text-viewer.h"
#include "wb-ui.h"
#include "wb-view-feed.h"

#define ROWS_MAX 200 /* of custody: the latest */

struct _WbEvidencePage {
  AdwBin parent_instance;

  AdwWindowTitle *title;
  AdwFlap *flap;
  GtkStack *stack;
  AdwBin *place;
  AdwStatusPage *failed;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *custody;
  GPtrArray *rows; /* (element-type GtkWidget): of custody */

  WbSession *session; /* (nullable): let go */
  GCancellable *cancellable;
  char *id;
  WbEvidenceFacts *data; /* (nullable) */
  WbViewChild *child;    /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbEvidencePage, wb_evidence_page, ADW_TYPE_BIN)

enum { MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load (WbEvidencePage *self);

static void
say (WbEvidencePage *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
call (WbEvidencePage *self,
      WbSessionCall function,
      gpointer data,
      GDestroyNotify free_data,
      GDestroyNotify free_result,
      GAsyncReadyCallback callback)
{
  wb_session_call_async (self->session,
                         function,
                         data,
                         free_data,
                         free_result,
                         self->cancellable,
                         callback,
                         g_object_ref (self));
}

/* The child first: it dies, and what it drew is overwritten, whoever still holds it. */
static void
drop_viewer (WbEvidencePage *self)
{
  if (self->child != NULL)
    g_object_run_dispose (G_OBJECT (self->child));
  g_clear_object (&self->child);
  if (self->place != NULL)
    adw_bin_set_child (self->place, NULL);
}

static void
show_failed (WbEvidencePage *self, const char *title, const char *words)
{
  drop_viewer (self);
  adw_status_page_set_title (self->failed, title);
  adw_status_page_set_description (self->failed, words);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_unshowable (WbEvidencePage *self)
{
  show_failed (self,
               _ ("This File Cannot Be Shown"),
               _ ("It is kept as it is. Save a copy to open it with another program."));
}

static void
child_failed_cb (WbViewChild *child, WbEvidencePage *self)
{
  show_unshowable (self);
}

static void
take_viewer (WbEvidencePage *self, GtkWidget *viewer)
{
  adw_bin_set_child (self->place, viewer);
}

/* Whether the viewer may begin; else the page says why not. */
static gboolean
came_through (WbEvidencePage *self, gboolean done, const GError *error)
{
  if (self->session == NULL)
    return FALSE;
  if (!done && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_failed (self, _ ("This File Cannot Be Read"), error->message);
  if (done)
    load (self); /* the look itself is told now */
  return done;
}

static void
fed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbEvidencePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = wb_session_call_finish (WB_SESSION (source), result, &error) != NULL;
  GtkWidget *viewer;

  if (!came_through (self, done, error) || self->child == NULL)
    return;
  viewer = adw_bin_get_child (self->place);
  gtk_stack_set_visible_child_name (self->stack, "viewer");
  if (WB_IS_PICTURE_VIEWER (viewer))
    wb_picture_viewer_begin (WB_PICTURE_VIEWER (viewer));
  else
    wb_sound_viewer_begin (WB_SOUND_VIEWER (viewer));
}

static void
start_child (WbEvidencePage *self, const char *kind)
{
  const char *name = wb_evidence_facts_get_name (self->data);

  self->child = wb_view_child_new (kind);
  if (self->child == NULL) {
    show_unshowable (self);
    return;
  }
  g_signal_connect_object (self->child, "failed", G_CALLBACK (child_failed_cb), self, 0);
  take_viewer (self,
               g_str_equal (kind, "sound") ? wb_sound_viewer_new (self->child, name)
                                           : wb_picture_viewer_new (self->child, name));
  call (self,
        wb_view_feed_call,
        wb_view_feed_new (self->id, wb_view_child_take_input (self->child)),
        (GDestroyNotify) wb_view_feed_free,
        NULL,
        fed_cb);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbEvidencePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_session_call_finish (WB_SESSION (source), result, &error);
  g_autofree char *text = NULL;
  gboolean cut = FALSE;
  GtkWidget *viewer;

  if (!came_through (self, bytes != NULL, error))
    return;
  text = wb_view_text_decode (bytes, &cut);
  viewer = wb_text_viewer_new (text, cut, wb_evidence_facts_get_name (self->data));
  explicit_bzero (text, strlen (text));
  take_viewer (self, viewer);
  gtk_stack_set_visible_child_name (self->stack, "viewer");
  wb_text_viewer_begin (WB_TEXT_VIEWER (viewer));
}

static void
start_viewer (WbEvidencePage *self)
{
  const char *kind = wb_evidence_facts_get_viewer (self->data);
  gboolean text = g_strcmp0 (kind, "text") == 0;

  if (kind == NULL || (!text && wb_evidence_facts_get_size (self->data) > WB_VIEW_FILE_MAX))
    show_unshowable (self);
  else if (text)
    call (self,
          wb_view_text_call,
          g_strdup (self->id),
          g_free,
          (GDestroyNotify) g_bytes_unref,
          text_read_cb);
  else
    start_child (self, kind);
}

static void
show_custody (WbEvidencePage *self)
{
  g_autoptr (GPtrArray) rows =
      wb_evidence_facts_make_custody_rows (self->data,
                                           wb_session_get_zone (self->session),
                                           wb_language_current ());

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->custody, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (rows, i);

    if (i >= ROWS_MAX) {
      g_object_ref_sink (row);
      g_object_unref (row);
      continue;
    }
    adw_preferences_group_add (self->custody, row);
    g_ptr_array_add (self->rows, row);
  }
}

static void
show_facts (WbEvidencePage *self)
{
  g_autoptr (GPtrArray) rows = wb_evidence_facts_make_rows (self->data, wb_language_current ());

  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (self->facts, g_ptr_array_index (rows, i));
  adw_window_title_set_title (self->title, wb_evidence_facts_get_name (self->data));
  adw_window_title_set_subtitle (self->title, self->data->record->reference);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbEvidencePage) self = user_data;
  g_autoptr (GError) error = NULL;
  WbEvidenceFacts *data = wb_session_call_finish (WB_SESSION (source), result, &error);
  gboolean first = self->data == NULL;

  if (self->session == NULL || wb_session_get_zone (self->session) == NULL || data == NULL) {
    wb_evidence_facts_free (data);
    if (self->session != NULL && error != NULL &&
        !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      show_failed (self, _ ("This File Cannot Be Read"), error->message);
    return;
  }
  g_clear_pointer (&self->data, wb_evidence_facts_free);
  self->data = data;
  show_custody (self);
  if (!first)
    return;
  show_facts (self);
  start_viewer (self);
}

static void
load (WbEvidencePage *self)
{
  call (self,
        wb_evidence_facts_load,
        g_strdup (self->id),
        g_free,
        (GDestroyNotify) wb_evidence_facts_free,
        loaded_cb);
}

typedef struct {
  char *reference;
  char *path;
} Copy;

static void
copy_free (Copy *copy)
{
  g_free (copy->reference);
  g_free (copy->path);
  g_free (copy);
}

/* On the register's thread. */
static gpointer
save_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Copy *copy = data;

  return GINT_TO_POINTER (
      wb_register_save_evidence (reg, copy->reference, copy->path, NULL, NULL, cancellable, error));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbEvidencePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = wb_session_call_finish (WB_SESSION (source), result, &error) != NULL;

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  say (self, done ? _ ("A copy is saved, outside the register and not encrypted") : error->message);
  load (self);
}

void
wb_evidence_page_save (WbEvidencePage *self, GFile *file)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->reference = g_strdup (self->id);
  copy->path = g_file_get_path (file);
  if (copy->path == NULL) {
    copy_free (copy);
    say (self, _ ("The copy cannot be written there: choose another folder."));
    return;
  }
  call (self, save_call, copy, (GDestroyNotify) copy_free, NULL, saved_cb);
}

static void
place_chosen (GPtrArray *files, gpointer user_data)
{
  wb_evidence_page_save (WB_EVIDENCE_PAGE (user_data), g_ptr_array_index (files, 0));
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbEvidencePage *self = WB_EVIDENCE_PAGE (widget);

  if (self->data == NULL || !gtk_widget_get_mapped (widget))
    return;
  wb_file_chooser_ask (widget,
                       _ ("Save a Copy"),
                       GTK_FILE_CHOOSER_ACTION_SAVE,
                       FALSE,
                       wb_record_get_text (self->data->record, "name"),
                       place_chosen,
                       widget);
}

static void
copy_hash_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbEvidencePage *self = WB_EVIDENCE_PAGE (widget);
  const char *hash = self->data != NULL ? wb_record_get_text (self->data->record, "sha256") : NULL;

  if (hash == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), hash);
  say (self, _ ("The SHA-256 is copied"));
}

static void
facts_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbEvidencePage *self = WB_EVIDENCE_PAGE (widget);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/* At a lock the page leaves the window before anything else; calls may still hold it. */
static void
wb_evidence_page_unroot (GtkWidget *widget)
{
  WbEvidencePage *self = WB_EVIDENCE_PAGE (widget);

  g_cancellable_cancel (self->cancellable);
  drop_viewer (self);
  g_clear_object (&self->session);
  GTK_WIDGET_CLASS (wb_evidence_page_parent_class)->unroot (widget);
}

static void
wb_evidence_page_dispose (GObject *object)
{
  WbEvidencePage *self = WB_EVIDENCE_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_viewer (self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_EVIDENCE_PAGE);
  G_OBJECT_CLASS (wb_evidence_page_parent_class)->dispose (object);
}

static void
wb_evidence_page_finalize (GObject *object)
{
  WbEvidencePage *self = WB_EVIDENCE_PAGE (object);

  g_clear_pointer (&self->data, wb_evidence_facts_free);
  g_ptr_array_unref (self->rows);
  g_free (self->id);
  G_OBJECT_CLASS (wb_evidence_page_parent_class)->finalize (object);
}

static void
wb_evidence_page_class_init (WbEvidencePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_evidence_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_evidence_page_finalize;
  widget_class->unroot = wb_evidence_page_unroot;
  /**
   * WbEvidencePage::message:
   * @self: the page
   * @message: one sentence for the user
   */
  signals[MESSAGE] = g_signal_new ("message",
                                   WB_TYPE_EVIDENCE_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-evidence-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, title);
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, flap);
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, place);
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, failed);
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, facts);
  gtk_widget_class_bind_template_child (widget_class, WbEvidencePage, custody);
  gtk_widget_class_install_action (widget_class, "evidence.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "evidence.copy-hash", NULL, copy_hash_cb);
  gtk_widget_class_install_action (widget_class, "evidence.facts", NULL, facts_cb);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_s,
                                       GDK_CONTROL_MASK,
                                       "evidence.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "evidence.facts", NULL);
}

static void
wb_evidence_page_init (WbEvidencePage *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_evidence_page_new (WbSession *session, const char *id)
{
  WbEvidencePage *self = g_object_new (WB_TYPE_EVIDENCE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->id = g_strdup (id);
  load (self);
  return GTK_WIDGET (self);
}

const char *
wb_evidence_page_get_state (WbEvidencePage *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

GtkWidget *
wb_evidence_page_get_viewer (WbEvidencePage *self)
{
  return adw_bin_get_child (self->place);
}

gboolean
wb_evidence_page_find (WbEvidencePage *self)
{
  GtkWidget *viewer = adw_bin_get_child (self->place);

  return WB_IS_TEXT_VIEWER (viewer) && gtk_widget_activate_action (viewer, "view.find", NULL);
}
