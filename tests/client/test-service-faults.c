/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The line to the service gone wrong: cut at every byte, slow, garbage, too large, another's
 * certificate. Always an error in time, and never a question asked twice that was answered. */
#include "config.h"

#include <string.h>

#include "mdg-service-error.h"
#include "test-calls.h"

static gsize
measure_answer (TestService *service)
{
  const TestRequest *request = test_service_last (service, "card-eligibility");
  g_autofree char *body = test_service_make_answer (request->body, TEST_BIRTH_DATE);

  /* the head that the service writes before it */
  return strlen (body) + strlen ("HTTP/1.1 200 Whatever\r\nContent-Type: application/json\r\n"
                                 "Content-Length: 000\r\n\r\n");
}

/* Lost twice: an error. The question goes out twice, with one key. */
static void
test_cut_everywhere (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = test_ask_card (source, FALSE, &error);
  g_autoptr (MdgChallenge) challenge = test_challenge (source, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  MdgCardQuestion question = { bytes, challenge, bytes, "20261122", TRUE, TRUE };
  gsize length;

  g_assert_no_error (error);
  length = measure_answer (service);
  for (gsize at = 0; at < length; at++)
    {
      g_autoptr (MdgOqsMessage) cut = NULL;
      g_autofree char *one = NULL;
      g_autofree char *two = NULL;
      guint before = test_service_count (service, "card-eligibility");
      guint after;

      g_clear_error (&error);
      test_service_cut (service, "card-eligibility", 2, at);
      cut = test_ask (source, &question, NULL, &error);
      g_assert_null (cut);
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNREACHABLE);
      after = test_service_count (service, "card-eligibility");
      g_assert_cmpuint (after - before, ==, 2);
      one = test_request_dup_header (test_service_nth (service, "card-eligibility", before),
                                     "Idempotency-Key");
      two = test_request_dup_header (test_service_nth (service, "card-eligibility", before + 1),
                                     "Idempotency-Key");
      g_assert_cmpstr (one, ==, two);
    }
}

static void
test_cut_once (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);

  for (gsize at = 0; at < 200; at += 20)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgOqsMessage) message = NULL;

      test_service_cut (service, "search", 1, at);
      message = test_search (source, &error);
      g_assert_no_error (error);
      g_assert_nonnull (message);
    }
  g_assert_cmpuint (test_service_count (service, "search"), ==, 20);
}

/* The service closes after each whole answer: the next call meets a dead connection. */
static void
test_stale (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);

  test_service_cut (service, "search", -1, G_MAXSIZE);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgOqsMessage) message = test_search (source, &error);

      g_assert_no_error (error);
      g_assert_nonnull (message);
    }
  g_assert_cmpuint (test_service_count (service, "search"), ==, 20);
}

