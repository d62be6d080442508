/* SPDX-License-Identifier: EUPL-1.2 */

/* withheld: the inventory of what was left out for a request for access, with the grounds. */
#include "ctl.h"

#include <stdio.h>

static JsonObject *
line_to_json (WbRegister *reg, gconstpointer row)
{
  const WbWithheld *line = row;
  JsonObject *object = json_object_new ();
  JsonArray *grounds = json_array_new ();

  ctl_set_text (object, "reference", line->reference);
  ctl_set_text (object, "document", line->document);
  ctl_set_text (object, "title", line->title);
  ctl_set_text (object, "copy", line->copy);
  ctl_set_text (object, "part", line->part);
  for (guint i = 0; line->grounds[i] != NULL; i++)
    json_array_add_string_element (grounds, line->grounds[i]);
  json_object_set_array_member (object, "grounds", grounds);
  ctl_set_text (object, "reason", line->reason);
  return object;
}

static void
print_line (WbRegister *reg, gconstpointer row)
{
  const WbWithheld *line = row;

  ctl_print ("%s  %s → %s  %s\n",
             line->reference,
             line->document,
             line->copy,
             line->title != NULL ? line->title : "");
  ctl_print ("     %s\n", line->part);
  for (guint i = 0; line->grounds[i] != NULL; i++) {
    g_autofree char *article = wb_register_dup_ground (reg, line->grounds[i]);

    ctl_print ("     %s  %s\n", article, ctl_label (reg, line->grounds[i]));
  }
  if (line->reason != NULL)
    ctl_print ("     %s\n", line->reason);
}

static CtlExit
run_withheld (Ctl *ctl, int argc, char **argv)
{
  gboolean csv = FALSE;
  const GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, _ ("print CSV (RFC 4180)"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("withheld REG REF"), entries, 2, 2, argc, argv, &code))
    return code;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    lines = wb_register_list_withheld (reg, ctl->arguments[1], &error);
  if (lines == NULL)
    return ctl_fail (error);
  if (csv) {
    g_autofree char *text = wb_register_format_withheld (reg, lines, wb_language_current ());

    fputs (text, stdout);
    return CTL_DONE;
  }
  ctl_print_rows (ctl, reg, lines, line_to_json, print_line, _ ("Nothing was withheld."));
  return CTL_DONE;
}

const CtlCommand CTL_WITHHELD = { "withheld",
                                  "REG REF",
                                  N_ ("lists what was left out for a request for access, and why"),
                                  run_withheld };
