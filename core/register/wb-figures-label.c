/* SPDX-License-Identifier: EUPL-1.2 */

/* Codes in words and in their order. */
#include "wb-figures-private.h"

#include "wb-format.h"

#include <stdlib.h>

void
wb_figure_set_label (JsonObject *object, const char *name, const char *nl, const char *en)
{
  JsonObject *label = json_object_new ();

  json_object_set_string_member (label, "nl", nl);
  json_object_set_string_member (label, "en", en);
  json_object_set_object_member (object, name, label);
}

static const char *
pick (WbLanguage language, const char *nl, const char *en)
{
  return language == WB_LANGUAGE_NL ? nl : en;
}

/**
 * wb_dimension_label:
 * @dimension: what is counted by
 * @language: of the label
 *
 * Returns: (transfer none): such as "Stage of the procedure"
 */
const char *
wb_dimension_label (const WbDimension *dimension, WbLanguage language)
{
  switch (dimension->kind) {
  case WB_DIMENSION_FIELD:
    return dimension->field->label[language];
  case WB_DIMENSION_SPAN:
    return dimension->span->label[language];
  case WB_DIMENSION_SET:
    return pick (language, "bijzondere groepen", "sets");
  case WB_DIMENSION_HOUR:
    return pick (language, "uur van de dag", "hour of the day");
  case WB_DIMENSION_WEEKDAY:
    return pick (language, "dag van de week", "day of the week");
  case WB_DIMENSION_TOTAL:
  default:
    return dimension->unit->label[language];
  }
}

static char *
label_of_hour (const char *code)
{
  int hour = atoi (code + sizeof "hour." - 1);

  return g_strdup_printf ("%02d–%02d", hour, (hour + 1) % 24);
}

static char *
label_of_code (const WbCounter *self, const char *code, WbLanguage language)
{
  const WbTerm *term = wb_model_find_term (self->reg->model, code);
  char *const *own = g_hash_table_lookup (self->own_terms, code);

  if (own != NULL)
    return g_strdup (own[language]);
  return g_strdup (term != NULL ? term->label[language] : code);
}

/**
 * wb_counter_label:
 * @self: a counter
 * @dimension: what is counted by
 * @code: "" where it is not filled in
 * @language: of the label
 *
 * Returns: (transfer full): the code in words; the code itself where nobody knows it
 */
char *
wb_counter_label (const WbCounter *self,
                  const WbDimension *dimension,
                  const char *code,
                  WbLanguage language)
{
  const WbFigureSet *set = wb_figure_model_find_set (self->figures, code);

  if (*code == '\0')
    return g_strdup (pick (language, "Niet ingevuld", "Not filled in"));
  if (set != NULL)
    return g_strdup (set->label[language]);
  if (dimension->kind == WB_DIMENSION_HOUR)
    return label_of_hour (code);
  if (dimension->kind == WB_DIMENSION_WEEKDAY)
    return g_strdup (wb_format_weekday (atoi (code + sizeof "weekday." - 1), language));
  if (g_str_equal (code, "true"))
    return g_strdup (pick (language, "Ja", "Yes"));
  if (g_str_equal (code, "false"))
    return g_strdup (pick (language, "Nee", "No"));
  return label_of_code (self, code, language);
}

static void
add_code (GPtrArray *codes, GHashTable *seen, const char *code)
{
  if (!g_hash_table_contains (seen, code)) {
    g_hash_table_add (seen, (gpointer) code);
    g_ptr_array_add (codes, g_strdup (code));
  }
}

static void
add_known (const WbCounter *self, const WbDimension *dimension, GPtrArray *codes)
{
  GPtrArray *sets = wb_figure_model_get_sets (self->figures);
  g_autoptr (GPtrArray) terms =
      dimension->field != NULL && dimension->field->vocabulary != NULL
          ? wb_model_list_terms (self->reg->model, dimension->field->vocabulary)
          : NULL;

  for (guint i = 0; terms != NULL && i < terms->len; i++)
    g_ptr_array_add (codes, g_strdup (((const WbTerm *) g_ptr_array_index (terms, i))->code));
  for (guint i = 0; dimension->kind == WB_DIMENSION_SET && i < sets->len; i++) {
    const WbFigureSet *set = g_ptr_array_index (sets, i);

    if (set->unit == dimension->unit)
      g_ptr_array_add (codes, g_strdup (set->name));
  }
  for (guint i = 0; dimension->kind == WB_DIMENSION_HOUR && i < 24; i++)
    g_ptr_array_add (codes, g_strdup_printf ("hour.%02u", i));
  for (guint i = 1; dimension->kind == WB_DIMENSION_WEEKDAY && i <= 7; i++)
    g_ptr_array_add (codes, g_strdup_printf ("weekday.%u", i));
  if (dimension->field != NULL && dimension->field->type == WB_FIELD_BOOLEAN) {
    g_ptr_array_add (codes, g_strdup ("true"));
    g_ptr_array_add (codes, g_strdup ("false"));
  }
}

/**
 * wb_counter_list_codes:
 * @self: a counter
 * @dimension: what is counted by
 * @also: (element-type utf8 gpointer): codes that were counted
 *
 * Returns: (transfer full) (element-type utf8): known codes in the order of their list, then the
 *   others by name, then "" for what is not filled in
 */
GPtrArray *
wb_counter_list_codes (const WbCounter *self, const WbDimension *dimension, GHashTable *also)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) counted = g_list_sort (g_hash_table_get_keys (also), (GCompareFunc) g_strcmp0);
  GPtrArray *codes = g_ptr_array_new_with_free_func (g_free);

  add_known (self, dimension, known);
  for (guint i = 0; i < known->len; i++)
    add_code (codes, seen, g_ptr_array_index (known, i));
  for (GList *l = counted; l != NULL; l = l->next)
    if (*(const char *) l->data != '\0')
      add_code (codes, seen, l->data);
  g_ptr_array_add (codes, g_strdup (""));
  return codes;
}
