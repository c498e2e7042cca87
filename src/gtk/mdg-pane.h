/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A place's frame: asks for the same natural width whatever is in it, so that the list of places
 * folds away at one width of the window and not at another one for each page. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_PANE (mdg_pane_get_type ())
G_DECLARE_FINAL_TYPE (MdgPane, mdg_pane, MDG, PANE, GtkWidget)

G_END_DECLS
