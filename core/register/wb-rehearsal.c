/* SPDX-License-Identifier: EUPL-1.2 */

/* A fire drill: a backup is put back in a hidden folder that only the user can enter, opened,
 * verified and removed. What lies there is as encrypted as the register itself. */
#include "wb-rehearsal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wb-backup.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-register-private.h"
#include "wb-safe-file.h"
#include "wb-uuid.h"

#define PIECE (256 * 1024) /* bytes of the backup that are hashed at once */
#define COPY "copy.waarborg"

typedef struct {
  WbRegister *reg;
  const char *path;      /* the backup */
  GPtrArray *identities; /* (nullable) */
  const WbSecret *passphrase;
  WbProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  char *copy; /* the folder that it is put back in */
} Drill;

void
wb_rehearsal_free (WbRehearsal *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self);
}

/**
 * wb_rehearsal_to_words:
 * @self: what a rehearsal showed
 *
 * Returns: (transfer full): one sentence in the user's language
 */
char *
wb_rehearsal_to_words (const WbRehearsal *self)
{
  if (self->by_key)
    return g_strdup_printf (
        ngettext_ ("The register can be recovered from this backup with the recovery key alone: "
                   "its %u entry verifies.",
                   "The register can be recovered from this backup with the recovery key alone: "
                   "all its %u entries verify.",
                   (gulong) self->size),
        (guint) self->size);
  return g_strdup_printf (
      ngettext_ ("The register can be put back from this backup, to be opened with the passphrase "
                 "of a user: its %u entry verifies.",
                 "The register can be put back from this backup, to be opened with the passphrase "
                 "of a user: all its %u entries verify.",
                 (gulong) self->size),
      (guint) self->size);
}

static gboolean
hash_backup (const char *path, char **ret_sha256, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree guint8 *piece = g_malloc (PIECE);
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  guint8 digest[WB_SHA256_SIZE];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize got;

  if (fd < 0)
    return wb_safe_file_set_error (error, name, errno);
  while ((got = read (fd, piece, PIECE)) > 0)
    wb_sha256_update (sum, piece, (gsize) got);
  if (got < 0)
    (void) wb_safe_file_set_error (error, name, errno);
  (void) close (fd);
  if (got < 0)
    return FALSE;
  wb_sha256_finish (sum, digest);
  *ret_sha256 = wb_hex_encode (digest, sizeof digest);
  return TRUE;
}

static gboolean
refuse_other (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("This is a backup of another register: choose one of this register."));
  return FALSE;
}

/* The recovery key of the register, where the identity given is one; else the user's own. */
static gboolean
find_store_key (const Drill *self, WbSecret **ret_key, gboolean *ret_by_key, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbSecret) key = NULL;

  if (self->identities != NULL)
    key = wb_key_file_load_recovery (self->copy, self->identities, &problem);
  if (problem != NULL && !g_error_matches (problem, WB_ERROR, WB_ERROR_NOT_FOUND) &&
      !g_error_matches (problem, WB_ERROR, WB_ERROR_WRONG_KEY)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (key != NULL && !wb_secret_equal (key, self->reg->keys->store_key))
    return refuse_other (error); /* one recovery key may serve several registers */
  *ret_by_key = key != NULL;
  *ret_key = key != NULL ? g_steal_pointer (&key) : wb_secret_ref (self->reg->keys->store_key);
  return TRUE;
}

/* Whether the log of the backup is how the log of the register began. */
static gboolean
check_same_log (WbRegister *reg, WbRegister *copy, GError **error)
{
  WbHash leaf;

  if (!g_str_equal (copy->origin, reg->origin))
    return refuse_other (error);
  if (copy->size == 0 || copy->size > reg->size) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_VERIFY,
                         _ ("The log in this backup is longer than that of the register: the "
                            "register was put back to an earlier state; find out when and why."));
    return FALSE;
  }
  if (!wb_log_store_get_node (reg->db, 0, copy->size - 1, leaf.bytes, error))
    return FALSE;
  if (memcmp (leaf.bytes, copy->head.bytes, sizeof leaf.bytes) == 0)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_VERIFY,
                       _ ("The log in this backup is not how the log of the register began: verify "
                          "the register, and take another backup."));
  return FALSE;
}

static gboolean
check_copy (const Drill *self, WbRegister *copy, GError **error)
{
  g_autoptr (WbVerification) found = NULL;

  if (!check_same_log (self->reg, copy, error))
    return FALSE;
  found = wb_register_verify (copy,
                              WB_DEPTH_DEEP,
                              NULL,
                              self->progress,
                              self->user_data,
                              self->cancellable,
                              error);
  if (found == NULL || wb_verification_is_good (found))
    return found != NULL;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_VERIFY,
                       _ ("The register in this backup does not verify: make a new backup, and "
                          "rehearse with that."));
  return FALSE;
}

