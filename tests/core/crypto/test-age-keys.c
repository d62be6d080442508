/* SPDX-License-Identifier: EUPL-1.2 */

/* The texts of age keys: Bech32 of exactly one spelling. */
#include <string.h>

#include "wb-age.h"
#include "wb-bech32-private.h"
#include "wb-test.h"

/* The example of the age specification: 32 bytes 0x42. */
#define IDENTITY "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
#define RECIPIENT "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

static WbSecret *
secret (const char *text)
{
  return wb_secret_new_copy (text, strlen (text), NULL);
}

static void
the_example_of_the_specification_comes_out (void **state)
{
  g_autoptr (WbSecret) identity = secret (IDENTITY);
  g_autofree char *recipient = wb_age_identity_to_recipient (identity, NULL);
  guint8 raw[32], expected[32];
  char text[WB_BECH32_LENGTH ("AGE-SECRET-KEY-", 32)];

  memset (expected, 0x42, sizeof expected);
  assert_string_equal (recipient, RECIPIENT);
  assert_true (wb_bech32_decode (IDENTITY, strlen (IDENTITY), "AGE-SECRET-KEY-", raw, sizeof raw));
  assert_memory_equal (raw, expected, sizeof raw);
  assert_int_equal (sizeof text, strlen (IDENTITY));
  wb_bech32_encode ("AGE-SECRET-KEY-", raw, sizeof raw, text);
  assert_memory_equal (text, IDENTITY, sizeof text);
}

static void
bytes_of_every_length_survive (void **state)
{
  guint8 bytes[40], back[40];
  char text[128];

  for (gsize size = 1; size <= sizeof bytes; size++) {
    gsize length = WB_BECH32_LENGTH ("test", size);

    for (gsize i = 0; i < size; i++)
      bytes[i] = (guint8) (i * 37 + size);
    wb_bech32_encode ("test", bytes, size, text);
    assert_true (wb_bech32_decode (text, length, "test", back, size));
    assert_memory_equal (bytes, back, size);
    assert_false (wb_bech32_decode (text, length, "tesu", back, size));
    assert_false (wb_bech32_decode (text, length, "test", back, size + 1));
  }
}

static void
every_change_of_one_character_is_refused (void **state)
{
  g_autofree char *text = g_strdup (RECIPIENT);

  assert_true (wb_age_recipient_check (text, NULL));
  for (gsize i = 0; i < strlen (RECIPIENT); i++) {
    for (int c = 1; c < 256; c++) {
      if ((char) c == RECIPIENT[i])
        continue;
      text[i] = (char) c;
      assert_false (wb_age_recipient_check (text, NULL));
    }
    text[i] = RECIPIENT[i];
  }
}

static void
other_texts_are_no_recipients (void **state)
{
  g_autofree char *upper = g_ascii_strup (RECIPIENT, -1);
  g_autofree char *cut = g_strndup (RECIPIENT, strlen (RECIPIENT) - 1);
  g_autofree char *longer = g_strconcat (RECIPIENT, "q", NULL);
  g_autofree char *line = g_strconcat (RECIPIENT, "\n", NULL);
  const char *wrong[] = { "", "age1", IDENTITY, upper, cut, longer, line, " " RECIPIENT };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (wb_age_recipient_check (wrong[i], &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

/* A rightly spelled key that protects nothing: whatever is sent to it, all know the secret. */
static void
a_recipient_of_low_order_is_refused (void **state)
{
  static const guint8 points[][32] = { { 0 }, { 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (points); i++) {
    g_autoptr (GError) error = NULL;
    char text[WB_BECH32_LENGTH ("age", 32) + 1] = { 0 };

    wb_bech32_encode ("age", points[i], 32, text);
    assert_false (wb_age_recipient_check (text, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

/* Second spellings of RECIPIENT, with right checksums. */
static void
left_over_bits_must_be_zero (void **state)
{
  static const char *const spellings[] = {
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73epp9g8nq",
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73ez0ka3al",
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73eyne75pg",
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73egz8c7s0",
    "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73e0r70w32",
  };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    assert_false (wb_age_recipient_check (spellings[i], NULL));
}

static void
fresh_identities_differ_and_have_recipients (void **state)
{
  g_autoptr (WbSecret) one = wb_age_identity_generate (NULL);
  g_autoptr (WbSecret) two = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (one, NULL);

  assert_int_equal (wb_secret_get_size (one), strlen (IDENTITY));
  assert_false (wb_secret_equal (one, two));
  assert_true (wb_age_recipient_check (recipient, NULL));
}

static void
a_damaged_identity_is_refused_without_repeating_it (void **state)
{
  g_autofree char *lower = g_ascii_strdown (IDENTITY, -1);
  g_autofree char *mixed = g_strdup (IDENTITY);
  const char *wrong[] = { "", RECIPIENT, IDENTITY "\n", IDENTITY "Q", lower, mixed };

  mixed[strlen (IDENTITY) - 1] = 'x';
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (WbSecret) identity = secret (wrong[i]);
    g_autoptr (GError) error = NULL;

    assert_null (wb_age_identity_to_recipient (identity, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_null (strstr (error->message, "GFPYY"));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (the_example_of_the_specification_comes_out),
    cmocka_unit_test (bytes_of_every_length_survive),
    cmocka_unit_test (every_change_of_one_character_is_refused),
    cmocka_unit_test (other_texts_are_no_recipients),
    cmocka_unit_test (a_recipient_of_low_order_is_refused),
    cmocka_unit_test (left_over_bits_must_be_zero),
    cmocka_unit_test (fresh_identities_differ_and_have_recipients),
    cmocka_unit_test (a_damaged_identity_is_refused_without_repeating_it),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
