/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One statement of the journey from its text and values to its end. Private to src/store. */
#pragma once

#include "mdg-store-database.h"

G_BEGIN_DECLS

/* @types: a letter a parameter: "t" const char * (NULL is ""), "i" gint64 */
sqlite3_stmt *
mdg_journey_row_bind (sqlite3 *db, GError **error, const char *sql, const char *types, ...);
/* runs it to the end */
gboolean mdg_journey_row_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...);
/* TRUE: there is a row. FALSE without an error: there is no more */
gboolean mdg_journey_row_next (sqlite3 *db, sqlite3_stmt *statement, GError **error);
/* (transfer full) (nullable): NULL where it is no text that can be one of ours */
char *mdg_journey_row_take_text (sqlite3_stmt *statement, int column);

G_END_DECLS
