/* SPDX-License-Identifier: EUPL-1.2 */

/* The deadline rules, read from resources/rules/rules.tsv, and the one set that the program
 * ships. What starts their clocks is the matter of wb-trigger.c. */
#include "wb-rules-private.h"

#include <string.h>

#include "wb-due-words-private.h"
#include "wb-error.h"
#include "wb-resources.h"
#include "wb-table-private.h"

#define FILE_NAME "rules.tsv"
#define DIGEST_DIGITS 8

static const char *const kinds[] = { "law", "watch", "bar", "policy", "open" };

static void
free_rule (gpointer data)
{
  WbRule *rule = data;

  g_free (rule->code);
  g_free (rule->bound);
  g_free (rule->label[0]);
  g_free (rule->label[1]);
  g_free (rule->start_event);
  g_free (rule->basis);
  g_free (rule->extension);
  g_free (rule->basis_nl);
  g_free (rule->extension_nl);
  g_free (rule->certainty);
  g_free (rule);
}

const char *
wb_kind_to_text (WbKind kind)
{
  return kinds[kind];
}

/**
 * wb_kind_parse:
 * @text: such as "watch"
 * @ret_kind: (out): the kind
 * @error: return location for an error
 *
 * Returns: %FALSE with %WB_ERROR_INVALID where there is no such kind
 */
gboolean
wb_kind_parse (const char *text, WbKind *ret_kind, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], text) == 0) {
      *ret_kind = (WbKind) i;
      return TRUE;
    }
  g_set_error_literal (error,
                       WB_ERROR,
                       WB_ERROR_INVALID,
                       _ ("The kind must be one of law, watch, bar, policy and open."));
  return FALSE;
}

/* Letters, digits and . _ after the prefix: codes stand in files and on command lines. */
static gboolean
is_code (const char *text, const char *prefix)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789._");

  return g_str_has_prefix (text, prefix) && length > strlen (prefix) && text[length] == '\0' &&
         length <= 64;
}

static char *
dup_cell (const WbTable *table, const WbTableRow *row, const char *column, const char *otherwise)
{
  const char *text = wb_table_get (table, row, column);

  return g_strdup (text[0] != '\0' || otherwise == NULL ? text
                                                        : wb_table_get (table, row, otherwise));
}

static gboolean
read_period (WbRule *rule, const WbTable *table, const WbTableRow *row, GError **error)
{
  const char *length = wb_table_get (table, row, "length");
  const char *detention = wb_table_get (table, row, "detention");

  rule->has_period = rule->kind != WB_KIND_OPEN;
  rule->period.detention = strcmp (detention, "1") == 0;
  if (!wb_unit_parse (wb_table_get (table, row, "unit"), &rule->period.unit, error) ||
      !wb_regime_parse (wb_table_get (table, row, "regime"), &rule->period.regime, error))
    return wb_table_refuse (table, row, NULL, error);
  if (!rule->has_period)
    return strcmp (length, "0") == 0 ||
           wb_table_refuse (table,
                            row,
                            _ ("a rule of kind open has length 0: it never gets one."),
                            error);
  if (!wb_period_parse_length (length, rule->period.unit, &rule->period.length, error))
    return wb_table_refuse (table, row, NULL, error);
  return TRUE;
}

static gboolean
check_texts (const WbRule *rule, const WbTable *table, const WbTableRow *row, GError **error)
{
  if (!is_code (rule->code, ""))
    return wb_table_refuse (table,
                            row,
                            _ ("a code has small letters, digits, dots and underscores only."),
                            error);
  if (!is_code (rule->start_event, "ev."))
    return wb_table_refuse (table, row, _ ("a start event begins with \"ev.\"."), error);
  if (rule->label[0][0] == '\0' || rule->label[1][0] == '\0')
    return wb_table_refuse (table, row, _ ("a rule needs a label in both languages."), error);
  if (rule->basis[0] == '\0')
    return wb_table_refuse (table, row, _ ("a rule needs its basis."), error);
  return TRUE;
}

/* "legal_basis" and "extension" stand for both languages where there is one column only. */
static void
read_texts (WbRule *rule, const WbTable *table, const WbTableRow *row)
{
  rule->code = dup_cell (table, row, "code", NULL);
  rule->bound = dup_cell (table, row, "bound", NULL);
  rule->label[WB_LANGUAGE_NL] = dup_cell (table, row, "label_nl", NULL);
  rule->label[WB_LANGUAGE_EN] = dup_cell (table, row, "label_en", NULL);
  rule->start_event = dup_cell (table, row, "start_event", NULL);
  rule->basis = dup_cell (table, row, "basis_en", "legal_basis");
  rule->basis_nl = dup_cell (table, row, "basis_nl", "legal_basis");
  rule->extension = dup_cell (table, row, "extension_en", "extension");
  rule->extension_nl = dup_cell (table, row, "extension_nl", "extension");
  rule->certainty = dup_cell (table, row, "certainty", NULL);
}

static gboolean
take_rule (WbRules *self, const WbTable *table, const WbTableRow *row, GError **error)
{
  WbRule *rule = g_new0 (WbRule, 1);

  g_ptr_array_add (self->rules, rule);
  rule->line = row->line;
  read_texts (rule, table, row);
  if (!check_texts (rule, table, row, error))
    return FALSE;
  if (!wb_kind_parse (wb_table_get (table, row, "kind"), &rule->kind, error))
    return wb_table_refuse (table, row, NULL, error);
  if (!read_period (rule, table, row, error))
    return FALSE;
  if (!g_hash_table_insert (self->by_code, rule->code, rule))
    return wb_table_refuse (table, row, _ ("this code stands here twice."), error);
  return TRUE;
}

