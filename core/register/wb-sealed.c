/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Sealed values: {"sealed": age file, "by": key, "for": [keys], "earlier": [keys]} in the place of
 * the value. Who is named can be read by everybody, the value by those who are named.
 */
#include "wb-sealed-private.h"

#include <string.h>

#include "wb-age.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-guard-private.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define SEALED_MAX (64 * 1024) /* bytes of one sealed value */
#define READERS_MAX 32         /* of one value: who needs to know are few */
#define BASIS "OB-33; (EU) 2019/1937 art. 16"

void
wb_sealed_free (WbSealed *self)
{
  if (self == NULL)
    return;
  g_free (self->field);
  g_free (self->by);
  g_strfreev (self->readers);
  g_strfreev (self->earlier);
  g_free (self);
}

gboolean
wb_sealed_is (JsonNode *value)
{
  return value != NULL && JSON_NODE_HOLDS_OBJECT (value) &&
         json_object_get_string_member_with_default (json_node_get_object (value),
                                                     "sealed",
                                                     NULL) != NULL;
}

/**
 * wb_sealed_open:
 * @reg: an open register
 * @value: a sealed value
 *
 * Returns: (transfer full) (nullable): what was sealed; %NULL where it is not for this user
 */
JsonNode *
wb_sealed_open (WbRegister *reg, JsonNode *value)
{
  const char *encoded = json_object_get_string_member (json_node_get_object (value), "sealed");
  g_autoptr (GPtrArray) identities = g_ptr_array_new ();
  g_autofree guint8 *bytes = NULL;
  g_autoptr (WbSecret) plain = NULL;
  g_autofree char *text = NULL;
  JsonNode *opened;
  gsize size;

  bytes = wb_base64_decode (encoded, -1, WB_BASE64_PADDED, &size, NULL);
  if (bytes == NULL)
    return NULL;
  g_ptr_array_add (identities, reg->keys->identity);
  plain = wb_age_decrypt_bytes (bytes, size, identities, NULL, SEALED_MAX, NULL);
  if (plain == NULL)
    return NULL;
  text = g_strndup ((const char *) wb_secret_peek (plain, &size), wb_secret_get_size (plain));
  opened = json_from_string (text, NULL);
  explicit_bzero (text, strlen (text));
  return opened;
}

JsonObject *
wb_sealed_load_apart (WbRegister *reg, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = wb_record_store_get_identity (reg->db, id, &problem);
  g_autoptr (JsonObject) doc = NULL;

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (text == NULL)
    return json_object_new ();
  doc = wb_doc_parse (text, error);
  return doc != NULL ? wb_doc_values (doc) : NULL;
}

/* The keys in one member; (element-type utf8), borrowed from @value. */
static GPtrArray *
list_keys (JsonNode *value, const char *member)
{
  GPtrArray *keys = g_ptr_array_new ();
  JsonObject *object = value != NULL ? json_node_get_object (value) : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *key = wb_json_node_text (json_array_get_element (array, i));

    if (key != NULL)
      g_ptr_array_add (keys, (gpointer) key);
  }
  return keys;
}

static gboolean
has_key (GPtrArray *keys, const char *key)
{
  return g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL);
}

static const WbUserRow *
find_user (GPtrArray *users, const char *name)
{
  for (guint i = 0; i < users->len; i++) {
    const WbUserRow *user = g_ptr_array_index (users, i);

    if (g_strcmp0 (user->name, name) == 0 || g_strcmp0 (user->fingerprint, name) == 0)
      return user;
  }
  return NULL;
}

static gboolean
refuse_reader (WbSealing *self, GError **error)
{
  return wb_guard_refuse (self->reg,
                          self->type,
                          self->id,
                          self->case_id,
                          WB_RULE_SEALED_READER,
                          BASIS,
                          _ ("Somebody for whom the value is sealed changes it, clears it or says "
                             "for whom it is sealed."),
                          error);
}

static gboolean
refuse_names (const WbField *field, const char *sentence, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               /* TRANSLATORS: name of a field, then a whole sentence. */
               _ ("“%s”: %s"),
               field->label[wb_language_current ()],
               sentence);
  return FALSE;
}

/* (element-type WbUserRow), borrowed from @users; NULL where a name is not one of theirs. */
static GPtrArray *
find_readers (GPtrArray *users, const WbField *field, GPtrArray *names, GError **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++) {
    const WbUserRow *user = find_user (users, g_ptr_array_index (names, i));

    if (user == NULL) {
      refuse_names (field, _ ("It can be sealed for users of this register only."), error);
      return NULL;
    }
    if (!g_ptr_array_find (readers, user, NULL))
      g_ptr_array_add (readers, (gpointer) user);
  }
  if (readers->len == 0 || readers->len > READERS_MAX) {
    refuse_names (field, _ ("Name at least one and at most 32 users who can open it."), error);
    return NULL;
  }
  return g_steal_pointer (&readers);
}

