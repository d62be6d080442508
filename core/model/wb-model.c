/* SPDX-License-Identifier: EUPL-1.2 */
/* The model as one immutable thing: loads its files and answers for record types. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-json.h"
#include "wb-resources.h"

#define RECORDS "records.json"
#define TAXONOMY "taxonomy.tsv"
#define WORKFLOW "workflow.json"
#define BASES "bases.tsv"
#define DIGEST_DIGITS 8

const char *const wb_model_files[] = {
  RECORDS,
  "records/work.json",
  "records/referral.json",
  "records/visit.json",
  "records/data.json",
  "records/body.json",
  TAXONOMY,
  BASES,
  WORKFLOW,
  NULL,
};

static WbModel *
model_new (void)
{
  WbModel *self = g_new0 (WbModel, 1);

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_group_free);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_record_type_free);
  self->closed = g_ptr_array_new_with_free_func (g_free);
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
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->guards, g_ptr_array_unref);
  g_clear_pointer (&self->lapses, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->vocabularies, wb_vocabularies_free);
  g_clear_pointer (&self->bases, g_ptr_array_unref);
  g_clear_pointer (&self->closed, g_ptr_array_unref);
  g_free (self->initial);
  g_free (self->version);
  g_free (self);
}

static WbModelFile *
file_new (const WbModelSource *source, GError **error)
{
  WbModelFile *file = g_new0 (WbModelFile, 1);
  gsize size = 0;
  const char *text = g_bytes_get_data (source->bytes, &size);

  file->name = source->name;
  file->root = wb_json_parse (text, size, &file->lines, error);
  if (file->root != NULL)
    return file;
  g_prefix_error (error, "%s: ", source->name);
  g_free (file);
  return NULL;
}

static void
file_free (WbModelFile *file)
{
  json_node_unref (file->root);
  g_hash_table_unref (file->lines);
  g_free (file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbModelFile, file_free)

static const WbModelSource *
find_source (const WbModelSource *sources, gsize n_sources, const char *name, GError **error)
{
  for (gsize i = 0; i < n_sources; i++)
    if (strcmp (sources[i].name, name) == 0)
      return &sources[i];
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_NOT_FOUND,
               _ ("The model lacks its file %s: install the program again."),
               name);
  return NULL;
}

static gboolean
holds_types (const WbModelSource *source)
{
  return g_str_has_suffix (source->name, ".json") && strcmp (source->name, WORKFLOW) != 0;
}

/* A field may point at a type of a later file, so targets are checked when all are read. */
static gboolean
load_types (WbModel *self, const WbModelSource *sources, gsize n_sources, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);

  for (gsize i = 0; i < n_sources; i++) {
    WbModelFile *file;

    if (!holds_types (&sources[i]))
      continue;
    file = file_new (&sources[i], error);
    if (file == NULL)
      return FALSE;
    g_ptr_array_add (files, file);
    if (!wb_model_load_types (self, file, error))
      return FALSE;
  }
  for (guint i = 0; i < files->len; i++)
    if (!wb_model_check_targets (self, g_ptr_array_index (files, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
load_workflow (WbModel *self, const WbModelSource *source, GError **error)
{
  g_autoptr (WbModelFile) file = file_new (source, error);

  return file != NULL && wb_model_load_workflow (self, file, error);
}

/* The version of the first file and a digest of all: a body that changes its own copy gets another
 * version by itself, so that "the list as it was" can always be told. */
static void
complete_version (WbModel *self, const WbModelSource *sources, gsize n_sources)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *version = g_steal_pointer (&self->version);

  for (gsize i = 0; i < n_sources; i++) {
    gsize size = 0;
    const guchar *bytes = g_bytes_get_data (sources[i].bytes, &size);

    g_checksum_update (checksum, bytes, (gssize) size);
  }
  self->version =
      g_strdup_printf ("%s+%.*s", version, DIGEST_DIGITS, g_checksum_get_string (checksum));
}

/**
 * wb_model_load:
 * @sources: (array length=n_sources): taxonomy.tsv, bases.tsv, workflow.json and the files of
 * record types, of which the first tells the version
 * @n_sources: how many
 * @error: return location for an error
 *
 * Loads a model and checks it whole: every vocabulary, event, target, group and guard that is named
 * must exist. Fails with WB_ERROR_INVALID (WB_ERROR_DAMAGED where a file is not UTF-8,
 * WB_ERROR_NOT_FOUND where one is missing); the sentence says file, line, place and mistake.
 *
 * Returns: (transfer full): the model
 */
WbModel *
wb_model_load (const WbModelSource *sources, gsize n_sources, GError **error)
{
  g_autoptr (WbModel) self = model_new ();
  const WbModelSource *taxonomy = find_source (sources, n_sources, TAXONOMY, error);
  const WbModelSource *bases =
      taxonomy != NULL ? find_source (sources, n_sources, BASES, error) : NULL;
  const WbModelSource *workflow =
      bases != NULL ? find_source (sources, n_sources, WORKFLOW, error) : NULL;

  if (workflow == NULL || find_source (sources, n_sources, RECORDS, error) == NULL)
    return NULL;
  self->vocabularies = wb_vocabularies_load (taxonomy->bytes, error);
  self->bases = self->vocabularies != NULL ? wb_bases_load (bases->bytes, error) : NULL;
  if (self->bases == NULL || !load_types (self, sources, n_sources, error) ||
      !load_workflow (self, workflow, error))
    return NULL;
  complete_version (self, sources, n_sources);
  return g_steal_pointer (&self);
}

static WbModel *
load_default (GError **error)
{
  WbModelSource sources[G_N_ELEMENTS (wb_model_files) - 1];
  gsize n = 0;
  WbModel *model = NULL;

  for (; wb_model_files[n] != NULL; n++) {
    g_autofree char *path = g_strconcat ("model/", wb_model_files[n], NULL);

    sources[n].name = wb_model_files[n];
    sources[n].bytes = wb_core_resource (path, error);
    if (sources[n].bytes == NULL)
      break;
  }
  if (wb_model_files[n] == NULL)
    model = wb_model_load (sources, n, error);
  for (gsize i = 0; i < n; i++)
    g_bytes_unref (sources[i].bytes);
  return model;
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
