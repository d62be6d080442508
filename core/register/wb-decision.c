/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Decisions of two persons. That they are two is a matter of keys: the author of the proposal and
 * the author of the act "decided". The projection judges it again, so that an entry which a changed
 * program wrote has no effect.
 */
#include "wb-decision-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-guard-private.h"
#include "wb-i18n.h"
#include "wb-json.h"

static const char *const SET_BY_SECOND[] = { "state", "decided_by", "decided_on" };

void
wb_decided_free (WbDecided *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->reference);
  g_free (self->kind);
  g_free (self->rule);
  g_free (self->recipient);
  g_clear_pointer (&self->values, json_object_unref);
  g_free (self);
}

/**
 * wb_decision_fill_in:
 * @type: record type
 * @fields: of a new record; changed
 *
 * What is made is a proposal, whoever makes it.
 */
void
wb_decision_fill_in (const WbRecordType *type, JsonObject *fields)
{
  if (g_str_equal (type->name, WB_DECISION))
    json_object_set_string_member (fields, "state", WB_DECISION_PROPOSED);
}

static const char *
state_of (const WbRecordRow *row, JsonObject **ret_values)
{
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);

  *ret_values = doc != NULL ? wb_doc_values (doc) : json_object_new ();
  return json_object_get_string_member_with_default (*ret_values, "state", WB_DECISION_PROPOSED);
}

static void
drop_members (JsonObject *act, gboolean keep_second)
{
  g_autoptr (GList) names = json_object_get_members (act);

  for (GList *l = names; l != NULL; l = l->next) {
    gboolean second = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (SET_BY_SECOND); i++)
      second = second || g_str_equal (l->data, SET_BY_SECOND[i]);
    if (second != keep_second)
      json_object_remove_member (act, l->data);
  }
}

/**
 * wb_decision_takes_effect:
 * @entry: an act on a record
 * @act: its lines; what it may not set is taken out
 * @row: the record as it stood before; without key where it is new
 *
 * A proposal is made once and never changed; it is decided once, by another key than the one that
 * made it. All else is in the log and has no effect.
 *
 * Returns: whether the projection changes
 */
gboolean
wb_decision_takes_effect (const WbEntry *entry, JsonObject *act, const WbRecordRow *row)
{
  gboolean decided = g_str_equal (entry->event, WB_EVENT_DECIDED);
  g_autoptr (JsonObject) values = NULL;
  const char *state;

  if (!g_str_equal (entry->record_type, WB_DECISION))
    return !decided;
  if (!decided) {
    drop_members (act, FALSE);
    json_object_set_string_member (act, "state", WB_DECISION_PROPOSED);
    return row->key == 0;
  }
  if (row->key == 0 || g_str_equal (row->author, entry->author) ||
      !g_str_equal (state_of (row, &values), WB_DECISION_PROPOSED))
    return FALSE;
  drop_members (act, TRUE);
  state = wb_json_get_text (act, "state");
  return g_strcmp0 (state, WB_DECISION_CONFIRMED) == 0 ||
         g_strcmp0 (state, WB_DECISION_REJECTED) == 0;
}

/* The entry that set a field, or 0. */
static guint64
entry_of (JsonObject *doc, const char *name)
{
  JsonObject *member =
      json_object_has_member (doc, name) ? json_object_get_object_member (doc, name) : NULL;

  return member != NULL ? (guint64) json_object_get_int_member_with_default (member, "entry", 0)
                        : 0;
}

/**
 * wb_decided_from_row:
 * @reg: an open register
 * @row: any record
 *
 * Returns: (transfer full) (nullable): the decision, where it was confirmed
 */
WbDecided *
wb_decided_from_row (WbRegister *reg, const WbRecordRow *row)
{
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
  g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;
  WbDecided *decided;

  if (values == NULL || !g_str_equal (row->type, WB_DECISION) ||
      g_strcmp0 (wb_json_get_text (values, "state"), WB_DECISION_CONFIRMED) != 0)
    return NULL;
  decided = g_new0 (WbDecided, 1);
  decided->id = g_strdup (row->id);
  decided->reference = g_strdup (row->reference);
  decided->kind = g_strdup (wb_json_get_text (values, "kind"));
  decided->rule = g_strdup (wb_json_get_text (values, "rule"));
  decided->recipient = g_strdup (wb_json_get_text (values, "recipient"));
  decided->does = g_strcmp0 (wb_json_get_text (values, "choice"), "decisionchoice.do") == 0;
  decided->decided_entry = entry_of (doc, "state");
  decided->values = g_steal_pointer (&values);
  return decided;
}

static gboolean
add_decided (GPtrArray *list, WbRegister *reg, const WbRecordRow *row)
{
  WbDecided *decided = wb_decided_from_row (reg, row);

  for (guint i = 0; decided != NULL && i < list->len; i++) {
    if (g_str_equal (((WbDecided *) g_ptr_array_index (list, i))->id, decided->id))
      g_clear_pointer (&decided, wb_decided_free);
  }
  if (decided != NULL)
    g_ptr_array_add (list, decided);
  return decided != NULL;
}

static gboolean
names_nothing (const WbRecordRow *row)
{
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);

  return doc != NULL && !json_object_has_member (doc, "about");
}

