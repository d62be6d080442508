/* SPDX-License-Identifier: EUPL-1.2 */

/* refer: a referral, with what its form means for the people in it told beforehand. */
#include "ctl.h"

#include <stdio.h>

/* What is typed, before it becomes fields. */
typedef struct {
  char *target, *name, *form, *track, *consent, *override, *decided, *sent, *withheld, *reason;
  char **allegations, **documents;
  gboolean identified, warned, check;
} Typed;

static void
typed_clear (Typed *self)
{
  char *texts[] = { self->target,   self->name,    self->form, self->track,    self->consent,
                    self->override, self->decided, self->sent, self->withheld, self->reason };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (self->allegations);
  g_strfreev (self->documents);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static void
set_list (WbRegister *reg, JsonObject *fields, const char *name, char **references)
{
  JsonArray *array;

  if (references == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; references[i] != NULL; i++) {
    g_autofree char *id = wb_register_resolve (reg, references[i], NULL);

    json_array_add_string_element (array, id != NULL ? id : references[i]);
  }
  json_object_set_array_member (fields, name, array);
}

static JsonObject *
make_fields (WbRegister *reg, const Typed *typed)
{
  JsonObject *fields = json_object_new ();
  const struct {
    const char *name, *text;
  } texts[] = { { "target", typed->target },    { "target_name", typed->name },
                { "form", typed->form },        { "track", typed->track },
                { "consent", typed->consent },  { "override", typed->override },
                { "decided", typed->decided },  { "sent", typed->sent },
                { "withheld", typed->withheld } };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i].text != NULL)
      json_object_set_string_member (fields, texts[i].name, texts[i].text);
  }
  set_list (reg, fields, "allegations", typed->allegations);
  set_list (reg, fields, "documents", typed->documents);
  if (typed->identified)
    json_object_set_boolean_member (fields, "identified", TRUE);
  if (typed->warned)
    json_object_set_boolean_member (fields, "copy_warned", TRUE);
  return fields;
}

static JsonArray *
texts_to_json (GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  return array;
}

/* To standard error, so that the answer stays one line or one JSON value. */
static void
print_warnings (const WbReferralPlan *plan)
{
  for (guint i = 0; i < plan->warnings->len; i++)
    fprintf (stderr, "%s\n", (char *) g_ptr_array_index (plan->warnings, i));
  for (guint i = 0; plan->warnings->len > 0 && i < plan->documents->len; i++)
    fprintf (stderr, "  %s\n", (char *) g_ptr_array_index (plan->documents, i));
}

static CtlExit
report (Ctl *ctl, const WbReferralPlan *plan, const WbRecord *record)
{
  JsonObject *object;

  if (!ctl->json) {
    if (record != NULL)
      ctl_print ("%s\n", record->reference);
    return CTL_DONE;
  }
  object = json_object_new ();
  ctl_set_text (object, "reference", record != NULL ? record->reference : NULL);
  ctl_set_text (object, "id", record != NULL ? record->id : NULL);
  json_object_set_array_member (object, "warnings", texts_to_json (plan->warnings));
  json_object_set_array_member (object, "documents", texts_to_json (plan->documents));
  ctl_print_json_object (object);
  return CTL_DONE;
}

static CtlExit
refer (Ctl *ctl, const Typed *typed)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (WbReferralPlan) plan = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL)
    return ctl_fail (error);
  fields = make_fields (reg, typed);
  plan = wb_register_plan_referral (reg, ctl->arguments[1], fields, &error);
  if (plan == NULL)
    return ctl_fail (error);
  print_warnings (plan);
  if (typed->check)
    return report (ctl, plan, NULL);
  record = wb_register_refer (reg, ctl->arguments[1], fields, typed->reason, &error);
  return record != NULL ? report (ctl, plan, record) : ctl_fail (error);
}

static CtlExit
run_refer (Ctl *ctl, int argc, char **argv)
{
  g_auto (Typed) typed = { 0 };
#define TEXT(name, to, help, word)                                                                 \
  {                                                                                                \
    name, 0, 0, G_OPTION_ARG_STRING, to, help, word                                                \
  }
#define TEXTS(name, to, help, word)                                                                \
  {                                                                                                \
    name, 0, 0, G_OPTION_ARG_STRING_ARRAY, to, help, word                                          \
  }
#define FLAG(name, to, help)                                                                       \
  {                                                                                                \
    name, 0, 0, G_OPTION_ARG_NONE, to, help, NULL                                                  \
  }
  const GOptionEntry entries[] = {
    TEXT ("to", &typed.target, _ ("to whom (target.om)"), _ ("TARGET")),
    TEXT ("name", &typed.name, _ ("who that is, with target.other"), _ ("NAME")),
    TEXT ("form", &typed.form, _ ("in which form (form.signal)"), _ ("FORM")),
    TEXT ("track", &typed.track, _ ("track.administrative, .criminal or .privacy"), _ ("TRACK")),
    TEXTS ("allegation", &typed.allegations, _ ("only this one (may be repeated)"), _ ("REF")),
    TEXTS ("document", &typed.documents, _ ("what goes along (may be repeated)"), _ ("REF")),
    FLAG ("identified", &typed.identified, _ ("people are named")),
    TEXT ("consent", &typed.consent, _ ("the consent relied on"), _ ("REF")),
    TEXT ("override", &typed.override, _ ("or the decision of two persons"), _ ("REF")),
    TEXT ("decided", &typed.decided, _ ("when it was decided"), _ ("MOMENT")),
    TEXT ("sent", &typed.sent, _ ("when it was sent"), _ ("MOMENT")),
    TEXT ("withheld", &typed.withheld, _ ("what is left out, and why"), _ ("TEXT")),
    FLAG ("warned", &typed.warned, _ ("the warning about copies (Awb 9:9) was read")),
    FLAG ("check", &typed.check, _ ("only tell what to know beforehand")),
    TEXT ("reason", &typed.reason, _ ("why; kept in the log"), _ ("TEXT")),
    G_OPTION_ENTRY_NULL,
  };
#undef TEXT
#undef TEXTS
#undef FLAG
  CtlExit exit_;

  if (!ctl_parse (ctl,
                  N_ ("refer REG REF --to TARGET --form FORM"),
                  entries,
                  2,
                  2,
                  argc,
                  argv,
                  &exit_))
    return exit_;
  if (typed.target == NULL || typed.form == NULL)
    return ctl_usage (_ ("Say with --to and --form to whom and in which form."));
  return refer (ctl, &typed);
}

const CtlCommand CTL_REFER = { "refer",
                               "REG REF --to TARGET --form FORM",
                               N_ ("refers a case, where consent and law allow it"),
                               run_refer };
