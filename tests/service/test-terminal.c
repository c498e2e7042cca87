/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Terminals and users of the practice service: every row of the protocol about them. */
#include "config.h"

#include "practice-client.h"

#include <string.h>

static PracticeClient *
make_client (PracticeRig *rig)
{
  return practice_client_new (rig->info->url, rig->info->ca_file);
}

static void
test_status (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) reply = NULL;
  g_autoptr (PracticeReply) in_maintenance = NULL;
  g_autoptr (PracticeReply) refused = NULL;
  g_autoptr (GDateTime) time = NULL;
  gint64 off;

  practice_rig_init (&rig);
  client = make_client (&rig);
  reply = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (practice_reply_text (reply, "Service"), ==, "practice");
  g_assert_cmpstr (practice_reply_text (reply, "Version"), ==, PACKAGE_VERSION);
  g_assert_cmpuint (json_array_size (json_object_get (reply->json, "Maintenance")), ==, 0);
  time = g_date_time_new_from_iso8601 (practice_reply_text (reply, "Time"), NULL);
  off = g_date_time_to_unix (time) - g_get_real_time () / G_USEC_PER_SEC;
  g_assert_cmpint (ABS (off), <=, 3);
  practice_rig_fault (&rig, "maintenance");
  in_maintenance = practice_call (client, "GET", "status", NULL);
  g_assert_cmpuint (json_array_size (json_object_get (in_maintenance->json, "Maintenance")), ==, 1);
  refused = practice_call (client, "POST", "challenge", NULL);
  practice_assert_error (refused, 503, "MDG-SRV-002");
  g_assert_cmpint (json_integer_value (json_object_get (refused->json, "RetryAfter")), >, 0);
}

static void
test_activation (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) reply = NULL;
  g_autoptr (PracticeReply) again = NULL;
  g_autofree char *code = NULL;

  practice_rig_init (&rig);
  client = make_client (&rig);
  code = g_strdup (rig.info->activation_code);
  reply = practice_activate (client, rig.info, NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 201);
  g_assert_nonnull (practice_reply_text (reply, "TerminalId"));
  g_assert_cmpstr (practice_reply_text (reply, "InstitutionName"), ==, "架空診療所（練習）");
  g_assert_cmpint (json_integer_value (json_object_get (reply->json, "TerminalLimit")), ==, 5);
  g_assert_cmpint (json_integer_value (json_object_get (reply->json, "TerminalCount")), ==, 1);
  g_assert_true (g_str_has_suffix (practice_reply_text (reply, "NotAfter"), "Z"));
  /* the code is used up, and the next one shown is another */
  practice_rig_refresh (&rig);
  g_assert_cmpstr (rig.info->activation_code, !=, code);
  again = practice_activate (client, rig.info, code, NULL);
  practice_assert_error (again, 403, "MDG-ACT-003");
}

