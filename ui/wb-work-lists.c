/* SPDX-License-Identifier: EUPL-1.2 */

/* The menu of work lists. It reads them each time it opens; counts follow one by one, so that one
 * that takes long keeps nobody waiting. Nothing of it outlives the lock. */
#include "wb-work-lists.h"

#include "wb-i18n.h"
#include "wb-ui.h"

struct _WbWorkLists {
  GtkPopover parent_instance;

  GtkListBox *list;
  GtkWidget *scroller;
  GtkWidget *empty;
  GtkLabel *message;
  GtkEditable *name;
  GtkButton *save;
  WbSession *session;        /* (nullable) */
  GCancellable *cancellable; /* (nullable): of what is read for this opening */
  char *renaming;            /* (nullable): the list whose other name is typed */
  WbWorkListsSource source;
  gpointer user_data;
};

G_DEFINE_FINAL_TYPE (WbWorkLists, wb_work_lists, GTK_TYPE_POPOVER)

enum { OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is done to the lists, on the register's thread. */
typedef struct {
  WbWorkList *save; /* (nullable) */
  char *rename;     /* (nullable) */
  char *to;         /* (nullable) */
  char *drop;       /* (nullable) */
} Change;

static void
change_free (Change *change)
{
  wb_work_list_free (change->save);
  g_free (change->rename);
  g_free (change->to);
  g_free (change->drop);
  g_free (change);
}

static void read_lists (WbWorkLists *self);

static void
say (WbWorkLists *self, const char *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

static void
show_mode (WbWorkLists *self)
{
  gtk_button_set_label (self->save, self->renaming != NULL ? _ ("_Rename") : _ ("_Save"));
}

static void
stop_renaming (WbWorkLists *self)
{
  g_clear_pointer (&self->renaming, g_free);
  gtk_editable_set_text (self->name, "");
  show_mode (self);
}

static const WbWorkList *
list_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "list");
}

static gpointer
change_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Change *change = data;
  gboolean done = TRUE;

  if (change->save != NULL)
    done = wb_register_save_work_list (reg, change->save, error);
  else if (change->rename != NULL)
    done = wb_register_rename_work_list (reg, change->rename, change->to, error);
  else
    done = wb_register_drop_work_list (reg, change->drop, error);
  return GINT_TO_POINTER (done);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWorkLists) self = user_data;
  g_autoptr (GError) error = NULL;

  (void) wb_session_call_finish (WB_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  say (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    stop_renaming (self);
  read_lists (self);
}

static void
change (WbWorkLists *self, Change *change)
{
  wb_session_call_async (self->session,
                         change_call,
                         change,
                         (GDestroyNotify) change_free,
                         NULL,
                         NULL,
                         changed_cb,
                         g_object_ref (self));
}

static void
save_cb (WbWorkLists *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  Change *asked;

  if (*name == '\0' || self->session == NULL || self->source == NULL)
    return;
  asked = g_new0 (Change, 1);
  if (self->renaming != NULL) {
    asked->rename = g_strdup (self->renaming);
    asked->to = g_strdup (name);
  } else {
    asked->save = self->source (name, self->user_data);
  }
  change (self, asked);
}

static void
name_changed_cb (WbWorkLists *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), *name != '\0');
  say (self, NULL);
}

static void
begin_renaming (WbWorkLists *self, GtkWidget *row)
{
  g_free (self->renaming);
  self->renaming = g_strdup (list_of (row)->name);
  gtk_editable_set_text (self->name, self->renaming);
  show_mode (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  gtk_editable_select_region (self->name, 0, -1);
}

static void
drop (WbWorkLists *self, GtkWidget *row)
{
  Change *asked = g_new0 (Change, 1);

  asked->drop = g_strdup (list_of (row)->name);
  if (self->renaming != NULL)
    stop_renaming (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name)); /* before the row that has the focus goes */
  change (self, asked);
}

static void
rename_clicked_cb (GtkButton *button, WbWorkLists *self)
{
  begin_renaming (self, gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));
}

static void
drop_clicked_cb (GtkButton *button, WbWorkLists *self)
{
  drop (self, gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        WbWorkLists *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row == NULL || (key != GDK_KEY_F2 && key != GDK_KEY_Delete))
    return FALSE;
  if (key == GDK_KEY_F2)
    begin_renaming (self, row);
  else
    drop (self, row);
  return TRUE;
}

