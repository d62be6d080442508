/* SPDX-License-Identifier: EUPL-1.2 */

/* Appending to the log: the one way by which anything changes. Checkpoints and the log as a list.
 */
#include "wb-clock-work-private.h"
#include "wb-fact-private.h"
#include "wb-source-private.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-i18n.h"
#include "wb-note.h"
#include "wb-uuid.h"

#define CLOCK_JUMP (5 * 60 * 1000) /* ms the clock may go back before the act says so */

struct _WbActDraft {
  char *type, *id, *case_id, *event;
  GPtrArray *names;
  GPtrArray *values; /* (element-type JsonNode) */
  GPtrArray *lines;  /* (element-type utf8), NULL where it is made of the value */
};

/**
 * wb_act_draft_new:
 * @type: record type
 * @id: the record's UUID
 * @case_id: (nullable): UUID of its case
 * @event: what happens: "created", "changed", "consulted" ...
 *
 * Returns: (transfer full): an act without lines
 */
WbActDraft *
wb_act_draft_new (const char *type, const char *id, const char *case_id, const char *event)
{
  WbActDraft *self = g_new0 (WbActDraft, 1);

  self->type = g_strdup (type);
  self->id = g_strdup (id);
  self->case_id = g_strdup (case_id);
  self->event = g_strdup (event);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
wb_act_draft_add (WbActDraft *self, const char *name, JsonNode *value)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->values, json_node_copy (value));
  g_ptr_array_add (self->lines, NULL);
}

/**
 * wb_act_draft_add_line:
 * @self: an act
 * @line: a disclosure line of another log, kept as it is so that its digest stays
 * @error: return location for an error; %WB_ERROR_INVALID where it is none
 */
gboolean
wb_act_draft_add_line (WbActDraft *self, const char *line, GError **error)
{
  char *name = NULL;
  JsonNode *value = NULL;

  if (!wb_disclosure_parse (line, strlen (line), &name, &value, error))
    return FALSE;
  g_ptr_array_add (self->names, name);
  g_ptr_array_add (self->values, value);
  g_ptr_array_add (self->lines, g_strdup (line));
  return TRUE;
}

void
wb_act_draft_add_text (WbActDraft *self, const char *name, const char *value)
{
  g_autoptr (JsonNode) node = NULL;

  if (value == NULL)
    return;
  node = wb_json_string (value);
  wb_act_draft_add (self, name, node);
}

void
wb_act_draft_free (WbActDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->type);
  g_free (self->id);
  g_free (self->case_id);
  g_free (self->event);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

struct _WbChange {
  WbRegister *reg;
  WbTransaction *transaction;
  gboolean committed;
};

/**
 * wb_change_begin:
 * @reg: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full): a transaction over log and projections
 */
WbChange *
wb_change_begin (WbRegister *reg, GError **error)
{
  WbTransaction *transaction = wb_transaction_begin (reg->db, error);
  WbChange *self;

  if (transaction == NULL)
    return NULL;
  self = g_new0 (WbChange, 1);
  self->reg = reg;
  self->transaction = transaction;
  return self;
}

gboolean
wb_change_commit (WbChange *self, GError **error)
{
  self->committed = wb_transaction_commit (self->transaction, error);
  if (self->committed) {
    self->reg->model_touched = FALSE;
    wb_own_terms_refresh (self->reg);
  }
  return self->committed;
}

void
wb_change_free (WbChange *self)
{
  if (self == NULL)
    return;
  wb_transaction_free (self->transaction);
  /* What was appended is gone from the store: the head in memory must follow. If even reading
   * fails, the register refuses further acts, since its size no longer fits (see append). */
  if (!self->committed) {
    (void) wb_register_load_head (self->reg, NULL);
    wb_register_drop_settings (self->reg);
    wb_facts_drop_names (self->reg);
    self->reg->model_stale |= self->reg->model_touched;
    self->reg->model_touched = FALSE;
    wb_own_terms_refresh (self->reg);
  }
  g_free (self);
}

gboolean
wb_register_fetch_node (guint level,
                        guint64 index,
                        WbHash *ret_hash,
                        gpointer user_data,
                        GError **error)
{
  WbRegister *self = user_data;

  return wb_log_store_get_node (self->db, level, index, ret_hash->bytes, error);
}

/**
 * wb_register_load_head:
 * @self: a register with an open store
 * @error: return location for an error; %WB_ERROR_DAMAGED where the last entry cannot be read
 *
 * Reads where the log stands: size, last leaf, last time and the tree's right edge.
 */
