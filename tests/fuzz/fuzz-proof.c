/* SPDX-License-Identifier: EUPL-1.2 */

/* What is read as a proof reads the same once it was written again, and checking it never trips. */
#include <string.h>

#include "wb-checkpoint.h"
#include "wb-fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbProof) proof = wb_proof_parse ((const char *) data, size, &error);
  g_autoptr (WbProof) again = NULL;
  g_autofree char *text = NULL;
  WbHash leaf = { { 0 } };

  wb_fuzz_require ((proof == NULL) == (error != NULL));
  if (proof == NULL)
    return 0;
  text = wb_proof_format (proof->index, proof->hashes, proof->checkpoint);
  again = wb_proof_parse (text, strlen (text), NULL);
  wb_fuzz_require (again != NULL && again->index == proof->index &&
                   again->hashes->len == proof->hashes->len &&
                   strcmp (again->checkpoint, proof->checkpoint) == 0);
  if (proof->hashes->len > 0)
    (void) wb_merkle_check_inclusion (proof->index,
                                      proof->index + proof->hashes->len,
                                      &leaf,
                                      (const WbHash *) (gpointer) proof->hashes->data,
                                      proof->hashes->len,
                                      &leaf,
                                      NULL);
  return 0;
}
