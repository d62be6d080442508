/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Taking down a new record, or correcting one that is there. Only the first field is asked for. The
 * record has its UUID before it is recorded, and the draft carries it: a crash between recording
 * and forgetting the draft cannot lead to the same account being recorded twice.
 */
#include "wb-allegation-page.h"

#include "wb-allegation-start.h"
#include "wb-consent-group.h"
#include "wb-correction.h"
#include "wb-error.h"
#include "wb-intake.h"
#include "wb-reason-dialog.h"
#include "wb-record-form.h"
#include "wb-ui.h"
#include "wb-urgency-remark.h"
#include "wb-uuid.h"

#define DRAFT_AFTER_MS 1500 /* with the write itself under the two seconds that may be lost */

struct _WbAllegationPage {
  AdwBin parent_instance;

  AdwWindowTitle *title;
  GtkInfoBar *restored;
  GtkInfoBar *withheld; /* names are there that are not shown */
  AdwBin *place;
  WbRecordForm *form;
  WbConsentGroup *consent; /* (nullable): of an allegation that is taken down */
  JsonObject *prefill;     /* (nullable): what the form begins with, as from a visit */
  WbSession *session;
  GCancellable *cancellable;
  char *type;
  char *case_id;
  char *draft_key;
  char *record_id;
  JsonObject *before; /* (nullable): what the form held of the record that is corrected */
  gboolean correcting;
  char *where; /* subtitle: the case */
  guint draft_timer;
  gboolean ready;
  gboolean changed; /* since the draft was last handed over */
  gboolean touched; /* by a person, or restored */
  gboolean saving;
  gboolean done; /* recorded or discarded: nothing to keep */
};

G_DEFINE_FINAL_TYPE (WbAllegationPage, wb_allegation_page, ADW_TYPE_BIN)

enum { SAVED, DISCARDED, MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *key;
  char *type;
  char *record_id;
  char *case_id;
  char *reason;        /* (nullable): of a correction */
  gboolean correcting; /* record_id is there already */
  JsonObject *content; /* draft, or fields */
  JsonObject *answers; /* (nullable): of consent */
} Job;

static void
job_free (Job *job)
{
  g_free (job->key);
  g_free (job->type);
  g_free (job->record_id);
  g_free (job->case_id);
  g_free (job->reason);
  g_clear_pointer (&job->content, json_object_unref);
  g_clear_pointer (&job->answers, json_object_unref);
  g_free (job);
}

static Job *
job_new (WbAllegationPage *self, JsonObject *content)
{
  Job *job = g_new0 (Job, 1);

  job->key = g_strdup (self->draft_key);
  job->type = g_strdup (self->type);
  job->record_id = g_strdup (self->record_id);
  job->case_id = g_strdup (self->case_id);
  job->correcting = self->correcting;
  job->content = content;
  return job;
}

static void
show_where (WbAllegationPage *self, gboolean kept)
{
  /* Translators: a case's reference, and that what is typed is safe. */
  g_autofree char *words = g_strdup_printf (_ ("%s · draft kept"), self->where);

  adw_window_title_set_subtitle (self->title, kept ? words : self->where);
}

static void
say (WbAllegationPage *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

static gpointer
draft_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return GINT_TO_POINTER (wb_register_save_draft (reg, job->key, job->content, error));
}

static void
draft_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbAllegationPage) self = user_data;
  g_autoptr (GError) error = NULL;

  (void) wb_session_call_finish (WB_SESSION (source), result, &error);
  if (self->session == NULL || self->done)
    return;
  if (error == NULL)
    show_where (self, TRUE);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

static void
send_draft (WbAllegationPage *self, JsonObject *content, GAsyncReadyCallback callback)
{
  self->changed = FALSE;
  wb_session_call_async (self->session,
                         draft_call,
                         job_new (self, content),
                         (GDestroyNotify) job_free,
                         NULL,
                         NULL,
                         callback,
                         g_object_ref (self));
}

static gboolean
draft_timer_cb (gpointer user_data)
{
  WbAllegationPage *self = user_data;

  self->draft_timer = 0;
  if (self->changed && !self->done && !self->saving)
    send_draft (self, wb_allegation_page_dup_draft (self), draft_saved_cb);
  return G_SOURCE_REMOVE;
}

static void
update_actions (WbAllegationPage *self)
{
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self),
      "record.save",
      self->ready && !self->saving &&
          (self->correcting ? self->touched : wb_record_form_is_ready (self->form)));
}

static void
form_changed_cb (GtkWidget *source, WbAllegationPage *self)
{
  self->changed = self->touched = TRUE;
  show_where (self, FALSE);
  update_actions (self);
  if (self->draft_timer == 0)
    self->draft_timer = g_timeout_add (DRAFT_AFTER_MS, draft_timer_cb, self);
}

