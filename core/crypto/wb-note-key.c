/* SPDX-License-Identifier: EUPL-1.2 */

/* Public keys of signed notes (C2SP signed-note v1.0.0): a name, a short id and Ed25519. */
#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-note-private.h"

#define NAME_MAX_SIZE 255 /* bytes; ours has 40 */
#define VKEY_MAX 512      /* characters; name, id and key fit with room to spare */
#define ID_DIGITS 8

/* The id: the first bytes of SHA-256 over name, LF, type and key. */
static void
compute_id (WbNoteKey *self)
{
  g_autoptr (WbSha256) sum = wb_sha256_new ();
  guint8 digest[WB_SHA256_SIZE];

  wb_sha256_update (sum, self->name, strlen (self->name));
  wb_sha256_update (sum, "\n", 1);
  wb_sha256_update (sum, &self->type, 1);
  wb_sha256_update (sum, self->public, sizeof self->public);
  wb_sha256_finish (sum, digest);
  memcpy (self->id, digest, sizeof self->id);
}

gboolean
wb_note_is_name (const char *name, gsize size)
{
  if (size == 0 || size > NAME_MAX_SIZE || !wb_text_check (name, size, NULL))
    return FALSE;
  for (const char *at = name; at < name + size; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c == '+' || g_unichar_isspace (c) || g_unichar_iscntrl (c))
      return FALSE;
  }
  return TRUE;
}

WbNoteKey *
wb_note_key_new_typed (const char *name,
                       guint8 type,
                       const guint8 public[WB_ED25519_PUBLIC_SIZE],
                       GError **error)
{
  WbNoteKey *self;

  if (!wb_note_is_name (name, strlen (name))) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The name of a key may hold no blanks and no \"+\"."));
    return NULL;
  }
  self = g_new0 (WbNoteKey, 1);
  self->name = g_strdup (name);
  self->type = type;
  memcpy (self->public, public, sizeof self->public);
  compute_id (self);
  return self;
}

/**
 * wb_note_key_new:
 * @name: the name of the key, without blanks and "+"
 * @public: the key
 * @error: return location for an error
 *
 * Returns: (transfer full): the key of one who signs notes; %NULL with %WB_ERROR_INVALID where the
 *   name will not do
 */
WbNoteKey *
wb_note_key_new (const char *name, const guint8 public[WB_ED25519_PUBLIC_SIZE], GError **error)
{
  return wb_note_key_new_typed (name, WB_NOTE_ED25519, public, error);
}

/**
 * wb_note_key_new_witness:
 * @name: the name of the key, without blanks and "+"
 * @public: the key
 * @error: return location for an error
 *
 * Returns: (transfer full): the key of one who cosigns checkpoints; errors as wb_note_key_new()
 */
WbNoteKey *
wb_note_key_new_witness (const char *name,
                         const guint8 public[WB_ED25519_PUBLIC_SIZE],
                         GError **error)
{
  return wb_note_key_new_typed (name, WB_NOTE_COSIGNATURE, public, error);
}

static WbNoteKey *
refuse (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("This is not the key of a log or a witness: check that all of it was "
                          "copied."));
  return NULL;
}

/* Takes the text before the next "+" off; the key after the second may hold more of them. */
static char *
take_field (const char **at)
{
  const char *plus = strchr (*at, '+');
  const char *start = *at;

  if (plus == NULL)
    return NULL;
  *at = plus + 1;
  return g_strndup (start, (gsize) (plus - start));
}

/**
 * wb_note_key_parse:
 * @vkey: "NAME+ID+KEY", with or without one LF behind it
 * @error: return location for an error
 *
 * Returns: (transfer full): the key, of Ed25519 or a cosignature; %NULL with %WB_ERROR_INVALID
 *   where it is none, is of another type, or is not sound
 */
WbNoteKey *
wb_note_key_parse (const char *vkey, GError **error)
{
  gsize length = strnlen (vkey, VKEY_MAX + 1);
  g_autofree char *copy =
      g_strndup (vkey, length > 0 && vkey[length - 1] == '\n' ? length - 1 : length);
  const char *at = copy;
  g_autofree char *name = length <= VKEY_MAX ? take_field (&at) : NULL;
  g_autofree char *digits = name != NULL ? take_field (&at) : NULL;
  g_autofree guint8 *key = NULL;
  g_autoptr (WbNoteKey) self = NULL;
  guint8 id[ID_DIGITS / 2];
  gsize size;

  if (digits == NULL || !wb_hex_decode (digits, id, sizeof id, NULL))
    return refuse (error);
  key = wb_base64_decode (at, -1, WB_BASE64_PADDED, &size, NULL);
  if (key == NULL || size != 1 + WB_ED25519_PUBLIC_SIZE ||
      (key[0] != WB_NOTE_ED25519 && key[0] != WB_NOTE_COSIGNATURE))
    return refuse (error);
  if (!wb_ed25519_check_public (key + 1, error))
    return NULL;
  self = wb_note_key_new_typed (name, key[0], key + 1, error);
  if (self == NULL)
    return NULL;
  if (memcmp (self->id, id, sizeof id) != 0)
    return refuse (error);
  return g_steal_pointer (&self);
}

/**
 * wb_note_key_format:
 * @self: a key
 *
 * Returns: (transfer full): "NAME+ID+KEY", without LF
 */
char *
wb_note_key_format (const WbNoteKey *self)
{
  guint8 key[1 + WB_ED25519_PUBLIC_SIZE];
  g_autofree char *digits = wb_hex_encode (self->id, sizeof self->id);
  g_autofree char *base64 = NULL;

  key[0] = self->type;
  memcpy (key + 1, self->public, WB_ED25519_PUBLIC_SIZE);
  base64 = wb_base64_encode (key, sizeof key, WB_BASE64_PADDED);
  return g_strjoin ("+", self->name, digits, base64, NULL);
}

void
wb_note_key_free (WbNoteKey *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}
