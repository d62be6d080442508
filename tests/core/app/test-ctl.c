/* SPDX-License-Identifier: EUPL-1.2 */

/* waarborgctl: its commands, exit codes and the one sentence that bad input gets. */
#include "wb-test-ctl.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>

#include "wb-age.h"

#define NOW "2026-11-24T09:00:00Z"
#define CASE_1 "NL-TEST-2026-0001"

static void
record_one (WbTestCtl *self)
{
  g_autofree char *file =
      wb_test_ctl_write (self,
                         "one.json",
                         "[{\"type\":\"case\",\"handle\":\"@c\",\"fields\":{\"title\":\"Proef\"}},"
                         "{\"type\":\"person\",\"case\":\"@c\",\"fields\":{\"pseudonym\":\"Kiezel-"
                         "5\",\"name\":\"Jansen\"}},"
                         "{\"type\":\"allegation\",\"case\":\"@c\",\"fields\":{\"account\":"
                         "\"Geduwd bij de afname.\",\"received\":\"2026-11-20\"}}]",
                         -1);

  if (wb_test_ctl_run (self, "record", self->path, file, "--now", NOW, NULL) != 0)
    fail_msg ("%s", self->err);
}

/* One line on standard error, nothing on standard output, and the register as it was. */
static void
assert_one_sentence (WbTestCtl *self, int code)
{
  gsize length = strlen (self->err);

  if (self->status != code)
    fail_msg ("left with %d instead of %d: %s%s", self->status, code, self->out, self->err);
  assert_true (g_str_has_prefix (self->err, "waarborgctl: "));
  assert_true (length > 20 && self->err[length - 1] == '\n');
  if (strchr (self->err, '\n') != self->err + length - 1)
    fail_msg ("more than one line: %s", self->err);
  print_message ("  %s", self->err);
}

static void
assert_unchanged (WbTestCtl *self)
{
  assert_int_equal (wb_test_ctl_run (self, "log", self->path, "--json", NULL), 0);
  assert_non_null (strstr (self->out, "\"number\" : 2"));
  assert_null (strstr (self->out, "\"number\" : 3"));
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

static void
every_command_has_help_in_both_languages (void **state)
{
  static const char *const NAMES[] = { "create", "user",   "record",     "change", "list",
                                       "show",   "search", "deadlines",  "due",    "attach",
                                       "export", "verify", "checkpoint", "log",    "rebuild" };
  WbTestCtl *self = *state;
  g_autofree char *program =
      g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL);
  const char *const dutch[] = { "LANGUAGE", "nl", "LC_ALL", "C.UTF-8", NULL };
  char *help[] = { program, (char *) "help", NULL };

  assert_int_equal (wb_test_ctl_run_with (self, dutch, help), 0);
  assert_non_null (strstr (self->out, "Gebruik: waarborgctl"));
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    char *words[] = { program, (char *) NAMES[i], (char *) "--help", NULL };

    assert_non_null (strstr (self->out, NAMES[i]));
    assert_int_equal (wb_test_ctl_run_with (self, NULL, words), 0);
    assert_non_null (strstr (self->out, "--passphrase-file"));
    assert_int_equal (wb_test_ctl_run_with (self, dutch, help), 0);
  }
}

static void
wrong_usage_leaves_with_two (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self, "list", NULL), 2);
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--colour", NULL), 2);
  assert_int_equal (wb_test_ctl_run (self, "dance", self->path, NULL), 2);
  assert_int_equal (wb_test_ctl_run (self, "due", "--start", "2026-01-01", NULL), 2);
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--now", "yesterday", NULL), 2);
}

static void
codes_that_cannot_be_are_told_with_those_that_can (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--status", "nonsense", NULL), 2);
  assert_non_null (strstr (self->err, "--status takes one of: status.draft, status.registered, "));
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--urgency", "status.closed", NULL),
                    2);
  assert_non_null (strstr (self->err, "--urgency takes one of: urgency.critical, "));
  assert_int_equal (wb_test_ctl_run (self,
                                     "list",
                                     self->path,
                                     "--status",
                                     "status.closed",
                                     "--urgency",
                                     "urgency.low",
                                     NULL),
                    0);
}

