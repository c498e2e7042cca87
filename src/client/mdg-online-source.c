/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The online source: the facility's account and terminal at one service. Log-in, password and
 * deactivation are here; the questions are in mdg-online-question.c, how a request is made in
 * mdg-online-request.c. */
#include "config.h"

#include "mdg-online-source.h"

#include <string.h>

#include "mdg-online-source-private.h"
#include "mdg-service-error.h"
#include "mdg-terminal-key.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgOnlineSource,
                               mdg_online_source,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_ELIGIBILITY_SOURCE,
                                                      mdg_online_source_init_questions))

static void
mdg_online_source_finalize (GObject *object)
{
  MdgOnlineSource *self = MDG_ONLINE_SOURCE (object);

  mdg_online_source_drop_token (self);
  g_clear_pointer (&self->password, g_bytes_unref);
  g_clear_object (&self->line);
  mdg_facility_free (self->facility);
  mdg_terminal_free (self->terminal);
  G_OBJECT_CLASS (mdg_online_source_parent_class)->finalize (object);
}

static void
mdg_online_source_class_init (MdgOnlineSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_online_source_finalize;
}

static void
mdg_online_source_init (MdgOnlineSource *self)
{
  self->deadline_ms = MDG_SERVICE_DEADLINE_MS;
}

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgOnlineSource *self = MDG_ONLINE_SOURCE (source);
  GError *error = NULL;
  g_autoptr (GBytes) body = mdg_online_source_request_finish (self, result, &error);

  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* a password that was changed is the one to log in with from now on */
  if (g_task_get_task_data (task) != NULL)
    mdg_online_source_take_password (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static GTask *
make_task (MdgOnlineSource *self, GCancellable *c, GAsyncReadyCallback cb, gpointer data)
{
  GTask *task = g_task_new (self, c, cb, data);

  g_task_set_check_cancellable (task, FALSE);
  return task;
}

/**
 * mdg_online_source_new:
 * @facility: copied
 * @terminal: copied
 * @terminal_key: PKCS#8 PEM
 * @password: (nullable): erased with the source
 * @error: return location
 *
 * Nothing is connected yet: the first question logs in.
 *
 * Thread: a source belongs to the thread-default main context it is made in.
 * Errors: MDG_SERVICE_ERROR_FAILED for the URL, _TLS for the CA, _TERMINAL for key and
 *   certificate.
 *
 * Returns: (transfer full) (nullable): a source
 */
MdgOnlineSource *
mdg_online_source_new (const MdgFacility *facility,
                       const MdgTerminal *terminal,
                       GBytes *terminal_key,
                       GBytes *password,
                       GError **error)
{
  g_autoptr (MdgOnlineSource) self = g_object_new (MDG_TYPE_ONLINE_SOURCE, NULL);

  if (!mdg_online_source_take_terminal (self, facility, terminal, terminal_key, error))
    return NULL;
  if (password != NULL)
    mdg_online_source_take_password (self, password);
  return g_steal_pointer (&self);
}

/**
 * mdg_online_source_take_terminal:
 * @self: a source
 * @facility: copied
 * @terminal: copied
 * @terminal_key: PKCS#8 PEM
 * @error: return location
 *
 * For a terminal that was registered again or renewed while it is used: what is asked from now on
 * is asked with it. A question that is under way ends with the former one.
 *
 * Thread: that of the source.
 * Errors: as mdg_online_source_new(); nothing was changed then.
 *
 * Returns: whether it was taken
 */
gboolean
mdg_online_source_take_terminal (MdgOnlineSource *self,
                                 const MdgFacility *facility,
                                 const MdgTerminal *terminal,
                                 GBytes *terminal_key,
                                 GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  MdgServiceLine *line;

  g_return_val_if_fail (MDG_IS_ONLINE_SOURCE (self), FALSE);
  g_return_val_if_fail (facility != NULL && terminal != NULL && terminal_key != NULL, FALSE);

  certificate = mdg_terminal_key_to_tls (terminal_key, terminal->certificate_pem, error);
  if (certificate == NULL)
    return FALSE;
  line = mdg_service_line_new (facility->service_url, facility->ca_pem, certificate, error);
  if (line == NULL)
    return FALSE;
  g_clear_object (&self->line);
  self->line = line;
  mdg_facility_free (self->facility);
  self->facility = mdg_facility_copy (facility);
  mdg_terminal_free (self->terminal);
  self->terminal = mdg_terminal_copy (terminal);
  mdg_online_source_drop_token (self); /* it was given to the former one */
  self->status_known = FALSE;
  return TRUE;
}

/**
 * mdg_online_source_take_password:
 * @self: a source
 * @password: for the log-ins to come; copied
 *
 * Thread: that of the source.
 * Errors: none.
 */
void
mdg_online_source_take_password (MdgOnlineSource *self, GBytes *password)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (password, &length);
  GBytes *copy = mdg_secret_bytes_new (data, length);

  g_clear_pointer (&self->password, g_bytes_unref);
  self->password = copy;
}

