/* SPDX-License-Identifier: EUPL-1.2 */
/* The shipped model: loads, holds every code and label, answers for moves and urgency; and a model
 * file with a mistake is refused with its line. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"
#include "wb-resources.h"

static WbModel *
get_model (void)
{
  g_autoptr (GError) error = NULL;
  WbModel *model = wb_model_get_default (&error);

  wb_assert_no_error (error);
  assert_non_null (model);
  return model;
}

static char *
read_resource (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = wb_core_resource (path, &error);
  gsize size = 0;
  const char *text;

  wb_assert_no_error (error);
  text = g_bytes_get_data (bytes, &size);
  return g_strndup (text, size);
}

typedef struct {
  WbModelSource list[16];
  gsize n;
} Sources;

/* The shipped files, one of them changed: @from becomes @to. @name is (nullable). */
static void
read_sources (Sources *sources, const char *name, const char *from, const char *to)
{
  for (sources->n = 0; wb_model_files[sources->n] != NULL; sources->n++) {
    const char *file = wb_model_files[sources->n];
    g_autofree char *path = g_strconcat ("model/", file, NULL);
    g_autofree char *text = read_resource (path);
    g_autoptr (GString) changed = g_string_new (text);

    if (g_strcmp0 (path, name) == 0 && g_string_replace (changed, from, to, 1) != 1)
      fail_msg ("%s does not hold “%s”", name, from);
    sources->list[sources->n].name = file;
    sources->list[sources->n].bytes = g_bytes_new (changed->str, changed->len);
  }
}

static WbModel *
load_sources (Sources *sources, GError **error)
{
  WbModel *model = wb_model_load (sources->list, sources->n, error);

  for (gsize i = 0; i < sources->n; i++)
    g_bytes_unref (sources->list[i].bytes);
  return model;
}

static void
refuses (const char *name, const char *from, const char *to, const char *expected)
{
  g_autoptr (GError) error = NULL;
  Sources sources;
  WbModel *model;

  read_sources (&sources, name, from, to);
  model = load_sources (&sources, &error);
  if (model != NULL)
    fail_msg ("not refused: “%s” instead of “%s”", to, from);
  assert_true (error->domain == WB_ERROR);
  if (strstr (error->message, expected) == NULL)
    fail_msg ("expected “%s” in: %s", expected, error->message);
}

/* In the order of the shared design; each with the prefix of its references. */
static void
every_record_type_is_there_with_labels_in_both_languages (void **state)
{
  static const struct {
    const char *name, *prefix;
    WbScope scope;
  } expected[] = {
    { "case", NULL, WB_SCOPE_REGISTER },
    { "allegation", "A", WB_SCOPE_CASE },
    { "person", "P", WB_SCOPE_CASE },
    { "consent", "C", WB_SCOPE_CASE },
    { "evidence", "E", WB_SCOPE_EITHER },
    { "note", "N", WB_SCOPE_CASE },
    { "incident", "I", WB_SCOPE_CASE },
    { "involvement", "IV", WB_SCOPE_CASE },
    { "official", "O", WB_SCOPE_CASE },
    { "period", "PD", WB_SCOPE_CASE },
    { "version", "VS", WB_SCOPE_CASE },
    { "assessment", "AS", WB_SCOPE_CASE },
    { "finding", "F", WB_SCOPE_CASE },
    { "declaration", "DC", WB_SCOPE_EITHER },
    { "interview", "IW", WB_SCOPE_CASE },
    { "task", "T", WB_SCOPE_EITHER },
    { "link", "L", WB_SCOPE_EITHER },
    { "pattern", "PT", WB_SCOPE_REGISTER },
    { "referral", "R", WB_SCOPE_CASE },
    { "followup", "FU", WB_SCOPE_EITHER },
    { "complaint", "K", WB_SCOPE_CASE },
    { "request", "IR", WB_SCOPE_EITHER },
    { "recommendation", "RC", WB_SCOPE_REGISTER },
    { "decision", "D", WB_SCOPE_EITHER },
    { "letter", "LT", WB_SCOPE_EITHER },
    { "visit", "V", WB_SCOPE_REGISTER },
    { "observation", "OB", WB_SCOPE_EITHER },
    { "sample", "SA", WB_SCOPE_REGISTER },
    { "dsr", "DS", WB_SCOPE_EITHER },
    { "woo", "W", WB_SCOPE_REGISTER },
    { "withheld", "WH", WB_SCOPE_EITHER },
    { "custody", "CU", WB_SCOPE_EITHER },
    { "breach", "B", WB_SCOPE_EITHER },
    { "destruction", "DX", WB_SCOPE_REGISTER },
    { "yearbook", "Y", WB_SCOPE_REGISTER },
    { "body", "BO", WB_SCOPE_REGISTER },
    { "clearance", "CL", WB_SCOPE_REGISTER },
    { "site", "SI", WB_SCOPE_REGISTER },
    { "term", "TM", WB_SCOPE_REGISTER },
    { "template", "TP", WB_SCOPE_REGISTER },
    { "checkitem", "CI", WB_SCOPE_REGISTER },
    { "holiday", "H", WB_SCOPE_REGISTER },
    { "target", "TG", WB_SCOPE_REGISTER },
    { "clockact", "CA", WB_SCOPE_EITHER },
  };
  WbModel *model = get_model ();
  GPtrArray *types = wb_model_get_types (model);

  assert_int_equal (types->len, G_N_ELEMENTS (expected));
  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);

    assert_string_equal (type->name, expected[i].name);
    assert_int_equal (g_strcmp0 (type->prefix, expected[i].prefix), 0);
    assert_int_equal (type->scope, expected[i].scope);
    assert_int_equal (type->single, strcmp (type->name, "body") == 0);
    for (guint j = 0; j < type->fields->len; j++) {
      const WbField *field = g_ptr_array_index (type->fields, j);

      assert_true (*field->label[WB_LANGUAGE_NL] != '\0' && *field->label[WB_LANGUAGE_EN] != '\0');
      assert_string_not_equal (wb_model_get_group_label (model, field->group, WB_LANGUAGE_NL),
                               field->group);
      if (type->system)
        assert_true (field->system);
    }
  }
  wb_test_count ("record-types", types->len);
}

