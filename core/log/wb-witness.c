/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Witnessing by file (C2SP tlog-witness): a log shows its checkpoint with a proof that nothing was
 * rewritten since the one that is kept of it, and is answered with a cosignature. Same bytes and
 * same verdicts as over HTTP.
 */
#include "wb-witness.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-log-text-private.h"

#define OLD "old "
#define DASH "\xe2\x80\x94 "          /* how a signature line starts */
#define HASHES_MAX 63                 /* of a tree with 2^63 leaves */
#define LINES_MAX 200                 /* of an answer: a checkpoint with a hundred cosignatures */
#define REQUEST_MAX_SIZE (128 * 1024) /* 63 hashes and a checkpoint with a hundred cosignatures */
#define ID_SIZE 4

/**
 * wb_witness_request_format:
 * @old: the size that the witness knows
 * @hashes: (element-type WbHash): from wb_merkle_consistency()
 * @checkpoint_note: the signed checkpoint of now
 *
 * Returns: (transfer full): what a witness is asked
 */
char *
wb_witness_request_format (guint64 old, GArray *hashes, const char *checkpoint_note)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, OLD "%" G_GUINT64_FORMAT "\n", old);
  for (guint i = 0; i < hashes->len; i++) {
    g_autofree char *hash =
        wb_base64_encode (&g_array_index (hashes, WbHash, i), WB_HASH_SIZE, WB_BASE64_PADDED);

    g_string_append_printf (text, "%s\n", hash);
  }
  g_string_append_c (text, '\n');
  g_string_append (text, checkpoint_note);
  return g_string_free (text, FALSE);
}

/* One line a hash, up to the empty line. */
static gboolean
parse_hashes (WbWitnessRequest *self, WbLogText *text)
{
  const char *line;
  gsize size;

  while (wb_log_text_line (text, &line, &size)) {
    WbHash hash;

    if (size == 0)
      return TRUE;
    if (self->hashes->len >= HASHES_MAX || !wb_log_parse_hash (line, size, &hash))
      return FALSE;
    g_array_append_val (self->hashes, hash);
  }
  return FALSE;
}

/* The name of a key holds no blanks, so that no checkpoint starts with "old ". */
static gboolean
parse_start (WbWitnessRequest *self, WbLogText *text)
{
  const char *line;
  gsize size;

  self->bare = text->left < strlen (OLD) || memcmp (text->at, OLD, strlen (OLD)) != 0;
  if (self->bare)
    return TRUE;
  return wb_log_text_line (text, &line, &size) && size > strlen (OLD) &&
         wb_log_parse_decimal (line + strlen (OLD), size - strlen (OLD), &self->old) &&
         parse_hashes (self, text);
}

/**
 * wb_witness_request_parse:
 * @text: anything at all
 * @size: its length
 * @error: return location for an error
 *
 * Reads what a witness is asked, or a checkpoint alone. Judges nothing: that is
 * wb_witness_judge().
 *
 * Returns: (transfer full): the request, or %NULL with %WB_ERROR_DAMAGED or %WB_ERROR_TOO_LARGE
 */
WbWitnessRequest *
wb_witness_request_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (WbWitnessRequest) self = g_new0 (WbWitnessRequest, 1);
  WbLogText lines = { text, size };

  if (size > REQUEST_MAX_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This is larger than a checkpoint with its proof can be."));
    return NULL;
  }
  self->hashes = g_array_new (FALSE, FALSE, sizeof (WbHash));
  if (!parse_start (self, &lines) || lines.left == 0 ||
      !wb_text_check (lines.at, lines.left, NULL)) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_DAMAGED,
        _ ("This is not a checkpoint of a log with its proof, or it was damaged."));
    return NULL;
  }
  self->checkpoint = g_strndup (lines.at, lines.left);
  return g_steal_pointer (&self);
}

void
wb_witness_request_free (WbWitnessRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->hashes, g_array_unref);
  g_free (self->checkpoint);
  g_free (self);
}

/* As many entries as are known, or fewer. */
static WbWitnessVerdict
judge_past (const WbCheckpoint *known, const WbCheckpoint *shown, GError **error)
{
  if (shown->size < known->size) {
    g_set_error (
        error,
        WB_ERROR,
        WB_ERROR_VERIFY,
        _ ("This log was put back: it had %llu entries when its checkpoint was last kept "
           "here, and now it shows %llu. Ask the body to explain this, and keep the file."),
        (unsigned long long) known->size,
        (unsigned long long) shown->size);
    return WB_WITNESS_ROLLED_BACK;
  }
  if (memcmp (&shown->root, &known->root, sizeof known->root) == 0)
    return WB_WITNESS_GOOD;
  g_set_error (
      error,
      WB_ERROR,
      WB_ERROR_VERIFY,
      _ ("This log shows two histories: its checkpoint of %llu entries is another one than "
         "is kept here of as many. Ask the body to explain this, and keep the file."),
      (unsigned long long) known->size);
  return WB_WITNESS_SPLIT;
}

