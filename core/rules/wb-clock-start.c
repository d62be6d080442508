/* SPDX-License-Identifier: EUPL-1.2 */

/* Which clocks the fields of a record start, and from when. */
#include <string.h>

#include "wb-clock-private.h"
#include "wb-error.h"

#define VERSION_TYPE "version"
#define VERSION_FIELD "person"
#define SAID_BY_RECORD "record" /* the date that the record itself holds */

/* Whether one of the touched fields is among those changed; NULL: all are. */
static gboolean
is_touched (GPtrArray *touched, const char *const *changed)
{
  if (changed == NULL)
    return TRUE;
  for (guint i = 0; i < touched->len; i++)
    if (g_strv_contains (changed, touched->pdata[i]))
      return TRUE;
  return FALSE;
}

/* A minute is precise enough; what is coarser makes a range. */
static WbClockStart
start_from_moment (const WbMoment *moment)
{
  gboolean is_sharp = moment->precision >= WB_PRECISION_MINUTE && !moment->about;

  return (WbClockStart){ moment->earliest_date,
                         moment->latest_date,
                         moment->earliest,
                         is_sharp ? moment->earliest : moment->latest };
}

/* From the earlier of the first to the later of the last. */
static void
widen (WbClockStart *start, const WbClockStart *other)
{
  if (other->first_at < start->first_at) {
    start->first_at = other->first_at;
    start->first = other->first;
  }
  if (other->last_at > start->last_at) {
    start->last_at = other->last_at;
    start->last = other->last;
  }
}

char *
wb_facts_format (const WbFacts *facts, WbDate date, WbInstant instant)
{
  return instant != WB_INSTANT_NONE ? wb_zone_format (facts->zone, instant) : wb_date_format (date);
}

/* Days count by the local date alone. */
static void
drop_times (const WbTrigger *trigger, WbClockStart *start)
{
  if (trigger->rule->has_period && trigger->rule->period.unit == WB_UNIT_HOUR)
    return;
  start->first_at = start->last_at = WB_INSTANT_NONE;
}

static void
add_said (GPtrArray *list,
          const WbTrigger *trigger,
          const WbFacts *facts,
          const char *party,
          WbClockStart start)
{
  WbClockSaid *said;

  if (list == NULL)
    return;
  drop_times (trigger, &start);
  said = g_new0 (WbClockSaid, 1);
  said->party = g_strdup (party);
  said->start = wb_facts_format (facts, start.first, start.first_at);
  said->start_latest = wb_facts_format (facts, start.last, start.last_at);
  if (strcmp (said->start, said->start_latest) == 0)
    g_clear_pointer (&said->start_latest, g_free);
  g_ptr_array_add (list, said);
}

/* What each side says about the event that starts the rule. */
static gboolean
widen_by_versions (const WbTrigger *trigger,
                   const WbFacts *facts,
                   gboolean found,
                   WbClockStart *start,
                   GPtrArray *said)
{
  for (guint i = 0; facts->neighbours != NULL && i < facts->neighbours->len; i++) {
    const WbNeighbour *neighbour = facts->neighbours->pdata[i];
    g_autoptr (WbMoment) moment = NULL;
    WbClockStart theirs;

    if (strcmp (neighbour->type, VERSION_TYPE) != 0 ||
        strcmp (neighbour->field, VERSION_FIELD) != 0 ||
        g_strcmp0 (wb_facts_get_text (neighbour->record, "event"), trigger->rule->start_event) != 0)
      continue;
    moment = wb_facts_get_moment (neighbour->record, "moment", facts->zone);
    if (moment == NULL)
      continue;
    theirs = start_from_moment (moment);
    if (found)
      widen (start, &theirs);
    else
      *start = theirs;
    found = TRUE;
    add_said (said, trigger, facts, wb_facts_get_text (neighbour->record, "party"), theirs);
  }
  return found;
}

