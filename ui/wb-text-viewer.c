/* SPDX-License-Identifier: EUPL-1.2 */

/* Shows a text in the letters of the program, each paragraph in its own direction. */
#include "wb-text-viewer.h"

#include "wb-i18n.h"
#include "wb-ui.h"

#define FOUND "found"     /* the tag of what is found */
#define FOUND_MAX 999     /* more are not counted */
#define SCROLL_MARGIN 0.1 /* of the height, above and below */

struct _WbTextViewer {
  AdwBin parent_instance;

  GtkInfoBar *cut;
  GtkTextView *view;
  GtkEditable *search;
  GtkLabel *found;
};

G_DEFINE_FINAL_TYPE (WbTextViewer, wb_text_viewer, ADW_TYPE_BIN)

#define HOW (GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_TEXT_ONLY)

/* What is read here stays here: the clipboard is open to every program. */
static void
copy_cb (GtkTextView *view, gpointer user_data)
{
  g_signal_stop_emission_by_name (view, "copy-clipboard");
  gtk_widget_error_bell (GTK_WIDGET (view));
}

/* Selecting alone copies too, where a middle click pastes; taking that away ends the selection. */
static void
mark_set_cb (GtkTextBuffer *buffer, GtkTextIter *place, GtkTextMark *mark, WbTextViewer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_primary_clipboard (GTK_WIDGET (self));

  if (gtk_text_buffer_get_has_selection (buffer) && gdk_clipboard_is_local (clipboard))
    gdk_clipboard_set_content (clipboard, NULL);
}

static const char *
get_words (WbTextViewer *self)
{
  return gtk_editable_get_text (self->search);
}

static void
show_count (WbTextViewer *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;
  g_autofree char *words = NULL;
  guint n = 0;

  gtk_text_buffer_get_start_iter (buffer, &start);
  while (*get_words (self) != '\0' && n <= FOUND_MAX &&
         gtk_text_iter_forward_search (&start, get_words (self), HOW, NULL, &end, NULL)) {
    start = end;
    n++;
  }
  words = n > FOUND_MAX ? g_strdup_printf ("%u+", FOUND_MAX)
                        : g_strdup_printf (ngettext_ ("%u place", "%u places", n), n);
  gtk_label_set_label (self->found, *get_words (self) != '\0' ? words : "");
}

static void
mark_found (WbTextViewer *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter first, last;

  gtk_text_buffer_get_bounds (buffer, &first, &last);
  gtk_text_buffer_remove_tag_by_name (buffer, FOUND, &first, &last);
  if (start == NULL)
    return;
  gtk_text_buffer_apply_tag_by_name (buffer, FOUND, start, end);
  gtk_text_buffer_place_cursor (buffer, start);
  gtk_text_view_scroll_to_mark (self->view,
                                gtk_text_buffer_get_insert (buffer),
                                SCROLL_MARGIN,
                                FALSE,
                                0,
                                0);
}

static gboolean
search_from (WbTextViewer *self,
             const GtkTextIter *from,
             gboolean forward,
             GtkTextIter *start,
             GtkTextIter *end)
{
  return forward ? gtk_text_iter_forward_search (from, get_words (self), HOW, start, end, NULL)
                 : gtk_text_iter_backward_search (from, get_words (self), HOW, start, end, NULL);
}

/* Round the end to the beginning. @step: not what is found already. */
static void
find (WbTextViewer *self, gboolean forward, gboolean step)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter from, start, end;

  if (*get_words (self) == '\0') {
    mark_found (self, NULL, NULL);
    return;
  }
  gtk_text_buffer_get_iter_at_mark (buffer, &from, gtk_text_buffer_get_insert (buffer));
  if (forward && step)
    (void) gtk_text_iter_forward_char (&from);
  if (!search_from (self, &from, forward, &start, &end)) {
    if (forward)
      gtk_text_buffer_get_start_iter (buffer, &from);
    else
      gtk_text_buffer_get_end_iter (buffer, &from);
    if (!search_from (self, &from, forward, &start, &end)) {
      mark_found (self, NULL, NULL);
      return;
    }
  }
  mark_found (self, &start, &end);
}

static void
search_cb (WbTextViewer *self)
{
  show_count (self);
  find (self, TRUE, FALSE);
}

static void
next_cb (WbTextViewer *self)
{
  find (self, TRUE, TRUE);
}

static void
previous_cb (WbTextViewer *self)
{
  find (self, FALSE, TRUE);
}

static void
stop_cb (WbTextViewer *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
find_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (WB_TEXT_VIEWER (widget)->search));
}

static void
wb_text_viewer_dispose (GObject *object)
{
  WbTextViewer *self = WB_TEXT_VIEWER (object);

  if (self->view != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), "", 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_TEXT_VIEWER);
  G_OBJECT_CLASS (wb_text_viewer_parent_class)->dispose (object);
}

static void
wb_text_viewer_class_init (WbTextViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_text_viewer_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-text-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTextViewer, cut);
  gtk_widget_class_bind_template_child (widget_class, WbTextViewer, view);
  gtk_widget_class_bind_template_child (widget_class, WbTextViewer, search);
  gtk_widget_class_bind_template_child (widget_class, WbTextViewer, found);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_install_action (widget_class, "view.find", NULL, find_cb);
}

static void
wb_text_viewer_init (WbTextViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_text_viewer_new (const char *text, gboolean cut, const char *name)
{
  WbTextViewer *self = g_object_new (WB_TYPE_TEXT_VIEWER, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start;

  (void) gtk_text_buffer_create_tag (buffer,
                                     FOUND,
                                     "background",
                                     "#f8e45c",
                                     "foreground",
                                     "#000000",
                                     NULL);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_info_bar_set_revealed (self->cut, cut);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_AFTER);
  wb_ui_set_name (GTK_WIDGET (self->view), name);
  return GTK_WIDGET (self);
}

void
wb_text_viewer_begin (WbTextViewer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
