/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The verifiable random sample: first the seed, in the log and under a checkpoint; then the list;
 * then the draw. docs/sample.md tells how to draw again with sha256sum and sort.
 */
#include "wb-sample-private.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-guard-private.h"
#include "wb-i18n.h"

#define SEED_SIZE 32 /* bytes: 256 bits */
#define BASIS "OPCAT 20(e)"

void
wb_sample_free (WbSample *self)
{
  if (self == NULL)
    return;
  g_free (self->reference);
  g_free (self->seed);
  g_free (self->list_hash);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_strfreev (self->lines);
  g_free (self);
}

typedef struct {
  guint8 key[WB_SHA256_SIZE];
  guint number;
} Ticket;

static int
compare_tickets (gconstpointer a, gconstpointer b)
{
  return memcmp (((const Ticket *) a)->key, ((const Ticket *) b)->key, WB_SHA256_SIZE);
}

/**
 * wb_sample_draw:
 * @seed: the seed in hex
 * @population: how many items the list has
 * @size: how many are drawn, at most @population
 *
 * The key of item i is the SHA-256 of the text "SEED:i"; the items with the lowest keys are drawn,
 * the lowest first.
 *
 * Returns: (transfer full) (element-type guint): numbers of items, from 1
 */
GArray *
wb_sample_draw (const char *seed, guint population, guint size)
{
  g_autofree Ticket *tickets = g_new (Ticket, population);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < population; i++) {
    g_autofree char *text = g_strdup_printf ("%s:%u", seed, i + 1);

    wb_sha256 (text, strlen (text), tickets[i].key);
    tickets[i].number = i + 1;
  }
  qsort (tickets, population, sizeof *tickets, compare_tickets);
  for (guint i = 0; i < MIN (size, population); i++)
    g_array_append_val (numbers, tickets[i].number);
  return numbers;
}

/**
 * wb_sample_fill_in:
 * @type: record type
 * @fields: of a new record; changed
 *
 * No sample is ever without a seed that the program drew.
 */
void
wb_sample_fill_in (const WbRecordType *type, JsonObject *fields)
{
  guint8 bytes[SEED_SIZE];
  g_autofree char *seed = NULL;

  if (!g_str_equal (type->name, WB_SAMPLE))
    return;
  wb_random_bytes (bytes, sizeof bytes);
  seed = wb_hex_encode (bytes, sizeof bytes);
  json_object_set_string_member (fields, "seed", seed);
}

static gboolean
check_numbers (gint64 population, gint64 size, GError **error)
{
  if (size >= 1 && size <= population && size <= WB_SAMPLE_SIZE_MAX)
    return TRUE;
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_INVALID,
               _ ("A sample of %d from %d cannot be drawn: give a size from 1 to the number on the "
                  "list, at most %d."),
               (int) size,
               (int) population,
               WB_SAMPLE_SIZE_MAX);
  return FALSE;
}

/**
 * wb_register_new_sample:
 * @self: an open register
 * @visit: the visit it belongs to
 * @what: (nullable): what the list is of, without names
 * @population: how many items the list will have
 * @size: how many are drawn
 * @error: return location for an error
 *
 * The seed is in the log from now on. Sign a checkpoint before the list is shown.
 *
 * Returns: (transfer full): the sample
 */
WbRecord *
wb_register_new_sample (WbRegister *self,
                        const char *visit,
                        const char *what,
                        guint population,
                        guint size,
                        GError **error)
{
  g_autoptr (JsonObject) fields = json_object_new ();

  if (!check_numbers (population, size, error))
    return NULL;
  json_object_set_string_member (fields, "visit", visit);
  json_object_set_int_member (fields, "population", population);
  json_object_set_int_member (fields, "size", size);
  if (what != NULL)
    json_object_set_string_member (fields, "what", what);
  return wb_register_record (self, WB_SAMPLE, NULL, NULL, fields, NULL, error);
}

/* The fields of a sample that can be drawn. */
static JsonObject *
load (WbRegister *self, const char *reference, WbRecordRow **ret_row, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (JsonObject) values =
      row != NULL ? wb_register_load_values (self, row->id, error) : NULL;

  if (values == NULL)
    return NULL;
  if (!g_str_equal (row->type, WB_SAMPLE) || !json_object_has_member (values, "seed")) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s is no sample: make one with “waarborgctl sample REG VISIT”."),
                 row->reference);
    return NULL;
  }
  if (!check_numbers (json_object_get_int_member_with_default (values, "population", 0),
                      json_object_get_int_member_with_default (values, "size", 0),
                      error))
    return NULL;
  *ret_row = g_steal_pointer (&row);
  return g_steal_pointer (&values);
}

/* One item a line; the last line may lack its end. */
static char **
split_list (GBytes *list, guint population, GError **error)
{
  gsize size = 0;
  const char *bytes = g_bytes_get_data (list, &size);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n;

  if (size > WB_SAMPLE_LIST_MAX) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("The list is larger than 64 MiB: give a shorter one."));
    return NULL;
  }
  if (!wb_text_check (bytes != NULL ? bytes : "", size, error))
    return NULL;
  if (size > 0 && bytes[size - 1] == '\n')
    size--;
  text = g_strndup (bytes, size);
  lines = g_strsplit (text, "\n", -1);
  n = g_strv_length (lines);
  if (n != population) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("The list has %u lines and the sample is of %u: give the list with one item a "
                    "line, or make a new sample."),
                 n,
                 population);
    return NULL;
  }
  return g_steal_pointer (&lines);
}

static char *
format_numbers (GArray *numbers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (text, i > 0 ? " %u" : "%u", g_array_index (numbers, guint, i));
  return g_string_free (text, FALSE);
}

