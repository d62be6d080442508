/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-time.h"

G_BEGIN_DECLS

/* RFC 9562 section 5.7, lower case with hyphens; increasing within one millisecond. */
#define WB_UUID_LENGTH 36
char *wb_uuid_new (WbInstant now) G_GNUC_WARN_UNUSED_RESULT;
gboolean wb_uuid_is_valid (const char *text); /* version 7, variant 10, lower case */

G_END_DECLS
