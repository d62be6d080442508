/* SPDX-License-Identifier: EUPL-1.2 */

/* Referrals that stand still, found among the clocks that run: a question without an answer. */
#include "wb-stagnation.h"

#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-error.h"
#include "wb-fact-private.h"

void
wb_stagnation_free (WbStagnation *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->case_reference);
  g_free (self);
}

static int
compare_asked (gconstpointer a, gconstpointer b)
{
  const WbStagnation *first = *(WbStagnation *const *) a, *second = *(WbStagnation *const *) b;
  int order = wb_date_compare (first->asked, second->asked);

  return order != 0 ? order : strcmp (first->reference, second->reference);
}

/* One record can have several clocks that ask the same. */
static gboolean
is_listed (GPtrArray *list, const char *reference)
{
  for (guint i = 0; i < list->len; i++)
    if (strcmp (((WbStagnation *) g_ptr_array_index (list, i))->reference, reference) == 0)
      return TRUE;
  return FALSE;
}

/* Of a case that was closed nobody asks any more; before that somebody did. */
static gboolean
was_let_go (WbRegister *self, const WbDeadlineRow *row, const WbSubject *subject, WbInstant as_of)
{
  gint64 closed;

  if (row->running || strcmp (row->state, "running") != 0)
    return FALSE;
  return !wb_kin_read_day (self, subject->of_case, "closed", &closed, NULL) ||
         closed <= wb_date_to_days (wb_zone_to_local (self->zone, as_of).date);
}

static gboolean
judge (WbRegister *self, const WbDeadlineRow *row, WbInstant as_of, GPtrArray *list, GError **error)
{
  g_autoptr (JsonObject) object = wb_doc_parse (row->clock, error);
  g_autoptr (WbClock) clock = object != NULL ? wb_clock_new_from_json (object, error) : NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbSubject) subject = NULL;
  WbStagnation *found;
  WbDate asked;

  if (clock == NULL)
    return FALSE;
  subject = wb_subject_load (self, row->record, NULL, as_of, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (subject == NULL || is_listed (list, subject->reference) ||
      was_let_go (self, row, subject, as_of) ||
      !wb_rules_find_stagnation (wb_register_get_clock_context (self),
                                 clock,
                                 &subject->subject,
                                 as_of,
                                 &asked))
    return TRUE;
  found = g_new0 (WbStagnation, 1);
  found->reference = g_strdup (subject->reference);
  found->case_reference = wb_register_reference_of (self, row->case_id);
  found->asked = asked;
  g_ptr_array_add (list, found);
  return TRUE;
}

/* Now, clocks that run; of what was, also those that were settled since: the last of a record. */
static gboolean
judge_rows (WbRegister *self,
            GPtrArray *rows,
            const char *rule,
            const char *only,
            WbInstant as_of,
            GPtrArray *list,
            GError **error)
{
  g_autoptr (GHashTable) judged = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean past = as_of < wb_clock_now ();

  for (guint i = rows->len; i-- > 0;) {
    const WbDeadlineRow *row = g_ptr_array_index (rows, i);

    if (strcmp (row->rule, rule) == 0 && (only == NULL || strcmp (row->record, only) == 0) &&
        (past ? g_hash_table_add (judged, row->record) : row->running) &&
        !judge (self, row, as_of, list, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_register_list_stagnant:
 * @self: an open register
 * @reference: (nullable): one case or record; %NULL for all
 * @as_of: judged as of then: days up to that one count, also those that were recorded later
 * @error: return location for an error
 *
 * A question about progress waits for an answer as long as the body takes to ask again; after that
 * the referral stands still. (EU) 2024/1356 art. 10(2)(b).
 *
 * Returns: (transfer full) (element-type WbStagnation): the longest first
 */
GPtrArray *
wb_register_list_stagnant (WbRegister *self, const char *reference, WbInstant as_of, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_stagnation_free);
  g_autoptr (WbRecordRow) of =
      reference != NULL ? wb_register_find_row (self, reference, error) : NULL;
  g_auto (GStrv) rules = wb_rules_list_asking (self->rules);

  if (reference != NULL && of == NULL)
    return NULL;
  for (guint i = 0; rules[i] != NULL; i++) {
    g_autoptr (GPtrArray) rows = of != NULL
                                     ? wb_deadline_store_list_of_case (self->db, of->case_id, error)
                                     : wb_deadline_store_list_of_rule (self->db, rules[i], error);
    const char *only = of != NULL && strcmp (of->type, "case") != 0 ? of->id : NULL;

    if (rows == NULL || !judge_rows (self, rows, rules[i], only, as_of, list, error))
      return NULL;
  }
  g_ptr_array_sort (list, compare_asked);
  return g_steal_pointer (&list);
}
