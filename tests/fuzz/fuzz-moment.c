/* SPDX-License-Identifier: EUPL-1.2 */

/* Moments, instants and dates. */
#include <string.h>

#include "wb-fuzz.h"
#include "wb-moment.h"

static void
try_instant (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;
  WbInstant instant, again;

  if (wb_instant_parse (text, &instant, &error) != (error == NULL))
    abort ();
  if (error != NULL)
    return;
  written = wb_instant_format (instant);
  if (!wb_instant_parse (written, &again, NULL) || again != instant)
    abort ();
}

static void
try_date (const char *text)
{
  g_autofree char *written = NULL;
  WbDate date;

  if (!wb_date_parse (text, &date, NULL))
    return;
  written = wb_date_format (date);
  if (strcmp (written, text) != 0)
    abort ();
}

static void
check_moment (const WbMoment *moment, const WbZone *zone)
{
  g_autoptr (JsonNode) json = wb_moment_to_json (moment);
  g_autoptr (WbMoment) again = wb_moment_parse (json, zone, NULL);
  g_autofree char *one = wb_moment_to_words (moment, WB_LANGUAGE_NL);
  g_autofree char *two = NULL;

  if (again == NULL || moment->earliest > moment->latest)
    abort ();
  two = wb_moment_to_words (again, WB_LANGUAGE_NL);
  if (again->earliest != moment->earliest || again->latest != moment->latest ||
      again->precision != moment->precision || strcmp (one, two) != 0)
    abort ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static WbZone *zone;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbMoment) moment = NULL;

  if (zone == NULL)
    zone = wb_zone_new ("Europe/Amsterdam", NULL);
  try_instant (text);
  try_date (text);
  moment = node != NULL ? wb_moment_parse (node, zone, &error)
                        : wb_moment_parse_text (text, zone, &error);
  if ((moment == NULL) != (error != NULL))
    abort ();
  if (moment != NULL)
    check_moment (moment, zone);
  return 0;
}
