/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads a case for showing: records, deadlines with their sums, and its history in words. */
#include "wb-case-data.h"

#include <string.h>

#include "wb-deadline-item.h"
#include "wb-format.h"
#include "wb-story.h"

#define HISTORY_MAX 2000 /* entries of one case; more than a busy case gathers in years */

static void
history_line_free (WbHistoryLine *self)
{
  g_free (self->when);
  g_free (self->words);
  g_free (self->fields);
  g_free (self->author);
  g_free (self);
}

static WbHistoryLine *
history_line_new (const WbLogRow *row,
                  const WbModel *model,
                  const WbZone *zone,
                  WbLanguage language)
{
  static const char *const looked[] = { "consulted", "exported", "printed", NULL };
  WbHistoryLine *self = g_new0 (WbHistoryLine, 1);

  self->number = row->number;
  self->when = wb_format_instant (row->time, zone, language);
  self->words = wb_log_row_to_act (row, model, language);
  self->fields = wb_log_row_to_fields (row, model, language);
  self->author = g_strdup (row->author);
  self->looked = g_strv_contains (looked, row->event);
  return self;
}

static GPtrArray *
load_history (WbRegister *reg, const char *reference, GError **error)
{
  const WbModel *model = wb_register_get_model (reg);
  const WbZone *zone = wb_register_get_zone (reg);
  WbLanguage language = wb_language_current ();
  g_autoptr (GPtrArray) rows = wb_register_list_log (reg, reference, 0, HISTORY_MAX, error);
  GPtrArray *lines;

  if (rows == NULL)
    return NULL;
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) history_line_free);
  for (guint i = rows->len; i > 0; i--)
    g_ptr_array_add (lines,
                     history_line_new (g_ptr_array_index (rows, i - 1), model, zone, language));
  return lines;
}

static GPtrArray *
load_deadlines (WbRegister *reg, const char *reference, GError **error)
{
  WbInstant now = wb_clock_now ();
  g_autoptr (GPtrArray) deadlines = wb_register_list_deadlines (reg, reference, now, FALSE, error);
  GPtrArray *items;

  if (deadlines == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < deadlines->len; i++)
    g_ptr_array_add (items,
                     wb_deadline_item_new (g_ptr_array_index (deadlines, i),
                                           wb_register_get_clock_context (reg),
                                           now,
                                           wb_language_current ()));
  return items;
}

static char **
load_users (WbRegister *reg, GError **error)
{
  g_autoptr (GPtrArray) users = wb_register_list_users (reg, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; users != NULL && i < users->len; i++)
    g_strv_builder_add (names, ((WbUser *) g_ptr_array_index (users, i))->name);
  return users != NULL ? g_strv_builder_end (names) : NULL;
}

/* Other cases, visits: what the records point at and is not among them. */
static GHashTable *
load_names (WbRegister *reg, GPtrArray *records, GError **error)
{
  g_autoptr (GHashTable) names = wb_record_names_new ();

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);

    if (!wb_register_add_names (reg, record->type, record->fields, records, names, error))
      return NULL;
  }
  return g_steal_pointer (&names);
}

gpointer
wb_case_data_load (WbRegister *reg, gpointer reference, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbCaseData) self = g_new0 (WbCaseData, 1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self->records = wb_register_read_case (reg, reference, error);
  if (self->records == NULL)
    return NULL;
  self->names = load_names (reg, self->records, error);
  if (self->names == NULL)
    return NULL;
  self->deadlines = load_deadlines (reg, reference, error);
  if (self->deadlines == NULL)
    return NULL;
  self->moves = wb_register_list_moves (reg, reference, error);
  if (self->moves == NULL)
    return NULL;
  self->users = load_users (reg, error);
  if (self->users == NULL)
    return NULL;
  self->fingerprint = g_strdup (wb_register_get_fingerprint (reg));
  self->history = load_history (reg, reference, error);
  return self->history != NULL ? g_steal_pointer (&self) : NULL;
}

void
wb_case_data_free (WbCaseData *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->deadlines, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_strfreev (self->users);
  g_free (self->fingerprint);
  g_free (self);
}

const WbRecord *
wb_case_data_get_case (const WbCaseData *self)
{
  return self->records->len > 0 ? g_ptr_array_index (self->records, 0) : NULL;
}

const char *
wb_record_get_text (const WbRecord *self, const char *field)
{
  JsonNode *node = json_object_get_member (self->fields, field);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

const char *
wb_record_get_short_reference (const WbRecord *self)
{
  const char *slash = self->reference != NULL ? strrchr (self->reference, '/') : NULL;

  return slash != NULL ? slash + 1 : self->reference;
}
