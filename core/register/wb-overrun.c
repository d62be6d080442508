/* SPDX-License-Identifier: EUPL-1.2 */

/* From a certain overrun of a limit that binds an authority to an allegation that names the act,
 * the stage, the safeguard, the authority, the article and the dates. */
#include <string.h>

#include "wb-clock-work-private.h"
#include "wb-deadline.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define RULE_FIELD "overrun_rule"
#define RECORD_FIELD "overrun_of"

/* Certain: late by every reading and every version. */
static gboolean
is_certain (const WbDeadline *deadline, const char *rule, const char *record)
{
  return strcmp (deadline->clock->rule, rule) == 0 &&
         strcmp (deadline->clock->record_id, record) == 0 &&
         (deadline->state == WB_CLOCK_OVERDUE || deadline->state == WB_CLOCK_MET_LATE);
}

static const WbDeadline *
find_overrun (GPtrArray *deadlines, const char *rule, const char *record)
{
  for (guint i = 0; i < deadlines->len; i++)
    if (is_certain (g_ptr_array_index (deadlines, i), rule, record))
      return g_ptr_array_index (deadlines, i);
  return NULL;
}

static void
set_codes (JsonObject *fields, const char *name, char **codes)
{
  JsonArray *array;

  if (codes == NULL || codes[0] == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; codes[i] != NULL; i++)
    json_array_add_string_element (array, codes[i]);
  json_object_set_array_member (fields, name, array);
}

/* The person whose procedure it is, or who complained. */
static void
set_person (JsonObject *fields, const WbRecordRow *row, JsonObject *values)
{
  const char *person =
      strcmp (row->type, "person") == 0
          ? row->id
          : json_object_get_string_member_with_default (values, "complainant", NULL);

  if (person != NULL)
    json_object_set_string_member (fields, "person", person);
}

/* The authority that the record names goes before the one that the limit binds as a rule. */
static void
set_authority (JsonObject *fields, const WbOverrun *terms, JsonObject *values)
{
  const char *named = json_object_get_string_member_with_default (values, "authority", NULL);
  char *codes[] = { (char *) named, NULL };

  set_codes (fields, "authorities", named != NULL ? codes : terms->authorities);
}

static char *
make_account (WbRegister *self, const WbDeadline *deadline, WbLanguage language)
{
  const WbRule *rule = deadline->rule;
  g_autofree char *sum =
      wb_clock_explain (wb_register_get_clock_context (self), deadline->clock, language, NULL);
  g_autofree char *ended =
      deadline->met != NULL
          ? g_strdup_printf (_ ("What had to be done was done on %s: too late by every reading."),
                             deadline->met)
          : g_strdup (_ ("That it was done is not known to this register: too late by every "
                         "reading."));

  return g_strdup_printf (_ ("The time limit “%s” (%s) was overrun.\n%s\n%s"),
                          rule->label[language],
                          wb_rule_get_basis (rule, language),
                          sum != NULL ? sum : "",
                          ended);
}

/* It began on the first day that was certainly too late. */
static void
set_when (WbRegister *self, JsonObject *fields, const WbDeadline *deadline)
{
  WbInstant end = MAX (deadline->clock->end, deadline->clock->latest_end);
  g_autofree char *first = wb_date_format (wb_zone_to_local (self->zone, end).date);

  json_object_set_string_member (fields, "when", first);
  if (deadline->met != NULL && strlen (deadline->met) >= 10) {
    g_autofree char *day = g_strndup (deadline->met, 10);

    json_object_set_string_member (fields, "until", day);
  }
}

