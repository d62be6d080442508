/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

typedef enum { WB_STORY_HAPPENED, WB_STORY_RECORDED } WbStoryClock;

/* One thing of a case: a moment that a record tells of, or an act of the log. */
typedef struct {
  gboolean done; /* by those who work on the case; FALSE: it happened */
  WbInstant happened, recorded;
  guint64 entry; /* that recorded it */
  char *days[2]; /* by WbStoryClock: under which day it stands; of an imprecise time its span */
  char *when;    /* as it was told: "about three nights ago"; of an act the time of day */
  char *words;   /* Allegation A-1: When it happened */
  char *fields;  /* (nullable): labels of what an act set */
  char *author;  /* of the entry */
} WbStoryRow;

/* Without names of persons; leaves no entry. */
GPtrArray *wb_register_list_story (WbRegister *self,
                                   const char *case_ref,
                                   WbStoryClock clock,
                                   WbLanguage language,
                                   GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbStoryRow) */

/* An act of the log without time and author: "Allegation A-1: changed". */
char *wb_log_row_to_act (const WbLogRow *self, const WbModel *model, WbLanguage language);
/* (nullable): labels of what it set */
char *wb_log_row_to_fields (const WbLogRow *self, const WbModel *model, WbLanguage language);

G_END_DECLS
