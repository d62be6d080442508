/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A person's words as FTS5 expressions: each as the beginning of a word, marks are never operators.
 * Which of them finds least decides how a search goes about it.
 */
#include "wb-search-words-private.h"

#include "wb-json.h"
#include "wb-word-store.h"

#define WORDS_MAX 16 /* words of one search */
/* Records: looking these up one by one takes as long as walking the list until a page is full. */
#define MANY 4000
/* With more words than one a walk may go far for cases that have both. */
#define MANY_OF_SEVERAL 20000

typedef struct {
  char *term;
  guint n;
} Term;

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->term);
}

static gint
compare_terms (gconstpointer a, gconstpointer b)
{
  const Term *left = a, *right = b;

  return left->n < right->n ? -1 : left->n > right->n;
}

static gboolean
add_term (WbRegister *reg, GArray *terms, const char *word, GError **error)
{
  Term term = { wb_word_store_expand (reg->db, word, error), 0 };

  if (term.term == NULL)
    return FALSE;
  g_array_append_val (terms, term);
  return TRUE;
}

static gboolean
split (WbRegister *reg, const char *words, GArray *terms, GError **error)
{
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *at = words;; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (c != 0 && (g_unichar_isalnum (c) || g_unichar_ismark (c))) {
      g_string_append_unichar (word, c);
      continue;
    }
    if (word->len > 0 && terms->len < WORDS_MAX && !add_term (reg, terms, word->str, error))
      return FALSE;
    g_string_truncate (word, 0);
    if (c == 0)
      return TRUE;
  }
}

static gboolean
count_terms (WbRegister *reg, GArray *terms, guint most, GError **error)
{
  for (guint i = 0; i < terms->len; i++) {
    Term *term = &g_array_index (terms, Term, i);

    if (!wb_word_store_count (reg->db, term->term, most, &term->n, error))
      return FALSE;
  }
  g_array_sort (terms, compare_terms);
  return TRUE;
}

static WbSearchWords *
take_terms (GArray *terms, guint many)
{
  WbSearchWords *self = g_new0 (WbSearchWords, 1);
  g_autoptr (JsonArray) others = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  self->terms = g_ptr_array_new_with_free_func (g_free);
  self->common = terms->len > 0 && g_array_index (terms, Term, 0).n >= many;
  for (guint i = 0; i < terms->len; i++) {
    Term *term = &g_array_index (terms, Term, i);

    if (i > 0)
      json_array_add_string_element (others, term->term);
    g_ptr_array_add (self->terms, g_steal_pointer (&term->term));
  }
  node = json_node_init_array (json_node_alloc (), others);
  self->others = wb_json_compact (node);
  return self;
}

/**
 * wb_search_words_new:
 * @reg: an open register
 * @words: (nullable): what somebody typed
 * @error: return location for an error
 *
 * Returns: (transfer full): what to look for; without a word in it that is nothing
 */
WbSearchWords *
wb_search_words_new (WbRegister *reg, const char *words, GError **error)
{
  g_autoptr (GArray) terms = g_array_new (FALSE, FALSE, sizeof (Term));
  guint many;

  g_array_set_clear_func (terms, term_clear);
  if (words != NULL && g_utf8_validate (words, -1, NULL) && !split (reg, words, terms, error))
    return NULL;
  many = terms->len > 1 ? MANY_OF_SEVERAL : MANY;
  return count_terms (reg, terms, many, error) ? take_terms (terms, many) : NULL;
}

void
wb_search_words_free (WbSearchWords *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_free (self->others);
  g_free (self);
}

const char *
wb_search_words_get_rarest (const WbSearchWords *self)
{
  return self->terms->len > 0 ? g_ptr_array_index (self->terms, 0) : NULL;
}

/* All words in one record. */
char *
wb_search_words_match_all (const WbSearchWords *self)
{
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; i < self->terms->len; i++)
    g_string_append_printf (match,
                            "%s%s",
                            i > 0 ? " AND " : "",
                            (const char *) g_ptr_array_index (self->terms, i));
  return g_string_free (g_steal_pointer (&match), FALSE);
}
