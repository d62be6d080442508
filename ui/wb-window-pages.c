/* SPDX-License-Identifier: EUPL-1.2 */

/* The pages of an open register, and the ways between them. */
#include "wb-window-parts.h"

#include "wb-evidence-page.h"
#include "wb-export-dialog.h"
#include "wb-i18n.h"

static void
case_activated_cb (WbCasesPage *page, const char *id, WbWindow *self)
{
  wb_window_go_to_case (self, id);
  wb_window_save_place (self);
}

static void
message_cb (GtkWidget *page, const char *message, WbWindow *self)
{
  wb_window_say (self, message);
}

static void
visit_activated_cb (WbVisitsPage *page, const char *id, WbWindow *self)
{
  wb_window_go_to_visit (self, id);
  wb_window_save_place (self);
}

static void
popped_cb (WbShell *shell, GtkWidget *page, WbWindow *self)
{
  GtkWidget *top = wb_shell_get_top (shell);

  wb_case_list_refresh (wb_cases_page_get_list (self->cases));
  wb_today_page_reload (self->today);
  wb_visits_page_reload (self->visits);
  if (WB_IS_EVIDENCE_PAGE (page) && WB_IS_CASE_PAGE (top))
    wb_case_page_reload (WB_CASE_PAGE (top)); /* the look is in its history */
}

static void
changed_cb (WbTodayPage *page, WbWindow *self)
{
  wb_case_list_refresh (wb_cases_page_get_list (self->cases));
}

static void
begin_if_asked (WbWindow *self)
{
  if (!self->begins || wb_today_page_is_loading (self->today))
    return;
  self->begins = FALSE;
  if (wb_today_page_get_n (self->today) > 0 && wb_shell_get_depth (self->shell) == 1 &&
      *wb_cases_page_get_words (self->cases) == '\0')
    wb_window_show_view (self, "today");
}

static void
counted_cb (WbTodayPage *page, guint n, guint urgent, WbWindow *self)
{
  if (self->shell == NULL)
    return;
  wb_home_set_urgent (self->home, urgent);
  begin_if_asked (self);
}

void
wb_window_begin (WbWindow *self)
{
  self->begins = TRUE;
  begin_if_asked (self);
}

static void
visible_changed_cb (WbHome *home, WbWindow *self)
{
  self->begins = FALSE;
  if (self->shell != NULL)
    wb_shell_set_face (self->shell, wb_home_get_visible (home));
}

static void
build_home (WbWindow *self)
{
  self->begins = FALSE;
  self->cases = WB_CASES_PAGE (wb_cases_page_new (self->session));
  wb_cases_page_follow_settings (self->cases, self->settings);
  g_signal_connect_object (self->cases, "case-activated", G_CALLBACK (case_activated_cb), self, 0);
  self->today = WB_TODAY_PAGE (wb_today_page_new (self->session));
  g_signal_connect_object (self->today, "case-activated", G_CALLBACK (case_activated_cb), self, 0);
  g_signal_connect_object (self->today, "counted", G_CALLBACK (counted_cb), self, 0);
  g_signal_connect_object (self->today, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (self->today, "message", G_CALLBACK (message_cb), self, 0);
  self->visits = WB_VISITS_PAGE (wb_visits_page_new (self->session));
  g_signal_connect_object (self->visits,
                           "visit-activated",
                           G_CALLBACK (visit_activated_cb),
                           self,
                           0);
  g_signal_connect_object (self->visits, "message", G_CALLBACK (message_cb), self, 0);
  self->home = WB_HOME (
      wb_home_new (GTK_WIDGET (self->today), GTK_WIDGET (self->cases), GTK_WIDGET (self->visits)));
  g_signal_connect_object (self->home, "visible-changed", G_CALLBACK (visible_changed_cb), self, 0);
}

void
wb_window_build_register (WbWindow *self)
{
  build_home (self);
  self->shell = WB_SHELL (wb_shell_new (GTK_WIDGET (self->home)));
  wb_shell_set_face (self->shell, wb_home_get_visible (self->home));
  g_signal_connect_object (self->shell, "popped", G_CALLBACK (popped_cb), self, 0);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->shell));
  adw_bin_set_child (self->register_place,
                     wb_window_mark_example (self, GTK_WIDGET (self->toasts)));
  wb_cases_page_focus_search (self->cases);
}

