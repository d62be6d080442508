/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What the files that make up the case share. */
#include "wb-test-bundle.h"

#define CASE_ID "0198f6b2-0000-7000-8000-000000000001"
#define START G_GINT64_CONSTANT (1795000000000) /* 18 November 2026 */

typedef struct {
  const char *name, *nl, *en;
  const char *value; /* JSON */
  const char *text_nl, *text_en;
  const char *sensitivity;
  gboolean withheld;
} Field;

typedef struct {
  const char *type, *id, *reference, *nl, *en;
  Field fields[16];
} Record;

typedef struct {
  WbTestBundle *test;
  WbSecret *log_seed;
  char *origin;
  GPtrArray *leaves;  /* (element-type WbHash) */
  GPtrArray *entries; /* (element-type WbBundleEntry) of the case */
  JsonArray *records, *numbers;
  WbTestBreak how;
} Making;

extern const Record wb_test_small_case;
extern const Record wb_test_full_case[];
extern const gsize wb_test_n_full_case;

JsonNode *wb_test_parse (const char *json);
JsonArray *wb_test_describe_evidence (const WbBundleContent *content);
void wb_test_describe_case (Making *self, gboolean small); /* makes case.json */

/* Evidence that is made as it is read, so that it may be larger than memory; and its SHA-256. */
GInputStream *wb_test_pattern_new (guint64 size);
char *wb_test_pattern_sum (guint64 size);
