/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Keeping the checkpoints of other logs. What is known of a log is what the last act on it says, so
 * that the log itself shows what was witnessed when.
 */
#include "wb-witnessing-private.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-foreign-store.h"
#include "wb-i18n.h"
#include "wb-kdf.h"
#include "wb-uuid.h"
#include "wb-witness.h"

#define KEY_INFO "waarborg witness key v1"
#define OWN_ORIGIN "waarborg/"
#define ORIGIN_KEY_SIZE 8 /* bytes of the digest of its key that end an origin of ours, in hex */

void
wb_witnessed_free (WbWitnessed *self)
{
  if (self == NULL)
    return;
  g_free (self->origin);
  g_free (self->vkey);
  g_free (self->note);
  g_free (self->cosignature);
  g_free (self);
}

/* A key of its own, as tlog-cosignature asks: made of the log's key, which all users hold. */
static WbSecret *
derive_seed (WbRegister *self, GError **error)
{
  g_autoptr (WbSecret) seed = wb_secret_new (WB_ED25519_SEED_SIZE, error);
  gsize size;
  const guint8 *log_seed = wb_secret_peek (self->keys->log_seed, &size);

  if (seed == NULL || !wb_hkdf_sha256 (log_seed,
                                       size,
                                       NULL,
                                       0,
                                       KEY_INFO,
                                       strlen (KEY_INFO),
                                       wb_secret_peek_writable (seed),
                                       WB_ED25519_SEED_SIZE,
                                       error))
    return NULL;
  return g_steal_pointer (&seed);
}

static char *
name_witness (WbRegister *self)
{
  return g_strconcat (self->origin, "/witness", NULL);
}

/**
 * wb_register_get_witness_vkey:
 * @self: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full): the key that others check our cosignatures with, of type 0x04
 */
char *
wb_register_get_witness_vkey (WbRegister *self, GError **error)
{
  g_autoptr (WbSecret) seed = derive_seed (self, error);
  g_autofree char *name = name_witness (self);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (WbNoteKey) key = NULL;

  if (seed == NULL || !wb_ed25519_get_public (seed, public, error))
    return NULL;
  key = wb_note_key_new_witness (name, public, error);
  return key != NULL ? wb_note_key_format (key) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

/* (nullable): what the act says, where it is on the log @origin or that is %NULL. */
static WbWitnessed *
read_act (WbRegister *self, const WbAct *act, const char *origin)
{
  g_autoptr (JsonNode) value = wb_register_read_logged (self, act->number, WB_ACT_WITNESS);
  JsonObject *object;
  WbWitnessed *kept;

  if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value))
    return NULL;
  object = json_node_get_object (value);
  if (origin != NULL && !g_str_equal (get_text (object, "origin"), origin))
    return NULL;
  kept = g_new0 (WbWitnessed, 1);
  kept->origin = g_strdup (get_text (object, "origin"));
  kept->size = (guint64) json_object_get_int_member_with_default (object, "size", 0);
  kept->vkey = g_strdup (get_text (object, "vkey"));
  kept->note = g_strdup (get_text (object, "note"));
  kept->cosignature = g_strdup (get_text (object, "cosignature"));
  return kept;
}

/* What was kept last of the log; FALSE with an error, or nothing in *ret_kept. */
static gboolean
find_kept (WbRegister *self, const char *origin, WbWitnessed **ret_kept, GError **error)
{
  g_autoptr (GPtrArray) acts =
      wb_log_store_list_acts_of_event (self->db, WB_EVENT_WITNESSED, error);
  WbWitnessed *kept = NULL;

  if (acts == NULL)
    return FALSE;
  for (guint i = acts->len; i > 0 && kept == NULL; i--)
    kept = read_act (self, g_ptr_array_index (acts, i - 1), origin);
  *ret_kept = kept;
  return TRUE;
}

/* An origin of ours ends with the digest of its key, so that it vouches for the key. */
static gboolean
fits_origin (const WbNoteKey *key)
{
  guint8 digest[WB_SHA256_SIZE];
  g_autofree char *digits = NULL;
  const char *end = strrchr (key->name, '/');

  if (!g_str_has_prefix (key->name, OWN_ORIGIN))
    return TRUE;
  wb_sha256 (key->public, sizeof key->public, digest);
  digits = wb_hex_encode (digest, ORIGIN_KEY_SIZE);
  return g_str_equal (end + 1, digits);
}

