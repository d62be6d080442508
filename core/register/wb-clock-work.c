/* SPDX-License-Identifier: EUPL-1.2 */

/* Which clocks an act starts, of its own record and of those that it touches. They go into the
 * entry of the act itself, with what they take the place of. */
#include "wb-clock-work-private.h"
#include "wb-deadline.h"

#include <string.h>

#include "wb-error.h"

#define RECOUNT_CLOCKS 200 /* clocks in one entry: far below what one line may hold */
#define RECOUNT_PAGE 1000  /* rows read at once */

/* Standing clocks have rows in the same order. */
static const WbDeadlineRow *
next_row (const WbSubject *subject, guint *index)
{
  for (; *index < subject->rows->len; (*index)++) {
    const WbDeadlineRow *row = g_ptr_array_index (subject->rows, *index);

    if (strcmp (row->state, "superseded") == 0)
      continue;
    (*index)++;
    return row;
  }
  return NULL;
}

static gboolean
is_settled (const WbDeadlineRow *row)
{
  return g_str_has_prefix (row->state, "met") || strcmp (row->state, "waived") == 0;
}

/* Whether the newer differs by nothing but how it was counted: days off, a target, an announced
 * term. What is settled or over keeps the value that it was judged by. */
static gboolean
is_recount (const WbClock *newer, const WbClock *older)
{
  guint pauses = newer->pauses != NULL ? newer->pauses->len : 0;
  guint said = newer->said != NULL ? newer->said->len : 0;

  return strcmp (newer->rule, older->rule) == 0 && strcmp (newer->start, older->start) == 0 &&
         g_strcmp0 (newer->start_latest, older->start_latest) == 0 &&
         newer->after == older->after && newer->is_open == older->is_open &&
         newer->is_paused == older->is_paused && !newer->by_hand && !older->by_hand &&
         pauses == (older->pauses != NULL ? older->pauses->len : 0) &&
         said == (older->said != NULL ? older->said->len : 0);
}

/* A recurring clock that was done stays as it is: the next one stands beside it. */
static gboolean
is_done_before (const WbDeadlineRow *row, const WbClock *older)
{
  return older->every != 0 && g_str_has_prefix (row->state, "met");
}

static gboolean
is_news (WbClock *newer, const WbClock *older, const WbDeadlineRow *row, WbInstant time)
{
  gboolean is_over = is_settled (row) || (wb_clock_has_end (older) && older->end <= time);

  switch (wb_clock_relate (newer, older)) {
  case WB_CLOCK_BESIDE:
    return TRUE;
  case WB_CLOCK_SAME:
    return FALSE;
  case WB_CLOCK_REPLACES:
  default:
    if (is_done_before (row, older))
      return newer->after != older->after || newer->start == NULL ||
             strcmp (newer->start, older->start) != 0;
    if (is_over && is_recount (newer, older))
      return FALSE;
    g_free (newer->replaces_rule);
    g_free (newer->replaces_due);
    newer->replaces_rule = g_strdup (older->rule);
    newer->replaces_due = g_strdup (older->due);
    return TRUE;
  }
}

/* Those that already run unchanged are not started again. */
static void
drop_known (const WbSubject *subject, GPtrArray *clocks, WbInstant time)
{
  guint at = 0;

  for (guint i = 0; i < subject->subject.standing->len; i++) {
    const WbClock *older = g_ptr_array_index (subject->subject.standing, i);
    const WbDeadlineRow *row = next_row (subject, &at);

    for (guint j = clocks->len; row != NULL && j > 0; j--)
      if (!is_news (g_ptr_array_index (clocks, j - 1), older, row, time))
        g_ptr_array_remove_index (clocks, j - 1);
  }
}

static void
write_clocks (JsonArray *array, GPtrArray *clocks)
{
  for (guint i = 0; i < clocks->len; i++)
    json_array_add_object_element (array, wb_clock_to_json (g_ptr_array_index (clocks, i)));
}

static gboolean
start_of (WbRegister *self,
          const char *id,
          const WbPending *record,
          const char *const *changed,
          WbInstant time,
          JsonArray *array,
          GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbSubject) subject = wb_subject_load (self, id, record, time, &problem);
  g_autoptr (GPtrArray) clocks = NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (subject == NULL)
    return TRUE; /* set aside */
  clocks = wb_rules_start (wb_register_get_clock_context (self),
                           &subject->subject,
                           changed,
                           time,
                           error);
  if (clocks == NULL)
    return FALSE;
  drop_known (subject, clocks, time);
  write_clocks (array, clocks);
  return TRUE;
}

static GStrv
list_names (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (GList *l = members; l != NULL; l = l->next)
    g_strv_builder_add (names, l->data);
  return g_strv_builder_end (names);
}

