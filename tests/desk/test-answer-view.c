/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The answer as the counter sees it: order, bare values, both calendars and languages, every
 * practice person, and answers that nobody would send in good faith. */
#include "config.h"

#include "mdg-answer-view.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define PERSON                                                                                     \
  "\"InsuredCardClassification\":\"01\",\"InsurerNumber\":\"  "                                    \
  "999995\",\"InsurerName\":\"架空市\","                                                        \
  "\"InsuredCardSymbol\":\"12\",\"InsuredIdentificationNumber\":\"0003456\","                      \
  "\"InsuredBranchNumber\":\"01\",\"PersonalFamilyClassification\":\"2\",\"Sex1\":\"1\","          \
  "\"Name\":\"試験　太郎\",\"NameKana\":\"ｼｹﾝ ﾀﾛｳ\",\"Birthdate\":\"19540101\","  \
  "\"Address\":\"架空県\",\"PostNumber\":\"000-1000\",\"QualificationDate\":\"20240401\","      \
  "\"InsuredCardValidDate\":\"20240401\",\"InsuredCardExpirationDate\":\"20270331\","              \
  "\"LimitApplicationCertificateRelatedConsFlg\":\"1\","                                           \
  "\"LimitApplicationCertificateRelatedInfo\":{"                                                   \
  "\"LimitApplicationCertificateClassification\":\"01\","                                          \
  "\"LimitApplicationCertificateClassificationFlag\":\"A03\","                                     \
  "\"LimitApplicationCertificateValidStartDate\":\"20260801\"},"                                   \
  "\"ElderlyRecipientCertificateInfo\":{\"ElderlyRecipientContributionRatio\":\"020\","            \
  "\"ElderlyRecipientValidEndDate\":\"20270731\"},"                                                \
  "\"SpecificDiseasesCertificateList\":[{\"SpecificDiseasesCertificateInfo\":{"                    \
  "\"SpecificDiseasesDiseaseCategory\":\"1\",\"SpecificDiseasesSelfPay\":\"10000\"}}]"

static MdgOqsMessage *
parse (const char *validity, const char *results)
{
  g_autofree char *text =
      g_strdup_printf ("{\"XmlMsg\":{\"MessageHeader\":{\"SegmentOfResult\":\"1\","
                       "\"QualificationConfirmationDate\":\"20261123\"},\"MessageBody\":{"
                       "\"ProcessingResultStatus\":\"1\",\"QualificationValidity\":\"%s\","
                       "\"ProcessingResultMessage\":\"練習のお知らせ\",\"ResultList\":[%s]}}}",
                       validity, results);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  MdgOqsMessage *message = mdg_oqs_message_parse_json (bytes, &error);

  g_assert_no_error (error);
  return message;
}

static char *
result_of (const char *fields)
{
  return g_strdup_printf ("{\"ResultOfQualificationConfirmation\":{%s}}", fields);
}

static MdgAnswerView *
arrange (MdgOqsMessage *message, MdgOqsLanguage language, MdgCalendar calendar)
{
  static const char *const confirmed[] = { "pin", "key-possession", NULL };
  static const char *const not_confirmed[] = { "revocation", NULL };
  g_autoptr (GTimeZone) tokyo = g_time_zone_new_identifier ("Asia/Tokyo");
  g_autoptr (GDateTime) asked = g_date_time_new (tokyo, 2026, 11, 23, 10, 15, 32);

  return mdg_answer_view_new_parts (message, asked, TRUE, confirmed, not_confirmed, language,
                                    calendar);
}

static MdgAnswerView *
arrange_person (const char *fields, MdgOqsLanguage language, MdgCalendar calendar)
{
  g_autofree char *result = result_of (fields);
  g_autoptr (MdgOqsMessage) message = parse ("1", result);

  return arrange (message, language, calendar);
}

static const MdgAnswerFact *
find_fact (GPtrArray *facts, const char *id)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const MdgAnswerFact *fact = g_ptr_array_index (facts, i);

      if (g_str_equal (fact->id, id))
        return fact;
    }
  g_error ("no fact %s", id);
}

