/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <json-glib/json-glib.h>

#include "wb-i18n.h"
#include "wb-moment.h"

G_BEGIN_DECLS

/* Record types, fields, vocabularies and workflow, all loaded from data and immutable. Labels are
 * indexed by WbLanguage. */
typedef struct _WbModel WbModel;

typedef enum {
  WB_FIELD_TEXT,     /* one line */
  WB_FIELD_LONGTEXT, /* an account: many lines */
  WB_FIELD_CODE,     /* one term of a vocabulary */
  WB_FIELD_CODES,    /* several */
  WB_FIELD_MOMENT,   /* imprecise date: WbMoment */
  WB_FIELD_DATE,     /* YYYY-MM-DD */
  WB_FIELD_BOOLEAN,
  WB_FIELD_INTEGER,
  WB_FIELD_RECORD, /* reference to a record */
  WB_FIELD_RECORDS,
  WB_FIELD_LANGUAGE, /* ISO 639-3 */
  WB_FIELD_COUNTRY,  /* ISO 3166-1 alpha-3, and XXA XXB XXC XXX */
  WB_FIELD_TERMS,    /* JSON object: code -> note, e.g. criteria weighed */
} WbFieldType;

typedef enum { WB_NEED_OPTIONAL, WB_NEED_EXPECTED, WB_NEED_REQUIRED } WbNeed;

typedef enum {
  WB_SENSITIVITY_OPEN,
  WB_SENSITIVITY_CASE,
  WB_SENSITIVITY_IDENTITY,
  WB_SENSITIVITY_SPECIAL,
  WB_SENSITIVITY_SEALED,
} WbSensitivity;

typedef struct {
  char *name;
  WbFieldType type;
  char *label[2];
  char *help[2];    /* (nullable) */
  char *vocabulary; /* (nullable): the codes' prefix, such as "right" */
  char *target;     /* (nullable): record type that a reference points to */
  WbNeed need;
  WbSensitivity sensitivity;
  char *basis;             /* (nullable): legal basis */
  char *event;             /* (nullable): the ev.* this field is the date of */
  char *group;             /* form group, e.g. "what", "when", "who" */
  gint64 minimum, maximum; /* integers */
  gboolean system;         /* set by the program, never by a person */
} WbField;

typedef struct {
  char *name; /* "allegation" */
  char *label[2];
  char *plural[2];
  char *prefix;      /* of its short reference within a case: "A"; NULL for the case itself */
  gboolean in_case;  /* must belong to a case */
  GPtrArray *fields; /* (element-type WbField) in form order */
} WbRecordType;

typedef struct {
  char *code;
  char *label[2];
  char *vocabulary; /* "right", "theme", "act", ... */
  char *section;    /* of taxonomy.tsv */
  char *extra;      /* its last column */
} WbTerm;

WbModel *wb_model_get_default (GError **error); /* (transfer none): what the program ships */
WbModel *wb_model_load (GBytes *records,
                        GBytes *taxonomy,
                        GBytes *workflow,
                        GError **error); /* refuses with file, line and what is wrong */
void wb_model_free (WbModel *self);
const char *wb_model_get_version (const WbModel *self); /* of the lists; stored with records */

GPtrArray *wb_model_get_types (
    const WbModel *self); /* (transfer none) (element-type WbRecordType) */
const WbRecordType *wb_model_find_type (const WbModel *self, const char *name);
const WbField *wb_record_type_find_field (const WbRecordType *type, const char *name);
const WbTerm *wb_model_find_term (const WbModel *self, const char *code);
GPtrArray *wb_model_list_terms (
    const WbModel *self,
    const char *vocabulary); /* (transfer container) (element-type WbTerm) */
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
#define WB_MODEL_TEXT_MAX (1024 * 1024) /* bytes of one value */

/* A value as people read it: labels for codes, dates in words. Never NULL. */
char *wb_model_format_value (const WbModel *self,
                             const WbField *field,
                             JsonNode *value,
                             const WbZone *zone,
                             WbLanguage language);
char *wb_model_language_name (
    const char *iso639_3,
    WbLanguage language); /* from iso-codes; the code itself where unknown */
char *wb_model_country_name (const char *iso3166_3, WbLanguage language);

/* Workflow of the case. */
gboolean wb_model_is_move_allowed (const WbModel *self,
                                   const char *from,
                                   const char *to,
                                   GError **error);
char **wb_model_list_moves (const WbModel *self, const char *from);

/* The highest urgency that these reasons demand ("urgency.critical"), or NULL. */
const char *wb_model_urgency_for (const WbModel *self, JsonArray *reasons);

/* A file that `record` reads: one object, an array, or {"records": [...]}. */
typedef struct {
  char *type;     /* NULL with change != NULL */
  char *change;   /* (nullable): reference of the record to change */
  char *id;       /* (nullable): a UUIDv7 chosen by the file */
  char *handle;   /* (nullable): "@name" that later items of the same file may use */
  char *case_ref; /* (nullable): reference, UUID or @name */
  char *reason;   /* (nullable) */
  char *file;     /* (nullable): evidence: path beside the JSON file */
  JsonObject *fields;
} WbRecordItem;
#define WB_RECORD_FILE_MAX (8 * 1024 * 1024)
GPtrArray *wb_record_file_parse (GBytes *json, GError **error)
    G_GNUC_WARN_UNUSED_RESULT; /* (element-type WbRecordItem) */
void wb_record_item_free (WbRecordItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbModel, wb_model_free)

G_END_DECLS
