/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What an erasure takes away and what it leaves: every line of the log about the case or record
 * goes, but for numbers; of the codes that statistics count a copy goes into the act itself, so
 * that what is left stands in one place that anybody can read.
 */
#include "wb-erasure-private.h"
#include "wb-fact-private.h"

#include <string.h>

#include "wb-erase-store.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-source-private.h"

#define WORD_LEAST 4     /* characters of a part of a name that is looked for elsewhere */
#define PHRASE_MAX 100   /* bytes of what is looked for as a whole */
#define WORDS_MAX 200    /* things to look for */
#define MENTIONS_MAX 500 /* records told of */

/* Lines that hold no personal data and that other parts of the log lean on. */
static const char *const KEPT_LINES[] = { WB_ACT_REFERENCE, WB_ACT_MODEL, WB_ACT_CLOCK,
                                          WB_ACT_SOURCE,    WB_ACT_OVER,  NULL };

static void
wipe (gpointer data)
{
  char *text = data;

  explicit_bzero (text, strlen (text));
  g_free (text);
}

void
wb_erase_plan_free (WbErasePlan *self)
{
  if (self == NULL)
    return;
  wb_record_row_free (self->of);
  g_clear_pointer (&self->fields, g_hash_table_unref);
  json_array_unref (self->lines);
  g_hash_table_unref (self->records);
  g_ptr_array_unref (self->order);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->phrases);
  json_object_unref (self->stub);
  g_ptr_array_unref (self->points);
  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
add_word (WbErasePlan *plan, const char *text, gsize size)
{
  if (plan->words->len < WORDS_MAX && size > 0)
    g_ptr_array_add (plan->words, g_strndup (text, size));
}

/* A name as a whole and each longer part of it. */
static void
add_words (WbErasePlan *plan, const char *text)
{
  const char *start = NULL;

  if (strlen (text) <= PHRASE_MAX && g_utf8_strlen (text, -1) >= WORD_LEAST) {
    add_word (plan, text, strlen (text));
    g_ptr_array_add (plan->phrases, g_strdup (text));
  }
  for (const char *at = text;; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    gboolean letter = c != 0 && (g_unichar_isalnum (c) || g_unichar_ismark (c));

    if (letter && start == NULL)
      start = at;
    if (!letter && start != NULL) {
      if (g_utf8_strlen (start, at - start) >= WORD_LEAST && (start != text || c != 0))
        add_word (plan, start, (gsize) (at - start));
      start = NULL;
    }
    if (c == 0)
      return;
  }
}

/* What people are called: that is looked for in what stays. */
static void
note_words (WbErasePlan *plan, const char *type, const WbField *field, JsonNode *value)
{
  gboolean of_person = g_str_equal (type, "person") || g_str_equal (type, "official");

  if (field == NULL || field->type != WB_FIELD_TEXT || !JSON_NODE_HOLDS_VALUE (value) ||
      json_node_get_value_type (value) != G_TYPE_STRING)
    return;
  if (field->sensitivity == WB_SENSITIVITY_IDENTITY || plan->fields != NULL ||
      (of_person && g_str_equal (field->name, "pseudonym")))
    add_words (plan, json_node_get_string (value));
}

static gboolean
is_kept (const WbErasePlan *plan, const char *name)
{
  if (plan->fields != NULL)
    return !g_hash_table_contains (plan->fields, name);
  return g_strv_contains (KEPT_LINES, name);
}

static void
add_range (WbErasePlan *plan, guint64 number, guint first, guint last)
{
  JsonArray *range = json_array_new ();

  json_array_add_int_element (range, (gint64) number);
  json_array_add_int_element (range, first);
  json_array_add_int_element (range, last);
  json_array_add_array_element (plan->lines, range);
}

typedef struct {
  WbErasePlan *plan;
  WbRegister *reg;
  GError *error;
} Gather;

static void
free_point (gpointer data)
{
  WbErasePoint *point = data;

  g_free (point->type);
  g_free (point->field);
  g_free (point->target);
  g_free (point);
}

static void
gather_line (Gather *gather, const WbEntry *entry, const char *name, const char *line)
{
  const WbRecordType *type = wb_model_find_type (gather->reg->model, entry->record_type);
  const WbField *field = type != NULL ? wb_record_type_find_field (type, name) : NULL;
  g_autoptr (JsonNode) value = NULL;

  gather->plan->n_lines++;
  if (field == NULL && !g_str_equal (name, WB_ACT_DEADLINES))
    return;
  if (!wb_disclosure_parse (line, strlen (line), NULL, &value, NULL))
    return;
  note_words (gather->plan, entry->record_type, field, value);
  wb_erase_plan_note_points (gather->plan, gather->reg, entry, name, value);
}