static void
only_the_account_of_an_allegation_is_required (void **state)
{
  const WbRecordType *type = wb_model_find_type (get_model (), "allegation");

  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    assert_true ((field->need == WB_NEED_REQUIRED) == (strcmp (field->name, "account") == 0));
  }
}

static void
fields_that_start_clocks_name_their_event (void **state)
{
  static const char *const expected[][3] = {
    { "allegation", "received", "ev.intake.received" },
    { "allegation", "when", "ev.conduct" },
    { "allegation", "ack_sent", "ev.ack.sent" },
    { "consent", "given_on", "ev.consent.given" },
    { "consent", "withdrawn_on", "ev.consent.withdrawn" },
    { "person", "presented", "ev.person.presented" },
    { "person", "application_made", "ev.application.made" },
    { "person", "detention_started", "ev.detention.started" },
    { "person", "right_to_remain_ended", "ev.righttoremain.ended" },
    { "person", "remedy_final", "ev.remedy.final" },
    { "case", "closed", "ev.case.closed" },
    { "case", "transferred_in", "ev.transfer.delivered" },
  };
  WbModel *model = get_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WbRecordType *type = wb_model_find_type (model, expected[i][0]);
    const WbField *field = wb_record_type_find_field (type, expected[i][1]);

    assert_non_null (field);
    assert_int_equal (field->type, WB_FIELD_MOMENT);
    assert_string_equal (field->event, expected[i][2]);
  }
}

static void
identities_and_health_are_held_apart (void **state)
{
  static const struct {
    const char *type, *field;
    WbSensitivity sensitivity;
  } expected[] = {
    { "person", "name", WB_SENSITIVITY_IDENTITY },
    { "person", "contact", WB_SENSITIVITY_IDENTITY },
    { "person", "safe_contact", WB_SENSITIVITY_SPECIAL },
    { "person", "whistleblower_identity", WB_SENSITIVITY_SEALED },
    { "person", "vulnerabilities", WB_SENSITIVITY_SPECIAL },
    { "allegation", "official_description", WB_SENSITIVITY_IDENTITY },
    { "allegation", "injuries", WB_SENSITIVITY_SPECIAL },
    { "allegation", "account", WB_SENSITIVITY_CASE },
    { "evidence", "from", WB_SENSITIVITY_IDENTITY },
  };
  WbModel *model = get_model ();

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WbRecordType *type = wb_model_find_type (model, expected[i].type);
    const WbField *field = wb_record_type_find_field (type, expected[i].field);

    assert_int_equal (field->sensitivity, expected[i].sensitivity);
  }
}

