/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the guards of workflow.json: what must hold before a move or an act. */
#include "wb-workflow-private.h"

#include <string.h>

#include "wb-error.h"

const char *const WB_BODY_PROFILES[] = { "inspectorate",
                                         "human-rights-institution",
                                         "ombudsperson",
                                         NULL };

static const char *const check_names[WB_N_GUARD_CHECKS] = {
  [WB_GUARD_FIELD_PRESENT] = "field-present",
  [WB_GUARD_FIELD_NOT] = "field-not",
  [WB_GUARD_EVERY_RECORD_NOT] = "every-record-not",
  [WB_GUARD_EVERY_TERM] = "every-term",
  [WB_GUARD_RECORD_EXISTS] = "record-exists",
  [WB_GUARD_NO_RUNNING_CLOCK] = "no-running-clock",
  [WB_GUARD_DATE_PASSED] = "date-passed",
  [WB_GUARD_NOT_AHEAD] = "not-ahead",
  [WB_GUARD_OTHER_USER] = "other-user",
  [WB_GUARD_RETENTION_EXPIRED] = "retention-expired",
  [WB_GUARD_NO_OPEN_REQUEST] = "no-open-request",
  [WB_GUARD_CONSENT] = "consent",
  [WB_GUARD_DECISION] = "decision",
  [WB_GUARD_DOCUMENTS] = "documents",
  [WB_GUARD_IDENTITY] = "identity",
  [WB_GUARD_USER_EXISTS] = "user-exists",
  [WB_GUARD_OWN_NAME] = "own-name",
  [WB_GUARD_NO_INTEREST] = "no-interest",
  [WB_GUARD_CONSENT_SETTLED] = "consent-settled",
  [WB_GUARD_PERSONS_NOT] = "persons-not",
  [WB_GUARD_CHILD_REPRESENTED] = "child-represented",
  [WB_GUARD_MERGEABLE] = "mergeable",
  [WB_GUARD_CLEARED] = "cleared",
  [WB_GUARD_ADMITTED] = "admitted",
  [WB_GUARD_SEALED] = "sealed",
  [WB_GUARD_REFERRAL_ALLOWED] = "referral-allowed",
  [WB_GUARD_NEVER] = "never",
};

static const char *const guard_members[] = { "name",  "check",  "label",    "basis",
                                             "type",  "field",  "values",   "match",
                                             "about", "newest", "unless",   "decisions",
                                             "if",    "each",   "profiles", NULL };
static const char *const lapse_members[] = { "kind", "while", NULL };
static const char *const if_members[] = { "type", "match", NULL };

void
wb_guard_free (WbGuard *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->label[0]);
  g_free (self->label[1]);
  g_free (self->basis);
  g_free (self->type);
  g_free (self->field);
  g_strfreev (self->values);
  g_clear_pointer (&self->match, g_ptr_array_unref);
  g_free (self->about);
  g_clear_pointer (&self->unless, g_ptr_array_unref);
  g_free (self->if_type);
  g_clear_pointer (&self->if_match, g_ptr_array_unref);
  g_free (self->each);
  g_strfreev (self->decisions);
  g_strfreev (self->profiles);
  g_free (self);
}

gboolean
wb_workflow_read_list (const WbModelFile *file,
                       const char *path,
                       JsonObject *object,
                       const char *member,
                       char ***ret_list,
                       GError **error)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  JsonArray *array = NULL;

  if (json_object_has_member (object, member)) {
    array = wb_model_read_array (file, path, object, member, error);
    if (array == NULL)
      return FALSE;
  }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (json_node_get_value_type (node) != G_TYPE_STRING)
      return wb_model_refuse (file, path, error, _ ("“%s” must be a list of texts."), member);
    g_strv_builder_add (list, json_node_get_string (node));
  }
  *ret_list = g_strv_builder_end (list);
  return TRUE;
}

static void
match_free (gpointer data)
{
  WbMatch *match = data;

  g_free (match->field);
  g_strfreev (match->values);
  g_free (match);
}

