/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The terminal's life: registered with the letter's values, renewed in time, given up. What the
 * service gave is kept on a worker first; only then is it used. A reception that is open goes on
 * with the new certificate. */
#include "config.h"

#include "mdg-session-private.h"

#include "mdg-service-error.h"

#include <string.h>

#define RENEW_DAYS  30
#define DAY_SECONDS 86400

typedef struct
{
  /* what the letter says; (nullable) where it is no registration */
  char *service_url;
  char *ca_pem;
  char *institution_code;
  char *user_id;
  char *terminal_name;
  GBytes *password;
  GBytes *code;

  /* for the worker */
  char *database;
  MdgSecretStore *secrets;
  gboolean keep;
  MdgActivation *activation; /* what came of it; NULL: it is given up */
} Change;

static void
free_change (gpointer data)
{
  Change *change = data;

  g_free (change->service_url);
  g_free (change->ca_pem);
  g_free (change->institution_code);
  g_free (change->user_id);
  g_free (change->terminal_name);
  g_clear_pointer (&change->password, g_bytes_unref);
  g_clear_pointer (&change->code, g_bytes_unref);
  g_free (change->database);
  g_clear_object (&change->secrets);
  g_clear_pointer (&change->activation, mdg_activation_free);
  g_free (change);
}

static gpointer
keep_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  Change *change = data;
  g_autoptr (MdgStore) store = mdg_store_open (change->database, error);
  gboolean good;

  if (store == NULL)
    return NULL;
  if (change->activation != NULL)
    good = mdg_activation_save (change->activation, store, change->secrets,
                                change->keep ? change->password : NULL, error);
  else
    good = mdg_activation_clear (store, change->secrets, error);
  return good ? change : NULL;
}

static void
end_change (GTask *task, GError *error)
{
  MdgSession *self = g_task_get_source_object (task);

  self->pending--;
  if (error == NULL && self->closed)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the session was closed");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The reception that is open asks with the new certificate from now on. */
static void
use_activation (MdgSession *self, Change *change, GError **error)
{
  g_clear_pointer (&self->activation, mdg_activation_free);
  self->activation = g_steal_pointer (&change->activation);
  if (self->source != NULL)
    {
      if (mdg_online_source_take_terminal (self->source, self->activation->facility,
                                           self->activation->terminal,
                                           self->activation->terminal_key, error) &&
          change->password != NULL)
        mdg_online_source_take_password (self->source, change->password);
      self->letter_used |= change->code != NULL;
      mdg_session_follow_activation (self);
      mdg_session_notify_parts (self);
      return;
    }
  if (change->password != NULL)
    self->typed_password = g_bytes_ref (change->password);
  mdg_session_open (self);
}

/* The code is used up: where the disk was full, it is kept at the next try without asking again. */
static void
hold_unkept (MdgSession *self, Change *change)
{
  if (change->activation == NULL || change->code == NULL)
    return;
  g_clear_pointer (&self->unkept, mdg_activation_free);
  g_clear_pointer (&self->unkept_code, g_bytes_unref);
  self->unkept = g_steal_pointer (&change->activation);
  self->unkept_code = g_bytes_ref (change->code);
}

/* TRUE where it was granted before */
static gboolean
take_unkept (MdgSession *self, Change *change)
{
  const MdgFacility *facility = self->unkept != NULL ? self->unkept->facility : NULL;

  if (facility == NULL || !g_bytes_equal (self->unkept_code, change->code) ||
      g_strcmp0 (facility->service_url, change->service_url) != 0 ||
      g_strcmp0 (facility->institution_code, change->institution_code) != 0 ||
      g_strcmp0 (facility->user_id, change->user_id) != 0)
    return FALSE;
  change->activation = g_steal_pointer (&self->unkept);
  g_clear_pointer (&self->unkept_code, g_bytes_unref);
  return TRUE;
}

static void
on_kept_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgSession *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (mdg_worker_run_finish (MDG_WORKER (object), result, &error) == NULL || self->closed)
    {
      if (error != NULL)
        hold_unkept (self, change);
      end_change (task, error);
      return;
    }
  if (change->password != NULL && self->lock != NULL)
    mdg_session_set_lock_password (self, change->password);
  if (change->activation != NULL)
    use_activation (self, change, &error);
  end_change (task, error);
}

static void
keep (GTask *task)
{
  MdgSession *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  change->database = g_strdup (self->database);
  change->secrets = g_object_ref (self->secrets);
  mdg_worker_run_async (self->worker, keep_on_worker, change, NULL, NULL, NULL, on_kept_cb,
                        g_object_ref (task));
}

static void
on_activated_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  change->activation = mdg_activation_finish (result, &error);
  if (change->activation == NULL)
    end_change (task, error);
  else
    keep (task);
}

static void
ask_activation (GTask *task)
{
  const Change *change = g_task_get_task_data (task);
  const MdgActivationRequest request = {
    change->service_url, change->ca_pem, change->institution_code, change->user_id,
    change->password,    change->code,   change->terminal_name,
  };

  mdg_activation_activate_async (&request, g_task_get_cancellable (task), on_activated_cb,
                                 g_object_ref (task));
}

/* In practice the place of the terminal before is given back: one may register as often as one
 * likes. Where it cannot be, the service says so at the registration. */
static void
on_practice_left_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!mdg_online_source_deactivate_finish (MDG_ONLINE_SOURCE (object), result, &error))
    g_debug ("the practice terminal stays: %s", error->message);
  ask_activation (task);
}

static GTask *
begin_change (MdgSession *self,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data,
              gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  if (self->closed || self->opening || self->secrets == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "the session is not open yet");
      g_clear_object (&task);
      return NULL;
    }
  g_task_set_task_data (task, g_new0 (Change, 1), free_change);
  self->pending++;
  return task;
}

