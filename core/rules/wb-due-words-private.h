/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-due.h"
#include "wb-format.h"

G_BEGIN_DECLS

const WbWords *wb_rules_words (void);

G_END_DECLS
