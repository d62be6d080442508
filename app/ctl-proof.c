/* SPDX-License-Identifier: EUPL-1.2 */

/* export, verify: what leaves the register, and what shows that it is right. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "wb-encoding.h"

#define FINGERPRINT_START "SHA256:"
#define FINGERPRINT_SIZE 32 /* bytes of the SHA-256 */

/* A line on the terminal while it takes; nothing where standard error is a file. */
void
ctl_show_progress (guint64 done, guint64 total, gpointer user_data)
{
  int *shown = user_data;
  int percent = total > 0 ? (int) (100 * (double) done / (double) total) : 100;

  if (!isatty (STDERR_FILENO) || percent == *shown)
    return;
  *shown = percent;
  fprintf (stderr, percent < 100 ? "\r%3d %%" : "\r      \r", percent);
}

static gboolean
parse_language (const char *text, WbLanguage *ret_language)
{
  if (text == NULL)
    *ret_language = wb_language_current ();
  else if (g_str_equal (text, "nl"))
    *ret_language = WB_LANGUAGE_NL;
  else if (g_str_equal (text, "en"))
    *ret_language = WB_LANGUAGE_EN;
  else
    return FALSE;
  return TRUE;
}

static void
report_export (Ctl *ctl,
               const char *path,
               const char *sha256,
               WbRegister *reg,
               const WbExportOptions *options)
{
  g_autoptr (GPtrArray) withheld = wb_register_list_barred (reg, ctl->arguments[1], options, NULL);

  if (ctl->json) {
    JsonArray *array = json_array_new ();

    JsonObject *object = json_object_new ();

    ctl_set_text (object, "file", path);
    ctl_set_text (object, "sha256", sha256);
    ctl_set_text (object, "signer", wb_register_get_fingerprint (reg));
    for (guint i = 0; withheld != NULL && i < withheld->len; i++) {
      const WbBarred *one = g_ptr_array_index (withheld, i);
      JsonObject *item = json_object_new ();

      ctl_set_text (item, "reference", one->reference);
      ctl_set_text (item, "rule", one->rule);
      json_array_add_object_element (array, item);
    }
    json_object_set_array_member (object, "withheld", array);
    ctl_print_json_object (object);
    return;
  }
  for (guint i = 0; withheld != NULL && i < withheld->len; i++) {
    const WbBarred *one = g_ptr_array_index (withheld, i);

    ctl_print (_ ("%s does not go along (rule %s).\n"), one->reference, one->rule);
  }
  printf (_ ("Written, read back and verified: %s\nSHA-256 %s\nSigned with %s\n"),
          path,
          sha256,
          wb_register_get_fingerprint (reg));
}

static CtlExit
write_bundle (Ctl *ctl, const char *output, const WbExportOptions *options)
{
  g_autoptr (WbRegister) reg = NULL;
  g_autofree char *sha256 = NULL;
  g_autoptr (GError) error = NULL;
  int shown = -1;

  reg = ctl_open (ctl, ctl->arguments[0], &error);
  if (reg == NULL || !wb_register_export (reg,
                                          ctl->arguments[1],
                                          output,
                                          options,
                                          ctl_show_progress,
                                          &shown,
                                          NULL,
                                          &sha256,
                                          &error))
    return ctl_fail (error);
  report_export (ctl, output, sha256, reg, options);
  return CTL_DONE;
}

