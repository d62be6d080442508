/* SPDX-License-Identifier: EUPL-1.2 */

/* Searches that a user saved: drafts of the store whose key begins with KEY, one for each. */
#include "wb-work-list.h"

#include <string.h>

#include "wb-case-filter.h"
#include "wb-case-table.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-register-private.h"

#define KEY "work-list "
#define WORDS_MAX 1000 /* bytes: as many words as a list is ever searched for */

/**
 * wb_work_list_new:
 * @name: what its user calls it
 * @query: what it asks for; copied
 * @fields: 1 << WbCaseField of each column
 *
 * Returns: (transfer full): a work list that is not saved yet
 */
WbWorkList *
wb_work_list_new (const char *name, const WbCaseQuery *query, guint fields)
{
  static const char *const none[] = { NULL };
  WbWorkList *self = g_new0 (WbWorkList, 1);

  self->name = g_strstrip (g_strdup (name));
  self->words = query->words != NULL && *query->words != '\0' ? g_strdup (query->words) : NULL;
  self->filters = g_strdupv ((char **) (query->filters != NULL ? query->filters : none));
  self->sort = query->sort;
  self->descending = query->descending;
  self->fields = fields;
  return self;
}

WbWorkList *
wb_work_list_copy (const WbWorkList *self)
{
  WbCaseQuery query;

  wb_work_list_get_query (self, &query);
  return wb_work_list_new (self->name, &query, self->fields);
}

void
wb_work_list_free (WbWorkList *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  if (self->words != NULL)
    explicit_bzero (self->words, strlen (self->words));
  g_free (self->words);
  g_strfreev (self->filters);
  g_free (self);
}

/**
 * wb_work_list_get_query:
 * @self: a work list
 * @ret_query: what it asks for; its texts are those of @self
 */
void
wb_work_list_get_query (const WbWorkList *self, WbCaseQuery *ret_query)
{
  *ret_query = (WbCaseQuery){ .words = self->words,
                              .filters = (const char *const *) self->filters,
                              .sort = self->sort,
                              .descending = self->descending };
}

static JsonObject *
to_json (const WbWorkList *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *filters = json_array_new ();
  JsonArray *columns = json_array_new ();

  for (guint i = 0; self->filters[i] != NULL; i++)
    json_array_add_string_element (filters, self->filters[i]);
  for (guint i = 0; i < WB_N_CASE_FIELDS; i++)
    if ((self->fields & (1u << i)) != 0)
      json_array_add_string_element (columns, wb_case_field_name (i));
  if (self->words != NULL)
    json_object_set_string_member (object, "words", self->words);
  json_object_set_array_member (object, "filters", filters);
  json_object_set_string_member (object, "order", wb_case_sort_name (self->sort));
  json_object_set_boolean_member (object, "descending", self->descending);
  json_object_set_array_member (object, "columns", columns);
  return object;
}

/* Members that are texts, of an array that may be absent. */
static char **
dup_texts (JsonObject *object, const char *name)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *text = wb_json_node_text (json_array_get_element (array, i));

    if (text != NULL)
      g_strv_builder_add (texts, text);
  }
  return g_strv_builder_end (texts);
}

/* Filters, an order or columns that a later version knows and this one does not, are left out. */
static WbWorkList *
from_json (const char *name, JsonObject *object)
{
  g_auto (GStrv) filters = dup_texts (object, "filters");
  g_auto (GStrv) columns = dup_texts (object, "columns");
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  g_auto (GStrv) taken = NULL;
  WbCaseQuery query = { .words = wb_json_get_text (object, "words"),
                        .sort = WB_CASE_SORT_NEXT_DEADLINE };
  WbCaseField column;
  guint fields = 0;

  for (guint i = 0; filters[i] != NULL; i++) {
    const WbCaseFilterField *field;
    const char *code;

    if (wb_case_filter_parse (filters[i], &field, &code, NULL))
      g_strv_builder_add (known, filters[i]);
  }
  for (guint i = 0; columns[i] != NULL; i++)
    if (wb_case_field_parse (columns[i], &column))
      fields |= 1u << column;
  taken = g_strv_builder_end (known);
  query.filters = (const char *const *) taken;
  query.descending = json_object_get_boolean_member_with_default (object, "descending", FALSE);
  (void) wb_case_sort_parse (wb_json_get_text (object, "order"), &query.sort);
  return wb_work_list_new (name, &query, fields != 0 ? fields : WB_CASE_FIELDS_ALL);
}

static char *
key_of (const char *name)
{
  return g_strconcat (KEY, name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(WbWorkList *const *) a)->name, (*(WbWorkList *const *) b)->name);
}

/**
 * wb_register_list_work_lists:
 * @self: an open register
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbWorkList): those of the user, by name
 */
