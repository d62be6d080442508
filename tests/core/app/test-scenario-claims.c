/* SPDX-License-Identifier: EUPL-1.2 */

/* Each state, warning and block of the scenarios (tests/scenarios/claims.tsv), asked of waarborgctl
 * between the steps, at its own moment. */
#include "wb-test-story.h"

#include <string.h>

enum { SCENARIO, ID, KIND, CLAIM, REGISTER, NOW, USER, COMMAND, EXPECTED, N_CELLS };

typedef struct {
  char **cells;
  WbInstant now;
  guint line;
} Claim;

static void
free_claim (gpointer data)
{
  Claim *self = data;

  g_strfreev (self->cells);
  g_free (self);
}

static int
compare_claims (gconstpointer a, gconstpointer b)
{
  const Claim *one = *(const Claim *const *) a, *other = *(const Claim *const *) b;

  if (one->now != other->now)
    return one->now < other->now ? -1 : 1;
  return one->line < other->line ? -1 : one->line > other->line;
}

static GPtrArray *
load_claims (void)
{
  g_auto (GStrv) lines = wb_test_story_lines ("claims.tsv");
  GPtrArray *claims = g_ptr_array_new_with_free_func (free_claim);

  for (guint i = 0; lines[i] != NULL; i++) {
    Claim *claim;

    if (*lines[i] == '#' || *lines[i] == '\0')
      continue;
    claim = g_new0 (Claim, 1);
    claim->cells = g_strsplit (lines[i], "\t", -1);
    claim->line = i + 2;
    if (g_strv_length (claim->cells) != N_CELLS ||
        !wb_instant_parse (claim->cells[NOW], &claim->now, NULL))
      fail_msg ("claims.tsv, line %u: not a claim", claim->line);
    g_ptr_array_add (claims, claim);
  }
  g_ptr_array_sort (claims, compare_claims);
  return claims;
}

/* A leaf matches by its text; "*" is any value, "-" none. */
static gboolean
leaf_matches (JsonNode *node, const char *value)
{
  GValue held = G_VALUE_INIT, text = G_VALUE_INIT;
  gboolean same = FALSE;

  if (JSON_NODE_HOLDS_NULL (node))
    return g_str_equal (value, "-");
  if (!JSON_NODE_HOLDS_VALUE (node))
    return g_str_equal (value, "*");
  json_node_get_value (node, &held);
  g_value_init (&text, G_TYPE_STRING);
  if (g_value_transform (&held, &text))
    same = g_ascii_strcasecmp (g_value_get_string (&text), value) == 0;
  g_value_unset (&held);
  g_value_unset (&text);
  return same || g_str_equal (value, "*");
}

static gboolean path_matches (JsonNode *node, const char *path, const char *value);

/* The name of a member may have dots in it: checklist.invest.prompt.result. */
static gboolean
member_matches (JsonObject *object, const char *path, const char *value)
{
  g_autoptr (GList) names = json_object_get_members (object);
  gboolean known = FALSE;

  for (GList *l = names; l != NULL; l = l->next) {
    const char *name = l->data;
    gsize length = strlen (name);

    if (strncmp (path, name, length) != 0 || (path[length] != '.' && path[length] != '\0'))
      continue;
    known = TRUE;
    if (path_matches (json_object_get_member (object, name),
                      path[length] == '.' ? path + length + 1 : "",
                      value))
      return TRUE;
  }
  return !known && g_str_equal (value, "-");
}

/* "fields.status": down through objects, into any element of a list. */
static gboolean
path_matches (JsonNode *node, const char *path, const char *value)
{
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *list = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (list); i++) {
      if (path_matches (json_array_get_element (list, i), path, value))
        return TRUE;
    }
    return json_array_get_length (list) == 0 && g_str_equal (value, "-");
  }
  if (*path == '\0')
    return leaf_matches (node, value);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return member_matches (json_node_get_object (node), path, value);
  return g_str_equal (value, "-");
}

static gboolean
all_match (JsonNode *node, char **pairs)
{
  for (guint i = 1; pairs[i] != NULL; i++) {
    char *equals = strchr (pairs[i], '=');
    g_autofree char *path = NULL;

    if (equals == NULL)
      fail_msg ("no = in %s", pairs[i]);
    path = g_strndup (pairs[i], equals - pairs[i]);
    if (!path_matches (node, path, equals + 1))
      return FALSE;
  }
  return TRUE;
}

static guint
count_matches (WbTestStory *story, char **pairs)
{
  g_autoptr (JsonNode) node = json_from_string (story->ctl->out, NULL);
  guint n = 0;

  if (node == NULL)
    return 0;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return all_match (node, pairs);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    n += all_match (json_array_get_element (json_node_get_array (node), i), pairs);
  return n;
}

/* keep NAME PATH: puts a value of the answer aside as ${NAME}. */
static gboolean
keep (WbTestStory *story, char **words)
{
  g_autoptr (JsonNode) node = json_from_string (story->ctl->out, NULL);
  g_auto (GStrv) names = g_strsplit (words[2], ".", -1);
  JsonNode *at = node;

  for (guint i = 0; names[i] != NULL && at != NULL; i++)
    at = JSON_NODE_HOLDS_OBJECT (at) ? json_object_get_member (json_node_get_object (at), names[i])
                                     : NULL;
  if (at == NULL || !JSON_NODE_HOLDS_VALUE (at))
    return FALSE;
  g_hash_table_insert (story->kept, g_strdup (words[1]), g_strdup (json_node_get_string (at)));
  return TRUE;
}

static gboolean
says (WbTestStory *story, const char *text)
{
  return strstr (story->ctl->out, text) != NULL || strstr (story->ctl->err, text) != NULL;
}