/* One date of the start: the last that its source gives, widened by what others say of it. */
static gboolean
find_one (const WbTrigger *trigger,
          const WbFacts *facts,
          guint index,
          WbClockStart *start,
          GPtrArray *said)
{
  g_autoptr (GPtrArray) moments = wb_trigger_source_list (trigger->fields->pdata[index], facts);
  gboolean found = FALSE;

  for (guint i = 0; i < moments->len; i++) {
    WbClockStart one = start_from_moment (moments->pdata[i]);

    if (!found || one.first_at > start->first_at)
      *start = one;
    found = TRUE;
  }
  if (index > 0)
    return found;
  if (found)
    add_said (said, trigger, facts, SAID_BY_RECORD, *start);
  return widen_by_versions (trigger, facts, found, start, said);
}

/* The last of the trigger's dates; FALSE where one of them is not known. */
static gboolean
find_moment (const WbTrigger *trigger, const WbFacts *facts, WbClockStart *start, GPtrArray *said)
{
  for (guint i = 0; i < trigger->fields->len; i++) {
    WbClockStart one;

    if (!find_one (trigger, facts, i, &one, said))
      return FALSE;
    if (i == 0 || one.first_at > start->first_at)
      *start = one;
  }
  return trigger->fields->len > 0;
}

/* The day on which the period of another rule ends. */
static gboolean
move_after (const WbTrigger *trigger, const WbFacts *facts, WbClockStart *start, GError **error)
{
  const WbTrigger *before =
      wb_triggers_find (facts->rules->triggers, trigger->after->code, trigger->type);
  g_autofree char *text = wb_facts_format (facts, start->first, WB_INSTANT_NONE);
  WbPeriod period =
      before != NULL ? wb_facts_base_period (facts, before, text) : trigger->after->period;
  g_autoptr (WbDue) first = NULL;
  g_autoptr (WbDue) last = NULL;

  first =
      wb_due_compute (facts->calendar, facts->zone, &period, start->first, start->first_at, error);
  if (first == NULL)
    return FALSE;
  last = wb_due_compute (facts->calendar, facts->zone, &period, start->last, start->last_at, error);
  if (last == NULL)
    return FALSE;
  *start = (WbClockStart){ first->due, last->due, WB_INSTANT_NONE, WB_INSTANT_NONE };
  return TRUE;
}

static WbClockStart
start_from_instant (const WbZone *zone, WbInstant instant)
{
  WbDate date = wb_zone_to_local (zone, instant).date;

  return (WbClockStart){ date, date, instant, instant };
}

/* FALSE without *error where nothing starts. */
static gboolean
find_start (const WbTrigger *trigger,
            const WbFacts *facts,
            WbInstant created,
            WbClockStart *start,
            GPtrArray *said,
            GError **error)
{
  if (trigger->recorded)
    *start = start_from_instant (facts->zone, created);
  else if (!find_moment (trigger, facts, start, said))
    return FALSE;
  if (trigger->after != NULL && !move_after (trigger, facts, start, error))
    return FALSE;
  drop_times (trigger, start);
  return TRUE;
}

