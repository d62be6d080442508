/* SPDX-License-Identifier: EUPL-1.2 */

/* A line of the checklist. One act at a time is under way; what was changed meanwhile follows. */
#include "wb-visit-row.h"

#include "wb-i18n.h"
#include "wb-ui.h"
#include "wb-visit.h"

#define NOTE_AFTER_MS 4000 /* a note that is not left is recorded too */

struct _WbVisitRow {
  AdwPreferencesRow parent_instance;

  GtkDropDown *answer;
  GtkEntry *note;
  GPtrArray *terms; /* (element-type WbTerm): of the drop-down, after its first item */
  WbSession *session;
  char *visit, *question, *stage;
  char *observation; /* (nullable): once there is one */
  char *saved;       /* what is in the register: code and note */
  guint timer;
  gboolean saving;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (WbVisitRow, wb_visit_row, ADW_TYPE_PREFERENCES_ROW)

enum { ALLEGE, ANSWERED, MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *visit, *question, *stage, *observation, *answer, *text;
} Job;

static void
job_free (Job *job)
{
  g_free (job->visit);
  g_free (job->question);
  g_free (job->stage);
  g_free (job->observation);
  g_free (job->answer);
  g_free (job->text);
  g_free (job);
}

/* On the register's thread. */
static gpointer
answer_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return wb_register_answer_visit (reg,
                                   &(WbVisitAnswer){ .visit = job->visit,
                                                     .observation = job->observation,
                                                     .question = job->question,
                                                     .stage = job->stage,
                                                     .answer = job->answer,
                                                     .text = job->text },
                                   error);
}

const char *
wb_visit_row_get_answer (WbVisitRow *self)
{
  guint selected = gtk_drop_down_get_selected (self->answer);

  return selected == 0 || selected > self->terms->len
             ? NULL
             : ((const WbTerm *) g_ptr_array_index (self->terms, selected - 1))->code;
}

static char *
make_state (WbVisitRow *self)
{
  const char *answer = wb_visit_row_get_answer (self);

  return g_strdup_printf ("%s\n%s",
                          answer != NULL ? answer : "",
                          gtk_editable_get_text (GTK_EDITABLE (self->note)));
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbVisitRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_session_call_finish (WB_SESSION (source), result, &error);

  self->saving = FALSE;
  if (self->session == NULL)
    return;
  if (record != NULL) {
    g_free (self->observation);
    self->observation = g_strdup (record->id);
    wb_visit_row_keep (self); /* what was changed meanwhile */
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_clear_pointer (&self->saved, g_free); /* to be tried again */
    g_signal_emit (self, signals[MESSAGE], 0, error->message);
  }
}

void
wb_visit_row_keep (WbVisitRow *self)
{
  g_autofree char *state = NULL;
  Job *job;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->session == NULL || self->saving)
    return;
  state = make_state (self);
  if (g_strcmp0 (state, self->saved) == 0 ||
      (self->observation == NULL && g_str_equal (state, "\n")))
    return;
  job = g_new0 (Job, 1);
  job->visit = g_strdup (self->visit);
  job->question = g_strdup (self->question);
  job->stage = g_strdup (self->stage);
  job->observation = g_strdup (self->observation);
  job->answer = g_strdup (wb_visit_row_get_answer (self));
  job->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note)));
  g_free (self->saved);
  self->saved = g_steal_pointer (&state);
  self->saving = TRUE;
  wb_session_call_async (self->session,
                         answer_call,
                         job,
                         (GDestroyNotify) job_free,
                         (GDestroyNotify) wb_record_free,
                         NULL,
                         recorded_cb,
                         g_object_ref (self));
}

static void
selected_cb (GtkDropDown *down, GParamSpec *pspec, WbVisitRow *self)
{
  if (!self->setting)
    wb_visit_row_keep (self);
}

static gboolean
timer_cb (gpointer user_data)
{
  WbVisitRow *self = user_data;

  self->timer = 0;
  wb_visit_row_keep (self);
  return G_SOURCE_REMOVE;
}

static void
note_changed_cb (GtkEditable *note, WbVisitRow *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->setting)
    self->timer = g_timeout_add (NOTE_AFTER_MS, timer_cb, self);
}

static void
allege_cb (GtkButton *button, WbVisitRow *self)
{
  wb_visit_row_keep (self);
  g_signal_emit (self, signals[ALLEGE], 0);
}

void
wb_visit_row_answer (WbVisitRow *self, const char *code)
{
  for (guint i = 0; i < self->terms->len; i++)
    if (g_str_equal (((const WbTerm *) g_ptr_array_index (self->terms, i))->code, code))
      gtk_drop_down_set_selected (self->answer, i + 1);
}

