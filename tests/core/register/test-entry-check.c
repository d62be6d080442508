/* SPDX-License-Identifier: EUPL-1.2 */

/* One entry checked by itself: what is sound is said so step by step, what was altered is named. */
#include <string.h>

#include "wb-encoding.h"
#include "wb-entry-check.h"
#include "wb-error.h"
#include "wb-test-register.h"

static void
fill (WbTestRegister *self)
{
  g_autofree char *reference =
      wb_test_record (self,
                      "allegation",
                      NULL,
                      "{\"account\": \"Geduwd tijdens de afname.\", \"received\": \"2026-11-20\"}");

  g_free (wb_register_checkpoint (self->reg, NULL));
  for (guint i = 0; i < 9; i++)
    g_free (wb_test_record (self, "note", reference, "{\"text\": \"Gebeld.\"}"));
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

static WbEntryCheck *
check (WbTestRegister *self, guint64 number)
{
  g_autoptr (GError) error = NULL;
  WbEntryCheck *result = wb_register_check_entry (self->reg, number, &error);

  wb_assert_no_error (error);
  return result;
}

static guint
count_bad (const WbEntryCheck *result, const char *part)
{
  guint n = 0;

  for (guint i = 0; i < result->steps->len; i++) {
    const WbEntryCheckStep *step = g_ptr_array_index (result->steps, i);

    n += !step->good && (part == NULL || strstr (step->words, part) != NULL);
  }
  return n;
}

static void
every_sound_entry_passes_and_names_its_signer (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  for (guint64 i = 0; i < wb_register_get_size (self->reg); i++) {
    g_autoptr (WbEntryCheck) result = check (self, i);

    assert_true (result->good);
    assert_int_equal (count_bad (result, NULL), 0);
    assert_int_equal (strlen (result->hash), 64);
    assert_string_equal (result->signer, wb_register_get_user (self->reg));
    assert_string_equal (result->fingerprint, wb_register_get_fingerprint (self->reg));
    assert_true (result->n_signed > i);
  }
}

static void
checking_is_no_entry_and_what_is_new_is_signed_first (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) result = NULL;
  guint64 size;

  fill (self);
  size = wb_register_get_size (self->reg);
  result = check (self, size - 1);
  assert_int_equal (wb_register_get_size (self->reg), size);
  assert_int_equal (result->n_signed, size);
}

static void
an_earlier_entry_is_held_against_the_checkpoint_nearest_to_it (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) result = NULL;

  fill (self);
  result = check (self, 3);
  assert_true (result->n_signed < wb_register_get_size (self->reg));
}

static void
an_altered_entry_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) result = NULL;
  g_autoptr (WbEntryCheck) next = NULL;
  g_autoptr (WbEntryCheck) before = NULL;

  fill (self);
  g_free (wb_register_checkpoint (self->reg, NULL));
  alter (self, "UPDATE entry SET text = replace (text, 'created', 'changed') WHERE number = 6");
  result = check (self, 6);
  next = check (self, 7);
  before = check (self, 5);
  assert_false (result->good);
  assert_int_equal (count_bad (result, "not the one that was recorded"), 1);
  assert_int_equal (count_bad (result, "does not lead from this entry"), 1);
  assert_int_equal (count_bad (next, "number 6"), 1);
  assert_true (before->good);
}

/* Who alters the row and the hash beside it is found by the signed checkpoint. */
static void
an_altered_entry_with_an_altered_hash_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) first = NULL;
  g_autoptr (WbEntryCheck) result = NULL;
  g_autoptr (WbStmt) set_leaf = NULL;
  guint8 leaf[WB_HASH_SIZE];

  fill (self);
  g_free (wb_register_checkpoint (self->reg, NULL));
  alter (self, "UPDATE entry SET text = replace (text, 'created', 'changed') WHERE number = 6");
  first = check (self, 6);
  assert_true (wb_hex_decode (first->hash, leaf, sizeof leaf, NULL));
  set_leaf = wb_db_query (self->reg->db, "UPDATE entry SET leaf = :leaf WHERE number = 6", NULL);
  wb_stmt_bind_blob (set_leaf, ":leaf", leaf, sizeof leaf);
  assert_true (wb_stmt_run (set_leaf, NULL));
  result = check (self, 6);
  assert_int_equal (count_bad (result, "not the one that was recorded"), 0);
  assert_int_equal (count_bad (result, "does not lead from this entry"), 1);
  assert_false (result->good);
}

static void
an_altered_value_is_told_and_no_value_is_shown (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) result = NULL;

  fill (self);
  alter (self, "UPDATE disclosure SET line = replace (line, 'Gebeld', 'Gemaild') WHERE number = 6");
  result = check (self, 6);
  assert_int_equal (count_bad (result, "value"), 1);
  assert_int_equal (count_bad (result, "Gemaild"), 0);
}

static void
an_altered_checkpoint_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) result = NULL;

  fill (self);
  g_free (wb_register_checkpoint (self->reg, NULL));
  alter (self, "UPDATE checkpoint SET note = replace (note, 'waarborg', 'waarborh')");
  result = check (self, 6);
  assert_false (result->good);
}

static void
another_key_of_the_author_is_told (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbEntryCheck) result = NULL;

  fill (self);
  alter (self, "UPDATE user SET fingerprint = 'SHA256:x'");
  result = check (self, 6);
  assert_int_equal (count_bad (result, "key of the author"), 1);
  assert_null (result->signer);
}

static void
an_entry_beyond_the_end_is_no_entry (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (GError) error = NULL;

  assert_null (wb_register_check_entry (self->reg, 4711, &error));
  assert_true (g_error_matches (error, WB_ERROR, WB_ERROR_NOT_FOUND));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (every_sound_entry_passes_and_names_its_signer),
    with_register (checking_is_no_entry_and_what_is_new_is_signed_first),
    with_register (an_earlier_entry_is_held_against_the_checkpoint_nearest_to_it),
    with_register (an_altered_entry_is_told),
    with_register (an_altered_entry_with_an_altered_hash_is_told),
    with_register (an_altered_value_is_told_and_no_value_is_shown),
    with_register (an_altered_checkpoint_is_told),
    with_register (another_key_of_the_author_is_told),
    with_register (an_entry_beyond_the_end_is_no_entry),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
