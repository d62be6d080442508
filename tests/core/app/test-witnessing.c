/* SPDX-License-Identifier: EUPL-1.2 */

/* Two bodies keep each other's checkpoints, by files that go to and fro. */
#include "wb-test-ctl.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-note.h"
#include "wb-witnessing.h"

typedef struct {
  WbTestCtl *ctl;
  char *other; /* the register of the body that witnesses */
} Pair;

static int
setup (void **state)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  WbRegisterSetup other = { "Ombud Fictief", "NL-OMB", NULL, NULL, "anna", passphrase, NULL, TRUE };
  Pair *self = g_new0 (Pair, 1);

  wb_test_ctl_setup ((void **) &self->ctl);
  self->other = g_build_filename (self->ctl->folder, "other.waarborg", NULL);
  wb_register_close (wb_register_create (self->other, &other, NULL));
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Pair *self = *state;
  gpointer ctl = self->ctl;

  wb_test_ctl_teardown (&ctl);
  g_free (self->other);
  g_free (self);
  return 0;
}

/* One more entry. */
static void
act (Pair *self, const char *path, const char *place)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbRegister) reg = wb_register_open (path, "anna", passphrase, NULL);
  g_autofree char *json = g_strdup_printf (
      "{\"account\": \"Geduwd.\", \"received\": \"2026-05-20\", \"place\": \"%s\"}",
      place);
  g_autoptr (JsonObject) fields = wb_test_object (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) record =
      wb_register_record (reg, "allegation", NULL, NULL, fields, NULL, &error);

  (void) self;
  wb_assert_no_error (error);
}

static char *
checkpoint (Pair *self, const char *path, const char *name)
{
  assert_int_equal (wb_test_ctl_run (self->ctl, "checkpoint", path, NULL), 0);
  return wb_test_ctl_write (self->ctl, name, self->ctl->out, -1);
}

/* (nullable): a member of what "checkpoint --json" says. */
static char *
tell (Pair *self, const char *path, const char *member)
{
  g_autoptr (JsonNode) node = NULL;

  assert_int_equal (wb_test_ctl_run (self->ctl, "checkpoint", path, "--json", NULL), 0);
  node = json_from_string (self->ctl->out, NULL);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), member));
}

static guint64
count (const char *path)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbRegister) reg = wb_register_open (path, "anna", passphrase, NULL);

  return wb_register_get_size (reg);
}

static char *
prove (Pair *self, const char *since, const char *name)
{
  char *path = g_build_filename (self->ctl->folder, name, NULL);

  if (wb_test_ctl_run (self->ctl, "prove", self->ctl->path, "--since", since, "-o", path, NULL) !=
      0)
    fail_msg ("%s", self->ctl->err);
  return path;
}

static void
assert_refused (Pair *self, const char *file, const char *words)
{
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, file, NULL), 3);
  if (strstr (self->ctl->err, words) == NULL)
    fail_msg ("%s", self->ctl->err);
}

static void
a_growing_log_is_witnessed_again_and_again (void **state)
{
  Pair *self = *state;
  g_autofree char *vkey = tell (self, self->ctl->path, "vkey");
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autoptr (WbNoteKey) key = wb_note_key_parse (witness, NULL);
  g_autofree char *since = checkpoint (self, self->ctl->path, "0.checkpoint");
  guint64 before = count (self->other);

  assert_int_equal (key->type, WB_NOTE_COSIGNATURE);
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, since, NULL), 1);
  assert_non_null (strstr (self->ctl->err, "--key"));
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, since, "--key", vkey, NULL),
                    0);
  for (guint i = 1; i <= 5; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);
    g_autofree char *proof = NULL;
    g_autofree char *note = NULL;
    g_autofree char *cosigned = NULL;
    WbInstant time = 0;

    act (self, self->ctl->path, "gang A");
    proof = prove (self, since, name);
    assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, proof, NULL), 0);
    cosigned = g_strdup (self->ctl->out);
    g_free (since);
    since = checkpoint (self, self->ctl->path, "kept.checkpoint");
    note = g_strconcat (self->ctl->out, cosigned, NULL);
    assert_true (wb_note_get_cosigned (note, strlen (note), key, &time, NULL));
    assert_true (time > 0);
  }
  assert_int_equal (count (self->other), before + 6); /* one entry each */
  assert_int_equal (wb_test_ctl_run (self->ctl, "verify", self->other, "--depth", "deep", NULL), 0);
  wb_test_count ("witnessing-growth", 6);
}

