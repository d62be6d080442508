/* SPDX-License-Identifier: EUPL-1.2 */

/* One case as a page: reads it, shows it, and passes on what the user wants to do with it. */
#include "wb-case-page-parts.h"

#include "wb-columns.h"
#include "wb-file-chooser.h"
#include "wb-meter.h"
#include "wb-person-row.h"
#include "wb-ui.h"

G_DEFINE_FINAL_TYPE (WbCasePage, wb_case_page, ADW_TYPE_BIN)

enum { NEW_RECORD, CHANGE_RECORD, EXPORT_REQUESTED, MESSAGE, CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct {
  char *id;
  char *reason;
} Look;

static void
look_free (Look *look)
{
  g_free (look->id);
  g_free (look->reason);
  g_free (look);
}

void
wb_case_page_say (WbCasePage *self, const char *message)
{
  g_signal_emit (self, signals[MESSAGE], 0, message);
}

void
wb_case_page_changed (WbCasePage *self)
{
  wb_case_page_reload (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Who came by keyboard to a page that was still being read has the focus nowhere. */
static void
begin (WbCasePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (self->content, GTK_DIR_TAB_FORWARD);
}

/* The story in the place of the case, read anew each time it is shown. */
static void
show_story (WbCasePage *self)
{
  gboolean story = gtk_toggle_button_get_active (self->story_button);

  gtk_stack_set_visible_child_name (self->stack, story ? "story" : "case");
  if (story)
    wb_story_view_tell (self->story, self->session, self->id);
}

static void
story_toggled_cb (GtkToggleButton *button, WbCasePage *self)
{
  if (self->data != NULL && self->session != NULL)
    show_story (self);
}

/* Until the sections are filled again the page keeps its height, and so the place one looks at. */
static void
take_data (WbCasePage *self, WbCaseData *data)
{
  gtk_widget_set_size_request (self->content, -1, gtk_widget_get_height (self->content));
  wb_case_page_clear_sections (self);
  g_clear_pointer (&self->data, wb_case_data_free);
  self->data = data;
  wb_case_page_show_data (self);
  show_story (self);
  begin (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  WbCaseData *data = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL) {
    wb_case_data_free (data);
    return;
  }
  if (data != NULL) {
    take_data (self, data);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    adw_status_page_set_description (self->failed, error->message);
    gtk_stack_set_visible_child_name (self->stack, "failed");
  }
}

void
wb_case_page_reload (WbCasePage *self)
{
  if (self->session == NULL)
    return;
  wb_session_call_async (self->session,
                         wb_case_data_load,
                         g_strdup (self->id),
                         g_free,
                         (GDestroyNotify) wb_case_data_free,
                         self->cancellable,
                         loaded_cb,
                         g_object_ref (self));
}

/* On the register's thread: the look is an entry of the log. */
static gpointer
look_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Look *look = data;

  return wb_register_read (reg, look->id, TRUE, look->reason, error);
}

static WbPersonRow *
find_person_row (WbCasePage *self, const char *id)
{
  GPtrArray *rows = wb_case_section_get_rows (self->sections[WB_CASE_PEOPLE]);

  for (guint i = 0; i < rows->len; i++) {
    WbPersonRow *row = g_ptr_array_index (rows, i);

    if (g_str_equal (wb_person_row_get_id (row), id))
      return row;
  }
  return NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_session_call_finish (WB_SESSION (source), result, &error);
  WbPersonRow *row;
  WbRowContext context;

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (record == NULL) {
    wb_case_page_say (self, error->message);
    return;
  }
  row = find_person_row (self, record->id);
  context = (WbRowContext){ .model = wb_model_get_default (NULL),
                            .zone = wb_session_get_zone (self->session),
                            .language = wb_language_current (),
                            .records = self->data->records,
                            .names = self->data->names };
  if (row != NULL && context.zone != NULL)
    wb_person_row_show_identity (row, record, &context);
}

void
wb_case_page_ask_identity (WbCasePage *self, const char *person_id, const char *reason)
{
  Look *look = g_new0 (Look, 1);

  look->id = g_strdup (person_id);
  look->reason = g_strdup (reason);
  wb_session_call_async (self->session,
                         look_call,
                         look,
                         (GDestroyNotify) look_free,
                         (GDestroyNotify) wb_record_free,
                         self->cancellable,
                         looked_cb,
                         g_object_ref (self));
}

static void
files_chosen (GPtrArray *files, gpointer user_data)
{
  wb_case_page_attach (WB_CASE_PAGE (user_data), files);
}

static void
attach_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!gtk_widget_get_mapped (widget))
    return; /* the keys work from any place, but not below another page */
  wb_file_chooser_ask (widget,
                       _ ("Attach Files"),
                       GTK_FILE_CHOOSER_ACTION_OPEN,
                       TRUE,
                       NULL,
                       files_chosen,
                       widget);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (gtk_widget_get_mapped (widget))
    g_signal_emit (widget, signals[EXPORT_REQUESTED], 0);
}

static void
new_record_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[NEW_RECORD], 0, g_variant_get_string (parameter, NULL));
}

static void
chosen_cb (WbRecordChooser *chooser, const char *type, WbCasePage *self)
{
  g_signal_emit (self, signals[NEW_RECORD], 0, type);
}

static void
add_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCasePage *self = WB_CASE_PAGE (widget);

  if (gtk_widget_get_mapped (widget) && self->data != NULL)
    gtk_menu_button_popup (self->add_button);
}

static void
change_record (WbCasePage *self, const char *id)
{
  for (guint i = 0; self->data != NULL && i < self->data->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (self->data->records, i);

    if (g_str_equal (record->id, id)) {
      g_signal_emit (self, signals[CHANGE_RECORD], 0, record->type, record->id);
      return;
    }
  }
}

