/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages of A4, drawn with Cairo and Pango, for a printer or a PDF. 練習 stands across each practice
 * page. */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_PAPER_WIDTH  595.276 /* points: A4 */
#define MDG_PAPER_HEIGHT 841.890

#define MDG_TYPE_PAPER (mdg_paper_get_type ())
G_DECLARE_FINAL_TYPE (MdgPaper, mdg_paper, MDG, PAPER, GObject)

const char *mdg_paper_get_title (MdgPaper *self); /* of the print job: no personal datum */
guint mdg_paper_get_n_pages (MdgPaper *self);
gboolean mdg_paper_get_practice (MdgPaper *self);
/* @cr: in points, origin at the paper's top left corner */
void mdg_paper_draw_page (MdgPaper *self, guint page, cairo_t *cr);
/* one PDF; written beside and renamed */
gboolean mdg_paper_save_pdf (MdgPaper *self, const char *path, GError **error);

G_END_DECLS
