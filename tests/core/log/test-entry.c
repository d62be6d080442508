/* SPDX-License-Identifier: EUPL-1.2 */
#include "wb-test.h"

#include <string.h>

#include "wb-digest.h"
#include "wb-entry.h"
#include "wb-uuid.h"

#define NOW G_GINT64_CONSTANT (1795471800123) /* 2026-11-23T22:10:00.123Z */

static WbEntry *
example (void)
{
  WbEntry *entry = wb_entry_new ();
  WbHash digest;

  entry->log = g_strdup ("waarborg/NL-INSP/3f9c2a1b0d4e5f60");
  entry->number = 42;
  entry->time = NOW;
  entry->author = g_strdup ("SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
  entry->case_id = wb_uuid_new (NOW);
  entry->record_type = g_strdup ("allegation");
  entry->record_id = wb_uuid_new (NOW);
  entry->event = g_strdup ("changed");
  wb_random_bytes (entry->nonce, sizeof entry->nonce);
  wb_random_bytes (digest.bytes, sizeof digest.bytes);
  wb_entry_add_field (entry, "place", &digest);
  wb_random_bytes (digest.bytes, sizeof digest.bytes);
  wb_entry_add_field (entry, "account", &digest);
  wb_random_bytes (entry->previous.bytes, sizeof entry->previous.bytes);
  return entry;
}

static GBytes *
format (const WbEntry *entry)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = wb_entry_format (entry, &error);

  wb_assert_no_error (error);
  return bytes;
}

static WbEntry *
parse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  WbEntry *entry =
      wb_entry_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  wb_assert_no_error (error);
  return entry;
}

static void
entry_is_written_as_the_design_has_it (void **state)
{
  g_autoptr (WbEntry) entry = example ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_free (entry->record_id);
  entry->record_id = g_strdup ("0198f6b2-0000-7000-8000-000000000001");
  bytes = format (entry);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  assert_int_equal (g_strv_length (lines), 13);
  assert_string_equal (lines[0], "waarborg-entry v1");
  assert_string_equal (lines[1], "log waarborg/NL-INSP/3f9c2a1b0d4e5f60");
  assert_string_equal (lines[2], "number 42");
  assert_string_equal (lines[3], "time 2026-11-23T22:10:00.123Z");
  assert_string_equal (lines[4], "author SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
  assert_true (g_str_has_prefix (lines[5], "case "));
  assert_string_equal (lines[6], "record allegation 0198f6b2-0000-7000-8000-000000000001");
  assert_string_equal (lines[7], "event changed");
  assert_true (g_str_has_prefix (lines[8], "nonce "));
  assert_true (g_str_has_prefix (lines[9], "field place "));
  assert_true (g_str_has_prefix (lines[10], "field account "));
  assert_true (g_str_has_prefix (lines[11], "previous "));
  assert_string_equal (lines[12], "");
}

static void
what_is_read_is_what_was_written (void **state)
{
  g_autoptr (WbEntry) entry = example ();
  g_autoptr (GBytes) bytes = format (entry);
  g_autoptr (WbEntry) read = parse (bytes);

  assert_string_equal (read->log, entry->log);
  assert_int_equal (read->number, 42);
  assert_int_equal (read->time, NOW);
  assert_string_equal (read->author, entry->author);
  assert_string_equal (read->case_id, entry->case_id);
  assert_string_equal (read->record_type, "allegation");
  assert_string_equal (read->record_id, entry->record_id);
  assert_string_equal (read->event, "changed");
  assert_memory_equal (read->nonce, entry->nonce, sizeof read->nonce);
  assert_memory_equal (read->previous.bytes, entry->previous.bytes, WB_HASH_SIZE);
  assert_int_equal (read->fields->len, 2);
  for (guint i = 0; i < 2; i++) {
    const WbEntryField *a = g_ptr_array_index (entry->fields, i);
    const WbEntryField *b = g_ptr_array_index (read->fields, i);

    assert_string_equal (a->name, b->name);
    assert_memory_equal (a->digest.bytes, b->digest.bytes, WB_HASH_SIZE);
  }
}

/* Numbers, times and shapes at their edges come back byte for byte. */
static void
edges_come_back_byte_for_byte (void **state)
{
  static const guint64 numbers[] = { 0, 1, 9, 10, 99999, G_MAXINT64 };
  static const WbInstant times[] = { 0, -1, G_GINT64_CONSTANT (-2208988800000), NOW, 951782400000 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers) * G_N_ELEMENTS (times) * 2; i++) {
    g_autoptr (WbEntry) entry = example ();
    g_autoptr (WbEntry) read = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GBytes) again = NULL;

    entry->number = numbers[i % G_N_ELEMENTS (numbers)];
    entry->time = times[i % G_N_ELEMENTS (times)];
    if (i % 2 == 0)
      g_clear_pointer (&entry->case_id, g_free);
    if (i % 3 == 0)
      g_ptr_array_set_size (entry->fields, 0);
    bytes = format (entry);
    read = parse (bytes);
    again = format (read);
    assert_int_equal (read->time, entry->time);
    assert_true (g_bytes_equal (bytes, again));
  }
}