/* The sentence on standard error names the rule. */
static gboolean
refuses (WbTestStory *story, const char *rule)
{
  g_autofree char *named = g_strdup_printf ("(rule %s,", rule);

  return story->ctl->status == 1 && strstr (story->ctl->err, named) != NULL;
}

/* in FILE TEXT, not-in FILE TEXT: what unzip finds in a bundle. */
static gboolean
bundle_says (WbTestStory *story, const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (story->ctl->folder, file, NULL);
  const char *words[] = { "unzip", "-p", path, NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL,
                (char **) words,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &out,
                NULL,
                NULL,
                &error);
  wb_assert_no_error (error);
  assert_non_null (strstr (out, "BagIt-Version"));
  return strstr (out, text) != NULL;
}

/* One condition of those that a claim gives; the exit code is 0 where none says another. */
static gboolean
holds (WbTestStory *story, const char *condition)
{
  g_auto (GStrv) words = g_strsplit (condition, " ", -1);
  const char *rest = strchr (condition, ' ');

  assert_non_null (rest);
  rest++;
  if (g_str_equal (words[0], "has"))
    return count_matches (story, words) > 0;
  if (g_str_equal (words[0], "none"))
    return count_matches (story, words) == 0;
  if (g_str_equal (words[0], "keep"))
    return keep (story, words);
  if (g_str_equal (words[0], "says"))
    return says (story, rest);
  if (g_str_equal (words[0], "silent"))
    return !says (story, rest);
  if (g_str_equal (words[0], "refused"))
    return refuses (story, rest);
  if (g_str_equal (words[0], "exit"))
    return story->ctl->status == atoi (rest);
  if (g_str_equal (words[0], "in"))
    return bundle_says (story, words[1], strchr (rest, ' ') + 1);
  if (g_str_equal (words[0], "not-in"))
    return !bundle_says (story, words[1], strchr (rest, ' ') + 1);
  fail_msg ("claims.tsv: %s?", words[0]);
  return FALSE;
}

static void
tamper (WbTestStory *story, const char *file)
{
  g_autofree char *path = g_build_filename (story->ctl->folder, file, NULL);
  gsize size = 0;
  g_autofree char *bytes = wb_test_read (path, &size);

  bytes[size / 2] ^= 1;
  assert_true (g_file_set_contents (path, bytes, size, NULL));
}

/* Beside the program's own commands: tamper FILE, and language:nl before a command. */
static void
ask (WbTestStory *story, const Claim *claim)
{
  const char *command = claim->cells[COMMAND];

  g_clear_pointer (&story->language, g_free);
  if (g_str_has_prefix (command, "tamper ")) {
    tamper (story, strchr (command, ' ') + 1);
    return;
  }
  if (g_str_has_prefix (command, "language:")) {
    story->language = g_strndup (command + 9, 2);
    command += 12;
  }
  wb_test_story_run (story, claim->cells[REGISTER], claim->cells[NOW], claim->cells[USER], command);
}

static gboolean
is_same_question (const Claim *claim, const Claim *before)
{
  return before != NULL && claim->now == before->now &&
         g_str_equal (claim->cells[REGISTER], before->cells[REGISTER]) &&
         g_str_equal (claim->cells[USER], before->cells[USER]) &&
         g_str_equal (claim->cells[COMMAND], before->cells[COMMAND]);
}

static guint
judge (WbTestStory *story, const Claim *claim, GString *wrong)
{
  g_autofree char *expected = wb_test_story_fill (story, claim->cells[EXPECTED]);
  g_auto (GStrv) conditions = g_strsplit (expected, "; ", -1);
  gboolean other = strstr (expected, "refused ") != NULL || strstr (expected, "exit ") != NULL;
  guint n_wrong = 0;

  if (!other && story->ctl->status != 0 && !g_str_has_prefix (claim->cells[COMMAND], "tamper "))
    n_wrong++;
  for (guint i = 0; conditions[i] != NULL && *expected != '\0'; i++) {
    if (!holds (story, conditions[i]) && n_wrong++ == 0)
      g_string_append_printf (wrong, "not: %s\n", conditions[i]);
  }
  if (n_wrong > 0)
    g_string_append_printf (wrong,
                            "line %u, %s %s: %s\n  %s\n  exit %d %s%.*s\n",
                            claim->line,
                            claim->cells[SCENARIO],
                            claim->cells[ID],
                            claim->cells[CLAIM],
                            claim->cells[COMMAND],
                            story->ctl->status,
                            story->ctl->err,
                            g_getenv ("WB_TEST_LONG") != NULL ? 20000 : 0,
                            story->ctl->out);
  return n_wrong > 0;
}

static void
every_state_warning_and_block_comes_out (void **state)
{
  WbTestStory *story = *state;
  g_autoptr (GPtrArray) claims = load_claims ();
  g_autoptr (GString) wrong = g_string_new (NULL);
  const Claim *before = NULL;
  guint n_wrong = 0;

  for (guint i = 0; i < claims->len; i++) {
    const Claim *claim = g_ptr_array_index (claims, i);

    wb_test_story_record_until (story, claim->now);
    if (!is_same_question (claim, before))
      ask (story, claim);
    n_wrong += judge (story, claim, wrong);
    before = claim;
  }
  wb_test_count ("scenario-claims", claims->len);
  if (n_wrong > 0)
    g_printerr ("%s", wrong->str); /* longer than what fail_msg () takes */
  assert_int_equal (n_wrong, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_story (every_state_warning_and_block_comes_out),
  };

  return cmocka_run_group_tests_name ("scenario-claims", tests, NULL, NULL);
}
