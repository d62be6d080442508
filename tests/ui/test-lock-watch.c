/* SPDX-License-Identifier: EUPL-1.2 */

/* Every reason to lock that nobody presses a key for, on a bus of our own. */
#include "wb-test-ui.h"

#include "wb-lock-watch.h"

typedef struct {
  GDBusConnection *connection; /* plays logind and the screen saver */
  WbLockWatch *watch;
  GString *reasons;
} Fixture;

static void
lock_requested_cb (WbLockWatch *watch, const char *reason, Fixture *fixture)
{
  g_string_append_printf (fixture->reasons, "%s ", reason);
}

static void
own_name (GDBusConnection *connection, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (connection,
                                                            "org.freedesktop.DBus",
                                                            "/org/freedesktop/DBus",
                                                            "org.freedesktop.DBus",
                                                            "RequestName",
                                                            g_variant_new ("(su)", name, 4),
                                                            NULL,
                                                            G_DBUS_CALL_FLAGS_NONE,
                                                            -1,
                                                            NULL,
                                                            &error);

  wb_assert_no_error (error);
}

static GSubprocess *bus; /* one for all tests: GIO keeps its connections */

/* Before GTK looks for one. */
static void
start_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *address = NULL;

  bus = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                          &error,
                          "dbus-daemon",
                          "--session",
                          "--nofork",
                          "--print-address=1",
                          NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  address = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert (address != NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
}

static void
stop_bus (void)
{
  g_subprocess_force_exit (bus);
  (void) g_subprocess_wait (bus, NULL, NULL);
  g_clear_object (&bus);
}

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  fixture->reasons = g_string_new (NULL);
  fixture->connection =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SYSTEM_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              &error);
  wb_assert_no_error (error);
  own_name (fixture->connection, "org.freedesktop.login1");
  own_name (fixture->connection, "org.gnome.ScreenSaver");
  fixture->watch = wb_lock_watch_new ();
  g_signal_connect (fixture->watch, "lock-requested", G_CALLBACK (lock_requested_cb), fixture);
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;

  g_clear_object (&fixture->watch);
  wb_test_spin (50);
  (void) g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_string_free (fixture->reasons, TRUE);
  g_free (fixture);
  return 0;
}

static void
emit (Fixture *fixture,
      const char *path,
      const char *interface,
      const char *name,
      GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (fixture->connection,
                                 NULL,
                                 path,
                                 interface,
                                 name,
                                 parameters,
                                 &error);
  wb_assert_no_error (error);
  (void) g_dbus_connection_flush_sync (fixture->connection, NULL, NULL);
  wb_test_spin (150);
}

static void
going_to_sleep_locks_and_waking_up_does_not (void **state)
{
  Fixture *fixture = *state;

  wb_lock_watch_start (fixture->watch, 0);
  wb_test_spin (300);
  emit (fixture,
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "PrepareForSleep",
        g_variant_new ("(b)", FALSE));
  assert_string_equal (fixture->reasons->str, "");
  emit (fixture,
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "PrepareForSleep",
        g_variant_new ("(b)", TRUE));
  assert_string_equal (fixture->reasons->str, "system ");
}

static void
the_lock_of_the_session_locks (void **state)
{
  Fixture *fixture = *state;

  wb_lock_watch_start (fixture->watch, 0);
  wb_test_spin (300);
  emit (fixture,
        "/org/freedesktop/login1/session/_31",
        "org.freedesktop.login1.Session",
        "Lock",
        NULL);
  assert_string_equal (fixture->reasons->str, "system ");
}

static void
the_screen_saver_locks_when_it_starts (void **state)
{
  Fixture *fixture = *state;

  wb_lock_watch_start (fixture->watch, 0);
  wb_test_spin (300);
  emit (fixture,
        "/org/gnome/ScreenSaver",
        "org.gnome.ScreenSaver",
        "ActiveChanged",
        g_variant_new ("(b)", FALSE));
  assert_string_equal (fixture->reasons->str, "");
  emit (fixture,
        "/org/gnome/ScreenSaver",
        "org.gnome.ScreenSaver",
        "ActiveChanged",
        g_variant_new ("(b)", TRUE));
  assert_string_equal (fixture->reasons->str, "screen ");
}

static void
a_signal_with_strange_contents_is_passed_over (void **state)
{
  Fixture *fixture = *state;

  wb_lock_watch_start (fixture->watch, 0);
  wb_test_spin (300);
  emit (fixture,
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "PrepareForSleep",
        g_variant_new ("(s)", "true"));
  emit (fixture,
        "/org/gnome/ScreenSaver",
        "org.gnome.ScreenSaver",
        "ActiveChanged",
        g_variant_new ("(u)", 1));
  assert_string_equal (fixture->reasons->str, "");
}

static void
idleness_is_counted_in_seconds_and_a_touch_starts_it_anew (void **state)
{
  Fixture *fixture = *state;

  wb_lock_watch_start (fixture->watch, 2);
  wb_test_spin (1500);
  wb_lock_watch_touch (fixture->watch);
  wb_test_spin (1500);
  assert_string_equal (fixture->reasons->str, "");
  wb_test_spin (1500);
  assert_string_equal (fixture->reasons->str, "idle ");
}

static void
zero_seconds_is_never_and_stopped_is_silent (void **state)
{
  Fixture *fixture = *state;

  wb_lock_watch_start (fixture->watch, 0);
  wb_test_spin (300);
  wb_lock_watch_stop (fixture->watch);
  emit (fixture,
        "/org/gnome/ScreenSaver",
        "org.gnome.ScreenSaver",
        "ActiveChanged",
        g_variant_new ("(b)", TRUE));
  assert_string_equal (fixture->reasons->str, "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (going_to_sleep_locks_and_waking_up_does_not, setup, teardown),
    cmocka_unit_test_setup_teardown (the_lock_of_the_session_locks, setup, teardown),
    cmocka_unit_test_setup_teardown (the_screen_saver_locks_when_it_starts, setup, teardown),
    cmocka_unit_test_setup_teardown (a_signal_with_strange_contents_is_passed_over,
                                     setup,
                                     teardown),
    cmocka_unit_test_setup_teardown (idleness_is_counted_in_seconds_and_a_touch_starts_it_anew,
                                     setup,
                                     teardown),
    cmocka_unit_test_setup_teardown (zero_seconds_is_never_and_stopped_is_silent, setup, teardown),
  };

  int failed;

  start_bus ();
  if (!wb_test_ui_init ()) {
    stop_bus ();
    return 77; /* Meson: skipped */
  }
  failed = cmocka_run_group_tests_name ("lock-watch", tests, NULL, NULL);
  stop_bus ();
  return failed;
}