static void
list_version_tells_changed_data (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbModel) other = NULL;
  Sources sources;

  read_sources (&sources,
                "model/taxonomy.tsv",
                "\textra\n",
                "\textra\nown\tsite.own\tEigen\tOwn\t\n");
  other = load_sources (&sources, &error);
  wb_assert_no_error (error);
  assert_non_null (wb_model_find_term (other, "site.own"));
  assert_string_not_equal (wb_model_get_version (other), wb_model_get_version (get_model ()));
}

static void
marks_of_certainty_are_in_no_label (void **state)
{
  g_auto (GStrv) vocabularies = wb_model_list_vocabularies (get_model ());
  GPtrArray *types = wb_model_get_types (get_model ());

  for (guint i = 0; vocabularies[i] != NULL; i++) {
    g_autoptr (GPtrArray) terms = wb_model_list_terms (get_model (), vocabularies[i]);

    for (guint k = 0; k < 2 * terms->len; k++)
      wb_test_no_mark (((const WbTerm *) g_ptr_array_index (terms, k / 2))->label[k % 2]);
  }
  for (guint i = 0; i < types->len; i++) {
    GPtrArray *fields = ((const WbRecordType *) g_ptr_array_index (types, i))->fields;

    for (guint k = 0; k < 2 * fields->len; k++) {
      wb_test_no_mark (((const WbField *) g_ptr_array_index (fields, k / 2))->label[k % 2]);
      wb_test_no_mark (((const WbField *) g_ptr_array_index (fields, k / 2))->help[k % 2]);
    }
  }
}

static void
every_code_of_the_domain_list_is_there_with_its_labels (void **state)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAARBORG_SOURCE"),
                                            "tests",
                                            "core",
                                            "model",
                                            "taxonomy-codes.tsv",
                                            NULL);
  g_autofree char *text = wb_test_read (path, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
    const WbTerm *term;

    if (g_strv_length (columns) != 3)
      continue;
    term = wb_model_find_term (get_model (), columns[0]);
    if (term == NULL)
      fail_msg ("no term %s", columns[0]);
    assert_string_equal (term->label[WB_LANGUAGE_NL], columns[1]);
    assert_string_equal (term->label[WB_LANGUAGE_EN], columns[2]);
    n++;
  }
  assert_int_equal (n, 368);
  wb_test_count ("taxonomy", n);
}

static void
vocabularies_of_the_text_are_there_too (void **state)
{
  static const struct {
    const char *name;
    guint n;
  } expected[] = {
    { "degree", 4 }, { "reliab", 6 }, { "form", 10 },        { "impl", 6 },
    { "conf", 5 },   { "kind", 9 },   { "consentstate", 7 }, { "critresult", 4 },
    { "regime", 3 }, { "stage", 39 }, { "authority", 18 },
  };
  g_auto (GStrv) names = wb_model_list_vocabularies (get_model ());

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GPtrArray) terms = wb_model_list_terms (get_model (), expected[i].name);

    assert_int_equal (terms->len, expected[i].n);
    assert_true (g_strv_contains ((const char *const *) names, expected[i].name));
  }
}

static void
extra_column_is_read_by_key (void **state)
{
  const WbTerm *term = wb_model_find_term (get_model (), "urgency.critical");
  g_autofree char *clock = wb_term_dup_extra (term, "Default clock");
  g_autofree char *huridocs = wb_term_dup_extra (term, "HURIDOCS MT 46");
  g_autofree char *none = wb_term_dup_extra (term, "Default");
  const WbTerm *site = wb_model_find_term (get_model (), "site.schiphol.ac");
  g_autofree char *verified = wb_term_dup_extra (site, "What is verified");

  assert_string_equal (clock, "pol.triage.critical");
  assert_string_equal (huridocs, "010000000000");
  assert_null (none);
  assert_string_equal (verified, "IND centre inside JCS [V:jcs]; border procedure there [V:seed]");
}

static void
weightiest_reason_sets_the_urgency (void **state)
{
  g_autoptr (JsonArray) reasons = json_array_new ();

  assert_null (wb_model_urgency_for (get_model (), NULL));
  assert_null (wb_model_urgency_for (get_model (), reasons));
  json_array_add_string_element (reasons, "urgreason.norep");
  json_array_add_string_element (reasons, "no.such.code");
  assert_string_equal (wb_model_urgency_for (get_model (), reasons), "urgency.urgent");
  json_array_add_string_element (reasons, "urgreason.removal");
  json_array_add_string_element (reasons, "urgreason.child_detained");
  assert_string_equal (wb_model_urgency_for (get_model (), reasons), "urgency.critical");
}

