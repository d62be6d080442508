/* SPDX-License-Identifier: EUPL-1.2 */

/* Figures: what counts once, what they were at any time, and that erasing leaves them. */
#include "wb-erasure.h"
#include "wb-fact-store.h"
#include "wb-figures-private.h"
#include "wb-figures.h"
#include "wb-test-erase.h"
#include "wb-test-register.h"

#include <string.h>

#define PUSHED                                                                                     \
  "\"account\": \"Geduwd.\", \"acts\": [\"act.force.excessive\"], "                                \
  "\"themes\": [\"theme.detention\"], \"stages\": [\"stage.border.detention\"]"

static WbFigureScope
year_2026 (void)
{
  return (WbFigureScope){ { 2026, 1, 1 }, { 2026, 12, 31 }, WB_INSTANT_NONE, FALSE, 0 };
}

static JsonObject *
count_in (WbTestRegister *self, const WbFigureScope *scope, const char *first, const char *second)
{
  const char *const by[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;
  JsonObject *report = wb_register_count_figures (self->reg, scope, by, WB_FIGURES_WHOLE, &error);

  wb_assert_no_error (error);
  return report;
}

static JsonObject *
table_of (JsonObject *report)
{
  return json_array_get_object_element (json_object_get_array_member (report, "parts"), 0);
}

/* The count of a code, "": the total. */
static gint64
count_of (WbTestRegister *self, const WbFigureScope *scope, const char *by, const char *code)
{
  g_autoptr (JsonObject) report = count_in (self, scope, by, NULL);
  JsonObject *table = table_of (report);
  JsonArray *rows = json_object_get_array_member (table, "rows");

  if (*code == '\0')
    return json_object_get_int_member (table, "total");
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (row, "code", NULL), code) == 0)
      return json_object_get_int_member (row, "total");
  }
  return 0;
}

static gint64
now_of (WbTestRegister *self, const char *by, const char *code)
{
  WbFigureScope scope = year_2026 ();

  return count_of (self, &scope, by, code);
}

static gint64
then_of (WbTestRegister *self, const char *day, const char *by, const char *code)
{
  WbFigureScope scope = year_2026 ();
  WbDate date;

  assert_true (wb_date_parse (day, &date, NULL));
  scope.as_of = wb_zone_start_of_day (wb_register_get_zone (self->reg), wb_date_add_days (date, 1));
  scope.as_of -= 1;
  return count_of (self, &scope, by, code);
}

static void
assert_sound (WbTestRegister *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result =
      wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, &error);
  g_autofree char *text = NULL;

  wb_assert_no_error (error);
  text = wb_verification_to_text (result);
  if (!wb_verification_is_good (result))
    fail_msg ("%s", text);
}

/* Two cases of one night; the second was merged into the first. */
static void
merge_two (WbTestRegister *self)
{
  wb_test_now ("2026-11-27T09:00:00Z");
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{" PUSHED ", \"received\": \"2026-10-27\", \"source\": "
                          "\"source.lawyer\"}"));
  wb_test_now ("2026-11-29T09:00:00Z");
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{" PUSHED ", \"acts\": [\"act.medical.denied\"], \"received\": "
                          "\"2026-10-29\", \"source\": \"source.ngo\"}"));
  wb_test_now ("2026-12-02T09:00:00Z");
  g_free (wb_test_change (self, "NL-TEST-2026-0002", "{\"merged_into\": \"NL-TEST-2026-0001\"}"));
  wb_test_now ("2026-12-03T09:00:00Z");
}

static void
merged_cases_count_one_allegation_and_two_sources (void **state)
{
  WbTestRegister *self = *state;

  merge_two (self);
  assert_int_equal (now_of (self, "case", ""), 1);
  assert_int_equal (now_of (self, "allegation", ""), 1);
  assert_int_equal (now_of (self, "source.source", ""), 2);
  assert_int_equal (now_of (self, "acts", "act.force.excessive"), 1); /* the acts of both */
  assert_int_equal (now_of (self, "acts", "act.medical.denied"), 1);
  assert_int_equal (then_of (self, "2026-11-29", "allegation", ""), 2);
  assert_int_equal (then_of (self, "2026-11-29", "case", ""), 2);
  assert_int_equal (then_of (self, "2026-11-28", "case", ""), 1);
  assert_int_equal (then_of (self, "2026-11-26", "case", ""), 0);
  assert_sound (self);
}

