/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A scripted service over TLS: one thread per connection, raw bytes in and out. */
#include "config.h"

#include "test-service.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  int times;
  char *raw; /* (nullable) */
} Script;

typedef struct
{
  int times;
  gsize bytes;
} Cut;

struct _TestService
{
  GSocketService *listener;
  GTlsCertificate *certificate;
  GTlsCertificate *issuer;
  GTlsAuthenticationMode mode;
  GCancellable *cancellable;
  TestCa *ca;
  char *url;

  GMutex mutex;
  GCond cond;
  guint active;
  guint n_connections;
  GPtrArray *requests;
  GHashTable *scripts;
  GHashTable *cuts;
  GHashTable *pauses;
  char *name;
  char *maintenance;
  gint64 time_offset;
};

static void
free_request (TestRequest *request)
{
  g_free (request->method);
  g_free (request->path);
  g_free (request->head);
  g_bytes_unref (request->body);
  g_free (request);
}

static void
free_script (Script *script)
{
  g_free (script->raw);
  g_free (script);
}

static char *
wrap_json (guint status, const char *json)
{
  return g_strdup_printf ("HTTP/1.1 %u Whatever\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          status, strlen (json), json);
}

char *
test_service_make_answer (GBytes *request_body, const char *birth_date)
{
  gsize length;
  const char *data = g_bytes_get_data (request_body, &length);
  json_t *request = json_loadb (data, length, 0, NULL);
  json_t *header = json_object_get (json_object_get (request, "XmlMsg"), "MessageHeader");
  json_t *answer = json_pack (
      "{s:{s:O, s:{s:s, s:s, s:[{s:{s:s, s:s, s:s, s:s, s:s}}]}}}", "XmlMsg", "MessageHeader",
      header, "MessageBody", "ProcessingResultStatus", "1", "QualificationValidity", "1",
      "ResultList", "ResultOfQualificationConfirmation", "InsuredCardClassification", "01", "Name",
      "架空　太郎", "Sex1", "1", "Birthdate", birth_date, "InsurerName", "架空保険組合");
  char *dumped, *copy;

  json_object_set_new (json_object_get (json_object_get (answer, "XmlMsg"), "MessageHeader"),
                       "SegmentOfResult", json_string ("1"));
  dumped = json_dumps (answer, JSON_COMPACT);
  copy = g_strdup (dumped);
  {
    json_free_t free_func;

    json_get_alloc_funcs (NULL, &free_func);
    free_func (dumped);
  }
  json_decref (answer);
  json_decref (request);
  return copy;
}

static char *
make_certificate_answer (TestService *self, const TestRequest *request, guint status)
{
  gsize length;
  const char *data = g_bytes_get_data (request->body, &length);
  json_t *json = json_loadb (data, length, 0, NULL);
  const char *csr = json_string_value (json_object_get (json, "CertificateSigningRequest"));
  g_autofree char *chain =
      csr != NULL ? test_ca_sign_request (self->ca, csr, TEST_CERT_CLIENT) : NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *body = NULL;

  json_decref (json);
  if (chain == NULL)
    return wrap_json (400, "{\"ErrorCode\":\"MDG-ACT-001\",\"ErrorMessage\":\"形式\"}");
  escaped = g_strescape (chain, NULL);
  body = g_strdup_printf ("{\"TerminalId\":\"T-1\",\"TerminalCertificate\":\"%s\","
                          "\"InstitutionName\":\"架空診療所\",\"TerminalLimit\":3,"
                          "\"TerminalCount\":1,\"NotAfter\":\"2027-11-22T00:00:00Z\"}",
                          escaped);
  return wrap_json (status, body);
}

static char *
answer_honestly (TestService *self, const TestRequest *request)
{
  if (g_str_equal (request->path, "/v1/status"))
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GDateTime) shown = g_date_time_add_seconds (now, (gdouble) self->time_offset);
      g_autofree char *time = g_date_time_format (shown, "%Y-%m-%dT%H:%M:%SZ");
      g_autofree char *body = g_strdup_printf (
          "{\"Time\":\"%s\",\"Service\":\"%s\",\"Version\":\"1\",\"Maintenance\":%s}", time,
          self->name, self->maintenance);

      return wrap_json (200, body);
    }
  if (g_str_equal (request->path, "/v1/auth"))
    return wrap_json (200, "{\"IdToken\":\"token-abc.def_1\",\"ExpiresIn\":3600}");
  if (g_str_equal (request->path, "/v1/challenge"))
    return wrap_json (200, "{\"Challenge\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\","
                           "\"ExpiresIn\":120}");
  if (g_str_equal (request->path, "/v1/activation"))
    return make_certificate_answer (self, request, 201);
  if (g_str_equal (request->path, "/v1/renewal"))
    return make_certificate_answer (self, request, 200);
  if (g_str_equal (request->path, "/v1/card-eligibility") ||
      g_str_equal (request->path, "/v1/search"))
    {
      g_autofree char *body = test_service_make_answer (request->body, TEST_BIRTH_DATE);

      return wrap_json (200, body);
    }
  if (g_str_equal (request->path, "/v1/password") || g_str_equal (request->path, "/v1/terminal"))
    return g_strdup ("HTTP/1.1 204 No Content\r\n\r\n");
  return wrap_json (404, "{}");
}

