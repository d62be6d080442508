/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* What edits the value of one field. "changed" is emitted when a person changes it. */
#define WB_TYPE_EDITOR (wb_editor_get_type ())
G_DECLARE_INTERFACE (WbEditor, wb_editor, WB, EDITOR, GtkWidget)

struct _WbEditorInterface {
  GTypeInterface parent_interface;

  JsonNode *(*dup_value) (WbEditor *self);
  JsonNode *(*dup_draft) (WbEditor *self); /* (optional): where it differs from the value */
  void (*set_value) (WbEditor *self, JsonNode *value);
  char *(*dup_note) (WbEditor *self, gboolean *ret_wrong);
};

/* NULL: nothing filled in, or nothing that can be understood. */
JsonNode *wb_editor_dup_value (WbEditor *self);
/* What was typed, understood or not; wb_editor_set_value() brings it back. */
JsonNode *wb_editor_dup_draft (WbEditor *self);
void wb_editor_set_value (WbEditor *self, JsonNode *value); /* NULL empties; no "changed" */
/* (nullable): how the value is understood, or what is wrong with it. */
char *wb_editor_dup_note (WbEditor *self, gboolean *ret_wrong);
void wb_editor_changed (WbEditor *self); /* for implementations */

typedef struct {
  const WbModel *model; /* outlives every widget */
  const WbZone *zone;
  WbLanguage language;
  GPtrArray *records;  /* (nullable) (element-type WbRecord): of the case, for references */
  GHashTable *names;   /* (nullable) (element-type utf8 WbRecordName): of what lies outside it */
  WbSession *session;  /* (nullable): where cases are looked for */
  const char *case_id; /* (nullable): this one is not pointed at */
} WbEditorContext;

GtkWidget *wb_editor_new_for_field (const WbField *field, const WbEditorContext *context);

#define WB_TYPE_TEXT_EDITOR (wb_text_editor_get_type ())
G_DECLARE_FINAL_TYPE (WbTextEditor, wb_text_editor, WB, TEXT_EDITOR, AdwBin)
GtkWidget *wb_text_editor_new (const WbField *field, WbZone *zone, WbLanguage language);

#define WB_TYPE_LONGTEXT_EDITOR (wb_longtext_editor_get_type ())
G_DECLARE_FINAL_TYPE (WbLongtextEditor, wb_longtext_editor, WB, LONGTEXT_EDITOR, AdwBin)
GtkWidget *wb_longtext_editor_new (void);
GtkTextBuffer *wb_longtext_editor_get_buffer (WbLongtextEditor *self);

#define WB_TYPE_BOOLEAN_EDITOR (wb_boolean_editor_get_type ())
G_DECLARE_FINAL_TYPE (WbBooleanEditor, wb_boolean_editor, WB, BOOLEAN_EDITOR, AdwBin)
/* Y or J is yes, N is no, ? is not asked; then "answered" is emitted, for who goes on by key. */
GtkWidget *wb_boolean_editor_new (void);
void wb_boolean_editor_set_open_label (WbBooleanEditor *self, const char *label);
void wb_boolean_editor_set_name (WbBooleanEditor *self, const char *name); /* what is asked */

#define WB_TYPE_CHOICE_EDITOR (wb_choice_editor_get_type ())
G_DECLARE_FINAL_TYPE (WbChoiceEditor, wb_choice_editor, WB, CHOICE_EDITOR, GtkBox)
GtkWidget *wb_choice_editor_new (const WbField *field, const WbEditorContext *context);
void wb_choice_editor_popup (WbChoiceEditor *self);

G_END_DECLS