static void
what_is_parted_again_counts_again (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *link = NULL;

  merge_two (self);
  g_free (wb_test_change (self, "NL-TEST-2026-0002", "{\"merged_into\": null}"));
  assert_int_equal (now_of (self, "allegation", ""), 2);
  assert_int_equal (now_of (self, "case", ""), 2);
  link = wb_test_record (self,
                         "link",
                         NULL,
                         "{\"kind\": \"linkkind.duplicate\", \"records\": "
                         "[\"NL-TEST-2026-0001/A-1\", \"NL-TEST-2026-0002/A-1\"]}");
  assert_int_equal (now_of (self, "allegation", ""), 1);
  assert_int_equal (now_of (self, "case", ""), 2);
  g_free (wb_test_change (self, link, "{\"ended\": \"2026-11-03\"}"));
  assert_int_equal (now_of (self, "allegation", ""), 2);
  g_free (
      wb_test_change (self, "NL-TEST-2026-0002/A-1", "{\"same_as\": [\"NL-TEST-2026-0001/A-1\"]}"));
  assert_int_equal (now_of (self, "allegation", ""), 1);
  g_free (wb_test_change (self, "NL-TEST-2026-0002/A-1", "{\"same_as\": null}"));
  assert_int_equal (now_of (self, "allegation", ""), 2);
  assert_sound (self);
}

static void
one_person_who_tells_twice_is_one_source (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{" PUSHED ", \"source\": \"source.whistleblower\", \"received\": "
                          "\"2026-11-24\"}"));
  g_free (wb_test_record (self,
                          "allegation",
                          "NL-TEST-2026-0001",
                          "{" PUSHED ", \"source\": \"source.whistleblower\", \"received\": "
                          "\"2026-11-24\"}"));
  g_free (wb_test_record (self,
                          "allegation",
                          "NL-TEST-2026-0001",
                          "{" PUSHED ", \"source\": \"source.ngo\", \"received\": "
                          "\"2026-11-24\"}"));
  assert_int_equal (now_of (self, "allegation", ""), 3);
  assert_int_equal (now_of (self, "source.source", ""), 2);
}

static void
correct (WbTestRegister *self, const char *reference, const char *json)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_change (self->reg, reference, fields, "Verkeerd overgenomen.", &error);

  wb_assert_no_error (error);
}

static void
a_change_moves_the_count_and_the_past_stays (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = NULL;

  wb_test_now ("2026-11-24T09:00:00Z");
  reference = wb_test_record (self,
                              "allegation",
                              NULL,
                              "{" PUSHED ", \"received\": \"2026-11-20\", \"urgency\": "
                              "\"urgency.standard\"}");
  wb_test_now ("2026-11-26T09:00:00Z");
  g_free (wb_test_change (self, reference, "{\"urgency\": \"urgency.urgent\"}"));
  wb_test_now ("2026-11-27T09:00:00Z");
  correct (self, reference, "{\"received\": \"2025-12-30\"}");
  assert_int_equal (now_of (self, "urgency", "urgency.urgent"), 0); /* it is of another year now */
  assert_int_equal (then_of (self, "2026-11-26", "urgency", "urgency.urgent"), 1);
  assert_int_equal (then_of (self, "2026-11-25", "urgency", "urgency.standard"), 1);
  assert_int_equal (then_of (self, "2026-11-25", "urgency", "urgency.urgent"), 0);
  assert_sound (self);
}

static gint64
cell_of (WbTestRegister *self, const char *first, const char *second, const char *a, const char *b)
{
  WbFigureScope scope = year_2026 ();
  g_autoptr (JsonObject) report = count_in (self, &scope, first, second);
  JsonArray *rows = json_object_get_array_member (table_of (report), "rows");
  JsonArray *columns = json_object_get_array_member (table_of (report), "columns");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (row, "code", NULL), a) != 0)
      continue;
    for (guint j = 0; j < json_array_get_length (columns); j++)
      if (g_strcmp0 (json_object_get_string_member_with_default (
                         json_array_get_object_element (columns, j),
                         "code",
                         NULL),
                     b) == 0)
        return json_array_get_int_element (json_object_get_array_member (row, "cells"), j);
  }
  return 0;
}

