/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Who can open an age file: X25519 keys and passphrases, as text and as stanzas that wrap the file
 * key. Private keys and what is derived from them stay in locked memory.
 */
#include "wb-age-recipient-private.h"

#include <string.h>

#include "wb-age-error-private.h"
#include "wb-age.h"
#include "wb-bech32-private.h"
#include "wb-digest.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-kdf.h"

#define RECIPIENT_PREFIX "age"
#define IDENTITY_PREFIX "AGE-SECRET-KEY-"
#define KEY_SIZE 32
#define WRAPPED_SIZE (WB_AGE_FILE_KEY_SIZE + WB_AEAD_TAG_SIZE)
#define X25519_TYPE "X25519"
#define X25519_LABEL "age-encryption.org/v1/X25519"
#define SCRYPT_TYPE "scrypt"
#define SCRYPT_LABEL "age-encryption.org/v1/scrypt"
#define SCRYPT_SALT_SIZE 16
#define SCRYPT_R 8
#define SCRYPT_P 1

/* Each wrapping key is made afresh and used once. */
static const guint8 zero_nonce[12];

typedef struct {
  WbSecret *scalar;
  guint8 public[KEY_SIZE];
} Identity;

static void
identity_free (Identity *self)
{
  wb_secret_unref (self->scalar);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Identity, identity_free)

static Identity *
identity_parse (const WbSecret *text, GError **error)
{
  g_autoptr (Identity) self = g_new0 (Identity, 1);
  gsize length;
  const char *characters = (const char *) wb_secret_peek (text, &length);

  self->scalar = wb_secret_new (KEY_SIZE, error);
  if (self->scalar == NULL)
    return NULL;
  if (!wb_bech32_decode (characters,
                         length,
                         IDENTITY_PREFIX,
                         wb_secret_peek_writable (self->scalar),
                         KEY_SIZE)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This is not a private age key: it must be all of the text that starts "
                            "with AGE-SECRET-KEY-1."));
    return NULL;
  }
  if (!wb_x25519_base (wb_secret_peek (self->scalar, NULL), self->public, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Also refuses the few public keys for which everybody knows the secret. */
static gboolean
parse_recipient (const char *text, guint8 ret_public[KEY_SIZE], GError **error)
{
  static const guint8 any_scalar[KEY_SIZE] = { 8 };
  guint8 public[KEY_SIZE];
  guint8 shared[KEY_SIZE];

  if (!wb_bech32_decode (text, strlen (text), RECIPIENT_PREFIX, public, KEY_SIZE) ||
      !wb_x25519 (any_scalar, public, shared, NULL)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This is not the public age key of a recipient: copy all of the text "
                            "that starts with age1."));
    return FALSE;
  }
  memcpy (ret_public, public, KEY_SIZE);
  return TRUE;
}

/**
 * wb_age_identity_generate:
 * @error: return location for an error
 *
 * Returns: (transfer full): a fresh private key as the text AGE-SECRET-KEY-1..., without NUL;
 *   %NULL with %WB_ERROR_IO
 */
WbSecret *
wb_age_identity_generate (GError **error)
{
  g_autoptr (WbSecret) scalar = wb_secret_new (KEY_SIZE, error);
  g_autoptr (WbSecret) text = NULL;

  if (scalar == NULL)
    return NULL;
  text = wb_secret_new (WB_BECH32_LENGTH (IDENTITY_PREFIX, KEY_SIZE), error);
  if (text == NULL)
    return NULL;
  wb_random_bytes (wb_secret_peek_writable (scalar), KEY_SIZE);
  wb_bech32_encode (IDENTITY_PREFIX,
                    wb_secret_peek (scalar, NULL),
                    KEY_SIZE,
                    (char *) wb_secret_peek_writable (text));
  return g_steal_pointer (&text);
}

/**
 * wb_age_identity_to_recipient:
 * @identity: the text AGE-SECRET-KEY-1..., without NUL or line end
 * @error: return location for an error
 *
 * Returns: (transfer full): its public key age1..., to be given to anyone; %NULL with
 *   %WB_ERROR_INVALID where @identity is not such a text
 */
char *
wb_age_identity_to_recipient (const WbSecret *identity, GError **error)
{
  g_autoptr (Identity) parsed = identity_parse (identity, error);
  char *text;

  if (parsed == NULL)
    return NULL;
  text = g_malloc0 (WB_BECH32_LENGTH (RECIPIENT_PREFIX, KEY_SIZE) + 1);
  wb_bech32_encode (RECIPIENT_PREFIX, parsed->public, KEY_SIZE, text);
  return text;
}

