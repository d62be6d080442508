/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The header of an age file (C2SP age.md): text of a version line, stanzas and a line with the MAC.
 * Knows the grammar and the MAC, and leaves to wb-age-recipient.c what a stanza means. The grammar
 * has one spelling for each header, so that what was parsed is what was authenticated.
 */
#include "wb-age-header-private.h"

#include <string.h>

#include "wb-age-error-private.h"
#include "wb-cursor.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-kdf.h"

#define VERSION_LINE "age-encryption.org/v1\n"
#define STANZA_START "-> "
#define MAC_START "---"
#define BODY_COLUMNS 64
#define BODY_LINE_SIZE (BODY_COLUMNS / 4 * 3)

static gboolean
refuse (GError **error)
{
  return wb_age_damaged (error,
                         _ ("The start of the encrypted file is damaged: use an unchanged copy."));
}

static gboolean
refuse_version (GError **error)
{
  return wb_age_damaged (error,
                         _ ("This is not a file that was encrypted with age, version 1: check "
                            "that the right file was chosen."));
}

/**
 * wb_age_stanza_new:
 * @type: its first argument
 * @body: (nullable): @size bytes
 * @size: how many
 *
 * Returns: (transfer full): a stanza without further arguments
 */
WbAgeStanza *
wb_age_stanza_new (const char *type, gconstpointer body, gsize size)
{
  WbAgeStanza *self = g_new0 (WbAgeStanza, 1);

  self->arguments = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->arguments, g_strdup (type));
  self->body = g_memdup2 (body, size);
  self->size = size;
  return self;
}

/**
 * wb_age_stanza_add:
 * @self: a stanza
 * @bytes: @size bytes, at least one
 * @size: how many
 *
 * Adds an argument: @bytes in base64.
 */
void
wb_age_stanza_add (WbAgeStanza *self, gconstpointer bytes, gsize size)
{
  g_ptr_array_add (self->arguments, wb_base64_encode (bytes, size, WB_BASE64_UNPADDED));
}

gboolean
wb_age_stanza_is (const WbAgeStanza *self, const char *type)
{
  return g_str_equal (g_ptr_array_index (self->arguments, 0), type);
}

/**
 * wb_age_stanza_get:
 * @self: a stanza from outside
 * @n: which argument; it must be there
 * @ret_bytes: (out caller-allocates): room for @size bytes
 * @size: how many it must stand for
 *
 * Returns: whether the argument is base64 of exactly @size bytes
 */
gboolean
wb_age_stanza_get (const WbAgeStanza *self, guint n, guint8 *ret_bytes, gsize size)
{
  const char *text = g_ptr_array_index (self->arguments, n);
  gsize decoded_size = 0;
  g_autofree guint8 *decoded = wb_base64_decode (text, -1, WB_BASE64_UNPADDED, &decoded_size, NULL);

  if (decoded == NULL || decoded_size != size)
    return FALSE;
  memcpy (ret_bytes, decoded, size);
  return TRUE;
}

void
wb_age_stanza_free (WbAgeStanza *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->arguments);
  g_free (self->body);
  g_free (self);
}

/* Splits at single spaces; each argument is of 1 or more visible ASCII characters. */
static gboolean
parse_arguments (const char *line, gsize size, GPtrArray *arguments)
{
  const char *end = line + size;
  const char *at = line;

  for (;;) {
    const char *start = at;

    while (at < end && *at >= 0x21 && *at <= 0x7e)
      at++;
    if (at == start || (at < end && *at != ' '))
      return FALSE;
    g_ptr_array_add (arguments, g_strndup (start, at - start));
    if (at == end)
      return TRUE;
    at++;
  }
}

/* Lines of 64 characters until one that is shorter, and may be empty. */
static gboolean
parse_body (WbCursor *cursor, GByteArray *body)
{
  const char *line;
  gsize size;

  do {
    g_autofree guint8 *bytes = NULL;
    gsize n_bytes = 0;

    if (!wb_cursor_line (cursor, &line, &size) || size > BODY_COLUMNS)
      return FALSE;
    bytes = wb_base64_decode (line, (gssize) size, WB_BASE64_UNPADDED, &n_bytes, NULL);
    if (bytes == NULL)
      return FALSE;
    g_byte_array_append (body, bytes, n_bytes);
  } while (size == BODY_COLUMNS);
  return TRUE;
}

