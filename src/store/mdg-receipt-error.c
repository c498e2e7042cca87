/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The domain of what can be wrong with a receipt's file. */
#include "config.h"

#include "mdg-receipt-error.h"

/**
 * mdg_receipt_error_quark:
 *
 * Thread: any.
 * Errors: none.
 *
 * Returns: the domain of #MdgReceiptError
 */
G_DEFINE_QUARK (mdg - receipt - error - quark, mdg_receipt_error)
