/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Verifying an encrypted bundle with the right key: whatever bit of it was changed, the result is a
 * finding. The list of recipients at its start is the hard part: damage there looks like a file
 * for somebody else.
 */
#include "wb-test.h"

#include <string.h>

#include "wb-age.h"
#include "wb-bundle-private.h"
#include "wb-test-bundle.h"

#define LOW_WORK 8
#define ARMOR_BEGIN "-----BEGIN AGE ENCRYPTED FILE-----\n"
#define ARMOR_END "-----END AGE ENCRYPTED FILE-----\n"
#define NO_MATCH "or its start was damaged"
#define WRONG_PASSPHRASE "or the start of the file was damaged"

typedef struct {
  char *folder;
  char *path;
  WbTestBundle *test;
  WbSecret *identity;
  GPtrArray *identities; /* the one */
  WbSecret *passphrase;
  char *bytes;
  gsize size;
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->folder = g_dir_make_tmp ("waarborg-test-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "z.zip.age", NULL);
  self->test = wb_test_bundle_new (TRUE);
  self->identity = wb_age_identity_generate (NULL);
  self->passphrase = wb_secret_new_copy ("zes woorden", 11, NULL);
  self->identities = g_ptr_array_new ();
  g_ptr_array_add (self->identities, self->identity);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;
  void *folder = self->folder;

  wb_test_bundle_free (self->test);
  g_ptr_array_unref (self->identities);
  wb_secret_unref (self->identity);
  wb_secret_unref (self->passphrase);
  g_free (self->bytes);
  g_free (self->path);
  g_free (self);
  return wb_test_folder_teardown (&folder);
}

/* For @n_others and, as the last, for our key. */
static void
write_for_keys (Fixture *self, guint n_others)
{
  g_autoptr (GPtrArray) recipients = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_others; i++) {
    g_autoptr (WbSecret) other = wb_age_identity_generate (NULL);

    g_ptr_array_add (recipients, wb_age_identity_to_recipient (other, NULL));
  }
  g_ptr_array_add (recipients, wb_age_identity_to_recipient (self->identity, NULL));
  g_ptr_array_add (recipients, NULL);
  wb_test_bundle_write (self->test, self->path, (const char *const *) recipients->pdata);
  self->bytes = wb_test_read (self->path, &self->size);
}

static void
write_for_passphrase (Fixture *self)
{
  g_autofree char *plain = g_build_filename (self->folder, "z.zip", NULL);
  g_autofree char *zip = NULL;
  g_autoptr (GBytes) sealed = NULL;
  gsize size = 0;

  wb_test_bundle_write (self->test, plain, NULL);
  zip = wb_test_read (plain, &size);
  sealed = wb_age_encrypt_bytes (zip, size, NULL, self->passphrase, LOW_WORK, NULL);
  self->bytes = g_memdup2 (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  self->size = g_bytes_get_size (sealed);
}

static void
put_in_armor (Fixture *self)
{
  g_autofree char *base64 = g_base64_encode ((guint8 *) self->bytes, self->size);
  GString *text = g_string_new (ARMOR_BEGIN);
  gsize length = strlen (base64);

  for (gsize at = 0; at < length; at += 64) {
    g_string_append_len (text, base64 + at, (gssize) MIN (64, length - at));
    g_string_append_c (text, '\n');
  }
  g_string_append (text, ARMOR_END);
  g_free (self->bytes);
  self->size = text->len;
  self->bytes = g_string_free (text, FALSE);
}

static WbVerification *
verify (Fixture *self, gboolean with_passphrase)
{
  WbBundleCheckOptions options = { self->test->fingerprint,
                                   with_passphrase ? NULL : self->identities,
                                   with_passphrase ? self->passphrase : NULL };
  g_autoptr (GError) error = NULL;
  WbVerification *result;

  assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->size, NULL));
  result = wb_bundle_verify (self->path, &options, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
  return result;
}

static const char *
first_message (WbVerification *result)
{
  GPtrArray *findings = wb_verification_get_findings (result);

  return ((const WbFinding *) g_ptr_array_index (findings, 0))->message;
}

/* Returns how many of @bits of the bytes up to @end came out as @sentence. */
static guint
flip (Fixture *self,
      gsize start,
      gsize end,
      gsize step,
      guint8 bits,
      gboolean with_passphrase,
      const char *sentence,
      guint *count)
{
  guint n = 0;

  for (gsize bit = start * 8; bit < end * 8; bit += bit % 8 == 7 ? 1 + (step - 1) * 8 : 1) {
    g_autoptr (WbVerification) result = NULL;

    if ((bits & (1 << bit % 8)) == 0)
      continue;
    self->bytes[bit / 8] ^= (char) (1 << bit % 8);
    result = verify (self, with_passphrase);
    self->bytes[bit / 8] ^= (char) (1 << bit % 8);
    if (wb_verification_is_good (result))
      fail_msg ("bit %zu of byte %zu went unseen", bit % 8, bit / 8);
    n += sentence != NULL && strstr (first_message (result), sentence) != NULL;
    (*count)++;
  }
  return n;
}

