/* SPDX-License-Identifier: EUPL-1.2 */

/* Reading: records, lists, search, deadlines, drafts. Reading an identity is an act. */
#include "wb-case-filter-private.h"
#include "wb-clearance-private.h"
#include "wb-sealed-private.h"
#include "wb-search-words-private.h"

#include <string.h>

#include "wb-age.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"

/* What was read, and that something was asked for which is sealed for others. */
static gboolean
log_reading (WbRegister *self,
             const WbRecordRow *row,
             JsonObject *opened,
             gboolean refused,
             const char *reason,
             GError **error)
{
  const char *case_id = wb_record_row_get_case (row);
  g_autoptr (WbActDraft) draft = wb_act_draft_new (row->type, row->id, case_id, "consulted");
  g_autoptr (GList) names = json_object_get_members (opened);
  g_autoptr (JsonArray) read = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  if (refused) {
    wb_guard_note (self, row->type, row->id, case_id, WB_RULE_SEALED_READER);
    wb_register_log_refusal (self);
  }
  if (names == NULL)
    return TRUE;
  for (GList *l = names; l != NULL; l = l->next)
    json_array_add_string_element (read, l->data);
  node = json_node_init_array (json_node_alloc (), read);
  wb_act_draft_add (draft, WB_ACT_READ, node);
  wb_act_draft_add_text (draft, WB_ACT_REASON, reason);
  return wb_register_append_alone (self, draft, error);
}

/* What this user can read of it; the names of all else. */
static char **
open_apart (WbRegister *self, JsonObject *apart, gboolean identity, JsonObject *opened)
{
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, apart);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    JsonNode *plain = !identity              ? NULL
                      : wb_sealed_is (value) ? wb_sealed_open (self, value)
                                             : json_node_copy (value);

    if (plain != NULL)
      json_object_set_member (opened, name, plain);
    else
      g_strv_builder_add (hidden, name);
  }
  return g_strv_builder_end (hidden);
}

/* Of a document that is not for this user nothing is told but what is open. */
static void
hide_contents (WbRegister *self, WbRecord *record)
{
  const WbRecordType *type = wb_model_find_type (self->model, record->type);
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  g_autoptr (GList) names = NULL;

  if (wb_clearance_admits (self, record->type, record->fields, NULL))
    return;
  names = json_object_get_members (record->fields);
  g_strv_builder_addv (hidden, (const char **) record->hidden);
  for (GList *l = names; l != NULL; l = l->next) {
    const WbField *field = wb_record_type_find_field (type, l->data);

    if (field != NULL && field->sensitivity == WB_SENSITIVITY_OPEN)
      continue;
    g_strv_builder_add (hidden, l->data);
  }
  g_strfreev (record->hidden);
  record->hidden = g_strv_builder_end (hidden);
  for (guint i = 0; record->hidden[i] != NULL; i++) {
    if (json_object_has_member (record->fields, record->hidden[i]))
      json_object_remove_member (record->fields, record->hidden[i]);
  }
}

static WbRecord *
read_row (WbRegister *self,
          const WbRecordRow *row,
          gboolean identity,
          const char *reason,
          GError **error)
{
  g_autoptr (WbRecord) record = wb_record_from_row (row, error);
  g_autoptr (JsonObject) apart =
      record != NULL ? wb_sealed_load_apart (self, row->id, error) : NULL;
  g_autoptr (JsonObject) opened = json_object_new ();

  if (apart == NULL || (identity && !wb_guard_check_admitted (self, row, record->fields, error)))
    return NULL;
  record->hidden = open_apart (self, apart, identity, opened);
  if (identity && !log_reading (self, row, opened, record->hidden[0] != NULL, reason, error))
    return NULL;
  wb_doc_overlay (record->fields, opened);
  hide_contents (self, record);
  return g_steal_pointer (&record);
}

/**
 * wb_register_read:
 * @self: an open register
 * @reference: the record
 * @identity: whether to give names and sealed values too; that is an entry in the log, made first
 * @reason: (nullable): why the identity is asked for
 * @error: return location for an error
 *
 * Returns: (transfer full): the record; its hidden fields are named
 */