static void
a_log_that_was_put_back_is_caught (void **state)
{
  Pair *self = *state;
  g_autofree char *vkey = tell (self, self->ctl->path, "vkey");
  g_autofree char *early = checkpoint (self, self->ctl->path, "early.checkpoint");
  g_autofree char *late = NULL;
  g_autofree char *proof = NULL;
  guint64 before;

  act (self, self->ctl->path, "gang A");
  late = checkpoint (self, self->ctl->path, "late.checkpoint");
  wb_test_ctl_run (self->ctl, "witness", self->other, late, "--key", vkey, NULL);
  before = count (self->other);
  assert_refused (self, early, "was put back");
  assert_int_equal (count (self->other), before + 1);
  wb_test_ctl_run (self->ctl, "log", self->other, NULL);
  assert_non_null (strstr (self->ctl->out, "witness-rollback"));
  act (self, self->ctl->path, "gang B");
  proof = prove (self, early, "proof"); /* from elsewhere than what is kept */
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, proof, NULL), 1);
  assert_non_null (strstr (self->ctl->err, "The proof starts at"));
}

/* Takes a copy of the register, and lets the two of them go on apart. */
static char *
fork_register (Pair *self)
{
  char *copy = g_build_filename (self->ctl->folder, "fork.waarborg", NULL);
  const char *words[] = { "cp", "-r", self->ctl->path, copy, NULL };

  assert_true (g_spawn_sync (NULL,
                             (char **) words,
                             NULL,
                             G_SPAWN_SEARCH_PATH,
                             NULL,
                             NULL,
                             NULL,
                             NULL,
                             NULL,
                             NULL));
  return copy;
}

static void
two_histories_of_one_log_are_caught (void **state)
{
  Pair *self = *state;
  g_autofree char *vkey = tell (self, self->ctl->path, "vkey");
  g_autofree char *copy = fork_register (self);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *proof = NULL;

  act (self, self->ctl->path, "gang A");
  act (self, copy, "gang B");
  one = checkpoint (self, self->ctl->path, "one.checkpoint");
  two = checkpoint (self, copy, "two.checkpoint");
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, one, "--key", vkey, NULL),
                    0);
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, one, NULL), 0);
  assert_refused (self, two, "shows two histories");
  act (self, self->ctl->path, "gang C");
  wb_test_ctl_run (self->ctl, "prove", self->ctl->path, "--since", two, NULL);
  assert_int_equal (self->ctl->status, 3); /* nobody can prove that */
  assert_non_null (strstr (self->ctl->err, "not those of that checkpoint"));
  act (self, copy, "gang D");
  g_free (self->ctl->path);
  self->ctl->path = g_strdup (copy);
  proof = prove (self, two, "forked");
  assert_refused (self, proof, "The proof does not hold");
}

static void
the_wrong_key_is_refused (void **state)
{
  Pair *self = *state;
  g_autofree char *vkey = tell (self, self->ctl->path, "vkey");
  g_autofree char *wrong = tell (self, self->other, "vkey");
  g_autofree char *witness = tell (self, self->ctl->path, "witness_vkey");
  g_autofree char *note = checkpoint (self, self->ctl->path, "a.checkpoint");
  g_autofree char *own = checkpoint (self, self->other, "own.checkpoint");
  g_autoptr (WbNoteKey) real = wb_note_key_parse (vkey, NULL);
  g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (WbNoteKey) forged = NULL;
  g_autofree char *same_name = NULL;
  const char *bad[] = { wrong, witness, "nonsense", NULL };

  wb_ed25519_get_public (seed, public, NULL);
  forged = wb_note_key_new (real->name, public, NULL);
  same_name = wb_note_key_format (forged);
  bad[3] = same_name;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_int_equal (
        wb_test_ctl_run (self->ctl, "witness", self->other, note, "--key", bad[i], NULL),
        1);
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, own, "--key", wrong, NULL),
                    1);
  assert_non_null (strstr (self->ctl->err, "another body"));
  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, note, "--key", vkey, NULL),
                    0);
}

static void
a_file_is_never_overwritten (void **state)
{
  Pair *self = *state;
  g_autofree char *note = checkpoint (self, self->ctl->path, "a.checkpoint");

  wb_test_ctl_run (self->ctl, "prove", self->ctl->path, "--since", note, "-o", note, NULL);
  assert_int_equal (self->ctl->status, 1);
  assert_non_null (strstr (self->ctl->err, "already"));
  assert_int_equal (wb_test_ctl_run (self->ctl, "prove", self->ctl->path, NULL), 2);
}

