/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"
#include "wb-verification.h"

G_BEGIN_DECLS

/*
 * What the log itself says of the body and its users, gathered while it streams by: who may be an
 * author, whose key signed a checkpoint along, what the store has to show of them.
 */
typedef struct _WbKnown WbKnown;
WbKnown *wb_known_new (WbRegister *reg, WbVerification *result);
/* @entry: (nullable): one that could not be read; @lines: its values, NULL where erased. */
void wb_known_entry (WbKnown *self, const WbEntry *entry, GPtrArray *lines);
/* @notes: (element-type utf8): the checkpoints. After the last entry. */
void wb_known_finish (WbKnown *self, GPtrArray *notes);
void wb_known_free (WbKnown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbKnown, wb_known_free)

G_END_DECLS
