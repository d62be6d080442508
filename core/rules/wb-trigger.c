/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads resources/rules/triggers.json: which fields of which records start, meet and cancel the
 * clocks of which rule. Refuses what it does not know, so that a slip in the data is seen. */
#include "wb-trigger-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-release-private.h"
#include "wb-remark-private.h"
#include "wb-rules-private.h"

#define FILE_NAME "triggers.json"
#define RECORDED "@recorded"
#define NAME_MAX_LENGTH 64

static void
free_pause (gpointer data)
{
  WbTriggerPause *pause = data;

  g_free (pause->from);
  g_free (pause->until);
  wb_condition_free (pause->when);
  g_free (pause);
}

static void
free_note (gpointer data)
{
  WbTriggerNote *note = data;

  wb_condition_free (note->when);
  g_free (note->text[0]);
  g_free (note->text[1]);
  g_free (note);
}

static void
free_trigger (gpointer data)
{
  WbTrigger *self = data;

  g_free (self->type);
  g_free (self->date);
  g_free (self->own_length);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  wb_condition_free (self->when);
  wb_condition_free (self->own_when);
  g_clear_pointer (&self->touched, g_ptr_array_unref);
  g_clear_pointer (&self->touched_case, g_ptr_array_unref);
  g_clear_pointer (&self->touched_link, g_ptr_array_unref);
  g_clear_pointer (&self->met_by, g_ptr_array_unref);
  g_clear_pointer (&self->cancelled_by, g_ptr_array_unref);
  g_clear_pointer (&self->answered_by, g_ptr_array_unref);
  g_clear_pointer (&self->pauses, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self->family);
  wb_trigger_source_free (self->recurs);
  g_free (self);
}

static WbTrigger *
new_trigger (void)
{
  WbTrigger *self = g_new0 (WbTrigger, 1);

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_trigger_source_free);
  self->touched = g_ptr_array_new_with_free_func (g_free);
  self->touched_case = g_ptr_array_new_with_free_func (g_free);
  self->touched_link = g_ptr_array_new_with_free_func (g_free);
  self->met_by = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_trigger_source_free);
  self->cancelled_by = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_trigger_source_free);
  self->answered_by = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_trigger_source_free);
  self->pauses = g_ptr_array_new_with_free_func (free_pause);
  self->notes = g_ptr_array_new_with_free_func (free_note);
  return self;
}

/* The name of a field or type: small letters, digits and underscores. */
static const char *
read_name (JsonNode *node, const WbPlace *place, GError **error)
{
  const char *text = wb_shape_text (node, place, error);

  if (text == NULL)
    return NULL;
  if (strlen (text) <= NAME_MAX_LENGTH &&
      text[strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0')
    return text;
  wb_shape_refuse (place, _ ("a name has small letters, digits and underscores only."), error);
  return NULL;
}

static gboolean
read_names (GPtrArray *names,
            JsonObject *object,
            const char *member,
            const WbPlace *place,
            GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  JsonArray *array;

  if (!json_object_has_member (object, member))
    return TRUE;
  array = wb_shape_array (json_object_get_member (object, member), &here, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *name = read_name (json_array_get_element (array, i), &here, error);

    if (name == NULL)
      return FALSE;
    g_ptr_array_add (names, g_strdup (name));
  }
  return array != NULL;
}

static gboolean
read_sources (GPtrArray *sources,
              JsonObject *object,
              const char *member,
              JsonObject *guards,
              const WbPlace *place,
              GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  JsonArray *array;

  if (!json_object_has_member (object, member))
    return TRUE;
  array = wb_shape_array (json_object_get_member (object, member), &here, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    WbTriggerSource *source =
        wb_trigger_source_load (json_array_get_element (array, i), guards, &here, error);

    if (source == NULL)
      return FALSE;
    g_ptr_array_add (sources, source);
  }
  return array != NULL;
}

static const WbRule *
read_rule (JsonObject *object,
           const char *member,
           const WbRules *rules,
           const WbPlace *place,
           GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  const char *code = wb_shape_text (json_object_get_member (object, member), &here, error);
  const WbRule *rule = wb_rules_find (rules, code);
  g_autofree char *what = NULL;

  if (code == NULL || rule != NULL)
    return rule;
  what = g_strdup_printf (_ ("no rule has the code \"%s\"."), code);
  wb_shape_refuse (&here, what, error);
  return NULL;
}

/* "field" with a name, an object or "@recorded", or "fields" with several. */
static gboolean
read_start (WbTrigger *self,
            JsonObject *object,
            JsonObject *guards,
            const WbPlace *place,
            GError **error)
{
  JsonNode *node = json_object_get_member (object, "field");
  g_autofree char *pointer = wb_shape_join (place->pointer, "field");
  const WbPlace here = { place->file, pointer };
  WbTriggerSource *source;

  if ((node != NULL) == json_object_has_member (object, "fields"))
    return wb_shape_refuse (place, _ ("either field or fields says what starts it."), error);
  if (node == NULL)
    return read_sources (self->fields, object, "fields", guards, place, error);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
      strcmp (json_node_get_string (node), RECORDED) == 0) {
    self->recorded = TRUE;
    return TRUE;
  }
  source = wb_trigger_source_load (node, guards, &here, error);
  if (source != NULL)
    g_ptr_array_add (self->fields, source);
  return source != NULL;
}

static gboolean
read_lenient (WbTrigger *self, JsonObject *object, const WbPlace *place, GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, "lenient");
  const WbPlace here = { place->file, pointer };
  const char *text;

  if (!json_object_has_member (object, "lenient"))
    return TRUE;
  text = wb_shape_text (json_object_get_member (object, "lenient"), &here, error);
  if (text == NULL)
    return FALSE;
  self->has_lenient = TRUE;
  return wb_regime_parse (text, &self->lenient, NULL) ||
         wb_shape_refuse (&here, _ ("there is no such regime."), error);
}

