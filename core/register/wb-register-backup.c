/* SPDX-License-Identifier: EUPL-1.2 */

/* Backup and restore of a register; both are entries of its log. */
#include "wb-register-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "wb-age.h"
#include "wb-backup.h"
#include "wb-disclosure.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-register-private.h"
#include "wb-rehearsal.h"
#include "wb-safe-file.h"
#include "wb-uuid.h"

#define EVENT_BACKUP "backed-up"
#define EVENT_RESTORE "restored"

void
wb_backup_note_free (WbBackupNote *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_free (self);
}

static gboolean
check_readers (const char *const *recipients, const WbSecret *passphrase, GError **error)
{
  gboolean some = recipients != NULL && recipients[0] != NULL;

  for (guint i = 0; some && recipients[i] != NULL; i++) {
    if (!wb_age_recipient_check (recipients[i], error))
      return FALSE;
  }
  if (some != (passphrase != NULL))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("Say who can read the backup: either recovery keys (age1…) or a "
                          "passphrase of its own."));
  return FALSE;
}

static JsonNode *
describe (const WbBackup *backup, guint64 entries, const char *const *recipients)
{
  JsonObject *object = json_object_new ();
  JsonArray *keys = json_array_new ();
  JsonNode *node = json_node_alloc ();

  for (guint i = 0; recipients != NULL && recipients[i] != NULL; i++)
    json_array_add_string_element (keys, recipients[i]);
  json_object_set_string_member (object, "sha256", wb_backup_get_sha256 (backup));
  json_object_set_int_member (object, "bytes", (gint64) wb_backup_get_size (backup));
  json_object_set_int_member (object, "entries", (gint64) entries);
  json_object_set_array_member (object, "recipients", keys);
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

static gboolean
log_backup (WbRegister *self,
            const WbBackup *backup,
            guint64 entries,
            const char *const *recipients,
            GError **error)
{
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("body", id, NULL, EVENT_BACKUP);
  g_autoptr (JsonNode) node = describe (backup, entries, recipients);

  wb_act_draft_add (draft, WB_ACT_DETAIL, node);
  return wb_register_append_alone (self, draft, error);
}

/**
 * wb_register_backup:
 * @self: an open register
 * @path: where the backup goes; nothing may be there
 * @recipients: (nullable): the body's recovery keys, age1…; %NULL with @passphrase
 * @passphrase: (nullable): what opens it otherwise
 * @progress: (nullable): bytes done, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves no file behind
 * @ret_sha256: (out) (optional): SHA-256 of the file, in hex
 * @error: return location for an error
 *
 * One encrypted file with everything in the register. It gets its name, and an entry in the log,
 * only after all of it was read back and is what was written.
 *
 * Returns: %FALSE with %WB_ERROR_INVALID, %WB_ERROR_EXISTS, %WB_ERROR_NO_SPACE, %WB_ERROR_DAMAGED
 *   or %WB_ERROR_IO; there is no backup then
 */
gboolean
wb_register_backup (WbRegister *self,
                    const char *path,
                    const char *const *recipients,
                    const WbSecret *passphrase,
                    WbProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    char **ret_sha256,
                    GError **error)
{
  g_autoptr (WbBackup) backup = NULL;
  g_autofree char *checkpoint = NULL;
  guint64 entries = self->size;

  if (!check_readers (recipients, passphrase, error))
    return FALSE;
  checkpoint = wb_register_checkpoint (self, error); /* so that the backup ends in a signed one */
  if (checkpoint == NULL)
    return FALSE;
  backup = wb_backup_write (self->folder,
                            self->db,
                            path,
                            recipients,
                            passphrase,
                            progress,
                            user_data,
                            cancellable,
                            error);
  if (backup == NULL || !log_backup (self, backup, entries, recipients, error) ||
      !wb_backup_commit (backup, error))
    return FALSE;
  if (ret_sha256 != NULL)
    *ret_sha256 = g_strdup (wb_backup_get_sha256 (backup));
  return TRUE;
}

static WbBackupNote *
read_note (WbRegister *self, const WbAct *act, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL;
  g_autoptr (JsonNode) value = NULL;
  const char *line;
  JsonObject *object;
  WbBackupNote *note;

  if (!wb_log_store_read_lines (self->db, act->number, lines, error))
    return NULL;
  line = lines->len > 0 ? g_ptr_array_index (lines, 0) : NULL;
  if (line == NULL || !wb_disclosure_parse (line, strlen (line), &name, &value, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (value)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("The log’s note on the last backup is damaged: verify the register."));
    return NULL;
  }
  object = json_node_get_object (value);
  note = g_new0 (WbBackupNote, 1);
  note->time = act->time;
  note->sha256 = g_strdup (json_object_get_string_member_with_default (object, "sha256", ""));
  note->size = (guint64) json_object_get_int_member_with_default (object, "entries", 0);
  return note;
}

static gboolean
find_note (WbRegister *self, const char *event, WbBackupNote **ret_note, GError **error)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts_of_event (self->db, event, error);

  if (acts == NULL)
    return FALSE;
  if (acts->len == 0) {
    *ret_note = NULL;
    return TRUE;
  }
  *ret_note = read_note (self, g_ptr_array_index (acts, acts->len - 1), error);
  return *ret_note != NULL;
}

