/* SPDX-License-Identifier: EUPL-1.2 */
/* Dates typed in words reach the log as moments that keep the words, counted from the day on which
 * they were told; quoted and summarised words, groups and unnamed officials are kept apart. */
#include "wb-test-register.h"

#include <string.h>

static WbMoment *
read_moment (WbTestRegister *self, const char *reference, const char *field)
{
  g_autoptr (WbRecord) record = wb_register_read (self->reg, reference, FALSE, NULL, NULL);
  g_autoptr (GError) error = NULL;
  WbMoment *moment =
      wb_moment_parse (json_object_get_member (record->fields, field), self->reg->zone, &error);

  wb_assert_no_error (error);
  return moment;
}

static void
assert_days (const WbMoment *moment, const char *first, const char *last)
{
  g_autofree char *earliest = wb_date_format (moment->earliest_date);
  g_autofree char *latest = wb_date_format (moment->latest_date);

  assert_string_equal (earliest, first);
  assert_string_equal (latest, last);
}

static void
words_are_recorded_with_what_they_mean (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (
      self,
      "allegation",
      NULL,
      "{\"account\": \"a\", \"when\": \"about three nights ago\", \"received\": \"vandaag\"}");
  g_autoptr (WbMoment) when = read_moment (self, reference, "when");
  g_autoptr (WbMoment) received = read_moment (self, reference, "received");

  assert_days (when, "2026-11-20", "2026-11-23");
  assert_string_equal (when->words, "about three nights ago");
  assert_true (when->about);
  assert_days (received, "2026-11-24", "2026-11-24");
}

static void
what_happened_is_counted_from_the_day_it_was_told (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (
      self,
      "allegation",
      NULL,
      "{\"account\": \"a\", \"when\": \"eergisteren\", \"received\": \"2026-10-05\", \"ack_sent\": "
      "\"gisteren\"}");
  g_autoptr (WbMoment) when = read_moment (self, reference, "when");
  g_autoptr (WbMoment) sent = read_moment (self, reference, "ack_sent");

  assert_days (when, "2026-10-03", "2026-10-03");
  assert_days (sent, "2026-11-23", "2026-11-23");
}

static void
change_takes_words_too (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, "{\"account\": \"a\"}");
  g_autoptr (WbMoment) when = NULL;

  g_free (wb_test_change (self, reference, "{\"when\": \"eind juni\"}"));
  when = read_moment (self, reference, "when");
  assert_days (when, "2026-06-21", "2026-06-30");
}

static void
words_that_are_no_date_are_refused_by_the_field (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) fields =
      wb_test_object ("{\"account\": \"a\", \"when\": \"toen het donker werd\"}");
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_record (self->reg, "allegation", NULL, NULL, fields, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_non_null (strstr (error->message, "“When it happened”"));
  assert_null (strstr (error->message, "donker"));
}

static void
words_of_an_unknown_date_can_be_kept (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *reference = wb_test_record (
      self,
      "allegation",
      NULL,
      "{\"account\": \"a\", \"when\": {\"at\": \"unknown\", \"words\": \"toen het donker werd\"}}");
  g_autoptr (WbMoment) when = read_moment (self, reference, "when");

  assert_int_equal (when->precision, WB_PRECISION_UNKNOWN);
  assert_string_equal (when->words, "toen het donker werd");
}

static void
span_that_cannot_be_is_refused (void **state)
{
  static const char *const bad[] = {
    "{\"at\": \"2026-07\", \"to\": \"2026-06\"}",
    "{\"at\": \"unknown\", \"to\": \"2026-06\"}",
    "{\"at\": \"2026-06\", \"to\": \"unknown\"}",
    "{\"at\": \"2026-06\", \"to\": \"juni\"}",
    "{\"at\": \"2026-06\", \"to\": 7}",
    "{\"at\": \"2026-07-01T10:00\", \"precision\": \"exact\", \"to\": \"2026-07-02\"}",
  };
  WbTestRegister *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *json = g_strdup_printf ("{\"account\": \"a\", \"when\": %s}", bad[i]);
    g_autoptr (JsonObject) fields = wb_test_object (json);
    g_autoptr (GError) error = NULL;

    assert_null (wb_register_record (self->reg, "allegation", NULL, NULL, fields, NULL, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
incident_counts_a_group_and_holds_people_in_roles (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{}");
  g_autofree char *incident = wb_test_record (
      self,
      "incident",
      of,
      "{\"title\": \"Gang B\", \"when\": \"afgelopen vrijdagavond\", \"persons_counted\": 14, "
      "\"minors_counted\": 3}");
  g_autofree char *official = wb_test_record (
      self,
      "official",
      of,
      "{\"authority\": \"authority.kmar\", \"description\": \"uniform, lang, baard\"}");
  g_autofree char *person = wb_test_record (self, "person", of, "{\"pseudonym\": \"Wilg-3\"}");
  g_autofree char *one = g_strdup_printf (
      "{\"account\": \"Samenvatting.\", \"account_kind\": \"accountkind.summarised\", \"quoted\": "
      "\"„Ze sloegen me.”\", \"incident\": \"%s\", \"officials\": [\"%s\"]}",
      incident,
      official);
  g_autofree char *two = g_strdup_printf ("{\"account\": \"b\", \"incident\": \"%s\"}", incident);
  g_autofree char *role =
      g_strdup_printf ("{\"official\": \"%s\", \"role\": \"role.official\", \"incident\": \"%s\"}",
                       official,
                       incident);
  g_autofree char *other =
      g_strdup_printf ("{\"person\": \"%s\", \"role\": \"role.witness\", \"incident\": \"%s\"}",
                       person,
                       incident);
  g_autofree char *a = wb_test_record (self, "allegation", of, one);
  g_autofree char *b = wb_test_record (self, "allegation", of, two);
  g_autofree char *c = wb_test_record (self, "involvement", of, role);
  g_autofree char *d = wb_test_record (self, "involvement", of, other);
  g_autoptr (WbRecord) described = wb_register_read (self->reg, official, FALSE, NULL, NULL);
  g_autoptr (WbRecord) told = wb_register_read (self->reg, a, FALSE, NULL, NULL);
  g_autoptr (GPtrArray) all = wb_register_read_case (self->reg, of, NULL);

  assert_true (g_str_has_suffix (incident, "/I-1") && g_str_has_suffix (d, "/IV-2"));
  assert_false (json_object_has_member (described->fields, "description"));
  assert_true (g_strv_contains ((const char *const *) described->hidden, "description"));
  assert_string_equal (json_object_get_string_member (told->fields, "account"), "Samenvatting.");
  assert_non_null (strstr (json_object_get_string_member (told->fields, "quoted"), "sloegen"));
  assert_int_equal (all->len, 8);
  assert_non_null (b);
  assert_non_null (c);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (words_are_recorded_with_what_they_mean),
    with_register (what_happened_is_counted_from_the_day_it_was_told),
    with_register (change_takes_words_too),
    with_register (words_that_are_no_date_are_refused_by_the_field),
    with_register (words_of_an_unknown_date_can_be_kept),
    with_register (span_that_cannot_be_is_refused),
    with_register (incident_counts_a_group_and_holds_people_in_roles),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
