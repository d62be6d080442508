/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test.h"

#include <adwaita.h>

#include "wb-session.h"
#include "wb-window.h"

/* Runs the main loop until @condition holds; fails the test after a while. */
typedef gboolean (*WbTestCondition) (gpointer data);
void wb_test_wait (WbTestCondition condition, gpointer data, const char *what);
void wb_test_spin (guint milliseconds);
gboolean wb_test_ui_init (void); /* FALSE: no display; return 77 */

/* The first widget of a type below @root, in order; NULL where there is none. */
GtkWidget *wb_test_find (GtkWidget *root, GType type, const char *name);
GtkWidget *wb_test_find_text (GtkWidget *root, const char *text); /* a GtkLabel that holds it */
AdwMessageDialog *wb_test_find_dialog (void);                     /* NULL: nothing is asked */
GtkWidget *wb_test_show (GtkWidget *child); /* a presented window around @child */

#define WB_TEST_PASSPHRASE "vier losse woorden hier"
/* A fresh register in @folder, open. */
WbSession *wb_test_session (const char *folder);
void wb_test_lock (WbSession *session);
GPtrArray *wb_test_record (WbSession *session, const char *json); /* (element-type WbRecord) */

/* Where the first passphrase of @root is typed; the entry that bears the label @label. */
GtkEditable *wb_test_find_passphrase (GtkWidget *root);
GtkEditable *wb_test_entry_of (GtkWidget *label);
