/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 被保険者資格申立書: what a patient declares when nothing else can confirm the insurance. One
 * page, filled with what is known; boxes and lines to write on for the rest.
 *
 * The reference has the paper's name and its place in the order (reference/domain.md 1.6), not its
 * layout. The fields are those that the ministry's form is known to ask for; the wording and the
 * drawing are ours, and the foot says so. Its words are Japanese whatever the language of the
 * window. */
#include "config.h"

#include "mdg-paper-kinds.h"
#include "mdg-paper-sheet.h"

#define VALUE_SIZE  12.0
#define LABEL_SIZE  9.5
#define CHOICE_SIZE 10.0
#define LABEL_WIDTH 104.0
#define LABEL_SHORT 56.0 /* of the second field in a row */

#define INTRODUCTION                                                                                                                  \
  "医療保険に加入していますが、本日、オンライン資格確認などで資格を確認できませんでした。" \
  "加入している医療保険の資格について、次のとおり申し立てます。"
#define FOOT                                                                                                                                   \
  "この用紙は、窓口のプログラムが用意した書式です。厚生労働省などが示す様式の用紙があるときは、" \
  "そちらをお使いください。"

/* A label's cell and the one to its right, from @x to @end. */
static MdgCell
draw_cell (MdgSheet *sheet,
           const char *label,
           double x,
           double end,
           double label_width,
           double height)
{
  MdgCell left = { x, sheet->y, label_width, height };
  MdgCell right = { x + label_width, sheet->y, end - x - label_width, height };

  mdg_sheet_stroke_cell (sheet, &left, MDG_SHEET_SHADE);
  mdg_sheet_stroke_cell (sheet, &right, 1);
  mdg_sheet_draw_label (sheet, &left, LABEL_SIZE, label, NULL, PANGO_ALIGN_LEFT);
  return right;
}

static void
fill_cell (MdgSheet *sheet, const MdgCell *cell, const char *value)
{
  mdg_sheet_fill_cell (sheet, cell, MDG_PAPER_FACE_PLAIN, VALUE_SIZE, value, PANGO_ALIGN_LEFT);
}

static void
draw_field (MdgSheet *sheet, const char *label, double height, const char *value)
{
  MdgCell cell = draw_cell (sheet, label, MDG_SHEET_LEFT, MDG_SHEET_RIGHT, LABEL_WIDTH, height);

  fill_cell (sheet, &cell, value);
  sheet->y += height;
}

/* Boxes with their words in @cell, from left to right; the one that is @chosen is ticked. FALSE
 * where none is. */
static gboolean
draw_choices (MdgSheet *sheet, const MdgCell *cell, const char *const *choices, const char *chosen)
{
  double height =
      mdg_sheet_measure_words (sheet, MDG_PAPER_FACE_PLAIN, CHOICE_SIZE, choices[0], -1);
  double x = cell->x + MDG_SHEET_PADDING, y = cell->y + (cell->height - height) / 2;
  gboolean found = FALSE;

  for (gsize i = 0; choices[i] != NULL; i++)
    {
      gboolean ticked = g_strcmp0 (choices[i], chosen) == 0;

      x += mdg_sheet_draw_tick (sheet, CHOICE_SIZE, x, y, ticked) + 2;
      mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, CHOICE_SIZE, choices[i], x, y, -1,
                            PANGO_ALIGN_LEFT);
      x += 13 + mdg_sheet_get_words_width (sheet, MDG_PAPER_FACE_PLAIN, CHOICE_SIZE, choices[i]);
      found = found || ticked;
    }
  return found;
}

/* A row of boxes. What is known and is none of them is written behind them. */
static void
draw_choice_field (MdgSheet *sheet,
                   const char *label,
                   const char *const *choices,
                   const char *chosen)
{
  const double height = 28, rest = 130;
  MdgCell cell = draw_cell (sheet, label, MDG_SHEET_LEFT, MDG_SHEET_RIGHT, LABEL_WIDTH, height);

  if (!draw_choices (sheet, &cell, choices, chosen))
    {
      MdgCell behind = { cell.x + cell.width - rest, cell.y, rest, height };

      fill_cell (sheet, &behind, chosen);
    }
  sheet->y += height;
}

static void
draw_section (MdgSheet *sheet, const char *title)
{
  sheet->y += 11;
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 11, title, MDG_PAPER_MARGIN, sheet->y, -1,
                        PANGO_ALIGN_LEFT);
  sheet->y += 20;
}

static void
draw_title (MdgSheet *sheet, const char *institution)
{
  MdgCell cell = { MDG_PAPER_MARGIN - MDG_SHEET_PADDING, 0, 300, 24 };

  sheet->y += 6 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 20, "被保険者資格申立書",
                                        MDG_PAPER_MARGIN, sheet->y, MDG_PAPER_BODY_WIDTH,
                                        PANGO_ALIGN_CENTER);
  cell.y = sheet->y + 2;
  fill_cell (sheet, &cell, institution);
  cairo_set_source_rgb (sheet->cr, MDG_SHEET_FRAME, MDG_SHEET_FRAME, MDG_SHEET_FRAME);
  cairo_rectangle (sheet->cr, MDG_PAPER_MARGIN, sheet->y + 24, 290, MDG_SHEET_LINE);
  cairo_fill (sheet->cr);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 12, "御中", MDG_PAPER_MARGIN + 298,
                        sheet->y + 6, -1, PANGO_ALIGN_LEFT);
  sheet->y += 33;
  mdg_sheet_add_paragraph (sheet, 9.5, NULL, INTRODUCTION);
}

