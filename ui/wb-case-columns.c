/* SPDX-License-Identifier: EUPL-1.2 */

/* Which columns of the list of cases are shown: a matter of taste, kept in settings. Their names
 * are those of columns, never of what is in them. */
#include "wb-case-columns.h"

typedef struct {
  GActionMap *map;
  WbSettings *settings;
} Place;

static void
place_free (gpointer data, GClosure *closure)
{
  Place *place = data;

  g_object_unref (place->settings);
  g_free (place);
}

static gboolean
is_shown (GActionGroup *group, const char *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (group, name);

  return state != NULL && g_variant_get_boolean (state);
}

static void
save (const Place *place)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (place->map));
  g_autoptr (GStrvBuilder) hidden = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (!is_shown (G_ACTION_GROUP (place->map), names[i]))
      g_strv_builder_add (hidden, names[i]);
  list = g_strv_builder_end (hidden);
  wb_settings_set_hidden_columns (place->settings, (const char *const *) list);
}

static void
changed_cb (GSimpleAction *action, GParamSpec *pspec, Place *place)
{
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (action));
  GtkColumnViewColumn *column = g_object_get_data (G_OBJECT (action), "column");

  gtk_column_view_column_set_visible (column, g_variant_get_boolean (state));
  save (place);
}

static void
add_action (GSimpleActionGroup *group,
            const WbCaseColumn *column,
            gboolean shown,
            WbSettings *settings)
{
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (column->name, NULL, g_variant_new_boolean (shown));
  Place *place = g_new0 (Place, 1);

  place->map = G_ACTION_MAP (group); /* which holds the action, and outlives it */
  place->settings = g_object_ref (settings);
  gtk_column_view_column_set_visible (column->column, shown);
  g_object_set_data_full (G_OBJECT (action),
                          "column",
                          g_object_ref (column->column),
                          g_object_unref);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  g_signal_connect_data (action, "notify::state", G_CALLBACK (changed_cb), place, place_free, 0);
}

void
wb_case_columns_follow (GtkWidget *widget,
                        const WbCaseColumn *columns,
                        guint n_columns,
                        WbSettings *settings)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_auto (GStrv) hidden = wb_settings_dup_hidden_columns (settings);

  for (guint i = 0; i < n_columns; i++)
    add_action (group,
                &columns[i],
                !g_strv_contains ((const char *const *) hidden, columns[i].name),
                settings);
  gtk_widget_insert_action_group (widget, "columns", G_ACTION_GROUP (group));
}
