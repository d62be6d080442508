/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What a screen reader meets: the real program, asked over the accessibility bus. On each page
 * every control that can have the focus has a role and a name, Tab comes round, and a passphrase is
 * not told.
 */
#include "wb-test.h"

#include <atspi/atspi.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

/* libatspi 2.46 has none. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiAccessible, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtspiStateSet, g_object_unref)

#define PATIENCE 20000 /* ms that a page may take on a slow machine */
#define STEP 50        /* ms between two looks */
#define TABS_MAX 60    /* more stops than the pages without a register have */
#define DEPTH_MAX 80   /* of nested widgets */
#define PASSPHRASE "vier losse woorden hier"

static struct {
  char *folder, *reg, *secret;
  GSubprocess *program;
} world;

typedef gboolean (*Look) (AtspiAccessible *node, gpointer data);

static void
spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (2000);
  }
}

static gboolean
has_state (AtspiAccessible *node, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, state);
}

/* Depth first, over what shows; ends with the first node for which @look is TRUE. */
static AtspiAccessible *
walk (AtspiAccessible *node, Look look, gpointer data, int depth)
{
  int n = atspi_accessible_get_child_count (node, NULL);

  if (look (node, data))
    return g_object_ref (node);
  for (int i = 0; depth < DEPTH_MAX && i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
    AtspiAccessible *found = NULL;

    if (child != NULL && has_state (child, ATSPI_STATE_VISIBLE))
      found = walk (child, look, data, depth + 1);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static AtspiAccessible *
find_program (void)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n = atspi_accessible_get_child_count (desktop, NULL);

  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
    g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

    if (name != NULL && strstr (name, "aarborg") != NULL)
      return g_steal_pointer (&child);
  }
  return NULL;
}

/* The window that has the keyboard: the newest. */
static AtspiAccessible *
find_window (void)
{
  g_autoptr (AtspiAccessible) program = find_program ();
  int n = program != NULL ? atspi_accessible_get_child_count (program, NULL) : 0;
  AtspiAccessible *window = NULL;

  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (program, i, NULL);

    if (child == NULL || !has_state (child, ATSPI_STATE_VISIBLE))
      continue;
    if (window == NULL || has_state (child, ATSPI_STATE_ACTIVE))
      g_set_object (&window, child);
  }
  return window;
}

static gboolean
is_named (AtspiAccessible *node, gpointer data)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  return g_strcmp0 (name, data) == 0;
}

static void
await (const char *name)
{
  for (int waited = 0; waited < PATIENCE; waited += STEP) {
    g_autoptr (AtspiAccessible) window = find_window ();
    g_autoptr (AtspiAccessible) found =
        window != NULL ? walk (window, is_named, (gpointer) name, 0) : NULL;

    if (found != NULL)
      return;
    spin (STEP);
  }
  fail_msg ("“%s” did not appear", name);
}

/* Where GTK has no name it tells the type of the widget, which is none. */
static gboolean
is_nameless (const char *name)
{
  return name == NULL || *name == '\0' || g_str_has_prefix (name, "Gtk") ||
         g_str_has_prefix (name, "Adw") || g_str_has_prefix (name, "Wb");
}

static gboolean
is_control (AtspiRole role)
{
  switch ((int) role) {
  case ATSPI_ROLE_PUSH_BUTTON:
  case ATSPI_ROLE_TOGGLE_BUTTON:
  case ATSPI_ROLE_CHECK_BOX:
  case ATSPI_ROLE_RADIO_BUTTON:
  case ATSPI_ROLE_TEXT:
  case ATSPI_ROLE_ENTRY:
  case ATSPI_ROLE_PASSWORD_TEXT:
  case ATSPI_ROLE_COMBO_BOX:
  case ATSPI_ROLE_SPIN_BUTTON:
  case ATSPI_ROLE_LINK:
  case ATSPI_ROLE_SLIDER:
    return TRUE;
  default:
    return FALSE;
  }
}

typedef struct {
  GString *faults;
  guint n;
} Audit;

/* GTK 4.8 calls pages visible that were never shown; those have no size. */
static gboolean
has_size (AtspiAccessible *node)
{
  AtspiComponent *component = atspi_accessible_get_component_iface (node);
  AtspiRect *rect = component != NULL
                        ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL)
                        : NULL;
  gboolean sized = rect != NULL && rect->width > 0 && rect->height > 0;

  g_free (rect);
  g_clear_object (&component);
  return sized;
}

