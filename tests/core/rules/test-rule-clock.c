/* SPDX-License-Identifier: EUPL-1.2 */

/* Which fields start which clocks, and how those stand later. */
#include "wb-resources.h"
#include "wb-rules.h"
#include "wb-test.h"

#define NOW "2026-11-24T10:00:00Z"

static WbZone *zone;

static int
zone_setup (void **state)
{
  zone = wb_zone_new ("Europe/Amsterdam", NULL);
  return zone != NULL ? 0 : -1;
}

static int
zone_teardown (void **state)
{
  wb_zone_unref (zone);
  return 0;
}

static WbInstant
at (const char *text)
{
  WbInstant instant = WB_INSTANT_NONE;

  assert_true (wb_instant_parse (text, &instant, NULL));
  return instant;
}

static JsonObject *
object (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  wb_assert_no_error (error);
  return json_node_dup_object (node);
}

static WbClockContext
context (void)
{
  return (WbClockContext){ .rules = wb_rules_get_default (NULL),
                           .calendar = wb_calendar_get_default (NULL),
                           .zone = zone,
                           .profile = "inspectorate" };
}

static WbClockSubject
subject (const char *type, JsonObject *record, JsonObject *of_case)
{
  return (WbClockSubject){ .type = type,
                           .id = "0198f6b2-0000-7000-8000-000000000001",
                           .created = at (NOW),
                           .record = record,
                           .of_case = of_case };
}

static GPtrArray *
start (const char *type, const char *json, const char *const *changed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) record = object (json);
  const WbClockContext with = context ();
  g_autoptr (JsonObject) nothing = json_object_new ();
  const WbClockSubject of = subject (type, record, nothing);
  GPtrArray *clocks = wb_rules_start (&with, &of, changed, at (NOW), &error);

  wb_assert_no_error (error);
  return clocks;
}

