/* SPDX-License-Identifier: EUPL-1.2 */

/* Which fields start which clocks. */
#include "wb-resources.h"
#include "wb-test-fields.h"

#define NOW "2026-11-24T10:00:00Z"

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "rule due latest", sorted, one line each; open clocks have "open" for due. */
static char *
list (const char *type, const char *json)
{
  g_autoptr (GPtrArray) clocks = test_fields_start (type, json, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < clocks->len; i++) {
    const WbClock *clock = clocks->pdata[i];

    g_ptr_array_add (lines,
                     g_strconcat (clock->rule,
                                  " ",
                                  clock->is_open ? "open" : clock->due,
                                  clock->latest != NULL ? " " : "",
                                  clock->latest,
                                  NULL));
  }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
assert_starts (const char *type, const char *json, const char *expected)
{
  g_autofree char *lines = list (type, json);

  assert_string_equal (lines, expected);
}

static void
an_allegation_starts_what_its_receipt_asks (void **state)
{
  assert_starts ("allegation",
                 "{\"received\": \"2026-07-21T14:30\", \"urgency\": \"urgency.urgent\"}",
                 "open.undue_delay open\n"
                 "pol.ack 2026-07-23\n"
                 "pol.reprisal.1 2026-12-08\n"
                 "pol.reprisal.2 2027-02-22\n"
                 "pol.substantiation 2026-08-18\n"
                 "pol.triage.urgent 2026-07-22T14:30:00+02:00");
}

static void
urgency_chooses_the_triage_clock (void **state)
{
  static const char *const cases[][2] = {
    { "", "pol.triage.standard" },
    { ", \"urgency\": \"urgency.low\"", "pol.triage.standard" },
    { ", \"urgency\": \"urgency.standard\"", "pol.triage.standard" },
    { ", \"urgency\": \"urgency.urgent\"", "pol.triage.urgent" },
    { ", \"urgency\": \"urgency.critical\"", "pol.triage.critical" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *json = g_strdup_printf ("{\"received\": \"2026-10-27T09:00\"%s}", cases[i][0]);
    g_autoptr (GPtrArray) clocks = test_fields_start ("allegation", json, NULL);
    guint triage = 0;

    for (guint j = 0; j < clocks->len; j++)
      triage += g_str_has_prefix (((WbClock *) clocks->pdata[j])->rule, "pol.triage");
    assert_int_equal (triage, 1);
    assert_non_null (test_clock_find (clocks, cases[i][1]));
    assert_string_equal (test_clock_find (clocks, cases[i][1])->family, "pol.triage");
  }
}

static void
own_observations_have_no_source_to_answer (void **state)
{
  g_autoptr (GPtrArray) clocks =
      test_fields_start ("allegation",
                         "{\"received\": \"2026-10-27\", \"source\": \"source.monitor\"}",
                         NULL);

  assert_null (test_clock_find (clocks, "pol.ack"));
  assert_null (test_clock_find (clocks, "pol.source.update"));
  assert_non_null (test_clock_find (clocks, "pol.substantiation"));
}

static void
what_is_not_ours_must_be_forwarded (void **state)
{
  g_autoptr (GPtrArray) no =
      test_fields_start ("allegation",
                         "{\"received\": \"2026-10-21\", \"competent\": false}",
                         NULL);
  g_autoptr (GPtrArray) yes =
      test_fields_start ("allegation", "{\"received\": \"2026-10-21\", \"competent\": true}", NULL);
  g_autoptr (GPtrArray) unsaid =
      test_fields_start ("allegation", "{\"received\": \"2026-10-21\"}", NULL);

  assert_string_equal (test_clock_find (no, "pol.forward")->due, "2026-10-28");
  assert_null (test_clock_find (yes, "pol.forward"));
  assert_null (test_clock_find (unsaid, "pol.forward"));
}

static void
conduct_starts_the_bars_of_a_year (void **state)
{
  assert_starts ("allegation",
                 "{\"when\": \"2026-09-10\"}",
                 "awb.9_24_2 2027-09-10\n"
                 "awb.9_8_1b 2027-09-10\n"
                 "pol.reprisal.1 2026-12-08\n"
                 "pol.reprisal.2 2027-02-22");
}

#define WHISTLE "\"received\": \"2026-11-24T10:15\", \"source\": \"source.whistleblower\""

static void
whistleblower_terms_start_for_whistleblowers_only (void **state)
{
  g_autoptr (GPtrArray) first = test_fields_start ("allegation", "{" WHISTLE "}", NULL);
  g_autoptr (GPtrArray) acked =
      test_fields_start ("allegation", "{" WHISTLE ", \"ack_sent\": \"2026-11-30\"}", NULL);
  g_autoptr (GPtrArray) extended = test_fields_start (
      "allegation",
      "{" WHISTLE ", \"ack_sent\": \"2026-11-30\", \"feedback_extended\": \"2027-02-25\"}",
      NULL);
  g_autoptr (GPtrArray) too_late = test_fields_start (
      "allegation",
      "{" WHISTLE ", \"ack_sent\": \"2026-11-30\", \"feedback_extended\": \"2027-03-02\"}",
      NULL);
  g_autoptr (GPtrArray) silent =
      test_fields_start ("allegation",
                         "{" WHISTLE ", \"ack_skipped\": \"identity at risk\"}",
                         NULL);
  g_autoptr (GPtrArray) other =
      test_fields_start ("allegation",
                         "{\"received\": \"2026-11-24\", \"ack_sent\": \"2026-11-30\"}",
                         NULL);

  assert_string_equal (test_clock_find (first, "wbk.ack")->due, "2026-12-01");
  assert_null (test_clock_find (first, "wbk.feedback"));
  assert_string_equal (test_clock_find (acked, "wbk.feedback")->due, "2027-03-01");
  assert_null (test_clock_find (acked, "wbk.feedback.ext"));
  /* An extension counts only where it was decided within the first term. */
  assert_null (test_clock_find (extended, "wbk.feedback"));
  assert_string_equal (test_clock_find (extended, "wbk.feedback.ext")->due, "2027-05-30");
  assert_string_equal (test_clock_find (extended, "wbk.feedback.ext")->latest, "2027-05-31");
  assert_string_equal (test_clock_find (too_late, "wbk.feedback")->due, "2027-03-01");
  assert_null (test_clock_find (too_late, "wbk.feedback.ext"));
  /* Without acknowledgement the term starts when the seven days end. */
  assert_string_equal (test_clock_find (silent, "wbk.feedback")->start, "2026-12-01");
  assert_null (test_clock_find (other, "wbk.ack"));
  assert_null (test_clock_find (other, "wbk.feedback"));
}

static void
a_person_at_the_border_starts_the_authorities_clocks (void **state)
{
  assert_starts (
      "person",
      "{\"presented\": \"2026-07-17T09:40\", \"application_made\": \"2026-07-17\","
      " \"detention_started\": \"2026-07-17\", \"minor\": true, \"unaccompanied\": true}",
      "auth.apr.spg30 2026-08-16 2026-08-17\n"
      "auth.rcd.det.15d 2026-08-01 2026-08-03\n"
      "auth.rcd.needs30 2026-08-17\n"
      "auth.rep.15wd 2026-08-07\n"
      "auth.scr.ext.7d 2026-07-24 2026-07-24");
}

static void
every_procedure_date_starts_its_clock (void **state)
{
  static const char *const cases[][3] = {
    { "{\"apprehended\": \"2026-07-03\"}", "auth.scr.int.3d", "2026-07-06 2026-07-07" },
    { "{\"presented\": \"2026-07-17\", \"border_72h\": \"2026-07-20\"}",
      "auth.scr.ext.4d",
      "2026-07-24 2026-07-24" },
    { "{\"application_registered\": \"2026-07-13T10:20\"}",
      "auth.eurodac.72h",
      "2026-07-16T11:00:00+02:00 " },
    { "{\"presented\": \"2026-07-13\", \"biometrics_taken\": \"2026-07-13T10:20\"}",
      "auth.eurodac.72h.border",
      "2026-07-16T11:00:00+02:00 " },
    { "{\"application_made\": \"2026-07-13\"}", "auth.reg.5d", "2026-07-18 2026-07-20" },
    { "{\"application_made\": \"2026-07-13\", \"presented\": \"2026-07-13\","
      " \"screening_completed\": \"2026-07-16\"}",
      "auth.reg.5d",
      "2026-07-21 2026-07-21" },
    { "{\"application_registered\": \"2026-07-13\"}", "auth.lodge.21d", "2026-08-03 2026-08-03" },
    { "{\"application_registered\": \"2026-07-13\"}", "auth.abp.12w", "2026-10-05 2026-10-05" },
    { "{\"right_to_remain_ended\": \"2026-09-25\"}", "auth.rbp.12w", "2026-12-18 2026-12-18" },
    { "{\"voluntary_granted\": \"2026-09-25\"}", "auth.rbp.vol15", "2026-10-10 2026-10-12" },
    { "{\"application_lodged\": \"2026-09-25\", \"accelerated_decided\": \"2026-09-26\"}",
      "auth.acc.3m",
      "2026-12-25 2026-12-28" },
    { "{\"detention_started\": \"2026-10-20\", \"decision_known\": \"2026-10-25\"}",
      "pbw.61_5",
      "2026-11-02 " },
    { "{\"decision_known\": \"2026-10-25\"}", "open.remedy", NULL },
    { "{\"remedy_final\": \"2026-10-30\"}", "echr.35", "2027-02-28 " },
    { "{\"data_obtained\": \"2026-06-10\"}", "gdpr.14_3", "2026-07-10 " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) clocks = test_fields_start ("person", cases[i][0], NULL);
    WbClock *clock = test_clock_find (clocks, cases[i][1]);
    g_autofree char *dates = NULL;

    if (clock == NULL)
      fail_msg ("%s did not start", cases[i][1]);
    assert_int_equal (clock->is_open, cases[i][2] == NULL);
    if (cases[i][2] == NULL)
      continue;
    dates = g_strdup_printf ("%s %s", clock->due, clock->latest != NULL ? clock->latest : "");
    assert_string_equal (dates, cases[i][2]);
  }
}

static void
clocks_that_do_not_apply_do_not_start (void **state)
{
  static const char *const cases[][2] = {
    { "{\"application_made\": \"2026-07-17\", \"minor\": true}", "auth.rep.15wd" },
    { "{\"application_made\": \"2026-07-17\", \"minor\": false, \"unaccompanied\": true}",
      "auth.rep.15wd" },
    { "{\"decision_known\": \"2026-10-25\"}", "pbw.61_5" },
    { "{\"decision_known\": \"2026-10-25\", \"detention_started\": \"2026-10-01\","
      " \"detention_ended\": \"2026-10-20\"}",
      "pbw.61_5" },
    { "{\"application_lodged\": \"2026-09-25\"}", "auth.acc.3m" },
    { "{\"application_registered\": \"2026-07-13\", \"apprehended\": \"2026-07-10\"}",
      "auth.abp.12w" },
    { "{\"presented\": \"2026-07-17\", \"application_made\": \"2026-07-17\"}", "auth.reg.5d" },
    { "{\"presented\": \"2026-07-17\", \"border_72h\": \"2026-07-20\"}", "auth.scr.ext.7d" },
    { "{\"presented\": \"unknown\"}", "auth.scr.ext.7d" },
    { "{\"presented\": null}", "auth.scr.ext.7d" },
    /* The old law. */
    { "{\"presented\": \"2026-06-11\"}", "auth.scr.ext.7d" },
    { "{\"detention_started\": \"2026-06-20\", \"application_lodged\": \"2026-06-05\"}",
      "auth.rcd.det.15d" },
    { "{\"presented\": \"2026-07-17\", \"regime\": \"regime.legacy\"}", "auth.scr.ext.7d" },
    { "{\"presented\": \"2026-07-17\", \"regime\": \"regime.ask\"}", "auth.scr.ext.7d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) clocks = test_fields_start ("person", cases[i][0], NULL);

    if (test_clock_find (clocks, cases[i][1]) != NULL)
      fail_msg ("%s started from %s", cases[i][1], cases[i][0]);
  }
}

static void
the_pact_begins_on_12_june_2026 (void **state)
{
  g_autoptr (GPtrArray) first =
      test_fields_start ("person", "{\"presented\": \"2026-06-12\"}", NULL);
  g_autoptr (GPtrArray) chosen =
      test_fields_start ("person",
                         "{\"presented\": \"2026-06-11\", \"regime\": \"regime.pact\"}",
                         NULL);

  assert_non_null (test_clock_find (first, "auth.scr.ext.7d"));
  assert_non_null (test_clock_find (chosen, "auth.scr.ext.7d"));
}

static void
consents_and_cases_start_their_clocks (void **state)
{
  assert_starts ("consent", "{\"given_on\": \"2026-07-08\"}", "pol.consent.renew 2027-07-08");
  assert_starts ("consent",
                 "{\"given_on\": \"2026-07-08\", \"withdrawn_on\": \"2026-08-31\"}",
                 "pol.consent.act 2026-09-02\npol.consent.renew 2027-07-08");
  assert_starts ("case", "{\"transferred_in\": \"2026-10-27\"}", "pol.transfer.accept 2026-11-03");
  assert_starts ("case", "{\"closed\": \"2027-01-15\"}", "pol.retention 2032-01-15");
  assert_starts ("case", "{\"closing_proposed\": \"2027-01-04\"}", "pol.review.closing 2027-01-18");
  assert_starts ("note", "{\"when\": \"2027-01-04\"}", "");
  assert_starts ("evidence", "{\"received\": \"2027-01-04\"}", "");
}

static void
only_what_an_act_touched_starts_again (void **state)
{
  static const char *const place[] = { "place", NULL };
  static const char *const urgency[] = { "urgency", NULL };
  static const char *const minor[] = { "minor", "unaccompanied", NULL };
  const char *json = "{\"received\": \"2026-10-27T09:00\", \"urgency\": \"urgency.urgent\"}";
  g_autoptr (GPtrArray) none = test_fields_start ("allegation", json, place);
  g_autoptr (GPtrArray) triage = test_fields_start ("allegation", json, urgency);
  g_autoptr (GPtrArray) child = test_fields_start (
      "person",
      "{\"application_made\": \"2026-07-17\", \"minor\": true, \"unaccompanied\": true}",
      minor);

  assert_int_equal (none->len, 0);
  assert_int_equal (triage->len, 1);
  assert_non_null (test_clock_find (triage, "pol.triage.urgent"));
  /* A condition that comes true later starts the clock from its own date. */
  assert_string_equal (test_clock_find (child, "auth.rep.15wd")->due, "2026-08-07");
}

static void
newer_clocks_take_the_place_of_older_ones (void **state)
{
  g_autoptr (GPtrArray) first =
      test_fields_start ("allegation", "{\"received\": \"2026-10-27T09:00\"}", NULL);
  g_autoptr (GPtrArray) urgent =
      test_fields_start ("allegation",
                         "{\"received\": \"2026-10-27T09:00\", \"urgency\": \"urgency.urgent\"}",
                         NULL);
  g_autoptr (GPtrArray) moved =
      test_fields_start ("allegation", "{\"received\": \"2026-10-26T09:00\"}", NULL);

  assert_int_equal (wb_clock_relate (test_clock_find (urgent, "pol.triage.urgent"),
                                     test_clock_find (first, "pol.triage.standard")),
                    WB_CLOCK_REPLACES);
  assert_int_equal (
      wb_clock_relate (test_clock_find (urgent, "pol.ack"), test_clock_find (first, "pol.ack")),
      WB_CLOCK_SAME);
  assert_int_equal (
      wb_clock_relate (test_clock_find (moved, "pol.ack"), test_clock_find (first, "pol.ack")),
      WB_CLOCK_REPLACES);
  assert_int_equal (wb_clock_relate (test_clock_find (moved, "pol.ack"),
                                     test_clock_find (first, "pol.substantiation")),
                    WB_CLOCK_BESIDE);
  /* What counts from the first recording does not start again, however much later. */
  assert_int_equal (wb_clock_relate (test_clock_find (moved, "pol.reprisal.1"),
                                     test_clock_find (first, "pol.reprisal.1")),
                    WB_CLOCK_SAME);
}

static void
an_uncertain_start_alarms_on_the_earliest (void **state)
{
  g_autoptr (GPtrArray) month = test_fields_start ("person", "{\"presented\": \"2026-07\"}", NULL);
  g_autoptr (GPtrArray) year = test_fields_start ("allegation", "{\"when\": \"2025\"}", NULL);
  g_autoptr (GPtrArray) hour = test_fields_start (
      "person",
      "{\"application_registered\": {\"at\": \"2026-10-25T02:30\", \"precision\": \"hour\"}}",
      NULL);
  g_autoptr (GPtrArray) day =
      test_fields_start ("allegation",
                         "{\"received\": \"2026-07-21\", \"urgency\": \"urgency.urgent\"}",
                         NULL);
  const WbClock *clock = test_clock_find (month, "auth.scr.ext.7d");

  assert_true (clock->uncertain_start);
  assert_string_equal (clock->start, "2026-07-01");
  assert_string_equal (clock->start_latest, "2026-07-31");
  assert_string_equal (clock->due, "2026-07-08");
  assert_string_equal (clock->latest, "2026-08-07");
  assert_string_equal (test_clock_find (year, "awb.9_8_1b")->due, "2026-01-01");
  assert_string_equal (test_clock_find (year, "awb.9_8_1b")->latest, "2026-12-31");
  assert_true (test_clock_find (hour, "auth.eurodac.72h")->uncertain_start);
  assert_string_equal (test_clock_find (day, "pol.triage.urgent")->due,
                       "2026-07-22T00:00:00+02:00");
  assert_true (test_clock_find (day, "pol.triage.urgent")->uncertain_start);
  assert_false (test_clock_find (day, "pol.ack")->uncertain_start);
}

static guint
count_started (WbRules *rules, const char *profile, const char *of_case)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) record =
      test_object ("{\"received\": \"2026-07-21\", \"acts\": [\"act.a\"]}");
  g_autoptr (JsonObject) holder = of_case != NULL ? test_object (of_case) : NULL;
  const WbClockContext with = { .rules = rules,
                                .calendar = wb_calendar_get_default (NULL),
                                .zone = test_fields_context ().zone,
                                .profile = profile };
  const WbClockSubject of = test_fields_subject ("allegation", record, holder);
  g_autoptr (GPtrArray) clocks = wb_rules_start (&with, &of, NULL, test_at (NOW), &error);

  wb_assert_no_error (error);
  return clocks->len;
}

/* Conditions of a body's own: on the profile, the case and lists of codes. */
static void
what_is_not_known_starts_nothing (void **state)
{
  static const struct {
    const char *when, *profile, *of_case;
    guint started;
  } cases[] = {
    { "{\"profile\": true, \"is\": [\"a\", \"b\"]}", "b", NULL, 1 },
    { "{\"profile\": true, \"is\": [\"a\", \"b\"]}", "c", NULL, 0 },
    { "{\"profile\": true, \"is\": \"a\"}", NULL, NULL, 0 },
    { "{\"not\": {\"profile\": true, \"is\": \"a\"}}", "b", NULL, 1 },
    { "{\"not\": {\"profile\": true, \"is\": \"a\"}}", NULL, NULL, 0 },
    { "{\"case\": \"kind\", \"is\": \"k\"}", NULL, "{\"kind\": \"k\"}", 1 },
    { "{\"case\": \"kind\", \"is\": \"k\"}", NULL, "{}", 0 },
    { "{\"case\": \"kind\", \"set\": false}", NULL, "{\"kind\": \"\"}", 1 },
    { "{\"case\": \"kind\", \"set\": false}", NULL, NULL, 0 },
    { "{\"any\": [{\"case\": \"kind\", \"is\": \"k\"}, {\"field\": \"acts\", \"is\": \"act.a\"}]}",
      NULL,
      NULL,
      1 },
    { "{\"all\": [{\"case\": \"kind\", \"is\": \"k\"}, {\"field\": \"acts\", \"is\": \"act.a\"}]}",
      NULL,
      NULL,
      0 },
    { "{\"field\": \"acts\", \"is\": \"act.b\"}", NULL, NULL, 0 },
    { "{\"field\": \"received\", \"before\": \"2026-07-22\"}", NULL, NULL, 1 },
    { "{\"field\": \"received\", \"before\": \"start\"}", NULL, NULL, 0 },
    { "{\"field\": \"received\", \"from\": \"start\"}", NULL, NULL, 1 },
  };
  g_autoptr (GBytes) table = wb_core_resource ("rules/rules.tsv", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *json =
        g_strdup_printf ("{\"clocks\": [{\"rule\": \"pol.ack\", \"type\": \"allegation\","
                         " \"field\": \"received\", \"when\": [%s]}]}",
                         cases[i].when);
    g_autoptr (GBytes) data = g_bytes_new (json, strlen (json));
    g_autoptr (WbRules) rules = wb_rules_load (table, data, &error);

    wb_assert_no_error (error);
    if (count_started (rules, cases[i].profile, cases[i].of_case) != cases[i].started)
      fail_msg ("%s", cases[i].when);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_allegation_starts_what_its_receipt_asks),
    cmocka_unit_test (urgency_chooses_the_triage_clock),
    cmocka_unit_test (own_observations_have_no_source_to_answer),
    cmocka_unit_test (what_is_not_ours_must_be_forwarded),
    cmocka_unit_test (conduct_starts_the_bars_of_a_year),
    cmocka_unit_test (whistleblower_terms_start_for_whistleblowers_only),
    cmocka_unit_test (a_person_at_the_border_starts_the_authorities_clocks),
    cmocka_unit_test (every_procedure_date_starts_its_clock),
    cmocka_unit_test (clocks_that_do_not_apply_do_not_start),
    cmocka_unit_test (the_pact_begins_on_12_june_2026),
    cmocka_unit_test (consents_and_cases_start_their_clocks),
    cmocka_unit_test (only_what_an_act_touched_starts_again),
    cmocka_unit_test (newer_clocks_take_the_place_of_older_ones),
    cmocka_unit_test (an_uncertain_start_alarms_on_the_earliest),
    cmocka_unit_test (what_is_not_known_starts_nothing),
  };

  return cmocka_run_group_tests (tests, test_fields_setup, test_fields_teardown);
}
