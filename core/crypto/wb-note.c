/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Signed notes (C2SP signed-note v1.0.0) and cosignatures (C2SP tlog-cosignature v1.0.1): a text,
 * an empty line, and a line a signature. The keys themselves are in wb-note-key.c.
 */
#include <string.h>

#include "wb-cursor.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-note-private.h"

#define SIGNATURES_MAX 100   /* the specification asks for 16 at least */
#define NOTE_MAX (1 << 20)   /* the text itself is limited by what can be signed */
#define DASH "\xe2\x80\x94 " /* how a signature line starts */
#define ID_SIZE 4
#define TIME_SIZE 8
#define COSIGNATURE_HEAD "cosignature/v1\ntime %" G_GUINT64_FORMAT "\n"

/* One line: the name points into the note. */
typedef struct {
  const char *name;
  gsize name_size;
  guint8 *bytes; /* key id, then the signature */
  gsize size;
} Line;

/* A note taken apart; the text points into it. */
typedef struct {
  gsize text_size;
  GArray *lines; /* (element-type Line) */
} Parts;

static void
clear_line (gpointer data)
{
  g_free (((Line *) data)->bytes);
}

static void
clear_parts (Parts *parts)
{
  g_clear_pointer (&parts->lines, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, clear_parts)

static gboolean
refuse (GError **error, int code, const char *message)
{
  g_set_error_literal (error, WB_ERROR, code, message);
  return FALSE;
}

static gboolean
refuse_damaged (GError **error)
{
  return refuse (error,
                 WB_ERROR_DAMAGED,
                 _ ("The signed note is damaged: ask for it again, and let nothing change it on "
                    "the way."));
}

/* UTF-8 in which LF is the only control character. */
static gboolean
is_plain_text (const char *text, gsize size)
{
  if (!wb_text_check (text, size, NULL))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if ((guchar) text[i] < ' ' && text[i] != '\n')
      return FALSE;
  return TRUE;
}

/* "— NAME BASE64" */
static gboolean
read_line (const char *line, gsize size, Line *ret_line)
{
  gsize dash = strlen (DASH);
  const char *space;
  Line read = { 0 };

  if (size < dash || memcmp (line, DASH, dash) != 0)
    return FALSE;
  read.name = line + dash;
  space = memchr (read.name, ' ', size - dash);
  if (space == NULL)
    return FALSE;
  read.name_size = (gsize) (space - read.name);
  if (!wb_note_is_name (read.name, read.name_size))
    return FALSE;
  read.bytes = wb_base64_decode (space + 1,
                                 (gssize) (size - dash - read.name_size - 1),
                                 WB_BASE64_PADDED,
                                 &read.size,
                                 NULL);
  if (read.bytes == NULL)
    return FALSE;
  *ret_line = read;
  return TRUE;
}

static gboolean
read_lines (const char *text, gsize size, GArray *lines)
{
  WbCursor cursor = wb_cursor_new (text, size);
  const char *line;
  gsize line_size;
  Line read;

  while (cursor.left > 0) {
    if (!wb_cursor_line (&cursor, &line, &line_size) || lines->len >= SIGNATURES_MAX ||
        !read_line (line, line_size, &read))
      return FALSE;
    g_array_append_val (lines, read);
    if (read.size <= ID_SIZE)
      return FALSE;
  }
  return lines->len > 0;
}

/* Where the text ends: after the first LF of the last two that follow each other. */
static gboolean
find_text_end (const char *note, gsize size, gsize *ret_end)
{
  for (gsize i = size; i >= 2; i--)
    if (note[i - 1] == '\n' && note[i - 2] == '\n') {
      *ret_end = i - 1;
      return TRUE;
    }
  return FALSE;
}

/* The two kinds of failure are told apart, because a large one may be no fault of the sender. */
static gboolean
take_apart (const char *note, gsize size, Parts *parts, GError **error)
{
  gsize end;

  if (size > NOTE_MAX)
    return refuse (error, WB_ERROR_TOO_LARGE, _ ("The signed note is too large to be one."));
  if (!is_plain_text (note, size) || !find_text_end (note, size, &end))
    return refuse_damaged (error);
  parts->text_size = end;
  parts->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (parts->lines, clear_line);
  if (!read_lines (note + end + 1, size - end - 1, parts->lines))
    return refuse_damaged (error);
  return TRUE;
}

static gboolean
is_by (const Line *line, const WbNoteKey *key)
{
  return line->name_size == strlen (key->name) &&
         memcmp (line->name, key->name, line->name_size) == 0 &&
         memcmp (line->bytes, key->id, ID_SIZE) == 0;
}

/* What a witness signs: the time, then the text. */
static GByteArray *
make_cosigned (guint64 seconds, const char *text, gsize size)
{
  g_autofree char *head = g_strdup_printf (COSIGNATURE_HEAD, seconds);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) size);
  return bytes;
}