static void
options_of_verify_that_cannot_be_are_usage_errors (void **state)
{
  static const char *const BAD[] = {
    "SHA256:",
    "sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
    "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF",
    "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "SHA256:47DEQpj8HBSa_/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
    "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV",
  };
  WbTestCtl *self = *state;
  g_autofree char *bundle = wb_test_ctl_write (self, "bundle.zip", "PK", 2);

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    if (wb_test_ctl_run (self, "verify", bundle, "--signer", BAD[i], NULL) != 2)
      fail_msg ("%s left with %d", BAD[i], self->status);
    assert_non_null (strstr (self->err, "--signer wants a fingerprint"));
  }
  assert_int_equal (wb_test_ctl_run (self,
                                     "verify",
                                     bundle,
                                     "--signer",
                                     "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
                                     NULL),
                    3);
  assert_int_equal (wb_test_ctl_run (self, "verify", bundle, "--since", bundle, NULL), 2);
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--identity", bundle, NULL), 2);
}

static void
files_that_cannot_be_read_are_told (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *bundle = wb_test_ctl_write (self, "bundle.zip", "PK", 2);

  wb_test_ctl_run (self, "verify", self->path, "--since", "/nowhere/kept.checkpoint", NULL);
  assert_one_sentence (self, 1);
  assert_string_equal (self->err,
                       "waarborgctl: There is no file /nowhere/kept.checkpoint: check its name.\n");
  wb_test_ctl_run (self, "verify", self->path, "--since", self->folder, NULL);
  assert_one_sentence (self, 1);
  assert_non_null (strstr (self->err, "is a folder"));
  wb_test_ctl_run (self, "verify", bundle, "--identity", "/nowhere/key.txt", NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "record", self->path, "/nowhere/one.json", NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "due", "--batch", "/nowhere/table.tsv", NULL);
  assert_one_sentence (self, 1);
  assert_unchanged (self);
}

static void
one_of_a_kind_is_told_in_the_singular (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, NULL), 0);
  if (strstr (self->out, "Checked: 1 file, 3 entries, ") == NULL ||
      strstr (self->out, ", 1 signature.\n") == NULL)
    fail_msg ("%s", self->out);
}

static void
a_wrong_passphrase_is_told (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *wrong = wb_test_ctl_write (self, "wrong.txt", "not it\n", -1);

  g_free (self->passphrase);
  self->passphrase = g_steal_pointer (&wrong);
  wb_test_ctl_run (self, "list", self->path, NULL);
  assert_one_sentence (self, 1);
}

static void
a_damaged_key_file_is_told (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *path = g_build_filename (self->path, "keys", "anna.age", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize at = 0; at < size; at += 37) {
    bytes[at] ^= 1;
    assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
    wb_test_ctl_run (self, "list", self->path, NULL);
    bytes[at] ^= 1;
    assert_int_equal (self->status, 1);
    assert_non_null (strstr (self->err, "anna.age"));
  }
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "verify", self->path, NULL);
  assert_int_equal (self->status, 3);
  assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  assert_unchanged (self);
}

static void
a_truncated_store_and_a_strange_one_are_told (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *path = g_build_filename (self->path, "store.db", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  assert_true (g_file_set_contents (path, bytes, (gssize) size / 2, NULL));
  wb_test_ctl_run (self, "list", self->path, NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "verify", self->path, NULL);
  assert_int_equal (self->status, 3);
  assert_non_null (strstr (self->out, "store.db"));
  assert_true (g_file_set_contents (path, "SQLite format 3\0 and so on", 27, NULL));
  wb_test_ctl_run (self, "list", self->path, NULL);
  assert_one_sentence (self, 1);
  assert_true (g_file_set_contents (path, "", 0, NULL));
  wb_test_ctl_run (self, "list", self->path, NULL);
  assert_one_sentence (self, 1);
  assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  assert_unchanged (self);
}

static void
bad_json_is_told (void **state)
{
  static const struct {
    const char *json, *says;
  } BAD[] = {
    { "{\"type\":\"allegation\",\"fields\":{\"account\":\"x\",\"colour\":\"red\"}}", "colour" },
    { "{\"type\":\"allegation\",\"fields\":{\"account\":7}}", NULL },
    { "{\"type\":\"allegation\",\"fields\":{\"account\":\"x\",\"when\":\"2026-02-30\"}}", NULL },
    { "{\"type\":\"allegation\",\"fields\":{\"account\":\"x\",\"when\":\"2026-03-29T02:30\"}}",
      NULL },
    { "{\"type\":\"allegation\",\"fields\":{\"account\":\"\xff\xfe\"}}", NULL },
    { "{\"type\":\"dragon\",\"fields\":{}}", "dragon" },
    { "{\"type\":\"allegation\",\"fields\":{\"account\":\"x\"}", NULL },
    { "{\"type\":\"allegation\",\"type\":\"case\",\"fields\":{}}", NULL },
    { "", NULL },
    { "{\"type\":\"person\",\"fields\":{\"pseudonym\":\"x\"}}", NULL },
    { "{\"type\":\"person\",\"case\":\"NL-TEST-2026-9999\",\"fields\":{\"pseudonym\":\"x\"}}",
      "9999" },
  };
  WbTestCtl *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (BAD); i++) {
    g_autofree char *file = wb_test_ctl_write (self, "bad.json", BAD[i].json, -1);

    wb_test_ctl_run (self, "record", self->path, file, NULL);
    assert_one_sentence (self, 1);
    if (BAD[i].says != NULL)
      assert_non_null (strstr (self->err, BAD[i].says));
  }
  assert_unchanged (self);
}

