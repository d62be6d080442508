/* SPDX-License-Identifier: EUPL-1.2 */

/* Remarks that stand beside a rule's label for some bodies: "own announced term". */
#include "wb-remark-private.h"

#include <string.h>

#include "wb-i18n.h"
#include "wb-rules-private.h"

struct _WbRemark {
  char **rules;
  char **not_profiles; /* bodies to which the law itself applies */
  char **not_modes;    /* the same, as their settings say: whistle.designated */
  char *text[2];
};

static gboolean
check_rules (const WbRemark *self, const WbRules *rules, const WbPlace *place, GError **error)
{
  for (guint i = 0; self->rules[i] != NULL; i++)
    if (wb_rules_find (rules, self->rules[i]) == NULL)
      return wb_shape_refuse (place, _ ("it names a rule that does not exist."), error);
  return TRUE;
}

/**
 * wb_remark_load:
 * @node: {"rules": [...], "not_profiles": [...], "nl": "...", "en": "..."}
 * @rules: the rules
 * @place: where it stands
 * @error: return location for an error
 *
 * Returns: (transfer full): the remark; %NULL with %WB_ERROR_INVALID, which names the place
 */
WbRemark *
wb_remark_load (JsonNode *node, const WbRules *rules, const WbPlace *place, GError **error)
{
  static const char *const members[] = { "rules", "not_profiles", "not_modes", "nl", "en", NULL };
  g_autoptr (GError) inner = NULL;
  JsonObject *object = wb_shape_object (node, place, error);
  WbRemark *self;

  if (object == NULL || !wb_shape_only (object, place, members, error))
    return NULL;
  self = g_new0 (WbRemark, 1);
  self->rules = wb_shape_texts (object, "rules", place, &inner);
  if (inner == NULL)
    self->not_profiles = wb_shape_texts (object, "not_profiles", place, &inner);
  if (inner == NULL)
    self->not_modes = wb_shape_texts (object, "not_modes", place, &inner);
  if (inner == NULL)
    self->text[WB_LANGUAGE_NL] =
        g_strdup (wb_shape_text (json_object_get_member (object, "nl"), place, &inner));
  if (inner == NULL)
    self->text[WB_LANGUAGE_EN] =
        g_strdup (wb_shape_text (json_object_get_member (object, "en"), place, &inner));
  if (inner == NULL && check_rules (self, rules, place, &inner))
    return self;
  g_propagate_error (error, g_steal_pointer (&inner));
  wb_remark_free (self);
  return NULL;
}

void
wb_remark_free (WbRemark *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->rules);
  g_strfreev (self->not_profiles);
  g_strfreev (self->not_modes);
  g_free (self->text[0]);
  g_free (self->text[1]);
  g_free (self);
}

/**
 * wb_rules_get_remark:
 * @self: the rules
 * @code: code of a rule
 * @profile: (nullable): the body's profile
 * @mode: (nullable): its whistleblower mode
 * @language: of the words
 *
 * Returns: (transfer none) (nullable): what stands beside the rule's label for this body
 */
const char *
wb_rules_get_remark (const WbRules *self,
                     const char *code,
                     const char *profile,
                     const char *mode,
                     WbLanguage language)
{
  for (guint i = 0; self->triggers != NULL && i < self->triggers->remarks->len; i++) {
    const WbRemark *remark = self->triggers->remarks->pdata[i];

    if (g_strv_contains ((const char *const *) remark->rules, code) &&
        (profile == NULL ||
         !g_strv_contains ((const char *const *) remark->not_profiles, profile)) &&
        (mode == NULL || !g_strv_contains ((const char *const *) remark->not_modes, mode)))
      return remark->text[language];
  }
  return NULL;
}
