/* SPDX-License-Identifier: EUPL-1.2 */

/* An act on a clock: made here from the model's own fields, judged and recorded by the register,
 * whose refusal is shown as it is. */
#include "wb-clock-act-dialog.h"

#include "wb-field-row.h"
#include "wb-json.h"
#include "wb-kept-dialog.h"
#include "wb-ui.h"

#define TYPE "clockact"

/* What is asked, each in the words that fit the act. */
typedef enum { MET, FROM, RESUMED, UNTIL, LENGTH, REASON, N_ROWS } Row;

typedef struct {
  const char *code;
  gboolean asks[N_ROWS];
  enum { ALWAYS, RUNNING, STANDING_STILL } when;
} Action;

static const Action actions[] = {
  { "clockact.meet", { [MET] = TRUE, [REASON] = TRUE } },
  { "clockact.extend", { [LENGTH] = TRUE, [REASON] = TRUE }, RUNNING },
  { "clockact.suspend", { [FROM] = TRUE, [UNTIL] = TRUE, [REASON] = TRUE }, RUNNING },
  { "clockact.resume", { [RESUMED] = TRUE, [REASON] = TRUE }, STANDING_STILL },
  { "clockact.waive", { [REASON] = TRUE } },
};

struct _WbClockActDialog {
  AdwWindow parent_instance;

  GtkInfoBar *bar;
  GtkLabel *message;
  AdwComboRow *action;
  const Action *shown[G_N_ELEMENTS (actions)]; /* those that fit, as in the combo */
  guint n_shown;
  AdwPreferencesGroup *group;
  WbField fields[N_ROWS]; /* the model's, with a label of ours */
  WbFieldRow *rows[N_ROWS];
  WbSession *session;
  char *case_id;
  char *record_id;
  char *rule;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (WbClockActDialog, wb_clock_act_dialog, ADW_TYPE_WINDOW)

enum { RECORDED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *case_id;
  JsonObject *fields;
} Job;

static void
job_free (Job *job)
{
  g_free (job->case_id);
  json_object_unref (job->fields);
  g_free (job);
}

/* On the register's thread. */
static gpointer
record_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return wb_register_record (reg, TYPE, NULL, job->case_id, job->fields, NULL, error);
}

static const Action *
get_action (WbClockActDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->action);

  return self->shown[selected < self->n_shown ? selected : 0];
}

static void
say (WbClockActDialog *self, const char *sentence)
{
  gtk_label_set_label (self->message, sentence != NULL ? sentence : "");
  gtk_info_bar_set_revealed (self->bar, sentence != NULL);
}

static void
update (WbClockActDialog *self)
{
  const Action *action = self->n_shown > 0 ? get_action (self) : &actions[0];

  for (guint i = 0; i < N_ROWS; i++)
    if (self->rows[i] != NULL)
      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), action->asks[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "act.record", !self->busy);
}

static void
action_changed_cb (WbClockActDialog *self)
{
  say (self, NULL);
  update (self);
}

static void
row_changed_cb (WbFieldRow *row, WbClockActDialog *self)
{
  say (self, NULL);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbClockActDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  WbRecord *record = wb_session_call_finish (WB_SESSION (source), result, &error);

  self->busy = FALSE;
  if (self->session == NULL) {
    g_clear_pointer (&record, wb_record_free);
    return; /* locked meanwhile */
  }
  if (record != NULL) {
    g_signal_emit (self, signals[RECORDED], 0);
    gtk_window_destroy (GTK_WINDOW (self));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    say (self, error->message);
    update (self);
  }
  g_clear_pointer (&record, wb_record_free);
}

static JsonObject *
gather (WbClockActDialog *self)
{
  const Action *action = get_action (self);
  JsonObject *fields = json_object_new ();

  json_object_set_string_member (fields, "record", self->record_id);
  json_object_set_string_member (fields, "rule", self->rule);
  json_object_set_string_member (fields, "action", action->code);
  for (guint i = 0; i < N_ROWS; i++) {
    JsonNode *value = action->asks[i] ? wb_field_row_dup_value (self->rows[i]) : NULL;

    if (value != NULL)
      json_object_set_member (fields, self->fields[i].name, value);
  }
  return fields;
}

