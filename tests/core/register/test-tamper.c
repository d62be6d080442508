/* SPDX-License-Identifier: EUPL-1.2 */

/* What somebody with the store key and a stock sqlcipher could alter: found, and the part named. */
#include <string.h>

#include "wb-encoding.h"
#include "wb-note.h"
#include "wb-test-register.h"

#define ALLEGATION                                                                                 \
  "{\"account\": \"Geduwd tijdens de afname.\", \"received\": \"2026-11-20\", "                    \
  "\"urgency\": \"urgency.urgent\"}"

static void
fill (WbTestRegister *self)
{
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);

  g_free (wb_test_record (self,
                          "person",
                          reference,
                          "{\"pseudonym\": \"Kiezel-5\", \"name\": \"Jansen\"}"));
  g_free (wb_register_checkpoint (self->reg, NULL));
  for (guint i = 0; i < 9; i++)
    g_free (wb_test_record (self, "note", reference, "{\"text\": \"Gebeld.\"}"));
  g_free (wb_register_checkpoint (self->reg, NULL));
}

#define alter(self, sql)                                                                           \
  do {                                                                                             \
    g_autoptr (GError) problem = NULL;                                                             \
    g_autoptr (WbStmt) off = wb_db_query ((self)->reg->db, "PRAGMA foreign_keys = OFF", NULL);     \
    g_autoptr (WbStmt) stmt = NULL;                                                                \
    assert_true (wb_stmt_run (off, &problem));                                                     \
    stmt = wb_db_query ((self)->reg->db, sql, &problem);                                           \
    wb_assert_no_error (problem);                                                                  \
    assert_true (wb_stmt_run (stmt, &problem));                                                    \
  } while (0)

static WbVerification *
verify (WbTestRegister *self, WbDepth depth)
{
  g_autoptr (GError) error = NULL;
  WbVerification *result = wb_register_verify (self->reg, depth, NULL, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  return result;
}

static void
assert_finding (WbTestRegister *self, WbDepth depth, const char *part, gint64 number)
{
  g_autoptr (WbVerification) result = verify (self, depth);
  g_autofree char *text = wb_verification_to_text (result);
  const WbFinding *finding;

  if (wb_verification_is_good (result))
    fail_msg ("not found: %s %d", part, (int) number);
  finding = g_ptr_array_index (wb_verification_get_findings (result), 0);
  if (finding->number != number || strcmp (finding->part, part) != 0)
    fail_msg ("%s %d was expected: %s", part, (int) number, text);
}

/* Each in a register of its own, since one finding may hide the next. */
#define FULL_CASE(name, sql, part, number)                                                         \
  static void name (void **state)                                                                  \
  {                                                                                                \
    WbTestRegister *self = *state;                                                                 \
                                                                                                   \
    fill (self);                                                                                   \
    alter (self, sql);                                                                             \
    assert_finding (self, WB_DEPTH_FULL, part, number);                                            \
  }

FULL_CASE (a_kept_hash_of_a_leaf_is_compared,
           "UPDATE node SET hash = zeroblob (32) WHERE level = 0 AND place = 5",
           "node",
           5)
FULL_CASE (a_kept_hash_inside_the_tree_is_compared,
           "UPDATE node SET hash = zeroblob (32) WHERE level = 1 AND place = 2",
           "node",
           4)
FULL_CASE (a_kept_hash_that_is_gone_is_missed,
           "DELETE FROM node WHERE level = 1 AND place = 1",
           "node",
           2)
FULL_CASE (a_kept_hash_too_many_is_found,
           "INSERT INTO node (level, place, hash) VALUES (20, 0, zeroblob (32))",
           "node",
           -1)
FULL_CASE (a_value_of_no_entry_is_found,
           "INSERT INTO disclosure (number, position, line) VALUES (4711, 0, 'x y \"z\"')",
           "disclosure",
           4711)
FULL_CASE (text_behind_a_nul_in_an_entry_is_found,
           "UPDATE entry SET text = CAST (CAST (text AS BLOB) || x'00' || x'41' AS TEXT) "
           "WHERE number = 4",
           "entry",
           4)
FULL_CASE (text_behind_a_nul_in_a_value_is_found,
           "UPDATE disclosure SET line = CAST (CAST (line AS BLOB) || x'00' || x'41' AS TEXT) "
           "WHERE number = 4 AND position = 0",
           "entry",
           4)
FULL_CASE (a_checkpoint_kept_by_another_size_is_found,
           "UPDATE checkpoint SET size = size + 1 WHERE size = (SELECT max (size) FROM checkpoint)",
           "checkpoint",
           -1)
FULL_CASE (an_altered_checkpoint_is_found,
           "UPDATE checkpoint SET note = replace (note, 'waarborg', 'waarborh')",
           "checkpoint",
           -1)
FULL_CASE (another_key_of_a_user_is_found,
           "UPDATE user SET recipient = replace (recipient, 'age1', 'age2')",
           "user",
           -1)
FULL_CASE (a_user_added_past_the_log_is_found,
           "INSERT INTO user SELECT 'SHA256:x', 'eva', public_key, recipient, added FROM user",
           "user",
           -1)

#define DEEP_CASE(name, sql, part)                                                                 \
  static void name (void **state)                                                                  \
  {                                                                                                \
    WbTestRegister *self = *state;                                                                 \
                                                                                                   \
    fill (self);                                                                                   \
    alter (self, sql);                                                                             \
    assert_finding (self, WB_DEPTH_DEEP, part, -1);                                                \
  }

DEEP_CASE (an_altered_act_is_found, "UPDATE act SET event = 'consulted' WHERE number = 3", "act")
DEEP_CASE (an_altered_identity_is_found,
           "UPDATE identity SET doc = replace (doc, 'Jansen', 'Pieters')",
           "identity")
DEEP_CASE (a_dropped_deadline_is_found,
           "DELETE FROM deadline WHERE key = (SELECT min (key) FROM deadline)",
           "deadline")
DEEP_CASE (a_moved_deadline_is_found, "UPDATE deadline SET ends = ends + 86400000", "deadline")
DEEP_CASE (a_case_hidden_from_the_list_is_found, "DELETE FROM case_row", "case_row")
DEEP_CASE (a_less_urgent_case_is_found, "UPDATE case_row SET urgency_rank = 99", "case_row")
DEEP_CASE (a_record_taken_out_of_search_is_found,
           "DELETE FROM search WHERE rowid = (SELECT max (rowid) FROM search)",
           "search")

static void
another_name_of_the_body_is_found (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  alter (self, "UPDATE meta SET value = 'Andere inspectie' WHERE key = 'body'");
  wb_test_register_reopen (self);
  assert_finding (self, WB_DEPTH_FULL, "meta", 0);
}

/* The program's own connection refuses to write to an index from outside; sqlcipher does not. */
static void
an_altered_search_index_is_found (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *sqlcipher = g_find_program_in_path ("sqlcipher");
  g_autofree char *file = g_build_filename (self->path, "store.db", NULL);
  g_autofree char *hex = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (sqlcipher == NULL)
    skip ();
  fill (self);
  hex = wb_hex_encode (wb_secret_peek (self->reg->keys->store_key, NULL), WB_DB_KEY_SIZE);
  sql = g_strdup_printf ("PRAGMA key = \"x'%s'\"; DELETE FROM search_data WHERE id > 10;", hex);
  g_clear_pointer (&self->reg, wb_register_close);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                              &error,
                              sqlcipher,
                              "-batch",
                              "-cmd",
                              ".dbconfig defensive off",
                              file,
                              sql,
                              NULL);
  wb_assert_no_error (error);
  assert_true (g_subprocess_wait_check (process, NULL, &error));
  wb_test_register_reopen (self);
  assert_finding (self, WB_DEPTH_DEEP, "search", -1);
}

