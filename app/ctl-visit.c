/* SPDX-License-Identifier: EUPL-1.2 */

/* visit: a visit with all that belongs to it, and its checklist. */
#include "ctl.h"

#include <stdio.h>

/* What names a visit, in the order of printing. */
static const struct {
  const char *type, *member;
} kinds[] = {
  { "observation", "observations" }, { "interview", "interviews" }, { "sample", "samples" },
  { "request", "requests" },         { "evidence", "evidence" },    { "allegation", "allegations" },
};

static JsonArray *
records_to_json (WbRegister *reg, const WbVisit *visit, const char *type)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < visit->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (visit->records, i);

    if (g_str_equal (record->type, type))
      json_array_add_object_element (array, ctl_record_to_json (reg, record));
  }
  return array;
}

static const char *
field_of (const WbRecord *record, const char *name)
{
  return json_object_get_string_member_with_default (record->fields, name, NULL);
}

static JsonArray *
checklist_to_json (WbRegister *reg, const WbVisit *visit)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; i < visit->questions->len; i++) {
    const WbVisitQuestion *question = g_ptr_array_index (visit->questions, i);
    JsonObject *object = json_object_new ();
    JsonArray *answers = json_array_new ();

    ctl_set_text (object, "question", question->code);
    ctl_set_text (object, "label", ctl_label (reg, question->code));
    for (guint j = 0; j < question->answers->len; j++) {
      const WbRecord *record = g_ptr_array_index (question->answers, j);
      JsonObject *answer = json_object_new ();

      ctl_set_text (answer, "observation", record->reference);
      ctl_set_text (answer, "answer", field_of (record, "answer"));
      json_array_add_object_element (answers, answer);
    }
    json_object_set_boolean_member (object, "open", question->answers->len == 0);
    json_object_set_array_member (object, "answers", answers);
    json_array_add_object_element (list, object);
  }
  return list;
}

static void
print_visit_json (WbRegister *reg, const WbVisit *visit)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "visit", ctl_record_to_json (reg, visit->visit));
  json_object_set_boolean_member (object, "obstructed", visit->obstructed);
  ctl_set_text (object, "documents_asked", field_of (visit->visit, "documents_asked"));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    json_object_set_array_member (object,
                                  kinds[i].member,
                                  records_to_json (reg, visit, kinds[i].type));
  json_object_set_array_member (object, "checklist", checklist_to_json (reg, visit));
  ctl_print_json_object (object);
}

static void
print_question (WbRegister *reg, const WbVisitQuestion *question)
{
  g_autofree char *label = ctl_pad (ctl_label (reg, question->code), 60);

  if (question->answers->len == 0)
    ctl_print ("  %s %s\n", label, _ ("open"));
  for (guint i = 0; i < question->answers->len; i++) {
    const WbRecord *record = g_ptr_array_index (question->answers, i);
    const char *answer = field_of (record, "answer");

    ctl_print ("  %s %s (%s)\n",
               label,
               answer != NULL ? ctl_label (reg, answer) : _ ("in words"),
               record->reference);
  }
}

static void
print_visit (WbRegister *reg, const WbVisit *visit)
{
  guint open = 0;

  ctl_print_record (reg, visit->visit);
  if (visit->obstructed)
    printf ("%s\n\n",
            _ ("The visit was obstructed: access was not full. Record that as an allegation too."));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    for (guint j = 0; j < visit->records->len; j++) {
      const WbRecord *record = g_ptr_array_index (visit->records, j);

      if (g_str_equal (record->type, kinds[i].type))
        ctl_print_record (reg, record);
    }
  }
  for (guint i = 0; i < visit->questions->len; i++) {
    const WbVisitQuestion *question = g_ptr_array_index (visit->questions, i);

    open += question->answers->len == 0;
    print_question (reg, question);
  }
  printf (_ ("Questions of the checklist: %u, of which open: %u.\n"), visit->questions->len, open);
}

static CtlExit
run_visit (Ctl *ctl, int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbVisit) visit = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit code;

  if (!ctl_parse (ctl, N_ ("visit REG REF"), entries, 2, 2, argc, argv, &code))
    return code;
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    visit = wb_register_read_visit (reg, ctl->arguments[1], &error);
  if (visit == NULL)
    return ctl_fail (error);
  if (ctl->json)
    print_visit_json (reg, visit);
  else
    print_visit (reg, visit);
  return CTL_DONE;
}

const CtlCommand CTL_VISIT = { "visit",
                               "REG REF",
                               N_ ("shows a visit and its checklist"),
                               run_visit };
