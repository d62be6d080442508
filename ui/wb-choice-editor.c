/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * Terms, languages, countries and records: what is chosen stands one below the other (Dutch terms
 * are long), and a searchable list adds to it. Weighed terms carry a note each.
 */
#include "wb-editor.h"
#include "wb-ui.h"

#include "wb-case-search.h"
#include "wb-choice.h"
#include "wb-picker.h"
#include "wb-record-name.h"

struct _WbChoiceEditor {
  GtkBox parent_instance;

  GtkBox *chosen_box;
  GtkMenuButton *button;
  GListModel *choices; /* (nullable): made when first asked for */
  GPtrArray *codes;    /* (element-type utf8): chosen, in order */
  WbCaseSearch *cases; /* (nullable): makes the choices of a field that points at cases */
  GHashTable *labels;  /* code -> label of what was picked from them */
  GHashTable *notes;   /* code -> note; for terms */
  GHashTable *results; /* code -> code of the answer; for terms that ask one */
  const WbField *field;
  WbEditorContext context;
};

static void wb_choice_editor_editor_init (WbEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbChoiceEditor,
                               wb_choice_editor,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_EDITOR, wb_choice_editor_editor_init))

static void show_chosen (WbChoiceEditor *self);

static gboolean
is_multiple (WbChoiceEditor *self)
{
  return self->field->type == WB_FIELD_CODES || self->field->type == WB_FIELD_RECORDS ||
         self->field->type == WB_FIELD_TERMS || self->field->type == WB_FIELD_LANGUAGES;
}

static GListModel *
get_choices (WbChoiceEditor *self)
{
  if (self->choices == NULL && self->cases != NULL)
    self->choices = g_object_ref (wb_case_search_get_choices (self->cases));
  if (self->choices == NULL)
    self->choices =
        wb_choices_for_field (self->context.model,
                              self->field,
                              self->context.records,
                              wb_zone_to_local (self->context.zone, wb_clock_now ()).date,
                              self->context.language);
  return self->choices;
}

static WbChoice *
find_choice (WbChoiceEditor *self, const char *code)
{
  GListModel *choices = get_choices (self);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (choices, i);

    if (g_str_equal (wb_choice_get_code (choice), code))
      return choice; /* the list keeps it */
  }
  return NULL;
}

static char *
dup_label (WbChoiceEditor *self, const char *code)
{
  const WbTerm *term;
  WbChoice *choice;

  if (self->field->type == WB_FIELD_LANGUAGE || self->field->type == WB_FIELD_LANGUAGES)
    return wb_model_language_name (code, self->context.language);
  if (self->field->type == WB_FIELD_COUNTRY)
    return wb_model_country_name (code, self->context.language);
  if (self->context.names != NULL && g_hash_table_contains (self->context.names, code))
    return wb_record_name_to_words (g_hash_table_lookup (self->context.names, code));
  term = wb_model_find_term (self->context.model, code);
  if (term != NULL)
    return g_strdup (term->label[self->context.language]);
  if (g_hash_table_contains (self->labels, code))
    return g_strdup (g_hash_table_lookup (self->labels, code));
  choice = find_choice (self, code);
  return g_strdup (choice != NULL ? wb_choice_get_label (choice) : code);
}

static gboolean
find_code (WbChoiceEditor *self, const char *code, guint *ret_index)
{
  return g_ptr_array_find_with_equal_func (self->codes, code, g_str_equal, ret_index);
}

static void
mark_choices (WbChoiceEditor *self)
{
  if (self->choices == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (self->choices); i++) {
    g_autoptr (WbChoice) choice = g_list_model_get_item (self->choices, i);

    wb_choice_set_selected (choice, find_code (self, wb_choice_get_code (choice), NULL));
  }
}

static void
remove_code (WbChoiceEditor *self, const char *code)
{
  guint index = 0;

  if (!find_code (self, code, &index))
    return;
  g_hash_table_remove (self->notes, code);
  g_hash_table_remove (self->results, code);
  g_ptr_array_remove_index (self->codes, index);
}

