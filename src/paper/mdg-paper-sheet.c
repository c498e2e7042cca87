/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the forms are drawn with. A value from outside is first written smaller, then in several
 * lines, and only where its cell is full in the smallest letters does it end, with words that say
 * so. Nothing is drawn outside its cell. */
#include "config.h"

#include "mdg-paper-sheet.h"

#include <string.h>

#define VALUE_MAX   1200 /* characters: more than any cell holds in the smallest letters */
#define SECRET_MAX  512  /* bytes */
#define DIGIT_WIDTH 15.5
#define DIGIT_SIZE  12.0
#define TIGHT       0.84 /* of the font's own line height, which has room for accents above accents */
#define ONE_LINE    0.75
#define CUT_MARK    "…（以下略）"
#define BOX         "□"
#define TICKED_BOX  "☑"

static void
erase (char *text)
{
  volatile char *p = text;

  while (p != NULL && *p != '\0')
    *p++ = '\0';
}

/* Frees a layout, and its copy of the text with it: it may have been a secret. */
static void
drop_layout (PangoLayout *layout)
{
  if (layout == NULL)
    return;
  erase ((char *) pango_layout_get_text (layout));
  g_object_unref (layout);
}

static PangoLayout *
create_words (MdgSheet *self, MdgPaperFace face, double size, const char *text, double width)
{
  PangoLayout *layout = mdg_paper_create_layout (self->paper, face, size, text, width);

  pango_layout_set_line_spacing (layout, TIGHT);
  return layout;
}

static double
get_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

/**
 * mdg_sheet_begin_page:
 * @self: a sheet with its paper
 *
 * Thread: that of its paper.
 * Errors: none.
 *
 * Returns: whether there is one more page to draw on
 */
gboolean
mdg_sheet_begin_page (MdgSheet *self)
{
  self->cr = mdg_paper_add_page (self->paper);
  self->y = mdg_paper_get_top (self->paper);
  return self->cr != NULL;
}

/**
 * mdg_sheet_draw_words:
 * @self: a sheet
 * @face: plain or bold
 * @size: in points
 * @text: fixed words
 * @x: left edge
 * @y: upper edge
 * @width: that they may take, or -1 for one line from @x on
 * @alignment: within @width
 *
 * Thread: that of its paper.
 * Errors: none.
 *
 * Returns: their height
 */
double
mdg_sheet_draw_words (MdgSheet *self,
                      MdgPaperFace face,
                      double size,
                      const char *text,
                      double x,
                      double y,
                      double width,
                      PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = create_words (self, face, size, text, width);

  pango_layout_set_alignment (layout, alignment);
  mdg_paper_show_layout (self->cr, layout, x, y, MDG_PAPER_INK);
  return mdg_paper_get_layout_height (layout);
}

double
mdg_sheet_measure_words (MdgSheet *self,
                         MdgPaperFace face,
                         double size,
                         const char *text,
                         double width)
{
  g_autoptr (PangoLayout) layout = create_words (self, face, size, text, width);

  return mdg_paper_get_layout_height (layout);
}

double
mdg_sheet_get_words_width (MdgSheet *self, MdgPaperFace face, double size, const char *text)
{
  g_autoptr (PangoLayout) layout = create_words (self, face, size, text, -1);

  return get_width (layout);
}

double
mdg_sheet_measure_paragraph (MdgSheet *self, double size, const char *mark, const char *text)
{
  double indent =
      mark != NULL ? mdg_sheet_get_words_width (self, MDG_PAPER_FACE_PLAIN, size, mark) : 0;

  return mdg_sheet_measure_words (self, MDG_PAPER_FACE_PLAIN, size, text,
                                  MDG_PAPER_BODY_WIDTH - indent);
}

/* A mark that is white space only makes room. */
void
mdg_sheet_add_paragraph (MdgSheet *self, double size, const char *mark, const char *text)
{
  double indent =
      mark != NULL ? mdg_sheet_get_words_width (self, MDG_PAPER_FACE_PLAIN, size, mark) : 0;

  if (mark != NULL)
    mdg_sheet_draw_words (self, MDG_PAPER_FACE_PLAIN, size, mark, MDG_PAPER_MARGIN, self->y, -1,
                          PANGO_ALIGN_LEFT);
  self->y +=
      mdg_sheet_draw_words (self, MDG_PAPER_FACE_PLAIN, size, text, MDG_PAPER_MARGIN + indent,
                            self->y, MDG_PAPER_BODY_WIDTH - indent, PANGO_ALIGN_LEFT);
}

