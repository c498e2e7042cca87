/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The client's calls, waited for. */
#include "config.h"

#include "test-calls.h"

#include <glib/gstdio.h>
#include <string.h>

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **place)
{
  while (*place == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *place;
}

MdgActivation *
test_activate_full (const char *url,
                    const char *ca,
                    const char *institution,
                    const char *user,
                    const char *password,
                    const char *code,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) password_bytes = mdg_secret_bytes_new (password, strlen (password));
  g_autoptr (GBytes) code_bytes = mdg_secret_bytes_new (code, strlen (code));
  MdgActivationRequest request = {
    url, ca, institution, user, password_bytes, code_bytes, "受付１"
  };

  mdg_activation_activate_async (&request, NULL, on_result_cb, &result);
  return mdg_activation_finish (wait_for (&result), error);
}

MdgActivation *
test_activate_at (const char *url,
                  const char *ca,
                  const char *password,
                  const char *code,
                  GError **error)
{
  return test_activate_full (url, ca, TEST_INSTITUTION, TEST_USER, password, code, error);
}

MdgActivation *
test_activate (TestService *service, GError **error)
{
  return test_activate_at (test_service_get_url (service), test_service_get_ca (service),
                           TEST_PASSWORD, TEST_CODE, error);
}

MdgActivation *
test_renew (MdgOnlineSource *source, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_activation_renew_async (source, NULL, on_result_cb, &result);
  return mdg_activation_finish (wait_for (&result), error);
}

MdgOnlineSource *
test_source (TestService *service)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgActivation) activation = test_activate (service, &error);
  g_autoptr (GBytes) password = mdg_secret_bytes_new (TEST_PASSWORD, strlen (TEST_PASSWORD));
  MdgOnlineSource *source;

  g_assert_no_error (error);
  source = mdg_online_source_new (activation->facility, activation->terminal,
                                  activation->terminal_key, password, &error);
  g_assert_no_error (error);
  return source;
}

MdgChallenge *
test_challenge (MdgOnlineSource *source, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_eligibility_source_challenge_async (MDG_ELIGIBILITY_SOURCE (source), NULL, on_result_cb,
                                          &result);
  return mdg_eligibility_source_challenge_finish (MDG_ELIGIBILITY_SOURCE (source),
                                                  wait_for (&result), error);
}

MdgOqsMessage *
test_ask (MdgOnlineSource *source, const MdgCardQuestion *question, GCancellable *c, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_eligibility_source_ask_card_async (MDG_ELIGIBILITY_SOURCE (source), question, c, on_result_cb,
                                         &result);
  return mdg_eligibility_source_ask_finish (MDG_ELIGIBILITY_SOURCE (source), wait_for (&result),
                                            error);
}

MdgOqsMessage *
test_ask_card (MdgOnlineSource *source, gboolean visual, GError **error)
{
  g_autoptr (MdgChallenge) challenge = test_challenge (source, error);
  g_autoptr (GBytes) certificate = g_bytes_new_static ("certificate", 11);
  g_autoptr (GBytes) signature = g_bytes_new_static ("signature", 9);
  MdgCardQuestion question = { certificate, challenge, visual ? NULL : signature,
                               "20261122",  TRUE,      FALSE };

  return challenge != NULL ? test_ask (source, &question, NULL, error) : NULL;
}

MdgOqsMessage *
test_search (MdgOnlineSource *source, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  MdgSearchQuestion question = {
    "138057", NULL, "1234567", "01", TEST_BIRTH_DATE, "20261122", TRUE
  };

  mdg_eligibility_source_search_async (MDG_ELIGIBILITY_SOURCE (source), &question, NULL,
                                       on_result_cb, &result);
  return mdg_eligibility_source_ask_finish (MDG_ELIGIBILITY_SOURCE (source), wait_for (&result),
                                            error);
}

gboolean
test_login (MdgOnlineSource *source, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_online_source_login_async (source, NULL, on_result_cb, &result);
  return mdg_online_source_login_finish (source, wait_for (&result), error);
}

gboolean
test_change_password (MdgOnlineSource *source, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = mdg_secret_bytes_new (password, strlen (password));

  mdg_online_source_change_password_async (source, bytes, NULL, on_result_cb, &result);
  return mdg_online_source_change_password_finish (source, wait_for (&result), error);
}

gboolean
test_deactivate (MdgOnlineSource *source, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_online_source_deactivate_async (source, NULL, on_result_cb, &result);
  return mdg_online_source_deactivate_finish (source, wait_for (&result), error);
}

MdgServiceStatus *
test_status (const char *url, const char *ca, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  mdg_service_status_async (url, ca, NULL, on_result_cb, &result);
  return mdg_service_status_finish (wait_for (&result), error);
}

/* libsoup loads the system's trust for every connection before it takes ours: a small one keeps
 * the hundreds of connections here quick. */
static char *
make_trust_small (void)
{
  g_autoptr (TestCa) ca = test_ca_new ("架空の他局");
  char *path = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  int fd = g_file_open_tmp ("mdg-trust-XXXXXX", &path, NULL);

  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, test_ca_get_pem (ca), -1, NULL));
  database = g_tls_file_database_new (path, NULL);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  return path;
}

int
test_run (void)
{
  g_autofree char *path = make_trust_small ();
  int result = g_test_run ();

  g_unlink (path);
  return result;
}
