/* SPDX-License-Identifier: EUPL-1.2 */

/* A slip as it leaves the building: nothing of the case on it, in no language, in no layer. */
#include <string.h>

#include "wb-test-ctl.h"

#define CASE "NL-TEST-2026-0001"
#define ALLEGATION CASE "/A-1"
#define NOW "2026-11-24T13:37:00Z"

static const char ITEMS[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Nachtzwaluw\"}},"
    "{\"type\":\"person\",\"case\":\"@c\",\"handle\":\"@p\",\"fields\":{\"pseudonym\":\"Kolibrie\","
    "\"language\":\"arb\",\"minor\":true,\"v_number\":\"V7654321\",\"vulnerabilities\":[\"vuln."
    "language\"]}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"person\":\"@p\",\"received\":"
    "\"2026-11-13\",\"account\":\"Geslagen met een knuppel door korporaal Kievit.\",\"site\":"
    "\"site.schiphol.jcs\",\"stages\":[\"stage.border.detention\"],\"authorities\":[\"authority."
    "kmar\"],\"urgency\":\"urgency.critical\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"received\":\"2026-11-12\",\"account\":"
    "\"Eerder ook.\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"received\":\"2026-11\",\"account\":"
    "\"Ergens in november.\"}}]";

static const char BODY[] =
    "[{\"type\":\"body\",\"fields\":{\"phone\":\"0800 123 45 67\",\"email\":\"hulp@fictief.example"
    "\",\"address\":\"Postbus 1\\n2500 AA Den Haag\",\"dpo\":\"Secretarisvogel\"}}]";

/* Words, names, codes and labels of the case; none is a word of a slip. */
static const char *const CANARIES[] = {
  "Nachtzwaluw", "Kolibrie", "V7654321",  "vuln.",     "Geslagen", "knuppel",
  "Kievit",      "site.",    "schiphol",  "Schiphol",  "stage.",   "detention",
  "detentie",    "kmar",     "Marechaus", "authority", "urgency",  "critical",
  "Signaal",     "signaal",  "llegation", "lacht",     "omplaint", "status",
  "registered",  "template", "Secretari", "waarborg",  "Waarborg", "13:37",
};

static void
record (WbTestCtl *self, const char *items)
{
  g_autofree char *file = wb_test_ctl_write (self, "items.json", items, -1);

  if (wb_test_ctl_run (self, "record", self->path, file, "--now", NOW, NULL) != 0)
    fail_msg ("%s", self->err);
}

static int
setup (void **state)
{
  wb_test_ctl_setup (state);
  record (*state, ITEMS);
  record (*state, BODY);
  return 0;
}

static guint
count_letters (WbTestCtl *self)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *records;
  guint n = 0;

  assert_int_equal (wb_test_ctl_run (self, "show", self->path, CASE, "--json", NULL), 0);
  node = json_from_string (self->out, NULL);
  records = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (records); i++) {
    JsonObject *each = json_array_get_object_element (records, i);

    n += g_str_equal (json_object_get_string_member (each, "type"), "letter");
  }
  return n;
}

/* What is in a compressed part of a file. */
static void
append_inflated (GString *all, const char *bytes, gsize size)
{
  g_autoptr (GInputStream) memory =
      g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, G_CONVERTER (zlib));
  char buffer[4096];
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (all, buffer, n);
}

