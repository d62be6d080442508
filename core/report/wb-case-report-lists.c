/* SPDX-License-Identifier: EUPL-1.2 */

/* The lists of the report: deadlines with their sums, evidence with its sums, the log. */
#include "wb-case-report-private.h"

#define DEADLINE_HEIGHT 132.0 /* of most: one is not to be broken over two pages */
#define CHECK_HEIGHT 150.0    /* of how to check */

static WbReportMark
find_mark (const char *kind)
{
  static const struct {
    const char *kind;
    WbReportMark mark;
  } marks[] = { { "law", WB_REPORT_MARK_SOLID },
                { "watch", WB_REPORT_MARK_DOUBLE },
                { "bar", WB_REPORT_MARK_BLOCK },
                { "policy", WB_REPORT_MARK_DASHED } };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (kind, marks[i].kind))
      return marks[i].mark;
  return WB_REPORT_MARK_HOLLOW;
}

static char *
format_state (const WbCaseReport *self, JsonObject *deadline)
{
  const char *state = wb_case_report_text (deadline, "state");
  const char *met = wb_case_report_text (deadline, "met");
  g_autofree char *day = wb_case_report_when (self, met);

  if (met[0] != '\0' && g_str_equal (state, "met"))
    return g_strdup_printf (wb_case_report_word (self, "deadline.met_on"), day);
  return g_strdup (wb_case_report_word_of (self, "state", state));
}

static void
draw_row (WbCaseReport *self, const char *key, const char *value)
{
  if (value[0] != '\0')
    wb_report_page_row (self->page, wb_case_report_word (self, key), value, WB_REPORT_BODY);
}

static void
draw_dates (WbCaseReport *self, JsonObject *deadline)
{
  const char *due = wb_case_report_text (deadline, "due");
  g_autofree char *start = wb_case_report_when (self, wb_case_report_text (deadline, "start"));
  g_autofree char *last = wb_case_report_when (self, due);
  g_autofree char *latest = wb_case_report_when (self, wb_case_report_text (deadline, "latest"));

  draw_row (self, "deadline.start", start);
  wb_report_page_row (self->page,
                      wb_case_report_word (self, "deadline.due"),
                      due[0] != '\0' ? last : wb_case_report_word (self, "deadline.no_length"),
                      WB_REPORT_STRONG);
  if (!g_str_equal (latest, last))
    draw_row (self, "deadline.latest", latest);
}

static void
draw_deadline (WbCaseReport *self, JsonObject *deadline)
{
  const char *kind = wb_case_report_text (deadline, "kind");
  const char *sum = wb_case_report_label (self, deadline, "sum");
  const char *english = wb_case_report_text (wb_case_report_object (deadline, "sum"), "en");
  const char *basis = wb_case_report_text (deadline, "basis");
  g_autofree char *state = format_state (self, deadline);
  g_autofree char *heading = g_strdup_printf ("%s: %s",
                                              wb_case_report_word_of (self, "kind", kind),
                                              wb_case_report_label (self, deadline, "label"));

  wb_report_page_keep (self->page, DEADLINE_HEIGHT);
  wb_report_page_mark_begin (self->page, find_mark (kind));
  wb_report_page_subsection (self->page, heading, state);
  draw_dates (self, deadline);
  draw_row (self, "deadline.sum", sum);
  if (strstr (sum, basis) == NULL && strstr (english, basis) == NULL) /* a sum ends with it */
    draw_row (self, "deadline.basis", basis);
  draw_row (self, "deadline.record", wb_case_report_text (deadline, "record"));
  wb_report_page_mark_end (self->page);
  wb_report_page_space (self->page, 11);
}

/**
 * wb_case_report_draw_deadlines:
 * @self: a report
 *
 * Each deadline with its kind, its state and the sum that gave its date.
 */
void
wb_case_report_draw_deadlines (WbCaseReport *self)
{
  g_autoptr (JsonArray) deadlines = wb_case_report_array (self->document, "deadlines");

  if (json_array_get_length (deadlines) == 0)
    return;
  wb_case_report_section (self, "report.deadlines");
  wb_report_page_text (self->page,
                       WB_REPORT_SMALL,
                       wb_case_report_word (self, "report.deadlines_note"));
  wb_report_page_space (self->page, 8);
  for (guint i = 0; i < json_array_get_length (deadlines); i++)
    draw_deadline (self, wb_case_report_element (deadlines, i));
}

static const double evidence_widths[] = { 0.06, 0.24, 0.35, 0.11, 0.24 };

static void
draw_evidence_head (WbCaseReport *self)
{
  const char *texts[] = { wb_case_report_word (self, "evidence.number"),
                          wb_case_report_word (self, "evidence.file"),
                          wb_case_report_word (self, "evidence.name"),
                          wb_case_report_word (self, "evidence.size"),
                          wb_case_report_word (self, "evidence.date") };

  wb_report_page_cells (self->page,
                        WB_REPORT_LABEL,
                        G_N_ELEMENTS (evidence_widths),
                        evidence_widths,
                        texts);
  wb_report_page_rule (self->page);
}