static char *
choose_answer (TestService *self, const TestRequest *request)
{
  Script *script;
  char *raw = NULL;
  gboolean scripted = FALSE;

  g_mutex_lock (&self->mutex);
  script = g_hash_table_lookup (self->scripts, request->path);
  if (script != NULL && script->times != 0)
    {
      scripted = TRUE;
      raw = g_strdup (script->raw);
      if (script->times > 0)
        script->times--;
    }
  g_mutex_unlock (&self->mutex);
  return scripted ? raw : answer_honestly (self, request);
}

/* FALSE: the connection is to be closed. */
static gboolean
send_answer (TestService *self, GOutputStream *out, const TestRequest *request)
{
  g_autofree char *raw = choose_answer (self, request);
  gsize length = raw != NULL ? strlen (raw) : 0;
  gboolean whole = raw != NULL;
  gpointer pause;
  Cut *cut;

  g_mutex_lock (&self->mutex);
  cut = g_hash_table_lookup (self->cuts, request->path);
  if (cut != NULL && cut->times != 0)
    {
      whole = FALSE;
      length = MIN (length, cut->bytes);
      if (cut->times > 0)
        cut->times--;
    }
  pause = g_hash_table_lookup (self->pauses, request->path);
  g_mutex_unlock (&self->mutex);

  for (gsize i = 0; pause != NULL && i < length; i++)
    {
      GPollFD fd;

      if (g_cancellable_make_pollfd (self->cancellable, &fd))
        {
          g_poll (&fd, 1, GPOINTER_TO_INT (pause));
          g_cancellable_release_fd (self->cancellable);
        }
      if (!g_output_stream_write_all (out, raw + i, 1, NULL, self->cancellable, NULL))
        return FALSE;
    }
  if (pause == NULL && length > 0 &&
      !g_output_stream_write_all (out, raw, length, NULL, self->cancellable, NULL))
    return FALSE;
  return whole;
}

static gsize
find_length (const char *head)
{
  const char *found = strcasestr (head, "\r\ncontent-length:");

  return found != NULL ? (gsize) strtoul (found + strlen ("\r\ncontent-length:"), NULL, 10) : 0;
}

static TestRequest *
read_request (TestService *self, GDataInputStream *in)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_auto (GStrv) words = NULL;
  TestRequest *request;
  g_autofree guint8 *body = NULL;
  gsize length, got = 0;

  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, self->cancellable, NULL);

      if (line == NULL)
        return NULL;
      if (*line == '\0')
        break;
      g_string_append_printf (head, "%s\r\n", line);
    }
  length = find_length (head->str);
  body = g_malloc0 (length + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (in), body, length, &got, self->cancellable, NULL) ||
      got != length)
    return NULL;
  words = g_strsplit (head->str, " ", 3);
  if (g_strv_length (words) < 3)
    return NULL;
  request = g_new0 (TestRequest, 1);
  request->method = g_strdup (words[0]);
  request->path = g_strdup (words[1]);
  request->head = g_strdup (head->str);
  request->body = g_bytes_new (body, length);
  return request;
}

static gboolean
on_accept_certificate_cb (GTlsConnection *connection,
                          GTlsCertificate *peer,
                          GTlsCertificateFlags flags,
                          gpointer data)
{
  TestService *self = data;

  return (g_tls_certificate_verify (peer, NULL, self->issuer) & G_TLS_CERTIFICATE_UNKNOWN_CA) == 0;
}

static void
serve (TestService *self, GSocketConnection *socket, guint number)
{
  /* without a database: loading the system's for each connection takes most of the test's time */
  g_autoptr (GIOStream) tls = g_initable_new (
      g_tls_backend_get_server_connection_type (g_tls_backend_get_default ()), NULL, NULL,
      "base-io-stream", socket, "certificate", self->certificate, "database", NULL, NULL);
  g_autoptr (GDataInputStream) in = NULL;
  /* as a gateway does that speaks both; what is spoken here is HTTP/1.1 */
  static const char *const protocols[] = { "h2", "http/1.1", NULL };

  g_object_set (tls, "authentication-mode", self->mode, "require-close-notify", FALSE,
                "advertised-protocols", protocols, NULL);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), self);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->cancellable, NULL))
    return;
  in = g_data_input_stream_new (g_io_stream_get_input_stream (tls));
  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  for (;;)
    {
      TestRequest *request = read_request (self, in);

      if (request == NULL)
        return;
      request->connection = number;
      request->certificate = g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (tls)) != NULL;
      g_mutex_lock (&self->mutex);
      g_ptr_array_add (self->requests, request);
      g_mutex_unlock (&self->mutex);
      if (!send_answer (self, g_io_stream_get_output_stream (tls), request))
        break;
    }
  /* no close_notify: a cut is a cut */
  g_socket_shutdown (g_socket_connection_get_socket (socket), TRUE, TRUE, NULL);
}

