/* SPDX-License-Identifier: EUPL-1.2 */

/* Asks for the page and the size that are looked at, and shows what comes. */
#include "wb-picture-viewer.h"

#include "wb-i18n.h"
#include "wb-picture.h"
#include "wb-ui.h"

#define STEP 1.25
#define SCALE_MIN 0.1
#define SCALE_MAX 8.0
#define PERCENT 100

struct _WbPictureViewer {
  AdwBin parent_instance;

  GtkScrolledWindow *scroller;
  WbPicture *picture;
  GtkWidget *pages;
  GtkLabel *page_words;
  GtkLabel *scale_words;
  WbViewChild *child;
  char *name;
  guint page, n_pages;
};

G_DEFINE_FINAL_TYPE (WbPictureViewer, wb_picture_viewer, ADW_TYPE_BIN)

static void
ask (WbPictureViewer *self)
{
  /* While it fits it is drawn at 1:1 and made smaller, so that another room asks nothing anew. */
  double scale = wb_picture_fits (self->picture) ? 1 : wb_picture_get_scale (self->picture);

  scale = MAX (scale, 1) * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  wb_view_child_ask (
      self->child,
      &(WbViewRequest){ .verb = WB_VIEW_SHOW,
                        .page = self->page,
                        .scale = MIN ((guint) (scale * WB_VIEW_SCALE_ONE), WB_VIEW_SCALE_MAX) });
}

static void
show_words (WbPictureViewer *self)
{
  g_autofree char *scale =
      wb_picture_fits (self->picture)
          ? g_strdup (_ ("Fit"))
          : g_strdup_printf ("%d%%", (int) (wb_picture_get_scale (self->picture) * PERCENT + 0.5));
  /* Translators: page 3 of 17. */
  g_autofree char *page = g_strdup_printf (_ ("%u of %u"), self->page + 1, self->n_pages);
  /* Translators: page 3 of 17; %s is the name of a file. */
  g_autofree char *name =
      g_strdup_printf (_ ("%s, page %u of %u"), self->name, self->page + 1, self->n_pages);

  gtk_label_set_label (self->scale_words, scale);
  gtk_label_set_label (self->page_words, page);
  gtk_widget_set_visible (self->pages, self->n_pages > 1);
  wb_ui_set_name (GTK_WIDGET (self->picture), self->n_pages > 1 ? name : self->name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.previous-page", self->page > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "view.next-page",
                                 self->page + 1 < self->n_pages);
}

static void
answered_cb (WbViewChild *child, gpointer data, GdkTexture *texture, WbPictureViewer *self)
{
  const WbViewAnswer *answer = data;

  if (texture == NULL)
    return;
  self->n_pages = answer->pages;
  wb_picture_set_texture (self->picture, texture, answer->full_width, answer->full_height);
  show_words (self);
}

static void
failed_cb (WbViewChild *child, WbPictureViewer *self)
{
  wb_picture_set_texture (self->picture, NULL, 0, 0);
}

static void
go_to (WbPictureViewer *self, guint page)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  if (self->n_pages == 0 || page >= self->n_pages || page == self->page)
    return;
  self->page = page;
  gtk_adjustment_set_value (adjustment, 0);
  show_words (self);
  ask (self);
}

/* A screen further; at its end the next page. */
static gboolean
scroll_screen (WbPictureViewer *self, int direction)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double before = gtk_adjustment_get_value (adjustment);

  gtk_adjustment_set_value (adjustment,
                            before + direction * gtk_adjustment_get_page_increment (adjustment));
  return (gtk_adjustment_get_value (adjustment) - before) * direction >= 1;
}

static void
page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPictureViewer *self = WB_PICTURE_VIEWER (widget);

  if (g_str_equal (action, "view.next-page"))
    go_to (self, self->page + 1);
  else if (g_str_equal (action, "view.first-page"))
    go_to (self, 0);
  else if (g_str_equal (action, "view.last-page"))
    go_to (self, MAX (self->n_pages, 1) - 1);
  else if (self->page > 0)
    go_to (self, self->page - 1);
}

static void
screen_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPictureViewer *self = WB_PICTURE_VIEWER (widget);

  if (g_str_equal (action, "view.screen-down") && !scroll_screen (self, 1))
    go_to (self, self->page + 1);
  else if (g_str_equal (action, "view.screen-up") && !scroll_screen (self, -1) && self->page > 0)
    go_to (self, self->page - 1);
}

static void
set_scale (WbPictureViewer *self, double scale)
{
  if (!wb_picture_has_texture (self->picture))
    return;
  wb_picture_set_scale (self->picture, scale > 0 ? CLAMP (scale, SCALE_MIN, SCALE_MAX) : 0);
  show_words (self);
  ask (self);
}