/* Where the field takes codes, each value is one of them, or one of the signs. */
static gboolean
check_codes (const WbModel *model,
             const WbModelFile *file,
             const char *path,
             const WbField *field,
             char **values,
             GError **error)
{
  if (field == NULL || field->vocabulary == NULL)
    return TRUE;
  for (guint i = 0; values[i] != NULL; i++)
    if (strcmp (values[i], "*") != 0 && strcmp (values[i], "-") != 0 && values[i][0] != '=' &&
        wb_model_find_term (model, values[i]) == NULL)
      return wb_model_refuse (file, path, error, _ ("the code %s does not exist."), values[i]);
  return TRUE;
}

static gboolean
read_one_match (const WbModel *model,
                const WbModelFile *file,
                const char *path,
                JsonObject *matches,
                const char *name,
                const WbRecordType *type,
                GPtrArray *into,
                GError **error)
{
  const WbField *field = type != NULL ? wb_record_type_find_field (type, name) : NULL;
  WbMatch *match;
  char **values;

  if (type != NULL && field == NULL)
    return wb_model_refuse (file, path, error, _ ("“%s” has no field “%s”."), type->name, name);
  if (!wb_workflow_read_list (file, path, matches, name, &values, error))
    return FALSE;
  match = g_new0 (WbMatch, 1);
  match->field = g_strdup (name);
  match->values = values;
  g_ptr_array_add (into, match);
  return check_codes (model, file, path, field, values, error);
}

gboolean
wb_workflow_read_match (const WbModel *model,
                        const WbModelFile *file,
                        const char *path,
                        JsonObject *object,
                        const char *member,
                        const char *type_name,
                        GPtrArray **ret_match,
                        GError **error)
{
  g_autoptr (GPtrArray) into = g_ptr_array_new_with_free_func (match_free);
  const WbRecordType *type = type_name != NULL ? wb_model_find_type (model, type_name) : NULL;
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *at = g_strdup_printf ("%s/%s", path, member);
  g_autoptr (GList) names = NULL;

  if (type_name != NULL && type == NULL)
    return wb_model_refuse (file, path, error, _ ("the type “%s” does not exist."), type_name);
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    return wb_model_refuse (file, at, error, _ ("an object is needed here."));
  if (node != NULL)
    names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    if (!read_one_match (model, file, at, json_node_get_object (node), l->data, type, into, error))
      return FALSE;
  *ret_match = g_steal_pointer (&into);
  return TRUE;
}

