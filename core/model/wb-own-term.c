/* SPDX-License-Identifier: EUPL-1.2 */
/* Terms, sites and questions that a body adds in use, upon the lists that the program ships. A
 * model stays immutable: with another term it is another model. */
#include "wb-own-term.h"

#include <string.h>

#include "wb-error.h"
#include "wb-model-private.h"

#define DIGEST_DIGITS 8

/* The record types, the list that their codes belong to, and what of them stands in a term's extra
 * column. */
static const struct {
  const char *type, *vocabulary;
  const char *extra[2][2];
} kinds[] = {
  { "term", NULL, { { NULL, NULL }, { NULL, NULL } } },
  { "site", "site", { { "kind", "Kind" }, { "parent", "Parent" } } },
  { "checkitem", "check", { { "stage", "Stage" }, { NULL, NULL } } },
};

void
wb_own_term_free (WbOwnTerm *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->label[WB_LANGUAGE_NL]);
  g_free (self->label[WB_LANGUAGE_EN]);
  g_free (self->extra);
  g_free (self->from);
  g_free (self->until);
  g_free (self);
}

static int
find_kind (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].type, type) == 0)
      return (int) i;
  return -1;
}

gboolean
wb_own_term_is_type (const char *type)
{
  return find_kind (type) >= 0;
}

static const char *
get_text (JsonObject *values, const char *name)
{
  JsonNode *node = json_object_get_member (values, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static char *
make_extra (guint kind, JsonObject *values)
{
  g_autoptr (GString) extra = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds[kind].extra); i++) {
    const char *name = kinds[kind].extra[i][0];
    const char *value = name != NULL ? get_text (values, name) : NULL;

    if (value != NULL)
      g_string_append_printf (extra,
                              "%s%s=%s",
                              extra->len > 0 ? "; " : "",
                              kinds[kind].extra[i][1],
                              value);
  }
  return g_string_free (g_steal_pointer (&extra), FALSE);
}

WbOwnTerm *
wb_own_term_new_from_values (const char *type, JsonObject *values)
{
  int kind = find_kind (type);
  WbOwnTerm *self;

  if (kind < 0 || get_text (values, "code") == NULL || get_text (values, "label_nl") == NULL ||
      get_text (values, "label_en") == NULL)
    return NULL;
  self = g_new0 (WbOwnTerm, 1);
  self->code = g_strdup (get_text (values, "code"));
  self->label[WB_LANGUAGE_NL] = g_strdup (get_text (values, "label_nl"));
  self->label[WB_LANGUAGE_EN] = g_strdup (get_text (values, "label_en"));
  self->extra = make_extra ((guint) kind, values);
  self->from = g_strdup (get_text (values, "from"));
  self->until = g_strdup (get_text (values, "until"));
  return self;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
is_closed (const WbModel *self, const char *vocabulary)
{
  return g_ptr_array_find_with_equal_func (self->closed, vocabulary, g_str_equal, NULL);
}

static gboolean
check_list (const WbModel *self, guint kind, JsonObject *values, GError **error)
{
  const char *list = kinds[kind].vocabulary;
  const char *code = get_text (values, "code");
  gsize length;

  if (list == NULL) {
    list = get_text (values, "vocabulary");
    if (list == NULL || !g_hash_table_contains (self->vocabularies->by_name, list))
      return refuse (error, _ ("There is no such list: give the first word of its codes."));
    if (is_closed (self, list))
      return refuse (error,
                     strcmp (list, "site") == 0 || strcmp (list, "check") == 0
                         ? _ ("Sites and checklist questions have record types of their own: use "
                              "“site” or “checkitem”.")
                         : _ ("This list is closed: the program acts on its codes, so that none "
                              "can be added."));
  }
  length = strlen (list);
  if (code != NULL && strncmp (code, list, length) == 0 && code[length] == '.')
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("The code must begin with “%s.”, the name of its list and a dot."),
               list);
  return FALSE;
}

