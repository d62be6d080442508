/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <adwaita.h>

#include "wb-session.h"

G_BEGIN_DECLS

/* What happened in a case and what was done about it, in one order. */
#define WB_TYPE_STORY_VIEW (wb_story_view_get_type ())
G_DECLARE_FINAL_TYPE (WbStoryView, wb_story_view, WB, STORY_VIEW, AdwBin)

/* Reads the story (again). @id: UUID of the case */
void wb_story_view_tell (WbStoryView *self, WbSession *session, const char *id);

G_END_DECLS
