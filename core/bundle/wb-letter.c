/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Takes a letter apart: what it says of itself, its words, the files in it. MIME itself is read by
 * GMime; here are the limits, and what becomes of names and headers that mean harm.
 */
#include "wb-letter.h"

#include <gmime/gmime.h>
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-letter-private.h"

#define PARTS_MAX 200      /* files in one letter */
#define DEPTH_MAX 20       /* parts within parts */
#define HEADER_MAX 2000    /* bytes of one header that are told */
#define NAME_MAX_BYTES 255 /* what file systems and the register allow */
#define YEAR_MIN 1980      /* before this there was no such mail: the clock was wrong */
#define YEAR_MAX 9998

typedef struct {
  WbLetter *letter;
  char *html; /* (nullable): the first */
  gboolean refused;
} Reading;

static void
part_free (WbLetterPart *part)
{
  g_free (part->name);
  g_free (part->media_type);
  g_bytes_unref (part->bytes);
  g_free (part);
}

void
wb_letter_free (WbLetter *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->from);
  g_free (self->to);
  g_free (self->cc);
  g_free (self->date);
  g_free (self->text);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

/* One line of at most @most bytes: an encoded header may hold line ends and other headers. */
static char *
clean (const char *text, gsize most)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (valid == NULL)
    return NULL;
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);
    GUnicodeType type = g_unichar_type (letter);

    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
        type == G_UNICODE_PARAGRAPH_SEPARATOR)
      letter = ' ';
    if (line->len + (gsize) g_unichar_to_utf8 (letter, NULL) > most)
      break;
    g_string_append_unichar (line, letter);
  }
  g_strstrip (line->str);
  return *line->str != '\0' ? g_strdup (line->str) : NULL;
}

static char *
clean_name (const char *given, guint number)
{
  g_autofree char *name = clean (given, NAME_MAX_BYTES);

  if (name != NULL)
    g_strdelimit (name, "/\\", '_');
  if (name == NULL || strspn (name, ". ") == strlen (name))
    return g_strdup_printf ("attachment-%u", number);
  return g_steal_pointer (&name);
}

static GBytes *
decode (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream *stream = g_mime_stream_mem_new ();
  GByteArray *bytes = NULL;
  GBytes *copy;

  if (content != NULL)
    (void) g_mime_data_wrapper_write_to_stream (content, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  copy = g_bytes_new (bytes->data, bytes->len);
  g_object_unref (stream);
  return copy;
}

static void
add_part (Reading *reading, const char *name, const char *media_type, GBytes *bytes)
{
  GPtrArray *parts = reading->letter->parts;
  WbLetterPart *part;

  if (parts->len >= PARTS_MAX) {
    reading->refused = TRUE;
    g_bytes_unref (bytes);
    return;
  }
  part = g_new0 (WbLetterPart, 1);
  part->name = clean_name (name, parts->len + 1);
  part->media_type = clean (media_type, HEADER_MAX);
  part->bytes = bytes;
  g_ptr_array_add (parts, part);
}

/* In a charset that nobody knows the letters that are left are shown. */
static char *
read_text (GMimeTextPart *part)
{
  g_autofree char *text = g_mime_text_part_get_text (part);
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const char *data;

  if (text != NULL)
    return g_utf8_make_valid (text, -1);
  bytes = decode (GMIME_PART (part));
  data = g_bytes_get_data (bytes, &size);
  return g_utf8_make_valid (data != NULL ? data : "", (gssize) size);
}

/* TRUE: it is what the letter says, and no file in it. */
static gboolean
take_words (Reading *reading, GMimePart *part)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  gboolean plain = g_mime_content_type_is_type (type, "text", "plain");

  if (!GMIME_IS_TEXT_PART (part) || g_mime_part_is_attachment (part) ||
      g_mime_part_get_filename (part) != NULL ||
      (!plain && !g_mime_content_type_is_type (type, "text", "html")))
    return FALSE;
  if (plain && reading->letter->text == NULL)
    reading->letter->text = read_text (GMIME_TEXT_PART (part));
  else if (!plain && reading->html == NULL)
    reading->html = read_text (GMIME_TEXT_PART (part));
  else
    return FALSE;
  return TRUE;
}

