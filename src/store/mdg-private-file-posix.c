/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Private files on POSIX systems: mode 0600 in a folder 0700, written beside, synced and renamed,
 * refused when others could have read or changed them. */
#include "config.h"

#include "mdg-private-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mdg-secret-store.h"
#include "mdg-store.h"

static gboolean
fail_errno (GError **error, int number, const char *action, const char *path)
{
  MdgStoreError code = MDG_STORE_ERROR_FAILED;

  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    code = MDG_STORE_ERROR_FULL;
  else if (number == EACCES || number == EPERM || number == EROFS || number == ENOTDIR ||
           number == ENOENT || number == ELOOP)
    code = MDG_STORE_ERROR_ACCESS;
  g_set_error (error, MDG_STORE_ERROR, code, "%s %s: %s", action, path, g_strerror (number));
  return FALSE;
}

/* A rename is lasting only once its folder is on the disk too. */
static gboolean
sync_folder_of (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int number;

  if (fd < 0)
    return fail_errno (error, errno, "cannot open", folder);
  number = fsync (fd) == 0 ? 0 : errno;
  close (fd);
  /* some network file systems cannot sync a folder: then there is nothing more to be done */
  if (number != 0 && number != EINVAL && number != ENOTSUP)
    return fail_errno (error, number, "cannot sync", folder);
  return TRUE;
}

static int
write_all (int fd, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      done += (gsize) n;
    }
  return 0;
}

/* A new folder is lasting only once the one above it is on the disk. One that may be written but
 * not read cannot be synced: then there is nothing more to be done. */
static gboolean
sync_new_folders (const char *path, const char *there, GError **error)
{
  g_autofree char *folder = g_strdup (path);

  while (!g_str_equal (folder, there))
    {
      g_autoptr (GError) local = NULL;
      char *above = g_path_get_dirname (folder);

      if (!sync_folder_of (folder, &local) &&
          !g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS))
        {
          g_free (above);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_free (folder);
      folder = above;
    }
  return TRUE;
}

static char *
find_what_is_there (const char *path)
{
  char *there = g_strdup (path);

  while (!g_file_test (there, G_FILE_TEST_EXISTS))
    {
      char *above = g_path_get_dirname (there);

      g_free (there);
      there = above;
    }
  return there;
}

/**
 * mdg_private_dir_make:
 * @path: a folder
 * @error: return location
 *
 * Makes @path and what is missing above it, on the disk, and takes the rights of others away from
 * it.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether the folder is there and private
 */
gboolean
mdg_private_dir_make (const char *path, GError **error)
{
  g_autofree char *there = NULL;
  struct stat info;

  g_return_val_if_fail (path != NULL, FALSE);

  there = find_what_is_there (path);
  if (g_mkdir_with_parents (path, 0700) != 0)
    return fail_errno (error, errno, "cannot make", path);
  if (!sync_new_folders (path, there, error))
    return FALSE;
  if (stat (path, &info) != 0)
    return fail_errno (error, errno, "cannot look at", path);
  if (!S_ISDIR (info.st_mode))
    return fail_errno (error, ENOTDIR, "cannot use", path);
  if ((info.st_mode & 0077) != 0 && chmod (path, 0700) != 0)
    return fail_errno (error, errno, "cannot protect", path);
  return TRUE;
}

/**
 * mdg_private_file_touch:
 * @path: a file
 * @error: return location
 *
 * Makes an empty file of mode 0600 where there is none, so that what another library writes into
 * it is private from the first byte; closes one to others that is there. A link, and a file of
 * somebody else, is refused.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether there is a file now
 */
gboolean
mdg_private_file_touch (const char *path, GError **error)
{
  struct stat info;
  int number = 0;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (errno != EEXIST)
    return fail_errno (error, errno, "cannot make", path);
  fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return fail_errno (error, errno, "cannot open", path);
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_uid != geteuid ())
    {
      close (fd);
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS,
                   "%s is not a file of this user: not used", path);
      return FALSE;
    }
  if ((info.st_mode & 0077) != 0 && fchmod (fd, 0600) != 0)
    number = errno;
  close (fd);
  return number == 0 || fail_errno (error, number, "cannot protect", path);
}

