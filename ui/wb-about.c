/* SPDX-License-Identifier: EUPL-1.2 */

/* The window "About Waarborg": version, licence, what it stands on, and details for a report of a
 * fault. */
#include "wb-about.h"

#include "wb-i18n.h"

#define APPLICATION_ID "org.waarborg.Register"

static const struct {
  const char *name;
  GtkLicense license;
} PARTS[] = {
  { "GLib, JSON-GLib", GTK_LICENSE_LGPL_2_1 }, { "GTK, Pango", GTK_LICENSE_LGPL_2_1 },
  { "libadwaita", GTK_LICENSE_LGPL_2_1 },      { "libgcrypt", GTK_LICENSE_LGPL_2_1 },
  { "SQLCipher", GTK_LICENSE_BSD_3 },          { "libxml2", GTK_LICENSE_MIT_X11 },
  { "libarchive", GTK_LICENSE_BSD },
};

/* Nothing of a register or of who uses it: versions alone. */
static char *
describe (const char *version)
{
  return g_strdup_printf ("Waarborg %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n%s\n",
                          version,
                          gtk_get_major_version (),
                          gtk_get_minor_version (),
                          gtk_get_micro_version (),
                          adw_get_major_version (),
                          adw_get_minor_version (),
                          adw_get_micro_version (),
                          glib_major_version,
                          glib_minor_version,
                          glib_micro_version,
                          wb_language_code (wb_language_current ()));
}

/**
 * wb_about_new:
 * @version: the program's version, such as "0.1.0"
 *
 * Makes the window; nothing in it leads to the network.
 *
 * Returns: (transfer floating): an #AdwAboutWindow
 */
GtkWidget *
wb_about_new (const char *version)
{
  GtkWidget *about = adw_about_window_new ();
  AdwAboutWindow *window = ADW_ABOUT_WINDOW (about);
  g_autofree char *details = describe (version);
  const char *const people[] = { _ ("The Waarborg project"), NULL };

  adw_about_window_set_application_name (window, "Waarborg");
  adw_about_window_set_application_icon (window, APPLICATION_ID);
  adw_about_window_set_version (window, version);
  adw_about_window_set_developer_name (window, people[0]);
  adw_about_window_set_developers (window, (const char **) people);
  adw_about_window_set_documenters (window, (const char **) people);
  adw_about_window_set_copyright (window, "© 2026 Waarborg");
  adw_about_window_set_comments (
      window,
      _ ("The register of an independent monitor of fundamental rights. Every act is signed and "
         "chained, so that nobody can change or drop one without it showing."));
  adw_about_window_set_license (window, "European Union Public Licence 1.2 (EUPL-1.2)");
  adw_about_window_set_debug_info (window, details);
  adw_about_window_set_debug_info_filename (window, "waarborg.txt");
  for (guint i = 0; i < G_N_ELEMENTS (PARTS); i++)
    adw_about_window_add_legal_section (window, PARTS[i].name, NULL, PARTS[i].license, NULL);
  return about;
}
