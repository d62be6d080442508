/* SPDX-License-Identifier: EUPL-1.2 */

/* Guards about people: consent, decisions of two persons, names, interests, children. */
#include "wb-consent-private.h"
#include "wb-sealed-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-json.h"

#define DECLARATION "declaration"
#define DECLARATION_LIMIT 100000 /* more than a body has users, many times over */

/* The recipient of a referral, of a consent, of an export. */
static const char *
recipient_of (const WbGuardSubject *self)
{
  const char *target = wb_json_get_text (self->after, "target");

  return target != NULL ? target : wb_json_get_text (self->after, "recipient");
}

static void
add_id (GPtrArray *ids, const char *id)
{
  if (id != NULL && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, g_strdup (id));
}

static void
add_all (GPtrArray *ids, JsonObject *values, const char *name)
{
  JsonNode *node = json_object_get_member (values, name);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    add_id (ids, json_array_get_string_element (array, i));
  if (array == NULL)
    add_id (ids, wb_json_get_text (values, name));
}

/* A doctor, lawyer or official is named for their work, not asked. */
static void
add_concerned (GPtrArray *persons, WbRegister *reg, JsonObject *allegation)
{
  static const char *const ASKED[] = { "role.concerned", "role.family", "role.witness", "-", NULL };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  add_all (ids, allegation, "persons");
  for (guint i = 0; i < ids->len; i++) {
    const char *id = g_ptr_array_index (ids, i);
    g_autoptr (JsonObject) values = wb_register_load_values (reg, id, NULL);

    if (wb_match_value (values, "role", ASKED))
      add_id (persons, id);
  }
}

/* Those it names; a source that asked to stay unknown counts where names go along. */
static void
add_persons (GPtrArray *persons, WbRegister *reg, JsonObject *allegation)
{
  add_all (persons, allegation, "person");
  add_concerned (persons, reg, allegation);
  if (json_object_get_boolean_member_with_default (allegation, "source_confidential", FALSE))
    add_all (persons, allegation, "source_person");
}

/**
 * wb_guard_list_persons:
 * @self: a referral, or a case
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type utf8): UUIDs of the persons of its allegations, of all of
 *   the case where it names none; without any, of the persons concerned
 */
GPtrArray *
wb_guard_list_persons (WbGuardSubject *self, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) named = g_ptr_array_new_with_free_func (g_free);

  add_all (named, self->after, "allegations");
  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);
    gboolean meant = named->len == 0 ||
                     g_ptr_array_find_with_equal_func (named, record->row->id, g_str_equal, NULL);

    if (g_str_equal (record->row->type, "allegation") && meant)
      add_persons (persons, self->reg, record->values);
  }
  for (guint i = 0; records != NULL && persons->len == 0 && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, "person") &&
        g_strcmp0 (wb_json_get_text (record->values, "role"), "role.concerned") == 0)
      add_id (persons, record->row->id);
  }
  return records != NULL ? g_steal_pointer (&persons) : NULL;
}

/* What decisions about it may be about: itself, its case, person and allegations. */
static char **
list_about (WbGuardSubject *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *records =
      g_str_equal (self->type, "case") ? wb_guard_subject_get_records (self, NULL) : NULL;

  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, "allegation"))
      add_id (ids, record->row->id);
  }
  add_id (ids, self->id);
  add_id (ids, self->case_id);
  add_all (ids, self->after, "person");
  add_all (ids, self->after, "allegations");
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

static guint64
entry_of (const char *text, const char *field)
{
  g_autoptr (JsonObject) doc = text != NULL ? wb_doc_parse (text, NULL) : NULL;
  JsonObject *member = doc != NULL && json_object_has_member (doc, field)
                           ? json_object_get_object_member (doc, field)
                           : NULL;

  return member != NULL ? (guint64) json_object_get_int_member_with_default (member, "entry", 0)
                        : 0;
}

/* The newest sealing of what the act seals for more people. */
static guint64
sealed_up_to (WbGuardSubject *self)
{
  g_autofree char *apart = wb_record_store_get_identity (self->reg->db, self->id, NULL);
  g_autoptr (GList) names = json_object_get_members (self->changed);
  guint64 newest = 0;

  for (GList *l = names; l != NULL; l = l->next)
    newest = MAX (newest, entry_of (apart, l->data));
  return newest;
}

/* The entry that set the field which the guard is about: an earlier decision was used up by it. */
static guint64
used_up_to (WbGuardSubject *self, const WbGuard *guard)
{
  g_autoptr (WbRecordRow) row = NULL;

  if (guard->check != WB_GUARD_DECISION)
    return 0;
  if (self->kind == WB_ACT_WIDEN)
    return sealed_up_to (self);
  if (guard->field == NULL)
    return 0;
  row = wb_record_store_find (self->reg->db, self->id, NULL);
  return row != NULL ? entry_of (row->doc, guard->field) : 0;
}

