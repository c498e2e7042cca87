/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An SQLite file that is opened with care, and its errors in our words. Private to src/store. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "mdg-store-schema.h"

G_BEGIN_DECLS

sqlite3 *mdg_store_database_open (const char *path, const MdgStoreSchema *schema, GError **error);
sqlite3 *
mdg_store_database_open_image (GBytes *image, const MdgStoreSchema *schema, GError **error);
gboolean mdg_store_database_configure (sqlite3 *db, GError **error);
gboolean mdg_store_database_check (sqlite3 *db, GError **error);
int mdg_store_database_get_version (sqlite3 *db);
gboolean mdg_store_database_run (sqlite3 *db, const char *sql, GError **error);
sqlite3_stmt *mdg_store_database_prepare (sqlite3 *db, const char *sql, GError **error);
gboolean
mdg_store_database_read_number (sqlite3 *db, const char *sql, gint64 *value, GError **error);
gboolean mdg_store_database_fail (sqlite3 *db, const char *action, GError **error);

/* BEGIN IMMEDIATE; everything until the end is there whole or not at all */
gboolean mdg_store_database_begin (sqlite3 *db, GError **error);
/* commits where @good, else rolls back; FALSE where it was not good or could not be committed */
gboolean mdg_store_database_end (sqlite3 *db, gboolean good, GError **error);

typedef sqlite3_stmt MdgStatement;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MdgStatement, sqlite3_finalize)

G_END_DECLS
