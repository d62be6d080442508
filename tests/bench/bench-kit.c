/* SPDX-License-Identifier: EUPL-1.2 */

/* What the measuring programs share: medians, the table, and a register to work on. */
#include "bench-kit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS_MAX 101

void
bench_stop_at (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (EXIT_FAILURE);
}

WbSecret *
bench_secret (void)
{
  g_autoptr (GError) error = NULL;
  WbSecret *secret;

  wb_secret_memory_init (&error);
  bench_stop_at (error);
  secret = wb_secret_new_copy (BENCH_PASSPHRASE, strlen (BENCH_PASSPHRASE), &error);
  bench_stop_at (error);
  return secret;
}

JsonObject *
bench_object (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  bench_stop_at (error);
  return json_object_ref (json_node_get_object (node));
}

WbRegister *
bench_open (const char *path, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) passphrase = bench_secret ();
  WbRegister *reg = wb_register_open (path, user, passphrase, &error);

  bench_stop_at (error);
  return reg;
}

static void
run (const char *program, const char *flags, const char *first, const char *second)
{
  const char *argv[] = { program, flags, "--", first, second, NULL };
  g_autoptr (GError) error = NULL;

  (void) g_spawn_sync (NULL,
                       (char **) argv,
                       NULL,
                       G_SPAWN_SEARCH_PATH,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       NULL,
                       &error);
  bench_stop_at (error);
}

void
bench_remove (const char *path)
{
  run ("rm", "-rf", path, NULL);
}

void
bench_copy (const char *from, const char *to)
{
  run ("cp", "-a", from, to);
}

static int
compare (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
get_cpu (void)
{
  struct timespec now;

  (void) clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000. + (double) now.tv_nsec / 1e6;
}

static double
get_median (double *times, guint n)
{
  qsort (times, n, sizeof times[0], compare);
  return times[n / 2];
}

BenchTime
bench_time (Bench *bench, guint rounds, BenchWork work)
{
  double times[ROUNDS_MAX], cpus[ROUNDS_MAX];

  g_assert (rounds > 0 && rounds <= ROUNDS_MAX);
  for (bench->at = 0; bench->at < rounds; bench->at++) {
    gint64 start = g_get_monotonic_time ();
    double cpu = get_cpu ();

    work (bench);
    cpus[bench->at] = get_cpu () - cpu;
    times[bench->at] = (double) (g_get_monotonic_time () - start) / 1000.;
  }
  return (BenchTime){ get_median (times, rounds), get_median (cpus, rounds) };
}

void
bench_head (void)
{
  g_print ("%-32s %11s %11s   %-22s %11s %11s %7s\n",
           "what",
           "ms",
           "cpu ms",
           "against",
           "ms",
           "cpu ms",
           "cpu ratio");
}

void
bench_tell (const char *what, BenchTime time, const char *bare, BenchTime of)
{
  g_print ("%-32s %11.2f %11.2f   %-22s %11.2f %11.2f %9.1f\n",
           what,
           time.ms,
           time.cpu,
           bare,
           of.ms,
           of.cpu,
           time.cpu / of.cpu);
}

void
bench_tell_rate (const char *what, double rate, const char *unit, const char *bare, double of)
{
  g_print ("%-32s %5.0f %-17s   %-22s %5.0f %-17s %9.1f\n",
           what,
           rate,
           unit,
           bare,
           of,
           unit,
           of / rate);
}
