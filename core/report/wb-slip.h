/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-slip-text.h"

G_BEGIN_DECLS

typedef enum { WB_PAPER_A6, WB_PAPER_A5, WB_PAPER_A4 } WbPaper;

/*
 * The small page that a person takes along: by which number the body knows it, how to reach it,
 * what may be expected of it. Nothing on it tells what was said, by whom, about whom or where.
 */
typedef struct {
  WbSlipText *text;
  gboolean plain; /* reference, date and telephone alone: not even who gave it */
  gboolean child; /* in words for a child */
  char *name;     /* of the body */
  char *phone, *email, *web, *address; /* (nullable) */
  char *reference;
  WbDate received;
  WbDate made;
} WbSlip;

void wb_slip_free (WbSlip *self);
gboolean wb_slip_check (const WbSlip *self, GError **error); /* that nothing is missing */
char *wb_slip_to_text (const WbSlip *self) G_GNUC_WARN_UNUSED_RESULT;
/* @language_name: of the slip's language, for a message. */
GBytes *wb_slip_draw (const WbSlip *self, WbPaper paper, const char *language_name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_paper_parse (const char *text, WbPaper *ret_paper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSlip, wb_slip_free)

G_END_DECLS
