/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* What a record is called where another one points at it: never a name of a person. */
typedef struct {
  char *id;
  char *type;
  char *reference;
  char *title;  /* (nullable): of a case */
  char *status; /* (nullable) code: of a case */
} WbRecordName;
void wb_record_name_free (WbRecordName *self);
char *wb_record_name_to_words (const WbRecordName *self); /* "NL-INSP-2026-0001 – Title" */

/* What @fields, of a record of @type, point at beyond @known and @names. */
gboolean wb_register_add_names (WbRegister *self,
                                const char *type,
                                JsonObject *fields,
                                GPtrArray *known,
                                GHashTable *names,
                                GError **error);
GHashTable *wb_record_names_new (void) G_GNUC_WARN_UNUSED_RESULT; /* id -> WbRecordName */

/* Cases by reference or words as they are typed; without words those that changed last. */
GPtrArray *wb_register_find_cases (WbRegister *self,
                                   const char *words,
                                   const char *except,
                                   guint limit,
                                   GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRecordName) */

G_END_DECLS
