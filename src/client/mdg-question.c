/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is asked, written as the protocol says, and what comes back, read only if it answers this
 * question: the same facility, the same day, the same identifier, and for a search the same date
 * of birth. An answer for somebody else is worse than none. */
#include "config.h"

#include "mdg-question.h"

#include <string.h>

#include "mdg-json.h"
#include "mdg-oqs-check.h"

#define NONCE_LENGTH          32
#define MAX_CERTIFICATE       (16 * 1024)
#define MAX_SIGNATURE         1024
#define MAX_CHALLENGE_SECONDS 3600

/**
 * mdg_question_mark_new:
 * @institution_code: 10 digits
 * @date: the day that is asked about, yyyyMMdd
 * @birth_date: (nullable): of a search, yyyyMMdd
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a mark with a random identifier
 */
MdgQuestionMark *
mdg_question_mark_new (const char *institution_code, const char *date, const char *birth_date)
{
  MdgQuestionMark *self = g_new0 (MdgQuestionMark, 1);

  self->institution_code = g_strdup (institution_code);
  self->date = g_strdup (date);
  self->birth_date = g_strdup (birth_date);
  self->identifier = g_uuid_string_random ();
  return self;
}

/**
 * mdg_question_mark_free:
 * @self: (transfer full) (nullable): a mark
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_question_mark_free (MdgQuestionMark *self)
{
  if (self == NULL)
    return;

  g_free (self->institution_code);
  g_free (self->date);
  g_free (self->birth_date);
  g_free (self->identifier);
  g_free (self);
}

static json_t *
pack_message (const MdgQuestionMark *mark, json_t *body)
{
  return json_pack ("{s:{s:{s:s, s:s, s:s}, s:o}}", "XmlMsg", "MessageHeader",
                    "QualificationConfirmationDate", mark->date, "MedicalInstitutionCode",
                    mark->institution_code, "ArbitraryFileIdentifier", mark->identifier,
                    "MessageBody", body);
}

static GBytes *
write_message (const MdgQuestionMark *mark, json_t *body, MdgServiceError code, GError **error)
{
  g_autoptr (MdgJson) message = body != NULL ? pack_message (mark, body) : NULL;
  GBytes *bytes = mdg_json_to_bytes (message);

  if (bytes == NULL)
    g_set_error_literal (error, MDG_SERVICE_ERROR, (int) code, "the question cannot be written");
  return bytes;
}

static gboolean
is_sound (const MdgCardQuestion *question)
{
  gsize certificate = question->certificate != NULL ? g_bytes_get_size (question->certificate) : 0;
  gsize signature = question->signature != NULL ? g_bytes_get_size (question->signature) : 1;

  return question->challenge != NULL && question->challenge->text != NULL && certificate > 0 &&
         certificate <= MAX_CERTIFICATE && signature > 0 && signature <= MAX_SIGNATURE;
}

static json_t *
pack_confirmation (const MdgCardQuestion *question, const char *user_id)
{
  g_autofree char *certificate = g_base64_encode (g_bytes_get_data (question->certificate, NULL),
                                                  g_bytes_get_size (question->certificate));
  g_autofree char *signature = NULL;
  g_autofree char *time = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (question->signature != NULL)
    {
      signature = g_base64_encode (g_bytes_get_data (question->signature, NULL),
                                   g_bytes_get_size (question->signature));
      return json_pack ("{s:s, s:s, s:s, s:s, s:s}", "Method", "1", "Certificate", certificate,
                        "Challenge", question->challenge->text, "SignatureAlgorithm",
                        "RSASSA-PKCS1-v1_5-SHA256", "Signature", signature);
    }
  now = g_date_time_new_now_utc ();
  time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  return json_pack ("{s:s, s:s, s:s, s:{s:s, s:s}}", "Method", "2", "Certificate", certificate,
                    "Challenge", question->challenge->text, "StaffConfirmation", "UserId", user_id,
                    "Time", time);
}

/**
 * mdg_question_write_card:
 * @mark: what the answer must repeat
 * @question: about the holder of a card
 * @user_id: who confirms a visual check
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_CARD_FORM.
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
mdg_question_write_card (const MdgQuestionMark *mark,
                         const MdgCardQuestion *question,
                         const char *user_id,
                         GError **error)
{
  json_t *body = NULL;

  if (is_sound (question))
    body = json_pack (
        "{s:o, s:s, s:s}", "CardHolderConfirmation", pack_confirmation (question, user_id),
        "LimitApplicationCertificateRelatedConsFlg", question->consent_limit ? "1" : "0",
        "SpecificDiseasesCertificateRelatedConsFlg", question->consent_diseases ? "1" : "0");
  return write_message (mark, body, MDG_SERVICE_ERROR_CARD_FORM, error);
}

/**
 * mdg_question_write_search:
 * @mark: what the answer must repeat
 * @question: what is on the certificate of insurance
 * @error: return location
 *
 * Elements and order of OQS 別紙3-1, QualificationConfirmSearchInfo; InsurerNumber is padded to 8
 * characters.
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_SEARCH_FORM.
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
mdg_question_write_search (const MdgQuestionMark *mark,
                           const MdgSearchQuestion *question,
                           GError **error)
{
  g_autofree char *insurer = NULL;
  json_t *body = NULL;

  if (question->insurer_number != NULL && question->number != NULL && question->birth_date != NULL)
    {
      insurer = mdg_oqs_pad_insurer_number (question->insurer_number);
      body = json_pack ("{s:{s:s, s:s*, s:s, s:s*, s:s, s:s}}", "QualificationConfirmSearchInfo",
                        "InsurerNumber", insurer, "InsuredCardSymbol", question->symbol,
                        "InsuredIdentificationNumber", question->number, "InsuredBranchNumber",
                        question->branch, "Birthdate", question->birth_date,
                        "LimitApplicationCertificateRelatedConsFlg",
                        question->consent_limit ? "1" : "0");
    }
  return write_message (mark, body, MDG_SERVICE_ERROR_SEARCH_FORM, error);
}

/* The message must not quote what it found: it may be somebody's. */
static gboolean
check_equal (const char *found, const char *asked, const char *element, GError **error)
{
  if (g_strcmp0 (found, asked) == 0)
    return TRUE;
  g_set_error (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER, "another's answer: %s %s",
               element, found != NULL ? "differs" : "is missing");
  return FALSE;
}

