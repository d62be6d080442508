/* SPDX-License-Identifier: EUPL-1.2 */

/* decide: the second person's yes or no to a decision that somebody else proposed. */
#include "ctl.h"

#include <stdio.h>

static CtlExit
run_decide (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  gboolean approve = FALSE, reject = FALSE;
  const GOptionEntry entries[] = {
    { "approve", 0, 0, G_OPTION_ARG_NONE, &approve, _ ("confirm the decision"), NULL },
    { "reject", 0, 0, G_OPTION_ARG_NONE, &reject, _ ("reject the decision"), NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why; kept in the log"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  CtlExit exit_;

  if (!ctl_parse (ctl,
                  N_ ("decide REG REF --approve|--reject --reason TEXT"),
                  entries,
                  2,
                  2,
                  argc,
                  argv,
                  &exit_))
    return exit_;
  if (approve == reject)
    return ctl_usage (_ ("Say either --approve or --reject."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    record = wb_register_decide (reg, ctl->arguments[1], approve, reason, &error);
  if (record == NULL)
    return ctl_fail (error);
  if (!ctl->json) {
    ctl_print (approve ? _ ("%s is confirmed.\n") : _ ("%s is rejected.\n"), record->reference);
    return CTL_DONE;
  }
  object = json_object_new ();
  ctl_set_text (object, "reference", record->reference);
  ctl_set_text (object, "id", record->id);
  ctl_set_text (object,
                "state",
                json_object_get_string_member_with_default (record->fields, "state", NULL));
  ctl_set_text (object,
                "decided_by",
                json_object_get_string_member_with_default (record->fields, "decided_by", NULL));
  ctl_print_json_object (object);
  return CTL_DONE;
}

const CtlCommand CTL_DECIDE = { "decide",
                                "REG REF --approve|--reject",
                                N_ ("confirms or rejects what somebody else proposed"),
                                run_decide };