static void
test_order (void)
{
  static const char *const ids[] = { "InsurerNumber",
                                     "InsurerName",
                                     "InsuredCardSymbol",
                                     "InsuredIdentificationNumber",
                                     "InsuredBranchNumber",
                                     "PersonalFamilyClassification",
                                     "share",
                                     "LimitApplicationCertificateClassificationFlag",
                                     "LimitApplicationCertificateClassification",
                                     "elderly-period",
                                     "SpecificDiseasesDiseaseCategory",
                                     "SpecificDiseasesSelfPay",
                                     "InsuredCardValidDate",
                                     "InsuredCardExpirationDate" };
  static const char *const more[] = { "InsuredCardClassification", "QualificationDate",
                                      "PostNumber", "Address" };
  g_autoptr (MdgAnswerView) view = arrange_person (PERSON, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, 0);

  g_assert_cmpuint (view->coverages->len, ==, 1);
  g_assert_cmpuint (coverage->main->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (((MdgAnswerFact *) coverage->main->pdata[i])->id, ==, ids[i]);
  g_assert_cmpuint (coverage->more->len, ==, G_N_ELEMENTS (more));
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    g_assert_cmpstr (((MdgAnswerFact *) coverage->more->pdata[i])->id, ==, more[i]);
}

/* the ticket comes after the days of validity, wherever the summary has it */
static void
test_ticket (void)
{
  g_autoptr (MdgAnswerView) view = arrange_person (
      PERSON ",\"PublicExpenseResultList\":[{\"MedicalTicketInfo\":{\"TicketType\":\"01\","
             "\"SelfPayAmount\":\"1500\",\"InjuryName1\":\"試験症\"}}]",
      MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, 0);
  const MdgAnswerFact *last = coverage->main->pdata[coverage->main->len - 1];

  g_assert_cmpstr (last->id, ==, "SelfPayAmount");
  g_assert_cmpstr (last->copy, ==, "1500");
  g_assert_cmpstr (((MdgAnswerFact *) coverage->main->pdata[coverage->main->len - 2])->id, ==,
                   "TicketType");
  /* what somebody suffers from is not shown to who passes by */
  g_assert_nonnull (find_fact (coverage->more, "InjuryName1"));
}

static void
test_values (void)
{
  g_autoptr (MdgAnswerView) view = arrange_person (PERSON, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, 0);
  const struct
  {
    const char *id, *label, *value, *copy, *note;
    gboolean large;
  } rows[] = {
    { "InsurerNumber", "保険者番号", "999995", "999995", NULL, TRUE },
    { "InsuredCardSymbol", "記号", "12", "12", NULL, TRUE },
    { "InsuredIdentificationNumber", "番号", "0003456", "0003456", NULL, TRUE },
    { "InsuredBranchNumber", "枝番", "01", "01", NULL, TRUE },
    { "PersonalFamilyClassification", "本人・家族の別", "家族", "家族", NULL, FALSE },
    { "share", "負担割合", "2割", "2割", "高齢受給者証", FALSE },
    { "LimitApplicationCertificateClassificationFlag", "限度額区分", "区分ウ（令和8年8月1日から）",
      "区分ウ", NULL, FALSE },
    { "SpecificDiseasesSelfPay", "特定疾病の自己負担限度額", "10,000円", "10000", NULL, FALSE },
    { "InsuredCardValidDate", "有効開始日", "令和6年4月1日", "令和6年4月1日", NULL, FALSE },
  };

  g_assert_cmpstr (view->title, ==, "有効");
  g_assert_cmpstr (view->next_step, ==, "");
  g_assert_cmpstr (view->icon, ==, "mdg-verdict-good-symbolic");
  g_assert_cmpstr (view->checked_at, ==, "10:15:32");
  g_assert_cmpstr (view->checked_on, ==, "令和8年11月23日");
  g_assert_cmpstr (view->notes->pdata[0], ==, "練習のお知らせ");
  g_assert_cmpstr (view->confirmed->pdata[0], ==, "暗証番号（カードによる照合）");
  g_assert_cmpstr (view->not_confirmed->pdata[0], ==, "失効確認：未実施");
  g_assert_cmpstr (coverage->heading, ==, "");
  g_assert_cmpstr (coverage->name, ==, "試験　太郎");
  g_assert_cmpstr (coverage->kana, ==, "シケン　タロウ");
  g_assert_cmpstr (coverage->birth, ==, "昭和29年1月1日（72歳）");
  g_assert_cmpstr (coverage->birth_date, ==, "昭和29年1月1日");
  g_assert_cmpstr (coverage->sex, ==, "男");
  g_assert_cmpstr (coverage->initials, ==, "試.太.");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MdgAnswerFact *fact = find_fact (coverage->main, rows[i].id);

      g_assert_nonnull (fact);
      g_assert_cmpstr (fact->label, ==, rows[i].label);
      g_assert_cmpstr (fact->value, ==, rows[i].value);
      g_assert_cmpstr (fact->copy, ==, rows[i].copy);
      g_assert_cmpstr (fact->note, ==, rows[i].note);
      g_assert_cmpint (fact->large, ==, rows[i].large);
    }
}

