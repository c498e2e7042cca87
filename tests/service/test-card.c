/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions about the holder of a card: every way in which a proof can be wrong. */
#include "config.h"

#include "practice-card.h"
#include "practice-client.h"

#include <string.h>

typedef struct
{
  PracticeRig rig;
  PracticeClient *client;
  PracticeCard *ca;
  PracticeCard *card;
} Desk;

static void
setup (Desk *desk, gconstpointer data)
{
  PracticeCardOptions options = { .cn = "PRACTICE0002" };
  g_autofree char *pem = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  practice_rig_init (&desk->rig);
  desk->client = practice_terminal (&desk->rig);
  desk->ca = practice_card_ca ("Card CA (TEST)");
  desk->card = practice_card_new (&options, desk->ca);
  pem = practice_card_pem (desk->ca);
  path = practice_rig_write (&desk->rig, "card-ca.pem", pem, -1);
  mdg_practice_service_add_card_ca (desk->rig.service, path, &error);
  g_assert_no_error (error);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  practice_card_free (desk->card);
  practice_card_free (desk->ca);
  practice_client_free (desk->client);
  practice_rig_clear (&desk->rig);
}

static char *
get_challenge (PracticeClient *client)
{
  g_autoptr (PracticeReply) reply = practice_call (client, "POST", "challenge", NULL);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpint (json_integer_value (json_object_get (reply->json, "ExpiresIn")), ==, 120);
  g_assert_cmpuint (strlen (practice_reply_text (reply, "Challenge")), ==, 43);
  return g_strdup (practice_reply_text (reply, "Challenge"));
}

#define HEADER(date, institution)                                                                  \
  "\"MessageHeader\":{\"QualificationConfirmationDate\":\"" date                                   \
  "\",\"MedicalInstitutionCode\":\"" institution "\",\"ArbitraryFileIdentifier\":\"試験-1\"}"
#define CARD_BODY(header)                                                                          \
  "{\"XmlMsg\":{" header ",\"MessageBody\":{\"CardHolderConfirmation\":{\"Method\":\"1\","         \
  "\"Certificate\":\"%s\",\"Challenge\":\"%s\","                                                   \
  "\"SignatureAlgorithm\":\"RSASSA-PKCS1-v1_5-SHA256\",\"Signature\":\"%s\"}%s}}}"

static PracticeReply *
ask_with (Desk *desk,
          PracticeCard *card,
          const char *challenge,
          const char *signature,
          const char *more)
{
  g_autofree char *certificate = practice_card_base64 (card);

  return practice_call (desk->client, "POST", "card-eligibility",
                        CARD_BODY (HEADER ("20261122", "1319999015")), certificate, challenge,
                        signature, more);
}

static PracticeReply *
ask (Desk *desk, PracticeCard *card, const char *more)
{
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *signature =
      practice_card_sign (card, desk->rig.info->institution_code, challenge);

  return ask_with (desk, card, challenge, signature, more);
}

static void
assert_goes_on (Desk *desk)
{
  g_autoptr (PracticeReply) reply = ask (desk, desk->card, "");

  g_assert_cmpuint (reply->status, ==, 200);
}

