/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The real program, led by keys alone and read over the accessibility bus, as who cannot see it
 * does. Names are looked for, never places; everything is waited for, nothing is slept for.
 */
#include "wb-journey.h"

#include <gio/gio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "wb-i18n.h"

#define PATIENCE 20000 /* ms that a page may take on a slow machine */
#define STEP 20        /* ms between two looks */
#define SETTLE 400     /* ms in which a key moves the focus */
#define STOPS_MAX 90   /* more than any page has between two of its controls */
#define DEPTH_MAX 80   /* of nested widgets */
#define TEXT_MAX 20000 /* characters of one field */

static struct {
  char *folder;
  GSubprocess *program;
  AtspiEventListener *listener;
  AtspiAccessible *focus; /* (nullable): what told last that it has it */
  guint moves;            /* of the focus */
  gboolean lost; /* a journey went wrong; the ones after it start where it should have ended */
} world;

void
wb_journey_spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  do {
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_usleep (2000);
  } while (g_get_monotonic_time () < end);
}

gboolean
wb_journey_state (AtspiAccessible *node, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, state);
}

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

/* Depth first, over what shows; ends with the first node for which @look is TRUE. */
static AtspiAccessible *
walk (AtspiAccessible *node, WbJourneyLook look, gpointer data, int depth)
{
  int n;

  if (look (node, data))
    return g_object_ref (node);
  n = atspi_accessible_get_child_count (node, NULL);
  for (int i = 0; depth < DEPTH_MAX && i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
    AtspiAccessible *found = NULL;

    if (child != NULL && wb_journey_state (child, ATSPI_STATE_VISIBLE))
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

  for (int i = n - 1; i >= 0; i--) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);
    g_autofree char *name = child != NULL ? atspi_accessible_get_name (child, NULL) : NULL;

    if (name != NULL && strstr (name, "aarborg") != NULL)
      return g_steal_pointer (&child);
  }
  return NULL;
}

/* The window that has the keyboard; else the newest. */
AtspiAccessible *
wb_journey_window (void)
{
  g_autoptr (AtspiAccessible) program = find_program ();
  int n = program != NULL ? atspi_accessible_get_child_count (program, NULL) : 0;
  AtspiAccessible *window = NULL;
  gboolean active = FALSE;

  for (int i = 0; i < n; i++) {
    g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (program, i, NULL);
    gboolean is_active;

    if (child == NULL || !wb_journey_state (child, ATSPI_STATE_VISIBLE))
      continue;
    is_active = wb_journey_state (child, ATSPI_STATE_ACTIVE);
    if (!active || is_active) {
      g_set_object (&window, child);
      active = active || is_active;
    }
  }
  return window;
}

AtspiAccessible *
wb_journey_find (WbJourneyLook look, gpointer data)
{
  g_autoptr (AtspiAccessible) window = wb_journey_window ();

  return window != NULL ? walk (window, look, data, 0) : NULL;
}

/* Mnemonics are told with their underscore by some widgets and without by others. */
static char *
dup_plain (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("", parts);
}

/* A star at the end stands for whatever follows. */
static gboolean
is_same (const char *name, const char *wanted)
{
  g_autofree char *a = name != NULL ? dup_plain (name) : NULL;
  g_autofree char *b = dup_plain (wanted);
  gsize length = strlen (b);

  if (a != NULL && length > 0 && b[length - 1] == '*')
    return strncmp (a, b, length - 1) == 0;
  return g_strcmp0 (a, b) == 0;
}

static char *
dup_contents (AtspiAccessible *node)
{
  AtspiText *text = atspi_accessible_get_text_iface (node);
  int n = text != NULL ? atspi_text_get_character_count (text, NULL) : 0;
  char *contents = text != NULL ? atspi_text_get_text (text, 0, MIN (n, TEXT_MAX), NULL) : NULL;

  g_clear_object (&text);
  return contents;
}

/* Where GTK has no name it tells the type of the widget. */
static gboolean
is_type (const char *name)
{
  return name != NULL && (g_str_has_prefix (name, "Gtk") || g_str_has_prefix (name, "Adw") ||
                          g_str_has_prefix (name, "Wb"));
}