static void
test_activation_malformed (void)
{
  static const char *const bodies[] = {
    "",
    "not json",
    "[]",
    "{}",
    "{\"MedicalInstitutionCode\":1319999015}",
    "{\"MedicalInstitutionCode\":\"131999901\",\"UserId\":\"W0000001\",\"Password\":\"x\","
    "\"ActivationCode\":\"123456789012\",\"TerminalName\":\"a\","
    "\"CertificateSigningRequest\":\"-----BEGIN X\"}",
    "{\"MedicalInstitutionCode\":\"1319999015\",\"UserId\":\"W0000001\",\"Password\":\"x\","
    "\"ActivationCode\":\"12345678901２\",\"TerminalName\":\"a\","
    "\"CertificateSigningRequest\":\"-----BEGIN X\"}",
    "{\"MedicalInstitutionCode\":\"1319999015\",\"UserId\":\"W0000001\",\"Password\":\"x\","
    "\"ActivationCode\":\"123456789012\",\"TerminalName\":\"a\\u0007\","
    "\"CertificateSigningRequest\":\"-----BEGIN X\"}",
    "{\"MedicalInstitutionCode\":\"1319999015\",\"UserId\":\"W0000001\",\"Password\":\"x\","
    "\"ActivationCode\":\"123456789012\",\"TerminalName\":\"a\","
    "\"CertificateSigningRequest\":\"-----BEGIN CERTIFICATE REQUEST-----\\nAAAA\\n\"}",
    "{\"UserId\":\"a\",\"UserId\":\"b\"}",
  };
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autofree char *p384 = practice_make_request (NULL, "P-384");
  g_autoptr (PracticeReply) other_curve = NULL;
  g_autoptr (PracticeReply) surplus = NULL;

  practice_rig_init (&rig);
  client = make_client (&rig);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (PracticeReply) reply =
          practice_call (client, "POST", "activation", "%s", bodies[i]);

      practice_assert_error (reply, 400, "MDG-ACT-001");
    }
  other_curve = practice_call (
      client, "POST", "activation",
      "{\"MedicalInstitutionCode\":\"%s\",\"UserId\":\"%s\",\"Password\":\"%s\","
      "\"ActivationCode\":\"%s\",\"TerminalName\":\"a\",\"CertificateSigningRequest\":\"%s\"}",
      rig.info->institution_code, rig.info->user_id, rig.info->password, rig.info->activation_code,
      p384);
  practice_assert_error (other_curve, 400, "MDG-ACT-001");
  /* nothing of that used the code up or locked anybody */
  surplus = practice_activate (client, rig.info, NULL, NULL);
  g_assert_cmpuint (surplus->status, ==, 201);
}

static void
test_activation_login (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) wrong_password = NULL;
  g_autoptr (PracticeReply) wrong_user = NULL;
  g_autoptr (PracticeReply) wrong_institution = NULL;
  g_autofree char *user = NULL;

  practice_rig_init (&rig);
  client = make_client (&rig);
  wrong_password = practice_activate (client, rig.info, NULL, "wrong");
  practice_assert_error (wrong_password, 401, "MDG-ACT-002");
  user = g_steal_pointer (&rig.info->user_id);
  rig.info->user_id = g_strdup ("W0000099");
  wrong_user = practice_activate (client, rig.info, NULL, NULL);
  practice_assert_error (wrong_user, 401, "MDG-ACT-002");
  g_free (rig.info->user_id);
  rig.info->user_id = g_steal_pointer (&user);
  g_free (rig.info->institution_code);
  rig.info->institution_code = g_strdup ("1349999027");
  wrong_institution = practice_activate (client, rig.info, NULL, NULL);
  practice_assert_error (wrong_institution, 401, "MDG-ACT-002");
  g_assert_cmpstr (wrong_institution->text, ==, wrong_password->text);
}

static void
test_code_lock (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) locked = NULL;
  g_autoptr (PracticeReply) after_restart = NULL;
  g_autoptr (PracticeReply) still = NULL;
  g_autoptr (PracticeReply) open = NULL;
  gint64 wait;

  practice_rig_init (&rig);
  client = make_client (&rig);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (PracticeReply) reply = practice_activate (client, rig.info, "000000000000", NULL);

      practice_assert_error (reply, 403, "MDG-ACT-003");
    }
  locked = practice_activate (client, rig.info, NULL, NULL);
  practice_assert_error (locked, 429, "MDG-ACT-003");
  wait = json_integer_value (json_object_get (locked->json, "RetryAfter"));
  g_assert_cmpint (wait, >, 890);
  g_assert_cmpint (wait, <=, 900);
  g_assert_nonnull (soup_message_headers_get_one (locked->headers, "Retry-After"));
  practice_rig_restart (&rig);
  g_clear_pointer (&client, practice_client_free);
  client = make_client (&rig);
  after_restart = practice_activate (client, rig.info, NULL, NULL);
  practice_assert_error (after_restart, 429, "MDG-ACT-003");
  practice_rig_fault (&rig, "clock-skew=880");
  still = practice_activate (client, rig.info, NULL, NULL);
  practice_assert_error (still, 429, "MDG-ACT-003");
  practice_rig_fault (&rig, "clock-skew=901");
  open = practice_activate (client, rig.info, NULL, NULL);
  g_assert_cmpuint (open->status, ==, 201);
}

