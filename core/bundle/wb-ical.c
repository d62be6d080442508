/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * deadlines.ics (RFC 5545): one VEVENT a deadline. Own writer, since no packaged one folds and
 * escapes strictly: CRLF, at most 75 octets a line, no UTF-8 sequence cut. No person is named.
 */
#include "wb-bundle-private.h"

#include "wb-digest.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-i18n.h"

#define FOLD_AT 75 /* octets, RFC 5545 section 3.1 */

typedef struct {
  GString *out;
  const WbIcal *of;
  const WbWords *words;
  char *stamp; /* when it was made */
} Calendar;

/* Folds at 75 octets, the space that begins a continuation line counted. */
static void
append_line (GString *out, const char *line)
{
  gsize room = FOLD_AT;

  for (const char *at = line; *at != '\0';) {
    const char *next = g_utf8_next_char (at);
    gsize size = (gsize) (next - at);

    if (size > room) {
      g_string_append (out, "\r\n ");
      room = FOLD_AT - 1;
    }
    g_string_append_len (out, at, (gssize) size);
    room -= size;
    at = next;
  }
  g_string_append (out, "\r\n");
}

/* TEXT: backslash, semicolon, comma and line break are escaped, other controls dropped. */
static char *
escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at++) {
    if (*at == '\n')
      g_string_append (out, "\\n");
    else if (strchr ("\\;,", *at) != NULL)
      g_string_append_printf (out, "\\%c", *at);
    else if ((guchar) *at >= 0x20 && *at != 0x7f)
      g_string_append_c (out, *at);
  }
  return g_string_free (out, FALSE);
}

static void
append_text (GString *out, const char *name, const char *text)
{
  g_autofree char *escaped = escape (text);
  g_autofree char *line = g_strconcat (name, ":", escaped, NULL);

  append_line (out, line);
}

static void
append_raw (GString *out, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, value, NULL);

  append_line (out, line);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* A text in both languages: {"nl": …, "en": …}. */
static const char *
get_label (JsonObject *object, const char *name, WbLanguage language)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return "";
  text = get_text (json_node_get_object (node), wb_language_code (language));
  return text != NULL ? text : "";
}

/* 2026-07-23 → 20260723 */
static char *
format_day (WbDate date)
{
  return g_strdup_printf ("%04d%02d%02d", date.year, date.month, date.day);
}

/* 20261026T150000Z */
static char *
format_stamp (WbInstant instant)
{
  g_autofree char *text = wb_instant_format_seconds (instant);
  GString *out = g_string_new (text);

  g_string_replace (out, "-", "", 0);
  g_string_replace (out, ":", "", 0);
  return g_string_free (out, FALSE);
}

/* All day for a day, the instant itself for a period in hours. FALSE: no due date. */
static gboolean
append_when (const Calendar *self, GString *out, JsonObject *deadline, char **ret_day)
{
  const char *due = get_text (deadline, "due");
  WbDate date;
  WbInstant instant;

  if (due == NULL)
    return FALSE;
  if (wb_date_parse (due, &date, NULL)) {
    g_autofree char *first = format_day (date);
    g_autofree char *after = format_day (wb_date_add_days (date, 1));

    append_raw (out, "DTSTART;VALUE=DATE:", first);
    append_raw (out, "DTEND;VALUE=DATE:", after);
    *ret_day = wb_format_date (date, self->of->language);
    return TRUE;
  }
  if (wb_instant_parse (due, &instant, NULL)) {
    g_autofree char *stamp = format_stamp (instant);

    append_raw (out, "DTSTART:", stamp);
    *ret_day = wb_format_instant (instant, self->of->zone, self->of->language);
    return TRUE;
  }
  return FALSE;
}

/* The same deadline of the same case keeps its UID in every later bundle. */
static char *
make_uid (const Calendar *self, JsonObject *deadline)
{
  const char *parts[] = { self->of->case_id != NULL ? self->of->case_id
                                                    : get_text (deadline, "case"),
                          get_text (deadline, "record"),
                          get_text (deadline, "rule"),
                          get_text (deadline, "start") };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *sum = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (text, "%s\n", parts[i] != NULL ? parts[i] : "");
  sum = wb_sha256_hex (text->str, text->len);
  return g_strdup_printf ("%.32s@waarborg", sum);
}

static void
append_description (const Calendar *self, GString *out, JsonObject *deadline)
{
  const char *sum = get_label (deadline, "sum", self->of->language);
  const char *english = get_label (deadline, "sum", WB_LANGUAGE_EN);
  const char *basis = get_text (deadline, "basis");
  g_autofree char *text = NULL;

  /* A sum ends with its basis, in its own language. */
  if (basis == NULL || strstr (sum, basis) != NULL || strstr (english, basis) != NULL)
    basis = "";
  text = g_strdup_printf ("%s%s%s", sum, sum[0] != '\0' && basis[0] != '\0' ? "\n" : "", basis);
  if (text[0] != '\0')
    append_text (out, "DESCRIPTION", text);
}

