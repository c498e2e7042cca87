/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grant's papers, the label and the poster: each field at its label, any number of items,
 * pictures that are none. */
#include "config.h"

#include "mdg-paper-bench.h"
#include "mdg-paper-forms.h"

#include <string.h>

/* --- 助成金の書類 --- */

static const MdgGrantFields grant = {
  .date = "20261123",
  .prefecture = "13",
  .points_table = "1",
  .code = "9999015",
  .name = "医療法人社団架空会 架空町診療所",
  .founder = "架空 太郎",
  .postal_code = "100-0000",
  .address = "東京都千代田区架空町1-2-3",
  .phone = "03-0000-0000",
  .total = 39800,
  .three_quarters = 29850,
  .grant = 29000,
};

static const MdgBreakdownRow rows[] = {
  { 1, "20261101", "架空電器", "読取機KR-1", "タブレット", 2, 3490, TRUE },
  { 1, "20261101", "架空電器", "USBケーブル", "その他", 1, 880, FALSE },
  { 2, "20261105", "架空通信", "電話機KM-5", "スマートフォン", 1, 32820, TRUE },
};

static const MdgLabelFields label = {
  .postal_code = "105-0004",
  .address = "東京都港区新橋2丁目1番3号",
  .addressee = "社会保険診療報酬支払基金 医療情報化支援助成課",
  .honorific = "御中",
  .sender_postal_code = "100-0000",
  .sender_address = "東京都千代田区架空町1-2-3",
  .sender_name = "架空町診療所",
  .mark = "助成金交付申請書 在中",
};

static MdgPaper *
make_part (const MdgGrantFields *form,
           const MdgBreakdownRow *items,
           gsize n_items,
           const char *completed,
           gboolean practice)
{
  MdgPacketFields fields = {
    .grant = form, .rows = items, .n_rows = n_items, .completed = completed
  };

  return mdg_paper_new_packet (&fields, practice);
}

static void
test_grant (void)
{
  static const char *const words[] = {
    "別紙様式1(7)西暦2026年11月23日",
    "社会保険診療報酬支払基金理事長あて",
    "【申請者】",
    "都道府県コード13",
    "点数表コード1",
    "医療機関コード(健診機関コード)9999015",
    "保険医療機関名称(健診機関名称)医療法人社団架空会架空町診療所",
    "開設者氏名架空太郎",
    "所在地〒100-0000東京都千代田区架空町1-2-3",
    "電話番号03-0000-0000",
    "訪問診療等におけるオンライン資格確認等の導入に係る助成金交付申請書",
    "(健診実施機関等義務化対象外機関)",
    "「令和5年度社会保障・税番号制度システム整備費助成事業（訪問診療等におけるオンライン資格確認）"
    "実施要領」の「第3助成対象事業」の2に規定される事業を実施したので、同実施要領の「第6事業を実施"
    "する"
    "場合の条件」の1及び2に規定される条件を理解した上で、同実施要領の「第7申請手続」の規定に基づき"
    "、"
    "下記のとおり助成金の交付を申請します。",
    "記",
    "【実施要領第3の2該当】",
    "◎モバイル端末購入等関係助成金",
    "*助成金の申請をする際は、領収書等が必要です。",
    "*記入した額や内容と領収書等が一致しない場合は、内容確認のため当該申請書を返戻することがありま"
    "す。",
    "*都道府県コード・点数表コードは別添の一覧をご参照ください。",
    NULL
  };
  static const char *const columns[] = { "実施要領第3の2に係る総事業費(①)39,800円※税込金額を記載",
                                         "比較額((①)×3/4)(②)29,850円※一円未満切り捨て",
                                         "補助限度額(③)3.1万円",
                                         "②と③のうち低い方の額＝補助金申請額(④)29,000円"
                                         "※千円未満切り捨て",
                                         NULL };
  g_autoptr (MdgPaper) paper = make_part (&grant, NULL, 0, NULL, FALSE);
  g_autofree char *text = bench_read_page (paper, 0);
  g_autofree char *path = bench_save (paper);
  g_autofree char *info = bench_run_program ("MDG_PDFINFO", "", path);

  bench_assert_order (text, words);
  bench_assert_order (text, columns);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_has (info, "助成金交付申請の書類");
  g_assert_null (strstr (info, "架空"));
  bench_assert_fonts_embedded (paper);
  bench_assert_pages (paper);
}