/* @line is the stanza's first; @cursor stands behind it. */
static WbAgeStanza *
parse_stanza (const char *line, gsize size, WbCursor *cursor)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  gsize start = strlen (STANZA_START);
  WbAgeStanza *stanza;

  if (size < start || memcmp (line, STANZA_START, start) != 0 ||
      !parse_arguments (line + start, size - start, arguments) || !parse_body (cursor, body))
    return NULL;
  stanza = g_new0 (WbAgeStanza, 1);
  stanza->arguments = g_steal_pointer (&arguments);
  stanza->size = body->len;
  stanza->body = g_byte_array_free (g_steal_pointer (&body), FALSE);
  return stanza;
}

/* `--- ` and 32 bytes in base64, nothing else. */
static gboolean
parse_mac (const char *line, gsize size, guint8 ret_mac[WB_AGE_MAC_SIZE])
{
  gsize start = strlen (MAC_START) + 1;
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes = 0;

  if (size < start || line[start - 1] != ' ')
    return FALSE;
  bytes =
      wb_base64_decode (line + start, (gssize) (size - start), WB_BASE64_UNPADDED, &n_bytes, NULL);
  if (bytes == NULL || n_bytes != WB_AGE_MAC_SIZE)
    return FALSE;
  memcpy (ret_mac, bytes, WB_AGE_MAC_SIZE);
  return TRUE;
}

static gboolean
starts_mac (const char *line, gsize size)
{
  return size >= strlen (MAC_START) && memcmp (line, MAC_START, strlen (MAC_START)) == 0;
}

/* Stanzas and the line with the MAC. */
static gboolean
parse_lines (WbAgeHeader *self, const char *text, WbCursor *cursor)
{
  const char *line;
  gsize size;

  while (wb_cursor_line (cursor, &line, &size)) {
    WbAgeStanza *stanza;

    if (starts_mac (line, size)) {
      self->signed_size = (gsize) (line - text) + strlen (MAC_START);
      self->signed_bytes = g_memdup2 (text, self->signed_size);
      return parse_mac (line, size, self->mac) && cursor->left == 0 && self->stanzas->len > 0;
    }
    stanza = parse_stanza (line, size, cursor);
    if (stanza == NULL)
      return FALSE;
    g_ptr_array_add (self->stanzas, stanza);
  }
  return FALSE;
}

/**
 * wb_age_header_parse:
 * @text: a whole header from outside, up to and including the LF of its last line
 * @size: its length in bytes
 * @error: return location for an error
 *
 * Judges the form only; the MAC can be checked when the file key is known.
 *
 * Returns: (transfer full): the header, or %NULL with %WB_ERROR_DAMAGED
 */
