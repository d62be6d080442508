/* SPDX-License-Identifier: EUPL-1.2 */
/* Values in words, in Dutch and in English, whatever the language of the process. */
#include "wb-test.h"

#include <string.h>

#include "wb-model.h"

static WbModel *model;
static WbZone *zone;

static int
load (void **state)
{
  model = wb_model_get_default (NULL);
  zone = wb_zone_new ("Europe/Amsterdam", NULL);
  return model != NULL && zone != NULL ? 0 : -1;
}

static int
drop (void **state)
{
  g_clear_pointer (&zone, wb_zone_unref);
  return 0;
}

static char *
word (const char *type, const char *field, const char *json, WbLanguage language)
{
  g_autoptr (JsonNode) value = json_from_string (json, NULL);
  const WbRecordType *found = wb_model_find_type (model, type);

  assert_non_null (value);
  return wb_model_format_value (model,
                                wb_record_type_find_field (found, field),
                                value,
                                zone,
                                language);
}

static void
values_read_in_both_languages (void **state)
{
  static const struct {
    const char *type, *field, *json, *nl, *en;
  } cases[] = {
    { "allegation", "account", "\"Één\\ntwee\"", "Één\ntwee", "Één\ntwee" },
    { "allegation", "site", "\"site.hospital\"", "Ziekenhuis", "Hospital" },
    { "allegation", "site", "\"site.gone\"", "site.gone", "site.gone" },
    { "allegation",
      "rights",
      "[\"right.charter.2\", \"right.charter.6\"]",
      "Recht op leven; Vrijheid en veiligheid",
      "Right to life; Liberty and security" },
    { "allegation", "rights", "[]", "", "" },
    { "allegation", "interpreter", "true", "Ja", "Yes" },
    { "allegation", "interpreter", "false", "Nee", "No" },
    { "allegation", "degree", "null", "", "" },
    { "person", "age_stated", "15", "15", "15" },
    { "person", "nationality", "\"XXA\"", "Staatloos (Verdrag van 1954)", NULL },
    { "person", "whistleblower_identity", "{\"sealed\": \"AAAA\"}", "Verzegeld", "Sealed" },
    { "consent", "expires", "\"2026-11-13\"", "vr 13 nov 2026", "Fri 13 Nov 2026" },
    { "allegation",
      "criteria",
      "{\"crit.scope\": {\"result\": \"critresult.met\", \"note\": \"screening\"},"
      " \"crit.pattern\": \"drie eerder\", \"crit.right\": {\"result\": \"critresult.not\"}}",
      "Binnen mandaat en regime: Voldaan, screening\nPast in patroon: drie eerder\n"
      "Raakt een grondrecht of waarborg: Niet voldaan",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *nl = word (cases[i].type, cases[i].field, cases[i].json, WB_LANGUAGE_NL);
    g_autofree char *en = word (cases[i].type, cases[i].field, cases[i].json, WB_LANGUAGE_EN);

    assert_string_equal (nl, cases[i].nl);
    if (cases[i].en != NULL)
      assert_string_equal (en, cases[i].en);
  }
}

static void
moments_read_as_precisely_as_they_were_told (void **state)
{
  g_autofree char *month = word ("allegation", "when", "\"2026-07\"", WB_LANGUAGE_NL);
  g_autofree char *minute = word ("allegation", "when", "\"2026-07-18T20:15\"", WB_LANGUAGE_EN);

  assert_non_null (strstr (month, "jul"));
  assert_non_null (strstr (month, "2026"));
  assert_non_null (strstr (minute, "20:15"));
}

static void
value_that_does_not_fit_is_shown_as_written (void **state)
{
  g_autofree char *object = word ("allegation", "site", "{\"a\":1}", WB_LANGUAGE_NL);
  g_autofree char *moment = word ("allegation", "when", "\"gisteren\"", WB_LANGUAGE_NL);
  g_autofree char *number = word ("allegation", "account", "5", WB_LANGUAGE_NL);

  assert_string_equal (object, "{\"a\":1}");
  assert_string_equal (moment, "\"gisteren\"");
  assert_string_equal (number, "5");
}

static void
languages_and_countries_have_names (void **state)
{
  g_auto (GStrv) codes = wb_model_list_languages (WB_LANGUAGE_NL);
  g_autofree char *dutch = wb_model_language_name ("nld", WB_LANGUAGE_NL);
  g_autofree char *english = wb_model_language_name ("tir", WB_LANGUAGE_EN);
  g_autofree char *unknown = wb_model_language_name ("qqq", WB_LANGUAGE_NL);
  g_autofree char *country = wb_model_country_name ("SYR", WB_LANGUAGE_NL);
  g_autofree char *refugee = wb_model_country_name ("XXB", WB_LANGUAGE_EN);

  assert_string_equal (unknown, "qqq");
  assert_string_equal (refugee, "Refugee (1951 Convention)");
  if (g_strv_length (codes) == 0)
    skip ();
  assert_string_equal (dutch, "Nederlands");
  assert_string_equal (english, "Tigrinya");
  assert_non_null (strstr (country, "Syri"));
  assert_true (g_strv_contains ((const char *const *) codes, "prs"));
}

static void
term_is_read_in_either_form (void **state)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"crit.scope\": \"n\", \"crit.right\": {\"result\": \"critresult.met\", \"note\": \"\"}}",
      NULL);
  JsonObject *terms = json_node_get_object (node);
  const char *result, *note;

  wb_model_read_term (terms, "crit.scope", &result, &note);
  assert_null (result);
  assert_string_equal (note, "n");
  wb_model_read_term (terms, "crit.right", &result, &note);
  assert_string_equal (result, "critresult.met");
  assert_null (note);
  wb_model_read_term (terms, "crit.none", &result, &note);
  assert_null (result);
  assert_null (note);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (values_read_in_both_languages),
    cmocka_unit_test (moments_read_as_precisely_as_they_were_told),
    cmocka_unit_test (value_that_does_not_fit_is_shown_as_written),
    cmocka_unit_test (languages_and_countries_have_names),
    cmocka_unit_test (term_is_read_in_either_form),
  };

  return cmocka_run_group_tests (tests, load, drop);
}
