/* SPDX-License-Identifier: EUPL-1.2 */

/* Errors of the streams around age, turned into ours. */
#include "wb-age-error-private.h"

#include "wb-error.h"
#include "wb-i18n.h"

/* Always FALSE, for return statements. */
gboolean
wb_age_damaged (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_DAMAGED, message);
  return FALSE;
}

/*
 * Our own errors and a cancellation stay as they are: GIO and GTask know %G_IO_ERROR_CANCELLED by
 * its code. For the rest @message says what could not be done.
 */
void
wb_age_take_io_error (GError **error, GError *cause, const char *message)
{
  if (cause->domain == WB_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, cause);
    return;
  }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_NO_SPACE,
                         _ ("The disk is full: make room and try again."));
  else
    g_set_error_literal (error, WB_ERROR, WB_ERROR_IO, message);
  g_error_free (cause);
}
