/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls over HTTPS. Each ends by its deadline, connecting included, with a whole answer of bounded
 * size or with an error that says how far it came. A call whose answer was lost on the way is
 * repeated once, with the same Idempotency-Key, so that the service does not do it twice; a call
 * that was answered never is, but for a 503 that asks to come again at once. */
#include "config.h"

#include "mdg-service-line.h"

#include <libsoup/soup.h>
#include <openssl/crypto.h>
#include <string.h>

#include "mdg-secret-store.h"
#include "mdg-secret-stream.h"
#include "mdg-service-error.h"
#include "mdg-tls-trust.h"

#define CHUNK       16384
#define MAX_PAUSE_S 3

struct _MdgServiceLine
{
  GObject parent_instance;
  SoupSession *session;
  GUri *base;
  MdgTlsTrust *trust; /* (nullable): the system's */
  GTlsCertificate *certificate;
};

G_DEFINE_FINAL_TYPE (MdgServiceLine, mdg_service_line, G_TYPE_OBJECT)

typedef struct
{
  char *method;
  GUri *uri;
  GBytes *body;
  char *authorization;
  char *key;
  gint64 deadline;
  GCancellable *inner; /* of one call: the caller's and the deadline's */
  GCancellable *outer;
  gulong outer_id;
  GSource *timer;
  GSource *pause;
  SoupMessage *message;
  GInputStream *stream;
  guint8 *buffer;
  gsize size;
  gsize length;
  GError *refusal;  /* of the service's certificate */
  gboolean secured; /* the TLS handshake is done: what fails now is the line */
  gboolean timed_out;
  gboolean repeated;
} Call;

static void send_message (GTask *task);
static void read_more (GTask *task);

static void
erase_string (char *text)
{
  if (text != NULL)
    OPENSSL_cleanse (text, strlen (text));
  g_free (text);
}

static void
reset_attempt (Call *call)
{
  g_clear_object (&call->message);
  g_clear_object (&call->stream);
  if (call->buffer != NULL)
    OPENSSL_cleanse (call->buffer, call->size);
  g_clear_pointer (&call->buffer, g_free);
  call->size = 0;
  call->length = 0;
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
free_call (Call *call)
{
  reset_attempt (call);
  clear_source (&call->timer);
  clear_source (&call->pause);
  g_cancellable_disconnect (call->outer, call->outer_id);
  g_clear_object (&call->outer);
  g_clear_object (&call->inner);
  g_clear_error (&call->refusal);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_uri_unref (call->uri);
  erase_string (call->authorization);
  g_free (call->method);
  g_free (call->key);
  g_free (call);
}

static gboolean
is_lost (const Call *call, const GError *error)
{
  /* a connection that is cut in the middle has several names in GnuTLS */
  if (error->domain == G_TLS_ERROR)
    return call->secured && error->code != G_TLS_ERROR_CERTIFICATE_REQUIRED;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
         /* libsoup's word for an answer that ends within its headers */
         g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING);
}