static void
two_codes_meet_in_a_unit_or_in_its_case (void **state)
{
  WbTestRegister *self = *state;
  const char *const by[] = { "acts", "case.status", NULL };
  const char *const codes[] = { "act.force.excessive", "status.registered", NULL };
  WbFigureScope scope = year_2026 ();
  g_autoptr (GPtrArray) behind = NULL;
  g_autoptr (GError) error = NULL;

  merge_two (self);
  assert_int_equal (cell_of (self, "acts", "themes", "act.medical.denied", "theme.detention"), 1);
  assert_int_equal (
      cell_of (self, "acts", "case.status", "act.force.excessive", "status.registered"),
      1);
  assert_int_equal (cell_of (self, "urgency", "themes", NULL, "theme.detention"), 1);
  assert_int_equal (cell_of (self, "source.source", "acts", "source.ngo", "act.force.excessive"),
                    1);
  behind = wb_register_list_behind (self->reg, &scope, by, codes, &error);
  wb_assert_no_error (error);
  assert_int_equal (behind->len, 1);
  assert_string_equal (g_ptr_array_index (behind, 0), "NL-TEST-2026-0001/A-1");
  scope.is_public = TRUE;
  assert_null (wb_register_list_behind (self->reg, &scope, by, codes, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

static void
complaints_about_the_body_itself_stand_apart (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"kind\": \"casekind.own_body\"}");

  g_free (wb_test_record (self, "allegation", of, "{" PUSHED "}"));
  assert_int_equal (now_of (self, "own_complaint", ""), 1);
  assert_int_equal (now_of (self, "case", ""), 0);
  assert_int_equal (now_of (self, "allegation", ""), 0);
  g_free (wb_test_change (self, of, "{\"kind\": \"casekind.signal\"}"));
  assert_int_equal (now_of (self, "own_complaint", ""), 0);
  assert_int_equal (now_of (self, "allegation", ""), 1);
  assert_sound (self);
}

static JsonObject *
part_of (JsonObject *report, const char *name)
{
  JsonArray *parts = json_object_get_array_member (report, "parts");

  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);

    if (g_str_equal (json_object_get_string_member (part, "name"), name))
      return part;
  }
  fail_msg ("there is no part %s", name);
  return NULL;
}

static JsonObject *
row_of (JsonObject *report, const char *part, const char *code)
{
  JsonArray *rows = json_object_get_array_member (part_of (report, part), "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member_with_default (row, "code", NULL), code) == 0)
      return row;
  }
  return NULL;
}

static JsonObject *
report_of (WbTestRegister *self)
{
  WbFigureScope scope = year_2026 ();
  g_autoptr (GError) error = NULL;
  JsonObject *report = wb_register_report_figures (self->reg, &scope, &error);

  wb_assert_no_error (error);
  return report;
}

static void
durations_are_counted_in_days (void **state)
{
  WbTestRegister *self = *state;
  static const char *const ACKNOWLEDGED[] = { "2026-11-03", "2026-11-05", "2026-11-12" };
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  for (guint i = 0; i < G_N_ELEMENTS (ACKNOWLEDGED); i++) {
    g_autofree char *json = g_strdup_printf ("{" PUSHED ", \"received\": \"2026-11-02\", "
                                             "\"ack_sent\": \"%s\"}",
                                             ACKNOWLEDGED[i]);

    g_free (wb_test_record (self, "allegation", NULL, json));
  }
  report = report_of (self);
  row = row_of (report, "durations", "span.receipt_ack");
  assert_int_equal (json_object_get_int_member (row, "n"), 3);
  assert_int_equal (json_object_get_int_member (row, "median"), 3);
  assert_int_equal (json_object_get_int_member (row, "p90"), 10);
  assert_int_equal (json_object_get_int_member (row, "least"), 1);
}

static void
assert_behind (WbTestRegister *self, const char *name, const char *code, const char *expected)
{
  const char *const by[] = { name, NULL };
  const char *const codes[] = { code, NULL };
  WbFigureScope scope = year_2026 ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) behind = wb_register_list_behind (self->reg, &scope, by, codes, &error);
  g_autofree char *all = NULL;

  if (expected == NULL) {
    assert_null (behind);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    return;
  }
  wb_assert_no_error (error);
  g_ptr_array_add (behind, NULL);
  all = g_strjoinv (" ", (char **) behind->pdata);
  assert_string_equal (all, expected);
}

