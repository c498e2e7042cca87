/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "mdg-oqs-summary.h"

#define HEADER "\"MessageHeader\":{\"SegmentOfResult\":\"1\"}"

static GPtrArray *
summarise (const char *validity, const char *body, MdgOqsLanguage language)
{
  g_autofree char *text =
      g_strdup_printf ("{\"XmlMsg\":{" HEADER ",\"MessageBody\":{\"ProcessingResultStatus\":\"1\","
                       "\"QualificationValidity\":\"%s\"%s}}}",
                       validity, body);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_json (bytes, &error);
  GDate today;

  g_assert_no_error (error);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, 11, 2026);
  return mdg_oqs_summary_new (message, &today, language);
}

static const char *
value_of (GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (((MdgOqsLine *) lines->pdata[i])->label, label))
      return ((MdgOqsLine *) lines->pdata[i])->value;
  return NULL;
}

static gboolean
has_note (GPtrArray *lines, const char *part)
{
  for (guint i = 0; i < lines->len; i++)
    {
      MdgOqsLine *line = lines->pdata[i];
      if (line->kind == MDG_OQS_LINE_NOTE && strstr (line->value, part) != NULL)
        return TRUE;
    }
  return FALSE;
}

#define PERSON                                                                                          \
  "{\"ResultOfQualificationConfirmation\":{\"InsuredCardClassification\":\"01\","                       \
  "\"InsurerNumber\":\"  999995\",\"InsuredIdentificationNumber\":\"000123\","                          \
  "\"InsuredBranchNumber\":\"01\",\"PersonalFamilyClassification\":\"2\",\"Name\":\"●田　試験\"," \
  "\"NameKana\":\"ﾚﾝｼｭｳ ﾀﾛｳ\",\"Sex1\":\"9\",\"Birthdate\":\"19540101\","               \
  "\"LimitApplicationCertificateRelatedInfo\":{"                                                        \
  "\"LimitApplicationCertificateClassification\":\"02\","                                               \
  "\"LimitApplicationCertificateClassificationFlag\":\"B05\"},"                                         \
  "\"ElderlyRecipientCertificateInfo\":{\"ElderlyRecipientContributionRatio\":\"020\","                 \
  "\"ElderlyRecipientValidEndDate\":\"20270731\"}}}"

static void
test_valid (void)
{
  g_autoptr (GPtrArray) lines =
      summarise ("1", ",\"ProcessingResultMessage\":\"練習のお知らせ\",\"ResultList\":[" PERSON "]",
                 MDG_OQS_LANGUAGE_JA);
  MdgOqsLine *first = lines->pdata[0];

  g_assert_cmpint (first->kind, ==, MDG_OQS_LINE_VERDICT);
  g_assert_cmpstr (first->value, ==, "有効");
  g_assert_null (value_of (lines, "次にすること"));
  g_assert_true (has_note (lines, "練習のお知らせ"));
  g_assert_true (has_note (lines, "●"));
  g_assert_true (has_note (lines, "「保険者名称」がありません"));
  g_assert_false (has_note (lines, "「氏名」がありません"));
  g_assert_cmpstr (value_of (lines, "氏名カナ"), ==, "レンシュウ　タロウ");
  g_assert_cmpstr (value_of (lines, "生年月日"), ==, "昭和29年1月1日（72歳）");
  g_assert_cmpstr (value_of (lines, "性別"), ==, "未定義(9)");
  g_assert_cmpstr (value_of (lines, "保険者番号"), ==, "999995");
  g_assert_cmpstr (value_of (lines, "記号・番号・枝番"), ==, "記号なし・000123（枝番 01）");
  g_assert_cmpstr (value_of (lines, "負担割合"), ==, "2割（高齢受給者証）");
  g_assert_cmpstr (value_of (lines, "限度額適用認定証適用区分"), ==, "低所得Ⅱ");
  g_assert_cmpstr (value_of (lines, "高齢受給者証の有効期間"), ==, "令和9年7月31日まで");
}

static void
test_english (void)
{
  g_autoptr (GPtrArray) lines =
      summarise ("1", ",\"ResultList\":[" PERSON "]", MDG_OQS_LANGUAGE_EN);

  g_assert_cmpstr (value_of (lines, "Validity"), ==, "Valid");
  g_assert_cmpstr (value_of (lines, "Date of birth"), ==,
                   "1 January 1954 (Showa 29), 72 years old");
  g_assert_cmpstr (value_of (lines, "Patient's share"), ==, "20% (elderly certificate)");
}

