/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

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
  WB_FIELD_LANGUAGE,  /* ISO 639-3 */
  WB_FIELD_COUNTRY,   /* ISO 3166-1 alpha-3, and XXA XXB XXC XXX */
  WB_FIELD_TERMS,     /* JSON object: code -> note, or code -> {"result": code, "note": note} */
  WB_FIELD_LANGUAGES, /* several */
} WbFieldType;

/* Where records of a type belong. */
typedef enum {
  WB_SCOPE_CASE,     /* to a case, always */
  WB_SCOPE_REGISTER, /* to the register: they stand by themselves */
  WB_SCOPE_EITHER,   /* as whoever makes them says */
} WbScope;

/* How much a field is wanted; "sparing": only where this case cannot do without (GDPR 5(1)(c)). */
typedef enum { WB_NEED_OPTIONAL, WB_NEED_SPARING, WB_NEED_EXPECTED, WB_NEED_REQUIRED } WbNeed;

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
  char *target;     /* (nullable): record type that a reference points to; NULL: any */
  WbNeed need;
  WbSensitivity sensitivity;
  char *basis;           /* (nullable): legal basis */
  const char *certainty; /* (nullable): of the basis: "[V:key]" read, "[K]" known, "[?]" to check */
  char *event;           /* (nullable): the ev.* this field is the date of */
  char *group;           /* form group, e.g. "what", "when", "who" */
  gint64 minimum, maximum; /* integers */
  gboolean system;         /* set by the program, never by a person */
  gboolean stays;          /* in the register: no profile gives it */
  char *results;           /* (nullable): terms: prefix of the codes that "result" takes */
} WbField;

typedef struct {
  char *name; /* "allegation" */
  char *label[2];
  char *plural[2];
  char *section;     /* (nullable): form group under which a list of types offers it */
  char *prefix;      /* of its short reference: "A", "RC"; NULL for the case itself */
  WbScope scope;     /* the case itself has WB_SCOPE_REGISTER */
  gboolean single;   /* a register holds one at most */
  gboolean system;   /* made by the program, never by a person */
  GPtrArray *fields; /* (element-type WbField) in form order */
} WbRecordType;

gboolean wb_field_is_apart (const WbField *field); /* a name, or sealed */
/* {"value": …, "for": [names]}: what is to be sealed, and for whom. */
gboolean wb_field_value_is_wrapped (JsonNode *value);
JsonNode *wb_field_unwrap_value (const WbField *field, JsonNode *value); /* (transfer none) */

const WbField *wb_record_type_find_field (const WbRecordType *type, const char *name);

const char *wb_field_type_to_text (WbFieldType type);
const char *wb_scope_to_text (WbScope scope);
const char *wb_need_to_text (WbNeed need);
const char *wb_sensitivity_to_text (WbSensitivity sensitivity);

G_END_DECLS
