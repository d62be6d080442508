/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The row of a passphrase. Rows and entries of GTK 4.8 that wrap a text tell what was typed to
 * whoever listens on the accessibility bus, password rows too; a text of its own with the role of a
 * text box is named and focused there, and its words stay here.
 */
#include "wb-passphrase-row.h"

#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbPassphraseRow {
  AdwPreferencesRow parent_instance;
  GtkLabel *label;
  GtkBox *place;
  GtkToggleButton *eye;
  GtkText *text; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbPassphraseRow, wb_passphrase_row, ADW_TYPE_PREFERENCES_ROW)

enum { PROP_TEXT = 1 };

/* The whole row is the target, as in AdwEntryRow. */
static void
released_cb (GtkGestureClick *gesture, int presses, double x, double y, WbPassphraseRow *self)
{
  if (self->text != NULL)
    gtk_text_grab_focus_without_selecting (self->text);
}

static void
take_text (WbPassphraseRow *self, GtkText *text)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  if (text == NULL)
    return;
  self->text = text;
  g_object_set (text,
                "accessible-role",
                GTK_ACCESSIBLE_ROLE_TEXT_BOX,
                "buffer",
                buffer,
                "input-purpose",
                GTK_INPUT_PURPOSE_PASSWORD,
                "visibility",
                FALSE,
                "hexpand",
                TRUE,
                NULL);
  gtk_box_append (self->place, GTK_WIDGET (text));
  g_object_bind_property (self->eye, "active", text, "visibility", G_BINDING_SYNC_CREATE);
  wb_ui_set_name (GTK_WIDGET (text), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  /* The bus has a role for it that only the widget which tells the passphrase can have. */
  wb_ui_set_description (GTK_WIDGET (text),
                         _ ("Passphrase field: what you type is not read aloud"));
}

static void
title_cb (WbPassphraseRow *self, GParamSpec *pspec, gpointer data)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));

  gtk_label_set_label (self->label, title);
  if (self->text != NULL)
    wb_ui_set_name (GTK_WIDGET (self->text), title);
}

static void
wb_passphrase_row_set_property (GObject *object,
                                guint property,
                                const GValue *value,
                                GParamSpec *pspec)
{
  if (property == PROP_TEXT)
    take_text (WB_PASSPHRASE_ROW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

static void
wb_passphrase_row_class_init (WbPassphraseRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = wb_passphrase_row_set_property;
  /**
   * WbPassphraseRow:text:
   *
   * The #GtkText that is typed in; the template that uses the row keeps its id and its signals.
   */
  g_object_class_install_property (G_OBJECT_CLASS (klass),
                                   PROP_TEXT,
                                   g_param_spec_object ("text",
                                                        NULL,
                                                        NULL,
                                                        GTK_TYPE_TEXT,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-passphrase-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPassphraseRow, label);
  gtk_widget_class_bind_template_child (widget_class, WbPassphraseRow, place);
  gtk_widget_class_bind_template_child (widget_class, WbPassphraseRow, eye);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
}

static void
wb_passphrase_row_init (WbPassphraseRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_ui_set_name (GTK_WIDGET (self->eye), _ ("Show Passphrase"));
  g_signal_connect (self, "notify::title", G_CALLBACK (title_cb), NULL);
}

/**
 * wb_passphrase_row_get_text:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): where the passphrase is typed, an editable
 */
GtkText *
wb_passphrase_row_get_text (WbPassphraseRow *self)
{
  return self->text;
}
