/* SPDX-License-Identifier: EUPL-1.2 */

/* Verifying a register: sound ones raise no alarm, altered ones are found and the part is named. */
#include "wb-test-register.h"

#include <glib/gstdio.h>
#include <string.h>

#define ALLEGATION "{\"account\": \"Geduwd tijdens de afname.\", \"received\": \"2026-11-20\"}"

static void
fill (WbTestRegister *self)
{
  g_autofree char *reference = wb_test_record (self, "allegation", NULL, ALLEGATION);
  g_autoptr (GInputStream) stream =
      g_memory_input_stream_new_from_data ("inhoud van een stuk", -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) evidence = NULL;

  g_free (wb_test_record (self,
                          "person",
                          reference,
                          "{\"pseudonym\": \"Kiezel-5\", \"name\": \"Jansen\"}"));
  g_free (
      wb_test_change (self, reference, "{\"place\": \"gang B\", \"ack_sent\": \"2026-11-23\"}"));
  evidence = wb_register_attach (self->reg,
                                 reference,
                                 "stuk.txt",
                                 stream,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 NULL,
                                 &error);
  wb_assert_no_error (error);
  g_free (wb_register_checkpoint (self->reg, NULL));
  g_free (wb_test_record (self, "note", reference, "{\"text\": \"Gebeld.\"}"));
}

static WbVerification *
verify (WbTestRegister *self, WbDepth depth)
{
  g_autoptr (GError) error = NULL;
  WbVerification *result = wb_register_verify (self->reg, depth, NULL, NULL, NULL, NULL, &error);

  wb_assert_no_error (error);
  return result;
}

static void
assert_good (WbTestRegister *self)
{
  for (WbDepth depth = WB_DEPTH_QUICK; depth <= WB_DEPTH_DEEP; depth++) {
    g_autoptr (WbVerification) result = verify (self, depth);
    g_autofree char *text = wb_verification_to_text (result);

    if (!wb_verification_is_good (result))
      fail_msg ("false alarm: %s", text);
  }
}

static void
a_sound_register_raises_no_alarm (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) passphrase = wb_test_secret ("another");

  assert_good (self);
  fill (self);
  assert_good (self);
  assert_true (wb_register_add_user (self->reg, "bram", passphrase, NULL));
  wb_test_register_reopen (self);
  assert_good (self);
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  assert_good (self);
}

/* Runs a statement as somebody with the key at hand would. */
#define alter(self, sql)                                                                           \
  do {                                                                                             \
    g_autoptr (GError) problem = NULL;                                                             \
    g_autoptr (WbStmt) stmt = wb_db_query ((self)->reg->db, sql, &problem);                        \
    wb_assert_no_error (problem);                                                                  \
    assert_true (wb_stmt_run (stmt, &problem));                                                    \
  } while (0)

static void
assert_found (WbTestRegister *self, gint64 number)
{
  g_autoptr (WbVerification) result = verify (self, WB_DEPTH_FULL);
  g_autofree char *text = wb_verification_to_text (result);
  const WbFinding *finding;

  if (wb_verification_is_good (result))
    fail_msg ("not found: entry %d", (int) number);
  finding = g_ptr_array_index (wb_verification_get_findings (result), 0);
  if (finding->number != number)
    fail_msg ("wrong number %d: %s", (int) finding->number, text);
}

static void
an_altered_entry_is_named (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  alter (self, "UPDATE entry SET text = replace (text, 'created', 'changed') WHERE number = 4");
  assert_found (self, 4);
}

static void
an_altered_disclosure_is_named (void **state)
{
  WbTestRegister *self = *state;

  fill (self);
  alter (self,
         "UPDATE disclosure SET line = replace (line, 'Geduwd', 'Geholpen') WHERE number = 4");
  assert_found (self, 4);
}

static void
a_dropped_last_entry_is_found_by_the_checkpoint (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbVerification) result = NULL;

  fill (self);
  g_free (wb_register_checkpoint (self->reg, NULL));
  alter (self, "PRAGMA foreign_keys = OFF");
  alter (self, "DELETE FROM entry WHERE number = (SELECT max (number) FROM entry)");
  assert_true (wb_register_load_head (self->reg, NULL));
  result = verify (self, WB_DEPTH_FULL);
  assert_false (wb_verification_is_good (result));
  g_clear_pointer (&result, wb_verification_unref);
  result = verify (self, WB_DEPTH_QUICK);
  assert_false (wb_verification_is_good (result));
}

static void
altered_evidence_is_found (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbVerification) result = NULL;
  const WbFinding *finding;

  fill (self);
  alter (self, "UPDATE chunk SET bytes = CAST ('inhoud van een stuk!' AS BLOB)");
  result = verify (self, WB_DEPTH_FULL);
  assert_false (wb_verification_is_good (result));
  finding = g_ptr_array_index (wb_verification_get_findings (result), 0);
  assert_string_equal (finding->part, "NL-TEST-2026-0001/E-1");
}

static void
an_altered_projection_is_found_by_deep_alone (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbVerification) full = NULL;
  g_autoptr (WbVerification) deep = NULL;

  fill (self);
  alter (self,
         "UPDATE record SET doc = replace (doc, 'Geduwd', 'Geholpen') WHERE type = 'allegation'");
  full = verify (self, WB_DEPTH_FULL);
  deep = verify (self, WB_DEPTH_DEEP);
  assert_true (wb_verification_is_good (full));
  assert_false (wb_verification_is_good (deep));
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  assert_good (self);
}