/* Leaves *ret_when NULL where there is none. */
static gboolean
read_when (WbCondition **ret_when,
           JsonObject *object,
           const char *member,
           JsonObject *guards,
           const WbRules *rules,
           const WbPlace *place,
           GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  const char *unknown;
  g_autofree char *what = NULL;

  if (!json_object_has_member (object, member))
    return TRUE;
  *ret_when = wb_condition_load (json_object_get_member (object, member), guards, &here, error);
  if (*ret_when == NULL)
    return FALSE;
  unknown = wb_condition_find_unknown_rule (*ret_when, rules);
  if (unknown == NULL)
    return TRUE;
  what = g_strdup_printf (_ ("no rule with a length has the code \"%s\"."), unknown);
  return wb_shape_refuse (&here, what, error);
}

/* {"from": "identity_asked", "until": "identity_verified", "resume": "moves"} */
static gboolean
read_pause (WbTriggerPause *self,
            JsonObject *object,
            JsonObject *guards,
            const WbRules *rules,
            const WbPlace *place,
            GError **error)
{
  static const char *const members[] = { "from", "until", "resume", "when", NULL };
  const char *text;

  if (!wb_shape_only (object, place, members, error) ||
      (text = read_name (json_object_get_member (object, "from"), place, error)) == NULL)
    return FALSE;
  self->from = g_strdup (text);
  if ((text = read_name (json_object_get_member (object, "until"), place, error)) == NULL)
    return FALSE;
  self->until = g_strdup (text);
  if ((text = wb_shape_text (json_object_get_member (object, "resume"), place, error)) == NULL)
    return FALSE;
  self->by_hand = strcmp (text, "by-hand") == 0;
  if (!self->by_hand && strcmp (text, "moves") != 0)
    return wb_shape_refuse (place, _ ("resume is \"moves\" or \"by-hand\"."), error);
  return read_when (&self->when, object, "when", guards, rules, place, error);
}

/* {"when": [...], "nl": "...", "en": "..."} */
static gboolean
read_note (WbTriggerNote *self,
           JsonObject *object,
           JsonObject *guards,
           const WbRules *rules,
           const WbPlace *place,
           GError **error)
{
  static const char *const members[] = { "when", "nl", "en", NULL };
  static const char *const languages[] = { "en", "nl" };

  if (!wb_shape_only (object, place, members, error))
    return FALSE;
  for (WbLanguage language = WB_LANGUAGE_EN; language <= WB_LANGUAGE_NL; language++) {
    const char *text =
        wb_shape_text (json_object_get_member (object, languages[language]), place, error);

    if (text == NULL)
      return FALSE;
    self->text[language] = g_strdup (text);
  }
  return read_when (&self->when, object, "when", guards, rules, place, error);
}

