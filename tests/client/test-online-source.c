/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The online source against a service that follows the protocol: what is sent, and what comes of
 * the answers. */
#include "config.h"

#include <jansson.h>
#include <string.h>

#include "mdg-service-error.h"
#include "test-calls.h"

typedef json_t Json;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Json, json_decref)

static json_t *
parse_body (const TestRequest *request)
{
  json_t *json = json_loadb (g_bytes_get_data (request->body, NULL),
                             g_bytes_get_size (request->body), JSON_REJECT_DUPLICATES, NULL);

  g_assert_nonnull (json);
  return json;
}

static const char *
get_text (json_t *json, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);

  for (guint i = 0; names[i] != NULL; i++)
    json = json_object_get (json, names[i]);
  return json_string_value (json);
}

static void
test_digest (void)
{
  /* computed with Python's hashlib from nonce 00..1f, certificate "certificate" */
  static const char *expected = "6de61e0a2449c67e1666f183b69f8a0a4cfce3c1c7cb74d8620402539ab3a6c6";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) certificate = g_bytes_new_static ("certificate", 11);
  g_autoptr (GBytes) nonce = NULL;
  g_autoptr (GString) hex = g_string_new (NULL);
  guint8 digest[32];

  for (guint8 i = 0; i < 32; i++)
    g_byte_array_append (bytes, &i, 1);
  nonce = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  mdg_card_question_digest (TEST_INSTITUTION, nonce, certificate, digest);
  for (guint i = 0; i < 32; i++)
    g_string_append_printf (hex, "%02x", digest[i]);
  g_assert_cmpstr (hex->str, ==, expected);
}

static void
test_activation (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgActivation) activation = test_activate (service, &error);
  const TestRequest *request = test_service_last (service, "activation");
  g_autoptr (Json) body = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (activation->terminal->terminal_id, ==, "T-1");
  g_assert_cmpstr (activation->terminal->name, ==, "受付１");
  g_assert_cmpstr (activation->facility->institution_name, ==, "架空診療所");
  g_assert_cmpstr (activation->facility->institution_code, ==, TEST_INSTITUTION);
  g_assert_cmpuint (activation->terminal->terminal_limit, ==, 3);
  g_assert_cmpuint (activation->terminal->terminal_count, ==, 1);
  g_assert_nonnull (activation->terminal->not_after);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (activation->terminal_key, NULL),
                                   "-----BEGIN PRIVATE KEY-----"));

  g_assert_cmpstr (request->method, ==, "POST");
  g_assert_false (request->certificate);
  body = parse_body (request);
  g_assert_cmpuint (json_object_size (body), ==, 6);
  g_assert_cmpstr (get_text (body, "MedicalInstitutionCode"), ==, TEST_INSTITUTION);
  g_assert_cmpstr (get_text (body, "UserId"), ==, TEST_USER);
  g_assert_cmpstr (get_text (body, "Password"), ==, TEST_PASSWORD);
  g_assert_cmpstr (get_text (body, "ActivationCode"), ==, TEST_CODE);
  g_assert_cmpstr (get_text (body, "TerminalName"), ==, "受付１");
  g_assert_null (strstr (get_text (body, "CertificateSigningRequest"), "PRIVATE"));
}

