/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is typed into a password field: it takes characters and counts them, and hands them to
 * nobody but mdg_secret_buffer_take(). Its text, as GTK and assistive technologies ask for it, is
 * stars. */
#define MDG_TYPE_SECRET_BUFFER (mdg_secret_buffer_get_type ())
G_DECLARE_FINAL_TYPE (MdgSecretBuffer, mdg_secret_buffer, MDG, SECRET_BUFFER, GtkEntryBuffer)

GtkEntryBuffer *mdg_secret_buffer_new (void);
/* (transfer full) (nullable): NULL where it is empty; erased when freed. The buffer is empty then
 */
GBytes *mdg_secret_buffer_take (MdgSecretBuffer *self);
/* the same; the buffer keeps it */
GBytes *mdg_secret_buffer_copy (MdgSecretBuffer *self);

G_END_DECLS