WbAgeHeader *
wb_age_header_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (WbAgeHeader) self = g_new0 (WbAgeHeader, 1);
  gsize start = strlen (VERSION_LINE);
  WbCursor cursor;

  self->stanzas = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_age_stanza_free);
  if (size < start || memcmp (text, VERSION_LINE, start) != 0) {
    refuse_version (error);
    return NULL;
  }
  cursor = wb_cursor_new (text + start, size - start);
  if (!parse_lines (self, text, &cursor)) {
    refuse (error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

/* Appends one line with its LF to @text. */
static gboolean
read_line (GBufferedInputStream *source, gsize limit, GString *text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  int byte = 0;

  while (byte != '\n') {
    byte = g_buffered_input_stream_read_byte (source, NULL, &cause);
    if (byte < 0 && cause != NULL) {
      wb_age_take_io_error (error,
                            g_steal_pointer (&cause),
                            _ ("The encrypted file cannot be read: check the disk and try again."));
      return FALSE;
    }
    if (byte < 0 || text->len >= limit)
      return text->len < strlen (VERSION_LINE) || limit == strlen (VERSION_LINE)
                 ? refuse_version (error)
                 : refuse (error);
    g_string_append_c (text, (char) byte);
  }
  return TRUE;
}

/**
 * wb_age_header_read:
 * @source: the file at its start; afterwards behind the header, not a byte further
 * @error: return location for an error
 *
 * Returns: (transfer full): the header; %NULL with %WB_ERROR_DAMAGED, also where it is longer than
 *   %WB_AGE_HEADER_MAX, or %WB_ERROR_IO
 */
WbAgeHeader *
wb_age_header_read (GBufferedInputStream *source, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize start = 0;

  if (!read_line (source, strlen (VERSION_LINE), text, error))
    return NULL;
  if (text->len != strlen (VERSION_LINE) || memcmp (text->str, VERSION_LINE, text->len) != 0) {
    refuse_version (error);
    return NULL;
  }
  while (!starts_mac (text->str + start, text->len - start)) {
    start = text->len;
    if (!read_line (source, WB_AGE_HEADER_MAX, text, error))
      return NULL;
  }
  return wb_age_header_parse (text->str, text->len, error);
}

static gboolean
compute_mac (gconstpointer text,
             gsize size,
             const WbSecret *file_key,
             guint8 ret_mac[WB_AGE_MAC_SIZE],
             GError **error)
{
  static const char info[] = "header";
  g_autoptr (WbSecret) key = wb_secret_new (WB_AGE_MAC_SIZE, error);

  if (key == NULL)
    return FALSE;
  if (!wb_hkdf_sha256 (wb_secret_peek (file_key, NULL),
                       WB_AGE_FILE_KEY_SIZE,
                       NULL,
                       0,
                       info,
                       strlen (info),
                       wb_secret_peek_writable (key),
                       WB_AGE_MAC_SIZE,
                       error))
    return FALSE;
  return wb_hmac_sha256 (wb_secret_peek (key, NULL), WB_AGE_MAC_SIZE, text, size, ret_mac, error);
}

/**
 * wb_age_header_check:
 * @self: a header from outside
 * @file_key: the file key that one of its stanzas held
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_DAMAGED where the header is not the one that was written
 */
gboolean
wb_age_header_check (const WbAgeHeader *self, const WbSecret *file_key, GError **error)
{
  guint8 mac[WB_AGE_MAC_SIZE];

  if (!compute_mac (self->signed_bytes, self->signed_size, file_key, mac, error))
    return FALSE;
  if (wb_bytes_equal_constant_time (mac, self->mac, sizeof mac))
    return TRUE;
  return wb_age_damaged (error,
                         _ ("The list of recipients of the encrypted file was changed: do not "
                            "trust this copy and ask for another."));
}

static void
format_stanza (const WbAgeStanza *stanza, GString *text)
{
  g_string_append (text, "->");
  for (guint i = 0; i < stanza->arguments->len; i++)
    g_string_append_printf (text, " %s", (char *) g_ptr_array_index (stanza->arguments, i));
  g_string_append_c (text, '\n');
  /* One line more than whole ones: the last is shorter, if need be empty. */
  for (gsize done = 0; done <= stanza->size; done += BODY_LINE_SIZE) {
    gsize part = MIN (stanza->size - done, BODY_LINE_SIZE);
    g_autofree char *line =
        part > 0 ? wb_base64_encode (stanza->body + done, part, WB_BASE64_UNPADDED) : g_strdup ("");

    g_string_append_printf (text, "%s\n", line);
  }
}

/**
 * wb_age_header_format:
 * @stanzas: (element-type WbAgeStanza): one a recipient
 * @file_key: the key of the file
 * @error: return location for an error
 *
 * Returns: (transfer full): the header, its last LF included; %NULL with %WB_ERROR_IO
 */
GBytes *
wb_age_header_format (GPtrArray *stanzas, const WbSecret *file_key, GError **error)
{
  g_autoptr (GString) text = g_string_new (VERSION_LINE);
  guint8 mac[WB_AGE_MAC_SIZE];
  g_autofree char *mac_text = NULL;

  for (guint i = 0; i < stanzas->len; i++)
    format_stanza (g_ptr_array_index (stanzas, i), text);
  g_string_append (text, MAC_START);
  if (!compute_mac (text->str, text->len, file_key, mac, error))
    return NULL;
  mac_text = wb_base64_encode (mac, sizeof mac, WB_BASE64_UNPADDED);
  g_string_append_printf (text, " %s\n", mac_text);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

void
wb_age_header_free (WbAgeHeader *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->stanzas);
  g_free (self->signed_bytes);
  g_free (self);
}
