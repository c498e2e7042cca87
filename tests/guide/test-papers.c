/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From what was typed and the receipts to the papers: what stands where, in the form in which it
 * goes there, in Japanese. */
#include "config.h"

#include "mdg-guide-papers.h"
#include "mdg-paper-bench.h"

#include <string.h>

#define PASSWORD "Kakuu2026Shinryo"

static GDate today;

static void
fill_application (const char **values)
{
  for (int i = 0; i < MDG_APPLICATION_N_FIELDS; i++)
    values[i] = "";
  values[MDG_APPLICATION_BEGIN] = "1";
  values[MDG_APPLICATION_PERSON] = "架空 花子";
  values[MDG_APPLICATION_CODE] = "１３１９９９９０１５";
  values[MDG_APPLICATION_NAME] = "架空町診療所";
  values[MDG_APPLICATION_FOUNDER] = "架空 太郎";
  values[MDG_APPLICATION_PHONE] = "03-0000-0000";
  values[MDG_APPLICATION_MAIL] = "madoguchi@example.jp";
  values[MDG_APPLICATION_ACCOUNT] = "１２３４";
  values[MDG_APPLICATION_STAFF] = "3";
  values[MDG_APPLICATION_DEVICES] = "2";
  values[MDG_APPLICATION_DATE] = "20261123";
}

static void
test_application (void)
{
  static const char *const words[] = { "西暦2026年11月23日",
                                       "□1.ポータルサイト",
                                       "☑2.マイナ資格確認アプリ利用開始申請",
                                       "担当者名架空花子",
                                       "1319999015",
                                       "医療機関等名架空町診療所",
                                       "開設者氏名（漢字）架空太郎",
                                       "電話番号03-0000-0000",
                                       "メールアドレス（注1）madoguchi@example.jp",
                                       "パスワード（注1）" PASSWORD,
                                       "1234",
                                       "職員数（注3）3",
                                       "申請台数（注4）2",
                                       NULL };
  const char *values[MDG_APPLICATION_N_FIELDS];
  g_autoptr (GBytes) password = g_bytes_new_static (PASSWORD, strlen (PASSWORD));
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *text = NULL;

  fill_application (values);
  paper = mdg_guide_paper_application (values, password, &today, FALSE);
  text = bench_read_page (paper, 0);
  bench_assert_order (text, words);
}

/* 注1: who registers and begins at once writes no password; it is not drawn even if one is given.
 */
static void
test_application_no_password (void)
{
  const char *values[MDG_APPLICATION_N_FIELDS];
  g_autoptr (GBytes) password = g_bytes_new_static (PASSWORD, strlen (PASSWORD));
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *text = NULL;

  fill_application (values);
  values[MDG_APPLICATION_REGISTER] = "1";
  values[MDG_APPLICATION_CODE] = "13-何か";
  paper = mdg_guide_paper_application (values, password, &today, TRUE);
  text = bench_read_page (paper, 0);
  g_assert_null (strstr (text, PASSWORD));
  bench_assert_has (text, "☑1.ポータルサイト");
  /* what is no code yet is seen as it was typed */
  bench_assert_has (text, "13-何か");
  bench_assert_practice (paper);
}

static void
add_item (MdgReceipt *receipt, const char *name, const char *kind, guint quantity, gint64 price)
{
  MdgReceiptItem *item = g_new0 (MdgReceiptItem, 1);

  item->name = g_strdup (name);
  item->kind = g_strdup (kind);
  item->quantity = quantity;
  item->price = price;
  g_ptr_array_add (receipt->items, item);
}

static void
free_item (MdgReceiptItem *item)
{
  g_free (item->name);
  g_free (item->kind);
  g_free (item);
}

static void
free_receipt (MdgReceipt *receipt)
{
  g_free (receipt->vendor);
  g_free (receipt->date);
  g_ptr_array_unref (receipt->items);
  g_free (receipt);
}

static MdgReceipt *
add_receipt (GPtrArray *receipts, const char *vendor, const char *date)
{
  MdgReceipt *receipt = g_new0 (MdgReceipt, 1);

  receipt->vendor = g_strdup (vendor);
  receipt->date = g_strdup (date);
  receipt->items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  g_ptr_array_add (receipts, receipt);
  return receipt;
}

static GPtrArray *
make_receipts (void)
{
  GPtrArray *receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) free_receipt);
  MdgReceipt *receipt = add_receipt (receipts, "架空電器", "20261101");

  add_item (receipt, "読取機KR-1", "reader", 2, 3490);
  add_item (receipt, "ケーブル", "other", 1, 880);
  receipt = add_receipt (receipts, "架空通信", "20261105");
  add_item (receipt, "電話機KM-5", "phone", 1, 32821);
  return receipts;
}

