/* SPDX-License-Identifier: EUPL-1.2 */

/* Two numbers behind a lock: the working thread writes, the main loop looks now and then. */
#include "wb-meter.h"

struct _WbMeter {
  GMutex lock;
  guint64 done;
  guint64 total;
};

WbMeter *
wb_meter_new (void)
{
  WbMeter *self = g_atomic_rc_box_new0 (WbMeter);

  g_mutex_init (&self->lock);
  return self;
}

WbMeter *
wb_meter_ref (WbMeter *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
meter_clear (WbMeter *self)
{
  g_mutex_clear (&self->lock);
}

void
wb_meter_unref (WbMeter *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, (GDestroyNotify) meter_clear);
}

void
wb_meter_report (guint64 done, guint64 total, gpointer meter)
{
  WbMeter *self = meter;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->done = done;
  self->total = total;
}

double
wb_meter_get_fraction (WbMeter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->total == 0)
    return -1;
  return MIN ((double) self->done / (double) self->total, 1.0);
}