/* "other" is a kind for everything: it counts for the one rule that it names. */
static gboolean
is_kind (const WbDecided *decided, char **kinds, const WbGuard *guard)
{
  if (decided->kind == NULL || !g_strv_contains ((const char *const *) kinds, decided->kind))
    return FALSE;
  return !g_str_equal (decided->kind, "decisionkind.other") ||
         g_strcmp0 (decided->rule, guard->name) == 0;
}

static gboolean
is_choice (const WbDecided *decided, const WbGuard *guard)
{
  if (guard->check == WB_GUARD_DECISION && guard->match->len > 0)
    return wb_match_test (guard->match, decided->values, NULL);
  return decided->does;
}

/* One that names a recipient is for that one only. */
static gboolean
is_to (const WbDecided *decided, const char *recipient)
{
  return decided->recipient == NULL || recipient == NULL ||
         g_str_equal (decided->recipient, recipient);
}

/* That it still counts; a guard that asks after decisions itself would go round in a circle. */
static gboolean
still_counts (WbGuardSubject *self, const WbDecided *decided)
{
  const WbGuard *guard = wb_model_find_lapse (self->reg->model, decided->kind);
  gboolean holds = TRUE;

  if (guard == NULL || guard->check != WB_GUARD_PERSONS_NOT)
    return TRUE;
  if (wb_guard_test_persons (self, guard, &holds, NULL) && holds)
    return TRUE;
  self->lapsed = guard;
  return FALSE;
}

gboolean
wb_guard_test_decision (WbGuardSubject *self,
                        const WbGuard *guard,
                        char **kinds,
                        gboolean *ret_holds,
                        GError **error)
{
  g_auto (GStrv) about = list_about (self);
  g_autoptr (GPtrArray) list =
      wb_decided_list_about (self->reg, (const char *const *) about, error);
  guint64 after = used_up_to (self, guard);

  *ret_holds = FALSE;
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbDecided *decided = g_ptr_array_index (list, i);

    if (is_kind (decided, kinds, guard) && is_choice (decided, guard) &&
        is_to (decided, recipient_of (self)) && decided->decided_entry > after &&
        still_counts (self, decided))
      *ret_holds = TRUE;
  }
  return list != NULL;
}

/* A referral names the decision it relies on; an export looks for one about the case. */
static gboolean
test_override (WbGuardSubject *self, const WbGuard *guard, gboolean *ret_holds, GError **error)
{
  const char *named = wb_json_get_text (self->after, "override");
  g_auto (GStrv) about = list_about (self);
  g_autoptr (GPtrArray) list = NULL;

  *ret_holds = FALSE;
  if (guard->decisions[0] == NULL || (named == NULL && g_str_equal (self->type, "referral")))
    return TRUE;
  list = wb_decided_list_about (self->reg, (const char *const *) about, error);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbDecided *decided = g_ptr_array_index (list, i);

    if ((named == NULL || g_str_equal (named, decided->id)) &&
        is_kind (decided, guard->decisions, guard) && decided->does &&
        is_to (decided, recipient_of (self)) && still_counts (self, decided))
      *ret_holds = TRUE;
  }
  return list != NULL;
}

/* Not yet failed: a decision may still lift it. */
static void
note_lacking (WbGuardSubject *self, const char *id)
{
  g_free (self->lacking);
  self->lacking = wb_register_reference_of (self->reg, id);
}

gboolean
wb_guard_test_consent (WbGuardSubject *self,
                       const WbGuard *guard,
                       gboolean *ret_holds,
                       GError **error)
{
  g_autoptr (GPtrArray) persons = wb_guard_list_persons (self, error);
  WbConsentAsk ask = { NULL,
                       guard->values,
                       recipient_of (self),
                       wb_json_get_text (self->after, "target_name") };
  WbInstant now = wb_clock_now ();
  gboolean given;

  if (persons == NULL)
    return FALSE;
  given = persons->len > 0 || wb_consent_is_given (self->reg, self->records, &ask, now);
  for (guint i = 0; i < persons->len && given; i++) {
    ask.person = g_ptr_array_index (persons, i);
    given = wb_consent_is_given (self->reg, self->records, &ask, now);
    if (!given)
      note_lacking (self, ask.person);
  }
  *ret_holds = given;
  return given || test_override (self, guard, ret_holds, error);
}

