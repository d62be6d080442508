/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Moments: when something happened, as precisely as it was told. What was not told is never made
 * up; it becomes a first and a last instant. Reading and writing as JSON is here; the words for
 * people are in wb-moment-words.c.
 */
#include "wb-moment.h"

#include <string.h>

#include "wb-error.h"
#include "wb-time-private.h"

#define TEXT_MAX 32   /* characters of the longest form, and some */
#define WORDS_MAX 500 /* characters of what a person said; the account itself is another field */
#define MINUTE 60000  /* in milliseconds */
#define HOUR (60 * MINUTE)

static const char *const precision_names[] = {
  [WB_PRECISION_UNKNOWN] = "unknown", [WB_PRECISION_YEAR] = "year",
  [WB_PRECISION_MONTH] = "month",     [WB_PRECISION_DAY] = "day",
  [WB_PRECISION_HOUR] = "hour",       [WB_PRECISION_MINUTE] = "minute",
  [WB_PRECISION_EXACT] = "exact",
};

/* What one member "at" says, before it is laid on a zone. */
typedef struct {
  WbPrecision precision;
  WbLocal local;
  gboolean has_offset;
} Told;

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
refuse_text (GError **error)
{
  return refuse (error,
                 _ ("This is not a date or time from 1900 to 2200: write it like 2026, 2026-07, "
                    "2026-07-18, 2026-07-18T20:15 or unknown."));
}

static gboolean
skip_mark (const char **at, char mark)
{
  if (**at != mark)
    return FALSE;
  (*at)++;
  return TRUE;
}

static gboolean
read_month (const char *at, Told *told)
{
  WbDate *date = &told->local.date;

  if (!wb_read_digits (&at, 4, &date->year))
    return FALSE;
  told->precision = WB_PRECISION_YEAR;
  if (skip_mark (&at, '-')) {
    told->precision = WB_PRECISION_MONTH;
    if (!wb_read_digits (&at, 2, &date->month))
      return FALSE;
  }
  return *at == '\0' && wb_date_is_valid (date->year, date->month, 1);
}

static gboolean
read_day (const char *at, Told *told)
{
  told->precision = WB_PRECISION_DAY;
  if (!wb_read_date (&at, &told->local.date))
    return FALSE;
  if (*at == '\0')
    return TRUE;
  told->precision = WB_PRECISION_MINUTE;
  if (!skip_mark (&at, 'T') || !wb_read_clock (&at, &told->local.hour, &told->local.minute))
    return FALSE;
  if (*at == '\0')
    return TRUE;
  told->has_offset = TRUE;
  return wb_read_offset (&at, &told->local.offset) && *at == '\0';
}

/* One of the forms of "at". */
static gboolean
read_told (const char *text, Told *ret_told, GError **error)
{
  Told told = { .local.date = { 0, 1, 1 } };
  gsize length = strlen (text);

  if (strcmp (text, "unknown") != 0 &&
      (length > TEXT_MAX ||
       !(length <= strlen ("2026-07") ? read_month (text, &told) : read_day (text, &told))))
    return refuse_text (error);
  *ret_told = told;
  return TRUE;
}

static WbInstant
find_end_of_day (const WbZone *zone, WbDate date)
{
  return wb_zone_start_of_day (zone, wb_date_add_days (date, 1)) - 1;
}

/* From the first to the last day that it can have been. */
static void
set_days (WbMoment *self, const WbZone *zone, WbDate first, WbDate last)
{
  self->earliest_date = first;
  self->latest_date = last;
  self->earliest = wb_zone_start_of_day (zone, first);
  self->latest = find_end_of_day (zone, last);
}

/* A moment told as a year, a month, a day or not at all. */
static void
lay_days (WbMoment *self, const WbZone *zone)
{
  WbDate first = self->date;
  int wide = self->about ? 1 : 0;
  int months = self->precision == WB_PRECISION_YEAR ? 12 : 1;

  if (self->precision == WB_PRECISION_UNKNOWN) {
    set_days (self, zone, (WbDate){ WB_YEAR_FIRST, 1, 1 }, (WbDate){ WB_YEAR_LAST, 12, 31 });
  } else if (self->precision == WB_PRECISION_DAY) {
    set_days (self, zone, wb_date_add_days (first, -wide), wb_date_add_days (first, wide));
  } else {
    WbDate next = wb_date_add_months (first, months * (1 + wide));

    set_days (self, zone, wb_date_add_months (first, -months * wide), wb_date_add_days (next, -1));
  }
}

