/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Names within an archive: which are refused, and why. Nothing is ever unpacked to disk here, but
 * the person who gets a bundle will unpack it with other tools.
 */
#include "wb-zip-private.h"

#include "wb-i18n.h"

static gboolean
has_drive_letter (const char *name)
{
  return g_ascii_isalpha (name[0]) && name[1] == ':';
}

static gboolean
has_dot_part (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_equal (parts[i], "..") || g_str_equal (parts[i], ".") || parts[i][0] == '\0')
      return TRUE;
  return FALSE;
}

static gboolean
has_other_characters (const char *name)
{
  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("._-/", *at) == NULL)
      return TRUE;
  return FALSE;
}

/**
 * wb_zip_name_problem:
 * @name: a path as it stands in an archive
 *
 * A bundle's names are made of [A-Za-z0-9._-] and "/" only, below one base folder.
 *
 * Returns: (nullable): one sentence on what is wrong with it; %NULL where nothing is
 */
const char *
wb_zip_name_problem (const char *name)
{
  if (name[0] == '\0' || strlen (name) > WB_ZIP_MAX_NAME)
    return _ ("A file in the ZIP has no name or one that is too long.");
  if (name[0] == '/')
    return _ ("The ZIP holds an absolute path: unpacking it could write outside its folder.");
  if (has_drive_letter (name))
    return _ ("The ZIP holds a path with a drive letter: unpacking it could write outside its "
              "folder.");
  if (strchr (name, '\\') != NULL)
    return _ ("The ZIP holds a path with a backslash: on Windows it could be written outside its "
              "folder.");
  if (has_dot_part (name))
    return _ ("The ZIP holds a path with \"..\" or an empty part: unpacking it could write outside "
              "its folder.");
  if (has_other_characters (name))
    return _ ("The ZIP holds a name with characters that no bundle uses.");
  if (strchr (name, '/') == NULL)
    return _ ("The ZIP holds a file that lies outside the bundle's one folder.");
  return NULL;
}

/**
 * wb_zip_name_for_people:
 * @name: a path as it stands in an archive
 *
 * Returns: (transfer full): the name fit for a screen: anything unusual is shown as "?"
 */
char *
wb_zip_name_for_people (const char *name)
{
  GString *text = g_string_new (NULL);

  for (const char *at = name; *at != '\0' && text->len < WB_ZIP_MAX_NAME; at++)
    g_string_append_c (text, g_ascii_isalnum (*at) || strchr ("._-/\\: ", *at) != NULL ? *at : '?');
  return g_string_free (text, FALSE);
}