/* one switch for every date, the birth date too */
static void
test_calendars (void)
{
  g_autoptr (MdgAnswerView) western =
      arrange_person (PERSON, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_WESTERN);
  g_autoptr (MdgAnswerView) english =
      arrange_person (PERSON, MDG_OQS_LANGUAGE_EN, MDG_CALENDAR_WESTERN);
  const MdgAnswerCoverage *coverage = g_ptr_array_index (western->coverages, 0);
  g_autofree char *text = mdg_answer_view_to_text (western);
  g_autofree char *plain = mdg_answer_view_to_text (english);

  g_assert_cmpstr (coverage->birth, ==, "1954年1月1日（72歳）");
  g_assert_null (strstr (text, "昭和"));
  g_assert_null (strstr (text, "令和"));
  g_assert_null (strstr (plain, "Reiwa"));
  g_assert_nonnull (strstr (plain, "Date of birth: 1 January 1954, 72 years old\n"));
}

static void
test_verdicts (void)
{
  const struct
  {
    const char *validity, *title, *icon;
    MdgAnswerTone tone;
    gboolean step;
  } rows[] = {
    { "1", "有効", "mdg-verdict-good-symbolic", MDG_ANSWER_TONE_GOOD, FALSE },
    { "2", "無効", "mdg-verdict-bad-symbolic", MDG_ANSWER_TONE_BAD, TRUE },
    { "3", "無効（新しい資格あり）", "mdg-verdict-changed-symbolic", MDG_ANSWER_TONE_CHANGED,
      TRUE },
    { "4", "該当資格なし", "mdg-verdict-question-symbolic", MDG_ANSWER_TONE_QUESTION, TRUE },
    { "5", "複数該当", "mdg-verdict-question-symbolic", MDG_ANSWER_TONE_QUESTION, TRUE },
    { "6", "有効（未登録）", "mdg-verdict-good-symbolic", MDG_ANSWER_TONE_GOOD, TRUE },
    { "7", "確認できませんでした", "mdg-verdict-question-symbolic", MDG_ANSWER_TONE_QUESTION,
      TRUE },
  };
  g_autofree char *result = result_of (PERSON);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MdgOqsMessage) message = parse (rows[i].validity, result);
      g_autoptr (MdgAnswerView) view = arrange (message, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
      g_autofree char *words = mdg_oqs_code_describe (6, rows[i].validity, MDG_OQS_LANGUAGE_JA);

      g_assert_cmpstr (view->title, ==, rows[i].title);
      g_assert_cmpstr (view->icon, ==, rows[i].icon);
      g_assert_cmpint (view->tone, ==, rows[i].tone);
      g_assert_cmpint (*view->next_step != '\0', ==, rows[i].step);
      if (i < 6)
        g_assert_cmpstr (view->title, ==, words); /* the official ones */
      else
        g_assert_cmpstr (view->notes->pdata[0], ==, "資格有効性: 未定義(7)");
    }
}

