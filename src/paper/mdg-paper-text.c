/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text on paper. Whatever comes is drawn as text and never as markup: valid UTF-8, without control
 * characters or marks that turn the direction of what follows, and bounded. */
#include "config.h"

#include "mdg-paper-private.h"

#include <math.h>

#define FONT_FAMILY "Noto Sans CJK JP, sans-serif"
/* marks on one character: Japanese needs one, two are seen in names, a tower of them is no text */
#define MARKS_MAX 2

static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e ||
         c == 0x200f || c == 0x061c;
}

/* What is drawn for @c; 0 for nothing. */
static gunichar
clean_character (gunichar c)
{
  if (c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85)
    return '\n';
  if (c == '\t' || c == 0x0b || c == 0x0c)
    return ' ';
  if (g_unichar_iscntrl (c) || turns_direction (c) || c == 0xfeff || c == 0xfffc)
    return 0;
  return c;
}

/**
 * mdg_paper_clean_text:
 * @text: (nullable): what came from outside
 * @max: characters
 *
 * Makes valid UTF-8 of @text, takes out what is no text, and ends it with … where it is longer
 * than @max. Line ends stay.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): the text; "" for %NULL
 */
char *
mdg_paper_clean_text (const char *text, gsize max)
{
  g_autofree char *valid = NULL;
  GString *clean = g_string_new (NULL);
  guint marks = 0;
  gsize n = 0;

  if (text == NULL)
    return g_string_free (clean, FALSE);
  /* no more bytes than @max characters can have, before anything else is done with them */
  valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), max * 6 + 6));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = clean_character (g_utf8_get_char (p));

      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (c == 0 || marks > MARKS_MAX)
        continue;
      if (n++ >= max)
        {
          g_string_append (clean, "…");
          break;
        }
      g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

/**
 * mdg_paper_create_layout:
 * @self: the paper
 * @face: plain or bold
 * @size: of the letters, in points
 * @text: (nullable): clean text, see mdg_paper_clean_text()
 * @width: in points, or -1 for one line as long as it gets
 *
 * Lays @text out from the left, breaking words that are longer than a line. Figures are of one
 * width.
 *
 * Thread: that of @self.
 * Errors: none.
 *
 * Returns: (transfer full): the layout
 */
PangoLayout *
mdg_paper_create_layout (MdgPaper *self,
                         MdgPaperFace face,
                         double size,
                         const char *text,
                         double width)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string (FONT_FAMILY);
  PangoAttrList *attributes = pango_attr_list_new ();
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoLayout *layout = NULL;

  /* the same lines on a screen of any density and on a printer */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72.0);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("ja"));

  layout = pango_layout_new (context);
  pango_font_description_set_weight (font, face == MDG_PAPER_FACE_BOLD ? PANGO_WEIGHT_BOLD
                                                                       : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  /* nothing is drawn that is not in the text: an address, a password */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width < 0 ? -1 : (int) floor (width * PANGO_SCALE));
  pango_layout_set_text (layout, text != NULL ? text : "", -1);

  g_object_unref (context);
  cairo_font_options_destroy (options);
  pango_attr_list_unref (attributes);
  pango_font_description_free (font);
  return layout;
}

/**
 * mdg_paper_get_layout_height:
 * @layout: a layout
 *
 * Thread: that of its paper.
 * Errors: none.
 *
 * Returns: its height in points
 */
double
mdg_paper_get_layout_height (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

/**
 * mdg_paper_show_layout:
 * @cr: a page
 * @layout: a layout
 * @x: its left edge, in points
 * @y: its upper edge
 * @lightness: 0 black to 1 white
 *
 * Thread: that of its paper.
 * Errors: none.
 */
void
mdg_paper_show_layout (cairo_t *cr, PangoLayout *layout, double x, double y, double lightness)
{
  cairo_set_source_rgb (cr, lightness, lightness, lightness);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/**
 * mdg_paper_draw_rule:
 * @cr: a page
 * @y: where, in points
 * @thickness: in points
 * @lightness: 0 black to 1 white
 *
 * A rule from margin to margin.
 *
 * Thread: that of its paper.
 * Errors: none.
 */
void
mdg_paper_draw_rule (cairo_t *cr, double y, double thickness, double lightness)
{
  cairo_set_source_rgb (cr, lightness, lightness, lightness);
  cairo_rectangle (cr, MDG_PAPER_MARGIN, y - thickness / 2, MDG_PAPER_BODY_WIDTH, thickness);
  cairo_fill (cr);
}
