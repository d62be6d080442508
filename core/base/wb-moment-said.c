/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Dates as people tell them, in Dutch or English: splits the words into what they say, by
 * moment-words.tsv, and refuses what it does not understand rather than guess.
 */
#include "wb-moment-said-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-resources.h"

#define SAID_MAX 500  /* characters, as WbMoment keeps of the words */
#define TOKENS_MAX 40 /* words of one date */
#define PHRASE_MAX 4  /* words of one phrase of the table */

typedef struct {
  char *text, *kind, *value;
} Phrase;

/* A phrase of the table, or a number that was written in digits. */
typedef struct {
  const char *kind, *value;
  int number;       /* -1 */
  const char *text; /* what stands there */
} Token;

static void
phrase_free (gpointer data)
{
  Phrase *phrase = data;

  g_free (phrase->text);
  g_free (phrase->kind);
  g_free (phrase->value);
  g_free (phrase);
}

static GHashTable *
load_phrases (void)
{
  g_autoptr (GBytes) bytes = wb_core_resource ("text/moment-words.tsv", NULL);
  GHashTable *phrases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, phrase_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (bytes == NULL)
    return phrases;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
    Phrase *phrase;

    if (g_strv_length (columns) != 3)
      continue;
    phrase = g_new0 (Phrase, 1);
    phrase->text = g_strdup (columns[0]);
    phrase->kind = g_strdup (columns[1]);
    phrase->value = g_strdup (columns[2]);
    g_hash_table_replace (phrases, phrase->text, phrase);
  }
  return phrases;
}

static const Phrase *
find_phrase (const char *text)
{
  static gsize once;
  static GHashTable *phrases;

  if (g_once_init_enter (&once)) {
    phrases = load_phrases ();
    g_once_init_leave (&once, 1);
  }
  return g_hash_table_lookup (phrases, text);
}

/* Lower case, one space between words, without accents, commas and the stop at the end. */
static char *
normalise (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) clean = g_string_new (NULL);

  for (const char *at = apart; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (g_unichar_ismark (c))
      continue;
    if (c == 0x2018 || c == 0x2019 || c == '`')
      c = '\'';
    if (c == 0x2013 || c == 0x2014)
      c = '-';
    if (g_unichar_isspace (c) || strchr (",;!?()\"", (int) MIN (c, 0x7f)) != NULL)
      c = ' ';
    if (c != ' ' || (clean->len > 0 && clean->str[clean->len - 1] != ' '))
      g_string_append_unichar (clean, c);
  }
  while (clean->len > 0 && strchr (". ", clean->str[clean->len - 1]) != NULL)
    g_string_truncate (clean, clean->len - 1);
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

static gboolean
read_number (const char **at, guint most, int *ret_number)
{
  int number = 0;
  guint n = 0;

  while (g_ascii_isdigit ((*at)[n]) && n < most)
    number = number * 10 + ((*at)[n++] - '0');
  *at += n;
  *ret_number = number;
  return n > 0 && !g_ascii_isdigit (**at);
}

/* 18-7-2026, 18/7/2026, 18.7.2026, 18-7: the day first, as here. */
static gboolean
read_date_token (const char *text, WbSaid *said)
{
  const char *at = text;
  int day, month, year = 0;
  char mark;

  if (!read_number (&at, 2, &day) || strchr ("-/.", *at) == NULL || *at == '\0')
    return FALSE;
  mark = *at++;
  if (!read_number (&at, 2, &month))
    return FALSE;
  if (*at == mark && (at++, !read_number (&at, 4, &year)))
    return FALSE;
  if (*at != '\0' || month < 1 || month > 12 || day < 1 || (year != 0 && year < 1900))
    return FALSE;
  if (said->month != 0 || said->day != 0 || (year != 0 && said->year != 0))
    return FALSE;
  said->day = day;
  said->month = month;
  said->year = year != 0 ? year : said->year;
  return TRUE;
}

/* 20:15, 20.15, 8:05; what begins with 0 or lies above 12 is an hour of the day for sure. */
static gboolean
read_clock_token (const char *text, WbSaid *said)
{
  const char *at = text;
  int hour, minute;

  if (!read_number (&at, 2, &hour) || (*at != ':' && *at != '.') || strlen (at) != 3)
    return FALSE;
  at++;
  if (!read_number (&at, 2, &minute) || *at != '\0' || hour > 23 || minute > 59 || said->hour >= 0)
    return FALSE;
  said->hour = hour;
  said->minute = minute;
  said->has_minute = TRUE;
  said->twelve = hour >= 1 && hour <= 12 && text[0] != '0';
  return TRUE;
}

