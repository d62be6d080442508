/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A made-up case: a log of several entries, some of other cases, with disclosure lines given along
 * or withheld, and the case document that the register would draw from it.
 */
#include "wb-test-bundle-private.h"

#include "wb-checkpoint.h"
#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-entry.h"
#include "wb-note.h"
#include "wb-openssh.h"
#include "wb-test.h"

static gboolean
fetch (guint level, guint64 index, WbHash *ret_hash, gpointer user_data, GError **error)
{
  GPtrArray *leaves = user_data;
  WbHash left, right;

  if (level == 0) {
    *ret_hash = *(WbHash *) g_ptr_array_index (leaves, index);
    return TRUE;
  }
  if (!fetch (level - 1, 2 * index, &left, leaves, error) ||
      !fetch (level - 1, 2 * index + 1, &right, leaves, error))
    return FALSE;
  wb_merkle_node (&left, &right, ret_hash);
  return TRUE;
}

JsonNode *
wb_test_parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  wb_assert_no_error (error);
  return node;
}

static WbSecret *
make_seed (guint8 fill)
{
  guint8 bytes[WB_ED25519_SEED_SIZE];
  WbSecret *seed;

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) (fill + i);
  seed = wb_secret_new_copy (bytes, sizeof bytes, NULL);
  assert_non_null (seed);
  return seed;
}

/* Entries 1 and 2 both go along in the full case. */
static void
break_entry (Making *self, WbEntry *entry)
{
  if (entry->number != 2)
    return;
  if (self->how == WB_TEST_BROKEN_CHAIN)
    entry->previous.bytes[0] ^= 1;
  if (self->how == WB_TEST_BROKEN_TIME)
    entry->time = START;
  if (self->how == WB_TEST_BROKEN_LOG) {
    g_free (entry->log);
    entry->log = g_strdup ("waarborg/NL-TEST/0123456789abcdef");
  }
}

static WbEntry *
begin_entry (Making *self, const char *type, const char *id, const char *event)
{
  WbEntry *entry = wb_entry_new ();

  entry->log = g_strdup (self->origin);
  entry->number = self->leaves->len;
  entry->time = START + (gint64) entry->number * 61000;
  entry->author = g_strdup (self->test->fingerprint);
  entry->case_id = g_strdup (CASE_ID);
  entry->record_type = g_strdup (type);
  entry->record_id = g_strdup (id);
  entry->event = g_strdup (event);
  wb_random_bytes (entry->nonce, sizeof entry->nonce);
  if (self->leaves->len > 0)
    entry->previous = *(WbHash *) g_ptr_array_index (self->leaves, self->leaves->len - 1);
  break_entry (self, entry);
  return entry;
}

static void
end_entry (Making *self, WbEntry *entry, GPtrArray *lines, gboolean in_case)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = wb_entry_format (entry, &error);
  WbHash *leaf = g_new0 (WbHash, 1);

  wb_assert_no_error (error);
  wb_merkle_leaf (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), leaf);
  g_ptr_array_add (self->leaves, leaf);
  if (in_case) {
    WbBundleEntry *kept = g_new0 (WbBundleEntry, 1);

    kept->number = entry->number;
    kept->bytes = g_bytes_ref (bytes);
    kept->lines = g_ptr_array_ref (lines);
    g_ptr_array_add (self->entries, kept);
    json_array_add_int_element (self->numbers, (gint64) entry->number);
  }
  g_bytes_unref (bytes);
  wb_entry_free (entry);
}

static char *
add_field (WbEntry *entry, const char *name, const char *json)
{
  g_autoptr (JsonNode) value = wb_test_parse (json);
  char *line = wb_disclosure_new (name, value);
  WbHash digest;

  wb_disclosure_digest (line, strlen (line), &digest);
  wb_entry_add_field (entry, name, &digest);
  return line;
}

static JsonObject *
both (const char *nl, const char *en)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "nl", nl);
  json_object_set_string_member (object, "en", en);
  return object;
}

static JsonObject *
describe_field (const Field *field, guint64 number)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", field->name);
  json_object_set_object_member (object, "label", both (field->nl, field->en));
  if (field->withheld)
    return object;
  json_object_set_member (object, "value", wb_test_parse (field->value));
  json_object_set_object_member (object, "text", both (field->text_nl, field->text_en));
  json_object_set_int_member (object, "entry", (gint64) number);
  json_object_set_string_member (object, "sensitivity", field->sensitivity);
  return object;
}