/* an answer that is not "valid" says what to do and calls nobody uninsured */
static void
test_other_verdicts (void)
{
  for (int verdict = MDG_OQS_VERDICT_ERROR; verdict <= MDG_OQS_VERDICT_UNREGISTERED; verdict++)
    for (int language = MDG_OQS_LANGUAGE_JA; language <= MDG_OQS_LANGUAGE_EN; language++)
      {
        const char *words = mdg_oqs_verdict_describe (verdict, language);
        const char *step = mdg_oqs_verdict_next_step (verdict, language);
        const char *title = mdg_oqs_verdict_title (verdict, language);
        const char *meaning = mdg_oqs_verdict_meaning (verdict, language);

        g_assert_cmpuint (strlen (words), >, 0);
        g_assert_cmpuint (strlen (title), >, 0);
        /* a title is no sentence, what it means is one */
        g_assert_false (g_str_has_suffix (title, "。") || g_str_has_suffix (title, "."));
        g_assert_true (meaning == NULL || g_str_has_suffix (meaning, "。") ||
                       g_str_has_suffix (meaning, "."));
        g_assert_true ((step == NULL) == (verdict == MDG_OQS_VERDICT_VALID));
        for (int i = 0; i < 4; i++)
          {
            const char *const texts[] = { words, step, title, meaning };
            const char *text = texts[i] != NULL ? texts[i] : "";
            g_assert_null (strstr (text, "無保険"));
            g_assert_null (strstr (text, "未加入"));
            g_assert_null (strstr (text, "ninsured"));
            g_assert_true (g_utf8_validate (text, -1, NULL));
          }
      }
}

static void
test_none (void)
{
  g_autoptr (GPtrArray) lines = summarise ("4", "", MDG_OQS_LANGUAGE_JA);
  g_autoptr (GPtrArray) odd = summarise ("8", "", MDG_OQS_LANGUAGE_JA);

  g_assert_cmpstr (value_of (lines, "資格有効性"), ==, "該当する資格が見つかりませんでした");
  g_assert_nonnull (strstr (value_of (lines, "次にすること"), "登録の遅れ"));
  g_assert_cmpuint (lines->len, ==, 2);
  /* an unknown validity is shown raw, beside the verdict that nothing is known */
  g_assert_cmpstr (((MdgOqsLine *) odd->pdata[2])->value, ==, "未定義(8)");
}

static void
test_several (void)
{
  g_autoptr (GPtrArray) lines =
      summarise ("1", ",\"ResultList\":[" PERSON "," PERSON "]", MDG_OQS_LANGUAGE_JA);

  g_assert_nonnull (strstr (value_of (lines, "資格有効性"), "複数"));
  g_assert_nonnull (value_of (lines, "資格 1／2"));
  g_assert_nonnull (value_of (lines, "資格 2／2"));
}

/* every line says what it is about, and has a bare value; in parts nothing is joined */
static void
test_parts (void)
{
  g_autofree char *text = g_strdup ("{\"XmlMsg\":{" HEADER ",\"MessageBody\":{"
                                    "\"ProcessingResultStatus\":\"1\",\"QualificationValidity\":"
                                    "\"1\",\"ResultList\":[" PERSON "]}}}");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (MdgOqsMessage) message = mdg_oqs_message_parse_json (bytes, NULL);
  const MdgOqsSummaryOptions options = { .calendar = MDG_OQS_CALENDAR_WESTERN, .parts = TRUE };
  g_autoptr (GPtrArray) lines = mdg_oqs_summary_new_full (message, &options);

  for (guint i = 0; i < lines->len; i++)
    {
      const MdgOqsLine *line = lines->pdata[i];

      g_assert_nonnull (line->id);
      g_assert_nonnull (line->bare);
      g_assert_cmpstr (line->label, !=, NULL);
      g_assert_true ((line->section == MDG_OQS_SECTION_HEAD) == (i == 0));
    }
  g_assert_cmpstr (value_of (lines, "記号"), ==, "記号なし");
  g_assert_cmpstr (value_of (lines, "番号"), ==, "000123");
  g_assert_cmpstr (value_of (lines, "負担割合"), ==, "2割");
  g_assert_cmpstr (value_of (lines, "限度額区分"), ==, "低所得Ⅱ");
  g_assert_cmpstr (value_of (lines, "高齢受給者証の有効期間"), ==, "2027年7月31日まで");
  /* no age where no day is told */
  g_assert_cmpstr (value_of (lines, "生年月日"), ==, "1954年1月1日");
}

static void
test_display (void)
{
  const struct
  {
    const char *text, *shown;
  } rows[] = {
    { "試験\n氏名：別人", "試験<U+000A>氏名：別人" },
    { "\x1b[31m", "<U+001B>[31m" },
    { "試\xe2\x80\xae験", "試<U+202E>験" },
    { "試\xe2\x80\x8b験", "試<U+200B>験" },
    { "試\xe2\x80\xa8験", "試<U+2028>験" },
    { "<b>試験　%s</b>", "<b>試験　%s</b>" },
    { "\xff", "\xef\xbf\xbd" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = mdg_oqs_text_for_display (rows[i].text);
      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oqs/summary/valid", test_valid);
  g_test_add_func ("/oqs/summary/english", test_english);
  g_test_add_func ("/oqs/summary/other-verdicts", test_other_verdicts);
  g_test_add_func ("/oqs/summary/none", test_none);
  g_test_add_func ("/oqs/summary/several", test_several);
  g_test_add_func ("/oqs/summary/parts", test_parts);
  g_test_add_func ("/oqs/summary/display", test_display);
  return g_test_run ();
}
