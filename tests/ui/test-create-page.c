/* SPDX-License-Identifier: EUPL-1.2 */

/* The form for a new register. */
#include "wb-test-ui.h"

#include <string.h>

#include "wb-create-page.h"
#include "wb-passphrase.h"

static GtkEditable *
entry_of (GtkWidget *page, const char *title)
{
  GtkWidget *label = wb_test_find_text (page, title);

  assert_non_null (label);
  return wb_test_entry_of (label);
}

static GtkCheckButton *
independence_of (GtkWidget *page)
{
  return GTK_CHECK_BUTTON (wb_test_find (page, GTK_TYPE_CHECK_BUTTON, NULL));
}

static void
fill (GtkWidget *page, const char *again)
{
  gtk_editable_set_text (entry_of (page, "Name of the Body"), "Inspectie");
  gtk_editable_set_text (entry_of (page, "Code in References"), "nl-test");
  gtk_editable_set_text (entry_of (page, "User Name"), "anna");
  gtk_editable_set_text (wb_test_find_passphrase (page), "vier losse woorden hier");
  gtk_editable_set_text (entry_of (page, "Passphrase Again"), again);
  gtk_check_button_set_active (independence_of (page), TRUE);
}

static void
create_cb (WbCreatePage *page, GPtrArray *seen)
{
  WbRegisterSetup setup;
  gsize size = 0;

  wb_create_page_get_setup (page, &setup);
  g_ptr_array_add (seen, g_strdup (setup.body));
  g_ptr_array_add (seen, g_strdup (setup.code));
  g_ptr_array_add (seen, g_strdup (setup.profile));
  g_ptr_array_add (seen, g_strdup (setup.user));
  assert_non_null (wb_secret_peek (setup.passphrase, &size));
  assert_int_equal (size, strlen ("vier losse woorden hier"));
  assert_null (setup.recovery);
  assert_true (setup.independent);
}

