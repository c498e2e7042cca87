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
#include "mdg-paper-private.h"

#define FIELD_MAX   160 /* characters: they fit into any box in the smallest letters */
#define VALUE_SIZE  12.0
#define SMALLEST    4.0
#define LABEL_WIDTH 104.0
#define LABEL_SHORT 56.0 /* of the second field in a row */
#define LINE        0.6
/* of the table: its lines stay inside the margins */
#define LEFT    (MDG_PAPER_MARGIN + LINE / 2)
#define RIGHT   (MDG_PAPER_WIDTH - MDG_PAPER_MARGIN - LINE / 2)
#define PADDING 8.0
#define BOX     9.0

#define INTRODUCTION                                                                                                                  \
  "医療保険に加入していますが、本日、オンライン資格確認などで資格を確認できませんでした。" \
  "加入している医療保険の資格について、次のとおり申し立てます。"
#define FOOT                                                                                                                                   \
  "この用紙は、窓口のプログラムが用意した書式です。厚生労働省などが示す様式の用紙があるときは、" \
  "そちらをお使いください。"

typedef struct
{
  MdgPaper *paper;
  cairo_t *cr;
  double y;
} Form;

/* A place in a row to be filled. */
typedef struct
{
  double x, y, width, height;
} Cell;

static void
draw_words (Form *form,
            MdgPaperFace face,
            double size,
            const char *text,
            double x,
            double y,
            double light)
{
  g_autoptr (PangoLayout) layout = mdg_paper_create_layout (form->paper, face, size, text, -1);

  mdg_paper_show_layout (form->cr, layout, x, y, light);
}

/* A paragraph over the whole width; moves on. */
static void
draw_paragraph (Form *form, double size, const char *text, double lightness)
{
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (form->paper, MDG_PAPER_FACE_PLAIN, size, text, MDG_PAPER_BODY_WIDTH);

  mdg_paper_show_layout (form->cr, layout, MDG_PAPER_MARGIN, form->y, lightness);
  form->y += mdg_paper_get_layout_height (layout);
}

/* Lays @text out in the largest letters in which all of it fits into @width and @height. */
static PangoLayout *
fit_text (Form *form, const char *text, double width, double height)
{
  PangoLayout *layout = NULL;

  for (double size = VALUE_SIZE; size >= SMALLEST; size -= 0.5)
    {
      g_clear_object (&layout);
      layout = mdg_paper_create_layout (form->paper, MDG_PAPER_FACE_PLAIN, size, text, width);
      if (mdg_paper_get_layout_height (layout) <= height)
        break;
    }
  return layout;
}

static char *
clean_field (const char *text)
{
  char *clean = mdg_paper_clean_text (text, FIELD_MAX);

  return g_strstrip (g_strdelimit (clean, "\n", ' '));
}

static void
fill_cell (Form *form, const Cell *cell, const char *value)
{
  g_autofree char *clean = clean_field (value);
  g_autoptr (PangoLayout) layout = NULL;

  if (*clean == '\0')
    return;
  layout = fit_text (form, clean, cell->width - 2 * PADDING, cell->height - 2);
  mdg_paper_show_layout (form->cr, layout, cell->x + PADDING,
                         cell->y + (cell->height - mdg_paper_get_layout_height (layout)) / 2,
                         MDG_PAPER_INK);
}

static void
stroke_cell (Form *form, const Cell *cell, double light_fill)
{
  cairo_rectangle (form->cr, cell->x, cell->y, cell->width, cell->height);
  if (light_fill < 1)
    {
      cairo_set_source_rgb (form->cr, light_fill, light_fill, light_fill);
      cairo_fill_preserve (form->cr);
    }
  cairo_set_source_rgb (form->cr, 0.35, 0.35, 0.35);
  cairo_set_line_width (form->cr, LINE);
  cairo_stroke (form->cr);
}

/* A label's cell and the one to its right, from @x to @end. */
static Cell
draw_cell (Form *form, const char *label, double x, double end, double label_width, double height)
{
  Cell left = { x, form->y, label_width, height };
  Cell right = { x + label_width, form->y, end - x - label_width, height };
  g_autoptr (PangoLayout) layout = mdg_paper_create_layout (form->paper, MDG_PAPER_FACE_PLAIN, 9.5,
                                                            label, label_width - 2 * PADDING);

  stroke_cell (form, &left, 0.955);
  stroke_cell (form, &right, 1);
  mdg_paper_show_layout (form->cr, layout, x + PADDING,
                         form->y + (height - mdg_paper_get_layout_height (layout)) / 2,
                         MDG_PAPER_INK);
  return right;
}

