/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-period.h"

G_BEGIN_DECLS

#define WB_REGIME_COUNT 4
#define WB_UNIT_COUNT 6

gboolean wb_period_check_length (gint64 length, WbUnit unit, GError **error);

G_END_DECLS
