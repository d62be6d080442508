/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The recipient's own tools: they accept a sound bundle, and verify.sh and our verifier agree on
 * damaged ones.
 */
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-age.h"
#include "wb-bundle-private.h"
#include "wb-test-bundle.h"

#define REFERENCE "NL-TEST-2026-0001"

typedef struct {
  char *folder;
  char *zip;
  char *bag; /* unpacked */
  WbTestBundle *test;
  GPtrArray *files;
} Fixture;

static gboolean
has_program (const char *name)
{
  g_autofree char *path = g_find_program_in_path (name);

  return path != NULL;
}

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  self->zip = g_build_filename (self->folder, "z.zip", NULL);
  self->bag = g_build_filename (self->folder, REFERENCE, NULL);
  self->test = wb_test_bundle_new (FALSE);
  wb_test_bundle_write (self->test, self->zip, NULL);
  self->files = wb_test_files_read (self->zip);
  *state = self;
  return 0;
}

static void
remove_bag (Fixture *self)
{
  const char *argv[] = { "rm", "-rf", self->bag, NULL };

  assert_int_equal (wb_test_run (NULL, argv, NULL), 0);
}

static int
teardown (void **state)
{
  Fixture *self = *state;
  void *folder = self->folder;

  remove_bag (self);
  g_free (self->zip);
  g_free (self->bag);
  wb_test_bundle_free (self->test);
  g_ptr_array_unref (self->files);
  g_free (self);
  return wb_test_folder_teardown (&folder);
}

/* A shell command in the unpacked bag, as it stands in README.txt. */
static int
shell (Fixture *self, const char *command, char **ret_output)
{
  const char *argv[] = { "sh", "-c", command, NULL };

  return wb_test_run (self->bag, argv, ret_output);
}

static void
unzip_takes_it_apart (void **state)
{
  Fixture *self = *state;
  const char *test[] = { "unzip", "-tq", self->zip, NULL };
  const char *unpack[] = { "unzip", "-q", self->zip, NULL };
  g_autofree char *output = NULL;

  if (!has_program ("unzip"))
    skip ();
  assert_int_equal (wb_test_run (NULL, test, &output), 0);
  assert_int_equal (wb_test_run (self->folder, unpack, NULL), 0);
  for (guint i = 0; i < self->files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (self->files, i);
    g_autofree char *path = g_build_filename (self->bag, file->path, NULL);
    gsize size = 0;
    g_autofree char *bytes = wb_test_read (path, &size);

    assert_int_equal (size, file->size);
    assert_memory_equal (bytes, g_bytes_get_data (file->bytes, NULL), size);
  }
}

/* Every indented command of the section on Linux in both texts runs and says what the text says. */
static void
the_commands_in_the_readme_work (void **state)
{
  static const char *const texts[] = { "README.txt", "LEESMIJ.txt" };
  Fixture *self = *state;

  if (!has_program ("ssh-keygen") || !has_program ("sha256sum"))
    skip ();
  wb_test_files_unpack (self->files, self->bag);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *path = g_build_filename (self->bag, texts[i], NULL);
    g_autofree char *text = wb_test_read (path, NULL);
    char *from = strstr (text, "LINUX\n");
    char *to = strstr (text, "MACOS\n");
    g_auto (GStrv) lines = NULL;
    guint commands = 0;

    assert_non_null (from);
    assert_true (to > from);
    *to = '\0';
    lines = g_strsplit (from, "\n", -1);
    for (guint j = 0; lines[j] != NULL; j++) {
      g_autofree char *output = NULL;

      if (!g_str_has_prefix (lines[j], "    ") || strstr (lines[j], "verify.sh") != NULL)
        continue;
      commands++;
      if (shell (self, g_strchug (lines[j]), &output) != 0)
        fail_msg ("%s: %s: %s", texts[i], lines[j], output);
      if (strstr (lines[j], "ssh-keygen") != NULL)
        assert_true (g_str_has_prefix (output, "Good "));
      if (strstr (lines[j], "diff") != NULL)
        assert_string_equal (output, "");
    }
    assert_int_equal (commands, 5);
    assert_null (strstr (text, "@PRINCIPAL@"));
    assert_null (strstr (text, "@FINGERPRINT@"));
    assert_non_null (strstr (text, self->test->fingerprint));
  }
}

