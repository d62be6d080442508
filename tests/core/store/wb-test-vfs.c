/* SPDX-License-Identifier: EUPL-1.2 */

/* The shim under SQLCipher, and SQL on files that are not ours. Only tests include sqlite3.h. */
#include "wb-test-vfs.h"

#include <sqlite3.h>
#include <string.h>

#define PIECE (64 * 1024)

/* A write or, where there are no bytes, a truncation since the last sync. */
typedef struct {
  sqlite3_int64 at;
  GBytes *bytes; /* (nullable) */
} Change;

typedef struct {
  sqlite3_file base; /* SQLite allocates it, the real file right behind it */
  sqlite3_file *real;
  GByteArray *synced; /* what a power cut cannot take */
  GPtrArray *changes; /* (element-type Change) */
} ShimFile;

static struct {
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  char *canary;
  guint sightings;
  guint64 written;
  WbTestFault fault;
  guint left; /* calls until the fault; 0: none is set or it has happened */
  gboolean failed;
  GPtrArray *open; /* (element-type ShimFile): watched for a power cut */
  GRand *rand;
} shim;

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((ShimFile *) file)->real;
}

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->bytes, g_bytes_unref);
  g_free (change);
}

static void
note_change (ShimFile *file, const void *bytes, int size, sqlite3_int64 at)
{
  Change *change;

  if (file->changes == NULL)
    return;
  change = g_new0 (Change, 1);
  change->at = at;
  change->bytes = bytes != NULL ? g_bytes_new (bytes, (gsize) size) : NULL;
  g_ptr_array_add (file->changes, change);
}

/* SQLite's own layer moves at most 128 KiB in one call. */
static int
move_all (sqlite3_file *real, GByteArray *image, gboolean write)
{
  int rc = SQLITE_OK;

  for (guint at = 0; at < image->len && rc == SQLITE_OK; at += PIECE) {
    int part = (int) MIN (PIECE, image->len - at);

    rc = write ? real->pMethods->xWrite (real, image->data + at, part, at)
               : real->pMethods->xRead (real, image->data + at, part, at);
  }
  return rc;
}

/* What is in the file now is safe. */
static void
note_sync (ShimFile *file)
{
  sqlite3_int64 size = 0;

  if (file->changes == NULL)
    return;
  g_ptr_array_set_size (file->changes, 0);
  g_assert (file->real->pMethods->xFileSize (file->real, &size) == SQLITE_OK);
  g_byte_array_set_size (file->synced, (guint) size);
  g_assert (move_all (file->real, file->synced, FALSE) == SQLITE_OK);
}

static void
apply_change (GByteArray *image, const Change *change)
{
  gsize size = change->bytes != NULL ? g_bytes_get_size (change->bytes) : 0;
  guint old = image->len;

  if (change->bytes == NULL) {
    g_byte_array_set_size (image, (guint) change->at);
  } else {
    size = g_rand_int_range (shim.rand, 0, 4) == 0 ? size / 2 : size; /* torn */
    if (change->at + size > image->len)
      g_byte_array_set_size (image, (guint) (change->at + size));
    memcpy (image->data + change->at, g_bytes_get_data (change->bytes, NULL), size);
  }
  if (image->len > old && change->at > old) /* a hole reads as zeros */
    memset (image->data + old, 0, (gsize) change->at - old);
}

/* Each change that was not synced arrived, or did not, on its own: disks reorder. */
static void
cut_power (void)
{
  for (guint i = 0; i < shim.open->len; i++) {
    ShimFile *file = g_ptr_array_index (shim.open, i);

    for (guint c = 0; c < file->changes->len; c++) {
      if (g_rand_boolean (shim.rand))
        apply_change (file->synced, g_ptr_array_index (file->changes, c));
    }
    (void) file->real->pMethods->xTruncate (file->real, 0);
    g_assert (move_all (file->real, file->synced, TRUE) == SQLITE_OK);
  }
}

/* Whether this call is the one that fails. */
static gboolean
is_due (void)
{
  if (shim.failed)
    return shim.fault == WB_TEST_FAULT_BROKEN || shim.fault == WB_TEST_FAULT_CUT;
  if (shim.left == 0 || --shim.left > 0)
    return FALSE;
  shim.failed = TRUE;
  if (shim.fault == WB_TEST_FAULT_CUT)
    cut_power ();
  return TRUE;
}

static gboolean
change_is_due (void)
{
  return shim.fault != WB_TEST_FAULT_NONE && shim.fault != WB_TEST_FAULT_READ && is_due ();
}

static int
fault_code (int ours)
{
  return shim.fault == WB_TEST_FAULT_FULL ? SQLITE_FULL : ours;
}

