/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Erasing: one act that names every line it takes away, in one transaction with it; then the file
 * is written anew. Either nothing happened or all of it, and what was left undone by a power cut
 * is finished at the next opening.
 */
#include "wb-clock-work-private.h"
#include "wb-erasure-private.h"
#include "wb-fact-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-erase-store.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-uuid.h"

#define BASIS_MAX 1000      /* bytes: a line in the log, not a letter */
#define RANGES_OF_ACT 50000 /* a disclosure line holds 500,000 values at most */
#define CERTIFICATE "destruction"

void
wb_erasure_free (WbErasure *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->certificate);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->mentions, g_ptr_array_unref);
  g_free (self);
}

/* All that one erasure needs while it is made. */
typedef struct {
  WbRegister *reg;
  WbErasePlan *plan;
  WbRetention *retention;      /* (nullable): of a whole case */
  WbDestroyDecision *decision; /* (nullable): likewise */
  const char *basis;
  WbErasure *result;
} Erase;

static gboolean
check_basis (const char *basis, GError **error)
{
  if (basis != NULL && *basis != '\0' && strlen (basis) <= BASIS_MAX &&
      g_utf8_validate (basis, -1, NULL))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("Say on what basis it may be erased, in at most 1000 bytes and without "
                          "names: that text stays in the log."));
  return FALSE;
}

/* What was asked for and refused is an act of its own, with the rule's name. */
static void
refuse (WbRegister *reg, const WbRecordRow *row, const WbErasureBlock *block, GError **error)
{
  g_autoptr (WbActDraft) draft =
      wb_act_draft_new (row->type, row->id, wb_record_row_get_case (row), "refused");

  wb_act_draft_add_text (draft, WB_ACT_DETAIL, block->rule);
  (void) wb_register_append_alone (reg, draft, NULL);
  if (block->basis != NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_REFUSED,
                 _ ("Nothing was erased, for this has to hold first: %s (rule %s, %s)"),
                 block->sentence,
                 block->rule,
                 block->basis);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_REFUSED,
                 _ ("Nothing was erased, for this has to hold first: %s (rule %s)"),
                 block->sentence,
                 block->rule);
}

static JsonObject *
decision_to_json (const WbDestroyDecision *decision)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "reference", decision->reference);
  json_object_set_int_member (object, "proposed_entry", (gint64) decision->proposed_entry);
  json_object_set_string_member (object, "proposed_by", decision->proposed_by);
  json_object_set_int_member (object, "decided_entry", (gint64) decision->decided_entry);
  json_object_set_string_member (object, "decided_by", decision->decided_by);
  return object;
}

/* The number of records of each type. */
static JsonObject *
count_records (const WbErasePlan *plan)
{
  JsonObject *counts = json_object_new ();

  for (guint i = 0; i < plan->order->len; i++) {
    const char *type = g_hash_table_lookup (plan->records, g_ptr_array_index (plan->order, i));

    json_object_set_int_member (counts,
                                type,
                                json_object_get_int_member_with_default (counts, type, 0) + 1);
  }
  return counts;
}

/* Where the log stood: what was destroyed was all before that. */
static char *
format_head (const WbRegister *reg)
{
  return wb_hex_encode (reg->head.bytes, sizeof reg->head.bytes);
}

static JsonObject *
describe (const Erase *erase)
{
  const WbErasePlan *plan = erase->plan;
  JsonObject *object = json_object_new ();
  g_autofree char *head = format_head (erase->reg);

  json_object_set_string_member (object, "scope", plan->scope);
  json_object_set_int_member (object, "entries", (gint64) plan->n_entries);
  json_object_set_int_member (object, "values", (gint64) plan->n_lines);
  json_object_set_int_member (object, "files", plan->files->len);
  json_object_set_object_member (object, "records", count_records (plan));
  json_object_set_string_member (object, "head", head);
  if (erase->retention != NULL && erase->retention->category != NULL)
    json_object_set_string_member (object, "category", erase->retention->category);
  if (erase->decision != NULL)
    json_object_set_object_member (object, "decision", decision_to_json (erase->decision));
  if (erase->result->certificate != NULL)
    json_object_set_string_member (object, "certificate", erase->result->certificate);
  return object;
}

static JsonArray *
take_ranges (JsonArray *lines, guint from, guint n)
{
  JsonArray *part = json_array_new ();

  for (guint i = from; i < from + n; i++)
    json_array_add_element (part, json_node_copy (json_array_get_element (lines, i)));
  return part;
}

static void
add_object (WbActDraft *draft, const char *name, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  wb_act_draft_add (draft, name, node);
}