static void
test_terminal_limit (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) first = NULL;
  g_autoptr (PracticeClient) last = NULL;
  g_autoptr (PracticeReply) full = NULL;
  g_autoptr (PracticeReply) gone = NULL;
  g_autoptr (PracticeReply) revoked = NULL;
  g_autoptr (PracticeReply) fits = NULL;

  practice_rig_init (&rig);
  first = practice_terminal (&rig);
  for (guint i = 1; i < 5; i++)
    {
      g_autoptr (PracticeClient) other = practice_terminal (&rig);

      g_assert_nonnull (other);
    }
  practice_rig_refresh (&rig);
  last = make_client (&rig);
  full = practice_activate (last, rig.info, NULL, NULL);
  practice_assert_error (full, 409, "MDG-ACT-004");
  gone = practice_call (first, "DELETE", "terminal", NULL);
  g_assert_cmpuint (gone->status, ==, 204);
  g_assert_cmpuint (gone->length, ==, 0);
  revoked = practice_call (first, "POST", "challenge", NULL);
  practice_assert_error (revoked, 403, "MDG-ACT-005");
  /* the code was not used up by the refusal */
  fits = practice_activate (last, rig.info, NULL, NULL);
  g_assert_cmpuint (fits->status, ==, 201);
  g_assert_cmpint (json_integer_value (json_object_get (fits->json, "TerminalCount")), ==, 5);
}

static void
test_codes_never_end (void)
{
  g_auto (PracticeRig) rig = { 0 };

  practice_rig_init (&rig);
  practice_rig_fault (&rig, "terminal-limit=100");
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (PracticeClient) client = practice_terminal (&rig);

      g_assert_nonnull (client->token);
    }
}

static void
test_auth (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) malformed = NULL;
  g_autoptr (PracticeReply) locked = NULL;
  g_autoptr (PracticeReply) open = NULL;
  g_autoptr (PracticeReply) expired = NULL;

  practice_rig_init (&rig);
  client = practice_terminal (&rig);
  malformed = practice_call (client, "POST", "auth", "{\"UserId\":\"W0000001\"}");
  practice_assert_error (malformed, 400, "MDG-REQ-001");
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (PracticeReply) reply = practice_call (
          client, "POST", "auth", "{\"UserId\":\"%s\",\"Password\":\"x\"}", rig.info->user_id);

      practice_assert_error (reply, 401, "MDG-AUTH-001");
    }
  locked = practice_call (client, "POST", "auth", "{\"UserId\":\"%s\",\"Password\":\"%s\"}",
                          rig.info->user_id, rig.info->password);
  practice_assert_error (locked, 423, "MDG-AUTH-002");
  practice_rig_fault (&rig, "clock-skew=901");
  open = practice_call (client, "POST", "auth", "{\"UserId\":\"%s\",\"Password\":\"%s\"}",
                        rig.info->user_id, rig.info->password);
  g_assert_cmpuint (open->status, ==, 200);
  g_assert_cmpint (json_integer_value (json_object_get (open->json, "ExpiresIn")), ==, 3600);
  g_free (client->token);
  client->token = g_strdup (practice_reply_text (open, "IdToken"));
  practice_rig_fault (&rig, "clock-skew=4502");
  expired = practice_call (client, "POST", "challenge", NULL);
  practice_assert_error (expired, 401, "MDG-AUTH-004");
}

static void
test_token_is_bound (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) one = NULL;
  g_autoptr (PracticeClient) two = NULL;
  g_autoptr (PracticeReply) stolen = NULL;
  g_autoptr (PracticeReply) none = NULL;

  practice_rig_init (&rig);
  one = practice_terminal (&rig);
  two = practice_terminal (&rig);
  g_free (two->token);
  two->token = g_strdup (one->token);
  stolen = practice_call (two, "POST", "challenge", NULL);
  practice_assert_error (stolen, 401, "MDG-AUTH-004");
  g_clear_pointer (&two->token, g_free);
  none = practice_call (two, "POST", "challenge", NULL);
  practice_assert_error (none, 401, "MDG-AUTH-004");
}

