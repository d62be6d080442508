/* SPDX-License-Identifier: EUPL-1.2 */

/* Recording and changing: from checked fields to one entry each. */
#include "wb-clock-work-private.h"
#include "wb-decision-private.h"
#include "wb-erasure-private.h"
#include "wb-guard-private.h"
#include "wb-sample-private.h"
#include "wb-sealed-private.h"
#include "wb-visit-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-uuid.h"

#define REASON_MAX 4000 /* bytes: a reason, not a report */
#define STATUS_FIRST "status.registered"
#define RULE_CLOCKS "clocks"

/* The UUID of what a field points at, which must be of the type that the field takes. */
static char *
resolve_target (WbRegister *self, const WbField *field, const char *reference, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  const WbRecordType *wanted;

  if (row == NULL)
    return NULL;
  if (field->target == NULL || g_str_equal (field->target, row->type))
    return g_strdup (row->id);
  wanted = wb_model_find_type (self->model, field->target);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("“%s”: %s is of another type: give a record of type “%s”."),
               field->label[wb_language_current ()],
               row->reference,
               wanted->label[wb_language_current ()]);
  return NULL;
}

/* Fields that point at records hold UUIDs in the log, whatever the person typed. */
static JsonNode *
resolve_value (WbRegister *self, const WbField *field, JsonNode *value, GError **error)
{
  g_autoptr (JsonArray) ids = NULL;

  if (field->type == WB_FIELD_RECORD && JSON_NODE_HOLDS_VALUE (value)) {
    g_autofree char *id = resolve_target (self, field, json_node_get_string (value), error);

    return id != NULL ? wb_json_string (id) : NULL;
  }
  if (field->type != WB_FIELD_RECORDS || !JSON_NODE_HOLDS_ARRAY (value))
    return json_node_copy (value);
  ids = json_array_new ();
  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++) {
    g_autofree char *id =
        resolve_target (self,
                        field,
                        json_array_get_string_element (json_node_get_array (value), i),
                        error);

    if (id == NULL)
      return NULL;
    json_array_add_string_element (ids, id);
  }
  return json_node_init_array (json_node_alloc (), ids);
}

/* What is given for a field, as the log is to hold it. */
static JsonNode *
prepare_value (WbSealing *sealing, const WbField *field, JsonNode *value, GError **error)
{
  JsonNode *sealed = NULL;

  if (wb_field_is_apart (field) && !wb_sealed_prepare (sealing, field, value, &sealed, error))
    return NULL;
  return sealed != NULL
             ? sealed
             : resolve_value (sealing->reg, field, wb_field_unwrap_value (field, value), error);
}

static JsonObject *
prepare_fields (WbSealing *sealing, const WbRecordType *type, JsonObject *fields, GError **error)
{
  g_autoptr (JsonObject) prepared = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    JsonNode *node = prepare_value (sealing, wb_record_type_find_field (type, name), value, error);

    if (node == NULL)
      return NULL;
    json_object_set_member (prepared, name, node);
  }
  return g_steal_pointer (&prepared);
}

static void
set_text (JsonObject *fields, const char *name, const char *value)
{
  json_object_set_string_member (fields, name, value);
}

/**
 * wb_register_raise_urgency:
 * @self: an open register
 * @fields: of an allegation; changed
 * @before: (nullable): as it stood
 *
 * Reasons such as "child in detention" demand at least some urgency (taxonomy.md section 8).
 */
void
wb_register_raise_urgency (WbRegister *self, JsonObject *fields, JsonObject *before)
{
  g_autoptr (GPtrArray) terms = NULL;
  const char *given, *demanded;

  if (!json_object_has_member (fields, "urgency_reasons") ||
      !JSON_NODE_HOLDS_ARRAY (json_object_get_member (fields, "urgency_reasons")))
    return;
  demanded =
      wb_model_urgency_for (self->model, json_object_get_array_member (fields, "urgency_reasons"));
  if (demanded == NULL)
    return;
  given = json_object_get_string_member_with_default (fields, "urgency", NULL);
  if (given == NULL && before != NULL)
    given = json_object_get_string_member_with_default (before, "urgency", NULL);
  terms = wb_model_list_terms (self->model, "urgency");
  for (guint i = 0; i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    if (g_strcmp0 (term->code, given) == 0)
      return; /* as urgent or more */
    if (g_str_equal (term->code, demanded)) {
      set_text (fields, "urgency", demanded);
      return;
    }
  }
}

