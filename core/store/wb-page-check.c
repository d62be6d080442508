/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Half of a full verification is the check of every page, and it shares nothing with the walk
 * along the log: the journal lets a second connection read beside the first.
 */
#include "wb-page-check.h"

#include "wb-db-private.h"

struct _WbPageCheck {
  WbDb *db;            /* the caller's, for where a second connection is refused */
  const WbSecret *key; /* the caller's */
  char *path;
  GThread *thread; /* NULL once joined, or where none was started */
  gboolean done;   /* the rest was written by the thread and is read after it was joined */
  char *problem;
};

static gpointer
check (gpointer user_data)
{
  WbPageCheck *self = user_data;
  g_autoptr (WbDb) db = wb_db_open (self->path, self->key, FALSE, NULL);

  self->done = db != NULL && wb_db_check_pages (db, &self->problem, NULL);
  return NULL;
}

/**
 * wb_page_check_start:
 * @db: the open file, outside a transaction; nothing writes to it until the check is finished
 * @key: its key; stays valid until the check is freed
 * @error: return location for an error
 *
 * Starts the check of every page, used or free.
 *
 * Returns: (transfer full): the check under way
 */
WbPageCheck *
wb_page_check_start (WbDb *db, const WbSecret *key, GError **error)
{
  WbPageCheck *self;

  if (!wb_db_fold_journal (db, error)) /* the check reads the file and not its journal */
    return NULL;
  self = g_new0 (WbPageCheck, 1);
  self->db = db;
  self->key = key;
  self->path = g_strdup (wb_db_get_path (db));
  self->thread = g_thread_try_new ("pages", check, self, NULL);
  return self;
}

static void
join (WbPageCheck *self)
{
  if (self->thread != NULL)
    (void) g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * wb_page_check_finish:
 * @self: a check
 * @ret_problem: (out) (transfer full) (nullable): a sentence on the first bad page
 * @error: return location for an error
 *
 * Waits for the end. Where the file cannot be opened twice (a full disk, a thread that the system
 * refuses, damage that only another opening meets) the caller's own connection checks it now.
 *
 * Returns: %FALSE if the check could not be made; a bad page is no error
 */
gboolean
wb_page_check_finish (WbPageCheck *self, char **ret_problem, GError **error)
{
  join (self);
  if (!self->done)
    return wb_db_check_pages (self->db, ret_problem, error);
  *ret_problem = g_steal_pointer (&self->problem);
  return TRUE;
}

void
wb_page_check_free (WbPageCheck *self)
{
  if (self == NULL)
    return;
  join (self);
  g_free (self->problem);
  g_free (self->path);
  g_free (self);
}
