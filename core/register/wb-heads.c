/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * One field, several logs. The last write of each log stands, unless an act names it as replaced:
 * that is all there is to it, so the order in which logs come in does not matter. What is shown of
 * several is the latest by its own clock; they stay side by side until a person decides.
 */
#include "wb-source-private.h"

#include <string.h>

#include "wb-encoding.h"

#define HEADS "heads"
#define OVER "over"
#define SEEN "seen"

gboolean
wb_heads_are_kept (JsonObject *doc, const char *name)
{
  JsonObject *member =
      json_object_has_member (doc, name) ? json_object_get_object_member (doc, name) : NULL;

  return member != NULL && json_object_has_member (member, HEADS);
}

static JsonObject *
head_new (const char *log,
          guint64 number,
          const char *leaf,
          WbInstant time,
          guint64 entry,
          JsonNode *value)
{
  JsonObject *head = json_object_new ();

  json_object_set_string_member (head, "log", log);
  json_object_set_int_member (head, "number", (gint64) number);
  json_object_set_string_member (head, "leaf", leaf);
  json_object_set_int_member (head, "time", time);
  json_object_set_int_member (head, "entry", (gint64) entry);
  json_object_set_member (head, "value", json_node_copy (value));
  return head;
}

static JsonObject *
own_head (WbRegister *reg, guint64 number, WbInstant time, JsonNode *value)
{
  WbHash leaf = { { 0 } };
  g_autofree char *hex = NULL;

  (void) wb_register_fetch_node (0, number, &leaf, reg, NULL);
  hex = wb_hex_encode (leaf.bytes, sizeof leaf.bytes);
  return head_new (reg->origin, number, hex, time, number, value);
}

static gint64
int_of (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, -1);
}

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

/* Both name the same entry of the same log. */
static gboolean
names_same (JsonObject *a, JsonObject *b)
{
  return g_str_equal (text_of (a, "log"), text_of (b, "log")) &&
         int_of (a, "number") == int_of (b, "number") &&
         g_str_equal (text_of (a, "leaf"), text_of (b, "leaf"));
}

static gboolean
is_over (JsonArray *over, JsonObject *head)
{
  for (guint i = 0; i < json_array_get_length (over); i++) {
    if (names_same (json_array_get_object_element (over, i), head))
      return TRUE;
  }
  return FALSE;
}

static int
compare_over (gconstpointer a, gconstpointer b)
{
  JsonObject *left = json_node_get_object (*(JsonNode *const *) a);
  JsonObject *right = json_node_get_object (*(JsonNode *const *) b);
  int order = strcmp (text_of (left, "log"), text_of (right, "log"));

  if (order != 0)
    return order;
  return int_of (left, "number") < int_of (right, "number") ? -1 : 1;
}

/* In one order, whatever the order they came in. */
static JsonArray *
sorted (JsonArray *array)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new ();
  JsonArray *result = json_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (nodes, json_array_get_element (array, i));
  g_ptr_array_sort (nodes, compare_over);
  for (guint i = 0; i < nodes->len; i++)
    json_array_add_element (result, json_node_copy (g_ptr_array_index (nodes, i)));
  return result;
}

/* What of @over is new; an item that is not of its form says nothing. */
static void
add_over (JsonArray *all, JsonArray *over)
{
  for (guint i = 0; over != NULL && i < json_array_get_length (over); i++) {
    JsonNode *node = json_array_get_element (over, i);

    if (JSON_NODE_HOLDS_OBJECT (node) && !is_over (all, json_node_get_object (node)))
      json_array_add_element (all, json_node_copy (node));
  }
}

/* Those of other logs than @log that nothing replaced. */
static JsonArray *
keep_alive (JsonArray *heads, const char *log, JsonArray *over)
{
  JsonArray *kept = json_array_new ();

  for (guint i = 0; i < json_array_get_length (heads); i++) {
    JsonObject *head = json_array_get_object_element (heads, i);

    if ((log == NULL || !g_str_equal (text_of (head, "log"), log)) && !is_over (over, head))
      json_array_add_element (kept, json_node_copy (json_array_get_element (heads, i)));
  }
  return kept;
}

