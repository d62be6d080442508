/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Secret bytes. libgcrypt's own pool has no guard pages and lands in core dumps, so every secret
 * has its own mapping: locked, not dumped, empty in a forked child, its end against a guard page.
 */
#include "wb-secret.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "wb-error.h"
#include "wb-gcrypt-private.h"
#include "wb-i18n.h"

#define SECRET_MAX (16 * 1024 * 1024) /* larger things are files, not secrets */
#define GTK_SHARE (1024 * 1024)       /* of the lockable memory, for its password entries */
#define CANARY 0xa5                   /* fills the room before the secret; looked at when it goes */

struct _WbSecret {
  guint8 *bytes;
  gsize size;
  guint8 *map; /* guard page, body, guard page */
  gsize body;
  gboolean locked;
};

static GMutex lock;
static gsize locked_now;    /* bytes of our mappings that are locked */
static gsize locked_limit;  /* how many may be */
static gboolean all_locked; /* nothing was left unlocked so far */

static gsize
get_page_size (void)
{
  return (gsize) sysconf (_SC_PAGESIZE);
}

/* How much we may lock: all that is allowed, less what GTK and libgcrypt need. */
static gsize
find_limit (void)
{
  struct rlimit limit;

  if (geteuid () == 0 || getrlimit (RLIMIT_MEMLOCK, &limit) != 0)
    return G_MAXSIZE; /* where that is too hopeful, mlock() will say so */
  if (limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = limit.rlim_max;
    (void) setrlimit (RLIMIT_MEMLOCK, &limit);
    (void) getrlimit (RLIMIT_MEMLOCK, &limit);
  }
  if (limit.rlim_cur == RLIM_INFINITY)
    return G_MAXSIZE;
  if (limit.rlim_cur < 2 * GTK_SHARE)
    return limit.rlim_cur / 2;
  return limit.rlim_cur - GTK_SHARE - WB_GCRYPT_POOL;
}

/* Neither a crash nor another process of the same user may read our memory. */
static gboolean
forbid_dumps (GError **error)
{
  const struct rlimit none = { 0, 0 };

  if (prctl (PR_SET_DUMPABLE, 0) == 0 && setrlimit (RLIMIT_CORE, &none) == 0)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_IO,
                       _ ("The system does not let this program keep its memory out of crash "
                          "reports: start it as an ordinary user on an ordinary Linux system."));
  return FALSE;
}

/**
 * wb_secret_memory_init:
 * @error: return location for an error
 *
 * Makes the process fit to hold secrets: no core dumps, not readable by other processes of the
 * user, libgcrypt started. Every program calls it first; wb_secret_new() does too, so that no
 * secret ever lives without. May be called often and from any thread.
 *
 * Memory that cannot be locked is no error: see wb_secret_memory_is_locked().
 *
 * Returns: %FALSE with %WB_ERROR_IO where the system refuses
 */
gboolean
wb_secret_memory_init (GError **error)
{
  static gboolean ready;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (ready)
    return TRUE;
  if (!forbid_dumps (error))
    return FALSE;
  locked_limit = find_limit ();
  all_locked = wb_gcrypt_ensure ();
  ready = TRUE;
  return TRUE;
}

/**
 * wb_secret_memory_is_locked:
 *
 * Returns: whether all secrets so far are in memory that is never written to swap. If %FALSE, tell
 *   the user: only an encrypted swap is safe.
 */
gboolean
wb_secret_memory_is_locked (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return all_locked;
}

/* Locks a mapping if our share allows; remembers for ever where it did not. */
static gboolean
lock_body (gpointer body, gsize size)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (size > locked_limit - MIN (locked_now, locked_limit) || mlock (body, size) != 0) {
    all_locked = FALSE;
    return FALSE;
  }
  locked_now += size;
  return TRUE;
}

static void
unlock_body (gsize size)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  locked_now -= size;
}

