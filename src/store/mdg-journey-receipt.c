/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receipts as rows. A file is marked as unwanted before it is written and with the deletion of its
 * row, so that after a crash it is known which files may go; all others stay for ever. */
#include "config.h"

#include "mdg-journey-receipt.h"

#include "mdg-journey-check.h"
#include "mdg-journey-row.h"
#include "mdg-journey-table.h"

#define COLUMNS                                                                                    \
  "SELECT id, file_name, media_type, size, sha256, vendor, date, note, added_at FROM receipt "

static void
free_receipt (gpointer receipt)
{
  mdg_receipt_free (receipt);
}

static gboolean
load_items (sqlite3 *db, MdgReceipt *receipt, GError **error)
{
  g_autoptr (MdgStatement) rows = mdg_journey_row_bind (
      db, error, "SELECT name, quantity, price, kind FROM item WHERE receipt = ? ORDER BY position",
      "i", receipt->id);
  g_autoptr (GError) local = NULL;

  while (rows != NULL && mdg_journey_row_next (db, rows, &local))
    {
      MdgReceiptItem *item = g_new0 (MdgReceiptItem, 1);

      g_ptr_array_add (receipt->items, item);
      item->name = mdg_journey_row_take_text (rows, 0);
      item->quantity = (guint) CLAMP (sqlite3_column_int64 (rows, 1), 0, G_MAXINT);
      item->price = sqlite3_column_int64 (rows, 2);
      item->kind = mdg_journey_row_take_text (rows, 3);
      if (item->name == NULL)
        return mdg_journey_fail_row (error);
    }
  if (local == NULL)
    return rows != NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static MdgReceipt *
take_receipt (sqlite3 *db, sqlite3_stmt *row, GError **error)
{
  g_autoptr (MdgReceipt) receipt = mdg_receipt_new ();

  receipt->id = sqlite3_column_int64 (row, 0);
  receipt->file_name = mdg_journey_row_take_text (row, 1);
  receipt->media_type = mdg_journey_row_take_text (row, 2);
  receipt->size = (guint64) MAX (sqlite3_column_int64 (row, 3), 0);
  receipt->sha256 = mdg_journey_row_take_text (row, 4);
  receipt->vendor = mdg_journey_row_take_text (row, 5);
  receipt->date = mdg_journey_row_take_text (row, 6);
  receipt->note = mdg_journey_row_take_text (row, 7);
  receipt->added_at = g_date_time_new_from_unix_utc (sqlite3_column_int64 (row, 8));
  if (!load_items (db, receipt, error))
    return NULL;
  if (receipt->id > 0 && receipt->vendor != NULL && receipt->date != NULL &&
      receipt->note != NULL && receipt->added_at != NULL &&
      mdg_journey_check_receipt (receipt, TRUE, NULL))
    return g_steal_pointer (&receipt);
  mdg_journey_fail_row (error);
  return NULL;
}

GPtrArray *
mdg_journey_receipt_load (sqlite3 *db, GError **error)
{
  g_autoptr (MdgStatement) rows = mdg_journey_row_bind (db, error, COLUMNS "ORDER BY id", "");
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func (free_receipt);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (mdg_journey_row_next (db, rows, &local))
    {
      MdgReceipt *receipt = take_receipt (db, rows, error);

      if (receipt == NULL)
        return NULL;
      g_ptr_array_add (receipts, receipt);
    }
  if (local == NULL)
    return g_steal_pointer (&receipts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

MdgReceipt *
mdg_journey_receipt_find (sqlite3 *db, gint64 id, GError **error)
{
  g_autoptr (MdgStatement) row = mdg_journey_row_bind (db, error, COLUMNS "WHERE id = ?", "i", id);

  return row != NULL && mdg_journey_row_next (db, row, error) ? take_receipt (db, row, error)
                                                              : NULL;
}

MdgReceipt *
mdg_journey_receipt_find_hash (sqlite3 *db, const char *sha256, GError **error)
{
  g_autoptr (MdgStatement) row =
      mdg_journey_row_bind (db, error, COLUMNS "WHERE sha256 = ?", "t", sha256);

  return row != NULL && mdg_journey_row_next (db, row, error) ? take_receipt (db, row, error)
                                                              : NULL;
}

static gboolean
put_items (sqlite3 *db, gint64 id, GPtrArray *items, GError **error)
{
  if (!mdg_journey_row_run (db, error, "DELETE FROM item WHERE receipt = ?", "i", id))
    return FALSE;
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const MdgReceiptItem *item = g_ptr_array_index (items, i);

      if (!mdg_journey_row_run (db, error, "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?)", "iitiit",
                                id, (gint64) i, item->name, (gint64) item->quantity, item->price,
                                item->kind))
        return FALSE;
    }
  return TRUE;
}

gint64
mdg_journey_receipt_add (sqlite3 *db, const MdgReceipt *receipt, GError **error)
{
  gint64 time = receipt->added_at != NULL ? g_date_time_to_unix (receipt->added_at)
                                          : g_get_real_time () / G_USEC_PER_SEC;
  gint64 id;

  if (!mdg_journey_row_run (db, error,
                            "INSERT INTO receipt (file_name, media_type, size, sha256, vendor,"
                            " date, note, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                            "ttitttti", receipt->file_name, receipt->media_type,
                            (gint64) receipt->size, receipt->sha256, receipt->vendor, receipt->date,
                            receipt->note, time))
    return 0;
  id = sqlite3_last_insert_rowid (db);
  return put_items (db, id, receipt->items, error) &&
                 mdg_journey_unwanted_clear (db, receipt->sha256, error)
             ? id
             : 0;
}

gboolean
mdg_journey_receipt_put (sqlite3 *db, const MdgReceipt *receipt, GError **error)
{
  if (!mdg_journey_row_run (db, error,
                            "UPDATE receipt SET vendor = ?, date = ?, note = ? WHERE id = ?",
                            "ttti", receipt->vendor, receipt->date, receipt->note, receipt->id))
    return FALSE;
  if (sqlite3_changes (db) == 1)
    return put_items (db, receipt->id, receipt->items, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no such receipt");
  return FALSE;
}

gboolean
mdg_journey_receipt_delete (sqlite3 *db, gint64 id, GError **error)
{
  if (!mdg_journey_row_run (
          db, error, "INSERT OR IGNORE INTO unwanted SELECT sha256 FROM receipt WHERE id = ?", "i",
          id) ||
      !mdg_journey_row_run (db, error, "DELETE FROM receipt WHERE id = ?", "i", id))
    return FALSE;
  if (sqlite3_changes (db) == 1)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no such receipt");
  return FALSE;
}

gboolean
mdg_journey_unwanted_mark (sqlite3 *db, const char *sha256, GError **error)
{
  return mdg_journey_row_run (db, error, "INSERT OR IGNORE INTO unwanted VALUES (?)", "t", sha256);
}

gboolean
mdg_journey_unwanted_clear (sqlite3 *db, const char *sha256, GError **error)
{
  return mdg_journey_row_run (db, error, "DELETE FROM unwanted WHERE sha256 = ?", "t", sha256);
}

/* A file that a row speaks of is never among them, whatever the list says. */
GPtrArray *
mdg_journey_unwanted_list (sqlite3 *db, GError **error)
{
  g_autoptr (MdgStatement) rows =
      mdg_journey_row_bind (db, error,
                            "SELECT sha256 FROM unwanted"
                            " WHERE sha256 NOT IN (SELECT sha256 FROM receipt)",
                            "");
  g_autoptr (GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  if (rows == NULL)
    return NULL;
  while (mdg_journey_row_next (db, rows, &local))
    {
      g_autofree char *hash = mdg_journey_row_take_text (rows, 0);

      if (mdg_journey_is_hash (hash))
        g_ptr_array_add (hashes, g_steal_pointer (&hash));
    }
  if (local == NULL)
    return g_steal_pointer (&hashes);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
