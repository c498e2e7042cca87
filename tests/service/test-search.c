/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions by insurer, symbol, number, branch and birth date. */
#include "config.h"

#include "practice-client.h"

#define BODY(date, info)                                                                           \
  "{\"XmlMsg\":{\"MessageHeader\":{\"QualificationConfirmationDate\":\"" date                      \
  "\",\"MedicalInstitutionCode\":\"1319999015\"},\"MessageBody\":{"                                \
  "\"QualificationConfirmSearchInfo\":{" info "}}}}"
#define TODAY "20261122"

typedef struct
{
  PracticeRig rig;
  PracticeClient *client;
} Desk;

static void
setup (Desk *desk, gconstpointer data)
{
  practice_rig_init (&desk->rig);
  desk->client = practice_terminal (&desk->rig);
}

static void
teardown (Desk *desk, gconstpointer data)
{
  practice_client_free (desk->client);
  practice_rig_clear (&desk->rig);
}

static void
assert_found (Desk *desk, const char *body, const char *validity, const char *name)
{
  g_autoptr (PracticeReply) reply = practice_call (desk->client, "POST", "search", "%s", body);

  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpstr (practice_reply_text (reply, "XmlMsg/MessageBody/QualificationValidity"), ==,
                   validity);
  g_assert_cmpstr (practice_reply_text (reply, "XmlMsg/MessageBody/ResultList/0/Name"), ==, name);
  g_assert_cmpstr (practice_reply_text (reply, "XmlMsg/MessageHeader/ReferenceClassification"), ==,
                   "2");
}

static void
test_found (Desk *desk, gconstpointer data)
{
  /* either width, with or without spaces and zeros */
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"06999999\",\"InsuredCardSymbol\":\"12-34\","
                             "\"InsuredIdentificationNumber\":\"1000001\","
                             "\"InsuredBranchNumber\":\"00\",\"Birthdate\":\"19800115\""),
                "1", "練習　太郎");
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"6999999\",\"InsuredCardSymbol\":\"１２－ ３４\","
                             "\"InsuredIdentificationNumber\":\"０１０００００1\","
                             "\"Birthdate\":\"19800115\""),
                "1", "練習　太郎");
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"00999995\","
                             "\"InsuredIdentificationNumber\":\"300003\","
                             "\"InsuredBranchNumber\":\"02\",\"Birthdate\":\"19751103\""),
                "1", "架空　一郎");
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"  999995\",\"InsuredCardSymbol\":\"\","
                             "\"InsuredIdentificationNumber\":\"300003\","
                             "\"Birthdate\":\"19751103\""),
                "1", "架空　一郎");
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"999995\","
                             "\"InsuredCardSymbol\":\"架空12-3\","
                             "\"InsuredIdentificationNumber\":\"300004\","
                             "\"Birthdate\":\"19691224\""),
                "1", "架空　二葉");
}

static void
test_not_found (Desk *desk, gconstpointer data)
{
  /* one thing wrong in each */
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"01999994\",\"InsuredCardSymbol\":\"12-34\","
                             "\"InsuredIdentificationNumber\":\"1000001\","
                             "\"Birthdate\":\"19800115\""),
                "4", NULL);
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"06999999\",\"InsuredCardSymbol\":\"12-35\","
                             "\"InsuredIdentificationNumber\":\"1000001\","
                             "\"Birthdate\":\"19800115\""),
                "4", NULL);
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"06999999\",\"InsuredCardSymbol\":\"12-34\","
                             "\"InsuredIdentificationNumber\":\"1000001\","
                             "\"InsuredBranchNumber\":\"01\",\"Birthdate\":\"19800115\""),
                "4", NULL);
  assert_found (desk,
                BODY (TODAY, "\"InsurerNumber\":\"06999999\",\"InsuredCardSymbol\":\"12-34\","
                             "\"InsuredIdentificationNumber\":\"1000001\","
                             "\"Birthdate\":\"19800116\""),
                "4", NULL);
}

#define TWINS                                                                                      \
  "\"InsurerNumber\":\"01999994\",\"InsuredCardSymbol\":\"21700044\","                             \
  "\"InsuredIdentificationNumber\":\"1000044\",\"Birthdate\":\"20100319\""

static void
test_several (Desk *desk, gconstpointer data)
{
  assert_found (desk, BODY (TODAY, TWINS), "5", NULL);
  assert_found (desk, BODY (TODAY, TWINS ",\"InsuredBranchNumber\":\"02\""), "1", "双子　左");
  assert_found (desk, BODY (TODAY, TWINS ",\"InsuredBranchNumber\":\"1\""), "1", "双子　右");
}

#define LIMITED                                                                                    \
  "\"InsurerNumber\":\"01999994\",\"InsuredCardSymbol\":\"21700005\","                             \
  "\"InsuredIdentificationNumber\":\"1000005\",\"Birthdate\":\"19930808\""

