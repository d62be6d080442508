/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The JSON object inside a key file, written and read without leaving locked memory. It has one
 * form, without white space; reading takes that form and an LF at the end, and nothing else.
 */
#include "wb-key-text-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define KEY_SIZE 32
#define IDENTITY_MIN 60 /* AGE-SECRET-KEY-1 and 58 characters; other kinds may come */
#define IDENTITY_MAX 128
#define IDENTITY_START "AGE-SECRET-KEY-1"
#define USER_SIZE_MAX 32

#define KEYS_START "{\"format\":\"waarborg-keys v"
#define RECOVERY_START "{\"format\":\"waarborg-recovery v"

typedef struct {
  WbSecret *text;
  gsize size;
} Writer;

typedef struct {
  const char *at;
  gsize left;
} Reader;

static void
put (Writer *writer, gconstpointer bytes, gsize size)
{
  g_assert (writer->size + size <= WB_KEY_TEXT_MAX);
  memcpy (wb_secret_peek_writable (writer->text) + writer->size, bytes, size);
  writer->size += size;
}

static void
put_text (Writer *writer, const char *text)
{
  put (writer, text, strlen (text));
}

static void
put_hex (Writer *writer, const WbSecret *key)
{
  static const char digits[] = "0123456789abcdef";
  const guint8 *bytes = wb_secret_peek (key, NULL);

  for (gsize i = 0; i < KEY_SIZE; i++) {
    put (writer, &digits[bytes[i] >> 4], 1);
    put (writer, &digits[bytes[i] & 0x0f], 1);
  }
}

static gboolean
is_identity (const char *text, gsize size)
{
  if (size < IDENTITY_MIN || size > IDENTITY_MAX ||
      memcmp (text, IDENTITY_START, strlen (IDENTITY_START)) != 0)
    return FALSE;
  for (gsize i = 0; i < size; i++) {
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_key (const WbSecret *key)
{
  return key != NULL && wb_secret_get_size (key) == KEY_SIZE;
}

WbSecret *
wb_key_text_write (const WbKeyFile *keys, gsize *ret_size, GError **error)
{
  g_autoptr (WbSecret) text = NULL;
  const guint8 *identity;
  gsize size;
  Writer writer;

  g_return_val_if_fail (is_key (keys->store_key) && is_key (keys->seed) && is_key (keys->log_seed),
                        NULL);
  identity = wb_secret_peek (keys->identity, &size);
  g_return_val_if_fail (is_identity ((const char *) identity, size), NULL);

  text = wb_secret_new (WB_KEY_TEXT_MAX, error);
  if (text == NULL)
    return NULL;
  writer = (Writer){ text, 0 };
  put_text (&writer, KEYS_START "1\",\"user\":\"");
  put_text (&writer, keys->user);
  put_text (&writer, "\",\"store\":\"");
  put_hex (&writer, keys->store_key);
  put_text (&writer, "\",\"seed\":\"");
  put_hex (&writer, keys->seed);
  put_text (&writer, "\",\"log\":\"");
  put_hex (&writer, keys->log_seed);
  put_text (&writer, "\",\"identity\":\"");
  put (&writer, identity, size);
  put_text (&writer, "\"}\n");
  *ret_size = writer.size;
  return g_steal_pointer (&text);
}

WbSecret *
wb_key_text_write_recovery (const WbSecret *store_key, gsize *ret_size, GError **error)
{
  g_autoptr (WbSecret) text = NULL;
  Writer writer;

  g_return_val_if_fail (is_key (store_key), NULL);

  text = wb_secret_new (WB_KEY_TEXT_MAX, error);
  if (text == NULL)
    return NULL;
  writer = (Writer){ text, 0 };
  put_text (&writer, RECOVERY_START "1\",\"store\":\"");
  put_hex (&writer, store_key);
  put_text (&writer, "\"}\n");
  *ret_size = writer.size;
  return g_steal_pointer (&text);
}

static gboolean
take (Reader *reader, const char *expected)
{
  gsize size = strlen (expected);

  if (reader->left < size || memcmp (reader->at, expected, size) != 0)
    return FALSE;
  reader->at += size;
  reader->left -= size;
  return TRUE;
}

static WbSecret *
take_key (Reader *reader, GError **error)
{
  g_autoptr (WbSecret) key = NULL;
  guint8 *bytes;

  if (reader->left < 2 * KEY_SIZE)
    return NULL;
  key = wb_secret_new (KEY_SIZE, error);
  if (key == NULL)
    return NULL;
  bytes = wb_secret_peek_writable (key);
  for (gsize i = 0; i < KEY_SIZE; i++) {
    int high = g_ascii_xdigit_value (reader->at[2 * i]);
    int low = g_ascii_xdigit_value (reader->at[2 * i + 1]);

    if (high < 0 || low < 0 || g_ascii_isupper (reader->at[2 * i]) ||
        g_ascii_isupper (reader->at[2 * i + 1]))
      return NULL;
    bytes[i] = (guint8) (high << 4 | low);
  }
  reader->at += 2 * KEY_SIZE;
  reader->left -= 2 * KEY_SIZE;
  return g_steal_pointer (&key);
}

/* What stands before the next quotation mark. */
static gboolean
take_word (Reader *reader, gsize limit, const char **ret_word, gsize *ret_size)
{
  const char *end = memchr (reader->at, '"', MIN (reader->left, limit + 1));

  if (end == NULL)
    return FALSE;
  *ret_word = reader->at;
  *ret_size = (gsize) (end - reader->at);
  reader->left -= *ret_size;
  reader->at = end;
  return TRUE;
}

static char *
take_user (Reader *reader)
{
  g_autofree char *user = NULL;
  const char *word;
  gsize size;

  if (!take_word (reader, USER_SIZE_MAX, &word, &size))
    return NULL;
  user = g_strndup (word, size);
  return wb_key_file_check_user (user, NULL) ? g_steal_pointer (&user) : NULL;
}

static WbSecret *
take_identity (Reader *reader, GError **error)
{
  const char *word;
  gsize size;

  if (!take_word (reader, IDENTITY_MAX, &word, &size) || !is_identity (word, size))
    return NULL;
  return wb_secret_new_copy (word, size, error);
}

static gboolean
take_end (Reader *reader)
{
  return take (reader, "\"}") && (reader->left == 0 || (take (reader, "\n") && reader->left == 0));
}

/* The bytes are authentic, so whoever wrote them knew the passphrase. */
static gboolean
refuse (const char *name, const char *text, gsize size, const char *start, GError **error)
{
  gsize start_size = strlen (start);

  if (error != NULL && *error != NULL)
    return FALSE;
  if (size > start_size + 1 && memcmp (text, start, start_size) == 0 &&
      memcmp (text + start_size, "1\"", 2) != 0)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NEWER,
                 _ ("%s was made by a newer Waarborg: install that one."),
                 name);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_DAMAGED,
                 _ ("%s does not hold the keys of a register: take it back from a backup."),
                 name);
  return FALSE;
}

