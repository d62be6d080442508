/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * case.mdto.xml: the archive's metadata of a case by MDTO 1.0.1 (Nationaal Archief). The schema
 * fixes the order of elements; what MDTO 1.0.2 forbids (empty texts) is not written either. No
 * person's name stands here: the metadata of an archive travel wider than its contents.
 */
#include "wb-bundle-private.h"

#include <libxml/xmlwriter.h>

#include "wb-error.h"
#include "wb-i18n.h"

#define MDTO_NAMESPACE "https://www.nationaalarchief.nl/mdto"
#define MDTO_SCHEMA MDTO_NAMESPACE " https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)

static void
open_element (xmlTextWriter *xml, const char *name)
{
  (void) xmlTextWriterStartElement (xml, BAD_CAST name);
}

static void
close_element (xmlTextWriter *xml)
{
  (void) xmlTextWriterEndElement (xml);
}

/* A text that XML can hold and that is not blank; control characters become spaces. */
static void
write_text (xmlTextWriter *xml, const char *name, const char *value)
{
  g_autofree char *text = g_utf8_make_valid (value != NULL ? value : "", -1);

  for (char *at = text; *at != '\0'; at++)
    if ((guchar) *at < 0x20)
      *at = ' ';
  (void) xmlTextWriterWriteElement (xml,
                                    BAD_CAST name,
                                    BAD_CAST (g_strstrip (text)[0] != '\0' ? text : "-"));
}

static void
write_identification (xmlTextWriter *xml, const char *element, const char *mark, const char *source)
{
  open_element (xml, element);
  write_text (xml, "identificatieKenmerk", mark);
  write_text (xml, "identificatieBron", source);
  close_element (xml);
}

static void
write_reference (xmlTextWriter *xml,
                 const char *element,
                 const char *name,
                 const char *mark,
                 const char *source)
{
  open_element (xml, element);
  write_text (xml, "verwijzingNaam", name);
  if (mark != NULL)
    write_identification (xml, "verwijzingIdentificatie", mark, source);
  close_element (xml);
}

static void
write_term (xmlTextWriter *xml,
            const char *element,
            const char *label,
            const char *code,
            const char *list)
{
  open_element (xml, element);
  write_text (xml, "begripLabel", label);
  if (code != NULL)
    write_text (xml, "begripCode", code);
  write_reference (xml, "begripBegrippenlijst", list, NULL, NULL);
  close_element (xml);
}

static const char *
get_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
write_event (xmlTextWriter *xml, const WbBundleContent *content)
{
  g_autofree char *made = wb_instant_format_seconds (content->made);

  open_element (xml, "event");
  write_term (xml, "eventType", "Export", NULL, "Begrippenlijst EventTypeLijst MDTO");
  write_text (xml, "eventTijd", made);
  write_reference (xml, "eventVerantwoordelijkeActor", content->body, NULL, NULL);
  close_element (xml);
}

/* The files are named as the bundle has them: an original name can hold a person's name. */
static void
write_representations (xmlTextWriter *xml, const WbBundleContent *content)
{
  write_reference (xml, "heeftRepresentatie", "report.pdf", "data/report.pdf", content->reference);
  for (guint i = 0; i < content->evidence->len; i++) {
    g_autofree char *file = wb_bundle_evidence_file (g_ptr_array_index (content->evidence, i));
    g_autofree char *path = g_strconcat ("data/", file, NULL);

    write_reference (xml, "heeftRepresentatie", strchr (file, '/') + 1, path, content->reference);
  }
}

static void
write_restriction (xmlTextWriter *xml)
{
  open_element (xml, "beperkingGebruik");
  write_term (xml,
              "beperkingGebruikType",
              "Bevat persoonsgegevens; niet openbaar",
              NULL,
              "Waarborg beperkingen gebruik");
  write_text (xml,
              "beperkingGebruikNadereBeschrijving",
              "Alleen voor de ontvanger aan wie het dossier is verstrekt. Verdere verstrekking en "
              "bewaring volgen de AVG en de selectielijst van de archiefvormer.");
  close_element (xml);
}

static void
write_object (xmlTextWriter *xml, const WbBundleContent *content)
{
  const char *id = get_member (content->case_document, "id");
  const char *code = get_member (get_object (content->case_document, "body"), "code");
  g_autofree char *name = g_strconcat ("Zaak ", content->reference, NULL);

  open_element (xml, "informatieobject");
  write_identification (xml, "identificatie", content->reference, content->body);
  if (id != NULL)
    write_identification (xml, "identificatie", id, "Waarborg (UUID)");
  write_text (xml, "naam", name);
  write_term (xml, "aggregatieniveau", "Dossier", NULL, "Begrippenlijst Aggregatieniveaus MDTO");
  write_text (xml,
              "omschrijving",
              "Dossier van een beschuldiging dat grondrechten niet zijn geëerbiedigd bij screening "
              "of grensprocedure (artikel 10 van Verordening (EU) 2024/1356).");
  write_text (xml, "taal", wb_language_code (content->language));
  write_event (xml, content);
  write_term (xml, "waardering", "Tijdelijk te bewaren", "V", "Begrippenlijst Waarderingen MDTO");
  write_representations (xml, content);
  write_reference (xml,
                   "archiefvormer",
                   content->body,
                   code,
                   code != NULL ? "Code van het orgaan" : NULL);
  write_restriction (xml);
  close_element (xml);
}

/**
 * wb_mdto_format:
 * @content: what goes into the bundle
 * @error: return location for an error
 *
 * Returns: (transfer full): the XML of an informatieobject, valid against MDTO 1.0.1
 */
GBytes *
wb_mdto_format (const WbBundleContent *content, GError **error)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autoptr (xmlTextWriter) xml = buffer != NULL ? xmlNewTextWriterMemory (buffer, 0) : NULL;

  if (xml == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("There is not enough memory for the archive metadata."));
    return NULL;
  }
  (void) xmlTextWriterSetIndent (xml, 1);
  (void) xmlTextWriterSetIndentString (xml, BAD_CAST "  ");
  (void) xmlTextWriterStartDocument (xml, "1.0", "UTF-8", NULL);
  open_element (xml, "MDTO");
  (void) xmlTextWriterWriteAttribute (xml, BAD_CAST "xmlns", BAD_CAST MDTO_NAMESPACE);
  (void) xmlTextWriterWriteAttribute (xml,
                                      BAD_CAST "xmlns:xsi",
                                      BAD_CAST "http://www.w3.org/2001/XMLSchema-instance");
  (void) xmlTextWriterWriteAttribute (xml, BAD_CAST "xsi:schemaLocation", BAD_CAST MDTO_SCHEMA);
  write_object (xml, content);
  close_element (xml);
  (void) xmlTextWriterEndDocument (xml);
  (void) xmlTextWriterFlush (xml);
  return g_bytes_new (xmlBufferContent (buffer), (gsize) xmlBufferLength (buffer));
}
