/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From a message to lines of label and value for people: the verdict and what to do next, what the
 * service says, who it is, which insurance, which share. The command line prints it, a window can
 * show it. Only what the answer holds is told: nothing is deduced from age or scheme. */
#include "config.h"

#include "mdg-oqs-summary.h"

#include <string.h>

#include "mdg-oqs-check.h"

typedef struct
{
  GPtrArray *lines;
  const GDate *today;
  MdgOqsLanguage language;
} Summary;

static void
free_line (gpointer data)
{
  MdgOqsLine *line = data;

  g_free (line->label);
  g_free (line->value);
  g_free (line);
}

static const char *
say (Summary *self, const char *ja, const char *en)
{
  return self->language == MDG_OQS_LANGUAGE_JA ? ja : en;
}

static void
add (Summary *self, MdgOqsLineKind kind, const char *label, const char *value)
{
  MdgOqsLine *line = g_new0 (MdgOqsLine, 1);

  line->kind = kind;
  line->label = g_strdup (label);
  line->value = mdg_oqs_text_for_display (value);
  g_ptr_array_add (self->lines, line);
}

static void
add_field (Summary *self, const char *element, const char *value)
{
  add (self, MDG_OQS_LINE_FIELD, mdg_oqs_element_label (element, self->language), value);
}

/* @path names one element; a code comes out in words, anything else as it is; absent: no line */
static void
add_element (Summary *self, MdgOqsNode *node, const char *path)
{
  const char *text = mdg_oqs_node_find_text (node, path);
  const char *slash = strrchr (path, '/');
  const char *element = slash != NULL ? slash + 1 : path;
  guint table = mdg_oqs_code_table_of (element);
  g_autofree char *words = NULL;

  if (text == NULL)
    return;
  if (table != 0)
    words = mdg_oqs_code_describe (table, text, self->language);
  add_field (self, element, words != NULL ? words : text);
}

static void
add_date (Summary *self, MdgOqsNode *node, const char *path)
{
  const char *text = mdg_oqs_node_find_text (node, path);
  const char *slash = strrchr (path, '/');
  g_autofree char *words = mdg_oqs_date_describe (text, self->language);

  if (text != NULL)
    add_field (self, slash != NULL ? slash + 1 : path, words);
}

/* digits only: anything else is shown as it came */
static gboolean
is_number (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length > 0 && length <= 9 && strspn (text, "0123456789") == length;
}

/* "10,000円" */
static void
add_yen (Summary *self, MdgOqsNode *node, const char *element)
{
  const char *text = mdg_oqs_node_find_text (node, element);
  GString *words = g_string_new (text);

  if (is_number (text))
    {
      g_string_printf (words, "%u", (guint) g_ascii_strtoull (text, NULL, 10));
      for (gssize at = (gssize) words->len - 3; at > 0; at -= 3)
        g_string_insert_c (words, at, ',');
      g_string_append (words, say (self, "円", " yen"));
    }
  if (text != NULL)
    add_field (self, element, words->str);
  g_string_free (words, TRUE);
}

/* YYYYMM: "令和8年11月" */
static void
add_month (Summary *self, MdgOqsNode *node, const char *element)
{
  const char *text = mdg_oqs_node_find_text (node, element);
  g_autofree char *first = is_number (text) ? g_strconcat (text, "01", NULL) : g_strdup (text);
  g_autofree char *words = mdg_oqs_date_describe (first, self->language);
  const char *end = g_str_has_suffix (words, "1日") ? g_strrstr (words, "1日") : NULL;

  if (text == NULL)
    return;
  if (end != NULL)
    words[end - words] = '\0';
  else if (g_str_has_prefix (words, "1 "))
    memmove (words, words + 2, strlen (words) - 1);
  add_field (self, element, words);
}

/* "from to until" of two elements; an open end is said as one */
static void
add_period (Summary *self, MdgOqsNode *node, const char *label, const char *from, const char *to)
{
  const char *start = mdg_oqs_node_find_text (node, from);
  const char *end = mdg_oqs_node_find_text (node, to);
  g_autofree char *first = mdg_oqs_date_describe (start, self->language);
  g_autofree char *last = mdg_oqs_date_describe (end, self->language);
  g_autofree char *words = NULL;

  if (start != NULL && end != NULL)
    words = g_strdup_printf (say (self, "%s ～ %s", "%s to %s"), first, last);
  else if (start != NULL)
    words = g_strdup_printf (say (self, "%sから", "from %s"), first);
  else
    words = g_strdup_printf (say (self, "%sまで", "until %s"), last);
  if (start != NULL || end != NULL)
    add (self, MDG_OQS_LINE_FIELD, label, words);
}