static void
a_checkpoint_of_another_history_is_found (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *before = NULL;
  g_autoptr (WbVerification) result = NULL;

  fill (self);
  before = wb_register_checkpoint (self->reg, NULL);
  alter (self, "DELETE FROM checkpoint");
  alter (self, "PRAGMA foreign_keys = OFF");
  alter (self, "DELETE FROM node WHERE place = (SELECT max (number) FROM entry) AND level = 0");
  alter (self, "DELETE FROM disclosure WHERE number = (SELECT max (number) FROM entry)");
  alter (self, "DELETE FROM act WHERE number = (SELECT max (number) FROM entry)");
  alter (self, "DELETE FROM entry WHERE number = (SELECT max (number) FROM entry)");
  assert_true (wb_register_load_head (self->reg, NULL));
  result = wb_register_verify (self->reg, WB_DEPTH_FULL, before, NULL, NULL, NULL, NULL);
  assert_false (wb_verification_is_good (result));
}

static WbVerification *
verify_path (WbTestRegister *self, GError **error)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);

  return wb_register_verify_path (self->path,
                                  "anna",
                                  passphrase,
                                  WB_DEPTH_FULL,
                                  NULL,
                                  NULL,
                                  NULL,
                                  NULL,
                                  error);
}

static void
flip (const char *path, gsize at)
{
  g_autofree char *bytes = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[at % size] ^= 0x10;
  assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
}

static void
a_flipped_byte_in_any_file_names_the_part (void **state)
{
  static const char *const NAMES[] = { "store.db",
                                       "keys/anna.age",
                                       "README.txt",
                                       "LEESMIJ.txt",
                                       "SHA256SUMS" };
  WbTestRegister *self = *state;

  fill (self);
  g_clear_pointer (&self->reg, wb_register_close);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *file = g_build_filename (self->path, NAMES[i], NULL);
    GStatBuf info;
    gsize step;

    assert_int_equal (g_stat (file, &info), 0);
    step = MAX (1, (gsize) info.st_size / 23);
    for (gsize at = 0; at < (gsize) info.st_size; at += step) {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbVerification) result = NULL;
      const WbFinding *finding;

      flip (file, at);
      result = verify_path (self, &error);
      flip (file, at);
      if (result == NULL)
        fail_msg ("%s at %u: %s", NAMES[i], (guint) at, error->message);
      if (wb_verification_is_good (result))
        fail_msg ("%s at %u: not found", NAMES[i], (guint) at);
      finding = g_ptr_array_index (wb_verification_get_findings (result), 0);
      /* A damaged list of sums makes the files it speaks of look damaged. */
      if (!g_str_equal (NAMES[i], "SHA256SUMS"))
        assert_string_equal (finding->part, NAMES[i]);
    }
  }
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbVerification) result = verify_path (self, &error);

    wb_assert_no_error (error);
    assert_true (wb_verification_is_good (result));
  }
}

static void
a_truncated_store_is_found (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *file = g_build_filename (self->path, "store.db", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (WbVerification) result = NULL;
  gsize size;

  fill (self);
  g_clear_pointer (&self->reg, wb_register_close);
  assert_true (g_file_get_contents (file, &bytes, &size, NULL));
  for (gsize keep = size - 4096; keep > 4096; keep = keep * 2 / 3) {
    assert_true (g_file_set_contents (file, bytes, (gssize) keep, NULL));
    g_clear_pointer (&result, wb_verification_unref);
    result = verify_path (self, NULL);
    assert_non_null (result);
    assert_false (wb_verification_is_good (result));
  }
}

static void
a_wrong_passphrase_is_no_finding (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) wrong = wb_test_secret ("not it");
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reg, wb_register_close);
  assert_null (wb_register_verify_path (self->path,
                                        "anna",
                                        wrong,
                                        WB_DEPTH_QUICK,
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL,
                                        &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_WRONG_KEY);
}

static void
an_odd_entry_is_set_aside_and_the_rest_works (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbActDraft) odd =
      wb_act_draft_new ("hologram", "0198f6b2-0000-7000-8000-000000000000", NULL, "created");
  g_autoptr (GPtrArray) aside = NULL;
  g_autoptr (WbChange) change = wb_change_begin (self->reg, NULL);

  /* As a newer version would write it: this one cannot project it. */
  wb_act_draft_add_text (odd, "colour", "red");
  (void) wb_register_append (self->reg, odd, wb_register_next_time (self->reg), NULL);
  assert_true (wb_change_commit (change, NULL));
  fill (self);
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  aside = wb_register_list_set_aside (self->reg, NULL);
  assert_int_equal (aside->len, 1);
  assert_good (self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (a_sound_register_raises_no_alarm),
    with_register (an_altered_entry_is_named),
    with_register (an_altered_disclosure_is_named),
    with_register (a_dropped_last_entry_is_found_by_the_checkpoint),
    with_register (altered_evidence_is_found),
    with_register (an_altered_projection_is_found_by_deep_alone),
    with_register (a_checkpoint_of_another_history_is_found),
    with_register (a_flipped_byte_in_any_file_names_the_part),
    with_register (a_truncated_store_is_found),
    with_register (a_wrong_passphrase_is_no_finding),
    with_register (an_odd_entry_is_set_aside_and_the_rest_works),
  };

  return cmocka_run_group_tests_name ("verify", tests, NULL, NULL);
}
