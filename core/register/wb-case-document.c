/* SPDX-License-Identifier: EUPL-1.2 */

/* The case document (docs/case-json.md): what a profile gives of a case, and what it withholds. */
#include "wb-clearance-private.h"
#include "wb-deadline.h"
#include "wb-erasure-private.h"
#include "wb-guard-private.h"
#include "wb-list-version.h"
#include "wb-sealed-private.h"
#include "wb-source-private.h"

#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

/* Which sensitivities a redaction profile gives. Sealed values never leave by these. */
static const struct {
  const char *name;
  gboolean gives[5];
} PROFILES[] = {
  /*                     open  case  identity special sealed */
  { "full", { TRUE, TRUE, TRUE, TRUE, FALSE } },
  { "pseudonymised", { TRUE, TRUE, FALSE, FALSE, FALSE } },
  { "statistical", { TRUE, FALSE, FALSE, FALSE, FALSE } },
};

gboolean
wb_profile_check (const char *profile, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (PROFILES); i++) {
    if (g_str_equal (PROFILES[i].name, profile))
      return TRUE;
  }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("Choose full, pseudonymised or statistical as the profile."));
  return FALSE;
}

gboolean
wb_profile_gives (const char *profile, WbSensitivity sensitivity)
{
  for (guint i = 0; i < G_N_ELEMENTS (PROFILES); i++) {
    if (g_str_equal (PROFILES[i].name, profile))
      return PROFILES[i].gives[sensitivity];
  }
  return FALSE;
}

/**
 * wb_register_sensitivity_of:
 * @self: a register
 * @type: record type
 * @name: the name on a disclosure line
 *
 * Returns: how sensitive that line is; what is unknown, or stays in the register, counts as sealed
 */
WbSensitivity
wb_register_sensitivity_of (WbRegister *self, const char *type, const char *name)
{
  static const char *const OPEN[] = { WB_ACT_REFERENCE, WB_ACT_MODEL,  WB_ACT_CLOCK, WB_ACT_READ,
                                      WB_ACT_DETAIL,    WB_ACT_ERASED, WB_ACT_STUB,  WB_ACT_SOURCE,
                                      WB_ACT_OVER,      NULL };
  static const char *const CASE[] = { WB_ACT_REASON, WB_ACT_DEADLINES, WB_ACT_EXPORT, NULL };
  const WbRecordType *record_type = wb_model_find_type (self->model, type);
  const WbField *field = record_type != NULL ? wb_record_type_find_field (record_type, name) : NULL;

  if (field != NULL)
    return field->stays ? WB_SENSITIVITY_SEALED : field->sensitivity;
  if (g_strv_contains (OPEN, name))
    return WB_SENSITIVITY_OPEN;
  return g_strv_contains (CASE, name) ? WB_SENSITIVITY_CASE : WB_SENSITIVITY_SEALED;
}

static JsonObject *
both (const char *nl, const char *en)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "nl", nl);
  json_object_set_string_member (object, "en", en);
  return object;
}

static const char *const SENSITIVITIES[] = { "open", "case", "identity", "special", "sealed" };

static JsonObject *
make_field (WbRegister *self, const WbField *field, JsonObject *member)
{
  JsonObject *object = json_object_new ();
  JsonNode *value = json_object_get_member (member, "value");
  g_autofree char *nl = wb_register_format_value (self, field, value, WB_LANGUAGE_NL);
  g_autofree char *en = wb_register_format_value (self, field, value, WB_LANGUAGE_EN);

  json_object_set_string_member (object, "name", field->name);
  json_object_set_object_member (object,
                                 "label",
                                 both (field->label[WB_LANGUAGE_NL], field->label[WB_LANGUAGE_EN]));
  json_object_set_member (object, "value", json_node_copy (value));
  json_object_set_object_member (object, "text", both (nl, en));
  json_object_set_int_member (object, "entry", json_object_get_int_member (member, "entry"));
  json_object_set_string_member (object, "sensitivity", SENSITIVITIES[field->sensitivity]);
  return object;
}

static JsonObject *
make_withheld (const WbField *field)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", field->name);
  json_object_set_object_member (object,
                                 "label",
                                 both (field->label[WB_LANGUAGE_NL], field->label[WB_LANGUAGE_EN]));
  return object;
}

