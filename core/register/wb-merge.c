/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Cases that go into another one. Each keeps its own records, source and protection; what the other
 * takes over is the earliest receipt. That it can be undone needs nothing more than that.
 */
#include "wb-merge-private.h"

#include <string.h>

#include "wb-clock-work-private.h"

#define MERGED_INTO "merged_into"
#define STATUS_MERGED "status.merged"
#define DEPTH_MAX 8 /* a case that went into one that went into one … */

static void
take_earlier (char **received, const char *date)
{
  if (*received != NULL && strcmp (*received, date) <= 0)
    return;
  g_free (*received);
  *received = g_strdup (date);
}

static void
take_of_case (WbRegister *reg, const char *case_id, char **received)
{
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (reg->db, case_id, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, NULL);
    g_autoptr (JsonObject) values = doc != NULL ? wb_doc_values (doc) : json_object_new ();
    JsonNode *node = json_object_get_member (values, "received");
    g_autoptr (WbMoment) moment = NULL;

    if (g_str_equal (row->type, "allegation") && node != NULL)
      moment = wb_moment_parse (node, reg->zone, NULL);
    if (moment != NULL && moment->precision != WB_PRECISION_UNKNOWN) {
      g_autofree char *date = wb_date_format (moment->earliest_date);

      take_earlier (received, date);
    }
  }
}

static gboolean
is_merged (WbRegister *reg, const char *case_id)
{
  g_autoptr (JsonObject) values = wb_register_load_values (reg, case_id, NULL);

  return g_str_equal (json_object_get_string_member_with_default (values, "status", ""),
                      STATUS_MERGED);
}

static void
take_below (WbRegister *reg, const char *case_id, char **received, guint depth)
{
  g_autoptr (GPtrArray) links = wb_link_store_list (reg->db, case_id, NULL);

  for (guint i = 0; links != NULL && depth < DEPTH_MAX && i < links->len; i++) {
    const WbLinkRow *link = g_ptr_array_index (links, i);

    if (!g_str_equal (link->field, MERGED_INTO) || !is_merged (reg, link->source))
      continue;
    take_of_case (reg, link->source, received);
    take_below (reg, link->source, received, depth + 1);
  }
}

void
wb_merge_take_receipt (WbRegister *reg, const char *case_id, char **received)
{
  take_below (reg, case_id, received, 0);
}

/**
 * wb_merge_refresh:
 * @reg: an open register, within a WbChange
 * @row: the record that the act was on
 * @before: (nullable): UUID of the case that it went into before the act
 * @error: return location for an error
 */
gboolean
wb_merge_refresh (WbRegister *reg, const WbRecordRow *row, const char *before, GError **error)
{
  g_autoptr (JsonObject) values = NULL;
  const char *now;

  if (!g_str_equal (row->type, "case") && !g_str_equal (row->type, "allegation"))
    return TRUE;
  values = wb_register_load_values (reg, row->case_id, NULL);
  now = json_object_get_string_member_with_default (values, MERGED_INTO, NULL);
  if (before != NULL && g_strcmp0 (before, now) != 0 &&
      !wb_projection_refresh_case (reg, before, error))
    return FALSE;
  return now == NULL || wb_projection_refresh_case (reg, now, error);
}