#define A(n) "NL-TEST-2026-000" #n "/A-1"

/* What a person asks next: which ones were those? */
static void
behind_a_duration_stand_its_records (void **state)
{
  static const char *const ACKNOWLEDGED[] = { "2026-11-12",
                                              "2026-11-03",
                                              "2026-11-05",
                                              "2026-11-03" };
  WbTestRegister *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (ACKNOWLEDGED); i++) {
    g_autofree char *json = g_strdup_printf ("{" PUSHED ", \"received\": \"2026-11-02\", "
                                             "\"ack_sent\": \"%s\"}",
                                             ACKNOWLEDGED[i]);

    g_free (wb_test_record (self, "allegation", NULL, json));
  }
  g_free (wb_test_record (self, "allegation", NULL, "{" PUSHED "}"));
  assert_behind (self, "span.receipt_ack", "*", A (1) " " A (2) " " A (3) " " A (4));
  assert_behind (self, "span.receipt_ack", "median", A (2) " " A (3) " " A (4)); /* 1 and 3 */
  assert_behind (self, "span.receipt_ack", "p75", A (3));
  assert_behind (self, "span.receipt_ack", "p90", A (1));
  assert_behind (self, "span.receipt_ack", "least", A (2) " " A (4));
  assert_behind (self, "span.receipt_ack", "most", A (1));
  assert_behind (self, "span.receipt_ack", "10", A (1));
  assert_behind (self, "span.receipt_ack", "4", "");
  assert_behind (self, "span.receipt_ack", "mean", NULL);
  assert_behind (self, "span.receipt_closure", "median", "");
}

static void
behind_what_was_not_looked_at_stand_the_allegations (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{" PUSHED ", \"received\": \"2026-11-02\", \"site\":"
                          " \"site.terapel.ac\"}"));
  assert_behind (self, "unseen.sites", "site.terapel.ac", A (1));
  assert_behind (self, "unseen.stages", "stage.border.detention", A (1));
  assert_behind (self, "unseen.sites", "site.schiphol.jcs", "");
  assert_behind (self, "unseen.sites", "site.nowhere", NULL);
  assert_behind (self, "unseen.sites", "*", NULL);
  g_free (wb_test_record (self,
                          "visit",
                          NULL,
                          "{\"title\": \"Bezoek\", \"site\": \"site.terapel.ac\","
                          " \"started\": \"2026-07-21\"}"));
  assert_behind (self, "unseen.sites", "site.terapel.ac", NULL); /* it was visited */
}

static void
what_no_visit_touched_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) report = NULL;

  g_free (wb_test_record (self,
                          "visit",
                          NULL,
                          "{\"title\": \"Bezoek\", \"site\": \"site.schiphol.jcs\", \"announced\": "
                          "false, \"started\": \"2026-07-21T14:30\", \"ended\": "
                          "\"2026-07-21T16:10\", \"minors_present\": 2}"));
  report = report_of (self);
  assert_null (row_of (report, "unseen.sites", "site.schiphol.jcs"));
  assert_non_null (row_of (report, "unseen.sites", "site.terapel.ac"));
  assert_non_null (row_of (report, "unseen.times", "hour.00-14"));
  assert_non_null (row_of (report, "unseen.times", "hour.17-24"));
  assert_null (row_of (report, "unseen.times", "weekday.2"));
  assert_non_null (row_of (report, "unseen.times", "weekday.7"));
  assert_null (row_of (report, "unseen.times", "set.children"));
  assert_non_null (row_of (report, "unseen.times", "set.interviews"));
  assert_sound (self);
}