static gboolean
read_fields (Reader *reader, WbKeyFile *keys, GError **error)
{
  return take (reader, KEYS_START "1\",\"user\":\"") && (keys->user = take_user (reader)) != NULL &&
         take (reader, "\",\"store\":\"") && (keys->store_key = take_key (reader, error)) != NULL &&
         take (reader, "\",\"seed\":\"") && (keys->seed = take_key (reader, error)) != NULL &&
         take (reader, "\",\"log\":\"") && (keys->log_seed = take_key (reader, error)) != NULL &&
         take (reader, "\",\"identity\":\"") &&
         (keys->identity = take_identity (reader, error)) != NULL && take_end (reader);
}

WbKeyFile *
wb_key_text_read (const WbSecret *text, const char *name, GError **error)
{
  g_autoptr (WbKeyFile) keys = g_new0 (WbKeyFile, 1);
  g_autoptr (GError) problem = NULL;
  gsize size;
  const char *bytes = (const char *) wb_secret_peek (text, &size);
  Reader reader = { bytes, size };

  if (read_fields (&reader, keys, &problem))
    return g_steal_pointer (&keys);
  refuse (name, bytes, size, KEYS_START, &problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

WbSecret *
wb_key_text_read_recovery (const WbSecret *text, const char *name, GError **error)
{
  g_autoptr (WbSecret) key = NULL;
  g_autoptr (GError) problem = NULL;
  gsize size;
  const char *bytes = (const char *) wb_secret_peek (text, &size);
  Reader reader = { bytes, size };

  if (take (&reader, RECOVERY_START "1\",\"store\":\"") &&
      (key = take_key (&reader, &problem)) != NULL && take_end (&reader))
    return g_steal_pointer (&key);
  refuse (name, bytes, size, RECOVERY_START, &problem);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