/**
 * wb_age_recipient_check:
 * @recipient: text from outside
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where it is not a whole public key age1..., in lower case
 */
gboolean
wb_age_recipient_check (const char *recipient, GError **error)
{
  guint8 public[KEY_SIZE];

  return parse_recipient (recipient, public, error);
}

/* HKDF over what only the two ends know, bound to both public keys. */
static WbSecret *
derive_x25519_key (const WbSecret *scalar,
                   const guint8 point[KEY_SIZE],
                   const guint8 share[KEY_SIZE],
                   const guint8 recipient[KEY_SIZE],
                   GError **error)
{
  g_autoptr (WbSecret) shared = wb_secret_new (KEY_SIZE, error);
  g_autoptr (WbSecret) key = NULL;
  guint8 salt[2 * KEY_SIZE];

  if (shared == NULL ||
      !wb_x25519 (wb_secret_peek (scalar, NULL), point, wb_secret_peek_writable (shared), error))
    return NULL;
  key = wb_secret_new (KEY_SIZE, error);
  if (key == NULL)
    return NULL;
  memcpy (salt, share, KEY_SIZE);
  memcpy (salt + KEY_SIZE, recipient, KEY_SIZE);
  if (!wb_hkdf_sha256 (wb_secret_peek (shared, NULL),
                       KEY_SIZE,
                       salt,
                       sizeof salt,
                       X25519_LABEL,
                       strlen (X25519_LABEL),
                       wb_secret_peek_writable (key),
                       KEY_SIZE,
                       error))
    return NULL;
  return g_steal_pointer (&key);
}

static WbSecret *
derive_scrypt_key (const WbSecret *passphrase,
                   const guint8 salt[SCRYPT_SALT_SIZE],
                   guint work_factor,
                   GError **error)
{
  g_autoptr (WbSecret) key = wb_secret_new (KEY_SIZE, error);
  guint8 whole_salt[sizeof SCRYPT_LABEL - 1 + SCRYPT_SALT_SIZE];

  if (key == NULL)
    return NULL;
  memcpy (whole_salt, SCRYPT_LABEL, sizeof SCRYPT_LABEL - 1);
  memcpy (whole_salt + sizeof SCRYPT_LABEL - 1, salt, SCRYPT_SALT_SIZE);
  if (!wb_scrypt (wb_secret_peek (passphrase, NULL),
                  wb_secret_get_size (passphrase),
                  whole_salt,
                  sizeof whole_salt,
                  work_factor,
                  SCRYPT_R,
                  SCRYPT_P,
                  wb_secret_peek_writable (key),
                  KEY_SIZE,
                  error))
    return NULL;
  return g_steal_pointer (&key);
}

static WbAgeStanza *
wrap (const char *type, const WbSecret *key, const WbSecret *file_key, GError **error)
{
  guint8 body[WRAPPED_SIZE];

  if (!wb_aead_seal (wb_secret_peek (key, NULL),
                     zero_nonce,
                     NULL,
                     0,
                     wb_secret_peek (file_key, NULL),
                     WB_AGE_FILE_KEY_SIZE,
                     body,
                     error))
    return NULL;
  return wb_age_stanza_new (type, body, sizeof body);
}

/* %WB_ERROR_VERIFY where the key does not fit. */
static WbSecret *
unwrap (const WbAgeStanza *stanza, const WbSecret *key, GError **error)
{
  g_autoptr (WbSecret) file_key = wb_secret_new (WB_AGE_FILE_KEY_SIZE, error);

  g_assert (stanza->size == WRAPPED_SIZE);
  if (file_key == NULL || !wb_aead_open (wb_secret_peek (key, NULL),
                                         zero_nonce,
                                         NULL,
                                         0,
                                         stanza->body,
                                         stanza->size,
                                         wb_secret_peek_writable (file_key),
                                         error))
    return NULL;
  return g_steal_pointer (&file_key);
}

/**
 * wb_age_wrap_for_recipient:
 * @recipient: age1...
 * @file_key: 16 bytes
 * @error: return location for an error
 *
 * Returns: (transfer full): the stanza; %NULL with %WB_ERROR_INVALID where @recipient is no key
 */
