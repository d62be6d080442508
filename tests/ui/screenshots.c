/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Pictures of the real window over a real register, for the eye and for the manual:
 * screenshots FOLDER REGISTER EMPTY-REGISTER USER PASSPHRASE-FILE [VARIANT [cases|story]]. Not a
 * test; the language is the process's own. With "cases" of the list of cases only, with "story" of
 * one case as a story and an entry of it that is checked.
 */
#include <locale.h>

#include "wb-allegation-page.h"
#include "wb-backup-dialog.h"
#include "wb-case-item.h"
#include "wb-case-page.h"
#include "wb-cases-page.h"
#include "wb-clock-act-dialog.h"
#include "wb-colleague-dialog.h"
#include "wb-deadline-row.h"
#include "wb-evidence-facts.h"
#include "wb-evidence-page.h"
#include "wb-export-dialog.h"
#include "wb-list-export-dialog.h"
#include "wb-preferences.h"
#include "wb-record-dialog.h"
#include "wb-record-form.h"
#include "wb-test-ui.h"
#include "wb-today-page.h"
#include "wb-today-row.h"
#include "wb-ui.h"
#include "wb-unlock-page.h"
#include "wb-view-child.h"
#include "wb-visit-page.h"

#define SETTLE_MS 350
#define TRIES 5
#define FONT "Cantarell 11" /* as on a GNOME desktop: what fits in a smaller one tells nothing */
#define DPI_UNIT 98304      /* 96 dots an inch, as GTK counts them */

typedef struct {
  const char *folder;
  const char *path;
  const char *empty;
  const char *user;
  char *passphrase;
  const char *variant; /* nl-light-1366 */
  const char *part;    /* (nullable): "cases", "story" */
  int width;           /* of the screen, for dialogs */
  GtkApplication *application;
  WbSettings *settings;
  WbWindow *window;
} Studio;

static void
shoot_window (Studio *studio, GtkWindow *window, const char *name)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%s-%s.png", name, studio->variant);
  g_autofree char *path = g_build_filename (studio->folder, file, NULL);
  int width = 0, height = 0;

  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  for (guint tries = 0; node == NULL && tries < TRIES; tries++) {
    g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

    wb_test_spin (SETTLE_MS);
    width = gdk_paintable_get_intrinsic_width (paintable);
    height = gdk_paintable_get_intrinsic_height (paintable);
    gdk_paintable_snapshot (paintable, snapshot, width, height);
    node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  }
  if (node == NULL)
    return;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gdk_texture_save_to_png (texture, path);
  g_print ("%s\n", path);
}

static void
shoot (Studio *studio, const char *name)
{
  shoot_window (studio, GTK_WINDOW (studio->window), name);
}

static gboolean
is_open (gpointer data)
{
  return wb_window_get_shell (((Studio *) data)->window) != NULL;
}

static gboolean
has_cases (gpointer data)
{
  GtkWidget *page = wb_shell_get_page (wb_window_get_shell (((Studio *) data)->window), 0);

  return !wb_case_list_is_loading (wb_cases_page_get_list (WB_CASES_PAGE (page)));
}

static gboolean
has_users (gpointer data)
{
  GtkWidget *page = wb_window_get_page (((Studio *) data)->window);

  return WB_IS_UNLOCK_PAGE (page) && wb_unlock_page_get_user (WB_UNLOCK_PAGE (page)) != NULL;
}

static gboolean
is_case_shown (gpointer data)
{
  GtkWidget *page = wb_shell_get_top (wb_window_get_shell (((Studio *) data)->window));

  return WB_IS_CASE_PAGE (page) && wb_case_page_get_reference (WB_CASE_PAGE (page)) != NULL;
}

static gboolean
is_form_shown (gpointer data)
{
  GtkWidget *page = wb_shell_get_top (wb_window_get_shell (((Studio *) data)->window));

  return WB_IS_ALLEGATION_PAGE (page) && wb_allegation_page_is_ready (WB_ALLEGATION_PAGE (page));
}