static void
test_none_and_several (void)
{
  g_autofree char *one = result_of (PERSON);
  g_autofree char *both = g_strconcat (one, ",", one, NULL);
  g_autoptr (MdgOqsMessage) none = parse ("4", "");
  g_autoptr (MdgOqsMessage) several = parse ("1", both);
  g_autoptr (MdgAnswerView) empty = arrange (none, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  g_autoptr (MdgAnswerView) two = arrange (several, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  g_autofree char *text = mdg_answer_view_to_text (two);
  g_autofree char *nothing = mdg_answer_view_to_text (empty);

  g_assert_cmpuint (empty->coverages->len, ==, 0);
  g_assert_nonnull (strstr (empty->next_step, "登録の遅れ"));
  g_assert_nonnull (strstr (nothing, "失効確認：未実施"));
  g_assert_cmpstr (two->title, ==, "複数該当");
  g_assert_cmpuint (two->coverages->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const MdgAnswerCoverage *coverage = g_ptr_array_index (two->coverages, i);

      g_assert_cmpstr (coverage->heading, ==, i == 0 ? "資格 1／2" : "資格 2／2");
      g_assert_cmpstr (coverage->initials, ==, "試.太.");
      g_assert_cmpuint (coverage->main->len, ==, 14);
    }
  g_assert_nonnull (strstr (text, "\n[資格 2／2]\n"));
}

/* what the answer does not hold is said as that, and copies nothing */
static void
test_gaps (void)
{
  g_autoptr (MdgAnswerView) view =
      arrange_person ("\"InsuredCardClassification\":\"05\",\"InsuredIdentificationNumber\":\"7\","
                      "\"Name\":\"●田　試験\",\"NameKana\":\"ﾚﾝﾀ ｼｹﾝ\","
                      "\"LimitApplicationCertificateRelatedConsFlg\":\"0\"",
                      MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, 0);
  const MdgAnswerFact *symbol = find_fact (coverage->main, "InsuredCardSymbol");
  const MdgAnswerFact *share = find_fact (coverage->main, "share");
  g_autofree char *tsv = mdg_answer_view_to_tsv (view);
  gboolean explained = FALSE;

  g_assert_cmpstr (symbol->value, ==, "記号なし");
  g_assert_cmpstr (symbol->copy, ==, "");
  g_assert_cmpstr (share->value, ==, "回答に含まれません");
  g_assert_cmpstr (share->copy, ==, "");
  g_assert_nonnull (strstr (share->note, "高齢受給者証"));
  /* it changes what is paid, so it is not folded */
  g_assert_nonnull (find_fact (coverage->main, "InsuredCardClassification"));
  g_assert_cmpstr (find_fact (coverage->main, "LimitApplicationCertificateRelatedInfo")->copy, ==,
                   "");
  g_assert_cmpstr (coverage->initials, ==, "レ.シ.");
  g_assert_cmpstr (coverage->birth, ==, "");
  for (guint i = 0; i < coverage->notes->len; i++)
    explained |= strstr (coverage->notes->pdata[i], "●") != NULL;
  g_assert_true (explained);
  g_assert_nonnull (strstr (tsv, "\n記号\t\n"));
  g_assert_nonnull (strstr (tsv, "\n番号\t7\n"));
}

static void
test_text (void)
{
  g_autoptr (MdgAnswerView) view = arrange_person (PERSON, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  g_autofree char *text = mdg_answer_view_to_text (view);
  g_autofree char *tsv = mdg_answer_view_to_tsv (view);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) rows = g_strsplit (tsv, "\n", -1);

  g_assert_true (g_str_has_prefix (lines[0], "資格有効性：有効"));
  g_assert_nonnull (strstr (lines[0], "練習"));
  g_assert_nonnull (strstr (rows[0], "練習"));
  g_assert_nonnull (strstr (text, "\n生年月日：昭和29年1月1日（72歳）\n"));
  g_assert_nonnull (strstr (tsv, "\n生年月日\t昭和29年1月1日\n"));
  g_assert_nonnull (strstr (text, "\n負担割合：2割（高齢受給者証）\n"));
  g_assert_nonnull (strstr (tsv, "\n負担割合\t2割\n"));
  g_assert_true (g_str_has_suffix (text, "\n確認していないこと：失効確認：未実施\n"));
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_nonnull (strstr (lines[i], "："));
  view->practice = FALSE;
  g_free (text);
  text = mdg_answer_view_to_text (view);
  g_assert_true (g_str_has_prefix (text, "資格有効性：有効\n"));
}

/* nothing from outside makes a line, a column, a formula or a text without end */
static void
test_hostile (void)
{
  g_autofree char *long_name = g_strnfill (10240, 'x');
  g_autofree char *fields = g_strdup_printf (
      "\"Name\":\"試\\n資格有効性：有効\\t%s\",\"NameKana\":\"%s\",\"InsurerName\":\"=1+1\\u202e\","
      "\"InsuredIdentificationNumber\":\"%%s%%n\",\"Birthdate\":\"2026\\n1\",\"Sex1\":\"<b>\","
      "\"LimitApplicationCertificateRelatedInfo\":{"
      "\"LimitApplicationCertificateClassificationFlag\":\"\\u009b31m\"}",
      long_name, long_name);

  for (int language = MDG_OQS_LANGUAGE_JA; language <= MDG_OQS_LANGUAGE_EN; language++)
    {
      g_autoptr (MdgAnswerView) view = arrange_person (fields, language, MDG_CALENDAR_ERA);
      const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, 0);
      g_autofree char *text = mdg_answer_view_to_text (view);
      g_autofree char *tsv = mdg_answer_view_to_tsv (view);
      g_auto (GStrv) rows = g_strsplit (tsv, "\n", -1);

      g_assert_cmpint (g_utf8_strlen (coverage->name, -1), <=, 401);
      g_assert_cmpuint (strlen (text), <, 8192);
      g_assert_true (g_str_has_prefix (coverage->name, "試<U+000A>"));
      g_assert_cmpstr (coverage->initials, ==, "試.");
      g_assert_cmpstr (find_fact (coverage->main, "InsuredIdentificationNumber")->copy, ==, "%s%n");
      g_assert_null (strstr (text, "\n資格有効性："));
      g_assert_null (strstr (text, "\xc2\x9b"));
      g_assert_nonnull (strstr (tsv, "\t'=1+1"));
      for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++)
        g_assert_true (strchr (rows[i], '\t') == strrchr (rows[i], '\t'));
    }
}

