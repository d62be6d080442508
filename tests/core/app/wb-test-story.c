/* SPDX-License-Identifier: EUPL-1.2 */

/* Tells the scenarios of tests/scenarios to real registers, each step on its own date. */
#include "wb-test-story.h"

#include <string.h>

enum { NOW, SCENARIO, FILE_NAME, USER, REGISTER, N_CELLS };

char **
wb_test_story_lines (const char *name)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("WAARBORG_SOURCE"), "tests", "scenarios", name, NULL);
  g_autofree char *text = wb_test_read (path, NULL);
  char *body = strchr (text, '\n');

  assert_non_null (body);
  return g_strsplit (g_strchomp (body + 1), "\n", -1);
}

static void
make_register (WbTestStory *self, char **cells)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  WbRegisterSetup setup = { cells[1], cells[2], cells[3], NULL, "anna", passphrase, NULL, TRUE };
  g_autofree char *folder = g_strconcat (cells[0], ".waarborg", NULL);
  char *path = g_build_filename (self->ctl->folder, folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRegister) reg = wb_register_create (path, &setup, &error);

  wb_assert_no_error (error);
  wb_register_add_user (reg, "lezer", passphrase, &error);
  wb_assert_no_error (error);
  g_hash_table_insert (self->paths, g_strdup (cells[0]), path);
}

int
wb_test_story_setup (void **state)
{
  WbTestStory *self = g_new0 (WbTestStory, 1);
  g_auto (GStrv) registers = wb_test_story_lines ("registers.tsv");

  wb_test_ctl_setup ((void **) &self->ctl);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->steps = wb_test_story_lines ("steps.tsv");
  for (guint i = 0; registers[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (registers[i], "\t", -1);

    assert_int_equal (g_strv_length (cells), 4);
    make_register (self, cells);
  }
  *state = self;
  return 0;
}

int
wb_test_story_teardown (void **state)
{
  WbTestStory *self = *state;

  wb_test_ctl_teardown ((void **) &self->ctl);
  g_hash_table_unref (self->paths);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->kept);
  g_strfreev (self->steps);
  g_free (self->language);
  g_free (self);
  return 0;
}

/* The first case of S5 that is recorded is S5, the second S5b. */
static void
name_cases (WbTestStory *self, const char *scenario)
{
  g_autoptr (JsonNode) node = json_from_string (self->ctl->out, NULL);
  JsonArray *records = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (records); i++) {
    JsonObject *record = json_array_get_object_element (records, i);
    const char *reference = json_object_get_string_member (record, "reference");
    char letter = 'a';
    g_autofree char *name = g_strdup (scenario);

    if (!g_str_equal (json_object_get_string_member (record, "type"), "case"))
      continue;
    while (g_hash_table_contains (self->names, name) &&
           !g_str_equal (g_hash_table_lookup (self->names, name), reference)) {
      g_free (name);
      name = g_strdup_printf ("%s%c", scenario, ++letter);
    }
    g_hash_table_insert (self->names, g_steal_pointer (&name), g_strdup (reference));
  }
}

static void
record_step (WbTestStory *self, char **cells)
{
  g_autofree char *file =
      g_build_filename (g_getenv ("WAARBORG_SOURCE"), "tests", "scenarios", cells[FILE_NAME], NULL);
  g_autofree char *command = g_strdup_printf ("record REG '%s' --json", file);

  if (wb_test_story_run (self, cells[REGISTER], cells[NOW], cells[USER], command) != 0)
    fail_msg ("%s: %s", cells[FILE_NAME], self->ctl->err);
  name_cases (self, cells[SCENARIO]);
}

guint
wb_test_story_record_until (WbTestStory *self, WbInstant until)
{
  guint n = 0;

  for (; self->steps[self->at] != NULL; self->at++, n++) {
    g_auto (GStrv) cells = g_strsplit (self->steps[self->at], "\t", -1);
    WbInstant now = 0;

    assert_int_equal (g_strv_length (cells), N_CELLS);
    assert_true (wb_instant_parse (cells[NOW], &now, NULL));
    if (now > until)
      break;
    record_step (self, cells);
  }
  return n;
}

/* @S1 → NL-DEMO-2026-0003, ${kept} → what was kept. */
static gboolean
replace_cb (const GMatchInfo *match, GString *result, gpointer user_data)
{
  WbTestStory *self = user_data;
  g_autofree char *word = g_match_info_fetch (match, 0);
  g_autofree char *scenario = g_match_info_fetch (match, 1);
  g_autofree char *kept = g_match_info_fetch (match, 2);
  const char *value = *scenario != '\0' ? g_hash_table_lookup (self->names, scenario)
                                        : g_hash_table_lookup (self->kept, kept);

  if (value == NULL)
    fail_msg ("nothing is called %s yet", word);
  g_string_append (result, value);
  return FALSE;
}

char *
wb_test_story_fill (WbTestStory *self, const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("@(S[0-9]+[a-z]?)|\\$\\{([a-z0-9-]+)\\}", 0, 0, NULL);

  return g_regex_replace_eval (regex, text, -1, 0, 0, replace_cb, self, NULL);
}

static char *
make_word (WbTestStory *self, const char *name, const char *word)
{
  if (g_str_equal (word, "REG"))
    return g_strdup (g_hash_table_lookup (self->paths, name));
  if (*word == '{' || *word == '[')
    return wb_test_ctl_write (self->ctl, "said.json", word, -1);
  return g_strdup (word);
}

int
wb_test_story_run (WbTestStory *self,
                   const char *name,
                   const char *now,
                   const char *user,
                   const char *command)
{
  g_autofree char *filled = wb_test_story_fill (self, command);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *environment[] = { "LANGUAGE", self->language, NULL };
  g_auto (GStrv) said = NULL;

  assert_true (g_hash_table_contains (self->paths, name));
  if (!g_shell_parse_argv (filled, NULL, &said, NULL))
    fail_msg ("not a command: %s", command);
  g_ptr_array_add (words,
                   g_build_filename (g_getenv ("WAARBORG_BUILD"), "app", "waarborgctl", NULL));
  for (guint i = 0; said[i] != NULL; i++)
    g_ptr_array_add (words, make_word (self, name, said[i]));
  if (strstr (filled, " REG ") != NULL || g_str_has_suffix (filled, " REG")) {
    const char *more[] = { "--user", user, "--passphrase-file", self->ctl->passphrase };

    for (guint i = 0; i < G_N_ELEMENTS (more); i++)
      g_ptr_array_add (words, g_strdup (more[i]));
  }
  if (strstr (filled, "--now") == NULL && !g_str_has_prefix (filled, "due ")) {
    g_ptr_array_add (words, g_strdup ("--now"));
    g_ptr_array_add (words, g_strdup (now));
  }
  g_ptr_array_add (words, NULL);
  return wb_test_ctl_run_with (self->ctl,
                               self->language != NULL ? environment : NULL,
                               (char **) words->pdata);
}
