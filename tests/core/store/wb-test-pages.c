/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Looks into a store as somebody would who has its key and no respect for SQLite: each page is
 * decrypted by itself (AES-256-CBC; the last 80 bytes of a page are its vector and code), whether
 * any table still leads to it or not.
 */
#include "wb-test-pages.h"

#include <gcrypt.h>
#include <string.h>

#define PAGE 4096
#define RESERVE 80 /* 16 of vector, 64 of HMAC-SHA512 */
#define SALT 16    /* of page 1, in clear */
#define WAL_HEADER 32
#define FRAME_HEADER 24

static void
decrypt_page (const guint8 *page, gboolean first, const guint8 *key, guint8 *into)
{
  gsize from = first ? SALT : 0;
  gcry_cipher_hd_t cipher;

  memset (into, 0, PAGE);
  assert_int_equal (gcry_cipher_open (&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_CBC, 0), 0);
  assert_int_equal (gcry_cipher_setkey (cipher, key, 32), 0);
  assert_int_equal (gcry_cipher_setiv (cipher, page + PAGE - RESERVE, 16), 0);
  assert_int_equal (gcry_cipher_decrypt (cipher,
                                         into + from,
                                         PAGE - RESERVE - from,
                                         page + from,
                                         PAGE - RESERVE - from),
                    0);
  gcry_cipher_close (cipher);
}

static guint
count_in (const guint8 *bytes, gsize size, const char *canary)
{
  gsize length = strlen (canary);
  guint n = 0;

  for (gsize at = 0; at + length <= size; at++)
    n += g_ascii_strncasecmp ((const char *) bytes + at, canary, length) == 0;
  return n;
}

/* A canary may lie across two pages of one blob: pages are put together without their ends. */
static guint
count_pages (const guint8 *file,
             gsize size,
             gsize header,
             gsize frame,
             const guint8 *key,
             const char *canary)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();

  for (gsize at = header; at + frame + PAGE <= size; at += frame + PAGE) {
    guint8 page[PAGE];
    guint32 number = 0;

    if (frame > 0)
      memcpy (&number, file + at, sizeof number);
    decrypt_page (file + at + frame,
                  frame > 0 ? GUINT32_FROM_BE (number) == 1 : at == 0,
                  key,
                  page);
    if (at == 0)
      assert_int_equal (page[SALT + 4 + 1], 64); /* "maximum embedded payload fraction" */
    g_byte_array_append (plain, page, PAGE - RESERVE);
  }
  return count_in (plain->data, plain->len, canary);
}

guint
wb_test_pages_count (const char *path, const WbSecret *key, const char *canary)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *journal = NULL;
  gsize size, journal_size = 0;
  const guint8 *raw = wb_secret_peek (key, NULL);
  guint n;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  assert_int_equal (size % PAGE, 0);
  n = count_pages ((const guint8 *) bytes, size, 0, 0, raw, canary);
  if (g_file_get_contents (wal, &journal, &journal_size, NULL))
    n +=
        count_pages ((const guint8 *) journal, journal_size, WAL_HEADER, FRAME_HEADER, raw, canary);
  return n;
}