WbRecord *
wb_register_read (WbRegister *self,
                  const char *reference,
                  gboolean identity,
                  const char *reason,
                  GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);

  return row != NULL ? read_row (self, row, identity, reason, error) : NULL;
}

/**
 * wb_register_read_case:
 * @self: an open register
 * @reference: a case, or any record of it
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbRecord): the case, then its records in order of making;
 *   a record that stands by itself alone
 */
GPtrArray *
wb_register_read_case (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) rows =
      row != NULL ? wb_record_store_list_of_case (self->db, row->case_id, error) : NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    const WbRecordRow *each = g_ptr_array_index (rows, i);
    WbRecord *record = read_row (self, each, FALSE, NULL, error);

    if (record == NULL)
      return NULL;
    g_ptr_array_insert (records, g_str_equal (each->type, "case") ? 0 : -1, record);
  }
  return g_steal_pointer (&records);
}

char *
wb_register_reference_of (WbRegister *self, const char *id)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (self->db, id, NULL);

  return g_strdup (row != NULL ? row->reference : id);
}

/**
 * wb_register_format_value:
 * @self: an open register
 * @field: the field
 * @value: its value
 * @language: of labels and dates
 *
 * Returns: (transfer full): the value as people read it
 */
char *
wb_register_format_value (WbRegister *self,
                          const WbField *field,
                          JsonNode *value,
                          WbLanguage language)
{
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  JsonArray *ids;

  if (field->type == WB_FIELD_RECORD && JSON_NODE_HOLDS_VALUE (value))
    return wb_register_reference_of (self, json_node_get_string (value));
  if (field->type != WB_FIELD_RECORDS || !JSON_NODE_HOLDS_ARRAY (value))
    return wb_model_format_value (self->model, field, value, self->zone, language);
  ids = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (ids); i++) {
    char *reference = wb_register_reference_of (self, json_array_get_string_element (ids, i));

    g_strv_builder_add (references, reference);
    g_free (reference);
  }
  all = g_strv_builder_end (references);
  return g_strjoinv (", ", all);
}

/**
 * wb_register_list_records:
 * @self: an open register
 * @type: record type of scope register or either
 * @offset: records to pass over
 * @limit: at most so many
 * @error: return location for an error; %WB_ERROR_INVALID for an unknown type
 *
 * Records of cases are read with their case.
 *
 * Returns: (transfer full) (element-type WbRecord): those of the type that stand by themselves, in
 *   order of making, without identities
 */
GPtrArray *
wb_register_list_records (WbRegister *self,
                          const char *type,
                          guint offset,
                          guint limit,
                          GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  g_autoptr (GPtrArray) rows = NULL;

  if (wb_register_find_type (self, type, error) == NULL)
    return NULL;
  rows = wb_record_store_list_standing (self->db, type, offset, limit, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    WbRecord *record = read_row (self, g_ptr_array_index (rows, i), FALSE, NULL, error);

    if (record == NULL)
      return NULL;
    g_ptr_array_add (records, record);
  }
  return g_steal_pointer (&records);
}

void
wb_case_row_free (WbCaseRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->status);
  g_free (self->urgency);
  g_free (self->site);
  g_free (self->received);
  g_free (self->next_rule);
  g_free (self->law_rule);
  g_free (self->target_rule);
  g_free (self);
}

static void
take_words (WbCaseListQuery *list, const WbSearchWords *words)
{
  list->rarest = wb_search_words_get_rarest (words);
  list->others = words->others;
  list->common = words->common;
}

/**
 * wb_register_count_cases:
 * @self: an open register
 * @query: what to count; its order does not matter
 * @ret_n: how many
 * @error: return location for an error
 */
