/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* of a widget that is laid out; both (nullable): the next child that takes part */
GtkWidget *mdg_layout_first_child (GtkWidget *widget);
GtkWidget *mdg_layout_next_child (GtkWidget *child);

G_END_DECLS
