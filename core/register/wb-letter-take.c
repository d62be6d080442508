/* SPDX-License-Identifier: EUPL-1.2 */

/* A letter becomes evidence: itself, unchanged, and the files in it, each pointing back at it. */
#include "wb-letter-take.h"

#include <string.h>

#include "wb-letter.h"
#include "wb-register-private.h"

#define ENDING ".eml"

gboolean
wb_letter_is_name (const char *name)
{
  gsize size = strlen (name);

  return size > strlen (ENDING) && g_ascii_strcasecmp (name + size - strlen (ENDING), ENDING) == 0;
}

static WbRecord *
attach (WbRegister *self,
        const char *reference,
        const char *name,
        GBytes *file,
        JsonObject *fields,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (file);

  return wb_register_attach_within (self,
                                    reference,
                                    NULL,
                                    name,
                                    stream,
                                    g_bytes_get_size (file),
                                    fields,
                                    NULL,
                                    NULL,
                                    cancellable,
                                    error);
}

static gboolean
attach_parts (WbRegister *self,
              const char *reference,
              const WbLetter *letter,
              GPtrArray *records,
              GCancellable *cancellable,
              GError **error)
{
  const WbRecord *whole = g_ptr_array_index (records, 0);

  for (guint i = 0; i < letter->parts->len; i++) {
    const WbLetterPart *part = g_ptr_array_index (letter->parts, i);
    g_autoptr (JsonObject) fields = json_object_new ();
    WbRecord *record;

    json_object_set_string_member (fields, "derived_from", whole->id);
    record = attach (self, reference, part->name, part->bytes, fields, cancellable, error);
    if (record == NULL)
      return FALSE;
    g_ptr_array_add (records, record);
  }
  return TRUE;
}

/**
 * wb_register_attach_letter:
 * @self: an open register
 * @reference: the case, any record of it, or a record that stands by itself
 * @name: the file's own name
 * @file: an .eml file
 * @cancellable: (nullable): leaves everything as it was
 * @error: return location for an error
 *
 * Takes a letter in byte for byte, and each file in it as evidence that is derived from it. Nobody
 * becomes a person of the case by being named in it, and its date is what it says, no more: neither
 * is written anywhere. A file that is no letter is taken in as it is, alone.
 *
 * Returns: (transfer full) (element-type WbRecord): what was made, the letter first
 */
GPtrArray *
wb_register_attach_letter (WbRegister *self,
                           const char *reference,
                           const char *name,
                           GBytes *file,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (WbLetter) letter = wb_letter_parse (file, NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_free);
  g_autoptr (WbChange) change = wb_change_begin (self, error);
  WbRecord *whole =
      change != NULL ? attach (self, reference, name, file, NULL, cancellable, error) : NULL;

  if (whole != NULL)
    g_ptr_array_add (records, whole);
  if (whole != NULL &&
      (letter == NULL || attach_parts (self, reference, letter, records, cancellable, error)) &&
      wb_change_commit (change, error))
    return g_steal_pointer (&records);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}
