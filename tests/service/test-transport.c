/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What all calls share: connections, sizes, types, repeats, and the faults. */
#include "config.h"

#include "practice-card.h"
#include "practice-client.h"

#include <string.h>

static void
test_paths (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) none = NULL;
  g_autoptr (PracticeReply) method = NULL;
  g_autoptr (PracticeReply) type = NULL;
  g_autoptr (PracticeReply) no_certificate = NULL;
  g_autoptr (PracticeReply) bad_key = NULL;

  practice_rig_init (&rig);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  none = practice_call (client, "GET", "nothing", NULL);
  practice_assert_error (none, 404, "MDG-REQ-003");
  method = practice_call (client, "GET", "challenge", NULL);
  practice_assert_error (method, 405, "MDG-REQ-004");
  no_certificate = practice_call (client, "POST", "auth", "{}");
  practice_assert_error (no_certificate, 403, "MDG-ACT-006");
  client->content_type = "text/plain";
  type = practice_call (client, "POST", "activation", "{}");
  practice_assert_error (type, 415, "MDG-REQ-006");
  client->key = g_strdup ("1");
  bad_key = practice_call (client, "POST", "activation", "{}");
  practice_assert_error (bad_key, 400, "MDG-REQ-001");
}

static void
test_foreign_certificate (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_auto (PracticeRig) other = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeClient) here = NULL;
  g_autoptr (PracticeReply) reply = NULL;

  practice_rig_init (&rig);
  practice_rig_init (&other);
  client = practice_terminal (&other);
  here = practice_client_new (rig.info->url, rig.info->ca_file);
  here->certificate = g_object_ref (client->certificate);
  reply = practice_call (here, "POST", "auth", "{}");
  practice_assert_error (reply, 403, "MDG-ACT-006");
}

static void
test_too_large (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *large = NULL;
  g_autoptr (PracticeReply) fits = NULL;
  g_autoptr (PracticeReply) refused = NULL;
  g_autoptr (PracticeReply) after = NULL;

  practice_rig_init (&rig);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  limit = g_strnfill (1024 * 1024, 'x');
  large = g_strnfill (1024 * 1024 + 1, 'x');
  fits = practice_call (client, "POST", "activation", "%s", limit);
  practice_assert_error (fits, 400, "MDG-ACT-001");
  refused = practice_call (client, "POST", "activation", "%s", large);
  practice_assert_error (refused, 413, "MDG-REQ-005");
  after = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (after->status, ==, 200);
}

static void
test_repeated_activation (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *request = practice_make_request (NULL, "P-256");
  g_autofree char *body = NULL;
  g_autoptr (PracticeReply) first = NULL;
  g_autoptr (PracticeReply) again = NULL;
  g_autoptr (PracticeReply) other = NULL;

  practice_rig_init (&rig);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  body = g_strdup_printf (
      "{\"MedicalInstitutionCode\":\"%s\",\"UserId\":\"%s\",\"Password\":\"%s\","
      "\"ActivationCode\":\"%s\",\"TerminalName\":\"a\",\"CertificateSigningRequest\":\"%s\"}",
      rig.info->institution_code, rig.info->user_id, rig.info->password, rig.info->activation_code,
      request);
  client->key = g_strdup (key);
  first = practice_call (client, "POST", "activation", "%s", body);
  g_assert_cmpuint (first->status, ==, 201);
  /* even by another process */
  practice_rig_restart (&rig);
  g_clear_pointer (&client, practice_client_free);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  client->key = g_strdup (key);
  again = practice_call (client, "POST", "activation", "%s", body);
  g_assert_cmpuint (again->status, ==, 201);
  g_assert_cmpstr (again->text, ==, first->text);
  client->key = g_strdup (key);
  other = practice_call (client, "POST", "activation", "%s ", body);
  practice_assert_error (other, 400, "MDG-REQ-002");
}

