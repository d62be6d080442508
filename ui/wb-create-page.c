/* SPDX-License-Identifier: EUPL-1.2 */

/* The form for a new register. It checks what it can while one types, and makes nothing itself. */
#include "wb-create-page.h"

#include <string.h>

#include "wb-file-chooser.h"
#include "wb-passphrase-row.h"
#include "wb-passphrase.h"
#include "wb-problem-row.h"
#include "wb-ui.h"

#define SUFFIX ".waarborg"
#define RATE_AFTER_MS 200
#define CODE_MIN 2
#define CODE_MAX 20
#define CODE_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

struct _WbCreatePage {
  AdwBin parent_instance;

  GtkWidget *form;
  GtkWidget *back;
  GtkEditable *body;
  GtkEditable *code;
  GtkEventControllerFocus *code_focus;
  WbProblemRow *code_problem;
  AdwComboRow *profile;
  AdwActionRow *folder_row;
  GtkEditable *user;
  GtkEditable *passphrase;
  WbProblemRow *passphrase_problem;
  GtkEditable *again;
  GtkEventControllerFocus *again_focus;
  WbProblemRow *again_problem;
  GtkCheckButton *independent;
  GtkLevelBar *strength;
  GtkLabel *advice;
  GtkEditable *recovery;
  GtkInfoBar *bar;
  GtkLabel *message;
  GtkRevealer *busy;
  GtkSpinner *spinner;
  char *parent_folder;
  char *folder;
  char **recipients;
  WbSecret *secret;
  guint rate_timer;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (WbCreatePage, wb_create_page, ADW_TYPE_BIN)

enum { CREATE, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What is wrong with the code; NULL where nothing is. One that grows may still be too short. */
static const char *
judge_code (WbCreatePage *self, gboolean complete)
{
  const char *code = gtk_editable_get_text (self->code);
  gsize length = strlen (code);

  if (strspn (code, CODE_CHARS) != length)
    return _ ("A code has capital letters, digits and hyphens only, such as NL-INSP.");
  if (length > CODE_MAX || (length < CODE_MIN && complete))
    return _ ("A code is 2 to 20 characters long, such as NL-INSP.");
  return NULL;
}

/* While the second one is typed, as much as there is of it must agree. */
static const char *
judge_again (WbCreatePage *self, gboolean complete)
{
  if (wb_passphrase_is_same (self->passphrase, self->again) ||
      (!complete && wb_passphrase_begins_with (self->passphrase, self->again)))
    return NULL;
  return _ ("The two passphrases differ: type the same one twice.");
}

static gboolean
is_blank (GtkEditable *editable)
{
  const char *text = gtk_editable_get_text (editable);

  return text[strspn (text, " \t")] == '\0';
}

static void
update (WbCreatePage *self)
{
  gboolean code_left = *gtk_editable_get_text (self->code) != '\0' &&
                       !gtk_event_controller_focus_contains_focus (self->code_focus);
  gboolean again_left = !wb_passphrase_is_empty (self->again) &&
                        !gtk_event_controller_focus_contains_focus (self->again_focus);

  wb_problem_row_tell (self->code_problem, GTK_WIDGET (self->code), judge_code (self, code_left));
  wb_problem_row_tell (self->again_problem,
                       GTK_WIDGET (self->again),
                       judge_again (self, again_left));
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self),
      "create.create",
      !self->is_busy && !is_blank (self->body) && judge_code (self, TRUE) == NULL &&
          !is_blank (self->user) && !wb_passphrase_is_empty (self->passphrase) &&
          judge_again (self, TRUE) == NULL && gtk_check_button_get_active (self->independent));
}

static void
update_cb (WbCreatePage *self)
{
  gtk_info_bar_set_revealed (self->bar, FALSE);
  update (self);
}

static char *
folder_name (WbCreatePage *self)
{
  const char *code = gtk_editable_get_text (self->code);
  g_autofree char *name = g_strconcat (*code != '\0' ? code : "REGISTER", SUFFIX, NULL);

  return g_build_filename (self->parent_folder, name, NULL);
}

static void
show_folder (WbCreatePage *self)
{
  g_free (self->folder);
  self->folder = folder_name (self);
  adw_action_row_set_subtitle (self->folder_row, self->folder);
}

static void
body_changed_cb (WbCreatePage *self)
{
  update_cb (self);
}

/* Codes are capitals; typing them in small letters is no mistake. */
static void
code_changed_cb (WbCreatePage *self)
{
  const char *text = gtk_editable_get_text (self->code);
  g_autofree char *upper = g_ascii_strup (text, -1);
  int position = gtk_editable_get_position (self->code);

  if (!g_str_equal (text, upper)) {
    gtk_editable_set_text (self->code, upper);
    gtk_editable_set_position (self->code, position);
    return;
  }
  show_folder (self);
  update_cb (self);
}