/* To the minute, in the body's zone, as a moment is written. */
char *
wb_register_format_stamp (WbRegister *self, WbInstant time)
{
  WbLocal local = wb_zone_to_local (self->zone, time);
  g_autofree char *date = wb_date_format (local.date);

  return g_strdup_printf ("%sT%02d:%02d%c%02d:%02d",
                          date,
                          local.hour,
                          local.minute,
                          local.offset < 0 ? '-' : '+',
                          ABS (local.offset) / 3600,
                          ABS (local.offset) / 60 % 60);
}

/* What the program itself knows at the first recording. */
static void
fill_in (WbRegister *self, const WbRecordType *type, JsonObject *fields, WbInstant time)
{
  if (g_str_equal (type->name, "case") && !json_object_has_member (fields, "status"))
    set_text (fields, "status", STATUS_FIRST);
  if (g_str_equal (type->name, "allegation") && !json_object_has_member (fields, "received")) {
    /* It reached the body at the latest when it was typed in. */
    g_autofree char *stamp = wb_register_format_stamp (self, time);

    set_text (fields, "received", stamp);
  }
  wb_decision_fill_in (type, fields);
  wb_sample_fill_in (type, fields);
}

static void
add_fields (WbActDraft *draft, JsonObject *fields)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    wb_act_draft_add (draft, name, value);
}

/* NL-INSP-2026-0001 is a case of a year, NL-INSP-2026-0001/A-1 belongs to it, and NL-INSP-V-1
 * stands by itself. */
static char *
make_reference (WbRegister *self,
                const WbRecordType *type,
                const char *case_id,
                WbInstant time,
                GError **error)
{
  g_autofree char *stem = NULL;
  g_autofree char *series = NULL;
  g_autoptr (WbRecordRow) of = NULL;
  gint64 ordinal;

  if (case_id == NULL) {
    series = g_strdup_printf ("register %s", type->name);
    if (!wb_record_store_next_ordinal (self->db, series, &ordinal, error))
      return NULL;
    return g_strdup_printf ("%s-%s-%" G_GINT64_FORMAT, self->code, type->prefix, ordinal);
  }
  if (type->prefix == NULL) {
    stem = g_strdup_printf ("%s-%d", self->code, wb_zone_to_local (self->zone, time).date.year);
    series = g_strdup_printf ("case %s", stem);
    if (!wb_record_store_next_ordinal (self->db, series, &ordinal, error))
      return NULL;
    return g_strdup_printf ("%s-%04" G_GINT64_FORMAT, stem, ordinal);
  }
  of = wb_register_find_row (self, case_id, error);
  series = g_strdup_printf ("%s %s", type->name, case_id);
  if (of == NULL || !wb_record_store_next_ordinal (self->db, series, &ordinal, error))
    return NULL;
  return g_strdup_printf ("%s/%s-%" G_GINT64_FORMAT, of->reference, type->prefix, ordinal);
}

gboolean
wb_register_check_reason (const char *reason, GError **error)
{
  if (reason == NULL || (strlen (reason) <= REASON_MAX && g_utf8_validate (reason, -1, NULL)))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_TOO_LARGE,
                       _ ("The reason is longer than 4000 bytes: shorten it."));
  return FALSE;
}

static gboolean
check_id (const char *id, GError **error)
{
  if (id == NULL || wb_uuid_is_valid (id))
    return TRUE;
  g_set_error_literal (
      error,
      WB_ERROR,
      WB_ERROR_INVALID,
      _ ("An id must be a UUID of version 7 in lower case; leave it out to have one made."));
  return FALSE;
}

static WbRecord *
read_back (WbRegister *self, const char *id, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, id, error);

  return row != NULL ? wb_record_from_row (row, error) : NULL;
}

