/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The list of cases: a column view where there is room, two lines a case where there is not, both
 * over the same model. It asks for nothing but pages of rows.
 */
#include "wb-cases-page-parts.h"

#include "wb-case-columns.h"
#include "wb-case-filter.h"
#include "wb-case-item.h"
#include "wb-case-table.h"
#include "wb-closures.h"
#include "wb-deadline-badge.h"
#include "wb-i18n.h"
#include "wb-picker.h"
#include "wb-row-check.h"
#include "wb-row-name.h"
#include "wb-tag.h"
#include "wb-ui.h"

#define SCALE_STEP 0.02 /* a change of the text's size that is worth other columns */
#define LEAST_WIDTH 888 /* of a table worth the name; below it, two lines a case */

G_DEFINE_FINAL_TYPE (WbCasesPage, wb_cases_page, ADW_TYPE_BIN)

enum { PROP_ORDER = 1, PROP_DESCENDING, PROP_SELECTING, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { CASE_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Of orders that no header tells. */
static const char *
words_order (WbCaseSort sort)
{
  switch (sort) {
  case WB_CASE_SORT_REFERENCE:
    return _ ("by reference");
  case WB_CASE_SORT_RECEIVED:
    return _ ("by day of receipt");
  case WB_CASE_SORT_CHANGED:
    return _ ("by last change");
  case WB_CASE_SORT_URGENCY:
    return _ ("by urgency");
  case WB_CASE_SORT_STATUS:
    return _ ("by status");
  case WB_CASE_SORT_LAW:
    return _ ("by legal deadline");
  case WB_CASE_SORT_TARGET:
    return _ ("by own target");
  case WB_CASE_SORT_NEXT_DEADLINE:
  default:
    return _ ("by next deadline");
  }
}

static gboolean
is_wide (WbCasesPage *self)
{
  return gtk_list_view_get_model (self->list) == NULL;
}

static void
show_count (WbCasesPage *self)
{
  guint n = wb_case_list_get_n_cases (self->cases);
  g_autofree char *words = wb_words_cases (n, wb_case_list_is_filtered (self->cases));
  g_autofree char *ordered = NULL;

  if (n > 1 && (self->descending || !self->in_header || !is_wide (self)))
    ordered = g_strdup_printf (self->descending ? _ ("%s, %s, last first") : "%s, %s",
                               words,
                               words_order (self->sort));
  if (wb_case_list_is_counting (self->cases))
    gtk_label_set_label (self->count, "");
  else
    gtk_label_set_label (self->count, ordered != NULL ? ordered : words);
}

static void
show_state (WbCasesPage *self)
{
  guint n = wb_case_list_get_n_cases (self->cases);
  gboolean filtered = wb_case_list_is_filtered (self->cases);

  show_count (self);
  gtk_widget_set_visible (self->bar, n > 0 || filtered);
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, filtered ? "nothing-found" : "empty");
}

static void
found_cb (WbCaseList *list, WbCasesPage *self)
{
  show_state (self);
}

static void
failed_cb (WbCaseList *list, const char *message, WbCasesPage *self)
{
  adw_status_page_set_description (self->failed, message);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
scroll_to_top (WbCasesPage *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->wide), 0);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->narrow), 0);
}