static gboolean
check_header (const MdgQuestionMark *mark, MdgOqsNode *header, GError **error)
{
  const char *identifier;

  if (header == NULL)
    return check_equal (NULL, "", "MessageHeader", error);
  identifier = mdg_oqs_node_find_text (header, "ArbitraryFileIdentifier");
  return check_equal (mdg_oqs_node_find_text (header, "MedicalInstitutionCode"),
                      mark->institution_code, "MedicalInstitutionCode", error) &&
         check_equal (mdg_oqs_node_find_text (header, "QualificationConfirmationDate"), mark->date,
                      "QualificationConfirmationDate", error) &&
         (identifier == NULL ||
          check_equal (identifier, mark->identifier, "ArbitraryFileIdentifier", error));
}

static gboolean
check_people (const MdgQuestionMark *mark, MdgOqsMessage *message, GError **error)
{
  for (guint i = 0; mark->birth_date != NULL && i < mdg_oqs_message_get_n_results (message); i++)
    {
      MdgOqsNode *result = mdg_oqs_message_get_result (message, i);

      if (!check_equal (mdg_oqs_node_find_text (result, "Birthdate"), mark->birth_date, "Birthdate",
                        error))
        return FALSE;
    }
  return TRUE;
}

/**
 * mdg_question_read_answer:
 * @mark: of the question
 * @body: what came back
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_BAD_ANSWER where it is no OQS message or not for this question.
 *
 * Returns: (transfer full) (nullable): the answer
 */
MdgOqsMessage *
mdg_question_read_answer (const MdgQuestionMark *mark, GBytes *body, GError **error)
{
  g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_json (body, NULL);

  if (message == NULL || mdg_oqs_message_get_body (message) == NULL)
    {
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                           "the answer is no eligibility response");
      return NULL;
    }
  if (!check_header (mark, mdg_oqs_message_get_header (message), error) ||
      !check_people (mark, message, error))
    return NULL;
  return g_steal_pointer (&message);
}

/* RFC 4648 5: GLib decodes only the other alphabet, and skips what it does not know. */
static GBytes *
decode_nonce (const char *text)
{
  g_autofree char *plain = NULL;
  g_autofree guchar *data = NULL;
  gsize length;

  if (strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != 43 ||
      (text[43] != '\0' && strcmp (text + 43, "=") != 0))
    return NULL;
  plain = g_strdup_printf ("%.43s=", text);
  g_strdelimit (g_strdelimit (plain, "-", '+'), "_", '/');
  data = g_base64_decode (plain, &length);
  return length == NONCE_LENGTH ? g_bytes_new (data, length) : NULL;
}

/**
 * mdg_question_read_challenge:
 * @body: what came back
 * @asked_at: when it was asked, monotonic microseconds: the earliest the challenge can begin
 * @error: return location
 *
 * Thread: any.
 * Errors: MDG_SERVICE_ERROR_BAD_ANSWER.
 *
 * Returns: (transfer full) (nullable): the challenge
 */
MdgChallenge *
mdg_question_read_challenge (GBytes *body, gint64 asked_at, GError **error)
{
  g_autoptr (MdgJson) json = mdg_json_parse (body, error);
  g_autoptr (GBytes) nonce = NULL;
  MdgChallenge *challenge;
  const char *text;
  gint64 seconds = 0;

  if (json == NULL)
    return NULL;
  text = mdg_json_get_text (json, "Challenge", 64);
  nonce = text != NULL ? decode_nonce (text) : NULL;
  if (nonce == NULL || !mdg_json_get_number (json, "ExpiresIn", MAX_CHALLENGE_SECONDS, &seconds) ||
      seconds == 0)
    {
      g_set_error_literal (error, MDG_SERVICE_ERROR, MDG_SERVICE_ERROR_BAD_ANSWER,
                           "the challenge is malformed");
      return NULL;
    }
  challenge = g_new0 (MdgChallenge, 1);
  challenge->nonce = g_steal_pointer (&nonce);
  challenge->text = g_strdup (text);
  challenge->expires_at = asked_at + seconds * G_USEC_PER_SEC;
  return challenge;
}
