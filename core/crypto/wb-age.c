/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * age v1 (C2SP age.md v1.0.0): puts header, payload and armor together, for streams and for small
 * values. age hides from all but the recipients; who wrote a file it does not tell.
 */
#include "wb-age.h"

#include <string.h>

#include "wb-age-armor-private.h"
#include "wb-age-error-private.h"
#include "wb-age-header-private.h"
#include "wb-age-reader-private.h"
#include "wb-age-recipient-private.h"
#include "wb-age-stream-private.h"
#include "wb-age-writer-private.h"
#include "wb-digest.h"
#include "wb-error.h"
#include "wb-i18n.h"

/* Less than a chunk, so that GIO reads chunks past the buffer, straight to where they belong. */
#define SOURCE_BUFFER_SIZE (16 * 1024)

static void
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);
}

static gboolean
wrap_for_all (GPtrArray *stanzas,
              const char *const *recipients,
              const WbSecret *file_key,
              GError **error)
{
  for (guint i = 0; recipients[i] != NULL; i++) {
    WbAgeStanza *stanza;

    if (i == WB_AGE_RECIPIENTS_MAX) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_TOO_LARGE,
                   _ ("A file can be encrypted for at most %d recipients: leave some out."),
                   WB_AGE_RECIPIENTS_MAX);
      return FALSE;
    }
    stanza = wb_age_wrap_for_recipient (recipients[i], file_key, error);
    if (stanza == NULL)
      return FALSE;
    g_ptr_array_add (stanzas, stanza);
  }
  return TRUE;
}

static GPtrArray *
make_stanzas (const char *const *recipients,
              const WbSecret *passphrase,
              guint work_factor,
              const WbSecret *file_key,
              GError **error)
{
  g_autoptr (GPtrArray) stanzas =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_age_stanza_free);
  WbAgeStanza *stanza;

  if (passphrase == NULL)
    return wrap_for_all (stanzas, recipients, file_key, error) ? g_steal_pointer (&stanzas) : NULL;
  stanza = wb_age_wrap_for_passphrase (passphrase, work_factor, file_key, error);
  if (stanza == NULL)
    return NULL;
  g_ptr_array_add (stanzas, stanza);
  return g_steal_pointer (&stanzas);
}

/* A fresh file: what comes before its first chunk, and the stream for the chunks. */
static WbAgeStream *
start_file (const char *const *recipients,
            const WbSecret *passphrase,
            guint work_factor,
            GByteArray *head,
            GError **error)
{
  gboolean for_recipients = recipients != NULL && recipients[0] != NULL;
  g_autoptr (WbSecret) file_key = NULL;
  g_autoptr (GPtrArray) stanzas = NULL;
  g_autoptr (GBytes) header = NULL;
  guint8 nonce[WB_AGE_NONCE_SIZE];

  if (for_recipients == (passphrase != NULL)) {
    refuse (error, _ ("Choose either recipients or a passphrase to encrypt with."));
    return NULL;
  }
  if (passphrase != NULL && wb_secret_get_size (passphrase) == 0) {
    refuse (error, _ ("The passphrase is empty: choose one that others cannot guess."));
    return NULL;
  }
  file_key = wb_secret_new (WB_AGE_FILE_KEY_SIZE, error);
  if (file_key == NULL)
    return NULL;
  wb_random_bytes (wb_secret_peek_writable (file_key), WB_AGE_FILE_KEY_SIZE);
  wb_random_bytes (nonce, sizeof nonce);
  stanzas = make_stanzas (recipients, passphrase, work_factor, file_key, error);
  header = stanzas != NULL ? wb_age_header_format (stanzas, file_key, error) : NULL;
  if (header == NULL)
    return NULL;
  g_byte_array_append (head, g_bytes_get_data (header, NULL), g_bytes_get_size (header));
  g_byte_array_append (head, nonce, sizeof nonce);
  return wb_age_stream_new (file_key, nonce, error);
}

/**
 * wb_age_encrypt:
 * @base: where the age file goes; closed with the returned stream
 * @recipients: (nullable) (array zero-terminated=1): 1 to %WB_AGE_RECIPIENTS_MAX public keys
 * age1...
 * @passphrase: (nullable): or a passphrase, not empty; it stays in locked memory
 * @work_factor: log2 of scrypt's N, with a passphrase; %WB_AGE_WORK_FACTOR but in tests
 * @error: return location for an error
 *
 * Writes the header at once. The file is whole only when g_output_stream_close() returned %TRUE. A
 * stream that is dropped without it, that failed to write or was cancelled leaves a file that no
 * reader accepts, and closes a @base of g_file_replace() in such a way that the old file stays.
 *
 * Use g_output_stream_splice() rather than its asynchronous form with
 * %G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET: only the former keeps half a source from becoming a file.
 *
 * With a passphrase this takes most of a second: not for the main loop.
 *
 * Returns: (transfer full): takes the plaintext; %NULL with %WB_ERROR_INVALID where a recipient is
 *   no key or not exactly one of @recipients and @passphrase is given, %WB_ERROR_TOO_LARGE over a
 *   limit, %WB_ERROR_NO_SPACE or %WB_ERROR_IO where @base fails; @base then stays open
 */