static WbRecord *
enter (WbRegister *reg, const Job *job, GError **error)
{
  if (job->correcting)
    return wb_register_change (reg, job->record_id, job->content, job->reason, error);
  if (g_str_equal (job->type, "allegation"))
    return wb_register_take_down (reg,
                                  job->record_id,
                                  job->case_id,
                                  job->content,
                                  job->answers,
                                  error);
  return wb_register_record (reg,
                             job->type,
                             job->record_id,
                             job->case_id,
                             job->content,
                             NULL,
                             error);
}

/* On the register's thread: recorded, and the draft has served. */
static gpointer
record_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  WbRecord *record = enter (reg, job, error);

  if (record != NULL)
    (void) wb_register_save_draft (reg, job->key, NULL, NULL);
  return record;
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbAllegationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_session_call_finish (WB_SESSION (source), result, &error);

  self->saving = FALSE;
  if (self->session == NULL)
    return;
  update_actions (self);
  if (record != NULL) {
    self->done = TRUE;
    g_signal_emit (self, signals[SAVED], 0, record->case_id, record->reference);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    gtk_widget_set_sensitive (GTK_WIDGET (self->form), TRUE);
    say (self, error->message);
  }
}

static void
send_record (WbAllegationPage *self, JsonObject *fields, const char *reason)
{
  Job *job = job_new (self, fields);

  job->reason = g_strdup (reason);
  job->answers = self->consent != NULL ? wb_consent_group_dup_answers (self->consent) : NULL;
  self->saving = TRUE;
  update_actions (self);
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), FALSE);
  wb_session_call_async (self->session,
                         record_call,
                         job,
                         (GDestroyNotify) job_free,
                         (GDestroyNotify) wb_record_free,
                         NULL,
                         recorded_cb,
                         g_object_ref (self));
}

static JsonObject *
dup_correction (WbAllegationPage *self)
{
  g_autoptr (JsonObject) values = wb_record_form_dup_values (self->form);

  return wb_correction_new (self->before, values);
}

static void
correct (GtkWidget *widget, const char *subject, const char *reason)
{
  WbAllegationPage *self = WB_ALLEGATION_PAGE (widget);

  if (self->session != NULL && !self->saving)
    send_record (self, dup_correction (self), reason);
}

static void
ask_correction (WbAllegationPage *self)
{
  g_autoptr (JsonObject) fields = dup_correction (self);

  if (json_object_get_size (fields) == 0)
    say (self, _ ("Nothing was changed: change a field first, or go back"));
  else
    wb_reason_dialog_ask (
        GTK_WIDGET (self),
        &(WbReasonWords){ .heading = _ ("Record the Correction?"),
                          .body = _ ("What stood there before stays in the log. The way back is "
                                     "another correction."),
                          .button = _ ("_Record"),
                          .needed = TRUE,
                          .question = "correct" },
        NULL,
        correct);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbAllegationPage *self = WB_ALLEGATION_PAGE (widget);

  if (!wb_record_form_check (self->form)) {
    say (self, _ ("Correct or empty the field that is marked first"));
    return;
  }
  if (self->consent != NULL && !wb_consent_group_check (self->consent)) {
    say (self, _ ("Say to whom it may be passed on, or answer that question otherwise"));
    return;
  }
  if (self->correcting)
    ask_correction (self);
  else
    send_record (self, wb_record_form_dup_values (self->form), NULL);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbAllegationPage) self = user_data;

  (void) wb_session_call_finish (WB_SESSION (source), result, NULL);
  if (self->session != NULL)
    g_signal_emit (self, signals[DISCARDED], 0);
}

static void
discard_response_cb (AdwMessageDialog *dialog, const char *response, WbAllegationPage *self)
{
  if (!g_str_equal (response, "discard") || self->session == NULL)
    return;
  self->done = TRUE;
  send_draft (self, NULL, discarded_cb);
}

