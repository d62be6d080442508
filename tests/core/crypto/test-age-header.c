/* SPDX-License-Identifier: EUPL-1.2 */

/* The header of an age file has one spelling, and its parts one meaning. */
#include <string.h>

#include "wb-age-header-private.h"
#include "wb-age-recipient-private.h"
#include "wb-age.h"
#include "wb-digest.h"
#include "wb-test.h"

#define VERSION "age-encryption.org/v1\n"
#define FULL "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define BODY "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" /* 32 bytes */
#define SHARE "CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define SALT "AAAAAAAAAAAAAAAAAAAAAA" /* 16 bytes */
#define MAC "--- " BODY "\n"

static void
assert_parses (const char *text, guint n_stanzas)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbAgeHeader) header = wb_age_header_parse (text, strlen (text), &error);
  g_autoptr (WbSecret) key = wb_secret_new (WB_AGE_FILE_KEY_SIZE, NULL);
  g_autoptr (GBytes) again = NULL;

  wb_assert_no_error (error);
  assert_int_equal (header->stanzas->len, n_stanzas);
  again = wb_age_header_format (header->stanzas, key, NULL);
  assert_int_equal (g_bytes_get_size (again), strlen (text));
  assert_memory_equal (g_bytes_get_data (again, NULL), text, header->signed_size);
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (wb_age_header_parse (text, strlen (text), &error) != NULL)
    fail_msg ("accepted: %s", text);
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

static void
stanzas_of_every_shape_are_read_and_written_alike (void **state)
{
  assert_parses (VERSION "-> a\n\n" MAC, 1);
  assert_parses (VERSION "-> a ! ~ -> ---\nAA\n" MAC, 1);
  assert_parses (VERSION "-> a\n" FULL "\n\n" MAC, 1);
  assert_parses (VERSION "-> a\n" FULL "\n" FULL "\nAAA\n-> b c\n\n" MAC, 2);
}

