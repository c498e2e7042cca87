/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every row of the protocol's table of errors, from the client's side, and answers that are none.
 */
#include "config.h"

#include <string.h>

#include "mdg-service-error.h"
#include "test-calls.h"

typedef enum
{
  ACTIVATE,
  LOGIN,
  PASSWORD,
  RENEW,
  DEACTIVATE,
  CHALLENGE,
  CARD,
  SEARCH
} What;

static const struct
{
  What what;
  guint status;
  const char *code; /* (nullable) */
  guint retry_after;
  MdgServiceError error;
} rows[] = {
  { ACTIVATE, 400, "MDG-ACT-001", 0, MDG_SERVICE_ERROR_ACTIVATION_FORM },
  { ACTIVATE, 401, "MDG-ACT-002", 0, MDG_SERVICE_ERROR_ACTIVATION_LOGIN },
  { ACTIVATE, 403, "MDG-ACT-003", 0, MDG_SERVICE_ERROR_ACTIVATION_CODE },
  { ACTIVATE, 429, "MDG-ACT-003", 900, MDG_SERVICE_ERROR_LOCKED },
  { ACTIVATE, 409, "MDG-ACT-004", 0, MDG_SERVICE_ERROR_TERMINAL_LIMIT },
  { LOGIN, 401, "MDG-AUTH-001", 0, MDG_SERVICE_ERROR_LOGIN },
  { LOGIN, 423, "MDG-AUTH-002", 900, MDG_SERVICE_ERROR_LOCKED },
  { CHALLENGE, 401, "MDG-AUTH-001", 0, MDG_SERVICE_ERROR_LOGIN },
  { PASSWORD, 400, "MDG-AUTH-003", 0, MDG_SERVICE_ERROR_PASSWORD_FORM },
  { RENEW, 403, "MDG-ACT-005", 0, MDG_SERVICE_ERROR_TERMINAL_REVOKED },
  { RENEW, 403, "MDG-ACT-006", 0, MDG_SERVICE_ERROR_TERMINAL },
  { CHALLENGE, 401, "MDG-AUTH-004", 0, MDG_SERVICE_ERROR_LOGIN },
  { CARD, 400, "MDG-CARD-001", 0, MDG_SERVICE_ERROR_CARD_FORM },
  { CARD, 403, "MDG-CARD-002", 0, MDG_SERVICE_ERROR_CHALLENGE },
  { CARD, 403, "MDG-CARD-003", 0, MDG_SERVICE_ERROR_CARD_SIGNATURE },
  { CARD, 403, "MDG-CARD-004", 0, MDG_SERVICE_ERROR_CARD_TRUST },
  { CARD, 403, "MDG-CARD-005", 0, MDG_SERVICE_ERROR_CARD_EXPIRED },
  { CARD, 403, "MDG-CARD-006", 0, MDG_SERVICE_ERROR_VISUAL_REFUSED },
  { SEARCH, 400, "MDG-SRCH-001", 0, MDG_SERVICE_ERROR_SEARCH_FORM },
  { DEACTIVATE, 418, "MDG-NEW-999", 0, MDG_SERVICE_ERROR_REFUSED },
  { SEARCH, 404, NULL, 0, MDG_SERVICE_ERROR_REFUSED },
  { SEARCH, 500, "MDG-SRCH-001", 0, MDG_SERVICE_ERROR_UNAVAILABLE },
  { SEARCH, 503, NULL, 600, MDG_SERVICE_ERROR_UNAVAILABLE },
  { SEARCH, 302, NULL, 0, MDG_SERVICE_ERROR_BAD_ANSWER },
};

static const char *const paths[] = { "activation", "auth",      "password",         "renewal",
                                     "terminal",   "challenge", "card-eligibility", "search" };

static void
run (What what, TestService *service, MdgOnlineSource *source, GError **error)
{
  g_autoptr (MdgActivation) activation = NULL;
  g_autoptr (MdgChallenge) challenge = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;

  if (what == ACTIVATE)
    activation = test_activate (service, error);
  else if (what == LOGIN)
    test_login (source, error);
  else if (what == PASSWORD)
    test_change_password (source, "Atarashii-5511", error);
  else if (what == RENEW)
    activation = test_renew (source, error);
  else if (what == DEACTIVATE)
    test_deactivate (source, error);
  else if (what == CHALLENGE)
    challenge = test_challenge (source, error);
  else if (what == CARD)
    message = test_ask_card (source, FALSE, error);
  else
    message = test_search (source, error);
  g_assert_null (activation);
  g_assert_null (challenge);
  g_assert_null (message);
}

