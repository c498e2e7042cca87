/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets that end with the process: for tests, and for a practice run that keeps nothing. */
#include "config.h"

#include "mdg-secret-store.h"

#define MDG_TYPE_SECRET_STORE_MEMORY (mdg_secret_store_memory_get_type ())
G_DECLARE_FINAL_TYPE (MdgSecretStoreMemory,
                      mdg_secret_store_memory,
                      MDG,
                      SECRET_STORE_MEMORY,
                      GObject)

struct _MdgSecretStoreMemory
{
  GObject parent_instance;
  GHashTable *secrets;
};

static void mdg_secret_store_memory_iface_init (MdgSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgSecretStoreMemory,
                               mdg_secret_store_memory,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_SECRET_STORE,
                                                      mdg_secret_store_memory_iface_init))

static gboolean
mdg_secret_store_memory_save (MdgSecretStore *store,
                              const char *key,
                              GBytes *secret,
                              GError **error)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (secret, &length);

  g_hash_table_replace (MDG_SECRET_STORE_MEMORY (store)->secrets, g_strdup (key),
                        mdg_secret_bytes_new (data, length));
  return TRUE;
}

static GBytes *
mdg_secret_store_memory_load (MdgSecretStore *store, const char *key, GError **error)
{
  GBytes *secret = g_hash_table_lookup (MDG_SECRET_STORE_MEMORY (store)->secrets, key);

  return secret != NULL ? g_bytes_ref (secret) : NULL;
}

static gboolean
mdg_secret_store_memory_clear (MdgSecretStore *store, const char *key, GError **error)
{
  g_hash_table_remove (MDG_SECRET_STORE_MEMORY (store)->secrets, key);
  return TRUE;
}

static const char *
mdg_secret_store_memory_get_kind (MdgSecretStore *store)
{
  return "memory";
}

static void
mdg_secret_store_memory_finalize (GObject *object)
{
  g_hash_table_unref (MDG_SECRET_STORE_MEMORY (object)->secrets);
  G_OBJECT_CLASS (mdg_secret_store_memory_parent_class)->finalize (object);
}

static void
mdg_secret_store_memory_iface_init (MdgSecretStoreInterface *iface)
{
  iface->save = mdg_secret_store_memory_save;
  iface->load = mdg_secret_store_memory_load;
  iface->clear = mdg_secret_store_memory_clear;
  iface->get_kind = mdg_secret_store_memory_get_kind;
}

static void
mdg_secret_store_memory_class_init (MdgSecretStoreMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_secret_store_memory_finalize;
}

static void
mdg_secret_store_memory_init (MdgSecretStoreMemory *self)
{
  self->secrets =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

/**
 * mdg_secret_store_new_memory:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a secret store that ends with the process
 */
MdgSecretStore *
mdg_secret_store_new_memory (void)
{
  return g_object_new (MDG_TYPE_SECRET_STORE_MEMORY, NULL);
}
