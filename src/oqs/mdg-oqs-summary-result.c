/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One insurance of an answer in words: who it is, which insurance, which share, which limit, how
 * long. Only what the answer holds is told: nothing is deduced from age or scheme. */
#include "config.h"

#include "mdg-oqs-summary-private.h"

static void
add_person (MdgOqsSummary *self, MdgOqsNode *result)
{
  const char *birth = mdg_oqs_node_find_text (result, "Birthdate");
  int age = mdg_oqs_age (birth, self->options.today);
  g_autofree char *date =
      mdg_oqs_date_describe_in (birth, self->options.language, self->options.calendar);
  g_autofree char *kana = mdg_oqs_kana_wide (mdg_oqs_node_find_text (result, "NameKana"));
  g_autofree char *words =
      age < 0 ? g_strdup (date)
              : g_strdup_printf (mdg_oqs_summary_say (self, "%s（%d歳）", "%s, %d years old"), date,
                                 age);

  self->section = MDG_OQS_SECTION_PERSON;
  mdg_oqs_summary_add_element (self, result, "Name");
  if (*kana != '\0')
    mdg_oqs_summary_add_field (self, "NameKana", kana);
  self->section = MDG_OQS_SECTION_OTHER;
  mdg_oqs_summary_add_element (self, result, "NameOfOther");
  self->section = MDG_OQS_SECTION_PERSON;
  if (birth != NULL)
    mdg_oqs_summary_set_bare (mdg_oqs_summary_add_field (self, "Birthdate", words), date);
  mdg_oqs_summary_add_element (self, result, "Sex1");
}

/* for a window: each alone, and what is not there said as that */
static void
add_number_part (MdgOqsSummary *self, MdgOqsNode *result, const char *element, const char *none)
{
  const char *text = mdg_oqs_node_find_text (result, element);
  MdgOqsLine *line = mdg_oqs_summary_add_field (self, element, text != NULL ? text : none);

  mdg_oqs_summary_set_bare (line, text);
}

static void
add_symbol_and_number (MdgOqsSummary *self, MdgOqsNode *result)
{
  const char *symbol = mdg_oqs_node_find_text (result, "InsuredCardSymbol");
  const char *number = mdg_oqs_node_find_text (result, "InsuredIdentificationNumber");
  const char *branch = mdg_oqs_node_find_text (result, "InsuredBranchNumber");
  const char *no_symbol = mdg_oqs_summary_say (self, "記号なし", "no symbol");
  const char *no_number = mdg_oqs_summary_say (self, "番号なし", "no number");
  const char *no_branch = mdg_oqs_summary_say (self, "枝番なし", "no branch");
  g_autofree char *part =
      branch != NULL ? g_strdup_printf (mdg_oqs_summary_say (self, "枝番 %s", "branch %s"), branch)
                     : g_strdup (no_branch);
  g_autofree char *words = g_strdup_printf (
      mdg_oqs_summary_say (self, "%s・%s（%s）", "%s / %s (%s)"),
      symbol != NULL ? symbol : no_symbol, number != NULL ? number : no_number, part);

  if (number == NULL && symbol == NULL)
    return;
  if (!self->options.parts)
    {
      mdg_oqs_summary_add (self, MDG_OQS_LINE_FIELD, "numbers",
                           mdg_oqs_summary_say (self, "記号・番号・枝番", "Symbol, number, branch"),
                           words);
      return;
    }
  add_number_part (self, result, "InsuredCardSymbol", no_symbol);
  add_number_part (self, result, "InsuredIdentificationNumber", no_number);
  add_number_part (self, result, "InsuredBranchNumber", no_branch);
}