/* A tool that knows nothing of notes checks the bare signature. */
static int
check_with_openssl (Pair *self,
                    const WbNoteKey *key,
                    gconstpointer text,
                    gsize size,
                    const guint8 *signature)
{
  static const guint8 DER[] = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };
  g_autoptr (GByteArray) der = g_byte_array_new ();
  g_autofree char *key_file = NULL;
  g_autofree char *text_file = wb_test_ctl_write (self->ctl, "text", text, (gssize) size);
  g_autofree char *signature_file = wb_test_ctl_write (self->ctl, "signature", signature, 64);
  g_autofree char *program = g_find_program_in_path ("openssl");

  g_byte_array_append (der, DER, sizeof DER);
  g_byte_array_append (der, key->public, sizeof key->public);
  key_file = wb_test_ctl_write (self->ctl, "key.der", der->data, der->len);
  {
    const char *words[] = { program,   "pkeyutl",  "-verify",      "-pubin", "-inkey",
                            key_file,  "-keyform", "DER",          "-rawin", "-in",
                            text_file, "-sigfile", signature_file, NULL };

    return wb_test_ctl_run_with (self->ctl, NULL, (char **) words);
  }
}

static void
openssl_accepts_both_kinds_of_signature (void **state)
{
  Pair *self = *state;
  g_autofree char *vkey = tell (self, self->ctl->path, "vkey");
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autoptr (WbNoteKey) log_key = wb_note_key_parse (vkey, NULL);
  g_autoptr (WbNoteKey) witness_key = wb_note_key_parse (witness, NULL);
  g_autofree char *file = checkpoint (self, self->ctl->path, "a.checkpoint");
  g_autofree char *note = g_strdup (self->ctl->out);
  gsize size = (gsize) (strstr (note, "\n\n") - note) + 1;
  g_auto (GStrv) lines = g_strsplit (note + size + 1, "\n", 2);
  g_autofree guint8 *bytes = NULL;
  g_autofree guint8 *stamped = NULL;
  g_autofree char *cosigned = NULL;
  guint64 seconds = 0;
  gsize n;

  bytes = wb_base64_decode (strrchr (lines[0], ' ') + 1, -1, WB_BASE64_PADDED, &n, NULL);
  assert_int_equal (n, 4 + 64);
  assert_int_equal (check_with_openssl (self, log_key, note, size, bytes + 4), 0);
  assert_int_not_equal (check_with_openssl (self, log_key, note, size - 1, bytes + 4), 0);
  wb_test_ctl_run (self->ctl, "witness", self->other, file, "--key", vkey, NULL);
  g_strchomp (self->ctl->out);
  stamped = wb_base64_decode (strrchr (self->ctl->out, ' ') + 1, -1, WB_BASE64_PADDED, &n, NULL);
  assert_int_equal (n, 4 + 8 + 64);
  for (guint i = 0; i < 8; i++)
    seconds = seconds << 8 | stamped[4 + i];
  cosigned = g_strdup_printf ("cosignature/v1\ntime %" G_GUINT64_FORMAT "\n%.*s",
                              seconds,
                              (int) size,
                              note);
  assert_int_equal (
      check_with_openssl (self, witness_key, cosigned, strlen (cosigned), stamped + 12),
      0);
}

/* What the other body answers on our checkpoint of now. */
static char *
get_answer (Pair *self, const char *name)
{
  g_autofree char *vkey = tell (self, self->ctl->path, "vkey");
  g_autofree char *note = checkpoint (self, self->ctl->path, "asked.checkpoint");

  assert_int_equal (wb_test_ctl_run (self->ctl, "witness", self->other, note, "--key", vkey, NULL),
                    0);
  return wb_test_ctl_write (self->ctl, name, self->ctl->out, -1);
}

static int
add (Pair *self, const char *file, const char *key)
{
  return wb_test_ctl_run (self->ctl,
                          "checkpoint",
                          self->ctl->path,
                          "--add",
                          file,
                          key != NULL ? "--key" : NULL,
                          key,
                          NULL);
}