/* The latest; where clocks agree, the log's name decides, so that all registers show the same. */
static JsonObject *
pick (JsonArray *heads)
{
  JsonObject *best = NULL;

  for (guint i = 0; i < json_array_get_length (heads); i++) {
    JsonObject *head = json_array_get_object_element (heads, i);

    if (best == NULL || int_of (head, "time") > int_of (best, "time") ||
        (int_of (head, "time") == int_of (best, "time") &&
         strcmp (text_of (head, "log"), text_of (best, "log")) > 0))
      best = head;
  }
  return best;
}

typedef struct {
  const char *name;
  gint64 number; /* -1: none */
  gint64 time;
} Cleared;

/* The last act of our own that set a field which is empty now. */
static gboolean
find_cleared (guint64 number,
              const char *text,
              gsize size,
              const guint8 *leaf,
              GPtrArray *lines,
              gpointer user_data)
{
  static const char *const EVENTS[] = { "created", "changed", "decided", NULL };
  Cleared *cleared = user_data;
  g_autoptr (WbEntry) entry = wb_entry_parse (text, size, NULL);

  if (entry == NULL || !g_strv_contains (EVENTS, entry->event))
    return TRUE;
  for (guint i = 0; i < entry->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (entry->fields, i);

    if (g_str_equal (field->name, cleared->name)) {
      cleared->number = (gint64) number;
      cleared->time = entry->time;
    }
  }
  return TRUE;
}

static gint64
time_of_act (WbRegister *reg, guint64 number)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts (reg->db, NULL, NULL, number, 1, NULL);

  return acts != NULL && acts->len > 0 ? ((const WbAct *) g_ptr_array_index (acts, 0))->time : 0;
}

/* What our own log last wrote there, before any other log did. */
static JsonArray *
first_heads (WbRegister *reg, JsonObject *member, const char *name, const WbEntry *entry)
{
  JsonArray *heads = json_array_new ();
  g_autoptr (JsonNode) nothing = json_node_new (JSON_NODE_NULL);
  Cleared cleared = { name, -1, 0 };

  if (member != NULL) {
    guint64 number = (guint64) int_of (member, "entry");

    json_array_add_object_element (heads,
                                   own_head (reg,
                                             number,
                                             time_of_act (reg, number),
                                             json_object_get_member (member, "value")));
    return heads;
  }
  (void) wb_log_store_each_of_record (reg->db, entry->record_id, find_cleared, &cleared, NULL);
  if (cleared.number >= 0 && (guint64) cleared.number < entry->number)
    json_array_add_object_element (heads,
                                   own_head (reg, (guint64) cleared.number, cleared.time, nothing));
  return heads;
}

static void
note_seen (JsonObject *seen, JsonArray *heads)
{
  for (guint i = 0; i < json_array_get_length (heads); i++) {
    JsonObject *head = json_array_get_object_element (heads, i);

    json_object_set_int_member (seen, text_of (head, "log"), int_of (head, "number"));
  }
}

static void
take_write (JsonArray **heads, JsonArray *over, JsonObject *seen, JsonObject *write)
{
  const char *log = text_of (write, "log");
  g_autoptr (JsonArray) before = *heads;

  /* An older write of the same log says nothing any more. */
  if (int_of (seen, log) >= int_of (write, "number")) {
    *heads = keep_alive (before, NULL, over);
    return;
  }
  *heads = keep_alive (before, log, over);
  json_object_set_int_member (seen, log, int_of (write, "number"));
  if (!is_over (over, write))
    json_array_add_object_element (*heads, json_object_ref (write));
}

static void
put_member (JsonObject *doc,
            const char *name,
            JsonArray *heads,
            JsonArray *over,
            JsonObject *seen,
            guint64 entry)
{
  JsonObject *member = json_object_new ();
  JsonObject *shown = pick (heads);

  json_object_set_int_member (member,
                              "entry",
                              shown != NULL ? int_of (shown, "entry") : (gint64) entry);
  if (shown != NULL)
    json_object_set_member (member,
                            "value",
                            json_node_copy (json_object_get_member (shown, "value")));
  else
    json_object_set_null_member (member, "value");
  json_object_set_array_member (member, HEADS, sorted (heads));
  json_object_set_array_member (member, OVER, sorted (over));
  json_object_set_object_member (member, SEEN, json_object_ref (seen));
  json_object_set_object_member (doc, name, member);
}