static void
test_password (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) one = NULL;
  g_autoptr (PracticeClient) two = NULL;
  g_autoptr (PracticeReply) too_short = NULL;
  g_autoptr (PracticeReply) wrong = NULL;
  g_autoptr (PracticeReply) done = NULL;
  g_autoptr (PracticeReply) ended = NULL;
  g_autoptr (PracticeReply) goes_on = NULL;
  g_autoptr (PracticeReply) old = NULL;

  practice_rig_init (&rig);
  one = practice_terminal (&rig);
  two = practice_terminal (&rig);
  too_short = practice_call (one, "POST", "password",
                             "{\"UserId\":\"%s\",\"Password\":\"%s\",\"NewPassword\":\"7 chars\"}",
                             rig.info->user_id, rig.info->password);
  practice_assert_error (too_short, 400, "MDG-AUTH-003");
  wrong = practice_call (one, "POST", "password",
                         "{\"UserId\":\"%s\",\"Password\":\"x\",\"NewPassword\":\"another-one\"}",
                         rig.info->user_id);
  practice_assert_error (wrong, 400, "MDG-AUTH-003");
  done =
      practice_call (one, "POST", "password",
                     "{\"UserId\":\"%s\",\"Password\":\"%s\",\"NewPassword\":\"新しい合い言葉！\"}",
                     rig.info->user_id, rig.info->password);
  g_assert_cmpuint (done->status, ==, 204);
  ended = practice_call (two, "POST", "challenge", NULL);
  practice_assert_error (ended, 401, "MDG-AUTH-004");
  goes_on = practice_call (one, "POST", "challenge", NULL);
  g_assert_cmpuint (goes_on->status, ==, 200);
  old = practice_call (one, "POST", "auth", "{\"UserId\":\"%s\",\"Password\":\"%s\"}",
                       rig.info->user_id, rig.info->password);
  practice_assert_error (old, 401, "MDG-AUTH-001");
  practice_rig_restart (&rig);
  g_assert_cmpstr (rig.info->password, ==, "新しい合い言葉！");
}

static void
test_renewal (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (GTlsCertificate) old = NULL;
  g_autofree char *key_pem = NULL;
  g_autofree char *request = practice_make_request (&key_pem, "P-256");
  g_autofree char *id = NULL;
  g_autoptr (PracticeReply) malformed = NULL;
  g_autoptr (PracticeReply) renewed = NULL;
  g_autoptr (PracticeReply) by_old = NULL;
  g_autoptr (PracticeReply) by_new = NULL;
  g_autoptr (PracticeReply) revoked = NULL;
  g_autoptr (PracticeReply) no_renewal = NULL;

  practice_rig_init (&rig);
  client = practice_terminal (&rig);
  malformed = practice_call (client, "POST", "renewal", "{\"CertificateSigningRequest\":\"x\"}");
  practice_assert_error (malformed, 400, "MDG-ACT-001");
  renewed =
      practice_call (client, "POST", "renewal", "{\"CertificateSigningRequest\":\"%s\"}", request);
  g_assert_cmpuint (renewed->status, ==, 201);
  g_assert_cmpint (json_integer_value (json_object_get (renewed->json, "TerminalCount")), ==, 1);
  /* as long as the new one was not used, its answer may have been lost */
  by_old = practice_call (client, "POST", "challenge", NULL);
  g_assert_cmpuint (by_old->status, ==, 200);
  old = g_object_ref (client->certificate);
  practice_client_use (client, practice_reply_text (renewed, "TerminalCertificate"), key_pem);
  by_new = practice_call (client, "POST", "challenge", NULL);
  g_assert_cmpuint (by_new->status, ==, 200);
  g_set_object (&client->certificate, old);
  soup_session_abort (client->session);
  revoked = practice_call (client, "POST", "challenge", NULL);
  practice_assert_error (revoked, 403, "MDG-ACT-005");
  no_renewal =
      practice_call (client, "POST", "renewal", "{\"CertificateSigningRequest\":\"%s\"}", request);
  practice_assert_error (no_renewal, 403, "MDG-ACT-005");
}

