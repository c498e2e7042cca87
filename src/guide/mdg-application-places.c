/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 都道府県コード and 点数表コード, as a form's boxes want them beside their numbers. Japanese in
 * every language: they are read on the paper. */
#include "config.h"

#include "mdg-application-form.h"

/* JIS X 0401, which 医療機関コード begins with (reference/domain.md 3.1) */
static const char *const prefectures[] = {
  "",       "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県",   "福島県",
  "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県",
  "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",   "愛知県",
  "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県",
  "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県",   "高知県",
  "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
};

/* reference/domain.md 3.1 */
static const char *const points_tables[] = {
  "", "医科", "非保険健診施設", "歯科", "調剤", "", "訪問看護",
};

/**
 * mdg_prefecture_name:
 * @number: the first two digits of a 医療機関コード
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): its name, Japanese; "" where there is none
 */
const char *
mdg_prefecture_name (guint number)
{
  return number < G_N_ELEMENTS (prefectures) ? prefectures[number] : "";
}

/**
 * mdg_points_table_name:
 * @number: the third digit of a 医療機関コード
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): its name, Japanese; "" where there is none
 */
const char *
mdg_points_table_name (guint number)
{
  return number < G_N_ELEMENTS (points_tables) ? points_tables[number] : "";
}
