/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * Drafts that could not be saved when the register was locked (a full disk). They wait here,
 * sealed, until the same user has unlocked it and there is room.
 */
typedef struct {
  char *origin; /* of the register's log */
  char *user;
  char *key;
  GBytes *sealed;
} WbUnsaved;

/* Saves, or where that fails seals into @unsaved (element-type WbUnsaved). On the register's
 * thread. FALSE: neither could be done. */
gboolean wb_unsaved_keep (WbRegister *reg,
                          const char *key,
                          JsonObject *draft,
                          GPtrArray *unsaved,
                          GError **error);
/* Saves what now finds room and takes it out of @unsaved. On the register's thread. */
gboolean wb_unsaved_put_back (WbRegister *reg, GPtrArray *unsaved, GError **error);
void wb_unsaved_free (WbUnsaved *self);

G_END_DECLS
