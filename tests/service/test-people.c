/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The invented people: every code that an answer can carry, and documents that must be refused. */
#include "config.h"

#include "mdg-practice-people.h"
#include "practice-client.h"

#include <string.h>

/* reference: 別紙5-1 (OQSCD006 to 026) */
static const char *const WANTED[] = {
  "QualificationValidity=1,2,3,4,5,6",
  "Sex1=1,2,3",
  "Sex2=2",
  "ReasonOfLoss=01,02,03,99",
  "PersonalFamilyClassification=1,2",
  "InsuredCardClassification=01,02,03,04,05,06,07,A1",
  "LimitApplicationCertificateClassification=01,02,03",
  ("LimitApplicationCertificateClassificationFlag=A01,A02,A03,A04,A05,A06,B01,B02,B03,B04,B05,B06,"
   "B07,B08,B09,B10"),
  "ElderlyRecipientContributionRatio=020,030",
  "InsuredPartialContributionRatio=010,020,030",
  "SpecificDiseasesDiseaseCategory=1,2,3",
  "PreschoolClassification=1",
  "PrescriptionIssueSelect=1,2",
  "TicketType=01,02",
  "MedicalTreatmentType=01,02,03,04,05",
  "SingleOrCombinedUse=01,02",
  "StatusOfSocialInsurance=01,02",
  "ConsistencyFlag=1",
  "StatusOfInfecton=01,02",
  "StatusOfElderlyMedicalCare=01,02",
  "StatusOfPrefecturalExpenses=01,02",
  "DesignatedMedicalInstitutionFlag=0,1",
};

/* elements and values as "name=value" */
static void
collect (json_t *value, const char *name, GHashTable *seen)
{
  const char *key;
  json_t *child;
  size_t index;

  if (json_is_string (value))
    g_hash_table_add (seen, g_strdup_printf ("%s=%s", name, json_string_value (value)));
  if (json_is_object (value))
    json_object_foreach (value, key, child) collect (child, key, seen);
  if (json_is_array (value))
    json_array_foreach (value, index, child) collect (child, name, seen);
}

static gboolean
has_good_check_digit (const char *number)
{
  guint sum = 0;
  gsize n = strlen (number);

  for (gsize i = 0; i < n; i++)
    {
      guint digit = (guint) (number[n - 1 - i] - '0') * (i % 2 + 1);

      sum += digit > 9 ? digit - 9 : digit;
    }
  return sum % 10 == 0;
}

static void
test_codes (void)
{
  g_autoptr (MdgPracticePeople) people = mdg_practice_people_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_nonnull (people);
  g_assert_cmpuint (mdg_practice_people_count (people), >=, 24);
  for (guint i = 0; i < mdg_practice_people_count (people); i++)
    collect (mdg_practice_people_get (people, i)->body, "", seen);
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++)
    {
      g_auto (GStrv) parts = g_strsplit (WANTED[i], "=", 2);
      g_auto (GStrv) values = g_strsplit (parts[1], ",", -1);

      for (guint j = 0; values[j] != NULL; j++)
        {
          g_autofree char *pair = g_strconcat (parts[0], "=", values[j], NULL);

          if (!g_hash_table_contains (seen, pair))
            g_error ("nobody has %s", pair);
        }
    }
}

static void
test_shapes (void)
{
  g_autoptr (MdgPracticePeople) people = mdg_practice_people_new (NULL);
  gboolean several = FALSE;
  gboolean unwritable = FALSE;
  gboolean other_name = FALSE;
  gboolean no_symbol = FALSE;
  gboolean wide_symbol = FALSE;
  gboolean six_digits = FALSE;
  gboolean note = FALSE;
  gboolean first_years[3] = { FALSE };

  for (guint i = 0; i < mdg_practice_people_count (people); i++)
    {
      json_t *body = mdg_practice_people_get (people, i)->body;
      json_t *list = json_object_get (body, "ResultList");
      size_t index;
      json_t *item;

      several = several || json_array_size (list) > 1;
      note = note || json_object_get (body, "ProcessingResultCode") != NULL;
      json_array_foreach (list, index, item)
      {
        json_t *result = json_object_get (item, "ResultOfQualificationConfirmation");
        const char *symbol = json_string_value (json_object_get (result, "InsuredCardSymbol"));
        const char *birth = json_string_value (json_object_get (result, "Birthdate"));
        g_autofree char *insurer =
            g_strdup (json_string_value (json_object_get (result, "InsurerNumber")));
        const char *post = json_string_value (json_object_get (result, "PostNumber"));

        g_strstrip (insurer);
        g_assert_true (has_good_check_digit (insurer));
        g_assert_true (strlen (insurer) == 6 ? g_str_has_prefix (insurer, "99")
                                             : strncmp (insurer + 2, "99", 2) == 0);
        g_assert_true (g_str_has_prefix (post, "000-"));
        six_digits = six_digits || strlen (insurer) == 6;
        no_symbol = no_symbol || symbol == NULL;
        wide_symbol = wide_symbol || (symbol != NULL && strstr (symbol, "１") != NULL);
        unwritable = unwritable ||
                     strstr (json_string_value (json_object_get (result, "Name")), "●") != NULL;
        other_name = other_name || json_object_get (result, "NameOfOther") != NULL;
        first_years[0] = first_years[0] || g_str_has_prefix (birth, "192612");
        first_years[1] = first_years[1] || g_str_has_prefix (birth, "1989");
        first_years[2] = first_years[2] || g_str_has_prefix (birth, "2019");
      }
    }
  g_assert_true (several && unwritable && other_name && no_symbol && wide_symbol && six_digits);
  g_assert_true (note && first_years[0] && first_years[1] && first_years[2]);
}