static void
fifty_megabytes_of_text_are_refused (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *text = g_malloc (50 * 1024 * 1024);
  g_autofree char *file = NULL;

  memset (text, 'a', 50 * 1024 * 1024);
  memcpy (text, "{\"type\":\"allegation\",\"fields\":{\"account\":\"", 42);
  memcpy (text + 50 * 1024 * 1024 - 3, "\"}}", 3);
  file = wb_test_ctl_write (self, "large.json", text, 50 * 1024 * 1024);
  wb_test_ctl_run (self, "record", self->path, file, NULL);
  assert_one_sentence (self, 1);
  assert_unchanged (self);
}

static void
an_unreadable_attachment_is_told (void **state)
{
  WbTestCtl *self = *state;

  record_one (self);
  wb_test_ctl_run (self, "attach", self->path, CASE_1, "/nowhere/file.pdf", NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "attach", self->path, CASE_1, self->folder, NULL);
  assert_one_sentence (self, 1);
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

static void
a_register_in_use_is_told (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbFolder) held = wb_folder_open (self->path, &error);

  wb_assert_no_error (error);
  wb_test_ctl_run (self, "list", self->path, NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "verify", self->path, NULL);
  assert_one_sentence (self, 1);
}

static void
what_is_no_register_is_told (void **state)
{
  WbTestCtl *self = *state;

  wb_test_ctl_run (self, "list", "/nowhere.waarborg", NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "list", self->folder, "--user", "anna", NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self,
                   "create",
                   self->path,
                   "--body",
                   "X",
                   "--code",
                   "NL-X",
                   "--user",
                   "anna",
                   "--independent",
                   NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "verify", "/nowhere.zip", NULL);
  assert_one_sentence (self, 1);
}

static void
without_a_declaration_of_independence_no_register_is_made (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *path = g_build_filename (self->folder, "other.waarborg", NULL);
  const char *declares[] = { NULL, "--independent" };

  for (int i = 0; i < 2; i++) {
    int status = wb_test_ctl_run (self,
                                  "create",
                                  path,
                                  "--body",
                                  "X",
                                  "--code",
                                  "NL-X",
                                  "--user",
                                  "anna",
                                  declares[i],
                                  NULL);

    assert_int_equal (status, i == 0);
    assert_int_equal (strstr (self->err, "rule no-authority-staff, OB-16") != NULL, i == 0);
    assert_int_equal (strstr (self->err, "With --independent you declare it") != NULL, i == 0);
    assert_int_equal (g_file_test (path, G_FILE_TEST_EXISTS), i == 1);
  }
  assert_int_equal (wb_test_ctl_run (self, "log", path, NULL), 0);
  assert_non_null (strstr (self->out, "Declaration of interests NL-X-DC-1 recorded"));
}