/* The log's key is in every key file: a user who re-signs still needs another user's name. */
static void
a_checkpoint_without_its_author_is_found (void **state)
{
  WbTestRegister *self = *state;
  WbRegister *reg = NULL;
  g_autofree char *note = NULL;
  g_autofree char *bare = NULL;
  g_auto (GStrv) parts = NULL;

  fill (self);
  reg = self->reg;
  note = wb_register_checkpoint (reg, NULL);
  parts = g_strsplit (note, "\n\n", 2);
  {
    g_autofree char *text = g_strconcat (parts[0], "\n", NULL);

    bare = wb_note_sign (text, reg->origin, reg->keys->log_seed, NULL);
  }
  assert_non_null (bare);
  assert_true (wb_log_store_add_checkpoint (reg->db, reg->size, bare, NULL));
  assert_finding (self, WB_DEPTH_FULL, "checkpoint", -1);
}

static void
an_author_who_is_no_user_is_named (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *own = NULL;

  fill (self);
  own = self->reg->fingerprint;
  self->reg->fingerprint = g_strdup (own);
  self->reg->fingerprint[10] = self->reg->fingerprint[10] == 'A' ? 'B' : 'A';
  g_free (wb_test_record (self, "allegation", NULL, ALLEGATION));
  g_free (self->reg->fingerprint);
  self->reg->fingerprint = g_steal_pointer (&own);
  assert_finding (self, WB_DEPTH_FULL, "entry", (gint64) self->reg->size - 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_kept_hash_of_a_leaf_is_compared),
    with_register (a_kept_hash_inside_the_tree_is_compared),
    with_register (a_kept_hash_that_is_gone_is_missed),
    with_register (a_kept_hash_too_many_is_found),
    with_register (a_value_of_no_entry_is_found),
    with_register (text_behind_a_nul_in_an_entry_is_found),
    with_register (text_behind_a_nul_in_a_value_is_found),
    with_register (a_checkpoint_kept_by_another_size_is_found),
    with_register (an_altered_checkpoint_is_found),
    with_register (another_name_of_the_body_is_found),
    with_register (another_key_of_a_user_is_found),
    with_register (a_user_added_past_the_log_is_found),
    with_register (an_altered_act_is_found),
    with_register (an_altered_identity_is_found),
    with_register (a_dropped_deadline_is_found),
    with_register (a_moved_deadline_is_found),
    with_register (a_case_hidden_from_the_list_is_found),
    with_register (a_less_urgent_case_is_found),
    with_register (a_record_taken_out_of_search_is_found),
    with_register (an_altered_search_index_is_found),
    with_register (a_checkpoint_without_its_author_is_found),
    with_register (an_author_who_is_no_user_is_named),
  };

  return cmocka_run_group_tests_name ("tamper", tests, NULL, NULL);
}
