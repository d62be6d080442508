/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Verifies a bundle while it is being written, from a pipe: what goes into age cannot be read back
 * by us, so it is judged before it goes in.
 */
#include "wb-bundle-pipe-private.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib-unix.h>

#include "wb-bundle-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

struct _WbBundlePipe {
  GThread *thread;
  GOutputStream *mouth;
  GInputStream *end;
  WbVerification *result;
  char *signer;
};

#define WB_TYPE_TEE_OUTPUT (wb_tee_output_get_type ())
G_DECLARE_FINAL_TYPE (WbTeeOutput, wb_tee_output, WB, TEE_OUTPUT, GFilterOutputStream)

struct _WbTeeOutput {
  GFilterOutputStream parent;

  GOutputStream *second;
};

G_DEFINE_FINAL_TYPE (WbTeeOutput, wb_tee_output, G_TYPE_FILTER_OUTPUT_STREAM)

static gssize
wb_tee_output_write (GOutputStream *stream,
                     const void *buffer,
                     gsize count,
                     GCancellable *cancellable,
                     GError **error)
{
  WbTeeOutput *self = WB_TEE_OUTPUT (stream);
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));
  gssize written = g_output_stream_write (base, buffer, count, cancellable, error);

  if (written > 0 &&
      !g_output_stream_write_all (self->second, buffer, (gsize) written, NULL, cancellable, error))
    return -1;
  return written;
}

static void
wb_tee_output_finalize (GObject *object)
{
  WbTeeOutput *self = WB_TEE_OUTPUT (object);

  g_clear_object (&self->second);
  G_OBJECT_CLASS (wb_tee_output_parent_class)->finalize (object);
}

static void
wb_tee_output_class_init (WbTeeOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = wb_tee_output_write;
  G_OBJECT_CLASS (klass)->finalize = wb_tee_output_finalize;
}

static void
wb_tee_output_init (WbTeeOutput *self)
{
}

/* The writer must never find the pipe without a reader: that would be a signal to the process. */
static void
drain (GInputStream *stream)
{
  while (g_input_stream_skip (stream, WB_BUNDLE_CHUNK, NULL, NULL) > 0)
    ;
}

static gpointer
verify_thread (gpointer data)
{
  WbBundlePipe *self = data;
  g_autoptr (GInputStream) buffered =
      g_buffered_input_stream_new_sized (self->end, WB_BUNDLE_CHUNK);
  g_autoptr (WbBundleFiles) files =
      wb_bundle_files_read (buffered, self->result, NULL, NULL, 0, NULL, NULL);

  drain (buffered);
  if (files != NULL && files->whole)
    wb_bundle_check_all (files, self->signer);
  else
    wb_verification_add (self->result, "ZIP", -1, "%s", _ ("The bundle could not be verified."));
  return NULL;
}

/**
 * wb_bundle_pipe_new:
 * @signer: fingerprint that must have signed
 * @error: return location for an error
 *
 * Starts the verifying thread.
 *
 * Returns: (transfer full): to be ended with wb_bundle_pipe_finish()
 */
WbBundlePipe *
wb_bundle_pipe_new (const char *signer, GError **error)
{
  WbBundlePipe *self;
  int fds[2];

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, NULL)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The computer has too many files open: close some programs."));
    return NULL;
  }
  self = g_new0 (WbBundlePipe, 1);
  (void) fcntl (fds[1], F_SETPIPE_SZ, WB_BUNDLE_CHUNK);
  self->end = g_unix_input_stream_new (fds[0], TRUE);
  self->mouth = g_unix_output_stream_new (fds[1], TRUE);
  self->result = wb_verification_new ("bundle", "full");
  self->signer = g_strdup (signer);
  self->thread = g_thread_new ("bundle-verify", verify_thread, self);
  return self;
}

/**
 * wb_bundle_pipe_tee:
 * @self: a running verification
 * @base: where the bytes really go; closed with the returned stream
 *
 * Returns: (transfer full): a stream that writes to both
 */
GOutputStream *
wb_bundle_pipe_tee (WbBundlePipe *self, GOutputStream *base)
{
  WbTeeOutput *tee = g_object_new (WB_TYPE_TEE_OUTPUT, "base-stream", base, NULL);

  tee->second = g_object_ref (self->mouth);
  return G_OUTPUT_STREAM (tee);
}

/**
 * wb_bundle_pipe_finish:
 * @self: (transfer full): a running verification; every byte was written or none will follow
 *
 * Returns: (transfer full): what the thread found
 */
WbVerification *
wb_bundle_pipe_finish (WbBundlePipe *self)
{
  WbVerification *result = self->result;

  (void) g_output_stream_close (self->mouth, NULL, NULL);
  g_thread_join (self->thread);
  g_object_unref (self->mouth);
  g_object_unref (self->end);
  g_free (self->signer);
  g_free (self);
  return result;
}
