/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-slip-give.h"

G_BEGIN_DECLS

#define WB_TEMPLATE_SLIP "template.slip"

/* What the records of a case say that a slip may need, and no more. */
typedef struct {
  GPtrArray *records;    /* (element-type WbRecord): of the case, without identities */
  const WbRecord *about; /* the case, or one of its allegations */
} WbSlipCase;

/* The program's languages with the body's own texts over them. */
GPtrArray *wb_slip_list_texts (WbRegister *self, GError **error); /* (element-type WbSlipText) */
/* (transfer none); @code of two or three letters; takes no other language in its place. */
WbSlipText *wb_slip_find_text (GPtrArray *texts, const char *code, GError **error);
/* How the body is reached in the slip's language; in its settings, or in its own text. */
gboolean wb_slip_set_contact (WbRegister *self, WbSlip *slip, GError **error);
/* The language of the person, where the records agree on one. */
char *wb_slip_choose_language (const WbSlipCase *found, GPtrArray *texts, GError **error);
/* (transfer none) (nullable): the person whom it is given to, where there is one only. */
const WbRecord *wb_slip_find_person (const WbSlipCase *found);

G_END_DECLS
