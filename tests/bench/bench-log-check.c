/* SPDX-License-Identifier: EUPL-1.2 */

/* Checking a log against bare SHA-256 of the same bytes, row by row; and what memory it takes. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "wb-digest.h"
#include "wb-log-check.h"
#include "wb-uuid.h"

#define ORIGIN "waarborg/NL-INSP/3f9c2a1b0d4e5f60"
#define AUTHOR "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
#define FIELDS 6
#define NOW G_GINT64_CONSTANT (1795471800123)

typedef struct {
  GPtrArray *entries; /* (element-type GBytes) */
  GPtrArray *lines;   /* (element-type GPtrArray) */
  GArray *leaves;     /* (element-type WbHash) */
  guint64 n_bytes;
} Log;

static void
add_entry (Log *log, guint64 number, WbHash *previous)
{
  g_autoptr (WbEntry) entry = wb_entry_new ();
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  GBytes *bytes;
  WbHash leaf;

  entry->log = g_strdup (ORIGIN);
  entry->number = number;
  entry->time = NOW + (WbInstant) number;
  entry->author = g_strdup (AUTHOR);
  entry->case_id = wb_uuid_new (entry->time);
  entry->record_type = g_strdup ("allegation");
  entry->record_id = wb_uuid_new (entry->time);
  entry->event = g_strdup ("created");
  wb_random_bytes (entry->nonce, sizeof entry->nonce);
  for (guint i = 0; i < FIELDS; i++) {
    g_autofree char *name = g_strdup_printf ("field_%u", i);
    g_autofree char *text = g_strnfill (20 + 40 * i, 'x'); /* from a code to a short account */
    g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (), text);
    char *line = wb_disclosure_new (name, value);
    WbHash digest;

    wb_disclosure_digest (line, strlen (line), &digest);
    wb_entry_add_field (entry, name, &digest);
    log->n_bytes += strlen (line);
    g_ptr_array_add (lines, line);
  }
  entry->previous = *previous;
  bytes = wb_entry_format (entry, NULL);
  wb_merkle_leaf (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &leaf);
  log->n_bytes += g_bytes_get_size (bytes);
  g_ptr_array_add (log->entries, bytes);
  g_ptr_array_add (log->lines, lines);
  g_array_append_val (log->leaves, leaf);
  *previous = leaf;
}

static double
hash_all (const Log *log)
{
  gint64 begin = g_get_monotonic_time ();
  guint8 digest[WB_SHA256_SIZE];

  for (guint i = 0; i < log->entries->len; i++) {
    GBytes *bytes = g_ptr_array_index (log->entries, i);
    GPtrArray *lines = g_ptr_array_index (log->lines, i);

    wb_sha256 (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), digest);
    for (guint k = 0; k < lines->len; k++) {
      const char *line = g_ptr_array_index (lines, k);

      wb_sha256 (line, strlen (line), digest);
    }
  }
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static double
check_all (const Log *log, gsize *ret_held)
{
  g_autoptr (WbVerification) result = wb_verification_new ("bench", "full");
  g_autoptr (WbLogCheck) check = wb_log_check_new (ORIGIN, NULL, result);
  gsize before = mallinfo2 ().uordblks;
  gint64 begin = g_get_monotonic_time ();
  double seconds;

  for (guint i = 0; i < log->entries->len; i++) {
    GBytes *bytes = g_ptr_array_index (log->entries, i);
    g_autoptr (WbEntry) entry = wb_log_check_entry (check,
                                                    i,
                                                    g_bytes_get_data (bytes, NULL),
                                                    g_bytes_get_size (bytes),
                                                    g_ptr_array_index (log->lines, i),
                                                    &g_array_index (log->leaves, WbHash, i));

    (void) entry;
  }
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  *ret_held = mallinfo2 ().uordblks - before;
  wb_log_check_finish (check, log->entries->len, NULL);
  if (!wb_verification_is_good (result))
    exit (EXIT_FAILURE);
  return seconds;
}

static void
free_log (Log *log)
{
  g_ptr_array_unref (log->entries);
  g_ptr_array_unref (log->lines);
  g_array_unref (log->leaves);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  Log log = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
              g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref),
              g_array_new (FALSE, FALSE, sizeof (WbHash)),
              0 };
  double bare = G_MAXDOUBLE, checked = G_MAXDOUBLE;
  WbHash previous = { { 0 } };
  gsize held = 0;

  for (guint i = 0; i < n; i++)
    add_entry (&log, i, &previous);
  for (guint i = 0; i < 5; i++) {
    bare = MIN (bare, hash_all (&log));
    checked = MIN (checked, check_all (&log, &held));
  }
  g_print ("log check: %u entries, %.1f MB: bare SHA-256 %.3f s (%.0f MB/s), check %.3f s "
           "(%.0f MB/s), ratio %.2f, %zu bytes held at the end\n",
           n,
           (double) log.n_bytes / 1e6,
           bare,
           (double) log.n_bytes / 1e6 / bare,
           checked,
           (double) log.n_bytes / 1e6 / checked,
           checked / bare,
           held);
  free_log (&log);
  return EXIT_SUCCESS;
}
