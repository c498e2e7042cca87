/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Children one after the other, each as wide as it is, in as many lines as it takes. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MDG_TYPE_FLOW (mdg_flow_get_type ())
G_DECLARE_FINAL_TYPE (MdgFlow, mdg_flow, MDG, FLOW, GtkWidget)

GtkWidget *mdg_flow_new (void);
void mdg_flow_append (MdgFlow *self, GtkWidget *child);
void mdg_flow_clear (MdgFlow *self);

G_END_DECLS