static void
add_insurance (MdgOqsSummary *self, MdgOqsNode *result)
{
  const char *kind = mdg_oqs_node_find_text (result, "InsuredCardClassification");
  g_autofree char *insurer =
      mdg_oqs_trim_insurer_number (mdg_oqs_node_find_text (result, "InsurerNumber"));

  self->section = MDG_OQS_SECTION_INSURANCE;
  if (*insurer != '\0')
    mdg_oqs_summary_add_field (self, "InsurerNumber", insurer);
  mdg_oqs_summary_add_element (self, result, "InsurerName");
  add_symbol_and_number (self, result);
  /* 一般 says nothing; 短期, 特別療養費, 医療扶助 … change what the patient pays */
  self->section = g_strcmp0 (kind, "01") == 0 ? MDG_OQS_SECTION_OTHER : MDG_OQS_SECTION_INSURANCE;
  mdg_oqs_summary_add_element (self, result, "InsuredCardClassification");
  self->section = MDG_OQS_SECTION_INSURANCE;
  mdg_oqs_summary_add_element (self, result, "PersonalFamilyClassification");
  self->section = MDG_OQS_SECTION_OTHER;
  mdg_oqs_summary_add_element (self, result, "InsuredName");
}

static void
add_share_line (MdgOqsSummary *self, const char *value, const char *origin)
{
  g_autofree char *both =
      g_strdup_printf (mdg_oqs_summary_say (self, "%s（%s）", "%s (%s)"), value, origin);
  MdgOqsLine *line = mdg_oqs_summary_add_made (self, MDG_OQS_LINE_FIELD, "share",
                                               self->options.parts ? value : both);

  mdg_oqs_summary_set_bare (line, value);
  mdg_oqs_summary_set_note (line, origin);
}

/* as it came where it is no share */
static char *
describe_share (MdgOqsSummary *self, const char *percent)
{
  int tenths = mdg_oqs_contribution_tenths (percent);

  if (tenths < 0)
    return g_strdup (percent);
  if (self->options.language == MDG_OQS_LANGUAGE_JA)
    return g_strdup_printf ("%d割", tenths);
  return g_strdup_printf ("%d%%", tenths * 10);
}

/* 後期高齢者 have their share in the insurance, people of 70 to 74 in 高齢受給者証
 * (reference/domain.md 2.5), public assistance tells an amount on its tickets. For all others the
 * answer says nothing, and neither do we: only where the answer does say it. */
static void
add_share (MdgOqsSummary *self, MdgOqsNode *result)
{
  const char *late = mdg_oqs_node_find_text (result, "InsuredPartialContributionRatio");
  const char *elderly = mdg_oqs_node_find_text (
      result, "ElderlyRecipientCertificateInfo/ElderlyRecipientContributionRatio");
  const char *percent = late != NULL ? late : elderly;
  const char *where = late != NULL
                          ? mdg_oqs_summary_say (self, "後期高齢者医療", "elderly scheme")
                          : mdg_oqs_summary_say (self, "高齢受給者証", "elderly certificate");
  const char *none = mdg_oqs_summary_say (self, "回答に含まれません", "not in the answer");
  const char *kind = mdg_oqs_node_find_text (result, "InsuredCardClassification");
  g_autofree char *words = describe_share (self, percent);

  self->section = MDG_OQS_SECTION_SHARE;
  if (percent != NULL)
    add_share_line (self, words, where);
  else if (g_strcmp0 (kind, "A1") == 0)
    add_share_line (self, none,
                    mdg_oqs_summary_say (self, "医療券の本人支払額をご覧ください",
                                         "see the amount on the medical ticket"));
  else
    add_share_line (
        self, none,
        mdg_oqs_summary_say (self,
                             "高齢受給者証・後期高齢者医療の方だけに記載されます。ほかの"
                             "方は年齢と未就学区分からご判断ください",
                             "told only for holders of an elderly certificate and in the elderly "
                             "scheme; for others go by age and preschool status"));
  if (percent == NULL)
    mdg_oqs_summary_set_bare (g_ptr_array_index (self->lines, self->lines->len - 1), "");
  /* two shares in one answer: both are shown */
  if (self->options.parts && late != NULL && elderly != NULL)
    {
      g_autofree char *second = describe_share (self, elderly);

      mdg_oqs_summary_add_field (self, "ElderlyRecipientContributionRatio", second);
    }
  mdg_oqs_summary_add_element (self, result, "PreschoolClassification");
}

