/* SPDX-License-Identifier: EUPL-1.2 */

/*
 * A register for a program with a main loop. One worker thread opens, uses and closes the register;
 * whatever it does comes back as the end of a GTask. Nothing else here touches the register.
 */
#include "wb-session.h"

#include "wb-error.h"
#include "wb-i18n.h"

#define QUIET_TIME (60 * G_USEC_PER_SEC)

typedef enum { JOB_CREATE, JOB_OPEN, JOB_CALL, JOB_LOCK, JOB_QUIT } JobKind;

typedef struct {
  JobKind kind;
  GTask *task;
  /* create and open */
  char *body, *code, *profile, *zone, *user;
  WbSecret *passphrase;
  char **recovery;
  gboolean independent;
  /* call */
  WbSessionCall call;
  gpointer data;
  GDestroyNotify free_data, free_result;
} Job;

/* Shared by the session and its worker, whichever lives longer. */
typedef struct {
  char *path;
  GAsyncQueue *jobs; /* (element-type Job) */
  GMutex mutex;      /* guards running */
  GCancellable *running;
  GMutex handing; /* held while a result goes over and the worker lets its task go */
} Shared;

struct _WbSession {
  GObject parent_instance;

  Shared *shared; /* (atomic reference counted) */
  GThread *worker;

  /* Facts for the main loop, set there. */
  gboolean open;
  char *body, *code, *user;
  WbZone *zone;
};

G_DEFINE_FINAL_TYPE (WbSession, wb_session, G_TYPE_OBJECT)

enum { PROP_OPEN = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

/* What the main loop learns from opening. */
typedef struct {
  char *body, *code, *user, *zone;
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->body);
  g_free (facts->code);
  g_free (facts->user);
  g_free (facts->zone);
  g_free (facts);
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job->body);
  g_free (job->code);
  g_free (job->profile);
  g_free (job->zone);
  g_free (job->user);
  g_clear_pointer (&job->passphrase, wb_secret_unref);
  g_strfreev (job->recovery);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static WbRegister *
open_register (const char *path, const Job *job, GError **error)
{
  WbRegisterSetup setup = { job->body,
                            job->code,
                            job->profile,
                            job->zone,
                            job->user,
                            job->passphrase,
                            (const char *const *) job->recovery,
                            job->independent };

  if (job->kind == JOB_OPEN)
    return wb_register_open (path, job->user, job->passphrase, error);
  return wb_register_create (path, &setup, error);
}

static Facts *
learn_facts (const WbRegister *reg)
{
  Facts *facts = g_new0 (Facts, 1);

  facts->body = g_strdup (wb_register_get_body (reg));
  facts->code = g_strdup (wb_register_get_code (reg));
  facts->user = g_strdup (wb_register_get_user (reg));
  facts->zone = g_strdup (wb_zone_get_identifier (wb_register_get_zone (reg)));
  return facts;
}

/* When the main loop has taken the result, the worker holds no reference any more through which a
 * session would go away here, its register still open: see settle(). */
static void
hand_over (Shared *shared, Job *job, gpointer result, GDestroyNotify free_result, GError *error)
{
  g_mutex_lock (&shared->handing);
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, free_result);
  g_clear_object (&job->task);
  g_mutex_unlock (&shared->handing);
}

static void
settle (WbSession *self)
{
  g_mutex_lock (&self->shared->handing);
  g_mutex_unlock (&self->shared->handing);
}

static void
run_open (Shared *shared, WbRegister **reg, Job *job)
{
  GError *error = NULL;
  Facts *facts = NULL;

  if (*reg != NULL) {
    g_set_error_literal (&error, WB_ERROR, WB_ERROR_BUSY, _ ("The register is open already."));
  } else {
    *reg = open_register (shared->path, job, &error);
    facts = *reg != NULL ? learn_facts (*reg) : NULL;
  }
  hand_over (shared, job, facts, facts_free, error);
}

static void
run_call (Shared *shared, WbRegister *reg, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  GError *error = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error)) {
    if (reg != NULL)
      result = job->call (reg, job->data, cancellable, &error);
    else
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The register is locked."));
  }
  hand_over (shared, job, result, job->free_result, error);
}

static void
shared_clear (gpointer data)
{
  Shared *shared = data;

  g_async_queue_unref (shared->jobs);
  g_clear_object (&shared->running);
  g_mutex_clear (&shared->mutex);
  g_mutex_clear (&shared->handing);
  g_free (shared->path);
}

static void
set_running (Shared *shared, GCancellable *cancellable)
{
  g_mutex_lock (&shared->mutex);
  g_set_object (&shared->running, cancellable);
  g_mutex_unlock (&shared->mutex);
}

