/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The result of a verification: numbers, findings, facts and limits. Filled by one thread, then
 * read by any. Its text for people is in wb-verification-text.c.
 */
#include "wb-verification-private.h"

#include <string.h>

#define FINDINGS_MAX 100 /* nobody reads more; all are counted */

static void
free_count (gpointer data)
{
  WbVerificationCount *count = data;

  g_free (count->kind);
  g_free (count);
}

static void
free_fact (gpointer data)
{
  WbVerificationFact *fact = data;

  g_free (fact->name);
  g_free (fact->value);
  g_free (fact);
}

static void
free_finding (gpointer data)
{
  WbFinding *finding = data;

  g_free (finding->part);
  g_free (finding->message);
  g_free (finding);
}

/**
 * wb_verification_new:
 * @subject: what is checked: a file name or path
 * @depth: "quick", "full", "deep", or "bundle"
 *
 * Returns: (transfer full): a result that is good so far
 */
WbVerification *
wb_verification_new (const char *subject, const char *depth)
{
  WbVerification *self = g_atomic_rc_box_new0 (WbVerification);

  self->subject = g_strdup (subject);
  self->depth = g_strdup (depth);
  self->counts = g_ptr_array_new_with_free_func (free_count);
  self->facts = g_ptr_array_new_with_free_func (free_fact);
  self->findings = g_ptr_array_new_with_free_func (free_finding);
  self->limits = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * wb_verification_set_subject:
 * @self: a result
 * @subject: what was checked, where it got another name since
 */
void
wb_verification_set_subject (WbVerification *self, const char *subject)
{
  g_free (self->subject);
  self->subject = g_strdup (subject);
}

WbVerification *
wb_verification_ref (WbVerification *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  WbVerification *self = data;

  g_free (self->subject);
  g_free (self->depth);
  g_ptr_array_unref (self->counts);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->limits);
}

void
wb_verification_unref (WbVerification *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

static WbVerificationCount *
find_count (const WbVerification *self, const char *kind)
{
  for (guint i = 0; i < self->counts->len; i++) {
    WbVerificationCount *count = g_ptr_array_index (self->counts, i);

    if (strcmp (count->kind, kind) == 0)
      return count;
  }
  return NULL;
}

/**
 * wb_verification_count:
 * @self: a result
 * @kind: a stable word, see wb_verification_to_text(): entries, disclosures, erased, withheld,
 *   checkpoints, proofs, signatures, files, records, evidence, keys
 * @n: how many more were checked; 0 to have the kind told with nothing in it
 */
void
wb_verification_count (WbVerification *self, const char *kind, guint64 n)
{
  WbVerificationCount *count = find_count (self, kind);

  if (count == NULL) {
    count = g_new0 (WbVerificationCount, 1);
    count->kind = g_strdup (kind);
    g_ptr_array_add (self->counts, count);
  }
  count->n += n;
}

/**
 * wb_verification_get_count:
 * @self: a result
 * @kind: a stable word
 *
 * Returns: how many of that kind were checked
 */
guint64
wb_verification_get_count (const WbVerification *self, const char *kind)
{
  const WbVerificationCount *count = find_count (self, kind);

  return count != NULL ? count->n : 0;
}

/**
 * wb_verification_add:
 * @self: a result
 * @part: the file or layer: "entry", "store.db", "data/evidence/0001.pdf"
 * @number: the entry's number, or -1
 * @format: one sentence in the user's language and its format, as for g_strdup_printf()
 * @...: its parameters
 *
 * Adds a finding: the result is not good any more. The first hundred are kept, all are counted.
 */
void
wb_verification_add (WbVerification *self, const char *part, gint64 number, const char *format, ...)
{
  WbFinding *finding;
  va_list args;

  self->n_findings++;
  if (self->findings->len >= FINDINGS_MAX)
    return;
  finding = g_new0 (WbFinding, 1);
  finding->part = g_strdup (part);
  finding->number = number;
  va_start (args, format);
  finding->message = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->findings, finding);
}

/**
 * wb_verification_add_limit:
 * @self: a result
 * @text: what this check cannot show: one sentence in the user's language; told once
 */
void
wb_verification_add_limit (WbVerification *self, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (self->limits, text, g_str_equal, NULL))
    g_ptr_array_add (self->limits, g_strdup (text));
}

/**
 * wb_verification_add_log_limits:
 * @self: a result
 * @outside: how many entries are vouched for by a checkpoint that somebody else kept and that was
 *   compared; -1 if none was
 *
 * Says what no check of a log can show.
 */