static void
hostile_bundles_are_told (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *script = g_strdup_printf (
      "import zipfile\n"
      "z = zipfile.ZipFile('%s/up.zip', 'w'); z.writestr('A/../../evil.txt', 'x'); z.close()\n"
      "z = zipfile.ZipFile('%s/bomb.zip', 'w', zipfile.ZIP_DEFLATED); z.writestr('A/bagit.txt', "
      "b'0' * 300000000); z.close()\n",
      self->folder,
      self->folder);
  char *python[] = { (char *) "/usr/bin/env", (char *) "python3", (char *) "-c", script, NULL };
  static const char *const NAMES[] = { "up.zip", "bomb.zip", "text.zip" };

  g_free (wb_test_ctl_write (self, "text.zip", "This is no ZIP file at all.", -1));
  assert_int_equal (wb_test_ctl_run_with (self, NULL, python), 0);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (self->folder, NAMES[i], NULL);
    char *words[] = { g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL),
                      (char *) "verify",
                      path,
                      NULL };

    wb_test_ctl_run_with (self, NULL, words);
    g_free (words[0]);
    if (self->status != 1 && self->status != 3)
      fail_msg ("%s: %d %s%s", NAMES[i], self->status, self->out, self->err);
    print_message ("  %s: %s%s", NAMES[i], self->err, self->out);
  }
}

/* A small file system of its own; where mounting is not allowed the test says so. */
static gboolean
mount_small (const char *folder)
{
  return mount ("none", folder, "tmpfs", 0, "size=1600k") == 0;
}

static void
fill_the_disk (WbTestCtl *self, const char *small)
{
  g_autofree char *moved = g_build_filename (small, "test.waarborg", NULL);
  g_autofree char *large = g_malloc0 (4 * 1024 * 1024);
  g_autofree char *file = NULL;
  char *copy[] = { (char *) "/bin/cp", (char *) "-a", NULL, NULL, NULL };

  copy[2] = self->path;
  copy[3] = (char *) small;
  assert_int_equal (wb_test_ctl_run_with (self, NULL, copy), 0);
  for (gsize i = 0; i < 4 * 1024 * 1024; i++)
    large[i] = (char) (i * 2654435761u >> 13);
  file = wb_test_ctl_write (self, "large.bin", large, 4 * 1024 * 1024);
  wb_test_ctl_run (self, "attach", moved, CASE_1, file, NULL);
  assert_one_sentence (self, 1);
  assert_int_equal (wb_test_ctl_run (self, "verify", moved, "--depth", "deep", NULL), 0);
  /* The bundle of a case with much evidence does not fit beside it either. */
  assert_int_equal (wb_test_ctl_run (self, "attach", self->path, CASE_1, file, NULL), 0);
  {
    g_autofree char *bundle = g_build_filename (small, "bundle.zip", NULL);

    wb_test_ctl_run (self,
                     "export",
                     self->path,
                     CASE_1,
                     "-o",
                     bundle,
                     "--plain",
                     "--profile",
                     "full",
                     "--recipient",
                     "target.om",
                     NULL);
    assert_one_sentence (self, 1);
    assert_false (g_file_test (bundle, G_FILE_TEST_EXISTS));
  }
  assert_int_equal (umount (small), 0);
  assert_int_equal (wb_test_ctl_run (self, "verify", self->path, "--depth", "deep", NULL), 0);
}

static void
a_full_disk_loses_nothing (void **state)
{
  WbTestCtl *self = *state;
  char small[256];

  record_one (self);
  g_snprintf (small, sizeof small, "%s/small", self->folder);
  assert_int_equal (g_mkdir (small, 0700), 0);
  /* Skipping jumps out: nothing may be held here. */
  if (!mount_small (small))
    skip ();
  fill_the_disk (self, small);
}

static void
names_are_shown_on_asking_only (void **state)
{
  WbTestCtl *self = *state;

  record_one (self);
  wb_test_ctl_run (self, "show", self->path, CASE_1, NULL);
  assert_null (strstr (self->out, "Jansen"));
  wb_test_ctl_run (self, "show", self->path, CASE_1, "--json", NULL);
  assert_null (strstr (self->out, "Jansen"));
  wb_test_ctl_run (self, "list", self->path, "--words", "Jansen", NULL);
  assert_null (strstr (self->out, CASE_1));
  wb_test_ctl_run (self,
                   "show",
                   self->path,
                   CASE_1 "/P-1",
                   "--identity",
                   "--reason",
                   "contact",
                   NULL);
  assert_non_null (strstr (self->out, "Jansen"));
  wb_test_ctl_run (self, "log", self->path, "--json", NULL);
  assert_non_null (strstr (self->out, "consulted"));
  assert_null (strstr (self->out, "Jansen"));
}

