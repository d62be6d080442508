/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-moves.h"

G_BEGIN_DECLS

/*
 * The next step of a case, with what is still missing for it, and the others in a menu. Emits
 * "step-requested" with the status that is wanted and whether it needs a reason.
 */
#define WB_TYPE_NEXT_STEP (wb_next_step_get_type ())
G_DECLARE_FINAL_TYPE (WbNextStep, wb_next_step, WB, NEXT_STEP, AdwBin)

/* @options: (element-type WbMoveOption): the first is the next one; none: it is not seen. */
void wb_next_step_show_options (WbNextStep *self, GPtrArray *options, WbLanguage language);
const char *wb_next_step_get_status (WbNextStep *self); /* (nullable): the step that shows */
void wb_next_step_choose (WbNextStep *self, const char *status); /* of one of the others */

G_END_DECLS
