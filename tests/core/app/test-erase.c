/* SPDX-License-Identifier: EUPL-1.2 */

/* retention, erase, recipients and certificate as their users run them. */
#include <string.h>

#include "wb-test-ctl.h"

#define NOW "2026-11-24T09:00:00Z"
#define CASE "NL-TEST-2026-0001"

static const char ITEMS[] =
    "[{\"type\":\"target\",\"fields\":{\"rule\":\"pol.retention\",\"category\":\"retention."
    "signal\","
    "\"length\":5,\"unit\":\"y\",\"basis\":\"Lijst 3.2\"}},"
    "{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Proef\"}},"
    "{\"type\":\"person\",\"case\":\"@c\",\"fields\":{\"pseudonym\":\"Duin-22\",\"name\":"
    "\"Jansen\"}},"
    "{\"type\":\"note\",\"case\":\"@c\",\"fields\":{\"text\":\"Jansen belde terug.\"}}]";

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

static void
a_person_is_erased_and_the_mentions_are_told (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  record_all (self);
  assert_int_equal (wb_test_ctl_run (self, "erase", self->path, CASE "/P-1", NULL), 2);
  assert_int_equal (wb_test_ctl_run (self,
                                     "erase",
                                     self->path,
                                     CASE "/P-1",
                                     "--basis",
                                     "AVG 17(1)(b)",
                                     "--json",
                                     "--now",
                                     NOW,
                                     NULL),
                    0);
  node = parse (self);
  object = json_node_get_object (node);
  assert_true (json_object_get_boolean_member (object, "cleaned"));
  assert_string_equal (
      json_array_get_string_element (json_object_get_array_member (object, "mentions"), 0),
      CASE "/N-1");
  assert_int_equal (wb_test_ctl_run (self, "show", self->path, CASE "/P-1", "--identity", NULL), 0);
  assert_null (strstr (self->out, "Jansen"));
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
  assert_non_null (strstr (self->out, "1 act of erasure"));
  assert_non_null (strstr (self->out, "Erased by entry"));
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, NULL), 0);
  assert_non_null (strstr (self->out, "erased"));
}

static void
a_case_is_refused_by_a_named_rule (void **state)
{
  WbTestCtl *self = *state;

  record_all (self);
  assert_int_equal (wb_test_ctl_run (self, "erase", self->path, CASE, "--check", NULL), 0);
  assert_non_null (strstr (self->out, "archived"));
  assert_non_null (strstr (self->out, "two-persons"));
  assert_int_equal (wb_test_ctl_run (self, "erase", self->path, CASE, "--basis", "Lijst 3.2", NULL),
                    1);
  assert_non_null (strstr (self->err, "(rule archived, Archiefwet 1995 art. 5)"));
  assert_int_equal (wb_test_ctl_run (self, "certificate", self->path, CASE, NULL), 1);
}

static void
nothing_is_due_and_nobody_was_told_yet (void **state)
{
  WbTestCtl *self = *state;

  record_all (self);
  assert_int_equal (wb_test_ctl_run (self, "retention", self->path, NULL), 0);
  assert_non_null (strstr (self->out, "No closed case"));
  assert_int_equal (wb_test_ctl_run (self,
                                     "retention",
                                     self->path,
                                     "--all",
                                     "--as-of",
                                     "2032-01-15",
                                     "--json",
                                     NULL),
                    0);
  assert_non_null (strstr (self->out, "[]"));
  assert_int_equal (wb_test_ctl_run (self, "recipients", self->path, CASE, NULL), 0);
  assert_non_null (strstr (self->out, "nobody"));
}

/* The templates that docs/erasure.md names: a breach is recorded in minutes, and its hours run. */
static void
the_breach_templates_start_72_hours (void **state)
{
  static const char *const NAMES[] = { "breach-lost-laptop.json",
                                       "breach-lost-bundle.json",
                                       "nl/breach-lost-laptop.json",
                                       "nl/breach-lost-bundle.json" };
  WbTestCtl *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *file =
        g_build_filename (g_getenv ("WAARBORG_SOURCE"), "docs", "examples", NAMES[i], NULL);

    if (wb_test_ctl_run (self, "record", self->path, file, "--now", NOW, NULL) != 0)
      fail_msg ("%s: %s", NAMES[i], self->err);
  }
  assert_int_equal (wb_test_ctl_run (self,
                                     "deadlines",
                                     self->path,
                                     "--all",
                                     "--json",
                                     "--now",
                                     "2026-11-24T07:00:00Z",
                                     NULL),
                    0);
  assert_non_null (strstr (self->out, "NL-TEST-B-4"));
  if (strstr (self->out, "2026-11-24T10:00:00+01:00") == NULL) /* the hour itself does not count */
    fail_msg ("%s", self->out);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (a_person_is_erased_and_the_mentions_are_told),
    with_ctl (a_case_is_refused_by_a_named_rule),
    with_ctl (nothing_is_due_and_nobody_was_told_yet),
    with_ctl (the_breach_templates_start_72_hours),
  };

  return cmocka_run_group_tests_name ("erase", tests, NULL, NULL);
}
