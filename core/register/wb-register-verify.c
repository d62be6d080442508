/* SPDX-License-Identifier: EUPL-1.2 */

/* Verifying a register at three depths: head, whole log, projections made anew and compared. */
#include "wb-register-known.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-encoding.h"
#include "wb-erase-store.h"
#include "wb-erasure-private.h"
#include "wb-error.h"
#include "wb-foreign-check.h"
#include "wb-i18n.h"
#include "wb-log-audit.h"
#include "wb-log-check.h"
#include "wb-page-check.h"
#include "wb-witnessing-private.h"

static const char *const DEPTHS[] = { "quick", "full", "deep" };

static void
check_quick (WbRegister *self, const char *note, const char *part, WbVerification *result)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbCheckpoint) checkpoint =
      wb_checkpoint_open (note, strlen (note), self->vkey, &problem);
  WbHash root;

  if (checkpoint == NULL) {
    wb_verification_add (result, part, -1, "%s", problem->message);
    return;
  }
  wb_verification_count (result, "checkpoints", 1);
  if (checkpoint->size > self->size)
    wb_verification_add (
        result,
        part,
        -1,
        _ ("The checkpoint speaks of %llu entries, the log has %llu: entries are missing."),
        (unsigned long long) checkpoint->size,
        (unsigned long long) self->size);
  else if (!wb_merkle_root (checkpoint->size, wb_register_fetch_node, self, &root, &problem))
    wb_verification_add (result, "store.db", -1, "%s", problem->message);
  else if (memcmp (&root, &checkpoint->root, sizeof root) != 0)
    wb_verification_add (
        result,
        part,
        -1,
        _ ("The log is not the one that the checkpoint of %llu entries was made of."),
        (unsigned long long) checkpoint->size);
}

typedef struct {
  WbRegister *reg;
  WbLogCheck *check;
  WbVerification *result;
  WbKnown *known;
  WbErasedCheck *erased;
  WbNodeReader *nodes;
  guint64 n_nodes;
  gint64 odd_node;     /* first entry under the first kept hash that does not fit, or -1 */
  GError *node_error;  /* why kept hashes cannot be read */
  GPtrArray *evidence; /* "id sha256" */
  WbForeignCheck *foreign;
  WbProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  GError *error;
} Walk;

/* Each kept hash, as the tree grows from the entries alone. */
static void
compare_node (guint level, guint64 place, const WbHash *hash, gpointer user_data)
{
  Walk *walk = user_data;
  gboolean same;

  if (walk->odd_node >= 0 || walk->node_error != NULL)
    return;
  walk->n_nodes++;
  if (wb_node_reader_compare (walk->nodes, level, place, hash->bytes, &same, &walk->node_error) &&
      !same)
    walk->odd_node = (gint64) (place << level);
}

static void
remember_evidence (Walk *walk, const WbEntry *entry, GPtrArray *lines)
{
  if (!g_str_equal (entry->record_type, "evidence") || !g_str_equal (entry->event, "created"))
    return;
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL) &&
        g_str_equal (name, "sha256") && JSON_NODE_HOLDS_VALUE (value))
      g_ptr_array_add (walk->evidence,
                       g_strdup_printf ("%s %s", entry->record_id, json_node_get_string (value)));
  }
}

static gboolean
walk_entry (guint64 number,
            const char *text,
            gsize size,
            const guint8 *leaf,
            GPtrArray *lines,
            gpointer user_data)
{
  Walk *walk = user_data;
  g_autoptr (WbEntry) entry = NULL;
  WbHash kept;

  if (g_cancellable_set_error_if_cancelled (walk->cancellable, &walk->error))
    return FALSE;
  if (walk->progress != NULL && number % 256 == 0)
    walk->progress (number, walk->reg->size, walk->user_data);
  memcpy (kept.bytes, leaf, sizeof kept.bytes);
  entry = wb_log_check_entry (walk->check, number, text, size, lines, &kept);
  wb_known_entry (walk->known, entry, lines);
  wb_erased_check_entry (walk->erased, entry, lines);
  wb_foreign_check_entry (walk->foreign, entry, lines, walk->evidence);
  if (entry != NULL)
    remember_evidence (walk, entry, lines);
  return TRUE;
}

static void
check_evidence (Walk *walk)
{
  g_autofree guint8 *buffer = g_malloc (WB_CHUNK_SIZE);

  for (guint i = 0; i < walk->evidence->len; i++) {
    g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (walk->evidence, i), " ", 2);
    g_autoptr (GInputStream) stream = wb_evidence_stream_new (walk->reg, parts[0], parts[1]);
    g_autoptr (WbRecordRow) row = wb_record_store_find (walk->reg->db, parts[0], NULL);
    g_autoptr (GError) problem = NULL;
    gssize read;

    do {
      read = g_input_stream_read (stream, buffer, WB_CHUNK_SIZE, NULL, &problem);
    } while (read > 0);
    wb_verification_count (walk->result, "evidence", 1);
    if (problem != NULL)
      wb_verification_add (walk->result,
                           row != NULL ? row->reference : parts[0],
                           -1,
                           "%s",
                           problem->message);
  }
}