static guint64
read_time (const guint8 *bytes)
{
  guint64 time = 0;

  for (guint i = 0; i < TIME_SIZE; i++)
    time = time << 8 | bytes[i];
  return time;
}

static gboolean
verify_line (const Line *line, const WbNoteKey *key, const char *text, gsize size)
{
  const guint8 *signature = line->bytes + ID_SIZE;
  g_autoptr (GByteArray) bytes = NULL;

  if (key->type == WB_NOTE_ED25519)
    return line->size == ID_SIZE + WB_ED25519_SIGNATURE_SIZE &&
           wb_ed25519_verify (key->public, text, size, signature);
  if (key->type != WB_NOTE_COSIGNATURE ||
      line->size != ID_SIZE + TIME_SIZE + WB_ED25519_SIGNATURE_SIZE)
    return FALSE;
  bytes = make_cosigned (read_time (signature), text, size);
  return wb_ed25519_verify (key->public, bytes->data, bytes->len, signature + TIME_SIZE);
}

static const WbNoteKey *
find_key (GPtrArray *keys, const Line *line)
{
  for (guint i = 0; i < keys->len; i++)
    if (is_by (line, keys->pdata[i]))
      return keys->pdata[i];
  return NULL;
}

/* Of unknown keys nothing is asked; of known ones the first signature must be good. */
static gboolean
check_lines (const Parts *parts,
             const char *note,
             GPtrArray *keys,
             GPtrArray *signers,
             GError **error)
{
  for (guint i = 0; i < parts->lines->len; i++) {
    const Line *line = &g_array_index (parts->lines, Line, i);
    const WbNoteKey *key = find_key (keys, line);

    if (key == NULL || g_ptr_array_find (signers, key, NULL))
      continue;
    if (!verify_line (line, key, note, parts->text_size))
      return refuse (error,
                     WB_ERROR_VERIFY,
                     _ ("A signature of the note does not fit: its text has been changed since, "
                        "or it was never signed with that key."));
    g_ptr_array_add (signers, (gpointer) key);
  }
  if (signers->len == 0)
    return refuse (error,
                   WB_ERROR_VERIFY,
                   _ ("The note is not signed by anyone whose key was given: check that it is the "
                      "right note and the right key."));
  return TRUE;
}

/**
 * wb_note_open:
 * @note: a signed note
 * @size: its length in bytes
 * @keys: (element-type WbNoteKey): whose signatures count
 * @ret_signers: (out) (optional) (transfer container) (element-type WbNoteKey): those of @keys that
 *   signed, owned by @keys
 * @error: return location for an error
 *
 * Signatures by others are passed over. A second one by the same key is too.
 *
 * Returns: (transfer full): the text that was signed, with its last LF; %NULL with %WB_ERROR_VERIFY
 *   where none of @keys signed or one of their signatures is false, %WB_ERROR_DAMAGED or
 *   %WB_ERROR_TOO_LARGE
 */
char *
wb_note_open (const char *note,
              gsize size,
              GPtrArray *keys,
              GPtrArray **ret_signers,
              GError **error)
{
  g_auto (Parts) parts = { 0 };
  g_autoptr (GPtrArray) signers = g_ptr_array_new ();

  if (!take_apart (note, size, &parts, error) || !check_lines (&parts, note, keys, signers, error))
    return NULL;
  if (ret_signers != NULL)
    *ret_signers = g_steal_pointer (&signers);
  return g_strndup (note, parts.text_size);
}

/**
 * wb_note_get_cosigned:
 * @note: a signed note
 * @size: its length in bytes
 * @key: the key of a witness
 * @ret_time: (out): when the witness says it saw the note
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_VERIFY where the witness did not sign, or errors as wb_note_open()
 */
gboolean
wb_note_get_cosigned (const char *note,
                      gsize size,
                      const WbNoteKey *key,
                      WbInstant *ret_time,
                      GError **error)
{
  g_auto (Parts) parts = { 0 };
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GPtrArray) signers = g_ptr_array_new ();

  g_return_val_if_fail (key->type == WB_NOTE_COSIGNATURE, FALSE);

  g_ptr_array_add (keys, (gpointer) key);
  if (!take_apart (note, size, &parts, error) || !check_lines (&parts, note, keys, signers, error))
    return FALSE;
  for (guint i = 0; i < parts.lines->len; i++) {
    const Line *line = &g_array_index (parts.lines, Line, i);
    guint64 seconds = is_by (line, key) ? read_time (line->bytes + ID_SIZE) : 0;

    if (!is_by (line, key))
      continue;
    if (seconds > G_MAXINT64 / 1000)
      return refuse_damaged (error);
    *ret_time = (WbInstant) (seconds * 1000);
    return TRUE;
  }
  return refuse_damaged (error);
}