static void
add_record (Making *self, const Record *record)
{
  WbEntry *entry = begin_entry (self, record->type, record->id, "created");
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *time = wb_instant_format (entry->time);
  JsonObject *object = json_object_new ();
  JsonArray *fields = json_array_new (), *withheld = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (record->fields) && record->fields[i].name != NULL; i++) {
    const Field *field = &record->fields[i];
    char *line = add_field (entry, field->name, field->value);

    json_array_add_object_element (field->withheld ? withheld : fields,
                                   describe_field (field, entry->number));
    if (field->withheld)
      g_free (line);
    else
      g_ptr_array_add (lines, line);
  }
  json_object_set_string_member (object, "id", record->id);
  json_object_set_string_member (object, "type", record->type);
  json_object_set_string_member (object, "reference", record->reference);
  json_object_set_object_member (object, "label", both (record->nl, record->en));
  json_object_set_string_member (object, "created", time);
  json_object_set_string_member (object, "changed", time);
  json_object_set_array_member (object, "fields", fields);
  json_object_set_array_member (object, "withheld", withheld);
  json_array_add_object_element (self->records, object);
  end_entry (self, entry, lines, TRUE);
}

/* An entry of a case that nobody is shown. */
static void
add_neighbour (Making *self)
{
  WbEntry *entry = begin_entry (self, "note", "0198f6b2-0000-7000-8000-0000000000ff", "created");
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (lines, add_field (entry, "text", "\"other\""));
  end_entry (self, entry, lines, FALSE);
}

static char *
quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return wb_json_compact (node);
}

/* The entry that records a piece of evidence, its record and its place in the bundle. */
static void
add_evidence_record (Making *self,
                     guint number,
                     const char *name,
                     const char *media_type,
                     guint64 size,
                     const char *sha256)
{
  WbBundleEvidence *item = g_new0 (WbBundleEvidence, 1);
  g_autofree char *reference = g_strdup_printf ("NL-TEST-2026-0001/E-%u", number);
  g_autofree char *id = g_strdup_printf ("0198f6b2-0000-7000-8000-0000000001%02x", number);
  g_autofree char *sum = g_strdup_printf ("\"%.63s%c\"",
                                          sha256,
                                          self->how != WB_TEST_BROKEN_SUM ? sha256[63]
                                          : sha256[63] == '0'             ? '1'
                                                                          : '0');
  g_autofree char *quoted = quote (name);
  g_autofree char *bytes = g_strdup_printf ("%" G_GUINT64_FORMAT, size);
  Record record = { "evidence", id, reference, "Bewijsstuk", "Evidence", { { 0 } } };
  Field title = { "title", "Titel", "Title", quoted, name, name, "case", FALSE };
  Field digest = { "sha256", "SHA-256", "SHA-256", sum, sha256, sha256, "open", FALSE };
  Field length = { "size", "Omvang", "Size", bytes, bytes, bytes, "open", FALSE };

  record.fields[0] = title;
  record.fields[1] = digest;
  record.fields[2] = length;
  add_record (self, &record);
  item->number = number;
  item->name = g_strdup (name);
  item->media_type = g_strdup (media_type);
  item->size = size;
  item->sha256 = g_strdup (sha256);
  item->date = g_strdup ("2026-11-18T11:06:40.000Z");
  item->record_ref = g_strdup (reference);
  g_ptr_array_add (self->test->content->evidence, item);
  self->test->content->evidence_bytes += size;
}

static void
add_evidence (Making *self, const char *name, const char *media_type, const char *text, gsize size)
{
  GBytes *bytes = g_bytes_new (text, size);
  g_autofree char *sum = wb_sha256_hex (text, size);

  g_ptr_array_add (self->test->evidence, bytes);
  add_evidence_record (self, self->test->evidence->len, name, media_type, size, sum);
}

static GInputStream *
open_evidence (const WbBundleEvidence *evidence, gpointer user_data, GError **error)
{
  WbTestBundle *self = user_data;

  if (evidence->number > self->evidence->len)
    return wb_test_pattern_new (self->large);
  return g_memory_input_stream_new_from_bytes (
      g_ptr_array_index (self->evidence, evidence->number - 1));
}

static char *
sign_checkpoint (Making *self, guint64 size)
{
  g_autoptr (GError) error = NULL;
  WbCheckpoint checkpoint = { self->origin, size, { { 0 } } };
  g_autofree char *text = NULL;
  char *note;

  assert_true (wb_merkle_root (checkpoint.size, fetch, self->leaves, &checkpoint.root, &error));
  text = wb_checkpoint_format (&checkpoint);
  note = wb_note_sign (text, self->origin, self->log_seed, &error);
  wb_assert_no_error (error);
  return note;
}

/* Checkpoint and proofs over the whole log. */
static void
close_log (Making *self)
{
  WbBundleContent *content = self->test->content;
  g_autoptr (GError) error = NULL;
  guint64 size = self->leaves->len - (self->how == WB_TEST_BROKEN_PROOFS ? 1 : 0);
  g_autofree char *other = sign_checkpoint (self, size);

  content->checkpoint = sign_checkpoint (self, self->leaves->len);
  for (guint i = 0; i < self->entries->len; i++) {
    WbBundleEntry *entry = g_ptr_array_index (self->entries, i);
    g_autoptr (GArray) hashes =
        wb_merkle_inclusion (entry->number, size, fetch, self->leaves, &error);

    wb_assert_no_error (error);
    entry->proof = wb_proof_format (entry->number, hashes, other);
    g_ptr_array_add (content->entries, entry);
  }
}

