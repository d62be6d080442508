/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-story.h"

G_BEGIN_DECLS

/* A row of a case's story, as a list shows it. */
#define WB_TYPE_STORY_ITEM (wb_story_item_get_type ())
G_DECLARE_FINAL_TYPE (WbStoryItem, wb_story_item, WB, STORY_ITEM, GObject)

/* @day (nullable): the first of its day */
WbStoryItem *wb_story_item_new (const WbStoryRow *row, const char *day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