/* A number in digits, with what may hang on it: 18e, 18th, 8pm. */
static gboolean
read_digits_token (const char *text, Token *token)
{
  static const char *const ENDS[] = { "", "e", "de", "ste", "st", "nd", "rd", "th", NULL };
  const char *at = text;

  if (!read_number (&at, 4, &token->number) || !g_strv_contains (ENDS, at))
    return FALSE;
  token->kind = *at != '\0' ? "ordinal" : "number";
  return TRUE;
}

static gboolean
set_once (int *field, int value, int unset)
{
  if (*field != unset && *field != value)
    return FALSE;
  *field = value;
  return TRUE;
}

static int
index_of (const char *value, const char *const *names)
{
  for (int i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], value) == 0)
      return i + 1;
  return 0;
}

static gboolean
set_day_number (WbSaid *said, int number)
{
  return number >= 1 && number <= 31 && set_once (&said->day, number, 0);
}

static gboolean
set_hour (WbSaid *said, int number, int minutes, gboolean has_minute)
{
  if (said->hour >= 0 || number < 0 || number > 23)
    return FALSE;
  said->twelve = number >= 1 && number <= 12;
  said->hour = minutes < 0 ? (number + 23) % 24 : number;
  if (said->twelve && said->hour == 0)
    said->hour = 12; /* half past twelve is "half een" */
  said->minute = (minutes + 60) % 60;
  said->has_minute = has_minute;
  return TRUE;
}

static gboolean
is_kind (const Token *token, const char *kind)
{
  return token->kind != NULL && strcmp (token->kind, kind) == 0;
}

static const Token *
get_token (GArray *tokens, guint i)
{
  static const Token none = { 0 };

  return i < tokens->len ? &g_array_index (tokens, Token, i) : &none;
}

/* A number: of units, of a day, a year or an hour, by what stands beside it. */
static gboolean
take_number (WbSaid *said, GArray *tokens, guint *at)
{
  const Token *token = get_token (tokens, *at);
  const Token *next = get_token (tokens, *at + 1);
  const Token *before = *at > 0 ? get_token (tokens, *at - 1) : get_token (tokens, tokens->len);
  const Token *other = get_token (tokens, *at + 2);
  int least = token->number, most = token->number;

  if (is_kind (token, "ordinal"))
    return set_day_number (said, token->number);
  if (is_kind (next, "or") && is_kind (other, "number")) {
    most = MAX (least, other->number);
    least = MIN (least, other->number);
    *at += 2;
    next = get_token (tokens, *at + 1);
  }
  if (is_kind (next, "unit") && said->most == 0) {
    said->least = least;
    said->most = most;
    return most <= 1000;
  }
  if (least != most)
    return FALSE;
  if (is_kind (next, "oclock") || is_kind (next, "ampm"))
    return set_hour (said, token->number, 0, FALSE);
  if (token->number >= 1900 && token->number <= 2200)
    return set_once (&said->year, token->number, 0);
  if (is_kind (next, "or") && is_kind (other, "month")) /* "8 of July" */
    return set_day_number (said, token->number);
  if (is_kind (next, "month") || is_kind (before, "month") || token->number > 12)
    return set_day_number (said, token->number);
  if (is_kind (before, "skip") &&
      (strcmp (before->text, "om") == 0 || strcmp (before->text, "at") == 0))
    return set_hour (said, token->number, 0, FALSE);
  if (said->most != 0)
    return FALSE;
  said->least = said->most = token->number; /* "between two and three days ago" */
  return TRUE;
}

static gboolean
take_minutes (WbSaid *said, GArray *tokens, guint *at, int minutes)
{
  const Token *next = get_token (tokens, *at + 1);
  int number = is_kind (next, "number") ? next->number : is_kind (next, "article") ? 1 : -1;

  if (number < 1 || number > 12)
    return FALSE;
  (*at)++;
  return set_hour (said, number, minutes, TRUE);
}

static gboolean
take_half (WbSaid *said, GArray *tokens, guint *at)
{
  const Token *next = get_token (tokens, *at + 1);

  if (is_kind (next, "number") || (is_kind (next, "article") && strcmp (next->text, "een") == 0))
    return take_minutes (said, tokens, at, -30);
  said->edge = WB_EDGE_MID;
  return TRUE;
}

static gboolean
take_count (WbSaid *said, int least, int most)
{
  if (said->most != 0)
    return FALSE;
  said->least = least;
  said->most = most;
  return TRUE;
}

static gboolean
take_unit (WbSaid *said, const char *value)
{
  static const char *const UNITS[] = { "minute",  "hour",  "day",  "night", "week",
                                       "weekend", "month", "year", NULL };

  if (said->unit != WB_UNIT_SAID_NONE)
    return FALSE;
  said->unit = (WbSaidUnit) index_of (value, UNITS);
  return TRUE;
}

