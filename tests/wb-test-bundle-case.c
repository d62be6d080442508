/* SPDX-License-Identifier: EUPL-1.2 */

/* The records of the made-up case, and its document as the register would draw it. */
#include "wb-test-bundle-private.h"
#include "wb-test.h"

const Record wb_test_small_case = {
  "case",
  CASE_ID,
  "NL-TEST-2026-0001",
  "Zaak",
  "Case",
  { { "title", "Titel", "Title", "\"Proef\"", "Proef", "Proef", "case", FALSE },
    { "holder", "Houder", "Holder", "\"A\"", "A", "A", "case", TRUE } }
};

const Record wb_test_full_case[] = {
  { "case",
    CASE_ID,
    "NL-TEST-2026-0001",
    "Zaak",
    "Case",
    { { "title",
        "Titel",
        "Title",
        "\"Wegneming van telefoons bij aankomst\"",
        "Wegneming van telefoons bij aankomst",
        "Wegneming van telefoons bij aankomst",
        "case",
        FALSE },
      { "kind",
        "Soort",
        "Kind",
        "\"case.individual\"",
        "Individuele zaak",
        "Individual case",
        "open",
        FALSE },
      { "status",
        "Status",
        "Status",
        "\"status.referred\"",
        "Verwezen",
        "Referred",
        "open",
        FALSE },
      { "holder", "Behandelaar", "Holder", "\"anna\"", "anna", "anna", "case", FALSE },
      { "conflict_note",
        "Toelichting belangenconflict",
        "Note on conflict of interest",
        "\"…\"",
        "…",
        "…",
        "case",
        TRUE } } },
  { "person",
    "0198f6b2-0000-7000-8000-000000000002",
    "NL-TEST-2026-0001/P-1",
    "Persoon",
    "Person",
    { { "role",
        "Rol",
        "Role",
        "\"role.person_concerned\"",
        "Betrokkene",
        "Person concerned",
        "open",
        FALSE },
      { "minor", "Minderjarig", "Minor", "true", "ja", "yes", "case", FALSE },
      { "age_stated", "Opgegeven leeftijd", "Age stated", "16", "16", "16", "case", FALSE },
      { "language", "Taal", "Language", "\"tir\"", "Tigrinya", "Tigrinya", "case", FALSE },
      { "name", "Naam", "Name", "\"Onbekend Geheim\"", "", "", "identity", TRUE },
      { "v_number", "V-nummer", "V-number", "\"2800000000\"", "", "", "identity", TRUE } } },
  { "person",
    "0198f6b2-0000-7000-8000-000000000003",
    "NL-TEST-2026-0001/P-2",
    "Persoon",
    "Person",
    { { "role", "Rol", "Role", "\"role.witness\"", "Getuige", "Witness", "open", FALSE },
      { "language", "Taal", "Language", "\"ara\"", "Arabisch", "Arabic", "case", FALSE } } },
  { "allegation",
    "0198f6b2-0000-7000-8000-000000000004",
    "NL-TEST-2026-0001/A-1",
    "Beschuldiging",
    "Allegation",
    { { "account",
        "Relaas",
        "Account",
        "\"Bij aankomst werden alle telefoons ingenomen. De betrokkene vroeg om een bewijs van "
        "inname en kreeg dat niet. Na drie dagen kwam de telefoon terug met een gebroken scherm; "
        "de foto’s van de aankomst waren gewist.\\nDe betrokkene verklaarde: ኣብ ዝመጻእናሉ መዓልቲ "
        "ቴሌፎንና ተወሲዱ።\"",
        "Bij aankomst werden alle telefoons ingenomen. De betrokkene vroeg om een bewijs van "
        "inname en kreeg dat niet. Na drie dagen kwam de telefoon terug met een gebroken scherm; "
        "de foto’s van de aankomst waren gewist.\nDe betrokkene verklaarde: ኣብ ዝመጻእናሉ መዓልቲ "
        "ቴሌፎንና ተወሲዱ።",
        "Bij aankomst werden alle telefoons ingenomen. De betrokkene vroeg om een bewijs van "
        "inname en kreeg dat niet. Na drie dagen kwam de telefoon terug met een gebroken scherm; "
        "de foto’s van de aankomst waren gewist.\nDe betrokkene verklaarde: ኣብ ዝመጻእናሉ መዓልቲ "
        "ቴሌፎንና ተወሲዱ።",
        "case",
        FALSE },
      { "when",
        "Wanneer",
        "When",
        "{\"at\":\"2026-07-18T20:15\",\"about\":true}",
        "omstreeks 18 juli 2026 20:15",
        "about 18 July 2026 20:15",
        "case",
        FALSE },
      { "site",
        "Locatie",
        "Site",
        "\"site.nl.schiphol\"",
        "Justitieel Complex Schiphol",
        "Schiphol Judicial Complex",
        "open",
        FALSE },
      { "acts",
        "Handelingen",
        "Acts",
        "[\"act.property\",\"act.deletion\"]",
        "Inname van eigendom; wissen van gegevens",
        "Taking of property; deletion of data",
        "open",
        FALSE },
      { "rights",
        "Rechten",
        "Rights",
        "[\"right.property\",\"right.private_life\"]",
        "Eigendom (artikel 17 Handvest); privéleven (artikel 7 Handvest)",
        "Property (Article 17 Charter); private life (Article 7 Charter)",
        "open",
        FALSE },
      { "injuries", "Letsel", "Injuries", "\"…\"", "", "", "special", TRUE } } },
  { "allegation",
    "0198f6b2-0000-7000-8000-000000000005",
    "NL-TEST-2026-0001/A-2",
    "Beschuldiging",
    "Allegation",
    { { "account",
        "Relaas",
        "Account",
        "\"قال الشاهد إن الهواتف أُخذت من الجميع عند الوصول ولم يحصل أحد على إيصال.\"",
        "قال الشاهد إن الهواتف أُخذت من الجميع عند الوصول ولم يحصل أحد على إيصال.",
        "قال الشاهد إن الهواتف أُخذت من الجميع عند الوصول ولم يحصل أحد على إيصال.",
        "case",
        FALSE },
      { "language", "Taal", "Language", "\"ara\"", "Arabisch", "Arabic", "case", FALSE },
      { "substantiation",
        "Onderbouwing",
        "Substantiation",
        "\"subst.substantiated\"",
        "Onderbouwd",
        "Substantiated",
        "open",
        FALSE } } },
};

