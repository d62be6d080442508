/* SPDX-License-Identifier: EUPL-1.2 */

/* The buttons of a recording; the sound itself is made by the program beside this one. */
#include "wb-sound-viewer.h"

#include "wb-i18n.h"
#include "wb-ui.h"

#define TELL_MS 250
#define MS_A_SECOND 1000
#define JUMP_MS 5000
#define SECONDS_A_MINUTE 60
#define VOLUME_STEP 0.1

struct _WbSoundViewer {
  AdwBin parent_instance;

  GtkButton *button;
  GtkRange *scale;
  GtkRange *loudness;
  GtkAdjustment *position;
  GtkAdjustment *volume;
  GtkLabel *time;
  WbViewChild *child;
  guint timer;
  guint at, duration; /* ms */
  gboolean playing;
};

G_DEFINE_FINAL_TYPE (WbSoundViewer, wb_sound_viewer, ADW_TYPE_BIN)

static void
ask (WbSoundViewer *self, WbViewVerb verb, guint value)
{
  wb_view_child_ask (self->child, &(WbViewRequest){ .verb = verb, .value = value });
}

static char *
format_time (guint milliseconds)
{
  guint seconds = milliseconds / MS_A_SECOND;

  return g_strdup_printf ("%u:%02u", seconds / SECONDS_A_MINUTE, seconds % SECONDS_A_MINUTE);
}

static void
show (WbSoundViewer *self)
{
  g_autofree char *at = format_time (self->at);
  g_autofree char *whole = format_time (self->duration);
  /* Translators: 0:12 of 3:40. */
  g_autofree char *words = g_strdup_printf (_ ("%s of %s"), at, whole);
  const char *name = self->playing ? _ ("Pause") : _ ("Play");

  gtk_label_set_label (self->time, words);
  gtk_button_set_icon_name (self->button,
                            self->playing ? "media-playback-pause-symbolic"
                                          : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  wb_ui_set_name (GTK_WIDGET (self->button), name);
  gtk_adjustment_set_upper (self->position, (double) self->duration / MS_A_SECOND);
  gtk_adjustment_set_value (self->position, (double) self->at / MS_A_SECOND);
}

static void
answered_cb (WbViewChild *child, gpointer data, GdkTexture *texture, WbSoundViewer *self)
{
  const WbViewAnswer *answer = data;

  self->at = answer->position;
  self->duration = answer->duration;
  self->playing = answer->playing != 0;
  show (self);
}

static gboolean
tell_cb (gpointer user_data)
{
  ask (user_data, WB_VIEW_TELL, 0);
  return G_SOURCE_CONTINUE;
}

static void
seek (WbSoundViewer *self, double milliseconds)
{
  ask (self, WB_VIEW_SEEK, (guint) CLAMP (milliseconds, 0, (double) self->duration));
}

static gboolean
seek_cb (WbSoundViewer *self, GtkScrollType scroll, double value, GtkRange *range)
{
  seek (self, value * MS_A_SECOND);
  return GDK_EVENT_PROPAGATE;
}

static void
volume_cb (WbSoundViewer *self)
{
  ask (self, WB_VIEW_VOLUME, (guint) (gtk_adjustment_get_value (self->volume) * WB_VIEW_SCALE_ONE));
}

static void
toggle_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbSoundViewer *self = WB_SOUND_VIEWER (widget);

  /* At its end it starts again. */
  if (!self->playing && self->duration > 0 && self->at + TELL_MS >= self->duration)
    ask (self, WB_VIEW_SEEK, 0);
  ask (self, self->playing ? WB_VIEW_PAUSE : WB_VIEW_PLAY, 0);
}

static void
jump_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbSoundViewer *self = WB_SOUND_VIEWER (widget);
  double to = (double) self->at + (g_str_equal (action, "sound.forward") ? JUMP_MS : -JUMP_MS);

  seek (self, g_str_equal (action, "sound.start") ? 0 : to);
}

static void
loudness_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbSoundViewer *self = WB_SOUND_VIEWER (widget);

  gtk_adjustment_set_value (
      self->volume,
      gtk_adjustment_get_value (self->volume) +
          (g_str_equal (action, "sound.louder") ? VOLUME_STEP : -VOLUME_STEP));
}

static void
stop (WbSoundViewer *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
wb_sound_viewer_dispose (GObject *object)
{
  WbSoundViewer *self = WB_SOUND_VIEWER (object);

  stop (self);
  g_clear_object (&self->child);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_SOUND_VIEWER);
  G_OBJECT_CLASS (wb_sound_viewer_parent_class)->dispose (object);
}

static void
bind_keys (WbSoundViewer *self)
{
  static const struct {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, "sound.toggle" },  { GDK_KEY_Left, "sound.back" },
    { GDK_KEY_Right, "sound.forward" }, { GDK_KEY_Home, "sound.start" },
    { GDK_KEY_Up, "sound.louder" },     { GDK_KEY_Down, "sound.softer" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
wb_sound_viewer_class_init (WbSoundViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_sound_viewer_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-sound-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSoundViewer, button);
  gtk_widget_class_bind_template_child (widget_class, WbSoundViewer, scale);
  gtk_widget_class_bind_template_child (widget_class, WbSoundViewer, loudness);
  gtk_widget_class_bind_template_child (widget_class, WbSoundViewer, position);
  gtk_widget_class_bind_template_child (widget_class, WbSoundViewer, volume);
  gtk_widget_class_bind_template_child (widget_class, WbSoundViewer, time);
  gtk_widget_class_bind_template_callback (widget_class, seek_cb);
  gtk_widget_class_bind_template_callback (widget_class, volume_cb);
  gtk_widget_class_install_action (widget_class, "sound.toggle", NULL, toggle_cb);
  gtk_widget_class_install_action (widget_class, "sound.back", NULL, jump_cb);
  gtk_widget_class_install_action (widget_class, "sound.forward", NULL, jump_cb);
  gtk_widget_class_install_action (widget_class, "sound.start", NULL, jump_cb);
  gtk_widget_class_install_action (widget_class, "sound.louder", NULL, loudness_cb);
  gtk_widget_class_install_action (widget_class, "sound.softer", NULL, loudness_cb);
}

static void
wb_sound_viewer_init (WbSoundViewer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_keys (self);
}

GtkWidget *
wb_sound_viewer_new (WbViewChild *child, const char *name)
{
  WbSoundViewer *self = g_object_new (WB_TYPE_SOUND_VIEWER, NULL);

  self->child = g_object_ref (child);
  wb_ui_set_description (GTK_WIDGET (self->button), name);
  g_signal_connect_object (child, "answered", G_CALLBACK (answered_cb), self, 0);
  g_signal_connect_object (child, "failed", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}

void
wb_sound_viewer_begin (WbSoundViewer *self)
{
  ask (self, WB_VIEW_TELL, 0);
  if (self->timer == 0)
    self->timer = g_timeout_add (TELL_MS, tell_cb, self);
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

guint
wb_sound_viewer_get_position (WbSoundViewer *self)
{
  return self->at;
}

guint
wb_sound_viewer_get_duration (WbSoundViewer *self)
{
  return self->duration;
}

gboolean
wb_sound_viewer_is_playing (WbSoundViewer *self)
{
  return self->playing;
}
