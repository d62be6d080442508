/* SPDX-License-Identifier: EUPL-1.2 */

/* moves, refer, decide, consents and duplicates as their users run them. */
#include <string.h>

#include "wb-test-ctl.h"

#define NOW "2026-11-24T09:00:00Z"
#define CASE "NL-TEST-2026-0001"

static const char ITEMS[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Proef\"}},"
    "{\"type\":\"person\",\"handle\":\"@p\",\"case\":\"@c\",\"fields\":{\"pseudonym\":\"P\","
    "\"name\":"
    "\"Fictieve naam\",\"contact\":\"Fictiefstraat 1\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"x\",\"person\":\"@p\","
    "\"received\":\"2026-11-20\",\"when\":\"2026-11-18T23:30\",\"site\":\"site.schiphol.jcs\"}},"
    "{\"type\":\"evidence\",\"case\":\"@c\",\"fields\":{\"title\":\"Brief\"}},"
    "{\"type\":\"allegation\",\"fields\":{\"account\":\"y\",\"when\":\"2026-11-19\",\"site\":"
    "\"site.schiphol.jcs\"}}]";

static int
run_as (WbTestCtl *self, const char *user, const char *command, const char *const *words)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  const char *const shared[] = {
    "--user", user, "--now", NOW, "--passphrase-file", self->passphrase
  };

  g_ptr_array_add (all, g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL));
  g_ptr_array_add (all, g_strdup (command));
  g_ptr_array_add (all, g_strdup (self->path));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (all, g_strdup (words[i]));
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    g_ptr_array_add (all, g_strdup (shared[i]));
  g_ptr_array_add (all, NULL);
  return wb_test_ctl_run_with (self, NULL, (char **) all->pdata);
}
#define RUN(user, command, ...)                                                                    \
  run_as (self, user, command, (const char *const[]){ __VA_ARGS__, NULL })

