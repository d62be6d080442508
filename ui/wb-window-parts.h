/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-create-page.h"
#include "wb-home.h"
#include "wb-lock-watch.h"
#include "wb-today-page.h"
#include "wb-unlock-page.h"
#include "wb-unsaved.h"
#include "wb-visit-page.h"
#include "wb-visits-page.h"
#include "wb-welcome-page.h"
#include "wb-window.h"

G_BEGIN_DECLS

#define WB_WINDOW_DIALOG_KEY "dialog" /* of the draft that holds a dialog's text over the lock */

/* Shared by the files of the window: the door, the pages, the lock. */
struct _WbWindow {
  AdwApplicationWindow parent_instance;

  GtkStack *stack;
  AdwBin *register_place; /* what is in it is destroyed at lock */
  WbWelcomePage *welcome;
  WbCreatePage *create;
  WbUnlockPage *unlock;

  WbSettings *settings;
  WbLockWatch *watch;
  WbSession *session;      /* (nullable) */
  AdwToastOverlay *toasts; /* (nullable): only while open */
  WbShell *shell;          /* (nullable): only while open */
  WbHome *home;            /* (nullable): only while open: the first page, with the next two */
  WbTodayPage *today;      /* (nullable): only while open */
  WbCasesPage *cases;      /* (nullable): only while open */
  WbVisitsPage *visits;    /* (nullable): only while open */
  gboolean begins;         /* nothing was chosen yet: the day shows if it asks for something */
  char *user;              /* (nullable): who opened it last */
  GPtrArray *unsaved;      /* (nullable): sealed drafts that found no room, see wb-unsaved.h */
  gboolean locking;
  gboolean close_after_lock;  /* the window goes */
  gboolean forget_after_lock; /* the register goes */
  gboolean remove_after_lock; /* and its files: it is the example */
  gboolean create_after_lock; /* a new one comes */
  char *open_after_lock;      /* (nullable): path of another one that comes */
  JsonObject *waiting_dialog; /* (nullable): a question whose page is not there yet */
  GtkWidget *leave_dialog;    /* (nullable) (weak): whether the open register is left for another */
};

void wb_window_say (WbWindow *self, const char *message);
void wb_window_update_actions (WbWindow *self);
void wb_window_show_page (WbWindow *self, const char *name);

void wb_window_show_door (WbWindow *self, const char *path); /* no register is open */
void wb_window_build_register (WbWindow *self);              /* after opening */
void wb_window_go_to_case (WbWindow *self, const char *id);
/* @record_id (nullable): the one to correct; else a new one */
void wb_window_go_to_visit (WbWindow *self, const char *id);
/* @prefill (nullable): what a new one begins with */
void wb_window_go_to_form (WbWindow *self,
                           const char *type,
                           const char *case_id,
                           const char *record_id,
                           JsonObject *prefill);
void wb_window_show_view (WbWindow *self, const char *name); /* "today", "cases" or "visits" */
void wb_window_begin (WbWindow *self); /* with the day, where it asks for something */
void wb_window_go_back (WbWindow *self);
void wb_window_install_page_actions (GtkWidgetClass *widget_class);

void wb_window_open (WbWindow *self, const char *user, WbSecret *passphrase); /* at the door */
/* @pages, with a strip below them where the register is the example. */
GtkWidget *wb_window_mark_example (WbWindow *self, GtkWidget *pages);
void wb_window_remove_example (WbWindow *self, const char *path); /* locked by now */
void wb_window_install_example_actions (GtkWidgetClass *widget_class);

JsonObject *wb_window_dup_dialog (WbWindow *self); /* (nullable): what is typed in one over it */
void wb_window_reopen_dialog (WbWindow *self, JsonObject *kept);

void wb_window_save_place (WbWindow *self); /* where the user is, inside the register */
void wb_window_restore_place (WbWindow *self);

G_END_DECLS
