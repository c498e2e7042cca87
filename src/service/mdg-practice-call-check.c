/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The calls about patients: challenge, card-eligibility, search (service-protocol.md). */
#include "config.h"

#include "mdg-practice-core.h"
#include "mdg-practice-field.h"
#include "mdg-practice-message.h"

#include <string.h>

#define MAX_CERTIFICATE   8192
#define MAX_SIGNATURE     1024
#define MAX_STAFF_SECONDS 86400

static const MdgPracticeField HEADER[] = {
  { "QualificationConfirmationDate", TRUE, 8, 8, mdg_practice_is_date },
  { "MedicalInstitutionCode", TRUE, 10, 10, mdg_practice_is_digits },
  { "ArbitraryFileIdentifier", FALSE, 0, 100, NULL },
};

static const MdgPracticeField CONSENTS[] = {
  { "LimitApplicationCertificateRelatedConsFlg", FALSE, 0, 1, mdg_practice_is_flag },
  { "SpecificDiseasesCertificateRelatedConsFlg", FALSE, 0, 1, mdg_practice_is_flag },
};

static const MdgPracticeField CARD_SIGNED[] = {
  { "Method", TRUE, 1, 1, mdg_practice_is_digits },
  { "Certificate", TRUE, 4, MAX_CERTIFICATE / 3 * 4 + 4, mdg_practice_is_base64 },
  { "Challenge", TRUE, 43, 43, mdg_practice_is_base64url },
  { "SignatureAlgorithm", TRUE, 1, 64, NULL },
  { "Signature", TRUE, 4, MAX_SIGNATURE / 3 * 4 + 4, mdg_practice_is_base64 },
};

static const MdgPracticeField STAFF[] = {
  { "UserId", TRUE, 1, 64, mdg_practice_is_token },
  { "Time", TRUE, 20, 32, mdg_practice_is_time },
};

static gboolean
is_insurer_number (const char *value)
{
  return value[strspn (value, " 0123456789")] == '\0' && strpbrk (value, "123456789") != NULL;
}

static const MdgPracticeField SEARCH[] = {
  { "InsurerNumber", TRUE, 1, 8, is_insurer_number },
  { "InsuredCardSymbol", FALSE, 0, 20, NULL },
  { "InsuredIdentificationNumber", TRUE, 1, 20, NULL },
  { "InsuredBranchNumber", FALSE, 0, 2, mdg_practice_is_digits },
  { "Birthdate", TRUE, 8, 8, mdg_practice_is_date },
  { "LimitApplicationCertificateRelatedConsFlg", FALSE, 0, 1, mdg_practice_is_flag },
  { "SpecificDiseasesCertificateRelatedConsFlg", FALSE, 0, 1, mdg_practice_is_flag },
  { "ArbitraryIdentifier", FALSE, 0, 100, NULL },
};

static gboolean
is_yes (json_t *object, const char *name)
{
  return g_strcmp0 (mdg_practice_field_get (object, name), "1") == 0;
}

/* header and consents, for both ways of asking */
static const char *
read_question (MdgPracticeCore *self,
               MdgPracticeRequest *request,
               const char *part,
               json_t **found,
               MdgPracticeQuestion *question)
{
  json_t *message = json_object_get (request->json, "XmlMsg");
  json_t *header = json_object_get (message, "MessageHeader");
  json_t *body = json_object_get (message, "MessageBody");
  const char *wrong = mdg_practice_fields_check (header, HEADER, G_N_ELEMENTS (HEADER),
                                                 MDG_PRACTICE_FIELDS_AT_LEAST);

  if (wrong != NULL)
    return *wrong ? wrong : "MessageHeader";
  question->institution_code = mdg_practice_field_get (header, "MedicalInstitutionCode");
  if (strcmp (question->institution_code, request->terminal->institution_code) != 0)
    return "MedicalInstitutionCode";
  wrong = mdg_practice_fields_check (body, CONSENTS, G_N_ELEMENTS (CONSENTS),
                                     MDG_PRACTICE_FIELDS_AT_LEAST);
  if (wrong != NULL)
    return *wrong ? wrong : "MessageBody";
  *found = json_object_get (body, part);
  if (!json_is_object (*found))
    return part;
  question->date = mdg_practice_field_get (header, "QualificationConfirmationDate");
  question->identifier = mdg_practice_field_get (header, "ArbitraryFileIdentifier");
  question->consent_limit = is_yes (body, CONSENTS[0].name) || is_yes (*found, CONSENTS[0].name);
  question->consent_diseases = is_yes (body, CONSENTS[1].name) || is_yes (*found, CONSENTS[1].name);
  question->now = mdg_practice_core_now (self);
  return NULL;
}