static void
act (Studio *studio, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (studio->window), action, NULL);
}

static void
unlock (Studio *studio)
{
  GtkWidget *page = wb_window_get_page (studio->window);
  GtkEditable *entry = wb_test_find_passphrase (page);

  wb_test_wait (has_users, studio, "users");
  gtk_editable_set_text (GTK_EDITABLE (entry), studio->passphrase);
  gtk_widget_activate_action (page, "unlock.unlock", NULL);
  wb_test_wait (is_open, studio, "open");
  wb_test_spin (SETTLE_MS); /* the window may begin with the day */
  act (studio, "win.show-cases");
  wb_test_wait (has_cases, studio, "cases");
}

static void
expand_all (GtkWidget *root, guint at_most)
{
  static guint left;

  if (at_most > 0)
    left = at_most;
  if (ADW_IS_EXPANDER_ROW (root) && left > 0) {
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (root), TRUE);
    left--;
  }
  if (WB_IS_DEADLINE_ROW (root) && left > 0) {
    wb_deadline_row_set_opened (WB_DEADLINE_ROW (root), TRUE);
    left--;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    expand_all (child, 0);
}

/* Pages hold others that are not shown now. */
static GtkWidget *
find_shown_scroller (GtkWidget *root)
{
  if (GTK_IS_SCROLLED_WINDOW (root) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_shown_scroller (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
scroll (GtkWidget *page, double share)
{
  GtkWidget *scroller = NULL;
  GtkAdjustment *adjustment;

  wb_test_spin (SETTLE_MS);
  scroller = find_shown_scroller (page);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, share * gtk_adjustment_get_upper (adjustment));
}

static void
shoot_case (Studio *studio, guint position, const char *name)
{
  WbShell *shell = wb_window_get_shell (studio->window);
  GtkWidget *page = wb_shell_get_page (shell, 0);
  WbCaseList *list = wb_cases_page_get_list (WB_CASES_PAGE (page));
  g_autoptr (WbCaseItem) item = g_list_model_get_item (G_LIST_MODEL (list), position);
  g_autofree char *opened = g_strconcat (name, "-opened", NULL);
  g_autofree char *end = g_strconcat (name, "-end", NULL);
  g_autofree char *below = g_strconcat (name, "-below", NULL);

  if (item == NULL)
    return;
  g_signal_emit_by_name (page, "case-activated", wb_case_item_get_id (item));
  wb_test_wait (is_case_shown, studio, "case");
  shoot (studio, name);
  scroll (wb_shell_get_top (shell), 1);
  shoot (studio, end);
  scroll (wb_shell_get_top (shell), 0);
  expand_all (wb_shell_get_top (shell), 30);
  shoot (studio, opened);
  scroll (wb_shell_get_top (shell), 0.5);
  shoot (studio, below);
  act (studio, "win.back");
}

/* The first file of a kind, on the register's thread: data is the kind. */
static gpointer
find_file_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbCaseQuery query = { .sort = WB_CASE_SORT_REFERENCE };
  g_autoptr (GPtrArray) cases = wb_register_list_cases (reg, &query, 0, 100, error);

  for (guint i = 0; cases != NULL && i < cases->len; i++) {
    const WbCaseRow *row = g_ptr_array_index (cases, i);
    g_autoptr (GPtrArray) records = wb_register_read_case (reg, row->id, NULL);

    for (guint k = 0; records != NULL && k < records->len; k++) {
      const WbEvidenceFacts facts = { .record = g_ptr_array_index (records, k) };

      if (g_str_equal (facts.record->type, "evidence") &&
          g_strcmp0 (wb_evidence_facts_get_viewer (&facts), data) == 0)
        return g_strdup (facts.record->id);
    }
  }
  return g_strdup ("");
}

static void
file_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = wb_session_call_finish (WB_SESSION (source), result, NULL);
}

static gboolean
is_found (gpointer data)
{
  return *(char **) data != NULL;
}

