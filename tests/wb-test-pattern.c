/* SPDX-License-Identifier: EUPL-1.2 */

/* Evidence of any size that is never whole in memory. */
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-test-bundle-private.h"

/* Its byte at an offset is a function of that offset. */
#define WB_TYPE_PATTERN (wb_pattern_get_type ())
G_DECLARE_FINAL_TYPE (WbPattern, wb_pattern, WB, PATTERN, GInputStream)
struct _WbPattern {
  GInputStream parent;
  guint64 left;
  guint64 state;
};
G_DEFINE_FINAL_TYPE (WbPattern, wb_pattern, G_TYPE_INPUT_STREAM)

static gssize
wb_pattern_read (GInputStream *stream,
                 void *buffer,
                 gsize count,
                 GCancellable *cancellable,
                 GError **error)
{
  WbPattern *self = WB_PATTERN (stream);
  guint8 *at = buffer;
  gsize size = (gsize) MIN (count, self->left);

  for (gsize i = 0; i < size; i++) {
    self->state = self->state * G_GUINT64_CONSTANT (6364136223846793005) + 1442695040888963407;
    at[i] = (guint8) (self->state >> 56);
  }
  self->left -= size;
  return (gssize) size;
}

static void
wb_pattern_class_init (WbPatternClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = wb_pattern_read;
}

static void
wb_pattern_init (WbPattern *self)
{
}

GInputStream *
wb_test_pattern_new (guint64 size)
{
  WbPattern *self = g_object_new (WB_TYPE_PATTERN, NULL);

  self->left = size;
  return G_INPUT_STREAM (self);
}

char *
wb_test_pattern_sum (guint64 size)
{
  g_autoptr (GInputStream) stream = wb_test_pattern_new (size);
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  guint8 buffer[65536], digest[WB_SHA256_SIZE];
  gssize got;

  while ((got = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    wb_sha256_update (sum, buffer, (gsize) got);
  wb_sha256_finish (sum, digest);
  return wb_hex_encode (digest, sizeof digest);
}