static char *
run_tool (WbTestCtl *self, const char *tool, const char *path, const char *last)
{
  const char *words[] = { "/usr/bin/env", tool, path, last, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_spawn_sync (self->folder, (char **) words, NULL, 0, NULL, NULL, &out, NULL, NULL, &error);
  wb_assert_no_error (error);
  return out;
}

/* The bytes, what they are uncompressed, what a reader shows and what it says of the file. */
static GString *
read_all (WbTestCtl *self, const char *path)
{
  GString *all = g_string_new (NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *text = run_tool (self, "pdftotext", path, "-");
  g_autofree char *information = run_tool (self, "pdfinfo", path, NULL);
  gsize size = 0;
  guint streams = 0;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_string_append_len (all, bytes, (gssize) size);
  for (const char *at = bytes; (at = memmem (at, size - (gsize) (at - bytes), "\nstream\n", 8));
       at += 8, streams++)
    append_inflated (all, at + 8, size - (gsize) (at + 8 - bytes));
  assert_true (streams > 0);
  g_string_append (all, text);
  g_string_append (all, information);
  return all;
}

static void
assert_no_canary (const GString *all)
{
  for (guint i = 0; i < G_N_ELEMENTS (CANARIES); i++) {
    if (memmem (all->str, all->len, CANARIES[i], strlen (CANARIES[i])) != NULL)
      fail_msg ("“%s” is on the slip", CANARIES[i]);
  }
}

static void
nothing_of_the_case_is_on_a_slip (void **state)
{
  static const char *const SLIPS[][2] = {
    { "nl", "--json" },  { "en", "--child" }, { "fr", "--plain" }, { "de", "--json" },
    { "es", "--child" }, { "ar", "--json" },  { "tr", "--child" }, { "ar", "--plain" },
  };
  WbTestCtl *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (SLIPS); i++) {
    g_autofree char *path = g_strdup_printf ("%s/slip-%u.pdf", self->folder, i);
    const char *kind = SLIPS[i][1];
    g_autoptr (GString) all = NULL;

    if (wb_test_ctl_run (self,
                         "slip",
                         self->path,
                         ALLEGATION,
                         "--lang",
                         SLIPS[i][0],
                         "--out",
                         path,
                         "--now",
                         NOW,
                         kind,
                         NULL) != 0)
      fail_msg ("%s", self->err);
    assert_int_equal (strstr (self->err, "sworn") != NULL, i > 1);
    all = read_all (self, path);
    assert_no_canary (all);
    assert_null (strstr (all->str, "sworn"));
    assert_non_null (memmem (all->str, all->len, "2026-0001/A-1", 13));
    if (g_str_equal (kind, "--plain")) {
      assert_null (memmem (all->str, all->len, "NL-TEST", 7));
      assert_null (memmem (all->str, all->len, "Inspectie", 9));
    }
  }
  wb_test_count ("slip-canaries", (guint) (G_N_ELEMENTS (SLIPS) * G_N_ELEMENTS (CANARIES)));
}

static void
its_text_form_tells_nothing_either (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self, "slip", self->path, CASE, "--lang", "eng", NULL), 0);
  for (guint i = 0; i < G_N_ELEMENTS (CANARIES); i++)
    assert_null (strstr (self->out, CANARIES[i]));
  assert_non_null (strstr (self->out, CASE "\n"));
  assert_non_null (strstr (self->out, "12 November 2026")); /* the earliest */
  assert_non_null (strstr (self->out, "Nobody may punish you"));
  assert_non_null (strstr (self->out, "is free"));
  assert_non_null (strstr (self->out, "take it back"));
  assert_non_null (strstr (self->out, "hulp@fictief.example"));
  assert_non_null (strstr (self->out, "  2500 AA Den Haag\n"));
}

static void
a_slip_is_one_act_that_names_its_language (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) shown = NULL;
  g_autofree char *before = NULL;
  JsonObject *fields;

  assert_int_equal (wb_test_ctl_run (self, "log", self->path, CASE, "--json", NULL), 0);
  before = g_strdup (self->out);
  assert_int_equal (
      wb_test_ctl_run (self, "slip", self->path, ALLEGATION, "--json", "--now", NOW, NULL),
      0);
  assert_non_null (strstr (self->err, "--child"));
  answer = json_from_string (self->out, NULL);
  assert_string_equal (json_object_get_string_member (json_node_get_object (answer), "language"),
                       "ara"); /* of the person, who reads it as it is written */
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, CASE "/LT-1", "--json", NULL), 0);
  shown = json_from_string (self->out, NULL);
  fields =
      json_object_get_object_member (json_array_get_object_element (json_node_get_array (shown), 0),
                                     "fields");
  assert_string_equal (json_object_get_string_member (fields, "direction"), "direction.out");
  assert_string_equal (json_object_get_string_member (fields, "template"), "template.slip");
  assert_string_equal (json_object_get_string_member (fields, "language"), "ara");
  assert_string_equal (json_object_get_string_member (fields, "subject"), ALLEGATION);
  assert_non_null (strstr (self->out, "2026-11-24"));
  assert_true (json_object_has_member (fields, "person"));
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, CASE, "--json", NULL), 0);
  {
    g_autoptr (JsonNode) was = json_from_string (before, NULL);
    g_autoptr (JsonNode) is = json_from_string (self->out, NULL);

    assert_int_equal (json_array_get_length (json_node_get_array (is)),
                      json_array_get_length (json_node_get_array (was)) + 1);
  }
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