static void
workflow_allows_its_moves_and_no_others (void **state)
{
  WbModel *model = get_model ();
  g_autoptr (GPtrArray) statuses = wb_model_list_terms (model, "status");
  guint n = 0;

  for (guint i = 0; i < statuses->len; i++) {
    for (guint j = 0; j < statuses->len; j++) {
      const char *from = ((const WbTerm *) g_ptr_array_index (statuses, i))->code;
      const char *to = ((const WbTerm *) g_ptr_array_index (statuses, j))->code;
      g_autoptr (GError) error = NULL;
      gboolean allowed = wb_model_is_move_allowed (model, from, to, &error);

      if (!allowed)
        wb_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
      n += allowed && i != j;
    }
  }
  assert_int_equal (n, 52);
  assert_true (wb_model_is_move_allowed (model, NULL, "status.registered", NULL));
  assert_true (wb_model_is_move_allowed (model, NULL, "status.draft", NULL));
  assert_false (wb_model_is_move_allowed (model, NULL, "status.closed", NULL));
  assert_false (wb_model_is_move_allowed (model, "status.registered", "status.closed", NULL));
  assert_false (wb_model_is_move_allowed (model, "status.destroyed", "status.closed", NULL));
  assert_false (wb_model_is_move_allowed (model, "status.triage", NULL, NULL));
  assert_string_equal (wb_model_get_initial_status (model), "status.registered");
}

static void
moves_tell_what_they_demand (void **state)
{
  WbModel *model = get_model ();
  const WbMove *close = wb_model_find_move (model, "status.closing", "status.closed");
  const WbMove *destroy = wb_model_find_move (model, "status.archived", "status.destroyed");
  g_auto (GStrv) next = wb_model_list_moves (model, "status.registered");
  const WbGuard *guard = g_ptr_array_index (close->guards, 0);

  assert_int_equal (destroy->users, 2);
  assert_string_equal (close->who, "second-reader");
  assert_int_equal (close->guards->len, 8);
  assert_int_equal (guard->check, WB_GUARD_FIELD_PRESENT);
  assert_string_equal (guard->field, "outcome");
  assert_int_equal (g_strv_length (next), 2);
  assert_string_equal (next[0], "status.triage");
}

static void
mistakes_in_records_are_refused_with_their_line (void **state)
{
  const char *file = "model/records.json";

  refuses (file, "\"type\": \"longtext\"", "\"type\": \"longtxt\"", "records.json, line ");
  refuses (file, "\"type\": \"longtext\"", "\"type\": \"longtxt\"", "“longtxt”");
  refuses (file, "\"vocabulary\": \"act\"", "\"vocabulary\": \"acts\"", "“acts”");
  refuses (file, "\"event\": \"ev.conduct\"", "\"event\": \"ev.conduc\"", "event");
  refuses (file, "\"target\": \"person\"", "\"target\": \"human\"", "target");
  refuses (file, "\"group\": \"what\"", "\"group\": \"wat\"", "“wat”");
  refuses (file, "\"name\": \"acts\"", "\"name\": \"account\"", "twice");
  refuses (file, "\"name\": \"acts\"", "\"naam\": \"acts\"", "“naam”");
  refuses (file, "\"prefix\": \"P\"", "\"prefix\": \"A\"", "prefix");
  refuses (file, "waarborg-model v1", "waarborg-model v2", "waarborg-model v1");
  refuses (file, "\"groups\": [", "\"groups\": {", "records.json: Line 10");
  refuses (file, "\"theme\", \"degree\"", "\"themes\", \"degree\"", "“themes”");
  refuses (file, "\"maximum\": 120", "\"maximum\": -1", "minimum");
  refuses (file, "\"label\": {\"nl\": \"Verhaal\", ", "\"label\": {", "“nl”");
}

static void
mistakes_in_vocabularies_are_refused_with_their_line (void **state)
{
  const char *file = "model/taxonomy.tsv";

  refuses (file, "right.charter.2\t", "right.charter.1\t", "taxonomy.tsv, line 3");
  refuses (file, "right.charter.2\t", "Right.charter.2\t", "taxonomy.tsv, line 3");
  refuses (file, "right.charter.2\t", "right..charter\t", "taxonomy.tsv, line 3");
  refuses (file, "Recht op leven\t", "\t", "taxonomy.tsv, line 3");
  refuses (file, "Recht op leven\t", "Recht op leven", "taxonomy.tsv, line 3");
  refuses (file, "section\tcode", "code\tsection", "taxonomy.tsv, line 1");
  refuses (file, "Recht op leven", "Recht op \xff leven", "taxonomy.tsv");
  refuses (file, "At least=`urgency.critical`", "At least=`urgency.top`", "At least");
}

