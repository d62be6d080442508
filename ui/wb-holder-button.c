/* SPDX-License-Identifier: EUPL-1.2 */

/* The holder of a case as a button: names in, a wish out. */
#include "wb-holder-button.h"

#include "wb-i18n.h"
#include "wb-ui.h"

#define NAME_CHARS 24 /* of the button; the menu shows the whole */

struct _WbHolderButton {
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkListBox *list;
  char *holder; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbHolderButton, wb_holder_button, ADW_TYPE_BIN)

enum { HOLDER_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, WbHolderButton *self)
{
  const char *user = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  gtk_menu_button_popdown (self->button);
  if (g_strcmp0 (user, self->holder) != 0)
    g_signal_emit (self, signals[HOLDER_REQUESTED], 0, user);
}

static void
wb_holder_button_finalize (GObject *object)
{
  g_free (WB_HOLDER_BUTTON (object)->holder);
  G_OBJECT_CLASS (wb_holder_button_parent_class)->finalize (object);
}

static void
wb_holder_button_class_init (WbHolderButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_holder_button_finalize;

  /**
   * WbHolderButton::holder-requested:
   * @self: the button
   * @user: who is to hold the case
   */
  signals[HOLDER_REQUESTED] = g_signal_new ("holder-requested",
                                            WB_TYPE_HOLDER_BUTTON,
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            1,
                                            G_TYPE_STRING);
}

static void
wb_holder_button_init (WbHolderButton *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_set_size_request (GTK_WIDGET (self->list), 220, -1);
  wb_ui_set_name (GTK_WIDGET (self->list), _ ("Who Holds the Case"));
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->list));
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, NAME_CHARS);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, GTK_WIDGET (self->label));
  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "wb-holder");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

static GtkWidget *
row_new (const char *user, gboolean holds)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), user);
  if (holds) {
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Holds the case now"));
    wb_ui_set_description (row, _ ("Holds the case now"));
  }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  wb_ui_set_name (row, user);
  return row;
}

void
wb_holder_button_show_holder (WbHolderButton *self, const char *holder, const char *const *users)
{
  /* Translators: %s is the name of a user: who works on the case. */
  g_autofree char *words = g_strdup_printf (_ ("Holder: %s"), holder);
  GtkListBoxRow *row;
  const char *shown = holder != NULL ? words : _ ("Nobody holds this case");

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_free (self->holder);
  self->holder = g_strdup (holder);
  gtk_label_set_label (self->label, shown);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Who Holds the Case"));
  wb_ui_set_name (GTK_WIDGET (self->button), shown);
  for (guint i = 0; users[i] != NULL; i++)
    gtk_list_box_append (self->list, row_new (users[i], g_strcmp0 (users[i], holder) == 0));
}