static WbClock *
find (GPtrArray *clocks, const char *rule)
{
  WbClock *found = NULL;

  for (guint i = 0; i < clocks->len; i++) {
    WbClock *clock = clocks->pdata[i];

    if (g_str_equal (clock->rule, rule)) {
      assert_null (found); /* one clock a rule */
      found = clock;
    }
  }
  return found;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "rule due latest", sorted, one line each; open clocks have "open" for due. */
static char *
list (const char *type, const char *json)
{
  g_autoptr (GPtrArray) clocks = start (type, json, NULL);
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

static WbClockState
judge_by (const char *type,
          const char *rule,
          const char *before,
          const char *after,
          const char *of_case,
          const char *now,
          char **ret_met)
{
  g_autoptr (GPtrArray) clocks = start (type, before, NULL);
  g_autoptr (JsonObject) record = object (after);
  g_autoptr (JsonObject) holder = object (of_case != NULL ? of_case : "{}");
  WbClock *clock = find (clocks, rule);
  WbClockContext with;
  WbClockSubject of;

  assert_non_null (clock);
  with = context ();
  of = subject (type, record, holder);
  return wb_rules_judge (&with, clock, &of, at (now), ret_met);
}

static WbClockState
judge (const char *type, const char *rule, const char *before, const char *after, const char *now)
{
  return judge_by (type, rule, before, after, NULL, now, NULL);
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
                 "pol.source.update 2026-10-21\n"
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
    g_autoptr (GPtrArray) clocks = start ("allegation", json, NULL);
    guint triage = 0;

    for (guint j = 0; j < clocks->len; j++)
      triage += g_str_has_prefix (((WbClock *) clocks->pdata[j])->rule, "pol.triage");
    assert_int_equal (triage, 1);
    assert_non_null (find (clocks, cases[i][1]));
    assert_string_equal (find (clocks, cases[i][1])->family, "pol.triage");
  }
}

static void
own_observations_have_no_source_to_answer (void **state)
{
  g_autoptr (GPtrArray) clocks =
      start ("allegation", "{\"received\": \"2026-10-27\", \"source\": \"source.monitor\"}", NULL);

  assert_null (find (clocks, "pol.ack"));
  assert_null (find (clocks, "pol.source.update"));
  assert_non_null (find (clocks, "pol.substantiation"));
}

static void
what_is_not_ours_must_be_forwarded (void **state)
{
  g_autoptr (GPtrArray) no =
      start ("allegation", "{\"received\": \"2026-10-21\", \"competent\": false}", NULL);
  g_autoptr (GPtrArray) yes =
      start ("allegation", "{\"received\": \"2026-10-21\", \"competent\": true}", NULL);
  g_autoptr (GPtrArray) unsaid = start ("allegation", "{\"received\": \"2026-10-21\"}", NULL);

  assert_string_equal (find (no, "pol.forward")->due, "2026-10-28");
  assert_null (find (yes, "pol.forward"));
  assert_null (find (unsaid, "pol.forward"));
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
  g_autoptr (GPtrArray) first = start ("allegation", "{" WHISTLE "}", NULL);
  g_autoptr (GPtrArray) acked =
      start ("allegation", "{" WHISTLE ", \"ack_sent\": \"2026-11-30\"}", NULL);
  g_autoptr (GPtrArray) extended =
      start ("allegation",
             "{" WHISTLE ", \"ack_sent\": \"2026-11-30\", \"feedback_extended\": \"2027-02-25\"}",
             NULL);
  g_autoptr (GPtrArray) too_late =
      start ("allegation",
             "{" WHISTLE ", \"ack_sent\": \"2026-11-30\", \"feedback_extended\": \"2027-03-02\"}",
             NULL);
  g_autoptr (GPtrArray) silent =
      start ("allegation", "{" WHISTLE ", \"ack_skipped\": \"identity at risk\"}", NULL);
  g_autoptr (GPtrArray) other =
      start ("allegation", "{\"received\": \"2026-11-24\", \"ack_sent\": \"2026-11-30\"}", NULL);

  assert_string_equal (find (first, "wbk.ack")->due, "2026-12-01");
  assert_null (find (first, "wbk.feedback"));
  assert_string_equal (find (acked, "wbk.feedback")->due, "2027-03-01");
  assert_null (find (acked, "wbk.feedback.ext"));
  /* An extension counts only where it was decided within the first term. */
  assert_null (find (extended, "wbk.feedback"));
  assert_string_equal (find (extended, "wbk.feedback.ext")->due, "2027-05-30");
  assert_string_equal (find (extended, "wbk.feedback.ext")->latest, "2027-05-31");
  assert_string_equal (find (too_late, "wbk.feedback")->due, "2027-03-01");
  assert_null (find (too_late, "wbk.feedback.ext"));
  /* Without acknowledgement the term starts when the seven days end. */
  assert_string_equal (find (silent, "wbk.feedback")->start, "2026-12-01");
  assert_null (find (other, "wbk.ack"));
  assert_null (find (other, "wbk.feedback"));
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
    g_autoptr (GPtrArray) clocks = start ("person", cases[i][0], NULL);
    WbClock *clock = find (clocks, cases[i][1]);
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
    g_autoptr (GPtrArray) clocks = start ("person", cases[i][0], NULL);

    if (find (clocks, cases[i][1]) != NULL)
      fail_msg ("%s started from %s", cases[i][1], cases[i][0]);
  }
}

static void
the_pact_begins_on_12_june_2026 (void **state)
{
  g_autoptr (GPtrArray) first = start ("person", "{\"presented\": \"2026-06-12\"}", NULL);
  g_autoptr (GPtrArray) chosen =
      start ("person", "{\"presented\": \"2026-06-11\", \"regime\": \"regime.pact\"}", NULL);

  assert_non_null (find (first, "auth.scr.ext.7d"));
  assert_non_null (find (chosen, "auth.scr.ext.7d"));
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
  g_autoptr (GPtrArray) none = start ("allegation", json, place);
  g_autoptr (GPtrArray) triage = start ("allegation", json, urgency);
  g_autoptr (GPtrArray) child =
      start ("person",
             "{\"application_made\": \"2026-07-17\", \"minor\": true, \"unaccompanied\": true}",
             minor);

  assert_int_equal (none->len, 0);
  assert_int_equal (triage->len, 1);
  assert_non_null (find (triage, "pol.triage.urgent"));
  /* A condition that comes true later starts the clock from its own date. */
  assert_string_equal (find (child, "auth.rep.15wd")->due, "2026-08-07");
}

