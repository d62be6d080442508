/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-field.h"
#include "wb-i18n.h"
#include "wb-moment.h"
#include "wb-record-file.h"
#include "wb-vocabulary.h"
#include "wb-workflow.h"

G_BEGIN_DECLS

/* Record types, fields, vocabularies and workflow, all loaded from data and immutable. Labels are
 * indexed by WbLanguage. */
typedef struct _WbModel WbModel;

WbModel *wb_model_get_default (GError **error); /* (transfer none): what the program ships */
/* A file of the model: "taxonomy.tsv", "bases.tsv", "workflow.json", or one of record types, of
 * which there may be several. */
typedef struct {
  const char *name;
  GBytes *bytes;
} WbModelSource;
WbModel *wb_model_load (const WbModelSource *sources,
                        gsize n_sources,
                        GError **error); /* refuses with file, line and what is wrong */
/* The files that the program ships, in their order; (element-type utf8), below model/ */
extern const char *const wb_model_files[];
void wb_model_free (WbModel *self);
const char *wb_model_get_version (const WbModel *self); /* of the lists; stored with records */

GPtrArray *wb_model_get_types (
    const WbModel *self); /* (transfer none) (element-type WbRecordType) */
const WbRecordType *wb_model_find_type (const WbModel *self, const char *name);
/* The label of a form group, or @group itself. */
const char *wb_model_get_group_label (const WbModel *self, const char *group, WbLanguage language);
const WbTerm *wb_model_find_term (const WbModel *self, const char *code);
GPtrArray *wb_model_list_terms (
    const WbModel *self,
    const char *vocabulary); /* (transfer container) (element-type WbTerm) */
/* Of these, what may be chosen on @day: a term that ended or has not begun is not offered. */
GPtrArray *wb_model_list_choices (const WbModel *self, const char *vocabulary, WbDate day);
char **wb_model_list_vocabularies (const WbModel *self);

/*
 * Refuses an unknown field, a wrong type, an unknown code, an impossible date, text over its
 * limit, with one sentence that names the field. @complete: also the required ones that are
 * missing. References are only checked for shape.
 */
gboolean wb_model_check (const WbModel *self,
                         const char *type,
                         JsonObject *fields,
                         gboolean complete,
                         const WbZone *zone,
                         GError **error);
/* Refuses fields that only the program sets: for what a person or a file enters. */
gboolean wb_model_check_entered (const WbModel *self,
                                 const char *type,
                                 JsonObject *fields,
                                 GError **error);
#define WB_MODEL_TEXT_MAX (1024 * 1024) /* bytes of one value */
#define WB_MODEL_LINE_MAX 4096          /* bytes of a text of one line */
#define WB_MODEL_LIST_MAX 1000          /* elements of one list */

/* A value as people read it: labels for codes, dates in words. Never NULL. */
char *wb_model_format_value (const WbModel *self,
                             const WbField *field,
                             JsonNode *value,
                             const WbZone *zone,
                             WbLanguage language);
/* One term of a WB_FIELD_TERMS value, in either form; both out-parameters may be set to NULL. */
void wb_model_read_term (JsonObject *terms,
                         const char *code,
                         const char **ret_result,
                         const char **ret_note);
char *wb_model_language_name (
    const char *iso639_3,
    WbLanguage language); /* from iso-codes; the code itself where unknown */
char *wb_model_country_name (const char *iso3166_3, WbLanguage language);
/* Codes known to iso-codes in the order of their names; empty where it is not installed. */
char **wb_model_list_languages (WbLanguage language);
char **wb_model_list_countries (WbLanguage language);

/* Workflow of the case. @from is NULL for a case without status. */
const char *wb_model_get_initial_status (const WbModel *self);
const WbMove *wb_model_find_move (const WbModel *self, const char *from, const char *to);
gboolean wb_model_is_move_allowed (const WbModel *self,
                                   const char *from,
                                   const char *to,
                                   GError **error);
char **wb_model_list_moves (const WbModel *self, const char *from);
const WbGuard *wb_model_find_guard (const WbModel *self, const char *name);
/* What must still hold for a decision of that kind to count; NULL: nothing. */
const WbGuard *wb_model_find_lapse (const WbModel *self, const char *kind);
GPtrArray *wb_model_get_acts (const WbModel *self); /* (transfer none) (element-type WbActRule) */

/* The highest urgency that these reasons demand ("urgency.critical"), or NULL. */
const char *wb_model_urgency_for (const WbModel *self, JsonArray *reasons);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbModel, wb_model_free)

G_END_DECLS
