/* SPDX-License-Identifier: EUPL-1.2 */

/* What a first start shows. */
#include "wb-welcome-page.h"

#include "wb-i18n.h"
#include "wb-place.h"
#include "wb-ui.h"

struct _WbWelcomePage {
  AdwBin parent_instance;

  GtkWidget *open;
  AdwPreferencesGroup *group;
  GPtrArray *rows; /* (element-type GtkWidget): in the group */
};

G_DEFINE_FINAL_TYPE (WbWelcomePage, wb_welcome_page, ADW_TYPE_BIN)

enum { REGISTER_CHOSEN, REGISTER_FORGOTTEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_path (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "path");
}

static void
activated_cb (GtkWidget *row, WbWelcomePage *self)
{
  g_signal_emit (self, signals[REGISTER_CHOSEN], 0, get_path (row));
}

static void
forget_cb (GtkWidget *button, WbWelcomePage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  g_autofree char *path = g_strdup (get_path (row)); /* the row goes */

  g_signal_emit (self, signals[REGISTER_FORGOTTEN], 0, path);
}

static GtkWidget *
make_forget_button (WbWelcomePage *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is a register, such as NL-INSP. */
  g_autofree char *words = g_strdup_printf (_ ("Remove %s from this List"), name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove from this List"));
  wb_ui_set_name (button, words);
  g_signal_connect_object (button, "clicked", G_CALLBACK (forget_cb), self, 0);
  return button;
}

static GtkWidget *
make_row (WbWelcomePage *self, const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = wb_place_name (path);
  g_autofree char *folder = wb_place_folder (path);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_forget_button (self, name));
  wb_ui_set_name (row, name);
  wb_ui_set_description (row, folder);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (path), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  return row;
}

static gboolean
wb_welcome_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WB_WELCOME_PAGE (widget)->open);
}

static void
wb_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_WELCOME_PAGE);
  G_OBJECT_CLASS (wb_welcome_page_parent_class)->dispose (object);
}

static void
wb_welcome_page_finalize (GObject *object)
{
  g_ptr_array_unref (WB_WELCOME_PAGE (object)->rows);
  G_OBJECT_CLASS (wb_welcome_page_parent_class)->finalize (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name,
                       WB_TYPE_WELCOME_PAGE,
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
wb_welcome_page_class_init (WbWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_welcome_page_finalize;

  /**
   * WbWelcomePage::register-chosen:
   * @self: the page
   * @path: a register of earlier
   */
  signals[REGISTER_CHOSEN] = add_signal ("register-chosen");
  /**
   * WbWelcomePage::register-forgotten:
   * @self: the page
   * @path: the one that need not be listed any more; the register itself stays
   */
  signals[REGISTER_FORGOTTEN] = add_signal ("register-forgotten");

  widget_class->grab_focus = wb_welcome_page_grab_focus;
  widget_class->focus = wb_ui_focus_within;
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWelcomePage, open);
  gtk_widget_class_bind_template_child (widget_class, WbWelcomePage, group);
}

static void
wb_welcome_page_init (WbWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

GtkWidget *
wb_welcome_page_new (void)
{
  return g_object_new (WB_TYPE_WELCOME_PAGE, NULL);
}

void
wb_welcome_page_set_registers (WbWelcomePage *self, const char *const *paths)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; paths[i] != NULL; i++) {
    GtkWidget *row = make_row (self, paths[i]);

    g_ptr_array_add (self->rows, row);
    adw_preferences_group_add (self->group, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->rows->len > 0);
}
