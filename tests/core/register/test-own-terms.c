/* SPDX-License-Identifier: EUPL-1.2 */
/* What a body adds in use: terms, sites and checklist questions are taken, shown, told along with a
 * case, ended, and never given twice; and the log gives them again. */
#include "wb-test-register.h"

#include <string.h>

#include "wb-list-version.h"

#define SITE                                                                                       \
  "{\"code\": \"site.eigen\", \"label_nl\": \"Loods Noord\", \"label_en\": \"North shed\", "       \
  "\"kind\": \"kind.reception\", \"from\": \"2026-06-01\", \"until\": \"2026-10-31\"}"
#define TERM                                                                                       \
  "{\"code\": \"authority.gemeente\", \"label_nl\": \"Gemeente\", \"label_en\": "                  \
  "\"Municipality\", "                                                                             \
  "\"vocabulary\": \"authority\"}"
#define ITEM                                                                                       \
  "{\"code\": \"check.eigen.water\", \"label_nl\": \"Is er water?\", \"label_en\": \"Is there "    \
  "water?\", \"stage\": \"stage.border.detention\"}"

static WbRecord *
attempt (WbTestRegister *self,
         const char *type,
         const char *case_ref,
         const char *json,
         GError **error)
{
  g_autoptr (JsonObject) fields = wb_test_object (json);

  return wb_register_record (self->reg, type, NULL, case_ref, fields, NULL, error);
}

static void
take (WbTestRegister *self, const char *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) made = attempt (self, type, NULL, json, &error);

  wb_assert_no_error (error);
}

static void
refuses (WbTestRegister *self, const char *type, const char *json, int code, const char *says)
{
  g_autoptr (GError) error = NULL;

  assert_null (attempt (self, type, NULL, json, &error));
  wb_assert_error (error, WB_ERROR, code);
  if (strstr (error->message, says) == NULL)
    fail_msg ("expected “%s” in: %s", says, error->message);
}

static void
own_term_is_taken_and_shown_with_its_label (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *of = wb_test_record (self, "case", NULL, "{}");
  g_autoptr (GError) error = NULL;
  g_autoptr (WbRecord) before = NULL;
  g_autoptr (WbRecord) after = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autofree char *words = NULL;
  const WbModel *model;
  const WbField *field;

  before = attempt (self,
                    "allegation",
                    of,
                    "{\"account\": \"a\", \"authorities\": "
                    "[\"authority.gemeente\"]}",
                    &error);
  assert_null (before);
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  take (self, "term", TERM);
  after = attempt (self,
                   "allegation",
                   of,
                   "{\"account\": \"a\", \"authorities\": "
                   "[\"authority.gemeente\"]}",
                   &error);
  wb_assert_no_error (error);
  model = wb_register_get_model (self->reg);
  field = wb_record_type_find_field (wb_model_find_type (model, "allegation"), "authorities");
  words = wb_register_format_value (self->reg,
                                    field,
                                    json_object_get_member (after->fields, "authorities"),
                                    WB_LANGUAGE_EN);
  assert_string_equal (words, "Municipality");
  hits = wb_register_search (self->reg, "gemeente", 10, NULL);
  assert_int_equal (hits->len, 2);
}

static void
site_and_question_stand_in_their_lists (void **state)
{
  WbTestRegister *self = *state;
  const WbModel *model;
  g_autofree char *kind = NULL;
  g_autofree char *stage = NULL;
  g_autoptr (GPtrArray) shipped = wb_model_list_terms (wb_model_get_default (NULL), "site");
  g_autoptr (GPtrArray) sites = NULL;

  take (self, "site", SITE);
  take (self, "checkitem", ITEM);
  model = wb_register_get_model (self->reg);
  kind = wb_term_dup_extra (wb_model_find_term (model, "site.eigen"), "Kind");
  stage = wb_term_dup_extra (wb_model_find_term (model, "check.eigen.water"), "Stage");
  sites = wb_model_list_terms (model, "site");
  assert_string_equal (kind, "kind.reception");
  assert_string_equal (stage, "stage.border.detention");
  assert_int_equal (sites->len, shipped->len + 1);
  assert_null (wb_model_find_term (wb_model_get_default (NULL), "site.eigen"));
}