static gboolean
run_job (Shared *shared, WbRegister **reg, Job *job)
{
  switch (job->kind) {
  case JOB_CREATE:
  case JOB_OPEN:
    run_open (shared, reg, job);
    return TRUE;
  case JOB_CALL:
    run_call (shared, *reg, job);
    return TRUE;
  case JOB_LOCK:
    g_clear_pointer (reg, wb_register_close);
    hand_over (shared, job, NULL, NULL, NULL);
    return TRUE;
  case JOB_QUIT:
  default:
    return FALSE;
  }
}

/* After a quiet minute the log is signed as it stands; at the same size nothing is signed twice. */
static void
sign_quietly (WbRegister *reg)
{
  g_autofree char *note = reg != NULL ? wb_register_checkpoint (reg, NULL) : NULL;

  (void) note;
}

static gpointer
work (gpointer data)
{
  Shared *shared = data;
  WbRegister *reg = NULL;
  gboolean going = TRUE;

  while (going) {
    g_autoptr (Job) job = g_async_queue_timeout_pop (shared->jobs, QUIET_TIME);

    if (job == NULL) {
      sign_quietly (reg);
      continue;
    }
    set_running (shared, job->task != NULL ? g_task_get_cancellable (job->task) : NULL);
    going = run_job (shared, &reg, job);
    set_running (shared, NULL);
  }
  wb_register_close (reg);
  g_atomic_rc_box_release_full (shared, shared_clear);
  return NULL;
}

static void
clear_facts (WbSession *self)
{
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->zone, wb_zone_unref);
}

static Job *
new_quit (void)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_QUIT;
  return job;
}

static void
wb_session_finalize (GObject *object)
{
  WbSession *self = WB_SESSION (object);

  g_async_queue_push (self->shared->jobs, new_quit ());
  /* The last reference may go with a task that the worker itself lets go. */
  if (g_thread_self () == self->worker)
    g_thread_unref (self->worker);
  else
    g_thread_join (self->worker);
  g_atomic_rc_box_release_full (self->shared, shared_clear);
  clear_facts (self);
  G_OBJECT_CLASS (wb_session_parent_class)->finalize (object);
}

static void
wb_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_OPEN:
    g_value_set_boolean (value, WB_SESSION (object)->open);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
wb_session_class_init (WbSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wb_session_finalize;
  object_class->get_property = wb_session_get_property;
  props[PROP_OPEN] =
      g_param_spec_boolean ("open", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_session_init (WbSession *self)
{
  self->shared = g_atomic_rc_box_new0 (Shared);
  self->shared->jobs = g_async_queue_new ();
  g_mutex_init (&self->shared->mutex);
  g_mutex_init (&self->shared->handing);
}

/**
 * wb_session_new:
 * @path: the register's folder
 *
 * Returns: (transfer full): a locked session
 */
WbSession *
wb_session_new (const char *path)
{
  WbSession *self;

  g_return_val_if_fail (path != NULL, NULL);
  self = g_object_new (WB_TYPE_SESSION, NULL);
  self->shared->path = g_strdup (path);
  self->worker = g_thread_new ("register", work, g_atomic_rc_box_acquire (self->shared));
  return self;
}

const char *
wb_session_get_path (WbSession *self)
{
  g_return_val_if_fail (WB_IS_SESSION (self), NULL);
  return self->shared->path;
}

gboolean
wb_session_is_open (WbSession *self)
{
  g_return_val_if_fail (WB_IS_SESSION (self), FALSE);
  return self->open;
}

const char *
wb_session_get_body (WbSession *self)
{
  return self->body;
}

const char *
wb_session_get_code (WbSession *self)
{
  return self->code;
}

const char *
wb_session_get_user (WbSession *self)
{
  return self->user;
}

const WbZone *
wb_session_get_zone (WbSession *self)
{
  return self->zone;
}

static void
set_open (WbSession *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OPEN]);
}

/* Every task has a cancellable, so that locking can stop the call that runs. */
static Job *
new_job (WbSession *self,
         JobKind kind,
         GCancellable *cancellable,
         gpointer tag,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autoptr (GCancellable) own =
      cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->task = g_task_new (self, own, callback, user_data);
  g_task_set_source_tag (job->task, tag);
  /* A finished act is reported as finished, even where locking came in between. */
  g_task_set_check_cancellable (job->task, FALSE);
  return job;
}

/**
 * wb_session_create_async:
 * @self: a locked session
 * @setup: as for wb_register_create(); copied
 * @cancellable: (nullable)
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Makes the register and leaves it open. Ends with wb_session_open_finish().
 */
