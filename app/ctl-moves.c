/* SPDX-License-Identifier: EUPL-1.2 */

/* moves and duplicates: where a case may go from here, and whether it was told before. */
#include "ctl.h"

#include <stdio.h>

static void
print_move (WbRegister *reg, gconstpointer row)
{
  const WbMoveOption *option = row;

  ctl_print ("%s  %s%s%s\n",
             option->missing->len == 0 ? "+" : "-",
             ctl_label (reg, option->to),
             option->users > 1 ? _ (" (two users)") : "",
             option->needs_reason ? _ (" (with a --reason)") : "");
  for (guint i = 0; i < option->missing->len; i++) {
    const WbMissing *missing = g_ptr_array_index (option->missing, i);

    ctl_print ("     %s (%s%s%s)\n",
               missing->sentence,
               missing->rule,
               missing->basis != NULL ? ", " : "",
               missing->basis != NULL ? missing->basis : "");
  }
}

static JsonObject *
move_to_json (WbRegister *reg, gconstpointer row)
{
  const WbMoveOption *option = row;
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  ctl_set_text (object, "to", option->to);
  json_object_set_boolean_member (object, "possible", option->missing->len == 0);
  ctl_set_text (object, "who", option->who);
  json_object_set_int_member (object, "users", option->users);
  json_object_set_boolean_member (object, "needs_reason", option->needs_reason);
  for (guint i = 0; i < option->missing->len; i++) {
    const WbMissing *missing = g_ptr_array_index (option->missing, i);
    JsonObject *element = json_object_new ();

    ctl_set_text (element, "rule", missing->rule);
    ctl_set_text (element, "basis", missing->basis);
    ctl_set_text (element, "sentence", missing->sentence);
    json_array_add_object_element (array, element);
  }
  json_object_set_array_member (object, "missing", array);
  return object;
}

static CtlExit
run_moves (Ctl *ctl, int argc, char **argv)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) options = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("moves REG REF"), NULL, 2, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    options = wb_register_list_moves (reg, ctl->arguments[1], &error);
  if (options == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  options,
                  move_to_json,
                  print_move,
                  _ ("The case goes nowhere from here."));
  return CTL_DONE;
}

const CtlCommand CTL_MOVES = { "moves",
                               "REG REF",
                               N_ ("lists the next steps of a case and what each lacks"),
                               run_moves };

static void
print_duplicate (WbRegister *reg, gconstpointer row)
{
  const WbDuplicate *duplicate = row;

  ctl_print ("%s  %s–%s  %s%s",
             duplicate->reference,
             duplicate->first,
             duplicate->last,
             ctl_label (reg, duplicate->site),
             duplicate->linked ? _ ("  (linked)") : "");
  for (guint i = 0; duplicate->acts[i] != NULL; i++)
    ctl_print ("%s %s", i == 0 ? " ·" : ",", ctl_label (reg, duplicate->acts[i]));
  ctl_print ("\n");
}

static JsonObject *
duplicate_to_json (WbRegister *reg, gconstpointer row)
{
  const WbDuplicate *duplicate = row;
  JsonObject *object = json_object_new ();
  JsonArray *acts = json_array_new ();

  ctl_set_text (object, "reference", duplicate->reference);
  ctl_set_text (object, "case", duplicate->case_reference);
  ctl_set_text (object, "site", duplicate->site);
  ctl_set_text (object, "first", duplicate->first);
  ctl_set_text (object, "last", duplicate->last);
  for (guint i = 0; duplicate->acts[i] != NULL; i++)
    json_array_add_string_element (acts, duplicate->acts[i]);
  json_object_set_array_member (object, "acts", acts);
  json_object_set_boolean_member (object, "linked", duplicate->linked);
  return object;
}

static CtlExit
run_duplicates (Ctl *ctl, int argc, char **argv)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("duplicates REG REF"), NULL, 2, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    list = wb_register_list_duplicates (reg, ctl->arguments[1], &error);
  if (list == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl,
                  reg,
                  list,
                  duplicate_to_json,
                  print_duplicate,
                  _ ("Nothing else is recorded at that site around that day."));
  return CTL_DONE;
}

const CtlCommand CTL_DUPLICATES = { "duplicates",
                                    "REG REF",
                                    N_ ("lists allegations that may tell of the same event"),
                                    run_duplicates };
