/* SPDX-License-Identifier: EUPL-1.2 */

/* What may leave the register in a bundle: names by consent, privileged documents by decision. */
#include "wb-guard-private.h"
#include "wb-sealed-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

#define EXPORT_CONSENT "export-consent"
#define PUBLISH_CONSENT "publish-consent"
#define PRIVILEGED "privileged-decided"

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

/**
 * wb_guard_withholds:
 * @reg: an open register
 * @row: any record
 * @options: to whom
 *
 * Returns: whether the record is a privileged or sealed document which two persons did not decide
 *   to give to this recipient: nothing of it goes along
 */
gboolean
wb_guard_withholds (WbRegister *reg, const WbRecordRow *row, const WbExportOptions *options)
{
  const WbGuard *guard = wb_model_find_guard (reg->model, PRIVILEGED);
  g_auto (WbGuardSubject) self = { reg, "export", row->id, wb_record_row_get_case (row) };
  JsonArray *documents;
  gboolean holds = FALSE;

  if (!g_str_equal (row->type, "evidence") || stays_inside (reg, options))
    return FALSE;
  fill_subject (&self, options);
  documents = json_array_new ();
  json_array_add_string_element (documents, row->id);
  json_object_set_array_member (self.after, "documents", documents);
  return guard == NULL || !wb_guard_test_documents (&self, guard, &holds, NULL) || !holds;
}
