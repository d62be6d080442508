/* SPDX-License-Identifier: EUPL-1.2 */

/* regime: the old rules or the new ones, and both for what lasted across the change. */
#include "ctl.h"

/* The proposal for a person. */
static void
print_regime (Ctl *ctl, WbRegister *reg, JsonObject *fields)
{
  const WbZone *zone = wb_register_get_zone (reg);
  const WbRules *rules = wb_register_get_rules (reg);
  const WbRegimeProposal *proposal = wb_rules_propose_regime (rules, fields, zone);
  JsonObject *object;

  if (!ctl->json) {
    ctl_print ("%s\t%s\n",
               proposal != NULL ? proposal->regime : "–",
               proposal != NULL ? proposal->text[wb_language_current ()]
                                : _ ("no date of the procedure tells"));
    return;
  }
  object = json_object_new ();
  ctl_set_text (object, "regime", proposal != NULL ? proposal->regime : NULL);
  ctl_set_text (object, "nl", proposal != NULL ? proposal->text[WB_LANGUAGE_NL] : NULL);
  ctl_set_text (object, "en", proposal != NULL ? proposal->text[WB_LANGUAGE_EN] : NULL);
  ctl_print_json_object (object);
}

static JsonObject *
period_to_json (WbRegister *reg, gconstpointer row)
{
  const WbRecord *record = row;
  JsonObject *object = json_object_new ();
  static const char *const FIELDS[] = { "regime", "from", "until" };

  ctl_set_text (object, "reference", record->reference);
  ctl_set_text (object, "id", record->id);
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++) {
    JsonNode *node = json_object_get_member (record->fields, FIELDS[i]);

    if (node != NULL)
      json_object_set_member (object, FIELDS[i], json_node_copy (node));
    else
      json_object_set_null_member (object, FIELDS[i]);
  }
  return object;
}

static void
print_period (WbRegister *reg, gconstpointer row)
{
  const WbRecord *record = row;

  ctl_print ("%s\t%s\n",
             record->reference,
             json_object_get_string_member (record->fields, "regime"));
}

static CtlExit
split_regime (Ctl *ctl, WbRegister *reg, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = wb_register_split_regime (reg, ctl->arguments[1], reason, &error);

  if (made == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, made, period_to_json, print_period, "");
  return CTL_DONE;
}

static CtlExit
run_regime (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *reason = NULL;
  gboolean split = FALSE;
  const GOptionEntry entries[] = {
    { "split",
      0,
      0,
      G_OPTION_ARG_NONE,
      &split,
      _ ("makes two periods of an allegation that lasted across the change of the rules"),
      NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("regime REG REF"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  if (reason != NULL && !split)
    return ctl_usage (_ ("--reason goes with --split."));
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL && split)
    return split_regime (ctl, reg, reason);
  if (reg != NULL)
    record = wb_register_read (reg, ctl->arguments[1], FALSE, NULL, &error);
  if (record == NULL)
    return ctl_fail (error);
  print_regime (ctl, reg, record->fields);
  return CTL_DONE;
}

const CtlCommand CTL_REGIME = { "regime",
                                "REG REF",
                                N_ ("proposes the old or the new rules for a procedure"),
                                run_regime };