static void
zoom_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPictureViewer *self = WB_PICTURE_VIEWER (widget);
  double scale = wb_picture_get_scale (self->picture);

  if (g_str_equal (action, "view.zoom-in"))
    set_scale (self, scale * STEP);
  else if (g_str_equal (action, "view.zoom-out"))
    set_scale (self, scale / STEP);
  else
    set_scale (self, g_str_equal (action, "view.fit") ? 0 : 1);
}

static void
turn_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPictureViewer *self = WB_PICTURE_VIEWER (widget);

  wb_picture_turn (self->picture, g_str_equal (action, "view.turn") ? 1 : -1);
  show_words (self);
}

static void
wb_picture_viewer_dispose (GObject *object)
{
  WbPictureViewer *self = WB_PICTURE_VIEWER (object);

  g_clear_object (&self->child);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_PICTURE_VIEWER);
  G_OBJECT_CLASS (wb_picture_viewer_parent_class)->dispose (object);
}

static void
wb_picture_viewer_finalize (GObject *object)
{
  g_free (WB_PICTURE_VIEWER (object)->name);
  G_OBJECT_CLASS (wb_picture_viewer_parent_class)->finalize (object);
}

/* Before the scrolled window takes them: nothing in here is typed into. */
static void
bind_keys (WbPictureViewer *self)
{
  static const struct {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, 0, "view.zoom-in" },
    { GDK_KEY_equal, 0, "view.zoom-in" },
    { GDK_KEY_KP_Add, 0, "view.zoom-in" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "view.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "view.zoom-in" },
    { GDK_KEY_minus, 0, "view.zoom-out" },
    { GDK_KEY_KP_Subtract, 0, "view.zoom-out" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "view.zoom-out" },
    { GDK_KEY_0, 0, "view.fit" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "view.fit" },
    { GDK_KEY_1, 0, "view.one-to-one" },
    { GDK_KEY_r, 0, "view.turn" },
    { GDK_KEY_r, GDK_SHIFT_MASK, "view.turn-back" },
    { GDK_KEY_Page_Down, 0, "view.screen-down" },
    { GDK_KEY_Page_Up, 0, "view.screen-up" },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK, "view.next-page" },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK, "view.previous-page" },
    { GDK_KEY_Home, 0, "view.first-page" },
    { GDK_KEY_End, 0, "view.last-page" },
  };

  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                          gtk_named_action_new (keys[i].action)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
wb_picture_viewer_class_init (WbPictureViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const zooms[] = { "view.zoom-in",
                                       "view.zoom-out",
                                       "view.fit",
                                       "view.one-to-one" };
  static const char *const pages[] = { "view.next-page",
                                       "view.previous-page",
                                       "view.first-page",
                                       "view.last-page" };

  G_OBJECT_CLASS (klass)->dispose = wb_picture_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_picture_viewer_finalize;
  g_type_ensure (WB_TYPE_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-picture-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPictureViewer, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbPictureViewer, picture);
  gtk_widget_class_bind_template_child (widget_class, WbPictureViewer, pages);
  gtk_widget_class_bind_template_child (widget_class, WbPictureViewer, page_words);
  gtk_widget_class_bind_template_child (widget_class, WbPictureViewer, scale_words);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_install_action (widget_class, zooms[i], NULL, zoom_cb);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_widget_class_install_action (widget_class, pages[i], NULL, page_cb);
  gtk_widget_class_install_action (widget_class, "view.screen-down", NULL, screen_cb);
  gtk_widget_class_install_action (widget_class, "view.screen-up", NULL, screen_cb);
  gtk_widget_class_install_action (widget_class, "view.turn", NULL, turn_cb);
  gtk_widget_class_install_action (widget_class, "view.turn-back", NULL, turn_cb);
}

static void
wb_picture_viewer_init (WbPictureViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_keys (self);
}

GtkWidget *
wb_picture_viewer_new (WbViewChild *child, const char *name)
{
  WbPictureViewer *self = g_object_new (WB_TYPE_PICTURE_VIEWER, NULL);

  self->child = g_object_ref (child);
  self->name = g_strdup (name);
  g_signal_connect_object (child, "answered", G_CALLBACK (answered_cb), self, 0);
  g_signal_connect_object (child, "failed", G_CALLBACK (failed_cb), self, 0);
  return GTK_WIDGET (self);
}

void
wb_picture_viewer_begin (WbPictureViewer *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->scroller));
  ask (self);
}

gboolean
wb_picture_viewer_is_shown (WbPictureViewer *self)
{
  return self->n_pages > 0 && wb_picture_has_texture (self->picture);
}

guint
wb_picture_viewer_get_page (WbPictureViewer *self)
{
  return self->page;
}

double
wb_picture_viewer_get_scale (WbPictureViewer *self)
{
  return wb_picture_get_scale (self->picture);
}
