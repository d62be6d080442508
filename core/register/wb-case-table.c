/* SPDX-License-Identifier: EUPL-1.2 */

/* The list of cases as a table for other programs, row by row: memory does not grow with it. */
#include "wb-case-table.h"

#include <string.h>

#include "wb-case-filter-private.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-i18n.h"
#include "wb-register-private.h"
#include "wb-safe-file.h"
#include "wb-uuid.h"

#define EVENT "list-exported"
#define PURPOSE_MAX 1000  /* bytes: a line in the log, not a letter */
#define FLUSH_BYTES 65536 /* of text kept before it is written */
#define PROGRESS_ROWS 500

static const struct {
  const char *name;
  const char *label;
} FIELDS[] = {
  [WB_CASE_FIELD_REFERENCE] = { "reference", N_ ("Reference") },
  [WB_CASE_FIELD_TITLE] = { "title", N_ ("Title") },
  [WB_CASE_FIELD_RECEIVED] = { "received", N_ ("Received") },
  [WB_CASE_FIELD_STATUS] = { "status", N_ ("Status") },
  [WB_CASE_FIELD_URGENCY] = { "urgency", N_ ("Urgency") },
  [WB_CASE_FIELD_SITE] = { "site", N_ ("Site") },
  [WB_CASE_FIELD_ALLEGATIONS] = { "allegations", N_ ("Allegations") },
  [WB_CASE_FIELD_LAW] = { "law", N_ ("Legal Deadline") },
  [WB_CASE_FIELD_TARGET] = { "target", N_ ("Own Target") },
};

const char *
wb_case_field_name (WbCaseField field)
{
  g_return_val_if_fail ((guint) field < G_N_ELEMENTS (FIELDS), "");

  return FIELDS[field].name;
}

/**
 * wb_case_field_parse:
 * @name: of a field
 * @ret_field: the field
 */
gboolean
wb_case_field_parse (const char *name, WbCaseField *ret_field)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    if (g_str_equal (FIELDS[i].name, name)) {
      *ret_field = (WbCaseField) i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Where the text goes: to a file that gets its name at the end, or to a stream. */
typedef struct {
  WbRegister *reg;
  const WbCaseTable *table;
  WbSafeFile *file;      /* (nullable) */
  GOutputStream *stream; /* (nullable) */
  WbProgress progress;   /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable; /* (nullable) */
  WbCsv csv;
  guint total;
  guint at;   /* rows seen */
  guint next; /* in positions */
  guint n;    /* rows written */
  GError *error;
} Writing;

static gboolean
flush (Writing *self)
{
  gboolean done = TRUE;

  if (self->file != NULL)
    done = wb_safe_file_write (self->file, self->csv.text->str, self->csv.text->len, &self->error);
  else
    done = g_output_stream_write_all (self->stream,
                                      self->csv.text->str,
                                      self->csv.text->len,
                                      NULL,
                                      self->cancellable,
                                      &self->error);
  g_string_truncate (self->csv.text, 0);
  return done;
}

static gboolean
has (const Writing *self, guint field)
{
  return (self->table->fields & (1u << field)) != 0;
}

static void
add_heads (Writing *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    gboolean is_end = i == WB_CASE_FIELD_LAW || i == WB_CASE_FIELD_TARGET;
    g_autofree char *end = g_strconcat (FIELDS[i].name, "_end", NULL);
    g_autofree char *rule = g_strconcat (FIELDS[i].name, "_rule", NULL);

    if (!has (self, i))
      continue;
    if (self->table->variant == WB_CSV_SPREADSHEET) {
      wb_csv_add (&self->csv, _ (FIELDS[i].label));
      continue;
    }
    wb_csv_add (&self->csv, is_end ? end : FIELDS[i].name);
    if (is_end)
      wb_csv_add (&self->csv, rule);
  }
  wb_csv_end_line (&self->csv);
}

