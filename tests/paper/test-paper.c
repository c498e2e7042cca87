/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The papers, read back from their PDFs and looked at as pictures. */
#include "config.h"

#include "mdg-paper-bench.h"
#include "mdg-paper-kinds.h"
#include "mdg-paper-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- sheets of facts --- */

static const MdgPaperRow facts[] = {
  { MDG_PAPER_ROW_HEADING, "本人", NULL, FALSE },
  { MDG_PAPER_ROW_FACT, "氏名", "試験 太郎", TRUE },
  { MDG_PAPER_ROW_FACT, "生年月日", "昭和35年4月1日（66歳）", FALSE },
  { MDG_PAPER_ROW_FACT, "記号・番号・枝番", "12 3456 01", TRUE },
  { MDG_PAPER_ROW_TEXT, NULL, "氏名の●は、システムで表せない文字です。", FALSE },
  { MDG_PAPER_ROW_FACT, NULL, NULL, FALSE },
};

static void
test_rows (void)
{
  g_autoptr (MdgPaper) paper = mdg_paper_new_rows ("資格確認の結果", "有効", facts,
                                                   G_N_ELEMENTS (facts), "失効確認 未実施", FALSE);
  g_autofree char *text = bench_read_page (paper, 0);
  g_autofree char *path = bench_save (paper);
  g_autofree char *info = bench_run_program ("MDG_PDFINFO", "", path);
  static const char *const words[] = { "資格確認の結果",
                                       "有効",
                                       "本人",
                                       "氏名",
                                       "試験太郎",
                                       "昭和35年4月1日（66歳）",
                                       "記号・番号・枝番",
                                       "12345601",
                                       "氏名の●は、システムで表せない文字です。",
                                       "失効確認未実施" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    bench_assert_has (text, words[i]);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  g_assert_null (strstr (text, "練習"));
  g_assert_null (strstr (text, "1/1"));
  g_assert_cmpstr (mdg_paper_get_title (paper), ==, "資格確認の結果");
  bench_assert_has (info, "資格確認の結果");
  bench_assert_has (info, "A4");
  g_assert_null (strstr (info, "試験"));
  bench_assert_pages (paper);
}

static void
test_rows_practice (void)
{
  g_autoptr (MdgPaper) paper = mdg_paper_new_rows ("資格確認の結果", "有効", facts,
                                                   G_N_ELEMENTS (facts), "失効確認 未実施", TRUE);
  g_autofree char *text = bench_read_page (paper, 0);

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_has (text, "試験太郎");
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

/* Nothing is lost between the pages: every row and every line of a long one is on some page. */
static void
test_many (void)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (MdgPaperRow));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (lines, "行%04u\n", i);
  for (guint i = 0; i < 120; i++)
    {
      MdgPaperRow row = { i % 10 == 0 ? MDG_PAPER_ROW_HEADING : MDG_PAPER_ROW_FACT };

      row.label = g_strdup_printf ("項目%04u", i);
      g_ptr_array_add (kept, (gpointer) row.label);
      row.value = g_strdup_printf ("値%04u", i);
      g_ptr_array_add (kept, (gpointer) row.value);
      if (i == 55)
        row.value = lines->str;
      g_array_append_val (rows, row);
    }
  paper = mdg_paper_new_rows ("一覧", NULL, (const MdgPaperRow *) rows->data, rows->len, "末尾の注",
                              TRUE);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), >, 3);
  text = bench_read_page (paper, 0);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *label = g_strdup_printf ("項目%04u", i);
      g_autofree char *value = g_strdup_printf ("値%04u", i);

      bench_assert_has (text, label);
      if (i % 10 != 0 && i != 55)
        bench_assert_has (text, value);
    }
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *line = g_strdup_printf ("行%04u", i);

      bench_assert_has (text, line);
    }
  for (guint i = 1; i <= mdg_paper_get_n_pages (paper); i++)
    {
      g_autofree char *page = bench_read_page (paper, i);
      g_autofree char *number = g_strdup_printf ("%u/%u", i, mdg_paper_get_n_pages (paper));

      bench_assert_has (page, number);
      g_assert_true ((strstr (page, "末尾の注") != NULL) == (i == mdg_paper_get_n_pages (paper)));
    }
  g_assert_null (strstr (text, "省略"));
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

