/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * From the log to what a person sees. Everything here is computed from an entry and its lines
 * alone, so that rebuilding gives the same; nothing else writes to a projection.
 */
#include "wb-case-filter-private.h"
#include "wb-clock-work-private.h"
#include "wb-decision-private.h"
#include "wb-erasure-private.h"
#include "wb-fact-private.h"
#include "wb-merge-private.h"
#include "wb-own-term.h"
#include "wb-source-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define RANK_NONE 99 /* sorts after every term of the vocabulary */

/**
 * wb_projection_version:
 * @reg: a register
 *
 * Returns: (transfer full): changes when projections must be computed anew
 */
char *
wb_projection_version (WbRegister *reg)
{
  const WbFigureModel *figures = wb_figure_model_get_default (NULL);

  return g_strdup_printf (WB_PROJECTION_VERSION " %s %s %s",
                          wb_model_get_version (reg->base_model),
                          wb_rules_get_version (reg->rules),
                          figures != NULL ? wb_figure_model_get_version (figures) : "-");
}

/* The lines of an entry as {name: value}; erased ones are left out. */
static JsonObject *
read_lines (GPtrArray *lines, GError **error)
{
  g_autoptr (JsonObject) values = json_object_new ();

  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    JsonNode *value = NULL;

    if (line == NULL)
      continue;
    if (!wb_disclosure_parse (line, strlen (line), &name, &value, error))
      return NULL;
    json_object_set_member (values, name, value);
  }
  return g_steal_pointer (&values);
}

static gboolean
save_apart (WbRegister *reg, const char *id, JsonObject *apart, GError **error)
{
  g_autofree char *text = wb_doc_format (apart);

  return wb_record_store_put_identity (reg->db, id, text, error);
}

static gboolean
load_apart (WbRegister *reg, const char *id, JsonObject **ret_doc, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = wb_record_store_get_identity (reg->db, id, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  *ret_doc = text != NULL ? wb_doc_parse (text, error) : json_object_new ();
  return *ret_doc != NULL;
}

/* What full-text search finds the record by: its reference and its words in both languages. */
static gboolean
index_record (WbRegister *reg,
              const WbRecordType *type,
              const WbRecordRow *row,
              JsonObject *doc,
              GError **error)
{
  g_autoptr (GString) text = g_string_new (row->reference);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, doc);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    const WbField *field = wb_record_type_find_field (type, name);
    JsonNode *value = json_object_get_member (json_node_get_object (member), "value");
    g_autofree char *nl = NULL;
    g_autofree char *en = NULL;

    if (JSON_NODE_HOLDS_NULL (value))
      continue;
    nl = wb_register_format_value (reg, field, value, WB_LANGUAGE_NL);
    en = wb_register_format_value (reg, field, value, WB_LANGUAGE_EN);
    g_string_append_printf (text, "\n%s", nl);
    if (!g_str_equal (nl, en))
      g_string_append_printf (text, "\n%s", en);
  }
  return wb_record_store_index (reg->db, row->key, text->str, error);
}

/* "NL-INSP-2026-0001" belongs to the series "case 2026", "…/A-1" to its case and type,
 * "NL-INSP-V-1" to those of its type that stand by themselves. */
static char *
series_of (const WbEntry *entry, const char *reference, gint64 *ret_ordinal)
{
  const char *dash = strrchr (reference, '-');

  *ret_ordinal = dash != NULL ? g_ascii_strtoll (dash + 1, NULL, 10) : 0;
  if (g_str_equal (entry->record_type, "case"))
    return g_strdup_printf ("case %.*s", (int) (dash != NULL ? dash - reference : 0), reference);
  if (entry->case_id == NULL)
    return g_strdup_printf ("register %s", entry->record_type);
  return g_strdup_printf ("%s %s", entry->record_type, entry->case_id);
}

