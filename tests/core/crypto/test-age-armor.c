/* SPDX-License-Identifier: EUPL-1.2 */

/* Armor around age files: made here by hand, since the program only reads it. */
#include <string.h>

#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test.h"

#define BEGIN "-----BEGIN AGE ENCRYPTED FILE-----"
#define END "-----END AGE ENCRYPTED FILE-----"

typedef struct {
  GPtrArray *identities;
  char *recipient;
} Fixture;

static int
setup (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);
  WbSecret *identity = wb_age_identity_generate (NULL);

  fixture->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  fixture->recipient = wb_age_identity_to_recipient (identity, NULL);
  g_ptr_array_add (fixture->identities, identity);
  *state = fixture;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *fixture = *state;

  g_ptr_array_unref (fixture->identities);
  g_free (fixture->recipient);
  g_free (fixture);
  return 0;
}

/* The lines of base64, each with @eol, without the marks. */
static char *
wrap_lines (const Fixture *fixture, gsize plain_size, int columns, const char *eol)
{
  const char *recipients[] = { fixture->recipient, NULL };
  g_autofree guint8 *plain = g_malloc0 (plain_size);
  g_autoptr (GBytes) file = wb_age_encrypt_bytes (plain, plain_size, recipients, NULL, 0, NULL);
  g_autofree char *base64 =
      g_base64_encode (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  GString *lines = g_string_new (NULL);

  for (gsize done = 0; done < strlen (base64); done += (gsize) columns)
    g_string_append_printf (lines, "%.*s%s", columns, base64 + done, eol);
  return g_string_free (lines, FALSE);
}

static char *
make_lines (const Fixture *fixture, gsize plain_size, const char *eol)
{
  return wrap_lines (fixture, plain_size, 64, eol);
}

static gboolean
opens (const Fixture *fixture, const char *text, gsize plain_size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) base =
      g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GInputStream) stream = wb_age_decrypt (base, fixture->identities, NULL, &error);
  g_autofree char *plain = g_malloc (plain_size + 1);
  gsize done = 0;
  gboolean good = stream != NULL &&
                  g_input_stream_read_all (stream, plain, plain_size + 1, &done, NULL, &error);

  if (good)
    assert_int_equal (done, plain_size);
  else
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  if (stream != NULL) {
    assert_true (g_input_stream_close (stream, NULL, NULL));
    assert_true (g_input_stream_is_closed (base));
  }
  return good;
}

/* Sizes that end the base64 in a full line, a padded one and every other length. */
static void
armor_of_every_length_is_read (void **state)
{
  const Fixture *fixture = *state;

  for (gsize size = 0; size < 150; size++) {
    g_autofree char *lines = make_lines (fixture, size, "\n");
    g_autofree char *text = g_strconcat (BEGIN "\n", lines, END "\n", NULL);

    assert_true (opens (fixture, text, size));
  }
}

static void
armor_of_several_chunks_is_read (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *lines = make_lines (fixture, 200000, "\r\n");
  g_autofree char *text = g_strconcat (BEGIN "\r\n", lines, END "\r\n", NULL);

  assert_true (opens (fixture, text, 200000));
}

static void
white_space_may_stand_around_it (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *lines = make_lines (fixture, 10, "\n");
  g_autofree char *plain = g_strconcat ("\n \t\r\n" BEGIN "\n", lines, END "\n\n \t\r\n ", NULL);
  g_autofree char *bare = g_strconcat (BEGIN "\n", lines, END, NULL);
  g_autofree char *many = g_strnfill (1000, '\n');
  g_autofree char *much = g_strconcat (many, BEGIN "\n", lines, END "\n", many, NULL);
  g_autofree char *too_much = g_strconcat (many, much, NULL);
  g_autofree char *too_much_after = g_strconcat (much, many, NULL);

  assert_true (opens (fixture, plain, 10));
  assert_true (opens (fixture, bare, 10));
  assert_true (opens (fixture, much, 10));
  assert_false (opens (fixture, too_much, 10));
  assert_false (opens (fixture, too_much_after, 10));
}

