/* SPDX-License-Identifier: EUPL-1.2 */

/* The old rules and the new ones around 12 June 2026, as the terminal gives them (OB-48). */
#include <string.h>

#include "wb-test-ctl.h"

#define NOW "2026-11-24T09:00:00Z"
#define CASE "NL-TEST-2026-0001"

static const char ITEMS[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Vast\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"Vast.\",\"when\":"
    "\"2026-06-01\",\"until\":\"2026-06-20\",\"site\":\"site.schiphol.jcs\",\"stages\":"
    "[\"stage.border.detention\"],\"authorities\":[\"authority.kmar\"]}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"Duurt nog.\","
    "\"when\":\"2026-05-20\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"Erna.\",\"when\":"
    "\"2026-06-12\",\"until\":\"2026-06-20\"}},"
    "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":\"Ervoor.\","
    "\"when\":\"2026-06-01\",\"until\":\"2026-06-11\"}},"
    "{\"type\":\"person\",\"case\":\"@c\",\"fields\":{\"presented\":\"2026-07-01\"}}]";

static void
record_all (WbTestCtl *self)
{
  g_autofree char *file = wb_test_ctl_write (self, "items.json", ITEMS, -1);

  if (wb_test_ctl_run (self, "record", self->path, file, "--now", NOW, NULL) != 0)
    fail_msg ("%s", self->err);
}

/* "regime from until" of each period that an allegation was split into. */
static char *
split (WbTestCtl *self, const char *reference)
{
  g_autoptr (JsonNode) node = NULL;
  GString *text = g_string_new (NULL);
  JsonArray *made;

  if (wb_test_ctl_run (self, "regime", self->path, reference, "--split", "--json", NULL) != 0)
    fail_msg ("%s", self->err);
  node = json_from_string (self->out, NULL);
  made = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (made); i++) {
    JsonObject *period = json_array_get_object_element (made, i);
    JsonNode *until = json_object_get_member (period, "until");

    g_string_append_printf (text,
                            "%s %s %s\n",
                            json_object_get_string_member (period, "regime"),
                            json_object_get_string_member (period, "from"),
                            JSON_NODE_HOLDS_NULL (until) ? "-" : json_node_get_string (until));
  }
  return g_string_free (text, FALSE);
}

static void
assert_refused (WbTestCtl *self, const char *reference, const char *says)
{
  assert_int_equal (wb_test_ctl_run (self, "regime", self->path, reference, "--split", NULL), 1);
  if (strstr (self->err, says) == NULL)
    fail_msg ("expected “%s” in: %s", says, self->err);
}

static void
what_lasted_across_the_change_gets_a_period_under_each_regime (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *ended = NULL;
  g_autofree char *lasting = NULL;

  record_all (self);
  ended = split (self, CASE "/A-1");
  assert_string_equal (ended,
                       "regime.legacy 2026-06-01 2026-06-11\n"
                       "regime.pact 2026-06-12 2026-06-20\n");
  lasting = split (self, CASE "/A-2");
  assert_string_equal (lasting,
                       "regime.legacy 2026-05-20 2026-06-11\n"
                       "regime.pact 2026-06-12 -\n");
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, CASE "/PD-2", "--json", NULL), 0);
  assert_non_null (strstr (self->out, "stage.border.detention"));
  assert_non_null (strstr (self->out, "authority.kmar"));
  assert_non_null (strstr (self->out, "site.schiphol.jcs"));
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

static void
what_lies_on_one_side_is_not_split_and_nothing_is_split_twice (void **state)
{
  WbTestCtl *self = *state;

  record_all (self);
  assert_refused (self, CASE "/A-3", "regime.split");
  assert_refused (self, CASE "/A-4", "regime.split");
  assert_refused (self, CASE "/P-1", "regime.split");
  g_free (split (self, CASE "/A-1"));
  assert_refused (self, CASE "/A-1", "already");
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, CASE "/PD-3", NULL), 1);
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, CASE "/A-3", "--json", NULL), 0);
  assert_non_null (strstr (self->out, "\"refused\""));
  assert_int_equal (wb_test_ctl_run (self, "regime", self->path, CASE "/P-1", "--json", NULL), 0);
  assert_non_null (strstr (self->out, "regime.pact"));
  assert_int_equal (
      wb_test_ctl_run (self, "regime", self->path, CASE "/P-1", "--reason", "x", NULL),
      2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (what_lasted_across_the_change_gets_a_period_under_each_regime),
    with_ctl (what_lies_on_one_side_is_not_split_and_nothing_is_split_twice),
  };

  return cmocka_run_group_tests_name ("regime", tests, NULL, NULL);
}