static gboolean
is_file_shown (gpointer data)
{
  GtkWidget *page = wb_shell_get_top (wb_window_get_shell (((Studio *) data)->window));

  return WB_IS_EVIDENCE_PAGE (page) &&
         !g_str_equal (wb_evidence_page_get_state (WB_EVIDENCE_PAGE (page)), "loading");
}

static void
shoot_evidence (Studio *studio)
{
  static const char *const kinds[] = { "image", "pdf", "sound", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *name = g_strconcat ("evidence-", kinds[i], NULL);
    g_autofree char *facts = g_strconcat (name, "-facts", NULL);
    g_autofree char *id = NULL;

    wb_session_call_async (wb_window_get_session (studio->window),
                           find_file_call,
                           (gpointer) kinds[i],
                           NULL,
                           g_free,
                           NULL,
                           file_found_cb,
                           &id);
    wb_test_wait (is_found, &id, "a file");
    if (*id == '\0')
      continue;
    gtk_widget_activate_action (GTK_WIDGET (studio->window), "win.view-evidence", "s", id);
    wb_test_wait (is_file_shown, studio, kinds[i]);
    shoot (studio, name);
    if (i == 0) {
      gtk_widget_activate_action (wb_shell_get_top (wb_window_get_shell (studio->window)),
                                  "evidence.facts",
                                  NULL);
      shoot (studio, facts);
    }
    act (studio, "win.back");
  }
}

static gboolean
has_day (gpointer data)
{
  GtkWidget *page = wb_shell_get_page (wb_window_get_shell (((Studio *) data)->window), 0);

  return WB_IS_TODAY_PAGE (page) && !wb_today_page_is_loading (WB_TODAY_PAGE (page));
}

static void shoot_dialog (Studio *studio, GtkWidget *dialog, const char *name);

static void
shoot_today (Studio *studio)
{
  GtkWidget *page, *row;

  act (studio, "win.show-today");
  wb_test_wait (has_day, studio, "today");
  shoot (studio, "today");
  page = wb_shell_get_page (wb_window_get_shell (studio->window), 0);
  row = wb_test_find (page, WB_TYPE_TODAY_ROW, NULL);
  if (row != NULL) {
    const WbTodayDeadline *deadline = wb_today_row_get_deadline (WB_TODAY_ROW (row));

    wb_today_row_set_opened (WB_TODAY_ROW (row), TRUE);
    shoot (studio, "today-opened");
    shoot_dialog (studio,
                  wb_clock_act_dialog_new (wb_window_get_session (studio->window),
                                           deadline->case_id,
                                           deadline->record_id,
                                           deadline->rule,
                                           wb_deadline_item_get_title (deadline->item),
                                           "clockact.suspend"),
                  "today-act");
  }
  act (studio, "win.show-cases");
}

static void
shoot_cases (Studio *studio)
{
  GtkWidget *page = wb_shell_get_page (wb_window_get_shell (studio->window), 0);
  WbSession *session = wb_window_get_session (studio->window);
  WbCaseList *list = wb_cases_page_get_list (WB_CASES_PAGE (page));

  shoot (studio, "cases");
  gtk_widget_activate_action (page, "cases.select-all", NULL);
  shoot (studio, "cases-selected");
  g_object_set (page, "selecting", FALSE, "order", "law", NULL);
  shoot (studio, "cases-ordered");
  g_object_set (page, "order", "deadline", NULL);
  shoot_dialog (studio, wb_list_export_dialog_new (session, list, NULL, 1), "cases-export");
}

/* No wider than the screen, as the desktop would have it; consumes @dialog. */
static void
shoot_dialog (Studio *studio, GtkWidget *dialog, const char *name)
{
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (dialog), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (dialog), MIN (width, studio->width), height);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (studio->window));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_test_widget_wait_for_draw (dialog);
  shoot_window (studio, GTK_WINDOW (dialog), name);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
