/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Who may have which documents: levels, clearances of users and recipients, need to know. The store
 * has one key for all users: this is what the program gives, not what cryptography forbids.
 */
#include "wb-clearance-private.h"

#include <string.h>

#include "wb-i18n.h"
#include "wb-json.h"

#define CLEARANCE "clearance"
#define CLEARANCES_MAX 10000 /* records: a body clears some dozens */
#define LEVELS "conf"
#define LEVEL "confidentiality"
#define GROUP "need_to_know"
#define DECISION "decisionkind.clearance"
#define RULE_GROUP "need-to-know"
#define RULE_LEVEL "user-cleared"

guint
wb_clearance_rank (WbRegister *reg, const char *level)
{
  g_autoptr (GPtrArray) terms = wb_model_list_terms (reg->model, LEVELS);
  guint rank = 0;

  while (rank + 1 < terms->len &&
         g_strcmp0 (((const WbTerm *) g_ptr_array_index (terms, rank))->code, level) != 0)
    rank++;
  return rank;
}

static guint
highest (WbRegister *reg)
{
  return wb_clearance_rank (reg, NULL);
}

/* That two persons decided on the record as it stands: a later change takes a new decision. */
static gboolean
is_decided (WbRegister *reg, const WbRecordRow *row, gboolean *ret_ever)
{
  const char *about[] = { row->id, NULL };
  g_autoptr (GPtrArray) list = wb_decided_list_about (reg, about, NULL);
  gboolean holds = FALSE;

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbDecided *decided = g_ptr_array_index (list, i);

    if (g_strcmp0 (decided->kind, DECISION) != 0 || !decided->does)
      continue;
    *ret_ever = TRUE;
    holds = holds || decided->decided_entry > row->last_entry;
  }
  return holds;
}

static gboolean
is_in_force (WbRegister *reg, JsonObject *values)
{
  WbDate now = wb_zone_to_local (reg->zone, wb_clock_now ()).date;
  g_autofree char *today = wb_date_format (now);
  const char *from = wb_json_get_text (values, "from");
  const char *until = wb_json_get_text (values, "until");

  return (from == NULL || strcmp (from, today) <= 0) &&
         (until == NULL || strcmp (until, today) >= 0);
}

/* Whether the clearance is for whom @whom matches. */
static gboolean
is_for (JsonObject *values, JsonObject *whom)
{
  static const char *const NAMES[] = { "user", "recipient", "recipient_name" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    const char *named = wb_json_get_text (values, NAMES[i]);
    gboolean general = named == NULL && i == 2; /* all of that recipient */

    if (!general && g_strcmp0 (named, wb_json_get_text (whom, NAMES[i])) != 0)
      return FALSE;
  }
  return TRUE;
}

/* By the newest clearance that holds now; the lowest level where there was one once. FALSE where
 * there never was one. */
static gboolean
find_level (WbRegister *reg, JsonObject *whom, guint *ret_rank)
{
  g_autoptr (GPtrArray) rows =
      wb_record_store_list_standing (reg->db, CLEARANCE, 0, CLEARANCES_MAX, NULL);
  gboolean ever = FALSE;

  *ret_rank = 0;
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
    g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;

    if (values != NULL && is_for (values, whom) && is_decided (reg, row, &ever) &&
        is_in_force (reg, values))
      *ret_rank = wb_clearance_rank (reg, wb_json_get_text (values, "level"));
  }
  return ever;
}

/**
 * wb_clearance_of_user:
 * @reg: an open register
 * @user: a user's name
 *
 * Returns: the rank of the level up to which the user has documents: by a clearance, else by the
 *   body's settings, else the highest
 */
guint
wb_clearance_of_user (WbRegister *reg, const char *user)
{
  JsonObject *body = wb_register_get_clock_context (reg)->body;
  g_autoptr (JsonObject) whom = json_object_new ();
  guint rank;

  json_object_set_string_member (whom, "user", user);
  if (find_level (reg, whom, &rank))
    return rank;
  return body != NULL ? wb_clearance_rank (reg, wb_json_get_text (body, "user_clearance"))
                      : highest (reg);
}

/**
 * wb_clearance_of_recipient:
 * @reg: an open register
 * @recipient: (nullable): target.*
 * @name: (nullable): which of them
 *
 * Returns: the rank of the level up to which it is given documents: by a clearance, else by the
 *   "Level" of its code, else the lowest
 */
guint
wb_clearance_of_recipient (WbRegister *reg, const char *recipient, const char *name)
{
  const WbTerm *term = recipient != NULL ? wb_model_find_term (reg->model, recipient) : NULL;
  g_autofree char *level = term != NULL ? wb_term_dup_extra (term, "Level") : NULL;
  g_autoptr (JsonObject) whom = json_object_new ();
  guint rank;

  if (recipient == NULL)
    return 0;
  json_object_set_string_member (whom, "recipient", recipient);
  if (name != NULL)
    json_object_set_string_member (whom, "recipient_name", name);
  if (find_level (reg, whom, &rank))
    return rank;
  return level != NULL ? wb_clearance_rank (reg, level) : 0;
}