/* Appends "— NAME BASE64" LF. */
static void
append_line (GString *note, const WbNoteKey *key, const guint8 *signature, gsize size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *base64 = NULL;

  g_byte_array_append (bytes, key->id, ID_SIZE);
  g_byte_array_append (bytes, signature, (guint) size);
  base64 = wb_base64_encode (bytes->data, bytes->len, WB_BASE64_PADDED);
  g_string_append_printf (note, DASH "%s %s\n", key->name, base64);
}

static WbNoteKey *
make_key (const char *name, const WbSecret *seed, guint8 type, GError **error)
{
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  if (!wb_ed25519_get_public (seed, public, error))
    return NULL;
  return wb_note_key_new_typed (name, type, public, error);
}

static gboolean
append_signature (GString *note,
                  gsize text_size,
                  const char *name,
                  const WbSecret *seed,
                  GError **error)
{
  g_autoptr (WbNoteKey) key = make_key (name, seed, WB_NOTE_ED25519, error);
  guint8 signature[WB_ED25519_SIGNATURE_SIZE];

  if (key == NULL || !wb_ed25519_sign (seed, note->str, text_size, signature, error))
    return FALSE;
  append_line (note, key, signature, sizeof signature);
  return TRUE;
}

/**
 * wb_note_sign:
 * @text: UTF-8 that ends in LF and has no other control characters
 * @name: the name of the key, without blanks and "+"
 * @seed: the private key: 32 bytes
 * @error: return location for an error
 *
 * Returns: (transfer full): the whole note: text, empty line, signature line; %NULL with
 *   %WB_ERROR_INVALID where the text or the name cannot be signed so, or as wb_ed25519_sign()
 */
char *
wb_note_sign (const char *text, const char *name, const WbSecret *seed, GError **error)
{
  gsize size = strlen (text);
  g_autoptr (GString) note = NULL;

  if (size == 0 || text[size - 1] != '\n' || !is_plain_text (text, size)) {
    refuse (error,
            WB_ERROR_INVALID,
            _ ("Only plain text that ends in a line end can be signed as a note."));
    return NULL;
  }
  note = g_string_new (text);
  g_string_append_c (note, '\n');
  if (!append_signature (note, size, name, seed, error))
    return NULL;
  return g_string_free (g_steal_pointer (&note), FALSE);
}

/**
 * wb_note_add_signature:
 * @note: a signed note
 * @name: the name of the key
 * @seed: the private key: 32 bytes
 * @error: return location for an error
 *
 * Its other signatures are not checked: open it first.
 *
 * Returns: (transfer full): the note with one more signature; %NULL with %WB_ERROR_DAMAGED where it
 *   is no note, or as wb_note_sign()
 */
char *
wb_note_add_signature (const char *note, const char *name, const WbSecret *seed, GError **error)
{
  g_auto (Parts) parts = { 0 };
  g_autoptr (GString) signed_note = NULL;

  if (!take_apart (note, strlen (note), &parts, error))
    return NULL;
  signed_note = g_string_new (note);
  if (!append_signature (signed_note, parts.text_size, name, seed, error))
    return NULL;
  return g_string_free (g_steal_pointer (&signed_note), FALSE);
}

/**
 * wb_note_cosign:
 * @note: a signed note whose text is a checkpoint that was checked
 * @name: the name of the witness's key
 * @seed: a private key that is used for nothing else: 32 bytes
 * @time: when the witness saw it, from 1970 on; whole seconds count
 * @error: return location for an error
 *
 * Returns: (transfer full): the note with a cosignature; errors as wb_note_add_signature()
 */
char *
wb_note_cosign (const char *note,
                const char *name,
                const WbSecret *seed,
                WbInstant time,
                GError **error)
{
  g_auto (Parts) parts = { 0 };
  g_autoptr (WbNoteKey) key = make_key (name, seed, WB_NOTE_COSIGNATURE, error);
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GString) signed_note = NULL;
  guint64 seconds = (guint64) MAX (time, 0) / 1000;
  guint8 stamped[TIME_SIZE + WB_ED25519_SIGNATURE_SIZE];

  if (key == NULL || !take_apart (note, strlen (note), &parts, error))
    return NULL;
  bytes = make_cosigned (seconds, note, parts.text_size);
  for (guint i = 0; i < TIME_SIZE; i++)
    stamped[i] = (guint8) (seconds >> (56 - 8 * i));
  if (!wb_ed25519_sign (seed, bytes->data, bytes->len, stamped + TIME_SIZE, error))
    return NULL;
  signed_note = g_string_new (note);
  append_line (signed_note, key, stamped, sizeof stamped);
  return g_string_free (g_steal_pointer (&signed_note), FALSE);
}
