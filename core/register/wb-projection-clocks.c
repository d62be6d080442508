/* SPDX-License-Identifier: EUPL-1.2 */

/* From the entry to the clocks that a person sees: those that it starts, those whose place they
 * take, and how the clocks of its record and of those that look at it stand since. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-deadline.h"
#include "wb-error.h"
#include "wb-fact-private.h"
#include "wb-i18n.h"

#define SUPERSEDED "superseded"

/* What is touched within one entry: subjects are read once, cases refreshed once. */
typedef struct {
  WbRegister *reg;
  WbInstant now;
  GPtrArray *records;   /* (element-type utf8): to be judged */
  GHashTable *subjects; /* id -> WbSubject, as they were before the entry's clocks */
} Work;

static void
add_record (Work *self, const char *id)
{
  if (!g_ptr_array_find_with_equal_func (self->records, id, g_str_equal, NULL))
    g_ptr_array_add (self->records, g_strdup (id));
}

static WbClock *
read_clock (const WbDeadlineRow *row, GError **error)
{
  g_autoptr (JsonObject) object = wb_doc_parse (row->clock, error);

  return object != NULL ? wb_clock_new_from_json (object, error) : NULL;
}

/* A clock that runs, is overdue, stands still or has passed still stands; the others are settled by
 * a fact. One that nobody can keep any more stands too, but lists of what is due pass over it. */
static gboolean
judge_row (const Work *self, const WbSubject *subject, const WbDeadlineRow *row, GError **error)
{
  g_autoptr (WbClock) clock = read_clock (row, error);
  g_autofree char *met = NULL;
  const char *status;
  WbClockState state;
  gboolean stands, running;

  if (clock == NULL)
    return FALSE;
  status = json_object_get_string_member_with_default (subject->of_case, "status", NULL);
  state = wb_rules_judge (wb_register_get_clock_context (self->reg),
                          clock,
                          &subject->subject,
                          self->now,
                          &met);
  stands = state == WB_CLOCK_RUNNING || state == WB_CLOCK_OVERDUE || state == WB_CLOCK_PASSED ||
           state == WB_CLOCK_SUSPENDED;
  running = stands && !wb_rules_is_let_go (self->reg->rules, clock->rule, status);
  return wb_deadline_store_set_state (self->reg->db,
                                      row->key,
                                      running,
                                      stands ? "running" : wb_clock_state_to_text (state),
                                      met,
                                      error);
}

static gboolean
judge_record (const Work *self, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbSubject) subject = wb_subject_load (self->reg, id, NULL, self->now, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  for (guint i = 0; subject != NULL && i < subject->rows->len; i++) {
    const WbDeadlineRow *row = g_ptr_array_index (subject->rows, i);

    if (strcmp (row->state, SUPERSEDED) != 0 && !judge_row (self, subject, row, error))
      return FALSE;
  }
  return TRUE;
}

/* A recurring clock that was done in time, or late, is met; the next one does not take its place.
 */
static gboolean
is_done (const Work *self, const WbSubject *subject, const WbClock *newer, const WbClock *older)
{
  WbClockState state;

  if (older->every == 0 || strcmp (newer->rule, older->rule) != 0 ||
      strcmp (newer->start, older->start) != 0 || newer->after == older->after)
    return FALSE;
  state = wb_rules_judge (wb_register_get_clock_context (self->reg),
                          older,
                          &subject->subject,
                          self->now,
                          NULL);
  return state == WB_CLOCK_MET || state == WB_CLOCK_MET_LATE;
}

