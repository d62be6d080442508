/* SPDX-License-Identifier: EUPL-1.2 */

/* What must be known to GTK before the first template is read: resources, icons, style. */
#include "wb-ui.h"

#include "wb-spoken.h"
#include "wb-ui-resources.h"

#define USUAL_TEXT_SIZE 100  /* percent */
#define USUAL_DPI 98304      /* 96 dots an inch, as GTK counts them */
#define USUAL_CHAR_WIDTH 6.6 /* pixels; an average character of Cantarell 11 at 96 dots an inch */

/* Needs a display. May be called again. */
void
wb_ui_init (void)
{
  static gsize once;
  g_autoptr (GtkCssProvider) style = NULL;

  if (!g_once_init_enter (&once))
    return;
  g_resources_register (wb_ui_get_resource ());
  adw_init ();
  wb_spoken_init ();
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, WB_UI_RESOURCES "/waarborg.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    WB_UI_RESOURCES "/icons");
  gtk_window_set_default_icon_name ("org.waarborg.Register");
  g_once_init_leave (&once, 1);
}

/**
 * wb_ui_set_text_size:
 * @percent: 100 for the desktop's own size
 *
 * All of the program's text at once, upon what the desktop's accessibility setting says.
 */
void
wb_ui_set_text_size (guint percent)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  if (percent == USUAL_TEXT_SIZE)
    return;
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= 0)
    dpi = USUAL_DPI;
  g_object_set (settings, "gtk-xft-dpi", (int) ((gint64) dpi * percent / USUAL_TEXT_SIZE), NULL);
}

/**
 * wb_ui_text_scale:
 * @widget: a widget
 *
 * Widths in pixels that hold words are meant for the desktop's usual text; who reads larger text
 * needs wider ones.
 *
 * Returns: by how much larger the text of @widget is
 */
double
wb_ui_text_scale (GtkWidget *widget)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  double width = (double) pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return width > 0 ? width / USUAL_CHAR_WIDTH : 1;
}

void
wb_ui_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
wb_ui_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description,
                                  -1);
}

/**
 * wb_ui_focus_within:
 * @widget: a widget that cannot have the focus itself
 * @direction: where to
 *
 * The focus function of a widget that says by its grab_focus() where one begins. GTK's own calls
 * grab_focus() where Tab finds nothing more within: coming round, Tab would begin there too and
 * never meet what stands before it, and Shift+Tab would never leave.
 *
 * Returns: whether the focus found a place
 */
gboolean
wb_ui_focus_within (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP;
  GtkWidget *at = gtk_widget_get_focus_child (widget);

  if (at != NULL && gtk_widget_child_focus (at, direction))
    return TRUE;
  if (at == NULL)
    at = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  else
    at = back ? gtk_widget_get_prev_sibling (at) : gtk_widget_get_next_sibling (at);
  while (at != NULL) {
    if (gtk_widget_get_mapped (at) && gtk_widget_child_focus (at, direction))
      return TRUE;
    at = back ? gtk_widget_get_prev_sibling (at) : gtk_widget_get_next_sibling (at);
  }
  return FALSE;
}

static GtkWidget *
find_header (GtkWidget *widget)
{
  if (ADW_IS_ACTION_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_header (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/**
 * wb_ui_name_expander:
 * @row: a row that has its title
 * @reference: (nullable): what comes before the title, such as A-1
 * @description: (nullable): what else the row shows
 *
 * libadwaita 1.2 leaves the row without a name, and its header without anything but the title.
 */
void
wb_ui_name_expander (AdwExpanderRow *row, const char *reference, const char *description)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  GtkWidget *header = find_header (gtk_widget_get_first_child (GTK_WIDGET (row)));
  g_autofree char *name =
      reference != NULL ? g_strdup_printf ("%s, %s", reference, title) : g_strdup (title);

  wb_ui_set_name (GTK_WIDGET (row), name);
  if (header == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (header), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  wb_ui_set_name (header, name);
  if (description != NULL)
    wb_ui_set_description (header, description);
}

/**
 * wb_ui_split_recipients:
 * @text: age recipients as somebody pastes them, between spaces, commas or line ends
 *
 * Returns: (transfer full) (array zero-terminated=1): each of them
 */
char **
wb_ui_split_recipients (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " ,;\t\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}
