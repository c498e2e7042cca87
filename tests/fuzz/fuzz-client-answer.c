/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Any bytes as what an eligibility service answers: read or refused with one of our errors. The
 * first byte says what was asked, the second how it was answered. */
#include "config.h"

#include "fuzz-input.h"
#include "mdg-online-source-private.h"
#include "mdg-question.h"
#include "mdg-service-error.h"
#include "mdg-terminal-key.h"

#define INSTITUTION "1319999015"
#define DAY         "20261122"
#define BIRTH       "19500101"

/* The value, or an error of this service whose words can be shown. */
static void
check_outcome (gboolean good, const GError *error)
{
  const char *code, *words;

  g_assert_true (good == (error == NULL));
  if (good)
    return;
  g_assert_true (error->domain == MDG_SERVICE_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  code = mdg_service_error_get_code (error);
  words = mdg_service_error_get_message (error);
  g_assert_true (code == NULL || (g_str_is_ascii (code) && strlen (code) <= 32));
  g_assert_true (words == NULL || g_utf8_validate (words, -1, NULL));
  g_assert_true (words == NULL || g_utf8_strlen (words, -1) <= 401);
  g_assert_cmpuint (mdg_service_error_get_retry_after (error), <=, 7 * 24 * 60 * 60);
}

static void
read_eligibility (GBytes *body, gboolean search)
{
  g_autoptr (MdgQuestionMark) mark =
      mdg_question_mark_new (INSTITUTION, DAY, search ? BIRTH : NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = NULL;

  g_free (mark->identifier);
  mark->identifier = g_strdup ("fuzz");
  message = mdg_question_read_answer (mark, body, &error);
  check_outcome (message != NULL, error);
  if (message == NULL)
    return;
  g_assert_cmpstr (
      mdg_oqs_node_find_text (mdg_oqs_message_get_header (message), "MedicalInstitutionCode"), ==,
      INSTITUTION);
  for (guint i = 0; search && i < mdg_oqs_message_get_n_results (message); i++)
    g_assert_cmpstr (mdg_oqs_node_find_text (mdg_oqs_message_get_result (message, i), "Birthdate"),
                     ==, BIRTH);
}

static void
read_challenge (GBytes *body)
{
  g_autoptr (GError) error = NULL;
  MdgChallenge *challenge = mdg_question_read_challenge (body, 1000, &error);

  check_outcome (challenge != NULL, error);
  if (challenge == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (challenge->nonce), ==, 32);
  g_assert_cmpint (challenge->expires_at, >, 1000);
  mdg_challenge_free (challenge);
}

static void
read_status (const MdgServiceAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgServiceStatus) status = mdg_service_status_read (answer, 0, &error);

  check_outcome (status != NULL, error);
  g_assert_true (status == NULL || (status->time != NULL && status->service != NULL));
}

/* What activation and log-in take out of theirs. */
static void
read_fields (json_t *json)
{
  static const char *const names[] = { "TerminalId",      "TerminalCertificate",
                                       "InstitutionName", "IdToken",
                                       "NotAfter",        "ExpiresIn",
                                       "TerminalLimit" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = mdg_json_get_text (json, names[i], 100);
      const char *lines = mdg_json_get_lines (json, names[i], 65536);
      g_autofree char *words = mdg_json_dup_words (json, names[i], 50);
      g_autoptr (GDateTime) time = mdg_json_get_time (json, names[i]);
      gint64 number = 0;

      g_assert_true (text == NULL || strlen (text) <= 100);
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      g_assert_true (lines == NULL || g_utf8_validate (lines, -1, NULL));
      g_assert_true (words == NULL || g_utf8_validate (words, -1, NULL));
      if (mdg_json_get_number (json, names[i], 10000, &number))
        g_assert_true (number >= 0 && number <= 10000);
    }
}

static void
check_certificate (const char *pem)
{
  static GBytes *key = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 22, 12, 0, 0);
  g_autoptr (GDateTime) not_after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;
  gboolean good;

  if (key == NULL)
    key = mdg_terminal_key_new (NULL);
  good = mdg_terminal_key_check_certificate (key, pem, now, &not_after, &error);
  check_outcome (good, error);
  /* the key is a new one each time: nobody can have made a certificate for it */
  g_assert_false (good);
  fingerprint = mdg_terminal_key_fingerprint (pem);
  g_assert_true (fingerprint == NULL || strlen (fingerprint) == 16);
}

static void
read_activation (const MdgServiceAnswer *answer)
{
  const char *pem;

  if (answer->json == NULL)
    return;
  read_fields (answer->json);
  pem = mdg_json_get_lines (answer->json, "TerminalCertificate", 65536);
  if (pem != NULL)
    check_certificate (pem);
}

static MdgServiceAnswer *
make_answer (guint how, GBytes *body)
{
  static const guint status[] = { 200, 204, 400, 401, 403, 409, 429, 503 };
  static const char *const wait[] = { NULL, "30", "99999999999999999999", "-1" };

  return mdg_service_answer_new (status[how & 7], how & 0x20 ? "text/html" : "application/json",
                                 wait[how >> 3 & 3], body);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzInput input = { data, size };
  guint what = fuzz_input_take_byte (&input);
  guint how = fuzz_input_take_byte (&input);
  g_autoptr (GBytes) body = fuzz_input_take_block (&input, input.size);
  g_autoptr (MdgServiceAnswer) answer = make_answer (how, body);
  g_autoptr (GError) error = NULL;
  gboolean good;

  good = mdg_service_answer_check (answer, (what & 0x10) != 0, &error);
  check_outcome (good, error);
  switch (what & 7)
    {
    case 0:
    case 1:
      read_eligibility (body, (what & 1) != 0);
      break;
    case 2:
      read_challenge (body);
      break;
    case 3:
      read_status (answer);
      break;
    default:
      read_activation (answer);
      break;
    }
  return 0;
}