static void
assert_refused (WbTestCtl *self,
                const char *reference,
                const char *option,
                const char *value,
                const char *words)
{
  assert_int_equal (wb_test_ctl_run (self, "slip", self->path, reference, option, value, NULL), 1);
  if (strstr (self->err, words) == NULL)
    fail_msg ("%s: %s", words, self->err);
  assert_string_equal (self->out, "");
}

static void
no_language_takes_the_place_of_another (void **state)
{
  WbTestCtl *self = *state;

  assert_refused (self, ALLEGATION, "--lang", "tir", "English (eng)");
  assert_non_null (strstr (self->err, "Tigrinya"));
  assert_int_equal (wb_test_ctl_run (self, "change", self->path, CASE "/P-1", "language=tir", NULL),
                    0);
  assert_refused (self, ALLEGATION, NULL, NULL, "Tigrinya");
  record (self,
          "[{\"type\":\"person\",\"case\":\"" CASE "\",\"fields\":{\"language\":\"fra\"}},"
          "{\"type\":\"person\",\"case\":\"" CASE "\",\"fields\":{\"language\":\"tur\"}}]");
  assert_int_equal (wb_test_ctl_run (self, "change", self->path, CASE "/P-1", "language=fra", NULL),
                    0);
  assert_refused (self, CASE, NULL, NULL, "more than one language");
  assert_int_equal (count_letters (self), 0);
  assert_int_equal (wb_test_ctl_run (self, "slip", self->path, ALLEGATION, NULL), 0);
  assert_non_null (strstr (self->out, "Gardez ce papier"));
}

static void
what_stands_in_the_way_is_said_and_nothing_is_logged_as_given (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *path = wb_test_ctl_write (self, "there.pdf", "x", 1);

  assert_refused (self, CASE "/A-3", "--lang", "nl", "day of receipt");
  assert_refused (self, CASE "/P-1", "--lang", "nl", "one of its allegations");
  assert_refused (self, ALLEGATION, "--out", path, "exists already");
  assert_refused (self, ALLEGATION, "--out", "/nonexistent/slip.pdf", ".");
  assert_int_equal (wb_test_ctl_run (self, "change", self->path, "NL-TEST-BO-1", "phone=", NULL),
                    0);
  assert_refused (self, ALLEGATION, "--plain", NULL, "phone");
  assert_int_equal (
      wb_test_ctl_run (self, "change", self->path, "NL-TEST-BO-1", "email=", "address=", NULL),
      0);
  assert_refused (self, ALLEGATION, "--lang", "nl", "Nobody could reach the body");
  assert_int_equal (wb_test_ctl_run (self, "slip", self->path, CASE, "--paper", "a5", NULL), 2);
  assert_int_equal (
      wb_test_ctl_run (self, "slip", self->path, CASE, "--paper", "a3", "--out", "x.pdf", NULL),
      2);
  assert_int_equal (count_letters (self), 0);
}

#define OWN(fields)                                                                                \
  "[{\"type\":\"template\",\"fields\":{\"template\":\"template.slip\"," fields "}}]"

