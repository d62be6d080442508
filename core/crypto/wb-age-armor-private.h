/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_TYPE_AGE_ARMOR (wb_age_armor_get_type ())
G_DECLARE_FINAL_TYPE (WbAgeArmor, wb_age_armor, WB, AGE_ARMOR, GFilterInputStream)

gboolean wb_age_armor_detect (GBufferedInputStream *base, gboolean *ret_armored, GError **error);
GInputStream *wb_age_armor_new (GBufferedInputStream *base);

G_END_DECLS