static gboolean
rate_cb (gpointer user_data)
{
  WbCreatePage *self = user_data;
  g_autofree char *advice = NULL;
  double rating = wb_passphrase_rate (self->passphrase, &advice);

  self->rate_timer = 0;
  gtk_level_bar_set_value (self->strength, rating);
  gtk_label_set_label (self->advice, advice != NULL ? advice : _ ("Strong enough"));
  return G_SOURCE_REMOVE;
}

static void
passphrase_changed_cb (WbCreatePage *self)
{
  g_clear_handle_id (&self->rate_timer, g_source_remove);
  self->rate_timer = g_timeout_add (RATE_AFTER_MS, rate_cb, self);
  wb_problem_row_tell (self->passphrase_problem, GTK_WIDGET (self->passphrase), NULL);
  update_cb (self);
}

static void
folder_chosen (GPtrArray *files, gpointer user_data)
{
  WbCreatePage *self = user_data;
  g_autofree char *path = g_file_get_path (g_ptr_array_index (files, 0));

  if (path != NULL)
    wb_create_page_set_folder (self, path);
}

static void
choose_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  wb_file_chooser_ask (widget,
                       _ ("Folder for the New Register"),
                       GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                       FALSE,
                       NULL,
                       folder_chosen,
                       widget);
}

/* The handler of "create" uses the setup before this returns; then the secret is let go. */
static void
create (WbCreatePage *self)
{
  g_autoptr (GError) error = NULL;

  self->secret = wb_passphrase_take (self->passphrase, &error);
  gtk_editable_set_text (self->again, "");
  if (self->secret == NULL) {
    wb_create_page_say (self, error != NULL ? error->message : _ ("Type a passphrase"));
    return;
  }
  g_strfreev (self->recipients);
  self->recipients = wb_ui_split_recipients (gtk_editable_get_text (self->recovery));
  wb_create_page_set_busy (self, TRUE);
  g_signal_emit (self, signals[CREATE], 0);
  g_clear_pointer (&self->secret, wb_secret_unref);
}

static void
weak_response_cb (AdwMessageDialog *dialog, const char *response, WbCreatePage *self)
{
  if (g_str_equal (response, "use"))
    create (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
ask_about_weak (WbCreatePage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      _ ("Use This Weak Passphrase?"),
      _ ("Whoever copies the register can try one passphrase after another for as long as they "
         "like. Four or more words that do not belong together hold out."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "other",
                                    _ ("Choose _Another"),
                                    "use",
                                    _ ("_Use It Anyway"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "use",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "other");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "other");
  g_signal_connect_object (dialog, "response", G_CALLBACK (weak_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
create_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCreatePage *self = WB_CREATE_PAGE (widget);
  g_autofree char *advice = NULL;
  double rating = wb_passphrase_rate (self->passphrase, &advice);

  if (rating >= WB_PASSPHRASE_GOOD) {
    create (self);
  } else if (rating >= WB_PASSPHRASE_USABLE) {
    ask_about_weak (self);
  } else {
    wb_problem_row_tell (self->passphrase_problem,
                         GTK_WIDGET (self->passphrase),
                         _ ("This passphrase is too easy to guess. Choose four or more words that "
                            "do not belong together."));
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
  }
}

/* What still keeps the register from being made: the first of it, in the order of the form. */
static GtkWidget *
find_missing (WbCreatePage *self, const char **ret_sentence)
{
  *ret_sentence = NULL; /* told below the row itself */
  if (is_blank (self->body)) {
    *ret_sentence = _ ("Fill in the name of the body.");
    return GTK_WIDGET (self->body);
  }
  if (judge_code (self, TRUE) != NULL) {
    wb_problem_row_tell (self->code_problem, GTK_WIDGET (self->code), judge_code (self, TRUE));
    return GTK_WIDGET (self->code);
  }
  if (is_blank (self->user)) {
    *ret_sentence = _ ("Fill in your user name.");
    return GTK_WIDGET (self->user);
  }
  if (wb_passphrase_is_empty (self->passphrase)) {
    *ret_sentence = _ ("Choose a passphrase, and type it twice.");
    return GTK_WIDGET (self->passphrase);
  }
  if (judge_again (self, TRUE) != NULL) {
    wb_problem_row_tell (self->again_problem, GTK_WIDGET (self->again), judge_again (self, TRUE));
    return GTK_WIDGET (self->again);
  }
  if (gtk_check_button_get_active (self->independent))
    return NULL;
  *ret_sentence = _ ("Declare your independence: without it no register is made.");
  return GTK_WIDGET (self->independent);
}

/* Enter in the last fields. */
static void
submit_cb (WbCreatePage *self)
{
  const char *sentence = NULL;
  GtkWidget *missing = find_missing (self, &sentence);

  if (self->is_busy)
    return;
  if (missing == NULL) {
    gtk_widget_activate_action (GTK_WIDGET (self), "create.create", NULL);
    return;
  }
  if (sentence != NULL)
    wb_create_page_say (self, sentence);
  gtk_widget_grab_focus (missing);
}

static gboolean
wb_create_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_CREATE_PAGE (widget)->body));
}

static void
wb_create_page_dispose (GObject *object)
{
  WbCreatePage *self = WB_CREATE_PAGE (object);

  g_clear_handle_id (&self->rate_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_CREATE_PAGE);
  G_OBJECT_CLASS (wb_create_page_parent_class)->dispose (object);
}

static void
wb_create_page_finalize (GObject *object)
{
  WbCreatePage *self = WB_CREATE_PAGE (object);

  g_free (self->parent_folder);
  g_free (self->folder);
  g_strfreev (self->recipients);
  g_clear_pointer (&self->secret, wb_secret_unref);
  G_OBJECT_CLASS (wb_create_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, form);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, back);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, body);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, code);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, code_focus);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, code_problem);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, profile);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, folder_row);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, user);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, passphrase_problem);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, again);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, again_focus);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, again_problem);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, strength);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, independent);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, advice);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, recovery);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, bar);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, message);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, busy);
  gtk_widget_class_bind_template_child (widget_class, WbCreatePage, spinner);
}

