/* SPDX-License-Identifier: EUPL-1.2 */

/* The desktop program: hardens the process, finds its translations, and hands over. */
#include <locale.h>
#include <malloc.h>

#include <glib.h>

#include "config.h"
#include "wb-application.h"
#include "wb-i18n.h"
#include "wb-secret.h"

#define FREED_BYTE 0x5a /* what freed memory is overwritten with */

/* Beside the program in a build folder, else where it is installed. */
static void
find_translations (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, "..", "po", NULL) : NULL;
  gboolean uninstalled = beside != NULL && g_file_test (beside, G_FILE_TEST_IS_DIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, uninstalled ? beside : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (WbApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  /* Text of the register passes through widgets; what they free must not linger after lock. */
  (void) mallopt (M_PERTURB, FREED_BYTE);
  find_translations ();
  if (!wb_secret_memory_init (&error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  application = wb_application_new (VERSION);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