static void
test_expired_terminal (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autoptr (PracticeReply) reply = NULL;

  practice_rig_init (&rig);
  client = practice_terminal (&rig);
  practice_rig_fault (&rig, "clock-skew=94700000"); /* 1096 days */
  reply = practice_call (client, "POST", "auth", "{}");
  practice_assert_error (reply, 403, "MDG-ACT-005");
}

static void
test_restart_keeps (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autofree char *password = NULL;
  g_autofree char *ca = NULL;
  g_autofree char *ca_again = NULL;
  g_autofree char *code = NULL;
  g_autoptr (PracticeReply) old_token = NULL;
  g_autoptr (PracticeReply) works = NULL;
  g_autoptr (PracticeReply) used = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgPracticeService) second = NULL;

  practice_rig_init (&rig);
  password = g_strdup (rig.info->password);
  code = g_strdup (rig.info->activation_code);
  client = practice_terminal (&rig);
  g_assert_true (g_file_get_contents (rig.info->ca_file, &ca, NULL, NULL));
  /* the state is held by one service only */
  second = mdg_practice_service_new (rig.state_dir, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_null (second);
  practice_rig_restart (&rig);
  g_assert_cmpstr (rig.info->password, ==, password);
  g_assert_true (g_file_get_contents (rig.info->ca_file, &ca_again, NULL, NULL));
  g_assert_cmpstr (ca, ==, ca_again);
  g_free (client->url);
  client->url = g_strdup (rig.info->url);
  old_token = practice_call (client, "POST", "challenge", NULL);
  practice_assert_error (old_token, 401, "MDG-AUTH-004");
  practice_login (client, rig.info);
  works = practice_call (client, "POST", "challenge", NULL);
  g_assert_cmpuint (works->status, ==, 200);
  used = practice_activate (client, rig.info, code, NULL);
  practice_assert_error (used, 403, "MDG-ACT-003");
}

static gboolean
holds (const char *path, const char *secret)
{
  g_autofree char *data = NULL;
  gsize n = 0;

  g_assert_true (g_file_get_contents (path, &data, &n, NULL));
  for (gsize i = 0; i + strlen (secret) <= n; i++)
    if (strncmp (data + i, secret, strlen (secret)) == 0)
      return TRUE;
  return FALSE;
}

static void
test_no_secret_on_disk (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autoptr (PracticeClient) client = NULL;
  g_autofree char *code = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  practice_rig_init (&rig);
  code = g_strdup (rig.info->activation_code);
  client = practice_terminal (&rig);
  practice_rig_refresh (&rig);
  dir = g_dir_open (rig.state_dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (rig.state_dir, name, NULL);

      g_assert_false (holds (path, code));
      g_assert_false (holds (path, rig.info->activation_code));
      g_assert_false (holds (path, rig.info->password));
      g_assert_false (holds (path, client->token));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/terminal/status", test_status);
  g_test_add_func ("/service/terminal/activation", test_activation);
  g_test_add_func ("/service/terminal/activation-malformed", test_activation_malformed);
  g_test_add_func ("/service/terminal/activation-login", test_activation_login);
  g_test_add_func ("/service/terminal/code-lock", test_code_lock);
  g_test_add_func ("/service/terminal/limit", test_terminal_limit);
  g_test_add_func ("/service/terminal/codes-never-end", test_codes_never_end);
  g_test_add_func ("/service/terminal/auth", test_auth);
  g_test_add_func ("/service/terminal/token-is-bound", test_token_is_bound);
  g_test_add_func ("/service/terminal/password", test_password);
  g_test_add_func ("/service/terminal/renewal", test_renewal);
  g_test_add_func ("/service/terminal/expired", test_expired_terminal);
  g_test_add_func ("/service/terminal/restart-keeps", test_restart_keeps);
  g_test_add_func ("/service/terminal/no-secret-on-disk", test_no_secret_on_disk);
  return g_test_run ();
}
