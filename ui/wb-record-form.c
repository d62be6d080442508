/* SPDX-License-Identifier: EUPL-1.2 */

/* A form of rows made from the model. It knows no register: values in, values and a signal out. */
#include "wb-record-form.h"

#include "wb-field-row.h"
#include "wb-question.h"
#include "wb-ui.h"

#define LABELS_MAX 3 /* labels in a group's subtitle */

typedef struct {
  AdwExpanderRow *row;
  const char *name;
  GPtrArray *fields; /* (element-type WbFieldRow): borrowed */
} Group;

struct _WbRecordForm {
  AdwBin parent_instance;

  GtkBox *box;
  WbFieldRow *lead;
  GtkWidget *first;  /* (nullable): what is shown at once */
  GPtrArray *rows;   /* (element-type WbFieldRow): in form order */
  GPtrArray *groups; /* (element-type Group) */
  WbLanguage language;
  gboolean allegation;
};

G_DEFINE_FINAL_TYPE (WbRecordForm, wb_record_form, ADW_TYPE_BIN)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
group_free (Group *group)
{
  g_ptr_array_unref (group->fields);
  g_free (group);
}

static gboolean
is_filled (WbFieldRow *row)
{
  g_autoptr (JsonNode) value = wb_field_row_dup_value (row);

  return value != NULL || wb_field_row_is_wrong (row);
}

static gboolean
is_any (WbFieldRow *row)
{
  return TRUE;
}

/* The first few labels of a group, of the rows that are @wanted. */
static char *
list_labels (WbRecordForm *self, Group *group, gboolean (*wanted) (WbFieldRow *row))
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < group->fields->len; i++) {
    WbFieldRow *row = g_ptr_array_index (group->fields, i);

    if (!wanted (row))
      continue;
    if (n < LABELS_MAX)
      g_string_append_printf (text,
                              "%s%s",
                              n > 0 ? ", " : "",
                              wb_field_row_get_field (row)->label[self->language]);
    n++;
  }
  if (n > LABELS_MAX)
    g_string_append (text, "…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_style (AdwExpanderRow *row, const char *style, gboolean wanted)
{
  if (wanted)
    gtk_widget_add_css_class (GTK_WIDGET (row), style);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), style);
}

/* Closed, a group tells what keeps the record from being entered, else what is filled in, else
 * asks. */
static void
show_summary (WbRecordForm *self, Group *group)
{
  g_autofree char *wrong = list_labels (self, group, wb_field_row_is_wrong);
  g_autofree char *filled = list_labels (self, group, is_filled);
  g_autofree char *words = NULL;

  if (*wrong != '\0')
    /* Translators: %s is a list of fields of a form. */
    words = g_strdup_printf (_ ("Not understood: %s"), wrong);
  else if (*filled != '\0')
    /* Translators: %s is a list of fields of a form. */
    words = g_strdup_printf (_ ("Filled in: %s"), filled);
  else
    words = list_labels (self, group, is_any);
  adw_expander_row_set_subtitle (group->row, words);
  wb_ui_name_expander (group->row, NULL, words);
  set_style (group->row, "wb-wrong", *wrong != '\0');
  set_style (group->row, "wb-filled", *wrong == '\0' && *filled != '\0');
}

static void
show_summaries (WbRecordForm *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    show_summary (self, g_ptr_array_index (self->groups, i));
}

