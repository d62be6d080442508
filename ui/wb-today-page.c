/* SPDX-License-Identifier: EUPL-1.2 */

/* The page of the day. It shows what was read, asks for acts, and reads again after each. */
#include "wb-today-page.h"

#include "wb-case-section.h"
#include "wb-clock-act-dialog.h"
#include "wb-today-row.h"
#include "wb-ui.h"

#define FIRST_ROWS 12  /* made at once: most days ask for no more */
#define ROWS_A_ROUND 4 /* made between two drawings */
#define DAY_CHECK_S 30 /* a computer that slept through midnight has no other way to know */
#define SILENT WB_TODAY_N_TIMES
#define N_SECTIONS (WB_TODAY_N_TIMES + 1)

struct _WbTodayPage {
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *failed;
  AdwPreferencesGroup *overdue;
  AdwPreferencesGroup *now;
  AdwPreferencesGroup *week;
  AdwPreferencesGroup *suspended;
  AdwPreferencesGroup *silent;
  WbCaseSection *sections[N_SECTIONS];
  WbSession *session;
  WbTodayData *data;  /* (nullable) */
  GHashTable *opened; /* clocks that were opened, kept across a reading */
  guint filling;
  guint timer;
  guint loads; /* readings under way */
};

G_DEFINE_FINAL_TYPE (WbTodayPage, wb_today_page, ADW_TYPE_BIN)

enum { COUNTED, CASE_ACTIVATED, CHANGED, MESSAGE, N_SIGNALS };
static guint signals[N_SIGNALS];

static char *
make_key (const WbTodayDeadline *deadline)
{
  return g_strdup_printf ("%s %s", deadline->record_id, deadline->rule);
}

static void
case_activated_cb (GtkWidget *row, const char *id, WbTodayPage *self)
{
  g_signal_emit (self, signals[CASE_ACTIVATED], 0, id);
}

static void
recorded_cb (WbClockActDialog *dialog, WbTodayPage *self)
{
  if (self->session == NULL)
    return;
  g_signal_emit (self, signals[MESSAGE], 0, _ ("The act on the time limit is recorded"));
  g_signal_emit (self, signals[CHANGED], 0);
  wb_today_page_reload (self);
}