static void
test_rows (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *path = paths[rows[i].what];
      g_autofree char *code =
          rows[i].code != NULL ? g_strdup_printf ("\"ErrorCode\":\"%s\",", rows[i].code) : NULL;
      g_autofree char *retry = rows[i].retry_after > 0
                                   ? g_strdup_printf (",\"RetryAfter\":%u", rows[i].retry_after)
                                   : NULL;
      g_autofree char *body =
          g_strdup_printf ("{%s\"ErrorMessage\":\"ことば\"%s}", code != NULL ? code : "",
                           retry != NULL ? retry : "");
      g_autoptr (GError) error = NULL;
      guint before = test_service_count (service, path);

      g_test_message ("%s %u %s", path, rows[i].status, body);
      test_service_script_json (service, path, -1, rows[i].status, body);
      run (rows[i].what, service, source, &error);
      g_assert_error (error, MDG_SERVICE_ERROR, (int) rows[i].error);
      g_assert_cmpstr (mdg_service_error_get_code (error), ==, rows[i].code);
      g_assert_cmpstr (mdg_service_error_get_message (error), ==, "ことば");
      g_assert_cmpuint (mdg_service_error_get_retry_after (error), ==, rows[i].retry_after);
      /* answered is answered: only an unaccepted token asks again */
      g_assert_cmpuint (test_service_count (service, path) - before, ==,
                        rows[i].what == CHALLENGE ? 2 : 1);
      test_service_script (service, path, 0, NULL);
    }
}

