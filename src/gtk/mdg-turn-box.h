/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A row that becomes a column where it does not fit. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "spacing" (int px, 12); "fill" (boolean, FALSE): children share the whole width of a
 * row; "justify" (boolean, FALSE): the first child takes what is left of a row; "shrink"
 * (boolean, FALSE): the first child, of words that wrap, gets narrower before the row becomes a
 * column; with none of them the row is as wide as its children and stands in the middle. A column's
 * children are always as wide as the box. */
#define MDG_TYPE_TURN_BOX (mdg_turn_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgTurnBox, mdg_turn_box, MDG, TURN_BOX, GtkWidget)

GtkWidget *mdg_turn_box_new (int spacing);

G_END_DECLS