static gboolean
print_look (AtspiAccessible *node, gpointer data)
{
  g_autofree char *role = atspi_accessible_get_role_name (node, NULL);
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *told = dup_contents (node);

  if (!has_size (node) || is_type (name))
    return FALSE;
  if ((name != NULL && *name != '\0') || wb_journey_state (node, ATSPI_STATE_FOCUSED))
    print_message ("  %s “%s”%s%s%s\n",
                   role,
                   name,
                   told != NULL && g_strcmp0 (told, name) != 0 ? " = " : "",
                   told != NULL && g_strcmp0 (told, name) != 0 ? told : "",
                   wb_journey_state (node, ATSPI_STATE_FOCUSED) ? "  <- focus" : "");
  return FALSE;
}

void
wb_journey_print_tree (void)
{
  g_autoptr (AtspiAccessible) window = wb_journey_window ();
  g_autoptr (AtspiAccessible) none = NULL;

  if (window == NULL)
    print_message ("  (no window)\n");
  else
    none = walk (window, print_look, NULL, 0);
}

typedef struct {
  AtspiRole role;
  const char *name;
} Wanted;

static gboolean
is_wanted (AtspiAccessible *node, gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *name = atspi_accessible_get_name (node, NULL);

  return is_same (name, wanted->name) &&
         (wanted->role == WB_JOURNEY_ANY ||
          atspi_accessible_get_role (node, NULL) == wanted->role) &&
         has_size (node);
}

static gboolean
has_part (AtspiAccessible *node, gpointer data)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  g_autofree char *told = NULL;

  if (name != NULL && strstr (name, data) != NULL)
    return has_size (node);
  told = dup_contents (node);
  return told != NULL && strstr (told, data) != NULL && has_size (node);
}

gboolean
wb_journey_has (AtspiRole role, const char *name)
{
  Wanted wanted = { role, name };
  g_autoptr (AtspiAccessible) found = wb_journey_find (is_wanted, &wanted);

  return found != NULL;
}

gboolean
wb_journey_shows (const char *part)
{
  g_autoptr (AtspiAccessible) found = wb_journey_find (has_part, (gpointer) part);

  return found != NULL;
}

static void
give_up (const char *what, const char *name)
{
  g_autofree char *focus = wb_journey_dup_focus ();

  print_message ("The focus is at “%s”, and this shows:\n", focus != NULL ? focus : "");
  wb_journey_print_tree ();
  world.lost = TRUE;
  fail_msg ("“%s” %s", name, what);
}

void
wb_journey_await (AtspiRole role, const char *name)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_MILLISECOND;

  while (!wb_journey_has (role, name)) {
    if (g_get_monotonic_time () > end)
      give_up ("did not appear", name);
    wb_journey_spin (STEP);
  }
}

void
wb_journey_await_part (const char *part)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_MILLISECOND;

  while (!wb_journey_shows (part)) {
    if (g_get_monotonic_time () > end)
      give_up ("did not appear", part);
    wb_journey_spin (STEP);
  }
}

void
wb_journey_await_gone (const char *name)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_MILLISECOND;

  while (wb_journey_has (WB_JOURNEY_ANY, name)) {
    if (g_get_monotonic_time () > end)
      give_up ("did not go", name);
    wb_journey_spin (STEP);
  }
}

static void
focus_cb (AtspiEvent *event, void *data)
{
  if (event->detail1 != 0) {
    g_set_object (&world.focus, event->source);
    world.moves++;
  } else if (event->source == world.focus) {
    g_clear_object (&world.focus);
  }
  g_boxed_free (ATSPI_TYPE_EVENT, event);
}

static gboolean
is_focused (AtspiAccessible *node, gpointer data)
{
  return wb_journey_state (node, ATSPI_STATE_FOCUSED);
}

/* The name of what has the focus. What a new window begins with is not told, only asked. */
char *
wb_journey_dup_focus (void)
{
  wb_journey_spin (0);
  if (world.focus == NULL)
    world.focus = wb_journey_find (is_focused, NULL);
  return world.focus != NULL ? atspi_accessible_get_name (world.focus, NULL) : NULL;
}