static WbRules *
new_rules (const WbTable *table)
{
  WbRules *self = g_new0 (WbRules, 1);
  const char *version = wb_table_get_directive (table, "version");

  self->version = g_strdup (version != NULL ? version : "");
  self->rules = g_ptr_array_new_with_free_func (free_rule);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/* A body that changes its own copy gets another version by itself, so that a clock can always tell
 * which rules it was made with. */
static void
complete_version (WbRules *self, GBytes *rules_tsv, GBytes *triggers_json)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *version = g_steal_pointer (&self->version);
  GBytes *const files[] = { rules_tsv, triggers_json };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i] != NULL && g_bytes_get_size (files[i]) > 0)
      g_checksum_update (checksum,
                         g_bytes_get_data (files[i], NULL),
                         (gssize) g_bytes_get_size (files[i]));
  self->version =
      g_strdup_printf ("%s+%.*s", version, DIGEST_DIGITS, g_checksum_get_string (checksum));
}

/**
 * wb_rules_load:
 * @rules_tsv: rules, as in resources/rules/rules.tsv
 * @triggers_json: (nullable): what starts, meets and cancels their clocks, as in
 *   resources/rules/triggers.json; %NULL for rules that only compute
 * @error: return location for an error
 *
 * Returns: (transfer full): the rules; %NULL with %WB_ERROR_INVALID, the message of which names
 *   the file, the line or place in it, and what is wrong
 */
WbRules *
wb_rules_load (GBytes *rules_tsv, GBytes *triggers_json, GError **error)
{
  static const char *const needed[] = { "code",        "kind",   "bound", "label_nl", "label_en",
                                        "start_event", "length", "unit",  "regime",   NULL };
  g_autoptr (WbTable) table = wb_table_parse (rules_tsv, FILE_NAME, needed, error);
  g_autoptr (WbRules) self = table != NULL ? new_rules (table) : NULL;

  for (guint i = 0; self != NULL && i < table->rows->len; i++)
    if (!take_rule (self, table, table->rows->pdata[i], error))
      return NULL;
  if (self != NULL && triggers_json != NULL) {
    self->triggers = wb_triggers_load (triggers_json, self, error);
    if (self->triggers == NULL)
      return NULL;
  }
  if (self != NULL)
    complete_version (self, rules_tsv, triggers_json);
  return g_steal_pointer (&self);
}

/**
 * wb_rules_get_default:
 * @error: return location for an error
 *
 * Returns: (transfer none): the rules that the program ships
 */
WbRules *
wb_rules_get_default (GError **error)
{
  static WbRules *shared;

  if (g_atomic_pointer_get (&shared) == NULL) {
    g_autoptr (GBytes) rules = wb_core_resource ("rules/rules.tsv", error);
    g_autoptr (GBytes) triggers =
        rules != NULL ? wb_core_resource ("rules/triggers.json", error) : NULL;
    g_autoptr (WbRules) loaded = triggers != NULL ? wb_rules_load (rules, triggers, error) : NULL;
    g_autoptr (GBytes) practice =
        loaded != NULL ? wb_core_resource ("rules/practice.json", error) : NULL;

    if (practice == NULL || (loaded->practice = wb_practice_load (practice, loaded, error)) == NULL)
      return NULL;
    if (g_atomic_pointer_compare_and_exchange (&shared, NULL, loaded))
      loaded = NULL;
  }
  return g_atomic_pointer_get (&shared);
}

void
wb_rules_free (WbRules *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->triggers, wb_triggers_free);
  g_clear_pointer (&self->practice, wb_practice_free);
  g_clear_pointer (&self->by_code, g_hash_table_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_free (self->version);
  g_free (self);
}

const char *
wb_rules_get_version (const WbRules *self)
{
  return self->version;
}

/**
 * wb_rules_find:
 * @self: the rules
 * @code: (nullable): such as "pol.ack"
 *
 * Returns: (transfer none) (nullable): the rule of that code
 */
const WbRule *
wb_rules_find (const WbRules *self, const char *code)
{
  return code != NULL ? g_hash_table_lookup (self->by_code, code) : NULL;
}

GPtrArray *
wb_rules_list (const WbRules *self)
{
  return self->rules;
}

/**
 * wb_rules_get_lenient:
 * @self: the rules
 * @code: code of a rule
 * @ret_regime: (out): how the lenient reading counts
 *
 * Returns: whether the rule can be read in two ways
 */
gboolean
wb_rules_get_lenient (const WbRules *self, const char *code, WbRegime *ret_regime)
{
  GPtrArray *triggers = wb_triggers_of_rule (self->triggers, code);

  for (guint i = 0; triggers != NULL && i < triggers->len; i++) {
    const WbTrigger *trigger = triggers->pdata[i];

    if (!trigger->has_lenient)
      continue;
    *ret_regime = trigger->lenient;
    return TRUE;
  }
  return FALSE;
}

const char *
wb_rule_get_basis (const WbRule *self, WbLanguage language)
{
  return language == WB_LANGUAGE_NL ? self->basis_nl : self->basis;
}

const char *
wb_rule_get_extension (const WbRule *self, WbLanguage language)
{
  return language == WB_LANGUAGE_NL ? self->extension_nl : self->extension;
}

/**
 * wb_rule_get_bound:
 * @self: a rule
 * @language: of the words
 *
 * Returns: (transfer none): who is bound: "this body", or an authority by its own name
 */
const char *
wb_rule_get_bound (const WbRule *self, WbLanguage language)
{
  g_autofree char *key = g_strconcat ("bound.", self->bound, NULL);
  const WbWords *words = wb_rules_words ();
  const char *text = words != NULL ? wb_words_get (words, language, key) : key;

  return strcmp (text, key) == 0 ? self->bound : text;
}
