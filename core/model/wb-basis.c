/* SPDX-License-Identifier: EUPL-1.2 */
/* Acts of law that fields name as their basis, with how sure it is that they say so: reads
 * bases.tsv. */
#include "wb-model-private.h"

#include <string.h>

#include "wb-encoding.h"
#include "wb-error.h"

#define FILE_NAME "bases.tsv"
#define HEADER "act\tlabel_nl\tlabel_en\tcertainty"
#define BASES_MAX 1000 /* acts of law in one list */

enum { COLUMN_ACT, COLUMN_NL, COLUMN_EN, COLUMN_CERTAINTY, N_COLUMNS };

static void
basis_free (WbBasis *self)
{
  g_free (self->act);
  g_free (self->label[WB_LANGUAGE_NL]);
  g_free (self->label[WB_LANGUAGE_EN]);
  g_free (self->certainty);
  g_free (self);
}

static gboolean
refuse_line (guint line, GError **error, const char *what)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("%s, line %u: %s"), FILE_NAME, line, what);
  return FALSE;
}

/* "[?]" 0, "[K]" 1, "[V:key]" 2, anything else -1 */
static int
rank (const char *certainty)
{
  gsize length = strlen (certainty);

  if (strcmp (certainty, "[?]") == 0)
    return 0;
  if (strcmp (certainty, "[K]") == 0)
    return 1;
  return g_str_has_prefix (certainty, "[V:") && length > 4 && certainty[length - 1] == ']' ? 2 : -1;
}

static gboolean
load_line (GPtrArray *bases, const char *text, guint line, GError **error)
{
  g_auto (GStrv) columns = g_strsplit (text, "\t", N_COLUMNS + 1);
  WbBasis *basis;

  if (g_strv_length (columns) != N_COLUMNS)
    return refuse_line (line, error, _ ("four columns with a tab between are needed."));
  for (guint i = 0; i < N_COLUMNS; i++)
    if (*columns[i] == '\0')
      return refuse_line (line, error, _ ("no column may be empty."));
  if (rank (columns[COLUMN_CERTAINTY]) < 0)
    return refuse_line (line, error, _ ("the certainty must be [V:source], [K] or [?]."));
  if (bases->len >= BASES_MAX)
    return refuse_line (line, error, _ ("the list is too long."));
  for (guint i = 0; i < bases->len; i++)
    if (strcmp (((WbBasis *) g_ptr_array_index (bases, i))->act, columns[COLUMN_ACT]) == 0)
      return refuse_line (line, error, _ ("this act is given twice: keep one."));
  basis = g_new0 (WbBasis, 1);
  basis->act = g_strdup (columns[COLUMN_ACT]);
  basis->label[WB_LANGUAGE_NL] = g_strdup (columns[COLUMN_NL]);
  basis->label[WB_LANGUAGE_EN] = g_strdup (columns[COLUMN_EN]);
  basis->certainty = g_strdup (columns[COLUMN_CERTAINTY]);
  g_ptr_array_add (bases, basis);
  return TRUE;
}

GPtrArray *
wb_bases_load (GBytes *tsv, GError **error)
{
  g_autoptr (GPtrArray) bases = g_ptr_array_new_with_free_func ((GDestroyNotify) basis_free);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  gsize size = 0;
  const char *bytes = g_bytes_get_data (tsv, &size);

  text = g_strndup (size > 0 ? bytes : "", size);
  if (!wb_text_check (text, size, error)) {
    g_prefix_error (error, "%s: ", FILE_NAME);
    return NULL;
  }
  lines = g_strsplit (text, "\n", -1);
  if (lines[0] == NULL || strcmp (lines[0], HEADER) != 0) {
    refuse_line (1, error, _ ("the first line must name the four columns."));
    return NULL;
  }
  for (guint i = 1; lines[i] != NULL; i++) {
    if (*lines[i] == '\0' && lines[i + 1] == NULL)
      break;
    if (!load_line (bases, lines[i], i + 1, error))
      return NULL;
  }
  return g_steal_pointer (&bases);
}

/* The entry that says most of what @part begins with. */
static const WbBasis *
find_basis (GPtrArray *bases, const char *part)
{
  const WbBasis *best = NULL;

  for (guint i = 0; i < bases->len; i++) {
    const WbBasis *basis = g_ptr_array_index (bases, i);

    if (g_str_has_prefix (part, basis->act) &&
        (best == NULL || strlen (basis->act) > strlen (best->act)))
      best = basis;
  }
  return best;
}

const char *
wb_bases_judge (GPtrArray *bases, const char *basis)
{
  g_auto (GStrv) parts = g_strsplit (basis, ";", -1);
  const char *weakest = NULL;

  for (guint i = 0; parts[i] != NULL; i++) {
    const WbBasis *found = find_basis (bases, g_strstrip (parts[i]));

    if (found == NULL)
      return NULL;
    if (weakest == NULL || rank (found->certainty) < rank (weakest))
      weakest = found->certainty;
  }
  return weakest;
}