/* One row that is too much for all pages: bounded, and said. */
static void
test_endless (void)
{
  g_autofree char *word = g_strnfill (100000, 'W');
  g_autofree char *breaks = g_strnfill (100000, '\n');
  MdgPaperRow rows[] = {
    { MDG_PAPER_ROW_FACT, "長い語", word, FALSE },
    { MDG_PAPER_ROW_TEXT, word, breaks, TRUE },
    { MDG_PAPER_ROW_HEADING, word, NULL, FALSE },
  };
  g_autoptr (MdgPaper) one = mdg_paper_new_rows (word, word, rows, 1, word, TRUE);
  g_autoptr (MdgPaper) all = mdg_paper_new_rows (word, word, rows, 3, word, TRUE);
  g_autofree char *text = bench_read_page (one, 0);
  g_autofree char *last = bench_read_page (all, MDG_PAPER_PAGES_MAX);

  g_assert_cmpuint (bench_count_words (text, "W"), >, 20000);
  bench_assert_has (text, "…");
  g_assert_null (strstr (text, "省略しました"));
  bench_assert_practice (one);
  bench_assert_pages (one);

  g_assert_cmpuint (mdg_paper_get_n_pages (all), ==, MDG_PAPER_PAGES_MAX);
  bench_assert_has (last, "以下は省略しました");
  bench_assert_has (last, "40/40");
  bench_assert_has (last, "練習");
}

static void
test_hostile (void)
{
  g_autofree char *tower = g_strnfill (600, ' ');
  GString *marks = g_string_new ("あ");
  MdgPaperRow rows[] = {
    { MDG_PAPER_ROW_FACT, "<b>太字</b>", "<span size='9999999'>&amp; 印</span>", TRUE },
    { MDG_PAPER_ROW_FACT, "制御", "前\x01\x1b[31m\x7f\t後\r\n次", FALSE },
    { MDG_PAPER_ROW_FACT, "壊れ", "前\xff\xfe\xe3\x81後", FALSE },
    { MDG_PAPER_ROW_FACT, "向き", "前\xe2\x80\xae後ろ\xe2\x81\xa6\xd7\x90", FALSE },
    { MDG_PAPER_ROW_FACT, "積み重ね", NULL, FALSE },
    { MDG_PAPER_ROW_TEXT, NULL, tower, FALSE },
    { MDG_PAPER_ROW_FACT, "幅", "\xef\xb7\xbd\xef\xb7\xbd\xef\xb7\xbd", TRUE },
  };
  g_autoptr (MdgPaper) paper = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_unichar (marks, 0x0300 + i % 0x50);
  rows[4].value = marks->str;
  paper = mdg_paper_new_rows ("<i>題</i>\n二行目", "見出し<u>", rows, G_N_ELEMENTS (rows), "<s>",
                              FALSE);
  text = bench_read_page (paper, 0);
  bench_assert_has (text, "<b>太字</b>");
  bench_assert_has (text, "<spansize='9999999'>&amp;印</span>");
  bench_assert_has (text, "前[31m後次");
  bench_assert_has (text, "壊れ");
  bench_assert_has (text, "見出し<u>");
  g_assert_cmpstr (mdg_paper_get_title (paper), ==, "<i>題</i> 二行目");
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_pages (paper);
  g_string_free (marks, TRUE);
}

/* A kind of paper that draws all over its page stays inside the margins. */
static void
test_margins (void)
{
  g_autoptr (MdgPaper) paper = mdg_paper_new ("余白", FALSE);
  cairo_t *cr = mdg_paper_add_page (paper);

  cairo_paint (cr);
  mdg_paper_end (paper, FALSE);
  bench_assert_pages (paper);
}

static void
test_nothing (void)
{
  g_autoptr (MdgPaper) paper = mdg_paper_new_rows (NULL, NULL, NULL, 0, NULL, TRUE);

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  g_assert_cmpstr (mdg_paper_get_title (paper), ==, "");
  bench_assert_practice (paper);
}

static void
test_clean (void)
{
  g_autofree char *nothing = mdg_paper_clean_text (NULL, 10);
  g_autofree char *cut = mdg_paper_clean_text ("一二三四五", 3);
  g_autofree char *whole = mdg_paper_clean_text ("一二三", 3);
  g_autofree char *marks = mdg_paper_clean_text ("が\xcc\x80\xcc\x81\xcc\x82 い", 99);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (cut, ==, "一二三…");
  g_assert_cmpstr (whole, ==, "一二三");
  g_assert_cmpstr (marks, ==, "が\xcc\x80\xcc\x81 い");
}

/* --- the statement --- */

