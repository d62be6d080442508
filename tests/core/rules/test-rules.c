/* SPDX-License-Identifier: EUPL-1.2 */

/* The rules as data: all of the domain's are there, tell their sum, and slips are refused. */
#include "wb-resources.h"
#include "wb-rules.h"
#include "wb-test.h"

static char *
read_domain_rules (void)
{
  g_autofree char *suite = wb_test_vectors ("nl-holidays");
  g_autofree char *path =
      suite != NULL ? g_build_filename (suite, "..", "..", "domain", "rules.tsv", NULL) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS) ? wb_test_read (path, NULL) : NULL;
}

/* Ours and the domain's agree on all that decides a date. */
static void
every_rule_of_the_domain_is_ours (void **state)
{
  g_autoptr (GError) error = NULL;
  WbRules *rules = wb_rules_get_default (&error);
  g_autofree char *text = read_domain_rules ();
  g_autoptr (GBytes) data = NULL;
  g_autoptr (WbRules) theirs = NULL;
  GPtrArray *list;

  wb_assert_no_error (error);
  if (text == NULL)
    skip ();
  data = g_bytes_new (text, strlen (text));
  theirs = wb_rules_load (data, NULL, &error);
  wb_assert_no_error (error);
  list = wb_rules_list (theirs);
  assert_int_equal (list->len, wb_rules_list (rules)->len);
  for (guint i = 0; i < list->len; i++) {
    const WbRule *their = list->pdata[i];
    const WbRule *our = wb_rules_find (rules, their->code);

    if (our == NULL)
      fail_msg ("%s is missing", their->code);
    assert_int_equal (our->kind, their->kind);
    assert_string_equal (our->bound, their->bound);
    assert_string_equal (our->start_event, their->start_event);
    assert_int_equal (our->has_period, their->has_period);
    assert_int_equal (our->period.length, their->period.length);
    assert_int_equal (our->period.unit, their->period.unit);
    assert_int_equal (our->period.regime, their->period.regime);
  }
  wb_test_count ("rules", list->len);
}

static void
marks_of_certainty_are_in_no_text (void **state)
{
  GPtrArray *list = wb_rules_list (wb_rules_get_default (NULL));

  for (guint i = 0; i < list->len; i++) {
    const WbRule *rule = list->pdata[i];

    for (WbLanguage language = WB_LANGUAGE_EN; language <= WB_LANGUAGE_NL; language++) {
      wb_test_no_mark (rule->label[language]);
      wb_test_no_mark (wb_rule_get_basis (rule, language));
      wb_test_no_mark (wb_rule_get_extension (rule, language));
      wb_test_no_mark (wb_rule_get_bound (rule, language));
    }
  }
}

static void
every_rule_tells_its_sum_in_both_languages (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", &error);
  GPtrArray *list = wb_rules_list (wb_rules_get_default (&error));
  WbInstant start;

  assert_true (wb_instant_parse ("2026-11-24T10:15:00+01:00", &start, &error));
  for (guint i = 0; i < list->len; i++) {
    const WbRule *rule = list->pdata[i];
    g_autoptr (WbDue) due = NULL;

    assert_true (rule->label[0][0] != '\0' && rule->label[1][0] != '\0');
    assert_true (rule->certainty[0] != '\0' && rule->basis_nl[0] != '\0');
    assert_true (wb_rule_get_bound (rule, WB_LANGUAGE_NL)[0] != '\0');
    if (!rule->has_period)
      continue;
    due = wb_due_compute (wb_calendar_get_default (NULL),
                          zone,
                          &rule->period,
                          (WbDate){ 2026, 11, 24 },
                          start,
                          &error);
    wb_assert_no_error (error);
    for (WbLanguage language = WB_LANGUAGE_EN; language <= WB_LANGUAGE_NL; language++) {
      g_autofree char *sum = wb_due_explain_event (due,
                                                   zone,
                                                   rule->start_event,
                                                   wb_rule_get_basis (rule, language),
                                                   language);

      /* No phrase is missing: a key would show, and no place in one was left unfilled. */
      assert_null (strstr (sum, "ev."));
      assert_null (strchr (sum, '{'));
      assert_non_null (strstr (sum, wb_rule_get_basis (rule, language)));
      assert_non_null (strstr (sum, "24 "));
    }
  }
}

static void
open_rules_never_get_a_length (void **state)
{
  GPtrArray *list = wb_rules_list (wb_rules_get_default (NULL));
  guint open = 0;

  for (guint i = 0; i < list->len; i++) {
    const WbRule *rule = list->pdata[i];

    assert_int_equal (rule->has_period, rule->kind != WB_KIND_OPEN);
    assert_int_equal (rule->period.length != 0, rule->has_period);
    open += rule->kind == WB_KIND_OPEN;
  }
  assert_true (open > 5);
}