static void
a_body_adds_a_language_and_replaces_words (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "tir.pdf", NULL);
  g_autofree char *fonts = NULL;

  record (
      self,
      OWN ("\"language\":\"tir\",\"reviewed\":true,\"title\":\"ሓዝ\",\"label_reference\":\"ቁጽሪ\","
           "\"label_date\":\"ዕለት\",\"label_phone\":\"ተሌፎን\",\"label_email\":\"ኢመይል\","
           "\"ask\":\"ሕቶ\",\"free\":\"ነጻ\",\"safe\":\"ውሕስ\""));
  assert_refused (self, ALLEGATION, "--lang", "tir", "label_address");
  record (
      self,
      OWN ("\"language\":\"tir\",\"reviewed\":true,\"title\":\"ሓዝ\",\"label_reference\":\"ቁጽሪ\","
           "\"label_date\":\"ዕለት\",\"label_phone\":\"ተሌፎን\",\"label_email\":\"ኢመይል\","
           "\"label_address\":\"ኣድራሻ\",\"ask\":\"ሕቶ\",\"free\":\"ነጻ\",\"safe\":\"ውሕስ\","
           "\"withdraw\":\"ፍቓድ\",\"name\":\"ቤት ጽሕፈት\",\"phone\":\"0800 999\""));
  assert_int_equal (
      wb_test_ctl_run (self, "slip", self->path, ALLEGATION, "--lang", "tir", "-o", path, NULL),
      0);
  assert_null (strstr (self->err, "sworn"));
  fonts = run_tool (self, "pdftotext", path, "-");
  assert_non_null (strstr (fonts, "ተሌፎን"));
  assert_non_null (strstr (fonts, "0800 999"));
  assert_non_null (strstr (fonts, "2026-11-13"));
  assert_null (strstr (fonts, "Inspectie"));
  record (self, OWN ("\"language\":\"fra\",\"free\":\"Gratuit.\",\"phone\":\"0800 33\""));
  assert_int_equal (wb_test_ctl_run (self, "slip", self->path, CASE, "--lang", "fr", NULL), 0);
  assert_non_null (strstr (self->out, "Gratuit."));
  assert_non_null (strstr (self->out, "0800 33"));
  assert_non_null (strstr (self->out, "Gardez ce papier"));
  assert_non_null (strstr (self->err, "sworn"));
}

/* Over the telephone a person reads out what stands on a plain slip. */
static void
the_number_on_a_plain_slip_finds_the_case (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self, "show", self->path, "2026-0001/a-1", NULL), 0);
  assert_non_null (strstr (self->out, ALLEGATION));
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, "2026-0002", NULL), 1);
}

static void
a_letter_names_its_template_and_language (void **state)
{
  WbTestCtl *self = *state;

  record (self,
          "[{\"type\":\"term\",\"fields\":{\"code\":\"template.own\",\"vocabulary\":\"template\","
          "\"label_nl\":\"Eigen\",\"label_en\":\"Own\"}}]");
  record (
      self,
      "[{\"type\":\"template\",\"fields\":{\"template\":\"template.own\",\"language\":\"fra\","
      "\"subject\":\"Objet\",\"text\":\"Madame, Monsieur\"}},"
      "{\"type\":\"letter\",\"case\":\"" CASE "\",\"fields\":{\"direction\":\"direction.out\","
      "\"template\":\"template.own\",\"language\":\"fra\"}},"
      "{\"type\":\"letter\",\"case\":\"" CASE "\",\"fields\":{\"direction\":\"direction.out\","
      "\"recipient\":\"target.kmar\",\"template\":\"template.complaint\",\"language\":\"nld\"}}]");
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, CASE "/LT-1", NULL), 0);
  assert_non_null (strstr (self->out, "Own"));
  assert_non_null (strstr (self->out, "French"));
  assert_int_equal (wb_test_ctl_run (self, "slip", self->path, CASE, "--lang", "fra", NULL), 0);
  assert_null (strstr (self->out, "Madame"));
}

#define with_case(f) cmocka_unit_test_setup_teardown (f, setup, wb_test_ctl_teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_case (nothing_of_the_case_is_on_a_slip),
    with_case (its_text_form_tells_nothing_either),
    with_case (a_slip_is_one_act_that_names_its_language),
    with_case (no_language_takes_the_place_of_another),
    with_case (what_stands_in_the_way_is_said_and_nothing_is_logged_as_given),
    with_case (a_body_adds_a_language_and_replaces_words),
    with_case (the_number_on_a_plain_slip_finds_the_case),
    with_case (a_letter_names_its_template_and_language),
  };

  return cmocka_run_group_tests_name ("slip", tests, NULL, NULL);
}