static void
name_log (Making *self)
{
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autofree char *sum = NULL;
  g_autoptr (WbNoteKey) key = NULL;

  assert_true (wb_ed25519_get_public (self->log_seed, public, NULL));
  sum = wb_sha256_hex (public, sizeof public);
  self->origin = g_strdup_printf ("waarborg/NL-TEST/%.16s",
                                  self->how == WB_TEST_BROKEN_ORIGIN ? "0123456789abcdef" : sum);
  key = wb_note_key_new (self->origin, public, NULL);
  assert_non_null (key);
  self->test->content->vkey = wb_note_key_format (key);
}

static void
fill (Making *self, gboolean small)
{
  g_autofree char *big = g_strnfill (200000, 'x'); /* several blocks of the ZIP */

  if (small) {
    add_record (self, &wb_test_small_case);
    add_neighbour (self);
    add_evidence (self, "a.txt", "text/plain", "abcd", 4);
    return;
  }
  add_neighbour (self);
  for (gsize i = 0; i < wb_test_n_full_case; i++) {
    add_record (self, &wb_test_full_case[i]);
    if (i % 2 == 1)
      add_neighbour (self);
  }
  add_evidence (self,
                "letselverklaring, \"kopie\" van 18 juli.pdf",
                "application/pdf",
                big,
                200000);
  add_evidence (self, "foto.JPG", "image/jpeg", big, 65535);
  add_evidence (self, "leeg", "application/octet-stream", "", 0);
  add_neighbour (self);
}

static WbTestBundle *
make_bundle (gboolean small, WbTestBreak how)
{
  WbTestBundle *test = g_new0 (WbTestBundle, 1);
  Making self = { test, make_seed (100), NULL, NULL, NULL, NULL, NULL, how };
  guint8 public[WB_ED25519_PUBLIC_SIZE];

  test->seed = make_seed (1);
  assert_true (wb_ed25519_get_public (test->seed, public, NULL));
  test->fingerprint = wb_openssh_fingerprint (public);
  test->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  test->content = wb_bundle_content_new ();
  test->content->reference = g_strdup ("NL-TEST-2026-0001");
  test->content->made = START + 86400000;
  test->content->body = g_strdup ("Inspectie voor de Proef");
  test->content->principal = g_strdup ("NL-TEST");
  test->content->profile = g_strdup ("pseudonymised");
  test->content->language = WB_LANGUAGE_NL;
  test->content->open_evidence = open_evidence;
  test->content->open_data = test;
  self.leaves = g_ptr_array_new_with_free_func (g_free);
  self.entries = g_ptr_array_new ();
  self.records = json_array_new ();
  self.numbers = json_array_new ();
  name_log (&self);
  fill (&self, small);
  close_log (&self);
  wb_test_describe_case (&self, small);
  g_ptr_array_unref (self.leaves);
  g_ptr_array_unref (self.entries);
  json_array_unref (self.records);
  json_array_unref (self.numbers);
  g_free (self.origin);
  wb_secret_unref (self.log_seed);
  return test;
}

/**
 * wb_test_bundle_new:
 *
 * Returns: (transfer full): a made-up case, ready to be written
 */
WbTestBundle *
wb_test_bundle_new (gboolean small)
{
  return make_bundle (small, WB_TEST_SOUND);
}

WbTestBundle *
wb_test_bundle_new_broken (WbTestBreak how)
{
  return make_bundle (FALSE, how);
}

void
wb_test_bundle_add_large (WbTestBundle *self, guint64 size)
{
  WbBundleEvidence *item = g_new0 (WbBundleEvidence, 1);

  self->large = size;
  item->number = self->content->evidence->len + 1;
  item->name = g_strdup ("groot.bin");
  item->media_type = g_strdup ("application/octet-stream");
  item->size = size;
  item->sha256 = wb_test_pattern_sum (size);
  item->date = g_strdup ("2026-11-18T11:06:40.000Z");
  item->record_ref = g_strdup ("NL-TEST-2026-0001/E-99");
  g_ptr_array_add (self->content->evidence, item);
  self->content->evidence_bytes += size;
  json_object_set_array_member (self->content->case_document,
                                "evidence",
                                wb_test_describe_evidence (self->content));
}

void
wb_test_bundle_free (WbTestBundle *self)
{
  if (self == NULL)
    return;
  wb_secret_unref (self->seed);
  g_free (self->fingerprint);
  wb_bundle_content_free (self->content);
  g_ptr_array_unref (self->evidence);
  g_free (self);
}

void
wb_test_bundle_write (WbTestBundle *self, const char *path, const char *const *recipients)
{
  g_autoptr (GError) error = NULL;

  wb_bundle_write (self->content, self->seed, path, recipients, NULL, NULL, NULL, NULL, &error);
  wb_assert_no_error (error);
}