static gboolean
audit_look (AtspiAccessible *node, gpointer data)
{
  Audit *audit = data;
  AtspiRole role = atspi_accessible_get_role (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *role_name = atspi_accessible_get_role_name (node, NULL);

  if (!has_state (node, ATSPI_STATE_FOCUSABLE))
    return FALSE;
  if (role == ATSPI_ROLE_INVALID || role == ATSPI_ROLE_UNKNOWN)
    g_string_append_printf (audit->faults, "  no role: “%s”\n", name);
  if (!is_control (role) || !has_size (node))
    return FALSE;
  audit->n++;
  if (is_nameless (name))
    g_string_append_printf (audit->faults, "  no name: a %s (“%s”)\n", role_name, name);
  return FALSE;
}

static void
audit (const char *page, guint least)
{
  g_autoptr (AtspiAccessible) window = find_window ();
  g_autoptr (GString) faults = g_string_new (NULL);
  g_autoptr (AtspiAccessible) none = NULL;
  Audit result = { faults, 0 };

  none = walk (window, audit_look, &result, 0);
  assert_null (none);
  wb_test_count (page, result.n);
  if (faults->len > 0)
    fail_msg ("%s:\n%s", page, faults->str);
  assert_true (result.n >= least);
}

static void
press (guint keysym)
{
  assert_true (atspi_generate_keyboard_event (keysym, NULL, ATSPI_KEY_SYM, NULL));
  spin (2 * STEP);
}

static void
type (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    assert_true (atspi_generate_keyboard_event (*c, NULL, ATSPI_KEY_SYM, NULL));
  spin (10 * STEP);
}

static gboolean
is_focused (AtspiAccessible *node, gpointer data)
{
  return has_state (node, ATSPI_STATE_FOCUSED);
}

/* The name of what has the focus; an entry row keeps the focus inside and tells none. */
static char *
dup_focus (void)
{
  g_autoptr (AtspiAccessible) window = find_window ();
  g_autoptr (AtspiAccessible) focus = window != NULL ? walk (window, is_focused, NULL, 0) : NULL;

  return focus != NULL ? atspi_accessible_get_name (focus, NULL) : NULL;
}

/* Tab leads round: more than one stop is met, and the first of them again. */
static void
check_tab (const char *page)
{
  g_autoptr (GHashTable) stops = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = NULL;

  for (int i = 0; i < TABS_MAX; i++) {
    g_autofree char *name = NULL;

    press (0xff09);
    name = dup_focus ();
    if (name == NULL || *name == '\0')
      continue;
    if (first != NULL && g_str_equal (first, name) && g_hash_table_size (stops) > 1)
      return;
    if (first == NULL)
      first = g_strdup (name);
    g_hash_table_add (stops, g_steal_pointer (&name));
  }
  fail_msg ("%s: Tab met %u stops and did not come round", page, g_hash_table_size (stops));
}

static gboolean
tells_secret (AtspiAccessible *node, gpointer data)
{
  AtspiText *text = atspi_accessible_get_text_iface (node);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *told =
      text != NULL ? atspi_text_get_text (text, 0, (int) strlen (PASSPHRASE), NULL) : NULL;

  g_clear_object (&text);
  return (told != NULL && strstr (told, "vier") != NULL) ||
         (name != NULL && strstr (name, "vier") != NULL);
}

static void
start (const char *reg)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborg", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "atspi", TRUE);
  world.program = g_subprocess_launcher_spawn (launcher, NULL, path, reg, NULL);
  assert_non_null (world.program);
}

static void
stop (void)
{
  if (world.program == NULL)
    return;
  g_subprocess_force_exit (world.program);
  g_subprocess_wait (world.program, NULL, NULL);
  g_clear_object (&world.program);
  spin (500);
}

static int
stop_program (void **state)
{
  stop ();
  return 0;
}

static void
make_register (void)
{
  g_autofree char *ctl = g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL);
  g_autoptr (GSubprocess) made = NULL;

  assert_true (g_file_set_contents (world.secret, PASSPHRASE "\n", -1, NULL));
  made = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           NULL,
                           ctl,
                           "create",
                           world.reg,
                           "--body",
                           "Inspectie X",
                           "--code",
                           "NL-X",
                           "--user",
                           "anna",
                           "--independent",
                           "--passphrase-file",
                           world.secret,
                           NULL);
  assert_true (g_subprocess_wait_check (made, NULL, NULL));
}

static void
before_a_register_every_control_has_a_name_and_tab_comes_round (void **state)
{
  start (NULL);
  await ("Main Menu");
  spin (1000);
  audit ("names-welcome", 3);
  check_tab ("welcome");
}

static void
unlock (void)
{
  start (world.reg);
  await ("Passphrase");
  spin (2000);
  audit ("names-unlock", 3);
  type (PASSPHRASE);
}

static void
the_passphrase_is_typed_and_not_told (void **state)
{
  gboolean told;

  unlock ();
  {
    g_autoptr (AtspiAccessible) window = find_window ();
    g_autoptr (AtspiAccessible) node = walk (window, tells_secret, NULL, 0);

    told = node != NULL;
  }
  assert_false (told);
}

static void
the_cases_and_the_form_have_names (void **state)
{
  unlock ();
  press (0xff0d);
  await ("Lock");
  spin (1000);
  audit ("names-cases", 10);
  press (0xffbf); /* F2 */
  await ("Record");
  spin (1000);
  audit ("names-form", 10);
}

static int
setup (void **state)
{
  if (wb_test_folder_setup (state) != 0)
    return -1;
  world.folder = *state;
  world.reg = g_build_filename (world.folder, "n.waarborg", NULL);
  world.secret = g_build_filename (world.folder, "secret", NULL);
  make_register ();
  return atspi_init () == 0 ? 0 : -1;
}

static int
teardown (void **state)
{
  stop ();
  g_free (world.reg);
  g_free (world.secret);
  return wb_test_folder_teardown (state);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_teardown (before_a_register_every_control_has_a_name_and_tab_comes_round,
                               stop_program),
    cmocka_unit_test_teardown (the_passphrase_is_typed_and_not_told, stop_program),
    cmocka_unit_test_teardown (the_cases_and_the_form_have_names, stop_program),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
