/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why a file is not kept as a receipt. It stands beside the store that keeps receipts, because
 * those who look at a file (guide) and those who have the words for it (desk) do not know each
 * other. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MDG_RECEIPT_ERROR (mdg_receipt_error_quark ())
typedef enum
{
  MDG_RECEIPT_ERROR_KIND,   /* none of the three */
  MDG_RECEIPT_ERROR_LARGE,  /* more than MDG_RECEIPT_BYTES_MAX */
  MDG_RECEIPT_ERROR_SIDES,  /* a picture of too many pixels */
  MDG_RECEIPT_ERROR_BROKEN, /* it begins as one, and is none */
  MDG_RECEIPT_ERROR_LOCKED, /* a PDF that asks for a password */
  MDG_RECEIPT_ERROR_HEAVY   /* a PDF whose pages take too long or too much memory to draw */
} MdgReceiptError;
GQuark mdg_receipt_error_quark (void);

G_END_DECLS
