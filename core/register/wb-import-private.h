/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-bundle-take.h"
#include "wb-erasure-private.h"
#include "wb-import.h"
#include "wb-source-private.h"

G_BEGIN_DECLS

/* An import under way. */
typedef struct {
  WbRegister *reg;
  const WbBundleTaken *taken;
  WbImport *result;
  const char *path;
  const WbBundleCheckOptions *options;
  GCancellable *cancellable;
  GHashTable *records; /* id -> WbImportItem, whose reference is the id until the end */
  GHashTable *files;   /* sha256 -> (element-type utf8) ids of evidence that lacks its contents */
  GPtrArray *got;      /* (element-type utf8): ids of evidence that got them */
  WbInstant time;
} Importing;

/* wb-import-check.c: what a log that is known already must keep to. */
gboolean wb_import_refuse_two_stories (Importing *self, guint64 number, GError **error);
gboolean wb_import_check_checkpoint (Importing *self, GError **error);
gboolean wb_import_compare_own (Importing *self, GError **error);

/* wb-import-items.c: the records and files, one by one. */
void wb_import_note_record (Importing *self, const WbEntry *entry, WbImportState state);
gboolean wb_import_list_conflicts (Importing *self, GError **error);
void wb_import_want_file (Importing *self, const char *sha256, const char *record);
gboolean wb_import_take_files (Importing *self, GError **error);
JsonArray *wb_import_list_files (Importing *self);

G_END_DECLS