/* What the official word leaves open. 70 to 74 and 後期: reference/domain.md 2.5, OQSCD012; 境 is
 * 境界層該当 and 老福 is 老齢福祉年金 (健康保険法施行令 42条, 国民健康保険法施行令 29条の4). */
static const char *
explain_category (MdgOqsSummary *self, const char *code)
{
  static const struct
  {
    const char *code;
    const char *ja;
    const char *en;
  } table[] = {
    { "A06", "境：境界層に該当する方", "border case: would otherwise need public assistance" },
    { "B04", "70歳から74歳の方の区分", "for people of 70 to 74" },
    { "B07", "老福：老齢福祉年金を受けている方", "receives the old-age welfare pension" },
    { "B08", "境：境界層に該当する方", "border case: would otherwise need public assistance" },
    { "B09", "後期高齢者医療の方の区分", "for people in the elderly scheme" },
    { "B10", "後期高齢者医療の方の区分", "for people in the elderly scheme" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].code, code))
      return mdg_oqs_summary_say (self, table[i].ja, table[i].en);
  return NULL;
}

/* for a window: "区分ウ（令和8年8月1日から）" */
static void
add_category (MdgOqsSummary *self, MdgOqsNode *info)
{
  const char *code = mdg_oqs_node_find_text (info, "LimitApplicationCertificateClassificationFlag");
  g_autofree char *period =
      mdg_oqs_summary_describe_period (self, info, "LimitApplicationCertificateValidStartDate",
                                       "LimitApplicationCertificateValidEndDate");
  g_autofree char *word = mdg_oqs_code_describe (12, code, self->options.language);
  /* ア to オ are letters alone: the word they belong to makes them readable */
  gboolean letter = mdg_oqs_code_is_known (12, code) && code[0] == 'A' &&
                    self->options.language == MDG_OQS_LANGUAGE_JA;
  g_autofree char *full = g_strconcat (letter ? "区分" : "", word, NULL);
  g_autofree char *words =
      period != NULL
          ? g_strdup_printf (mdg_oqs_summary_say (self, "%s（%s）", "%s (%s)"), full, period)
          : g_strdup (full);
  MdgOqsLine *line =
      mdg_oqs_summary_add_field (self, "LimitApplicationCertificateClassificationFlag", words);

  mdg_oqs_summary_set_bare (line, full);
  mdg_oqs_summary_set_note (line, explain_category (self, code));
}

static void
add_limit_info (MdgOqsSummary *self, MdgOqsNode *info)
{
  gboolean category =
      mdg_oqs_node_find_text (info, "LimitApplicationCertificateClassificationFlag") != NULL;

  if (self->options.parts && category)
    add_category (self, info);
  mdg_oqs_summary_add_element (self, info, "LimitApplicationCertificateClassification");
  if (!self->options.parts)
    mdg_oqs_summary_add_element (self, info, "LimitApplicationCertificateClassificationFlag");
  if (!self->options.parts || !category)
    mdg_oqs_summary_add_period (self, info, "limit-period",
                                "LimitApplicationCertificateValidStartDate",
                                "LimitApplicationCertificateValidEndDate");
  mdg_oqs_summary_add_date (self, info, "LimitApplicationCertificateLongTermDate");
}

static void
add_limit (MdgOqsSummary *self, MdgOqsNode *result)
{
  MdgOqsNode *info = mdg_oqs_node_find (result, "LimitApplicationCertificateRelatedInfo");
  const char *consent =
      mdg_oqs_node_find_text (result, "LimitApplicationCertificateRelatedConsFlg");
  const char *words = NULL;

  self->section = MDG_OQS_SECTION_LIMIT;
  if (info != NULL && mdg_oqs_node_get_n_children (info) > 0)
    add_limit_info (self, info);
  else if (g_strcmp0 (consent, "0") == 0)
    words = mdg_oqs_summary_say (self, "同意がないため、回答に含まれていません",
                                 "not in the answer: no consent was given");
  else if (g_strcmp0 (consent, "1") == 0)
    words = mdg_oqs_summary_say (self, "情報なし", "no information");
  if (words != NULL)
    mdg_oqs_summary_set_bare (
        mdg_oqs_summary_add_field (self, "LimitApplicationCertificateRelatedInfo", words), "");
}

