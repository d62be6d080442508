/* SPDX-License-Identifier: EUPL-1.2 */

/* A recording: played from memory by a pipeline of its own, and only its sound. */
#include "wb-view.h"

#include <gio/gio.h>
#include <gst/gst.h>

#define SETTLE (3 * GST_SECOND) /* until the length of a recording is known */

static GstElement *pipeline;

/* Plugins are read from disk by another program, which is no longer possible afterwards. */
static void
prepare (void)
{
  (void) g_setenv ("GST_REGISTRY_FORK", "no", TRUE);
  gst_init (NULL, NULL);
}

static gboolean
open_sound (GBytes *file)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GstElement) source = NULL;

  pipeline = gst_parse_launch ("giostreamsrc name=source ! decodebin caps=audio/x-raw "
                               "expose-all-streams=false ! audioconvert ! audioresample ! "
                               "volume name=volume ! autoaudiosink",
                               NULL);
  if (pipeline == NULL)
    return FALSE;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  if (source == NULL)
    return FALSE;
  g_object_set (source, "stream", stream, NULL);
  (void) gst_element_set_state (pipeline, GST_STATE_PAUSED);
  return gst_element_get_state (pipeline, NULL, NULL, SETTLE) == GST_STATE_CHANGE_SUCCESS;
}

static void
set_volume (guint thousandths)
{
  g_autoptr (GstElement) volume = gst_bin_get_by_name (GST_BIN (pipeline), "volume");

  g_object_set (volume, "volume", MIN (thousandths, WB_VIEW_SCALE_ONE) / 1000.0, NULL);
}

static void
seek (guint milliseconds)
{
  (void) gst_element_seek_simple (pipeline,
                                  GST_FORMAT_TIME,
                                  GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT,
                                  milliseconds * GST_MSECOND);
}

/* What went wrong since the last time; at the end it stands still at the end. */
static gboolean
read_messages (void)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gboolean well = TRUE;

  for (;;) {
    g_autoptr (GstMessage) message =
        gst_bus_pop_filtered (bus, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

    if (message == NULL)
      return well;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
      well = FALSE;
    else
      (void) gst_element_set_state (pipeline, GST_STATE_PAUSED);
  }
}

static guint32
to_milliseconds (gint64 time)
{
  return (guint32) CLAMP (time / (gint64) GST_MSECOND, 0, G_MAXUINT32 - 1);
}

static gboolean
answer_sound (const WbViewRequest *request, WbViewAnswer *answer, cairo_surface_t **ret_picture)
{
  gint64 position = 0, duration = 0;
  GstState state, next;

  if (request->verb == WB_VIEW_PLAY || request->verb == WB_VIEW_PAUSE)
    (void) gst_element_set_state (pipeline,
                                  request->verb == WB_VIEW_PLAY ? GST_STATE_PLAYING
                                                                : GST_STATE_PAUSED);
  else if (request->verb == WB_VIEW_SEEK)
    seek (request->value);
  else if (request->verb == WB_VIEW_VOLUME)
    set_volume (request->value);
  if (!read_messages ())
    return FALSE;
  (void) gst_element_query_position (pipeline, GST_FORMAT_TIME, &position);
  (void) gst_element_query_duration (pipeline, GST_FORMAT_TIME, &duration);
  (void) gst_element_get_state (pipeline, &state, &next, 0);
  answer->pages = 1;
  answer->position = to_milliseconds (position);
  answer->duration = to_milliseconds (duration);
  answer->playing =
      next != GST_STATE_VOID_PENDING ? next == GST_STATE_PLAYING : state == GST_STATE_PLAYING;
  return TRUE;
}

const WbViewKind wb_view_sound = { "sound", prepare, open_sound, answer_sound, TRUE };
