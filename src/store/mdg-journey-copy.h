/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The second copy of a journey's database, and opening a journey from whichever of the two is
 * good. Private to src/store. */
#pragma once

#include "mdg-journey-schema.h"

G_BEGIN_DECLS

/* @restored: (out): whether the database was made again from the copy */
sqlite3 *mdg_journey_copy_open (const char *folder, gboolean *restored, GError **error);

/* With a transaction open: what the database holds now, written and synced under a name beside the
 * copy. (transfer full): for mdg_journey_copy_put() once it is committed */
char *mdg_journey_copy_write_beside (sqlite3 *db, const char *folder, GError **error);
/* the committed change of @revision becomes the copy */
gboolean mdg_journey_copy_put (sqlite3 *db,
                               const char *folder,
                               const char *beside,
                               gint64 revision,
                               GError **error);

/* the bytes of the database as they are within this transaction */
GBytes *mdg_journey_copy_serialize (sqlite3 *db, GError **error);

G_END_DECLS