gboolean
wb_register_count_cases (WbRegister *self, const WbCaseQuery *query, guint *ret_n, GError **error)
{
  g_autoptr (WbSearchWords) words = wb_search_words_new (self, query->words, error);
  g_autofree char *codes = NULL;
  WbCaseListQuery list = { .status = query->status, .urgency = query->urgency };

  if (words == NULL || !wb_case_filters_to_json (query->filters, &codes, error))
    return FALSE;
  take_words (&list, words);
  list.codes = codes;
  return wb_case_store_count (self->db, &list, ret_n, error);
}

static WbCaseOrder
order_of (WbCaseSort sort)
{
  static const WbCaseOrder ORDERS[] = {
    [WB_CASE_SORT_REFERENCE] = WB_CASE_ORDER_REFERENCE,
    [WB_CASE_SORT_RECEIVED] = WB_CASE_ORDER_RECEIVED,
    [WB_CASE_SORT_CHANGED] = WB_CASE_ORDER_CHANGED,
    [WB_CASE_SORT_NEXT_DEADLINE] = WB_CASE_ORDER_NEXT,
    [WB_CASE_SORT_URGENCY] = WB_CASE_ORDER_URGENCY,
    [WB_CASE_SORT_STATUS] = WB_CASE_ORDER_STATUS,
    [WB_CASE_SORT_LAW] = WB_CASE_ORDER_LAW,
    [WB_CASE_SORT_TARGET] = WB_CASE_ORDER_TARGET,
  };

  return ORDERS[sort];
}

static WbInstant
end_of (gint64 stored)
{
  return stored == G_MAXINT64 ? WB_INSTANT_NONE : stored;
}

static WbCaseRow *
make_case_row (const WbCaseListRow *row)
{
  WbCaseRow *made = g_new0 (WbCaseRow, 1);

  made->id = g_strdup (row->id);
  made->reference = g_strdup (row->reference);
  made->title = g_strdup (row->title);
  made->status = g_strdup (row->status);
  made->urgency = g_strdup (row->urgency);
  made->site = g_strdup (row->site);
  made->received = g_strdup (row->received);
  made->n_allegations = (guint) row->allegations;
  made->changed = row->changed;
  made->next_end = end_of (row->next_end);
  made->next_rule = g_strdup (row->next_rule);
  made->law_end = end_of (row->law.end);
  made->law_rule = g_strdup (row->law.rule);
  made->target_end = end_of (row->target.end);
  made->target_rule = g_strdup (row->target.rule);
  return made;
}

/**
 * wb_register_list_cases:
 * @self: an open register
 * @query: words, filter and order
 * @offset: rows to pass over
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbCaseRow): one page, without names
 */
GPtrArray *
wb_register_list_cases (WbRegister *self,
                        const WbCaseQuery *query,
                        guint offset,
                        guint limit,
                        GError **error)
{
  g_autoptr (WbSearchWords) words = wb_search_words_new (self, query->words, error);
  g_autofree char *codes = NULL;
  WbCaseListQuery list = { .status = query->status,
                           .urgency = query->urgency,
                           .order = order_of (query->sort),
                           .descending = query->descending };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_case_row_free);

  if (words == NULL || !wb_case_filters_to_json (query->filters, &codes, error))
    return NULL;
  take_words (&list, words);
  list.codes = codes;
  rows = wb_case_store_list (self->db, &list, offset, limit, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (cases, make_case_row (g_ptr_array_index (rows, i)));
  return g_steal_pointer (&cases);
}

typedef struct {
  WbEachCase each;
  gpointer user_data;
} Each;

static gboolean
give_row (const WbCaseListRow *row, gpointer user_data)
{
  const Each *each = user_data;
  WbCaseRow *made = make_case_row (row);
  gboolean on = each->each (made, each->user_data);

  wb_case_row_free (made);
  return on;
}

/**
 * wb_register_each_case:
 * @self: an open register
 * @query: words, filter and order
 * @each: called with each row; %FALSE stops, and is no error
 * @user_data: for @each
 * @error: return location for an error
 *
 * As wb_register_list_cases() with all rows, of which one is in memory at a time. @each must not
 * act on the register.
 */
