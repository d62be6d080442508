/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-bundle.h"

/* A made-up case with a log of its own; nothing in it is about anybody. */
typedef struct {
  WbSecret *seed;    /* the signer's */
  char *fingerprint; /* the signer's */
  WbBundleContent *content;
  GPtrArray *evidence; /* (element-type GBytes) */
  guint64 large;       /* (bytes): one more piece of evidence, made while it is read */
} WbTestBundle;

/* @small: as few bytes as a bundle can have, for tests that touch each of them. */
WbTestBundle *wb_test_bundle_new (gboolean small);
/* A register whose own log is wrong, though every proof and signature in it holds. */
typedef enum {
  WB_TEST_SOUND,
  WB_TEST_BROKEN_CHAIN,  /* an entry names another one as its predecessor */
  WB_TEST_BROKEN_TIME,   /* an entry is older than its predecessor */
  WB_TEST_BROKEN_ORIGIN, /* the log has another key's name */
  WB_TEST_BROKEN_LOG,    /* an entry is of another log */
  WB_TEST_BROKEN_PROOFS, /* the proofs end in an earlier checkpoint of the same log */
  WB_TEST_BROKEN_SUM,    /* evidence has another sum than was logged */
} WbTestBreak;
WbTestBundle *wb_test_bundle_new_broken (WbTestBreak how);
/* Adds a piece of evidence of @size bytes that is never whole in memory. */
void wb_test_bundle_add_large (WbTestBundle *self, guint64 size);
void wb_test_bundle_free (WbTestBundle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestBundle, wb_test_bundle_free)

void wb_test_bundle_write (WbTestBundle *self, const char *path, const char *const *recipients);

/* The files of a bundle on disk, to be changed: (element-type WbBagFile), in the order of the ZIP.
 */
GPtrArray *wb_test_files_read (const char *path);
GPtrArray *wb_test_files_copy (GPtrArray *files);
/* Puts @text in place of a file, adds it, or (NULL) takes it out. */
void wb_test_files_set (GPtrArray *files, const char *path, gconstpointer bytes, gsize size);
GBytes *wb_test_files_get (GPtrArray *files, const char *path); /* (transfer none) */
/* Manifests and signature made anew, as one who holds the key would. */
void wb_test_files_reseal (GPtrArray *files, const WbSecret *seed);
GBytes *wb_test_files_pack (GPtrArray *files, const char *base);
void wb_test_files_save (GPtrArray *files, const char *path);
void wb_test_files_unpack (GPtrArray *files, const char *folder);

/* Runs a program in @folder; its exit status, -1 where it is not there. */
int wb_test_run (const char *folder, const char *const *argv, char **ret_output);