GOutputStream *
wb_age_encrypt (GOutputStream *base,
                const char *const *recipients,
                const WbSecret *passphrase,
                guint work_factor,
                GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (WbAgeStream) stream = NULL;
  GError *cause = NULL;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (base), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  stream = start_file (recipients, passphrase, work_factor, head, error);
  if (stream == NULL)
    return NULL;
  if (!g_output_stream_write_all (base, head->data, head->len, NULL, NULL, &cause)) {
    wb_age_take_io_error (
        error,
        cause,
        _ ("The encrypted file cannot be written: check the disk and try again."));
    return NULL;
  }
  return wb_age_writer_new (base, g_steal_pointer (&stream));
}

/* The file without its armor, if it has one; closing it leaves @base open. */
static GBufferedInputStream *
open_source (GInputStream *base, GError **error)
{
  g_autoptr (GInputStream) source = g_buffered_input_stream_new_sized (base, SOURCE_BUFFER_SIZE);
  g_autoptr (GInputStream) armor = NULL;
  gboolean armored;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (source), FALSE);
  if (!wb_age_armor_detect (G_BUFFERED_INPUT_STREAM (source), &armored, error))
    return NULL;
  if (!armored)
    return G_BUFFERED_INPUT_STREAM (g_steal_pointer (&source));
  armor = wb_age_armor_new (G_BUFFERED_INPUT_STREAM (source));
  g_clear_object (&source);
  source = g_buffered_input_stream_new_sized (armor, SOURCE_BUFFER_SIZE);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (source), FALSE);
  return G_BUFFERED_INPUT_STREAM (g_steal_pointer (&source));
}

static gboolean
read_nonce (GBufferedInputStream *source, guint8 nonce[WB_AGE_NONCE_SIZE], GError **error)
{
  GError *cause = NULL;
  gsize size;

  if (!g_input_stream_read_all (G_INPUT_STREAM (source),
                                nonce,
                                WB_AGE_NONCE_SIZE,
                                &size,
                                NULL,
                                &cause)) {
    wb_age_take_io_error (error,
                          cause,
                          _ ("The encrypted file cannot be read: check the disk and try again."));
    return FALSE;
  }
  return size == WB_AGE_NONCE_SIZE ||
         wb_age_damaged (error,
                         _ ("The encrypted file is incomplete: get the whole file once more."));
}

/* Header, file key, MAC and nonce, in this order; @source then stands at the first chunk. */
static WbAgeStream *
open_file (GBufferedInputStream *source,
           GPtrArray *identities,
           const WbSecret *passphrase,
           GError **error)
{
  g_autoptr (WbAgeHeader) header = wb_age_header_read (source, error);
  g_autoptr (WbSecret) file_key = NULL;
  guint8 nonce[WB_AGE_NONCE_SIZE];

  if (header == NULL)
    return NULL;
  file_key = wb_age_unwrap (header, identities, passphrase, error);
  if (file_key == NULL || !wb_age_header_check (header, file_key, error) ||
      !read_nonce (source, nonce, error))
    return NULL;
  return wb_age_stream_new (file_key, nonce, error);
}

/* From now on the whole row of filters closes with its first. */
static void
close_with (GInputStream *stream)
{
  while (G_IS_FILTER_INPUT_STREAM (stream)) {
    GFilterInputStream *filter = G_FILTER_INPUT_STREAM (stream);

    g_filter_input_stream_set_close_base_stream (filter, TRUE);
    stream = g_filter_input_stream_get_base_stream (filter);
  }
}

/**
 * wb_age_decrypt:
 * @base: an age file at its start, armored or not; closed with the returned stream
 * @identities: (nullable) (element-type WbSecret): private keys to try
 * @passphrase: (nullable): a passphrase to try; it stays in locked memory
 * @error: return location for an error
 *
 * Reads the header at once. No byte of a chunk is given out before its tag was checked, but a file
 * can still turn out to be cut after many good bytes: act on what was read only when reading
 * returned 0. With a passphrase this takes a second or, for a hostile file, most of a minute and
 * 4 GiB: not for the main loop.
 *
 * Returns: (transfer full): gives the plaintext, and fails with %WB_ERROR_DAMAGED where the file
 * was cut or changed; %NULL with %WB_ERROR_WRONG_KEY where nothing fits (which damage to a stanza
 * looks like, too), %WB_ERROR_DAMAGED where it is no age file or was changed, %WB_ERROR_TOO_LARGE
 *   where the passphrase would cost too much work, %WB_ERROR_INVALID where an identity is none or
 *   nothing of the kind that it asks for was given, %WB_ERROR_IO; @base then stays open
 */
