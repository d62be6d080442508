/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* Where cases stand in a list, from 0, ascending; those that it does not hold are left out.
 * @ids: a set of UUIDs. (element-type guint) */
GArray *wb_register_find_places (WbRegister *self,
                                 const WbCaseQuery *query,
                                 GHashTable *ids,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