shoot_preferences (Studio *studio)
{
  static const char *const pages[] = { "register", "lists" };
  WbSession *session = wb_window_get_session (studio->window);

  shoot_dialog (studio, wb_preferences_new (studio->settings, session), "preferences");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    GtkWidget *preferences = wb_preferences_new (studio->settings, session);
    g_autofree char *name = g_strconcat ("preferences-", pages[i], NULL);

    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), pages[i]);
    shoot_dialog (studio, preferences, name);
  }
  shoot_dialog (studio, wb_colleague_dialog_new (session), "colleague");
  shoot_dialog (studio, wb_backup_dialog_new (session), "backup");
  shoot_dialog (studio,
                wb_record_dialog_new (session, wb_model_get_default (NULL), "holiday", NULL),
                "holiday");
}

static void
shoot_dialogs (Studio *studio)
{
  WbSession *session = wb_window_get_session (studio->window);

  shoot_dialog (studio, wb_export_dialog_new (session, "x", "NL-DEMO-2026-0001"), "export");
  shoot_preferences (studio);
}

static void
fill_form (GtkWidget *form)
{
  static const char fields[] =
      "{\"account\":\"Zegt dat hij bij het afnemen van de vingerafdrukken is geduwd en daarna "
      "ruim een uur zonder uitleg in een kamer zonder daglicht heeft gezeten.\","
      "\"acts\":[\"act.force.excessive\",\"act.detention.overlong\"],"
      "\"when\":\"2026-07-18T20:15\",\"until\":\"31-2-2026\",\"anonymous\":true,"
      "\"rights\":[\"right.charter.4\",\"right.charter.24\"],\"language\":\"tir\","
      "\"site\":\"site.schiphol.jcs\"}";
  g_autoptr (JsonNode) node = json_from_string (fields, NULL);

  wb_record_form_set_values (WB_RECORD_FORM (form), json_node_get_object (node));
}

static void
shoot_form (Studio *studio)
{
  GtkWidget *page;

  act (studio, "win.new-allegation");
  wb_test_wait (is_form_shown, studio, "form");
  page = wb_shell_get_top (wb_window_get_shell (studio->window));
  shoot (studio, "allegation-empty");
  fill_form (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (page)));
  shoot (studio, "allegation");
  expand_all (page, 30);
  scroll (page, 0.08);
  shoot (studio, "allegation-opened");
  scroll (page, 0.16);
  shoot (studio, "allegation-consent");
  scroll (page, 0.3);
  shoot (studio, "allegation-middle");
  act (studio, "win.back");
}

