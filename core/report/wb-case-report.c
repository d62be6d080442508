/* SPDX-License-Identifier: EUPL-1.2 */

/* report.pdf: the case document as people read it. Draws what stands in it, and nothing else. */
#include "wb-case-report.h"

#include <cairo-pdf.h>
#include <string.h>

#include "wb-error.h"
#include "wb-format.h"
#include "wb-sheet-private.h"

typedef struct {
  WbSheet *sheet;
  WbWords *words;
  WbZone *zone;
  WbLanguage language;
  JsonObject *document;
} Report;

static const char *
say (const Report *report, const char *key)
{
  return wb_words_get (report->words, report->language, key);
}

/* (nullable): a member that is text; JSON null and what is missing are the same. */
static const char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static JsonObject *
object_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
length_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node)
             ? json_array_get_length (json_node_get_array (node))
             : 0;
}

static JsonObject *
element_of (JsonObject *object, const char *name, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (object, name), i);
}

/* A member {"nl": …, "en": …} in the report's language. */
static const char *
both_of (const Report *report, JsonObject *object, const char *name)
{
  const char *text = text_of (object_of (object, name), wb_language_code (report->language));

  return text != NULL ? text : "";
}

/* An instant in the body's zone, as people read it; another text stays what it is. */
static char *
when (const Report *report, const char *text)
{
  WbInstant instant;
  WbDate date;

  if (text == NULL)
    return g_strdup ("–");
  if (wb_date_parse (text, &date, NULL))
    return wb_format_date (date, report->language);
  if (wb_instant_parse (text, &instant, NULL))
    return wb_format_instant (instant, report->zone, report->language);
  return g_strdup (text);
}

static void
row (const Report *report, const char *key, const char *value)
{
  if (value != NULL && *value != '\0')
    wb_sheet_row (report->sheet, say (report, key), value);
}

static void
draw_head (const Report *report)
{
  JsonObject *body = object_of (report->document, "body");
  JsonObject *signer = object_of (report->document, "signer");
  const char *profile = text_of (report->document, "profile");
  g_autofree char *made = when (report, text_of (report->document, "made"));
  g_autofree char *title = g_strdup_printf ("%s %s",
                                            say (report, "report.title"),
                                            text_of (report->document, "reference"));
  g_autofree char *key = g_strdup_printf ("profile.%s", profile);

  wb_sheet_title (report->sheet, title, text_of (body, "name"));
  row (report, "report.prepared_by", text_of (body, "name"));
  row (report, "report.made", made);
  row (report, "report.profile", say (report, key));
  row (report, "report.purpose", text_of (report->document, "purpose"));
  row (report, "report.signer", text_of (signer, "fingerprint"));
  if (g_strcmp0 (profile, "full") == 0)
    wb_sheet_note (report->sheet, say (report, "report.confidential"));
}

static void
draw_record (const Report *report, JsonObject *record)
{
  g_autofree char *title =
      g_strdup_printf ("%s  %s", text_of (record, "reference"), both_of (report, record, "label"));
  g_autofree char *created = when (report, text_of (record, "created"));
  g_autofree char *aside = g_strdup_printf ("%s", created);
  guint n = length_of (record, "fields");

  wb_sheet_subheading (report->sheet, title, aside);
  for (guint i = 0; i < n; i++) {
    JsonObject *field = element_of (record, "fields", i);

    wb_sheet_row (report->sheet, both_of (report, field, "label"), both_of (report, field, "text"));
  }
  if (n == 0)
    wb_sheet_note (report->sheet, say (report, "report.no_values"));
}

static gboolean
is_other (const char *type)
{
  static const char *const OWN[] = { "case", "allegation", "person", NULL };

  return type == NULL || !g_strv_contains (OWN, type);
}

/* @type: (nullable): NULL for the records that have no chapter of their own. */
static void
draw_records (const Report *report, const char *heading, const char *type, const char *note)
{
  guint n = length_of (report->document, "records");
  gboolean begun = FALSE;

  for (guint i = 0; i < n; i++) {
    JsonObject *record = element_of (report->document, "records", i);
    const char *of = text_of (record, "type");

    if (type != NULL ? g_strcmp0 (of, type) != 0 : !is_other (of))
      continue;
    if (!begun) {
      wb_sheet_heading (report->sheet, say (report, heading));
      if (note != NULL)
        wb_sheet_note (report->sheet, say (report, note));
    }
    begun = TRUE;
    draw_record (report, record);
  }
}

