/* SPDX-License-Identifier: EUPL-1.2 */

/* A stack of pages with the animation of a leaflet that is always folded. */
#include "wb-shell.h"

struct _WbShell {
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *face;    /* (nullable): what is seen of the first page, where that holds several */
  GPtrArray *pages;   /* (element-type GtkWidget): owned by the leaflet */
  GPtrArray *leaving; /* (element-type GtkWidget): until the animation ends */
};

G_DEFINE_FINAL_TYPE (WbShell, wb_shell, ADW_TYPE_BIN)

enum { POPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* A call to the register may still hold the page; what it shows goes now, and for good. */
static void
remove_all (WbShell *self, GPtrArray *pages)
{
  while (pages->len > 0) {
    g_autoptr (GtkWidget) page = g_object_ref (g_ptr_array_steal_index (pages, pages->len - 1));

    adw_leaflet_remove (self->leaflet, page);
    g_object_run_dispose (G_OBJECT (page));
  }
}

static void
transition_cb (AdwLeaflet *leaflet, GParamSpec *pspec, WbShell *self)
{
  if (!adw_leaflet_get_child_transition_running (leaflet))
    remove_all (self, self->leaving);
}

static void
wb_shell_dispose (GObject *object)
{
  WbShell *self = WB_SHELL (object);

  if (self->leaflet != NULL) {
    g_signal_handlers_disconnect_by_data (self->leaflet, self);
    remove_all (self, self->leaving);
    remove_all (self, self->pages);
  }
  self->leaflet = NULL;
  self->face = NULL;
  G_OBJECT_CLASS (wb_shell_parent_class)->dispose (object);
}

static void
wb_shell_finalize (GObject *object)
{
  WbShell *self = WB_SHELL (object);

  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->leaving);
  G_OBJECT_CLASS (wb_shell_parent_class)->finalize (object);
}

static void
wb_shell_class_init (WbShellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_shell_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_shell_finalize;

  /**
   * WbShell::popped:
   * @self: the shell
   * @page: what went away
   */
  signals[POPPED] = g_signal_new ("popped",
                                  WB_TYPE_SHELL,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  GTK_TYPE_WIDGET);
}

static void
wb_shell_init (WbShell *self)
{
  self->pages = g_ptr_array_new ();
  self->leaving = g_ptr_array_new ();
  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_unfold (self->leaflet, FALSE);
  g_signal_connect (self->leaflet,
                    "notify::child-transition-running",
                    G_CALLBACK (transition_cb),
                    self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->leaflet));
}

GtkWidget *
wb_shell_new (GtkWidget *root)
{
  WbShell *self = g_object_new (WB_TYPE_SHELL, NULL);

  wb_shell_push (self, root);
  return GTK_WIDGET (self);
}

void
wb_shell_push (WbShell *self, GtkWidget *page)
{
  remove_all (self, self->leaving);
  adw_leaflet_append (self->leaflet, page);
  g_ptr_array_add (self->pages, page);
  adw_leaflet_set_visible_child (self->leaflet, page);
}

gboolean
wb_shell_pop (WbShell *self)
{
  GtkWidget *page;

  if (self->pages->len < 2)
    return FALSE;
  remove_all (self, self->leaving);
  page = g_ptr_array_steal_index (self->pages, self->pages->len - 1);
  g_ptr_array_add (self->leaving, page);
  g_signal_emit (self, signals[POPPED], 0, page);
  adw_leaflet_set_visible_child (self->leaflet,
                                 g_ptr_array_index (self->pages, self->pages->len - 1));
  if (!adw_leaflet_get_child_transition_running (self->leaflet))
    remove_all (self, self->leaving);
  return TRUE;
}

guint
wb_shell_get_depth (WbShell *self)
{
  return self->pages->len;
}

/* The first page may show one of several; that one then stands for it. */
void
wb_shell_set_face (WbShell *self, GtkWidget *face)
{
  self->face = face;
}

GtkWidget *
wb_shell_get_page (WbShell *self, guint n)
{
  if (n == 0 && self->face != NULL)
    return self->face;
  return n < self->pages->len ? g_ptr_array_index (self->pages, n) : NULL;
}

GtkWidget *
wb_shell_get_top (WbShell *self)
{
  return self->pages->len > 0 ? wb_shell_get_page (self, self->pages->len - 1) : NULL;
}
