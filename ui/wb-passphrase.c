/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A passphrase on its way from an entry to locked memory. GTK's password entries keep their text
 * in locked memory of their own; nothing here copies it to any other.
 */
#include "wb-passphrase.h"

#include "config-ui.h"

#include <string.h>

#include "wb-i18n.h"
#include "wb-ui.h"

#ifdef WB_HAVE_PWQUALITY
#include <pwquality.h>
#endif

#define LONG_ENOUGH 24 /* characters: several words */
#define SCORE_MAX 100.0
#define DICTIONARY "/var/cache/cracklib/cracklib_dict.pwd"
#define PATTERN_RATING                                                                             \
  0.2 /* a word from the dictionary, a palindrome, one letter over and over                        \
       */

WbSecret *
wb_passphrase_take (GtkEditable *editable, GError **error)
{
  const char *text = gtk_editable_get_text (editable);
  WbSecret *secret = NULL;

  if (*text != '\0')
    secret = wb_secret_new_copy (text, strlen (text), error);
  gtk_editable_set_text (editable, "");
  return secret;
}

gboolean
wb_passphrase_is_empty (GtkEditable *editable)
{
  return *gtk_editable_get_text (editable) == '\0';
}

gboolean
wb_passphrase_is_same (GtkEditable *a, GtkEditable *b)
{
  const char *first = gtk_editable_get_text (a);
  const char *second = gtk_editable_get_text (b);

  return strlen (first) == strlen (second) &&
         wb_bytes_equal_constant_time (first, second, strlen (first));
}

gboolean
wb_passphrase_begins_with (GtkEditable *editable, GtkEditable *beginning)
{
  const char *text = gtk_editable_get_text (editable);
  const char *start = gtk_editable_get_text (beginning);
  gsize size = strlen (start);

  return size <= strlen (text) && wb_bytes_equal_constant_time (text, start, size);
}

/* All there is to go by without the library. */
static double
rate_length (const char *text)
{
  return MIN ((double) g_utf8_strlen (text, -1) / LONG_ENOUGH, 1.0);
}

#ifdef WB_HAVE_PWQUALITY
static double
rate_pattern (const char *text)
{
  pwquality_settings_t *settings = pwquality_default_settings ();
  int score;

  if (settings == NULL)
    return 1;
  /* Without its dictionary the library refuses every word there is. */
  if (!g_file_test (DICTIONARY, G_FILE_TEST_EXISTS))
    (void) pwquality_set_int_value (settings, PWQ_SETTING_DICT_CHECK, 0);
  score = pwquality_check (settings, text, NULL, NULL, NULL);
  pwquality_free_settings (settings);
  return score < 0 ? PATTERN_RATING : score / SCORE_MAX;
}
#else
static double
rate_pattern (const char *text)
{
  return 1;
}
#endif

/* The library rates characters; an attacker guesses words. So length has a say too. */
static double
rate (const char *text)
{
  return MIN (rate_length (text), rate_pattern (text));
}

double
wb_passphrase_rate (GtkEditable *editable, char **ret_advice)
{
  const char *text = gtk_editable_get_text (editable);
  double rating = *text != '\0' ? rate (text) : 0;

  *ret_advice = rating < WB_PASSPHRASE_GOOD
                    ? g_strdup (_ ("Better: four or more words that do not belong together"))
                    : NULL;
  return rating;
}
