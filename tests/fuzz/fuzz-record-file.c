/* SPDX-License-Identifier: EUPL-1.2 */

/* What a record file gives is whole, and the model judges it or shows it without falling over. */
#include "wb-fuzz.h"
#include "wb-model.h"
#include "wb-uuid.h"

static void
show (const WbModel *model, const WbRecordType *type, JsonObject *fields, const WbZone *zone)
{
  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (fields, field->name);
    g_autofree char *words = NULL;

    if (value == NULL)
      continue;
    words = wb_model_format_value (model, field, value, zone, (WbLanguage) (i % 2));
    wb_fuzz_require (words != NULL && g_utf8_validate (words, -1, NULL));
  }
}

static void
judge (const WbModel *model, const WbRecordItem *item, const WbZone *zone)
{
  const WbRecordType *type =
      wb_model_find_type (model, item->type != NULL ? item->type : "allegation");
  g_autoptr (GError) error = NULL;

  wb_fuzz_require ((item->type == NULL) != (item->change == NULL));
  wb_fuzz_require (item->fields != NULL);
  wb_fuzz_require (item->id == NULL || wb_uuid_is_valid (item->id));
  if (type == NULL)
    return;
  if (!wb_model_check (model, type->name, item->fields, item->type != NULL, zone, &error))
    wb_fuzz_require (error != NULL && g_utf8_validate (error->message, -1, NULL));
  (void) wb_model_check_entered (model, type->name, item->fields, NULL);
  show (model, type, item->fields, zone);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static WbZone *zone;
  WbModel *model = wb_model_get_default (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, &error);

  if (zone == NULL)
    zone = wb_zone_new ("Europe/Amsterdam", NULL);
  wb_fuzz_require (model != NULL && zone != NULL);
  wb_fuzz_require ((items == NULL) == (error != NULL));
  if (items == NULL)
    return 0;
  wb_fuzz_require (items->len > 0);
  for (guint i = 0; i < items->len; i++)
    judge (model, g_ptr_array_index (items, i), zone);
  return 0;
}