static void
test_grant_empty (void)
{
  MdgGrantFields empty = { .total = -1, .three_quarters = -1, .grant = -1 };
  g_autoptr (MdgPaper) paper = make_part (&empty, NULL, 0, NULL, TRUE);
  g_autofree char *text = bench_read_page (paper, 0);

  bench_assert_has (text, "円※税込金額を記載");
  bench_assert_has (text, "3.1万円");
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

static void
test_report (void)
{
  static const char *const words[] = {
    "西暦2026年11月23日",
    "社会保険診療報酬支払基金理事長あて",
    "保険医療機関名称(健診機関名称)医療法人社団架空会架空町診療所",
    "電話番号03-0000-0000",
    "オンライン資格確認等事業完了報告書",
    "事業完了日西暦2026年11月20日",
    "導入した機器読取機KR-1（タブレット）2台",
    "電話機KM-5（スマートフォン）1台",
    "総事業費（税込）39,800円",
    "環境の整備オンライン資格確認（資格確認限定型）の利活用ができる環境を整備しました。",
    "窓口のプログラムが用意した書式です。",
    NULL
  };
  g_autoptr (MdgPaper) paper = make_part (&grant, rows, G_N_ELEMENTS (rows), "20261120", FALSE);
  g_autofree char *text = bench_read_page (paper, 3);

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 3);
  bench_assert_order (text, words);
  g_assert_null (strstr (text, "USBケーブル"));
  bench_assert_pages (paper);
}

static void
test_breakdown (void)
{
  static const char *const words[] = {
    "領収書内訳書",
    "医療法人社団架空会架空町診療所",
    "12026年11月1日架空電器読取機KR-1タブレット23,4906,980対象",
    "12026年11月1日架空電器USBケーブルその他1880880対象外",
    "22026年11月5日架空通信電話機KM-5スマートフォン132,82032,820対象",
    "補助対象の機器の合計（助成金交付申請書の①）39,800円",
    "領収書の合計40,680円",
    NULL
  };
  g_autoptr (MdgPaper) paper = make_part (&grant, rows, G_N_ELEMENTS (rows), NULL, FALSE);
  g_autofree char *text = bench_read (paper, "-layout -f 2 -l 2");

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 2);
  bench_assert_order (text, words);
  /* one page of it: no number */
  g_assert_null (strstr (text, "1/1"));
  bench_assert_fonts_embedded (paper);
  bench_assert_pages (paper);
}

/* Each of 200 items is on some page, below its heading; the sums are on the last; a sum that is no
 * number of yen is not said to be one. */
static void
test_breakdown_many (void)
{
  MdgBreakdownRow *many = g_new0 (MdgBreakdownRow, 200);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *endless = g_strnfill (10000, 'W');
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *text = NULL, *last = NULL;
  guint n;

  for (guint i = 0; i < 200; i++)
    {
      many[i] = rows[i % G_N_ELEMENTS (rows)];
      many[i].receipt = i + 1;
      many[i].name = g_strdup_printf ("品%04u", i);
      g_ptr_array_add (names, (gpointer) many[i].name);
    }
  many[7].vendor = endless;
  many[8].price = G_MAXINT64;
  many[8].quantity = G_MAXUINT;
  many[9].date = "2026年だめ";
  paper = make_part (NULL, many, 200, NULL, TRUE);
  n = mdg_paper_get_n_pages (paper);
  g_assert_cmpuint (n, >, 5);
  text = bench_read_page (paper, 0);
  for (guint i = 0; i < 200; i++)
    g_assert_cmpuint (bench_count_words (text, many[i].name), ==, 1);
  for (guint page = 1; page <= n; page++)
    {
      g_autofree char *arguments = g_strdup_printf ("-layout -f %u -l %u", page, page);
      g_autofree char *words = bench_read (paper, arguments);
      g_autofree char *number = g_strdup_printf ("%u/%u", page, n);

      bench_assert_has (words, number);
      bench_assert_has (words, "日付購入先品名種別数量補助");
      g_assert_true ((strstr (words, "（続き）") != NULL) == (page > 1));
      g_assert_true ((strstr (words, "領収書の合計") != NULL) == (page == n));
    }
  last = bench_read_page (paper, n);
  bench_assert_has (last, "領収書の合計―");
  bench_assert_has (text, "（以下略）");
  bench_assert_practice (paper);
  bench_assert_pages (paper);
  g_free (many);
}

