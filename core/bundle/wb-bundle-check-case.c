/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Whether case.json says only what was logged: each value word for word on a disclosed line of the
 * entry that it names; evidence as index.csv and the files have it.
 */
#include "wb-bundle-private.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define CASE "data/case.json"
#define CASE_FORMAT "waarborg-case v1"
#define CASE_MAX (32 * 1024 * 1024) /* its tree takes some five times as much memory */

typedef struct {
  WbBundleFiles *files;
  const WbBundleLog *log;
  JsonObject *document;
} Checking;

static void
add (Checking *self, const char *part, gint64 number, const char *message)
{
  wb_verification_add (self->files->result, part, number, "%s", message);
}

static void
add_case (Checking *self, const char *message)
{
  add (self, CASE, -1, message);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
get_number (JsonObject *object, const char *name, guint64 *ret_number)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0)
    return FALSE;
  *ret_number = (guint64) json_node_get_int (node);
  return TRUE;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Never NULL: a missing list is an empty one. */
static JsonArray *
ref_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node)
                                                      : json_array_new ();
}

static JsonObject *
get_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
parse_case (Checking *self)
{
  GBytes *bytes = wb_bundle_files_get (self->files, CASE);
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  JsonNode *root;

  if (bytes == NULL)
    return NULL; /* the manifest names it as missing */
  root = size <= CASE_MAX ? wb_json_parse (text, size, NULL, NULL) : NULL;
  if (root == NULL) {
    add_case (self, _ ("The machine-readable case is no JSON text."));
    return NULL;
  }
  if (!JSON_NODE_HOLDS_OBJECT (root) ||
      g_strcmp0 (get_text (json_node_get_object (root), "format"), CASE_FORMAT) != 0) {
    g_clear_pointer (&root, json_node_unref);
    add_case (self, _ ("The machine-readable case has another form than waarborg-case v1."));
  }
  return root;
}

/* What an act of erasure left of the record: it is the value from then on (docs/erasure.md). */
static char *
find_left_over (const WbBundleLogEntry *entry, const char *record, const char *name)
{
  const char *text = g_hash_table_lookup (entry->values, "act_stub");
  g_autoptr (JsonNode) stub = text != NULL ? wb_json_parse (text, strlen (text), NULL, NULL) : NULL;
  JsonObject *left = stub != NULL && JSON_NODE_HOLDS_OBJECT (stub) && record != NULL
                         ? get_object (json_node_get_object (stub), record)
                         : NULL;
  JsonNode *value = left != NULL ? json_object_get_member (left, name) : NULL;

  return value != NULL ? wb_json_compact (value) : NULL;
}

static gboolean
is_left_over (const WbBundleLogEntry *entry, JsonObject *record, const char *name, JsonNode *value)
{
  g_autofree char *left = find_left_over (entry, get_text (record, "id"), name);
  g_autofree char *given = wb_json_compact (value);

  return left != NULL && g_strcmp0 (left, given) == 0;
}

static void
check_value (Checking *self, JsonObject *record, JsonObject *field)
{
  const char *name = get_text (field, "name");
  JsonNode *value = field != NULL ? json_object_get_member (field, "value") : NULL;
  const WbBundleLogEntry *entry = NULL;
  const char *logged = NULL;
  g_autofree char *given = NULL;
  guint64 number = 0;

  if (name == NULL || value == NULL || !get_number (field, "entry", &number)) {
    add_case (self, _ ("A value in the case names no entry of the log."));
    return;
  }
  entry = g_hash_table_lookup (self->log->entries, &number);
  if (entry != NULL && g_str_equal (entry->entry->event, "erased") &&
      is_left_over (entry, record, name, value))
    return;
  if (entry == NULL || g_strcmp0 (entry->entry->record_id, get_text (record, "id")) != 0 ||
      g_strcmp0 (entry->entry->record_type, get_text (record, "type")) != 0) {
    add (self, CASE, (gint64) number, _ ("A value in the case names an entry of another record."));
    return;
  }
  logged = g_hash_table_lookup (entry->values, name);
  given = wb_json_compact (value);
  if (g_strcmp0 (logged, given) != 0)
    add (self, CASE, (gint64) number, _ ("A value in the case is not the one that was logged."));
}

static void
check_records (Checking *self)
{
  g_autoptr (JsonArray) records = ref_array (self->document, "records");

  for (guint i = 0; i < json_array_get_length (records); i++) {
    JsonObject *record = get_element (records, i);
    g_autoptr (JsonArray) fields = ref_array (record, "fields");

    for (guint j = 0; j < json_array_get_length (fields); j++)
      check_value (self, record, get_element (fields, j));
  }
}

/* log.entries lists exactly the entries that are there. */
static gboolean
are_entries_listed (Checking *self, JsonObject *log)
{
  g_autoptr (JsonArray) listed = ref_array (log, "entries");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (listed); i++) {
    JsonNode *node = json_array_get_element (listed, i);
    guint64 number = JSON_NODE_HOLDS_VALUE (node) ? (guint64) json_node_get_int (node) : 0;

    if (!g_hash_table_contains (self->log->entries, &number))
      return FALSE;
    g_hash_table_add (seen, g_memdup2 (&number, sizeof number));
  }
  return g_hash_table_size (seen) == g_hash_table_size (self->log->entries);
}

