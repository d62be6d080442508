/* SPDX-License-Identifier: EUPL-1.2 */

/* Signature files and lines with public keys. */
#include <string.h>

#include "wb-fuzz.h"
#include "wb-openssh.h"
#include "wb-sshsig.h"

/* A key that is read is written as it was meant: once more gives the same. */
static void
try_line (const char *line)
{
  g_autoptr (GError) error = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  guint8 again[WB_ED25519_PUBLIC_SIZE];
  g_autofree char *written = NULL;

  if (wb_openssh_parse_public (line, public, &error) != (error == NULL))
    abort ();
  if (error != NULL)
    return;
  written = wb_openssh_format_public (public, line);
  if (!wb_openssh_parse_public (written, again, NULL) || memcmp (public, again, 32) != 0)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  if (wb_sshsig_verify ((const char *) data, size, "unittest", "message", 7, public, &error) !=
      (error == NULL))
    abort ();
  try_line (text);
  return 0;
}
