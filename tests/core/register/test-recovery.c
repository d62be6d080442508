/* SPDX-License-Identifier: EUPL-1.2 */

/* The recovery sheet: its keys are those that the register was made with. */
#include "wb-test.h"

#include "wb-recovery.h"

#define PUBLIC_KEY "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

static WbRegister *
create (const char *folder, const char *name, const char *const *recovery)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (WbSecret) passphrase = wb_secret_new_copy ("vier losse woorden", 18, NULL);
  const WbRegisterSetup setup = { .body = "Testinspectie",
                                  .code = "NL-TEST",
                                  .user = "anna",
                                  .passphrase = passphrase,
                                  .recovery = recovery,
                                  .independent = TRUE };
  g_autoptr (GError) error = NULL;
  WbRegister *reg = wb_register_create (path, &setup, &error);

  if (reg == NULL)
    fail_msg ("%s", error->message);
  return reg;
}

static void
the_keys_of_the_making_are_kept (void **state)
{
  const char *const keys[] = { PUBLIC_KEY, NULL };
  g_autoptr (WbRegister) reg = create (*state, "a.waarborg", keys);
  g_auto (GStrv) kept = wb_register_list_recovery (reg, NULL);
  g_autoptr (WbVerification) found =
      wb_register_verify (reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, NULL);

  assert_int_equal (g_strv_length (kept), 1);
  assert_string_equal (kept[0], PUBLIC_KEY);
  assert_true (wb_verification_is_good (found));
}

/* What is on the paper, as the tool of every desktop reads it. */
static char *
read_pdf (const char *folder, GBytes *pdf)
{
  g_autofree char *path = g_build_filename (folder, "sheet.pdf", NULL);
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };
  char *text = NULL;

  assert_true (
      g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL));
  if (!g_spawn_sync (NULL,
                     (char **) argv,
                     NULL,
                     G_SPAWN_SEARCH_PATH,
                     NULL,
                     NULL,
                     &text,
                     NULL,
                     NULL,
                     NULL))
    return NULL;
  return text;
}

static void
the_sheet_has_the_key_and_the_way_back_in_either_language (void **state)
{
  static const char
      *const lost[] = { [WB_LANGUAGE_EN] = "gone for good", [WB_LANGUAGE_NL] = "voorgoed weg" };
  static const char *const safe[] = { [WB_LANGUAGE_EN] = "Safe of the secret half",
                                      [WB_LANGUAGE_NL] = "Kluis van de geheime helft" };
  const char *const keys[] = { PUBLIC_KEY, NULL };
  g_autoptr (WbRegister) reg = create (*state, "b.waarborg", keys);

  for (guint language = 0; language < G_N_ELEMENTS (lost); language++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf = wb_register_draw_recovery (reg, (WbLanguage) language, &error);
    g_autofree char *text = NULL;

    if (pdf == NULL)
      fail_msg ("%s", error->message);
    text = read_pdf (*state, pdf);
    if (text == NULL)
      continue; /* no tool here */
    assert_non_null (strstr (text, "NL-TEST"));
    assert_non_null (strstr (text, lost[language]));
    assert_non_null (strstr (text, "keys/recovery.age"));
    assert_non_null (strstr (text, safe[language])); /* to be filled in by hand */
    assert_non_null (strstr (text, "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82"));
    assert_null (strstr (text, "AGE-SECRET-KEY-1Q"));
  }
}

static void
without_a_recovery_key_the_sheet_says_so (void **state)
{
  g_autoptr (WbRegister) reg = create (*state, "c.waarborg", NULL);
  g_auto (GStrv) kept = wb_register_list_recovery (reg, NULL);
  g_autoptr (GBytes) pdf = wb_register_draw_recovery (reg, WB_LANGUAGE_EN, NULL);

  assert_int_equal (g_strv_length (kept), 0);
  assert_non_null (pdf);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_keys_of_the_making_are_kept),
    cmocka_unit_test (the_sheet_has_the_key_and_the_way_back_in_either_language),
    cmocka_unit_test (without_a_recovery_key_the_sheet_says_so),
  };

  return cmocka_run_group_tests_name ("recovery",
                                      tests,
                                      wb_test_folder_setup,
                                      wb_test_folder_teardown);
}
