/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A value that is missing from the log is either erased by an act that names it, or was taken
 * away by somebody. Memory grows with what was erased, not with the log.
 */
#include "wb-erasure-private.h"

#include <string.h>

#include "wb-i18n.h"

/* Neighbouring missing lines of one entry. */
typedef struct {
  guint64 number;
  guint first, last;
  gboolean fixed; /* of an entry whose lines no act may take away */
} Gap;

typedef struct {
  char *record, *author;
  gboolean decided; /* else proposed */
} Step;

struct _WbErasedCheck {
  WbVerification *result;
  GArray *gaps;      /* (element-type Gap): by number and place, not yet accounted for */
  GHashTable *steps; /* entry number -> Step: of decisions */
  GString *acts;     /* numbers of the acts, for the report */
  guint64 n_acts, n_lines;
};

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->record);
  g_free (step->author);
  g_free (step);
}

WbErasedCheck *
wb_erased_check_new (WbVerification *result)
{
  WbErasedCheck *self = g_new0 (WbErasedCheck, 1);

  self->result = wb_verification_ref (result);
  self->gaps = g_array_new (FALSE, FALSE, sizeof (Gap));
  self->steps = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, step_free);
  self->acts = g_string_new (NULL);
  return self;
}

void
wb_erased_check_free (WbErasedCheck *self)
{
  if (self == NULL)
    return;
  wb_verification_unref (self->result);
  g_array_unref (self->gaps);
  g_hash_table_unref (self->steps);
  g_string_free (self->acts, TRUE);
  g_free (self);
}

/* Who is a user, what was decided or erased: that stays, whatever an act says. */
static gboolean
is_fixed (const WbEntry *entry)
{
  static const char *const TYPES[] = { "user", "body", "log", "destruction", NULL };

  return g_strv_contains (TYPES, entry->record_type) || g_str_equal (entry->event, WB_ERASED_EVENT);
}

static void
note_gaps (WbErasedCheck *self, const WbEntry *entry, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++) {
    Gap gap = { entry->number, i, i, is_fixed (entry) };

    if (g_ptr_array_index (lines, i) != NULL)
      continue;
    while (i + 1 < lines->len && g_ptr_array_index (lines, i + 1) == NULL)
      i++;
    gap.last = i;
    g_array_append_val (self->gaps, gap);
  }
}

static void
note_decision (WbErasedCheck *self, const WbEntry *entry)
{
  Step *step;
  gint64 *number;

  if (!g_str_equal (entry->record_type, "decision"))
    return;
  step = g_new0 (Step, 1);
  step->record = g_strdup (entry->record_id);
  step->author = g_strdup (entry->author);
  step->decided = g_str_equal (entry->event, "decided");
  number = g_new (gint64, 1);
  *number = (gint64) entry->number;
  g_hash_table_insert (self->steps, number, step);
}

/* The first gap of that entry or a later one. */
static guint
find_gap (const WbErasedCheck *self, guint64 number)
{
  guint low = 0, high = self->gaps->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->gaps, Gap, middle).number < number)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* A gap that is accounted for gets an impossible place. */
static gboolean
account (WbErasedCheck *self, guint64 number, guint first, guint last)
{
  for (guint i = find_gap (self, number); i < self->gaps->len; i++) {
    Gap *gap = &g_array_index (self->gaps, Gap, i);

    if (gap->number != number)
      break;
    if (gap->fixed || first < gap->first || first > gap->last || last > gap->last)
      continue;
    self->n_lines += last - first + 1;
    if (last < gap->last && first > gap->first) { /* of one gap the middle: split */
      Gap rest = { number, last + 1, gap->last, FALSE };

      gap->last = first - 1;
      g_array_insert_val (self->gaps, i + 1, rest);
    } else if (last < gap->last) {
      gap->first = last + 1;
    } else if (first > gap->first) {
      gap->last = first - 1;
    } else {
      g_array_remove_index (self->gaps, i);
    }
    return TRUE;
  }
  return FALSE;
}

static void
tell (WbErasedCheck *self, guint64 act, gint64 number)
{
  wb_verification_add (self->result,
                       "erased",
                       number,
                       _ ("Entry %llu says that a value of this entry was erased, but it is still "
                          "there or may not be erased at all."),
                       (unsigned long long) act);
}