static void
record_items (WbTestCtl *self, const char *user, const char *items, int exit_code)
{
  g_autofree char *file = wb_test_ctl_write (self, "items.json", items, -1);

  if (RUN (user, "record", file) != exit_code)
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

static void
a_step_tells_what_it_lacks (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *first;

  wb_test_ctl_add_user (self, "lezer");
  record_items (self, "anna", ITEMS, 0);
  assert_int_equal (RUN ("anna", "moves", CASE, "--json"), 0);
  node = parse (self);
  assert_int_equal (json_array_get_length (json_node_get_array (node)), 2);
  first = json_array_get_object_element (json_node_get_array (node), 0);
  assert_string_equal (json_object_get_string_member (first, "to"), "status.triage");
  assert_true (json_object_get_boolean_member (first, "possible"));
  assert_int_equal (RUN ("anna", "moves", CASE), 0);
  assert_non_null (strstr (self->out, "merge-target"));
  assert_int_equal (RUN ("anna", "moves", CASE "/A-1"), 1);
}

static void
a_complaint_is_made_after_the_warning (void **state)
{
  WbTestCtl *self = *state;

  wb_test_ctl_add_user (self, "lezer");
  record_items (self, "anna", ITEMS, 0);
  record_items (self,
                "anna",
                "{\"type\":\"consent\",\"case\":\"" CASE "\",\"fields\":{\"person\":\"" CASE
                "/P-1\",\"purpose\":\"consent.complaint\",\"state\":\"consentstate.given\","
                "\"recipient\":\"target.ind\"}}",
                0);
  assert_int_equal (RUN ("anna", "refer", CASE, "--to", "target.ind"), 2);
  assert_int_equal (RUN ("anna",
                         "refer",
                         CASE,
                         "--to",
                         "target.ind",
                         "--form",
                         "form.complaint_awb",
                         "--document",
                         CASE "/E-1"),
                    1);
  assert_non_null (strstr (self->err, "Awb 9:9"));
  assert_non_null (strstr (self->err, CASE "/E-1 Brief"));
  assert_non_null (strstr (self->err, "copy-warned"));
  assert_int_equal (RUN ("anna",
                         "refer",
                         CASE,
                         "--to",
                         "target.ind",
                         "--form",
                         "form.complaint_awb",
                         "--document",
                         CASE "/E-1",
                         "--sent",
                         "2026-11-24",
                         "--warned"),
                    0);
  assert_non_null (strstr (self->out, CASE "/R-1"));
  assert_int_equal (RUN ("anna", "consents", CASE), 0);
  assert_non_null (strstr (self->out, CASE "/R-1"));
  assert_int_equal (RUN ("anna", "log", CASE), 0);
  assert_non_null (strstr (self->out, "refused"));
}

static void
a_second_user_decides_on_the_terminal_and_in_a_file (void **state)
{
  WbTestCtl *self = *state;
  static const char PROPOSAL[] =
      "{\"type\":\"decision\",\"case\":\"" CASE "\",\"fields\":{\"kind\":\"decisionkind.other\","
      "\"choice\":\"decisionchoice.do\",\"ground\":\"x\"}}";

  wb_test_ctl_add_user (self, "lezer");
  record_items (self, "anna", ITEMS, 0);
  record_items (self, "anna", PROPOSAL, 0);
  record_items (self, "anna", PROPOSAL, 0);
  assert_int_equal (RUN ("anna", "decide", CASE "/D-1"), 2);
  assert_int_equal (RUN ("anna", "decide", CASE "/D-1", "--approve", "--reason", "x"), 1);
  assert_non_null (strstr (self->err, "two-persons"));
  assert_int_equal (RUN ("lezer", "decide", CASE "/D-1", "--approve"), 1);
  assert_int_equal (RUN ("lezer", "decide", CASE "/D-1", "--approve", "--reason", "Eens", "--json"),
                    0);
  assert_non_null (strstr (self->out, "decisionstate.confirmed"));
  record_items (self,
                "anna",
                "{\"decide\":\"" CASE "/D-2\",\"approve\":true,\"reason\":\"Eens\"}",
                1);
  record_items (self,
                "lezer",
                "{\"decide\":\"" CASE "/D-2\",\"approve\":false,\"reason\":\"Nee\"}",
                0);
  assert_int_equal (RUN ("lezer", "decide", CASE "/A-1", "--reject", "--reason", "x"), 1);
  assert_int_equal (RUN ("anna", "verify", "--depth", "deep"), 0);
}

static void
the_same_night_and_an_earlier_receipt_are_shown (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) node = NULL;

  wb_test_ctl_add_user (self, "lezer");
  record_items (self, "anna", ITEMS, 0);
  assert_int_equal (RUN ("anna", "duplicates", CASE, "--json"), 0);
  node = parse (self);
  assert_int_equal (json_array_get_length (json_node_get_array (node)), 1);
  assert_int_equal (
      RUN ("anna", "change", CASE "/A-1", "received=2026-11-19", "--reason", "Poststempel"),
      0);
  assert_int_equal (RUN ("anna", "show", CASE "/A-1"), 0);
  assert_non_null (strstr (self->out, "earlier: "));
  assert_int_equal (RUN ("anna", "show", CASE "/A-1", "--json"), 0);
  assert_non_null (strstr (self->out, "earlier_receipts"));
}

/* Whoever writes a file knows the names of fields, not what a form calls them. */
static void
a_mistake_in_a_file_names_the_item_and_the_field (void **state)
{
  WbTestCtl *self = *state;

  record_items (self, "anna", ITEMS, 0);
  record_items (self,
                "anna",
                "[{\"type\":\"case\",\"fields\":{\"title\":\"Proef\"}},"
                "{\"type\":\"case\",\"fields\":{\"title\":\"x\",\"outcome\":\"outcome.none\"}}]",
                1);
  assert_non_null (strstr (self->err, "2"));
  assert_non_null (strstr (self->err, "“outcome”: “"));
  record_items (self,
                "anna",
                "[{\"change\":\"" CASE "\",\"fields\":{\"outcome\":\"outcome.none\"}}]",
                1);
  assert_non_null (strstr (self->err, "“outcome”: “"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (a_step_tells_what_it_lacks),
    with_ctl (a_complaint_is_made_after_the_warning),
    with_ctl (a_second_user_decides_on_the_terminal_and_in_a_file),
    with_ctl (a_mistake_in_a_file_names_the_item_and_the_field),
    with_ctl (the_same_night_and_an_earlier_receipt_are_shown),
  };

  return cmocka_run_group_tests_name ("workflow", tests, NULL, NULL);
}
