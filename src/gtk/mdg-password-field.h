/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A GtkPasswordEntry that keeps its text to itself. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void mdg_password_field_protect (GtkPasswordEntry *entry);
gboolean mdg_password_field_is_empty (GtkPasswordEntry *entry);
/* (transfer full) (nullable): NULL where it is empty; erased when freed. The field is empty then */
GBytes *mdg_password_field_take (GtkPasswordEntry *entry);
/* the same; the field keeps it */
GBytes *mdg_password_field_copy (GtkPasswordEntry *entry);
void mdg_password_field_clear (GtkPasswordEntry *entry);

G_END_DECLS
