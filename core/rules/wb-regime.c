/* SPDX-License-Identifier: EUPL-1.2 */

/* Reads what each regime does with the end of a period. The thresholds of the law stand in
 * resources/rules/regimes.json, not here. */
#include "wb-regime-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-resources.h"
#include "wb-shape-private.h"

#define FILE_NAME "regimes.json"
#define LONGEST_MAX 100000 /* days in 273 years: more than any period may have */
#define WORKING_DAYS_MAX 31

static const char *const members_of_file[] = { "version", "regimes", NULL };
static const char *const members_of_law[] = { "holidays",     "hours",           "moves", "longest",
                                              "working_days", "detention_moves", NULL };

static gboolean
read_longest (WbRegimeLaw *law, JsonObject *object, const WbPlace *place, GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, "longest");
  const WbPlace here = { place->file, pointer };
  static const char *const members[] = { "h", "d", "w", "m", "y", "wd", NULL };
  JsonObject *longest;

  for (guint i = 0; i < WB_UNIT_COUNT; i++)
    law->longest[i] = -1;
  if (!json_object_has_member (object, "longest"))
    return TRUE;
  longest = wb_shape_object (json_object_get_member (object, "longest"), &here, error);
  if (longest == NULL || !wb_shape_only (longest, &here, members, error))
    return FALSE;
  for (guint i = 0; i < WB_UNIT_COUNT; i++)
    if (!wb_shape_integer (longest,
                           &here,
                           wb_unit_to_text (i),
                           0,
                           LONGEST_MAX,
                           &law->longest[i],
                           error))
      return FALSE;
  return TRUE;
}

static gboolean
read_working_days (WbRegimeLaw *law, JsonObject *object, const WbPlace *place, GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, "working_days");
  const WbPlace here = { place->file, pointer };
  static const char *const members[] = { "from_days", "hold", NULL };
  JsonObject *days;

  if (!json_object_has_member (object, "working_days"))
    return TRUE;
  days = wb_shape_object (json_object_get_member (object, "working_days"), &here, error);
  return days != NULL && wb_shape_only (days, &here, members, error) &&
         wb_shape_integer (days,
                           &here,
                           "from_days",
                           1,
                           WORKING_DAYS_MAX,
                           &law->working_days_from,
                           error) &&
         wb_shape_integer (days,
                           &here,
                           "hold",
                           1,
                           WORKING_DAYS_MAX,
                           &law->working_days_hold,
                           error);
}

static gboolean
read_hours (WbRegimeLaw *law, JsonObject *object, const WbPlace *place, GError **error)
{
  g_autofree char *pointer = wb_shape_join (place->pointer, "hours");
  const WbPlace here = { place->file, pointer };
  const char *hours = wb_shape_text (json_object_get_member (object, "hours"), &here, error);

  if (hours == NULL)
    return FALSE;
  law->next_full_hour = strcmp (hours, "next-full-hour") == 0;
  if (!law->next_full_hour && strcmp (hours, "elapsed") != 0)
    return wb_shape_refuse (&here, _ ("hours are \"elapsed\" or \"next-full-hour\"."), error);
  return TRUE;
}

static gboolean
read_law (WbRegimeLaw *law, JsonNode *node, const WbPlace *place, GError **error)
{
  JsonObject *object = wb_shape_object (node, place, error);
  g_autofree char *pointer = wb_shape_join (place->pointer, "holidays");
  const WbPlace here = { place->file, pointer };
  const char *holidays;

  if (object == NULL || !wb_shape_only (object, place, members_of_law, error))
    return FALSE;
  holidays = wb_shape_text (json_object_get_member (object, "holidays"), &here, error);
  if (holidays == NULL || !read_hours (law, object, place, error) ||
      !wb_shape_boolean (object, place, "moves", &law->moves, error))
    return FALSE;
  law->holidays = g_strdup (holidays);
  law->detention_moves = law->moves;
  return wb_shape_boolean (object, place, "detention_moves", &law->detention_moves, error) &&
         read_longest (law, object, place, error) && read_working_days (law, object, place, error);
}

/**
 * wb_regimes_load:
 * @json: regimes.json
 * @error: return location for an error
 *
 * Returns: (transfer full): the four regimes; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbRegimes *
wb_regimes_load (GBytes *json, GError **error)
{
  g_autoptr (JsonNode) root = wb_shape_parse (json, FILE_NAME, error);
  g_autoptr (WbRegimes) self = g_new0 (WbRegimes, 1);
  const WbPlace top = { FILE_NAME, "" }, inside = { FILE_NAME, "/regimes" };
  JsonObject *object, *regimes;

  if (root == NULL || (object = wb_shape_object (root, &top, error)) == NULL ||
      !wb_shape_only (object, &top, members_of_file, error))
    return NULL;
  regimes = wb_shape_object (json_object_get_member (object, "regimes"), &inside, error);
  if (regimes == NULL)
    return NULL;
  for (guint i = 0; i < WB_REGIME_COUNT; i++) {
    const char *name = wb_regime_to_text (i);
    g_autofree char *pointer = wb_shape_join (inside.pointer, name);

    if (!read_law (&self->laws[i],
                   json_object_get_member (regimes, name),
                   &(WbPlace){ FILE_NAME, pointer },
                   error))
      return NULL;
  }
  return g_steal_pointer (&self);
}

void
wb_regimes_free (WbRegimes *self)
{
  for (guint i = 0; self != NULL && i < WB_REGIME_COUNT; i++)
    g_free (self->laws[i].holidays);
  g_free (self);
}

/**
 * wb_regimes_get_default:
 * @error: return location for an error
 *
 * Returns: (transfer none): the regimes that the program ships
 */
const WbRegimes *
wb_regimes_get_default (GError **error)
{
  static WbRegimes *shared;

  if (g_atomic_pointer_get (&shared) == NULL) {
    g_autoptr (GBytes) data = wb_core_resource ("rules/regimes.json", error);
    g_autoptr (WbRegimes) loaded = data != NULL ? wb_regimes_load (data, error) : NULL;

    if (loaded == NULL)
      return NULL;
    if (g_atomic_pointer_compare_and_exchange (&shared, NULL, loaded))
      loaded = NULL;
  }
  return g_atomic_pointer_get (&shared);
}

/**
 * wb_regime_law_covers:
 * @self: a regime
 * @period: a period in that regime
 *
 * Returns: whether the regime says anything about a period of this length and kind
 */
gboolean
wb_regime_law_covers (const WbRegimeLaw *self, const WbPeriod *period)
{
  int longest = self->longest[period->unit];

  return period->unit != WB_UNIT_HOUR && (longest < 0 || period->length <= longest);
}
