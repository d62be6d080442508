/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Giving a receipt slip: what goes on it is picked here, one by one, and that it was given is one
 * act, a letter in its language. The file gets its name only once the act is in the log.
 */
#include "wb-slip-give-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"
#include "wb-moment.h"
#include "wb-safe-file.h"

void
wb_given_slip_free (WbGivenSlip *self)
{
  if (self == NULL)
    return;
  wb_slip_free (self->slip);
  wb_record_free (self->letter);
  g_free (self->text);
  g_free (self->language_name);
  g_free (self);
}

static void
slip_case_clear (WbSlipCase *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbSlipCase, slip_case_clear)

static gboolean
find_case (WbRegister *self, const char *reference, WbSlipCase *found, GError **error)
{
  g_autofree char *id = wb_register_resolve (self, reference, error);

  found->records = id != NULL ? wb_register_read_case (self, id, error) : NULL;
  if (found->records == NULL)
    return FALSE;
  for (guint i = 0; i < found->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (found->records, i);

    if (g_str_equal (record->id, id) &&
        (g_str_equal (record->type, "case") || g_str_equal (record->type, "allegation")))
      found->about = record;
  }
  if (found->about == NULL)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("A slip is given for a case or for one of its allegations: name its "
                            "reference."));
  return found->about != NULL;
}

/* The earliest of its allegations; a date that is not known to the day is no date of receipt. */
static gboolean
find_received (WbRegister *self, const WbSlipCase *found, WbDate *ret_date, GError **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < found->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (found->records, i);
    JsonNode *node = g_str_equal (record->type, "allegation")
                         ? json_object_get_member (record->fields, "received")
                         : NULL;
    g_autoptr (WbMoment) moment =
        node != NULL ? wb_moment_parse (node, wb_register_get_zone (self), NULL) : NULL;

    if (moment == NULL || (record != found->about && !g_str_equal (found->about->type, "case")) ||
        wb_date_compare (moment->earliest_date, moment->latest_date) != 0)
      continue;
    if (!any || wb_date_compare (moment->latest_date, *ret_date) < 0)
      *ret_date = moment->latest_date;
    any = TRUE;
  }
  if (!any)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("The day of receipt of %s is not known: record it first (field “received”)."),
                 found->about->reference);
  return any;
}

/* The code of the body tells who gave the slip: a plain one leaves it out. */
static char *
make_reference (WbRegister *self, const char *reference, gboolean plain)
{
  g_autofree char *prefix = g_strconcat (wb_register_get_code (self), "-", NULL);

  return g_strdup (plain && g_str_has_prefix (reference, prefix) ? reference + strlen (prefix)
                                                                 : reference);
}

/* Takes the text out of the list. */
static WbSlipText *
steal_text (GPtrArray *texts, WbSlipText *text)
{
  guint i = 0;

  if (text == NULL || !g_ptr_array_find (texts, text, &i))
    return NULL;
  return g_ptr_array_steal_index (texts, i);
}

static WbSlip *
make_slip (WbRegister *self, const WbSlipCase *found, const WbSlipOptions *options, GError **error)
{
  g_autoptr (GPtrArray) texts = wb_slip_list_texts (self, error);
  g_autofree char *language = NULL;
  g_autoptr (WbSlip) slip = g_new0 (WbSlip, 1);

  if (texts == NULL)
    return NULL;
  language = options->language != NULL ? g_strdup (options->language)
                                       : wb_slip_choose_language (found, texts, error);
  if (language == NULL)
    return NULL;
  slip->text = steal_text (texts, wb_slip_find_text (texts, language, error));
  slip->plain = options->plain;
  slip->child = options->child;
  slip->reference = make_reference (self, found->about->reference, options->plain);
  slip->made = wb_zone_to_local (wb_register_get_zone (self), wb_clock_now ()).date;
  if (slip->text == NULL || !find_received (self, found, &slip->received, error) ||
      !wb_slip_set_contact (self, slip, error) || !wb_slip_check (slip, error))
    return NULL;
  return g_steal_pointer (&slip);
}

