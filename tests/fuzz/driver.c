/* SPDX-License-Identifier: EUPL-1.2 */

/* Runs every file of a corpus folder through a fuzz target, in builds without libFuzzer. */
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "wb-fuzz.h"

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = argc == 2 ? g_dir_open (argv[1], 0, NULL) : NULL;
  const char *name;
  guint cases = 0;

  if (dir == NULL)
    return EXIT_FAILURE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL);
    g_autofree char *bytes = NULL;
    g_autofree guint8 *exact = NULL; /* without the NUL that GLib adds, so that ASan sees the end */
    gsize size;

    if (!g_file_get_contents (path, &bytes, &size, NULL))
      return EXIT_FAILURE;
    exact = g_memdup2 (bytes, size);
    (void) LLVMFuzzerTestOneInput (exact, size);
    cases++;
  }
  return cases > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
