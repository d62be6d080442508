/* SPDX-License-Identifier: EUPL-1.2 */

/* The sections of a case page, filled from what was read. Nothing here asks the register. */
#include "wb-case-page-parts.h"

#include "wb-case-rows.h"
#include "wb-closures.h"
#include "wb-deadline-badge.h"
#include "wb-deadline-row.h"
#include "wb-decision-row.h"
#include "wb-person-row.h"
#include "wb-tag.h"
#include "wb-time-bar.h"

#define FIRST_ROWS 12  /* made at once: most cases have no more */
#define ROWS_A_ROUND 4 /* made between two drawings */

static WbRowContext
get_context (WbCasePage *self)
{
  return (WbRowContext){ .model = wb_model_get_default (NULL),
                         .zone = wb_session_get_zone (self->session),
                         .language = wb_language_current (),
                         .records = self->data->records,
                         .names = self->data->names };
}

static void
identity_requested_cb (WbPersonRow *row, const char *reason, WbCasePage *self)
{
  wb_case_page_ask_identity (self, wb_person_row_get_id (row), reason);
}

static GtkWidget *
make_person_row (gpointer record, gpointer user_data)
{
  const WbRowContext context = get_context (user_data);
  GtkWidget *row = wb_person_row_new (record, &context);

  g_signal_connect (row, "identity-requested", G_CALLBACK (identity_requested_cb), user_data);
  return row;
}

static GtkWidget *
make_record_row (gpointer record, gpointer user_data)
{
  const WbRowContext context = get_context (user_data);

  return wb_record_row_new (record, &context);
}

static GtkWidget *
make_evidence_row (gpointer record, gpointer user_data)
{
  const WbRowContext context = get_context (user_data);

  return wb_evidence_row_new (record, &context);
}

/* Records of types without a section of their own say what they are. */
static GtkWidget *
make_other_row (gpointer data, gpointer user_data)
{
  const WbCasePage *self = user_data;
  const WbRecord *record = data;
  const WbRowContext context = get_context (user_data);

  if (g_str_equal (record->type, "decision"))
    return wb_decision_row_new (record,
                                &context,
                                g_str_equal (record->author, self->data->fingerprint));
  return wb_other_row_new (record, &context);
}

static GtkWidget *
make_deadline_row (gpointer item, gpointer user_data)
{
  return wb_deadline_row_new (item, ((WbCasePage *) user_data)->axis);
}

static GtkWidget *
make_history_row (gpointer line, gpointer user_data)
{
  return wb_history_row_new (line);
}

static WbCaseSectionName
section_of (const WbRecord *record)
{
  if (g_str_equal (record->type, "allegation"))
    return WB_CASE_ALLEGATIONS;
  if (g_str_equal (record->type, "person"))
    return WB_CASE_PEOPLE;
  return g_str_equal (record->type, "evidence") ? WB_CASE_EVIDENCE : WB_CASE_OTHER;
}

static GPtrArray *
list_records (WbCasePage *self, WbCaseSectionName section)
{
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < self->data->records->len; i++) {
    WbRecord *record = g_ptr_array_index (self->data->records, i);

    if (!g_str_equal (record->type, "case") && section_of (record) == section)
      g_ptr_array_add (records, record);
  }
  return records;
}

/* What this body is late with comes first, then what still runs, then what is over. */
typedef enum { URGENCY_LATE, URGENCY_RUNNING, URGENCY_OVER, N_URGENCIES } Urgency;

static Urgency
urgency_of (WbDeadlineItem *item)
{
  if (!wb_deadline_item_is_active (item))
    return URGENCY_OVER;
  return wb_deadline_item_is_late (item) ? URGENCY_LATE : URGENCY_RUNNING;
}

