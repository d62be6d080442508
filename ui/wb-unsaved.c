/* SPDX-License-Identifier: EUPL-1.2 */

/* What was typed and found no room on the disk: it outlives the lock sealed, in memory. */
#include "wb-unsaved.h"

void
wb_unsaved_free (WbUnsaved *self)
{
  g_free (self->origin);
  g_free (self->user);
  g_free (self->key);
  g_bytes_unref (self->sealed);
  g_free (self);
}

gboolean
wb_unsaved_keep (WbRegister *reg,
                 const char *key,
                 JsonObject *draft,
                 GPtrArray *unsaved,
                 GError **error)
{
  GBytes *sealed;
  WbUnsaved *one;

  if (wb_register_save_draft (reg, key, draft, NULL))
    return TRUE;
  sealed = wb_register_seal (reg, draft, error);
  if (sealed == NULL)
    return FALSE;
  one = g_new0 (WbUnsaved, 1);
  one->origin = g_strdup (wb_register_get_origin (reg));
  one->user = g_strdup (wb_register_get_user (reg));
  one->key = g_strdup (key);
  one->sealed = sealed;
  g_ptr_array_add (unsaved, one);
  return TRUE;
}

gboolean
wb_unsaved_put_back (WbRegister *reg, GPtrArray *unsaved, GError **error)
{
  for (guint i = unsaved->len; i > 0; i--) {
    const WbUnsaved *one = g_ptr_array_index (unsaved, i - 1);
    g_autoptr (JsonObject) draft = NULL;

    if (!g_str_equal (one->user, wb_register_get_user (reg)) ||
        !g_str_equal (one->origin, wb_register_get_origin (reg)))
      continue; /* it waits for its author, in its own register */
    draft = wb_register_unseal (reg, one->sealed, error);
    if (draft == NULL || !wb_register_save_draft (reg, one->key, draft, error))
      return FALSE;
    g_ptr_array_remove_index (unsaved, i - 1);
  }
  return TRUE;
}
