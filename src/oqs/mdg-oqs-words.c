/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words for a verdict and for what to do next. 該当なし is often a slip or a delay
 * (reference/domain.md 1.6), so no sentence here calls anybody uninsured, and an answer that did
 * not come is never worded as one. */
#include "config.h"

#include "mdg-oqs-summary.h"

typedef struct
{
  const char *words[2]; /* by MdgOqsLanguage */
  const char *step[2];
  const char *title[2];
  const char *meaning[2];
} Words;

/* the order of papers: reference/domain.md 1.6 */
#define PAPERS_JA                                                                                                                              \
  "マイナポータルの画面、マイナポータルのPDF、資格情報のお知らせ（カードと一緒に）、資格確認書、" \
  "被保険者資格申立書の順にお確かめください。"
#define PAPERS_EN                                                                                  \
  "ask for the Mynaportal screen, its PDF, the notice of eligibility (with the card), the "        \
  "eligibility certificate, or the declaration of eligibility, in this order."

static const Words verdicts[] = {
  [MDG_OQS_VERDICT_ERROR] = { { "確認できませんでした（資格についてはまだ何もわかりません）",
                                "Could not be confirmed (nothing is known about the insurance "
                                "yet)" },
                              { "お知らせの内容を確かめ、もう一度照会してください。続くときは"
                                "、" PAPERS_JA,
                                "Read the message and ask again. If that does not "
                                "help, " PAPERS_EN },
                              { "確認できませんでした", "Could not be confirmed" },
                              { "資格についてはまだ何もわかりません。",
                                "Nothing is known about the insurance yet." } },
  [MDG_OQS_VERDICT_PROCESSING] = { { "処理中（回答はまだ出ていません）",
                                     "In progress (there is no answer yet)" },
                                   { "しばらく待ってから、もう一度照会してください。",
                                     "Wait a moment and ask again." },
                                   { "処理中", "In progress" },
                                   { "回答はまだ出ていません。", "There is no answer yet." } },
  [MDG_OQS_VERDICT_VALID] = { { "有効", "Valid" },
                              { NULL, NULL },
                              { "有効", "Valid" },
                              { NULL, NULL } },
  [MDG_OQS_VERDICT_INVALID] = { { "無効（この資格は確認日には使えません）",
                                  "Not valid (this insurance cannot be used on the date of the "
                                  "check)" },
                                { "保険の切り替えの途中や、届出の遅れのことがあります。新しい資格が"
                                  "ないかご本人やご家族に尋ね、" PAPERS_JA,
                                  "The insurance may be changing, or a notice may be late. Ask "
                                  "whether there is a newer "
                                  "one, and " PAPERS_EN },
                                { "無効", "Not valid" },
                                { "この資格は、確認日には使えません。",
                                  "This insurance cannot be used on the date of the check." } },
  [MDG_OQS_VERDICT_SUPERSEDED] = { { "無効（新しい資格があります）",
                                     "Not valid (there is a newer insurance)" },
                                   { "新しい資格で照会し直してください。番号で照会したときは、マイ"
                                     "ナンバーカードで照会すると新しい資格がわかります。カードで照"
                                     "会したときは、登録が済んでいないことがあります。" PAPERS_JA,
                                     "Ask again with the newer insurance. After a search by "
                                     "number, "
                                     "the My Number Card finds it. After a check with the card, "
                                     "its "
                                     "registration may not be complete: " PAPERS_EN },
                                   { "無効（新しい資格あり）",
                                     "Not valid (there is a newer insurance)" },
                                   { NULL, NULL } },
  [MDG_OQS_VERDICT_NONE] = { { "該当する資格が見つかりませんでした",
                               "No matching insurance was found" },
                             { "登録の遅れや、入力の誤りのことが多くあります。番号で照会したときは"
                               "、保険者番号・記号・番号・生年月日を確かめて照会し直してください。"
                               "それでも見つからないときは、" PAPERS_JA,
                               "Often a registration is late or a number was mistyped. After a "
                               "search by number, check the numbers and the date of birth and ask "
                               "again. If nothing is found still, " PAPERS_EN },
                             { "該当資格なし", "No matching insurance" },
                             { NULL, NULL } },
  [MDG_OQS_VERDICT_SEVERAL] = { { "複数の資格が該当します（一つに決められません）",
                                  "Several insurances match (none can be chosen here)" },
                                { "番号で照会したときは、枝番を加えるか、マイナンバーカードで照会し"
                                  "直してください。どの資格を使うかは、ご本人と保険者にお確かめくだ"
                                  "さい。",
                                  "After a search by number, ask again with the branch number or "
                                  "the My Number Card. Which one applies is for the patient and "
                                  "the insurer to say." },
                                { "複数該当", "Several match" },
                                { "資格を一つに決められません。", "None can be chosen here." } },
  [MDG_OQS_VERDICT_UNREGISTERED] = { { "有効（未登録）：医療扶助の資格はありますが、医療券が登録さ"
                                       "れて"
                                       "いません",
                                       "Valid (not registered): medical assistance, but no medical "
                                       "ticket is registered" },
                                     { "医療券が発行されているか、福祉事務所にお確かめください。",
                                       "Ask the welfare office whether a medical ticket has been "
                                       "issued." },
                                     { "有効（未登録）", "Valid (not registered)" },
                                     { "医療扶助の資格はありますが、医療券が登録されていません。",
                                       "There is medical assistance, but no medical ticket is "
                                       "registered." } },
};

/**
 * mdg_oqs_verdict_describe:
 * @verdict: a verdict
 * @language: Japanese or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the words for people
 */
const char *
mdg_oqs_verdict_describe (MdgOqsVerdict verdict, MdgOqsLanguage language)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdicts), "");
  return verdicts[verdict].words[language == MDG_OQS_LANGUAGE_JA ? 0 : 1];
}

/**
 * mdg_oqs_verdict_next_step:
 * @verdict: a verdict
 * @language: Japanese or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): what the counter can do now, NULL where nothing is needed
 */
const char *
mdg_oqs_verdict_next_step (MdgOqsVerdict verdict, MdgOqsLanguage language)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdicts), NULL);
  return verdicts[verdict].step[language == MDG_OQS_LANGUAGE_JA ? 0 : 1];
}

/**
 * mdg_oqs_verdict_title:
 * @verdict: a verdict
 * @language: Japanese or English
 *
 * In Japanese the words of OQSCD006.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): the official words alone
 */
const char *
mdg_oqs_verdict_title (MdgOqsVerdict verdict, MdgOqsLanguage language)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdicts), "");
  return verdicts[verdict].title[language == MDG_OQS_LANGUAGE_JA ? 0 : 1];
}

/**
 * mdg_oqs_verdict_meaning:
 * @verdict: a verdict
 * @language: Japanese or English
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none) (nullable): what the title does not say, in a sentence, NULL where it
 *   says all
 */
const char *
mdg_oqs_verdict_meaning (MdgOqsVerdict verdict, MdgOqsLanguage language)
{
  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (verdicts), NULL);
  return verdicts[verdict].meaning[language == MDG_OQS_LANGUAGE_JA ? 0 : 1];
}