/* The pauses, or the notes. */
static gboolean
read_parts (WbTrigger *self,
            JsonObject *object,
            const char *member,
            JsonObject *guards,
            const WbRules *rules,
            const WbPlace *place,
            GError **error)
{
  gboolean pauses = strcmp (member, "pauses") == 0;
  g_autofree char *pointer = wb_shape_join (place->pointer, member);
  const WbPlace here = { place->file, pointer };
  JsonArray *array;

  if (!json_object_has_member (object, member))
    return TRUE;
  array = wb_shape_array (json_object_get_member (object, member), &here, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *part = wb_shape_object (json_array_get_element (array, i), &here, error);
    gpointer read = NULL;

    if (part == NULL)
      return FALSE;
    read = pauses ? (gpointer) g_new0 (WbTriggerPause, 1) : g_new0 (WbTriggerNote, 1);
    g_ptr_array_add (pauses ? self->pauses : self->notes, read);
    if (!(pauses ? read_pause (read, part, guards, rules, &here, error)
                 : read_note (read, part, guards, rules, &here, error)))
      return FALSE;
  }
  return array != NULL;
}

/* Leaves *ret_text as it is where the member is absent. */
static gboolean
read_optional (JsonObject *object,
               const char *member,
               const WbPlace *place,
               char **ret_text,
               GError **error)
{
  const char *text;

  if (!json_object_has_member (object, member))
    return TRUE;
  text = wb_shape_text (json_object_get_member (object, member), place, error);
  if (text == NULL)
    return FALSE;
  g_free (*ret_text);
  *ret_text = g_strdup (text);
  return TRUE;
}

static gboolean
read_texts (WbTrigger *self,
            JsonObject *object,
            JsonObject *guards,
            const WbPlace *place,
            GError **error)
{
  const char *type = read_name (json_object_get_member (object, "type"), place, error);

  if (type == NULL)
    return FALSE;
  self->type = g_strdup (type);
  self->family = g_strdup (self->rule->code);
  if (!read_optional (object, "family", place, &self->family, error) ||
      !read_optional (object, "date", place, &self->date, error) ||
      !read_optional (object, "own_length", place, &self->own_length, error))
    return FALSE;
  if (json_object_has_member (object, "recurs")) {
    self->recurs =
        wb_trigger_source_load (json_object_get_member (object, "recurs"), guards, place, error);
    if (self->recurs == NULL)
      return FALSE;
  }
  return wb_shape_boolean (object, place, "once", &self->once, error);
}

static void
touch (WbTrigger *self, const WbTriggerSource *source)
{
  if (source == NULL)
    return;
  if (source->kind == WB_SOURCE_CASE)
    g_ptr_array_add (self->touched_case, g_strdup (source->name));
  else if (source->kind != WB_SOURCE_NEIGHBOURS)
    g_ptr_array_add (self->touched, g_strdup (source->name));
}

static void
touch_condition (WbTrigger *self, const WbCondition *when)
{
  wb_condition_list_fields (when, WB_FIELDS_OF_RECORD, self->touched);
  wb_condition_list_fields (when, WB_FIELDS_OF_CASE, self->touched_case);
  wb_condition_list_fields (when, WB_FIELDS_OF_LINK, self->touched_link);
}

/* What must be looked at again when it changes: the dates, the conditions, and what "on" adds. */
static void
gather_touched (WbTrigger *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    touch (self, self->fields->pdata[i]);
  touch (self, self->recurs);
  if (self->date != NULL)
    g_ptr_array_add (self->touched, g_strdup (self->date));
  for (guint i = 0; i < self->pauses->len; i++) {
    const WbTriggerPause *pause = self->pauses->pdata[i];

    g_ptr_array_add (self->touched, g_strdup (pause->from));
    g_ptr_array_add (self->touched, g_strdup (pause->until));
    touch_condition (self, pause->when);
  }
  touch_condition (self, self->when);
}

static gboolean
check_rule (const WbTrigger *self, const WbPlace *place, GError **error)
{
  if (!self->rule->has_period && (self->recurs != NULL || self->has_lenient))
    return wb_shape_refuse (place,
                            _ ("a rule without length neither recurs nor has two readings."),
                            error);
  if (self->after != NULL && !self->after->has_period)
    return wb_shape_refuse (place, _ ("it starts after a rule that has no length."), error);
  if (self->extends != NULL && (!self->extends->has_period || !self->rule->has_period ||
                                self->extends->period.unit != self->rule->period.unit))
    return wb_shape_refuse (place, _ ("it extends a rule that counts in another unit."), error);
  return TRUE;
}

static gboolean
read_ends (WbTrigger *self,
           JsonObject *object,
           JsonObject *guards,
           const WbRules *rules,
           const WbPlace *place,
           GError **error)
{
  return read_sources (self->met_by, object, "met_by", guards, place, error) &&
         read_sources (self->cancelled_by, object, "cancelled_by", guards, place, error) &&
         read_sources (self->answered_by, object, "answered_by", guards, place, error) &&
         read_names (self->touched, object, "on", place, error) &&
         read_lenient (self, object, place, error) &&
         read_parts (self, object, "pauses", guards, rules, place, error) &&
         read_parts (self, object, "notes", guards, rules, place, error);
}

