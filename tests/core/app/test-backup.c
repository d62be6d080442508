/* SPDX-License-Identifier: EUPL-1.2 */

/* The whole register in one file and back, checked with age, tar and sha256sum besides. */
#include "wb-test-ctl.h"

#include <glib/gstdio.h>
#include <string.h>

#include "wb-age.h"

#define CANARY "kanariezang"
#define BACKUP_PASSPHRASE "een tweede zin voor de reservekopie"

static const char ITEM[] = "{\"records\": [{\"type\": \"allegation\", \"fields\": {\"account\": "
                           "\"" CANARY " in het verhaal\"}}]}";

typedef struct {
  WbTestCtl *ctl;
  char *backup, *secret, *back, *key;
} Fixture;

static Fixture
prepare (WbTestCtl *self)
{
  g_autofree char *item = wb_test_ctl_write (self, "item.json", ITEM, -1);
  Fixture f = { .ctl = self };

  assert_int_equal (wb_test_ctl_run (self, "record", self->path, item, NULL), 0);
  f.secret = wb_test_ctl_write (self, "backup-passphrase.txt", BACKUP_PASSPHRASE "\n", -1);
  f.backup = g_build_filename (self->folder, "register.backup.age", NULL);
  f.back = g_build_filename (self->folder, "back.waarborg", NULL);
  return f;
}