void
mdg_sheet_stroke_cell (MdgSheet *self, const MdgCell *cell, double fill)
{
  cairo_rectangle (self->cr, cell->x, cell->y, cell->width, cell->height);
  if (fill < 1)
    {
      cairo_set_source_rgb (self->cr, fill, fill, fill);
      cairo_fill_preserve (self->cr);
    }
  cairo_set_source_rgb (self->cr, MDG_SHEET_FRAME, MDG_SHEET_FRAME, MDG_SHEET_FRAME);
  cairo_set_line_width (self->cr, MDG_SHEET_LINE);
  cairo_stroke (self->cr);
}

void
mdg_sheet_draw_label (MdgSheet *self,
                      const MdgCell *cell,
                      double size,
                      const char *text,
                      const char *note,
                      PangoAlignment alignment)
{
  double width = cell->width - 2 * MDG_SHEET_PADDING, x = cell->x + MDG_SHEET_PADDING;
  double height = mdg_sheet_measure_words (self, MDG_PAPER_FACE_PLAIN, size, text, width), y;

  if (note != NULL)
    height += mdg_sheet_measure_words (self, MDG_PAPER_FACE_PLAIN, size - 1, note, width);
  y = cell->y + (cell->height - height) / 2;
  y += mdg_sheet_draw_words (self, MDG_PAPER_FACE_PLAIN, size, text, x, y, width, alignment);
  if (note != NULL)
    mdg_sheet_draw_words (self, MDG_PAPER_FACE_PLAIN, size - 1, note, x, y, width, alignment);
}

/* In the largest letters in which all of it fits, in @lines at most (0: as many as there is room
 * for), or %NULL where it does not in letters of @smallest. */
static PangoLayout *
fit_whole (MdgSheet *self,
           MdgPaperFace face,
           double size,
           double smallest,
           int lines,
           const char *text,
           const MdgCell *room)
{
  for (double s = size; s >= smallest; s -= 0.5)
    {
      PangoLayout *layout = create_words (self, face, s, text, room->width);

      if (mdg_paper_get_layout_height (layout) <= room->height &&
          (lines == 0 || pango_layout_get_line_count (layout) <= lines))
        return layout;
      drop_layout (layout);
    }
  return NULL;
}

/* As much of it as fits in the smallest letters, and the mark. */
static PangoLayout *
fit_part (MdgSheet *self, MdgPaperFace face, const char *text, const MdgCell *room)
{
  glong low = 0, high = g_utf8_strlen (text, -1);
  PangoLayout *best = NULL;

  while (low < high)
    {
      glong middle = (low + high + 1) / 2;
      g_autofree char *part = g_utf8_substring (text, 0, middle);
      g_autofree char *marked = g_strconcat (part, CUT_MARK, NULL);
      PangoLayout *layout = create_words (self, face, MDG_SHEET_SMALLEST, marked, room->width);

      erase (part);
      erase (marked);
      if (mdg_paper_get_layout_height (layout) <= room->height)
        {
          drop_layout (best);
          best = layout;
          low = middle;
        }
      else
        {
          drop_layout (layout);
          high = middle - 1;
        }
    }
  return best;
}

/* @text: clean. @one_line: smallest letters in which one line is better than several: a line that
 * is a little smaller is better read than two with one word in the second. */
static void
fill_with (MdgSheet *self,
           const MdgCell *cell,
           MdgPaperFace face,
           double size,
           double one_line,
           const char *text,
           PangoAlignment alignment)
{
  const MdgCell room = { 0, 0, cell->width - 2 * MDG_SHEET_PADDING, cell->height - 2 };
  PangoLayout *layout = NULL;

  if (*text == '\0')
    return;
  layout = fit_whole (self, face, size, MAX (one_line, MDG_SHEET_SMALLEST), 1, text, &room);
  if (layout == NULL)
    layout = fit_whole (self, face, size, MDG_SHEET_SMALLEST, 0, text, &room);
  if (layout == NULL)
    layout = fit_part (self, face, text, &room);
  if (layout == NULL)
    return;
  pango_layout_set_alignment (layout, alignment);
  cairo_save (self->cr);
  cairo_rectangle (self->cr, cell->x, cell->y, cell->width, cell->height);
  cairo_clip (self->cr);
  mdg_paper_show_layout (self->cr, layout, cell->x + MDG_SHEET_PADDING,
                         cell->y + (cell->height - mdg_paper_get_layout_height (layout)) / 2,
                         MDG_PAPER_INK);
  cairo_restore (self->cr);
  drop_layout (layout);
}