static void
picked_cb (WbPicker *picker, WbChoice *choice, WbChoiceEditor *self)
{
  const char *code = wb_choice_get_code (choice);

  if (find_code (self, code, NULL)) {
    remove_code (self, code);
  } else {
    if (!is_multiple (self))
      g_ptr_array_set_size (self->codes, 0);
    g_ptr_array_add (self->codes, g_strdup (code));
    g_hash_table_insert (self->labels, g_strdup (code), g_strdup (wb_choice_get_label (choice)));
  }
  show_chosen (self);
  wb_editor_changed (WB_EDITOR (self));
}

static void
answered_cb (WbCaseSearch *search, WbChoiceEditor *self)
{
  GtkPopover *picker = gtk_menu_button_get_popover (self->button);

  mark_choices (self);
  if (picker != NULL)
    wb_picker_take_answer (WB_PICKER (picker));
}

static void
create_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  WbChoiceEditor *self = user_data;
  GtkWidget *picker;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  picker = wb_picker_new (get_choices (self), is_multiple (self));
  mark_choices (self);
  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), self);
  if (self->cases != NULL) {
    wb_picker_ask_elsewhere (WB_PICKER (picker));
    g_signal_connect_object (picker,
                             "search-requested",
                             G_CALLBACK (wb_case_search_ask),
                             self->cases,
                             G_CONNECT_SWAPPED);
  }
  gtk_menu_button_set_popover (button, picker);
}

static void
remove_cb (GtkButton *button, WbChoiceEditor *self)
{
  g_autofree char *code = g_strdup (g_object_get_data (G_OBJECT (button), "code"));

  remove_code (self, code);
  show_chosen (self);
  wb_editor_changed (WB_EDITOR (self));
}

static void
note_changed_cb (GtkEditable *editable, WbChoiceEditor *self)
{
  const char *code = g_object_get_data (G_OBJECT (editable), "code");

  g_hash_table_insert (self->notes, g_strdup (code), g_strdup (gtk_editable_get_text (editable)));
  wb_editor_changed (WB_EDITOR (self));
}

static GtkWidget *
note_entry (WbChoiceEditor *self, const char *code)
{
  GtkWidget *entry = gtk_entry_new ();
  const char *note = g_hash_table_lookup (self->notes, code);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Note"));
  gtk_entry_set_input_hints (GTK_ENTRY (entry), GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_text (GTK_EDITABLE (entry), note != NULL ? note : "");
  g_object_set_data_full (G_OBJECT (entry), "code", g_strdup (code), g_free);
  g_signal_connect (entry, "changed", G_CALLBACK (note_changed_cb), self);
  return entry;
}

static void
result_changed_cb (GtkDropDown *down, GParamSpec *pspec, WbChoiceEditor *self)
{
  const char *code = g_object_get_data (G_OBJECT (down), "code");
  GPtrArray *terms = g_object_get_data (G_OBJECT (down), "terms");
  guint selected = gtk_drop_down_get_selected (down);

  if (selected == 0 || selected > terms->len) {
    g_hash_table_remove (self->results, code);
  } else {
    const WbTerm *term = g_ptr_array_index (terms, selected - 1);

    g_hash_table_insert (self->results, g_strdup (code), g_strdup (term->code));
  }
  wb_editor_changed (WB_EDITOR (self));
}

/* The answer to a weighed term, such as met or partly met. */
static GtkWidget *
result_drop_down (WbChoiceEditor *self, const char *code)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GPtrArray *terms = wb_model_list_terms (self->context.model, self->field->results);
  const char *chosen = g_hash_table_lookup (self->results, code);
  GtkWidget *down = gtk_drop_down_new (NULL, NULL);

  /* Translators: no answer to a weighed criterion yet. */
  gtk_string_list_append (labels, _ ("No answer yet"));
  for (guint i = 0; i < terms->len; i++)
    gtk_string_list_append (
        labels,
        ((const WbTerm *) g_ptr_array_index (terms, i))->label[self->context.language]);
  gtk_drop_down_set_model (GTK_DROP_DOWN (down), G_LIST_MODEL (labels));
  for (guint i = 0; chosen != NULL && i < terms->len; i++)
    if (g_str_equal (((const WbTerm *) g_ptr_array_index (terms, i))->code, chosen))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (down), i + 1);
  g_object_set_data_full (G_OBJECT (down), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (down), "terms", terms, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (down, "notify::selected", G_CALLBACK (result_changed_cb), self);
  return down;
}

