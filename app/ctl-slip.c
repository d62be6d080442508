/* SPDX-License-Identifier: EUPL-1.2 */

/* slip: the small page that a person takes along. */
#include "ctl.h"

#include <stdio.h>

static const char *const PAPER_NAMES[] = { "a6", "a5", "a4" };

/* To standard error: never on the slip, and apart from the answer. */
static void
print_remarks (const WbGivenSlip *given)
{
  if (!wb_slip_text_is_reviewed (given->slip->text))
    fprintf (stderr,
             _ ("The text in the language %s was not yet read by a sworn translator.\n"),
             given->language_name);
  if (given->minor && !given->slip->child)
    fprintf (stderr, "%s\n", _ ("The person is a minor: --child puts it in words for a child."));
}

static JsonObject *
given_to_json (const WbGivenSlip *given, const WbSlipOptions *options)
{
  const WbSlip *slip = given->slip;
  JsonObject *object = json_object_new ();
  g_autofree char *received = wb_date_format (slip->received);

  ctl_set_text (object, "letter", given->letter->reference);
  ctl_set_text (object, "reference", slip->reference);
  ctl_set_text (object, "received", received);
  ctl_set_text (object, "language", wb_slip_text_get_language (slip->text));
  json_object_set_boolean_member (object, "reviewed", wb_slip_text_is_reviewed (slip->text));
  json_object_set_boolean_member (object, "plain", slip->plain);
  json_object_set_boolean_member (object, "child", slip->child);
  ctl_set_text (object, "paper", options->path != NULL ? PAPER_NAMES[options->paper] : NULL);
  ctl_set_text (object, "file", options->path);
  ctl_set_text (object, "text", given->text);
  return object;
}

static CtlExit
give (Ctl *ctl, const WbSlipOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = ctl_open (ctl, ctl->arguments[0], &error);
  g_autoptr (WbGivenSlip) given =
      reg != NULL ? wb_register_give_slip (reg, ctl->arguments[1], options, &error) : NULL;

  if (given == NULL)
    return ctl_fail (error);
  print_remarks (given);
  if (ctl->json)
    ctl_print_json_object (given_to_json (given, options));
  else if (options->path == NULL)
    ctl_print ("%s", given->text);
  else
    ctl_print (_ ("The slip is in %s; that it was given is %s.\n"),
               options->path,
               given->letter->reference);
  return CTL_DONE;
}

static CtlExit
run_slip (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *language = NULL;
  g_autofree char *path = NULL;
  g_autofree char *paper = NULL;
  gboolean plain = FALSE, child = FALSE;
  const GOptionEntry entries[] = {
    { "lang",
      0,
      0,
      G_OPTION_ARG_STRING,
      &language,
      _ ("its language, two or three letters (otherwise that of the person)"),
      _ ("CODE") },
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &path, _ ("make this PDF"), _ ("FILE") },
    { "paper",
      0,
      0,
      G_OPTION_ARG_STRING,
      &paper,
      _ ("size of the paper: a6 (otherwise), a5 or a4"),
      _ ("SIZE") },
    { "plain",
      0,
      0,
      G_OPTION_ARG_NONE,
      &plain,
      _ ("reference, date and telephone number alone, without the body’s name"),
      NULL },
    { "child", 0, 0, G_OPTION_ARG_NONE, &child, _ ("in words for a child"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  WbSlipOptions options = { 0 };
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("slip REG REF"), entries, 2, 2, argc, argv, &code))
    return code;
  if (paper != NULL && !wb_paper_parse (paper, &options.paper))
    return ctl_usage (_ ("There is no paper “%s”: choose a6, a5 or a4."), paper);
  if (paper != NULL && path == NULL)
    return ctl_usage (_ ("--paper goes with --out."));
  options.language = language;
  options.path = path;
  options.plain = plain;
  options.child = child;
  return give (ctl, &options);
}

const CtlCommand CTL_SLIP = { "slip",
                              "REG REF [--lang CODE] [--out FILE]",
                              N_ ("gives the person a slip that tells nothing of the case"),
                              run_slip };
