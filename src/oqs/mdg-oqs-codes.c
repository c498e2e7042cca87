/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The code tables of OQS messages (別紙5-1 OQSCD001 to 044, reference/domain.md 2.5), each once.
 * Tables whose values are not public are empty. New values appear over time, so an unknown one is
 * shown as it came and never refused. */
#include "config.h"

#include "mdg-oqs-codes.h"

#define LAST_TABLE 44

typedef struct
{
  guint table;
  const char *value;
  const char *ja;
  const char *en;
} Code;

/* in the order of the tables: list_values() relies on it */
/* clang-format off */
static const Code codes[] = {
  /* 001 限度額同意フラグ */
  { 1, "0", "未同意", "no consent" },
  { 1, "1", "同意", "consent" },
  /* 002 照会区分 */
  { 2, "1", "マイナンバーカード", "My Number Card" },
  { 2, "2", "被保険者証情報", "insurance numbers" },
  /* 003 処理結果区分 */
  { 3, "1", "正常終了", "completed" },
  { 3, "2", "処理中", "in progress" },
  { 3, "9", "異常終了", "failed" },
  /* 004 処理結果状況 */
  { 4, "1", "正常終了", "completed" },
  { 4, "2", "エラー", "error" },
  /* 005 文字コード識別 */
  { 5, "0", "UTF-8", "UTF-8" },
  { 5, "1", "Shift_JIS", "Shift_JIS" },
  /* 006 資格有効性 */
  { 6, "1", "有効", "valid" },
  { 6, "2", "無効", "not valid on that day" },
  { 6, "3", "無効（新しい資格あり）", "not valid (there is a newer insurance)" },
  { 6, "4", "該当資格なし", "no matching insurance" },
  { 6, "5", "複数該当", "several match" },
  { 6, "6", "有効（未登録）", "valid (not registered)" },
  /* 007 性別 */
  { 7, "1", "男", "male" },
  { 7, "2", "女", "female" },
  { 7, "3", "未設定", "not set" },
  /* 008 資格喪失事由 */
  { 8, "01", "死亡", "death" },
  { 8, "02", "生活保護受給開始", "public assistance began" },
  { 8, "03", "医療保険等の資格取得", "joined another insurance" },
  { 8, "99", "その他", "other" },
  /* 009 本人・家族 */
  { 9, "1", "本人", "insured person" },
  { 9, "2", "家族", "family member" },
  /* 010 被保険者証区分 */
  { 10, "01", "一般", "general" },
  { 10, "02", "退職", "retired" },
  { 10, "03", "短期（一般）", "short-term (general)" },
  { 10, "04", "短期（退職）", "short-term (retired)" },
  { 10, "05", "資格証明書／特別療養費支給対象者", "certificate of eligibility / special medical expenses" },
  { 10, "06", "特例退職", "special retired" },
  { 10, "07", "自衛官", "Self-Defense Forces" },
  { 10, "A1", "医療扶助", "medical assistance" },
  /* 011 限度額適用認定証区分 */
  { 11, "01", "限度額適用認定証", "limit certificate" },
  { 11, "02", "限度額適用・標準負担額減額認定証", "limit and reduced meal charge certificate" },
  { 11, "03", "標準負担額減額認定証", "reduced meal charge certificate" },
  /* 012 適用区分 */
  { 12, "A01", "ア", "category ア" },
  { 12, "A02", "イ", "category イ" },
  { 12, "A03", "ウ", "category ウ" },
  { 12, "A04", "エ", "category エ" },
  { 12, "A05", "オ", "category オ" },
  { 12, "A06", "オ（境）", "category オ (border case)" },
  { 12, "B01", "現役並みⅢ", "active income III" },
  { 12, "B02", "現役並みⅡ", "active income II" },
  { 12, "B03", "現役並みⅠ", "active income I" },
  { 12, "B04", "一般", "general" },
  { 12, "B05", "低所得Ⅱ", "low income II" },
  { 12, "B06", "低所得Ⅰ", "low income I" },
  { 12, "B07", "低所得Ⅰ（老福）", "low income I (old-age welfare pension)" },
  { 12, "B08", "低所得Ⅰ（境）", "low income I (border case)" },
  { 12, "B09", "一般Ⅱ", "general II" },
  { 12, "B10", "一般Ⅰ", "general I" },
  /* 013 特定疾病 */
  { 13, "1", "人工透析を必要とする慢性腎不全", "chronic kidney failure with dialysis" },
  { 13, "2", "先天性血液凝固因子障害（第VIII因子障害又は第IX因子障害）", "congenital coagulation factor disorder (factor VIII or IX)" },
  { 13, "3", "血液凝固因子製剤に起因するHIV感染症", "HIV infection caused by blood products" },
  /* 014 限度額適用認定証変更有無 */
  { 14, "0", "変更なし", "unchanged" },
  { 14, "1", "変更あり／判定不能", "changed, or cannot be told" },
  /* 015 未就学区分 */
  { 15, "1", "未就学該当", "preschool child" },
  /* 016 同意区分 */
  { 16, "0", "同意なし", "no consent" },
  { 16, "1", "同意あり", "consent" },
  { 16, "2", "有効期限切れ", "consent expired" },
  { 16, "3", "取得困難", "consent cannot be had" },
  /* 017 処方箋発行形態 */
  { 17, "1", "電子処方箋", "electronic prescription" },
  { 17, "2", "紙の処方箋", "paper prescription" },
  /* 018 医療券・調剤券 */
  { 18, "01", "医療券", "medical ticket" },
  { 18, "02", "調剤券", "dispensing ticket" },
  /* 019 診療別 */
  { 19, "01", "入院", "inpatient" },
  { 19, "02", "入院外", "outpatient" },
  { 19, "03", "歯科", "dental" },
  { 19, "04", "調剤", "dispensing" },
  { 19, "05", "訪問看護", "home nursing" },
  /* 020 単独・併用 */
  { 20, "01", "単独", "alone" },
  { 20, "02", "併用", "combined" },
  /* 021 社会保険状況 */
  { 21, "01", "あり", "yes" },
  { 21, "02", "なし", "no" },
  /* 022 整合性フラグ */
  { 22, "1", "不整合あり", "inconsistent" },
  /* 023 感染症 */
  { 23, "01", "あり", "yes" },
  { 23, "02", "なし", "no" },
  /* 024 後期高齢者医療 */
  { 24, "01", "あり", "yes" },
  { 24, "02", "なし", "no" },
  /* 025 都道府県費 */
  { 25, "01", "あり", "yes" },
  { 25, "02", "なし", "no" },
  /* 026 指定医療機関フラグ */
  { 26, "0", "一致", "the same" },
  { 26, "1", "不一致", "different" },
  /* 028 診療区分 */
  { 28, "1", "外来", "outpatient" },
  { 28, "2", "訪問診療等", "home visit" },
  { 28, "3", "オンライン診療等", "online" },
  { 28, "4", "救急時", "emergency" },
  /* 032 資格情報変更確認 */
  { 32, "0", "一致", "the same" },
  { 32, "1", "不一致", "different" },
  /* 041 二要素認証：種類 */
  { 41, "1", "記憶", "something known" },
  { 41, "2", "生体", "something the body has" },
  { 41, "3", "物理", "something held" },
  /* 042 二要素認証：手段. Its numbers start anew for each kind: written as kind/number */
  { 42, "1/01", "ID・パスワード", "user id and password" },
  { 42, "1/02", "PIN", "PIN" },
  { 42, "1/03", "秘密の質問", "secret question" },
  { 42, "2/01", "指紋", "fingerprint" },
  { 42, "2/02", "顔", "face" },
  { 42, "2/03", "音声", "voice" },
  { 42, "2/04", "静脈", "veins" },
  { 42, "2/05", "虹彩", "iris" },
  { 42, "3/01", "ICカード", "IC card" },
  { 42, "3/02", "OTP", "one-time password" },
  { 42, "3/03", "その他", "other" },
  /* 044 連携システム */
  { 44, "01", "医療費助成", "medical expense subsidy" },
  { 44, "2", "母子保健", "maternal and child health" },
  { 44, "4", "予防接種", "vaccination" },
  { 44, "8", "介護保険", "long-term care insurance" },
};
/* clang-format on */