static GtkWidget *
remove_button (WbChoiceEditor *self, const char *code, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: takes a chosen term out of a form; %s is the term. */
  g_autofree char *name = g_strdup_printf (_ ("Remove “%s”"), label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "wb-small-button");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static GtkWidget *
chosen_row (WbChoiceEditor *self, const char *code)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *label = dup_label (self, code);
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), text);
  if (self->field->type == WB_FIELD_TERMS && self->field->results != NULL)
    gtk_box_append (GTK_BOX (column), result_drop_down (self, code));
  if (self->field->type == WB_FIELD_TERMS)
    gtk_box_append (GTK_BOX (column), note_entry (self, code));
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (row), remove_button (self, code, label));
  return row;
}

static void
show_chosen (WbChoiceEditor *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chosen_box))) != NULL)
    gtk_box_remove (self->chosen_box, child);
  for (guint i = 0; i < self->codes->len; i++)
    gtk_box_append (self->chosen_box, chosen_row (self, g_ptr_array_index (self->codes, i)));
  if (self->codes->len == 0) {
    GtkWidget *none = gtk_label_new (_ ("Not filled in"));

    gtk_label_set_xalign (GTK_LABEL (none), 0);
    gtk_widget_add_css_class (none, "dim-label");
    gtk_box_append (self->chosen_box, none);
  }
  mark_choices (self);
}

static JsonNode *
codes_node (WbChoiceEditor *self)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < self->codes->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (self->codes, i));
  return json_node_init_array (json_node_alloc (), array);
}

static JsonObject *
answer_object (const char *result, const char *note)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "result", result);
  if (note != NULL && *note != '\0')
    json_object_set_string_member (object, "note", note);
  return object;
}

static JsonNode *
terms_node (WbChoiceEditor *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; i < self->codes->len; i++) {
    const char *code = g_ptr_array_index (self->codes, i);
    const char *note = g_hash_table_lookup (self->notes, code);
    const char *result = g_hash_table_lookup (self->results, code);

    if (result != NULL)
      json_object_set_object_member (object, code, answer_object (result, note));
    else
      json_object_set_string_member (object, code, note != NULL ? note : "");
  }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
wb_choice_editor_dup_value (WbEditor *editor)
{
  WbChoiceEditor *self = WB_CHOICE_EDITOR (editor);

  if (self->codes->len == 0)
    return NULL;
  if (self->field->type == WB_FIELD_TERMS)
    return terms_node (self);
  if (is_multiple (self))
    return codes_node (self);
  return json_node_init_string (json_node_alloc (), g_ptr_array_index (self->codes, 0));
}

static void
take_array (WbChoiceEditor *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (self->codes, g_strdup (json_array_get_string_element (array, i)));
}

static void
take_terms (WbChoiceEditor *self, JsonObject *object)
{
  JsonObjectIter iter;
  const char *code, *result, *note;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &code, NULL)) {
    wb_model_read_term (object, code, &result, &note);
    g_ptr_array_add (self->codes, g_strdup (code));
    if (note != NULL)
      g_hash_table_insert (self->notes, g_strdup (code), g_strdup (note));
    if (result != NULL)
      g_hash_table_insert (self->results, g_strdup (code), g_strdup (result));
  }
}

