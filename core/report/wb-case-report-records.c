/* SPDX-License-Identifier: EUPL-1.2 */

/* The records of the case: label and value a row, in the order of the form; what was withheld. */
#include "wb-case-report-private.h"

/* Those that have a section of their own. */
static const char *const own_sections[] = { "case", "allegation", "person", "evidence" };

static char *
format_recorded (const WbCaseReport *self, JsonObject *record)
{
  const char *created = wb_case_report_text (record, "created");
  const char *changed = wb_case_report_text (record, "changed");
  g_autofree char *first = wb_case_report_when (self, created);
  g_autofree char *last = wb_case_report_when (self, changed);

  if (created[0] == '\0')
    return g_strdup ("");
  if (changed[0] == '\0' || g_str_equal (first, last))
    return g_strdup_printf (wb_case_report_word (self, "report.recorded_once"), first);
  return g_strdup_printf (wb_case_report_word (self, "report.recorded"), first, last);
}

/* The sums and sizes of evidence stand in its table. */
static gboolean
is_in_table (const char *type, const char *name)
{
  static const char *const names[] = { "sha256", "size", "media_type", "name", "file" };

  if (!g_str_equal (type, "evidence"))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      return TRUE;
  return FALSE;
}

static void
draw_fields (WbCaseReport *self, JsonObject *record)
{
  g_autoptr (JsonArray) fields = wb_case_report_array (record, "fields");
  const char *type = wb_case_report_text (record, "type");
  guint drawn = 0;

  for (guint i = 0; i < json_array_get_length (fields); i++) {
    JsonObject *field = wb_case_report_element (fields, i);

    if (is_in_table (type, wb_case_report_text (field, "name")))
      continue;
    wb_report_page_row (self->page,
                        wb_case_report_label (self, field, "label"),
                        wb_case_report_label (self, field, "text"),
                        WB_REPORT_BODY);
    drawn++;
  }
  if (drawn == 0)
    wb_report_page_text (self->page,
                         WB_REPORT_SMALL,
                         wb_case_report_word (self, "report.no_values"));
}

static void
draw_record (WbCaseReport *self, JsonObject *record)
{
  g_autofree char *recorded = format_recorded (self, record);
  g_autofree char *heading = g_strdup_printf ("%s  %s",
                                              wb_case_report_label (self, record, "label"),
                                              wb_case_report_text (record, "reference"));

  wb_report_page_subsection (self->page, heading, recorded);
  draw_fields (self, record);
  wb_report_page_space (self->page, 9);
}

static guint
count_records (JsonArray *records, const char *type)
{
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (records); i++)
    if (g_str_equal (wb_case_report_text (wb_case_report_element (records, i), "type"), type))
      count++;
  return count;
}

/**
 * wb_case_report_draw_records:
 * @self: a report
 * @type: of the records
 * @key: (nullable): of the section's heading; %NULL: within the section at hand
 *
 * Draws the records of one type; a section without any is left out.
 */
void
wb_case_report_draw_records (WbCaseReport *self, const char *type, const char *key)
{
  g_autoptr (JsonArray) records = wb_case_report_array (self->document, "records");

  if (count_records (records, type) == 0)
    return;
  if (key != NULL)
    wb_case_report_section (self, key);
  if (g_str_equal (type, "person")) {
    wb_report_page_text (self->page,
                         WB_REPORT_SMALL,
                         wb_case_report_word (self, "report.persons_note"));
    wb_report_page_space (self->page, 6);
  }
  for (guint i = 0; i < json_array_get_length (records); i++) {
    JsonObject *record = wb_case_report_element (records, i);

    if (g_str_equal (wb_case_report_text (record, "type"), type))
      draw_record (self, record);
  }
}

static gboolean
is_other (JsonObject *record)
{
  for (gsize i = 0; i < G_N_ELEMENTS (own_sections); i++)
    if (g_str_equal (wb_case_report_text (record, "type"), own_sections[i]))
      return FALSE;
  return record != NULL;
}

/**
 * wb_case_report_draw_other_records:
 * @self: a report
 *
 * Draws the records that have no section of their own.
 */
void
wb_case_report_draw_other_records (WbCaseReport *self)
{
  g_autoptr (JsonArray) records = wb_case_report_array (self->document, "records");
  gboolean begun = FALSE;

  for (guint i = 0; i < json_array_get_length (records); i++) {
    JsonObject *record = wb_case_report_element (records, i);

    if (!is_other (record))
      continue;
    if (!begun)
      wb_case_report_section (self, "report.others");
    begun = TRUE;
    draw_record (self, record);
  }
}

static char *
join_labels (const WbCaseReport *self, JsonArray *withheld)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (withheld); i++)
    g_string_append_printf (
        text,
        "%s%s",
        i > 0 ? "; " : "",
        wb_case_report_label (self, wb_case_report_element (withheld, i), "label"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wb_case_report_draw_withheld:
 * @self: a report
 *
 * Says which values exist that the reader is not given.
 */
void
wb_case_report_draw_withheld (WbCaseReport *self)
{
  g_autoptr (JsonArray) records = wb_case_report_array (self->document, "records");
  gboolean begun = FALSE;

  wb_case_report_section (self, "report.withheld");
  for (guint i = 0; i < json_array_get_length (records); i++) {
    JsonObject *record = wb_case_report_element (records, i);
    g_autoptr (JsonArray) withheld = wb_case_report_array (record, "withheld");
    g_autofree char *labels = join_labels (self, withheld);

    if (json_array_get_length (withheld) == 0)
      continue;
    if (!begun) {
      wb_report_page_text (self->page,
                           WB_REPORT_SMALL,
                           wb_case_report_word (self, "report.withheld_note"));
      wb_report_page_space (self->page, 6);
    }
    begun = TRUE;
    wb_report_page_row (self->page,
                        wb_case_report_text (record, "reference"),
                        labels,
                        WB_REPORT_BODY);
  }
  if (!begun)
    wb_report_page_text (self->page,
                         WB_REPORT_BODY,
                         wb_case_report_word (self, "report.nothing_withheld"));
}