/* Kept hashes say something only where the entries under them are in order. */
static void
tell_nodes (Walk *walk, guint64 findings_before)
{
  if (walk->node_error != NULL)
    wb_verification_add (walk->result, "node", -1, "%s", walk->node_error->message);
  else if (walk->odd_node >= 0 && wb_verification_get_n_findings (walk->result) == findings_before)
    wb_verification_add (walk->result,
                         "node",
                         walk->odd_node,
                         _ ("A hash of the tree that is kept over the entries from this one on is "
                            "not what they give."));
  wb_verification_count (walk->result, "nodes", walk->n_nodes);
}

/* Rows of the log that belong to no entry: nothing else would look at them. */
static void
check_strays (WbRegister *self, const Walk *walk)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *stray = NULL;
  gint64 line, size;
  guint64 n_nodes = wb_log_store_count_nodes (self->db, &problem);

  if (problem != NULL || !wb_log_store_find_stray_line (self->db, &line, &problem) ||
      !wb_log_store_find_odd_checkpoint (self->db, &size, &problem)) {
    wb_verification_add (walk->result, "store.db", -1, "%s", problem->message);
    return;
  }
  if (line >= 0)
    wb_verification_add (walk->result,
                         "disclosure",
                         line,
                         _ ("There is a value of this entry, but no such entry."));
  if (size >= 0)
    wb_verification_add (walk->result,
                         "checkpoint",
                         -1,
                         _ ("The checkpoint kept for %lld entries speaks of another number."),
                         (long long) size);
  stray = wb_erase_store_find_stray_chunk (self->db, &problem);
  if (stray != NULL || problem != NULL)
    wb_verification_add (walk->result,
                         "chunk",
                         -1,
                         _ ("There are contents of a file that no record has any more: an erasure "
                            "or an intake was cut short by another program."));
  if (n_nodes > walk->n_nodes && wb_verification_is_good (walk->result))
    wb_verification_add (walk->result,
                         "node",
                         -1,
                         _ ("More hashes of the tree are kept than the log has."));
}

static gboolean
walk_log (WbRegister *self, Walk *walk, GPtrArray *notes, GError **error)
{
  guint64 before = wb_verification_get_n_findings (walk->result);
  g_autoptr (GError) problem = NULL;

  if (!wb_log_store_each (self->db, 0, walk_entry, walk, &problem))
    wb_verification_add (walk->result, "store.db", -1, "%s", problem->message);
  if (walk->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&walk->error));
    return FALSE;
  }
  wb_log_check_finish (walk->check, self->size, &self->head);
  tell_nodes (walk, before);
  if (wb_verification_get_n_findings (walk->result) == before)
    wb_known_finish (walk->known, notes);
  wb_erased_check_finish (walk->erased);
  wb_foreign_check_finish (walk->foreign);
  check_strays (self, walk);
  check_evidence (walk);
  return TRUE;
}

static gboolean
check_log (WbRegister *self,
           GPtrArray *notes,
           const char *since,
           WbVerification *result,
           WbProgress progress,
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (WbLogCheck) check = wb_log_check_new (self->origin, self->vkey, result);
  g_autoptr (WbKnown) known = wb_known_new (self, result);
  g_autoptr (WbErasedCheck) erased = wb_erased_check_new (result);
  g_autoptr (WbForeignCheck) foreign = wb_foreign_check_new (self, result);
  g_autoptr (WbNodeReader) nodes = wb_node_reader_new (self->db);
  g_autoptr (GPtrArray) evidence = g_ptr_array_new_with_free_func (g_free);
  Walk walk = { .reg = self,
                .check = check,
                .result = result,
                .known = known,
                .erased = erased,
                .foreign = foreign,
                .nodes = nodes,
                .odd_node = -1,
                .evidence = evidence,
                .progress = progress,
                .user_data = user_data,
                .cancellable = cancellable };
  gboolean done;

  wb_log_check_set_keep (check, compare_node, &walk);
  for (guint i = 0; i < notes->len; i++)
    wb_log_check_expect (check, g_ptr_array_index (notes, i));
  if (since != NULL)
    wb_log_check_expect_outside (check, since);
  done = walk_log (self, &walk, notes, error);
  g_clear_error (&walk.node_error);
  return done;
}

