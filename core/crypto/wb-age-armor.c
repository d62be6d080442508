/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Takes the armor off an age file: lines of base64 between two marks (the strict form of RFC 7468).
 * White space may stand before and after, nowhere else. Armor is read, never written.
 */
#include "wb-age-armor-private.h"

#include <string.h>

#include "wb-age-error-private.h"
#include "wb-encoding.h"
#include "wb-i18n.h"

#define BEGIN_LINE "-----BEGIN AGE ENCRYPTED FILE-----"
#define END_LINE "-----END AGE ENCRYPTED FILE-----"
#define COLUMNS 64
#define LINE_SIZE (COLUMNS / 4 * 3) /* bytes in a full line */
#define LINE_ROOM 128               /* no line of ours is longer, a CR included */
#define SPACE_MAX 1024              /* bytes of white space on either side, as age has it */

typedef enum { BEFORE, INSIDE, AFTER_SHORT, AFTER } State;

struct _WbAgeArmor {
  GFilterInputStream parent_instance;

  State state;
  guint8 held[LINE_SIZE];
  gsize held_at;
  gsize held_size;
  GError *failed; /* once wrong, always wrong */
};

G_DEFINE_FINAL_TYPE (WbAgeArmor, wb_age_armor, G_TYPE_FILTER_INPUT_STREAM)

static gboolean
refuse (GError **error)
{
  return wb_age_damaged (error,
                         _ ("The text of the encrypted file is damaged: copy all of it once more, "
                            "from its BEGIN line to its END line."));
}

/* Makes sure that there is something to peek at; *ret_size is 0 at the end. */
static gboolean
peek (GBufferedInputStream *base,
      GCancellable *cancellable,
      const char **ret_bytes,
      gsize *ret_size,
      GError **error)
{
  GError *cause = NULL;

  if (g_buffered_input_stream_get_available (base) == 0 &&
      g_buffered_input_stream_fill (base, -1, cancellable, &cause) < 0) {
    wb_age_take_io_error (error,
                          cause,
                          _ ("The encrypted file cannot be read: check the disk and try again."));
    return FALSE;
  }
  *ret_bytes = g_buffered_input_stream_peek_buffer (base, ret_size);
  return TRUE;
}

/* One line without its LF; *ret_ended tells that the file ended instead of an LF. */
static gboolean
read_line (WbAgeArmor *self,
           GCancellable *cancellable,
           char line[LINE_ROOM],
           gsize *ret_size,
           gboolean *ret_ended,
           GError **error)
{
  GBufferedInputStream *base = G_BUFFERED_INPUT_STREAM (
      g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self)));
  gsize used = 0;

  for (;;) {
    const char *bytes;
    const char *end;
    gsize available;
    gsize part;

    if (!peek (base, cancellable, &bytes, &available, error))
      return FALSE;
    end = available > 0 ? memchr (bytes, '\n', available) : NULL;
    part = end != NULL ? (gsize) (end - bytes) : available;
    if (part > LINE_ROOM - used)
      return refuse (error);
    if (part > 0)
      memcpy (line + used, bytes, part);
    used += part;
    if (part > 0 || end != NULL)
      (void) g_input_stream_skip (G_INPUT_STREAM (base), part + (end != NULL), NULL, NULL);
    if (end != NULL || available == 0) {
      *ret_size = used;
      *ret_ended = end == NULL;
      return TRUE;
    }
  }
}

static gboolean
is_space (const char *line, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (strchr (" \t\r", line[i]) == NULL || line[i] == '\0')
      return FALSE;
  return TRUE;
}

static gboolean
is_mark (const char *line, gsize size, const char *mark)
{
  return size == strlen (mark) && memcmp (line, mark, size) == 0;
}

/* Up to and including the BEGIN line. */
static gboolean
read_begin (WbAgeArmor *self, GCancellable *cancellable, GError **error)
{
  gsize spaces = 0;

  while (spaces <= SPACE_MAX) {
    char line[LINE_ROOM];
    gsize size;
    gboolean ended;

    if (!read_line (self, cancellable, line, &size, &ended, error))
      return FALSE;
    if (ended)
      return refuse (error);
    if (!is_space (line, size)) {
      if (line[size - 1] == '\r')
        size--;
      self->state = INSIDE;
      return is_mark (line, size, BEGIN_LINE) || refuse (error);
    }
    spaces += size + 1;
  }
  return refuse (error);
}

