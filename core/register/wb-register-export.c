/* SPDX-License-Identifier: EUPL-1.2 */

/* Exporting a case: the act is logged first, so that no bundle leaves without an entry. */
#include "wb-clearance-private.h"
#include "wb-sealed-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wb-age.h"
#include "wb-disclosure.h"
#include "wb-error.h"
#include "wb-i18n.h"

#define PURPOSE_MAX 1000 /* bytes: a line in the log, not a letter */

static gboolean
check_options (const WbExportOptions *options, GError **error)
{
  gboolean encrypted = options->recipients != NULL && options->recipients[0] != NULL;

  if (options->profile != NULL && !wb_profile_check (options->profile, error))
    return FALSE;
  for (guint i = 0; encrypted && options->recipients[i] != NULL; i++) {
    if (!wb_age_recipient_check (options->recipients[i], error))
      return FALSE;
  }
  if (encrypted == options->plain) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("Say for whom the bundle is encrypted (age1…), or ask for a bundle "
                            "without encryption."));
    return FALSE;
  }
  if (options->purpose != NULL &&
      (strlen (options->purpose) > PURPOSE_MAX || !g_utf8_validate (options->purpose, -1, NULL))) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("The purpose is longer than 1000 bytes: shorten it."));
    return FALSE;
  }
  return TRUE;
}

/* What can be known beforehand is refused before anything is logged. */
static gboolean
check_path (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK)) {
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_EXISTS,
        _ ("There is a file of that name already; choose another name: nothing is overwritten."));
    return FALSE;
  }
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) && g_access (folder, W_OK) == 0)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_IO,
                       _ ("The bundle cannot be written there: choose another folder."));
  return FALSE;
}

static JsonNode *
describe (const WbExportOptions *options)
{
  JsonObject *object = json_object_new ();
  JsonArray *recipients = json_array_new ();
  JsonNode *node;

  for (guint i = 0; options->recipients != NULL && options->recipients[i] != NULL; i++)
    json_array_add_string_element (recipients, options->recipients[i]);
  json_object_set_string_member (object,
                                 "profile",
                                 options->profile != NULL ? options->profile : "pseudonymised");
  json_object_set_array_member (object, "recipients", recipients);
  if (options->purpose != NULL)
    json_object_set_string_member (object, "purpose", options->purpose);
  if (options->recipient != NULL)
    json_object_set_string_member (object, "recipient", options->recipient);
  if (options->recipient_name != NULL)
    json_object_set_string_member (object, "recipient_name", options->recipient_name);
  if (options->publication)
    json_object_set_boolean_member (object, "publication", TRUE);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return node;
}

static gboolean
log_export (WbRegister *self,
            const WbRecordRow *of,
            const char *event,
            const WbExportOptions *options,
            GError **error)
{
  g_autoptr (WbActDraft) draft = wb_act_draft_new ("case", of->id, of->id, event);
  g_autoptr (JsonNode) node = describe (options);

  wb_act_draft_add (draft, WB_ACT_EXPORT, node);
  return wb_register_append_alone (self, draft, error);
}

typedef struct {
  WbRegister *reg;
  const char *profile;
  const WbExportOptions *options;
  const char *checkpoint;
  guint64 size;
  GPtrArray *entries;
  JsonArray *numbers;
  GError *error;
} Gather;

static char *
make_proof (Gather *gather, guint64 number)
{
  g_autoptr (GArray) hashes = wb_merkle_inclusion (number,
                                                   gather->size,
                                                   wb_register_fetch_node,
                                                   gather->reg,
                                                   &gather->error);

  return hashes != NULL ? wb_proof_format (number, hashes, gather->checkpoint) : NULL;
}

/* Whether nothing of the record that the entry is about goes along. */
static gboolean
is_withheld (Gather *gather, const WbEntry *entry)
{
  g_autoptr (WbRecordRow) row = wb_clearance_is_document (gather->reg, entry->record_type)
                                    ? wb_record_store_find (gather->reg->db, entry->record_id, NULL)
                                    : NULL;

  return row != NULL && wb_guard_withholds (gather->reg, row, gather->options);
}

static gboolean
is_sealed (const char *line)
{
  g_autoptr (JsonNode) value = NULL;

  return !wb_disclosure_parse (line, strlen (line), NULL, &value, NULL) || wb_sealed_is (value);
}

static void
give_lines (Gather *gather, const WbEntry *entry, GPtrArray *lines, GPtrArray *given)
{
  if (is_withheld (gather, entry))
    return;
  for (guint i = 0; i < lines->len && i < entry->fields->len; i++) {
    const WbEntryField *field = g_ptr_array_index (entry->fields, i);
    const char *line = g_ptr_array_index (lines, i);

    if (line != NULL &&
        wb_profile_gives (
            gather->profile,
            wb_register_sensitivity_of (gather->reg, entry->record_type, field->name)) &&
        !is_sealed (line))
      g_ptr_array_add (given, g_strdup (line));
  }
}

