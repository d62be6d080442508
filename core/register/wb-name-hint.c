/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Names in free text, told as a warning and never refused: those of the people known in the case,
 * and what looks like a name. The texts and the names themselves stay inside.
 */
#include "wb-name-hint.h"

#include <string.h>

#include "wb-i18n.h"
#include "wb-register-private.h"
#include "wb-resources.h"

#define WORDS "text/name-words.tsv"
#define TOKEN_MIN 3 /* letters: shorter words of a name are too common to mean somebody */
#define NAME "\\p{Lu}\\p{Ll}[\\p{L}\\p{M}'’-]*"
#define BEGIN "(?<![\\p{L}\\p{N}-])"

typedef struct {
  GRegex *pattern;     /* a title, initials, or a first word; then a name */
  GHashTable *openers; /* utf8, lower case */
  GHashTable *particles;
} NameWords;

void
wb_name_hint_free (WbNameHint *self)
{
  if (self == NULL)
    return;
  g_free (self->field);
  g_free (self->person);
  g_free (self);
}

static void
add_alternative (GString *list, const char *word)
{
  g_autofree char *escaped = g_regex_escape_string (word, -1);

  g_string_append_printf (list, "%s%s", list->len > 0 ? "|" : "", escaped);
}

static GRegex *
make_pattern (const char *titles, const char *particles)
{
  g_autofree char *part = g_strdup_printf ("(?:(?:%s)[ \\t]+){0,3}", particles);
  g_autofree char *text = g_strdup_printf (
      BEGIN "(?:(?i:%s)\\.?[ \\t]+(?:\\p{Lu}\\.[ \\t]?)*%s" NAME
            "|(?:\\p{Lu}\\.[ \\t]?){1,5}%s" NAME "|(?<first>" NAME ")[ \\t]+%s" NAME ")",
      titles,
      part,
      part,
      part);

  return g_regex_new (text, G_REGEX_OPTIMIZE, 0, NULL);
}

static NameWords *
load_words (void)
{
  g_autoptr (GBytes) bytes = wb_core_resource (WORDS, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autoptr (GString) particles = g_string_new (NULL);
  NameWords *self = g_new0 (NameWords, 1);

  self->openers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->particles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 2);

    if (lines[i][0] == '#' || g_strv_length (cells) != 2)
      continue;
    if (g_str_equal (cells[0], "title")) {
      add_alternative (titles, cells[1]);
    } else if (g_str_equal (cells[0], "particle")) {
      add_alternative (particles, cells[1]);
      g_hash_table_add (self->particles, g_strdup (cells[1]));
    } else if (g_str_equal (cells[0], "opener")) {
      g_hash_table_add (self->openers, g_strdup (cells[1]));
    }
  }
  self->pattern = make_pattern (titles->str, particles->str);
  g_assert (self->pattern != NULL); /* made of our own words, each escaped */
  return self;
}

static const NameWords *
get_words (void)
{
  static gsize words;

  if (g_once_init_enter (&words))
    g_once_init_leave (&words, (gsize) load_words ());
  return (const NameWords *) words;
}

static gboolean
terms_hold (const WbModel *model, const char *vocabulary, const char *text)
{
  g_autoptr (GPtrArray) terms = wb_model_list_terms (model, vocabulary);

  for (guint i = 0; i < terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (terms, i);

    if (strstr (term->label[WB_LANGUAGE_NL], text) != NULL ||
        strstr (term->label[WB_LANGUAGE_EN], text) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* “Ter Apel”, “Koninklijke Marechaussee”: what the lists hold names a place or an office. */
static gboolean
is_of_a_list (const WbModel *model, const char *text)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *types = wb_model_get_types (model);

  for (guint i = 0; i < types->len; i++) {
    GPtrArray *fields = ((const WbRecordType *) g_ptr_array_index (types, i))->fields;

    for (guint k = 0; k < fields->len; k++) {
      const char *vocabulary = ((const WbField *) g_ptr_array_index (fields, k))->vocabulary;

      if (vocabulary != NULL && g_hash_table_add (seen, (gpointer) vocabulary) &&
          terms_hold (model, vocabulary, text))
        return TRUE;
    }
  }
  return FALSE;
}

/* Where the next look begins: behind the match, or behind a first word that is no name. */
static int
judge (const WbModel *model, GMatchInfo *match, guint *count)
{
  const NameWords *words = get_words ();
  g_autofree char *text = g_match_info_fetch (match, 0);
  g_autofree char *first = g_match_info_fetch_named (match, "first");
  g_autofree char *lower = first != NULL ? g_utf8_strdown (first, -1) : NULL;
  int end = 0, first_end = -1;

  (void) g_match_info_fetch_pos (match, 0, NULL, &end);
  (void) g_match_info_fetch_named_pos (match, "first", NULL, &first_end);
  if (lower != NULL && *lower != '\0' && g_hash_table_contains (words->openers, lower))
    return first_end;
  if (!is_of_a_list (model, text))
    (*count)++;
  return end;
}

static guint
count_name_like (const WbModel *model, const char *text)
{
  guint count = 0;
  int at = 0;

  for (;;) {
    g_autoptr (GMatchInfo) match = NULL;

    if (!g_regex_match_full (get_words ()->pattern, text, -1, at, 0, &match, NULL))
      return count;
    at = judge (model, match, &count);
  }
}

static gboolean
stands_alone (const char *text, const char *at, gsize size)
{
  return (at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at)))) &&
         !g_unichar_isalnum (g_utf8_get_char (at + size));
}

