/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The daily work with the real program by keyboard alone, each journey going on where the one
 * before it ended. The words are those of the catalogues, so that one text serves each language.
 */
#include "wb-journey.h"

#include "wb-i18n.h"
#include "wb-model.h"

#define PASSPHRASE "vier losse woorden hier"
#define NOW "2026-11-24T10:00:00Z"
#define CODE "NL-X"

static struct {
  char *reg;
} work;

static const char *
type_label (const char *type)
{
  return wb_model_find_type (wb_model_get_default (NULL), type)->label[wb_language_current ()];
}

static const char *
field_label (const char *type, const char *field)
{
  const WbRecordType *found = wb_model_find_type (wb_model_get_default (NULL), type);

  for (guint i = 0; i < found->fields->len; i++) {
    const WbField *f = g_ptr_array_index (found->fields, i);

    if (g_str_equal (f->name, field))
      return f->label[wb_language_current ()];
  }
  fail_msg ("%s has no field %s", type, field);
  return NULL;
}

/* A sentence up to what is filled in there. */
static char *
beginning (const char *sentence)
{
  const char *end = strchr (sentence, '%');
  g_autofree char *start = g_strndup (sentence, (gsize) (end - sentence));

  return g_strconcat (start, "*", NULL);
}

static void
unlock (void)
{
  wb_journey_await_focus (_ ("Passphrase"));
  wb_journey_type (PASSPHRASE);
  wb_journey_press ("Return");
}

static void
go_to_cases (void)
{
  wb_journey_press ("<Control>2");
  wb_journey_await (WB_JOURNEY_ANY, _ ("Search in all cases"));
}

static void
a_register_is_made_at_the_first_start (void **state)
{
  wb_journey_start (NULL, NOW);
  wb_journey_await_focus (_ ("_Open Register…"));
  wb_journey_push (_ ("_New Register…"));
  wb_journey_await_focus (_ ("Name of the Body"));
  wb_journey_type ("Inspectie X");
  wb_journey_fill (_ ("Code in References, such as NL-INSP"), CODE);
  wb_journey_fill (_ ("User Name"), "anna");
  wb_journey_fill (_ ("Passphrase"), PASSPHRASE);
  wb_journey_fill (_ ("Passphrase Again"), PASSPHRASE);
  wb_journey_push (
      _ ("I do not work for, and am not on loan from, an authority that is monitored"));
  wb_journey_push (_ ("_Create"));
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Lock"));
  assert_true (g_file_test (work.reg, G_FILE_TEST_IS_DIR));
  wb_journey_press ("<Control>q");
  wb_journey_await_end ();
}

static void
a_wrong_passphrase_is_refused_and_the_right_one_opens (void **state)
{
  wb_journey_start (NULL, NOW); /* the settings know which register */
  wb_journey_await_focus (_ ("Passphrase"));
  wb_journey_type ("vier foute woorden hier");
  wb_journey_press ("Return");
  wb_journey_await_part (_ ("The passphrase does not fit: try again."));
  assert_false (wb_journey_has (ATSPI_ROLE_PUSH_BUTTON, _ ("Lock")));
  unlock ();
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Lock"));
}

static void
an_allegation_is_recorded_with_its_account_alone (void **state)
{
  wb_journey_press ("<Control>n");
  wb_journey_await_focus (field_label ("allegation", "account"));
  wb_journey_type ("Zegt dat hij geduwd is.");
  wb_journey_press ("<Control>Return");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Back to the Cases"));
  wb_journey_await_part (CODE "-2026-0001");
}

static void
the_next_step_is_taken_from_the_case (void **state)
{
  g_autofree char *next = beginning (_ ("Next step: to “%s”"));
  g_autofree char *before = NULL;

  wb_journey_go (next);
  before = wb_journey_dup_focus ();
  wb_journey_press ("space");
  wb_journey_await_focus (_ ("Reason"));
  wb_journey_type ("Er is genoeg om te beoordelen");
  wb_journey_press ("Return");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, next);
  wb_journey_await_gone (before);
}

static void
a_record_is_added_by_its_form (void **state)
{
  g_autofree char *title = g_strdup_printf (_ ("New: %s"), type_label ("note"));

  wb_journey_push (_ ("Add a Record to This Case"));
  wb_journey_await_focus (_ ("Search…"));
  wb_journey_type (type_label ("note"));
  wb_journey_press ("Return");
  wb_journey_await_part (title);
  wb_journey_fill (field_label ("note", "text"), "Gebeld met de advocaat");
  wb_journey_press ("<Control>s");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Back to the Cases"));
  wb_journey_await_part ("Gebeld met de advocaat");
}

