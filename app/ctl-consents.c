/* SPDX-License-Identifier: EUPL-1.2 */

/* consents: what may be done now, with what and for whom, and what went out under it. */
#include "ctl.h"

#include <stdio.h>

static const char *
standing_words (WbConsentStanding standing)
{
  switch (standing) {
  case WB_CONSENT_GIVEN:
    return _ ("given");
  case WB_CONSENT_OVERRIDDEN:
    return _ ("decided by two persons");
  case WB_CONSENT_REFUSED:
    return _ ("refused");
  case WB_CONSENT_WITHDRAWN:
    return _ ("withdrawn");
  case WB_CONSENT_EXPIRED:
    return _ ("expired");
  case WB_CONSENT_IMPOSSIBLE:
    return _ ("impossible");
  case WB_CONSENT_SUPERSEDED:
    return _ ("replaced by a newer one");
  case WB_CONSENT_NOT_ASKED:
  default:
    return _ ("not asked");
  }
}

static void
print_use (const WbConsentUse *use, gboolean withdrawn)
{
  g_autofree char *time = wb_instant_format_seconds (use->time);

  ctl_print ("     %s %s %s%s\n",
             time,
             g_str_equal (use->kind, "bundle") ? _ ("bundle") : _ ("referral"),
             use->reference != NULL ? use->reference : "",
             withdrawn ? _ ("  was sent already") : "");
}

static void
print_line (WbRegister *reg, gconstpointer row)
{
  const WbConsentLine *line = row;
  g_autofree char *language = line->language != NULL
                                  ? wb_model_language_name (line->language, wb_language_current ())
                                  : NULL;

  ctl_print ("%s  %s  %s: %s%s%s\n",
             line->allows ? "+" : "-",
             line->reference,
             ctl_label (reg, line->purpose),
             standing_words (line->standing),
             line->recipient != NULL ? " → " : "",
             line->recipient_name != NULL ? line->recipient_name
             : line->recipient != NULL    ? ctl_label (reg, line->recipient)
                                          : "");
  ctl_print ("     %s%s%s – %s%s%s%s\n",
             line->person != NULL ? line->person : "",
             line->person != NULL ? "  " : "",
             line->since != NULL ? line->since : "?",
             line->until != NULL ? line->until : "…",
             language != NULL ? "  " : "",
             language != NULL ? language : "",
             line->interpreter ? _ (", with an interpreter") : "");
  if (line->unacted)
    ctl_print ("     %s\n", _ ("Nobody has acted on the withdrawal yet."));
  for (guint i = 0; i < line->uses->len; i++)
    print_use (g_ptr_array_index (line->uses, i), line->standing == WB_CONSENT_WITHDRAWN);
}

static JsonObject *
line_to_json (WbRegister *reg, gconstpointer row)
{
  const WbConsentLine *line = row;
  JsonObject *object = json_object_new ();
  JsonArray *uses = json_array_new ();

  ctl_set_text (object, "reference", line->reference);
  ctl_set_text (object, "person", line->person);
  ctl_set_text (object, "purpose", line->purpose);
  ctl_set_text (object, "recipient", line->recipient);
  ctl_set_text (object, "recipient_name", line->recipient_name);
  ctl_set_text (object, "standing", wb_consent_standing_to_text (line->standing));
  json_object_set_boolean_member (object, "allows", line->allows);
  ctl_set_text (object, "since", line->since);
  ctl_set_text (object, "until", line->until);
  ctl_set_text (object, "language", line->language);
  json_object_set_boolean_member (object, "interpreter", line->interpreter);
  ctl_set_text (object, "capacity", line->capacity);
  json_object_set_boolean_member (object, "by_representative", line->by_representative);
  json_object_set_boolean_member (object, "unacted", line->unacted);
  for (guint i = 0; i < line->uses->len; i++) {
    const WbConsentUse *use = g_ptr_array_index (line->uses, i);
    JsonObject *element = json_object_new ();

    ctl_set_text (element, "kind", use->kind);
    ctl_set_text (element, "reference", use->reference);
    json_object_set_int_member (element, "entry", (gint64) use->entry);
    ctl_set_instant (element, "time", use->time);
    json_array_add_object_element (uses, element);
  }
  json_object_set_array_member (object, "uses", uses);
  return object;
}

static CtlExit
run_consents (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *as_of_text = NULL;
  const GOptionEntry entries[] = {
    { "as-of",
      0,
      0,
      G_OPTION_ARG_STRING,
      &as_of_text,
      _ ("judge as of the end of this day"),
      _ ("DATE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  WbInstant as_of;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("consents REG REF"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL && ctl_parse_as_of (reg, as_of_text, &as_of, &error))
    lines = wb_register_list_consents (reg, ctl->arguments[1], as_of, &error);
  if (lines == NULL)
    return ctl_fail (error);
  ctl_print_rows (ctl, reg, lines, line_to_json, print_line, _ ("No consent is recorded."));
  return CTL_DONE;
}

const CtlCommand CTL_CONSENTS = { "consents",
                                  "REG REF",
                                  N_ ("shows what may be done now, for whom, until when"),
                                  run_consents };
