/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The body and the users as the log itself gives them, against what the store shows: another key
 * in the place of a user's, another name in the place of the body's, a checkpoint nobody signed.
 */
#include "wb-register-known.h"

#include <string.h>

#include "wb-disclosure.h"
#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-note.h"
#include "wb-openssh.h"

struct _WbKnown {
  WbRegister *reg;
  WbVerification *result;
  GHashTable *users;  /* fingerprint -> WbUserRow */
  char *first_author; /* until the first user is made */
  gint64 stranger;    /* first entry of an author who was no user, or -1 */
  gboolean gaps;      /* something could not be read: who is missing proves nothing */
};

WbKnown *
wb_known_new (WbRegister *reg, WbVerification *result)
{
  WbKnown *self = g_new0 (WbKnown, 1);

  self->reg = reg;
  self->stranger = -1;
  self->result = wb_verification_ref (result);
  self->users =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) wb_user_row_free);
  return self;
}

void
wb_known_free (WbKnown *self)
{
  if (self == NULL)
    return;
  wb_verification_unref (self->result);
  g_hash_table_unref (self->users);
  g_free (self->first_author);
  g_free (self);
}

/* A value that is a text; %NULL where it was erased or is not there. */
static char *
dup_value (GPtrArray *lines, const char *wanted)
{
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index (lines, i);
    g_autofree char *name = NULL;
    g_autoptr (JsonNode) value = NULL;

    if (line != NULL && wb_disclosure_parse (line, strlen (line), &name, &value, NULL) &&
        g_str_equal (name, wanted) && JSON_NODE_HOLDS_VALUE (value))
      return g_strdup (json_node_get_string (value));
  }
  return NULL;
}

static void
add_user (WbKnown *self, const WbEntry *entry, GPtrArray *lines)
{
  WbUserRow *user = g_new0 (WbUserRow, 1);
  guint8 public[WB_ED25519_PUBLIC_SIZE];
  g_autofree char *fingerprint = NULL;

  user->fingerprint = dup_value (lines, "fingerprint");
  user->name = dup_value (lines, "name");
  user->public_key = dup_value (lines, "public_key");
  user->recipient = dup_value (lines, "recipient");
  user->added = entry->time;
  if (user->fingerprint == NULL || user->name == NULL || user->public_key == NULL ||
      user->recipient == NULL) {
    self->gaps = TRUE;
    wb_user_row_free (user);
    return;
  }
  if (wb_openssh_parse_public (user->public_key, public, NULL))
    fingerprint = wb_openssh_fingerprint (public);
  if (g_strcmp0 (fingerprint, user->fingerprint) != 0)
    wb_verification_add (self->result,
                         "entry",
                         (gint64) entry->number,
                         _ ("The key of the user that this entry adds is not the one whose "
                            "fingerprint it gives."));
  g_hash_table_replace (self->users, user->fingerprint, user);
}

/* The first entries are by the first user, who is made by one of them. */
static void
check_author (WbKnown *self, const WbEntry *entry)
{
  if (g_hash_table_size (self->users) == 0) {
    if (self->first_author == NULL)
      self->first_author = g_strdup (entry->author);
    return;
  }
  if (self->stranger < 0 && !g_hash_table_contains (self->users, entry->author))
    self->stranger = (gint64) entry->number;
}

static void
compare_body (WbKnown *self, gint64 number, GPtrArray *lines)
{
  WbRegister *reg = self->reg;
  const struct {
    const char *name, *shown;
  } facts[] = { { "name", reg->body },
                { "code", reg->code },
                { "profile", reg->profile },
                { "zone", wb_zone_get_identifier (reg->zone) },
                { "vkey", reg->vkey } };

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++) {
    g_autofree char *logged = dup_value (lines, facts[i].name);

    if (logged != NULL && !g_str_equal (logged, facts[i].shown))
      wb_verification_add (self->result,
                           "meta",
                           number,
                           _ ("The store says another “%s” of the body than this entry."),
                           facts[i].name);
  }
}

