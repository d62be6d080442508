/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Writes the payload of an age file as a stream. Only a close by the caller, after writes that all
 * succeeded, seals a last chunk: whatever else ends the stream leaves a file that no reader
 * accepts.
 */
#include "wb-age-writer-private.h"

#include <string.h>

#include "wb-age-error-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

struct _WbAgeWriter {
  GFilterOutputStream parent_instance;

  WbAgeStream *stream;
  guint8 *plain; /* the chunk that is being filled */
  gsize size;
  guint8 *sealed;
  gboolean dead; /* never to be finished */
};

G_DEFINE_FINAL_TYPE (WbAgeWriter, wb_age_writer, G_TYPE_FILTER_OUTPUT_STREAM)

static GOutputStream *
get_base (WbAgeWriter *self)
{
  return g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self));
}

/* Marks the stream as dead because of @cause (transfer full). Always FALSE. */
static gboolean
die (WbAgeWriter *self, GError **error, GError *cause)
{
  self->dead = TRUE;
  wb_age_take_io_error (error,
                        cause,
                        _ ("The encrypted file cannot be written: check the disk and try again."));
  return FALSE;
}

/* Not every base heeds a cancellation, and one that came between two writes counts as well. */
static gboolean
check_alive (WbAgeWriter *self, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &cause))
    return die (self, error, cause);
  if (!self->dead)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_IO,
                       _ ("The encrypted file was not finished: write it once more."));
  return FALSE;
}

/* A chunk is written when it is known whether it is the last: by the next byte, or by the close. */
static gboolean
write_chunk (WbAgeWriter *self, gboolean last, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (!wb_age_stream_seal (self->stream, self->plain, self->size, last, self->sealed, &cause) ||
      !g_output_stream_write_all (get_base (self),
                                  self->sealed,
                                  self->size + WB_AEAD_TAG_SIZE,
                                  NULL,
                                  cancellable,
                                  &cause))
    return die (self, error, cause);
  self->size = 0;
  return TRUE;
}

static gssize
wb_age_writer_write (GOutputStream *stream,
                     const void *buffer,
                     gsize count,
                     GCancellable *cancellable,
                     GError **error)
{
  WbAgeWriter *self = WB_AGE_WRITER (stream);
  const guint8 *from = buffer;
  gsize done = 0;

  if (!check_alive (self, cancellable, error))
    return -1;
  while (done < count) {
    gsize part;

    if (self->size == WB_AGE_CHUNK_SIZE && !write_chunk (self, FALSE, cancellable, error))
      return -1;
    part = MIN (count - done, WB_AGE_CHUNK_SIZE - self->size);
    memcpy (self->plain + self->size, from + done, part);
    self->size += part;
    done += part;
  }
  return (gssize) done;
}

/* What does not fill a chunk stays here: a flush cannot know whether it is the last. */
static gboolean
wb_age_writer_flush (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  WbAgeWriter *self = WB_AGE_WRITER (stream);
  GError *cause = NULL;

  if (!check_alive (self, cancellable, error))
    return FALSE;
  if (!g_output_stream_flush (get_base (self), cancellable, &cause))
    return die (self, error, cause);
  return TRUE;
}

/* A base that replaces a file keeps the old one when its close is cancelled. */
static void
abandon_base (WbAgeWriter *self)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  if (g_filter_output_stream_get_close_base_stream (G_FILTER_OUTPUT_STREAM (self)))
    (void) g_output_stream_close (get_base (self), cancelled, NULL);
}

static gboolean
wb_age_writer_close (GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  WbAgeWriter *self = WB_AGE_WRITER (stream);
  GError *cause = NULL;
  gboolean good =
      check_alive (self, cancellable, error) && write_chunk (self, TRUE, cancellable, error);

  explicit_bzero (self->plain, WB_AGE_CHUNK_SIZE);
  if (!good) {
    abandon_base (self);
    return FALSE;
  }
  if (!G_OUTPUT_STREAM_CLASS (wb_age_writer_parent_class)->close_fn (stream, cancellable, &cause))
    return die (self, error, cause);
  return TRUE;
}

/* GIO closes the target even where the source failed, which would finish half a file. */
static gssize
wb_age_writer_splice (GOutputStream *stream,
                      GInputStream *source,
                      GOutputStreamSpliceFlags flags,
                      GCancellable *cancellable,
                      GError **error)
{
  WbAgeWriter *self = WB_AGE_WRITER (stream);
  gboolean close = (flags & G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET) != 0;
  gssize size = G_OUTPUT_STREAM_CLASS (wb_age_writer_parent_class)
                    ->splice (stream,
                              source,
                              flags & ~G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                              cancellable,
                              error);

  if (size < 0)
    self->dead = TRUE;
  if (close) {
    g_output_stream_clear_pending (stream);
    if (!g_output_stream_close (stream, cancellable, size < 0 ? NULL : error))
      return -1;
  }
  return size;
}

/* GIO's dispose closes: without this, a forgotten stream would become a whole file. */
static void
wb_age_writer_dispose (GObject *object)
{
  WbAgeWriter *self = WB_AGE_WRITER (object);

  self->dead = TRUE;
  if (get_base (self) != NULL)
    (void) g_output_stream_close (G_OUTPUT_STREAM (self), NULL, NULL);
  G_OBJECT_CLASS (wb_age_writer_parent_class)->dispose (object);
}

static void
wb_age_writer_finalize (GObject *object)
{
  WbAgeWriter *self = WB_AGE_WRITER (object);

  explicit_bzero (self->plain, WB_AGE_CHUNK_SIZE);
  g_free (self->plain);
  g_free (self->sealed);
  wb_age_stream_free (self->stream);
  G_OBJECT_CLASS (wb_age_writer_parent_class)->finalize (object);
}

static void
wb_age_writer_class_init (WbAgeWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GOutputStreamClass *stream_class = G_OUTPUT_STREAM_CLASS (klass);

  object_class->dispose = wb_age_writer_dispose;
  object_class->finalize = wb_age_writer_finalize;
  stream_class->write_fn = wb_age_writer_write;
  stream_class->flush = wb_age_writer_flush;
  stream_class->close_fn = wb_age_writer_close;
  stream_class->splice = wb_age_writer_splice;
}

static void
wb_age_writer_init (WbAgeWriter *self)
{
  self->plain = g_malloc (WB_AGE_CHUNK_SIZE);
  self->sealed = g_malloc (WB_AGE_SEALED_CHUNK_SIZE);
}

/**
 * wb_age_writer_new:
 * @base: an age file whose header and nonce were written; closed with the stream
 * @stream: (transfer full): the stream before its first chunk
 *
 * Returns: (transfer full): takes the plaintext
 */
GOutputStream *
wb_age_writer_new (GOutputStream *base, WbAgeStream *stream)
{
  WbAgeWriter *self = g_object_new (WB_TYPE_AGE_WRITER, "base-stream", base, NULL);

  self->stream = stream;
  return G_OUTPUT_STREAM (self);
}
