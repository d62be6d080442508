/* SPDX-License-Identifier: EUPL-1.2 */

/* A clock as it is kept: as JSON, and its sum told again from what it kept. */
#include "wb-clock.h"

#include <string.h>

#include "wb-due-words-private.h"
#include "wb-error.h"

#define TEXT_MAX 200 /* bytes of one member: codes, dates and UUIDs are far shorter */

void
wb_clock_free (WbClock *self)
{
  if (self == NULL)
    return;
  g_free (self->rule);
  g_free (self->version);
  g_free (self->family);
  g_free (self->record_id);
  g_free (self->event);
  g_free (self->start);
  g_free (self->start_latest);
  g_free (self->due);
  g_free (self->latest);
  g_free (self);
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_DAMAGED,
               _ ("A stored deadline cannot be read: %s."),
               what);
  return FALSE;
}

/* Leaves *ret_text NULL where it is absent and not needed. */
static gboolean
read_text (JsonObject *object, const char *member, gboolean needed, char **ret_text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return !needed || refuse (member, error);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      strlen (json_node_get_string (node)) > TEXT_MAX)
    return refuse (member, error);
  *ret_text = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_flag (JsonObject *object, const char *member, gboolean *ret_flag, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (member, error);
  *ret_flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_instant (JsonObject *object, const char *member, WbInstant *ret_instant, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_text (object, member, FALSE, &text, error))
    return FALSE;
  return text == NULL || wb_instant_parse (text, ret_instant, NULL) || refuse (member, error);
}

static gboolean
read_period (WbClock *self, JsonObject *object, GError **error)
{
  g_autofree char *unit = NULL;
  g_autofree char *regime = NULL;
  g_autofree char *lenient = NULL;
  JsonNode *length = json_object_get_member (object, "length");

  if (!read_text (object, "unit", TRUE, &unit, error) ||
      !read_text (object, "regime", TRUE, &regime, error) ||
      !read_text (object, "lenient", FALSE, &lenient, error) ||
      !read_flag (object, "detention", &self->period.detention, error))
    return FALSE;
  if (length == NULL || !JSON_NODE_HOLDS_VALUE (length) ||
      json_node_get_value_type (length) != G_TYPE_INT64 ||
      ABS (json_node_get_int (length)) > G_MAXINT32)
    return refuse ("length", error);
  self->period.length = (int) json_node_get_int (length);
  self->has_lenient = lenient != NULL;
  return wb_unit_parse (unit, &self->period.unit, error) &&
         wb_regime_parse (regime, &self->period.regime, error) &&
         (lenient == NULL || wb_regime_parse (lenient, &self->lenient, error));
}

static gboolean
read_ends (WbClock *self, JsonObject *object, GError **error)
{
  if (!read_period (self, object, error) || !read_text (object, "due", TRUE, &self->due, error) ||
      !read_text (object, "latest", FALSE, &self->latest, error) ||
      !read_instant (object, "end", &self->end, error) ||
      !read_instant (object, "latest_end", &self->latest_end, error))
    return FALSE;
  if (self->end == WB_INSTANT_NONE)
    return refuse ("end", error);
  if (self->latest_end == WB_INSTANT_NONE)
    self->latest_end = self->end;
  return TRUE;
}

/**
 * wb_clock_new_from_json:
 * @object: what wb_clock_to_json() made
 * @error: return location for an error
 *
 * Returns: (transfer full): the clock; %NULL with %WB_ERROR_DAMAGED or %WB_ERROR_INVALID where the
 *   object is none
 */
