/* SPDX-License-Identifier: EUPL-1.2 */

/* Who decided that a case may go, and who was given what of it before. */
#include "wb-erasure-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define ACTS_MAX 100000 /* of one case */

void
wb_copy_free (WbCopy *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->recipient);
  g_free (self->name);
  g_free (self->what);
  g_free (self->reference);
  g_free (self);
}

void
wb_destroy_decision_free (WbDestroyDecision *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->reference);
  g_free (self->proposed_by);
  g_free (self->decided_by);
  g_free (self->decided_on);
  g_free (self);
}

static gboolean
list_holds (JsonObject *values, const char *name, const char *wanted)
{
  JsonNode *node = json_object_get_member (values, name);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    if (g_strcmp0 (json_array_get_string_element (array, i), wanted) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The entry that set a field of the document, or -1. */
static gint64
entry_of (JsonObject *doc, const char *name)
{
  JsonObject *member =
      json_object_has_member (doc, name) ? json_object_get_object_member (doc, name) : NULL;

  return member != NULL ? json_object_get_int_member_with_default (member, "entry", -1) : -1;
}

static char *
author_of_act (WbRegister *reg, const char *record, gint64 number)
{
  g_autoptr (GPtrArray) acts =
      wb_log_store_list_acts (reg->db, NULL, record, (guint64) number, 1, NULL);
  const WbAct *act = acts != NULL && acts->len > 0 ? g_ptr_array_index (acts, 0) : NULL;

  return act != NULL && act->number == (guint64) number ? g_strdup (act->author) : NULL;
}

static gint64
archived_since (WbRegister *reg, const char *case_id)
{
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, case_id, NULL);
  g_autoptr (JsonObject) doc = row != NULL ? wb_doc_parse (row->doc, NULL) : NULL;

  return doc != NULL ? entry_of (doc, "status") : -1;
}

/* Approved by somebody else than who proposed it, after the case came to rest. */
static WbDestroyDecision *
judge_decision (WbRegister *reg, const WbRecordRow *row, const char *case_id, gint64 since)
{
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
  g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;
  gint64 decided = doc != NULL ? entry_of (doc, "state") : -1;
  g_autofree char *by = NULL;
  WbDestroyDecision *decision;

  if (values == NULL || decided <= since ||
      g_strcmp0 (wb_json_get_text (values, "kind"), "decisionkind.destroy") != 0 ||
      g_strcmp0 (wb_json_get_text (values, "state"), "decisionstate.confirmed") != 0 ||
      g_strcmp0 (wb_json_get_text (values, "choice"), "decisionchoice.dont") == 0)
    return NULL;
  if (!list_holds (values, "about", case_id) &&
      !(g_str_equal (row->case_id, case_id) && !json_object_has_member (values, "about")))
    return NULL;
  by = author_of_act (reg, row->id, decided);
  if (by == NULL || g_str_equal (by, row->author))
    return NULL;
  decision = g_new0 (WbDestroyDecision, 1);
  decision->id = g_strdup (row->id);
  decision->reference = g_strdup (row->reference);
  decision->proposed_entry = row->first_entry;
  decision->decided_entry = (guint64) decided;
  decision->proposed_by = g_strdup (row->author);
  decision->decided_by = g_steal_pointer (&by);
  decision->decided_on = wb_instant_format_seconds (row->changed);
  return decision;
}

/* Those of the case, and those that are about it. */
static GPtrArray *
list_decisions (WbRegister *reg, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, error);
  g_autoptr (GPtrArray) links = rows != NULL ? wb_link_store_list (reg->db, case_id, error) : NULL;

  for (guint i = 0; links != NULL && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);
    WbRecordRow *row = g_str_equal (link->field, "about")
                           ? wb_record_store_find (reg->db, link->source, NULL)
                           : NULL;

    if (row != NULL)
      g_ptr_array_add (rows, row);
  }
  return links != NULL ? g_steal_pointer (&rows) : NULL;
}

/**
 * wb_erasure_find_decision:
 * @reg: an open register
 * @case_id: a case
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the latest approval of its destruction that counts; %NULL
 *   without @error where there is none
 */
WbDestroyDecision *
wb_erasure_find_decision (WbRegister *reg, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) rows = list_decisions (reg, case_id, error);
  gint64 since = archived_since (reg, case_id);
  g_autoptr (WbDestroyDecision) found = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (WbDestroyDecision) one =
        g_str_equal (row->type, "decision") ? judge_decision (reg, row, case_id, since) : NULL;

    if (one == NULL || (found != NULL && found->proposed_entry > one->proposed_entry))
      continue;
    wb_destroy_decision_free (found);
    found = g_steal_pointer (&one);
  }
  return g_steal_pointer (&found);
}

static WbCopy *
add_copy (GPtrArray *copies, const char *kind, guint64 number, WbInstant time)
{
  WbCopy *copy = g_new0 (WbCopy, 1);

  copy->kind = g_strdup (kind);
  copy->number = number;
  copy->time = time;
  g_ptr_array_add (copies, copy);
  return copy;
}