static void
set_or_null (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

JsonObject *
wb_deadline_to_document (WbRegister *self, const WbDeadline *deadline)
{
  const WbClockContext *context = wb_register_get_clock_context (self);
  const WbClock *clock = deadline->clock;
  const WbRule *rule = deadline->rule;
  JsonObject *object = json_object_new ();
  g_autofree char *end = wb_clock_has_end (clock) ? wb_instant_format (clock->end) : NULL;
  g_autofree char *nl = wb_clock_explain (context, clock, WB_LANGUAGE_NL, NULL);
  g_autofree char *en = wb_clock_explain (context, clock, WB_LANGUAGE_EN, NULL);

  json_object_set_string_member (object, "rule", clock->rule);
  json_object_set_string_member (object, "version", clock->version);
  json_object_set_string_member (object,
                                 "kind",
                                 rule != NULL ? wb_kind_to_text (rule->kind) : "open");
  json_object_set_string_member (object, "bound", rule != NULL ? rule->bound : "");
  json_object_set_object_member (object,
                                 "label",
                                 both (rule != NULL ? rule->label[WB_LANGUAGE_NL] : clock->rule,
                                       rule != NULL ? rule->label[WB_LANGUAGE_EN] : clock->rule));
  json_object_set_string_member (object, "basis", rule != NULL ? rule->basis : "");
  set_or_null (object, "start", clock->start);
  set_or_null (object, "due", clock->due);
  set_or_null (object, "end", end);
  set_or_null (object, "latest", clock->latest);
  json_object_set_string_member (object, "state", wb_clock_state_to_text (deadline->state));
  set_or_null (object, "met", deadline->met);
  json_object_set_string_member (object, "record", deadline->record_reference);
  json_object_set_object_member (object, "sum", both (nl != NULL ? nl : "", en != NULL ? en : ""));
  return object;
}

static JsonObject *
load_apart_doc (WbRegister *self, const char *id)
{
  g_autofree char *text = wb_record_store_get_identity (self->db, id, NULL);
  JsonObject *doc = text != NULL ? wb_doc_parse (text, NULL) : NULL;

  return doc != NULL ? doc : json_object_new ();
}

/* What is sealed stays sealed, whatever the profile gives of the field. */
static gboolean
holds_sealed (JsonObject *doc, const char *name)
{
  return wb_sealed_is (json_object_get_member (json_object_get_object_member (doc, name), "value"));
}

/* (nullable): NULL where the profile gives nothing of the record. */
static JsonObject *
make_record (WbRegister *self, const WbRecordRow *row, const char *profile, GError **error)
{
  const WbRecordType *type = wb_model_find_type (self->model, row->type);
  g_autoptr (JsonObject) doc = wb_doc_parse (row->doc, error);
  g_autoptr (JsonObject) apart = load_apart_doc (self, row->id);
  g_autoptr (JsonArray) fields = json_array_new ();
  g_autoptr (JsonArray) withheld = json_array_new ();
  g_autofree char *created = wb_instant_format (row->created);
  g_autofree char *changed = wb_instant_format (row->changed);
  g_autofree char *version = wb_register_get_list_version (self, row->id, NULL, NULL);
  JsonObject *object;

  for (guint i = 0; doc != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonObject *from = wb_field_is_apart (field) ? apart : doc;

    if (!json_object_has_member (from, field->name) || wb_doc_is_cleared (from, field->name))
      continue;
    if (!field->stays && wb_profile_gives (profile, field->sensitivity) &&
        !holds_sealed (from, field->name))
      json_array_add_object_element (
          fields,
          make_field (self, field, json_object_get_object_member (from, field->name)));
    else
      json_array_add_object_element (withheld, make_withheld (field));
  }
  if (json_array_get_length (fields) == 0)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "id", row->id);
  json_object_set_string_member (object, "type", row->type);
  json_object_set_string_member (object, "reference", row->reference);
  json_object_set_object_member (object,
                                 "label",
                                 both (type->label[WB_LANGUAGE_NL], type->label[WB_LANGUAGE_EN]));
  json_object_set_string_member (object, "created", created);
  json_object_set_string_member (object, "changed", changed);
  set_or_null (object, "model", version);
  json_object_set_array_member (object, "fields", g_steal_pointer (&fields));
  json_object_set_array_member (object, "withheld", g_steal_pointer (&withheld));
  return object;
}

/* The contents of a file go along where the profile and the file's confidentiality allow it. */
static gboolean
gives_contents (const char *profile, JsonObject *values)
{
  const char *level =
      json_object_get_string_member_with_default (values, "confidentiality", WB_CONF_UNSAID);

  if (g_str_equal (profile, "full"))
    return !g_str_equal (level, "conf.privileged") && !g_str_equal (level, "conf.sealed");
  return g_str_equal (profile, "pseudonymised") && g_str_equal (level, "conf.open");
}

static void
add_evidence (const WbRecordRow *row, JsonObject *values, GPtrArray *evidence, JsonArray *array)
{
  guint number = evidence->len + 1;
  const char *name = json_object_get_string_member_with_default (values, "name", "");
  g_autofree char *file = NULL;
  g_autofree char *date = wb_instant_format (row->created);
  WbBundleEvidence *item = g_new0 (WbBundleEvidence, 1);
  JsonObject *object = json_object_new ();

  item->number = number;
  item->name = g_strdup (name);
  item->media_type =
      g_strdup (json_object_get_string_member_with_default (values,
                                                            "media_type",
                                                            "application/octet-stream"));
  item->size = (guint64) json_object_get_int_member_with_default (values, "size", 0);
  item->sha256 = g_strdup (json_object_get_string_member_with_default (values, "sha256", ""));
  item->date = g_strdup (date);
  item->record_ref = g_strdup (row->reference);
  g_ptr_array_add (evidence, item);
  file = wb_bundle_evidence_file (item);
  json_object_set_int_member (object, "number", number);
  json_object_set_string_member (object, "file", file);
  json_object_set_string_member (object, "name", item->name);
  json_object_set_string_member (object, "media_type", item->media_type);
  json_object_set_int_member (object, "size", (gint64) item->size);
  json_object_set_string_member (object, "sha256", item->sha256);
  json_object_set_string_member (object, "date", date);
  json_object_set_string_member (object, "record", row->reference);
  json_array_add_object_element (array, object);
}

