/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <gtk/gtk.h>

#include "wb-register.h"

G_BEGIN_DECLS

/* A column that the register can sort by. */
typedef struct {
  GtkColumnViewColumn *column;
  WbCaseSort sort;
} WbCaseOrderColumn;

/* Somebody asked for another order at a header. */
typedef void (*WbCaseOrderAsked) (WbCaseSort sort, gboolean descending, gpointer user_data);

/* The arrow in the headers: what order they show, and what order they are asked for. */
typedef struct _WbCaseOrder WbCaseOrder;
WbCaseOrder *wb_case_order_new (GtkColumnView *view,
                                const WbCaseOrderColumn *columns,
                                guint n,
                                WbCaseOrderAsked asked,
                                gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
/* Without asking. FALSE: no header that is shown has this order. */
gboolean wb_case_order_show (WbCaseOrder *self, WbCaseSort sort, gboolean descending);
void wb_case_order_free (WbCaseOrder *self);

G_END_DECLS