const gsize wb_test_n_full_case = G_N_ELEMENTS (wb_test_full_case);

static const char deadlines_json[] =
    "[{\"rule\":\"pol.ack\",\"version\":\"1\",\"kind\":\"policy\",\"bound\":\"body\","
    "\"label\":{\"nl\":\"Ontvangst bevestigen aan melder\",\"en\":\"Acknowledge receipt to "
    "source\"},\"basis\":\"eigen streeftermijn\",\"start\":\"2026-07-21\",\"due\":\"2026-07-23\","
    "\"end\":\"2026-07-23T22:00:00.000Z\",\"latest\":null,\"state\":\"met\",\"met\":\"2026-07-22\","
    "\"record\":\"NL-TEST-2026-0001/A-1\",\"sum\":{\"nl\":\"ontvangen di 21 jul 2026 + 2 werkdagen "
    "= do 23 jul 2026\",\"en\":\"received Tue 21 Jul 2026 + 2 working days = Thu 23 Jul 2026\"}},"
    "{\"rule\":\"awb.9_11_1.six\",\"version\":\"1\",\"kind\":\"watch\",\"bound\":\"authority\","
    "\"label\":{\"nl\":\"Klacht afhandelen (zes weken)\",\"en\":\"Handle complaint (six "
    "weeks)\"},\"basis\":\"Awb 9:11(1); Atw 1(1)\",\"start\":\"2026-11-13\",\"due\":\"2026-12-28\","
    "\"end\":\"2026-12-28T23:00:00.000Z\",\"latest\":null,\"state\":\"running\",\"met\":null,"
    "\"record\":\"NL-TEST-2026-0001/A-1\",\"sum\":{\"nl\":\"ontvangen vr 13 nov 2026 + 6 weken = "
    "vr "
    "25 dec 2026; Eerste Kerstdag, weekend → ma 28 dec 2026\",\"en\":\"received Fri 13 Nov 2026 + "
    "6 "
    "weeks = Fri 25 Dec 2026; Christmas, weekend → Mon 28 Dec 2026\"}},"
    "{\"rule\":\"gdpr.33\",\"version\":\"1\",\"kind\":\"law\",\"bound\":\"body\",\"label\":{\"nl\":"
    "\"Datalek melden aan AP; binnen 72 uur, ook in het weekend, met redenen als het later "
    "wordt\",\"en\":\"Notify breach to the supervisory authority\"},\"basis\":\"AVG 33(1)\","
    "\"start\":\"2026-11-18T10:00:00+01:00\",\"due\":\"2026-11-21T10:00:00+01:00\",\"end\":"
    "\"2026-11-21T09:00:00.000Z\",\"latest\":null,\"state\":\"overdue\",\"met\":null,\"record\":"
    "\"NL-TEST-2026-0001/A-2\",\"sum\":{\"nl\":\"bekend wo 18 nov 2026 10:00 + 72 uur = za 21 nov "
    "2026 10:00\",\"en\":\"known Wed 18 Nov 2026 10:00 + 72 hours = Sat 21 Nov 2026 10:00\"}},"
    "{\"rule\":\"open.undue_delay\",\"version\":\"1\",\"kind\":\"open\",\"bound\":\"body\","
    "\"label\":{\"nl\":\"Zonder onnodige vertraging\",\"en\":\"Without undue delay\"},\"basis\":"
    "\"art. 10(2)(b) Verordening (EU) 2024/1356\",\"start\":\"2026-07-21\",\"due\":null,\"end\":"
    "null,\"latest\":null,\"state\":\"running\",\"met\":null,\"record\":\"NL-TEST-2026-0001/A-1\","
    "\"sum\":{\"nl\":\"\",\"en\":\"\"}}]";