static void
anything_else_is_refused (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *lines = make_lines (fixture, 10, "\n");
  g_autofree char *spaced = make_lines (fixture, 10, " \n");
  g_autofree char *indented = make_lines (fixture, 10, "\n ");
  g_autofree char *apart = make_lines (fixture, 10, "\n\n");
  g_autofree char *narrow = wrap_lines (fixture, 10, 60, "\n");
  g_autofree char *wide = wrap_lines (fixture, 10, 68, "\n");
  g_autofree char *joined = make_lines (fixture, 10, "");
  g_autofree char *returns = make_lines (fixture, 10, "\r");
  g_autofree char *twice_returned = make_lines (fixture, 10, "\r\r\n");
  g_autofree char *unpadded = g_strdelimit (g_strdup (lines), "=", '\n');
  g_autofree char *url = g_strdelimit (g_strdup (lines), "+/", '-');
  const char *const wrong[][3] = {
    { "", "", "" },
    { BEGIN, "", "" },
    { BEGIN "\n", "", "" },
    { BEGIN "\n", lines, "" },
    { BEGIN "\n", lines, "-----END AGE ENCRYPTED FILE----" },
    { BEGIN "\n", lines, END "-\n" },
    { BEGIN "\n", lines, END " \n" },
    { BEGIN "\n", lines, " " END "\n" },
    { BEGIN "\n", lines, END "\nx" },
    { BEGIN "\n", lines, END "\n" BEGIN "\n" },
    { BEGIN "\n", lines, "AA==\n" END "\n" },
    { BEGIN "\n", lines, "=abcd\n" END "\n" },
    { BEGIN "\n", lines, "\n" END "\n" },
    { BEGIN " \n", lines, END "\n" },
    { " " BEGIN "\n", lines, END "\n" },
    { "\n--" BEGIN "\n", lines, END "\n" },
    { BEGIN "\nVersion: 1\n\n", lines, END "\n" },
    { BEGIN "\n\n", lines, END "\n" },
    { "-----BEGIN AGE ENCRYPTED MAIL-----\n", lines, END "\n" },
    { "-----begin age encrypted file-----\n", lines, END "\n" },
    { BEGIN "\n", spaced, END "\n" },
    { BEGIN "\n ", indented, END "\n" },
    { BEGIN "\n", apart, END "\n" },
    { BEGIN "\n", narrow, END "\n" },
    { BEGIN "\n", wide, END "\n" },
    { BEGIN "\n", joined, "\n" END "\n" },
    { BEGIN "\n", returns, END "\n" },
    { BEGIN "\n", twice_returned, END "\n" },
    { BEGIN "\n", strchr (lines, '=') != NULL ? unpadded : url, END "\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *text = g_strconcat (wrong[i][0], wrong[i][1], wrong[i][2], NULL);

    if (opens (fixture, text, 10))
      fail_msg ("accepted: %s", text);
  }
}

static void
armor_cut_at_any_byte_is_refused (void **state)
{
  const Fixture *fixture = *state;
  g_autofree char *lines = make_lines (fixture, 10, "\n");
  g_autofree char *text = g_strconcat (BEGIN "\n", lines, END, NULL);

  assert_true (opens (fixture, text, 10));
  for (gsize length = strlen (text); length > 0; length--) {
    text[length - 1] = '\0';
    assert_false (opens (fixture, text, 10));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (armor_of_every_length_is_read),
    cmocka_unit_test (armor_of_several_chunks_is_read),
    cmocka_unit_test (white_space_may_stand_around_it),
    cmocka_unit_test (anything_else_is_refused),
    cmocka_unit_test (armor_cut_at_any_byte_is_refused),
  };

  return cmocka_run_group_tests (tests, setup, teardown);
}