static const char *
words_of (const Writing *self, const char *code)
{
  const WbTerm *term = code != NULL && self->table->variant == WB_CSV_SPREADSHEET
                           ? wb_model_find_term (self->reg->model, code)
                           : NULL;

  return term != NULL ? term->label[self->table->language] : code;
}

/* @end is the first instant that is too late: at midnight, the day before is the last day. */
static char *
last_moment (const Writing *self, WbInstant end)
{
  WbLocal local = wb_zone_to_local (self->reg->zone, end);
  g_autofree char *day = NULL;

  if (local.hour == 0 && local.minute == 0 && local.second == 0)
    return wb_date_format (wb_date_add_days (local.date, -1));
  day = wb_date_format (local.date);
  return g_strdup_printf ("%s %02d:%02d", day, local.hour, local.minute);
}

static void
add_end (Writing *self, WbInstant end, const char *rule)
{
  g_autofree char *text = NULL;

  if (self->table->variant == WB_CSV_SPREADSHEET) {
    text = end != WB_INSTANT_NONE ? last_moment (self, end) : NULL;
    wb_csv_add (&self->csv, text);
    return;
  }
  text = end != WB_INSTANT_NONE ? wb_instant_format (end) : NULL;
  wb_csv_add (&self->csv, text);
  wb_csv_add (&self->csv, end != WB_INSTANT_NONE ? rule : NULL);
}

static void
add_row (Writing *self, const WbCaseRow *row)
{
  g_autofree char *allegations = g_strdup_printf ("%u", row->n_allegations);
  const char *cells[] = {
    [WB_CASE_FIELD_REFERENCE] = row->reference,
    [WB_CASE_FIELD_TITLE] = row->title,
    [WB_CASE_FIELD_RECEIVED] = row->received,
    [WB_CASE_FIELD_STATUS] = words_of (self, row->status),
    [WB_CASE_FIELD_URGENCY] = words_of (self, row->urgency),
    [WB_CASE_FIELD_SITE] = words_of (self, row->site),
    [WB_CASE_FIELD_ALLEGATIONS] = allegations,
  };

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    if (has (self, i))
      wb_csv_add (&self->csv, cells[i]);
  if (has (self, WB_CASE_FIELD_LAW))
    add_end (self, row->law_end, row->law_rule);
  if (has (self, WB_CASE_FIELD_TARGET))
    add_end (self, row->target_end, row->target_rule);
  wb_csv_end_line (&self->csv);
  self->n++;
}

/* Whether the row goes along; positions are ascending. */
static gboolean
is_picked (Writing *self)
{
  const WbCaseTable *table = self->table;

  if (table->positions == NULL)
    return TRUE;
  while (self->next < table->n_positions && table->positions[self->next] < self->at)
    self->next++;
  return self->next < table->n_positions && table->positions[self->next] == self->at;
}

static gboolean
write_row (const WbCaseRow *row, gpointer user_data)
{
  Writing *self = user_data;

  if (is_picked (self))
    add_row (self, row);
  self->at++;
  if (self->at % PROGRESS_ROWS == 0) {
    if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
      return FALSE;
    if (self->progress != NULL)
      self->progress (self->at, self->total, self->user_data);
  }
  return self->csv.text->len < FLUSH_BYTES || flush (self);
}

