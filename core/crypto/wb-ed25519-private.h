/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-ed25519.h"

G_BEGIN_DECLS

/* Each tells whether 32 bytes may go into libgcrypt; call wb_gcrypt_ensure() before. */
gboolean wb_ed25519_gate_scalar (const guint8 scalar[32]);     /* below L */
gboolean wb_ed25519_gate_encoding (const guint8 encoding[32]); /* canonical, no small order */
/* The same, on the curve, and no x or y that is too short for libgcrypt. */
gboolean wb_ed25519_gate_key (const guint8 public[WB_ED25519_PUBLIC_SIZE]);

/* For a key that passed the gate: is it in the group of the base point? */
gboolean wb_ed25519_has_prime_order (const guint8 public[WB_ED25519_PUBLIC_SIZE]);

G_END_DECLS
