/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-settings.h"

G_BEGIN_DECLS

/* One column of the list of cases that can be left out; @name is what settings call it. */
typedef struct {
  const char *name;
  GtkColumnViewColumn *column;
} WbCaseColumn;

/* Shows what @settings say, and gives @widget an action "columns.NAME" for each, which changes it.
 */
void wb_case_columns_follow (GtkWidget *widget,
                             const WbCaseColumn *columns,
                             guint n_columns,
                             WbSettings *settings);

G_END_DECLS