/* What was typed and is not understood must not be passed over in silence. */
static gboolean
is_understood (WbClockActDialog *self)
{
  const Action *action = get_action (self);

  for (guint i = 0; i < N_ROWS; i++)
    if (action->asks[i] && wb_field_row_is_wrong (self->rows[i])) {
      gtk_widget_grab_focus (GTK_WIDGET (self->rows[i]));
      return FALSE;
    }
  return TRUE;
}

static void
record_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbClockActDialog *self = WB_CLOCK_ACT_DIALOG (widget);
  Job *job;

  if (self->busy || self->rows[REASON] == NULL || !is_understood (self))
    return;
  job = g_new0 (Job, 1);
  job->case_id = g_strdup (self->case_id);
  job->fields = gather (self);
  self->busy = TRUE;
  say (self, NULL);
  update (self);
  wb_session_call_async (self->session,
                         record_call,
                         job,
                         (GDestroyNotify) job_free,
                         (GDestroyNotify) wb_record_free,
                         NULL,
                         recorded_cb,
                         g_object_ref (self));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
wb_clock_act_dialog_dispose (GObject *object)
{
  WbClockActDialog *self = WB_CLOCK_ACT_DIALOG (object);

  for (guint i = 0; i < N_ROWS; i++)
    self->rows[i] = NULL;
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_CLOCK_ACT_DIALOG);
  G_OBJECT_CLASS (wb_clock_act_dialog_parent_class)->dispose (object);
}

static void
wb_clock_act_dialog_finalize (GObject *object)
{
  WbClockActDialog *self = WB_CLOCK_ACT_DIALOG (object);

  g_free (self->case_id);
  g_free (self->record_id);
  g_free (self->rule);
  G_OBJECT_CLASS (wb_clock_act_dialog_parent_class)->finalize (object);
}

static void
wb_clock_act_dialog_class_init (WbClockActDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_clock_act_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_clock_act_dialog_finalize;

  /**
   * WbClockActDialog::recorded:
   * @self: the dialog, which goes away
   */
  signals[RECORDED] = g_signal_new ("recorded",
                                    WB_TYPE_CLOCK_ACT_DIALOG,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-clock-act-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbClockActDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, WbClockActDialog, message);
  gtk_widget_class_bind_template_child (widget_class, WbClockActDialog, action);
  gtk_widget_class_bind_template_child (widget_class, WbClockActDialog, group);
  gtk_widget_class_bind_template_callback (widget_class, action_changed_cb);
  gtk_widget_class_install_action (widget_class, "act.record", NULL, record_cb);
  gtk_widget_class_install_action (widget_class, "act.cancel", NULL, cancel_cb);
}

static void
wb_clock_act_dialog_init (WbClockActDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_row (WbClockActDialog *self,
         const WbEditorContext *context,
         Row row,
         const char *name,
         const char *label)
{
  const WbRecordType *type = wb_model_find_type (context->model, TYPE);
  const WbField *field = type != NULL ? wb_record_type_find_field (type, name) : NULL;

  if (field == NULL)
    return;
  self->fields[row] = *field; /* borrows the model's words, which outlive every widget */
  if (label != NULL)
    self->fields[row].label[context->language] = (char *) label;
  self->rows[row] = WB_FIELD_ROW (wb_field_row_new (&self->fields[row], context));
  g_signal_connect (self->rows[row], "changed", G_CALLBACK (row_changed_cb), self);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->rows[row]));
}

/* The acts that fit what the clock does now, and which of them was chosen. */
static guint
show_actions (WbClockActDialog *self,
              const WbEditorContext *context,
              const char *chosen,
              GtkStringList *labels)
{
  gboolean still = g_str_equal (chosen, "clockact.resume");
  guint at = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    const WbTerm *term = wb_model_find_term (context->model, actions[i].code);

    if (actions[i].when == (still ? RUNNING : STANDING_STILL))
      continue;
    gtk_string_list_append (labels,
                            term != NULL ? term->label[context->language] : actions[i].code);
    if (g_str_equal (actions[i].code, chosen))
      at = self->n_shown;
    self->shown[self->n_shown++] = &actions[i];
  }
  return at;
}