static gboolean
is_at (const char *name)
{
  g_autofree char *focus = wb_journey_dup_focus ();

  return focus != NULL && is_same (focus, name);
}

void
wb_journey_await_focus (const char *name)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_MILLISECOND;

  while (!is_at (name)) {
    if (g_get_monotonic_time () > end)
      give_up ("did not get the focus", name);
    wb_journey_spin (STEP);
  }
}

static const struct {
  const char *name;
  guint keysym;
} modifiers[] = {
  { "<Control>", 0xffe3 },
  { "<Shift>", 0xffe1 },
  { "<Alt>", 0xffe9 },
};

static const struct {
  const char *name;
  guint keysym;
} keysyms[] = {
  { "Tab", 0xff09 },       { "Return", 0xff0d }, { "Escape", 0xff1b }, { "space", 0x0020 },
  { "Home", 0xff50 },      { "Left", 0xff51 },   { "Up", 0xff52 },     { "Right", 0xff53 },
  { "Down", 0xff54 },      { "End", 0xff57 },    { "F1", 0xffbe },     { "F2", 0xffbf },
  { "F10", 0xffc7 },       { "Delete", 0xffff }, { "comma", 0x002c },  { "question", 0x003f },
  { "BackSpace", 0xff08 },
};

static guint
find_keysym (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keysyms); i++)
    if (g_str_equal (keysyms[i].name, name))
      return keysyms[i].keysym;
  assert_int_equal (strlen (name), 1);
  return (guint) *name;
}

static void
send_key (guint keysym, AtspiKeySynthType how)
{
  assert_true (atspi_generate_keyboard_event (keysym, NULL, how, NULL));
}

/* Modifiers are held by their key codes. */
static void
hold (guint modifier, gboolean down)
{
  static const guint codes[] = { 37, 50, 64 }; /* of an X keyboard: Control, Shift, Alt */

  assert_true (atspi_generate_keyboard_event ((long) codes[modifier],
                                              NULL,
                                              down ? ATSPI_KEY_PRESS : ATSPI_KEY_RELEASE,
                                              NULL));
}

void
wb_journey_press (const char *keys)
{
  gboolean held[G_N_ELEMENTS (modifiers)] = { FALSE };
  const char *key = keys;

  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (strstr (keys, modifiers[i].name) != NULL) {
      held[i] = TRUE;
      hold (i, TRUE);
    }
  if (strrchr (keys, '>') != NULL)
    key = strrchr (keys, '>') + 1;
  send_key (find_keysym (key), ATSPI_KEY_SYM);
  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (held[i])
      hold (i, FALSE);
  wb_journey_spin (STEP);
}

void
wb_journey_type (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    send_key (*c == '\n' ? 0xff0d : g_utf8_get_char (c), ATSPI_KEY_SYM);
  wb_journey_spin (STEP);
}

/* A key, and the answer of the focus to it; none comes where there is nowhere to go. */
static void
move (const char *keys)
{
  guint moves = world.moves;
  gint64 end;

  wb_journey_press (keys);
  end = g_get_monotonic_time () + SETTLE * G_TIME_SPAN_MILLISECOND;
  while (world.moves == moves && g_get_monotonic_time () < end)
    wb_journey_spin (STEP / 4);
}

void
wb_journey_step (const char *keys, const char *name)
{
  for (int i = 0; i < STOPS_MAX; i++) {
    if (is_at (name))
      return;
    move (keys);
  }
  give_up ("was not met by the keyboard", name);
}

void
wb_journey_go (const char *name)
{
  wb_journey_await (WB_JOURNEY_ANY, name);
  wb_journey_step ("Tab", name);
}

void
wb_journey_push (const char *name)
{
  wb_journey_go (name);
  wb_journey_press ("space");
}

void
wb_journey_fill (const char *name, const char *text)
{
  wb_journey_go (name);
  wb_journey_press ("<Control>a");
  wb_journey_type (text);
}

static gboolean
is_field (AtspiAccessible *node, gpointer data)
{
  g_autofree char *name = atspi_accessible_get_name (node, NULL);
  AtspiText *text = is_same (name, data) ? atspi_accessible_get_text_iface (node) : NULL;
  gboolean is = text != NULL && atspi_accessible_get_role (node, NULL) == ATSPI_ROLE_TEXT;

  g_clear_object (&text);
  return is;
}

