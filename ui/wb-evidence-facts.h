/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-register.h"

G_BEGIN_DECLS

/* What is told of a piece of evidence beside it: read on the register's thread, no look at it. */
typedef struct {
  WbRecord *record;
  GPtrArray *custody; /* (element-type WbCustodyLine) */
} WbEvidenceFacts;
void wb_evidence_facts_free (WbEvidenceFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbEvidenceFacts, wb_evidence_facts_free)

/* A WbSessionCall; @reference is a char *. */
gpointer wb_evidence_facts_load (WbRegister *reg,
                                 gpointer reference,
                                 GCancellable *cancellable,
                                 GError **error);
const char *wb_evidence_facts_get_name (const WbEvidenceFacts *self);
guint64 wb_evidence_facts_get_size (const WbEvidenceFacts *self);
/* "image", "pdf", "sound", "text"; NULL: there is no viewer for it. */
const char *wb_evidence_facts_get_viewer (const WbEvidenceFacts *self);
/* (element-type GtkWidget): rows */
GPtrArray *wb_evidence_facts_make_rows (const WbEvidenceFacts *self, WbLanguage language);
GPtrArray *wb_evidence_facts_make_custody_rows (const WbEvidenceFacts *self,
                                                const WbZone *zone,
                                                WbLanguage language);

G_END_DECLS