/**
 * mdg_online_source_set_deadline:
 * @self: a source
 * @milliseconds: within which a call ends, the log-in before it included; default 15 000
 *
 * Thread: that of the source.
 * Errors: none.
 */
void
mdg_online_source_set_deadline (MdgOnlineSource *self, guint milliseconds)
{
  g_return_if_fail (MDG_IS_ONLINE_SOURCE (self));

  self->deadline_ms = milliseconds;
}

/**
 * mdg_online_source_login_async:
 * @self: a source
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Logs in now, also where there is a token: for a status command.
 *
 * Thread: that of the source.
 */
void
mdg_online_source_login_async (MdgOnlineSource *self,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data)
{
  g_return_if_fail (MDG_IS_ONLINE_SOURCE (self));

  mdg_online_source_request_async (self, NULL, NULL, NULL, TRUE, c, on_done_cb,
                                   make_task (self, c, cb, data));
}

/**
 * mdg_online_source_login_finish:
 * @self: a source
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the source.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the service took the password
 */
gboolean
mdg_online_source_login_finish (MdgOnlineSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mdg_online_source_change_password_async:
 * @self: a source
 * @new_password: 8 to 100 characters
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Where it succeeds the source logs in with @new_password from then on; the caller keeps it.
 *
 * Thread: that of the source.
 */
void
mdg_online_source_change_password_async (MdgOnlineSource *self,
                                         GBytes *new_password,
                                         GCancellable *c,
                                         GAsyncReadyCallback cb,
                                         gpointer data)
{
  g_autoptr (GTask) task = make_task (self, c, cb, data);
  g_autoptr (MdgJson) json = NULL;
  g_autoptr (GBytes) body = NULL;

  g_return_if_fail (MDG_IS_ONLINE_SOURCE (self) && new_password != NULL);

  if (self->password == NULL)
    {
      g_task_return_new_error (task, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NO_PASSWORD,
                               "there is no password to log in with");
      return;
    }
  json = json_pack ("{s:s}", "UserId", self->facility->user_id);
  if (mdg_json_set_secret (json, "Password", self->password) &&
      mdg_json_set_secret (json, "NewPassword", new_password))
    body = mdg_json_to_bytes (json);
  if (body == NULL)
    {
      g_task_return_new_error (task, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_PASSWORD_FORM,
                               "the new password is no text");
      return;
    }
  g_task_set_task_data (task, g_bytes_ref (new_password), (GDestroyNotify) g_bytes_unref);
  mdg_online_source_request_async (self, "POST", "password", body, TRUE, c, on_done_cb,
                                   g_steal_pointer (&task));
}

/**
 * mdg_online_source_change_password_finish:
 * @self: a source
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the source.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the service took it
 */
gboolean
mdg_online_source_change_password_finish (MdgOnlineSource *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * mdg_online_source_deactivate_async:
 * @self: a source
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * DELETE terminal: the service revokes the certificate. The caller then clears what is kept.
 *
 * Thread: that of the source.
 */
void
mdg_online_source_deactivate_async (MdgOnlineSource *self,
                                    GCancellable *c,
                                    GAsyncReadyCallback cb,
                                    gpointer data)
{
  g_return_if_fail (MDG_IS_ONLINE_SOURCE (self));

  mdg_online_source_request_async (self, "DELETE", "terminal", NULL, TRUE, c, on_done_cb,
                                   make_task (self, c, cb, data));
}

/**
 * mdg_online_source_deactivate_finish:
 * @self: a source
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the source.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: whether the certificate is revoked
 */
gboolean
mdg_online_source_deactivate_finish (MdgOnlineSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