static void
test_answer (Desk *desk, gconstpointer data)
{
  g_autoptr (PracticeReply) plain = ask (desk, desk->card, "");
  g_autoptr (PracticeReply) consented =
      ask (desk, desk->card, ",\"LimitApplicationCertificateRelatedConsFlg\":\"1\"");
  const char *person = "XmlMsg/MessageBody/ResultList/0/Name";
  const char *limit = "XmlMsg/MessageBody/ResultList/0/LimitApplicationCertificateRelatedInfo/"
                      "LimitApplicationCertificateClassificationFlag";
  const char *flag = "XmlMsg/MessageBody/ResultList/0/LimitApplicationCertificateRelatedConsFlg";

  g_assert_cmpuint (plain->status, ==, 200);
  g_assert_cmpstr (practice_reply_text (plain, person), ==, "練習　花子");
  g_assert_cmpstr (practice_reply_text (plain, limit), ==, NULL);
  g_assert_cmpstr (practice_reply_text (plain, flag), ==, "0");
  g_assert_cmpstr (practice_reply_text (consented, limit), ==, "A01");
  g_assert_cmpstr (practice_reply_text (consented, flag), ==, "1");
  g_assert_cmpstr (practice_reply_text (plain, "XmlMsg/MessageHeader/MedicalInstitutionCode"), ==,
                   "1319999015");
  g_assert_cmpstr (practice_reply_text (plain, "XmlMsg/MessageHeader/ArbitraryFileIdentifier"), ==,
                   "試験-1");
  g_assert_cmpstr (practice_reply_text (plain, "XmlMsg/MessageHeader/ReferenceClassification"), ==,
                   "1");
  g_assert_cmpstr (practice_reply_text (plain, "XmlMsg/MessageHeader/SegmentOfResult"), ==, "1");
  g_assert_cmpstr (
      practice_reply_text (plain, "XmlMsg/MessageHeader/QualificationConfirmationDate"), ==,
      "20261122");
  g_assert_cmpstr (practice_reply_text (plain, "XmlMsg/MessageHeader/CharacterCodeIdentifier"), ==,
                   "0");
}

static void
test_diseases (Desk *desk, gconstpointer data)
{
  PracticeCardOptions options = { .cn = "PRACTICE0021" };
  g_autoptr (PracticeCard) card = practice_card_new (&options, desk->ca);
  g_autoptr (PracticeReply) without =
      ask (desk, card, ",\"LimitApplicationCertificateRelatedConsFlg\":\"1\"");
  g_autoptr (PracticeReply) with =
      ask (desk, card, ",\"SpecificDiseasesCertificateRelatedConsFlg\":\"1\"");
  const char *list = "XmlMsg/MessageBody/ResultList/0/SpecificDiseasesCertificateList/1/"
                     "SpecificDiseasesDiseaseCategory";

  g_assert_cmpstr (practice_reply_text (without, list), ==, NULL);
  g_assert_cmpstr (practice_reply_text (with, list), ==, "1");
}

static void
test_unknown_card (Desk *desk, gconstpointer data)
{
  PracticeCardOptions options = { .cn = "NOBODY" };
  g_autoptr (PracticeCard) card = practice_card_new (&options, desk->ca);
  g_autoptr (PracticeReply) reply = ask (desk, card, "");

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (practice_reply_text (reply, "XmlMsg/MessageBody/QualificationValidity"), ==,
                   "4");
  g_assert_null (json_object_get (
      json_object_get (json_object_get (reply->json, "XmlMsg"), "MessageBody"), "ResultList"));
}

static void
test_challenge (Desk *desk, gconstpointer data)
{
  const char *institution = "1319999015";
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *signature = practice_card_sign (desk->card, institution, challenge);
  g_autofree char *unknown = g_strnfill (43, 'A');
  g_autofree char *unknown_signature = practice_card_sign (desk->card, institution, unknown);
  g_autofree char *late = NULL;
  g_autofree char *late_signature = NULL;
  g_autoptr (PracticeClient) other = practice_terminal (&desk->rig);
  g_autofree char *others = get_challenge (other);
  g_autofree char *others_signature = practice_card_sign (desk->card, institution, others);
  g_autoptr (PracticeReply) first = ask_with (desk, desk->card, challenge, signature, "");
  g_autoptr (PracticeReply) replay = ask_with (desk, desk->card, challenge, signature, "");
  g_autoptr (PracticeReply) invented = ask_with (desk, desk->card, unknown, unknown_signature, "");
  g_autoptr (PracticeReply) foreign = ask_with (desk, desk->card, others, others_signature, "");
  g_autoptr (PracticeReply) expired = NULL;
  PracticeClient *mine = desk->client;
  g_autoptr (PracticeReply) still = NULL;

  g_assert_cmpuint (first->status, ==, 200);
  practice_assert_error (replay, 403, "MDG-CARD-002");
  practice_assert_error (invented, 403, "MDG-CARD-002");
  practice_assert_error (foreign, 403, "MDG-CARD-002");
  /* whose it is can use it still */
  desk->client = other;
  still = ask_with (desk, desk->card, others, others_signature, "");
  desk->client = mine;
  g_assert_cmpuint (still->status, ==, 200);
  late = get_challenge (desk->client);
  late_signature = practice_card_sign (desk->card, institution, late);
  practice_rig_fault (&desk->rig, "clock-skew=121");
  expired = ask_with (desk, desk->card, late, late_signature, "");
  practice_assert_error (expired, 403, "MDG-CARD-002");
}