static void
the_readme_finds_an_added_file (void **state)
{
  Fixture *self = *state;
  g_autofree char *extra = NULL;
  g_autofree char *output = NULL;

  if (!has_program ("sha256sum"))
    skip ();
  extra = g_build_filename (self->bag, "data", "extra.txt", NULL);
  wb_test_files_unpack (self->files, self->bag);
  assert_true (g_file_set_contents (extra, "x", 1, NULL));
  (void) shell (self,
                "cut -c 67- manifest-sha256.txt tagmanifest-sha256.txt | LC_ALL=C sort > ../list; "
                "find . -type f ! -path './tagmanifest-sha256.txt*' | cut -c 3- | LC_ALL=C sort | "
                "diff ../list -",
                &output);
  assert_non_null (strstr (output, "data/extra.txt"));
}

static void
assert_age_decrypts (Fixture *self)
{
  g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
  g_autofree char *to = wb_age_identity_to_recipient (identity, NULL);
  const char *recipients[] = { to, NULL };
  g_autofree char *sealed = g_strconcat (self->zip, ".age", NULL);
  g_autofree char *plain = g_build_filename (self->folder, "plain.zip", NULL);
  g_autofree char *keys = g_build_filename (self->folder, "key.txt", NULL);
  const char *argv[] = { "age", "-d", "-i", keys, "-o", plain, sealed, NULL };
  gsize size = 0, wanted = 0, length = 0;
  const guint8 *secret = wb_secret_peek (identity, &length);
  g_autofree char *bytes = NULL;
  g_autofree char *original = NULL;

  wb_test_bundle_write (self->test, sealed, recipients);
  assert_true (g_file_set_contents (keys, (const char *) secret, (gssize) length, NULL));
  assert_int_equal (wb_test_run (NULL, argv, NULL), 0);
  bytes = wb_test_read (plain, &size);
  original = wb_test_read (self->zip, &wanted);
  assert_int_equal (size, wanted);
  assert_memory_equal (bytes, original, size);
}

static void
age_decrypts_to_the_very_zip (void **state)
{
  if (!has_program ("age"))
    skip ();
  assert_age_decrypts (*state);
}

static gboolean
script_says_good (Fixture *self, GPtrArray *files, char **ret_output)
{
  const char *argv[] = { "sh", "verify.sh", "--fingerprint", self->test->fingerprint, NULL };
  g_autofree char *script = g_build_filename (self->bag, "verify.sh", NULL);
  GBytes *sound = wb_test_files_get (self->files, "verify.sh");
  int status;

  remove_bag (self);
  wb_test_files_unpack (files, self->bag);
  /* The script itself comes from a sound bundle: a changed one could say anything. */
  if (!g_file_test (script, G_FILE_TEST_EXISTS)) {
    g_autofree char *path = g_build_filename (self->folder, "verify.sh", NULL);
    const char *elsewhere[] = { "sh",
                                "-c",
                                "cp ../verify.sh verify-sound.sh; sh verify-sound.sh",
                                NULL };

    assert_true (g_file_set_contents (path,
                                      g_bytes_get_data (sound, NULL),
                                      (gssize) g_bytes_get_size (sound),
                                      NULL));
    return wb_test_run (self->bag, elsewhere, ret_output) == 0;
  }
  status = wb_test_run (self->bag, argv, ret_output);
  assert_true (status == 0 || status == 1);
  return status == 0;
}

static gboolean
verifier_says_good (Fixture *self, GPtrArray *files)
{
  WbBundleCheckOptions options = { self->test->fingerprint, NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (WbVerification) result = NULL;

  wb_test_files_save (files, self->zip);
  result = wb_bundle_verify (self->zip, &options, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  return wb_verification_is_good (result);
}

typedef struct {
  const char *path; /* to be changed */
  const char *from; /* (nullable): text to be replaced; NULL: the file goes */
  const char *to;
  gboolean resealed; /* signed anew by who holds the key */
} Damage;

static void
do_damage (Fixture *self, GPtrArray *files, const Damage *damage)
{
  if (damage->from == NULL)
    wb_test_files_set (files,
                       damage->path,
                       damage->to,
                       damage->to != NULL ? strlen (damage->to) : 0);
  else {
    GBytes *bytes = wb_test_files_get (files, damage->path);
    g_autoptr (GString) text =
        g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));

    if (g_string_replace (text, damage->from, damage->to, 1) == 0)
      fail_msg ("%s does not hold %s", damage->path, damage->from);
    wb_test_files_set (files, damage->path, text->str, text->len);
  }
  if (damage->resealed)
    wb_test_files_reseal (files, self->test->seed);
}