/* One key answers and goes on; the note is reached by Tab. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, WbVisitRow *self)
{
  const char *answer;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (gdk_keyval_to_lower (key)) {
  case GDK_KEY_y:
  case GDK_KEY_j:
    answer = "answer.yes";
    break;
  case GDK_KEY_n:
    answer = "answer.no";
    break;
  case GDK_KEY_question:
    answer = "answer.unknown";
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  wb_visit_row_answer (self, answer);
  g_signal_emit (self, signals[ANSWERED], 0);
  return GDK_EVENT_STOP;
}

static gboolean
wb_visit_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_VISIT_ROW (widget)->answer));
}

static void
wb_visit_row_dispose (GObject *object)
{
  WbVisitRow *self = WB_VISIT_ROW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wb_visit_row_parent_class)->dispose (object);
}

static void
wb_visit_row_finalize (GObject *object)
{
  WbVisitRow *self = WB_VISIT_ROW (object);

  g_clear_pointer (&self->terms, g_ptr_array_unref);
  g_free (self->visit);
  g_free (self->question);
  g_free (self->stage);
  g_free (self->observation);
  g_free (self->saved);
  G_OBJECT_CLASS (wb_visit_row_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name,
                       WB_TYPE_VISIT_ROW,
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
wb_visit_row_class_init (WbVisitRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_visit_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_visit_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_visit_row_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = wb_ui_focus_within;

  /**
   * WbVisitRow::allege:
   * @self: the row
   */
  signals[ALLEGE] = add_signal ("allege", 0, G_TYPE_NONE);
  /**
   * WbVisitRow::answered:
   * @self: the row
   */
  signals[ANSWERED] = add_signal ("answered", 0, G_TYPE_NONE);
  /**
   * WbVisitRow::message:
   * @self: the row
   * @message: one sentence for the user
   */
  signals[MESSAGE] = add_signal ("message", 1, G_TYPE_STRING);
}

static GtkWidget *
make_button (WbVisitRow *self, const char *question)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  /* Translators: %s is a question of a checklist. */
  g_autofree char *name = g_strdup_printf (_ ("New allegation from “%s”"), question);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("New Allegation from This Line (F2)"));
  wb_ui_set_name (button, name);
  g_signal_connect (button, "clicked", G_CALLBACK (allege_cb), self);
  return button;
}

static void
build (WbVisitRow *self, const char *label, GtkStringList *answers)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (label);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->answer = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (answers), NULL));
  self->note = GTK_ENTRY (gtk_entry_new ());
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_entry_set_placeholder_text (self->note, _ ("Note, without names"));
  gtk_entry_set_input_hints (self->note, GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->note), 8);
  gtk_widget_set_hexpand (GTK_WIDGET (self->note), TRUE);
  wb_ui_set_name (GTK_WIDGET (self->answer), label);
  wb_ui_set_name (GTK_WIDGET (self->note), _ ("Note"));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->answer), keys);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->answer));
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->note));
  gtk_box_append (GTK_BOX (line), make_button (self, label));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_add_css_class (box, "wb-in-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static void
wb_visit_row_init (WbVisitRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static void
take_observation (WbVisitRow *self, const WbRecord *record)
{
  const char *answer = json_object_get_string_member_with_default (record->fields, "answer", NULL);

  self->observation = g_strdup (record->id);
  gtk_editable_set_text (GTK_EDITABLE (self->note),
                         json_object_get_string_member_with_default (record->fields, "text", ""));
  if (answer != NULL)
    wb_visit_row_answer (self, answer);
}

GtkWidget *
wb_visit_row_new (WbSession *session,
                  const WbModel *model,
                  const char *visit,
                  const char *question,
                  const char *stage,
                  const WbRecord *observation)
{
  WbVisitRow *self = g_object_new (WB_TYPE_VISIT_ROW, NULL);
  const WbTerm *term = wb_model_find_term (model, question);
  const char *label = term != NULL ? term->label[wb_language_current ()] : question;
  g_autoptr (GtkStringList) answers = gtk_string_list_new (NULL);
  GtkEventController *leave;

  self->session = g_object_ref (session);
  self->visit = g_strdup (visit);
  self->question = g_strdup (question);
  self->stage = g_strdup (stage);
  self->terms = wb_model_list_terms (model, "answer");
  gtk_string_list_append (answers, _ ("Open"));
  for (guint i = 0; i < self->terms->len; i++)
    gtk_string_list_append (
        answers,
        ((const WbTerm *) g_ptr_array_index (self->terms, i))->label[wb_language_current ()]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  wb_ui_set_name (GTK_WIDGET (self), label);
  self->setting = TRUE;
  build (self, label, g_steal_pointer (&answers));
  if (observation != NULL)
    take_observation (self, observation);
  self->saved = make_state (self);
  self->setting = FALSE;
  g_signal_connect (self->answer, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->note, "changed", G_CALLBACK (note_changed_cb), self);
  g_signal_connect_swapped (self->note, "activate", G_CALLBACK (wb_visit_row_keep), self);
  leave = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (leave, "leave", G_CALLBACK (wb_visit_row_keep), self);
  gtk_widget_add_controller (GTK_WIDGET (self->note), leave);
  return GTK_WIDGET (self);
}

const char *
wb_visit_row_get_stage (WbVisitRow *self)
{
  return self->stage;
}
