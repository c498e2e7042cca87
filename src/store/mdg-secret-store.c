/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interface of the places where secrets live, the choice between them, and bytes that are
 * erased when the last reference goes. */
#include "config.h"

#include "mdg-secret-store.h"

#include <string.h>

#include "mdg-profile-private.h"
#include "mdg-secret-store-private.h"
#include "mdg-store.h"

G_DEFINE_INTERFACE (MdgSecretStore, mdg_secret_store, G_TYPE_OBJECT)

typedef struct
{
  gsize length;
  guint8 data[];
} SecretBlock;

/* A call through a volatile pointer is not optimised away; explicit_bzero() is not everywhere. */
static void *(*const volatile fill_memory) (void *, int, size_t) = memset;

static void
erase_block (gpointer data)
{
  SecretBlock *block = data;

  fill_memory (block->data, 0, block->length);
  g_free (block);
}

/* A key becomes a file name and an attribute. */
static gboolean
check_key (const char *key, GError **error)
{
  gsize length = strlen (key);

  if (length > 0 && length <= 64 && strspn (key, "abcdefghijklmnopqrstuvwxyz0123456789-") == length)
    return TRUE;
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                       "a secret's name is invalid");
  return FALSE;
}

#if MDG_HAVE_LIBSECRET
/* The keyring is one for all facilities of this PC. The default keeps the "0" that it always had.
 */
static char *
find_scope (const char *data_dir, gboolean practice)
{
  g_autofree char *profile = mdg_profile_of_folder (data_dir);

  if (practice)
    return g_strdup ("1");
  return g_str_equal (profile, MDG_PROFILE_DEFAULT) ? g_strdup ("0") : g_steal_pointer (&profile);
}
#endif

static void
mdg_secret_store_default_init (MdgSecretStoreInterface *iface)
{
}

/**
 * mdg_secret_store_save:
 * @self: a secret store
 * @key: its name: lower case letters, digits and hyphens, at most 64
 * @secret: at most 64 KiB
 * @error: return location
 *
 * Keeps @secret, over an older one of that name; it is kept for good when this returns.
 *
 * Thread: any, one at a time; blocking, at most about 5 s.
 * Errors: #MdgStoreError.
 *
 * Returns: whether it is kept; where not, the older one is
 */
gboolean
mdg_secret_store_save (MdgSecretStore *self, const char *key, GBytes *secret, GError **error)
{
  g_return_val_if_fail (MDG_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL && secret != NULL, FALSE);

  if (!check_key (key, error))
    return FALSE;
  if (g_bytes_get_size (secret) > MDG_SECRET_MAX_BYTES)
    {
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FULL, "the secret is too large");
      return FALSE;
    }
  return MDG_SECRET_STORE_GET_IFACE (self)->save (self, key, secret, error);
}

/**
 * mdg_secret_store_load:
 * @self: a secret store
 * @key: its name
 * @error: return location
 *
 * Thread: any, one at a time; blocking, at most about 5 s.
 * Errors: #MdgStoreError; MDG_STORE_ERROR_LOCKED where the keyring is locked.
 *
 * Returns: (transfer full) (nullable): the secret, erased when freed; %NULL without an error where
 *   there is none
 */
GBytes *
mdg_secret_store_load (MdgSecretStore *self, const char *key, GError **error)
{
  g_return_val_if_fail (MDG_IS_SECRET_STORE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  if (!check_key (key, error))
    return NULL;
  return MDG_SECRET_STORE_GET_IFACE (self)->load (self, key, error);
}

/**
 * mdg_secret_store_clear:
 * @self: a secret store
 * @key: its name
 * @error: return location
 *
 * Thread: any, one at a time; blocking, at most about 5 s.
 * Errors: #MdgStoreError.
 *
 * Returns: whether there is none of that name any more
 */
gboolean
mdg_secret_store_clear (MdgSecretStore *self, const char *key, GError **error)
{
  g_return_val_if_fail (MDG_IS_SECRET_STORE (self), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return check_key (key, error) && MDG_SECRET_STORE_GET_IFACE (self)->clear (self, key, error);
}

/**
 * mdg_secret_store_get_kind:
 * @self: a secret store
 *
 * Where the secrets live, so that a program can say that a file is weaker than a keyring.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer none): "secret-service", "file", "memory" or "dpapi"
 */
const char *
mdg_secret_store_get_kind (MdgSecretStore *self)
{
  g_return_val_if_fail (MDG_IS_SECRET_STORE (self), NULL);

  return MDG_SECRET_STORE_GET_IFACE (self)->get_kind (self);
}

/**
 * mdg_secret_store_open:
 * @data_dir: the folder of mdg_paths_data_dir()
 * @practice: whether the names are those of practice mode
 * @error: return location
 *
 * The desktop's secret service where one answers within about two seconds and is unlocked or
 * holds secrets of ours; else files in @data_dir. Where such files are, they stay the place:
 * a secret must be found again when a keyring appears later. In the keyring a profile's folder
 * (mdg_profile_dir()) has its own names, as its files have a folder of their own.
 *
 * Thread: any, but not one that runs the default main context's loop; blocking, at most about 2 s.
 * Errors: #MdgStoreError, from the folder.
 *
 * Returns: (transfer full) (nullable): a secret store
 */
MdgSecretStore *
mdg_secret_store_open (const char *data_dir, gboolean practice, GError **error)
{
  g_autoptr (MdgSecretStore) file = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  file = mdg_secret_store_new_file (data_dir, error);
#if MDG_HAVE_LIBSECRET
  if (file != NULL && !mdg_secret_store_file_has_any (MDG_SECRET_STORE_FILE (file)))
    {
      g_autofree char *scope = find_scope (data_dir, practice);
      MdgSecretStore *service = mdg_secret_store_new_libsecret (scope);

      if (service != NULL)
        return service;
    }
#endif
  return g_steal_pointer (&file);
}

/**
 * mdg_secret_bytes_new:
 * @data: (array length=length): the bytes
 * @length: how many
 *
 * The caller erases @data.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: (transfer full): a copy that is erased when the last reference goes
 */
GBytes *
mdg_secret_bytes_new (gconstpointer data, gsize length)
{
  SecretBlock *block;

  g_return_val_if_fail (data != NULL || length == 0, NULL);
  g_return_val_if_fail (length < G_MAXSIZE - sizeof (SecretBlock), NULL);

  block = g_malloc0 (sizeof (SecretBlock) + length);
  block->length = length;
  for (gsize i = 0; i < length; i++)
    block->data[i] = ((const guint8 *) data)[i];
  return g_bytes_new_with_free_func (block->data, length, erase_block, block);
}