static gboolean
gather_entry (guint64 number,
              const char *text,
              gsize size,
              const guint8 *leaf,
              GPtrArray *lines,
              gpointer user_data)
{
  Gather *gather = user_data;
  g_autoptr (WbEntry) entry = wb_entry_parse (text, size, &gather->error);
  WbBundleEntry *item;

  if (entry == NULL)
    return FALSE;
  item = g_new0 (WbBundleEntry, 1);
  item->number = number;
  item->bytes = g_bytes_new (text, size);
  item->lines = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (gather->entries, item);
  json_array_add_int_element (gather->numbers, (gint64) number);
  give_lines (gather, entry, lines, item->lines);
  item->proof = make_proof (gather, number);
  return item->proof != NULL;
}

static gboolean
gather_entries (WbRegister *self,
                const char *case_id,
                const WbExportOptions *options,
                WbBundleContent *content,
                GError **error)
{
  Gather gather = { self,       content->profile, options, content->checkpoint,
                    self->size, content->entries, NULL,    NULL };
  JsonObject *log = json_object_new ();
  gboolean done;

  gather.numbers = json_array_new ();
  done = wb_log_store_each_of_case (self->db, case_id, gather_entry, &gather, error);
  json_object_set_string_member (log, "origin", self->origin);
  json_object_set_int_member (log, "size", (gint64) self->size);
  json_object_set_array_member (log, "entries", gather.numbers);
  json_object_set_object_member (content->case_document, "log", log);
  if (gather.error != NULL) {
    g_propagate_error (error, gather.error);
    return FALSE;
  }
  return done;
}

static GInputStream *
open_evidence (const WbBundleEvidence *evidence, gpointer user_data, GError **error)
{
  WbRegister *self = user_data;
  g_autofree char *id = wb_register_resolve (self, evidence->record_ref, error);

  return id != NULL ? wb_evidence_stream_new (self, id, evidence->sha256) : NULL;
}

static WbBundleContent *
make_content (WbRegister *self,
              const WbRecordRow *of,
              const WbExportOptions *options,
              GError **error)
{
  g_autoptr (WbBundleContent) content = wb_bundle_content_new ();
  const char *profile = options->profile != NULL ? options->profile : "pseudonymised";

  content->reference = g_strdup (of->reference);
  content->made = wb_clock_now ();
  content->body = g_strdup (self->body);
  content->principal = g_strdup (self->code);
  content->profile = g_strdup (profile);
  content->language = options->language;
  content->vkey = g_strdup (self->vkey);
  content->open_evidence = open_evidence;
  content->open_data = self;
  content->checkpoint = wb_register_checkpoint (self, error);
  if (content->checkpoint == NULL)
    return NULL;
  content->case_document =
      wb_case_document_make (self, of->id, options, content->made, content->evidence, error);
  if (content->case_document == NULL || !gather_entries (self, of->id, options, content, error))
    return NULL;
  for (guint i = 0; i < content->evidence->len; i++)
    content->evidence_bytes +=
        ((const WbBundleEvidence *) g_ptr_array_index (content->evidence, i))->size;
  return g_steal_pointer (&content);
}

static gboolean
refuse_standing (const WbRecordRow *row, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("%s belongs to no case, and only cases are exported as bundles: give a case."),
               row->reference);
  return FALSE;
}

/* Each document that stays here is refused by name, before the act itself. */
static gboolean
log_withheld (WbRegister *self, const char *case_id, const WbExportOptions *options, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (self->db, case_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    const char *rule = wb_guard_find_bar (self, row, options);

    if (rule == NULL)
      continue;
    wb_guard_note (self, row->type, row->id, wb_record_row_get_case (row), rule);
    wb_register_log_refusal (self);
  }
  return rows != NULL;
}

/**
 * wb_register_export:
 * @self: an open register
 * @case_ref: the case
 * @path: the bundle to make; nothing may be there yet
 * @options: profile, recipients or plain, purpose, language
 * @progress: (nullable): bytes done, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves no file behind
 * @ret_sha256: (optional): the file's SHA-256 in hex
 * @error: return location for an error
 *
 * The act is logged before the first byte is written, and goes along in the bundle; a failure
 * afterwards is a second act.
 */
gboolean
wb_register_export (WbRegister *self,
                    const char *case_ref,
                    const char *path,
                    const WbExportOptions *options,
                    WbProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    char **ret_sha256,
                    GError **error)
{
  g_autoptr (WbRecordRow) row = NULL;
  g_autoptr (WbRecordRow) of = NULL;
  g_autoptr (WbBundleContent) content = NULL;

  if (!check_options (options, error) || !check_path (path, error))
    return FALSE;
  row = wb_register_find_row (self, case_ref, error);
  if (row != NULL && wb_record_row_get_case (row) == NULL)
    return refuse_standing (row, error);
  of = row != NULL ? wb_register_find_row (self, row->case_id, error) : NULL;
  if (of == NULL || !wb_guard_check_export (self, of, options, error) ||
      !log_withheld (self, of->id, options, error) ||
      !log_export (self, of, "exported", options, error))
    return FALSE;
  content = make_content (self, of, options, error);
  if (content != NULL && wb_bundle_write (content,
                                          self->keys->seed,
                                          path,
                                          options->recipients,
                                          progress,
                                          user_data,
                                          cancellable,
                                          ret_sha256,
                                          error))
    return TRUE;
  (void) log_export (self, of, "export-failed", options, NULL);
  return FALSE;
}
