/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the first frame needs from the disk, fetched beside the start. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mdg_warm_up_fonts (void);
void mdg_warm_up_icons (GdkDisplay *display);
/* and what a later frame needs, when nothing else is to be done */
void mdg_warm_up_widgets (GtkWidget *root);

G_END_DECLS
