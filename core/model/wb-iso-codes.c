/* SPDX-License-Identifier: EUPL-1.2 */
/* Names of languages (ISO 639-3) and countries (ISO 3166-1) from the package iso-codes, read when
 * first asked for. Where it is not installed, codes are judged by their shape and shown as they
 * are. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-json.h"

#ifndef WB_ISO_CODES_PREFIX
#define WB_ISO_CODES_PREFIX "/usr"
#endif
#define CODE_LENGTH 3

typedef struct {
  const char *file;   /* below share/iso-codes/json */
  const char *member; /* of the file's one object */
  const char *domain; /* of the translations */
  GHashTable *names;  /* (nullable) code -> English name as in the catalogue */
  WbCatalogue *dutch; /* (nullable) */
  gsize once;
} List;

static List languages = { .file = "iso_639-3.json", .member = "639-3", .domain = "iso_639-3" };
static List countries = { .file = "iso_3166-1.json", .member = "3166-1", .domain = "iso_3166-1" };

/* The name that people use comes before the official one: "Iran" before "Iran, Islamic ...". */
static void
add_name (GHashTable *names, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *code = object != NULL ? wb_json_get_text (object, "alpha_3") : NULL;
  const char *name = object != NULL ? wb_json_get_text (object, "common_name") : NULL;

  if (name == NULL && object != NULL)
    name = wb_json_get_text (object, "name");
  if (code != NULL && name != NULL)
    g_hash_table_insert (names, g_strdup (code), g_strdup (name));
}

static GHashTable *
read_names (const List *list)
{
  g_autofree char *path =
      g_build_filename (WB_ISO_CODES_PREFIX, "share", "iso-codes", "json", list->file, NULL);
  g_autoptr (GHashTable) names = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  JsonNode *member;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return NULL;
  root = wb_json_parse (text, size, NULL, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  member = json_object_get_member (json_node_get_object (root), list->member);
  if (member == NULL || !JSON_NODE_HOLDS_ARRAY (member))
    return NULL;
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (member)); i++)
    add_name (names, json_array_get_element (json_node_get_array (member), i));
  return g_steal_pointer (&names);
}

/* Read once for the life of the process; any thread may come first. */
static const List *
ensure (List *list)
{
  if (g_once_init_enter (&list->once)) {
    g_autofree char *name = g_strconcat (list->domain, ".mo", NULL);
    g_autofree char *path =
        g_build_filename (WB_ISO_CODES_PREFIX, "share", "locale", "nl", "LC_MESSAGES", name, NULL);

    list->names = read_names (list);
    list->dutch = wb_catalogue_load (path);
    g_once_init_leave (&list->once, 1);
  }
  return list;
}

static gboolean
has_shape (const char *code, gboolean upper)
{
  if (strlen (code) != CODE_LENGTH)
    return FALSE;
  for (guint i = 0; i < CODE_LENGTH; i++)
    if (upper ? !g_ascii_isupper (code[i]) : !g_ascii_islower (code[i]))
      return FALSE;
  return TRUE;
}

static gboolean
knows (const List *list, const char *code)
{
  return list->names == NULL || g_hash_table_contains (list->names, code);
}

/* Codes of ICAO Doc 9303 for people without a nationality stand in our own vocabulary. */
static const WbTerm *
find_special (const char *code)
{
  WbModel *model = wb_model_get_default (NULL);
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_autofree char *term = g_strconcat ("country.", lower, NULL);

  return model != NULL ? wb_model_find_term (model, term) : NULL;
}

gboolean
wb_iso_is_language (const char *code)
{
  return has_shape (code, FALSE) && knows (ensure (&languages), code);
}

gboolean
wb_iso_is_country (const char *code)
{
  return has_shape (code, TRUE) &&
         (find_special (code) != NULL || knows (ensure (&countries), code));
}

static char *
dup_name (const List *list, const char *code, WbLanguage language)
{
  const char *name = list->names != NULL ? g_hash_table_lookup (list->names, code) : NULL;

  if (name == NULL)
    return g_strdup (code);
  return g_strdup (language == WB_LANGUAGE_NL ? wb_catalogue_get (list->dutch, name) : name);
}

/**
 * wb_model_language_name:
 * @iso639_3: three letters, such as "tir"
 * @language: of the name
 *
 * Returns: (transfer full): the name; English where no Dutch one is known; the code itself where it
 *   is unknown
 */
char *
wb_model_language_name (const char *iso639_3, WbLanguage language)
{
  return dup_name (ensure (&languages), iso639_3, language);
}

/**
 * wb_model_country_name:
 * @iso3166_3: three capitals, such as "ERI" or "XXA"
 * @language: of the name
 *
 * Returns: (transfer full): the name, as for wb_model_language_name()
 */
char *
wb_model_country_name (const char *iso3166_3, WbLanguage language)
{
  const WbTerm *special = find_special (iso3166_3);

  return special != NULL ? g_strdup (special->label[language])
                         : dup_name (ensure (&countries), iso3166_3, language);
}

typedef struct {
  const char *code;
  char *key;
} Sorted;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Sorted *) a)->key, ((const Sorted *) b)->key);
}

static void
clear_sorted (gpointer sorted)
{
  g_free (((Sorted *) sorted)->key);
}

static char **
list_codes (const List *list, WbLanguage language)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Sorted));
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer code;

  g_array_set_clear_func (rows, clear_sorted);
  if (list->names != NULL) {
    g_hash_table_iter_init (&iter, list->names);
    while (g_hash_table_iter_next (&iter, &code, NULL)) {
      g_autofree char *name = dup_name (list, code, language);
      g_autofree char *folded = g_utf8_casefold (name, -1);
      Sorted row = { .code = code, .key = g_utf8_collate_key (folded, -1) };

      g_array_append_val (rows, row);
    }
  }
  g_array_sort (rows, compare_keys);
  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (codes, g_array_index (rows, Sorted, i).code);
  return g_strv_builder_end (codes);
}

/**
 * wb_model_list_languages:
 * @language: whose alphabet of names
 *
 * Returns: (transfer full): codes in the order of their names
 */
char **
wb_model_list_languages (WbLanguage language)
{
  return list_codes (ensure (&languages), language);
}

/**
 * wb_model_list_countries:
 * @language: whose alphabet of names
 *
 * Returns: (transfer full): codes in the order of their names
 */
char **
wb_model_list_countries (WbLanguage language)
{
  return list_codes (ensure (&countries), language);
}