static GError *
translate_error (const Call *call, const GError *error)
{
  MdgServiceError code = MDG_SERVICE_ERROR_UNREACHABLE;

  if (call->timed_out || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return mdg_service_error_new (MDG_SERVICE_ERROR_TIMED_OUT, NULL, NULL, 0,
                                  "the service did not answer in time");
  if (call->refusal != NULL)
    return g_error_copy (call->refusal);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    code = MDG_SERVICE_ERROR_TERMINAL;
  else if (error->domain == G_TLS_ERROR && !call->secured && error->code != G_TLS_ERROR_EOF)
    code = MDG_SERVICE_ERROR_TLS;
  else if (error->domain == SOUP_SESSION_ERROR && !is_lost (call, error))
    code = MDG_SERVICE_ERROR_BAD_ANSWER;
  return mdg_service_error_new (code, NULL, NULL, 0, "no answer of the service: %s",
                                error->message);
}

/* Ends the task, or sends once more where the answer was lost on the way. */
static void
handle_failure (GTask *task, GError *error)
{
  Call *call = g_task_get_task_data (task);
  gboolean again = is_lost (call, error) && !call->repeated && !call->timed_out &&
                   call->refusal == NULL && !g_cancellable_is_cancelled (call->inner);

  if (again)
    {
      call->repeated = TRUE;
      reset_attempt (call);
      send_message (task);
    }
  else
    g_task_return_error (task, translate_error (call, error));
  g_error_free (error);
  g_object_unref (task);
}

static gboolean
on_pause_cb (gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);

  clear_source (&call->pause);
  send_message (task);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static gboolean
wants_another_try (const Call *call, const MdgServiceAnswer *answer)
{
  return answer->status == 503 && !call->repeated && answer->retry_after > 0 &&
         answer->retry_after <= MAX_PAUSE_S &&
         g_get_monotonic_time () + answer->retry_after * G_USEC_PER_SEC < call->deadline;
}

static void
handle_body (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  g_autoptr (GBytes) body = mdg_secret_bytes_new (call->buffer, call->length);
  g_autoptr (MdgServiceAnswer) answer =
      mdg_service_answer_new (soup_message_get_status (call->message),
                              soup_message_headers_get_content_type (headers, NULL),
                              soup_message_headers_get_one (headers, "Retry-After"), body);

  reset_attempt (call);
  if (wants_another_try (call, answer))
    {
      call->repeated = TRUE;
      call->pause = g_timeout_source_new_seconds (answer->retry_after);
      g_source_set_callback (call->pause, on_pause_cb, task, NULL);
      g_source_attach (call->pause, g_task_get_context (task));
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) mdg_service_answer_free);
  g_object_unref (task);
}

/* libsoup lets a body pass that is shorter than announced where the connection was to be closed. */
static gboolean
is_short (const Call *call)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);

  switch (soup_message_headers_get_encoding (headers))
    {
    case SOUP_ENCODING_CONTENT_LENGTH:
      return soup_message_headers_get_content_length (headers) > (goffset) call->length;
    case SOUP_ENCODING_EOF:
      /* headers that end after a whole line look like an answer without a body, which only 204 is
       */
      return call->length == 0 && soup_message_get_status (call->message) != 204;
    default:
      return FALSE;
    }
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (n < 0)
    {
      handle_failure (task, error);
      return;
    }
  if (n == 0 && is_short (call))
    {
      handle_failure (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                                                 "the answer ended too early"));
      return;
    }
  if (n == 0)
    {
      handle_body (task);
      return;
    }
  call->length += (gsize) n;
  if (call->length > MDG_SERVICE_MAX_BYTES)
    {
      g_task_return_new_error (task, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                               "the answer is larger than %d bytes", MDG_SERVICE_MAX_BYTES);
      g_object_unref (task);
      return;
    }
  read_more (task);
}

/* Grows without leaving a copy behind, which g_realloc() would. */
static void
make_room (Call *call)
{
  gsize size = MAX (2 * call->size, CHUNK);
  guint8 *larger;

  if (call->size - call->length >= CHUNK / 4)
    return;
  larger = g_malloc (size);
  for (gsize i = 0; i < call->length; i++)
    larger[i] = call->buffer[i];
  if (call->buffer != NULL)
    OPENSSL_cleanse (call->buffer, call->size);
  g_free (call->buffer);
  call->buffer = larger;
  call->size = size;
}

static void
read_more (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  make_room (call);
  g_input_stream_read_async (call->stream, call->buffer + call->length, call->size - call->length,
                             G_PRIORITY_DEFAULT, call->inner, on_read_cb, task);
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  call->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->stream == NULL)
    handle_failure (task, error);
  else
    read_more (task);
}

static gboolean
on_accept_certificate_cb (SoupMessage *message,
                          GTlsCertificate *peer,
                          GTlsCertificateFlags flags,
                          gpointer data)
{
  GTask *task = data;
  MdgServiceLine *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);

  g_clear_error (&call->refusal);
  if (self->trust != NULL)
    return mdg_tls_trust_verify (self->trust, peer, g_uri_get_host (call->uri), &call->refusal);
  g_set_error (&call->refusal, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TLS,
               "the service's certificate is not accepted (flags 0x%x)", (guint) flags);
  return FALSE;
}

