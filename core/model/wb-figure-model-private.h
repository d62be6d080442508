/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-figure-model.h"
#include "wb-model-private.h"

G_BEGIN_DECLS

struct _WbFigureModel {
  const WbModel *model;
  char *version;
  guint least;
  GPtrArray *units, *sets, *spans, *dimensions, *overview, *lists;
  GHashTable *minded; /* "type.field": an act that sets it may change a figure */
  WbFigureUnseen unseen;
};

/* wb-figure-model-read.c: all parts of the file, into an empty model. */
gboolean wb_figure_model_read (WbFigureModel *self,
                               const WbModelFile *file,
                               JsonObject *root,
                               GError **error);

G_END_DECLS
