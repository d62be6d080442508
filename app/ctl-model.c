/* SPDX-License-Identifier: EUPL-1.2 */

/* model: what can be recorded: record types, their fields, and the codes of a list. Needs no
 * register, save to show a body's own terms. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

#define NAME_WIDTH 24

static JsonObject *
labels_to_json (char *const label[2])
{
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "nl", label[WB_LANGUAGE_NL]);
  ctl_set_text (object, "en", label[WB_LANGUAGE_EN]);
  return object;
}

static JsonObject *
type_to_json (WbRegister *reg, gconstpointer data)
{
  const WbRecordType *type = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "name", type->name);
  json_object_set_object_member (object, "label", labels_to_json (type->label));
  ctl_set_text (object, "prefix", type->prefix);
  ctl_set_text (object, "scope", wb_scope_to_text (type->scope));
  json_object_set_boolean_member (object, "single", type->single);
  json_object_set_boolean_member (object, "system", type->system);
  return object;
}

static JsonObject *
field_to_json (WbRegister *reg, gconstpointer data)
{
  const WbField *field = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "name", field->name);
  json_object_set_object_member (object, "label", labels_to_json (field->label));
  ctl_set_text (object, "type", wb_field_type_to_text (field->type));
  ctl_set_text (object, "need", wb_need_to_text (field->need));
  ctl_set_text (object, "sensitivity", wb_sensitivity_to_text (field->sensitivity));
  ctl_set_text (object, "vocabulary", field->vocabulary);
  ctl_set_text (object, "results", field->results);
  ctl_set_text (object, "target", field->target);
  ctl_set_text (object, "event", field->event);
  ctl_set_text (object, "basis", field->basis);
  ctl_set_text (object, "certainty", field->certainty);
  json_object_set_boolean_member (object, "system", field->system);
  return object;
}

static JsonObject *
term_to_json (WbRegister *reg, gconstpointer data)
{
  const WbTerm *term = data;
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "code", term->code);
  json_object_set_object_member (object, "label", labels_to_json (term->label));
  ctl_set_text (object, "extra", *term->extra != '\0' ? term->extra : NULL);
  json_object_set_boolean_member (object, "own", term->own);
  ctl_set_text (object, "from", term->from);
  ctl_set_text (object, "until", term->until);
  return object;
}

static void
print_named (const char *name, const char *label, const char *more)
{
  g_autofree char *padded = ctl_pad (name, NAME_WIDTH);

  ctl_print ("%s %s%s%s\n", padded, label, more != NULL ? "  " : "", more != NULL ? more : "");
}

static void
print_type (WbRegister *reg, gconstpointer data)
{
  const WbRecordType *type = data;

  print_named (type->name, type->label[wb_language_current ()], type->prefix);
}

static void
print_term (WbRegister *reg, gconstpointer data)
{
  const WbTerm *term = data;

  print_named (term->code, term->label[wb_language_current ()], NULL);
}

static void
print_field (WbRegister *reg, gconstpointer data)
{
  const WbField *field = data;
  g_autoptr (GString) more = g_string_new (wb_field_type_to_text (field->type));

  if (field->vocabulary != NULL)
    g_string_append_printf (more, " %s", field->vocabulary);
  if (field->target != NULL)
    g_string_append_printf (more, " %s", field->target);
  if (field->need == WB_NEED_REQUIRED)
    g_string_append_printf (more, ", %s", _ ("required"));
  if (field->need == WB_NEED_SPARING)
    g_string_append_printf (more, ", %s", _ ("only where needed"));
  if (field->system)
    g_string_append_printf (more, ", %s", _ ("set by the program"));
  if (field->basis != NULL)
    g_string_append_printf (more, ", %s %s", field->basis, field->certainty);
  print_named (field->name, field->label[wb_language_current ()], more->str);
}

/* Some lists are called like a type: @codes tells which is meant. */
static CtlExit
show_model (Ctl *ctl, const WbModel *model, const char *name, gboolean codes)
{
  const WbRecordType *type = codes ? NULL : wb_model_find_type (model, name);
  g_autoptr (GPtrArray) terms = name != NULL ? wb_model_list_terms (model, name) : NULL;

  if (name == NULL)
    ctl_print_rows (ctl, NULL, wb_model_get_types (model), type_to_json, print_type, NULL);
  else if (type != NULL)
    ctl_print_rows (ctl, NULL, type->fields, field_to_json, print_field, NULL);
  else if (terms->len > 0)
    ctl_print_rows (ctl, NULL, terms, term_to_json, print_term, NULL);
  else
    return ctl_usage (
        _ ("There is no record type or list “%s”: “waarborgctl model” names the types, "
           "and their fields name the lists."),
        name);
  return CTL_DONE;
}

static CtlExit
run_model (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *in = NULL;
  gboolean codes = FALSE;
  const GOptionEntry entries[] = {
    { "in", 0, 0, G_OPTION_ARG_FILENAME, &in, _ ("with the own terms of this register"), "REG" },
    { "codes",
      0,
      0,
      G_OPTION_ARG_NONE,
      &codes,
      _ ("the codes of a list that is called like a record type"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;
  const WbModel *model = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("model [TYPE|LIST]"), entries, 0, 1, argc, argv, &exit_))
    return exit_;
  if (in != NULL)
    reg = ctl_open (ctl, in, &error);
  if (in == NULL)
    model = wb_model_get_default (&error);
  else if (reg != NULL)
    model = wb_register_get_model (reg);
  if (model == NULL)
    return ctl_fail (error);
  return show_model (ctl, model, ctl->n_arguments > 0 ? ctl->arguments[0] : NULL, codes);
}

const CtlCommand CTL_MODEL = { "model",
                               "[TYPE|LIST]",
                               N_ ("lists record types, fields and codes"),
                               run_model };
