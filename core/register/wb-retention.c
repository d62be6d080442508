/* SPDX-License-Identifier: EUPL-1.2 */

/* How long a case is kept by the body's own selection list, and what stops its destruction. */
#include "wb-erasure-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define RETENTION_RULE "pol.retention"
#define CATEGORY_KEEP "retention.keep"
#define EVENT_CLOSED "retentionstart.closed"
#define EVENT_RECEIVED "retentionstart.received"
#define ARCHIVES_ACT "Archiefwet 1995 art. 5"
#define LIST_MAX 100000 /* cases of one status */

void
wb_erasure_block_free (WbErasureBlock *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->basis);
  g_free (self->sentence);
  g_free (self);
}

WbErasureBlock *
wb_erasure_block_new (const char *rule, const char *basis, const char *sentence)
{
  WbErasureBlock *block = g_new0 (WbErasureBlock, 1);

  block->rule = g_strdup (rule);
  block->basis = g_strdup (basis);
  block->sentence = g_strdup (sentence);
  return block;
}

void
wb_retention_free (WbRetention *self)
{
  if (self == NULL)
    return;
  g_free (self->case_id);
  g_free (self->reference);
  g_free (self->status);
  g_free (self->category);
  g_free (self->item);
  g_free (self->basis);
  g_free (self->event);
  g_free (self->start);
  g_free (self->due);
  g_free (self->reviewed);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self);
}

const char *
wb_retention_state_to_text (WbRetentionState state)
{
  static const char *const TEXTS[] = { "running", "review", "due", "blocked", "kept", "unknown" };

  return TEXTS[state];
}

/* The last day that a moment can mean: a period never ends too early. */
static gboolean
last_day (WbRegister *reg, JsonObject *values, const char *name, WbDate *ret_date)
{
  JsonNode *node = json_object_get_member (values, name);
  g_autoptr (WbMoment) moment = node != NULL ? wb_moment_parse (node, reg->zone, NULL) : NULL;

  if (moment == NULL || moment->precision == WB_PRECISION_UNKNOWN)
    return FALSE;
  *ret_date = moment->latest_date;
  return TRUE;
}

static gboolean
last_receipt (WbRegister *reg, const char *case_id, WbDate *ret_date, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, error);
  gboolean found = FALSE;

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) values = wb_register_load_values (reg, row->id, NULL);
    WbDate date;

    if (g_str_equal (row->type, "allegation") && last_day (reg, values, "received", &date) &&
        (!found || wb_date_compare (date, *ret_date) > 0)) {
      *ret_date = date;
      found = TRUE;
    }
  }
  return found;
}

/* One line of the body's list. */
typedef struct {
  char *reference, *category, *event, *basis, *from, *until;
  WbPeriod period;
  gboolean kept; /* transferred or kept for ever: never destroyed here */
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->reference);
  g_free (item->category);
  g_free (item->event);
  g_free (item->basis);
  g_free (item->from);
  g_free (item->until);
  g_free (item);
}

static Item *
read_item (const WbRecordRow *row, JsonObject *values)
{
  const char *action = wb_json_get_text (values, "action");
  const char *unit = wb_json_get_text (values, "unit");
  Item *item;

  if (g_strcmp0 (wb_json_get_text (values, "rule"), RETENTION_RULE) != 0 ||
      wb_json_get_text (values, "category") == NULL)
    return NULL;
  item = g_new0 (Item, 1);
  item->reference = g_strdup (row->reference);
  item->category = g_strdup (wb_json_get_text (values, "category"));
  item->event = g_strdup (wb_json_get_text (values, "start"));
  item->basis = g_strdup (wb_json_get_text (values, "basis"));
  item->from = g_strdup (wb_json_get_text (values, "from"));
  item->until = g_strdup (wb_json_get_text (values, "until"));
  item->kept = action != NULL && !g_str_equal (action, "retentionaction.destroy");
  item->period.length = (int) json_object_get_int_member_with_default (values, "length", 0);
  item->period.regime = WB_REGIME_POLICY;
  if (unit == NULL || !wb_unit_parse (unit, &item->period.unit, NULL))
    item->period.unit = WB_UNIT_YEAR;
  return item;
}

static GPtrArray *
read_list (WbRegister *reg, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_type (reg->db, "target", error);
  GPtrArray *items;

  if (rows == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func (item_free);
  for (guint i = 0; i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) values = wb_register_load_values (reg, row->id, NULL);
    Item *item = read_item (row, values);

    if (item != NULL)
      g_ptr_array_add (items, item);
  }
  return items;
}

