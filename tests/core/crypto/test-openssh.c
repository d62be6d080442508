/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-openssh.h"

#include <string.h>

#include "wb-test.h"

#define KEY "AAAAC3NzaC1lZDI1NTE5AAAAIIlizSIN3DQV78VPNjVvvwjgf+P5HqbPYCYu3BOMdjAE"
#define LINE "ssh-ed25519 " KEY

static void
a_key_is_found_on_every_kind_of_line (void **state)
{
  static const char *const lines[] = {
    LINE,
    LINE "\n",
    LINE "\r\n",
    "  " LINE " a comment with \"quotes\"",
    "jan@example.nl " LINE,
    "jan,piet\t" LINE,
    "jan namespaces=\"case-bundle@waarborg\" " LINE,
    "jan namespaces=\"a b\",valid-after=\"20260101\" " LINE " x",
    "\"jan de boer\" " LINE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *again = NULL;
    guint8 public[WB_ED25519_PUBLIC_SIZE];

    if (!wb_openssh_parse_public (lines[i], public, &error))
      fail_msg ("%s: %s", lines[i], error->message);
    again = wb_openssh_format_public (public, NULL);
    assert_string_equal (again, LINE);
  }
}

static void
what_is_no_key_is_refused (void **state)
{
  static const char *const lines[] = {
    "",
    "\n",
    "# " LINE,
    "ssh-ed25519",
    "ssh-ed25519 ",
    "ssh-ed25519 AAAA",
    "ssh-ed25519 " KEY "A",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIlizSIN3DQV78VPNjVvvwjgf+P5HqbPYCYu3BOMdj==",
    "a b c " LINE,
    "jan cert-authority " LINE,
    "jan CERT-AUTHORITY,namespaces=\"x\" " LINE,
    LINE "\n" LINE "\n",
    /* The neutral point, on which libgcrypt would end the process; and a string of 31 bytes. */
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAH4lizSIN3DQV78VPNjVvvwjgf+P5HqbPYCYu3BOMdjA=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr (GError) error = NULL;
    guint8 public[WB_ED25519_PUBLIC_SIZE] = { 9 };

    if (wb_openssh_parse_public (lines[i], public, &error))
      fail_msg ("accepted %s", lines[i]);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_int_equal (public[0], 9);
  }
}

static void
a_line_without_end_is_refused (void **state)
{
  g_autofree char *line = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  assert_false (wb_openssh_parse_public (line, public, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

static void
other_types_are_named_as_the_reason (void **state)
{
  static const char *const files[] = { "rsa.pub",
                                       "ecdsa.pub",
                                       "ed25519_sk.pub",
                                       "ecdsa_sk.pub",
                                       "mldsa44-ed25519.pub" };
  g_autofree char *folder = wb_test_vectors ("sshsig");

  if (folder == NULL)
    skip ();
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (folder, files[i], NULL);
    g_autofree char *line = wb_test_read (path, NULL);
    g_autoptr (GError) error = NULL;
    guint8 public[WB_ED25519_PUBLIC_SIZE];

    assert_false (wb_openssh_parse_public (line, public, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    assert_non_null (strstr (error->message, "ssh-keygen -t ed25519"));
  }
  wb_test_count ("openssh-other-types", G_N_ELEMENTS (files));
}

static void
a_comment_never_ends_the_line (void **state)
{
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autofree char *line = NULL;

  assert_true (wb_openssh_parse_public (LINE, public, NULL));
  line = wb_openssh_format_public (public, "Jan\n* ssh-ed25519 A\r\x7f");
  assert_string_equal (line, LINE " Jan * ssh-ed25519 A  ");
}

static void
fingerprints_are_those_of_ssh_keygen (void **state)
{
  g_autofree char *program = g_find_program_in_path ("ssh-keygen");
  const char *folder = *state;
  g_autofree char *path = g_build_filename (folder, "key.pub", NULL);

  if (program == NULL)
    skip ();
  for (guint i = 0; i < 5; i++) {
    g_autoptr (WbSecret) seed = wb_ed25519_generate (NULL);
    guint8 public[WB_ED25519_PUBLIC_SIZE];
    const char *argv[] = { program, "-l", "-f", path, NULL };
    g_autofree char *line = NULL;
    g_autofree char *output = NULL;
    g_autofree char *fingerprint = NULL;
    g_autofree char *expected = NULL;

    assert_true (wb_ed25519_get_public (seed, public, NULL));
    line = wb_openssh_format_public (public, "Inspecteur Één");
    assert_true (g_file_set_contents (path, line, -1, NULL));
    assert_true (g_spawn_sync (NULL,
                               (char **) argv,
                               NULL,
                               G_SPAWN_DEFAULT,
                               NULL,
                               NULL,
                               &output,
                               NULL,
                               NULL,
                               NULL));
    fingerprint = wb_openssh_fingerprint (public);
    expected = g_strdup_printf ("256 %s Inspecteur Één (ED25519)\n", fingerprint);
    assert_string_equal (output, expected);
  }
  wb_test_count ("ssh-keygen-fingerprint", 5);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (a_key_is_found_on_every_kind_of_line),
    cmocka_unit_test (what_is_no_key_is_refused),
    cmocka_unit_test (a_line_without_end_is_refused),
    cmocka_unit_test (other_types_are_named_as_the_reason),
    cmocka_unit_test (a_comment_never_ends_the_line),
    cmocka_unit_test_setup_teardown (fingerprints_are_those_of_ssh_keygen,
                                     wb_test_folder_setup,
                                     wb_test_folder_teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