static WbRecordRow *
new_row (const WbEntry *entry, JsonObject *act)
{
  WbRecordRow *row = g_new0 (WbRecordRow, 1);
  const char *reference = json_object_get_string_member_with_default (act, WB_ACT_REFERENCE, "");

  row->id = g_strdup (entry->record_id);
  row->type = g_strdup (entry->record_type);
  row->case_id = g_strdup (entry->case_id != NULL ? entry->case_id : entry->record_id);
  row->reference = g_strdup (*reference != '\0' ? reference : entry->record_id);
  row->series = series_of (entry, row->reference, &row->ordinal);
  row->first_entry = row->last_entry = entry->number;
  row->created = row->changed = entry->time;
  row->author = g_strdup (entry->author);
  row->doc = g_strdup ("{}");
  return row;
}

static JsonObject *
load_doc_values (WbRegister *reg, const char *id)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);
  g_autoptr (JsonObject) doc = row != NULL ? wb_doc_parse (row->doc, NULL) : NULL;

  return doc != NULL ? wb_doc_values (doc) : json_object_new ();
}

JsonObject *
wb_register_load_values (WbRegister *self, const char *id, GError **error)
{
  return load_doc_values (self, id);
}

/* Order of a vocabulary is the order people think in: critical first, or the way of a case. */
static gint64
rank_of (WbRegister *reg, const char *vocabulary, const char *code)
{
  g_autoptr (GPtrArray) terms = wb_model_list_terms (reg->model, vocabulary);

  for (guint i = 0; code != NULL && i < terms->len; i++) {
    if (g_str_equal (((const WbTerm *) g_ptr_array_index (terms, i))->code, code))
      return i;
  }
  return RANK_NONE;
}

static void
take_allegation (WbRegister *reg, JsonObject *values, WbCaseListRow *row)
{
  const char *urgency = json_object_get_string_member_with_default (values, "urgency", NULL);
  const char *site = json_object_get_string_member_with_default (values, "site", NULL);
  gint64 rank = rank_of (reg, "urgency", urgency);
  g_autoptr (WbMoment) received = NULL;

  row->allegations++;
  if (rank < row->urgency_rank) {
    row->urgency_rank = rank;
    g_free (row->urgency);
    row->urgency = g_strdup (urgency);
  }
  if (row->site == NULL)
    row->site = g_strdup (site);
  if (json_object_has_member (values, "received"))
    received = wb_moment_parse (json_object_get_member (values, "received"), reg->zone, NULL);
  if (received != NULL && received->precision != WB_PRECISION_UNKNOWN) {
    g_autofree char *date = wb_date_format (received->earliest_date);

    if (row->received == NULL || strcmp (date, row->received) < 0) {
      g_free (row->received);
      row->received = g_steal_pointer (&date);
    }
  }
}

/* What ends first: by law, of the body's own targets, and of both. */
static gboolean
take_next (WbRegister *reg, WbCaseListRow *row, GError **error)
{
  const WbNextEnd *first;

  if (!wb_deadline_store_next (reg->db,
                               row->id,
                               reg->bars,
                               reg->own_rules,
                               reg->watched,
                               &row->law,
                               &row->target,
                               error))
    return FALSE;
  first = row->law.end <= row->target.end ? &row->law : &row->target;
  row->next_end = first->end;
  row->next_rule = g_strdup (first->rule);
  return TRUE;
}

gboolean
wb_projection_refresh_case (WbRegister *reg, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) records = wb_record_store_list_of_case (reg->db, case_id, error);
  g_autoptr (WbCaseListRow) row = g_new0 (WbCaseListRow, 1);
  g_autoptr (JsonArray) codes = json_array_new ();

  if (records == NULL)
    return FALSE;
  row->id = g_strdup (case_id);
  row->urgency_rank = RANK_NONE;
  for (guint i = 0; i < records->len; i++) {
    const WbRecordRow *record = g_ptr_array_index (records, i);
    g_autoptr (JsonObject) doc = wb_doc_parse (record->doc, error);
    g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;

    if (values == NULL)
      return FALSE;
    row->changed = MAX (row->changed, record->changed);
    wb_case_codes_take (codes, record->type, values);
    if (g_str_equal (record->type, "allegation"))
      take_allegation (reg, values, row);
    if (!g_str_equal (record->type, "case"))
      continue;
    row->reference = g_strdup (record->reference);
    row->title = g_strdup (json_object_get_string_member_with_default (values, "title", NULL));
    row->status = g_strdup (
        json_object_get_string_member_with_default (values, "status", "status.registered"));
    row->status_rank = rank_of (reg, "status", row->status);
  }
  if (row->reference == NULL)
    return TRUE; /* its case was set aside */
  wb_merge_take_receipt (reg, case_id, &row->received);
  if (row->received == NULL) {
    WbLocal local = wb_zone_to_local (reg->zone, row->changed);
    row->received = wb_date_format (local.date);
  }
  wb_case_codes_add (codes, "status", row->status);
  if (row->urgency != NULL)
    wb_case_codes_add (codes, "urgency", row->urgency);
  return take_next (reg, row, error) && wb_case_store_put (reg->db, row, error) &&
         wb_case_codes_save (reg, case_id, codes, error);
}