gboolean
wb_register_each_case (WbRegister *self,
                       const WbCaseQuery *query,
                       WbEachCase each,
                       gpointer user_data,
                       GError **error)
{
  g_autoptr (WbSearchWords) words = wb_search_words_new (self, query->words, error);
  g_autofree char *codes = NULL;
  WbCaseListQuery list = { .status = query->status,
                           .urgency = query->urgency,
                           .order = order_of (query->sort),
                           .descending = query->descending };
  Each given = { each, user_data };

  if (words == NULL || !wb_case_filters_to_json (query->filters, &codes, error))
    return FALSE;
  take_words (&list, words);
  list.codes = codes;
  return wb_case_store_each (self->db, &list, give_row, &given, error);
}

void
wb_hit_free (WbHit *self)
{
  if (self == NULL)
    return;
  g_free (self->record_id);
  g_free (self->type);
  g_free (self->reference);
  g_free (self->case_reference);
  g_free (self->snippet);
  g_free (self);
}

static gboolean
is_admitted (WbRegister *self, const WbSearchRow *row)
{
  g_autoptr (JsonObject) values = wb_clearance_is_document (self, row->type)
                                      ? wb_register_load_values (self, row->record_id, NULL)
                                      : NULL;

  return values == NULL || wb_clearance_admits (self, row->type, values, NULL);
}

/**
 * wb_register_search:
 * @self: an open register
 * @words: what to look for; each word as the beginning of a word, accents do not matter
 * @limit: at most so many
 * @error: return location for an error
 *
 * Names and sealed values are not searched.
 *
 * Returns: (transfer full) (element-type WbHit): newest first
 */
GPtrArray *
wb_register_search (WbRegister *self, const char *words, guint limit, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_hit_free);
  g_autoptr (WbSearchWords) wanted = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *match = NULL;

  if (!wb_text_check (words, strlen (words), error))
    return NULL;
  wanted = wb_search_words_new (self, words, error);
  if (wanted == NULL)
    return NULL;
  if (wb_search_words_get_rarest (wanted) == NULL)
    return g_steal_pointer (&hits);
  match = wb_search_words_match_all (wanted);
  rows = wb_record_store_search (self->db, match, limit, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    WbSearchRow *row = g_ptr_array_index (rows, i);
    WbHit *hit;

    if (!is_admitted (self, row))
      continue;
    hit = g_new0 (WbHit, 1);
    hit->record_id = g_strdup (row->record_id);
    hit->type = g_strdup (row->type);
    hit->reference = g_strdup (row->reference);
    if (g_str_equal (row->type, "case") || !g_str_equal (row->case_id, row->record_id))
      hit->case_reference = wb_register_reference_of (self, row->case_id);
    hit->snippet = g_strdup (row->snippet);
    g_ptr_array_add (hits, hit);
  }
  return g_steal_pointer (&hits);
}

/**
 * wb_register_save_draft:
 * @self: an open register
 * @key: which form
 * @content: (nullable): what it holds; %NULL drops the draft
 * @error: return location for an error
 *
 * Drafts are the user's own, encrypted with the store, and no act.
 */
gboolean
wb_register_save_draft (WbRegister *self, const char *key, JsonObject *content, GError **error)
{
  g_autofree char *text = content != NULL ? wb_doc_format (content) : NULL;

  return wb_draft_store_put (self->db, self->keys->user, key, text, wb_clock_now (), error);
}

/**
 * wb_register_load_draft:
 * @self: an open register
 * @key: which form
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was saved; %NULL without @error where nothing was
 */
JsonObject *
wb_register_load_draft (WbRegister *self, const char *key, GError **error)
{
  g_autofree char *text = wb_draft_store_get (self->db, self->keys->user, key, error);

  return text != NULL ? wb_doc_parse (text, error) : NULL;
}

char **
wb_register_list_drafts (WbRegister *self, GError **error)
{
  return wb_draft_store_list (self->db, self->keys->user, error);
}
