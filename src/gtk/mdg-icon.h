/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program's own pictures, drawn as paths. GTK would have librsvg draw them: 8 MiB of memory and
 * part of the first frame for pictures of a few lines. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_ICON (mdg_icon_get_type ())
G_DECLARE_FINAL_TYPE (MdgIcon, mdg_icon, MDG, ICON, GObject)

GdkPaintable *mdg_icon_get (const char *name);
void mdg_icon_show (GtkImage *image, const char *name);
void mdg_icon_show_in_button (GtkWidget *button, const char *name);

G_END_DECLS