static void
draw_field (Form *form, const char *label, double height, const char *value)
{
  Cell cell = draw_cell (form, label, LEFT, RIGHT, LABEL_WIDTH, height);

  fill_cell (form, &cell, value);
  form->y += height;
}

/* A box, with a tick in it if @ticked. */
static void
draw_box (Form *form, double x, double y, gboolean ticked)
{
  cairo_t *cr = form->cr;

  cairo_set_source_rgb (cr, MDG_PAPER_INK, MDG_PAPER_INK, MDG_PAPER_INK);
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, x, y, BOX, BOX);
  cairo_stroke (cr);
  if (!ticked)
    return;
  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, x + BOX * 0.18, y + BOX * 0.5);
  cairo_line_to (cr, x + BOX * 0.42, y + BOX * 0.8);
  cairo_line_to (cr, x + BOX * 0.95, y - BOX * 0.1);
  cairo_stroke (cr);
}

/* Boxes with their words in @cell, from left to right; the one that is @chosen is ticked. FALSE
 * where none is. */
static gboolean
draw_choices (Form *form, const Cell *cell, const char *const *choices, const char *chosen)
{
  double x = cell->x + PADDING;
  gboolean found = FALSE;

  for (gsize i = 0; choices[i] != NULL; i++)
    {
      g_autoptr (PangoLayout) layout =
          mdg_paper_create_layout (form->paper, MDG_PAPER_FACE_PLAIN, 10, choices[i], -1);
      gboolean ticked = g_strcmp0 (choices[i], chosen) == 0;
      PangoRectangle logical;

      pango_layout_get_extents (layout, NULL, &logical);
      draw_box (form, x, cell->y + (cell->height - BOX) / 2, ticked);
      mdg_paper_show_layout (form->cr, layout, x + BOX + 4,
                             cell->y + (cell->height - (double) logical.height / PANGO_SCALE) / 2,
                             MDG_PAPER_INK);
      x += BOX + 4 + (double) logical.width / PANGO_SCALE + 13;
      found = found || ticked;
    }
  return found;
}

/* A row of boxes. What is known and is none of them is written behind them. */
static void
draw_choice_field (Form *form, const char *label, const char *const *choices, const char *chosen)
{
  const double height = 28;
  Cell cell = draw_cell (form, label, LEFT, RIGHT, LABEL_WIDTH, height);
  g_autofree char *clean = clean_field (chosen);

  if (!draw_choices (form, &cell, choices, clean) && *clean != '\0')
    {
      Cell rest = { cell.x + cell.width - 130, cell.y, 130, height };

      fill_cell (form, &rest, clean);
    }
  form->y += height;
}

static void
draw_section (Form *form, const char *title)
{
  form->y += 11;
  draw_words (form, MDG_PAPER_FACE_BOLD, 11, title, MDG_PAPER_MARGIN, form->y, MDG_PAPER_INK);
  form->y += 20;
}

static void
draw_title (Form *form, const char *institution)
{
  g_autoptr (PangoLayout) title = mdg_paper_create_layout (
      form->paper, MDG_PAPER_FACE_BOLD, 20, "被保険者資格申立書", MDG_PAPER_BODY_WIDTH);
  Cell cell = { MDG_PAPER_MARGIN - PADDING, 0, 300, 24 };

  pango_layout_set_alignment (title, PANGO_ALIGN_CENTER);
  mdg_paper_show_layout (form->cr, title, MDG_PAPER_MARGIN, form->y, MDG_PAPER_INK);
  form->y += mdg_paper_get_layout_height (title) + 6;
  cell.y = form->y;
  fill_cell (form, &cell, institution);
  cairo_set_source_rgb (form->cr, 0.35, 0.35, 0.35);
  cairo_rectangle (form->cr, MDG_PAPER_MARGIN, form->y + 24, 290, 0.6);
  cairo_fill (form->cr);
  draw_words (form, MDG_PAPER_FACE_PLAIN, 12, "御中", MDG_PAPER_MARGIN + 298, form->y + 4,
              MDG_PAPER_INK);
  form->y += 33;
  draw_paragraph (form, 9.5, INTRODUCTION, MDG_PAPER_INK);
}

