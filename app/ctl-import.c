/* SPDX-License-Identifier: EUPL-1.2 */

/* import: takes in a bundle of another register, item by item. */
#include "ctl.h"

#include <stdio.h>

static const char *
state_words (WbImportState state)
{
  switch (state) {
  case WB_IMPORT_NEW:
    return _ ("new");
  case WB_IMPORT_CHANGED:
    return _ ("added to");
  case WB_IMPORT_KNOWN:
  default:
    return _ ("known already");
  }
}

static const char *
state_code (WbImportState state)
{
  static const char *const CODES[] = { "new", "changed", "known" };

  return CODES[state];
}

static JsonArray *
items_to_json (const WbImport *import)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < import->items->len; i++) {
    const WbImportItem *item = g_ptr_array_index (import->items, i);
    JsonObject *object = json_object_new ();
    JsonArray *conflicts = json_array_new ();

    ctl_set_text (object, "reference", item->reference);
    ctl_set_text (object, "type", item->type);
    ctl_set_text (object, "state", state_code (item->state));
    for (guint j = 0; item->conflicts[j] != NULL; j++)
      json_array_add_string_element (conflicts, item->conflicts[j]);
    json_object_set_array_member (object, "conflicts", conflicts);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
print_json (const WbImport *import, gboolean try_only)
{
  const struct {
    const char *name;
    guint64 n;
  } NUMBERS[] = { { "entries", import->entries }, { "lines", import->lines },
                  { "known", import->known },     { "files", import->files },
                  { "own", import->own },         { "relayed", import->relayed },
                  { "erased", import->erased } };
  JsonObject *object = json_object_new ();

  ctl_set_text (object, "reference", import->reference);
  ctl_set_text (object, "log", import->origin);
  ctl_set_text (object, "signer", import->signer);
  json_object_set_boolean_member (object, "kept", !try_only);
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    json_object_set_int_member (object, NUMBERS[i].name, (gint64) NUMBERS[i].n);
  json_object_set_array_member (object, "records", items_to_json (import));
  ctl_print_json_object (object);
}

static void
print_items (const WbImport *import)
{
  for (guint i = 0; i < import->items->len; i++) {
    const WbImportItem *item = g_ptr_array_index (import->items, i);
    g_autofree char *state = ctl_pad (state_words (item->state), 16);

    ctl_print ("  %s %s\n", state, item->reference);
    for (guint j = 0; item->conflicts[j] != NULL; j++)
      ctl_print (_ ("    %s: two logs say different things. Both are kept until somebody "
                    "decides.\n"),
                 item->conflicts[j]);
  }
}

/* What stayed out, each with why. */
static void
print_left_out (const WbImport *import)
{
  if (import->relayed > 0)
    printf (ngettext_ ("%llu entry of a third log stayed out: ask that body for its own bundle.\n",
                       "%llu entries of a third log stayed out: ask that body for its own "
                       "bundle.\n",
                       (unsigned long) import->relayed),
            (unsigned long long) import->relayed);
  if (import->erased > 0)
    printf (ngettext_ ("%llu value stayed out, since it was erased here.\n",
                       "%llu values stayed out, since they were erased here.\n",
                       (unsigned long) import->erased),
            (unsigned long long) import->erased);
}

static void
print_text (const WbImport *import, gboolean try_only)
{
  ctl_print (_ ("%s, from the log %s\nSigned with %s. Compare this with what that body told you "
                "itself.\n"),
             import->reference,
             import->origin,
             import->signer);
  print_items (import);
  if (import->own > 0)
    puts (_ ("These are entries of this register itself, word for word as they stand here."));
  print_left_out (import);
  printf (ngettext_ ("%llu entry was taken in",
                     "%llu entries were taken in",
                     (unsigned long) import->entries),
          (unsigned long long) import->entries);
  printf (ngettext_ (" with %llu file.", " with %llu files.", (unsigned long) import->files),
          (unsigned long long) import->files);
  puts (try_only ? _ (" Nothing of it was kept: this was a trial.") : "");
}

static CtlExit
report (Ctl *ctl, const WbImport *import, gboolean try_only)
{
  if (!wb_verification_is_good (import->verification)) {
    CtlExit code = ctl_report_verification (ctl, import->verification);

    if (!ctl->json)
      puts (_ ("Nothing was taken in."));
    return code;
  }
  if (ctl->json)
    print_json (import, try_only);
  else
    print_text (import, try_only);
  return CTL_DONE;
}

static CtlExit
run_import (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *signer = NULL;
  g_autofree char *identity = NULL;
  gboolean try_only = FALSE;
  WbBundleCheckOptions options = { NULL, NULL, NULL };
  const GOptionEntry entries[] = {
    { "signer",
      0,
      0,
      G_OPTION_ARG_STRING,
      &signer,
      _ ("the fingerprint that must have signed"),
      "SHA256:…" },
    { "identity",
      'i',
      0,
      G_OPTION_ARG_FILENAME,
      &identity,
      _ ("the age identity that opens the bundle"),
      _ ("FILE") },
    { "try",
      0,
      0,
      G_OPTION_ARG_NONE,
      &try_only,
      _ ("show what would come in, keep nothing"),
      NULL },
    { NULL },
  };
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (WbImport) import = NULL;
  g_autoptr (GPtrArray) identities = NULL;
  g_autoptr (GError) error = NULL;
  CtlExit code;
  int shown = -1;

  if (!ctl_parse (ctl, "import", entries, 2, 2, argc, argv, &code))
    return code;
  if (signer != NULL && !ctl_is_fingerprint (signer))
    return ctl_usage (
        _ ("--signer wants a fingerprint: SHA256: and 43 characters, as ssh-keygen -l "
           "shows it."));
  options.signer = signer;
  if (identity != NULL) {
    identities = wb_identity_file_load (identity, &error);
    if (identities == NULL)
      return ctl_fail (error);
    options.identities = identities;
  }
  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg != NULL)
    import = wb_register_import (reg,
                                 ctl->arguments[1],
                                 &options,
                                 try_only,
                                 ctl_show_progress,
                                 &shown,
                                 NULL,
                                 &error);
  return import != NULL ? report (ctl, import, try_only) : ctl_fail (error);
}

const CtlCommand CTL_IMPORT = {
  "import",
  "REG BUNDLE",
  N_ ("takes in a bundle of another register"),
  run_import,
};