static void
test_statement (void)
{
  MdgStatementFields fields = {
    "架空診療所", "架空健康保険組合",          "試験 太郎", "シケン タロウ",  "昭和35年4月1日",
    "男",         "東京都千代田区架空町1-2-3", "3割",       "令和8年11月23日"
  };
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (&fields, FALSE);
  g_autofree char *text = bench_read_page (paper, 0);
  g_autofree char *path = bench_save (paper);
  g_autofree char *info = bench_run_program ("MDG_PDFINFO", "", path);
  static const char *const words[] = { "被保険者資格申立書",
                                       "架空診療所",
                                       "御中",
                                       "保険者等名称",
                                       "架空健康保険組合",
                                       "事業所名",
                                       "一部負担金の割合",
                                       "フリガナ",
                                       "氏名",
                                       "試験太郎",
                                       "シケンタロウ",
                                       "昭和35年4月1日",
                                       "東京都千代田区",
                                       "連絡先",
                                       "申立日",
                                       "令和8年11月23日",
                                       "署名",
                                       "確認事項" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    bench_assert_has (text, words[i]);
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  g_assert_null (strstr (text, "練習"));
  g_assert_null (strstr (info, "試験"));
  bench_assert_pages (paper);
}

static void
test_statement_empty (void)
{
  MdgStatementFields strange = { .sex = "不明", .share = "1割5分", .date = "" };
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (NULL, TRUE);
  g_autoptr (MdgPaper) other = mdg_paper_new_statement (&strange, FALSE);
  g_autofree char *text = bench_read_page (paper, 0);
  g_autofree char *other_text = bench_read_page (other, 0);

  bench_assert_has (text, "令和");
  bench_assert_has (other_text, "令和");
  bench_assert_has (other_text, "1割5分");
  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

static void
test_statement_boxes (void)
{
  static const char *const words[] = { "1割", "2割", "3割", "男", "女", "国民健康保険", "本人" };

  for (guint share = 0; share < 4; share++)
    for (guint sex = 3; sex < 6; sex++)
      {
        MdgStatementFields fields = { .share = share < 3 ? words[share] : NULL,
                                      .sex = sex < 5 ? words[sex] : NULL };
        g_autoptr (MdgPaper) paper = mdg_paper_new_statement (&fields, FALSE);
        g_autofree char *text = bench_read_page (paper, 0);

        for (guint i = 0; i < G_N_ELEMENTS (words); i++)
          {
            gboolean chosen = (i == share && i < 3) || (i == sex && i < 5);
            g_autofree char *box = g_strconcat (chosen ? "☑" : "□", words[i], NULL);

            bench_assert_has (text, box);
          }
      }
}

/* Fields without end are written smaller, and end with words that say so; the page stays one. */
static void
test_statement_long (void)
{
  g_autofree char *longest = g_strnfill (100000, 'W');
  MdgStatementFields fields = { longest, longest, longest, longest, longest,
                                longest, longest, longest, longest };
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (&fields, TRUE);
  g_autofree char *text = bench_read_page (paper, 0);

  g_assert_cmpuint (mdg_paper_get_n_pages (paper), ==, 1);
  /* one has no box; what comes after them is still there */
  g_assert_cmpuint (bench_count_words (text, "（以下略）"), ==, 8);
  g_assert_cmpuint (bench_count_words (text, "W"), >, 8 * 20);
  bench_assert_has (text, "署名");
  bench_assert_practice (paper);
  bench_assert_pages (paper);
}

/* --- files --- */

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open (bench_folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_save (void)
{
  g_autoptr (MdgPaper) paper = mdg_paper_new_statement (NULL, FALSE);
  g_autofree char *path = g_build_filename (bench_folder, "old.pdf", NULL);
  g_autofree char *missing = g_build_filename (bench_folder, "none", "x.pdf", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  guint before;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  before = count_files ();
  g_assert_true (mdg_paper_save_pdf (paper, path, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (), ==, before);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));

  g_assert_false (mdg_paper_save_pdf (paper, missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_cmpuint (count_files (), ==, before);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bench_begin ();
  g_test_add_func ("/paper/clean", test_clean);
  g_test_add_func ("/paper/rows", test_rows);
  g_test_add_func ("/paper/rows-practice", test_rows_practice);
  g_test_add_func ("/paper/many", test_many);
  g_test_add_func ("/paper/endless", test_endless);
  g_test_add_func ("/paper/hostile", test_hostile);
  g_test_add_func ("/paper/margins", test_margins);
  g_test_add_func ("/paper/nothing", test_nothing);
  g_test_add_func ("/paper/statement", test_statement);
  g_test_add_func ("/paper/statement-empty", test_statement_empty);
  g_test_add_func ("/paper/statement-boxes", test_statement_boxes);
  g_test_add_func ("/paper/statement-long", test_statement_long);
  g_test_add_func ("/paper/save", test_save);
  status = g_test_run ();

  bench_end ();
  return status;
}