/* what the desk shows, in the words of the window */
static void
test_of_desk (void)
{
  static const char *const confirmed[] = { "staff-face", "something-new", NULL };
  static const char *const not_confirmed[] = { "revocation", "pin", "key-possession", NULL };
  g_autofree char *result = result_of (PERSON);
  g_autoptr (MdgOqsMessage) message = parse ("1", result);
  g_autoptr (GDateTime) asked = g_date_time_new_utc (2026, 12, 31, 16, 0, 0);
  const MdgDeskAnswer answer = { .message = message,
                                 .method = MDG_DESK_METHOD_VISUAL,
                                 .asked_at = asked,
                                 .confirmed = confirmed,
                                 .not_confirmed = not_confirmed };
  g_autoptr (MdgAnswerView) view =
      mdg_answer_view_new (&answer, MDG_OQS_LANGUAGE_JA, MDG_CALENDAR_ERA);
  const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, 0);

  g_assert_false (view->practice);
  g_assert_cmpuint (view->confirmed->len, ==, 2);
  g_assert_cmpstr (view->confirmed->pdata[0], ==, "目視確認（職員）");
  g_assert_cmpstr (view->confirmed->pdata[1], ==, "something-new");
  g_assert_cmpuint (view->not_confirmed->len, ==, 3);
  g_assert_cmpstr (view->not_confirmed->pdata[0], ==, "失効確認：未実施");
  g_assert_cmpstr (view->not_confirmed->pdata[1], ==, "暗証番号の照合：未実施");
  /* the day is that of the counter: in Japan it is the patient's birthday already */
  g_assert_cmpstr (view->checked_at, ==, "01:00:00");
  g_assert_cmpstr (coverage->birth, ==, "昭和29年1月1日（73歳）");
}

