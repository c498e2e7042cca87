/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The secret stores of src/store, and the limits they share. Private to src/store. */
#pragma once

#include "mdg-secret-store.h"

G_BEGIN_DECLS

#define MDG_SECRET_MAX_BYTES (64 * 1024)

#define MDG_TYPE_SECRET_STORE_FILE (mdg_secret_store_file_get_type ())
G_DECLARE_FINAL_TYPE (MdgSecretStoreFile, mdg_secret_store_file, MDG, SECRET_STORE_FILE, GObject)
/* whether a secret lies there already */
gboolean mdg_secret_store_file_has_any (MdgSecretStoreFile *self);

#if MDG_HAVE_LIBSECRET
/* NULL without an error: no secret service that can be used now */
/* @scope: "0", "1" in practice mode, else a profile's id */
MdgSecretStore *mdg_secret_store_new_libsecret (const char *scope);
#endif

G_END_DECLS