static JsonObject *
make_letter (const WbSlipCase *found, const WbSlip *slip)
{
  const WbRecord *person = wb_slip_find_person (found);
  g_autofree char *made = wb_date_format (slip->made);
  JsonObject *fields = json_object_new ();

  json_object_set_string_member (fields, "direction", "direction.out");
  json_object_set_string_member (fields, "template", WB_TEMPLATE_SLIP);
  json_object_set_string_member (fields, "language", wb_slip_text_get_language (slip->text));
  json_object_set_string_member (fields, "subject", found->about->reference);
  json_object_set_string_member (fields, "channel", "lettervia.hand");
  json_object_set_string_member (fields, "sent", made);
  if (person != NULL)
    json_object_set_string_member (fields, "person", person->id);
  return fields;
}

/* The act comes between the last that can go wrong with the file and its name. */
static WbRecord *
log_letter (WbRegister *self,
            const WbSlipCase *found,
            const WbSlip *slip,
            GBytes *pdf,
            const char *path,
            GError **error)
{
  g_autoptr (WbSafeFile) file = NULL;
  g_autoptr (JsonObject) fields = make_letter (found, slip);
  g_autoptr (WbRecord) letter = NULL;

  if (pdf != NULL) {
    file = wb_safe_file_new (path, error);
    if (file == NULL ||
        !wb_safe_file_write (file, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), error) ||
        !wb_safe_file_finish (file, error))
      return NULL;
  }
  letter = wb_register_record (self, "letter", NULL, found->about->case_id, fields, NULL, error);
  if (letter == NULL || (file != NULL && !wb_safe_file_commit (file, error)))
    return NULL;
  return g_steal_pointer (&letter);
}

/**
 * wb_register_give_slip:
 * @self: an open register
 * @reference: a case, or one of its allegations
 * @options: language, paper and what goes on it
 * @error: return location for an error; %WB_ERROR_NOT_FOUND where there is no text in the language,
 *   no font for it, or no date of receipt; %WB_ERROR_INVALID where the body cannot be reached;
 *   %WB_ERROR_EXISTS where the file is there already
 *
 * Makes the slip and notes as one act that it was given, and in which language (OB-50, OB-49). No
 * language takes the place of another.
 *
 * Returns: (transfer full): what was given
 */
WbGivenSlip *
wb_register_give_slip (WbRegister *self,
                       const char *reference,
                       const WbSlipOptions *options,
                       GError **error)
{
  g_auto (WbSlipCase) found = { 0 };
  g_autoptr (WbGivenSlip) given = g_new0 (WbGivenSlip, 1);
  g_autoptr (GBytes) pdf = NULL;
  const WbRecord *person;

  if (options->path != NULL && g_file_test (options->path, G_FILE_TEST_EXISTS)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_EXISTS,
                 _ ("%s exists already: choose another name."),
                 options->path);
    return NULL;
  }
  if (!find_case (self, reference, &found, error))
    return NULL;
  given->slip = make_slip (self, &found, options, error);
  if (given->slip == NULL)
    return NULL;
  given->language_name = wb_model_language_name (wb_slip_text_get_language (given->slip->text),
                                                 wb_language_current ());
  if (options->path != NULL) { /* read out or copied by hand, it needs no font */
    pdf = wb_slip_draw (given->slip, options->paper, given->language_name, error);
    if (pdf == NULL)
      return NULL;
  }
  person = wb_slip_find_person (&found);
  given->minor = person != NULL && json_object_has_member (person->fields, "minor") &&
                 json_object_get_boolean_member (person->fields, "minor");
  given->text = wb_slip_to_text (given->slip);
  given->letter = log_letter (self, &found, given->slip, pdf, options->path, error);
  return given->letter != NULL ? g_steal_pointer (&given) : NULL;
}