static gsize
header_size (const Fixture *self)
{
  const char *mac = memmem (self->bytes, self->size, "\n--- ", 5);

  assert_non_null (mac);
  return (gsize) ((const char *) memchr (mac + 1, '\n', 100) - self->bytes) + 1;
}

static void
assert_good (Fixture *self, gboolean with_passphrase)
{
  g_autoptr (WbVerification) result = verify (self, with_passphrase);

  assert_true (wb_verification_is_good (result));
}

/* With one recipient nothing but the form tells damage from a file for another. */
static void
every_bit_of_the_header_for_one_recipient_is_a_finding (void **state)
{
  Fixture *self = *state;
  guint count = 0, no_match;

  write_for_keys (self, 0);
  assert_good (self, FALSE);
  no_match = flip (self, 0, header_size (self), 1, 0xff, FALSE, NO_MATCH, &count);
  print_message ("  %u of %u read as a file for another key\n", no_match, count);
  assert_true (no_match > 100 && no_match < count);
  wb_test_count ("bundle-age-header", count);
}

/* Where our stanza opens, the MAC shows that another one was changed. */
static void
damage_to_the_stanzas_of_others_is_known_as_such (void **state)
{
  Fixture *self = *state;
  gsize ours;
  guint count = 0, no_match, changed;

  write_for_keys (self, 2);
  assert_good (self, FALSE);
  ours = (gsize) ((char *) memrchr (self->bytes, '>', header_size (self)) - self->bytes) - 1;
  no_match = flip (self, 0, ours, 1, 0x09, FALSE, NO_MATCH, &count);
  assert_int_equal (no_match, 0);
  changed =
      flip (self, 0, ours, 1, 0x06, FALSE, "recipients of the encrypted file was changed", &count);
  assert_true (changed > 50);
  no_match = flip (self, ours, header_size (self), 1, 0x0f, FALSE, NO_MATCH, &count);
  assert_true (no_match > 50);
  wb_test_count ("bundle-age-header-others", count);
}

static void
every_bit_of_the_header_for_a_passphrase_is_a_finding (void **state)
{
  Fixture *self = *state;
  guint count = 0;

  write_for_passphrase (self);
  assert_good (self, TRUE);
  assert_true (flip (self, 0, header_size (self), 1, 0x55, TRUE, WRONG_PASSPHRASE, &count) > 50);
  wb_test_count ("bundle-age-header-passphrase", count);
}

static void
flips_behind_the_header_are_findings (void **state)
{
  Fixture *self = *state;
  gsize start;
  guint count = 0;

  write_for_keys (self, 0);
  start = header_size (self);
  assert_int_equal (flip (self, start, start + 32, 1, 0xff, FALSE, NO_MATCH, &count), 0);
  assert_int_equal (flip (self, start, self->size, 499, 0x04, FALSE, NO_MATCH, &count), 0);
  wb_test_count ("bundle-age-flips", count);
}

static void
flips_in_armor_are_findings (void **state)
{
  Fixture *self = *state;
  guint count = 0;

  write_for_keys (self, 0);
  put_in_armor (self);
  assert_good (self, FALSE);
  (void) flip (self, 0, 400, 1, 0x21, FALSE, NULL, &count);
  (void) flip (self, 400, self->size - 100, 997, 0x04, FALSE, NULL, &count);
  (void) flip (self, self->size - 100, self->size, 1, 0x21, FALSE, NULL, &count);
  wb_test_count ("bundle-age-armor-flips", count);
}

/* Nothing was tried, so nothing is wrong with it: an error, and no finding. */
static void
a_bundle_without_any_key_is_not_judged (void **state)
{
  Fixture *self = *state;
  WbBundleCheckOptions none = { NULL, NULL, NULL };
  WbBundleCheckOptions passphrase = { NULL, NULL, self->passphrase };
  g_autoptr (GError) error = NULL;

  write_for_keys (self, 1);
  assert_null (wb_bundle_verify (self->path, &none, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  assert_null (wb_bundle_verify (self->path, &passphrase, NULL, NULL, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

#define UNIT(name) cmocka_unit_test_setup_teardown (name, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    UNIT (every_bit_of_the_header_for_one_recipient_is_a_finding),
    UNIT (damage_to_the_stanzas_of_others_is_known_as_such),
    UNIT (every_bit_of_the_header_for_a_passphrase_is_a_finding),
    UNIT (flips_behind_the_header_are_findings),
    UNIT (flips_in_armor_are_findings),
    UNIT (a_bundle_without_any_key_is_not_judged),
  };

  return cmocka_run_group_tests_name ("bundle-age", tests, NULL, NULL);
}
