/* SPDX-License-Identifier: EUPL-1.2 */
/* The controlled vocabularies: reads taxonomy.tsv, finds terms, answers which urgency a set of
 * reasons demands. Knows no record types. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"

#define FILE_NAME "taxonomy.tsv"
#define HEADER "section\tcode\tlabel_nl\tlabel_en\textra"
#define CODE_MAX 64
#define TERMS_MAX 20000 /* a body's own terms included */

enum { COLUMN_SECTION, COLUMN_CODE, COLUMN_NL, COLUMN_EN, COLUMN_EXTRA, N_COLUMNS };

static void
term_free (WbTerm *self)
{
  g_free (self->code);
  g_free (self->label[WB_LANGUAGE_NL]);
  g_free (self->label[WB_LANGUAGE_EN]);
  g_free (self->vocabulary);
  g_free (self->section);
  g_free (self->extra);
  g_free (self->from);
  g_free (self->until);
  g_free (self);
}

void
wb_vocabularies_free (WbVocabularies *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->by_code, g_hash_table_unref);
  g_clear_pointer (&self->vocabularies, g_ptr_array_unref);
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_free (self);
}

static WbVocabularies *
vocabularies_new (void)
{
  WbVocabularies *self = g_new0 (WbVocabularies, 1);

  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->vocabularies = g_ptr_array_new ();
  return self;
}

static gboolean G_GNUC_PRINTF (3, 4)
    refuse_line (guint line, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *what = NULL;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s, line %u: %s"), FILE_NAME, line, what);
  return FALSE;
}

/* Lower-case ASCII words with a dot between: "right.charter.4". */
gboolean
wb_code_is_valid (const char *text)
{
  gsize length = strlen (text);
  gboolean dotted = FALSE;

  if (length == 0 || length > CODE_MAX || text[0] == '.' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (text[i] == '.') {
      dotted = TRUE;
      if (text[i + 1] == '.')
        return FALSE;
    } else if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '_') {
      return FALSE;
    }
  }
  return dotted;
}

static gboolean
check_columns (char **columns, guint line, GError **error)
{
  if (g_strv_length (columns) != N_COLUMNS)
    return refuse_line (line, error, _ ("five columns with a tab between are needed."));
  if (!wb_code_is_valid (columns[COLUMN_CODE]))
    return refuse_line (line, error, _ ("the code must be lower-case words with dots between."));
  if (*columns[COLUMN_NL] == '\0' || *columns[COLUMN_EN] == '\0')
    return refuse_line (line, error, _ ("a term needs a Dutch and an English label."));
  return TRUE;
}

/* Takes @term. */
static void
take_term (WbVocabularies *self, WbTerm *term)
{
  GPtrArray *list;

  term->vocabulary = g_strndup (term->code, strcspn (term->code, "."));
  g_ptr_array_add (self->terms, term);
  g_hash_table_insert (self->by_code, term->code, term);
  list = g_hash_table_lookup (self->by_name, term->vocabulary);
  if (list == NULL) {
    list = g_ptr_array_new ();
    g_hash_table_insert (self->by_name, term->vocabulary, list);
    g_ptr_array_add (self->vocabularies, term->vocabulary);
  }
  g_ptr_array_add (list, term);
}

static void
add_term (WbVocabularies *self, char **columns)
{
  WbTerm *term = g_new0 (WbTerm, 1);

  term->code = g_strdup (columns[COLUMN_CODE]);
  term->label[WB_LANGUAGE_NL] = g_strdup (columns[COLUMN_NL]);
  term->label[WB_LANGUAGE_EN] = g_strdup (columns[COLUMN_EN]);
  term->section = g_strdup (columns[COLUMN_SECTION]);
  term->extra = g_strdup (columns[COLUMN_EXTRA]);
  take_term (self, term);
}

static gboolean
load_line (WbVocabularies *self, const char *text, guint line, GError **error)
{
  g_auto (GStrv) columns = g_strsplit (text, "\t", N_COLUMNS + 1);

  if (!check_columns (columns, line, error))
    return FALSE;
  if (g_hash_table_contains (self->by_code, columns[COLUMN_CODE]))
    return refuse_line (line,
                        error,
                        _ ("the code %s is given twice: keep one."),
                        columns[COLUMN_CODE]);
  if (self->terms->len >= TERMS_MAX)
    return refuse_line (line, error, _ ("the list is too long."));
  add_term (self, columns);
  return TRUE;
}