static int
shim_close (sqlite3_file *file)
{
  ShimFile *ours = (ShimFile *) file;

  if (ours->changes != NULL) {
    g_ptr_array_remove (shim.open, ours);
    g_clear_pointer (&ours->changes, g_ptr_array_unref);
    g_clear_pointer (&ours->synced, g_byte_array_unref);
  }
  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
shim_read (sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
  if (shim.fault == WB_TEST_FAULT_READ && is_due ())
    return SQLITE_IOERR_READ;
  return get_real (file)->pMethods->xRead (get_real (file), bytes, size, at);
}

static int
shim_write (sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
  shim.written += (guint64) size;
  if (shim.canary != NULL &&
      memmem (bytes, (gsize) size, shim.canary, strlen (shim.canary)) != NULL)
    shim.sightings++;
  if (!shim.failed)
    note_change ((ShimFile *) file, bytes, size, at);
  if (change_is_due ())
    return fault_code (SQLITE_IOERR_WRITE);
  return get_real (file)->pMethods->xWrite (get_real (file), bytes, size, at);
}

static int
shim_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  if (change_is_due ())
    return fault_code (SQLITE_IOERR_TRUNCATE);
  note_change ((ShimFile *) file, NULL, 0, size);
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
shim_sync (sqlite3_file *file, int flags)
{
  if (change_is_due ())
    return fault_code (SQLITE_IOERR_FSYNC);
  note_sync ((ShimFile *) file);
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
shim_size (sqlite3_file *file, sqlite3_int64 *ret_size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), ret_size);
}

static int
shim_lock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
shim_unlock (sqlite3_file *file, int level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
shim_check_lock (sqlite3_file *file, int *ret_locked)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), ret_locked);
}

static int
shim_control (sqlite3_file *file, int operation, void *argument)
{
  return get_real (file)->pMethods->xFileControl (get_real (file), operation, argument);
}

static int
shim_sector (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
shim_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
shim_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **ret_memory)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), region, size, extend, ret_memory);
}

static int
shim_shm_lock (sqlite3_file *file, int offset, int count, int flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, count, flags);
}

static void
shim_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
shim_shm_unmap (sqlite3_file *file, int remove)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), remove);
}

/* Version 2: without xFetch every byte goes by way of xRead and xWrite. */
static const sqlite3_io_methods METHODS = {
  .iVersion = 2,
  .xClose = shim_close,
  .xRead = shim_read,
  .xWrite = shim_write,
  .xTruncate = shim_truncate,
  .xSync = shim_sync,
  .xFileSize = shim_size,
  .xLock = shim_lock,
  .xUnlock = shim_unlock,
  .xCheckReservedLock = shim_check_lock,
  .xFileControl = shim_control,
  .xSectorSize = shim_sector,
  .xDeviceCharacteristics = shim_characteristics,
  .xShmMap = shim_shm_map,
  .xShmLock = shim_shm_lock,
  .xShmBarrier = shim_shm_barrier,
  .xShmUnmap = shim_shm_unmap,
};

static int
shim_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
  ShimFile *ours = (ShimFile *) file;
  int rc;

  ours->real = (sqlite3_file *) (ours + 1);
  ours->base.pMethods = NULL;
  ours->changes = NULL;
  ours->synced = NULL;
  rc = shim.real->xOpen (shim.real, name, ours->real, flags, ret_flags);
  if (rc != SQLITE_OK)
    return rc;
  ours->base.pMethods = &METHODS;
  if (shim.fault == WB_TEST_FAULT_CUT) {
    ours->changes = g_ptr_array_new_with_free_func (change_free);
    ours->synced = g_byte_array_new ();
    note_sync (ours);
    g_ptr_array_add (shim.open, ours);
  }
  return rc;
}

static int
shim_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  if (change_is_due ())
    return fault_code (SQLITE_IOERR_DELETE);
  return shim.real->xDelete (shim.real, name, sync);
}

/* All that is not a file passes on to SQLite's own layer, which finds its data in its own table. */
void
wb_test_vfs_install (void)
{
  if (shim.real != NULL)
    return;
  shim.real = sqlite3_vfs_find (NULL);
  shim.open = g_ptr_array_new ();
  shim.rand = g_rand_new_with_seed (1);
  shim.vfs = *shim.real;
  shim.vfs.zName = "waarborg-test";
  shim.vfs.szOsFile = (int) sizeof (ShimFile) + shim.real->szOsFile;
  shim.vfs.xOpen = shim_open;
  shim.vfs.xDelete = shim_delete;
  g_assert (sqlite3_vfs_register (&shim.vfs, 1) == SQLITE_OK);
}

void
wb_test_vfs_watch (const char *canary)
{
  g_free (shim.canary);
  shim.canary = g_strdup (canary);
  shim.sightings = 0;
  shim.written = 0;
}

guint
wb_test_vfs_get_sightings (void)
{
  return shim.sightings;
}

guint64
wb_test_vfs_get_written (void)
{
  return shim.written;
}

void
wb_test_vfs_fail (WbTestFault fault, guint at)
{
  shim.fault = fault;
  shim.left = fault == WB_TEST_FAULT_NONE ? 0 : at;
  shim.failed = FALSE;
}

gboolean
wb_test_vfs_has_failed (void)
{
  return shim.failed;
}

void
wb_test_vfs_seed (guint32 seed)
{
  g_rand_set_seed (shim.rand, seed);
}

static sqlite3 *
open_raw (const char *path, const char *sql)
{
  sqlite3 *native = NULL;

  g_assert (sqlite3_open (path, &native) == SQLITE_OK);
  g_assert (sqlite3_exec (native, sql, NULL, NULL, NULL) == SQLITE_OK);
  return native;
}

void
wb_test_sql (const char *path, const char *sql)
{
  sqlite3_close (open_raw (path, sql));
}

char *
wb_test_sql_text (const char *path, const char *sql, const char *query)
{
  sqlite3 *native = open_raw (path, sql);
  sqlite3_stmt *stmt = NULL;
  char *text = NULL;

  g_assert (sqlite3_prepare_v2 (native, query, -1, &stmt, NULL) == SQLITE_OK);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (native);
  return text;
}
