/* SPDX-License-Identifier: EUPL-1.2 */

/* backup, restore, rehearse: the whole register in one encrypted file, and back. */
#include "ctl.h"

#include <stdio.h>

#define DAY (24 * 60 * 60 * 1000LL) /* ms */

static void
show_rehearsal_age (const WbBackupNote *note)
{
  g_autofree char *time = note != NULL ? wb_instant_format_seconds (note->time) : NULL;
  int days = note != NULL ? (int) ((wb_clock_now () - note->time) / DAY) : 0;

  if (note == NULL)
    puts (_ ("The recovery was never rehearsed: waarborgctl rehearse."));
  else
    ctl_print (ngettext_ ("The recovery was last rehearsed %d day ago (%s).\n",
                          "The recovery was last rehearsed %d days ago (%s).\n",
                          (guint) days),
               days,
               time);
}

static CtlExit
show_age (Ctl *ctl, WbRegister *reg)
{
  g_autoptr (WbBackupNote) note = NULL;
  g_autoptr (WbBackupNote) rehearsal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *time = NULL;
  guint64 since;
  int days;

  if (!wb_register_find_backup (reg, &note, &error) ||
      !wb_register_find_rehearsal (reg, &rehearsal, &error))
    return ctl_fail (error);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_instant (object, "made", note != NULL ? note->time : WB_INSTANT_NONE);
    ctl_set_text (object, "sha256", note != NULL ? note->sha256 : NULL);
    if (note != NULL)
      json_object_set_int_member (object, "entries", (gint64) note->size);
    ctl_set_instant (object, "rehearsed", rehearsal != NULL ? rehearsal->time : WB_INSTANT_NONE);
    ctl_set_text (object, "rehearsed_sha256", rehearsal != NULL ? rehearsal->sha256 : NULL);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  if (note == NULL) {
    puts (_ ("No backup of this register was ever made."));
    return CTL_DONE;
  }
  time = wb_instant_format_seconds (note->time);
  days = (int) ((wb_clock_now () - note->time) / DAY);
  since = wb_register_get_size (reg) - note->size - 1; /* without the entry of the backup itself */
  ctl_print (ngettext_ ("The last verified backup is %d day old (%s).\n",
                        "The last verified backup is %d days old (%s).\n",
                        (guint) days),
             days,
             time);
  printf (ngettext_ ("Since then %llu entry was added to the log.\n",
                     "Since then %llu entries were added to the log.\n",
                     (unsigned long) since),
          (unsigned long long) since);
  show_rehearsal_age (rehearsal);
  return CTL_DONE;
}

static CtlExit
make_backup (Ctl *ctl, WbRegister *reg, char **recipients, const char *passphrase_file)
{
  const char *path = ctl->arguments[1];
  g_autoptr (WbSecret) passphrase = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;
  int shown = -1;

  if (recipients == NULL) {
    passphrase =
        ctl_read_passphrase (passphrase_file, _ ("New passphrase of the backup:"), TRUE, &error);
    if (passphrase == NULL)
      return ctl_fail (error);
  }
  if (!wb_register_backup (reg,
                           path,
                           (const char *const *) recipients,
                           passphrase,
                           ctl_show_progress,
                           &shown,
                           NULL,
                           &sha256,
                           &error))
    return ctl_fail (error);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "path", path);
    ctl_set_text (object, "sha256", sha256);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  ctl_print (_ ("The backup %s was made, read back and found right.\nSHA-256: %s\n"), path, sha256);
  return CTL_DONE;
}

