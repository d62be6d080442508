/* SPDX-License-Identifier: EUPL-1.2 */
/* Record types and their fields: reads records.json and the files beside it. Knows what a field is,
 * not what a value is. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-json.h"

#define FORMAT "waarborg-model v1"
#define CASE "case"
#define PREFIX_MAX 3 /* letters */

static const char *const type_names[] = {
  [WB_FIELD_TEXT] = "text",         [WB_FIELD_LONGTEXT] = "longtext",
  [WB_FIELD_CODE] = "code",         [WB_FIELD_CODES] = "codes",
  [WB_FIELD_MOMENT] = "moment",     [WB_FIELD_DATE] = "date",
  [WB_FIELD_BOOLEAN] = "boolean",   [WB_FIELD_INTEGER] = "integer",
  [WB_FIELD_RECORD] = "record",     [WB_FIELD_RECORDS] = "records",
  [WB_FIELD_LANGUAGE] = "language", [WB_FIELD_COUNTRY] = "country",
  [WB_FIELD_TERMS] = "terms",       [WB_FIELD_LANGUAGES] = "languages",
};
static const char *const scope_names[] = { "case", "register", "either" };
static const char *const need_names[] = { "optional", "sparing", "expected", "required" };
static const char *const sensitivity_names[] = { "open", "case", "identity", "special", "sealed" };

static const char *const file_members[] = {
  "format", "version", "closed", "groups", "types", NULL
};
static const char *const group_members[] = { "name", "label", NULL };
static const char *const type_members[] = { "name",  "label",  "plural", "section", "prefix",
                                            "scope", "single", "system", "fields",  NULL };
static const char *const field_members[] = {
  "name",  "type",   "group",   "sensitivity", "need",  "vocabulary", "results", "target", "event",
  "basis", "system", "minimum", "maximum",     "label", "help",       "stays",   NULL
};

static void
field_free (WbField *self)
{
  g_free (self->name);
  for (guint i = 0; i < 2; i++) {
    g_free (self->label[i]);
    g_free (self->help[i]);
  }
  g_free (self->vocabulary);
  g_free (self->results);
  g_free (self->target);
  g_free (self->basis);
  g_free (self->event);
  g_free (self->group);
  g_free (self);
}

void
wb_record_type_free (WbRecordType *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  for (guint i = 0; i < 2; i++) {
    g_free (self->label[i]);
    g_free (self->plural[i]);
  }
  g_free (self->section);
  g_free (self->prefix);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_free (self);
}

void
wb_group_free (WbGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->label[0]);
  g_free (self->label[1]);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbField, field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbRecordType, wb_record_type_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGroup, wb_group_free)

/* "official_description": it stands in entries, in files and in command lines. */
static gboolean
is_name (const char *text)
{
  if (!g_ascii_islower (text[0]))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && !g_ascii_isdigit (*p) && *p != '_')
      return FALSE;
  return TRUE;
}

static char *
read_name (const WbModelFile *file, const char *path, JsonObject *object, GError **error)
{
  gboolean ok;
  g_autofree char *name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);

  if (!ok)
    return NULL;
  if (!is_name (name)) {
    wb_model_refuse (file, path, error, _ ("a name is lower-case letters, digits and “_”."));
    return NULL;
  }
  return g_steal_pointer (&name);
}

static gboolean
read_choice (const WbModelFile *file,
             const char *path,
             JsonObject *object,
             const char *member,
             const char *const *choices,
             guint n_choices,
             gboolean required,
             guint *ret_choice,
             GError **error)
{
  gboolean ok;
  g_autofree char *text = wb_model_read_string (file, path, object, member, required, &ok, error);

  if (!ok)
    return FALSE;
  *ret_choice = 0;
  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < n_choices; i++) {
    if (strcmp (choices[i], text) == 0) {
      *ret_choice = i;
      return TRUE;
    }
  }
  return wb_model_refuse (file, path, error, _ ("“%s” has the unknown value “%s”."), member, text);
}

static gboolean
read_limit (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            const char *member,
            gint64 otherwise,
            gint64 *ret_limit,
            GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_INT64)
    return wb_model_refuse (file, path, error, _ ("“%s” must be a whole number."), member);
  *ret_limit = node != NULL ? json_node_get_int (node) : otherwise;
  return TRUE;
}

