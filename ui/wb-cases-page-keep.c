/* SPDX-License-Identifier: EUPL-1.2 */

/* What is selected stays selected when the register changed or the order is another: by id, for the
 * same case may stand at another position. Until that is known nothing can be exported. */
#include "wb-cases-page-parts.h"

#include "wb-case-item.h"
#include "wb-case-places.h"

typedef struct {
  GHashTable *ids; /* (element-type utf8) */
  char *words;     /* (nullable) */
  char **filters;  /* (nullable) */
  WbCaseQuery query;
} Search;

static void
search_free (Search *search)
{
  g_hash_table_unref (search->ids);
  g_free (search->words);
  g_strfreev (search->filters);
  g_free (search);
}

static void
set_kept (WbCasesPage *self, GHashTable *ids)
{
  g_clear_pointer (&self->kept, g_hash_table_unref);
  self->kept = ids;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cases.export", ids == NULL);
}

/* NULL: of some it is not known which they are, for nobody has seen them yet. */
static GHashTable *
dup_ids (WbCasesPage *self, GtkBitset *selected)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkBitsetIter iter;
  guint position;

  if (!gtk_bitset_iter_init_first (&iter, selected, &position))
    return NULL;
  do {
    g_autoptr (WbCaseItem) item = g_list_model_get_item (G_LIST_MODEL (self->cases), position);

    if (item == NULL || wb_case_item_get_id (item) == NULL)
      return NULL;
    g_hash_table_add (ids, g_strdup (wb_case_item_get_id (item)));
  } while (gtk_bitset_iter_next (&iter, &position));
  return g_steal_pointer (&ids);
}

/* What follows while the last is not settled yet keeps what was selected before both. */
static void
changing_cb (WbCaseList *list, gboolean same, WbCasesPage *self)
{
  g_autoptr (GtkBitset) selected = NULL;
  GHashTable *ids;

  if (!self->selecting)
    return;
  if (same && self->kept != NULL)
    return;
  selected = gtk_selection_model_get_selection (self->rows);
  ids = same ? dup_ids (self, selected) : NULL;
  if (ids == NULL && (!same || !gtk_bitset_is_empty (selected)))
    wb_cases_page_set_selecting (self, FALSE);
  set_kept (self, ids);
}

/* On the register's thread. */
static gpointer
search_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Search *search = data;

  return wb_register_find_places (reg, &search->query, search->ids, error);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCasesPage) self = user_data;
  g_autoptr (GArray) positions = wb_session_call_finish (WB_SESSION (source), result, NULL);
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;

  if (self->rows == NULL || self->kept == NULL || wb_case_list_is_loading (self->cases))
    return; /* the next rows bring the next search */
  for (guint i = 0; positions != NULL && i < positions->len; i++)
    gtk_bitset_add (selected, g_array_index (positions, guint, i));
  set_kept (self, NULL);
  mask = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (self->cases)));
  (void) gtk_selection_model_set_selection (self->rows, selected, mask);
  if (gtk_bitset_is_empty (selected))
    wb_cases_page_set_selecting (self, FALSE);
}

static void
loaded_cb (WbCaseList *list, WbCasesPage *self)
{
  Search *search;

  if (self->kept == NULL)
    return;
  search = g_new0 (Search, 1);
  search->ids = g_hash_table_ref (self->kept);
  wb_case_list_get_query (list, &search->query);
  search->words = g_strdup (search->query.words);
  search->filters = g_strdupv ((char **) search->query.filters);
  search->query.words = search->words;
  search->query.filters = (const char *const *) search->filters;
  wb_session_call_async (self->session,
                         search_call,
                         search,
                         (GDestroyNotify) search_free,
                         (GDestroyNotify) g_array_unref,
                         NULL,
                         searched_cb,
                         g_object_ref (self));
}

void
wb_cases_page_keep_selection (WbCasesPage *self)
{
  g_signal_connect (self->cases, "changing", G_CALLBACK (changing_cb), self);
  g_signal_connect (self->cases, "loaded", G_CALLBACK (loaded_cb), self);
}
