/* SPDX-License-Identifier: EUPL-1.2 */

/* Consent as it is asked: the questions come from the model, the rows below them are those of the
 * consent record. It knows no register: answers in, answers and a signal out. */
#include "wb-consent-group.h"

#include "wb-field-row.h"
#include "wb-i18n.h"
#include "wb-question.h"
#include "wb-ui.h"

/* What more is told of the answers, and when it is asked. */
typedef enum { WITH_RECIPIENTS, WITH_OTHER, WITH_SCOPE, WITH_ANY, WITH_CHILD } Need;

static const struct {
  const char *field; /* of a consent record */
  const char *key;   /* of the answers */
  Need need;
} DETAILS[] = {
  { "recipient", "recipients", WITH_RECIPIENTS },
  { "recipient_name", "recipient_name", WITH_OTHER },
  { "scope", "scope", WITH_SCOPE },
  { "language", "language", WITH_ANY },
  { "interpreter", "interpreter", WITH_ANY },
  { "capacity", "capacity", WITH_ANY },
  { "text_version", "text_version", WITH_CHILD },
};

struct _WbConsentGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *answers; /* (element-type WbEditor): borrowed, one a question, in their order */
  WbFieldRow *details[G_N_ELEMENTS (DETAILS)];
  GtkLabel *blocks;
  GtkWidget *blocks_row;
  WbField recipients; /* as the record's field, but several: each becomes a record */
  WbLanguage language;
};

G_DEFINE_FINAL_TYPE (WbConsentGroup, wb_consent_group, ADW_TYPE_PREFERENCES_GROUP)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const WbQuestion *
get_question (guint index)
{
  return g_ptr_array_index (wb_questions_get_all (), index);
}

/* "yes", "no", or NULL: not asked yet */
static const char *
get_answer (WbConsentGroup *self, guint index)
{
  g_autoptr (JsonNode) value = wb_editor_dup_value (g_ptr_array_index (self->answers, index));

  if (value == NULL)
    return NULL;
  return json_node_get_boolean (value) ? "yes" : "no";
}

static gboolean
is_any_answered (WbConsentGroup *self)
{
  for (guint i = 0; i < self->answers->len; i++)
    if (get_answer (self, i) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_yes (WbConsentGroup *self, gboolean recipients)
{
  for (guint i = 0; i < self->answers->len; i++) {
    const WbQuestion *question = get_question (i);

    if ((recipients ? question->recipients : question->scope) &&
        g_strcmp0 (get_answer (self, i), "yes") == 0)
      return TRUE;
  }
  return FALSE;
}

static WbFieldRow *
find_detail (WbConsentGroup *self, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++)
    if (g_str_equal (DETAILS[i].key, key))
      return self->details[i];
  return NULL;
}

/* One of the codes of a detail is @code. */
static gboolean
holds (WbConsentGroup *self, const char *key, const char *code)
{
  g_autoptr (JsonNode) value = wb_field_row_dup_value (find_detail (self, key));

  if (value == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return g_strcmp0 (json_node_get_string (value), code) == 0;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (value)); i++)
    if (g_str_equal (json_array_get_string_element (json_node_get_array (value), i), code))
      return TRUE;
  return FALSE;
}

static gboolean
is_needed (WbConsentGroup *self, Need need)
{
  switch (need) {
  case WITH_RECIPIENTS:
    return is_yes (self, TRUE);
  case WITH_OTHER:
    return is_yes (self, TRUE) && holds (self, "recipients", "target.other");
  case WITH_SCOPE:
    return is_yes (self, FALSE);
  case WITH_CHILD:
    return is_any_answered (self) && holds (self, "capacity", "capacity.minor");
  case WITH_ANY:
  default:
    return is_any_answered (self);
  }
}

/* One line, and none where everything was asked. */
static void
show_blocks (WbConsentGroup *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->answers->len; i++)
    if (get_answer (self, i) == NULL)
      g_string_append_printf (text,
                              "%s%s",
                              text->len > 0 ? ", " : "",
                              get_question (i)->blocks[self->language]);
  gtk_widget_set_visible (self->blocks_row, text->len > 0);
  if (text->len > 0) {
    /* Translators: %s is a list of what cannot be done while a question was not asked. */
    g_autofree char *words = g_strdup_printf (_ ("Until it is asked: %s."), text->str);

    gtk_label_set_label (self->blocks, words);
  }
}

static void
show_details (WbConsentGroup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++)
    gtk_widget_set_visible (GTK_WIDGET (self->details[i]), is_needed (self, DETAILS[i].need));
  show_blocks (self);
}

