/* SPDX-License-Identifier: EUPL-1.2 */

/* Evidence: streamed in, hashed, kept in pieces in the store; streamed out, hashed again. */
#include "wb-clearance-private.h"
#include "wb-erasure-private.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-uuid.h"

#define NAME_MAX_BYTES 255 /* what file systems allow */

typedef struct {
  WbRegister *reg;
  const char *id;
  guint64 size, size_hint;
  char *media_type;
  WbProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
} Intake;

static gboolean
take_chunk (Intake *intake,
            guint place,
            const guint8 *bytes,
            gsize size,
            const char *name,
            GError **error)
{
  if (place == 0) {
    g_autofree char *type = g_content_type_guess (name, bytes, size, NULL);
    intake->media_type = g_content_type_get_mime_type (type);
  }
  if (!wb_chunk_store_add (intake->reg->db, intake->id, place, bytes, size, error))
    return FALSE;
  intake->size += size;
  if (intake->progress != NULL)
    intake->progress (intake->size, MAX (intake->size_hint, intake->size), intake->user_data);
  return TRUE;
}

/* An unreadable attachment is told as such, and nothing of it stays. */
static gboolean
read_failed (GError **error, const char *name, GError *problem)
{
  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_IO,
               _ ("The file “%.200s” cannot be read to its end (%s): nothing was attached."),
               name,
               problem->message);
  g_error_free (problem);
  return FALSE;
}

static gboolean
take_stream (Intake *intake,
             GInputStream *stream,
             const char *name,
             char **ret_sha256,
             GError **error)
{
  g_autofree guint8 *buffer = g_malloc (WB_CHUNK_SIZE);
  g_autoptr (WbSha256) digest = wb_sha256_new ();
  guint8 hash[WB_SHA256_SIZE];

  for (guint place = 0;; place++) {
    GError *problem = NULL;
    gsize size;

    if (!g_input_stream_read_all (stream,
                                  buffer,
                                  WB_CHUNK_SIZE,
                                  &size,
                                  intake->cancellable,
                                  &problem))
      return read_failed (error, name, problem);
    if (size == 0)
      break;
    wb_sha256_update (digest, buffer, size);
    if (!take_chunk (intake, place, buffer, size, name, error))
      return FALSE;
  }
  explicit_bzero (buffer, WB_CHUNK_SIZE);
  wb_sha256_finish (digest, hash);
  *ret_sha256 = wb_hex_encode (hash, sizeof hash);
  return TRUE;
}

static gboolean
check_name (const char *name, GError **error)
{
  if (*name != '\0' && strlen (name) <= NAME_MAX_BYTES && g_utf8_validate (name, -1, NULL) &&
      strpbrk (name, "/\n\r") == NULL)
    return TRUE;
  g_set_error_literal (
      error,
      WB_ERROR,
      WB_ERROR_INVALID,
      _ ("The file's name must be readable text of at most 255 bytes: rename it first."));
  return FALSE;
}

static JsonObject *
complete_fields (JsonObject *given, const Intake *intake, const char *name, const char *sha256)
{
  JsonObject *fields = json_object_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  if (given != NULL) {
    json_object_iter_init_ordered (&iter, given);
    while (json_object_iter_next_ordered (&iter, &member, &value))
      json_object_set_member (fields, member, json_node_copy (value));
  }
  json_object_set_string_member (fields, "name", name);
  json_object_set_string_member (fields,
                                 "media_type",
                                 intake->media_type != NULL ? intake->media_type
                                                            : "application/octet-stream");
  json_object_set_int_member (fields, "size", (gint64) intake->size);
  json_object_set_string_member (fields, "sha256", sha256);
  json_object_set_boolean_member (fields, "file", TRUE);
  return fields;
}

/* A file of a record that stands by itself says so in the one way there is. */
static void
point_at (JsonObject *fields, const char *id)
{
  JsonArray *about = json_array_new ();

  json_array_add_string_element (about, id);
  json_object_set_array_member (fields, "about", about);
}

