/* SPDX-License-Identifier: EUPL-1.2 */

/* waarborgctl: the register on a terminal. Start-up, help and the choice of the command. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

#include "config.h"
#include "texts.h"

/* In the order of the help. */
/* clang-format off */
static const CtlCommand *const COMMANDS[] = {
  &CTL_CREATE,
  &CTL_USER,
  &CTL_RECORD,
  &CTL_CHANGE,
  &CTL_LIST,
  &CTL_SHOW,
  &CTL_SEARCH,
  &CTL_MOVES,
  &CTL_REFER,
  &CTL_DECIDE,
  &CTL_RESEAL,
  &CTL_CONSENTS,
  &CTL_DUPLICATES,
  &CTL_DEADLINES,
  &CTL_AGES,
  &CTL_OVERRUN,
  &CTL_REGIME,
  &CTL_DUE,
  &CTL_ATTACH,
  &CTL_EXPORT,
  &CTL_IMPORT,
  &CTL_VERIFY_,
  &CTL_CHECKPOINT,
  &CTL_PROVE,
  &CTL_WITNESS,
  &CTL_LOG,
  &CTL_MODEL,
  &CTL_REBUILD,
  &CTL_VISIT,
  &CTL_SLIP,
  &CTL_SAMPLE,
  &CTL_RETENTION,
  &CTL_ERASE,
  &CTL_RECIPIENTS,
  &CTL_CERTIFICATE,
  &CTL_WITHHELD,
  &CTL_STATS,
  &CTL_BACKUP,
  &CTL_REHEARSE,
  &CTL_RESTORE,
};
/* clang-format on */

static CtlExit
print_help (void)
{
  puts (_ ("Usage: waarborgctl COMMAND [OPTIONS] ARGUMENTS"));
  putchar ('\n');
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++)
    printf ("  %-11s %s\n", COMMANDS[i]->name, _ (COMMANDS[i]->summary));
  putchar ('\n');
  puts (_ ("Every command tells its options with --help. A passphrase is asked on the terminal, or "
           "read\n"
           "from --passphrase-file; it is never an argument.\n"
           "Exit codes: 0 done, 1 refused or invalid, 2 wrong usage, 3 verification failed."));
  return CTL_DONE;
}

static const CtlCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (COMMANDS); i++) {
    if (g_str_equal (COMMANDS[i]->name, name))
      return COMMANDS[i];
  }
  return NULL;
}

static CtlExit
run (int argc, char **argv)
{
  const CtlCommand *command;
  Ctl ctl = { 0 };
  CtlExit code;

  if (argc < 2 || g_str_equal (argv[1], "help") || g_str_equal (argv[1], "--help") ||
      g_str_equal (argv[1], "-h"))
    return argc < 2 ? (print_help (), CTL_USAGE) : print_help ();
  if (g_str_equal (argv[1], "--version")) {
    printf ("waarborgctl %s\n", VERSION);
    return CTL_DONE;
  }
  command = find_command (argv[1]);
  if (command == NULL)
    return ctl_usage (_ ("There is no command “%s”."), argv[1]);
  argv[1] = argv[0];
  code = command->run (&ctl, argc - 1, argv + 1);
  ctl_clear (&ctl);
  return code;
}

/* A script must not take half an answer for a whole one. What was done stays done. */
static CtlExit
finish_output (CtlExit code)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return code;
  fprintf (stderr,
           "waarborgctl: %s\n",
           _ ("The answer could not be written: make room or choose another place for it."));
  return code == CTL_DONE ? CTL_REFUSED : code;
}

int
main (int argc, char **argv)
{
  bind_texts ();
  g_set_prgname ("waarborgctl");
  return finish_output (run (argc, argv));
}