gboolean
wb_clearance_is_document (WbRegister *reg, const char *type)
{
  const WbRecordType *found = wb_model_find_type (reg->model, type);

  return found != NULL && wb_record_type_find_field (found, GROUP) != NULL;
}

static gboolean
is_in_group (WbRegister *reg, JsonObject *values)
{
  const char *group = wb_json_get_text (values, GROUP);
  g_auto (GStrv) names = group != NULL ? g_strsplit (group, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    if (g_str_equal (g_strstrip (names[i]), reg->keys->user))
      return TRUE;
  }
  return group == NULL;
}

gboolean
wb_clearance_admits (WbRegister *reg, const char *type, JsonObject *values, const char **ret_rule)
{
  const char *level = wb_json_get_text (values, LEVEL);
  const char *rule = NULL;

  if (!wb_clearance_is_document (reg, type))
    return TRUE;
  if (!is_in_group (reg, values))
    rule = RULE_GROUP;
  else if (level != NULL &&
           wb_clearance_rank (reg, level) > wb_clearance_of_user (reg, reg->keys->user))
    rule = RULE_LEVEL;
  if (ret_rule != NULL)
    *ret_rule = rule;
  return rule == NULL;
}

/* Every document that goes along, against the level of the recipient. */
gboolean
wb_guard_test_cleared (WbGuardSubject *self,
                       const WbGuard *guard,
                       gboolean *ret_holds,
                       GError **error)
{
  guint cleared = wb_clearance_of_recipient (self->reg,
                                             wb_json_get_text (self->after, "target"),
                                             wb_json_get_text (self->after, "target_name"));
  JsonNode *node = json_object_get_member (self->after, guard->field);
  JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  *ret_holds = TRUE;
  for (guint i = 0; ids != NULL && i < json_array_get_length (ids) && *ret_holds; i++) {
    const char *id = json_array_get_string_element (ids, i);
    g_autoptr (JsonObject) values = wb_register_load_values (self->reg, id, error);
    const char *level = values != NULL ? wb_json_get_text (values, LEVEL) : NULL;

    if (values == NULL)
      return FALSE;
    if (wb_clearance_rank (self->reg, level != NULL ? level : WB_CONF_UNSAID) > cleared)
      *ret_holds = wb_guard_is_released (self, guard, id, error);
  }
  return TRUE;
}

/* As the document was, and as it will be: nobody lets themselves in. */
gboolean
wb_guard_test_admitted (WbGuardSubject *self, gboolean *ret_holds)
{
  *ret_holds = wb_clearance_admits (self->reg, self->type, self->before, NULL);
  return TRUE;
}

/**
 * wb_guard_check_admitted:
 * @reg: an open register
 * @row: any record
 * @values: its values
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule
 *
 * The refusal is an entry. Not within a WbChange.
 *
 * Returns: whether the user who is at the register may have the contents
 */
gboolean
wb_guard_check_admitted (WbRegister *reg,
                         const WbRecordRow *row,
                         JsonObject *values,
                         GError **error)
{
  const char *rule = NULL;

  if (wb_clearance_admits (reg, row->type, values, &rule))
    return TRUE;
  wb_guard_refuse (reg,
                   row->type,
                   row->id,
                   wb_record_row_get_case (row),
                   rule,
                   "OB-11; (EU) 2024/1356 art. 10(2)",
                   g_str_equal (rule, RULE_GROUP)
                       ? _ ("Whoever asks for the document is named among those who need it.")
                       : _ ("Whoever asks for the document is cleared for its level."),
                   error);
  wb_register_log_refusal (reg);
  return FALSE;
}

/**
 * wb_register_admits:
 * @self: an open register
 * @record: as it was read
 * @ret_rule: (out) (optional): the rule that keeps its contents from the user
 *
 * Returns: whether its contents are for the user who is at the register
 */
gboolean
wb_register_admits (WbRegister *self, const WbRecord *record, const char **ret_rule)
{
  return wb_clearance_admits (self, record->type, record->fields, ret_rule);
}

static void
barred_free (gpointer data)
{
  WbBarred *withheld = data;

  g_free (withheld->reference);
  g_free (withheld->rule);
  g_free (withheld);
}

/**
 * wb_register_list_barred:
 * @self: an open register
 * @case_ref: a case, or a record of it
 * @options: as the bundle is to be made
 * @error: return location for an error
 *
 * Nothing is logged.
 *
 * Returns: (transfer full) (element-type WbBarred): the documents of which nothing goes along
 */
GPtrArray *
wb_register_list_barred (WbRegister *self,
                         const char *case_ref,
                         const WbExportOptions *options,
                         GError **error)
{
  g_autoptr (WbRecordRow) of = wb_register_find_row (self, case_ref, error);
  g_autoptr (GPtrArray) rows =
      of != NULL ? wb_record_store_list_of_case (self->db, of->case_id, error) : NULL;
  GPtrArray *list;

  if (rows == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (barred_free);
  for (guint i = 0; i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    const char *rule = wb_guard_find_bar (self, row, options);
    WbBarred *withheld;

    if (rule == NULL)
      continue;
    withheld = g_new0 (WbBarred, 1);
    withheld->reference = g_strdup (row->reference);
    withheld->rule = g_strdup (rule);
    g_ptr_array_add (list, withheld);
  }
  return list;
}
