/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Sets the locale and finds the translations; before anything else is said. */
void bind_texts (void);
