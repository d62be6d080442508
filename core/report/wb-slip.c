/* SPDX-License-Identifier: EUPL-1.2 */

/* What stands on a receipt slip, and its text form. It sees no record: what it is not given, it
 * cannot tell. */
#include "wb-slip-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

static const WbSlipRow ROWS[] = {
  { "label_reference", G_STRUCT_OFFSET (WbSlip, reference), TRUE },
  { "label_phone", G_STRUCT_OFFSET (WbSlip, phone), TRUE },
  { "label_email", G_STRUCT_OFFSET (WbSlip, email), FALSE },
  { "label_web", G_STRUCT_OFFSET (WbSlip, web), FALSE },
  { "label_address", G_STRUCT_OFFSET (WbSlip, address), FALSE },
};

static const char *const SENTENCES[] = { "ask", "free", "safe", "withdraw" };
static const char *const CHILD_SENTENCES[] = { "child_ask",
                                               "child_free",
                                               "child_safe",
                                               "child_withdraw" };
G_STATIC_ASSERT (G_N_ELEMENTS (SENTENCES) == WB_SLIP_N_SENTENCES);
G_STATIC_ASSERT (G_N_ELEMENTS (CHILD_SENTENCES) == WB_SLIP_N_SENTENCES);
G_STATIC_ASSERT (G_N_ELEMENTS (ROWS) == WB_SLIP_N_ROWS);

void
wb_slip_free (WbSlip *self)
{
  if (self == NULL)
    return;
  wb_slip_text_free (self->text);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->web);
  g_free (self->address);
  g_free (self->reference);
  g_free (self);
}

/**
 * wb_paper_parse:
 * @text: "a6", "a5" or "a4"
 * @ret_paper: (out): the size
 *
 * Returns: whether there is such a size
 */
gboolean
wb_paper_parse (const char *text, WbPaper *ret_paper)
{
  static const char *const NAMES[] = { "a6", "a5", "a4" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    if (g_ascii_strcasecmp (text, NAMES[i]) == 0) {
      *ret_paper = (WbPaper) i;
      return TRUE;
    }
  }
  return FALSE;
}

/* (nullable): what stands in a row: nothing that is not known, and little on a plain slip. */
const char *
wb_slip_get_row (const WbSlip *self, guint row, const char **ret_label)
{
  const char *value = G_STRUCT_MEMBER (const char *, self, ROWS[row].offset);

  if (value == NULL || *value == '\0' || (self->plain && !ROWS[row].plain))
    return NULL;
  *ret_label = wb_slip_text_get (self->text, ROWS[row].label);
  return value;
}

/* The key of a sentence. */
const char *
wb_slip_get_sentence (const WbSlip *self, guint i)
{
  return wb_slip_text_get (self->text, self->child ? CHILD_SENTENCES[i] : SENTENCES[i]);
}

const char *
wb_slip_get_title (const WbSlip *self)
{
  return wb_slip_text_get (self->text, self->child ? "child_title" : "title");
}

static gboolean
is_reachable (const WbSlip *self)
{
  const char *label;
  guint n = 0;

  for (guint i = WB_SLIP_CONTACTS; i < WB_SLIP_N_ROWS; i++)
    n += wb_slip_get_row (self, i, &label) != NULL;
  return n > 0;
}

/* (nullable): the first text that the slip needs and the language lacks. */
static const char *
find_missing (const WbSlip *self)
{
  const char *label = NULL;

  for (guint i = 0; i < WB_SLIP_N_ROWS; i++) {
    if (wb_slip_get_row (self, i, &label) != NULL && label == NULL)
      return ROWS[i].label;
  }
  if (wb_slip_text_get (self->text, "label_date") == NULL)
    return "label_date";
  if (self->plain)
    return NULL;
  if (wb_slip_get_title (self) == NULL)
    return self->child ? "child_title" : "title";
  for (guint i = 0; i < WB_SLIP_N_SENTENCES; i++) {
    if (wb_slip_get_sentence (self, i) == NULL)
      return self->child ? CHILD_SENTENCES[i] : SENTENCES[i];
  }
  return NULL;
}

/**
 * wb_slip_check:
 * @self: a slip
 * @error: return location for an error; %WB_ERROR_INVALID where the body cannot be reached, or a
 *   text is missing
 *
 * Returns: whether it can be given
 */
gboolean
wb_slip_check (const WbSlip *self, GError **error)
{
  const char *missing;

  if (!is_reachable (self)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         self->plain
                             ? _ ("The telephone number of the body is not known: record it in the "
                                  "body’s settings (field “phone”) first.")
                             : _ ("Nobody could reach the body by this slip: record its telephone "
                                  "number, email or address in the body’s settings first."));
    return FALSE;
  }
  missing = find_missing (self);
  if (missing != NULL)
    g_set_error (error,
                 WB_ERROR,
                 WB_ERROR_INVALID,
                 _ ("The text of the slip in the language %s lacks “%s”: record it in the body’s "
                    "own text (record type “template”)."),
                 wb_slip_text_get_language (self->text),
                 missing);
  return missing == NULL;
}

static void
append_row (GString *text, const char *label, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  g_string_append_printf (text, "%s\n", label);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "  %s\n", lines[i]);
}

static void
append_rows (const WbSlip *self, GString *text, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    const char *label = NULL;
    const char *value = wb_slip_get_row (self, i, &label);

    if (value != NULL)
      append_row (text, label, value);
  }
}

/**
 * wb_slip_to_text:
 * @self: a slip that wb_slip_check() accepts
 *
 * Returns: (transfer full): the same as lines of text, to be read out or copied by hand
 */
char *
wb_slip_to_text (const WbSlip *self)
{
  g_autofree char *date = wb_slip_text_format_date (self->text, self->received);
  GString *text = g_string_new (NULL);

  if (!self->plain)
    g_string_append_printf (text, "%s\n%s\n\n", self->name, wb_slip_get_title (self));
  append_rows (self, text, 0, WB_SLIP_CONTACTS);
  append_row (text, wb_slip_text_get (self->text, "label_date"), date);
  for (guint i = 0; !self->plain && i < WB_SLIP_N_SENTENCES; i++)
    g_string_append_printf (text, "\n%s\n", wb_slip_get_sentence (self, i));
  if (!self->plain)
    g_string_append_c (text, '\n');
  append_rows (self, text, WB_SLIP_CONTACTS, WB_SLIP_N_ROWS);
  return g_string_free (text, FALSE);
}