static void
test_bad_signature_burns (Desk *desk, gconstpointer data)
{
  const char *institution = "1319999015";
  PracticeCardOptions options = { .cn = "PRACTICE0002" };
  g_autoptr (PracticeCard) stranger = practice_card_new (&options, desk->ca);
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *signature = practice_card_sign (desk->card, institution, challenge);
  g_autofree char *by_other_key = practice_card_sign (stranger, institution, challenge);
  g_autoptr (PracticeReply) wrong = ask_with (desk, desk->card, challenge, by_other_key, "");
  g_autoptr (PracticeReply) burnt = ask_with (desk, desk->card, challenge, signature, "");

  practice_assert_error (wrong, 403, "MDG-CARD-003");
  practice_assert_error (burnt, 403, "MDG-CARD-002");
}

typedef void (*Tamper) (guint8 *block, gsize n);

static void
tamper_info (guint8 *block, gsize n)
{
  block[n - 51 + 14] ^= 1; /* another hash's name */
}

static void
tamper_padding (guint8 *block, gsize n)
{
  block[10] = 0xfe;
}

static void
tamper_short_padding (guint8 *block, gsize n)
{
  /* 00 01 ff×8 00 DigestInfo hash garbage: what a reader that looks from the left accepts */
  g_autofree guint8 *tail = g_memdup2 (block + n - 52, 52);

  for (gsize i = 0; i < 52; i++)
    block[10 + i] = tail[i];
  for (gsize i = 62; i < n; i++)
    block[i] = (guint8) i;
}

static void
tamper_type (guint8 *block, gsize n)
{
  block[1] = 0x02;
}

static void
tamper_hash (guint8 *block, gsize n)
{
  block[n - 1] ^= 0x80;
}

static void
tamper_no_null (guint8 *block, gsize n)
{
  /* DigestInfo without NULL: two bytes shorter, two more of padding */
  static const guint8 info[] = { 0x30, 0x2f, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
                                 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x04, 0x20 };

  block[n - 52] = block[n - 51] = 0xff;
  block[n - 50] = 0x00;
  for (gsize i = 0; i < sizeof info; i++)
    block[n - 49 + i] = info[i];
}

static void
test_tampered_block (Desk *desk, gconstpointer data)
{
  static const Tamper ways[] = { tamper_info, tamper_padding, tamper_short_padding,
                                 tamper_type, tamper_hash,    tamper_no_null };
  gsize n = (gsize) EVP_PKEY_get_size (desk->card->key);
  g_autofree guint8 *block = g_malloc (n);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *challenge = get_challenge (desk->client);
      g_autofree char *signature = NULL;
      g_autoptr (PracticeReply) reply = NULL;

      practice_card_block (desk->card, desk->rig.info->institution_code, challenge, block, n);
      ways[i](block, n);
      signature = practice_card_sign_raw (desk->card, block, n);
      reply = ask_with (desk, desk->card, challenge, signature, "");
      practice_assert_error (reply, 403, "MDG-CARD-003");
    }
  assert_goes_on (desk);
}

static void
test_other_purpose (Desk *desk, gconstpointer data)
{
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *for_another = practice_card_sign (desk->card, "1349999027", challenge);
  g_autoptr (PracticeReply) reply = ask_with (desk, desk->card, challenge, for_another, "");
  g_autofree char *next = get_challenge (desk->client);
  g_autofree char *short_signature = g_base64_encode ((const guint8 *) "abcdefgh", 8);
  g_autoptr (PracticeReply) too_short = ask_with (desk, desk->card, next, short_signature, "");

  practice_assert_error (reply, 403, "MDG-CARD-003");
  practice_assert_error (too_short, 403, "MDG-CARD-003");
}