/* Within an urgency the soonest first, as they were read. */
static GPtrArray *
list_deadlines (WbCasePage *self)
{
  GPtrArray *items = g_ptr_array_new ();

  for (Urgency urgency = URGENCY_LATE; urgency < N_URGENCIES; urgency++)
    for (guint i = 0; i < self->data->deadlines->len; i++) {
      WbDeadlineItem *item = g_ptr_array_index (self->data->deadlines, i);

      if (urgency_of (item) == urgency)
        g_ptr_array_add (items, item);
    }
  return items;
}

/* The dates that all bars share stand above the first. */
static void
add_ruler (WbCasePage *self)
{
  GtkWidget *row = adw_preferences_row_new ();

  self->ruler = wb_time_bar_new_ruler ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), self->ruler);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (row, "wb-ruler");
  adw_preferences_group_add (self->deadlines, row);
}

static void
set_axis (WbCasePage *self, const WbRowContext *context)
{
  g_autoptr (GPtrArray) spans = g_ptr_array_new ();

  for (guint i = 0; i < self->data->deadlines->len; i++) {
    WbDeadlineItem *item = g_ptr_array_index (self->data->deadlines, i);

    if (wb_deadline_item_get_span (item) != NULL)
      g_ptr_array_add (spans, (gpointer) wb_deadline_item_get_span (item));
  }
  g_clear_pointer (&self->axis, wb_time_axis_unref);
  self->axis = wb_time_axis_new (spans, wb_clock_now (), context->zone, context->language);
  wb_time_bar_set_axis (WB_TIME_BAR (self->ruler), spans->len > 0 ? self->axis : NULL);
}

static void
add_deadline_badge (WbCasePage *self, WbDeadlineItem *item)
{
  GtkWidget *badge = wb_deadline_badge_new ();
  g_autofree char *text = g_strdup_printf ("%s\u00a0· %s",
                                           wb_deadline_item_get_title (item),
                                           wb_deadline_item_get_left (item));

  wb_deadline_badge_show (WB_DEADLINE_BADGE (badge),
                          (int) wb_deadline_item_get_kind (item),
                          text,
                          wb_deadline_item_is_late (item));
  wb_wrap_append (self->facts, badge);
}

/* One badge an urgency: what this body is late with, and what comes next. */
static void
add_next_deadline (WbCasePage *self, Urgency urgency)
{
  for (guint i = 0; i < self->data->deadlines->len; i++) {
    WbDeadlineItem *item = g_ptr_array_index (self->data->deadlines, i);

    if (urgency_of (item) == urgency && wb_deadline_item_get_kind (item) != WB_KIND_OPEN) {
      add_deadline_badge (self, item);
      return;
    }
  }
}

/* The case's own urgency is the highest of its allegations. */
static const char *
get_urgency (WbCasePage *self)
{
  const char *highest = NULL;
  static const char *const order[] = { "urgency.critical", "urgency.urgent", "urgency.standard" };

  for (guint i = 0; i < self->data->records->len; i++) {
    const char *urgency =
        wb_record_get_text (g_ptr_array_index (self->data->records, i), "urgency");

    for (guint k = 0; urgency != NULL && k < G_N_ELEMENTS (order); k++) {
      if (highest != NULL && g_str_equal (highest, order[k]))
        break;
      if (g_str_equal (urgency, order[k])) {
        highest = order[k];
        break;
      }
    }
  }
  return highest;
}

static void
show_head (WbCasePage *self, const WbRowContext *context)
{
  const WbRecord *record = wb_case_data_get_case (self->data);
  const char *title = wb_record_get_text (record, "title");
  const char *status = wb_record_get_text (record, "status");
  const char *urgency = get_urgency (self);
  g_autofree char *status_words = wb_words_code (status, context->language);
  g_autofree char *urgency_words = wb_words_code (urgency, context->language);

  adw_window_title_set_title (self->title, record->reference);
  gtk_label_set_label (self->heading, title != NULL ? title : record->reference);
  if (urgency != NULL)
    wb_wrap_append (self->facts, wb_tag_new (urgency, urgency_words));
  if (status != NULL)
    wb_wrap_append (self->facts, wb_tag_new (NULL, status_words));
  add_next_deadline (self, URGENCY_LATE);
  add_next_deadline (self, URGENCY_RUNNING);
  wb_holder_button_show_holder (self->holder,
                                wb_record_get_text (record, "holder"),
                                (const char *const *) self->data->users);
  wb_next_step_show_options (self->next_step, self->data->moves, context->language);
}