static void
open_window (Studio *studio, int width, int height)
{
  studio->window = WB_WINDOW (wb_window_new (studio->application, studio->settings));
  studio->width = width;
  gtk_window_set_default_size (GTK_WINDOW (studio->window), width, height);
  gtk_window_present (GTK_WINDOW (studio->window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (studio->window));
}

static void
close_window (Studio *studio)
{
  wb_window_lock (studio->window);
  wb_test_wait (has_users, studio, "lock");
  gtk_window_destroy (GTK_WINDOW (studio->window));
  wb_test_spin (SETTLE_MS);
}

static void
make_visit (Studio *studio)
{
  g_autoptr (GPtrArray) made = wb_test_record (
      wb_window_get_session (studio->window),
      "[{\"type\":\"visit\",\"handle\":\"@v\",\"fields\":{\"title\":\"Justitieel Complex, vleugel "
      "C\","
      "\"site\":\"site.schiphol.jcs\",\"announced\":false,\"started\":\"2026-11-24T09:00\","
      "\"stages\":[\"stage.border.detention\"]}},"
      "{\"type\":\"observation\",\"fields\":{\"visit\":\"@v\",\"when\":\"2026-11-24T09:20\","
      "\"text\":\"De klachtenbus hangt achter een gesloten deur.\"}},"
      "{\"type\":\"sample\",\"fields\":{\"visit\":\"@v\",\"what\":\"cellen van vleugel C\","
      "\"population\":40,\"size\":5}}]");
  const WbRecord *visit = g_ptr_array_index (made, 0);
  GtkWidget *page = wb_visit_page_new (wb_window_get_session (studio->window), visit->id);

  wb_shell_push (wb_window_get_shell (studio->window), page);
  wb_test_spin (600);
}

static void
shoot_visit (Studio *studio)
{
  GtkWidget *page;

  make_visit (studio);
  page = wb_shell_get_top (wb_window_get_shell (studio->window));
  shoot (studio, "visit");
  scroll (page, 0.5);
  shoot (studio, "visit-middle");
  scroll (page, 1);
  shoot (studio, "visit-end");
  act (studio, "win.back");
  act (studio, "win.show-visits");
  wb_test_spin (300);
  shoot (studio, "visits");
  act (studio, "win.show-cases");
}

static void
shoot_empty (Studio *studio, int width, int height)
{
  open_window (studio, width, height);
  wb_window_open_register (studio->window, studio->empty);
  wb_test_wait (has_users, studio, "users");
  unlock (studio);
  shoot (studio, "cases-empty");
  close_window (studio);
}

static void
shoot_all (Studio *studio, int width, int height)
{
  GtkWidget *cases;

  open_window (studio, width, height);
  shoot (studio, "welcome");
  act (studio, "win.create-register");
  shoot (studio, "create");
  act (studio, "win.back");
  wb_window_open_register (studio->window, studio->path);
  wb_test_wait (has_users, studio, "users");
  shoot (studio, "unlock");
  unlock (studio);
  shoot_cases (studio);
  shoot_today (studio);
  cases = wb_shell_get_page (wb_window_get_shell (studio->window), 0);
  wb_cases_page_set_words (WB_CASES_PAGE (cases), "zzz");
  wb_test_wait (has_cases, studio, "search");
  shoot (studio, "cases-none");
  wb_cases_page_set_words (WB_CASES_PAGE (cases), "");
  wb_test_wait (has_cases, studio, "search");
  shoot_case (studio, 0, "case-0");
  shoot_case (studio, 3, "case-3");
  shoot_evidence (studio);
  shoot_form (studio);
  shoot_visit (studio);
  shoot_dialogs (studio);
  wb_window_lock (studio->window);
  wb_test_wait (has_users, studio, "lock");
  shoot (studio, "locked");
  close_window (studio);
}

static void
shoot_cases_only (Studio *studio, int width, int height)
{
  open_window (studio, width, height);
  wb_window_open_register (studio->window, studio->path);
  wb_test_wait (has_users, studio, "users");
  unlock (studio);
  shoot_cases (studio);
  close_window (studio);
}

/* The case as a story, and the check of one entry of its history. */
static void
shoot_story (Studio *studio)
{
  WbShell *shell = wb_window_get_shell (studio->window);
  GtkWidget *cases = wb_shell_get_page (shell, 0);
  WbCaseList *list = wb_cases_page_get_list (WB_CASES_PAGE (cases));
  g_autoptr (WbCaseItem) item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  GtkWidget *page, *dialog;

  g_signal_emit_by_name (cases, "case-activated", wb_case_item_get_id (item));
  wb_test_wait (is_case_shown, studio, "case");
  page = wb_shell_get_top (shell);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (wb_test_find (page, GTK_TYPE_TOGGLE_BUTTON, "story")),
      TRUE);
  wb_test_spin (500);
  shoot (studio, "story");
  gtk_widget_activate_action (page, "case.check-entry", "t", (guint64) 3);
  wb_test_spin (1000);
  dialog = GTK_WIDGET (wb_test_find_dialog ());
  if (dialog == NULL)
    return;
  shoot_window (studio, GTK_WINDOW (dialog), "entry-check");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
shoot_story_only (Studio *studio, int width, int height)
{
  open_window (studio, width, height);
  wb_window_open_register (studio->window, studio->path);
  wb_test_wait (has_users, studio, "users");
  unlock (studio);
  act (studio, "win.show-cases");
  wb_test_wait (has_cases, studio, "cases");
  shoot_story (studio);
  close_window (studio);
}

static void
shoot_variants (Studio *studio, const char *only)
{
  static const struct {
    const char *name;
    AdwColorScheme scheme;
    int width, height;
    double text; /* as the desktop's accessibility setting scales it */
  } variants[] = {
    { "light-1366", ADW_COLOR_SCHEME_FORCE_LIGHT, 1366, 768, 1 },
    { "light-1280", ADW_COLOR_SCHEME_FORCE_LIGHT, 1280, 800, 1 },
    { "light-360", ADW_COLOR_SCHEME_FORCE_LIGHT, 360, 720, 1 },
    { "dark-1366", ADW_COLOR_SCHEME_FORCE_DARK, 1366, 768, 1 },
    { "dark-1280", ADW_COLOR_SCHEME_FORCE_DARK, 1280, 800, 1 },
    { "dark-360", ADW_COLOR_SCHEME_FORCE_DARK, 360, 720, 1 },
    { "large-1366", ADW_COLOR_SCHEME_FORCE_LIGHT, 1366, 768, 1.5 },
    { "large-360", ADW_COLOR_SCHEME_FORCE_LIGHT, 360, 720, 1.5 },
    { "twice-1280", ADW_COLOR_SCHEME_FORCE_LIGHT, 1280, 800, 2 },
    { "twice-360", ADW_COLOR_SCHEME_FORCE_DARK, 360, 720, 2 },
  };
  GtkSettings *settings = gtk_settings_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (variants); i++) {
    g_autofree char *variant =
        g_strdup_printf ("%s-%s", wb_language_code (wb_language_current ()), variants[i].name);

    if (only != NULL && *only != 0 && strstr (variant, only) == NULL)
      continue;
    studio->variant = variant;
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), variants[i].scheme);
    g_object_set (settings, "gtk-xft-dpi", (int) (DPI_UNIT * variants[i].text), NULL);
    if (g_strcmp0 (studio->part, "cases") == 0) {
      shoot_cases_only (studio, variants[i].width, variants[i].height);
      continue;
    }
    if (g_strcmp0 (studio->part, "story") == 0) {
      shoot_story_only (studio, variants[i].width, variants[i].height);
      continue;
    }
    shoot_all (studio, variants[i].width, variants[i].height);
    shoot_empty (studio, variants[i].width, variants[i].height);
  }
}