/* Of lines for one category the newest that was in force by @today. */
static const Item *
find_item (GPtrArray *items, const char *category, const char *today)
{
  const Item *best = NULL;

  for (guint i = 0; i < items->len; i++) {
    const Item *item = g_ptr_array_index (items, i);

    if (!g_str_equal (item->category, category) ||
        (item->from != NULL && strcmp (item->from, today) > 0) ||
        (item->until != NULL && strcmp (item->until, today) < 0))
      continue;
    if (best == NULL || g_strcmp0 (item->from, best->from) >= 0)
      best = item;
  }
  return best;
}

static gboolean
find_start (WbRegister *reg,
            const Item *item,
            const char *case_id,
            JsonObject *values,
            WbDate *ret_date)
{
  if (g_strcmp0 (item->event, EVENT_RECEIVED) == 0)
    return last_receipt (reg, case_id, ret_date, NULL);
  return last_day (reg, values, "closed", ret_date);
}

static void
count_period (WbRegister *reg, const Item *item, JsonObject *values, WbRetention *into)
{
  g_autoptr (WbDue) due = NULL;
  WbDate start;

  into->item = g_strdup (item->reference);
  into->basis = g_strdup (item->basis);
  into->event = g_strdup (item->event != NULL ? item->event : EVENT_CLOSED);
  if (item->period.length == 0 || !find_start (reg, item, into->case_id, values, &start))
    return;
  into->start = wb_date_format (start);
  due = wb_due_compute (reg->calendar, reg->zone, &item->period, start, WB_INSTANT_NONE, NULL);
  if (due != NULL)
    into->due = wb_date_format (due->due);
}

static void
add_block (GPtrArray *blocks, const char *rule, const char *basis, const char *sentence)
{
  g_ptr_array_add (blocks, wb_erasure_block_new (rule, basis, sentence));
}

/* Sentences are those of the workflow where it has the guard. */
static void
add_guard_block (WbRegister *reg,
                 GPtrArray *blocks,
                 const char *rule,
                 const char *basis,
                 const char *otherwise)
{
  const WbMove *move = wb_model_find_move (reg->model, "status.archived", WB_STATUS_DESTROYED);

  for (guint i = 0; move != NULL && i < move->guards->len; i++) {
    const WbGuard *guard = g_ptr_array_index (move->guards, i);

    if (g_str_equal (guard->name, rule)) {
      add_block (blocks, rule, basis, guard->label[wb_language_current ()]);
      return;
    }
  }
  add_block (blocks, rule, basis, otherwise);
}

/* Nothing was decided on the request yet. */
static gboolean
is_open (JsonObject *request)
{
  return !json_object_has_member (request, "decided") &&
         !json_object_has_member (request, "answer") &&
         !json_object_has_member (request, "refused_ground");
}

/* About the case itself or somebody in it; about that very person otherwise. */
static gboolean
is_about (WbRegister *reg, const WbRecordRow *request, JsonObject *values, const WbRecordRow *row)
{
  const char *person = wb_json_get_text (values, "person");
  g_autoptr (WbRecordRow) who = NULL;

  if (!g_str_equal (row->type, "case"))
    /* That somebody asks for the erasure is no reason not to erase. */
    return g_strcmp0 (person, row->id) == 0 &&
           g_strcmp0 (wb_json_get_text (values, "kind"), "dsrkind.erasure") != 0;
  if (g_str_equal (request->case_id, row->id))
    return TRUE;
  who = person != NULL ? wb_record_store_find (reg->db, person, NULL) : NULL;
  return who != NULL && g_str_equal (who->case_id, row->id);
}

static gboolean
find_open_request (WbRegister *reg, const WbRecordRow *row, gboolean *ret_open, GError **error)
{
  g_autoptr (GPtrArray) requests = wb_record_store_list_of_type (reg->db, "dsr", error);
  gboolean open = FALSE;

  if (requests == NULL)
    return FALSE;
  for (guint i = 0; i < requests->len && !open; i++) {
    const WbRecordRow *request = g_ptr_array_index (requests, i);
    g_autoptr (JsonObject) values = wb_register_load_values (reg, request->id, NULL);

    open = is_open (values) && is_about (reg, request, values, row);
  }
  *ret_open = open;
  return TRUE;
}

static gboolean
has_hold (WbRegister *reg, const WbRecordRow *row)
{
  g_autoptr (JsonObject) values = wb_register_load_values (reg, row->case_id, NULL);

  return json_object_get_boolean_member_with_default (values, "legal_hold", FALSE);
}

