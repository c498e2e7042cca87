/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The address for the envelope: to be cut out along the dots and stuck on, or put behind a window.
 */
#include "config.h"

#include "mdg-paper-packet.h"

#define TITLE  "宛名ラベル"
#define HEIGHT 336.0
#define INSET  20.0

static void
draw_dots (MdgSheet *sheet, const MdgCell *cell)
{
  const double dashes[] = { 3, 3 };

  cairo_save (sheet->cr);
  cairo_set_dash (sheet->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_source_rgb (sheet->cr, MDG_PAPER_SOFT, MDG_PAPER_SOFT, MDG_PAPER_SOFT);
  cairo_set_line_width (sheet->cr, 0.8);
  cairo_rectangle (sheet->cr, cell->x, cell->y, cell->width, cell->height);
  cairo_stroke (sheet->cr);
  cairo_restore (sheet->cr);
}

/* 「… 在中」 in its red frame, as it is stamped on an envelope; all of it, smaller where it is
 * long.
 */
static void
draw_mark (MdgSheet *sheet, const MdgCell *cell, const char *mark)
{
  g_autofree char *clean = mdg_paper_clean_text (mark, 60);
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle logical;
  double width, height;

  if (*g_strstrip (g_strdelimit (clean, "\n", ' ')) == '\0')
    return;
  for (double size = 17; size >= MDG_SHEET_SMALLEST; size -= 0.5)
    {
      g_clear_object (&layout);
      layout = mdg_paper_create_layout (sheet->paper, MDG_PAPER_FACE_BOLD, size, clean, -1);
      pango_layout_get_extents (layout, NULL, &logical);
      if ((double) logical.width / PANGO_SCALE + 20 <= cell->width)
        break;
    }
  pango_layout_set_width (layout, (int) ((cell->width - 20) * PANGO_SCALE));
  pango_layout_get_extents (layout, NULL, &logical);
  width = (double) logical.width / PANGO_SCALE + 20;
  height = (double) logical.height / PANGO_SCALE + 8;
  cairo_set_source_rgb (sheet->cr, 0.80, 0.05, 0.05);
  cairo_set_line_width (sheet->cr, 1.6);
  cairo_rectangle (sheet->cr, cell->x, cell->y + cell->height - height, width, height);
  cairo_stroke (sheet->cr);
  cairo_move_to (sheet->cr, cell->x + 10, cell->y + cell->height - height + 4);
  pango_cairo_show_layout (sheet->cr, layout);
}

static char *
join_words (const char *first, const char *middle, const char *last)
{
  g_autofree char *a = mdg_paper_clean_text (first, 1200);
  g_autofree char *b = mdg_paper_clean_text (last, 40);

  if (*a == '\0')
    return g_strdup ("");
  return g_strconcat (a, *b != '\0' ? middle : "", b, NULL);
}

static char *
mark_postal_code (const char *code)
{
  g_autofree char *clean = mdg_paper_clean_text (code, 40);

  return *clean != '\0' ? g_strconcat ("〒", clean, NULL) : g_strdup ("");
}

static void
draw_sender (MdgSheet *sheet, const MdgCell *cell, const MdgLabelFields *fields)
{
  g_autofree char *code = mark_postal_code (fields->sender_postal_code);
  MdgCell line = { cell->x, cell->y, cell->width, 16 };

  if (fields->sender_name == NULL && fields->sender_address == NULL)
    return;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_PLAIN, 9, "差出人", PANGO_ALIGN_LEFT);
  line.y += 16;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_PLAIN, 11, code, PANGO_ALIGN_LEFT);
  line.y += 16;
  line.height = 30;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_PLAIN, 11, fields->sender_address,
                       PANGO_ALIGN_LEFT);
  line.y += 30;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_PLAIN, 12, fields->sender_name,
                       PANGO_ALIGN_LEFT);
}

/**
 * mdg_packet_draw_label:
 * @sheet: where
 * @fields: to whom, from whom, what is in it
 *
 * Thread: that of the paper.
 * Errors: none.
 *
 * Returns: %FALSE where there were not enough pages
 */
gboolean
mdg_packet_draw_label (MdgSheet *sheet, const MdgLabelFields *fields)
{
  g_autofree char *code = mark_postal_code (fields->postal_code);
  g_autofree char *addressee = join_words (fields->addressee, " ", fields->honorific);
  MdgCell frame = { MDG_SHEET_LEFT, 0, MDG_SHEET_RIGHT - MDG_SHEET_LEFT, HEIGHT };
  MdgCell line = { MDG_SHEET_LEFT + INSET, 0, frame.width - 2 * INSET, 34 };
  MdgCell mark = { MDG_SHEET_LEFT + INSET + MDG_SHEET_PADDING, 0, 300, 40 };
  MdgCell sender = { 0, 0, 225, 92 };

  if (!mdg_sheet_begin_page (sheet))
    return FALSE;
  frame.y = sheet->y;
  draw_dots (sheet, &frame);
  line.y = sheet->y + INSET;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_PLAIN, 22, code, PANGO_ALIGN_LEFT);
  line.y += 38;
  line.height = 56;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_PLAIN, 20, fields->address, PANGO_ALIGN_LEFT);
  line.y += 60;
  line.height = 38;
  mdg_sheet_fill_cell (sheet, &line, MDG_PAPER_FACE_BOLD, 24, addressee, PANGO_ALIGN_LEFT);
  mark.y = line.y + line.height + 8;
  draw_mark (sheet, &mark, fields->mark);
  sender.x = frame.x + frame.width - INSET - sender.width;
  sender.y = frame.y + HEIGHT - INSET - sender.height;
  draw_sender (sheet, &sender, fields);
  mdg_sheet_draw_words (sheet, MDG_PAPER_FACE_PLAIN, 9,
                        "点線で切り取り、封筒の表に貼るか、窓つきの封筒に入れてください。",
                        MDG_PAPER_MARGIN, frame.y + HEIGHT + 10, MDG_PAPER_BODY_WIDTH,
                        PANGO_ALIGN_CENTER);
  return TRUE;
}

/**
 * mdg_paper_new_label:
 * @fields: to whom, from whom, what is in it; each may be %NULL
 * @practice: whether 練習 stands on it
 *
 * Thread: any; the paper belongs to it.
 * Errors: none.
 *
 * Returns: (transfer full): the paper, one page
 */
MdgPaper *
mdg_paper_new_label (const MdgLabelFields *fields, gboolean practice)
{
  MdgSheet sheet = { .paper = mdg_paper_new (TITLE, practice) };

  g_return_val_if_fail (fields != NULL, sheet.paper);

  mdg_packet_draw_label (&sheet, fields);
  mdg_paper_end (sheet.paper, FALSE);
  return sheet.paper;
}
