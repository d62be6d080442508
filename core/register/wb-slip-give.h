/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"
#include "wb-slip.h"

G_BEGIN_DECLS

/* A slip that a person takes along (OB-50): no word, name, authority or place of the case on it. */
typedef struct {
  const char *language; /* (nullable): two or three letters; NULL: the one in the records */
  gboolean plain;       /* reference, date and telephone alone */
  gboolean child;       /* in words for a child */
  WbPaper paper;
  const char *path; /* (nullable): of a PDF, which is not there yet */
} WbSlipOptions;

typedef struct {
  WbSlip *slip;
  WbRecord *letter; /* that it was given, and in which language */
  char *text;
  char *language_name; /* in the user's language */
  gboolean minor;      /* the person is a child, by the records */
} WbGivenSlip;
void wb_given_slip_free (WbGivenSlip *self);

/* One act: the letter. @reference: a case or one of its allegations. */
WbGivenSlip *wb_register_give_slip (WbRegister *self,
                                    const char *reference,
                                    const WbSlipOptions *options,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGivenSlip, wb_given_slip_free)

G_END_DECLS
