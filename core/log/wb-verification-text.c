/* SPDX-License-Identifier: EUPL-1.2 */

/* A verification told to a person: what was checked, what is wrong, what it cannot show. */
#include "wb-verification-private.h"

#include <string.h>

/* The stable words of wb_verification_count() in a sentence; others are told as they are. */
static char *
count_to_words (const WbVerificationCount *count)
{
  static const struct {
    const char *kind;
    const char *one, *many;
  } words[] = {
    { "entries", N_ ("%llu entry"), N_ ("%llu entries") },
    { "disclosures", N_ ("%llu value"), N_ ("%llu values") },
    { "erased", N_ ("%llu erased value"), N_ ("%llu erased values") },
    { "erasures", N_ ("%llu act of erasure"), N_ ("%llu acts of erasure") },
    { "withheld", N_ ("%llu withheld value"), N_ ("%llu withheld values") },
    { "checkpoints", N_ ("%llu checkpoint"), N_ ("%llu checkpoints") },
    { "proofs", N_ ("%llu proof"), N_ ("%llu proofs") },
    { "signatures", N_ ("%llu signature"), N_ ("%llu signatures") },
    { "cosignatures", N_ ("%llu cosignature"), N_ ("%llu cosignatures") },
    { "files", N_ ("%llu file"), N_ ("%llu files") },
    { "records", N_ ("%llu record"), N_ ("%llu records") },
    { "evidence", N_ ("%llu piece of evidence"), N_ ("%llu pieces of evidence") },
    { "keys", N_ ("%llu key file"), N_ ("%llu key files") },
    { "rows", N_ ("%llu row of the lists"), N_ ("%llu rows of the lists") },
    { "nodes", N_ ("%llu kept hash"), N_ ("%llu kept hashes") },
    { "foreign", N_ ("%llu entry of another log"), N_ ("%llu entries of other logs") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (strcmp (words[i].kind, count->kind) == 0)
      return g_strdup_printf (_ (count->n == 1 ? words[i].one : words[i].many),
                              (unsigned long long) count->n);
  }
  return g_strdup_printf ("%llu %s", (unsigned long long) count->n, count->kind);
}

static const char *
fact_to_words (const char *name)
{
  static const struct {
    const char *name, *words;
  } facts[] = {
    { "origin", N_ ("Log") },
    { "size", N_ ("Entries in the log") },
    { "root", N_ ("Root of the log") },
    { "cosigned", N_ ("Last confirmed by") },
    { "signer", N_ ("Signed by") },
    { "principal", N_ ("In the name of") },
    { "reference", N_ ("Case") },
    { "profile", N_ ("Profile") },
    { "made", N_ ("Made at") },
    { "sha256", N_ ("SHA-256") },
    { "erased_by", N_ ("Erased by entry") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    if (strcmp (facts[i].name, name) == 0)
      return _ (facts[i].words);
  }
  return name;
}

static void
append_counts (GString *text, const WbVerification *self)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;

  for (guint i = 0; i < self->counts->len; i++)
    g_ptr_array_add (words, count_to_words (g_ptr_array_index (self->counts, i)));
  if (words->len == 0)
    return;
  g_ptr_array_add (words, NULL);
  joined = g_strjoinv (", ", (char **) words->pdata);
  g_string_append_printf (text, _ ("Checked: %s."), joined);
  g_string_append_c (text, '\n');
}

static void
append_verdict (GString *text, const WbVerification *self)
{
  if (self->n_findings == 0)
    g_string_append (text, _ ("Everything that was checked is in order."));
  else
    g_string_append_printf (
        text,
        ngettext_ ("NOT in order: %llu thing is wrong.",
                   "NOT in order: %llu things are wrong. The first one tells most.",
                   (gulong) self->n_findings),
        (unsigned long long) self->n_findings);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->findings->len; i++) {
    const WbFinding *finding = g_ptr_array_index (self->findings, i);

    g_string_append (text, "  - ");
    if (finding->number >= 0)
      g_string_append_printf (text, _ ("entry %lld: "), (long long) finding->number);
    else
      g_string_append_printf (text, "%s: ", finding->part);
    g_string_append_printf (text, "%s\n", finding->message);
  }
  if (self->n_findings > self->findings->len) {
    g_string_append (text, "  - ");
    g_string_append_printf (text,
                            _ ("and %llu more"),
                            (unsigned long long) (self->n_findings - self->findings->len));
    g_string_append_c (text, '\n');
  }
}

static void
append_facts (GString *text, const WbVerification *self)
{
  for (guint i = 0; i < self->facts->len; i++) {
    const WbVerificationFact *fact = g_ptr_array_index (self->facts, i);

    g_string_append_printf (text, "%s: %s\n", fact_to_words (fact->name), fact->value);
  }
}

static void
append_limits (GString *text, const WbVerification *self)
{
  if (self->limits->len == 0)
    return;
  g_string_append (text, _ ("What this cannot show:"));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < self->limits->len; i++)
    g_string_append_printf (text, "  - %s\n", (char *) g_ptr_array_index (self->limits, i));
}

/**
 * wb_verification_to_text:
 * @self: a result
 *
 * Returns: (transfer full): several lines in the user's language, each ended by LF: what was
 *   checked in numbers, the verdict with every kept finding, the facts, and the limits
 */
char *
wb_verification_to_text (const WbVerification *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s (%s)\n", self->subject, self->depth);
  append_counts (text, self);
  append_verdict (text, self);
  append_facts (text, self);
  append_limits (text, self);
  return g_string_free (text, FALSE);
}
