/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Binding and reading of values, once for all tables of the journey. */
#include "config.h"

#include "mdg-journey-row.h"

#include <stdarg.h>

static sqlite3_stmt *
bind_list (sqlite3 *db, const char *sql, const char *types, va_list list, GError **error)
{
  sqlite3_stmt *statement = mdg_store_database_prepare (db, sql, error);

  for (int i = 0; statement != NULL && types[i] != '\0'; i++)
    if (types[i] == 't')
      {
        const char *text = va_arg (list, const char *);

        sqlite3_bind_text (statement, i + 1, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
      }
    else
      sqlite3_bind_int64 (statement, i + 1, va_arg (list, gint64));
  return statement;
}

/**
 * mdg_journey_row_bind:
 * @db: a database
 * @error: return location
 * @sql: one statement
 * @types: a letter for each parameter: `t` a text, where %NULL is "", `i` a #gint64
 * @...: the parameters
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: (transfer full) (nullable): the statement
 */
sqlite3_stmt *
mdg_journey_row_bind (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list list;

  va_start (list, types);
  statement = bind_list (db, sql, types, list, error);
  va_end (list);
  return statement;
}

/**
 * mdg_journey_row_run:
 * @db: a database
 * @error: return location
 * @sql: one statement without result
 * @types: as for mdg_journey_row_bind()
 * @...: the parameters
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether it ran
 */
gboolean
mdg_journey_row_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (MdgStatement) statement = NULL;
  va_list list;

  va_start (list, types);
  statement = bind_list (db, sql, types, list, error);
  va_end (list);
  return statement != NULL &&
         (sqlite3_step (statement) == SQLITE_DONE || mdg_store_database_fail (db, "write", error));
}

/**
 * mdg_journey_row_next:
 * @db: a database
 * @statement: one of its statements
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: every code of #MdgStoreError.
 *
 * Returns: whether there is a row; %FALSE without an error at the end
 */
gboolean
mdg_journey_row_next (sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    mdg_store_database_fail (db, "read", error);
  return code == SQLITE_ROW;
}

/**
 * mdg_journey_row_take_text:
 * @statement: a statement with a row
 * @column: which column
 *
 * Thread: that of the database.
 *
 * Returns: (transfer full) (nullable): the text; %NULL where it is none, or no UTF-8
 */
char *
mdg_journey_row_take_text (sqlite3_stmt *statement, int column)
{
  const char *bytes = (const char *) sqlite3_column_text (statement, column);
  int length = sqlite3_column_bytes (statement, column);

  if (bytes == NULL || !g_utf8_validate_len (bytes, (gsize) length, NULL))
    return NULL;
  return g_strndup (bytes, (gsize) length);
}