static void
change_record_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change_record (WB_CASE_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
change_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCasePage *self = WB_CASE_PAGE (widget);

  if (gtk_widget_get_mapped (widget) && self->data != NULL)
    change_record (self, wb_case_data_get_case (self->data)->id);
}

static void
decide_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_case_page_decide (WB_CASE_PAGE (widget),
                       g_variant_get_string (parameter, NULL),
                       g_str_equal (action, "case.confirm"));
}

static void
check_entry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_case_page_check_entry (WB_CASE_PAGE (widget), g_variant_get_uint64 (parameter));
}

static void
step_requested_cb (WbNextStep *step, const char *status, gboolean needs_reason, WbCasePage *self)
{
  wb_case_page_take_step (self, status, needs_reason);
}

static void
holder_requested_cb (WbHolderButton *button, const char *user, WbCasePage *self)
{
  wb_case_page_give_to (self, user);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, WbCasePage *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GSList *list;

  if (self->data == NULL || !G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  list = g_value_get_boxed (value);
  for (GSList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (files, g_object_ref (l->data));
  wb_case_page_attach (self, files);
  return files->len > 0;
}

static void
wb_case_page_dispose (GObject *object)
{
  WbCasePage *self = WB_CASE_PAGE (object);

  wb_case_page_stop_attaching (self);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_handle_id (&self->filling, g_source_remove);
  for (guint i = 0; i < WB_CASE_N_SECTIONS; i++)
    g_clear_pointer (&self->sections[i], wb_case_section_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_CASE_PAGE);
  G_OBJECT_CLASS (wb_case_page_parent_class)->dispose (object);
}

static void
wb_case_page_finalize (GObject *object)
{
  WbCasePage *self = WB_CASE_PAGE (object);

  g_clear_pointer (&self->data, wb_case_data_free);
  g_clear_pointer (&self->axis, wb_time_axis_unref);
  g_queue_free_full (self->attaching, g_object_unref);
  g_free (self->id);
  G_OBJECT_CLASS (wb_case_page_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /**
   * WbCasePage::new-record:
   * @self: the page
   * @type: the type of record that the user wants to add
   */
  signals[NEW_RECORD] = g_signal_new ("new-record",
                                      WB_TYPE_CASE_PAGE,
                                      G_SIGNAL_RUN_LAST,
                                      0,
                                      NULL,
                                      NULL,
                                      NULL,
                                      G_TYPE_NONE,
                                      1,
                                      G_TYPE_STRING);
  /**
   * WbCasePage::change-record:
   * @self: the page
   * @type: the type of a record of the case
   * @id: its UUID
   *
   * The user wants to correct it.
   */
  signals[CHANGE_RECORD] = g_signal_new ("change-record",
                                         WB_TYPE_CASE_PAGE,
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
   * WbCasePage::export-requested:
   * @self: the page
   */
  signals[EXPORT_REQUESTED] = g_signal_new ("export-requested",
                                            WB_TYPE_CASE_PAGE,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            0);
  /**
   * WbCasePage::message:
   * @self: the page
   * @message: one sentence for the user
   */
  signals[MESSAGE] = g_signal_new ("message",
                                   WB_TYPE_CASE_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
  /**
   * WbCasePage::changed:
   * @self: the page
   *
   * The page itself changed the register.
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_CASE_PAGE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
wb_case_page_class_init (WbCasePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_case_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_case_page_finalize;
  install_signals ();
  g_type_ensure (WB_TYPE_COLUMNS);
  g_type_ensure (WB_TYPE_HOLDER_BUTTON);
  g_type_ensure (WB_TYPE_NEXT_STEP);
  g_type_ensure (WB_TYPE_RECORD_CHOOSER);
  g_type_ensure (WB_TYPE_STORY_VIEW);
  g_type_ensure (WB_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-case-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, title);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, failed);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, content);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, heading);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, facts);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, story_button);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, story);
  gtk_widget_class_bind_template_callback (widget_class, story_toggled_cb);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, add_button);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, chooser);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, next_step);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, holder);
  gtk_widget_class_bind_template_callback (widget_class, holder_requested_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_requested_cb);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, allegations);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, people);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, evidence);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, other);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, deadlines);
  gtk_widget_class_bind_template_child (widget_class, WbCasePage, history);
  gtk_widget_class_install_action (widget_class, "case.attach", NULL, attach_cb);
  gtk_widget_class_install_action (widget_class, "case.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "case.new-record", "s", new_record_cb);
  gtk_widget_class_install_action (widget_class, "case.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "case.change", NULL, change_cb);
  gtk_widget_class_install_action (widget_class, "case.change-record", "s", change_record_cb);
  gtk_widget_class_install_action (widget_class, "case.check-entry", "t", check_entry_cb);
  gtk_widget_class_install_action (widget_class, "case.confirm", "s", decide_cb);
  gtk_widget_class_install_action (widget_class, "case.reject", "s", decide_cb);
}

static void
wb_case_page_init (WbCasePage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->attaching = g_queue_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_record_chooser_fill (self->chooser, wb_model_get_default (NULL), wb_language_current ());
  wb_case_page_make_sections (self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
wb_case_page_new (WbSession *session, const char *reference)
{
  WbCasePage *self = g_object_new (WB_TYPE_CASE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->id = g_strdup (reference);
  wb_case_page_reload (self);
  return GTK_WIDGET (self);
}

const char *
wb_case_page_get_id (WbCasePage *self)
{
  return self->id;
}

const char *
wb_case_page_get_reference (WbCasePage *self)
{
  return self->data != NULL ? wb_case_data_get_case (self->data)->reference : NULL;
}
