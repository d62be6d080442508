/* SPDX-License-Identifier: EUPL-1.2 */

/* The frame of a dialog that does one piece of work: buttons, progress, the sentence of an error.
 * What the work is, its heirs know. */
#include "wb-work-dialog.h"

#include "wb-i18n.h"
#include "wb-ui.h"

#define METER_MS 100

typedef struct {
  GtkButton *cancel;
  GtkButton *action;
  GtkInfoBar *bar;
  GtkLabel *message;
  GtkStack *stack;
  AdwBin *place;
  GtkProgressBar *progress;
  AdwPreferencesGroup *results;
  GCancellable *cancellable; /* (nullable): while it runs */
  WbMeter *meter;            /* (nullable) */
  guint timer;
  gboolean done;
} WbWorkDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbWorkDialog, wb_work_dialog, ADW_TYPE_WINDOW)

enum { PROP_0, PROP_FORM, PROP_ACTION, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

static WbWorkDialogPrivate *
get_private (WbWorkDialog *self)
{
  return wb_work_dialog_get_instance_private (self);
}

void
wb_work_dialog_update (WbWorkDialog *self)
{
  WbWorkDialogPrivate *priv = get_private (self);

  gtk_info_bar_set_revealed (priv->bar, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "work.start",
                                 priv->cancellable == NULL && !priv->done &&
                                     WB_WORK_DIALOG_GET_CLASS (self)->is_ready (self));
}

void
wb_work_dialog_say (WbWorkDialog *self, const char *message)
{
  WbWorkDialogPrivate *priv = get_private (self);

  gtk_label_set_label (priv->message, message);
  gtk_info_bar_set_revealed (priv->bar, TRUE);
}

WbMeter *
wb_work_dialog_make_meter (WbWorkDialog *self)
{
  WbWorkDialogPrivate *priv = get_private (self);

  g_clear_pointer (&priv->meter, wb_meter_unref);
  priv->meter = wb_meter_new ();
  return wb_meter_ref (priv->meter);
}

static gboolean
meter_cb (gpointer user_data)
{
  WbWorkDialogPrivate *priv = get_private (user_data);
  double fraction = priv->meter != NULL ? wb_meter_get_fraction (priv->meter) : -1;

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (priv->progress, fraction);
  else
    gtk_progress_bar_pulse (priv->progress);
  return G_SOURCE_CONTINUE;
}

static void
stop (WbWorkDialog *self)
{
  WbWorkDialogPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->timer, g_source_remove);
  g_clear_pointer (&priv->meter, wb_meter_unref);
  g_clear_object (&priv->cancellable);
}

static void
succeed (WbWorkDialog *self, gpointer result)
{
  WbWorkDialogPrivate *priv = get_private (self);
  WbWorkDialogClass *klass = WB_WORK_DIALOG_GET_CLASS (self);

  priv->done = TRUE;
  if (klass->finished != NULL)
    klass->finished (self, result);
  g_signal_emit (self, signals[DONE], 0);
  if (klass->finished == NULL)
    gtk_window_close (GTK_WINDOW (self));
}

/* The dialog may go while the work is under way: with its parent, or at the lock. */
typedef struct {
  GWeakRef dialog;
  GDestroyNotify free_result; /* (nullable) */
} Waiting;

static Waiting *
waiting_new (WbWorkDialog *dialog, GDestroyNotify free_result)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  g_weak_ref_init (&waiting->dialog, dialog);
  waiting->free_result = free_result;
  return waiting;
}

static void
tell (WbWorkDialog *self, gpointer result, GError *error)
{
  WbWorkDialogPrivate *priv = get_private (self);

  if (priv->cancellable == NULL) /* disposed of */
    return;
  stop (self);
  if (result == NULL)
    gtk_stack_set_visible_child_name (priv->stack, "form");
  wb_work_dialog_update (self);
  if (result != NULL)
    succeed (self, result);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_work_dialog_say (self, error->message);
}

/* Consumes @waiting. */
static void
end (Waiting *waiting, gpointer result, GError *error)
{
  g_autoptr (WbWorkDialog) self = g_weak_ref_get (&waiting->dialog);

  if (self != NULL)
    tell (self, result, error);
  if (result != NULL && waiting->free_result != NULL)
    waiting->free_result (result);
  g_weak_ref_clear (&waiting->dialog);
  g_free (waiting);
}