WbAgeStanza *
wb_age_wrap_for_recipient (const char *recipient, const WbSecret *file_key, GError **error)
{
  guint8 public[KEY_SIZE];
  guint8 share[KEY_SIZE];
  g_autoptr (WbSecret) ephemeral = NULL;
  g_autoptr (WbSecret) key = NULL;
  WbAgeStanza *stanza;

  if (!parse_recipient (recipient, public, error))
    return NULL;
  ephemeral = wb_secret_new (KEY_SIZE, error);
  if (ephemeral == NULL)
    return NULL;
  wb_random_bytes (wb_secret_peek_writable (ephemeral), KEY_SIZE);
  if (!wb_x25519_base (wb_secret_peek (ephemeral, NULL), share, error))
    return NULL;
  key = derive_x25519_key (ephemeral, public, share, public, error);
  stanza = key != NULL ? wrap (X25519_TYPE, key, file_key, error) : NULL;
  if (stanza != NULL)
    wb_age_stanza_add (stanza, share, KEY_SIZE);
  return stanza;
}

/**
 * wb_age_wrap_for_passphrase:
 * @passphrase: not empty
 * @work_factor: log2 of scrypt's N, 1 to %WB_AGE_WORK_FACTOR_MAX
 * @file_key: 16 bytes
 * @error: return location for an error
 *
 * Returns: (transfer full): the stanza; %NULL with the errors of wb_scrypt()
 */
WbAgeStanza *
wb_age_wrap_for_passphrase (const WbSecret *passphrase,
                            guint work_factor,
                            const WbSecret *file_key,
                            GError **error)
{
  guint8 salt[SCRYPT_SALT_SIZE];
  g_autoptr (WbSecret) key = NULL;
  WbAgeStanza *stanza;

  wb_random_bytes (salt, sizeof salt);
  key = derive_scrypt_key (passphrase, salt, work_factor, error);
  stanza = key != NULL ? wrap (SCRYPT_TYPE, key, file_key, error) : NULL;
  if (stanza == NULL)
    return NULL;
  wb_age_stanza_add (stanza, salt, sizeof salt);
  g_ptr_array_add (stanza->arguments, g_strdup_printf ("%u", work_factor));
  return stanza;
}

static gboolean
refuse_stanza (GError **error)
{
  return wb_age_damaged (error,
                         _ ("The list of recipients of the encrypted file breaks the rules of age: "
                            "do not trust this copy and ask for another."));
}

/* The length is judged before anything is decrypted, as the age specification demands: a longer
 * file key could be made to open under several keys. */
static gboolean
check_x25519 (const WbAgeStanza *stanza, guint8 ret_share[KEY_SIZE])
{
  return stanza->arguments->len == 2 && stanza->size == WRAPPED_SIZE &&
         wb_age_stanza_get (stanza, 1, ret_share, KEY_SIZE);
}

/* A decimal number without sign or leading zero; anything over the limit is one over the limit. */
static gboolean
parse_work_factor (const char *text, guint *ret_work_factor)
{
  gsize length = strlen (text);

  if (text[0] == '0' || strspn (text, "0123456789") != length)
    return FALSE;
  *ret_work_factor = (guint) MIN (g_ascii_strtoull (text, NULL, 10), WB_AGE_WORK_FACTOR_MAX + 1);
  return TRUE;
}

static WbSecret *
unwrap_scrypt (const WbAgeStanza *stanza, const WbSecret *passphrase, GError **error)
{
  guint8 salt[SCRYPT_SALT_SIZE];
  guint work_factor;
  g_autoptr (WbSecret) key = NULL;

  if (stanza->arguments->len != 3 || stanza->size != WRAPPED_SIZE ||
      !wb_age_stanza_get (stanza, 1, salt, sizeof salt) ||
      !parse_work_factor (g_ptr_array_index (stanza->arguments, 2), &work_factor)) {
    refuse_stanza (error);
    return NULL;
  }
  key = derive_scrypt_key (passphrase, salt, work_factor, error);
  return key != NULL ? unwrap (stanza, key, error) : NULL;
}

static WbSecret *
unwrap_x25519 (const WbAgeStanza *stanza, const Identity *identity, GError **error)
{
  guint8 share[KEY_SIZE];
  g_autoptr (WbSecret) key = NULL;

  if (!check_x25519 (stanza, share)) {
    refuse_stanza (error);
    return NULL;
  }
  key = derive_x25519_key (identity->scalar, share, share, identity->public, error);
  return key != NULL ? unwrap (stanza, key, error) : NULL;
}

