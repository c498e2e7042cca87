/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the forms are drawn with: cells, boxes of digits, boxes to tick, words that are fixed, and
 * values from outside that are made to fit. */
#pragma once

#include "mdg-paper-private.h"

G_BEGIN_DECLS

#define MDG_SHEET_SMALLEST 6.5  /* points: smaller letters are not read at an office */
#define MDG_SHEET_PADDING  5.0  /* of a cell, left and right */
#define MDG_SHEET_LINE     0.6  /* of a cell */
#define MDG_SHEET_FRAME    0.25 /* lightness of lines */
#define MDG_SHEET_SHADE    0.955
/* lines of a table stay inside the margins */
#define MDG_SHEET_LEFT  (MDG_PAPER_MARGIN + MDG_SHEET_LINE / 2)
#define MDG_SHEET_RIGHT (MDG_PAPER_WIDTH - MDG_PAPER_MARGIN - MDG_SHEET_LINE / 2)
/* what a page without a page number has */
#define MDG_SHEET_BOTTOM (MDG_PAPER_HEIGHT - MDG_PAPER_MARGIN)

typedef struct
{
  MdgPaper *paper; /* not owned */
  cairo_t *cr;
  double y;
} MdgSheet;

typedef struct
{
  double x, y, width, height;
} MdgCell;

/* FALSE when there are no more pages */
gboolean mdg_sheet_begin_page (MdgSheet *self);

/* fixed words: @x, @y: top left corner; @width: -1 for one line; returns the height */
double mdg_sheet_draw_words (MdgSheet *self,
                             MdgPaperFace face,
                             double size,
                             const char *text,
                             double x,
                             double y,
                             double width,
                             PangoAlignment alignment);
double mdg_sheet_measure_words (MdgSheet *self,
                                MdgPaperFace face,
                                double size,
                                const char *text,
                                double width);
double mdg_sheet_get_words_width (MdgSheet *self, MdgPaperFace face, double size, const char *text);
/* over the whole width, behind @mark (nullable) that stands out to the left; moves on */
void mdg_sheet_add_paragraph (MdgSheet *self, double size, const char *mark, const char *text);
double
mdg_sheet_measure_paragraph (MdgSheet *self, double size, const char *mark, const char *text);

void mdg_sheet_stroke_cell (MdgSheet *self, const MdgCell *cell, double fill);
/* fixed words in the middle of a cell's height */
void mdg_sheet_draw_label (MdgSheet *self,
                           const MdgCell *cell,
                           double size,
                           const char *text,
                           const char *note,
                           PangoAlignment alignment);
/* a value from outside */
void mdg_sheet_fill_cell (MdgSheet *self,
                          const MdgCell *cell,
                          MdgPaperFace face,
                          double size,
                          const char *text,
                          PangoAlignment alignment);
/* the same in several lines before smaller letters are tried: for cells that grew with their text
 */
void mdg_sheet_fill_lines (MdgSheet *self,
                           const MdgCell *cell,
                           double size,
                           const char *text,
                           PangoAlignment alignment);
/* the same with a secret that is UTF-8: no copy of it stays behind but on the page */
void mdg_sheet_fill_secret (MdgSheet *self, const MdgCell *cell, double size, GBytes *secret);
/* @n boxes of one character each; returns their width */
double mdg_sheet_draw_digits (MdgSheet *self, double x, double y, guint n, const char *digits);
/* □ or ☑; returns its width */
double mdg_sheet_draw_tick (MdgSheet *self, double size, double x, double y, gboolean ticked);

/* "西暦　2026年　11月　23日", with room to write on where there is no date. (transfer full) */
char *mdg_sheet_format_date (const char *date);
char *mdg_sheet_format_day (const char *date); /* "2026年11月23日", "" */
char *mdg_sheet_format_yen (gint64 yen);       /* "31,000", "" for a negative one */

G_END_DECLS
