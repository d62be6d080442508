/* SPDX-License-Identifier: EUPL-1.2 */
/* The way of a case from status to status: reads workflow.json and answers which moves exist. Who
 * may make one, and whether its guards hold, is for the register to judge. */
#include "wb-workflow-private.h"

#include <string.h>

#include "wb-error.h"

#define FORMAT "waarborg-workflow v1"
#define STATUS "status"

static const char *const whos[] = { "user", "second-reader", "erasure", NULL };

static const char *const file_members[] = { "format", "initial", "guards", "lapses",
                                            "moves",  "acts",    NULL };
static const char *const move_members[] = { "from",   "to",     "who",   "users",
                                            "reason", "guards", "basis", NULL };

static void
move_free (WbMove *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->who);
  g_free (self->basis);
  g_clear_pointer (&self->guards, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMove, move_free)

static gboolean
is_status (const WbModel *self, const char *code)
{
  const WbTerm *term = wb_model_find_term (self, code);

  return term != NULL && strcmp (term->vocabulary, STATUS) == 0;
}

static gboolean
read_users (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            guint *ret_users,
            GError **error)
{
  JsonNode *node = json_object_get_member (object, "users");

  *ret_users = 1;
  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 1 ||
      json_node_get_int (node) > 2)
    return wb_model_refuse (file, path, error, _ ("“users” is 1 or 2."));
  *ret_users = (guint) json_node_get_int (node);
  return TRUE;
}

/* Two keys are never at the register at once: the one's proposal and the other's yes are. */
static gboolean
asks_for_two (const WbMove *move)
{
  if (strcmp (move->who, "erasure") == 0)
    return TRUE;
  for (guint i = 0; i < move->guards->len; i++)
    if (((WbGuard *) g_ptr_array_index (move->guards, i))->check == WB_GUARD_DECISION)
      return TRUE;
  return FALSE;
}

static WbMove *
read_move (const WbModel *model,
           const WbModelFile *file,
           const char *path,
           JsonObject *object,
           GError **error)
{
  g_autoptr (WbMove) move = g_new0 (WbMove, 1);
  gboolean ok = wb_model_check_members (file, path, object, move_members, error);

  if (ok)
    move->from = wb_model_read_string (file, path, object, "from", TRUE, &ok, error);
  if (ok)
    move->to = wb_model_read_string (file, path, object, "to", TRUE, &ok, error);
  if (ok)
    move->who = wb_model_read_string (file, path, object, "who", FALSE, &ok, error);
  if (ok)
    move->basis = wb_model_read_string (file, path, object, "basis", FALSE, &ok, error);
  if (!ok ||
      !wb_model_read_boolean (file, path, object, "reason", TRUE, &move->needs_reason, error) ||
      !read_users (file, path, object, &move->users, error) ||
      !wb_workflow_read_guards_of (model, file, path, object, &move->guards, error))
    return NULL;
  if (move->who == NULL)
    move->who = g_strdup (whos[0]);
  if (!g_strv_contains (whos, move->who)) {
    wb_model_refuse (file, path, error, _ ("“%s” has the unknown value “%s”."), "who", move->who);
    return NULL;
  }
  if (!is_status (model, move->from) || !is_status (model, move->to)) {
    wb_model_refuse (file, path, error, _ ("“from” and “to” are codes status.*."));
    return NULL;
  }
  if (move->users == 2 && !asks_for_two (move)) {
    wb_model_refuse (file,
                     path,
                     error,
                     _ ("a move of two users needs a guard that asks for their decision."));
    return NULL;
  }
  return g_steal_pointer (&move);
}

static gboolean
read_moves (WbModel *self, const WbModelFile *file, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/moves/%u", i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);
    g_autoptr (WbMove) move = NULL;

    if (object == NULL)
      return FALSE;
    move = read_move (self, file, at, object, error);
    if (move == NULL)
      return FALSE;
    if (wb_model_find_move (self, move->from, move->to) != NULL)
      return wb_model_refuse (file, at, error, _ ("this move is given twice: keep one."));
    g_ptr_array_add (self->moves, g_steal_pointer (&move));
  }
  return TRUE;
}