static void
other_spellings_are_refused (void **state)
{
  static const char *const wrong[] = {
    "",
    VERSION,
    VERSION MAC,
    "age-encryption.org/v1 \n-> a\n\n" MAC,
    "age-encryption.org/v1\r\n-> a\n\n" MAC,
    "age-encryption.org/v10\n-> a\n\n" MAC,
    "\n" VERSION "-> a\n\n" MAC,
    VERSION "\n-> a\n\n" MAC,
    VERSION "->\n\n" MAC,
    VERSION "-> \n\n" MAC,
    VERSION "->a\n\n" MAC,
    VERSION " -> a\n\n" MAC,
    VERSION "->  a\n\n" MAC,
    VERSION "-> a \n\n" MAC,
    VERSION "-> a  b\n\n" MAC,
    VERSION "-> a\tb\n\n" MAC,
    VERSION "-> a\x7f\n\n" MAC,
    VERSION "-> \xc3\xa9\n\n" MAC,
    VERSION "-> a\r\n\n" MAC,
    VERSION "-> a\n" MAC,            /* no body */
    VERSION "-> a\n" FULL "\n" MAC,  /* no shorter line */
    VERSION "-> a\n" FULL "A\n" MAC, /* too long */
    VERSION "-> a\n" FULL "AAAA\n" MAC,
    VERSION "-> a\nA\n" MAC,  /* no base64 is of one character */
    VERSION "-> a\nAB\n" MAC, /* left-over bits */
    VERSION "-> a\nAA==\n" MAC,
    VERSION "-> a\nAA \n" MAC,
    VERSION "-> a\nA_\n" MAC,
    VERSION "-> a\n\n\n" MAC,
    VERSION "-> a\n\n---\n",
    VERSION "-> a\n\n--- \n",
    VERSION "-> a\n\n---" BODY "\n",
    VERSION "-> a\n\n---  " BODY "\n",
    VERSION "-> a\n\n--- " BODY " \n",
    VERSION "-> a\n\n--- " BODY "=\n",
    VERSION "-> a\n\n--- " BODY "A\n",
    VERSION "-> a\n\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\n",
    VERSION "-> a\n\n--- " SALT "\n",
    VERSION "-> a\n\n--- " BODY,
    VERSION "-> a\n\n" MAC "more",
    VERSION "-> a\n\n" MAC MAC,
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_refused (wrong[i]);
}

static void
a_nul_does_not_end_anything (void **state)
{
  static const char text[] = VERSION "-> a\0b\n\n" MAC;
  static const char body[] = VERSION "-> a\nAA\0\n" MAC;
  g_autoptr (GError) one = NULL;
  g_autoptr (GError) two = NULL;

  assert_null (wb_age_header_parse (text, sizeof text - 1, &one));
  wb_assert_error (one, WB_ERROR, WB_ERROR_DAMAGED);
  assert_null (wb_age_header_parse (body, sizeof body - 1, &two));
  wb_assert_error (two, WB_ERROR, WB_ERROR_DAMAGED);
}

/* Reads a header of @n stanzas of 4 bytes "-> a", LF, LF each, with a payload behind. */
static WbAgeHeader *
read_long (gsize n, gsize *ret_left, GError **error)
{
  g_autoptr (GString) text = g_string_new (VERSION);
  g_autoptr (GInputStream) base = NULL;
  g_autoptr (GInputStream) source = NULL;
  WbAgeHeader *header;
  guint8 left[100];

  for (gsize i = 0; i < n; i++)
    g_string_append (text, "-> a\n\n");
  g_string_append (text, MAC "payload");
  base = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  source = g_buffered_input_stream_new (base);
  header = wb_age_header_read (G_BUFFERED_INPUT_STREAM (source), error);
  g_input_stream_read_all (source, left, sizeof left, ret_left, NULL, NULL);
  return header;
}

static void
a_header_is_read_to_its_end_and_not_further (void **state)
{
  gsize most = (WB_AGE_HEADER_MAX - strlen (VERSION MAC)) / 6;
  g_autoptr (WbAgeHeader) header = NULL;
  g_autoptr (WbAgeHeader) longest = NULL;
  g_autoptr (GError) error = NULL;
  gsize left;

  header = read_long (1, &left, &error);
  wb_assert_no_error (error);
  assert_int_equal (left, strlen ("payload"));
  longest = read_long (most, &left, &error);
  wb_assert_no_error (error);
  assert_int_equal (longest->stanzas->len, most);
  assert_null (read_long (most + 1, &left, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
}

/* Tries a file with these stanzas with a key and a passphrase. */
static int
unwrap_code (const char *stanzas, gboolean with_passphrase)
{
  g_autofree char *text = g_strconcat (VERSION, stanzas, MAC, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbAgeHeader) header = wb_age_header_parse (text, strlen (text), &error);
  g_autoptr (GPtrArray) identities =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_secret_unref);
  g_autoptr (WbSecret) passphrase = wb_secret_new_copy ("p", 1, NULL);

  wb_assert_no_error (error);
  g_ptr_array_add (identities, wb_age_identity_generate (NULL));
  assert_null (wb_age_unwrap (header, identities, with_passphrase ? passphrase : NULL, &error));
  assert_true (error->domain == WB_ERROR);
  return error->code;
}

static void
work_factors_are_plain_numbers_up_to_the_limit (void **state)
{
  static const struct {
    const char *factor;
    WbError code;
  } cases[] = {
    { "1", WB_ERROR_WRONG_KEY },          { "10", WB_ERROR_WRONG_KEY },
    { "23", WB_ERROR_TOO_LARGE },         { "99999999999999999999999999", WB_ERROR_TOO_LARGE },
    { "4294967297", WB_ERROR_TOO_LARGE }, { "0", WB_ERROR_DAMAGED },
    { "01", WB_ERROR_DAMAGED },           { "+1", WB_ERROR_DAMAGED },
    { "-1", WB_ERROR_DAMAGED },           { "0x1", WB_ERROR_DAMAGED },
    { "1a", WB_ERROR_DAMAGED },           { "1.0", WB_ERROR_DAMAGED }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *stanza =
        g_strdup_printf ("-> scrypt " SALT " %s\n" BODY "\n", cases[i].factor);

    if (unwrap_code (stanza, TRUE) != (int) cases[i].code)
      fail_msg ("work factor %s", cases[i].factor);
  }
}

static void
a_passphrase_must_be_the_only_way_in (void **state)
{
  static const char *const mixed[] = { "-> scrypt " SALT " 1\n" BODY "\n-> a\n\n",
                                       "-> a\n\n-> scrypt " SALT " 1\n" BODY "\n",
                                       "-> scrypt " SALT " 1\n" BODY "\n-> scrypt " SALT " 1\n" BODY
                                       "\n" };

  for (guint i = 0; i < G_N_ELEMENTS (mixed); i++) {
    assert_int_equal (unwrap_code (mixed[i], TRUE), WB_ERROR_DAMAGED);
    assert_int_equal (unwrap_code (mixed[i], FALSE), WB_ERROR_DAMAGED);
  }
}

static void
stanzas_of_known_types_must_have_their_form (void **state)
{
  static const char *const wrong[] = { "-> X25519\n" BODY "\n",
                                       "-> X25519 " SHARE " a\n" BODY "\n",
                                       "-> X25519 " SALT "\n" BODY "\n",
                                       "-> X25519 " BODY "A\n" BODY "\n",
                                       "-> X25519 " SHARE "\n" SALT "\n",
                                       "-> X25519 " SHARE "\n" BODY "A\n",
                                       "-> X25519 " BODY "\n" BODY "\n", /* the point zero */
                                       "-> scrypt " SALT "\n" BODY "\n",
                                       "-> scrypt " SALT " 1 1\n" BODY "\n",
                                       "-> scrypt " BODY " 1\n" BODY "\n",
                                       "-> scrypt " SALT " 1\n" SALT "\n" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (unwrap_code (wrong[i], TRUE) != WB_ERROR_DAMAGED)
      fail_msg ("accepted: %s", wrong[i]);
  assert_int_equal (unwrap_code ("-> X25519 " SHARE "\n" BODY "\n", TRUE), WB_ERROR_WRONG_KEY);
}

static void
stanzas_of_unknown_types_are_passed_over (void **state)
{
  assert_int_equal (unwrap_code ("-> x25519 a b c\nAA\n-> SCRYPT\n\n-> X25519-like\n\n", TRUE),
                    WB_ERROR_WRONG_KEY);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (stanzas_of_every_shape_are_read_and_written_alike),
    cmocka_unit_test (other_spellings_are_refused),
    cmocka_unit_test (a_nul_does_not_end_anything),
    cmocka_unit_test (a_header_is_read_to_its_end_and_not_further),
    cmocka_unit_test (work_factors_are_plain_numbers_up_to_the_limit),
    cmocka_unit_test (a_passphrase_must_be_the_only_way_in),
    cmocka_unit_test (stanzas_of_known_types_must_have_their_form),
    cmocka_unit_test (stanzas_of_unknown_types_are_passed_over),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
