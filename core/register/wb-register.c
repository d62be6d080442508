/* SPDX-License-Identifier: EUPL-1.2 */

/* Making, opening and closing a register: folder, keys, store, head of the log. */
#include "wb-erasure-private.h"
#include "wb-guard-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-ed25519.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-example.h"
#include "wb-foreign-store.h"
#include "wb-i18n.h"
#include "wb-note.h"
#include "wb-openssh.h"
#include "wb-uuid.h"

#define DEFAULT_PROFILE "inspectorate"
#define DEFAULT_ZONE "Europe/Amsterdam"
#define BODY_NAME_MAX 200 /* characters; longer does not fit a heading */

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, sentence);
  return FALSE;
}

static gboolean
check_setup (const WbRegisterSetup *setup, gboolean example, GError **error)
{
  const char *code = setup->code;

  if (setup->body == NULL || *setup->body == '\0' || !g_utf8_validate (setup->body, -1, NULL) ||
      g_utf8_strlen (setup->body, -1) > BODY_NAME_MAX || strchr (setup->body, '\n') != NULL)
    return refuse (error, _ ("Give the body's name, on one line of at most 200 characters."));
  if (code == NULL || strlen (code) < 2 || strlen (code) > 20 || code[0] == '-' ||
      strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != strlen (code))
    return refuse (
        error,
        _ ("Give the body's code as 2 to 20 capitals, digits and hyphens, such as NL-INSP."));
  if (wb_example_is (code) != example)
    return refuse (error,
                   _ ("The code FICTIEF is that of the example register: choose another code."));
  if (setup->profile != NULL && !g_strv_contains (WB_BODY_PROFILES, setup->profile))
    return refuse (
        error,
        _ ("Choose inspectorate, human-rights-institution or ombudsperson as the body's profile."));
  if (setup->passphrase == NULL || wb_secret_get_size (setup->passphrase) == 0)
    return refuse (error, _ ("Give a passphrase: an empty one protects nothing."));
  for (guint i = 0; setup->recovery != NULL && setup->recovery[i] != NULL; i++) {
    if (!wb_age_recipient_check (setup->recovery[i], error))
      return FALSE;
  }
  return wb_key_file_check_user (setup->user, error);
}

/* The rules of one kind, as a JSON array. */
static char *
list_kind (const WbRules *rules, WbKind kind)
{
  GPtrArray *list = wb_rules_list (rules);
  GString *text = g_string_new ("[");

  for (guint i = 0; i < list->len; i++) {
    const WbRule *rule = g_ptr_array_index (list, i);

    if (rule->kind == kind)
      g_string_append_printf (text, "%s\"%s\"", text->len > 1 ? "," : "", rule->code);
  }
  return g_string_free (g_string_append_c (text, ']'), FALSE);
}

/* The shared data that every register stands on. */
static gboolean
load_data (WbRegister *self, const char *zone, GError **error)
{
  self->model = self->base_model = wb_model_get_default (error);
  self->model_stale = TRUE;
  if (self->model == NULL)
    return FALSE;
  self->rules = wb_rules_get_default (error);
  if (self->rules == NULL)
    return FALSE;
  self->calendar = wb_calendar_get_default (error);
  if (self->calendar == NULL)
    return FALSE;
  self->zone = wb_zone_new (zone, error);
  if (self->zone == NULL)
    return FALSE;
  self->bars = list_kind (self->rules, WB_KIND_BAR);
  self->watched = list_kind (self->rules, WB_KIND_WATCH);
  self->own_rules = list_kind (self->rules, WB_KIND_POLICY);
  return TRUE;
}

