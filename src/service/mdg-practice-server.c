/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTPS around the practice service: loopback only, TLS with the terminal's certificate asked for,
 * bodies refused while they are read when they are larger than 1 MiB or slower than READ_SECONDS.
 * Any certificate passes the handshake; whether it is one of ours is for the core, which can say so
 * in words. Where a fault cuts or slows an answer, the connection is taken and written by hand.
 */
#include "config.h"

#include "mdg-practice-server.h"
#include "mdg-practice-wire.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_BODY         (1024 * 1024)
#define READ_SECONDS     30
#define REQUEST_STATE    "mdg-practice-request"
#define PEER_CERTIFICATE "mdg-practice-peer"

struct _MdgPracticeServer
{
  SoupServer *soup;
  MdgPracticeCore *core; /* (unowned) */
};

/* what is known of a request while it is read */
typedef struct
{
  SoupServerMessage *message; /* (unowned): this hangs on it */
  gsize read;
  gboolean refused;
  GSource *timer;
} Reading;

/* an answer that waits */
typedef struct
{
  SoupServerMessage *message;
  MdgPracticeReply *reply;
  GBytes *body;
  MdgPracticeFault fault; /* its texts are not used */
} Delivery;

static void
stop_timer (Reading *reading)
{
  if (reading->timer == NULL)
    return;
  g_source_destroy (reading->timer);
  g_clear_pointer (&reading->timer, g_source_unref);
}

static void
free_reading (Reading *reading)
{
  stop_timer (reading);
  g_free (reading);
}

static void
free_delivery (Delivery *delivery)
{
  g_object_unref (delivery->message);
  mdg_practice_reply_free (delivery->reply);
  g_bytes_unref (delivery->body);
  g_free (delivery);
}

static GSource *
attach_timer (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  g_source_set_callback (source, func, data, notify);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* ---- refusing a request before its end ---- */

static gboolean
on_refuse_cb (gpointer data)
{
  SoupServerMessage *message = data;
  g_autoptr (MdgPracticeReply) reply =
      mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_TOO_LARGE, NULL);
  g_autoptr (GBytes) head =
      mdg_practice_wire_make_head (reply->status, g_bytes_get_size (reply->body), NULL);
  MdgPracticeWire wire = { .head = head, .body = reply->body, .limit = G_MAXSIZE, .drain = TRUE };
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    mdg_practice_wire_send (stream, &wire);
  return G_SOURCE_REMOVE;
}

static gboolean
on_too_slow_cb (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GIOStream) stream = NULL;

  g_clear_pointer (&reading->timer, g_source_unref);
  stream = soup_server_message_steal_connection (reading->message);
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* not from within the reading itself: the connection is still in use there */
static void
refuse_large (Reading *reading)
{
  if (reading->refused)
    return;
  reading->refused = TRUE;
  stop_timer (reading);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (reading->message), FALSE);
  soup_server_message_pause (reading->message);
  g_source_unref (attach_timer (g_idle_source_new (), on_refuse_cb, g_object_ref (reading->message),
                                g_object_unref));
}

static void
on_got_headers_cb (SoupServerMessage *message, gpointer data)
{
  Reading *reading = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > MAX_BODY)
    {
      refuse_large (reading);
      return;
    }
  stop_timer (reading);
  reading->timer =
      attach_timer (g_timeout_source_new_seconds (READ_SECONDS), on_too_slow_cb, reading, NULL);
}

static void
on_got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Reading *reading = data;

  reading->read += g_bytes_get_size (chunk);
  if (reading->read > MAX_BODY)
    refuse_large (reading);
}

static void
on_got_body_cb (SoupServerMessage *message, gpointer data)
{
  stop_timer (data);
}

static gboolean
on_accept_certificate_cb (SoupServerMessage *message,
                          GTlsCertificate *certificate,
                          GTlsCertificateFlags errors,
                          gpointer data)
{
  return TRUE;
}

static void
on_request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->message = message;
  g_object_set_data_full (G_OBJECT (message), REQUEST_STATE, reading,
                          (GDestroyNotify) free_reading);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), NULL);
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers_cb), reading);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk_cb), reading);
  g_signal_connect (message, "got-body", G_CALLBACK (on_got_body_cb), reading);
}

/* ---- answering ---- */

static void
deliver_by_hand (Delivery *delivery)
{
  const MdgPracticeFault *fault = &delivery->fault;
  g_autoptr (GBytes) head = mdg_practice_wire_make_head (delivery->reply->status,
                                                         g_bytes_get_size (delivery->body), NULL);
  g_autoptr (GIOStream) stream = NULL;
  MdgPracticeWire wire = { .head = head, .body = delivery->body, .limit = G_MAXSIZE };
  GSocket *socket = soup_server_message_get_socket (delivery->message);
  g_autoptr (GSocket) kept = socket != NULL ? g_object_ref (socket) : NULL;

  if (fault->cut_after >= 0)
    wire.limit = g_bytes_get_size (head) + (gsize) fault->cut_after;
  if (fault->cut_at >= 0)
    wire.limit = (gsize) fault->cut_at;
  wire.pause_ms = (guint) fault->slow_body_ms;
  wire.reset = fault->abrupt ? kept : NULL;
  stream = soup_server_message_steal_connection (delivery->message);
  if (stream != NULL)
    mdg_practice_wire_send (stream, &wire);
}

static void
deliver (Delivery *delivery)
{
  SoupServerMessage *message = delivery->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize n = 0;
  const char *body = g_bytes_get_data (delivery->body, &n);

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (delivery->reply->retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", delivery->reply->retry_after);

      soup_message_headers_replace (headers, "Retry-After", seconds);
    }
  soup_server_message_set_status (message, delivery->reply->status, NULL);
  if (n > 0)
    soup_server_message_set_response (message, "application/json;charset=UTF-8", SOUP_MEMORY_COPY,
                                      body, n);
}