static WbClock *
new_clock (const WbTrigger *trigger,
           const WbFacts *facts,
           const WbClockStart *start,
           const char *record_id,
           GPtrArray *said,
           GError **error)
{
  const WbRule *began = trigger->extends != NULL ? trigger->extends : trigger->rule;
  g_autoptr (WbClock) self = g_new0 (WbClock, 1);

  self->rule = g_strdup (trigger->rule->code);
  self->version = g_strdup (wb_rules_get_version (facts->rules));
  self->family = g_strdup (trigger->family);
  self->record_id = g_strdup (record_id);
  self->event = g_strdup (began->start_event);
  self->start = wb_facts_format (facts, start->first, start->first_at);
  self->once = trigger->once;
  self->end = self->latest_end = self->after = WB_INSTANT_NONE;
  if (said != NULL && said->len > 1)
    self->said = g_ptr_array_ref (said);
  if (!wb_clock_set_ends (self, trigger, facts, start, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The facts, seen from a start. */
static WbFacts
facts_at (const WbFacts *facts, const WbClockStart *start)
{
  WbFacts at = *facts;

  at.has_start = TRUE;
  at.start = start->first;
  at.start_instant = start->first_at;
  return at;
}

char *
wb_trigger_find_start (const WbTrigger *self, const WbFacts *facts, WbInstant created)
{
  WbClockStart start;

  if (!find_start (self, facts, created, &start, NULL, NULL))
    return NULL;
  return wb_facts_format (facts, start.first, start.first_at);
}

/* Adds the clock that a trigger starts, if any. */
static gboolean
start_by (const WbTrigger *trigger,
          const WbFacts *facts,
          const WbClockSubject *subject,
          GPtrArray *clocks,
          GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (GPtrArray) said = g_ptr_array_new_with_free_func (wb_clock_said_free);
  WbClockStart start;
  WbFacts at;
  WbClock *clock;

  if (!find_start (trigger, facts, subject->created, &start, said, &inner)) {
    if (inner == NULL)
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&inner));
    return FALSE;
  }
  at = facts_at (facts, &start);
  if (wb_condition_ask (trigger->when, &at) != WB_ANSWER_YES)
    return TRUE;
  clock = new_clock (trigger, &at, &start, subject->id, said, error);
  if (clock != NULL)
    g_ptr_array_add (clocks, clock);
  return clock != NULL;
}

static gboolean
has_clock (GPtrArray *clocks, const char *family)
{
  for (guint i = 0; i < clocks->len; i++)
    if (strcmp (((WbClock *) clocks->pdata[i])->family, family) == 0)
      return TRUE;
  return FALSE;
}

/* A clock that no date of the record starts, and that a person adds by hand: of a procedure under
 * the old rules, or from a decision. */
static gboolean
start_by_hand (const WbNeighbour *act,
               const WbFacts *facts,
               const WbClockSubject *subject,
               GPtrArray *clocks,
               GError **error)
{
  const char *code = wb_facts_get_text (act->record, "rule");
  const WbTrigger *trigger =
      code != NULL ? wb_triggers_find (facts->rules->triggers, code, subject->type) : NULL;
  g_autoptr (WbMoment) from = NULL;
  WbClockStart start;
  WbFacts at;
  WbClock *clock;

  if (trigger == NULL || has_clock (clocks, trigger->family))
    return TRUE;
  from = wb_facts_get_moment (act->record, "from", facts->zone);
  start = from != NULL ? start_from_moment (from) : start_from_instant (facts->zone, act->created);
  drop_times (trigger, &start);
  at = facts_at (facts, &start);
  clock = new_clock (trigger, &at, &start, subject->id, NULL, error);
  if (clock == NULL)
    return FALSE;
  clock->started_by_hand = TRUE;
  g_ptr_array_add (clocks, clock);
  return TRUE;
}

/* Newest first: the last date entered counts. */
static gboolean
start_all_by_hand (const WbFacts *facts,
                   const WbClockSubject *subject,
                   GPtrArray *clocks,
                   GError **error)
{
  for (guint i = facts->neighbours != NULL ? facts->neighbours->len : 0; i > 0; i--) {
    const WbNeighbour *act = facts->neighbours->pdata[i - 1];

    if (strcmp (act->type, "clockact") == 0 &&
        g_strcmp0 (wb_facts_get_text (act->record, "action"), "clockact.date") == 0 &&
        !start_by_hand (act, facts, subject, clocks, error))
      return FALSE;
  }
  return TRUE;
}

WbFacts
wb_facts_new (const WbClockContext *context, const WbClockSubject *subject, WbInstant now)
{
  gboolean is_case = subject->of_case == NULL && strcmp (subject->type, "case") == 0;

  return (WbFacts){ .rules = context->rules,
                    .calendar = context->calendar,
                    .zone = context->zone,
                    .profile = context->profile,
                    .body = context->body,
                    .targets = context->targets,
                    .type = subject->type,
                    .record = subject->record,
                    .of_case = is_case ? subject->record : subject->of_case,
                    .linked = subject->linked,
                    .neighbours = subject->neighbours,
                    .standing = subject->standing,
                    .now = now };
}

/**
 * wb_rules_start:
 * @context: rules, calendar and settings of the body
 * @subject: the record
 * @changed: (nullable) (array zero-terminated=1): fields that this act set; %NULL: look at all
 * @now: when the act is recorded
 * @error: return location for an error
 *
 * Finds the clocks that an act starts. A clock starts again whenever a field that its start or its
 * conditions look at is touched: wb_clock_relate() tells whether that is news. Dates that are
 * known to the month or worse count from the earliest day they can have been; where the sides say
 * different things of the event, from the earliest of them, with the latest kept beside it.
 *
 * Returns: (transfer full) (element-type WbClock): the clocks; %NULL with %WB_ERROR_INVALID where
 *   a date lies outside the years 1900 to 2100
 */
GPtrArray *
wb_rules_start (const WbClockContext *context,
                const WbClockSubject *subject,
                const char *const *changed,
                WbInstant now,
                GError **error)
{
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_clock_free);
  const WbTriggers *triggers = context->rules->triggers;
  const WbFacts facts = wb_facts_new (context, subject, now);

  for (guint i = 0; triggers != NULL && i < triggers->list->len; i++) {
    const WbTrigger *trigger = triggers->list->pdata[i];

    if (strcmp (trigger->type, subject->type) == 0 && is_touched (trigger->touched, changed) &&
        !start_by (trigger, &facts, subject, clocks, error))
      return NULL;
  }
  if (changed == NULL && !start_all_by_hand (&facts, subject, clocks, error))
    return NULL;
  return g_steal_pointer (&clocks);
}

