/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbError:
 * @WB_ERROR_INVALID: a value from a person or a file breaks a rule of the register
 * @WB_ERROR_NOT_FOUND: what was named does not exist
 * @WB_ERROR_EXISTS: the thing to be added is already there
 * @WB_ERROR_REFUSED: a rule of the workflow, of consent or of rights says no
 * @WB_ERROR_WRONG_KEY: a passphrase or key does not fit
 * @WB_ERROR_NEWER: written by a newer Waarborg
 * @WB_ERROR_DAMAGED: bytes are not what they must be: a damaged or hostile file
 * @WB_ERROR_BUSY: another process holds the register
 * @WB_ERROR_NO_SPACE: the disk is full
 * @WB_ERROR_TOO_LARGE: larger than the limit for its kind
 * @WB_ERROR_VERIFY: a verification failed: not what was signed or logged
 * @WB_ERROR_DATABASE: anything else the database layer reports
 * @WB_ERROR_IO: anything else the file system reports
 *
 * The one error domain of the core. A code is added only when some caller acts on it. The message
 * is one sentence in the user's language (gettext) that says what is wrong and what to do, and
 * never holds personal data, keys or values.
 */
typedef enum {
  WB_ERROR_INVALID,
  WB_ERROR_NOT_FOUND,
  WB_ERROR_EXISTS,
  WB_ERROR_REFUSED,
  WB_ERROR_WRONG_KEY,
  WB_ERROR_NEWER,
  WB_ERROR_DAMAGED,
  WB_ERROR_BUSY,
  WB_ERROR_NO_SPACE,
  WB_ERROR_TOO_LARGE,
  WB_ERROR_VERIFY,
  WB_ERROR_DATABASE,
  WB_ERROR_IO,
} WbError;

#define WB_ERROR (wb_error_quark ())
GQuark wb_error_quark (void);

G_END_DECLS
