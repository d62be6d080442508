/* SPDX-License-Identifier: EUPL-1.2 */

/* A piece of evidence in words: name, kind, size, hash, and who put it in, looked and got it. */
#include "wb-evidence-facts.h"

#include "wb-case-data.h"
#include "wb-case-rows.h"
#include "wb-closures.h"
#include "wb-custody.h"
#include "wb-format.h"
#include "wb-i18n.h"
#include "wb-ui.h"

void
wb_evidence_facts_free (WbEvidenceFacts *self)
{
  if (self == NULL)
    return;
  wb_record_free (self->record);
  g_clear_pointer (&self->custody, g_ptr_array_unref);
  g_free (self);
}

gpointer
wb_evidence_facts_load (WbRegister *reg,
                        gpointer reference,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (WbEvidenceFacts) self = g_new0 (WbEvidenceFacts, 1);

  self->record = wb_register_read (reg, reference, FALSE, NULL, error);
  if (self->record == NULL)
    return NULL;
  self->custody = wb_register_list_custody (reg, reference, error);
  return self->custody != NULL ? g_steal_pointer (&self) : NULL;
}

const char *
wb_evidence_facts_get_name (const WbEvidenceFacts *self)
{
  const char *title = wb_record_get_text (self->record, "title");
  const char *name = wb_record_get_text (self->record, "name");

  return title != NULL ? title : name != NULL ? name : _ ("Evidence");
}

guint64
wb_evidence_facts_get_size (const WbEvidenceFacts *self)
{
  return (guint64) MAX (json_object_get_int_member_with_default (self->record->fields, "size", 0),
                        0);
}

const char *
wb_evidence_facts_get_viewer (const WbEvidenceFacts *self)
{
  static const struct {
    const char *begins, *viewer;
  } kinds[] = {
    { "image/", "image" },          { "application/pdf", "pdf" },  { "audio/", "sound" },
    { "application/ogg", "sound" }, { "text/", "text" },           { "message/", "text" },
    { "application/json", "text" }, { "application/xml", "text" },
  };
  const char *type = wb_record_get_text (self->record, "media_type");

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (type, kinds[i].begins))
      return kinds[i].viewer;
  return NULL;
}

/* Broken over two lines it gets no hyphen: that would be read as a part of it. */
static GtkWidget *
make_hash_row (const char *hash)
{
  GtkWidget *row = wb_property_row_new ("SHA-256", hash);
  GtkWidget *box = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Copy SHA-256"));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (gtk_widget_get_last_child (box)), attributes);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "evidence.copy-hash");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), button);
  return row;
}

static void
add_property (GPtrArray *rows, const char *label, const char *value)
{
  if (value != NULL && *value != '\0')
    g_ptr_array_add (rows, wb_property_row_new (label, value));
}

GPtrArray *
wb_evidence_facts_make_rows (const WbEvidenceFacts *self, WbLanguage language)
{
  GPtrArray *rows = g_ptr_array_new ();
  const char *type = wb_record_get_text (self->record, "media_type");
  const char *hash = wb_record_get_text (self->record, "sha256");
  g_autofree char *content = type != NULL ? g_content_type_from_mime_type (type) : NULL;
  g_autofree char *words = content != NULL ? g_content_type_get_description (content) : NULL;
  g_autofree char *size = wb_format_size (wb_evidence_facts_get_size (self), language);

  add_property (rows, _ ("Name of the file"), wb_record_get_text (self->record, "name"));
  add_property (rows, _ ("Kind of file"), words != NULL ? words : type);
  add_property (rows, _ ("Size"), size);
  if (hash != NULL)
    g_ptr_array_add (rows, make_hash_row (hash));
  return rows;
}

static char *
act_words (const WbCustodyLine *line, WbLanguage language)
{
  g_autofree char *to = line->to != NULL ? wb_words_code (line->to, language) : NULL;

  switch (line->act) {
  case WB_CUSTODY_TAKEN_IN:
    return g_strdup (_ ("Taken in"));
  case WB_CUSTODY_CHANGED:
    return g_strdup (_ ("Description changed"));
  case WB_CUSTODY_COPIED:
    return g_strdup (_ ("Copy saved outside the register"));
  case WB_CUSTODY_EXPORTED:
    /* Translators: %s is the kind of body that a bundle is for. */
    return to != NULL ? g_strdup_printf (_ ("Case exported for: %s"), to)
                      : g_strdup (_ ("Case exported"));
  case WB_CUSTODY_LOOKED:
  default:
    return g_strdup (_ ("Looked at"));
  }
}

GPtrArray *
wb_evidence_facts_make_custody_rows (const WbEvidenceFacts *self,
                                     const WbZone *zone,
                                     WbLanguage language)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = self->custody->len; i > 0; i--) {
    const WbCustodyLine *line = g_ptr_array_index (self->custody, i - 1);
    g_autofree char *when = wb_format_instant (line->time, zone, language);
    g_autofree char *who = g_strdup_printf ("%s · %s", line->author, when);
    g_autofree char *what = act_words (line, language);

    g_ptr_array_add (rows, wb_property_row_new (who, what));
  }
  return rows;
}