static void
detention_review_is_deprivation_of_liberty (void **state)
{
  WbRules *rules = wb_rules_get_default (NULL);

  assert_true (wb_rules_find (rules, "auth.rcd.det.15d")->period.detention);
  assert_false (wb_rules_find (rules, "pbw.61_5")->period.detention);
  assert_null (wb_rules_find (rules, "pol.nothing"));
}

static void
a_closed_case_lets_own_targets_go_and_nothing_of_the_law (void **state)
{
  const WbRules *rules = wb_rules_get_default (NULL);

  assert_true (wb_rules_is_let_go (rules, "pol.source.update", "status.archived"));
  assert_true (wb_rules_is_let_go (rules, "pol.reprisal.2", "status.transferred"));
  assert_false (wb_rules_is_let_go (rules, "pol.reprisal.2", "status.closed"));
  assert_false (wb_rules_is_let_go (rules, "pol.retention", "status.archived"));
  assert_false (wb_rules_is_let_go (rules, "pol.source.update", "status.assessment"));
  assert_false (wb_rules_is_let_go (rules, "pol.source.update", NULL));
  assert_false (wb_rules_is_let_go (rules, "gdpr.14_3", "status.closed"));
}

static void
own_announced_terms_are_remarked (void **state)
{
  WbRules *rules = wb_rules_get_default (NULL);

  assert_string_equal (wb_rules_get_remark (rules, "wbk.ack", "inspectorate", NULL, WB_LANGUAGE_NL),
                       "eigen aangekondigde termijn");
  assert_string_equal (wb_rules_get_remark (rules, "wbk.ack", NULL, NULL, WB_LANGUAGE_EN),
                       "own announced term");
  assert_null (wb_rules_get_remark (rules, "pol.ack", NULL, NULL, WB_LANGUAGE_EN));
}

static void
the_version_follows_the_data (void **state)
{
  g_autoptr (GBytes) table = wb_core_resource ("rules/rules.tsv", NULL);
  g_autoptr (GBytes) triggers = wb_core_resource ("rules/triggers.json", NULL);
  g_autofree char *longer = g_strconcat (g_bytes_get_data (table, NULL), "\n", NULL);
  g_autoptr (GBytes) changed = g_bytes_new (longer, strlen (longer));
  g_autoptr (WbRules) same = wb_rules_load (table, triggers, NULL);
  g_autoptr (WbRules) other = wb_rules_load (changed, triggers, NULL);
  const char *shipped = wb_rules_get_version (wb_rules_get_default (NULL));

  assert_true (g_str_has_prefix (shipped, "2026-11-24+"));
  assert_string_equal (wb_rules_get_version (same), shipped);
  assert_string_not_equal (wb_rules_get_version (other), shipped);
}

static void
procedure_clocks_have_two_readings (void **state)
{
  WbRules *rules = wb_rules_get_default (NULL);
  WbRegime regime = WB_REGIME_PLAIN;

  assert_true (wb_rules_get_lenient (rules, "auth.scr.int.3d", &regime));
  assert_int_equal (regime, WB_REGIME_EU1182);
  assert_false (wb_rules_get_lenient (rules, "pol.ack", &regime));
  assert_false (wb_rules_get_lenient (rules, "woo.4_4_1", &regime));
}

#define HEAD                                                                                       \
  "code\tkind\tbound\tlabel_nl\tlabel_en\tstart_event\tlength\tunit\tregime\tlegal_basis\n"
#define GOOD "a.b\tlaw\tbody\tx\tx\tev.a\t1\td\tplain\tx\n"