static gboolean
on_hand_cb (gpointer data)
{
  deliver_by_hand (data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_late_cb (gpointer data)
{
  Delivery *delivery = data;

  deliver (delivery);
  soup_server_message_unpause (delivery->message);
  return G_SOURCE_REMOVE;
}

static GBytes *
make_garbage (void)
{
  static const char garbage[] = "{\"XmlMsg\": {\"MessageHeader\": \xff\xfe<html>\x01 ]]";

  return g_bytes_new_static (garbage, sizeof garbage - 1);
}

/* @delivery: (transfer full) */
static void
schedule (Delivery *delivery, gboolean faulty)
{
  const MdgPracticeFault *fault = &delivery->fault;
  gboolean by_hand =
      faulty && (fault->cut_after >= 0 || fault->cut_at >= 0 || fault->slow_body_ms > 0);
  guint latency = faulty ? (guint) fault->latency_ms : 0;

  if (!by_hand && latency == 0)
    {
      deliver (delivery);
      free_delivery (delivery);
      return;
    }
  soup_server_message_pause (delivery->message);
  g_source_unref (attach_timer (g_timeout_source_new (latency), by_hand ? on_hand_cb : on_late_cb,
                                delivery, (GDestroyNotify) free_delivery));
}

static GBytes *
get_certificate (SoupServerMessage *message)
{
  GTlsCertificate *certificate = soup_server_message_get_tls_peer_certificate (message);
  GSocket *socket = soup_server_message_get_socket (message);
  g_autoptr (GByteArray) der = NULL;

  /* libsoup 3.2 tells it with the first message of a connection only. */
  if (certificate != NULL && socket != NULL)
    g_object_set_data_full (G_OBJECT (socket), PEER_CERTIFICATE, g_object_ref (certificate),
                            g_object_unref);
  else if (socket != NULL)
    certificate = g_object_get_data (G_OBJECT (socket), PEER_CERTIFICATE);
  if (certificate == NULL)
    return NULL;
  g_object_get (certificate, "certificate", &der, NULL);
  return der != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&der)) : NULL;
}

static void
on_request_cb (SoupServer *soup,
               SoupServerMessage *message,
               const char *path,
               GHashTable *query,
               gpointer data)
{
  MdgPracticeServer *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GBytes) certificate = get_certificate (message);
  g_auto (MdgPracticeRequest)
      request = { .method = soup_server_message_get_method (message),
                  .call = *path == '/' ? path + 1 : path,
                  .content_type = soup_message_headers_get_one (headers, "Content-Type"),
                  .authorization = soup_message_headers_get_one (headers, "Authorization"),
                  .idempotency_key = soup_message_headers_get_one (headers, "Idempotency-Key"),
                  .certificate = certificate,
                  .body = body };
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->message = g_object_ref (message);
  delivery->fault = self->core->fault;
  delivery->reply = mdg_practice_core_answer (self->core, &request);
  if (request.faulty && self->core->fault.garbage)
    delivery->body = make_garbage ();
  else
    delivery->body =
        delivery->reply->body != NULL ? g_bytes_ref (delivery->reply->body) : g_bytes_new (NULL, 0);
  schedule (delivery, request.faulty);
}

/**
 * mdg_practice_server_new:
 * @core: (unowned): must outlive the server
 * @port: 0 for any
 * @error: return location
 *
 * Listens on 127.0.0.1, and on ::1 where the PC has it and that port is free there.
 *
 * Thread: the one on whose thread-default main context it serves.
 * Errors: %G_IO_ERROR_ADDRESS_IN_USE and the like, #GTlsError.
 * Returns: (transfer full) (nullable): the server
 */
MdgPracticeServer *
mdg_practice_server_new (MdgPracticeCore *core, guint16 port, GError **error)
{
  g_autoptr (MdgPracticeServer) self = g_new0 (MdgPracticeServer, 1);
  g_autoptr (GTlsCertificate) certificate =
      mdg_practice_pki_make_server_certificate (core->pki, mdg_practice_core_now (core), error);

  if (certificate == NULL)
    return NULL;
  self->core = core;
  self->soup = soup_server_new ("server-header", "madoguchi-practice-service/" PACKAGE_VERSION,
                                "tls-certificate", certificate, "tls-auth-mode",
                                G_TLS_AUTHENTICATION_REQUESTED, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started_cb), self);
  soup_server_add_handler (self->soup, NULL, on_request_cb, self, NULL);
  if (!soup_server_listen_local (self->soup, port,
                                 SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  soup_server_listen_local (self->soup, mdg_practice_server_get_port (self),
                            SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV6_ONLY, NULL);
  return g_steal_pointer (&self);
}

/**
 * mdg_practice_server_free:
 * @self: (nullable) (transfer full): the server
 *
 * Closes every connection.
 *
 * Thread: the service's.
 * Errors: none.
 */
void
mdg_practice_server_free (MdgPracticeServer *self)
{
  if (self == NULL)
    return;
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_free (self);
}

/**
 * mdg_practice_server_get_port:
 * @self: the server
 *
 * Thread: the service's.
 * Errors: none.
 * Returns: the port on 127.0.0.1
 */
guint16
mdg_practice_server_get_port (MdgPracticeServer *self)
{
  GSList *uris = soup_server_get_uris (self->soup);
  guint16 port = 0;

  for (GSList *link = uris; link != NULL; link = link->next)
    if (strcmp (g_uri_get_host (link->data), "127.0.0.1") == 0)
      port = (guint16) g_uri_get_port (link->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}
