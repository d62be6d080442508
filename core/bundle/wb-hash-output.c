/* SPDX-License-Identifier: EUPL-1.2 */

/* An output stream that hashes and counts what passes to the stream below it. */
#include "wb-bundle-private.h"

#include "wb-digest.h"
#include "wb-encoding.h"

struct _WbHashOutput {
  GFilterOutputStream parent;

  WbSha256 *sum;
  guint64 size;
  GError *failure; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbHashOutput, wb_hash_output, G_TYPE_FILTER_OUTPUT_STREAM)

static gssize
wb_hash_output_write (GOutputStream *stream,
                      const void *buffer,
                      gsize count,
                      GCancellable *cancellable,
                      GError **error)
{
  WbHashOutput *self = WB_HASH_OUTPUT (stream);
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));
  g_autoptr (GError) local = NULL;
  gssize written = g_output_stream_write (base, buffer, count, cancellable, &local);

  if (written < 0) {
    g_clear_error (&self->failure);
    self->failure = g_error_copy (local);
    g_propagate_error (error, g_steal_pointer (&local));
    return written;
  }
  if (written > 0) {
    wb_sha256_update (self->sum, buffer, (gsize) written);
    self->size += (guint64) written;
  }
  return written;
}

static void
wb_hash_output_finalize (GObject *object)
{
  WbHashOutput *self = WB_HASH_OUTPUT (object);

  wb_sha256_free (self->sum);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (wb_hash_output_parent_class)->finalize (object);
}

static void
wb_hash_output_class_init (WbHashOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = wb_hash_output_write;
  G_OBJECT_CLASS (klass)->finalize = wb_hash_output_finalize;
}

static void
wb_hash_output_init (WbHashOutput *self)
{
  self->sum = wb_sha256_new ();
}

/**
 * wb_hash_output_new:
 * @base: the stream below; closed with this one
 *
 * Returns: (transfer full): a stream whose bytes are counted and hashed
 */
GOutputStream *
wb_hash_output_new (GOutputStream *base)
{
  return g_object_new (WB_TYPE_HASH_OUTPUT, "base-stream", base, NULL);
}

/**
 * wb_hash_output_finish:
 * @self: a stream after its last byte; called once
 * @ret_size: (out) (optional): how many bytes passed
 *
 * Returns: (transfer full): the SHA-256 of all that passed, in hex
 */
char *
wb_hash_output_finish (WbHashOutput *self, guint64 *ret_size)
{
  guint8 digest[WB_SHA256_SIZE];

  wb_sha256_finish (self->sum, digest);
  if (ret_size != NULL)
    *ret_size = self->size;
  return wb_hex_encode (digest, sizeof digest);
}

/**
 * wb_hash_output_get_failure:
 * @self: a stream
 *
 * A stream above this one (age) may tell a failure in words of its own, and a full disk would no
 * longer be known as one.
 *
 * Returns: (transfer none) (nullable): what the stream below said when it failed
 */
const GError *
wb_hash_output_get_failure (const WbHashOutput *self)
{
  return self->failure;
}
