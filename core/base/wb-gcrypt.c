/* SPDX-License-Identifier: EUPL-1.2 */

/* Starts libgcrypt once, in the one order in which its secret memory works. */
#include "wb-gcrypt-private.h"

#include <gcrypt.h>

enum { STARTED_LOCKED = 1, STARTED_UNLOCKED };

static gsize
start (void)
{
  const char *version;
  gcry_error_t failed;

  if (gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    return STARTED_UNLOCKED; /* by someone else: what it locked is not known */
  version = gcry_check_version ("1.10.0");
  g_assert (version != NULL);
  gcry_control (GCRYCTL_SUSPEND_SECMEM_WARN);
  /* When the pool is full, growing it beats the alternative: libgcrypt ends the process. */
  gcry_control (GCRYCTL_AUTO_EXPAND_SECMEM, (unsigned int) WB_GCRYPT_POOL);
  failed = gcry_control (GCRYCTL_INIT_SECMEM, WB_GCRYPT_POOL, 0);
  gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
  return failed ? STARTED_UNLOCKED : STARTED_LOCKED;
}

/**
 * wb_gcrypt_ensure:
 *
 * Starts libgcrypt with a pool of locked memory. The warning about unlocked memory stays off: it
 * goes to standard error, and a program asks wb_secret_memory_is_locked() to tell people properly.
 *
 * Returns: whether its pool is locked
 */
gboolean
wb_gcrypt_ensure (void)
{
  static gsize started;

  if (g_once_init_enter (&started))
    g_once_init_leave (&started, start ());
  return started == STARTED_LOCKED;
}
