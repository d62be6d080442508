/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads and writes for the page of a visit. */
#include "wb-visit-data.h"

#include "wb-i18n.h"
#include "wb-sample.h"
#include "wb-ui.h"

void
wb_visit_data_free (WbVisitData *self)
{
  wb_visit_free (self->visit);
  g_free (self->title);
  g_free (self->words);
  g_free (self);
}

static const char *
get_text (const WbRecord *record, const char *name)
{
  return json_object_get_string_member_with_default (record->fields, name, NULL);
}

/* Place, whether announced, team and times, one below the other. */
static char *
describe (WbRegister *reg, const WbRecord *visit)
{
  static const char *const names[] = { "site", "announced", "team", "started", "ended", "access" };
  WbLanguage language = wb_language_current ();
  const WbRecordType *type = wb_model_find_type (wb_register_get_model (reg), visit->type);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const WbField *field = wb_record_type_find_field (type, names[i]);
    JsonNode *value = json_object_get_member (visit->fields, names[i]);
    g_autofree char *text =
        value != NULL ? wb_register_format_value (reg, field, value, language) : NULL;

    if (text != NULL)
      g_string_append_printf (words,
                              "%s%s: %s",
                              words->len > 0 ? "\n" : "",
                              field->label[language],
                              text);
  }
  if (words->len == 0)
    g_string_append (words, _ ("Place, team, announced or not, times and stages"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gpointer
load_call (WbRegister *reg, gpointer id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbVisit) visit = wb_register_read_visit (reg, id, error);
  WbVisitData *data;

  if (visit == NULL)
    return NULL;
  data = g_new0 (WbVisitData, 1);
  data->model = wb_register_get_model (reg);
  data->title = g_strdup (get_text (visit->visit, "title"));
  if (data->title == NULL)
    data->title = g_strdup (_ ("Visit"));
  data->words = describe (reg, visit->visit);
  data->visit = g_steal_pointer (&visit);
  return data;
}

void
wb_visit_data_load (WbSession *session,
                    const char *id,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  wb_session_call_async (session,
                         load_call,
                         g_strdup (id),
                         g_free,
                         (GDestroyNotify) wb_visit_data_free,
                         NULL,
                         callback,
                         user_data);
}

typedef struct {
  char *id, *text;
  GFile *file;
} Job;

static void
job_free (Job *job)
{
  g_free (job->id);
  g_free (job->text);
  g_clear_object (&job->file);
  g_free (job);
}

static gpointer
write_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;

  return wb_register_answer_visit (reg,
                                   &(WbVisitAnswer){ .visit = job->id, .text = job->text },
                                   error);
}

void
wb_visit_data_write (WbSession *session,
                     const char *id,
                     const char *text,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (id);
  job->text = g_strdup (text);
  wb_session_call_async (session,
                         write_call,
                         job,
                         (GDestroyNotify) job_free,
                         (GDestroyNotify) wb_record_free,
                         NULL,
                         callback,
                         user_data);
}

static gpointer
draw_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Job *job = data;
  g_autoptr (GBytes) list = g_file_load_bytes (job->file, cancellable, NULL, error);
  g_autoptr (WbSample) sample =
      list != NULL ? wb_register_draw_sample (reg, job->id, list, error) : NULL;

  return GINT_TO_POINTER (sample != NULL);
}

void
wb_visit_data_draw (WbSession *session,
                    const char *sample,
                    GFile *list,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->id = g_strdup (sample);
  job->file = g_object_ref (list);
  wb_session_call_async (session,
                         draw_call,
                         job,
                         (GDestroyNotify) job_free,
                         NULL,
                         NULL,
                         callback,
                         user_data);
}

gboolean
wb_visit_data_is_seen (const WbRecord *record)
{
  return g_str_equal (record->type, "observation") && get_text (record, "question") == NULL;
}

static char *
format_when (const WbRecord *record, const WbZone *zone)
{
  JsonNode *value = json_object_get_member (record->fields, "when");
  g_autoptr (WbMoment) moment = value != NULL ? wb_moment_parse (value, zone, NULL) : NULL;

  return moment != NULL ? wb_moment_to_words (moment, wb_language_current ()) : g_strdup ("");
}

GtkWidget *
wb_visit_data_make_seen (const WbRecord *record, const WbZone *zone)
{
  GtkWidget *row = adw_action_row_new ();
  const char *text = get_text (record, "text");
  g_autofree char *words = format_when (record, zone);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  wb_ui_set_name (row, text != NULL ? text : words);
  return row;
}

char *
wb_visit_data_describe_sample (const WbRecord *record)
{
  const char *what = get_text (record, "what");
  const char *numbers = get_text (record, "numbers");
  int size = (int) json_object_get_int_member_with_default (record->fields, "size", 0);
  int population = (int) json_object_get_int_member_with_default (record->fields, "population", 0);

  if (numbers != NULL)
    /* Translators: how many of how many, of what, and the numbers of the lines drawn. */
    return g_strdup_printf (_ ("%d of %d, %s. Drawn: %s"),
                            size,
                            population,
                            what != NULL ? what : "–",
                            numbers);
  /* Translators: how many of how many, and of what. */
  return g_strdup_printf (_ ("%d of %d, %s. The seed is in the log; not drawn yet"),
                          size,
                          population,
                          what != NULL ? what : "–");
}

static char *
format_now (const WbZone *zone)
{
  WbLocal local = wb_zone_to_local (zone, wb_clock_now ());
  g_autofree char *day = wb_date_format (local.date);

  return g_strdup_printf ("%sT%02d:%02d", day, local.hour, local.minute);
}

/* When it happened is for the person to tell: the time filled in is that of hearing it. */
JsonObject *
wb_visit_data_dup_prefill (const WbVisitData *self, const WbZone *zone, const char *stage)
{
  const WbRecord *visit = self->visit->visit;
  const char *site = get_text (visit, "site");
  g_autofree char *now = format_now (zone);
  JsonObject *fields = json_object_new ();

  json_object_set_string_member (fields, "visit", visit->id);
  json_object_set_string_member (fields, "received", now);
  json_object_set_string_member (fields, "channel", "channel.visit");
  if (site != NULL)
    json_object_set_string_member (fields, "site", site);
  if (stage != NULL) {
    JsonArray *stages = json_array_new ();

    json_array_add_string_element (stages, stage);
    json_object_set_array_member (fields, "stages", stages);
  } else if (json_object_has_member (visit->fields, "stages") &&
             json_array_get_length (json_object_get_array_member (visit->fields, "stages")) == 1) {
    json_object_set_member (fields,
                            "stages",
                            json_node_copy (json_object_get_member (visit->fields, "stages")));
  }
  return fields;
}
