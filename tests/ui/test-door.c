/* SPDX-License-Identifier: EUPL-1.2 */

/* The pages before a register is open: welcome and unlock. */
#include "wb-test-ui.h"

#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-settings.h"
#include "wb-unlock-page.h"
#include "wb-welcome-page.h"

typedef struct {
  guint n;
  char *user;
  WbSecret *secret;
} Asked;

static void
unlock_cb (WbUnlockPage *page, const char *user, WbSecret *secret, Asked *asked)
{
  asked->n++;
  asked->user = g_strdup (user);
  asked->secret = wb_secret_ref (secret);
}

static void
the_passphrase_leaves_the_entry_the_moment_it_is_handed_over (void **state)
{
  char *users[] = { (char *) "anna", (char *) "bram", NULL };
  GtkWidget *page = wb_unlock_page_new ();
  GtkWidget *window = wb_test_show (page);
  GtkEditable *entry = wb_test_find_passphrase (page);
  Asked asked = { 0 };
  gpointer watched = page;
  gsize size = 0;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  g_signal_connect (page, "unlock", G_CALLBACK (unlock_cb), &asked);
  wb_unlock_page_set_users (WB_UNLOCK_PAGE (page), users, "bram");
  gtk_editable_set_text (GTK_EDITABLE (entry), "geheim woord");
  assert_true (gtk_widget_activate_action (page, "unlock.unlock", NULL));

  assert_int_equal (asked.n, 1);
  assert_string_equal (asked.user, "bram");
  assert_memory_equal (wb_secret_peek (asked.secret, &size), "geheim woord", 12);
  assert_int_equal (size, 12);
  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "");
  g_free (asked.user);
  wb_secret_unref (asked.secret);
  gtk_window_destroy (GTK_WINDOW (window));
  assert_null (watched);
}

