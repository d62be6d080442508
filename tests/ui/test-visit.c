/* SPDX-License-Identifier: EUPL-1.2 */

/* A visit in the real window: its checklist is ticked, a line becomes an allegation that knows
 * where it was born, and the lock brings the user back to it. */
#include "wb-test-window.h"

#include "wb-allegation-page.h"
#include "wb-record-form.h"
#include "wb-visit-page.h"
#include "wb-visit-row.h"
#include "wb-visit.h"

static const char records[] =
    "[{\"type\":\"visit\",\"fields\":{\"title\":\"Vleugel C\",\"site\":\"site.schiphol.jcs\","
    "\"announced\":false,\"started\":\"2026-11-24T09:00\","
    "\"stages\":[\"stage.border.detention\"]}}]";

static char *visit_id;

static gboolean
is_visit (gpointer data)
{
  return wb_test_window_is_open (NULL) && WB_IS_VISIT_PAGE (wb_test_window_top ()) &&
         wb_visit_page_is_ready (WB_VISIT_PAGE (wb_test_window_top ()));
}

static gboolean
is_told (gpointer words)
{
  return wb_test_find_text (GTK_WIDGET (wb_test_window.window), words) != NULL;
}

static gpointer
read_call (WbRegister *reg, gpointer id, GCancellable *cancellable, GError **error)
{
  return wb_register_read_visit (reg, id, error);
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

static WbVisit *
read_visit (void)
{
  gpointer result = NULL;

  wb_session_call_async (wb_window_get_session (wb_test_window.window),
                         read_call,
                         visit_id,
                         NULL,
                         NULL,
                         NULL,
                         called_cb,
                         &result);
  wb_test_wait (is_set, &result, "the register");
  return result;
}

static const WbRecord *
find_record (const WbVisit *visit, const char *type)
{
  for (guint i = 0; i < visit->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (visit->records, i);

    if (g_str_equal (record->type, type))
      return record;
  }
  return NULL;
}

static void
a_visit_opens_from_the_list (void **state)
{
  g_autoptr (GPtrArray) made =
      wb_test_record (wb_window_get_session (wb_test_window.window), records);
  GtkWidget *label;

  visit_id = g_strdup (((WbRecord *) g_ptr_array_index (made, 0))->id);
  wb_test_window_lock ();
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_open, NULL, "open");
  wb_test_window_act ("win.show-visits");
  wb_test_wait (is_told, (gpointer) "Vleugel C", "the list");
  label = wb_test_find_text (GTK_WIDGET (wb_test_window.window), "Vleugel C");
  adw_action_row_activate (ADW_ACTION_ROW (gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW)));
  wb_test_wait (is_visit, NULL, "visit");
  assert_non_null (wb_test_find_text (wb_test_window_top (), "Is there a written order?"));
}

static void
an_answer_is_one_observation_that_can_be_corrected (void **state)
{
  WbVisitRow *row = WB_VISIT_ROW (wb_test_find (wb_test_window_top (), WB_TYPE_VISIT_ROW, NULL));
  g_autoptr (WbVisit) first = NULL;
  g_autoptr (WbVisit) second = NULL;
  const WbRecord *record;

  wb_visit_row_answer (row, "answer.yes");
  first = read_visit ();
  record = find_record (first, "observation");
  assert_non_null (record);
  assert_string_equal (json_object_get_string_member (record->fields, "answer"), "answer.yes");
  assert_string_equal (json_object_get_string_member (record->fields, "stage"),
                       "stage.border.detention");
  wb_test_spin (100);
  wb_visit_row_answer (row, "answer.no");
  wb_test_spin (100);
  second = read_visit ();
  assert_int_equal (second->records->len, 1);
  record = find_record (second, "observation");
  assert_string_equal (json_object_get_string_member (record->fields, "answer"), "answer.no");
}

static void
a_line_becomes_an_allegation_of_that_visit (void **state)
{
  GtkWidget *row = wb_test_find (wb_test_window_top (), WB_TYPE_VISIT_ROW, NULL);
  g_autoptr (WbVisit) visit = NULL;
  const WbRecord *record;

  gtk_widget_grab_focus (row);
  wb_test_window_act ("win.new-allegation");
  wb_test_wait (wb_test_window_is_form, NULL, "form");
  wb_test_window_lock (); /* in the middle of it */
  wb_test_window_unlock (WB_TEST_PASSPHRASE);
  wb_test_wait (wb_test_window_is_form, NULL, "the form again");
  wb_test_window_type ("Nobody explained the order.");
  gtk_widget_activate_action (wb_test_window_top (), "record.save", NULL);
  wb_test_wait (is_visit, NULL, "back at the visit");

  visit = read_visit ();
  record = find_record (visit, "allegation");
  assert_non_null (record);
  assert_string_equal (json_object_get_string_member (record->fields, "site"), "site.schiphol.jcs");
  assert_string_equal (json_object_get_string_member (record->fields, "channel"), "channel.visit");
  assert_true (json_object_has_member (record->fields, "received"));
  assert_string_equal (
      json_array_get_string_element (json_object_get_array_member (record->fields, "stages"), 0),
      "stage.border.detention");
  wb_test_wait (is_told, record->reference, "the visit tells of it");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_visit_opens_from_the_list),
    cmocka_unit_test (an_answer_is_one_observation_that_can_be_corrected),
    cmocka_unit_test (a_line_becomes_an_allegation_of_that_visit),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("visit",
                                      tests,
                                      wb_test_window_setup,
                                      wb_test_window_teardown);
}