static gboolean
find_check (const char *text, WbGuardCheck *ret_check)
{
  for (guint i = 0; i < G_N_ELEMENTS (check_names); i++) {
    if (strcmp (check_names[i], text) == 0) {
      *ret_check = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
looks_for_records (WbGuardCheck check)
{
  return check == WB_GUARD_EVERY_RECORD_NOT || check == WB_GUARD_EVERY_TERM ||
         check == WB_GUARD_RECORD_EXISTS;
}

static gboolean
needs_field (WbGuardCheck check)
{
  return check == WB_GUARD_FIELD_PRESENT || check == WB_GUARD_FIELD_NOT ||
         check == WB_GUARD_EVERY_RECORD_NOT || check == WB_GUARD_EVERY_TERM ||
         check == WB_GUARD_DATE_PASSED || check == WB_GUARD_NOT_AHEAD ||
         check == WB_GUARD_OTHER_USER || check == WB_GUARD_USER_EXISTS ||
         check == WB_GUARD_OWN_NAME || check == WB_GUARD_MERGEABLE || check == WB_GUARD_PERSONS_NOT;
}

static gboolean
check_guard (const WbModel *model,
             const WbModelFile *file,
             const char *path,
             const WbGuard *guard,
             GError **error)
{
  const WbRecordType *type = guard->type != NULL ? wb_model_find_type (model, guard->type) : NULL;
  const char *field = guard->field != NULL ? guard->field : guard->about;

  if (guard->type != NULL && type == NULL)
    return wb_model_refuse (file, path, error, _ ("the type “%s” does not exist."), guard->type);
  for (guint i = 0; guard->profiles[i] != NULL; i++)
    if (!g_strv_contains (WB_BODY_PROFILES, guard->profiles[i]))
      return wb_model_refuse (file,
                              path,
                              error,
                              _ ("the profile “%s” does not exist."),
                              guard->profiles[i]);
  if (looks_for_records (guard->check) && type == NULL)
    return wb_model_refuse (file, path, error, _ ("this check names a type."));
  if (needs_field (guard->check) && guard->field == NULL)
    return wb_model_refuse (file, path, error, _ ("this check names a field."));
  if (type != NULL && field != NULL && wb_record_type_find_field (type, field) == NULL)
    return wb_model_refuse (file, path, error, _ ("“%s” has no field “%s”."), type->name, field);
  if (type != NULL && guard->each != NULL && wb_record_type_find_field (type, guard->each) == NULL)
    return wb_model_refuse (file,
                            path,
                            error,
                            _ ("“%s” has no field “%s”."),
                            type->name,
                            guard->each);
  if (type == NULL || guard->field == NULL)
    return TRUE;
  return check_codes (model,
                      file,
                      path,
                      wb_record_type_find_field (type, guard->field),
                      guard->values,
                      error);
}

/* Only where there is some record: {"type": ..., "match": ...} */
static gboolean
read_if (const WbModel *model,
         const WbModelFile *file,
         const char *path,
         JsonObject *object,
         WbGuard *guard,
         GError **error)
{
  g_autofree char *at = g_strdup_printf ("%s/if", path);
  JsonNode *node = json_object_get_member (object, "if");
  gboolean ok;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return wb_model_refuse (file, at, error, _ ("an object is needed here."));
  if (!wb_model_check_members (file, at, json_node_get_object (node), if_members, error))
    return FALSE;
  guard->if_type =
      wb_model_read_string (file, at, json_node_get_object (node), "type", TRUE, &ok, error);
  return ok && wb_workflow_read_match (model,
                                       file,
                                       at,
                                       json_node_get_object (node),
                                       "match",
                                       guard->if_type,
                                       &guard->if_match,
                                       error);
}

static gboolean
read_words (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            WbGuard *guard,
            GError **error)
{
  gboolean ok;

  guard->name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);
  if (ok)
    guard->basis = wb_model_read_string (file, path, object, "basis", FALSE, &ok, error);
  if (ok)
    guard->type = wb_model_read_string (file, path, object, "type", FALSE, &ok, error);
  if (ok)
    guard->field = wb_model_read_string (file, path, object, "field", FALSE, &ok, error);
  if (ok)
    guard->about = wb_model_read_string (file, path, object, "about", FALSE, &ok, error);
  if (ok)
    guard->each = wb_model_read_string (file, path, object, "each", FALSE, &ok, error);
  return ok && wb_model_read_labels (file, path, object, "label", TRUE, guard->label, error) &&
         wb_model_read_boolean (file, path, object, "newest", FALSE, &guard->newest, error) &&
         wb_workflow_read_list (file, path, object, "values", &guard->values, error) &&
         wb_workflow_read_list (file, path, object, "decisions", &guard->decisions, error) &&
         wb_workflow_read_list (file, path, object, "profiles", &guard->profiles, error);
}

static WbGuard *
read_guard (const WbModel *model,
            const WbModelFile *file,
            const char *path,
            JsonObject *object,
            GError **error)
{
  g_autoptr (WbGuard) guard = g_new0 (WbGuard, 1);
  g_autofree char *check = NULL;
  gboolean ok = wb_model_check_members (file, path, object, guard_members, error);

  if (ok)
    check = wb_model_read_string (file, path, object, "check", TRUE, &ok, error);
  if (!ok || !read_words (file, path, object, guard, error))
    return NULL;
  if (!find_check (check, &guard->check)) {
    wb_model_refuse (file, path, error, _ ("the check “%s” does not exist."), check);
    return NULL;
  }
  if (!check_guard (model, file, path, guard, error) ||
      !wb_workflow_read_match (model,
                               file,
                               path,
                               object,
                               "match",
                               looks_for_records (guard->check) ? guard->type : NULL,
                               &guard->match,
                               error) ||
      !wb_workflow_read_match (model, file, path, object, "unless", NULL, &guard->unless, error) ||
      !read_if (model, file, path, object, guard, error))
    return NULL;
  if (guard->each != NULL && (guard->if_type == NULL || guard->type == NULL)) {
    wb_model_refuse (file, path, error, _ ("this check names a type."));
    return NULL;
  }
  return g_steal_pointer (&guard);
}

/**
 * wb_model_find_guard:
 * @self: the model
 * @name: name of a rule
 *
 * Returns: (transfer none) (nullable): the guard of that name
 */
const WbGuard *
wb_model_find_guard (const WbModel *self, const char *name)
{
  for (guint i = 0; i < self->guards->len; i++) {
    const WbGuard *guard = g_ptr_array_index (self->guards, i);

    if (strcmp (guard->name, name) == 0)
      return guard;
  }
  return NULL;
}

gboolean
wb_workflow_read_guards (WbModel *self, const WbModelFile *file, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/guards/%u", i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);
    g_autoptr (WbGuard) guard = NULL;

    if (object == NULL)
      return FALSE;
    guard = read_guard (self, file, at, object, error);
    if (guard == NULL)
      return FALSE;
    if (wb_model_find_guard (self, guard->name) != NULL)
      return wb_model_refuse (file, at, error, _ ("this name is used before."));
    g_ptr_array_add (self->guards, g_steal_pointer (&guard));
  }
  return TRUE;
}

static void
lapse_free (gpointer data)
{
  g_free (((WbLapse *) data)->kind);
  g_free (data);
}

static gboolean
read_lapse (WbModel *self,
            const WbModelFile *file,
            const char *path,
            JsonObject *object,
            GError **error)
{
  g_autofree char *kind = NULL;
  g_autofree char *name = NULL;
  const WbGuard *guard;
  WbLapse *lapse;
  gboolean ok = wb_model_check_members (file, path, object, lapse_members, error);

  if (ok)
    kind = wb_model_read_string (file, path, object, "kind", TRUE, &ok, error);
  if (ok)
    name = wb_model_read_string (file, path, object, "while", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  guard = wb_model_find_guard (self, name);
  if (guard == NULL)
    return wb_model_refuse (file, path, error, _ ("the guard “%s” does not exist."), name);
  if (wb_model_find_term (self, kind) == NULL)
    return wb_model_refuse (file, path, error, _ ("the code %s does not exist."), kind);
  lapse = g_new0 (WbLapse, 1);
  lapse->kind = g_steal_pointer (&kind);
  lapse->guard = guard;
  g_ptr_array_add (self->lapses, lapse);
  return TRUE;
}

/* "lapses": [{"kind": ..., "while": GUARD}]; there may be none. */
gboolean
wb_workflow_read_lapses (WbModel *self, const WbModelFile *file, JsonObject *root, GError **error)
{
  JsonArray *array;

  self->lapses = g_ptr_array_new_with_free_func (lapse_free);
  if (!json_object_has_member (root, "lapses"))
    return TRUE;
  array = wb_model_read_array (file, "", root, "lapses", error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/lapses/%u", i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);

    if (object == NULL || !read_lapse (self, file, at, object, error))
      return FALSE;
  }
  return array != NULL;
}

/**
 * wb_model_find_lapse:
 * @self: the model
 * @kind: (nullable): a code decisionkind.*
 *
 * Returns: (transfer none) (nullable): what must still hold for a decision of that kind to count
 */
const WbGuard *
wb_model_find_lapse (const WbModel *self, const char *kind)
{
  for (guint i = 0; i < self->lapses->len; i++) {
    const WbLapse *lapse = g_ptr_array_index (self->lapses, i);

    if (g_strcmp0 (lapse->kind, kind) == 0)
      return lapse->guard;
  }
  return NULL;
}

gboolean
wb_workflow_read_guards_of (const WbModel *model,
                            const WbModelFile *file,
                            const char *path,
                            JsonObject *object,
                            GPtrArray **ret_guards,
                            GError **error)
{
  g_autoptr (GPtrArray) guards = g_ptr_array_new ();
  g_auto (GStrv) names = NULL;

  if (!wb_workflow_read_list (file, path, object, "guards", &names, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++) {
    const WbGuard *guard = wb_model_find_guard (model, names[i]);

    if (guard == NULL)
      return wb_model_refuse (file, path, error, _ ("the guard “%s” does not exist."), names[i]);
    g_ptr_array_add (guards, (gpointer) guard);
  }
  *ret_guards = g_steal_pointer (&guards);
  return TRUE;
}