static void
changed_cb (WbFieldRow *row, WbRecordForm *self)
{
  for (guint i = 0; i < self->groups->len; i++) {
    Group *group = g_ptr_array_index (self->groups, i);

    if (g_ptr_array_find (group->fields, row, NULL))
      show_summary (self, group);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static WbFieldRow *
add_row (WbRecordForm *self, const WbField *field, const WbEditorContext *context)
{
  WbFieldRow *row = WB_FIELD_ROW (wb_field_row_new (field, context));

  g_signal_connect (row, "changed", G_CALLBACK (changed_cb), self);
  g_ptr_array_add (self->rows, g_object_ref_sink (row));
  return row;
}

static Group *
find_group (WbRecordForm *self, const char *name)
{
  for (guint i = 0; i < self->groups->len; i++) {
    Group *group = g_ptr_array_index (self->groups, i);

    if (g_strcmp0 (group->name, name) == 0)
      return group;
  }
  return NULL;
}

/* Rows of a group that is never opened need not be measured; there are dozens of them. */
static void
opened_cb (AdwExpanderRow *row, GParamSpec *pspec, Group *group)
{
  g_signal_handlers_disconnect_by_func (row, opened_cb, group);
  for (guint i = 0; i < group->fields->len; i++)
    adw_expander_row_add_row (row, g_ptr_array_index (group->fields, i));
}

static Group *
add_group (WbRecordForm *self,
           AdwPreferencesGroup *list,
           const char *name,
           const WbEditorContext *context)
{
  Group *group = g_new0 (Group, 1);

  group->name = name;
  group->fields = g_ptr_array_new ();
  group->row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (group->row), FALSE);
  adw_preferences_row_set_title (
      ADW_PREFERENCES_ROW (group->row),
      wb_model_get_group_label (context->model, name != NULL ? name : "", context->language));
  adw_preferences_group_add (list, GTK_WIDGET (group->row));
  g_signal_connect (group->row, "notify::expanded", G_CALLBACK (opened_cb), group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static AdwPreferencesGroup *
add_list (WbRecordForm *self, const char *title, const char *description)
{
  AdwPreferencesGroup *list = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (list, title);
  if (description != NULL)
    adw_preferences_group_set_description (list, description);
  gtk_box_append (self->box, GTK_WIDGET (list));
  return list;
}

/* Sealed values are made for named users; this form has no way to name them yet. */
static gboolean
is_offered (const WbField *field)
{
  return !field->system && field->sensitivity != WB_SENSITIVITY_SEALED;
}

/* What nearly every record of the type tells, open below the first field. */
static void
add_first_rows (WbRecordForm *self,
                AdwPreferencesGroup *list,
                const WbRecordType *type,
                const WbEditorContext *context)
{
  const char *const *names = wb_questions_get_first (type->name);

  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    const WbField *field = wb_record_type_find_field (type, names[i]);

    if (field != NULL && is_offered (field))
      adw_preferences_group_add (list, GTK_WIDGET (add_row (self, field, context)));
  }
}

static void
add_lead (WbRecordForm *self,
          const WbRecordType *type,
          const WbField *field,
          const WbEditorContext *context)
{
  AdwPreferencesGroup *list =
      add_list (self, self->allegation ? _ ("What Is Said to Have Happened") : NULL, NULL);

  self->lead = add_row (self, field, context);
  gtk_widget_add_css_class (GTK_WIDGET (self->lead), "wb-lead");
  adw_preferences_group_add (list, GTK_WIDGET (self->lead));
  add_first_rows (self, list, type, context);
  self->first = GTK_WIDGET (list);
}

static void
add_in_group (WbRecordForm *self,
              AdwPreferencesGroup *list,
              const WbField *field,
              const WbEditorContext *context)
{
  Group *group = find_group (self, field->group);

  if (group == NULL)
    group = add_group (self, list, field->group, context);
  g_ptr_array_add (group->fields, add_row (self, field, context));
}

static void
build (WbRecordForm *self, const WbRecordType *type, const WbEditorContext *context)
{
  AdwPreferencesGroup *list = NULL;

  for (guint i = 0; i < type->fields->len; i++) {
    const WbField *field = g_ptr_array_index (type->fields, i);

    if (!is_offered (field) || wb_record_form_find_row (self, field->name) != NULL)
      continue;
    if (self->lead == NULL) {
      add_lead (self, type, field, context);
      continue;
    }
    if (list == NULL)
      list = add_list (self,
                       _ ("More, as Far as You Know It"),
                       _ ("Everything here can also follow later."));
    add_in_group (self, list, field, context);
  }
  show_summaries (self);
}

static void
wb_record_form_dispose (GObject *object)
{
  WbRecordForm *self = WB_RECORD_FORM (object);

  for (guint i = 0; i < self->rows->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->rows, i), self);
  g_ptr_array_set_size (self->groups, 0); /* it borrows the rows, and the list its groups */
  g_ptr_array_set_size (self->rows, 0);
  self->lead = NULL;
  G_OBJECT_CLASS (wb_record_form_parent_class)->dispose (object);
}

static void
wb_record_form_finalize (GObject *object)
{
  WbRecordForm *self = WB_RECORD_FORM (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->groups);
  G_OBJECT_CLASS (wb_record_form_parent_class)->finalize (object);
}

static void
wb_record_form_class_init (WbRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_record_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_record_form_finalize;

  /**
   * WbRecordForm::changed:
   * @self: the form
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_RECORD_FORM,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
wb_record_form_init (WbRecordForm *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
wb_record_form_new (const char *type, const WbEditorContext *context)
{
  WbRecordForm *self = g_object_new (WB_TYPE_RECORD_FORM, NULL);
  const WbRecordType *record_type = wb_model_find_type (context->model, type);

  self->language = context->language;
  self->allegation = g_str_equal (type, "allegation");
  if (record_type != NULL)
    build (self, record_type, context);
  return GTK_WIDGET (self);
}

void
wb_record_form_insert (WbRecordForm *self, GtkWidget *widget)
{
  gtk_box_insert_child_after (self->box, widget, self->first);
}

JsonObject *
wb_record_form_dup_values (WbRecordForm *self)
{
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < self->rows->len; i++) {
    WbFieldRow *row = g_ptr_array_index (self->rows, i);
    JsonNode *value = wb_field_row_dup_value (row);

    if (value != NULL)
      json_object_set_member (values, wb_field_row_get_field (row)->name, value);
  }
  return values;
}

JsonObject *
wb_record_form_dup_draft (WbRecordForm *self)
{
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < self->rows->len; i++) {
    WbFieldRow *row = g_ptr_array_index (self->rows, i);
    JsonNode *value = wb_field_row_dup_draft (row);

    if (value != NULL)
      json_object_set_member (values, wb_field_row_get_field (row)->name, value);
  }
  return values;
}

void
wb_record_form_set_values (WbRecordForm *self, JsonObject *values)
{
  for (guint i = 0; i < self->rows->len; i++) {
    WbFieldRow *row = g_ptr_array_index (self->rows, i);

    wb_field_row_set_value (row,
                            json_object_get_member (values, wb_field_row_get_field (row)->name));
  }
  show_summaries (self);
}

gboolean
wb_record_form_is_lead_filled (WbRecordForm *self)
{
  return self->lead != NULL && is_filled (self->lead);
}

/* Which fields another record needs depends on more than the first: the register judges that. */
gboolean
wb_record_form_is_ready (WbRecordForm *self)
{
  if (self->allegation || self->lead == NULL)
    return wb_record_form_is_lead_filled (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (is_filled (g_ptr_array_index (self->rows, i)))
      return TRUE;
  return FALSE;
}

static void
reveal (WbRecordForm *self, WbFieldRow *row)
{
  for (guint i = 0; i < self->groups->len; i++) {
    Group *group = g_ptr_array_index (self->groups, i);

    if (g_ptr_array_find (group->fields, row, NULL))
      adw_expander_row_set_expanded (group->row, TRUE);
  }
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
wb_record_form_propose (WbRecordForm *self, const char *field, JsonNode *value)
{
  GtkWidget *row = wb_record_form_find_row (self, field);

  if (row == NULL)
    return;
  wb_field_row_set_value (WB_FIELD_ROW (row), value);
  show_summaries (self);
  reveal (self, WB_FIELD_ROW (row));
}

gboolean
wb_record_form_check (WbRecordForm *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    WbFieldRow *row = g_ptr_array_index (self->rows, i);

    if (wb_field_row_is_wrong (row)) {
      reveal (self, row);
      return FALSE;
    }
  }
  return TRUE;
}

void
wb_record_form_focus_lead (WbRecordForm *self)
{
  if (self->lead != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->lead));
}

GtkWidget *
wb_record_form_find_row (WbRecordForm *self, const char *field)
{
  for (guint i = 0; i < self->rows->len; i++) {
    WbFieldRow *row = g_ptr_array_index (self->rows, i);

    if (g_str_equal (wb_field_row_get_field (row)->name, field))
      return GTK_WIDGET (row);
  }
  return NULL;
}
