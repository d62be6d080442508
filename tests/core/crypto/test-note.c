/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-note.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-test.h"

#define TEXT "waarborg/NL-INSP/3f9c2a1b0d4e5f60\n42\nAAAA\n"
#define NAME "waarborg/NL-INSP/3f9c2a1b0d4e5f60"

typedef struct {
  WbSecret *seed;
  GPtrArray *keys; /* one key: that of @seed */
  char *note;
} Fixture;

static void
free_key (gpointer key)
{
  wb_note_key_free (key);
}

static GPtrArray *
list_key (WbNoteKey *key)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (free_key);

  assert_non_null (key);
  g_ptr_array_add (keys, key);
  return keys;
}

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  self->seed = wb_ed25519_generate (NULL);
  wb_ed25519_get_public (self->seed, public, NULL);
  self->keys = list_key (wb_note_key_new (NAME, public, NULL));
  self->note = wb_note_sign (TEXT, NAME, self->seed, NULL);
  *state = self;
  return self->note != NULL ? 0 : -1;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  wb_secret_unref (self->seed);
  g_ptr_array_unref (self->keys);
  g_free (self->note);
  g_free (self);
  return 0;
}

static void
a_signed_note_opens (void **state)
{
  Fixture *self = *state;
  g_autoptr (GPtrArray) signers = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      wb_note_open (self->note, strlen (self->note), self->keys, &signers, &error);

  wb_assert_no_error (error);
  assert_string_equal (text, TEXT);
  assert_int_equal (signers->len, 1);
  assert_ptr_equal (signers->pdata[0], self->keys->pdata[0]);
}

static void
every_flipped_bit_is_refused (void **state)
{
  Fixture *self = *state;
  gsize size = strlen (self->note);

  for (gsize bit = 0; bit < 8 * size; bit++) {
    g_autofree char *text = NULL;

    self->note[bit / 8] ^= (char) (1 << bit % 8);
    text = wb_note_open (self->note, size, self->keys, NULL, NULL);
    self->note[bit / 8] ^= (char) (1 << bit % 8);
    if (text != NULL)
      fail_msg ("bit %u", (guint) bit);
  }
  wb_test_count ("note-flipped-bits", (guint) (8 * size));
}

static void
every_cut_is_refused (void **state)
{
  Fixture *self = *state;

  for (gsize size = 0; size < strlen (self->note); size++) {
    g_autofree char *copy = g_memdup2 (self->note, size);

    assert_null (wb_note_open (copy, size, self->keys, NULL, NULL));
  }
}

static void
signatures_by_others_are_passed_over (void **state)
{
  Fixture *self = *state;
  g_autoptr (WbSecret) other = wb_ed25519_generate (NULL);
  g_autofree char *both = wb_note_add_signature (self->note, "other", other, NULL);
  g_autofree char *only = wb_note_sign (TEXT, NAME, other, NULL);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GError) stranger = NULL;
  g_autoptr (GError) nobody = NULL;
  g_autofree char *text = wb_note_open (both, strlen (both), self->keys, NULL, NULL);

  assert_string_equal (text, TEXT);
  assert_null (wb_note_open (only, strlen (only), self->keys, NULL, &stranger));
  wb_assert_error (stranger, WB_ERROR, WB_ERROR_VERIFY);
  assert_null (wb_note_open (both, strlen (both), none, NULL, &nobody));
  wb_assert_error (nobody, WB_ERROR, WB_ERROR_VERIFY);
}

