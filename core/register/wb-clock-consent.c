/* SPDX-License-Identifier: EUPL-1.2 */

/* What a person consents to at a moment, as conditions of clocks ask it: "source_person.@consents".
 * It is worked out of the records that point at the person; nothing of it is kept. */
#include "wb-clock-work-private.h"
#include "wb-consent-private.h"

#include <string.h>

#include "wb-json.h"

#define CONSENT "consent"
#define BY "person"

/* A consent with the values it has, or will have by the act under way; NULL for another record. */
static JsonObject *
load_consent (WbRegister *reg, const char *id, const WbPending *pending)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);

  if (row == NULL || strcmp (row->type, CONSENT) != 0)
    return NULL;
  if (pending != NULL && strcmp (pending->id, id) == 0)
    return json_object_ref (pending->values);
  return wb_register_load_values (reg, id, NULL);
}

/* One that the act under way makes points at nobody in the store yet. */
static gboolean
is_new_consent (WbRegister *reg, const WbPending *pending, const char *person)
{
  g_autoptr (WbRecordRow) row = NULL;

  if (pending == NULL || strcmp (pending->type, CONSENT) != 0 ||
      g_strcmp0 (wb_json_get_text (pending->values, BY), person) != 0)
    return FALSE;
  row = wb_record_store_find (reg->db, pending->id, NULL);
  return row == NULL;
}

static void
free_object (gpointer data)
{
  json_object_unref (data);
}

/* (element-type JsonObject): oldest first */
static GPtrArray *
list_answers (WbRegister *reg, const char *person, const WbPending *pending)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, person, NULL);
  GPtrArray *answers = g_ptr_array_new_with_free_func (free_object);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    JsonObject *values =
        strcmp (link->field, BY) == 0 ? load_consent (reg, link->source, pending) : NULL;

    if (values != NULL)
      g_ptr_array_add (answers, values);
  }
  if (is_new_consent (reg, pending, person))
    g_ptr_array_add (answers, json_object_ref (pending->values));
  return answers;
}

/* Asked anew, the later answer counts. */
static gboolean
is_newest (GPtrArray *answers, guint index, const char *purpose)
{
  for (guint i = index + 1; i < answers->len; i++)
    if (g_strcmp0 (wb_json_get_text (g_ptr_array_index (answers, i), "purpose"), purpose) == 0)
      return FALSE;
  return TRUE;
}

/**
 * wb_clock_list_consents:
 * @reg: an open register
 * @person: UUID of a person
 * @pending: (nullable): the record of the act under way, as it will be
 * @at: the moment asked about
 *
 * Use without consent, decided by two, is no consent and is not among them.
 *
 * Returns: (transfer full): codes of the purposes to which the person consents
 */
JsonArray *
wb_clock_list_consents (WbRegister *reg, const char *person, const WbPending *pending, WbInstant at)
{
  g_autoptr (GPtrArray) answers = list_answers (reg, person, pending);
  JsonArray *purposes = json_array_new ();

  for (guint i = 0; i < answers->len; i++) {
    JsonObject *values = g_ptr_array_index (answers, i);
    const char *purpose = wb_json_get_text (values, "purpose");

    if (purpose != NULL && is_newest (answers, i, purpose) &&
        wb_consent_judge (reg, values, at) == WB_CONSENT_GIVEN)
      json_array_add_string_element (purposes, purpose);
  }
  return purposes;
}
