/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A body to send that leaves nothing in the buffers it is copied through. Private to src/client. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_TYPE_SECRET_STREAM (mdg_secret_stream_get_type ())
G_DECLARE_FINAL_TYPE (MdgSecretStream, mdg_secret_stream, MDG, SECRET_STREAM, GMemoryInputStream)

GInputStream *mdg_secret_stream_new (GBytes *bytes);

G_END_DECLS
