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
/* Adds a piece of evidence of @size bytes that is never whole in memory. */
void wb_test_bundle_add_large (WbTestBundle *self, guint64 size);
void wb_test_bundle_free (WbTestBundle *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTestBundle, wb_test_bundle_free)

void wb_test_bundle_write (WbTestBundle *self, const char *path, const char *const *recipients);
/* Runs a program in @folder; its exit status, -1 where it is not there. */
int wb_test_run (const char *folder, const char *const *argv, char **ret_output);
