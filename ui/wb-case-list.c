/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The list of cases, a page at a time. An item belongs to its position: when the register or the
 * order changes, items get other content, so that a view keeps its place and nothing flickers.
 * Every answer of the register carries the number of the query it answers; late ones are dropped.
 */
#include "wb-case-list.h"

#include "wb-case-item.h"

#define STEP 24      /* rows that a view makes or changes between two drawings */
#define STEPS_TO 200 /* a view makes widgets for no more rows than this */
#define PAGES_MAX 16 /* 3,200 items in memory, whatever the register holds */

typedef struct {
  GPtrArray *items; /* (element-type WbCaseItem) */
  guint used;
  gboolean loading;
} Page;

/* What goes to the register's thread, and comes back. */
typedef struct {
  char *words;
  char **filters; /* (nullable) */
  WbCaseSort sort;
  gboolean descending;
  gboolean count;
  gboolean rows;
  guint page;
} Request;

typedef struct {
  guint n_items;
  gboolean more;   /* how many there are is not known yet */
  GPtrArray *rows; /* (nullable) */
} Answer;

typedef struct {
  WbCaseList *list;
  guint generation;
  guint page;
  gboolean count;
} Waiting;

struct _WbCaseList {
  GObject parent_instance;

  WbSession *session;
  GCancellable *cancellable;
  Request query;
  GHashTable *pages;
  guint n_items;
  guint n_cases;   /* what n_items grows to */
  GPtrArray *rows; /* (nullable): of the first page, where they are not all shown yet */
  guint stepped;   /* rows of the first page that are */
  guint growing;   /* source */
  guint clock;
  guint generation;
  gboolean loading;
  gboolean counting; /* n_cases is not that of the query yet */
  gboolean changed;  /* what is asked for */
};

static void wb_case_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbCaseList,
                               wb_case_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, wb_case_list_model_init))

enum { CHANGING, FOUND, LOADED, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
page_free (Page *page)
{
  g_ptr_array_unref (page->items);
  g_free (page);
}

static void
request_free (Request *request)
{
  g_free (request->words);
  g_strfreev (request->filters);
  g_free (request);
}

static void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->rows, g_ptr_array_unref);
  g_free (answer);
}

static void
waiting_free (Waiting *waiting)
{
  g_object_unref (waiting->list);
  g_free (waiting);
}

/* To count what a word finds takes long where it finds much: the first page does not wait. */
static gboolean
list_and_count (WbRegister *reg,
                const Request *request,
                const WbCaseQuery *query,
                Answer *answer,
                GError **error)
{
  if (request->rows) {
    answer->rows = wb_register_list_cases (reg,
                                           query,
                                           request->page * WB_CASE_LIST_PAGE,
                                           WB_CASE_LIST_PAGE,
                                           error);
    if (answer->rows == NULL)
      return FALSE;
  }
  if (request->count && request->rows && request->words != NULL) {
    answer->n_items = answer->rows->len;
    answer->more = answer->n_items == WB_CASE_LIST_PAGE;
    return TRUE;
  }
  return !request->count || wb_register_count_cases (reg, query, &answer->n_items, error);
}

/* On the register's thread. */
static gpointer
answer_request (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  const Request *request = data;
  const WbCaseQuery query = { .words = request->words,
                              .filters = (const char *const *) request->filters,
                              .sort = request->sort,
                              .descending = request->descending };
  g_autofree Answer *answer = g_new0 (Answer, 1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (list_and_count (reg, request, &query, answer, error))
    return g_steal_pointer (&answer);
  g_clear_pointer (&answer->rows, g_ptr_array_unref);
  return NULL;
}

static void answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
send_request (WbCaseList *self, guint page, gboolean count, gboolean rows)
{
  Request *request = g_new0 (Request, 1);
  Waiting *waiting = g_new0 (Waiting, 1);

  request->words = g_strdup (self->query.words);
  request->filters = g_strdupv (self->query.filters);
  request->sort = self->query.sort;
  request->descending = self->query.descending;
  request->page = page;
  request->count = count;
  request->rows = rows;
  waiting->list = g_object_ref (self);
  waiting->generation = self->generation;
  waiting->page = page;
  waiting->count = count;
  wb_session_call_async (self->session,
                         answer_request,
                         request,
                         (GDestroyNotify) request_free,
                         (GDestroyNotify) answer_free,
                         self->cancellable,
                         answered_cb,
                         waiting);
}

static void
evict (WbCaseList *self)
{
  GHashTableIter iter;
  gpointer key, value, oldest = NULL;
  guint used = G_MAXUINT;

  if (g_hash_table_size (self->pages) < PAGES_MAX)
    return;
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Page *) value)->used < used) {
      used = ((Page *) value)->used;
      oldest = key;
    }
  g_hash_table_remove (self->pages, oldest);
}

static Page *
add_page (WbCaseList *self, guint number)
{
  Page *page;

  evict (self);
  page = g_new0 (Page, 1);
  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < WB_CASE_LIST_PAGE; i++)
    g_ptr_array_add (page->items, wb_case_item_new ());
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
  return page;
}

