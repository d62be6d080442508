/* SPDX-License-Identifier: EUPL-1.2 */

/* No plaintext on disk, ever: a canary in every field, draft and file, and every byte watched. */
#include "wb-age.h"
#include "wb-test-register.h"
#include "wb-test-vfs.h"

#include <string.h>

#define CANARY "KanariePiet"

static JsonNode *
canary_value (const WbModel *model, const WbField *field)
{
  switch (field->type) {
  case WB_FIELD_TEXT:
  case WB_FIELD_LONGTEXT:
    return wb_json_string (CANARY);
  case WB_FIELD_MOMENT:
    return json_from_string ("{\"at\": \"2026-07-18\", \"words\": \"" CANARY "\"}", NULL);
  case WB_FIELD_BOOLEAN:
    return json_node_init_boolean (json_node_alloc (), TRUE);
  case WB_FIELD_CODE:
  case WB_FIELD_CODES:
  case WB_FIELD_DATE:
  case WB_FIELD_INTEGER:
  case WB_FIELD_RECORD:
  case WB_FIELD_RECORDS:
  case WB_FIELD_LANGUAGE:
  case WB_FIELD_LANGUAGES:
  case WB_FIELD_COUNTRY:
  case WB_FIELD_TERMS:
  default:
    return NULL; /* codes and numbers hold no words of a person */
  }
}

/* Fields that only take the name of a user. */
static gboolean
is_name_of_user (const char *field)
{
  static const char *const NAMES[] = { "holder", "second_reader", "user", NULL };

  return g_strv_contains (NAMES, field);
}

static JsonObject *
canary_fields (WbRegister *reg, const WbRecordType *type, guint *n)
{
  const WbModel *model = wb_register_get_model (reg);
  JsonObject *fields = json_object_new ();

  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = field->system ? NULL : canary_value (model, field);
    g_autoptr (JsonObject) alone = json_object_new ();

    if (value == NULL)
      continue;
    if (is_name_of_user (field->name)) {
      json_node_unref (value);
      continue;
    }
    json_object_set_member (alone, field->name, json_node_copy (value));
    /* A field that wants a narrower form of text is left out. */
    if (wb_model_check (model, type->name, alone, FALSE, wb_register_get_zone (reg), NULL)) {
      json_object_set_member (fields, field->name, value);
      (*n)++;
    } else {
      json_node_unref (value);
    }
  }
  return fields;
}

static void
assert_no_canary_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize size;

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      assert_no_canary_in (path);
    else if (g_file_get_contents (path, &bytes, &size, NULL) &&
             memmem (bytes, size, CANARY, strlen (CANARY)) != NULL)
      fail_msg ("plaintext in %s", path);
  }
}

static guint
record_everything (WbTestRegister *self)
{
  const WbModel *model = wb_register_get_model (self->reg);
  GPtrArray *types = wb_model_get_types (model);
  g_autofree char *of = wb_test_record (self, "case", NULL, "{\"title\": \"" CANARY "\"}");
  guint n = 1;

  for (guint i = 0; i < types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (types, i);
    g_autoptr (JsonObject) fields = canary_fields (self->reg, type, &n);
    g_autoptr (GError) error = NULL;
    g_autoptr (WbRecord) record = NULL;

    if (g_str_equal (type->name, "consent"))
      json_object_set_string_member (fields, "purpose", "consent.record");
    if (g_str_equal (type->name, "consent"))
      json_object_set_string_member (fields, "state", "consentstate.given");
    record = wb_register_record (self->reg,
                                 type->name,
                                 NULL,
                                 type->scope == WB_SCOPE_CASE ? of : NULL,
                                 fields,
                                 CANARY,
                                 &error);
    if (record == NULL)
      print_message ("%s is not recorded: %s\n", type->name, error->message);
  }
  return n;
}

static void
every_byte_written_is_ciphertext (void **state)
{
  WbTestRegister *self = NULL;
  g_autoptr (JsonObject) draft = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (WbRecord) evidence = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GError) error = NULL;
  guint fields;

  wb_test_vfs_install ();
  wb_test_vfs_watch (CANARY);
  wb_test_register_setup ((void **) &self);
  fields = record_everything (self);
  draft = wb_test_object ("{\"account\": \"" CANARY "\"}");
  assert_true (wb_register_save_draft (self->reg, "new", draft, NULL));
  stream = g_memory_input_stream_new_from_data (CANARY " als bestand", -1, NULL);
  evidence = wb_register_attach (self->reg,
                                 "NL-TEST-2026-0001",
                                 "stuk.txt",
                                 stream,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 NULL,
                                 &error);
  wb_assert_no_error (error);
  hits = wb_register_search (self->reg, "kanarie", 100, NULL);
  assert_true (hits->len > 0);
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  assert_no_canary_in (self->path);
  wb_test_register_reopen (self);
  assert_no_canary_in (self->folder);
  print_message ("canary in %u fields, %u bytes written\n",
                 fields,
                 (guint) wb_test_vfs_get_written ());
  assert_true (fields > 60);
  assert_true (wb_test_vfs_get_written () > 100000);
  assert_int_equal (wb_test_vfs_get_sightings (), 0);
  wb_test_register_teardown ((void **) &self);
}

static void
an_encrypted_bundle_holds_no_plaintext (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbSecret) identity = wb_age_identity_generate (NULL);
  g_autofree char *recipient = wb_age_identity_to_recipient (identity, NULL);
  const char *recipients[] = { recipient, NULL };
  WbExportOptions options = { "full", recipients, FALSE, CANARY, WB_LANGUAGE_NL };
  g_autofree char *path = g_build_filename (self->folder, "b.zip.age", NULL);
  g_autoptr (GError) error = NULL;

  (void) record_everything (self);
  wb_register_export (self->reg,
                      "NL-TEST-2026-0001",
                      path,
                      &options,
                      NULL,
                      NULL,
                      NULL,
                      NULL,
                      &error);
  wb_assert_no_error (error);
  assert_no_canary_in (self->folder);
}

/* Sorting more than fits in memory spills: not to a file in the clear. */
static void
what_sorting_spills_is_no_plaintext (void **state)
{
  WbTestRegister *self = NULL;
  g_autoptr (WbStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  wb_test_vfs_install ();
  wb_test_register_setup ((void **) &self);
  wb_test_vfs_watch (CANARY);
  stmt = wb_db_query (self->reg->db,
                      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                      "60000) SELECT max (t) FROM (SELECT printf ('KanariePiet%1000d', i) AS t "
                      "FROM n ORDER BY random () LIMIT -1 OFFSET 1)",
                      &error);
  wb_assert_no_error (error);
  assert_true (wb_stmt_step (stmt, &row, &error));
  wb_assert_no_error (error);
  assert_true (row);
  assert_int_equal (wb_test_vfs_get_sightings (), 0);
  g_clear_pointer (&stmt, wb_stmt_put_back);
  wb_test_register_teardown ((void **) &self);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (an_encrypted_bundle_holds_no_plaintext),
    cmocka_unit_test (every_byte_written_is_ciphertext),
    cmocka_unit_test (what_sorting_spills_is_no_plaintext),
  };

  return cmocka_run_group_tests_name ("canary", tests, NULL, NULL);
}