static const char *
check_signed (json_t *confirmation)
{
  const char *wrong = mdg_practice_fields_check (
      confirmation, CARD_SIGNED, G_N_ELEMENTS (CARD_SIGNED), MDG_PRACTICE_FIELDS_ONLY);

  if (wrong != NULL)
    return *wrong ? wrong : "CardHolderConfirmation";
  if (strcmp (mdg_practice_field_get (confirmation, "SignatureAlgorithm"),
              "RSASSA-PKCS1-v1_5-SHA256") != 0)
    return "SignatureAlgorithm";
  return NULL;
}

/* seen by staff: who is logged in, not long ago, and no signature beside it */
static const char *
check_visual (MdgPracticeCore *self, MdgPracticeRequest *request, json_t *confirmation)
{
  json_t *staff = json_object_get (confirmation, "StaffConfirmation");
  const char *wrong =
      mdg_practice_fields_check (staff, STAFF, G_N_ELEMENTS (STAFF), MDG_PRACTICE_FIELDS_ONLY);
  g_autoptr (GDateTime) time = NULL;
  gint64 age;

  if (wrong != NULL)
    return *wrong ? wrong : "StaffConfirmation";
  if (mdg_practice_fields_check (confirmation, CARD_SIGNED, 2, MDG_PRACTICE_FIELDS_AT_LEAST) !=
      NULL)
    return "Certificate";
  if (json_object_get (confirmation, "Signature") != NULL ||
      json_object_get (confirmation, "SignatureAlgorithm") != NULL)
    return "Signature";
  if (json_object_get (confirmation, "Challenge") != NULL &&
      mdg_practice_fields_check (confirmation, &CARD_SIGNED[2], 1, MDG_PRACTICE_FIELDS_AT_LEAST) !=
          NULL)
    return "Challenge";
  if (strcmp (mdg_practice_field_get (staff, "UserId"), request->user_id) != 0)
    return "UserId";
  time = g_date_time_new_from_iso8601 (mdg_practice_field_get (staff, "Time"), NULL);
  age = mdg_practice_core_now (self) - g_date_time_to_unix (time);
  return ABS (age) > MAX_STAFF_SECONDS ? "Time" : NULL;
}

static MdgPracticeReply *
explain_verdict (MdgPracticeCardVerdict verdict)
{
  switch (verdict)
    {
    case MDG_PRACTICE_CARD_MALFORMED:
      return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_FORM, "Certificate");
    case MDG_PRACTICE_CARD_BAD_SIGNATURE:
      return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_SIGNATURE, NULL);
    case MDG_PRACTICE_CARD_EXPIRED:
      return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_EXPIRED, NULL);
    case MDG_PRACTICE_CARD_OK:
    case MDG_PRACTICE_CARD_UNTRUSTED:
    default:
      return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_TRUST, NULL);
    }
}

/* The challenge is used up before anything is computed from it. */
static MdgPracticeReply *
prove_holder (MdgPracticeCore *self,
              MdgPracticeRequest *request,
              json_t *confirmation,
              gboolean signed_by_card,
              char **cn)
{
  const char *challenge = mdg_practice_field_get (confirmation, "Challenge");
  const char *signature = mdg_practice_field_get (confirmation, "Signature");
  guint8 nonce[MDG_PRACTICE_CHALLENGE_SIZE] = { 0 };
  MdgPracticeCardProof proof = { .now = mdg_practice_core_now (self),
                                 .grace = self->fault.expiry_grace };
  g_autoptr (GBytes) certificate = NULL;
  g_autoptr (GBytes) signature_bytes = NULL;
  MdgPracticeCardVerdict verdict;

  if (challenge != NULL &&
      !mdg_practice_memory_take_challenge (self->memory, challenge, request->terminal->id,
                                           mdg_practice_core_uptime (self), nonce))
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_CHALLENGE, NULL);
  if (!signed_by_card && self->fault.refuse_visual)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_VISUAL, NULL);
  certificate = mdg_practice_base64_decode (mdg_practice_field_get (confirmation, "Certificate"),
                                            MAX_CERTIFICATE);
  if (certificate == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_FORM, "Certificate");
  if (signed_by_card)
    {
      signature_bytes = mdg_practice_base64_decode (signature, MAX_SIGNATURE);
      if (signature_bytes == NULL)
        return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_FORM, "Signature");
      mdg_practice_card_digest (request->terminal->institution_code, nonce, certificate,
                                proof.digest);
    }
  proof.certificate = certificate;
  proof.signature = signature_bytes;
  verdict = mdg_practice_trust_check_card (self->trust, &proof, cn);
  if (verdict == MDG_PRACTICE_CARD_OK && g_strcmp0 (*cn, self->fault.revoke_card) == 0)
    verdict = MDG_PRACTICE_CARD_EXPIRED;
  return verdict == MDG_PRACTICE_CARD_OK ? NULL : explain_verdict (verdict);
}

