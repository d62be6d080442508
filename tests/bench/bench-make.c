/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A large register, made by the same calls that record, in large transactions: cases spread over a
 * year, each with an allegation, every other one with a person. The first few may be destroyed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench-kit.h"
#include "wb-decision.h"
#include "wb-time.h"

#define CASES_OF_CHANGE 500
#define OTHER_USER "bob"

static const char *const SITES[] = { "site.schiphol.jcs",
                                     "site.schiphol.airport",
                                     "site.terapel.ac" };
static const char *const ACTS[] = { "act.force.excessive",
                                    "act.medical.denied",
                                    "act.interpretation.denied" };
static const char *const STAGES[] = { "stage.screening.external", "stage.border.detention" };
static const char *const RIGHTS[] = { "right.charter.4", "right.charter.6", "right.charter.18" };
static const char *const SOURCES[] = { "source.person", "source.lawyer", "source.ngo" };
static const char *const URGENCIES[] = { "urgency.standard", "urgency.low" };

/* Cases are spread evenly over the first eleven months. */
static void
set_clock (guint i, guint n)
{
  WbInstant start = 0;

  (void) wb_instant_parse ("2026-01-02T07:00:00Z", &start, NULL);
  wb_clock_set (start + (WbInstant) ((double) i / n * 330 * 86400000.));
}

static WbRegister *
create (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) passphrase = bench_secret ();
  WbRegisterSetup setup = { "Bench", "NL-BENCH", NULL, NULL, "anna", NULL, NULL, TRUE };
  WbRegister *reg;

  setup.passphrase = passphrase;
  set_clock (0, 1);
  reg = wb_register_create (path, &setup, &error);
  bench_stop_at (error);
  (void) wb_register_add_user (reg, OTHER_USER, passphrase, &error);
  bench_stop_at (error);
  return reg;
}

#define PICK(list, i) list[(i) % G_N_ELEMENTS (list)]

static JsonObject *
make_allegation (guint i)
{
  g_autofree char *json = g_strdup_printf (
      "{\"account\": \"Verklaring %u: geduwd tijdens de afname, woord%u.\", \"acts\": [\"%s\"], "
      "\"stages\": [\"%s\"], \"rights\": [\"%s\"], \"themes\": [\"theme.detention\"], "
      "\"site\": \"%s\", \"source\": \"%s\", \"urgency\": \"%s\"}",
      i,
      i % 1000,
      PICK (ACTS, i),
      PICK (STAGES, i / 3),
      PICK (RIGHTS, i / 5),
      PICK (SITES, i / 7),
      PICK (SOURCES, i / 11),
      PICK (URGENCIES, i / 13));

  return bench_object (json);
}

static void
make_case (WbRegister *reg, guint i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) fields = make_allegation (i);
  g_autoptr (WbRecord) record =
      wb_register_record_within (reg, "allegation", NULL, NULL, fields, NULL, &error);

  bench_stop_at (error);
  if (i % 2 == 0) {
    g_autofree char *json = g_strdup_printf ("{\"name\": \"Naam Achternaam%u\"}", i);
    g_autoptr (JsonObject) person = bench_object (json);
    g_autoptr (WbRecord) made =
        wb_register_record_within (reg, "person", NULL, record->case_id, person, NULL, &error);

    bench_stop_at (error);
  }
}

static void
make_cases (WbRegister *reg, guint n)
{
  for (guint i = 0; i < n;) {
    g_autoptr (GError) error = NULL;
    g_autoptr (WbChange) change = wb_change_begin (reg, &error);

    bench_stop_at (error);
    for (guint end = MIN (n, i + CASES_OF_CHANGE); i < end; i++) {
      set_clock (i, n);
      make_case (reg, i);
    }
    (void) wb_change_commit (change, &error);
    bench_stop_at (error);
  }
}

static char *
record (WbRegister *reg, const char *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) fields = bench_object (json);
  g_autoptr (WbRecord) made = wb_register_record (reg, type, NULL, NULL, fields, NULL, &error);

  bench_stop_at (error);
  return g_strdup (made->reference);
}

/* As the workflow would leave it after years, without going its whole way. */
static void
archive (WbRegister *reg, const char *reference)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = wb_register_resolve (reg, reference, &error);
  g_autoptr (WbActDraft) draft = NULL;

  bench_stop_at (error);
  draft = wb_act_draft_new ("case", id, id, "changed");
  wb_act_draft_add_text (draft, "status", "status.archived");
  wb_act_draft_add_text (draft, "closed", "2026-02-01");
  wb_act_draft_add_text (draft, "retention_category", "retention.signal");
  (void) wb_register_append_alone (reg, draft, &error);
  bench_stop_at (error);
}

/* Two persons decided that the first cases may go. */
static void
release (WbRegister *reg, const char *path)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_free (record (reg,
                  "target",
                  "{\"rule\": \"pol.retention\", \"category\": \"retention.signal\", "
                  "\"length\": 1, \"unit\": \"m\", \"start\": \"retentionstart.closed\", "
                  "\"action\": \"retentionaction.destroy\", \"basis\": \"List 3.2\"}"));
  for (guint i = 1; i <= BENCH_ERASABLE; i++) {
    g_autofree char *reference = g_strdup_printf ("NL-BENCH-%d-%04u", BENCH_YEAR, i);
    g_autofree char *json =
        g_strdup_printf ("{\"kind\": \"decisionkind.destroy\", \"about\": [\"%s\"], "
                         "\"choice\": \"decisionchoice.do\", \"ground\": \"List 3.2\"}",
                         reference);

    archive (reg, reference);
    g_ptr_array_add (decisions, record (reg, "decision", json));
  }
  wb_register_close (reg);
  reg = bench_open (path, OTHER_USER);
  for (guint i = 0; i < decisions->len; i++) {
    g_autoptr (WbRecord) decided =
        wb_register_decide (reg, g_ptr_array_index (decisions, i), TRUE, "List 3.2", &error);

    bench_stop_at (error);
  }
  wb_register_close (reg);
}

void
bench_make (const char *path, guint n)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  WbRegister *reg;

  bench_remove (part);
  reg = create (part);
  make_cases (reg, n);
  release (reg, part);
  if (rename (part, path) != 0)
    exit (EXIT_FAILURE);
}
