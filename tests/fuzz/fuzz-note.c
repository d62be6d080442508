/* SPDX-License-Identifier: EUPL-1.2 */

/* Signed notes and the keys to them. */
#include <string.h>

#include "wb-fuzz.h"
#include "wb-note.h"

/* That of the corpus: a note that was changed must not open with it. */
#define VKEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

static void
free_key (gpointer key)
{
  wb_note_key_free (key);
}

static void
try_key (const char *vkey)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbNoteKey) key = wb_note_key_parse (vkey, &error);
  g_autofree char *written = NULL;

  if ((key == NULL) != (error != NULL))
    abort ();
  if (key == NULL)
    return;
  written = wb_note_key_format (key);
  if (!g_str_has_prefix (vkey, written))
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (free_key);
  g_autoptr (GPtrArray) signers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *opened = NULL;

  g_ptr_array_add (keys, wb_note_key_parse (VKEY, NULL));
  opened = wb_note_open ((const char *) data, size, keys, &signers, &error);
  if ((opened == NULL) != (error != NULL))
    abort ();
  if (opened != NULL && (signers->len != 1 || !g_str_has_prefix (text, opened)))
    abort ();
  try_key (text);
  return 0;
}
