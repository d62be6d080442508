/* SPDX-License-Identifier: EUPL-1.2 */

/* What another log's entry means for the projections: as ours, with its own time and author. */
#include "wb-source-private.h"

#include <string.h>

#include "wb-foreign-store.h"
#include "wb-own-term.h"

/* What is of the other register itself, not of its cases: kept in the log, and no more. */
static gboolean
is_of_register (const char *type)
{
  static const char *const TYPES[] = { "body",   "user",      "log",         "holiday",
                                       "target", "clearance", "destruction", NULL };

  return g_strv_contains (TYPES, type) || wb_own_term_is_type (type);
}

/**
 * wb_foreign_project:
 * @reg: an open register, within a WbChange
 * @entry: an act of our own that took in an entry of another log
 * @act: its lines by name
 * @ret_as_if: (out caller-allocates): the act as the other logged it; borrows of @entry and
 *   @ret_source
 * @ret_source: (out) (transfer full): whence it came
 * @ret_project: (out): whether it says something of a record
 * @error: return location for an error
 */
gboolean
wb_foreign_project (WbRegister *reg,
                    const WbEntry *entry,
                    JsonObject *act,
                    WbEntry *ret_as_if,
                    WbSource **ret_source,
                    gboolean *ret_project,
                    GError **error)
{
  WbSource *source = wb_source_parse (act, error);

  if (source == NULL)
    return FALSE;
  if (!wb_foreign_store_add_take (reg->db, source->log, source->number, entry->number, error)) {
    wb_source_free (source);
    return FALSE;
  }
  *ret_as_if = *entry;
  ret_as_if->time = source->time;
  ret_as_if->author = source->author;
  ret_as_if->event = source->event;
  *ret_source = source;
  *ret_project = !is_of_register (entry->record_type);
  return TRUE;
}

/* As the case is called here, and what the other called the record within it. */
static char *
name_here (WbRegister *reg, const WbRecordRow *row, const char *logged)
{
  const char *tail = strrchr (logged, '/');
  g_autoptr (WbRecordRow) of = NULL;

  if (tail == NULL || g_str_equal (row->case_id, row->id))
    return g_strdup (logged);
  of = wb_record_store_find (reg->db, row->case_id, NULL);
  return of != NULL ? g_strconcat (of->reference, tail, NULL) : g_strdup (logged);
}

static gboolean
is_taken (WbRegister *reg, const char *reference, const char *id)
{
  g_autoptr (WbRecordRow) other = wb_record_store_find (reg->db, reference, NULL);

  return other != NULL && !g_str_equal (other->id, id);
}

/**
 * wb_foreign_name_row:
 * @reg: an open register, within a WbChange
 * @source: whence the entry that made the record came
 * @act: its lines by name
 * @row: the record's row; its reference, series and source are set
 * @error: return location for an error
 *
 * Two registers of one body give the same numbers: the one that comes in gets the mark of its log
 * where its own name is taken.
 */
gboolean
wb_foreign_name_row (WbRegister *reg,
                     const WbSource *source,
                     JsonObject *act,
                     WbRecordRow *row,
                     GError **error)
{
  const char *logged = json_object_get_string_member_with_default (act, WB_ACT_REFERENCE, row->id);
  g_autofree char *mark = wb_source_mark (source->log);
  g_autofree char *series = g_steal_pointer (&row->series);
  char *name = name_here (reg, row, logged);

  row->series = g_strdup_printf ("%s %s", series, source->log);
  while (is_taken (reg, name, row->id)) {
    g_autofree char *taken = name;

    name = g_strdup_printf ("%s.%s", taken, mark);
  }
  g_free (row->reference);
  row->reference = name;
  g_free (row->source);
  row->source = g_strdup (source->log);
  g_free (row->author);
  row->author = g_strdup (source->author);
  row->created = source->time;
  return row->key == 0 || wb_record_store_name (reg->db, row, error);
}

/**
 * wb_foreign_is_ours:
 * @reg: an open register
 * @row: a record
 *
 * Returns: whether our own body, in whichever of its registers, opened the case it belongs to
 */
gboolean
wb_foreign_is_ours (WbRegister *reg, const WbRecordRow *row)
{
  g_autoptr (WbRecordRow) of = NULL;

  if (row->source != NULL && !wb_source_is_own_body (reg, row->source))
    return FALSE;
  if (!reg->knows_others || g_str_equal (row->case_id, row->id))
    return TRUE;
  of = wb_record_store_find (reg->db, row->case_id, NULL);
  return of == NULL || of->source == NULL || wb_source_is_own_body (reg, of->source);
}