WbRecord *
wb_register_append_new (WbRegister *self,
                        const WbRecordType *type,
                        const char *id,
                        const char *case_id,
                        JsonObject *fields,
                        const char *reason,
                        GError **error)
{
  g_autoptr (WbActDraft) draft = wb_act_draft_new (type->name, id, case_id, "created");
  WbSealing sealing = { self, type->name, id, case_id, FALSE };
  g_autoptr (JsonObject) prepared = prepare_fields (&sealing, type, fields, error);
  g_autofree char *reference = NULL;
  WbInstant time = wb_register_next_time (self);

  if (prepared == NULL || !wb_visit_prefill (self, type, prepared, error))
    return NULL;
  fill_in (self, type, prepared, time);
  wb_register_escalate (self, type->name, prepared, NULL);
  wb_register_raise_urgency (self, prepared, NULL);
  if (!wb_guard_check_new (self, type, id, case_id, prepared, reason, error))
    return NULL;
  reference = make_reference (self, type, case_id, time, error);
  if (reference == NULL)
    return NULL;
  add_fields (draft, prepared);
  wb_act_draft_add_text (draft, WB_ACT_REFERENCE, reference);
  wb_act_draft_add_text (draft, WB_ACT_MODEL, wb_model_get_version (self->model));
  wb_act_draft_add_text (draft, WB_ACT_REASON, reason);
  if (!wb_register_add_clocks (
          self,
          draft,
          &(WbPending){ id, type->name, case_id != NULL ? case_id : id, time, prepared },
          prepared,
          time,
          error) ||
      !wb_register_append (self, draft, time, error) ||
      !wb_register_recount (self, type->name, id, error))
    return NULL;
  return read_back (self, id, error);
}

static gboolean
check_free_id (WbRegister *self, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbRecordRow) taken = wb_record_store_find (self->db, id, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (taken != NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_EXISTS,
                 _ ("%s has that id already: nothing was recorded."),
                 taken->reference);
  return taken == NULL;
}

static char *
open_case (WbRegister *self, GError **error)
{
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (WbRecord) opened =
      wb_register_record_within (self, "case", NULL, NULL, empty, NULL, error);

  return opened != NULL ? g_strdup (opened->id) : NULL;
}

/* The case that is meant by its own reference or by that of a record of it. */
static char *
resolve_case (WbRegister *self, const char *case_ref, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, case_ref, error);

  if (row == NULL)
    return NULL;
  if (wb_record_row_get_case (row) == NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s stands by itself and belongs to no case: give the reference of a case."),
                 row->reference);
  return g_strdup (wb_record_row_get_case (row));
}

/* The case an act belongs to, NULL where it stands by itself; an allegation without one opens its
 * own. */
static gboolean
find_case (WbRegister *self,
           const WbRecordType *type,
           const char *id,
           const char *case_ref,
           char **ret_case_id,
           GError **error)
{
  const char *label = type->label[wb_language_current ()];

  *ret_case_id = NULL;
  if (type->prefix == NULL)
    *ret_case_id = g_strdup (id);
  else if (type->scope == WB_SCOPE_REGISTER && case_ref != NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("“%s” belongs to no case but to the register: leave the case out."),
                 label);
  else if (case_ref != NULL)
    *ret_case_id = resolve_case (self, case_ref, error);
  else if (type->scope != WB_SCOPE_CASE)
    return TRUE;
  else if (g_str_equal (type->name, "allegation"))
    *ret_case_id = open_case (self, error);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say which case the %s belongs to."), label);
  return *ret_case_id != NULL;
}

/* Some records only the program makes, and of some there is one. */
static gboolean
check_type (WbRegister *self, const WbRecordType *type, GError **error)
{
  g_autofree char *series = g_strdup_printf ("register %s", type->name);
  const char *label = type->label[wb_language_current ()];
  gint64 ordinal = 1;

  if (type->system) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("The program itself makes a record of type “%s”; it cannot be entered."),
                 label);
    return FALSE;
  }
  if (type->single && !wb_record_store_next_ordinal (self->db, series, &ordinal, error))
    return FALSE;
  if (ordinal > 1)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_EXISTS,
                 _ ("There is one record of type “%s” already: change %s-%s-1."),
                 label,
                 self->code,
                 type->prefix);
  return ordinal == 1;
}

