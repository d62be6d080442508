/* SPDX-License-Identifier: EUPL-1.2 */

/* SQL on contents of evidence and on the small tables meta, user and draft. */
#include "wb-chunk-store.h"

#define SQL_ADD_CHUNK "INSERT INTO chunk (record, place, bytes) VALUES (:record, :place, :bytes)"
#define SQL_GET_CHUNK "SELECT bytes FROM chunk WHERE record = :record AND place = :place"
#define SQL_SET_META "INSERT OR REPLACE INTO meta (key, value) VALUES (:key, :value)"
#define SQL_GET_META "SELECT value FROM meta WHERE key = :key"
#define SQL_DROP_META "DELETE FROM meta WHERE key = :key"
#define SQL_ADD_USER                                                                               \
  "INSERT INTO user (fingerprint, name, public_key, recipient, added) "                            \
  "VALUES (:fingerprint, :name, :public, :recipient, :added)"
#define SQL_USERS                                                                                  \
  "SELECT fingerprint, name, public_key, recipient, added FROM user ORDER BY added, name"
#define SQL_USER_NAME "SELECT name FROM user WHERE fingerprint = :fingerprint"
#define SQL_PUT_DRAFT                                                                              \
  "INSERT OR REPLACE INTO draft (user, key, content, changed) VALUES (:user, :key, :content, "     \
  ":now)"
#define SQL_DROP_DRAFT "DELETE FROM draft WHERE user = :user AND key = :key"
#define SQL_GET_DRAFT "SELECT content FROM draft WHERE user = :user AND key = :key"
#define SQL_DRAFTS "SELECT key FROM draft WHERE user = :user ORDER BY changed DESC"

gboolean
wb_chunk_store_add (WbDb *db,
                    const char *record,
                    guint place,
                    gconstpointer bytes,
                    gsize size,
                    GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_CHUNK, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":record", record);
  wb_stmt_bind_int64 (stmt, ":place", place);
  wb_stmt_bind_blob (stmt, ":bytes", bytes, size);
  return wb_stmt_run (stmt, error);
}

GBytes *
wb_chunk_store_get (WbDb *db, const char *record, guint place, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_GET_CHUNK, error);
  gconstpointer bytes;
  gboolean row;
  gsize size;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":record", record);
  wb_stmt_bind_int64 (stmt, ":place", place);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  bytes = wb_stmt_get_blob (stmt, 0, &size);
  return g_bytes_new (bytes, size);
}

gboolean
wb_meta_set (WbDb *db, const char *key, const char *value, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_SET_META, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":key", key);
  wb_stmt_bind_text (stmt, ":value", value);
  return wb_stmt_run (stmt, error);
}

char *
wb_meta_get (WbDb *db, const char *key, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_GET_META, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":key", key);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  return g_strdup (wb_stmt_get_text (stmt, 0));
}

gboolean
wb_meta_drop (WbDb *db, const char *key, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DROP_META, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":key", key);
  return wb_stmt_run (stmt, error);
}

void
wb_user_row_free (WbUserRow *self)
{
  if (self == NULL)
    return;
  g_free (self->fingerprint);
  g_free (self->name);
  g_free (self->public_key);
  g_free (self->recipient);
  g_free (self);
}

gboolean
wb_user_store_add (WbDb *db, const WbUserRow *row, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_ADD_USER, error);

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":fingerprint", row->fingerprint);
  wb_stmt_bind_text (stmt, ":name", row->name);
  wb_stmt_bind_text (stmt, ":public", row->public_key);
  wb_stmt_bind_text (stmt, ":recipient", row->recipient);
  wb_stmt_bind_int64 (stmt, ":added", row->added);
  return wb_stmt_run (stmt, error);
}

GPtrArray *
wb_user_store_list (WbDb *db, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_USERS, error);
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_user_row_free);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (wb_stmt_step (stmt, &row, error)) {
    WbUserRow *user;

    if (!row)
      return g_steal_pointer (&users);
    user = g_new0 (WbUserRow, 1);
    user->fingerprint = g_strdup (wb_stmt_get_text (stmt, 0));
    user->name = g_strdup (wb_stmt_get_text (stmt, 1));
    user->public_key = g_strdup (wb_stmt_get_text (stmt, 2));
    user->recipient = g_strdup (wb_stmt_get_text (stmt, 3));
    user->added = wb_stmt_get_int64 (stmt, 4);
    g_ptr_array_add (users, user);
  }
  return NULL;
}

char *
wb_user_store_get_name (WbDb *db, const char *fingerprint, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_USER_NAME, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":fingerprint", fingerprint);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  return g_strdup (wb_stmt_get_text (stmt, 0));
}

/**
 * wb_draft_store_put:
 * @db: the store
 * @user: whose draft
 * @key: which form
 * @content: (nullable): JSON; %NULL drops the draft
 * @now: ms
 * @error: return location for an error
 */
gboolean
wb_draft_store_put (WbDb *db,
                    const char *user,
                    const char *key,
                    const char *content,
                    gint64 now,
                    GError **error)
{
  g_autoptr (WbStmt) stmt = NULL;

  if (content == NULL)
    stmt = wb_db_query (db, SQL_DROP_DRAFT, error);
  else
    stmt = wb_db_query (db, SQL_PUT_DRAFT, error);
  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":user", user);
  wb_stmt_bind_text (stmt, ":key", key);
  if (content != NULL) {
    wb_stmt_bind_text (stmt, ":content", content);
    wb_stmt_bind_int64 (stmt, ":now", now);
  }
  return wb_stmt_run (stmt, error);
}

char *
wb_draft_store_get (WbDb *db, const char *user, const char *key, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_GET_DRAFT, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":user", user);
  wb_stmt_bind_text (stmt, ":key", key);
  if (!wb_stmt_step (stmt, &row, error) || !row)
    return NULL;
  return g_strdup (wb_stmt_get_text (stmt, 0));
}

char **
wb_draft_store_list (WbDb *db, const char *user, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_DRAFTS, error);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":user", user);
  while (wb_stmt_step (stmt, &row, error)) {
    if (!row)
      return g_strv_builder_end (keys);
    g_strv_builder_add (keys, wb_stmt_get_text (stmt, 0));
  }
  return NULL;
}