static gboolean
has_stanza (const WbAgeHeader *header, const char *type)
{
  for (guint i = 0; i < header->stanzas->len; i++)
    if (wb_age_stanza_is (g_ptr_array_index (header->stanzas, i), type))
      return TRUE;
  return FALSE;
}

/* Tries one private key on every stanza of its type; %WB_ERROR_VERIFY where none fits. */
static WbSecret *
unwrap_with_identity (const WbAgeHeader *header, const WbSecret *text, GError **error)
{
  g_autoptr (Identity) identity = identity_parse (text, error);

  if (identity == NULL)
    return NULL;
  for (guint i = 0; i < header->stanzas->len; i++) {
    const WbAgeStanza *stanza = g_ptr_array_index (header->stanzas, i);
    g_autoptr (GError) cause = NULL;
    WbSecret *file_key;

    if (!wb_age_stanza_is (stanza, X25519_TYPE))
      continue;
    file_key = unwrap_x25519 (stanza, identity, &cause);
    if (file_key != NULL)
      return file_key;
    if (!g_error_matches (cause, WB_ERROR, WB_ERROR_VERIFY)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  }
  g_set_error_literal (error, WB_ERROR, WB_ERROR_VERIFY, "");
  return NULL;
}

/* One changed byte makes a stanza look like one for somebody else, or of another type: as long as
 * no file key was found, the two cannot be told apart. */
static WbSecret *
unwrap_with_identities (const WbAgeHeader *header, GPtrArray *identities, GError **error)
{
  if ((identities == NULL || identities->len == 0) && has_stanza (header, X25519_TYPE)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The file is encrypted: give the private age key that opens it."));
    return NULL;
  }
  for (guint i = 0; identities != NULL && i < identities->len; i++) {
    g_autoptr (GError) cause = NULL;
    WbSecret *file_key = unwrap_with_identity (header, g_ptr_array_index (identities, i), &cause);

    if (file_key != NULL)
      return file_key;
    if (!g_error_matches (cause, WB_ERROR, WB_ERROR_VERIFY)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_WRONG_KEY,
                       _ ("The file is not encrypted for this key, or its start was damaged: use "
                          "another key, or ask the sender for the file once more."));
  return NULL;
}

static WbSecret *
unwrap_with_passphrase (const WbAgeStanza *stanza, const WbSecret *passphrase, GError **error)
{
  g_autoptr (GError) cause = NULL;
  WbSecret *file_key = passphrase != NULL ? unwrap_scrypt (stanza, passphrase, &cause) : NULL;

  if (file_key != NULL)
    return file_key;
  if (passphrase == NULL)
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The file opens with a passphrase only: give the passphrase."));
  else if (g_error_matches (cause, WB_ERROR, WB_ERROR_VERIFY))
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_WRONG_KEY,
                         _ ("The passphrase is not the right one, or the start of the file was "
                            "damaged: type it again, or ask the sender for the file once more."));
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

/**
 * wb_age_unwrap:
 * @header: a header from outside
 * @identities: (nullable) (element-type WbSecret): private keys to try
 * @passphrase: (nullable): a passphrase to try
 * @error: return location for an error
 *
 * A passphrase counts only where it is the only way in: a file that others could open as well was
 * not necessarily made by one who knows the passphrase.
 *
 * Returns: (transfer full): the file key; %NULL with %WB_ERROR_WRONG_KEY where nothing fits or the
 *   stanza that would have fitted was damaged, %WB_ERROR_DAMAGED where a stanza breaks the rules of
 *   its type, %WB_ERROR_TOO_LARGE where the passphrase would cost too much work, %WB_ERROR_INVALID
 *   where an identity is none or nothing of the kind that the file asks for was given
 */
WbSecret *
wb_age_unwrap (const WbAgeHeader *header,
               GPtrArray *identities,
               const WbSecret *passphrase,
               GError **error)
{
  const WbAgeStanza *first = g_ptr_array_index (header->stanzas, 0);

  if (has_stanza (header, SCRYPT_TYPE) && header->stanzas->len != 1) {
    refuse_stanza (error);
    return NULL;
  }
  if (wb_age_stanza_is (first, SCRYPT_TYPE))
    return unwrap_with_passphrase (first, passphrase, error);
  return unwrap_with_identities (header, identities, error);
}
