/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The BagIt 1.0 bag (RFC 8493) around a case: all files but the evidence are made here, with the
 * manifests, the one tag manifest and its signature. Evidence comes later as a stream; its sums
 * are those of its intake.
 */
#include "wb-bundle-private.h"

#include "wb-case-report.h"
#include "wb-digest.h"
#include "wb-ed25519.h"
#include "wb-encoding.h"
#include "wb-openssh.h"
#include "wb-resources.h"
#include "wb-sshsig.h"

#define BAGIT "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

/**
 * wb_bag_file_new:
 * @path: path below the base folder
 * @bytes: (transfer full): all of it
 *
 * Returns: (transfer full): a file with its sum
 */
WbBagFile *
wb_bag_file_new (const char *path, GBytes *bytes)
{
  WbBagFile *self = g_new0 (WbBagFile, 1);

  self->path = g_strdup (path);
  self->bytes = bytes;
  self->size = g_bytes_get_size (bytes);
  self->sha256 = wb_sha256_hex (g_bytes_get_data (bytes, NULL), self->size);
  return self;
}

void
wb_bag_file_free (WbBagFile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

/**
 * wb_bag_is_payload:
 * @path: path below the base folder
 *
 * Returns: whether it belongs in the payload manifest rather than in the tag manifest
 */
gboolean
wb_bag_is_payload (const char *path)
{
  return g_str_has_prefix (path, "data/");
}

static void
add_text (GPtrArray *files, const char *path, const char *text)
{
  g_ptr_array_add (files, wb_bag_file_new (path, g_bytes_new (text, strlen (text))));
}

static void
add_bytes (GPtrArray *files, const char *path, GBytes *bytes)
{
  g_ptr_array_add (files, wb_bag_file_new (path, g_bytes_ref (bytes)));
}

static int
compare_path (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(WbBagFile *const *) a)->path, (*(WbBagFile *const *) b)->path);
}

/**
 * wb_bag_manifest:
 * @files: (element-type WbBagFile): the files so far
 * @payload: of the payload, else of the tag files
 *
 * Returns: (transfer full): the manifest in order of path, two spaces between sum and path so that
 *   sha256sum reads it
 */
char *
wb_bag_manifest (GPtrArray *files, gboolean payload)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++) {
    WbBagFile *file = g_ptr_array_index (files, i);

    if (wb_bag_is_payload (file->path) == payload)
      g_ptr_array_add (sorted, file);
  }
  g_ptr_array_sort (sorted, compare_path);
  for (guint i = 0; i < sorted->len; i++) {
    const WbBagFile *file = g_ptr_array_index (sorted, i);

    g_string_append_printf (text, "%s  %s\n", file->sha256, file->path);
  }
  return g_string_free (text, FALSE);
}

static char *
format_case (JsonObject *document)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_node_set_object (root, document);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

static gboolean
add_case_files (GPtrArray *files, WbBundleContent *content, GError **error)
{
  g_autofree char *json = format_case (content->case_document);
  g_autofree char *index = wb_index_csv_format (content->evidence);
  g_autofree char *calendar = wb_ical_format (content, error);
  g_autoptr (GBytes) report = NULL;

  if (calendar == NULL)
    return FALSE;
  report = wb_case_report_draw (content->case_document, content->language, error);
  if (report == NULL)
    return FALSE;
  add_text (files, "data/case.json", json);
  add_text (files, "data/deadlines.ics", calendar);
  add_text (files, "data/index.csv", index);
  add_bytes (files, "data/report.pdf", report);
  return TRUE;
}

static void
add_entry_files (GPtrArray *files, const WbBundleEntry *entry)
{
  g_autofree char *path = wb_bundle_entry_path ("entries", entry->number, ".txt");
  g_autofree char *proof = wb_bundle_entry_path ("proofs", entry->number, ".tlog-proof");
  g_autofree char *disclosed = wb_bundle_entry_path ("disclosed", entry->number, ".txt");
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; entry->lines != NULL && i < entry->lines->len; i++)
    g_string_append_printf (lines, "%s\n", (const char *) g_ptr_array_index (entry->lines, i));
  add_bytes (files, path, entry->bytes);
  if (lines->len > 0)
    add_text (files, disclosed, lines->str);
  add_text (files, proof, entry->proof);
}

static void
add_log_files (GPtrArray *files, const WbBundleContent *content)
{
  g_autofree char *vkey = NULL;

  vkey = g_strconcat (content->vkey, g_str_has_suffix (content->vkey, "\n") ? "" : "\n", NULL);
  add_text (files, "data/log/log.vkey", vkey);
  add_text (files, "data/log/checkpoint", content->checkpoint);
  for (guint i = 0; i < content->entries->len; i++)
    add_entry_files (files, g_ptr_array_index (content->entries, i));
}

static void
add_evidence_files (GPtrArray *files, const WbBundleContent *content)
{
  for (guint i = 0; i < content->evidence->len; i++) {
    const WbBundleEvidence *evidence = g_ptr_array_index (content->evidence, i);
    g_autofree char *name = wb_bundle_evidence_file (evidence);
    WbBagFile *file = g_new0 (WbBagFile, 1);

    file->path = g_strconcat ("data/", name, NULL);
    file->evidence = evidence;
    file->size = evidence->size;
    file->sha256 = g_strdup (evidence->sha256);
    g_ptr_array_add (files, file);
  }
}

/* One line a label: what stands in a label may hold no line break. */
static void
append_label (GString *out, const char *label, const char *value)
{
  g_autofree char *line = g_strdup (value);

  g_strdelimit (line, "\r\n\t", ' ');
  g_string_append_printf (out, "%s: %s\n", label, g_strstrip (line));
}

