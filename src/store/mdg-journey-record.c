/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The plain data of a journey: copied, freed, added up. */
#include "config.h"

#include "mdg-journey-store.h"

/**
 * mdg_step_record_copy:
 * @self: (nullable): a step
 *
 * Thread: any.
 *
 * Returns: (transfer full) (nullable): a copy
 */
MdgStepRecord *
mdg_step_record_copy (const MdgStepRecord *self)
{
  MdgStepRecord *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (MdgStepRecord, 1);
  copy->id = g_strdup (self->id);
  copy->state = g_strdup (self->state);
  copy->date = g_strdup (self->date);
  copy->who = g_strdup (self->who);
  copy->note = g_strdup (self->note);
  return copy;
}

/**
 * mdg_step_record_free:
 * @self: (nullable): a step
 *
 * Thread: any.
 */
void
mdg_step_record_free (MdgStepRecord *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->state);
  g_free (self->date);
  g_free (self->who);
  g_free (self->note);
  g_free (self);
}

/**
 * mdg_journey_entry_copy:
 * @self: (nullable): a line of a list
 *
 * Thread: any.
 *
 * Returns: (transfer full) (nullable): a copy
 */
MdgJourneyEntry *
mdg_journey_entry_copy (const MdgJourneyEntry *self)
{
  MdgJourneyEntry *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (MdgJourneyEntry, 1);
  copy->id = self->id;
  copy->list = g_strdup (self->list);
  copy->text = g_strdup (self->text);
  copy->done = self->done;
  copy->date = g_strdup (self->date);
  copy->who = g_strdup (self->who);
  return copy;
}

/**
 * mdg_journey_entry_free:
 * @self: (nullable): a line of a list
 *
 * Thread: any.
 */
void
mdg_journey_entry_free (MdgJourneyEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->list);
  g_free (self->text);
  g_free (self->date);
  g_free (self->who);
  g_free (self);
}

/**
 * mdg_receipt_item_copy:
 * @self: (nullable): an item
 *
 * Thread: any.
 *
 * Returns: (transfer full) (nullable): a copy
 */
MdgReceiptItem *
mdg_receipt_item_copy (const MdgReceiptItem *self)
{
  MdgReceiptItem *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (MdgReceiptItem, 1);
  copy->name = g_strdup (self->name);
  copy->quantity = self->quantity;
  copy->price = self->price;
  copy->kind = g_strdup (self->kind);
  return copy;
}

/**
 * mdg_receipt_item_free:
 * @self: (nullable): an item
 *
 * Thread: any.
 */
void
mdg_receipt_item_free (MdgReceiptItem *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->kind);
  g_free (self);
}

static void
free_item (gpointer item)
{
  mdg_receipt_item_free (item);
}

/**
 * mdg_receipt_new:
 *
 * Thread: any.
 *
 * Returns: (transfer full): a receipt without anything, with an empty list of items
 */
MdgReceipt *
mdg_receipt_new (void)
{
  MdgReceipt *self = g_new0 (MdgReceipt, 1);

  self->items = g_ptr_array_new_with_free_func (free_item);
  return self;
}

/**
 * mdg_receipt_copy:
 * @self: (nullable): a receipt
 *
 * Thread: any.
 *
 * Returns: (transfer full) (nullable): a copy, items and all
 */
MdgReceipt *
mdg_receipt_copy (const MdgReceipt *self)
{
  MdgReceipt *copy;

  if (self == NULL)
    return NULL;
  copy = mdg_receipt_new ();
  copy->id = self->id;
  copy->file_name = g_strdup (self->file_name);
  copy->media_type = g_strdup (self->media_type);
  copy->size = self->size;
  copy->sha256 = g_strdup (self->sha256);
  copy->vendor = g_strdup (self->vendor);
  copy->date = g_strdup (self->date);
  copy->note = g_strdup (self->note);
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    g_ptr_array_add (copy->items, mdg_receipt_item_copy (g_ptr_array_index (self->items, i)));
  copy->added_at = self->added_at != NULL ? g_date_time_ref (self->added_at) : NULL;
  return copy;
}

/**
 * mdg_receipt_free:
 * @self: (nullable): a receipt
 *
 * Thread: any.
 */
void
mdg_receipt_free (MdgReceipt *self)
{
  if (self == NULL)
    return;
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->vendor);
  g_free (self->date);
  g_free (self->note);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->added_at, g_date_time_unref);
  g_free (self);
}

/**
 * mdg_receipt_get_total:
 * @self: a receipt
 *
 * Thread: any.
 *
 * Returns: the sum of its items in yen, with tax; 0 where there are none. With the bounds that the
 *   store keeps it is under 10^12.
 */
gint64
mdg_receipt_get_total (const MdgReceipt *self)
{
  gint64 total = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const MdgReceiptItem *item = g_ptr_array_index (self->items, i);

      total += (gint64) item->quantity * item->price;
    }
  return total;
}

/**
 * mdg_journey_record_free:
 * @self: (nullable): a journey as it was read
 *
 * Thread: any.
 */
void
mdg_journey_record_free (MdgJourneyRecord *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_free (self);
}