static void
show_dialog (WbTodayPage *self, GtkWidget *dialog)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (root));
  g_signal_connect_object (dialog, "recorded", G_CALLBACK (recorded_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
wb_today_page_ask_again (WbTodayPage *self, JsonObject *kept)
{
  show_dialog (self, wb_clock_act_dialog_new_kept (self->session, kept));
}

static void
act_requested_cb (WbTodayRow *row, const char *action, WbTodayPage *self)
{
  const WbTodayDeadline *deadline = wb_today_row_get_deadline (row);

  if (self->session != NULL)
    show_dialog (self,
                 wb_clock_act_dialog_new (self->session,
                                          deadline->case_id,
                                          deadline->record_id,
                                          deadline->rule,
                                          wb_deadline_item_get_title (deadline->item),
                                          action));
}

static GtkWidget *
make_deadline_row (gpointer item, gpointer user_data)
{
  WbTodayPage *self = user_data;
  GtkWidget *row = wb_today_row_new (item);
  g_autofree char *key = make_key (item);

  g_signal_connect_object (row, "case-activated", G_CALLBACK (case_activated_cb), self, 0);
  g_signal_connect_object (row, "act-requested", G_CALLBACK (act_requested_cb), self, 0);
  if (g_hash_table_contains (self->opened, key))
    wb_today_row_set_opened (WB_TODAY_ROW (row), TRUE);
  return row;
}

static void
silent_activated_cb (GtkWidget *row, WbTodayPage *self)
{
  g_signal_emit (self, signals[CASE_ACTIVATED], 0, g_object_get_data (G_OBJECT (row), "case"));
}

static GtkWidget *
make_silent_row (gpointer item, gpointer user_data)
{
  const WbTodaySilent *silent = item;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title =
      silent->case_title != NULL
          ? g_strdup_printf ("%s · %s", silent->case_reference, silent->case_title)
          : g_strdup (silent->case_reference);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), silent->words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  wb_ui_set_name (row, title);
  wb_ui_set_description (row, silent->words);
  g_object_set_data_full (G_OBJECT (row), "case", g_strdup (silent->case_id), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (silent_activated_cb), user_data, 0);
  return row;
}

static char *
words_more (guint left)
{
  return g_strdup_printf (ngettext_ ("Show %u more", "Show %u more", left), left);
}

/* The whole row opens, as an expander's does. */
static void
row_activated_cb (GtkListBox *box, GtkListBoxRow *row, WbTodayPage *self)
{
  if (WB_IS_TODAY_ROW (row))
    wb_today_row_set_opened (WB_TODAY_ROW (row), !wb_today_row_is_opened (WB_TODAY_ROW (row)));
}

static void
watch_list (WbTodayPage *self, WbCaseSection *section)
{
  GPtrArray *rows = wb_case_section_get_rows (section);
  GtkWidget *box = rows->len > 0 ? gtk_widget_get_parent (g_ptr_array_index (rows, 0)) : NULL;

  if (!GTK_IS_LIST_BOX (box) || g_object_get_data (G_OBJECT (box), "watched") != NULL)
    return;
  g_object_set_data (G_OBJECT (box), "watched", self);
  g_signal_connect_object (box, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
}

static guint
fill (WbTodayPage *self, guint n)
{
  guint made = 0;

  for (guint i = 0; i < N_SECTIONS && made < n; i++) {
    made += wb_case_section_fill (self->sections[i], n - made);
    watch_list (self, self->sections[i]);
  }
  return made;
}

static gboolean
fill_cb (gpointer user_data)
{
  WbTodayPage *self = user_data;

  if (fill (self, ROWS_A_ROUND) > 0)
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static void
go_on_filling (gpointer user_data)
{
  WbTodayPage *self = user_data;

  if (self->filling == 0)
    self->filling = g_idle_add (fill_cb, self);
}

static void
remember_opened (WbTodayPage *self)
{
  g_hash_table_remove_all (self->opened);
  for (guint i = 0; i < WB_TODAY_N_TIMES; i++) {
    GPtrArray *rows = wb_case_section_get_rows (self->sections[i]);

    for (guint j = 0; j < rows->len; j++) {
      WbTodayRow *row = g_ptr_array_index (rows, j);

      if (wb_today_row_is_opened (row))
        g_hash_table_add (self->opened, make_key (wb_today_row_get_deadline (row)));
    }
  }
}

static void
clear (WbTodayPage *self)
{
  g_clear_handle_id (&self->filling, g_source_remove);
  for (guint i = 0; i < N_SECTIONS; i++)
    wb_case_section_clear (self->sections[i]);
  g_clear_pointer (&self->data, wb_today_data_free);
}

static gboolean
has_rows (const WbTodayData *data)
{
  return wb_today_data_count (data) + data->times[WB_TODAY_SUSPENDED]->len > 0;
}

static void
describe_silent (WbTodayPage *self, int days)
{
  g_autofree char *words =
      g_strdup_printf (ngettext_ ("Open cases in which nothing was done for %d day or more.",
                                  "Open cases in which nothing was done for %d days or more.",
                                  (gulong) days),
                       days);

  adw_preferences_group_set_description (self->silent, words);
}

static void
show_data (WbTodayPage *self, WbTodayData *data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean focused = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));

  remember_opened (self);
  clear (self);
  self->data = data;
  for (guint i = 0; i < WB_TODAY_N_TIMES; i++)
    wb_case_section_start (self->sections[i], data->times[i], NULL);
  wb_case_section_start (self->sections[SILENT], data->silent, NULL);
  describe_silent (self, data->silent_days);
  gtk_stack_set_visible_child_name (self->stack, has_rows (data) ? "list" : "nothing");
  (void) fill (self, FIRST_ROWS);
  go_on_filling (self);
  if (focused)
    wb_today_page_focus (self); /* the row that had it may be gone */
  g_signal_emit (self,
                 signals[COUNTED],
                 0,
                 wb_today_data_count (data),
                 data->times[WB_TODAY_OVERDUE]->len + data->times[WB_TODAY_NOW]->len);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbTodayData) data = wb_session_call_finish (WB_SESSION (source), result, &error);

  self->loads--;
  if (self->session == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* locked meanwhile */
  if (data != NULL) {
    show_data (self, g_steal_pointer (&data));
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    adw_status_page_set_description (self->failed, error->message);
    gtk_stack_set_visible_child_name (self->stack, "failed");
  }
}

void
wb_today_page_reload (WbTodayPage *self)
{
  self->loads++;
  wb_session_call_async (self->session,
                         wb_today_data_load,
                         NULL,
                         NULL,
                         (GDestroyNotify) wb_today_data_free,
                         NULL,
                         loaded_cb,
                         g_object_ref (self));
}

void
wb_today_page_check_day (WbTodayPage *self)
{
  const WbZone *zone = wb_session_get_zone (self->session);

  if (self->data == NULL || self->loads > 0 || zone == NULL)
    return;
  if (wb_date_compare (wb_zone_to_local (zone, wb_clock_now ()).date, self->data->day) != 0)
    wb_today_page_reload (self);
}

static gboolean
check_day_cb (gpointer self)
{
  wb_today_page_check_day (self);
  return G_SOURCE_CONTINUE;
}

static void
wb_today_page_dispose (GObject *object)
{
  WbTodayPage *self = WB_TODAY_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->filling, g_source_remove);
  for (guint i = 0; i < N_SECTIONS; i++)
    g_clear_pointer (&self->sections[i], wb_case_section_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_TODAY_PAGE);
  g_clear_pointer (&self->data, wb_today_data_free); /* the rows borrowed it */
  G_OBJECT_CLASS (wb_today_page_parent_class)->dispose (object);
}

