/* SPDX-License-Identifier: EUPL-1.2 */

/* Showing somebody who kept an earlier checkpoint that nothing before it was rewritten since. */
#include "wb-witnessing.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-register-private.h"
#include "wb-witness.h"

/* What was handed out must be what is here: otherwise no proof can be made, and why matters. */
static gboolean
check_kept (WbRegister *self, const WbCheckpoint *kept, GError **error)
{
  WbHash root;

  if (kept->size > self->size) {
    g_set_error (
        error,
        WB_ERROR,
        WB_ERROR_VERIFY,
        _ ("That checkpoint speaks of %llu entries, but this register has %llu: it was put "
           "back to an earlier state, and nothing can be proved."),
        (unsigned long long) kept->size,
        (unsigned long long) self->size);
    return FALSE;
  }
  if (!wb_merkle_root (kept->size, wb_register_fetch_node, self, &root, error))
    return FALSE;
  if (memcmp (&root, &kept->root, sizeof root) == 0)
    return TRUE;
  g_set_error (
      error,
      WB_ERROR,
      WB_ERROR_VERIFY,
      _ ("The first %llu entries of this register are not those of that checkpoint: verify "
         "the register."),
      (unsigned long long) kept->size);
  return FALSE;
}

/**
 * wb_register_prove_since:
 * @self: an open register
 * @checkpoint: a checkpoint of this register that somebody else kept
 * @error: return location for an error
 *
 * The request of C2SP tlog-witness: the size of @checkpoint, a consistency proof (RFC 6962 section
 * 2.1.2), and a checkpoint of now. Nothing but hashes and counts goes along.
 *
 * Returns: (transfer full): the text of the file; %NULL with %WB_ERROR_VERIFY where @checkpoint is
 *   not of this register as it is now, or %WB_ERROR_DAMAGED
 */
char *
wb_register_prove_since (WbRegister *self, const char *checkpoint, GError **error)
{
  g_autoptr (WbCheckpoint) kept =
      wb_checkpoint_open (checkpoint, strlen (checkpoint), self->vkey, error);
  g_autoptr (GArray) hashes = NULL;
  g_autofree char *note = NULL;

  if (kept == NULL || !check_kept (self, kept, error))
    return NULL;
  note = wb_register_checkpoint (self, error);
  if (note == NULL)
    return NULL;
  if (kept->size == 0 || kept->size == self->size)
    hashes = g_array_new (FALSE, FALSE, sizeof (WbHash));
  else
    hashes = wb_merkle_consistency (kept->size, self->size, wb_register_fetch_node, self, error);
  return hashes != NULL ? wb_witness_request_format (kept->size, hashes, note) : NULL;
}
