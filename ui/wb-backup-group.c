/* SPDX-License-Identifier: EUPL-1.2 */

/* The age of the last backup that was read back. None, or an old one, is a warning. */
#include "wb-backup-group.h"

#include "wb-backup-dialog.h"
#include "wb-button-row.h"
#include "wb-file-chooser.h"
#include "wb-format.h"
#include "wb-recovery.h"
#include "wb-register-backup.h"
#include "wb-rehearse-dialog.h"
#include "wb-ui.h"

#define DAY (24 * 60 * 60 * 1000LL) /* ms */
#define OLD_DAYS 7                  /* a week's work is what a body can still do over */

struct _WbBackupGroup {
  AdwPreferencesGroup parent_instance;

  AdwActionRow *age;
  GtkWidget *warning;
  AdwActionRow *drill; /* when the recovery was last rehearsed */
  AdwActionRow *sheet; /* for the safe */
  WbSession *session;
};

G_DEFINE_FINAL_TYPE (WbBackupGroup, wb_backup_group, ADW_TYPE_PREFERENCES_GROUP)

typedef struct {
  WbBackupNote *note;  /* (nullable) */
  guint64 since;       /* entries */
  WbBackupNote *drill; /* (nullable) */
} Age;

static void
age_free (Age *age)
{
  wb_backup_note_free (age->note);
  wb_backup_note_free (age->drill);
  g_free (age);
}

static char *
days_ago (int days)
{
  if (days < 1)
    return g_strdup (_ ("Today"));
  return g_strdup_printf (ngettext_ ("%d day ago", "%d days ago", (gulong) days), days);
}

static char *
to_words (const Age *age, int days, const WbZone *zone)
{
  g_autofree char *ago = days_ago (days);
  g_autofree char *when = wb_format_instant (age->note->time, zone, wb_language_current ());
  g_autofree char *since = g_strdup_printf (
      ngettext_ ("%u entry of the log since", "%u entries of the log since", (gulong) age->since),
      (guint) age->since);

  return g_strdup_printf ("%s (%s) · %s", ago, when, since);
}

static void
fill_drill (WbBackupGroup *self, const WbBackupNote *drill)
{
  int days = drill != NULL ? (int) ((wb_clock_now () - drill->time) / DAY) : 0;
  g_autofree char *ago = days_ago (days);
  g_autofree char *when = drill != NULL ? wb_format_instant (drill->time,
                                                             wb_session_get_zone (self->session),
                                                             wb_language_current ())
                                        : NULL;
  g_autofree char *words =
      drill != NULL ? g_strdup_printf ("%s (%s)", ago, when)
                    : g_strdup (_ ("Never: nobody has seen yet that a backup can be put back"));

  adw_action_row_set_subtitle (self->drill, words);
  wb_ui_set_description (GTK_WIDGET (self->drill), words);
}

static void
fill (WbBackupGroup *self, const Age *age)
{
  int days = age->note != NULL ? (int) ((wb_clock_now () - age->note->time) / DAY) : 0;
  gboolean warn = age->note == NULL || days > OLD_DAYS;
  g_autofree char *words =
      age->note != NULL
          ? to_words (age, days, wb_session_get_zone (self->session))
          : g_strdup (_ ("Never: if this computer is lost, the register is lost with it"));

  adw_action_row_set_subtitle (self->age, words);
  gtk_widget_set_visible (self->warning, warn);
  if (warn)
    gtk_widget_add_css_class (GTK_WIDGET (self->age), "wb-wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->age), "wb-wrong");
  wb_ui_set_description (GTK_WIDGET (self->age), words);
  fill_drill (self, age->drill);
}

/* On the register's thread. */
static gpointer
find_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  Age *age = g_new0 (Age, 1);

  if (!wb_register_find_backup (reg, &age->note, error) ||
      !wb_register_find_rehearsal (reg, &age->drill, error)) {
    age_free (age);
    return NULL;
  }
  if (age->note != NULL) /* without the entry of the backup itself */
    age->since = wb_register_get_size (reg) - age->note->size - 1;
  return age;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBackupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  Age *age = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session != NULL && wb_session_get_zone (self->session) != NULL) {
    if (age != NULL)
      fill (self, age);
    else if (error != NULL)
      adw_action_row_set_subtitle (self->age, error->message);
  }
  g_clear_pointer (&age, age_free);
}