static void
check_log (Checking *self)
{
  JsonObject *log = get_object (self->document, "log");
  guint64 size = 0;

  if (g_strcmp0 (get_text (log, "origin"), self->log->origin) != 0 ||
      g_strcmp0 (get_text (get_object (self->document, "body"), "log"), self->log->origin) != 0 ||
      !get_number (log, "size", &size) || size != self->log->size)
    add_case (self, _ ("The case names another log or size than the checkpoint."));
  if (!are_entries_listed (self, log))
    add_case (self, _ ("The case does not list exactly the entries that are in the bundle."));
}

static void
check_head (Checking *self)
{
  const char *signer = wb_verification_get_fact (self->files->result, "signer");
  const char *profile = wb_verification_get_fact (self->files->result, "profile");
  const char *named = get_text (get_object (self->document, "signer"), "fingerprint");

  if (g_strcmp0 (get_text (self->document, "reference"), self->files->base) != 0)
    add_case (self, _ ("The case has another reference than the bundle's folder."));
  if (profile != NULL && g_strcmp0 (get_text (self->document, "profile"), profile) != 0)
    add_case (self, _ ("The case names another profile than the bag."));
  if (signer != NULL && g_strcmp0 (named, signer) != 0)
    add_case (self, _ ("The case names another signing key than the one that signed."));
}

/* One item of case.json against its row in index.csv and its file. */
static gboolean
is_evidence_good (Checking *self, JsonObject *item, const WbIndexRow *row)
{
  const char *name = get_text (item, "file");
  g_autofree char *path = g_strconcat ("data/", name != NULL ? name : "", NULL);
  const WbBundleFile *file = wb_bundle_files_find (self->files, path);
  guint64 number = 0, size = 0;

  return file != NULL && get_number (item, "number", &number) && number == row->number &&
         get_number (item, "size", &size) && size == file->size &&
         g_strcmp0 (get_text (item, "sha256"), file->sha256) == 0 &&
         g_strcmp0 (row->sha256, file->sha256) == 0 &&
         g_strcmp0 (get_text (item, "name"), row->name) == 0 &&
         g_strcmp0 (get_text (item, "date"), row->date) == 0;
}

static void
check_evidence (Checking *self)
{
  GBytes *bytes = wb_bundle_files_get (self->files, "data/index.csv");
  g_autoptr (JsonArray) items = ref_array (self->document, "evidence");
  g_autoptr (GList) paths = wb_bundle_files_list (self->files, "data/evidence/");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes == NULL)
    return; /* the manifest names it as missing */
  rows = wb_index_csv_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (rows == NULL) {
    add (self, "data/index.csv", -1, error->message);
    return;
  }
  if (rows->len != json_array_get_length (items) || rows->len != g_list_length (paths)) {
    add (self,
         "data/index.csv",
         -1,
         _ ("The index, the case and the files name different numbers of pieces of evidence."));
    return;
  }
  for (guint i = 0; i < rows->len; i++)
    if (!is_evidence_good (self, get_element (items, i), g_ptr_array_index (rows, i)))
      add (self,
           "data/index.csv",
           -1,
           _ ("A piece of evidence differs between the index, the case and its file."));
}

/* A record's own sum in the log against the piece of evidence that it describes. */
static void
check_recorded_sum (Checking *self, JsonObject *record, JsonArray *items)
{
  g_autoptr (JsonArray) fields = ref_array (record, "fields");
  const char *reference = get_text (record, "reference");
  const char *sum = NULL;

  for (guint i = 0; i < json_array_get_length (fields); i++)
    if (g_strcmp0 (get_text (get_element (fields, i), "name"), "sha256") == 0)
      sum = get_text (get_element (fields, i), "value");
  for (guint i = 0; sum != NULL && i < json_array_get_length (items); i++) {
    JsonObject *item = get_element (items, i);

    if (g_strcmp0 (get_text (item, "record"), reference) == 0 &&
        g_strcmp0 (get_text (item, "sha256"), sum) != 0)
      add_case (self, _ ("A piece of evidence is not the one whose sum was logged."));
  }
}

static void
check_recorded_sums (Checking *self)
{
  g_autoptr (JsonArray) records = ref_array (self->document, "records");
  g_autoptr (JsonArray) items = ref_array (self->document, "evidence");

  for (guint i = 0; i < json_array_get_length (records); i++)
    check_recorded_sum (self, get_element (records, i), items);
}

/**
 * wb_bundle_check_case:
 * @files: what an archive held
 * @log: (nullable): its entries; %NULL where the log itself does not hold
 *
 * case.json by docs/case-json.md: it can say nothing that was not logged. Labels, deadlines and
 * the report are drawn by the sender's program and stand under the signature only.
 */
void
wb_bundle_check_case (WbBundleFiles *files, const WbBundleLog *log)
{
  Checking self = { files, log, NULL };
  g_autoptr (JsonNode) root = parse_case (&self);

  if (root == NULL)
    return;
  self.document = json_node_get_object (root);
  check_head (&self);
  check_evidence (&self);
  check_recorded_sums (&self);
  if (log == NULL)
    return;
  check_log (&self);
  check_records (&self);
}
