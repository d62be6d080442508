/* SPDX-License-Identifier: EUPL-1.2 */

/* The one error domain. */
#include "wb-error.h"

G_DEFINE_QUARK (wb - error - quark, wb_error)
