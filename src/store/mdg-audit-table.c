/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who looked, when: lines that are only ever added, and go after their time. They name the
 * facility's user and a visit's id, no patient, and so stand in the clear. */
#include "config.h"

#include "mdg-audit-table.h"

#include "mdg-store.h"
#include "mdg-visit-log.h"

#define MAX_TEXT 256

static gboolean
is_short (const char *text)
{
  return text != NULL && strlen (text) <= MAX_TEXT && g_utf8_validate (text, -1, NULL);
}

static gboolean
step_done (sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
  return sqlite3_step (statement) == SQLITE_DONE || mdg_store_database_fail (db, "write", error);
}

/* NULL: not a line of ours. */
static MdgAuditLine *
take_line (sqlite3_stmt *row)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (sqlite3_column_int64 (row, 0));
  const char *who = (const char *) sqlite3_column_text (row, 1);
  const char *action = (const char *) sqlite3_column_text (row, 2);
  MdgAuditLine *line;

  if (time == NULL || !is_short (who) || !is_short (action))
    return NULL;
  line = g_new0 (MdgAuditLine, 1);
  line->time = g_steal_pointer (&time);
  line->who = g_strdup (who);
  line->action = g_strdup (action);
  line->visit_id = sqlite3_column_int64 (row, 3);
  return line;
}

/**
 * mdg_audit_line_free:
 * @self: (transfer full) (nullable): a line
 *
 * Thread: any.
 * Errors: none.
 */
void
mdg_audit_line_free (MdgAuditLine *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->time, g_date_time_unref);
  g_free (self->who);
  g_free (self->action);
  g_free (self);
}

/**
 * mdg_audit_table_write:
 * @db: the database
 * @action: what is done
 * @visit_id: with which visit; 0 none
 * @who: who does it
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether the line is written, with the transaction that is open
 */
gboolean
mdg_audit_table_write (sqlite3 *db,
                       const char *action,
                       gint64 visit_id,
                       const char *who,
                       GError **error)
{
  g_autoptr (MdgStatement) statement = NULL;

  if (!is_short (action) || !is_short (who))
    {
      g_set_error_literal (error, MDG_STORE_ERROR, MDG_STORE_ERROR_FAILED,
                           "an audit line is no text or too long");
      return FALSE;
    }
  statement = mdg_store_database_prepare (
      db, "INSERT INTO audit (time, who, action, visit_id) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_text (statement, 2, who, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 3, action, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, 4, visit_id);
  return step_done (db, statement, error);
}

/**
 * mdg_audit_table_purge:
 * @db: the database
 * @from: seconds since 1970: lines before it go
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: whether they are gone
 */
gboolean
mdg_audit_table_purge (sqlite3 *db, gint64 from, GError **error)
{
  g_autoptr (MdgStatement) statement =
      mdg_store_database_prepare (db, "DELETE FROM audit WHERE time < ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, from);
  return step_done (db, statement, error);
}

/**
 * mdg_audit_table_load:
 * @db: the database
 * @limit: the most to load
 * @error: return location
 *
 * Thread: that of @db; blocking.
 * Errors: #MdgStoreError.
 *
 * Returns: (transfer full) (element-type MdgAuditLine) (nullable): newest first
 */
GPtrArray *
mdg_audit_table_load (sqlite3 *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mdg_audit_line_free);
  g_autoptr (MdgStatement) row = mdg_store_database_prepare (
      db, "SELECT time, who, action, visit_id FROM audit ORDER BY id DESC LIMIT ?", error);
  int code;

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, limit);
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    {
      MdgAuditLine *line = take_line (row);

      if (line != NULL)
        g_ptr_array_add (lines, line);
    }
  if (code == SQLITE_DONE)
    return g_steal_pointer (&lines);
  mdg_store_database_fail (db, "read", error);
  return NULL;
}
