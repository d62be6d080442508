/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * The door. The passphrase leaves the entry for locked memory the moment it is handed over, and
 * wrong tries make the next one wait.
 */
#include "wb-unlock-page.h"

#include "wb-example.h"
#include "wb-i18n.h"
#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-place.h"
#include "wb-ui.h"

#define FREE_TRIES 2      /* a slip of the finger costs nothing */
#define DELAY_MAX 60      /* seconds; the key derivation itself costs about one more */
#define DELAY_SHIFT_MAX 6 /* 2^6 is past the maximum */

struct _WbUnlockPage {
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkWidget *back;
  AdwActionRow *place; /* which register, by what its folder is called */
  AdwComboRow *user;
  GtkEditable *passphrase;
  GtkLabel *message;
  GtkSpinner *spinner;
  GtkLabel *button_label;
  guint wrong_tries;
  guint wait; /* seconds left */
  guint timer;
  gboolean busy;
  gboolean locked;
  gboolean example; /* its passphrase is no secret */
};

G_DEFINE_FINAL_TYPE (WbUnlockPage, wb_unlock_page, ADW_TYPE_BIN)

enum { UNLOCK, N_SIGNALS };
static guint signals[N_SIGNALS];

guint
wb_unlock_delay_seconds (guint wrong_tries)
{
  if (wrong_tries <= FREE_TRIES)
    return 0;
  return MIN (1u << MIN (wrong_tries - FREE_TRIES, DELAY_SHIFT_MAX), DELAY_MAX);
}

static void
show_message (WbUnlockPage *self, const char *message, gboolean wrong)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
}

static void
update (WbUnlockPage *self)
{
  gboolean ready = !self->busy && self->wait == 0;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that goes dead while it has the focus confuses the input method. */
  if (!ready && root != NULL && gtk_widget_is_sensitive (GTK_WIDGET (self->passphrase)))
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passphrase), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->user), ready);
  gtk_widget_set_sensitive (self->back, !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "unlock.unlock",
                                 ready && !wb_passphrase_is_empty (self->passphrase) &&
                                     wb_unlock_page_get_user (self) != NULL);
}

static void
show_wait (WbUnlockPage *self)
{
  g_autofree char *words =
      g_strdup_printf (ngettext_ ("Too many wrong tries. Try again in %u second.",
                                  "Too many wrong tries. Try again in %u seconds.",
                                  self->wait),
                       self->wait);

  show_message (self, words, TRUE);
}

static gboolean
wait_cb (gpointer user_data)
{
  WbUnlockPage *self = user_data;

  self->wait--;
  if (self->wait > 0) {
    show_wait (self);
    return G_SOURCE_CONTINUE;
  }
  self->timer = 0;
  show_message (self, NULL, FALSE);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (WbUnlockPage *self)
{
  if (self->wait == 0 && !wb_passphrase_is_empty (self->passphrase))
    show_message (self, NULL, FALSE);
  update (self);
}

static void
unlock_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbUnlockPage *self = WB_UNLOCK_PAGE (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbSecret) secret = wb_passphrase_take (self->passphrase, &error);

  if (secret == NULL) {
    show_message (self, error != NULL ? error->message : NULL, TRUE);
    return;
  }
  wb_unlock_page_set_busy (self, TRUE);
  g_signal_emit (self, signals[UNLOCK], 0, wb_unlock_page_get_user (self), secret);
}

static void
activated_cb (WbUnlockPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "unlock.unlock", NULL);
}

static gboolean
wb_unlock_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_UNLOCK_PAGE (widget)->passphrase));
}

/* Nothing half typed stays behind when the page goes out of sight. */
static void
wb_unlock_page_unmap (GtkWidget *widget)
{
  if (WB_UNLOCK_PAGE (widget)->passphrase != NULL)
    gtk_editable_set_text (WB_UNLOCK_PAGE (widget)->passphrase, "");
  GTK_WIDGET_CLASS (wb_unlock_page_parent_class)->unmap (widget);
}

