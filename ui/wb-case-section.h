/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A list of rows on a page, made a few at a time and shown a step at a time: a case may hold
 * hundreds of records, and the widgets of a row cost milliseconds.
 */
typedef struct _WbCaseSection WbCaseSection;

typedef GtkWidget *(*WbCaseSectionMake) (gpointer item, gpointer user_data);
typedef char *(*WbCaseSectionWords) (guint left); /* of the row that shows more */
typedef void (*WbCaseSectionMore) (gpointer user_data);

/* @group outlives the section. @more: the user wants more rows, see wb_case_section_fill(). */
WbCaseSection *wb_case_section_new (AdwPreferencesGroup *group,
                                    WbCaseSectionMake make,
                                    WbCaseSectionWords words,
                                    WbCaseSectionMore more,
                                    gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void wb_case_section_free (WbCaseSection *self); /* its rows stay */
void wb_case_section_clear (WbCaseSection *self);
/* @nothing (nullable): what stands there where there is no item; else the section is not seen. */
void wb_case_section_start (WbCaseSection *self, GPtrArray *items, const char *nothing);
/* Makes at most @n rows; returns how many. None: all that is to be seen is there. */
guint wb_case_section_fill (WbCaseSection *self, guint n);
GPtrArray *wb_case_section_get_rows (WbCaseSection *self); /* (element-type GtkWidget) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCaseSection, wb_case_section_free)

G_END_DECLS
