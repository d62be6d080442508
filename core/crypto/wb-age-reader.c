/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Reads the payload of an age file as a stream. A byte leaves here only after the tag of its chunk
 * was checked, and the end is reported only behind the chunk that was sealed as the last.
 */
#include "wb-age-reader-private.h"

#include <string.h>

#include "wb-age-error-private.h"
#include "wb-i18n.h"

struct _WbAgeReader {
  GFilterInputStream parent_instance;

  WbAgeStream *stream;
  guint8 *sealed; /* the chunk that is being read */
  gsize sealed_size;
  guint8 *plain; /* the chunk that is being given out */
  gsize plain_at;
  gsize plain_size;
  gboolean ended;
  GError *failed; /* once wrong, always wrong */
};

G_DEFINE_FINAL_TYPE (WbAgeReader, wb_age_reader, G_TYPE_FILTER_INPUT_STREAM)

/* Reads until @sealed holds a whole chunk or the base ended; goes on where it was interrupted. */
static gboolean
fill (WbAgeReader *self, gsize size, GCancellable *cancellable, GError **error)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
  GError *cause = NULL;
  gsize done = 0;
  gboolean good = g_input_stream_read_all (base,
                                           self->sealed + self->sealed_size,
                                           size - self->sealed_size,
                                           &done,
                                           cancellable,
                                           &cause);

  self->sealed_size += done;
  if (!good)
    wb_age_take_io_error (error,
                          cause,
                          _ ("The encrypted file cannot be read: check the disk and try again."));
  return good;
}

static gboolean
check_end (WbAgeReader *self, GCancellable *cancellable, GError **error)
{
  if (!fill (self, 1, cancellable, error))
    return FALSE;
  if (self->sealed_size > 0)
    return wb_age_damaged (error,
                           _ ("Something was added at the end of the encrypted file: do not trust "
                              "this copy and ask for another."));
  self->ended = TRUE;
  return TRUE;
}

static gboolean
next_chunk (WbAgeReader *self, GCancellable *cancellable, GError **error)
{
  gsize size;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->stream->finished)
    return check_end (self, cancellable, error);
  if (!fill (self, WB_AGE_SEALED_CHUNK_SIZE, cancellable, error))
    return FALSE;
  size = self->sealed_size;
  self->sealed_size = 0;
  if (!wb_age_stream_open (self->stream, self->sealed, size, self->plain, error))
    return FALSE;
  self->plain_at = 0;
  self->plain_size = size - WB_AEAD_TAG_SIZE;
  return TRUE;
}

/* Makes sure that there is something to give out, or that the end was reached. */
static gboolean
prepare (WbAgeReader *self, GCancellable *cancellable, GError **error)
{
  while (self->failed == NULL && self->plain_at == self->plain_size && !self->ended) {
    GError *cause = NULL;

    if (next_chunk (self, cancellable, &cause))
      continue;
    if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
      g_propagate_error (error, cause); /* the next read goes on */
      return FALSE;
    }
    self->failed = cause;
  }
  if (self->failed != NULL && error != NULL)
    *error = g_error_copy (self->failed);
  return self->failed == NULL;
}

static gssize
wb_age_reader_read (GInputStream *stream,
                    void *buffer,
                    gsize count,
                    GCancellable *cancellable,
                    GError **error)
{
  WbAgeReader *self = WB_AGE_READER (stream);
  gsize part;

  if (!prepare (self, cancellable, error))
    return -1;
  part = MIN (count, self->plain_size - self->plain_at);
  memcpy (buffer, self->plain + self->plain_at, part);
  self->plain_at += part;
  return (gssize) part;
}

/* The parent's would skip sealed bytes of the base. */
static gssize
wb_age_reader_skip (GInputStream *stream, gsize count, GCancellable *cancellable, GError **error)
{
  WbAgeReader *self = WB_AGE_READER (stream);
  gsize part;

  if (!prepare (self, cancellable, error))
    return -1;
  part = MIN (count, self->plain_size - self->plain_at);
  self->plain_at += part;
  return (gssize) part;
}

static gboolean
wb_age_reader_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  WbAgeReader *self = WB_AGE_READER (stream);

  explicit_bzero (self->plain, WB_AGE_CHUNK_SIZE);
  return G_INPUT_STREAM_CLASS (wb_age_reader_parent_class)->close_fn (stream, cancellable, error);
}

static void
wb_age_reader_finalize (GObject *object)
{
  WbAgeReader *self = WB_AGE_READER (object);

  explicit_bzero (self->plain, WB_AGE_CHUNK_SIZE);
  g_free (self->plain);
  g_free (self->sealed);
  wb_age_stream_free (self->stream);
  g_clear_error (&self->failed);
  G_OBJECT_CLASS (wb_age_reader_parent_class)->finalize (object);
}

static void
wb_age_reader_class_init (WbAgeReaderClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_age_reader_finalize;
  stream_class->read_fn = wb_age_reader_read;
  stream_class->skip = wb_age_reader_skip;
  stream_class->close_fn = wb_age_reader_close;
}

static void
wb_age_reader_init (WbAgeReader *self)
{
  self->sealed = g_malloc (WB_AGE_SEALED_CHUNK_SIZE);
  self->plain = g_malloc (WB_AGE_CHUNK_SIZE);
}

/**
 * wb_age_reader_new:
 * @base: an age file behind its header and nonce; closed with the stream
 * @stream: (transfer full): the stream before its first chunk
 *
 * Returns: (transfer full): the plaintext
 */
GInputStream *
wb_age_reader_new (GInputStream *base, WbAgeStream *stream)
{
  WbAgeReader *self = g_object_new (WB_TYPE_AGE_READER, "base-stream", base, NULL);

  self->stream = stream;
  return G_INPUT_STREAM (self);
}