/* (nullable): a text in a document */
static char *
value_of (JsonObject *doc, const char *name)
{
  JsonObject *member =
      json_object_has_member (doc, name) ? json_object_get_object_member (doc, name) : NULL;

  return member != NULL
             ? g_strdup (json_object_get_string_member_with_default (member, "value", NULL))
             : NULL;
}

/* Clocks and counts are for what our own body works on. */
static gboolean
project_work (WbRegister *reg,
              const WbEntry *entry,
              JsonObject *act,
              WbRecordRow *row,
              const char *before,
              GError **error)
{
  if (!wb_foreign_is_ours (reg, row))
    return TRUE;
  return g_str_equal (entry->event, WB_ERASED_EVENT) ||
         wb_projection_count (reg, entry, row, act, before, error);
}

static gboolean
project_record (WbRegister *reg,
                const WbEntry *entry,
                JsonObject *act,
                const WbSource *source,
                WbRecordRow *row,
                GError **error)
{
  const WbRecordType *type = wb_model_find_type (reg->model, entry->record_type);
  gboolean is_new = row->key == 0;
  g_autofree char *before = g_strdup (row->doc);
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, error);
  g_autoptr (JsonObject) apart = NULL;
  g_autoptr (JsonObject) effect = NULL;
  g_autofree char *merged_into = NULL;
  gboolean held_apart;

  if (doc == NULL || !load_apart (reg, row->id, &apart, error))
    return FALSE;
  held_apart = json_object_get_size (apart) > 0;
  merged_into = value_of (doc, "merged_into");
  effect = wb_doc_merge (reg, type, act, entry, source, doc, apart);
  g_free (row->doc);
  row->doc = wb_doc_format (doc);
  row->last_entry = entry->number;
  row->changed = MAX (row->changed, entry->time);
  if (!(is_new ? wb_record_store_insert (reg->db, row, error)
               : wb_record_store_update (reg->db, row, error)))
    return FALSE;
  /* Also where the last name was cleared: else the old one would stay. */
  if ((held_apart || json_object_get_size (apart) > 0) && !save_apart (reg, row->id, apart, error))
    return FALSE;
  return index_record (reg, type, row, doc, error) &&
         wb_projection_apply_links (reg, type, row->id, effect, error) &&
         (!wb_foreign_is_ours (reg, row) ||
          wb_projection_apply_clocks (reg, entry, effect, row, error)) &&
         wb_occurrence_project (reg, row, doc, error) &&
         (entry->case_id == NULL || (wb_projection_refresh_case (reg, row->case_id, error) &&
                                     wb_merge_refresh (reg, row, merged_into, error))) &&
         project_work (reg, entry, effect, row, before, error);
}

/**
 * wb_projection_reset:
 * @reg: an open register, within a WbChange
 * @entry: the act that leaves no more of the record than @values
 * @row: the record as it stood; changed
 * @values: its fields from now on
 * @error: return location for an error
 */
gboolean
wb_projection_reset (WbRegister *reg,
                     const WbEntry *entry,
                     WbRecordRow *row,
                     JsonObject *values,
                     GError **error)
{
  WbEntry as_if = *entry;

  if (!wb_record_store_forget (reg->db, row->id, error))
    return FALSE;
  as_if.record_type = row->type;
  as_if.record_id = row->id;
  g_free (row->doc);
  row->doc = g_strdup ("{}");
  return project_record (reg, &as_if, values, NULL, row, error);
}