static void
code_that_cannot_be_is_refused (void **state)
{
  static const struct {
    const char *type, *code, *list;
    int error;
    const char *says;
  } bad[] = {
    { "site", "site.schiphol.ac", NULL, WB_ERROR_EXISTS, "never given twice" },
    { "site", "site.Eigen", NULL, WB_ERROR_INVALID, "lower-case words" },
    { "site", "site", NULL, WB_ERROR_INVALID, "lower-case words" },
    { "site", "authority.x", NULL, WB_ERROR_INVALID, "“site.”" },
    { "site", "sites.x", NULL, WB_ERROR_INVALID, "“site.”" },
    { "checkitem", "site.x", NULL, WB_ERROR_INVALID, "“check.”" },
    { "term", "status.eigen", "status", WB_ERROR_INVALID, "closed" },
    { "term", "subst.eigen", "subst", WB_ERROR_INVALID, "closed" },
    { "term", "site.eigen", "site", WB_ERROR_INVALID, "“checkitem”" },
    { "term", "nieuw.eigen", "nieuw", WB_ERROR_INVALID, "no such list" },
    { "term", "target.x", "authority", WB_ERROR_INVALID, "“authority.”" },
  };
  WbTestRegister *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *list = bad[i].list != NULL
                                ? g_strdup_printf (", \"vocabulary\": \"%s\"", bad[i].list)
                                : g_strdup ("");
    g_autofree char *stage = strcmp (bad[i].type, "checkitem") == 0
                                 ? g_strdup (", \"stage\": \"stage.removal\"")
                                 : g_strdup ("");
    g_autofree char *json =
        g_strdup_printf ("{\"code\": \"%s\", \"label_nl\": \"n\", \"label_en\": \"e\"%s%s}",
                         bad[i].code,
                         list,
                         stage);

    refuses (self, bad[i].type, json, bad[i].error, bad[i].says);
  }
  wb_test_count ("own-terms-refused", G_N_ELEMENTS (bad));
}

static void
code_is_never_given_twice_nor_changed (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (JsonObject) fields = wb_test_object ("{\"code\": \"site.ander\"}");
  g_autoptr (JsonObject) label = wb_test_object ("{\"label_nl\": \"Loods Zuid\"}");
  g_autoptr (WbRecord) changed = NULL;
  g_autoptr (GError) error = NULL;

  take (self, "site", SITE);
  refuses (self, "site", SITE, WB_ERROR_EXISTS, "never given twice");
  assert_null (wb_register_change (self->reg, "NL-TEST-SI-1", fields, NULL, &error));
  wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  changed = wb_register_change (self->reg, "NL-TEST-SI-1", label, NULL, NULL);
  assert_non_null (changed);
  assert_string_equal (
      wb_model_find_term (wb_register_get_model (self->reg), "site.eigen")->label[WB_LANGUAGE_NL],
      "Loods Zuid");
}

