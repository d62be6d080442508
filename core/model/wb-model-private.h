/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-own-term.h"

G_BEGIN_DECLS

/* A file being loaded: its name for messages, its content, and the lines of its values. */
typedef struct {
  const char *name;
  JsonNode *root;
  GHashTable *lines;
  guint first_type, n_types; /* which of the model's types it holds */
} WbModelFile;

typedef struct {
  GPtrArray *terms;        /* (element-type WbTerm) in the order of the file */
  GHashTable *by_code;     /* code -> WbTerm */
  GHashTable *by_name;     /* vocabulary -> GPtrArray of WbTerm */
  GPtrArray *vocabularies; /* (element-type utf8) in the order of the file */
} WbVocabularies;

typedef struct {
  char *name;
  char *label[2];
} WbGroup;

/* An act of law that fields rest on, and how sure it is that it says so. */
typedef struct {
  char *act; /* what a basis begins with: "Awb 9:" */
  char *label[2];
  char *certainty;
} WbBasis;

/* What a model extended by own terms shares with the one below is referenced in wb_model_extend().
 */
struct _WbModel {
  char *version;
  GPtrArray *closed; /* (element-type utf8): vocabularies to which a body adds nothing */
  GPtrArray *bases;  /* (element-type WbBasis) */
  WbVocabularies *vocabularies;
  GPtrArray *groups; /* (element-type WbGroup) */
  GPtrArray *types;  /* (element-type WbRecordType) */
  GPtrArray *guards; /* (element-type WbGuard) */
  GPtrArray *lapses; /* (element-type WbLapse) */
  GPtrArray *moves;  /* (element-type WbMove) */
  GPtrArray *acts;   /* (element-type WbActRule) */
  char *initial;     /* status */
};

WbVocabularies *wb_vocabularies_load (GBytes *tsv, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void wb_vocabularies_free (WbVocabularies *self);
WbVocabularies *wb_vocabularies_new_upon (const WbVocabularies *base);
gboolean wb_vocabularies_add_own (WbVocabularies *self, const WbOwnTerm *own);
gboolean wb_code_is_valid (const char *text);
const WbTerm *wb_vocabularies_find (const WbVocabularies *self, const char *code);

GPtrArray *wb_bases_load (GBytes *tsv, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The weakest certainty of the acts that @basis names, or NULL where one is unknown. */
const char *wb_bases_judge (GPtrArray *bases, const char *basis);

void wb_group_free (WbGroup *self);
void wb_record_type_free (WbRecordType *self);
gboolean wb_model_load_types (WbModel *self, WbModelFile *file, GError **error);
/* When the types of all files are known. */
gboolean wb_model_check_targets (const WbModel *self, const WbModelFile *file, GError **error);
gboolean wb_model_load_workflow (WbModel *self, const WbModelFile *file, GError **error);

/* Mistakes in a data file: "records.json, line 12: ...". */
gboolean wb_model_refuse (const WbModelFile *file,
                          const char *path,
                          GError **error,
                          const char *format,
                          ...) G_GNUC_PRINTF (4, 5);
gboolean wb_model_check_members (const WbModelFile *file,
                                 const char *path,
                                 JsonObject *object,
                                 const char *const *allowed,
                                 GError **error);
char *wb_model_read_string (const WbModelFile *file,
                            const char *path,
                            JsonObject *object,
                            const char *member,
                            gboolean required,
                            gboolean *ret_ok,
                            GError **error);
gboolean wb_model_read_boolean (const WbModelFile *file,
                                const char *path,
                                JsonObject *object,
                                const char *member,
                                gboolean otherwise,
                                gboolean *ret_value,
                                GError **error);
/* {"nl": ..., "en": ...} */
gboolean wb_model_read_labels (const WbModelFile *file,
                               const char *path,
                               JsonObject *object,
                               const char *member,
                               gboolean required,
                               char *ret_labels[2],
                               GError **error);
JsonObject *wb_model_read_element (const WbModelFile *file,
                                   const char *path,
                                   JsonArray *array,
                                   guint index,
                                   GError **error);
JsonArray *wb_model_read_array (const WbModelFile *file,
                                const char *path,
                                JsonObject *object,
                                const char *member,
                                GError **error);

/* One value of a field; the sentence names the field. */
gboolean wb_field_check_value (const WbModel *model,
                               const WbField *field,
                               JsonNode *value,
                               const WbZone *zone,
                               GError **error);

/* iso-codes: TRUE where the list is not installed and the shape is right. */
gboolean wb_iso_is_language (const char *code);
gboolean wb_iso_is_country (const char *code);

typedef struct _WbCatalogue WbCatalogue;
WbCatalogue *wb_catalogue_load (const char *path); /* (nullable): a gettext .mo file */
void wb_catalogue_free (WbCatalogue *self);
const char *wb_catalogue_get (const WbCatalogue *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbVocabularies, wb_vocabularies_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCatalogue, wb_catalogue_free)

G_END_DECLS