static void
an_answer_is_kept_and_shown (void **state)
{
  Pair *self = *state;
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autofree char *answer = get_answer (self, "answer");
  g_autofree char *again = NULL;
  guint64 before = count (self->ctl->path);

  assert_int_equal (wb_test_ctl_run (self->ctl, "verify", self->ctl->path, NULL), 0);
  assert_non_null (strstr (self->ctl->out, "No other body has confirmed"));
  assert_int_equal (add (self, answer, NULL), 1);
  assert_non_null (strstr (self->ctl->err, "--key"));
  assert_int_equal (add (self, answer, witness), 0);
  assert_int_equal (count (self->ctl->path), before + 1);
  assert_int_equal (add (self, answer, witness), 1); /* twice */
  assert_non_null (strstr (self->ctl->err, "already"));
  assert_int_equal (wb_test_ctl_run (self->ctl, "verify", self->ctl->path, "--depth", "deep", NULL),
                    0);
  assert_null (strstr (self->ctl->out, "No other body has confirmed"));
  assert_non_null (strstr (self->ctl->out, "1 cosignature"));
  assert_non_null (strstr (self->ctl->out, "/witness ("));
  act (self, self->ctl->path, "gang A");
  g_free (g_steal_pointer (&answer));
  answer = checkpoint (self, self->ctl->path, "now.checkpoint");
  assert_int_equal (add (self, answer, NULL), 1); /* nobody cosigned that */
}

static void
an_answer_that_does_not_fit_is_refused (void **state)
{
  Pair *self = *state;
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autofree char *own = tell (self, self->ctl->path, "witness_vkey");
  g_autofree char *vkey = tell (self, self->other, "vkey");
  g_autofree char *answer = get_answer (self, "answer");
  g_autofree char *line = g_strdup (self->ctl->out);
  g_autofree char *copy = fork_register (self);
  g_autofree char *elsewhere = NULL;

  assert_int_equal (add (self, answer, own), 1);
  assert_int_equal (add (self, answer, vkey), 1);
  assert_int_equal (add (self, answer, "nonsense"), 1);
  act (self, copy, "gang A");
  elsewhere = checkpoint (self, copy, "fork.checkpoint");
  assert_int_equal (add (self, elsewhere, witness), 1); /* no line of the witness */
  /* The last letters before the padding are of the signature itself. */
  line[strlen (line) - 8] = line[strlen (line) - 8] == 'A' ? 'B' : 'A';
  g_free (answer);
  answer = wb_test_ctl_write (self->ctl, "damaged", line, -1);
  assert_int_equal (add (self, answer, witness), 3);
  assert_non_null (strstr (self->ctl->err, "not on any checkpoint"));
}

/* Every cut and every changed letter of an answer, in this process: a run each would take long. */
static void
every_damage_to_an_answer_is_refused (void **state)
{
  Pair *self = *state;
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autofree char *answer = get_answer (self, "answer");
  g_autofree char *line = g_strdup (self->ctl->out);
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbRegister) reg = wb_register_open (self->ctl->path, "anna", passphrase, NULL);
  guint64 before = wb_register_get_size (reg);
  g_autofree char *twice = g_strconcat (line, line, NULL);
  gsize size = strlen (line);
  WbCosigned *kept;

  wb_clock_set (g_get_real_time () / 1000); /* as the other programs have it */
  for (gsize cut = 0; cut < size; cut++)
    assert_null (wb_register_add_cosignature (reg, line, cut, witness, NULL));
  for (gsize at = 0; at < size; at++) {
    line[at] ^= 1;
    assert_null (wb_register_add_cosignature (reg, line, size, witness, NULL));
    line[at] ^= 1;
  }
  assert_int_equal (wb_register_get_size (reg), before);
  kept = wb_register_add_cosignature (reg, twice, strlen (twice), witness, NULL);
  assert_non_null (kept);
  wb_cosigned_free (kept);
  wb_test_count ("cosignature-damage", (guint) (2 * size));
}

/* As somebody with the key at hand would. */
static void
take_cosignature_away (const char *path)
{
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  WbRegister *reg = wb_register_open (path, "anna", passphrase, NULL);

  {
    g_autoptr (WbStmt) stmt =
        wb_db_query (reg->db,
                     "UPDATE checkpoint SET note = substr (note, 1, instr (note, 'NL-OMB') - 12) "
                     "WHERE instr (note, 'NL-OMB') > 0",
                     &error);

    wb_assert_no_error (error);
    assert_true (wb_stmt_run (stmt, &error));
  }
  wb_register_close (reg);
}

