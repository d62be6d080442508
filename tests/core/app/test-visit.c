/* SPDX-License-Identifier: EUPL-1.2 */

/* Visits and their samples as their users run them; samples drawn again with sha256sum and sort. */
#include <string.h>

#include "wb-test-ctl.h"

#define NOW "2026-11-24T09:00:00Z"
#define VISIT "NL-TEST-V-1"
#define EVIDENCE "NL-TEST-2026-0001/E-1"
#define SAMPLE "NL-TEST-SA-1"

static const char ITEMS[] =
    "[{\"type\":\"visit\",\"handle\":\"@v\",\"fields\":{\"title\":\"Nachtbezoek\",\"site\":\"site."
    "schiphol.jcs\",\"announced\":false,\"started\":\"2026-11-23T22:00+01:00\",\"access\":\"access."
    "partly\",\"access_note\":\"Afdeling C bleef dicht.\",\"stages\":[\"stage.border.detention\"],"
    "\"documents_asked\":\"Isolatieregister\"}},"
    "{\"type\":\"checkitem\",\"fields\":{\"code\":\"check.own.light\",\"stage\":\"stage.border."
    "detention\",\"label_nl\":\"Kan het licht uit?\",\"label_en\":\"Can the light be put out?\"}},"
    "{\"type\":\"observation\",\"fields\":{\"visit\":\"@v\",\"stage\":\"stage.border.detention\","
    "\"question\":\"check.detention.outdoor\",\"answer\":\"answer.no\"}},"
    "{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Proef\"}},"
    "{\"type\":\"interview\",\"case\":\"@c\",\"fields\":{\"visit\":\"@v\",\"private\":true,"
    "\"language\":\"ara\",\"interpreter\":true}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"visit\":\"@v\",\"account\":\"Geen "
    "frisse lucht.\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"visit\":\"@v\",\"source\":\"source."
    "person\",\"site\":\"site.terapel.ac\",\"account\":\"Eerder geslagen.\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"Elders.\"}}]";

static void
record_all (WbTestCtl *self)
{
  g_autofree char *file = wb_test_ctl_write (self, "items.json", ITEMS, -1);

  if (wb_test_ctl_run (self, "record", self->path, file, "--now", NOW, NULL) != 0)
    fail_msg ("%s", self->err);
}

static JsonNode *
parse (WbTestCtl *self)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (self->out, &error);

  wb_assert_no_error (error);
  return node;
}

/* The list of that many lines, in a file. */
static char *
write_list (WbTestCtl *self, const char *name, const char *word, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i <= n; i++)
    g_string_append_printf (text, "%s %u\n", word, i);
  return wb_test_ctl_write (self, name, text->str, (gssize) text->len);
}

static void
make_sample (WbTestCtl *self, guint population, guint size)
{
  g_autofree char *n = g_strdup_printf ("%u", population);
  g_autofree char *k = g_strdup_printf ("%u", size);

  if (wb_test_ctl_run (self,
                       "sample",
                       self->path,
                       VISIT,
                       "--population",
                       n,
                       "--size",
                       k,
                       "--json",
                       NULL) != 0)
    fail_msg ("%s", self->err);
}

static int
draw (WbTestCtl *self, const char *sample, const char *list)
{
  return wb_test_ctl_run (self, "sample", self->path, sample, "--list", list, "--json", NULL);
}

/* As docs/sample.md says. */
static char *
draw_with_tools (WbTestCtl *self, const char *seed, const char *list, guint n, guint k)
{
  g_autofree char *script = g_strdup_printf (
      "for i in $(seq 1 %u); do\n"
      "    printf '%%s %%d\\n' \"$(printf '%%s:%%d' %s \"$i\" | sha256sum | cut -d ' ' -f 1)\" "
      "\"$i\"\n"
      "done | LC_ALL=C sort | head -n %u | cut -d ' ' -f 2 |\n"
      "while read -r i; do printf '%%s=' \"$i\"; sed -n \"${i}p\" '%s'; done; sha256sum < '%s'",
      n,
      seed,
      k,
      list,
      list);
  const char *words[] = { "sh", "-ec", script, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = -1;

  g_spawn_sync (self->folder,
                (char **) words,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &out,
                NULL,
                &status,
                &error);
  wb_assert_no_error (error);
  assert_int_equal (status, 0);
  return out;
}

/* The same text from what the program answered. */
static char *
answer_as_text (JsonObject *answer)
{
  JsonArray *drawn = json_object_get_array_member (answer, "drawn");
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (drawn); i++) {
    JsonObject *one = json_array_get_object_element (drawn, i);

    g_string_append_printf (text,
                            "%d=%s\n",
                            (int) json_object_get_int_member (one, "number"),
                            json_object_get_string_member (one, "line"));
  }
  g_string_append_printf (text, "%s  -\n", json_object_get_string_member (answer, "list_hash"));
  return g_string_free (text, FALSE);
}