static void
a_new_register_is_asked_for_once_all_is_filled_in (void **state)
{
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);
  gpointer watched = page;

  g_object_add_weak_pointer (G_OBJECT (page), &watched);
  g_signal_connect (page, "create", G_CALLBACK (create_cb), seen);
  gtk_widget_activate_action (page, "create.create", NULL);
  assert_int_equal (seen->len, 0);
  fill (page, "iets anders");
  gtk_widget_activate_action (page, "create.create", NULL);
  assert_int_equal (seen->len, 0);
  fill (page, "vier losse woorden hier");
  wb_create_page_set_folder (WB_CREATE_PAGE (page), "/nowhere");
  gtk_widget_activate_action (page, "create.create", NULL);

  assert_int_equal (seen->len, 4);
  assert_string_equal (g_ptr_array_index (seen, 1), "NL-TEST");
  assert_string_equal (g_ptr_array_index (seen, 2), "inspectorate");
  assert_string_equal (wb_create_page_get_folder (WB_CREATE_PAGE (page)),
                       "/nowhere/NL-TEST.waarborg");
  assert_true (wb_passphrase_is_empty (wb_test_find_passphrase (page)));
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
a_code_that_cannot_be_is_told_in_words (void **state)
{
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  GtkEditable *code = entry_of (page, "Code in References");

  gtk_editable_set_text (code, "NL_INSP");
  wb_test_spin (50);
  assert_true (is_told (page, "capital letters, digits and hyphens only"));
  assert_true (gtk_widget_has_css_class (GTK_WIDGET (code), "error"));
  gtk_editable_set_text (code, "N");
  wb_test_spin (50);
  assert_true (is_told (page, "2 to 20 characters long"));
  gtk_editable_set_text (code, "nl-insp");
  wb_test_spin (50);
  assert_false (is_told (page, "2 to 20 characters long"));
  assert_false (gtk_widget_has_css_class (GTK_WIDGET (code), "error"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
what_is_still_being_typed_is_not_called_wrong (void **state)
{
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  GtkEditable *code = entry_of (page, "Code in References");
  GtkEditable *again = entry_of (page, "Passphrase Again");

  gtk_widget_grab_focus (GTK_WIDGET (code));
  gtk_editable_set_text (code, "N");
  gtk_editable_set_text (wb_test_find_passphrase (page), "vier losse woorden hier");
  wb_test_spin (50);
  assert_false (is_told (page, "2 to 20 characters long"));
  gtk_widget_grab_focus (GTK_WIDGET (again));
  gtk_editable_set_text (again, "vier los");
  wb_test_spin (50);
  assert_true (is_told (page, "2 to 20 characters long"));
  assert_false (is_told (page, "The two passphrases differ"));
  gtk_editable_set_text (again, "vier lot");
  wb_test_spin (50);
  assert_true (is_told (page, "The two passphrases differ"));
  gtk_editable_set_text (again, "vier los");
  gtk_widget_grab_focus (GTK_WIDGET (code));
  wb_test_spin (50);
  assert_true (is_told (page, "The two passphrases differ"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
count_cb (WbCreatePage *page, guint *n)
{
  (*n)++;
}

static void
type_passphrase (GtkWidget *page, const char *passphrase)
{
  gtk_editable_set_text (wb_test_find_passphrase (page), passphrase);
  gtk_editable_set_text (entry_of (page, "Passphrase Again"), passphrase);
}

static void
enter_in_the_last_field_makes_the_register_or_tells_what_is_missing (void **state)
{
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  guint n = 0;

  g_signal_connect (page, "create", G_CALLBACK (count_cb), &n);
  fill (page, "vier losse woorden hier");
  gtk_editable_set_text (entry_of (page, "User Name"), " ");
  g_signal_emit_by_name (entry_of (page, "Passphrase Again"), "activate");
  wb_test_spin (300);
  assert_int_equal (n, 0);
  assert_true (is_told (page, "Fill in your user name."));
  gtk_editable_set_text (entry_of (page, "User Name"), "anna");
  gtk_editable_set_text (entry_of (page, "Passphrase Again"), "iets anders");
  g_signal_emit_by_name (entry_of (page, "Passphrase Again"), "activate");
  wb_test_spin (300);
  assert_int_equal (n, 0);
  assert_true (is_told (page, "The two passphrases differ"));
  fill (page, "vier losse woorden hier");
  g_signal_emit_by_name (entry_of (page, "Passphrase Again"), "activate");

  assert_int_equal (n, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
without_the_declaration_no_register_is_made (void **state)
{
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  guint n = 0;

  g_signal_connect (page, "create", G_CALLBACK (count_cb), &n);
  fill (page, "vier losse woorden hier");
  gtk_check_button_set_active (independence_of (page), FALSE);
  gtk_widget_activate_action (page, "create.create", NULL);
  assert_int_equal (n, 0);
  g_signal_emit_by_name (entry_of (page, "Passphrase Again"), "activate");
  wb_test_spin (300);
  assert_int_equal (n, 0);
  assert_true (is_told (page, "Declare your independence"));
  assert_true (gtk_widget_has_focus (GTK_WIDGET (independence_of (page))));
  gtk_check_button_set_active (independence_of (page), TRUE);
  assert_false (is_told (page, "Declare your independence"));
  gtk_widget_activate_action (page, "create.create", NULL);
  assert_int_equal (n, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_passphrase_that_is_guessed_at_once_is_refused (void **state)
{
  static const char *const weak[] = { "a", "wachtw", "aaaaaaaaaaaaaaaaaaaaaaaa", "1234567" };
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  guint n = 0;

  g_signal_connect (page, "create", G_CALLBACK (count_cb), &n);
  fill (page, "");
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++) {
    type_passphrase (page, weak[i]);
    gtk_widget_activate_action (page, "create.create", NULL);
    wb_test_spin (50);
    assert_int_equal (n, 0);
    assert_true (is_told (page, "This passphrase is too easy to guess."));
  }
  type_passphrase (page, "vier losse woorden hier");
  wb_test_spin (50);
  assert_false (is_told (page, "This passphrase is too easy to guess."));
  gtk_widget_activate_action (page, "create.create", NULL);
  assert_int_equal (n, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_dialog (gpointer data)
{
  return wb_test_find_dialog () != NULL;
}

static void
a_weak_passphrase_is_used_only_after_it_was_asked_about (void **state)
{
  GtkWidget *page = wb_create_page_new ();
  GtkWidget *window = wb_test_show (page);
  guint n = 0;

  g_signal_connect (page, "create", G_CALLBACK (count_cb), &n);
  fill (page, "");
  type_passphrase (page, "tafel7zebra");
  for (guint i = 0; i < 2; i++) {
    gtk_widget_activate_action (page, "create.create", NULL);
    wb_test_wait (has_dialog, NULL, "question");
    assert_int_equal (n, 0);
    assert_non_null (wb_test_find_text (GTK_WIDGET (wb_test_find_dialog ()), "Weak Passphrase"));
    adw_message_dialog_response (wb_test_find_dialog (), i == 0 ? "other" : "use");
    wb_test_spin (50);
    assert_int_equal (n, i);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
words_rate_better_than_a_word (void **state)
{
  GtkWidget *entry = g_object_ref_sink (gtk_password_entry_new ());
  g_autofree char *advice_short = NULL, *advice_long = NULL;
  double weak, strong;

  gtk_editable_set_text (GTK_EDITABLE (entry), "wachtwoord");
  weak = wb_passphrase_rate (GTK_EDITABLE (entry), &advice_short);
  gtk_editable_set_text (GTK_EDITABLE (entry), "paars fornuis dertig molshoop");
  strong = wb_passphrase_rate (GTK_EDITABLE (entry), &advice_long);

  assert_true (weak < WB_PASSPHRASE_GOOD);
  assert_non_null (advice_short);
  assert_true (strong >= WB_PASSPHRASE_GOOD);
  assert_null (advice_long);
  g_object_unref (entry);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_new_register_is_asked_for_once_all_is_filled_in),
    cmocka_unit_test (a_code_that_cannot_be_is_told_in_words),
    cmocka_unit_test (what_is_still_being_typed_is_not_called_wrong),
    cmocka_unit_test (enter_in_the_last_field_makes_the_register_or_tells_what_is_missing),
    cmocka_unit_test (without_the_declaration_no_register_is_made),
    cmocka_unit_test (a_passphrase_that_is_guessed_at_once_is_refused),
    cmocka_unit_test (a_weak_passphrase_is_used_only_after_it_was_asked_about),
    cmocka_unit_test (words_rate_better_than_a_word),
  };

  if (!wb_test_ui_init ())
    return 77; /* Meson: skipped */
  return cmocka_run_group_tests_name ("create-page", tests, NULL, NULL);
}
