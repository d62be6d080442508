/* SPDX-License-Identifier: EUPL-1.2 */

/* Work lists of the list of cases: what is shown now, saved by name, and shown again. */
#include "wb-cases-page-parts.h"

#include "wb-case-filter.h"
#include "wb-case-table.h"
#include "wb-work-lists.h"

static WbWorkList *
make_list (const char *name, gpointer user_data)
{
  WbCasesPage *self = user_data;
  g_auto (GStrv) filters = wb_filter_bar_dup_filters (self->chips);
  const WbCaseQuery query = { .words = wb_cases_page_get_words (self),
                              .filters = (const char *const *) filters,
                              .sort = self->sort,
                              .descending = self->descending };

  return wb_work_list_new (name, &query, wb_cases_page_get_fields (self));
}

/* Reference and title have no action: they always stay. */
static void
show_columns (WbCasesPage *self, guint fields)
{
  guint shown = wb_cases_page_get_fields (self);

  for (guint i = 0; i < WB_N_CASE_FIELDS; i++) {
    g_autofree char *action = g_strconcat ("columns.", wb_case_field_name (i), NULL);

    if (((shown ^ fields) & (1u << i)) != 0)
      (void) gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  }
}

static void
opened_cb (WbWorkLists *lists, const WbWorkList *list, WbCasesPage *self)
{
  g_object_set (self,
                "order",
                wb_case_sort_name (list->sort),
                "descending",
                list->descending,
                NULL);
  show_columns (self, list->fields);
  wb_cases_page_set_words (self, list->words);
  wb_filter_bar_set_filters (self->chips, (const char *const *) list->filters);
  wb_cases_page_focus_list (self);
}

static void
lists_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (WB_CASES_PAGE (widget)->lists);
}

void
wb_cases_page_watch_lists (WbCasesPage *self)
{
  WbWorkLists *lists = WB_WORK_LISTS (gtk_menu_button_get_popover (self->lists));

  wb_work_lists_set_session (lists, self->session);
  wb_work_lists_set_source (lists, make_list, self);
  g_signal_connect_object (lists, "opened", G_CALLBACK (opened_cb), self, 0);
}

void
wb_cases_page_install_lists (GtkWidgetClass *widget_class)
{
  g_type_ensure (WB_TYPE_WORK_LISTS);
  gtk_widget_class_install_action (widget_class, "cases.lists", NULL, lists_cb);
}
