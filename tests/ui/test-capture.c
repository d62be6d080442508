/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Taking down an allegation by keys alone, as real key presses to the real window: account, place,
 * time, right, urgency and consent, counted. And that nothing of it is lost or made up on the way.
 */
#include "wb-test-window.h"

#include <X11/XKBlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <gdk/x11/gdkx.h>

#include "wb-allegation-page.h"
#include "wb-case-page.h"
#include "wb-consent-group.h"
#include "wb-consent.h"
#include "wb-field-row.h"
#include "wb-record-form.h"

#define KEYS_A_MINUTE 200 /* an unpractised typist: 40 words a minute */

static guint keys;

static Display *
get_display (void)
{
  return gdk_x11_display_get_xdisplay (gdk_display_get_default ());
}

static void
fake (KeySym sym, gboolean down)
{
  XTestFakeKeyEvent (get_display (), XKeysymToKeycode (get_display (), sym), down, CurrentTime);
}

static void
press_with (KeySym modifier, KeySym sym)
{
  Display *display = get_display ();
  gboolean shifted = XkbKeycodeToKeysym (display, XKeysymToKeycode (display, sym), 0, 0) != sym;

  if (modifier != 0)
    fake (modifier, TRUE);
  if (shifted)
    fake (XK_Shift_L, TRUE);
  fake (sym, TRUE);
  fake (sym, FALSE);
  if (shifted)
    fake (XK_Shift_L, FALSE);
  if (modifier != 0)
    fake (modifier, FALSE);
  XFlush (display);
  keys++;
  wb_test_spin (15);
}

static void
press (KeySym sym)
{
  press_with (0, sym);
}

/* ASCII: its keysyms are its codes. */
static void
type (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    press ((KeySym) *c);
  wb_test_spin (60);
}

/* There is no window manager that would give the window the keyboard. */
static void
take_keyboard (void)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (wb_test_window.window));

  XSetInputFocus (get_display (), gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XFlush (get_display ());
  wb_test_spin (100);
}

static WbRecordForm *
get_form (void)
{
  return WB_RECORD_FORM (wb_allegation_page_get_form (WB_ALLEGATION_PAGE (wb_test_window_top ())));
}

static void
begin (void)
{
  wb_test_window_go_to_list ();
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_spin (600); /* the page slides in */
  take_keyboard ();
}

static gpointer
consents_call (WbRegister *reg, gpointer id, GCancellable *cancellable, GError **error)
{
  return wb_register_list_consents (reg, id, wb_clock_now (), error);
}

static gpointer
read_call (WbRegister *reg, gpointer id, GCancellable *cancellable, GError **error)
{
  return wb_register_read_case (reg, id, error);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gpointer *) user_data = wb_session_call_finish (WB_SESSION (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static GPtrArray *
ask (WbSessionCall call)
{
  WbCasePage *page = WB_CASE_PAGE (wb_test_window_top ());
  gpointer result = NULL;

  wb_session_call_async (wb_window_get_session (wb_test_window.window),
                         call,
                         g_strdup (wb_case_page_get_id (page)),
                         g_free,
                         NULL,
                         NULL,
                         called_cb,
                         &result);
  wb_test_wait (is_set, &result, "the register");
  return result;
}

/* Of the case that shows: its allegation. */
static JsonObject *
dup_saved (void)
{
  g_autoptr (GPtrArray) records = ask (read_call);

  for (guint i = 0; i < records->len; i++) {
    const WbRecord *record = g_ptr_array_index (records, i);

    if (g_str_equal (record->type, "allegation"))
      return json_object_ref (record->fields);
  }
  fail_msg ("no allegation was recorded");
  return NULL;
}

static char *
dup_ledger (void)
{
  g_autoptr (GPtrArray) lines = ask (consents_call);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++) {
    const WbConsentLine *line = g_ptr_array_index (lines, i);

    g_string_append_printf (text,
                            "%s%s:%s",
                            i > 0 ? " " : "",
                            line->purpose,
                            wb_consent_standing_to_text (line->standing));
  }
  return g_string_free (text, FALSE);
}

static void
an_allegation_is_taken_down_by_keys_within_a_minute (void **state)
{
  static const char *const fields[] = { "account", "site", "when", "rights", "urgency" };
  g_autoptr (JsonObject) saved = NULL;
  g_autofree char *ledger = NULL;
  guint n = 0;

  begin ();
  keys = 0;
  type ("pushed against the wall by two guards, no doctor was called");
  press (XK_Tab);
  type ("schip");
  press (XK_Return);
  press (XK_Tab);
  type ("yesterday evening");
  press (XK_Tab);
  type ("torture");
  press (XK_Return);
  press (XK_Escape);
  press (XK_Tab);
  type ("urgent");
  press (XK_Return);
  press (XK_Tab);
  type ("yyny"); /* record, by name, not passed on, contact */
  type ("by the lawyer");
  press_with (XK_Control_L, XK_Return);
  wb_test_wait (wb_test_window_is_case, NULL, "case");

  saved = dup_saved ();
  ledger = dup_ledger ();
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (!json_object_has_member (saved, fields[i]))
      fail_msg ("“%s” was not saved", fields[i]);
    n++;
  }
  assert_string_equal (json_object_get_string_member (saved, "urgency"), "urgency.urgent");
  assert_string_equal (ledger,
                       "consent.record:given consent.identity:given "
                       "consent.share_identified:refused consent.share_anonymous:refused "
                       "consent.contact:given");
  print_message ("keys: %u, fields: %u, answers: 4\n", keys, n);
  wb_test_count ("capture-keys", keys);
  assert_true (keys <= KEYS_A_MINUTE);
}

