/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Checkpoints: how long a log is and what its root is, signed by the log's own key (C2SP
 * tlog-checkpoint v1.0.0).
 */
#include "wb-checkpoint.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-log-text-private.h"
#include "wb-note.h"

#define ORIGIN_MAX 256    /* a name on one line, not a text */
#define EXTENSIONS_MAX 16 /* discouraged by the specification; signed, so they do no harm */

/* What another format begins its signed bytes with: a checkpoint must not pass for one. */
static gboolean
origin_is_valid (const char *origin, gsize size)
{
  return size > 0 && size <= ORIGIN_MAX && memchr (origin, '\n', size) == NULL &&
         g_utf8_validate (origin, (gssize) size, NULL) &&
         (size < 6 || memcmp (origin, "SSHSIG", 6) != 0) &&
         (size < 12 || memcmp (origin, "cosignature/", 12) != 0);
}

/**
 * wb_checkpoint_format:
 * @self: a checkpoint
 *
 * Returns: (transfer full): the text to be signed with wb_note_sign()
 */
char *
wb_checkpoint_format (const WbCheckpoint *self)
{
  g_autofree char *root = NULL;

  g_return_val_if_fail (self != NULL && self->origin != NULL, NULL);
  g_return_val_if_fail (origin_is_valid (self->origin, strlen (self->origin)), NULL);

  root = wb_base64_encode (self->root.bytes, WB_HASH_SIZE, WB_BASE64_PADDED);
  return g_strdup_printf ("%s\n%" G_GUINT64_FORMAT "\n%s\n", self->origin, self->size, root);
}

/* What follows the root: lines with something on them. */
static gboolean
skip_extensions (WbLogText *text)
{
  const char *line;
  gsize size;

  for (guint i = 0; i < EXTENSIONS_MAX; i++) {
    if (text->left == 0)
      return TRUE;
    if (!wb_log_text_line (text, &line, &size) || size == 0)
      return FALSE;
  }
  return text->left == 0;
}

static gboolean
parse_lines (WbCheckpoint *self, WbLogText *text)
{
  const char *line;
  gsize size;

  if (!wb_log_text_line (text, &line, &size) || !origin_is_valid (line, size))
    return FALSE;
  self->origin = g_strndup (line, size);
  if (!wb_log_text_line (text, &line, &size) || !wb_log_parse_decimal (line, size, &self->size))
    return FALSE;
  return wb_log_text_line (text, &line, &size) && wb_log_parse_hash (line, size, &self->root) &&
         skip_extensions (text);
}

/**
 * wb_checkpoint_parse:
 * @text: the signed text of a note, or anything at all
 * @error: return location for an error
 *
 * Reads a checkpoint. Says nothing about its signature: that is wb_checkpoint_open().
 *
 * Returns: (transfer full): the checkpoint, or %NULL with %WB_ERROR_DAMAGED
 */
WbCheckpoint *
wb_checkpoint_parse (const char *text, GError **error)
{
  g_autoptr (WbCheckpoint) self = g_new0 (WbCheckpoint, 1);
  WbLogText lines = { text, strlen (text) };

  if (!parse_lines (self, &lines)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("This is not a checkpoint of a log, or it was damaged."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * wb_checkpoint_open:
 * @note: a signed note, or anything at all
 * @size: its length
 * @vkey: the log's own key, as wb_note_key_format() writes it
 * @error: return location for an error
 *
 * Checks the log's signature and reads what was signed.
 *
 * Returns: (transfer full): the checkpoint, or %NULL with %WB_ERROR_VERIFY if the log did not sign
 *   it or another log is named in it, or %WB_ERROR_DAMAGED
 */
WbCheckpoint *
wb_checkpoint_open (const char *note, gsize size, const char *vkey, GError **error)
{
  g_autoptr (WbNoteKey) key = wb_note_key_parse (vkey, error);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (WbCheckpoint) self = NULL;
  g_autofree char *text = NULL;

  if (key == NULL)
    return NULL;
  g_ptr_array_add (keys, key);
  text = wb_note_open (note, size, keys, NULL, error);
  if (text == NULL)
    return NULL;
  self = wb_checkpoint_parse (text, error);
  if (self != NULL && strcmp (self->origin, key->name) != 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_VERIFY,
                         _ ("The checkpoint names another log than the one whose key signed it."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

void
wb_checkpoint_free (WbCheckpoint *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_free (self);
}
