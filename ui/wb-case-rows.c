/* SPDX-License-Identifier: EUPL-1.2 */

/* How a record, a piece of evidence and a line of history look on a case page. */
#include "wb-case-rows.h"

#include <string.h>

#include "wb-closures.h"
#include "wb-format.h"
#include "wb-ui.h"

#define LONG_TEXT 2000 /* bytes: about half a page */
#define SUMMARY_VALUES 3
#define SUMMARY_CHARS 140 /* about two lines */

/* A key or hash broken over two lines gets no hyphen: that would be read as a part of it. */
static void
keep_whole (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

static GtkWidget *
short_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (strchr (text, ' ') == NULL)
    keep_whole (GTK_LABEL (label));
  return label;
}

/* A label lays out its whole text at once, and again for each width; a text view as it is seen. */
static GtkWidget *
long_text (const char *text)
{
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  return view;
}

GtkWidget *
wb_property_new (const char *label, const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new (label);
  GtkWidget *text = strlen (value) < LONG_TEXT ? short_text (value) : long_text (value);

  gtk_widget_add_css_class (box, "wb-property");
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

GtkWidget *
wb_property_row_new (const char *label, const char *value)
{
  GtkWidget *row = adw_preferences_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), wb_property_new (label, value));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  wb_ui_set_name (row, label);
  wb_ui_set_description (row, value);
  return row;
}

static char *
dup_reference (const WbRowContext *context, const char *id)
{
  const WbRecordName *name =
      context->names != NULL ? g_hash_table_lookup (context->names, id) : NULL;

  for (guint i = 0; context->records != NULL && i < context->records->len; i++) {
    const WbRecord *record = g_ptr_array_index (context->records, i);

    if (g_strcmp0 (record->id, id) == 0)
      return g_strdup (wb_record_get_short_reference (record));
  }
  return name != NULL ? wb_record_name_to_words (name) : g_strdup (id);
}

static char *
format_references (const WbRowContext *context, JsonNode *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array;

  if (json_node_get_value_type (value) == G_TYPE_STRING)
    return dup_reference (context, json_node_get_string (value));
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return g_strdup ("");
  array = json_node_get_array (value);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *one = dup_reference (context, json_array_get_string_element (array, i));

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_field (const WbRowContext *context, const WbField *field, JsonNode *value)
{
  if (field->type == WB_FIELD_RECORD || field->type == WB_FIELD_RECORDS)
    return format_references (context, value);
  return wb_model_format_value (context->model, field, value, context->zone, context->language);
}

void
wb_expander_add_fields (AdwExpanderRow *row,
                        const WbRecord *record,
                        const WbRowContext *context,
                        char **names)
{
  const WbRecordType *type = wb_model_find_type (context->model, record->type);

  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    JsonNode *value = json_object_get_member (record->fields, field->name);
    g_autofree char *text = NULL;

    if (value == NULL || JSON_NODE_HOLDS_NULL (value) ||
        (names != NULL && !g_strv_contains ((const char *const *) names, field->name)))
      continue;
    text = format_field (context, field, value);
    adw_expander_row_add_row (row, wb_property_row_new (field->label[context->language], text));
  }
}