static void
what_was_not_asked_blocks_and_says_what (void **state)
{
  GtkWidget *group;

  begin ();
  group = wb_allegation_page_get_consent (WB_ALLEGATION_PAGE (wb_test_window_top ()));
  assert_non_null (wb_test_find_text (group, "the name goes to nobody"));
  assert_null (wb_consent_group_dup_answers (WB_CONSENT_GROUP (group)));
  gtk_widget_grab_focus (
      GTK_WIDGET (wb_consent_group_find_answer (WB_CONSENT_GROUP (group), "pass")));
  type ("n");
  assert_null (wb_test_find_text (group, "the name goes to nobody"));
  assert_non_null (wb_test_find_text (group, "no message to the source"));
  gtk_widget_grab_focus (
      GTK_WIDGET (wb_consent_group_find_answer (WB_CONSENT_GROUP (group), "pass")));
  type ("?");
  assert_null (wb_consent_group_dup_answers (WB_CONSENT_GROUP (group)));
  wb_test_window_act ("win.back");
}

static gboolean
tells_hours (gpointer row)
{
  return wb_test_find_text (row, "Within 4 hours, so by ") != NULL;
}

static void
a_yes_needs_its_recipient_and_survives_the_lock (void **state)
{
  g_autoptr (JsonNode) critical = json_node_init_string (json_node_alloc (), "urgency.critical");
  WbConsentGroup *group;
  g_autoptr (JsonObject) answers = NULL;
  JsonObject *kept;

  begin ();
  wb_test_window_type ("A cell without daylight.");
  group = WB_CONSENT_GROUP (
      wb_allegation_page_get_consent (WB_ALLEGATION_PAGE (wb_test_window_top ())));
  gtk_widget_grab_focus (GTK_WIDGET (wb_consent_group_find_answer (group, "pass")));
  type ("y");
  assert_false (wb_consent_group_check (group));
  wb_record_form_propose (get_form (), "urgency", critical);
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "the form again");

  group = WB_CONSENT_GROUP (
      wb_allegation_page_get_consent (WB_ALLEGATION_PAGE (wb_test_window_top ())));
  answers = wb_consent_group_dup_answers (group);
  assert_non_null (answers);
  kept = json_object_get_object_member (answers, "answers");
  assert_int_equal (json_object_get_size (kept), 1);
  assert_string_equal (json_object_get_string_member (kept, "pass"), "yes");
  wb_test_wait (tells_hours, wb_record_form_find_row (get_form (), "urgency"), "the hours");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (an_allegation_is_taken_down_by_keys_within_a_minute),
    cmocka_unit_test (what_was_not_asked_blocks_and_says_what),
    cmocka_unit_test (a_yes_needs_its_recipient_and_survives_the_lock),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("capture",
                                      tests,
                                      wb_test_window_setup,
                                      wb_test_window_teardown);
}