static void
newer_clocks_take_the_place_of_older_ones (void **state)
{
  g_autoptr (GPtrArray) first = start ("allegation", "{\"received\": \"2026-10-27T09:00\"}", NULL);
  g_autoptr (GPtrArray) urgent =
      start ("allegation",
             "{\"received\": \"2026-10-27T09:00\", \"urgency\": \"urgency.urgent\"}",
             NULL);
  g_autoptr (GPtrArray) moved = start ("allegation", "{\"received\": \"2026-10-26T09:00\"}", NULL);

  assert_int_equal (
      wb_clock_relate (find (urgent, "pol.triage.urgent"), find (first, "pol.triage.standard")),
      WB_CLOCK_REPLACES);
  assert_int_equal (wb_clock_relate (find (urgent, "pol.ack"), find (first, "pol.ack")),
                    WB_CLOCK_SAME);
  assert_int_equal (wb_clock_relate (find (moved, "pol.ack"), find (first, "pol.ack")),
                    WB_CLOCK_REPLACES);
  assert_int_equal (wb_clock_relate (find (moved, "pol.ack"), find (first, "pol.substantiation")),
                    WB_CLOCK_BESIDE);
  /* What counts from the first recording does not start again, however much later. */
  assert_int_equal (
      wb_clock_relate (find (moved, "pol.reprisal.1"), find (first, "pol.reprisal.1")),
      WB_CLOCK_SAME);
}

static void
an_uncertain_start_alarms_on_the_earliest (void **state)
{
  g_autoptr (GPtrArray) month = start ("person", "{\"presented\": \"2026-07\"}", NULL);
  g_autoptr (GPtrArray) year = start ("allegation", "{\"when\": \"2025\"}", NULL);
  g_autoptr (GPtrArray) hour = start (
      "person",
      "{\"application_registered\": {\"at\": \"2026-10-25T02:30\", \"precision\": \"hour\"}}",
      NULL);
  g_autoptr (GPtrArray) day =
      start ("allegation", "{\"received\": \"2026-07-21\", \"urgency\": \"urgency.urgent\"}", NULL);
  const WbClock *clock = find (month, "auth.scr.ext.7d");

  assert_true (clock->uncertain_start);
  assert_string_equal (clock->start, "2026-07-01");
  assert_string_equal (clock->start_latest, "2026-07-31");
  assert_string_equal (clock->due, "2026-07-08");
  assert_string_equal (clock->latest, "2026-08-07");
  assert_string_equal (find (year, "awb.9_8_1b")->due, "2026-01-01");
  assert_string_equal (find (year, "awb.9_8_1b")->latest, "2026-12-31");
  assert_true (find (hour, "auth.eurodac.72h")->uncertain_start);
  assert_string_equal (find (day, "pol.triage.urgent")->due, "2026-07-22T00:00:00+02:00");
  assert_true (find (day, "pol.triage.urgent")->uncertain_start);
  assert_false (find (day, "pol.ack")->uncertain_start);
}