static void
test_untrusted (Desk *desk, gconstpointer data)
{
  const PracticeCardOptions bad[] = {
    { .cn = "PRACTICE0001", .ca = TRUE },
    { .cn = "PRACTICE0001", .usage = "critical,keyEncipherment" },
    { .cn = "PRACTICE0001", .usage = "critical,digitalSignature,nonRepudiation" },
    { .cn = "PRACTICE0001", .usage = "critical,digitalSignature,keyCertSign" },
    { .cn = "PRACTICE0001", .no_usage = TRUE },
    { .cn = "PRACTICE0001", .bits = 1024 },
    { .cn = "PRACTICE0001", .exponent = 3 },
    { .cn = "PRACTICE0001", .hash = EVP_sha1 () },
  };
  PracticeCardOptions good = { .cn = "PRACTICE0001" };
  g_autoptr (PracticeCard) same_name_ca = practice_card_ca ("Card CA (TEST)");
  g_autoptr (PracticeCard) forged = practice_card_new (&good, same_name_ca);
  g_autoptr (PracticeCard) self_signed = practice_card_new (&good, NULL);
  g_autoptr (PracticeCard) by_leaf = practice_card_new (&good, desk->card);
  PracticeCard *strangers[] = { forged, self_signed, by_leaf, desk->ca };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PracticeCard) card = practice_card_new (&bad[i], desk->ca);
      g_autoptr (PracticeReply) reply = ask (desk, card, "");

      practice_assert_error (reply, 403, "MDG-CARD-004");
    }
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (PracticeReply) reply = ask (desk, strangers[i], "");

      practice_assert_error (reply, 403, "MDG-CARD-004");
    }
  assert_goes_on (desk);
}

static void
test_not_rsa (Desk *desk, gconstpointer data)
{
  PracticeCardOptions options = { .cn = "PRACTICE0001", .curve = "P-256" };
  g_autoptr (PracticeCard) card = practice_card_new (&options, desk->ca);
  g_autofree char *challenge = get_challenge (desk->client);
  g_autoptr (PracticeReply) reply = ask_with (desk, card, challenge, "AAAA", "");

  practice_assert_error (reply, 403, "MDG-CARD-004");
}

static void
test_expired (Desk *desk, gconstpointer data)
{
  PracticeCardOptions old = { .cn = "PRACTICE0001", .from = -40 * 86400, .to = -86400 };
  PracticeCardOptions future = { .cn = "PRACTICE0001", .from = 86400, .to = 40 * 86400 };
  g_autoptr (PracticeCard) old_card = practice_card_new (&old, desk->ca);
  g_autoptr (PracticeCard) future_card = practice_card_new (&future, desk->ca);
  g_autoptr (PracticeReply) expired = ask (desk, old_card, "");
  g_autoptr (PracticeReply) too_early = ask (desk, future_card, "");
  g_autoptr (PracticeReply) in_grace = NULL;
  g_autoptr (PracticeReply) revoked = NULL;
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *wrong = practice_card_sign (desk->card, "1319999015", challenge);
  g_autoptr (PracticeReply) not_proven = ask_with (desk, old_card, challenge, wrong, "");

  practice_assert_error (expired, 403, "MDG-CARD-005");
  practice_assert_error (too_early, 403, "MDG-CARD-005");
  practice_assert_error (not_proven, 403, "MDG-CARD-003");
  practice_rig_fault (&desk->rig, "expiry-grace");
  in_grace = ask (desk, old_card, "");
  g_assert_cmpuint (in_grace->status, ==, 200);
  practice_rig_fault (&desk->rig, "revoke-card=PRACTICE0002");
  revoked = ask (desk, desk->card, "");
  practice_assert_error (revoked, 403, "MDG-CARD-005");
}