/* What terms say of other terms must exist. */
static gboolean
check_urgency (const WbVocabularies *self, GError **error)
{
  for (guint i = 0; i < self->terms->len; i++) {
    const WbTerm *term = g_ptr_array_index (self->terms, i);
    g_autofree char *least = wb_term_dup_extra (term, "At least");

    if (least != NULL && wb_vocabularies_find (self, least) == NULL)
      return refuse_line (i + 2, error, _ ("“At least” names a code that does not exist."));
  }
  return TRUE;
}

WbVocabularies *
wb_vocabularies_load (GBytes *tsv, GError **error)
{
  g_autoptr (WbVocabularies) self = vocabularies_new ();
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  const char *bytes = g_bytes_get_data (tsv, &size);

  text = g_strndup (size > 0 ? bytes : "", size);
  if (!wb_text_check (text, size, error)) {
    g_prefix_error (error, "%s: ", FILE_NAME);
    return NULL;
  }
  lines = g_strsplit (text, "\n", -1);
  if (lines[0] == NULL || strcmp (lines[0], HEADER) != 0) {
    refuse_line (1, error, _ ("the first line must name the five columns."));
    return NULL;
  }
  for (guint i = 1; lines[i] != NULL; i++) {
    if (*lines[i] == '\0' && lines[i + 1] == NULL)
      break;
    if (!load_line (self, lines[i], i + 1, error))
      return NULL;
  }
  return check_urgency (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Every term of @base, which must outlive it, without copying one. */
WbVocabularies *
wb_vocabularies_new_upon (const WbVocabularies *base)
{
  WbVocabularies *self = vocabularies_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, base->by_code);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (self->by_code, name, value);
  g_hash_table_iter_init (&iter, base->by_name);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (self->by_name, name, g_ptr_array_copy (value, NULL, NULL));
  g_ptr_array_extend (self->vocabularies, base->vocabularies, NULL, NULL);
  return self;
}

/* Copies @own. FALSE where its code is none or is taken. */
gboolean
wb_vocabularies_add_own (WbVocabularies *self, const WbOwnTerm *own)
{
  WbTerm *term;

  if (!wb_code_is_valid (own->code) || wb_vocabularies_find (self, own->code) != NULL ||
      self->terms->len >= TERMS_MAX)
    return FALSE;
  term = g_new0 (WbTerm, 1);
  term->code = g_strdup (own->code);
  term->label[WB_LANGUAGE_NL] = g_strdup (own->label[WB_LANGUAGE_NL]);
  term->label[WB_LANGUAGE_EN] = g_strdup (own->label[WB_LANGUAGE_EN]);
  term->section = g_strdup ("");
  term->extra = g_strdup (own->extra != NULL ? own->extra : "");
  term->from = g_strdup (own->from);
  term->until = g_strdup (own->until);
  term->own = TRUE;
  take_term (self, term);
  return TRUE;
}

/**
 * wb_term_is_valid_on:
 * @self: a term
 * @date: the day of what it is chosen for
 *
 * Returns: whether a body that set days for its own term set them around @date
 */
gboolean
wb_term_is_valid_on (const WbTerm *self, WbDate date)
{
  return wb_term_is_valid_within (self, date, date);
}

/**
 * wb_term_is_valid_within:
 * @self: a term
 * @earliest: the first day on which it may have been
 * @latest: the last
 *
 * Returns: whether the term may be chosen for one of these days
 */
gboolean
wb_term_is_valid_within (const WbTerm *self, WbDate earliest, WbDate latest)
{
  WbDate limit;

  if (self->from != NULL && wb_date_parse (self->from, &limit, NULL) &&
      wb_date_compare (latest, limit) < 0)
    return FALSE;
  return self->until == NULL || !wb_date_parse (self->until, &limit, NULL) ||
         wb_date_compare (earliest, limit) <= 0;
}

const WbTerm *
wb_vocabularies_find (const WbVocabularies *self, const char *code)
{
  return code != NULL ? g_hash_table_lookup (self->by_code, code) : NULL;
}

/**
 * wb_term_dup_extra:
 * @self: a term
 * @key: what is asked, such as "At least"
 *
 * Looks into the last column of taxonomy.tsv, "Key=value; Key=value", where a part without "=" goes
 * on with the value before it. Backquotes around a value are left out.
 *
 * Returns: (transfer full) (nullable): the value
 */
char *
wb_term_dup_extra (const WbTerm *self, const char *key)
{
  g_auto (GStrv) parts = g_strsplit (self->extra, "; ", -1);
  g_autoptr (GString) value = NULL;
  gsize length = strlen (key);

  for (guint i = 0; parts[i] != NULL; i++) {
    gboolean begins = strchr (parts[i], '=') != NULL;

    if (value != NULL && begins)
      break;
    if (value != NULL)
      g_string_append_printf (value, "; %s", parts[i]);
    else if (strncmp (parts[i], key, length) == 0 && parts[i][length] == '=')
      value = g_string_new (parts[i] + length + 1);
  }
  if (value == NULL)
    return NULL;
  if (value->len >= 2 && value->str[0] == '`' && value->str[value->len - 1] == '`') {
    g_string_truncate (value, value->len - 1);
    g_string_erase (value, 0, 1);
  }
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/**
 * wb_model_find_term:
 * @self: the model
 * @code: (nullable): such as "right.charter.4"
 *
 * Returns: (transfer none) (nullable): the term
 */
const WbTerm *
wb_model_find_term (const WbModel *self, const char *code)
{
  return wb_vocabularies_find (self->vocabularies, code);
}

/**
 * wb_model_list_terms:
 * @self: the model
 * @vocabulary: the codes' first word, such as "right"
 *
 * Returns: (transfer container) (element-type WbTerm): in the order of the list; empty where there
 *   is no such vocabulary
 */
GPtrArray *
wb_model_list_terms (const WbModel *self, const char *vocabulary)
{
  GPtrArray *list = g_hash_table_lookup (self->vocabularies->by_name, vocabulary);

  return list != NULL ? g_ptr_array_copy (list, NULL, NULL) : g_ptr_array_new ();
}

/**
 * wb_model_list_choices:
 * @self: the model
 * @vocabulary: name of a list
 * @day: the day on which somebody chooses
 *
 * Values that hold another term stay good and keep their label: wb_model_find_term() knows all.
 *
 * Returns: (transfer container) (element-type WbTerm): the terms in use on that day
 */
GPtrArray *
wb_model_list_choices (const WbModel *self, const char *vocabulary, WbDate day)
{
  GPtrArray *terms = wb_model_list_terms (self, vocabulary);

  for (guint i = terms->len; i > 0; i--)
    if (!wb_term_is_valid_on (g_ptr_array_index (terms, i - 1), day))
      g_ptr_array_remove_index (terms, i - 1);
  return terms;
}

/**
 * wb_model_list_vocabularies:
 * @self: the model
 *
 * Returns: (transfer full): the names of all vocabularies
 */
char **
wb_model_list_vocabularies (const WbModel *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GPtrArray *list = self->vocabularies->vocabularies;

  for (guint i = 0; i < list->len; i++)
    g_strv_builder_add (names, g_ptr_array_index (list, i));
  return g_strv_builder_end (names);
}

/* Place in the list, the most urgent first; G_MAXUINT where @code is none. */
static guint
rank_urgency (const GPtrArray *list, const char *code)
{
  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_strcmp0 (((const WbTerm *) g_ptr_array_index (list, i))->code, code) == 0)
      return i;
  return G_MAXUINT;
}

/**
 * wb_model_urgency_for:
 * @self: the model
 * @reasons: (nullable): codes urgreason.*
 *
 * Each reason names the least urgency that it demands; the highest of these wins.
 *
 * Returns: (transfer none) (nullable): a code urgency.*, NULL where no reason demands one
 */
const char *
wb_model_urgency_for (const WbModel *self, JsonArray *reasons)
{
  const GPtrArray *list = g_hash_table_lookup (self->vocabularies->by_name, "urgency");
  guint best = G_MAXUINT;

  for (guint i = 0; reasons != NULL && i < json_array_get_length (reasons); i++) {
    JsonNode *node = json_array_get_element (reasons, i);
    const WbTerm *reason = JSON_NODE_HOLDS_VALUE (node)
                               ? wb_model_find_term (self, json_node_get_string (node))
                               : NULL;
    g_autofree char *least = reason != NULL ? wb_term_dup_extra (reason, "At least") : NULL;

    best = MIN (best, rank_urgency (list, least));
  }
  return best != G_MAXUINT ? ((const WbTerm *) g_ptr_array_index (list, best))->code : NULL;
}
