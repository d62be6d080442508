/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-case-data.h"
#include "wb-case-page.h"
#include "wb-case-section.h"
#include "wb-holder-button.h"
#include "wb-next-step.h"
#include "wb-record-chooser.h"
#include "wb-story-view.h"
#include "wb-time-axis.h"
#include "wb-wrap.h"

G_BEGIN_DECLS

/* In the order in which they are filled: what is seen first comes first. */
typedef enum {
  WB_CASE_ALLEGATIONS,
  WB_CASE_DEADLINES,
  WB_CASE_PEOPLE,
  WB_CASE_EVIDENCE,
  WB_CASE_OTHER,
  WB_CASE_HISTORY,
  WB_CASE_N_SECTIONS
} WbCaseSectionName;

/* Shared by the files of the case page: the page itself, its sections, its attaching. */
struct _WbCasePage {
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkScrolledWindow *scroller;
  GtkWidget *content; /* of the scroller */
  GtkLabel *heading;
  GtkMenuButton *add_button;
  WbRecordChooser *chooser;
  WbHolderButton *holder;
  WbNextStep *next_step;
  GtkToggleButton *story_button;
  WbStoryView *story;
  WbWrap *facts;
  AdwPreferencesGroup *allegations;
  AdwPreferencesGroup *people;
  AdwPreferencesGroup *evidence;
  AdwPreferencesGroup *other;
  AdwPreferencesGroup *deadlines;
  AdwPreferencesGroup *history;

  WbSession *session;
  GCancellable *cancellable;
  char *id;
  WbCaseData *data; /* (nullable) */
  WbCaseSection *sections[WB_CASE_N_SECTIONS];
  guint filling;    /* source */
  WbTimeAxis *axis; /* (nullable): of the bars of all deadlines */
  GtkWidget *ruler; /* its dates */

  GQueue *attaching; /* (element-type GFile): still to do */
  GtkWidget *attach_row;
  GtkProgressBar *attach_bar;
  GCancellable *attach_cancellable;
  struct _WbMeter *meter;
  guint meter_timer;
};

void wb_case_page_make_sections (WbCasePage *self);
void wb_case_page_show_data (WbCasePage *self); /* fills the sections from data */
void wb_case_page_clear_sections (WbCasePage *self);
void wb_case_page_ask_identity (WbCasePage *self, const char *person_id, const char *reason);
void wb_case_page_say (WbCasePage *self, const char *message);
void wb_case_page_changed (WbCasePage *self);
void wb_case_page_take_step (WbCasePage *self, const char *status, gboolean needs_reason);
void wb_case_page_give_to (WbCasePage *self, const char *user);
void wb_case_page_decide (WbCasePage *self, const char *id, gboolean approve);
void wb_case_page_check_entry (WbCasePage *self, guint64 number);
void wb_case_page_stop_attaching (WbCasePage *self);

G_END_DECLS
