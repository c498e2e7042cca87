/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* HTTPS around the practice service: loopback only, TLS with the terminal's certificate asked for,
 * bodies refused while they are read when they are larger than 1 MiB or slower than READ_SECONDS.
 * Any certificate passes the handshake; whether it is one of ours is for the core, which can say so
 * in words. Answers are written by hand on the connection, so that a fault can cut or slow them at
 * any byte, and so that libsoup never keeps a connection between two requests (see on_answered_cb).
 */
#include "config.h"

#include "mdg-practice-server.h"
#include "mdg-practice-wire.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_BODY      (1024 * 1024)
#define READ_SECONDS  30
#define REQUEST_STATE "mdg-practice-request"
#define CONNECTION    "mdg-practice-connection"

/* Answers on their way hold a reference: they come to their end even after the server was freed. */
struct _MdgPracticeServer
{
  SoupServer *soup;      /* (nullable): %NULL once the server was freed */
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
  gboolean faulty;
  MdgPracticeServer *server;
} Delivery;

typedef struct
{
  GTlsCertificate *peer; /* (nullable) */
  GSocket *socket;       /* (nullable) */
  GIOStream *base;       /* (nullable): TLS, without what libsoup puts around it */
} Connection;

/* where a connection goes back to */
typedef struct
{
  MdgPracticeServer *server;
  GSocketAddress *local;
  GSocketAddress *remote;
} Return;

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
  g_rc_box_release (delivery->server);
  g_object_unref (delivery->message);
  mdg_practice_reply_free (delivery->reply);
  g_bytes_unref (delivery->body);
  g_free (delivery);
}

static GSource *
attach_timer (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify notify)
{
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
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
      mdg_practice_wire_make_head (reply->status, g_bytes_get_size (reply->body), FALSE, NULL);
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
free_connection (Connection *connection)
{
  g_clear_object (&connection->peer);
  g_clear_object (&connection->socket);
  g_clear_object (&connection->base);
  g_free (connection);
}

/* what is known of a connection hangs on its remote address, which stays the same object */
static Connection *
get_connection (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  Connection *connection = g_object_get_data (G_OBJECT (remote), CONNECTION);
  GTlsCertificate *peer;
  GSocket *socket;

  if (connection != NULL)
    return connection;
  connection = g_new0 (Connection, 1);
  peer = soup_server_message_get_tls_peer_certificate (message);
  socket = soup_server_message_get_socket (message);
  connection->peer = peer != NULL ? g_object_ref (peer) : NULL;
  connection->socket = socket != NULL ? g_object_ref (socket) : NULL;
  g_object_set_data_full (G_OBJECT (remote), CONNECTION, connection,
                          (GDestroyNotify) free_connection);
  return connection;
}

/* libsoup 3.2 forgets a connection that its client closes while it is idle, with all its memory;
 * one that was never used it closes well. So each answer ends with the connection given back as a
 * new one. */
static void
on_answered_cb (GIOStream *stream, gpointer data)
{
  Return *back = data;
  Connection *connection = g_object_get_data (G_OBJECT (back->remote), CONNECTION);

  if (back->server->soup == NULL)
    return;
  if (connection->base == NULL)
    g_object_get (stream, "base-iostream", &connection->base, NULL);
  soup_server_accept_iostream (back->server->soup, connection->base, back->local, back->remote,
                               NULL);
}

static void
free_return (Return *back)
{
  g_rc_box_release (back->server);
  g_object_unref (back->local);
  g_object_unref (back->remote);
  g_free (back);
}

static Return *
make_return (MdgPracticeServer *self, SoupServerMessage *message)
{
  Return *back = g_new0 (Return, 1);

  back->server = g_rc_box_acquire (self);
  back->local = g_object_ref (soup_server_message_get_local_address (message));
  back->remote = g_object_ref (soup_server_message_get_remote_address (message));
  return back;
}

static gboolean
can_keep (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_server_message_get_http_version (message) != SOUP_HTTP_1_0 &&
         !soup_message_headers_header_contains (headers, "Connection", "close") &&
         strcmp (soup_server_message_get_method (message), "HEAD") != 0;
}

static gboolean
on_deliver_cb (gpointer data)
{
  Delivery *delivery = data;
  const MdgPracticeFault *fault = &delivery->fault;
  Connection *connection = get_connection (delivery->message);
  gboolean cut = delivery->faulty && (fault->cut_after >= 0 || fault->cut_at >= 0);
  gboolean keep = !cut && can_keep (delivery->message);
  g_autofree char *retry =
      delivery->reply->retry_after > 0
          ? g_strdup_printf ("Retry-After: %u\r\n", delivery->reply->retry_after)
          : NULL;
  g_autoptr (GBytes) head = mdg_practice_wire_make_head (
      delivery->reply->status, g_bytes_get_size (delivery->body), keep, retry);
  MdgPracticeWire wire = { .head = head, .body = delivery->body, .limit = G_MAXSIZE };
  g_autoptr (GIOStream) stream = NULL;

  if (delivery->server->soup == NULL)
    return G_SOURCE_REMOVE;
  if (cut && fault->cut_after >= 0)
    wire.limit = g_bytes_get_size (head) + (gsize) fault->cut_after;
  if (cut && fault->cut_at >= 0)
    wire.limit = (gsize) fault->cut_at;
  wire.pause_ms = delivery->faulty ? (guint) fault->slow_body_ms : 0;
  wire.reset = cut && fault->abrupt ? connection->socket : NULL;
  if (keep)
    {
      wire.done = on_answered_cb;
      wire.data = make_return (delivery->server, delivery->message);
      wire.free_data = (GDestroyNotify) free_return;
    }
  stream = soup_server_message_steal_connection (delivery->message);
  if (stream != NULL)
    mdg_practice_wire_send (stream, &wire);
  else if (wire.data != NULL)
    free_return (wire.data);
  return G_SOURCE_REMOVE;
}

static GBytes *
make_garbage (void)
{
  static const char garbage[] = "{\"XmlMsg\": {\"MessageHeader\": \xff\xfe<html>\x01 ]]";

  return g_bytes_new_static (garbage, sizeof garbage - 1);
}

static GBytes *
get_certificate (SoupServerMessage *message)
{
  Connection *connection = get_connection (message);
  g_autoptr (GByteArray) der = NULL;

  if (connection->peer == NULL)
    return NULL;
  g_object_get (connection->peer, "certificate", &der, NULL);
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
  guint latency;

  delivery->message = g_object_ref (message);
  delivery->fault = self->core->fault;
  delivery->reply = mdg_practice_core_answer (self->core, &request);
  if (request.faulty && self->core->fault.garbage)
    delivery->body = make_garbage ();
  else
    delivery->body =
        delivery->reply->body != NULL ? g_bytes_ref (delivery->reply->body) : g_bytes_new (NULL, 0);
  delivery->server = g_rc_box_acquire (self);
  delivery->faulty = request.faulty;
  soup_server_message_pause (message);
  latency = request.faulty ? (guint) delivery->fault.latency_ms : 0;
  g_source_unref (attach_timer (latency > 0 ? g_timeout_source_new (latency) : g_idle_source_new (),
                                on_deliver_cb, delivery, (GDestroyNotify) free_delivery));
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
  g_autoptr (MdgPracticeServer) self = g_rc_box_new0 (MdgPracticeServer);
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
 * Closes every connection. An answer that still waits is dropped.
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
    {
      g_signal_handlers_disconnect_by_data (self->soup, self);
      soup_server_remove_handler (self->soup, NULL);
      soup_server_disconnect (self->soup);
    }
  g_clear_object (&self->soup);
  g_rc_box_release (self);
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