static void
test_malformed (Desk *desk, gconstpointer data)
{
  g_autofree char *certificate = practice_card_base64 (desk->card);
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *signature = practice_card_sign (desk->card, "1319999015", challenge);
  const char *formats[] = {
    CARD_BODY (HEADER ("20261322", "1319999015")),
    CARD_BODY (HEADER ("2026-11-22", "1319999015")),
    CARD_BODY (HEADER ("20261122", "1349999027")),
    CARD_BODY (HEADER ("20261122", "13199990152")),
    CARD_BODY ("\"MessageHeader\":[]"),
  };
  const char *whole[] = {
    "{}",
    "{\"XmlMsg\":[]}",
    "{\"XmlMsg\":{" HEADER ("20261122", "1319999015") "}}",
    "{\"XmlMsg\":{" HEADER ("20261122",
                            "1319999015") ",\"MessageBody\":{\"CardHolderConfirmation\":1}}}",
    "{\"XmlMsg\":{" HEADER (
        "20261122",
        "1319999015") ",\"MessageBody\":{\"CardHolderConfirmation\":{\"Method\":\"3\"}}}}",
  };
  g_autoptr (PracticeReply) bad_consent =
      ask_with (desk, desk->card, challenge, signature,
                ",\"LimitApplicationCertificateRelatedConsFlg\":\"2\"");
  g_autoptr (PracticeReply) typed_consent = ask_with (
      desk, desk->card, challenge, signature, ",\"LimitApplicationCertificateRelatedConsFlg\":1");
  g_autoptr (PracticeReply) bad_base64 = ask_with (desk, desk->card, challenge, "AA\\n==", "");
  g_autoptr (PracticeReply) padded_challenge =
      ask_with (desk, desk->card, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", signature, "");
  g_autoptr (PracticeReply) well_formed = NULL;
  g_autoptr (PracticeReply) not_der = NULL;
  g_autofree char *next = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (PracticeReply) reply =
          practice_call (desk->client, "POST", "card-eligibility", formats[i], certificate,
                         challenge, signature, "");

      practice_assert_error (reply, 400, "MDG-CARD-001");
    }
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autoptr (PracticeReply) reply =
          practice_call (desk->client, "POST", "card-eligibility", "%s", whole[i]);

      practice_assert_error (reply, 400, "MDG-CARD-001");
    }
  practice_assert_error (bad_consent, 400, "MDG-CARD-001");
  practice_assert_error (typed_consent, 400, "MDG-CARD-001");
  practice_assert_error (bad_base64, 400, "MDG-CARD-001");
  practice_assert_error (padded_challenge, 400, "MDG-CARD-001");
  /* nothing of that burnt the challenge */
  well_formed = ask_with (desk, desk->card, challenge, signature, "");
  g_assert_cmpuint (well_formed->status, ==, 200);
  next = get_challenge (desk->client);
  not_der = practice_call (desk->client, "POST", "card-eligibility",
                           CARD_BODY (HEADER ("20261122", "1319999015")), "AAAAAAAA", next,
                           signature, "");
  practice_assert_error (not_der, 400, "MDG-CARD-001");
}

#define VISUAL_BODY                                                                                \
  "{\"XmlMsg\":{" HEADER (                                                                         \
      "20261122", "1319999015") ",\"MessageBody\":{\"CardHolderConfirmation\":{\"Method\":\"2\","  \
                                "\"Certificate\":\"%s\"%s}}}}"

static PracticeReply *
ask_visual (Desk *desk, const char *more)
{
  g_autofree char *certificate = practice_card_base64 (desk->card);

  return practice_call (desk->client, "POST", "card-eligibility", VISUAL_BODY, certificate, more);
}