static char **
pick_lines (char **lines, GArray *numbers)
{
  g_autoptr (GStrvBuilder) picked = g_strv_builder_new ();

  for (guint i = 0; i < numbers->len; i++)
    g_strv_builder_add (picked, lines[g_array_index (numbers, guint, i) - 1]);
  return g_strv_builder_end (picked);
}

/* What the seed gives, from the list where one is given. */
static WbSample *
draw (const WbRecordRow *row, JsonObject *values, GBytes *list, GError **error)
{
  guint population = (guint) json_object_get_int_member (values, "population");
  const char *logged = json_object_get_string_member_with_default (values, "numbers", NULL);
  g_autoptr (WbSample) sample = g_new0 (WbSample, 1);
  g_auto (GStrv) lines = list != NULL ? split_list (list, population, error) : NULL;
  g_autofree char *numbers = NULL;

  if (list != NULL && lines == NULL)
    return NULL;
  sample->reference = g_strdup (row->reference);
  sample->seed = g_strdup (json_object_get_string_member (values, "seed"));
  sample->numbers = wb_sample_draw (sample->seed,
                                    population,
                                    (guint) json_object_get_int_member (values, "size"));
  if (lines != NULL) {
    sample->list_hash = wb_sha256_hex (g_bytes_get_data (list, NULL), g_bytes_get_size (list));
    sample->lines = pick_lines (lines, sample->numbers);
  }
  numbers = format_numbers (sample->numbers);
  sample->as_logged = g_strcmp0 (numbers, logged) == 0;
  return g_steal_pointer (&sample);
}

static gboolean
append_draw (WbRegister *self, const WbRecordRow *row, const WbSample *sample, GError **error)
{
  g_autoptr (WbActDraft) draft = wb_act_draft_new (row->type, row->id, NULL, "changed");
  WbInstant time = wb_register_next_time (self);
  g_autofree char *now = wb_register_format_stamp (self, time);
  g_autofree char *numbers = format_numbers (sample->numbers);

  wb_act_draft_add_text (draft, "list_hash", sample->list_hash);
  wb_act_draft_add_text (draft, "drawn", now);
  wb_act_draft_add_text (draft, "numbers", numbers);
  return wb_register_append (self, draft, time, error);
}

static WbSample *
draw_within (WbRegister *self, const char *reference, GBytes *list, GError **error)
{
  g_autoptr (WbRecordRow) row = NULL;
  g_autoptr (JsonObject) values = load (self, reference, &row, error);
  g_autoptr (WbSample) sample = values != NULL ? draw (row, values, list, error) : NULL;
  const char *before;

  if (sample == NULL)
    return NULL;
  before = json_object_get_string_member_with_default (values, "list_hash", NULL);
  if (before != NULL && !g_str_equal (before, sample->list_hash)) {
    wb_guard_refuse (self,
                     row->type,
                     row->id,
                     NULL,
                     "sample-once",
                     BASIS,
                     _ ("A seed serves one list; for another list a new sample is made."),
                     error);
    return NULL;
  }
  if (before == NULL && !append_draw (self, row, sample, error))
    return NULL;
  if (before == NULL)
    sample->as_logged = TRUE;
  return g_steal_pointer (&sample);
}

/**
 * wb_register_draw_sample:
 * @self: an open register
 * @reference: a sample
 * @list: the list, UTF-8, one item a line, as many as the sample says
 * @error: return location for an error; %WB_ERROR_REFUSED where another list was drawn from before
 *
 * A checkpoint is signed first, so that the seed is vouched for before the list is looked at. Then
 * one entry: the list's SHA-256, the numbers drawn and when. Of the list nothing else is kept. From
 * the same list it gives the same again, without an entry.
 *
 * Returns: (transfer full): what was drawn
 */
WbSample *
wb_register_draw_sample (WbRegister *self, const char *reference, GBytes *list, GError **error)
{
  g_autofree char *checkpoint = wb_register_checkpoint (self, error); /* over the seed */
  g_autoptr (WbChange) change = checkpoint != NULL ? wb_change_begin (self, error) : NULL;
  g_autoptr (WbSample) sample = NULL;

  if (change == NULL)
    return NULL;
  sample = draw_within (self, reference, list, error);
  if (sample != NULL && wb_change_commit (change, error))
    return g_steal_pointer (&sample);
  g_clear_pointer (&change, wb_change_free);
  wb_register_log_refusal (self);
  return NULL;
}

/**
 * wb_register_check_sample:
 * @self: an open register
 * @reference: a sample that was drawn
 * @list: (nullable): the list, to be compared too
 * @error: return location for an error
 *
 * Draws anew from the seed. The fields as_logged says whether numbers, and list where one is given,
 * are those in the log.
 *
 * Returns: (transfer full): what the seed gives
 */
WbSample *
wb_register_check_sample (WbRegister *self, const char *reference, GBytes *list, GError **error)
{
  g_autoptr (WbRecordRow) row = NULL;
  g_autoptr (JsonObject) values = load (self, reference, &row, error);
  g_autoptr (WbSample) sample = NULL;
  const char *logged;

  if (values == NULL)
    return NULL;
  logged = json_object_get_string_member_with_default (values, "list_hash", NULL);
  if (logged == NULL) {
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("%s has not been drawn yet: give its list with --list."),
                 row->reference);
    return NULL;
  }
  sample = draw (row, values, list, error);
  if (sample == NULL)
    return NULL;
  if (list == NULL)
    sample->list_hash = g_strdup (logged);
  sample->as_logged = sample->as_logged && g_str_equal (sample->list_hash, logged);
  return g_steal_pointer (&sample);
}
