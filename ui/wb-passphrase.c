/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A passphrase on its way from an entry to locked memory. GTK's password entries keep their text
 * in locked memory of their own; nothing here copies it to any other.
 */
#include "wb-passphrase.h"

#include "config-ui.h"

#include <string.h>

#include "wb-i18n.h"

#ifdef WB_HAVE_PWQUALITY
#include <pwquality.h>
#endif

#define LONG_ENOUGH 24 /* characters: several words */
#define SCORE_MAX 100.0

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

/* Length counts most; it is all there is to go by without the library. */
static double
rate_length (const char *text)
{
  return MIN ((double) g_utf8_strlen (text, -1) / LONG_ENOUGH, 1.0);
}

static double
rate (const char *text)
{
#ifdef WB_HAVE_PWQUALITY
  pwquality_settings_t *settings = pwquality_default_settings ();
  int score = settings != NULL ? pwquality_check (settings, text, NULL, NULL, NULL) : 0;

  if (settings != NULL)
    pwquality_free_settings (settings);
  if (score < 0) /* a word from the dictionary, or a pattern */
    return MIN (rate_length (text), 0.2);
  return MIN (score / SCORE_MAX, 1.0);
#else
  return rate_length (text);
#endif
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