static CtlExit
run_export (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *recipient = NULL;
  g_autofree char *recipient_name = NULL;
  g_autofree char *output = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *language = NULL;
  g_auto (GStrv) recipients = NULL;
  gboolean plain = FALSE, publication = FALSE;
  const GOptionEntry entries[] = {
    { "output",
      'o',
      0,
      G_OPTION_ARG_FILENAME,
      &output,
      _ ("the bundle to write (.zip, or .zip.age)"),
      _ ("FILE") },
    { "profile",
      0,
      0,
      G_OPTION_ARG_STRING,
      &profile,
      _ ("full, pseudonymised (default) or statistical"),
      _ ("PROFILE") },
    { "to",
      0,
      0,
      G_OPTION_ARG_STRING_ARRAY,
      &recipients,
      _ ("age recipient (may be given more than once)"),
      "age1…" },
    { "plain", 0, 0, G_OPTION_ARG_NONE, &plain, _ ("without encryption"), NULL },
    { "purpose",
      0,
      0,
      G_OPTION_ARG_STRING,
      &purpose,
      _ ("to whom and why; kept in the log"),
      _ ("TEXT") },
    { "recipient",
      0,
      0,
      G_OPTION_ARG_STRING,
      &recipient,
      _ ("who is given it (target.om); needed where names go along"),
      _ ("TARGET") },
    { "recipient-name",
      0,
      0,
      G_OPTION_ARG_STRING,
      &recipient_name,
      _ ("who that is, with target.other"),
      _ ("NAME") },
    { "publication", 0, 0, G_OPTION_ARG_NONE, &publication, _ ("for everybody to read"), NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, _ ("of the report: nl or en"), "nl|en" },
    G_OPTION_ENTRY_NULL,
  };
  WbExportOptions options = { 0 };
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("export REG REF -o FILE"), entries, 2, 2, argc, argv, &exit_))
    return exit_;
  if (output == NULL)
    return ctl_usage (_ ("Say with -o which file to write."));
  if (!parse_language (language, &options.language))
    return ctl_usage (_ ("The language is nl or en."));
  options.profile = profile;
  options.recipients = (const char *const *) recipients;
  options.plain = plain;
  options.purpose = purpose;
  options.recipient = recipient;
  options.recipient_name = recipient_name;
  options.publication = publication;
  return write_bundle (ctl, output, &options);
}

const CtlCommand CTL_EXPORT = { "export",
                                "REG REF -o FILE",
                                N_ ("writes a signed case bundle"),
                                run_export };

static gboolean
parse_depth (const char *text, WbDepth *ret_depth)
{
  static const char *const NAMES[] = { "quick", "full", "deep" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    if (text != NULL && g_str_equal (NAMES[i], text)) {
      *ret_depth = (WbDepth) i;
      return TRUE;
    }
  }
  *ret_depth = WB_DEPTH_FULL;
  return text == NULL;
}

CtlExit
ctl_report_verification (Ctl *ctl, WbVerification *result)
{
  if (ctl->json) {
    g_autoptr (JsonNode) node = wb_verification_to_json (result);

    ctl_print_json (node);
  } else {
    g_autofree char *text = wb_verification_to_text (result);

    ctl_print ("%s", text);
  }
  return wb_verification_is_good (result) ? CTL_DONE : CTL_VERIFY;
}

/* As ssh-keygen writes it; the padding that others add is left out there. */
gboolean
ctl_is_fingerprint (const char *text)
{
  g_autofree guint8 *digest = NULL;
  gsize size = 0;

  if (!g_str_has_prefix (text, FINGERPRINT_START))
    return FALSE;
  digest =
      wb_base64_decode (text + strlen (FINGERPRINT_START), -1, WB_BASE64_UNPADDED, &size, NULL);
  return digest != NULL && size == FINGERPRINT_SIZE;
}

static CtlExit
verify_bundle (Ctl *ctl, const char *path, const char *signer, const char *identity_file)
{
  WbBundleCheckOptions options = { signer, NULL, NULL };
  g_autoptr (GPtrArray) identities = NULL;
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (WbVerification) result = NULL;
  g_autoptr (GError) error = NULL;
  int shown = -1;

  if (identity_file != NULL) {
    identities = wb_identity_file_load (identity_file, &error);
    if (identities == NULL)
      return ctl_fail (error);
    options.identities = identities;
  }
  if (ctl->passphrase_file != NULL) {
    passphrase = ctl_read_passphrase (ctl->passphrase_file, "", FALSE, &error);
    if (passphrase == NULL)
      return ctl_fail (error);
    options.passphrase = passphrase;
  }
  result = wb_bundle_verify (path, &options, ctl_show_progress, &shown, NULL, &error);
  return result != NULL ? ctl_report_verification (ctl, result) : ctl_fail (error);
}

