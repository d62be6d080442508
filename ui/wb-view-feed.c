/* SPDX-License-Identifier: EUPL-1.2 */

/* From the store to what shows it, on the register's thread, and never by way of a disk. */
#include "wb-view-feed.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wb-case-data.h"
#include "wb-i18n.h"
#include "wb-letter.h"

#define PIECE (1u << 20)
#define KEPT_MAX ((guint) WB_LETTER_MAX) /* of what is read as text or letter */
#define WAIT_MS 100                      /* between two looks whether the user has gone on */
#define WAITS_MAX 100                    /* ten seconds in which nothing was taken: it hangs */

WbViewFeed *
wb_view_feed_new (const char *reference, int fd)
{
  WbViewFeed *self = g_new0 (WbViewFeed, 1);

  self->reference = g_strdup (reference);
  self->socket = fd;
  return self;
}

static void
close_feed (WbViewFeed *self)
{
  if (self->socket >= 0)
    (void) close (self->socket);
  self->socket = -1;
}

void
wb_view_feed_free (WbViewFeed *self)
{
  close_feed (self);
  g_free (self->reference);
  g_free (self);
}

/* FALSE: the other side let go, or takes nothing any more. */
static gboolean
send_all (int fd, const guint8 *bytes, gsize size, GCancellable *cancellable)
{
  guint waits = 0;

  while (size > 0 && waits < WAITS_MAX && !g_cancellable_is_cancelled (cancellable)) {
    gssize sent = send (fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    struct pollfd room = { .fd = fd, .events = POLLOUT };

    if (sent > 0) {
      bytes += sent;
      size -= (gsize) sent;
      waits = 0;
    } else if (errno != EAGAIN && errno != EINTR) {
      return FALSE;
    } else if (poll (&room, 1, WAIT_MS) == 0) {
      waits++;
    }
  }
  return size == 0;
}

gpointer
wb_view_feed_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  WbViewFeed *self = data;
  g_autoptr (GInputStream) stream = wb_register_open_evidence (reg, self->reference, error);
  g_autofree guint8 *buffer = g_malloc (PIECE);
  gboolean taken = TRUE, read = stream != NULL;
  gsize size = PIECE;

  while (read && taken && size == PIECE) {
    read = g_input_stream_read_all (stream, buffer, PIECE, &size, cancellable, error);
    taken = read && send_all (self->socket, buffer, size, cancellable);
  }
  explicit_bzero (buffer, PIECE);
  close_feed (self);
  if (read && g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return GINT_TO_POINTER (read);
}

static void
wipe_array (gpointer data)
{
  GByteArray *array = data;

  explicit_bzero (array->data, array->len);
  g_byte_array_unref (array);
}

static void
append_line (GString *text, const char *label, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, "%s %s\n", label, value);
}

static void
free_text (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

/* What a letter says of itself, then its words, then what is in it. */
static GBytes *
describe_letter (const WbLetter *letter)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *words;
  gsize size;

  append_line (text, _ ("From:"), letter->from);
  append_line (text, _ ("To:"), letter->to);
  append_line (text, _ ("Copy to:"), letter->cc);
  append_line (text, _ ("Date, as the letter says:"), letter->date);
  append_line (text, _ ("Subject:"), letter->subject);
  g_string_append_printf (text, "\n%s\n", letter->text);
  for (guint i = 0; i < letter->parts->len; i++)
    append_line (text,
                 _ ("In this letter:"),
                 ((const WbLetterPart *) g_ptr_array_index (letter->parts, i))->name);
  size = text->len;
  words = g_string_free (g_steal_pointer (&text), FALSE);
  return g_bytes_new_with_free_func (words, size, free_text, words);
}

static gboolean
is_letter (WbRegister *reg, const char *reference)
{
  g_autoptr (WbRecord) record = wb_register_read (reg, reference, FALSE, NULL, NULL);

  return record != NULL &&
         g_strcmp0 (wb_record_get_text (record, "media_type"), "message/rfc822") == 0;
}

/* Too large, or no letter after all: as it is. Takes @bytes. */
static GBytes *
read_as_letter (WbRegister *reg, const char *reference, GBytes *bytes)
{
  g_autoptr (WbLetter) letter = is_letter (reg, reference) ? wb_letter_parse (bytes, NULL) : NULL;
  GBytes *text;

  if (letter == NULL)
    return bytes;
  text = describe_letter (letter);
  g_bytes_unref (bytes);
  return text;
}

gpointer
wb_view_text_call (WbRegister *reg, gpointer reference, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = wb_register_open_evidence (reg, reference, error);
  g_autofree guint8 *buffer = g_malloc (PIECE);
  GByteArray *array = g_byte_array_sized_new (PIECE);
  gboolean read = stream != NULL;
  gsize size = PIECE;

  while (read && size == PIECE) {
    read = g_input_stream_read_all (stream, buffer, PIECE, &size, cancellable, error);
    if (read)
      g_byte_array_append (array,
                           buffer,
                           (guint) MIN (size, KEPT_MAX - MIN (array->len, KEPT_MAX)));
  }
  explicit_bzero (buffer, PIECE);
  if (read)
    return read_as_letter (reg,
                           reference,
                           g_bytes_new_with_free_func (array->data, array->len, wipe_array, array));
  wipe_array (array);
  return NULL;
}

static gboolean
is_utf16 (const guint8 *bytes, gsize size)
{
  return size >= 2 &&
         ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff));
}

/* By its first bytes, else UTF-8 where it is that, else what offices wrote before it. */
static char *
decode (const char *text, gsize size)
{
  const guint8 *bytes = (const guint8 *) text;
  const char *charset = "WINDOWS-1252";

  if (size >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf)
    return g_utf8_make_valid (text + 3, (gssize) (size - 3));
  if (is_utf16 (bytes, size))
    charset = "UTF-16";
  else if (g_utf8_validate_len (text, size, NULL))
    return g_strndup (text, size);
  return g_convert_with_fallback (text,
                                  (gssize) size,
                                  "UTF-8",
                                  charset,
                                  "\357\277\275",
                                  NULL,
                                  NULL,
                                  NULL);
}

/* A cut in the middle of a letter would make the whole look like another encoding. */
static gsize
cut_size (const char *text, gsize size)
{
  const char *last;

  if (size <= WB_VIEW_TEXT_MAX)
    return size;
  if (is_utf16 ((const guint8 *) text, size))
    return WB_VIEW_TEXT_MAX;
  last = g_utf8_find_prev_char (text, text + WB_VIEW_TEXT_MAX);
  return last != NULL ? (gsize) (last - text) : WB_VIEW_TEXT_MAX;
}

char *
wb_view_text_decode (GBytes *bytes, gboolean *ret_cut)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  gsize shown = text != NULL ? cut_size (text, size) : 0;
  char *words = text != NULL ? decode (text, shown) : g_strdup ("");

  *ret_cut = shown < size;
  if (words == NULL || !g_utf8_validate (words, -1, NULL)) {
    g_free (words);
    words = g_utf8_make_valid (text, (gssize) shown);
  }
  return words;
}