static void
recurring_targets_do_not_drift (void **state)
{
  static const char *const cases[][2] = {
    { "", "2026-11-30" },
    { ", \"source_update\": \"2026-09-15\"", "2027-02-28" },
    { ", \"source_update\": \"2026-11-30\"", "2027-02-28" },
    { ", \"source_update\": \"2026-12-04\"", "2027-02-28" },
    { ", \"source_update\": \"2027-02-26\"", "2027-05-31" },
    { ", \"source_update\": \"2027-05-31\"", "2027-08-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *json = g_strdup_printf ("{\"received\": \"2026-08-31\"%s}", cases[i][0]);
    g_autoptr (GPtrArray) clocks = start ("allegation", json, NULL);

    assert_string_equal (find (clocks, "pol.source.update")->due, cases[i][1]);
  }
  /* The time that started the next interval does not meet it. */
  assert_int_equal (judge ("allegation",
                           "pol.source.update",
                           "{\"received\": \"2026-08-31\", \"source_update\": \"2026-11-30\"}",
                           "{\"received\": \"2026-08-31\", \"source_update\": \"2026-11-30\"}",
                           "2027-02-01T10:00:00Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (judge ("allegation",
                           "pol.source.update",
                           "{\"received\": \"2026-08-31\", \"source_update\": \"2026-11-30\"}",
                           "{\"received\": \"2026-08-31\", \"source_update\": \"2027-01-15\"}",
                           "2027-02-01T10:00:00Z"),
                    WB_CLOCK_MET);
}

#define A "\"received\": \"2026-07-21T14:30\""

static void
an_own_duty_is_met_met_late_or_overdue (void **state)
{
  g_autofree char *met = NULL;

  assert_int_equal (judge ("allegation", "pol.ack", "{" A "}", "{" A "}", "2026-07-23T21:59:59Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (judge ("allegation", "pol.ack", "{" A "}", "{" A "}", "2026-07-23T22:00:00Z"),
                    WB_CLOCK_OVERDUE);
  assert_int_equal (judge_by ("allegation",
                              "pol.ack",
                              "{" A "}",
                              "{" A ", \"ack_sent\": \"2026-07-23\"}",
                              NULL,
                              "2026-08-01T00:00:00Z",
                              &met),
                    WB_CLOCK_MET);
  assert_string_equal (met, "2026-07-23");
  assert_int_equal (judge ("allegation",
                           "pol.ack",
                           "{" A "}",
                           "{" A ", \"ack_sent\": \"2026-07-24\"}",
                           "2026-08-01T00:00:00Z"),
                    WB_CLOCK_MET_LATE);
  /* As of a day before it was done. */
  assert_int_equal (judge ("allegation",
                           "pol.ack",
                           "{" A "}",
                           "{" A ", \"ack_sent\": \"2026-07-23\"}",
                           "2026-07-22T10:00:00Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (judge ("allegation",
                           "pol.ack",
                           "{" A "}",
                           "{" A ", \"ack_skipped\": \"contact is dangerous\"}",
                           "2026-08-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
}

static void
hours_are_judged_to_the_minute (void **state)
{
  g_autofree char *met = NULL;
  const char *json = "{" A ", \"urgency\": \"urgency.urgent\"}";

  assert_int_equal (judge ("allegation", "pol.triage.urgent", json, json, "2026-07-22T12:29:59Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (judge ("allegation", "pol.triage.urgent", json, json, "2026-07-22T12:30:00Z"),
                    WB_CLOCK_OVERDUE);
  assert_int_equal (judge_by ("allegation",
                              "pol.triage.urgent",
                              json,
                              "{" A ", \"urgency\": \"urgency.urgent\", \"triaged\":"
                              " \"2026-07-22T14:29\"}",
                              NULL,
                              "2026-08-01T00:00:00Z",
                              &met),
                    WB_CLOCK_MET);
  assert_string_equal (met, "2026-07-22T14:29:00+02:00");
  assert_int_equal (judge ("allegation",
                           "pol.triage.urgent",
                           json,
                           "{" A ", \"urgency\": \"urgency.urgent\", \"triaged\":"
                           " \"2026-07-22T14:31\"}",
                           "2026-08-01T00:00:00Z"),
                    WB_CLOCK_MET_LATE);
}

static void
a_changed_record_cancels_the_old_clock (void **state)
{
  assert_int_equal (judge ("allegation",
                           "pol.triage.standard",
                           "{" A "}",
                           "{" A ", \"urgency\": \"urgency.critical\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (judge ("allegation",
                           "pol.ack",
                           "{" A "}",
                           "{\"received\": \"2026-07-20\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (judge ("person",
                           "auth.scr.ext.7d",
                           "{\"presented\": \"2026-07-17\"}",
                           "{\"presented\": \"2026-07-17\", \"regime\": \"regime.legacy\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
  /* An edit that has nothing to do with it does not. */
  assert_int_equal (judge ("allegation",
                           "pol.reprisal.1",
                           "{" A "}",
                           "{\"received\": \"2026-07-20\", \"place\": \"x\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_RUNNING);
}

static void
a_closed_case_ends_targets_that_were_not_late (void **state)
{
  assert_int_equal (judge_by ("allegation",
                              "pol.substantiation",
                              "{" A "}",
                              "{" A "}",
                              "{\"closed\": \"2026-08-01\"}",
                              "2026-12-01T00:00:00Z",
                              NULL),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (judge_by ("allegation",
                              "pol.substantiation",
                              "{" A "}",
                              "{" A "}",
                              "{\"closed\": \"2026-09-01\"}",
                              "2026-12-01T00:00:00Z",
                              NULL),
                    WB_CLOCK_OVERDUE);
  assert_int_equal (judge_by ("allegation",
                              "open.undue_delay",
                              "{" A "}",
                              "{" A "}",
                              "{\"closed\": \"2026-09-01\"}",
                              "2026-12-01T00:00:00Z",
                              NULL),
                    WB_CLOCK_MET);
  assert_int_equal (judge_by ("allegation",
                              "open.undue_delay",
                              "{" A "}",
                              "{" A "}",
                              NULL,
                              "2036-12-01T00:00:00Z",
                              NULL),
                    WB_CLOCK_RUNNING);
  assert_int_equal (judge ("case",
                           "pol.review.closing",
                           "{\"closing_proposed\": \"2027-01-04\"}",
                           "{\"closing_proposed\": \"2027-01-04\", \"closed\": \"2027-01-15\"}",
                           "2027-03-01T00:00:00Z"),
                    WB_CLOCK_MET);
}

/* S4: the text says Monday 6 July, the regulation on time limits Tuesday 7 July. */
static void
an_authority_is_late_only_after_both_readings (void **state)
{
  const char *held = "{\"apprehended\": \"2026-07-03\"}";
  g_autoptr (GPtrArray) clocks = start ("person", held, NULL);
  const WbClock *clock = find (clocks, "auth.scr.int.3d");

  assert_int_equal (judge ("person", clock->rule, held, held, "2026-07-06T21:59:59Z"),
                    WB_CLOCK_RUNNING);
  assert_false (wb_clock_is_disputed (clock, at ("2026-07-06T21:59:59Z")));
  assert_int_equal (judge ("person", clock->rule, held, held, "2026-07-07T10:00:00Z"),
                    WB_CLOCK_RUNNING);
  assert_true (wb_clock_is_disputed (clock, at ("2026-07-07T10:00:00Z")));
  assert_int_equal (judge ("person", clock->rule, held, held, "2026-07-07T22:00:00Z"),
                    WB_CLOCK_OVERDUE);
  assert_false (wb_clock_is_disputed (clock, at ("2026-07-07T22:00:00Z")));
  assert_int_equal (judge ("person",
                           clock->rule,
                           held,
                           "{\"apprehended\": \"2026-07-03\", \"screening_completed\":"
                           " \"2026-07-08T11:00\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_MET_LATE);
}

static void
bars_run_out_and_are_never_late (void **state)
{
  const char *json = "{\"remedy_final\": \"2026-10-30\"}";

  assert_int_equal (judge ("person", "echr.35", json, json, "2027-02-28T22:59:59Z"),
                    WB_CLOCK_RUNNING);
  assert_int_equal (judge ("person", "echr.35", json, json, "2027-02-28T23:00:00Z"),
                    WB_CLOCK_PASSED);
}

static void
a_reason_without_date_meets_the_duty_to_inform (void **state)
{
  static char before[] = "before";
  char *met = before;

  assert_int_equal (judge_by ("person",
                              "gdpr.14_3",
                              "{\"data_obtained\": \"2026-06-10\"}",
                              "{\"data_obtained\": \"2026-06-10\", \"informed_exempt\":"
                              " \"AVG 14(5)(b)\"}",
                              NULL,
                              "2026-12-01T00:00:00Z",
                              &met),
                    WB_CLOCK_MET);
  assert_null (met);
}

static void
detention_that_ended_in_time_needs_no_review (void **state)
{
  const char *held = "{\"detention_started\": \"2026-07-17\"}";

  assert_int_equal (judge ("person",
                           "auth.rcd.det.15d",
                           held,
                           "{\"detention_started\": \"2026-07-17\", \"detention_ended\":"
                           " \"2026-07-25\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_CANCELLED);
  assert_int_equal (judge ("person",
                           "auth.rcd.det.15d",
                           held,
                           "{\"detention_started\": \"2026-07-17\", \"detention_ended\":"
                           " \"2026-08-10\"}",
                           "2026-12-01T00:00:00Z"),
                    WB_CLOCK_OVERDUE);
}

static void
clocks_survive_json (void **state)
{
  static const char *const cases[][2] = {
    { "allegation", "{" A ", \"urgency\": \"urgency.urgent\", \"when\": \"2026\"}" },
    { "allegation", "{" A ", \"source_update\": \"2026-08-01\"}" },
    { "person", "{\"presented\": \"2026-07\", \"decision_known\": \"2026-07-30\"}" },
    { "person", "{\"detention_started\": \"2026-07-17\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) clocks = start (cases[i][0], cases[i][1], NULL);

    assert_true (clocks->len > 0);
    for (guint j = 0; j < clocks->len; j++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonObject) first = wb_clock_to_json (clocks->pdata[j]);
      g_autoptr (WbClock) again = wb_clock_new_from_json (first, &error);
      g_autoptr (JsonObject) second = NULL;

      wb_assert_no_error (error);
      second = wb_clock_to_json (again);
      assert_true (json_object_equal (first, second));
      assert_int_equal (again->end, ((WbClock *) clocks->pdata[j])->end);
      assert_int_equal (again->latest_end, ((WbClock *) clocks->pdata[j])->latest_end);
      assert_int_equal (wb_clock_relate (again, clocks->pdata[j]), WB_CLOCK_SAME);
    }
  }
}

#define STORED                                                                                     \
  "\"rule\": \"pol.ack\", \"version\": \"1\", \"record\": \"r\", \"event\": "                      \
  "\"ev.intake.received\", "                                                                       \
  "\"start\": \"2026-07-21\", "

static void
damaged_clocks_are_refused (void **state)
{
  static const char *const bad[] = {
    "{}",
    "{\"rule\": 1}",
    "{" STORED "\"length\": 2}",
    "{" STORED "\"length\": \"2\", \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"2026-07-23T22:00:00Z\"}",
    "{" STORED "\"length\": 2, \"unit\": \"q\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"2026-07-23T22:00:00Z\"}",
    "{" STORED "\"length\": 2, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\"}",
    "{" STORED "\"length\": 2, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"yesterday\"}",
    "{" STORED "\"length\": 99999999999, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"x\","
    " \"end\": \"2026-07-23T22:00:00Z\"}",
    "{" STORED "\"open\": \"yes\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonObject) stored = object (bad[i]);
    g_autoptr (WbClock) clock = wb_clock_new_from_json (stored, &error);

    if (clock != NULL)
      fail_msg ("taken: %s", bad[i]);
    assert_non_null (error);
  }
}

static void
a_clock_tells_its_sum_again (void **state)
{
  g_autoptr (GError) error = NULL;
  const WbClockContext with = context ();
  g_autoptr (GPtrArray) clocks = start ("person", "{\"apprehended\": \"2026-07-03\"}", NULL);
  g_autoptr (GPtrArray) open = start ("person", "{\"decision_known\": \"2026-07-03\"}", NULL);
  g_autoptr (GPtrArray) same = start ("person", "{\"presented\": \"2026-07-17\"}", NULL);
  const WbClock *clock = find (clocks, "auth.scr.int.3d");
  g_autofree char *en = wb_clock_explain (&with, clock, WB_LANGUAGE_EN, &error);
  g_autofree char *nl =
      wb_clock_explain (&with, find (open, "open.remedy"), WB_LANGUAGE_NL, &error);
  g_autofree char *both =
      wb_clock_explain (&with, find (same, "auth.scr.ext.7d"), WB_LANGUAGE_EN, &error);
  g_autoptr (WbDue) strict = wb_clock_compute (&with, clock, FALSE, &error);
  g_autoptr (WbDue) lenient = wb_clock_compute (&with, clock, TRUE, &error);

  wb_assert_no_error (error);
  assert_string_equal (
      en,
      "last day by the text: apprehended Fri 3 Jul 2026 + 3 days = Mon 6 Jul 2026; Reg. 2024/1356 "
      "art. 8(4)\n"
      "at the latest by the time-limits regulation: apprehended Fri 3 Jul 2026 + 3 days = Mon 6 "
      "Jul "
      "2026; this period must hold at least 2 working days; Sat 4 Jul (weekend), Sun 5 Jul "
      "(weekend): no working day → Tue 7 Jul 2026; Reg. 2024/1356 art. 8(4), Reg. 1182/71 3(5)");
  assert_string_equal (
      nl,
      "besluit bekend vr 3 jul 2026: de wet geeft geen lengte; de ouderdom telt, er "
      "is geen einddatum; Vw 2000 zoals gewijzigd in 2026");
  assert_string_equal (
      both,
      "by both readings: presented at the border Fri 17 Jul 2026 + 7 days = Fri 24 "
      "Jul 2026; Reg. 2024/1356 art. 8(3)");
  assert_int_equal (strict->end, clock->end);
  assert_int_equal (lenient->end, clock->latest_end);
}

/* A rule of today must not move what yesterday's started. */
static void
a_clock_of_older_rules_keeps_its_due_date (void **state)
{
  g_autoptr (GError) error = NULL;
  const WbClockContext with = context ();
  g_autoptr (JsonObject) stored = object (
      "{" STORED "\"length\": 4, \"unit\": \"wd\", \"regime\": \"policy\", \"due\": \"2026-07-27\","
      " \"end\": \"2026-07-27T22:00:00Z\"}");
  g_autoptr (JsonObject) record = object ("{\"received\": \"2026-07-21\"}");
  g_autoptr (WbClock) clock = wb_clock_new_from_json (stored, &error);
  g_autoptr (WbDue) due = wb_clock_compute (&with, clock, FALSE, &error);
  g_autofree char *text = wb_due_format (due, zone);
  const WbClockSubject record_of = subject ("allegation", record, NULL);
  const WbClockSubject gone = subject ("allegation", NULL, NULL);

  assert_string_equal (text, "2026-07-27");
  assert_int_equal (wb_rules_judge (&with, clock, &record_of, at ("2026-07-24T10:00:00Z"), NULL),
                    WB_CLOCK_RUNNING);
  /* Where the record's fields are gone, time alone decides. */
  assert_int_equal (wb_rules_judge (&with, clock, &gone, at ("2026-07-28T10:00:00Z"), NULL),
                    WB_CLOCK_OVERDUE);
}

static guint
count_started (WbRules *rules, const char *profile, const char *of_case)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) record = object ("{\"received\": \"2026-07-21\", \"acts\": [\"act.a\"]}");
  g_autoptr (JsonObject) holder = of_case != NULL ? object (of_case) : NULL;
  const WbClockContext with = { .rules = rules,
                                .calendar = wb_calendar_get_default (NULL),
                                .zone = zone,
                                .profile = profile };
  const WbClockSubject of = subject ("allegation", record, holder);
  g_autoptr (GPtrArray) clocks = wb_rules_start (&with, &of, NULL, at (NOW), &error);

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
    cmocka_unit_test (recurring_targets_do_not_drift),
    cmocka_unit_test (an_own_duty_is_met_met_late_or_overdue),
    cmocka_unit_test (hours_are_judged_to_the_minute),
    cmocka_unit_test (a_changed_record_cancels_the_old_clock),
    cmocka_unit_test (a_closed_case_ends_targets_that_were_not_late),
    cmocka_unit_test (an_authority_is_late_only_after_both_readings),
    cmocka_unit_test (bars_run_out_and_are_never_late),
    cmocka_unit_test (a_reason_without_date_meets_the_duty_to_inform),
    cmocka_unit_test (detention_that_ended_in_time_needs_no_review),
    cmocka_unit_test (what_is_not_known_starts_nothing),
    cmocka_unit_test (clocks_survive_json),
    cmocka_unit_test (damaged_clocks_are_refused),
    cmocka_unit_test (a_clock_tells_its_sum_again),
    cmocka_unit_test (a_clock_of_older_rules_keeps_its_due_date),
  };

  return cmocka_run_group_tests (tests, zone_setup, zone_teardown);
}
