/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files around a journey: where they are called what, the receipts by their SHA-256, what a
 * crash left beside them, and what is kept aside. Private to src/store. */
#pragma once

#include "mdg-journey-store.h"

G_BEGIN_DECLS

#define MDG_JOURNEY_DATABASE     "journey.db"
#define MDG_JOURNEY_COPY         "journey.copy"
#define MDG_JOURNEY_FOLDER       "receipts"
#define MDG_JOURNEY_ASIDE_MAX    5 /* of each kind; the oldest goes */
#define MDG_JOURNEY_DATABASE_MAX (256 * 1024 * 1024)

/* plain, ours, and within @max_bytes; takes the rights of others away first. NULL without an error
 * where there is none. */
GBytes *mdg_journey_files_read (const char *path, gsize max_bytes, GError **error);

char *mdg_journey_files_receipt_path (const char *folder, const char *sha256);
gboolean mdg_journey_files_write_receipt (const char *folder,
                                          const char *sha256,
                                          GBytes *bytes,
                                          GError **error);
/* CORRUPT where it is gone or another than it was */
GBytes *
mdg_journey_files_read_receipt (const char *folder, const MdgReceipt *receipt, GError **error);
gboolean mdg_journey_files_remove_receipt (const char *folder, const char *sha256, GError **error);

/* what mdg_private_file_write_beside() of a killed process left; nothing else */
void mdg_journey_files_sweep (const char *folder);

/* a name for what is kept: @name "." @why "-" time, one that is not there yet */
char *mdg_journey_files_aside_path (const char *folder, const char *name, const char *why);
gboolean mdg_journey_files_keep_aside (const char *folder,
                                       const char *name,
                                       const char *why,
                                       GError **error);
void mdg_journey_files_trim_aside (const char *folder, const char *name, const char *why);

G_END_DECLS
