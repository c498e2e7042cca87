/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private files on Windows: they lie in the user's profile, whose access list keeps other users
 * out. Their contents are not encrypted here yet. */
#include "config.h"

#include "mdg-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#include "mdg-secret-store.h"
#include "mdg-store.h"

static gboolean
fail_errno (GError **error, int number, const char *action, const char *path)
{
  MdgStoreError code = MDG_STORE_ERROR_FAILED;

  if (number == ENOSPC || number == EFBIG)
    code = MDG_STORE_ERROR_FULL;
  else if (number == EACCES || number == EPERM || number == EROFS || number == ENOENT)
    code = MDG_STORE_ERROR_ACCESS;
  g_set_error (error, MDG_STORE_ERROR, code, "%s %s: %s", action, path, g_strerror (number));
  return FALSE;
}

/**
 * mdg_private_dir_make:
 * @path: a folder
 * @error: return location
 *
 * Makes @path and what is missing above it.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether the folder is there
 */
gboolean
mdg_private_dir_make (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  return g_mkdir_with_parents (path, 0700) == 0 || fail_errno (error, errno, "cannot make", path);
}

/**
 * mdg_private_file_touch:
 * @path: a file
 * @error: return location
 *
 * There is nothing to prepare here: the folder's access list is inherited.
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: %TRUE
 */
gboolean
mdg_private_file_touch (const char *path, GError **error)
{
  return TRUE;
}

/**
 * mdg_private_file_write_beside:
 * @path: a file in a private folder, which is not touched
 * @bytes: what it shall hold
 * @error: return location
 *
 * Writes and syncs the bytes under another name: @path with a dot and six letters.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: (transfer full) (nullable): that name, for mdg_private_file_put()
 */
char *
mdg_private_file_write_beside (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *beside = NULL;
  g_autoptr (GError) local = NULL;
  gsize length;
  const char *data;
  int fd;

  g_return_val_if_fail (path != NULL && bytes != NULL, NULL);

  beside = g_strconcat (path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (beside, O_RDWR, 0600);
  if (fd < 0)
    {
      fail_errno (error, errno, "cannot make a file beside", path);
      return NULL;
    }
  g_close (fd, NULL);
  data = g_bytes_get_data (bytes, &length);
  if (g_file_set_contents_full (beside, data, (gssize) length, G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local))
    return g_steal_pointer (&beside);
  g_unlink (beside);
  g_set_error_literal (error, MDG_STORE_ERROR,
                       g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC)
                           ? MDG_STORE_ERROR_FULL
                           : MDG_STORE_ERROR_ACCESS,
                       local->message);
  return NULL;
}

/**
 * mdg_private_file_put:
 * @beside: a file that was written and synced; gone in any case
 * @path: the name that it gets
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether it has it
 */
gboolean
mdg_private_file_put (const char *beside, const char *path, GError **error)
{
  int number;

  g_return_val_if_fail (beside != NULL && path != NULL, FALSE);

  if (g_rename (beside, path) == 0)
    return TRUE;
  number = errno;
  g_unlink (beside);
  return fail_errno (error, number, "cannot rename to", path);
}

/**
 * mdg_private_file_write:
 * @path: a file in a private folder
 * @bytes: its new contents
 * @error: return location
 *
 * Writes beside, syncs and renames over @path.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether the bytes are on the disk
 */
gboolean
mdg_private_file_write (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *beside = mdg_private_file_write_beside (path, bytes, error);

  return beside != NULL && mdg_private_file_put (beside, path, error);
}

/**
 * mdg_private_file_read:
 * @path: a file
 * @max_bytes: the most it may hold
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where it is too large, _ACCESS where it cannot be read.
 *
 * Returns: (transfer full) (nullable): the contents, erased when freed; %NULL without an error
 *   where there is no such file
 */
GBytes *
mdg_private_file_read (const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GMappedFile) map = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  map = g_mapped_file_new (path, FALSE, &local);
  if (map == NULL)
    {
      if (!g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS, local->message);
      return NULL;
    }
  if (g_mapped_file_get_length (map) > max_bytes)
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s is too large", path);
      return NULL;
    }
  return mdg_secret_bytes_new (g_mapped_file_get_contents (map), g_mapped_file_get_length (map));
}

/**
 * mdg_private_file_remove:
 * @path: a file
 * @error: return location
 *
 * Removes @path; a missing file is fine.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_ACCESS, _FAILED.
 *
 * Returns: whether it is gone
 */
gboolean
mdg_private_file_remove (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  return fail_errno (error, errno, "cannot remove", path);
}
