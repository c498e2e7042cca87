/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the journey's store share. Private to src/store. */
#pragma once

#include "mdg-journey-store.h"
#include "mdg-store-database.h"

G_BEGIN_DECLS

struct _MdgJourneyStore
{
  sqlite3 *db;
  char *folder;
  gboolean restored;
  GPtrArray *missing; /* (element-type MdgReceipt) */
};

/* Every change stands between these two. */
gboolean mdg_journey_store_begin (MdgJourneyStore *self, GError **error);
/* commits where @good, and makes the copy; FALSE: nothing was changed */
gboolean mdg_journey_store_end (MdgJourneyStore *self, gboolean good, GError **error);
/* the same for what no person would miss: without a copy */
gboolean mdg_journey_store_end_quietly (MdgJourneyStore *self, gboolean good, GError **error);

/* removes the files that nobody needs, as far as it can be done */
void mdg_journey_store_tidy (MdgJourneyStore *self);
gboolean mdg_journey_store_find_missing (MdgJourneyStore *self, GError **error);

/* The journey and its files as one file under a name beside @path; (transfer full): that name. */
char *mdg_journey_export_write_beside (MdgJourneyStore *self, const char *path, GError **error);

G_END_DECLS
