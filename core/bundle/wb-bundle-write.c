/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Writes a bundle so that either a whole and verified one stands under its name or nothing: free
 * space first, a temporary name beside it, evidence streamed and compared with its recorded sum,
 * fsync, read back, verified, renamed. An encrypted bundle never stands on disk in clear: its ZIP
 * goes straight into age.
 */
#include "wb-bundle-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-bundle-pipe-private.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-zip-private.h"

#define SPARE_BYTES (1024 * 1024) /* left free: directory blocks, the journal */
#define NAME_TRIES 16

typedef struct {
  WbBundleContent *content;
  const char *path;
  const char *const *recipients;
  GPtrArray *files; /* (element-type WbBagFile) */
  char *fingerprint;
  guint64 size; /* of the ZIP, at most */
  char *temporary;
  int fd;
  char *sha256; /* of the file */
  guint64 done;
  WbProgress progress;
  gpointer user_data;
} Writing;

static gboolean
fail_io (GError **error, int code)
{
  if (code == ENOSPC || code == EDQUOT || code == EFBIG)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NO_SPACE,
                         _ ("There is not enough room for the bundle: free space or choose another "
                            "disk."));
  else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The bundle cannot be written there: choose another folder."));
  return FALSE;
}

/* What GIO says of a full disk becomes ours; a cancelled call stays. */
static void
propagate (GError **error, GError *local)
{
  if (local->domain != G_IO_ERROR || local->code == G_IO_ERROR_CANCELLED) {
    g_propagate_error (error, local);
    return;
  }
  (void) fail_io (error,
                  local->code == G_IO_ERROR_NO_SPACE || local->code == G_IO_ERROR_FAILED ? ENOSPC
                                                                                         : EIO);
  g_error_free (local);
}

static guint64
measure (const Writing *self)
{
  guint64 size = 128; /* the end of the archive */

  for (guint i = 0; i < self->files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (self->files, i);
    g_autofree char *name = g_strconcat (self->content->reference, "/", file->path, NULL);

    size += wb_zip_entry_size (name, file->size);
  }
  return size;
}

static gboolean
check_space (const Writing *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  guint64 wanted = self->size + self->size / 4000 + SPARE_BYTES; /* age: 16 bytes on 64 KiB */
  struct statvfs disk;

  if (statvfs (folder, &disk) != 0)
    return fail_io (error, errno);
  if ((guint64) disk.f_bavail * disk.f_frsize < wanted)
    return fail_io (error, ENOSPC);
  return TRUE;
}

static gboolean
refuse_existing (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_EXISTS,
                       _ ("A file of this name is already there: choose another name."));
  return FALSE;
}

/* A hidden name in the same folder, so that renaming is one step; for its owner only. */
static gboolean
open_temporary (Writing *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);

  for (int i = 0; i < NAME_TRIES; i++) {
    guint32 random = 0;
    g_autofree char *hidden = NULL;

    wb_random_bytes (&random, sizeof random);
    hidden = g_strdup_printf (".%s.%08x.part", name, random);
    g_free (self->temporary);
    self->temporary = g_build_filename (folder, hidden, NULL);
    self->fd = open (self->temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (self->fd >= 0)
      return TRUE;
    if (errno != EEXIST)
      break;
  }
  g_clear_pointer (&self->temporary, g_free);
  return fail_io (error, errno);
}

static void
tell (Writing *self, guint64 more)
{
  self->done += more;
  /* Reading back is the second half. */
  if (self->progress != NULL)
    self->progress (MIN (self->done, self->size), 2 * self->size, self->user_data);
}

static gboolean
refuse_evidence (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_VERIFY,
                       _ ("A piece of evidence is not what was recorded at its intake: verify the "
                          "register; no bundle was written."));
  return FALSE;
}

/* An error of the source is not one of the disk that we write to. */
static gboolean
fail_source (GError **error, GError *local)
{
  if (local->domain != G_IO_ERROR || local->code == G_IO_ERROR_CANCELLED) {
    g_propagate_error (error, local);
    return FALSE;
  }
  g_error_free (local);
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_IO,
                       _ ("A piece of evidence cannot be read: verify the register."));
  return FALSE;
}

static gboolean
copy_evidence (Writing *self,
               WbZipWriter *zip,
               GInputStream *source,
               const WbBagFile *file,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  g_autofree guint8 *buffer = g_malloc (WB_BUNDLE_CHUNK);
  g_autoptr (GError) local = NULL;
  g_autofree char *found = NULL;
  guint8 digest[WB_SHA256_SIZE];
  guint64 size = 0;
  gssize got;

  while ((got = g_input_stream_read (source, buffer, WB_BUNDLE_CHUNK, cancellable, &local)) > 0) {
    size += (guint64) got;
    if (size > file->size)
      return refuse_evidence (error);
    wb_sha256_update (sum, buffer, (gsize) got);
    if (!wb_zip_writer_write (zip, buffer, (gsize) got, cancellable, error))
      return FALSE;
    tell (self, (guint64) got);
  }
  explicit_bzero (buffer, WB_BUNDLE_CHUNK);
  if (got < 0)
    return fail_source (error, g_steal_pointer (&local));
  wb_sha256_finish (sum, digest);
  found = wb_hex_encode (digest, sizeof digest);
  return (size == file->size && g_str_equal (found, file->sha256)) || refuse_evidence (error);
}