static void
draw_deadline (const Report *report, JsonObject *deadline)
{
  g_autofree char *kind = g_strdup_printf ("kind.%s", text_of (deadline, "kind"));
  g_autofree char *state = g_strdup_printf ("state.%s", text_of (deadline, "state"));
  g_autofree char *due = when (report, text_of (deadline, "due"));
  g_autofree char *latest = when (report, text_of (deadline, "latest"));
  g_autofree char *met = when (report, text_of (deadline, "met"));
  g_autofree char *outcome = text_of (deadline, "met") != NULL
                                 ? g_strdup_printf ("%s (%s)", say (report, state), met)
                                 : g_strdup (say (report, state));

  wb_sheet_subheading (report->sheet, both_of (report, deadline, "label"), say (report, kind));
  row (report,
       "deadline.due",
       text_of (deadline, "due") != NULL ? due : say (report, "deadline.no_length"));
  if (text_of (deadline, "latest") != NULL)
    row (report, "deadline.latest", latest);
  row (report, "deadline.state", outcome);
  row (report, "deadline.record", text_of (deadline, "record"));
  row (report, "deadline.sum", both_of (report, deadline, "sum"));
}

static void
draw_deadlines (const Report *report)
{
  guint n = length_of (report->document, "deadlines");

  if (n == 0)
    return;
  wb_sheet_heading (report->sheet, say (report, "report.deadlines"));
  wb_sheet_note (report->sheet, say (report, "report.deadlines_note"));
  for (guint i = 0; i < n; i++)
    draw_deadline (report, element_of (report->document, "deadlines", i));
}

static void
draw_evidence (const Report *report)
{
  guint n = length_of (report->document, "evidence");

  wb_sheet_heading (report->sheet, say (report, "report.evidence"));
  if (n == 0) {
    wb_sheet_paragraph (report->sheet, say (report, "report.none"));
    return;
  }
  wb_sheet_note (report->sheet, say (report, "evidence.note"));
  for (guint i = 0; i < n; i++) {
    JsonObject *item = element_of (report->document, "evidence", i);
    g_autofree char *title =
        g_strdup_printf ("%" G_GINT64_FORMAT "  %s",
                         json_object_get_int_member_with_default (item, "number", 0),
                         text_of (item, "name"));
    g_autofree char *size =
        wb_format_size ((guint64) json_object_get_int_member_with_default (item, "size", 0),
                        report->language);
    g_autofree char *date = when (report, text_of (item, "date"));
    g_autofree char *facts = g_strdup_printf ("%s · %s", text_of (item, "media_type"), size);

    wb_sheet_subheading (report->sheet, title, date);
    row (report, "evidence.file", text_of (item, "file"));
    row (report, "evidence.type", facts);
    row (report, "evidence.record", text_of (item, "record"));
    wb_sheet_code (report->sheet, text_of (item, "sha256"));
  }
}

static void
draw_withheld (const Report *report)
{
  guint n = length_of (report->document, "records");
  gboolean any = FALSE;

  wb_sheet_heading (report->sheet, say (report, "report.withheld"));
  for (guint i = 0; i < n; i++) {
    JsonObject *record = element_of (report->document, "records", i);
    g_autoptr (GString) names = g_string_new (NULL);

    for (guint j = 0; j < length_of (record, "withheld"); j++)
      g_string_append_printf (names,
                              "%s%s",
                              j > 0 ? ", " : "",
                              both_of (report, element_of (record, "withheld", j), "label"));
    if (names->len == 0)
      continue;
    if (!any)
      wb_sheet_note (report->sheet, say (report, "report.withheld_note"));
    any = TRUE;
    wb_sheet_row (report->sheet, text_of (record, "reference"), names->str);
  }
  if (!any)
    wb_sheet_paragraph (report->sheet, say (report, "report.nothing_withheld"));
}

