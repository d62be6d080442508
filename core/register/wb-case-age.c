/* SPDX-License-Identifier: EUPL-1.2 */

/* "Without undue delay" (Reg. 2024/1356 art. 10(2)(b)) has no length and never gets one: what can
 * be shown is how old a case is, how long nothing was done, and who has it. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-deadline.h"

#define PAGE 200 /* cases read at once */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

void
wb_case_age_free (WbCaseAge *self)
{
  if (self == NULL)
    return;
  g_free (self->case_id);
  g_free (self->case_reference);
  g_free (self->holder);
  g_free (self->waiting_for);
  g_free (self->received);
  g_free (self);
}

static int
count_days (WbRegister *self, WbInstant from, WbInstant until)
{
  gint32 first = wb_date_to_days (wb_zone_to_local (self->zone, from).date);
  gint32 last = wb_date_to_days (wb_zone_to_local (self->zone, until).date);

  return MAX (0, last - first);
}

/* From receipt over every act to now: the longest stretch, and the last one. */
static gboolean
measure_idle (WbRegister *self, WbCaseAge *age, WbInstant received, WbInstant as_of, GError **error)
{
  g_autoptr (GArray) times = wb_log_store_list_work (self->db, age->case_id, error);
  WbInstant last = received;

  for (guint i = 0; times != NULL && i < times->len; i++) {
    WbInstant at = g_array_index (times, gint64, i);

    if (at > as_of)
      break;
    if (at <= last)
      continue;
    age->idle = MAX (age->idle, count_days (self, last, at));
    last = at;
  }
  age->idle_now = count_days (self, last, as_of);
  age->idle = MAX (age->idle, age->idle_now);
  return times != NULL;
}

/* (nullable): the body's own, where it set any; rising. */
static GArray *
get_ages (WbRegister *self)
{
  wb_register_get_clock_context (self);
  return self->ages != NULL ? self->ages : wb_practice_list_ages (self->rules);
}

/**
 * wb_register_get_first_age:
 * @self: an open register
 *
 * Returns: after how many days the body wants a case pointed out for the first time; 0 where it
 *   never does
 */
int
wb_register_get_first_age (WbRegister *self)
{
  GArray *ages = get_ages (self);

  return ages != NULL && ages->len > 0 ? g_array_index (ages, int, 0) : 0;
}

static int
find_alert (WbRegister *self, int age)
{
  GArray *ages = get_ages (self);
  int alert = 0;

  for (guint i = 0; ages != NULL && i < ages->len; i++)
    if (age >= g_array_index (ages, int, i))
      alert = g_array_index (ages, int, i);
  return alert;
}

static char *
dup_text (JsonObject *values, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (values, name, NULL));
}

static WbCaseAge *
make_age (WbRegister *self,
          const char *case_id,
          const char *reference,
          const char *received,
          WbInstant as_of,
          GError **error)
{
  g_autoptr (JsonObject) values = wb_register_load_values (self, case_id, error);
  g_autoptr (WbCaseAge) age = g_new0 (WbCaseAge, 1);
  WbInstant start;
  WbDate date;

  if (values == NULL || !wb_date_parse (received, &date, error))
    return NULL;
  start = wb_zone_start_of_day (self->zone, date);
  age->case_id = g_strdup (case_id);
  age->case_reference = g_strdup (reference);
  age->received = g_strdup (received);
  age->holder = dup_text (values, "holder");
  age->waiting_for = dup_text (values, "waiting_for");
  age->age = count_days (self, start, as_of);
  age->alert = find_alert (self, age->age);
  if (!measure_idle (self, age, start, as_of, error))
    return NULL;
  return g_steal_pointer (&age);
}

/**
 * wb_register_get_case_age:
 * @self: an open register
 * @case_ref: a case, or one of its records
 * @as_of: as of when
 * @error: return location for an error
 *
 * Returns: (transfer full): how old the case is and how long nothing was done
 */
WbCaseAge *
wb_register_get_case_age (WbRegister *self, const char *case_ref, WbInstant as_of, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, case_ref, error);
  g_autoptr (WbCaseListRow) of = NULL;

  if (row == NULL)
    return NULL;
  of = wb_case_store_find (self->db, row->case_id, error);
  return of != NULL ? make_age (self, of->id, of->reference, of->received, as_of, error) : NULL;
}

/* A status in which nobody is expected to do anything any more. */
static gboolean
is_over (const char *status)
{
  static const char *const over[] = { "status.closed", "status.archived",    "status.destroyed",
                                      "status.merged", "status.transferred", NULL };

  return g_strv_contains (over, status);
}

/* Adds the cases of one status, the oldest first, up to the first that is too young. */
static gboolean
add_status (WbRegister *self,
            const char *status,
            WbInstant as_of,
            guint limit,
            GPtrArray *list,
            GError **error)
{
  const WbCaseListQuery query = { .status = status, .order = WB_CASE_ORDER_RECEIVED };
  guint left = limit;

  for (guint offset = 0; left > 0; offset += PAGE) {
    g_autoptr (GPtrArray) rows = wb_case_store_list (self->db, &query, offset, PAGE, error);

    for (guint i = 0; rows != NULL && i < rows->len && left > 0; i++, left--) {
      const WbCaseListRow *row = g_ptr_array_index (rows, i);
      g_autoptr (WbCaseAge) age =
          make_age (self, row->id, row->reference, row->received, as_of, error);

      if (age == NULL)
        return FALSE;
      if (age->alert == 0)
        return TRUE;
      g_ptr_array_add (list, g_steal_pointer (&age));
    }
    if (rows == NULL || rows->len < PAGE)
      return rows != NULL;
  }
  return TRUE;
}

static int
compare_ages (gconstpointer a, gconstpointer b)
{
  const WbCaseAge *one = *(const WbCaseAge *const *) a, *other = *(const WbCaseAge *const *) b;
  int order = strcmp (one->received, other->received);

  return order != 0 ? order : strcmp (one->case_reference, other->case_reference);
}

/**
 * wb_register_list_case_ages:
 * @self: an open register
 * @as_of: as of when
 * @limit: at most so many
 * @error: return location for an error
 *
 * Walks the index of each status by receipt and stops at the first case that is too young.
 *
 * Returns: (transfer full) (element-type WbCaseAge): open cases that reached one of the ages at
 *   which the body wants them pointed out, the oldest first
 */
GPtrArray *
wb_register_list_case_ages (WbRegister *self, WbInstant as_of, guint limit, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_case_age_free);
  g_autoptr (GPtrArray) terms = wb_model_list_terms (self->model, "status");

  for (guint i = 0; i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    if (!is_over (term->code) && !add_status (self, term->code, as_of, limit, list, error))
      return NULL;
  }
  g_ptr_array_sort (list, compare_ages);
  if (list->len > limit)
    g_ptr_array_set_size (list, (int) limit);
  return g_steal_pointer (&list);
}
