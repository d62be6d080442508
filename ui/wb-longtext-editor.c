/* SPDX-License-Identifier: EUPL-1.2 */

/* Many lines of text: an account as it was told. */
#include "wb-editor.h"
#include "wb-ui.h"

#define LINES_HEIGHT 44 /* pixels: about two lines before it grows */

struct _WbLongtextEditor {
  AdwBin parent_instance;

  GtkTextView *view;
};

static void wb_longtext_editor_editor_init (WbEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbLongtextEditor,
                               wb_longtext_editor,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_EDITOR,
                                                      wb_longtext_editor_editor_init))

static JsonNode *
wb_longtext_editor_dup_value (WbEditor *editor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (WB_LONGTEXT_EDITOR (editor)->view);
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  g_strchomp (text);
  return *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static void
changed_cb (GtkTextBuffer *buffer, WbLongtextEditor *self)
{
  wb_editor_changed (WB_EDITOR (self));
}

static void
wb_longtext_editor_set_value (WbEditor *editor, JsonNode *value)
{
  WbLongtextEditor *self = WB_LONGTEXT_EDITOR (editor);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const char *text = "";

  if (value != NULL && json_node_get_value_type (value) == G_TYPE_STRING)
    text = json_node_get_string (value);
  g_signal_handlers_block_by_func (buffer, changed_cb, self);
  gtk_text_buffer_set_text (buffer, text, -1);
  g_signal_handlers_unblock_by_func (buffer, changed_cb, self);
}

static void
wb_longtext_editor_editor_init (WbEditorInterface *iface)
{
  iface->dup_value = wb_longtext_editor_dup_value;
  iface->set_value = wb_longtext_editor_set_value;
}

static gboolean
wb_longtext_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_LONGTEXT_EDITOR (widget)->view));
}

static void
wb_longtext_editor_class_init (WbLongtextEditorClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_longtext_editor_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = wb_ui_focus_within;
}

static void
wb_longtext_editor_init (WbLongtextEditor *self)
{
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_input_hints (self->view, GTK_INPUT_HINT_PRIVATE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, LINES_HEIGHT);
  g_signal_connect (gtk_text_view_get_buffer (self->view),
                    "changed",
                    G_CALLBACK (changed_cb),
                    self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->view));
}

GtkWidget *
wb_longtext_editor_new (void)
{
  return g_object_new (WB_TYPE_LONGTEXT_EDITOR, NULL);
}

GtkTextBuffer *
wb_longtext_editor_get_buffer (WbLongtextEditor *self)
{
  return gtk_text_view_get_buffer (self->view);
}