static void
test_dates_and_consent (Desk *desk, gconstpointer data)
{
  const char *flag = "XmlMsg/MessageBody/ResultList/0/LimitApplicationCertificateRelatedInfo/"
                     "LimitApplicationCertificateClassificationFlag";
  g_autoptr (PracticeReply) without =
      practice_call (desk->client, "POST", "search", "%s", BODY (TODAY, LIMITED));
  g_autoptr (PracticeReply) with =
      practice_call (desk->client, "POST", "search", "%s",
                     BODY (TODAY, LIMITED ",\"LimitApplicationCertificateRelatedConsFlg\":\"1\""));

  g_assert_cmpstr (practice_reply_text (without, flag), ==, NULL);
  g_assert_cmpstr (practice_reply_text (with, flag), ==, "A04");
  assert_found (desk, BODY ("20210401", LIMITED), "1", "試験　三郎");
  assert_found (desk, BODY ("20210331", LIMITED), "2", "試験　三郎");
}

static const char OUTDATED[] =
    "<XmlMsg><MessageBody><ProcessingResultStatus>1</ProcessingResultStatus>"
    "<QualificationValidity>1</QualificationValidity><ResultList>"
    "<ResultOfQualificationConfirmation><InsurerNumber>06999999</InsurerNumber>"
    "<InsuredIdentificationNumber>77</InsuredIdentificationNumber><Name>外部　試験</Name>"
    "<Birthdate>19900101</Birthdate><QualificationDate>20200101</QualificationDate>"
    "<DisqualificationDate>20261001</DisqualificationDate><ReasonOfLoss>03</ReasonOfLoss>"
    "</ResultOfQualificationConfirmation></ResultList></MessageBody></XmlMsg>";

static void
test_superseded (Desk *desk, gconstpointer data)
{
  g_autofree char *file = practice_rig_write (&desk->rig, "people/OUTSIDE1.xml", OUTDATED, -1);
  g_autofree char *dir = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  mdg_practice_service_set_people_dir (desk->rig.service, dir, &error);
  g_assert_no_error (error);
  assert_found (desk,
                BODY ("20260930", "\"InsurerNumber\":\"06999999\","
                                  "\"InsuredIdentificationNumber\":\"77\","
                                  "\"Birthdate\":\"19900101\""),
                "1", "外部　試験");
  assert_found (desk,
                BODY ("20261001", "\"InsurerNumber\":\"06999999\","
                                  "\"InsuredIdentificationNumber\":\"77\","
                                  "\"Birthdate\":\"19900101\""),
                "3", "外部　試験");
}

static void
test_malformed (Desk *desk, gconstpointer data)
{
  static const char *const bodies[] = {
    "{}",
    BODY (TODAY, ""),
    BODY ("20260230", TWINS),
    BODY (TODAY, "\"InsurerNumber\":\"0199999a\",\"InsuredIdentificationNumber\":\"1\","
                 "\"Birthdate\":\"20100319\""),
    BODY (TODAY, "\"InsurerNumber\":\"        \",\"InsuredIdentificationNumber\":\"1\","
                 "\"Birthdate\":\"20100319\""),
    BODY (TODAY, "\"InsurerNumber\":\"019999940\",\"InsuredIdentificationNumber\":\"1\","
                 "\"Birthdate\":\"20100319\""),
    BODY (TODAY, "\"InsurerNumber\":\"01999994\",\"InsuredIdentificationNumber\":\"\","
                 "\"Birthdate\":\"20100319\""),
    BODY (TODAY, "\"InsurerNumber\":\"01999994\",\"InsuredIdentificationNumber\":1,"
                 "\"Birthdate\":\"20100319\""),
    BODY (TODAY, "\"InsurerNumber\":\"01999994\",\"InsuredIdentificationNumber\":\"1\","
                 "\"Birthdate\":\"20101319\""),
    BODY (TODAY, TWINS ",\"InsuredBranchNumber\":\"0１\""),
    BODY (TODAY, "\"InsurerNumber\":\"01999994\",\"InsuredIdentificationNumber\":"
                 "\"123456789012345678901\",\"Birthdate\":\"20100319\""),
    BODY (TODAY, TWINS ",\"LimitApplicationCertificateRelatedConsFlg\":\"yes\""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (PracticeReply) reply =
          practice_call (desk->client, "POST", "search", "%s", bodies[i]);

      practice_assert_error (reply, 400, "MDG-SRCH-001");
    }
}

#define ADD(name, func) g_test_add ("/service/search/" name, Desk, NULL, setup, func, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("found", test_found);
  ADD ("not-found", test_not_found);
  ADD ("several", test_several);
  ADD ("dates-and-consent", test_dates_and_consent);
  ADD ("superseded", test_superseded);
  ADD ("malformed", test_malformed);
  return g_test_run ();
}
