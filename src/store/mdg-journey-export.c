/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A whole journey as one file: its database as it is, with one table more that holds the receipts'
 * bytes. The file is written beside and gets its name when it is whole. */
#include "config.h"

#include <glib/gstdio.h>

#include "mdg-journey-copy.h"
#include "mdg-journey-files.h"
#include "mdg-journey-private.h"
#include "mdg-journey-receipt.h"
#include "mdg-private-file.h"

static gboolean
put_file (sqlite3 *db, const char *sha256, GBytes *bytes, GError **error)
{
  g_autoptr (MdgStatement) statement =
      mdg_store_database_prepare (db, "INSERT INTO file (sha256, bytes) VALUES (?, ?)", error);
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, sha256, -1, SQLITE_STATIC);
  sqlite3_bind_blob64 (statement, 2, data, length, SQLITE_STATIC);
  return sqlite3_step (statement) == SQLITE_DONE || mdg_store_database_fail (db, "write", error);
}

/* A receipt whose file is missing goes without it: the rest must not be lost for that. */
static gboolean
put_files (sqlite3 *db, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) receipts = mdg_journey_receipt_load (db, error);

  for (guint i = 0; receipts != NULL && i < receipts->len; i++)
    {
      const MdgReceipt *receipt = g_ptr_array_index (receipts, i);
      g_autoptr (GBytes) bytes = mdg_journey_files_read_receipt (folder, receipt, NULL);

      if (bytes != NULL && !put_file (db, receipt->sha256, bytes, error))
        return FALSE;
    }
  return receipts != NULL;
}

static gboolean
complete (sqlite3 *db, const char *folder, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d", MDG_JOURNEY_EXPORT_ID);
  gboolean good;

  /* nobody else sees the file, and it is thrown away where this fails */
  if (!mdg_store_database_configure (db, error) ||
      !mdg_store_database_run (db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = FULL",
                               error) ||
      !mdg_store_database_begin (db, error))
    return FALSE;
  good = mdg_store_database_run (db, MDG_JOURNEY_EXPORT_TABLE "DELETE FROM unwanted", error) &&
         put_files (db, folder, error) && mdg_journey_seal (db, error) &&
         mdg_store_database_run (db, stamp, error);
  return mdg_store_database_end (db, good, error);
}

/**
 * mdg_journey_export_write_beside:
 * @self: a journey with an open transaction
 * @path: what the file will be called
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: every code of #MdgStoreError; nothing is left behind then.
 *
 * Returns: (transfer full) (nullable): the name under which it is written and synced
 */
char *
mdg_journey_export_write_beside (MdgJourneyStore *self, const char *path, GError **error)
{
  g_autoptr (GBytes) image = mdg_journey_copy_serialize (self->db, error);
  g_autofree char *beside =
      image != NULL ? mdg_private_file_write_beside (path, image, error) : NULL;
  sqlite3 *db = NULL;
  gboolean good = FALSE;

  if (beside == NULL)
    return NULL;
  if (sqlite3_open_v2 (beside, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    good = complete (db, self->folder, error);
  else
    mdg_store_database_fail (db, "open", error);
  sqlite3_close_v2 (db);
  if (good)
    return g_steal_pointer (&beside);
  g_unlink (beside);
  return NULL;
}

/* Over one of its own files it would destroy what it exports. */
static gboolean
is_own_folder (MdgJourneyStore *self, const char *path)
{
  g_autoptr (GFile) own = g_file_new_for_path (self->folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autoptr (GFileInfo) one = NULL;
  g_autoptr (GFileInfo) other = NULL;
  const char *id;

  if (parent == NULL || g_file_equal (own, parent))
    return TRUE;
  one = g_file_query_info (own, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  other = g_file_query_info (parent, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  if (one == NULL || other == NULL)
    return FALSE;
  id = g_file_info_get_attribute_string (one, G_FILE_ATTRIBUTE_ID_FILE);
  return id != NULL &&
         g_strcmp0 (id, g_file_info_get_attribute_string (other, G_FILE_ATTRIBUTE_ID_FILE)) == 0;
}

/* "The data folder may not be written" would be wrong here. */
static void
propagate_place (GError **error, GError *local)
{
  if (g_error_matches (local, MDG_STORE_ERROR, MDG_STORE_ERROR_ACCESS))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, local->message);
      g_error_free (local);
    }
  else
    g_propagate_error (error, local);
}

/**
 * mdg_journey_store_export:
 * @self: a journey
 * @path: where to; a file that is there is replaced when the new one is whole; not in the
 *   journey's own folder
 * @error: return location
 *
 * Receipts whose file is missing are in it without it.
 *
 * Thread: that of the journey; blocking.
 * Errors: MDG_STORE_ERROR_FULL; %G_IO_ERROR_PERMISSION_DENIED where nothing can be written there;
 * %G_IO_ERROR_INVALID_ARGUMENT for the journey's own folder; others of #MdgStoreError. A file that
 * was there is what it was then.
 *
 * Returns: whether the file is on the disk, whole, of mode 0600
 */
gboolean
mdg_journey_store_export (MdgJourneyStore *self, const char *path, GError **error)
{
  g_autofree char *beside = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  if (is_own_folder (self, path))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "the journey's own folder is no place for this");
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s is a folder", path);
      return FALSE;
    }
  /* nothing of it changes while it is written */
  if (!mdg_store_database_begin (self->db, error))
    return FALSE;
  beside = mdg_journey_export_write_beside (self, path, &local);
  mdg_store_database_end (self->db, FALSE, NULL);
  if (beside != NULL && mdg_private_file_put (beside, path, &local))
    return TRUE;
  propagate_place (error, g_steal_pointer (&local));
  return FALSE;
}
