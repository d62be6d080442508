/* SPDX-License-Identifier: EUPL-1.2 */

/* HTML to words. Nothing it points at is opened, and nothing it hides by script or style counts. */
#include "wb-letter-private.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define DEPTH_MAX 200 /* elements within each other; deeper is not read */

static gboolean
is_one_of (const xmlNode *node, const char *const *names)
{
  return node->name != NULL && g_strv_contains (names, (const char *) node->name);
}

/* White space counts as one blank, as on a page. */
static void
append_words (GString *text, const char *words)
{
  for (const char *at = words; *at != '\0'; at++) {
    if (!g_ascii_isspace (*at))
      g_string_append_c (text, *at);
    else if (text->len > 0 && !g_ascii_isspace (text->str[text->len - 1]))
      g_string_append_c (text, ' ');
  }
}

static void
end_line (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

static void
append_node (GString *text, const xmlNode *node, guint depth)
{
  static const char *const hidden[] = { "head", "script", "style", "title", NULL };
  static const char *const blocks[] = { "blockquote", "div", "h1",    "h2", "h3", "h4", "li",
                                        "ol",         "p",   "table", "tr", "ul", NULL };

  for (; node != NULL && depth < DEPTH_MAX; node = node->next) {
    gboolean block = node->type == XML_ELEMENT_NODE && is_one_of (node, blocks);

    if (node->type == XML_TEXT_NODE && node->content != NULL)
      append_words (text, (const char *) node->content);
    if (node->type != XML_ELEMENT_NODE || is_one_of (node, hidden))
      continue;
    if (block)
      end_line (text);
    append_node (text, node->children, depth + 1);
    if (block || g_strcmp0 ((const char *) node->name, "br") == 0)
      end_line (text);
  }
}

char *
wb_letter_html_to_text (const char *html)
{
  g_autoptr (GString) text = g_string_new (NULL);
  xmlDoc *document = htmlReadMemory (html,
                                     (int) MIN (strlen (html), G_MAXINT),
                                     NULL,
                                     "UTF-8",
                                     HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                         HTML_PARSE_RECOVER);

  if (document != NULL)
    append_node (text, xmlDocGetRootElement (document), 0);
  xmlFreeDoc (document);
  return g_utf8_make_valid (text->str, (gssize) text->len);
}
