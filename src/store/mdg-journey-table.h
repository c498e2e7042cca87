/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The rows of a journey. Whoever changes them has a transaction open; what goes in was checked
 * (mdg-journey-check.h), what comes out is. Private to src/store. */
#pragma once

#include "mdg-journey-store.h"
#include "mdg-store-database.h"

G_BEGIN_DECLS

MdgJourneyRecord *mdg_journey_table_load (sqlite3 *db, GError **error);
/* the whole of @record in the place of all that is there */
gboolean mdg_journey_table_replace (sqlite3 *db, const MdgJourneyRecord *record, GError **error);

gboolean mdg_journey_table_put_step (sqlite3 *db, const MdgStepRecord *step, GError **error);
gboolean mdg_journey_table_put_value (sqlite3 *db,
                                      const char *form,
                                      const char *field,
                                      const char *text, /* NULL removes */
                                      GError **error);
gint64 mdg_journey_table_put_entry (sqlite3 *db, const MdgJourneyEntry *entry, GError **error);
/* @found: (out): whether the list has that line */
gboolean mdg_journey_table_find_text (sqlite3 *db,
                                      const char *list,
                                      const char *text,
                                      gboolean *found,
                                      GError **error);
/* @found: (out): whether the field has a value */
gboolean mdg_journey_table_find_value (sqlite3 *db,
                                       const char *form,
                                       const char *field,
                                       gboolean *found,
                                       GError **error);
gboolean mdg_journey_table_delete_entry (sqlite3 *db, gint64 id, GError **error);
gboolean mdg_journey_table_move_entry (sqlite3 *db, gint64 id, guint position, GError **error);

/* FALSE with INVALID_ARGUMENT of G_IO_ERROR where there is more than may be */
gboolean mdg_journey_table_check_counts (sqlite3 *db, GError **error);

/* CORRUPT: a row that SQL takes and we do not; FALSE */
gboolean mdg_journey_fail_row (GError **error);

G_END_DECLS
