/* SPDX-License-Identifier: EUPL-1.2 */

/* Start-up of the desktop: options, shortcuts, the window. */
#include "wb-application.h"

#include "wb-about.h"
#include "wb-help.h"
#include "wb-i18n.h"
#include "wb-preferences.h"
#include "wb-time.h"
#include "wb-ui.h"
#include "wb-window-parts.h"

#define APPLICATION_ID "org.waarborg.Register"

struct _WbApplication {
  AdwApplication parent_instance;

  WbSettings *settings;
  char *version;
};

G_DEFINE_FINAL_TYPE (WbApplication, wb_application, ADW_TYPE_APPLICATION)

static WbWindow *
get_window (WbApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    if (WB_IS_WINDOW (l->data))
      return l->data;
  return WB_WINDOW (wb_window_new (GTK_APPLICATION (self), self->settings));
}

static gboolean
is_fresh (WbWindow *window)
{
  return wb_window_get_session (window) == NULL;
}

static void
wb_application_activate (GApplication *application)
{
  WbApplication *self = WB_APPLICATION (application);
  WbWindow *window = get_window (self);
  g_auto (GStrv) registers = wb_settings_dup_registers (self->settings);

  if (is_fresh (window) && registers[0] != NULL && g_file_test (registers[0], G_FILE_TEST_IS_DIR))
    wb_window_open_register (window, registers[0]);
  gtk_window_present (GTK_WINDOW (window));
}

/* Of several registers the first is opened: there is one window. */
static void
wb_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  WbApplication *self = WB_APPLICATION (application);
  WbWindow *window = get_window (self);
  g_autofree char *path = n_files > 0 ? g_file_get_path (files[0]) : NULL;

  if (path != NULL)
    wb_window_open_register (window, path);
  gtk_window_present (GTK_WINDOW (window));
}

static int
wb_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  WbApplication *self = WB_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *now = NULL;
  WbInstant instant;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("waarborg %s\n", self->version);
    return 0;
  }
  if (!g_variant_dict_lookup (options, "now", "&s", &now))
    return -1;
  if (!wb_instant_parse (now, &instant, &error)) {
    g_printerr ("%s\n", error->message);
    return 2;
  }
  wb_clock_set (instant);
  return -1;
}

static void
changed_cb (WbPreferences *preferences, WbWindow *window)
{
  wb_window_watch (window);
}

/* What belongs to the register shows only while it is open. */
static WbSession *
get_open_session (WbWindow *window)
{
  return wb_window_get_shell (window) != NULL ? wb_window_get_session (window) : NULL;
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbApplication *self = user_data;
  WbWindow *window = get_window (self);
  GtkWidget *preferences = wb_preferences_new (self->settings, get_open_session (window));

  g_signal_connect_object (preferences, "changed", G_CALLBACK (changed_cb), window, 0);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbApplication *self = user_data;
  GtkWidget *about = wb_about_new (self->version);

  gtk_window_set_transient_for (GTK_WINDOW (about), GTK_WINDOW (get_window (self)));
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WbWindow *window = get_window (user_data);

  if (!wb_help_show (GTK_WINDOW (window)))
    wb_window_say (window, _ ("The manual is not installed on this computer."));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (get_window (user_data)));
}

static void
add_shortcuts (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *accels[3];
  } shortcuts[] = {
    { "win.new-allegation", { "<Control>n", "F2", NULL } },
    { "win.search", { "<Control>f", NULL } },
    { "win.show-today", { "<Alt>1", "<Control>1", NULL } },
    { "win.show-cases", { "<Alt>2", "<Control>2", NULL } },
    { "win.show-visits", { "<Alt>3", "<Control>3", NULL } },
    { "win.lock", { "<Control>l", NULL } },
    { "win.open-register", { "<Control>o", NULL } },
    { "app.help", { "F1", NULL } },
    { "app.preferences", { "<Control>comma", NULL } },
    { "app.quit", { "<Control>q", NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].accels);
}

static void
wb_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "preferences", .activate = preferences_cb },
    { .name = "about", .activate = about_cb },
    { .name = "help", .activate = help_cb },
    { .name = "quit", .activate = quit_cb },
  };
  WbApplication *self = WB_APPLICATION (application);

  G_APPLICATION_CLASS (wb_application_parent_class)->startup (application);
  wb_ui_init ();
  self->settings = wb_settings_new ();
  if (wb_settings_get_text_size (self->settings) != 100) /* else it is the desktop's own */
    wb_ui_set_text_size (wb_settings_get_text_size (self->settings));
  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   application);
  add_shortcuts (GTK_APPLICATION (application));
}

static void
wb_application_finalize (GObject *object)
{
  WbApplication *self = WB_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->version);
  G_OBJECT_CLASS (wb_application_parent_class)->finalize (object);
}

static void
wb_application_class_init (WbApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_application_finalize;
  application_class->startup = wb_application_startup;
  application_class->activate = wb_application_activate;
  application_class->open = wb_application_open;
  application_class->handle_local_options = wb_application_handle_local_options;
}

static void
wb_application_init (WbApplication *self)
{
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and quit"), NULL },
    { "now",
      0,
      0,
      G_OPTION_ARG_STRING,
      NULL,
      N_ ("Use this instant as the clock"),
      N_ ("INSTANT") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[REGISTER]"));
}

WbApplication *
wb_application_new (const char *version)
{
  WbApplication *self = g_object_new (WB_TYPE_APPLICATION,
                                      "application-id",
                                      APPLICATION_ID,
                                      "resource-base-path",
                                      WB_UI_RESOURCES,
                                      "flags",
                                      G_APPLICATION_HANDLES_OPEN,
                                      NULL);

  self->version = g_strdup (version);
  return self;
}
