/* SPDX-License-Identifier: EUPL-1.2 */

/* The desktop program: hardens the process, binds its texts, and hands over. */
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "config.h"
#include "texts.h"
#include "wb-application.h"
#include "wb-i18n.h"
#include "wb-secret.h"
#include "wb-settings.h"

#define FREED_BYTE 0x5a /* what freed memory is overwritten with */
#define TUNABLES "GLIBC_TUNABLES"
#define NO_THREAD_CACHE "glibc.malloc.tcache_count=0"

/*
 * Small pieces that a thread frees wait in its cache, and those the C library does not overwrite:
 * the first words of an account outlived the lock there. The caches can only be turned off before
 * a program starts, so it starts itself once more; where that fails it goes on as it is.
 */
static void
restart_without_caches (char **argv)
{
  const char *tunables = g_getenv (TUNABLES);
  g_autofree char *wanted = NULL;

  if (tunables != NULL && strstr (tunables, NO_THREAD_CACHE) != NULL)
    return;
  wanted = tunables != NULL && *tunables != '\0' ? g_strconcat (tunables, ":" NO_THREAD_CACHE, NULL)
                                                 : g_strdup (NO_THREAD_CACHE);
  (void) g_setenv (TUNABLES, wanted, TRUE);
  (void) g_setenv ("G_SLICE", "always-malloc", TRUE);
  (void) execv ("/proc/self/exe", argv);
}

/* Before anything is translated, and before there are other threads. */
static void
take_language (void)
{
  g_autoptr (WbSettings) settings = wb_settings_new ();
  g_autofree char *language = wb_settings_dup_language (settings);

  if (language != NULL)
    prefer_language (language);
}

int
main (int argc, char **argv)
{
  g_autoptr (WbApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  restart_without_caches (argv);
  /* Text of the register passes through widgets; what they free must not linger after lock. */
  (void) mallopt (M_PERTURB, FREED_BYTE);
  take_language ();
  bind_texts ();
  if (!wb_secret_memory_init (&error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  application = wb_application_new (VERSION);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