/**
 * wb_heads_write:
 * @reg: an open register
 * @doc: a record's document; changed
 * @name: one of its fields
 * @value: what was written; a JSON null clears it
 * @entry: the act of our own, with the other's time where it was taken in
 * @source: (nullable): whose entry it is; %NULL: our own
 * @over: (nullable): what the writer had before him and replaced
 *
 * Takes one write into a field that another log wrote as well.
 */
void
wb_heads_write (WbRegister *reg,
                JsonObject *doc,
                const char *name,
                JsonNode *value,
                const WbEntry *entry,
                const WbSource *source,
                JsonArray *over)
{
  JsonObject *member =
      json_object_has_member (doc, name) ? json_object_get_object_member (doc, name) : NULL;
  gboolean kept = member != NULL && json_object_has_member (member, HEADS);
  JsonArray *heads = kept ? json_array_ref (json_object_get_array_member (member, HEADS))
                          : first_heads (reg, member, name, entry);
  g_autoptr (JsonArray) all =
      kept ? json_array_ref (json_object_get_array_member (member, OVER)) : json_array_new ();
  g_autoptr (JsonObject) seen =
      kept ? json_object_ref (json_object_get_object_member (member, SEEN)) : json_object_new ();
  g_autoptr (JsonObject) write =
      source != NULL
          ? head_new (source->log, source->number, source->leaf, source->time, entry->number, value)
          : own_head (reg, entry->number, entry->time, value);

  if (!kept)
    note_seen (seen, heads);
  add_over (all, over);
  take_write (&heads, all, seen, write);
  put_member (doc, name, heads, all, seen, entry->number);
  json_array_unref (heads);
}

/* What stands in a field now, by the names of the entries that wrote it. */
static JsonArray *
list_heads (JsonObject *doc, const char *name)
{
  JsonArray *heads =
      json_object_get_array_member (json_object_get_object_member (doc, name), HEADS);
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < json_array_get_length (heads); i++) {
    JsonObject *head = json_array_get_object_element (heads, i);
    JsonObject *one = json_object_new ();

    json_object_set_string_member (one, "log", text_of (head, "log"));
    json_object_set_int_member (one, "number", int_of (head, "number"));
    json_object_set_string_member (one, "leaf", text_of (head, "leaf"));
    json_array_add_object_element (names, one);
  }
  return names;
}

/**
 * wb_heads_replaced:
 * @doc: a record's document
 * @apart: that of what is held apart
 * @names: fields that an act of our own is about to set
 *
 * Returns: (transfer full) (nullable): the value of %WB_ACT_OVER
 */
JsonNode *
wb_heads_replaced (JsonObject *doc, JsonObject *apart, char **names)
{
  g_autoptr (JsonObject) over = json_object_new ();

  for (guint i = 0; names[i] != NULL; i++) {
    JsonObject *of = wb_heads_are_kept (doc, names[i]) ? doc : apart;

    if (wb_heads_are_kept (of, names[i]))
      json_object_set_array_member (over, names[i], list_heads (of, names[i]));
  }
  return json_object_get_size (over) > 0 ? json_node_init_object (json_node_alloc (), over) : NULL;
}

/**
 * wb_heads_conflict:
 * @member: a field's member of a document
 *
 * Returns: whether two logs say different things of it, and nobody decided
 */
gboolean
wb_heads_conflict (JsonObject *member)
{
  JsonArray *heads =
      json_object_has_member (member, HEADS) ? json_object_get_array_member (member, HEADS) : NULL;

  for (guint i = 1; heads != NULL && i < json_array_get_length (heads); i++) {
    JsonObject *first = json_array_get_object_element (heads, 0);
    JsonObject *other = json_array_get_object_element (heads, i);

    if (!json_node_equal (json_object_get_member (first, "value"),
                          json_object_get_member (other, "value")))
      return TRUE;
  }
  return FALSE;
}