static gboolean
refuse_key (GError **error)
{
  g_set_error_literal (
      error,
      WB_ERROR,
      WB_ERROR_INVALID,
      _ ("This key is not the one of that log: ask the body for the key of its log, "
         "by another way than the file came."));
  return FALSE;
}

/* The key of another log than this one, fit for it. */
static gboolean
check_key (WbRegister *self, const char *vkey, const char *origin, GError **error)
{
  g_autoptr (WbNoteKey) key = wb_note_key_parse (vkey, error);

  if (key == NULL)
    return FALSE;
  if (key->type != WB_NOTE_ED25519 || !g_str_equal (key->name, origin) || !fits_origin (key))
    return refuse_key (error);
  if (!g_str_equal (key->name, self->origin))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("This is a checkpoint of this register itself: one needs another body to "
                          "keep it."));
  return FALSE;
}

/* The one that is known of the log, or the one that was given; both must be the same. */
static char *
choose_key (WbRegister *self,
            const char *origin,
            const WbWitnessed *kept,
            const char *given,
            GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *known =
      kept != NULL ? g_strdup (kept->vkey) : wb_foreign_store_get_key (self->db, origin, &problem);
  g_autofree char *vkey = g_strdup (given != NULL ? given : known);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (vkey == NULL) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_NOT_FOUND,
        _ ("This log is not known here yet: give its key along (--key), as the body "
           "gave it to you by another way."));
    return NULL;
  }
  g_strchomp (vkey);
  if (known != NULL && !g_str_equal (g_strchomp (known), vkey)) {
    (void) refuse_key (error);
    return NULL;
  }
  return check_key (self, vkey, origin, error) ? g_steal_pointer (&vkey) : NULL;
}

static WbActDraft *
begin_act (const char *event)
{
  g_autofree char *id = wb_uuid_new (wb_clock_now ());

  return wb_act_draft_new ("log", id, NULL, event);
}

/* That a log was caught is kept with what it signed. */
static void
log_refusal (WbRegister *self, WbWitnessVerdict verdict, const char *note)
{
  g_autoptr (WbActDraft) draft = begin_act ("refused");
  const char *rule = NULL;

  if (verdict == WB_WITNESS_ROLLED_BACK)
    rule = "witness-rollback";
  else if (verdict == WB_WITNESS_SPLIT)
    rule = "witness-split";
  else if (verdict == WB_WITNESS_BAD_PROOF)
    rule = "witness-proof";
  if (rule == NULL)
    return;
  wb_act_draft_add_text (draft, WB_ACT_DETAIL, rule);
  wb_act_draft_add_text (draft, WB_ACT_CHECKPOINT, note);
  (void) wb_register_append_alone (self, draft, NULL);
}

/* A checkpoint that came along with a bundle shows another history of as many entries. */
static WbWitnessVerdict
judge_taken (WbRegister *self, const char *vkey, const WbCheckpoint *shown, GError **error)
{
  g_autofree char *note =
      wb_foreign_store_get_checkpoint (self->db, shown->origin, shown->size, NULL);
  g_autoptr (WbCheckpoint) taken =
      note != NULL ? wb_checkpoint_open (note, strlen (note), vkey, NULL) : NULL;

  if (taken == NULL || memcmp (&taken->root, &shown->root, sizeof taken->root) == 0)
    return WB_WITNESS_GOOD;
  g_set_error (
      error,
      WB_ERROR,
      WB_ERROR_VERIFY,
      _ ("This log shows two histories: its checkpoint of %llu entries is another one than "
         "is kept here of as many. Ask the body to explain this, and keep the file."),
      (unsigned long long) shown->size);
  return WB_WITNESS_SPLIT;
}

static WbCheckpoint *
judge (WbRegister *self,
       const WbWitnessRequest *request,
       const WbWitnessed *kept,
       const char *vkey,
       GError **error)
{
  g_autoptr (WbCheckpoint) known = NULL;
  g_autoptr (WbCheckpoint) shown = NULL;
  WbWitnessVerdict verdict;

  if (kept != NULL) {
    known = wb_checkpoint_open (kept->note, strlen (kept->note), vkey, error);
    if (known == NULL)
      return NULL;
  }
  verdict = wb_witness_judge (request, vkey, known, &shown, error);
  if (verdict == WB_WITNESS_GOOD)
    verdict = judge_taken (self, vkey, shown, error);
  if (verdict != WB_WITNESS_GOOD) {
    log_refusal (self, verdict, request->checkpoint);
    return NULL;
  }
  if (shown->size > 0 && shown->size <= G_MAXINT64)
    return g_steal_pointer (&shown);
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("A checkpoint of that many entries cannot be kept."));
  return NULL;
}