static void
add_person (Summary *self, MdgOqsNode *result)
{
  const char *birth = mdg_oqs_node_find_text (result, "Birthdate");
  int age = mdg_oqs_age (birth, self->today);
  g_autofree char *date = mdg_oqs_date_describe (birth, self->language);
  g_autofree char *kana = mdg_oqs_kana_wide (mdg_oqs_node_find_text (result, "NameKana"));
  g_autofree char *words =
      age < 0 ? g_strdup (date)
              : g_strdup_printf (say (self, "%s（%d歳）", "%s, %d years old"), date, age);

  add_element (self, result, "Name");
  if (*kana != '\0')
    add_field (self, "NameKana", kana);
  add_element (self, result, "NameOfOther");
  if (birth != NULL)
    add_field (self, "Birthdate", words);
  add_element (self, result, "Sex1");
}

static void
add_numbers (Summary *self, MdgOqsNode *result)
{
  const char *symbol = mdg_oqs_node_find_text (result, "InsuredCardSymbol");
  const char *number = mdg_oqs_node_find_text (result, "InsuredIdentificationNumber");
  const char *branch = mdg_oqs_node_find_text (result, "InsuredBranchNumber");
  const char *none = say (self, "番号なし", "no number");
  g_autofree char *insurer =
      mdg_oqs_trim_insurer_number (mdg_oqs_node_find_text (result, "InsurerNumber"));
  g_autofree char *part = branch != NULL
                              ? g_strdup_printf (say (self, "枝番 %s", "branch %s"), branch)
                              : g_strdup (say (self, "枝番なし", "no branch"));
  g_autofree char *words =
      g_strdup_printf (say (self, "%s・%s（%s）", "%s / %s (%s)"),
                       symbol != NULL ? symbol : say (self, "記号なし", "no symbol"),
                       number != NULL ? number : none, part);

  if (*insurer != '\0')
    add_field (self, "InsurerNumber", insurer);
  add_element (self, result, "InsurerName");
  if (number != NULL || symbol != NULL)
    add (self, MDG_OQS_LINE_FIELD, say (self, "記号・番号・枝番", "Symbol, number, branch"), words);
  add_element (self, result, "InsuredCardClassification");
  add_element (self, result, "PersonalFamilyClassification");
  add_element (self, result, "InsuredName");
}

/* 後期高齢者 have their share in the insurance, people of 70 to 74 in 高齢受給者証
 * (reference/domain.md 2.5), public assistance tells an amount on its tickets. For all others the
 * answer says nothing, and neither do we: only where the answer does say it. */
static void
add_share (Summary *self, MdgOqsNode *result)
{
  const char *late = mdg_oqs_node_find_text (result, "InsuredPartialContributionRatio");
  const char *elderly = mdg_oqs_node_find_text (
      result, "ElderlyRecipientCertificateInfo/ElderlyRecipientContributionRatio");
  const char *percent = late != NULL ? late : elderly;
  const char *where = late != NULL ? say (self, "後期高齢者医療", "elderly scheme")
                                   : say (self, "高齢受給者証", "elderly certificate");
  int tenths = mdg_oqs_contribution_tenths (percent);
  g_autofree char *words = NULL;

  if (percent == NULL)
    words = g_strdup (
        g_strcmp0 (mdg_oqs_node_find_text (result, "InsuredCardClassification"), "A1") == 0
            ? say (self, "回答に含まれません（医療券の本人支払額をご覧ください）",
                   "not in the answer (see the amount on the medical ticket)")
            : say (self,
                   "回答に含まれません（高齢受給者証・後期高齢者医療の方だけに記載されます。ほかの"
                   "方は年齢と未就学区分からご判断ください）",
                   "not in the answer (it tells it for holders of an elderly certificate and "
                   "people in the elderly scheme only; for others go by age and preschool "
                   "status)"));
  else if (tenths < 0)
    words = g_strdup_printf (say (self, "%s（%s）", "%s (%s)"), percent, where);
  else if (self->language == MDG_OQS_LANGUAGE_JA)
    words = g_strdup_printf ("%d割（%s）", tenths, where);
  else
    words = g_strdup_printf ("%d%% (%s)", tenths * 10, where);
  add (self, MDG_OQS_LINE_FIELD, say (self, "負担割合", "Patient's share"), words);
  add_element (self, result, "PreschoolClassification");
}

