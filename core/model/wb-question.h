/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-model.h"

G_BEGIN_DECLS

/*
 * What is asked at intake, as data: resources/model/intake.json. A plain question stands for one or
 * more purposes of the consent ledger; which ones depends on the answer.
 */
typedef struct {
  char *name;
  char *label[2];
  char *blocks[2];          /* what cannot be done while there is no answer */
  char **yes, **no, **open; /* consent.* */
  char *after;              /* (nullable): the question whose yes makes it @then instead of @yes */
  char **then;              /* (nullable) */
  gboolean recipients;      /* a yes is for these */
  gboolean scope;           /* a yes says how far, in words */
} WbQuestion;

/* (transfer none) (element-type WbQuestion): in the order of asking; never NULL */
GPtrArray *wb_questions_get_all (void);
/* (nullable): fields that the form of @type shows at once, in their order */
const char *const *wb_questions_get_first (const char *type);

G_END_DECLS
