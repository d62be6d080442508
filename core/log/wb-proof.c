/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Inclusion proofs as files: C2SP tlog-proof (main @ 5ba5ee8). A proof carries the checkpoint that
 * it leads to, so that it can be checked with the log's key alone.
 */
#include "wb-checkpoint.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-log-text-private.h"

#define HEADER "c2sp.org/tlog-proof@v1"
#define EXTRA "extra "
#define INDEX "index "
#define HASHES_MAX 63               /* of a tree with 2^63 leaves */
#define PROOF_MAX_SIZE (128 * 1024) /* 63 hashes and a checkpoint with a hundred cosignatures */

/**
 * wb_proof_format:
 * @index: the entry's number
 * @hashes: (element-type WbHash): from wb_merkle_inclusion()
 * @checkpoint_note: the signed checkpoint whose root the hashes lead to
 *
 * Returns: (transfer full): the text of a .tlog-proof file
 */
char *
wb_proof_format (guint64 index, GArray *hashes, const char *checkpoint_note)
{
  GString *text = g_string_new (HEADER "\n");

  g_string_append_printf (text, INDEX "%" G_GUINT64_FORMAT "\n", index);
  for (guint i = 0; i < hashes->len; i++) {
    g_autofree char *hash =
        wb_base64_encode (&g_array_index (hashes, WbHash, i), WB_HASH_SIZE, WB_BASE64_PADDED);

    g_string_append_printf (text, "%s\n", hash);
  }
  g_string_append_c (text, '\n');
  g_string_append (text, checkpoint_note);
  return g_string_free (text, FALSE);
}

/* Nobody vouches for the extra bytes, so nothing is done with them. */
static gboolean
skip_extra (WbLogText *text)
{
  g_autofree guint8 *bytes = NULL;
  const char *line;
  gsize size, n_bytes;

  if (text->left < strlen (EXTRA) || memcmp (text->at, EXTRA, strlen (EXTRA)) != 0)
    return TRUE;
  if (!wb_log_text_line (text, &line, &size))
    return FALSE;
  bytes = wb_base64_decode (line + strlen (EXTRA),
                            (gssize) (size - strlen (EXTRA)),
                            WB_BASE64_PADDED,
                            &n_bytes,
                            NULL);
  return bytes != NULL;
}

/* One line a hash, up to the empty line. */
static gboolean
parse_hashes (WbProof *self, WbLogText *text)
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

static gboolean
parse_lines (WbProof *self, WbLogText *text)
{
  const char *line;
  gsize size;

  if (!wb_log_text_line (text, &line, &size) || size != strlen (HEADER) ||
      memcmp (line, HEADER, size) != 0 || !skip_extra (text))
    return FALSE;
  if (!wb_log_text_line (text, &line, &size) || size < strlen (INDEX) ||
      memcmp (line, INDEX, strlen (INDEX)) != 0 ||
      !wb_log_parse_decimal (line + strlen (INDEX), size - strlen (INDEX), &self->index))
    return FALSE;
  if (!parse_hashes (self, text) || text->left == 0 ||
      !g_utf8_validate (text->at, (gssize) text->left, NULL))
    return FALSE;
  self->checkpoint = g_strndup (text->at, text->left);
  return TRUE;
}

/**
 * wb_proof_parse:
 * @text: anything at all
 * @size: its length
 * @error: return location for an error
 *
 * Reads a .tlog-proof file; wb_proof_check() judges it. Fuzzed by tests/fuzz/fuzz-proof.c.
 *
 * Returns: (transfer full): the proof, or %NULL with %WB_ERROR_DAMAGED or %WB_ERROR_TOO_LARGE
 */
WbProof *
wb_proof_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (WbProof) self = g_new0 (WbProof, 1);
  WbLogText lines = { text, size };

  if (size > PROOF_MAX_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This is larger than a proof can be."));
    return NULL;
  }
  self->hashes = g_array_new (FALSE, FALSE, sizeof (WbHash));
  if (!parse_lines (self, &lines)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("This is not a proof from a log, or it was damaged."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * wb_proof_check:
 * @self: a proof
 * @leaf: wb_merkle_leaf() of the entry's bytes
 * @vkey: the log's own key
 * @error: return location for an error
 *
 * Returns: whether the log signed a checkpoint under which the entry stands at this index; %FALSE
 *   with %WB_ERROR_VERIFY, or %WB_ERROR_DAMAGED if the checkpoint cannot be read
 */
gboolean
wb_proof_check (const WbProof *self, const WbHash *leaf, const char *vkey, GError **error)
{
  g_autoptr (WbCheckpoint) checkpoint =
      wb_checkpoint_open (self->checkpoint, strlen (self->checkpoint), vkey, error);

  if (checkpoint == NULL)
    return FALSE;
  return wb_merkle_check_inclusion (self->index,
                                    checkpoint->size,
                                    leaf,
                                    (const WbHash *) (gpointer) self->hashes->data,
                                    self->hashes->len,
                                    &checkpoint->root,
                                    error);
}

void
wb_proof_free (WbProof *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->hashes, g_array_unref);
  g_free (self->checkpoint);
  g_free (self);
}
