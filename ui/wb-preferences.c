/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The few things to choose for oneself, and what the body sets in its register. The lock is shown
 * in minutes and kept in seconds: the key's name says so.
 */
#include "wb-preferences.h"

#include "wb-backup-group.h"
#include "wb-i18n.h"
#include "wb-records-group.h"
#include "wb-ui.h"
#include "wb-users-group.h"

#define SECONDS_PER_MINUTE 60

struct _WbPreferences {
  AdwPreferencesWindow parent_instance;

  AdwComboRow *language;
  GtkSpinButton *minutes;
  GtkSpinButton *text_size;
  AdwPreferencesPage *register_page;
  WbUsersGroup *users;
  WbBackupGroup *backup;
  AdwPreferencesPage *lists_page;
  WbRecordsGroup *holidays;
  WbRecordsGroup *targets;
  WbRecordsGroup *terms;
  WbRecordsGroup *sites;
  WbSettings *settings;
};

G_DEFINE_FINAL_TYPE (WbPreferences, wb_preferences, ADW_TYPE_PREFERENCES_WINDOW)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
minutes_changed_cb (GtkSpinButton *button, WbPreferences *self)
{
  if (self->settings == NULL)
    return;
  wb_settings_set_lock_after_seconds (self->settings,
                                      (guint) gtk_spin_button_get_value_as_int (button) *
                                          SECONDS_PER_MINUTE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static const char *const languages[] = { NULL, "nl", "en" }; /* in the order of the row */

static void
language_changed_cb (WbPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->language);

  if (self->settings != NULL && selected < G_N_ELEMENTS (languages))
    wb_settings_set_language (self->settings, languages[selected]);
}

static void
text_size_changed_cb (WbPreferences *self)
{
  guint percent = (guint) gtk_spin_button_get_value_as_int (self->text_size);

  if (self->settings == NULL)
    return;
  wb_settings_set_text_size (self->settings, percent);
  wb_ui_set_text_size (percent);
}

static void
wb_preferences_dispose (GObject *object)
{
  WbPreferences *self = WB_PREFERENCES (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_PREFERENCES);
  G_OBJECT_CLASS (wb_preferences_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, language);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, minutes);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, text_size);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, register_page);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, users);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, backup);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, lists_page);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, holidays);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, targets);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, terms);
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, sites);
}

static void
wb_preferences_class_init (WbPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_dispose;

  /**
   * WbPreferences::changed:
   * @self: the window
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_PREFERENCES,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-preferences.ui");
  g_type_ensure (WB_TYPE_USERS_GROUP);
  g_type_ensure (WB_TYPE_BACKUP_GROUP);
  g_type_ensure (WB_TYPE_RECORDS_GROUP);
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, language_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_size_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, minutes_changed_cb);
}

static void
wb_preferences_init (WbPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_settings (WbPreferences *self, WbSettings *settings)
{
  guint seconds = wb_settings_get_lock_after_seconds (settings);
  g_autofree char *language = wb_settings_dup_language (settings);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i], language) == 0)
      adw_combo_row_set_selected (self->language, i);
  gtk_spin_button_set_value (self->minutes,
                             (seconds + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE);
  gtk_spin_button_set_value (self->text_size, wb_settings_get_text_size (settings));
  self->settings = g_object_ref (settings);
}

static void
show_register (WbPreferences *self, WbSession *session)
{
  if (session == NULL) {
    adw_preferences_window_remove (ADW_PREFERENCES_WINDOW (self), self->register_page);
    adw_preferences_window_remove (ADW_PREFERENCES_WINDOW (self), self->lists_page);
    return;
  }
  wb_users_group_show (self->users, session);
  wb_backup_group_show (self->backup, session);
  wb_records_group_show (self->holidays, session, "holiday");
  wb_records_group_show (self->targets, session, "target");
  wb_records_group_show (self->terms, session, "term");
  wb_records_group_show (self->sites, session, "site");
}

GtkWidget *
wb_preferences_new (WbSettings *settings, WbSession *session)
{
  WbPreferences *self = g_object_new (WB_TYPE_PREFERENCES, NULL);

  show_settings (self, settings);
  show_register (self, session);
  return GTK_WIDGET (self);
}