static void
discard_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (widget)),
      _ ("Discard Draft?"),
      _ ("What you wrote here is lost. It was never recorded in the register."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Keep"),
                                    "discard",
                                    _ ("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
take_draft (WbAllegationPage *self, JsonObject *draft)
{
  const char *id = json_object_get_string_member_with_default (draft, "id", NULL);
  JsonNode *fields = json_object_get_member (draft, "fields");
  JsonNode *consent = json_object_get_member (draft, "consent");

  if (id != NULL && wb_uuid_is_valid (id) && !self->correcting) {
    g_free (self->record_id);
    self->record_id = g_strdup (id);
  }
  if (fields == NULL || !JSON_NODE_HOLDS_OBJECT (fields) ||
      (json_object_get_size (json_node_get_object (fields)) == 0 && consent == NULL))
    return;
  if (self->consent != NULL && consent != NULL && JSON_NODE_HOLDS_OBJECT (consent))
    wb_consent_group_set_answers (self->consent, json_node_get_object (consent));
  wb_record_form_set_values (self->form, json_node_get_object (fields));
  self->touched = TRUE;
  gtk_info_bar_set_revealed (self->restored, TRUE);
}

/* As the form understands it, so that what nobody touches is no correction. */
static void
take_record (WbAllegationPage *self, const WbRecord *record)
{
  g_clear_pointer (&self->before, json_object_unref);
  wb_record_form_set_values (self->form, record->fields);
  self->before = wb_record_form_dup_values (self->form);
  gtk_info_bar_set_revealed (self->withheld, record->hidden != NULL && record->hidden[0] != NULL);
}

static void
add_consent (WbAllegationPage *self, const WbEditorContext *context)
{
  self->consent = WB_CONSENT_GROUP (wb_consent_group_new (context));
  wb_record_form_insert (self->form, GTK_WIDGET (self->consent));
  g_signal_connect (self->consent, "changed", G_CALLBACK (form_changed_cb), self);
}

static void
build_form (WbAllegationPage *self, const WbAllegationStart *start)
{
  const WbEditorContext context = { .model = start->model,
                                    .zone = wb_session_get_zone (self->session),
                                    .language = wb_language_current (),
                                    .records = start->records,
                                    .names = start->names,
                                    .session = self->session,
                                    .case_id = self->case_id };

  if (self->case_id != NULL && start->records->len > 0) {
    const WbRecord *of = g_ptr_array_index (start->records, 0);

    g_free (self->where);
    self->where = g_strdup (of->reference);
    show_where (self, FALSE);
  }
  self->form = WB_RECORD_FORM (wb_record_form_new (self->type, &context));
  if (!self->correcting && g_str_equal (self->type, "allegation"))
    add_consent (self, &context);
  if (start->record != NULL)
    take_record (self, start->record);
  else if (self->prefill != NULL)
    wb_record_form_set_values (self->form, self->prefill);
  if (start->draft != NULL)
    take_draft (self, start->draft);
  adw_bin_set_child (self->place, GTK_WIDGET (self->form));
  g_signal_connect (self->form, "changed", G_CALLBACK (form_changed_cb), self);
  if (g_str_equal (self->type, "allegation"))
    wb_urgency_remark_follow (self->form, self->session);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbAllegationPage) self = user_data;
  g_autoptr (GError) error = NULL;
  WbAllegationStart *start = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (start != NULL && self->session != NULL && wb_session_get_zone (self->session) != NULL) {
    build_form (self, start);
    self->ready = TRUE;
    update_actions (self);
    wb_record_form_focus_lead (self->form);
  } else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    say (self, error->message);
  }
  g_clear_pointer (&start, wb_allegation_start_free);
}

static void
wb_allegation_page_dispose (GObject *object)
{
  WbAllegationPage *self = WB_ALLEGATION_PAGE (object);

  g_clear_handle_id (&self->draft_timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_ALLEGATION_PAGE);
  G_OBJECT_CLASS (wb_allegation_page_parent_class)->dispose (object);
}

