/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-i18n.h"
#include "wb-period.h"

G_BEGIN_DECLS

typedef enum { WB_KIND_LAW, WB_KIND_WATCH, WB_KIND_BAR, WB_KIND_POLICY, WB_KIND_OPEN } WbKind;
const char *wb_kind_to_text (WbKind kind);

typedef struct {
  char *code;
  WbKind kind;
  char *bound;
  char *label[2];
  char *start_event;
  WbPeriod period;
  gboolean has_period; /* FALSE for kind open */
  char *basis;         /* in English */
  char *extension;     /* the same */
  char *basis_nl, *extension_nl;
  char *certainty;
  guint line;
} WbRule;

/* The rules and what starts, meets and cancels their clocks. */
typedef struct _WbRules WbRules;
WbRules *wb_rules_get_default (GError **error); /* (transfer none) */
WbRules *wb_rules_load (GBytes *rules_tsv,
                        GBytes *triggers_json,
                        GError **error); /* refuses with file, line and what is wrong */
void wb_rules_free (WbRules *self);
const char *wb_rules_get_version (const WbRules *self);
const WbRule *wb_rules_find (const WbRules *self, const char *code);
GPtrArray *wb_rules_list (const WbRules *self); /* (transfer none) (element-type WbRule) */
const char *wb_rule_get_basis (const WbRule *self, WbLanguage language);
const char *wb_rule_get_extension (const WbRule *self, WbLanguage language);
const char *wb_rule_get_bound (const WbRule *self, WbLanguage language); /* "this body" */
/* The regime of the rule's lenient reading; FALSE where it has one reading only. */
gboolean wb_rules_get_lenient (const WbRules *self, const char *code, WbRegime *ret_regime);
/* What this profile adds to the rule's label: "own announced term", or NULL. */
const char *wb_rules_get_remark (const WbRules *self,
                                 const char *code,
                                 const char *profile,
                                 const char *mode,
                                 WbLanguage language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRules, wb_rules_free)

G_END_DECLS