static void
test_card (gconstpointer data)
{
  gboolean visual = GPOINTER_TO_INT (data);
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = test_ask_card (source, visual, &error);
  const TestRequest *request = test_service_last (service, "card-eligibility");
  g_autoptr (Json) body = NULL;
  g_autofree char *type = NULL;
  g_autofree char *token = NULL;
  g_autofree char *key = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (mdg_oqs_message_get_verdict (message), ==, MDG_OQS_VERDICT_VALID);
  g_assert_true (mdg_eligibility_source_get_practice (MDG_ELIGIBILITY_SOURCE (source)));
  g_assert_cmpstr (mdg_eligibility_source_get_institution_code (MDG_ELIGIBILITY_SOURCE (source)),
                   ==, TEST_INSTITUTION);

  g_assert_true (request->certificate);
  type = test_request_dup_header (request, "Content-Type");
  token = test_request_dup_header (request, "Authorization");
  key = test_request_dup_header (request, "Idempotency-Key");
  g_assert_cmpstr (type, ==, "application/json; charset=UTF-8");
  g_assert_cmpstr (token, ==, "Bearer token-abc.def_1");
  g_assert_true (g_uuid_string_is_valid (key));

  body = parse_body (request);
#define CONFIRMATION "XmlMsg/MessageBody/CardHolderConfirmation/"
  g_assert_cmpstr (get_text (body, "XmlMsg/MessageHeader/QualificationConfirmationDate"), ==,
                   "20261122");
  g_assert_cmpstr (get_text (body, "XmlMsg/MessageHeader/MedicalInstitutionCode"), ==,
                   TEST_INSTITUTION);
  g_assert_nonnull (get_text (body, "XmlMsg/MessageHeader/ArbitraryFileIdentifier"));
  g_assert_cmpstr (get_text (body, CONFIRMATION "Method"), ==, visual ? "2" : "1");
  g_assert_cmpstr (get_text (body, CONFIRMATION "Certificate"), ==, "Y2VydGlmaWNhdGU=");
  g_assert_cmpstr (get_text (body, CONFIRMATION "Challenge"), ==,
                   "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  g_assert_cmpstr (get_text (body, "XmlMsg/MessageBody/LimitApplicationCertificateRelatedConsFlg"),
                   ==, "1");
  g_assert_cmpstr (get_text (body, "XmlMsg/MessageBody/SpecificDiseasesCertificateRelatedConsFlg"),
                   ==, "0");
  if (visual)
    {
      g_assert_null (get_text (body, CONFIRMATION "Signature"));
      g_assert_null (get_text (body, CONFIRMATION "SignatureAlgorithm"));
      g_assert_cmpstr (get_text (body, CONFIRMATION "StaffConfirmation/UserId"), ==, TEST_USER);
      g_assert_true (
          g_str_has_suffix (get_text (body, CONFIRMATION "StaffConfirmation/Time"), "Z"));
    }
  else
    {
      g_assert_cmpstr (get_text (body, CONFIRMATION "Signature"), ==, "c2lnbmF0dXJl");
      g_assert_cmpstr (get_text (body, CONFIRMATION "SignatureAlgorithm"), ==,
                       "RSASSA-PKCS1-v1_5-SHA256");
    }
}

static void
test_search_body (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = test_search (source, &error);
  g_autoptr (Json) body = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (message);
  body = parse_body (test_service_last (service, "search"));
#define SEARCH "XmlMsg/MessageBody/QualificationConfirmSearchInfo/"
  g_assert_cmpstr (get_text (body, SEARCH "InsurerNumber"), ==, "  138057");
  g_assert_null (get_text (body, SEARCH "InsuredCardSymbol"));
  g_assert_cmpstr (get_text (body, SEARCH "InsuredIdentificationNumber"), ==, "1234567");
  g_assert_cmpstr (get_text (body, SEARCH "InsuredBranchNumber"), ==, "01");
  g_assert_cmpstr (get_text (body, SEARCH "Birthdate"), ==, TEST_BIRTH_DATE);
  g_assert_cmpstr (get_text (body, SEARCH "LimitApplicationCertificateRelatedConsFlg"), ==, "1");
}

/* One log-in and one status for many questions, over connections that are kept; a new identifier
 * for each. */
static void
test_reuse (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autofree char *first = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MdgOqsMessage) message = test_ask_card (source, FALSE, &error);
      const char *identifier;

      g_assert_no_error (error);
      identifier =
          mdg_oqs_node_find_text (mdg_oqs_message_get_header (message), "ArbitraryFileIdentifier");
      g_assert_cmpstr (identifier, !=, first);
      g_free (first);
      first = g_strdup (identifier);
    }
  g_assert_cmpuint (test_service_count (service, "auth"), ==, 1);
  g_assert_cmpuint (test_service_count (service, "status"), ==, 1);
  g_assert_cmpuint (test_service_count (service, "challenge"), ==, 5);
  /* activation, log-in, status */
  g_assert_cmpuint (test_service_get_n_connections (service), <=, 3);
}

static void
test_expired_token (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgChallenge) challenge = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_assert_true (test_login (source, &error));
  test_service_script_json (service, "challenge", 1, 401, "{\"ErrorCode\":\"MDG-AUTH-001\"}");
  challenge = test_challenge (source, &error);
  g_assert_no_error (error);
  g_assert_nonnull (challenge);
  g_assert_cmpuint (test_service_count (service, "auth"), ==, 2);
  one = test_request_dup_header (test_service_nth (service, "challenge", 0), "Idempotency-Key");
  two = test_request_dup_header (test_service_nth (service, "challenge", 1), "Idempotency-Key");
  g_assert_cmpstr (one, !=, two);
  g_clear_pointer (&challenge, mdg_challenge_free);

  /* and not for ever */
  test_service_script_json (service, "challenge", -1, 401, "{\"ErrorCode\":\"MDG-AUTH-001\"}");
  challenge = test_challenge (source, &error);
  g_assert_null (challenge);
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_LOGIN);
  g_assert_cmpuint (test_service_count (service, "auth"), ==, 3);
  g_assert_cmpuint (test_service_count (service, "challenge"), ==, 4);
}