static void
gather_lines (Gather *gather, const WbEntry *entry, GPtrArray *lines)
{
  gint first = -1;
  gboolean any = FALSE;

  for (guint i = 0; i <= lines->len; i++) {
    const char *name = i < lines->len && i < entry->fields->len
                           ? ((const WbEntryField *) g_ptr_array_index (entry->fields, i))->name
                           : NULL;
    const char *line = name != NULL ? g_ptr_array_index (lines, i) : NULL;

    if (line != NULL && !is_kept (gather->plan, name)) {
      gather_line (gather, entry, name, line);
      first = first < 0 ? (gint) i : first;
      any = TRUE;
    } else if (first >= 0) {
      add_range (gather->plan, entry->number, (guint) first, i - 1);
      first = -1;
    }
  }
  if (any)
    gather->plan->n_entries++;
}

static gboolean
gather_entry (guint64 number,
              const char *text,
              gsize size,
              const guint8 *leaf,
              GPtrArray *lines,
              gpointer user_data)
{
  Gather *gather = user_data;
  g_autoptr (WbEntry) entry = wb_entry_parse (text, size, &gather->error);

  if (entry == NULL)
    return FALSE;
  g_hash_table_add (gather->plan->entries, g_memdup2 (&number, sizeof number));
  if (g_str_equal (entry->event, WB_ERASED_EVENT))
    return TRUE; /* says why something is not there: stays */
  if (g_str_equal (entry->event, "created") &&
      !g_hash_table_contains (gather->plan->records, entry->record_id)) {
    g_hash_table_insert (gather->plan->records,
                         g_strdup (entry->record_id),
                         g_strdup (entry->record_type));
    g_ptr_array_add (gather->plan->order, g_strdup (entry->record_id));
  }
  gather_lines (gather, entry, lines);
  return TRUE;
}

/* A moment as the date that statistics count by; NULL where there is none. */
static JsonNode *
date_only (WbRegister *reg, JsonNode *value)
{
  g_autoptr (WbMoment) moment = wb_moment_parse (value, reg->zone, NULL);
  g_autofree char *date = NULL;

  if (moment == NULL || moment->precision == WB_PRECISION_UNKNOWN)
    return NULL;
  date = wb_date_format (moment->earliest_date);
  return wb_json_string (date);
}

/* Codes and dates that say nothing about a person by themselves. */
static JsonNode *
stub_value (WbRegister *reg, const char *type, const WbField *field, JsonNode *value)
{
  gboolean closed = g_str_equal (type, "case") && g_str_equal (field->name, "closed");

  if (field->type == WB_FIELD_MOMENT && (closed || field->sensitivity == WB_SENSITIVITY_OPEN))
    return date_only (reg, value);
  if (g_str_equal (field->name, WB_FIELD_SAME_AS) ||
      g_str_equal (field->name, WB_FIELD_MERGED_INTO))
    return json_node_copy (value); /* who was counted together: ids, no data */
  if (field->sensitivity != WB_SENSITIVITY_OPEN)
    return NULL;
  switch (field->type) {
  case WB_FIELD_CODE:
  case WB_FIELD_CODES:
  case WB_FIELD_DATE:
  case WB_FIELD_BOOLEAN:
  case WB_FIELD_INTEGER:
    return json_node_copy (value);
  case WB_FIELD_TEXT:
  case WB_FIELD_LONGTEXT:
  case WB_FIELD_MOMENT:
  case WB_FIELD_RECORD:
  case WB_FIELD_RECORDS:
  case WB_FIELD_LANGUAGE:
  case WB_FIELD_LANGUAGES:
  case WB_FIELD_COUNTRY:
  case WB_FIELD_TERMS:
  default:
    return NULL;
  }
}

static JsonObject *
make_stub (WbRegister *reg, const char *id, const char *type_name)
{
  const WbRecordType *type = wb_model_find_type (reg->model, type_name);
  g_autoptr (JsonObject) values = wb_register_load_values (reg, id, NULL);
  JsonObject *stub = json_object_new ();

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (values, field->name);
    JsonNode *kept = value != NULL ? stub_value (reg, type_name, field, value) : NULL;

    if (kept != NULL)
      json_object_set_member (stub, field->name, kept);
  }
  return stub;
}

