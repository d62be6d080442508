/* SPDX-License-Identifier: EUPL-1.2 */

/* Data that a body may change: calendars, rules and triggers are taken whole or refused with a
 * sentence, and what was taken computes within its bounds. */
#include "wb-fuzz.h"
#include "wb-resources.h"
#include "wb-rules.h"

#define NOW 1795000000000

static void
require_told (gconstpointer loaded, const GError *error)
{
  wb_fuzz_require ((loaded == NULL) == (error != NULL));
  wb_fuzz_require (error == NULL || g_utf8_validate (error->message, -1, NULL));
}

static void
try_calendar (GBytes *bytes, const WbZone *zone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbCalendar) calendar = wb_calendar_load (bytes, &error);
  const WbDate start = { 2026, 12, 24 };

  require_told (calendar, error);
  for (WbRegime regime = 0; calendar != NULL && regime <= WB_REGIME_POLICY; regime++) {
    const WbPeriod period = { 3, WB_UNIT_DAY, regime, FALSE };
    g_autoptr (WbDue) due = wb_due_compute (calendar, zone, &period, start, WB_INSTANT_NONE, NULL);

    wb_fuzz_require (due == NULL || wb_date_compare (due->due, start) > 0);
  }
}

static void
try_rules (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRules) rules = wb_rules_load (bytes, NULL, &error);

  require_told (rules, error);
}

/* What is taken is asked about a record that has many dates. */
static void
try_triggers (GBytes *bytes, GBytes *table, const WbZone *zone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRules) rules = wb_rules_load (table, bytes, &error);
  g_autoptr (JsonNode) record = NULL;
  g_autoptr (GPtrArray) clocks = NULL;
  WbClockContext context;
  WbClockSubject subject;

  require_told (rules, error);
  if (rules == NULL)
    return;
  record = json_from_string ("{\"received\": \"2026-07-21T14:30\", \"when\": \"2026\","
                             " \"ack_sent\": \"2026-07-22\", \"urgency\": \"urgency.urgent\"}",
                             NULL);
  context =
      (WbClockContext){ .rules = rules, .calendar = wb_calendar_get_default (NULL), .zone = zone };
  subject = (WbClockSubject){ .type = "allegation",
                              .id = "r",
                              .created = NOW,
                              .record = json_node_get_object (record) };
  clocks = wb_rules_start (&context, &subject, NULL, NOW, NULL);
  for (guint i = 0; clocks != NULL && i < clocks->len; i++)
    (void) wb_rules_judge (&context, clocks->pdata[i], &subject, NOW, NULL);
}

static void
try_clock (GBytes *bytes, const WbZone *zone)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autofree char *copy = g_strndup (size > 0 ? text : "", size);
  g_autoptr (JsonNode) node =
      g_utf8_validate (copy, -1, NULL) ? json_from_string (copy, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbClock) clock = NULL;
  g_autofree char *sum = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  clock = wb_clock_new_from_json (json_node_get_object (node), &error);
  require_told (clock, error);
  if (clock != NULL)
    sum = wb_clock_explain (&(WbClockContext){ .rules = wb_rules_get_default (NULL),
                                               .calendar = wb_calendar_get_default (NULL),
                                               .zone = zone },
                            clock,
                            WB_LANGUAGE_NL,
                            NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static WbZone *zone;
  static GBytes *table;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  if (zone == NULL) {
    zone = wb_zone_new ("Europe/Amsterdam", NULL);
    table = wb_core_resource ("rules/rules.tsv", NULL);
  }
  wb_fuzz_require (zone != NULL && table != NULL);
  try_calendar (bytes, zone);
  try_rules (bytes);
  try_triggers (bytes, table, zone);
  try_clock (bytes, zone);
  return 0;
}
