/* SPDX-License-Identifier: EUPL-1.2 */

/* The page of one visit. Lines record themselves; the rest is read again after each act. */
#include "wb-visit-page.h"

#include "wb-button-row.h"
#include "wb-file-chooser.h"
#include "wb-i18n.h"
#include "wb-record-dialog.h"
#include "wb-ui.h"
#include "wb-visit-data.h"
#include "wb-visit-row.h"

struct _WbVisitPage {
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkBox *box;
  GtkEntry *line;   /* (nullable): what was seen or heard, typed and entered */
  GtkListBox *seen; /* (nullable) */
  WbSession *session;
  WbVisitData *data; /* (nullable) until read */
  char *id;
};

G_DEFINE_FINAL_TYPE (WbVisitPage, wb_visit_page, ADW_TYPE_BIN)

enum { ALLEGE, CASE_ACTIVATED, MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

static AdwPreferencesGroup *
add_group (WbVisitPage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  g_object_set (group, "title", title, "description", description, NULL);
  gtk_box_append (self->box, GTK_WIDGET (group));
  return group;
}

static void
say (WbVisitPage *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static void
allege_cb (GtkWidget *row, WbVisitPage *self)
{
  gtk_widget_grab_focus (row); /* by the button: its line is the one at hand */
  g_signal_emit (self, signals[ALLEGE], 0);
}

static void
answered_cb (GtkWidget *row, WbVisitPage *self)
{
  GtkWidget *next = gtk_widget_get_next_sibling (row);

  if (next != NULL)
    gtk_widget_grab_focus (next);
}

static void
message_cb (GtkWidget *row, const char *message, WbVisitPage *self)
{
  say (self, message);
}

static void
show_dialog (WbVisitPage *self, const char *type, const WbRecord *record)
{
  GtkWidget *dialog = wb_record_dialog_new (self->session, self->data->model, type, record);
  g_autoptr (JsonObject) given = json_object_new ();

  json_object_set_string_member (given, "visit", self->id);
  if (record == NULL)
    wb_record_dialog_set_given (WB_RECORD_DIALOG (dialog), given);
  g_signal_connect_object (dialog,
                           "done",
                           G_CALLBACK (wb_visit_page_reload),
                           self,
                           G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
change_cb (WbVisitPage *self)
{
  show_dialog (self, "visit", self->data->visit->visit);
}

static void
sample_cb (WbVisitPage *self)
{
  show_dialog (self, "sample", NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL || self->line == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->line), TRUE);
  if (record != NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->line), "");
    gtk_list_box_prepend (self->seen,
                          wb_visit_data_make_seen (record, wb_session_get_zone (self->session)));
    gtk_widget_set_visible (GTK_WIDGET (self->seen), TRUE);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    say (self, error->message);
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->line));
}

static void
write_cb (GtkEntry *entry, WbVisitPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (*text == '\0' || self->session == NULL)
    return;
  wb_visit_data_write (self->session, self->id, text, written_cb, g_object_ref (self));
  gtk_widget_set_sensitive (GTK_WIDGET (entry), FALSE);
}

static void
add_seen (WbVisitPage *self)
{
  AdwPreferencesGroup *group =
      add_group (self,
                 _ ("Seen and Heard"),
                 _ ("Type a line and press Enter: it is recorded with the time. Write no names."));
  GPtrArray *records = self->data->visit->records;

  self->line = GTK_ENTRY (gtk_entry_new ());
  self->seen = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_entry_set_placeholder_text (self->line, _ ("What you see or hear"));
  gtk_entry_set_input_hints (self->line, GTK_INPUT_HINT_PRIVATE);
  wb_ui_set_name (GTK_WIDGET (self->line), _ ("What you see or hear"));
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->line), 9);
  gtk_list_box_set_selection_mode (self->seen, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->seen), "boxed-list");
  g_signal_connect (self->line, "activate", G_CALLBACK (write_cb), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->line));
  adw_preferences_group_add (group, GTK_WIDGET (self->seen));
  for (guint i = 0; i < records->len; i++)
    if (wb_visit_data_is_seen (g_ptr_array_index (records, i)))
      gtk_list_box_prepend (self->seen,
                            wb_visit_data_make_seen (g_ptr_array_index (records, i),
                                                     wb_session_get_zone (self->session)));
  gtk_widget_set_visible (GTK_WIDGET (self->seen),
                          gtk_widget_get_first_child (GTK_WIDGET (self->seen)) != NULL);
}