static char *
cosign (WbRegister *self, const char *note, GError **error)
{
  g_autoptr (WbSecret) seed = derive_seed (self, error);
  g_autofree char *name = name_witness (self);
  g_autofree char *cosigned =
      seed != NULL ? wb_note_cosign (note, name, seed, wb_clock_now (), error) : NULL;

  return cosigned != NULL ? g_strdup (cosigned + strlen (note)) : NULL;
}

static JsonNode *
describe (const WbWitnessed *kept)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "origin", kept->origin);
  json_object_set_int_member (object, "size", (gint64) kept->size);
  json_object_set_string_member (object, "vkey", kept->vkey);
  json_object_set_string_member (object, "note", kept->note);
  json_object_set_string_member (object, "cosignature", kept->cosignature);
  return json_node_init_object (json_node_alloc (), object);
}

static gboolean
keep (WbRegister *self, const WbWitnessed *fresh, GError **error)
{
  g_autoptr (WbActDraft) draft = begin_act (WB_EVENT_WITNESSED);
  g_autoptr (JsonNode) value = describe (fresh);
  g_autoptr (WbChange) change = wb_change_begin (self, error);

  wb_act_draft_add (draft, WB_ACT_WITNESS, value);
  return change != NULL && wb_foreign_store_add_log (self->db, fresh->origin, fresh->vkey, error) &&
         wb_foreign_store_add_checkpoint (self->db,
                                          fresh->origin,
                                          fresh->size,
                                          fresh->note,
                                          error) &&
         wb_register_append (self, draft, wb_register_next_time (self), error) &&
         wb_change_commit (change, error);
}

/* What the checkpoint says of itself, before anything of it is believed. */
static WbCheckpoint *
read_claim (const char *note, GError **error)
{
  const char *end = strstr (note, "\n\n");
  g_autofree char *text =
      end != NULL ? g_strndup (note, (gsize) (end - note) + 1) : g_strdup (note);

  return wb_checkpoint_parse (text, error);
}

/**
 * wb_register_witness:
 * @self: an open register
 * @request: what another body hands over: its checkpoint, alone or as a request of tlog-witness
 * @size: length of it in bytes
 * @vkey: (nullable): the key of that log; needed the first time
 * @error: return location for an error
 *
 * Keeps the checkpoint if the log continues what is kept of it, and cosigns it. What was kept is on
 * disk before the answer is given. A log that was put back, that shows two histories, or whose
 * proof does not hold is refused, and the refusal is an act that holds what the log signed.
 *
 * Returns: (transfer full): what is kept now, with the answer; %NULL with %WB_ERROR_VERIFY,
 *   %WB_ERROR_INVALID, %WB_ERROR_NOT_FOUND where no key is known, %WB_ERROR_DAMAGED or
 *   %WB_ERROR_TOO_LARGE
 */
WbWitnessed *
wb_register_witness (WbRegister *self,
                     const char *request,
                     gsize size,
                     const char *vkey,
                     GError **error)
{
  g_autoptr (WbWitnessRequest) asked = wb_witness_request_parse (request, size, error);
  g_autoptr (WbCheckpoint) said = asked != NULL ? read_claim (asked->checkpoint, error) : NULL;
  g_autoptr (WbCheckpoint) shown = NULL;
  g_autoptr (WbWitnessed) kept = NULL;
  g_autoptr (WbWitnessed) fresh = NULL;

  if (said == NULL || !find_kept (self, said->origin, &kept, error))
    return NULL;
  fresh = g_new0 (WbWitnessed, 1);
  fresh->origin = g_strdup (said->origin);
  fresh->vkey = choose_key (self, said->origin, kept, vkey, error);
  shown = fresh->vkey != NULL ? judge (self, asked, kept, fresh->vkey, error) : NULL;
  if (shown == NULL)
    return NULL;
  fresh->size = shown->size;
  fresh->note = g_strdup (asked->checkpoint);
  fresh->cosignature = cosign (self, fresh->note, error);
  if (fresh->cosignature == NULL || !keep (self, fresh, error))
    return NULL;
  return g_steal_pointer (&fresh);
}