/* A letter within the letter stays a file of its own, to be read like this one. */
static void
take_message (Reading *reading, GMimeMessagePart *part)
{
  GMimeMessage *message = g_mime_message_part_get_message (part);
  GMimeStream *stream = g_mime_stream_mem_new ();
  GByteArray *bytes;
  g_autofree char *name = NULL;

  if (message != NULL)
    (void) g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  name = g_strdup_printf ("message-%u.eml", reading->letter->parts->len + 1);
  add_part (reading, name, "message/rfc822", g_bytes_new (bytes->data, bytes->len));
  g_object_unref (stream);
}

static void
take_object (Reading *reading, GMimeObject *object, guint depth)
{
  if (depth > DEPTH_MAX) {
    reading->refused = TRUE;
  } else if (GMIME_IS_MULTIPART (object)) {
    int n = g_mime_multipart_get_count (GMIME_MULTIPART (object));

    for (int i = 0; i < n && !reading->refused; i++)
      take_object (reading, g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);
  } else if (GMIME_IS_MESSAGE_PART (object)) {
    take_message (reading, GMIME_MESSAGE_PART (object));
  } else if (GMIME_IS_PART (object) && !take_words (reading, GMIME_PART (object))) {
    g_autofree char *type =
        g_mime_content_type_get_mime_type (g_mime_object_get_content_type (object));

    add_part (reading,
              g_mime_part_get_filename (GMIME_PART (object)),
              type,
              decode (GMIME_PART (object)));
  }
}

static char *
read_date (GMimeMessage *message)
{
  GDateTime *date = g_mime_message_get_date (message);
  int year = date != NULL ? g_date_time_get_year (date) : 0;

  return year >= YEAR_MIN && year <= YEAR_MAX ? g_date_time_format (date, "%Y-%m-%dT%H:%M%:z")
                                              : NULL;
}

static char *
read_addresses (GMimeMessage *message, GMimeAddressType type)
{
  InternetAddressList *list = g_mime_message_get_addresses (message, type);
  g_autofree char *text = list != NULL ? internet_address_list_to_string (list, NULL, FALSE) : NULL;

  return clean (text, HEADER_MAX);
}

static void
take_head (WbLetter *letter, GMimeMessage *message)
{
  letter->subject = clean (g_mime_message_get_subject (message), HEADER_MAX);
  letter->from = read_addresses (message, GMIME_ADDRESS_TYPE_FROM);
  letter->to = read_addresses (message, GMIME_ADDRESS_TYPE_TO);
  letter->cc = read_addresses (message, GMIME_ADDRESS_TYPE_CC);
  letter->date = read_date (message);
}

static GMimeMessage *
read_message (GBytes *file)
{
  static gsize once;
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;

  if (g_once_init_enter (&once)) {
    g_mime_init ();
    g_once_init_leave (&once, 1);
  }
  stream = g_mime_stream_mem_new_with_buffer (data, size);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  g_object_unref (parser);
  g_object_unref (stream);
  return message;
}

static WbLetter *
take_apart (GMimeMessage *message)
{
  g_autoptr (WbLetter) letter = g_new0 (WbLetter, 1);
  Reading reading = { .letter = letter };
  GMimeObject *object = g_mime_message_get_mime_part (message);
  g_autofree char *html = NULL;

  letter->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  take_head (letter, message);
  if (object != NULL)
    take_object (&reading, object, 0);
  html = reading.html;
  if (letter->text == NULL)
    letter->text = html != NULL ? wb_letter_html_to_text (html) : g_strdup ("");
  return reading.refused ? NULL : g_steal_pointer (&letter);
}

/**
 * wb_letter_parse:
 * @file: an .eml file
 * @error: return location for an error; %WB_ERROR_INVALID
 *
 * Reads a message as it was saved by a mail program (RFC 5322, RFC 2045-2047). A letter inside it
 * is a part, which is not taken apart in turn.
 *
 * Returns: (transfer full): what it says
 */
WbLetter *
wb_letter_parse (GBytes *file, GError **error)
{
  gsize size = g_bytes_get_size (file);
  GMimeMessage *message = size > 0 && size <= WB_LETTER_MAX ? read_message (file) : NULL;
  gboolean has_head =
      message != NULL &&
      (g_mime_message_get_subject (message) != NULL || g_mime_message_get_date (message) != NULL ||
       g_mime_object_get_header (GMIME_OBJECT (message), "From") != NULL);
  WbLetter *letter = has_head ? take_apart (message) : NULL;

  if (message != NULL)
    g_object_unref (message);
  if (letter == NULL)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This is no letter that can be taken apart: keep the file as it is."));
  return letter;
}