static void
mistakes_in_the_workflow_are_refused_with_their_line (void **state)
{
  const char *file = "model/workflow.json";

  refuses (file, "\"from\": \"status.draft\"", "\"from\": \"status.drft\"", "workflow.json, line ");
  refuses (file, "\"check\": \"other-user\"", "\"check\": \"other\"", "“other”");
  refuses (file, "\"field\": \"outcome\"", "\"field\": \"outcom\"", "field");
  refuses (file, "\"subst.pending\"", "\"subst.later\"", "subst.later");
  refuses (file, "\"guards\": [\"category\"]", "\"guards\": [\"categor\"]", "“categor”");
  refuses (file, "\"while\": \"still-", "\"while\": \"stil-", "“stil-");
  refuses (file, "{\"kind\": \"decisionkind.child", "{\"kind\": \"decisionkind.chld", "chld");
  refuses (file, "\"users\": 2", "\"users\": 3", "users");
  refuses (file, "\"to\": \"status.merged\"", "\"to\": \"status.triage\"", "twice");
  refuses (file,
           "\"initial\": \"status.registered\"",
           "\"initial\": \"right.charter.1\"",
           "initial");
}

/* One value of @line replaced by one that nothing knows. */
static char *
spoil (const char *line, const char *member)
{
  const char *at = strstr (line, member) + strlen (member);
  const char *end = strchr (at, '"');

  return g_strdup_printf ("%.*sxyzzy%s", (int) (at - line), line, end);
}

static WbModel *
load_spoiled (const char *name, char **lines, guint at, const char *spoiled, GError **error)
{
  g_autofree char *kept = lines[at];
  g_autofree char *text = NULL;
  Sources sources;

  lines[at] = (char *) spoiled;
  text = g_strjoinv ("\n", lines);
  lines[at] = g_steal_pointer (&kept);
  read_sources (&sources, NULL, NULL, NULL);
  for (gsize i = 0; i < sources.n; i++) {
    if (strcmp (sources.list[i].name, name) != 0)
      continue;
    g_bytes_unref (sources.list[i].bytes);
    sources.list[i].bytes = g_bytes_new (text, strlen (text));
  }
  return load_sources (&sources, error);
}

/* Members whose value must name something; a field's stand on the line that the message names. */
static guint
spoil_each (const char *name, guint every, guint *count)
{
  static const char *const members[] = {
    "\"type\": \"",   "\"group\": \"",      "\"sensitivity\": \"",
    "\"need\": \"",   "\"vocabulary\": \"", "\"results\": \"",
    "\"target\": \"", "\"event\": \"",      "\"basis\": \"",
  };
  g_autofree char *path = g_strconcat ("model/", name, NULL);
  g_autofree char *text = read_resource (path);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (members); j++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *spoiled = NULL;
      g_autofree char *expected = g_strdup_printf ("%s, line %u (", name, i + 1);
      WbModel *model;

      if (strstr (lines[i], members[j]) == NULL || (*count)++ % every != 0)
        continue;
      spoiled = spoil (lines[i], members[j]);
      model = load_spoiled (name, lines, i, spoiled, &error);
      if (model != NULL || !g_str_has_prefix (error->message, expected))
        fail_msg ("%s: %s", spoiled, error != NULL ? error->message : "loaded");
      n++;
    }
  }
  return n;
}

static void
any_planted_mistake_is_refused_on_its_line (void **state)
{
  guint n = 0, count = 0;

  for (gsize i = 0; wb_model_files[i] != NULL; i++)
    if (strstr (wb_model_files[i], "records") != NULL)
      n += spoil_each (wb_model_files[i], 17, &count);
  assert_true (n > 100);
  wb_test_count ("model-mistakes", n);
}

