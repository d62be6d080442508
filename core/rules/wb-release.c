/* SPDX-License-Identifier: EUPL-1.2 */

/* When a case is over, its missed targets stay missed but ask for nothing any more. */
#include "wb-release-private.h"

#include "wb-clock.h"
#include "wb-i18n.h"
#include "wb-rules-private.h"

struct _WbRelease {
  char **statuses;
  char **rules;
};

static gboolean
check_rules (const WbRelease *self, const WbRules *rules, const WbPlace *place, GError **error)
{
  for (guint i = 0; self->rules[i] != NULL; i++) {
    const WbRule *rule = wb_rules_find (rules, self->rules[i]);

    if (rule == NULL)
      return wb_shape_refuse (place, _ ("it names a rule that does not exist."), error);
    if (rule->kind != WB_KIND_POLICY)
      return wb_shape_refuse (place, _ ("only own targets can be let go."), error);
  }
  return TRUE;
}

/**
 * wb_release_load:
 * @node: {"statuses": [...], "rules": [...]}
 * @rules: the rules
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer full): the release; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbRelease *
wb_release_load (JsonNode *node, const WbRules *rules, const WbPlace *place, GError **error)
{
  static const char *const members[] = { "statuses", "rules", NULL };
  g_autoptr (WbRelease) self = NULL;
  JsonObject *object = wb_shape_object (node, place, error);

  if (object == NULL || !wb_shape_only (object, place, members, error))
    return NULL;
  self = g_new0 (WbRelease, 1);
  self->statuses = wb_shape_texts (object, "statuses", place, error);
  if (self->statuses == NULL)
    return NULL;
  self->rules = wb_shape_texts (object, "rules", place, error);
  if (self->rules == NULL || !check_rules (self, rules, place, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
wb_release_free (WbRelease *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->statuses);
  g_strfreev (self->rules);
  g_free (self);
}

/**
 * wb_rules_is_let_go:
 * @self: the rules
 * @code: code of a rule
 * @status: (nullable): status of the case
 *
 * Returns: whether a clock of that rule asks for nothing any more in a case of that status. How it
 *   stands is another matter: what was missed stays missed.
 */
gboolean
wb_rules_is_let_go (const WbRules *self, const char *code, const char *status)
{
  for (guint i = 0; status != NULL && self->triggers != NULL && i < self->triggers->releases->len;
       i++) {
    const WbRelease *release = self->triggers->releases->pdata[i];

    if (g_strv_contains ((const char *const *) release->statuses, status) &&
        g_strv_contains ((const char *const *) release->rules, code))
      return TRUE;
  }
  return FALSE;
}