/* Origin and keys that are read from the seeds, never trusted from the store. */
static gboolean
derive_names (WbRegister *self, GError **error)
{
  guint8 log_public[WB_ED25519_PUBLIC_SIZE], user_public[WB_ED25519_PUBLIC_SIZE];
  guint8 digest[WB_SHA256_SIZE];
  g_autofree char *mark = NULL;
  g_autoptr (WbNoteKey) key = NULL;

  if (!wb_ed25519_get_public (self->keys->log_seed, log_public, error) ||
      !wb_ed25519_get_public (self->keys->seed, user_public, error))
    return FALSE;
  wb_sha256 (log_public, sizeof log_public, digest);
  mark = wb_hex_encode (digest, 8);
  self->origin = g_strdup_printf ("waarborg/%s/%s", self->code, mark);
  self->fingerprint = wb_openssh_fingerprint (user_public);
  key = wb_note_key_new (self->origin, log_public, error);
  if (key == NULL)
    return FALSE;
  self->vkey = wb_note_key_format (key);
  return TRUE;
}

static gboolean
make_keys (WbRegister *self, const char *user, GError **error)
{
  guint8 key[WB_DB_KEY_SIZE];

  self->keys = g_new0 (WbKeyFile, 1);
  self->keys->user = g_strdup (user);
  wb_random_bytes (key, sizeof key);
  self->keys->store_key = wb_secret_new_copy (key, sizeof key, error);
  explicit_bzero (key, sizeof key);
  if (self->keys->store_key == NULL)
    return FALSE;
  self->keys->log_seed = wb_ed25519_generate (error);
  if (self->keys->log_seed == NULL)
    return FALSE;
  self->keys->seed = wb_ed25519_generate (error);
  if (self->keys->seed == NULL)
    return FALSE;
  self->keys->identity = wb_age_identity_generate (error);
  return self->keys->identity != NULL;
}

static gboolean
save_meta (WbRegister *self, GError **error)
{
  g_autofree char *version = wb_projection_version (self);

  return wb_meta_set (self->db, "format", "waarborg-register v1", error) &&
         wb_meta_set (self->db, "origin", self->origin, error) &&
         wb_meta_set (self->db, "vkey", self->vkey, error) &&
         wb_meta_set (self->db, "body", self->body, error) &&
         wb_meta_set (self->db, "code", self->code, error) &&
         wb_meta_set (self->db, "profile", self->profile, error) &&
         wb_meta_set (self->db, "zone", wb_zone_get_identifier (self->zone), error) &&
         wb_meta_set (self->db, "projection", version, error);
}

static gboolean
append_body (WbRegister *self, GError **error)
{
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("body", id, NULL, "created");

  wb_act_draft_add_text (draft, "name", self->body);
  wb_act_draft_add_text (draft, "code", self->code);
  wb_act_draft_add_text (draft, "profile", self->profile);
  wb_act_draft_add_text (draft, "zone", wb_zone_get_identifier (self->zone));
  wb_act_draft_add_text (draft, "vkey", self->vkey);
  wb_act_draft_add_text (draft, WB_ACT_MODEL, wb_model_get_version (self->model));
  return wb_register_append (self, draft, wb_register_next_time (self), error);
}

static gboolean
append_user (WbRegister *self, const WbKeyFile *keys, GError **error)
{
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autofree char *line = NULL;
  g_autofree char *recipient = NULL;
  g_autofree char *fingerprint = NULL;
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("user", id, NULL, "created");

  if (!wb_ed25519_get_public (keys->seed, public, error))
    return FALSE;
  recipient = wb_age_identity_to_recipient (keys->identity, error);
  if (recipient == NULL)
    return FALSE;
  line = wb_openssh_format_public (public, keys->user);
  fingerprint = wb_openssh_fingerprint (public);
  wb_act_draft_add_text (draft, "name", keys->user);
  wb_act_draft_add_text (draft, "fingerprint", fingerprint);
  wb_act_draft_add_text (draft, "public_key", line);
  wb_act_draft_add_text (draft, "recipient", recipient);
  return wb_register_append (self, draft, wb_register_next_time (self), error);
}

static gboolean
fill_store (WbRegister *self, GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);

  return change != NULL && save_meta (self, error) && append_body (self, error) &&
         append_user (self, self->keys, error) &&
         wb_colleague_declare (self, self->keys->user, error) && wb_change_commit (change, error);
}