static void
search_changed_cb (GtkSearchEntry *entry, WbCasesPage *self)
{
  if (self->clearing)
    return;
  scroll_to_top (self);
  wb_case_list_set_words (self->cases, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
activate_position (WbCasesPage *self, guint position)
{
  g_autoptr (WbCaseItem) item = g_list_model_get_item (G_LIST_MODEL (self->cases), position);

  if (item != NULL && wb_case_item_get_id (item) != NULL)
    g_signal_emit (self, signals[CASE_ACTIVATED], 0, wb_case_item_get_id (item));
}

static void
search_activate_cb (GtkSearchEntry *entry, WbCasesPage *self)
{
  if (!wb_case_list_is_loading (self->cases) && wb_case_list_get_n_cases (self->cases) == 1)
    activate_position (self, 0);
  else
    wb_cases_page_focus_list (self);
}

/* What is typed in the list is searched for. */
static void
search_started_cb (GtkSearchEntry *entry, WbCasesPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint key,
               guint code,
               GdkModifierType state,
               WbCasesPage *self)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return FALSE;
  wb_cases_page_focus_list (self);
  return TRUE;
}

/* One thing at a time: what is selected, then what is searched for. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        WbCasesPage *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  if (self->selecting)
    wb_cases_page_set_selecting (self, FALSE);
  else if (*wb_cases_page_get_words (self) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    return FALSE;
  return TRUE;
}

static void
stop_search_cb (GtkSearchEntry *entry, WbCasesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  wb_cases_page_focus_list (self);
}

static void
column_activate_cb (GtkColumnView *view, guint position, WbCasesPage *self)
{
  activate_position (self, position);
}

static void
list_activate_cb (GtkListView *view, guint position, WbCasesPage *self)
{
  activate_position (self, position);
}

static void
filters_changed_cb (WbFilterBar *chips, WbCasesPage *self)
{
  g_auto (GStrv) filters = wb_filter_bar_dup_filters (chips);

  if (self->cases == NULL || self->clearing)
    return;
  scroll_to_top (self);
  if (*filters != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter), "wb-filtering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter), "wb-filtering");
  wb_case_list_set_filters (self->cases, (const char *const *) filters);
}

static void
picked_cb (WbPicker *picker, WbChoice *choice, WbCasesPage *self)
{
  wb_filter_bar_toggle (self->chips, choice);
}

/* Some hundreds of rows are made when somebody asks for them. */
static void
create_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  WbCasesPage *self = user_data;
  GtkWidget *picker;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  picker = wb_picker_new (wb_filter_bar_get_choices (self->chips), TRUE);
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, 0);
  gtk_menu_button_set_popover (button, picker);
}

static void
offer_filters (WbCasesPage *self, const char *const *users)
{
  g_autoptr (GListModel) choices =
      wb_filter_choices_new (users, wb_session_get_user (self->session));

  gtk_menu_button_set_popover (self->filter, NULL);
  gtk_menu_button_set_create_popup_func (self->filter, create_popup_cb, self, NULL);
  wb_filter_bar_set_choices (self->chips, choices);
}

/* On the register's thread. */
static gpointer
list_users (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) users = wb_register_list_users (reg, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (users == NULL)
    return NULL;
  for (guint i = 0; i < users->len; i++)
    g_strv_builder_add (names, ((const WbUser *) g_ptr_array_index (users, i))->name);
  return g_strv_builder_end (names);
}

/* Without their names, one can still pick one's own cases. */
static void
users_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCasesPage) self = user_data;
  g_auto (GStrv) names = wb_session_call_finish (WB_SESSION (source), result, NULL);

  if (names != NULL && self->session != NULL)
    offer_filters (self, (const char *const *) names);
}

static void
show_all_cb (GtkButton *button, WbCasesPage *self)
{
  static const char *const none[] = { NULL };

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  wb_filter_bar_set_filters (self->chips, none);
}

static void
set_order (WbCasesPage *self, WbCaseSort sort, gboolean descending)
{
  self->sort = sort;
  self->descending = descending;
  self->in_header = wb_case_order_show (self->headers, sort, descending);
  scroll_to_top (self);
  wb_case_list_set_sort (self->cases, sort, descending);
  show_count (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORDER]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DESCENDING]);
}

static void
order_asked_cb (WbCaseSort sort, gboolean descending, gpointer user_data)
{
  set_order (WB_CASES_PAGE (user_data), sort, descending);
}

static void
make_headers (WbCasesPage *self)
{
  const WbCaseOrderColumn columns[] = {
    { self->column_reference, WB_CASE_SORT_REFERENCE },
    { self->column_received, WB_CASE_SORT_RECEIVED },
    { self->column_status, WB_CASE_SORT_STATUS },
    { self->column_urgency, WB_CASE_SORT_URGENCY },
    { self->column_law, WB_CASE_SORT_LAW },
    { self->column_target, WB_CASE_SORT_TARGET },
  };

  self->headers =
      wb_case_order_new (self->columns, columns, G_N_ELEMENTS (columns), order_asked_cb, self);
}

/* The longest usual words of either language fit in the best width; the least breaks them over two
 * lines. */
static void
share_widths (WbCasesPage *self)
{
  const WbColumnWidth widths[] = {
    { self->column_check, 48, 48, TRUE },    { self->column_reference, 168, 172, FALSE },
    { self->column_title, 90, 260, FALSE },  { self->column_received, 95, 105, FALSE },
    { self->column_status, 95, 190, FALSE }, { self->column_urgency, 80, 95, FALSE },
    { self->column_site, 90, 160, FALSE },   { self->column_allegations, 85, 90, FALSE },
    { self->column_law, 110, 195, FALSE },   { self->column_target, 110, 190, FALSE },
  };

  self->widths = wb_column_widths_new (self->wide, LEAST_WIDTH, widths, G_N_ELEMENTS (widths));
}