static void
changed_cb (GtkWidget *source, WbConsentGroup *self)
{
  show_details (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Answered by a key: on to the next question, or to what the last answer asks for. */
static void
answered_cb (WbBooleanEditor *editor, WbConsentGroup *self)
{
  guint index = 0;

  if (!g_ptr_array_find (self->answers, editor, &index))
    return;
  if (index + 1 < self->answers->len)
    gtk_widget_grab_focus (GTK_WIDGET (g_ptr_array_index (self->answers, index + 1)));
  else
    for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++)
      if (gtk_widget_get_visible (GTK_WIDGET (self->details[i]))) {
        gtk_widget_grab_focus (GTK_WIDGET (self->details[i]));
        return;
      }
}

static GtkWidget *
wrapped_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

static GtkWidget *
plain_row (GtkWidget *box)
{
  GtkWidget *row = adw_preferences_row_new ();

  gtk_widget_add_css_class (box, "wb-in-row");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
add_question (WbConsentGroup *self, const WbQuestion *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *editor = wb_boolean_editor_new ();
  const char *label = question->label[self->language];
  GtkWidget *row = plain_row (box);

  wb_boolean_editor_set_open_label (WB_BOOLEAN_EDITOR (editor), _ ("Not asked yet"));
  gtk_box_append (GTK_BOX (box), wrapped_label (label));
  gtk_box_append (GTK_BOX (box), editor);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  wb_ui_set_name (row, label);
  wb_boolean_editor_set_name (WB_BOOLEAN_EDITOR (editor), label);
  g_signal_connect (editor, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (editor, "answered", G_CALLBACK (answered_cb), self);
  g_ptr_array_add (self->answers, editor);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_details (WbConsentGroup *self, const WbEditorContext *context)
{
  const WbRecordType *type = wb_model_find_type (context->model, "consent");

  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++) {
    const WbField *field = wb_record_type_find_field (type, DETAILS[i].field);

    if (DETAILS[i].need == WITH_RECIPIENTS) {
      self->recipients = *field;
      self->recipients.type = WB_FIELD_CODES;
      field = &self->recipients;
    }
    self->details[i] = WB_FIELD_ROW (wb_field_row_new (field, context));
    g_signal_connect (self->details[i], "changed", G_CALLBACK (changed_cb), self);
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->details[i]));
  }
}

static void
add_blocks (WbConsentGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = wrapped_label ("");

  self->blocks = GTK_LABEL (label);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (box, "warning");
  gtk_widget_add_css_class (label, "caption");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Note"),
                                  -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  self->blocks_row = plain_row (box);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->blocks_row);
}

static void
wb_consent_group_dispose (GObject *object)
{
  WbConsentGroup *self = WB_CONSENT_GROUP (object);

  for (guint i = 0; i < self->answers->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->answers, i), self);
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS) && self->details[i] != NULL; i++) {
    g_signal_handlers_disconnect_by_data (self->details[i], self);
    self->details[i] = NULL;
  }
  g_ptr_array_set_size (self->answers, 0);
  G_OBJECT_CLASS (wb_consent_group_parent_class)->dispose (object);
}

static void
wb_consent_group_finalize (GObject *object)
{
  g_ptr_array_unref (WB_CONSENT_GROUP (object)->answers);
  G_OBJECT_CLASS (wb_consent_group_parent_class)->finalize (object);
}

static void
wb_consent_group_class_init (WbConsentGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_consent_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_consent_group_finalize;

  /**
   * WbConsentGroup::changed:
   * @self: the group
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_CONSENT_GROUP,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
wb_consent_group_init (WbConsentGroup *self)
{
  self->answers = g_ptr_array_new ();
}

GtkWidget *
wb_consent_group_new (const WbEditorContext *context)
{
  WbConsentGroup *self = g_object_new (WB_TYPE_CONSENT_GROUP, NULL);
  GPtrArray *questions = wb_questions_get_all ();

  self->language = context->language;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Consent"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _ ("By key: Y or J for yes, N for no, ? for not asked."));
  for (guint i = 0; i < questions->len; i++)
    add_question (self, g_ptr_array_index (questions, i));
  add_details (self, context);
  add_blocks (self);
  show_details (self);
  return GTK_WIDGET (self);
}

JsonObject *
wb_consent_group_dup_answers (WbConsentGroup *self)
{
  JsonObject *all, *answers;

  if (!is_any_answered (self))
    return NULL;
  all = json_object_new ();
  answers = json_object_new ();
  for (guint i = 0; i < self->answers->len; i++) {
    const char *answer = get_answer (self, i);

    if (answer != NULL)
      json_object_set_string_member (answers, get_question (i)->name, answer);
  }
  json_object_set_object_member (all, "answers", answers);
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++) {
    JsonNode *value =
        is_needed (self, DETAILS[i].need) ? wb_field_row_dup_value (self->details[i]) : NULL;

    if (value != NULL)
      json_object_set_member (all, DETAILS[i].key, value);
  }
  return all;
}

void
wb_consent_group_set_answers (WbConsentGroup *self, JsonObject *all)
{
  JsonNode *node = json_object_get_member (all, "answers");
  JsonObject *answers =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  for (guint i = 0; i < self->answers->len; i++) {
    const char *answer =
        answers != NULL
            ? json_object_get_string_member_with_default (answers, get_question (i)->name, NULL)
            : NULL;
    g_autoptr (JsonNode) value =
        answer != NULL ? json_node_init_boolean (json_node_alloc (), g_str_equal (answer, "yes"))
                       : NULL;

    wb_editor_set_value (g_ptr_array_index (self->answers, i), value);
  }
  for (guint i = 0; i < G_N_ELEMENTS (DETAILS); i++)
    wb_field_row_set_value (self->details[i], json_object_get_member (all, DETAILS[i].key));
  show_details (self);
}

gboolean
wb_consent_group_check (WbConsentGroup *self)
{
  static const char *const needed[] = { "recipients", "recipient_name" };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
    WbFieldRow *row = find_detail (self, needed[i]);
    g_autoptr (JsonNode) value = wb_field_row_dup_value (row);

    if (value == NULL && gtk_widget_get_visible (GTK_WIDGET (row))) {
      gtk_widget_grab_focus (GTK_WIDGET (row));
      return FALSE;
    }
  }
  return TRUE;
}

WbEditor *
wb_consent_group_find_answer (WbConsentGroup *self, const char *question)
{
  for (guint i = 0; i < self->answers->len; i++)
    if (g_str_equal (get_question (i)->name, question))
      return g_ptr_array_index (self->answers, i);
  return NULL;
}