/* What has a place of its own in WbSaid. */
static gboolean
take_named (WbSaid *said, const Token *token)
{
  static const char *const PARTS[] = { "morning", "afternoon", "evening", "night", NULL };
  static const char *const EDGES[] = { "begin", "mid", "end", NULL };
  static const char *const SEASONS[] = { "spring", "summer", "autumn", "winter", NULL };
  static const char *const RELS[] = { "last", "this", NULL };
  int value = (int) g_ascii_strtoll (token->value, NULL, 10);

  if (is_kind (token, "weekday"))
    return set_once (&said->weekday, value, 0);
  if (is_kind (token, "month"))
    return set_once (&said->month, value, 0);
  if (is_kind (token, "part")) {
    gboolean free = said->part == WB_PART_NONE;

    said->part = (WbPart) index_of (token->value, PARTS);
    return free;
  }
  if (is_kind (token, "edge"))
    said->edge = (WbEdge) index_of (token->value, EDGES);
  else if (is_kind (token, "season"))
    said->season = (WbSeason) index_of (token->value, SEASONS);
  else if (is_kind (token, "rel"))
    said->rel = (WbRel) index_of (token->value, RELS);
  else if (is_kind (token, "ampm"))
    said->pm = token->value[0] == 'p';
  else if (is_kind (token, "fold"))
    said->fold = token->value;
  else if (is_kind (token, "feast"))
    said->feast = token->value;
  else if (is_kind (token, "dayref")) {
    said->has_dayref = TRUE;
    said->dayref = value;
  } else
    return FALSE;
  return TRUE;
}

static gboolean
take_token (WbSaid *said, GArray *tokens, guint *at)
{
  const Token *token = get_token (tokens, *at);
  const Token *next = get_token (tokens, *at + 1);

  if (token->kind == NULL)
    return read_clock_token (token->text, said) || read_date_token (token->text, said);
  if (is_kind (token, "number") || is_kind (token, "ordinal"))
    return take_number (said, tokens, at);
  if (is_kind (token, "article"))
    return !is_kind (next, "unit") || take_count (said, 1, 1);
  if (is_kind (token, "few"))
    return take_count (said, 2, 5);
  if (is_kind (token, "couple")) {
    said->about = TRUE;
    return take_count (said, 2, 2);
  }
  if (is_kind (token, "halfyear"))
    return take_count (said, 6, 6) && take_unit (said, "month");
  if (is_kind (token, "unit"))
    return take_unit (said, token->value);
  if (is_kind (token, "clock"))
    return take_minutes (said, tokens, at, (int) g_ascii_strtoll (token->value, NULL, 10));
  if (is_kind (token, "half"))
    return take_half (said, tokens, at);
  if (is_kind (token, "about"))
    return said->about = TRUE;
  if (is_kind (token, "exact"))
    return said->exact = TRUE;
  if (is_kind (token, "unknown"))
    return said->unknown = TRUE;
  if (is_kind (token, "ago"))
    return said->ago = TRUE;
  if (is_kind (token, "skip") || is_kind (token, "oclock") || is_kind (token, "between"))
    return TRUE;
  if (is_kind (token, "or"))
    return strcmp (token->text, "of") == 0; /* "or" in Dutch, a genitive in English */
  return take_named (said, token);
}

/* "om 8 uur" is an hour of the day, "8 uur geleden" a number of hours; nothing may be left over. */
static gboolean
settle (WbSaid *said)
{
  if (said->unit == WB_SAID_HOUR && !said->ago && said->most > 0) {
    if (said->least != said->most || !set_hour (said, said->most, 0, FALSE))
      return FALSE;
    said->unit = WB_UNIT_SAID_NONE;
    said->least = said->most = 0;
  }
  /* "vorige nacht" */
  if (said->unit == WB_SAID_NIGHT && !said->ago && said->most == 0) {
    said->unit = WB_UNIT_SAID_NONE;
    if (said->part != WB_PART_NONE)
      return FALSE;
    said->part = WB_PART_NIGHT;
    if (said->rel == WB_REL_LAST && said->weekday == 0) {
      said->has_dayref = TRUE;
      said->dayref = -1;
    }
  }
  return said->most == 0 || said->ago;
}

static gboolean
read_said (GArray *tokens, guint from, guint to, WbSaid *said)
{
  g_autoptr (GArray) part = g_array_new (FALSE, FALSE, sizeof (Token));

  *said = (WbSaid){ .hour = -1, .pm = -1 };
  g_array_append_vals (part, &g_array_index (tokens, Token, from), to - from);
  for (guint i = 0; i < part->len; i++)
    if (!take_token (said, part, &i))
      return FALSE;
  return part->len > 0;
}

static gboolean add_words (GArray *tokens, char **words, guint depth);

