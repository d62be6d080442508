/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * One act as the log holds it: making it and writing its exact bytes. Reading is in
 * wb-entry-parse.c. Knows names and digests only; values are on disclosure lines.
 */
#include "wb-entry-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-uuid.h"

/**
 * wb_entry_new:
 *
 * Returns: (transfer full): an entry without anything in it
 */
WbEntry *
wb_entry_new (void)
{
  WbEntry *self = g_new0 (WbEntry, 1);

  self->fields = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
wb_entry_free (WbEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->log);
  g_free (self->author);
  g_free (self->case_id);
  g_free (self->record_type);
  g_free (self->record_id);
  g_free (self->event);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

/* A field and its name are one block. */
void
_wb_entry_add_field (WbEntry *self, const char *name, gsize size, const WbHash *digest)
{
  WbEntryField *field = g_malloc (sizeof *field + size + 1);

  field->name = (char *) (field + 1);
  memcpy (field->name, name, size);
  field->name[size] = '\0';
  field->digest = *digest;
  g_ptr_array_add (self->fields, field);
}

/**
 * wb_entry_add_field:
 * @self: an entry
 * @name: the field's name; wb_entry_format() judges it
 * @digest: what wb_disclosure_digest() says of its line
 *
 * Adds a field behind the others.
 */
void
wb_entry_add_field (WbEntry *self, const char *name, const WbHash *digest)
{
  g_return_if_fail (self != NULL && name != NULL && digest != NULL);

  _wb_entry_add_field (self, name, strlen (name), digest);
}

/* Two values for one name in one act could not be told apart by a reader. */
gboolean
_wb_entry_has_field_twice (const WbEntry *self)
{
  for (guint i = 1; i < self->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (self->fields, i);

    for (guint k = 0; k < i; k++) {
      const WbEntryField *earlier = g_ptr_array_index (self->fields, k);

      if (strcmp (field->name, earlier->name) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_valid (const WbEntry *self)
{
  for (guint i = 0; i < self->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (self->fields, i);

    if (!wb_log_name_is_valid (field->name, strlen (field->name), WB_LOG_NAME_FIELD))
      return FALSE;
  }
  return self->log != NULL && wb_log_origin_is_valid (self->log, strlen (self->log)) &&
         self->number <= WB_ENTRY_NUMBER_MAX && self->author != NULL &&
         wb_log_author_is_valid (self->author, strlen (self->author)) &&
         (self->case_id == NULL || wb_uuid_is_valid (self->case_id)) && self->record_type != NULL &&
         wb_log_name_is_valid (self->record_type, strlen (self->record_type), WB_LOG_NAME_TYPE) &&
         self->record_id != NULL && wb_uuid_is_valid (self->record_id) && self->event != NULL &&
         wb_log_name_is_valid (self->event, strlen (self->event), WB_LOG_NAME_EVENT) &&
         !_wb_entry_has_field_twice (self);
}

static void
append_hex (GString *text, const char *key, const guint8 *bytes)
{
  static const char digits[] = "0123456789abcdef";
  char hex[2 * WB_HASH_SIZE + 1];

  for (gsize i = 0; i < WB_HASH_SIZE; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 15];
  }
  hex[2 * WB_HASH_SIZE] = '\n';
  g_string_append (text, key);
  g_string_append_len (text, hex, sizeof hex);
}

static GString *
write_lines (const WbEntry *self, const char *time)
{
  GString *text = g_string_sized_new (1024);

  g_string_append (text, WB_ENTRY_HEADER "\n");
  g_string_append_printf (text, WB_ENTRY_LOG "%s\n", self->log);
  g_string_append_printf (text, WB_ENTRY_NUMBER "%" G_GUINT64_FORMAT "\n", self->number);
  g_string_append_printf (text, WB_ENTRY_TIME "%s\n", time);
  g_string_append_printf (text, WB_ENTRY_AUTHOR "%s\n", self->author);
  if (self->case_id != NULL)
    g_string_append_printf (text, WB_ENTRY_CASE "%s\n", self->case_id);
  g_string_append_printf (text, WB_ENTRY_RECORD "%s %s\n", self->record_type, self->record_id);
  g_string_append_printf (text, WB_ENTRY_EVENT "%s\n", self->event);
  append_hex (text, WB_ENTRY_NONCE, self->nonce);
  for (guint i = 0; i < self->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (self->fields, i);

    g_string_append (text, WB_ENTRY_FIELD);
    g_string_append (text, field->name);
    append_hex (text, " ", field->digest.bytes);
  }
  append_hex (text, WB_ENTRY_PREVIOUS, self->previous.bytes);
  return text;
}

/**
 * wb_entry_format:
 * @self: an entry
 * @error: return location for an error
 *
 * Writes the bytes that are hashed, stored and handed over.
 *
 * Returns: (transfer full): the bytes, or %NULL with %WB_ERROR_INVALID if a part is missing or not
 *   spelled as the format has it, or %WB_ERROR_TOO_LARGE beyond %WB_ENTRY_MAX_FIELDS or
 *   %WB_ENTRY_MAX_SIZE
 */
GBytes *
wb_entry_format (const WbEntry *self, GError **error)
{
  g_autofree char *time = NULL;
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->fields->len > WB_ENTRY_MAX_FIELDS) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_TOO_LARGE,
                 _ ("One act can set %d fields at most: record it in parts."),
                 WB_ENTRY_MAX_FIELDS);
    return NULL;
  }
  time = is_valid (self) ? wb_instant_format (self->time) : NULL;
  if (time == NULL || !_wb_entry_time_is_valid (time, strlen (time), NULL)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This act cannot be written to the log: a part of it is missing or is "
                            "not spelled as the log demands."));
    return NULL;
  }
  text = write_lines (self, time);
  if (text->len > WB_ENTRY_MAX_SIZE) {
    g_string_free (text, TRUE);
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This act sets too many fields for one entry: record it in parts."));
    return NULL;
  }
  return g_string_free_to_bytes (text);
}
