/* SPDX-License-Identifier: EUPL-1.2 */

/* The users of the register and their keys, which are no secret. */
#include "wb-users-group.h"

#include "wb-button-row.h"
#include "wb-case-rows.h"
#include "wb-colleague-dialog.h"
#include "wb-format.h"
#include "wb-passphrase-dialog.h"
#include "wb-ui.h"

struct _WbUsersGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (element-type GtkWidget): borrowed */
  WbSession *session;
};

G_DEFINE_FINAL_TYPE (WbUsersGroup, wb_users_group, ADW_TYPE_PREFERENCES_GROUP)

static void load (WbUsersGroup *self);

static void
add_row (WbUsersGroup *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_user (WbUsersGroup *self, const WbUser *user)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *day =
      wb_format_instant (user->added, wb_session_get_zone (self->session), wb_language_current ());
  gboolean own = g_strcmp0 (user->name, wb_session_get_user (self->session)) == 0;
  /* Translators: %s is a day and a time. */
  g_autofree char *words =
      own ? g_strdup_printf (_ ("You · added %s"), day) : g_strdup_printf (_ ("Added %s"), day);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), user->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), words);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                            wb_property_row_new (_ ("Fingerprint of the key"), user->fingerprint));
  adw_expander_row_add_row (
      ADW_EXPANDER_ROW (row),
      wb_property_row_new (_ ("Recipient for encryption (age1…)"), user->recipient));
  add_row (self, row);
  wb_ui_name_expander (ADW_EXPANDER_ROW (row), NULL, words);
}

static void
add_colleague_cb (WbUsersGroup *self)
{
  GtkWidget *dialog = wb_colleague_dialog_new (self->session);

  g_signal_connect_object (dialog, "done", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  wb_work_dialog_show_over (WB_WORK_DIALOG (dialog), GTK_WIDGET (self));
}

static void
change_passphrase_cb (WbUsersGroup *self)
{
  wb_work_dialog_show_over (WB_WORK_DIALOG (wb_passphrase_dialog_new (self->session)),
                            GTK_WIDGET (self));
}

static void
fill (WbUsersGroup *self, GPtrArray *users)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < users->len; i++)
    add_user (self, g_ptr_array_index (users, i));
  add_row (self,
           wb_button_row_new (_ ("Add a Colleague…"), NULL, G_CALLBACK (add_colleague_cb), self));
  add_row (self,
           wb_button_row_new (_ ("Change My Passphrase…"),
                              NULL,
                              G_CALLBACK (change_passphrase_cb),
                              self));
}

/* On the register's thread. */
static gpointer
list_call (WbRegister *reg, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_register_list_users (reg, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbUsersGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = wb_session_call_finish (WB_SESSION (source), result, &error);

  if (self->session == NULL || wb_session_get_zone (self->session) == NULL)
    return;
  if (users != NULL)
    fill (self, users);
  else if (error != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
}

static void
load (WbUsersGroup *self)
{
  wb_session_call_async (self->session,
                         list_call,
                         NULL,
                         NULL,
                         (GDestroyNotify) g_ptr_array_unref,
                         NULL,
                         listed_cb,
                         g_object_ref (self));
}

static void
wb_users_group_dispose (GObject *object)
{
  g_clear_object (&WB_USERS_GROUP (object)->session);
  G_OBJECT_CLASS (wb_users_group_parent_class)->dispose (object);
}

static void
wb_users_group_finalize (GObject *object)
{
  g_ptr_array_unref (WB_USERS_GROUP (object)->rows);
  G_OBJECT_CLASS (wb_users_group_parent_class)->finalize (object);
}

static void
wb_users_group_class_init (WbUsersGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_users_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_users_group_finalize;
}

static void
wb_users_group_init (WbUsersGroup *self)
{
  self->rows = g_ptr_array_new ();
}

void
wb_users_group_show (WbUsersGroup *self, WbSession *session)
{
  g_set_object (&self->session, session);
  load (self);
}