WbClock *
wb_clock_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (WbClock) self = g_new0 (WbClock, 1);

  self->end = self->latest_end = self->after = WB_INSTANT_NONE;
  if (!read_text (object, "rule", TRUE, &self->rule, error) ||
      !read_text (object, "version", TRUE, &self->version, error) ||
      !read_text (object, "family", FALSE, &self->family, error) ||
      !read_text (object, "record", TRUE, &self->record_id, error) ||
      !read_text (object, "event", TRUE, &self->event, error) ||
      !read_text (object, "start", TRUE, &self->start, error) ||
      !read_text (object, "start_latest", FALSE, &self->start_latest, error) ||
      !read_flag (object, "open", &self->is_open, error) ||
      !read_flag (object, "uncertain", &self->uncertain_start, error) ||
      !read_flag (object, "once", &self->once, error) ||
      !read_instant (object, "after", &self->after, error))
    return NULL;
  if (self->family == NULL)
    self->family = g_strdup (self->rule);
  if (!self->is_open && !read_ends (self, object, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
write_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

static void
write_flag (JsonObject *object, const char *member, gboolean flag)
{
  if (flag)
    json_object_set_boolean_member (object, member, TRUE);
}

static void
write_instant (JsonObject *object, const char *member, WbInstant instant)
{
  g_autofree char *text = instant != WB_INSTANT_NONE ? wb_instant_format (instant) : NULL;

  write_text (object, member, text);
}

static void
write_ends (const WbClock *self, JsonObject *object)
{
  json_object_set_int_member (object, "length", self->period.length);
  write_text (object, "unit", wb_unit_to_text (self->period.unit));
  write_text (object, "regime", wb_regime_to_text (self->period.regime));
  write_flag (object, "detention", self->period.detention);
  if (self->has_lenient)
    write_text (object, "lenient", wb_regime_to_text (self->lenient));
  write_text (object, "due", self->due);
  write_instant (object, "end", self->end);
  write_text (object, "latest", self->latest);
  if (self->latest != NULL)
    write_instant (object, "latest_end", self->latest_end);
}

/**
 * wb_clock_to_json:
 * @self: a clock
 *
 * Returns: (transfer full): the clock as an object, which keeps the order of its members
 */
JsonObject *
wb_clock_to_json (const WbClock *self)
{
  JsonObject *object = json_object_new ();

  write_text (object, "rule", self->rule);
  write_text (object, "version", self->version);
  write_text (object, "family", self->family);
  write_text (object, "record", self->record_id);
  write_text (object, "event", self->event);
  write_text (object, "start", self->start);
  write_text (object, "start_latest", self->start_latest);
  write_flag (object, "open", self->is_open);
  if (!self->is_open)
    write_ends (self, object);
  write_flag (object, "uncertain", self->uncertain_start);
  write_flag (object, "once", self->once);
  write_instant (object, "after", self->after);
  return object;
}

/**
 * wb_clock_relate:
 * @newer: a clock that an act just started
 * @older: a clock that already stands
 *
 * Returns: whether both stand, the newer is no news, or it takes the place of the older
 */
WbClockRelation
wb_clock_relate (const WbClock *newer, const WbClock *older)
{
  if (g_strcmp0 (newer->record_id, older->record_id) != 0 ||
      g_strcmp0 (newer->family, older->family) != 0)
    return WB_CLOCK_BESIDE;
  if (older->once)
    return WB_CLOCK_SAME;
  if (strcmp (newer->rule, older->rule) == 0 && strcmp (newer->start, older->start) == 0 &&
      g_strcmp0 (newer->start_latest, older->start_latest) == 0 &&
      g_strcmp0 (newer->due, older->due) == 0 && newer->after == older->after)
    return WB_CLOCK_SAME;
  return WB_CLOCK_REPLACES;
}

static WbDue *
compute_from (const WbClock *self,
              const char *start,
              const WbZone *zone,
              gboolean lenient,
              GError **error)
{
  const WbCalendar *calendar = wb_calendar_get_default (error);
  WbPeriod period = self->period;
  WbDate date;
  WbInstant instant;

  if (calendar == NULL || !wb_due_parse_start (start, zone, &date, &instant, error))
    return NULL;
  if (lenient && self->has_lenient)
    period.regime = self->lenient;
  return wb_due_compute (calendar, zone, &period, date, instant, error);
}

/**
 * wb_clock_compute:
 * @self: the rules
 * @clock: a clock of theirs, or of an older version
 * @zone: local time of the body
 * @lenient: the lenient reading; the strict one where it has only one
 * @error: return location for an error
 *
 * Makes the sum of a clock again, from the period and the start that it kept.
 *
 * Returns: (transfer full): the sum; %NULL with %WB_ERROR_INVALID for a clock without due date
 */
WbDue *
wb_clock_compute (const WbRules *self,
                  const WbClock *clock,
                  const WbZone *zone,
                  gboolean lenient,
                  GError **error)
{
  if (clock->is_open) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This rule has no length, so there is nothing to compute."));
    return NULL;
  }
  return compute_from (clock, clock->start, zone, lenient, error);
}

static char *
explain_open (const WbClock *self, const WbZone *zone, const char *basis, WbLanguage language)
{
  const WbWords *words = wb_rules_words ();
  g_autoptr (GString) text = NULL;
  g_autofree char *date = NULL;
  g_autofree char *from = NULL;
  WbDate start;
  WbInstant instant;

  if (words == NULL || !wb_due_parse_start (self->start, zone, &start, &instant, NULL))
    return g_strdup (self->start);
  date = wb_format_date (start, language);
  from = g_strdup_printf ("%s %s", wb_words_get (words, language, self->event), date);
  text = g_string_new (wb_words_get (words, language, "open"));
  g_string_replace (text, "{from}", from, 0);
  if (basis != NULL)
    g_string_append_printf (text, "; %s", basis);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "label: sum", a line of its own. */
static gboolean
append_sum (GString *text,
            const WbClock *self,
            const char *start,
            const WbZone *zone,
            gboolean lenient,
            const char *label,
            const char *basis,
            WbLanguage language,
            GError **error)
{
  g_autoptr (WbDue) due = compute_from (self, start, zone, lenient, error);
  g_autofree char *sum = NULL;
  const WbWords *words = wb_rules_words ();

  if (due == NULL)
    return FALSE;
  sum = wb_due_explain_event (due, zone, self->event, basis, language);
  if (text->len > 0)
    g_string_append_c (text, '\n');
  if (label != NULL && words != NULL)
    g_string_append_printf (text, "%s: ", wb_words_get (words, language, label));
  g_string_append (text, sum);
  return TRUE;
}

/**
 * wb_clock_explain:
 * @self: the rules
 * @clock: a clock
 * @zone: local time of the body
 * @language: of the words
 * @error: return location for an error
 *
 * Tells the sum in words; where there are two readings, or the start is uncertain, one line each.
 *
 * Returns: (transfer full): the words; %NULL with the errors of wb_due_compute()
 */
char *
wb_clock_explain (const WbRules *self,
                  const WbClock *clock,
                  const WbZone *zone,
                  WbLanguage language,
                  GError **error)
{
  const WbRule *rule = wb_rules_find (self, clock->rule);
  const char *basis = rule != NULL ? wb_rule_get_basis (rule, language) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean two = clock->has_lenient && clock->latest_end != clock->end;
  const char *first = clock->uncertain_start ? "uncertain"
                      : two                  ? "readings"
                      : clock->has_lenient   ? "readings.both"
                                             : NULL;

  if (clock->is_open)
    return explain_open (clock, zone, basis, language);
  if (!append_sum (text, clock, clock->start, zone, FALSE, first, basis, language, error))
    return NULL;
  if (clock->uncertain_start && clock->start_latest != NULL &&
      !append_sum (text,
                   clock,
                   clock->start_latest,
                   zone,
                   TRUE,
                   "uncertain.late",
                   basis,
                   language,
                   error))
    return NULL;
  if (!clock->uncertain_start && two &&
      !append_sum (text, clock, clock->start, zone, TRUE, "readings.late", basis, language, error))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_clock_is_disputed:
 * @self: a clock
 * @at: now, or when it was met
 *
 * Returns: whether @at is too late by the strict reading, or from the earliest start, and not yet
 *   by the other one
 */
gboolean
wb_clock_is_disputed (const WbClock *self, WbInstant at)
{
  return !self->is_open && at >= self->end && at < self->latest_end;
}