/* The kind stands first: a duty of the body must not look like its own target. */
static char *
make_summary (const Calendar *self, JsonObject *deadline, const char *day)
{
  const char *kind = get_text (deadline, "kind");
  const char *record = get_text (deadline, "record");
  g_autofree char *key = g_strconcat ("kind.", kind != NULL ? kind : "open", NULL);
  const char *word = wb_words_get (self->words, self->of->language, key);

  return g_strdup_printf ("%s: %s (%s), %s %s",
                          word != NULL ? word : key,
                          get_label (deadline, "label", self->of->language),
                          record != NULL ? record : self->of->reference,
                          wb_words_get (self->words, self->of->language, "ics.until"),
                          day);
}

static gboolean
is_to_come (JsonObject *deadline)
{
  const char *state = get_text (deadline, "state");

  return g_strcmp0 (state, "running") == 0 || g_strcmp0 (state, "overdue") == 0;
}

/* A reminder before the end is an alarm of the event, never an event: nobody must take it for the
 * end itself. */
static void
append_alarms (Calendar *self, JsonObject *deadline, const char *summary)
{
  JsonNode *node = json_object_get_member (deadline, "reminders");
  JsonArray *days =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++) {
    g_autofree char *trigger =
        g_strdup_printf ("-P%" G_GINT64_FORMAT "D", json_array_get_int_element (days, i));
    g_autofree char *text =
        g_strdup_printf ("%s: %s",
                         wb_words_get (self->words, self->of->language, "ics.reminder"),
                         summary);

    append_line (self->out, "BEGIN:VALARM");
    append_line (self->out, "ACTION:DISPLAY");
    append_raw (self->out, "TRIGGER:", trigger);
    append_text (self->out, "DESCRIPTION", text);
    append_line (self->out, "END:VALARM");
  }
}

static void
append_event (Calendar *self, JsonObject *deadline)
{
  g_autoptr (GString) when = g_string_new (NULL);
  g_autofree char *day = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *uid = NULL;

  if (!is_to_come (deadline) || !append_when (self, when, deadline, &day))
    return;
  summary = make_summary (self, deadline, day);
  uid = make_uid (self, deadline);
  append_line (self->out, "BEGIN:VEVENT");
  append_raw (self->out, "UID:", uid);
  append_raw (self->out, "DTSTAMP:", self->stamp);
  g_string_append (self->out, when->str);
  append_text (self->out, "SUMMARY", summary);
  append_description (self, self->out, deadline);
  append_line (self->out, "CLASS:CONFIDENTIAL");
  append_line (self->out, "TRANSP:TRANSPARENT");
  append_alarms (self, deadline, summary);
  append_line (self->out, "END:VEVENT");
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static WbZone *
find_zone (const WbBundleContent *content, GError **error)
{
  JsonObject *body = get_object (content->case_document, "body");
  const char *identifier = body != NULL ? get_text (body, "zone") : NULL;

  return wb_zone_new (identifier != NULL ? identifier : "Europe/Amsterdam", error);
}

/**
 * wb_ical_format_list:
 * @of: deadlines with what they have in common
 * @error: return location for an error
 *
 * Deadlines that run or are overdue, each as an event of its last day. Those that were met, were
 * cancelled or have no length are left out: a calendar is for what is to come.
 *
 * Returns: (transfer full): the calendar (RFC 5545)
 */
char *
wb_ical_format_list (const WbIcal *of, GError **error)
{
  g_autoptr (WbWords) words = wb_words_load ("report/words.tsv", error);
  g_autofree char *stamp = format_stamp (of->made);
  Calendar self = { NULL, of, words, stamp };

  if (words == NULL)
    return NULL;
  self.out = g_string_new (NULL);
  append_line (self.out, "BEGIN:VCALENDAR");
  append_line (self.out, "VERSION:2.0");
  append_raw (self.out, "PRODID:-//Waarborg//", of->product);
  append_line (self.out, "CALSCALE:GREGORIAN");
  for (guint i = 0; of->deadlines != NULL && i < json_array_get_length (of->deadlines); i++) {
    JsonNode *node = json_array_get_element (of->deadlines, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      append_event (&self, json_node_get_object (node));
  }
  append_line (self.out, "END:VCALENDAR");
  return g_string_free (self.out, FALSE);
}

/**
 * wb_ical_format:
 * @content: what goes into the bundle; its case document holds the deadlines
 * @error: return location for an error
 *
 * Returns: (transfer full): the calendar of one case, see wb_ical_format_list()
 */
char *
wb_ical_format (const WbBundleContent *content, GError **error)
{
  g_autoptr (WbZone) zone = find_zone (content, error);
  JsonNode *list = json_object_get_member (content->case_document, "deadlines");
  const WbIcal of = { .deadlines = list != NULL && JSON_NODE_HOLDS_ARRAY (list)
                                       ? json_node_get_array (list)
                                       : NULL,
                      .case_id = get_text (content->case_document, "id"),
                      .reference = content->reference,
                      .product = "Case bundle//EN",
                      .zone = zone,
                      .language = content->language,
                      .made = content->made };

  return zone != NULL ? wb_ical_format_list (&of, error) : NULL;
}