/**
 * mdg_session_activate_async:
 * @self: a session that is open
 * @request: what the letter says, in normal forms (mdg-letter.h); copied, secrets by reference
 * @keep_password: whether the password is kept for the log-ins to come
 * @cancellable: (nullable): to give up
 * @callback: called when it ended
 * @data: for @callback
 *
 * Registers this PC with the service, keeps what came of it, and opens the reception. In practice
 * mode the terminal before is given up first. Where it could not be kept, the same letter again
 * keeps what the service granted before.
 *
 * Thread: main.
 */
void
mdg_session_activate_async (MdgSession *self,
                            const MdgActivationRequest *request,
                            gboolean keep_password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Change *change;

  g_return_if_fail (MDG_IS_SESSION (self));
  g_return_if_fail (request != NULL && request->password != NULL);
  g_return_if_fail (request->activation_code != NULL);

  task = begin_change (self, cancellable, callback, data, mdg_session_activate_async);
  if (task == NULL)
    return;
  change = g_task_get_task_data (task);
  change->service_url = g_strdup (request->service_url);
  change->ca_pem = g_strdup (request->ca_pem);
  change->institution_code = g_strdup (request->institution_code);
  change->user_id = g_strdup (request->user_id);
  change->terminal_name = g_strdup (request->terminal_name);
  change->password = g_bytes_ref (request->password);
  change->code = g_bytes_ref (request->activation_code);
  change->keep = keep_password && !self->practice; /* practice tells it at each start */
  if (take_unkept (self, change))
    keep (task);
  else if (self->practice && self->source != NULL)
    mdg_online_source_deactivate_async (self->source, cancellable, on_practice_left_cb,
                                        g_object_ref (task));
  else
    ask_activation (task);
}

/**
 * mdg_session_renew_async:
 * @self: a session with a reception
 * @cancellable: (nullable): to give up
 * @callback: called when it ended
 * @data: for @callback
 *
 * A new key and certificate for this terminal.
 *
 * Thread: main.
 */
void
mdg_session_renew_async (MdgSession *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MDG_IS_SESSION (self));

  task = begin_change (self, cancellable, callback, data, mdg_session_renew_async);
  if (task == NULL)
    return;
  if (self->source == NULL)
    end_change (task, g_error_new_literal (MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED,
                                           "there is no terminal to renew"));
  else
    mdg_activation_renew_async (self->source, cancellable, on_activated_cb, g_object_ref (task));
}

static void
on_renewed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* tried again at the next start; the preparation shows until when the present one is good */
  if (!mdg_session_terminal_finish (MDG_SESSION (object), result, &error))
    g_warning ("the certificate of this terminal was not renewed: %s", error->message);
}

/**
 * mdg_session_renew_in_time:
 * @self: a session with a reception
 *
 * A certificate that ends within %RENEW_DAYS days is renewed while there is time to try again. Not
 * in practice mode, which registers a new terminal at each service.
 *
 * Thread: main.
 */
void
mdg_session_renew_in_time (MdgSession *self)
{
  const MdgTerminal *terminal = mdg_session_get_terminal (self);
  gint64 left = g_date_time_to_unix (terminal->not_after) - g_get_real_time () / G_USEC_PER_SEC;

  if (!self->practice && left < RENEW_DAYS * (gint64) DAY_SECONDS)
    mdg_session_renew_async (self, self->cancellable, on_renewed_cb, NULL);
}

static void
on_given_up_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (mdg_online_source_deactivate_finish (MDG_ONLINE_SOURCE (object), result, &error))
    keep (task);
  else
    end_change (task, error);
}

/**
 * mdg_session_deactivate_async:
 * @self: a session that is open, not in practice mode
 * @only_here: the service is not told: it no longer knows this terminal
 * @cancellable: (nullable): to give up
 * @callback: called when it ended
 * @data: for @callback
 *
 * Gives the terminal up, for a move to a new PC: the service takes it off its list, then key and
 * password are deleted here. The caller then opens the facility again (app.profile): nothing of
 * the reception may be used any more.
 *
 * Thread: main.
 */
void
mdg_session_deactivate_async (MdgSession *self,
                              gboolean only_here,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (MDG_IS_SESSION (self) && !self->practice);

  task = begin_change (self, cancellable, callback, data, mdg_session_deactivate_async);
  if (task == NULL)
    return;
  if (only_here)
    keep (task);
  else if (self->source == NULL)
    end_change (task, g_error_new_literal (MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NOT_ACTIVATED,
                                           "there is no log-in to give it up with"));
  else
    mdg_online_source_deactivate_async (self->source, cancellable, on_given_up_cb,
                                        g_object_ref (task));
}

/**
 * mdg_session_terminal_finish:
 * @self: the session
 * @result: of the callback of one of the three
 * @error: return location
 *
 * Thread: main.
 * Errors: #MdgServiceError, #MdgStoreError, those of the secret store; G_IO_ERROR_PENDING where the
 *   session is not open yet, G_IO_ERROR_CANCELLED.
 *
 * Returns: whether it was done, and kept
 */
gboolean
mdg_session_terminal_finish (MdgSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mdg_session_get_practice_letter:
 * @self: the session
 *
 * The letter of the invented facility, with an activation code that nobody has used.
 *
 * Thread: main; the service answers from its own thread at once.
 * Errors: none.
 *
 * Returns: (transfer full) (nullable): NULL outside of practice mode, and until its service is
 * there
 */
MdgPracticeInfo *
mdg_session_get_practice_letter (MdgSession *self)
{
  g_return_val_if_fail (MDG_IS_SESSION (self), NULL);

  return self->service != NULL ? mdg_practice_service_get_info (self->service) : NULL;
}