GInputStream *
wb_age_decrypt (GInputStream *base,
                GPtrArray *identities,
                const WbSecret *passphrase,
                GError **error)
{
  g_autoptr (GBufferedInputStream) source = NULL;
  WbAgeStream *stream;

  g_return_val_if_fail (G_IS_INPUT_STREAM (base), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  source = open_source (base, error);
  stream = source != NULL ? open_file (source, identities, passphrase, error) : NULL;
  if (stream == NULL)
    return NULL;
  close_with (G_INPUT_STREAM (source));
  return wb_age_reader_new (G_INPUT_STREAM (source), stream);
}

/**
 * wb_age_encrypt_bytes:
 * @plain: (nullable): what is encrypted; no copy of it is made
 * @size: its length in bytes
 * @recipients: (nullable) (array zero-terminated=1): as for wb_age_encrypt()
 * @passphrase: (nullable): as for wb_age_encrypt()
 * @work_factor: as for wb_age_encrypt()
 * @error: return location for an error
 *
 * Returns: (transfer full): a whole age file; %NULL with the errors of wb_age_encrypt()
 */
GBytes *
wb_age_encrypt_bytes (gconstpointer plain,
                      gsize size,
                      const char *const *recipients,
                      const WbSecret *passphrase,
                      guint work_factor,
                      GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (WbAgeStream) stream = start_file (recipients, passphrase, work_factor, file, error);
  const guint8 *from = plain;

  while (stream != NULL && !stream->finished) {
    gsize part = MIN (size, WB_AGE_CHUNK_SIZE);
    gsize start = file->len;

    g_byte_array_set_size (file, start + part + WB_AEAD_TAG_SIZE);
    if (!wb_age_stream_seal (stream, from, part, part == size, file->data + start, error))
      return NULL;
    from = part > 0 ? from + part : from;
    size -= part;
  }
  return stream != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&file)) : NULL;
}

/* Opens all chunks into @plain. */
static gboolean
read_chunks (GInputStream *source,
             WbAgeStream *stream,
             WbSecret *plain,
             gsize *ret_size,
             GError **error)
{
  g_autofree guint8 *sealed = g_malloc (WB_AGE_SEALED_CHUNK_SIZE);
  gsize done = 0;
  gsize size = 0;

  while (!stream->finished) {
    if (!g_input_stream_read_all (source, sealed, WB_AGE_SEALED_CHUNK_SIZE, &size, NULL, error))
      return FALSE;
    if (size > WB_AEAD_TAG_SIZE && size - WB_AEAD_TAG_SIZE > wb_secret_get_size (plain) - done) {
      g_set_error_literal (error,
                           WB_ERROR,
                           WB_ERROR_TOO_LARGE,
                           _ ("What was encrypted is larger than it may be here: check that the "
                              "right file was chosen."));
      return FALSE;
    }
    if (!wb_age_stream_open (stream, sealed, size, wb_secret_peek_writable (plain) + done, error))
      return FALSE;
    done += size - WB_AEAD_TAG_SIZE;
  }
  if (!g_input_stream_read_all (source, sealed, 1, &size, NULL, error))
    return FALSE;
  *ret_size = done;
  return size == 0 || wb_age_damaged (error,
                                      _ ("Something was added at the end of the encrypted file: "
                                         "do not trust this copy and ask for another."));
}

/**
 * wb_age_decrypt_bytes:
 * @sealed: an age file, armored or not
 * @size: its length in bytes
 * @identities: (nullable) (element-type WbSecret): as for wb_age_decrypt()
 * @passphrase: (nullable): as for wb_age_decrypt()
 * @limit: the most bytes of plaintext that are accepted
 * @error: return location for an error
 *
 * The plaintext is nowhere but in locked memory, and all of it was checked.
 *
 * Returns: (transfer full): the plaintext; %NULL with %WB_ERROR_TOO_LARGE over @limit, else with
 * the errors of wb_age_decrypt()
 */
WbSecret *
wb_age_decrypt_bytes (gconstpointer sealed,
                      gsize size,
                      GPtrArray *identities,
                      const WbSecret *passphrase,
                      gsize limit,
                      GError **error)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (sealed, (gssize) size, NULL);
  g_autoptr (GBufferedInputStream) source = open_source (base, error);
  g_autoptr (WbAgeStream) stream = NULL;
  g_autoptr (WbSecret) plain = NULL;
  gsize plain_size;

  stream = source != NULL ? open_file (source, identities, passphrase, error) : NULL;
  plain = stream != NULL ? wb_secret_new (MIN (limit, size), error) : NULL;
  if (plain == NULL || !read_chunks (G_INPUT_STREAM (source), stream, plain, &plain_size, error))
    return NULL;
  return wb_secret_new_copy (wb_secret_peek (plain, NULL), plain_size, error);
}
