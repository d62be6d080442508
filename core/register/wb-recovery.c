/* SPDX-License-Identifier: EUPL-1.2 */

/* The day on which no passphrase is left, prepared on paper: only public halves of keys stand here,
 * and what to do with the secret ones. */
#include "wb-recovery.h"

#include "wb-format.h"
#include "wb-register-private.h"
#include "wb-sheet.h"

#define META "recovery"
#define WRITE_HERE "……………………………………………………………………………………" /* with a pen */

/* The file itself does not say for whom it is encrypted. */
gboolean
wb_register_keep_recovery (WbRegister *self, const char *const *recipients, GError **error)
{
  g_autofree char *list = NULL;

  if (recipients == NULL || recipients[0] == NULL)
    return TRUE;
  list = g_strjoinv ("\n", (char **) recipients);
  return wb_meta_set (self->db, META, list, error);
}

/**
 * wb_register_list_recovery:
 * @self: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full): the recovery recipients; empty where there are none, or where the
 *   register was made before they were kept; %NULL if the store could not be read
 */
char **
wb_register_list_recovery (WbRegister *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *list = wb_meta_get (self->db, META, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  return g_strsplit (list != NULL ? list : "", "\n", -1);
}

static void
add_keys (WbSheet *sheet, char **keys, const WbWords *words, WbLanguage language)
{
  static const char *const by_hand[] = { "place", "holders" };

  wb_sheet_add_heading (sheet, wb_words_get (words, language, "keys"));
  for (guint i = 0; keys[i] != NULL; i++)
    wb_sheet_add (sheet, wb_words_get (words, language, "key"), keys[i]);
  for (guint i = 0; keys[0] != NULL && i < G_N_ELEMENTS (by_hand); i++)
    wb_sheet_add (sheet, wb_words_get (words, language, by_hand[i]), WRITE_HERE);
  wb_sheet_add_text (sheet, wb_words_get (words, language, keys[0] != NULL ? "public" : "none"));
}

static void
add_steps (WbSheet *sheet, const WbWords *words, WbLanguage language)
{
  static const char *const steps[] = { "step1", "step2", "step3", "step4", "step5", "more" };

  wb_sheet_add_heading (sheet, wb_words_get (words, language, "lost"));
  wb_sheet_add_text (sheet, wb_words_get (words, language, "lost.text"));
  wb_sheet_add_heading (sheet, wb_words_get (words, language, "steps"));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    wb_sheet_add_text (sheet, wb_words_get (words, language, steps[i]));
}

/**
 * wb_register_draw_recovery:
 * @self: an open register
 * @language: of the sheet
 * @error: return location for an error
 *
 * Returns: (transfer full): a PDF without anything secret
 */
GBytes *
wb_register_draw_recovery (WbRegister *self, WbLanguage language, GError **error)
{
  g_autoptr (WbWords) words = wb_words_load ("text/recovery.tsv", error);
  g_auto (GStrv) keys = words != NULL ? wb_register_list_recovery (self, error) : NULL;
  g_autofree char *made = wb_instant_format_seconds (wb_clock_now ());
  g_autofree char *day = wb_format_instant (wb_clock_now (), self->zone, language);
  g_autoptr (WbSheet) sheet = NULL;

  if (keys == NULL)
    return NULL;
  sheet = wb_sheet_new (self->body, wb_words_get (words, language, "title"), made);
  wb_sheet_add (sheet, wb_words_get (words, language, "code"), self->code);
  wb_sheet_add (sheet, wb_words_get (words, language, "log"), self->origin);
  wb_sheet_add (sheet, wb_words_get (words, language, "made"), day);
  add_keys (sheet, keys, words, language);
  add_steps (sheet, words, language);
  return wb_sheet_draw (sheet, language, error);
}