char *
wb_journey_dup_text (const char *name)
{
  g_autoptr (AtspiAccessible) found = wb_journey_find (is_field, (gpointer) name);

  if (found == NULL)
    give_up ("is not a field that can be read", name);
  return dup_contents (found);
}

static char *
program_path (const char *name)
{
  return g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", name, NULL);
}

void
wb_journey_start (const char *reg, const char *now)
{
  g_autofree char *path = program_path ("waarborg");
  g_autofree char *settings = wb_journey_path ("settings");
  g_autofree char *clock = now != NULL ? g_strdup_printf ("--now=%s", now) : NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  const char *argv[4] = { path };
  int n = 1;

  assert_null (world.program);
  if (clock != NULL)
    argv[n++] = clock;
  if (reg != NULL)
    argv[n++] = reg;
  g_subprocess_launcher_setenv (launcher, "GTK_A11Y", "atspi", TRUE);
  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "keyfile", TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", settings, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DOCUMENTS_DIR", world.folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "HOME", world.folder, TRUE);
  g_subprocess_launcher_set_cwd (launcher, world.folder); /* where GTK offers to save */
  world.program = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  assert_non_null (world.program);
}

/* The bus forgets a program a moment after it ended. */
static void
await_forgotten (void)
{
  for (int waited = 0; waited < PATIENCE; waited += STEP) {
    g_autoptr (AtspiAccessible) program = find_program ();

    if (program == NULL)
      return;
    wb_journey_spin (STEP);
  }
}

static void
forget (void)
{
  g_clear_object (&world.program);
  g_clear_object (&world.focus);
  await_forgotten ();
}

void
wb_journey_stop (void)
{
  if (world.program == NULL)
    return;
  g_subprocess_force_exit (world.program);
  g_subprocess_wait (world.program, NULL, NULL);
  forget ();
}

/* The setup of each: one that failed takes along those that go on from it. */
int
wb_journey_go_on (void **state)
{
  return world.lost ? -1 : 0;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *) data = g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
}

void
wb_journey_await_end (void)
{
  static gboolean ended;
  int waited = 0;

  ended = FALSE;
  g_subprocess_wait_async (world.program, NULL, ended_cb, &ended);
  for (; !ended && waited < PATIENCE; waited += STEP)
    wb_journey_spin (STEP);
  if (!ended)
    give_up ("did not end", "waarborg");
  assert_true (g_subprocess_get_successful (world.program));
  forget ();
}

void
wb_journey_ctl (const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *path = program_path ("waarborgctl");
  g_autofree char *told = NULL;
  g_autoptr (GSubprocess) program = NULL;
  va_list words;

  g_ptr_array_add (argv, path);
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  program = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               NULL);
  assert_non_null (program);
  assert_true (g_subprocess_communicate_utf8 (program, NULL, NULL, NULL, &told, NULL));
  if (!g_subprocess_get_successful (program))
    fail_msg ("waarborgctl %s: %s", first, told);
}

const char *
wb_journey_folder (void)
{
  return world.folder;
}

char *
wb_journey_path (const char *name)
{
  return g_build_filename (world.folder, name, NULL);
}

/* The same catalogues as the program's: a journey is written once. */
static void
take_language (void)
{
  g_autofree char *texts = g_build_filename (g_getenv ("WAARBORG_BUILD"), "po", NULL);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, texts);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
wb_journey_setup (void **state)
{
  if (wb_test_folder_setup (state) != 0)
    return -1;
  world.folder = *state;
  take_language ();
  if (atspi_init () != 0)
    return -1;
  world.listener = atspi_event_listener_new (focus_cb, NULL, NULL);
  return atspi_event_listener_register (world.listener, "object:state-changed:focused", NULL) ? 0
                                                                                              : -1;
}

int
wb_journey_teardown (void **state)
{
  wb_journey_stop ();
  atspi_event_listener_deregister (world.listener, "object:state-changed:focused", NULL);
  g_clear_object (&world.listener);
  return wb_test_folder_teardown (state);
}
