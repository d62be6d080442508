/* SPDX-License-Identifier: EUPL-1.2 */

/* Who put a piece of evidence in, who looked at it, who got it; and the copy that leaves. */
#include "wb-custody.h"

#include "wb-register-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-json.h"

#define ACTS_MAX 10000 /* more than a busy case gathers in years */

void
wb_custody_line_free (WbCustodyLine *self)
{
  if (self == NULL)
    return;
  g_free (self->author);
  g_free (self->to);
  g_free (self);
}

static gboolean
is_copy (WbRegister *reg, guint64 number)
{
  g_autoptr (JsonNode) detail = wb_register_read_logged (reg, number, WB_ACT_DETAIL);

  return detail != NULL && JSON_NODE_HOLDS_VALUE (detail) &&
         g_strcmp0 (json_node_get_string (detail), WB_DETAIL_COPY) == 0;
}

/* FALSE: the act says nothing of where the file was. */
static gboolean
judge (WbRegister *reg, const WbAct *act, WbCustodyAct *ret_act)
{
  if (g_str_equal (act->event, "created"))
    *ret_act = WB_CUSTODY_TAKEN_IN;
  else if (g_str_equal (act->event, "changed"))
    *ret_act = WB_CUSTODY_CHANGED;
  else if (g_str_equal (act->event, "exported"))
    *ret_act = WB_CUSTODY_EXPORTED;
  else if (g_str_equal (act->event, "consulted"))
    *ret_act = is_copy (reg, act->number) ? WB_CUSTODY_COPIED : WB_CUSTODY_LOOKED;
  else
    return FALSE;
  return TRUE;
}

static char *
read_recipient (WbRegister *reg, guint64 number)
{
  g_autoptr (JsonNode) export = wb_register_read_logged (reg, number, WB_ACT_EXPORT);

  return export != NULL && JSON_NODE_HOLDS_OBJECT (export)
             ? g_strdup (wb_json_get_text (json_node_get_object (export), "recipient"))
             : NULL;
}

static void
add_line (WbRegister *reg, GPtrArray *lines, const WbAct *act)
{
  WbCustodyAct what;
  WbCustodyLine *line;

  if (!judge (reg, act, &what))
    return;
  line = g_new0 (WbCustodyLine, 1);
  line->time = act->time;
  line->act = what;
  line->author = wb_user_store_get_name (reg->db, act->author, NULL);
  if (line->author == NULL)
    line->author = g_strdup (act->author);
  if (what == WB_CUSTODY_EXPORTED)
    line->to = read_recipient (reg, act->number);
  g_ptr_array_add (lines, line);
}

/* The file exists only after the act; where that failed the next act on the case says so. */
static gboolean
came_about (GPtrArray *acts, guint index)
{
  const WbAct *next = index + 1 < acts->len ? g_ptr_array_index (acts, index + 1) : NULL;

  return next == NULL || !g_str_equal (next->event, "export-failed");
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const WbCustodyLine *first = *(const WbCustodyLine *const *) a;
  const WbCustodyLine *second = *(const WbCustodyLine *const *) b;

  return (first->time > second->time) - (first->time < second->time);
}

static gboolean
add_bundles (WbRegister *self, const WbRecordRow *row, GPtrArray *lines, GError **error)
{
  const char *of = wb_record_row_get_case (row);
  g_autoptr (GPtrArray) acts = NULL;

  if (of == NULL)
    return TRUE;
  acts = wb_log_store_list_acts (self->db, of, NULL, row->first_entry, ACTS_MAX, error);
  for (guint i = 0; acts != NULL && i < acts->len; i++) {
    const WbAct *act = g_ptr_array_index (acts, i);

    if (g_str_equal (act->event, "exported") && came_about (acts, i))
      add_line (self, lines, act);
  }
  return acts != NULL;
}

/**
 * wb_register_list_custody:
 * @self: an open register
 * @reference: an evidence record
 * @error: return location for an error
 *
 * Told from the log alone; asking for it is no entry.
 *
 * Returns: (transfer full) (element-type WbCustodyLine): what happened to the file, earliest first
 */