static gboolean
read_trigger (WbTrigger *self,
              JsonObject *object,
              JsonObject *guards,
              const WbRules *rules,
              const WbPlace *place,
              GError **error)
{
  static const char *const members[] = {
    "rule",   "type",   "field",      "fields",   "after",        "extends",     "date",
    "when",   "met_by", "own_length", "own_when", "cancelled_by", "answered_by", "lenient",
    "family", "recurs", "once",       "on",       "pauses",       "notes",       NULL
  };

  if (!wb_shape_only (object, place, members, error))
    return FALSE;
  self->rule = read_rule (object, "rule", rules, place, error);
  if (self->rule == NULL || !read_texts (self, object, guards, place, error) ||
      !read_start (self, object, guards, place, error) ||
      !read_when (&self->when, object, "when", guards, rules, place, error) ||
      !read_when (&self->own_when, object, "own_when", guards, rules, place, error))
    return FALSE;
  if (json_object_has_member (object, "after") &&
      (self->after = read_rule (object, "after", rules, place, error)) == NULL)
    return FALSE;
  if (json_object_has_member (object, "extends") &&
      (self->extends = read_rule (object, "extends", rules, place, error)) == NULL)
    return FALSE;
  if (!read_ends (self, object, guards, rules, place, error))
    return FALSE;
  gather_touched (self);
  return check_rule (self, place, error);
}

static gboolean
take_trigger (WbTriggers *self,
              JsonNode *node,
              JsonObject *guards,
              const WbRules *rules,
              const WbPlace *place,
              GError **error)
{
  JsonObject *object = wb_shape_object (node, place, error);
  WbTrigger *trigger;

  if (object == NULL)
    return FALSE;
  trigger = new_trigger ();
  g_ptr_array_add (self->list, trigger);
  return read_trigger (trigger, object, guards, rules, place, error);
}

static void
index_by_rule (WbTriggers *self)
{
  self->by_rule =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < self->list->len; i++) {
    WbTrigger *trigger = self->list->pdata[i];
    GPtrArray *same = g_hash_table_lookup (self->by_rule, trigger->rule->code);

    if (same == NULL) {
      same = g_ptr_array_new ();
      g_hash_table_insert (self->by_rule, trigger->rule->code, same);
    }
    g_ptr_array_add (same, trigger);
  }
}

static void
watch (WbTriggers *self, const WbTrigger *trigger, const WbTriggerSource *source)
{
  WbTriggerWatch one;
  GArray *list;

  if (source == NULL || source->kind != WB_SOURCE_NEIGHBOURS)
    return;
  list = g_hash_table_lookup (self->watched, source->type);
  if (list == NULL) {
    list = g_array_new (FALSE, FALSE, sizeof (WbTriggerWatch));
    g_hash_table_insert (self->watched, source->type, list);
  }
  one = (WbTriggerWatch){ source->by, trigger->type };
  g_array_append_val (list, one);
}

static void
watch_all (WbTriggers *self, const WbTrigger *trigger, GPtrArray *sources)
{
  for (guint i = 0; i < sources->len; i++)
    watch (self, trigger, sources->pdata[i]);
}

/* What is asked at every act must not be looked for in every trigger. */
static void
index_watched (WbTriggers *self)
{
  self->watched =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->linked = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->list->len; i++) {
    const WbTrigger *trigger = self->list->pdata[i];

    watch (self, trigger, trigger->recurs);
    watch_all (self, trigger, trigger->fields);
    watch_all (self, trigger, trigger->met_by);
    watch_all (self, trigger, trigger->cancelled_by);
    watch_all (self, trigger, trigger->answered_by);
    for (guint j = 0; j < trigger->touched_link->len; j++)
      g_hash_table_add (self->linked, strchr (trigger->touched_link->pdata[j], '.') + 1);
  }
}