static void
term_outside_its_days_is_refused_unless_it_happened_within (void **state)
{
  static const struct {
    const char *now, *when;
    gboolean taken;
  } cases[] = {
    { "2026-05-31T12:00:00Z", NULL, FALSE },         { "2026-06-01T12:00:00Z", NULL, TRUE },
    { "2026-10-31T22:30:00Z", NULL, TRUE },          { "2026-10-31T23:30:00Z", NULL, FALSE },
    { "2026-11-24T12:00:00Z", NULL, FALSE },         { "2026-11-24T12:00:00Z", "2026-10-31", TRUE },
    { "2026-11-24T12:00:00Z", "2026-11-01", FALSE }, { "2026-11-24T12:00:00Z", "2026", TRUE },
    { "2026-11-24T12:00:00Z", "unknown", FALSE },    { "2026-11-24T12:00:00Z", "2026-05", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    WbTestRegister *self = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (WbRecord) made = NULL;
    g_autofree char *json =
        cases[i].when != NULL
            ? g_strdup_printf ("{\"account\": \"a\", \"site\": \"site.eigen\", \"when\": \"%s\", "
                               "\"received\": \"2026-11-20\"}",
                               cases[i].when)
            : g_strdup ("{\"account\": \"a\", \"site\": \"site.eigen\"}");

    wb_test_register_setup ((void **) &self);
    take (self, "site", SITE);
    self->reg->last_time = WB_INSTANT_NONE; /* the clock of each line, as if it came next */
    wb_test_now (cases[i].now);
    made = attempt (self, "allegation", NULL, json, &error);
    if ((made != NULL) != cases[i].taken)
      fail_msg ("%s, %s: %s", cases[i].now, json, error != NULL ? error->message : "taken");
    if (made == NULL)
      wb_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    wb_test_register_teardown ((void **) &self);
  }
}

static gboolean
is_offered (WbTestRegister *self, const char *code, WbDate day)
{
  const WbModel *model = wb_register_get_model (self->reg);
  g_autoptr (GPtrArray) terms = wb_model_list_choices (model, "site", day);

  for (guint i = 0; i < terms->len; i++)
    if (strcmp (((const WbTerm *) g_ptr_array_index (terms, i))->code, code) == 0)
      return TRUE;
  return FALSE;
}

static void
term_that_ended_is_not_offered_and_stays_readable (void **state)
{
  WbTestRegister *self = *state;
  const WbTerm *term;

  take (self, "site", SITE);
  assert_false (is_offered (self, "site.eigen", (WbDate){ 2026, 5, 31 }));
  assert_true (is_offered (self, "site.eigen", (WbDate){ 2026, 6, 1 }));
  assert_true (is_offered (self, "site.eigen", (WbDate){ 2026, 10, 31 }));
  assert_false (is_offered (self, "site.eigen", (WbDate){ 2026, 11, 1 }));
  assert_true (is_offered (self, "site.schiphol.jcs", (WbDate){ 2026, 11, 1 }));
  term = wb_model_find_term (wb_register_get_model (self->reg), "site.eigen");
  assert_string_equal (term->label[WB_LANGUAGE_EN], "North shed");
}

static void
record_tells_which_lists_its_codes_come_from (void **state)
{
  WbTestRegister *self = *state;
  g_autofree char *first = wb_test_record (self, "allegation", NULL, "{\"account\": \"a\"}");
  g_autofree char *second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *changed = NULL;
  const char *shipped = wb_model_get_version (wb_model_get_default (NULL));

  take (self, "site", SITE);
  second = wb_test_record (self, "allegation", NULL, "{\"account\": \"b\"}");
  g_free (wb_test_change (self, first, "{\"site\": \"site.schiphol.ac\"}"));
  before = wb_register_get_list_version (self->reg, first, NULL, NULL);
  after = wb_register_get_list_version (self->reg, second, NULL, NULL);
  changed = wb_register_get_list_version (self->reg, first, "site", NULL);
  assert_string_equal (before, shipped);
  assert_true (g_str_has_prefix (after, shipped) && strlen (after) > strlen (shipped));
  assert_string_equal (changed, after);
}

static void
dropped_act_leaves_no_term (void **state)
{
  static const char *const text =
      "[{\"type\": \"site\", \"fields\": " SITE "},"
      " {\"type\": \"allegation\", \"fields\": {\"account\": \"a\", \"site\": \"site.eigen\","
      " \"when\": \"2026-07\", \"acts\": [\"act.no\"]}}]";
  WbTestRegister *self = *state;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, NULL);
  g_autoptr (GPtrArray) made = wb_register_record_items (self->reg, items, NULL, NULL);

  assert_null (made);
  assert_null (wb_model_find_term (wb_register_get_model (self->reg), "site.eigen"));
  take (self, "site", SITE);
}

static void
term_is_used_later_in_the_same_file (void **state)
{
  static const char *const text =
      "[{\"type\": \"site\", \"fields\": " SITE "},"
      " {\"type\": \"allegation\", \"fields\": {\"account\": \"a\", \"site\": \"site.eigen\","
      " \"when\": \"2026-07\"}}]";
  WbTestRegister *self = *state;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) items = wb_record_file_parse (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = wb_register_record_items (self->reg, items, NULL, &error);

  wb_assert_no_error (error);
  assert_int_equal (made->len, 2);
}

