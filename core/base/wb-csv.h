/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Tables for other programs. EXACT is RFC 4180: comma, no byte order mark, every cell as it is.
 * SPREADSHEET is what a Dutch Excel opens: semicolon and a byte order mark, and no cell that it
 * would take for a formula; such a table is not read back to the letter.
 */
typedef enum { WB_CSV_EXACT, WB_CSV_SPREADSHEET } WbCsvVariant;

typedef struct {
  GString *text;
  WbCsvVariant variant;
  gboolean within; /* a line */
} WbCsv;

void wb_csv_begin (WbCsv *self, WbCsvVariant variant);
void wb_csv_add (WbCsv *self, const char *cell); /* NULL: an empty one */
void wb_csv_end_line (WbCsv *self);
char *wb_csv_end (WbCsv *self) G_GNUC_WARN_UNUSED_RESULT;
void wb_csv_clear (WbCsv *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbCsv, wb_csv_clear)

G_END_DECLS