static void
check_person (MdgOqsMessage *message, MdgOqsLanguage language, MdgCalendar calendar)
{
  g_autoptr (MdgAnswerView) view = arrange (message, language, calendar);
  g_autofree char *text = mdg_answer_view_to_text (view);
  g_autofree char *tsv = mdg_answer_view_to_tsv (view);

  g_assert_cmpuint (view->coverages->len, ==, mdg_oqs_message_get_n_results (message));
  g_assert_cmpint (view->verdict, ==, mdg_oqs_message_get_verdict (message));
  g_assert_true (g_utf8_validate (text, -1, NULL) && g_utf8_validate (tsv, -1, NULL));
  if (calendar == MDG_CALENDAR_WESTERN)
    g_assert_false (g_regex_match_simple ("(令和|平成|昭和|大正|Reiwa|Heisei|Showa|Taisho)[0-9元 ]",
                                          text, 0, 0));
  for (guint i = 0; i < view->coverages->len; i++)
    {
      const MdgAnswerCoverage *coverage = g_ptr_array_index (view->coverages, i);

      g_assert_cmpstr (coverage->name, !=, "");
      g_assert_true (g_str_has_suffix (coverage->initials, "."));
      g_assert_null (strstr (coverage->initials, "●"));
      g_assert_nonnull (find_fact (coverage->main, "share"));
      for (guint j = 0; j < coverage->main->len; j++)
        {
          const MdgAnswerFact *fact = g_ptr_array_index (coverage->main, j);

          g_assert_cmpstr (fact->label, !=, NULL);
          g_assert_cmpstr (fact->value, !=, "");
        }
    }
}

static void
test_people (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "people", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (MdgOqsMessage) message = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", name);
      g_assert_true (g_file_get_contents (path, &text, &length, NULL));
      bytes = g_bytes_new (text, length);
      message = mdg_oqs_message_parse_xml (bytes, &error);
      g_assert_no_error (error);
      for (int language = MDG_OQS_LANGUAGE_JA; language <= MDG_OQS_LANGUAGE_EN; language++)
        for (int calendar = MDG_CALENDAR_ERA; calendar <= MDG_CALENDAR_WESTERN; calendar++)
          check_person (message, language, calendar);
      count++;
    }
  g_assert_cmpuint (count, ==, 46);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  /* "C" is never translated, any other locale is, as LANGUAGE says */
  g_setenv ("LANGUAGE", "ja", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("MADOGUCHI_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_assert_cmpint (mdg_desk_language (), ==, MDG_OQS_LANGUAGE_JA);
  g_test_add_func ("/answer-view/order", test_order);
  g_test_add_func ("/answer-view/ticket", test_ticket);
  g_test_add_func ("/answer-view/values", test_values);
  g_test_add_func ("/answer-view/calendars", test_calendars);
  g_test_add_func ("/answer-view/verdicts", test_verdicts);
  g_test_add_func ("/answer-view/none-and-several", test_none_and_several);
  g_test_add_func ("/answer-view/gaps", test_gaps);
  g_test_add_func ("/answer-view/text", test_text);
  g_test_add_func ("/answer-view/hostile", test_hostile);
  g_test_add_func ("/answer-view/of-desk", test_of_desk);
  g_test_add_func ("/answer-view/people", test_people);
  return g_test_run ();
}