static gboolean
refuse_type (const WbEntry *entry, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("Its record type “%s” is unknown to this version of Waarborg."),
               entry->record_type);
  return FALSE;
}

/* The row that an entry is about; @ret_row stays NULL where it says nothing of one. */
static gboolean
find_row (WbRegister *reg,
          const WbEntry *entry,
          JsonObject *act,
          const WbSource *source,
          WbRecordRow **ret_row,
          GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, entry->record_id, &problem);
  gboolean made = g_str_equal (entry->event, "created");
  gboolean named = made && json_object_has_member (act, WB_ACT_REFERENCE);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (row == NULL && !made && source == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("It changes a record that was never made."));
    return FALSE;
  }
  if (row == NULL)
    row = new_row (entry, act);
  else if (source != NULL && named) {
    g_free (row->series);
    row->series =
        series_of (entry, json_object_get_string_member (act, WB_ACT_REFERENCE), &row->ordinal);
  }
  if (source != NULL && (named || row->key == 0) &&
      !wb_foreign_name_row (reg, source, act, row, error))
    return FALSE;
  *ret_row = g_steal_pointer (&row);
  return TRUE;
}

static gboolean
project_model_record (WbRegister *reg,
                      const WbEntry *entry,
                      JsonObject *act,
                      const WbSource *source,
                      GError **error)
{
  g_autoptr (WbRecordRow) row = NULL;

  if (source == NULL && g_str_equal (entry->event, WB_EVENT_RECOUNTED))
    return wb_projection_apply_clocks (reg, entry, act, NULL, error);
  if (source == NULL && g_str_equal (entry->event, WB_ERASED_EVENT))
    return wb_erasure_project (reg, entry, act, error);
  if (!g_str_equal (entry->event, "created") && !g_str_equal (entry->event, "changed") &&
      !g_str_equal (entry->event, WB_EVENT_DECIDED))
    return TRUE; /* reading, exporting and refusing change nothing */
  if (!find_row (reg, entry, act, source, &row, error))
    return FALSE;
  if (!wb_decision_takes_effect (entry, act, row))
    return TRUE;
  return project_record (reg, entry, act, source, row, error);
}

/* An entry of another log that was taken in. */
static gboolean
project_foreign (WbRegister *reg, const WbEntry *entry, JsonObject *act, GError **error)
{
  g_autoptr (WbSource) source = NULL;
  gboolean project;
  WbEntry as_if;

  if (!wb_foreign_project (reg, entry, act, &as_if, &source, &project, error))
    return FALSE;
  if (!project)
    return TRUE;
  if (wb_model_find_type (reg->model, entry->record_type) != NULL)
    return project_model_record (reg, &as_if, act, source, error);
  return refuse_type (entry, error);
}

static gboolean
project_user (WbRegister *reg, const WbEntry *entry, JsonObject *act, GError **error)
{
  WbUserRow row = { 0 };

  if (!g_str_equal (entry->event, "created"))
    return TRUE;
  row.fingerprint = (char *) json_object_get_string_member_with_default (act, "fingerprint", NULL);
  row.name = (char *) json_object_get_string_member_with_default (act, "name", NULL);
  row.public_key = (char *) json_object_get_string_member_with_default (act, "public_key", NULL);
  row.recipient = (char *) json_object_get_string_member_with_default (act, "recipient", NULL);
  row.added = entry->time;
  return wb_user_store_add (reg->db, &row, error);
}

static gboolean
add_act (WbRegister *reg, const WbEntry *entry, GError **error)
{
  WbAct act = { entry->number,      entry->time,      entry->author, entry->event,
                entry->record_type, entry->record_id, entry->case_id };

  return wb_log_store_add_act (reg->db, &act, error);
}

/* The entry that founds the register names the body; the body's settings are a record like others.
 */
static gboolean
is_founding (const WbEntry *entry, JsonObject *act)
{
  return g_str_equal (entry->record_type, "body") && g_str_equal (entry->event, "created") &&
         !json_object_has_member (act, WB_ACT_REFERENCE);
}

