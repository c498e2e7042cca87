/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A request of the online source: makes the session it needs, sends, and reads what the answer
 * means. The log-in and the status are asked side by side; a token that the service no longer
 * takes is renewed once; a service that is down is asked whether that is planned. One deadline
 * covers all of it. */
#include "config.h"

#include "mdg-online-source-private.h"

#include <openssl/crypto.h>
#include <string.h>

#include "mdg-service-error.h"

#define MAX_TOKEN         8192
#define MAX_TOKEN_SECONDS (7 * 24 * 60 * 60)
#define CLOCK_LIMIT_MS    (5 * 60 * 1000)
#define STATUS_MS         3000

typedef struct
{
  char *method;
  char *path;
  GBytes *body;
  gboolean needs_login;
  gint64 deadline;
  gint64 status_asked_at_ms;
  guint pending;         /* of the session: log-in, status */
  GError *session_error; /* the first one */
  gboolean renewed;      /* the token, once */
  GError *outage;        /* while the status is asked for the reason */
} Request;

static void start_session (GTask *task);

static void
free_request (Request *request)
{
  g_free (request->method);
  g_free (request->path);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_clear_error (&request->session_error);
  g_clear_error (&request->outage);
  g_free (request);
}

/**
 * mdg_online_source_drop_token:
 * @self: a source
 *
 * The next question logs in again.
 *
 * Thread: that of the source.
 */
void
mdg_online_source_drop_token (MdgOnlineSource *self)
{
  if (self->token != NULL)
    OPENSSL_cleanse (self->token, strlen (self->token));
  g_clear_pointer (&self->token, g_free);
}

static gboolean
has_token (MdgOnlineSource *self)
{
  return self->token != NULL && g_get_monotonic_time () < self->token_until;
}

static void
take_status (MdgOnlineSource *self, const MdgServiceStatus *status)
{
  self->status_known = TRUE;
  self->practice = g_str_equal (status->service, "practice");
  self->clock_offset_ms = status->clock_offset_ms;
}

static gboolean
take_token (MdgOnlineSource *self, const MdgServiceAnswer *answer, GError **error)
{
  const char *token;
  gint64 seconds = 0;

  if (!mdg_service_answer_check (answer, FALSE, error))
    return FALSE;
  token = mdg_json_get_text (answer->json, "IdToken", MAX_TOKEN);
  /* b64token of RFC 6750 2.1: nothing else may go into a header */
  if (token == NULL ||
      strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=") !=
          strlen (token) ||
      !mdg_json_get_number (answer->json, "ExpiresIn", MAX_TOKEN_SECONDS, &seconds))
    {
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                           "the log-in's answer is malformed");
      return FALSE;
    }
  mdg_online_source_drop_token (self);
  self->token = g_strdup (token);
  /* a margin, so that a token does not end on the way */
  self->token_until = g_get_monotonic_time () + (seconds - MIN (seconds / 10, 60)) * G_USEC_PER_SEC;
  return TRUE;
}

static void
return_error (GTask *task, GError *error)
{
  MdgOnlineSource *self = g_task_get_source_object (task);

  /* a challenge that "expired" at once: the clocks, not the card, are to be looked at */
  if (g_error_matches (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CHALLENGE) &&
      ABS (self->clock_offset_ms) > CLOCK_LIMIT_MS)
    error->code = MDG_SERVICE_ERROR_CLOCK;
  g_task_return_error (task, error);
}

static void
on_outage_status_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (MdgServiceStatus) status = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (MdgServiceAnswer) answer =
      mdg_service_line_send_finish (MDG_SERVICE_LINE (source), result, NULL);

  if (answer != NULL)
    status = mdg_service_status_read (answer, g_get_real_time () / 1000, NULL);
  if (status != NULL && status->maintenance_message != NULL)
    {
      gint64 left = status->maintenance_to != NULL
                        ? g_date_time_difference (status->maintenance_to, status->time)
                        : 0;
      g_autofree char *code = g_strdup (mdg_service_error_get_code (request->outage));

      g_clear_error (&request->outage);
      request->outage =
          mdg_service_error_new (MDG_SERVICE_ERROR_MAINTENANCE, code, status->maintenance_message,
                                 (guint) CLAMP (left / G_USEC_PER_SEC, 0, G_MAXINT),
                                 "the service is down for maintenance");
    }
  g_task_return_error (task, g_steal_pointer (&request->outage));
}

/* The service is down: its status may say that this is planned, and until when. */
static void
ask_for_outage (GTask *task, GError *error)
{
  MdgOnlineSource *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  gint64 until = MIN (request->deadline, g_get_monotonic_time () + STATUS_MS * 1000);

  request->outage = error;
  mdg_service_line_send_async (self->line, "GET", "status", NULL, NULL, until,
                               g_task_get_cancellable (task), on_outage_status_cb,
                               g_object_ref (task));
}

static void
handle_error (GTask *task, GError *error)
{
  if (g_error_matches (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNAVAILABLE))
    ask_for_outage (task, error);
  else
    return_error (task, error);
}