static gboolean
create_files (WbRegister *self, const WbRegisterSetup *setup, GError **error)
{
  g_autofree char *store = wb_folder_dup_store_path (self->folder);

  if (!wb_key_file_save (self->keys, self->path, setup->passphrase, error))
    return FALSE;
  if (setup->recovery != NULL && setup->recovery[0] != NULL &&
      !wb_key_file_save_recovery (self->path, self->keys->store_key, setup->recovery, error))
    return FALSE;
  self->db = wb_db_open (store, self->keys->store_key, TRUE, error);
  return self->db != NULL && wb_db_migrate (self->db, wb_db_latest_version (), error) &&
         wb_register_load_head (self, error) && fill_store (self, error) &&
         wb_register_keep_recovery (self, setup->recovery, error) &&
         wb_folder_seal (self->folder, error);
}

/* What a register is made of, and nothing else that somebody may have put there. */
void
wb_register_remove_files (const char *path)
{
  static const char *const NAMES[] = { "store.db",    "store.db-wal", "store.db-shm",
                                       "LEESMIJ.txt", "README.txt",   "SHA256SUMS" };
  g_autofree char *keys = g_build_filename (path, "keys", NULL);
  g_autoptr (GDir) dir = g_dir_open (keys, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (keys, name, NULL);
    (void) g_unlink (file);
  }
  (void) g_rmdir (keys);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *file = g_build_filename (path, NAMES[i], NULL);
    (void) g_unlink (file);
  }
  (void) g_rmdir (path);
}