/**
 * wb_rules_watch_case:
 * @self: the rules
 * @type: type of a record
 * @changed: (nullable): fields of its case that changed; %NULL: any
 *
 * Returns: whether a clock of such a record may start or move by that
 */
gboolean
wb_rules_watch_case (const WbRules *self, const char *type, const char *const *changed)
{
  for (guint i = 0; self->triggers != NULL && i < self->triggers->list->len; i++) {
    const WbTrigger *trigger = self->triggers->list->pdata[i];

    if (strcmp (trigger->type, type) == 0 && trigger->touched_case->len > 0 &&
        is_touched (trigger->touched_case, changed))
      return TRUE;
  }
  return FALSE;
}

/* "person" of "person.detention_ended", with that field among those changed. */
static gboolean
is_linked (const WbTrigger *trigger, const char *link, const char *const *changed)
{
  for (guint i = 0; i < trigger->touched_link->len; i++) {
    const char *text = trigger->touched_link->pdata[i];
    gsize length = strlen (link);

    if (strncmp (text, link, length) == 0 && text[length] == '.' &&
        (changed == NULL || g_strv_contains (changed, text + length + 1)))
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_rules_watch_link:
 * @self: the rules
 * @type: type of a record
 * @link: field by which it points at another
 * @changed: (nullable): fields of the other that changed; %NULL: any
 *
 * Returns: whether a clock of such a record may start or move by that
 */
gboolean
wb_rules_watch_link (const WbRules *self,
                     const char *type,
                     const char *link,
                     const char *const *changed)
{
  for (guint i = 0; self->triggers != NULL && i < self->triggers->list->len; i++) {
    const WbTrigger *trigger = self->triggers->list->pdata[i];

    if (strcmp (trigger->type, type) == 0 && is_linked (trigger, link, changed))
      return TRUE;
  }
  return FALSE;
}

/* Whether neighbours of that type and field matter; @target: (nullable) to records of that type. */
static gboolean
is_watched (const WbRules *self, const char *neighbour, const char *field, const char *target)
{
  const GArray *list =
      self->triggers != NULL ? g_hash_table_lookup (self->triggers->watched, neighbour) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbTriggerWatch *one = &g_array_index (list, WbTriggerWatch, i);

    if (strcmp (one->field, field) == 0 && (target == NULL || strcmp (one->target, target) == 0))
      return TRUE;
  }
  return FALSE;
}

/**
 * wb_rules_watch_neighbour:
 * @self: the rules
 * @type: type of a record
 * @neighbour: type of another that points at it
 * @field: by which field
 *
 * Returns: whether a clock of the first may start, move or end by the other
 */
gboolean
wb_rules_watch_neighbour (const WbRules *self,
                          const char *type,
                          const char *neighbour,
                          const char *field)
{
  if (strcmp (neighbour, "clockact") == 0)
    return strcmp (field, "record") == 0;
  if (strcmp (neighbour, VERSION_TYPE) == 0)
    return strcmp (field, VERSION_FIELD) == 0;
  return is_watched (self, neighbour, field, type);
}

/**
 * wb_rules_is_neighbour:
 * @self: the rules
 * @type: type of a record
 * @field: one of its fields
 *
 * Returns: whether clocks of some record may move by what points at it with that field
 */
gboolean
wb_rules_is_neighbour (const WbRules *self, const char *type, const char *field)
{
  if (strcmp (type, "clockact") == 0 || strcmp (type, VERSION_TYPE) == 0)
    return wb_rules_watch_neighbour (self, "", type, field);
  return is_watched (self, type, field, NULL);
}

/**
 * wb_rules_is_linked:
 * @self: the rules
 * @changed: (nullable): fields of a record that changed; %NULL: any
 *
 * Returns: whether clocks of some record that points at it may look at one of those
 */
gboolean
wb_rules_is_linked (const WbRules *self, const char *const *changed)
{
  GHashTable *linked = self->triggers != NULL ? self->triggers->linked : NULL;

  if (linked == NULL || changed == NULL)
    return linked != NULL && g_hash_table_size (linked) > 0;
  for (guint i = 0; changed[i] != NULL; i++)
    if (g_hash_table_contains (linked, changed[i]))
      return TRUE;
  return FALSE;
}

/**
 * wb_rules_list_of_body:
 * @self: the rules
 *
 * Returns: (transfer full): codes of the rules whose conditions look at the body's settings
 */
char **
wb_rules_list_of_body (const WbRules *self)
{
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  const char *last = NULL;

  for (guint i = 0; self->triggers != NULL && i < self->triggers->list->len; i++) {
    const WbTrigger *trigger = self->triggers->list->pdata[i];
    g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

    wb_condition_list_fields (trigger->when, WB_FIELDS_OF_BODY, fields);
    if (fields->len > 0 && g_strcmp0 (last, trigger->rule->code) != 0)
      g_strv_builder_add (codes, trigger->rule->code);
    if (fields->len > 0)
      last = trigger->rule->code;
  }
  return g_strv_builder_end (codes);
}

/**
 * wb_rules_has_clock:
 * @self: the rules
 * @code: code of one
 * @type: type of a record
 *
 * Returns: whether such records can have clocks of that rule
 */
gboolean
wb_rules_has_clock (const WbRules *self, const char *code, const char *type)
{
  return wb_triggers_find (self->triggers, code, type) != NULL;
}

/**
 * wb_rules_list_links:
 * @self: the rules
 * @type: type of a record
 *
 * Returns: (transfer full): names of its fields that point at a record whose fields matter
 */
char **
wb_rules_list_links (const WbRules *self, const char *type)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; self->triggers != NULL && i < self->triggers->list->len; i++) {
    const WbTrigger *trigger = self->triggers->list->pdata[i];

    for (guint j = 0; strcmp (trigger->type, type) == 0 && j < trigger->touched_link->len; j++) {
      const char *text = trigger->touched_link->pdata[j];
      char *name = g_strndup (text, (gsize) (strchr (text, '.') - text));

      if (!g_hash_table_contains (seen, name))
        g_strv_builder_add (names, name);
      g_hash_table_add (seen, name);
    }
  }
  return g_strv_builder_end (names);
}
