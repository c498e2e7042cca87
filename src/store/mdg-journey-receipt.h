/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The receipts' rows, their items, and the files that nobody needs any more. As for all rows:
 * whoever changes them has a transaction open. Private to src/store. */
#pragma once

#include "mdg-journey-store.h"
#include "mdg-store-database.h"

G_BEGIN_DECLS

/* (transfer full) (element-type MdgReceipt): all, oldest first */
GPtrArray *mdg_journey_receipt_load (sqlite3 *db, GError **error);
/* by id or by hash; NULL without an error where there is none */
MdgReceipt *mdg_journey_receipt_find (sqlite3 *db, gint64 id, GError **error);
MdgReceipt *mdg_journey_receipt_find_hash (sqlite3 *db, const char *sha256, GError **error);

/* Its id; 0 on error. Its file is wanted from now on. */
gint64 mdg_journey_receipt_add (sqlite3 *db, const MdgReceipt *receipt, GError **error);
/* what a person said of it */
gboolean mdg_journey_receipt_put (sqlite3 *db, const MdgReceipt *receipt, GError **error);
/* its file is unwanted from now on */
gboolean mdg_journey_receipt_delete (sqlite3 *db, gint64 id, GError **error);

gboolean mdg_journey_unwanted_mark (sqlite3 *db, const char *sha256, GError **error);
gboolean mdg_journey_unwanted_clear (sqlite3 *db, const char *sha256, GError **error);
/* (transfer full) (element-type utf8) */
GPtrArray *mdg_journey_unwanted_list (sqlite3 *db, GError **error);

G_END_DECLS