/* Widths are meant for the desktop's usual text. */
static void
scale_columns (WbCasesPage *self)
{
  double scale = wb_ui_text_scale (GTK_WIDGET (self));

  if (self->widths == NULL || ABS (scale - self->scale) < SCALE_STEP)
    return;
  self->scale = scale;
  wb_column_widths_set_scale (self->widths, scale);
}

static void
wb_cases_page_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wb_cases_page_parent_class)->css_changed (widget, change);
  scale_columns (WB_CASES_PAGE (widget));
}

static void
wb_cases_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbCasesPage *self = WB_CASES_PAGE (object);

  switch (id) {
  case PROP_ORDER:
    g_value_set_string (value, wb_case_sort_name (self->sort));
    break;
  case PROP_DESCENDING:
    g_value_set_boolean (value, self->descending);
    break;
  case PROP_SELECTING:
    g_value_set_boolean (value, self->selecting);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_cases_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbCasesPage *self = WB_CASES_PAGE (object);
  WbCaseSort sort = self->sort;

  switch (id) {
  case PROP_ORDER:
    if (wb_case_sort_parse (g_value_get_string (value), &sort))
      set_order (self, sort, self->descending);
    break;
  case PROP_DESCENDING:
    set_order (self, self->sort, g_value_get_boolean (value));
    break;
  case PROP_SELECTING:
    wb_cases_page_set_selecting (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_cases_page_dispose (GObject *object)
{
  WbCasesPage *self = WB_CASES_PAGE (object);

  self->clearing = TRUE;
  if (self->cases != NULL)
    g_signal_handlers_disconnect_by_data (self->cases, self);
  g_clear_pointer (&self->widths, wb_column_widths_free);
  g_clear_pointer (&self->headers, wb_case_order_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_CASES_PAGE);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->cases);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (wb_cases_page_parent_class)->dispose (object);
}

/* The whole of a text that its column cuts short. One handler for the view, and none a cell: giving
 * each cell its tooltip beforehand asks the display for the pointer, every time a row is filled. */
static gboolean
query_tooltip_cb (GtkWidget *view,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  WbCasesPage *self)
{
  GtkWidget *label = keyboard ? NULL : gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  if (!GTK_IS_LABEL (label) ||
      !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return TRUE;
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, search);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, count);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, bar);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, filter);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, lists);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, chips);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, failed);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, columns);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, list);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, wide);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, narrow);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, selected);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_check);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_reference);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_title);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_received);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_status);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_urgency);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_site);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_allegations);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_law);
  gtk_widget_class_bind_template_child (widget_class, WbCasesPage, column_target);
}

static void
wb_cases_page_class_init (WbCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_cases_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = wb_cases_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = wb_cases_page_set_property;
  widget_class->css_changed = wb_cases_page_css_changed;

  /* The name of a WbCaseSort. */
  props[PROP_ORDER] =
      g_param_spec_string ("order", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_DESCENDING] = g_param_spec_boolean ("descending",
                                                 NULL,
                                                 NULL,
                                                 FALSE,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SELECTING] =
      g_param_spec_boolean ("selecting",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  /**
   * WbCasesPage::case-activated:
   * @self: the page
   * @id: the case's UUID
   */
  signals[CASE_ACTIVATED] = g_signal_new ("case-activated",
                                          WB_TYPE_CASES_PAGE,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);

  g_type_ensure (WB_TYPE_DEADLINE_BADGE);
  g_type_ensure (WB_TYPE_FILTER_BAR);
  g_type_ensure (WB_TYPE_ROW_CHECK);
  g_type_ensure (WB_TYPE_ROW_NAME);
  g_type_ensure (WB_TYPE_TAG);
  g_type_ensure (WB_TYPE_CASE_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-cases-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filters_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_install_property_action (widget_class, "cases.order", "order");
  gtk_widget_class_install_property_action (widget_class, "cases.descending", "descending");
  wb_cases_page_install_select (widget_class);
  wb_cases_page_install_lists (widget_class);
}

static void
wb_cases_page_init (WbCasesPage *self)
{
  self->scale = 1;
  self->sort = WB_CASE_SORT_NEXT_DEADLINE;
  gtk_widget_init_template (GTK_WIDGET (self));
  share_widths (self);
  make_headers (self);
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
  /* What is searched for must not end up in an input method's memory. */
  gtk_text_set_input_hints (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->search))),
                            GTK_INPUT_HINT_PRIVATE);
}

