/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-practice.h"

G_BEGIN_DECLS

WbPractice *wb_practice_load (GBytes *json, const WbRules *rules, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void wb_practice_free (WbPractice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPractice, wb_practice_free)

G_END_DECLS