static void
draw_insurance (MdgSheet *sheet, const MdgStatementFields *fields)
{
  static const char *const kinds[] = { "会社などの健康保険", "国民健康保険", "後期高齢者医療",
                                       "わからない", NULL };
  static const char *const times[] = { "1か月以内", "1か月より前", "わからない", NULL };
  static const char *const shares[] = { "1割", "2割", "3割", "わからない", NULL };

  draw_section (sheet, "1　加入している医療保険（わかるところをご記入ください）");
  draw_choice_field (sheet, "保険の種類", kinds, NULL);
  draw_field (sheet, "保険者等名称", 32, fields->insurer_name);
  draw_field (sheet, "事業所名\n（お勤め先）", 34, NULL);
  draw_choice_field (sheet, "加入した時期", times, NULL);
  draw_choice_field (sheet, "一部負担金の割合", shares, fields->share);
}

static void
draw_person (MdgSheet *sheet, const MdgStatementFields *fields)
{
  static const char *const sexes[] = { "男", "女", NULL };
  const double height = 31, middle = 390;
  MdgCell cell;

  draw_section (sheet, "2　ご本人");
  draw_field (sheet, "フリガナ", 24, fields->kana);
  draw_field (sheet, "氏名", 36, fields->name);
  cell = draw_cell (sheet, "生年月日", MDG_SHEET_LEFT, middle, LABEL_WIDTH, height);
  fill_cell (sheet, &cell, fields->birth);
  cell = draw_cell (sheet, "性別", middle, MDG_SHEET_RIGHT, LABEL_SHORT, height);
  draw_choices (sheet, &cell, sexes, fields->sex);
  sheet->y += height;
  draw_field (sheet, "住所", 40, fields->address);
  draw_field (sheet, "連絡先\n（電話番号）", 34, NULL);
}

static void
draw_confirmations (MdgSheet *sheet)
{
  static const char *const sentences[] = {
    "記載した内容は、事実に相違ありません。",
    "資格の確認に必要な範囲で、記載した内容を医療機関・薬局と保険者等が用いることに同意します。",
    "有効な資格がなかったとき、または負担割合が異なっていたときは、後日、医療費の全部または差額を"
    "請求されることがあることを理解しました。",
  };

  draw_section (sheet, "3　確認事項（お読みになり、□に✓をご記入ください）");
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      double x = MDG_PAPER_MARGIN;

      x += mdg_sheet_draw_tick (sheet, 9.5, x, sheet->y, FALSE) + 8;
      sheet->y +=
          5 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 9.5, sentences[i], x, sheet->y,
                                    MDG_PAPER_WIDTH - MDG_PAPER_MARGIN - x, PANGO_ALIGN_LEFT);
    }
}

static void
draw_signature (MdgSheet *sheet, const char *date)
{
  static const char *const relations[] = { "本人", "家族など（続柄　　　　　　　　　　）", NULL };
  const double height = 40, middle = 296;
  MdgCell cell;

  sheet->y += 8;
  cell = draw_cell (sheet, "申立日", MDG_SHEET_LEFT, middle, LABEL_SHORT, height);
  fill_cell (sheet, &cell, date != NULL && *date != '\0' ? date : "令和　　年　　月　　日");
  cell = draw_cell (sheet, "署名", middle, MDG_SHEET_RIGHT, LABEL_SHORT, height);
  sheet->y += height;
  draw_choice_field (sheet, "署名した方", relations, NULL);
}

static void
draw_foot (MdgSheet *sheet)
{
  sheet->y = MDG_SHEET_BOTTOM - mdg_sheet_measure_paragraph (sheet, 8, NULL, FOOT);
  mdg_paper_draw_rule (sheet->cr, sheet->y - 5, 0.6, MDG_PAPER_RULE);
  mdg_sheet_add_paragraph (sheet, 8, NULL, FOOT);
}

/**
 * mdg_paper_new_statement:
 * @fields: what is known; each of them may be %NULL
 * @practice: whether 練習 stands on it
 *
 * One page of 被保険者資格申立書. A value that is too long for its box is written in smaller
 * letters.
 *
 * Source: the paper and when it is due, reference/domain.md 1.6; its layout is ours.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_paper_new_statement (const MdgStatementFields *fields, gboolean practice)
{
  static const MdgStatementFields nothing = { NULL };
  MdgSheet sheet = { .paper = mdg_paper_new ("被保険者資格申立書", practice) };

  fields = fields != NULL ? fields : &nothing;
  mdg_sheet_begin_page (&sheet);
  draw_title (&sheet, fields->institution_name);
  draw_insurance (&sheet, fields);
  draw_person (&sheet, fields);
  draw_confirmations (&sheet);
  draw_signature (&sheet, fields->date);
  draw_foot (&sheet);
  mdg_paper_end (sheet.paper, FALSE);
  return sheet.paper;
}
