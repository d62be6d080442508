/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-db.h"

G_BEGIN_DECLS

/* The authentication code of every page, checked in a thread of its own, through a connection of
 * its own, while the caller reads the same file. */
typedef struct _WbPageCheck WbPageCheck;

WbPageCheck *wb_page_check_start (WbDb *db, const WbSecret *key, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* As wb_db_check_pages(); to be called once, by the thread that started it. */
gboolean wb_page_check_finish (WbPageCheck *self, char **ret_problem, GError **error);
void wb_page_check_free (WbPageCheck *self); /* waits for the end; accepts NULL */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPageCheck, wb_page_check_free)

G_END_DECLS
