/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Verifies a bundle from outside as one stream, without writing anything: the container, the bag,
 * the signature, the log, the case. What is wrong is a finding; an error is only what kept us from
 * looking.
 */
#include "wb-bundle-private.h"

#include "wb-age.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-zip-private.h"

#define ZIP_START "PK\003\004"
#define AGE_START "age-encryption.org/"
#define AGE_ARMOR_START "-----BEGIN AGE ENCRYPTED FILE-----"
#define START_MAX 64 /* the longest of them fits */

typedef enum { KIND_OTHER, KIND_ZIP, KIND_AGE } Kind;

typedef struct {
  const WbBundleCheckOptions *options;
  WbVerification *result;
  GFile *file;
  guint64 size;
  Kind kind;
} Verifying;

static Kind
judge_start (const char *bytes, gsize size)
{
  static const struct {
    const char *start;
    Kind kind;
  } starts[] = { { ZIP_START, KIND_ZIP }, { AGE_START, KIND_AGE }, { AGE_ARMOR_START, KIND_AGE } };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (size >= strlen (starts[i].start) &&
        memcmp (bytes, starts[i].start, strlen (starts[i].start)) == 0)
      return starts[i].kind;
  return KIND_OTHER;
}

static gboolean
read_kind (GFile *file, Kind *ret_kind, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  char start[START_MAX];
  gsize got = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream),
                                                  start,
                                                  sizeof start,
                                                  &got,
                                                  cancellable,
                                                  error))
    return FALSE;
  *ret_kind = judge_start (start, got);
  return TRUE;
}

/**
 * wb_bundle_looks_like_one:
 * @path: a file or folder
 *
 * Also a file with a bundle's name but another beginning: it is a damaged bundle then, to be
 * verified and named as such, not a register.
 *
 * Returns: whether it is a bundle rather than a register (which is a folder)
 */
gboolean
wb_bundle_looks_like_one (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Kind kind = KIND_OTHER;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  if (g_str_has_suffix (path, ".zip") || g_str_has_suffix (path, ".zip.age"))
    return TRUE;
  return read_kind (file, &kind, NULL, NULL) && kind != KIND_OTHER;
}

/* G_IO_ERROR → ours, but for a cancelled call. */
static void
propagate (GError **error, GError *local)
{
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) || local->domain == WB_ERROR) {
    g_propagate_error (error, local);
    return;
  }
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error_literal (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("The bundle does not exist."));
  else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The bundle cannot be read: copy it to this computer and try again."));
  g_error_free (local);
}

/* The bytes of the ZIP, decrypted where need be. */
static GInputStream *
open_zip (Verifying *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) file = g_file_read (self->file, cancellable, error);
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) plain = NULL;

  if (file == NULL)
    return NULL;
  base = g_buffered_input_stream_new_sized (G_INPUT_STREAM (file), WB_BUNDLE_CHUNK);
  if (self->kind != KIND_AGE)
    return g_steal_pointer (&base);
  plain = wb_age_decrypt (base, self->options->identities, self->options->passphrase, error);
  return plain != NULL ? g_buffered_input_stream_new_sized (plain, WB_BUNDLE_CHUNK) : NULL;
}

/* The structure of the ZIP is not ours: say what it is, where that can be told. */
static void
diagnose (Verifying *self, GCancellable *cancellable)
{
  g_autoptr (GInputStream) again = open_zip (self, cancellable, NULL);

  if (again != NULL)
    (void) wb_zip_diagnose (again, self->size, self->result);
}

/**
 * wb_bundle_check_all:
 * @files: what an archive held, read to its end
 * @signer: (nullable): fingerprint that must have signed
 *
 * All that is judged once the bytes were read: bag, signature, log, case, and the limits of what
 * that shows.
 */
void
wb_bundle_check_all (WbBundleFiles *files, const char *signer)
{
  g_autoptr (WbBundleLog) log = NULL;

  wb_bundle_check_bag (files);
  wb_bundle_check_signature (files, signer);
  log = wb_bundle_check_log (files);
  wb_bundle_check_case (files, log);
  wb_verification_add_limit (
      files->result,
      _ ("A good result shows that nothing was changed since it was recorded, not that a statement "
         "is true."));
  wb_verification_add_limit (
      files->result,
      _ ("What was withheld cannot be judged: the entries show that it exists, not what it says."));
  wb_verification_add_limit (
      files->result,
      _ ("That the log was not written anew as a whole shows only against a checkpoint that "
         "another body kept."));
  wb_verification_add_limit (
      files->result,
      _ ("Labels, deadlines and the report in PDF are drawn by the sender's program; only the "
         "signature covers them."));
}