static void
nothing_can_be_unlocked_without_a_passphrase (void **state)
{
  char *users[] = { (char *) "anna", NULL };
  GtkWidget *page = wb_unlock_page_new ();
  GtkWidget *window = wb_test_show (page);
  Asked asked = { 0 };

  g_signal_connect (page, "unlock", G_CALLBACK (unlock_cb), &asked);
  wb_unlock_page_set_users (WB_UNLOCK_PAGE (page), users, NULL);
  gtk_widget_activate_action (page, "unlock.unlock", NULL);

  assert_int_equal (asked.n, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
the_eye_beside_a_passphrase_has_a_name (void **state)
{
  GtkWidget *page = wb_unlock_page_new ();
  GtkWidget *window = wb_test_show (page);
  GtkWidget *row = wb_test_find (page, WB_TYPE_PASSPHRASE_ROW, NULL);
  GtkWidget *eye = wb_test_find (row, GTK_TYPE_TOGGLE_BUTTON, NULL);

  assert_non_null (eye);
  gtk_test_accessible_assert_property (eye, GTK_ACCESSIBLE_PROPERTY_LABEL, "Show Passphrase");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
wrong_tries_wait_longer_each_time_up_to_a_minute (void **state)
{
  static const guint expected[] = { 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_int_equal (wb_unlock_delay_seconds (i), expected[i]);
  assert_int_equal (wb_unlock_delay_seconds (G_MAXUINT), 60);
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_is_sensitive (widget);
}

static void
after_wrong_tries_the_entry_waits_and_then_takes_another (void **state)
{
  char *users[] = { (char *) "anna", NULL };
  GtkWidget *page = wb_unlock_page_new ();
  GtkWidget *window = wb_test_show (page);
  GtkEditable *entry = wb_test_find_passphrase (page);

  wb_unlock_page_set_users (WB_UNLOCK_PAGE (page), users, NULL);
  for (guint i = 0; i < 3; i++) {
    gtk_editable_set_text (GTK_EDITABLE (entry), "fout");
    gtk_widget_activate_action (page, "unlock.unlock", NULL);
    wb_unlock_page_refuse (WB_UNLOCK_PAGE (page), "That passphrase does not fit.");
  }
  assert_false (gtk_widget_is_sensitive (GTK_WIDGET (entry)));
  assert_non_null (wb_test_find_text (page, "Try again in 2 seconds"));
  wb_test_wait (is_sensitive, entry, "the end of the wait");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
what_is_half_typed_does_not_stay_behind (void **state)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *page = wb_unlock_page_new ();
  GtkEditable *entry = wb_test_find_passphrase (page);
  GtkWidget *window;

  gtk_stack_add_named (GTK_STACK (stack), page, "door");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("elsewhere"), "else");
  window = wb_test_show (stack);
  gtk_editable_set_text (GTK_EDITABLE (entry), "half");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "else");
  wb_test_spin (50);

  assert_string_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), "");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
the_welcome_offers_both_ways_and_is_freed (void **state)
{
  GtkWidget *page = wb_welcome_page_new ();
  GtkWidget *window = wb_test_show (page);
  gpointer watched = page;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  assert_non_null (wb_test_find_text (page, "Open Register…"));
  assert_non_null (wb_test_find_text (page, "New Register…"));
  gtk_window_destroy (GTK_WINDOW (window));
  assert_null (watched);
}

static gboolean
is_told (GtkWidget *page, const char *sentence)
{
  GtkWidget *label = wb_test_find_text (page, sentence);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
the_door_says_which_register_it_is_of (void **state)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "Werk", "NL-INSP.waarborg", NULL);
  GtkWidget *page = wb_unlock_page_new ();
  GtkWidget *window = wb_test_show (page);

  wb_unlock_page_set_register (WB_UNLOCK_PAGE (page), path);
  wb_test_spin (50);
  assert_true (is_told (page, "NL-INSP"));
  assert_true (is_told (page, "~/Werk"));
  wb_unlock_page_set_register (WB_UNLOCK_PAGE (page), "/media/stick/NL-OMB.waarborg");
  assert_true (is_told (page, "NL-OMB"));
  assert_true (is_told (page, "/media/stick"));
  assert_null (wb_test_find_text (page, "NL-INSP"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
path_cb (GtkWidget *page, const char *path, char **ret_path)
{
  g_free (*ret_path);
  *ret_path = g_strdup (path);
}

static void
registers_of_earlier_are_opened_or_taken_off_the_list (void **state)
{
  static const char *const paths[] = { "/a/NL-INSP.waarborg", "/b/NL-OMB.waarborg", NULL };
  g_autofree char *chosen = NULL;
  g_autofree char *forgotten = NULL;
  GtkWidget *page = wb_welcome_page_new ();
  GtkWidget *window = wb_test_show (page);
  GtkWidget *row, *button;

  assert_false (is_told (page, "Earlier Registers"));
  wb_welcome_page_set_registers (WB_WELCOME_PAGE (page), paths);
  wb_test_spin (50);
  assert_true (is_told (page, "Earlier Registers"));
  g_signal_connect (page, "register-chosen", G_CALLBACK (path_cb), &chosen);
  g_signal_connect (page, "register-forgotten", G_CALLBACK (path_cb), &forgotten);
  row = gtk_widget_get_ancestor (wb_test_find_text (page, "NL-OMB"), ADW_TYPE_ACTION_ROW);
  g_signal_emit_by_name (row, "activated");
  assert_string_equal (chosen, paths[1]);
  button = wb_test_find (row, GTK_TYPE_BUTTON, NULL);
  gtk_test_accessible_assert_property (button,
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Remove NL-OMB from this List");
  g_signal_emit_by_name (button, "clicked");
  assert_string_equal (forgotten, paths[1]);
  wb_welcome_page_set_registers (WB_WELCOME_PAGE (page), paths + 2);
  assert_false (is_told (page, "Earlier Registers"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
settings_keep_the_last_registers_and_each_once (void **state)
{
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_auto (GStrv) registers = NULL;

  for (guint i = 0; i < 12; i++) {
    g_autofree char *path = g_strdup_printf ("/r/%u.waarborg", i);

    wb_settings_remember_register (settings, path);
  }
  wb_settings_remember_register (settings, "/r/9.waarborg");
  wb_settings_forget_register (settings, "/r/10.waarborg");
  registers = wb_settings_dup_registers (settings);
  assert_int_equal (g_strv_length (registers), 7);
  assert_string_equal (registers[0], "/r/9.waarborg");
  assert_string_equal (registers[1], "/r/11.waarborg");
  assert_string_equal (registers[2], "/r/8.waarborg");
  for (guint i = 0; registers[i] != NULL; i++)
    wb_settings_forget_register (settings, registers[i]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_passphrase_leaves_the_entry_the_moment_it_is_handed_over),
    cmocka_unit_test (nothing_can_be_unlocked_without_a_passphrase),
    cmocka_unit_test (the_eye_beside_a_passphrase_has_a_name),
    cmocka_unit_test (wrong_tries_wait_longer_each_time_up_to_a_minute),
    cmocka_unit_test (after_wrong_tries_the_entry_waits_and_then_takes_another),
    cmocka_unit_test (what_is_half_typed_does_not_stay_behind),
    cmocka_unit_test (the_door_says_which_register_it_is_of),
    cmocka_unit_test (registers_of_earlier_are_opened_or_taken_off_the_list),
    cmocka_unit_test (settings_keep_the_last_registers_and_each_once),
    cmocka_unit_test (the_welcome_offers_both_ways_and_is_freed),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("door", tests, NULL, NULL);
}
