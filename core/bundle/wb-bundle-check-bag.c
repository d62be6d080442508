/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Whether a bag is complete and valid in RFC 8493's words, and whose key signed it. Strict: only
 * the form that the writer makes.
 */
#include "wb-bundle-private.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-openssh.h"
#include "wb-sshsig.h"
#include "wb-zip-private.h"

#define BAGIT "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#define SUM_LENGTH 64
#define LABELS_MAX 100 /* lines of a bag-info.txt */

static void
add (WbBundleFiles *files, const char *part, const char *message)
{
  g_autofree char *name = wb_zip_name_for_people (part); /* a manifest can name anything */

  wb_verification_add (files->result, name, -1, "%s", message);
}

/* One line "sum  path", strictly; @line is cut in two. */
static gboolean
split_line (char *line, char **ret_path)
{
  if (strlen (line) < SUM_LENGTH + 3)
    return FALSE;
  for (int i = 0; i < SUM_LENGTH; i++)
    if (!g_ascii_isdigit (line[i]) && (line[i] < 'a' || line[i] > 'f'))
      return FALSE;
  if (line[SUM_LENGTH] != ' ' || line[SUM_LENGTH + 1] != ' ')
    return FALSE;
  line[SUM_LENGTH] = '\0';
  *ret_path = line + SUM_LENGTH + 2;
  return TRUE;
}

/* path → sum; NULL (with a finding) where it is no manifest. Lines stand in order of path. */
static GHashTable *
parse_manifest (WbBundleFiles *files, const char *name)
{
  GBytes *bytes = wb_bundle_files_get (files, name);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count;

  if (bytes == NULL) {
    add (files, name, _ ("The bag is not complete: this manifest is missing."));
    return NULL;
  }
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  count = g_strv_length (lines);
  for (guint i = 0; i + 1 < count; i++) {
    char *path = NULL;

    if (!split_line (lines[i], &path) || g_hash_table_contains (sums, path)) {
      add (files, name, _ ("This manifest has a line that is not \"sum  path\" or stands twice."));
      return NULL;
    }
    g_hash_table_insert (sums, g_strdup (path), g_strdup (lines[i]));
  }
  if (strlen (text) != g_bytes_get_size (bytes) || count == 0 || lines[count - 1][0] != '\0') {
    add (files, name, _ ("This manifest does not end with a whole line."));
    return NULL;
  }
  return g_steal_pointer (&sums);
}

/* What the one tag manifest does not list: itself and its signature. */
static gboolean
is_listed_nowhere (const char *path)
{
  return g_str_equal (path, WB_BUNDLE_TAG_MANIFEST) || g_str_equal (path, WB_BUNDLE_SIGNATURE);
}

static void
check_listed (WbBundleFiles *files, GHashTable *sums, gboolean payload)
{
  GHashTableIter iter;
  gpointer path, sum;

  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &path, &sum)) {
    const WbBundleFile *file = wb_bundle_files_find (files, path);

    if (wb_bag_is_payload (path) != payload || is_listed_nowhere (path))
      add (files, path, _ ("This file stands in a manifest where it does not belong."));
    else if (file == NULL)
      add (files, path, _ ("The bag is not complete: this file is missing."));
    else if (!g_str_equal (file->sha256, sum))
      add (files, path, _ ("The bag is not valid: this file is not what it was when signed."));
  }
}

/* A manifest that no longer names a file would not miss it. */
static void
check_required (WbBundleFiles *files)
{
  static const char *const names[] = {
    "LEESMIJ.txt",     "README.txt",          "allowed_signers",    "bag-info.txt",
    "bagit.txt",       "data/case.json",      "data/deadlines.ics", "data/index.csv",
    "data/report.pdf", "data/log/checkpoint", "data/log/log.vkey",  "metadata/case.mdto.xml",
    "verify.sh"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (wb_bundle_files_find (files, names[i]) == NULL)
      add (files, names[i], _ ("A case bundle has this file; here it is missing."));
}

/* @payload, @tags: (nullable) where there is no such manifest. */
static void
check_unlisted (WbBundleFiles *files, GHashTable *payload, GHashTable *tags)
{
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, files->files);
  while (g_hash_table_iter_next (&iter, &path, NULL)) {
    GHashTable *sums = wb_bag_is_payload (path) ? payload : tags;

    if (sums != NULL && !is_listed_nowhere (path) && !g_hash_table_contains (sums, path))
      add (files, path, _ ("The bag is not complete: this file was added; no manifest names it."));
  }
}

static void
check_bagit (WbBundleFiles *files)
{
  GBytes *bytes = wb_bundle_files_get (files, "bagit.txt");
  g_autoptr (GBytes) wanted = g_bytes_new_static (BAGIT, strlen (BAGIT));

  if (bytes == NULL || !g_bytes_equal (bytes, wanted))
    add (files, "bagit.txt", _ ("This does not say that it is a bag of BagIt 1.0."));
}

static char *
measure_payload (WbBundleFiles *files)
{
  GHashTableIter iter;
  gpointer path, file;
  guint64 size = 0;
  guint count = 0;

  g_hash_table_iter_init (&iter, files->files);
  while (g_hash_table_iter_next (&iter, &path, &file)) {
    if (!wb_bag_is_payload (path))
      continue;
    size += ((const WbBundleFile *) file)->size;
    count++;
  }
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%u", size, count);
}