static void
called_cb (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = wb_session_call_finish (WB_SESSION (source), async, &error);

  end (user_data, result, error);
}

/* Work without an open register. */
typedef struct {
  WbSessionCall call;
  gpointer data;
  GDestroyNotify free_data;
} Work;

static void
work_free (Work *work)
{
  if (work->free_data != NULL)
    work->free_data (work->data);
  g_free (work);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Work *work = data;
  GError *error = NULL;
  gpointer result = work->call (NULL, work->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, NULL);
}

static void
worked_cb (GObject *source, GAsyncResult *async, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gpointer result = g_task_propagate_pointer (G_TASK (async), &error);

  end (user_data, result, error);
}

static void
call_in_thread (WbWorkDialog *self, WbSessionCall call, gpointer data, GDestroyNotify free_data)
{
  WbWorkDialogPrivate *priv = get_private (self);
  g_autoptr (GTask) task =
      g_task_new (NULL, priv->cancellable, worked_cb, waiting_new (self, NULL));
  Work *work = g_new0 (Work, 1);

  work->call = call;
  work->data = data;
  work->free_data = free_data;
  g_task_set_check_cancellable (task, FALSE); /* what was done is told */
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, work_thread);
}

void
wb_work_dialog_call (WbWorkDialog *self,
                     WbSession *session,
                     WbSessionCall call,
                     gpointer data,
                     GDestroyNotify free_data,
                     GDestroyNotify free_result)
{
  WbWorkDialogPrivate *priv = get_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->timer = g_timeout_add (METER_MS, meter_cb, self);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_progress_bar_set_fraction (priv->progress, 0);
  gtk_stack_set_visible_child_name (priv->stack, "progress");
  wb_work_dialog_update (self);
  if (session == NULL)
    call_in_thread (self, call, data, free_data);
  else
    wb_session_call_async (session,
                           call,
                           data,
                           free_data,
                           free_result,
                           priv->cancellable,
                           called_cb,
                           waiting_new (self, free_result));
}

void
wb_work_dialog_add_result (WbWorkDialog *self, GtkWidget *row)
{
  WbWorkDialogPrivate *priv = get_private (self);

  adw_preferences_group_add (priv->results, row);
  gtk_button_set_label (priv->cancel, _ ("_Close"));
  gtk_widget_set_visible (GTK_WIDGET (priv->action), FALSE);
  gtk_stack_set_visible_child_name (priv->stack, "done");
}

gboolean
wb_work_dialog_is_done (WbWorkDialog *self)
{
  return get_private (self)->done;
}

void
wb_work_dialog_show_over (WbWorkDialog *self, GtkWidget *owner)
{
  GtkRoot *root = gtk_widget_get_root (owner);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  wb_work_dialog_update (self);
  gtk_window_present (GTK_WINDOW (self));
}

static void
start_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WB_WORK_DIALOG_GET_CLASS (widget)->start (WB_WORK_DIALOG (widget));
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWorkDialogPrivate *priv = get_private (WB_WORK_DIALOG (widget));

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
wb_work_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbWorkDialogPrivate *priv = get_private (WB_WORK_DIALOG (object));

  switch (id) {
  case PROP_FORM:
    adw_bin_set_child (priv->place, g_value_get_object (value));
    break;
  case PROP_ACTION:
    gtk_button_set_label (priv->action, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_work_dialog_dispose (GObject *object)
{
  WbWorkDialog *self = WB_WORK_DIALOG (object);
  WbWorkDialogPrivate *priv = get_private (self);

  if (priv->cancellable != NULL)
    g_cancellable_cancel (priv->cancellable);
  stop (self);
  G_OBJECT_CLASS (wb_work_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, cancel);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, action);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, bar);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, message);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, stack);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, place);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, progress);
  gtk_widget_class_bind_template_child_private (widget_class, WbWorkDialog, results);
}

static void
wb_work_dialog_class_init (WbWorkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = wb_work_dialog_dispose;
  object_class->set_property = wb_work_dialog_set_property;
  properties[PROP_FORM] = g_param_spec_object ("form", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ACTION] = g_param_spec_string ("action", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * WbWorkDialog::done:
   * @self: the dialog
   */
  signals[DONE] = g_signal_new ("done",
                                WB_TYPE_WORK_DIALOG,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-work-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "work.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "work.cancel", NULL, cancel_cb);
}

static void
wb_work_dialog_init (WbWorkDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
