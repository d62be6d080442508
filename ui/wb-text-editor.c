/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * One line of text, and what is typed as one: a moment, a date, a whole number. A moment shows
 * while it is typed how it will be understood.
 */
#include "wb-editor.h"
#include "wb-ui.h"

#include <string.h>

#include "wb-format.h"
#include "wb-moment.h"

#define INTEGER_CHARS 20

struct _WbTextEditor {
  AdwBin parent_instance;

  GtkText *text;
  WbFieldType type;
  gint64 minimum, maximum;
  WbZone *zone;
  WbLanguage language;
  JsonNode *kept; /* (nullable): a value that text alone cannot say, until it is changed */
};

static void wb_text_editor_editor_init (WbEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbTextEditor,
                               wb_text_editor,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_EDITOR, wb_text_editor_editor_init))

static char *
dup_stripped (WbTextEditor *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text))));
}

/* In either language, whatever the language of the program. */
static gboolean
says_unknown (const char *text)
{
  return g_ascii_strcasecmp (text, "unknown") == 0 || g_ascii_strcasecmp (text, "onbekend") == 0;
}

/* People write 21-7-2026 14:30; the register reads 2026-07-21T14:30. */
static char *
moment_from_people (const char *text)
{
  g_autoptr (GRegex) day = g_regex_new ("^(\\d{1,2})[-./](\\d{1,2})[-./](\\d{4})"
                                        "(?:[ T]+(\\d{1,2})[:.](\\d{2}))?$",
                                        0,
                                        0,
                                        NULL);
  g_autoptr (GRegex) month = g_regex_new ("^(\\d{1,2})[-./](\\d{4})$", 0, 0, NULL);
  g_autoptr (GRegex) iso = g_regex_new ("^(\\d{4}-\\d{2}-\\d{2}) +(\\d{2}:\\d{2})$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_auto (GStrv) part = NULL;

  if (g_regex_match (day, text, 0, &match)) {
    part = g_match_info_fetch_all (match);
    if (g_strv_length (part) < 6)
      return g_strdup_printf ("%s-%02d-%02d", part[3], atoi (part[2]), atoi (part[1]));
    return g_strdup_printf ("%s-%02d-%02dT%02d:%s",
                            part[3],
                            atoi (part[2]),
                            atoi (part[1]),
                            atoi (part[4]),
                            part[5]);
  }
  g_clear_pointer (&match, g_match_info_free);
  if (g_regex_match (month, text, 0, &match)) {
    part = g_match_info_fetch_all (match);
    return g_strdup_printf ("%s-%02d", part[2], atoi (part[1]));
  }
  return g_regex_replace (iso, text, -1, 0, "\\1T\\2", 0, NULL);
}

static WbMoment *
parse_moment (WbTextEditor *self, const char *text, GError **error)
{
  g_autofree char *form = says_unknown (text) ? g_strdup ("unknown") : moment_from_people (text);

  return wb_moment_parse_said (form, self->zone, wb_clock_now (), error);
}

static gboolean
parse_integer (WbTextEditor *self, const char *text, gint64 *ret_value, GError **error)
{
  gint64 minimum = self->minimum < self->maximum ? self->minimum : G_MININT64;
  gint64 maximum = self->minimum < self->maximum ? self->maximum : G_MAXINT64;

  return g_ascii_string_to_signed (text, 10, minimum, maximum, ret_value, error);
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
moment_node (WbTextEditor *self, const char *text)
{
  g_autoptr (WbMoment) moment = parse_moment (self, text, NULL);

  return moment != NULL ? wb_moment_to_json (moment) : NULL;
}

static JsonNode *
date_node (const char *text)
{
  g_autofree char *form = moment_from_people (text);
  WbDate date;

  return wb_date_parse (form, &date, NULL) ? string_node (form) : NULL;
}

static JsonNode *
wb_text_editor_dup_value (WbEditor *editor)
{
  WbTextEditor *self = WB_TEXT_EDITOR (editor);
  g_autofree char *text = dup_stripped (self);
  gint64 number = 0;

  if (self->kept != NULL)
    return json_node_copy (self->kept);
  if (*text == '\0')
    return NULL;
  if (self->type == WB_FIELD_MOMENT)
    return moment_node (self, text);
  if (self->type == WB_FIELD_DATE)
    return date_node (text);
  if (self->type != WB_FIELD_INTEGER)
    return string_node (text);
  return parse_integer (self, text, &number, NULL) ? json_node_init_int (json_node_alloc (), number)
                                                   : NULL;
}

static JsonNode *
wb_text_editor_dup_draft (WbEditor *editor)
{
  WbTextEditor *self = WB_TEXT_EDITOR (editor);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));

  if (self->kept != NULL)
    return json_node_copy (self->kept);
  return *text != '\0' ? string_node (text) : NULL;
}

static void changed_cb (GtkEditable *editable, WbTextEditor *self);

/* The register's T between date and time is not how people write it. */
static char *
text_for_people (WbTextEditor *self, const char *text)
{
  g_autofree char *shown = g_strdup (text);

  if (self->type == WB_FIELD_MOMENT && strlen (shown) == strlen ("2026-07-21T14:30") &&
      shown[10] == 'T')
    shown[10] = ' ';
  return g_steal_pointer (&shown);
}

