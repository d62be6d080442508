/* SPDX-License-Identifier: EUPL-1.2 */

/* What a receipt slip says, language by language: data, to which a body adds its own. */
#include "wb-slip-text.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-resources.h"

#define FILE_NAME "text/slip.tsv"
#define HEADER "language\tstatus\tkey\ttext"
#define MONTHS 12

/* Those that a body's own text may have; "also" lists other codes of the language. */
static const char *const KEYS[] = {
  "months",
  "date_form",
  "title",
  "label_reference",
  "label_date",
  "label_phone",
  "label_email",
  "label_web",
  "label_address",
  "ask",
  "free",
  "safe",
  "withdraw",
  "child_title",
  "child_ask",
  "child_free",
  "child_safe",
  "child_withdraw",
  NULL,
};

struct _WbSlipText {
  char *language;
  gboolean reviewed;
  GHashTable *texts; /* char * -> char * */
};

/**
 * wb_slip_text_list_keys:
 *
 * Returns: (transfer none): the keys, which are fields of a body's own text, too
 */
const char *const *
wb_slip_text_list_keys (void)
{
  return KEYS;
}

/**
 * wb_slip_text_new:
 * @language: ISO 639-3
 * @reviewed: whether a sworn translator read it
 *
 * Returns: (transfer full): a language without a text yet
 */
WbSlipText *
wb_slip_text_new (const char *language, gboolean reviewed)
{
  WbSlipText *self = g_new0 (WbSlipText, 1);

  self->language = g_strdup (language);
  self->reviewed = reviewed;
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
wb_slip_text_free (WbSlipText *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_free (self);
}

/**
 * wb_slip_text_set:
 * @self: a language
 * @key: which text
 * @text: what it is from now on
 */
void
wb_slip_text_set (WbSlipText *self, const char *key, const char *text)
{
  g_hash_table_insert (self->texts, g_strdup (key), g_strdup (text));
}

const char *
wb_slip_text_get (const WbSlipText *self, const char *key)
{
  return g_hash_table_lookup (self->texts, key);
}

const char *
wb_slip_text_get_language (const WbSlipText *self)
{
  return self->language;
}

gboolean
wb_slip_text_is_reviewed (const WbSlipText *self)
{
  return self->reviewed;
}

void
wb_slip_text_set_reviewed (WbSlipText *self, gboolean reviewed)
{
  self->reviewed = reviewed;
}

/**
 * wb_slip_text_speaks:
 * @self: a language
 * @code: two or three letters, such as "ar" or "arb"
 *
 * Returns: whether they mean this language as it is written
 */
gboolean
wb_slip_text_speaks (const WbSlipText *self, const char *code)
{
  const char *also = wb_slip_text_get (self, "also");
  g_auto (GStrv) codes = also != NULL ? g_strsplit (also, " ", -1) : NULL;

  return g_str_equal (self->language, code) ||
         (codes != NULL && g_strv_contains ((const char *const *) codes, code));
}

static char *
find_month (const WbSlipText *self, int month)
{
  const char *names = wb_slip_text_get (self, "months");
  g_auto (GStrv) months = names != NULL ? g_strsplit (names, " ", -1) : NULL;

  if (months == NULL || g_strv_length (months) != MONTHS)
    return g_strdup_printf ("%02d", month);
  return g_strdup (months[month - 1]);
}

/**
 * wb_slip_text_format_date:
 * @self: a language
 * @date: a day
 *
 * Returns: (transfer full): the day in the language's own form; year-month-day where it has none
 */
char *
wb_slip_text_format_date (const WbSlipText *self, WbDate date)
{
  const char *form = wb_slip_text_get (self, "date_form");
  g_autoptr (GString) text = g_string_new (form);
  g_autofree char *year = g_strdup_printf ("%d", date.year);
  g_autofree char *month = g_strdup_printf ("%02d", date.month);
  g_autofree char *day = g_strdup_printf ("%d", date.day);
  g_autofree char *name = find_month (self, date.month);

  if (form == NULL)
    return wb_date_format (date);
  g_string_replace (text, "{year}", year, 0);
  g_string_replace (text, "{month}", month, 0);
  g_string_replace (text, "{day}", day, 0);
  g_string_replace (text, "{name}", name, 0);
  return g_strdup (text->str);
}

static gboolean
fail (guint line, GError **error)
{
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_DAMAGED,
               _ ("Line %u of %s is wrong (%s): install Waarborg again."),
               line,
               FILE_NAME,
               "language, status, key, text");
  return FALSE;
}

/* Lines of one language stand together. */
static gboolean
add_line (GPtrArray *all, const char *line, guint number, GError **error)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", -1);
  WbSlipText *last = all->len > 0 ? g_ptr_array_index (all, all->len - 1) : NULL;
  gboolean reviewed;

  if (g_strv_length (columns) != 4 || *columns[3] == '\0' ||
      (!g_str_equal (columns[2], "also") && !g_strv_contains (KEYS, columns[2])))
    return fail (number, error);
  reviewed = !g_str_equal (columns[1], "no");
  if (reviewed && !g_str_equal (columns[1], "yes") && !g_str_equal (columns[1], "source"))
    return fail (number, error);
  if (last == NULL || !g_str_equal (last->language, columns[0])) {
    last = wb_slip_text_new (columns[0], reviewed);
    g_ptr_array_add (all, last);
  }
  if (wb_slip_text_get (last, columns[2]) != NULL)
    return fail (number, error);
  last->reviewed = last->reviewed && reviewed; /* as sure as its least sure line */
  wb_slip_text_set (last, columns[2], columns[3]);
  return TRUE;
}

/**
 * wb_slip_text_parse:
 * @text: a first line "language TAB status TAB key TAB text", then a line a text; status is
 *   "source", "yes" (read by a sworn translator) or "no"
 * @size: its length in bytes
 * @error: return location for an error; %WB_ERROR_DAMAGED, naming the line
 *
 * Returns: (transfer full) (element-type WbSlipText): the languages, in order
 */
GPtrArray *
wb_slip_text_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_slip_text_free);
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean headed = FALSE;

  if (!wb_text_check (text, size, error))
    return NULL;
  copy = g_strndup (text, size);
  lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    if (headed ? !add_line (all, lines[i], i + 1, error)
               : !g_str_equal (lines[i], HEADER) && !fail (i + 1, error))
      return NULL;
    headed = TRUE;
  }
  return g_steal_pointer (&all);
}

/**
 * wb_slip_text_load_all:
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WbSlipText): the languages that the program brings
 */
GPtrArray *
wb_slip_text_load_all (GError **error)
{
  g_autoptr (GBytes) bytes = wb_core_resource (FILE_NAME, error);

  if (bytes == NULL)
    return NULL;
  return wb_slip_text_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}