static void
mistakes_in_types_are_refused_with_their_line (void **state)
{
  const char *file = "model/records/visit.json";

  refuses (file, "\"scope\": \"register\"", "\"scope\": \"world\"", "records/visit.json, line 10");
  refuses (file, "      \"scope\": \"register\",\n", "", "“scope” is missing");
  refuses (file, "\"prefix\": \"V\"", "\"prefix\": \"VVVV\"", "one to three capitals");
  refuses (file, "\"prefix\": \"V\"", "\"prefix\": \"v\"", "one to three capitals");
  refuses (file, "\"prefix\": \"V\"", "\"prefix\": \"R\"", "used before");
  refuses (file, "      \"prefix\": \"V\",\n", "", "one to three capitals");
  refuses (
      file,
      "\"name\": \"observation\", \"label\": {\"nl\": \"Waarneming\", \"en\": \"Observation\"}, ",
      "\"name\": \"visit\", \"label\": {\"nl\": \"Waarneming\", \"en\": \"Observation\"}, ",
      "used before");
  refuses (file, "{\"name\": \"visit\"", "{\"name\": \"what\"", "given before");
  refuses (file, "waarborg-model v1\",", "waarborg-model v1\", \"version\": \"2\",", "first file");
  refuses (file, "\"minimum\": 0", "\"minimum\": \"0\"", "whole number");
  refuses (file, "\"target\": \"visit\"", "\"target\": \"voyage\"", "records/visit.json, line ");
  refuses (file, "\"system\": true", "\"system\": \"yes\"", "true or false");
  refuses ("model/records/body.json",
           "\"scope\": \"register\",\n      \"single\"",
           "\"scope\": \"either\",\n      \"single\"",
           "“single”");
  refuses ("model/records.json", "\"version\": \"2026-11-24\",\n", "", "“version” is missing");
}

static void
mistakes_in_bases_are_refused_with_their_line (void **state)
{
  const char *file = "model/bases.tsv";

  refuses (file, "act\tlabel_nl", "label_nl\tact", "bases.tsv, line 1");
  refuses (file, "\t[V:scr10]\n", "\t[V:]\n", "bases.tsv, line 2: the certainty");
  refuses (file, "\t[V:scr10]\n", "\n", "bases.tsv, line 2: four columns");
  refuses (file, "Screeningsverordening, onafhankelijk toezicht", "", "no column may be empty");
  refuses (file, "(EU) 2024/1356 art. 10(2)", "(EU) 2024/1356 art. 10(1)", "line 3: this act");
  refuses (file, "Sv\tWetboek", "Sr\tWetboek", "“Sv 162”");
}

static void
basis_of_a_field_tells_how_sure_it_is (void **state)
{
  static const struct {
    const char *type, *field, *certainty;
  } expected[] = {
    { "referral", "target", "[V:scr10]" },
    { "complaint", "adjourned", "[V:awb911]" },
    { "complaint", "suspended", "[V:awb9]" },
    { "case", "retention_category", "[?]" },
    { "decision", "kind", "[K]" },
    { "visit", "team", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    const WbRecordType *type = wb_model_find_type (get_model (), expected[i].type);
    const WbField *field = wb_record_type_find_field (type, expected[i].field);

    assert_int_equal (g_strcmp0 (field->certainty, expected[i].certainty), 0);
  }
}

static void
model_without_one_of_its_files_is_refused (void **state)
{
  g_autoptr (GError) error = NULL;
  Sources sources;

  read_sources (&sources, NULL, NULL, NULL);
  g_bytes_unref (sources.list[--sources.n].bytes);
  assert_null (load_sources (&sources, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_record_type_is_there_with_labels_in_both_languages),
    cmocka_unit_test (only_the_account_of_an_allegation_is_required),
    cmocka_unit_test (fields_that_start_clocks_name_their_event),
    cmocka_unit_test (identities_and_health_are_held_apart),
    cmocka_unit_test (list_version_tells_changed_data),
    cmocka_unit_test (marks_of_certainty_are_in_no_label),
    cmocka_unit_test (every_code_of_the_domain_list_is_there_with_its_labels),
    cmocka_unit_test (vocabularies_of_the_text_are_there_too),
    cmocka_unit_test (extra_column_is_read_by_key),
    cmocka_unit_test (weightiest_reason_sets_the_urgency),
    cmocka_unit_test (workflow_allows_its_moves_and_no_others),
    cmocka_unit_test (moves_tell_what_they_demand),
    cmocka_unit_test (mistakes_in_records_are_refused_with_their_line),
    cmocka_unit_test (any_planted_mistake_is_refused_on_its_line),
    cmocka_unit_test (mistakes_in_types_are_refused_with_their_line),
    cmocka_unit_test (mistakes_in_bases_are_refused_with_their_line),
    cmocka_unit_test (basis_of_a_field_tells_how_sure_it_is),
    cmocka_unit_test (model_without_one_of_its_files_is_refused),
    cmocka_unit_test (mistakes_in_vocabularies_are_refused_with_their_line),
    cmocka_unit_test (mistakes_in_the_workflow_are_refused_with_their_line),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