static void
a_sample_is_drawn_as_shell_tools_draw_it (void **state)
{
  static const guint CASES[][2] = { { 1, 1 }, { 2, 1 }, { 12, 12 }, { 40, 5 }, { 120, 9 } };
  WbTestCtl *self = *state;

  record_all (self);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    guint n = CASES[i][0], k = CASES[i][1];
    g_autofree char *sample = g_strdup_printf ("NL-TEST-SA-%u", i + 1);
    g_autofree char *list = write_list (self, "list.txt", "Cel é", n);
    g_autofree char *ours = NULL;
    g_autofree char *theirs = NULL;
    g_autoptr (JsonNode) node = NULL;
    JsonObject *answer;

    make_sample (self, n, k);
    assert_int_equal (draw (self, sample, list), 0);
    node = parse (self);
    answer = json_node_get_object (node);
    ours = answer_as_text (answer);
    theirs = draw_with_tools (self, json_object_get_string_member (answer, "seed"), list, n, k);
    assert_string_equal (ours, theirs);
  }
  wb_test_count ("sample", G_N_ELEMENTS (CASES));
}

static void
a_seed_is_logged_under_a_checkpoint_before_the_list (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) made = NULL;
  g_autoptr (JsonNode) shown = NULL;
  JsonObject *fields;
  gint64 size;

  record_all (self);
  make_sample (self, 20, 3);
  assert_null (strstr (self->out, "seed"));
  made = parse (self);
  size = json_object_get_int_member (json_node_get_object (made), "entries");
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, SAMPLE, "--json", NULL), 0);
  shown = parse (self);
  fields = json_array_get_object_element (json_node_get_array (shown), 0);
  assert_true (json_object_get_int_member (fields, "last_entry") < size);
  fields = json_object_get_object_member (fields, "fields");
  assert_int_equal (strlen (json_object_get_string_member (fields, "seed")), 64);
  assert_false (json_object_has_member (fields, "list_hash"));
}

static void
a_second_list_on_one_seed_is_refused_and_the_list_is_never_kept (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *list = NULL;
  g_autofree char *other = NULL;
  g_autofree char *shorter = NULL;

  record_all (self);
  list = write_list (self, "list.txt", "kanariezang", 30);
  other = write_list (self, "other.txt", "andere", 30);
  shorter = write_list (self, "short.txt", "kort", 29);
  make_sample (self, 30, 4);
  assert_int_equal (wb_test_ctl_run (self, "sample", self->path, SAMPLE, "--check", NULL), 1);
  assert_int_equal (draw (self, SAMPLE, shorter), 1);
  assert_int_equal (draw (self, SAMPLE, list), 0);
  assert_int_equal (draw (self, SAMPLE, list), 0);
  assert_int_equal (draw (self, SAMPLE, other), 1);
  assert_non_null (strstr (self->err, "sample-once"));
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, SAMPLE, "--json", NULL), 0);
  assert_non_null (strstr (self->out, "\"refused\""));
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, SAMPLE, "--json", NULL), 0);
  assert_non_null (strstr (self->out, "\"numbers\""));
  assert_null (strstr (self->out, "kanariezang"));
  assert_int_equal (wb_test_ctl_run (self, "search", self->path, "kanariezang", "--json", NULL), 0);
  assert_null (strstr (self->out, SAMPLE));
  assert_int_equal (wb_test_ctl_run (self, "sample", self->path, SAMPLE, "--check", NULL), 0);
  assert_int_equal (
      wb_test_ctl_run (self, "sample", self->path, SAMPLE, "--check", "--list", other, NULL),
      3);
}

static void
what_a_sample_is_of_stays_as_it_was_logged (void **state)
{
  WbTestCtl *self = *state;

  record_all (self);
  make_sample (self, 30, 4);
  assert_int_equal (wb_test_ctl_run (self, "change", self->path, SAMPLE, "size=5", NULL), 1);
  assert_non_null (strstr (self->err, "sample-kept"));
  assert_int_equal (wb_test_ctl_run (self, "change", self->path, SAMPLE, "seed=00", NULL), 1);
  assert_int_equal (
      wb_test_ctl_run (self, "sample", self->path, VISIT, "--population", "3", "--size", "4", NULL),
      1);
  assert_int_equal (wb_test_ctl_run (self, "sample", self->path, VISIT, NULL), 2);
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

static JsonObject *
fields_of (JsonArray *records, guint i)
{
  return json_object_get_object_member (json_array_get_object_element (records, i), "fields");
}

static void
an_allegation_takes_over_what_its_visit_knows (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *allegations;
  JsonObject *first, *second;

  record_all (self);
  assert_int_equal (wb_test_ctl_run (self, "visit", self->path, VISIT, "--json", NULL), 0);
  node = parse (self);
  allegations = json_object_get_array_member (json_node_get_object (node), "allegations");
  assert_int_equal (json_array_get_length (allegations), 2);
  first = fields_of (allegations, 0);
  second = fields_of (allegations, 1);
  assert_string_equal (json_object_get_string_member (first, "channel"), "channel.visit");
  assert_string_equal (json_object_get_string_member (first, "source"), "source.monitor");
  assert_string_equal (json_object_get_string_member (first, "site"), "site.schiphol.jcs");
  assert_string_equal (
      json_array_get_string_element (json_object_get_array_member (first, "stages"), 0),
      "stage.border.detention");
  assert_string_equal (json_object_get_string_member (second, "channel"), "channel.visit");
  assert_string_equal (json_object_get_string_member (second, "source"), "source.person");
  assert_string_equal (json_object_get_string_member (second, "site"), "site.terapel.ac");
  assert_int_equal (
      wb_test_ctl_run (self, "show", self->path, "NL-TEST-2026-0001/A-3", "--json", NULL),
      0);
  assert_null (strstr (self->out, "channel.visit"));
}

/* Whether the checklist has the question, and whether that is open. */
static void
assert_question (JsonObject *visit, const char *code, gboolean open)
{
  JsonArray *list = json_object_get_array_member (visit, "checklist");

  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *question = json_array_get_object_element (list, i);

    if (g_str_equal (json_object_get_string_member (question, "question"), code)) {
      assert_int_equal (json_object_get_boolean_member (question, "open"), open);
      return;
    }
  }
  fail_msg ("%s is not in the checklist", code);
}