gboolean
wb_register_load_head (WbRegister *self, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (WbEntry) last = NULL;
  WbMerkleEdge *edge;
  WbHash head;
  guint64 size;

  g_clear_pointer (&self->edge, wb_merkle_edge_free);
  if (!wb_log_store_head (self->db, &size, head.bytes, &text, error))
    return FALSE;
  if (text != NULL) {
    g_autoptr (GError) problem = NULL;

    last = wb_entry_parse (text, strlen (text), &problem);
    if (last == NULL) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_DAMAGED,
                   _ ("Entry %llu of the log, its last one, is damaged: verify the register."),
                   (unsigned long long) size - 1);
      return FALSE;
    }
  }
  edge = wb_merkle_edge_restore (size, wb_register_fetch_node, self, error);
  if (edge == NULL)
    return FALSE;
  self->edge = edge;
  self->size = size;
  self->head = head;
  self->last_time = last != NULL ? last->time : WB_INSTANT_NONE;
  return TRUE;
}

/* Never earlier than the entry before it. */
WbInstant
wb_register_next_time (WbRegister *self)
{
  return MAX (wb_clock_now (), self->last_time);
}

static void
note_clock_jump (WbRegister *self, WbActDraft *draft)
{
  WbInstant now = wb_clock_now ();
  g_autofree char *text = NULL;

  if (self->last_time == WB_INSTANT_NONE || now >= self->last_time - CLOCK_JUMP)
    return;
  text = wb_instant_format (now);
  wb_act_draft_add_text (draft, WB_ACT_CLOCK, text);
}

typedef struct {
  WbRegister *reg;
  GError *error;
} Keep;

static void
keep_node (guint level, guint64 index, const WbHash *hash, gpointer user_data)
{
  Keep *keep = user_data;

  if (keep->error == NULL)
    (void) wb_log_store_add_node (keep->reg->db, level, index, hash->bytes, &keep->error);
}

static WbEntry *
make_entry (WbRegister *self, const WbActDraft *draft, WbInstant time, GPtrArray *lines)
{
  WbEntry *entry = wb_entry_new ();

  entry->log = g_strdup (self->origin);
  entry->number = self->size;
  entry->time = time;
  entry->author = g_strdup (self->fingerprint);
  entry->case_id = g_strdup (draft->case_id);
  entry->record_type = g_strdup (draft->type);
  entry->record_id = g_strdup (draft->id);
  entry->event = g_strdup (draft->event);
  wb_random_bytes (entry->nonce, sizeof entry->nonce);
  entry->previous = self->head;
  for (guint i = 0; i < draft->names->len; i++) {
    const char *given = g_ptr_array_index (draft->lines, i);
    char *line = given != NULL ? g_strdup (given)
                               : wb_disclosure_new (g_ptr_array_index (draft->names, i),
                                                    g_ptr_array_index (draft->values, i));
    WbHash digest;

    wb_disclosure_digest (line, strlen (line), &digest);
    wb_entry_add_field (entry, g_ptr_array_index (draft->names, i), &digest);
    g_ptr_array_add (lines, line);
  }
  return entry;
}

/* Where another log wrote the same fields, the act says what it had before it. */
static gboolean
note_replaced (WbRegister *self, WbActDraft *draft, GError **error)
{
  g_autoptr (WbRecordRow) row = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) doc = NULL;
  g_autoptr (JsonObject) apart = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (JsonNode) over = NULL;

  if (!self->knows_others || g_str_equal (draft->event, WB_EVENT_IMPORTED))
    return TRUE;
  row = wb_record_store_find (self->db, draft->id, NULL);
  if (row == NULL)
    return TRUE;
  text = wb_record_store_get_identity (self->db, row->id, NULL);
  doc = wb_doc_parse (row->doc, error);
  apart = doc != NULL ? wb_doc_parse (text != NULL ? text : "{}", error) : NULL;
  if (apart == NULL)
    return FALSE;
  names = g_ptr_array_copy (draft->names, (GCopyFunc) (void (*) (void)) g_strdup, NULL);
  g_ptr_array_add (names, NULL);
  over = wb_heads_replaced (doc, apart, (char **) names->pdata);
  if (over != NULL)
    wb_act_draft_add (draft, WB_ACT_OVER, over);
  return TRUE;
}

