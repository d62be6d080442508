/* SPDX-License-Identifier: EUPL-1.2 */

/* Where a case may go from here, and what stands in the way: the guards, asked beforehand. */
#include "wb-moves.h"

#include "wb-clock-work-private.h"
#include "wb-error.h"
#include "wb-guard-private.h"
#include "wb-i18n.h"

#define STATUS_FIRST "status.registered"

static void
missing_free (gpointer data)
{
  WbMissing *missing = data;

  g_free (missing->rule);
  g_free (missing->basis);
  g_free (missing->sentence);
  g_free (missing);
}

void
wb_move_option_free (WbMoveOption *self)
{
  if (self == NULL)
    return;
  g_free (self->to);
  g_free (self->who);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}

static void
fill_subject (WbGuardSubject *subject, JsonObject *values, const char *to)
{
  subject->kind = WB_ACT_CHANGE;
  subject->before = json_object_ref (values);
  subject->after = json_object_new ();
  subject->changed = json_object_new ();
  wb_doc_overlay (subject->after, values);
  json_object_set_string_member (subject->after, "status", to);
  json_object_set_string_member (subject->changed, "status", to);
}

static WbMoveOption *
make_option (WbRegister *reg,
             const WbRecordRow *row,
             JsonObject *values,
             const WbMove *move,
             GError **error)
{
  g_auto (WbGuardSubject) subject = { reg, row->type, row->id, row->case_id };
  g_autoptr (GPtrArray) failing = NULL;
  WbMoveOption *option;

  fill_subject (&subject, values, move->to);
  failing = wb_guard_list_failing (&subject, move->guards, error);
  if (failing == NULL)
    return NULL;
  option = g_new0 (WbMoveOption, 1);
  option->to = g_strdup (move->to);
  option->who = g_strdup (move->who);
  option->users = move->users;
  option->needs_reason = move->needs_reason;
  option->missing = g_ptr_array_new_with_free_func (missing_free);
  for (guint i = 0; i < failing->len; i++) {
    const WbGuard *guard = g_ptr_array_index (failing, i);
    WbMissing *missing = g_new0 (WbMissing, 1);

    missing->rule = g_strdup (guard->name);
    missing->basis = g_strdup (guard->basis != NULL ? guard->basis : move->basis);
    missing->sentence = g_strdup (guard->label[wb_language_current ()]);
    g_ptr_array_add (option->missing, missing);
  }
  return option;
}

/**
 * wb_register_list_moves:
 * @self: an open register
 * @case_ref: a case
 * @error: return location for an error
 *
 * What a step asks for beside its guards (acts on fields that are set along with it) is only known
 * when it is taken.
 *
 * Returns: (transfer full) (element-type WbMoveOption): the steps from where the case stands, each
 *   with what is missing for the user who asks
 */
GPtrArray *
wb_register_list_moves (WbRegister *self, const char *case_ref, GError **error)
{
  g_autoptr (GPtrArray) options =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_move_option_free);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, case_ref, error);
  g_autoptr (JsonObject) values = NULL;
  g_auto (GStrv) next = NULL;
  const char *from;

  if (row == NULL)
    return NULL;
  if (!g_str_equal (row->type, "case")) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is no case: only cases go from status to status."),
                 row->reference);
    return NULL;
  }
  values = wb_register_load_values (self, row->id, error);
  if (values == NULL)
    return NULL;
  from = json_object_get_string_member_with_default (values, "status", STATUS_FIRST);
  next = wb_model_list_moves (self->model, from);
  for (guint i = 0; next[i] != NULL; i++) {
    WbMoveOption *option =
        make_option (self, row, values, wb_model_find_move (self->model, from, next[i]), error);

    if (option == NULL)
      return NULL;
    g_ptr_array_add (options, option);
  }
  return g_steal_pointer (&options);
}