/* GnuTLS still speaks TLS 1.0 and 1.1 (RFC 8996); nothing has been sent yet. */
static void
check_version (Call *call, GTlsConnection *connection)
{
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version (connection);

  if (version == G_TLS_PROTOCOL_VERSION_TLS_1_2 || version == G_TLS_PROTOCOL_VERSION_TLS_1_3)
    return;
  g_clear_error (&call->refusal);
  g_set_error_literal (&call->refusal, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TLS,
                       "the service speaks a version of TLS that is too old");
  g_cancellable_cancel (call->inner);
}

static void
on_network_event_cb (SoupMessage *message,
                     GSocketClientEvent event,
                     GIOStream *connection,
                     gpointer data)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  Call *call = g_task_get_task_data (G_TASK (data));

  /* a kept connection has no such events, and is secure from the start */
  if (event == G_SOCKET_CLIENT_RESOLVING || event == G_SOCKET_CLIENT_CONNECTING)
    call->secured = FALSE;
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    /* libsoup offers HTTP/2 by itself: what tells a cut answer from a whole one here is HTTP/1.1's
     */
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    {
      call->secured = TRUE;
      check_version (call, G_TLS_CONNECTION (connection));
    }
}

/* libsoup sends again by itself when a kept connection was closed: that is the one repeat. */
static void
on_restarted_cb (SoupMessage *message, gpointer data)
{
  Call *call = g_task_get_task_data (G_TASK (data));

  call->repeated = TRUE;
}

static void
send_message (GTask *task)
{
  MdgServiceLine *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers;

  call->secured = TRUE;
  call->message = soup_message_new_from_uri (call->method, call->uri);
  headers = soup_message_get_request_headers (call->message);
  /* IDEMPOTENT, thanks to the key: libsoup uses a kept connection for nothing else */
  soup_message_set_flags (call->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Idempotency-Key", call->key);
  if (call->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", call->authorization);
  if (call->body != NULL)
    {
      g_autoptr (GInputStream) stream = mdg_secret_stream_new (call->body);

      soup_message_set_request_body (call->message, "application/json; charset=UTF-8", stream,
                                     (gssize) g_bytes_get_size (call->body));
    }
  if (self->certificate != NULL)
    soup_message_set_tls_client_certificate (call->message, self->certificate);
  g_signal_connect_object (call->message, "accept-certificate",
                           G_CALLBACK (on_accept_certificate_cb), task, 0);
  g_signal_connect_object (call->message, "network-event", G_CALLBACK (on_network_event_cb), task,
                           0);
  g_signal_connect_object (call->message, "restarted", G_CALLBACK (on_restarted_cb), task, 0);
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, call->inner,
                           on_sent_cb, g_object_ref (task));
}

static gboolean
on_deadline_cb (gpointer data)
{
  GTask *task = data;
  Call *call = g_task_get_task_data (task);

  call->timed_out = TRUE;
  clear_source (&call->timer);
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled_cb (GCancellable *outer, gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (data));
}

static void
mdg_service_line_finalize (GObject *object)
{
  MdgServiceLine *self = MDG_SERVICE_LINE (object);

  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->base, g_uri_unref);
  mdg_tls_trust_free (self->trust);
  G_OBJECT_CLASS (mdg_service_line_parent_class)->finalize (object);
}

static void
mdg_service_line_class_init (MdgServiceLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_service_line_finalize;
}

static void
mdg_service_line_init (MdgServiceLine *self)
{
}

