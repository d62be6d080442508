/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads what the form of a record needs, on the register's thread. */
#include "wb-allegation-start.h"

#include "wb-error.h"

#define TARGETS_MAX 500 /* records of a type to choose from; more are found by nobody in a list */

typedef struct {
  char *key;
  char *type;
  char *case_id;   /* (nullable) */
  char *corrected; /* (nullable) */
} Ask;

static void
ask_free (Ask *ask)
{
  g_free (ask->key);
  g_free (ask->type);
  g_free (ask->case_id);
  g_free (ask->corrected);
  g_free (ask);
}

void
wb_allegation_start_free (WbAllegationStart *self)
{
  g_clear_pointer (&self->draft, json_object_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  wb_record_free (self->record);
  g_free (self);
}

/* A visit, a recommendation: what stands by itself is no record of the case. */
static gboolean
add_targets (WbRegister *reg, const Ask *ask, GPtrArray *records, GError **error)
{
  const WbModel *model = wb_register_get_model (reg);
  const WbRecordType *type = wb_model_find_type (model, ask->type);

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const char *name = ((const WbField *) g_ptr_array_index (type->fields, i))->target;
    const WbRecordType *target = name != NULL ? wb_model_find_type (model, name) : NULL;
    g_autoptr (GPtrArray) found = NULL;

    if (target == NULL || target->scope == WB_SCOPE_CASE || target->prefix == NULL)
      continue;
    found = wb_register_list_records (reg, name, 0, TARGETS_MAX, error);
    if (found == NULL)
      return FALSE;
    for (guint j = 0; j < found->len; j++)
      g_ptr_array_add (records, wb_record_copy (g_ptr_array_index (found, j)));
  }
  return TRUE;
}

static gboolean
load_records (WbRegister *reg, const Ask *ask, WbAllegationStart *start, GError **error)
{
  start->records = ask->case_id != NULL
                       ? wb_register_read_case (reg, ask->case_id, error)
                       : g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  if (start->records == NULL || !add_targets (reg, ask, start->records, error))
    return FALSE;
  if (ask->corrected != NULL)
    start->record = wb_register_read (reg, ask->corrected, FALSE, NULL, error);
  return ask->corrected == NULL || start->record != NULL;
}

/* What the form will hold may point at other cases. */
static gboolean
load_names (WbRegister *reg, const Ask *ask, WbAllegationStart *start, GError **error)
{
  JsonNode *node = start->draft != NULL ? json_object_get_member (start->draft, "fields") : NULL;

  start->names = wb_record_names_new ();
  if (start->record != NULL && !wb_register_add_names (reg,
                                                       ask->type,
                                                       start->record->fields,
                                                       start->records,
                                                       start->names,
                                                       error))
    return FALSE;
  return node == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
         wb_register_add_names (reg,
                                ask->type,
                                json_node_get_object (node),
                                start->records,
                                start->names,
                                error);
}

/* On the register's thread. */
static gpointer
start_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask *ask = data;
  g_autoptr (GError) problem = NULL;
  WbAllegationStart *start = g_new0 (WbAllegationStart, 1);

  start->model = wb_register_get_model (reg);
  start->draft = wb_register_load_draft (reg, ask->key, &problem);
  if (problem != NULL && !g_error_matches (problem, WB_ERROR, WB_ERROR_NOT_FOUND)) {
    wb_allegation_start_free (start);
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (load_records (reg, ask, start, error) && load_names (reg, ask, start, error))
    return start;
  wb_allegation_start_free (start);
  return NULL;
}

void
wb_allegation_start_load (WbSession *session,
                          const char *draft_key,
                          const char *type,
                          const char *case_id,
                          const char *corrected,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->key = g_strdup (draft_key);
  ask->type = g_strdup (type);
  ask->case_id = g_strdup (case_id);
  ask->corrected = g_strdup (corrected);
  wb_session_call_async (session,
                         start_call,
                         ask,
                         (GDestroyNotify) ask_free,
                         (GDestroyNotify) wb_allegation_start_free,
                         cancellable,
                         callback,
                         user_data);
}
