/* SPDX-License-Identifier: EUPL-1.2 */
/* Reads the acts of workflow.json: what recording or changing a record so asks for. */
#include "wb-workflow-private.h"

#include <string.h>

#include "wb-error.h"

#define ALL "*"

static const char *const act_members[] = { "name",   "type",   "on",     "when",   "before",
                                           "case",   "sets",   "lowers", "reason", "basis",
                                           "except", "guards", "body",   NULL };
static const char *const except_members[] = { "type", "fields", NULL };

static const struct {
  const char *name;
  WbActKind kind;
} KINDS[] = { { "create", WB_ACT_CREATE },
              { "change", WB_ACT_CHANGE },
              { "decide", WB_ACT_DECIDE },
              { "widen", WB_ACT_WIDEN } };

static void
exception_free (gpointer data)
{
  WbActException *exception = data;

  g_free (exception->type);
  g_strfreev (exception->fields);
  g_free (exception);
}

void
wb_act_rule_free (WbActRule *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->when, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->of_case, g_ptr_array_unref);
  g_clear_pointer (&self->of_body, g_ptr_array_unref);
  g_strfreev (self->sets);
  g_free (self->lowers);
  g_free (self->basis);
  g_clear_pointer (&self->except, g_ptr_array_unref);
  g_clear_pointer (&self->guards, g_ptr_array_unref);
  g_free (self);
}

/* "create" and "change" where nothing is said. */
static gboolean
read_on (const WbModelFile *file,
         const char *path,
         JsonObject *object,
         guint *ret_on,
         GError **error)
{
  g_auto (GStrv) names = NULL;
  guint on = 0;

  if (!wb_workflow_read_list (file, path, object, "on", &names, error))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++) {
    guint kind = 0;

    for (guint k = 0; k < G_N_ELEMENTS (KINDS); k++)
      if (strcmp (KINDS[k].name, names[i]) == 0)
        kind = KINDS[k].kind;
    if (kind == 0)
      return wb_model_refuse (file, path, error, _ ("“on” is create, change, decide or widen."));
    on |= kind;
  }
  *ret_on = on != 0 ? on : WB_ACT_CREATE | WB_ACT_CHANGE;
  return TRUE;
}

static gboolean
check_fields (const WbModel *model,
              const WbModelFile *file,
              const char *path,
              const char *type_name,
              char **fields,
              GError **error)
{
  const WbRecordType *type = wb_model_find_type (model, type_name);

  if (strcmp (type_name, ALL) == 0)
    return TRUE;
  if (type == NULL)
    return wb_model_refuse (file, path, error, _ ("the type “%s” does not exist."), type_name);
  for (guint i = 0; fields[i] != NULL; i++)
    if (wb_record_type_find_field (type, fields[i]) == NULL)
      return wb_model_refuse (file,
                              path,
                              error,
                              _ ("“%s” has no field “%s”."),
                              type_name,
                              fields[i]);
  return TRUE;
}

static gboolean
read_exceptions (const WbModel *model,
                 const WbModelFile *file,
                 const char *path,
                 JsonObject *object,
                 WbActRule *rule,
                 GError **error)
{
  JsonArray *array = NULL;

  rule->except = g_ptr_array_new_with_free_func (exception_free);
  if (!json_object_has_member (object, "except"))
    return TRUE;
  array = wb_model_read_array (file, path, object, "except", error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("%s/except/%u", path, i);
    JsonObject *element = wb_model_read_element (file, at, array, i, error);
    WbActException *exception;
    gboolean ok;

    if (element == NULL || !wb_model_check_members (file, at, element, except_members, error))
      return FALSE;
    exception = g_new0 (WbActException, 1);
    g_ptr_array_add (rule->except, exception);
    exception->type = wb_model_read_string (file, at, element, "type", TRUE, &ok, error);
    if (!ok || !wb_workflow_read_list (file, at, element, "fields", &exception->fields, error) ||
        !check_fields (model, file, at, exception->type, exception->fields, error))
      return FALSE;
  }
  return array != NULL;
}

static gboolean
read_words (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            WbActRule *rule,
            GError **error)
{
  gboolean ok = wb_model_check_members (file, path, object, act_members, error);

  if (ok)
    rule->name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);
  if (ok)
    rule->type = wb_model_read_string (file, path, object, "type", TRUE, &ok, error);
  if (ok)
    rule->lowers = wb_model_read_string (file, path, object, "lowers", FALSE, &ok, error);
  if (ok)
    rule->basis = wb_model_read_string (file, path, object, "basis", FALSE, &ok, error);
  return ok &&
         wb_model_read_boolean (file, path, object, "reason", FALSE, &rule->needs_reason, error) &&
         wb_workflow_read_list (file, path, object, "sets", &rule->sets, error) &&
         read_on (file, path, object, &rule->on, error);
}

static WbActRule *
read_act (const WbModel *model,
          const WbModelFile *file,
          const char *path,
          JsonObject *object,
          GError **error)
{
  g_autoptr (WbActRule) rule = g_new0 (WbActRule, 1);
  const char *type;

  if (!read_words (file, path, object, rule, error) ||
      !check_fields (model, file, path, rule->type, rule->sets, error))
    return NULL;
  type = strcmp (rule->type, ALL) != 0 ? rule->type : NULL;
  if (!wb_workflow_read_match (model, file, path, object, "when", type, &rule->when, error) ||
      !wb_workflow_read_match (model, file, path, object, "before", type, &rule->before, error) ||
      !wb_workflow_read_match (model, file, path, object, "case", "case", &rule->of_case, error) ||
      !wb_workflow_read_match (model, file, path, object, "body", "body", &rule->of_body, error) ||
      !read_exceptions (model, file, path, object, rule, error) ||
      !wb_workflow_read_guards_of (model, file, path, object, &rule->guards, error))
    return NULL;
  return g_steal_pointer (&rule);
}

gboolean
wb_workflow_read_acts (WbModel *self, const WbModelFile *file, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/acts/%u", i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);
    g_autoptr (WbActRule) rule = NULL;

    if (object == NULL)
      return FALSE;
    rule = read_act (self, file, at, object, error);
    if (rule == NULL)
      return FALSE;
    for (guint k = 0; k < self->acts->len; k++)
      if (strcmp (((WbActRule *) g_ptr_array_index (self->acts, k))->name, rule->name) == 0)
        return wb_model_refuse (file, at, error, _ ("this name is used before."));
    g_ptr_array_add (self->acts, g_steal_pointer (&rule));
  }
  return TRUE;
}
