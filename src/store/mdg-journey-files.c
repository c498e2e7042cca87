/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files by name. Nothing is removed here but what carries exactly a name that only this program
 * gives, and of what is kept aside only the oldest of more than five. */
#include "config.h"

#include "mdg-journey-files.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "mdg-journey-check.h"
#include "mdg-private-file.h"

#define LETTERS       6  /* of g_mkstemp() */
#define ASIDE_LETTERS 20 /* 20261123T093000Z.000 */

static gboolean
fail_receipt (GError **error)
{
  g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT,
                       "a receipt's file is gone or is not what it was");
  return FALSE;
}

/**
 * mdg_journey_files_read:
 * @path: a file
 * @max_bytes: the most it may hold
 * @error: return location
 *
 * Reads a file of ours whose contents are proven elsewhere, so that rights which another program
 * gave to others are taken back and not held against it.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_ACCESS, _CORRUPT where it is too large, _FAILED.
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL without an error where there is none
 */
GBytes *
mdg_journey_files_read (const char *path, gsize max_bytes, GError **error)
{
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    {
      if (errno != ENOENT)
        g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED, "%s cannot be looked at",
                     path);
      return NULL;
    }
  if (info.st_size < 0 || (guint64) info.st_size > max_bytes)
    {
      g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_CORRUPT, "%s is too large", path);
      return NULL;
    }
  if (!mdg_private_file_touch (path, error))
    return NULL;
  return mdg_private_file_read (path, (gsize) info.st_size, error);
}

/**
 * mdg_journey_files_receipt_path:
 * @folder: the journey's folder
 * @sha256: what the file's bytes give
 *
 * Thread: any.
 *
 * Returns: (transfer full): where that file is
 */
char *
mdg_journey_files_receipt_path (const char *folder, const char *sha256)
{
  g_return_val_if_fail (mdg_journey_is_hash (sha256), NULL);

  return g_build_filename (folder, MDG_JOURNEY_FOLDER, sha256, NULL);
}

/**
 * mdg_journey_files_write_receipt:
 * @folder: the journey's folder
 * @sha256: what @bytes give
 * @bytes: the receipt
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_FULL, _ACCESS, _FAILED.
 *
 * Returns: whether the file is on the disk, whole
 */
gboolean
mdg_journey_files_write_receipt (const char *folder,
                                 const char *sha256,
                                 GBytes *bytes,
                                 GError **error)
{
  g_autofree char *receipts = g_build_filename (folder, MDG_JOURNEY_FOLDER, NULL);
  g_autofree char *path = mdg_journey_files_receipt_path (folder, sha256);

  return mdg_private_dir_make (receipts, error) && mdg_private_file_write (path, bytes, error);
}

/**
 * mdg_journey_files_read_receipt:
 * @folder: the journey's folder
 * @receipt: a receipt
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_CORRUPT where the file is gone or another; _ACCESS, _FAILED.
 *
 * Returns: (transfer full) (nullable): its bytes, which are what they were
 */
GBytes *
mdg_journey_files_read_receipt (const char *folder, const MdgReceipt *receipt, GError **error)
{
  g_autofree char *path = mdg_journey_files_receipt_path (folder, receipt->sha256);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes = mdg_journey_files_read (path, receipt->size, &local);
  g_autofree char *sum = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (bytes != NULL && g_bytes_get_size (bytes) == receipt->size)
    sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_strcmp0 (sum, receipt->sha256) == 0)
    return g_steal_pointer (&bytes);
  fail_receipt (error);
  return NULL;
}

/**
 * mdg_journey_files_remove_receipt:
 * @folder: the journey's folder
 * @sha256: a file that nobody needs
 * @error: return location
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_ACCESS, _FAILED.
 *
 * Returns: whether it is gone
 */
gboolean
mdg_journey_files_remove_receipt (const char *folder, const char *sha256, GError **error)
{
  g_autofree char *path = mdg_journey_files_receipt_path (folder, sha256);

  return !g_file_test (path, G_FILE_TEST_EXISTS) || mdg_private_file_remove (path, error);
}

