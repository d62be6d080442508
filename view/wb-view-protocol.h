/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include <stdint.h>

/*
 * What the register and waarborg-view say to each other. The file comes in on descriptor 0 and ends
 * there; then each request on descriptor 3, a socket that keeps messages whole, has one answer. The
 * picture of a page goes along as a memory file whose size is sealed: premultiplied pixels of 32
 * bits as cairo has them. Neither side trusts a number of the other.
 */
#define WB_VIEW_CONTROL 3

#define WB_VIEW_FILE_MAX (256u << 20)  /* bytes: both sides hold it in memory */
#define WB_VIEW_PIXELS_MAX (16u << 20) /* 64 MiB of memory a picture */
#define WB_VIEW_SIDE_MAX 16384u        /* pixels; what a drawing surface takes is 32767 */
#define WB_VIEW_PAGES_MAX 100000u      /* a file of more is no document */
#define WB_VIEW_SCALE_ONE 1000u        /* a scale of 1:1 */
#define WB_VIEW_SCALE_MAX 16000u

typedef enum {
  WB_VIEW_SHOW = 1,
  WB_VIEW_PLAY,
  WB_VIEW_PAUSE,
  WB_VIEW_SEEK,
  WB_VIEW_VOLUME,
  WB_VIEW_TELL
} WbViewVerb;

typedef struct {
  uint32_t verb;
  uint32_t page;  /* from 0 */
  uint32_t scale; /* in thousandths */
  uint32_t value; /* ms to seek to; volume in thousandths */
} WbViewRequest;

typedef struct {
  uint32_t shown;      /* 0: it cannot be shown */
  uint32_t pages;      /* of the file */
  uint32_t full_width; /* of the page at 1:1 */
  uint32_t full_height;
  uint32_t width, height; /* of the pixels that go along, rows of 4 * width bytes */
  uint32_t position;      /* ms */
  uint32_t duration;      /* ms; 0: not known */
  uint32_t playing;
} WbViewAnswer;