static void
a_change_keeps_the_earlier_value_in_the_log (void **state)
{
  WbTestCtl *self = *state;

  record_one (self);
  assert_int_equal (wb_test_ctl_run (self,
                                     "change",
                                     self->path,
                                     CASE_1 "/A-1",
                                     "site=site.schiphol.jcs",
                                     "stages=stage.eurodac,stage.screening.form",
                                     "--now",
                                     NOW,
                                     NULL),
                    0);
  wb_test_ctl_run (self, "show", self->path, CASE_1 "/A-1", "--json", NULL);
  assert_non_null (strstr (self->out, "site.schiphol.jcs"));
  assert_non_null (strstr (self->out, "stage.eurodac"));
  wb_test_ctl_run (self, "change", self->path, CASE_1, "status=status.destroyed", NULL);
  assert_one_sentence (self, 1);
  wb_test_ctl_run (self, "change", self->path, CASE_1 "/A-1", "nonsense", NULL);
  assert_one_sentence (self, 1);
}

static void
the_batch_gives_the_tables_own_columns (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *vectors = wb_test_vectors ("rfc-vectors");
  g_autofree char *table = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) got = NULL;
  guint n = 0;

  if (vectors == NULL)
    skip ();
  table = g_build_filename (vectors, "..", "..", "domain", "vectors.tsv", NULL);
  text = wb_test_read (table, NULL);
  lines = g_strsplit (text, "\n", -1);
  assert_int_equal (wb_test_ctl_run (self, "due", "--batch", table, NULL), 0);
  got = g_strsplit (self->out, "\n", -1);
  assert_string_equal (got[0], "id\tdue\tend_utc_exclusive");
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
    g_autofree char *expected = g_strdup_printf ("%s\t%s\t%s", cells[0], cells[6], cells[7]);

    assert_string_equal (got[i], expected);
    n++;
  }
  wb_test_count ("due-batch", n);
}

static void
a_bundle_goes_out_and_is_checked (void **state)
{
  WbTestCtl *self = *state;
  g_autofree char *bundle = g_build_filename (self->folder, "b.zip", NULL);

  record_one (self);
  if (wb_test_ctl_run (self,
                       "export",
                       self->path,
                       CASE_1,
                       "-o",
                       bundle,
                       "--plain",
                       "--profile",
                       "pseudonymised",
                       NULL) != 0)
    fail_msg ("%s", self->err);
  g_clear_pointer (&self->passphrase, g_free);
  self->passphrase = g_strdup ("/dev/null");
  {
    char *words[] = { g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL),
                      (char *) "verify",
                      bundle,
                      (char *) "--signer",
                      (char *) "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                      NULL };

    assert_int_equal (wb_test_ctl_run_with (self, NULL, words), 3);
    words[3] = NULL;
    assert_int_equal (wb_test_ctl_run_with (self, NULL, words), 0);
    g_free (words[0]);
  }
}

