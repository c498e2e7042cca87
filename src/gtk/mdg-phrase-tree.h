/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Phrases kept together in labels that other libraries make. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mdg_phrase_tree_keep (GtkWidget *root);

G_END_DECLS