static void
fill_grant (const char **values)
{
  for (int i = 0; i < MDG_GRANT_N_FIELDS; i++)
    values[i] = "";
  values[MDG_GRANT_CODE] = "1319999015";
  values[MDG_GRANT_NAME] = "架空町診療所";
  values[MDG_GRANT_FOUNDER] = "架空 太郎";
  values[MDG_GRANT_POSTAL_CODE] = "1000000";
  values[MDG_GRANT_ADDRESS] = "東京都千代田区架空町1-2-3";
  values[MDG_GRANT_PHONE] = "03-0000-0000";
  values[MDG_GRANT_DATE] = "20261123";
  values[MDG_GRANT_COMPLETED] = "20261120";
}

static void
test_packet (void)
{
  static const char *const form[] = { "医療機関コード(健診機関コード)9999015",
                                      "所在地〒100-0000東京都千代田区架空町1-2-3",
                                      "39,801円",
                                      "29,850円",
                                      "29,000円",
                                      NULL };
  static const char *const cover[] = {
    "1助成金交付申請書（別紙様式1(7)）1枚□",     "2領収書内訳書1部□",
    "3オンライン資格確認等事業完了報告書1枚□",   "4領収書（写）1架空電器手で入れてください□",
    "5領収書（写）2架空通信手で入れてください□", NULL
  };
  static const char *const items[] = { "読取機KR-1", "カードリーダー", "対象", "ケーブル",
                                       "その他",     "対象外",         "対象", NULL };
  const char *values[MDG_GRANT_N_FIELDS];
  g_autoptr (GPtrArray) receipts = make_receipts ();
  g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
  g_autoptr (MdgSubsidyRule) rule = mdg_subsidy_rule_load (NULL, NULL);
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *first = NULL, *second = NULL, *third = NULL, *fourth = NULL, *last = NULL;

  fill_grant (values);
  g_ptr_array_add (pictures, NULL);
  paper = mdg_guide_paper_packet (values, receipts, pictures, rule, &today, TRUE);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 7);
  first = bench_read_page (paper, 1);
  second = bench_read_page (paper, 2);
  third = bench_read (paper, "-layout -f 3 -l 3");
  fourth = bench_read_page (paper, 4);
  last = bench_read_page (paper, 7);
  bench_assert_order (first, cover);
  bench_assert_order (second, form);
  bench_assert_order (third, items);
  bench_assert_has (third, "39,801円");
  bench_assert_has (third, "40,681円");
  bench_assert_has (fourth, "事業完了日西暦2026年11月20日");
  bench_assert_has (last, "医療情報化支援助成課御中");
  bench_assert_has (last, "助成金交付申請書在中");
  bench_assert_practice (paper);
}

/* ① is what was typed; nothing is made up where there is nothing to go by. */
static void
test_packet_total (void)
{
  const char *values[MDG_GRANT_N_FIELDS];
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (MdgSubsidyRule) rule = mdg_subsidy_rule_load (NULL, NULL);
  g_autoptr (MdgPaper) typed = NULL;
  g_autoptr (MdgPaper) empty = NULL;
  g_autofree char *text = NULL, *empty_text = NULL, *cover = NULL;

  fill_grant (values);
  values[MDG_GRANT_TOTAL] = "４２，０００円";
  typed = mdg_guide_paper_packet (values, none, NULL, rule, &today, FALSE);
  text = bench_read_page (typed, 2);
  bench_assert_has (text, "42,000円");
  bench_assert_has (text, "31,500円");
  bench_assert_has (text, "31,000円");
  values[MDG_GRANT_TOTAL] = "";
  empty = mdg_guide_paper_packet (values, none, NULL, rule, &today, FALSE);
  empty_text = bench_read_page (empty, 2);
  cover = bench_read_page (empty, 1);
  g_assert_null (strstr (empty_text, "0円"));
  bench_assert_has (cover, "領収書（写）手で入れてください");
}

static void
test_others (void)
{
  g_autoptr (MdgPaper) label =
      mdg_guide_paper_label (MDG_STEP_APPLY, "100-0000", "架空町1-2-3", "架空町診療所", FALSE);
  g_autoptr (MdgPaper) poster = mdg_guide_paper_poster ("架空町診療所", TRUE);
  g_autoptr (GPtrArray) receipts = make_receipts ();
  g_autoptr (MdgPaper) copies = mdg_guide_paper_receipts (receipts, NULL, FALSE);
  g_autofree char *text = bench_read_page (label, 0);
  g_autofree char *pages = bench_read_page (copies, 0);

  bench_assert_has (text,
                    "〒105-0004東京都港区新橋2丁目1番3号社会保険診療報酬支払基金資格情報課御中"
                    "利用申請書在中差出人〒100-0000");
  bench_assert_practice (poster);
  g_assert_cmpuint (mdg_paper_get_n_pages (copies), ==, 2);
  bench_assert_has (pages, "領収書（写）1架空電器");
  bench_assert_has (pages, "領収書（写）2架空通信");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bench_begin ();
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  g_test_add_func ("/guide-papers/application", test_application);
  g_test_add_func ("/guide-papers/application-no-password", test_application_no_password);
  g_test_add_func ("/guide-papers/packet", test_packet);
  g_test_add_func ("/guide-papers/packet-total", test_packet_total);
  g_test_add_func ("/guide-papers/others", test_others);
  status = g_test_run ();
  bench_end ();
  return status;
}
