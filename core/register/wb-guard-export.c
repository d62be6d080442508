/* SPDX-License-Identifier: EUPL-1.2 */

/* What may leave the register in a bundle: names by consent, privileged documents by decision. */
#include "wb-clearance-private.h"
#include "wb-sealed-private.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define EXPORT_CONSENT "export-consent"
#define PUBLISH_CONSENT "publish-consent"
#define PRIVILEGED "privileged-decided"
#define CLEARED "recipient-cleared"

/* As if the case were a referral to the recipient. */
static void
fill_subject (WbGuardSubject *self, const WbExportOptions *options)
{
  self->kind = WB_ACT_CREATE;
  self->before = json_object_new ();
  self->after = json_object_new ();
  self->changed = json_object_new ();
  if (options->recipient != NULL)
    json_object_set_string_member (self->after, "target", options->recipient);
  if (options->recipient_name != NULL)
    json_object_set_string_member (self->after, "target_name", options->recipient_name);
}

/* Encrypted for users of this register alone: it stays with the body. */
static gboolean
stays_inside (WbRegister *reg, const WbExportOptions *options)
{
  g_autoptr (GPtrArray) users = wb_user_store_list (reg->db, NULL);

  if (options->plain || options->recipients == NULL || users == NULL)
    return FALSE;
  for (guint i = 0; options->recipients[i] != NULL; i++) {
    gboolean own = FALSE;

    for (guint k = 0; k < users->len; k++)
      own = own || g_str_equal (((const WbUserRow *) g_ptr_array_index (users, k))->recipient,
                                options->recipients[i]);
    if (!own)
      return FALSE;
  }
  return TRUE;
}

/* Whether names of those whom it is about are on record in the clear. */
static gboolean
names_anybody (WbGuardSubject *self, gboolean *ret_names, GError **error)
{
  g_autoptr (GPtrArray) persons = wb_guard_list_persons (self, error);

  *ret_names = FALSE;
  for (guint i = 0; persons != NULL && i < persons->len; i++) {
    g_autoptr (JsonObject) apart =
        wb_sealed_load_apart (self->reg, g_ptr_array_index (persons, i), error);
    g_autoptr (GList) values = apart != NULL ? json_object_get_values (apart) : NULL;

    if (apart == NULL)
      return FALSE;
    for (GList *l = values; l != NULL; l = l->next)
      *ret_names = *ret_names || !wb_sealed_is (l->data); /* what is sealed stays here */
  }
  return persons != NULL;
}

static gboolean
check_guard (WbGuardSubject *self, const char *name, GError **error)
{
  const WbGuard *guard = wb_model_find_guard (self->reg->model, name);
  g_autofree char *sentence = NULL;
  gboolean holds = FALSE;

  if (guard != NULL && !wb_guard_test (self, guard, &holds, error))
    return FALSE;
  guard = wb_guard_refusing (self, guard);
  sentence = guard != NULL ? wb_guard_say (self, guard) : g_strdup ("");
  return holds || wb_guard_refuse (self->reg,
                                   "case",
                                   self->case_id,
                                   self->case_id,
                                   guard != NULL ? guard->name : name,
                                   guard != NULL ? guard->basis : NULL,
                                   sentence,
                                   error);
}

static gboolean
check_within (WbGuardSubject *self, const WbExportOptions *options, GError **error)
{
  const char *profile = options->profile != NULL ? options->profile : "pseudonymised";
  gboolean names = FALSE;

  if (options->publication)
    return !wb_profile_gives (profile, WB_SENSITIVITY_CASE) ||
           check_guard (self, PUBLISH_CONSENT, error);
  if (!wb_profile_gives (profile, WB_SENSITIVITY_IDENTITY) || stays_inside (self->reg, options))
    return TRUE;
  if (!names_anybody (self, &names, error))
    return FALSE;
  if (!names)
    return TRUE;
  if (options->recipient == NULL)
    return wb_guard_refuse (self->reg,
                            "case",
                            self->case_id,
                            self->case_id,
                            EXPORT_CONSENT,
                            "OB-21; OPCAT 21(2)",
                            _ ("It is said to whom the names go, or a profile without names is "
                               "chosen."),
                            error);
  return check_guard (self, EXPORT_CONSENT, error);
}