/**
 * wb_projection_apply:
 * @reg: an open register, within a WbChange
 * @entry: the entry
 * @lines: (element-type utf8): its disclosure lines, %NULL where erased
 * @error: return location for an error
 *
 * Carries one entry into the projections.
 */
gboolean
wb_projection_apply (WbRegister *reg, const WbEntry *entry, GPtrArray *lines, GError **error)
{
  g_autoptr (JsonObject) act = read_lines (lines, error);

  wb_own_terms_refresh (reg);
  if (act == NULL || !add_act (reg, entry, error))
    return FALSE;
  if (g_str_equal (entry->event, WB_EVENT_IMPORTED) && !g_str_equal (entry->record_type, "log"))
    return project_foreign (reg, entry, act, error);
  if (wb_own_term_is_type (entry->record_type))
    reg->model_stale = reg->model_touched = TRUE;
  if (g_str_equal (entry->record_type, "user"))
    return project_user (reg, entry, act, error);
  if (g_str_equal (entry->record_type, "log") || is_founding (entry, act))
    return TRUE;
  if (wb_model_find_type (reg->model, entry->record_type) != NULL)
    return project_model_record (reg, entry, act, NULL, error);
  return refuse_type (entry, error);
}

typedef struct {
  WbRegister *reg;
  WbProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  GError *error;
} Rebuild;

/* One odd entry must never bar the door: it is set aside, and the others go on. */
static gboolean
rebuild_entry (guint64 number,
               const char *text,
               gsize size,
               const guint8 *leaf,
               GPtrArray *lines,
               gpointer user_data)
{
  Rebuild *rebuild = user_data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbEntry) entry = wb_entry_parse (text, size, &problem);

  if (g_cancellable_set_error_if_cancelled (rebuild->cancellable, &rebuild->error))
    return FALSE;
  if (rebuild->progress != NULL && number % 256 == 0)
    rebuild->progress (number, rebuild->reg->size, rebuild->user_data);
  if (entry != NULL && wb_projection_apply (rebuild->reg, entry, lines, &problem))
    return TRUE;
  if (g_error_matches (problem, WB_ERROR, WB_ERROR_NO_SPACE) ||
      g_error_matches (problem, WB_ERROR, WB_ERROR_IO)) {
    rebuild->error = g_steal_pointer (&problem);
    return FALSE;
  }
  return wb_record_store_set_aside (rebuild->reg->db, number, problem->message, &rebuild->error);
}

/**
 * wb_projection_rebuild:
 * @reg: an open register, within a WbChange
 * @progress: (nullable): called with entries done and entries in all
 * @user_data: for @progress
 * @cancellable: (nullable): stops it; the change is then to be dropped
 * @error: return location for an error
 *
 * Throws the projections away and makes them again from the log.
 */
gboolean
wb_projection_rebuild (WbRegister *reg,
                       WbProgress progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Rebuild rebuild = { reg, progress, user_data, cancellable, NULL };

  wb_register_drop_settings (reg);
  reg->model_stale = reg->model_touched = TRUE;
  wb_facts_drop_names (reg);
  if (!wb_projection_clear (reg->db, error) ||
      !wb_log_store_each (reg->db, 0, rebuild_entry, &rebuild, error))
    return FALSE;
  if (rebuild.error != NULL) {
    g_propagate_error (error, rebuild.error);
    return FALSE;
  }
  return TRUE;
}

/**
 * wb_register_rebuild:
 * @self: an open register
 * @progress: (nullable): entries done, entries in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves everything as it was
 * @error: return location for an error
 */
gboolean
wb_register_rebuild (WbRegister *self,
                     WbProgress progress,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);

  return change != NULL && wb_projection_rebuild (self, progress, user_data, cancellable, error) &&
         wb_change_commit (change, error);
}

/**
 * wb_register_list_set_aside:
 * @self: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8): one sentence an entry that could not be projected
 */
GPtrArray *
wb_register_list_set_aside (WbRegister *self, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_set_aside (self->db, error);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++) {
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (rows, i), "\t", 2);

    g_ptr_array_add (
        sentences,
        g_strdup_printf (_ ("Entry %s is kept in the log but not shown. %s"), parts[0], parts[1]));
  }
  return g_steal_pointer (&sentences);
}
