/* SPDX-License-Identifier: EUPL-1.2 */

/* Records as callers see them, and the ways to find one. */
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-register-private.h"

JsonNode *
wb_json_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

void
wb_record_free (WbRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->type);
  g_free (self->case_id);
  g_free (self->reference);
  g_clear_pointer (&self->fields, json_object_unref);
  g_strfreev (self->hidden);
  g_free (self->author);
  g_free (self);
}

WbRecord *
wb_record_copy (const WbRecord *self)
{
  WbRecord *copy = g_new0 (WbRecord, 1);

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->type = g_strdup (self->type);
  copy->case_id = g_strdup (self->case_id);
  copy->reference = g_strdup (self->reference);
  copy->fields = json_object_ref (self->fields);
  copy->hidden = g_strdupv (self->hidden);
  copy->author = g_strdup (self->author);
  return copy;
}

WbRecord *
wb_record_from_row (const WbRecordRow *row, GError **error)
{
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, error);
  WbRecord *record;

  if (doc == NULL)
    return NULL;
  record = g_new0 (WbRecord, 1);
  record->id = g_strdup (row->id);
  record->type = g_strdup (row->type);
  record->case_id = g_strdup (wb_record_row_get_case (row));
  record->reference = g_strdup (row->reference);
  record->fields = wb_doc_values (doc);
  record->created = row->created;
  record->changed = row->changed;
  record->first_entry = row->first_entry;
  record->last_entry = row->last_entry;
  record->author = g_strdup (row->author);
  return record;
}

const char *
wb_record_row_get_case (const WbRecordRow *row)
{
  return g_str_equal (row->type, "case") || !g_str_equal (row->case_id, row->id) ? row->case_id
                                                                                 : NULL;
}

/* References are written in capitals; people may type them as they like. */
WbRecordRow *
wb_register_find_row (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *upper = g_ascii_strup (reference, -1);
  WbRecordRow *row = wb_record_store_find (self->db, reference, &problem);

  if (row == NULL && problem == NULL)
    row = wb_record_store_find (self->db, upper, &problem);
  if (row == NULL && problem == NULL && g_ascii_isdigit (*upper)) {
    g_autofree char *whole = g_strdup_printf ("%s-%s", self->code, upper); /* as on a plain slip */

    row = wb_record_store_find (self->db, whole, &problem);
  }
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (row == NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("There is no “%.80s” in this register. Look its reference up in the list."),
                 reference);
  return row;
}

/**
 * wb_register_resolve:
 * @self: an open register
 * @reference: a reference or UUID
 * @error: return location for an error; %WB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the record's UUID
 */
char *
wb_register_resolve (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);

  return row != NULL ? g_strdup (row->id) : NULL;
}

const WbRecordType *
wb_register_find_type (WbRegister *self, const char *name, GError **error)
{
  const WbRecordType *type = wb_model_find_type (self->model, name);

  if (type == NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("There is no record type “%.40s”: “waarborgctl model” lists them."),
                 name);
  return type;
}