static WbRegister *
create (const char *path, const WbRegisterSetup *setup, gboolean example, GError **error)
{
  g_autoptr (WbRegister) self = NULL;

  if (!wb_secret_memory_init (error))
    return NULL;
  self = g_new0 (WbRegister, 1);
  self->path = g_strdup (path);
  self->body = g_strdup (setup->body);
  self->code = g_strdup (setup->code);
  self->profile = g_strdup (setup->profile != NULL ? setup->profile : DEFAULT_PROFILE);
  if (!load_data (self, setup->zone != NULL ? setup->zone : DEFAULT_ZONE, error) ||
      !(setup->independent || wb_colleague_refuse (self, error)) ||
      !check_setup (setup, example, error) || !make_keys (self, setup->user, error) ||
      !derive_names (self, error))
    return NULL;
  self->folder = wb_folder_create (path, error);
  if (self->folder == NULL)
    return NULL;
  if (!create_files (self, setup, error)) {
    g_clear_pointer (&self->db, wb_db_close);
    wb_register_remove_files (path);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/* With the code that says that nothing in it is real, see wb-example.h. */
WbRegister *
wb_register_create_example (const char *path, const WbRegisterSetup *setup, GError **error)
{
  return create (path, setup, TRUE, error);
}

/**
 * wb_register_create:
 * @path: the folder to make; nothing may be there yet
 * @setup: body, first user, passphrase, recovery recipients, the first user's declaration
 * @error: return location for an error; %WB_ERROR_REFUSED where independence is not declared
 *
 * Makes a register with its first three entries: the body, its first user, and the declaration that
 * this user does not work for, and is not on loan from, an authority that is monitored. On failure
 * nothing is left behind. Recital 27 of Regulation (EU) 2024/1356.
 *
 * Returns: (transfer full): the open register, owned by the calling thread
 */
WbRegister *
wb_register_create (const char *path, const WbRegisterSetup *setup, GError **error)
{
  g_return_val_if_fail (path != NULL && setup != NULL, NULL);
  return create (path, setup, FALSE, error);
}

static gboolean
take_meta (WbRegister *self, const char *key, char **ret_value, GError **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_value = wb_meta_get (self->db, key, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (*ret_value == NULL) {
    g_set_error (
        error,
        WB_ERROR,
        WB_ERROR_DAMAGED,
        _ ("store.db lacks “%s”: it is damaged or not a register. Take it back from a backup."),
        key);
    return FALSE;
  }
  return TRUE;
}

static gboolean
load_meta (WbRegister *self, GError **error)
{
  g_autofree char *zone = NULL;
  g_autofree char *origin = NULL;

  if (!take_meta (self, "body", &self->body, error) ||
      !take_meta (self, "code", &self->code, error) ||
      !take_meta (self, "profile", &self->profile, error) ||
      !take_meta (self, "zone", &zone, error) || !take_meta (self, "origin", &origin, error) ||
      !load_data (self, zone, error) || !derive_names (self, error))
    return FALSE;
  if (!g_str_equal (origin, self->origin)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("store.db belongs to another register than the key files beside it."));
    return FALSE;
  }
  return TRUE;
}

/* A newer program computes projections anew, so that its labels and lists are in them. */
static gboolean
refresh_projections (WbRegister *self, GError **error)
{
  g_autofree char *wanted = wb_projection_version (self);
  g_autofree char *found = wb_meta_get (self->db, "projection", NULL);
  g_autoptr (WbChange) change = NULL;

  if (g_strcmp0 (wanted, found) == 0)
    return TRUE;
  change = wb_change_begin (self, error);
  return change != NULL && wb_projection_rebuild (self, NULL, NULL, NULL, error) &&
         wb_meta_set (self->db, "projection", wanted, error) && wb_change_commit (change, error);
}

static gboolean
open_store (WbRegister *self, const WbSecret *key, GError **error)
{
  g_autofree char *store = wb_folder_dup_store_path (self->folder);

  self->db = wb_db_open (store, key, FALSE, error);
  return self->db != NULL && wb_db_migrate (self->db, wb_db_latest_version (), error) &&
         load_meta (self, error) && wb_register_load_head (self, error) &&
         wb_foreign_store_is_used (self->db, &self->knows_others, error);
}

/* @ret_part: the file that the last step was about. */
static WbRegister *
open_steps (const char *path,
            const char *user,
            const WbSecret *passphrase,
            const char **ret_part,
            GError **error)
{
  g_autoptr (WbRegister) self = g_new0 (WbRegister, 1);

  self->path = g_strdup (path);
  self->checking = TRUE; /* until all is well, closing signs nothing */
  *ret_part = "folder";
  self->folder = wb_folder_open (path, error);
  if (self->folder == NULL)
    return NULL;
  *ret_part = "keys";
  self->keys = wb_key_file_load (path, user, passphrase, error);
  if (self->keys == NULL)
    return NULL;
  *ret_part = "store.db";
  return open_store (self, self->keys->store_key, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wb_register_open:
 * @path: the folder
 * @user: whose key file to open
 * @passphrase: that user's passphrase; not kept
 * @error: return location for an error
 *
 * Takes about a second: the passphrase is hashed by scrypt.
 *
 * Returns: (transfer full): the open register, owned by the calling thread; %NULL with
 *   %WB_ERROR_WRONG_KEY, %WB_ERROR_BUSY, %WB_ERROR_DAMAGED, %WB_ERROR_NEWER or %WB_ERROR_NOT_FOUND
 */
WbRegister *
wb_register_open (const char *path, const char *user, const WbSecret *passphrase, GError **error)
{
  g_autoptr (WbRegister) self = NULL;
  const char *part;

  g_return_val_if_fail (path != NULL && user != NULL && passphrase != NULL, NULL);
  if (!wb_secret_memory_init (error))
    return NULL;
  self = open_steps (path, user, passphrase, &part, error);
  if (self == NULL || !refresh_projections (self, error))
    return NULL;
  wb_own_terms_refresh (self);
  self->checking = FALSE;
  /* A full disk must not bar the door: it is tried again at the next opening. */
  (void) wb_erasure_finish (self, NULL);
  return g_steal_pointer (&self);
}

WbRegister *
wb_register_open_for_check (const char *path,
                            const char *user,
                            const WbSecret *passphrase,
                            const char **ret_part,
                            GError **error)
{
  if (!wb_secret_memory_init (error))
    return NULL;
  return open_steps (path, user, passphrase, ret_part, error);
}

/* Without a passphrase: a copy of @self, opened by the keys that @self was opened with, but for
 * @store_key. The copy is looked at and thrown away; nothing is signed in it.
 */
WbRegister *
wb_register_open_copy (WbRegister *self,
                       const char *path,
                       const WbSecret *store_key,
                       GError **error)
{
  g_autoptr (WbRegister) copy = g_new0 (WbRegister, 1);

  copy->path = g_strdup (path);
  copy->checking = TRUE;
  copy->folder = wb_folder_open (path, error);
  if (copy->folder == NULL)
    return NULL;
  copy->keys = wb_key_file_copy (self->keys);
  if (!open_store (copy, store_key, error) || !refresh_projections (copy, error))
    return NULL;
  wb_own_terms_refresh (copy);
  return g_steal_pointer (&copy);
}

/**
 * wb_register_close:
 * @self: (nullable): a register, also a half-opened one
 *
 * Signs a checkpoint over the acts since the last one, wipes the keys and lets the folder go.
 */
void
wb_register_close (WbRegister *self)
{
  if (self == NULL)
    return;
  if (!self->checking && self->edge != NULL && self->size > 0 && self->vkey != NULL) {
    g_autofree char *note = wb_register_checkpoint (self, NULL);
    (void) note;
  }
  g_clear_pointer (&self->db, wb_db_close);
  g_clear_pointer (&self->keys, wb_key_file_free);
  g_clear_pointer (&self->folder, wb_folder_close);
  g_clear_pointer (&self->edge, wb_merkle_edge_free);
  g_clear_pointer (&self->zone, wb_zone_unref);
  g_clear_pointer (&self->own_calendar, wb_calendar_free);
  g_clear_pointer (&self->targets, g_hash_table_unref);
  g_clear_pointer (&self->figure_names, g_hash_table_unref);
  g_clear_pointer (&self->settings, json_object_unref);
  g_clear_pointer (&self->ages, g_array_unref);
  g_free (self->path);
  g_free (self->body);
  g_free (self->code);
  g_free (self->profile);
  g_free (self->origin);
  g_free (self->vkey);
  g_free (self->fingerprint);
  g_clear_pointer (&self->own_models, g_ptr_array_unref);
  g_free (self->bars);
  g_free (self->watched);
  g_free (self->own_rules);
  wb_refusal_free (self->refusal);
  g_free (self);
}

/**
 * wb_register_list_user_names:
 * @path: a register's folder
 * @error: return location for an error
 *
 * Returns: (transfer full): the users that have a key file, without opening anything
 */
char **
wb_register_list_user_names (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("There is no register at %s: check the name."),
                 path);
    return NULL;
  }
  return wb_key_file_list_users (path, error);
}

const char *
wb_register_get_path (const WbRegister *self)
{
  return self->path;
}

const char *
wb_register_get_body (const WbRegister *self)
{
  return self->body;
}

const char *
wb_register_get_code (const WbRegister *self)
{
  return self->code;
}

const char *
wb_register_get_profile (const WbRegister *self)
{
  return self->profile;
}

const char *
wb_register_get_origin (const WbRegister *self)
{
  return self->origin;
}

const char *
wb_register_get_user (const WbRegister *self)
{
  return self->keys->user;
}

const char *
wb_register_get_fingerprint (const WbRegister *self)
{
  return self->fingerprint;
}

const WbZone *
wb_register_get_zone (const WbRegister *self)
{
  return self->zone;
}

/**
 * wb_register_get_model:
 * @self: an open register
 *
 * Returns: (transfer none): the model with the body's own terms as they are now; valid until the
 *   register is closed, though it does not follow later ones
 */
const WbModel *
wb_register_get_model (const WbRegister *self)
{
  WbRegister *reg = (WbRegister *) self;

  g_atomic_int_set (&reg->model_given, TRUE);
  return (const WbModel *) g_atomic_pointer_get (&reg->model);
}

const WbRules *
wb_register_get_rules (const WbRegister *self)
{
  return self->rules;
}

guint64
wb_register_get_size (const WbRegister *self)
{
  return self->size;
}

char *
wb_register_get_vkey (WbRegister *self)
{
  return g_strdup (self->vkey);
}

void
wb_user_free (WbUser *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->fingerprint);
  g_free (self->public_key);
  g_free (self->recipient);
  g_free (self);
}

/**
 * wb_register_list_users:
 * @self: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbUser): in order of joining
 */
GPtrArray *
wb_register_list_users (WbRegister *self, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_user_store_list (self->db, error);
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_user_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    const WbUserRow *row = g_ptr_array_index (rows, i);
    WbUser *user = g_new0 (WbUser, 1);

    user->name = g_strdup (row->name);
    user->fingerprint = g_strdup (row->fingerprint);
    user->public_key = g_strdup (row->public_key);
    user->recipient = g_strdup (row->recipient);
    user->added = row->added;
    g_ptr_array_add (users, user);
  }
  return g_steal_pointer (&users);
}

