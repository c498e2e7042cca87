/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One statement of SQLite at a time, with its values bound and its errors told. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

struct _MdgPracticeState
{
  sqlite3 *db;
  guint8 code_salt[32];
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

sqlite3_stmt *
mdg_practice_sql_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...);
gboolean
mdg_practice_sql_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...);
gboolean mdg_practice_sql_script (sqlite3 *db, const char *script, GError **error);

G_END_DECLS