static void
test_later (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  test_service_script (service, "search", 1,
                       "HTTP/1.1 503 Later\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
  message = test_search (source, &error);
  g_assert_no_error (error);
  g_assert_nonnull (message);
  one = test_request_dup_header (test_service_nth (service, "search", 0), "Idempotency-Key");
  two = test_request_dup_header (test_service_nth (service, "search", 1), "Idempotency-Key");
  g_assert_cmpstr (one, ==, two);

  /* once only */
  test_service_script (service, "search", -1,
                       "HTTP/1.1 503 Later\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
  g_assert_null (test_search (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_UNAVAILABLE);
  g_assert_cmpuint (test_service_count (service, "search"), ==, 4);
}

static void
assert_in_time (gint64 start, guint milliseconds)
{
  g_assert_cmpint (g_get_monotonic_time () - start, <, milliseconds * G_GINT64_CONSTANT (1000));
}

static void
test_slow (void)
{
  static const char *const at[] = { "status", "auth", "challenge", "card-eligibility" };

  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    {
      g_autoptr (TestService) service = test_service_new ();
      g_autoptr (MdgOnlineSource) source = test_source (service);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      mdg_online_source_set_deadline (source, 700);
      test_service_slow (service, at[i], 100);
      g_assert_null (test_ask_card (source, FALSE, &error));
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TIMED_OUT);
      assert_in_time (start, 3000);
      g_assert_cmpuint (test_service_count (service, at[i]), ==, 1);
    }
}

/* A port that accepts and says nothing, not even TLS. */
static void
test_silent_port (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/v1/", port);
  g_autoptr (MdgActivation) activation = test_activate (service, &error);
  g_autoptr (GBytes) password = mdg_secret_bytes_new ("x", 1);
  g_autoptr (MdgOnlineSource) source = NULL;
  gint64 start = g_get_monotonic_time ();

  g_free (activation->facility->service_url);
  activation->facility->service_url = g_strdup (url);
  source = mdg_online_source_new (activation->facility, activation->terminal,
                                  activation->terminal_key, password, &error);
  mdg_online_source_set_deadline (source, 500);
  g_assert_false (test_login (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_TIMED_OUT);
  assert_in_time (start, 3000);
}

static void
on_cancelled_result_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GError **error = data;

  g_assert_null (
      mdg_eligibility_source_challenge_finish (MDG_ELIGIBILITY_SOURCE (object), result, error));
}

static gboolean
on_cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  gint64 start = g_get_monotonic_time ();

  test_service_slow (service, "challenge", 100);
  for (int ms = -1; ms < 300; ms += 50)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      if (ms < 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add ((guint) ms, on_cancel_cb, cancellable);
      mdg_eligibility_source_challenge_async (MDG_ELIGIBILITY_SOURCE (source), cancellable,
                                              on_cancelled_result_cb, &error);
      while (error == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  assert_in_time (start, 5000);
}

/* A question that was given up leaves nothing behind that the next one could take for its answer.
 */
static void
test_asked_after_cancelled (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);

  for (guint ms = 0; ms < 400; ms += 40)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (MdgChallenge) challenge = NULL;
      g_autoptr (MdgOqsMessage) message = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new_static ("made up", 7);
      g_autoptr (GError) error = NULL;
      MdgCardQuestion question = { .certificate = bytes,
                                   .signature = bytes,
                                   .confirmation_date = "20261122" };

      challenge = test_challenge (source, &error);
      g_assert_no_error (error);
      question.challenge = challenge;
      test_service_slow (service, "card-eligibility", 1);
      g_timeout_add (ms, on_cancel_cb, cancellable);
      g_assert_null (test_ask (source, &question, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      test_service_slow (service, "card-eligibility", 0);
      /* it looks at the identifier of the answer */
      message = test_ask_card (source, FALSE, &error);
      g_assert_no_error (error);
      g_assert_nonnull (message);
    }
}

static const char *const garbage[] = {
  "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n<html>\r\n\r",
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n",
  ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
   "Content-Length: 4\r\n\r\n\x1f\x8b\x08\x01"),
  "HTTP/1.1 204 No Content\r\n\r\n",
};

static void
test_garbage (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr (TestService) service = test_service_new ();
      g_autoptr (MdgOnlineSource) source = test_source (service);
      g_autoptr (GError) error = NULL;

      test_service_script (service, "card-eligibility", -1, garbage[i]);
      g_assert_null (test_ask_card (source, FALSE, &error));
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
      g_assert_cmpuint (test_service_count (service, "card-eligibility"), ==, 1);
    }
}

/* No HTTP at all: an error of ours, whatever libsoup makes of it, and at most one repeat. */
static void
test_no_http (void)
{
  static const char *const noise[] = { "\x01\x02\x03\r\n\r\n", "HTTP/9.9 abc\r\n\r\n",
                                       "SSH-2.0-OpenSSH\r\n", "\r\n\r\n\r\n\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (noise); i++)
    {
      g_autoptr (TestService) service = test_service_new ();
      g_autoptr (MdgOnlineSource) source = test_source (service);
      g_autoptr (GError) error = NULL;

      test_service_script (service, "card-eligibility", -1, noise[i]);
      test_service_cut (service, "card-eligibility", -1, 1000);
      g_assert_null (test_ask_card (source, FALSE, &error));
      g_assert_true (error->domain == MDG_SERVICE_ERROR);
      g_assert_cmpuint (test_service_count (service, "card-eligibility"), <=, 2);
    }
}

static void
test_too_large (void)
{
  static const gsize sizes[] = { 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      gsize size = sizes[i / 2];
      g_autoptr (TestService) service = test_service_new ();
      g_autoptr (MdgOnlineSource) source = test_source (service);
      g_autoptr (GError) error = NULL;
      g_autofree char *fill = g_strnfill (size - 2, ' ');
      g_autofree char *length = g_strdup_printf ("Content-Length: %zu\r\n", size);
      g_autofree char *raw =
          g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s\r\n{%s}",
                           i % 2 == 0 ? length : "Connection: close\r\n", fill);

      test_service_script (service, "search", -1, raw);
      if (i % 2 == 1)
        test_service_cut (service, "search", -1, G_MAXSIZE);
      g_assert_null (test_search (source, &error));
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
      g_assert_cmpint (strstr (error->message, "larger") != NULL, ==, size > 1024 * 1024);
    }
}

static void
test_redirect (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (TestService) other = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autofree char *raw =
      g_strdup_printf ("HTTP/1.1 307 Over There\r\nLocation: %sauth\r\nContent-Length: 0\r\n\r\n",
                       test_service_get_url (other));
  g_autoptr (GError) error = NULL;

  test_service_script (service, "auth", -1, raw);
  g_assert_false (test_login (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
  test_service_script (service, "status", -1, raw);
  g_clear_error (&error);
  g_assert_null (
      test_status (test_service_get_url (service), test_service_get_ca (service), &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
  g_assert_cmpuint (test_service_get_n_connections (other), ==, 0);
}

static void
assert_refused (const char *url, const char *ca, MdgServiceError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (test_activate_at (url, ca, TEST_PASSWORD, TEST_CODE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, (int) code);
}

static void
test_tls (void)
{
  static const struct
  {
    const char *san;
    TestCertFlags flags;
  } wrong[] = {
    { "IP:127.0.0.2,DNS:elsewhere.example", TEST_CERT_SERVER },
    { NULL, TEST_CERT_SERVER },
    { "IP:127.0.0.1", TEST_CERT_SERVER | TEST_CERT_EXPIRED },
    { "IP:127.0.0.1", TEST_CERT_SERVER | TEST_CERT_FUTURE },
    /* a terminal's certificate comes from the same CA: it is not the service */
    { "IP:127.0.0.1", TEST_CERT_CLIENT },
  };
  g_autoptr (TestService) good = test_service_new ();
  g_autofree char *two = g_strconcat (test_service_get_ca (good), test_service_get_ca (good), NULL);
  g_autoptr (MdgActivation) activation = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (TestService) service =
          test_service_new_full (wrong[i].san, wrong[i].flags, G_TLS_AUTHENTICATION_NONE);

      assert_refused (test_service_get_url (service), test_service_get_ca (service),
                      MDG_SERVICE_ERROR_TLS);
      g_assert_cmpuint (test_service_count (service, "activation"), ==, 0);
    }
  {
    g_autoptr (TestService) other = test_service_new ();

    assert_refused (test_service_get_url (good), test_service_get_ca (other),
                    MDG_SERVICE_ERROR_TLS);
    /* the system's trust does not know it either */
    assert_refused (test_service_get_url (good), NULL, MDG_SERVICE_ERROR_TLS);
  }
  assert_refused (test_service_get_url (good), "no certificate", MDG_SERVICE_ERROR_TLS);
  assert_refused (test_service_get_url (good), "", MDG_SERVICE_ERROR_TLS);
  g_assert_cmpuint (test_service_count (good, "activation"), ==, 0);

  activation =
      test_activate_at (test_service_get_url (good), two, TEST_PASSWORD, TEST_CODE, &error);
  g_assert_no_error (error);
}

static void
test_urls (void)
{
  static const char *const urls[] = { "",          "http://127.0.0.1/",       "https://",
                                      "https:///", "https://user@127.0.0.1/", "ftp://x/",
                                      "nonsense",  "https://127.0.0.1/?a=b" };
  g_autoptr (TestService) service = test_service_new ();

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    assert_refused (urls[i], test_service_get_ca (service), MDG_SERVICE_ERROR_FAILED);
}

static void
test_nobody_there (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autofree char *ca = g_strdup (test_service_get_ca (service));
  g_autofree char *url = g_strdup (test_service_get_url (service));

  g_clear_pointer (&service, test_service_free);
  assert_refused (url, ca, MDG_SERVICE_ERROR_UNREACHABLE);
}

/* A service that asks for no certificate gets none and is asked all the same; one that requires
 * ours gets it. */
static void
test_certificate_modes (void)
{
  static const GTlsAuthenticationMode modes[] = { G_TLS_AUTHENTICATION_NONE,
                                                  G_TLS_AUTHENTICATION_REQUIRED };
  g_autoptr (TestService) first = test_service_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (TestService) service =
          test_service_new_full ("IP:127.0.0.1", TEST_CERT_SERVER, modes[i]);
      g_autofree char *pair =
          test_ca_make_pair (test_service_get_issuer (service), NULL, TEST_CERT_CLIENT);
      g_autoptr (GBytes) key = mdg_secret_bytes_new (strstr (pair, "-----BEGIN PRIVATE"),
                                                     strlen (strstr (pair, "-----BEGIN PRIVATE")));
      g_autoptr (GBytes) password = mdg_secret_bytes_new ("x", 1);
      g_autofree char *certificate = g_strndup (pair, strlen (pair) - g_bytes_get_size (key));
      MdgFacility facility = { (char *) test_service_get_url (service),
                               (char *) test_service_get_ca (service), (char *) TEST_INSTITUTION,
                               NULL, (char *) TEST_USER };
      MdgTerminal terminal = { (char *) "T-1", (char *) "x", certificate, NULL, 1, 1, NULL };
      g_autoptr (MdgOnlineSource) source =
          mdg_online_source_new (&facility, &terminal, key, password, &error);

      g_assert_no_error (error);
      g_assert_true (test_login (source, &error));
      g_assert_no_error (error);
      g_assert_cmpint (test_service_last (service, "auth")->certificate, ==,
                       modes[i] == G_TLS_AUTHENTICATION_REQUIRED);
    }
  {
    g_autoptr (TestService) service =
        test_service_new_full ("IP:127.0.0.1", TEST_CERT_SERVER, G_TLS_AUTHENTICATION_REQUIRED);

    /* activation has no certificate to show */
    assert_refused (test_service_get_url (service), test_service_get_ca (service),
                    MDG_SERVICE_ERROR_TERMINAL);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-faults/cut-everywhere", test_cut_everywhere);
  g_test_add_func ("/service-faults/cut-once", test_cut_once);
  g_test_add_func ("/service-faults/stale", test_stale);
  g_test_add_func ("/service-faults/later", test_later);
  g_test_add_func ("/service-faults/slow", test_slow);
  g_test_add_func ("/service-faults/silent-port", test_silent_port);
  g_test_add_func ("/service-faults/cancelled", test_cancelled);
  g_test_add_func ("/service-faults/asked-after-cancelled", test_asked_after_cancelled);
  g_test_add_func ("/service-faults/garbage", test_garbage);
  g_test_add_func ("/service-faults/no-http", test_no_http);
  g_test_add_func ("/service-faults/too-large", test_too_large);
  g_test_add_func ("/service-faults/redirect", test_redirect);
  g_test_add_func ("/service-faults/tls", test_tls);
  g_test_add_func ("/service-faults/urls", test_urls);
  g_test_add_func ("/service-faults/nobody-there", test_nobody_there);
  g_test_add_func ("/service-faults/certificate-modes", test_certificate_modes);
  return test_run ();
}
