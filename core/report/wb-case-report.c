/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * report.pdf: the case as people read it, drawn from the case document alone. Laid out twice: once
 * to count the pages, once to number them.
 */
#include "wb-case-report.h"

#include "wb-case-report-private.h"
#include "wb-error.h"
#include "wb-i18n.h"

static char *
find_case_title (const WbCaseReport *self)
{
  g_autoptr (JsonArray) records = wb_case_report_array (self->document, "records");
  JsonObject *first =
      json_array_get_length (records) > 0 ? wb_case_report_element (records, 0) : NULL;
  g_autoptr (JsonArray) fields = wb_case_report_array (first, "fields");

  for (guint i = 0; i < json_array_get_length (fields); i++) {
    JsonObject *field = wb_case_report_element (fields, i);

    if (g_str_equal (wb_case_report_text (field, "name"), "title"))
      return g_strdup (wb_case_report_label (self, field, "text"));
  }
  return g_strdup ("");
}

static void
draw_head_row (WbCaseReport *self, const char *key, const char *value, WbReportStyle style)
{
  if (value[0] != '\0')
    wb_report_page_row (self->page, wb_case_report_word (self, key), value, style);
}

static void
draw_head (WbCaseReport *self, const char *title)
{
  JsonObject *body = wb_case_report_object (self->document, "body");
  JsonObject *signer = wb_case_report_object (self->document, "signer");
  const char *name = wb_case_report_text (body, "name");
  const char *profile = wb_case_report_text (self->document, "profile");
  g_autofree char *made = wb_case_report_when (self, wb_case_report_text (self->document, "made"));
  g_autofree char *lead = find_case_title (self);

  wb_report_page_banner (self->page, name, wb_case_report_word (self, "report.confidential"));
  wb_report_page_text (self->page, WB_REPORT_TITLE, title);
  if (lead[0] != '\0') {
    wb_report_page_space (self->page, 3);
    wb_report_page_text (self->page, WB_REPORT_LEAD, lead);
  }
  wb_report_page_space (self->page, 14);
  draw_head_row (self, "report.prepared_by", name, WB_REPORT_BODY);
  draw_head_row (self, "report.made", made, WB_REPORT_BODY);
  draw_head_row (self,
                 "report.profile",
                 wb_case_report_word_of (self, "profile", profile),
                 WB_REPORT_BODY);
  draw_head_row (self,
                 "report.purpose",
                 wb_case_report_text (self->document, "purpose"),
                 WB_REPORT_BODY);
  draw_head_row (self,
                 "report.signer",
                 wb_case_report_text (signer, "fingerprint"),
                 WB_REPORT_MONO);
}

static GBytes *
draw_once (WbCaseReport *self, guint pages, guint *ret_pages, GError **error)
{
  const char *reference = wb_case_report_text (self->document, "reference");
  JsonObject *body = wb_case_report_object (self->document, "body");
  g_autofree char *title =
      g_strdup_printf ("%s %s", wb_case_report_word (self, "report.title"), reference);
  g_autofree char *header =
      g_strdup_printf ("%s  ·  %s", title, wb_case_report_text (body, "name"));
  WbReportSetup setup = { title,
                          header,
                          wb_case_report_word (self, "report.confidential"),
                          wb_case_report_word (self, "report.page"),
                          wb_case_report_text (self->document, "made"),
                          pages };

  self->section = 0;
  self->page = wb_report_page_new (&setup);
  draw_head (self, title);
  wb_case_report_draw_records (self, "case", "report.case");
  wb_case_report_draw_records (self, "allegation", "report.allegations");
  wb_case_report_draw_records (self, "person", "report.persons");
  wb_case_report_draw_other_records (self);
  wb_case_report_draw_deadlines (self);
  wb_case_report_draw_evidence (self);
  wb_case_report_draw_withheld (self);
  wb_case_report_draw_log (self);
  return wb_report_page_finish (g_steal_pointer (&self->page), ret_pages, error);
}

static WbZone *
find_zone (JsonObject *document, GError **error)
{
  const char *zone = wb_case_report_text (wb_case_report_object (document, "body"), "zone");

  return wb_zone_new (zone[0] != '\0' ? zone : "Europe/Amsterdam", error);
}

/* Without these it would be nobody's report of nothing. */
static gboolean
has_head (JsonObject *document, GError **error)
{
  JsonObject *body = wb_case_report_object (document, "body");

  if (wb_case_report_text (document, "reference")[0] != '\0' &&
      wb_case_report_text (document, "made")[0] != '\0' &&
      wb_case_report_text (body, "name")[0] != '\0')
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("The report needs the case's reference, the body and the date."));
  return FALSE;
}

/**
 * wb_case_report_draw:
 * @case_document: docs/case-json.md
 * @language: of headings, labels and dates
 * @error: return location for an error
 *
 * Draws the report. The same document and fonts give the same bytes: no clock, no machine's name
 * and nobody's name goes into the PDF's own data. WB_ERROR_INVALID where the document has no head.
 *
 * Returns: (transfer full): the PDF
 */
GBytes *
wb_case_report_draw (JsonObject *case_document, WbLanguage language, GError **error)
{
  g_autoptr (WbWords) words = wb_words_load ("report/words.tsv", error);
  g_autoptr (WbZone) zone = words != NULL ? find_zone (case_document, error) : NULL;
  WbCaseReport self = { case_document, language, words, zone, NULL, 0 };
  g_autoptr (GBytes) draft = NULL;
  guint pages = 0;

  if (zone == NULL || !has_head (case_document, error))
    return NULL;
  draft = draw_once (&self, 0, &pages, error);
  return draft != NULL ? draw_once (&self, pages, &pages, error) : NULL;
}
