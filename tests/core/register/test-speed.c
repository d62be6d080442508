/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What screens ask for must not read whole tables: counted by the rows that statements stepped over
 * without an index, which is the same on every machine; time is told, and judged with slack.
 */
#include "wb-test-register.h"

#define N_CASES 4500 /* more than are looked up one by one */
#define PAGE 100
#define SLOWEST 50 /* ms, without sanitizers */

#if defined(__SANITIZE_ADDRESS__)
#define SLACK 20
#else
#define SLACK 1
#endif

#define fill(self, sql)                                                                            \
  do {                                                                                             \
    g_autoptr (GError) problem = NULL;                                                             \
    g_autoptr (WbStmt) stmt = wb_db_query ((self)->reg->db, sql, &problem);                        \
    wb_assert_no_error (problem);                                                                  \
    wb_stmt_bind_int64 (stmt, ":n", N_CASES);                                                      \
    assert_true (wb_stmt_run (stmt, &problem));                                                    \
  } while (0)

#define NUMBERS "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n) "

/* One real case, and its rows many times over under other names: what lists read is real. */
static void
multiply (WbTestRegister *self)
{
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"Geduwd tijdens de afname.\", "
                          "\"received\": \"2026-11-20\"}"));
  fill (self,
        NUMBERS "INSERT INTO case_row (id, reference, title, status, status_rank, urgency, "
                "urgency_rank, site, received, allegations, changed, next_end, next_rule) "
                "SELECT 'c' || i, printf ('NL-TEST-2026-%05d', i + 10), title, "
                "CASE i % 50 WHEN 0 THEN 'status.merged' ELSE status END, "
                "CASE i % 50 WHEN 0 THEN 12 ELSE status_rank END, urgency, i % 4, site, "
                "date ('2020-01-01', i || ' days'), 1, changed + i, next_end + i, next_rule "
                "FROM case_row, n WHERE key = 1");
  fill (self,
        NUMBERS "INSERT INTO record (id, type, case_id, reference, series, ordinal, first_entry, "
                "last_entry, created, changed, author, doc) "
                "SELECT 'r' || i, type, 'c' || i, printf ('NL-TEST-2026-%05d/A-1', i + 10), "
                "'s' || i, 1, 4, 4, created, changed, author, doc "
                "FROM record, n WHERE type = 'allegation' AND id NOT LIKE 'r%'");
  fill (self,
        NUMBERS
        "INSERT INTO search (rowid, text) SELECT key, text || ' geduwd woord' || key || ' zz' "
        "|| (key % 7) FROM (SELECT text FROM search LIMIT 1), record WHERE id LIKE 'r%' "
        "AND :n > 0");
  fill (self,
        NUMBERS "INSERT INTO deadline (record, case_id, entry, rule, family, clock, ends, running, "
                "state, met) SELECT 'r' || i, 'c' || i, 4, rule, family, clock, ends + i, "
                "i % 20 = 0, state, met FROM deadline, n WHERE record NOT LIKE 'r%'");
}

typedef struct {
  WbTestRegister *self;
  gint64 start;
  guint64 scanned;
} Watch;

static Watch
begin (WbTestRegister *self)
{
  return (Watch){ self, g_get_monotonic_time (), wb_db_count_scanned (self->reg->db) };
}

static void
end (const Watch *watch, const char *what, guint64 most)
{
  guint64 scanned = wb_db_count_scanned (watch->self->reg->db) - watch->scanned;
  double ms = (double) (g_get_monotonic_time () - watch->start) / 1000.;

  print_message ("%-40s %6.1f ms %6u rows scanned\n", what, ms, (guint) scanned);
  if (scanned > most)
    fail_msg ("%s steps over %u rows without an index", what, (guint) scanned);
  if (ms > SLOWEST * SLACK)
    fail_msg ("%s takes %.0f ms", what, ms);
}

static void
watch_list (WbTestRegister *self, const char *what, const WbCaseQuery *query, guint64 most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  Watch watch = begin (self);

  rows = wb_register_list_cases (self->reg, query, 0, PAGE, &error);
  wb_assert_no_error (error);
  assert_true (rows->len > 0);
  end (&watch, what, most);
}

static void
a_page_of_the_list_reads_a_page (void **state)
{
  WbTestRegister *self = *state;

  multiply (self);
  for (WbCaseSort sort = WB_CASE_SORT_REFERENCE; sort <= WB_CASE_SORT_TARGET; sort++) {
    const WbCaseQuery up = { .sort = sort };
    const WbCaseQuery down = { .sort = sort, .descending = TRUE };

    watch_list (self, "page, ascending", &up, PAGE + 10);
    watch_list (self, "page, descending", &down, PAGE + 10);
  }
}