static gboolean
needs_vocabulary (WbFieldType type)
{
  return type == WB_FIELD_CODE || type == WB_FIELD_CODES || type == WB_FIELD_TERMS;
}

static gboolean
has_vocabulary (const WbModel *model, const char *name)
{
  return g_hash_table_contains (model->vocabularies->by_name, name);
}

static const WbGroup *
find_group (const WbModel *self, const char *name)
{
  for (guint i = 0; i < self->groups->len; i++) {
    const WbGroup *group = g_ptr_array_index (self->groups, i);

    if (strcmp (group->name, name) == 0)
      return group;
  }
  return NULL;
}

/* What a field says of other data; targets are checked when all types are known. */
static gboolean
check_field (const WbModel *model,
             const WbModelFile *file,
             const char *path,
             const WbField *field,
             GError **error)
{
  if (needs_vocabulary (field->type) != (field->vocabulary != NULL))
    return wb_model_refuse (file,
                            path,
                            error,
                            _ ("fields of codes, and only these, name a vocabulary."));
  if (field->vocabulary != NULL && !has_vocabulary (model, field->vocabulary))
    return wb_model_refuse (file,
                            path,
                            error,
                            _ ("the vocabulary “%s” does not exist."),
                            field->vocabulary);
  if (field->results != NULL &&
      (field->type != WB_FIELD_TERMS || !has_vocabulary (model, field->results)))
    return wb_model_refuse (file,
                            path,
                            error,
                            _ ("“results” names a vocabulary, in a field of type terms."));
  if (field->event != NULL &&
      (field->type != WB_FIELD_MOMENT || wb_model_find_term (model, field->event) == NULL))
    return wb_model_refuse (file,
                            path,
                            error,
                            _ ("“event” names a known event, in a field of type moment."));
  if (field->minimum > field->maximum)
    return wb_model_refuse (file, path, error, _ ("the minimum lies above the maximum."));
  if (field->basis != NULL && wb_bases_judge (model->bases, field->basis) == NULL)
    return wb_model_refuse (file,
                            path,
                            error,
                            _ ("the basis “%s” names an act that bases.tsv does not list."),
                            field->basis);
  if (find_group (model, field->group) == NULL)
    return wb_model_refuse (file, path, error, _ ("the group “%s” does not exist."), field->group);
  return TRUE;
}

typedef struct {
  const char *member;
  gboolean required;
  gsize offset;
} Text;

/* Fills the texts of @into that @texts lists. */
static gboolean
read_texts (const WbModelFile *file,
            const char *path,
            JsonObject *object,
            const Text *texts,
            guint n_texts,
            gpointer into,
            GError **error)
{
  for (guint i = 0; i < n_texts; i++) {
    gboolean ok;
    char *text =
        wb_model_read_string (file, path, object, texts[i].member, texts[i].required, &ok, error);

    if (!ok)
      return FALSE;
    G_STRUCT_MEMBER (char *, into, texts[i].offset) = text;
  }
  return TRUE;
}

static WbField *
read_field (const WbModel *model,
            const WbModelFile *file,
            const char *path,
            JsonObject *object,
            GError **error)
{
  static const Text texts[] = {
    { "group", TRUE, G_STRUCT_OFFSET (WbField, group) },
    { "vocabulary", FALSE, G_STRUCT_OFFSET (WbField, vocabulary) },
    { "results", FALSE, G_STRUCT_OFFSET (WbField, results) },
    { "target", FALSE, G_STRUCT_OFFSET (WbField, target) },
    { "event", FALSE, G_STRUCT_OFFSET (WbField, event) },
    { "basis", FALSE, G_STRUCT_OFFSET (WbField, basis) },
  };
  g_autoptr (WbField) field = g_new0 (WbField, 1);
  guint type = 0, need = 0, sensitivity = 0;

  if (!wb_model_check_members (file, path, object, field_members, error) ||
      (field->name = read_name (file, path, object, error)) == NULL ||
      !read_choice (file,
                    path,
                    object,
                    "type",
                    type_names,
                    G_N_ELEMENTS (type_names),
                    TRUE,
                    &type,
                    error) ||
      !read_choice (file,
                    path,
                    object,
                    "need",
                    need_names,
                    G_N_ELEMENTS (need_names),
                    FALSE,
                    &need,
                    error) ||
      !read_choice (file,
                    path,
                    object,
                    "sensitivity",
                    sensitivity_names,
                    G_N_ELEMENTS (sensitivity_names),
                    TRUE,
                    &sensitivity,
                    error) ||
      !read_texts (file, path, object, texts, G_N_ELEMENTS (texts), field, error) ||
      !wb_model_read_labels (file, path, object, "label", TRUE, field->label, error) ||
      !wb_model_read_labels (file, path, object, "help", FALSE, field->help, error) ||
      !wb_model_read_boolean (file, path, object, "system", FALSE, &field->system, error) ||
      !wb_model_read_boolean (file, path, object, "stays", FALSE, &field->stays, error) ||
      !read_limit (file, path, object, "minimum", G_MININT64, &field->minimum, error) ||
      !read_limit (file, path, object, "maximum", G_MAXINT64, &field->maximum, error))
    return NULL;
  field->type = type;
  field->need = need;
  field->sensitivity = sensitivity;
  if (field->basis != NULL)
    field->certainty = wb_bases_judge (model->bases, field->basis);
  return check_field (model, file, path, field, error) ? g_steal_pointer (&field) : NULL;
}