/**
 * mdg_sheet_fill_cell:
 * @self: a sheet
 * @cell: where
 * @face: plain or bold
 * @size: of the letters, where it fits in those
 * @text: (nullable): from outside, of any length
 * @alignment: within the cell
 *
 * Writes a value into a cell: smaller where it is long, in several lines where the cell has room
 * for them, and ended with 以下略 where even letters of %MDG_SHEET_SMALLEST are too many.
 *
 * Thread: that of its paper.
 * Errors: none.
 */
void
mdg_sheet_fill_cell (MdgSheet *self,
                     const MdgCell *cell,
                     MdgPaperFace face,
                     double size,
                     const char *text,
                     PangoAlignment alignment)
{
  g_autofree char *clean = mdg_paper_clean_text (text, VALUE_MAX);

  fill_with (self, cell, face, size, size * ONE_LINE, g_strstrip (g_strdelimit (clean, "\n", ' ')),
             alignment);
}

void
mdg_sheet_fill_lines (MdgSheet *self,
                      const MdgCell *cell,
                      double size,
                      const char *text,
                      PangoAlignment alignment)
{
  g_autofree char *clean = mdg_paper_clean_text (text, VALUE_MAX);

  fill_with (self, cell, MDG_PAPER_FACE_PLAIN, size, size,
             g_strstrip (g_strdelimit (clean, "\n", ' ')), alignment);
}

/**
 * mdg_sheet_fill_secret:
 * @self: a sheet
 * @cell: where
 * @size: of the letters
 * @secret: (nullable): text; drawn as it is, character by character, or not at all where it is no
 *   text
 *
 * Like mdg_sheet_fill_cell(). Each copy of the text that is made here is erased. What cannot be
 * erased is the page itself: the recording holds the glyphs (and the text, for a PDF that can be
 * read aloud) until the paper is disposed of.
 *
 * Thread: that of its paper.
 * Errors: none.
 */
void
mdg_sheet_fill_secret (MdgSheet *self, const MdgCell *cell, double size, GBytes *secret)
{
  gsize length = 0;
  const char *data = secret != NULL ? g_bytes_get_data (secret, &length) : NULL;
  g_autofree char *text = NULL;

  if (length == 0 || length > SECRET_MAX || !g_utf8_validate (data, (gssize) length, NULL))
    return;
  text = g_strndup (data, length);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      {
        erase (text);
        return;
      }
  fill_with (self, cell, MDG_PAPER_FACE_PLAIN, size, size * ONE_LINE, text, PANGO_ALIGN_LEFT);
  erase (text);
}

/**
 * mdg_sheet_draw_digits:
 * @self: a sheet
 * @x: left edge
 * @y: upper edge
 * @n: how many boxes
 * @digits: (nullable): what stands in them; where it is longer, it is written over all of them
 *
 * Thread: that of its paper.
 * Errors: none.
 *
 * Returns: the boxes' width
 */
double
mdg_sheet_draw_digits (MdgSheet *self, double x, double y, guint n, const char *digits)
{
  MdgCell cell = { x, y, DIGIT_WIDTH, DIGIT_WIDTH + 3 };
  g_autofree char *clean = mdg_paper_clean_text (digits, VALUE_MAX);
  const char *p = g_strstrip (g_strdelimit (clean, "\n", ' '));
  gboolean long_one = g_utf8_strlen (p, -1) > (glong) n;

  for (guint i = 0; i < n; i++, cell.x += DIGIT_WIDTH)
    {
      mdg_sheet_stroke_cell (self, &cell, 1);
      if (long_one || *p == '\0')
        continue;
      g_autofree char *digit = g_utf8_substring (p, 0, 1);

      mdg_sheet_draw_words (self, MDG_PAPER_FACE_PLAIN, DIGIT_SIZE, digit, cell.x, cell.y + 1.1,
                            DIGIT_WIDTH, PANGO_ALIGN_CENTER);
      p = g_utf8_next_char (p);
    }
  if (long_one)
    {
      MdgCell all = { x, y, n * DIGIT_WIDTH, cell.height };

      mdg_sheet_stroke_cell (self, &all, 0.999);
      mdg_sheet_fill_cell (self, &all, MDG_PAPER_FACE_PLAIN, DIGIT_SIZE, p, PANGO_ALIGN_CENTER);
    }
  return n * DIGIT_WIDTH;
}

