/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Phrases that are kept together only as long as they fit. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

int mdg_phrase_letter_width (GtkWidget *widget);
void mdg_phrase_fit (GtkLabel *label, int room);
void mdg_phrase_fit_all (GtkWidget *root, int room);

G_END_DECLS