static void
add_question (WbVisitPage *self, AdwPreferencesGroup *group, const WbVisitQuestion *question)
{
  const WbRecord *last = question->answers->len > 0
                             ? g_ptr_array_index (question->answers, question->answers->len - 1)
                             : NULL;
  GtkWidget *row = wb_visit_row_new (self->session,
                                     self->data->model,
                                     self->id,
                                     question->code,
                                     question->stage,
                                     last);

  g_signal_connect_object (row, "allege", G_CALLBACK (allege_cb), self, 0);
  g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, 0);
  g_signal_connect_object (row, "message", G_CALLBACK (message_cb), self, 0);
  adw_preferences_group_add (group, row);
}

static void
add_checklist (WbVisitPage *self)
{
  GPtrArray *questions = self->data->visit->questions;
  const char *stage = NULL;
  AdwPreferencesGroup *group = NULL;

  if (questions->len == 0)
    add_group (self,
               _ ("Checklist"),
               _ ("Its questions come with the stages of the procedure that you visit: choose them "
                  "in the visit’s details."));
  for (guint i = 0; i < questions->len; i++) {
    const WbVisitQuestion *question = g_ptr_array_index (questions, i);

    if (group == NULL || g_strcmp0 (question->stage, stage) != 0) {
      const WbTerm *term =
          question->stage != NULL ? wb_model_find_term (self->data->model, question->stage) : NULL;

      group = add_group (self,
                         term != NULL ? term->label[wb_language_current ()] : _ ("Checklist"),
                         group == NULL ? _ ("By key: Y or J, N, ? and on to the next; F2 begins an "
                                            "allegation from the line.")
                                       : NULL);
      stage = question->stage;
    }
    add_question (self, group, question);
  }
}

static void
case_cb (WbVisitPage *self, GtkWidget *row)
{
  g_signal_emit (self, signals[CASE_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "case"));
}

static void
add_allegations (WbVisitPage *self)
{
  GPtrArray *records = self->data->visit->records;
  AdwPreferencesGroup *group = NULL;

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    GtkWidget *row;

    if (!g_str_equal (record->type, "allegation"))
      continue;
    if (group == NULL)
      group = add_group (self, _ ("Allegations from This Visit"), NULL);
    row = wb_button_row_new (record->reference, NULL, G_CALLBACK (case_cb), self);
    g_object_set_data_full (G_OBJECT (row), "case", g_strdup (record->case_id), g_free);
    adw_preferences_group_add (group, row);
  }
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer done = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL)
    return;
  if (done != NULL)
    wb_visit_page_reload (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

static void
list_chosen (GPtrArray *files, gpointer row)
{
  WbVisitPage *self =
      WB_VISIT_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), WB_TYPE_VISIT_PAGE));

  if (self != NULL && self->session != NULL)
    wb_visit_data_draw (self->session,
                        g_object_get_data (G_OBJECT (row), "sample"),
                        g_ptr_array_index (files, 0),
                        drawn_cb,
                        g_object_ref (self));
}

static void
draw_cb (WbVisitPage *self, GtkWidget *row)
{
  wb_file_chooser_ask (row,
                       _ ("Draw from a List: One Item a Line"),
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       FALSE,
                       NULL,
                       list_chosen,
                       row);
}