static void
on_answer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MdgOnlineSource *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (MdgServiceAnswer) answer =
      mdg_service_line_send_finish (MDG_SERVICE_LINE (source), result, &error);

  if (answer == NULL)
    {
      return_error (task, error);
      return;
    }
  if (answer->status == 401 && request->needs_login && !request->renewed)
    {
      /* sent again with a key of its own: the old key would be answered with the old refusal */
      request->renewed = TRUE;
      mdg_online_source_drop_token (self);
      start_session (task);
      return;
    }
  if (mdg_service_answer_check (answer, TRUE, &error))
    g_task_return_pointer (task, g_bytes_ref (answer->body), (GDestroyNotify) g_bytes_unref);
  else
    handle_error (task, error);
}

static void
send_request (GTask *task)
{
  MdgOnlineSource *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);

  /* a log-in alone */
  if (request->path == NULL)
    g_task_return_pointer (task, g_bytes_new (NULL, 0), (GDestroyNotify) g_bytes_unref);
  else
    mdg_service_line_send_async (self->line, request->method, request->path, request->body,
                                 request->needs_login ? self->token : NULL, request->deadline,
                                 g_task_get_cancellable (task), on_answer_cb, g_object_ref (task));
}

static void
end_session_part (GTask *task, GError *error)
{
  Request *request = g_task_get_task_data (task);

  if (error != NULL && request->session_error == NULL)
    request->session_error = error;
  else
    g_clear_error (&error);
  if (--request->pending > 0)
    return;
  if (request->session_error != NULL)
    handle_error (task, g_steal_pointer (&request->session_error));
  else
    send_request (task);
}

static void
on_login_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (MdgServiceAnswer) answer =
      mdg_service_line_send_finish (MDG_SERVICE_LINE (source), result, &error);

  if (answer != NULL)
    take_token (g_task_get_source_object (task), answer, &error);
  end_session_part (task, error);
}

static void
on_status_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (MdgServiceStatus) status = NULL;
  GError *error = NULL;
  g_autoptr (MdgServiceAnswer) answer =
      mdg_service_line_send_finish (MDG_SERVICE_LINE (source), result, &error);

  if (answer != NULL)
    status = mdg_service_status_read (
        answer, (request->status_asked_at_ms + g_get_real_time () / 1000) / 2, &error);
  if (status != NULL)
    take_status (g_task_get_source_object (task), status);
  end_session_part (task, error);
}

static GBytes *
write_login (MdgOnlineSource *self)
{
  g_autoptr (MdgJson) body = json_pack ("{s:s}", "UserId", self->facility->user_id);

  if (body == NULL || !mdg_json_set_secret (body, "Password", self->password))
    return NULL;
  return mdg_json_to_bytes (body);
}

static void
start_login (GTask *task)
{
  MdgOnlineSource *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  g_autoptr (GBytes) body = self->password != NULL ? write_login (self) : NULL;

  if (body != NULL)
    mdg_service_line_send_async (self->line, "POST", "auth", body, NULL, request->deadline,
                                 g_task_get_cancellable (task), on_login_cb, g_object_ref (task));
  else
    end_session_part (task, g_error_new_literal (MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NO_PASSWORD,
                                                 "there is no password to log in with"));
}

/* What is missing, side by side; an answer is never shown before it is known whether the service
 * is the practice one. */
static void
start_session (GTask *task)
{
  MdgOnlineSource *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  gboolean login = !has_token (self);
  gboolean status = !self->status_known;

  request->pending = (login ? 1 : 0) + (status ? 1 : 0);
  if (request->pending == 0)
    {
      send_request (task);
      return;
    }
  if (status)
    {
      request->status_asked_at_ms = g_get_real_time () / 1000;
      mdg_service_line_send_async (self->line, "GET", "status", NULL, NULL, request->deadline,
                                   g_task_get_cancellable (task), on_status_cb,
                                   g_object_ref (task));
    }
  if (login)
    start_login (task);
}

/**
 * mdg_online_source_request_async:
 * @self: a source
 * @method: (nullable): the HTTP method
 * @path: (nullable): below the base URL; %NULL to make the session only
 * @body: (nullable): JSON
 * @needs_login: whether a token goes with it
 * @c: (nullable): to give up
 * @cb: called when it ended
 * @data: for @cb
 *
 * Thread: that of the source.
 */
void
mdg_online_source_request_async (MdgOnlineSource *self,
                                 const char *method,
                                 const char *path,
                                 GBytes *body,
                                 gboolean needs_login,
                                 GCancellable *c,
                                 GAsyncReadyCallback cb,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, c, cb, data);
  Request *request = g_new0 (Request, 1);

  g_task_set_source_tag (task, mdg_online_source_request_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, (GDestroyNotify) free_request);
  request->method = g_strdup (method);
  request->path = g_strdup (path);
  request->body = body != NULL ? g_bytes_ref (body) : NULL;
  request->needs_login = needs_login;
  request->deadline = g_get_monotonic_time () + (gint64) self->deadline_ms * 1000;
  if (path == NULL)
    mdg_online_source_drop_token (self);
  if (needs_login)
    start_session (task);
  else
    send_request (task);
}

/**
 * mdg_online_source_request_finish:
 * @self: a source
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the source.
 * Errors: #MdgServiceError; G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the body of a success, empty where there is none
 */
GBytes *
mdg_online_source_request_finish (MdgOnlineSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