static void
account_for_ranges (WbErasedCheck *self, guint64 act, JsonArray *lines)
{
  for (guint i = 0; i < json_array_get_length (lines); i++) {
    JsonNode *node = json_array_get_element (lines, i);
    JsonArray *range = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    gint64 values[3] = { -1, 0, -1 };

    for (guint v = 0; range != NULL && v < 3 && json_array_get_length (range) == 3; v++)
      values[v] = json_array_get_int_element (range, v);
    if (values[0] < 0 || values[1] < 0 || values[2] < values[1] || values[2] > G_MAXINT ||
        (guint64) values[0] >= act ||
        !account (self, (guint64) values[0], (guint) values[1], (guint) values[2]))
      tell (self, act, values[0] >= 0 ? values[0] : (gint64) act);
  }
}

/* A case goes by the hands of two. */
static void
check_two_persons (WbErasedCheck *self, const WbEntry *entry, JsonObject *erased)
{
  JsonObject *decision = json_object_has_member (erased, "decision")
                             ? json_object_get_object_member (erased, "decision")
                             : NULL;
  gint64 proposed = -1, decided = -1;
  const Step *first, *second;

  if (g_strcmp0 (json_object_get_string_member_with_default (erased, "scope", NULL), "case") != 0)
    return;
  if (decision != NULL) {
    proposed = json_object_get_int_member_with_default (decision, "proposed_entry", -1);
    decided = json_object_get_int_member_with_default (decision, "decided_entry", -1);
  }
  first = g_hash_table_lookup (self->steps, &proposed);
  second = g_hash_table_lookup (self->steps, &decided);
  if (first != NULL && second != NULL && !first->decided && second->decided &&
      g_str_equal (first->record, second->record) && !g_str_equal (first->author, second->author))
    return;
  wb_verification_add (self->result,
                       "erased",
                       (gint64) entry->number,
                       _ ("This entry destroys a case, but no two persons decided that before."));
}

static void
take_act (WbErasedCheck *self, const WbEntry *entry, GPtrArray *lines)
{
  g_string_append_printf (self->acts,
                          "%s%" G_GUINT64_FORMAT,
                          self->acts->len > 0 ? ", " : "",
                          entry->number);
  self->n_acts++;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;
    JsonObject *erased;

    if (line == NULL || !wb_disclosure_parse (line, strlen (line), &name, &value, NULL) ||
        !g_str_equal (name, WB_ACT_ERASED) || !JSON_NODE_HOLDS_OBJECT (value))
      continue;
    erased = json_node_get_object (value);
    check_two_persons (self, entry, erased);
    if (json_object_has_member (erased, "lines") &&
        JSON_NODE_HOLDS_ARRAY (json_object_get_member (erased, "lines")))
      account_for_ranges (self, entry->number, json_object_get_array_member (erased, "lines"));
  }
}

/**
 * wb_erased_check_entry:
 * @self: what is missing so far
 * @entry: (nullable): the next entry
 * @lines: (element-type utf8): its disclosure lines, %NULL where one is missing
 */
void
wb_erased_check_entry (WbErasedCheck *self, const WbEntry *entry, GPtrArray *lines)
{
  if (entry == NULL)
    return;
  note_gaps (self, entry, lines);
  note_decision (self, entry);
  if (g_str_equal (entry->event, WB_ERASED_EVENT))
    take_act (self, entry, lines);
}

/**
 * wb_erased_check_finish:
 * @self: what is missing from the whole log
 *
 * Names each entry that lacks a value without an act that took it away.
 */
void
wb_erased_check_finish (WbErasedCheck *self)
{
  guint64 told = G_MAXUINT64;

  for (guint i = 0; i < self->gaps->len; i++) {
    const Gap *gap = &g_array_index (self->gaps, Gap, i);

    if (gap->number == told)
      continue;
    told = gap->number;
    wb_verification_add (self->result,
                         "entry",
                         (gint64) gap->number,
                         _ ("A value of this entry is missing, and no act of erasure says so: it "
                            "was taken away."));
  }
  if (self->n_acts == 0)
    return;
  wb_verification_count (self->result, "erasures", self->n_acts);
  wb_verification_set_fact (self->result, "erased_by", self->acts->str);
}
