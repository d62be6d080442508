/* SPDX-License-Identifier: EUPL-1.2 */

/* A section of a case page: which of its items have rows, and what stands for the others. */
#include "wb-case-section.h"

#include "wb-ui.h"

#define STEP 20 /* rows shown at a time */

struct _WbCaseSection {
  AdwPreferencesGroup *group;
  WbCaseSectionMake make;
  WbCaseSectionWords words;
  WbCaseSectionMore more;
  gpointer user_data;
  GPtrArray *items;    /* (nullable) */
  GPtrArray *rows;     /* (element-type GtkWidget): borrowed, of the first items */
  GtkWidget *last_row; /* (nullable): instead of items, or for more of them */
  guint wanted;        /* rows */
};

WbCaseSection *
wb_case_section_new (AdwPreferencesGroup *group,
                     WbCaseSectionMake make,
                     WbCaseSectionWords words,
                     WbCaseSectionMore more,
                     gpointer user_data)
{
  WbCaseSection *self = g_new0 (WbCaseSection, 1);

  self->group = group;
  self->make = make;
  self->words = words;
  self->more = more;
  self->user_data = user_data;
  self->rows = g_ptr_array_new ();
  return self;
}

void
wb_case_section_free (WbCaseSection *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
remove_last_row (WbCaseSection *self)
{
  if (self->last_row != NULL)
    adw_preferences_group_remove (self->group, self->last_row);
  self->last_row = NULL;
}

static void
add_last_row (WbCaseSection *self, GtkWidget *row)
{
  remove_last_row (self);
  self->last_row = row;
  adw_preferences_group_add (self->group, row);
}

void
wb_case_section_clear (WbCaseSection *self)
{
  remove_last_row (self);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

static GtkWidget *
nothing_row (const char *words)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  /* Without a title the row would have no name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  wb_ui_set_name (row, words);
  gtk_widget_add_css_class (row, "wb-nothing");
  return row;
}

void
wb_case_section_start (WbCaseSection *self, GPtrArray *items, const char *nothing)
{
  wb_case_section_clear (self);
  self->items = g_ptr_array_ref (items);
  self->wanted = STEP;
  gtk_widget_set_visible (GTK_WIDGET (self->group), items->len > 0 || nothing != NULL);
  if (items->len == 0 && nothing != NULL)
    add_last_row (self, nothing_row (nothing));
}

static void
more_cb (AdwActionRow *row, WbCaseSection *self)
{
  remove_last_row (self);
  self->wanted += STEP;
  self->more (self->user_data);
}

static void
add_more_row (WbCaseSection *self)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = self->words (self->items->len - self->rows->len);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("pan-down-symbolic"));
  g_signal_connect (row, "activated", G_CALLBACK (more_cb), self);
  add_last_row (self, row);
}

guint
wb_case_section_fill (WbCaseSection *self, guint n)
{
  guint end, made = 0;

  if (self->items == NULL)
    return 0;
  end = MIN (self->wanted, self->items->len);
  while (made < n && self->rows->len < end) {
    GtkWidget *row = self->make (g_ptr_array_index (self->items, self->rows->len), self->user_data);

    adw_preferences_group_add (self->group, row);
    g_ptr_array_add (self->rows, row);
    made++;
  }
  if (self->rows->len == end && end < self->items->len && self->last_row == NULL)
    add_more_row (self);
  return made;
}

GPtrArray *
wb_case_section_get_rows (WbCaseSection *self)
{
  return self->rows;
}
