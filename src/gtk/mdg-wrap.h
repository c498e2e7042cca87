/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A layout like that of words: children side by side, and on the next line where there is no room.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "spacing" (uint, pixels, both ways), "at-end" (boolean): lines end at the same edge
 */
#define MDG_TYPE_WRAP (mdg_wrap_get_type ())
G_DECLARE_FINAL_TYPE (MdgWrap, mdg_wrap, MDG, WRAP, GtkLayoutManager)

G_END_DECLS
