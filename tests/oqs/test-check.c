/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "mdg-oqs-check.h"

#define FULL_DIGITS "１３１９９９９０１５"

typedef MdgOqsCheck (*Check) (const char *text, char **normal, MdgOqsReason *reason);

typedef struct
{
  const char *text;
  MdgOqsCheck check;
  MdgOqsReason reason;
  const char *normal;
} Row;

static void
run_rows (Check check, const Row *rows, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      g_autofree char *normal = NULL;
      MdgOqsReason reason = 99;
      MdgOqsCheck found = check (rows[i].text, &normal, &reason);

      g_autofree char *shown = g_strescape (rows[i].text != NULL ? rows[i].text : "", NULL);

      g_test_message ("%s", shown);
      g_assert_cmpint (found, ==, rows[i].check);
      g_assert_cmpint (reason, ==, rows[i].reason);
      g_assert_cmpstr (normal, ==, rows[i].normal);
      g_assert_cmpint (check (rows[i].text, NULL, NULL), ==, rows[i].check);
    }
}

static void
test_luhn (void)
{
  /* published examples, and synthetic numbers */
  const char *good[] = { "33120015",   "54016027",   "0110113719", "1319999015",
                         "1349999027", "1339999037", "01999994",   "06999999",
                         "31999998",   "39999990",   "999995" };
  const char *bad[] = { "1312345678", "33120016", "33120051",        "1",
                        "",           "3312001a", "３３１２００１５" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mdg_oqs_luhn (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mdg_oqs_luhn (bad[i]));
  g_assert_false (mdg_oqs_luhn (NULL));
}

static void
test_institution (void)
{
  const Row rows[] = {
    { "1319999015", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "1319999015" },
    { FULL_DIGITS, MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "1319999015" },
    { " 13-1ー99・9901.5 ", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "1319999015" },
    { "1319999016", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_CHECK_DIGIT, "1319999016" },
    { "9919900770", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_PREFECTURE, "9919900770" },
    { "1359943212", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_KIND, "1359943212" },
    { "131999901", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "13199990155", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "13199990O5", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { "一三一九", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { "1319999\xff", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { " 　", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, NULL },
    { NULL, MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, NULL },
  };

  run_rows (mdg_oqs_check_institution_code, rows, G_N_ELEMENTS (rows));
}

static void
test_insurer (void)
{
  const Row rows[] = {
    { "33120015", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "33120015" },
    { "54016027", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "54016027" },
    { "06999999", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_PREFECTURE, "06999999" },
    { "  999995", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_PREFECTURE, "999995" },
    { "00999995", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_PREFECTURE, "999995" },
    { "05997010", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_KIND, "05997010" },
    { "33120016", MDG_OQS_CHECK_WARN, MDG_OQS_REASON_CHECK_DIGIT, "33120016" },
    { "3312001", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "1234", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "法別33120015", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { "", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, NULL },
  };

  run_rows (mdg_oqs_check_insurer_number, rows, G_N_ELEMENTS (rows));
}

static void
test_symbol (void)
{
  const Row rows[] = {
    { "練習-１２", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "練習-１２" },
    { "　練習 １２ ", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "練習 １２" },
    { "", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "" },
    { NULL, MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "" },
    { "一二三四五六七八九十一二三四五六七八九十", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE,
      "一二三四五六七八九十一二三四五六七八九十" },
    { "123456789012345678901", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "12\n34", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { "12\xe2\x80\xae"
      "34",
      MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { "12\xff", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
  };
  const Row numbers[] = {
    { "000123", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "000123" },
    { " ", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, NULL },
  };

  run_rows (mdg_oqs_check_symbol, rows, G_N_ELEMENTS (rows));
  run_rows (mdg_oqs_check_insured_number, numbers, G_N_ELEMENTS (numbers));
}

static void
test_fixed (void)
{
  const Row branches[] = {
    { "01", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "01" },
    { "１", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "01" },
    { "001", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "0a", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
    { "", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_EMPTY, NULL },
  };
  const Row codes[] = {
    { "１２３４-5678 9012", MDG_OQS_CHECK_OK, MDG_OQS_REASON_NONE, "123456789012" },
    { "12345678901", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "1234567890123", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_LENGTH, NULL },
    { "12345678901x", MDG_OQS_CHECK_BAD, MDG_OQS_REASON_CHARACTERS, NULL },
  };

  run_rows (mdg_oqs_check_branch_number, branches, G_N_ELEMENTS (branches));
  run_rows (mdg_oqs_check_activation_code, codes, G_N_ELEMENTS (codes));
}

static void
test_date (void)
{
  const struct
  {
    const char *text;
    const char *normal;
  } rows[] = {
    { "20261122", "20261122" },
    { "２０２６１１２２", "20261122" },
    { "2026-11-22", "20261122" },
    { "2026/1/2", "20260102" },
    { "2026.11.22", "20261122" },
    { "2026年11月22日", "20261122" },
    { "令和8年11月22日", "20261122" },
    { "令和 ８年 11月　22日", "20261122" },
    { "R8.11.22", "20261122" },
    { "r08/11/22", "20261122" },
    { "R.8.11.22", "20261122" },
    { "Ｓ６０－３－３", "19850303" },
    { "令和元年5月1日", "20190501" },
    { "令和1年5月1日", "20190501" },
    { "平成元年1月8日", "19890108" },
    { "平成31年4月30日", "20190430" },
    { "昭和64年1月7日", "19890107" },
    { "昭和元年12月25日", "19261225" },
    { "大正15年12月24日", "19261224" },
    { "大正元年7月30日", "19120730" },
    { "明治45年7月29日", "19120729" },
    { "昭和二十五年十月五日", "19501005" },
    { "平成十年十月三十一日", "19981031" },
    { "H元.1.8", "19890108" },
    { "平成31年5月1日", NULL },
    { "昭和64年1月8日", NULL },
    { "令和元年4月30日", NULL },
    { "平成元年1月7日", NULL },
    { "大正15年12月25日", NULL },
    { "昭和25年2月29日", NULL },
    { "令和0年1月1日", NULL },
    { "令和8年元月1日", NULL },
    { "令和8年11月", NULL },
    { "令和8年11月22日。", NULL },
    { "令和8/11-22", NULL },
    { "令和", NULL },
    { "R", NULL },
    { "20230229", NULL },
    { "20261301", NULL },
    { "19500500", NULL },
    { "2026112", NULL },
    { "202611221", NULL },
    { "8年11月22日", NULL },
    { "R00000000000000000000000000000000008.11.22", NULL },
    { "昭和十十年1月1日", NULL },
    { "x", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *normal = NULL;
      MdgOqsReason reason;
      MdgOqsCheck check = mdg_oqs_check_date (rows[i].text, &normal, &reason);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (normal, ==, rows[i].normal);
      g_assert_cmpint (check, ==, rows[i].normal != NULL ? MDG_OQS_CHECK_OK : MDG_OQS_CHECK_BAD);
      g_assert_cmpint (reason, ==,
                       rows[i].normal != NULL ? MDG_OQS_REASON_NONE : MDG_OQS_REASON_DATE);
    }
}

static void
test_birth_date (void)
{
  GDate today;
  MdgOqsReason reason;
  g_autofree char *normal = NULL;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, 11, 2026);
  g_assert_cmpint (mdg_oqs_check_birth_date ("令和8年11月22日", &today, &normal, &reason), ==,
                   MDG_OQS_CHECK_OK);
  g_assert_cmpstr (normal, ==, "20261122");
  g_clear_pointer (&normal, g_free);
  g_assert_cmpint (mdg_oqs_check_birth_date ("令和8年11月23日", &today, &normal, &reason), ==,
                   MDG_OQS_CHECK_BAD);
  g_assert_cmpint (reason, ==, MDG_OQS_REASON_RANGE);
  g_assert_null (normal);
  g_assert_cmpint (mdg_oqs_check_birth_date ("18671231", &today, NULL, &reason), ==,
                   MDG_OQS_CHECK_BAD);
  g_assert_cmpint (reason, ==, MDG_OQS_REASON_RANGE);
  g_assert_cmpint (mdg_oqs_check_birth_date (NULL, &today, NULL, &reason), ==, MDG_OQS_CHECK_BAD);
  g_assert_cmpint (reason, ==, MDG_OQS_REASON_EMPTY);

  g_assert_cmpint (mdg_oqs_age ("20260101", &today), ==, 0);
  g_assert_cmpint (mdg_oqs_age ("19501122", &today), ==, 76);
  g_assert_cmpint (mdg_oqs_age ("19501123", &today), ==, 75);
  g_assert_cmpint (mdg_oqs_age ("19501200", &today), ==, -1);
  g_assert_cmpint (mdg_oqs_age ("20261123", &today), ==, -1);
  g_assert_cmpint (mdg_oqs_age (NULL, &today), ==, -1);
}

static void
assert_describe (const char *text, const char *ja, const char *en)
{
  g_autofree char *in_ja = mdg_oqs_date_describe (text, MDG_OQS_LANGUAGE_JA);
  g_autofree char *in_en = mdg_oqs_date_describe (text, MDG_OQS_LANGUAGE_EN);

  g_assert_cmpstr (in_ja, ==, ja);
  g_assert_cmpstr (in_en, ==, en);
}

static void
assert_western (const char *text, const char *ja, const char *en)
{
  g_autofree char *in_ja =
      mdg_oqs_date_describe_in (text, MDG_OQS_LANGUAGE_JA, MDG_OQS_CALENDAR_WESTERN);
  g_autofree char *in_en =
      mdg_oqs_date_describe_in (text, MDG_OQS_LANGUAGE_EN, MDG_OQS_CALENDAR_WESTERN);

  g_assert_cmpstr (in_ja, ==, ja);
  g_assert_cmpstr (in_en, ==, en);
}

static void
test_describe (void)
{
  assert_describe ("20261122", "令和8年11月22日", "22 November 2026 (Reiwa 8)");
  assert_describe ("20190501", "令和元年5月1日", "1 May 2019 (Reiwa 1)");
  assert_describe ("20190430", "平成31年4月30日", "30 April 2019 (Heisei 31)");
  assert_describe ("18670101", "1867年1月1日", "1 January 1867");
  assert_describe ("99991231", "9999年12月31日", "31 December 9999");
  assert_describe ("19500500", "19500500", "19500500");
  assert_describe ("", "", "");
  assert_describe (NULL, "", "");
  assert_western ("20261122", "2026年11月22日", "22 November 2026");
  assert_western ("20190501", "2019年5月1日", "1 May 2019");
  assert_western ("18670101", "1867年1月1日", "1 January 1867");
  assert_western ("2026", "2026", "2026");
  assert_western (NULL, "", "");
  for (int i = MDG_OQS_REASON_NONE; i <= MDG_OQS_REASON_RANGE; i++)
    {
      g_assert_cmpuint (g_utf8_strlen (mdg_oqs_reason_describe (i, MDG_OQS_LANGUAGE_JA), -1), >, 5);
      g_assert_true (g_str_is_ascii (mdg_oqs_reason_describe (i, MDG_OQS_LANGUAGE_EN)));
    }
}

static void
test_keys (void)
{
  const struct
  {
    char *(*key) (const char *text);
    const char *text;
    const char *expected;
  } rows[] = {
    { mdg_oqs_fold_width, "ＡＢｃ１２－３４　（ア）ー", "ABc12-34 (ア)ー" },
    { mdg_oqs_fold_digits, "１２ー３４−５６ 78", "12345678" },
    { mdg_oqs_symbol_key, " 練習−０１ ﾐﾎﾝ", "練習-01ミホン" },
    { mdg_oqs_compare_key, "００１２３", "123" },
    { mdg_oqs_compare_key, "000", "0" },
    { mdg_oqs_compare_key, "", "" },
    { mdg_oqs_compare_key, NULL, "" },
    { mdg_oqs_kana_wide, "ｼｹﾝ ﾊﾟﾋﾞｳﾞﾜﾞｱﾞﾟ", "シケン　パビヴヷア゛゜" },
    { mdg_oqs_kana_key, "しけん ﾀﾛｳ", "シケンタロウ" },
    { mdg_oqs_pad_insurer_number, "999995", "  999995" },
    { mdg_oqs_pad_insurer_number, " 06999999", "06999999" },
    { mdg_oqs_trim_insurer_number, "　 999995 ", "999995" },
    { mdg_oqs_trim_insurer_number, " 　", "" },
    { mdg_oqs_fold_width, "a\xff", "a\xef\xbf\xbd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = rows[i].key (rows[i].text);
      g_assert_cmpstr (found, ==, rows[i].expected);
    }
  g_assert_true (mdg_oqs_has_unwritable ("●田　試験"));
  g_assert_true (mdg_oqs_has_unwritable ("〓"));
  g_assert_true (mdg_oqs_has_unwritable ("架空\xee\x80\x80"));
  g_assert_false (mdg_oqs_has_unwritable ("髙﨑　試験"));
  g_assert_false (mdg_oqs_has_unwritable (NULL));
}

static void
test_contribution (void)
{
  g_assert_cmpint (mdg_oqs_contribution_tenths ("030"), ==, 3);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("010"), ==, 1);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("000"), ==, 0);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("100"), ==, 10);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("015"), ==, -1);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("110"), ==, -1);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("0300"), ==, -1);
  g_assert_cmpint (mdg_oqs_contribution_tenths ("3割"), ==, -1);
  g_assert_cmpint (mdg_oqs_contribution_tenths (""), ==, -1);
  g_assert_cmpint (mdg_oqs_contribution_tenths (NULL), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oqs/check/luhn", test_luhn);
  g_test_add_func ("/oqs/check/institution", test_institution);
  g_test_add_func ("/oqs/check/insurer", test_insurer);
  g_test_add_func ("/oqs/check/symbol", test_symbol);
  g_test_add_func ("/oqs/check/fixed", test_fixed);
  g_test_add_func ("/oqs/check/date", test_date);
  g_test_add_func ("/oqs/check/birth-date", test_birth_date);
  g_test_add_func ("/oqs/check/describe", test_describe);
  g_test_add_func ("/oqs/check/keys", test_keys);
  g_test_add_func ("/oqs/check/contribution", test_contribution);
  return g_test_run ();
}