static const Code *
look_up (guint table, const char *value)
{
  for (gsize i = 0; value != NULL && i < G_N_ELEMENTS (codes); i++)
    if (codes[i].table == table && g_str_equal (codes[i].value, value))
      return &codes[i];
  return NULL;
}

static gpointer
list_values (gpointer data)
{
  /* one run of values and a NULL per table */
  const char **values = g_new0 (const char *, G_N_ELEMENTS (codes) + LAST_TABLE + 1);
  const char ***tables = g_new0 (const char **, LAST_TABLE + 1);
  gsize next = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      guint table = codes[i].table;

      if (tables[table] == NULL)
        {
          next += i > 0 ? 1 : 0;
          tables[table] = &values[next];
        }
      values[next++] = codes[i].value;
    }
  return tables;
}

/**
 * mdg_oqs_code_values:
 * @table: the number of a table, 6 for OQSCD006
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): its values, NULL where the table
 *   is not known
 */
const char *const *
mdg_oqs_code_values (guint table)
{
  static GOnce once = G_ONCE_INIT;
  const char *const *const *tables = g_once (&once, list_values, NULL);

  return table <= LAST_TABLE ? tables[table] : NULL;
}

/**
 * mdg_oqs_code_is_known:
 * @table: the number of a table
 * @value: (nullable): a value
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: whether the table has the value
 */
gboolean
mdg_oqs_code_is_known (guint table, const char *value)
{
  return look_up (table, value) != NULL;
}

/**
 * mdg_oqs_code_describe:
 * @table: the number of a table
 * @value: (nullable): a value
 * @language: the official words, or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the words; an unknown value comes out raw, "未定義(xx)"
 */
char *
mdg_oqs_code_describe (guint table, const char *value, MdgOqsLanguage language)
{
  const Code *code = look_up (table, value);

  if (code != NULL)
    return g_strdup (language == MDG_OQS_LANGUAGE_JA ? code->ja : code->en);
  return g_strdup_printf (language == MDG_OQS_LANGUAGE_JA ? "未定義(%s)" : "undefined (%s)",
                          value != NULL ? value : "");
}