/* Damage to the list of recipients looks like a bundle for another: both are findings. */
static void
an_encrypted_bundle_that_does_not_open_is_a_finding (void **state)
{
  WbTestCtl *self = *state;
  g_autoptr (WbSecret) ours = wb_age_identity_generate (NULL);
  g_autoptr (WbSecret) other = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (ours, NULL);
  g_autofree char *key = wb_test_ctl_write (self, "key.txt", wb_secret_peek (ours, NULL), 74);
  g_autofree char *wrong = wb_test_ctl_write (self, "wrong.txt", wb_secret_peek (other, NULL), 74);
  g_autofree char *bundle = g_build_filename (self->folder, "b.zip.age", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  record_one (self);
  if (wb_test_ctl_run (self, "export", self->path, CASE_1, "-o", bundle, "--to", recipient, NULL) !=
      0)
    fail_msg ("%s", self->err);
  assert_int_equal (wb_test_ctl_run (self, "verify", bundle, "--identity", key, NULL), 0);
  wb_test_ctl_run (self, "verify", bundle, NULL);
  assert_one_sentence (self, 1);
  assert_int_equal (wb_test_ctl_run (self, "verify", bundle, "--identity", wrong, NULL), 3);
  assert_non_null (strstr (self->out, "not encrypted for this key, or its start was damaged"));
  assert_true (g_file_get_contents (bundle, &bytes, &size, NULL));
  bytes[strlen ("age-encryption.org/v1\n-> X25519 ")] ^= 0x01;
  assert_true (g_file_set_contents (bundle, bytes, (gssize) size, NULL));
  assert_int_equal (wb_test_ctl_run (self, "verify", bundle, "--identity", key, NULL), 3);
  print_message ("  %s", self->out);
}

static void
counts_have_their_dutch_plural (void **state)
{
  WbTestCtl *self = *state;
  const char *const dutch[] = { "LANGUAGE", "nl", "LC_ALL", "C.UTF-8", NULL };
  char *words[] = { g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL),
                    (char *) "verify",
                    self->path,
                    (char *) "--passphrase-file",
                    self->passphrase,
                    NULL };

  assert_int_equal (wb_test_ctl_run_with (self, dutch, words), 0);
  if (strstr (self->out, "3 vermeldingen, ") == NULL)
    fail_msg ("%s", self->out);
  g_free (words[0]);
}

static void
users_and_a_rebuild_are_told_in_json (void **state)
{
  WbTestCtl *self = *state;

  assert_int_equal (wb_test_ctl_run (self,
                                     "user",
                                     "add",
                                     self->path,
                                     "bert",
                                     "--independent",
                                     "--new-passphrase-file",
                                     self->passphrase,
                                     "--json",
                                     NULL),
                    0);
  assert_non_null (strstr (self->out, "\"name\" : \"bert\""));
  assert_non_null (strstr (self->out, "\"recipient\" : \"age1"));
  assert_int_equal (wb_test_ctl_run (self, "rebuild", self->path, "--user", "bert", "--json", NULL),
                    0);
  assert_non_null (strstr (self->out, "\"entries\" : 5"));
  assert_non_null (strstr (self->out, "\"set_aside\" : []"));
}

static void
columns_are_counted_in_places_not_bytes (void **state)
{
  WbTestCtl *self = *state;
  const char *line, *next;

  record_one (self);
  assert_int_equal (wb_test_ctl_run (self, "list", self->path, "--now", NOW, NULL), 0);
  line = strstr (self->out, CASE_1);
  assert_non_null (line);
  next = strstr (line, "\xe2\x80\x93"); /* no urgency: a dash of three bytes in 12 places */
  assert_non_null (next);
  assert_int_equal (strspn (next + 3, " "), 12);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (counts_have_their_dutch_plural),
    with_ctl (users_and_a_rebuild_are_told_in_json),
    with_ctl (columns_are_counted_in_places_not_bytes),
    with_ctl (every_command_has_help_in_both_languages),
    with_ctl (wrong_usage_leaves_with_two),
    with_ctl (codes_that_cannot_be_are_told_with_those_that_can),
    with_ctl (options_of_verify_that_cannot_be_are_usage_errors),
    with_ctl (files_that_cannot_be_read_are_told),
    with_ctl (one_of_a_kind_is_told_in_the_singular),
    with_ctl (a_wrong_passphrase_is_told),
    with_ctl (a_damaged_key_file_is_told),
    with_ctl (a_truncated_store_and_a_strange_one_are_told),
    with_ctl (bad_json_is_told),
    with_ctl (fifty_megabytes_of_text_are_refused),
    with_ctl (an_unreadable_attachment_is_told),
    with_ctl (a_register_in_use_is_told),
    with_ctl (what_is_no_register_is_told),
    with_ctl (without_a_declaration_of_independence_no_register_is_made),
    with_ctl (hostile_bundles_are_told),
    with_ctl (a_full_disk_loses_nothing),
    with_ctl (names_are_shown_on_asking_only),
    with_ctl (a_change_keeps_the_earlier_value_in_the_log),
    with_ctl (the_batch_gives_the_tables_own_columns),
    with_ctl (a_bundle_goes_out_and_is_checked),
    with_ctl (an_encrypted_bundle_that_does_not_open_is_a_finding),
  };

  return cmocka_run_group_tests_name ("ctl", tests, NULL, NULL);
}