static void
the_lock_in_the_middle_of_a_sentence_costs_no_letter (void **state)
{
  const char *account = field_label ("allegation", "account");
  g_autofree char *text = NULL;

  go_to_cases ();
  wb_journey_press ("<Control>n");
  wb_journey_await_focus (account);
  wb_journey_type ("Midden in een zi");
  wb_journey_press ("<Control>l");
  unlock ();
  wb_journey_await_focus (account);
  text = wb_journey_dup_text (account);
  assert_string_equal (text, "Midden in een zi");
  wb_journey_press ("Escape");
  go_to_cases ();
}

static void
a_case_is_found_by_a_word_of_its_account (void **state)
{
  wb_journey_press ("<Control>f");
  wb_journey_await_focus (_ ("Search in all cases"));
  wb_journey_type ("walvis");
  wb_journey_await_gone (CODE "-2026-0001*");
  wb_journey_press ("<Control>f");
  wb_journey_press ("<Control>a");
  wb_journey_type ("geduwd");
  wb_journey_await (WB_JOURNEY_ANY, CODE "-2026-0001*");
  wb_journey_press ("Return");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Back to the Cases"));
}

static void
a_field_is_corrected_with_a_reason (void **state)
{
  g_autofree char *change = g_strdup_printf (_ ("Change %s"), "A-1");

  wb_journey_go ("A-1*");
  wb_journey_press ("Return");
  wb_journey_push (change);
  wb_journey_await_focus (field_label ("allegation", "account"));
  wb_journey_press ("<Control>a");
  wb_journey_type ("Zegt dat hij geslagen is.");
  wb_journey_press ("<Control>Return");
  wb_journey_await_focus (_ ("Reason"));
  wb_journey_type ("Verkeerd verstaan");
  wb_journey_press ("Return");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Back to the Cases"));
  wb_journey_await_part ("geslagen");
}

static void
a_case_is_exported_as_a_bundle (void **state)
{
  wb_journey_press ("<Control>e");
  wb_journey_await_part (_ ("What Goes Along"));
  wb_journey_push (_ ("Without Encryption"));
  wb_journey_fill (_ ("To Whom and Why"), "Ombudsman, op verzoek");
  wb_journey_push (_ ("_Export…"));
  wb_journey_await_gone (_ ("_Export…")); /* GTK's own dialog, which has the name of the file */
  wb_journey_press ("Return");
  wb_journey_await_part (_ ("Exported and Verified"));
  wb_journey_press ("Escape");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, _ ("Back to the Cases"));
}

static void
a_time_limit_is_met_from_the_page_of_the_day (void **state)
{
  g_autofree char *limit = beginning (_ ("The sum, and what can be done: %s"));
  g_autofree char *before = NULL;

  wb_journey_press ("<Control>1");
  wb_journey_go (limit);
  before = wb_journey_dup_focus ();
  wb_journey_press ("space");
  wb_journey_push (_ ("_Done…"));
  wb_journey_fill (field_label ("clockact", "reason"), "Ontvangst bevestigd");
  wb_journey_press ("<Control>Return");
  wb_journey_await_part (_ ("The act on the time limit is recorded"));
  wb_journey_await_gone (before);
}

static const char *
term_label (const char *code)
{
  return wb_model_find_term (wb_model_get_default (NULL), code)->label[wb_language_current ()];
}

static void
show_preferences (const char *page)
{
  wb_journey_press ("<Control>comma");
  wb_journey_push (page);
}

static void
leave_preferences (void)
{
  wb_journey_press ("Escape");
  wb_journey_await_gone (_ ("Lists and Days"));
}

static void
an_own_term_is_added_in_the_preferences (void **state)
{
  show_preferences (_ ("Lists and Days"));
  wb_journey_push (_ ("Add a Term…"));
  wb_journey_fill (field_label ("term", "code"), "authority.ponton");
  wb_journey_fill (field_label ("term", "label_nl"), "Pontonwacht");
  wb_journey_fill (field_label ("term", "label_en"), "Pontoon Guard");
  wb_journey_fill (field_label ("term", "vocabulary"), "authority");
  wb_journey_press ("<Control>Return");
  wb_journey_await (WB_JOURNEY_ANY,
                    wb_language_current () == WB_LANGUAGE_NL ? "Pontonwacht" : "Pontoon Guard");
  leave_preferences ();
}