static void
test_repeated_deactivation (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (PracticeReply) first = NULL;
  g_autoptr (PracticeReply) again = NULL;
  g_autoptr (PracticeReply) anew = NULL;

  practice_rig_init (&rig);
  client = practice_terminal (&rig);
  client->key = g_strdup (key);
  first = practice_call (client, "DELETE", "terminal", NULL);
  g_assert_cmpuint (first->status, ==, 204);
  client->key = g_strdup (key);
  again = practice_call (client, "DELETE", "terminal", NULL);
  g_assert_cmpuint (again->status, ==, 204);
  anew = practice_call (client, "DELETE", "terminal", NULL);
  practice_assert_error (anew, 403, "MDG-ACT-005");
}

static void
test_cuts (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) whole = NULL;

  practice_rig_init (&rig);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  for (guint i = 0; i < 80; i += 13)
    {
      g_autofree char *fault = g_strdup_printf ("cut-after=%u", i);
      g_autoptr (PracticeReply) reply = NULL;

      practice_rig_fault (&rig, fault);
      practice_rig_fault (&rig, "times=1");
      reply = practice_call (client, "GET", "status", NULL);
      g_assert_true (reply->error != NULL || reply->length <= i);
      g_assert_null (reply->json);
    }
  practice_rig_fault (&rig, "clear");
  practice_rig_fault (&rig, "cut-at=0");
  practice_rig_fault (&rig, "abrupt");
  practice_rig_fault (&rig, "times=2");
  {
    g_autoptr (PracticeReply) reply = practice_call (client, "GET", "status", NULL);

    g_assert_nonnull (reply->error);
  }
  practice_rig_fault (&rig, "clear");
  whole = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_nonnull (whole->json);
}

static void
test_other_faults (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) down = NULL;
  g_autoptr (PracticeReply) garbage = NULL;
  g_autoptr (PracticeReply) late = NULL;
  g_autoptr (PracticeReply) slow = NULL;
  g_autoptr (PracticeReply) spared = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;

  practice_rig_init (&rig);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  practice_rig_fault (&rig, "status=503");
  practice_rig_fault (&rig, "retry-after=7");
  down = practice_call (client, "GET", "status", NULL);
  practice_assert_error (down, 503, "MDG-SRV-001");
  g_assert_cmpstr (soup_message_headers_get_one (down->headers, "Retry-After"), ==, "7");
  practice_rig_fault (&rig, "only=search");
  spared = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (spared->status, ==, 200);
  practice_rig_fault (&rig, "clear");
  practice_rig_fault (&rig, "garbage");
  garbage = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (garbage->status, ==, 200);
  g_assert_null (garbage->json);
  practice_rig_fault (&rig, "clear");
  practice_rig_fault (&rig, "latency-ms=150");
  begin = g_get_monotonic_time ();
  late = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (late->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 150000);
  practice_rig_fault (&rig, "clear");
  practice_rig_fault (&rig, "slow-body=1");
  slow = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (slow->status, ==, 200);
  g_assert_nonnull (slow->json);
  g_assert_false (mdg_practice_service_set_fault (rig.service, "status=200", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_false (mdg_practice_service_set_fault (rig.service, "nonsense", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_embedded (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) reply = NULL;

  practice_rig_init (&rig);
  mdg_practice_service_stop (rig.service);
  mdg_practice_service_stop (rig.service);
  g_assert_true (mdg_practice_service_start (rig.service, 0, NULL));
  practice_rig_refresh (&rig);
  client = practice_client_new (rig.info->url, rig.info->ca_file);
  reply = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (reply->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/transport/paths", test_paths);
  g_test_add_func ("/service/transport/foreign-certificate", test_foreign_certificate);
  g_test_add_func ("/service/transport/too-large", test_too_large);
  g_test_add_func ("/service/transport/repeated-activation", test_repeated_activation);
  g_test_add_func ("/service/transport/repeated-deactivation", test_repeated_deactivation);
  g_test_add_func ("/service/transport/cuts", test_cuts);
  g_test_add_func ("/service/transport/other-faults", test_other_faults);
  g_test_add_func ("/service/transport/embedded", test_embedded);
  return g_test_run ();
}
