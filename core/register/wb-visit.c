/* SPDX-License-Identifier: EUPL-1.2 */

/* What belongs to a visit: the records that name it, its checklist, and what an allegation born in
 * it takes over. */
#include "wb-visit-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define VISIT "visit"
#define CHECKLIST "check"

static void
question_free (WbVisitQuestion *self)
{
  g_free (self->code);
  g_free (self->stage);
  g_ptr_array_unref (self->answers);
  g_free (self);
}

void
wb_visit_free (WbVisit *self)
{
  if (self == NULL)
    return;
  wb_record_free (self->visit);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_free (self);
}

static void
set_absent (JsonObject *fields, const char *name, const char *value)
{
  if (value != NULL && !json_object_has_member (fields, name))
    json_object_set_string_member (fields, name, value);
}

/* The only one of the visit's stages, or NULL. */
static const char *
only_stage (JsonObject *visit)
{
  JsonNode *node = json_object_get_member (visit, "stages");
  JsonArray *stages =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return stages != NULL && json_array_get_length (stages) == 1
             ? json_array_get_string_element (stages, 0)
             : NULL;
}

/**
 * wb_visit_prefill:
 * @reg: an open register
 * @type: record type
 * @fields: of a new record, with UUIDs for references; changed
 * @error: return location for an error
 *
 * What was given stays as it was given, also where it was given as empty.
 *
 * Returns: %FALSE where the visit cannot be read
 */
gboolean
wb_visit_prefill (WbRegister *reg, const WbRecordType *type, JsonObject *fields, GError **error)
{
  const char *id = json_object_get_string_member_with_default (fields, VISIT, NULL);
  g_autoptr (JsonObject) visit = NULL;
  const char *stage;

  if (id == NULL || !g_str_equal (type->name, "allegation"))
    return TRUE;
  visit = wb_register_load_values (reg, id, error);
  if (visit == NULL)
    return FALSE;
  set_absent (fields, "channel", "channel.visit");
  set_absent (fields, "source", "source.monitor");
  set_absent (fields, "site", json_object_get_string_member_with_default (visit, "site", NULL));
  stage = only_stage (visit);
  if (stage != NULL && !json_object_has_member (fields, "stages")) {
    JsonArray *stages = json_array_new ();

    json_array_add_string_element (stages, stage);
    json_object_set_array_member (fields, "stages", stages);
  }
  return TRUE;
}

static gboolean
add_records (WbRegister *reg, WbVisit *self, GError **error)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, self->visit->id, error);

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    WbRecord *record;

    if (!g_str_equal (link->field, VISIT))
      continue;
    record = wb_register_read (reg, link->source, FALSE, NULL, error);
    if (record == NULL)
      return FALSE;
    g_ptr_array_add (self->records, record);
  }
  return links != NULL;
}

/* The stages of the visit and of what was observed in it. */
static GHashTable *
list_stages (const WbVisit *self)
{
  GHashTable *stages = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = json_object_get_member (self->visit->fields, "stages");

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      g_hash_table_add (stages, (gpointer) json_array_get_string_element (array, i));
  }
  for (guint i = 0; i < self->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (self->records, i);
    const char *stage = json_object_get_string_member_with_default (record->fields, "stage", NULL);

    if (g_str_equal (record->type, "observation") && stage != NULL)
      g_hash_table_add (stages, (gpointer) stage);
  }
  return stages;
}

/* The first stage of the question that was visited, or NULL. */
static char *
find_stage (const WbTerm *term, GHashTable *stages)
{
  g_autofree char *text = wb_term_dup_extra (term, "Stage");
  g_auto (GStrv) codes = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++) {
    if (g_hash_table_contains (stages, g_strstrip (codes[i])))
      return g_strdup (codes[i]);
  }
  return NULL;
}

/* The day it began, else today: a question of the body's own may have been put later. */
static WbDate
day_of (WbRegister *reg, const WbVisit *self)
{
  JsonNode *started = json_object_get_member (self->visit->fields, "started");
  g_autoptr (WbMoment) moment = started != NULL ? wb_moment_parse (started, reg->zone, NULL) : NULL;
  WbInstant time = wb_clock_now ();

  if (moment != NULL && moment->precision != WB_PRECISION_UNKNOWN)
    time = moment->earliest;
  return wb_zone_to_local (reg->zone, time).date;
}