static JsonObject *
make_fields (WbRegister *self,
             const WbRecordRow *row,
             const WbDeadline *deadline,
             const WbOverrun *terms,
             JsonObject *values)
{
  JsonObject *fields = json_object_new ();
  g_autofree char *account = make_account (self, deadline, wb_language_current ());

  json_object_set_string_member (fields, "account", account);
  set_codes (fields, "acts", terms->acts);
  set_codes (fields, "stages", terms->stages);
  set_codes (fields, "safeguards", terms->safeguards);
  set_codes (fields, "rights", terms->rights);
  set_codes (fields, "themes", terms->themes);
  set_authority (fields, terms, values);
  set_person (fields, row, values);
  set_when (self, fields, deadline);
  json_object_set_string_member (fields, "source", "source.monitor");
  if (g_str_has_prefix (deadline->clock->rule, "auth."))
    json_object_set_string_member (fields, "regime", "regime.pact");
  json_object_set_string_member (fields, RULE_FIELD, deadline->clock->rule);
  json_object_set_string_member (fields, RECORD_FIELD, row->id);
  return fields;
}

/* One overrun, one allegation. */
static gboolean
is_told_already (WbRegister *self, const WbRecordRow *row, const char *rule, GError **error)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (self->db, row->id, error);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    g_autoptr (JsonObject) values = NULL;

    if (strcmp (link->field, RECORD_FIELD) != 0)
      continue;
    values = wb_register_load_values (self, link->source, NULL);
    if (values != NULL &&
        g_strcmp0 (json_object_get_string_member_with_default (values, RULE_FIELD, NULL), rule) ==
            0) {
      g_autofree char *reference = wb_register_reference_of (self, link->source);

      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_EXISTS,
                   _ ("This overrun is an allegation already: %s."),
                   reference);
      return TRUE;
    }
  }
  return links == NULL;
}

static WbRecord *
record (WbRegister *self,
        const WbRecordRow *row,
        const char *rule,
        const char *reason,
        gboolean *ret_refused,
        GError **error)
{
  const WbOverrun *terms = wb_practice_find_overrun (self->rules, rule);
  g_autoptr (GPtrArray) deadlines =
      wb_register_list_deadlines (self, row->id, wb_clock_now (), FALSE, error);
  const WbDeadline *deadline;
  g_autoptr (JsonObject) values = NULL;
  g_autoptr (JsonObject) fields = NULL;

  if (deadlines == NULL)
    return NULL;
  deadline = find_overrun (deadlines, rule, row->id);
  if (terms == NULL || deadline == NULL) {
    *ret_refused = TRUE;
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_REFUSED,
                 _ ("Of “%.40s” no overrun is certain here: it must be too late by the later "
                    "reading and from the latest start (rule overrun.certain, OB-25)."),
                 rule);
    return NULL;
  }
  values = wb_register_load_values (self, row->id, error);
  if (values == NULL || is_told_already (self, row, rule, error))
    return NULL;
  fields = make_fields (self, row, deadline, terms, values);
  return wb_register_record (self, "allegation", NULL, row->case_id, fields, reason, error);
}

/**
 * wb_register_record_overrun:
 * @self: an open register
 * @reference: the person or complaint of which a limit was overrun
 * @rule: code of the limit
 * @reason: (nullable): why it is recorded
 * @error: return location for an error; %WB_ERROR_REFUSED where the overrun is not certain
 *
 * One act: the allegation is there with act, stage, safeguard, authority, article, dates and
 * person, for a human to read over. What is not certain is refused, and that is logged.
 *
 * Returns: (transfer full): the allegation
 */
WbRecord *
wb_register_record_overrun (WbRegister *self,
                            const char *reference,
                            const char *rule,
                            const char *reason,
                            GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  gboolean refused = FALSE;
  WbRecord *made;

  if (row == NULL)
    return NULL;
  made = record (self, row, rule, reason, &refused, error);
  if (refused) {
    g_autoptr (WbActDraft) draft = wb_act_draft_new (row->type, row->id, row->case_id, "refused");

    wb_act_draft_add_text (draft, WB_ACT_DETAIL, rule);
    (void) wb_register_append_alone (self, draft, NULL);
  }
  return made;
}