static void
a_cosignature_that_was_taken_away_is_missed (void **state)
{
  Pair *self = *state;
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autofree char *answer = get_answer (self, "answer");

  assert_int_equal (add (self, answer, witness), 0);
  take_cosignature_away (self->ctl->path);
  assert_int_equal (wb_test_ctl_run (self->ctl, "verify", self->ctl->path, NULL), 3);
  assert_non_null (strstr (self->ctl->out, "that this entry tells of is gone"));
  assert_non_null (strstr (self->ctl->out, "1 thing is wrong"));
}

static void
a_time_that_has_yet_to_come_is_refused (void **state)
{
  Pair *self = *state;
  g_autofree char *witness = tell (self, self->other, "witness_vkey");
  g_autofree char *answer = get_answer (self, "answer");
  g_autofree char *line = g_strdup (self->ctl->out);
  g_autoptr (WbSecret) passphrase = wb_test_secret (WB_TEST_PASSPHRASE);
  g_autoptr (WbRegister) reg = NULL;
  g_autoptr (GError) error = NULL;

  reg = wb_register_open (self->ctl->path, "anna", passphrase, NULL);
  wb_clock_set (g_get_real_time () / 1000 - 10 * 60 * 1000);
  assert_null (wb_register_add_cosignature (reg, line, strlen (line), witness, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  assert_non_null (strstr (error->message, "has yet to come"));
}

/* Another program reads the code from the paper. */
static void
the_code_on_the_sheet_holds_the_three_lines (void **state)
{
  Pair *self = *state;
  g_autofree char *pdf = g_build_filename (self->ctl->folder, "slip.pdf", NULL);
  g_autofree char *root = g_build_filename (self->ctl->folder, "slip", NULL);
  g_autofree char *png = g_strconcat (root, ".png", NULL);
  g_autofree char *draw = g_find_program_in_path ("pdftoppm");
  g_autofree char *read = g_find_program_in_path ("zbarimg");
  g_autofree char *count_pages = g_find_program_in_path ("pdfinfo");
  char *to_png[] = {
    draw, (char *) "-r", (char *) "150", (char *) "-png", (char *) "-singlefile", pdf, root, NULL
  };
  char *decode[] = { read,
                     (char *) "--quiet",
                     (char *) "--raw",
                     (char *) "-Sdisable",
                     (char *) "-Sqrcode.enable",
                     png,
                     NULL };
  char *pages[] = { count_pages, pdf, NULL };
  g_autofree char *lines = NULL;
  g_autofree char *found = NULL;
  guint64 before = count (self->ctl->path);

  assert_int_equal (
      wb_test_ctl_run (self->ctl, "checkpoint", self->ctl->path, "--slip", "-o", pdf, NULL),
      0);
  assert_int_equal (count (self->ctl->path), before + 1); /* what is printed is an act */
  assert_int_equal (wb_test_ctl_run_with (self->ctl, NULL, to_png), 0);
  assert_int_equal (wb_test_ctl_run_with (self->ctl, NULL, decode), 0);
  found = g_strchomp (g_strdup (self->ctl->out));
  wb_test_ctl_run_with (self->ctl, NULL, pages);
  assert_non_null (strstr (self->ctl->out, "Pages:           1\n"));
  wb_test_ctl_run (self->ctl, "checkpoint", self->ctl->path, NULL);
  lines = g_strndup (self->ctl->out, (gsize) (strstr (self->ctl->out, "\n\n") - self->ctl->out));
  assert_string_equal (found, lines);
}

#define with_pair(f) cmocka_unit_test_setup_teardown (f, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_pair (a_growing_log_is_witnessed_again_and_again),
    with_pair (a_log_that_was_put_back_is_caught),
    with_pair (two_histories_of_one_log_are_caught),
    with_pair (the_wrong_key_is_refused),
    with_pair (a_file_is_never_overwritten),
    with_pair (an_answer_is_kept_and_shown),
    with_pair (an_answer_that_does_not_fit_is_refused),
    with_pair (every_damage_to_an_answer_is_refused),
    with_pair (a_cosignature_that_was_taken_away_is_missed),
    with_pair (a_time_that_has_yet_to_come_is_refused),
    with_pair (the_code_on_the_sheet_holds_the_three_lines),
    with_pair (openssl_accepts_both_kinds_of_signature),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
