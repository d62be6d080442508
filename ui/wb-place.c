/* SPDX-License-Identifier: EUPL-1.2 */

/* What a register is called before it is open: by its folder, and where that is. */
#include "wb-place.h"

#include <string.h>

#define SUFFIX ".waarborg"

char *
wb_place_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *name = g_filename_display_name (base);

  if (g_str_has_suffix (name, SUFFIX) && !g_str_equal (name, SUFFIX))
    name[strlen (name) - strlen (SUFFIX)] = '\0';
  return name;
}

/* The user's own folder is a tilde, as everywhere on a desktop. */
char *
wb_place_folder (const char *path)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (length > 1 && g_str_has_prefix (folder, home) &&
      (folder[length] == '\0' || G_IS_DIR_SEPARATOR (folder[length]))) {
    g_autofree char *rest = g_filename_display_name (folder + length);

    return g_strconcat ("~", rest, NULL);
  }
  return g_filename_display_name (folder);
}