static WbWitnessVerdict
judge_start (const WbWitnessRequest *self, const WbCheckpoint *known, GError **error)
{
  if (self->old == known->size)
    return WB_WITNESS_GOOD;
  if (self->bare)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("A checkpoint of %llu entries of this log is kept here: ask the body for a "
                    "proof since then (waarborgctl prove)."),
                 (unsigned long long) known->size);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("The proof starts at %llu entries, but the checkpoint that is kept here has "
                    "%llu: ask the body for a proof since that one."),
                 (unsigned long long) self->old,
                 (unsigned long long) known->size);
  return WB_WITNESS_OTHER_START;
}

static WbWitnessVerdict
judge_growth (const WbWitnessRequest *self,
              const WbCheckpoint *known,
              const WbCheckpoint *shown,
              GError **error)
{
  gboolean holds = self->hashes->len == 0;

  /* An empty tree is the beginning of every other, and the proof of that is empty. */
  if (known->size > 0 && shown->size > known->size)
    holds = wb_merkle_check_consistency (known->size,
                                         shown->size,
                                         &known->root,
                                         &shown->root,
                                         (const WbHash *) (gpointer) self->hashes->data,
                                         self->hashes->len,
                                         NULL);
  if (holds)
    return WB_WITNESS_GOOD;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_VERIFY,
               _ ("The proof does not hold: it does not show that the first %llu entries are still "
                  "those whose checkpoint is kept here. Ask the body for a new proof, or for an "
                  "explanation."),
               (unsigned long long) known->size);
  return WB_WITNESS_BAD_PROOF;
}

static WbWitnessVerdict
judge_shown (const WbWitnessRequest *self,
             const WbCheckpoint *known,
             const WbCheckpoint *shown,
             GError **error)
{
  WbWitnessVerdict verdict = WB_WITNESS_GOOD;

  if (shown->size <= known->size)
    verdict = judge_past (known, shown, error);
  if (verdict == WB_WITNESS_GOOD && !(self->bare && shown->size == known->size))
    verdict = judge_start (self, known, error);
  return verdict == WB_WITNESS_GOOD ? judge_growth (self, known, shown, error) : verdict;
}

/**
 * wb_witness_judge:
 * @self: what was asked
 * @vkey: the key of the log it speaks of
 * @known: (nullable): what was kept of that log last, %NULL the first time
 * @ret_checkpoint: (out) (optional): what the log shows now; %NULL where it did not sign it
 * @error: return location for an error
 *
 * Only a longer log with a proof that it begins with what is known, or the known one itself, is
 * good. A refused checkpoint that the log did sign is evidence: it comes in @ret_checkpoint.
 *
 * Returns: %WB_WITNESS_GOOD, or another verdict with @error set: %WB_ERROR_VERIFY,
 *   %WB_ERROR_INVALID or %WB_ERROR_DAMAGED
 */
WbWitnessVerdict
wb_witness_judge (const WbWitnessRequest *self,
                  const char *vkey,
                  const WbCheckpoint *known,
                  WbCheckpoint **ret_checkpoint,
                  GError **error)
{
  g_autoptr (WbCheckpoint) shown =
      wb_checkpoint_open (self->checkpoint, strlen (self->checkpoint), vkey, error);
  WbCheckpoint none = { 0 };
  WbWitnessVerdict verdict;

  if (ret_checkpoint != NULL)
    *ret_checkpoint = NULL;
  if (shown == NULL)
    return WB_WITNESS_NOT_SIGNED;
  wb_merkle_empty_root (&none.root);
  verdict = judge_shown (self, known != NULL ? known : &none, shown, error);
  if (ret_checkpoint != NULL)
    *ret_checkpoint = g_steal_pointer (&shown);
  return verdict;
}

/* Whether a line "— NAME BASE64" is by @key. */
static gboolean
is_line_by (const char *line, gsize size, const WbNoteKey *key)
{
  g_autofree char *start = g_strconcat (DASH, key->name, " ", NULL);
  g_autofree guint8 *bytes = NULL;
  gsize length = strlen (start), n_bytes;

  if (size <= length || memcmp (line, start, length) != 0)
    return FALSE;
  bytes =
      wb_base64_decode (line + length, (gssize) (size - length), WB_BASE64_PADDED, &n_bytes, NULL);
  return bytes != NULL && n_bytes > ID_SIZE && memcmp (bytes, key->id, ID_SIZE) == 0;
}

/**
 * wb_witness_find_line:
 * @answer: signature lines, or a whole note with them; or anything at all
 * @size: its length
 * @key: of the witness
 * @error: return location for an error
 *
 * Does not check the signature: wb_note_get_cosigned() does, with the note it belongs to.
 *
 * Returns: (transfer full): the first line of @key, with its LF; %NULL with %WB_ERROR_NOT_FOUND or
 *   %WB_ERROR_TOO_LARGE
 */
char *
wb_witness_find_line (const char *answer, gsize size, const WbNoteKey *key, GError **error)
{
  WbLogText lines = { answer, size };
  const char *line;
  gsize length;

  if (size > REQUEST_MAX_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This is larger than the answer of a witness can be."));
    return NULL;
  }
  for (guint i = 0; i < LINES_MAX && wb_log_text_line (&lines, &line, &length); i++) {
    if (is_line_by (line, length, key))
      return g_strndup (line, length + 1);
  }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_NOT_FOUND,
                       _ ("The answer holds no signature by the witness whose key was given: check "
                          "that file and key belong together."));
  return NULL;
}
