/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Carries out one line; (transfer full): the answer, a line too; *@close: end this connection */
typedef char *(*MdgVirtualServerFunc) (const char *line, gboolean *close, gpointer user_data);

/* A socket in the file system that takes lines. All of it in one context. */
typedef struct _MdgVirtualServer MdgVirtualServer;

MdgVirtualServer *mdg_virtual_server_new (const char *path,
                                          GMainContext *context,
                                          MdgVirtualServerFunc func,
                                          gpointer user_data,
                                          GError **error);
void mdg_virtual_server_free (MdgVirtualServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgVirtualServer, mdg_virtual_server_free)

G_END_DECLS