JsonArray *
wb_test_describe_evidence (const WbBundleContent *content)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < content->evidence->len; i++) {
    const WbBundleEvidence *item = g_ptr_array_index (content->evidence, i);
    g_autofree char *file = wb_bundle_evidence_file (item);
    JsonObject *object = json_object_new ();

    json_object_set_int_member (object, "number", item->number);
    json_object_set_string_member (object, "file", file);
    json_object_set_string_member (object, "name", item->name);
    json_object_set_string_member (object, "media_type", item->media_type);
    json_object_set_int_member (object, "size", (gint64) item->size);
    json_object_set_string_member (object, "sha256", item->sha256);
    json_object_set_string_member (object, "date", item->date);
    json_object_set_string_member (object, "record", item->record_ref);
    json_array_add_object_element (array, object);
  }
  return array;
}

void
wb_test_describe_case (Making *self, gboolean small)
{
  WbBundleContent *content = self->test->content;
  JsonObject *document = json_object_new (), *body = json_object_new ();
  JsonObject *signer = json_object_new (), *log = json_object_new ();
  g_autofree char *made = wb_instant_format (content->made);
  g_autoptr (JsonNode) deadlines = wb_test_parse (small ? "[]" : deadlines_json);

  json_object_set_string_member (document, "format", "waarborg-case v1");
  json_object_set_string_member (document, "reference", content->reference);
  json_object_set_string_member (document, "id", CASE_ID);
  json_object_set_string_member (document, "made", made);
  json_object_set_string_member (document, "profile", content->profile);
  json_object_set_string_member (document, "purpose", "aangifte");
  json_object_set_string_member (body, "name", content->body);
  json_object_set_string_member (body, "code", content->principal);
  json_object_set_string_member (body, "log", self->origin);
  json_object_set_string_member (body, "zone", "Europe/Amsterdam");
  json_object_set_object_member (document, "body", body);
  json_object_set_string_member (signer, "user", "anna");
  json_object_set_string_member (signer, "fingerprint", self->test->fingerprint);
  json_object_set_object_member (document, "signer", signer);
  json_object_set_string_member (document, "model", "2026-11");
  json_object_set_array_member (document, "records", json_array_ref (self->records));
  json_object_set_array_member (document, "evidence", wb_test_describe_evidence (content));
  json_object_set_array_member (document,
                                "deadlines",
                                json_array_ref (json_node_get_array (deadlines)));
  json_object_set_string_member (log, "origin", self->origin);
  json_object_set_int_member (log, "size", self->leaves->len);
  json_object_set_array_member (log, "entries", json_array_ref (self->numbers));
  json_object_set_object_member (document, "log", log);
  content->case_document = document;
}