int
main (int argc, char **argv)
{
  Studio studio = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *program = NULL;

  if (argc < 6) {
    g_printerr ("screenshots FOLDER REGISTER EMPTY-REGISTER USER PASSPHRASE-FILE [VARIANT]\n");
    return 2;
  }
  setlocale (LC_ALL, "");
  texts =
      g_build_filename (g_getenv ("WAARBORG_BUILD") != NULL ? g_getenv ("WAARBORG_BUILD") : "build",
                        "po",
                        NULL);
  bindtextdomain (GETTEXT_PACKAGE, texts);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  if (!wb_test_ui_init ())
    return 77;
  g_object_set (gtk_settings_get_default (),
                "gtk-decoration-layout",
                "appmenu:close",
                "gtk-font-name",
                FONT,
                NULL);
  program =
      g_build_filename (g_getenv ("WAARBORG_BUILD") != NULL ? g_getenv ("WAARBORG_BUILD") : "build",
                        "view",
                        "waarborg-view",
                        NULL);
  wb_view_child_set_program (program);
  studio.folder = argv[1];
  studio.path = argv[2];
  studio.empty = argv[3];
  studio.user = argv[4];
  if (!g_file_get_contents (argv[5], &studio.passphrase, NULL, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  g_strchomp (studio.passphrase);
  (void) g_mkdir_with_parents (studio.folder, 0700);
  studio.settings = wb_settings_new ();
  studio.application =
      GTK_APPLICATION (adw_application_new ("org.waarborg.Screenshots", G_APPLICATION_NON_UNIQUE));
  (void) g_application_register (G_APPLICATION (studio.application), NULL, NULL);
  studio.part = argc > 7 ? argv[7] : NULL;
  shoot_variants (&studio, argc > 6 ? argv[6] : NULL);
  return 0;
}