/*
 * A key that was given for this very file and does not open it is a finding as well: damage to the
 * list of recipients looks just like that, and so does the cost that a passphrase is protected by.
 */
static gboolean
shows_damage (const GError *error)
{
  return g_error_matches (error, WB_ERROR, WB_ERROR_DAMAGED) ||
         g_error_matches (error, WB_ERROR, WB_ERROR_WRONG_KEY) ||
         g_error_matches (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

/* @ret_files: (optional): what it held, where it was read to its end. */
static WbVerification *
verify_zip (Verifying *self,
            WbProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            WbBundleFiles **ret_files,
            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GInputStream) zip = open_zip (self, cancellable, &local);
  g_autoptr (WbBundleFiles) files = NULL;

  if (zip != NULL)
    files = wb_bundle_files_read (zip,
                                  self->result,
                                  progress,
                                  user_data,
                                  self->size,
                                  cancellable,
                                  &local);
  if (files == NULL) {
    if (!shows_damage (local)) {
      propagate (error, g_steal_pointer (&local));
      return NULL;
    }
    wb_verification_add (self->result, "age", -1, "%s", local->message);
    return wb_verification_ref (self->result);
  }
  if (files->whole)
    wb_bundle_check_all (files, self->options->signer);
  else
    diagnose (self, cancellable);
  if (ret_files != NULL && files->whole)
    *ret_files = g_steal_pointer (&files);
  return wb_verification_ref (self->result);
}

static gboolean
read_size (Verifying *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (self->file,
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE,
                                                  cancellable,
                                                  error);

  if (info == NULL)
    return FALSE;
  self->size = (guint64) g_file_info_get_size (info);
  return TRUE;
}

/**
 * wb_bundle_verify:
 * @path: a .zip or .zip.age
 * @options: (nullable): who must have signed, and the keys for a .zip.age
 * @progress: (nullable): told now and then how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): stops the work
 * @error: return location for an error
 *
 * Verifies the whole bundle in one pass and bounded memory: container byte by byte, bag complete
 * and valid (RFC 8493), signature (SSHSIG), checkpoint and proofs (C2SP), disclosed lines, and
 * that case.json says only what was logged. A file that is no ZIP is a finding, too, since a
 * damaged bundle can look like one; so is a file that none of the given keys opens.
 * WB_ERROR_INVALID where it is encrypted and no key was given, or one that is none,
 * WB_ERROR_NOT_FOUND, WB_ERROR_IO, G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): what was checked and found
 */
WbVerification *
wb_bundle_verify (const char *path,
                  const WbBundleCheckOptions *options,
                  WbProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  return wb_bundle_verify_keeping (path, options, progress, user_data, cancellable, NULL, error);
}

/* The same, and what the bundle held; @ret_files stays as it was where it could not be read to its
 * end. */
WbVerification *
wb_bundle_verify_keeping (const char *path,
                          const WbBundleCheckOptions *options,
                          WbProgress progress,
                          gpointer user_data,
                          GCancellable *cancellable,
                          WbBundleFiles **ret_files,
                          GError **error)
{
  static const WbBundleCheckOptions none = { NULL, NULL, NULL };
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (WbVerification) result = wb_verification_new (name, "full");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  Verifying self = { options != NULL ? options : &none, result, file, 0, KIND_OTHER };

  if (!read_size (&self, cancellable, &local) ||
      !read_kind (file, &self.kind, cancellable, &local)) {
    propagate (error, g_steal_pointer (&local));
    return NULL;
  }
  return verify_zip (&self, progress, user_data, cancellable, ret_files, error);
}

/* The bytes of the ZIP in a bundle that was verified before. */
GInputStream *
wb_bundle_open_zip (const char *path,
                    const WbBundleCheckOptions *options,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) local = NULL;
  g_autoptr (GInputStream) zip = NULL;
  Verifying self = { options, NULL, file, 0, KIND_OTHER };

  if (read_kind (file, &self.kind, cancellable, &local))
    zip = open_zip (&self, cancellable, &local);
  if (zip == NULL)
    propagate (error, g_steal_pointer (&local));
  return g_steal_pointer (&zip);
}