static void
make_stubs (WbErasePlan *plan, WbRegister *reg)
{
  gboolean whole_case = g_str_equal (plan->scope, "case");

  for (guint i = 0; i < plan->order->len; i++) {
    const char *id = g_ptr_array_index (plan->order, i);
    const char *type = g_hash_table_lookup (plan->records, id);
    JsonObject *stub = make_stub (reg, id, type);

    if (whole_case && g_str_equal (id, plan->of->id))
      json_object_set_string_member (stub, "status", WB_STATUS_DESTROYED);
    json_object_set_object_member (plan->stub, id, stub);
  }
}

static void
note_files (WbErasePlan *plan)
{
  for (guint i = 0; i < plan->order->len; i++) {
    const char *id = g_ptr_array_index (plan->order, i);

    if (g_str_equal (g_hash_table_lookup (plan->records, id), "evidence") &&
        (plan->fields == NULL || g_hash_table_contains (plan->fields, "sha256")))
      g_ptr_array_add (plan->files, g_strdup (id));
  }
}

/* What goes with a field: a file with its hash, a date with the clocks that it started. */
static gboolean
take_fields (WbErasePlan *plan, WbRegister *reg, const char *const *fields, GError **error)
{
  static const char *const OF_FILE[] = { "file", "sha256", "size", "media_type", "name", NULL };
  const WbRecordType *type = wb_model_find_type (reg->model, plan->of->type);

  for (guint i = 0; fields[i] != NULL; i++) {
    const WbField *field = type != NULL ? wb_record_type_find_field (type, fields[i]) : NULL;

    if (field == NULL && !g_str_equal (fields[i], WB_ACT_REASON)) {
      g_set_error (error,
                   WB_ERROR,
                   WB_ERROR_INVALID,
                   _ ("%s has no field “%.60s”: nothing was erased."),
                   plan->of->reference,
                   fields[i]);
      return FALSE;
    }
    g_hash_table_add (plan->fields, g_strdup (fields[i]));
    if (field != NULL && field->event != NULL)
      g_hash_table_add (plan->fields, g_strdup (WB_ACT_DEADLINES));
    for (guint f = 0; g_str_equal (plan->of->type, "evidence") &&
                      g_strv_contains (OF_FILE, fields[i]) && OF_FILE[f] != NULL;
         f++)
      g_hash_table_add (plan->fields, g_strdup (OF_FILE[f]));
  }
  return TRUE;
}

static gboolean
gather_all (WbErasePlan *plan, WbRegister *reg, GError **error)
{
  Gather gather = { plan, reg, NULL };
  gboolean done =
      g_str_equal (plan->scope, "case")
          ? wb_log_store_each_of_case (reg->db, plan->of->id, gather_entry, &gather, error)
          : wb_log_store_each_of_record (reg->db, plan->of->id, gather_entry, &gather, error);

  if (gather.error == NULL)
    return done;
  g_propagate_error (error, gather.error);
  return FALSE;
}

/**
 * wb_erase_plan_new:
 * @reg: an open register
 * @of: the case, or a record; copied
 * @fields: (nullable): only these fields of it
 * @error: return location for an error; %WB_ERROR_NOT_FOUND where nothing is left to erase
 *
 * Returns: (transfer full): what goes; nothing is changed yet
 */
WbErasePlan *
wb_erase_plan_new (WbRegister *reg,
                   const WbRecordRow *of,
                   const char *const *fields,
                   GError **error)
{
  g_autoptr (WbErasePlan) plan = g_new0 (WbErasePlan, 1);

  plan->of = wb_record_store_find (reg->db, of->id, error);
  plan->scope = fields != NULL ? "fields" : g_str_equal (of->type, "case") ? "case" : "record";
  plan->lines = json_array_new ();
  plan->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  plan->order = g_ptr_array_new_with_free_func (g_free);
  plan->files = g_ptr_array_new_with_free_func (g_free);
  plan->words = g_ptr_array_new_with_free_func (wipe);
  plan->phrases = g_ptr_array_new_with_free_func (wipe);
  plan->stub = json_object_new ();
  plan->points = g_ptr_array_new_with_free_func (free_point);
  plan->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (plan->of == NULL)
    return NULL;
  if (fields != NULL) {
    plan->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    if (!take_fields (plan, reg, fields, error))
      return NULL;
  }
  if (!gather_all (plan, reg, error))
    return NULL;
  if (plan->n_lines == 0) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("Nothing of that is left in %s: there is nothing to erase."),
                 plan->of->reference);
    return NULL;
  }
  note_files (plan);
  if (fields == NULL)
    make_stubs (plan, reg);
  return g_steal_pointer (&plan);
}

