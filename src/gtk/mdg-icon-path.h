/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Path data of SVG 1.1, 8.3, for Cairo. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean mdg_icon_path_draw (cairo_t *cr, const char *data);

G_END_DECLS
