/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-register.h"

#include <signal.h>
#include <sys/resource.h>

#include "wb-case-table.h"

#define N_MANY 100000
#define MEMORY_KIB 16384 /* what many rows may take more than few */

/* As a program of somebody else reads it: all rows as JSON. */
static const char READ[] =
    "import csv, json, sys\n"
    "sheet = sys.argv[2] == 'sheet'\n"
    "with open(sys.argv[1], encoding='utf-8-sig' if sheet else 'utf-8', newline='') as f:\n"
    "    rows = list(csv.reader(f, delimiter=';' if sheet else ',', strict=True))\n"
    "print(json.dumps(rows))\n";

static const char *const TITLES[] = {
  "plain", "=cmd|' /C calc'!A0", "+1+1", "-2",   "@SUM(A1)",  "says \"no\"", "two\nlines", "a,b;c",
  "é ü",   "'apostrophe",        "\t=1", "\r=1", "tab\there",
};

static char *
path_of (WbTestRegister *self)
{
  return g_build_filename (self->folder, "cases.csv", NULL);
}

static JsonArray *
read_back (const char *path, gboolean sheet)
{
  const char *argv[] = { "python3", "-c", READ, path, sheet ? "sheet" : "exact", NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  int status = -1;

  assert_true (g_spawn_sync (NULL,
                             (char **) argv,
                             NULL,
                             G_SPAWN_SEARCH_PATH,
                             NULL,
                             NULL,
                             &out,
                             NULL,
                             &status,
                             &error));
  assert_int_equal (status, 0);
  node = json_from_string (out, NULL);
  return json_array_ref (json_node_get_array (node));
}

static const char *
cell (JsonArray *rows, guint row, guint column)
{
  return json_array_get_string_element (json_array_get_array_element (rows, row), column);
}

/* No form takes some of these; a damaged row or a later field may hold them all the same. */
static void
set_title (WbTestRegister *self, const char *id, const char *title)
{
  g_autoptr (WbStmt) stmt =
      wb_db_query (self->reg->db, "UPDATE case_row SET title = :title WHERE id = :id", NULL);

  wb_stmt_bind_text (stmt, ":title", title);
  wb_stmt_bind_text (stmt, ":id", id);
  assert_true (wb_stmt_run (stmt, NULL));
}

static void
add_titles (WbTestRegister *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++) {
    g_autoptr (JsonObject) fields = json_object_new ();
    g_autoptr (WbRecord) record = NULL;
    g_autoptr (GError) error = NULL;

    json_object_set_string_member (fields, "title", i == 6 ? "two lines" : "plain");
    record = wb_register_record (self->reg, "case", NULL, NULL, fields, NULL, &error);
    wb_assert_no_error (error);
    set_title (self, record->id, TITLES[i]);
  }
}

static JsonArray *
export_titles (WbTestRegister *self, WbCsvVariant variant)
{
  const WbCaseQuery query = { .sort = WB_CASE_SORT_REFERENCE };
  const WbCaseTable table = { .query = &query,
                              .fields = 1u << WB_CASE_FIELD_REFERENCE | 1u << WB_CASE_FIELD_TITLE,
                              .variant = variant };
  g_autofree char *path = path_of (self);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  (void) wb_register_export_case_table (self->reg, &table, path, NULL, NULL, NULL, &n, &error);
  wb_assert_no_error (error);
  assert_int_equal (n, G_N_ELEMENTS (TITLES));
  return read_back (path, variant == WB_CSV_SPREADSHEET);
}

static void
every_title_comes_back_to_the_letter (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonArray) rows = NULL;

  add_titles (self);
  rows = export_titles (self, WB_CSV_EXACT);
  assert_int_equal (json_array_get_length (rows), G_N_ELEMENTS (TITLES) + 1);
  assert_string_equal (cell (rows, 0, 0), "reference");
  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++)
    assert_string_equal (cell (rows, i + 1, 1), TITLES[i]);
  wb_test_count ("csv-round-trip", G_N_ELEMENTS (TITLES));
}

static void
a_spreadsheet_gets_no_formula (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonArray) rows = NULL;

  add_titles (self);
  rows = export_titles (self, WB_CSV_SPREADSHEET);
  assert_string_equal (cell (rows, 0, 0), "Reference");
  for (guint i = 0; i < G_N_ELEMENTS (TITLES); i++) {
    const char *title = cell (rows, i + 1, 1);

    assert_null (strchr ("=+-@\t\r", *title));
    assert_true (g_str_has_suffix (title, TITLES[i]));
  }
}

static JsonObject *
read_act (WbTestRegister *self)
{
  g_autoptr (JsonNode) node =
      wb_register_read_logged (self->reg, wb_register_get_size (self->reg) - 1, WB_ACT_DETAIL);

  assert_non_null (node);
  return json_object_ref (json_node_get_object (node));
}