static gboolean
blank_lines (WbErasePlan *plan, WbRegister *reg, GError **error)
{
  for (guint i = 0; i < json_array_get_length (plan->lines); i++) {
    JsonArray *range = json_array_get_array_element (plan->lines, i);
    guint64 number = (guint64) json_array_get_int_element (range, 0);
    guint last = (guint) json_array_get_int_element (range, 2);

    for (guint at = (guint) json_array_get_int_element (range, 1); at <= last; at++) {
      if (!wb_erase_store_blank_line (reg->db, number, at, error))
        return FALSE;
    }
  }
  return TRUE;
}

/* What is half typed about the case or person goes too, whoever typed it. */
static gboolean
drop_drafts (WbErasePlan *plan, WbRegister *reg, guint *ret_n, GError **error)
{
  guint n = 0;

  for (guint i = 0; i < plan->order->len; i++) {
    const char *id = g_ptr_array_index (plan->order, i);
    g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, id, error);

    if (!wb_erase_store_drop_drafts (reg->db, id, &n, error) ||
        (row != NULL && !wb_erase_store_drop_drafts (reg->db, row->reference, &n, error)))
      return FALSE;
  }
  for (guint i = 0; i < plan->phrases->len; i++) {
    if (!wb_erase_store_drop_drafts (reg->db, g_ptr_array_index (plan->phrases, i), &n, error))
      return FALSE;
  }
  *ret_n = n;
  return TRUE;
}

gboolean
wb_erase_plan_carry_out (WbErasePlan *self, WbRegister *reg, guint *ret_drafts, GError **error)
{
  if (!drop_drafts (self, reg, ret_drafts, error) || !blank_lines (self, reg, error))
    return FALSE;
  for (guint i = 0; i < self->files->len; i++) {
    if (!wb_erase_store_drop_chunks (reg->db, g_ptr_array_index (self->files, i), error))
      return FALSE;
  }
  return TRUE;
}

static void
note_mention (WbErasePlan *plan, GHashTable *found, const char *id, const char *reference)
{
  if ((plan->fields != NULL || !g_hash_table_contains (plan->records, id)) &&
      g_hash_table_size (found) < MENTIONS_MAX)
    g_hash_table_add (found, g_strdup (reference));
}

static gboolean
find_words (WbErasePlan *plan, WbRegister *reg, GHashTable *found, GError **error)
{
  for (guint i = 0; i < plan->words->len; i++) {
    g_autoptr (GPtrArray) hits =
        wb_register_search (reg, g_ptr_array_index (plan->words, i), MENTIONS_MAX, error);

    if (hits == NULL)
      return FALSE;
    for (guint h = 0; h < hits->len; h++) {
      const WbHit *hit = g_ptr_array_index (hits, h);

      note_mention (plan, found, hit->record_id, hit->reference);
    }
  }
  return TRUE;
}

static gboolean
find_pointers (WbErasePlan *plan, WbRegister *reg, GHashTable *found, GError **error)
{
  for (guint i = 0; i < plan->order->len; i++) {
    g_autoptr (GPtrArray) references =
        wb_erase_store_list_mentions (reg->db, g_ptr_array_index (plan->order, i), error);

    if (references == NULL)
      return FALSE;
    for (guint r = 0; r < references->len; r++) {
      const char *reference = g_ptr_array_index (references, r);
      g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, reference, error);

      if (row == NULL)
        return FALSE;
      note_mention (plan, found, row->id, reference);
    }
  }
  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * wb_erase_plan_find_mentions:
 * @self: what was erased
 * @reg: the register, after it
 * @error: return location for an error
 *
 * Words of a name may well mean somebody else: a person looks at each.
 *
 * Returns: (transfer full) (element-type utf8): references, sorted
 */
GPtrArray *
wb_erase_plan_find_mentions (WbErasePlan *self, WbRegister *reg, GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) mentions = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  if (!find_words (self, reg, found, error) ||
      (self->fields == NULL && !find_pointers (self, reg, found, error)))
    return NULL;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (mentions, g_strdup (key));
  g_ptr_array_sort (mentions, compare_texts);
  return g_steal_pointer (&mentions);
}