static CtlExit
verify_register (Ctl *ctl, const char *path, WbDepth depth, const char *since_file)
{
  g_autofree char *since = NULL;
  g_autofree char *user = NULL;
  g_autofree char *prompt = NULL;
  g_autoptr (WbSecret) passphrase = NULL;
  g_autoptr (WbVerification) result = NULL;
  g_autoptr (GError) error = NULL;
  int shown = -1;

  if (since_file != NULL) {
    since = ctl_read_text (since_file, WB_WITNESS_FILE_MAX, &error);
    if (since == NULL)
      return ctl_fail (error);
  }
  user = ctl_find_user (ctl, path, &error);
  if (user == NULL)
    return ctl_fail (error);
  prompt = ctl_format_prompt (user, path);
  passphrase = ctl_read_passphrase (ctl->passphrase_file, prompt, FALSE, &error);
  if (passphrase == NULL)
    return ctl_fail (error);
  result = wb_register_verify_path (path,
                                    user,
                                    passphrase,
                                    depth,
                                    since,
                                    ctl_show_progress,
                                    &shown,
                                    NULL,
                                    &error);
  return result != NULL ? ctl_report_verification (ctl, result) : ctl_fail (error);
}

static CtlExit
run_verify (Ctl *ctl, int argc, char **argv)
{
  g_autofree char *depth_text = NULL;
  g_autofree char *signer = NULL;
  g_autofree char *since = NULL;
  g_autofree char *identity = NULL;
  const GOptionEntry entries[] = {
    { "depth",
      0,
      0,
      G_OPTION_ARG_STRING,
      &depth_text,
      _ ("of a register: quick, full (default) or deep"),
      _ ("DEPTH") },
    { "signer",
      0,
      0,
      G_OPTION_ARG_STRING,
      &signer,
      _ ("of a bundle: the fingerprint that must have signed"),
      "SHA256:…" },
    { "since",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &since,
      _ ("of a register: a checkpoint that was kept elsewhere"),
      _ ("FILE") },
    { "identity",
      'i',
      0,
      G_OPTION_ARG_FILENAME,
      &identity,
      _ ("of a bundle: the age identity that opens it"),
      _ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  WbDepth depth;
  CtlExit exit_;

  if (!ctl_parse (ctl, N_ ("verify REG|BUNDLE"), entries, 1, 1, argc, argv, &exit_))
    return exit_;
  if (!parse_depth (depth_text, &depth))
    return ctl_usage (_ ("The depth is quick, full or deep."));
  if (signer != NULL && !ctl_is_fingerprint (signer))
    return ctl_usage (
        _ ("--signer wants a fingerprint: SHA256: and 43 characters, as ssh-keygen -l "
           "shows it."));
  if (!g_file_test (ctl->arguments[0], G_FILE_TEST_EXISTS)) {
    g_autoptr (GError) error = g_error_new (WB_ERROR,
                                            WB_ERROR_NOT_FOUND,
                                            _ ("There is no file or folder %s."),
                                            ctl->arguments[0]);
    return ctl_fail (error);
  }
  if (!g_file_test (ctl->arguments[0], G_FILE_TEST_IS_DIR)) {
    if (depth_text != NULL || since != NULL)
      return ctl_usage (_ ("--depth and --since are for a register; this is a bundle."));
    return verify_bundle (ctl, ctl->arguments[0], signer, identity);
  }
  if (signer != NULL || identity != NULL)
    return ctl_usage (_ ("--signer and --identity are for a bundle; this is a register."));
  return verify_register (ctl, ctl->arguments[0], depth, since);
}

const CtlCommand CTL_VERIFY_ = { "verify",
                                 "REG|BUNDLE",
                                 N_ ("checks a register or a bundle"),
                                 run_verify };
