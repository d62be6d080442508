/* SPDX-License-Identifier: EUPL-1.2 */

/* A text as a QR code, so that nobody has to type what stands on paper. */
#include "wb-code.h"

#include <qrencode.h>
#include <string.h>

#include "wb-error.h"
#include "wb-i18n.h"

/**
 * wb_code_make:
 * @text: what the code says; its bytes as they are
 * @ret_width: (out): modules a side
 * @error: return location for an error
 *
 * Returns: (transfer full): the modules; %NULL with %WB_ERROR_TOO_LARGE
 */
GBytes *
wb_code_make (const char *text, guint *ret_width, GError **error)
{
  QRcode *code = NULL;
  guint8 *modules;
  gsize size;

  if (strlen (text) <= WB_CODE_TEXT_MAX)
    code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_TOO_LARGE,
                         _ ("That is too much text for a code on paper."));
    return NULL;
  }
  size = (gsize) code->width * (gsize) code->width;
  modules = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    modules[i] = code->data[i] & 1; /* the other bits say what the module is for */
  *ret_width = (guint) code->width;
  QRcode_free (code);
  return g_bytes_new_take (modules, size);
}