WbRecord *
wb_register_record_within (WbRegister *self,
                           const char *type_name,
                           const char *id,
                           const char *case_ref,
                           JsonObject *fields,
                           const char *reason,
                           GError **error)
{
  const WbRecordType *type = wb_register_find_type (self, type_name, error);
  g_autofree char *fresh = NULL;
  g_autofree char *case_id = NULL;
  g_autoptr (JsonObject) read = wb_said_dates_read (self, type, fields, error);

  wb_own_terms_refresh (self); /* an earlier act of the same file may have added one */
  if (type == NULL || read == NULL)
    return NULL;
  fields = read;
  if (!check_type (self, type, error) || !check_id (id, error) ||
      !wb_register_check_reason (reason, error) ||
      !wb_model_check (self->model, type_name, fields, TRUE, self->zone, error) ||
      !wb_model_check_entered (self->model, type_name, fields, error))
    return NULL;
  if (!wb_own_terms_check (self, type, fields, NULL, error))
    return NULL;
  if (id != NULL && !check_free_id (self, id, error))
    return NULL;
  fresh = id != NULL ? g_strdup (id) : wb_uuid_new (wb_register_next_time (self));
  if (!find_case (self, type, fresh, case_ref, &case_id, error) ||
      (case_id != NULL && !wb_erasure_refuse_destroyed (self, case_id, error)))
    return NULL;
  if (!wb_register_check_clocks (self, type_name, NULL, fields, reason, error)) {
    wb_guard_note (self, type->name, fresh, case_id, RULE_CLOCKS);
    return NULL;
  }
  return wb_register_append_new (self, type, fresh, case_id, fields, reason, error);
}

/**
 * wb_register_record:
 * @self: an open register
 * @type: record type
 * @id: (nullable): a UUIDv7 of the caller's
 * @case_ref: (nullable): the case it belongs to, or none for a record that stands by itself; an
 *   allegation without one opens a case of its own
 * @fields: the fields, as the model says
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_INVALID names the field
 *
 * One act, one entry (two where a case is opened along). An allegation without the time of receipt
 * gets the time of recording; reasons of urgency raise the urgency to what they demand.
 *
 * Returns: (transfer full): the record as it stands
 */
WbRecord *
wb_register_record (WbRegister *self,
                    const char *type,
                    const char *id,
                    const char *case_ref,
                    JsonObject *fields,
                    const char *reason,
                    GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  g_autoptr (WbRecord) record = NULL;

  if (change == NULL)
    return NULL;
  record = wb_register_record_within (self, type, id, case_ref, fields, reason, error);
  if (record != NULL && wb_change_commit (change, error))
    return g_steal_pointer (&record);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}

void
wb_doc_overlay (JsonObject *all, JsonObject *changed)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (changed == NULL)
    return;
  json_object_iter_init_ordered (&iter, changed);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    if (JSON_NODE_HOLDS_NULL (value)) {
      if (json_object_has_member (all, name))
        json_object_remove_member (all, name);
    } else {
      json_object_set_member (all, name, json_node_copy (value));
    }
  }
}

/* Codes come from lists, whose version is told beside them. */
static gboolean
holds_codes (const WbRecordType *type, JsonObject *fields)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (field->vocabulary != NULL && json_object_has_member (fields, field->name))
      return TRUE;
  }
  return FALSE;
}

/* @resealed: the value stays, and who can open it changes: what the workflow says of changing a
 * record, such as that a closed case keeps its substance, is not about that. */
