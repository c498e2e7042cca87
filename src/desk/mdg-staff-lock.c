/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The counter's lock. The verifier is the worker's alone; what comes back from there with each
 * answer (is there a password, how long to wait) is mirrored here for the window. Idle time costs
 * two readings of a clock per event: a timer that runs anyway looks at them. */
#include "config.h"

#include "mdg-staff-lock.h"

#include "mdg-staff-lock-private.h"
#include "mdg-staff-question.h"
#include "mdg-worker.h"

#define TICK_SECONDS 10

typedef enum
{
  PASSWORD_UNKNOWN,
  PASSWORD_NONE,
  PASSWORD_SET
} Password;

struct _MdgStaffLock
{
  GObject parent_instance;

  /* owned */
  MdgWorker *worker;
  MdgStaffVerifier *verifier; /* the worker's, while a job runs; each job holds this object */
  guint idle_id;
  guint wait_id;

  /* when somebody last did something, by both clocks: one stands still while the PC sleeps */
  gint64 active_monotonic;
  gint64 active_real;
  guint idle_seconds;

  gint64 wait_until; /* monotonic */
  guint wait_seconds;
  Password password;
  gboolean loading;
  gboolean must_lock; /* as soon as it is known that it can be opened again */
  gboolean locked;
};

enum
{
  PROP_LOCKED = 1,
  PROP_WAIT_SECONDS,
  N_PROPERTIES
};
static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (MdgStaffLock, mdg_staff_lock, G_TYPE_OBJECT)

static void update_wait (MdgStaffLock *self);
static void arm_idle (MdgStaffLock *self);

static void
ask_worker (MdgStaffLock *self,
            MdgWorkerFunc func,
            GBytes *password,
            GAsyncReadyCallback callback,
            gpointer data)
{
  MdgStaffQuestion *question = mdg_staff_question_new (self->verifier, password);

  mdg_worker_run_async (self->worker, func, question, mdg_staff_question_free,
                        mdg_staff_outcome_free, NULL, callback, data);
}

static void
set_locked (MdgStaffLock *self, gboolean locked)
{
  if (self->locked == locked)
    return;
  self->locked = locked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOCKED]);
}

static void
apply_outcome (MdgStaffLock *self, const MdgStaffOutcome *outcome)
{
  if (outcome->known)
    self->password = outcome->present ? PASSWORD_SET : PASSWORD_NONE;
  self->wait_until = outcome->wait_until;
  update_wait (self);
  if (!outcome->known || !self->must_lock)
    return;
  self->must_lock = FALSE;
  if (self->password == PASSWORD_SET)
    set_locked (self, TRUE);
}

static gboolean
on_wait_cb (gpointer data)
{
  MdgStaffLock *self = data;

  self->wait_id = 0;
  update_wait (self);
  return G_SOURCE_REMOVE;
}

/* Tells of the seconds that are left, and comes back when there is one less. */
static void
update_wait (MdgStaffLock *self)
{
  gint64 left = self->wait_until - g_get_monotonic_time ();
  guint seconds = left > 0 ? (guint) ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC) : 0;

  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (seconds > 0)
    {
      gint64 until_next = left - (gint64) (seconds - 1) * G_USEC_PER_SEC;

      self->wait_id = g_timeout_add ((guint) (until_next / 1000 + 1), on_wait_cb, self);
    }
  if (seconds == self->wait_seconds)
    return;
  self->wait_seconds = seconds;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAIT_SECONDS]);
}

static gboolean
on_idle_time_cb (gpointer data)
{
  MdgStaffLock *self = data;

  self->idle_id = 0;
  mdg_staff_lock_check_idle (self, g_get_monotonic_time (), g_get_real_time ());
  arm_idle (self);
  return G_SOURCE_REMOVE;
}

/* Not later than the next moment at which it may be due; now and then before, for a PC that slept
 * wakes with its timers where they were. */
static void
arm_idle (MdgStaffLock *self)
{
  gint64 left = self->active_monotonic + (gint64) self->idle_seconds * G_USEC_PER_SEC -
                g_get_monotonic_time ();
  gint64 seconds = CLAMP (left / G_USEC_PER_SEC + 1, 1, TICK_SECONDS);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->idle_seconds > 0)
    self->idle_id = g_timeout_add_seconds (self->locked ? TICK_SECONDS : (guint) seconds,
                                           on_idle_time_cb, self);
}

static void
on_loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (MdgStaffLock) self = data;
  MdgStaffOutcome *outcome = mdg_worker_run_finish (MDG_WORKER (object), result, NULL);

  self->loading = FALSE;
  apply_outcome (self, outcome);
  if (outcome->error != NULL)
    g_debug ("whether the counter can be locked is not known: %s", outcome->error->message);
  mdg_staff_outcome_free (outcome);
}