/* The reading that the offset names, as the clock of the body's zone showed it. */
static gboolean
lay_offset (WbMoment *self, const Told *told, const WbZone *zone, WbInstant *ret_at, GError **error)
{
  gint64 wall = wb_date_to_days (told->local.date) * (gint64) WB_DAY_SECONDS +
                told->local.hour * 3600 + told->local.minute * 60;
  WbInstant at = (wall - told->local.offset) * 1000;
  WbLocal local = wb_zone_to_local (zone, at);
  WbInstant readings[2];

  if (!wb_date_is_valid (local.date.year, local.date.month, local.date.day))
    return refuse_text (error);
  if (wb_zone_list_readings (zone, &local, readings) == 2)
    self->fold = at < readings[1] ? WB_FOLD_FIRST : WB_FOLD_SECOND;
  self->date = local.date;
  self->hour = local.hour;
  self->minute = local.minute;
  self->offset = local.offset;
  self->has_offset = TRUE;
  *ret_at = at;
  return TRUE;
}

/* The readings of a local time without offset: one, or both where nobody can tell. */
static gboolean
lay_local (WbMoment *self,
           const Told *told,
           WbFold fold,
           const WbZone *zone,
           WbInstant ret_at[2],
           GError **error)
{
  WbInstant readings[2];
  guint count = wb_zone_list_readings (zone, &told->local, readings);

  self->hour = told->local.hour;
  self->minute = told->local.minute;
  if (count == 2 && fold == WB_FOLD_ASK) {
    self->fold_known = FALSE;
    self->precision = MIN (self->precision, WB_PRECISION_HOUR);
    memcpy (ret_at, readings, sizeof readings);
    return TRUE;
  }
  if (!wb_zone_from_local (zone, &told->local, fold, &ret_at[0], error))
    return FALSE;
  ret_at[1] = ret_at[0];
  self->fold = count == 2 ? fold : WB_FOLD_ASK;
  self->offset = wb_zone_get_offset (zone, ret_at[0]);
  return TRUE;
}

/* A moment told with a time of day. */
static gboolean
lay_time (WbMoment *self, const Told *told, WbFold fold, const WbZone *zone, GError **error)
{
  WbInstant at[2];
  WbInstant unit = self->told == WB_PRECISION_HOUR ? HOUR : MINUTE;
  WbInstant wide = self->about ? unit : 0;

  if (told->has_offset ? !lay_offset (self, told, zone, &at[0], error)
                       : !lay_local (self, told, fold, zone, at, error))
    return FALSE;
  if (told->has_offset)
    at[1] = at[0];
  if (self->told == WB_PRECISION_HOUR) {
    at[0] -= self->minute * MINUTE;
    at[1] -= self->minute * MINUTE;
  }
  self->has_time = TRUE;
  self->earliest = at[0] - wide;
  self->latest = at[1] + (self->told == WB_PRECISION_EXACT ? 0 : unit - 1) + wide;
  self->earliest_date = wb_zone_to_local (zone, self->earliest).date;
  self->latest_date = wb_zone_to_local (zone, self->latest).date;
  return TRUE;
}

/* A day, month or year that was told with more than counts: cuts the rest off. */
static gboolean
cut_to_day (WbMoment *self, const Told *told, const WbZone *zone, GError **error)
{
  WbInstant at;

  if (told->has_offset && !lay_offset (self, told, zone, &at, error))
    return FALSE;
  self->fold = WB_FOLD_ASK;
  self->has_offset = FALSE;
  self->hour = self->minute = self->offset = 0;
  if (self->precision <= WB_PRECISION_MONTH)
    self->date.day = 1;
  if (self->precision <= WB_PRECISION_YEAR)
    self->date.month = 1;
  lay_days (self, zone);
  return TRUE;
}

