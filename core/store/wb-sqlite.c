/* SPDX-License-Identifier: EUPL-1.2 */

/* SQLite as we want it: memory that is wiped when it is freed, and its codes in our words. */
#include "wb-sqlite-private.h"

#include <errno.h>
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

static sqlite3_mem_methods base_memory;

static void
wipe_free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, (gsize) base_memory.xSize (memory));
  base_memory.xFree (memory);
}

static void *
wipe_realloc (void *memory, int size)
{
  int old = base_memory.xSize (memory);
  void *moved;

  if (size <= old && size > old / 2)
    return memory;
  moved = base_memory.xMalloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, (gsize) MIN (old, size));
  wipe_free (memory);
  return moved;
}

/*
 * SQLite wipes nothing that it frees, and its cache holds decrypted pages. SQLCipher's own
 * cipher_memory_security also locks every single allocation, which made look-ups seventeen times
 * as slow here (2.9 s against 0.17 s for 20,000; this: 0.2 s) and runs over RLIMIT_MEMLOCK. The
 * key itself it keeps locked and wipes in any case. Without effect where another library has
 * started SQLite before us.
 */
void
wb_sqlite_configure (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    sqlite3_mem_methods memory;

    if (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &base_memory) == SQLITE_OK) {
      memory = base_memory;
      memory.xFree = wipe_free;
      memory.xRealloc = wipe_realloc;
      (void) sqlite3_config (SQLITE_CONFIG_MALLOC, &memory);
    }
    (void) sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0); /* its slots are not wiped one by one */
    g_once_init_leave (&once, 1);
  }
}

static gboolean
is_out_of_space (WbDb *db, int rc)
{
  int code;

  if ((rc & 0xff) == SQLITE_FULL)
    return TRUE;
  if ((rc & 0xff) != SQLITE_IOERR && (rc & 0xff) != SQLITE_CANTOPEN)
    return FALSE;
  code = sqlite3_system_errno (db->native);
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

gboolean
wb_sqlite_set_damaged (WbDb *db, GError **error)
{
  const char *text = db->opened ? _ ("%s is damaged: close the register and take it back from a "
                                     "backup.")
                                : _ ("%s is damaged or belongs to another register: take it back "
                                     "from a backup.");

  g_set_error (error, WB_ERROR, WB_ERROR_DAMAGED, text, db->name);
  return FALSE;
}

/*
 * What SQLite says of itself goes in only where it cannot quote what was searched for: FTS5
 * reports a query it cannot read, words and all, as a plain SQLITE_ERROR.
 */
static gboolean
set_other_error (WbDb *db, int rc, GError **error)
{
  if ((rc & 0xff) == SQLITE_IOERR)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_IO,
                 _ ("The disk reports an error on %s (%d): check the disk and make a backup."),
                 db->name,
                 rc);
  else if ((rc & 0xff) == SQLITE_CONSTRAINT)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_DATABASE,
                 _ ("The database refuses this, so nothing was changed: %s (%d)."),
                 sqlite3_errmsg (db->native),
                 rc);
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_DATABASE,
                 _ ("The database cannot do this, so nothing was changed: %s (%d)."),
                 sqlite3_errstr (rc),
                 rc);
  return FALSE;
}

gboolean
wb_sqlite_set_error (WbDb *db, GError **error)
{
  int rc = sqlite3_extended_errcode (db->native);
  WbError code;
  const char *text;

  if (is_out_of_space (db, rc)) {
    code = WB_ERROR_NO_SPACE;
    text = _ ("The disk is full, so %s was not changed: make room and try again.");
  } else if ((rc & 0xff) == SQLITE_NOTADB || (rc & 0xff) == SQLITE_CORRUPT) {
    return wb_sqlite_set_damaged (db, error);
  } else if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED) {
    code = WB_ERROR_BUSY;
    text = _ ("Another program is using %s: close it and try again.");
  } else if ((rc & 0xff) == SQLITE_READONLY || (rc & 0xff) == SQLITE_CANTOPEN ||
             (rc & 0xff) == SQLITE_PERM) {
    code = WB_ERROR_IO;
    text = _ ("%s cannot be opened or written: check the rights on it and its folder.");
  } else if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
             rc == SQLITE_CONSTRAINT_ROWID) {
    code = WB_ERROR_EXISTS;
    text = _ ("This is in %s already, so nothing was changed.");
  } else if ((rc & 0xff) == SQLITE_TOOBIG) {
    code = WB_ERROR_TOO_LARGE;
    text = _ ("This is too large for %s: split it.");
  } else {
    return set_other_error (db, rc, error);
  }
  g_set_error (error, WB_ERROR, code, text, db->name);
  return FALSE;
}