static void
new_record_cb (WbCasePage *page, const char *type, WbWindow *self)
{
  wb_window_go_to_form (self, type, wb_case_page_get_id (page), NULL, NULL);
  wb_window_save_place (self);
}

static void
change_record_cb (WbCasePage *page, const char *type, const char *id, WbWindow *self)
{
  wb_window_go_to_form (self, type, wb_case_page_get_id (page), id, NULL);
  wb_window_save_place (self);
}

static void
exported_cb (WbExportDialog *dialog, WbCasePage *page)
{
  wb_case_page_reload (page); /* the history has one act more */
}

static void
export_requested_cb (WbCasePage *page, WbWindow *self)
{
  GtkWidget *dialog;

  if (wb_case_page_get_reference (page) == NULL)
    return;
  dialog = wb_export_dialog_new (self->session,
                                 wb_case_page_get_id (page),
                                 wb_case_page_get_reference (page));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "exported", G_CALLBACK (exported_cb), page, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
wb_window_go_to_case (WbWindow *self, const char *id)
{
  GtkWidget *page = wb_case_page_new (self->session, id);

  g_signal_connect_object (page, "new-record", G_CALLBACK (new_record_cb), self, 0);
  g_signal_connect_object (page, "change-record", G_CALLBACK (change_record_cb), self, 0);
  g_signal_connect_object (page, "export-requested", G_CALLBACK (export_requested_cb), self, 0);
  g_signal_connect_object (page, "message", G_CALLBACK (message_cb), self, 0);
  wb_shell_push (self->shell, page);
}

static void
visit_case_cb (WbVisitPage *page, const char *id, WbWindow *self)
{
  wb_window_go_to_case (self, id);
  wb_window_save_place (self);
}

static void
allege_cb (WbVisitPage *page, WbWindow *self)
{
  g_autoptr (JsonObject) prefill = wb_visit_page_dup_prefill (page);

  if (prefill == NULL)
    return;
  wb_window_go_to_form (self, "allegation", NULL, NULL, prefill);
  wb_window_save_place (self);
}

void
wb_window_go_to_visit (WbWindow *self, const char *id)
{
  GtkWidget *page = wb_visit_page_new (self->session, id);

  g_signal_connect_object (page, "allege", G_CALLBACK (allege_cb), self, 0);
  g_signal_connect_object (page, "case-activated", G_CALLBACK (visit_case_cb), self, 0);
  g_signal_connect_object (page, "message", G_CALLBACK (message_cb), self, 0);
  wb_shell_push (self->shell, page);
}

/* Back to the case: the one below, or a new page where the allegation opened a case. */
static void
saved_cb (WbAllegationPage *page, const char *case_id, const char *reference, WbWindow *self)
{
  GtkWidget *below;
  g_autofree char *id = g_strdup (case_id);
  /* Translators: %s is a reference, such as NL-INSP-2026-0001/A-1. */
  g_autofree char *words = g_strdup_printf (
      wb_allegation_page_get_corrected (page) != NULL ? _ ("%s is changed") : _ ("%s is recorded"),
      reference);

  wb_shell_pop (self->shell);
  below = wb_shell_get_top (self->shell);
  if (WB_IS_VISIT_PAGE (below))
    wb_visit_page_reload (WB_VISIT_PAGE (below));
  else if (WB_IS_CASE_PAGE (below) && g_str_equal (wb_case_page_get_id (WB_CASE_PAGE (below)), id))
    wb_case_page_reload (WB_CASE_PAGE (below));
  else
    wb_window_go_to_case (self, id);
  wb_window_say (self, words);
  wb_window_save_place (self);
}

static void
discarded_cb (WbAllegationPage *page, WbWindow *self)
{
  if (wb_shell_get_top (self->shell) == GTK_WIDGET (page))
    wb_shell_pop (self->shell);
  wb_window_save_place (self);
}

void
wb_window_go_to_form (WbWindow *self,
                      const char *type,
                      const char *case_id,
                      const char *record_id,
                      JsonObject *prefill)
{
  GtkWidget *page = wb_allegation_page_new (self->session, type, case_id, record_id, prefill);

  g_signal_connect_object (page, "saved", G_CALLBACK (saved_cb), self, 0);
  g_signal_connect_object (page, "discarded", G_CALLBACK (discarded_cb), self, 0);
  g_signal_connect_object (page, "message", G_CALLBACK (message_cb), self, 0);
  wb_shell_push (self->shell, page);
}

static void
focus_view (WbWindow *self)
{
  if (WB_IS_TODAY_PAGE (wb_home_get_visible (self->home)))
    wb_today_page_focus (self->today);
  else if (WB_IS_VISITS_PAGE (wb_home_get_visible (self->home)))
    wb_visits_page_focus (self->visits);
  else
    wb_cases_page_focus_list (self->cases);
}

void
wb_window_go_back (WbWindow *self)
{
  const char *name = wb_window_get_page_name (self);

  if (g_str_equal (name, "create"))
    wb_window_show_page (self, "welcome");
  if (self->shell == NULL || wb_shell_get_depth (self->shell) < 2)
    return;
  wb_window_save_place (self); /* the draft of the page that goes */
  wb_shell_pop (self->shell);
  wb_window_save_place (self);
  if (wb_shell_get_depth (self->shell) == 1)
    focus_view (self);
}

/* From a page on top of it as well; what was being written there is kept. */
void
wb_window_show_view (WbWindow *self, const char *name)
{
  if (self->shell == NULL)
    return;
  while (wb_shell_get_depth (self->shell) > 1)
    wb_window_go_back (self);
  wb_home_show (self->home, name);
  focus_view (self);
  wb_window_save_place (self);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_window_go_back (WB_WINDOW (widget));
}

static void
view_evidence_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);
  GtkWidget *page;

  if (self->shell == NULL || WB_IS_EVIDENCE_PAGE (wb_shell_get_top (self->shell)))
    return;
  page = wb_evidence_page_new (self->session, g_variant_get_string (parameter, NULL));
  g_signal_connect_object (page, "message", G_CALLBACK (message_cb), self, 0);
  wb_shell_push (self->shell, page);
}