/* The longest phrase that begins here. */
static guint
add_phrase (GArray *tokens, char **words, guint depth)
{
  guint count = MIN (g_strv_length (words), PHRASE_MAX);

  for (; count > 0; count--) {
    g_autofree char *text = NULL;
    g_autofree char *last = words[count];
    const Phrase *phrase;
    Token token = { .number = -1 };

    words[count] = NULL;
    text = g_strjoinv (" ", words);
    words[count] = g_steal_pointer (&last);
    phrase = find_phrase (text);
    if (phrase == NULL)
      continue;
    if (strcmp (phrase->kind, "alias") == 0) {
      g_auto (GStrv) more = g_strsplit (phrase->value, " ", -1);

      return depth == 0 && add_words (tokens, more, depth + 1) ? count : 0;
    }
    token.text = phrase->text;
    token.kind = phrase->kind;
    token.value = phrase->value;
    if (strcmp (phrase->kind, "number") == 0)
      token.number = (int) g_ascii_strtoll (phrase->value, NULL, 10);
    g_array_append_val (tokens, token);
    return count;
  }
  return 0;
}

static gboolean
add_words (GArray *tokens, char **words, guint depth)
{
  for (guint i = 0; words[i] != NULL;) {
    guint count = add_phrase (tokens, words + i, depth);
    Token token = { .number = -1, .text = words[i] };

    if (count == 0) {
      if (depth > 0)
        return FALSE;
      (void) read_digits_token (words[i], &token);
      g_array_append_val (tokens, token);
      count = 1;
    }
    i += count;
    if (tokens->len > TOKENS_MAX)
      return FALSE;
  }
  return TRUE;
}

/* "between X and Y", "X until Y" */
static gboolean
find_span (GArray *tokens, guint *ret_middle, gboolean *ret_half)
{
  gboolean between = FALSE;

  *ret_half = FALSE;

  for (guint i = 0; i < tokens->len; i++) {
    const Token *token = get_token (tokens, i);

    between |= is_kind (token, "between");
    if (i > 0 && (is_kind (token, "until") || (between && is_kind (token, "and")))) {
      *ret_middle = i;
      return TRUE;
    }
  }
  *ret_half = between;
  return FALSE;
}

static JsonObject *
read_tokens (GArray *tokens, const WbLocal *now)
{
  WbSaid from, to;
  guint middle;
  gboolean half;

  if (find_span (tokens, &middle, &half)) {
    if (!read_said (tokens, 0, middle, &from) || !read_said (tokens, middle + 1, tokens->len, &to))
      return NULL;
    /* "between 3 and 5 July", "between two and three days ago", "from eight until ten" */
    if (from.most != 0 && !to.ago) {
      if (to.hour >= 0 || to.unit == WB_SAID_HOUR ? !set_hour (&from, from.most, 0, FALSE)
                                                  : !set_day_number (&from, from.most))
        return NULL;
      from.least = from.most = 0;
    }
    return settle (&to) ? wb_said_lay_span (&from, &to, now) : NULL;
  }
  return tokens->len > 0 && !half && read_said (tokens, 0, tokens->len, &from) && settle (&from)
             ? wb_said_lay (&from, now)
             : NULL;
}

/* "2026-03-29T02:30": what is wrong with such a form is known better than that it is no words. */
static gboolean
looks_written (const char *text)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return text[4] == '-';
}

static WbMoment *
refuse (const char *text, GError **problem, GError **error)
{
  if (looks_written (text)) {
    g_propagate_error (error, g_steal_pointer (problem));
    return NULL;
  }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("This is no date that the program understands: write it like 2026-07-18, "
                          "“last Friday evening”, “about three nights ago” or “end of June”, or "
                          "write “unknown”."));
  return NULL;
}

/**
 * wb_moment_parse_said:
 * @text: what a person typed: the words of somebody else or a form of text of wb-moment.h
 * @zone: the zone of the body
 * @now: when it was told, from which "yesterday" is counted
 * @error: return location for an error
 *
 * Takes the forms of wb_moment_parse_text() and else Dutch and English words. What is not
 * understood is refused, never guessed.
 *
 * Returns: (transfer full): the moment, which keeps the words; %NULL with %WB_ERROR_INVALID
 */
WbMoment *
wb_moment_parse_said (const char *text, const WbZone *zone, WbInstant now, GError **error)
{
  WbLocal local = wb_zone_to_local (zone, now);
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *plain = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) problem = NULL;
  WbMoment *moment = wb_moment_parse_text (text, zone, &problem);

  if (moment != NULL)
    return moment;
  if (!g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > SAID_MAX)
    return refuse (text, &problem, error);
  plain = normalise (text);
  words = g_strsplit (plain, " ", -1);
  if (!add_words (tokens, words, 0))
    return refuse (text, &problem, error);
  object = read_tokens (tokens, &local);
  if (object == NULL)
    return refuse (text, &problem, error);
  json_object_set_string_member (object, "words", text);
  node = json_node_init_object (json_node_alloc (), object);
  return wb_moment_parse (node, zone, error);
}
