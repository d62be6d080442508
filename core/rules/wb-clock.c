/* SPDX-License-Identifier: EUPL-1.2 */

/* A clock as it is kept: as JSON, and its sum told again from what it kept. */
#include "wb-clock-private.h"

#include <string.h>

#include "wb-error.h"

#define TEXT_MAX 200 /* bytes of one member: codes, dates and UUIDs are far shorter */
#define LIST_MAX 400 /* pauses or versions: nobody has that many */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))
#define MOVED_MAX (201 * 366 * DAY_MS) /* no period is longer */

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
  g_clear_pointer (&self->pauses, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_free (self->replaces_rule);
  g_free (self->replaces_due);
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

/* A whole number; leaves *ret_number where it is absent and not needed. */
static gboolean
read_number (JsonObject *object,
             const char *member,
             gboolean needed,
             gint64 largest,
             gint64 *ret_number,
             GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return !needed || refuse (member, error);
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) < -largest || json_node_get_int (node) > largest)
    return refuse (member, error);
  *ret_number = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_lengths (WbClock *self, JsonObject *object, GError **error)
{
  gint64 length = 0, base = 0, every = 0, days = 0;

  if (!read_number (object, "length", TRUE, G_MAXINT32, &length, error) ||
      !read_number (object, "base", FALSE, G_MAXINT32, &base, error) ||
      !read_number (object, "every", FALSE, G_MAXINT32, &every, error) ||
      !read_number (object, "moved_days", FALSE, MOVED_MAX / DAY_MS, &days, error) ||
      !read_number (object, "moved_ms", FALSE, MOVED_MAX, &self->period.moved_ms, error))
    return FALSE;
  self->period.length = (int) length;
  self->period.base = (int) base;
  self->period.moved_days = (int) days;
  self->every = (int) every;
  return TRUE;
}

static gboolean
read_period (WbClock *self, JsonObject *object, GError **error)
{
  g_autofree char *unit = NULL;
  g_autofree char *regime = NULL;
  g_autofree char *lenient = NULL;

  if (!read_text (object, "unit", TRUE, &unit, error) ||
      !read_text (object, "regime", TRUE, &regime, error) ||
      !read_text (object, "lenient", FALSE, &lenient, error) ||
      !read_flag (object, "detention", &self->period.detention, error) ||
      !read_lengths (self, object, error))
    return FALSE;
  self->has_lenient = lenient != NULL;
  return wb_unit_parse (unit, &self->period.unit, error) &&
         wb_regime_parse (regime, &self->period.regime, error) &&
         (lenient == NULL || wb_regime_parse (lenient, &self->lenient, error));
}

/* The objects of a list; NULL without *error where it is absent. */
static JsonArray *
read_list (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) ||
      json_array_get_length (json_node_get_array (node)) > LIST_MAX) {
    refuse (member, error);
    return NULL;
  }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++) {
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (json_node_get_array (node), i)))
      continue;
    refuse (member, error);
    return NULL;
  }
  return json_node_get_array (node);
}

static void
free_pause (gpointer data)
{
  WbClockPause *pause = data;

  g_free (pause->from);
  g_free (pause->until);
  g_free (pause);
}

void
wb_clock_said_free (gpointer data)
{
  WbClockSaid *said = data;

  g_free (said->party);
  g_free (said->start);
  g_free (said->start_latest);
  g_free (said);
}