static char *
encrypt (JsonNode *value, GPtrArray *readers, GError **error)
{
  g_autoptr (GPtrArray) recipients = g_ptr_array_new ();
  g_autofree char *text = wb_json_compact (value);
  g_autoptr (GBytes) sealed = NULL;

  for (guint i = 0; i < readers->len; i++)
    g_ptr_array_add (recipients, ((WbUserRow *) g_ptr_array_index (readers, i))->recipient);
  g_ptr_array_add (recipients, NULL);
  sealed = wb_age_encrypt_bytes (text,
                                 strlen (text),
                                 (const char *const *) recipients->pdata,
                                 NULL,
                                 0,
                                 error);
  explicit_bzero (text, strlen (text));
  return sealed != NULL ? wb_base64_encode (g_bytes_get_data (sealed, NULL),
                                            g_bytes_get_size (sealed),
                                            WB_BASE64_PADDED)
                        : NULL;
}

static void
add_earlier (JsonArray *earlier, GPtrArray *keys, GPtrArray *readers)
{
  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);

    if (find_user (readers, key) == NULL)
      json_array_add_string_element (earlier, key);
  }
}

/* @before: (nullable): the sealed value whose place this one takes. */
static JsonNode *
seal (WbSealing *self, JsonNode *value, GPtrArray *readers, JsonNode *before, GError **error)
{
  g_autofree char *sealed = encrypt (value, readers, error);
  g_autoptr (GPtrArray) could = list_keys (before, "for");
  g_autoptr (GPtrArray) once = list_keys (before, "earlier");
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *keys = json_array_new ();
  JsonArray *earlier = json_array_new ();

  for (guint i = 0; i < readers->len; i++) {
    const WbUserRow *user = g_ptr_array_index (readers, i);

    json_array_add_string_element (keys, user->fingerprint);
    if (before != NULL && !has_key (could, user->fingerprint))
      self->widened = TRUE;
  }
  add_earlier (earlier, once, readers);
  add_earlier (earlier, could, readers);
  json_object_set_array_member (object, "for", keys);
  json_object_set_array_member (object, "earlier", earlier);
  if (sealed == NULL)
    return NULL;
  json_object_set_string_member (object, "sealed", sealed);
  json_object_set_string_member (object, "by", self->reg->fingerprint);
  return json_node_init_object (json_node_alloc (), object);
}

/* For whom: as named, else as before, else for the author. */
static GPtrArray *
choose_readers (WbSealing *self, JsonNode *given, JsonNode *before)
{
  GPtrArray *names;

  if (wb_field_value_is_wrapped (given))
    return list_keys (given, "for");
  if (before != NULL)
    return list_keys (before, "for");
  names = g_ptr_array_new ();
  g_ptr_array_add (names, self->reg->fingerprint);
  return names;
}

static gboolean
may_replace (WbSealing *self, JsonNode *before, GError **error)
{
  g_autoptr (JsonNode) opened = before != NULL ? wb_sealed_open (self->reg, before) : NULL;

  return before == NULL || opened != NULL || refuse_reader (self, error);
}

/**
 * wb_sealed_prepare:
 * @self: the record
 * @field: one that is kept apart
 * @given: a value that the model allows, perhaps with the users it is for
 * @ret_value: (out) (transfer full) (nullable): what the log is to hold; %NULL where the value goes
 *   as it is
 * @error: return location for an error; %WB_ERROR_REFUSED where a sealed value would be replaced
 *   that the user cannot open
 */
gboolean
wb_sealed_prepare (WbSealing *self,
                   const WbField *field,
                   JsonNode *given,
                   JsonNode **ret_value,
                   GError **error)
{
  g_autoptr (JsonObject) apart = wb_sealed_load_apart (self->reg, self->id, error);
  JsonNode *before = apart != NULL ? json_object_get_member (apart, field->name) : NULL;
  JsonNode *value = wb_field_unwrap_value (field, given);
  gboolean always = field->sensitivity == WB_SENSITIVITY_SEALED;
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) readers = NULL;

  *ret_value = NULL;
  if (apart == NULL)
    return FALSE;
  before = wb_sealed_is (before) ? before : NULL;
  if (!may_replace (self, before, error))
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (value) ||
      (!always && before == NULL && !wb_field_value_is_wrapped (given)))
    return TRUE;
  names = choose_readers (self, given, before);
  if (names->len == 0 && !always) {
    self->widened = self->widened || before != NULL;
    *ret_value = json_node_copy (value);
    return TRUE;
  }
  users = wb_user_store_list (self->reg->db, error);
  readers = users != NULL ? find_readers (users, field, names, error) : NULL;
  if (readers != NULL)
    *ret_value = seal (self, value, readers, before, error);
  return *ret_value != NULL;
}