static gboolean
read_fields (const WbModel *model,
             const WbModelFile *file,
             const char *path,
             JsonArray *array,
             WbRecordType *type,
             GError **error)
{
  type->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) field_free);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("%s/fields/%u", path, i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);
    g_autoptr (WbField) field = NULL;

    if (object == NULL)
      return FALSE;
    field = read_field (model, file, at, object, error);
    if (field == NULL)
      return FALSE;
    if (wb_record_type_find_field (type, field->name) != NULL)
      return wb_model_refuse (file,
                              at,
                              error,
                              _ ("the field “%s” is given twice: keep one."),
                              field->name);
    g_ptr_array_add (type->fields, g_steal_pointer (&field));
  }
  return TRUE;
}

/* It stands in references between the body's code and a number: capitals alone tell it apart. */
static gboolean
check_prefix (const WbModelFile *file, const char *path, const WbRecordType *type, GError **error)
{
  gsize length = type->prefix != NULL ? strlen (type->prefix) : 0;

  if (strcmp (type->name, CASE) == 0)
    return type->prefix == NULL ||
           wb_model_refuse (file, path, error, _ ("a case has no prefix: leave it out."));
  if (length < 1 || length > PREFIX_MAX ||
      strspn (type->prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != length)
    return wb_model_refuse (file, path, error, _ ("“prefix” must be one to three capitals."));
  if (type->single && type->scope != WB_SCOPE_REGISTER)
    return wb_model_refuse (file, path, error, _ ("“single” needs the scope “register”."));
  return TRUE;
}

static gboolean
check_section (const WbModel *model,
               const WbModelFile *file,
               const char *path,
               const WbRecordType *type,
               GError **error)
{
  if (type->section != NULL && find_group (model, type->section) == NULL)
    return wb_model_refuse (file, path, error, _ ("the group “%s” does not exist."), type->section);
  return TRUE;
}

static WbRecordType *
read_type (const WbModel *model,
           const WbModelFile *file,
           const char *path,
           JsonObject *object,
           GError **error)
{
  static const Text texts[] = { { "section", FALSE, G_STRUCT_OFFSET (WbRecordType, section) },
                                { "prefix", FALSE, G_STRUCT_OFFSET (WbRecordType, prefix) } };
  g_autoptr (WbRecordType) type = g_new0 (WbRecordType, 1);
  guint scope = 0;
  JsonArray *fields;

  if (!wb_model_check_members (file, path, object, type_members, error) ||
      (type->name = read_name (file, path, object, error)) == NULL ||
      !wb_model_read_labels (file, path, object, "label", TRUE, type->label, error) ||
      !wb_model_read_labels (file, path, object, "plural", TRUE, type->plural, error) ||
      !read_texts (file, path, object, texts, G_N_ELEMENTS (texts), type, error) ||
      !read_choice (file,
                    path,
                    object,
                    "scope",
                    scope_names,
                    G_N_ELEMENTS (scope_names),
                    TRUE,
                    &scope,
                    error) ||
      !wb_model_read_boolean (file, path, object, "single", FALSE, &type->single, error) ||
      !wb_model_read_boolean (file, path, object, "system", FALSE, &type->system, error))
    return NULL;
  type->scope = scope;
  if (!check_section (model, file, path, type, error) || !check_prefix (file, path, type, error))
    return NULL;
  fields = wb_model_read_array (file, path, object, "fields", error);
  if (fields == NULL || !read_fields (model, file, path, fields, type, error))
    return NULL;
  return g_steal_pointer (&type);
}

static gboolean
read_groups (WbModel *self, const WbModelFile *file, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/groups/%u", i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);
    g_autoptr (WbGroup) group = g_new0 (WbGroup, 1);

    if (object == NULL || !wb_model_check_members (file, at, object, group_members, error) ||
        (group->name = read_name (file, at, object, error)) == NULL ||
        !wb_model_read_labels (file, at, object, "label", TRUE, group->label, error))
      return FALSE;
    if (find_group (self, group->name) != NULL)
      return wb_model_refuse (file, at, error, _ ("this group is given before: keep one."));
    g_ptr_array_add (self->groups, g_steal_pointer (&group));
  }
  return TRUE;
}