static WbMoment *
build (const Told *told,
       WbPrecision precision,
       gboolean about,
       WbFold fold,
       const WbZone *zone,
       GError **error)
{
  g_autoptr (WbMoment) self = g_new0 (WbMoment, 1);

  self->precision = self->told = precision;
  self->about = about;
  self->fold_known = TRUE;
  self->date = told->local.date;
  if (precision >= WB_PRECISION_HOUR ? !lay_time (self, told, fold, zone, error)
                                     : !cut_to_day (self, told, zone, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wb_moment_parse_text:
 * @text: one of the forms of text that wb-moment.h lists
 * @zone: the zone of the body
 * @error: return location for an error
 *
 * Of a local time that came twice both readings are kept: the moment then has the precision of an
 * hour at most and @fold_known is %FALSE.
 *
 * Returns: (transfer full): the moment; %NULL with %WB_ERROR_INVALID where @text has no such form,
 *   or the clock was set forward over the time
 */
WbMoment *
wb_moment_parse_text (const char *text, const WbZone *zone, GError **error)
{
  Told told;

  if (!read_told (text, &told, error))
    return NULL;
  return build (&told, told.precision, FALSE, WB_FOLD_ASK, zone, error);
}

/* Every member has a known name and is of its type. */
static gboolean
check_members (JsonObject *object, GError **error)
{
  static const char *const names[] = { "at", "to", "precision", "fold", "words", NULL };
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next) {
    JsonNode *node = json_object_get_member (object, member->data);
    GType type = json_node_get_value_type (node);
    gboolean about = strcmp (member->data, "about") == 0;

    if (!JSON_NODE_HOLDS_VALUE (node) || type != (about ? G_TYPE_BOOLEAN : G_TYPE_STRING) ||
        (!about && !g_strv_contains (names, member->data)))
      return refuse (error,
                     _ ("A date or time holds something unknown: it may have at, to, precision, "
                        "about, fold and words."));
  }
  return TRUE;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

/* As precise as "at" is written, or what "precision" says where that is less; or exact. */
static gboolean
read_precision (JsonObject *object, const Told *told, WbPrecision *ret_precision, GError **error)
{
  const char *name = get_string (object, "precision");
  WbPrecision finest =
      told->precision == WB_PRECISION_MINUTE ? WB_PRECISION_EXACT : told->precision;
  guint i = 0;

  if (name == NULL) {
    *ret_precision = told->precision;
    return TRUE;
  }
  while (i < G_N_ELEMENTS (precision_names) && strcmp (name, precision_names[i]) != 0)
    i++;
  if (i > finest || (i == WB_PRECISION_UNKNOWN) != (finest == WB_PRECISION_UNKNOWN))
    return refuse (error,
                   _ ("The precision of a date or time does not fit it: choose unknown, year, "
                      "month, day, hour, minute or exact, no finer than what is filled in."));
  *ret_precision = (WbPrecision) i;
  return TRUE;
}

static gboolean
read_fold (JsonObject *object, const Told *told, WbFold *ret_fold, GError **error)
{
  const char *name = get_string (object, "fold");

  if (name != NULL && told->has_offset)
    return refuse (error,
                   _ ("A time has both an offset and a choice of first or second: leave one out."));
  if (name == NULL || strcmp (name, "unknown") == 0)
    *ret_fold = WB_FOLD_ASK;
  else if (strcmp (name, "first") == 0)
    *ret_fold = WB_FOLD_FIRST;
  else if (strcmp (name, "second") == 0)
    *ret_fold = WB_FOLD_SECOND;
  else
    return refuse (error,
                   _ ("Whether a time was the first or the second of that night must be unknown, "
                      "first or second."));
  return TRUE;
}

/* Makes a span of @self: from its first instant to the last one of @text. */
static gboolean
lay_span (WbMoment *self, const char *text, const WbZone *zone, GError **error)
{
  g_autoptr (WbMoment) to = NULL;
  Told told;

  if (!read_told (text, &told, error))
    return FALSE;
  to = build (&told, told.precision, self->about, WB_FOLD_ASK, zone, error);
  if (to == NULL)
    return FALSE;
  if (self->precision == WB_PRECISION_UNKNOWN || to->precision == WB_PRECISION_UNKNOWN ||
      self->precision == WB_PRECISION_EXACT || to->latest < self->earliest)
    return refuse (error, _ ("A span of time must end after it begins: correct at or to."));
  self->precision = MIN (self->precision, WB_PRECISION_HOUR);
  self->latest = to->latest;
  self->latest_date = to->latest_date;
  self->to = g_steal_pointer (&to);
  return TRUE;
}

static WbMoment *
parse_object (JsonObject *object, const WbZone *zone, GError **error)
{
  g_autoptr (WbMoment) self = NULL;
  gboolean about = json_object_get_boolean_member_with_default (object, "about", FALSE);
  const char *at, *to, *words;
  WbPrecision precision;
  WbFold fold;
  Told told;

  if (!check_members (object, error))
    return NULL;
  at = get_string (object, "at");
  to = get_string (object, "to");
  words = get_string (object, "words");
  if (!read_told (at != NULL ? at : "", &told, error) ||
      !read_precision (object, &told, &precision, error) ||
      !read_fold (object, &told, &fold, error))
    return NULL;
  if (about && precision == WB_PRECISION_EXACT) {
    refuse (error, _ ("A time cannot be both exact and about: choose one."));
    return NULL;
  }
  if (words != NULL && g_utf8_strlen (words, -1) > WORDS_MAX) {
    refuse (error, _ ("The words for a date or time are too long: 500 characters at most."));
    return NULL;
  }
  self = build (&told, precision, about && precision != WB_PRECISION_UNKNOWN, fold, zone, error);
  if (self == NULL || (to != NULL && !lay_span (self, to, zone, error)))
    return NULL;
  if (words != NULL && *words != '\0')
    self->words = g_strdup (words);
  return g_steal_pointer (&self);
}

/**
 * wb_moment_parse:
 * @node: (nullable): a string or an object as wb-moment.h lists
 * @zone: the zone of the body
 * @error: return location for an error
 *
 * What an object holds beyond its precision is dropped: 2026-07-18 of precision "month" is the
 * month.
 *
 * Returns: (transfer full): the moment; %NULL with %WB_ERROR_INVALID, as wb_moment_parse_text()
 */
WbMoment *
wb_moment_parse (JsonNode *node, const WbZone *zone, GError **error)
{
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return parse_object (json_node_get_object (node), zone, error);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING)
    return wb_moment_parse_text (json_node_get_string (node), zone, error);
  refuse_text (error);
  return NULL;
}

/* The member "at", no finer than what was told. */
static char *
format_at (const WbMoment *self)
{
  g_autofree char *date = wb_date_format (self->date);

  switch (self->told) {
  case WB_PRECISION_UNKNOWN:
    return g_strdup ("unknown");
  case WB_PRECISION_YEAR:
    return g_strndup (date, strlen ("2026"));
  case WB_PRECISION_MONTH:
    return g_strndup (date, strlen ("2026-07"));
  case WB_PRECISION_DAY:
    return g_steal_pointer (&date);
  case WB_PRECISION_HOUR:
  case WB_PRECISION_MINUTE:
  case WB_PRECISION_EXACT:
  default:
    break;
  }
  if (!self->has_offset && self->fold == WB_FOLD_ASK)
    return g_strdup_printf ("%sT%02d:%02d", date, self->hour, self->minute);
  return g_strdup_printf ("%sT%02d:%02d%c%02d:%02d",
                          date,
                          self->hour,
                          self->minute,
                          self->offset < 0 ? '-' : '+',
                          ABS (self->offset) / 3600,
                          ABS (self->offset) / 60 % 60);
}

/**
 * wb_moment_to_json:
 * @self: a moment
 *
 * Parsed again in the same zone it gives the same moment.
 *
 * Returns: (transfer full): a string where that says all, else an object
 */
JsonNode *
wb_moment_to_json (const WbMoment *self)
{
  g_autofree char *at = format_at (self);
  gboolean odd = self->told == WB_PRECISION_HOUR || self->told == WB_PRECISION_EXACT;
  JsonNode *node = json_node_alloc ();
  JsonObject *object;

  if (!odd && !self->about && self->words == NULL && self->to == NULL)
    return json_node_init_string (node, at);
  object = json_object_new ();
  json_object_set_string_member (object, "at", at);
  if (self->to != NULL) {
    g_autofree char *to = format_at (self->to);

    json_object_set_string_member (object, "to", to);
  }
  if (self->told != WB_PRECISION_UNKNOWN)
    json_object_set_string_member (object, "precision", precision_names[self->told]);
  if (self->about)
    json_object_set_boolean_member (object, "about", TRUE);
  if (!self->fold_known)
    json_object_set_string_member (object, "fold", "unknown");
  if (self->words != NULL)
    json_object_set_string_member (object, "words", self->words);
  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

void
wb_moment_free (WbMoment *self)
{
  if (self == NULL)
    return;
  wb_moment_free (self->to);
  g_free (self->words);
  g_free (self);
}