static GUri *
parse_base (const char *service_url, GError **error)
{
  g_autofree char *folder =
      g_strconcat (service_url, g_str_has_suffix (service_url, "/") ? "" : "/", NULL);
  g_autoptr (GUri) uri = g_uri_parse (folder, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") &&
      g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
      g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL &&
      g_uri_get_fragment (uri) == NULL)
    return g_steal_pointer (&uri);
  g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_FAILED,
                       "the service's address must be https://name/");
  return NULL;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * mdg_service_line_new:
 * @service_url: the base URL, https
 * @ca_pem: (nullable): the only CA that is trusted; %NULL for the system's
 * @certificate: (nullable): what this side shows
 * @error: return location
 *
 * Nothing is connected yet.
 *
 * Thread: a line belongs to the thread-default main context it is made in.
 * Errors: MDG_SERVICE_ERROR_FAILED for the URL, MDG_SERVICE_ERROR_TLS for the CA.
 *
 * Returns: (transfer full) (nullable): a line
 */
MdgServiceLine *
mdg_service_line_new (const char *service_url,
                      const char *ca_pem,
                      GTlsCertificate *certificate,
                      GError **error)
{
  g_autoptr (MdgServiceLine) self = g_object_new (MDG_TYPE_SERVICE_LINE, NULL);

  g_return_val_if_fail (service_url != NULL, NULL);

  self->base = parse_base (service_url, error);
  if (self->base == NULL)
    return NULL;
  if (ca_pem != NULL)
    {
      self->trust = mdg_tls_trust_new (ca_pem, error);
      if (self->trust == NULL)
        return NULL;
    }
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->session = soup_session_new_with_options ("user-agent", "madoguchi/" PACKAGE_VERSION,
                                                 "idle-timeout", 60, "timeout", 0, NULL);
  /* a body is read as it was sent, and a 401 is ours to handle */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  /* without a database every certificate comes to on_accept_certificate_cb() */
  if (self->trust != NULL)
    soup_session_set_tls_database (self->session, NULL);
  if (is_loopback (g_uri_get_host (self->base)))
    soup_session_set_proxy_resolver (self->session, NULL);
  return g_steal_pointer (&self);
}

/**
 * mdg_service_line_send_async:
 * @self: a line
 * @method: the HTTP method
 * @path: below the base URL
 * @body: (nullable): JSON
 * @token: (nullable): of the log-in
 * @deadline: monotonic microseconds
 * @c: (nullable): to give up earlier
 * @cb: called when it ended
 * @data: for @cb
 *
 * Thread: that of the line.
 */
void
mdg_service_line_send_async (MdgServiceLine *self,
                             const char *method,
                             const char *path,
                             GBytes *body,
                             const char *token,
                             gint64 deadline,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, c, cb, data);
  Call *call = g_new0 (Call, 1);
  gint64 left = MAX (deadline - g_get_monotonic_time (), 0) / 1000;
  g_autofree char *full = g_strconcat (g_uri_get_path (self->base), path, NULL);

  g_task_set_source_tag (task, mdg_service_line_send_async);
  /* "cancelled" must not cover an error that happened first */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify) free_call);
  call->method = g_strdup (method);
  call->uri = soup_uri_copy (self->base, SOUP_URI_PATH, full, SOUP_URI_NONE);
  call->body = body != NULL ? g_bytes_ref (body) : NULL;
  call->authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  call->key = g_uuid_string_random ();
  call->deadline = deadline;
  call->inner = g_cancellable_new ();
  call->timer = g_timeout_source_new ((guint) MIN (left, G_MAXINT));
  g_source_set_callback (call->timer, on_deadline_cb, task, NULL);
  g_source_attach (call->timer, g_task_get_context (task));
  if (c != NULL)
    {
      call->outer = g_object_ref (c);
      call->outer_id = g_cancellable_connect (c, G_CALLBACK (on_cancelled_cb), call->inner, NULL);
    }
  send_message (task);
}

/**
 * mdg_service_line_send_finish:
 * @self: a line
 * @result: of the callback
 * @error: return location
 *
 * Thread: that of the line.
 * Errors: MDG_SERVICE_ERROR_UNREACHABLE, _TIMED_OUT, _TLS, _TERMINAL, _BAD_ANSWER;
 *   G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): a complete answer of whatever status
 */
MdgServiceAnswer *
mdg_service_line_send_finish (MdgServiceLine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
