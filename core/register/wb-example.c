/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The example register: fictional cases out of resources/example, told as if they had been recorded
 * in the past weeks. In its steps "#name" is a record, "{-3 14:30}" a day counted from today, and
 * "$name" a text of words.tsv; everything else is a record file's own.
 */
#include "wb-example.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wb-colleague.h"
#include "wb-error.h"
#include "wb-format.h"
#include "wb-json.h"
#include "wb-record-file.h"
#include "wb-register-private.h"
#include "wb-resources.h"
#include "wb-uuid.h"

#define ZONE "Europe/Amsterdam"
#define COLLEAGUE "bram"

typedef struct {
  WbRegister *reg;
  WbWords *words;
  WbLanguage language;
  WbZone *zone;
  WbDate today;
  GHashTable *ids; /* name -> UUID */
} Telling;

static gboolean
fail (GError **error)
{
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_DAMAGED,
                       _ ("The cases of the example cannot be read: install Waarborg again."));
  return FALSE;
}

/* "-3" or "-3 14:30" */
static gboolean
read_day (const Telling *self, const char *text, WbDate *ret_date, const char **ret_clock)
{
  char *end = NULL;
  long day = strtol (text, &end, 10);

  if (end == text || (*end != '\0' && *end != ' '))
    return FALSE;
  *ret_date = wb_date_add_days (self->today, (int) day);
  *ret_clock = *end == ' ' ? end + 1 : NULL;
  return TRUE;
}

static char *
tell_day (const Telling *self, const char *text)
{
  g_autofree char *inside = g_strndup (text + 1, strlen (text) - 2);
  g_autofree char *date = NULL;
  const char *clock = NULL;
  WbDate day;

  if (!read_day (self, inside, &day, &clock))
    return g_strdup (text);
  date = wb_date_format (day);
  return clock != NULL ? g_strdup_printf ("%sT%s", date, clock) : g_steal_pointer (&date);
}

static char *
tell_record (const Telling *self, const char *name)
{
  const char *id = g_hash_table_lookup (self->ids, name);
  char *made;

  if (id != NULL)
    return g_strdup (id);
  made = wb_uuid_new (wb_clock_now ());
  g_hash_table_insert (self->ids, g_strdup (name), g_strdup (made));
  return made;
}

static char *
tell (const Telling *self, const char *text)
{
  if (text[0] == '#')
    return tell_record (self, text + 1);
  if (text[0] == '{' && g_str_has_suffix (text, "}"))
    return tell_day (self, text);
  if (text[0] == '$')
    return g_strdup (wb_words_get (self->words, self->language, text + 1));
  return g_strdup (text);
}

static void tell_all (const Telling *self, JsonNode *node);

static void
tell_array (const Telling *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    tell_all (self, json_array_get_element (array, i));
}

/* Of our own data, in place; it is no deeper than a record is. */
static void
tell_all (const Telling *self, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) names = json_object_get_members (object);

    for (GList *l = names; l != NULL; l = l->next)
      tell_all (self, json_object_get_member (object, l->data));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    tell_array (self, json_node_get_array (node));
  } else if (wb_json_node_text (node) != NULL) {
    g_autofree char *told = tell (self, wb_json_node_text (node));

    json_node_set_string (node, told);
  }
}

static gboolean
record (const Telling *self, JsonNode *records, GError **error)
{
  g_autofree char *text = json_to_string (records, FALSE);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, error);
  g_autoptr (GPtrArray) made =
      items != NULL ? wb_register_record_items (self->reg, items, NULL, error) : NULL;

  return made != NULL;
}

static gboolean
attach (const Telling *self, JsonObject *document, GError **error)
{
  const char *text = wb_json_get_text (document, "text");
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (WbRecord) made = NULL;

  if (text == NULL || !json_object_has_member (document, "fields"))
    return fail (error);
  stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  made = wb_register_attach (self->reg,
                             wb_json_get_text (document, "case"),
                             wb_json_get_text (document, "name"),
                             stream,
                             strlen (text),
                             json_object_get_object_member (document, "fields"),
                             NULL,
                             NULL,
                             NULL,
                             error);
  return made != NULL;
}

/* The moment of the step is the clock of this thread while it is recorded. */
static gboolean
set_clock (const Telling *self, JsonObject *step, GError **error)
{
  const char *time = wb_json_get_text (step, "time");
  WbDate day = wb_date_add_days (self->today, (int) json_object_get_int_member (step, "day"));
  WbLocal local = { .date = day };
  WbInstant instant;

  if (time == NULL || sscanf (time, "%2d:%2d", &local.hour, &local.minute) != 2)
    return fail (error);
  if (!wb_zone_from_local (self->zone, &local, WB_FOLD_FIRST, &instant, error))
    return FALSE;
  wb_clock_set_here (instant);
  return TRUE;
}

