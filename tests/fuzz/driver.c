/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Stands in for libFuzzer in ordinary builds: gives every file of a corpus folder to the fuzz
 * target, and then every file cut short and with bytes changed, always in the same order.
 */
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>

#include "wb-fuzz.h"

#define ROUNDS 200              /* of changes to a file */
#define TIME_MAX G_USEC_PER_SEC /* a file, for targets where one round is dear */

/* A copy of its own size each time, so that reading past the end is seen. */
static void
run (const char *bytes, gsize size)
{
  g_autofree char *copy = g_malloc (MAX (size, 1));

  for (gsize i = 0; i < size; i++)
    copy[i] = bytes[i];
  (void) LLVMFuzzerTestOneInput ((const uint8_t *) copy, size);
}

static void
run_changed (char *bytes, gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) size);
  gint64 end = g_get_monotonic_time () + TIME_MAX;

  for (guint round = 0; size > 0 && round < ROUNDS && g_get_monotonic_time () < end; round++) {
    gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) size);
    char kept = bytes[at];

    bytes[at] = round % 2 == 0 ? (char) (kept ^ (1 << round / 2 % 8))
                               : (char) g_rand_int_range (rand, 0, 256);
    run (bytes, size);
    run (bytes, at);
    bytes[at] = kept;
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) dir = argc == 2 ? g_dir_open (argv[1], 0, NULL) : NULL;
  const char *name;
  guint count = 0;

  if (dir == NULL)
    return EXIT_FAILURE;
  run ("", 0);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (argv[1], name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    if (!g_file_get_contents (path, &bytes, &size, NULL))
      return EXIT_FAILURE;
    run (bytes, size);
    run_changed (bytes, size);
    count++;
  }
  /* An empty corpus would pass and prove nothing. */
  return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
