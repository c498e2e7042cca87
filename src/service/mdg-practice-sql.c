/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One statement of SQLite at a time. Values are always bound, never written into the text of a
 * statement; the types are given in a short string: s text, i gint64, b 32 bytes, B a #GBytes.
 */
#include "config.h"

#include "mdg-practice-sql.h"

static void
report_sql (sqlite3 *db, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the state cannot be kept: %s",
               sqlite3_errmsg (db));
}

static void
bind_bytes (sqlite3_stmt *statement, int at, GBytes *bytes)
{
  gsize n = 0;
  const void *data = g_bytes_get_data (bytes, &n);

  sqlite3_bind_blob64 (statement, at, data != NULL ? data : "", n, SQLITE_TRANSIENT);
}

static sqlite3_stmt *
prepare_va (sqlite3 *db, GError **error, const char *sql, const char *types, va_list values)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    {
      report_sql (db, error);
      return NULL;
    }
  for (int at = 1; *types != '\0'; at++, types++)
    {
      if (*types == 's')
        sqlite3_bind_text (statement, at, va_arg (values, const char *), -1, SQLITE_TRANSIENT);
      else if (*types == 'i')
        sqlite3_bind_int64 (statement, at, va_arg (values, gint64));
      else if (*types == 'b')
        sqlite3_bind_blob (statement, at, va_arg (values, const guint8 *), 32, SQLITE_TRANSIENT);
      else
        bind_bytes (statement, at, va_arg (values, GBytes *));
    }
  return g_steal_pointer (&statement);
}

/**
 * mdg_practice_sql_prepare:
 * @db: the database
 * @error: return location
 * @sql: one statement
 * @types: one character for each value: s, i (gint64), b (32 bytes), B (#GBytes)
 * @...: the values
 *
 * Thread: one at a time for each database.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable): to be stepped
 */
sqlite3_stmt *
mdg_practice_sql_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list values;

  va_start (values, types);
  statement = prepare_va (db, error, sql, types, values);
  va_end (values);
  return statement;
}

/**
 * mdg_practice_sql_run:
 * @db: the database
 * @error: return location
 * @sql: one statement that gives no rows
 * @types: as of mdg_practice_sql_prepare()
 * @...: the values
 *
 * Thread: one at a time for each database.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether it was done
 */
gboolean
mdg_practice_sql_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list values;

  va_start (values, types);
  statement = prepare_va (db, error, sql, types, values);
  va_end (values);
  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_DONE)
    {
      report_sql (db, error);
      return FALSE;
    }
  return TRUE;
}

/**
 * mdg_practice_sql_script:
 * @db: the database
 * @script: statements without values
 * @error: return location
 *
 * Thread: one at a time for each database.
 * Errors: %G_IO_ERROR_FAILED.
 * Returns: whether all were done
 */
gboolean
mdg_practice_sql_script (sqlite3 *db, const char *script, GError **error)
{
  if (sqlite3_exec (db, script, NULL, NULL, NULL) != SQLITE_OK)
    {
      report_sql (db, error);
      return FALSE;
    }
  return TRUE;
}
