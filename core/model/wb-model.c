/* SPDX-License-Identifier: EUPL-1.2 */
/* The model as one immutable thing: loads its three files and answers for record types. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-json.h"
#include "wb-resources.h"

#define RECORDS "records.json"
#define TAXONOMY "taxonomy.tsv"
#define WORKFLOW "workflow.json"
#define DIGEST_DIGITS 8

static WbModel *
model_new (void)
{
  WbModel *self = g_new0 (WbModel, 1);

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_group_free);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_type_free);
  return self;
}

/**
 * wb_model_free:
 * @self: (nullable): a model of wb_model_load()
 */
void
wb_model_free (WbModel *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->guards, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->vocabularies, wb_vocabularies_free);
  g_free (self->initial);
  g_free (self->version);
  g_free (self);
}

typedef gboolean (*Load) (WbModel *self, const WbModelFile *file, GError **error);

static gboolean
load_json (WbModel *self, const char *name, GBytes *bytes, Load load, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GHashTable) lines = NULL;
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  WbModelFile file = { .name = name };

  root = wb_json_parse (text, size, &lines, error);
  if (root == NULL) {
    g_prefix_error (error, "%s: ", name);
    return FALSE;
  }
  file.root = root;
  file.lines = lines;
  return load (self, &file, error);
}

/* The version of the file and a digest of all three: a body that changes its own copy gets another
 * version by itself, so that "the list as it was" can always be told. */
static void
complete_version (WbModel *self, GBytes *records, GBytes *taxonomy, GBytes *workflow)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *version = g_steal_pointer (&self->version);
  GBytes *const all[] = { records, taxonomy, workflow };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    gsize size = 0;
    const guchar *bytes = g_bytes_get_data (all[i], &size);

    g_checksum_update (checksum, bytes, (gssize) size);
  }
  self->version =
      g_strdup_printf ("%s+%.*s", version, DIGEST_DIGITS, g_checksum_get_string (checksum));
}

/**
 * wb_model_load:
 * @records: records.json
 * @taxonomy: taxonomy.tsv
 * @workflow: workflow.json
 * @error: return location for an error
 *
 * Loads a model and checks it whole: every vocabulary, event, target, group and guard that is named
 * must exist. Fails with WB_ERROR_INVALID (WB_ERROR_DAMAGED where a file is not UTF-8); the
 * sentence says file, line, place and mistake.
 *
 * Returns: (transfer full): the model
 */
WbModel *
wb_model_load (GBytes *records, GBytes *taxonomy, GBytes *workflow, GError **error)
{
  g_autoptr (WbModel) self = model_new ();

  self->vocabularies = wb_vocabularies_load (taxonomy, error);
  if (self->vocabularies == NULL ||
      !load_json (self, RECORDS, records, wb_model_load_types, error) ||
      !load_json (self, WORKFLOW, workflow, wb_model_load_workflow, error))
    return NULL;
  complete_version (self, records, taxonomy, workflow);
  return g_steal_pointer (&self);
}

static WbModel *
load_default (GError **error)
{
  g_autoptr (GBytes) records = wb_core_resource ("model/" RECORDS, error);
  g_autoptr (GBytes) taxonomy = NULL;
  g_autoptr (GBytes) workflow = NULL;

  if (records == NULL)
    return NULL;
  taxonomy = wb_core_resource ("model/" TAXONOMY, error);
  if (taxonomy == NULL)
    return NULL;
  workflow = wb_core_resource ("model/" WORKFLOW, error);
  if (workflow == NULL)
    return NULL;
  return wb_model_load (records, taxonomy, workflow, error);
}

/**
 * wb_model_get_default:
 * @error: return location for an error
 *
 * The model that the program ships; loaded once, by whichever thread asks first.
 *
 * Returns: (transfer none): the model
 */
WbModel *
wb_model_get_default (GError **error)
{
  static GMutex mutex;
  static WbModel *model;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (model == NULL)
    model = load_default (error);
  return model;
}

/**
 * wb_model_get_version:
 * @self: the model
 *
 * Returns: (transfer none): such as "2026-10-05+1f0c3a9e"
 */
const char *
wb_model_get_version (const WbModel *self)
{
  return self->version;
}

/**
 * wb_model_get_types:
 * @self: the model
 *
 * Returns: (transfer none) (element-type WbRecordType): all record types
 */
GPtrArray *
wb_model_get_types (const WbModel *self)
{
  return self->types;
}

/**
 * wb_model_find_type:
 * @self: the model
 * @name: (nullable): such as "allegation"
 *
 * Returns: (transfer none) (nullable): the record type
 */
const WbRecordType *
wb_model_find_type (const WbModel *self, const char *name)
{
  for (guint i = 0; i < self->types->len; i++) {
    const WbRecordType *type = g_ptr_array_index (self->types, i);

    if (g_strcmp0 (type->name, name) == 0)
      return type;
  }
  return NULL;
}
