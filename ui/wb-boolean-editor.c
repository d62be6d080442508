/* SPDX-License-Identifier: EUPL-1.2 */

/* Yes, no, or not asked: three states, since "not asked" is not "no". */
#include "wb-editor.h"

#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbBooleanEditor {
  AdwBin parent_instance;

  GtkToggleButton *yes;
  GtkToggleButton *no;
  GtkToggleButton *not_asked;
  gboolean setting;
};

static void wb_boolean_editor_editor_init (WbEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbBooleanEditor,
                               wb_boolean_editor,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_EDITOR,
                                                      wb_boolean_editor_editor_init))

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static JsonNode *
wb_boolean_editor_dup_value (WbEditor *editor)
{
  WbBooleanEditor *self = WB_BOOLEAN_EDITOR (editor);

  if (gtk_toggle_button_get_active (self->not_asked))
    return NULL;
  return json_node_init_boolean (json_node_alloc (), gtk_toggle_button_get_active (self->yes));
}

static void
wb_boolean_editor_set_value (WbEditor *editor, JsonNode *value)
{
  WbBooleanEditor *self = WB_BOOLEAN_EDITOR (editor);
  GtkToggleButton *button = self->not_asked;

  if (value != NULL && json_node_get_value_type (value) == G_TYPE_BOOLEAN)
    button = json_node_get_boolean (value) ? self->yes : self->no;
  self->setting = TRUE;
  gtk_toggle_button_set_active (button, TRUE);
  self->setting = FALSE;
}

static void
wb_boolean_editor_editor_init (WbEditorInterface *iface)
{
  iface->dup_value = wb_boolean_editor_dup_value;
  iface->set_value = wb_boolean_editor_set_value;
}

/* Each choice toggles two buttons; one word about it is enough. */
static void
toggled_cb (GtkToggleButton *button, WbBooleanEditor *self)
{
  if (!self->setting && gtk_toggle_button_get_active (button))
    wb_editor_changed (WB_EDITOR (self));
}

/* The answer that stands has the focus first. */
static gboolean
wb_boolean_editor_grab_focus (GtkWidget *widget)
{
  WbBooleanEditor *self = WB_BOOLEAN_EDITOR (widget);
  GtkToggleButton *button = self->yes;

  if (gtk_toggle_button_get_active (self->no))
    button = self->no;
  return gtk_widget_grab_focus (GTK_WIDGET (button));
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint key,
        guint code,
        GdkModifierType state,
        WbBooleanEditor *self)
{
  GtkToggleButton *button;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (gdk_keyval_to_lower (key)) {
  case GDK_KEY_y:
  case GDK_KEY_j:
    button = self->yes;
    break;
  case GDK_KEY_n:
    button = self->no;
    break;
  case GDK_KEY_question:
    button = self->not_asked;
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  gtk_toggle_button_set_active (button, TRUE);
  g_signal_emit (self, signals[ANSWERED], 0);
  return GDK_EVENT_STOP;
}

static void
wb_boolean_editor_class_init (WbBooleanEditorClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_boolean_editor_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = wb_ui_focus_within;

  /**
   * WbBooleanEditor::answered:
   * @self: the editor
   *
   * A person answered by a key, be it as before.
   */
  signals[ANSWERED] = g_signal_new ("answered",
                                    WB_TYPE_BOOLEAN_EDITOR,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
}

static GtkToggleButton *
append_button (WbBooleanEditor *self, GtkBox *box, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (box, button);
  return GTK_TOGGLE_BUTTON (button);
}

static void
wb_boolean_editor_init (WbBooleanEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_halign (box, GTK_ALIGN_START);
  self->yes = append_button (self, GTK_BOX (box), _ ("Yes"));
  self->no = append_button (self, GTK_BOX (box), _ ("No"));
  self->not_asked = append_button (self, GTK_BOX (box), _ ("Not asked"));
  gtk_toggle_button_set_group (self->no, self->yes);
  gtk_toggle_button_set_group (self->not_asked, self->yes);
  self->setting = TRUE;
  gtk_toggle_button_set_active (self->not_asked, TRUE);
  self->setting = FALSE;
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
wb_boolean_editor_new (void)
{
  return g_object_new (WB_TYPE_BOOLEAN_EDITOR, NULL);
}

void
wb_boolean_editor_set_open_label (WbBooleanEditor *self, const char *label)
{
  gtk_button_set_label (GTK_BUTTON (self->not_asked), label);
}

void
wb_boolean_editor_set_name (WbBooleanEditor *self, const char *name)
{
  wb_ui_set_name (GTK_WIDGET (self), name);
  wb_ui_set_description (GTK_WIDGET (self->yes), name);
  wb_ui_set_description (GTK_WIDGET (self->no), name);
  wb_ui_set_description (GTK_WIDGET (self->not_asked), name);
}
