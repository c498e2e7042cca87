/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receipts and their files: the file is on the disk, whole, before there is a row that speaks of
 * it, and until after there is none. */
#include "config.h"

#include "mdg-journey-check.h"
#include "mdg-journey-files.h"
#include "mdg-journey-private.h"
#include "mdg-journey-receipt.h"

static gboolean
fail_unknown (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is no such receipt");
  return FALSE;
}

static void
forget_missing (MdgJourneyStore *self, gint64 id)
{
  for (guint i = self->missing->len; i > 0; i--)
    {
      const MdgReceipt *receipt = g_ptr_array_index (self->missing, i - 1);

      if (receipt->id == id)
        g_ptr_array_remove_index (self->missing, i - 1);
    }
}

/* The same bytes again are told as such, unless they are what has gone missing. */
static gint64
put_back (MdgJourneyStore *self, const MdgReceipt *there, GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) kept = mdg_journey_files_read_receipt (self->folder, there, NULL);

  if (kept != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "this receipt is there already");
      return 0;
    }
  if (!mdg_journey_files_write_receipt (self->folder, there->sha256, bytes, error))
    return 0;
  forget_missing (self, there->id);
  return there->id;
}

/* From here on a crash leaves a file that is known to be unwanted. */
static gboolean
announce (MdgJourneyStore *self, const char *sha256, GError **error)
{
  return mdg_journey_store_begin (self, error) &&
         mdg_journey_store_end_quietly (self, mdg_journey_unwanted_mark (self->db, sha256, error),
                                        error);
}

static gint64
add_row (MdgJourneyStore *self, const MdgReceipt *receipt, GBytes *bytes, GError **error)
{
  g_autoptr (MdgReceipt) there = NULL;
  g_autoptr (GError) local = NULL;
  gint64 id;

  /* the lock is held while the file is written: nobody tidies it away */
  if (!mdg_journey_store_begin (self, error))
    return 0;
  there = mdg_journey_receipt_find_hash (self->db, receipt->sha256, &local);
  if (there != NULL || local != NULL)
    {
      id = there != NULL ? put_back (self, there, bytes, error) : 0;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      mdg_store_database_end (self->db, FALSE, NULL);
      return id;
    }
  id = mdg_journey_files_write_receipt (self->folder, receipt->sha256, bytes, error)
           ? mdg_journey_receipt_add (self->db, receipt, error)
           : 0;
  return mdg_journey_store_end (self, id != 0, error) ? id : 0;
}

/**
 * mdg_journey_store_add_receipt:
 * @self: a journey
 * @receipt: what is known of it; its size, SHA-256 and time are set here
 * @bytes: its file
 * @error: return location
 *
 * A file whose bytes went missing (mdg_journey_store_get_missing()) is put back, and the id is
 * that of the receipt that was there.
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; %G_IO_ERROR_EXISTS for the same bytes again; every code of
 * #MdgStoreError. Nothing is left of it then.
 *
 * Returns: its id; 0 on error
 */
gint64
mdg_journey_store_add_receipt (MdgJourneyStore *self,
                               const MdgReceipt *receipt,
                               GBytes *bytes,
                               GError **error)
{
  g_autoptr (MdgReceipt) kept = NULL;
  gint64 id;

  g_return_val_if_fail (self != NULL && receipt != NULL && bytes != NULL, 0);

  kept = mdg_receipt_copy (receipt);
  kept->id = 0;
  kept->size = g_bytes_get_size (bytes);
  g_free (kept->sha256);
  kept->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (!mdg_journey_check_receipt (kept, TRUE, error) || !announce (self, kept->sha256, error))
    return 0;
  id = add_row (self, kept, bytes, error);
  if (id == 0)
    mdg_journey_store_tidy (self);
  return id;
}

/**
 * mdg_journey_store_save_receipt:
 * @self: a journey
 * @receipt: a receipt that is there; its vendor, date, note and items are kept
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT; %G_IO_ERROR_NOT_FOUND; every code of #MdgStoreError.
 *
 * Returns: whether it is on the disk, twice
 */
gboolean
mdg_journey_store_save_receipt (MdgJourneyStore *self, const MdgReceipt *receipt, GError **error)
{
  g_return_val_if_fail (self != NULL && receipt != NULL, FALSE);

  return mdg_journey_check_receipt (receipt, FALSE, error) &&
         mdg_journey_store_begin (self, error) &&
         mdg_journey_store_end (self, mdg_journey_receipt_put (self->db, receipt, error), error);
}

/**
 * mdg_journey_store_delete_receipt:
 * @self: a journey
 * @id: a receipt's
 * @error: return location
 *
 * Its file goes once nothing speaks of it any more, on the disk.
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_NOT_FOUND; every code of #MdgStoreError.
 *
 * Returns: whether it is gone
 */
gboolean
mdg_journey_store_delete_receipt (MdgJourneyStore *self, gint64 id, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!mdg_journey_store_begin (self, error) ||
      !mdg_journey_store_end (self, mdg_journey_receipt_delete (self->db, id, error), error))
    return FALSE;
  forget_missing (self, id);
  mdg_journey_store_tidy (self);
  return TRUE;
}

/**
 * mdg_journey_store_read_receipt:
 * @self: a journey
 * @id: a receipt's
 * @error: return location
 *
 * Thread: that of the journey; blocking.
 * Errors: %G_IO_ERROR_NOT_FOUND; MDG_STORE_ERROR_CORRUPT where the file is gone or another; every
 * other of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *
mdg_journey_store_read_receipt (MdgJourneyStore *self, gint64 id, GError **error)
{
  g_autoptr (MdgReceipt) receipt = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  receipt = mdg_journey_receipt_find (self->db, id, &local);
  if (receipt != NULL)
    return mdg_journey_files_read_receipt (self->folder, receipt, error);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    fail_unknown (error);
  return NULL;
}
