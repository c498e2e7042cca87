/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 「オンライン資格確認（資格確認限定型）利用に関する申請書」, 別添 of the official preparation
 * guide, in its words and its order, on one page. Where the copy of the guide that this was made
 * from is broken by its extraction (注2: なりすましがなく等), the smallest repair was made. */
#include "config.h"

#include "mdg-paper-forms.h"
#include "mdg-paper-sheet.h"

#define TITLE       "オンライン資格確認（資格確認限定型）利用に関する申請書"
#define TEXT_SIZE   9.5
#define NOTE_SIZE   8.0
#define LABEL_SIZE  9.0
#define VALUE_SIZE  12.0
#define LABEL_WIDTH 150.0
#define VALUE_LEFT  (MDG_SHEET_LEFT + LABEL_WIDTH)
#define KINDS       50.0 /* height of 申請区分 */
#define CODE        38.0 /* height of 医療機関等コード */
#define ROWS        10   /* the others */
#define ROW_MIN     21.0
#define ROW_MAX     34.0

static const char *const introduction[] = {
  "　オンライン資格確認（資格確認限定型）（以下「マイナ資格確認アプリ」という。）を利用するにあたり"
  "、"
  "「資格確認限定型オンライン資格確認等システム利用規約」に基づき申請します。",
  "　なお、医療保険情報提供等実施機関の「資格確認限定型オンライン資格確認等システム利用規約」に同意"
  "します。",
  "※　「資格確認限定型オンライン資格確認等システム利用規約」は、医療機関等向け総合ポータルサイトに"
  "掲載されています。",
};

static const struct
{
  const char *mark; /* "" goes on with the one before */
  const char *text;
} notes[] = {
  { "注1：", "「1.ポータルサイトユーザー登録」済みの方は、登録情報を必ずご記入ください。「2."
             "マイナ資格確認アプリ"
             "利用開始申請」に必要な項目となります。" },
  { "", "なお、申請区分が「1.ポータルサイトユーザー登録申請」と「2."
        "マイナ資格確認アプリ利用開始申請」の両方"
        "申請される方においては記入不要となります。" },
  { "注2：",
    "マイナ資格確認アプリの利用にあたり、なりすましがないこと等、利用施設の真正性確認が必要となりま"
    "す。"
    "利用施設の真正性確認のため、診療報酬請求等の費用請求に使用している金融機関の口座番号の下4桁を"
    "ご記入ください。" },
  { "", "ゆうちょ銀行の場合は通帳表紙の裏面の銀行使用欄もしくは、振込情報案内ページから口座番号およ"
        "び表記"
        "方法をご確認の上、ご記入ください。ご記入いただいた口座番号は施設の真正性確認のみに使用いた"
        "します。" },
  { "注3：", "マイナ資格確認アプリを利用する職員数をご記入ください。" },
  { "注4：", "マイナ資格確認アプリを利用する端末登録の台数をご記入ください。業務に必要な台数のみを"
             "ご申請ください。" },
  { "注5：", "一度利用終了を申請された方で、利用終了を取り消したい場合は項目欄の「取り消し」、利用"
             "終了予定年月日を"
             "変更したい場合は年月日を記載の上、「変更」にチェック願います。" },
};

#define LAST                                                                                                                                      \
  "　なお、マイナ資格確認アプリを利用するにあたり「運用開始（予定）日」の登録が必要となりますので" \
  "、"                                                                                                                                           \
  "実施機関において登録した日を「運用開始（予定）日」とさせていただきます。"

static void
draw_head (MdgSheet *sheet, const char *date)
{
  g_autofree char *words = mdg_sheet_format_date (date);

  sheet->y += mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, "別添", MDG_PAPER_MARGIN,
                                    sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  sheet->y += 2 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, words, MDG_PAPER_MARGIN,
                                        sheet->y + 2, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  sheet->y +=
      mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 11, "医療保険情報提供等実施機関 御中",
                            MDG_PAPER_MARGIN, sheet->y, -1, PANGO_ALIGN_LEFT);
  sheet->y += 7;
  sheet->y += mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 14, TITLE, MDG_PAPER_MARGIN,
                                    sheet->y, MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_CENTER);
  sheet->y += 7;
  for (gsize i = 0; i < G_N_ELEMENTS (introduction); i++)
    mdg_sheet_add_paragraph (sheet, TEXT_SIZE, NULL, introduction[i]);
  sheet->y += 6;
  sheet->y +=
      mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 10, "【マイナ資格確認アプリ利用申請項目】",
                            MDG_PAPER_MARGIN, sheet->y, -1, PANGO_ALIGN_LEFT);
  mdg_sheet_add_paragraph (sheet, TEXT_SIZE, "　",
                           "以下項目はマイナ資格確認アプリの利用にあたって必要な情報になります。");
  sheet->y += 4;
}