static void
a_visit_shows_what_belongs_to_it_and_what_is_open (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *visit;

  record_all (self);
  make_sample (self, 30, 4);
  assert_int_equal (wb_test_ctl_run (self, "visit", self->path, VISIT, "--json", NULL), 0);
  node = parse (self);
  visit = json_node_get_object (node);
  assert_true (json_object_get_boolean_member (visit, "obstructed"));
  assert_string_equal (json_object_get_string_member (visit, "documents_asked"),
                       "Isolatieregister");
  assert_int_equal (json_array_get_length (json_object_get_array_member (visit, "observations")),
                    1);
  assert_int_equal (json_array_get_length (json_object_get_array_member (visit, "interviews")), 1);
  assert_int_equal (json_array_get_length (json_object_get_array_member (visit, "samples")), 1);
  assert_question (visit, "check.detention.outdoor", FALSE);
  assert_question (visit, "check.detention.care", TRUE);
  assert_question (visit, "check.own.light", TRUE);
  assert_null (strstr (self->out, "check.return.force"));
  assert_int_equal (wb_test_ctl_run (self, "visit", self->path, VISIT, NULL), 0);
  assert_non_null (strstr (self->out, "obstructed"));
  assert_int_equal (wb_test_ctl_run (self, "visit", self->path, "NL-TEST-2026-0001", NULL), 1);
}

/* What was asked for and what was handed over; the document is in a case, the request in none. */
static void
documents_asked_for_and_received_show_with_their_visit (void **state)
{
  static const char ASKED[] =
      "{\"type\":\"request\",\"fields\":{\"visit\":\"NL-TEST-V-1\",\"addressee\":\"authority."
      "dji\",\"basis\":\"infobasis.awb_9_31\",\"asked\":\"2026-11-23\",\"due\":\"2026-12-07\"}}";
  WbTestCtl *self = *state;
  g_autofree char *request = wb_test_ctl_write (self, "request.json", ASKED, -1);
  g_autofree char *file = wb_test_ctl_write (self, "register.txt", "isoleercel", -1);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *requests, *evidence;

  record_all (self);
  assert_int_equal (wb_test_ctl_run (self, "record", self->path, request, NULL), 0);
  assert_int_equal (wb_test_ctl_run (self, "attach", self->path, "NL-TEST-2026-0001", file, NULL),
                    0);
  assert_int_equal (wb_test_ctl_run (self, "change", self->path, EVIDENCE, "visit=" VISIT, NULL),
                    0);
  assert_int_equal (wb_test_ctl_run (self, "visit", self->path, VISIT, "--json", NULL), 0);
  node = parse (self);
  requests = json_object_get_array_member (json_node_get_object (node), "requests");
  evidence = json_object_get_array_member (json_node_get_object (node), "evidence");
  assert_int_equal (json_array_get_length (requests), 1);
  assert_string_equal (json_object_get_string_member (fields_of (requests, 0), "due"),
                       "2026-12-07");
  assert_int_equal (json_array_get_length (evidence), 1);
  assert_string_equal (json_object_get_string_member (fields_of (evidence, 0), "name"),
                       "register.txt");
  assert_int_equal (
      wb_test_ctl_run (self, "change", self->path, EVIDENCE, "visit=NL-TEST-2026-0001/A-1", NULL),
      1);
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (a_sample_is_drawn_as_shell_tools_draw_it),
    with_ctl (a_seed_is_logged_under_a_checkpoint_before_the_list),
    with_ctl (a_second_list_on_one_seed_is_refused_and_the_list_is_never_kept),
    with_ctl (what_a_sample_is_of_stays_as_it_was_logged),
    with_ctl (an_allegation_takes_over_what_its_visit_knows),
    with_ctl (a_visit_shows_what_belongs_to_it_and_what_is_open),
    with_ctl (documents_asked_for_and_received_show_with_their_visit),
  };

  return cmocka_run_group_tests_name ("visit", tests, NULL, NULL);
}