static void
new_allegation_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->shell == NULL || WB_IS_ALLEGATION_PAGE (wb_shell_get_top (self->shell)))
    return;
  if (WB_IS_VISIT_PAGE (wb_shell_get_top (self->shell))) {
    allege_cb (WB_VISIT_PAGE (wb_shell_get_top (self->shell)), self);
    return;
  }
  wb_window_go_to_form (self, "allegation", NULL, NULL, NULL);
  wb_window_save_place (self);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbWindow *self = WB_WINDOW (widget);

  if (self->shell == NULL)
    return;
  if (WB_IS_EVIDENCE_PAGE (wb_shell_get_top (self->shell)) &&
      wb_evidence_page_find (WB_EVIDENCE_PAGE (wb_shell_get_top (self->shell))))
    return;
  wb_window_show_view (self, "cases");
  wb_cases_page_focus_search (self->cases);
}

static void
show_today_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_window_show_view (WB_WINDOW (widget), "today");
}

static void
show_cases_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_window_show_view (WB_WINDOW (widget), "cases");
}

static void
show_visits_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_window_show_view (WB_WINDOW (widget), "visits");
}

void
wb_window_install_page_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.show-today", NULL, show_today_cb);
  gtk_widget_class_install_action (widget_class, "win.show-cases", NULL, show_cases_cb);
  gtk_widget_class_install_action (widget_class, "win.show-visits", NULL, show_visits_cb);
  gtk_widget_class_install_action (widget_class, "win.view-evidence", "s", view_evidence_cb);
  gtk_widget_class_install_action (widget_class, "win.new-allegation", NULL, new_allegation_cb);
}