static gboolean
take_clocks (WbTriggers *self, JsonObject *top, const WbRules *rules, GError **error)
{
  const WbPlace guards_place = { FILE_NAME, "/guards" }, clocks_place = { FILE_NAME, "/clocks" };
  JsonObject *guards = NULL;
  JsonArray *clocks;

  if (json_object_has_member (top, "guards")) {
    guards = wb_shape_object (json_object_get_member (top, "guards"), &guards_place, error);
    if (guards == NULL)
      return FALSE;
  }
  clocks = wb_shape_array (json_object_get_member (top, "clocks"), &clocks_place, error);
  for (guint i = 0; clocks != NULL && i < json_array_get_length (clocks); i++) {
    g_autofree char *pointer = wb_shape_join_index (clocks_place.pointer, i);
    const WbPlace here = { FILE_NAME, pointer };

    if (!take_trigger (self, json_array_get_element (clocks, i), guards, rules, &here, error))
      return FALSE;
  }
  return clocks != NULL;
}

static gboolean
take_remarks (WbTriggers *self, JsonObject *top, const WbRules *rules, GError **error)
{
  const WbPlace place = { FILE_NAME, "/remarks" };
  JsonArray *remarks;

  if (!json_object_has_member (top, "remarks"))
    return TRUE;
  remarks = wb_shape_array (json_object_get_member (top, "remarks"), &place, error);
  for (guint i = 0; remarks != NULL && i < json_array_get_length (remarks); i++) {
    g_autofree char *pointer = wb_shape_join_index (place.pointer, i);
    const WbPlace here = { FILE_NAME, pointer };
    WbRemark *remark = wb_remark_load (json_array_get_element (remarks, i), rules, &here, error);

    if (remark == NULL)
      return FALSE;
    g_ptr_array_add (self->remarks, remark);
  }
  return remarks != NULL;
}

static gboolean
take_releases (WbTriggers *self, JsonObject *top, const WbRules *rules, GError **error)
{
  const WbPlace place = { FILE_NAME, "/let_go" };
  JsonArray *releases;

  if (!json_object_has_member (top, "let_go"))
    return TRUE;
  releases = wb_shape_array (json_object_get_member (top, "let_go"), &place, error);
  for (guint i = 0; releases != NULL && i < json_array_get_length (releases); i++) {
    g_autofree char *pointer = wb_shape_join_index (place.pointer, i);
    const WbPlace here = { FILE_NAME, pointer };
    WbRelease *release =
        wb_release_load (json_array_get_element (releases, i), rules, &here, error);

    if (release == NULL)
      return FALSE;
    g_ptr_array_add (self->releases, release);
  }
  return releases != NULL;
}

/**
 * wb_triggers_load:
 * @json: triggers.json
 * @rules: the rules that it names
 * @error: return location for an error
 *
 * Returns: (transfer full): the triggers; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbTriggers *
wb_triggers_load (GBytes *json, const WbRules *rules, GError **error)
{
  static const char *const members[] = { "version", "guards", "remarks", "clocks", "let_go", NULL };
  const WbPlace place = { FILE_NAME, "" };
  g_autoptr (JsonNode) root = wb_shape_parse (json, FILE_NAME, error);
  JsonObject *top = root != NULL ? wb_shape_object (root, &place, error) : NULL;
  WbTriggers *self;

  if (top == NULL || !wb_shape_only (top, &place, members, error))
    return NULL;
  self = g_new0 (WbTriggers, 1);
  self->list = g_ptr_array_new_with_free_func (free_trigger);
  self->remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_remark_free);
  self->releases = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_release_free);
  if (take_clocks (self, top, rules, error) && take_remarks (self, top, rules, error) &&
      take_releases (self, top, rules, error)) {
    index_by_rule (self);
    index_watched (self);
    return self;
  }
  wb_triggers_free (self);
  return NULL;
}

void
wb_triggers_free (WbTriggers *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_rule, g_hash_table_unref);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_pointer (&self->linked, g_hash_table_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  g_clear_pointer (&self->releases, g_ptr_array_unref);
  g_free (self);
}

/**
 * wb_triggers_of_rule:
 * @self: (nullable): the triggers
 * @code: code of a rule
 *
 * Returns: (transfer none) (nullable) (element-type WbTrigger): its triggers; %NULL where it has
 *   none
 */
GPtrArray *
wb_triggers_of_rule (const WbTriggers *self, const char *code)
{
  return self != NULL ? g_hash_table_lookup (self->by_rule, code) : NULL;
}

/**
 * wb_triggers_find:
 * @self: (nullable): the triggers
 * @code: code of a rule
 * @type: type of a record
 *
 * Returns: (transfer none) (nullable): the first trigger of that rule for such records
 */
const WbTrigger *
wb_triggers_find (const WbTriggers *self, const char *code, const char *type)
{
  GPtrArray *list = wb_triggers_of_rule (self, code);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbTrigger *trigger = list->pdata[i];

    if (strcmp (trigger->type, type) == 0)
      return trigger;
  }
  return NULL;
}