/**
 * mdg_private_file_write_beside:
 * @path: a file in a private folder, which is not touched
 * @bytes: what it shall hold
 * @error: return location
 *
 * Writes and syncs the bytes under another name, of mode 0600: @path with a dot and six letters.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED; nothing is left behind then.
 *
 * Returns: (transfer full) (nullable): that name, for mdg_private_file_put()
 */
char *
mdg_private_file_write_beside (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *beside = NULL;
  int fd;
  int number;

  g_return_val_if_fail (path != NULL && bytes != NULL, NULL);

  beside = g_strconcat (path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail_errno (error, errno, "cannot make a file beside", path);
      return NULL;
    }
  number = write_all (fd, bytes);
  if (number == 0 && fsync (fd) != 0)
    number = errno;
  if (close (fd) != 0 && number == 0)
    number = errno;
  if (number == 0)
    return g_steal_pointer (&beside);
  unlink (beside);
  fail_errno (error, number, "cannot write", path);
  return NULL;
}

/**
 * mdg_private_file_put:
 * @beside: a file that was written and synced; gone in any case
 * @path: the name that it gets
 * @error: return location
 *
 * Renames and syncs the folder: after a crash @path is the old file or the new one.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether that is on the disk
 */
gboolean
mdg_private_file_put (const char *beside, const char *path, GError **error)
{
  int number;

  g_return_val_if_fail (beside != NULL && path != NULL, FALSE);

  if (rename (beside, path) == 0)
    return sync_folder_of (path, error);
  number = errno;
  unlink (beside);
  return fail_errno (error, number, "cannot rename to", path);
}

/**
 * mdg_private_file_write:
 * @path: a file in a private folder
 * @bytes: its new contents
 * @error: return location
 *
 * Writes beside, syncs, renames over @path and syncs the folder: after a crash the file holds the
 * old bytes or the new ones.
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
 * Reads a file that is a plain one of this user's, that nobody else may read or write, and that
 * is no link.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_ACCESS where others may read it, _CORRUPT where it is too large,
 * _FAILED.
 *
 * Returns: (transfer full) (nullable): the contents, erased when freed; %NULL without an error
 *   where there is no such file
 */
GBytes *
mdg_private_file_read (const char *path, gsize max_bytes, GError **error)
{
  g_autofree guint8 *buffer = NULL;
  struct stat info;
  gsize length = 0;
  gssize n = 0;
  GBytes *bytes;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT)
    return NULL;
  if (fd < 0)
    {
      fail_errno (error, errno, "cannot open", path);
      return NULL;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_uid != geteuid () ||
      (info.st_mode & 0077) != 0)
    {
      close (fd);
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS,
                   "%s could be read or changed by others: not used", path);
      return NULL;
    }

  buffer = g_malloc (max_bytes + 1);
  while (length <= max_bytes && (n = read (fd, buffer + length, max_bytes + 1 - length)) != 0)
    {
      if (n < 0 && errno != EINTR)
        break;
      length += n > 0 ? (gsize) n : 0;
    }
  if (n < 0)
    fail_errno (error, errno, "cannot read", path);
  close (fd);

  bytes = n < 0 || length > max_bytes ? NULL : mdg_secret_bytes_new (buffer, length);
  explicit_bzero (buffer, max_bytes + 1);
  if (n >= 0 && bytes == NULL)
    g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s is too large", path);
  return bytes;
}

/**
 * mdg_private_file_remove:
 * @path: a file
 * @error: return location
 *
 * Removes @path for good; a missing file is fine.
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

  if (unlink (path) != 0)
    return errno == ENOENT ? TRUE : fail_errno (error, errno, "cannot remove", path);
  return sync_folder_of (path, error);
}
