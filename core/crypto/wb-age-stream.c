/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * STREAM, the payload of an age file: chunks of 64 KiB, each sealed with its number and with
 * whether it is the last, so that none can be moved, doubled, added or cut off. Knows no files.
 */
#include "wb-age-stream-private.h"

#include <string.h>

#include "wb-age-error-private.h"
#include "wb-age-header-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define KEY_SIZE 32
#define NONCE_SIZE 12 /* of a chunk: 11 bytes number, 1 byte "last" */

/**
 * wb_age_stream_new:
 * @file_key: the file key
 * @nonce: 16 bytes, fresh for each file that is written
 * @error: return location for an error
 *
 * Returns: (transfer full): the stream before its first chunk; %NULL with %WB_ERROR_IO
 */
WbAgeStream *
wb_age_stream_new (const WbSecret *file_key, const guint8 nonce[WB_AGE_NONCE_SIZE], GError **error)
{
  static const char info[] = "payload";
  g_autoptr (WbAgeStream) self = g_new0 (WbAgeStream, 1);

  self->key = wb_secret_new (KEY_SIZE, error);
  if (self->key == NULL || !wb_hkdf_sha256 (wb_secret_peek (file_key, NULL),
                                            WB_AGE_FILE_KEY_SIZE,
                                            nonce,
                                            WB_AGE_NONCE_SIZE,
                                            info,
                                            strlen (info),
                                            wb_secret_peek_writable (self->key),
                                            KEY_SIZE,
                                            error))
    return NULL;
  return g_steal_pointer (&self);
}

/* 64 bits of the number are enough for ever: no file has 2^64 chunks. */
static void
make_nonce (const WbAgeStream *self, gboolean last, guint8 ret_nonce[NONCE_SIZE])
{
  guint64 number = GUINT64_TO_BE (self->number);

  memset (ret_nonce, 0, NONCE_SIZE);
  memcpy (ret_nonce + NONCE_SIZE - 1 - sizeof number, &number, sizeof number);
  ret_nonce[NONCE_SIZE - 1] = last ? 1 : 0;
}

/**
 * wb_age_stream_seal:
 * @self: a stream that is not finished
 * @plain: (nullable): the chunk
 * @size: its length: %WB_AGE_CHUNK_SIZE, but for the last; 0 only where it is the first as well
 * @last: whether it is the last
 * @ret_sealed: (out caller-allocates): room for @size + 16 bytes
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_IO
 */
gboolean
wb_age_stream_seal (WbAgeStream *self,
                    gconstpointer plain,
                    gsize size,
                    gboolean last,
                    guint8 *ret_sealed,
                    GError **error)
{
  guint8 nonce[NONCE_SIZE];

  g_assert (!self->finished && size <= WB_AGE_CHUNK_SIZE);
  g_assert (last ? size > 0 || self->number == 0 : size == WB_AGE_CHUNK_SIZE);

  make_nonce (self, last, nonce);
  self->number++; /* also on failure: no number is used twice */
  self->finished = last;
  return wb_aead_seal (wb_secret_peek (self->key, NULL),
                       nonce,
                       NULL,
                       0,
                       plain,
                       size,
                       ret_sealed,
                       error);
}

/* @ret_plain is filled only where the tag is right. */
static gboolean
open_as (WbAgeStream *self,
         gboolean last,
         gconstpointer sealed,
         gsize size,
         guint8 *ret_plain,
         GError **error)
{
  guint8 nonce[NONCE_SIZE];

  make_nonce (self, last, nonce);
  if (!wb_aead_open (wb_secret_peek (self->key, NULL),
                     nonce,
                     NULL,
                     0,
                     sealed,
                     size,
                     ret_plain,
                     error))
    return FALSE;
  self->number++;
  self->finished = last;
  return TRUE;
}

static gboolean
check_size (const WbAgeStream *self, gsize size, GError **error)
{
  gboolean empty = size == WB_AEAD_TAG_SIZE;

  if (size >= WB_AEAD_TAG_SIZE && size <= WB_AGE_SEALED_CHUNK_SIZE && !(empty && self->number > 0))
    return TRUE;
  return wb_age_damaged (error,
                         _ ("The encrypted file is incomplete: get the whole file once more."));
}

/**
 * wb_age_stream_open:
 * @self: a stream that is not finished
 * @sealed: a whole chunk of %WB_AGE_SEALED_CHUNK_SIZE, or all that is left, be it nothing
 * @size: its length in bytes
 * @ret_plain: (out caller-allocates): room for @size - 16 bytes; on failure it holds zeros
 * @error: return location for an error
 *
 * A whole chunk may be the last or not, which only its tag can tell; a shorter one must be the
 * last. Sets @finished of @self: then nothing may follow, and that is for the caller to check.
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED where the chunk is cut, changed or in another's place
 */
gboolean
wb_age_stream_open (WbAgeStream *self,
                    gconstpointer sealed,
                    gsize size,
                    guint8 *ret_plain,
                    GError **error)
{
  g_autoptr (GError) cause = NULL;

  g_assert (!self->finished);
  if (!check_size (self, size, error))
    return FALSE;
  if (size == WB_AGE_SEALED_CHUNK_SIZE && open_as (self, FALSE, sealed, size, ret_plain, NULL))
    return TRUE;
  if (open_as (self, TRUE, sealed, size, ret_plain, &cause))
    return TRUE;
  if (!g_error_matches (cause, WB_ERROR, WB_ERROR_VERIFY)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  return wb_age_damaged (
      error,
      _ ("The encrypted file is damaged or incomplete: get an unchanged copy of all of it."));
}

void
wb_age_stream_free (WbAgeStream *self)
{
  if (self == NULL)
    return;
  wb_secret_unref (self->key);
  g_free (self);
}