/* The box's glyph, said to be @text to whoever reads the PDF as text. */
static void
show_box_as (MdgSheet *self, PangoLayout *layout, const char *text, double x, double y)
{
  PangoLayoutIter *iter = pango_layout_get_iter (layout);
  PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
  double baseline = y + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;

  if (run != NULL && run->glyphs->num_glyphs == 1 &&
      (run->glyphs->glyphs[0].glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
    {
      cairo_scaled_font_t *font =
          pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (run->item->analysis.font));
      cairo_glyph_t glyph = { run->glyphs->glyphs[0].glyph, x, baseline };
      cairo_text_cluster_t cluster = { (int) strlen (text), 1 };

      cairo_set_source_rgb (self->cr, MDG_PAPER_INK, MDG_PAPER_INK, MDG_PAPER_INK);
      cairo_set_scaled_font (self->cr, font);
      cairo_show_text_glyphs (self->cr, text, (int) strlen (text), &glyph, 1, &cluster, 1, 0);
    }
  pango_layout_iter_free (iter);
}

/**
 * mdg_sheet_draw_tick:
 * @self: a sheet
 * @size: of the letters beside it
 * @x: left edge
 * @y: upper edge of the line
 * @ticked: whether there is a tick in it
 *
 * A box to tick. The tick is drawn, because not every Japanese font has ☑; as text it is ☑.
 *
 * Thread: that of its paper.
 * Errors: none.
 *
 * Returns: its width
 */
double
mdg_sheet_draw_tick (MdgSheet *self, double size, double x, double y, gboolean ticked)
{
  g_autoptr (PangoLayout) layout = create_words (self, MDG_PAPER_FACE_PLAIN, size, BOX, -1);
  cairo_t *cr = self->cr;
  double middle = y + mdg_paper_get_layout_height (layout) / 2;

  show_box_as (self, layout, ticked ? TICKED_BOX : BOX, x, y);
  if (ticked)
    {
      cairo_set_line_width (cr, size * 0.15);
      cairo_move_to (cr, x + size * 0.22, middle - size * 0.02);
      cairo_line_to (cr, x + size * 0.44, middle + size * 0.26);
      cairo_line_to (cr, x + size * 0.92, middle - size * 0.40);
      cairo_stroke (cr);
    }
  return get_width (layout);
}

static gboolean
is_date (const char *date)
{
  if (date == NULL || strlen (date) != 8)
    return FALSE;
  for (const char *p = date; *p != '\0'; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;
  return TRUE;
}

static int
get_number (const char *digits, int n)
{
  int number = 0;

  for (int i = 0; i < n; i++)
    number = number * 10 + g_ascii_digit_value (digits[i]);
  return number;
}

char *
mdg_sheet_format_date (const char *date)
{
  if (!is_date (date))
    return g_strdup ("西暦　　　　年　　　月　　　日");
  return g_strdup_printf ("西暦 %d年 %d月 %d日", get_number (date, 4), get_number (date + 4, 2),
                          get_number (date + 6, 2));
}

char *
mdg_sheet_format_day (const char *date)
{
  if (!is_date (date))
    return g_strdup ("");
  return g_strdup_printf ("%d年%d月%d日", get_number (date, 4), get_number (date + 4, 2),
                          get_number (date + 6, 2));
}

char *
mdg_sheet_format_yen (gint64 yen)
{
  g_autofree char *digits = NULL;
  GString *text = g_string_new (NULL);
  gsize length;

  if (yen < 0)
    return g_string_free (text, FALSE);
  digits = g_strdup_printf ("%" G_GINT64_FORMAT, yen);
  length = strlen (digits);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}
