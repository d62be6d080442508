/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-i18n.h"

#include "wb-test.h"

static void
language_is_found_as_gettext_does (void **state)
{
  static const struct {
    const char *list, *all, *messages, *lang;
    WbLanguage expected;
  } cases[] = {
    { "", "", "", "nl_NL.UTF-8", WB_LANGUAGE_NL },
    { "", "", "", "en_GB.UTF-8", WB_LANGUAGE_EN },
    { "", "", "nl_BE.UTF-8", "en_GB.UTF-8", WB_LANGUAGE_NL },
    { "", "en_US.UTF-8", "nl_BE.UTF-8", "nl_NL.UTF-8", WB_LANGUAGE_EN },
    { "nl:en", "", "", "en_GB.UTF-8", WB_LANGUAGE_NL },
    { "en:nl", "", "", "nl_NL.UTF-8", WB_LANGUAGE_EN },
    { "de:nl", "", "", "de_DE.UTF-8", WB_LANGUAGE_NL },
    { "nl", "C", "", "nl_NL.UTF-8", WB_LANGUAGE_EN },
    { "nl", "C.UTF-8", "", "", WB_LANGUAGE_NL },
    { "", "", "", "", WB_LANGUAGE_EN },
    { "", "", "", "fr_FR.UTF-8", WB_LANGUAGE_EN },
    { "nlx", "", "", "nl_NL.UTF-8", WB_LANGUAGE_EN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_setenv ("LANGUAGE", cases[i].list, TRUE);
    g_setenv ("LC_ALL", cases[i].all, TRUE);
    g_setenv ("LC_MESSAGES", cases[i].messages, TRUE);
    g_setenv ("LANG", cases[i].lang, TRUE);
    assert_int_equal (wb_language_current (), cases[i].expected);
  }
}

static void
languages_have_their_code (void **state)
{
  assert_string_equal (wb_language_code (WB_LANGUAGE_NL), "nl");
  assert_string_equal (wb_language_code (WB_LANGUAGE_EN), "en");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (language_is_found_as_gettext_does),
    cmocka_unit_test (languages_have_their_code),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