/* Only the view that is seen has rows: the other would make as many widgets for nobody. */
static void
wide_map_cb (GtkWidget *widget, WbCasesPage *self)
{
  if (gtk_column_view_get_model (self->columns) != NULL)
    return;
  gtk_list_view_set_model (self->list, NULL);
  wb_cases_page_set_selecting (self, FALSE); /* the rows begin anew, and none is selected */
  wb_case_list_start_over (self->cases);
  gtk_column_view_set_model (self->columns, self->rows);
  show_count (self);
}

static void
narrow_map_cb (GtkWidget *widget, WbCasesPage *self)
{
  if (gtk_list_view_get_model (self->list) != NULL)
    return;
  gtk_column_view_set_model (self->columns, NULL);
  wb_cases_page_set_selecting (self, FALSE); /* the rows begin anew, and none is selected */
  wb_case_list_start_over (self->cases);
  gtk_list_view_set_model (self->list, self->rows);
  show_count (self);
}

GtkWidget *
wb_cases_page_new (WbSession *session)
{
  WbCasesPage *self = g_object_new (WB_TYPE_CASES_PAGE, NULL);

  self->session = g_object_ref (session);
  self->cases = wb_case_list_new (session);
  g_signal_connect (self->cases, "found", G_CALLBACK (found_cb), self);
  g_signal_connect (self->cases, "failed", G_CALLBACK (failed_cb), self);
  self->rows =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->cases))));
  wb_cases_page_watch_selection (self);
  wb_cases_page_watch_lists (self);
  g_signal_connect (self->wide, "map", G_CALLBACK (wide_map_cb), self);
  g_signal_connect (self->narrow, "map", G_CALLBACK (narrow_map_cb), self);
  offer_filters (self, NULL);
  wb_session_call_async (session,
                         list_users,
                         NULL,
                         NULL,
                         (GDestroyNotify) g_strfreev,
                         NULL,
                         users_listed_cb,
                         g_object_ref (self));
  wb_case_list_refresh (self->cases);
  return GTK_WIDGET (self);
}

/* Reference and title always stay: a row without them says nothing. */
void
wb_cases_page_follow_settings (WbCasesPage *self, WbSettings *settings)
{
  const WbCaseColumn columns[] = {
    { "received", self->column_received },       { "status", self->column_status },
    { "urgency", self->column_urgency },         { "site", self->column_site },
    { "allegations", self->column_allegations }, { "law", self->column_law },
    { "target", self->column_target },
  };

  wb_case_columns_follow (GTK_WIDGET (self), columns, G_N_ELEMENTS (columns), settings);
}

guint
wb_cases_page_get_fields (WbCasesPage *self)
{
  GtkColumnViewColumn *const columns[WB_N_CASE_FIELDS] = {
    [WB_CASE_FIELD_REFERENCE] = self->column_reference,
    [WB_CASE_FIELD_TITLE] = self->column_title,
    [WB_CASE_FIELD_RECEIVED] = self->column_received,
    [WB_CASE_FIELD_STATUS] = self->column_status,
    [WB_CASE_FIELD_URGENCY] = self->column_urgency,
    [WB_CASE_FIELD_SITE] = self->column_site,
    [WB_CASE_FIELD_ALLEGATIONS] = self->column_allegations,
    [WB_CASE_FIELD_LAW] = self->column_law,
    [WB_CASE_FIELD_TARGET] = self->column_target,
  };
  guint fields = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (gtk_column_view_column_get_visible (columns[i]))
      fields |= 1u << i;
  return fields;
}

WbCaseList *
wb_cases_page_get_list (WbCasesPage *self)
{
  return self->cases;
}

void
wb_cases_page_focus_search (WbCasesPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
wb_cases_page_open_filters (WbCasesPage *self)
{
  gtk_menu_button_popup (self->filter);
}

/* Within a column view the list comes after the headers. */
void
wb_cases_page_focus_list (WbCasesPage *self)
{
  GtkWidget *list = GTK_WIDGET (self->list);

  if (is_wide (self)) {
    list = gtk_widget_get_first_child (GTK_WIDGET (self->columns));
    while (list != NULL && !GTK_IS_LIST_VIEW (list))
      list = gtk_widget_get_next_sibling (list);
  }
  if (list != NULL)
    (void) gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

const char *
wb_cases_page_get_words (WbCasesPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

void
wb_cases_page_set_words (WbCasesPage *self, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), words != NULL ? words : "");
  wb_case_list_set_words (self->cases, words);
}