/* the fault wrong-patient: the next person in the list */
static const MdgPracticePerson *
get_somebody_else (MdgPracticeCore *self, const MdgPracticePerson *person)
{
  guint n = mdg_practice_people_count (self->people);

  for (guint i = 0; i < n; i++)
    if (mdg_practice_people_get (self->people, i) == person)
      return mdg_practice_people_get (self->people, (i + 1) % n);
  return mdg_practice_people_get (self->people, 0);
}

/**
 * mdg_practice_call_challenge:
 * @self: the service
 * @request: what came
 *
 * 32 random bytes for one signature of a card, for this terminal, for two minutes.
 *
 * Thread: the service's.
 * Errors: none of its own.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_challenge (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  g_autofree char *challenge = mdg_practice_memory_add_challenge (
      self->memory, request->terminal->id, mdg_practice_core_uptime (self), NULL);
  g_autoptr (json_t) body = NULL;

  if (challenge == NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_INTERNAL, NULL);
  body = json_pack ("{sssi}", "Challenge", challenge, "ExpiresIn", MDG_PRACTICE_CHALLENGE_SECONDS);
  return mdg_practice_reply_new (200, body);
}

/**
 * mdg_practice_call_card:
 * @self: the service
 * @request: what came
 *
 * Eligibility of the holder of a card. What is malformed burns no challenge; what is well formed
 * does, whatever comes of it.
 *
 * Thread: the service's.
 * Errors: MDG-CARD-001 to -006.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_card (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  MdgPracticeQuestion question = { 0 };
  json_t *confirmation = NULL;
  const char *method = NULL;
  const char *wrong =
      read_question (self, request, "CardHolderConfirmation", &confirmation, &question);
  g_autofree char *cn = NULL;
  g_autoptr (json_t) message = NULL;
  const MdgPracticePerson *person;
  MdgPracticeReply *reply;
  gboolean signed_by_card;

  if (wrong == NULL)
    method = mdg_practice_field_get (confirmation, "Method");
  signed_by_card = g_strcmp0 (method, "1") == 0;
  if (wrong == NULL && !signed_by_card && g_strcmp0 (method, "2") != 0)
    wrong = "Method";
  if (wrong == NULL)
    wrong =
        signed_by_card ? check_signed (confirmation) : check_visual (self, request, confirmation);
  if (wrong != NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_CARD_FORM, wrong);
  reply = prove_holder (self, request, confirmation, signed_by_card, &cn);
  if (reply != NULL)
    return reply;
  person = mdg_practice_people_find (self->people, cn);
  if (request->faulty && self->fault.wrong_patient)
    person = get_somebody_else (self, person);
  message = mdg_practice_message_for_person (person, &question);
  return mdg_practice_reply_new (200, message);
}

/**
 * mdg_practice_call_search:
 * @self: the service
 * @request: what came
 *
 * Eligibility by insurer, symbol, number, branch and birth date.
 *
 * Thread: the service's.
 * Errors: MDG-SRCH-001.
 * Returns: (transfer full): the reply
 */
MdgPracticeReply *
mdg_practice_call_search (MdgPracticeCore *self, MdgPracticeRequest *request)
{
  MdgPracticeQuestion question = { 0 };
  const char *wrong =
      read_question (self, request, "QualificationConfirmSearchInfo", &question.search, &question);
  const MdgPracticePerson *found = NULL;
  g_autoptr (json_t) message = NULL;

  if (wrong == NULL)
    wrong = mdg_practice_fields_check (question.search, SEARCH, G_N_ELEMENTS (SEARCH),
                                       MDG_PRACTICE_FIELDS_AT_LEAST);
  if (wrong != NULL)
    return mdg_practice_reply_new_error (MDG_PRACTICE_ERROR_SEARCH_FORM, wrong);
  message = mdg_practice_message_for_search (self->people, &question, &found);
  if (request->faulty && self->fault.wrong_patient)
    {
      g_clear_pointer (&message, json_decref);
      message = mdg_practice_message_for_person (get_somebody_else (self, found), &question);
    }
  return mdg_practice_reply_new (200, message);
}