/**
 * wb_register_find_backup:
 * @self: an open register
 * @ret_note: (out) (nullable): when the last verified backup was made, and of what
 * @error: return location for an error
 *
 * Returns: %FALSE if the log could not be read
 */
gboolean
wb_register_find_backup (WbRegister *self, WbBackupNote **ret_note, GError **error)
{
  return find_note (self, EVENT_BACKUP, ret_note, error);
}

/**
 * wb_register_find_rehearsal:
 * @self: an open register
 * @ret_note: (out) (nullable): when a recovery was last rehearsed, and from which backup
 * @error: return location for an error
 *
 * Returns: %FALSE if the log could not be read
 */
gboolean
wb_register_find_rehearsal (WbRegister *self, WbBackupNote **ret_note, GError **error)
{
  return find_note (self, WB_EVENT_REHEARSED, ret_note, error);
}

/* Opened, verified against itself, and told in its own log. */
static gboolean
check_restored (const char *folder,
                const char *user,
                const WbSecret *passphrase,
                WbVerification **ret_result,
                GError **error)
{
  g_autoptr (WbRegister) reg = wb_register_open (folder, user, passphrase, error);
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("body", id, NULL, EVENT_RESTORE);

  if (reg == NULL)
    return FALSE;
  *ret_result = wb_register_verify (reg, WB_DEPTH_FULL, NULL, NULL, NULL, NULL, error);
  if (*ret_result == NULL)
    return FALSE;
  if (!wb_verification_is_good (*ret_result)) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_VERIFY,
        _ ("The register in this backup does not verify: take another backup; nothing "
           "was put back."));
    return FALSE;
  }
  return wb_register_append_alone (reg, draft, error);
}

static gboolean
move_in (const char *from, const char *to, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (to);
  g_autofree char *name = g_path_get_basename (to);

  if (g_rename (from, to) != 0)
    return wb_safe_file_set_error (error, name, errno);
  return wb_safe_file_sync_folder (parent, error);
}

/* A hidden folder beside the place that the register will have. */
static char *
make_waiting_room (const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  char *room = g_build_filename (parent, ".restore-XXXXXX", NULL);

  if (g_mkdtemp (room) != NULL)
    return room;
  wb_safe_file_set_error (error, parent, errno);
  g_free (room);
  return NULL;
}

/**
 * wb_register_restore:
 * @path: the backup
 * @identities: (nullable) (element-type WbSecret): recovery identities; or
 * @backup_passphrase: (nullable): what opens the backup otherwise
 * @folder: the register's folder to be; nothing may be there
 * @user: a user of the register in it
 * @passphrase: that user's passphrase
 * @progress: (nullable): bytes done, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves nothing behind
 * @ret_result: (out) (optional) (transfer full): what verifying it found
 * @error: return location for an error
 *
 * Takes the register out of a backup, opens it, verifies it in full, notes the restoring in its
 * log and only then gives it its name.
 *
 * Returns: %FALSE with %WB_ERROR_EXISTS, %WB_ERROR_WRONG_KEY, %WB_ERROR_DAMAGED, %WB_ERROR_VERIFY,
 *   %WB_ERROR_NO_SPACE or %WB_ERROR_IO; nothing was put back then
 */
gboolean
wb_register_restore (const char *path,
                     GPtrArray *identities,
                     const WbSecret *backup_passphrase,
                     const char *folder,
                     const char *user,
                     const WbSecret *passphrase,
                     WbProgress progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     WbVerification **ret_result,
                     GError **error)
{
  g_autofree char *full = g_canonicalize_filename (folder, NULL);
  g_autofree char *name = g_path_get_basename (full);
  g_autofree char *room = NULL;
  g_autofree char *waiting = NULL;
  g_autoptr (WbVerification) result = NULL;
  gboolean good;

  if (g_file_test (full, G_FILE_TEST_EXISTS) || g_file_test (full, G_FILE_TEST_IS_SYMLINK))
    return wb_safe_file_set_error (error, name, EEXIST);
  room = make_waiting_room (full, error);
  if (room == NULL)
    return FALSE;
  waiting = g_build_filename (room, name, NULL);
  good = wb_backup_restore (path,
                            identities,
                            backup_passphrase,
                            waiting,
                            progress,
                            user_data,
                            cancellable,
                            error) &&
         check_restored (waiting, user, passphrase, &result, error) &&
         move_in (waiting, full, error);
  if (!good)
    wb_backup_remove (waiting);
  (void) g_rmdir (room);
  if (good) /* it was checked in the waiting room, which is gone */
    wb_verification_set_subject (result, folder);
  if (good && ret_result != NULL)
    *ret_result = g_steal_pointer (&result);
  return good;
}
