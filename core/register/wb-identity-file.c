/* SPDX-License-Identifier: EUPL-1.2 */

/* Files with age identities: the secret halves of recovery keys, straight into locked memory. */
#include "wb-identity-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-safe-file.h"

#define IDENTITY_START "AGE-SECRET-KEY-1"
#define FILE_MAX (16 * 1024) /* bytes; one identity takes 75 */

static GPtrArray *
split (const WbSecret *text, GError **error)
{
  g_autoptr (GPtrArray) identities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  gsize size = 0;
  const char *bytes = wb_secret_peek (text, &size);

  for (gsize at = 0; at < size;) {
    const char *line = bytes + at;
    const char *end = memchr (line, '\n', size - at);
    gsize whole = end != NULL ? (gsize) (end - line) : size - at;
    gsize length = whole > 0 && line[whole - 1] == '\r' ? whole - 1 : whole;

    if (length > strlen (IDENTITY_START) &&
        memcmp (line, IDENTITY_START, strlen (IDENTITY_START)) == 0) {
      WbSecret *identity = wb_secret_new_copy (line, length, error);

      if (identity == NULL)
        return NULL;
      g_ptr_array_add (identities, identity);
    }
    at += whole + 1;
  }
  return g_steal_pointer (&identities);
}

/**
 * wb_identity_file_load:
 * @path: a file as age-keygen writes it; other lines are passed over
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbSecret): the AGE-SECRET-KEY-1… lines; %NULL with
 *   %WB_ERROR_INVALID where there is none, %WB_ERROR_NOT_FOUND, %WB_ERROR_TOO_LARGE or %WB_ERROR_IO
 */
GPtrArray *
wb_identity_file_load (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (WbSecret) text = NULL;
  g_autoptr (GPtrArray) identities = NULL;
  int fd;

  if (!wb_secret_memory_init (error))
    return NULL;
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    (void) wb_safe_file_set_error (error, name, errno);
    return NULL;
  }
  text = wb_secret_new_from_fd (fd, FILE_MAX, FALSE, error);
  (void) close (fd);
  identities = text != NULL ? split (text, error) : NULL;
  if (identities == NULL || identities->len > 0)
    return g_steal_pointer (&identities);
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("That file holds no age identity (AGE-SECRET-KEY-1…)."));
  return NULL;
}

/**
 * wb_identity_take_text:
 * @text: what was typed: a passphrase, or an identity
 *
 * Returns: (transfer full) (nullable) (element-type WbSecret): the identity, where it is one
 */
GPtrArray *
wb_identity_take_text (WbSecret *text)
{
  g_autoptr (GPtrArray) identities = split (text, NULL);

  return identities != NULL && identities->len > 0 ? g_steal_pointer (&identities) : NULL;
}