/* The records that go, and those that figures count by what these pointed at, also once. */
static GPtrArray *
list_counted (const WbErasePlan *plan)
{
  const WbFigureModel *figures = wb_figure_model_get_default (NULL);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < plan->order->len; i++)
    g_ptr_array_add (ids, g_ptr_array_index (plan->order, i));
  for (guint i = 0; i < plan->points->len; i++) {
    const WbErasePoint *point = g_ptr_array_index (plan->points, i);

    if (wb_figure_model_watches (figures, point->type, point->field))
      g_ptr_array_add (ids, point->target);
  }
  return ids;
}

/* One act; more than one only where a case is so large that its lines do not fit into one. */
static gboolean
append_acts (Erase *erase, GError **error)
{
  const WbErasePlan *plan = erase->plan;
  const WbRecordRow *of = plan->of;
  guint n = json_array_get_length (plan->lines);
  /* Fields alone: what they were counted by goes with them. */
  g_autoptr (GPtrArray) counted = list_counted (plan);
  g_autoptr (JsonObject) facts =
      plan->fields == NULL ? wb_facts_export (erase->reg, counted, error) : json_object_new ();

  if (facts == NULL)
    return FALSE;
  for (guint from = 0; from < n; from += RANGES_OF_ACT) {
    g_autoptr (WbActDraft) draft =
        wb_act_draft_new (of->type, of->id, wb_record_row_get_case (of), WB_ERASED_EVENT);
    g_autoptr (JsonObject) erased = from == 0 ? describe (erase) : json_object_new ();

    json_object_set_array_member (erased,
                                  "lines",
                                  take_ranges (plan->lines, from, MIN (n - from, RANGES_OF_ACT)));
    add_object (draft, WB_ACT_ERASED, erased);
    if (from == 0) {
      wb_act_draft_add_text (draft, WB_ACT_REASON, erase->basis);
      if (json_object_get_size (plan->stub) > 0)
        add_object (draft, WB_ACT_STUB, plan->stub);
      if (json_object_get_size (facts) > 0)
        add_object (draft, WB_ACT_FACTS, facts);
    }
    if (!wb_register_append (erase->reg, draft, wb_register_next_time (erase->reg), error))
      return FALSE;
  }
  return TRUE;
}

static void
set_known (const WbRecordType *type, JsonObject *fields, const char *name, const char *text)
{
  if (text != NULL && wb_record_type_find_field (type, name) != NULL)
    json_object_set_string_member (fields, name, text);
}

static void
set_number (const WbRecordType *type, JsonObject *fields, const char *name, guint64 number)
{
  if (wb_record_type_find_field (type, name) != NULL)
    json_object_set_int_member (fields, name, (gint64) number);
}

/* What of the outside world still holds a copy, one a line. */
static char *
format_copies (const Erase *erase)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < erase->result->copies->len; i++) {
    const WbCopy *copy = g_ptr_array_index (erase->result->copies, i);
    g_autofree char *time = wb_instant_format_seconds (copy->time);

    g_string_append_printf (text,
                            "%s%s %s %s %s",
                            text->len > 0 ? "\n" : "",
                            time,
                            copy->kind,
                            copy->what != NULL ? copy->what : "-",
                            copy->recipient != NULL ? copy->recipient : "-");
  }
  return g_string_free (text, FALSE);
}

/* Codes and how often they occur in what was destroyed: what statistics need and no more. */
static char *
format_counts (const WbErasePlan *plan)
{
  g_autoptr (JsonObject) records = count_records (plan);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), records);

  return wb_json_compact (node);
}

static JsonObject *
fill_certificate (const Erase *erase, const WbRecordType *type)
{
  const WbErasePlan *plan = erase->plan;
  const WbRetention *retention = erase->retention;
  JsonObject *fields = json_object_new ();
  g_autofree char *head = format_head (erase->reg);
  g_autofree char *copies = format_copies (erase);
  g_autofree char *counts = format_counts (plan);
  WbLocal local = wb_zone_to_local (erase->reg->zone, wb_register_next_time (erase->reg));
  g_autofree char *today = wb_date_format (local.date);

  set_known (type, fields, "number", plan->of->reference);
  set_known (type, fields, "category", retention->category);
  set_known (type, fields, "start", retention->start);
  set_known (type, fields, "due", retention->due);
  set_known (type, fields, "destroyed", today);
  set_known (type, fields, "list_item", retention->item);
  set_known (type, fields, "list_basis", retention->basis);
  set_known (type, fields, "basis", erase->basis);
  set_known (type, fields, "decision", erase->decision->reference);
  set_known (type, fields, "proposed_by", erase->decision->proposed_by);
  set_known (type, fields, "decided_by", erase->decision->decided_by);
  set_known (type, fields, "decided_on", erase->decision->decided_on);
  set_known (type, fields, "head", head);
  set_known (type, fields, "counts", counts);
  set_known (type, fields, "copies", *copies != '\0' ? copies : NULL);
  set_number (type, fields, "values", plan->n_lines);
  set_number (type, fields, "entries", plan->n_entries);
  set_number (type, fields, "files", plan->files->len);
  set_number (type, fields, "records", plan->order->len);
  return fields;
}

