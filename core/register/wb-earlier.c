/* SPDX-License-Identifier: EUPL-1.2 */

/* What a field said before: corrections never overwrite, the log has them all. */
#include "wb-earlier.h"

#include <string.h>

#include "wb-disclosure.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-register-private.h"

#define ACTS_MAX 100000 /* on one record */

void
wb_earlier_free (WbEarlier *self)
{
  if (self == NULL)
    return;
  g_free (self->author);
  g_free (self->text);
  g_free (self);
}

JsonNode *
wb_register_read_logged (WbRegister *reg, guint64 number, const char *field)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (!wb_log_store_read_lines (reg->db, number, lines, NULL))
    return NULL;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL) &&
        g_str_equal (name, field))
      return g_steal_pointer (&value);
  }
  return NULL;
}

/* (nullable): what the act set the field to, as compact JSON. */
static char *
read_value (WbRegister *reg, guint64 number, const char *field)
{
  g_autoptr (JsonNode) value = wb_register_read_logged (reg, number, field);

  return value != NULL ? wb_json_compact (value) : NULL;
}

static WbEarlier *
make_earlier (WbRegister *reg, const WbAct *act, const char *field)
{
  g_autofree char *text = g_str_equal (act->event, "created") || g_str_equal (act->event, "changed")
                              ? read_value (reg, act->number, field)
                              : NULL;
  WbEarlier *earlier;

  if (text == NULL)
    return NULL;
  earlier = g_new0 (WbEarlier, 1);
  earlier->entry = act->number;
  earlier->time = act->time;
  earlier->author = wb_user_store_get_name (reg->db, act->author, NULL);
  if (earlier->author == NULL)
    earlier->author = g_strdup (act->author);
  earlier->text = g_steal_pointer (&text);
  return earlier;
}

static gboolean
check_field (WbRegister *self, const WbRecordRow *row, const char *name, GError **error)
{
  const WbRecordType *type = wb_model_find_type (self->model, row->type);
  const WbField *field = type != NULL ? wb_record_type_find_field (type, name) : NULL;

  if (field != NULL && !wb_field_is_apart (field))
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("“%.40s” is no field whose earlier values are shown here."),
               name);
  return FALSE;
}

/**
 * wb_register_list_earlier:
 * @self: an open register
 * @reference: a record
 * @field: one of its fields, not one that is kept apart
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbEarlier): what it said before, oldest first
 */
GPtrArray *
wb_register_list_earlier (WbRegister *self,
                          const char *reference,
                          const char *field,
                          GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_earlier_free);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) acts = NULL;

  if (row == NULL || !check_field (self, row, field, error))
    return NULL;
  acts = wb_log_store_list_acts (self->db, NULL, row->id, 0, ACTS_MAX, error);
  if (acts == NULL)
    return NULL;
  for (guint i = 0; i < acts->len; i++) {
    WbEarlier *earlier = make_earlier (self, g_ptr_array_index (acts, i), field);

    if (earlier != NULL)
      g_ptr_array_add (list, earlier);
  }
  if (list->len > 0) /* the last one stands */
    g_ptr_array_remove_index (list, list->len - 1);
  return g_steal_pointer (&list);
}
