/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A case as a story: what its records say happened, and what the log says was done, in one order.
 * Which clock orders it is the reader's choice: when it happened, or when it was recorded.
 */
#include "wb-story.h"

#include <string.h>

#include "wb-format.h"
#include "wb-i18n.h"
#include "wb-moment.h"

#define ACTS_MAX 2000 /* entries of one case; more than a busy case gathers in years */

typedef struct {
  WbRegister *reg;
  WbLanguage language;
  GHashTable *entries; /* "reference field" -> WbLogRow that set it last */
  GPtrArray *rows;
} Story;

static void
row_free (WbStoryRow *self)
{
  g_free (self->days[WB_STORY_HAPPENED]);
  g_free (self->days[WB_STORY_RECORDED]);
  g_free (self->when);
  g_free (self->words);
  g_free (self->fields);
  g_free (self->author);
  g_free (self);
}

static char *
name_record (const char *reference, const WbRecordType *type, WbLanguage language)
{
  const char *slash = reference != NULL ? strrchr (reference, '/') : NULL;

  if (slash == NULL)
    return g_strdup (type->label[language]);
  return g_strdup_printf ("%s %s", type->label[language], slash + 1);
}

/**
 * wb_log_row_to_act:
 * @self: a row of the log
 * @model: for the label of its type
 * @language: of that label
 *
 * Returns: (transfer full): what was done, in a few words
 */
char *
wb_log_row_to_act (const WbLogRow *self, const WbModel *model, WbLanguage language)
{
  const WbRecordType *type = wb_model_find_type (model, self->record_type);
  g_autofree char *name = type != NULL ? name_record (self->record_reference, type, language)
                                       : g_strdup (self->record_type);

  return g_strdup_printf ("%s: %s", name, wb_log_event_to_words (self->event));
}

/**
 * wb_log_row_to_fields:
 * @self: a row of the log
 * @model: for the labels
 * @language: of the labels
 *
 * Returns: (transfer full) (nullable): labels of what the act set; never values
 */
char *
wb_log_row_to_fields (const WbLogRow *self, const WbModel *model, WbLanguage language)
{
  const WbRecordType *type = wb_model_find_type (model, self->record_type);
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; type != NULL && self->fields != NULL && self->fields[i] != NULL; i++) {
    const WbField *field = wb_record_type_find_field (type, self->fields[i]);

    if (field != NULL)
      g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", field->label[language]);
  }
  return labels->len > 0 ? g_string_free (g_steal_pointer (&labels), FALSE) : NULL;
}

static char *
name_day (const Story *story, WbInstant instant)
{
  WbLocal local = wb_zone_to_local (wb_register_get_zone (story->reg), instant);

  return wb_format_date (local.date, story->language);
}

/* A time that is not known to the day stands under all the days that it can have been. */
static char *
name_days (const Story *story, const WbMoment *moment)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (moment->precision == WB_PRECISION_UNKNOWN)
    return g_strdup (_ ("When is not known"));
  first = wb_format_date (moment->earliest_date, story->language);
  last = wb_format_date (moment->latest_date, story->language);
  if (g_str_equal (first, last))
    return g_steal_pointer (&first);
  return g_strdup_printf ("%s – %s", first, last);
}

static void
add_act (Story *story, const WbLogRow *log)
{
  const WbModel *model = wb_register_get_model (story->reg);
  WbLocal local = wb_zone_to_local (wb_register_get_zone (story->reg), log->time);
  WbStoryRow *row = g_new0 (WbStoryRow, 1);

  row->done = TRUE;
  row->happened = row->recorded = log->time;
  row->entry = log->number;
  row->days[WB_STORY_HAPPENED] = name_day (story, log->time);
  row->days[WB_STORY_RECORDED] = g_strdup (row->days[WB_STORY_HAPPENED]);
  row->when = g_strdup_printf ("%02d:%02d", local.hour, local.minute);
  row->words = wb_log_row_to_act (log, model, story->language);
  row->fields = wb_log_row_to_fields (log, model, story->language);
  row->author = g_strdup (log->author);
  g_ptr_array_add (story->rows, row);
}

static void
add_acts (Story *story, GPtrArray *log)
{
  for (guint i = 0; i < log->len; i++) {
    WbLogRow *row = g_ptr_array_index (log, i);

    add_act (story, row);
    for (guint j = 0; row->fields != NULL && row->fields[j] != NULL; j++)
      g_hash_table_insert (story->entries,
                           g_strdup_printf ("%s %s", row->record_reference, row->fields[j]),
                           row);
  }
}