/* A token that ends at once by its ExpiresIn is not used a second time. */
static void
test_short_token (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;

  test_service_script_json (service, "auth", -1, 200, "{\"IdToken\":\"t\",\"ExpiresIn\":0}");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (MdgChallenge) challenge = test_challenge (source, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpuint (test_service_count (service, "auth"), ==, 2);
}

static void
test_password_and_terminal (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (Json) body = NULL;
  g_autoptr (Json) login = NULL;

  g_assert_true (test_change_password (source, "Atarashii-5511", &error));
  g_assert_no_error (error);
  body = parse_body (test_service_last (service, "password"));
  g_assert_cmpstr (get_text (body, "Password"), ==, TEST_PASSWORD);
  g_assert_cmpstr (get_text (body, "NewPassword"), ==, "Atarashii-5511");
  g_assert_true (test_login (source, &error));
  login = parse_body (test_service_last (service, "auth"));
  g_assert_cmpstr (get_text (login, "Password"), ==, "Atarashii-5511");

  g_assert_true (test_deactivate (source, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (test_service_last (service, "terminal")->method, ==, "DELETE");
}

static void
test_renewal (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgActivation) renewed = test_renew (source, &error);
  const TestRequest *request = test_service_last (service, "renewal");
  g_autofree char *token = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (renewed->terminal->terminal_id, ==, "T-1");
  g_assert_cmpstr (renewed->terminal->name, ==, "受付１");
  g_assert_true (request->certificate);
  token = test_request_dup_header (request, "Authorization");
  g_assert_null (token);
  g_assert_cmpuint (test_service_count (service, "auth"), ==, 0);
}

static void
test_status_call (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgServiceStatus) status = NULL;

  test_service_set_time_offset (service, -600);
  test_service_set_name (service, "架空サービス");
  test_service_set_maintenance (
      service,
      "[{\"From\":\"2001-01-01T00:00:00Z\",\"To\":\"2002-01-01T00:00:00Z\",\"Message\":\"昔\"},"
      "{\"From\":\"2001-01-01T00:00:00Z\",\"To\":\"2999-01-01T00:00:00Z\",\"Message\":"
      "\"定期\\u0007保守\\u202e\"}]");
  status = test_status (test_service_get_url (service), test_service_get_ca (service), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (status->service, ==, "架空サービス");
  g_assert_cmpint (status->clock_offset_ms, >, 595000);
  g_assert_cmpint (status->clock_offset_ms, <, 605000);
  g_assert_cmpstr (status->maintenance_message, ==, "定期 保守");
  g_assert_nonnull (status->maintenance_to);
  g_assert_false (test_service_last (service, "status")->certificate);
}

/* An answer must not be shown before it is known whether it is a practice one. */
static void
test_no_answer_without_status (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;

  test_service_script_json (service, "status", -1, 404, "{}");
  message = test_search (source, &error);
  g_assert_null (message);
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_REFUSED);
  g_assert_cmpuint (test_service_count (service, "search"), ==, 0);
}

static void
test_no_password (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgActivation) activation = test_activate (service, &error);
  g_autoptr (MdgOnlineSource) source = mdg_online_source_new (
      activation->facility, activation->terminal, activation->terminal_key, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (test_login (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_NO_PASSWORD);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/online-source/digest", test_digest);
  g_test_add_func ("/online-source/activation", test_activation);
  g_test_add_data_func ("/online-source/card", GINT_TO_POINTER (FALSE), test_card);
  g_test_add_data_func ("/online-source/visual", GINT_TO_POINTER (TRUE), test_card);
  g_test_add_func ("/online-source/search", test_search_body);
  g_test_add_func ("/online-source/reuse", test_reuse);
  g_test_add_func ("/online-source/expired-token", test_expired_token);
  g_test_add_func ("/online-source/short-token", test_short_token);
  g_test_add_func ("/online-source/password-and-terminal", test_password_and_terminal);
  g_test_add_func ("/online-source/renewal", test_renewal);
  g_test_add_func ("/online-source/status", test_status_call);
  g_test_add_func ("/online-source/no-answer-without-status", test_no_answer_without_status);
  g_test_add_func ("/online-source/no-password", test_no_password);
  return test_run ();
}