/* Every byte set to every other value: refused, or another leaf; and never another spelling of the
 * same entry. */
static void
every_flipped_byte_is_refused_or_seen (void **state)
{
  g_autoptr (WbEntry) entry = example ();
  g_autoptr (GBytes) bytes = format (entry);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
  WbHash leaf, other;
  guint accepted = 0;

  wb_merkle_leaf (copy, size, &leaf);
  for (gsize at = 0; at < size; at++) {
    for (guint flip = 1; flip < 256; flip = flip < 128 ? flip * 2 : flip + 127) {
      g_autoptr (WbEntry) read = NULL;

      copy[at] ^= (guint8) flip;
      wb_merkle_leaf (copy, size, &other);
      assert_memory_not_equal (leaf.bytes, other.bytes, WB_HASH_SIZE);
      read = wb_entry_parse (copy, size, NULL);
      if (read != NULL) {
        g_autoptr (GBytes) again = format (read);

        assert_int_equal (g_bytes_get_size (again), size);
        assert_memory_equal (g_bytes_get_data (again, NULL), copy, size);
        accepted++;
      }
      copy[at] ^= (guint8) flip;
    }
  }
  assert_true (accepted > 0); /* a hex digit may become another one */
}

static void
cut_or_longer_bytes_are_refused (void **state)
{
  g_autoptr (WbEntry) entry = example ();
  g_autoptr (GBytes) bytes = format (entry);
  gsize size = g_bytes_get_size (bytes);
  g_autofree char *longer = g_malloc (size + 1);

  memcpy (longer, g_bytes_get_data (bytes, NULL), size);
  for (gsize n = 0; n < size; n++) {
    /* an exact copy, so that reading beyond it is caught */
    g_autofree char *cut = g_memdup2 (longer, n);
    g_autoptr (GError) error = NULL;

    assert_null (wb_entry_parse (cut, n, &error));
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
  for (guint c = 0; c < 256; c++) {
    longer[size] = (char) c;
    assert_null (wb_entry_parse (longer, size + 1, NULL));
  }
}

static void
other_spellings_are_refused (void **state)
{
  static const struct {
    const char *from, *to;
  } changes[] = {
    { "number 42", "number 042" },
    { "number 42", "number +42" },
    { "number 42", "number 42 " },
    { "number 42", "number  42" },
    { "number 42", "number 9223372036854775808" },
    { "number 42", "number 18446744073709551616" },
    { "number 42", "number " },
    { ".123Z", "Z" },
    { ".123Z", ".12Z" },
    { ".123Z", ".1230Z" },
    { ".123Z", ".123+00:00" },
    { "2026-11-23T", "2026-11-23 " },
    { "2026-11-23T", "2026-11-31T" },
    { "2026-11-23T22", "2026-11-23T24" },
    { ":10:00.", ":10:60." },
    { "2026-", "1899-" },
    { "2026-", "2201-" },
    { "waarborg/NL-INSP/", "waarborg/nl-insp/" },
    { "waarborg/NL-INSP/", "waarborg/N/" },
    { "waarborg/NL-INSP/", "waarborg//" },
    { "waarborg/NL-INSP/3f", "waarborg/NL-INSP/3F" },
    { "SHA256:", "MD5:" },
    { "G3hSuFU\n", "G3hSuFV\n" },
    { "G3hSuFU\n", "G3hSuFU=\n" },
    { "record allegation ", "record Allegation " },
    { "record allegation ", "record " },
    { "record allegation ", "record allegation  " },
    { "event changed", "event Changed" },
    { "event changed", "event changed2" },
    { "event changed", "event " },
    { "field place ", "field Place " },
    { "field place ", "field pla-ce " },
    { "field place ", "field 1place " },
    { "field place ", "field account " },
    { "field place ", "field  " },
    { "\nfield ", "\r\nfield " },
    { "waarborg-entry v1\n", "waarborg-entry v1\n\n" },
    { "waarborg-entry v1\n", "" },
    { "case ", "" },
    { "nonce ", "nonce 00" },
    { "previous ", "field x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (WbEntry) entry = example ();
    g_autoptr (GBytes) bytes = format (entry);
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_autoptr (GString) changed = g_string_new (text);
    g_autoptr (GError) error = NULL;

    assert_true (g_string_replace (changed, changes[i].from, changes[i].to, 1) == 1);
    if (wb_entry_parse (changed->str, changed->len, &error) != NULL)
      fail_msg ("accepted: %s", changes[i].to);
    wb_assert_error (error, WB_ERROR, WB_ERROR_DAMAGED);
  }
}

static void
lines_in_another_order_are_refused (void **state)
{
  g_autoptr (WbEntry) entry = example ();
  g_autoptr (GBytes) bytes = format (entry);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; i < 11; i++) {
    g_autofree char *swapped = NULL;
    char *line = lines[i];

    if (i == 9) /* two fields may stand either way round: another entry, not another spelling */
      continue;
    lines[i] = lines[i + 1];
    lines[i + 1] = line;
    swapped = g_strjoinv ("\n", lines);
    assert_null (wb_entry_parse (swapped, strlen (swapped), NULL));
    lines[i + 1] = lines[i];
    lines[i] = line;
  }
}

static void
newer_version_is_told_apart (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (wb_entry_parse ("waarborg-entry v2\nanything\n", 27, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_NEWER);
}

static void
what_cannot_be_read_is_not_written (void **state)
{
  for (guint i = 0; i < 16; i++) {
    g_autoptr (WbEntry) entry = example ();
    g_autoptr (GError) error = NULL;
    char **part[] = { &entry->log,         &entry->author,    &entry->case_id,
                      &entry->record_type, &entry->record_id, &entry->event };

    if (i < 6) {
      g_free (*part[i]);
      *part[i] = g_strdup ("a\nb");
    } else if (i < 11) {
      g_clear_pointer (part[i - 6 < 2 ? i - 6 : i - 5], g_free);
    } else if (i == 11) {
      entry->number = G_MAXUINT64;
    } else if (i == 12) {
      entry->time = G_GINT64_CONSTANT (99999999999999);
    } else if (i == 13) {
      wb_entry_add_field (entry, "place", &entry->previous);
    } else if (i == 14) {
      wb_entry_add_field (entry, "", &entry->previous);
    } else {
      wb_entry_add_field (entry, "with space", &entry->previous);
    }
    if (wb_entry_format (entry, &error) != NULL)
      fail_msg ("case %u was written", i);
    wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  }
}

static void
add_fields (WbEntry *entry, guint n, const char *form)
{
  g_ptr_array_set_size (entry->fields, 0);
  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf (form, i);

    wb_entry_add_field (entry, name, &entry->previous);
  }
}

static void
limits_hold_both_ways (void **state)
{
  g_autoptr (WbEntry) entry = example ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) most = NULL;
  g_autoptr (WbEntry) read = NULL;
  g_autofree char *huge = g_strnfill (WB_ENTRY_MAX_SIZE + 1, 'x');

  add_fields (entry, WB_ENTRY_MAX_FIELDS, "f%u");
  most = format (entry);
  read = parse (most);
  assert_int_equal (read->fields->len, WB_ENTRY_MAX_FIELDS);
  add_fields (entry, WB_ENTRY_MAX_FIELDS + 1, "f%u");
  assert_null (wb_entry_format (entry, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
  g_clear_error (&error);
  assert_null (wb_entry_parse (huge, strlen (huge), &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_TOO_LARGE);
  /* With the longest names the largest number of fields still fits: no entry is lost to size. */
  add_fields (entry, WB_ENTRY_MAX_FIELDS, "f%063u");
  g_bytes_unref (most);
  most = format (entry);
  assert_true (g_bytes_get_size (most) <= WB_ENTRY_MAX_SIZE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (entry_is_written_as_the_design_has_it),
    cmocka_unit_test (what_is_read_is_what_was_written),
    cmocka_unit_test (edges_come_back_byte_for_byte),
    cmocka_unit_test (every_flipped_byte_is_refused_or_seen),
    cmocka_unit_test (cut_or_longer_bytes_are_refused),
    cmocka_unit_test (other_spellings_are_refused),
    cmocka_unit_test (lines_in_another_order_are_refused),
    cmocka_unit_test (newer_version_is_told_apart),
    cmocka_unit_test (what_cannot_be_read_is_not_written),
    cmocka_unit_test (limits_hold_both_ways),
  };

  return cmocka_run_group_tests_name ("entry", tests, NULL, NULL);
}
