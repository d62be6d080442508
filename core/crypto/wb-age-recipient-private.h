/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-age-header-private.h"

G_BEGIN_DECLS

WbAgeStanza *wb_age_wrap_for_recipient (const char *recipient,
                                        const WbSecret *file_key,
                                        GError **error);
WbAgeStanza *wb_age_wrap_for_passphrase (const WbSecret *passphrase,
                                         guint work_factor,
                                         const WbSecret *file_key,
                                         GError **error);
/* The file key out of the stanza that fits; the header's MAC is not looked at. */
WbSecret *wb_age_unwrap (const WbAgeHeader *header,
                         GPtrArray *identities,
                         const WbSecret *passphrase,
                         GError **error);

G_END_DECLS
