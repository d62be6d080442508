/* SPDX-License-Identifier: EUPL-1.2 */

/* checkpoint, prove, witness: bodies that keep where each other's logs stand. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

static JsonObject *
checkpoint_to_json (WbRegister *reg, const char *note)
{
  g_autofree char *vkey = wb_register_get_vkey (reg);
  g_autofree char *witness = wb_register_get_witness_vkey (reg, NULL);
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "origin", wb_register_get_origin (reg));
  json_object_set_int_member (object, "size", (gint64) wb_register_get_size (reg));
  ctl_set_text (object, "vkey", vkey);
  ctl_set_text (object, "witness_vkey", witness);
  ctl_set_text (object, "checkpoint", note);
  return object;
}

static CtlExit
print_checkpoint (Ctl *ctl)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = ctl_open (ctl, ctl->arguments[0], &error);
  g_autofree char *note = reg != NULL ? wb_register_checkpoint (reg, &error) : NULL;

  if (note == NULL)
    return ctl_fail (error);
  if (ctl->json)
    ctl_print_json_object (checkpoint_to_json (reg, note));
  else
    fputs (note, stdout);
  return CTL_DONE;
}

static CtlExit
make_slip (Ctl *ctl, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = ctl_open (ctl, ctl->arguments[0], &error);
  g_autoptr (WbSheet) sheet =
      reg != NULL
          ? wb_register_make_checkpoint_slip (reg, wb_language_current (), path != NULL, &error)
          : NULL;
  g_autofree char *text = NULL;

  if (sheet == NULL || (path != NULL && !ctl_write_sheet (sheet, path, &error)))
    return ctl_fail (error);
  text = wb_sheet_to_text (sheet);
  if (ctl->json) {
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "text", text);
    ctl_set_text (object, "file", path);
    ctl_print_json_object (object);
  } else if (path == NULL) {
    ctl_print ("%s", text);
  } else {
    ctl_print (_ ("The sheet is in %s.\n"), path);
  }
  return CTL_DONE;
}

static CtlExit
report_cosigned (Ctl *ctl, const WbCosigned *cosigned)
{
  g_autofree char *time = wb_instant_format_seconds (cosigned->time);
  JsonObject *object;

  if (!ctl->json) {
    ctl_print (_ ("Kept: the cosignature by %s on the checkpoint of %llu entries, of %s.\n"),
               cosigned->name,
               (unsigned long long) cosigned->size,
               time);
    return CTL_DONE;
  }
  object = json_object_new ();
  ctl_set_text (object, "witness", cosigned->name);
  ctl_set_text (object, "witness_vkey", cosigned->vkey);
  json_object_set_int_member (object, "size", (gint64) cosigned->size);
  ctl_set_instant (object, "time", cosigned->time);
  ctl_print_json_object (object);
  return CTL_DONE;
}

static CtlExit
add_cosignature (Ctl *ctl, const char *path, const char *vkey)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = ctl_read_text (path, WB_WITNESS_FILE_MAX, &error);
  g_autoptr (WbRegister) reg = answer != NULL ? ctl_open (ctl, ctl->arguments[0], &error) : NULL;
  g_autoptr (WbCosigned) cosigned =
      reg != NULL ? wb_register_add_cosignature (reg, answer, strlen (answer), vkey, &error) : NULL;

  return cosigned != NULL ? report_cosigned (ctl, cosigned) : ctl_fail (error);
}

static CtlExit
run_checkpoint (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *add = NULL;
  g_autofree char *vkey = NULL;
  g_autofree char *output = NULL;
  gboolean slip = FALSE;
  const GOptionEntry entries[] = {
    { "slip", 0, 0, G_OPTION_ARG_NONE, &slip, _ ("as a sheet of paper, to be left behind"), NULL },
    { "output",
      'o',
      0,
      G_OPTION_ARG_FILENAME,
      &output,
      _ ("with --slip: make this PDF"),
      _ ("FILE") },
    { "add",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &add,
      _ ("keep what another body answered on a checkpoint"),
      _ ("FILE") },
    { "key",
      0,
      0,
      G_OPTION_ARG_STRING,
      &vkey,
      _ ("with --add: of that body as a witness; needed the first time"),
      "NAME+ID+KEY" },
    G_OPTION_ENTRY_NULL,
  };
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("checkpoint REG"), entries, 1, 1, argc, argv, &exit_))
    return exit_;
  if (vkey != NULL && add == NULL)
    return ctl_usage (_ ("--key goes with --add."));
  if (output != NULL && !slip)
    return ctl_usage (_ ("--output goes with --slip."));
  if (slip && add != NULL)
    return ctl_usage (_ ("Choose --slip or --add."));
  if (slip)
    return make_slip (ctl, output);
  return add != NULL ? add_cosignature (ctl, add, vkey) : print_checkpoint (ctl);
}

const CtlCommand CTL_CHECKPOINT = {
  "checkpoint",
  "REG",
  N_ ("signs and prints where the log stands"),
  run_checkpoint,
};

static CtlExit
prove (Ctl *ctl, const char *since, const char *output)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *note = ctl_read_text (since, WB_WITNESS_FILE_MAX, &error);
  g_autoptr (WbRegister) reg = note != NULL ? ctl_open (ctl, ctl->arguments[0], &error) : NULL;
  g_autofree char *proof = reg != NULL ? wb_register_prove_since (reg, note, &error) : NULL;

  if (proof == NULL || !ctl_write_text (output, proof, &error))
    return ctl_fail (error);
  return CTL_DONE;
}

static CtlExit
run_prove (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *since = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "since",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &since,
      _ ("the checkpoint of this register that was kept elsewhere"),
      _ ("FILE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, _ ("write the proof here"), _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("prove REG --since FILE"), entries, 1, 1, argc, argv, &exit_))
    return exit_;
  if (since == NULL)
    return ctl_usage (_ ("Say with --since which checkpoint the proof starts from."));
  return prove (ctl, since, output);
}

const CtlCommand CTL_PROVE = {
  "prove",
  "REG --since FILE",
  N_ ("shows that nothing before an earlier checkpoint was rewritten"),
  run_prove,
};

static CtlExit
report_witnessed (Ctl *ctl, WbRegister *reg, const WbWitnessed *kept, const char *output)
{
  g_autofree char *vkey = wb_register_get_witness_vkey (reg, NULL);
  JsonObject *object;

  if (!ctl->json) {
    if (output != NULL)
      ctl_print (_ ("Kept: the checkpoint of %llu entries of %s. The answer for that body is in "
                    "%s.\n"),
                 (unsigned long long) kept->size,
                 kept->origin,
                 output);
    return CTL_DONE;
  }
  object = json_object_new ();
  ctl_set_text (object, "origin", kept->origin);
  json_object_set_int_member (object, "size", (gint64) kept->size);
  ctl_set_text (object, "vkey", kept->vkey);
  ctl_set_text (object, "cosignature", kept->cosignature);
  ctl_set_text (object, "witness_vkey", vkey);
  ctl_print_json_object (object);
  return CTL_DONE;
}

static CtlExit
witness (Ctl *ctl, const char *vkey, const char *output)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *request = ctl_read_text (ctl->arguments[1], WB_WITNESS_FILE_MAX, &error);
  g_autoptr (WbRegister) reg = request != NULL ? ctl_open (ctl, ctl->arguments[0], &error) : NULL;
  g_autoptr (WbWitnessed) kept =
      reg != NULL ? wb_register_witness (reg, request, strlen (request), vkey, &error) : NULL;

  if (kept == NULL)
    return ctl_fail (error);
  if ((output != NULL || !ctl->json) && !ctl_write_text (output, kept->cosignature, &error))
    return ctl_fail (error);
  return report_witnessed (ctl, reg, kept, output);
}

static CtlExit
run_witness (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *vkey = NULL;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "key",
      0,
      0,
      G_OPTION_ARG_STRING,
      &vkey,
      _ ("of the other log; needed the first time"),
      "NAME+ID+KEY" },
    { "output",
      'o',
      0,
      G_OPTION_ARG_FILENAME,
      &output,
      _ ("write the answer for the other body here"),
      _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("witness REG FILE"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  return witness (ctl, vkey, output);
}

const CtlCommand CTL_WITNESS = {
  "witness",
  "REG FILE",
  N_ ("keeps and cosigns the checkpoint of another body"),
  run_witness,
};
