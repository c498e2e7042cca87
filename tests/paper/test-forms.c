/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The usage application: each field at its label, one page, values of any length, and a password
 * that is on the page alone. */
#include "config.h"

#include "mdg-paper-bench.h"
#include "mdg-paper-forms.h"
#include "mdg-paper-sheet.h"

#include <string.h>

#define PASSWORD "Kakuu2026Shinryo"

/* --- 利用申請書 --- */

static const MdgApplicationFields application = {
  .date = "20261123",
  .kinds = { TRUE, FALSE, TRUE },
  .person = "架空 花子",
  .prefecture = "13",
  .points_table = "1",
  .code = "9999015",
  .name = "医療法人社団架空会 架空町診療所",
  .founder = "架空 太郎",
  .phone = "03-0000-0000",
  .mail = "madoguchi@example.jp",
  .account = "1234",
  .staff = "3",
  .devices = "2",
  .end_date = "20270331",
  .change = TRUE,
};

static MdgPaper *
make_application (gboolean practice)
{
  g_autoptr (GBytes) password = g_bytes_new_static (PASSWORD, strlen (PASSWORD));
  MdgApplicationFields fields = application;

  fields.password = password;
  return mdg_paper_new_application (&fields, practice);
}

static void
test_application (void)
{
  static const char *const rows[] = { "別添",
                                      "西暦2026年11月23日",
                                      "医療保険情報提供等実施機関御中",
                                      "オンライン資格確認（資格確認限定型）利用に関する申請書",
                                      "【マイナ資格確認アプリ利用申請項目】",
                                      "申請区分",
                                      "☑1.ポータルサイトユーザー登録申請",
                                      "□2.マイナ資格確認アプリ利用開始申請",
                                      "☑3.マイナ資格確認アプリ利用終了・変更申請",
                                      "担当者名架空花子",
                                      "医療機関等名医療法人社団架空会架空町診療所",
                                      "開設者氏名（漢字）架空太郎",
                                      "電話番号03-0000-0000",
                                      "メールアドレス（注1）madoguchi@example.jp",
                                      "パスワード（注1）" PASSWORD,
                                      "口座番号（注2）※口座番号の下4桁1234",
                                      "職員数（注3）3",
                                      "申請台数（注4）2",
                                      "利用終了予定年月日（注5）西暦2027年3月31日□取り消し☑変更",
                                      NULL };
  static const char *const words[] = { "（申請項目にチェック願います。）",
                                       "都道府県点数表医療機関コード・薬局コード",
                                       "1319999015",
                                       PASSWORD,
                                       "※英数字8文字以上100文字以下",
                                       "※口座番号の下4桁",
                                       "1234",
                                       NULL };
  static const char *const notes[] = { "システム利用規約」に基づき申請します。",
                                       "システム利用規約」に同意します。",
                                       "総合ポータルサイトに掲載されています。",
                                       "注1：",
                                       "に必要な項目となります。",
                                       "記入不要となります。",
                                       "注2：",
                                       "口座番号の下4桁をご記入ください。",
                                       "真正性確認のみに使用いたします。",
                                       "注3：",
                                       "注4：",
                                       "必要な台数のみをご申請ください。",
                                       "注5：",
                                       "「変更」にチェック願います。",
                                       "「運用開始（予定）日」とさせていただきます。",
                                       NULL };
  g_autoptr (MdgPaper) paper = make_application (FALSE);
  g_autofree char *text = bench_read_page (paper, 0);
  g_autofree char *layout = bench_read (paper, "-layout");

  bench_assert_order (text, rows);
  bench_assert_order (text, notes);
  bench_assert_order (layout, notes);
  bench_assert_all (text, words);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  g_assert_null (strstr (text, "練習"));
  bench_assert_fonts_embedded (paper);
  bench_assert_pages (paper);
}

