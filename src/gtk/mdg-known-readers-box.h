/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of known readers, to be searched. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_KNOWN_READERS_BOX (mdg_known_readers_box_get_type ())
G_DECLARE_FINAL_TYPE (MdgKnownReadersBox, mdg_known_readers_box, MDG, KNOWN_READERS_BOX, GtkWidget)

GtkWidget *mdg_known_readers_box_new (void);
guint mdg_known_readers_box_get_n_found (MdgKnownReadersBox *self);

G_END_DECLS
