/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

/* Once, before the first widget: what GTK 4.8 tells a screen reader wrongly, mended everywhere. */
void wb_spoken_init (void);
