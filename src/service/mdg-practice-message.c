/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* OQS answers: a person's document with the header filled in (service-protocol.md, "The practice
 * service"). What needs a consent that was not given is taken out; a coverage that does not reach
 * the day asked for makes a valid answer 無効 (2), or 無効（新しい資格あり） (3) where the document
 * says that another insurance took over. A card's answer from a document of --people keeps its
 * validity whatever the day: the document is what its maker wants to see.
 */
#include "config.h"

#include "mdg-practice-match.h"
#include "mdg-practice-message.h"

#include <string.h>

#define JST_SECONDS 32400

typedef struct
{
  const char *flag;
  const char *time;
  const char *info;
} Consent;

static const Consent LIMIT = { "LimitApplicationCertificateRelatedConsFlg",
                               "LimitApplicationCertificateRelatedConsTime",
                               "LimitApplicationCertificateRelatedInfo" };
static const Consent DISEASES = { "SpecificDiseasesCertificateRelatedConsFlg",
                                  "SpecificDiseasesCertificateRelatedConsTime",
                                  "SpecificDiseasesCertificateList" };

static char *
format_time (gint64 now)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JST_SECONDS);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, japan);

  return g_date_time_format (local, "%Y%m%d%H%M%S");
}

static void
set_text (json_t *object, const char *name, const char *value)
{
  json_object_set_new (object, name, json_string (value));
}

/* What was asked, without what else came with it: its names need not be an element's. */
static json_t *
copy_search (json_t *search)
{
  static const char *const names[] = { "InsurerNumber",
                                       "InsuredCardSymbol",
                                       "InsuredIdentificationNumber",
                                       "InsuredBranchNumber",
                                       "Birthdate",
                                       "LimitApplicationCertificateRelatedConsFlg",
                                       "SpecificDiseasesCertificateRelatedConsFlg",
                                       "ArbitraryIdentifier" };
  json_t *copy = json_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set (copy, names[i], json_object_get (search, names[i]));
  return copy;
}

static json_t *
make_header (const MdgPracticeQuestion *question)
{
  json_t *header = json_object ();
  g_autofree char *time = format_time (question->now);

  set_text (header, "ProcessExecutionTime", time);
  set_text (header, "QualificationConfirmationDate", question->date);
  set_text (header, "MedicalInstitutionCode", question->institution_code);
  if (question->identifier != NULL)
    set_text (header, "ArbitraryFileIdentifier", question->identifier);
  set_text (header, "ReferenceClassification", question->search == NULL ? "1" : "2");
  set_text (header, "SegmentOfResult", "1");
  set_text (header, "CharacterCodeIdentifier", "0");
  return header;
}

static json_t *
wrap (const MdgPracticeQuestion *question, json_t *body)
{
  if (question->search != NULL && json_object_get (body, "QualificationConfirmSearchInfo") == NULL)
    json_object_set_new (body, "QualificationConfirmSearchInfo", copy_search (question->search));
  return json_pack ("{s{soso}}", "XmlMsg", "MessageHeader", make_header (question), "MessageBody",
                    body);
}

static json_t *
make_short_body (const char *validity)
{
  return json_pack ("{ssss}", "ProcessingResultStatus", "1", "QualificationValidity", validity);
}

static void
heed_consent (json_t *result,
              const Consent *consent,
              gboolean given,
              const MdgPracticeQuestion *question)
{
  gboolean has_info = json_object_get (result, consent->info) != NULL;
  gboolean has_flag = json_object_get (result, consent->flag) != NULL;
  g_autofree char *time = NULL;

  if (!has_info && !has_flag)
    return;
  set_text (result, consent->flag, given ? "1" : "0");
  if (given)
    {
      time = format_time (question->now);
      set_text (result, consent->time, time);
      return;
    }
  json_object_del (result, consent->info);
  json_object_del (result, consent->time);
}

static const char *
get_text (json_t *object, const char *name)
{
  const char *text = json_string_value (json_object_get (object, name));

  return text != NULL && *text != '\0' ? text : NULL;
}

/* 資格喪失年月日 is the first day without, 有効終了日 the last day with */
static gboolean
covers (json_t *result, const char *date)
{
  const char *from = get_text (result, "QualificationDate");
  const char *lost = get_text (result, "DisqualificationDate");
  const char *last = get_text (result, "InsuredCardExpirationDate");

  if (from == NULL)
    from = get_text (result, "InsuredCardValidDate");
  return (from == NULL || strcmp (date, from) >= 0) && (lost == NULL || strcmp (date, lost) < 0) &&
         (last == NULL || strcmp (date, last) <= 0);
}

/* 1 and 6 hold only for a day that some coverage reaches */
static void
heed_date (json_t *body, const char *date)
{
  const char *validity = get_text (body, "QualificationValidity");
  json_t *list = json_object_get (body, "ResultList");
  gboolean superseded = FALSE;
  size_t index;
  json_t *item;

  if (validity == NULL || (strcmp (validity, "1") != 0 && strcmp (validity, "6") != 0) ||
      json_array_size (list) == 0)
    return;
  json_array_foreach (list, index, item)
  {
    json_t *result = json_object_get (item, "ResultOfQualificationConfirmation");

    if (covers (result, date))
      return;
    superseded = superseded || g_strcmp0 (get_text (result, "ReasonOfLoss"), "03") == 0;
  }
  set_text (body, "QualificationValidity", superseded ? "3" : "2");
}

/**
 * mdg_practice_message_for_person:
 * @person: (nullable): whose card it was; %NULL for one whom the service does not know
 * @question: what was asked
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer full): {"XmlMsg": …}
 */
json_t *
mdg_practice_message_for_person (const MdgPracticePerson *person,
                                 const MdgPracticeQuestion *question)
{
  json_t *body;
  size_t index;
  json_t *item;

  if (person == NULL)
    return wrap (question, make_short_body ("4"));
  body = json_deep_copy (person->body);
  json_array_foreach (json_object_get (body, "ResultList"), index, item)
  {
    json_t *result = json_object_get (item, "ResultOfQualificationConfirmation");

    heed_consent (result, &LIMIT, question->consent_limit, question);
    heed_consent (result, &DISEASES, question->consent_diseases, question);
  }
  if (person->built_in || question->search != NULL)
    heed_date (body, question->date);
  return wrap (question, body);
}

/**
 * mdg_practice_message_for_search:
 * @people: everybody
 * @question: what was asked, with its search
 * @found: (out) (transfer none) (nullable): who it was, where it was exactly one
 *
 * Thread: one at a time.
 * Errors: none.
 * Returns: (transfer full): {"XmlMsg": …}; validity 4 where nobody fits, 5 where several do
 */
json_t *
mdg_practice_message_for_search (MdgPracticePeople *people,
                                 const MdgPracticeQuestion *question,
                                 const MdgPracticePerson **found)
{
  g_autoptr (MdgPracticeMatch) match = mdg_practice_match_new (question->search);
  guint n = 0;

  *found = NULL;
  for (guint i = 0; i < mdg_practice_people_count (people); i++)
    {
      const MdgPracticePerson *person = mdg_practice_people_get (people, i);

      if (!mdg_practice_match_fits (match, person->body))
        continue;
      n++;
      *found = person;
    }
  if (n == 1)
    return mdg_practice_message_for_person (*found, question);
  *found = NULL;
  return wrap (question, make_short_body (n == 0 ? "4" : "5"));
}