static void
add_samples (WbVisitPage *self)
{
  AdwPreferencesGroup *group = add_group (self,
                                          _ ("Random Samples"),
                                          _ ("First make the sample: its seed goes into the log. "
                                             "Ask for the list only then, and draw."));
  GPtrArray *records = self->data->visit->records;

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);
    g_autofree char *words = NULL;
    GtkWidget *row;

    if (!g_str_equal (record->type, "sample"))
      continue;
    words = wb_visit_data_describe_sample (record);
    row = wb_button_row_new (record->reference, words, G_CALLBACK (draw_cb), self);
    g_object_set_data_full (G_OBJECT (row), "sample", g_strdup (record->id), g_free);
    adw_preferences_group_add (group, row);
  }
  adw_preferences_group_add (
      group,
      wb_button_row_new (_ ("New Random Sample…"), NULL, G_CALLBACK (sample_cb), self));
}

static void
show (WbVisitPage *self)
{
  GtkWidget *child;

  self->line = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  adw_window_title_set_title (self->title, self->data->title);
  adw_window_title_set_subtitle (self->title, self->data->visit->visit->reference);
  adw_preferences_group_add (add_group (self, NULL, NULL),
                             wb_button_row_new (_ ("Details of the Visit"),
                                                self->data->words,
                                                G_CALLBACK (change_cb),
                                                self));
  add_seen (self);
  add_checklist (self);
  add_allegations (self);
  add_samples (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  WbVisitData *data = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session != NULL && data != NULL) {
    g_clear_pointer (&self->data, wb_visit_data_free);
    self->data = g_steal_pointer (&data);
    show (self);
  } else if (self->session != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    say (self, error->message);
  }
  g_clear_pointer (&data, wb_visit_data_free);
}

static void
wb_visit_page_dispose (GObject *object)
{
  WbVisitPage *self = WB_VISIT_PAGE (object);

  g_clear_object (&self->session);
  self->line = NULL;
  self->seen = NULL;
  G_OBJECT_CLASS (wb_visit_page_parent_class)->dispose (object);
}

static void
wb_visit_page_finalize (GObject *object)
{
  g_clear_pointer (&WB_VISIT_PAGE (object)->data, wb_visit_data_free);
  g_free (WB_VISIT_PAGE (object)->id);
  G_OBJECT_CLASS (wb_visit_page_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name,
                       WB_TYPE_VISIT_PAGE,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       n_params,
                       type);
}

static void
wb_visit_page_class_init (WbVisitPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_visit_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_visit_page_finalize;

  /**
   * WbVisitPage::allege:
   * @self: the page
   */
  signals[ALLEGE] = add_signal ("allege", 0, G_TYPE_NONE);
  /**
   * WbVisitPage::case-activated:
   * @self: the page
   * @id: the case's UUID
   */
  signals[CASE_ACTIVATED] = add_signal ("case-activated", 1, G_TYPE_STRING);
  /**
   * WbVisitPage::message:
   * @self: the page
   * @message: one sentence for the user
   */
  signals[MESSAGE] = add_signal ("message", 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               WB_UI_RESOURCES "/wb-visit-page.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), WbVisitPage, title);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), WbVisitPage, box);
}

static void
wb_visit_page_init (WbVisitPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_visit_page_new (WbSession *session, const char *id)
{
  WbVisitPage *self = g_object_new (WB_TYPE_VISIT_PAGE, NULL);

  self->session = g_object_ref (session);
  self->id = g_strdup (id);
  wb_visit_page_reload (self);
  return GTK_WIDGET (self);
}

const char *
wb_visit_page_get_id (WbVisitPage *self)
{
  return self->id;
}

gboolean
wb_visit_page_is_ready (WbVisitPage *self)
{
  return self->data != NULL;
}

void
wb_visit_page_reload (WbVisitPage *self)
{
  if (self->session != NULL)
    wb_visit_data_load (self->session, self->id, loaded_cb, g_object_ref (self));
}

JsonObject *
wb_visit_page_dup_prefill (WbVisitPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, WB_TYPE_VISIT_ROW) : NULL;

  if (self->data == NULL || self->session == NULL)
    return NULL;
  if (row != NULL)
    wb_visit_row_keep (WB_VISIT_ROW (row));
  return wb_visit_data_dup_prefill (self->data,
                                    wb_session_get_zone (self->session),
                                    row != NULL ? wb_visit_row_get_stage (WB_VISIT_ROW (row))
                                                : NULL);
}
