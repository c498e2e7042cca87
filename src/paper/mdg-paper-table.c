/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A table over any number of pages. The heights of all rows are known before the first is drawn, so
 * that each page can say how many there are. A row grows with its texts, to a sixth of a page; what
 * is longer is written smaller and ends with words that say so. Numbers (to the right) stay on one
 * line. */
#include "config.h"

#include "mdg-paper-table.h"

#define TEXT_SIZE 8.5
#define HEAD_SIZE 8.0
#define ROW_MIN   21.0
#define ROW_MAX   125.0
#define ROW_ROOM  5.0 /* above and below the text together */
#define HEAD      27.0
#define NUMBER    20.0 /* at the foot, for the page's number */
#define CONTINUED 20.0 /* at the head of a page after the first */
#define TEXT_MAX  1200 /* characters */

static double
measure_row (const MdgTable *self, MdgSheet *sheet, char **texts)
{
  double height = ROW_MIN;

  for (gsize i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].alignment == PANGO_ALIGN_RIGHT)
        continue;
      g_autofree char *clean = mdg_paper_clean_text (texts[i], TEXT_MAX);
      double width = self->columns[i].width - 2 * MDG_SHEET_PADDING;

      height = MAX (height, ROW_ROOM + mdg_sheet_measure_words (sheet, MDG_PAPER_FACE_PLAIN,
                                                                TEXT_SIZE, clean, width));
    }
  return MIN (height, ROW_MAX);
}

static GArray *
measure_rows (const MdgTable *self, MdgSheet *sheet)
{
  GArray *heights = g_array_sized_new (FALSE, FALSE, sizeof (double), self->rows->len);

  for (guint i = 0; i < self->rows->len; i++)
    {
      double height = measure_row (self, sheet, g_ptr_array_index (self->rows, i));

      g_array_append_val (heights, height);
    }
  return heights;
}

static double
get_next_top (MdgSheet *sheet)
{
  return mdg_paper_get_top (sheet->paper) + CONTINUED;
}

/* Whether row @i, with what has to stay with it, is to begin a new page. */
static gboolean
is_full (const MdgTable *self, const GArray *heights, guint i, double y)
{
  double need = g_array_index (heights, double, i) + (i + 1 == heights->len ? self->tail : 0);

  return y + need > MDG_SHEET_BOTTOM - NUMBER;
}

static guint
count_pages (const MdgTable *self, MdgSheet *sheet, const GArray *heights)
{
  double y = sheet->y + HEAD;
  guint pages = 1;

  for (guint i = 0; i < heights->len; i++)
    {
      if (is_full (self, heights, i, y))
        {
          pages++;
          y = get_next_top (sheet) + HEAD;
        }
      y += g_array_index (heights, double, i);
    }
  return pages;
}

static void
draw_head (const MdgTable *self, MdgSheet *sheet)
{
  MdgCell cell = { MDG_SHEET_LEFT, sheet->y, 0, HEAD };

  for (gsize i = 0; i < self->n_columns; i++)
    {
      cell.width = self->columns[i].width;
      mdg_sheet_stroke_cell (sheet, &cell, MDG_SHEET_SHADE);
      mdg_sheet_draw_label (sheet, &cell, HEAD_SIZE, self->columns[i].title, NULL,
                            PANGO_ALIGN_CENTER);
      cell.x += cell.width;
    }
  sheet->y += HEAD;
}

static void
draw_row (const MdgTable *self, MdgSheet *sheet, char **texts, double height)
{
  MdgCell cell = { MDG_SHEET_LEFT, sheet->y, 0, height };

  for (gsize i = 0; i < self->n_columns; i++)
    {
      cell.width = self->columns[i].width;
      mdg_sheet_stroke_cell (sheet, &cell, 1);
      if (self->columns[i].alignment == PANGO_ALIGN_RIGHT)
        mdg_sheet_fill_cell (sheet, &cell, MDG_PAPER_FACE_PLAIN, TEXT_SIZE, texts[i],
                             PANGO_ALIGN_RIGHT);
      else
        mdg_sheet_fill_lines (sheet, &cell, TEXT_SIZE, texts[i], self->columns[i].alignment);
      cell.x += cell.width;
    }
  sheet->y += height;
}

static void
draw_number (MdgSheet *sheet, guint page, guint pages)
{
  g_autofree char *text = g_strdup_printf ("%u / %u", page, pages);
  double y = MDG_SHEET_BOTTOM - 12;

  if (pages > 1)
    mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 9, text, MDG_PAPER_MARGIN, y,
                          MDG_PAPER_BODY_WIDTH, PANGO_ALIGN_RIGHT);
}

static gboolean
begin_next_page (const MdgTable *self, MdgSheet *sheet)
{
  g_autofree char *text = g_strconcat (self->title, "（続き）", NULL);

  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 9.5, text, MDG_PAPER_MARGIN, sheet->y, -1,
                        PANGO_ALIGN_LEFT);
  sheet->y = get_next_top (sheet);
  draw_head (self, sheet);
  return TRUE;
}

gboolean
mdg_table_draw (const MdgTable *self, MdgSheet *sheet)
{
  g_autoptr (GArray) heights = measure_rows (self, sheet);
  guint pages = count_pages (self, sheet, heights), page = 1;

  draw_head (self, sheet);
  for (guint i = 0; i < heights->len; i++)
    {
      if (is_full (self, heights, i, sheet->y))
        {
          draw_number (sheet, page++, pages);
          if (!begin_next_page (self, sheet))
            return FALSE;
        }
      draw_row (self, sheet, g_ptr_array_index (self->rows, i), g_array_index (heights, double, i));
    }
  draw_number (sheet, page, pages);
  return TRUE;
}