static void
wb_create_page_class_init (WbCreatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_create_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_create_page_finalize;
  widget_class->grab_focus = wb_create_page_grab_focus;
  widget_class->focus = wb_ui_focus_within;

  /**
   * WbCreatePage::create:
   * @self: the page
   *
   * All is filled in: take it with wb_create_page_get_setup().
   */
  signals[CREATE] = g_signal_new ("create",
                                  WB_TYPE_CREATE_PAGE,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);

  g_type_ensure (WB_TYPE_PROBLEM_ROW);
  g_type_ensure (WB_TYPE_PASSPHRASE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, WB_UI_RESOURCES "/wb-create-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
  gtk_widget_class_bind_template_callback (widget_class, body_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_changed_cb);
  gtk_widget_class_install_action (widget_class, "create.create", NULL, create_cb);
  gtk_widget_class_install_action (widget_class, "create.choose-folder", NULL, choose_folder_cb);
}

static void
wb_create_page_init (WbCreatePage *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  gtk_widget_init_template (GTK_WIDGET (self));
  wb_create_page_set_folder (self, documents != NULL ? documents : g_get_home_dir ());
  gtk_label_set_label (self->advice, _ ("Better: four or more words that do not belong together"));
  update (self);
}

GtkWidget *
wb_create_page_new (void)
{
  return g_object_new (WB_TYPE_CREATE_PAGE, NULL);
}

void
wb_create_page_get_setup (WbCreatePage *self, WbRegisterSetup *ret_setup)
{
  static const char *const profiles[] = { "inspectorate",
                                          "human-rights-institution",
                                          "ombudsperson" };
  guint selected = adw_combo_row_get_selected (self->profile);

  *ret_setup = (WbRegisterSetup){
    .body = gtk_editable_get_text (self->body),
    .code = gtk_editable_get_text (self->code),
    .profile = selected < G_N_ELEMENTS (profiles) ? profiles[selected] : NULL,
    .user = gtk_editable_get_text (self->user),
    .passphrase = self->secret,
    .recovery = self->recipients[0] != NULL ? (const char *const *) self->recipients : NULL,
    .independent = gtk_check_button_get_active (self->independent),
  };
}

const char *
wb_create_page_get_folder (WbCreatePage *self)
{
  return self->folder;
}

void
wb_create_page_set_folder (WbCreatePage *self, const char *path)
{
  g_free (self->parent_folder);
  self->parent_folder = g_strdup (path);
  show_folder (self);
}

void
wb_create_page_set_busy (WbCreatePage *self, gboolean busy)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that goes dead while it has the focus confuses the input method. */
  if (busy && root != NULL)
    gtk_root_set_focus (root, NULL);
  self->is_busy = busy;
  gtk_widget_set_sensitive (self->form, !busy);
  gtk_widget_set_sensitive (self->back, !busy);
  gtk_revealer_set_reveal_child (self->busy, busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  update (self);
}

void
wb_create_page_say (WbCreatePage *self, const char *message)
{
  gtk_label_set_label (self->message, message);
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

void
wb_create_page_clear (WbCreatePage *self)
{
  GtkEditable *const entries[] = { self->body,       self->code,  self->user,
                                   self->passphrase, self->again, self->recovery };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  gtk_check_button_set_active (self->independent, FALSE);
}