/* Those that name it in "about". */
static gboolean
add_pointing (GPtrArray *list, WbRegister *reg, const char *about, GError **error)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, about, error);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    g_autoptr (WbRecordRow) row = NULL;

    if (!g_str_equal (link->field, "about"))
      continue;
    row = wb_record_store_find (reg->db, link->source, NULL);
    if (row != NULL)
      add_decided (list, reg, row);
  }
  return links != NULL;
}

/* Those made in a case that name nothing. */
static gboolean
add_of_case (GPtrArray *list, WbRegister *reg, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);

    if (g_str_equal (row->type, WB_DECISION) && !g_str_equal (row->id, case_id) &&
        names_nothing (row))
      add_decided (list, reg, row);
  }
  return rows != NULL;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  guint64 first = (*(WbDecided *const *) a)->decided_entry;
  guint64 second = (*(WbDecided *const *) b)->decided_entry;

  return first < second ? 1 : first > second ? -1 : 0;
}

/**
 * wb_decided_list_about:
 * @reg: an open register
 * @about: UUIDs of records, %NULL-terminated
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDecided): what two persons decided about any of them,
 * newest first
 */
GPtrArray *
wb_decided_list_about (WbRegister *reg, const char *const *about, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_decided_free);

  for (guint i = 0; about[i] != NULL; i++) {
    if (!add_pointing (list, reg, about[i], error) || !add_of_case (list, reg, about[i], error))
      return NULL;
  }
  g_ptr_array_sort (list, compare_newest);
  return g_steal_pointer (&list);
}

static gboolean
refuse (WbRegister *self,
        const WbRecordRow *row,
        const char *rule,
        const char *sentence,
        GError **error)
{
  return wb_guard_refuse (self,
                          row->type,
                          row->id,
                          wb_record_row_get_case (row),
                          rule,
                          "OPCAT 21(2); Sv 162",
                          sentence,
                          error);
}

/* Somebody whom the proposer could have made up for the purpose does not count. */
static gboolean
was_user_before (WbRegister *self, WbInstant proposed)
{
  g_autoptr (GPtrArray) users = wb_user_store_list (self->db, NULL);

  for (guint i = 0; users != NULL && i < users->len; i++) {
    const WbUserRow *user = g_ptr_array_index (users, i);

    if (g_str_equal (user->fingerprint, self->fingerprint))
      return user->added <= proposed;
  }
  return FALSE;
}

static gboolean
check_second (WbRegister *self, const WbRecordRow *row, GError **error)
{
  g_autoptr (JsonObject) values = NULL;
  const char *state = state_of (row, &values);

  if (!g_str_equal (state, WB_DECISION_PROPOSED))
    return refuse (self,
                   row,
                   "decided-once",
                   _ ("The decision has not been taken yet; a new one is proposed anew."),
                   error);
  if (g_str_equal (row->author, self->fingerprint))
    return refuse (self,
                   row,
                   "two-persons",
                   _ ("Somebody else than who proposed it decides, with a key of their own."),
                   error);
  if (!was_user_before (self, row->created))
    return refuse (self,
                   row,
                   "two-persons",
                   _ ("Who decides was a user of the register before it was proposed."),
                   error);
  return TRUE;
}

static gboolean
append_decided (WbRegister *self,
                const WbRecordRow *row,
                gboolean approve,
                const char *reason,
                GError **error)
{
  g_autoptr (WbActDraft) draft =
      wb_act_draft_new (row->type, row->id, wb_record_row_get_case (row), WB_EVENT_DECIDED);
  WbInstant time = wb_register_next_time (self);
  g_autofree char *now = wb_register_format_stamp (self, time);

  wb_act_draft_add_text (draft, "state", approve ? WB_DECISION_CONFIRMED : WB_DECISION_REJECTED);
  wb_act_draft_add_text (draft, "decided_by", self->keys->user);
  wb_act_draft_add_text (draft, "decided_on", now);
  wb_act_draft_add_text (draft, WB_ACT_REASON, reason);
  return wb_register_append (self, draft, time, error);
}

WbRecord *
wb_register_decide_within (WbRegister *self,
                           const char *reference,
                           gboolean approve,
                           const char *reason,
                           GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (WbRecordRow) after = NULL;

  if (row == NULL)
    return NULL;
  if (!g_str_equal (row->type, WB_DECISION)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is no decision: record a decision first, and let another user decide it."),
                 row->reference);
    return NULL;
  }
  if (!wb_register_check_reason (reason, error) || !check_second (self, row, error) ||
      !wb_guard_check_decide (self, row, reason, error) ||
      !append_decided (self, row, approve, reason, error))
    return NULL;
  after = wb_register_find_row (self, row->id, error);
  return after != NULL ? wb_record_from_row (after, error) : NULL;
}

/**
 * wb_register_decide:
 * @self: an open register
 * @reference: a decision that somebody else proposed
 * @approve: %TRUE confirms it, %FALSE rejects it
 * @reason: why; needed
 * @error: return location for an error; %WB_ERROR_REFUSED where it is the user's own proposal, or
 *   where it was decided before
 *
 * The second person's act, under the key with which the register was opened. A refused try is an
 * entry too.
 *
 * Returns: (transfer full): the decision as it stands
 */
WbRecord *
wb_register_decide (WbRegister *self,
                    const char *reference,
                    gboolean approve,
                    const char *reason,
                    GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  g_autoptr (WbRecord) record = NULL;

  if (change == NULL)
    return NULL;
  record = wb_register_decide_within (self, reference, approve, reason, error);
  if (record != NULL && wb_change_commit (change, error))
    return g_steal_pointer (&record);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}
