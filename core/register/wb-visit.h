/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* A question of the checklist and what was answered to it. */
typedef struct {
  char *code;         /* check.* */
  char *stage;        /* (nullable) stage.*: of those visited, the first it is asked for */
  GPtrArray *answers; /* (element-type WbRecord): observations; none: still open */
} WbVisitQuestion;

/* A visit with all that names it; without names and sealed values. */
typedef struct {
  WbRecord *visit;
  GPtrArray *records; /* (element-type WbRecord): observations, interviews, samples, allegations */
  GPtrArray *questions; /* (element-type WbVisitQuestion): of the stages visited */
  gboolean obstructed;  /* access was refused, or given in part */
} WbVisit;
void wb_visit_free (WbVisit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbVisit, wb_visit_free)

WbVisit *wb_register_read_visit (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Answers a question of the checklist, or writes an observation down. @question, @stage, @answer
 * and
 * @text are (nullable); @observation (nullable): the one that is corrected. */
typedef struct {
  const char *visit, *observation, *question, *stage, *answer, *text;
} WbVisitAnswer;
WbRecord *wb_register_answer_visit (WbRegister *self, const WbVisitAnswer *answer, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