static void
test_visual (Desk *desk, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *staff = g_strdup_printf (
      ",\"StaffConfirmation\":{\"UserId\":\"%s\",\"Time\":\"%s\"}", desk->rig.info->user_id, time);
  g_autofree char *other =
      g_strdup_printf (",\"StaffConfirmation\":{\"UserId\":\"W0000002\",\"Time\":\"%s\"}", time);
  g_autofree char *old = g_strdup_printf (
      ",\"StaffConfirmation\":{\"UserId\":\"%s\",\"Time\":\"2020-01-01T00:00:00Z\"}",
      desk->rig.info->user_id);
  g_autofree char *local = g_strdup_printf (
      ",\"StaffConfirmation\":{\"UserId\":\"%s\",\"Time\":\"2026-11-22T00:00:00+09:00\"}",
      desk->rig.info->user_id);
  g_autofree char *with_signature = g_strconcat (staff, ",\"Signature\":\"AAAA\"", NULL);
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *with_challenge = g_strdup_printf ("%s,\"Challenge\":\"%s\"", staff, challenge);
  const char *bad[] = { "", other, old, local, with_signature };
  g_autoptr (PracticeReply) good = ask_visual (desk, staff);
  g_autoptr (PracticeReply) challenged = ask_visual (desk, with_challenge);
  g_autoptr (PracticeReply) again = ask_visual (desk, with_challenge);
  g_autoptr (PracticeReply) refused = NULL;

  g_assert_cmpuint (good->status, ==, 200);
  g_assert_cmpuint (challenged->status, ==, 200);
  practice_assert_error (again, 403, "MDG-CARD-002");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (PracticeReply) reply = ask_visual (desk, bad[i]);

      practice_assert_error (reply, 400, "MDG-CARD-001");
    }
  practice_rig_fault (&desk->rig, "refuse-visual");
  refused = ask_visual (desk, staff);
  practice_assert_error (refused, 403, "MDG-CARD-006");
}

static void
test_date (Desk *desk, gconstpointer data)
{
  g_autofree char *certificate = practice_card_base64 (desk->card);
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *signature = practice_card_sign (desk->card, "1319999015", challenge);
  g_autoptr (PracticeReply) before = practice_call (desk->client, "POST", "card-eligibility",
                                                    CARD_BODY (HEADER ("20210331", "1319999015")),
                                                    certificate, challenge, signature, "");

  g_assert_cmpuint (before->status, ==, 200);
  g_assert_cmpstr (practice_reply_text (before, "XmlMsg/MessageBody/QualificationValidity"), ==,
                   "2");
}

static void
test_wrong_patient (Desk *desk, gconstpointer data)
{
  g_autoptr (PracticeReply) reply = NULL;

  practice_rig_fault (&desk->rig, "wrong-patient");
  reply = ask (desk, desk->card, "");
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (practice_reply_text (reply, "XmlMsg/MessageBody/ResultList/0/Name"), !=,
                   "練習　花子");
}

static void
test_repeat (Desk *desk, gconstpointer data)
{
  g_autofree char *challenge = get_challenge (desk->client);
  g_autofree char *signature = practice_card_sign (desk->card, "1319999015", challenge);
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr (PracticeClient) other = practice_terminal (&desk->rig);
  PracticeClient *mine = desk->client;
  g_autoptr (PracticeReply) first = NULL;
  g_autoptr (PracticeReply) again = NULL;
  g_autoptr (PracticeReply) other_body = NULL;
  g_autoptr (PracticeReply) other_terminal = NULL;

  desk->client->key = g_strdup (key);
  first = ask_with (desk, desk->card, challenge, signature, "");
  desk->client->key = g_strdup (key);
  again = ask_with (desk, desk->card, challenge, signature, "");
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (first->text, ==, again->text);
  desk->client->key = g_strdup (key);
  other_body = ask_with (desk, desk->card, challenge, signature,
                         ",\"LimitApplicationCertificateRelatedConsFlg\":\"0\"");
  practice_assert_error (other_body, 400, "MDG-REQ-002");
  desk->client = other;
  desk->client->key = g_strdup (key);
  other_terminal = ask_with (desk, desk->card, challenge, signature, "");
  desk->client = mine;
  practice_assert_error (other_terminal, 403, "MDG-CARD-002");
}

#define ADD(name, func) g_test_add ("/service/card/" name, Desk, NULL, setup, func, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("answer", test_answer);
  ADD ("diseases", test_diseases);
  ADD ("unknown", test_unknown_card);
  ADD ("challenge", test_challenge);
  ADD ("bad-signature-burns", test_bad_signature_burns);
  ADD ("tampered-block", test_tampered_block);
  ADD ("other-purpose", test_other_purpose);
  ADD ("untrusted", test_untrusted);
  ADD ("not-rsa", test_not_rsa);
  ADD ("expired", test_expired);
  ADD ("malformed", test_malformed);
  ADD ("visual", test_visual);
  ADD ("date", test_date);
  ADD ("wrong-patient", test_wrong_patient);
  ADD ("repeat", test_repeat);
  return g_test_run ();
}