static void
test_label (void)
{
  static const char *const words[] = { "〒105-0004",
                                       "東京都港区新橋2丁目1番3号",
                                       "社会保険診療報酬支払基金医療情報化支援助成課御中",
                                       "助成金交付申請書在中",
                                       "差出人",
                                       "〒100-0000",
                                       "東京都千代田区架空町1-2-3",
                                       "架空町診療所",
                                       NULL };
  g_autoptr (MdgPaper) paper = mdg_paper_new_label (&label, FALSE);
  g_autofree char *text = bench_read_page (paper, 0);
  g_autofree char *endless = g_strnfill (10000, 'W');
  MdgLabelFields strange = {
    endless, endless, endless, endless, endless, endless, endless, endless
  };
  MdgLabelFields nobody = { NULL };
  g_autoptr (MdgPaper) long_one = mdg_paper_new_label (&strange, TRUE);
  g_autoptr (MdgPaper) empty = mdg_paper_new_label (&nobody, TRUE);

  bench_assert_order (text, words);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_pages (paper);
  bench_assert_pages (long_one);
  bench_assert_practice (empty);
}

static void
test_poster (void)
{
  static const char *const words[] = { "マイナンバーカードで受付できます",
                                       "1カードを置く",
                                       "2暗証番号を入れる",
                                       "3カードを取る",
                                       "暗証番号は●で表示され、職員が見ることはありません。",
                                       "（目視確認）もできます。",
                                       "マイナンバー（12桁の番号）は使いません。",
                                       "架空町診療所",
                                       NULL };
  g_autofree char *endless = g_strnfill (10000, 'W');
  g_autoptr (MdgPaper) paper = mdg_paper_new_poster ("架空町診療所", FALSE);
  g_autoptr (MdgPaper) practice = mdg_paper_new_poster (endless, TRUE);
  g_autoptr (MdgPaper) nameless = mdg_paper_new_poster (NULL, FALSE);
  g_autofree char *text = bench_read_page (paper, 0);

  bench_assert_order (text, words);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_fonts_embedded (paper);
  bench_assert_pages (paper);
  bench_assert_pages (practice);
  bench_assert_practice (practice);
  bench_assert_pages (nameless);
}

/* --- copies --- */

static cairo_status_t
on_write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_png (int width, int height)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_paint (cr);
  g_assert_cmpint (cairo_surface_write_to_png_stream (surface, on_write_cb, array), ==,
                   CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (array);
}

/* That picture with other bytes at @offset. */
static GBytes *
spoil_png (GBytes *png, gsize offset, const char *bytes, gsize n)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (png, &size);

  g_assert_cmpuint (offset + n, <=, size);
  g_byte_array_append (array, data, (guint) offset);
  g_byte_array_append (array, (const guint8 *) bytes, (guint) n);
  g_byte_array_append (array, data + offset + n, (guint) (size - offset - n));
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static void
test_copies (void)
{
  g_autoptr (GPtrArray) good = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) bad = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  GBytes *png = make_png (120, 170);
  MdgCopy copies[] = { { "領収書（写）1 架空電器", good },
                       { "領収書（写）2", NULL },
                       { "領収書（写）3", bad } };
  MdgPacketFields fields = { .copies = copies, .n_copies = G_N_ELEMENTS (copies) };
  g_autoptr (MdgPaper) paper = NULL;
  g_autoptr (MdgPaper) practice = NULL;

  g_ptr_array_add (good, png);
  g_ptr_array_add (good, make_png (3000, 20));
  /* none, empty, cut, spoilt, too large, no sides */
  g_ptr_array_add (bad, g_bytes_new_static ("no picture", 10));
  g_ptr_array_add (bad, g_bytes_new_static ("", 0));
  g_ptr_array_add (bad, g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) - 20));
  g_ptr_array_add (bad, spoil_png (png, 50, "\xff\xff\xff\xff", 4));
  g_ptr_array_add (bad, spoil_png (png, 16, "\x00\x00\x9c\x40\x00\x00\x9c\x40", 8));
  g_ptr_array_add (bad, spoil_png (png, 16, "\x00\x00\x00\x00", 4));
  paper = mdg_paper_new_packet (&fields, FALSE);
  practice = mdg_paper_new_packet (&fields, TRUE);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 2 + 1 + bad->len);
  g_assert_cmpstr (mdg_paper_get_title (paper), ==, "領収書（写）");
  for (guint page = 1; page <= mdg_paper_get_n_pages (paper); page++)
    {
      g_autofree char *text = bench_read_page (paper, page);

      g_assert_true (g_str_has_prefix (text, page < 3    ? "領収書（写）1架空電器"
                                             : page == 3 ? "領収書（写）2"
                                                         : "領収書（写）3"));
      g_assert_true ((strstr (text, "領収書の写しを手で入れてください。") != NULL) == (page > 2));
    }
  bench_assert_pages (paper);
  bench_assert_practice (practice);
}

