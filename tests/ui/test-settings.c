/* SPDX-License-Identifier: EUPL-1.2 */

/* Settings over a schema that an update left behind: older than the program. */
#include "wb-settings.h"

#include <glib/gstdio.h>

#include "wb-test.h"

/* Knows one setting as it is now, one in another form, and no others. */
#define OLD_SCHEMA                                                                                 \
  "<schemalist><schema id='org.waarborg.Register' path='/org/waarborg/Register/'>"                 \
  "<key name='lock-after-seconds' type='u'><default>120</default></key>"                           \
  "<key name='text-size' type='s'><default>'large'</default></key>"                                \
  "</schema></schemalist>"

static void
what_the_schema_knows_is_kept_in_it (void **state)
{
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_autoptr (WbSettings) again = wb_settings_new ();

  assert_int_equal (wb_settings_get_lock_after_seconds (settings), 120);
  wb_settings_set_lock_after_seconds (settings, 60);
  assert_int_equal (wb_settings_get_lock_after_seconds (again), 60);
}

static void
what_an_older_schema_lacks_has_its_usual_value (void **state)
{
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_auto (GStrv) hidden = wb_settings_dup_hidden_columns (settings);
  g_autofree char *language = wb_settings_dup_language (settings);
  g_auto (GStrv) registers = wb_settings_dup_registers (settings);

  assert_int_equal (wb_settings_get_text_size (settings), 100);
  assert_int_equal (g_strv_length (hidden), 1);
  assert_string_equal (hidden[0], "allegations");
  assert_null (language);
  assert_null (registers[0]);
}

static void
what_an_older_schema_lacks_can_be_set_for_this_run (void **state)
{
  static const char *const columns[] = { "site", NULL };
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_auto (GStrv) hidden = NULL;
  g_autofree char *language = NULL;
  g_auto (GStrv) registers = NULL;

  wb_settings_set_text_size (settings, 150);
  wb_settings_set_hidden_columns (settings, columns);
  wb_settings_set_language (settings, "nl");
  wb_settings_remember_register (settings, "/nowhere.waarborg");
  hidden = wb_settings_dup_hidden_columns (settings);
  language = wb_settings_dup_language (settings);
  registers = wb_settings_dup_registers (settings);

  assert_int_equal (wb_settings_get_text_size (settings), 150);
  assert_string_equal (hidden[0], "site");
  assert_string_equal (language, "nl");
  assert_string_equal (registers[0], "/nowhere.waarborg");
}

/* Before anything looks for schemas: they are read once. */
static void
use_old_schema (const char *folder)
{
  g_autofree char *file = g_build_filename (folder, "org.waarborg.Register.gschema.xml", NULL);
  char *words[] = { (char *) "glib-compile-schemas", (char *) folder, NULL };

  assert_true (g_file_set_contents (file, OLD_SCHEMA, -1, NULL));
  assert_true (
      g_spawn_sync (NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_setenv ("GSETTINGS_SCHEMA_DIR", folder, TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (what_the_schema_knows_is_kept_in_it),
    cmocka_unit_test (what_an_older_schema_lacks_has_its_usual_value),
    cmocka_unit_test (what_an_older_schema_lacks_can_be_set_for_this_run),
  };
  void *folder = NULL;
  int failed;

  wb_test_folder_setup (&folder);
  use_old_schema (folder);
  failed = cmocka_run_group_tests_name ("settings", tests, NULL, NULL);
  wb_test_folder_teardown (&folder);
  return failed;
}
