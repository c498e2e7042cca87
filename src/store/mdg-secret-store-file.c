/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets in files that only the user can read: one file per secret in a folder of their own. The
 * command line warns of it, because whoever becomes this user reads them. */
#include "config.h"

#include "mdg-private-file.h"
#include "mdg-secret-store-private.h"
#include "mdg-store.h"

struct _MdgSecretStoreFile
{
  GObject parent_instance;
  char *folder;
};

static void mdg_secret_store_file_iface_init (MdgSecretStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MdgSecretStoreFile,
                               mdg_secret_store_file,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (MDG_TYPE_SECRET_STORE,
                                                      mdg_secret_store_file_iface_init))

static char *
build_path (MdgSecretStore *store, const char *key)
{
  return g_build_filename (MDG_SECRET_STORE_FILE (store)->folder, key, NULL);
}

static gboolean
mdg_secret_store_file_save (MdgSecretStore *store, const char *key, GBytes *secret, GError **error)
{
  g_autofree char *path = build_path (store, key);

  return mdg_private_dir_make (MDG_SECRET_STORE_FILE (store)->folder, error) &&
         mdg_private_file_write (path, secret, error);
}

static GBytes *
mdg_secret_store_file_load (MdgSecretStore *store, const char *key, GError **error)
{
  g_autofree char *path = build_path (store, key);

  return mdg_private_file_read (path, MDG_SECRET_MAX_BYTES, error);
}

static gboolean
mdg_secret_store_file_clear (MdgSecretStore *store, const char *key, GError **error)
{
  g_autofree char *path = build_path (store, key);

  return mdg_private_file_remove (path, error);
}

static const char *
mdg_secret_store_file_get_kind (MdgSecretStore *store)
{
  return "file";
}

static void
mdg_secret_store_file_finalize (GObject *object)
{
  g_free (MDG_SECRET_STORE_FILE (object)->folder);
  G_OBJECT_CLASS (mdg_secret_store_file_parent_class)->finalize (object);
}

static void
mdg_secret_store_file_iface_init (MdgSecretStoreInterface *iface)
{
  iface->save = mdg_secret_store_file_save;
  iface->load = mdg_secret_store_file_load;
  iface->clear = mdg_secret_store_file_clear;
  iface->get_kind = mdg_secret_store_file_get_kind;
}

static void
mdg_secret_store_file_class_init (MdgSecretStoreFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mdg_secret_store_file_finalize;
}

static void
mdg_secret_store_file_init (MdgSecretStoreFile *self)
{
}

/**
 * mdg_secret_store_file_has_any:
 * @self: a file store
 *
 * Thread: any; blocking.
 * Errors: none.
 *
 * Returns: whether at least one secret lies there
 */
gboolean
mdg_secret_store_file_has_any (MdgSecretStoreFile *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (MDG_IS_SECRET_STORE_FILE (self), FALSE);

  dir = g_dir_open (self->folder, 0, NULL);
  /* a name with a dot is what a crash left of a file that was being written */
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (strchr (name, '.') == NULL)
      return TRUE;
  return FALSE;
}

/**
 * mdg_secret_store_new_file:
 * @data_dir: the folder that will hold a folder `secrets`
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_ACCESS, _FULL, _FAILED where @data_dir cannot be made.
 *
 * Returns: (transfer full) (nullable): a secret store
 */
MdgSecretStore *
mdg_secret_store_new_file (const char *data_dir, GError **error)
{
  MdgSecretStoreFile *self;

  g_return_val_if_fail (data_dir != NULL, NULL);

  if (!mdg_private_dir_make (data_dir, error))
    return NULL;
  self = g_object_new (MDG_TYPE_SECRET_STORE_FILE, NULL);
  self->folder = g_build_filename (data_dir, "secrets", NULL);
  return MDG_SECRET_STORE (self);
}
