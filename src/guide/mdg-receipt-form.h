/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a person says of a receipt, checked as it is typed. Pure. */
#pragma once

#include "mdg-application-form.h"
#include "mdg-journey-store.h"

G_BEGIN_DECLS

typedef enum
{
  MDG_RECEIPT_VENDOR,
  MDG_RECEIPT_DATE,
  MDG_RECEIPT_NOTE,
  MDG_RECEIPT_N_FIELDS
} MdgReceiptField;

/* EMPTY can be kept: it is filled in later */
void mdg_receipt_check_field (MdgReceiptField field,
                              const char *text,
                              const GDate *today,
                              MdgFieldCheck *check);

typedef enum
{
  MDG_ITEM_NAME,
  MDG_ITEM_QUANTITY,
  MDG_ITEM_PRICE, /* of one, with tax */
  MDG_ITEM_N_FIELDS
} MdgItemField;

/* @values: (array length=MDG_ITEM_N_FIELDS): as typed. A line where nothing stands is no item: all
 * its fields are UNNEEDED. */
void mdg_receipt_check_item (const char *const *values, MdgItemField field, MdgFieldCheck *check);
/* (nullable) (transfer full): NULL where nothing stands there, or not all of it can be kept; @kept:
 * (out): FALSE for the latter */
MdgReceiptItem *mdg_receipt_read_item (const char *const *values, const char *kind, gboolean *kept);

G_END_DECLS
