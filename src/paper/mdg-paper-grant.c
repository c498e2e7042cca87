/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 別紙様式1(7) 「訪問診療等におけるオンライン資格確認等の導入に係る助成金交付申請書」 of the
 * official preparation guide, 3 ②, in its words and its order, on one page. */
#include "config.h"

#include "mdg-paper-packet.h"

#define APPLICANT_LEFT  190.0 /* the block of the applicant is at the right */
#define APPLICANT_LABEL 152.0
#define APPLICANT_ROW   26.0
#define ADDRESS_MAX     1200 /* characters */
#define COLUMNS         4
#define AMOUNT_HEAD     42.0
#define AMOUNT_ROW      40.0

static const char *const words[] = {
  "　「令和5年度社会保障・税番号制度システム整備費助成事業（訪問診療等におけるオンライン資格確認）"
  "実施要領」の「第3 助成対象事業」の2に規定される事業を実施したので、同実施要領の「第6 "
  "事業を実施する"
  "場合の条件」の1及び2に規定される条件を理解した上で、同実施要領の「第7 申請手続」の規定に基づき、"
  "下記のとおり助成金の交付を申請します。",
};

static const char *const notes[] = {
  "助成金の申請をする際は、領収書等が必要です。",
  "記入した額や内容と領収書等が一致しない場合は、内容確認のため当該申請書を返戻することがあります"
  "。",
  "都道府県コード・点数表コードは別添の一覧をご参照ください。",
};

static void
add_boxes (MdgSheet *sheet, const char *label, guint n, const char *digits)
{
  MdgCell cell = { APPLICANT_LEFT, sheet->y, APPLICANT_LABEL, 21 };

  mdg_sheet_draw_label (sheet, &cell, 9.5, label, NULL, PANGO_ALIGN_LEFT);
  mdg_sheet_draw_digits (sheet, cell.x + cell.width + MDG_SHEET_PADDING, sheet->y + 1.2, n, digits);
  sheet->y += 23;
}

static void
draw_line (MdgSheet *sheet, double x, double y)
{
  cairo_set_source_rgb (sheet->cr, MDG_SHEET_FRAME, MDG_SHEET_FRAME, MDG_SHEET_FRAME);
  cairo_rectangle (sheet->cr, x, y - MDG_SHEET_LINE, MDG_SHEET_RIGHT - x, MDG_SHEET_LINE);
  cairo_fill (sheet->cr);
}

/* A label and a line with what is written on it. */
static void
add_line (MdgSheet *sheet, const char *label, const char *value)
{
  MdgCell left = { APPLICANT_LEFT, sheet->y, APPLICANT_LABEL, APPLICANT_ROW };
  MdgCell right = { APPLICANT_LEFT + APPLICANT_LABEL, sheet->y, 0, APPLICANT_ROW };

  right.width = MDG_SHEET_RIGHT - right.x;
  mdg_sheet_draw_label (sheet, &left, 9.5, label, NULL, PANGO_ALIGN_LEFT);
  mdg_sheet_fill_cell (sheet, &right, MDG_PAPER_FACE_PLAIN, 11, value, PANGO_ALIGN_LEFT);
  sheet->y += APPLICANT_ROW;
  draw_line (sheet, right.x, sheet->y);
}

/* The sign of the postal code stands before the address, as in the form. */
static void
add_address (MdgSheet *sheet, const char *postal_code, const char *address)
{
  const double height = 32;
  g_autofree char *code = mdg_paper_clean_text (postal_code, 20);
  g_autofree char *clean = mdg_paper_clean_text (address, ADDRESS_MAX);
  g_autofree char *text = g_strconcat ("〒", code, " ", clean, NULL);
  MdgCell left = { APPLICANT_LEFT, sheet->y, APPLICANT_LABEL, height };
  MdgCell right = { APPLICANT_LEFT + APPLICANT_LABEL, sheet->y, 0, height };

  right.width = MDG_SHEET_RIGHT - right.x;
  mdg_sheet_draw_label (sheet, &left, 9.5, "所在地", NULL, PANGO_ALIGN_LEFT);
  mdg_sheet_fill_lines (sheet, &right, 10.5, text, PANGO_ALIGN_LEFT);
  sheet->y += height;
  draw_line (sheet, right.x, sheet->y);
}

void
mdg_packet_draw_applicant (MdgSheet *sheet, const MdgGrantFields *fields)
{
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, "【申請者】", APPLICANT_LEFT, sheet->y,
                        -1, PANGO_ALIGN_LEFT);
  sheet->y += 17;
  add_boxes (sheet, "都道府県コード", 2, fields->prefecture);
  add_boxes (sheet, "点数表コード", 1, fields->points_table);
  add_boxes (sheet, "医療機関コード(健診機関コード)", 7, fields->code);
  add_line (sheet, "保険医療機関名称(健診機関名称)", fields->name);
  add_line (sheet, "開設者氏名", fields->founder);
  add_address (sheet, fields->postal_code, fields->address);
  add_line (sheet, "電話番号", fields->phone);
}

static void
add_centered (MdgSheet *sheet, MdgPaperFace face, double size, const char *text)
{
  sheet->y += mdg_sheet_draw_words (sheet, face, size, text, MDG_PAPER_MARGIN, sheet->y,
                                    MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_CENTER);
}

