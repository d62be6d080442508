/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test-ui.h"

/* The real window over a real register on disk; one a program. */
typedef struct {
  char *folder; /* registers are made here */
  GtkApplication *application;
  WbSettings *settings;
  WbWindow *window;
} WbTestWindow;

extern WbTestWindow wb_test_window;

/* Group fixtures: a window with a new register, open; and the end of both. */
int wb_test_window_setup (void **state);
int wb_test_window_teardown (void **state);
void wb_test_window_start (void); /* the window alone */
void wb_test_window_new (void);   /* another window; the old one is gone */
void wb_test_window_create (const char *code);

/* Conditions for wb_test_wait(). */
gboolean wb_test_window_is_open (gpointer data);
gboolean wb_test_window_is_locked (gpointer data); /* and the door is ready */
gboolean wb_test_window_is_list (gpointer data);
gboolean wb_test_window_is_case (gpointer data);
gboolean wb_test_window_is_form (gpointer data);

GtkWidget *wb_test_window_top (void);
void wb_test_window_act (const char *action);
GtkEditable *wb_test_window_entry (const char *title); /* of the page that shows */
void wb_test_window_unlock (const char *passphrase);
void wb_test_window_lock (void);
void wb_test_window_go_to_list (void);

/* What was told happened, in the form that shows. */
GtkTextBuffer *wb_test_window_account (void);
void wb_test_window_type (const char *account);
char *wb_test_window_dup_account (void);