static void
build (WbClockActDialog *self, const char *chosen)
{
  const WbEditorContext context = { .model = wb_model_get_default (NULL),
                                    .zone = wb_session_get_zone (self->session),
                                    .language = wb_language_current () };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint at = 0;

  if (context.model == NULL || context.zone == NULL)
    return; /* locked meanwhile */
  at = show_actions (self, &context, chosen, labels);
  add_row (self, &context, MET, "from", _ ("When It Was Done; Empty Means Now"));
  add_row (self, &context, FROM, "from", _ ("From When It Stands Still; Empty Means Now"));
  add_row (self, &context, RESUMED, "from", _ ("From When It Runs On; Empty Means Now"));
  add_row (self, &context, UNTIL, "until", _ ("Until When, If You Know"));
  add_row (self, &context, LENGTH, "length", NULL);
  add_row (self, &context, REASON, "reason", NULL);
  adw_combo_row_set_model (self->action, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->action, at);
  update (self);
}

static JsonObject *
describe (GtkWidget *dialog)
{
  WbClockActDialog *self = WB_CLOCK_ACT_DIALOG (dialog);
  JsonObject *kept = json_object_new ();
  JsonArray *values = json_array_new ();

  json_object_set_string_member (kept, "dialog", "clockact");
  if (self->case_id != NULL)
    json_object_set_string_member (kept, "case", self->case_id);
  json_object_set_string_member (kept, "record", self->record_id);
  json_object_set_string_member (kept, "rule", self->rule);
  json_object_set_string_member (kept,
                                 "title",
                                 adw_action_row_get_subtitle (ADW_ACTION_ROW (self->action)));
  json_object_set_string_member (kept, "action", get_action (self)->code);
  for (guint i = 0; i < N_ROWS; i++) {
    JsonNode *value = self->rows[i] != NULL ? wb_field_row_dup_draft (self->rows[i]) : NULL;

    json_array_add_element (values, value != NULL ? value : json_node_new (JSON_NODE_NULL));
  }
  json_object_set_array_member (kept, "values", values);
  return kept;
}

GtkWidget *
wb_clock_act_dialog_new (WbSession *session,
                         const char *case_id,
                         const char *record_id,
                         const char *rule,
                         const char *title,
                         const char *action)
{
  WbClockActDialog *self = g_object_new (WB_TYPE_CLOCK_ACT_DIALOG, NULL);

  self->session = g_object_ref (session);
  self->case_id = g_strdup (case_id);
  self->record_id = g_strdup (record_id);
  self->rule = g_strdup (rule);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Time Limit"));
  g_object_set (self->action, "subtitle", title, NULL);
  build (self, action);
  if (self->n_shown > 0)
    wb_kept_dialog_set (GTK_WIDGET (self), describe);
  return GTK_WIDGET (self);
}

GtkWidget *
wb_clock_act_dialog_new_kept (WbSession *session, JsonObject *kept)
{
  GtkWidget *dialog = wb_clock_act_dialog_new (session,
                                               wb_json_get_text (kept, "case"),
                                               wb_json_get_text (kept, "record"),
                                               wb_json_get_text (kept, "rule"),
                                               wb_json_get_text (kept, "title"),
                                               wb_json_get_text (kept, "action"));
  WbClockActDialog *self = WB_CLOCK_ACT_DIALOG (dialog);
  JsonArray *values = json_object_get_array_member (kept, "values");

  for (guint i = 0; i < N_ROWS && i < json_array_get_length (values); i++) {
    JsonNode *value = json_array_get_element (values, i);

    if (self->rows[i] != NULL && !JSON_NODE_HOLDS_NULL (value))
      wb_field_row_set_value (self->rows[i], value);
  }
  return dialog;
}
