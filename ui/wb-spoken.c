/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * What GTK 4.8 tells a screen reader wrongly, mended in one place for our widgets and those of the
 * libraries. The rows of a list view had no name at all. A button with a mnemonic was “_Open Open”.
 * The text inside an entry, which is what has the focus, was not told at all: a blind person who
 * came there by Tab heard nothing.
 */
#include "wb-spoken.h"

#include "wb-i18n.h"
#include "wb-ui.h"

#define MENDED "wb-spoken-mended"

static char *
dup_without_mnemonic (const char *label)
{
  GString *plain = g_string_new (NULL);

  for (const char *c = label; *c != '\0'; c++) {
    if (*c == '_' && c[1] != '\0')
      c++; /* a double one stands for itself */
    g_string_append_c (plain, *c);
  }
  return g_string_free (plain, FALSE);
}

static gboolean
is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                               name,
                                                               NULL);

  return other == NULL;
}

static gboolean
is_labelled_by (GtkWidget *widget, GtkWidget *label)
{
  g_autofree char *other =
      label != NULL ? gtk_test_accessible_check_relation (GTK_ACCESSIBLE (widget),
                                                          GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                                          label,
                                                          NULL)
                    : g_strdup ("");

  return other == NULL;
}

/* The name of a menu button is that of the button inside, which is what has the focus. */
static gboolean
take_name_of_menu_button (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  g_autofree char *name = NULL;

  if (!GTK_IS_MENU_BUTTON (parent) ||
      !gtk_test_accessible_has_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  /* There is no getter; this tells what it is if it is not that. */
  name = gtk_test_accessible_check_property (GTK_ACCESSIBLE (parent),
                                             GTK_ACCESSIBLE_PROPERTY_LABEL,
                                             "",
                                             NULL);
  if (name == NULL || *name == '\0')
    return FALSE;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  wb_ui_set_name (widget, name);
  return TRUE;
}

/* The window of the shortcuts is GTK's own, and so is its button, with a picture for a name. */
static gboolean
take_name_of_picture (GtkButton *button)
{
  GtkWidget *widget = GTK_WIDGET (button);

  if (g_strcmp0 (gtk_button_get_icon_name (button), "edit-find-symbolic") != 0 ||
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  wb_ui_set_name (widget, _ ("Search…"));
  return TRUE;
}

/* A name that was given on purpose stays. */
static void
mend_button (GtkButton *button)
{
  GtkWidget *widget = GTK_WIDGET (button);
  const char *label = gtk_button_get_label (button);
  g_autofree char *plain = NULL;

  if (take_name_of_menu_button (widget) || take_name_of_picture (button))
    return;
  if (label == NULL || !gtk_button_get_use_underline (button))
    return;
  plain = dup_without_mnemonic (label);
  if (is_labelled_by (widget, gtk_button_get_child (button)))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (is_named (widget, label))
    wb_ui_set_name (widget, plain);
}

static void
label_cb (GtkButton *button, GParamSpec *pspec, gpointer data)
{
  mend_button (button);
}

/* The row has the name of what is typed in it. */
static GtkWidget *
find_holder (GtkWidget *text)
{
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (text)) != GTK_ACCESSIBLE_ROLE_TEXT_BOX)
    return NULL;
  return gtk_widget_get_ancestor (text, ADW_TYPE_PREFERENCES_ROW);
}

static void
title_cb (GObject *row, GParamSpec *pspec, GtkWidget *text)
{
  wb_ui_set_name (text, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
mend_text (GtkWidget *text)
{
  GtkWidget *holder = find_holder (text);

  if (holder == NULL ||
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return;
  title_cb (G_OBJECT (holder), NULL, text);
  g_signal_connect_object (holder, "notify::title", G_CALLBACK (title_cb), text, 0);
}

static GtkWidget *
find_label (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child);
  return found;
}

static void
words_cb (GtkLabel *label, GParamSpec *pspec, GtkWidget *item)
{
  wb_ui_set_name (item, gtk_label_get_text (label));
}

/* A row of a list is called after its words; GTK takes rows for other words again. */
static void
mend_item (GtkWidget *item)
{
  GtkWidget *label = find_label (item);

  if (label == NULL ||
      gtk_test_accessible_has_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return;
  words_cb (GTK_LABEL (label), NULL, item);
  g_signal_connect_object (label, "notify::label", G_CALLBACK (words_cb), item, 0);
}

/* What a combo row offers is called as the row is. */
static void
mend_list (GtkWidget *list)
{
  GtkWidget *row = gtk_widget_get_ancestor (list, ADW_TYPE_COMBO_ROW);

  if (row != NULL)
    wb_ui_set_name (list, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

/* Its type is private to GTK. */
static gboolean
is_item (GtkWidget *widget)
{
  return GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget));
}

static gboolean
mapped_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GTK_IS_LIST_VIEW (widget))
    mend_list (widget);
  if (!GTK_IS_BUTTON (widget) && !GTK_IS_TEXT (widget) && !is_item (widget))
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    mend_button (GTK_BUTTON (widget));
  if (g_object_get_data (G_OBJECT (widget), MENDED) != NULL)
    return TRUE;
  g_object_set_data (G_OBJECT (widget), MENDED, GINT_TO_POINTER (TRUE));
  if (GTK_IS_BUTTON (widget))
    g_signal_connect (widget, "notify::label", G_CALLBACK (label_cb), NULL);
  else if (GTK_IS_TEXT (widget))
    mend_text (widget);
  else
    mend_item (widget);
  return TRUE; /* keep listening */
}

static void (*entry_row_root) (GtkWidget *widget);

/* Entries tell of the text inside them; a row of libadwaita 1.2 does not. */
static void
root_entry_row (GtkWidget *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));

  if (text != NULL) /* before it is known to the bus, where roles do not change */
    g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  entry_row_root (row);
}

void
wb_spoken_init (void)
{
  GtkWidgetClass *entry_row = GTK_WIDGET_CLASS (g_type_class_ref (ADW_TYPE_ENTRY_ROW));

  entry_row_root = entry_row->root;
  entry_row->root = root_entry_row;
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped_cb, NULL, NULL);
}