/* The root from the kept subtree hashes must be the one that entries alone give. */
static void
check_kept (WbRegister *self, WbVerification *result)
{
  g_autoptr (GError) problem = NULL;
  WbHash kept, edge;

  wb_merkle_edge_root (self->edge, &edge);
  if (!wb_merkle_root (self->size, wb_register_fetch_node, self, &kept, &problem))
    wb_verification_add (result, "store.db", -1, "%s", problem->message);
  else if (memcmp (&kept, &edge, sizeof kept) != 0)
    wb_verification_add (result,
                         "store.db",
                         -1,
                         _ ("The kept hashes of the tree do not fit each other."));
}

static gboolean
check_files (WbRegister *self, const char *bad_page, WbVerification *result, GError **error)
{
  g_auto (GStrv) names = wb_folder_check (self->folder, error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    wb_verification_add (
        result,
        names[i],
        -1,
        _ ("The file is not the one that SHA256SUMS lists, or it does not belong here."));
  wb_verification_count (result, "files", 1);
  if (bad_page != NULL)
    wb_verification_add (result, "store.db", -1, "%s", bad_page);
  return TRUE;
}

static guint64
row_hash (const char *table, const char *name, const char *content)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s",
                                           table,
                                           name != NULL ? name : "",
                                           content != NULL ? content : "");
  guint8 digest[WB_SHA256_SIZE];
  guint64 hash;

  wb_sha256 (text, strlen (text), digest);
  memcpy (&hash, digest, sizeof hash);
  return hash;
}

static void
remember_row (const char *table, const char *name, const char *content, gpointer user_data)
{
  guint64 hash = row_hash (table, name, content);

  g_array_append_val ((GArray *) user_data, hash);
}

typedef struct {
  GArray *before;
  guint at;
  gboolean differs;
  WbVerification *result;
} Compare;

static void
compare_row (const char *table, const char *name, const char *content, gpointer user_data)
{
  Compare *compare = user_data;
  guint64 hash = row_hash (table, name, content);
  gboolean same = compare->at < compare->before->len &&
                  g_array_index (compare->before, guint64, compare->at) == hash;

  compare->at++;
  if (same || compare->differs)
    return;
  compare->differs = TRUE;
  wb_verification_add (
      compare->result,
      table,
      -1,
      _ ("What is shown of %s is not what the log gives. Rebuild the register from its log."),
      name != NULL ? name : "?");
}

static gboolean
check_search (WbRegister *self, WbVerification *result, GError **error)
{
  gboolean sound;

  if (!wb_record_store_check_search (self->db, &sound, error))
    return FALSE;
  if (!sound)
    wb_verification_add (
        result,
        "search",
        -1,
        _ ("The index of words does not fit the records. Rebuild the register from its log."));
  return TRUE;
}

/* Rebuilds in a transaction that is then dropped: verifying changes nothing. */
static gboolean
check_projections (WbRegister *self,
                   WbVerification *result,
                   WbProgress progress,
                   gpointer user_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (WbChange) change = NULL;
  Compare compare = { before, 0, FALSE, result };

  if (!check_search (self, result, error) ||
      !wb_projection_each (self->db, remember_row, before, error))
    return FALSE;
  change = wb_change_begin (self, error);
  if (change == NULL || !wb_projection_rebuild (self, progress, user_data, cancellable, error) ||
      !wb_projection_each (self->db, compare_row, &compare, error))
    return FALSE;
  if (!compare.differs && compare.at != before->len)
    wb_verification_add (
        result,
        "store.db",
        -1,
        _ ("More is shown than the log gives. Rebuild the register from its log."));
  wb_verification_count (result, "rows", compare.at);
  return TRUE;
}

static void
add_facts (WbRegister *self, WbVerification *result)
{
  g_autofree char *size = g_strdup_printf ("%" G_GUINT64_FORMAT, self->size);
  g_autofree char *root = NULL;
  WbHash hash;

  wb_merkle_edge_root (self->edge, &hash);
  root = wb_base64_encode (hash.bytes,
                           sizeof hash.bytes,
                           WB_BASE64_PADDED); /* as checkpoints write it */
  wb_verification_set_fact (result, "origin", self->origin);
  wb_verification_set_fact (result, "size", size);
  wb_verification_set_fact (result, "root", root);
}

static WbVerification *
new_result (WbRegister *self, WbDepth depth)
{
  WbVerification *result = wb_verification_new (self->path, DEPTHS[depth]);

  add_facts (self, result);
  return result;
}

/* The files and the log. Pages are checked meanwhile; a bad one is found after the log that it is
 * in, but has to be told before what follows from it, so that all is then looked at once more. */
