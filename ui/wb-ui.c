/* SPDX-License-Identifier: EUPL-1.2 */

/* What must be known to GTK before the first template is read: resources, icons, style. */
#include "wb-ui.h"

#include "wb-ui-resources.h"

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
