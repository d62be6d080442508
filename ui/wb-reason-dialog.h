/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct {
  const char *heading;
  const char *body;     /* (nullable) */
  const char *button;   /* what it does, with a mnemonic */
  gboolean needed;      /* nothing is done without a reason */
  gboolean refuses;     /* it says no to somebody */
  const char *question; /* (nullable): by which the page asks again after a lock */
} WbReasonWords;

/* @subject: as it was given. @reason: (nullable) */
typedef void (*WbReasonGiven) (GtkWidget *asker, const char *subject, const char *reason);

/* Asks why, on top of @asker's window; goes away with @asker. @subject: (nullable) */
void wb_reason_dialog_ask (GtkWidget *asker,
                           const WbReasonWords *words,
                           const char *subject,
                           WbReasonGiven given);
/* What the next question begins with; NULL: empty. */
void wb_reason_dialog_begin_with (const char *text);

G_END_DECLS