static const Damage damages[] = {
  /* Not signed anew: the sums or the signature tell. */
  { "bagit.txt", "1.0", "1.1", FALSE },
  { "bag-info.txt", "Inspectie", "Inspectia", FALSE },
  { "README.txt", "CASE", "Case", FALSE },
  { "LEESMIJ.txt", "DOSSIER", "dossier", FALSE },
  { "allowed_signers", "NL-TEST", "NL-TESX", FALSE },
  { "metadata/case.mdto.xml", "Zaak", "Zaek", FALSE },
  { "manifest-sha256.txt", "a", "b", FALSE },
  { "tagmanifest-sha256.txt", "a", "b", FALSE },
  { "tagmanifest-sha256.txt.sig", "U1NIU0lH", "U1NIU0lI", FALSE },
  { "tagmanifest-sha256.txt.sig", "\n", "\r\n", FALSE },
  { "tagmanifest-sha256.txt.sig", "-----END", "----END", FALSE },
  { "data/case.json", "Tigrinya", "Tigrinia", FALSE },
  { "data/report.pdf", "%PDF", "%PDE", FALSE },
  { "data/index.csv", "foto.JPG", "fota.JPG", FALSE },
  { "data/deadlines.ics", "VERSION", "VERSIEN", FALSE },
  { "data/evidence/0001.pdf", "x", "y", FALSE },
  { "data/evidence/0003", NULL, "x", FALSE },
  { "data/log/checkpoint", "waarborg", "waarborh", FALSE },
  { "data/log/log.vkey", "NL-TEST", "NL-TESX", FALSE },
  { "data/log/entries/000001.txt", "created", "changed", FALSE },
  { "data/log/disclosed/000001.txt", "Wegneming", "Wegnemink", FALSE },
  { "data/log/proofs/000001.tlog-proof", "index 1", "index 2", FALSE },
  /* Missing and added. */
  { "bagit.txt", NULL, NULL, FALSE },
  { "bag-info.txt", NULL, NULL, FALSE },
  { "README.txt", NULL, NULL, FALSE },
  { "verify.sh", NULL, NULL, FALSE },
  { "allowed_signers", NULL, NULL, FALSE },
  { "manifest-sha256.txt", NULL, NULL, FALSE },
  { "tagmanifest-sha256.txt", NULL, NULL, FALSE },
  { "tagmanifest-sha256.txt.sig", NULL, NULL, FALSE },
  { "data/case.json", NULL, NULL, FALSE },
  { "data/evidence/0002.jpg", NULL, NULL, FALSE },
  { "data/log/proofs/000002.tlog-proof", NULL, NULL, FALSE },
  { "data/log/entries/000002.txt", NULL, NULL, FALSE },
  { "data/extra.txt", NULL, "x", FALSE },
  { "data/evidence/0004", NULL, "", FALSE },
  { "extra.txt", NULL, "x", FALSE },
  { "metadata/extra.xml", NULL, "x", FALSE },
  { "fetch.txt", NULL, "http://example.org 1 data/x\n", FALSE },
  { "data/log/entries/000000.txt", NULL, "x", FALSE },
  /* Signed anew by one who holds the key: only the log tells. */
  { "README.txt", "CASE", "Case", TRUE }, /* still good: nothing but the text changed */
  { "bagit.txt", "1.0", "1.1", TRUE },
  { "bag-info.txt", "NL-TEST-2026-0001", "NL-TEST-2026-0002", TRUE },
  { "allowed_signers", "NL-TEST", "*", TRUE },
  { "allowed_signers", " namespaces=\"case-bundle@waarborg\"", "", TRUE },
  { "fetch.txt", NULL, "http://example.org 1 data/x\n", TRUE },
  { "data/case.json", NULL, NULL, TRUE },
  { "verify.sh", NULL, NULL, TRUE },
  { "data/log/log.vkey", NULL, NULL, TRUE },
  { "data/log/log.vkey", "NL-TEST", "NL-TESX", TRUE },
  { "data/log/log.vkey", "+", "+0", TRUE },
  { "data/log/checkpoint", NULL, NULL, TRUE },
  { "data/log/checkpoint", "\n12\n", "\n13\n", TRUE },
  { "data/log/checkpoint", "waarborg/NL-TEST/", "waarborg/NL-TESX/", TRUE },
  { "data/log/checkpoint", "\n\n", "\nmore\n\n", TRUE },
  { "data/log/entries/000001.txt", "created", "changed", TRUE },
  { "data/log/entries/000001.txt", "number 1", "number 2", TRUE },
  { "data/log/entries/000001.txt", "waarborg-entry v1", "waarborg-entry v2", TRUE },
  { "data/log/entries/000001.txt", NULL, NULL, TRUE },
  { "data/log/disclosed/000001.txt", "Wegneming", "Wegnemink", TRUE },
  { "data/log/disclosed/000001.txt", "title", "kind", TRUE },
  { "data/log/disclosed/000000.txt", NULL, "x\n", TRUE },
  { "data/log/proofs/000001.tlog-proof", "index 1", "index 2", TRUE },
  { "data/log/proofs/000001.tlog-proof", "index 1", "index 01", TRUE },
  { "data/log/proofs/000001.tlog-proof", "@v1", "@v2", TRUE },
  { "data/log/proofs/000001.tlog-proof", "\n12\n", "\n13\n", TRUE },
  { "data/log/proofs/000001.tlog-proof", "=\n", "=\n\n", TRUE },
  { "data/log/proofs/000002.tlog-proof", NULL, NULL, TRUE },
  { "data/log/proofs/000000.tlog-proof", NULL, "x", TRUE },
  { "data/log/entries/x.txt", NULL, "x", TRUE },
};