static double
measure_notes (MdgSheet *sheet)
{
  double height = mdg_sheet_measure_paragraph (sheet, NOTE_SIZE, NULL, LAST) + 4;

  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    height += mdg_sheet_measure_paragraph (sheet, NOTE_SIZE, "注1：", notes[i].text);
  return height + 5;
}

static void
draw_notes (MdgSheet *sheet)
{
  double indent = mdg_sheet_get_words_width (sheet, MDG_PAPER_FACE_PLAIN, NOTE_SIZE, "注1：");

  sheet->y += 5;
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, NOTE_SIZE, notes[i].mark, MDG_PAPER_MARGIN,
                            sheet->y, -1, PANGO_ALIGN_LEFT);
      sheet->y += mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, NOTE_SIZE, notes[i].text,
                                        MDG_PAPER_MARGIN + indent, sheet->y,
                                        MDG_PAPER_BODY_WIDTH - indent, PANGO_ALIGN_LEFT);
    }
  sheet->y += 4;
  mdg_sheet_add_paragraph (sheet, NOTE_SIZE, NULL, LAST);
}

/* The label's cell of a row, drawn, and the one for its value. In a tall row the label stands
 * beside the first line of what is in it: so programs read it out row by row, too. */
static MdgCell
begin_row (MdgSheet *sheet, const char *label, const char *note, double height)
{
  const double tall = 36;
  MdgCell left = { MDG_SHEET_LEFT, sheet->y, LABEL_WIDTH, height };
  MdgCell right = { VALUE_LEFT, sheet->y, MDG_SHEET_RIGHT - VALUE_LEFT, height };

  mdg_sheet_stroke_cell (sheet, &left, MDG_SHEET_SHADE);
  mdg_sheet_stroke_cell (sheet, &right, 1);
  left.height = height > tall ? MIN (height, note != NULL ? 34 : 23) : height;
  mdg_sheet_draw_label (sheet, &left, LABEL_SIZE, label, note, PANGO_ALIGN_LEFT);
  sheet->y += height;
  return right;
}

static void
add_row (MdgSheet *sheet, const char *label, const char *note, double height, const char *value)
{
  MdgCell cell = begin_row (sheet, label, note, height);

  mdg_sheet_fill_cell (sheet, &cell, MDG_PAPER_FACE_PLAIN, VALUE_SIZE, value, PANGO_ALIGN_LEFT);
}

static void
draw_choice (MdgSheet *sheet, double size, const char *words, double x, double y, gboolean ticked)
{
  x += mdg_sheet_draw_tick (sheet, size, x, y, ticked) + 2;
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, size, words, x, y, -1, PANGO_ALIGN_LEFT);
}

static void
add_kinds (MdgSheet *sheet, const gboolean *kinds)
{
  static const char *const words[] = { "1.ポータルサイトユーザー登録申請",
                                       "2.マイナ資格確認アプリ利用開始申請",
                                       "3.マイナ資格確認アプリ利用終了・変更申請" };
  MdgCell cell = begin_row (sheet, "申請区分", "（申請項目にチェック願います。）", KINDS);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    draw_choice (sheet, 10.5, words[i], cell.x + MDG_SHEET_PADDING,
                 cell.y + 4 + (double) i * (KINDS - 8) / 3, kinds[i]);
}