void
wb_session_create_async (WbSession *self,
                         const WbRegisterSetup *setup,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Job *job;

  g_return_if_fail (WB_IS_SESSION (self) && setup != NULL);
  job = new_job (self, JOB_CREATE, cancellable, wb_session_create_async, callback, user_data);
  job->body = g_strdup (setup->body);
  job->code = g_strdup (setup->code);
  job->profile = g_strdup (setup->profile);
  job->zone = g_strdup (setup->zone);
  job->user = g_strdup (setup->user);
  job->passphrase =
      setup->passphrase != NULL ? wb_secret_ref ((WbSecret *) setup->passphrase) : NULL;
  job->recovery = g_strdupv ((char **) setup->recovery);
  job->independent = setup->independent;
  g_async_queue_push (self->shared->jobs, job);
}

/**
 * wb_session_open_async:
 * @self: a locked session
 * @user: whose key file
 * @passphrase: that user's; wiped as soon as it was used
 * @cancellable: (nullable)
 * @callback: called on the caller's main context
 * @user_data: for @callback
 */
void
wb_session_open_async (WbSession *self,
                       const char *user,
                       const WbSecret *passphrase,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job;

  g_return_if_fail (WB_IS_SESSION (self) && user != NULL && passphrase != NULL);
  job = new_job (self, JOB_OPEN, cancellable, wb_session_open_async, callback, user_data);
  job->user = g_strdup (user);
  job->passphrase = wb_secret_ref ((WbSecret *) passphrase);
  g_async_queue_push (self->shared->jobs, job);
}

/**
 * wb_session_open_finish:
 * @self: the session
 * @result: from the callback
 * @error: return location for an error
 *
 * Returns: %TRUE when the register is open
 */
gboolean
wb_session_open_finish (WbSession *self, GAsyncResult *result, GError **error)
{
  Facts *facts = g_task_propagate_pointer (G_TASK (result), error);

  settle (self);
  if (facts == NULL)
    return FALSE;
  clear_facts (self);
  self->body = g_steal_pointer (&facts->body);
  self->code = g_steal_pointer (&facts->code);
  self->user = g_steal_pointer (&facts->user);
  self->zone = wb_zone_new (facts->zone, NULL);
  facts_free (facts);
  set_open (self, TRUE);
  return TRUE;
}

/**
 * wb_session_call_async:
 * @self: an open session
 * @call: runs on the worker thread with the open register
 * @data: (nullable): for @call
 * @free_data: (nullable): frees @data, on the worker thread
 * @free_result: (nullable): frees the result if nobody takes it
 * @cancellable: (nullable): passed on to @call
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Calls run one after the other, in order. Locking cancels them.
 */
void
wb_session_call_async (WbSession *self,
                       WbSessionCall call,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_result,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job;

  g_return_if_fail (WB_IS_SESSION (self) && call != NULL);
  job = new_job (self, JOB_CALL, cancellable, wb_session_call_async, callback, user_data);
  job->call = call;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_async_queue_push (self->shared->jobs, job);
}

gpointer
wb_session_call_finish (WbSession *self, GAsyncResult *result, GError **error)
{
  settle (self);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Calls that wait are dropped at once; those that only save a draft are kept by their caller. */
static void
drop_waiting (WbSession *self)
{
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
  Job *job;

  while ((job = g_async_queue_try_pop (self->shared->jobs)) != NULL)
    g_ptr_array_add (dropped, job);
  for (guint i = 0; i < dropped->len; i++) {
    Job *each = g_ptr_array_index (dropped, i);

    if (each->task != NULL)
      g_task_return_new_error (each->task,
                               G_IO_ERROR,
                               G_IO_ERROR_CANCELLED,
                               "%s",
                               _ ("The register is locked."));
  }
}

/**
 * wb_session_interrupt:
 * @self: a session
 *
 * Cancels the call that runs, so that what is called for next need not wait for a long intake or
 * export. Calls that wait stay.
 */
void
wb_session_interrupt (WbSession *self)
{
  g_return_if_fail (WB_IS_SESSION (self));
  g_mutex_lock (&self->shared->mutex);
  if (self->shared->running != NULL)
    g_cancellable_cancel (self->shared->running);
  g_mutex_unlock (&self->shared->mutex);
}

/**
 * wb_session_lock_async:
 * @self: a session
 * @callback: called on the caller's main context when nothing of the register is left in memory
 * @user_data: for @callback
 *
 * From this call on the session counts as locked; the call that runs is cancelled, those that
 * wait are dropped. To save a draft, call for it first and lock in its callback.
 */
void
wb_session_lock_async (WbSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job;

  g_return_if_fail (WB_IS_SESSION (self));
  job = new_job (self, JOB_LOCK, NULL, wb_session_lock_async, callback, user_data);
  drop_waiting (self);
  wb_session_interrupt (self);
  g_async_queue_push (self->shared->jobs, job);
  clear_facts (self);
  set_open (self, FALSE);
}

gboolean
wb_session_lock_finish (WbSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) problem = NULL;

  settle (self);
  (void) g_task_propagate_pointer (G_TASK (result), &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
