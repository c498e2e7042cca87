/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The changes of receipts. A file is read, bounded, and checked on the worker before anything of it
 * is kept. */
#include "config.h"

#include "mdg-guide-change.h"
#include "mdg-receipt-file.h"

#include <glib/gi18n-lib.h>

static gboolean
apply_new_receipt (MdgGuideChange *change, GError **error)
{
  g_autoptr (MdgReceipt) receipt = mdg_receipt_new ();
  const char *media_type = NULL;
  g_autoptr (GBytes) bytes = mdg_receipt_file_read (change->file, change->cancellable, error);

  if (bytes == NULL ||
      !mdg_receipt_file_check_whole (bytes, &media_type, change->cancellable, error) ||
      g_cancellable_set_error_if_cancelled (change->cancellable, error))
    return FALSE;
  g_free (receipt->file_name);
  receipt->file_name = mdg_receipt_file_name (change->file);
  g_free (receipt->media_type);
  receipt->media_type = g_strdup (media_type);
  change->id = mdg_journey_store_add_receipt (change->store, receipt, bytes, error);
  return change->id != 0;
}

/**
 * mdg_guide_add_receipt_async:
 * @self: the guide
 * @file: a PDF, PNG or JPEG
 * @c: (nullable): to give up, as long as it is not kept yet
 * @cb: called when it is kept
 * @data: for @cb
 *
 * Thread: main.
 * Errors: #MdgReceiptError, those of reading @file, every code of #MdgStoreError,
 *   %G_IO_ERROR_EXISTS for the same file twice.
 */
void
mdg_guide_add_receipt_async (MdgGuide *self,
                             GFile *file,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  g_return_if_fail (MDG_IS_GUIDE (self) && G_IS_FILE (file));

  change->apply = apply_new_receipt;
  change->file = g_object_ref (file);
  change->cancellable = c != NULL ? g_object_ref (c) : NULL;
  mdg_guide_change_queue (self, change, NULL, cb, data);
}

static gboolean
apply_receipt (MdgGuideChange *change, GError **error)
{
  change->id = change->receipt->id;
  return mdg_journey_store_save_receipt (change->store, change->receipt, error);
}

static gboolean
check_item (const MdgReceiptItem *item, GError **error)
{
  if (!mdg_guide_check_text (item->name, FALSE, error))
    return FALSE;
  if (mdg_device_kind_find (item->kind) == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("Please choose what kind of equipment it is."));
  else if (item->price < 0 || item->price > MDG_RECEIPT_PRICE_MAX)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("A price is from 0 to 10,000,000 yen."));
  else if (item->quantity < 1 || item->quantity > MDG_RECEIPT_QUANTITY_MAX)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                         _ ("A quantity is from 1 to 1,000."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_receipt (const MdgReceipt *receipt, GError **error)
{
  if (!mdg_guide_check_text (receipt->vendor, FALSE, error) ||
      !mdg_guide_check_text (receipt->note, TRUE, error) ||
      !mdg_guide_check_date (receipt->date, error))
    return FALSE;
  for (guint i = 0; receipt->items != NULL && i < receipt->items->len; i++)
    if (!check_item (g_ptr_array_index (receipt->items, i), error))
      return FALSE;
  return TRUE;
}

/**
 * mdg_guide_save_receipt_async:
 * @self: the guide
 * @receipt: what a person said of it, with its items
 * @cb: called when it is written
 * @data: for @cb
 *
 * Thread: main.
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT with translated words; every code of #MdgStoreError.
 */
void
mdg_guide_save_receipt_async (MdgGuide *self,
                              const MdgReceipt *receipt,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);
  GError *error = NULL;

  g_return_if_fail (MDG_IS_GUIDE (self) && receipt != NULL);

  check_receipt (receipt, &error);
  change->apply = apply_receipt;
  change->receipt = mdg_receipt_copy (receipt);
  mdg_guide_change_queue (self, change, error, cb, data);
}

static gboolean
apply_receipt_deletion (MdgGuideChange *change, GError **error)
{
  return mdg_journey_store_delete_receipt (change->store, change->id, error);
}

/**
 * mdg_guide_delete_receipt_async:
 * @self: the guide
 * @id: a receipt
 * @cb: called when it is gone
 * @data: for @cb
 *
 * Thread: main.
 * Errors: every code of #MdgStoreError, %G_IO_ERROR_NOT_FOUND.
 */
void
mdg_guide_delete_receipt_async (MdgGuide *self, gint64 id, GAsyncReadyCallback cb, gpointer data)
{
  MdgGuideChange *change = g_new0 (MdgGuideChange, 1);

  g_return_if_fail (MDG_IS_GUIDE (self));

  change->apply = apply_receipt_deletion;
  change->files = TRUE;
  change->id = id;
  mdg_guide_change_queue (self, change, NULL, cb, data);
}

typedef struct
{
  MdgJourneyStore *store;
  gint64 id;
} Reading;

static gpointer
read_on_worker (gpointer data, GCancellable *cancellable, GError **error)
{
  const Reading *reading = data;

  return mdg_journey_store_read_receipt (reading->store, reading->id, error);
}

static void
on_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *bytes = mdg_worker_run_finish (MDG_WORKER (object), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

/**
 * mdg_guide_read_receipt_async:
 * @self: the guide
 * @id: a receipt
 * @c: (nullable): to give up
 * @cb: called with its file
 * @data: for @cb
 *
 * Thread: main.
 * Errors: %MDG_STORE_ERROR_CORRUPT where the file is another than the one that was kept.
 */
void
mdg_guide_read_receipt_async (MdgGuide *self,
                              gint64 id,
                              GCancellable *c,
                              GAsyncReadyCallback cb,
                              gpointer data)
{
  GTask *task;
  Reading *reading;

  g_return_if_fail (MDG_IS_GUIDE (self));

  task = g_task_new (self, c, cb, data);
  g_task_set_source_tag (task, mdg_guide_read_receipt_async);
  if (self->store == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journey is closed");
      g_object_unref (task);
      return;
    }
  reading = g_new0 (Reading, 1);
  *reading = (Reading){ self->store, id };
  mdg_worker_run_async (self->worker, read_on_worker, reading, g_free,
                        (GDestroyNotify) g_bytes_unref, c, on_read_cb, task);
}

/**
 * mdg_guide_read_receipt_finish:
 * @self: the guide
 * @result: what the callback was given
 * @error: return location
 *
 * Thread: main.
 * Errors: as mdg_guide_read_receipt_async().
 *
 * Returns: (transfer full) (nullable): the file as it was kept
 */
GBytes *
mdg_guide_read_receipt_finish (MdgGuide *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
