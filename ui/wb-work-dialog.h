/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-meter.h"
#include "wb-session.h"

G_BEGIN_DECLS

/*
 * A dialog that is filled in, does one piece of work on another thread, shows how far it is and
 * tells what went wrong above the form. Heirs give it a form and a word for the button. Emits
 * "done" when the work was done.
 */
#define WB_TYPE_WORK_DIALOG (wb_work_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbWorkDialog, wb_work_dialog, WB, WORK_DIALOG, AdwWindow)

struct _WbWorkDialogClass {
  AdwWindowClass parent_class;

  gboolean (*is_ready) (WbWorkDialog *self); /* whether the button can be pressed */
  void (*start) (WbWorkDialog *self);        /* calls wb_work_dialog_call(), or says why not */
  void (*finished) (WbWorkDialog *self, gpointer result); /* (optional): closes otherwise */
};

void wb_work_dialog_update (WbWorkDialog *self); /* the form changed */
void wb_work_dialog_say (WbWorkDialog *self, const char *message);
WbMeter *wb_work_dialog_make_meter (WbWorkDialog *self) G_GNUC_WARN_UNUSED_RESULT;
/* @session (nullable): the work needs no open register; @call gets NULL for one. */
void wb_work_dialog_call (WbWorkDialog *self,
                          WbSession *session,
                          WbSessionCall call,
                          gpointer data,
                          GDestroyNotify free_data,
                          GDestroyNotify free_result);
/* What came of it, instead of closing. */
void wb_work_dialog_add_result (WbWorkDialog *self, GtkWidget *row);
gboolean wb_work_dialog_is_done (WbWorkDialog *self);
void wb_work_dialog_show_over (WbWorkDialog *self, GtkWidget *owner);

G_END_DECLS