static gboolean
add_common_blocks (WbRegister *reg, const WbRecordRow *row, GPtrArray *blocks, GError **error)
{
  gboolean open = FALSE;

  if (has_hold (reg, row))
    add_guard_block (reg, blocks, "no-legal-hold", ARCHIVES_ACT, _ ("No legal hold is in force."));
  if (!find_open_request (reg, row, &open, error))
    return FALSE;
  if (open)
    add_guard_block (reg,
                     blocks,
                     "no-open-request",
                     "(EU) 2016/679 art. 15-18",
                     _ ("No data-subject request is open."));
  return TRUE;
}

static gboolean
is_expired (const WbRetention *retention, const char *today)
{
  return retention->due != NULL && strcmp (today, retention->due) >= 0;
}

static void
add_period_blocks (WbRegister *reg, const WbRetention *retention, const char *today)
{
  GPtrArray *blocks = retention->blocks;

  if (retention->state == WB_RETENTION_KEPT)
    add_block (blocks,
               "not-kept",
               retention->basis != NULL ? retention->basis : ARCHIVES_ACT,
               _ ("The selection list says that the case may be destroyed, not that it is kept."));
  else if (retention->category == NULL)
    add_guard_block (reg,
                     blocks,
                     "category",
                     ARCHIVES_ACT,
                     _ ("The selection list category is filled in."));
  else if (retention->item == NULL)
    add_block (blocks,
               "selection-list",
               ARCHIVES_ACT,
               _ ("The body's own selection list has a period for the category."));
  else if (!is_expired (retention, today))
    add_guard_block (reg,
                     blocks,
                     "retention-expired",
                     retention->basis != NULL ? retention->basis : ARCHIVES_ACT,
                     _ ("The retention period has expired."));
}

static WbRetentionState
judge_state (const WbRetention *retention, const char *today)
{
  if (!is_expired (retention, today))
    return retention->due != NULL ? WB_RETENTION_RUNNING : WB_RETENTION_UNKNOWN;
  if (retention->blocks->len > 0)
    return WB_RETENTION_BLOCKED;
  return retention->reviewed != NULL && strcmp (retention->reviewed, retention->due) >= 0
             ? WB_RETENTION_DUE
             : WB_RETENTION_REVIEW;
}

static char *
format_day (WbRegister *reg, WbInstant as_of)
{
  return wb_date_format (wb_zone_to_local (reg->zone, as_of).date);
}

/* All but the two persons, who are asked last. */
static WbRetention *
judge_case (WbRegister *reg,
            GPtrArray *items,
            const WbRecordRow *row,
            WbInstant as_of,
            GError **error)
{
  g_autoptr (WbRetention) retention = g_new0 (WbRetention, 1);
  g_autoptr (JsonObject) values = wb_register_load_values (reg, row->id, NULL);
  g_autofree char *today = format_day (reg, as_of);
  const Item *item = NULL;
  WbDate reviewed;

  retention->case_id = g_strdup (row->id);
  retention->reference = g_strdup (row->reference);
  retention->status = g_strdup (wb_json_get_text (values, "status"));
  retention->category = g_strdup (wb_json_get_text (values, "retention_category"));
  retention->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_erasure_block_free);
  if (last_day (reg, values, "retention_reviewed", &reviewed))
    retention->reviewed = wb_date_format (reviewed);
  if (retention->category != NULL)
    item = find_item (items, retention->category, today);
  if (item != NULL)
    count_period (reg, item, values, retention);
  if (g_strcmp0 (retention->category, CATEGORY_KEEP) == 0 || (item != NULL && item->kept))
    retention->state = WB_RETENTION_KEPT;
  add_period_blocks (reg, retention, today);
  if (!add_common_blocks (reg, row, retention->blocks, error))
    return NULL;
  if (retention->state != WB_RETENTION_KEPT)
    retention->state = judge_state (retention, today);
  return g_steal_pointer (&retention);
}

/**
 * wb_register_judge_retention:
 * @self: an open register
 * @case_ref: a case
 * @as_of: as of when
 * @error: return location for an error
 *
 * Returns: (transfer full): the period by the body's own list and what stands in the way
 */
WbRetention *
wb_register_judge_retention (WbRegister *self,
                             const char *case_ref,
                             WbInstant as_of,
                             GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, case_ref, error);
  g_autoptr (WbRecordRow) of = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (row == NULL)
    return NULL;
  of = wb_register_find_row (self, row->case_id, error);
  items = of != NULL ? read_list (self, error) : NULL;
  return items != NULL ? judge_case (self, items, of, as_of, error) : NULL;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const WbRetention *first = *(WbRetention *const *) a, *second = *(WbRetention *const *) b;
  int order = g_strcmp0 (first->due != NULL ? first->due : "9999",
                         second->due != NULL ? second->due : "9999");

  return order != 0 ? order : strcmp (first->reference, second->reference);
}

