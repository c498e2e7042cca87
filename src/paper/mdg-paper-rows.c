/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A sheet of facts: a title, a large line under it, rows of label and value, a foot. Rows flow line
 * by line over as many pages as they need; a short row stays on one page. */
#include "config.h"

#include "mdg-paper-kinds.h"
#include "mdg-paper-private.h"

#define TEXT_MAX    20000 /* characters of one value: thirteen pages */
#define LABEL_MAX   200
#define HEAD_MAX    400
#define FOOT_MAX    2000
#define LABEL_WIDTH 132.0
#define GUTTER      16.0
#define LEADING     1.12 /* of a line's own height */
/* rows up to this height are kept on one page */
#define TOGETHER 130.0

typedef struct
{
  MdgPaper *paper;
  cairo_t *cr;
  double y;
  gboolean first; /* nothing stands on this page yet */
  gboolean full;  /* there are no more pages: the rest is left out */
} Flow;

/* One of the texts that stand side by side. */
typedef struct
{
  PangoLayout *layout; /* owned */
  double x;
  double lightness;
} Column;

static void
clear_column (Column *column)
{
  g_clear_object (&column->layout);
}

static void
begin_page (Flow *flow)
{
  cairo_t *cr = mdg_paper_add_page (flow->paper);

  flow->full = cr == NULL;
  if (flow->full)
    return;
  flow->cr = cr;
  flow->y = mdg_paper_get_top (flow->paper);
  flow->first = TRUE;
  if (mdg_paper_get_n_pages (flow->paper) > 1)
    {
      g_autoptr (PangoLayout) title = mdg_paper_create_layout (
          flow->paper, MDG_PAPER_FACE_PLAIN, 9, mdg_paper_get_title (flow->paper), -1);

      pango_layout_set_width (title, (int) (MDG_PAPER_BODY_WIDTH * PANGO_SCALE));
      pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
      mdg_paper_show_layout (cr, title, MDG_PAPER_MARGIN, flow->y, MDG_PAPER_SOFT);
      flow->y += mdg_paper_get_layout_height (title) + 5;
      mdg_paper_draw_rule (cr, flow->y, 0.6, MDG_PAPER_RULE);
      flow->y += 10;
    }
}

/* Goes to the next page where @height is not left on this one. */
static void
need_height (Flow *flow, double height)
{
  if (!flow->full && !flow->first && flow->y + height > mdg_paper_get_bottom (flow->paper))
    begin_page (flow);
}

static void
add_gap (Flow *flow, double height)
{
  if (!flow->first)
    flow->y += height;
}

static void
measure_line (PangoLayout *layout, int index, double *above, double *below)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, index);
  PangoRectangle logical = { 0 };

  if (line == NULL)
    return;
  pango_layout_line_get_extents (line, NULL, &logical);
  *above = MAX (*above, -(double) logical.y / PANGO_SCALE);
  *below = MAX (*below, (double) (logical.y + logical.height) / PANGO_SCALE);
}

static void
show_line (cairo_t *cr, const Column *column, int index, double baseline)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (column->layout, index);

  if (line == NULL)
    return;
  cairo_set_source_rgb (cr, column->lightness, column->lightness, column->lightness);
  cairo_move_to (cr, column->x, baseline);
  pango_cairo_show_layout_line (cr, line);
}

static int
count_lines (const Column *columns, gsize n)
{
  int lines = 0;

  for (gsize i = 0; i < n; i++)
    lines = MAX (lines, pango_layout_get_line_count (columns[i].layout));
  return lines;
}

/* Texts side by side, line by line, on a common base line. */
static void
flow_columns (Flow *flow, const Column *columns, gsize n)
{
  int lines = count_lines (columns, n);
  double whole = 0;

  for (gsize i = 0; i < n; i++)
    whole = MAX (whole, mdg_paper_get_layout_height (columns[i].layout) * LEADING);
  if (whole <= TOGETHER)
    need_height (flow, whole);
  for (int i = 0; i < lines && !flow->full; i++)
    {
      double above = 0, below = 0, height;

      for (gsize k = 0; k < n; k++)
        measure_line (columns[k].layout, i, &above, &below);
      height = (above + below) * LEADING;
      need_height (flow, height);
      if (flow->full)
        return;
      for (gsize k = 0; k < n; k++)
        show_line (flow->cr, &columns[k], i, flow->y + (height - above - below) / 2 + above);
      flow->y += height;
      flow->first = FALSE;
    }
}

static Column
make_column (Flow *flow,
             MdgPaperFace face,
             double size,
             const char *text,
             gsize max,
             double x,
             double width)
{
  g_autofree char *clean = mdg_paper_clean_text (text, max);
  Column column = {
    .layout = mdg_paper_create_layout (flow->paper, face, size, clean, width),
    .x = MDG_PAPER_MARGIN + x,
    .lightness = MDG_PAPER_INK,
  };

  return column;
}

/* One text over the whole width. */
static void
flow_text (Flow *flow, MdgPaperFace face, double size, const char *text, gsize max)
{
  Column column = make_column (flow, face, size, text, max, 0, MDG_PAPER_BODY_WIDTH);

  flow_columns (flow, &column, 1);
  clear_column (&column);
}