/* Some more rows; FALSE when all are there. */
static gboolean
fill (WbCasePage *self, guint n)
{
  for (guint i = 0; i < WB_CASE_N_SECTIONS && n > 0; i++)
    n -= wb_case_section_fill (self->sections[i], n);
  return n == 0;
}

static gboolean
fill_cb (gpointer user_data)
{
  WbCasePage *self = user_data;

  if (wb_session_get_zone (self->session) != NULL && fill (self, ROWS_A_ROUND))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  gtk_widget_set_size_request (self->content, -1, -1);
  return G_SOURCE_REMOVE;
}

static void
go_on_filling (gpointer user_data)
{
  WbCasePage *self = user_data;

  if (self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
}

static char *
words_more (guint left)
{
  /* Translators: of the rows of a list. */
  return g_strdup_printf (ngettext_ ("Show %u more", "Show %u more", left), left);
}

static char *
words_earlier (guint left)
{
  return g_strdup_printf (ngettext_ ("Show %u earlier act", "Show %u earlier acts", left), left);
}

void
wb_case_page_make_sections (WbCasePage *self)
{
  const struct {
    AdwPreferencesGroup *group;
    WbCaseSectionMake make;
  } all[WB_CASE_N_SECTIONS] = {
    [WB_CASE_ALLEGATIONS] = { self->allegations, make_record_row },
    [WB_CASE_DEADLINES] = { self->deadlines, make_deadline_row },
    [WB_CASE_PEOPLE] = { self->people, make_person_row },
    [WB_CASE_EVIDENCE] = { self->evidence, make_evidence_row },
    [WB_CASE_OTHER] = { self->other, make_other_row },
    [WB_CASE_HISTORY] = { self->history, make_history_row },
  };

  for (guint i = 0; i < WB_CASE_N_SECTIONS; i++)
    self->sections[i] = wb_case_section_new (all[i].group,
                                             all[i].make,
                                             i == WB_CASE_HISTORY ? words_earlier : words_more,
                                             go_on_filling,
                                             self);
  add_ruler (self);
}

void
wb_case_page_clear_sections (WbCasePage *self)
{
  g_clear_handle_id (&self->filling, g_source_remove);
  for (guint i = 0; i < WB_CASE_N_SECTIONS; i++)
    wb_case_section_clear (self->sections[i]);
  wb_wrap_clear (self->facts);
}

static void
start_section (WbCasePage *self, WbCaseSectionName name, const char *nothing)
{
  g_autoptr (GPtrArray) items = name == WB_CASE_DEADLINES ? list_deadlines (self)
                                : name == WB_CASE_HISTORY ? g_ptr_array_ref (self->data->history)
                                                          : list_records (self, name);

  wb_case_section_start (self->sections[name], items, nothing);
}

void
wb_case_page_show_data (WbCasePage *self)
{
  const WbRowContext context = get_context (self);

  if (context.zone == NULL || wb_case_data_get_case (self->data) == NULL)
    return; /* locked meanwhile */
  show_head (self, &context);
  set_axis (self, &context);
  start_section (self, WB_CASE_ALLEGATIONS, _ ("There is no allegation in this case yet"));
  start_section (self, WB_CASE_DEADLINES, _ ("No time limit runs in this case"));
  start_section (self, WB_CASE_PEOPLE, _ ("Nobody is named in this case yet"));
  start_section (
      self,
      WB_CASE_EVIDENCE,
      _ ("Drop files here, or attach them with the button. The original stays where it is."));
  start_section (self, WB_CASE_OTHER, NULL);
  start_section (self, WB_CASE_HISTORY, NULL);
  (void) fill (self, FIRST_ROWS);
  go_on_filling (self);
}
