/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A heading that can have the focus, so that it is read aloud. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_HEADING (mdg_heading_get_type ())
G_DECLARE_FINAL_TYPE (MdgHeading, mdg_heading, MDG, HEADING, GtkWidget)

void mdg_heading_set_text (MdgHeading *self, const char *text);
const char *mdg_heading_get_text (MdgHeading *self);

G_END_DECLS