/* From behind the END line to the end of the file. */
static gboolean
read_rest (WbAgeArmor *self, GCancellable *cancellable, gboolean ended, GError **error)
{
  gsize spaces = 0;

  while (!ended) {
    char line[LINE_ROOM];
    gsize size;

    if (!read_line (self, cancellable, line, &size, &ended, error))
      return FALSE;
    spaces += size + 1;
    if (!is_space (line, size) || spaces > SPACE_MAX)
      return refuse (error);
  }
  self->state = AFTER;
  return TRUE;
}

/* One line of base64 into @held, or the END line and all that follows. */
static gboolean
read_inside (WbAgeArmor *self, GCancellable *cancellable, GError **error)
{
  char line[LINE_ROOM];
  gsize size;
  gboolean ended;
  g_autofree guint8 *bytes = NULL;

  if (!read_line (self, cancellable, line, &size, &ended, error))
    return FALSE;
  if (!ended && size > 0 && line[size - 1] == '\r')
    size--;
  if (is_mark (line, size, END_LINE))
    return read_rest (self, cancellable, ended, error);
  if (self->state == AFTER_SHORT || size == 0 || size > COLUMNS)
    return refuse (error);
  bytes = wb_base64_decode (line, (gssize) size, WB_BASE64_PADDED, &self->held_size, NULL);
  if (bytes == NULL)
    return refuse (error);
  memcpy (self->held, bytes, self->held_size);
  self->held_at = 0;
  if (self->held_size < LINE_SIZE)
    self->state = AFTER_SHORT;
  return TRUE;
}

static gboolean
read_more (WbAgeArmor *self, GCancellable *cancellable, GError **error)
{
  if (self->state == BEFORE && !read_begin (self, cancellable, error))
    return FALSE;
  return read_inside (self, cancellable, error);
}

static gssize
wb_age_armor_read (GInputStream *stream,
                   void *buffer,
                   gsize count,
                   GCancellable *cancellable,
                   GError **error)
{
  WbAgeArmor *self = WB_AGE_ARMOR (stream);
  guint8 *to = buffer;
  gsize done = 0;

  while (self->failed == NULL && done < count) {
    gsize part = MIN (count - done, self->held_size - self->held_at);

    if (part == 0) {
      if (self->state == AFTER || !read_more (self, cancellable, &self->failed))
        break;
      continue;
    }
    memcpy (to + done, self->held + self->held_at, part);
    self->held_at += part;
    done += part;
  }
  if (self->failed == NULL)
    return (gssize) done;
  g_propagate_error (error, g_error_copy (self->failed));
  return -1;
}

/* The parent's would skip armored bytes of the base. */
static gssize
wb_age_armor_skip (GInputStream *stream, gsize count, GCancellable *cancellable, GError **error)
{
  guint8 unwanted[LINE_SIZE];

  return wb_age_armor_read (stream, unwanted, MIN (count, sizeof unwanted), cancellable, error);
}

static void
wb_age_armor_finalize (GObject *object)
{
  WbAgeArmor *self = WB_AGE_ARMOR (object);

  g_clear_error (&self->failed);
  G_OBJECT_CLASS (wb_age_armor_parent_class)->finalize (object);
}

static void
wb_age_armor_class_init (WbAgeArmorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_age_armor_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = wb_age_armor_read;
  G_INPUT_STREAM_CLASS (klass)->skip = wb_age_armor_skip;
}

static void
wb_age_armor_init (WbAgeArmor *self)
{
}

/**
 * wb_age_armor_detect:
 * @base: a file at its start, of which nothing is consumed
 * @ret_armored: (out): whether it is to be read as armor; a binary age file starts with a letter
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_IO
 */
gboolean
wb_age_armor_detect (GBufferedInputStream *base, gboolean *ret_armored, GError **error)
{
  const char *bytes;
  gsize size;

  if (!peek (base, NULL, &bytes, &size, error))
    return FALSE;
  *ret_armored = size > 0 && strchr ("- \t\r\n", bytes[0]) != NULL && bytes[0] != '\0';
  return TRUE;
}

/**
 * wb_age_armor_new:
 * @base: an armored age file at its start
 *
 * Returns: (transfer full): the bytes inside; reading fails with %WB_ERROR_DAMAGED where the armor
 *   is not exactly as it must be. Closing it leaves @base open
 */
GInputStream *
wb_age_armor_new (GBufferedInputStream *base)
{
  return g_object_new (WB_TYPE_AGE_ARMOR, "base-stream", base, "close-base-stream", FALSE, NULL);
}