static void
the_script_and_the_verifier_agree (void **state)
{
  Fixture *self = *state;
  guint good = 0;

  if (!has_program ("ssh-keygen") || !has_program ("openssl"))
    skip ();
  assert_true (verifier_says_good (self, self->files));
  {
    g_autofree char *output = NULL;
    if (!script_says_good (self, self->files, &output))
      fail_msg ("%s", output);
  }
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autoptr (GPtrArray) files = wb_test_files_copy (self->files);
    g_autofree char *output = NULL;
    gboolean ours, script;

    do_damage (self, files, &damages[i]);
    ours = verifier_says_good (self, files);
    script = script_says_good (self, files, &output);
    good += ours;
    if (ours != script)
      fail_msg ("%u %s: ours %d, script %d: %s", i, damages[i].path, ours, script, output);
  }
  assert_int_equal (good, 1);
  wb_test_count ("bundle-script-agreement", G_N_ELEMENTS (damages));
}

static void
the_script_knows_the_fingerprint (void **state)
{
  Fixture *self = *state;
  g_autofree char *output = NULL;

  if (!has_program ("ssh-keygen") || !has_program ("openssl"))
    skip ();
  wb_test_files_unpack (self->files, self->bag);
  assert_int_equal (shell (self, "sh verify.sh", &output), 0);
  assert_non_null (strstr (output, self->test->fingerprint));
  assert_int_equal (shell (self, "sh verify.sh --fingerprint SHA256:x", NULL), 1);
  assert_int_equal (shell (self, "sh verify.sh --what", NULL), 2);
}

#define UNIT(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    UNIT (unzip_takes_it_apart),
    UNIT (the_commands_in_the_readme_work),
    UNIT (the_readme_finds_an_added_file),
    UNIT (age_decrypts_to_the_very_zip),
    UNIT (the_script_knows_the_fingerprint),
    UNIT (the_script_and_the_verifier_agree),
  };

  return cmocka_run_group_tests_name ("bundle-tools", tests, NULL, NULL);
}