/* A new person's keys in the same register: own seed and identity, shared store key and log seed.
 */
static WbKeyFile *
make_user_keys (WbRegister *self, const char *name, GError **error)
{
  g_autoptr (WbKeyFile) keys = g_new0 (WbKeyFile, 1);

  keys->user = g_strdup (name);
  keys->store_key = wb_secret_ref (self->keys->store_key);
  keys->log_seed = wb_secret_ref (self->keys->log_seed);
  keys->seed = wb_ed25519_generate (error);
  if (keys->seed == NULL)
    return NULL;
  keys->identity = wb_age_identity_generate (error);
  return keys->identity != NULL ? g_steal_pointer (&keys) : NULL;
}

static gboolean
user_exists (WbRegister *self, const char *name, gboolean *ret_exists, GError **error)
{
  g_auto (GStrv) names = wb_key_file_list_users (self->path, error);

  if (names == NULL)
    return FALSE;
  *ret_exists = g_strv_contains ((const char *const *) names, name);
  return TRUE;
}

/**
 * wb_register_add_user:
 * @self: an open register
 * @name: the new user's name, see wb_key_file_check_user()
 * @passphrase: the new user's own passphrase
 * @error: return location for an error
 *
 * Colleagues share the store; the key that signs is known only under one's own passphrase.
 */