static char **
name_keys (WbRegister *reg, JsonNode *value, const char *member)
{
  g_autoptr (GPtrArray) keys = list_keys (value, member);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < keys->len; i++) {
    const char *key = g_ptr_array_index (keys, i);
    g_autofree char *name = wb_user_store_get_name (reg->db, key, NULL);

    g_strv_builder_add (names, name != NULL ? name : key);
  }
  return g_strv_builder_end (names);
}

static WbSealed *
describe (WbRegister *reg, const char *field, JsonNode *value)
{
  g_autoptr (GPtrArray) keys = list_keys (value, "for");
  const char *by =
      json_object_get_string_member_with_default (json_node_get_object (value), "by", "");
  WbSealed *self = g_new0 (WbSealed, 1);

  self->field = g_strdup (field);
  self->by = wb_user_store_get_name (reg->db, by, NULL);
  if (self->by == NULL)
    self->by = g_strdup (by);
  self->readers = name_keys (reg, value, "for");
  self->earlier = name_keys (reg, value, "earlier");
  self->opens = has_key (keys, reg->fingerprint);
  return self;
}

/**
 * wb_register_list_sealed:
 * @self: an open register
 * @reference: a record
 * @error: return location for an error
 *
 * No entry: nothing is opened.
 *
 * Returns: (transfer full) (element-type WbSealed): what is sealed in it, by whom and for whom
 */
GPtrArray *
wb_register_list_sealed (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (JsonObject) apart = row != NULL ? wb_sealed_load_apart (self, row->id, error) : NULL;
  GPtrArray *list;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (apart == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_sealed_free);
  json_object_iter_init_ordered (&iter, apart);
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    if (wb_sealed_is (value))
      g_ptr_array_add (list, describe (self, name, value));
  }
  return list;
}

static void
set_wrapped (JsonObject *fields, const char *name, JsonNode *value, const char *const *users)
{
  JsonObject *object = json_object_new ();
  JsonArray *names = json_array_new ();

  for (guint i = 0; users[i] != NULL; i++)
    json_array_add_string_element (names, users[i]);
  json_object_set_member (object, "value", json_node_copy (value));
  json_object_set_array_member (object, "for", names);
  json_object_set_object_member (fields, name, object);
}

/**
 * wb_sealed_wrap:
 * @type: the record's type
 * @fields: changed
 * @users: names, %NULL-terminated
 *
 * Whatever stands in a field that is kept apart, and does not say for whom it is, is for @users.
 */
void
wb_sealed_wrap (const WbRecordType *type, JsonObject *fields, const char *const *users)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (fields, field->name);

    if (value != NULL && wb_field_is_apart (field) && !JSON_NODE_HOLDS_NULL (value) &&
        !wb_field_value_is_wrapped (value))
      set_wrapped (fields, field->name, value, users);
  }
}

static JsonNode *
open_field (WbRegister *self, const WbRecordRow *row, const char *field, GError **error)
{
  WbSealing sealing = { self, row->type, row->id, wb_record_row_get_case (row), FALSE };
  g_autoptr (JsonObject) apart = wb_sealed_load_apart (self, row->id, error);
  JsonNode *value = apart != NULL ? json_object_get_member (apart, field) : NULL;
  JsonNode *opened;

  if (apart == NULL)
    return NULL;
  if (!wb_sealed_is (value)) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_NOT_FOUND,
                 _ ("Nothing is sealed in that field of %s."),
                 row->reference);
    return NULL;
  }
  opened = wb_sealed_open (self, value);
  if (opened == NULL) {
    refuse_reader (&sealing, error);
    wb_register_log_refusal (self);
  }
  return opened;
}

/**
 * wb_register_reseal:
 * @self: an open register
 * @reference: a record
 * @field: the name of a field in which something is sealed
 * @users: all who can open it from now on, %NULL-terminated
 * @reason: (nullable): why; the model asks for one where somebody is added
 * @error: return location for an error; %WB_ERROR_REFUSED where the user cannot open it, or a rule
 *   of the model asks for a decision of two persons
 *
 * One act, also in a closed or archived case: the value stays. Who is left out could have read the
 * value before: that stays on record, and cannot be undone.
 *
 * Returns: (transfer full): the record as it stands
 */
WbRecord *
wb_register_reseal (WbRegister *self,
                    const char *reference,
                    const char *field,
                    const char *const *users,
                    const char *reason,
                    GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (JsonNode) opened = row != NULL ? open_field (self, row, field, error) : NULL;
  g_autoptr (JsonObject) fields = json_object_new ();

  if (opened == NULL)
    return NULL;
  set_wrapped (fields, field, opened, users);
  /* For nobody: it would stand in the clear, which is a change like any other. */
  return users[0] != NULL ? wb_register_change_readers (self, row->id, fields, reason, error)
                          : wb_register_change (self, row->id, fields, reason, error);
}
