/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The schema's history. A step is applied whole or not at all; before the first step on an older
 * file the encrypted file is copied aside as store.db.before-N, and a later opening that finds
 * nothing left to do removes that copy, so that what is erased later does not live on in it.
 */
#include <glib/gstdio.h>

#include "wb-db-private.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-resources.h"

/* Order is history: appended, never edited once released. Version = index + 1. */
static const char *const MIGRATIONS[] = {
  "sql/0001-register.sql",
  "sql/0002-foreign.sql",
};

/**
 * wb_db_latest_version:
 *
 * Returns: the schema version that this program writes
 */
guint
wb_db_latest_version (void)
{
  return G_N_ELEMENTS (MIGRATIONS);
}

/* The text of one step. */
static char *
load_step (guint version, GError **error)
{
  g_autoptr (GBytes) sql = wb_core_resource (MIGRATIONS[version - 1], error);

  if (sql == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql));
}

static gboolean
apply_step (WbDb *db, guint version, WbDbLoadStep load, GError **error)
{
  g_autofree char *script = load (version, error);
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u", version);
  g_autoptr (WbTransaction) transaction = NULL;

  if (script == NULL)
    return FALSE;
  transaction = wb_transaction_begin (db, error);
  return transaction != NULL && wb_db_run_script (db, script, error) &&
         wb_db_run_script (db, mark, error) && wb_transaction_commit (transaction, error);
}

static char *
name_copy (WbDb *db, guint version)
{
  return g_strdup_printf ("%s.before-%u", wb_db_get_path (db), version);
}

static gboolean
copy_aside (WbDb *db, guint version, GError **error)
{
  g_autofree char *copy = name_copy (db, version);

  return wb_db_copy_to (db, copy, error);
}

static void
remove_copies (WbDb *db, guint version)
{
  for (guint older = 1; older < version; older++) {
    g_autofree char *copy = name_copy (db, older);

    (void) g_unlink (copy);
  }
}

static gboolean
check_version (gint64 version, guint latest, GError **error)
{
  if (version >= 0 && version <= latest)
    return TRUE;
  if (version < 0)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_DAMAGED,
                         _ ("The register has an impossible version: take it back from a backup."));
  else
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NEWER,
                 _ ("The register was made by a newer Waarborg (its tables have version "
                    "%lld): install that one."),
                 (long long) version);
  return FALSE;
}

/* As wb_db_migrate(), along another history: tests have one that is longer than ours. */
gboolean
wb_db_migrate_along (WbDb *db, WbDbLoadStep load, guint latest, guint target, GError **error)
{
  gint64 version;

  if (!wb_db_get_schema (db, &version, error) || !check_version (version, latest, error))
    return FALSE;
  if (version >= target) {
    remove_copies (db, (guint) version);
    return TRUE;
  }
  if (version > 0 && !copy_aside (db, (guint) version, error))
    return FALSE;
  while (version < target) {
    if (!apply_step (db, (guint) ++version, load, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_db_migrate:
 * @db: the open file, outside a transaction
 * @target: schema version to stop at; wb_db_latest_version() outside tests
 * @error: return location for an error
 *
 * Brings the schema up to @target. On failure the file is at the last whole step and nothing is
 * deleted.
 *
 * Returns: %FALSE with %WB_ERROR_NEWER if the file is ahead of this program, %WB_ERROR_NO_SPACE,
 *   %WB_ERROR_BUSY, %WB_ERROR_DAMAGED, %WB_ERROR_IO
 */
gboolean
wb_db_migrate (WbDb *db, guint target, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (target <= wb_db_latest_version (), FALSE);

  return wb_db_migrate_along (db, load_step, wb_db_latest_version (), target, error);
}