WbRecord *
wb_register_attach_within (WbRegister *self,
                           const char *reference,
                           const char *id,
                           const char *name,
                           GInputStream *stream,
                           guint64 size_hint,
                           JsonObject *fields,
                           WbProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error)
{
  const WbRecordType *type = wb_register_find_type (self, "evidence", error);
  g_autoptr (WbRecordRow) of = NULL;
  g_autofree char *fresh = id != NULL ? g_strdup (id) : wb_uuid_new (wb_register_next_time (self));
  g_autofree char *sha256 = NULL;
  g_autofree char *media_type = NULL;
  g_autoptr (JsonObject) complete = NULL;
  g_autoptr (JsonObject) read = NULL;
  Intake intake = { self, fresh, 0, size_hint, NULL, progress, user_data, cancellable };
  gboolean taken;

  wb_own_terms_refresh (self);
  if (fields != NULL)
    read = wb_said_dates_read (self, type, fields, error);
  if (type == NULL || (fields != NULL && read == NULL) || !check_name (name, error))
    return NULL;
  fields = read;
  if ((fields != NULL &&
       (!wb_model_check (self->model, "evidence", fields, FALSE, self->zone, error) ||
        !wb_model_check_entered (self->model, "evidence", fields, error) ||
        !wb_own_terms_check (self, type, fields, NULL, error))))
    return NULL;
  if (reference == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("Say which case or record the file belongs to."));
    return NULL;
  }
  of = wb_register_find_row (self, reference, error);
  if (of == NULL || !wb_erasure_refuse_destroyed (self, of->case_id, error))
    return NULL;
  taken = take_stream (&intake, stream, name, &sha256, error);
  media_type = intake.media_type;
  if (!taken)
    return NULL;
  complete = complete_fields (fields, &intake, name, sha256);
  if (wb_record_row_get_case (of) == NULL && !json_object_has_member (complete, "about"))
    point_at (complete, of->id);
  return wb_register_append_new (self,
                                 type,
                                 fresh,
                                 wb_record_row_get_case (of),
                                 complete,
                                 NULL,
                                 error);
}

/**
 * wb_register_attach:
 * @self: an open register
 * @reference: the case, any record of it, or a record that stands by itself
 * @name: the file's own name, without folders
 * @stream: its contents, read to the end
 * @size_hint: its size in bytes for the progress, 0 where unknown
 * @fields: (nullable): further fields of the evidence record
 * @progress: (nullable): bytes done, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves everything as it was
 * @error: return location for an error; %WB_ERROR_NO_SPACE, %WB_ERROR_IO
 *
 * Takes a file into the register in pieces of 1 MiB, with its SHA-256. One act, all or nothing.
 *
 * Returns: (transfer full): the evidence record
 */
WbRecord *
wb_register_attach (WbRegister *self,
                    const char *reference,
                    const char *name,
                    GInputStream *stream,
                    guint64 size_hint,
                    JsonObject *fields,
                    WbProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  g_autoptr (WbRecord) record = NULL;

  if (change == NULL)
    return NULL;
  record = wb_register_attach_within (self,
                                      reference,
                                      NULL,
                                      name,
                                      stream,
                                      size_hint,
                                      fields,
                                      progress,
                                      user_data,
                                      cancellable,
                                      error);
  if (record != NULL && wb_change_commit (change, error))
    return g_steal_pointer (&record);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}

/* A stream over the pieces; at the end the hash must be the one that was logged. */
#define WB_TYPE_EVIDENCE_STREAM (wb_evidence_stream_get_type ())
G_DECLARE_FINAL_TYPE (WbEvidenceStream, wb_evidence_stream, WB, EVIDENCE_STREAM, GInputStream)

struct _WbEvidenceStream {
  GInputStream parent_instance;

  WbRegister *reg;
  char *id, *sha256;
  guint place;
  GBytes *piece;
  gsize at;
  WbSha256 *digest;
  gboolean ended;
};

G_DEFINE_FINAL_TYPE (WbEvidenceStream, wb_evidence_stream, G_TYPE_INPUT_STREAM)

static gboolean
finish_stream (WbEvidenceStream *self, GError **error)
{
  guint8 hash[WB_SHA256_SIZE];
  g_autofree char *hex = NULL;

  self->ended = TRUE;
  wb_sha256_finish (self->digest, hash);
  hex = wb_hex_encode (hash, sizeof hash);
  if (g_str_equal (hex, self->sha256))
    return TRUE;
  g_set_error_literal (
      error,
      WB_ERROR,
      WB_ERROR_VERIFY,
      _ ("The file is no longer what was taken in: its SHA-256 differs. Verify the register."));
  return FALSE;
}

