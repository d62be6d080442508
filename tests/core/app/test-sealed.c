/* SPDX-License-Identifier: EUPL-1.2 */

/* Sealed values and clearances as their users run them, each under a key of their own. */
#include <string.h>

#include "wb-test-ctl.h"

#define NOW "2026-11-24T09:00:00Z"
#define CASE "NL-TEST-2026-0001"
#define P CASE "/P-1"
#define CANARY "KanarieBaken"

static const char ITEMS[] =
    "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Proef\"}},"
    "{\"type\":\"person\",\"case\":\"@c\",\"fields\":{\"role\":\"role.whistleblower\",\"name\":"
    "\"" CANARY "\",\"whistleblower_identity\":\"" CANARY "\"}},"
    "{\"type\":\"evidence\",\"case\":\"@c\",\"fields\":{\"title\":\"Brief\",\"confidentiality\":"
    "\"conf.confidential\"}}]";

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

static int
setup (void **state)
{
  WbTestCtl *self;
  g_autofree char *file = NULL;

  if (wb_test_ctl_setup (state) != 0)
    return -1;
  self = *state;
  wb_test_ctl_add_user (self, "bea");
  wb_test_ctl_add_user (self, "carla");
  file = wb_test_ctl_write (self, "items.json", ITEMS, -1);
  if (RUN ("anna", "record", file, "--sealed-for", "anna,bea") != 0)
    fail_msg ("%s", self->err);
  return 0;
}

#define with_sealed(f) cmocka_unit_test_setup_teardown (f, setup, wb_test_ctl_teardown)

static void
assert_shows (WbTestCtl *self, const char *user, gboolean opens)
{
  assert_int_equal (RUN (user, "show", P, "--identity", "--reason", "proef"), 0);
  assert_int_equal (strstr (self->out, CANARY) != NULL, opens);
}

static void
each_user_named_opens_it_with_a_key_of_their_own (void **state)
{
  WbTestCtl *self = *state;

  assert_shows (self, "anna", TRUE);
  assert_shows (self, "bea", TRUE);
  assert_shows (self, "carla", FALSE);
  assert_non_null (strstr (self->out, "anna, bea"));
  assert_int_equal (RUN ("carla", "show", P, "--identity", "--json"), 0);
  assert_null (strstr (self->out, "age-encryption"));
  assert_non_null (strstr (self->out, "\"opens\" : false"));
  assert_int_equal (RUN ("carla", "log", P), 0);
  assert_non_null (strstr (self->out, "bea"));
}

static void
a_whistleblowers_name_in_the_clear_is_refused (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *file = wb_test_ctl_write (self, "again.json", ITEMS, -1);

  assert_int_equal (RUN ("anna", "record", file), 1);
  assert_non_null (strstr (self->err, "whistleblower-sealed"));
  assert_int_equal (RUN ("anna", "change", P, "contact=Fictiefstraat 1"), 1);
  assert_int_equal (RUN ("anna", "change", P, "contact=Fictiefstraat 1", "--sealed-for", "bea"), 0);
}

static void
resealing_names_the_new_list_and_who_was_left_out (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (RUN ("anna", "reseal", P, "name"), 2);
  assert_int_equal (RUN ("carla", "reseal", P, "name", "--for", "carla", "--reason", "x"), 1);
  assert_non_null (strstr (self->err, "sealed-reader"));
  assert_int_equal (RUN ("anna", "reseal", P, "name", "--for", "anna,bea,carla", "--reason", "x"),
                    1);
  assert_non_null (strstr (self->err, "sealed-decided"));
  assert_int_equal (RUN ("anna", "reseal", P, "name", "--for", "anna", "--reason", "x"), 0);
  assert_int_equal (RUN ("bea", "show", P), 0);
  assert_non_null (strstr (self->out, "bea"));
  assert_int_equal (RUN ("anna", "reseal", P, "name", "--for", "anna", "--json"), 0);
  assert_non_null (strstr (self->out, "\"earlier\""));
}

/* Neither the value nor what it was encrypted to. */
static void
assert_clean (WbTestCtl *self, const char *bytes, gsize size, const char *where)
{
  if (memmem (bytes, size, CANARY, strlen (CANARY)) != NULL ||
      memmem (bytes, size, "\"sealed\":\"", 10) != NULL)
    fail_msg ("it stands in %s", where);
}

static void
nothing_sealed_is_in_what_is_shown_counted_or_given_away (void **state)
{
  static const char *const PROFILES[] = { "full", "pseudonymised", "statistical" };
  WbTestCtl *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (PROFILES); i++) {
    g_autofree char *name = g_strdup_printf ("%s.zip", PROFILES[i]);
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    if (RUN ("anna",
             "export",
             CASE,
             "-o",
             path,
             "--plain",
             "--profile",
             PROFILES[i],
             "--recipient",
             "target.om",
             "--purpose",
             "proef") != 0)
      fail_msg ("%s", self->err);
    assert_true (g_file_get_contents (path, &bytes, &size, NULL));
    assert_clean (self, bytes, size, PROFILES[i]);
  }
  assert_int_equal (RUN ("anna", "list", "--json"), 0);
  assert_clean (self, self->out, strlen (self->out), "list");
  assert_int_equal (RUN ("anna", "show", CASE, "--json"), 0);
  assert_clean (self, self->out, strlen (self->out), "show");
  assert_int_equal (RUN ("anna", "search", CANARY), 0);
  assert_null (strstr (self->out, P));
  assert_int_equal (RUN ("anna", "stats", "--year", "2026", "--json"), 0);
  assert_clean (self, self->out, strlen (self->out), "stats");
  assert_int_equal (RUN ("anna", "log", "--json"), 0);
  assert_clean (self, self->out, strlen (self->out), "log");
  assert_int_equal (RUN ("anna", "verify", "--depth", "deep"), 0);
}

static void
a_backup_holds_what_was_sealed_for_the_same_users (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *backup = g_build_filename (self->folder, "backup.age", NULL);
  g_autofree char *restored = g_build_filename (self->folder, "back.waarborg", NULL);

  if (RUN ("anna", "backup", backup, "--backup-passphrase-file", self->passphrase) != 0)
    fail_msg ("%s", self->err);
  if (wb_test_ctl_run (self,
                       "restore",
                       backup,
                       restored,
                       "--backup-passphrase-file",
                       self->passphrase,
                       "--user",
                       "anna",
                       NULL) != 0)
    fail_msg ("%s", self->err);
  g_free (self->path);
  self->path = g_steal_pointer (&restored);
  assert_shows (self, "bea", TRUE);
  assert_shows (self, "carla", FALSE);
}

static void
an_export_tells_which_document_stays (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "a.zip", NULL);

  if (RUN ("anna", "export", CASE, "-o", path, "--plain", "--json") != 0)
    fail_msg ("%s", self->err);
  assert_non_null (strstr (self->out, CASE "/E-1"));
  assert_non_null (strstr (self->out, "recipient-cleared"));
  assert_int_equal (RUN ("anna", "log", CASE "/E-1"), 0);
  assert_non_null (strstr (self->out, "refused"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_sealed (each_user_named_opens_it_with_a_key_of_their_own),
    with_sealed (a_whistleblowers_name_in_the_clear_is_refused),
    with_sealed (resealing_names_the_new_list_and_who_was_left_out),
    with_sealed (nothing_sealed_is_in_what_is_shown_counted_or_given_away),
    with_sealed (a_backup_holds_what_was_sealed_for_the_same_users),
    with_sealed (an_export_tells_which_document_stays),
  };

  return cmocka_run_group_tests_name ("sealed", tests, NULL, NULL);
}