/* The password is drawn, and is nowhere else; without the paper there is no page. */
static void
test_application_password (void)
{
  g_autoptr (MdgPaper) paper = make_application (FALSE);
  g_autofree char *path = bench_save (paper);
  g_autofree char *info = bench_run_program ("MDG_PDFINFO", "", path);
  g_autofree char *contents = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (bench_find (contents, length, PASSWORD));
  g_assert_nonnull (bench_find (contents, length, "/CreationDate"));
  g_assert_null (strstr (info, PASSWORD));
  g_assert_null (strstr (mdg_paper_get_title (paper), PASSWORD));
  bench_assert_has (info, "利用に関する申請書");
  bench_assert_has (info, "A4");
  g_object_run_dispose (G_OBJECT (paper));
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 0);
}

static void
test_application_empty (void)
{
  g_autoptr (MdgPaper) paper = mdg_paper_new_application (NULL, TRUE);
  g_autofree char *text = bench_read_page (paper, 0);

  bench_assert_has (text, "担当者名");
  bench_assert_has (text, "□1.ポータルサイト");
  bench_assert_has (text, "□変更");
  g_assert_null (strstr (text, "☑"));
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

/* What is long is smaller and in lines, whole; what is endless ends with words that say so. */
static void
test_application_long (void)
{
  g_autofree char *endless = g_strnfill (10000, 'W');
  g_autofree char *longest = g_strnfill (100, 'Q');
  g_autofree char *mail = g_strdup_printf ("%.88s@example.jp", longest);
  g_autoptr (GBytes) password = g_bytes_new (longest, 100);
  g_autoptr (GString) name = g_string_new (NULL);
  MdgApplicationFields fields = application;
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 9; i++)
    g_string_append (name, "医療法人社団架空会");
  fields.name = name->str;
  fields.founder = endless;
  fields.code = endless;
  fields.phone = "03\n0000\x01\x1b-0000\xff";
  fields.mail = mail;
  fields.password = password;
  paper = mdg_paper_new_application (&fields, TRUE);
  text = bench_read_page (paper, 0);
  g_assert_cmpuint (bench_count_words (text, "医療法人社団架空会"), ==, 9);
  g_assert_cmpuint (bench_count_words (text, "Q"), ==, 188);
  g_assert_cmpuint (bench_count_words (text, "（以下略）"), ==, 2);
  g_assert_cmpuint (bench_count_words (text, "W"), >, 100);
  bench_assert_has (text, "電話番号030000-0000");
  bench_assert_has (text, "変更」にチェック願います。");
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

/* A word that is broken gets no hyphen: it would be read as part of a password or an address. */
static void
test_broken_word (void)
{
  g_autofree char *word = g_strnfill (100, 'Q');
  g_autoptr (MdgPaper) paper = mdg_paper_new ("語", FALSE);
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (paper, MDG_PAPER_FACE_PLAIN, 10, word, 100);
  int glyphs = 0;

  g_assert_cmpint (pango_layout_get_line_count (layout), >, 5);
  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next)
    for (GSList *run = ((PangoLayoutLine *) line->data)->runs; run != NULL; run = run->next)
      glyphs += ((PangoLayoutRun *) run->data)->glyphs->num_glyphs;
  g_assert_cmpint (glyphs, ==, 100);
}

static void
test_formats (void)
{
  static const struct
  {
    gint64 yen;
    const char *text;
  } amounts[] = { { 0, "0" },          { 999, "999" },           { 1000, "1,000" },
                  { 31000, "31,000" }, { 1234567, "1,234,567" }, { -1, "" } };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = mdg_sheet_format_yen (amounts[i].yen);

      g_assert_cmpstr (text, ==, amounts[i].text);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bench_begin ();
  g_test_add_func ("/forms/formats", test_formats);
  g_test_add_func ("/forms/broken-word", test_broken_word);
  g_test_add_func ("/forms/application", test_application);
  g_test_add_func ("/forms/application-password", test_application_password);
  g_test_add_func ("/forms/application-empty", test_application_empty);
  g_test_add_func ("/forms/application-long", test_application_long);
  status = g_test_run ();
  bench_end ();
  return status;
}
