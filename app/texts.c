/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Where both programs find their translations: beside the program in a build folder, else where
 * they are installed. No path of the machine that built them is in the programs.
 */
#include "texts.h"

#include <locale.h>

#include <glib.h>

#include "config.h"
#include "wb-i18n.h"

/* BUILD/app/PROGRAM has its texts in BUILD/po. */
static char *
find_beside (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *texts = folder != NULL ? g_build_filename (folder, "..", "po", NULL) : NULL;
  g_autofree char *dutch =
      texts != NULL ? g_build_filename (texts, "nl", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL)
                    : NULL;

  return dutch != NULL && g_file_test (dutch, G_FILE_TEST_EXISTS) ? g_steal_pointer (&texts) : NULL;
}

/* A language that is asked for by a locale which this system has not made is spoken all the same:
 * labels are read in it, and messages must not stay behind in English. */
static void
take_locale (void)
{
  const char *language = wb_language_code (wb_language_current ());

  if (setlocale (LC_ALL, "") == NULL && setlocale (LC_ALL, "C.UTF-8") != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
}

/* gettext speaks English, whatever is asked for, where the locale is "C". */
static gboolean
is_mute (const char *locale)
{
  return locale == NULL || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX");
}

/*
 * The language of the program whatever that of the computer. In the environment, where gettext, GTK
 * and our own labels look for it; and only where it is not there yet, so that a program that starts
 * itself once more changes nothing.
 */
void
prefer_language (const char *code)
{
  const char *all = g_getenv ("LC_ALL");
  gboolean by_all = all != NULL && *all != '\0';

  if (g_strcmp0 (g_getenv ("LANGUAGE"), code) != 0)
    g_setenv ("LANGUAGE", code, TRUE);
  if (is_mute (setlocale (LC_ALL, "") != NULL ? setlocale (LC_MESSAGES, NULL) : "C"))
    g_setenv (by_all ? "LC_ALL" : "LC_MESSAGES", "C.UTF-8", TRUE);
}

void
bind_texts (void)
{
  g_autofree char *beside = find_beside ();

  take_locale ();
  bindtextdomain (GETTEXT_PACKAGE, beside != NULL ? beside : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