static gboolean
write_data (Writing *self,
            WbZipWriter *zip,
            const WbBagFile *file,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GInputStream) source = NULL;
  gsize size = 0;
  gconstpointer data;

  if (file->evidence == NULL) {
    data = g_bytes_get_data (file->bytes, &size);
    tell (self, size);
    return wb_zip_writer_write (zip, data, size, cancellable, error);
  }
  source = self->content->open_evidence (file->evidence, self->content->open_data, error);
  return source != NULL && copy_evidence (self, zip, source, file, cancellable, error);
}

static gboolean
write_zip (Writing *self, GOutputStream *base, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbZipWriter) zip = wb_zip_writer_new (base);

  for (guint i = 0; i < self->files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (self->files, i);
    g_autofree char *name = g_strconcat (self->content->reference, "/", file->path, NULL);

    if (!wb_zip_writer_begin (zip, name, cancellable, error) ||
        !write_data (self, zip, file, cancellable, error) ||
        !wb_zip_writer_end (zip, cancellable, error))
      return FALSE;
  }
  return wb_zip_writer_finish (zip, cancellable, error);
}

/* The ZIP into @sum, by way of age and the verifying pipe where there are recipients. */
static gboolean
write_stream (Writing *self,
              GOutputStream *sum,
              WbBundlePipe *pipe,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GOutputStream) sealed = NULL;
  g_autoptr (GOutputStream) top = NULL;
  g_autoptr (GOutputStream) buffered = NULL;

  if (pipe != NULL) { /* there are recipients */
    sealed = wb_age_encrypt (sum, self->recipients, NULL, 0, error);
    if (sealed == NULL)
      return FALSE;
    top = wb_bundle_pipe_tee (pipe, sealed);
  } else
    top = g_object_ref (sum);
  buffered = g_buffered_output_stream_new_sized (top, WB_BUNDLE_CHUNK);
  return write_zip (self, buffered, cancellable, error) &&
         g_output_stream_close (buffered, cancellable, error);
}

/* ZIP → buffer → (age →) sum → file. */
static gboolean
write_file (Writing *self, WbBundlePipe *pipe, GCancellable *cancellable, GError **error)
{
  g_autoptr (GOutputStream) disk = g_unix_output_stream_new (self->fd, FALSE);
  g_autoptr (GOutputStream) sum = wb_hash_output_new (disk);
  g_autoptr (GError) local = NULL;

  if (!write_stream (self, sum, pipe, cancellable, &local)) {
    const GError *failure = wb_hash_output_get_failure (WB_HASH_OUTPUT (sum));

    g_propagate_error (error, failure != NULL ? g_error_copy (failure) : g_steal_pointer (&local));
    return FALSE;
  }
  self->sha256 = wb_hash_output_finish (WB_HASH_OUTPUT (sum), NULL);
  if (fsync (self->fd) != 0)
    return fail_io (error, errno);
  return TRUE;
}

static gboolean
refuse_read_back (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_VERIFY,
                       _ ("The bundle read back from disk is not what was written: the disk may be "
                          "faulty; no bundle was kept."));
  return FALSE;
}

/* From the disk rather than from the system's memory, where it lets us. */
static gboolean
compare_file (Writing *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  g_autofree guint8 *buffer = g_malloc (WB_BUNDLE_CHUNK);
  g_autofree char *found = NULL;
  guint8 digest[WB_SHA256_SIZE];
  gssize got;

  (void) posix_fadvise (self->fd, 0, 0, POSIX_FADV_DONTNEED);
  if (lseek (self->fd, 0, SEEK_SET) != 0)
    return fail_io (error, errno);
  while ((got = read (self->fd, buffer, WB_BUNDLE_CHUNK)) > 0) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    wb_sha256_update (sum, buffer, (gsize) got);
  }
  if (got < 0)
    return fail_io (error, errno);
  wb_sha256_finish (sum, digest);
  found = wb_hex_encode (digest, sizeof digest);
  return g_str_equal (found, self->sha256) || refuse_read_back (error);
}

/* The first finding tells most: a fault of the register, a limit, a faulty disk. */
static gboolean
is_verified (const WbVerification *result, GError **error)
{
  GPtrArray *findings;

  if (wb_verification_is_good (result))
    return TRUE;
  findings = wb_verification_get_findings (result);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_VERIFY,
               _ ("The bundle does not verify and was not kept; %s: %s"),
               ((const WbFinding *) g_ptr_array_index (findings, 0))->part,
               ((const WbFinding *) g_ptr_array_index (findings, 0))->message);
  return FALSE;
}