static void
add_limit (Summary *self, MdgOqsNode *result)
{
  MdgOqsNode *info = mdg_oqs_node_find (result, "LimitApplicationCertificateRelatedInfo");
  const char *consent =
      mdg_oqs_node_find_text (result, "LimitApplicationCertificateRelatedConsFlg");

  if (info != NULL && mdg_oqs_node_get_n_children (info) > 0)
    {
      add_element (self, info, "LimitApplicationCertificateClassification");
      add_element (self, info, "LimitApplicationCertificateClassificationFlag");
      add_period (self, info, say (self, "限度額適用認定証の有効期間", "Limit certificate valid"),
                  "LimitApplicationCertificateValidStartDate",
                  "LimitApplicationCertificateValidEndDate");
      add_date (self, info, "LimitApplicationCertificateLongTermDate");
    }
  else if (g_strcmp0 (consent, "0") == 0)
    add_field (self, "LimitApplicationCertificateRelatedInfo",
               say (self, "同意がないため、回答に含まれていません",
                    "not in the answer: no consent was given"));
  else if (g_strcmp0 (consent, "1") == 0)
    add_field (self, "LimitApplicationCertificateRelatedInfo",
               say (self, "情報なし", "no information"));
}

static void
add_disease (Summary *self, MdgOqsNode *info)
{
  add_element (self, info, "SpecificDiseasesDiseaseCategory");
  add_yen (self, info, "SpecificDiseasesSelfPay");
  add_period (self, info,
              say (self, "特定疾病療養受療証の有効期間", "Specific disease certificate valid"),
              "SpecificDiseasesValidStartDate", "SpecificDiseasesValidEndDate");
}

static void
add_ticket (Summary *self, MdgOqsNode *info)
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

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (g_str_equal (elements[i], "MedicalTreatmentMonth"))
      add_month (self, info, elements[i]);
    else if (g_str_equal (elements[i], "SelfPayAmount"))
      add_yen (self, info, elements[i]);
    else
      add_element (self, info, elements[i]);
  add_period (self, info, say (self, "医療券の有効期間", "Ticket valid"), "MedicalTicketValidDate",
              "MedicalTicketExpirationDate");
}

static void
add_entries (Summary *self, MdgOqsNode *list, void (*add_entry) (Summary *self, MdgOqsNode *node))
{
  for (guint i = 0; list != NULL && i < mdg_oqs_node_get_n_children (list); i++)
    add_entry (self, mdg_oqs_node_get_child (list, i));
}

/* what a counter must not overlook in a result */
static void
add_warnings (Summary *self, MdgOqsNode *result)
{
  static const char *const needed[] = { "Name", "Birthdate", "Sex1", "InsurerName",
                                        "InsuredCardClassification" };
  static const char *const texts[] = { "Name", "NameOfOther", "InsuredName", "Address",
                                       "InsurerName" };
  const char *note = say (self, "注意", "Note");

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_autofree char *words = NULL;

      if (mdg_oqs_node_find_text (result, needed[i]) != NULL)
        continue;
      words =
          g_strdup_printf (say (self, "回答に「%s」がありません。", "The answer has no \"%s\"."),
                           mdg_oqs_element_label (needed[i], self->language));
      add (self, MDG_OQS_LINE_NOTE, note, words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *words = NULL;

      if (!mdg_oqs_has_unwritable (mdg_oqs_node_find_text (result, texts[i])))
        continue;
      words = g_strdup_printf (say (self,
                                    "「%"
                                    "s」の●などは、システムで表せない漢字の代わりです。カードの券面"
                                    "の文字でお確かめください。",
                                    "In \"%s\", ● and the like stand for characters the system "
                                    "cannot write. Compare with "
                                    "the face of the card."),
                               mdg_oqs_element_label (texts[i], self->language));
      add (self, MDG_OQS_LINE_NOTE, note, words);
    }
}

