/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-note.h"
#include "wb-register-private.h"
#include "wb-witnessing.h"

G_BEGIN_DECLS

#define WB_EVENT_WITNESSED "witnessed"     /* another log's checkpoint was kept and cosigned */
#define WB_ACT_WITNESS "act_witness"       /* origin, size, key, checkpoint, cosignature */
#define WB_ACT_CHECKPOINT "act_checkpoint" /* that was refused: evidence against who signed it */

#define WB_EVENT_COSIGNED "cosigned" /* another body confirmed a checkpoint of ours */

void wb_cosigned_check (WbRegister *self, GPtrArray *notes, gboolean since, WbVerification *result);

G_END_DECLS
