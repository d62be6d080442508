/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Sets the locale and finds the translations; before anything else is said. */
void prefer_language (const char *code); /* before bind_texts(): nl or en */
void bind_texts (void);
