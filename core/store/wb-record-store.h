/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* The projection of records: record, identity, search and set_aside. */
typedef struct {
  gint64 key;
  char *id;
  char *type;
  char *case_id;
  char *reference;
  char *series; /* ordinals are unique within it */
  gint64 ordinal;
  guint64 first_entry, last_entry;
  gint64 created, changed; /* ms */
  char *author;
  char *doc;    /* JSON {"field": {"entry": 42, "value": ...}} */
  char *source; /* (nullable): origin of the log it was made in; NULL: our own */
} WbRecordRow;
void wb_record_row_free (WbRecordRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRecordRow, wb_record_row_free)

gboolean wb_record_store_insert (WbDb *db, WbRecordRow *row, GError **error); /* sets row->key */
gboolean wb_record_store_update (WbDb *db, const WbRecordRow *row, GError **error);
/* What only the entry that made it tells: reference, series, ordinal, created, author, source. */
gboolean wb_record_store_name (WbDb *db, const WbRecordRow *row, GError **error);
WbRecordRow *wb_record_store_find (WbDb *db,
                                   const char *id_or_reference,
                                   GError **error); /* NULL without error: none */
GPtrArray *wb_record_store_list_of_case (WbDb *db, const char *case_id, GError **error);
/* Settings of the body: records of type body, holiday or target, oldest first. */
GPtrArray *wb_record_store_list_settings (WbDb *db, const char *type, GError **error);
GPtrArray *wb_record_store_list_of_type (WbDb *db, const char *type, GError **error);
/* Those of a type that belong to no case. */
GPtrArray *wb_record_store_list_standing (WbDb *db,
                                          const char *type,
                                          guint offset,
                                          guint limit,
                                          GError **error);
gboolean wb_record_store_next_ordinal (WbDb *db,
                                       const char *series,
                                       gint64 *ret_ordinal,
                                       GError **error);
gboolean wb_record_store_count (WbDb *db, guint64 *ret_n, GError **error);

gboolean wb_record_store_put_identity (WbDb *db, const char *id, const char *doc, GError **error);
char *wb_record_store_get_identity (WbDb *db,
                                    const char *id,
                                    GError **error); /* NULL without error: none */

gboolean wb_record_store_index (WbDb *db, gint64 key, const char *text, GError **error);
typedef struct {
  char *record_id, *type, *reference, *case_id;
  char *snippet;
} WbSearchRow;
void wb_search_row_free (WbSearchRow *self);
GPtrArray *wb_record_store_search (WbDb *db,
                                   const char *match,
                                   guint limit,
                                   GError **error); /* (element-type WbSearchRow) */

/* Whether the index finds what the texts say: another way to hide a record is to spoil it. */
gboolean wb_record_store_check_search (WbDb *db, gboolean *ret_sound, GError **error);

gboolean wb_record_store_set_aside (WbDb *db, guint64 entry, const char *reason, GError **error);
GPtrArray *wb_record_store_list_set_aside (
    WbDb *db,
    GError **error); /* (element-type utf8): "NUMBER\treason" */

/* Empties every projection (not drafts), for rebuilding from the log. */
gboolean wb_record_store_forget (WbDb *db, const char *id, GError **error);
gboolean wb_record_store_renew_index (WbDb *db, GError **error);
gboolean wb_projection_clear (WbDb *db, GError **error);
/* (element-type utf8): one line "table key sha-free content" a row, in a stable order, to each().
 */
typedef void (*WbProjectionEach) (const char *table,
                                  const char *name,
                                  const char *content,
                                  gpointer user_data);
gboolean wb_projection_each (WbDb *db, WbProjectionEach each, gpointer user_data, GError **error);

G_END_DECLS
