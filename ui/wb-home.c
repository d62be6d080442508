/* SPDX-License-Identifier: EUPL-1.2 */

/* Two views under one header. Where there is no room for their names in it, they are at the
 * bottom. */
#include "wb-home.h"

#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbHome {
  AdwBin parent_instance;

  AdwViewStack *stack;
  AdwViewStackPage *today; /* (nullable): owned by the stack */
};

G_DEFINE_FINAL_TYPE (WbHome, wb_home, ADW_TYPE_BIN)

enum { VISIBLE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
visible_changed_cb (WbHome *self)
{
  if (self->today != NULL)
    g_signal_emit (self, signals[VISIBLE_CHANGED], 0);
}

static void
wb_home_dispose (GObject *object)
{
  WbHome *self = WB_HOME (object);

  self->today = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_HOME);
  G_OBJECT_CLASS (wb_home_parent_class)->dispose (object);
}

static void
wb_home_class_init (WbHomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_home_dispose;

  /**
   * WbHome::visible-changed:
   * @self: the page
   */
  signals[VISIBLE_CHANGED] = g_signal_new ("visible-changed",
                                           WB_TYPE_HOME,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           0);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-home.ui");
  gtk_widget_class_bind_template_child (widget_class, WbHome, stack);
  gtk_widget_class_bind_template_callback (widget_class, visible_changed_cb);
}

static void
wb_home_init (WbHome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
wb_home_new (GtkWidget *today, GtkWidget *cases, GtkWidget *visits)
{
  WbHome *self = g_object_new (WB_TYPE_HOME, NULL);
  AdwViewStackPage *page = adw_view_stack_add_titled (self->stack, today, "today", _ ("Today"));

  adw_view_stack_page_set_icon_name (page, "wb-today-symbolic");
  adw_view_stack_page_set_icon_name (
      adw_view_stack_add_titled (self->stack, cases, "cases", _ ("Cases")),
      "wb-register-symbolic");
  adw_view_stack_page_set_icon_name (
      adw_view_stack_add_titled (self->stack, visits, "visits", _ ("Visits")),
      "wb-visit-symbolic");
  adw_view_stack_set_visible_child_name (self->stack, "cases");
  self->today = page;
  return GTK_WIDGET (self);
}

GtkWidget *
wb_home_get_visible (WbHome *self)
{
  return adw_view_stack_get_visible_child (self->stack);
}

const char *
wb_home_get_name (WbHome *self)
{
  return adw_view_stack_get_visible_child_name (self->stack);
}

void
wb_home_show (WbHome *self, const char *name)
{
  adw_view_stack_set_visible_child_name (self->stack, name);
}

void
wb_home_set_urgent (WbHome *self, guint n)
{
  adw_view_stack_page_set_badge_number (self->today, n);
}