static void
start_loading (MdgStaffLock *self)
{
  if (self->loading)
    return;
  self->loading = TRUE;
  ask_worker (self, mdg_staff_question_load, NULL, on_loaded_cb, g_object_ref (self));
}

static void
mdg_staff_lock_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MdgStaffLock *self = MDG_STAFF_LOCK (object);

  switch (id)
    {
    case PROP_LOCKED:
      g_value_set_boolean (value, self->locked);
      break;
    case PROP_WAIT_SECONDS:
      g_value_set_uint (value, self->wait_seconds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mdg_staff_lock_dispose (GObject *object)
{
  MdgStaffLock *self = MDG_STAFF_LOCK (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (mdg_staff_lock_parent_class)->dispose (object);
}

static void
mdg_staff_lock_finalize (GObject *object)
{
  g_clear_pointer (&MDG_STAFF_LOCK (object)->verifier, mdg_staff_verifier_free);
  G_OBJECT_CLASS (mdg_staff_lock_parent_class)->finalize (object);
}

static void
mdg_staff_lock_class_init (MdgStaffLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mdg_staff_lock_get_property;
  object_class->dispose = mdg_staff_lock_dispose;
  object_class->finalize = mdg_staff_lock_finalize;
  properties[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, flags);
  properties[PROP_WAIT_SECONDS] =
      g_param_spec_uint ("wait-seconds", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
mdg_staff_lock_init (MdgStaffLock *self)
{
  self->worker = mdg_worker_new ("staff-lock");
  mdg_staff_lock_report_activity (self);
}

/**
 * mdg_staff_lock_new:
 * @secrets: where the verifier lives; asked on a worker
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: (transfer full): a lock that is open
 */
MdgStaffLock *
mdg_staff_lock_new (MdgSecretStore *secrets)
{
  MdgStaffLock *self;

  g_return_val_if_fail (MDG_IS_SECRET_STORE (secrets), NULL);

  self = g_object_new (MDG_TYPE_STAFF_LOCK, NULL);
  self->verifier = mdg_staff_verifier_new (secrets);
  start_loading (self);
  return self;
}

/**
 * mdg_staff_lock_set_idle_minutes:
 * @self: a lock
 * @minutes: idle time after which it locks by itself; 0 never
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_staff_lock_set_idle_minutes (MdgStaffLock *self, guint minutes)
{
  mdg_staff_lock_set_idle_seconds (self, minutes * 60);
}

/**
 * mdg_staff_lock_set_idle_seconds:
 * @self: a lock
 * @seconds: idle time after which it locks by itself; 0 never
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_staff_lock_set_idle_seconds (MdgStaffLock *self, guint seconds)
{
  g_return_if_fail (MDG_IS_STAFF_LOCK (self));

  self->idle_seconds = seconds;
  arm_idle (self);
}

/**
 * mdg_staff_lock_report_activity:
 * @self: a lock
 *
 * Somebody pressed a key or moved the mouse. Costs two readings of a clock.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_staff_lock_report_activity (MdgStaffLock *self)
{
  self->active_monotonic = g_get_monotonic_time ();
  self->active_real = g_get_real_time ();
}

/**
 * mdg_staff_lock_check_idle:
 * @self: a lock
 * @monotonic: now, microseconds
 * @real: now, microseconds
 *
 * Thread: main.
 */
void
mdg_staff_lock_check_idle (MdgStaffLock *self, gint64 monotonic, gint64 real)
{
  gint64 most = (gint64) self->idle_seconds * G_USEC_PER_SEC;

  if (self->idle_seconds > 0 &&
      (monotonic - self->active_monotonic >= most || real - self->active_real >= most))
    mdg_staff_lock_lock (self);
}

/**
 * mdg_staff_lock_lock:
 * @self: a lock
 *
 * Locks at once. Where no password was ever set nothing happens, for nobody could open it again;
 * where that is not known yet, it locks as soon as it is.
 *
 * Thread: main.
 * Errors: none.
 */
void
mdg_staff_lock_lock (MdgStaffLock *self)
{
  g_return_if_fail (MDG_IS_STAFF_LOCK (self));

  if (self->password == PASSWORD_SET)
    set_locked (self, TRUE);
  else if (self->password == PASSWORD_UNKNOWN)
    {
      self->must_lock = TRUE;
      start_loading (self);
    }
}

/**
 * mdg_staff_lock_get_locked:
 * @self: a lock
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: whether every personal datum has to be hidden
 */
gboolean
mdg_staff_lock_get_locked (MdgStaffLock *self)
{
  g_return_val_if_fail (MDG_IS_STAFF_LOCK (self), FALSE);

  return self->locked;
}

/**
 * mdg_staff_lock_get_wait_seconds:
 * @self: a lock
 *
 * Thread: main.
 * Errors: none.
 *
 * Returns: seconds until the next try counts; 0 now
 */
guint
mdg_staff_lock_get_wait_seconds (MdgStaffLock *self)
{
  g_return_val_if_fail (MDG_IS_STAFF_LOCK (self), 0);

  return self->wait_seconds;
}

/* NULL: it was cancelled before it began, and is told. What is begun is done: a try counts. */
static GTask *
begin_task (MdgStaffLock *self,
            gpointer tag,
            GCancellable *c,
            GAsyncReadyCallback cb,
            gpointer data)
{
  GTask *task = g_task_new (self, c, cb, data);

  g_task_set_source_tag (task, tag);
  if (g_task_return_error_if_cancelled (task))
    g_clear_object (&task);
  else
    g_task_set_check_cancellable (task, FALSE);
  return task;
}

/* The answer of all three questions; FALSE only as that to "is there one". */
static void
end_task (GTask *task, GAsyncResult *result, GObject *worker)
{
  MdgStaffLock *self = g_task_get_source_object (task);
  gpointer tag = g_task_get_source_tag (task);
  MdgStaffOutcome *outcome = mdg_worker_run_finish (MDG_WORKER (worker), result, NULL);

  apply_outcome (self, outcome);
  if (outcome->error != NULL)
    g_task_return_error (task, g_steal_pointer (&outcome->error));
  else
    {
      if (tag == mdg_staff_lock_unlock_async)
        {
          mdg_staff_lock_report_activity (self);
          set_locked (self, FALSE);
        }
      g_task_return_boolean (task, tag != mdg_staff_lock_has_password_async || outcome->present);
    }
  mdg_staff_outcome_free (outcome);
}

static void
on_answered_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  end_task (task, result, object);
}

/**
 * mdg_staff_lock_set_password_async:
 * @self: a lock
 * @password: 1 to 1024 bytes, which the service has accepted; not kept
 * @c: (nullable): a cancellable
 * @cb: (scope async): called when its verifier is kept
 * @data: data for @cb
 *
 * Leaves the lock open or locked as it is.
 *
 * Thread: main.
 */
void
mdg_staff_lock_set_password_async (MdgStaffLock *self,
                                   GBytes *password,
                                   GCancellable *c,
                                   GAsyncReadyCallback cb,
                                   gpointer data)
{
  GTask *task;

  g_return_if_fail (MDG_IS_STAFF_LOCK (self));
  g_return_if_fail (password != NULL);

  task = begin_task (self, mdg_staff_lock_set_password_async, c, cb, data);
  if (task != NULL)
    ask_worker (self, mdg_staff_question_set, password, on_answered_cb, task);
}

/**
 * mdg_staff_lock_set_password_finish:
 * @self: a lock
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT, #MdgStoreError: the former password stays;
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it opens from now on
 */
gboolean
mdg_staff_lock_set_password_finish (MdgStaffLock *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mdg_staff_lock_unlock_async:
 * @self: a lock
 * @password: what was typed
 * @c: (nullable): a cancellable; once begun, the try counts
 * @cb: (scope async): called when it is known, after about a tenth of a second
 * @data: data for @cb
 *
 * Thread: main.
 */
void
mdg_staff_lock_unlock_async (MdgStaffLock *self,
                             GBytes *password,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data)
{
  GTask *task;

  g_return_if_fail (MDG_IS_STAFF_LOCK (self));
  g_return_if_fail (password != NULL);

  task = begin_task (self, mdg_staff_lock_unlock_async, c, cb, data);
  if (task != NULL)
    ask_worker (self, mdg_staff_question_check, password, on_answered_cb, task);
}

/**
 * mdg_staff_lock_unlock_finish:
 * @self: a lock
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_PERMISSION_DENIED: wrong; %G_IO_ERROR_BUSY: "wait-seconds" are not over, it
 * was not looked at; %G_IO_ERROR_NOT_INITIALIZED: none was set; #MdgStoreError where the verifier
 * cannot be read; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it was right; the lock is open then
 */
gboolean
mdg_staff_lock_unlock_finish (MdgStaffLock *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mdg_staff_lock_has_password_async:
 * @self: a lock
 * @c: (nullable): a cancellable
 * @cb: (scope async): called when it is known
 * @data: data for @cb
 *
 * Thread: main.
 */
void
mdg_staff_lock_has_password_async (MdgStaffLock *self,
                                   GCancellable *c,
                                   GAsyncReadyCallback cb,
                                   gpointer data)
{
  GTask *task;

  g_return_if_fail (MDG_IS_STAFF_LOCK (self));

  task = begin_task (self, mdg_staff_lock_has_password_async, c, cb, data);
  if (task != NULL)
    ask_worker (self, mdg_staff_question_load, NULL, on_answered_cb, task);
}

/**
 * mdg_staff_lock_has_password_finish:
 * @self: a lock
 * @result: the result
 * @error: return location
 *
 * Thread: main.
 * Errors: #MdgStoreError where it is not known; %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether a password was set
 */
gboolean
mdg_staff_lock_has_password_finish (MdgStaffLock *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