static gboolean
is_written_beside (const char *name, gboolean receipts)
{
  static const char *const ours[] = { MDG_JOURNEY_DATABASE, MDG_JOURNEY_COPY, NULL };
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = NULL;

  if (dot == NULL || strlen (dot + 1) != LETTERS)
    return FALSE;
  for (const char *at = dot + 1; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at))
      return FALSE;
  stem = g_strndup (name, (gsize) (dot - name));
  if (receipts)
    return mdg_journey_is_hash (stem);
  return g_strv_contains (ours, stem) || g_str_has_prefix (stem, MDG_JOURNEY_DATABASE ".before-");
}

static void
sweep_folder (const char *folder, gboolean receipts)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_written_beside (name, receipts))
        mdg_private_file_remove (path, NULL);
    }
}

/**
 * mdg_journey_files_sweep:
 * @folder: the journey's folder
 *
 * Removes what was being written when the program ended. What cannot be removed stays.
 *
 * Thread: any; blocking.
 */
void
mdg_journey_files_sweep (const char *folder)
{
  g_autofree char *receipts = g_build_filename (folder, MDG_JOURNEY_FOLDER, NULL);

  sweep_folder (folder, FALSE);
  sweep_folder (receipts, TRUE);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* what was kept aside of that file, oldest first */
static GPtrArray *
list_aside (const char *folder, const char *prefix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (file, prefix) && strlen (file) == strlen (prefix) + ASIDE_LETTERS)
      g_ptr_array_add (names, g_strdup (file));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/**
 * mdg_journey_files_aside_path:
 * @folder: the journey's folder
 * @name: a file in it
 * @why: a word
 *
 * Thread: any.
 *
 * Returns: (transfer full): a name that no file has, which sorts behind those that there are, also
 *   where the clock went back: the oldest go first (mdg_journey_files_trim_aside())
 */
char *
mdg_journey_files_aside_path (const char *folder, const char *name, const char *why)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *prefix = g_strdup_printf ("%s.%s-", name, why);
  g_autoptr (GPtrArray) names = list_aside (folder, prefix);
  const char *last = names->len > 0 ? g_ptr_array_index (names, names->len - 1) : NULL;
  guint64 i = 0;

  if (last != NULL && strncmp (last + strlen (prefix), time, strlen (time)) >= 0)
    {
      i = g_ascii_strtoull (last + strlen (prefix) + strlen (time) + 1, NULL, 10) + 1;
      g_free (time);
      time = g_strndup (last + strlen (prefix), ASIDE_LETTERS - 4);
    }
  for (;; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s%s.%03u", prefix, time, (guint) i);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&path);
    }
}

/**
 * mdg_journey_files_keep_aside:
 * @folder: the journey's folder
 * @name: a file in it; none is fine
 * @why: a word
 * @error: return location
 *
 * Renames the file, and its rollback journal with it, for it must not be played into another.
 *
 * Thread: any; blocking.
 * Errors: MDG_STORE_ERROR_ACCESS, _FAILED.
 *
 * Returns: whether there is none of that name now
 */
gboolean
mdg_journey_files_keep_aside (const char *folder, const char *name, const char *why, GError **error)
{
  static const char *const suffixes[] = { "-journal", "-wal", "" };
  g_autofree char *aside = mdg_journey_files_aside_path (folder, name, why);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && g_rename (from, to) != 0)
        {
          g_set_error (error, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS, "cannot keep %s aside",
                       path);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * mdg_journey_files_trim_aside:
 * @folder: the journey's folder
 * @name: a file's name in it
 * @why: a word
 *
 * Removes the oldest of what was kept aside where there are too many.
 *
 * Thread: any; blocking.
 */
void
mdg_journey_files_trim_aside (const char *folder, const char *name, const char *why)
{
  static const char *const suffixes[] = { "", "-journal", "-wal" };
  g_autofree char *prefix = g_strdup_printf ("%s.%s-", name, why);
  g_autoptr (GPtrArray) names = list_aside (folder, prefix);

  for (guint i = 0; names->len > MDG_JOURNEY_ASIDE_MAX && i < names->len - MDG_JOURNEY_ASIDE_MAX;
       i++)
    for (guint j = 0; j < G_N_ELEMENTS (suffixes); j++)
      {
        g_autofree char *path = g_strconcat (folder, G_DIR_SEPARATOR_S,
                                             g_ptr_array_index (names, i), suffixes[j], NULL);

        g_unlink (path);
      }
}
