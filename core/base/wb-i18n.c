/* SPDX-License-Identifier: EUPL-1.2 */

/* Which of the two languages a person reads; decided from the environment, as gettext does. */
#include "wb-i18n.h"

#include <string.h>

static const char *const codes[] = { [WB_LANGUAGE_EN] = "en", [WB_LANGUAGE_NL] = "nl" };

/* The locale's name for messages: the first of the three variables that says anything. */
static const char *
find_locale (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++) {
    const char *value = g_getenv (variables[i]);

    if (value != NULL && *value != '\0')
      return value;
  }
  return "C";
}

/* TRUE for "nl", "nl_NL.UTF-8", "nl-BE"; FALSE for "nld_x" and "nlx". */
static gboolean
names_language (const char *locale, const char *code)
{
  return g_ascii_strncasecmp (locale, code, 2) == 0 && !g_ascii_isalnum (locale[2]);
}

/**
 * wb_language_current:
 *
 * The language of the person at this process, from LANGUAGE, LC_ALL, LC_MESSAGES and LANG in the
 * way gettext weighs them: LANGUAGE is a list in order of liking, and counts only where the locale
 * is not "C". Nothing is cached, so that a test may change the environment.
 *
 * Returns: Dutch where it comes before English, else English
 */
WbLanguage
wb_language_current (void)
{
  const char *locale = find_locale ();
  const char *list = g_getenv ("LANGUAGE");
  g_auto (GStrv) names = NULL;

  if (strcmp (locale, "C") == 0 || strcmp (locale, "POSIX") == 0)
    return WB_LANGUAGE_EN;
  names = g_strsplit (list != NULL && *list != '\0' ? list : locale, ":", -1);
  for (char **name = names; *name != NULL; name++) {
    if (names_language (*name, "nl"))
      return WB_LANGUAGE_NL;
    if (names_language (*name, "en") || strcmp (*name, "C") == 0)
      return WB_LANGUAGE_EN;
  }
  return WB_LANGUAGE_EN;
}

/**
 * wb_language_code:
 * @language: a language
 *
 * Returns: (transfer none): its ISO 639-1 code, "en" or "nl"
 */
const char *
wb_language_code (WbLanguage language)
{
  g_return_val_if_fail ((gsize) language < G_N_ELEMENTS (codes), "en");

  return codes[language];
}