static void
row_activated_cb (GtkListBox *box, GtkListBoxRow *row, WbWorkLists *self)
{
  g_autoptr (WbWorkList) list = wb_work_list_copy (list_of (GTK_WIDGET (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[OPENED], 0, list);
}

static void
add_button (WbWorkLists *self,
            GtkWidget *box,
            const char *icon,
            const char *name,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  wb_ui_set_name (button, name);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_row (WbWorkLists *self, const WbWorkList *list)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (list->name);
  GtkWidget *count = gtk_label_new (NULL);
  g_autofree char *rename = g_strdup_printf (_ ("Rename “%s”"), list->name);
  g_autofree char *drop = g_strdup_printf (_ ("Delete “%s”"), list->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (name), 24);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  add_button (self, box, "document-edit-symbolic", rename, G_CALLBACK (rename_clicked_cb));
  add_button (self, box, "user-trash-symbolic", drop, G_CALLBACK (drop_clicked_cb));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  wb_ui_set_name (row, list->name);
  g_object_set_data (G_OBJECT (row), "count", count);
  g_object_set_data_full (G_OBJECT (row),
                          "list",
                          wb_work_list_copy (list),
                          (GDestroyNotify) wb_work_list_free);
  return row;
}

/* On the register's thread. Nought is no pointer: one more than there are. */
static gpointer
count_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  WbCaseQuery query;
  guint n = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  wb_work_list_get_query (data, &query);
  if (!wb_register_count_cases (reg, &query, &n, error))
    return NULL;
  return GUINT_TO_POINTER (n + 1);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  gpointer answer = wb_session_call_finish (WB_SESSION (source), result, NULL);
  g_autofree char *text = NULL, *words = NULL;
  guint n;

  if (answer == NULL || gtk_widget_get_parent (row) == NULL)
    return;
  n = GPOINTER_TO_UINT (answer) - 1;
  text = g_strdup_printf ("%u", n);
  words = g_strdup_printf (ngettext_ ("%u case", "%u cases", n), n);
  gtk_label_set_label (g_object_get_data (G_OBJECT (row), "count"), text);
  wb_ui_set_description (row, words);
}

static void
add_list (WbWorkLists *self, const WbWorkList *list)
{
  GtkWidget *row = make_row (self, list);

  gtk_list_box_append (self->list, row);
  wb_session_call_async (self->session,
                         count_call,
                         wb_work_list_copy (list),
                         (GDestroyNotify) wb_work_list_free,
                         NULL,
                         self->cancellable,
                         counted_cb,
                         g_object_ref (row));
}

static void
clear (WbWorkLists *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static gpointer
list_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_register_list_work_lists (reg, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWorkLists) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lists = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  clear (self);
  if (lists == NULL)
    say (self, error->message);
  for (guint i = 0; lists != NULL && i < lists->len; i++)
    add_list (self, g_ptr_array_index (lists, i));
  gtk_widget_set_visible (self->empty, lists == NULL || lists->len == 0);
  gtk_widget_set_visible (self->scroller, lists != NULL && lists->len > 0);
}

static void
stop_reading (WbWorkLists *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_lists (WbWorkLists *self)
{
  stop_reading (self);
  self->cancellable = g_cancellable_new ();
  wb_session_call_async (self->session,
                         list_call,
                         NULL,
                         NULL,
                         (GDestroyNotify) g_ptr_array_unref,
                         self->cancellable,
                         listed_cb,
                         g_object_ref (self));
}

static void
wb_work_lists_show (GtkWidget *widget)
{
  WbWorkLists *self = WB_WORK_LISTS (widget);

  stop_renaming (self);
  say (self, NULL);
  if (self->session != NULL)
    read_lists (self);
  GTK_WIDGET_CLASS (wb_work_lists_parent_class)->show (widget);
}

static void
wb_work_lists_dispose (GObject *object)
{
  WbWorkLists *self = WB_WORK_LISTS (object);

  stop_reading (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_WORK_LISTS);
  g_clear_object (&self->session);
  g_clear_pointer (&self->renaming, g_free);
  G_OBJECT_CLASS (wb_work_lists_parent_class)->dispose (object);
}

static void
wb_work_lists_class_init (WbWorkListsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_work_lists_dispose;
  widget_class->show = wb_work_lists_show;

  /**
   * WbWorkLists::opened:
   * @self: the menu
   * @list: a WbWorkList
   */
  signals[OPENED] = g_signal_new ("opened",
                                  WB_TYPE_WORK_LISTS,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-work-lists.ui");
  gtk_widget_class_bind_template_child (widget_class, WbWorkLists, list);
  gtk_widget_class_bind_template_child (widget_class, WbWorkLists, scroller);
  gtk_widget_class_bind_template_child (widget_class, WbWorkLists, empty);
  gtk_widget_class_bind_template_child (widget_class, WbWorkLists, message);
  gtk_widget_class_bind_template_child (widget_class, WbWorkLists, name);
  gtk_widget_class_bind_template_child (widget_class, WbWorkLists, save);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
wb_work_lists_init (WbWorkLists *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_mode (self);
}

void
wb_work_lists_set_session (WbWorkLists *self, WbSession *session)
{
  g_set_object (&self->session, session);
}

void
wb_work_lists_set_source (WbWorkLists *self, WbWorkListsSource source, gpointer user_data)
{
  self->source = source;
  self->user_data = user_data;
}