/* An observation answers a question by a code or by words. */
static gboolean
answers (const WbRecord *record, const char *question)
{
  JsonObject *fields = record->fields;

  return g_str_equal (record->type, "observation") &&
         g_strcmp0 (json_object_get_string_member_with_default (fields, "question", NULL),
                    question) == 0 &&
         (json_object_has_member (fields, "answer") || json_object_has_member (fields, "text"));
}

static void
add_questions (WbRegister *reg, WbVisit *self)
{
  g_autoptr (GPtrArray) terms = wb_model_list_terms (reg->model, CHECKLIST);
  g_autoptr (GHashTable) stages = list_stages (self);
  WbDate day = day_of (reg, self);

  for (guint i = 0; i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);
    g_autofree char *stage = find_stage (term, stages);
    gboolean asked = stage != NULL && wb_term_is_valid_on (term, day);
    WbVisitQuestion *question = g_new0 (WbVisitQuestion, 1);

    question->stage = g_steal_pointer (&stage);
    question->code = g_strdup (term->code);
    question->answers = g_ptr_array_new ();
    for (guint j = 0; j < self->records->len; j++) {
      if (answers (g_ptr_array_index (self->records, j), term->code))
        g_ptr_array_add (question->answers, g_ptr_array_index (self->records, j));
    }
    if (asked || question->answers->len > 0)
      g_ptr_array_add (self->questions, question);
    else
      question_free (question);
  }
}

/**
 * wb_register_read_visit:
 * @self: an open register
 * @reference: a visit
 * @error: return location for an error
 *
 * The checklist is that of the stages of the visit and of its observations, and what was answered
 * besides.
 *
 * Returns: (transfer full): the visit and what belongs to it
 */
WbVisit *
wb_register_read_visit (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (WbVisit) visit = g_new0 (WbVisit, 1);
  const char *access;

  visit->records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  visit->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) question_free);
  visit->visit = wb_register_read (self, reference, FALSE, NULL, error);
  if (visit->visit == NULL)
    return NULL;
  if (!g_str_equal (visit->visit->type, VISIT)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is no visit: “waarborgctl list REG --type visit” lists them."),
                 visit->visit->reference);
    return NULL;
  }
  if (!add_records (self, visit, error))
    return NULL;
  wb_own_terms_refresh (self);
  add_questions (self, visit);
  access = json_object_get_string_member_with_default (visit->visit->fields, "access", NULL);
  visit->obstructed = access != NULL && !g_str_equal (access, "access.full");
  return g_steal_pointer (&visit);
}

/* What was emptied is cleared in a correction and left out of a new one. */
static void
set_given (JsonObject *fields, const char *name, const char *value, gboolean correcting)
{
  if (value != NULL && *value != '\0')
    json_object_set_string_member (fields, name, value);
  else if (correcting)
    json_object_set_null_member (fields, name);
}

/**
 * wb_register_answer_visit:
 * @self: an open register
 * @answer: to which question, and what was found
 * @error: return location for an error
 *
 * One act: an observation of this minute, or the correction of one; the time of that stays.
 *
 * Returns: (transfer full): the observation
 */
WbRecord *
wb_register_answer_visit (WbRegister *self, const WbVisitAnswer *answer, GError **error)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *now = wb_register_format_stamp (self, wb_register_next_time (self));
  gboolean correcting = answer->observation != NULL;

  set_given (fields, "answer", answer->answer, correcting);
  set_given (fields, "text", answer->text, correcting);
  if (correcting)
    return wb_register_change (self, answer->observation, fields, NULL, error);
  set_given (fields, VISIT, answer->visit, FALSE);
  set_given (fields, "when", now, FALSE);
  set_given (fields, "question", answer->question, FALSE);
  set_given (fields, "stage", answer->stage, FALSE);
  return wb_register_record (self, "observation", NULL, NULL, fields, NULL, error);
}