/* By the records of interviews, not by a number that somebody filled in; also as it stood. */
static void
a_visit_with_interviews_is_one_that_has_their_records (void **state)
{
  static const char VISIT[] = "{\"title\": \"Bezoek\", \"started\": \"2026-07-21\","
                              " \"interviews_counted\": 4}";
  WbTestRegister *self = *state;
  g_autofree char *first = wb_test_record (self, "visit", NULL, VISIT);
  g_autofree char *second = wb_test_record (self, "visit", NULL, VISIT);
  g_autofree char *json = g_strdup_printf ("{\"visit\": \"%s\"}", first);
  g_autofree char *other = g_strdup_printf ("{\"visit\": \"%s\"}", second);
  g_autofree char *interview = NULL;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  assert_int_equal (now_of (self, "visit.set", "set.interviews"), 0);
  wb_test_now ("2026-11-27T09:00:00Z");
  g_free (wb_test_record (self, "allegation", NULL, "{" PUSHED "}"));
  interview = wb_test_record (self, "interview", "NL-TEST-2026-0001", json);
  g_free (wb_test_record (self, "interview", "NL-TEST-2026-0001", json));
  assert_int_equal (now_of (self, "visit.set", "set.interviews"), 1);
  wb_test_now ("2026-11-29T09:00:00Z");
  g_free (wb_test_change (self, interview, other));
  assert_int_equal (now_of (self, "visit.set", "set.interviews"), 2);
  assert_int_equal (then_of (self, "2026-11-27", "visit.set", "set.interviews"), 1);
  assert_int_equal (then_of (self, "2026-11-26", "visit.set", "set.interviews"), 0);
  assert_sound (self);
  erasure = wb_register_erase (self->reg, interview, NULL, "AVG 17(1)(a)", NULL, NULL, &error);
  wb_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    assert_int_equal (now_of (self, "visit.set", "set.interviews"), 2);
    assert_int_equal (then_of (self, "2026-11-27", "visit.set", "set.interviews"), 1);
    assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  }
  assert_sound (self);
}

static void
privacy_allegations_are_a_set (void **state)
{
  WbTestRegister *self = *state;

  g_free (wb_test_record (self, "allegation", NULL, "{" PUSHED "}"));
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"Telefoon uitgelezen.\", \"rights\": "
                          "[\"right.charter.8\"]}"));
  g_free (wb_test_record (self,
                          "allegation",
                          NULL,
                          "{\"account\": \"Gedeeld.\", \"acts\": [\"act.data.misuse\"]}"));
  assert_int_equal (now_of (self, "allegation.set", "set.privacy"), 2);
}

static void
every_theme_and_state_is_told_even_of_none (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) report = NULL;

  g_free (wb_test_record (self, "allegation", NULL, "{" PUSHED "}"));
  g_free (wb_test_record (self,
                          "recommendation",
                          NULL,
                          "{\"title\": \"Voogd\", \"sent\": \"2026-09-01\", \"implementation\": "
                          "\"impl.announced\"}"));
  report = report_of (self);
  assert_int_equal (
      json_object_get_int_member (row_of (report, "allegation.themes", "theme.detention"), "total"),
      1);
  assert_int_equal (
      json_object_get_int_member (row_of (report, "allegation.themes", "theme.child"), "total"),
      0);
  assert_int_equal (json_object_get_int_member (
                        row_of (report, "recommendation.implementation", "impl.announced"),
                        "total"),
                    1);
  assert_int_equal (
      json_object_get_int_member (row_of (report, "recommendation.implementation", "impl.refused"),
                                  "total"),
      0);
}

static void
an_erased_allegation_stays_counted_now_and_then (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  merge_two (self);
  g_free (wb_test_change (self, "NL-TEST-2026-0001/A-1", "{\"urgency\": \"urgency.urgent\"}"));
  wb_test_now ("2026-12-20T09:00:00Z");
  erasure = wb_register_erase (self->reg,
                               "NL-TEST-2026-0001/A-1",
                               NULL,
                               "AVG 17(1)(a)",
                               NULL,
                               NULL,
                               &error);
  wb_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    assert_int_equal (now_of (self, "allegation", ""), 1);
    assert_int_equal (now_of (self, "source.source", ""), 2);
    assert_int_equal (now_of (self, "urgency", "urgency.urgent"), 1);
    assert_int_equal (then_of (self, "2026-11-29", "allegation", ""), 2);
    assert_int_equal (then_of (self, "2026-12-02", "urgency", "urgency.urgent"), 0);
    assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, &error));
  }
  /* What is told later of the one that is left does not count it anew. */
  g_free (wb_test_change (self, "NL-TEST-2026-0002/A-1", "{\"urgency\": \"urgency.standard\"}"));
  assert_int_equal (now_of (self, "allegation", ""), 1);
  assert_sound (self);
}

