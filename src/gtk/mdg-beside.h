/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout of things beside a text: what expands gets the width that the others leave. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "spacing" (uint, pixels), "stacked" (boolean): under each other instead */
#define MDG_TYPE_BESIDE (mdg_beside_get_type ())
G_DECLARE_FINAL_TYPE (MdgBeside, mdg_beside, MDG, BESIDE, GtkLayoutManager)

/* (transfer full) */
GtkLayoutManager *mdg_beside_new (guint spacing);

G_END_DECLS