/* What the act of exporting said, where it was not erased. */
static JsonObject *
read_export (WbRegister *reg, guint64 number)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  if (!wb_log_store_read_lines (reg->db, number, lines, NULL))
    return NULL;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL) &&
        g_str_equal (name, WB_ACT_EXPORT) && JSON_NODE_HOLDS_OBJECT (value))
      return json_object_ref (json_node_get_object (value));
  }
  return NULL;
}

static char *
join_recipients (JsonObject *export)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array = json_object_has_member (export, "recipients")
                         ? json_object_get_array_member (export, "recipients")
                         : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (text,
                            "%s%s",
                            text->len > 0 ? ", " : "",
                            json_array_get_string_element (array, i));
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static gboolean
add_bundles (WbRegister *reg, const char *case_id, GPtrArray *copies, GError **error)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts (reg->db, case_id, NULL, 0, ACTS_MAX, error);

  for (guint i = 0; acts != NULL && i < acts->len; i++) {
    const WbAct *act = g_ptr_array_index (acts, i);
    g_autoptr (JsonObject) export = NULL;
    WbCopy *copy;

    /* The act comes before the file; where that failed the next act on the case says so. */
    if (!g_str_equal (act->event, "exported") ||
        (i + 1 < acts->len &&
         g_str_equal (((const WbAct *) g_ptr_array_index (acts, i + 1))->event, "export-failed")))
      continue;
    copy = add_copy (copies, "bundle", act->number, act->time);
    export = read_export (reg, act->number);
    if (export == NULL)
      continue;
    copy->what = g_strdup (json_object_get_string_member_with_default (export, "profile", NULL));
    copy->recipient = join_recipients (export);
  }
  return acts != NULL;
}

static gboolean
add_backups (WbRegister *reg, GPtrArray *copies, GError **error)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts_of_event (reg->db, "backed-up", error);

  for (guint i = 0; acts != NULL && i < acts->len; i++) {
    const WbAct *act = g_ptr_array_index (acts, i);

    (void) add_copy (copies, "backup", act->number, act->time);
  }
  return acts != NULL;
}

/* Of a list the log keeps how many cases went along, not which: while the case was there, each may
 * hold it. */
static gboolean
add_lists (WbRegister *reg, const char *case_id, GPtrArray *copies, GError **error)
{
  g_autoptr (GPtrArray) acts = wb_log_store_list_acts_of_event (reg->db, "list-exported", error);
  g_autoptr (WbRecordRow) row = wb_record_store_find (reg->db, case_id, NULL);

  for (guint i = 0; acts != NULL && i < acts->len; i++) {
    const WbAct *act = g_ptr_array_index (acts, i);

    if (row == NULL || act->time >= row->created)
      (void) add_copy (copies, "list", act->number, act->time);
  }
  return acts != NULL;
}

/* Letters and referrals that were sent, by the fields that say so. */
static void
add_sent (WbRegister *reg, const WbRecordRow *row, GPtrArray *copies)
{
  gboolean letter = g_str_equal (row->type, "letter");
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
  g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : NULL;
  WbCopy *copy;

  if (values == NULL || !json_object_has_member (values, "sent") ||
      json_object_has_member (values, "cancelled"))
    return;
  copy = add_copy (copies,
                   letter ? "letter" : "referral",
                   (guint64) entry_of (doc, "sent"),
                   row->changed);
  copy->reference = g_strdup (row->reference);
  copy->recipient = g_strdup (wb_json_get_text (values, letter ? "recipient" : "target"));
  copy->name = g_strdup (wb_json_get_text (values, letter ? "recipient_name" : "target_name"));
  copy->what = g_strdup (wb_json_get_text (values, letter ? "channel" : "form"));
}

static gboolean
add_correspondence (WbRegister *reg, const char *case_id, GPtrArray *copies, GError **error)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);

    if (g_str_equal (row->type, "referral") || g_str_equal (row->type, "letter"))
      add_sent (reg, row, copies);
  }
  return rows != NULL;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const WbCopy *first = *(WbCopy *const *) a, *second = *(WbCopy *const *) b;

  return first->number < second->number ? -1 : first->number > second->number;
}

/**
 * wb_register_list_recipients:
 * @self: an open register
 * @reference: a case, or a person or record of it
 * @error: return location for an error
 *
 * Whoever was given data of the case, by the log: for telling them of a correction or erasure
 * (Regulation (EU) 2016/679 art. 19), and for knowing which copies an erasure does not reach.
 *
 * Returns: (transfer full) (element-type WbCopy): in order of the log
 */
GPtrArray *
wb_register_list_recipients (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_copy_free);

  if (row == NULL || !add_bundles (self, row->case_id, copies, error) ||
      !add_correspondence (self, row->case_id, copies, error) ||
      !add_lists (self, row->case_id, copies, error) || !add_backups (self, copies, error))
    return NULL;
  g_ptr_array_sort (copies, compare_numbers);
  return g_steal_pointer (&copies);
}