static void
a_filter_reads_what_it_gives (void **state)
{
  WbTestRegister *self = *state;

  multiply (self);
  for (WbCaseSort sort = WB_CASE_SORT_REFERENCE; sort <= WB_CASE_SORT_TARGET; sort++) {
    const WbCaseQuery rare = { .status = "status.merged", .sort = sort };

    watch_list (self, "page of a rare status", &rare, 10);
  }
  fill (self,
        "INSERT INTO case_code (field, code, case_key) SELECT 'rights', 'right.charter.' || "
        "(key % 50), key FROM case_row WHERE :n > 0");
  for (WbCaseSort sort = WB_CASE_SORT_REFERENCE; sort <= WB_CASE_SORT_TARGET; sort++) {
    static const char *const filters[] = { "rights=right.charter.4", NULL };
    const WbCaseQuery rare = { .filters = filters, .sort = sort };

    watch_list (self, "page of a rare right", &rare, 10);
  }
}

static void
search_and_due_read_what_they_give (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) due = NULL;
  const WbCaseQuery words = { .words = "woord1500" };
  Watch watch;

  multiply (self);
  watch = begin (self);
  hits = wb_register_search (self->reg, "woord1500", 50, NULL);
  assert_int_equal (hits->len, 1);
  end (&watch, "search for a rare word", 10);
  watch_list (self, "list by a rare word", &words, 20);
  watch = begin (self);
  due = wb_deadline_store_list (self->reg->db, TRUE, PAGE, NULL);
  assert_int_equal (due->len, PAGE);
  end (&watch, "what is due", 10);
}

static void
assert_same_page (WbTestRegister *self, const WbCaseQuery *query, guint offset)
{
  WbCaseQuery without = *query;
  g_autoptr (GPtrArray) found = wb_register_list_cases (self->reg, query, offset, PAGE, NULL);
  g_autoptr (GPtrArray) all = NULL;

  without.words = NULL;
  all = wb_register_list_cases (self->reg, &without, offset, PAGE, NULL);
  assert_non_null (found);
  assert_int_equal (found->len, all->len);
  for (guint i = 0; i < all->len; i++)
    assert_string_equal (((WbCaseRow *) g_ptr_array_index (found, i))->reference,
                         ((WbCaseRow *) g_ptr_array_index (all, i))->reference);
}

/* As many as it finds, a page of them is there at once, in any order; deep down it is the same. */
static void
a_word_in_every_case_is_listed_a_page_at_a_time (void **state)
{
  WbTestRegister *self = *state;
  const WbCaseQuery all = { NULL }, several = { .words = "geduwd woord1500" };
  guint n_all, n;

  multiply (self);
  for (WbCaseSort sort = WB_CASE_SORT_REFERENCE; sort <= WB_CASE_SORT_TARGET; sort++) {
    const WbCaseQuery up = { .words = "GEDUW", .sort = sort };
    const WbCaseQuery down = { .words = "geduwd gedu", .sort = sort, .descending = TRUE };

    watch_list (self, "page of a common word", &up, 20 * PAGE);
    assert_same_page (self, &up, 0);
    assert_same_page (self, &up, N_CASES - PAGE);
    assert_same_page (self, &down, 0);
  }
  assert_true (wb_register_count_cases (self->reg, &all, &n_all, NULL));
  assert_true (wb_register_count_cases (self->reg, &(WbCaseQuery){ .words = "geduwd" }, &n, NULL));
  assert_int_equal (n, n_all);
  assert_true (wb_register_count_cases (self->reg, &several, &n, NULL));
  assert_int_equal (n, 1);
}

static void
a_beginning_finds_what_begins_so (void **state)
{
  static const struct {
    const char *words;
    guint n;
  } FINDS[] = { { "woord150", 11 }, { "WOORD1500", 1 }, { "woord15000", 0 }, { "wóórd1500", 1 } };
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) common = NULL;
  Watch watch;

  multiply (self);
  for (guint i = 0; i < G_N_ELEMENTS (FINDS); i++) {
    g_autoptr (GPtrArray) hits = wb_register_search (self->reg, FINDS[i].words, PAGE, NULL);

    assert_non_null (hits);
    assert_int_equal (hits->len, FINDS[i].n);
  }
  watch = begin (self);
  common = wb_register_search (self->reg, "geduw", PAGE, NULL);
  assert_int_equal (common->len, PAGE);
  end (&watch, "search for a word in every case", 10);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_page_of_the_list_reads_a_page),
    with_register (a_filter_reads_what_it_gives),
    with_register (search_and_due_read_what_they_give),
    with_register (a_word_in_every_case_is_listed_a_page_at_a_time),
    with_register (a_beginning_finds_what_begins_so),
  };

  return cmocka_run_group_tests_name ("speed", tests, NULL, NULL);
}