static void
wb_today_page_finalize (GObject *object)
{
  g_hash_table_unref (WB_TODAY_PAGE (object)->opened);
  G_OBJECT_CLASS (wb_today_page_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n, GType first, GType second)
{
  return g_signal_new (name,
                       WB_TYPE_TODAY_PAGE,
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       n,
                       first,
                       second);
}

static void
install_signals (void)
{
  /**
   * WbTodayPage::counted:
   * @self: the page
   * @n: everything on it
   * @urgent: what is late or due today
   */
  signals[COUNTED] = add_signal ("counted", 2, G_TYPE_UINT, G_TYPE_UINT);
  /**
   * WbTodayPage::case-activated:
   * @self: the page
   * @id: the case's UUID
   */
  signals[CASE_ACTIVATED] = add_signal ("case-activated", 1, G_TYPE_STRING, G_TYPE_NONE);
  /**
   * WbTodayPage::changed:
   * @self: the page, from which an act was recorded
   */
  signals[CHANGED] = add_signal ("changed", 0, G_TYPE_NONE, G_TYPE_NONE);
  /**
   * WbTodayPage::message:
   * @self: the page
   * @message: one sentence for the user
   */
  signals[MESSAGE] = add_signal ("message", 1, G_TYPE_STRING, G_TYPE_NONE);
}

static void
wb_today_page_class_init (WbTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_today_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_today_page_finalize;
  install_signals ();
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, failed);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, overdue);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, now);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, week);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, suspended);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, silent);
}

static void
wb_today_page_init (WbTodayPage *self)
{
  AdwPreferencesGroup *groups[N_SECTIONS];

  gtk_widget_init_template (GTK_WIDGET (self));
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  groups[WB_TODAY_OVERDUE] = self->overdue;
  groups[WB_TODAY_NOW] = self->now;
  groups[WB_TODAY_WEEK] = self->week;
  groups[WB_TODAY_SUSPENDED] = self->suspended;
  groups[SILENT] = self->silent;
  for (guint i = 0; i < N_SECTIONS; i++)
    self->sections[i] = wb_case_section_new (groups[i],
                                             i == SILENT ? make_silent_row : make_deadline_row,
                                             words_more,
                                             go_on_filling,
                                             self);
  self->timer = g_timeout_add_seconds (DAY_CHECK_S, check_day_cb, self);
}

GtkWidget *
wb_today_page_new (WbSession *session)
{
  WbTodayPage *self = g_object_new (WB_TYPE_TODAY_PAGE, NULL);

  self->session = g_object_ref (session);
  wb_today_page_reload (self);
  return GTK_WIDGET (self);
}

gboolean
wb_today_page_is_loading (WbTodayPage *self)
{
  return self->loads > 0;
}

guint
wb_today_page_get_n (WbTodayPage *self)
{
  return self->data != NULL ? wb_today_data_count (self->data) : 0;
}

void
wb_today_page_focus (WbTodayPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}
