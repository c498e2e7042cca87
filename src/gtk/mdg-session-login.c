/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Log-in: the password is asked of the service with a source of its own, so that a wrong one never
 * takes the place of one that works. What the service accepted opens the lock, too, and is kept
 * where the preferences say so. Where the service cannot be reached the lock's own word counts: a
 * counter without a line still has its list and its paper forms. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-service-error.h"

typedef struct
{
  GBytes *password;
  MdgOnlineSource *source; /* of this one question */
  GError *unreached;       /* (nullable): what the service's silence was */

  /* for the worker */
  char *database;
  MdgSecretStore *secrets;
  gboolean keep;
} Login;

static void
free_login (gpointer data)
{
  Login *login = data;

  g_clear_pointer (&login->password, g_bytes_unref);
  g_clear_object (&login->source);
  g_clear_error (&login->unreached);
  g_free (login->database);
  g_clear_object (&login->secrets);
  g_free (login);
}

static gpointer
keep_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Login *login = data;
  g_autoptr (MdgStore) store = mdg_store_open (login->database, error);

  if (store == NULL || !mdg_activation_save_password (store, login->secrets,
                                                      login->keep ? login->password : NULL, error))
    return NULL;
  return login;
}

/* The last step: the source has the password, and there is a reception. */
static void
finish_login (GTask *task)
{
  MdgSession *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  GError *error = NULL;

  self->pending--;
  if (self->closed)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the session was closed");
  else if (self->source != NULL)
    {
      mdg_online_source_take_password (self->source, login->password);
      mdg_session_set_state (self, MDG_SESSION_READY, NULL);
      mdg_session_follow_lock (self);
      mdg_session_audit_entry (self, "log-in");
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_clear_pointer (&self->password, g_bytes_unref);
      self->password = g_bytes_ref (login->password);
      if (mdg_session_make_reception (self, &error))
        {
          mdg_session_audit_entry (self, "log-in");
          g_task_return_boolean (task, TRUE);
        }
      else
        g_task_return_error (task, error);
    }
}

/* A password that could not be kept is asked for again at the next start, no more. */
static void
on_kept_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (mdg_worker_run_finish (MDG_WORKER (object), result, &error) == NULL)
    g_warning ("the password was not kept: %s", error->message);
  finish_login (task);
}

static void
keep_password (GTask *task)
{
  MdgSession *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  gboolean ask = FALSE;

  if (self->practice)
    {
      finish_login (task); /* it is told at each start */
      return;
    }
  g_object_get (self->preferences, "ask-log-in", &ask, NULL);
  login->keep = !ask;
  login->database = g_strdup (self->database);
  login->secrets = g_object_ref (self->secrets);
  mdg_worker_run_async (self->worker, keep_on_worker, login, NULL, NULL, NULL, on_kept_cb,
                        g_object_ref (task));
}

static void
on_lock_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!mdg_staff_lock_unlock_finish (MDG_STAFF_LOCK (object), result, &error))
    g_warning ("the lock stays shut: %s", error->message);
  keep_password (task);
}

static void
on_lock_set_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgSession *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!mdg_staff_lock_set_password_finish (MDG_STAFF_LOCK (object), result, &error))
    g_warning ("the lock did not take the password: %s", error->message);
  /* it may have shut by itself while the log-in was on the screen: who logged in is not asked again
   */
  if (error == NULL && mdg_staff_lock_get_locked (self->lock))
    mdg_staff_lock_unlock_async (self->lock, login->password, NULL, on_lock_opened_cb,
                                 g_object_ref (task));
  else
    keep_password (task);
}

static void
on_lock_asked_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgSession *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (mdg_staff_lock_unlock_finish (MDG_STAFF_LOCK (object), result, &error))
    {
      finish_login (task);
      return;
    }
  self->pending--;
  /* no word of the lock's: what the service said is what is told */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED))
    g_task_return_error (task, g_steal_pointer (&login->unreached));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
is_unreached (const GError *error)
{
  g_autoptr (MdgProblem) problem = mdg_problem_new (error);

  return mdg_problem_get_kind (problem) == MDG_PROBLEM_KIND_UNREACHED;
}

static void
on_logged_in_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgSession *self = g_task_get_source_object (task);
  Login *login = g_task_get_task_data (task);
  GError *error = NULL;

  if (mdg_online_source_login_finish (MDG_ONLINE_SOURCE (object), result, &error))
    mdg_staff_lock_set_password_async (self->lock, login->password, NULL, on_lock_set_cb,
                                       g_object_ref (task));
  else if (is_unreached (error) && self->source == NULL)
    {
      login->unreached = error;
      mdg_staff_lock_unlock_async (self->lock, login->password, NULL, on_lock_asked_cb,
                                   g_object_ref (task));
    }
  else
    {
      self->pending--;
      g_task_return_error (task, error);
    }
}

/**
 * mdg_session_ask_password:
 * @self: the session, with a reception
 * @ask: FALSE: not any more
 *
 * What the reception shows goes: the log-in stands over it.
 *
 * Thread: main.
 */
void
mdg_session_ask_password (MdgSession *self, gboolean ask)
{
  g_return_if_fail (MDG_IS_SESSION (self));

  if (self->reception == NULL)
    return;
  mdg_session_set_state (self, ask ? MDG_SESSION_NEED_PASSWORD : MDG_SESSION_READY, NULL);
  mdg_session_follow_lock (self);
}

/**
 * mdg_session_log_in_async:
 * @self: the session, whose activation is loaded
 * @password: what was typed; erased with its last reference
 * @cancellable: (nullable): to give up
 * @callback: called when it ended
 * @data: for @callback
 *
 * Asks the service whether this is the password of the facility's user. Opens the reception where
 * that was what it waited for.
 *
 * Thread: main.
 */
void
mdg_session_log_in_async (MdgSession *self,
                          GBytes *password,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  GError *error = NULL;
  Login *login;

  g_return_if_fail (MDG_IS_SESSION (self));
  g_return_if_fail (password != NULL);

  g_task_set_source_tag (task, mdg_session_log_in_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->activation == NULL || self->lock == NULL)
    {
      g_task_return_new_error (task, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED,
                               "there is no activation");
      return;
    }
  login = g_new0 (Login, 1);
  login->password = g_bytes_ref (password);
  g_task_set_task_data (task, login, free_login);
  login->source = mdg_online_source_new (self->activation->facility, self->activation->terminal,
                                         self->activation->terminal_key, password, &error);
  if (login->source == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->pending++;
  mdg_online_source_login_async (login->source, cancellable, on_logged_in_cb, g_object_ref (task));
}

/**
 * mdg_session_log_in_finish:
 * @self: the session
 * @result: of the callback
 * @error: return location
 *
 * Thread: main.
 * Errors: #MdgServiceError, among them that of a wrong password; those of
 *   mdg_staff_lock_unlock_async() where the service cannot be reached.
 *
 * Returns: whether the password is right
 */
gboolean
mdg_session_log_in_finish (MdgSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
