/* SPDX-License-Identifier: EUPL-1.2 */

/* Which language a person reads, as far as the records of the case say so with one voice. */
#include "wb-slip-give-private.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

/* Where it stands, the surest first. */
static const char *const TYPES[] = { "person", "consent", "interview", "allegation" };

/* (nullable): the id in @field of the allegation that it is about. */
static const char *
get_link (const WbSlipCase *found, const char *field)
{
  return g_str_equal (found->about->type, "allegation")
             ? wb_json_get_text (found->about->fields, field)
             : NULL;
}

/* Who told it; otherwise whom it is about. */
static const char *
get_person_id (const WbSlipCase *found)
{
  const char *source = get_link (found, "source_person");

  return source != NULL ? source : get_link (found, "person");
}

const WbRecord *
wb_slip_find_person (const WbSlipCase *found)
{
  const char *id = get_person_id (found);
  const WbRecord *only = NULL;

  for (guint i = 0; i < found->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (found->records, i);

    if (!g_str_equal (record->type, "person"))
      continue;
    if (id != NULL && g_str_equal (record->id, id))
      return record;
    if (id == NULL && only != NULL)
      return NULL;
    only = record;
  }
  return id == NULL ? only : NULL;
}

/* Whether a record speaks of the person that the slip is for. */
static gboolean
concerns (const WbSlipCase *found, const WbRecord *record)
{
  const char *person = get_person_id (found);
  const char *named = wb_json_get_text (record->fields, "person");

  if (g_str_equal (record->type, "person"))
    return person == NULL || g_str_equal (record->id, person);
  if (g_str_equal (record->type, "allegation"))
    return record == found->about || g_str_equal (found->about->type, "case");
  return person == NULL || named == NULL || g_str_equal (named, person);
}

static GPtrArray *
collect (const WbSlipCase *found, const char *type)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < found->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (found->records, i);
    const char *code = wb_json_get_text (record->fields, "language");

    if (code != NULL && g_str_equal (record->type, type) && concerns (found, record) &&
        !g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
      g_ptr_array_add (codes, (gpointer) code);
  }
  return codes;
}

static char *
choose (GPtrArray *codes, GPtrArray *texts, GError **error)
{
  const WbSlipText *first = NULL;

  for (guint i = 0; i < codes->len; i++) {
    const WbSlipText *text = wb_slip_find_text (texts, g_ptr_array_index (codes, i), error);

    if (text == NULL)
      return NULL;
    if (first != NULL && text != first) {
      g_set_error_literal (error,
                           WB_ERROR,
                           WB_ERROR_INVALID,
                           _ ("The records name more than one language: say with --lang which one "
                              "this person reads."));
      return NULL;
    }
    first = text;
  }
  return g_strdup (wb_slip_text_get_language (first));
}

char *
wb_slip_choose_language (const WbSlipCase *found, GPtrArray *texts, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++) {
    g_autoptr (GPtrArray) codes = collect (found, TYPES[i]);

    if (codes->len > 0)
      return choose (codes, texts, error);
  }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_NOT_FOUND,
                       _ ("The register does not say which language this person reads: say it with "
                          "--lang, or record it with the person."));
  return NULL;
}