/**
 * wb_guard_check_export:
 * @reg: an open register
 * @of: the case
 * @options: profile, recipient and whether it is for publication
 * @error: return location for an error; %WB_ERROR_REFUSED names the rule
 *
 * Names leave with the consent, now, of everybody whom the case is about, for that recipient; or
 * by a decision of two persons. What is encrypted for users of the register alone does not leave.
 * A refusal is logged.
 */
gboolean
wb_guard_check_export (WbRegister *reg,
                       const WbRecordRow *of,
                       const WbExportOptions *options,
                       GError **error)
{
  g_auto (WbGuardSubject) self = { reg, "export", of->id, of->id };

  fill_subject (&self, options);
  if (check_within (&self, options, error))
    return TRUE;
  wb_register_log_refusal (reg);
  return FALSE;
}

/* Of whoever it is encrypted for, where it stays with the body; else of the recipient. */
static guint
find_clearance (WbRegister *reg, const WbExportOptions *options)
{
  g_autoptr (GPtrArray) users = NULL;
  guint lowest = G_MAXUINT;

  if (!stays_inside (reg, options))
    return wb_clearance_of_recipient (reg, options->recipient, options->recipient_name);
  users = wb_user_store_list (reg->db, NULL);
  for (guint i = 0; users != NULL && i < users->len; i++) {
    const WbUserRow *user = g_ptr_array_index (users, i);

    if (g_strv_contains (options->recipients, user->recipient))
      lowest = MIN (lowest, wb_clearance_of_user (reg, user->name));
  }
  return lowest;
}

/**
 * wb_guard_gives_file:
 * @reg: an open register
 * @values: of a document
 * @options: to whom
 *
 * Returns: whether its file is not above the level of whoever is given the bundle, or its level was
 *   stated and wb_guard_withholds() has judged it
 */
gboolean
wb_guard_gives_file (WbRegister *reg, JsonObject *values, const WbExportOptions *options)
{
  return json_object_has_member (values, "confidentiality") ||
         wb_clearance_rank (reg, WB_CONF_UNSAID) <= find_clearance (reg, options);
}

/* (nullable): the guard that keeps a document here; the user is one of the reasons. */
static const char *
find_bar (WbGuardSubject *self, JsonObject *values, const WbExportOptions *options)
{
  static const char *const BARS[] = { PRIVILEGED, CLEARED };
  const char *level = wb_json_get_text (values, "confidentiality");
  const char *rule = NULL;
  gboolean holds;

  if (!wb_clearance_admits (self->reg, self->type, values, &rule))
    return rule;
  if (level == NULL)
    return NULL;
  if (stays_inside (self->reg, options))
    return wb_clearance_rank (self->reg, level) > find_clearance (self->reg, options) ? CLEARED
                                                                                      : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (BARS); i++) {
    const WbGuard *guard = wb_model_find_guard (self->reg->model, BARS[i]);

    if (guard == NULL || !wb_guard_test (self, guard, &holds, NULL) || !holds)
      return BARS[i];
  }
  return NULL;
}

/**
 * wb_guard_find_bar:
 * @reg: an open register
 * @row: any record
 * @options: to whom
 *
 * Returns: (transfer none) (nullable): the rule by which nothing of the record goes along: a
 *   document above the level of the recipient or of the user, or a privileged or sealed one which
 *   two persons did not decide to give to this recipient
 */
const char *
wb_guard_find_bar (WbRegister *reg, const WbRecordRow *row, const WbExportOptions *options)
{
  g_auto (WbGuardSubject) self = { reg, row->type, row->id, wb_record_row_get_case (row) };
  g_autoptr (JsonObject) values = NULL;
  JsonArray *documents;

  if (!wb_clearance_is_document (reg, row->type))
    return NULL;
  values = wb_register_load_values (reg, row->id, NULL);
  if (values == NULL)
    return CLEARED;
  fill_subject (&self, options);
  documents = json_array_new ();
  json_array_add_string_element (documents, row->id);
  json_object_set_array_member (self.after, "documents", documents);
  return find_bar (&self, values, options);
}

gboolean
wb_guard_withholds (WbRegister *reg, const WbRecordRow *row, const WbExportOptions *options)
{
  return wb_guard_find_bar (reg, row, options) != NULL;
}
