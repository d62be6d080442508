/* SPDX-License-Identifier: EUPL-1.2 */

/* What goes into a bundle, and the rules for its names. Knows no file and no archive. */
#include "wb-bundle-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

#define EXTENSION_MAX 5 /* longer ones are no file types that anyone knows */

/**
 * wb_bundle_content_new:
 *
 * Returns: (transfer full): an empty content whose fields the caller fills
 */
WbBundleContent *
wb_bundle_content_new (void)
{
  WbBundleContent *self = g_new0 (WbBundleContent, 1);

  self->made = WB_INSTANT_NONE;
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bundle_evidence_free);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_bundle_entry_free);
  return self;
}

void
wb_bundle_content_free (WbBundleContent *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->body);
  g_free (self->principal);
  g_free (self->profile);
  g_clear_pointer (&self->case_document, json_object_unref);
  g_clear_pointer (&self->evidence, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self->vkey);
  g_free (self->checkpoint);
  g_free (self);
}

void
wb_bundle_evidence_free (WbBundleEvidence *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->date);
  g_free (self->record_ref);
  g_free (self);
}

void
wb_bundle_entry_free (WbBundleEntry *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->proof);
  g_free (self);
}

/**
 * wb_bundle_name_is_safe:
 * @text: (nullable): a reference or principal
 *
 * Returns: whether it is a plain name on every system and no pattern for ssh-keygen
 */
gboolean
wb_bundle_name_is_safe (const char *text)
{
  if (text == NULL || !g_ascii_isalnum (text[0]) || strlen (text) > WB_BUNDLE_MAX_REFERENCE)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("._-", *at) == NULL)
      return FALSE;
  return !g_str_has_suffix (text, ".");
}

/* With its full stop; empty where the name has none that is plain. */
static const char *
find_extension (const char *name)
{
  const char *dot = name != NULL ? strrchr (name, '.') : NULL;

  if (dot == NULL || dot[1] == '\0' || strlen (dot + 1) > EXTENSION_MAX)
    return "";
  for (const char *at = dot + 1; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at))
      return "";
  return dot;
}

/**
 * wb_bundle_evidence_file:
 * @self: a piece of evidence
 *
 * The name it has in a bundle, below data/: its number and the type of its original name. The
 * register writes the same name into case.json.
 *
 * Returns: (transfer full): such as "evidence/0001.pdf"
 */
char *
wb_bundle_evidence_file (const WbBundleEvidence *self)
{
  g_autofree char *extension = g_ascii_strdown (find_extension (self->name), -1);

  return g_strdup_printf ("evidence/%04u%s", self->number, extension);
}

/**
 * wb_bundle_entry_path:
 * @folder: "entries", "disclosed" or "proofs"
 * @number: position in the log
 * @suffix: ".txt" or ".tlog-proof"
 *
 * Returns: (transfer full): such as "data/log/entries/000042.txt"
 */
char *
wb_bundle_entry_path (const char *folder, guint64 number, const char *suffix)
{
  return g_strdup_printf ("data/log/%s/%06" G_GUINT64_FORMAT "%s", folder, number, suffix);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_evidence (const WbBundleContent *self, GError **error)
{
  for (guint i = 0; i < self->evidence->len; i++) {
    const WbBundleEvidence *evidence = g_ptr_array_index (self->evidence, i);

    if (evidence->number != i + 1 || evidence->sha256 == NULL || strlen (evidence->sha256) != 64)
      return refuse (error,
                     _ ("The evidence of this case is not numbered and summed as it must "
                        "be: verify the register."));
  }
  return self->evidence->len == 0 || self->open_evidence != NULL ||
         refuse (error, _ ("The evidence of this case cannot be read."));
}

static gboolean
check_entries (const WbBundleContent *self, GError **error)
{
  guint64 least = 0;

  for (guint i = 0; i < self->entries->len; i++) {
    const WbBundleEntry *entry = g_ptr_array_index (self->entries, i);

    if (entry->bytes == NULL || entry->proof == NULL || entry->number < least)
      return refuse (error, _ ("The log of this case is not in order: verify the register."));
    least = entry->number + 1;
  }
  return self->entries->len > 0 ||
         refuse (error, _ ("The case has no entries in the log: there is nothing to prove."));
}

/**
 * wb_bundle_content_check:
 * @self: a content
 * @error: return location for an error
 *
 * Refuses what would make a bundle that nobody can verify. WB_ERROR_INVALID.
 *
 * Returns: whether a bundle can be written of it
 */
gboolean
wb_bundle_content_check (const WbBundleContent *self, GError **error)
{
  if (!wb_bundle_name_is_safe (self->reference) || !wb_bundle_name_is_safe (self->principal))
    return refuse (error,
                   _ ("A reference or code in a bundle is made of letters A-Z, digits, full stop, "
                      "hyphen and underscore."));
  if (self->case_document == NULL || self->vkey == NULL || self->checkpoint == NULL ||
      self->made == WB_INSTANT_NONE || self->profile == NULL || self->body == NULL)
    return refuse (error, _ ("The bundle lacks its case, its log key or its checkpoint."));
  return check_evidence (self, error) && check_entries (self, error);
}
