/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pages under one another, as pictures. */
#pragma once

#include "mdg-paper.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_PAGES_BOX (mdg_pages_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgPagesBox, mdg_pages_box, MDG, PAGES_BOX, GtkWidget)

GtkWidget *mdg_pages_box_new (void);
/* @pages: (element-type GBytes): PNG */
void mdg_pages_box_set_pictures (MdgPagesBox *self, GPtrArray *pages);
void mdg_pages_box_set_paper (MdgPagesBox *self, MdgPaper *paper);   /* drawn on a worker */
void mdg_pages_box_set_words (MdgPagesBox *self, const char *words); /* instead of pages */
guint mdg_pages_box_get_n_pages (MdgPagesBox *self);

G_END_DECLS
