/* SPDX-License-Identifier: EUPL-1.2 */

/* The manual: with the help viewer where there is one, else the pages for a browser. Both are on
 * this computer. */
#include "wb-help.h"

#include "wb-i18n.h"

#define FIRST_PAGE "index.html"

static char *
find_in (const char *folder, const char *const *names)
{
  g_autofree char *pages = g_build_filenamev ((char **) names);
  g_autofree char *path = g_build_filename (folder, pages, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

/* BUILD/app/PROGRAM has its pages in BUILD/help. */
static char *
find_beside (const char *language)
{
  const char *const names[] = { "..", "help", language, FIRST_PAGE, NULL };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  return folder != NULL ? find_in (folder, names) : NULL;
}

/* Where this was installed no path tells: the data folders of the system and the user do. */
static char *
find_installed (const char *language)
{
  const char *const names[] = { "waarborg", "help", language, FIRST_PAGE, NULL };
  const char *const *folders = g_get_system_data_dirs ();
  char *path = find_in (g_get_user_data_dir (), names);

  for (guint i = 0; path == NULL && folders[i] != NULL; i++)
    path = find_in (folders[i], names);
  return path;
}

static gboolean
has_viewer (void)
{
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_uri_scheme ("help");

  return viewer != NULL;
}

/**
 * wb_help_find_page:
 *
 * Looks for the first page of the manual in the language in use: beside the program in a build
 * folder, else where data of programs is installed.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
wb_help_find_page (void)
{
  const char *language = wb_language_code (wb_language_current ());
  char *path = find_beside (language);

  return path != NULL ? path : find_installed (language);
}

/**
 * wb_help_show:
 * @parent: the window that asks
 *
 * Opens the manual with the help viewer of the desktop, else its pages in a browser.
 *
 * Returns: %FALSE where neither is installed; nothing was shown then
 */
gboolean
wb_help_show (GtkWindow *parent)
{
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;

  if (has_viewer ()) {
    gtk_show_uri (parent, "help:waarborg", GDK_CURRENT_TIME);
    return TRUE;
  }
  path = wb_help_find_page ();
  uri = path != NULL ? g_filename_to_uri (path, NULL, NULL) : NULL;
  if (uri != NULL)
    gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
  return uri != NULL;
}
