/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-encoding.h"

#include <string.h>

#include "wb-test.h"

static void
hex_goes_there_and_back (void **state)
{
  static const guint8 bytes[] = { 0x00, 0x7f, 0x80, 0xff, 0xa5 };
  g_autofree char *text = wb_hex_encode (bytes, sizeof bytes);
  guint8 again[sizeof bytes];

  assert_string_equal (text, "007f80ffa5");
  assert_true (wb_hex_decode (text, again, sizeof again, NULL));
  assert_memory_equal (again, bytes, sizeof bytes);
}

static void
wrong_hex_is_refused (void **state)
{
  static const char *const wrong[] = { "",       "00",     "000",      "0000 ",  "0000 0",
                                       "00000G", "00000A", "00000000", "00000g", "0x0000" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    guint8 bytes[3] = { 9, 9, 9 };

    assert_false (wb_hex_decode (wrong[i], bytes, sizeof bytes, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
    assert_int_equal (bytes[0], 9);
  }
}

static void
base64_agrees_with_glib_at_every_length (void **state)
{
  guint8 bytes[100];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (i * 37 + 251);
  for (gsize size = 0; size <= sizeof bytes; size++) {
    g_autofree char *padded = wb_base64_encode (bytes, size, WB_BASE64_PADDED);
    g_autofree char *unpadded = wb_base64_encode (bytes, size, WB_BASE64_UNPADDED);
    g_autofree char *expected = g_base64_encode (bytes, size);
    g_autofree guint8 *one = NULL;
    g_autofree guint8 *two = NULL;
    gsize one_size = 0, two_size = 0;

    assert_string_equal (padded, expected);
    assert_int_equal (strlen (unpadded), (size * 4 + 2) / 3);
    one = wb_base64_decode (padded, -1, WB_BASE64_PADDED, &one_size, NULL);
    two = wb_base64_decode (unpadded, -1, WB_BASE64_UNPADDED, &two_size, NULL);
    assert_int_equal (one_size, size);
    assert_int_equal (two_size, size);
    assert_memory_equal (one, bytes, size);
    assert_memory_equal (two, bytes, size);
  }
}

static void
base64_that_is_not_canonical_is_refused (void **state)
{
  static const struct {
    const char *text;
    WbBase64 form;
  } wrong[] = {
    { "QQ", WB_BASE64_PADDED },       { "QQ=", WB_BASE64_PADDED },    { "QR==", WB_BASE64_PADDED },
    { "QUJ=", WB_BASE64_PADDED },     { "Q===", WB_BASE64_PADDED },   { "====", WB_BASE64_PADDED },
    { "QQ==QQ==", WB_BASE64_PADDED }, { "QUJD\n", WB_BASE64_PADDED }, { "QU D", WB_BASE64_PADDED },
    { "QU-D", WB_BASE64_PADDED },     { "QU_D", WB_BASE64_PADDED },   { "=", WB_BASE64_PADDED },
    { "QQ==", WB_BASE64_UNPADDED },   { "QR", WB_BASE64_UNPADDED },   { "Q", WB_BASE64_UNPADDED },
    { "QUJDQ", WB_BASE64_UNPADDED },  { "QUJ", WB_BASE64_UNPADDED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    gsize size = 5;

    assert_null (wb_base64_decode (wrong[i].text, -1, wrong[i].form, &size, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
    assert_int_equal (size, 5);
  }
}

static void
base64_with_a_nul_inside_is_refused (void **state)
{
  gsize size;

  assert_null (wb_base64_decode ("QU\0D", 4, WB_BASE64_PADDED, &size, NULL));
}

static void
text_names_the_first_wrong_byte (void **state)
{
  static const struct {
    const char *bytes;
    gsize size;
    const char *number;
  } wrong[] = { { "ab\xff", 3, " 3:" },
                { "a\0b", 3, " 2:" },
                { "\xc3", 1, " 1:" },
                { "\xed\xa0\x80", 3, " 1:" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (wb_text_check (wrong[i].bytes, wrong[i].size, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
    assert_non_null (strstr (error->message, wrong[i].number));
  }
  assert_true (wb_text_check ("gr\xc3\xaf\xc3\xabn\n", 8, NULL));
  assert_true (wb_text_check ("", 0, NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (hex_goes_there_and_back),
    cmocka_unit_test (wrong_hex_is_refused),
    cmocka_unit_test (base64_agrees_with_glib_at_every_length),
    cmocka_unit_test (base64_that_is_not_canonical_is_refused),
    cmocka_unit_test (base64_with_a_nul_inside_is_refused),
    cmocka_unit_test (text_names_the_first_wrong_byte),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