static WbRehearsal *
look_at_copy (const Drill *self, GError **error)
{
  g_autoptr (WbRehearsal) result = g_new0 (WbRehearsal, 1);
  g_autoptr (WbSecret) key = NULL;
  g_autoptr (WbRegister) copy = NULL;
  g_autoptr (GError) problem = NULL;

  if (!find_store_key (self, &key, &result->by_key, error))
    return NULL;
  copy = wb_register_open_copy (self->reg, self->copy, key, &problem);
  if (copy == NULL && g_error_matches (problem, WB_ERROR, WB_ERROR_WRONG_KEY)) {
    (void) refuse_other (error); /* every file in it was found whole, yet the key does not fit */
    return NULL;
  }
  if (copy == NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (!check_copy (self, copy, error))
    return NULL;
  result->size = copy->size;
  result->since = self->reg->size - copy->size;
  return g_steal_pointer (&result);
}

/* ".NL.waarborg.rehearsal-": only who has this register open makes such folders. */
static char *
begin_name (const WbRegister *reg)
{
  g_autofree char *name = g_path_get_basename (reg->path);

  return g_strdup_printf (".%s.rehearsal-", name);
}

static void
remove_room (const char *room)
{
  g_autofree char *copy = g_build_filename (room, COPY, NULL);

  wb_backup_remove (copy);
  (void) g_rmdir (room);
}

/* What a rehearsal left behind that was cut short by a loss of power. */
static void
sweep (const char *parent, const char *start)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *room = g_build_filename (parent, name, NULL);

    if (g_str_has_prefix (name, start) && !g_file_test (room, G_FILE_TEST_IS_SYMLINK))
      remove_room (room);
  }
}

static char *
make_room (const WbRegister *reg, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (reg->path, NULL);
  g_autofree char *parent = g_path_get_dirname (full);
  g_autofree char *start = begin_name (reg);
  g_autofree char *name = g_strconcat (start, "XXXXXX", NULL);
  g_autofree char *room = g_build_filename (parent, name, NULL);

  sweep (parent, start);
  if (g_mkdtemp (room) != NULL) /* 0700 */
    return g_steal_pointer (&room);
  wb_safe_file_set_error (error, parent, errno);
  return NULL;
}

static WbRehearsal *
drill (Drill *self, GError **error)
{
  g_autofree char *room = make_room (self->reg, error);
  WbRehearsal *result = NULL;

  if (room == NULL)
    return NULL;
  self->copy = g_build_filename (room, COPY, NULL);
  if (wb_backup_restore (self->path,
                         self->identities,
                         self->passphrase,
                         self->copy,
                         self->progress,
                         self->user_data,
                         self->cancellable,
                         error))
    result = look_at_copy (self, error);
  remove_room (room);
  g_clear_pointer (&self->copy, g_free);
  return result;
}

static gboolean
log_rehearsal (WbRegister *self, const WbRehearsal *result, GError **error)
{
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("body", id, NULL, WB_EVENT_REHEARSED);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_alloc ();

  json_object_set_string_member (object, "sha256", result->sha256);
  json_object_set_int_member (object, "entries", (gint64) result->size);
  json_object_set_boolean_member (object, "by_recovery_key", result->by_key);
  json_node_init_object (node, object);
  wb_act_draft_add (draft, WB_ACT_DETAIL, node);
  return wb_register_append_alone (self, draft, error);
}

/**
 * wb_register_rehearse:
 * @self: an open register
 * @path: a backup of it
 * @identities: (nullable) (element-type WbSecret): recovery identities, AGE-SECRET-KEY-1…; or
 * @passphrase: (nullable): what opens the backup otherwise
 * @progress: (nullable): bytes or entries done, and in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves nothing behind
 * @error: return location for an error
 *
 * Recovers the register from a backup without doing it: the copy is opened (with the recovery
 * identity, where the register has that key), compared with this log, verified with its
 * projections, and removed. That it succeeded is an entry in the log.
 *
 * Returns: (transfer full): what it showed; %NULL with %WB_ERROR_WRONG_KEY, %WB_ERROR_DAMAGED,
 *   %WB_ERROR_INVALID (a backup of another register), %WB_ERROR_VERIFY, %WB_ERROR_NO_SPACE,
 *   %WB_ERROR_IO or %G_IO_ERROR_CANCELLED; nothing changed then
 */
WbRehearsal *
wb_register_rehearse (WbRegister *self,
                      const char *path,
                      GPtrArray *identities,
                      const WbSecret *passphrase,
                      WbProgress progress,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  Drill plan = { .reg = self,
                 .path = path,
                 .identities = identities,
                 .passphrase = passphrase,
                 .progress = progress,
                 .user_data = user_data,
                 .cancellable = cancellable };
  g_autofree char *sha256 = NULL;
  g_autoptr (WbRehearsal) result = NULL;

  if (!hash_backup (path, &sha256, error))
    return NULL;
  result = drill (&plan, error);
  if (result == NULL)
    return NULL;
  result->sha256 = g_steal_pointer (&sha256);
  return log_rehearsal (self, result, error) ? g_steal_pointer (&result) : NULL;
}
