/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* A rule that does not hold yet. */
typedef struct {
  char *rule;     /* its name in workflow.json */
  char *basis;    /* (nullable): "OB-21; OPCAT 21(2)" */
  char *sentence; /* what has to hold, in the user's language */
} WbMissing;

/* A step that a case may take from where it stands, and what it still lacks for it. */
typedef struct {
  char *to;    /* status.* */
  char *who;   /* "user", "second-reader", "erasure" */
  guint users; /* 1, or 2 that decide together */
  gboolean needs_reason;
  GPtrArray *missing; /* (element-type WbMissing): empty: it can be taken now */
} WbMoveOption;
void wb_move_option_free (WbMoveOption *self);

/* For the user who opened the register, at this moment, in the order of the workflow. */
GPtrArray *wb_register_list_moves (WbRegister *self, const char *case_ref, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbMoveOption) */

G_END_DECLS
