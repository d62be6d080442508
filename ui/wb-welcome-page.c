/* SPDX-License-Identifier: EUPL-1.2 */

/* What a first start shows. */
#include "wb-welcome-page.h"

#include "wb-ui.h"

struct _WbWelcomePage {
  AdwBin parent_instance;

  GtkWidget *open;
};

G_DEFINE_FINAL_TYPE (WbWelcomePage, wb_welcome_page, ADW_TYPE_BIN)

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
wb_welcome_page_class_init (WbWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_welcome_page_dispose;
  widget_class->grab_focus = wb_welcome_page_grab_focus;
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWelcomePage, open);
}

static void
wb_welcome_page_init (WbWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_welcome_page_new (void)
{
  return g_object_new (WB_TYPE_WELCOME_PAGE, NULL);
}