static void
draw_evidence_item (WbCaseReport *self, JsonObject *item)
{
  static const double sum_widths[] = { 0.06, 0.94 };
  g_autofree char *number =
      g_strdup_printf ("%" G_GINT64_FORMAT, wb_case_report_number (item, "number"));
  g_autofree char *size =
      wb_format_size ((guint64) wb_case_report_number (item, "size"), self->language);
  g_autofree char *date = wb_case_report_when (self, wb_case_report_text (item, "date"));
  const char *texts[] = { number,
                          wb_case_report_text (item, "file"),
                          wb_case_report_text (item, "name"),
                          size,
                          date };
  const char *sum[] = { "", wb_case_report_text (item, "sha256") };

  wb_report_page_keep (self->page, 44);
  wb_report_page_cells (self->page,
                        WB_REPORT_BODY,
                        G_N_ELEMENTS (evidence_widths),
                        evidence_widths,
                        texts);
  wb_report_page_cells (self->page, WB_REPORT_MONO, G_N_ELEMENTS (sum_widths), sum_widths, sum);
  wb_report_page_space (self->page, 2);
  wb_report_page_rule (self->page);
}

static gboolean
has_record (JsonObject *document, const char *type)
{
  g_autoptr (JsonArray) records = wb_case_report_array (document, "records");

  for (guint i = 0; i < json_array_get_length (records); i++)
    if (g_str_equal (wb_case_report_text (wb_case_report_element (records, i), "type"), type))
      return TRUE;
  return FALSE;
}

/**
 * wb_case_report_draw_evidence:
 * @self: a report
 *
 * The files in the bundle with their sums, then what is recorded of them.
 */
void
wb_case_report_draw_evidence (WbCaseReport *self)
{
  g_autoptr (JsonArray) items = wb_case_report_array (self->document, "evidence");

  if (json_array_get_length (items) == 0 && !has_record (self->document, "evidence"))
    return;
  wb_case_report_section (self, "report.evidence");
  if (json_array_get_length (items) == 0)
    wb_report_page_text (self->page, WB_REPORT_SMALL, wb_case_report_word (self, "evidence.none"));
  else {
    wb_report_page_text (self->page, WB_REPORT_SMALL, wb_case_report_word (self, "evidence.note"));
    wb_report_page_space (self->page, 8);
    draw_evidence_head (self);
  }
  for (guint i = 0; i < json_array_get_length (items); i++)
    draw_evidence_item (self, wb_case_report_element (items, i));
  wb_report_page_space (self->page, 10);
  wb_case_report_draw_records (self, "evidence", NULL);
}

static gint64
get_number (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

/* 3, 4, 9: a run of three or more is written 3-5. */
static char *
format_entries (JsonArray *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint count = json_array_get_length (entries);

  for (guint i = 0; i < count;) {
    gint64 first = get_number (entries, i);
    guint run = 1;

    while (i + run < count && get_number (entries, i + run) == first + run)
      run++;
    if (run < 3)
      run = 1;
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", first);
    if (run > 1)
      g_string_append_printf (text, "–%" G_GINT64_FORMAT, first + run - 1);
    i += run;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
draw_log_facts (WbCaseReport *self)
{
  JsonObject *log = wb_case_report_object (self->document, "log");
  g_autoptr (JsonArray) entries = wb_case_report_array (log, "entries");
  g_autofree char *numbers = format_entries (entries);
  g_autofree char *size =
      g_strdup_printf ("%" G_GINT64_FORMAT, wb_case_report_number (log, "size"));

  wb_report_page_row (self->page,
                      wb_case_report_word (self, "log.origin"),
                      wb_case_report_text (log, "origin"),
                      WB_REPORT_MONO);
  draw_row (self, "log.size", size);
  draw_row (self, "log.entries", numbers);
  draw_row (self, "log.model", wb_case_report_text (self->document, "model"));
}

/**
 * wb_case_report_draw_log:
 * @self: a report
 *
 * On which log the case rests, and how to check that without the program.
 */
void
wb_case_report_draw_log (WbCaseReport *self)
{
  const char *code = wb_case_report_text (wb_case_report_object (self->document, "body"), "code");
  const char *fingerprint =
      wb_case_report_text (wb_case_report_object (self->document, "signer"), "fingerprint");
  g_autofree char *command =
      g_strdup_printf ("ssh-keygen -Y verify -f allowed_signers -I %s -n case-bundle@waarborg \\\n"
                       "    -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt",
                       code);

  wb_case_report_section (self, "report.log");
  wb_report_page_text (self->page, WB_REPORT_BODY, wb_case_report_word (self, "log.about"));
  wb_report_page_space (self->page, 8);
  draw_log_facts (self);
  wb_report_page_space (self->page, 8);
  wb_report_page_keep (self->page, CHECK_HEIGHT);
  wb_report_page_text (self->page, WB_REPORT_BODY, wb_case_report_word (self, "log.check"));
  wb_report_page_space (self->page, 6);
  wb_report_page_box (self->page, WB_REPORT_MONO, command);
  wb_report_page_text (self->page, WB_REPORT_BODY, wb_case_report_word (self, "log.fingerprint"));
  wb_report_page_space (self->page, 6);
  wb_report_page_box (self->page, WB_REPORT_MONO, fingerprint);
  wb_report_page_text (self->page, WB_REPORT_BODY, wb_case_report_word (self, "log.limit"));
}
