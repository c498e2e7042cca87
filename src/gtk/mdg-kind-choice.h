/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which kind of device an item is, and whether the guide names it as fundable. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signal "changed": somebody chose another one */
#define MDG_TYPE_KIND_CHOICE (mdg_kind_choice_get_type ())
G_DECLARE_FINAL_TYPE (MdgKindChoice, mdg_kind_choice, MDG, KIND_CHOICE, GtkWidget)

GtkWidget *mdg_kind_choice_new (const char *label);
void mdg_kind_choice_set (MdgKindChoice *self, const char *id);
const char *mdg_kind_choice_get (MdgKindChoice *self); /* of mdg_device_kinds() */

G_END_DECLS