/**
 * wb_known_entry:
 * @self: what is known so far
 * @entry: (nullable): the next entry, %NULL where it cannot be read
 * @lines: (element-type utf8): its disclosure lines, %NULL where erased
 *
 * Takes in users, authors and the body.
 */
void
wb_known_entry (WbKnown *self, const WbEntry *entry, GPtrArray *lines)
{
  if (entry == NULL) {
    self->gaps = TRUE;
    return;
  }
  check_author (self, entry);
  if (!g_str_equal (entry->event, "created"))
    return;
  if (g_str_equal (entry->record_type, "user"))
    add_user (self, entry, lines);
  else if (g_str_equal (entry->record_type, "body"))
    compare_body (self, (gint64) entry->number, lines);
}

static void
compare_users (WbKnown *self)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) rows = wb_user_store_list (self->reg->db, &problem);
  guint fitting = 0;

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const WbUserRow *row = g_ptr_array_index (rows, i);
    const WbUserRow *user = g_hash_table_lookup (self->users, row->fingerprint);

    if (user != NULL && g_str_equal (user->name, row->name) &&
        g_str_equal (user->public_key, row->public_key) &&
        g_str_equal (user->recipient, row->recipient) && user->added == row->added)
      fitting++;
    else
      wb_verification_add (self->result,
                           "user",
                           -1,
                           _ ("What the store says of the user “%s” is not what the log says."),
                           row->name);
  }
  if (rows == NULL)
    wb_verification_add (self->result, "user", -1, "%s", problem->message);
  else if (fitting < g_hash_table_size (self->users) && fitting == rows->len)
    wb_verification_add (self->result, "user", -1, _ ("The store lacks a user that the log has."));
}

static GPtrArray *
make_keys (WbKnown *self)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_note_key_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->users);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const WbUserRow *user = value;
    g_autofree char *name = g_strdup_printf ("%s/%s", self->reg->origin, user->name);
    guint8 public[WB_ED25519_PUBLIC_SIZE];
    WbNoteKey *key = NULL;

    if (wb_openssh_parse_public (user->public_key, public, NULL))
      key = wb_note_key_new (name, public, NULL);
    if (key != NULL)
      g_ptr_array_add (keys, key);
  }
  return keys;
}

/* Beside the log's key, which is checked with the tree, one of its users signed each checkpoint. */
static void
check_signers (WbKnown *self, GPtrArray *notes)
{
  g_autoptr (GPtrArray) keys = make_keys (self);

  for (guint i = 0; i < notes->len; i++) {
    const char *note = g_ptr_array_index (notes, i);
    g_autoptr (GError) problem = NULL;
    g_autofree char *text = wb_note_open (note, strlen (note), keys, NULL, &problem);
    g_auto (GStrv) lines = g_strsplit (note, "\n", 3);

    if (text == NULL)
      wb_verification_add (
          self->result,
          "checkpoint",
          -1,
          _ ("No user of this register signed the checkpoint of %.20s entries, or a signature of "
             "theirs is false."),
          lines[0] != NULL && lines[1] != NULL ? lines[1] : "?");
  }
  wb_verification_count (self->result, "signatures", notes->len);
}

/**
 * wb_known_finish:
 * @self: what is known after the last entry
 * @notes: (element-type utf8): every checkpoint that is kept
 *
 * Names the first author who was no user; compares users and the signatures of authors. To be
 * called where the entries are in order: what follows from a wrong one would only hide it. Where a
 * part of the log could not be read, an absent user says nothing and nothing is compared.
 */
void
wb_known_finish (WbKnown *self, GPtrArray *notes)
{
  if (self->gaps)
    return;
  if (self->first_author != NULL && !g_hash_table_contains (self->users, self->first_author))
    self->stranger = 0;
  if (self->stranger >= 0)
    wb_verification_add (self->result,
                         "entry",
                         self->stranger,
                         _ ("The author of this entry is not a user of this register."));
  compare_users (self);
  check_signers (self, notes);
}