static void
add_code (MdgSheet *sheet, const MdgApplicationFields *fields)
{
  const struct
  {
    const char *label;
    guint boxes;
    double width; /* 0: what is left */
    const char *digits;
  } parts[] = {
    { "都道府県", 2, 66, fields->prefecture },
    { "点数表", 1, 66, fields->points_table },
    { "医療機関コード・薬局コード", 7, 0, fields->code },
  };
  MdgCell cell = begin_row (sheet, "医療機関等コード", NULL, CODE);
  double x = cell.x, boxes = cell.y + 15;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      double width = parts[i].width > 0 ? parts[i].width : MDG_SHEET_RIGHT - x;
      MdgCell part = { x, cell.y, width, CODE };

      mdg_sheet_stroke_cell (sheet, &part, 1);
      mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 8, parts[i].label, x + MDG_SHEET_PADDING,
                            cell.y + 3, width - 2 * MDG_SHEET_PADDING, PANGO_ALIGN_LEFT);
      mdg_sheet_draw_digits (sheet, x + MDG_SHEET_PADDING, boxes, parts[i].boxes, parts[i].digits);
      x += width;
    }
}

static void
add_end (MdgSheet *sheet, double height, const MdgApplicationFields *fields)
{
  const double choice = 72;
  MdgCell cell = begin_row (sheet, "利用終了予定年月日（注5）", NULL, height);
  MdgCell date = { cell.x, cell.y, cell.width - 2 * choice, height };
  double y =
      cell.y + (height - mdg_sheet_measure_words (sheet, MDG_PAPER_FACE_PLAIN, 10, "変", -1)) / 2;
  g_autofree char *words = mdg_sheet_format_date (fields->end_date);
  const struct
  {
    const char *words;
    gboolean ticked;
  } choices[] = { { "取り消し", fields->withdraw }, { "変更", fields->change } };

  mdg_sheet_stroke_cell (sheet, &date, 1);
  mdg_sheet_draw_label (sheet, &date, 10.5, words, NULL, PANGO_ALIGN_LEFT);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      MdgCell box = { date.x + date.width + (double) i * choice, cell.y, choice, height };

      mdg_sheet_stroke_cell (sheet, &box, 1);
      draw_choice (sheet, 10, choices[i].words, box.x + MDG_SHEET_PADDING, y, choices[i].ticked);
    }
}

static void
draw_table (MdgSheet *sheet, const MdgApplicationFields *fields)
{
  double left = MDG_SHEET_BOTTOM - sheet->y - measure_notes (sheet) - KINDS - CODE;
  double row = CLAMP (left / ROWS, ROW_MIN, ROW_MAX);
  MdgCell cell;

  add_kinds (sheet, fields->kinds);
  add_row (sheet, "担当者名", NULL, row, fields->person);
  add_code (sheet, fields);
  add_row (sheet, "医療機関等名", NULL, row, fields->name);
  add_row (sheet, "開設者氏名（漢字）", NULL, row, fields->founder);
  add_row (sheet, "電話番号", NULL, row, fields->phone);
  add_row (sheet, "メールアドレス（注1）", NULL, row, fields->mail);
  cell = begin_row (sheet, "パスワード（注1）", "※英数字8文字以上100文字以下", row);
  mdg_sheet_fill_secret (sheet, &cell, VALUE_SIZE, fields->password);
  add_row (sheet, "口座番号（注2）", "※口座番号の下4桁", row, fields->account);
  add_row (sheet, "職員数（注3）", NULL, row, fields->staff);
  add_row (sheet, "申請台数（注4）", NULL, row, fields->devices);
  add_end (sheet, row, fields);
}

/**
 * mdg_paper_new_application:
 * @fields: what is filled in; each of them may be %NULL
 * @practice: whether 練習 stands on it
 *
 * 「オンライン資格確認（資格確認限定型）利用に関する申請書」, one page. What is not known is left
 * empty to be written by hand.
 *
 * The password is drawn, and is nowhere else: not in the title, not in the PDF's data about itself.
 * Copies of it that were made to draw it are erased before this returns. The recorded page has it
 * until the paper is disposed of, and cannot be erased; a PDF that is saved has it for good.
 *
 * Source: the form of the preparation guide, 2-1 ①.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_paper_new_application (const MdgApplicationFields *fields, gboolean practice)
{
  static const MdgApplicationFields nothing = { NULL };
  MdgSheet sheet = { .paper = mdg_paper_new (TITLE, practice) };

  fields = fields != NULL ? fields : &nothing;
  mdg_sheet_begin_page (&sheet);
  draw_head (&sheet, fields->date);
  draw_table (&sheet, fields);
  draw_notes (&sheet);
  mdg_paper_end (sheet.paper, FALSE);
  return sheet.paper;
}
