/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout of one column, or of two where there is room for two: children in reading order, row by
 * row. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "column-spacing", "row-spacing" (uint, pixels) */
#define MDG_TYPE_COLUMNS (mdg_columns_get_type ())
G_DECLARE_FINAL_TYPE (MdgColumns, mdg_columns, MDG, COLUMNS, GtkLayoutManager)

/* whether @width pixels are enough for two columns in the size of text that @widget has */
gboolean mdg_columns_fit (GtkWidget *widget, int width);
int mdg_columns_get_em (GtkWidget *widget);

G_END_DECLS