static JsonArray *
make_deadlines (WbRegister *self, const char *case_id, WbInstant made, GError **error)
{
  g_autoptr (GPtrArray) deadlines = wb_register_list_deadlines (self, case_id, made, FALSE, error);
  JsonArray *array;

  if (deadlines == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < deadlines->len; i++)
    json_array_add_object_element (
        array,
        wb_deadline_to_document (self, g_ptr_array_index (deadlines, i)));
  return array;
}

static JsonObject *
make_head (WbRegister *self,
           const WbRecordRow *of,
           const char *profile,
           const char *purpose,
           WbInstant made)
{
  JsonObject *document = json_object_new ();
  JsonObject *body = json_object_new ();
  JsonObject *signer = json_object_new ();
  g_autofree char *time = wb_instant_format (made);

  json_object_set_string_member (document, "format", "waarborg-case v1");
  json_object_set_string_member (document, "reference", of->reference);
  json_object_set_string_member (document, "id", of->id);
  json_object_set_string_member (document, "made", time);
  json_object_set_string_member (document, "profile", profile);
  set_or_null (document, "purpose", purpose);
  json_object_set_string_member (body, "name", self->body);
  json_object_set_string_member (body, "code", self->code);
  json_object_set_string_member (body, "log", self->origin);
  json_object_set_string_member (body, "zone", wb_zone_get_identifier (self->zone));
  json_object_set_object_member (document, "body", body);
  json_object_set_string_member (signer, "user", self->keys->user);
  json_object_set_string_member (signer, "fingerprint", self->fingerprint);
  json_object_set_object_member (document, "signer", signer);
  json_object_set_string_member (document, "model", wb_model_get_version (self->model));
  return document;
}

static gboolean
add_records (WbRegister *self,
             const char *case_id,
             const WbExportOptions *options,
             JsonArray *records,
             JsonArray *files,
             GPtrArray *evidence,
             GError **error)
{
  const char *profile = options->profile != NULL ? options->profile : "pseudonymised";
  g_autoptr (GPtrArray) rows = wb_record_store_list_of_case (self->db, case_id, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const WbRecordRow *row = g_ptr_array_index (rows, i);
    g_autoptr (GError) problem = NULL;
    JsonObject *record;

    if (wb_guard_withholds (self, row, options))
      continue;
    record = make_record (self, row, profile, &problem);
    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
    if (record != NULL)
      json_array_add_object_element (records, record);
    if (g_str_equal (row->type, "evidence")) {
      g_autoptr (JsonObject) values = wb_register_load_values (self, row->id, error);

      if (json_object_has_member (values, "sha256") && gives_contents (profile, values) &&
          wb_guard_gives_file (self, values, options))
        add_evidence (row, values, evidence, files);
    }
  }
  return TRUE;
}

/**
 * wb_case_document_make:
 * @self: an open register
 * @case_id: UUID of the case
 * @options: the profile and purpose
 * @made: when
 * @evidence: (element-type WbBundleEvidence): filled with the files that go along
 * @error: return location for an error
 *
 * Returns: (transfer full): the document, save "log", which the export adds
 */
JsonObject *
wb_case_document_make (WbRegister *self,
                       const char *case_id,
                       const WbExportOptions *options,
                       WbInstant made,
                       GPtrArray *evidence,
                       GError **error)
{
  const char *profile = options->profile != NULL ? options->profile : "pseudonymised";
  g_autoptr (WbRecordRow) of = wb_register_find_row (self, case_id, error);
  g_autoptr (JsonArray) records = json_array_new ();
  g_autoptr (JsonArray) files = json_array_new ();
  JsonArray *deadlines;
  JsonObject *document;

  if (of == NULL || !add_records (self, case_id, options, records, files, evidence, error))
    return NULL;
  deadlines = make_deadlines (self, case_id, made, error);
  if (deadlines == NULL)
    return NULL;
  document = make_head (self, of, profile, options->purpose, made);
  json_object_set_array_member (document, "terms", wb_own_terms_describe (self, records));
  json_object_set_array_member (document, "records", g_steal_pointer (&records));
  json_object_set_array_member (document, "evidence", g_steal_pointer (&files));
  json_object_set_array_member (document, "deadlines", deadlines);
  return document;
}