static void
test_maintenance (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;

  g_assert_true (test_login (source, &error));
  test_service_set_maintenance (
      service,
      "[{\"From\":\"2001-01-01T00:00:00Z\",\"To\":\"2099-01-01T00:00:00Z\",\"Message\":\"保守\"}]");
  test_service_script_json (service, "search", -1, 503, "{}");
  g_assert_null (test_search (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_MAINTENANCE);
  g_assert_cmpstr (mdg_service_error_get_message (error), ==, "保守");
  g_assert_cmpuint (mdg_service_error_get_retry_after (error), >, 3600);
}

static void
test_clock (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = NULL;
  g_autoptr (GError) error = NULL;

  test_service_set_time_offset (service, 1200);
  source = test_source (service);
  test_service_script_json (service, "card-eligibility", -1, 403,
                            "{\"ErrorCode\":\"MDG-CARD-002\"}");
  g_assert_null (test_ask_card (source, FALSE, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_CLOCK);
  g_assert_cmpstr (mdg_service_error_get_code (error), ==, "MDG-CARD-002");
}

/* The words of a service are shown to people: bounded, one line, nothing that turns text around. */
static void
test_hostile_words (void)
{
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autoptr (GError) error = NULL;
  g_autofree char *fill = g_strnfill (5000, 'w');
  g_autofree char *body = g_strdup_printf (
      "{\"ErrorCode\":\"MDG-\\u001b[31m\",\"ErrorMessage\":\"a\\n\\u202eb%s\"}", fill);

  test_service_script_json (service, "search", -1, 400, body);
  g_assert_null (test_search (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_REFUSED);
  g_assert_null (mdg_service_error_get_code (error));
  g_assert_true (g_str_has_prefix (mdg_service_error_get_message (error), "a bw"));
  g_assert_cmpuint (strlen (mdg_service_error_get_message (error)), <=, 400);
}

static const struct
{
  const char *path;
  const char *body;
} malformed[] = {
  { "auth", "{}" },
  { "auth", "[]" },
  { "auth", "{\"IdToken\":\"a b\",\"ExpiresIn\":60}" },
  { "auth", "{\"IdToken\":\"a\\r\\nX: y\",\"ExpiresIn\":60}" },
  { "auth", "{\"IdToken\":\"a\",\"ExpiresIn\":-1}" },
  { "auth", "{\"IdToken\":\"a\",\"ExpiresIn\":\"60\"}" },
  { "auth", "{\"IdToken\":\"a\",\"ExpiresIn\":99999999999999}" },
  { "auth", "{\"IdToken\":\"a\",\"IdToken\":\"b\",\"ExpiresIn\":60}" },
  { "auth", "{\"IdToken\":\"a\",\"ExpiresIn\":60}x" },
  { "status", "{\"Time\":\"gestern\",\"Service\":\"practice\",\"Version\":\"1\"}" },
  { "status", "{\"Time\":\"2026-11-22T00:00:00Z\",\"Version\":\"1\"}" },
  { "challenge", "{}" },
  { "challenge", "{\"Challenge\":\"AAEC\",\"ExpiresIn\":120}" },
  { "challenge",
    "{\"Challenge\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+\",\"ExpiresIn\":120}" },
  { "challenge",
    "{\"Challenge\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\",\"ExpiresIn\":0}" },
  { "challenge", "{\"Challenge\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\"}" },
  { "card-eligibility", "{}" },
  { "card-eligibility", "{\"XmlMsg\":{}}" },
  { "card-eligibility", "{\"XmlMsg\":{\"MessageBody\":{\"QualificationValidity\":\"1\"}}}" },
  { "card-eligibility", "\xff\xfe" },
};

static void
test_malformed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (TestService) service = test_service_new ();
      g_autoptr (MdgOnlineSource) source = test_source (service);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s, body %u", malformed[i].path, i);
      test_service_script_json (service, malformed[i].path, -1, 200, malformed[i].body);
      g_assert_null (test_ask_card (source, FALSE, &error));
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
    }
}

/* Somebody else's answer, in each way that shows. */
static void
test_another (void)
{
  static const char *const headers[] = {
    "\"MedicalInstitutionCode\":\"1319999023\",\"QualificationConfirmationDate\":\"20261122\"",
    "\"MedicalInstitutionCode\":\"1319999015\",\"QualificationConfirmationDate\":\"20261121\"",
    "\"MedicalInstitutionCode\":\"1319999015\"",
    "\"QualificationConfirmationDate\":\"20261122\"",
    ("\"MedicalInstitutionCode\":\"1319999015\",\"QualificationConfirmationDate\":\"20261122\","
     "\"ArbitraryFileIdentifier\":\"another\""),
  };
  g_autoptr (TestService) service = test_service_new ();
  g_autoptr (MdgOnlineSource) source = test_source (service);
  g_autofree char *other_birth = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{\"XmlMsg\":{\"MessageHeader\":{%s},\"MessageBody\":{\"QualificationValidity\":\"1\"}}}",
          headers[i]);
      g_autoptr (GError) one = NULL;
      g_autoptr (GError) two = NULL;

      test_service_script_json (service, "card-eligibility", 1, 200, body);
      test_service_script_json (service, "search", 1, 200, body);
      g_assert_null (test_ask_card (source, FALSE, &one));
      g_assert_error (one, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
      g_assert_null (test_search (source, &two));
      g_assert_error (two, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
    }

  /* without an identifier, and all else right: an answer */
  test_service_script_json (
      service, "card-eligibility", 1, 200,
      "{\"XmlMsg\":{\"MessageHeader\":{\"MedicalInstitutionCode\":\"1319999015\","
      "\"QualificationConfirmationDate\":\"20261122\"},\"MessageBody\":"
      "{\"QualificationValidity\":\"4\"}}}");
  message = test_ask_card (source, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (message);

  /* a search that finds a person born on another day */
  other_birth =
      g_strdup ("{\"XmlMsg\":{\"MessageHeader\":{\"MedicalInstitutionCode\":\"1319999015\","
                "\"QualificationConfirmationDate\":\"20261122\"},\"MessageBody\":{\"ResultList\":["
                "{\"ResultOfQualificationConfirmation\":{\"Birthdate\":\"" TEST_BIRTH_DATE "\"}},"
                "{\"ResultOfQualificationConfirmation\":{\"Birthdate\":\"19850416\"}}]}}}");
  test_service_script_json (service, "search", 1, 200, other_birth);
  g_assert_null (test_search (source, &error));
  g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
  g_assert_null (strstr (error->message, "1985"));
}

/* A certificate for another key, out of date, or not one at all is never kept. */
static void
test_wrong_certificates (void)
{
  g_autoptr (TestService) service = test_service_new ();
  TestCa *issuer = test_service_get_issuer (service);
  g_autofree char *pair = test_ca_make_pair (issuer, NULL, TEST_CERT_CLIENT);
  const char *pems[] = { pair, test_ca_get_pem (issuer), "no certificate", "" };
  static const char *const fields[] = {
    "\"TerminalLimit\":3,\"TerminalCount\":1",
    "\"TerminalLimit\":\"3\",\"TerminalCount\":1,\"NotAfter\":\"2027-11-22T00:00:00Z\"",
    "\"TerminalCount\":1,\"NotAfter\":\"2027-11-22T00:00:00Z\"",
    "\"TerminalLimit\":3,\"TerminalCount\":-1,\"NotAfter\":\"2027-11-22T00:00:00Z\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pems) + G_N_ELEMENTS (fields); i++)
    {
      gboolean field = i >= G_N_ELEMENTS (pems);
      g_autofree char *escaped = g_strescape (field ? test_ca_get_pem (issuer) : pems[i], NULL);
      g_autofree char *body = g_strdup_printf (
          "{\"TerminalId\":\"T-1\",\"TerminalCertificate\":\"%s\",\"InstitutionName\":\"架空\",%s}",
          escaped,
          field ? fields[i - G_N_ELEMENTS (pems)]
                : "\"TerminalLimit\":3,\"TerminalCount\":1,\"NotAfter\":\"2027-11-22T00:00:00Z\"");
      g_autoptr (GError) error = NULL;

      test_service_script_json (service, "activation", 1, 201, body);
      g_assert_null (test_activate (service, &error));
      g_assert_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-errors/rows", test_rows);
  g_test_add_func ("/service-errors/maintenance", test_maintenance);
  g_test_add_func ("/service-errors/clock", test_clock);
  g_test_add_func ("/service-errors/hostile-words", test_hostile_words);
  g_test_add_func ("/service-errors/malformed", test_malformed);
  g_test_add_func ("/service-errors/another", test_another);
  g_test_add_func ("/service-errors/wrong-certificates", test_wrong_certificates);
  return test_run ();
}
