/* SPDX-License-Identifier: EUPL-1.2 */

/* Deadlines as they stand at some moment. Who belongs to what is read once in a list. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-deadline.h"
#include "wb-error.h"

#define DEADLINES_MAX 10000 /* rows of one list */
#define CACHE_MAX 2000      /* records kept while a list is made */

void
wb_deadline_free (WbDeadline *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->clock, wb_clock_free);
  g_free (self->met);
  g_free (self->case_id);
  g_free (self->case_reference);
  g_free (self->record_reference);
  g_free (self);
}

/* Records that several deadlines of one list belong to. */
static const WbSubject *
find_subject (WbRegister *self, GHashTable *cache, const char *id, WbInstant as_of, GError **error)
{
  WbSubject *subject = g_hash_table_lookup (cache, id);

  if (subject != NULL)
    return subject;
  subject = wb_subject_load (self, id, NULL, as_of, error);
  if (subject == NULL)
    return NULL;
  if (g_hash_table_size (cache) >= CACHE_MAX)
    g_hash_table_remove_all (cache);
  g_hash_table_insert (cache, subject->id, subject);
  return subject;
}

static GHashTable *
new_cache (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) wb_subject_free);
}

static void
judge (WbRegister *self,
       WbDeadline *deadline,
       const WbSubject *subject,
       const WbDeadlineRow *row,
       WbInstant as_of)
{
  deadline->record_reference = g_strdup (subject->reference);
  deadline->entry = row->entry;
  deadline->in_planning = row->running;
  if (strcmp (row->state, "superseded") == 0)
    deadline->state = WB_CLOCK_SUPERSEDED;
  else
    deadline->state = wb_rules_judge (wb_register_get_clock_context (self),
                                      deadline->clock,
                                      &subject->subject,
                                      as_of,
                                      &deadline->met);
}

/* NULL without *error where its record was set aside. */
static WbDeadline *
make_deadline (WbRegister *self,
               GHashTable *cache,
               const WbDeadlineRow *row,
               WbInstant as_of,
               GError **error)
{
  g_autoptr (JsonObject) object = wb_doc_parse (row->clock, error);
  g_autoptr (WbClock) clock = object != NULL ? wb_clock_new_from_json (object, error) : NULL;
  const WbSubject *subject =
      clock != NULL ? find_subject (self, cache, row->record, as_of, error) : NULL;
  WbDeadline *deadline;

  if (subject == NULL)
    return NULL;
  deadline = g_new0 (WbDeadline, 1);
  deadline->clock = g_steal_pointer (&clock);
  deadline->rule = wb_rules_find (self->rules, deadline->clock->rule);
  deadline->case_id = g_strdup (row->case_id);
  deadline->case_reference = wb_register_reference_of (self, row->case_id);
  judge (self, deadline, subject, row, as_of);
  return deadline;
}

/* What still runs; of those without an end only what stands still. A consent that expired takes a
 * clock away without any act. */
static gboolean
is_listed (const WbDeadlineRow *row, const WbDeadline *deadline, gboolean open_only)
{
  if (!open_only)
    return TRUE;
  return row->running && deadline->state != WB_CLOCK_CANCELLED &&
         (row->ends != G_MININT64 || deadline->clock->is_paused);
}

/* @only: (nullable): UUID of the one record whose deadlines are wanted */
static GPtrArray *
make_all (WbRegister *self,
          GPtrArray *rows,
          const char *only,
          WbInstant as_of,
          gboolean open_only,
          GError **error)
{
  g_autoptr (GPtrArray) deadlines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_deadline_free);
  g_autoptr (GHashTable) cache = new_cache ();

  for (guint i = 0; i < rows->len; i++) {
    const WbDeadlineRow *row = g_ptr_array_index (rows, i);
    g_autoptr (GError) problem = NULL;
    WbDeadline *deadline;

    if ((open_only && !row->running) || (only != NULL && strcmp (row->record, only) != 0))
      continue;
    deadline = make_deadline (self, cache, row, as_of, &problem);
    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (deadline != NULL && is_listed (row, deadline, open_only))
      g_ptr_array_add (deadlines, deadline);
    else
      wb_deadline_free (deadline);
  }
  return g_steal_pointer (&deadlines);
}

/**
 * wb_register_list_deadlines:
 * @self: an open register
 * @reference: (nullable): one case, with all its records, or one record; %NULL for all
 * @as_of: judged as of then
 * @open_only: only what still runs, or stands still
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDeadline): by end; those without one last
 */
GPtrArray *
wb_register_list_deadlines (WbRegister *self,
                            const char *reference,
                            WbInstant as_of,
                            gboolean open_only,
                            GError **error)
{
  g_autoptr (WbRecordRow) of = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *only = NULL;

  if (reference != NULL) {
    of = wb_register_find_row (self, reference, error);
    if (of == NULL)
      return NULL;
    only = strcmp (of->type, "case") == 0 ? NULL : of->id;
    rows = wb_deadline_store_list_of_case (self->db, of->case_id, error);
  } else {
    rows = wb_deadline_store_list (self->db, open_only, DEADLINES_MAX, error);
  }
  return rows != NULL ? make_all (self, rows, only, as_of, open_only, error) : NULL;
}

/**
 * wb_register_list_due:
 * @self: an open register
 * @from: first end
 * @until: first end that is too late
 * @as_of: judged as of then
 * @limit: at most so many
 * @error: return location for an error
 *
 * What a day or a week asks for. The index is read, and nothing else: it takes as long in a large
 * register as in a small one.
 *
 * Returns: (transfer full) (element-type WbDeadline): by end
 */
GPtrArray *
wb_register_list_due (WbRegister *self,
                      WbInstant from,
                      WbInstant until,
                      WbInstant as_of,
                      guint limit,
                      GError **error)
{
  g_autoptr (GPtrArray) rows = wb_deadline_store_list_between (self->db, from, until, limit, error);

  return rows != NULL ? make_all (self, rows, NULL, as_of, TRUE, error) : NULL;
}

/**
 * wb_register_list_suspended:
 * @self: an open register
 * @as_of: usually wb_clock_now()
 * @limit: at most so many
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbDeadline): what stands still and can run on
 */
GPtrArray *
wb_register_list_suspended (WbRegister *self, WbInstant as_of, guint limit, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_deadline_store_list_paused (self->db, limit, error);

  return rows != NULL ? make_all (self, rows, NULL, as_of, TRUE, error) : NULL;
}

/**
 * wb_register_list_deadline_notes:
 * @self: an open register
 * @deadline: one of its deadlines
 * @as_of: judged as of then
 * @language: of the words
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8): what must be said beside it, such as why an
 *   extension does not count
 */
GPtrArray *
wb_register_list_deadline_notes (WbRegister *self,
                                 const WbDeadline *deadline,
                                 WbInstant as_of,
                                 WbLanguage language,
                                 GError **error)
{
  g_autoptr (WbSubject) subject =
      wb_subject_load (self, deadline->clock->record_id, NULL, as_of, error);

  if (subject == NULL)
    return NULL;
  return wb_rules_list_notes (wb_register_get_clock_context (self),
                              deadline->clock,
                              &subject->subject,
                              as_of,
                              language);
}