static void
wb_choice_editor_set_value (WbEditor *editor, JsonNode *value)
{
  WbChoiceEditor *self = WB_CHOICE_EDITOR (editor);

  g_ptr_array_set_size (self->codes, 0);
  g_hash_table_remove_all (self->notes);
  g_hash_table_remove_all (self->results);
  if (value != NULL && JSON_NODE_HOLDS_ARRAY (value))
    take_array (self, json_node_get_array (value));
  else if (value != NULL && JSON_NODE_HOLDS_OBJECT (value))
    take_terms (self, json_node_get_object (value));
  else if (value != NULL && json_node_get_value_type (value) == G_TYPE_STRING)
    g_ptr_array_add (self->codes, json_node_dup_string (value));
  show_chosen (self);
}

static void
wb_choice_editor_editor_init (WbEditorInterface *iface)
{
  iface->dup_value = wb_choice_editor_dup_value;
  iface->set_value = wb_choice_editor_set_value;
}

static gboolean
wb_choice_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_CHOICE_EDITOR (widget)->button));
}

static void
wb_choice_editor_finalize (GObject *object)
{
  WbChoiceEditor *self = WB_CHOICE_EDITOR (object);

  g_clear_object (&self->choices);
  g_clear_object (&self->cases);
  g_clear_pointer (&self->context.records, g_ptr_array_unref);
  g_clear_pointer (&self->context.names, g_hash_table_unref);
  g_ptr_array_unref (self->codes);
  g_hash_table_unref (self->labels);
  g_hash_table_unref (self->notes);
  g_hash_table_unref (self->results);
  G_OBJECT_CLASS (wb_choice_editor_parent_class)->finalize (object);
}

static void
wb_choice_editor_class_init (WbChoiceEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_choice_editor_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_choice_editor_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = wb_ui_focus_within;
}

/* Typing on the closed list opens it and searches: no key is spent on opening. */
static gboolean
key_cb (GtkEventControllerKey *keys,
        guint key,
        guint code,
        GdkModifierType state,
        WbChoiceEditor *self)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  GtkPopover *popover = gtk_menu_button_get_popover (self->button);
  char text[7] = "";

  if ((popover != NULL && gtk_widget_get_visible (GTK_WIDGET (popover))) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isalnum (letter))
    return GDK_EVENT_PROPAGATE;
  g_unichar_to_utf8 (letter, text);
  gtk_menu_button_popup (self->button);
  popover = gtk_menu_button_get_popover (self->button);
  if (popover != NULL)
    wb_picker_begin (WB_PICKER (popover), text);
  return GDK_EVENT_STOP;
}

static void
wb_choice_editor_init (WbChoiceEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->chosen_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  gtk_widget_set_hexpand (GTK_WIDGET (self->chosen_box), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->chosen_box), GTK_ALIGN_CENTER);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->chosen_box));
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "pan-down-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_END);
  gtk_menu_button_set_create_popup_func (self->button, create_popup_cb, self, NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->button), keys);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->button));
}

static void
look_for_cases (WbChoiceEditor *self)
{
  gboolean record = self->field->type == WB_FIELD_RECORD || self->field->type == WB_FIELD_RECORDS;

  if (!record || g_strcmp0 (self->field->target, "case") != 0 || self->context.session == NULL)
    return;
  self->cases = wb_case_search_new (self->context.session, self->context.case_id);
  g_signal_connect_object (self->cases, "answered", G_CALLBACK (answered_cb), self, 0);
}

GtkWidget *
wb_choice_editor_new (const WbField *field, const WbEditorContext *context)
{
  WbChoiceEditor *self = g_object_new (WB_TYPE_CHOICE_EDITOR, NULL);
  /* Translators: opens the list of a field; %s is the field. */
  g_autofree char *name = g_strdup_printf (_ ("Choose: %s"), field->label[context->language]);

  self->field = field;
  self->context = *context;
  if (context->records != NULL)
    g_ptr_array_ref (context->records);
  if (context->names != NULL)
    g_hash_table_ref (context->names);
  look_for_cases (self);
  self->context.session = NULL; /* the search has them */
  self->context.case_id = NULL;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Choose"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  show_chosen (self);
  return GTK_WIDGET (self);
}

void
wb_choice_editor_popup (WbChoiceEditor *self)
{
  gtk_menu_button_popup (self->button);
}
