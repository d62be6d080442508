/* SPDX-License-Identifier: EUPL-1.2 */

/* The one error domain. */
#include "wb-error.h"

GQuark
wb_error_quark (void)
{
  return g_quark_from_static_string ("wb-error-quark");
}