static guint
count_word (const char *text, const char *word)
{
  gsize size = strlen (word);
  guint count = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + size, word))
    count += stands_alone (text, at, size);
  return count;
}

/* Each part of a name that can mean somebody by itself: no particle, no initial. */
static guint
count_parts (const char *text, const char *name)
{
  g_auto (GStrv) parts = g_regex_split_simple ("[^\\p{L}\\p{M}\\p{N}'’-]+", name, 0, 0);
  guint most = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    gboolean named = g_unichar_isupper (g_utf8_get_char (parts[i])) ||
                     g_unichar_isdigit (g_utf8_get_char (parts[i]));

    if (named && g_utf8_strlen (parts[i], -1) >= TOKEN_MIN)
      most = MAX (most, count_word (text, parts[i]));
  }
  return most;
}

/* How often @text holds what the record keeps apart as somebody's name or number. */
static guint
count_known (WbRegister *self, const WbRecordRow *row, const char *text)
{
  const WbRecordType *type = wb_model_find_type (self->model, row->type);
  g_autofree char *apart = wb_record_store_get_identity (self->db, row->id, NULL);
  g_autoptr (JsonObject) doc = apart != NULL ? wb_doc_parse (apart, NULL) : NULL;
  g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;
  guint most = 0;

  for (guint i = 0; type != NULL && values != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *node = json_object_get_member (values, field->name);

    if (field->type == WB_FIELD_TEXT && field->sensitivity == WB_SENSITIVITY_IDENTITY &&
        node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
      most = MAX (most, count_parts (text, json_node_get_string (node)));
  }
  return most;
}

static void
add_hint (GPtrArray *hints, const char *field, const char *person, guint count)
{
  WbNameHint *hint;

  if (count == 0)
    return;
  hint = g_new0 (WbNameHint, 1);
  hint->field = g_strdup (field);
  hint->person = g_strdup (person);
  hint->count = count;
  g_ptr_array_add (hints, hint);
}

static void
look_at (WbRegister *self,
         const WbField *field,
         const char *text,
         GPtrArray *people,
         GPtrArray *hints)
{
  guint known = 0;

  for (guint i = 0; people != NULL && i < people->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (people, i);
    guint count = count_known (self, row, text);

    add_hint (hints, field->name, row->reference, count);
    known += count;
  }
  if (known == 0)
    add_hint (hints, field->name, NULL, count_name_like (self->model, text));
}

static gboolean
is_free_text (const WbField *field)
{
  return (field->type == WB_FIELD_TEXT || field->type == WB_FIELD_LONGTEXT) && !field->system &&
         !wb_field_is_apart (field);
}

/**
 * wb_register_list_name_hints:
 * @self: an open register
 * @record: a record as it stands
 * @only: (nullable): the fields that were given; %NULL: all
 * @error: return location for an error of the store
 *
 * Free texts are read by all who may read the case, names by those who ask for them: a name in a
 * text undoes that (GDPR 5(1)(c)). This is a warning for whoever typed; nothing is refused. No
 * reading of identities is logged for it, since none is shown.
 *
 * Returns: (transfer full) (element-type WbNameHint): one for each field and person
 */
GPtrArray *
wb_register_list_name_hints (WbRegister *self,
                             const WbRecord *record,
                             JsonObject *only,
                             GError **error)
{
  g_autoptr (GPtrArray) hints = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_name_hint_free);
  const WbRecordType *type = wb_model_find_type (self->model, record->type);
  g_autoptr (GPtrArray) people = NULL;

  if (record->case_id != NULL) {
    people = wb_record_store_list_of_case (self->db, record->case_id, error);
    if (people == NULL)
      return NULL;
  }
  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *node = json_object_get_member (record->fields, field->name);

    if (is_free_text (field) && node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
        (only == NULL || json_object_has_member (only, field->name)))
      look_at (self, field, json_node_get_string (node), people, hints);
  }
  return g_steal_pointer (&hints);
}

/**
 * wb_name_hint_to_text:
 * @self: a warning
 * @model: of the register
 * @record: the record that it is about
 *
 * Returns: (transfer full): one sentence, with neither the name nor the text
 */
char *
wb_name_hint_to_text (const WbNameHint *self, const WbModel *model, const WbRecord *record)
{
  const WbField *field =
      wb_record_type_find_field (wb_model_find_type (model, record->type), self->field);
  const char *label = field->label[wb_language_current ()];

  if (self->person != NULL)
    return g_strdup_printf (
        /* TRANSLATORS: reference of a record, label of a field, reference of a person. */
        _ ("%s: “%s” holds the name or number of %s; write the pseudonym instead."),
        record->reference,
        label,
        self->person);
  return g_strdup_printf (
      /* TRANSLATORS: reference of a record, label of a field. */
      _ ("%s: “%s” holds what looks like a name; write a pseudonym or a role instead."),
      record->reference,
      label);
}
