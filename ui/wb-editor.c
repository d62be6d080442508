/* SPDX-License-Identifier: EUPL-1.2 */

/* The one way in which a form talks to whatever edits a field, and which editor a field gets. */
#include "wb-editor.h"

G_DEFINE_INTERFACE (WbEditor, wb_editor, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
wb_editor_default_init (WbEditorInterface *iface)
{
  /**
   * WbEditor::changed:
   * @self: the editor
   *
   * A person changed the value; not emitted by wb_editor_set_value().
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_EDITOR,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

JsonNode *
wb_editor_dup_value (WbEditor *self)
{
  return WB_EDITOR_GET_IFACE (self)->dup_value (self);
}

JsonNode *
wb_editor_dup_draft (WbEditor *self)
{
  WbEditorInterface *iface = WB_EDITOR_GET_IFACE (self);

  return iface->dup_draft != NULL ? iface->dup_draft (self) : iface->dup_value (self);
}

void
wb_editor_set_value (WbEditor *self, JsonNode *value)
{
  if (value != NULL && JSON_NODE_HOLDS_NULL (value))
    value = NULL;
  WB_EDITOR_GET_IFACE (self)->set_value (self, value);
}

char *
wb_editor_dup_note (WbEditor *self, gboolean *ret_wrong)
{
  if (WB_EDITOR_GET_IFACE (self)->dup_note == NULL)
    return NULL;
  return WB_EDITOR_GET_IFACE (self)->dup_note (self, ret_wrong);
}

void
wb_editor_changed (WbEditor *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

GtkWidget *
wb_editor_new_for_field (const WbField *field, const WbEditorContext *context)
{
  switch (field->type) {
  case WB_FIELD_LONGTEXT:
    return wb_longtext_editor_new ();
  case WB_FIELD_BOOLEAN:
    return wb_boolean_editor_new ();
  case WB_FIELD_CODE:
  case WB_FIELD_CODES:
  case WB_FIELD_RECORD:
  case WB_FIELD_RECORDS:
  case WB_FIELD_LANGUAGE:
  case WB_FIELD_LANGUAGES:
  case WB_FIELD_COUNTRY:
  case WB_FIELD_TERMS:
    return wb_choice_editor_new (field, context);
  case WB_FIELD_TEXT:
  case WB_FIELD_MOMENT:
  case WB_FIELD_DATE:
  case WB_FIELD_INTEGER:
  default:
    return wb_text_editor_new (field, (WbZone *) context->zone, context->language);
  }
}
