/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Reads the bytes of an entry, which may come from anybody. Every part has one spelling and one
 * place, so that wb_entry_format() gives back what was accepted here.
 */
#include "wb-entry-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-uuid.h"

#define TIME_FORM "0000-00-00T00:00:00.000Z" /* 0 stands for a digit */
#define TIME_SIZE 24
#define YEAR_MIN 1900
#define YEAR_MAX 2200
#define MS_A_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static int
digits (const char *text, gsize at, gsize n)
{
  int number = 0;

  for (gsize i = at; i < at + n; i++)
    number = number * 10 + (text[i] - '0');
  return number;
}

gboolean
_wb_entry_time_is_valid (const char *text, gsize size, WbInstant *ret_time)
{
  int hour, minute, second;
  WbDate date;

  if (size != TIME_SIZE)
    return FALSE;
  for (gsize i = 0; i < TIME_SIZE; i++) {
    if (TIME_FORM[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != TIME_FORM[i])
      return FALSE;
  }
  date = (WbDate){ digits (text, 0, 4), digits (text, 5, 2), digits (text, 8, 2) };
  hour = digits (text, 11, 2);
  minute = digits (text, 14, 2);
  second = digits (text, 17, 2);
  if (date.year < YEAR_MIN || date.year > YEAR_MAX || hour > 23 || minute > 59 || second > 59 ||
      !wb_date_is_valid (date.year, date.month, date.day))
    return FALSE;
  if (ret_time != NULL)
    *ret_time = wb_date_to_days (date) * MS_A_DAY +
                ((hour * 60 + minute) * 60 + second) * G_GINT64_CONSTANT (1000) +
                digits (text, 20, 3);
  return TRUE;
}

/* The value of a line "KEY VALUE", or NULL where the line begins otherwise. */
static const char *
value_of (const char *line, gsize size, const char *key, gsize *ret_size)
{
  gsize length = strlen (key);

  if (size < length || memcmp (line, key, length) != 0)
    return NULL;
  *ret_size = size - length;
  return line + length;
}

/* The value of the next line, which has to be there. */
static const char *
next_value (WbLogText *text, const char *key, gsize *ret_size)
{
  const char *line;
  gsize size;

  return wb_log_text_line (text, &line, &size) ? value_of (line, size, key, ret_size) : NULL;
}

static gboolean
parse_uuid (const char *text, gsize size, char **ret_uuid)
{
  char uuid[WB_UUID_LENGTH + 1] = { 0 };

  if (size != WB_UUID_LENGTH)
    return FALSE;
  memcpy (uuid, text, WB_UUID_LENGTH);
  if (!wb_uuid_is_valid (uuid))
    return FALSE;
  *ret_uuid = g_strdup (uuid);
  return TRUE;
}

static gboolean
parse_beginning (WbEntry *self, WbLogText *text)
{
  const char *value;
  gsize size;

  value = next_value (text, WB_ENTRY_HEADER, &size);
  if (value == NULL || size != 0)
    return FALSE;
  value = next_value (text, WB_ENTRY_LOG, &size);
  if (value == NULL || !wb_log_origin_is_valid (value, size))
    return FALSE;
  self->log = g_strndup (value, size);
  value = next_value (text, WB_ENTRY_NUMBER, &size);
  if (value == NULL || !wb_log_parse_decimal (value, size, &self->number) ||
      self->number > WB_ENTRY_NUMBER_MAX)
    return FALSE;
  value = next_value (text, WB_ENTRY_TIME, &size);
  if (value == NULL || !_wb_entry_time_is_valid (value, size, &self->time))
    return FALSE;
  value = next_value (text, WB_ENTRY_AUTHOR, &size);
  if (value == NULL || !wb_log_author_is_valid (value, size))
    return FALSE;
  self->author = g_strndup (value, size);
  return TRUE;
}

static gboolean
parse_record (WbEntry *self, const char *value, gsize size)
{
  const char *space = memchr (value, ' ', size);
  gsize type = space != NULL ? (gsize) (space - value) : 0;

  if (!wb_log_name_is_valid (value, type, WB_LOG_NAME_TYPE) ||
      !parse_uuid (space + 1, size - type - 1, &self->record_id))
    return FALSE;
  self->record_type = g_strndup (value, type);
  return TRUE;
}

/* The case, where there is one, the record, the event and the nonce. */
static gboolean
parse_middle (WbEntry *self, WbLogText *text)
{
  const char *line, *value;
  gsize line_size, size;

  if (!wb_log_text_line (text, &line, &line_size))
    return FALSE;
  value = value_of (line, line_size, WB_ENTRY_CASE, &size);
  if (value != NULL) {
    if (!parse_uuid (value, size, &self->case_id) || !wb_log_text_line (text, &line, &line_size))
      return FALSE;
  }
  value = value_of (line, line_size, WB_ENTRY_RECORD, &size);
  if (value == NULL || !parse_record (self, value, size))
    return FALSE;
  value = next_value (text, WB_ENTRY_EVENT, &size);
  if (value == NULL || !wb_log_name_is_valid (value, size, WB_LOG_NAME_EVENT))
    return FALSE;
  self->event = g_strndup (value, size);
  value = next_value (text, WB_ENTRY_NONCE, &size);
  return value != NULL && wb_log_parse_hex (value, size, self->nonce, sizeof self->nonce);
}

static gboolean
parse_field (WbEntry *self, const char *value, gsize size)
{
  const char *space = memchr (value, ' ', size);
  gsize name = space != NULL ? (gsize) (space - value) : 0;
  WbHash digest = { { 0 } };

  if (self->fields->len >= WB_ENTRY_MAX_FIELDS ||
      !wb_log_name_is_valid (value, name, WB_LOG_NAME_FIELD) ||
      !wb_log_parse_hex (space + 1, size - name - 1, digest.bytes, sizeof digest.bytes))
    return FALSE;
  _wb_entry_add_field (self, value, name, &digest);
  return TRUE;
}

/* The fields and, last of all, the previous entry's hash. */
static gboolean
parse_end (WbEntry *self, WbLogText *text)
{
  const char *line, *value;
  gsize line_size, size;

  while (wb_log_text_line (text, &line, &line_size)) {
    value = value_of (line, line_size, WB_ENTRY_PREVIOUS, &size);
    if (value != NULL)
      return wb_log_parse_hex (value, size, self->previous.bytes, WB_HASH_SIZE) &&
             text->left == 0 && !_wb_entry_has_field_twice (self);
    value = value_of (line, line_size, WB_ENTRY_FIELD, &size);
    if (value == NULL || !parse_field (self, value, size))
      return FALSE;
  }
  return FALSE;
}

/**
 * wb_entry_parse:
 * @bytes: anything at all
 * @size: how many bytes
 * @error: return location for an error
 *
 * Reads an entry. Fuzzed by tests/fuzz/fuzz-entry.c.
 *
 * Returns: (transfer full): the entry, or %NULL with %WB_ERROR_DAMAGED, %WB_ERROR_NEWER for a later
 *   version of the format, or %WB_ERROR_TOO_LARGE
 */
WbEntry *
wb_entry_parse (gconstpointer bytes, gsize size, GError **error)
{
  g_autoptr (WbEntry) self = wb_entry_new ();
  WbLogText text = { bytes, size };
  gsize family = strlen (WB_ENTRY_HEADER) - 1;

  if (size > WB_ENTRY_MAX_SIZE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This is larger than an entry of the log can be."));
    return NULL;
  }
  if (parse_beginning (self, &text) && parse_middle (self, &text) && parse_end (self, &text))
    return g_steal_pointer (&self);
  if (size > family && memcmp (bytes, WB_ENTRY_HEADER, family) == 0 &&
      ((const char *) bytes)[family] != WB_ENTRY_HEADER[family] &&
      g_ascii_isdigit (((const char *) bytes)[family]))
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NEWER,
                         _ ("This entry was written by a newer Waarborg: update to read it."));
  else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("This is not an entry of the log, or it was damaged."));
  return NULL;
}