static gboolean
store_entry (WbRegister *self, GBytes *bytes, GPtrArray *lines, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data, size);
  Keep keep = { self, NULL };
  WbHash leaf;

  wb_merkle_leaf (text, size, &leaf);
  if (!wb_log_store_add (self->db, self->size, text, size, leaf.bytes, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    if (!wb_log_store_add_line (self->db, self->size, i, g_ptr_array_index (lines, i), error))
      return FALSE;
  }
  wb_merkle_edge_append (self->edge, &leaf, keep_node, &keep);
  if (keep.error != NULL) {
    g_propagate_error (error, keep.error);
    return FALSE;
  }
  self->head = leaf;
  self->size++;
  return TRUE;
}

/**
 * wb_register_append:
 * @self: an open register, within a WbChange
 * @draft: the act
 * @time: from wb_register_next_time(), taken once for the act
 * @error: return location for an error
 *
 * The one way by which the register changes: entry, disclosure lines, tree and projections.
 */
gboolean
wb_register_append (WbRegister *self, WbActDraft *draft, WbInstant time, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WbEntry) entry = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (self->edge == NULL) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_DATABASE,
        _ ("The register could not be read after a failure. Close it and open it again."));
    return FALSE;
  }
  if (!note_replaced (self, draft, error))
    return FALSE;
  note_clock_jump (self, draft);
  entry = make_entry (self, draft, time, lines);
  bytes = wb_entry_format (entry, error);
  if (bytes == NULL || !store_entry (self, bytes, lines, error))
    return FALSE;
  self->last_time = time;
  return wb_projection_apply (self, entry, lines, error);
}

gboolean
wb_register_append_alone (WbRegister *self, WbActDraft *draft, GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);

  return change != NULL && wb_register_append (self, draft, wb_register_next_time (self), error) &&
         wb_change_commit (change, error);
}

static char *
sign_checkpoint (WbRegister *self, GError **error)
{
  WbCheckpoint checkpoint = { self->origin, self->size, { { 0 } } };
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;
  g_autofree char *author = g_strdup_printf ("%s/%s", self->origin, self->keys->user);

  wb_merkle_edge_root (self->edge, &checkpoint.root);
  text = wb_checkpoint_format (&checkpoint);
  note = wb_note_sign (text, self->origin, self->keys->log_seed, error);
  if (note == NULL)
    return NULL;
  return wb_note_add_signature (note, author, self->keys->seed, error);
}

/**
 * wb_register_checkpoint:
 * @self: an open register
 * @error: return location for an error
 *
 * Signs where the log stands with the log's key, and with the user's for the acts since the last
 * one; a checkpoint of the same size is not signed twice.
 *
 * Returns: (transfer full): a C2SP tlog-checkpoint
 */
char *
wb_register_checkpoint (WbRegister *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *note = NULL;
  guint64 size = 0;

  note = wb_log_store_get_checkpoint (self->db, &size, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (note != NULL && size == self->size)
    return g_steal_pointer (&note);
  g_clear_pointer (&note, g_free);
  note = sign_checkpoint (self, error);
  if (note == NULL || !wb_log_store_add_checkpoint (self->db, self->size, note, error))
    return NULL;
  return g_steal_pointer (&note);
}

void
wb_log_row_free (WbLogRow *self)
{
  if (self == NULL)
    return;
  g_free (self->author);
  g_free (self->event);
  g_free (self->record_type);
  g_free (self->record_reference);
  g_free (self->case_reference);
  g_strfreev (self->fields);
  g_free (self->rule);
  g_free (self);
}

static char *
read_rule (WbRegister *self, guint64 number)
{
  g_autoptr (JsonNode) value = wb_register_read_logged (self, number, WB_ACT_DETAIL);

  return value != NULL && JSON_NODE_HOLDS_VALUE (value) &&
                 json_node_get_value_type (value) == G_TYPE_STRING
             ? json_node_dup_string (value)
             : NULL;
}

/* The reference of a record, its UUID where it has none (a user, the body). */
static char *
reference_of (WbRegister *self, const char *id)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (self->db, id, NULL);

  return g_strdup (row != NULL ? row->reference : id);
}

static WbLogRow *
make_log_row (WbRegister *self, const WbAct *act, GError **error)
{
  WbLogRow *row = g_new0 (WbLogRow, 1);

  row->number = act->number;
  row->time = act->time;
  row->author = wb_user_store_get_name (self->db, act->author, NULL);
  if (row->author == NULL)
    row->author = g_strdup (act->author);
  row->event = g_strdup (act->event);
  row->record_type = g_strdup (act->type);
  row->record_reference = reference_of (self, act->record);
  row->case_reference = act->case_id != NULL ? reference_of (self, act->case_id) : NULL;
  row->fields = wb_log_store_list_names (self->db, act->number, error);
  if (g_str_equal (act->event, "refused"))
    row->rule = read_rule (self, act->number);
  return row;
}

