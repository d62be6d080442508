/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register-private.h"

G_BEGIN_DECLS

#define BENCH_PASSPHRASE "correct horse battery staple"
#define BENCH_YEAR 2026
#define BENCH_ERASABLE 5 /* the first cases: archived long ago, their destruction decided */

typedef struct {
  const char *path; /* of the register that is worked on */
  WbRegister *reg;
  WbDb *bare; /* a store of its own for bare commits */
  guint n;    /* cases */
  guint at;   /* of the round */
  guint pair; /* of codes */
  guint64 bytes;
} Bench;

void bench_stop_at (GError *error);
WbSecret *bench_secret (void);
JsonObject *bench_object (const char *json);
WbRegister *bench_open (const char *path, const char *user);
void bench_remove (const char *path);
void bench_copy (const char *from, const char *to);

/* Medians of so many rounds; "at" counts them. On a busy machine the processor's own time says more
 * than the clock on the wall. */
typedef struct {
  double ms, cpu; /* ms */
} BenchTime;
typedef void (*BenchWork) (Bench *bench);
BenchTime bench_time (Bench *bench, guint rounds, BenchWork work);
/* A line of the table: what, how long, against what, how many times that. */
void bench_head (void);
void bench_tell (const char *what, BenchTime time, const char *bare, BenchTime of);
/* The same in MiB or thousands a second: more is better. */
void bench_tell_rate (const char *what, double rate, const char *unit, const char *bare, double of);

/* bench-make.c: a register of @n cases, each an allegation and every other one a person. */
void bench_make (const char *path, guint n);

G_END_DECLS