static void
add_array (WbActDraft *draft, JsonArray *array)
{
  g_autoptr (JsonNode) node = NULL;

  if (json_array_get_length (array) == 0)
    return;
  node = json_node_init_array (json_node_alloc (), array);
  wb_act_draft_add (draft, WB_ACT_DEADLINES, node);
}

/**
 * wb_register_add_clocks:
 * @self: an open register, within a WbChange
 * @draft: the act
 * @record: its record, as it will be
 * @changed: the fields that the act sets; the record's own object where the act makes it
 * @time: when it is recorded
 * @error: return location for an error
 *
 * Adds to the act the clocks that it starts or moves, of its own record and of the records that
 * look at it.
 */
gboolean
wb_register_add_clocks (WbRegister *self,
                        WbActDraft *draft,
                        const WbPending *record,
                        JsonObject *changed,
                        WbInstant time,
                        GError **error)
{
  g_auto (GStrv) names = list_names (changed);
  gboolean is_new = changed == record->values;
  const char *const *fields = is_new ? NULL : (const char *const *) names;
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GPtrArray) touched = wb_register_list_touched (self, record, fields, error);

  if (touched == NULL || !start_of (self, record->id, record, fields, time, array, error))
    return FALSE;
  for (guint i = 0; i < touched->len; i++)
    if (!start_of (self, g_ptr_array_index (touched, i), record, NULL, time, array, error))
      return FALSE;
  add_array (draft, array);
  return TRUE;
}

/* What is counted anew, gathered into entries. */
typedef struct {
  WbRegister *reg;
  const char *type, *id;
  WbInstant time;
  JsonArray *array;
  GHashTable *seen; /* records */
} Recount;

static gboolean
flush (Recount *self, GError **error)
{
  g_autoptr (WbActDraft) draft = NULL;

  if (json_array_get_length (self->array) == 0)
    return TRUE;
  draft = wb_act_draft_new (self->type, self->id, NULL, WB_EVENT_RECOUNTED);
  add_array (draft, self->array);
  json_array_unref (self->array);
  self->array = json_array_new ();
  return wb_register_append (self->reg, draft, wb_register_next_time (self->reg), error);
}

/* Only what takes the place of a clock that is still to come: a setting starts nothing. */
static gboolean
recount_record (Recount *self, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbSubject) subject = wb_subject_load (self->reg, id, NULL, self->time, &problem);
  g_autoptr (GPtrArray) clocks = NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (subject == NULL)
    return TRUE; /* set aside */
  clocks = wb_rules_start (wb_register_get_clock_context (self->reg),
                           &subject->subject,
                           NULL,
                           self->time,
                           error);
  if (clocks == NULL)
    return FALSE;
  drop_known (subject, clocks, self->time);
  for (guint i = clocks->len; i > 0; i--)
    if (((WbClock *) g_ptr_array_index (clocks, i - 1))->replaces_rule == NULL)
      g_ptr_array_remove_index (clocks, i - 1);
  write_clocks (self->array, clocks);
  return json_array_get_length (self->array) < RECOUNT_CLOCKS || flush (self, error);
}

static gboolean
recount_page (Recount *self, GPtrArray *rows, gint64 *key, GError **error)
{
  for (guint i = 0; i < rows->len; i++) {
    const WbDeadlineRow *row = g_ptr_array_index (rows, i);

    *key = row->key;
    if (g_hash_table_contains (self->seen, row->record))
      continue;
    g_hash_table_add (self->seen, g_strdup (row->record));
    if (!recount_record (self, row->record, error))
      return FALSE;
  }
  return TRUE;
}

/* Rows that are added meanwhile have higher keys: they are read too, and are no news. */
static gboolean
recount_all (Recount *self, GError **error)
{
  gint64 key = -1;

  for (;;) {
    g_autoptr (GPtrArray) rows =
        wb_deadline_store_list_future (self->reg->db, self->time, key, RECOUNT_PAGE, error);

    if (rows == NULL || !recount_page (self, rows, &key, error))
      return FALSE;
    if (rows->len < RECOUNT_PAGE)
      return flush (self, error);
  }
}

/**
 * wb_register_recount:
 * @self: an open register, within a WbChange
 * @type: type of the setting that an act just changed
 * @id: its UUID
 * @error: return location for an error
 *
 * Counts anew what is still to come, and logs the old and the new due dates. What was met, waived
 * or is over keeps the value that it was judged by.
 */
gboolean
wb_register_recount (WbRegister *self, const char *type, const char *id, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Recount recount = { self, type, id, wb_register_next_time (self), json_array_new (), seen };
  gboolean done;

  if (!wb_type_is_setting (type)) {
    json_array_unref (recount.array);
    return TRUE;
  }
  done = recount_all (&recount, error);
  json_array_unref (recount.array);
  return done;
}