static gboolean
list_status (WbRegister *self,
             const char *status,
             GPtrArray *items,
             WbInstant as_of,
             gboolean all,
             GPtrArray *into,
             GError **error)
{
  const WbCaseListQuery query = { .status = status, .order = WB_CASE_ORDER_REFERENCE };
  g_autoptr (GPtrArray) rows = wb_case_store_list (self->db, &query, 0, LIST_MAX, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbCaseListRow *row = g_ptr_array_index (rows, i);
    g_autoptr (WbRecordRow) of = wb_register_find_row (self, row->id, error);
    WbRetention *retention = of != NULL ? judge_case (self, items, of, as_of, error) : NULL;

    if (retention == NULL)
      return FALSE;
    if (all || (retention->state != WB_RETENTION_RUNNING && retention->state != WB_RETENTION_KEPT))
      g_ptr_array_add (into, retention);
    else
      wb_retention_free (retention);
  }
  return rows != NULL;
}

/**
 * wb_register_list_retention:
 * @self: an open register
 * @as_of: as of when
 * @all: also cases whose period still runs, and those that are kept
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbRetention): closed and archived cases, by due date
 */
GPtrArray *
wb_register_list_retention (WbRegister *self, WbInstant as_of, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_retention_free);
  g_autoptr (GPtrArray) items = read_list (self, error);

  if (items == NULL || !list_status (self, "status.closed", items, as_of, all, list, error) ||
      !list_status (self, "status.archived", items, as_of, all, list, error))
    return NULL;
  g_ptr_array_sort (list, compare_due);
  return g_steal_pointer (&list);
}

static gboolean
add_case_blocks (WbRegister *reg,
                 const WbRecordRow *row,
                 WbInstant as_of,
                 GPtrArray *blocks,
                 GError **error)
{
  g_autoptr (WbRetention) retention = wb_register_judge_retention (reg, row->id, as_of, error);
  g_autoptr (WbDestroyDecision) decision = NULL;
  g_autoptr (GError) problem = NULL;

  if (retention == NULL)
    return FALSE;
  if (g_strcmp0 (retention->status, "status.archived") != 0)
    add_block (blocks,
               "archived",
               ARCHIVES_ACT,
               _ ("The case is archived: a closed case is archived before it is destroyed."));
  for (guint i = 0; i < retention->blocks->len; i++) {
    const WbErasureBlock *block = g_ptr_array_index (retention->blocks, i);

    add_block (blocks, block->rule, block->basis, block->sentence);
  }
  decision = wb_erasure_find_decision (reg, row->id, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (decision == NULL)
    add_block (blocks,
               "two-persons",
               ARCHIVES_ACT,
               _ ("One person has proposed to destroy the case and another one, with a key of "
                  "their own, has approved it since it was archived."));
  return TRUE;
}

static gboolean
may_go_alone (const WbRecordRow *row)
{
  static const char *const NEVER[] = {
    "decision", "destruction", "yearbook", "user", "body", NULL
  };

  return !g_strv_contains (NEVER, row->type);
}

GPtrArray *
wb_erasure_list_blocks (WbRegister *reg,
                        const WbRecordRow *row,
                        gboolean fields,
                        WbInstant as_of,
                        GError **error)
{
  g_autoptr (GPtrArray) blocks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_erasure_block_free);
  gboolean destroys = g_str_equal (row->type, "case") && !fields;

  if (!may_go_alone (row))
    add_block (blocks,
               "no-decision",
               "(EU) 2016/679 art. 17(3)(b)",
               _ ("It is no decision, declaration or frozen year: those say what was decided and "
                  "stay."));
  if (!(destroys ? add_case_blocks (reg, row, as_of, blocks, error)
                 : add_common_blocks (reg, row, blocks, error)))
    return NULL;
  return g_steal_pointer (&blocks);
}

/**
 * wb_register_list_erasure_blocks:
 * @self: an open register
 * @reference: a case (destruction) or another record
 * @as_of: as of when
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbErasureBlock): the rules in the way, none where it may
 * go
 */
GPtrArray *
wb_register_list_erasure_blocks (WbRegister *self,
                                 const char *reference,
                                 WbInstant as_of,
                                 GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);

  return row != NULL ? wb_erasure_list_blocks (self, row, FALSE, as_of, error) : NULL;
}