static void
read_back_progress (guint64 done, guint64 total, gpointer user_data)
{
  Writing *self = user_data;

  if (self->progress != NULL)
    self->progress (self->size + MIN (done, self->size), 2 * self->size, self->user_data);
}

/* A plain bundle is verified from disk, whole. */
static gboolean
verify_plain (Writing *self, GCancellable *cancellable, GError **error)
{
  WbBundleCheckOptions options = { self->fingerprint, NULL, NULL };
  g_autoptr (WbVerification) result = NULL;

  if (!compare_file (self, cancellable, error))
    return FALSE;
  result =
      wb_bundle_verify (self->temporary, &options, read_back_progress, self, cancellable, error);
  return result != NULL && is_verified (result, error);
}

/*
 * Of an encrypted bundle we hold no key, and encrypting to one of our own would add a reader. So
 * the ZIP is verified on its way into age, and the encrypted file is compared with what age wrote.
 */
static gboolean
write_sealed (Writing *self, GCancellable *cancellable, GError **error)
{
  WbBundlePipe *pipe = wb_bundle_pipe_new (self->fingerprint, error);
  g_autoptr (WbVerification) result = NULL;
  gboolean written = pipe != NULL && write_file (self, pipe, cancellable, error);

  if (pipe != NULL)
    result = wb_bundle_pipe_finish (pipe);
  return written && is_verified (result, error) && compare_file (self, cancellable, error);
}

/* Never over a file that appeared meanwhile. */
static gboolean
rename_new (const char *from, const char *to, GError **error)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno == EEXIST)
    return refuse_existing (error);
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return fail_io (error, errno);
  /* A file system without that call, such as on some sticks. */
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return refuse_existing (error);
  return g_rename (from, to) == 0 || fail_io (error, errno);
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd);
  (void) close (fd);
}

static gboolean
write_and_verify (Writing *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean good = self->recipients != NULL ? write_sealed (self, cancellable, &local)
                                           : write_file (self, NULL, cancellable, &local) &&
                                                 verify_plain (self, cancellable, &local);

  if (!good) {
    propagate (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (!rename_new (self->temporary, self->path, error))
    return FALSE;
  g_clear_pointer (&self->temporary, g_free);
  sync_folder (self->path);
  return TRUE;
}

static gboolean
check_recipients (const char *const *recipients, GError **error)
{
  for (guint i = 0; recipients != NULL && recipients[i] != NULL; i++)
    if (!wb_age_recipient_check (recipients[i], error))
      return FALSE;
  return TRUE;
}

static void
clear (Writing *self)
{
  if (self->temporary != NULL)
    (void) g_unlink (self->temporary);
  if (self->fd >= 0)
    (void) close (self->fd);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->temporary);
  g_free (self->fingerprint);
  g_free (self->sha256);
}

static gboolean
run (Writing *self, const WbSecret *seed, GCancellable *cancellable, GError **error)
{
  if (g_file_test (self->path, G_FILE_TEST_EXISTS) ||
      g_file_test (self->path, G_FILE_TEST_IS_SYMLINK))
    return refuse_existing (error);
  if (!wb_bundle_content_check (self->content, error) ||
      !check_recipients (self->recipients, error))
    return FALSE;
  self->files = wb_bag_plan (self->content, seed, &self->fingerprint, error);
  if (self->files == NULL)
    return FALSE;
  self->size = measure (self);
  return check_space (self, error) && open_temporary (self, error) &&
         write_and_verify (self, cancellable, error);
}

/**
 * wb_bundle_write:
 * @content: what goes into the bundle
 * @signing_seed: Ed25519 seed that signs it
 * @path: where it goes; nothing may be there
 * @recipients: (nullable): age1… keys; with them the file is a .zip.age
 * @progress: (nullable): told now and then how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): stops the work
 * @ret_sha256: (out) (optional): SHA-256 of the file, in hex
 * @error: return location for an error
 *
 * Writes a case bundle (RFC 8493 bag in a ZIP, SSHSIG, age v1) and verifies it before it gets its
 * name. WB_ERROR_EXISTS, WB_ERROR_NO_SPACE, WB_ERROR_INVALID; WB_ERROR_VERIFY where evidence is
 * not what was recorded or the file read back is not what was written; G_IO_ERROR_CANCELLED.
 *
 * Returns: whether a whole, verified bundle stands at @path; else nothing of it is left
 */
gboolean
wb_bundle_write (WbBundleContent *content,
                 const WbSecret *signing_seed,
                 const char *path,
                 const char *const *recipients,
                 WbProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 char **ret_sha256,
                 GError **error)
{
  gboolean sealed = recipients != NULL && recipients[0] != NULL;
  Writing self = { .content = content,
                   .path = path,
                   .recipients = sealed ? recipients : NULL,
                   .fd = -1,
                   .progress = progress,
                   .user_data = user_data };
  gboolean good = run (&self, signing_seed, cancellable, error);

  if (good && ret_sha256 != NULL)
    *ret_sha256 = g_steal_pointer (&self.sha256);
  clear (&self);
  return good;
}