static void
add_result (Summary *self, MdgOqsNode *result)
{
  add_warnings (self, result);
  add_person (self, result);
  add_numbers (self, result);
  add_share (self, result);
  add_limit (self, result);
  add_period (self, result, say (self, "高齢受給者証の有効期間", "Elderly certificate valid"),
              "ElderlyRecipientCertificateInfo/ElderlyRecipientValidStartDate",
              "ElderlyRecipientCertificateInfo/ElderlyRecipientValidEndDate");
  add_entries (self, mdg_oqs_node_find (result, "SpecificDiseasesCertificateList"), add_disease);
  add_entries (self, mdg_oqs_node_find (result, "PublicExpenseResultList"), add_ticket);
  add_date (self, result, "QualificationDate");
  add_period (self, result, say (self, "有効期間", "Valid"), "InsuredCardValidDate",
              "InsuredCardExpirationDate");
  add_date (self, result, "DisqualificationDate");
  add_element (self, result, "ReasonOfLoss");
  add_element (self, result, "PostNumber");
  add_element (self, result, "Address");
  add_element (self, result, "ReferenceNumber");
}

/* the service's own words, with their code: the table of codes is not public */
static void
add_message (Summary *self, MdgOqsNode *node, const char *code, const char *message)
{
  const char *number = node != NULL ? mdg_oqs_node_find_text (node, code) : NULL;
  const char *text = node != NULL ? mdg_oqs_node_find_text (node, message) : NULL;
  g_autofree char *both =
      g_strdup_printf ("%s%s%s", text != NULL ? text : "",
                       number != NULL && text != NULL ? " " : "", number != NULL ? number : "");

  if (*both != '\0')
    add (self, MDG_OQS_LINE_NOTE, say (self, "お知らせ", "Message"), both);
}

static void
add_head (Summary *self, MdgOqsMessage *message)
{
  MdgOqsVerdict verdict = mdg_oqs_message_get_verdict (message);
  MdgOqsNode *header = mdg_oqs_message_get_header (message);
  MdgOqsNode *body = mdg_oqs_message_get_body (message);
  const char *step = mdg_oqs_verdict_next_step (verdict, self->language);
  const char *validity =
      body != NULL ? mdg_oqs_node_find_text (body, "QualificationValidity") : NULL;

  add (self, MDG_OQS_LINE_VERDICT, mdg_oqs_element_label ("QualificationValidity", self->language),
       mdg_oqs_verdict_describe (verdict, self->language));
  if (step != NULL)
    add (self, MDG_OQS_LINE_STEP, say (self, "次にすること", "Next"), step);
  if (validity != NULL && !mdg_oqs_code_is_known (6, validity))
    add_element (self, body, "QualificationValidity");
  add_message (self, header, "ErrorCode", "ErrorMessage");
  add_message (self, body, "ProcessingResultCode", "ProcessingResultMessage");
  if (header != NULL)
    add_date (self, header, "QualificationConfirmationDate");
}

/**
 * mdg_oqs_summary_new:
 * @message: an answer
 * @today: (nullable): the day for which ages are told; NULL for none
 * @language: Japanese, with the official words, or English
 *
 * The first line is the verdict. The values are the answer's, made fit for one line by
 * mdg_oqs_text_for_display().
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full) (element-type MdgOqsLine): the lines in reading order
 */
GPtrArray *
mdg_oqs_summary_new (MdgOqsMessage *message, const GDate *today, MdgOqsLanguage language)
{
  Summary self = { .today = today, .language = language };
  guint count;

  g_return_val_if_fail (message != NULL, NULL);
  self.lines = g_ptr_array_new_with_free_func (free_line);
  count = mdg_oqs_message_get_n_results (message);
  add_head (&self, message);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *label =
          g_strdup_printf (say (&self, "資格 %u／%u", "Insurance %u of %u"), i + 1, count);

      if (count > 1)
        add (&self, MDG_OQS_LINE_HEADING, label, "");
      add_result (&self, mdg_oqs_message_get_result (message, i));
    }
  return self.lines;
}

/**
 * mdg_oqs_text_for_display:
 * @text: (nullable): a value from outside
 *
 * A line feed or a tab in a name could forge another line of the list, an escape sequence could
 * drive the terminal, and a direction mark could turn a number around: such characters come out as
 * <U+000A>.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text on one line
 */
char *
mdg_oqs_text_for_display (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_printf (out, "<U+%04X>", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
