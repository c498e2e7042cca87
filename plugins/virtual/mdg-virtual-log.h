/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One JSON object a line: {"n","t","c","r"} for an exchange, {"control","t"} for power. What a
 * VERIFY carries is masked. Any thread, one at a time. */
typedef struct _MdgVirtualLog MdgVirtualLog;

MdgVirtualLog *mdg_virtual_log_new (const char *path, gboolean show_pin, GError **error);
void mdg_virtual_log_free (MdgVirtualLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualLog, mdg_virtual_log_free)
void mdg_virtual_log_exchange (MdgVirtualLog *self, guint n, GBytes *command, GBytes *answer);
void mdg_virtual_log_control (MdgVirtualLog *self, const char *control);
char *mdg_virtual_log_format_command (GBytes *command, gboolean show_pin);

G_END_DECLS