/* That this very document leaves, to this very recipient. */
gboolean
wb_guard_is_released (WbGuardSubject *self, const WbGuard *guard, const char *id, GError **error)
{
  const char *about[] = { id, NULL };
  g_autoptr (GPtrArray) list = wb_decided_list_about (self->reg, about, error);
  const char *recipient = recipient_of (self);

  for (guint i = 0; list != NULL && recipient != NULL && i < list->len; i++) {
    const WbDecided *decided = g_ptr_array_index (list, i);

    if (is_kind (decided, guard->decisions, guard) && decided->does &&
        g_strcmp0 (decided->recipient, recipient) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
wb_guard_test_documents (WbGuardSubject *self,
                         const WbGuard *guard,
                         gboolean *ret_holds,
                         GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_free);

  *ret_holds = TRUE;
  add_all (documents, self->after, guard->field != NULL ? guard->field : "documents");
  for (guint i = 0; i < documents->len && *ret_holds; i++) {
    const char *id = g_ptr_array_index (documents, i);
    g_autoptr (JsonObject) values = wb_register_load_values (self->reg, id, NULL);
    const char *level = wb_json_get_text (values, "confidentiality");

    if (level != NULL && g_strv_contains ((const char *const *) guard->values, level))
      *ret_holds = wb_guard_is_released (self, guard, id, error);
  }
  return TRUE;
}

/* Names and addresses stand apart; that they are there may be known without reading them. */
static gboolean
is_known (WbRegister *reg, const char *person, char **fields)
{
  g_autofree char *text = wb_record_store_get_identity (reg->db, person, NULL);
  g_autoptr (JsonObject) doc = text != NULL ? wb_doc_parse (text, NULL) : NULL;
  g_autoptr (JsonObject) values = wb_register_load_values (reg, person, NULL);

  for (guint i = 0; fields[i] != NULL; i++) {
    if ((doc == NULL || !json_object_has_member (doc, fields[i])) &&
        (values == NULL || !json_object_has_member (values, fields[i])))
      return FALSE;
  }
  return TRUE;
}

/* Whom the record itself is for, such as a letter; else whom its allegations are about. */
static GPtrArray *
list_known (WbGuardSubject *self, GError **error)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);

  add_id (own, wb_json_get_text (self->after, "person"));
  return own->len > 0 ? g_steal_pointer (&own) : wb_guard_list_persons (self, error);
}

gboolean
wb_guard_test_identity (WbGuardSubject *self,
                        const WbGuard *guard,
                        gboolean *ret_holds,
                        GError **error)
{
  g_autoptr (GPtrArray) persons = list_known (self, error);

  if (persons == NULL)
    return FALSE;
  *ret_holds = persons->len > 0;
  for (guint i = 0; i < persons->len; i++) {
    if (is_known (self->reg, g_ptr_array_index (persons, i), guard->values))
      continue;
    *ret_holds = FALSE;
    note_lacking (self, g_ptr_array_index (persons, i));
  }
  return TRUE;
}

/* The act may set what it judges; of another record only what is stored counts. */
gboolean
wb_guard_test_sealed (WbGuardSubject *self,
                      const WbGuard *guard,
                      gboolean *ret_holds,
                      GError **error)
{
  const char *id = guard->field != NULL ? wb_json_get_text (self->after, guard->field) : self->id;
  g_autoptr (JsonObject) apart =
      id != NULL ? wb_sealed_load_apart (self->reg, id, error) : json_object_new ();

  if (apart == NULL)
    return FALSE;
  if (g_strcmp0 (id, self->id) == 0)
    wb_doc_overlay (apart, self->changed);
  *ret_holds = TRUE;
  for (guint i = 0; guard->values[i] != NULL; i++) {
    JsonNode *value = json_object_get_member (apart, guard->values[i]);

    if (value != NULL && !wb_sealed_is (value))
      *ret_holds = FALSE;
  }
  return TRUE;
}

/* What the newest of these declarations by the acting user says. */
static void
take_interest (WbRegister *reg, GPtrArray *rows, gboolean *ret_interest)
{
  for (guint i = 0; i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) values = NULL;

    if (!g_str_equal (row->type, DECLARATION))
      continue;
    values = wb_register_load_values (reg, row->id, NULL);
    if (g_strcmp0 (wb_json_get_text (values, "user"), reg->keys->user) == 0)
      *ret_interest = json_object_get_boolean_member_with_default (values, "interest", FALSE);
  }
}