static void
wb_unlock_page_dispose (GObject *object)
{
  WbUnlockPage *self = WB_UNLOCK_PAGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_UNLOCK_PAGE);
  G_OBJECT_CLASS (wb_unlock_page_parent_class)->dispose (object);
}

static void
wb_unlock_page_class_init (WbUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_unlock_page_dispose;
  widget_class->grab_focus = wb_unlock_page_grab_focus;
  widget_class->focus = wb_ui_focus_within;
  widget_class->unmap = wb_unlock_page_unmap;

  /**
   * WbUnlockPage::unlock:
   * @self: the page
   * @user: who it is
   * @secret: a WbSecret, the passphrase; take a reference to keep it
   */
  signals[UNLOCK] = g_signal_new ("unlock",
                                  WB_TYPE_UNLOCK_PAGE,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  2,
                                  G_TYPE_STRING,
                                  G_TYPE_POINTER);

  g_type_ensure (WB_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, status);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, back);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, place);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, user);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, message);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbUnlockPage, button_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "unlock.unlock", NULL, unlock_cb);
}

static void
wb_unlock_page_init (WbUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wb_unlock_page_set_locked (self, FALSE);
  update (self);
}

GtkWidget *
wb_unlock_page_new (void)
{
  return g_object_new (WB_TYPE_UNLOCK_PAGE, NULL);
}

void
wb_unlock_page_set_users (WbUnlockPage *self, char **users, const char *user)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new ((const char *const *) users);
  guint n = g_strv_length (users);

  adw_combo_row_set_model (self->user, G_LIST_MODEL (list));
  for (guint i = 0; user != NULL && i < n; i++)
    if (g_str_equal (users[i], user))
      adw_combo_row_set_selected (self->user, i);
  update (self);
}

const char *
wb_unlock_page_get_user (WbUnlockPage *self)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (self->user);

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

/* Who opens the example again need not have kept its passphrase. */
static void
describe (WbUnlockPage *self)
{
  g_autofree char *words = NULL;

  if (self->example) /* Translators: %s is a passphrase. */
    words = g_strdup_printf (_ ("The passphrase of the example is: %s"), WB_EXAMPLE_PASSPHRASE);
  else if (self->locked)
    words = g_strdup (_ ("What you were writing is kept inside the register."));
  adw_status_page_set_description (self->status, words);
}

void
wb_unlock_page_set_register (WbUnlockPage *self, const char *path)
{
  g_autofree char *name = wb_place_name (path);
  g_autofree char *folder = wb_place_folder (path);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place), name);
  adw_action_row_set_subtitle (self->place, folder);
  gtk_widget_set_visible (GTK_WIDGET (self->place), TRUE);
  self->example = wb_example_is (name);
  describe (self);
}

void
wb_unlock_page_set_locked (WbUnlockPage *self, gboolean locked)
{
  adw_status_page_set_title (self->status, locked ? _ ("Locked") : _ ("Open Register"));
  self->locked = locked;
  describe (self);
  gtk_label_set_label (self->button_label, locked ? _ ("_Unlock") : _ ("_Open"));
}

void
wb_unlock_page_set_busy (WbUnlockPage *self, gboolean busy)
{
  self->busy = busy;
  update (self);
}

void
wb_unlock_page_say (WbUnlockPage *self, const char *message)
{
  show_message (self, message, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
wb_unlock_page_refuse (WbUnlockPage *self, const char *message)
{
  self->wrong_tries++;
  self->wait = wb_unlock_delay_seconds (self->wrong_tries);
  self->busy = FALSE;
  if (self->wait > 0) {
    show_wait (self);
    g_clear_handle_id (&self->timer, g_source_remove);
    self->timer = g_timeout_add (1000, wait_cb, self);
  } else {
    show_message (self, message, TRUE);
  }
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

void
wb_unlock_page_accept (WbUnlockPage *self)
{
  self->wrong_tries = 0;
  self->busy = FALSE;
  show_message (self, NULL, FALSE);
  update (self);
}
