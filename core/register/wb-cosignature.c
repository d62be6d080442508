/* SPDX-License-Identifier: EUPL-1.2 */

/* What other bodies answered on our checkpoints: kept with them, and checked again. */
#include "wb-witnessing-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-uuid.h"
#include "wb-witness.h"

#define CLOCK_SKEW (5 * 60 * 1000) /* ms that the clocks of two bodies may differ */

void
wb_cosigned_free (WbCosigned *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->vkey);
  g_free (self);
}

static void
set_key (WbCosigned *self, const WbNoteKey *key)
{
  self->name = g_strdup (key->name);
  self->vkey = wb_note_key_format (key);
}

static gboolean
read_detail (JsonObject *object, WbCosigned *cosigned)
{
  g_autoptr (WbNoteKey) key =
      wb_note_key_parse (json_object_get_string_member_with_default (object, "witness", ""), NULL);

  if (key == NULL || key->type != WB_NOTE_COSIGNATURE)
    return FALSE;
  set_key (cosigned, key);
  cosigned->size = (guint64) json_object_get_int_member_with_default (object, "size", 0);
  return wb_instant_parse (json_object_get_string_member_with_default (object, "time", ""),
                           &cosigned->time,
                           NULL);
}

/**
 * wb_register_list_cosigned:
 * @self: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbCosigned): what the log says was cosigned by others, in
 *   the order it came in
 */
GPtrArray *
wb_register_list_cosigned (WbRegister *self, GError **error)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts_of_event (self->db, WB_EVENT_COSIGNED, error);
  GPtrArray *list;

  if (acts == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_cosigned_free);
  for (guint i = 0; i < acts->len; i++) {
    const WbAct *act = g_ptr_array_index (acts, i);
    g_autoptr (JsonNode) value = wb_register_read_logged (self, act->number, WB_ACT_WITNESS);
    g_autoptr (WbCosigned) cosigned = g_new0 (WbCosigned, 1);

    cosigned->entry = act->number;
    if (value != NULL && JSON_NODE_HOLDS_OBJECT (value) &&
        read_detail (json_node_get_object (value), cosigned))
      g_ptr_array_add (list, g_steal_pointer (&cosigned));
  }
  return list;
}

static WbNoteKey *
refuse_key (GError **error)
{
  g_set_error_literal (
      error,
      WB_ERROR,
      WB_ERROR_INVALID,
      _ ("This is not the key of another body as a witness: ask that body for it, by "
         "another way than the answer came."));
  return NULL;
}

/* Of somebody else, for cosignatures, and the same one as before. */
static WbNoteKey *
read_key (WbRegister *self, const char *vkey, GError **error)
{
  g_autoptr (WbNoteKey) key = wb_note_key_parse (vkey, error);
  g_autofree char *own = key != NULL ? wb_register_get_witness_vkey (self, error) : NULL;
  g_autofree char *text = own != NULL ? wb_note_key_format (key) : NULL;
  g_autoptr (GPtrArray) known = text != NULL ? wb_register_list_cosigned (self, error) : NULL;

  if (known == NULL)
    return NULL;
  if (key->type != WB_NOTE_COSIGNATURE || g_str_equal (text, own))
    return refuse_key (error);
  for (guint i = 0; i < known->len; i++) {
    const WbCosigned *before = g_ptr_array_index (known, i);

    if (g_str_equal (before->name, key->name) && !g_str_equal (before->vkey, text))
      return refuse_key (error);
  }
  return g_steal_pointer (&key);
}

/* Without a key: that of the witness who answered before and did so again. */
static WbNoteKey *
find_key (WbRegister *self, const char *answer, gsize size, GError **error)
{
  g_autoptr (GPtrArray) known = wb_register_list_cosigned (self, error);

  if (known == NULL)
    return NULL;
  for (guint i = 0; i < known->len; i++) {
    const WbCosigned *before = g_ptr_array_index (known, i);
    g_autoptr (WbNoteKey) key = wb_note_key_parse (before->vkey, NULL);
    g_autofree char *line = key != NULL ? wb_witness_find_line (answer, size, key, NULL) : NULL;

    if (line != NULL)
      return g_steal_pointer (&key);
  }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_NOT_FOUND,
                       _ ("This witness is not known here yet: give its key along (--key), as that "
                          "body gave it to you by another way."));
  return NULL;
}