static void
wb_text_editor_set_value (WbEditor *editor, JsonNode *value)
{
  WbTextEditor *self = WB_TEXT_EDITOR (editor);
  g_autofree char *number = NULL;
  g_autofree char *shown = NULL;
  const char *text = "";

  g_clear_pointer (&self->kept, json_node_unref);
  if (value != NULL && JSON_NODE_HOLDS_OBJECT (value)) {
    JsonObject *object = json_node_get_object (value);

    self->kept = json_node_copy (value);
    text = json_object_get_string_member_with_default (object, "at", "");
  } else if (value != NULL && json_node_get_value_type (value) == G_TYPE_INT64) {
    number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
    text = number;
  } else if (value != NULL && json_node_get_value_type (value) == G_TYPE_STRING) {
    text = json_node_get_string (value);
  }
  shown = text_for_people (self, text);
  g_signal_handlers_block_by_func (self->text, changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->text), shown);
  g_signal_handlers_unblock_by_func (self->text, changed_cb, self);
}

static char *
note_moment (WbTextEditor *self, const char *text, gboolean *ret_wrong)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbMoment) moment = self->kept != NULL
                                    ? wb_moment_parse (self->kept, self->zone, &error)
                                    : parse_moment (self, text, &error);

  *ret_wrong = moment == NULL;
  return moment != NULL ? wb_moment_to_words (moment, self->language) : g_strdup (error->message);
}

static char *
note_date (WbTextEditor *self, const char *text, gboolean *ret_wrong)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *form = moment_from_people (text);
  WbDate date;

  *ret_wrong = !wb_date_parse (form, &date, &error);
  return *ret_wrong ? g_strdup (error->message) : wb_format_date (date, self->language);
}

static char *
wb_text_editor_dup_note (WbEditor *editor, gboolean *ret_wrong)
{
  WbTextEditor *self = WB_TEXT_EDITOR (editor);
  g_autofree char *text = dup_stripped (self);
  gint64 number = 0;

  *ret_wrong = FALSE;
  if (*text == '\0')
    return NULL;
  if (self->type == WB_FIELD_MOMENT)
    return note_moment (self, text, ret_wrong);
  if (self->type == WB_FIELD_DATE)
    return note_date (self, text, ret_wrong);
  if (self->type != WB_FIELD_INTEGER || parse_integer (self, text, &number, NULL))
    return NULL;
  *ret_wrong = TRUE;
  return g_strdup (_ ("Fill in a whole number"));
}

static void
wb_text_editor_editor_init (WbEditorInterface *iface)
{
  iface->dup_value = wb_text_editor_dup_value;
  iface->dup_draft = wb_text_editor_dup_draft;
  iface->set_value = wb_text_editor_set_value;
  iface->dup_note = wb_text_editor_dup_note;
}

static void
changed_cb (GtkEditable *editable, WbTextEditor *self)
{
  g_clear_pointer (&self->kept, json_node_unref);
  wb_editor_changed (WB_EDITOR (self));
}

static gboolean
wb_text_editor_grab_focus (GtkWidget *widget)
{
  return gtk_text_grab_focus_without_selecting (WB_TEXT_EDITOR (widget)->text);
}

static void
wb_text_editor_finalize (GObject *object)
{
  WbTextEditor *self = WB_TEXT_EDITOR (object);

  g_clear_pointer (&self->zone, wb_zone_unref);
  g_clear_pointer (&self->kept, json_node_unref);
  G_OBJECT_CLASS (wb_text_editor_parent_class)->finalize (object);
}

static void
wb_text_editor_class_init (WbTextEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_text_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_text_editor_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = wb_ui_focus_within;
}

static void
wb_text_editor_init (WbTextEditor *self)
{
  /* A text by itself, which has the focus, is told by no other role. */
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  /* What is typed here must not end up in an input method's memory. */
  gtk_text_set_input_hints (self->text, GTK_INPUT_HINT_PRIVATE);
  gtk_text_set_enable_emoji_completion (self->text, FALSE);
  g_signal_connect (self->text, "changed", G_CALLBACK (changed_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->text));
}

GtkWidget *
wb_text_editor_new (const WbField *field, WbZone *zone, WbLanguage language)
{
  WbTextEditor *self = g_object_new (WB_TYPE_TEXT_EDITOR, NULL);

  self->type = field->type;
  self->minimum = field->minimum;
  self->maximum = field->maximum;
  self->zone = zone != NULL ? wb_zone_ref (zone) : NULL;
  self->language = language;
  if (field->type == WB_FIELD_MOMENT)
    gtk_text_set_placeholder_text (self->text, _ ("2026-07-21 14:30, 2026-07, 2026 or unknown"));
  if (field->type == WB_FIELD_DATE)
    gtk_text_set_placeholder_text (self->text, _ ("2026-07-21"));
  if (field->type == WB_FIELD_INTEGER) {
    gtk_text_set_input_purpose (self->text, GTK_INPUT_PURPOSE_NUMBER);
    gtk_text_set_max_length (self->text, INTEGER_CHARS);
  }
  return GTK_WIDGET (self);
}
