/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of a page of HTML, a line for each block. */
char *wb_letter_html_to_text (const char *html);

G_END_DECLS
