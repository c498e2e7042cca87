/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where keys and passwords live: the desktop's secret service where one answers, else a file only
 * the user can read. Blocking, each call within its own deadline (5 s): call it on a worker or in
 * the command line. */
#define MDG_TYPE_SECRET_STORE (mdg_secret_store_get_type ())
G_DECLARE_INTERFACE (MdgSecretStore, mdg_secret_store, MDG, SECRET_STORE, GObject)

struct _MdgSecretStoreInterface
{
  GTypeInterface parent_iface;
  gboolean (*save) (MdgSecretStore *self, const char *key, GBytes *secret, GError **error);
  GBytes *(*load) (MdgSecretStore *self, const char *key, GError **error);
  gboolean (*clear) (MdgSecretStore *self, const char *key, GError **error);
  const char *(*get_kind) (MdgSecretStore *self);
};

#define MDG_SECRET_TERMINAL_KEY   "terminal-key"   /* PKCS#8 PEM */
#define MDG_SECRET_LOGIN_PASSWORD "login-password" /* UTF-8 */
#define MDG_SECRET_HISTORY_KEY    "history-key"    /* 32 bytes: seals the checks that are kept */
#define MDG_SECRET_STAFF_VERIFIER "staff-verifier" /* of mdg-staff-lock.c */

gboolean
mdg_secret_store_save (MdgSecretStore *self, const char *key, GBytes *secret, GError **error);
/* (transfer full) (nullable): NULL without an error where there is none; erased when freed */
GBytes *mdg_secret_store_load (MdgSecretStore *self, const char *key, GError **error);
gboolean mdg_secret_store_clear (MdgSecretStore *self, const char *key, GError **error);
const char *
mdg_secret_store_get_kind (MdgSecretStore *self); /* "secret-service", "file", "memory", "dpapi" */

/* tries the secret service, falls back to a file in @data_dir; @practice keeps the names apart */
MdgSecretStore *mdg_secret_store_open (const char *data_dir, gboolean practice, GError **error);
MdgSecretStore *mdg_secret_store_new_file (const char *data_dir, GError **error);
MdgSecretStore *mdg_secret_store_new_memory (void); /* tests */

/* (transfer full): a copy of @data that is erased when the last reference goes */
GBytes *mdg_secret_bytes_new (gconstpointer data, gsize length);

G_END_DECLS
