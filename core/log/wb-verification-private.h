/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-verification.h"

G_BEGIN_DECLS

typedef struct {
  char *kind;
  guint64 n;
} WbVerificationCount;

typedef struct {
  char *name;
  char *value;
} WbVerificationFact;

struct _WbVerification {
  char *subject;
  char *depth;
  GPtrArray *counts;   /* (element-type WbVerificationCount): in the order first counted */
  GPtrArray *facts;    /* (element-type WbVerificationFact) */
  GPtrArray *findings; /* (element-type WbFinding) */
  GPtrArray *limits;   /* (element-type utf8) */
  guint64 n_findings;
};

G_END_DECLS