static void
fixture_clear (Fixture *f)
{
  g_free (f->backup);
  g_free (f->secret);
  g_free (f->back);
  g_free (f->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static int
back_up (Fixture *f)
{
  return wb_test_ctl_run (f->ctl,
                          "backup",
                          f->ctl->path,
                          f->backup,
                          "--backup-passphrase-file",
                          f->secret,
                          NULL);
}

static int
put_back (Fixture *f, const char *secret)
{
  return wb_test_ctl_run (f->ctl,
                          "restore",
                          f->backup,
                          f->back,
                          "--user",
                          "anna",
                          "--backup-passphrase-file",
                          secret,
                          NULL);
}

static void
run_tool (const char *folder, const char *script)
{
  const char *words[] = { "sh", "-ec", script, NULL };
  g_autofree char *err = NULL;
  int status = -1;

  assert_true (g_spawn_sync (folder,
                             (char **) words,
                             NULL,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                             NULL,
                             NULL,
                             NULL,
                             &err,
                             &status,
                             NULL));
  if (status != 0)
    fail_msg ("%s: %s", script, err);
}

/* A recovery key made by age-keygen: recovery.txt; its recipient is returned. */
static char *
make_recovery (Fixture *f)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  const char *recipient;

  run_tool (f->ctl->folder, "age-keygen -o recovery.txt");
  f->key = g_build_filename (f->ctl->folder, "recovery.txt", NULL);
  assert_true (g_file_get_contents (f->key, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  recipient = strstr (lines[1], "age1");
  assert_non_null (recipient);
  return g_strdup (recipient);
}

static void
back_up_to_recovery (Fixture *f)
{
  g_autofree char *recipient = make_recovery (f);

  assert_int_equal (
      wb_test_ctl_run (f->ctl, "backup", f->ctl->path, f->backup, "--to", recipient, NULL),
      0);
}

static int
recover (Fixture *f)
{
  return wb_test_ctl_run (f->ctl,
                          "restore",
                          f->backup,
                          f->back,
                          "--user",
                          "anna",
                          "--identity",
                          f->key,
                          NULL);
}

static void
assert_nothing_was_put_back (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->ctl->folder, 0, NULL);
  const char *name;

  assert_false (g_file_test (f->back, G_FILE_TEST_EXISTS));
  while ((name = g_dir_read_name (dir)) != NULL)
    assert_false (g_str_has_prefix (name, ".restore-"));
}

static void
what_was_backed_up_comes_back_and_verifies (void **state)
{
  g_auto (Fixture) f = prepare (*state);

  assert_int_equal (wb_test_ctl_run (f.ctl, "backup", f.ctl->path, NULL), 0);
  assert_non_null (strstr (f.ctl->out, "No backup"));
  assert_int_equal (back_up (&f), 0);
  assert_non_null (strstr (f.ctl->out, "read back"));
  assert_int_equal (put_back (&f, f.secret), 0);
  assert_int_equal (wb_test_ctl_run (f.ctl, "search", f.back, CANARY, NULL), 0);
  assert_non_null (strstr (f.ctl->out, "A-1"));
  assert_int_equal (wb_test_ctl_run (f.ctl, "verify", f.back, "--depth", "deep", NULL), 0);
  assert_int_equal (wb_test_ctl_run (f.ctl, "log", f.back, NULL), 0);
  assert_non_null (strstr (f.ctl->out, "put back from a backup"));
}

static void
the_age_of_the_last_backup_is_known (void **state)
{
  g_auto (Fixture) f = prepare (*state);

  assert_int_equal (back_up (&f), 0);
  assert_int_equal (
      wb_test_ctl_run (f.ctl, "backup", f.ctl->path, "--now", "2126-06-01T08:00:00Z", NULL),
      0);
  assert_non_null (strstr (f.ctl->out, " days old"));
  assert_non_null (strstr (f.ctl->out, "0 entries"));
}

static void
nothing_of_the_register_is_in_clear (void **state)
{
  g_auto (Fixture) f = prepare (*state);
  g_autofree char *bytes = NULL;
  gsize size;

  assert_int_equal (back_up (&f), 0);
  assert_true (g_file_get_contents (f.backup, &bytes, &size, NULL));
  assert_null (memmem (bytes, size, CANARY, strlen (CANARY)));
  assert_null (memmem (bytes, size, "store.db", strlen ("store.db")));
}

static void
a_wrong_passphrase_puts_nothing_back (void **state)
{
  g_auto (Fixture) f = prepare (*state);
  g_autofree char *other = wb_test_ctl_write (f.ctl, "other.txt", "een andere zin\n", -1);

  assert_int_equal (back_up (&f), 0);
  assert_int_equal (put_back (&f, other), 1);
  assert_nothing_was_put_back (&f);
}

static void
nothing_is_overwritten (void **state)
{
  g_auto (Fixture) f = prepare (*state);

  assert_int_equal (back_up (&f), 0);
  assert_int_equal (back_up (&f), 1);
  assert_int_equal (g_mkdir (f.back, 0700), 0);
  assert_int_equal (put_back (&f, f.secret), 1);
  assert_int_equal (g_rmdir (f.back), 0);
}

/* Every part of the file, in 64 places, and every way to cut it short. */
static void
a_damaged_backup_is_told_and_puts_nothing_back (void **state)
{
  g_auto (Fixture) f = prepare (*state);
  g_autofree char *bytes = NULL;
  gsize size;
  guint n = 0;

  back_up_to_recovery (&f);
  assert_true (g_file_get_contents (f.backup, &bytes, &size, NULL));
  for (gsize i = 0; i < 16; i++) {
    gsize at = i * (size - 1) / 15;

    bytes[at] ^= 4;
    assert_true (g_file_set_contents (f.backup, bytes, (gssize) size, NULL));
    assert_int_not_equal (recover (&f), 0);
    assert_nothing_was_put_back (&f);
    bytes[at] ^= 4;
    assert_true (g_file_set_contents (f.backup, bytes, (gssize) at, NULL));
    assert_int_not_equal (recover (&f), 0);
    assert_nothing_was_put_back (&f);
    n += 2;
  }
  wb_test_count ("damaged-backups", n);
}

static int
rehearse (Fixture *f, const char *reg, const char *option, const char *file)
{
  return wb_test_ctl_run (f->ctl, "rehearse", reg, f->backup, option, file, NULL);
}

/* Neither a copy beside the register nor an entry in its log. */
static void
assert_no_trace (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->ctl->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    assert_null (strstr (name, ".rehearsal-"));
  assert_int_equal (wb_test_ctl_run (f->ctl, "log", f->ctl->path, NULL), 0);
  assert_null (strstr (f->ctl->out, "rehearsed"));
}

static void
a_rehearsal_is_told_logged_and_leaves_nothing_behind (void **state)
{
  g_auto (Fixture) f = prepare (*state);
  g_autofree char *left = g_build_filename (f.ctl->folder, ".test.waarborg.rehearsal-1", NULL);

  assert_int_equal (back_up (&f), 0);
  assert_int_equal (wb_test_ctl_run (f.ctl, "backup", f.ctl->path, NULL), 0);
  assert_non_null (strstr (f.ctl->out, "never rehearsed"));
  assert_no_trace (&f);
  assert_int_equal (g_mkdir (left, 0700), 0); /* by one that was cut short */

  assert_int_equal (rehearse (&f, f.ctl->path, "--backup-passphrase-file", f.secret), 0);
  assert_non_null (strstr (f.ctl->out, "with the passphrase of a user"));
  assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  assert_nothing_was_put_back (&f);
  assert_int_equal (wb_test_ctl_run (f.ctl, "log", f.ctl->path, NULL), 0);
  assert_non_null (strstr (f.ctl->out, "rehearsed its recovery"));
  assert_int_equal (
      wb_test_ctl_run (f.ctl, "backup", f.ctl->path, "--now", "2126-06-01T08:00:00Z", NULL),
      0);
  assert_non_null (strstr (f.ctl->out, "last rehearsed"));
  assert_int_equal (wb_test_ctl_run (f.ctl, "verify", f.ctl->path, "--depth", "deep", NULL), 0);
}

static void
a_rehearsal_without_the_right_key_or_with_damage_changes_nothing (void **state)
{
  g_auto (Fixture) f = prepare (*state);
  g_autofree char *wrong = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  back_up_to_recovery (&f);
  run_tool (f.ctl->folder, "age-keygen -o other.txt");
  wrong = g_build_filename (f.ctl->folder, "other.txt", NULL);
  assert_int_equal (rehearse (&f, f.ctl->path, "--identity", wrong), 1);
  assert_no_trace (&f);

  assert_true (g_file_get_contents (f.backup, &bytes, &size, NULL));
  bytes[size / 2] ^= 4;
  assert_true (g_file_set_contents (f.backup, bytes, (gssize) size, NULL));
  assert_int_equal (rehearse (&f, f.ctl->path, "--identity", f.key), 1);
  assert_no_trace (&f);
}

static void
create_with_recovery (Fixture *f, const char *path, const char *recipient)
{
  assert_int_equal (wb_test_ctl_run (f->ctl,
                                     "create",
                                     path,
                                     "--body",
                                     "Andere inspectie",
                                     "--code",
                                     "NL-ANDER",
                                     "--user",
                                     "anna",
                                     "--independent",
                                     "--recovery",
                                     recipient,
                                     NULL),
                    0);
}

static void
the_recovery_key_opens_the_register_without_a_passphrase (void **state)
{
  g_auto (Fixture) f = prepare (*state);
  g_autofree char *recipient = make_recovery (&f);
  g_autofree char *other = g_build_filename (f.ctl->folder, "other.waarborg", NULL);

  create_with_recovery (&f, other, recipient);
  assert_int_equal (wb_test_ctl_run (f.ctl, "backup", other, f.backup, "--to", recipient, NULL), 0);
  assert_int_equal (rehearse (&f, other, "--identity", f.key), 0);
  assert_non_null (strstr (f.ctl->out, "with the recovery key alone"));

  /* With the same key, but for another register. */
  assert_int_equal (rehearse (&f, f.ctl->path, "--identity", f.key), 1);
  assert_non_null (strstr (f.ctl->err, "of another register"));
  assert_no_trace (&f);
}

/* A stranger with the recovery key needs nothing of ours. */
static void
age_tar_and_sha256sum_take_it_out_too (void **state)
{
  g_auto (Fixture) f = prepare (*state);

  back_up_to_recovery (&f);
  run_tool (f.ctl->folder,
            "age -d -i recovery.txt register.backup.age | tar -x; cd test.waarborg;"
            " sha256sum -c --strict ../SHA256SUMS.backup; sha256sum -c --strict SHA256SUMS");
  assert_int_equal (recover (&f), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_ctl (what_was_backed_up_comes_back_and_verifies),
    with_ctl (the_age_of_the_last_backup_is_known),
    with_ctl (nothing_of_the_register_is_in_clear),
    with_ctl (a_wrong_passphrase_puts_nothing_back),
    with_ctl (nothing_is_overwritten),
    with_ctl (a_damaged_backup_is_told_and_puts_nothing_back),
    with_ctl (a_rehearsal_is_told_logged_and_leaves_nothing_behind),
    with_ctl (a_rehearsal_without_the_right_key_or_with_damage_changes_nothing),
    with_ctl (the_recovery_key_opens_the_register_without_a_passphrase),
    with_ctl (age_tar_and_sha256sum_take_it_out_too),
  };

  return cmocka_run_group_tests_name ("backup", tests, NULL, NULL);
}