/* Whether the line is a cosignature of this note: judged without the other signatures of it. */
static gboolean
belongs (const char *note, const char *line, const WbNoteKey *key, WbInstant *ret_time)
{
  const char *end = strstr (note, "\n\n");
  g_autofree char *text = end != NULL ? g_strndup (note, (gsize) (end - note) + 2) : NULL;
  g_autofree char *alone = text != NULL ? g_strconcat (text, line, NULL) : NULL;

  return alone != NULL && wb_note_get_cosigned (alone, strlen (alone), key, ret_time, NULL);
}

/* (nullable): the checkpoint that was cosigned, the latest ones first. */
static const char *
find_note (GPtrArray *notes, const char *line, const WbNoteKey *key, WbInstant *ret_time)
{
  for (guint i = notes->len; i > 0; i--) {
    const char *note = g_ptr_array_index (notes, i - 1);

    if (belongs (note, line, key, ret_time))
      return note;
  }
  return NULL;
}

static gboolean
check_answer (const char *note, const WbNoteKey *key, WbInstant time, GError **error)
{
  WbInstant before;

  if (note == NULL)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_VERIFY,
                         _ ("The cosignature is not on any checkpoint of this register, or it was "
                            "damaged: ask the witness for it again."));
  else if (time > wb_clock_now () + CLOCK_SKEW)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The cosignature says that it was made at a time that has yet to come: "
                            "check the clock of this computer, and ask the witness."));
  else if (wb_note_get_cosigned (note, strlen (note), key, &before, NULL))
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_EXISTS,
                         _ ("A cosignature by this witness is kept with that checkpoint already."));
  else
    return TRUE;
  return FALSE;
}

static JsonNode *
describe (const WbCosigned *cosigned, const char *line)
{
  JsonObject *object = json_object_new ();
  g_autofree char *time = wb_instant_format (cosigned->time);

  json_object_set_string_member (object, "witness", cosigned->vkey);
  json_object_set_int_member (object, "size", (gint64) cosigned->size);
  json_object_set_string_member (object, "time", time);
  json_object_set_string_member (object, "cosignature", line);
  return json_node_init_object (json_node_alloc (), object);
}

/* With the checkpoint it goes wherever that goes; in the log it cannot be taken away unnoticed. */
static gboolean
keep (WbRegister *self, const char *note, const char *line, WbCosigned *cosigned, GError **error)
{
  g_autofree char *both = g_strconcat (note, line, NULL);
  g_autoptr (WbCheckpoint) checkpoint = wb_checkpoint_open (both, strlen (both), self->vkey, error);
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("log", id, NULL, WB_EVENT_COSIGNED);
  g_autoptr (JsonNode) value = NULL;
  g_autoptr (WbChange) change = NULL;

  if (checkpoint == NULL)
    return FALSE;
  cosigned->size = checkpoint->size;
  cosigned->entry = self->size;
  value = describe (cosigned, line);
  wb_act_draft_add (draft, WB_ACT_WITNESS, value);
  change = wb_change_begin (self, error);
  return change != NULL && wb_log_store_add_checkpoint (self->db, checkpoint->size, both, error) &&
         wb_register_append (self, draft, wb_register_next_time (self), error) &&
         wb_change_commit (change, error);
}

/**
 * wb_register_add_cosignature:
 * @self: an open register
 * @answer: what the witness gave: its signature line, or a whole note with it
 * @size: length of it in bytes
 * @vkey: (nullable): the key of the witness, of type 0x04; needed the first time
 * @error: return location for an error
 *
 * Checks a cosignature (C2SP tlog-cosignature) on one of our checkpoints and keeps it there, with
 * one entry.
 *
 * Returns: (transfer full): what was cosigned by whom and when; %NULL with %WB_ERROR_VERIFY where
 *   it is on none of our checkpoints, %WB_ERROR_INVALID where key or time will not do,
 *   %WB_ERROR_EXISTS, %WB_ERROR_NOT_FOUND or %WB_ERROR_TOO_LARGE
 */
