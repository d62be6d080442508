/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A file that `record` reads: one object, an array, or {"records": [...]}. */
typedef struct {
  char *type;   /* NULL with change or decide */
  char *change; /* (nullable): reference of the record to change */
  char *decide; /* (nullable): reference of the decision of somebody else to decide */
  gboolean approve;
  char *id;       /* (nullable): a UUIDv7 chosen by the file */
  char *handle;   /* (nullable): "@name" that later items of the same file may use */
  char *case_ref; /* (nullable): reference, UUID or @name */
  char *reason;   /* (nullable) */
  char *file;     /* (nullable): evidence: path beside the JSON file */
  JsonObject *fields;
} WbRecordItem;
#define WB_RECORD_FILE_MAX (8 * 1024 * 1024)
/* Items in one file: one act each, in one transaction. */
#define WB_RECORD_ITEMS_MAX 10000
GPtrArray *wb_record_file_parse (GBytes *json, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRecordItem) */
void wb_record_item_free (WbRecordItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRecordItem, wb_record_item_free)

G_END_DECLS