static void
a_field_that_was_erased_counts_no_more (void **state)
{
  static const char *const FIELDS[] = { "stages", NULL };
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, "{" PUSHED "}");
  g_autoptr (WbErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  assert_int_equal (now_of (self, "stages", "stage.border.detention"), 1);
  erasure = wb_register_erase (self->reg, reference, FIELDS, "AVG 17(1)(a)", NULL, NULL, &error);
  wb_assert_no_error (error);
  assert_int_equal (now_of (self, "stages", "stage.border.detention"), 0);
  assert_int_equal (now_of (self, "allegation", ""), 1);
  assert_sound (self);
}

static void
a_frozen_year_answers_the_same_for_ever (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (WbRecord) again = NULL;
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  g_autoptr (JsonNode) one = NULL;
  g_autoptr (JsonNode) other = NULL;
  JsonArray *because;

  merge_two (self);
  assert_null (wb_register_freeze_year (self->reg, 2026, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED); /* it is not over */
  g_clear_error (&error);
  wb_test_now ("2027-02-01T09:00:00Z");
  record = wb_register_freeze_year (self->reg, 2026, &error);
  wb_assert_no_error (error);
  before = wb_register_get_frozen_year (self->reg, 2026, FALSE, &error);
  assert_false (json_object_get_boolean_member (before, "differs"));
  g_free (wb_test_change (self, "NL-TEST-2026-0002", "{\"merged_into\": null}"));
  after = wb_register_get_frozen_year (self->reg, 2026, FALSE, &error);
  wb_assert_no_error (error);
  assert_true (json_object_get_boolean_member (after, "differs"));
  one =
      json_node_init_object (json_node_alloc (), json_object_get_object_member (before, "report"));
  other =
      json_node_init_object (json_node_alloc (), json_object_get_object_member (after, "report"));
  assert_true (json_node_equal (one, other));
  because = json_object_get_array_member (after, "because");
  assert_true (json_array_get_length (because) > 0);
  again = wb_register_freeze_year (self->reg, 2026, &error);
  assert_null (again);
  wb_assert_error (error, WB_ERROR, WB_ERROR_EXISTS);
  assert_sound (self);
}

static void
a_forged_figure_is_found (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbVerification) result = NULL;

  merge_two (self);
  wb_test_run_sql (self, "UPDATE tally SET n = n + 1");
  wb_test_assert_found (self, WB_DEPTH_DEEP, "tally");
}

static void
no_statement_reads_a_whole_table (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *plan = wb_fact_store_explain (self->reg->db, NULL);
  guint n = 0;

  assert_non_null (plan);
  print_message ("%s", plan);
  assert_null (strstr (plan, "SCAN"));
  assert_null (strstr (plan, "TEMP B-TREE"));
  for (const char *at = plan; (at = strstr (at, "SEARCH fact USING")) != NULL; at++)
    n += g_str_has_prefix (at, "SEARCH fact USING COVERING INDEX fact_period") ? 1 : 0;
  assert_int_equal (n, 2); /* what is counted by two codes, and what moved since */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (merged_cases_count_one_allegation_and_two_sources),
    with_register (what_is_parted_again_counts_again),
    with_register (one_person_who_tells_twice_is_one_source),
    with_register (a_change_moves_the_count_and_the_past_stays),
    with_register (two_codes_meet_in_a_unit_or_in_its_case),
    with_register (complaints_about_the_body_itself_stand_apart),
    with_register (durations_are_counted_in_days),
    with_register (behind_a_duration_stand_its_records),
    with_register (behind_what_was_not_looked_at_stand_the_allegations),
    with_register (what_no_visit_touched_is_told),
    with_register (a_visit_with_interviews_is_one_that_has_their_records),
    with_register (privacy_allegations_are_a_set),
    with_register (every_theme_and_state_is_told_even_of_none),
    with_register (an_erased_allegation_stays_counted_now_and_then),
    with_register (a_field_that_was_erased_counts_no_more),
    with_register (a_frozen_year_answers_the_same_for_ever),
    with_register (a_forged_figure_is_found),
    with_register (no_statement_reads_a_whole_table),
  };

  return cmocka_run_group_tests_name ("figures", tests, NULL, NULL);
}
