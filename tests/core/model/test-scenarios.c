/* SPDX-License-Identifier: EUPL-1.2 */
/* The scenarios as input: every file parses, every record passes the model, every reference,
 * attachment and move of a case exists, and the steps come in the order of time. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"
#include "wb-uuid.h"

typedef struct {
  WbModel *model;
  WbZone *zone;
  GHashTable *types;    /* id -> record type's name */
  GHashTable *statuses; /* id of a case -> code */
  guint n_items;
  guint n_files;
} World;

static char *
find_path (const char *name)
{
  return g_build_filename (g_getenv ("WAARBORG_SOURCE"), "tests", "scenarios", name, NULL);
}

static char **
read_lines (const char *name)
{
  g_autofree char *path = find_path (name);
  g_autofree char *text = wb_test_read (path, NULL);

  return g_strsplit (text, "\n", -1);
}

/* A UUIDv7 begins with its milliseconds. */
static WbInstant
get_uuid_time (const char *id)
{
  g_autofree char *digits = g_strdup_printf ("%.8s%.4s", id, id + 9);

  return (WbInstant) g_ascii_strtoull (digits, NULL, 16);
}

static void
check_reference (const World *world, const char *id, const char *target)
{
  const char *type = g_hash_table_lookup (world->types, id);

  if (type == NULL)
    fail_msg ("no record %s", id);
  if (target != NULL)
    assert_string_equal (type, target);
}

static void
check_references (const World *world, const char *type, JsonObject *fields)
{
  g_autoptr (GList) names = json_object_get_members (fields);

  for (GList *l = names; l != NULL; l = l->next) {
    const WbField *field =
        wb_record_type_find_field (wb_model_find_type (world->model, type), l->data);
    JsonNode *value = json_object_get_member (fields, l->data);

    if (field->type == WB_FIELD_RECORD && !JSON_NODE_HOLDS_NULL (value))
      check_reference (world, json_node_get_string (value), field->target);
    for (guint i = 0;
         field->type == WB_FIELD_RECORDS && i < json_array_get_length (json_node_get_array (value));
         i++)
      check_reference (world,
                       json_array_get_string_element (json_node_get_array (value), i),
                       field->target);
  }
}

static void
follow_status (World *world, const WbRecordItem *item)
{
  const char *to = json_object_get_string_member_with_default (item->fields, "status", NULL);
  const char *from = g_hash_table_lookup (world->statuses, item->change);
  g_autoptr (GError) error = NULL;

  if (to == NULL)
    return;
  assert_non_null (item->reason);
  if (!wb_model_is_move_allowed (world->model, from, to, &error))
    fail_msg ("%s", error->message);
  g_hash_table_insert (world->statuses, g_strdup (item->change), g_strdup (to));
}

static void
take_new (World *world, const WbRecordItem *item, const char *file, WbInstant now)
{
  const WbRecordType *type = wb_model_find_type (world->model, item->type);

  assert_non_null (item->id);
  assert_true (get_uuid_time (item->id) == now);
  assert_null (g_hash_table_lookup (world->types, item->id));
  assert_true (type->scope == WB_SCOPE_EITHER ||
               (item->case_ref != NULL) == (type->scope == WB_SCOPE_CASE));
  if (item->case_ref != NULL)
    check_reference (world, item->case_ref, "case");
  else if (type->prefix == NULL)
    g_hash_table_insert (world->statuses,
                         g_strdup (item->id),
                         g_strdup (wb_model_get_initial_status (world->model)));
  if (item->file != NULL) {
    g_autofree char *folder = g_path_get_dirname (file);
    g_autofree char *name = g_build_filename (folder, item->file, NULL);
    g_autofree char *path = find_path (name);

    if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
      fail_msg ("no file %s", name);
    world->n_files++;
  }
  g_hash_table_insert (world->types, g_strdup (item->id), g_strdup (item->type));
}

static void
take_item (World *world, const WbRecordItem *item, const char *file, WbInstant now)
{
  const char *type =
      item->change == NULL ? item->type : g_hash_table_lookup (world->types, item->change);
  g_autoptr (GError) error = NULL;

  if (item->decide != NULL) {
    check_reference (world, item->decide, "decision");
    return;
  }
  assert_non_null (type);
  if (!wb_model_check (world->model,
                       type,
                       item->fields,
                       item->change == NULL,
                       world->zone,
                       &error) ||
      !wb_model_check_entered (world->model, type, item->fields, &error))
    fail_msg ("%s: %s", file, error->message);
  if (item->change != NULL)
    follow_status (world, item);
  else
    take_new (world, item, file, now);
  check_references (world, type, item->fields);
  world->n_items++;
}

static void
take_step (World *world, const char *file, WbInstant now)
{
  g_autofree char *path = find_path (file);
  gsize size = 0;
  g_autofree char *text = wb_test_read (path, &size);
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, &error);

  if (items == NULL)
    fail_msg ("%s: %s", file, error->message);
  for (guint i = 0; i < items->len; i++)
    take_item (world, g_ptr_array_index (items, i), file, now);
}

static void
every_step_passes_the_model_in_order_of_time (void **state)
{
  g_auto (GStrv) lines = read_lines ("steps.tsv");
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (WbZone) zone = wb_zone_new ("Europe/Amsterdam", NULL);
  World world = { wb_model_get_default (NULL), zone, types, statuses, 0, 0 };
  WbInstant before = 0;
  guint n = 0;

  assert_string_equal (lines[0], "now\tscenario\tfile\tuser\tregister");
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
    WbInstant now = 0;

    assert_int_equal (g_strv_length (columns), 5);
    assert_true (g_str_equal (columns[3], "anna") || g_str_equal (columns[3], "lezer"));
    assert_true (wb_instant_parse (columns[0], &now, NULL));
    assert_true (now >= before);
    assert_true (columns[1][0] == 'S' && g_str_has_prefix (columns[2] + 1, columns[1] + 1));
    take_step (&world, columns[2], now);
    before = now;
    n++;
  }
  wb_test_count ("scenario-steps", n);
  wb_test_count ("scenario-items", world.n_items);
  wb_test_count ("scenario-files", world.n_files);
  assert_true (n >= 60 && world.n_files >= 10);
}

static gboolean
is_moment (const char *text)
{
  WbDate date;
  WbInstant instant;

  return wb_date_parse (text, &date, NULL) || wb_instant_parse (text, &instant, NULL);
}

static void
every_expected_date_is_well_formed (void **state)
{
  g_auto (GStrv) lines = read_lines ("expected.tsv");
  guint n = 0;

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

    if (lines[i][0] == '#')
      continue;
    assert_int_equal (g_strv_length (columns), 5);
    assert_true (is_moment (columns[2]) && is_moment (columns[4]));
    assert_true (strcmp (columns[3], "strict") == 0 || strcmp (columns[3], "lenient") == 0 ||
                 strcmp (columns[3], "what-if") == 0);
    n += !g_str_equal (columns[0], "S9") && !g_str_equal (columns[0], "S10");
  }
  assert_int_equal (n, 54);
  wb_test_count ("scenario-dates", n);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (every_step_passes_the_model_in_order_of_time),
    cmocka_unit_test (every_expected_date_is_well_formed),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