static void
slips_in_rules_are_refused_with_their_line (void **state)
{
  static const char *const bad[][2] = {
    { HEAD GOOD "a.c\tlaws\tbody\tx\tx\tev.a\t1\td\tplain\tx\n", "rules.tsv, line 3" },
    { HEAD "a.b\tlaw\tbody\tx\tx\tev.a\t0\td\tplain\tx\n", "line 2" },
    { HEAD "a.b\tlaw\tbody\tx\tx\tev.a\tsix\td\tplain\tx\n", "line 2" },
    { HEAD "a.b\tlaw\tbody\tx\tx\tev.a\t1\tq\tplain\tx\n", "line 2" },
    { HEAD "a.b\tlaw\tbody\tx\tx\tev.a\t1\td\tbe\tx\n", "line 2" },
    { HEAD "a.b\topen\tbody\tx\tx\tev.a\t1\td\tplain\tx\n", "line 2" },
    { HEAD "A b\tlaw\tbody\tx\tx\tev.a\t1\td\tplain\tx\n", "line 2" },
    { HEAD "a.b\tlaw\tbody\tx\tx\ta\t1\td\tplain\tx\n", "line 2" },
    { HEAD "a.b\tlaw\tbody\t\tx\tev.a\t1\td\tplain\tx\n", "line 2" },
    { HEAD "a.b\tlaw\tbody\tx\tx\tev.a\t1\td\tplain\t\n", "line 2" },
    { HEAD "# c\n" GOOD GOOD, "line 4" },
    { HEAD "a.b\tlaw\n", "line 2" },
    { "code\tkind\n", "bound" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) data = g_bytes_new (bad[i][0], strlen (bad[i][0]));
    g_autoptr (WbRules) rules = wb_rules_load (data, NULL, &error);

    if (rules != NULL)
      fail_msg ("taken: %s", bad[i][0]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    if (strstr (error->message, bad[i][1]) == NULL)
      fail_msg ("%s does not name %s", error->message, bad[i][1]);
  }
}

#define CLOCK(rest) "{\"clocks\": [{\"rule\": \"a.b\", \"type\": \"case\", " rest "}]}"

static void
slips_in_triggers_are_refused_with_their_place (void **state)
{
  static const char *const bad[][2] = {
    { "{", "triggers.json" },
    { "", "triggers.json" },
    { "[]", "object" },
    { "{\"clocks\": [{\"rule\": \"a.x\", \"type\": \"case\", \"field\": \"f\"}]}",
      "/clocks/0/rule" },
    { "{\"clocks\": [], \"clock\": []}", "clock" },
    { CLOCK ("\"field\": \"f\", \"metby\": []"), "metby" },
    { CLOCK ("\"field\": \"F g\""), "/clocks/0/field" },
    { CLOCK ("\"field\": \"f\", \"fields\": [\"g\"]"), "/clocks/0" },
    { CLOCK ("\"met_by\": []"), "/clocks/0" },
    { CLOCK ("\"field\": \"f\", \"lenient\": \"be\""), "/clocks/0/lenient" },
    { CLOCK ("\"field\": \"f\", \"once\": 1"), "/clocks/0/once" },
    { CLOCK ("\"field\": \"f\", \"after\": \"a.x\""), "/clocks/0/after" },
    { CLOCK ("\"field\": \"f\", \"met_by\": [{\"person\": \"x\"}]"), "/clocks/0/met_by" },
    { CLOCK ("\"field\": \"f\", \"when\": [\"nobody\"]"), "/clocks/0/when/0" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"field\": \"x\"}]"), "/clocks/0/when/0" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"field\": \"x\", \"is\": []}]"), "/clocks/0/when/0" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"field\": \"x\", \"is\": 1}]"), "/clocks/0/when/0" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"field\": \"x\", \"from\": \"soon\"}]"),
      "/clocks/0/when/0" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"field\": \"x\", \"within\": \"a.x\"}]"),
      "/clocks/0/when" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"any\": [], \"all\": []}]"), "/clocks/0/when/0" },
    { CLOCK ("\"field\": \"f\", \"when\": [{\"is\": \"x\", \"set\": true}]"), "/clocks/0/when/0" },
    { "{\"guards\": {\"g\": {\"not\": \"g\"}}, \"clocks\": [{\"rule\": \"a.b\", \"type\": \"case\","
      " \"field\": \"f\", \"when\": [\"g\"]}]}",
      "/guards/g/not" },
    { "{\"clocks\": [], \"remarks\": [{\"rules\": [\"a.x\"], \"nl\": \"x\", \"en\": \"x\"}]}",
      "/remarks/0" },
    { "{\"clocks\": [], \"remarks\": [{\"rules\": [\"a.b\"], \"nl\": \"x\"}]}", "/remarks/0" },
    { "{\"clocks\": [], \"let_go\": [{\"statuses\": [\"x\"], \"rules\": [\"a.x\"]}]}",
      "/let_go/0" },
    { "{\"clocks\": [], \"let_go\": [{\"statuses\": \"x\"}]}", "/let_go/0/statuses" },
  };
  g_autoptr (GBytes) table = g_bytes_new_static (HEAD GOOD, strlen (HEAD GOOD));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) data = g_bytes_new (bad[i][0], strlen (bad[i][0]));
    g_autoptr (WbRules) rules = wb_rules_load (table, data, &error);

    if (rules != NULL)
      fail_msg ("taken: %s", bad[i][0]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    if (strstr (error->message, bad[i][1]) == NULL)
      fail_msg ("%s does not name %s", error->message, bad[i][1]);
  }
}

