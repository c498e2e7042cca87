/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kinds of paper share: pages to draw on, text that is safe to draw. */
#pragma once

#include "mdg-paper.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

#define MDG_PAPER_MARGIN     51.024 /* points: 18 mm */
#define MDG_PAPER_BODY_WIDTH (MDG_PAPER_WIDTH - 2 * MDG_PAPER_MARGIN)
#define MDG_PAPER_PAGES_MAX  40
#define MDG_PAPER_PACKET_MAX 1500 /* of a packet: 200 receipts, with their copies */

#define MDG_PAPER_INK  0.08 /* of words */
#define MDG_PAPER_SOFT 0.36 /* of labels: 7:1 on white */
#define MDG_PAPER_RULE 0.72 /* of thin rules */

typedef enum
{
  MDG_PAPER_FACE_PLAIN,
  MDG_PAPER_FACE_BOLD
} MdgPaperFace;

MdgPaper *mdg_paper_new (const char *title, gboolean practice);
/* a new page's context, in points; (transfer none). NULL when there are as many as there may be */
cairo_t *mdg_paper_add_page (MdgPaper *self);
/* to be called when all pages are drawn: what was left out is said on the last page */
void mdg_paper_end (MdgPaper *self, gboolean left_out);
/* @max: pages; @numbered: whether each page says which it is, if there are several */
void mdg_paper_set_bounds (MdgPaper *self, guint max, gboolean numbered);
/* A PNG under what is drawn on the current page, as large as fits: decoded when it is drawn, so
 * that many of them need little memory. FALSE for one that cannot be drawn. */
gboolean mdg_paper_set_picture (MdgPaper *self, GBytes *png, double y, double height);
double mdg_paper_get_top (MdgPaper *self);    /* where a page's contents begin */
double mdg_paper_get_bottom (MdgPaper *self); /* and end */

/* (transfer full): as it can be drawn, at most @max characters of it */
char *mdg_paper_clean_text (const char *text, gsize max);
/* @text: as it came; @width: points, or -1 for one line. (transfer full) */
PangoLayout *mdg_paper_create_layout (MdgPaper *self,
                                      MdgPaperFace face,
                                      double size,
                                      const char *text,
                                      double width);
double mdg_paper_get_layout_height (PangoLayout *layout);
/* with its top left corner there */
void mdg_paper_show_layout (cairo_t *cr, PangoLayout *layout, double x, double y, double lightness);
/* (nullable) (transfer full): NULL where it is no PNG, broken, or too large */
cairo_surface_t *mdg_paper_picture_decode (GBytes *png);
void mdg_paper_draw_rule (cairo_t *cr, double y, double thickness, double lightness);

G_END_DECLS
