/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one table of the elements of OQS messages: official label, short English label, code table,
 * and what may stand in it. Everything that asks about an element asks here. */
#include "config.h"

#include "mdg-oqs-element.h"

#include "mdg-oqs-codes.h"

#define MANY TRUE /* may stand more than once under one parent */

typedef struct
{
  const char *name;
  MdgOqsElementKind kind;
  gboolean repeats;
  guint table; /* OQSCD number, 0 for none */
  const char *ja;
  const char *en;
} Element;

/* clang-format off */
static const Element elements[] = {
  /* XmlMsg */
  { "XmlMsg", MDG_OQS_ELEMENT_BLOCK, FALSE, 0,
    "OQSメッセージ", "OQS message" },
  { "MessageHeader", MDG_OQS_ELEMENT_BLOCK, FALSE, 0,
    "ヘッダー", "Header" },
  { "MessageBody", MDG_OQS_ELEMENT_BLOCK, FALSE, 0,
    "本体", "Body" },
  /* reference/domain.md 2.3 */
  { "ProcessExecutionTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "処理実行日時", "Processed at" },
  { "QualificationConfirmationDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "資格確認日", "Date of the check" },
  { "MedicalInstitutionCode", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "医療機関コード", "Institution code" },
  { "ArbitraryFileIdentifier", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "任意のファイル識別子", "File identifier" },
  { "ReferenceClassification", MDG_OQS_ELEMENT_LEAF, FALSE, 2,
    "照会区分", "Kind of inquiry" },
  { "SegmentOfResult", MDG_OQS_ELEMENT_LEAF, FALSE, 3,
    "処理結果区分", "Processing result" },
  { "ErrorCode", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "エラーコード", "Error code" },
  { "ErrorMessage", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "エラーメッセージ", "Error message" },
  { "CharacterCodeIdentifier", MDG_OQS_ELEMENT_LEAF, FALSE, 5,
    "文字コード識別", "Character code" },
  { "ReceptionNumber", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "受付番号", "Reception number" },
  { "NumberOfProcessingResult", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "処理結果件数", "Results" },
  { "NumberOfNormalProcessing", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "正常処理件数", "Results without error" },
  { "NumberOfError", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "エラー件数", "Results with error" },
  /* 2.2, 2.4 */
  { "BulkConfirmUnit", MDG_OQS_ELEMENT_BLOCK, MANY, 0,
    "一括照会単位", "Unit of a batch" },
  { "QualificationConfirmSearchInfo", MDG_OQS_ELEMENT_BLOCK, MANY, 0,
    "資格確認照会情報", "Search" },
  { "ReferenceNumberRegistrationInfo", MDG_OQS_ELEMENT_BLOCK, MANY, 0,
    "照会番号登録情報", "Reference number registration" },
  { "ArbitraryIdentifier", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "任意識別子", "Identifier" },
  { "PrescriptionIssueSelect", MDG_OQS_ELEMENT_LEAF, FALSE, 17,
    "処方箋発行形態", "Form of prescription" },
  { "ProcessingResultStatus", MDG_OQS_ELEMENT_LEAF, FALSE, 4,
    "処理結果状況", "Processing status" },
  { "ProcessingResultCode", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "処理結果コード", "Result code" },
  { "ProcessingResultMessage", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "処理結果メッセージ", "Result message" },
  { "QualificationValidity", MDG_OQS_ELEMENT_LEAF, FALSE, 6,
    "資格有効性", "Validity" },
  { "ReferenceNumber", MDG_OQS_ELEMENT_LEAF, MANY, 0,
    "照会番号", "Reference number" },
  { "ResultList", MDG_OQS_ELEMENT_LIST, FALSE, 0,
    "資格確認結果一覧", "Results" },
  { "ResultOfQualificationConfirmation", MDG_OQS_ELEMENT_BLOCK, MANY, 0,
    "資格確認結果", "Result" },
  { "InsuredCardClassification", MDG_OQS_ELEMENT_LEAF, FALSE, 10,
    "被保険者証区分", "Kind of insurance" },
  { "InsurerNumber", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "保険者番号", "Insurer number" },
  { "InsurerName", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "保険者名称", "Insurer" },
  { "InsuredCardSymbol", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証記号", "Symbol" },
  { "InsuredIdentificationNumber", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証番号", "Number" },
  { "InsuredBranchNumber", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証枝番", "Branch number" },
  { "PersonalFamilyClassification", MDG_OQS_ELEMENT_LEAF, FALSE, 9,
    "本人・家族の別", "Insured or family" },
  { "InsuredName", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者氏名（世帯主氏名）", "Insured person (head of household)" },
  { "Name", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "氏名", "Name" },
  { "NameOfOther", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "氏名（その他）", "Other name" },
  { "NameKana", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "氏名カナ", "Name in kana" },
  { "NameOfOtherKana", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "氏名カナ（その他）", "Other name in kana" },
  { "Sex1", MDG_OQS_ELEMENT_LEAF, FALSE, 7,
    "性別", "Sex" },
  { "Sex2", MDG_OQS_ELEMENT_LEAF, FALSE, 7,
    "性別２", "Sex (second entry)" },
  { "Birthdate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "生年月日", "Date of birth" },
  { "Address", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "住所", "Address" },
  { "PostNumber", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "郵便番号", "Postal code" },
  { "QualificationDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "資格取得年月日", "Insured since" },
  { "DisqualificationDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "資格喪失年月日", "Insurance lost on" },
  { "InsuredCertificateIssuanceDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証交付年月日", "Issued on" },
  { "InsuredCardValidDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証有効開始年月日", "Valid from" },
  { "InsuredCardExpirationDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証有効終了年月日", "Valid until" },
  { "InsuredPartialContributionRatio", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "被保険者証一部負担金割合", "Patient's share (elderly scheme)" },
  { "PreschoolClassification", MDG_OQS_ELEMENT_LEAF, FALSE, 15,
    "未就学区分", "Preschool child" },
  { "ReasonOfLoss", MDG_OQS_ELEMENT_LEAF, FALSE, 8,
    "資格喪失事由", "Reason of loss" },
  { "ElderlyRecipientCertificateInfo", MDG_OQS_ELEMENT_BLOCK, FALSE, 0,
    "高齢受給者証情報", "Elderly recipient certificate" },
  { "ElderlyRecipientCertificateDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "高齢受給者証交付年月日", "Elderly certificate issued on" },
  { "ElderlyRecipientValidStartDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "高齢受給者証有効開始年月日", "Elderly certificate valid from" },
  { "ElderlyRecipientValidEndDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "高齢受給者証有効終了年月日", "Elderly certificate valid until" },
  { "ElderlyRecipientContributionRatio", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "高齢受給者証一部負担金割合", "Patient's share (elderly certificate)" },
  { "LimitApplicationCertificateRelatedConsFlg", MDG_OQS_ELEMENT_LEAF, FALSE, 1,
    "限度額適用認定証提供同意フラグ", "Consent to the limit certificate" },
  { "LimitApplicationCertificateRelatedConsTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "限度額適用認定証提供同意日時", "Consent to the limit certificate given at" },
  { "LimitApplicationCertificateRelatedInfo", MDG_OQS_ELEMENT_BLOCK, FALSE, 0,
    "限度額適用認定証関連情報", "Limit certificate" },
  { "LimitApplicationCertificateClassification", MDG_OQS_ELEMENT_LEAF, FALSE, 11,
    "限度額適用認定証区分", "Kind of limit certificate" },
  { "LimitApplicationCertificateClassificationFlag", MDG_OQS_ELEMENT_LEAF, FALSE, 12,
    "限度額適用認定証適用区分", "Limit category" },
  { "LimitApplicationCertificateDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "限度額適用認定証交付年月日", "Limit certificate issued on" },
  { "LimitApplicationCertificateValidStartDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "限度額適用認定証有効開始年月日", "Limit certificate valid from" },
  { "LimitApplicationCertificateValidEndDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "限度額適用認定証有効終了年月日", "Limit certificate valid until" },
  { "LimitApplicationCertificateLongTermDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "限度額適用認定証長期入院該当年月日", "Long stay from" },
  { "LimitApplicationCertificateChanged", MDG_OQS_ELEMENT_LEAF, FALSE, 14,
    "限度額適用認定証変更有無", "Limit certificate changed" },
  { "SpecificDiseasesCertificateRelatedConsFlg", MDG_OQS_ELEMENT_LEAF, FALSE, 16,
    "特定疾病療養受療証提供同意フラグ", "Consent to the specific disease certificate" },
  { "SpecificDiseasesCertificateRelatedConsTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定疾病療養受療証提供同意日時", "Consent to the specific disease certificate given at" },
  { "SpecificDiseasesCertificateList", MDG_OQS_ELEMENT_LIST, FALSE, 0,
    "特定疾病療養受療証情報一覧", "Specific disease certificates" },
  { "SpecificDiseasesCertificateInfo", MDG_OQS_ELEMENT_BLOCK, MANY, 0,
    "特定疾病療養受療証情報", "Specific disease certificate" },
  { "SpecificDiseasesDiseaseCategory", MDG_OQS_ELEMENT_LEAF, FALSE, 13,
    "特定疾病療養受療証認定疾病区分", "Specific disease" },
  { "SpecificDiseasesCertificateDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定疾病療養受療証交付年月日", "Specific disease certificate issued on" },
  { "SpecificDiseasesValidStartDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定疾病療養受療証有効開始年月日", "Specific disease certificate valid from" },
  { "SpecificDiseasesValidEndDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定疾病療養受療証有効終了年月日", "Specific disease certificate valid until" },
  { "SpecificDiseasesSelfPay", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定疾病療養受療証自己負担限度額", "Limit of the patient's share (specific disease)" },
  { "SpecificHealthCheckupsInfoConsFlg", MDG_OQS_ELEMENT_LEAF, FALSE, 16,
    "特定健診情報閲覧同意フラグ", "Consent to check-up results" },
  { "SpecificHealthCheckupsInfoConsTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定健診情報閲覧同意日時", "Consent to check-up results given at" },
  { "SpecificHealthCheckupsInfoAvailableTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "特定健診情報閲覧有効期限", "Check-up results may be seen until" },
  { "PharmacistsInfoConsFlg", MDG_OQS_ELEMENT_LEAF, FALSE, 16,
    "薬剤情報閲覧同意フラグ", "Consent to medication records" },
  { "PharmacistsInfoConsTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "薬剤情報閲覧同意日時", "Consent to medication records given at" },
  { "PharmacistsInfoAvailableTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "薬剤情報閲覧有効期限", "Medication records may be seen until" },
  { "DiagnosisInfoConsFlg", MDG_OQS_ELEMENT_LEAF, FALSE, 16,
    "診療情報閲覧同意フラグ", "Consent to treatment records" },
  { "DiagnosisInfoConsTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "診療情報閲覧同意日時", "Consent to treatment records given at" },
  { "DiagnosisInfoAvailableTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "診療情報閲覧有効期限", "Treatment records may be seen until" },
  { "OperationInfoConsFlg", MDG_OQS_ELEMENT_LEAF, FALSE, 16,
    "手術情報閲覧同意フラグ", "Consent to operation records" },
  { "OperationInfoConsTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "手術情報閲覧同意日時", "Consent to operation records given at" },
  { "OperationInfoAvailableTime", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "手術情報閲覧有効期限", "Operation records may be seen until" },
  { "PublicExpenseResultList", MDG_OQS_ELEMENT_LIST, FALSE, 0,
    "公費情報一覧", "Public expense" },
  { "MedicalTicketInfo", MDG_OQS_ELEMENT_BLOCK, MANY, 0,
    "医療券情報", "Medical ticket" },
  { "TicketType", MDG_OQS_ELEMENT_LEAF, FALSE, 18,
    "医療券・調剤券別", "Kind of ticket" },
  { "MedicalTicketValidDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "有効開始日", "Ticket valid from" },
  { "MedicalTicketExpirationDate", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "有効終了日", "Ticket valid until" },
  { "IssueNumber", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "交付番号", "Issue number" },
  { "MedicalTreatmentMonth", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "診療年月", "Month of treatment" },
  { "DesignatedMedicalInstitutionCode", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "指定医療機関コード", "Designated institution code" },
  { "DesignatedMedicalInstitutionFlag", MDG_OQS_ELEMENT_LEAF, FALSE, 26,
    "指定医療機関フラグ", "Designated institution" },
  { "DesignatedMedicalInstitutionName", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "指定医療機関名", "Designated institution name" },
  { "PrescriptionIssuerMedicalInstitutionCode", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "処方箋発行医療機関コード", "Prescribing institution code" },
  { "PrescriptionIssuerMedicalInstitutionName", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "処方箋発行医療機関名", "Prescribing institution" },
  { "InjuryName1", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "傷病名１", "Condition 1" },
  { "InjuryName2", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "傷病名２", "Condition 2" },
  { "InjuryName3", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "傷病名３", "Condition 3" },
  { "MedicalTreatmentType", MDG_OQS_ELEMENT_LEAF, FALSE, 19,
    "診療別", "Kind of treatment" },
  { "SelfPayAmount", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "本人支払額", "Amount the patient pays" },
  { "DistrictContactName", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "地区担当員名", "District officer" },
  { "HandlingContactName", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "取扱担当者名", "Officer in charge" },
  { "SingleOrCombinedUse", MDG_OQS_ELEMENT_LEAF, FALSE, 20,
    "単独・併用別", "Alone or combined" },
  { "StatusOfSocialInsurance", MDG_OQS_ELEMENT_LEAF, FALSE, 21,
    "社会保険状況", "Social insurance" },
  { "ConsistencyFlag", MDG_OQS_ELEMENT_LEAF, FALSE, 22,
    "整合性フラグ", "Consistency" },
  { "StatusOfInfecton", MDG_OQS_ELEMENT_LEAF, FALSE, 23,
    "感染症の予防及び感染症の患者に対する医療に関する法律の適用状況", "Infectious disease law" },
  { "StatusOfElderlyMedicalCare", MDG_OQS_ELEMENT_LEAF, FALSE, 24,
    "後期高齢者医療の適用状況", "Elderly medical care" },
  { "StatusOfPrefecturalExpenses", MDG_OQS_ELEMENT_LEAF, FALSE, 25,
    "都道府県費の適用状況", "Prefectural expenses" },
  { "Remarks1", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "備考１", "Remark 1" },
  { "Remarks2", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "備考２", "Remark 2" },
  { "Remarks3", MDG_OQS_ELEMENT_LEAF, FALSE, 0,
    "備考３", "Remark 3" },
};
/* clang-format on */

/* Labels of the national program's own screen and copied text, where they are shorter than the
 * official ones (reference/domain.md 1.4). */
static const struct
{
  const char *name;
  const char *ja;
  const char *en;
} short_labels[] = {
  { "QualificationConfirmationDate", "確認日", "Date of the check" },
  { "NameKana", "フリガナ", "Name in kana" },
  { "InsurerName", "保険者名", "Insurer" },
  { "InsuredCardSymbol", "記号", "Symbol" },
  { "InsuredIdentificationNumber", "番号", "Number" },
  { "InsuredBranchNumber", "枝番", "Branch" },
  { "InsuredCardValidDate", "有効開始日", "Valid from" },
  { "InsuredCardExpirationDate", "有効終了日", "Valid until" },
  { "LimitApplicationCertificateClassificationFlag", "限度額区分", "Limit category" },
  { "LimitApplicationCertificateClassification", "認定証の種類", "Kind of limit certificate" },
  { "LimitApplicationCertificateLongTermDate", "長期入院該当年月日", "Long stay from" },
  { "LimitApplicationCertificateRelatedInfo", "限度額情報", "Limit certificate" },
  { "SpecificDiseasesDiseaseCategory", "特定疾病", "Specific disease" },
  { "SpecificDiseasesSelfPay", "特定疾病の自己負担限度額",
    "Limit of the patient's share (specific disease)" },
};

#define NAME_MAX_BYTES 256

/* the ranges of NameStartChar beyond ASCII: XML 1.0 (fifth edition) 2.3 */
static const gunichar start_ranges[][2] = {
  { 0xc0, 0xd6 },     { 0xd8, 0xf6 },     { 0xf8, 0x2ff },    { 0x370, 0x37d },
  { 0x37f, 0x1fff },  { 0x200c, 0x200d }, { 0x2070, 0x218f }, { 0x2c00, 0x2fef },
  { 0x3001, 0xd7ff }, { 0xf900, 0xfdcf }, { 0xfdf0, 0xfffd }, { 0x10000, 0xeffff },
};

static gboolean
is_name_start (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalpha ((char) c) || c == '_';
  for (gsize i = 0; i < G_N_ELEMENTS (start_ranges); i++)
    if (c >= start_ranges[i][0] && c <= start_ranges[i][1])
      return TRUE;
  return FALSE;
}

static gboolean
is_name_char (gunichar c)
{
  return is_name_start (c) || (c < 0x80 && g_ascii_isdigit ((char) c)) || c == '-' || c == '.' ||
         c == 0xb7 || (c >= 0x300 && c <= 0x36f) || c == 0x203f || c == 0x2040;
}

static gpointer
build_index (gpointer data)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    g_hash_table_insert (index, (gpointer) elements[i].name, (gpointer) &elements[i]);
  return index;
}

static const Element *
look_up (const char *name)
{
  static GOnce once = G_ONCE_INIT;

  return name != NULL ? g_hash_table_lookup (g_once (&once, build_index, NULL), name) : NULL;
}

/**
 * mdg_oqs_element_kind:
 * @name: (nullable): the name of an element
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: what may stand in it (reference/domain.md 2.2 to 2.4)
 */
MdgOqsElementKind
mdg_oqs_element_kind (const char *name)
{
  const Element *element = look_up (name);

  return element != NULL ? element->kind : MDG_OQS_ELEMENT_UNKNOWN;
}

/**
 * mdg_oqs_element_repeats:
 * @name: (nullable): the name of an element
 *
 * An unknown element may repeat, because nothing is known of it.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether it may stand more than once under one parent
 */
gboolean
mdg_oqs_element_repeats (const char *name)
{
  const Element *element = look_up (name);

  return element == NULL || element->repeats;
}

/**
 * mdg_oqs_code_table_of:
 * @element: (nullable): the name of an element
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the number of its code table (OQS 別紙5-1, 6 for OQSCD006), 0 where it has none
 */
guint
mdg_oqs_code_table_of (const char *element)
{
  const Element *found = look_up (element);

  return found != NULL ? found->table : 0;
}

/**
 * mdg_oqs_element_label:
 * @element: (nullable): the name of an element
 * @language: the official words, or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the label (reference/domain.md 2.4), NULL for an unknown
 *   element
 */
const char *
mdg_oqs_element_label (const char *element, MdgOqsLanguage language)
{
  const Element *found = look_up (element);

  if (found == NULL)
    return NULL;
  return language == MDG_OQS_LANGUAGE_JA ? found->ja : found->en;
}

/**
 * mdg_oqs_element_short_label:
 * @element: (nullable): the name of an element
 * @language: Japanese, or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): the label as a counter reads it (reference/domain.md 1.4),
 *   NULL for an unknown element
 */
const char *
mdg_oqs_element_short_label (const char *element, MdgOqsLanguage language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (short_labels); i++)
    if (g_strcmp0 (element, short_labels[i].name) == 0)
      return language == MDG_OQS_LANGUAGE_JA ? short_labels[i].ja : short_labels[i].en;
  return mdg_oqs_element_label (element, language);
}

/**
 * mdg_oqs_element_name_is_valid:
 * @name: a name in UTF-8
 *
 * Both readers and the writer ask here, so that what is read in one form can be written in the
 * other: libxml2's parser and its check of names follow different editions of XML.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether it is a name with at most one prefix (XML 1.0 2.3, Namespaces in XML 4) and not
 *   longer than 256 bytes
 */
gboolean
mdg_oqs_element_name_is_valid (const char *name)
{
  gboolean start = TRUE, prefix = FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p - name >= NAME_MAX_BYTES)
        return FALSE;
      if (c == ':' && !start && !prefix)
        start = prefix = TRUE;
      else if (start ? is_name_start (c) : is_name_char (c))
        start = FALSE;
      else
        return FALSE;
    }
  return !start;
}