static gboolean
take_step (const Telling *self, JsonObject *step, GError **error)
{
  JsonNode *records = json_object_get_member (step, "records");
  JsonArray *documents = json_object_has_member (step, "attach")
                             ? json_object_get_array_member (step, "attach")
                             : NULL;

  if (records == NULL)
    return fail (error);
  tell_all (self, records);
  if (!record (self, records, error))
    return FALSE;
  for (guint i = 0; documents != NULL && i < json_array_get_length (documents); i++) {
    tell_all (self, json_array_get_element (documents, i));
    if (!attach (self, json_array_get_object_element (documents, i), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_steps (const Telling *self,
            JsonArray *steps,
            WbProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  guint n = json_array_get_length (steps);

  for (guint i = 0; i < n; i++) {
    JsonObject *step = json_array_get_object_element (steps, i);

    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !set_clock (self, step, error) || !take_step (self, step, error))
      return FALSE;
    if (progress != NULL)
      progress (i + 1, n, user_data);
  }
  return TRUE;
}

static JsonNode *
load_story (GError **error)
{
  g_autoptr (GBytes) bytes = wb_core_resource ("example/steps.json", error);

  return bytes != NULL
             ? wb_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, error)
             : NULL;
}

/* Made before its first case, by two people who share the passphrase that everybody knows. */
static gboolean
begin (Telling *self, const char *path, JsonObject *first, const char *body, GError **error)
{
  g_autoptr (WbSecret) passphrase = wb_example_passphrase (error);
  const WbRegisterSetup setup = { .body = body,
                                  .code = WB_EXAMPLE_CODE,
                                  .zone = ZONE,
                                  .user = WB_EXAMPLE_USER,
                                  .passphrase = passphrase,
                                  .independent = TRUE };

  if (passphrase == NULL || !set_clock (self, first, error))
    return FALSE;
  self->reg = wb_register_create_example (path, &setup, error);
  return self->reg != NULL &&
         wb_register_add_colleague (self->reg, COLLEAGUE, passphrase, TRUE, error);
}

/**
 * wb_example_is:
 * @code: (nullable): a body's code
 *
 * Returns: whether the register is the example, in which nothing is real
 */
gboolean
wb_example_is (const char *code)
{
  return g_strcmp0 (code, WB_EXAMPLE_CODE) == 0;
}

/**
 * wb_example_passphrase:
 * @error: return location for an error
 *
 * Returns: (transfer full): what opens the example
 */
WbSecret *
wb_example_passphrase (GError **error)
{
  return wb_secret_new_copy (WB_EXAMPLE_PASSPHRASE, strlen (WB_EXAMPLE_PASSPHRASE), error);
}

static gboolean
make (Telling *self,
      const char *path,
      JsonObject *story,
      WbProgress progress,
      gpointer user_data,
      GCancellable *cancellable,
      GError **error)
{
  JsonArray *steps = json_object_get_array_member (story, "steps");
  g_autofree char *body = tell (self, wb_json_get_text (story, "body"));
  gboolean made = begin (self, path, json_array_get_object_element (steps, 0), body, error) &&
                  take_steps (self, steps, progress, user_data, cancellable, error);
  gboolean begun = self->reg != NULL;

  g_clear_pointer (&self->reg, wb_register_close); /* signs it, still in the past */
  wb_clock_set_here (WB_INSTANT_NONE);
  if (begun && !made)
    wb_register_remove_files (path);
  return made;
}

/**
 * wb_example_make:
 * @path: the folder to make; nothing may be there yet
 * @language: in which the cases are told
 * @progress: (nullable): steps done, steps in all
 * @user_data: for @progress
 * @cancellable: (nullable): leaves nothing behind
 * @error: return location for an error
 *
 * Makes a register with a few fictional cases of the past weeks, for anybody to try things in.
 *
 * Returns: %FALSE with the errors of wb_register_create(); nothing is left behind then
 */
gboolean
wb_example_make (const char *path,
                 WbLanguage language,
                 WbProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (JsonNode) story = load_story (error);
  g_autoptr (WbWords) words = story != NULL ? wb_words_load ("example/words.tsv", error) : NULL;
  g_autoptr (WbZone) zone = words != NULL ? wb_zone_new (ZONE, error) : NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Telling self = { .words = words, .language = language, .zone = zone, .ids = ids };

  g_return_val_if_fail (path != NULL, FALSE);
  if (zone == NULL)
    return FALSE;
  self.today = wb_zone_to_local (zone, wb_clock_now ()).date;
  return make (&self, path, json_node_get_object (story), progress, user_data, cancellable, error);
}

/**
 * wb_example_remove:
 * @path: folder of an example that is not open
 * @error: return location for an error
 *
 * Opens it with the passphrase that everybody knows, sees that it is an example, and only then
 * takes its files away. What else is in the folder stays.
 *
 * Returns: %FALSE with the errors of wb_register_open(), or %WB_ERROR_REFUSED for a register that
 *   is no example
 */
gboolean
wb_example_remove (const char *path, GError **error)
{
  g_autoptr (WbSecret) passphrase = wb_example_passphrase (error);
  g_autoptr (WbRegister) reg = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  if (passphrase == NULL)
    return FALSE;
  reg = wb_register_open (path, WB_EXAMPLE_USER, passphrase, error);
  if (reg == NULL)
    return FALSE;
  if (!wb_example_is (wb_register_get_code (reg))) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_REFUSED,
                         _ ("This register is no example: it stays as it is."));
    return FALSE;
  }
  g_clear_pointer (&reg, wb_register_close);
  wb_register_remove_files (path);
  return TRUE;
}