static void
an_export_is_one_act_without_what_was_searched_for (void **state)
{
  static const char *const filters[] = { "status=status.registered", NULL };
  static const guint positions[] = { 1, 2 };
  WbTestRegister *self = *state;
  const WbCaseQuery query = { .words = "lines", .filters = filters };
  const WbCaseQuery all = { .sort = WB_CASE_SORT_REFERENCE };
  WbCaseTable table = { .query = &query, .fields = WB_CASE_FIELDS_ALL, .purpose = "overleg" };
  g_autofree char *path = path_of (self);
  g_autoptr (JsonObject) searched = NULL;
  g_autoptr (JsonObject) selected = NULL;
  g_autoptr (JsonArray) rows = NULL;
  g_autoptr (GPtrArray) log = NULL;
  guint64 before;
  guint n = 0;

  add_titles (self);
  before = wb_register_get_size (self->reg);
  assert_true (wb_register_export_case_table (self->reg, &table, path, NULL, NULL, NULL, &n, NULL));
  assert_int_equal (n, 1);
  assert_int_equal (wb_register_get_size (self->reg), before + 1);
  searched = read_act (self);
  assert_int_equal (json_object_get_int_member (searched, "cases"), 1);
  assert_true (json_object_get_boolean_member (searched, "searched"));
  assert_string_equal (json_object_get_string_member (searched, "purpose"), "overleg");
  assert_string_equal (
      json_array_get_string_element (json_object_get_array_member (searched, "filters"), 0),
      filters[0]);
  log = wb_register_list_log (self->reg, NULL, before, 1, NULL);
  assert_string_equal (((const WbLogRow *) g_ptr_array_index (log, 0))->event, "list-exported");
  table = (WbCaseTable){ .query = &all,
                         .positions = positions,
                         .n_positions = G_N_ELEMENTS (positions),
                         .fields = 1u << WB_CASE_FIELD_TITLE };
  assert_true (wb_register_export_case_table (self->reg, &table, path, NULL, NULL, NULL, &n, NULL));
  selected = read_act (self);
  assert_true (json_object_get_boolean_member (selected, "selected"));
  rows = read_back (path, FALSE);
  assert_int_equal (json_array_get_length (rows), 3);
  assert_string_equal (cell (rows, 1, 0), TITLES[1]);
  assert_string_equal (cell (rows, 2, 0), TITLES[2]);
}

static void
assert_fails (WbTestRegister *self, const char *path, WbError code)
{
  const WbCaseQuery query = { 0 };
  const WbCaseTable table = { .query = &query, .fields = WB_CASE_FIELDS_ALL };
  g_autoptr (GError) error = NULL;
  guint64 before = wb_register_get_size (self->reg);

  assert_false (
      wb_register_export_case_table (self->reg, &table, path, NULL, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, (int) code);
  assert_null (strchr (error->message, '\n'));
  assert_int_equal (wb_register_get_size (self->reg), before);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
a_failure_leaves_neither_file_nor_entry (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *gone = g_build_filename (self->folder, "gone", "cases.csv", NULL);
  g_autofree char *path = path_of (self);
  const struct rlimit full = { 0, RLIM_INFINITY };
  struct rlimit before;

  add_titles (self);
  assert_fails (self, gone, WB_ERROR_NOT_FOUND);
  signal (SIGXFSZ, SIG_IGN);
  assert_int_equal (getrlimit (RLIMIT_FSIZE, &before), 0);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &full), 0);
  assert_fails (self, path, WB_ERROR_NO_SPACE);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &before), 0);
}

static long
peak (void)
{
  struct rusage usage;

  assert_int_equal (getrusage (RUSAGE_SELF, &usage), 0);
  return usage.ru_maxrss;
}

/* Rows alone: making as many cases would take an hour. */
static void
add_many (WbTestRegister *self)
{
  g_autoptr (WbStmt) stmt = wb_db_query (
      self->reg->db,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
      "INSERT INTO case_row (id, reference, title, status, status_rank, urgency_rank, received, "
      "allegations, changed, next_end) SELECT 'id-' || i, printf ('NL-TEST-2026-%06d', i), "
      "'Een titel van gewone lengte ' || i, 'status.triage', 2, 9, '2026-07-01', 1, i, i FROM n",
      NULL);

  assert_true (wb_stmt_run (stmt, NULL));
}

static void
memory_does_not_grow_with_the_list (void **state)
{
  WbTestRegister *self = *state;
  const WbCaseQuery query = { .sort = WB_CASE_SORT_REFERENCE };
  const WbCaseTable table = { .query = &query, .fields = WB_CASE_FIELDS_ALL };
  g_autofree char *path = path_of (self);
  g_autofree char *text = NULL;
  gsize size = 0;
  guint n = 0;
  long before;

  add_many (self);
  before = peak ();
  assert_true (wb_register_export_case_table (self->reg, &table, path, NULL, NULL, NULL, &n, NULL));
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed */
  assert_true (peak () - before < MEMORY_KIB);
#endif
  assert_true (before > 0);
  assert_int_equal (n, N_MANY);
  text = wb_test_read (path, &size);
  assert_non_null (strstr (text, "NL-TEST-2026-100000,Een titel van gewone lengte 100000,"));
}

static void
a_cancelled_export_leaves_nothing (void **state)
{
  WbTestRegister *self = *state;
  const WbCaseQuery query = { 0 };
  const WbCaseTable table = { .query = &query, .fields = WB_CASE_FIELDS_ALL };
  g_autofree char *path = path_of (self);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint64 before = wb_register_get_size (self->reg);

  add_many (self);
  g_cancellable_cancel (cancellable);
  assert_false (wb_register_export_case_table (self->reg,
                                               &table,
                                               path,
                                               NULL,
                                               NULL,
                                               cancellable,
                                               NULL,
                                               &error));
  wb_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_int_equal (wb_register_get_size (self->reg), before);
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (every_title_comes_back_to_the_letter),
    with_register (a_spreadsheet_gets_no_formula),
    with_register (an_export_is_one_act_without_what_was_searched_for),
    with_register (a_failure_leaves_neither_file_nor_entry),
    with_register (memory_does_not_grow_with_the_list),
    with_register (a_cancelled_export_leaves_nothing),
  };

  return cmocka_run_group_tests_name ("case-table", tests, NULL, NULL);
}