/* --- the whole packet --- */

static void
test_packet (void)
{
  static const MdgCoverRow cover[] = { { "助成金交付申請書", "1枚" },
                                       { "領収書内訳書", "1部" },
                                       { "オンライン資格確認等事業完了報告書", "1枚" },
                                       { "領収書（写）1", "手で入れてください" } };
  static const char *const order[] = { "送付書類一覧", "別紙様式1(7)",  "領収書内訳書",
                                       "環境の整備",   "領収書（写）1", "在中" };
  static const char *const list[] = { "社会保険診療報酬支払基金医療情報化支援助成課御中",
                                      "医療法人社団架空会架空町診療所",
                                      "送付書類一覧",
                                      "1助成金交付申請書1枚□",
                                      "2領収書内訳書1部□",
                                      "3オンライン資格確認等事業完了報告書1枚□",
                                      "4領収書（写）1手で入れてください□",
                                      NULL };
  MdgCopy copy = { "領収書（写）1", NULL };
  MdgPacketFields fields = {
    cover, G_N_ELEMENTS (cover), &grant, rows, G_N_ELEMENTS (rows), "20261120", &copy, 1, &label
  };
  MdgPacketFields nothing = { NULL };
  g_autoptr (MdgPaper) paper = mdg_paper_new_packet (&fields, TRUE);
  g_autoptr (MdgPaper) empty = mdg_paper_new_packet (&nothing, FALSE);
  g_autofree char *first = bench_read_page (paper, 1);

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, G_N_ELEMENTS (order));
  for (guint page = 0; page < G_N_ELEMENTS (order); page++)
    {
      g_autofree char *text = bench_read_page (paper, page + 1);

      bench_assert_has (text, order[page]);
    }
  bench_assert_order (first, list);
  bench_assert_fonts_embedded (paper);
  bench_assert_practice (paper);
  bench_assert_pages (paper);
  g_assert_cmpuint (mdg_paper_get_n_pages (empty), ==, 1);
}

/* Of the PDF all but its date and identity. */
static char *
save_contents (gsize *length)
{
  g_autoptr (MdgPaper) paper = make_part (&grant, rows, G_N_ELEMENTS (rows), "20261120", FALSE);
  g_autofree char *path = bench_save (paper);
  char *contents = NULL, *date = NULL;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  date = bench_find (contents, *length, "/CreationDate");
  g_assert_nonnull (date);
  for (char *p = date; p != NULL && *p != '\n'; p++)
    *p = ' ';
  return contents;
}

static void
test_same (void)
{
  gsize length = 0, other_length = 0;
  g_autofree char *one = save_contents (&length);
  g_autofree char *other = save_contents (&other_length);

  g_assert_cmpmem (one, length, other, other_length);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bench_begin ();
  g_test_add_func ("/packet/grant", test_grant);
  g_test_add_func ("/packet/grant-empty", test_grant_empty);
  g_test_add_func ("/packet/report", test_report);
  g_test_add_func ("/packet/breakdown", test_breakdown);
  g_test_add_func ("/packet/breakdown-many", test_breakdown_many);
  g_test_add_func ("/packet/label", test_label);
  g_test_add_func ("/packet/poster", test_poster);
  g_test_add_func ("/packet/copies", test_copies);
  g_test_add_func ("/packet/packet", test_packet);
  g_test_add_func ("/packet/same", test_same);
  status = g_test_run ();
  bench_end ();
  return status;
}
