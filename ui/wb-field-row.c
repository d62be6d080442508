/* SPDX-License-Identifier: EUPL-1.2 */

/* A row of a form: the model says what it is called and how it is edited. */
#include "wb-field-row.h"

#include "wb-ui.h"

struct _WbFieldRow {
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
  GtkLabel *note;
  WbEditor *editor; /* owned by the row */
  const WbField *field;
  char *remark; /* (nullable) */
  gboolean wrong;
};

G_DEFINE_FINAL_TYPE (WbFieldRow, wb_field_row, ADW_TYPE_PREFERENCES_ROW)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_note (WbFieldRow *self)
{
  g_autofree char *note = wb_editor_dup_note (self->editor, &self->wrong);

  if (note == NULL)
    note = g_strdup (self->remark);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_label_set_label (self->note, note != NULL ? note : "");
  if (self->wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->note), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               self->wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                           : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
changed_cb (WbEditor *editor, WbFieldRow *self)
{
  show_note (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The whole row is the target, as in AdwEntryRow. */
static void
released_cb (GtkGestureClick *gesture, int n, double x, double y, WbFieldRow *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (WB_IS_CHOICE_EDITOR (self->editor))
    wb_choice_editor_popup (WB_CHOICE_EDITOR (self->editor));
  else if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static gboolean
wb_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_FIELD_ROW (widget)->editor));
}

static void
wb_field_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_FIELD_ROW);
  G_OBJECT_CLASS (wb_field_row_parent_class)->dispose (object);
}

static void
wb_field_row_finalize (GObject *object)
{
  g_free (WB_FIELD_ROW (object)->remark);
  G_OBJECT_CLASS (wb_field_row_parent_class)->finalize (object);
}

static void
wb_field_row_class_init (WbFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_field_row_finalize;
  widget_class->focus = wb_ui_focus_within;
  widget_class->grab_focus = wb_field_row_grab_focus;

  /**
   * WbFieldRow::changed:
   * @self: the row
   *
   * A person changed the value.
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_FIELD_ROW,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbFieldRow, label);
  gtk_widget_class_bind_template_child (widget_class, WbFieldRow, note);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
}

static void
wb_field_row_init (WbFieldRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What says who somebody is, is asked for need alone. */
static void
show_hint (WbFieldRow *self, WbNeed need, const char *help)
{
  const char *hint =
      need == WB_NEED_SPARING ? _ ("Fill in only where this case cannot do without it.") : NULL;
  g_autofree char *both =
      hint != NULL && help != NULL ? g_strdup_printf ("%s\n%s", help, hint) : NULL;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), both != NULL ? both : hint != NULL ? hint : help);
}

GtkWidget *
wb_field_row_new (const WbField *field, const WbEditorContext *context)
{
  WbFieldRow *self = g_object_new (WB_TYPE_FIELD_ROW, NULL);
  GtkWidget *editor = wb_editor_new_for_field (field, context);

  self->field = field;
  self->editor = WB_EDITOR (editor);
  gtk_label_set_label (self->label, field->label[context->language]);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), field->label[context->language]);
  wb_ui_set_name (GTK_WIDGET (self), field->label[context->language]);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (editor),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->label,
                                  NULL,
                                  -1);
  if (WB_IS_LONGTEXT_EDITOR (editor)) /* what has the focus is inside */
    wb_ui_set_name (adw_bin_get_child (ADW_BIN (editor)), field->label[context->language]);
  show_hint (self, field->need, field->help[context->language]);
  g_signal_connect (editor, "changed", G_CALLBACK (changed_cb), self);
  gtk_box_insert_child_after (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self))),
                              editor,
                              GTK_WIDGET (self->label));
  return GTK_WIDGET (self);
}

const WbField *
wb_field_row_get_field (WbFieldRow *self)
{
  return self->field;
}

WbEditor *
wb_field_row_get_editor (WbFieldRow *self)
{
  return self->editor;
}

JsonNode *
wb_field_row_dup_value (WbFieldRow *self)
{
  return wb_editor_dup_value (self->editor);
}

/* A half-typed date is worth keeping too. */
JsonNode *
wb_field_row_dup_draft (WbFieldRow *self)
{
  return wb_editor_dup_draft (self->editor);
}

void
wb_field_row_set_value (WbFieldRow *self, JsonNode *value)
{
  wb_editor_set_value (self->editor, value);
  show_note (self);
}

void
wb_field_row_set_remark (WbFieldRow *self, const char *remark)
{
  g_free (self->remark);
  self->remark = g_strdup (remark);
  show_note (self);
  wb_ui_set_description (GTK_WIDGET (self), remark != NULL ? remark : "");
}

gboolean
wb_field_row_is_wrong (WbFieldRow *self)
{
  return self->wrong;
}
