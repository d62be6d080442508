/* SPDX-License-Identifier: EUPL-1.2 */

/* The plain questions of intake and the fields that come first, read from intake.json. */
#include "wb-question.h"

#include "wb-error.h"
#include "wb-json.h"
#include "wb-model-private.h"
#include "wb-resources.h"

#define FILE_NAME "intake.json"
#define FORMAT "waarborg-intake v1"

typedef struct {
  GPtrArray *questions; /* (element-type WbQuestion) */
  GHashTable *first;    /* type -> names of fields */
} Intake;

static void
question_free (WbQuestion *self)
{
  g_free (self->name);
  for (guint i = 0; i < G_N_ELEMENTS (self->label); i++) {
    g_free (self->label[i]);
    g_free (self->blocks[i]);
  }
  g_strfreev (self->yes);
  g_strfreev (self->no);
  g_strfreev (self->open);
  g_free (self->after);
  g_strfreev (self->then);
  g_free (self);
}

static Intake *
intake_new (void)
{
  Intake *self = g_new0 (Intake, 1);

  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) question_free);
  self->first =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  return self;
}

static char **
read_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

/* Codes of the ledger that the model knows. */
static char **
read_purposes (const WbModelFile *file, JsonObject *object, const char *member, GError **error)
{
  JsonArray *array = wb_model_read_array (file, "/questions", object, member, error);
  g_auto (GStrv) purposes = array != NULL ? read_texts (array) : NULL;

  for (guint i = 0; purposes != NULL && purposes[i] != NULL; i++)
    if (wb_model_find_term (wb_model_get_default (NULL), purposes[i]) == NULL) {
      wb_model_refuse (file, "/questions", error, _ ("There is no code “%s”."), purposes[i]);
      return NULL;
    }
  return g_steal_pointer (&purposes);
}

static gboolean
read_question (const WbModelFile *file, JsonObject *object, WbQuestion *question, GError **error)
{
  static const char *const allowed[] = { "name",  "label", "blocks",     "yes",   "no", "open",
                                         "after", "then",  "recipients", "scope", NULL };
  const char *path = "/questions";
  gboolean ok;

  if (!wb_model_check_members (file, path, object, allowed, error) ||
      !wb_model_read_labels (file, path, object, "label", TRUE, question->label, error) ||
      !wb_model_read_labels (file, path, object, "blocks", TRUE, question->blocks, error) ||
      !wb_model_read_boolean (file,
                              path,
                              object,
                              "recipients",
                              FALSE,
                              &question->recipients,
                              error) ||
      !wb_model_read_boolean (file, path, object, "scope", FALSE, &question->scope, error))
    return FALSE;
  question->name = wb_model_read_string (file, path, object, "name", TRUE, &ok, error);
  if (ok)
    question->after = wb_model_read_string (file, path, object, "after", FALSE, &ok, error);
  if (!ok)
    return FALSE;
  question->yes = read_purposes (file, object, "yes", error);
  question->no = question->yes != NULL ? read_purposes (file, object, "no", error) : NULL;
  question->open = question->no != NULL ? read_purposes (file, object, "open", error) : NULL;
  if (question->open != NULL && question->after != NULL)
    question->then = read_purposes (file, object, "then", error);
  return question->open != NULL && (question->after == NULL || question->then != NULL);
}

static void
read_first (Intake *self, JsonObject *object)
{
  g_autoptr (GList) types = json_object_get_members (object);

  for (GList *l = types; l != NULL; l = l->next)
    g_hash_table_insert (self->first,
                         g_strdup (l->data),
                         read_texts (json_object_get_array_member (object, l->data)));
}

static gboolean
read_root (Intake *self, const WbModelFile *file, GError **error)
{
  static const char *const allowed[] = { "format", "first", "questions", NULL };
  JsonObject *root = json_node_get_object (file->root);
  JsonArray *questions;

  if (!wb_model_check_members (file, "", root, allowed, error))
    return FALSE;
  if (g_strcmp0 (wb_json_get_text (root, "format"), FORMAT) != 0)
    return wb_model_refuse (file, "/format", error, _ ("“%s” must be “%s”."), "format", FORMAT);
  read_first (self, json_object_get_object_member (root, "first"));
  questions = wb_model_read_array (file, "", root, "questions", error);
  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++) {
    JsonObject *object = wb_model_read_element (file, "/questions", questions, i, error);
    WbQuestion *question = g_new0 (WbQuestion, 1);

    g_ptr_array_add (self->questions, question);
    if (object == NULL || !read_question (file, object, question, error))
      return FALSE;
  }
  return questions != NULL;
}

/* The program's own data: where it is broken there is nothing to go on with, and tests say so. */
static gpointer
load (gpointer unused)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (GError) error = NULL;
  Intake *self = intake_new ();
  WbModelFile file = { .name = FILE_NAME };

  wb_core_resources_ensure ();
  bytes = g_resources_lookup_data ("/waarborg/core/model/" FILE_NAME, 0, &error);
  if (bytes != NULL)
    root = wb_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &lines, &error);
  file.root = root;
  file.lines = lines;
  g_assert (root != NULL && JSON_NODE_HOLDS_OBJECT (root));
  g_assert (read_root (self, &file, &error));
  return self;
}

static const Intake *
get (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, load, NULL);
}

/**
 * wb_questions_get_all:
 *
 * Returns: (transfer none) (element-type WbQuestion): the questions that intake asks
 */
GPtrArray *
wb_questions_get_all (void)
{
  return get ()->questions;
}

/**
 * wb_questions_get_first:
 * @type: record type
 *
 * Returns: (transfer none) (nullable): names of the fields that its form shows at once
 */
const char *const *
wb_questions_get_first (const char *type)
{
  return g_hash_table_lookup (get ()->first, type);
}