static WbVerification *
check_store (WbRegister *self,
             WbDepth depth,
             GPtrArray *notes,
             const char *since,
             WbProgress progress,
             gpointer user_data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (WbPageCheck) pages = wb_page_check_start (self->db, self->keys->store_key, error);
  g_autofree char *bad_page = NULL;

  for (guint round = 0; pages != NULL && round < 2; round++) {
    g_autoptr (WbVerification) result = new_result (self, depth);

    if (!check_files (self, bad_page, result, error) ||
        !check_log (self, notes, since, result, progress, user_data, cancellable, error) ||
        (round == 0 && !wb_page_check_finish (pages, &bad_page, error)))
      return NULL;
    if (round == 1 || bad_page == NULL)
      return g_steal_pointer (&result);
  }
  return NULL;
}

static WbVerification *
verify_all (WbRegister *self,
            WbDepth depth,
            GPtrArray *notes,
            const char *since,
            WbProgress progress,
            gpointer user_data,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (WbVerification) result =
      check_store (self, depth, notes, since, progress, user_data, cancellable, error);

  if (result == NULL)
    return NULL;
  check_kept (self, result);
  if (depth == WB_DEPTH_DEEP &&
      !check_projections (self, result, progress, user_data, cancellable, error))
    return NULL;
  return g_steal_pointer (&result);
}

static WbVerification *
verify_quick (WbRegister *self, GPtrArray *notes, const char *since)
{
  WbVerification *result = new_result (self, WB_DEPTH_QUICK);

  check_kept (self, result);
  if (notes->len > 0)
    check_quick (self, g_ptr_array_index (notes, notes->len - 1), "checkpoint", result);
  if (since != NULL)
    check_quick (self, since, "outside checkpoint", result);
  wb_verification_add_log_limits (result, -1);
  return result;
}

/**
 * wb_register_verify:
 * @self: an open register
 * @depth: head and latest checkpoint; whole log; projections too
 * @since_checkpoint: (nullable): a checkpoint kept outside, text
 * @progress: (nullable): entries done, entries in all
 * @user_data: for @progress
 * @cancellable: (nullable)
 * @error: return location for an error; findings are no error
 *
 * Returns: (transfer full): what was checked and what was found
 */
WbVerification *
wb_register_verify (WbRegister *self,
                    WbDepth depth,
                    const char *since_checkpoint,
                    WbProgress progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) notes = wb_log_store_list_checkpoints (self->db, error);
  g_autoptr (WbVerification) result = NULL;

  if (notes == NULL)
    return NULL;
  if (depth == WB_DEPTH_QUICK)
    result = verify_quick (self, notes, since_checkpoint);
  else
    result =
        verify_all (self, depth, notes, since_checkpoint, progress, user_data, cancellable, error);
  if (result != NULL)
    wb_cosigned_check (self, notes, since_checkpoint != NULL, result);
  return g_steal_pointer (&result);
}

/**
 * wb_register_verify_path:
 * @path: a register's folder
 * @user: whose key file to open
 * @passphrase: that user's
 * @depth: how far to go
 * @since_checkpoint: (nullable): a checkpoint kept outside, text
 * @progress: (nullable): entries done, entries in all
 * @user_data: for @progress
 * @cancellable: (nullable)
 * @error: return location for an error
 *
 * Opens and verifies. What is damaged is a finding that names the part; a wrong passphrase or a
 * register that is in use is an error.
 *
 * Returns: (transfer full): what was checked and what was found
 */
WbVerification *
wb_register_verify_path (const char *path,
                         const char *user,
                         const WbSecret *passphrase,
                         WbDepth depth,
                         const char *since_checkpoint,
                         WbProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  const char *part = "folder";
  g_autoptr (GError) problem = NULL;
  g_autoptr (WbRegister) self =
      wb_register_open_for_check (path, user, passphrase, &part, &problem);
  g_autoptr (WbVerification) result = NULL;

  if (self != NULL)
    result = wb_register_verify (self,
                                 depth,
                                 since_checkpoint,
                                 progress,
                                 user_data,
                                 cancellable,
                                 &problem);
  if (result != NULL)
    return g_steal_pointer (&result);
  if (!g_error_matches (problem, WB_ERROR, WB_ERROR_DAMAGED) &&
      !g_error_matches (problem, WB_ERROR, WB_ERROR_DATABASE)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  result = wb_verification_new (path, DEPTHS[depth]);
  if (g_str_equal (part, "keys")) {
    g_autofree char *file = g_strdup_printf ("keys/%s.age", user);
    wb_verification_add (result, file, -1, "%s", problem->message);
  } else {
    wb_verification_add (result, part, -1, "%s", problem->message);
  }
  return g_steal_pointer (&result);
}
