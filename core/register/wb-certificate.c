/* SPDX-License-Identifier: EUPL-1.2 */

/* The declaration of destruction on paper: all that its record says, and what it means. */
#include "wb-erasure-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

#define TYPE "destruction"

static void
add_fields (WbRegister *self,
            WbSheet *sheet,
            const WbRecordType *type,
            JsonObject *values,
            WbLanguage language)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (values, field->name);
    g_autofree char *words =
        value != NULL ? wb_register_format_value (self, field, value, language) : NULL;

    wb_sheet_add (sheet, field->label[language], words);
  }
}

static WbSheet *
make_sheet (WbRegister *self, const WbRecordRow *row, WbLanguage language, GError **error)
{
  const WbRecordType *type = wb_model_find_type (self->model, TYPE);
  g_autoptr (JsonObject) values = wb_register_load_values (self, row->id, error);
  g_autofree char *made = wb_instant_format_seconds (row->created);
  g_autofree char *title = NULL;
  g_autofree char *author = NULL;
  WbSheet *sheet;

  if (values == NULL)
    return NULL;
  title = g_strdup_printf ("%s %s", type->label[language], row->reference);
  author = wb_user_store_get_name (self->db, row->author, NULL);
  sheet = wb_sheet_new (self->body, title, made);
  add_fields (self, sheet, type, values, language);
  wb_sheet_add (sheet, _ ("Carried out by"), author != NULL ? author : row->author);
  wb_sheet_add (sheet, _ ("Key"), row->author);
  wb_sheet_add (sheet, _ ("Log"), self->origin);
  wb_sheet_add_text (sheet,
                     _ ("What the register said of the case in words and values, its files, "
                        "drafts and index were destroyed. The entries of the log with their "
                        "hashes stay, so that it can still be verified; copies outside the "
                        "register are listed above as far as the log knows of them."));
  return sheet;
}

/**
 * wb_register_make_certificate:
 * @self: an open register
 * @reference: a declaration of destruction
 * @language: of labels and dates
 * @print: whether it goes to paper or a file: that is an entry in the log, made first
 * @error: return location for an error
 *
 * Returns: (transfer full): the declaration
 */
WbSheet *
wb_register_make_certificate (WbRegister *self,
                              const char *reference,
                              WbLanguage language,
                              gboolean print,
                              GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (WbActDraft) draft = NULL;

  if (row == NULL)
    return NULL;
  if (!g_str_equal (row->type, TYPE)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is not a declaration of destruction."),
                 row->reference);
    return NULL;
  }
  draft = wb_act_draft_new (row->type, row->id, NULL, "printed");
  if (print && !wb_register_append_alone (self, draft, error))
    return NULL;
  return make_sheet (self, row, language, error);
}
