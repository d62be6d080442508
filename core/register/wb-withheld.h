/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/* One line of the inventory that goes with a decision on a request for access: a part left out. */
typedef struct {
  char *reference; /* of the record that says so */
  char *document;  /* reference of the original */
  char *title;     /* (nullable): of the original */
  char *copy;      /* reference of the working copy */
  char *part;
  char **grounds; /* codes wooground.* */
  char *reason;   /* (nullable) */
} WbWithheld;
void wb_withheld_free (WbWithheld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbWithheld, wb_withheld_free)

/* By document, then as recorded. (element-type WbWithheld) */
GPtrArray *wb_register_list_withheld (WbRegister *self, const char *reference, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/* RFC 4180, with a line of headings; grounds as articles and words. */
char *wb_register_format_withheld (WbRegister *self, GPtrArray *lines, WbLanguage language);
/* "Woo 5.1(2)(e)", or the code where its list names no article. */
char *wb_register_dup_ground (WbRegister *self, const char *code);

G_END_DECLS