static void
test_list (void)
{
  g_auto (GStrv) names = mdg_practice_people_list ();
  g_autofree char *first = mdg_practice_people_describe ("PRACTICE0001");
  g_autofree char *nobody = mdg_practice_people_describe ("NOBODY");

  g_assert_cmpuint (g_strv_length (names), >=, 24);
  g_assert_cmpstr (names[0], ==, "PRACTICE0001");
  g_assert_cmpstr (first, ==, "PRACTICE0001 — 有効、3割（組合、本人）");
  g_assert_null (nobody);
}

#define GOOD_BODY "<MessageBody><QualificationValidity>4</QualificationValidity></MessageBody>"

static void
test_hostile (void)
{
  static const char *const bad[] = {
    "",
    "text",
    "<XmlMsg>" GOOD_BODY,
    "<Other>" GOOD_BODY "</Other>",
    "<XmlMsg></XmlMsg>",
    "<XmlMsg><MessageBody></MessageBody></XmlMsg>",
    "<XmlMsg a='1'>" GOOD_BODY "</XmlMsg>",
    "<XmlMsg xmlns='urn:x'>" GOOD_BODY "</XmlMsg>",
    "<XmlMsg>" GOOD_BODY GOOD_BODY "</XmlMsg>",
    "<XmlMsg>stray" GOOD_BODY "</XmlMsg>",
    "<XmlMsg><?php x?>" GOOD_BODY "</XmlMsg>",
    "<!DOCTYPE XmlMsg [<!ENTITY a 'b'>]><XmlMsg>" GOOD_BODY "</XmlMsg>",
    "<!DOCTYPE XmlMsg SYSTEM 'file:///etc/passwd'><XmlMsg>" GOOD_BODY "</XmlMsg>",
    "<?xml version='1.0' encoding='Shift_JIS'?><XmlMsg>" GOOD_BODY "</XmlMsg>",
    "<XmlMsg><A><A><A><A><A><A><A><A><A><A><A><A><A/></A></A></A></A></A></A></A></A></A></A></A>"
    "</A>" GOOD_BODY "</XmlMsg>",
    "<XmlMsg>\xff" GOOD_BODY "</XmlMsg>",
  };
  g_autoptr (GBytes) good_bytes = g_bytes_new_static ("<XmlMsg>" GOOD_BODY "</XmlMsg>",
                                                      strlen ("<XmlMsg>" GOOD_BODY "</XmlMsg>"));
  g_autoptr (json_t) good = mdg_practice_document_read ("good.xml", good_bytes, NULL, NULL);

  g_assert_nonnull (good);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) body = mdg_practice_document_read ("BAD.xml", bytes, NULL, &error);

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "BAD.xml"));
      g_assert_null (body);
    }
}

static void
test_folder (void)
{
  g_auto (PracticeRig) rig = { 0 };
  g_autofree char *file = NULL;
  g_autofree char *dir = NULL;
  g_autoptr (GError) error = NULL;

  practice_rig_init (&rig);
  file = practice_rig_write (&rig, "people/SOMEONE.xml", "<XmlMsg/>", -1);
  dir = g_path_get_dirname (file);
  g_assert_false (mdg_practice_service_set_people_dir (rig.service, dir, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "SOMEONE.xml"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/people/codes", test_codes);
  g_test_add_func ("/service/people/shapes", test_shapes);
  g_test_add_func ("/service/people/list", test_list);
  g_test_add_func ("/service/people/hostile", test_hostile);
  g_test_add_func ("/service/people/folder", test_folder);
  return g_test_run ();
}
