/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a task on the register's thread is, told to the main loop without waking it. */
typedef struct _WbMeter WbMeter; /* reference counted, thread-safe */

WbMeter *wb_meter_new (void) G_GNUC_WARN_UNUSED_RESULT;
WbMeter *wb_meter_ref (WbMeter *self);
void wb_meter_unref (WbMeter *self);
void wb_meter_report (guint64 done, guint64 total, gpointer meter); /* a WbProgress */
double wb_meter_get_fraction (WbMeter *self); /* 0 to 1; negative where the end is not known */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMeter, wb_meter_unref)

G_END_DECLS
