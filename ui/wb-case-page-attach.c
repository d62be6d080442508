/* SPDX-License-Identifier: EUPL-1.2 */

/* Taking files into a case, one after the other, read and hashed on the register's thread. */
#include "wb-case-page-parts.h"

#include "wb-letter-take.h"
#include "wb-letter.h"
#include "wb-meter.h"

#define METER_MS 100

typedef struct {
  char *reference;
  GFile *file;
  WbMeter *meter;
} Attach;

static void attach_next (WbCasePage *self);

static void
attach_free (Attach *attach)
{
  g_free (attach->reference);
  g_object_unref (attach->file);
  wb_meter_unref (attach->meter);
  g_free (attach);
}

/* The letter itself; the files in it are attached too. */
static gpointer
attach_letter (WbRegister *reg,
               const Attach *attach,
               const char *name,
               GInputStream *stream,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GBytes) file = g_input_stream_read_bytes (stream, WB_LETTER_MAX, cancellable, error);
  g_autoptr (GPtrArray) records =
      file != NULL
          ? wb_register_attach_letter (reg, attach->reference, name, file, cancellable, error)
          : NULL;

  return records != NULL ? g_ptr_array_steal_index (records, 0) : NULL;
}

/* On the register's thread. */
static gpointer
attach_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Attach *attach = data;
  g_autofree char *name = g_file_get_basename (attach->file);
  g_autoptr (GFileInfo) info = g_file_query_info (attach->file,
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE,
                                                  cancellable,
                                                  error);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (JsonObject) fields = json_object_new ();

  if (info == NULL)
    return NULL;
  stream = g_file_read (attach->file, cancellable, error);
  if (stream == NULL)
    return NULL;
  if (wb_letter_is_name (name) && g_file_info_get_size (info) <= (goffset) WB_LETTER_MAX)
    return attach_letter (reg, attach, name, G_INPUT_STREAM (stream), cancellable, error);
  return wb_register_attach (reg,
                             attach->reference,
                             name,
                             G_INPUT_STREAM (stream),
                             (guint64) g_file_info_get_size (info),
                             fields,
                             wb_meter_report,
                             attach->meter,
                             cancellable,
                             error);
}

static gboolean
meter_cb (gpointer user_data)
{
  WbCasePage *self = user_data;
  double fraction = wb_meter_get_fraction (self->meter);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->attach_bar, fraction);
  else
    gtk_progress_bar_pulse (self->attach_bar);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (GtkButton *button, WbCasePage *self)
{
  g_queue_clear_full (self->attaching, g_object_unref);
  g_cancellable_cancel (self->attach_cancellable);
}

static void
show_attach_row (WbCasePage *self, const char *name)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));

  self->attach_bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->attach_bar), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self->attach_bar), 80, -1);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect (cancel, "clicked", G_CALLBACK (cancel_cb), self);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Taking in and hashing"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->attach_bar));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), cancel);
  adw_preferences_group_add (self->evidence, row);
  self->attach_row = row;
}

static void
end_attach (WbCasePage *self)
{
  g_clear_handle_id (&self->meter_timer, g_source_remove);
  if (self->attach_row != NULL)
    adw_preferences_group_remove (self->evidence, self->attach_row);
  self->attach_row = NULL;
  self->attach_bar = NULL;
  g_clear_pointer (&self->meter, wb_meter_unref);
  g_clear_object (&self->attach_cancellable);
}

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCasePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->attach_cancellable == NULL || self->session == NULL)
    return; /* the page went away */
  end_attach (self);
  if (record == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_case_page_say (self, error->message);
  if (!g_queue_is_empty (self->attaching))
    attach_next (self);
  else
    wb_case_page_changed (self);
}

static void
attach_next (WbCasePage *self)
{
  Attach *attach = g_new0 (Attach, 1);
  g_autofree char *name = NULL;

  attach->file = g_queue_pop_head (self->attaching);
  attach->reference = g_strdup (self->id);
  self->meter = wb_meter_new ();
  attach->meter = wb_meter_ref (self->meter);
  self->attach_cancellable = g_cancellable_new ();
  name = g_file_get_basename (attach->file);
  show_attach_row (self, name);
  self->meter_timer = g_timeout_add (METER_MS, meter_cb, self);
  wb_session_call_async (self->session,
                         attach_call,
                         attach,
                         (GDestroyNotify) attach_free,
                         (GDestroyNotify) wb_record_free,
                         self->attach_cancellable,
                         attached_cb,
                         g_object_ref (self));
}

void
wb_case_page_attach (WbCasePage *self, GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    g_queue_push_tail (self->attaching, g_object_ref (g_ptr_array_index (files, i)));
  if (self->attach_cancellable == NULL && !g_queue_is_empty (self->attaching))
    attach_next (self);
}

void
wb_case_page_stop_attaching (WbCasePage *self)
{
  g_queue_clear_full (self->attaching, g_object_unref);
  if (self->attach_cancellable != NULL)
    g_cancellable_cancel (self->attach_cancellable);
  g_clear_handle_id (&self->meter_timer, g_source_remove);
  g_clear_pointer (&self->meter, wb_meter_unref);
  g_clear_object (&self->attach_cancellable);
}