static void
load (WbBackupGroup *self)
{
  wb_session_call_async (self->session,
                         find_call,
                         NULL,
                         NULL,
                         (GDestroyNotify) age_free,
                         NULL,
                         found_cb,
                         g_object_ref (self));
}

static void
back_up_cb (WbBackupGroup *self)
{
  GtkWidget *dialog = wb_backup_dialog_new (self->session);

  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
rehearse_cb (WbBackupGroup *self)
{
  GtkWidget *dialog = wb_rehearse_dialog_new (self->session);

  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

/* On the register's thread. */
static gpointer
draw_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) pdf = wb_register_draw_recovery (reg, wb_language_current (), error);

  if (pdf == NULL)
    return NULL;
  return GINT_TO_POINTER (g_file_set_contents (data,
                                               g_bytes_get_data (pdf, NULL),
                                               (gssize) g_bytes_get_size (pdf),
                                               error));
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBackupGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean drawn = wb_session_call_finish (WB_SESSION (source), result, &error) != NULL;

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* locked meanwhile */
  adw_action_row_set_subtitle (self->sheet,
                               drawn ? _ ("Saved: print it, and keep it in the safe")
                                     : error->message);
}

void
wb_backup_group_save_sheet (WbBackupGroup *self, const char *path)
{
  wb_session_call_async (self->session,
                         draw_call,
                         g_strdup (path),
                         g_free,
                         NULL,
                         NULL,
                         drawn_cb,
                         g_object_ref (self));
}

static void
sheet_file_chosen (GPtrArray *files, gpointer user_data)
{
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL && WB_BACKUP_GROUP (user_data)->session != NULL)
    wb_backup_group_save_sheet (WB_BACKUP_GROUP (user_data), path);
}

static void
sheet_cb (WbBackupGroup *self)
{
  /* Translators: %s is the code of a body; it is the name of a file. */
  g_autofree char *name =
      g_strdup_printf (_ ("%s-recovery.pdf"), wb_session_get_code (self->session));

  wb_file_chooser_ask (GTK_WIDGET (self),
                       _ ("Place for the Recovery Sheet"),
                       GTK_FILE_CHOOSER_ACTION_SAVE,
                       FALSE,
                       name,
                       sheet_file_chosen,
                       self);
}

static void
wb_backup_group_dispose (GObject *object)
{
  g_clear_object (&WB_BACKUP_GROUP (object)->session);
  G_OBJECT_CLASS (wb_backup_group_parent_class)->dispose (object);
}

static void
wb_backup_group_class_init (WbBackupGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_backup_group_dispose;
}

static void
wb_backup_group_init (WbBackupGroup *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->age = ADW_ACTION_ROW (row);
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_set_visible (self->warning, FALSE);
  wb_ui_set_name (self->warning, _ ("Warning"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Last Verified Backup"));
  adw_action_row_set_subtitle_lines (self->age, 0);
  adw_action_row_add_prefix (self->age, self->warning);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (self),
      wb_button_row_new (_ ("Back Up Now…"), NULL, G_CALLBACK (back_up_cb), self));
  self->drill = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->drill), _ ("Last Rehearsed Recovery"));
  adw_action_row_set_subtitle_lines (self->drill, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->drill));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (self),
      wb_button_row_new (_ ("Rehearse the Recovery…"), NULL, G_CALLBACK (rehearse_cb), self));
  self->sheet = ADW_ACTION_ROW (
      wb_button_row_new (_ ("Save a Recovery Sheet…"),
                         _ ("On paper: the recovery keys, and how to read the register when no "
                            "passphrase is left. Nothing on it is secret."),
                         G_CALLBACK (sheet_cb),
                         self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->sheet));
}

void
wb_backup_group_show (WbBackupGroup *self, WbSession *session)
{
  g_set_object (&self->session, session);
  load (self);
}