static gboolean
next_piece (WbEvidenceStream *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  g_clear_pointer (&self->piece, g_bytes_unref);
  self->at = 0;
  self->piece = wb_chunk_store_get (self->reg->db, self->id, self->place++, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (self->piece == NULL)
    return finish_stream (self, error);
  wb_sha256_update (self->digest,
                    g_bytes_get_data (self->piece, NULL),
                    g_bytes_get_size (self->piece));
  return TRUE;
}

static gssize
wb_evidence_stream_read (GInputStream *stream,
                         void *buffer,
                         gsize count,
                         GCancellable *cancellable,
                         GError **error)
{
  WbEvidenceStream *self = WB_EVIDENCE_STREAM (stream);
  gsize size;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  while (!self->ended && (self->piece == NULL || self->at == g_bytes_get_size (self->piece))) {
    if (!next_piece (self, error))
      return -1;
  }
  if (self->piece == NULL)
    return 0;
  size = MIN (count, g_bytes_get_size (self->piece) - self->at);
  memcpy (buffer, (const guint8 *) g_bytes_get_data (self->piece, NULL) + self->at, size);
  self->at += size;
  return (gssize) size;
}

static void
wb_evidence_stream_finalize (GObject *object)
{
  WbEvidenceStream *self = WB_EVIDENCE_STREAM (object);

  g_free (self->id);
  g_free (self->sha256);
  g_clear_pointer (&self->piece, g_bytes_unref);
  g_clear_pointer (&self->digest, wb_sha256_free);
  G_OBJECT_CLASS (wb_evidence_stream_parent_class)->finalize (object);
}

static void
wb_evidence_stream_class_init (WbEvidenceStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_evidence_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = wb_evidence_stream_read;
}

static void
wb_evidence_stream_init (WbEvidenceStream *self)
{
  self->digest = wb_sha256_new ();
}

/**
 * wb_evidence_stream_new:
 * @self: an open register that outlives the stream
 * @id: UUID of the evidence record
 * @sha256: hex, as logged
 *
 * Returns: (transfer full): its contents; the last read fails with %WB_ERROR_VERIFY if they changed
 */
GInputStream *
wb_evidence_stream_new (WbRegister *self, const char *id, const char *sha256)
{
  WbEvidenceStream *stream = g_object_new (WB_TYPE_EVIDENCE_STREAM, NULL);

  stream->reg = self;
  stream->id = g_strdup (id);
  stream->sha256 = g_strdup (sha256);
  return G_INPUT_STREAM (stream);
}

GInputStream *
wb_register_open_file (WbRegister *self, const char *reference, const char *detail, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (JsonObject) values =
      row != NULL ? wb_register_load_values (self, row->id, error) : NULL;
  g_autoptr (WbActDraft) draft = NULL;
  const char *sha256;

  if (values == NULL)
    return NULL;
  sha256 = json_object_get_string_member_with_default (values, "sha256", NULL);
  if (!g_str_equal (row->type, "evidence") || sha256 == NULL) {
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("%s holds no file."), row->reference);
    return NULL;
  }
  if (!wb_guard_check_admitted (self, row, values, error))
    return NULL;
  draft = wb_act_draft_new (row->type, row->id, wb_record_row_get_case (row), "consulted");
  wb_act_draft_add_text (draft, WB_ACT_DETAIL, detail);
  if (!wb_register_append_alone (self, draft, error))
    return NULL;
  return wb_evidence_stream_new (self, row->id, sha256);
}

/**
 * wb_register_open_evidence:
 * @self: an open register
 * @reference: an evidence record
 * @error: return location for an error
 *
 * Looking at evidence is an entry in the log, made first.
 *
 * Returns: (transfer full): its contents
 */
GInputStream *
wb_register_open_evidence (WbRegister *self, const char *reference, GError **error)
{
  return wb_register_open_file (self, reference, WB_DETAIL_LOOK, error);
}
