/* SPDX-License-Identifier: EUPL-1.2 */

/* The texts of slips that a body may give: the program's, with its own over them, and how the body
 * is reached in each language. */
#include "wb-slip-give-private.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define TEMPLATES_MAX 1000 /* own texts of a body; a language needs one */

static const char *const CONTACT[] = { "name", "phone", "email", "web", "address" };

static WbSlipText *
lookup (GPtrArray *texts, const char *code)
{
  for (guint i = 0; i < texts->len; i++) {
    WbSlipText *text = g_ptr_array_index (texts, i);

    if (wb_slip_text_speaks (text, code))
      return text;
  }
  return NULL;
}

static gboolean
take (WbSlipText *text, JsonObject *fields, const char *const *names, gsize n)
{
  gboolean taken = FALSE;

  for (gsize i = 0; i < n; i++) {
    const char *value = wb_json_get_text (fields, names[i]);

    if (value == NULL || *value == '\0')
      continue;
    wb_slip_text_set (text, names[i], value);
    taken = TRUE;
  }
  return taken;
}

/* Words that the body changed are as sure as it says; those that it left are as sure as before. */
static void
add_own (GPtrArray *texts, JsonObject *fields)
{
  const char *const *keys = wb_slip_text_list_keys ();
  const char *language = wb_json_get_text (fields, "language");
  gboolean reviewed = json_object_has_member (fields, "reviewed") &&
                      json_object_get_boolean_member (fields, "reviewed");
  WbSlipText *text = lookup (texts, language);

  if (text == NULL) {
    text = wb_slip_text_new (language, reviewed);
    g_ptr_array_add (texts, text);
  }
  if (take (text, fields, keys, g_strv_length ((char **) keys)) ||
      json_object_has_member (fields, "reviewed"))
    wb_slip_text_set_reviewed (text, reviewed);
  take (text, fields, CONTACT, G_N_ELEMENTS (CONTACT));
}

/* Of two for one language the one that was made or changed last. */
static gboolean
is_newest (GPtrArray *records, const WbRecord *record)
{
  const char *language = wb_json_get_text (record->fields, "language");

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *other = g_ptr_array_index (records, i);

    if (other->last_entry > record->last_entry &&
        g_strcmp0 (wb_json_get_text (other->fields, "template"), WB_TEMPLATE_SLIP) == 0 &&
        g_strcmp0 (wb_json_get_text (other->fields, "language"), language) == 0)
      return FALSE;
  }
  return TRUE;
}

GPtrArray *
wb_slip_list_texts (WbRegister *self, GError **error)
{
  g_autoptr (GPtrArray) texts = wb_slip_text_load_all (error);
  g_autoptr (GPtrArray) records =
      texts != NULL ? wb_register_list_records (self, "template", 0, TEMPLATES_MAX, error) : NULL;

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);

    if (g_strcmp0 (wb_json_get_text (record->fields, "template"), WB_TEMPLATE_SLIP) == 0 &&
        wb_json_get_text (record->fields, "language") != NULL && is_newest (records, record))
      add_own (texts, record->fields);
  }
  return g_steal_pointer (&texts);
}

static char *
name_languages (GPtrArray *texts)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++) {
    const char *code = wb_slip_text_get_language (g_ptr_array_index (texts, i));
    g_autofree char *name = wb_model_language_name (code, wb_language_current ());

    g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", name, code);
  }
  return g_string_free (names, FALSE);
}

WbSlipText *
wb_slip_find_text (GPtrArray *texts, const char *code, GError **error)
{
  WbSlipText *text = lookup (texts, code);
  g_autofree char *name = NULL;
  g_autofree char *names = NULL;

  if (text != NULL)
    return text;
  name = wb_model_language_name (code, wb_language_current ());
  names = name_languages (texts);
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_NOT_FOUND,
               _ ("There is no slip in the language %.60s; there is one in %s: choose one that the "
                  "person reads with --lang, or record the body’s own text (record type "
                  "“template”)."),
               name,
               names);
  return NULL;
}

static char *
find_contact (const WbSlipText *text, JsonObject *body, const char *name)
{
  const char *own = wb_slip_text_get (text, name);

  return g_strdup (own != NULL || body == NULL ? own : wb_json_get_text (body, name));
}

gboolean
wb_slip_set_contact (WbRegister *self, WbSlip *slip, GError **error)
{
  g_autoptr (GPtrArray) records = wb_register_list_records (self, "body", 0, 1, error);
  JsonObject *body;

  if (records == NULL)
    return FALSE;
  body = records->len > 0 ? ((WbRecord *) g_ptr_array_index (records, 0))->fields : NULL;
  slip->name = find_contact (slip->text, NULL, "name");
  if (slip->name == NULL)
    slip->name = g_strdup (wb_register_get_body (self));
  slip->phone = find_contact (slip->text, body, "phone");
  slip->email = find_contact (slip->text, body, "email");
  slip->web = find_contact (slip->text, body, "web");
  slip->address = find_contact (slip->text, body, "address");
  return TRUE;
}