GPtrArray *
wb_register_list_custody (WbRegister *self, const char *reference, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_custody_line_free);
  g_autoptr (WbRecordRow) row = wb_register_find_row (self, reference, error);
  g_autoptr (GPtrArray) acts = NULL;

  if (row == NULL)
    return NULL;
  acts = wb_log_store_list_acts (self->db, NULL, row->id, row->first_entry, ACTS_MAX, error);
  for (guint i = 0; acts != NULL && i < acts->len; i++)
    add_line (self, lines, g_ptr_array_index (acts, i));
  if (acts == NULL || !add_bundles (self, row, lines, error))
    return NULL;
  g_ptr_array_sort (lines, compare_times);
  return g_steal_pointer (&lines);
}

/* Readable by this user alone; nothing is overwritten. */
static GOutputStream *
open_copy (const char *path, GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_unix_output_stream_new (fd, TRUE);
  if (errno == EEXIST)
    g_set_error_literal (
        error,
        WB_ERROR,
        WB_ERROR_EXISTS,
        _ ("There is a file of that name already; choose another name: nothing is overwritten."));
  else
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_IO,
                         _ ("The copy cannot be written there: choose another folder."));
  return NULL;
}

/* A copy that is not whole would be taken for the original. */
static gboolean
tell_unwritten (const char *path, GError *problem, GError **error)
{
  (void) g_unlink (path);
  if (problem->domain == WB_ERROR || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, problem);
    return FALSE;
  }
  g_set_error (error,
               WB_ERROR,
               WB_ERROR_IO,
               _ ("The copy was not written whole and is gone again (%s): try another folder."),
               problem->message);
  g_error_free (problem);
  return FALSE;
}

static gboolean
write_copy (GInputStream *from,
            GOutputStream *to,
            guint64 size,
            WbProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree guint8 *buffer = g_malloc (WB_CHUNK_SIZE);
  guint64 done = 0;
  gsize read = 0;

  do {
    if (!g_input_stream_read_all (from, buffer, WB_CHUNK_SIZE, &read, cancellable, error) ||
        !g_output_stream_write_all (to, buffer, read, NULL, cancellable, error))
      break;
    done += read;
    if (progress != NULL)
      progress (done, MAX (size, done), user_data);
    if (read < WB_CHUNK_SIZE) {
      explicit_bzero (buffer, WB_CHUNK_SIZE);
      return g_output_stream_close (to, cancellable, error);
    }
  } while (TRUE);
  explicit_bzero (buffer, WB_CHUNK_SIZE);
  return FALSE;
}

/**
 * wb_register_save_evidence:
 * @self: an open register
 * @reference: an evidence record
 * @path: a file that does not exist
 * @progress: (nullable): bytes done, bytes in all
 * @user_data: for @progress
 * @cancellable: (nullable): nothing stays of the copy
 * @error: return location for an error; %WB_ERROR_EXISTS, %WB_ERROR_IO, %WB_ERROR_VERIFY
 *
 * Writes the file outside the register, in the clear, as it was taken in. That is an entry of the
 * log, made first: a copy that fails afterwards was asked for all the same.
 *
 * Returns: %FALSE if it failed; then there is no such file
 */
gboolean
wb_register_save_evidence (WbRegister *self,
                           const char *reference,
                           const char *path,
                           WbProgress progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (WbRecord) record = wb_register_read (self, reference, FALSE, NULL, error);
  g_autoptr (GOutputStream) to = record != NULL ? open_copy (path, error) : NULL;
  g_autoptr (GInputStream) from = NULL;
  GError *problem = NULL;

  if (to == NULL)
    return FALSE;
  from = wb_register_open_file (self, reference, WB_DETAIL_COPY, &problem);
  if (from != NULL &&
      write_copy (from,
                  to,
                  (guint64) json_object_get_int_member_with_default (record->fields, "size", 0),
                  progress,
                  user_data,
                  cancellable,
                  &problem))
    return TRUE;
  return tell_unwritten (path, problem, error);
}