static Page *
get_page (WbCaseList *self, guint number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  if (page == NULL)
    page = add_page (self, number);
  page->used = ++self->clock;
  return page;
}

/* Items from @from up to @to of a page; those beyond the rows are empty. */
static void
show_rows (WbCaseList *self, guint number, GPtrArray *rows, guint from, guint to)
{
  Page *page = get_page (self, number);
  const WbZone *zone = wb_session_get_zone (self->session);
  WbLanguage language = wb_language_current ();
  WbInstant now = wb_clock_now ();

  page->loading = FALSE;
  if (zone == NULL)
    return; /* locked meanwhile */
  for (guint i = from; i < MIN (to, page->items->len); i++)
    wb_case_item_show (g_ptr_array_index (page->items, i),
                       i < rows->len ? g_ptr_array_index (rows, i) : NULL,
                       zone,
                       now,
                       language);
}

static void
reload_other_pages (WbCaseList *self)
{
  g_autoptr (GList) keys = g_hash_table_get_keys (self->pages);

  for (GList *l = keys; l != NULL; l = l->next) {
    guint number = GPOINTER_TO_UINT (l->data);

    if (number * WB_CASE_LIST_PAGE >= self->n_cases && number > 0)
      g_hash_table_remove (self->pages, l->data);
    else if (number > 0)
      send_request (self, number, FALSE, TRUE);
  }
}

static void
set_n_items (WbCaseList *self, guint n_items)
{
  guint before = self->n_items;
  guint kept = MIN (before, n_items);

  self->n_items = n_items;
  if (before != n_items)
    g_list_model_items_changed (G_LIST_MODEL (self), kept, before - kept, n_items - kept);
}

