/* SPDX-License-Identifier: EUPL-1.2 */

/* A sheet of paper of which the caller says every word: declarations, receipts, slips. */
#include "wb-sheet.h"

#include <string.h>

#include "wb-code.h"
#include "wb-format.h"
#include "wb-report-page-private.h"

#define CODE_SIZE 150  /* points: 53 mm, for the camera of any telephone */
#define LABEL_WIDTH 28 /* places of the label in the text form */

typedef struct {
  char *label; /* (nullable): of a row; NULL: a text or a heading */
  char *value;
  gboolean heading;
  gboolean code; /* a QR code of the value */
} Part;

struct _WbSheet {
  char *body, *title, *made;
  GPtrArray *parts; /* (element-type Part) */
};

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->label);
  g_free (part->value);
  g_free (part);
}

/**
 * wb_sheet_new:
 * @body: name of the body that gives it
 * @title: what it is
 * @made: when, RFC 3339
 *
 * Returns: (transfer full): a sheet with nothing on it yet
 */
WbSheet *
wb_sheet_new (const char *body, const char *title, const char *made)
{
  WbSheet *self = g_new0 (WbSheet, 1);

  self->body = g_strdup (body);
  self->title = g_strdup (title);
  self->made = g_strdup (made);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
wb_sheet_free (WbSheet *self)
{
  if (self == NULL)
    return;
  g_free (self->body);
  g_free (self->title);
  g_free (self->made);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static void
add_part (WbSheet *self, const char *label, const char *value, gboolean heading)
{
  Part *part = g_new0 (Part, 1);

  part->label = g_strdup (label);
  part->value = g_strdup (value);
  part->heading = heading;
  g_ptr_array_add (self->parts, part);
}

/**
 * wb_sheet_add:
 * @self: a sheet
 * @label: what the value is
 * @value: (nullable): the value; without one there is no row
 */
void
wb_sheet_add (WbSheet *self, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    add_part (self, label, value, FALSE);
}

/**
 * wb_sheet_add_heading:
 * @self: a sheet
 * @text: above what follows
 */
void
wb_sheet_add_heading (WbSheet *self, const char *text)
{
  add_part (self, NULL, text, TRUE);
}

/**
 * wb_sheet_add_text:
 * @self: a sheet
 * @text: one or more sentences
 */
void
wb_sheet_add_text (WbSheet *self, const char *text)
{
  add_part (self, NULL, text, FALSE);
}

/**
 * wb_sheet_add_code:
 * @self: a sheet
 * @text: at most %WB_CODE_TEXT_MAX bytes; on paper a QR code, in the text form itself
 */
void
wb_sheet_add_code (WbSheet *self, const char *text)
{
  add_part (self, NULL, text, FALSE);
  ((Part *) g_ptr_array_index (self->parts, self->parts->len - 1))->code = TRUE;
}

static void
append_row (GString *text, const Part *part)
{
  g_auto (GStrv) lines = g_strsplit (part->value, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *label = i == 0 ? part->label : "";

    g_string_append (text, label);
    for (glong at = g_utf8_strlen (label, -1); at < LABEL_WIDTH; at++)
      g_string_append_c (text, ' ');
    g_string_append_printf (text, " %s\n", lines[i]);
  }
}

/**
 * wb_sheet_to_text:
 * @self: a sheet
 *
 * Returns: (transfer full): the same as lines of text
 */
char *
wb_sheet_to_text (const WbSheet *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n%s\n\n", self->body, self->title);
  for (guint i = 0; i < self->parts->len; i++) {
    const Part *part = g_ptr_array_index (self->parts, i);

    if (part->label != NULL)
      append_row (text, part);
    else
      g_string_append_printf (text, "%s%s\n", i > 0 ? "\n" : "", part->value);
  }
  return g_string_free (text, FALSE);
}

static gboolean
draw_code (WbReportPage *page, const char *text, GError **error)
{
  guint width;
  g_autoptr (GBytes) modules = wb_code_make (text, &width, error);

  if (modules == NULL)
    return FALSE;
  wb_report_page_space (page, 10);
  wb_report_page_modules (page, g_bytes_get_data (modules, NULL), width, CODE_SIZE);
  return TRUE;
}

static gboolean
draw_part (WbReportPage *page, const Part *part, GError **error)
{
  if (part->code)
    return draw_code (page, part->value, error);
  if (part->label != NULL) {
    wb_report_page_row (page, part->label, part->value, WB_REPORT_BODY);
    return TRUE;
  }
  wb_report_page_space (page, 10);
  if (part->heading)
    wb_report_page_section (page, part->value);
  else
    wb_report_page_text (page, WB_REPORT_BODY, part->value);
  return TRUE;
}

static GBytes *
draw_once (const WbSheet *self, const char *number, guint pages, guint *ret_pages, GError **error)
{
  WbReportSetup setup = { self->title, self->title, self->body, number, self->made, pages };
  WbReportPage *page = wb_report_page_new (&setup);
  g_autoptr (GBytes) pdf = NULL;
  gboolean drawn = TRUE;

  wb_report_page_banner (page, self->body, "");
  wb_report_page_text (page, WB_REPORT_TITLE, self->title);
  wb_report_page_space (page, 14);
  for (guint i = 0; i < self->parts->len && drawn; i++)
    drawn = draw_part (page, g_ptr_array_index (self->parts, i), error);
  pdf = wb_report_page_finish (page, ret_pages, drawn ? error : NULL);
  return drawn ? g_steal_pointer (&pdf) : NULL;
}

/**
 * wb_sheet_draw:
 * @self: a sheet
 * @language: of what the page itself says
 * @error: return location for an error
 *
 * Returns: (transfer full): a PDF
 */
GBytes *
wb_sheet_draw (const WbSheet *self, WbLanguage language, GError **error)
{
  g_autoptr (WbWords) words = wb_words_load ("report/words.tsv", error);
  g_autoptr (GBytes) draft = NULL;
  const char *number;
  guint pages = 0;

  if (words == NULL)
    return NULL;
  number = wb_words_get (words, language, "report.page");
  draft = draw_once (self, number, 0, &pages, error);
  return draft != NULL ? draw_once (self, number, pages, &pages, error) : NULL;
}
