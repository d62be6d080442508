/* SPDX-License-Identifier: EUPL-1.2 */

/* A model file that was changed tells so by its version; one with a mistake is refused with its
 * line. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"
#include "wb-resources.h"

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
  assert_string_not_equal (wb_model_get_version (other),
                           wb_model_get_version (wb_model_get_default (NULL)));
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
    cmocka_unit_test (list_version_tells_changed_data),
    cmocka_unit_test (mistakes_in_records_are_refused_with_their_line),
    cmocka_unit_test (any_planted_mistake_is_refused_on_its_line),
    cmocka_unit_test (mistakes_in_types_are_refused_with_their_line),
    cmocka_unit_test (mistakes_in_bases_are_refused_with_their_line),
    cmocka_unit_test (model_without_one_of_its_files_is_refused),
    cmocka_unit_test (mistakes_in_vocabularies_are_refused_with_their_line),
    cmocka_unit_test (mistakes_in_the_workflow_are_refused_with_their_line),
  };

  return cmocka_run_group_tests_name ("model-mistakes", tests, NULL, NULL);
}