/* A good signature does not make up for a false one by another key we know. */
static void
one_false_signature_spoils_the_note (void **state)
{
  Fixture *self = *state;
  g_autoptr (WbSecret) other = wb_ed25519_generate (NULL);
  g_autofree char *elsewhere = wb_note_sign ("something else\n", "other", other, NULL);
  g_autofree char *note = g_strconcat (self->note, strstr (elsewhere, "\n\n") + 2, NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (GError) error = NULL;
  g_autofree char *text = wb_note_open (note, strlen (note), self->keys, NULL, NULL);

  assert_non_null (text);
  wb_ed25519_get_public (other, public, NULL);
  g_ptr_array_add (self->keys, wb_note_key_new ("other", public, NULL));
  assert_null (wb_note_open (note, strlen (note), self->keys, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_VERIFY);
  g_ptr_array_remove_index (self->keys, 1);
}

/* Only the first signature of a key counts, as in the specification. */
static void
a_second_signature_of_one_key_is_passed_over (void **state)
{
  Fixture *self = *state;
  g_autofree char *elsewhere = wb_note_sign ("something else\n", NAME, self->seed, NULL);
  const char *false_line = strstr (elsewhere, "\n\n") + 2;
  g_autofree char *good_first = g_strconcat (self->note, false_line, NULL);
  g_autofree char *bad_first =
      g_strconcat (TEXT, "\n", false_line, strstr (self->note, "\n\n") + 2, NULL);
  g_autofree char *text = wb_note_open (good_first, strlen (good_first), self->keys, NULL, NULL);

  assert_string_equal (text, TEXT);
  assert_null (wb_note_open (bad_first, strlen (bad_first), self->keys, NULL, NULL));
}

static void
the_text_ends_at_the_last_empty_line (void **state)
{
  Fixture *self = *state;
  static const char *const texts[] = { "a\n\nb\n",
                                       "a\n\n",
                                       "\n",
                                       "\n\n",
                                       "a\n\n\xe2\x80\x94 x y\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *note = wb_note_sign (texts[i], NAME, self->seed, NULL);
    g_autofree char *text = wb_note_open (note, strlen (note), self->keys, NULL, NULL);

    assert_string_equal (text, texts[i]);
  }
}

static void
what_cannot_be_a_note_is_not_signed (void **state)
{
  Fixture *self = *state;
  static const char *const texts[] = { "", "no end", "a\r\n", "a\tb\n", "\xff\n" };
  static const char *const names[] = { "",
                                       "a b",
                                       "a+b",
                                       "a\xc2\xa0"
                                       "b",
                                       "a\xe2\x80\x83"
                                       "b",
                                       "\xff",
                                       "a\nb" };
  g_autofree char *large = g_strnfill (60001, '\n');
  g_autoptr (GError) too_large = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (wb_note_sign (texts[i], NAME, self->seed, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (wb_note_sign (TEXT, names[i], self->seed, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
  assert_null (wb_note_sign (large, NAME, self->seed, &too_large));
  wb_assert_error (too_large, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static void
keys_are_written_as_they_are_read (void **state)
{
  Fixture *self = *state;
  g_autofree char *vkey = wb_note_key_format (self->keys->pdata[0]);
  g_autofree char *line = g_strconcat (vkey, "\n", NULL);
  g_autoptr (WbNoteKey) key = wb_note_key_parse (line, NULL);
  g_autofree char *again = wb_note_key_format (key);

  assert_string_equal (again, vkey);
}

static void
wrong_keys_are_refused (void **state)
{
  static const char *const wrong[] = {
    "",
    "+",
    "++",
    "PeterNeumann+c74f20a3",
    "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peterneumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
    "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n\n",
    /* The neutral point, on which libgcrypt would end the process. */
    "x+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    if (wb_note_key_parse (wrong[i], &error) != NULL)
      fail_msg ("accepted %s", wrong[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
a_witness_says_when (void **state)
{
  Fixture *self = *state;
  g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
  g_autofree char *note = wb_note_cosign (self->note, "witness", seed, 1795471800999, NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *text = NULL;
  g_autofree char *vkey = NULL;
  WbInstant time = 0;

  wb_ed25519_get_public (seed, public, NULL);
  keys = list_key (wb_note_key_new_witness ("witness", public, NULL));
  text = wb_note_open (note, strlen (note), keys, NULL, NULL);
  assert_string_equal (text, TEXT);
  assert_true (wb_note_get_cosigned (note, strlen (note), keys->pdata[0], &time, NULL));
  assert_true (time == 1795471800000);
  vkey = wb_note_key_format (keys->pdata[0]);
  wb_note_key_free (keys->pdata[0]);
  keys->pdata[0] = wb_note_key_parse (vkey, NULL);
  assert_non_null (keys->pdata[0]);
  assert_true (wb_note_get_cosigned (note, strlen (note), keys->pdata[0], &time, NULL));
  assert_false (
      wb_note_get_cosigned (self->note, strlen (self->note), keys->pdata[0], &time, NULL));
}

/* A witness's signature over the time is none over the text alone, and the other way round. */
static void
a_cosignature_is_no_signature (void **state)
{
  Fixture *self = *state;
  g_autofree char *note = wb_note_cosign (self->note, NAME, self->seed, 1795471800000, NULL);
  g_autoptr (WbSecret) other = wb_ed25519_generate (NULL);
  g_autofree char *text = wb_note_open (note, strlen (note), self->keys, NULL, NULL);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (GPtrArray) keys = NULL;
  g_autofree char *only = wb_note_sign (TEXT, "w", other, NULL);

  assert_string_equal (text, TEXT);
  wb_ed25519_get_public (other, public, NULL);
  keys = list_key (wb_note_key_new_witness ("w", public, NULL));
  assert_null (wb_note_open (only, strlen (only), keys, NULL, NULL));
}

static void
signatures_have_a_limit (void **state)
{
  Fixture *self = *state;
  g_autoptr (GString) note = g_string_new (self->note);
  g_autofree char *most = NULL;
  g_autofree char *text = NULL;

  for (guint i = 1; i < 100; i++)
    g_string_append (note, "\xe2\x80\x94 other AAAAAAA=\n");
  most = g_strdup (note->str);
  text = wb_note_open (most, strlen (most), self->keys, NULL, NULL);
  assert_non_null (text);
  g_string_append (note, "\xe2\x80\x94 other AAAAAAA=\n");
  assert_null (wb_note_open (note->str, note->len, self->keys, NULL, NULL));
}

static void
what_is_too_large_is_refused (void **state)
{
  Fixture *self = *state;
  g_autofree char *large = g_strnfill ((1 << 20) + 1, '\n');
  g_autoptr (GError) error = NULL;

  assert_null (wb_note_open (large, (1 << 20) + 1, self->keys, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
}

static char *
read_vector (const char *name, gsize *ret_size)
{
  g_autofree char *folder = wb_test_vectors ("signed-note");
  g_autofree char *path = NULL;

  if (folder == NULL)
    skip ();
  path = g_build_filename (folder, name, NULL);
  return wb_test_read (path, ret_size);
}

static GPtrArray *
read_keys (const char *name)
{
  g_autofree char *text = read_vector (name, NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *keys = g_ptr_array_new_with_free_func (free_key);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_ptr_array_add (keys, wb_note_key_parse (*line, NULL));
  return keys;
}

static void
notes_by_others_open (void **state)
{
  static const struct {
    const char *note, *keys;
    guint signers;
  } cases[] = { { "c2sp-example.note", "c2sp-example.vkey", 1 },
                { "golang-two-signers.note", "golang-two-signers.vkeys", 2 },
                { "sumdb-35225469.checkpoint", "sumdb.vkey", 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gsize size;
    g_autofree char *note = read_vector (cases[i].note, &size);
    g_autoptr (GPtrArray) keys = read_keys (cases[i].keys);
    g_autoptr (GPtrArray) signers = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *text = wb_note_open (note, size, keys, &signers, &error);

    wb_assert_no_error (error);
    assert_int_equal (signers->len, cases[i].signers);
    assert_true (g_str_has_prefix (note, text));
  }
  wb_test_count ("signed-note", G_N_ELEMENTS (cases));
}

static void
malformed_notes_are_refused (void **state)
{
  static const char *const names[] = {
    "malformed/no-blank-line.note",
    "malformed/invalid-utf8.note",
    "malformed/extra-line.note",
    "malformed/no-signature.note",
    "malformed/crlf.note",
    "malformed/space-in-name.note",
    "malformed/no-final-newline.note",
    "malformed/modified-text.note",
    "malformed/control-char.note",
  };
  g_autoptr (GPtrArray) keys = read_keys ("golang-two-signers.vkeys");
  g_autoptr (GPtrArray) example = read_keys ("c2sp-example.vkey");

  g_ptr_array_add (keys, g_steal_pointer (&example->pdata[0]));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    gsize size;
    g_autofree char *note = read_vector (names[i], &size);
    g_autoptr (GError) error = NULL;
    gboolean changed = strstr (names[i], "modified") != NULL;

    if (wb_note_open (note, size, keys, NULL, &error) != NULL)
      fail_msg ("accepted %s", names[i]);
    wb_assert_error (error, WB_ERROR, changed ? WB_ERROR_VERIFY : WB_ERROR_DAMAGED);
  }
  wb_test_count ("signed-note-malformed", G_N_ELEMENTS (names));
}

static void
our_signature_is_that_of_go (void **state)
{
  gsize size;
  g_autofree char *note = read_vector ("golang-two-signers.note", &size);
  g_autofree char *skey = read_vector ("golang-peter.skey", NULL);
  g_auto (GStrv) fields = g_strsplit (g_strchomp (skey), "+", 5);
  g_autofree guint8 *key = wb_base64_decode (fields[4], -1, WB_BASE64_PADDED, &size, NULL);
  g_autoptr (WbSecret) seed = wb_secret_new_copy (key + 1, 32, NULL);
  g_autofree char *text = g_strndup (note, (gsize) (strstr (note, "\n\n") - note) + 1);
  g_autofree char *ours = wb_note_sign (text, "PeterNeumann", seed, NULL);

  assert_int_equal (size, 33);
  assert_non_null (ours);
  assert_true (g_str_has_prefix (note, ours));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_signed_note_opens),
    cmocka_unit_test (every_flipped_bit_is_refused),
    cmocka_unit_test (every_cut_is_refused),
    cmocka_unit_test (signatures_by_others_are_passed_over),
    cmocka_unit_test (one_false_signature_spoils_the_note),
    cmocka_unit_test (a_second_signature_of_one_key_is_passed_over),
    cmocka_unit_test (the_text_ends_at_the_last_empty_line),
    cmocka_unit_test (what_cannot_be_a_note_is_not_signed),
    cmocka_unit_test (keys_are_written_as_they_are_read),
    cmocka_unit_test (wrong_keys_are_refused),
    cmocka_unit_test (a_witness_says_when),
    cmocka_unit_test (a_cosignature_is_no_signature),
    cmocka_unit_test (signatures_have_a_limit),
    cmocka_unit_test (what_is_too_large_is_refused),
    cmocka_unit_test (notes_by_others_open),
    cmocka_unit_test (malformed_notes_are_refused),
    cmocka_unit_test (our_signature_is_that_of_go),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