static void
draw_log (const Report *report)
{
  JsonObject *log = object_of (report->document, "log");
  JsonObject *body = object_of (report->document, "body");
  g_autofree char *size = NULL;
  g_autofree char *entries = NULL;
  g_autofree char *command = NULL;

  wb_sheet_heading (report->sheet, say (report, "report.log"));
  wb_sheet_paragraph (report->sheet, say (report, "log.about"));
  if (log != NULL) {
    size = g_strdup_printf ("%" G_GINT64_FORMAT,
                            json_object_get_int_member_with_default (log, "size", 0));
    entries = g_strdup_printf ("%u", length_of (log, "entries"));
    row (report, "log.origin", text_of (log, "origin"));
    row (report, "log.size", size);
    row (report, "log.entries", entries);
  }
  row (report, "log.model", text_of (report->document, "model"));
  wb_sheet_gap (report->sheet, 6);
  wb_sheet_paragraph (report->sheet, say (report, "log.check"));
  command =
      g_strdup_printf ("ssh-keygen -Y verify -f allowed_signers -I %s -n case-bundle@waarborg -s "
                       "tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt",
                       text_of (body, "code"));
  wb_sheet_code (report->sheet, command);
  wb_sheet_paragraph (report->sheet, say (report, "log.fingerprint"));
  wb_sheet_code (report->sheet, text_of (object_of (report->document, "signer"), "fingerprint"));
  wb_sheet_paragraph (report->sheet, say (report, "log.limit"));
}

static guint
draw_all (Report *report, cairo_surface_t *surface, guint n_pages)
{
  g_autofree char *head = g_strdup_printf ("%s · %s",
                                           text_of (object_of (report->document, "body"), "name"),
                                           text_of (report->document, "reference"));

  report->sheet = wb_sheet_new (surface, head, say (report, "report.page"), n_pages);
  draw_head (report);
  draw_records (report, "report.case", "case", NULL);
  draw_records (report, "report.allegations", "allegation", NULL);
  draw_records (report, "report.persons", "person", "report.persons_note");
  draw_records (report, "report.others", NULL, NULL);
  draw_deadlines (report);
  draw_evidence (report);
  draw_withheld (report);
  draw_log (report);
  return wb_sheet_finish (report->sheet);
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *bytes, unsigned int size)
{
  g_byte_array_append (closure, bytes, size);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
count_bytes (void *closure, const unsigned char *bytes, unsigned int size)
{
  return CAIRO_STATUS_SUCCESS;
}

/* The document alone decides what the file says of itself: title and time, nobody's name. */
static void
set_metadata (cairo_surface_t *surface, JsonObject *document)
{
  const char *made = text_of (document, "made");
  g_autofree char *seconds = g_strndup (made != NULL ? made : "", 19);
  g_autofree char *date = g_strconcat (seconds, "Z", NULL);

  cairo_pdf_surface_set_metadata (surface,
                                  CAIRO_PDF_METADATA_TITLE,
                                  text_of (document, "reference"));
  if (strlen (date) == 20)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

static gboolean
check_document (JsonObject *document, GError **error)
{
  if (text_of (document, "reference") != NULL && object_of (document, "body") != NULL &&
      text_of (object_of (document, "body"), "name") != NULL &&
      object_of (document, "signer") != NULL)
    return TRUE;
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("The case document lacks its head: export the case again."));
  return FALSE;
}

static GBytes *
draw_pdf (Report *report, guint n_pages, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_bytes, bytes, WB_SHEET_WIDTH, WB_SHEET_HEIGHT);
  cairo_status_t status;

  set_metadata (surface, report->document);
  (void) draw_all (report, surface, n_pages);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, WB_ERROR, WB_ERROR_IO, "%s", cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * wb_case_report_draw:
 * @case_document: the case document (docs/case-json.md)
 * @language: of headings and labels
 * @error: return location for an error
 *
 * Draws the report in A4. It holds what the document holds: redaction is the document's.
 *
 * Returns: (transfer full): a PDF file
 */
GBytes *
wb_case_report_draw (JsonObject *case_document, WbLanguage language, GError **error)
{
  Report report = { 0 };
  g_autoptr (WbWords) words = NULL;
  g_autoptr (WbZone) zone = NULL;
  const char *zone_name;
  cairo_surface_t *counting;
  guint pages;

  if (!check_document (case_document, error))
    return NULL;
  words = wb_words_load ("report/words.tsv", error);
  if (words == NULL)
    return NULL;
  zone_name = text_of (object_of (case_document, "body"), "zone");
  zone = wb_zone_new (zone_name != NULL ? zone_name : "Europe/Amsterdam", error);
  if (zone == NULL)
    return NULL;
  report.words = words;
  report.zone = zone;
  report.language = language;
  report.document = case_document;
  counting =
      cairo_pdf_surface_create_for_stream (count_bytes, NULL, WB_SHEET_WIDTH, WB_SHEET_HEIGHT);
  pages = draw_all (&report, counting, 0);
  cairo_surface_destroy (counting);
  return draw_pdf (&report, pages, error);
}
