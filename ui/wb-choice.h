/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gio/gio.h>

#include "wb-model.h"

G_BEGIN_DECLS

/* One thing that can be picked: a term of a vocabulary, a language, a country, a record. */
#define WB_TYPE_CHOICE (wb_choice_get_type ())
G_DECLARE_FINAL_TYPE (WbChoice, wb_choice, WB, CHOICE, GObject)

WbChoice *wb_choice_new (const char *code, const char *label, const char *detail);
const char *wb_choice_get_code (WbChoice *self);
const char *wb_choice_get_label (WbChoice *self);
gboolean wb_choice_get_selected (WbChoice *self);
void wb_choice_set_selected (WbChoice *self, gboolean selected);

/* By what it is found, best first. */
typedef enum {
  WB_CHOICE_MATCH_LABEL,
  WB_CHOICE_MATCH_DETAIL,
  WB_CHOICE_MATCH_CODE,
  WB_CHOICE_MATCH_NONE
} WbChoiceMatch;
WbChoiceMatch wb_choice_match (WbChoice *self, const char *words);

/* @records (nullable) (element-type WbRecord): what a reference may point to. @day: today, for a
 * term that ended is not offered. */
GListModel *wb_choices_for_field (const WbModel *model,
                                  const WbField *field,
                                  GPtrArray *records,
                                  WbDate day,
                                  WbLanguage language);

G_END_DECLS