/* Prefixes tell record types apart in references, so none may be used twice. */
static gboolean
is_type_taken (const WbModel *self, const WbRecordType *type)
{
  for (guint i = 0; i < self->types->len; i++) {
    const WbRecordType *other = g_ptr_array_index (self->types, i);

    if (strcmp (other->name, type->name) == 0 ||
        (type->prefix != NULL && g_strcmp0 (other->prefix, type->prefix) == 0))
      return TRUE;
  }
  return FALSE;
}

static gboolean
read_types (WbModel *self, const WbModelFile *file, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/types/%u", i);
    JsonObject *object = wb_model_read_element (file, at, array, i, error);
    g_autoptr (WbRecordType) type = NULL;

    if (object == NULL)
      return FALSE;
    type = read_type (self, file, at, object, error);
    if (type == NULL)
      return FALSE;
    if (is_type_taken (self, type))
      return wb_model_refuse (file, at, error, _ ("this name or prefix is used before."));
    g_ptr_array_add (self->types, g_steal_pointer (&type));
  }
  return TRUE;
}

gboolean
wb_model_check_targets (const WbModel *self, const WbModelFile *file, GError **error)
{
  for (guint i = 0; i < file->n_types; i++) {
    const WbRecordType *type = g_ptr_array_index (self->types, file->first_type + i);

    for (guint j = 0; j < type->fields->len; j++) {
      const WbField *field = g_ptr_array_index (type->fields, j);
      gboolean refers = field->type == WB_FIELD_RECORD || field->type == WB_FIELD_RECORDS;
      g_autofree char *at = g_strdup_printf ("/types/%u/fields/%u", i, j);

      if (field->target != NULL && (!refers || wb_model_find_type (self, field->target) == NULL))
        return wb_model_refuse (file,
                                at,
                                error,
                                _ ("“target” names a known record type, in a reference."));
    }
  }
  return TRUE;
}

/* One of the files, the first, tells the version of all. */
static gboolean
read_version (WbModel *self, const WbModelFile *file, JsonObject *root, GError **error)
{
  g_autofree char *version = NULL;
  gboolean ok;

  version = wb_model_read_string (file, "", root, "version", self->version == NULL, &ok, error);
  if (!ok)
    return FALSE;
  if (version != NULL && self->version != NULL)
    return wb_model_refuse (file, "", error, _ ("“version” stands in the first file alone."));
  if (version != NULL)
    self->version = g_steal_pointer (&version);
  return TRUE;
}

/* Vocabularies whose codes the program acts on: a body adds nothing to them. */
static gboolean
read_closed (WbModel *self, const WbModelFile *file, JsonArray *array, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *at = g_strdup_printf ("/closed/%u", i);
    JsonNode *node = json_array_get_element (array, i);
    const char *name =
        json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

    if (!has_vocabulary (self, name))
      return wb_model_refuse (file, at, error, _ ("the vocabulary “%s” does not exist."), name);
    g_ptr_array_add (self->closed, g_strdup (name));
  }
  return TRUE;
}

