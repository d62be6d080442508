/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-slip.h"

G_BEGIN_DECLS

#define WB_SLIP_N_SENTENCES 4
#define WB_SLIP_N_ROWS 5
#define WB_SLIP_CONTACTS 1 /* rows from here on tell how to reach the body */

typedef struct {
  const char *label; /* key of its word */
  gssize offset;     /* of its value in WbSlip */
  gboolean plain;    /* also on a plain slip */
} WbSlipRow;

const char *wb_slip_get_row (const WbSlip *self, guint row, const char **ret_label);
const char *wb_slip_get_sentence (const WbSlip *self, guint i);
const char *wb_slip_get_title (const WbSlip *self);

G_END_DECLS
