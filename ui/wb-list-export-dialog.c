/* SPDX-License-Identifier: EUPL-1.2 */

/* The list of cases as a table, written and logged on the register's thread. */
#include "wb-list-export-dialog.h"

#include "wb-case-rows.h"
#include "wb-case-table.h"
#include "wb-file-chooser.h"
#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbListExportDialog {
  WbWorkDialog parent_instance;

  AdwPreferencesGroup *group;
  GtkCheckButton *spreadsheet;
  GtkCheckButton *exact;
  GtkEditable *purpose;
  WbSession *session;
  WbCaseList *list;
  GArray *positions; /* (nullable) */
  guint fields;
};

G_DEFINE_FINAL_TYPE (WbListExportDialog, wb_list_export_dialog, WB_TYPE_WORK_DIALOG)

typedef struct {
  char *path;
  char *words;    /* (nullable) */
  char **filters; /* (nullable) */
  WbCaseQuery query;
  GArray *positions; /* (nullable) */
  WbCaseTable table;
  char *purpose; /* (nullable) */
  WbMeter *meter;
} Job;

typedef struct {
  char *path;
  guint n;
} Result;

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job->words);
  g_strfreev (job->filters);
  g_clear_pointer (&job->positions, g_array_unref);
  g_free (job->purpose);
  g_clear_pointer (&job->meter, wb_meter_unref);
  g_free (job);
}

static void
result_free (Result *result)
{
  g_free (result->path);
  g_free (result);
}

/* On the register's thread. */
static gpointer
export_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  Result *result;
  guint n = 0;

  if (!wb_register_export_case_table (reg,
                                      &job->table,
                                      job->path,
                                      wb_meter_report,
                                      job->meter,
                                      cancellable,
                                      &n,
                                      error))
    return NULL;
  result = g_new0 (Result, 1);
  result->path = g_strdup (job->path);
  result->n = n;
  return result;
}

static gboolean
is_ready (WbWorkDialog *dialog)
{
  return TRUE;
}

void
wb_list_export_dialog_export_to (WbListExportDialog *self, const char *path)
{
  WbWorkDialog *dialog = WB_WORK_DIALOG (self);
  const char *purpose = gtk_editable_get_text (self->purpose);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  wb_case_list_get_query (self->list, &job->query);
  job->words = g_strdup (job->query.words);
  job->filters = g_strdupv ((char **) job->query.filters);
  job->query.words = job->words;
  job->query.filters = (const char *const *) job->filters;
  job->positions = self->positions != NULL ? g_array_ref (self->positions) : NULL;
  job->purpose = *purpose != '\0' ? g_strdup (purpose) : NULL;
  job->meter = wb_work_dialog_make_meter (dialog);
  job->table =
      (WbCaseTable){ .query = &job->query,
                     .positions = job->positions != NULL ? (guint *) job->positions->data : NULL,
                     .n_positions = job->positions != NULL ? job->positions->len : 0,
                     .fields = self->fields,
                     .variant = gtk_check_button_get_active (self->exact) ? WB_CSV_EXACT
                                                                          : WB_CSV_SPREADSHEET,
                     .language = wb_language_current (),
                     .purpose = job->purpose };
  wb_work_dialog_call (dialog,
                       self->session,
                       export_call,
                       job,
                       (GDestroyNotify) job_free,
                       (GDestroyNotify) result_free);
}

static void
file_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_list_export_dialog_export_to (WB_LIST_EXPORT_DIALOG (user_data), path);
}

static void
start (WbWorkDialog *dialog)
{
  WbListExportDialog *self = WB_LIST_EXPORT_DIALOG (dialog);
  const WbZone *zone = wb_session_get_zone (self->session);
  g_autofree char *day =
      zone != NULL ? wb_date_format (wb_zone_to_local (zone, wb_clock_now ()).date) : g_strdup ("");
  /* Translators: name of a file: code of the body, day; in small letters, without spaces. */
  g_autofree char *name =
      g_strdup_printf (_ ("%s-cases-%s.csv"), wb_session_get_code (self->session), day);

  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Place for the Table"),
                       GTK_FILE_CHOOSER_ACTION_SAVE,
                       FALSE,
                       name,
                       file_chosen,
                       self);
}

static void
finished (WbWorkDialog *dialog, gpointer data)
{
  const Result *result = data;
  g_autofree char *name = g_path_get_basename (result->path);
  g_autofree char *words =
      g_strdup_printf (ngettext_ ("%u case is in", "%u cases are in", result->n), result->n);

  wb_work_dialog_add_result (dialog, wb_property_row_new (words, name));
}

static void
wb_list_export_dialog_dispose (GObject *object)
{
  WbListExportDialog *self = WB_LIST_EXPORT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->list);
  g_clear_pointer (&self->positions, g_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_LIST_EXPORT_DIALOG);
  G_OBJECT_CLASS (wb_list_export_dialog_parent_class)->dispose (object);
}

static void
wb_list_export_dialog_class_init (WbListExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_list_export_dialog_dispose;
  WB_WORK_DIALOG_CLASS (klass)->is_ready = is_ready;
  WB_WORK_DIALOG_CLASS (klass)->start = start;
  WB_WORK_DIALOG_CLASS (klass)->finished = finished;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-list-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbListExportDialog, group);
  gtk_widget_class_bind_template_child (widget_class, WbListExportDialog, spreadsheet);
  gtk_widget_class_bind_template_child (widget_class, WbListExportDialog, exact);
  gtk_widget_class_bind_template_child (widget_class, WbListExportDialog, purpose);
}

static void
wb_list_export_dialog_init (WbListExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
words_which (WbCaseList *list, GArray *positions)
{
  guint n = positions != NULL ? positions->len : wb_case_list_get_n_cases (list);

  if (positions != NULL)
    return g_strdup_printf (ngettext_ ("The Selected Case", "The %u Selected Cases", n), n);
  if (wb_case_list_is_filtered (list))
    return g_strdup_printf (ngettext_ ("The Case Found", "The %u Cases Found", n), n);
  return g_strdup_printf (ngettext_ ("The One Case", "All %u Cases", n), n);
}

GtkWidget *
wb_list_export_dialog_new (WbSession *session, WbCaseList *list, GArray *positions, guint fields)
{
  WbListExportDialog *self = g_object_new (WB_TYPE_LIST_EXPORT_DIALOG, NULL);
  g_autofree char *which = words_which (list, positions);

  self->session = g_object_ref (session);
  self->list = g_object_ref (list);
  self->positions = positions != NULL ? g_array_ref (positions) : NULL;
  self->fields = fields;
  adw_preferences_group_set_title (self->group, which);
  return GTK_WIDGET (self);
}