/* Maps @size bytes between two guard pages, the last byte against the upper one. */
static gboolean
map_secret (WbSecret *self, gsize size)
{
  gsize page = get_page_size ();
  gsize body = MAX ((size + page - 1) / page, 1) * page;
  guint8 *map = mmap (NULL, body + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (map == MAP_FAILED)
    return FALSE;
  if (mprotect (map + page, body, PROT_READ | PROT_WRITE) != 0) {
    munmap (map, body + 2 * page);
    return FALSE;
  }
  self->locked = lock_body (map + page, body);
  (void) madvise (map + page, body, MADV_DONTDUMP);
  (void) madvise (map + page, body, MADV_WIPEONFORK);
  self->map = map;
  self->body = body;
  self->size = size;
  self->bytes = map + page + body - size;
  memset (map + page, CANARY, body - size);
  return TRUE;
}

/* Stops the program where someone wrote before a secret; a forked child sees zeros there. */
static void
check_canary (const WbSecret *self, const guint8 *body)
{
  guint8 expected = CANARY;

  for (const guint8 *at = body; at < self->bytes; at++) {
    if (at == body && *at == 0)
      expected = 0;
    g_assert (*at == expected);
  }
}

static void
clear_secret (gpointer data)
{
  WbSecret *self = data;
  guint8 *body;
  gsize page;

  if (self->map == NULL)
    return;
  page = get_page_size ();
  body = self->map + page;
  check_canary (self, body);
  explicit_bzero (self->bytes, self->size);
  munmap (self->map, self->body + 2 * page);
  if (self->locked)
    unlock_body (self->body);
}

/**
 * wb_secret_new:
 * @size: length in bytes; 0 is allowed
 * @error: return location for an error
 *
 * Returns: (transfer full): a secret of zeros, to be filled by wb_secret_peek_writable();
 *   %NULL with %WB_ERROR_TOO_LARGE over 16 MiB, or %WB_ERROR_IO without memory
 */
WbSecret *
wb_secret_new (gsize size, GError **error)
{
  g_autoptr (WbSecret) self = NULL;

  if (!wb_secret_memory_init (error))
    return NULL;
  if (size > SECRET_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("This is too large to be a key or a passphrase."));
    return NULL;
  }
  self = g_atomic_rc_box_new0 (WbSecret);
  if (!map_secret (self, size)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("There is not enough memory for a key: close other programs and try "
                            "again."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * wb_secret_new_copy:
 * @bytes: the secret; the caller wipes its own copy
 * @size: length in bytes
 * @error: return location for an error
 *
 * Returns: (transfer full): a copy in locked memory; errors as for wb_secret_new()
 */
WbSecret *
wb_secret_new_copy (gconstpointer bytes, gsize size, GError **error)
{
  WbSecret *self = wb_secret_new (size, error);

  if (self != NULL && size > 0)
    memcpy (self->bytes, bytes, size);
  return self;
}

/*
 * Reads until the end, or an LF where @first_line, or until @into is full. Of a line not a byte
 * more than the LF is taken: the next line may be another passphrase.
 */
static gboolean
read_fd (int fd, gboolean first_line, WbSecret *into, gsize *ret_size, gboolean *ret_ended)
{
  gsize size = 0;
  gboolean ended = FALSE;

  while (!ended && size < into->size) {
    gssize got = read (fd, into->bytes + size, first_line ? 1 : into->size - size);

    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return FALSE;
    ended = got == 0 || (first_line && into->bytes[size] == '\n');
    size += ended ? 0 : (gsize) got;
  }
  *ret_size = size;
  *ret_ended = ended;
  return TRUE;
}

static gboolean
check_read (const WbSecret *read, gsize size, gsize limit, gboolean first_line, GError **error)
{
  if (size == 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         first_line ? _ ("The passphrase is empty: put it on the first line.")
                                    : _ ("The key is empty: check that the right file was named."));
    return FALSE;
  }
  if (size > limit) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_TOO_LARGE,
                 _ ("The passphrase or key is longer than %zu"
                    " bytes: check that the right file was named."),
                 limit);
    return FALSE;
  }
  if (first_line && memchr (read->bytes, 0, size) != NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The passphrase holds a character that cannot be typed: check that "
                            "the right file was named."));
    return FALSE;
  }
  return TRUE;
}