/* The declaration that the law asks for; without personal data. */
static gboolean
append_certificate (Erase *erase, GError **error)
{
  const WbRecordType *type = wb_model_find_type (erase->reg->model, CERTIFICATE);
  g_autofree char *id = wb_uuid_new (wb_register_next_time (erase->reg));
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (WbRecord) record = NULL;

  if (type == NULL || erase->decision == NULL)
    return TRUE;
  fields = fill_certificate (erase, type);
  record = wb_register_append_new (erase->reg, type, id, NULL, fields, NULL, error);
  if (record == NULL)
    return FALSE;
  erase->result->certificate = g_strdup (record->reference);
  return TRUE;
}

/* The act itself left of its records what stays; in either case the index of words is a fresh one,
 * since pages of the old one may keep the beginning of a word that went. */
static gboolean
settle_projections (Erase *erase,
                    gboolean alone,
                    WbProgress progress,
                    gpointer user_data,
                    GError **error)
{
  WbRegister *reg = erase->reg;

  if (!alone)
    return wb_projection_rebuild (reg, progress, user_data, NULL, error);
  wb_register_drop_settings (reg);
  return wb_record_store_renew_index (reg->db, error);
}

static gboolean
make_acts (Erase *erase, WbProgress progress, gpointer user_data, GError **error)
{
  WbRegister *reg = erase->reg;
  WbErasure *result = erase->result;
  guint n_drafts = 0;
  gboolean alone;

  if (!append_certificate (erase, error) ||
      !wb_erase_plan_is_alone (erase->plan, reg, &alone, error))
    return FALSE;
  result->first_entry = reg->size;
  if (!append_acts (erase, error) ||
      !wb_erase_plan_carry_out (erase->plan, reg, &n_drafts, error) ||
      !wb_meta_set (reg->db, WB_META_SCRUB, "1", error) ||
      !settle_projections (erase, alone, progress, user_data, error))
    return FALSE;
  result->n_drafts = n_drafts;
  result->mentions = wb_erase_plan_find_mentions (erase->plan, reg, error);
  return result->mentions != NULL;
}

static gboolean
erase_within (Erase *erase, WbProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (WbChange) change = wb_change_begin (erase->reg, error);

  return change != NULL && make_acts (erase, progress, user_data, error) &&
         wb_change_commit (change, error);
}

/**
 * wb_erasure_finish:
 * @reg: an open register, outside a WbChange
 * @error: return location for an error; what is to be erased is out of reach by then, but not yet
 *   out of the file
 *
 * Cleans the file where an erasure left that to be done. Does nothing where it did not.
 */
gboolean
wb_erasure_finish (WbRegister *reg, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *scrub = wb_meta_get (reg->db, WB_META_SCRUB, &problem);

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (scrub == NULL)
    return TRUE;
  return wb_erase_store_scrub (reg->db, error) && wb_meta_drop (reg->db, WB_META_SCRUB, error);
}

static WbErasure *
new_result (const WbErasePlan *plan, GPtrArray *copies)
{
  WbErasure *result = g_new0 (WbErasure, 1);

  result->reference = g_strdup (plan->of->reference);
  result->n_lines = plan->n_lines;
  result->n_entries = plan->n_entries;
  result->n_files = plan->files->len;
  result->copies = copies;
  return result;
}

/* Where a case is destroyed, why and by whom is looked up before it is gone. */
static gboolean
prepare_case (Erase *erase, GError **error)
{
  const WbRecordRow *of = erase->plan->of;

  if (!g_str_equal (erase->plan->scope, "case"))
    return TRUE;
  erase->retention = wb_register_judge_retention (erase->reg, of->id, wb_clock_now (), error);
  if (erase->retention == NULL)
    return FALSE;
  erase->decision = wb_erasure_find_decision (erase->reg, of->id, error);
  return erase->decision != NULL;
}

