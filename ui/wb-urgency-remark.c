/* SPDX-License-Identifier: EUPL-1.2 */

/* An urgency and its consequence: asked of the register's thread whenever something that counts
 * for it was changed. */
#include "wb-urgency-remark.h"

#include "wb-closures.h"
#include "wb-field-row.h"
#include "wb-i18n.h"
#include "wb-intake.h"

#define URGENCY "urgency"
#define ASKED "wb-urgency-asked" /* what the form was last asked about */

static gpointer
foresee_call (WbRegister *reg, gpointer fields, GCancellable *cancellable, GError **error)
{
  return wb_register_foresee_urgency (reg, fields, error);
}

static void
show_limit (WbRecordForm *form, const WbUrgencyLimit *limit, const WbZone *zone)
{
  GtkWidget *row = wb_record_form_find_row (form, URGENCY);
  g_autofree char *words = NULL;

  if (row == NULL) /* the form has gone */
    return;
  if (limit != NULL && limit->urgency != NULL)
    words = wb_words_urgency (limit->raised ? limit->urgency : NULL,
                              &limit->period,
                              limit->end,
                              zone,
                              wb_language_current ());
  wb_field_row_set_remark (WB_FIELD_ROW (row), words);
}

static void
foreseen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbRecordForm) form = user_data;
  const WbZone *zone = wb_session_get_zone (WB_SESSION (source));
  g_autoptr (WbUrgencyLimit) limit = wb_session_call_finish (WB_SESSION (source), result, NULL);

  if (zone != NULL)
    show_limit (form, limit, zone);
}

/* The account says nothing about it, and is not handed round at each key. */
static JsonObject *
pick (WbRecordForm *form)
{
  static const char *const names[] = { URGENCY,
                                       "urgency_reasons",
                                       "received",
                                       "reprisal_risk",
                                       "source" };
  JsonObject *fields = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GtkWidget *row = wb_record_form_find_row (form, names[i]);
    JsonNode *value = row != NULL ? wb_field_row_dup_value (WB_FIELD_ROW (row)) : NULL;

    if (value != NULL)
      json_object_set_member (fields, names[i], value);
  }
  return fields;
}

static void
follow (WbRecordForm *form, WbSession *session)
{
  JsonObject *fields = pick (form);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), fields);
  g_autofree char *text = json_to_string (node, FALSE);

  if (g_strcmp0 (text, g_object_get_data (G_OBJECT (form), ASKED)) != 0) {
    g_object_set_data_full (G_OBJECT (form), ASKED, g_steal_pointer (&text), g_free);
    wb_session_call_async (session,
                           foresee_call,
                           json_object_ref (fields),
                           (GDestroyNotify) json_object_unref,
                           (GDestroyNotify) wb_urgency_limit_free,
                           NULL,
                           foreseen_cb,
                           g_object_ref (form));
  }
  json_object_unref (fields);
}

void
wb_urgency_remark_follow (WbRecordForm *form, WbSession *session)
{
  g_signal_connect_data (form,
                         "changed",
                         G_CALLBACK (follow),
                         g_object_ref (session),
                         (GClosureNotify) (GCallback) g_object_unref,
                         0);
  follow (form, session);
}