/* What was lived through, apart from what was done about it. */
static gboolean
is_done (const WbRecordType *type, const WbField *field)
{
  static const char *const lived[] = { "incident", "observation", "period", "visit", NULL };

  if (g_str_equal (type->name, "allegation"))
    return g_strcmp0 (field->group, "when") != 0;
  if (g_str_equal (type->name, "person"))
    return g_strcmp0 (field->group, "procedure") != 0;
  return !g_strv_contains (lived, type->name);
}

/* The words of who told it, and how they are understood. */
static char *
tell (const WbMoment *moment, WbLanguage language)
{
  g_autofree char *understood = wb_moment_to_words (moment, language);

  if (moment->words == NULL || g_str_equal (moment->words, understood))
    return g_steal_pointer (&understood);
  return g_strdup_printf ("“%s” (%s)", moment->words, understood);
}

static void
add_moment (Story *story,
            const WbRecord *record,
            const WbRecordType *type,
            const WbField *field,
            JsonNode *value)
{
  g_autoptr (WbMoment) moment = wb_moment_parse (value, wb_register_get_zone (story->reg), NULL);
  g_autofree char *key = g_strdup_printf ("%s %s", record->reference, field->name);
  const WbLogRow *log = g_hash_table_lookup (story->entries, key);
  g_autofree char *name = name_record (record->reference, type, story->language);
  WbStoryRow *row;

  if (moment == NULL)
    return;
  row = g_new0 (WbStoryRow, 1);
  row->done = is_done (type, field);
  row->happened = moment->precision != WB_PRECISION_UNKNOWN ? moment->earliest : G_MAXINT64;
  row->recorded = log != NULL ? log->time : record->changed;
  row->entry = log != NULL ? log->number : record->last_entry;
  row->days[WB_STORY_HAPPENED] = name_days (story, moment);
  row->days[WB_STORY_RECORDED] = name_day (story, row->recorded);
  row->when = tell (moment, story->language);
  row->words = g_strdup_printf ("%s: %s", name, field->label[story->language]);
  row->author = g_strdup (log != NULL ? log->author : NULL);
  g_ptr_array_add (story->rows, row);
}

static void
add_moments (Story *story, const WbRecord *record)
{
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (story->reg), record->type);

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (record->fields, field->name);

    if (field->type == WB_FIELD_MOMENT && !wb_field_is_apart (field) && value != NULL &&
        !JSON_NODE_HOLDS_NULL (value))
      add_moment (story, record, type, field, value);
  }
}

/* The visit during which it was told stands by itself; each is told of once. */
static void
add_visit (Story *story, const WbRecord *record, GHashTable *seen)
{
  JsonNode *node = json_object_get_member (record->fields, "visit");
  const char *id = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
                       ? json_node_get_string (node)
                       : NULL;
  g_autoptr (WbRecord) visit = NULL;

  if (id == NULL || !g_hash_table_add (seen, g_strdup (id)))
    return;
  visit = wb_register_read (story->reg, id, FALSE, NULL, NULL);
  if (visit != NULL)
    add_moments (story, visit);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer clock)
{
  const WbStoryRow *first = *(const WbStoryRow *const *) a;
  const WbStoryRow *second = *(const WbStoryRow *const *) b;
  gboolean happened = GPOINTER_TO_INT (clock) == WB_STORY_HAPPENED;
  WbInstant one = happened ? first->happened : first->recorded;
  WbInstant other = happened ? second->happened : second->recorded;

  if (one != other)
    return one < other ? -1 : 1;
  return (first->entry > second->entry) - (first->entry < second->entry);
}

static void
add_records (Story *story, GPtrArray *records)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);

    add_moments (story, record);
    add_visit (story, record, seen);
  }
}

/**
 * wb_register_list_story:
 * @self: an open register
 * @case_ref: reference or UUID of a case
 * @clock: which time orders the rows
 * @language: of the words
 * @error: return location for an error; %WB_ERROR_NOT_FOUND
 *
 * An imprecise time comes where it can have been at the earliest, one that is not known last.
 *
 * Returns: (transfer full) (element-type WbStoryRow): earliest first
 */
GPtrArray *
wb_register_list_story (WbRegister *self,
                        const char *case_ref,
                        WbStoryClock clock,
                        WbLanguage language,
                        GError **error)
{
  g_autoptr (GPtrArray) records = wb_register_read_case (self, case_ref, error);
  g_autoptr (GPtrArray) log =
      records != NULL ? wb_register_list_log (self, case_ref, 0, ACTS_MAX, error) : NULL;
  g_autoptr (GHashTable) entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Story story = { self, language, entries, NULL };

  if (log == NULL)
    return NULL;
  story.rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  add_acts (&story, log);
  add_records (&story, records);
  g_ptr_array_sort_with_data (story.rows, compare, GINT_TO_POINTER (clock));
  return story.rows;
}
