/* SPDX-License-Identifier: EUPL-1.2 */

/* The few things to choose. Shown in minutes, kept in seconds: the key's name says so. */
#include "wb-preferences.h"

#include "wb-ui.h"

#define SECONDS_PER_MINUTE 60

struct _WbPreferences {
  AdwPreferencesWindow parent_instance;

  GtkSpinButton *minutes;
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

static void
wb_preferences_dispose (GObject *object)
{
  WbPreferences *self = WB_PREFERENCES (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_PREFERENCES);
  G_OBJECT_CLASS (wb_preferences_parent_class)->dispose (object);
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
  gtk_widget_class_bind_template_child (widget_class, WbPreferences, minutes);
  gtk_widget_class_bind_template_callback (widget_class, minutes_changed_cb);
}

static void
wb_preferences_init (WbPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_preferences_new (WbSettings *settings)
{
  WbPreferences *self = g_object_new (WB_TYPE_PREFERENCES, NULL);
  guint seconds = wb_settings_get_lock_after_seconds (settings);

  gtk_spin_button_set_value (self->minutes,
                             (seconds + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE);
  self->settings = g_object_ref (settings);
  return GTK_WIDGET (self);
}
