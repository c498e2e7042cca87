/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* For the counter's wall: what a patient does, in three steps, with pictures, to be read from two
 * metres. It promises what the program does and no more. */
#include "config.h"

#include "mdg-paper-forms.h"
#include "mdg-paper-sheet.h"

#define TITLE   "マイナンバーカードで受付できます"
#define LEFT    MDG_PAPER_MARGIN
#define WIDTH   MDG_PAPER_BODY_WIDTH
#define BAND    92.0
#define GAP     12.0
#define PICTURE 128.0 /* width of a step's picture */
#define HIGH    110.0 /* its height */
#define FOOT    36.0
#define TITLES  27.0 /* size of a step's words */
#define DISC    20.0 /* radius of what its number stands on */
#define WORDS   15.5

/* dark enough for white words on it (8:1), and to be dark on a printer without colours */
#define BLUE_R 0.06
#define BLUE_G 0.30
#define BLUE_B 0.50

typedef struct
{
  const char *number;
  const char *words;
  const char *detail;
  void (*draw) (cairo_t *cr);
} Step;

static void
set_blue (cairo_t *cr)
{
  cairo_set_source_rgb (cr, BLUE_R, BLUE_G, BLUE_B);
}

static void
add_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* --- pictures: each in 128 by 110 points --- */

