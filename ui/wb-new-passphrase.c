/* SPDX-License-Identifier: EUPL-1.2 */

/* Choosing a passphrase. It stays in the entries' own locked memory until it is taken. */
#include "wb-new-passphrase.h"

#include "wb-error.h"
#include "wb-i18n.h"
#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-problem-row.h"
#include "wb-ui.h"

#define RATE_AFTER_MS 150

struct _WbNewPassphrase {
  AdwPreferencesGroup parent_instance;

  GtkEditable *passphrase;
  GtkEditable *again;
  WbProblemRow *again_problem;
  GtkLevelBar *strength;
  GtkLabel *advice;
  guint rate_timer;
};

G_DEFINE_FINAL_TYPE (WbNewPassphrase, wb_new_passphrase, ADW_TYPE_PREFERENCES_GROUP)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
rate_cb (gpointer user_data)
{
  WbNewPassphrase *self = user_data;
  g_autofree char *advice = NULL;
  double rating = wb_passphrase_rate (self->passphrase, &advice);

  self->rate_timer = 0;
  gtk_level_bar_set_value (self->strength, rating);
  gtk_label_set_label (self->advice, advice != NULL ? advice : _ ("Strong enough"));
  return G_SOURCE_REMOVE;
}

static void
again_changed_cb (WbNewPassphrase *self)
{
  gboolean agrees = wb_passphrase_begins_with (self->passphrase, self->again);

  wb_problem_row_tell (self->again_problem,
                       GTK_WIDGET (self->again),
                       agrees ? NULL : _ ("The two passphrases differ: type the same one twice."));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
changed_cb (WbNewPassphrase *self)
{
  g_clear_handle_id (&self->rate_timer, g_source_remove);
  self->rate_timer = g_timeout_add (RATE_AFTER_MS, rate_cb, self);
  again_changed_cb (self);
}

static void
wb_new_passphrase_dispose (GObject *object)
{
  WbNewPassphrase *self = WB_NEW_PASSPHRASE (object);

  g_clear_handle_id (&self->rate_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_NEW_PASSPHRASE);
  G_OBJECT_CLASS (wb_new_passphrase_parent_class)->dispose (object);
}

static void
wb_new_passphrase_class_init (WbNewPassphraseClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_new_passphrase_dispose;

  /**
   * WbNewPassphrase::changed:
   * @self: the group
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   WB_TYPE_NEW_PASSPHRASE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  g_type_ensure (WB_TYPE_PROBLEM_ROW);
  g_type_ensure (WB_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_UI_RESOURCES "/wb-new-passphrase.ui");
  gtk_widget_class_bind_template_child (widget_class, WbNewPassphrase, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WbNewPassphrase, again);
  gtk_widget_class_bind_template_child (widget_class, WbNewPassphrase, again_problem);
  gtk_widget_class_bind_template_child (widget_class, WbNewPassphrase, strength);
  gtk_widget_class_bind_template_child (widget_class, WbNewPassphrase, advice);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_changed_cb);
}

static void
wb_new_passphrase_init (WbNewPassphrase *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_label (self->advice, _ ("Better: four or more words that do not belong together"));
}

gboolean
wb_new_passphrase_is_complete (WbNewPassphrase *self)
{
  return !wb_passphrase_is_empty (self->passphrase) &&
         wb_passphrase_is_same (self->passphrase, self->again);
}

WbSecret *
wb_new_passphrase_take (WbNewPassphrase *self, GError **error)
{
  g_autofree char *advice = NULL;
  WbSecret *secret;

  if (wb_passphrase_rate (self->passphrase, &advice) < WB_PASSPHRASE_USABLE) {
    g_set_error_literal (error,
                         WB_ERROR,
                         WB_ERROR_INVALID,
                         _ ("This passphrase is too easy to guess. Choose four or more words that "
                            "do not belong together."));
    return NULL;
  }
  secret = wb_passphrase_take (self->passphrase, error);
  gtk_editable_set_text (self->again, "");
  return secret;
}
