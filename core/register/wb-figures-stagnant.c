/* SPDX-License-Identifier: EUPL-1.2 */

/* Referrals that stand still when a period ends: a state, not something that was counted on a day.
 */
#include "wb-figures-private.h"
#include "wb-stagnation.h"

/**
 * wb_counter_list_stagnant:
 * @self: a counter
 * @error: return location for an error
 *
 * Judged by what is known now about the days up to the end, whatever entry told it: an answer that
 * was written down late was an answer.
 *
 * Returns: (transfer full) (element-type utf8): their references, the longest first
 */
GPtrArray *
wb_counter_list_stagnant (const WbCounter *self, GError **error)
{
  g_autoptr (GPtrArray) found = wb_register_list_stagnant (self->reg, NULL, self->end, error);
  GPtrArray *references = found != NULL ? g_ptr_array_new_with_free_func (g_free) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    g_ptr_array_add (references,
                     g_strdup (((WbStagnation *) g_ptr_array_index (found, i))->reference));
  return references;
}
