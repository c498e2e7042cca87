/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An item of a receipt, as it is typed. */
#pragma once

#include "mdg-journey-store.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals "changed"; "removed": the person wants it away */
#define MDG_TYPE_RECEIPT_ITEM_ROW (mdg_receipt_item_row_get_type ())
G_DECLARE_FINAL_TYPE (MdgReceiptItemRow, mdg_receipt_item_row, MDG, RECEIPT_ITEM_ROW, GtkWidget)

GtkWidget *mdg_receipt_item_row_new (const MdgReceiptItem *item); /* (nullable): an empty one */
/* as mdg_receipt_read_item(); (nullable) (transfer full) */
MdgReceiptItem *mdg_receipt_item_row_read (MdgReceiptItemRow *self, gboolean *kept);
GtkWidget *mdg_receipt_item_row_get_field (MdgReceiptItemRow *self, guint field); /* for tests */

G_END_DECLS