static void
case_document_tells_the_labels_of_own_terms (void **state)
{
  WbTestRegister *self = *state;
  const WbExportOptions options = { .profile = "full", .plain = TRUE };
  g_autoptr (GPtrArray) evidence = g_ptr_array_new ();
  g_autoptr (JsonObject) document = NULL;
  g_autofree char *allegation = NULL;
  g_autoptr (WbRecordRow) row = NULL;
  JsonObject *term;
  JsonArray *terms;

  take (self, "site", SITE);
  take (self, "term", TERM);
  allegation = wb_test_record (self,
                               "allegation",
                               NULL,
                               "{\"account\": \"a\", \"site\": \"site.eigen\", \"when\": "
                               "\"2026-07\"}");
  row = wb_register_find_row (self->reg, allegation, NULL);
  document =
      wb_case_document_make (self->reg, row->case_id, &options, wb_clock_now (), evidence, NULL);
  terms = json_object_get_array_member (document, "terms");
  assert_int_equal (json_array_get_length (terms), 1);
  term = json_array_get_object_element (terms, 0);
  assert_string_equal (json_object_get_string_member (term, "code"), "site.eigen");
  assert_string_equal (
      json_object_get_string_member (json_object_get_object_member (term, "label"), "nl"),
      "Loods Noord");
}

static void
log_gives_own_terms_again (void **state)
{
  WbTestRegister *self = *state;
  g_autoptr (WbVerification) deep = NULL;
  g_autofree char *allegation = NULL;

  take (self, "site", SITE);
  take (self,
        "site",
        "{\"code\": \"site.eigen.b\", \"label_nl\": \"Deel B\", \"label_en\": \"Part B\", "
        "\"parent\": \"site.eigen\", \"from\": \"2026-07-01\"}");
  take (self, "term", TERM);
  allegation = wb_test_record (self,
                               "allegation",
                               NULL,
                               "{\"account\": \"a\", \"site\": \"site.eigen\", \"when\": "
                               "\"2026-07\", \"authorities\": [\"authority.gemeente\"]}");
  g_free (wb_test_change (self, "NL-TEST-SI-1", "{\"label_nl\": \"Loods Zuid\"}"));
  g_free (wb_test_change (self, allegation, "{\"place\": \"gang\"}"));
  deep = wb_register_verify (self->reg, WB_DEPTH_DEEP, NULL, NULL, NULL, NULL, NULL);
  assert_true (wb_verification_is_good (deep));
  assert_non_null (wb_model_find_term (wb_register_get_model (self->reg), "site.eigen.b"));
  assert_true (wb_register_rebuild (self->reg, NULL, NULL, NULL, NULL));
  assert_non_null (wb_model_find_term (wb_register_get_model (self->reg), "site.eigen.b"));
  wb_test_register_reopen (self);
  assert_string_equal (
      wb_model_find_term (wb_register_get_model (self->reg), "site.eigen")->label[WB_LANGUAGE_NL],
      "Loods Zuid");
}

static void
model_that_was_given_out_stays_good (void **state)
{
  WbTestRegister *self = *state;
  const WbModel *before, *between;
  const WbTerm *term;

  before = wb_register_get_model (self->reg);
  take (self, "site", SITE);
  between = wb_register_get_model (self->reg);
  term = wb_model_find_term (between, "site.eigen");
  take (self, "term", TERM);
  assert_ptr_not_equal (before, between);
  assert_ptr_not_equal (between, wb_register_get_model (self->reg));
  assert_string_equal (term->label[WB_LANGUAGE_EN], "North shed");
  assert_null (wb_model_find_term (before, "site.eigen"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    with_register (own_term_is_taken_and_shown_with_its_label),
    with_register (site_and_question_stand_in_their_lists),
    with_register (code_that_cannot_be_is_refused),
    with_register (code_is_never_given_twice_nor_changed),
    cmocka_unit_test (term_outside_its_days_is_refused_unless_it_happened_within),
    with_register (term_that_ended_is_not_offered_and_stays_readable),
    with_register (record_tells_which_lists_its_codes_come_from),
    with_register (dropped_act_leaves_no_term),
    with_register (term_is_used_later_in_the_same_file),
    with_register (case_document_tells_the_labels_of_own_terms),
    with_register (log_gives_own_terms_again),
    with_register (model_that_was_given_out_stays_good),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
