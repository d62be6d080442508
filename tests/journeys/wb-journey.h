/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-test.h"

#include <atspi/atspi.h>

#define WB_JOURNEY_ANY ATSPI_ROLE_INVALID /* whatever the role */

/* libatspi 2.46 has none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)

/* Group fixtures: a folder of its own for registers and settings, and the end of the program. */
int wb_journey_setup (void **state);
int wb_journey_teardown (void **state);
int wb_journey_go_on (void **state); /* the setup of each test */

const char *wb_journey_folder (void);
char *wb_journey_path (const char *name);

/* The program, its clock at @now where that is given. @reg may be NULL. */
void wb_journey_start (const char *reg, const char *now);
void wb_journey_stop (void);
void wb_journey_await_end (void); /* of itself, after Ctrl+Q */
/* The program of the terminal, where a journey needs a colleague. Ends with NULL. */
void wb_journey_ctl (const char *first, ...) G_GNUC_NULL_TERMINATED;

/* As GTK writes accelerators: "Return", "<Control>n". */
void wb_journey_press (const char *keys);
void wb_journey_type (const char *text);
/* Tab until what has the focus bears this name. Underscores of mnemonics do not count. */
void wb_journey_go (const char *name);
void wb_journey_push (const char *name); /* go, and Space */
void wb_journey_fill (const char *name, const char *text);
void wb_journey_step (const char *keys, const char *name); /* go, with other keys than Tab */

/* Each with a time limit, and with the tree told where it is passed. */
void wb_journey_await (AtspiRole role, const char *name);
void wb_journey_await_part (const char *part); /* of a name or a text */
void wb_journey_await_gone (const char *name);
void wb_journey_await_focus (const char *name);
gboolean wb_journey_shows (const char *part);
gboolean wb_journey_has (AtspiRole role, const char *name);
char *wb_journey_dup_focus (void);
char *wb_journey_dup_text (const char *name); /* of the field of this name */
void wb_journey_print_tree (void);

typedef gboolean (*WbJourneyLook) (AtspiAccessible *node, gpointer data);
AtspiAccessible *wb_journey_window (void);
AtspiAccessible *wb_journey_find (WbJourneyLook look, gpointer data);
gboolean wb_journey_state (AtspiAccessible *node, AtspiStateType state);
void wb_journey_spin (guint milliseconds);