/* In one case, or by a declaration that stands by itself: then in all. */
static gboolean
has_interest (WbRegister *reg, const char *case_id, gboolean *ret_interest, GError **error)
{
  g_autoptr (GPtrArray) standing =
      wb_record_store_list_standing (reg->db, DECLARATION, 0, DECLARATION_LIMIT, error);
  g_autoptr (GPtrArray) rows =
      standing != NULL ? wb_record_store_list_of_case (reg->db, case_id, error) : NULL;
  gboolean here = FALSE;

  if (rows == NULL)
    return FALSE;
  take_interest (reg, standing, ret_interest);
  take_interest (reg, rows, &here);
  *ret_interest = *ret_interest || here;
  return TRUE;
}

/* A decision may be about records of more than one case. */
static GPtrArray *
list_cases (WbGuardSubject *self)
{
  g_autoptr (GPtrArray) about = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *cases = g_ptr_array_new_with_free_func (g_free);

  add_id (cases, self->case_id);
  add_all (about, self->after, "about");
  for (guint i = 0; i < about->len; i++) {
    g_autoptr (WbRecordRow) row =
        wb_record_store_find (self->reg->db, g_ptr_array_index (about, i), NULL);

    if (row != NULL)
      add_id (cases, wb_record_row_get_case (row));
  }
  return cases;
}

gboolean
wb_guard_test_interest (WbGuardSubject *self, gboolean *ret_holds, GError **error)
{
  g_autoptr (GPtrArray) cases = list_cases (self);

  *ret_holds = TRUE;
  for (guint i = 0; i < cases->len; i++) {
    gboolean interest = FALSE;

    if (!has_interest (self->reg, g_ptr_array_index (cases, i), &interest, error))
      return FALSE;
    if (interest)
      *ret_holds = FALSE;
  }
  return TRUE;
}

gboolean
wb_guard_test_settled (WbGuardSubject *self, gboolean *ret_holds, GError **error)
{
  GPtrArray *records = wb_guard_subject_get_records (self, error);

  *ret_holds = TRUE;
  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbGuardRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->row->type, "consent") &&
        wb_consent_judge (self->reg, record->values, wb_clock_now ()) == WB_CONSENT_WITHDRAWN &&
        !json_object_has_member (record->values, "acted_on"))
      *ret_holds = FALSE;
  }
  return records != NULL;
}

static gboolean
is_alone (JsonObject *person)
{
  static const char *const ALONE[] = { "vuln.uam", NULL };

  return json_object_get_boolean_member_with_default (person, "unaccompanied", FALSE) ||
         wb_match_value (person, "vulnerabilities", ALONE);
}

/* Those of one record that a decision is about. */
static void
add_about (GPtrArray *persons, WbRegister *reg, const char *id)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, NULL);
  g_autoptr (JsonObject) values = NULL;

  if (row == NULL)
    return;
  if (g_str_equal (row->type, "person")) {
    add_id (persons, id);
    return;
  }
  values = wb_register_load_values (reg, id, NULL);
  if (values != NULL)
    add_persons (persons, reg, values);
}

/* The persons that any act is about: the one it names, those of a decision's records, else those
 * of its allegations or of the case. */
static GPtrArray *
list_concerned (WbGuardSubject *self, GError **error)
{
  g_autoptr (GPtrArray) about = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func (g_free);

  add_all (persons, self->after, "person");
  if (g_str_equal (self->type, WB_DECISION))
    add_all (about, self->after, "about");
  for (guint i = 0; i < about->len; i++)
    add_about (persons, self->reg, g_ptr_array_index (about, i));
  return persons->len > 0 ? g_steal_pointer (&persons) : wb_guard_list_persons (self, error);
}

gboolean
wb_guard_test_persons (WbGuardSubject *self,
                       const WbGuard *guard,
                       gboolean *ret_holds,
                       GError **error)
{
  g_autoptr (GPtrArray) persons = list_concerned (self, error);

  *ret_holds = TRUE;
  for (guint i = 0; persons != NULL && i < persons->len; i++) {
    g_autoptr (JsonObject) values =
        wb_register_load_values (self->reg, g_ptr_array_index (persons, i), NULL);

    if (values != NULL &&
        wb_match_value (values, guard->field, (const char *const *) guard->values))
      *ret_holds = FALSE;
  }
  return persons != NULL;
}

gboolean
wb_guard_test_child (WbGuardSubject *self, gboolean *ret_holds, GError **error)
{
  const char *id = wb_json_get_text (self->after, "person");
  g_autoptr (JsonObject) person =
      id != NULL ? wb_register_load_values (self->reg, id, error) : json_object_new ();

  if (person == NULL)
    return FALSE;
  *ret_holds =
      !is_alone (person) || json_object_has_member (person, "representative_appointed") ||
      json_object_get_boolean_member_with_default (self->after, "by_representative", FALSE);
  return TRUE;
}
