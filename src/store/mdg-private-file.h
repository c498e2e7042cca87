/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files that only the user may read, and that are there whole or not at all. Private to
 * src/store; one implementation per system. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean mdg_private_dir_make (const char *path, GError **error);
gboolean mdg_private_file_touch (const char *path, GError **error);
gboolean mdg_private_file_write (const char *path, GBytes *bytes, GError **error);
/* the two halves of writing, for what has to happen between them; both remove @beside on error */
char *mdg_private_file_write_beside (const char *path, GBytes *bytes, GError **error);
gboolean mdg_private_file_put (const char *beside, const char *path, GError **error);
GBytes *mdg_private_file_read (const char *path, gsize max_bytes, GError **error);
gboolean mdg_private_file_remove (const char *path, GError **error);

G_END_DECLS
