/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test-register.h"

#include "wb-story.h"

#define CASE "NL-TEST-2026-0001"

static void
fill (WbTestRegister *self)
{
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"Geduwd.\", \"received\": \"2026-11-20\", "
                          "\"when\": \"about three nights ago\"}"));
  wb_test_now ("2026-11-25T10:00:00Z");
  g_free (wb_test_record (self,
                          "incident",
                          CASE,
                          "{\"title\": \"Geroep op de gang\", \"when\": \"unknown\"}"));
  g_free (wb_test_record (self,
                          "person",
                          CASE,
                          "{\"pseudonym\": \"Vlinder\", \"name\": \"Semhar Verzonnen\", "
                          "\"birth\": \"2001-02-03\", \"detention_started\": \"2026-10\"}"));
}

static GPtrArray *
list (WbTestRegister *self, WbStoryClock clock)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = wb_register_list_story (self->reg, CASE, clock, WB_LANGUAGE_EN, &error);

  wb_assert_no_error (error);
  return rows;
}

static guint
find (GPtrArray *rows, const char *words)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((const WbStoryRow *) g_ptr_array_index (rows, i))->words, words))
      return i;
  fail_msg ("not told: %s", words);
  return 0;
}

static const WbStoryRow *
get (GPtrArray *rows, const char *words)
{
  return g_ptr_array_index (rows, find (rows, words));
}

static void
what_happened_and_what_was_done_are_told_in_one_order (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) rows = NULL;
  const WbStoryRow *row;

  fill (self);
  rows = list (self, WB_STORY_HAPPENED);
  assert_true (find (rows, "Person P-1: Detention started") <
               find (rows, "Allegation A-1: When it happened"));
  assert_true (find (rows, "Allegation A-1: When it happened") <
               find (rows, "Allegation A-1: Received on"));
  assert_true (find (rows, "Allegation A-1: Received on") <
               find (rows, "Allegation A-1: recorded"));
  row = get (rows, "Allegation A-1: When it happened");
  assert_false (row->done);
  assert_non_null (strstr (row->when, "about three nights ago"));
  assert_non_null (strstr (row->days[WB_STORY_HAPPENED], " – ")); /* a span of days */
  assert_true (get (rows, "Allegation A-1: Received on")->done);
  row = g_ptr_array_index (rows, rows->len - 1); /* not known comes last */
  assert_string_equal (row->days[WB_STORY_HAPPENED], "When is not known");
}

static void
by_the_clock_of_recording_the_story_is_the_logs (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) rows = NULL;
  guint64 entry = 0;

  fill (self);
  rows = list (self, WB_STORY_RECORDED);
  for (guint i = 0; i < rows->len; i++) {
    const WbStoryRow *row = g_ptr_array_index (rows, i);

    assert_true (row->entry >= entry);
    entry = row->entry;
  }
  assert_true (find (rows, "Allegation A-1: recorded") <
               find (rows, "Person P-1: Detention started"));
  assert_string_equal (get (rows, "Person P-1: Detention started")->days[WB_STORY_RECORDED],
                       "Wed 25 Nov 2026");
}

static void
no_name_is_told_and_no_entry_made (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GPtrArray) rows = NULL;
  guint64 size;

  fill (self);
  size = wb_register_get_size (self->reg);
  rows = list (self, WB_STORY_HAPPENED);
  assert_int_equal (wb_register_get_size (self->reg), size);
  for (guint i = 0; i < rows->len; i++) {
    const WbStoryRow *row = g_ptr_array_index (rows, i);

    assert_null (strstr (row->words, "Semhar"));
    assert_null (strstr (row->words, "birth"));
    assert_null (strstr (row->when, "2001"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (what_happened_and_what_was_done_are_told_in_one_order),
    with_register (by_the_clock_of_recording_the_story_is_the_logs),
    with_register (no_name_is_told_and_no_entry_made),
  };

  return cmocka_run_group_tests_name ("story", tests, NULL, NULL);
}