static void
wb_allegation_page_finalize (GObject *object)
{
  WbAllegationPage *self = WB_ALLEGATION_PAGE (object);

  g_free (self->type);
  g_free (self->case_id);
  g_free (self->draft_key);
  g_free (self->record_id);
  g_free (self->where);
  g_clear_pointer (&self->before, json_object_unref);
  g_clear_pointer (&self->prefill, json_object_unref);
  G_OBJECT_CLASS (wb_allegation_page_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /**
   * WbAllegationPage::saved:
   * @self: the page
   * @case_id: the case's UUID
   * @reference: of the new record
   */
  signals[SAVED] = g_signal_new ("saved",
                                 WB_TYPE_ALLEGATION_PAGE,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 2,
                                 G_TYPE_STRING,
                                 G_TYPE_STRING);
  /**
   * WbAllegationPage::discarded:
   * @self: the page
   */
  signals[DISCARDED] = g_signal_new ("discarded",
                                     WB_TYPE_ALLEGATION_PAGE,
                                     G_SIGNAL_RUN_LAST,
                                     0,
                                     NULL,
                                     NULL,
                                     NULL,
                                     G_TYPE_NONE,
                                     0);
  /**
   * WbAllegationPage::message:
   * @self: the page
   * @message: one sentence for the user
   */
  signals[MESSAGE] = g_signal_new ("message",
                                   WB_TYPE_ALLEGATION_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
wb_allegation_page_class_init (WbAllegationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_allegation_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_allegation_page_finalize;
  install_signals ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-allegation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbAllegationPage, title);
  gtk_widget_class_bind_template_child (widget_class, WbAllegationPage, restored);
  gtk_widget_class_bind_template_child (widget_class, WbAllegationPage, withheld);
  gtk_widget_class_bind_template_child (widget_class, WbAllegationPage, place);
  gtk_widget_class_install_action (widget_class, "record.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "record.discard", NULL, discard_cb);
}

static void
wb_allegation_page_init (WbAllegationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

static void
show_title (WbAllegationPage *self)
{
  const WbRecordType *type = wb_model_find_type (wb_model_get_default (NULL), self->type);
  g_autofree char *title = NULL;

  if (self->correcting)
    /* Translators: %s is a type of record, such as Person or Note. */
    title = g_strdup_printf (_ ("Change: %s"),
                             type != NULL ? type->label[wb_language_current ()] : self->type);
  else if (g_str_equal (self->type, "allegation"))
    title = g_strdup (_ ("New Allegation"));
  else
    /* Translators: %s is a type of record, such as Person or Note. */
    title = g_strdup_printf (_ ("New: %s"),
                             type != NULL ? type->label[wb_language_current ()] : self->type);
  adw_window_title_set_title (self->title, title);
}

/* A form that begins with something, such as a visit, is another one than the empty one. */
static char *
make_draft_key (const char *type, const char *case_id, const char *record_id, JsonObject *prefill)
{
  const char *visit =
      prefill != NULL ? json_object_get_string_member_with_default (prefill, "visit", NULL) : NULL;

  if (record_id != NULL)
    return g_strdup_printf ("change:%s", record_id);
  return g_strdup_printf ("form:%s:%s%s%s",
                          type,
                          case_id != NULL ? case_id : "new",
                          visit != NULL ? ":" : "",
                          visit != NULL ? visit : "");
}

/* What names the page, before it asks the register for anything. */
static WbAllegationPage *
page_new (WbSession *session,
          const char *type,
          const char *case_id,
          const char *record_id,
          JsonObject *prefill)
{
  WbAllegationPage *self = g_object_new (WB_TYPE_ALLEGATION_PAGE, NULL);

  self->session = g_object_ref (session);
  self->type = g_strdup (type);
  self->case_id = g_strdup (case_id);
  self->correcting = record_id != NULL;
  self->record_id = self->correcting ? g_strdup (record_id) : wb_uuid_new (wb_clock_now ());
  self->prefill = prefill != NULL ? json_object_ref (prefill) : NULL;
  self->draft_key = make_draft_key (type, case_id, record_id, prefill);
  self->where = g_strdup (case_id == NULL ? _ ("New case") : "");
  show_title (self);
  show_where (self, FALSE);
  update_actions (self);
  return self;
}

GtkWidget *
wb_allegation_page_new (WbSession *session,
                        const char *type,
                        const char *case_id,
                        const char *record_id,
                        JsonObject *prefill)
{
  WbAllegationPage *self = page_new (session, type, case_id, record_id, prefill);

  wb_allegation_start_load (session,
                            self->draft_key,
                            type,
                            case_id,
                            record_id,
                            self->cancellable,
                            started_cb,
                            g_object_ref (self));
  return GTK_WIDGET (self);
}

JsonObject *
wb_allegation_page_get_prefill (WbAllegationPage *self)
{
  return self->prefill;
}

const char *
wb_allegation_page_get_corrected (WbAllegationPage *self)
{
  return self->correcting ? self->record_id : NULL;
}

const char *
wb_allegation_page_get_record_type (WbAllegationPage *self)
{
  return self->type;
}

const char *
wb_allegation_page_get_case_id (WbAllegationPage *self)
{
  return self->case_id;
}

const char *
wb_allegation_page_get_draft_key (WbAllegationPage *self)
{
  return self->draft_key;
}

JsonObject *
wb_allegation_page_dup_draft (WbAllegationPage *self)
{
  JsonObject *draft, *answers;

  if (!self->ready || self->done || !self->touched)
    return NULL;
  draft = json_object_new ();
  json_object_set_string_member (draft, "id", self->record_id);
  json_object_set_object_member (draft, "fields", wb_record_form_dup_draft (self->form));
  answers = self->consent != NULL ? wb_consent_group_dup_answers (self->consent) : NULL;
  if (answers != NULL)
    json_object_set_object_member (draft, "consent", answers);
  return draft;
}

gboolean
wb_allegation_page_is_ready (WbAllegationPage *self)
{
  return self->ready;
}

GtkWidget *
wb_allegation_page_get_consent (WbAllegationPage *self)
{
  return self->consent != NULL ? GTK_WIDGET (self->consent) : NULL;
}

GtkWidget *
wb_allegation_page_get_form (WbAllegationPage *self)
{
  return self->form != NULL ? GTK_WIDGET (self->form) : NULL;
}