/* A card with a face and lines of words, its upper left corner there. */
static void
draw_card (cairo_t *cr, double x, double y)
{
  add_rounded (cr, x, y, 70, 45, 5);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill_preserve (cr);
  set_blue (cr);
  cairo_set_line_width (cr, 2.4);
  cairo_stroke (cr);
  cairo_arc (cr, x + 17, y + 17, 6, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_move_to (cr, x + 7, y + 37);
  cairo_curve_to (cr, x + 7, y + 21, x + 27, y + 21, x + 27, y + 37);
  cairo_close_path (cr);
  cairo_fill (cr);
  for (int i = 0; i < 3; i++)
    cairo_rectangle (cr, x + 36, y + 13 + i * 9, i == 2 ? 16 : 26, 3);
  cairo_fill (cr);
}

static void
draw_reader (cairo_t *cr)
{
  add_rounded (cr, 16, 86, 96, 20, 7);
  set_blue (cr);
  cairo_fill (cr);
  cairo_arc (cr, 98, 96, 3, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
}

/* @direction: 1 down, -1 up; its point there */
static void
draw_arrow (cairo_t *cr, double x, double y, double direction)
{
  cairo_set_source_rgb (cr, 0.85, 0.36, 0.05);
  cairo_move_to (cr, x, y);
  cairo_rel_line_to (cr, -9, -11 * direction);
  cairo_rel_line_to (cr, 18, 0);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_rectangle (cr, x - 3.5, MIN (y - 22 * direction, y - 10 * direction), 7, 12);
  cairo_fill (cr);
}

static void
draw_putting (cairo_t *cr)
{
  draw_card (cr, 29, 4);
  draw_arrow (cr, 64, 80, 1);
  draw_reader (cr);
}

/* Four dots above keys. */
static void
draw_typing (cairo_t *cr)
{
  add_rounded (cr, 24, 2, 80, 106, 8);
  set_blue (cr);
  cairo_set_line_width (cr, 2.4);
  cairo_stroke (cr);
  for (int i = 0; i < 4; i++)
    {
      cairo_arc (cr, 40 + i * 16, 17, 4.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  for (int row = 0; row < 4; row++)
    for (int column = 0; column < 3; column++)
      if (row < 3 || column == 1)
        add_rounded (cr, 34 + column * 21, 31 + row * 18.5, 18, 14, 3);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
}

static void
draw_taking (cairo_t *cr)
{
  draw_card (cr, 29, 4);
  draw_arrow (cr, 64, 56, -1);
  draw_reader (cr);
  cairo_set_source_rgb (cr, 0.05, 0.45, 0.20);
  cairo_arc (cr, 104, 62, 13, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 3.4);
  cairo_move_to (cr, 97.5, 62);
  cairo_line_to (cr, 102.5, 67.5);
  cairo_line_to (cr, 111, 56.5);
  cairo_stroke (cr);
}

/* --- words --- */

static const Step steps[] = {
  { "1", "カードを置く", "カードリーダーの上に、マイナンバー\nカードを置いてください。",
    draw_putting },
  { "2", "暗証番号を入れる", "4桁の暗証番号を、ご自分で\n画面に入れてください。", draw_typing },
  { "3", "カードを取る", "画面に案内が出るまで、動かさないで\nください。出たら、お取りください。",
    draw_taking },
};

static const char *const promises[] = {
  "暗証番号は●で表示され、職員が見ることはありません。",
  "暗証番号がわからないときは、職員がお顔とカードの写真を見て\n確認すること（目視確認）もできます。"
  "お声がけください。",
  "マイナンバー（12桁の番号）は使いません。",
};

static void
draw_white (MdgSheet *sheet, double size, const char *text, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (sheet->paper, MDG_PAPER_FACE_BOLD, size, text, width);

  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  mdg_paper_show_layout (sheet->cr, layout, x, y - mdg_paper_get_layout_height (layout) / 2, 1);
}

static void
draw_band (MdgSheet *sheet)
{
  add_rounded (sheet->cr, LEFT, sheet->y, WIDTH, BAND, 10);
  set_blue (sheet->cr);
  cairo_fill (sheet->cr);
  draw_white (sheet, 29, TITLE, LEFT, sheet->y + BAND / 2, WIDTH);
  sheet->y += BAND + GAP + 4;
}

static void
add_step (MdgSheet *sheet, const Step *step, double high)
{
  double x = LEFT + 20 + PICTURE + 28, width = LEFT + WIDTH - x - 6, title, height, y;
  cairo_t *cr = sheet->cr;

  add_rounded (cr, LEFT + 0.6, sheet->y, WIDTH - 1.2, high, 10);
  cairo_set_source_rgb (cr, 0.94, 0.97, 0.99);
  cairo_fill (cr);
  cairo_save (cr);
  cairo_translate (cr, LEFT + 20, sheet->y + (high - HIGH) / 2);
  cairo_new_path (cr);
  step->draw (cr);
  cairo_restore (cr);
  title = mdg_sheet_measure_words (sheet, MDG_PAPER_FACE_BOLD, TITLES, step->words, width);
  height =
      title + 9 + mdg_sheet_measure_words (sheet, MDG_PAPER_FACE_PLAIN, WORDS, step->detail, width);
  y = sheet->y + (high - height) / 2;
  cairo_arc (cr, x + DISC, y + title / 2 + 1, DISC, 0, 2 * G_PI);
  set_blue (cr);
  cairo_fill (cr);
  draw_white (sheet, TITLES - 2, step->number, x, y + title / 2, 2 * DISC);
  y += 9 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_BOLD, TITLES, step->words, x + 2 * DISC + 10,
                                 y, -1, PANGO_ALIGN_LEFT);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, WORDS, step->detail, x, y, width,
                        PANGO_ALIGN_LEFT);
  cairo_new_path (cr);
  sheet->y += high + GAP;
}

static double
measure_promise (MdgSheet *sheet, const char *text)
{
  return 5 + mdg_sheet_measure_words (sheet, MDG_PAPER_FACE_PLAIN, WORDS, text, WIDTH - 26);
}

static void
add_promise (MdgSheet *sheet, const char *text)
{
  cairo_new_path (sheet->cr);
  cairo_arc (sheet->cr, LEFT + 12, sheet->y + 10, 4, 0, 2 * G_PI);
  set_blue (sheet->cr);
  cairo_fill (sheet->cr);
  sheet->y += 5 + mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, WORDS, text, LEFT + 26,
                                        sheet->y, WIDTH - 26, PANGO_ALIGN_LEFT);
}

/**
 * mdg_paper_new_poster:
 * @institution_name: (nullable): at the foot
 * @practice: whether 練習 stands on it
 *
 * One page for the counter: that cards are taken, and what to do.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_paper_new_poster (const char *institution_name, gboolean practice)
{
  MdgSheet sheet = { .paper = mdg_paper_new (TITLE, practice) };
  MdgCell foot = { LEFT, MDG_SHEET_BOTTOM - FOOT, WIDTH, FOOT };
  double rest = FOOT + 14;

  mdg_sheet_begin_page (&sheet);
  draw_band (&sheet);
  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    rest += measure_promise (&sheet, promises[i]);
  rest = MDG_SHEET_BOTTOM - sheet.y - rest;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    add_step (&sheet, &steps[i], rest / G_N_ELEMENTS (steps) - GAP);
  for (gsize i = 0; i < G_N_ELEMENTS (promises); i++)
    add_promise (&sheet, promises[i]);
  mdg_sheet_fill_cell (&sheet, &foot, MDG_PAPER_FACE_BOLD, 18, institution_name,
                       PANGO_ALIGN_CENTER);
  mdg_paper_end (sheet.paper, FALSE);
  return sheet.paper;
}
