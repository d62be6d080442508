/* SPDX-License-Identifier: EUPL-1.2 */

/* A new user, with what was declared of their independence; no account without it. */
#include "wb-colleague.h"

#include "wb-clock.h"
#include "wb-error.h"
#include "wb-guard-private.h"
#include "wb-uuid.h"

#define DECLARATION "declaration"
#define RULE "no-authority-staff"

/**
 * wb_colleague_refuse:
 * @self: a register, with its model
 * @error: return location for an error
 *
 * Nobody is given access of whom it was not declared that they are independent.
 *
 * Returns: %FALSE, always
 */
gboolean
wb_colleague_refuse (WbRegister *self, GError **error)
{
  const WbGuard *guard = wb_model_find_guard (self->model, RULE);
  g_autofree char *id = wb_uuid_new (wb_clock_now ());

  wb_guard_refuse (self,
                   DECLARATION,
                   id,
                   NULL,
                   RULE,
                   guard != NULL ? guard->basis : NULL,
                   guard != NULL ? guard->label[wb_language_current ()] : "",
                   error);
  return FALSE;
}

/**
 * wb_colleague_declare:
 * @self: an open register, within a #WbChange
 * @name: a user of it
 * @error: return location for an error
 *
 * Records that @name does not work for an authority that is monitored.
 *
 * Returns: whether it is recorded
 */
gboolean
wb_colleague_declare (WbRegister *self, const char *name, GError **error)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *day = wb_date_format (wb_zone_to_local (self->zone, wb_clock_now ()).date);
  g_autoptr (WbRecord) record = NULL;

  json_object_set_string_member (fields, "user", name);
  json_object_set_boolean_member (fields, "interest", FALSE);
  json_object_set_boolean_member (fields, "authority_staff", FALSE);
  json_object_set_string_member (fields, "declared", day);
  record = wb_register_record_within (self, DECLARATION, NULL, NULL, fields, NULL, error);
  return record != NULL;
}

/**
 * wb_register_add_colleague:
 * @self: an open register
 * @name: the new user's name
 * @passphrase: the new user's own passphrase
 * @independent: whoever adds declares that the new user does not work for, and is not on loan from,
 *   an authority that is monitored
 * @error: return location for an error; %WB_ERROR_REFUSED where that is not declared
 *
 * Adds the user and records the declaration, by itself, so that it holds for every case. A refusal
 * is logged. Recital 27 of Regulation (EU) 2024/1356.
 *
 * Returns: whether the user was added
 */
gboolean
wb_register_add_colleague (WbRegister *self,
                           const char *name,
                           const WbSecret *passphrase,
                           gboolean independent,
                           GError **error)
{
  g_autoptr (WbChange) change = NULL;

  if (!independent) {
    wb_colleague_refuse (self, error);
    wb_register_log_refusal (self); /* an entry of its own: nobody was added */
    return FALSE;
  }
  if (!wb_register_add_user (self, name, passphrase, error))
    return FALSE;
  change = wb_change_begin (self, error);
  return change != NULL && wb_colleague_declare (self, name, error) &&
         wb_change_commit (change, error);
}