static char *
format_bag_info (GPtrArray *files, const WbBundleContent *content)
{
  GString *out = g_string_new (NULL);
  g_autofree char *made = wb_instant_format_seconds (content->made);
  g_autofree char *date = g_strndup (made, 10);
  g_autofree char *oxum = NULL;
  guint64 bytes = 0;
  guint count = 0;

  for (guint i = 0; i < files->len; i++) {
    const WbBagFile *file = g_ptr_array_index (files, i);

    if (!wb_bag_is_payload (file->path))
      continue;
    bytes += file->size;
    count++;
  }
  oxum = g_strdup_printf ("%" G_GUINT64_FORMAT ".%u", bytes, count);
  append_label (out, "Source-Organization", content->body);
  append_label (out, "External-Identifier", content->reference);
  append_label (out, "Bagging-Date", date);
  append_label (out, "Payload-Oxum", oxum);
  append_label (out, "Bag-Software-Agent", "Waarborg");
  append_label (out, "Waarborg-Format", WB_BUNDLE_FORMAT);
  append_label (out, "Waarborg-Profile", content->profile);
  append_label (out, "Waarborg-Made", made);
  return g_string_free (out, FALSE);
}

/*
 * The principal is a plain name, never a pattern; the namespace keeps the key from being taken for
 * other files; no dates, so that OpenSSH 8.1 reads it.
 */
static char *
format_signers (const WbBundleContent *content, const guint8 public[WB_ED25519_PUBLIC_SIZE])
{
  g_autofree char *key = wb_openssh_format_public (public, NULL);

  g_strstrip (key);
  return g_strdup_printf ("%s namespaces=\"%s\" %s\n",
                          content->principal,
                          WB_BUNDLE_NAMESPACE,
                          key);
}

static gboolean
add_filled (GPtrArray *files,
            const char *path,
            const char *resource,
            const WbBundleContent *content,
            const char *fingerprint,
            GError **error)
{
  g_autofree char *text = wb_bundle_text_fill (resource, content, fingerprint, error);

  if (text == NULL)
    return FALSE;
  add_text (files, path, text);
  return TRUE;
}

static gboolean
add_tag_files (GPtrArray *files,
               const WbBundleContent *content,
               const guint8 public[WB_ED25519_PUBLIC_SIZE],
               const char *fingerprint,
               GError **error)
{
  g_autofree char *info = format_bag_info (files, content);
  g_autofree char *signers = format_signers (content, public);
  g_autoptr (GBytes) mdto = wb_mdto_format (content, error);

  if (mdto == NULL)
    return FALSE;
  add_text (files, "bagit.txt", BAGIT);
  add_text (files, "bag-info.txt", info);
  add_text (files, "allowed_signers", signers);
  add_bytes (files, "metadata/case.mdto.xml", mdto);
  return add_filled (files,
                     "LEESMIJ.txt",
                     "text/bundle-LEESMIJ.txt",
                     content,
                     fingerprint,
                     error) &&
         add_filled (files, "README.txt", "text/bundle-README.txt", content, fingerprint, error) &&
         add_filled (files, "verify.sh", "text/verify.sh", content, fingerprint, error);
}

static gboolean
sign (GPtrArray *files, const WbSecret *seed, GError **error)
{
  g_autofree char *manifest = wb_bag_manifest (files, TRUE);
  g_autofree char *tag_manifest = NULL;
  g_autofree char *signature = NULL;

  add_text (files, WB_BUNDLE_MANIFEST, manifest);
  tag_manifest = wb_bag_manifest (files, FALSE);
  signature =
      wb_sshsig_sign (seed, WB_BUNDLE_NAMESPACE, tag_manifest, strlen (tag_manifest), error);
  if (signature == NULL)
    return FALSE;
  add_text (files, WB_BUNDLE_TAG_MANIFEST, tag_manifest);
  add_text (files, WB_BUNDLE_SIGNATURE, signature);
  return TRUE;
}

/* Small files first: a reader of a stream knows the sums before the evidence comes. */
static int
compare_order (gconstpointer a, gconstpointer b)
{
  const WbBagFile *left = *(WbBagFile *const *) a;
  const WbBagFile *right = *(WbBagFile *const *) b;

  if ((left->evidence != NULL) != (right->evidence != NULL))
    return left->evidence != NULL ? 1 : -1;
  if (wb_bag_is_payload (left->path) != wb_bag_is_payload (right->path))
    return wb_bag_is_payload (left->path) ? 1 : -1;
  return strcmp (left->path, right->path);
}

/**
 * wb_bag_plan:
 * @content: what goes into the bundle
 * @signing_seed: the Ed25519 seed that signs
 * @ret_fingerprint: (out): fingerprint of the signing key
 * @error: return location for an error
 *
 * Makes every file of the bag (RFC 8493) but the evidence, and signs the tag manifest.
 *
 * Returns: (transfer full) (element-type WbBagFile): the files in the order of writing
 */
GPtrArray *
wb_bag_plan (WbBundleContent *content,
             const WbSecret *signing_seed,
             char **ret_fingerprint,
             GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bag_file_free);
  g_autofree char *fingerprint = NULL;
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  if (!wb_ed25519_get_public (signing_seed, public, error))
    return NULL;
  fingerprint = wb_openssh_fingerprint (public);
  if (!add_case_files (files, content, error))
    return NULL;
  add_log_files (files, content);
  add_evidence_files (files, content);
  if (!add_tag_files (files, content, public, fingerprint, error) ||
      !sign (files, signing_seed, error))
    return NULL;
  g_ptr_array_sort (files, compare_order);
  *ret_fingerprint = g_steal_pointer (&fingerprint);
  return g_steal_pointer (&files);
}