static gboolean
supersede (const Work *self, const WbSubject *subject, const WbClock *clock, GError **error)
{
  for (guint i = 0; i < subject->rows->len; i++) {
    const WbDeadlineRow *row = g_ptr_array_index (subject->rows, i);
    g_autoptr (WbClock) older = NULL;

    if (strcmp (row->state, SUPERSEDED) == 0)
      continue;
    older = read_clock (row, error);
    if (older == NULL)
      return FALSE;
    if (wb_clock_relate (clock, older) == WB_CLOCK_REPLACES &&
        !is_done (self, subject, clock, older) &&
        !wb_deadline_store_set_state (self->reg->db, row->key, FALSE, SUPERSEDED, NULL, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_clock (const Work *self,
             const WbSubject *subject,
             const WbClock *clock,
             const char *text,
             guint64 entry,
             GError **error)
{
  WbDeadlineRow row = { 0 };

  row.record = subject->id;
  row.case_id = subject->case_id;
  row.rule = clock->rule;
  row.family = clock->family;
  row.clock = (char *) text;
  row.entry = entry;
  row.ends = wb_clock_has_end (clock) ? clock->end : G_MININT64;
  row.running = TRUE;
  row.state = (char *) "running";
  return wb_deadline_store_add (self->reg->db, &row, error);
}

/* NULL without *error where its record was set aside. */
static const WbSubject *
find_subject (Work *self, const char *id, GError **error)
{
  WbSubject *subject = g_hash_table_lookup (self->subjects, id);

  if (subject != NULL)
    return subject;
  subject = wb_subject_load (self->reg, id, NULL, self->now, error);
  if (subject != NULL)
    g_hash_table_insert (self->subjects, subject->id, subject);
  return subject;
}

static gboolean
add_clock (Work *self, const WbEntry *entry, JsonNode *node, GError **error)
{
  g_autofree char *text = wb_json_compact (node);
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbClock) clock = NULL;
  const WbSubject *subject;

  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("A deadline in the log has an unknown form."));
    return FALSE;
  }
  clock = wb_clock_new_from_json (json_node_get_object (node), error);
  if (clock == NULL)
    return FALSE;
  subject = find_subject (self, clock->record_id, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (subject == NULL)
    return TRUE; /* its record was set aside */
  add_record (self, subject->id);
  return supersede (self, subject, clock, error) &&
         store_clock (self, subject, clock, text, entry->number, error);
}

static gboolean
add_clocks (Work *self, const WbEntry *entry, JsonObject *act, GError **error)
{
  JsonNode *node = json_object_get_member (act, WB_ACT_DEADLINES);
  JsonArray *clocks;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return TRUE;
  clocks = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (clocks); i++)
    if (!add_clock (self, entry, json_array_get_element (clocks, i), error))
      return FALSE;
  return TRUE;
}

/* The case's own fields end many clocks, whatever starts them. */
static gboolean
add_case (Work *self, const WbRecordRow *row, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (strcmp (row->type, "case") != 0)
    return TRUE;
  rows = wb_deadline_store_list_of_case (self->reg->db, row->id, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    add_record (self, ((WbDeadlineRow *) g_ptr_array_index (rows, i))->record);
  return rows != NULL;
}

/* A body's settings take whole rules in and out of use. */
static gboolean
add_setting (Work *self, const WbRecordRow *row, GError **error)
{
  g_auto (GStrv) rules = NULL;

  if (!wb_type_is_setting (row->type))
    return TRUE;
  wb_register_drop_settings (self->reg);
  if (strcmp (row->type, "body") != 0)
    return TRUE;
  rules = wb_rules_list_of_body (self->reg->rules);
  for (guint i = 0; rules[i] != NULL; i++) {
    g_autoptr (GPtrArray) rows = wb_deadline_store_list_of_rule (self->reg->db, rules[i], error);

    if (rows == NULL)
      return FALSE;
    for (guint j = 0; j < rows->len; j++)
      add_record (self, ((WbDeadlineRow *) g_ptr_array_index (rows, j))->record);
  }
  return TRUE;
}

static gboolean
add_touched (Work *self, const WbRecordRow *row, JsonObject *act, GError **error)
{
  g_autoptr (JsonObject) values = wb_register_load_values (self->reg, row->id, error);
  const WbPending record = { row->id, row->type, row->case_id, row->created, values };
  g_autoptr (GList) members = json_object_get_members (act);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  g_autoptr (GPtrArray) touched = NULL;

  if (values == NULL)
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);
  names = g_strv_builder_end (builder);
  add_record (self, row->id);
  touched = wb_register_list_touched (self->reg, &record, (const char *const *) names, error);
  for (guint i = 0; touched != NULL && i < touched->len; i++)
    add_record (self, g_ptr_array_index (touched, i));
  return touched != NULL && add_case (self, row, error) && add_setting (self, row, error);
}

/* The next end of every other case whose clocks moved. */
static gboolean
refresh_cases (const Work *self, const char *own_case, GError **error)
{
  g_autoptr (GHashTable) cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < self->records->len; i++) {
    g_autoptr (WbRecordRow) row =
        wb_record_store_find (self->reg->db, g_ptr_array_index (self->records, i), NULL);

    if (row != NULL && g_strcmp0 (row->case_id, own_case) != 0)
      g_hash_table_add (cases, g_strdup (row->case_id));
  }
  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!wb_projection_refresh_case (self->reg, id, error))
      return FALSE;
  return TRUE;
}

/**
 * wb_projection_apply_clocks:
 * @reg: an open register, within a WbChange
 * @entry: the entry
 * @act: its lines
 * @row: (nullable): its record as it stands since; %NULL where it only moves clocks
 * @error: return location for an error
 *
 * Carries the clocks of one entry into the projection.
 */
gboolean
wb_projection_apply_clocks (WbRegister *reg,
                            const WbEntry *entry,
                            JsonObject *act,
                            const WbRecordRow *row,
                            GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) subjects =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) wb_subject_free);
  Work work = { reg, entry->time, records, subjects };

  if ((row != NULL && !add_touched (&work, row, act, error)) ||
      !add_clocks (&work, entry, act, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!judge_record (&work, g_ptr_array_index (records, i), error))
      return FALSE;
  return refresh_cases (&work, row != NULL ? row->case_id : NULL, error);
}

/**
 * wb_projection_apply_links:
 * @reg: an open register, within a WbChange
 * @type: type of the record
 * @id: its UUID
 * @act: the fields that the act sets
 * @error: return location for an error
 *
 * Keeps which record points at which.
 */
gboolean
wb_projection_apply_links (WbRegister *reg,
                           const WbRecordType *type,
                           const char *id,
                           JsonObject *act,
                           GError **error)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    g_autoptr (GPtrArray) targets = NULL;

    if ((field->type != WB_FIELD_RECORD && field->type != WB_FIELD_RECORDS) ||
        wb_field_is_apart (field) || !json_object_has_member (act, field->name))
      continue;
    if (wb_link_is_of_kin (type->name, field->name) &&
        !wb_link_store_keep_past (reg->db, id, field->name, error))
      return FALSE;
    targets = wb_doc_list_targets (field, json_object_get_member (act, field->name));
    if (!wb_link_store_put (reg->db, id, field->name, targets, error))
      return FALSE;
  }
  return TRUE;
}
