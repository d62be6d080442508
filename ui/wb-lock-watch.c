/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Reasons to lock that the user does not press: a time without keys or pointer, the machine going
 * to sleep, the desktop's lock screen. It only says so, and knows nothing of registers. While it
 * watches it holds a delay lock of logind, so that sleep waits until keys are gone.
 */
#include "wb-lock-watch.h"

#include <unistd.h>

#include <gio/gunixfdlist.h>

#include "wb-i18n.h"

#define LOGIN "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1"
#define LOGIN_MANAGER "org.freedesktop.login1.Manager"

struct _WbLockWatch {
  GObject parent_instance;

  guint idle_seconds;
  gint64 last_activity; /* monotonic, microseconds */
  guint timer;
  guint key_source;
  GCancellable *cancellable;
  GDBusConnection *system;
  GDBusConnection *session;
  guint subscriptions_system[2];
  guint subscriptions_session[2];
  int inhibitor; /* file descriptor, or -1 */
};

G_DEFINE_FINAL_TYPE (WbLockWatch, wb_lock_watch, G_TYPE_OBJECT)

enum { LOCK_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean idle_cb (gpointer user_data);

static void
release_inhibitor (WbLockWatch *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
schedule (WbLockWatch *self, guint milliseconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (milliseconds, idle_cb, self);
}

static gboolean
idle_cb (gpointer user_data)
{
  WbLockWatch *self = user_data;
  gint64 left =
      self->last_activity + (gint64) self->idle_seconds * G_USEC_PER_SEC - g_get_monotonic_time ();

  self->timer = 0;
  if (left > 0)
    schedule (self, (guint) (left / 1000) + 1);
  else
    g_signal_emit (self, signals[LOCK_REQUESTED], 0, "idle");
  return G_SOURCE_REMOVE;
}

static void
login_cb (GDBusConnection *bus,
          const char *sender,
          const char *path,
          const char *interface,
          const char *name,
          GVariant *parameters,
          gpointer user_data)
{
  WbLockWatch *self = user_data;
  gboolean starting = TRUE;

  if (g_str_equal (name, "PrepareForSleep")) {
    if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
      return;
    g_variant_get (parameters, "(b)", &starting);
  }
  if (starting)
    g_signal_emit (self, signals[LOCK_REQUESTED], 0, "system");
}

static void
screen_saver_cb (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *name,
                 GVariant *parameters,
                 gpointer user_data)
{
  WbLockWatch *self = user_data;
  gboolean active = FALSE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &active);
  if (active)
    g_signal_emit (self, signals[LOCK_REQUESTED], 0, "screen");
}

static void
inhibited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLockWatch) self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source),
                                                       &fds,
                                                       result,
                                                       NULL);

  if (reply == NULL || fds == NULL || g_unix_fd_list_get_length (fds) < 1)
    return; /* no logind: the other reasons still hold */
  release_inhibitor (self);
  if (self->cancellable != NULL)
    self->inhibitor = g_unix_fd_list_get (fds, 0, NULL);
}

static void
inhibit (WbLockWatch *self)
{
  g_dbus_connection_call_with_unix_fd_list (
      self->system,
      LOGIN,
      LOGIN_PATH,
      LOGIN_MANAGER,
      "Inhibit",
      g_variant_new ("(ssss)", "sleep", "Waarborg", _ ("Locks the register first"), "delay"),
      G_VARIANT_TYPE ("(h)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START,
      -1,
      NULL,
      self->cancellable,
      inhibited_cb,
      g_object_ref (self));
}

static void
watch_session_lock (WbLockWatch *self, const char *path)
{
  if (self->subscriptions_system[1] != 0)
    return;
  self->subscriptions_system[1] =
      g_dbus_connection_signal_subscribe (self->system,
                                          LOGIN,
                                          "org.freedesktop.login1.Session",
                                          "Lock",
                                          path,
                                          NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE,
                                          login_cb,
                                          self,
                                          NULL);
}

/* Where our own session is not known, the lock of any session locks: too often is safe. */
static void
session_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLockWatch) self = user_data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *path = NULL;

  if (self->cancellable == NULL || self->system == NULL)
    return;
  if (reply != NULL)
    g_variant_get (reply, "(&o)", &path);
  watch_session_lock (self, path);
}

