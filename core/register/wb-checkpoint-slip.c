/* SPDX-License-Identifier: EUPL-1.2 */

/* Where the log stands, on one sheet of paper: to be left with somebody else, and read aloud. */
#include "wb-witnessing-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-sheet.h"
#include "wb-uuid.h"

#define GROUP 4    /* hex digits of the root that are read in one breath */
#define LINE 4     /* groups a line */
#define THOUSAND 3 /* digits of the count */
#define TEXT "text/checkpoint.tsv"

/* "12 345": in groups from the right. */
static char *
group_count (guint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++) {
    if (i > 0 && (length - i) % THOUSAND == 0)
      g_string_append_c (text, ' ');
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}

static char *
group_root (const WbHash *root)
{
  g_autofree char *digits = wb_hex_encode (root->bytes, WB_HASH_SIZE);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; digits[i] != '\0'; i += GROUP) {
    if (i > 0)
      g_string_append (text, i % (GROUP * LINE) == 0 ? "\n" : "  ");
    g_string_append_len (text, digits + i, GROUP);
  }
  return g_string_free (text, FALSE);
}

static gboolean
log_print (WbRegister *self, GError **error)
{
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("log", id, NULL, "printed");

  wb_act_draft_add_text (draft, WB_ACT_DETAIL, "checkpoint");
  return wb_register_append_alone (self, draft, error);
}

static WbSheet *
fill (WbRegister *self, const WbCheckpoint *checkpoint, WbLanguage language, WbWords *words)
{
  g_autofree char *made = wb_instant_format_seconds (wb_clock_now ());
  g_autofree char *day = wb_format_instant (wb_clock_now (), self->zone, language);
  g_autofree char *count = group_count (checkpoint->size);
  g_autofree char *root = group_root (&checkpoint->root);
  g_autofree char *lines = wb_checkpoint_format (checkpoint);
  WbSheet *sheet = wb_sheet_new (self->body, wb_words_get (words, language, "title"), made);

  wb_sheet_add (sheet, wb_words_get (words, language, "made"), day);
  wb_sheet_add (sheet, wb_words_get (words, language, "log"), self->origin);
  wb_sheet_add (sheet, wb_words_get (words, language, "count"), count);
  wb_sheet_add (sheet, wb_words_get (words, language, "root"), root);
  wb_sheet_add_code (sheet, lines);
  wb_sheet_add_text (sheet, wb_words_get (words, language, "code"));
  wb_sheet_add_heading (sheet, wb_words_get (words, language, "what"));
  wb_sheet_add_text (sheet, wb_words_get (words, language, "what.text"));
  return sheet;
}

/**
 * wb_register_make_checkpoint_slip:
 * @self: an open register
 * @language: of the sheet
 * @print: whether it goes to paper or a file: that is an entry in the log, made first
 * @error: return location for an error
 *
 * Count and root in groups, and a QR code of the three lines of the checkpoint.
 *
 * Returns: (transfer full): one sheet
 */
WbSheet *
wb_register_make_checkpoint_slip (WbRegister *self,
                                  WbLanguage language,
                                  gboolean print,
                                  GError **error)
{
  g_autoptr (WbWords) words = wb_words_load (TEXT, error);
  g_autofree char *note = NULL;
  g_autoptr (WbCheckpoint) checkpoint = NULL;

  if (words == NULL || (print && !log_print (self, error)))
    return NULL;
  note = wb_register_checkpoint (self, error);
  checkpoint = note != NULL ? wb_checkpoint_open (note, strlen (note), self->vkey, error) : NULL;
  return checkpoint != NULL ? fill (self, checkpoint, language, words) : NULL;
}
