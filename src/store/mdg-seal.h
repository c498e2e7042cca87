/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bytes that only the holder of a key can read, and that belong to one place. Private to
 * src/store. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_SEAL_KEY_BYTES 32

GBytes *mdg_seal_key_new (GError **error);
/* @about: where it belongs; the same must be given to open it */
GBytes *mdg_seal_close (GBytes *key, const char *about, GBytes *plain, GError **error);
GBytes *
mdg_seal_open (GBytes *key, const char *about, gconstpointer sealed, gsize length, GError **error);

G_END_DECLS