static gboolean
write_all (Writing *self, GError **error)
{
  gboolean done;

  wb_csv_begin (&self->csv, self->table->variant);
  add_heads (self);
  done = wb_register_each_case (self->reg, self->table->query, write_row, self, error);
  if (self->error == NULL && done)
    (void) flush (self);
  wb_csv_clear (&self->csv);
  if (self->error == NULL)
    return done;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* Filters are codes; what was searched for may be a name, so that only the fact is told. */
static JsonNode *
describe (const WbCaseTable *table, guint n)
{
  JsonObject *object = json_object_new ();
  JsonArray *filters = json_array_new ();
  JsonArray *columns = json_array_new ();
  const WbCaseQuery *query = table->query;
  JsonNode *node;

  for (guint i = 0; query->filters != NULL && query->filters[i] != NULL; i++)
    json_array_add_string_element (filters, query->filters[i]);
  if (query->status != NULL)
    json_array_add_string_element (filters, query->status);
  if (query->urgency != NULL)
    json_array_add_string_element (filters, query->urgency);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if ((table->fields & (1u << i)) != 0)
      json_array_add_string_element (columns, FIELDS[i].name);
  json_object_set_int_member (object, "cases", n);
  json_object_set_array_member (object, "filters", filters);
  json_object_set_boolean_member (object, "searched", query->words != NULL);
  json_object_set_boolean_member (object, "selected", table->positions != NULL);
  json_object_set_array_member (object, "columns", columns);
  json_object_set_string_member (object,
                                 "format",
                                 table->variant == WB_CSV_SPREADSHEET ? "spreadsheet" : "csv");
  if (table->purpose != NULL)
    json_object_set_string_member (object, "purpose", table->purpose);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return node;
}

static gboolean
log_table (WbRegister *self, const WbCaseTable *table, guint n, GError **error)
{
  g_autofree char *id = wb_uuid_new (wb_clock_now ());
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("body", id, NULL, EVENT);
  g_autoptr (JsonNode) node = describe (table, n);

  wb_act_draft_add (draft, WB_ACT_DETAIL, node);
  return wb_register_append_alone (self, draft, error);
}

static gboolean
check (const WbCaseTable *table, GError **error)
{
  const char *purpose = table->purpose;

  if (purpose == NULL || (strlen (purpose) <= PURPOSE_MAX && g_utf8_validate (purpose, -1, NULL)))
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_TOO_LARGE,
                       _ ("The purpose is longer than 1000 bytes: shorten it."));
  return FALSE;
}

static gboolean
count (WbRegister *self, const WbCaseTable *table, guint *ret_n, GError **error)
{
  if (table->positions == NULL)
    return wb_register_count_cases (self, table->query, ret_n, error);
  *ret_n = table->n_positions;
  return TRUE;
}

/**
 * wb_register_write_case_table:
 * @self: an open register
 * @table: which cases, which columns, for whom
 * @stream: where the text goes
 * @error: return location for an error
 *
 * Logged before the first byte is written: what goes to a stream is gone.
 */
gboolean
wb_register_write_case_table (WbRegister *self,
                              const WbCaseTable *table,
                              GOutputStream *stream,
                              GError **error)
{
  Writing writing = { .reg = self, .table = table, .stream = stream };

  return check (table, error) && count (self, table, &writing.total, error) &&
         log_table (self, table, writing.total, error) && write_all (&writing, error);
}

/**
 * wb_register_export_case_table:
 * @self: an open register
 * @table: which cases, which columns, for whom
 * @path: the file; an older one is replaced
 * @progress: (nullable): rows seen, rows in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves no file behind
 * @ret_n: (optional): how many cases went along
 * @error: return location for an error; %WB_ERROR_NO_SPACE, %WB_ERROR_NOT_FOUND, %WB_ERROR_IO
 *
 * The act comes between the last that can go wrong with the file and its name: a failure leaves
 * neither file nor entry.
 */
gboolean
wb_register_export_case_table (WbRegister *self,
                               const WbCaseTable *table,
                               const char *path,
                               WbProgress progress,
                               gpointer user_data,
                               GCancellable *cancellable,
                               guint *ret_n,
                               GError **error)
{
  g_autoptr (WbSafeFile) file = NULL;
  Writing writing = { .reg = self,
                      .table = table,
                      .progress = progress,
                      .user_data = user_data,
                      .cancellable = cancellable };

  if (!check (table, error) || !wb_register_count_cases (self, table->query, &writing.total, error))
    return FALSE;
  file = wb_safe_file_new (path, error);
  writing.file = file;
  if (file == NULL || !write_all (&writing, error) || !wb_safe_file_finish (file, error) ||
      !log_table (self, table, writing.n, error) || !wb_safe_file_commit (file, error))
    return FALSE;
  if (ret_n != NULL)
    *ret_n = writing.n;
  return TRUE;
}