WbCosigned *
wb_register_add_cosignature (WbRegister *self,
                             const char *answer,
                             gsize size,
                             const char *vkey,
                             GError **error)
{
  g_autoptr (WbCosigned) cosigned = g_new0 (WbCosigned, 1);
  g_autoptr (GPtrArray) notes = wb_log_store_list_checkpoints (self->db, error);
  g_autoptr (WbNoteKey) key = NULL;
  g_autofree char *line = NULL;
  const char *note;

  if (notes == NULL)
    return NULL;
  key = vkey != NULL ? read_key (self, vkey, error) : find_key (self, answer, size, error);
  line = key != NULL ? wb_witness_find_line (answer, size, key, error) : NULL;
  if (line == NULL)
    return NULL;
  set_key (cosigned, key);
  note = find_note (notes, line, key, &cosigned->time);
  if (!check_answer (note, key, cosigned->time, error) || !keep (self, note, line, cosigned, error))
    return NULL;
  return g_steal_pointer (&cosigned);
}

/* The checkpoint of that size as it is kept now still bears that cosignature. */
static gboolean
still_there (GPtrArray *notes, const WbCosigned *cosigned)
{
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, cosigned->size);
  g_autoptr (WbNoteKey) key = wb_note_key_parse (cosigned->vkey, NULL);

  for (guint i = 0; i < notes->len; i++) {
    const char *note = g_ptr_array_index (notes, i);
    const char *line = strchr (note, '\n');
    WbInstant time;

    if (line != NULL && g_str_has_prefix (line + 1, size) && line[1 + strlen (size)] == '\n')
      return key != NULL && wb_note_get_cosigned (note, strlen (note), key, &time, NULL) &&
             time == cosigned->time;
  }
  return FALSE;
}

static char *
to_words (const WbCosigned *cosigned)
{
  g_autofree char *time = wb_instant_format_seconds (cosigned->time);

  return g_strdup_printf (_ ("%s (%llu entries, %s)"),
                          cosigned->name,
                          (unsigned long long) cosigned->size,
                          time);
}

/**
 * wb_cosigned_check:
 * @self: an open register
 * @notes: (element-type utf8): its checkpoints
 * @since: whether a checkpoint from outside is compared
 * @result: gets counts, findings and the last cosignature of the register
 *
 * Every cosignature that the log tells of is still there and true. Says plainly where nobody else
 * ever confirmed anything.
 */
void
wb_cosigned_check (WbRegister *self, GPtrArray *notes, gboolean since, WbVerification *result)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) list = wb_register_list_cosigned (self, &problem);
  g_autofree char *last = NULL;

  if (list == NULL) {
    wb_verification_add (result, "store.db", -1, "%s", problem->message);
    return;
  }
  if (list->len == 0 && !since)
    wb_verification_add_limit (
        result,
        _ ("No other body has confirmed a checkpoint of this register yet. Hand one over "
           "(waarborgctl checkpoint), and keep the answer with it."));
  for (guint i = 0; i < list->len; i++) {
    const WbCosigned *cosigned = g_ptr_array_index (list, i);

    if (!still_there (notes, cosigned))
      wb_verification_add (result,
                           "checkpoint",
                           (gint64) cosigned->entry,
                           _ ("The cosignature on the checkpoint of %llu entries that this entry "
                              "tells of is gone or is another one."),
                           (unsigned long long) cosigned->size);
  }
  if (list->len == 0)
    return;
  wb_verification_count (result, "cosignatures", list->len);
  last = to_words (g_ptr_array_index (list, list->len - 1));
  wb_verification_set_fact (result, "cosigned", last);
}
