/* SPDX-License-Identifier: EUPL-1.2 */

/* reseal: says anew for whom a sealed value is. */
#include "ctl.h"

#include <string.h>

/**
 * ctl_split_users:
 * @text: "anna,bea"
 *
 * Returns: (transfer full): the names, %NULL-terminated
 */
char **
ctl_split_users (const char *text)
{
  char **names = g_strsplit (text, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_strstrip (names[i]);
  return names;
}

/**
 * ctl_sealed_to_words:
 * @sealed: what is sealed
 *
 * Returns: (transfer full): one sentence that tells by whom and for whom, and who could open it
 *   before
 */
char *
ctl_sealed_to_words (const WbSealed *sealed)
{
  g_autofree char *readers = g_strjoinv (", ", sealed->readers);
  g_autofree char *earlier = g_strjoinv (", ", sealed->earlier);
  g_autofree char *words = g_strdup_printf (_ ("sealed by %s for %s"), sealed->by, readers);

  if (*earlier == '\0')
    return g_steal_pointer (&words);
  return g_strdup_printf (_ ("%s; %s could open it before, and may have read it"), words, earlier);
}

static void
set_names (JsonObject *object, const char *member, char **names)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    json_array_add_string_element (array, names[i]);
  json_object_set_array_member (object, member, array);
}

/* (transfer full): [{"field", "by", "for", "earlier", "opens"}] */
JsonArray *
ctl_sealed_to_json (WbRegister *reg, const char *reference)
{
  g_autoptr (GPtrArray) list = wb_register_list_sealed (reg, reference, NULL);
  JsonArray *array = json_array_new ();

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const WbSealed *sealed = g_ptr_array_index (list, i);
    JsonObject *object = json_object_new ();

    ctl_set_text (object, "field", sealed->field);
    ctl_set_text (object, "by", sealed->by);
    set_names (object, "for", sealed->readers);
    set_names (object, "earlier", sealed->earlier);
    json_object_set_boolean_member (object, "opens", sealed->opens);
    json_array_add_object_element (array, object);
  }
  return array;
}

static CtlExit
report (Ctl *ctl, WbRegister *reg, const WbRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = wb_register_list_sealed (reg, record->id, &error);
  JsonObject *object;

  if (list == NULL)
    return ctl_fail (error);
  if (ctl->json) {
    object = json_object_new ();
    ctl_set_text (object, "reference", record->reference);
    ctl_set_text (object, "id", record->id);
    json_object_set_array_member (object, "sealed", ctl_sealed_to_json (reg, record->id));
    ctl_print_json_object (object);
    return CTL_DONE;
  }
  for (guint i = 0; i < list->len; i++) {
    const WbSealed *sealed = g_ptr_array_index (list, i);
    g_autofree char *words = ctl_sealed_to_words (sealed);

    ctl_print ("%s  %s: %s\n", record->reference, sealed->field, words);
  }
  return CTL_DONE;
}

static CtlExit
run_reseal (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *names = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "for",
      0,
      0,
      G_OPTION_ARG_STRING,
      &names,
      _ ("all users who can open it from now on, with commas"),
      _ ("NAMES") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why; kept in the log"), _ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) users = NULL;
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit exit_;

  if (!ctl_parse (ctl,
                  N_ ("reseal REG REF FIELD --for NAMES --reason TEXT"),
                  entries,
                  3,
                  3,
                  argc,
                  argv,
                  &exit_))
    return exit_;
  if (names == NULL || *names == '\0')
    return ctl_usage (_ ("Say with --for who can open it from now on, such as --for anna,bea."));
  users = ctl_split_users (names);
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    record = wb_register_reseal (reg,
                                 ctl->arguments[1],
                                 ctl->arguments[2],
                                 (const char *const *) users,
                                 reason,
                                 &error);
  return record != NULL ? report (ctl, reg, record) : ctl_fail (error);
}

const CtlCommand CTL_RESEAL = { "reseal",
                                "REG REF FIELD --for NAMES",
                                N_ ("says anew for whom a sealed value is"),
                                run_reseal };