static void
stop_growing (WbCaseList *self)
{
  g_clear_handle_id (&self->growing, g_source_remove);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

static gboolean
grow (WbCaseList *self)
{
  guint from = self->stepped;
  gboolean last = from + STEP >= MIN (self->n_cases, STEPS_TO);

  self->stepped = last ? WB_CASE_LIST_PAGE : from + STEP;
  if (self->rows != NULL)
    show_rows (self, 0, self->rows, from, self->stepped);
  set_n_items (self, last ? self->n_cases : MAX (self->stepped, self->n_items));
  if (!last)
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  stop_growing (self);
  self->loading = FALSE;
  g_signal_emit (self, signals[LOADED], 0);
  return G_SOURCE_REMOVE;
}

static gboolean
grow_cb (gpointer user_data)
{
  return grow (user_data);
}

/*
 * Some rows at a time, and a drawing between: a view makes the widgets of all that are new at once,
 * and measures all that changed, which takes it long.
 */
static void
start_growing (WbCaseList *self)
{
  g_clear_handle_id (&self->growing, g_source_remove);
  self->stepped = 0;
  if (grow (self))
    self->growing = g_idle_add (grow_cb, self);
}

/* Where the first rows are still coming, the last of them brings the rest. */
static void
take_count (WbCaseList *self, guint n_cases)
{
  self->n_cases = n_cases;
  if (self->growing == 0)
    set_n_items (self, n_cases);
  g_signal_emit (self, signals[FOUND], 0);
}

static void
take_answer (WbCaseList *self, const Waiting *waiting, const Answer *answer)
{
  if (!waiting->count) {
    show_rows (self, waiting->page, answer->rows, 0, WB_CASE_LIST_PAGE);
    return;
  }
  self->counting = answer->more;
  if (answer->rows == NULL) {
    take_count (self, answer->n_items);
    return;
  }
  g_signal_emit (self, signals[CHANGING], 0, !self->changed);
  stop_growing (self);
  self->rows = g_ptr_array_ref (answer->rows);
  /* What is asked again after an act keeps its length until it is counted. */
  if (!answer->more || self->changed || self->n_cases < answer->n_items)
    self->n_cases = answer->n_items;
  self->changed = FALSE;
  if (self->n_items > self->n_cases)
    set_n_items (self, self->n_cases);
  reload_other_pages (self);
  start_growing (self);
  g_signal_emit (self, signals[FOUND], 0);
  if (self->counting)
    send_request (self, 0, TRUE, FALSE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;
  WbCaseList *self = waiting->list;
  g_autoptr (GError) error = NULL;
  Answer *answer = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (waiting->generation == self->generation) {
    if (answer != NULL)
      take_answer (self, waiting, answer);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_signal_emit (self, signals[FAILED], 0, error->message);
  }
  g_clear_pointer (&answer, answer_free);
  waiting_free (waiting);
}

static GType
wb_case_list_get_item_type (GListModel *model)
{
  return WB_TYPE_CASE_ITEM;
}

static guint
wb_case_list_get_n_items (GListModel *model)
{
  return WB_CASE_LIST (model)->n_items;
}

static gpointer
wb_case_list_get_item (GListModel *model, guint position)
{
  WbCaseList *self = WB_CASE_LIST (model);
  guint number = position / WB_CASE_LIST_PAGE;
  WbCaseItem *item;
  Page *page;

  if (position >= self->n_items)
    return NULL;
  page = get_page (self, number);
  item = g_ptr_array_index (page->items, position % WB_CASE_LIST_PAGE);
  if (wb_case_item_get_id (item) == NULL && !page->loading) {
    page->loading = TRUE;
    send_request (self, number, FALSE, TRUE);
  }
  return g_object_ref (item);
}

static void
wb_case_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wb_case_list_get_item_type;
  iface->get_n_items = wb_case_list_get_n_items;
  iface->get_item = wb_case_list_get_item;
}

static void
wb_case_list_dispose (GObject *object)
{
  WbCaseList *self = WB_CASE_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  stop_growing (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  G_OBJECT_CLASS (wb_case_list_parent_class)->dispose (object);
}

static void
wb_case_list_finalize (GObject *object)
{
  WbCaseList *self = WB_CASE_LIST (object);

  g_free (self->query.words);
  g_strfreev (self->query.filters);
  G_OBJECT_CLASS (wb_case_list_parent_class)->finalize (object);
}

static void
wb_case_list_class_init (WbCaseListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_case_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_case_list_finalize;

  /**
   * WbCaseList::changing:
   * @self: the list
   * @same: whether words and filters are those of before
   *
   * Other rows come, and those of before can be read for the last time.
   */
  signals[CHANGING] = g_signal_new ("changing",
                                    WB_TYPE_CASE_LIST,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_BOOLEAN);
  /**
   * WbCaseList::found:
   * @self: the list
   *
   * The number of cases is that of the latest query, and the first rows are there to be seen.
   */
  signals[FOUND] = g_signal_new ("found",
                                 WB_TYPE_CASE_LIST,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
  /**
   * WbCaseList::loaded:
   * @self: the list
   *
   * The list has grown to that number, and the first page is whole.
   */
  signals[LOADED] = g_signal_new ("loaded",
                                  WB_TYPE_CASE_LIST,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
  /**
   * WbCaseList::failed:
   * @self: the list
   * @message: one sentence in the user's language
   */
  signals[FAILED] = g_signal_new ("failed",
                                  WB_TYPE_CASE_LIST,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);
}

static void
wb_case_list_init (WbCaseList *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) page_free);
  self->query.sort = WB_CASE_SORT_NEXT_DEADLINE;
}

WbCaseList *
wb_case_list_new (WbSession *session)
{
  WbCaseList *self = g_object_new (WB_TYPE_CASE_LIST, NULL);

  self->session = g_object_ref (session);
  return self;
}

/* What still waits is not wanted any more: the next answer is the one that counts. */
void
wb_case_list_refresh (WbCaseList *self)
{
  if (self->session == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->generation++;
  self->loading = TRUE;
  stop_growing (self);
  send_request (self, 0, TRUE, TRUE);
}

/* For a view that takes over from another: it begins with few rows too. */
void
wb_case_list_start_over (WbCaseList *self)
{
  set_n_items (self, 0);
  if (!self->loading || self->growing != 0)
    start_growing (self);
}

void
wb_case_list_set_words (WbCaseList *self, const char *words)
{
  const char *wanted = words != NULL && *words != '\0' ? words : NULL;

  if (g_strcmp0 (self->query.words, wanted) == 0)
    return;
  g_free (self->query.words);
  self->query.words = g_strdup (wanted);
  self->changed = TRUE;
  wb_case_list_refresh (self);
}

void
wb_case_list_set_filters (WbCaseList *self, const char *const *filters)
{
  static const char *const none[] = { NULL };
  const char *const *before = (const char *const *) self->query.filters;
  const char *const *wanted = filters != NULL ? filters : none;

  if (g_strv_equal (before != NULL ? before : none, wanted))
    return;
  g_strfreev (self->query.filters);
  self->query.filters = *wanted != NULL ? g_strdupv ((char **) wanted) : NULL;
  self->changed = TRUE;
  wb_case_list_refresh (self);
}

void
wb_case_list_set_sort (WbCaseList *self, WbCaseSort sort, gboolean descending)
{
  if (self->query.sort == sort && self->query.descending == descending)
    return;
  self->query.sort = sort;
  self->query.descending = descending;
  wb_case_list_refresh (self);
}

const char *
wb_case_list_get_words (WbCaseList *self)
{
  return self->query.words;
}

void
wb_case_list_get_query (WbCaseList *self, WbCaseQuery *ret_query)
{
  *ret_query = (WbCaseQuery){ .words = self->query.words,
                              .filters = (const char *const *) self->query.filters,
                              .sort = self->query.sort,
                              .descending = self->query.descending };
}

guint
wb_case_list_get_n_cases (WbCaseList *self)
{
  return self->n_cases;
}

gboolean
wb_case_list_is_counting (WbCaseList *self)
{
  return self->counting;
}

gboolean
wb_case_list_is_filtered (WbCaseList *self)
{
  return self->query.words != NULL || self->query.filters != NULL;
}

gboolean
wb_case_list_is_loading (WbCaseList *self)
{
  return self->loading;
}