static void
draw_insurance (Form *form, const MdgStatementFields *fields)
{
  static const char *const kinds[] = { "会社などの健康保険", "国民健康保険", "後期高齢者医療",
                                       "わからない", NULL };
  static const char *const times[] = { "1か月以内", "1か月より前", "わからない", NULL };
  static const char *const shares[] = { "1割", "2割", "3割", "わからない", NULL };

  draw_section (form, "1　加入している医療保険（わかるところをご記入ください）");
  draw_choice_field (form, "保険の種類", kinds, NULL);
  draw_field (form, "保険者等名称", 32, fields->insurer_name);
  draw_field (form, "事業所名\n（お勤め先）", 34, NULL);
  draw_choice_field (form, "加入した時期", times, NULL);
  draw_choice_field (form, "一部負担金の割合", shares, fields->share);
}

static void
draw_person (Form *form, const MdgStatementFields *fields)
{
  static const char *const sexes[] = { "男", "女", NULL };
  const double height = 31, middle = 390;
  g_autofree char *sex = clean_field (fields->sex);
  Cell cell;

  draw_section (form, "2　ご本人");
  draw_field (form, "フリガナ", 24, fields->kana);
  draw_field (form, "氏名", 36, fields->name);
  cell = draw_cell (form, "生年月日", LEFT, middle, LABEL_WIDTH, height);
  fill_cell (form, &cell, fields->birth);
  cell = draw_cell (form, "性別", middle, RIGHT, LABEL_SHORT, height);
  draw_choices (form, &cell, sexes, sex);
  form->y += height;
  draw_field (form, "住所", 40, fields->address);
  draw_field (form, "連絡先\n（電話番号）", 34, NULL);
}

static void
draw_confirmations (Form *form)
{
  static const char *const sentences[] = {
    "記載した内容は、事実に相違ありません。",
    "資格の確認に必要な範囲で、記載した内容を医療機関・薬局と保険者等が用いることに同意します。",
    "有効な資格がなかったとき、または負担割合が異なっていたときは、後日、医療費の全部または差額を"
    "請求されることがあることを理解しました。",
  };

  draw_section (form, "3　確認事項（お読みになり、□に✓をご記入ください）");
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (PangoLayout) layout = mdg_paper_create_layout (
          form->paper, MDG_PAPER_FACE_PLAIN, 9.5, sentences[i], MDG_PAPER_BODY_WIDTH - BOX - 10);

      draw_box (form, MDG_PAPER_MARGIN + 1, form->y + 3, FALSE);
      mdg_paper_show_layout (form->cr, layout, MDG_PAPER_MARGIN + BOX + 10, form->y, MDG_PAPER_INK);
      form->y += mdg_paper_get_layout_height (layout) + 5;
    }
}

static void
draw_signature (Form *form, const char *date)
{
  static const char *const relations[] = { "本人", "家族など（続柄　　　　　　　　　　）", NULL };
  const double height = 40, middle = 296;
  Cell cell;

  form->y += 8;
  cell = draw_cell (form, "申立日", LEFT, middle, LABEL_SHORT, height);
  fill_cell (form, &cell, date != NULL && *date != '\0' ? date : "令和　　年　　月　　日");
  cell = draw_cell (form, "署名", middle, RIGHT, LABEL_SHORT, height);
  form->y += height;
  draw_choice_field (form, "署名した方", relations, NULL);
}

static void
draw_foot (Form *form)
{
  g_autoptr (PangoLayout) layout =
      mdg_paper_create_layout (form->paper, MDG_PAPER_FACE_PLAIN, 8, FOOT, MDG_PAPER_BODY_WIDTH);
  double y = MDG_PAPER_HEIGHT - MDG_PAPER_MARGIN - mdg_paper_get_layout_height (layout);

  mdg_paper_draw_rule (form->cr, y - 5, 0.6, MDG_PAPER_RULE);
  mdg_paper_show_layout (form->cr, layout, MDG_PAPER_MARGIN, y, MDG_PAPER_SOFT);
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
  Form form = { .paper = mdg_paper_new ("被保険者資格申立書", practice) };

  fields = fields != NULL ? fields : &nothing;
  form.cr = mdg_paper_add_page (form.paper);
  form.y = mdg_paper_get_top (form.paper);
  draw_title (&form, fields->institution_name);
  draw_insurance (&form, fields);
  draw_person (&form, fields);
  draw_confirmations (&form);
  draw_signature (&form, fields->date);
  draw_foot (&form);
  mdg_paper_end (form.paper, FALSE);
  return form.paper;
}