static gboolean
read_pauses (WbClock *self, JsonObject *object, GError **error)
{
  g_autoptr (GError) inner = NULL;
  JsonArray *array = read_list (object, "pauses", &inner);

  for (guint i = 0; array != NULL && inner == NULL && i < json_array_get_length (array); i++) {
    JsonObject *item = json_array_get_object_element (array, i);
    WbClockPause *pause = g_new0 (WbClockPause, 1);

    if (self->pauses == NULL)
      self->pauses = g_ptr_array_new_with_free_func (free_pause);
    g_ptr_array_add (self->pauses, pause);
    if (read_text (item, "from", TRUE, &pause->from, &inner))
      read_text (item, "until", FALSE, &pause->until, &inner);
  }
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

static gboolean
read_said (WbClock *self, JsonObject *object, GError **error)
{
  g_autoptr (GError) inner = NULL;
  JsonArray *array = read_list (object, "said", &inner);

  for (guint i = 0; array != NULL && inner == NULL && i < json_array_get_length (array); i++) {
    JsonObject *item = json_array_get_object_element (array, i);
    WbClockSaid *said = g_new0 (WbClockSaid, 1);

    if (self->said == NULL)
      self->said = g_ptr_array_new_with_free_func (wb_clock_said_free);
    g_ptr_array_add (self->said, said);
    if (read_text (item, "party", FALSE, &said->party, &inner) &&
        read_text (item, "start", TRUE, &said->start, &inner))
      read_text (item, "start_latest", FALSE, &said->start_latest, &inner);
  }
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

static gboolean
read_ends (WbClock *self, JsonObject *object, GError **error)
{
  if (!self->by_hand && !read_period (self, object, error))
    return FALSE;
  if (self->is_paused)
    return TRUE;
  if (!read_text (object, "due", TRUE, &self->due, error) ||
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
      !read_flag (object, "paused", &self->is_paused, error) ||
      !read_flag (object, "awaits_date", &self->awaits_date, error) ||
      !read_flag (object, "by_hand", &self->by_hand, error) ||
      !read_flag (object, "started_by_hand", &self->started_by_hand, error) ||
      !read_text (object, "replaces_rule", FALSE, &self->replaces_rule, error) ||
      !read_text (object, "replaces_due", FALSE, &self->replaces_due, error) ||
      !read_pauses (self, object, error) || !read_said (self, object, error) ||
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
write_number (JsonObject *object, const char *member, gint64 number)
{
  if (number != 0)
    json_object_set_int_member (object, member, number);
}

static void
write_pauses (const WbClock *self, JsonObject *object)
{
  JsonArray *array;

  if (self->pauses == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; i < self->pauses->len; i++) {
    const WbClockPause *pause = self->pauses->pdata[i];
    JsonObject *item = json_object_new ();

    write_text (item, "from", pause->from);
    write_text (item, "until", pause->until);
    json_array_add_object_element (array, item);
  }
  json_object_set_array_member (object, "pauses", array);
}

static void
write_said (const WbClock *self, JsonObject *object)
{
  JsonArray *array;

  if (self->said == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; i < self->said->len; i++) {
    const WbClockSaid *said = self->said->pdata[i];
    JsonObject *item = json_object_new ();

    write_text (item, "party", said->party);
    write_text (item, "start", said->start);
    write_text (item, "start_latest", said->start_latest);
    json_array_add_object_element (array, item);
  }
  json_object_set_array_member (object, "said", array);
}

static void
write_period (const WbClock *self, JsonObject *object)
{
  if (self->by_hand)
    return;
  json_object_set_int_member (object, "length", self->period.length);
  write_number (object, "base", self->period.base);
  write_number (object, "every", self->every);
  write_text (object, "unit", wb_unit_to_text (self->period.unit));
  write_text (object, "regime", wb_regime_to_text (self->period.regime));
  write_flag (object, "detention", self->period.detention);
  if (self->has_lenient)
    write_text (object, "lenient", wb_regime_to_text (self->lenient));
  write_number (object, "moved_days", self->period.moved_days);
  write_number (object, "moved_ms", self->period.moved_ms);
}

static void
write_ends (const WbClock *self, JsonObject *object)
{
  write_period (self, object);
  if (self->is_paused)
    return;
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
  write_flag (object, "paused", self->is_paused);
  write_flag (object, "awaits_date", self->awaits_date);
  write_flag (object, "by_hand", self->by_hand);
  write_flag (object, "started_by_hand", self->started_by_hand);
  write_pauses (self, object);
  write_said (self, object);
  write_text (object, "replaces_rule", self->replaces_rule);
  write_text (object, "replaces_due", self->replaces_due);
  return object;
}

static gboolean
is_same_pauses (const WbClock *a, const WbClock *b)
{
  guint n = a->pauses != NULL ? a->pauses->len : 0;

  if (n != (b->pauses != NULL ? b->pauses->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const WbClockPause *one = a->pauses->pdata[i], *other = b->pauses->pdata[i];

    if (g_strcmp0 (one->from, other->from) != 0 || g_strcmp0 (one->until, other->until) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_same_said (const WbClock *a, const WbClock *b)
{
  guint n = a->said != NULL ? a->said->len : 0;

  if (n != (b->said != NULL ? b->said->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const WbClockSaid *one = a->said->pdata[i], *other = b->said->pdata[i];

    if (g_strcmp0 (one->party, other->party) != 0 || g_strcmp0 (one->start, other->start) != 0 ||
        g_strcmp0 (one->start_latest, other->start_latest) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_same_end (const WbClock *a, const WbClock *b)
{
  return g_strcmp0 (a->due, b->due) == 0 && g_strcmp0 (a->latest, b->latest) == 0 &&
         a->after == b->after && a->is_open == b->is_open && a->is_paused == b->is_paused &&
         a->awaits_date == b->awaits_date && a->by_hand == b->by_hand &&
         a->started_by_hand == b->started_by_hand && is_same_pauses (a, b);
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
      g_strcmp0 (newer->start_latest, older->start_latest) == 0 && is_same_end (newer, older) &&
      is_same_said (newer, older))
    return WB_CLOCK_SAME;
  return WB_CLOCK_REPLACES;
}

gboolean
wb_clock_has_end (const WbClock *self)
{
  return !self->is_open && !self->is_paused;
}

/* The sum from one of the starts that it keeps. */
WbDue *
wb_clock_compute_from (const WbClockContext *context,
                       const WbClock *self,
                       const char *start,
                       gboolean lenient,
                       GError **error)
{
  WbPeriod period = self->period;
  WbDate date;
  WbInstant instant;

  if (!wb_due_parse_start (start, context->zone, &date, &instant, error))
    return NULL;
  if (lenient && self->has_lenient)
    period.regime = self->lenient;
  return wb_due_compute (context->calendar, context->zone, &period, date, instant, error);
}

/**
 * wb_clock_compute:
 * @context: calendar and local time of the body
 * @clock: a clock of these rules, or of an older version
 * @lenient: the lenient reading; the strict one where it has only one
 * @error: return location for an error
 *
 * Makes the sum of a clock again, from the period and the start that it kept.
 *
 * Returns: (transfer full): the sum; %NULL with %WB_ERROR_INVALID for a clock without due date, or
 *   with one entered by hand
 */
WbDue *
wb_clock_compute (const WbClockContext *context,
                  const WbClock *clock,
                  gboolean lenient,
                  GError **error)
{
  if (!wb_clock_has_end (clock) || clock->by_hand) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This rule has no length, so there is nothing to compute."));
    return NULL;
  }
  return wb_clock_compute_from (context, clock, clock->start, lenient, error);
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
  return wb_clock_has_end (self) && at >= self->end && at < self->latest_end;
}
