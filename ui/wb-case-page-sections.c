/* SPDX-License-Identifier: EUPL-1.2 */

/* The sections of a case page, filled from what was read. Nothing here asks the register. */
#include "wb-case-page-parts.h"

#include "wb-case-rows.h"
#include "wb-closures.h"
#include "wb-deadline-badge.h"
#include "wb-person-row.h"
#include "wb-tag.h"

#define HISTORY_STEP 20 /* lines shown at a time */

static void show_history (WbCasePage *self);

static WbRowContext
get_context (WbCasePage *self)
{
  return (WbRowContext){ .model = wb_model_get_default (NULL),
                         .zone = wb_session_get_zone (self->session),
                         .language = wb_language_current (),
                         .records = self->data->records };
}

static void
add_row (WbCasePage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->rows, row);
}

static void
add_nothing (WbCasePage *self, AdwPreferencesGroup *group, const char *words)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_widget_add_css_class (row, "wb-nothing");
  add_row (self, group, row);
}

static void
identity_requested_cb (WbPersonRow *row, const char *reason, WbCasePage *self)
{
  wb_case_page_ask_identity (self, wb_person_row_get_id (row), reason);
}

static void
show_people (WbCasePage *self, const WbRowContext *context)
{
  guint n = 0;

  for (guint i = 0; i < self->data->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (self->data->records, i);
    GtkWidget *row;

    if (!g_str_equal (record->type, "person"))
      continue;
    row = wb_person_row_new (record, context);
    g_signal_connect (row, "identity-requested", G_CALLBACK (identity_requested_cb), self);
    add_row (self, self->people, row);
    n++;
  }
  if (n == 0)
    add_nothing (self, self->people, _ ("Nobody is named in this case yet"));
}

static void
show_allegations (WbCasePage *self, const WbRowContext *context)
{
  guint n = 0;

  for (guint i = 0; i < self->data->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (self->data->records, i);

    if (!g_str_equal (record->type, "allegation"))
      continue;
    add_row (self, self->allegations, wb_record_row_new (record, context));
    n++;
  }
  if (n == 0)
    add_nothing (self, self->allegations, _ ("There is no allegation in this case yet"));
}

static void
show_evidence (WbCasePage *self, const WbRowContext *context)
{
  guint n = 0;

  for (guint i = 0; i < self->data->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (self->data->records, i);

    if (!g_str_equal (record->type, "evidence"))
      continue;
    add_row (self, self->evidence, wb_evidence_row_new (record, context));
    n++;
  }
  if (n == 0)
    add_nothing (
        self,
        self->evidence,
        _ ("Drop files here, or attach them with the button. The original stays where it is."));
}

static void
show_other (WbCasePage *self, const WbRowContext *context)
{
  static const char *const own[] = { "case", "person", "allegation", "evidence", NULL };
  guint n = 0;

  for (guint i = 0; i < self->data->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (self->data->records, i);
    const WbRecordType *type = wb_model_find_type (context->model, record->type);
    GtkWidget *row;

    if (g_strv_contains (own, record->type))
      continue;
    row = wb_record_row_new (record, context);
    if (type != NULL)
      gtk_widget_set_tooltip_text (row, type->label[context->language]);
    add_row (self, self->other, row);
    n++;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->other), n > 0);
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
static void
show_deadlines (WbCasePage *self)
{
  for (Urgency urgency = URGENCY_LATE; urgency < N_URGENCIES; urgency++)
    for (guint i = 0; i < self->data->deadlines->len; i++) {
      WbDeadlineItem *item = g_ptr_array_index (self->data->deadlines, i);

      if (urgency_of (item) == urgency)
        add_row (self, self->deadlines, wb_deadline_row_new (item));
    }
  if (self->data->deadlines->len == 0)
    add_nothing (self, self->deadlines, _ ("No time limit runs in this case"));
}

static void
more_history_cb (AdwActionRow *row, WbCasePage *self)
{
  adw_preferences_group_remove (self->history, GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
  show_history (self);
}

static void
add_more_row (WbCasePage *self, guint left)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words =
      g_strdup_printf (ngettext_ ("Show %u earlier act", "Show %u earlier acts", left), left);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("pan-down-symbolic"));
  g_signal_connect (row, "activated", G_CALLBACK (more_history_cb), self);
  add_row (self, self->history, row);
}

static void
show_history (WbCasePage *self)
{
  guint end = MIN (self->history_shown + HISTORY_STEP, self->data->history->len);

  for (guint i = self->history_shown; i < end; i++)
    add_row (self, self->history, wb_history_row_new (g_ptr_array_index (self->data->history, i)));
  self->history_shown = end;
  if (end < self->data->history->len)
    add_more_row (self, self->data->history->len - end);
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
}

void
wb_case_page_clear_sections (WbCasePage *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);

    adw_preferences_group_remove (g_object_get_data (G_OBJECT (row), "group"), row);
  }
  g_ptr_array_set_size (self->rows, 0);
  wb_wrap_clear (self->facts);
  self->history_shown = 0;
}

void
wb_case_page_show_data (WbCasePage *self)
{
  const WbRowContext context = get_context (self);

  if (context.zone == NULL || wb_case_data_get_case (self->data) == NULL)
    return; /* locked meanwhile */
  show_head (self, &context);
  show_allegations (self, &context);
  show_people (self, &context);
  show_evidence (self, &context);
  show_other (self, &context);
  show_deadlines (self);
  show_history (self);
}