static void
add_disease (MdgOqsSummary *self, MdgOqsNode *info)
{
  self->section = MDG_OQS_SECTION_DISEASE;
  mdg_oqs_summary_add_element (self, info, "SpecificDiseasesDiseaseCategory");
  mdg_oqs_summary_add_yen (self, info, "SpecificDiseasesSelfPay");
  mdg_oqs_summary_add_period (self, info, "disease-period", "SpecificDiseasesValidStartDate",
                              "SpecificDiseasesValidEndDate");
}

static void
add_ticket (MdgOqsSummary *self, MdgOqsNode *info)
{
  static const char *const elements[] = { "TicketType",
                                          "IssueNumber",
                                          "MedicalTreatmentMonth",
                                          "MedicalTreatmentType",
                                          "SelfPayAmount",
                                          "SingleOrCombinedUse",
                                          "DesignatedMedicalInstitutionName",
                                          "DesignatedMedicalInstitutionFlag",
                                          "ConsistencyFlag" };

  self->section = MDG_OQS_SECTION_TICKET;
  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i], "MedicalTreatmentMonth"))
      mdg_oqs_summary_add_month (self, info, elements[i]);
    else if (g_str_equal (elements[i], "SelfPayAmount"))
      mdg_oqs_summary_add_yen (self, info, elements[i]);
    else
      mdg_oqs_summary_add_element (self, info, elements[i]);
  mdg_oqs_summary_add_period (self, info, "ticket-period", "MedicalTicketValidDate",
                              "MedicalTicketExpirationDate");
}

static void
add_entries (MdgOqsSummary *self,
             MdgOqsNode *list,
             void (*add_entry) (MdgOqsSummary *self, MdgOqsNode *node))
{
  for (guint i = 0; list != NULL && i < mdg_oqs_node_get_n_children (list); i++)
    add_entry (self, mdg_oqs_node_get_child (list, i));
}

static void
add_validity (MdgOqsSummary *self, MdgOqsNode *result)
{
  self->section = MDG_OQS_SECTION_OTHER;
  mdg_oqs_summary_add_date (self, result, "QualificationDate");
  self->section = MDG_OQS_SECTION_VALIDITY;
  if (self->options.parts)
    {
      mdg_oqs_summary_add_date (self, result, "InsuredCardValidDate");
      mdg_oqs_summary_add_date (self, result, "InsuredCardExpirationDate");
    }
  else
    mdg_oqs_summary_add_period (self, result, "validity-period", "InsuredCardValidDate",
                                "InsuredCardExpirationDate");
  mdg_oqs_summary_add_date (self, result, "DisqualificationDate");
  mdg_oqs_summary_add_element (self, result, "ReasonOfLoss");
}

/* for a window: of a ticket, what only who looks further needs */
static void
add_ticket_details (MdgOqsSummary *self, MdgOqsNode *info)
{
  static const char *const elements[] = { "DesignatedMedicalInstitutionCode",
                                          "PrescriptionIssuerMedicalInstitutionCode",
                                          "PrescriptionIssuerMedicalInstitutionName",
                                          "InjuryName1",
                                          "InjuryName2",
                                          "InjuryName3",
                                          "DistrictContactName",
                                          "HandlingContactName",
                                          "StatusOfSocialInsurance",
                                          "StatusOfInfecton",
                                          "StatusOfElderlyMedicalCare",
                                          "StatusOfPrefecturalExpenses",
                                          "Remarks1",
                                          "Remarks2",
                                          "Remarks3" };

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    mdg_oqs_summary_add_element (self, info, elements[i]);
}