static CtlExit
run_backup (Ctl *ctl, int argc, char **argv)
{
  g_auto (GStrv) recipients = NULL;
  g_autofree char *passphrase_file = NULL;
  const GOptionEntry entries[] = {
    { "to",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &recipients,
      _ ("recovery key that can read the backup (may be given more than once)"),
      "age1…" },
    { "backup-passphrase-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &passphrase_file,
      _ ("read the passphrase of the backup itself from a file"),
      _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("backup REG [FILE]"), entries, 1, 2, argc, argv, &code))
    return code;
  if (recipients != NULL && passphrase_file != NULL)
    return ctl_usage (_ ("Give either --to or --backup-passphrase-file."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL)
    return ctl_fail (error);
  return ctl->n_arguments == 1 ? show_age (ctl, reg)
                               : make_backup (ctl, reg, recipients, passphrase_file);
}

const CtlCommand CTL_BACKUP = {
  "backup",
  "REG [FILE]",
  N_ ("makes a verified backup, or tells how old the last one is"),
  run_backup,
};

/* What opens a backup: an identity file, or a passphrase that is asked for. */
static gboolean
read_opener (const char *identity_file,
             const char *passphrase_file,
             GPtrArray **ret_identities,
             WbSecret **ret_passphrase,
             GError **error)
{
  if (identity_file != NULL)
    *ret_identities = wb_identity_file_load (identity_file, error);
  else
    *ret_passphrase =
        ctl_read_passphrase (passphrase_file, _ ("Passphrase of the backup:"), FALSE, error);
  return *ret_identities != NULL || *ret_passphrase != NULL;
}

static CtlExit
restore (Ctl *ctl, const char *identity_file, const char *passphrase_file)
{
  g_autoptr (GPtrArray) identities = NULL;
  g_autoptr (WbSecret) sealed = NULL;
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (WbVerification) result = NULL;
  g_autoptr (GError) error = NULL;
  int shown = -1;

  if (!read_opener (identity_file, passphrase_file, &identities, &sealed, &error))
    return ctl_fail (error);
  passphrase = ctl_read_passphrase (ctl->passphrase_file, _ ("Passphrase:"), FALSE, &error);
  if (passphrase == NULL)
    return ctl_fail (error);
  if (!wb_register_restore (ctl->arguments[0],
                            identities,
                            sealed,
                            ctl->arguments[1],
                            ctl->user,
                            passphrase,
                            ctl_show_progress,
                            &shown,
                            NULL,
                            &result,
                            &error))
    return ctl_fail (error);
  if (!ctl->json)
    ctl_print (_ ("The register %s was put back and verified.\n"), ctl->arguments[1]);
  return ctl_report_verification (ctl, result);
}

static CtlExit
run_restore (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *identity_file = NULL;
  g_autofree char *passphrase_file = NULL;
  const GOptionEntry entries[] = {
    { "identity",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &identity_file,
      _ ("file with the recovery identity (AGE-SECRET-KEY-1…)"),
      _ ("FILE") },
    { "backup-passphrase-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &passphrase_file,
      _ ("read the passphrase of the backup itself from a file"),
      _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("restore FILE REG --user NAME"), entries, 2, 2, argc, argv, &code))
    return code;
  if (ctl->user == NULL)
    return ctl_usage (_ ("restore needs --user: whose passphrase opens the register."));
  if (identity_file != NULL && passphrase_file != NULL)
    return ctl_usage (_ ("Give either --identity or --backup-passphrase-file."));
  return restore (ctl, identity_file, passphrase_file);
}

const CtlCommand CTL_RESTORE = {
  "restore",
  "FILE REG",
  N_ ("puts a register back from a backup and verifies it"),
  run_restore,
};

static CtlExit
rehearse (Ctl *ctl, WbRegister *reg, const char *identity_file, const char *passphrase_file)
{
  g_autoptr (GPtrArray) identities = NULL;
  g_autoptr (WbSecret) sealed = NULL;
  g_autoptr (WbRehearsal) result = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  int shown = -1;

  if (!read_opener (identity_file, passphrase_file, &identities, &sealed, &error))
    return ctl_fail (error);
  result = wb_register_rehearse (reg,
                                 ctl->arguments[1],
                                 identities,
                                 sealed,
                                 ctl_show_progress,
                                 &shown,
                                 NULL,
                                 &error);
  if (result == NULL)
    return ctl_fail (error);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "sha256", result->sha256);
    json_object_set_int_member (object, "entries", (gint64) result->size);
    json_object_set_int_member (object, "since", (gint64) result->since);
    json_object_set_boolean_member (object, "by_recovery_key", result->by_key);
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  words = wb_rehearsal_to_words (result);
  puts (words);
  ctl_print ("SHA-256: %s\n", result->sha256);
  return CTL_DONE;
}

static CtlExit
run_rehearse (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *identity_file = NULL;
  g_autofree char *passphrase_file = NULL;
  const GOptionEntry entries[] = {
    { "identity",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &identity_file,
      _ ("file with the recovery identity (AGE-SECRET-KEY-1…)"),
      _ ("FILE") },
    { "backup-passphrase-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &passphrase_file,
      _ ("read the passphrase of the backup itself from a file"),
      _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("rehearse REG FILE"), entries, 2, 2, argc, argv, &code))
    return code;
  if (identity_file != NULL && passphrase_file != NULL)
    return ctl_usage (_ ("Give either --identity or --backup-passphrase-file."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL)
    return ctl_fail (error);
  return rehearse (ctl, reg, identity_file, passphrase_file);
}

const CtlCommand CTL_REHEARSE = {
  "rehearse",
  "REG FILE",
  N_ ("recovers the register from a backup without doing it, and notes that it works"),
  run_rehearse,
};