/**
 * wb_register_list_log:
 * @self: an open register
 * @reference: (nullable): only acts on this case (all of its records) or on this record
 * @from: first entry's number
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbLogRow): who did what when, without values
 */
GPtrArray *
wb_register_list_log (WbRegister *self,
                      const char *reference,
                      guint64 from,
                      guint limit,
                      GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_log_row_free);
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (WbRecordRow) of = NULL;

  if (reference != NULL) {
    of = wb_register_find_row (self, reference, error);
    if (of == NULL)
      return NULL;
  }
  acts = wb_log_store_list_acts (self->db,
                                 of != NULL && g_str_equal (of->type, "case") ? of->id : NULL,
                                 of != NULL ? of->id : NULL,
                                 from,
                                 limit,
                                 error);
  if (acts == NULL)
    return NULL;
  for (guint i = 0; i < acts->len; i++)
    g_ptr_array_add (rows, make_log_row (self, g_ptr_array_index (acts, i), NULL));
  return g_steal_pointer (&rows);
}

/**
 * wb_log_event_to_words:
 * @event: an event of the log, such as "changed"
 *
 * Returns: (transfer none): the same in the user's language; @event itself where it is unknown
 */
const char *
wb_log_event_to_words (const char *event)
{
  static const struct {
    const char *event, *words;
  } WORDS[] = {
    { "created", N_ ("recorded") },
    { "changed", N_ ("changed") },
    { "decided", N_ ("decided") },
    { "consulted", N_ ("read") },
    { "exported", N_ ("exported") },
    { "export-failed", N_ ("export failed") },
    { "refused", N_ ("refused") },
    { "attached", N_ ("attached") },
    { "printed", N_ ("printed") },
    { "erased", N_ ("erased") },
    { "backed-up", N_ ("backed up") },
    { "restored", N_ ("put back from a backup") },
    { "rehearsed", N_ ("rehearsed its recovery") },
    { "list-exported", N_ ("exported as a list of cases") },
    { "witnessed", N_ ("checkpoint kept and cosigned") },
    { "cosigned", N_ ("cosigned by another body") },
    { "imported", N_ ("taken in") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++) {
    if (g_str_equal (WORDS[i].event, event))
      return _ (WORDS[i].words);
  }
  return event;
}

/* An act on the register itself has no reference, where the settings of the body have one. */
static gboolean
is_of_register (const WbLogRow *self)
{
  return g_str_equal (self->record_type, "body") && wb_uuid_is_valid (self->record_reference);
}

/* Records that the program itself keeps. */
static const char *
system_type_words (const char *type)
{
  if (g_str_equal (type, "body"))
    return _ ("Register");
  return g_str_equal (type, "user") ? _ ("User") : type;
}

/**
 * wb_log_row_to_words:
 * @self: a row of the log
 * @model: for the labels of types and fields
 * @zone: for the time
 * @language: of labels and dates
 *
 * Returns: (transfer full): one line: "Fri 13 Nov 2026 14:30, anna: Allegation …/A-1 changed
 * (Place, Time)"
 */
char *
wb_log_row_to_words (const WbLogRow *self,
                     const WbModel *model,
                     const WbZone *zone,
                     WbLanguage language)
{
  const WbRecordType *type =
      is_of_register (self) ? NULL : wb_model_find_type (model, self->record_type);
  g_autofree char *time = wb_format_instant (self->time, zone, language);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; self->fields != NULL && self->fields[i] != NULL; i++) {
    const WbField *field = type != NULL ? wb_record_type_find_field (type, self->fields[i]) : NULL;

    if (field != NULL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : " (", field->label[language]);
  }
  if (names->len > 0)
    g_string_append_c (names, ')');
  if (self->rule != NULL)
    g_string_append_printf (names, _ (" (rule %s)"), self->rule);
  return g_strdup_printf ("%s, %s: %s%s%s %s%s",
                          time,
                          self->author,
                          type != NULL ? type->label[language]
                                       : system_type_words (self->record_type),
                          type != NULL ? " " : "",
                          type != NULL ? self->record_reference : "",
                          wb_log_event_to_words (self->event),
                          names->str);
}