static void
add_disease_details (MdgOqsSummary *self, MdgOqsNode *info)
{
  mdg_oqs_summary_add_date (self, info, "SpecificDiseasesCertificateDate");
}

/* for a window: it folds them, so that there may be more than on a terminal */
static void
add_details (MdgOqsSummary *self, MdgOqsNode *result)
{
  g_autofree char *kana = mdg_oqs_kana_wide (mdg_oqs_node_find_text (result, "NameOfOtherKana"));

  if (*kana != '\0')
    mdg_oqs_summary_add_field (self, "NameOfOtherKana", kana);
  mdg_oqs_summary_add_element (self, result, "Sex2");
  mdg_oqs_summary_add_date (self, result, "InsuredCertificateIssuanceDate");
  mdg_oqs_summary_add_date (
      self, result, "LimitApplicationCertificateRelatedInfo/LimitApplicationCertificateDate");
  mdg_oqs_summary_add_date (self, result,
                            "ElderlyRecipientCertificateInfo/ElderlyRecipientCertificateDate");
  add_entries (self, mdg_oqs_node_find (result, "SpecificDiseasesCertificateList"),
               add_disease_details);
  add_entries (self, mdg_oqs_node_find (result, "PublicExpenseResultList"), add_ticket_details);
}

/* what a counter must not overlook in a result */
static void
add_warnings (MdgOqsSummary *self, MdgOqsNode *result)
{
  static const char *const needed[] = { "Name", "Birthdate", "Sex1", "InsurerName",
                                        "InsuredCardClassification" };
  static const char *const texts[] = { "Name", "NameOfOther", "InsuredName", "Address",
                                       "InsurerName" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *words = NULL;

      if (mdg_oqs_node_find_text (result, needed[i]) != NULL)
        continue;
      words = g_strdup_printf (
          mdg_oqs_summary_say (self, "回答に「%s」がありません。", "The answer has no \"%s\"."),
          mdg_oqs_element_label (needed[i], self->options.language));
      mdg_oqs_summary_add_made (self, MDG_OQS_LINE_NOTE, "note", words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *words = NULL;

      if (!mdg_oqs_has_unwritable (mdg_oqs_node_find_text (result, texts[i])))
        continue;
      words =
          g_strdup_printf (mdg_oqs_summary_say (self,
                                                "「%"
                                                "s」の●などは、システムで表せない漢字の代わりです。"
                                                "カードの券面の文字でお確かめください。",
                                                "In \"%s\", ● and the like stand for characters "
                                                "the system cannot write. Compare with "
                                                "the face of the card."),
                           mdg_oqs_element_label (texts[i], self->options.language));
      mdg_oqs_summary_add_made (self, MDG_OQS_LINE_NOTE, "note", words);
    }
}

/**
 * mdg_oqs_summary_add_result:
 * @self: a summary
 * @result: a ResultOfQualificationConfirmation
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_oqs_summary_add_result (MdgOqsSummary *self, MdgOqsNode *result)
{
  self->section = MDG_OQS_SECTION_RESULT;
  add_warnings (self, result);
  add_person (self, result);
  add_insurance (self, result);
  add_share (self, result);
  add_limit (self, result);
  self->section = MDG_OQS_SECTION_ELDERLY;
  mdg_oqs_summary_add_period (self, result, "elderly-period",
                              "ElderlyRecipientCertificateInfo/ElderlyRecipientValidStartDate",
                              "ElderlyRecipientCertificateInfo/ElderlyRecipientValidEndDate");
  add_entries (self, mdg_oqs_node_find (result, "SpecificDiseasesCertificateList"), add_disease);
  add_entries (self, mdg_oqs_node_find (result, "PublicExpenseResultList"), add_ticket);
  add_validity (self, result);
  self->section = MDG_OQS_SECTION_OTHER;
  mdg_oqs_summary_add_element (self, result, "PostNumber");
  mdg_oqs_summary_add_element (self, result, "Address");
  if (self->options.parts)
    add_details (self, result);
  mdg_oqs_summary_add_element (self, result, "ReferenceNumber");
}