static gboolean
on_run_cb (GThreadedSocketService *listener,
           GSocketConnection *connection,
           GObject *source,
           gpointer data)
{
  TestService *self = data;
  guint number;

  g_mutex_lock (&self->mutex);
  self->active++;
  number = ++self->n_connections;
  g_mutex_unlock (&self->mutex);
  serve (self, connection, number);
  g_mutex_lock (&self->mutex);
  self->active--;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

TestService *
test_service_new_full (const char *san, TestCertFlags flags, GTlsAuthenticationMode mode)
{
  TestService *self = g_new0 (TestService, 1);
  g_autofree char *pair = NULL;
  GError *error = NULL;
  guint16 port;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->ca = test_ca_new ("架空認証局");
  pair = test_ca_make_pair (self->ca, san, flags);
  self->certificate = g_tls_certificate_new_from_pem (pair, -1, &error);
  g_assert_no_error (error);
  self->issuer = g_tls_certificate_new_from_pem (test_ca_get_pem (self->ca), -1, &error);
  self->mode = mode;
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) free_request);
  self->scripts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_script);
  self->cuts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->pauses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->name = g_strdup ("practice");
  self->maintenance = g_strdup ("[]");

  self->listener = g_threaded_socket_service_new (-1);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (self->listener), any,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, &error));
  port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->url = g_strdup_printf ("https://127.0.0.1:%u/v1/", port);
  g_signal_connect (self->listener, "run", G_CALLBACK (on_run_cb), self);
  g_socket_service_start (self->listener);
  return self;
}

TestService *
test_service_new (void)
{
  return test_service_new_full ("IP:127.0.0.1,DNS:localhost", TEST_CERT_SERVER,
                                G_TLS_AUTHENTICATION_REQUESTED);
}

void
test_service_free (TestService *self)
{
  if (self == NULL)
    return;
  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  while (self->active > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  g_object_unref (self->listener);
  g_object_unref (self->certificate);
  g_object_unref (self->issuer);
  g_object_unref (self->cancellable);
  test_ca_free (self->ca);
  g_ptr_array_unref (self->requests);
  g_hash_table_unref (self->scripts);
  g_hash_table_unref (self->cuts);
  g_hash_table_unref (self->pauses);
  g_free (self->name);
  g_free (self->maintenance);
  g_free (self->url);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

const char *
test_service_get_url (TestService *self)
{
  return self->url;
}

const char *
test_service_get_ca (TestService *self)
{
  return test_ca_get_pem (self->ca);
}

TestCa *
test_service_get_issuer (TestService *self)
{
  return self->ca;
}

static char *
make_path (const char *path)
{
  return g_strconcat ("/v1/", path, NULL);
}

void
test_service_script (TestService *self, const char *path, int times, const char *raw)
{
  Script *script = g_new0 (Script, 1);

  script->times = times;
  script->raw = g_strdup (raw);
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->scripts, make_path (path), script);
  g_mutex_unlock (&self->mutex);
}

void
test_service_script_json (TestService *self,
                          const char *path,
                          int times,
                          guint status,
                          const char *json)
{
  g_autofree char *raw = wrap_json (status, json);

  test_service_script (self, path, times, raw);
}

void
test_service_cut (TestService *self, const char *path, int times, gsize bytes)
{
  Cut *cut = g_new0 (Cut, 1);

  cut->times = times;
  cut->bytes = bytes;
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->cuts, make_path (path), cut);
  g_mutex_unlock (&self->mutex);
}

void
test_service_slow (TestService *self, const char *path, guint milliseconds)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->pauses, make_path (path), GUINT_TO_POINTER (milliseconds));
  g_mutex_unlock (&self->mutex);
}

void
test_service_set_name (TestService *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

void
test_service_set_time_offset (TestService *self, gint64 seconds)
{
  self->time_offset = seconds;
}

void
test_service_set_maintenance (TestService *self, const char *json)
{
  g_free (self->maintenance);
  self->maintenance = g_strdup (json);
}

const TestRequest *
test_service_nth (TestService *self, const char *path, guint n)
{
  g_autofree char *full = make_path (path);
  const TestRequest *found = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = 0, k = 0; i < self->requests->len && found == NULL; i++)
    {
      const TestRequest *request = self->requests->pdata[i];

      if (g_str_equal (request->path, full) && k++ == n)
        found = request;
    }
  g_mutex_unlock (&self->mutex);
  return found;
}

guint
test_service_count (TestService *self, const char *path)
{
  g_autofree char *full = make_path (path);
  guint n = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->requests->len; i++)
    n += g_str_equal (((const TestRequest *) self->requests->pdata[i])->path, full) ? 1 : 0;
  g_mutex_unlock (&self->mutex);
  return n;
}

const TestRequest *
test_service_last (TestService *self, const char *path)
{
  guint n = test_service_count (self, path);

  return n > 0 ? test_service_nth (self, path, n - 1) : NULL;
}

guint
test_service_get_n_connections (TestService *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n;
}

char *
test_request_dup_header (const TestRequest *request, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (request->head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strstrip (g_strdup (lines[i] + length + 1));
  return NULL;
}