static WbErasure *
erase_row (WbRegister *self,
           const WbRecordRow *row,
           const char *const *fields,
           const char *basis,
           WbProgress progress,
           gpointer user_data,
           GError **error)
{
  g_autoptr (WbErasePlan) plan = wb_erase_plan_new (self, row, fields, error);
  g_autoptr (GPtrArray) copies =
      plan != NULL ? wb_register_list_recipients (self, row->id, error) : NULL;
  g_autoptr (WbRetention) retention = NULL;
  g_autoptr (WbDestroyDecision) decision = NULL;
  g_autoptr (WbErasure) result = NULL;
  Erase erase = { self, plan, NULL, NULL, basis, NULL };
  gboolean prepared;

  if (copies == NULL)
    return NULL;
  prepared = prepare_case (&erase, error);
  retention = erase.retention;
  decision = erase.decision;
  if (!prepared)
    return NULL;
  erase.result = result = new_result (plan, g_steal_pointer (&copies));
  if (!erase_within (&erase, progress, user_data, error))
    return NULL;
  result->scrubbed = wb_erasure_finish (self, NULL);
  return g_steal_pointer (&result);
}

/**
 * wb_register_erase:
 * @self: an open register
 * @reference: a case, or any other record
 * @fields: (nullable): only these fields of it
 * @basis: why it may go; stays in the log
 * @progress: (nullable): entries done, entries in all, while the projections are made anew
 * @user_data: for @progress
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule that stands in the way
 *
 * Takes away for good what the log says in words and values, with every file, draft and index over
 * it. Entries, chain, numbers, counts and proofs stay; what else stays is in the act itself.
 *
 * Returns: (transfer full): what was done, which copies are still out there and which records
 *   still speak of it
 */
WbErasure *
wb_register_erase (WbRegister *self,
                   const char *reference,
                   const char *const *fields,
                   const char *basis,
                   WbProgress progress,
                   gpointer user_data,
                   GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) blocks = NULL;

  if (row == NULL || !check_basis (basis, error))
    return NULL;
  if (fields != NULL && fields[0] == NULL)
    fields = NULL;
  /* Single fields of a case are no destruction, and ask for no second person. */
  blocks = wb_erasure_list_blocks (self, row, fields != NULL, wb_clock_now (), error);
  if (blocks == NULL)
    return NULL;
  if (blocks->len > 0) {
    refuse (self, row, g_ptr_array_index (blocks, 0), error);
    return NULL;
  }
  return erase_row (self, row, fields, basis, progress, user_data, error);
}

/* What was counted stays counted, but for what a person had taken out by itself. */
static gboolean
count_anew (WbRegister *reg,
            const WbEntry *entry,
            JsonObject *act,
            JsonObject *stubs,
            GError **error)
{
  JsonNode *facts = json_object_get_member (act, WB_ACT_FACTS);
  JsonObjectIter iter;
  const char *id;

  if (facts != NULL && JSON_NODE_HOLDS_OBJECT (facts))
    return wb_facts_restore (reg, entry, json_node_get_object (facts), stubs, error);
  json_object_iter_init_ordered (&iter, stubs);
  while (json_object_iter_next_ordered (&iter, &id, NULL)) {
    g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, error);

    if (row == NULL || !wb_projection_count (reg, entry, row, act, "{}", error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_erasure_project:
 * @reg: an open register, within a WbChange
 * @entry: an act of erasure
 * @act: its lines
 * @error: return location for an error
 *
 * Of each record that the act names only what the act itself holds of it is left.
 */
gboolean
wb_erasure_project (WbRegister *reg, const WbEntry *entry, JsonObject *act, GError **error)
{
  JsonObject *stubs = json_object_has_member (act, WB_ACT_STUB)
                          ? json_object_get_object_member (act, WB_ACT_STUB)
                          : NULL;
  JsonObjectIter iter;
  const char *id;
  JsonNode *stub;

  if (stubs == NULL)
    return TRUE;
  json_object_iter_init_ordered (&iter, stubs);
  while (json_object_iter_next_ordered (&iter, &id, &stub)) {
    g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, error);

    if (row == NULL || !JSON_NODE_HOLDS_OBJECT (stub) ||
        !wb_projection_reset (reg, entry, row, json_node_get_object (stub), error))
      return FALSE;
  }
  return count_anew (reg, entry, act, stubs, error);
}

gboolean
wb_erasure_is_destroyed (WbRegister *reg, const char *case_id)
{
  g_autoptr (JsonObject) values = wb_register_load_values (reg, case_id, NULL);

  return g_str_equal (json_object_get_string_member_with_default (values, "status", ""),
                      WB_STATUS_DESTROYED);
}

/* Nothing new is told about what was destroyed. */
gboolean
wb_erasure_refuse_destroyed (WbRegister *reg, const char *case_id, GError **error)
{
  if (!wb_erasure_is_destroyed (reg, case_id))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_REFUSED,
                       _ ("The case was destroyed: nothing is added to it any more (rule "
                          "destroyed, Archiefwet 1995 art. 5)."));
  return FALSE;
}
