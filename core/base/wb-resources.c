/* SPDX-License-Identifier: EUPL-1.2 */

/* The data that is compiled in: model, vocabularies, rules, SQL, texts. */
#include "wb-resources.h"

#include "wb-core-resources.h"

/**
 * wb_core_resources_ensure:
 *
 * Registers the compiled-in data. A linker may drop the constructor that would do it by itself.
 */
void
wb_core_resources_ensure (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    g_resources_register (wb_core_get_resource ());
    g_once_init_leave (&once, 1);
  }
}

/**
 * wb_core_resource:
 * @path: below /waarborg/core/, such as "rules/rules.tsv"
 * @error: return location for an error
 *
 * Returns: (transfer full): the compiled-in file
 */
GBytes *
wb_core_resource (const char *path, GError **error)
{
  g_autofree char *full = g_strconcat ("/waarborg/core/", path, NULL);

  wb_core_resources_ensure ();
  return g_resources_lookup_data (full, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
