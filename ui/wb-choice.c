/* SPDX-License-Identifier: EUPL-1.2 */

/* What a picker offers, as plain list items: terms, languages, countries, records. */
#include "wb-choice.h"

#include <string.h>

#include "wb-register.h"

struct _WbChoice {
  GObject parent_instance;

  char *code;
  char *label;
  char *detail;
  gboolean selected;
};

G_DEFINE_FINAL_TYPE (WbChoice, wb_choice, G_TYPE_OBJECT)

enum { PROP_CODE = 1, PROP_LABEL, PROP_DETAIL, PROP_SELECTED, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
wb_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbChoice *self = WB_CHOICE (object);

  switch (id) {
  case PROP_CODE:
    g_value_set_string (value, self->code);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_DETAIL:
    g_value_set_string (value, self->detail);
    break;
  case PROP_SELECTED:
    g_value_set_boolean (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_choice_finalize (GObject *object)
{
  WbChoice *self = WB_CHOICE (object);

  g_free (self->code);
  g_free (self->label);
  g_free (self->detail);
  G_OBJECT_CLASS (wb_choice_parent_class)->finalize (object);
}

static void
wb_choice_class_init (WbChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wb_choice_get_property;
  object_class->finalize = wb_choice_finalize;
  props[PROP_CODE] = g_param_spec_string ("code", NULL, NULL, NULL, flags);
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  props[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_choice_init (WbChoice *self)
{
}

WbChoice *
wb_choice_new (const char *code, const char *label, const char *detail)
{
  WbChoice *self = g_object_new (WB_TYPE_CHOICE, NULL);

  self->code = g_strdup (code);
  self->label = g_strdup (label != NULL ? label : code);
  self->detail = g_strdup (detail);
  return self;
}

const char *
wb_choice_get_code (WbChoice *self)
{
  return self->code;
}

const char *
wb_choice_get_label (WbChoice *self)
{
  return self->label;
}

gboolean
wb_choice_get_selected (WbChoice *self)
{
  return self->selected;
}

void
wb_choice_set_selected (WbChoice *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

/* Diacritics and case do not matter; the code itself is found too, after what bears the words. */
WbChoiceMatch
wb_choice_match (WbChoice *self, const char *words)
{
  if (words == NULL || *words == '\0' || g_str_match_string (words, self->label, TRUE))
    return WB_CHOICE_MATCH_LABEL;
  if (self->detail != NULL && g_str_match_string (words, self->detail, TRUE))
    return WB_CHOICE_MATCH_DETAIL;
  return g_str_has_prefix (self->code, words) ? WB_CHOICE_MATCH_CODE : WB_CHOICE_MATCH_NONE;
}

static void
append_choice (GListStore *store, const char *code, const char *label, const char *detail)
{
  g_autoptr (WbChoice) choice = wb_choice_new (code, label, detail);

  g_list_store_append (store, choice);
}

static void
append_terms (GListStore *store,
              const WbModel *model,
              const char *vocabulary,
              WbDate day,
              WbLanguage language)
{
  g_autoptr (GPtrArray) terms = wb_model_list_choices (model, vocabulary, day);

  for (guint i = 0; terms != NULL && i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    append_choice (store, term->code, term->label[language], NULL);
  }
}

/* In the order of their names; empty where iso-codes is not installed. */
static void
append_iso (GListStore *store, gboolean languages, WbLanguage language)
{
  g_auto (GStrv) codes =
      languages ? wb_model_list_languages (language) : wb_model_list_countries (language);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++) {
    g_autofree char *label = languages ? wb_model_language_name (codes[i], language)
                                       : wb_model_country_name (codes[i], language);

    append_choice (store, codes[i], label, NULL);
  }
}

static void
append_records (GListStore *store,
                const WbModel *model,
                const WbField *field,
                GPtrArray *records,
                WbLanguage language)
{
  for (guint i = 0; records != NULL && i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    const WbRecordType *type = wb_model_find_type (model, record->type);
    const char *reference = strrchr (record->reference, '/');

    if (field->target != NULL && !g_str_equal (field->target, record->type))
      continue;
    append_choice (store,
                   record->id,
                   reference != NULL ? reference + 1 : record->reference,
                   type != NULL ? type->label[language] : NULL);
  }
}

GListModel *
wb_choices_for_field (const WbModel *model,
                      const WbField *field,
                      GPtrArray *records,
                      WbDate day,
                      WbLanguage language)
{
  GListStore *store = g_list_store_new (WB_TYPE_CHOICE);

  switch (field->type) {
  case WB_FIELD_LANGUAGE:
  case WB_FIELD_LANGUAGES:
    append_iso (store, TRUE, language);
    break;
  case WB_FIELD_COUNTRY:
    append_iso (store, FALSE, language);
    break;
  case WB_FIELD_RECORD:
  case WB_FIELD_RECORDS:
    append_records (store, model, field, records, language);
    break;
  case WB_FIELD_CODE:
  case WB_FIELD_CODES:
  case WB_FIELD_TERMS:
    append_terms (store, model, field->vocabulary, day, language);
    break;
  case WB_FIELD_TEXT:
  case WB_FIELD_LONGTEXT:
  case WB_FIELD_MOMENT:
  case WB_FIELD_DATE:
  case WB_FIELD_BOOLEAN:
  case WB_FIELD_INTEGER:
  default:
    break;
  }
  return G_LIST_MODEL (store);
}