static void
system_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLockWatch) self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || self->cancellable == NULL || self->system != NULL)
    return;
  self->system = g_steal_pointer (&bus);
  g_dbus_connection_set_exit_on_close (self->system, FALSE);
  self->subscriptions_system[0] = g_dbus_connection_signal_subscribe (self->system,
                                                                      LOGIN,
                                                                      LOGIN_MANAGER,
                                                                      "PrepareForSleep",
                                                                      LOGIN_PATH,
                                                                      NULL,
                                                                      G_DBUS_SIGNAL_FLAGS_NONE,
                                                                      login_cb,
                                                                      self,
                                                                      NULL);
  g_dbus_connection_call (self->system,
                          LOGIN,
                          LOGIN_PATH,
                          LOGIN_MANAGER,
                          "GetSessionByPID",
                          g_variant_new ("(u)", (guint32) getpid ()),
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          self->cancellable,
                          session_found_cb,
                          g_object_ref (self));
  inhibit (self);
}

static void
session_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const names[] = { "org.gnome.ScreenSaver", "org.freedesktop.ScreenSaver" };
  g_autoptr (WbLockWatch) self = user_data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || self->cancellable == NULL || self->session != NULL)
    return;
  self->session = g_steal_pointer (&bus);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    self->subscriptions_session[i] = g_dbus_connection_signal_subscribe (self->session,
                                                                         names[i],
                                                                         names[i],
                                                                         "ActiveChanged",
                                                                         NULL,
                                                                         NULL,
                                                                         G_DBUS_SIGNAL_FLAGS_NONE,
                                                                         screen_saver_cb,
                                                                         self,
                                                                         NULL);
}

static void
drop_bus (GDBusConnection **bus, guint *subscriptions, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (*bus != NULL && subscriptions[i] != 0)
      g_dbus_connection_signal_unsubscribe (*bus, subscriptions[i]);
    subscriptions[i] = 0;
  }
  g_clear_object (bus);
}

/* Not while the event still walks through a window that locking destroys. */
static gboolean
key_cb (gpointer user_data)
{
  WbLockWatch *self = user_data;

  self->key_source = 0;
  g_signal_emit (self, signals[LOCK_REQUESTED], 0, "key");
  return G_SOURCE_REMOVE;
}

/* A dialog knows no action of the window behind it, and a file dialog has its own use for Ctrl+L.
 */
static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, gpointer user_data)
{
  WbLockWatch *self = user_data;

  wb_lock_watch_touch (self);
  if (self->cancellable == NULL || gdk_event_get_event_type (event) != GDK_KEY_PRESS ||
      gdk_key_event_matches (event, GDK_KEY_l, GDK_CONTROL_MASK) == GDK_KEY_MATCH_NONE)
    return GDK_EVENT_PROPAGATE;
  if (self->key_source == 0)
    self->key_source = g_idle_add_full (G_PRIORITY_HIGH, key_cb, self, NULL);
  return GDK_EVENT_STOP;
}

static void
wb_lock_watch_dispose (GObject *object)
{
  wb_lock_watch_stop (WB_LOCK_WATCH (object));
  G_OBJECT_CLASS (wb_lock_watch_parent_class)->dispose (object);
}

static void
wb_lock_watch_class_init (WbLockWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_lock_watch_dispose;

  /**
   * WbLockWatch::lock-requested:
   * @self: the watch
   * @reason: "idle", "key", "system" or "screen"
   *
   * The register must be locked now.
   */
  signals[LOCK_REQUESTED] = g_signal_new ("lock-requested",
                                          WB_TYPE_LOCK_WATCH,
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
wb_lock_watch_init (WbLockWatch *self)
{
  self->inhibitor = -1;
}

WbLockWatch *
wb_lock_watch_new (void)
{
  return g_object_new (WB_TYPE_LOCK_WATCH, NULL);
}

void
wb_lock_watch_start (WbLockWatch *self, guint idle_seconds)
{
  wb_lock_watch_stop (self);
  self->cancellable = g_cancellable_new ();
  self->idle_seconds = idle_seconds;
  wb_lock_watch_touch (self);
  if (idle_seconds > 0)
    schedule (self, idle_seconds * 1000);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_bus_cb, g_object_ref (self));
}

void
wb_lock_watch_stop (WbLockWatch *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->key_source, g_source_remove);
  drop_bus (&self->system, self->subscriptions_system, G_N_ELEMENTS (self->subscriptions_system));
  drop_bus (&self->session,
            self->subscriptions_session,
            G_N_ELEMENTS (self->subscriptions_session));
  release_inhibitor (self);
}

void
wb_lock_watch_touch (WbLockWatch *self)
{
  self->last_activity = g_get_monotonic_time ();
}

void
wb_lock_watch_add_window (WbLockWatch *self, GtkWindow *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}
