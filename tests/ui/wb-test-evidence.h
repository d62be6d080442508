/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

/* Files as people hand them in, made here. */
GBytes *wb_test_png (int width, int height);
GBytes *wb_test_pdf (int pages);
GBytes *wb_test_wav (guint milliseconds);