/**
 * wb_secret_new_from_fd:
 * @fd: an open file, pipe or terminal
 * @limit: the most bytes that are accepted
 * @first_line: whether to take only the first line, without its LF or CRLF: a passphrase
 * @error: return location for an error
 *
 * Reads straight into locked memory. Of a passphrase nothing beyond its line is read.
 *
 * Returns: (transfer full): the secret; %NULL with %WB_ERROR_INVALID where it is empty (or, for a
 *   passphrase, holds a NUL), %WB_ERROR_TOO_LARGE over @limit, %WB_ERROR_IO where reading fails
 */
WbSecret *
wb_secret_new_from_fd (int fd, gsize limit, gboolean first_line, GError **error)
{
  g_autoptr (WbSecret) whole = NULL;
  gsize size = 0;
  gboolean ended = FALSE;

  g_return_val_if_fail (limit < SECRET_MAX, NULL);

  /* One byte for the CR, one to see that there is more than allowed. */
  whole = wb_secret_new (limit + 2, error);
  if (whole == NULL)
    return NULL;
  if (!read_fd (fd, first_line, whole, &size, &ended)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The passphrase or key cannot be read: %s."),
                 g_strerror (errno));
    return NULL;
  }
  if (first_line && ended && size > 0 && whole->bytes[size - 1] == '\r')
    size--;
  if (!check_read (whole, size, limit, first_line, error))
    return NULL;
  return wb_secret_new_copy (whole->bytes, size, error);
}

/**
 * wb_secret_ref:
 * @self: a secret
 *
 * Returns: (transfer full): @self
 */
WbSecret *
wb_secret_ref (WbSecret *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wb_secret_unref:
 * @self: (nullable) (transfer full): a secret; its bytes are wiped with the last reference
 */
void
wb_secret_unref (WbSecret *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_secret);
}

/**
 * wb_secret_peek:
 * @self: a secret
 * @ret_size: (out) (optional): its length in bytes
 *
 * Returns: (transfer none): its bytes, not ended by NUL, valid as long as @self; never copy them
 *   into ordinary memory
 */
const guint8 *
wb_secret_peek (const WbSecret *self, gsize *ret_size)
{
  if (ret_size != NULL)
    *ret_size = self->size;
  return self->bytes;
}

/**
 * wb_secret_peek_writable:
 * @self: a secret that nobody else holds yet
 *
 * Returns: (transfer none): its bytes, to be filled
 */
guint8 *
wb_secret_peek_writable (WbSecret *self)
{
  return self->bytes;
}

gsize
wb_secret_get_size (const WbSecret *self)
{
  return self->size;
}

/**
 * wb_secret_equal:
 * @a: a secret
 * @b: another
 *
 * Returns: whether they are the same bytes; the time taken tells at most their lengths
 */
gboolean
wb_secret_equal (const WbSecret *a, const WbSecret *b)
{
  return a->size == b->size && wb_bytes_equal_constant_time (a->bytes, b->bytes, a->size);
}

/**
 * wb_bytes_equal_constant_time:
 * @a: @size bytes
 * @b: as many
 * @size: how many
 *
 * Returns: whether they are equal, in a time that does not depend on where they differ
 */
gboolean
wb_bytes_equal_constant_time (gconstpointer a, gconstpointer b, gsize size)
{
  const volatile guint8 *x = a;
  const volatile guint8 *y = b;
  guint8 difference = 0;

  for (gsize i = 0; i < size; i++)
    difference |= x[i] ^ y[i];
  return difference == 0;
}