static void
draw_head (MdgSheet *sheet, const char *date)
{
  g_autofree char *day = mdg_sheet_format_date (date);

  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, "別紙様式1(7)", MDG_PAPER_MARGIN,
                        sheet->y, -1, PANGO_ALIGN_LEFT);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 10.5, day, MDG_PAPER_MARGIN, sheet->y,
                        MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
  sheet->y += 26;
  sheet->y += mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 11.5, MDG_GRANT_PRESIDENT,
                                    MDG_PAPER_MARGIN, sheet->y, -1, PANGO_ALIGN_LEFT);
  sheet->y += 8;
}

/* Two kinds share the form; this program is for the second. */
static void
draw_title (MdgSheet *sheet)
{
  const char *first = "(健診実施機関等 ", *second = "義務化対象外機関";
  double left = mdg_sheet_get_words_width (sheet, MDG_PAPER_FACE_PLAIN, 12, first);
  double middle = mdg_sheet_get_words_width (sheet, MDG_PAPER_FACE_BOLD, 12, second);
  double x = (MDG_PAPER_WIDTH - left - middle - 4) / 2;

  sheet->y += 30;
  add_centered (sheet, MDG_PAPER_FACE_BOLD, 13.5,
                "訪問診療等におけるオンライン資格確認等の導入に係る助成金交付申請書");
  sheet->y += 3;
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 12, first, x, sheet->y, -1, PANGO_ALIGN_LEFT);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, 12, second, x + left, sheet->y, -1,
                        PANGO_ALIGN_LEFT);
  sheet->y += mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 12, ")", x + left + middle,
                                    sheet->y, -1, PANGO_ALIGN_LEFT);
  sheet->y += 14;
}

static void
draw_amount (MdgSheet *sheet, const MdgCell *cell, gint64 yen)
{
  const double unit = 18;
  g_autofree char *digits = mdg_sheet_format_yen (yen);
  MdgCell number = { cell->x, cell->y, cell->width - unit, cell->height };
  MdgCell last = { cell->x + cell->width - unit - MDG_SHEET_PADDING, cell->y,
                   unit + MDG_SHEET_PADDING, cell->height };

  mdg_sheet_fill_cell (sheet, &number, MDG_PAPER_FACE_BOLD, 15, digits, PANGO_ALIGN_RIGHT);
  mdg_sheet_draw_label (sheet, &last, 11, "円", NULL, PANGO_ALIGN_RIGHT);
}

static void
draw_amounts (MdgSheet *sheet, const MdgGrantFields *fields)
{
  static const char *const heads[COLUMNS] = { "実施要領第3の2に係る\n総事業費(①)",
                                              "比較額\n((①)×3/4) (②)", "補助限度額(③)",
                                              "②と③のうち低い方の額\n＝補助金申請額(④)" };
  static const char *const below[COLUMNS] = { "※税込金額を記載", "※一円未満切り捨て", NULL,
                                              "※千円未満切り捨て" };
  const gint64 amounts[COLUMNS] = { fields->total, fields->three_quarters, -1, fields->grant };
  double width = (MDG_SHEET_RIGHT - MDG_SHEET_LEFT) / COLUMNS;

  for (int i = 0; i < COLUMNS; i++)
    {
      MdgCell head = { MDG_SHEET_LEFT + i * width, sheet->y, width, AMOUNT_HEAD };

      mdg_sheet_stroke_cell (sheet, &head, MDG_SHEET_SHADE);
      head.x -= MDG_SHEET_PADDING;
      head.width += 2 * MDG_SHEET_PADDING;
      mdg_sheet_draw_label (sheet, &head, 9.5, heads[i], NULL, PANGO_ALIGN_CENTER);
    }
  sheet->y += AMOUNT_HEAD;
  for (int i = 0; i < COLUMNS; i++)
    {
      MdgCell cell = { MDG_SHEET_LEFT + i * width, sheet->y, width, AMOUNT_ROW };

      mdg_sheet_stroke_cell (sheet, &cell, 1);
      if (i == 2)
        mdg_sheet_draw_label (sheet, &cell, 13, "3.1万円", NULL, PANGO_ALIGN_CENTER);
      else
        draw_amount (sheet, &cell, amounts[i]);
    }
  sheet->y += AMOUNT_ROW + 3;
  for (int i = 0; i < COLUMNS; i++)
    if (below[i] != NULL)
      mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 8.5, below[i], MDG_SHEET_LEFT + i * width,
                            sheet->y, width, PANGO_ALIGN_CENTER);
  sheet->y += 18;
}

gboolean
mdg_packet_draw_grant (MdgSheet *sheet, const MdgGrantFields *fields)
{
  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  draw_head (sheet, fields->date);
  mdg_packet_draw_applicant (sheet, fields);
  draw_title (sheet);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    mdg_sheet_add_paragraph (sheet, 10.5, NULL, words[i]);
  sheet->y += 12;
  add_centered (sheet, MDG_PAPER_FACE_PLAIN, 11, "記");
  sheet->y += 10;
  mdg_sheet_add_paragraph (sheet, 10.5, NULL, "【実施要領第3の2該当】");
  sheet->y += 3;
  mdg_sheet_add_paragraph (sheet, 10.5, NULL, "◎モバイル端末購入等関係助成金");
  sheet->y += 4;
  draw_amounts (sheet, fields);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      mdg_sheet_add_paragraph (sheet, 9, "* ", notes[i]);
      sheet->y += 2;
    }
  return TRUE;
}
