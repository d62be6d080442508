/* SPDX-License-Identifier: EUPL-1.2 */

/* Units and regimes as they are written, and how long a period may be. */
#include "wb-period-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

static const char *const regimes[] = { "eu1182", "nl_atw", "plain", "policy", NULL };
static const char *const units[] = { "h", "d", "w", "m", "y", "wd", NULL };

/* 201 years, the whole range of dates, in each unit: what is longer can never end within it. */
static const int longest[] = { 201 * 366 * 24, 201 * 366, 201 * 53, 201 * 12, 201, 201 * 366 };

static int
find_text (const char *const *texts, const char *text)
{
  for (int i = 0; texts[i] != NULL; i++)
    if (g_strcmp0 (texts[i], text) == 0)
      return i;
  return -1;
}

const char *
wb_regime_to_text (WbRegime regime)
{
  return regimes[regime];
}

/**
 * wb_regime_parse:
 * @text: (nullable): such as "nl_atw"
 * @ret_regime: (out): the regime
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where there is no such regime
 */
gboolean
wb_regime_parse (const char *text, WbRegime *ret_regime, GError **error)
{
  int at = find_text (regimes, text);

  if (at < 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The regime must be one of eu1182, nl_atw, plain and policy."));
    return FALSE;
  }
  *ret_regime = (WbRegime) at;
  return TRUE;
}

const char *
wb_unit_to_text (WbUnit unit)
{
  return units[unit];
}

/**
 * wb_unit_parse:
 * @text: (nullable): such as "wd"
 * @ret_unit: (out): the unit
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where there is no such unit
 */
gboolean
wb_unit_parse (const char *text, WbUnit *ret_unit, GError **error)
{
  int at = find_text (units, text);

  if (at < 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The unit must be one of h, d, w, m, y and wd (working days)."));
    return FALSE;
  }
  *ret_unit = (WbUnit) at;
  return TRUE;
}

/**
 * wb_period_check_length:
 * @length: a number of units
 * @unit: the unit
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID for 0 and for what is longer than all the years we know
 */
gboolean
wb_period_check_length (gint64 length, WbUnit unit, GError **error)
{
  if (length == 0) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("A period of length 0 has no end: give a length of 1 or more, or a "
                            "negative one to count back."));
    return FALSE;
  }
  if (length > longest[unit] || length < -longest[unit]) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The period is too long: it would end outside the years 1900 to "
                            "2100."));
    return FALSE;
  }
  return TRUE;
}

/**
 * wb_period_parse_length:
 * @text: (nullable): a whole number such as "-10"
 * @unit: what it counts
 * @ret_length: (out): the number
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID for what is no whole number, for 0 and for too many
 */
gboolean
wb_period_parse_length (const char *text, WbUnit unit, int *ret_length, GError **error)
{
  gint64 length;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &length, NULL)) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("The length of a period must be a whole number, such as 6 or -10."));
    return FALSE;
  }
  if (!wb_period_check_length (length, unit, error))
    return FALSE;
  *ret_length = (int) length;
  return TRUE;
}