GPtrArray *
wb_register_list_work_lists (WbRegister *self, GError **error)
{
  g_auto (GStrv) keys = wb_register_list_drafts (self, error);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_work_list_free);

  if (keys == NULL)
    return NULL;
  for (guint i = 0; keys[i] != NULL; i++) {
    g_autoptr (JsonObject) object = NULL;

    if (!g_str_has_prefix (keys[i], KEY))
      continue;
    object = wb_register_load_draft (self, keys[i], error);
    if (object == NULL)
      return NULL;
    g_ptr_array_add (lists, from_json (keys[i] + strlen (KEY), object));
  }
  g_ptr_array_sort (lists, compare_names);
  return g_steal_pointer (&lists);
}

/**
 * wb_register_find_work_list:
 * @self: an open register
 * @name: of a work list of the user
 * @error: return location for an error; %WB_ERROR_NOT_FOUND
 */
WbWorkList *
wb_register_find_work_list (WbRegister *self, const char *name, GError **error)
{
  g_autofree char *key = key_of (name);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonObject) object = wb_register_load_draft (self, key, &problem);

  if (object != NULL)
    return from_json (name, object);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NOT_FOUND,
                         _ ("You have no work list of that name: see which there are."));
  return NULL;
}

static gboolean
check_name (const char *name, GError **error)
{
  gboolean fits = g_utf8_validate (name, -1, NULL) && *name != '\0' &&
                  g_utf8_strlen (name, -1) <= WB_WORK_LIST_NAME_MAX;

  for (const char *at = name; fits && *at != '\0'; at = g_utf8_next_char (at))
    fits = !g_unichar_iscntrl (g_utf8_get_char (at));
  if (!fits)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("Give the work list a name on one line, of at most 60 characters."));
  return fits;
}

/* Whether there is one of that name, or room for it. */
static gboolean
check_room (WbRegister *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) lists = wb_register_list_work_lists (self, error);

  if (lists == NULL)
    return FALSE;
  for (guint i = 0; i < lists->len; i++)
    if (g_str_equal (((const WbWorkList *) g_ptr_array_index (lists, i))->name, name))
      return TRUE;
  if (lists->len < WB_WORK_LISTS_MAX)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_TOO_LARGE,
                       _ ("You have 50 work lists already: delete one first."));
  return FALSE;
}

static gboolean
check_content (const WbWorkList *list, GError **error)
{
  for (guint i = 0; list->filters[i] != NULL; i++) {
    const WbCaseFilterField *field;
    const char *code;

    if (!wb_case_filter_parse (list->filters[i], &field, &code, error))
      return FALSE;
  }
  if (list->words == NULL ||
      (strlen (list->words) <= WORDS_MAX && g_utf8_validate (list->words, -1, NULL)))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_TOO_LARGE,
                       _ ("These are more words than a work list can keep: leave some out."));
  return FALSE;
}

/**
 * wb_register_save_work_list:
 * @self: an open register
 * @list: with a name; one of the same name is replaced
 * @error: return location for an error; %WB_ERROR_INVALID, %WB_ERROR_TOO_LARGE
 */
gboolean
wb_register_save_work_list (WbRegister *self, const WbWorkList *list, GError **error)
{
  g_autofree char *key = key_of (list->name);
  g_autoptr (JsonObject) object = NULL;

  if (!check_name (list->name, error) || !check_content (list, error) ||
      !check_room (self, list->name, error))
    return FALSE;
  object = to_json (list);
  return wb_register_save_draft (self, key, object, error);
}

/**
 * wb_register_drop_work_list:
 * @self: an open register
 * @name: of a work list of the user
 * @error: return location for an error; %WB_ERROR_NOT_FOUND
 */
gboolean
wb_register_drop_work_list (WbRegister *self, const char *name, GError **error)
{
  g_autoptr (WbWorkList) list = wb_register_find_work_list (self, name, error);
  g_autofree char *key = key_of (name);

  return list != NULL && wb_register_save_draft (self, key, NULL, error);
}

/**
 * wb_register_rename_work_list:
 * @self: an open register
 * @name: of a work list of the user
 * @to: the other name
 * @error: return location for an error; %WB_ERROR_NOT_FOUND, %WB_ERROR_EXISTS, %WB_ERROR_INVALID
 *
 * The new one is there before the old one goes: what fails in between leaves two, never none.
 */
gboolean
wb_register_rename_work_list (WbRegister *self, const char *name, const char *to, GError **error)
{
  g_autoptr (WbWorkList) list = wb_register_find_work_list (self, name, error);
  g_autoptr (WbWorkList) taken = NULL;
  g_autofree char *bare = g_strstrip (g_strdup (to));
  g_autofree char *key = key_of (bare);
  g_autofree char *before = key_of (name);
  g_autoptr (JsonObject) object = NULL;

  if (list == NULL || !check_name (bare, error))
    return FALSE;
  if (g_str_equal (name, bare))
    return TRUE;
  taken = wb_register_find_work_list (self, bare, NULL);
  if (taken != NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_EXISTS,
                         _ ("You have a work list of that name already: choose another."));
    return FALSE;
  }
  object = to_json (list);
  return wb_register_save_draft (self, key, object, error) &&
         wb_register_save_draft (self, before, NULL, error);
}
