/* SPDX-License-Identifier: EUPL-1.2 */

/* What was left out of documents for a request for access, with the ground of each part. */
#include "wb-withheld.h"

#include <string.h>

#include "wb-csv.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-register-private.h"

#define BASIS "Basis"

void
wb_withheld_free (WbWithheld *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->document);
  g_free (self->title);
  g_free (self->copy);
  g_free (self->part);
  g_strfreev (self->grounds);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_reference (WbRegister *reg, const char *id)
{
  g_autoptr (WbRecordRow) row = id != NULL ? wb_record_store_find (reg->db, id, NULL) : NULL;

  return g_strdup (row != NULL ? row->reference : "");
}

static char **
dup_codes (JsonObject *values, const char *name)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (values, name);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (codes, json_array_get_string_element (array, i));
  return g_strv_builder_end (codes);
}

static WbWithheld *
make_line (WbRegister *reg, const WbRecord *record)
{
  const char *document = wb_json_get_text (record->fields, "document");
  g_autoptr (JsonObject) original =
      document != NULL ? wb_register_load_values (reg, document, NULL) : NULL;
  WbWithheld *line = g_new0 (WbWithheld, 1);

  line->reference = g_strdup (record->reference);
  line->document = dup_reference (reg, document);
  line->title = g_strdup (original != NULL ? wb_json_get_text (original, "title") : NULL);
  line->copy = dup_reference (reg, wb_json_get_text (record->fields, "copy"));
  line->part = g_strdup (wb_json_get_text (record->fields, "part"));
  line->grounds = dup_codes (record->fields, "grounds");
  line->reason = g_strdup (wb_json_get_text (record->fields, "reason"));
  return line;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const WbWithheld *one = *(WbWithheld *const *) a, *other = *(WbWithheld *const *) b;

  return strcmp (one->document, other->document);
}

static gboolean
is_request (const WbRecordRow *row, GError **error)
{
  if (g_str_equal (row->type, "woo"))
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s is no access-to-information request: give the reference of one."),
               row->reference);
  return FALSE;
}

/**
 * wb_register_list_withheld:
 * @self: an open register
 * @reference: an access-to-information request
 * @error: return location for an error; %WB_ERROR_INVALID where it is another record
 *
 * The inventory that goes with the decision (Woo 5.1): what was left out of which document, in
 * which working copy, on which grounds. Never what was left out.
 *
 * Returns: (transfer full) (element-type WbWithheld): by document, then as they were recorded
 */
GPtrArray *
wb_register_list_withheld (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_withheld_free);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) links = NULL;

  if (row == NULL || !is_request (row, error))
    return NULL;
  links = wb_link_store_list (self->db, row->id, error);
  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    g_autoptr (WbRecord) record = NULL;

    if (!g_str_equal (link->field, "request"))
      continue;
    record = wb_register_read (self, link->source, FALSE, NULL, error);
    if (record == NULL)
      return NULL;
    if (g_str_equal (record->type, "withheld"))
      g_ptr_array_add (lines, make_line (self, record));
  }
  g_ptr_array_sort (lines, compare_lines); /* stable */
  return links != NULL ? g_steal_pointer (&lines) : NULL;
}

/**
 * wb_register_dup_ground:
 * @self: an open register
 * @code: a ground for exception
 *
 * Returns: (transfer full): its article, such as "Woo 5.1(2)(e)"; the code where none is known
 */
char *
wb_register_dup_ground (WbRegister *self, const char *code)
{
  const WbTerm *term = wb_model_find_term (self->model, code);
  char *basis = term != NULL ? wb_term_dup_extra (term, BASIS) : NULL;

  return basis != NULL ? basis : g_strdup (code);
}

static char *
join_grounds (WbRegister *self, const WbWithheld *line, WbLanguage language)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; line->grounds[i] != NULL; i++) {
    const WbTerm *term = wb_model_find_term (self->model, line->grounds[i]);
    g_autofree char *article = wb_register_dup_ground (self, line->grounds[i]);

    g_string_append_printf (text,
                            "%s%s%s%s",
                            i > 0 ? "; " : "",
                            article,
                            term != NULL ? " " : "",
                            term != NULL ? term->label[language] : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_register_format_withheld:
 * @self: an open register
 * @lines: (element-type WbWithheld): from wb_register_list_withheld()
 * @language: of the headings and grounds
 *
 * Returns: (transfer full): the inventory as RFC 4180 has it
 */
char *
wb_register_format_withheld (WbRegister *self, GPtrArray *lines, WbLanguage language)
{
  const WbRecordType *type = wb_model_find_type (self->model, "withheld");
  static const char *const COLUMNS[] = { "document", "copy", "part", "grounds", "reason" };
  WbCsv csv;

  wb_csv_begin (&csv, WB_CSV_EXACT);
  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    wb_csv_add (&csv, wb_record_type_find_field (type, COLUMNS[i])->label[language]);
  wb_csv_end_line (&csv);
  for (guint i = 0; i < lines->len; i++) {
    const WbWithheld *line = g_ptr_array_index (lines, i);
    g_autofree char *grounds = join_grounds (self, line, language);

    wb_csv_add (&csv, line->document);
    wb_csv_add (&csv, line->copy);
    wb_csv_add (&csv, line->part);
    wb_csv_add (&csv, grounds);
    wb_csv_add (&csv, line->reason);
    wb_csv_end_line (&csv);
  }
  return wb_csv_end (&csv);
}
