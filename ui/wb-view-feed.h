/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

#define WB_VIEW_TEXT_MAX (4u << 20) /* bytes of a text that are shown: some 2,000 pages */

/* Where the contents of a piece of evidence go. Closes @socket, which ends the file there. */
typedef struct {
  char *reference;
  int socket;
} WbViewFeed;
WbViewFeed *wb_view_feed_new (const char *reference, int fd) G_GNUC_WARN_UNUSED_RESULT;
void wb_view_feed_free (WbViewFeed *self);

/* WbSessionCalls: each an entry of the log. The hash is checked to the end of the file. */
/* @feed: a WbViewFeed *. GINT_TO_POINTER (TRUE); also where the other side let go. */
gpointer wb_view_feed_call (WbRegister *reg,
                            gpointer feed,
                            GCancellable *cancellable,
                            GError **error);
/* @reference: a char *. A GBytes *, wiped when freed; of a letter its words. */
gpointer wb_view_text_call (WbRegister *reg,
                            gpointer reference,
                            GCancellable *cancellable,
                            GError **error);
/* In UTF-8, whatever it was in; never fails: what cannot be read is shown as �. */
char *wb_view_text_decode (GBytes *bytes, gboolean *ret_cut);

G_END_DECLS
