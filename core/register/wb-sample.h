/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * A random sample that anybody can draw again (docs/sample.md): the seed is in the log before the
 * list is shown. The list itself is never stored.
 */
#define WB_SAMPLE_SIZE_MAX 10000              /* items: more than any team looks at */
#define WB_SAMPLE_LIST_MAX (64 * 1024 * 1024) /* bytes of a list of a million items */

/* What a draw gave. */
typedef struct {
  char *reference;
  char *seed;
  char *list_hash;    /* (nullable): SHA-256 of the list, hex; NULL: not drawn yet */
  GArray *numbers;    /* (element-type guint): in the order of drawing */
  char **lines;       /* (nullable): those of the list, in the same order */
  gboolean as_logged; /* the numbers are those in the log */
} WbSample;
void wb_sample_free (WbSample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSample, wb_sample_free)

/* (element-type guint): @size different numbers from 1 to @population */
GArray *wb_sample_draw (const char *seed, guint population, guint size);

/* Makes the record; its seed is in the log. @what (nullable): the list, without names. */
WbRecord *wb_register_new_sample (WbRegister *self,
                                  const char *visit,
                                  const char *what,
                                  guint population,
                                  guint size,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One entry; the same list again gives the same, and none. */
WbSample *wb_register_draw_sample (WbRegister *self,
                                   const char *reference,
                                   GBytes *list,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Draws again and compares; no entry. @list (nullable) */
WbSample *wb_register_check_sample (WbRegister *self,
                                    const char *reference,
                                    GBytes *list,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