gboolean
wb_model_load_types (WbModel *self, WbModelFile *file, GError **error)
{
  JsonObject *root;
  JsonArray *closed, *groups, *types;
  g_autofree char *format = NULL;
  gboolean ok;

  if (!JSON_NODE_HOLDS_OBJECT (file->root))
    return wb_model_refuse (file, "", error, _ ("an object is needed here."));
  root = json_node_get_object (file->root);
  if (!wb_model_check_members (file, "", root, file_members, error))
    return FALSE;
  format = wb_model_read_string (file, "", root, "format", TRUE, &ok, error);
  if (!ok)
    return FALSE;
  if (strcmp (format, FORMAT) != 0)
    return wb_model_refuse (file, "", error, _ ("this is not “%s”."), FORMAT);
  if (!read_version (self, file, root, error))
    return FALSE;
  if (json_object_has_member (root, "closed")) {
    closed = wb_model_read_array (file, "", root, "closed", error);
    if (closed == NULL || !read_closed (self, file, closed, error))
      return FALSE;
  }
  if (json_object_has_member (root, "groups")) {
    groups = wb_model_read_array (file, "", root, "groups", error);
    if (groups == NULL || !read_groups (self, file, groups, error))
      return FALSE;
  }
  types = wb_model_read_array (file, "", root, "types", error);
  if (types == NULL)
    return FALSE;
  file->first_type = self->types->len;
  file->n_types = json_array_get_length (types);
  return read_types (self, file, types, error);
}

/**
 * wb_record_type_find_field:
 * @type: a record type
 * @name: a field's name
 *
 * Returns: (transfer none) (nullable): the field
 */
const WbField *
wb_record_type_find_field (const WbRecordType *type, const char *name)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (strcmp (field->name, name) == 0)
      return field;
  }
  return NULL;
}

/**
 * wb_model_get_group_label:
 * @self: the model
 * @group: a WbField's group
 * @language: of the label
 *
 * Returns: (transfer none): the heading of the group in a form; @group where it is unknown
 */
const char *
wb_model_get_group_label (const WbModel *self, const char *group, WbLanguage language)
{
  const WbGroup *found = find_group (self, group);

  return found != NULL ? found->label[language] : group;
}

/**
 * wb_field_type_to_text:
 * @type: a type
 *
 * Returns: (transfer none): its name in records.json
 */
const char *
wb_field_type_to_text (WbFieldType type)
{
  return type_names[type];
}

/**
 * wb_scope_to_text:
 * @scope: where records of a type belong
 *
 * Returns: (transfer none): its name in records.json
 */
const char *
wb_scope_to_text (WbScope scope)
{
  return scope_names[scope];
}

/**
 * wb_need_to_text:
 * @need: how much a field is needed
 *
 * Returns: (transfer none): its name in records.json
 */
const char *
wb_need_to_text (WbNeed need)
{
  return need_names[need];
}

/**
 * wb_sensitivity_to_text:
 * @sensitivity: a class of redaction
 *
 * Returns: (transfer none): its name in records.json
 */
const char *
wb_sensitivity_to_text (WbSensitivity sensitivity)
{
  return sensitivity_names[sensitivity];
}

/**
 * wb_field_is_apart:
 * @field: a field
 *
 * Returns: whether its values are kept apart from the record and shown only when asked for; only
 *   these can be sealed
 */
gboolean
wb_field_is_apart (const WbField *field)
{
  return field->sensitivity == WB_SENSITIVITY_IDENTITY ||
         field->sensitivity == WB_SENSITIVITY_SEALED;
}

gboolean
wb_field_value_is_wrapped (JsonNode *value)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
  JsonNode *names = object != NULL ? json_object_get_member (object, "for") : NULL;

  if (names == NULL || json_object_get_size (object) != 2 ||
      !json_object_has_member (object, "value") || !JSON_NODE_HOLDS_ARRAY (names))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (names)); i++) {
    if (wb_json_node_text (json_array_get_element (json_node_get_array (names), i)) == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * wb_field_unwrap_value:
 * @field: a field
 * @value: what is given for it
 *
 * Returns: (transfer none): the value itself, where it says for whom it is to be sealed
 */
JsonNode *
wb_field_unwrap_value (const WbField *field, JsonNode *value)
{
  if (!wb_field_is_apart (field) || !wb_field_value_is_wrapped (value))
    return value;
  return json_object_get_member (json_node_get_object (value), "value");
}