gboolean
wb_model_load_workflow (WbModel *self, const WbModelFile *file, GError **error)
{
  JsonObject *root;
  JsonArray *guards, *moves, *acts;
  g_autofree char *format = NULL;
  gboolean ok;

  self->guards = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_guard_free);
  self->acts = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_act_rule_free);
  self->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) move_free);
  if (!JSON_NODE_HOLDS_OBJECT (file->root))
    return wb_model_refuse (file, "", error, _ ("an object is needed here."));
  root = json_node_get_object (file->root);
  if (!wb_model_check_members (file, "", root, file_members, error))
    return FALSE;
  format = wb_model_read_string (file, "", root, "format", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  if (strcmp (format, FORMAT) != 0)
    return wb_model_refuse (file, "", error, _ ("this is not “%s”."), FORMAT);
  self->initial = wb_model_read_string (file, "", root, "initial", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  if (!is_status (self, self->initial))
    return wb_model_refuse (file, "", error, _ ("“initial” is a code status.*."));
  guards = wb_model_read_array (file, "", root, "guards", error);
  moves = guards != NULL ? wb_model_read_array (file, "", root, "moves", error) : NULL;
  acts = moves != NULL ? wb_model_read_array (file, "", root, "acts", error) : NULL;
  return acts != NULL && wb_workflow_read_guards (self, file, guards, error) &&
         wb_workflow_read_lapses (self, file, root, error) &&
         read_moves (self, file, moves, error) && wb_workflow_read_acts (self, file, acts, error);
}

/**
 * wb_model_get_initial_status:
 * @self: the model
 *
 * Returns: (transfer none): the status of a case when it is recorded
 */
const char *
wb_model_get_initial_status (const WbModel *self)
{
  return self->initial;
}

/**
 * wb_model_find_move:
 * @self: the model
 * @from: (nullable): a code status.*; NULL for a case without status
 * @to: a code status.*
 *
 * Returns: (transfer none) (nullable): the move with what it demands
 */
const WbMove *
wb_model_find_move (const WbModel *self, const char *from, const char *to)
{
  for (guint i = 0; i < self->moves->len; i++) {
    const WbMove *move = g_ptr_array_index (self->moves, i);

    if (g_strcmp0 (move->from, from) == 0 && g_strcmp0 (move->to, to) == 0)
      return move;
  }
  return NULL;
}

static const char *
label_status (const WbModel *self, const char *code)
{
  const WbTerm *term = wb_model_find_term (self, code);

  return term != NULL ? term->label[wb_language_current ()] : _ ("none");
}

/**
 * wb_model_is_move_allowed:
 * @self: the model
 * @from: (nullable): the case's status now; NULL where it has none
 * @to: the status wanted
 * @error: return location for an error
 *
 * Fails with WB_ERROR_REFUSED where the workflow has no such move. Staying where one is, is no
 * move and allowed. Guards are not looked at.
 */
gboolean
wb_model_is_move_allowed (const WbModel *self, const char *from, const char *to, GError **error)
{
  gboolean start =
      from == NULL && to != NULL &&
      (strcmp (to, self->initial) == 0 || wb_model_find_move (self, to, self->initial) != NULL);

  if (start || g_strcmp0 (from, to) == 0 || wb_model_find_move (self, from, to) != NULL)
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_REFUSED,
               _ ("A case cannot go from “%s” to “%s”: choose one of the next steps."),
               label_status (self, from),
               label_status (self, to));
  return FALSE;
}

/**
 * wb_model_list_moves:
 * @self: the model
 * @from: (nullable): a code status.*
 *
 * Returns: (transfer full): the statuses that a case can go to, in the order of the file
 */
char **
wb_model_list_moves (const WbModel *self, const char *from)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  if (from == NULL)
    g_strv_builder_add (list, self->initial);
  for (guint i = 0; i < self->moves->len; i++) {
    const WbMove *move = g_ptr_array_index (self->moves, i);

    if (g_strcmp0 (move->from, from) == 0)
      g_strv_builder_add (list, move->to);
  }
  return g_strv_builder_end (list);
}

/**
 * wb_model_get_acts:
 * @self: the model
 *
 * Returns: (transfer none) (element-type WbActRule): what acts ask for, in the order of the file
 */
GPtrArray *
wb_model_get_acts (const WbModel *self)
{
  return self->acts;
}
