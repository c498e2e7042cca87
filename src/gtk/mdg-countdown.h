/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A ring that empties, for the time until the screen is cleared. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_COUNTDOWN (mdg_countdown_get_type ())
G_DECLARE_FINAL_TYPE (MdgCountdown, mdg_countdown, MDG, COUNTDOWN, GtkWidget)

/* @left of @total seconds; the words beside it are the label's that it stands with */
void mdg_countdown_set (MdgCountdown *self, int left, int total);

G_END_DECLS