static gboolean
check_days (JsonObject *values, GError **error)
{
  const char *from = get_text (values, "from");
  const char *until = get_text (values, "until");

  if (from == NULL || until == NULL || strcmp (from, until) <= 0)
    return TRUE;
  return refuse (error, _ ("Its last day lies before its first: correct one of them."));
}

/* What was recorded with a code must keep its meaning. */
static gboolean
check_kept (JsonObject *values, JsonObject *before, GError **error)
{
  static const char *const KEPT[] = { "code", "vocabulary", "stage" };

  for (guint i = 0; i < G_N_ELEMENTS (KEPT); i++) {
    const char *old = get_text (before, KEPT[i]);

    if (old != NULL && g_strcmp0 (old, get_text (values, KEPT[i])) != 0)
      return refuse (error,
                     _ ("A code and its list stay what they are: end this one and add another."));
  }
  return TRUE;
}

/**
 * wb_model_check_own:
 * @self: the model, with the own terms there are
 * @type: term, site or checkitem; any other type passes
 * @values: the record as it will be
 * @before: (nullable): the record as it stood
 * @error: return location for an error
 *
 * Fails with WB_ERROR_INVALID, or with WB_ERROR_EXISTS where the code was ever given.
 */
gboolean
wb_model_check_own (const WbModel *self,
                    const char *type,
                    JsonObject *values,
                    JsonObject *before,
                    GError **error)
{
  int kind = find_kind (type);
  const char *code = get_text (values, "code");

  if (kind < 0)
    return TRUE;
  if (code == NULL || !wb_code_is_valid (code))
    return refuse (error,
                   _ ("The code must be lower-case words with dots between, of letters, digits and "
                      "“_”, at most 64 characters."));
  if (!check_list (self, (guint) kind, values, error) || !check_days (values, error))
    return FALSE;
  if (g_strcmp0 (get_text (values, "parent"), code) == 0)
    return refuse (error, _ ("A site cannot be a part of itself: choose another."));
  if (before != NULL)
    return check_kept (values, before, error);
  if (wb_model_find_term (self, code) == NULL)
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_EXISTS,
               _ ("The code %s was given before, and a code is never given twice: choose another."),
               code);
  return FALSE;
}

/* The version of the lists with an own part, so that "the list as it was" tells of own terms too.
 */
static char *
make_version (const WbModel *base, GPtrArray *terms)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < terms->len; i++) {
    const WbOwnTerm *own = g_ptr_array_index (terms, i);
    const char *const parts[] = {
      own->code, own->label[WB_LANGUAGE_NL], own->label[WB_LANGUAGE_EN], own->extra, own->from,
      own->until
    };

    for (guint j = 0; j < G_N_ELEMENTS (parts); j++) {
      if (parts[j] != NULL)
        g_checksum_update (checksum, (const guchar *) parts[j], -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  }
  return g_strdup_printf ("%s+own.%.*s",
                          base->version,
                          DIGEST_DIGITS,
                          g_checksum_get_string (checksum));
}

/**
 * wb_model_extend:
 * @base: a model that outlives the new one
 * @terms: (element-type WbOwnTerm): in the order in which they were made
 *
 * Terms whose code is malformed, or is one of @base, are left out: a later list of the program may
 * have taken it.
 *
 * Returns: (transfer full): @base with these terms
 */
WbModel *
wb_model_extend (const WbModel *base, GPtrArray *terms)
{
  WbModel *self = g_new0 (WbModel, 1);

  *self = *base;
  self->version = make_version (base, terms);
  self->initial = g_strdup (base->initial);
  self->vocabularies = wb_vocabularies_new_upon (base->vocabularies);
  for (guint i = 0; i < terms->len; i++)
    (void) wb_vocabularies_add_own (self->vocabularies, g_ptr_array_index (terms, i));
  g_ptr_array_ref (self->closed);
  g_ptr_array_ref (self->bases);
  g_ptr_array_ref (self->groups);
  g_ptr_array_ref (self->types);
  g_ptr_array_ref (self->guards);
  g_ptr_array_ref (self->lapses);
  g_ptr_array_ref (self->moves);
  g_ptr_array_ref (self->acts);
  return self;
}
