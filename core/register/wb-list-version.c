/* SPDX-License-Identifier: EUPL-1.2 */

/* Which version of the lists the codes of a record come from: it stands in the entry that set them.
 */
#include "wb-list-version.h"

#include <string.h>

#include "wb-disclosure.h"
#include "wb-register-private.h"

/* (nullable): the version that the entry tells. */
static char *
read_version (WbRegister *self, guint64 entry, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (!wb_log_store_read_lines (self->db, entry, lines, error))
    return NULL;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL) &&
        strcmp (name, WB_ACT_MODEL) == 0 && JSON_NODE_HOLDS_VALUE (value))
      return g_strdup (json_node_get_string (value));
  }
  return NULL;
}

/* The entry that set a field; 0 where the record has no such value. */
static gboolean
find_entry (WbRegister *self,
            const WbRecordRow *row,
            const char *field,
            guint64 *ret_entry,
            GError **error)
{
  g_autofree char *apart_text = wb_record_store_get_identity (self->db, row->id, NULL);
  g_autoptr (JsonObject) apart = apart_text != NULL ? wb_doc_parse (apart_text, NULL) : NULL;
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, error);
  JsonObject *const docs[] = { doc, apart };

  if (doc == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (docs); i++) {
    JsonObject *member = docs[i] != NULL && json_object_has_member (docs[i], field)
                             ? json_object_get_object_member (docs[i], field)
                             : NULL;

    if (member != NULL) {
      *ret_entry = (guint64) json_object_get_int_member (member, "entry");
      return TRUE;
    }
  }
  *ret_entry = row->first_entry;
  return TRUE;
}

/**
 * wb_register_get_list_version:
 * @self: an open register
 * @reference: a record
 * @field: (nullable): one of its fields; %NULL: the record as it was made
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the version of the lists from which the code was chosen, the
 *   body's own terms included; %NULL without @error where the entry tells none
 */
char *
wb_register_get_list_version (WbRegister *self,
                              const char *reference,
                              const char *field,
                              GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  guint64 entry;
  char *version;

  if (row == NULL)
    return NULL;
  entry = row->first_entry;
  if (field != NULL && !find_entry (self, row, field, &entry, error))
    return NULL;
  version = read_version (self, entry, error);
  if (version == NULL && entry != row->first_entry && (error == NULL || *error == NULL))
    version = read_version (self, row->first_entry, error);
  return version;
}
