/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The words that the index holds. FTS5 gathers all that a long beginning finds before it gives the
 * first; whole words it reads one by one, so a beginning is spelled out where few words have it.
 */
#include "wb-word-store.h"

#include <string.h>

/* In memory, of this connection alone; nothing of it is in the file. */
#define SQL_WORDS                                                                                  \
  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word USING fts5vocab (main, search, instance)"
/* One seek: a word in every case has as many rows here. */
#define SQL_NEXT "SELECT term FROM temp.search_word WHERE term >= :from LIMIT 1"
#define SQL_COUNT                                                                                  \
  "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH :match LIMIT :most)"

#define SHORT 3      /* the index has beginnings of that length by themselves */
#define TERMS_MAX 32 /* words read side by side: more than a beginning that means something has */

/* The tokenizer folds case and accents; what it does to other letters is its own business. */
static gboolean
is_plain (const char *word)
{
  for (const char *at = word; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at))
      return FALSE;
  return TRUE;
}

/* The first word from @from on; %NULL without error: there is none. */
static char *
find_next (WbDb *db, const char *from, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_NEXT, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  wb_stmt_bind_text (stmt, ":from", from);
  return wb_stmt_step (stmt, &row, error) && row ? g_strdup (wb_stmt_get_text (stmt, 0)) : NULL;
}

/* (nullable): the words as an expression; %NULL without error: too many. */
static char *
list_words (WbDb *db, const char *beginning, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) problem = NULL;
  g_autofree char *from = g_strdup (beginning);

  for (guint i = 0; i < TERMS_MAX; i++) {
    g_autofree char *word = find_next (db, from, &problem);

    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (word == NULL || !g_str_has_prefix (word, beginning)) {
      if (i == 0)
        g_string_append_printf (all, "\"%s\"", beginning); /* finds nothing */
      return g_strdup_printf ("(%s)", all->str);
    }
    g_string_append_printf (all, "%s\"%s\"", i > 0 ? " OR " : "", word);
    g_free (from);
    from = g_strconcat (word, "\001", NULL); /* no word has that: it is behind all of this one */
  }
  return NULL;
}

/**
 * wb_word_store_expand:
 * @db: the store
 * @word: the beginning of a word: letters, digits and marks
 * @error: return location for an error
 *
 * Returns: (transfer full): an FTS5 expression that finds what begins so
 */
char *
wb_word_store_expand (WbDb *db, const char *word, GError **error)
{
  g_autofree char *plain = g_ascii_strdown (word, -1);
  g_autoptr (WbStmt) make = NULL;
  g_autoptr (GError) problem = NULL;
  char *words;

  if (!is_plain (plain) || strlen (plain) <= SHORT)
    return g_strdup_printf ("\"%s\"*", word);
  make = wb_db_query (db, SQL_WORDS, error);
  if (make == NULL || !wb_stmt_run (make, error))
    return NULL;
  words = list_words (db, plain, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  return words != NULL ? words : g_strdup_printf ("\"%s\"*", word);
}

/**
 * wb_word_store_count:
 * @db: the store
 * @match: an FTS5 expression
 * @most: where to stop
 * @ret_n: how many records it finds; @most: that many or more
 * @error: return location for an error
 */
gboolean
wb_word_store_count (WbDb *db, const char *match, guint most, guint *ret_n, GError **error)
{
  g_autoptr (WbStmt) stmt = wb_db_query (db, SQL_COUNT, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  wb_stmt_bind_text (stmt, ":match", match);
  wb_stmt_bind_int64 (stmt, ":most", most);
  if (!wb_stmt_step (stmt, &row, error))
    return FALSE;
  *ret_n = (guint) wb_stmt_get_int64 (stmt, 0);
  return TRUE;
}