gboolean
wb_register_add_user (WbRegister *self,
                      const char *name,
                      const WbSecret *passphrase,
                      GError **error)
{
  g_autoptr (WbKeyFile) keys = NULL;
  g_autoptr (WbChange) change = NULL;
  gboolean exists;

  if (!wb_key_file_check_user (name, error) || !user_exists (self, name, &exists, error))
    return FALSE;
  if (exists) {
    g_set_error (error, WB_ERROR, WB_ERROR_EXISTS, _ ("There is a user “%s” already."), name);
    return FALSE;
  }
  keys = make_user_keys (self, name, error);
  if (keys == NULL)
    return FALSE;
  change = wb_change_begin (self, error);
  if (change == NULL || !append_user (self, keys, error) ||
      !wb_key_file_save (keys, self->path, passphrase, error))
    return FALSE;
  if (!wb_change_commit (change, error)) {
    g_autofree char *file = g_strdup_printf ("%s/keys/%s.age", self->path, name);
    (void) g_unlink (file);
    (void) wb_folder_seal (self->folder, NULL); /* its line goes too */
    return FALSE;
  }
  return wb_folder_seal (self->folder, error);
}

/**
 * wb_register_change_passphrase:
 * @self: an open register
 * @current: the passphrase now, checked again
 * @fresh: the one to use from now on
 * @error: return location for an error
 *
 * Rewrites the user's key file; the old one stays whole if anything fails.
 */
gboolean
wb_register_change_passphrase (WbRegister *self,
                               const WbSecret *current,
                               const WbSecret *fresh,
                               GError **error)
{
  g_autoptr (WbKeyFile) checked = wb_key_file_load (self->path, self->keys->user, current, error);
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("user", id, NULL, "changed");

  if (checked == NULL)
    return FALSE;
  if (wb_secret_get_size (fresh) == 0)
    return refuse (error, _ ("Give a passphrase: an empty one protects nothing."));
  wb_act_draft_add_text (draft, WB_ACT_DETAIL, "passphrase");
  return wb_key_file_save (self->keys, self->path, fresh, error) &&
         wb_folder_seal (self->folder, error) && wb_register_append_alone (self, draft, error);
}
