/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Children that are laid out one after the other, each in a frame of its own. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mdg_turns_begin (GtkWidget *box);
void mdg_turns_end (GtkWidget *box);

G_END_DECLS
