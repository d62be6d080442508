/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

#include "wb-register.h"

G_BEGIN_DECLS

/*
 * A register for a program with a main loop: one worker thread owns the register, calls queue up
 * and finish as GTasks on the caller's main context. After wb_session_lock() nothing of it is left
 * in memory, and calls that still wait finish with G_IO_ERROR_CANCELLED.
 */
#define WB_TYPE_SESSION (wb_session_get_type ())
G_DECLARE_FINAL_TYPE (WbSession, wb_session, WB, SESSION, GObject)

WbSession *wb_session_new (const char *path);
const char *wb_session_get_path (WbSession *self);
gboolean wb_session_is_open (WbSession *self); /* property "open" */

void wb_session_create_async (WbSession *self,
                              const WbRegisterSetup *setup,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void wb_session_open_async (WbSession *self,
                            const char *user,
                            const WbSecret *passphrase,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wb_session_open_finish (WbSession *self,
                                 GAsyncResult *result,
                                 GError **error); /* also of create */

/* Runs on the worker thread. Returns what finish gives out (freed by @free_result if nobody takes
 * it). */
typedef gpointer (*WbSessionCall) (WbRegister *reg,
                                   gpointer data,
                                   GCancellable *cancellable,
                                   GError **error);
/* NULL as a result is an error if @error was set; calls without a result return GINT_TO_POINTER
 * (TRUE). */
void wb_session_call_async (WbSession *self,
                            WbSessionCall call,
                            gpointer data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gpointer wb_session_call_finish (WbSession *self, GAsyncResult *result, GError **error);

/* Facts of the open register that never change while it is open; NULL when locked. */
const char *wb_session_get_body (WbSession *self);
const char *wb_session_get_code (WbSession *self);
const char *wb_session_get_user (WbSession *self);
const WbZone *wb_session_get_zone (WbSession *self);

/* Cancels the call that runs; those that wait stay. */
void wb_session_interrupt (WbSession *self);

/* Closes the register: queued calls are dropped, the one that runs is cancelled. */
void wb_session_lock_async (WbSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_session_lock_finish (WbSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