static void
append_value (GString *text, const WbRecord *record, const WbRowContext *context, const char *name)
{
  const WbRecordType *type = wb_model_find_type (context->model, record->type);
  const WbField *field = type != NULL ? wb_record_type_find_field (type, name) : NULL;
  JsonNode *value = json_object_get_member (record->fields, name);
  g_autofree char *words = NULL;

  if (field == NULL || value == NULL || JSON_NODE_HOLDS_NULL (value))
    return;
  words = format_field (context, field, value);
  if (*words != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
}

/* The few values by which people tell records of one type apart. */
char *
wb_record_summary (const WbRecord *record, const WbRowContext *context)
{
  static const char *const names[] = { "substantiation", "when",     "site",   "role",
                                       "language",       "purpose",  "state",  "kind",
                                       "person",         "given_on", "urgency" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    append_value (text, record, context, names[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
record_title (const WbRecord *record, const WbRowContext *context)
{
  static const char *const names[] = { "account", "title", "text", "pseudonym" };
  const WbRecordType *type = wb_model_find_type (context->model, record->type);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *text = wb_record_get_text (record, names[i]);

    if (text != NULL && *text != '\0')
      return wb_text_first_line (text, SUMMARY_CHARS);
  }
  return g_strdup (type != NULL ? type->label[context->language] : record->type);
}

GtkWidget *
wb_reference_label_new (const char *reference)
{
  GtkWidget *label = gtk_label_new (reference);

  gtk_widget_add_css_class (label, "wb-reference");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

/* What a row opens to is made when it is opened: most rows of a case never are. */
typedef struct {
  const WbRecord *record;
  WbRowContext context;
} Fields;

static void
fields_free (gpointer data, GClosure *closure)
{
  Fields *fields = data;

  g_ptr_array_unref (fields->context.records);
  g_clear_pointer (&fields->context.names, g_hash_table_unref);
  wb_zone_unref ((WbZone *) fields->context.zone);
  g_free (fields);
}

/* What two persons decide stands as it was proposed, and what the program made as it was made. */
static gboolean
can_be_corrected (const WbRecord *record, const WbModel *model)
{
  const WbRecordType *type = wb_model_find_type (model, record->type);

  return type != NULL && !type->system && !g_str_equal (record->type, "decision");
}

static GtkWidget *
change_row_new (const WbRecord *record)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("C_hange…"));
  /* Translators: %s is a reference, such as A-1. */
  g_autofree char *name = g_strdup_printf (_ ("Change %s"), wb_record_get_short_reference (record));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.change-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", record->id);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "wb-in-row");
  wb_ui_set_name (button, name);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
fields_opened_cb (AdwExpanderRow *row, GParamSpec *pspec, Fields *fields)
{
  if (can_be_corrected (fields->record, fields->context.model))
    adw_expander_row_add_row (row, change_row_new (fields->record));
  wb_expander_add_fields (row, fields->record, &fields->context, NULL);
  g_signal_handlers_disconnect_by_func (row, fields_opened_cb, fields);
}

void
wb_expander_add_fields_later (AdwExpanderRow *row,
                              const WbRecord *record,
                              const WbRowContext *context)
{
  Fields *fields = g_new0 (Fields, 1);

  fields->record = record;
  fields->context = *context;
  g_ptr_array_ref (fields->context.records); /* the record is among them */
  if (context->names != NULL)
    g_hash_table_ref (context->names);
  wb_zone_ref ((WbZone *) fields->context.zone);
  g_signal_connect_data (row,
                         "notify::expanded",
                         G_CALLBACK (fields_opened_cb),
                         fields,
                         fields_free,
                         0);
}

static AdwExpanderRow *
expander_new (const char *reference, const char *title, const char *subtitle)
{
  AdwExpanderRow *row = ADW_EXPANDER_ROW (adw_expander_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (row, subtitle);
  if (reference != NULL)
    adw_expander_row_add_prefix (row, wb_reference_label_new (reference));
  wb_ui_name_expander (row, reference, subtitle);
  return row;
}

GtkWidget *
wb_record_row_new (const WbRecord *record, const WbRowContext *context)
{
  g_autofree char *title = record_title (record, context);
  g_autofree char *summary = wb_record_summary (record, context);
  AdwExpanderRow *row = expander_new (wb_record_get_short_reference (record), title, summary);

  wb_expander_add_fields_later (row, record, context);
  return GTK_WIDGET (row);
}

/* The first words of a record that are no name: what its form begins with. */
static const char *
first_words (const WbRecord *record, const WbRecordType *type)
{
  for (guint i = 0; type != NULL && i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    const char *text;

    if ((field->type != WB_FIELD_TEXT && field->type != WB_FIELD_LONGTEXT) ||
        wb_field_is_apart (field))
      continue;
    text = wb_record_get_text (record, field->name);
    if (text != NULL && *text != '\0')
      return text;
  }
  return NULL;
}

/* The first few values in the order of the form. */
static char *
model_summary (const WbRecord *record, const WbRecordType *type, const WbRowContext *context)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; type != NULL && i < type->fields->len && n < SUMMARY_VALUES; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);
    gsize before = text->len;

    if (field->type == WB_FIELD_TEXT || field->type == WB_FIELD_LONGTEXT ||
        field->type == WB_FIELD_TERMS || field->type == WB_FIELD_BOOLEAN ||
        wb_field_is_apart (field))
      continue;
    append_value (text, record, context, field->name);
    n += text->len > before;
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

GtkWidget *
wb_other_row_new (const WbRecord *record, const WbRowContext *context)
{
  const WbRecordType *type = wb_model_find_type (context->model, record->type);
  const char *words = first_words (record, type);
  g_autofree char *title = words != NULL ? wb_text_first_line (words, SUMMARY_CHARS) : NULL;
  g_autofree char *summary = model_summary (record, type, context);
  g_autofree char *subtitle = g_strjoin (title != NULL && *summary != '\0' ? " · " : "",
                                         title != NULL ? title : "",
                                         summary,
                                         NULL);
  AdwExpanderRow *row = expander_new (wb_record_get_short_reference (record),
                                      type != NULL ? type->label[context->language] : record->type,
                                      subtitle);

  wb_expander_add_fields_later (row, record, context);
  return GTK_WIDGET (row);
}

static guint64
get_size (const WbRecord *record)
{
  JsonNode *node = json_object_get_member (record->fields, "size");

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64
             ? (guint64) json_node_get_int (node)
             : 0;
}

static GtkWidget *
view_button_new (const WbRecord *record)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("view-reveal-symbolic");
  /* Translators: %s is a reference, such as E-1. */
  g_autofree char *name = g_strdup_printf (_ ("View %s"), wb_record_get_short_reference (record));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.view-evidence");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", record->id);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  wb_ui_set_name (button, name);
  return button;
}

GtkWidget *
wb_evidence_row_new (const WbRecord *record, const WbRowContext *context)
{
  const char *name = wb_record_get_text (record, "name");
  const char *title = wb_record_get_text (record, "title");
  const char *hash = wb_record_get_text (record, "sha256");
  g_autofree char *size = wb_format_size (get_size (record), context->language);
  g_autofree char *when = wb_format_instant (record->created, context->zone, context->language);
  g_autofree char *short_hash = wb_words_short_hash (hash);
  g_autofree char *subtitle = NULL;
  AdwExpanderRow *row;

  if (hash != NULL)
    subtitle = g_strdup_printf ("%s · %s · SHA-256 %s", size, when, short_hash);
  else
    subtitle = g_strdup (when);
  row = expander_new (wb_record_get_short_reference (record),
                      title != NULL  ? title
                      : name != NULL ? name
                                     : _ ("Evidence"),
                      subtitle);
  if (hash != NULL)
    adw_expander_row_add_action (row, view_button_new (record));
  wb_expander_add_fields_later (row, record, context);
  return GTK_WIDGET (row);
}

static GtkWidget *
looked_icon (void)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("view-reveal-symbolic");

  gtk_widget_set_tooltip_text (icon, _ ("Somebody looked at, exported or printed data"));
  gtk_widget_add_css_class (icon, "dim-label");
  return icon;
}

static void
history_opened_cb (AdwExpanderRow *row, GParamSpec *pspec, const char *fields)
{
  adw_expander_row_add_row (row, wb_property_row_new (_ ("What was set"), fields));
  g_signal_handlers_disconnect_by_func (row, history_opened_cb, (gpointer) fields);
}

static void
free_text (gpointer text, GClosure *closure)
{
  g_free (text);
}

static GtkWidget *
check_button (const WbHistoryLine *line)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("object-select-symbolic");
  /* Translators: %s is what was done, such as "Allegation A-1: changed". */
  g_autofree char *name = g_strdup_printf (_ ("Check this entry: %s"), line->words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.check-entry");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "t", line->number);
  gtk_widget_set_tooltip_text (button, _ ("Check This Entry"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_name (button, "wb-check");
  wb_ui_set_name (button, name);
  return button;
}

GtkWidget *
wb_history_row_new (const WbHistoryLine *line)
{
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", line->when, line->author);
  AdwExpanderRow *row = expander_new (NULL, line->words, subtitle);

  if (line->looked)
    adw_expander_row_add_action (row, looked_icon ());
  adw_expander_row_add_action (row, check_button (line));
  if (line->fields != NULL)
    g_signal_connect_data (row,
                           "notify::expanded",
                           G_CALLBACK (history_opened_cb),
                           g_strdup (line->fields),
                           free_text,
                           0);
  else
    adw_expander_row_set_enable_expansion (row, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (row), "wb-history");
  return GTK_WIDGET (row);
}
