/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages that lead to pages, each with a way back: its button, Alt+Left, Escape. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Property "depth" (uint): pages over the first one. */
#define MDG_TYPE_NAVIGATOR (mdg_navigator_get_type ())
G_DECLARE_FINAL_TYPE (MdgNavigator, mdg_navigator, MDG, NAVIGATOR, GtkWidget)

/* @root: shown as it is: it scrolls itself */
GtkWidget *mdg_navigator_new (GtkWidget *root);
/* @page: the navigator gives it a heading, a way back, margins, and scrolls it */
void mdg_navigator_push (MdgNavigator *self, GtkWidget *page, const char *title);
/* @page: scrolls itself and has a heading of its own; gets a way back only */
void mdg_navigator_push_whole (MdgNavigator *self, GtkWidget *page);
void mdg_navigator_pop (MdgNavigator *self);
void mdg_navigator_pop_all (MdgNavigator *self);
guint mdg_navigator_get_depth (MdgNavigator *self);
GtkWidget *mdg_navigator_get_page (MdgNavigator *self); /* the one that is shown */

G_END_DECLS