/* Every field that a trigger names is one of the model: a slip would start no clock, silently. */
static void
gather_model_fields (JsonArray *array, guint index, JsonNode *node, gpointer data)
{
  GHashTable *names = data;
  JsonObject *type = json_node_get_object (node);
  JsonArray *fields = json_object_get_array_member (type, "fields");

  g_hash_table_add (names, g_strdup (json_object_get_string_member (type, "name")));
  for (guint i = 0; i < json_array_get_length (fields); i++)
    g_hash_table_add (
        names,
        g_strdup_printf (
            "%s.%s",
            json_object_get_string_member (type, "name"),
            json_object_get_string_member (json_array_get_object_element (fields, i), "name")));
}

static void
gather_model (GHashTable *names)
{
  static const char *const files[] = { "model/records.json",          "model/records/work.json",
                                       "model/records/referral.json", "model/records/visit.json",
                                       "model/records/data.json",     "model/records/body.json" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = wb_core_resource (files[i], &error);
    g_autoptr (JsonNode) records = json_from_string (g_bytes_get_data (bytes, NULL), &error);

    wb_assert_no_error (error);
    json_array_foreach_element (
        json_object_get_array_member (json_node_get_object (records), "types"),
        gather_model_fields,
        names);
  }
}

static void
check_named (GHashTable *names, const char *type, const char *field)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", type, field);

  if (field[0] != '@' && !g_hash_table_contains (names, name))
    fail_msg ("the model has no %s", name);
}

/* "person.minor": both the link and what it leads to, which bears the same name. */
static void
check_link (GHashTable *names, const char *type, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);

  check_named (names, type, parts[0]);
  check_named (names, parts[0], parts[1]);
}

/* A value that names a field, by the member that holds it. */
static void
check_text (GHashTable *names, const char *type, const char *member, const char *text)
{
  if (g_str_equal (member, "case") || g_str_equal (member, "body"))
    check_named (names, member, text);
  else if (g_str_equal (member, "own_length"))
    check_named (names, "body", text);
  else if (g_str_equal (member, "link"))
    check_link (names, type, text);
  else if (g_str_equal (member, "field") || g_str_equal (member, "date") ||
           g_str_equal (member, "by") || g_str_equal (member, "year_end") ||
           g_str_equal (member, "until"))
    check_named (names, type, text);
}

static void
check_node (GHashTable *names, const char *type, JsonNode *node, JsonObject *guards)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      check_node (names, type, json_array_get_element (json_node_get_array (node), i), guards);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init (&iter, json_node_get_object (node));
  if (json_object_has_member (json_node_get_object (node), "by"))
    type = json_object_get_string_member (json_node_get_object (node), "from");
  while (json_object_iter_next (&iter, &member, &value)) {
    gboolean is_text =
        JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING;

    if (is_text)
      check_text (names, type, member, json_node_get_string (value));
    else if (g_str_equal (member, "met_by") || g_str_equal (member, "cancelled_by") ||
             g_str_equal (member, "fields") || g_str_equal (member, "on")) {
      JsonArray *array = json_node_get_array (value);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (JSON_NODE_HOLDS_VALUE (json_array_get_element (array, i)))
          check_named (names, type, json_array_get_string_element (array, i));
      check_node (names, type, value, guards);
    } else {
      check_node (names, type, value, guards);
    }
  }
}

static void
triggers_name_only_fields_of_the_model (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = wb_core_resource ("rules/triggers.json", &error);
  g_autoptr (JsonNode) triggers = json_from_string (g_bytes_get_data (data, NULL), &error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *clocks;

  wb_assert_no_error (error);
  gather_model (names);
  clocks = json_object_get_array_member (json_node_get_object (triggers), "clocks");
  for (guint i = 0; i < json_array_get_length (clocks); i++) {
    JsonNode *clock = json_array_get_element (clocks, i);

    check_node (names,
                json_object_get_string_member (json_node_get_object (clock), "type"),
                clock,
                NULL);
  }
  assert_true (json_array_get_length (clocks) > 40);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_rule_of_the_domain_is_ours),
    cmocka_unit_test (marks_of_certainty_are_in_no_text),
    cmocka_unit_test (every_rule_tells_its_sum_in_both_languages),
    cmocka_unit_test (open_rules_never_get_a_length),
    cmocka_unit_test (detention_review_is_deprivation_of_liberty),
    cmocka_unit_test (a_closed_case_lets_own_targets_go_and_nothing_of_the_law),
    cmocka_unit_test (own_announced_terms_are_remarked),
    cmocka_unit_test (the_version_follows_the_data),
    cmocka_unit_test (procedure_clocks_have_two_readings),
    cmocka_unit_test (slips_in_rules_are_refused_with_their_line),
    cmocka_unit_test (slips_in_triggers_are_refused_with_their_place),
    cmocka_unit_test (triggers_name_only_fields_of_the_model),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
