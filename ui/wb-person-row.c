/* SPDX-License-Identifier: EUPL-1.2 */

/* A person on a case page: a code, a role, and a button that asks before it shows who it is. */
#include "wb-person-row.h"

#include "wb-ui.h"

struct _WbPersonRow {
  AdwExpanderRow parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkEntry *reason;
  char *id;
};

G_DEFINE_FINAL_TYPE (WbPersonRow, wb_person_row, ADW_TYPE_EXPANDER_ROW)

enum { IDENTITY_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_name_cb (WbPersonRow *self)
{
  g_autofree char *reason =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  gtk_popover_popdown (self->popover);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  g_signal_emit (self, signals[IDENTITY_REQUESTED], 0, *reason != '\0' ? reason : NULL);
}

static void
wb_person_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_PERSON_ROW);
  G_OBJECT_CLASS (wb_person_row_parent_class)->dispose (object);
}

static void
wb_person_row_finalize (GObject *object)
{
  g_free (WB_PERSON_ROW (object)->id);
  G_OBJECT_CLASS (wb_person_row_parent_class)->finalize (object);
}

static void
wb_person_row_class_init (WbPersonRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_person_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_person_row_finalize;

  /**
   * WbPersonRow::identity-requested:
   * @self: the row
   * @reason: (nullable): why, as typed
   *
   * The user asked to see who this is, and was told that the look is logged.
   */
  signals[IDENTITY_REQUESTED] = g_signal_new ("identity-requested",
                                              WB_TYPE_PERSON_ROW,
                                              G_SIGNAL_RUN_LAST,
                                              0,
                                              NULL,
                                              NULL,
                                              NULL,
                                              G_TYPE_NONE,
                                              1,
                                              G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-person-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPersonRow, button);
  gtk_widget_class_bind_template_child (widget_class, WbPersonRow, popover);
  gtk_widget_class_bind_template_child (widget_class, WbPersonRow, reason);
  gtk_widget_class_bind_template_callback (widget_class, show_name_cb);
}

static void
wb_person_row_init (WbPersonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_person_row_new (const WbRecord *record, const WbRowContext *context)
{
  WbPersonRow *self = g_object_new (WB_TYPE_PERSON_ROW, NULL);
  const char *pseudonym = wb_record_get_text (record, "pseudonym");
  const char *code = wb_record_get_short_reference (record);
  g_autofree char *summary = wb_record_summary (record, context);

  self->id = g_strdup (record->id);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 pseudonym != NULL ? pseudonym : _ ("Person"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), wb_reference_label_new (code));
  wb_ui_name_expander (ADW_EXPANDER_ROW (self), code, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->button),
                          record->hidden != NULL && record->hidden[0] != NULL);
  wb_expander_add_fields_later (ADW_EXPANDER_ROW (self), record, context);
  return GTK_WIDGET (self);
}

const char *
wb_person_row_get_id (WbPersonRow *self)
{
  return self->id;
}

static char **
identity_fields (const WbRecord *record, const WbModel *model)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const WbRecordType *type = wb_model_find_type (model, record->type);

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (field->sensitivity == WB_SENSITIVITY_IDENTITY)
      g_strv_builder_add (names, field->name);
  }
  return g_strv_builder_end (names);
}

void
wb_person_row_show_identity (WbPersonRow *self, const WbRecord *record, const WbRowContext *context)
{
  g_auto (GStrv) names = identity_fields (record, context->model);
  const char *name = wb_record_get_text (record, "name");

  if (name != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 _ ("Recorded in the log: you looked at this name"));
  wb_ui_name_expander (ADW_EXPANDER_ROW (self),
                       wb_record_get_short_reference (record),
                       adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->button), FALSE);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE); /* what is no name comes first */
  wb_expander_add_fields (ADW_EXPANDER_ROW (self), record, context, names);
}