void
wb_verification_add_log_limits (WbVerification *self, gint64 outside)
{
  g_autofree char *covered = NULL;

  if (outside < 0) {
    wb_verification_add_limit (
        self,
        _ ("No checkpoint that somebody else kept was compared, so this cannot show whether the "
           "whole register was put back to an earlier state."));
  } else {
    covered = g_strdup_printf (
        _ ("A checkpoint from outside vouches for the first %lld entries; whether later ones "
           "were dropped from the end cannot be shown."),
        (long long) outside);
    wb_verification_add_limit (self, covered);
  }
  wb_verification_add_limit (
      self,
      _ ("This shows that what was recorded is unchanged since intake, not that it is true."));
}

/**
 * wb_verification_set_fact:
 * @self: a result
 * @name: a stable word: origin, size, root, signer, profile, …
 * @value: what it is; replaces an earlier one
 */
void
wb_verification_set_fact (WbVerification *self, const char *name, const char *value)
{
  WbVerificationFact *fact = NULL;

  for (guint i = 0; i < self->facts->len && fact == NULL; i++) {
    WbVerificationFact *candidate = g_ptr_array_index (self->facts, i);

    if (strcmp (candidate->name, name) == 0)
      fact = candidate;
  }
  if (fact == NULL) {
    fact = g_new0 (WbVerificationFact, 1);
    fact->name = g_strdup (name);
    g_ptr_array_add (self->facts, fact);
  }
  g_free (fact->value);
  fact->value = g_strdup (value);
}

/**
 * wb_verification_get_fact:
 * @self: a result
 * @name: a stable word
 *
 * Returns: (transfer none) (nullable): what was set
 */
const char *
wb_verification_get_fact (const WbVerification *self, const char *name)
{
  for (guint i = 0; i < self->facts->len; i++) {
    const WbVerificationFact *fact = g_ptr_array_index (self->facts, i);

    if (strcmp (fact->name, name) == 0)
      return fact->value;
  }
  return NULL;
}

gboolean
wb_verification_is_good (const WbVerification *self)
{
  return self->n_findings == 0;
}

GPtrArray *
wb_verification_get_findings (const WbVerification *self)
{
  return self->findings;
}

guint64
wb_verification_get_n_findings (const WbVerification *self)
{
  return self->n_findings;
}

/**
 * wb_verification_dup_limits:
 * @self: a result
 *
 * Returns: (transfer full): what the check cannot show, one sentence each
 */
char **
wb_verification_dup_limits (const WbVerification *self)
{
  char **limits = g_new0 (char *, self->limits->len + 1);

  for (guint i = 0; i < self->limits->len; i++)
    limits[i] = g_strdup (g_ptr_array_index (self->limits, i));
  return limits;
}

static void
add_findings (JsonBuilder *builder, const WbVerification *self)
{
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->findings->len; i++) {
    const WbFinding *finding = g_ptr_array_index (self->findings, i);

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "part");
    json_builder_add_string_value (builder, finding->part);
    json_builder_set_member_name (builder, "entry");
    if (finding->number >= 0)
      json_builder_add_int_value (builder, finding->number);
    else
      json_builder_add_null_value (builder);
    json_builder_set_member_name (builder, "message");
    json_builder_add_string_value (builder, finding->message);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_lists (JsonBuilder *builder, const WbVerification *self)
{
  json_builder_set_member_name (builder, "checked");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->counts->len; i++) {
    const WbVerificationCount *count = g_ptr_array_index (self->counts, i);

    json_builder_set_member_name (builder, count->kind);
    json_builder_add_int_value (builder, (gint64) count->n);
  }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "facts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->facts->len; i++) {
    const WbVerificationFact *fact = g_ptr_array_index (self->facts, i);

    json_builder_set_member_name (builder, fact->name);
    json_builder_add_string_value (builder, fact->value);
  }
  json_builder_end_object (builder);
}

/**
 * wb_verification_to_json:
 * @self: a result
 *
 * The stable form for programs: subject, depth, good, checked {kind: number}, facts {name: text},
 * n_findings, findings [{part, entry or null, message}], limits [text]. Messages and limits are in
 * the user's language.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
wb_verification_to_json (const WbVerification *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "subject");
  json_builder_add_string_value (builder, self->subject);
  json_builder_set_member_name (builder, "depth");
  json_builder_add_string_value (builder, self->depth);
  json_builder_set_member_name (builder, "good");
  json_builder_add_boolean_value (builder, wb_verification_is_good (self));
  add_lists (builder, self);
  json_builder_set_member_name (builder, "n_findings");
  json_builder_add_int_value (builder, (gint64) self->n_findings);
  add_findings (builder, self);
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->limits->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (self->limits, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