static gboolean
append_change (WbRegister *self,
               const WbRecordRow *row,
               JsonObject *before,
               JsonObject *fields,
               gboolean resealed,
               const char *reason,
               GError **error)
{
  const WbRecordType *type = wb_model_find_type (self->model, row->type);
  g_autoptr (WbActDraft) draft =
      wb_act_draft_new (row->type, row->id, wb_record_row_get_case (row), "changed");
  WbSealing sealing = { self, row->type, row->id, wb_record_row_get_case (row), FALSE };
  g_autoptr (JsonObject) prepared = prepare_fields (&sealing, type, fields, error);
  WbInstant time = wb_register_next_time (self);

  if (prepared == NULL)
    return FALSE;
  wb_register_escalate (self, row->type, prepared, before);
  wb_register_raise_urgency (self, prepared, before);
  if ((sealing.widened && !wb_guard_check_widen (self, row, before, prepared, reason, error)) ||
      (!resealed && !wb_guard_check_change (self, row, before, prepared, reason, error)))
    return FALSE;
  add_fields (draft, prepared);
  if (holds_codes (type, prepared))
    wb_act_draft_add_text (draft, WB_ACT_MODEL, wb_model_get_version (self->model));
  wb_act_draft_add_text (draft, WB_ACT_REASON, reason);
  wb_doc_overlay (before, prepared);
  return wb_register_add_clocks (
             self,
             draft,
             &(WbPending){ row->id, row->type, row->case_id, row->created, before },
             prepared,
             time,
             error) &&
         wb_register_append (self, draft, time, error) &&
         wb_register_recount (self, row->type, row->id, error);
}

static WbRecord *
change_within (WbRegister *self,
               const char *reference,
               JsonObject *fields,
               gboolean resealed,
               const char *reason,
               GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) read = NULL;

  wb_own_terms_refresh (self);
  if (row == NULL)
    return NULL;
  read = wb_said_dates_read (self, wb_model_find_type (self->model, row->type), fields, error);
  if (read == NULL)
    return NULL;
  fields = read;
  if (!wb_register_check_reason (reason, error) ||
      !wb_model_check (self->model, row->type, fields, FALSE, self->zone, error) ||
      !wb_model_check_entered (self->model, row->type, fields, error))
    return NULL;
  if (json_object_get_size (fields) == 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("Give at least one field to change, as FIELD=VALUE."));
    return NULL;
  }
  before = wb_register_load_values (self, row->id, error);
  if (before == NULL || !wb_erasure_refuse_destroyed (self, row->case_id, error) ||
      !wb_own_terms_check (self,
                           wb_model_find_type (self->model, row->type),
                           fields,
                           before,
                           error))
    return NULL;
  if (!wb_register_check_clocks (self, row->type, before, fields, reason, error)) {
    wb_guard_note (self, row->type, row->id, wb_record_row_get_case (row), RULE_CLOCKS);
    return NULL;
  }
  if (!append_change (self, row, before, fields, resealed, reason, error))
    return NULL;
  return read_back (self, row->id, error);
}

WbRecord *
wb_register_change_within (WbRegister *self,
                           const char *reference,
                           JsonObject *fields,
                           const char *reason,
                           GError **error)
{
  return change_within (self, reference, fields, FALSE, reason, error);
}

/* One act in a change of its own; a refusal is logged. */
static WbRecord *
change_alone (WbRegister *self,
              const char *reference,
              JsonObject *fields,
              gboolean resealed,
              const char *reason,
              GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  g_autoptr (WbRecord) record = NULL;

  if (change == NULL)
    return NULL;
  record = change_within (self, reference, fields, resealed, reason, error);
  if (record != NULL && wb_change_commit (change, error))
    return g_steal_pointer (&record);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}

/**
 * wb_register_change:
 * @self: an open register
 * @reference: the record
 * @fields: only what changes; a JSON null clears a field
 * @reason: (nullable): why
 * @error: return location for an error; %WB_ERROR_REFUSED where the workflow forbids the move
 *
 * One act, one entry; the earlier value stays in the log. A refused move is an entry too.
 *
 * Returns: (transfer full): the record as it stands
 */
WbRecord *
wb_register_change (WbRegister *self,
                    const char *reference,
                    JsonObject *fields,
                    const char *reason,
                    GError **error)
{
  return change_alone (self, reference, fields, FALSE, reason, error);
}

/**
 * wb_register_change_readers:
 * @self: an open register
 * @reference: the record
 * @fields: the sealed values as they were, with the users who can open them from now on
 * @reason: (nullable): why
 * @error: return location for an error
 *
 * As wb_register_change(), also in a closed or archived case.
 *
 * Returns: (transfer full): the record as it stands
 */
WbRecord *
wb_register_change_readers (WbRegister *self,
                            const char *reference,
                            JsonObject *fields,
                            const char *reason,
                            GError **error)
{
  return change_alone (self, reference, fields, TRUE, reason, error);
}