static void
flow_fact (Flow *flow, const MdgPaperRow *row)
{
  double left = LABEL_WIDTH + GUTTER;
  Column columns[] = {
    make_column (flow, MDG_PAPER_FACE_PLAIN, 10, row->label, LABEL_MAX, 0, LABEL_WIDTH),
    make_column (flow, row->large ? MDG_PAPER_FACE_BOLD : MDG_PAPER_FACE_PLAIN,
                 row->large ? 18 : 11.5, row->value, TEXT_MAX, left, MDG_PAPER_BODY_WIDTH - left),
  };

  columns[0].lightness = MDG_PAPER_SOFT;
  add_gap (flow, 5);
  flow_columns (flow, columns, G_N_ELEMENTS (columns));
  clear_column (&columns[0]);
  clear_column (&columns[1]);
  if (flow->full)
    return;
  flow->y += 5;
  mdg_paper_draw_rule (flow->cr, MIN (flow->y, mdg_paper_get_bottom (flow->paper)), 0.4,
                       MDG_PAPER_RULE);
}

static void
flow_heading (Flow *flow, const MdgPaperRow *row)
{
  add_gap (flow, 20);
  /* a heading does not stand alone at the end of a page */
  need_height (flow, 70);
  flow_text (flow, MDG_PAPER_FACE_BOLD, 12.5, row->label, LABEL_MAX);
  if (flow->full)
    return;
  flow->y += 4;
  mdg_paper_draw_rule (flow->cr, flow->y, 0.9, MDG_PAPER_INK);
}

static void
flow_row (Flow *flow, const MdgPaperRow *row)
{
  switch (row->kind)
    {
    case MDG_PAPER_ROW_FACT:
      flow_fact (flow, row);
      break;
    case MDG_PAPER_ROW_HEADING:
      flow_heading (flow, row);
      break;
    case MDG_PAPER_ROW_TEXT:
      add_gap (flow, 10);
      flow_text (flow, row->large ? MDG_PAPER_FACE_BOLD : MDG_PAPER_FACE_PLAIN,
                 row->large ? 14 : 10.5, row->value, TEXT_MAX);
      break;
    default:
      g_warn_if_reached ();
    }
}

static void
flow_head (Flow *flow, const char *title, const char *headline)
{
  gboolean has_headline = headline != NULL && *headline != '\0';

  flow_text (flow, MDG_PAPER_FACE_BOLD, has_headline ? 13 : 20, title, HEAD_MAX);
  if (has_headline)
    {
      flow->y += 6;
      flow_text (flow, MDG_PAPER_FACE_BOLD, 26, headline, HEAD_MAX);
    }
  if (flow->full)
    return;
  flow->y += 10;
  mdg_paper_draw_rule (flow->cr, flow->y, 1.2, MDG_PAPER_INK);
  flow->y += 6;
}

/* At the end of the last page, or after the rows where it is too long for what is left. */
static void
flow_foot (Flow *flow, const char *foot)
{
  Column column;
  double height;

  if (foot == NULL || *foot == '\0' || flow->full)
    return;
  column = make_column (flow, MDG_PAPER_FACE_PLAIN, 9, foot, FOOT_MAX, 0, MDG_PAPER_BODY_WIDTH);
  column.lightness = MDG_PAPER_SOFT;
  height = mdg_paper_get_layout_height (column.layout) * LEADING;
  add_gap (flow, 18);
  need_height (flow, MIN (height, TOGETHER) + 8);
  if (!flow->full)
    {
      flow->y = MAX (flow->y, mdg_paper_get_bottom (flow->paper) - height - 8);
      mdg_paper_draw_rule (flow->cr, flow->y, 0.6, MDG_PAPER_RULE);
      flow->y += 7;
      flow_columns (flow, &column, 1);
    }
  clear_column (&column);
}

/**
 * mdg_paper_new_rows:
 * @title: what this sheet is; also of the print job, so no personal datum
 * @headline: (nullable): the verdict, in large letters
 * @rows: (array length=n_rows): the rows in their order; copied
 * @n_rows: how many
 * @foot: (nullable): at the foot of the last page
 * @practice: whether 練習 stands on each page
 *
 * A sheet of facts. Texts may have any length and any bytes: they wrap, flow to the next page, and
 * are drawn as text. A value of more than 20 000 characters ends with …; where 40 pages are not
 * enough the last one says so.
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper
 */
MdgPaper *
mdg_paper_new_rows (const char *title,
                    const char *headline,
                    const MdgPaperRow *rows,
                    gsize n_rows,
                    const char *foot,
                    gboolean practice)
{
  Flow flow = { .paper = mdg_paper_new (title, practice) };

  g_return_val_if_fail (rows != NULL || n_rows == 0, flow.paper);

  begin_page (&flow);
  flow_head (&flow, title, headline);
  for (gsize i = 0; i < n_rows && !flow.full; i++)
    flow_row (&flow, &rows[i]);
  flow_foot (&flow, foot);
  mdg_paper_end (flow.paper, flow.full);
  return flow.paper;
}