static void
a_backup_is_made_and_read_back (void **state)
{
  show_preferences (_ ("Register"));
  wb_journey_push (_ ("Back Up Now…"));
  wb_journey_fill (_ ("New Passphrase"), "vier woorden in de kluis");
  wb_journey_fill (_ ("New Passphrase Again"), "vier woorden in de kluis");
  wb_journey_push (_ ("_Choose Place…"));
  wb_journey_await_gone (_ ("_Choose Place…")); /* GTK's own dialog, which has the name */
  wb_journey_press ("Return");
  wb_journey_await_part (_ ("The backup was made, read back and found right"));
  wb_journey_press ("Escape");
  leave_preferences ();
}

/* The only file of its kind in the folder of the test. */
static char *
dup_table (void)
{
  g_autoptr (GDir) folder = g_dir_open (wb_journey_folder (), 0, NULL);
  char *text = NULL;

  for (const char *name = g_dir_read_name (folder); name != NULL && text == NULL;
       name = g_dir_read_name (folder)) {
    g_autofree char *path = g_str_has_suffix (name, ".csv") ? wb_journey_path (name) : NULL;

    if (path != NULL)
      assert_true (g_file_get_contents (path, &text, NULL, NULL));
  }
  return text;
}

static void
what_a_filter_leaves_is_taken_along_as_a_table (void **state)
{
  const char *status = term_label ("status.triage");
  g_autofree char *chip = g_strdup_printf (_ ("Remove filter: %s"), status);
  g_autofree char *found = g_strdup_printf (ngettext_ ("%u case is in", "%u cases are in", 1), 1u);
  g_autofree char *table = NULL;

  go_to_cases ();
  wb_journey_fill (_ ("Search in all cases"), "geslagen"); /* the word from before is corrected */
  wb_journey_push (_ ("Filter"));
  wb_journey_await_focus (_ ("Search…"));
  wb_journey_type (status);
  wb_journey_press ("Return");
  wb_journey_press ("Escape");
  wb_journey_await (ATSPI_ROLE_PUSH_BUTTON, chip);
  wb_journey_await (WB_JOURNEY_ANY, CODE "-2026-0001*");
  wb_journey_press ("<Control><Shift>e");
  wb_journey_fill (_ ("For Whom and Why"), "Jaarverslag");
  wb_journey_press ("<Control>Return");
  wb_journey_await_gone (_ ("For Whom and Why")); /* GTK's own dialog, which has the name */
  wb_journey_press ("Return");
  wb_journey_await_part (found);
  wb_journey_press ("Escape");
  table = dup_table ();
  assert_non_null (table);
  assert_non_null (strstr (table, CODE "-2026-0001"));
  wb_journey_push (chip);
  wb_journey_await_gone (chip);
}

static int
setup (void **state)
{
  int result = wb_journey_setup (state);

  work.reg = wb_journey_path (CODE ".waarborg");
  return result;
}

static int
teardown (void **state)
{
  g_free (work.reg);
  return wb_journey_teardown (state);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup (a_register_is_made_at_the_first_start, wb_journey_go_on),
    cmocka_unit_test_setup (a_wrong_passphrase_is_refused_and_the_right_one_opens,
                            wb_journey_go_on),
    cmocka_unit_test_setup (an_allegation_is_recorded_with_its_account_alone, wb_journey_go_on),
    cmocka_unit_test_setup (the_next_step_is_taken_from_the_case, wb_journey_go_on),
    cmocka_unit_test_setup (a_record_is_added_by_its_form, wb_journey_go_on),
    cmocka_unit_test_setup (the_lock_in_the_middle_of_a_sentence_costs_no_letter, wb_journey_go_on),
    cmocka_unit_test_setup (a_case_is_found_by_a_word_of_its_account, wb_journey_go_on),
    cmocka_unit_test_setup (a_field_is_corrected_with_a_reason, wb_journey_go_on),
    cmocka_unit_test_setup (a_case_is_exported_as_a_bundle, wb_journey_go_on),
    cmocka_unit_test_setup (a_time_limit_is_met_from_the_page_of_the_day, wb_journey_go_on),
    cmocka_unit_test_setup (an_own_term_is_added_in_the_preferences, wb_journey_go_on),
    cmocka_unit_test_setup (a_backup_is_made_and_read_back, wb_journey_go_on),
    cmocka_unit_test_setup (what_a_filter_leaves_is_taken_along_as_a_table, wb_journey_go_on),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
