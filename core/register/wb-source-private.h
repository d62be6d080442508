/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"

G_BEGIN_DECLS

/*
 * What came from another log. Each of its entries that is taken in is an act of our own with the
 * very lines that the other logged, and with one that says whence they come. So values have one
 * home, and erasure, rebuilding and verifying go one way for all.
 */
#define WB_EVENT_IMPORTED "imported"
#define WB_ACT_SOURCE "act_source" /* {"log", "number", "leaf", "time", "author", "event"} */
#define WB_ACT_OVER "act_over"     /* {"field": [{"log", "number", "leaf"}…]}: what it replaces */
#define WB_ACT_IMPORT "act_import" /* of the act on the whole file: what came in, from whom */

typedef struct {
  char *log; /* origin */
  guint64 number;
  char *leaf; /* hex */
  WbInstant time;
  char *author;
  char *event;
} WbSource;
WbSource *wb_source_of_entry (const WbEntry *entry, const WbHash *leaf);
JsonNode *wb_source_to_json (const WbSource *self);
WbSource *wb_source_parse (JsonObject *act, GError **error);
void wb_source_free (WbSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSource, wb_source_free)

/* Whether a log is one of our own body: its code stands in the log's name. */
gboolean wb_source_is_own_body (WbRegister *reg, const char *origin);
/* The last part of a log's name, short: "3f9c". */
char *wb_source_mark (const char *origin);

/* wb-heads.c: a field that more than one log wrote. Its member of a document also has "heads"
 * (the last write of each log that nobody replaced), "over" (what was replaced) and "seen". */
gboolean wb_heads_are_kept (JsonObject *doc, const char *name);
void wb_heads_write (WbRegister *reg,
                     JsonObject *doc,
                     const char *name,
                     JsonNode *value,
                     const WbEntry *entry,
                     const WbSource *source, /* (nullable): NULL: the entry is our own */
                     JsonArray *over);       /* (nullable) */
/* What an act of our own on these fields replaces; NULL: nothing of another log. */
JsonNode *wb_heads_replaced (JsonObject *doc, JsonObject *apart, char **names);
/* Whether the heads differ, and somebody has to decide. */
gboolean wb_heads_conflict (JsonObject *member);

/* wb-doc.c */
JsonObject *wb_doc_merge (WbRegister *reg,
                          const WbRecordType *type,
                          JsonObject *act,
                          const WbEntry *entry,
                          const WbSource *source,
                          JsonObject *doc,
                          JsonObject *apart);

/* wb-projection-foreign.c */
gboolean wb_foreign_project (WbRegister *reg,
                             const WbEntry *entry,
                             JsonObject *act,
                             WbEntry *ret_as_if, /* borrows of @entry and @ret_source */
                             WbSource **ret_source,
                             gboolean *ret_project,
                             GError **error);
gboolean wb_foreign_name_row (WbRegister *reg,
                              const WbSource *source,
                              JsonObject *act,
                              WbRecordRow *row,
                              GError **error);
/* Whether the record is one that our own body works on: its clocks run and it is counted. */
gboolean wb_foreign_is_ours (WbRegister *reg, const WbRecordRow *row);

G_END_DECLS