/* Label → value; a label that comes twice is an empty value, so that it never fits. */
static GHashTable *
parse_bag_info (GBytes *bytes)
{
  GHashTable *labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", LABELS_MAX);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *colon = strstr (lines[i], ": ");
    g_autofree char *label =
        colon != NULL ? g_strndup (lines[i], (gsize) (colon - lines[i])) : NULL;

    if (label == NULL)
      continue;
    if (g_hash_table_contains (labels, label))
      g_hash_table_replace (labels, g_steal_pointer (&label), g_strdup (""));
    else
      g_hash_table_insert (labels, g_steal_pointer (&label), g_strdup (colon + 2));
  }
  return labels;
}

static void
check_bag_info (WbBundleFiles *files)
{
  GBytes *bytes = wb_bundle_files_get (files, "bag-info.txt");
  g_autoptr (GHashTable) labels = NULL;
  g_autofree char *oxum = measure_payload (files);
  const char *profile;

  if (bytes == NULL)
    return; /* the tag manifest names it as missing */
  labels = parse_bag_info (bytes);
  if (g_strcmp0 (g_hash_table_lookup (labels, "Payload-Oxum"), oxum) != 0)
    add (files, "bag-info.txt", _ ("Payload-Oxum does not fit the number and size of the files."));
  if (g_strcmp0 (g_hash_table_lookup (labels, "External-Identifier"), files->base) != 0)
    add (files, "bag-info.txt", _ ("The bag's identifier is not the name of its folder."));
  if (g_strcmp0 (g_hash_table_lookup (labels, "Waarborg-Format"), WB_BUNDLE_FORMAT) != 0)
    add (files, "bag-info.txt", _ ("This bag is not a case bundle, or one of a newer Waarborg."));
  profile = g_hash_table_lookup (labels, "Waarborg-Profile");
  wb_verification_set_fact (files->result, "reference", files->base);
  if (wb_bundle_name_is_safe (profile))
    wb_verification_set_fact (files->result, "profile", profile);
}

/**
 * wb_bundle_check_bag:
 * @files: what an archive held
 *
 * Complete and valid (RFC 8493 section 3): every file in its manifest, nothing missing, nothing
 * extra, every sum right; bagit.txt and bag-info.txt as they must be.
 */
void
wb_bundle_check_bag (WbBundleFiles *files)
{
  g_autoptr (GHashTable) payload = parse_manifest (files, WB_BUNDLE_MANIFEST);
  g_autoptr (GHashTable) tags = parse_manifest (files, WB_BUNDLE_TAG_MANIFEST);

  check_bagit (files);
  check_bag_info (files);
  if (payload != NULL)
    check_listed (files, payload, TRUE);
  if (tags != NULL)
    check_listed (files, tags, FALSE);
  check_unlisted (files, payload, tags);
  check_required (files);
}

/* The one line that the writer makes: principal, namespace, key. */
static gboolean
is_allowed (WbBundleFiles *files, const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  GBytes *bytes = wb_bundle_files_get (files, "allowed_signers");
  g_autofree char *text = NULL;
  g_autofree char *key = wb_openssh_format_public (public, NULL);
  g_autofree char *rest = NULL;
  const char *space;
  g_autofree char *principal = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  rest = g_strdup_printf (" namespaces=\"%s\" %s\n", WB_BUNDLE_NAMESPACE, g_strstrip (key));
  space = strchr (text, ' ');
  if (space == NULL || strlen (text) != g_bytes_get_size (bytes))
    return FALSE;
  principal = g_strndup (text, (gsize) (space - text));
  return wb_bundle_name_is_safe (principal) && g_str_equal (space, rest);
}

static void
check_signer (WbBundleFiles *files, const guint8 public[WB_ED25519_PUBLIC_SIZE], const char *wanted)
{
  g_autofree char *fingerprint = wb_openssh_fingerprint (public);

  wb_verification_set_fact (files->result, "signer", fingerprint);
  if (!is_allowed (files, public))
    add (files, "allowed_signers", _ ("The key that signed is not the one that this file names."));
  if (wanted != NULL && !g_str_equal (wanted, fingerprint))
    add (files,
         WB_BUNDLE_SIGNATURE,
         _ ("The bundle was signed with another key than the one you asked for."));
  if (wanted == NULL)
    wb_verification_add_limit (
        files->result,
        _ ("A bundle cannot show by itself whose key signed it: compare the fingerprint with the "
           "one that you got from the sender by another way, such as on paper."));
}

/**
 * wb_bundle_check_signature:
 * @files: what an archive held
 * @signer: (nullable): fingerprint that must have signed
 *
 * The SSHSIG over the tag manifest, and whether its key is the one in allowed_signers and the one
 * that the caller trusts.
 */
void
wb_bundle_check_signature (WbBundleFiles *files, const char *signer)
{
  GBytes *message = wb_bundle_files_get (files, WB_BUNDLE_TAG_MANIFEST);
  GBytes *armored = wb_bundle_files_get (files, WB_BUNDLE_SIGNATURE);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autoptr (GError) error = NULL;

  if (armored == NULL) {
    add (files, WB_BUNDLE_SIGNATURE, _ ("The bundle is not signed: the signature is missing."));
    return;
  }
  if (message == NULL)
    return; /* said by the bag's check */
  if (!wb_sshsig_verify (g_bytes_get_data (armored, NULL),
                         g_bytes_get_size (armored),
                         WB_BUNDLE_NAMESPACE,
                         g_bytes_get_data (message, NULL),
                         g_bytes_get_size (message),
                         public,
                         &error)) {
    add (files, WB_BUNDLE_SIGNATURE, error->message);
    return;
  }
  check_signer (files, public, signer);
}
